/* Carrying: what was recorded on one text stands on the right words of another, and nothing is lost. */
#include "comparing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>
#include <string.h>

static const char *const sample_blobs[] = {"a25da4e6b0195e2b58b08892b831d623e9009e88",
	"8104ee39a7118d6fb81969ed4b8281d1278277bb", "e588f1873a91be38feae102590b408b02f232c06",
	"66de97f57300588eb84b29e5ddf6126b91e654a1"};

static bk_draft *read_sample(size_t revision)
{
	struct bk_buf bytes = BK_BUF_INIT;
	char name[32];
	bk_draft *draft;

	snprintf(name, sizeof name, "texts/cancun/%zu.txt", revision + 1);
	assert_true(read_below("BRACKED_SOURCE", name, &bytes));
	draft = draft_of_bytes(bytes.bytes, bytes.len, reading_options());
	bk_buf_release(&bytes);
	return draft;
}

/* The first `lines` lines of the sample's ledger. */
static bk_ledger *read_ledger(size_t lines)
{
	struct bk_buf bytes = BK_BUF_INIT;
	bk_ledger *ledger;
	size_t len = 0;

	assert_true(read_below("BRACKED_SOURCE", "texts/cancun/ledger", &bytes));
	for (; lines > 0 && len < bytes.len; len++)
		lines -= bytes.bytes[len] == '\n';
	assert_int_equal(bk_ledger_parse(&ledger, bytes.bytes, len, "ledger"), BK_OK);
	bk_buf_release(&bytes);
	return ledger;
}

/* Texts by the names of their blobs, and how often they were asked for. */
struct shelf {
	const char *blob, *text; /* one text, or NULL: those of the sample */
	size_t reads;
};

static int take_from_shelf(void *context, const char *blob, bk_draft **out)
{
	struct shelf *shelf = context;

	shelf->reads++;
	if (shelf->blob && strcmp(shelf->blob, blob) == 0) {
		*out = draft_of_bytes(shelf->text, strlen(shelf->text), reading_options());
		return BK_OK;
	}
	for (size_t i = 0; i < 4 && !shelf->blob; i++)
		if (strcmp(sample_blobs[i], blob) == 0) {
			*out = read_sample(i);
			return BK_OK;
		}
	return BK_ENOTFOUND;
}

static bk_binding *bind(const bk_ledger *ledger, const bk_draft *draft, const char *blob, struct shelf *shelf)
{
	const struct bk_carry_source source = {blob, take_from_shelf, shelf, NULL};
	const struct bk_carried *list;
	bk_binding *binding;
	bk_carry *carry;
	size_t count;

	assert_int_equal(bk_carry_new(&carry, ledger, draft, &source, NULL, 0), BK_OK);
	list = bk_carry_list(carry, &count);
	assert_int_equal(bk_binding_new_carried(&binding, ledger, draft, list, count), BK_OK);
	bk_carry_free(carry);
	return binding;
}

static const struct bk_bound *bound_of(const bk_binding *binding, const char *id)
{
	size_t count;
	const struct bk_bound *list = bk_binding_list(binding, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].id, id) == 0)
			return &list[i];
	fail_msg("%s is dropped", id);
	return NULL;
}

/* What the recorded brackets of the first revision are in the fourth, read in both: how the bracket begins there, or
 * NULL where its words were accepted or are gone. */
static const struct label {
	const char *id, *head;
	bool changed; /* in other words */
} labels[] = {
	{"ahyn5", "[, and taking note of the Copenhagen Accord]", false},
	{"8zwjg", NULL, false},
	{"2ubuy", "[and\nthe rights of Mother Earth]", true},
	{"r8er2", "[below 2 °C]", false},
	{"kxffd", "[climate refugees", false},
	{"d4wsn", "[persons displaced by climate change]", false},
	{"vkbck", NULL, false},
	{"4yr2p", "[25]", false},
	{"qrw2f", NULL, false},
	{"8f8y4", NULL, false},
	{"9uuex", NULL, false},
	{"by5zu", NULL, false},
	{"85sk6", NULL, false},
	{"exgka", NULL, false},
	{"4ursq", NULL, false},
	{"dp47e", NULL, false},
	{"k3w5k", NULL, false},
	{"sqpyg", NULL, false},
	{"p52jx", NULL, false},
};

static bool begins(const bk_draft *draft, uint32_t bracket, const char *head)
{
	size_t len;
	const char *bytes = bk_draft_bytes(draft, &len);
	const size_t start = draft->brackets[bracket].start;

	return len - start >= strlen(head) && memcmp(bytes + start, head, strlen(head)) == 0;
}

