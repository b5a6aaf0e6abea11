/*
 * What a compilation says is what its reader reads: as each party wants it, in each style of names, a compilation of
 * a text without brackets has that party's words.  Over random texts of words that open additions, end items or stand
 * for what is still to come, of which some paragraphs go, come or move.  A case that breaks this says its seed.
 */
#include "lib/edits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "compare/merge_reader.h"
#include "merging.h"

enum { SEEDS = 1000, PARTIES = 3, PARAGRAPHS = 4, WORDS = 14 };

static const char *const parties[PARTIES] = {"EU", "AU", "US"};
static const enum bk_style styles[] = {BK_STYLE_PREFIX, BK_STYLE_PARENTHESIS, BK_STYLE_DASH};
enum { STYLES = sizeof styles / sizeof *styles };

static const char *const vocabulary[] = {"and", "the", "fund", "country", "Party", "date", "number", "title",
	"finance,", "equity,", "science;", "adaptation", "including,", "technology", "transfer", "provide",
	"support", "each", "5", "12", "2030", "in", "with", "respect", "developed", "as well as", "resources",
	"agreed", NULL};
enum { VOCABULARY = sizeof vocabulary / sizeof *vocabulary - 1 };

/* Numerical Recipes' generator, Press and others 1992. */
static size_t below(uint64_t *seed, size_t limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*seed >> 33) % limit;
}

static void make_base(uint64_t seed, struct bk_buf *out)
{
	const size_t paragraphs = 1 + below(&seed, PARAGRAPHS);

	for (size_t i = 0; i < paragraphs; i++) {
		const size_t words = 4 + below(&seed, WORDS - 4);

		bk_buf_put_str(out, i ? BK_STR("\nThey") : BK_STR("They"));
		for (size_t k = 0; k < words; k++)
			bk_buf_printf(out, " %s", vocabulary[below(&seed, VOCABULARY)]);
		bk_buf_put_str(out, BK_STR(" so.\n"));
	}
}

/* ---- Words ------------------------------------------------------------------------------------------- */

/* The words of a text, in small letters and a blank before each: no brackets, names beside them and marks. */
static void put_words(struct bk_str text, struct bk_buf *out)
{
	bk_draft *draft = draft_of_bytes(text.ptr, text.len,
		&(struct bk_draft_options){
			.conventions = reading_options()->conventions, .names = bk_roster_names(roster())});
	bk_reading *reading;
	size_t len;
	const char *bytes;

	assert_int_equal(bk_draft_read(draft, BK_READING_UNATTRIBUTED, NULL, &reading), BK_OK);
	bytes = bk_reading_bytes(reading, &len);
	for (size_t i = 0; i < len; i++) {
		if (bk_is_word(bytes[i]) && (i == 0 || !bk_is_word(bytes[i - 1])))
			bk_buf_putc(out, ' ');
		if (bk_is_word(bytes[i]))
			bk_buf_putc(out, bk_to_lower(bytes[i]));
	}
	bk_reading_free(reading);
	bk_draft_free(draft);
}

/* The words of a compilation as a party wants it. */
static void put_wanted(struct bk_str compilation, const char *party, struct bk_buf *out)
{
	bk_draft *draft = draft_of_bytes(compilation.ptr, compilation.len,
		&(struct bk_draft_options){
			.conventions = reading_options()->conventions, .names = bk_roster_names(roster())});
	const struct bk_positions_query query = {.party = party};
	bk_positions *positions;
	bk_binding *binding;
	bk_reading *reading;
	bk_ledger *ledger;
	struct bk_str text;
	uint8_t *decisions;
	size_t count;

	bk_draft_brackets(draft, &count);
	decisions = calloc(count + 1, 1);
	assert_non_null(decisions);
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	assert_int_equal(bk_binding_new(&binding, ledger, draft), BK_OK);
	assert_int_equal(bk_positions_derive(&positions, draft, binding, ledger, roster(), &query), BK_OK);
	assert_int_equal(bk_positions_decide(positions, draft, roster(), party, decisions), BK_OK);
	assert_int_equal(bk_draft_read(draft, BK_READING_DECIDED, decisions, &reading), BK_OK);
	text.ptr = bk_reading_bytes(reading, &text.len);
	put_words(text, out);
	bk_reading_free(reading);
	bk_positions_free(positions);
	bk_binding_free(binding);
	bk_ledger_free(ledger);
	bk_draft_free(draft);
	free(decisions);
}

