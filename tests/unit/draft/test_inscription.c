/*
 * How names are written beside brackets: what each style writes, that it is read again with the same parties and
 * acts, and how names join those that stand there.
 */
#include "base/alloc.h"
#include "draft/changes.h"
#include "draft/inscription.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "sample.h"

#define PROPOSE(name)                                                                                        \
	{                                                                                                    \
		.party = (name), .act = BK_ACT_PROPOSE                                                       \
	}
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* `words` in a bracket with list written in style. */
static void put_bracket(struct bk_buf *out, const char *words, enum bk_style style,
	const struct bk_inscribed *list, size_t count)
{
	struct bk_inscription written = {0};

	assert_int_equal(bk_inscription_write(&written, style, list, count), BK_OK);
	bk_buf_printf(out, "[%s", bk_buf_string(&written.inside));
	bk_buf_printf(out, "%s%s]%s", words, bk_buf_string(&written.end), bk_buf_string(&written.behind));
	bk_inscription_release(&written);
}

static void assert_written(
	enum bk_style style, const struct bk_inscribed *list, size_t count, const char *expected)
{
	struct bk_buf text = BK_BUF_INIT;

	put_bracket(&text, "text", style, list, count);
	assert_string_equal(bk_buf_string(&text), expected);
	bk_buf_release(&text);
}

static void each_style_writes_the_same_list(void **state)
{
	static const struct bk_inscribed list[] = {{.party = "EU", .act = BK_ACT_SUPPORT}, PROPOSE("US"),
		{.party = "CL", .act = BK_ACT_OPPOSE}, {.party = "PE", .act = BK_ACT_OPPOSE}, PROPOSE("AU")};

	(void)state;
	assert_written(BK_STYLE_PREFIX, list, COUNT(list), "[US, AU; EU support; CL, PE oppose: text]");
	assert_written(BK_STYLE_PARENTHESIS, list, COUNT(list), "[text] (US, AU; EU support; CL, PE oppose)");
	assert_written(BK_STYLE_DASH, list, COUNT(list), "[text - US, AU; EU support; CL, PE oppose]");
	assert_written(BK_STYLE_NONE, list, COUNT(list), "[text]");
	assert_written(BK_STYLE_PREFIX, list, 1, "[EU support: text]");
	assert_written(BK_STYLE_PREFIX, list, 0, "[text]");
}

static void a_style_goes_by_its_name(void **state)
{
	enum bk_style style;

	(void)state;
	for (size_t i = 0; i < BK_STYLE_COUNT; i++) {
		assert_true(bk_style_parse(bk_style_name((enum bk_style)i), &style));
		assert_int_equal(style, i);
	}
	assert_false(bk_style_parse("footnote", &style));
}

/* With conventions that are made once: there are many drafts. */
static bk_draft *read_text(const char *text)
{
	static bk_conventions *conventions;

	if (!conventions)
		assert_int_equal(bk_conventions_new(&conventions, NULL, NULL, 0), BK_OK);
	return sample_with(
		text, &(struct bk_draft_options){.conventions = conventions, .names = test_names()});
}

/* Whether a draft's first bracket has exactly these names and acts, in any order. */
static void assert_reads(const char *text, const struct bk_inscribed *list, size_t count)
{
	bk_draft *draft = read_text(text);
	const struct bk_bracket *bracket = nth(draft, 0);
	size_t total;
	const struct bk_attribution *all = bk_draft_attributions(draft, &total);

	if (bracket->attribution_count != count || total != count)
		fail_msg("%s: %zu names instead of %zu", text, total, count);
	for (size_t i = 0; i < count; i++) {
		size_t same = 0;

		for (size_t j = 0; j < total; j++)
			same += all[j].act == list[i].act &&
				strcmp(all[j].party, test_code(NULL, list[i].party, strlen(list[i].party))) ==
					0;
		if (same != 1)
			fail_msg("%s: '%s %s' is not read", text, list[i].party, bk_act_name(list[i].act));
	}
	bk_draft_free(draft);
}

static void assert_read_back(const char *words, const struct bk_inscribed *list, size_t count)
{
	for (size_t style = 0; style < BK_STYLE_NONE; style++) {
		struct bk_buf text = BK_BUF_INIT;

		bk_buf_puts(&text, "Parties ");
		put_bracket(&text, words, (enum bk_style)style, list, count);
		bk_buf_puts(&text, " act.\n");
		assert_reads(bk_buf_string(&text), list, count);
		bk_buf_release(&text);
	}
}