static void positions_of_the_first_revision_stand_in_the_fourth(void **state)
{
	bk_ledger *ledger = read_ledger(33);
	bk_draft *draft = read_sample(3);
	struct shelf shelf = {0};
	bk_binding *binding = bind(ledger, draft, sample_blobs[3], &shelf);
	size_t count;

	(void)state;
	bk_binding_list(binding, &count);
	assert_int_equal(count, sizeof labels / sizeof *labels);
	for (size_t i = 0; i < count; i++) {
		const struct bk_bound *bound = bound_of(binding, labels[i].id);

		if (!labels[i].head) {
			/* Gone, or said to be given on earlier words. */
			assert_true(bound->bracket == BK_NONE || bound->trust == BK_TRUST_CHANGED);
			continue;
		}
		assert_int_not_equal(bound->bracket, BK_NONE);
		assert_true(begins(draft, bound->bracket, labels[i].head));
		assert_true((bound->trust == BK_TRUST_CHANGED) == labels[i].changed);
	}
	assert_int_equal(shelf.reads, 1);
	bk_binding_free(binding);
	bk_draft_free(draft);
	bk_ledger_free(ledger);
}

static void what_is_recorded_on_this_text_needs_no_other(void **state)
{
	bk_ledger *ledger = read_ledger(33);
	bk_draft *draft = read_sample(0);
	struct shelf shelf = {0};

	(void)state;
	bk_binding_free(bind(ledger, draft, sample_blobs[0], &shelf));
	assert_int_equal(shelf.reads, 0);
	bk_draft_free(draft);
	bk_ledger_free(ledger);
}

static bk_ledger *record(const bk_draft *draft, uint32_t bracket, const char *blob)
{
	struct bk_event event = {.time = "2015-12-04T10:00:00Z", .party = "BO", .act = BK_EVENT_OBJECT};
	bk_anchor_copy *anchor;
	bk_ledger *ledger;
	size_t count;
	char *line;

	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	assert_int_equal(bk_anchor_of(draft, bracket, blob, &anchor), BK_OK);
	event.bracket = bk_draft_brackets(draft, &count)[bracket].id;
	event.anchor = *bk_anchor_get(anchor);
	assert_int_equal(bk_ledger_add(ledger, &event, &line), BK_OK);
	bk_ledger_line_free(line);
	bk_anchor_free(anchor);
	return ledger;
}

/* What words alone, and what the texts say: where the only position stands. */
static void find_both(
	const char *old, uint32_t bracket, const char *now, uint32_t *words, struct bk_bound *out)
{
	bk_draft *before = draft_of_bytes(old, strlen(old), reading_options());
	bk_draft *draft = draft_of_bytes(now, strlen(now), reading_options());
	struct shelf shelf = {.blob = "old", .text = old};
	bk_ledger *ledger = record(before, bracket, "old");
	bk_binding *binding;
	size_t count;

	assert_int_equal(bk_binding_new(&binding, ledger, draft), BK_OK);
	*words = bk_binding_list(binding, &count)->bracket;
	bk_binding_free(binding);
	binding = bind(ledger, draft, "now", &shelf);
	*out = *bk_binding_list(binding, &count);
	bk_binding_free(binding);
	bk_ledger_free(ledger);
	bk_draft_free(draft);
	bk_draft_free(before);
}

/* What was agreed on went on in its article, worded anew with its neighbours; a bracket of the old words stands in an
 * annex now. */
static void quote_and_context_go_wrong_where_the_text_knows(void **state)
{
	static const char old[] =
		"Article 1\n\n1. The Board shall meet every year in Bonn.\n\n"
		"2. Each Party included in the list shall send to the secretariat a full report on its "
		"emissions and removals by sinks, with the methods used, [every two years].\n\n"
		"3. The secretariat shall make all reports public at once.\n\n"
		"Article 2\n\n1. The Fund shall pay [every two years].\n";
	static const char now[] =
		"Article 1\n\n1. The Board shall meet every year in Bonn.\n\n"
		"2. Each Party included in the list shall send to the secretariat a full report on its "
		"emissions and removals by sinks, with the sources [every two or three years].\n\n"
		"3. The secretariat shall make all reports public at once.\n\n"
		"Article 2\n\n1. The Fund shall pay, with the methods used, [every two years].\n\n"
		"3. The secretariat shall make all reports public at once.\n";
	struct bk_bound bound;
	uint32_t words;

	(void)state;
	find_both(old, 0, now, &words, &bound);
	assert_int_equal(words, 1);
	assert_int_equal(bound.bracket, 0);
	assert_int_equal(bound.trust, BK_TRUST_CHANGED);
}