/* ---- The law ------------------------------------------------------------------------------------------- */

static bool wants_its_words(
	struct bk_str compilation, const char *party, struct bk_str version, uint64_t seed)
{
	struct bk_buf is = BK_BUF_INIT, wanted = BK_BUF_INIT;
	bool equal;

	put_words(version, &wanted);
	put_wanted(compilation, party, &is);
	equal = bk_str_equal(bk_buf_str(&is), bk_buf_str(&wanted));
	if (!equal)
		print_error("seed %llu: of\n%.*s%s is said to want\n%sand wants\n%s\n",
			(unsigned long long)seed, (int)compilation.len, compilation.ptr, party,
			bk_buf_string(&is), bk_buf_string(&wanted));
	bk_buf_release(&is);
	bk_buf_release(&wanted);
	return equal;
}

/* How many parties want something else than is read. */
static size_t misread(uint64_t seed, enum bk_style style)
{
	static const struct edit_rates rates = {
		.words = 80, .clauses = 20, .paragraphs = 100, .moves = 60, .vocabulary = vocabulary};
	const struct bk_merge_options options = {.style = style,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
	struct bk_buf base = BK_BUF_INIT;
	struct edited edited[PARTIES] = {EDITED_INIT, EDITED_INIT, EDITED_INIT};
	struct bk_version versions[PARTIES];
	struct bk_str compilation;
	bk_merge *merge;
	size_t wrong = 0;

	make_base(seed, &base);
	for (size_t i = 0; i < PARTIES; i++) {
		edit_text(bk_buf_str(&base), &rates, seed * PARTIES + i, &edited[i]);
		versions[i] = (struct bk_version){
			parties[i], parties[i], bk_buf_string(&edited[i].bytes), edited[i].bytes.len};
	}
	assert_int_equal(bk_merge_new(&merge, base.bytes, base.len, versions, PARTIES, &options), BK_OK);
	compilation.ptr = bk_merge_bytes(merge, &compilation.len);
	for (size_t i = 0; i < PARTIES; i++)
		wrong += !wants_its_words(compilation, parties[i], bk_buf_str(&edited[i].bytes), seed);
	bk_merge_free(merge);
	for (size_t i = 0; i < PARTIES; i++)
		edited_release(&edited[i]);
	bk_buf_release(&base);
	return wrong;
}

static void each_party_wants_its_words_of_a_compilation(void **state)
{
	const char *given = getenv("BRACKED_SEED");
	const uint64_t from = given ? strtoull(given, NULL, 10) : 1;
	size_t wrong = 0;

	(void)state;
	for (size_t style = 0; style < STYLES; style++)
		for (uint64_t seed = from; seed < from + SEEDS; seed++)
			wrong += misread(seed, styles[style]);
	print_message("%d compilations: %zu of %d readings are other words\n", SEEDS * STYLES, wrong,
		SEEDS * STYLES * PARTIES);
	assert_int_equal(wrong, 0);
}

/* ---- Sentences at one point ---------------------------------------------------------------------------- */

enum { SOME = 4, POINT_SEEDS = 500 };

static const char *const some[] = {"EU", "AU", "US", "CN"};
static const char *const sentences[] = {"They report.", "They pay.", "It is public.",
	"The Board meets in May.", "Parties shall act.", "Parties shall not lend.", "Funds are new.",
	"Each country reports its funds."};
enum { SENTENCES = sizeof sentences / sizeof *sentences };

/* What parties put in: where, of a line with sentences before and behind it or without. */
struct point {
	const char *before, *behind;
	const char *pool[SOME];
	bool has[SOME][SOME]; /* of each party: each of the pool */
};

static struct point make_point(uint64_t seed)
{
	static const char *const before[] = {"They meet.", "1. They meet.", ""}, *const behind[] = {
											 "", "They end."};
	struct point point = {.before = before[below(&seed, 3)], .behind = behind[below(&seed, 2)]};
	const size_t first = below(&seed, SENTENCES);

	if (!*point.before)
		point.behind = behind[1];
	for (size_t i = 0; i < SOME; i++) {
		point.pool[i] = sentences[(first + i * 3) % SENTENCES];
		for (size_t k = 0; k < SOME; k++)
			point.has[i][k] = below(&seed, 2);
	}
	return point;
}

/* The line as a party wants it, or as it is. */
static void put_line(const struct point *point, const bool *has, struct bk_buf *out)
{
	bk_buf_puts(out, point->before);
	for (size_t i = 0; has && i < SOME; i++)
		if (has[i])
			bk_buf_printf(out, "%s%s", out->len ? " " : "", point->pool[i]);
	bk_buf_printf(out, "%s%s\n", out->len && *point->behind ? " " : "", point->behind);
}

static size_t count_in(const char *text, const char *sentence)
{
	size_t count = 0;

	for (const char *at = text; (at = strstr(at, sentence)); at++)
		count++;
	return count;
}

/* How often a sentence stands once more than once, and how many parties want something else than is read. */
static void look_at_point(uint64_t seed, bool unopposed, size_t *again, size_t *wrong)
{
	const struct point point = make_point(seed);
	const struct bk_merge_options options = {.unopposed = unopposed,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
	const size_t count = SOME - seed % 2;
	struct bk_buf base = BK_BUF_INIT, texts[SOME] = {BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT};
	struct bk_version versions[SOME];
	struct bk_str compilation;
	size_t more = 0;
	bk_merge *merge;

	put_line(&point, NULL, &base);
	for (size_t i = 0; i < count; i++) {
		put_line(&point, point.has[i], &texts[i]);
		versions[i] = (struct bk_version){some[i], some[i], bk_buf_string(&texts[i]), texts[i].len};
	}
	assert_int_equal(
		bk_merge_new(&merge, bk_buf_string(&base), base.len, versions, count, &options), BK_OK);
	compilation.ptr = bk_merge_bytes(merge, &compilation.len);
	for (size_t i = 0; i < SOME; i++) {
		const size_t times = count_in(compilation.ptr, point.pool[i]);

		more += times > 1 ? times - 1 : 0;
	}
	if (more)
		print_error("seed %llu: %s", (unsigned long long)seed, compilation.ptr);
	*again += more;
	for (size_t i = 0; i < count; i++)
		*wrong += !unopposed && !wants_its_words(compilation, some[i], bk_buf_str(&texts[i]), seed);
	bk_merge_free(merge);
	for (size_t i = 0; i < count; i++)
		bk_buf_release(&texts[i]);
	bk_buf_release(&base);
}

static void sentences_that_several_put_in_stand_once(void **state)
{
	const char *given = getenv("BRACKED_SEED");
	const uint64_t from = given ? strtoull(given, NULL, 10) : 1;
	size_t again = 0, wrong = 0;

	(void)state;
	for (uint64_t seed = from; seed < from + POINT_SEEDS; seed++)
		for (int unopposed = 0; unopposed < 2; unopposed++)
			look_at_point(seed, unopposed, &again, &wrong);
	print_message("%d compilations: %zu sentences stand again, %zu readings are other words\n",
		2 * POINT_SEEDS, again, wrong);
	assert_int_equal(again, 0);
	assert_int_equal(wrong, 0);
}

/* ---- Brackets of the base -------------------------------------------------------------------------------- */

enum { ITEMS = 4, MEMBERS = 3, MOST = 3, BRACKET_SEEDS = 2000, MISREAD = 30 };

/* A word of a line, or a run of brackets. */
struct item {
	const char *word; /* NULL: of a run, its members: */
	size_t members;
	struct member {
		const char *words[MOST], *name;
		size_t count;
	} member[MEMBERS];
	bool apart; /* a blank stands between them */
};

static const char *any_word(uint64_t *seed)
{
	static const char *const words[] = {"funds", "laws", "shall", "should", "pay", "report", "new",
		"public", "all", "each", "now", "here", "fully", "well", "and", "or", "below", "have"};

	return words[below(seed, sizeof words / sizeof *words)];
}

static struct item make_item(uint64_t *seed)
{
	struct item item = {0};

	if (below(seed, 3)) {
		item.word = any_word(seed);
		return item;
	}
	item.members = 1 + below(seed, MEMBERS);
	item.apart = below(seed, 2);
	for (size_t i = 0; i < item.members; i++) {
		struct member *member = &item.member[i];

		member->count = 1 + below(seed, MOST - 1);
		for (size_t k = 0; k < member->count; k++)
			member->words[k] = any_word(seed);
		member->name = below(seed, 3) ? NULL : parties[below(seed, PARTIES)];
	}
	return item;
}

static void put_member_words(const struct member *member, struct bk_buf *out)
{
	for (size_t i = 0; i < member->count; i++)
		bk_buf_printf(out, "%s%s", i ? " " : "", member->words[i]);
}

static void put_member(const struct member *member, const char *signer, struct bk_buf *out)
{
	bk_buf_putc(out, '[');
	if (signer && (!member->name || strcmp(signer, member->name) != 0))
		bk_buf_printf(out, member->name ? "%s, %s: " : "%s: ", signer, member->name);
	else if (member->name)
		bk_buf_printf(out, "%s: ", member->name);
	put_member_words(member, out);
	bk_buf_putc(out, ']');
}

/* A member as a party has it: as it is, not at all, signed, or with other words that it signs. */
static void put_edited_member(const struct member *was, const char *party, uint64_t *seed, struct bk_buf *out)
{
	struct member member = *was;
	const size_t what = below(seed, 10);

	if (what == 0)
		return;
	if (what == 1)
		member.words[below(seed, member.count)] = any_word(seed);
	if (what == 2 && member.count > 1)
		member.count--;
	put_member(&member, what <= 3 ? party : NULL, out);
}

/* A run as a party has it: one of its members alone and without brackets, or each as above. */
static void put_run(const struct item *item, const char *party, uint64_t *seed, struct bk_buf *out)
{
	const size_t accepted = party ? below(seed, 8) : item->members;

	for (size_t i = 0; i < item->members; i++) {
		const struct member *member = &item->member[i];

		if (accepted < item->members && i != accepted)
			continue;
		if (i && item->apart)
			bk_buf_putc(out, ' ');
		if (!party)
			put_member(member, NULL, out);
		else if (accepted < item->members)
			put_member_words(member, out);
		else
			put_edited_member(member, party, seed, out);
	}
}

static void put_blank(struct bk_buf *out)
{
	if (out->len && out->bytes[out->len - 1] != ' ')
		bk_buf_putc(out, ' ');
}

static void put_item(const struct item *item, const char *party, uint64_t *seed, struct bk_buf *out)
{
	if (item->word) {
		const size_t what = party ? below(seed, 12) : 11;

		put_blank(out);
		if (what)
			bk_buf_printf(
				out, what == 3 ? "[%s]" : "%s", what == 1 ? any_word(seed) : item->word);
		if (what == 2)
			bk_buf_printf(out, " %s", any_word(seed));
		return;
	}
	put_blank(out);
	put_run(item, party, seed, out);
}

static void put_items(
	const struct item *items, bool is_ended, const char *party, uint64_t seed, struct bk_buf *out)
{
	bk_buf_puts(out, "They");
	for (size_t i = 0; i < ITEMS; i++)
		put_item(&items[i], party, &seed, out);
	put_blank(out);
	bk_buf_puts(out, is_ended ? "so.\n" : "so");
}

static void read_as(struct bk_str text, const char *party, bk_read_words *words)
{
	const struct bk_notation notation = {reading_options()->conventions, bk_roster_names(roster())};
	struct bk_reader reader;
	bk_draft *draft;

	assert_int_equal(bk_reader_begin(&reader, &notation), BK_OK);
	assert_int_equal(bk_notation_draft(&notation, text, false, &draft), BK_OK);
	assert_int_equal(bk_reader_read(&reader, draft, party, words), BK_OK);
	bk_draft_free(draft);
	bk_reader_release(&reader);
}

/* Whether a party reads its version's words in a compilation; where it left a choice open there, it may have chosen
 * here: who rewords one of several proposes that alone. */
static bool reads_its_words(struct bk_str compilation, const char *party, struct bk_str version)
{
	bk_read_words wanted = {0}, said = {0};
	size_t i = 0, k = 0;
	bool same;

	read_as(version, party, &wanted);
	read_as(compilation, party, &said);
	while (i < wanted.len || k < said.len)
		if (i < wanted.len && k < said.len && said.items[k].hash == wanted.items[i].hash)
			i++, k++;
		else if (i < wanted.len && wanted.items[i].open)
			i++;
		else if (k < said.len && said.items[k].open)
			k++;
		else
			break;
	same = i == wanted.len && k == said.len;
	BK_VEC_RELEASE(&wanted);
	BK_VEC_RELEASE(&said);
	return same;
}

static size_t misread_brackets(uint64_t seed, enum bk_style style)
{
	const struct bk_merge_options options = {.style = style,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
	const size_t count = 2 + seed % 2;
	struct bk_buf base = BK_BUF_INIT, texts[PARTIES] = {BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT};
	struct bk_version versions[PARTIES];
	struct item items[ITEMS];
	struct bk_str compilation;
	uint64_t random = seed;
	bk_merge *merge;
	size_t wrong = 0;

	for (size_t i = 0; i < ITEMS; i++)
		items[i] = make_item(&random);
	put_items(items, seed % 4, NULL, 0, &base);
	for (size_t i = 0; i < count; i++) {
		put_items(items, seed % 4, parties[i], seed * PARTIES + i, &texts[i]);
		versions[i] =
			(struct bk_version){parties[i], parties[i], bk_buf_string(&texts[i]), texts[i].len};
	}
	assert_int_equal(
		bk_merge_new(&merge, bk_buf_string(&base), base.len, versions, count, &options), BK_OK);
	compilation.ptr = bk_merge_bytes(merge, &compilation.len);
	for (size_t i = 0; i < count; i++) {
		const bool ok = reads_its_words(compilation, parties[i], bk_buf_str(&texts[i]));

		if (!ok)
			print_error("seed %llu: of %s%s has %sand the compilation is %.*s",
				(unsigned long long)seed, bk_buf_string(&base), parties[i],
				bk_buf_string(&texts[i]), (int)compilation.len, compilation.ptr);
		wrong += !ok;
	}
	bk_merge_free(merge);
	for (size_t i = 0; i < count; i++)
		bk_buf_release(&texts[i]);
	bk_buf_release(&base);
	return wrong;
}

static void each_party_reads_brackets_of_the_base_as_in_its_text(void **state)
{
	const char *given = getenv("BRACKED_SEED");
	const uint64_t from = given ? strtoull(given, NULL, 10) : 1;
	size_t wrong = 0;

	(void)state;
	for (uint64_t seed = from; seed < from + BRACKET_SEEDS; seed++)
		wrong += misread_brackets(seed, styles[seed % STYLES]);
	print_message("%d compilations of texts with brackets: %zu readings are other words\n", BRACKET_SEEDS,
		wrong);
	/* what was placed anew twice is not read again, nor can each style say all that nests */
	assert_true(wrong <= MISREAD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_party_wants_its_words_of_a_compilation),
		cmocka_unit_test(sentences_that_several_put_in_stand_once),
		cmocka_unit_test(each_party_reads_brackets_of_the_base_as_in_its_text)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