/* Every name of the roster with every act, in each style. */
static void every_name_with_every_act_is_read_back(void **state)
{
	(void)state;
	for (size_t name = 0; name < COUNT(test_roster); name++) {
		for (size_t act = 0; act < BK_ACT_COUNT; act++)
			assert_read_back(
				"shall", &(struct bk_inscribed){test_roster[name][1], (enum bk_act)act}, 1);
	}
}

/* Two, three and four parties with all combinations of acts, short names and long ones. */
static void every_mixture_of_acts_is_read_back(void **state)
{
	static const char *const parties[][4] = {
		{"EU", "AOSIS", "US", "NO"},
		{"Bolivia (Plurinational State of)", "Antigua and Barbuda", "G-77 and China",
			"Côte d'Ivoire"},
		{"Trinidad and Tobago", "Iran (Islamic Republic of)", "Like-Minded Developing Countries",
			"Group of 77 and China"},
	};
	size_t mixtures = 0;

	(void)state;
	for (size_t set = 0; set < COUNT(parties); set++) {
		for (size_t count = 2, all = 64; count <= 4; count++, all *= BK_ACT_COUNT) {
			for (size_t mixture = 0; mixture < all; mixture++, mixtures++) {
				struct bk_inscribed list[4];

				for (size_t i = 0, rest = mixture; i < count; i++, rest /= BK_ACT_COUNT)
					list[i] = (struct bk_inscribed){
						parties[set][i], (enum bk_act)(rest % BK_ACT_COUNT)};
				assert_read_back("shall", list, count);
			}
		}
	}
	print_message("%zu mixtures in 3 styles\n", mixtures);
}

/* ---- Adding ------------------------------------------------------------------------------------------ */

static void assert_added(const char *text, uint32_t bracket, enum bk_style style,
	const struct bk_inscribed *list, size_t count, const char *expected)
{
	bk_draft *draft = sample(text);
	bk_changes *changes;
	bk_text *made;
	const char *bytes;
	size_t len;

	assert_int_equal(bk_changes_new(&changes), BK_OK);
	assert_int_equal(bk_inscription_add(draft, bracket, style, list, count, changes), BK_OK);
	assert_int_equal(bk_text_new(&made, text, strlen(text)), BK_OK);
	assert_int_equal(bk_text_apply(made, changes->list.items, changes->list.len), BK_OK);
	assert_int_equal(bk_snapshot_flat(bk_text_now(made), &bytes, &len), BK_OK);
	if (len != strlen(expected) || memcmp(bytes, expected, len) != 0)
		fail_msg("is: %.*s, should be: %s", (int)len, bytes, expected);
	bk_text_free(made);
	bk_changes_free(changes);
	bk_draft_free(draft);
}

static const struct bk_inscribed eu_supports = {.party = "EU", .act = BK_ACT_SUPPORT}, eu = PROPOSE("EU");

static void names_join_those_of_the_same_style(void **state)
{
	(void)state;
	assert_added("[AOSIS: shall]", 0, BK_STYLE_PREFIX, &eu_supports, 1, "[AOSIS; EU support: shall]");
	assert_added("[AOSIS: shall]", 0, BK_STYLE_PREFIX, &eu, 1, "[AOSIS, EU: shall]");
	assert_added("[US support: shall]", 0, BK_STYLE_PREFIX, &eu, 1, "[US support; EU propose: shall]");
	assert_added("[**AOSIS：** shall]", 0, BK_STYLE_PREFIX, &eu, 1, "[**AOSIS, EU：** shall]");
	assert_added("[x] (AOSIS) (US: delete)", 0, BK_STYLE_PARENTHESIS, &eu_supports, 1,
		"[x] (AOSIS) (US: delete; EU support)");
	assert_added("[x] (AOSIS)", 0, BK_STYLE_PARENTHESIS, &eu, 1, "[x] (AOSIS, EU)");
	assert_added("[x - AOSIS ]", 0, BK_STYLE_DASH, &eu_supports, 1, "[x - AOSIS; EU support ]");
	assert_added("[x – India – delete]", 0, BK_STYLE_DASH, &eu, 1, "[x – India – delete; EU propose]");
}