static void of_a_split_bracket_the_largest_piece_is_meant(void **state)
{
	struct bk_bound bound;
	uint32_t words;

	(void)state;
	find_both("1. Parties [shall report their emissions every year and publish the whole inventory of "
		  "sinks in full].\n",
		0,
		"1. Parties [shall report] their emissions every year and [publish the whole inventory of "
		"sinks in full].\n",
		&words, &bound);
	assert_int_equal(bound.bracket, 1);
	assert_int_equal(bound.trust, BK_TRUST_CHANGED);
}

/* A bracket that the comparison knows to be gone: other words that stand between its neighbours are not it. */
static void what_went_is_not_taken_for_what_stands_in_its_place(void **state)
{
	struct bk_bound bound;
	uint32_t words;

	(void)state;
	find_both("1. Parties, noting [the desirability of] a wide variety of sources, shall report.\n", 0,
		"1. Parties, noting [public and private means and] a wide variety of sources, shall "
		"report.\n",
		&words, &bound);
	assert_int_equal(words, 0);
	assert_int_equal(bound.bracket, BK_NONE);
	assert_int_equal(bound.trust, BK_TRUST_ORPHAN);
}

/* ---- Through revisions ---- */

static const char *const wordings[] = {
	"1. Each Party [shall communicate its national plan for forests every two years].\n",
	"1. Each Party [shall communicate its national report on forests every two years].\n",
	"1. Each Party [should submit a national report on forests and soils every two years].\n",
	"1. Each Party [should submit a complete report on oceans and soils from time to time].\n"};
static const char *const wording_names[] = {"first", "second", "third", "fourth"};
/* Nobody has the text of one. */
static const char *const revision_names[] = {"first", "gone", "second", "third", "fourth"};

static int take_wording(void *context, const char *blob, bk_draft **out)
{
	(void)context;
	for (size_t i = 0; i < 4; i++)
		if (strcmp(wording_names[i], blob) == 0) {
			*out = draft_of_bytes(wordings[i], strlen(wordings[i]), reading_options());
			return BK_OK;
		}
	return BK_ENOTFOUND;
}

static int list_wordings(void *context, const char *const **blobs, size_t *count)
{
	*blobs = revision_names;
	*count = *(const size_t *)context;
	return BK_OK;
}

/* Where a carry puts the only bracket of the first wording in the last one, when so many revisions are there. */
static size_t carried_to(size_t revisions)
{
	const struct bk_carry_source source = {"fourth", take_wording, &revisions, list_wordings};
	bk_draft *first = draft_of_bytes(wordings[0], strlen(wordings[0]), reading_options());
	bk_draft *last = draft_of_bytes(wordings[3], strlen(wordings[3]), reading_options());
	bk_ledger *ledger = record(first, 0, "first");
	bk_carry *carry;
	size_t count, start;

	assert_int_equal(bk_carry_new(&carry, ledger, last, &source, NULL, 0), BK_OK);
	start = bk_carry_list(carry, &count)->start;
	assert_int_equal(count, 1);
	bk_carry_free(carry);
	bk_ledger_free(ledger);
	bk_draft_free(last);
	bk_draft_free(first);
	return start;
}

/* Each revision changes a few words; the first and the last have hardly one in common. */
static void words_that_changed_a_little_each_time_are_followed(void **state)
{
	(void)state;
	assert_int_equal(carried_to(5), strlen("1. Each Party "));
	assert_int_equal(carried_to(4), strlen("1. Each Party "));
	assert_int_equal(carried_to(0), BK_NOWHERE);
}

static void a_text_that_nobody_has_leaves_the_words(void **state)
{
	bk_ledger *ledger = read_ledger(33);
	bk_draft *draft = read_sample(3);
	struct shelf shelf = {.blob = "none", .text = ""};
	bk_binding *binding = bind(ledger, draft, sample_blobs[3], &shelf);
	const struct bk_bound *bound = bound_of(binding, "ahyn5");

	(void)state;
	assert_true(bound->bracket != BK_NONE && begins(draft, bound->bracket, labels[0].head));
	bk_binding_free(binding);
	bk_draft_free(draft);
	bk_ledger_free(ledger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positions_of_the_first_revision_stand_in_the_fourth),
		cmocka_unit_test(what_is_recorded_on_this_text_needs_no_other),
		cmocka_unit_test(quote_and_context_go_wrong_where_the_text_knows),
		cmocka_unit_test(of_a_split_bracket_the_largest_piece_is_meant),
		cmocka_unit_test(what_went_is_not_taken_for_what_stands_in_its_place),
		cmocka_unit_test(words_that_changed_a_little_each_time_are_followed),
		cmocka_unit_test(a_text_that_nobody_has_leaves_the_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