static void names_of_another_style_get_an_attribution_of_their_own(void **state)
{
	(void)state;
	assert_added("[AOSIS: shall]", 0, BK_STYLE_PARENTHESIS, &eu, 1, "[AOSIS: shall] (EU)");
	assert_added("[AOSIS: shall]", 0, BK_STYLE_DASH, &eu, 1, "[AOSIS: shall - EU]");
	assert_added("[shall] (US)", 0, BK_STYLE_PREFIX, &eu, 1, "[EU: shall] (US)");
	assert_added("[shall] (US)", 0, BK_STYLE_DASH, &eu, 1, "[shall - EU] (US)");
	assert_added("[a [b]]", 0, BK_STYLE_DASH, &eu, 1, "[a [b] - EU]");
	assert_added("[a [b]]", 1, BK_STYLE_PARENTHESIS, &eu, 1, "[a [b] (EU)]");
	assert_added("[1. text\n]", 0, BK_STYLE_PREFIX, &eu, 1, "[1. EU: text\n]");
	assert_added("[1. text\n]", 0, BK_STYLE_DASH, &eu, 1, "[1. text - EU\n]");
}

static void what_could_not_be_read_is_written_in_another_style(void **state)
{
	(void)state;
	assert_added("[reserve]", 0, BK_STYLE_PREFIX, &eu, 1, "[reserve] (EU)");
	assert_added("[BR, IN: reserve]", 0, BK_STYLE_PREFIX, &eu, 1, "[BR, IN: reserve] (EU)");
	assert_added("[BR, IN: reserve]", 0, BK_STYLE_DASH, &eu, 1, "[BR, IN: reserve] (EU)");
	assert_added("[shall][^9]\n\n[^9]: US\n", 0, BK_STYLE_PARENTHESIS, &eu, 1,
		"[EU: shall][^9]\n\n[^9]: US\n");
}

static void who_stands_there_is_not_written_twice(void **state)
{
	(void)state;
	assert_added("[EU: shall]", 0, BK_STYLE_PREFIX, &eu, 1, "[EU: shall]");
	assert_added("[EU: shall]", 0, BK_STYLE_DASH, &eu, 1, "[EU: shall]");
	assert_added("[EU: shall]", 0, BK_STYLE_PREFIX, &eu_supports, 1, "[EU; EU support: shall]");
	assert_added("[shall]", 0, BK_STYLE_NONE, &eu, 1, "[shall]");
}

/* What was there is read as before and what was added beside it, whatever style meets whatever form. */
static void all_names_are_read_after_some_were_added(void **state)
{
	static const char *const texts[] = {
		"[US: shall]", "[shall] (US)", "[shall - US]", "[shall][^1]\n\n[^1]: US\n"};

	(void)state;
	for (size_t text = 0; text < COUNT(texts); text++) {
		for (size_t i = 0; i < (size_t)BK_STYLE_NONE * BK_ACT_COUNT; i++) {
			const struct bk_inscribed list[] = {
				PROPOSE("US"), {.party = "EU", .act = (enum bk_act)(i % BK_ACT_COUNT)}};
			bk_draft *draft = sample(texts[text]);
			bk_changes *changes;
			struct bk_buf after = BK_BUF_INIT;

			assert_int_equal(bk_changes_new(&changes), BK_OK);
			assert_int_equal(bk_inscription_add(draft, 0, (enum bk_style)(i / BK_ACT_COUNT),
						 &list[1], 1, changes),
				BK_OK);
			assert_int_equal(changes->list.len, 1);
			bk_buf_puts(&after, texts[text]);
			bk_buf_insert(&after, changes->list.items[0].span.start, changes->list.items[0].bytes,
				changes->list.items[0].len);
			assert_reads(bk_buf_string(&after), list, 2);
			bk_buf_release(&after);
			bk_changes_free(changes);
			bk_draft_free(draft);
		}
	}
}

static void on_failure_it_is_told(void **state)
{
	bk_draft *draft = sample("[AOSIS: shall]");
	int status = BK_ENOMEM;

	(void)state;
	for (size_t n = 0; status != BK_OK; n++) {
		bk_changes *changes;

		assert_int_equal(bk_changes_new(&changes), BK_OK);
		bk_alloc_fail_after(n);
		status = bk_inscription_add(draft, 0, BK_STYLE_DASH, &eu, 1, changes);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
		bk_changes_free(changes);
	}
	bk_draft_free(draft);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_style_writes_the_same_list),
		cmocka_unit_test(a_style_goes_by_its_name),
		cmocka_unit_test(every_name_with_every_act_is_read_back),
		cmocka_unit_test(every_mixture_of_acts_is_read_back),
		cmocka_unit_test(names_join_those_of_the_same_style),
		cmocka_unit_test(names_of_another_style_get_an_attribution_of_their_own),
		cmocka_unit_test(what_could_not_be_read_is_written_in_another_style),
		cmocka_unit_test(who_stands_there_is_not_written_twice),
		cmocka_unit_test(all_names_are_read_after_some_were_added),
		cmocka_unit_test(on_failure_it_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
