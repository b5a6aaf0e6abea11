/* What happened to brackets and words between two texts. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "comparing.h"

/* ---- Fates ------------------------------------------------------------------------------------------------ */

/* "kept chosen:won chosen:lost | opened": of the old text in its order, then of the new one alone. */
static void describe(const struct compared *compared, char *out, size_t room)
{
	size_t count, old_count;
	const struct bk_difference *all = bk_comparison_list(compared->comparison, &count);
	size_t used = 0;

	bk_draft_brackets(compared->old, &old_count);
	out[0] = 0;
	for (uint32_t b = 0; b < old_count; b++) {
		for (size_t i = 0; i < count; i++) {
			if (all[i].kind > BK_DIFFERENCE_JOINED || !all[i].in_old || all[i].old_bracket != b)
				continue;
			used += (size_t)snprintf(out + used, room - used, "%s%s%s%s", used ? " " : "",
				bk_difference_kind_name(all[i].kind), *all[i].detail ? ":" : "",
				all[i].detail);
		}
	}
	used += (size_t)snprintf(out + used, room - used, " |");
	for (size_t i = 0; i < count; i++)
		if (all[i].kind <= BK_DIFFERENCE_REOPENED && all[i].old_bracket == BK_NONE)
			used += (size_t)snprintf(
				out + used, room - used, " %s", bk_difference_kind_name(all[i].kind));
}

static size_t count_of(const struct compared *compared, enum bk_difference_kind kind, const char *detail)
{
	size_t count, found = 0;
	const struct bk_difference *all = bk_comparison_list(compared->comparison, &count);

	for (size_t i = 0; i < count; i++)
		found += all[i].kind == kind && strcmp(all[i].detail, detail) == 0;
	return found;
}

static void expect(const char *old, const char *now, const char *fates)
{
	struct compared compared = compare(old, now);
	struct bk_balance balance;
	char found[2000];

	describe(&compared, found, sizeof found);
	assert_string_equal(found, fates);
	bk_comparison_balance(compared.comparison, &balance);
	assert_int_equal(balance.remainder, 0);
	assert_true(is_rebuilt(&compared));
	compared_free(&compared);
}

static void brackets_of_the_same_text_are_kept(void **state)
{
	(void)state;
	expect("Parties [shall][should] act [by [2020][2030]].",
		"Parties [shall][should] act [by [2020][2030]].", "kept kept kept kept kept |");
}

/* Where a word stands twice in a row, either may be matched with the one that is left. */
static void a_bracket_that_stands_is_kept_whose_words_stand_beside_it_too(void **state)
{
	(void)state;
	expect("They take [a][EU: burden climate] [climate-resilient] action.",
		"They take [a] [climate-resilient] action.", "kept deleted kept |");
	expect("They take [a][EU: burden climate] [climate-resilient] action.",
		"They take [climate-resilient] action.", "deleted deleted kept |");
	expect("They take [a][EU: burden climate] [climate-resilient] action.",
		"They take [a][EU: burden climate-resilient] action.", "kept reworded joined |");
}

static void wrapping_and_emphasis_change_nothing(void **state)
{
	struct compared compared =
		compare("1. Developed country Parties [shall]\ntake the lead in [urgent] action.\n",
			"1. Developed **country**\nParties [shall] take the\nlead in [*urgent*] action.\n");
	size_t count;
	const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);

	(void)state;
	assert_int_equal(count, 2);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(all[i].kind, BK_DIFFERENCE_KEPT);
	compared_free(&compared);
}

static void an_apostrophe_of_print_is_that_of_a_keyboard(void **state)
{
	struct compared compared =
		compare("Each Party's [nation's own] plan.", "Each Party\u2019s [nation\u2019s own] plan.");
	size_t count;
	const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);

	(void)state;
	assert_int_equal(count, 3);
	assert_int_equal(all[0].kind, BK_DIFFERENCE_TEXT_CHANGED);
	assert_string_equal(all[0].detail, "punctuation");
	assert_int_equal(all[1].kind, BK_DIFFERENCE_KEPT);
	assert_int_equal(all[2].kind, BK_DIFFERENCE_TEXT_CHANGED);
	assert_string_equal(all[2].detail, "punctuation");
	assert_true(is_rebuilt(&compared));
	compared_free(&compared);
}

static void expect_rebuilt(const struct compared *compared, const char *now)
{
	struct bk_buf made = BK_BUF_INIT;

	rebuild(compared, &made);
	assert_string_equal(bk_buf_string(&made), now);
	bk_buf_release(&made);
}

/* Where lines break, labels and references come to stand at their heads, or leave them. */
static void texts_that_break_elsewhere_are_the_same(void **state)
{
	static const char
		old[] = "4. Parties [shall], by Article 3.2 of the Convention:\n(a) [report];\n"
			"(b) rest, and see paragraph 5 bis.\n\n5. The Board meets [once].\n",
		now[] = "4. Parties [shall], by\n  Article 3.2 of the\nConvention: (a) [report]; (b) rest, "
			"and see paragraph\n5 bis.\n\n5. The Board\nmeets [once].";
	struct compared compared = compare(old, now);
	struct bk_balance balance;
	struct bk_followed followed;
	size_t count;
	const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);

	(void)state;
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(all[i].kind, BK_DIFFERENCE_KEPT);
		assert_int_equal(now[all[i].new_span.start], '[');
		assert_int_equal(now[all[i].new_span.end - 1], ']');
	}
	bk_comparison_balance(compared.comparison, &balance);
	assert_int_equal(balance.remainder, 0);
	assert_int_equal(balance.words_deleted + balance.words_added, 0);
	expect_rebuilt(&compared, now);
	bk_comparison_follow(compared.comparison,
		(struct bk_span){
			(size_t)(strstr(old, "rest") - old), (size_t)(strstr(old, "rest") - old) + 4},
		&followed);
	assert_int_equal(followed.span.start, strstr(now, "rest") - now);
	assert_int_equal(followed.span.end, strstr(now, "rest") - now + 4);
	assert_int_equal(bk_comparison_word_origin(compared.comparison, (size_t)(strstr(now, "Board") - now)),
		strstr(old, "Board") - old);
	compared_free(&compared);
}

/* Each line broken where it passes 50 columns. */
static void wrap(struct bk_str text, struct bk_buf *out)
{
	size_t column = 0;

	for (size_t i = 0; i < text.len; i++) {
		const bool breaks = text.ptr[i] == ' ' && column > 50 && i > 0 && i + 1 < text.len &&
				    !bk_is_space(text.ptr[i - 1]) && !bk_is_space(text.ptr[i + 1]);

		bk_buf_putc(out, breaks ? '\n' : text.ptr[i]);
		column = breaks || text.ptr[i] == '\n' ? 0 : column + 1;
	}
}

/* "3." at the head of a line becomes "13.". */
static void renumber(struct bk_str text, struct bk_buf *out)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t blanks = i, digits;

		while (blanks > 0 && text.ptr[blanks - 1] == ' ')
			blanks--;
		for (digits = i; digits < text.len && bk_is_digit(text.ptr[digits]);)
			digits++;
		if ((blanks == 0 || text.ptr[blanks - 1] == '\n') && digits > i && digits < i + 3 &&
			bk_str_starts(bk_str_skip(text, digits), BK_STR(". ")))
			bk_buf_putc(out, '1');
		bk_buf_putc(out, text.ptr[i]);
	}
}

static void expect_kept(
	const char *variable, const char *name, void (*change)(struct bk_str text, struct bk_buf *out))
{
	struct bk_buf old = BK_BUF_INIT, now = BK_BUF_INIT;
	struct compared compared;
	size_t count;

	if (!read_below(variable, name, &old))
		return;
	change(bk_buf_str(&old), &now);
	compared = compare_bytes(bk_buf_str(&old), bk_buf_str(&now));
	const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);

	for (size_t i = 0; i < count; i++)
		if (all[i].kind != BK_DIFFERENCE_KEPT && all[i].kind != BK_DIFFERENCE_RENUMBERED)
			fail_msg("%s: %s at %zu", name, bk_difference_kind_name(all[i].kind),
				all[i].in_new ? all[i].new_span.start : all[i].old_span.start);
	compared_free(&compared);
	bk_buf_release(&old);
	bk_buf_release(&now);
}

static void whole_drafts_wrapped_or_numbered_anew_are_the_same(void **state)
{
	static const char *const texts[][2] = {{"BRACKED_SOURCE", "texts/cancun/1.txt"},
		{"BRACKED_SOURCE", "texts/cancun/3.txt"}, {"BRACKED_CORPUS", "paris-2015-10-23.md"},
		{"BRACKED_CORPUS", "paris-2015-12-04.md"}, {"BRACKED_CORPUS", "bbnj-prepcom-2026.txt"}};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		expect_kept(texts[i][0], texts[i][1], wrap);
		expect_kept(texts[i][0], texts[i][1], renumber);
	}
	/* whose contents have numbers, too, which are no labels there */
	expect_kept("BRACKED_CORPUS", "plastics-inc4-3.txt", wrap);
}

/* Two words that became one, and line ends of another kind, are no wrapping. */
static void what_is_more_than_wrapping_is_compared(void **state)
{
	static const char old[] = "1. Parties act in to go.\nThey [rest].\n";
	static const char *const others[] = {
		"1. Parties act into go.\nThey [rest].\n", "1. Parties act in to go.\r\nThey [rest].\r\n"};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct compared compared = compare(old, others[i]);
		size_t count;

		bk_comparison_list(compared.comparison, &count);
		assert_true(count > 1);
		expect_rebuilt(&compared, others[i]);
		compared_free(&compared);
	}
}

static const struct bk_difference *only_text(const struct compared *compared);

/* Where a line breaks makes labels of words, and of what stands beside them nothing is to be said. */
static void a_change_in_a_text_that_breaks_elsewhere_is_told_alone(void **state)
{
	const char *const old =
		"1. Parties shall report on (a) [all] forests and Article 3 does not apply to 4. They act.\n";
	const char *const now = "1. Parties should report on\n(a) [all] forests and\nArticle 3 does not "
				"apply to\n4. They act.\n";
	struct compared compared = compare(old, now);
	const struct bk_difference *text = only_text(&compared);
	struct bk_followed followed;

	(void)state;
	assert_int_equal(text->kind, BK_DIFFERENCE_TEXT_CHANGED);
	assert_int_equal(text->new_span.start, strstr(now, "should") - now);
	assert_int_equal(text->new_span.end, strstr(now, " report") - now);
	expect_rebuilt(&compared, now);
	assert_int_equal(bk_comparison_carry(compared.comparison, 0), 0);
	bk_comparison_follow(compared.comparison,
		(struct bk_span){
			(size_t)(strstr(old, "forests") - old), (size_t)(strstr(old, " does") - old)},
		&followed);
	assert_int_equal(followed.span.start, strstr(now, "forests") - now);
	assert_int_equal(followed.span.end, strstr(now, " does") - now);
	assert_int_equal(bk_comparison_word_origin(compared.comparison, (size_t)(strstr(now, "They") - now)),
		strstr(old, "They") - old);
	compared_free(&compared);
}

/* A short line between wide ones is not full, though what stands behind it is as short. */
static void a_list_that_came_at_the_end_of_a_wrapped_paragraph_keeps_its_lines(void **state)
{
	struct compared compared = compare("4. Parties should consider the matters of (a) forests and of\n"
					   "(b) all of the seas that are near to them and Article 3 of\n"
					   "this law shall not apply to\n5. Their acts end.\n",
		"4. Parties should consider the matters of\n"
		"(a) forests and of (b) all of the seas that are near to them\nand\n"
		"Article 3 of this law shall not apply to 5. Their acts end.\n"
		"They tell:\n- birds\n- bees\n");
	size_t count;
	const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);

	(void)state;
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(all[i].kind, BK_DIFFERENCE_TEXT_ADDED);
	compared_free(&compared);
}

/* Blanks at the end of a text are not part of what stands before them. */
static void what_ends_a_text_ends_where_it_does_in_each(void **state)
{
	static const char bare[] = "4. Parties [shall:\n(a) [report]]",
			  ended[] = "4. Parties [shall: (a)\n[report]]\n\n";

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const char *const now = i ? ended : bare;
		struct compared compared = compare(i ? bare : ended, now);
		size_t count;
		const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);

		assert_int_equal(count, 2);
		assert_int_equal(all[0].new_span.end, strrchr(now, ']') - now + 1);
		assert_int_equal(all[1].new_span.end, strrchr(now, ']') - now);
		compared_free(&compared);
	}
}

static void what_hides_in_a_text_that_breaks_elsewhere_is_told_where_it_is(void **state)
{
	const char *const now =
		"1. Parties should report on\n    (a) [all] forests and\n    Article 3 does not "
		"apply to\n    4. They act.\n\n5\u200B. They meet.\n";
	struct compared compared =
		compare("1. Parties shall report on (a) [all] forests and Article 3 does not "
			"apply to 4. They act.\n\n5. They meet.\n",
			now);
	size_t count;
	const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);

	(void)state;
	assert_int_equal(count_of(&compared, BK_DIFFERENCE_TEXT_CHANGED, "invisible"), 1);
	for (size_t i = 0; i < count; i++) {
		if (strcmp(all[i].detail, "invisible") != 0)
			continue;
		assert_int_equal(all[i].new_span.start, strstr(now, "5\u200B") - now);
		assert_int_equal(all[i].new_span.end, strstr(now, ". They meet") - now);
	}
	compared_free(&compared);
}

/* Some words changed, some came and went. */
static void edit(struct bk_str text, struct bk_buf *out)
{
	size_t blanks = 0;

	for (size_t i = 0; i < text.len; i++) {
		const bool between = text.ptr[i] == ' ' && i > 0 && i + 1 < text.len &&
				     bk_is_lower(text.ptr[i - 1]) && bk_is_lower(text.ptr[i + 1]);

		blanks += between;
		if (between && blanks % 401 == 0)
			bk_buf_puts(out, " quickly and well");
		if (between && blanks % 307 == 0)
			while (i + 1 < text.len && bk_is_lower(text.ptr[i + 1]))
				i++;
		bk_buf_putc(out, text.ptr[i]);
	}
}

static void edits_in_a_whole_draft_are_the_same_when_it_is_wrapped(void **state)
{
	static const char *const texts[][2] = {{"BRACKED_SOURCE", "texts/cancun/1.txt"},
		{"BRACKED_CORPUS", "paris-2015-12-04.md"}, {"BRACKED_CORPUS", "bbnj-prepcom-2026.txt"},
		{"BRACKED_CORPUS", "plastics-inc4-3.txt"}};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct bk_buf old = BK_BUF_INIT, edited = BK_BUF_INIT, wrapped = BK_BUF_INIT;
		struct compared plain, anew;
		size_t count, anew_count;

		if (!read_below(texts[i][0], texts[i][1], &old))
			continue;
		edit(bk_buf_str(&old), &edited);
		wrap(bk_buf_str(&edited), &wrapped);
		plain = compare_bytes(bk_buf_str(&old), bk_buf_str(&edited));
		anew = compare_bytes(bk_buf_str(&old), bk_buf_str(&wrapped));
		const struct bk_difference *all = bk_comparison_list(plain.comparison, &count);
		const struct bk_difference *others = bk_comparison_list(anew.comparison, &anew_count);

		assert_int_equal(count, anew_count);
		assert_true(count > 1);
		for (size_t d = 0; d < count; d++) {
			assert_int_equal(all[d].kind, others[d].kind);
			assert_int_equal(all[d].old_span.start, others[d].old_span.start);
			if (all[d].in_new)
				assert_int_equal(bk_buf_str(&edited).ptr[all[d].new_span.start],
					bk_buf_str(&wrapped).ptr[others[d].new_span.start]);
		}
		expect_rebuilt(&anew, bk_buf_string(&wrapped));
		compared_free(&plain);
		compared_free(&anew);
		bk_buf_release(&old);
		bk_buf_release(&edited);
		bk_buf_release(&wrapped);
	}
}

static void a_choice_has_a_winner_and_losers(void **state)
{
	(void)state;
	expect("Each Party [shall][should] take measures on adaptation.",
		"Each Party shall take measures on adaptation.", "chosen:won chosen:lost |");
}

static void a_choice_still_in_brackets_is_none(void **state)
{
	(void)state;
	expect("Each Party [shall][should][may] take measures on adaptation.",
		"Each Party [shall] should take measures on adaptation.", "kept accepted deleted |");
}

static void where_several_stand_none_was_chosen(void **state)
{
	(void)state;
	expect("Parties [shall][should][may] act together.", "Parties shall should act together.",
		"accepted accepted deleted |");
}

/* Where both are there for their own sake, one that went has not lost. */
static void members_that_are_independent_choose_nothing(void **state)
{
	(void)state;
	expect("Parties [plan ahead,] [report on it,] together.", "Parties plan ahead, together.",
		"accepted deleted |");
	expect("Parties act [at home and][abroad] at once.", "Parties act at home at once.",
		"accepted:reworded deleted |");
}

static void a_winner_that_was_joined_stays_joined(void **state)
{
	(void)state;
	expect("Parties [shall take urgent action][should rest] at home.",
		"Parties [from now on, and wherever they are, shall take urgent action, in the light of "
		"science] at home.",
		"joined chosen:lost | opened");
}

/* What stands beside the winner has not replaced the loser. */
static void a_loser_is_not_replaced(void **state)
{
	(void)state;
	expect("Each Party [shall][will soon] take measures.", "Each Party shall now take measures.",
		"chosen:won chosen:lost |");
	expect("Each Party [shall][will soon] take measures.", "Each Party may take measures.",
		"deleted:replaced deleted:replaced |");
}

/* By their wording members may be rivals or parts of one list, which end in a comma, a semicolon or a stop. */
static void an_undecided_choice_is_made_where_it_looks_like_one(void **state)
{
	static const char *const texts[][3] = {
		{"Parties [act at once][rest for years].", "Parties act at once.",
			"chosen:won chosen:lost |"},
		{"Parties [act at once,][rest for years].", "Parties act at once.", "accepted deleted |"},
		{"Parties [act at once;][rest for years].", "Parties act at once.", "accepted deleted |"},
		{"Parties [act at once.][rest for years].", "Parties act at once.", "accepted deleted |"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct compared compared = {
			.old = draft_of_bytes(texts[i][0], strlen(texts[i][0]), reading_options()),
			.now = draft_of_bytes(texts[i][1], strlen(texts[i][1]), reading_options()),
		};
		char found[200];

		assert_int_equal(compared.old->group_count, 1);
		compared.old->groups[0].choice = BK_CHOICE_UNDECIDED;
		assert_int_equal(bk_comparison_new(&compared.comparison, compared.old, compared.now), BK_OK);
		describe(&compared, found, sizeof found);
		assert_string_equal(found, texts[i][2]);
		compared_free(&compared);
	}
}

static void words_that_stand_without_brackets_are_accepted(void **state)
{
	(void)state;
	expect("Parties take [urgent and ambitious] action on mitigation.",
		"Parties take urgent and ambitious action on mitigation.", "accepted |");
	expect("Parties take [urgent and ambitious] action on mitigation.",
		"Parties take action on mitigation.", "deleted |");
}

static void words_that_stand_in_an_option_are_accepted_there(void **state)
{
	(void)state;
	expect("4. Parties act:\n\nOption 1: They cooperate [in good faith] now.\n\nOption 2: They rest.\n",
		"4. Parties act:\n\nOption 1: They cooperate in good faith now.\n\nOption 2: They rest.\n",
		"accepted:in option |");

	struct compared compared =
		compare("Option 1: They rest [in good faith].\n", "Option 1: They rest in good faith.\n");
	struct bk_balance balance;

	bk_comparison_balance(compared.comparison, &balance);
	assert_int_equal(balance.in_option, 1);
	compared_free(&compared);
}

static void a_bracket_around_an_option_tells_what_became_of_the_option(void **state)
{
	static const char old[] =
		"4. Parties act:\n\n[Option 1: They cooperate in good faith at all levels.]\n\n"
		"[Option 2: They rest at home for the time being.]\n";

	(void)state;
	expect(old, "4. Parties act:\n\nThey cooperate in good faith at all levels.\n",
		"accepted:option won deleted:option lost |");
	expect(old, "4. Parties act:\n\nOption 1: They cooperate in good faith at all levels.\n",
		"accepted:in option, option kept deleted:option lost |");
	expect(old, "4. Parties act:\n\n[Option 1: They cooperate in good faith at all levels.]\n",
		"kept:option kept deleted:option lost |");
}

/* By words without brackets: what is in dispute has settled nothing. */
static void a_third_wording_replaces_one(void **state)
{
	(void)state;
	expect("Parties act [in good faith] at home.", "Parties act on their own at home.",
		"deleted:replaced |");
	expect("Parties act [in good faith] at home.", "Parties act [on their own] at home.",
		"deleted | opened");
	expect("Parties act [in good faith] at home.", "Parties act at home.", "deleted |");
}

static void a_mark_alone_is_accepted_where_it_stands(void **state)
{
	(void)state;
	expect("Parties act [,] and rest.", "Parties act, and rest.", "accepted |");
	expect("Parties act [,] and rest.", "Parties act and rest.", "deleted |");
}

static void a_header_alone_in_brackets_is_kept_where_its_paragraph_is(void **state)
{
	(void)state;
	expect("Option 1: [They pay.]\n\n[Option 2:] (EU)\n\n[No text]\n", "[Option 2:] (EU)\n\n[No text]\n",
		"deleted kept:option kept kept |");
}

static void a_figure_stands_only_whole(void **state)
{
	(void)state;
	expect("reduce emissions by [25 to 40] per cent below those of 1990",
		"reduce emissions by 25 per cent below those of 1990", "deleted |");
}

/* Figures, modals, conjunctions and stop words: half of them found again is chance. */
static void small_words_stand_only_whole(void **state)
{
	(void)state;
	expect("Parties act by [2020 or 2025] at the latest.", "Parties act by 2020 or 2025 at the latest.",
		"accepted |");
	expect("Parties act by [2020 or 2025] at the latest.", "Parties act by 2020 or 2030 at the latest.",
		"deleted:replaced |");
	expect("Parties [shall or should] act together.", "Parties shall or may act together.",
		"deleted:replaced |");
	expect("Parties meet [two or three] times a year.", "Parties meet two or four times a year.",
		"deleted:replaced |");
	expect("A fund is set up [under the Board] for forests.",
		"A fund is set up under the Council for forests.", "deleted:replaced |");
	expect("The plan [has been reviewed] by the Board.", "The plan has been closed by the Board.",
		"deleted:replaced |");
	expect("The fund [which grows] is managed by it.", "The fund which shrinks is managed by it.",
		"deleted:replaced |");
	expect("Las Partes [deberán o deberían] actuar juntas.", "Las Partes deberán o podrán actuar juntas.",
		"deleted:replaced |");
}

static void a_disputed_footnote_is_the_same_under_another_number(void **state)
{
	(void)state;
	expect("Support to developing country Parties [[^10]] and a platform [^11].",
		"Support to developing country Parties [[^15]] and a platform [^16].", "kept |");
}

static void a_mark_at_the_end_of_a_paragraph_is_found_there(void **state)
{
	(void)state;
	expect("4. It shall have branches [:]\n\nOption 1: Members serve.\n\n5. Others act.\n",
		"4. It shall have branches [:]\n\nOption 1: Members serve.\n\n5. All act.\n", "kept |");
	expect("4. It shall have branches [:]\n\nOption 1: Members serve.",
		"4. It has branches [:]\n\nOption 1: Members serve.", "kept |");
}

static void a_bracket_with_half_of_its_words_is_reworded(void **state)
{
	(void)state;
	expect("Parties cooperate [in the transfer of clean technologies] at all levels.",
		"Parties cooperate [in the transfer of modern technologies] at all levels.", "reworded |");
}

static void of_two_that_fit_alike_the_earlier_is_kept(void **state)
{
	(void)state;
	expect("Parties adopt [common market rules] and [common market rules].",
		"Parties adopt [common market rules].", "kept deleted |");
}

static void clean_words_put_into_brackets_are_reopened(void **state)
{
	(void)state;
	expect("Parties take urgent and ambitious action on mitigation.",
		"Parties take [urgent and ambitious] action on mitigation.", " | reopened");
	expect("Parties take action on mitigation.",
		"Parties take [urgent and ambitious] action on mitigation.", " | opened");
}

static void what_is_reopened_tells_where_it_stood(void **state)
{
	static const char old[] = "Parties take urgent and ambitious action on mitigation.";
	struct compared compared = compare(old, "Parties take [urgent and ambitious] action on mitigation.");
	size_t count;
	const struct bk_difference *all = bk_comparison_list(compared.comparison, &count);

	(void)state;
	assert_int_equal(count, 1);
	assert_true(all[0].in_old);
	assert_int_equal(all[0].old_span.start, strstr(old, "urgent") - old);
	assert_int_equal(all[0].old_span.end, strstr(old, " action") - old);
	compared_free(&compared);
}

static void a_bracket_in_pieces_is_split(void **state)
{
	(void)state;
	expect("Parties [strengthen their national plans and report on finance provided every second year] "
	       "together.",
		"Parties [strengthen their national plans] and [report on finance provided] together.",
		"split | split split");
}

static void a_piece_tells_what_it_is_a_piece_of(void **state)
{
	struct compared compared = compare(
		"Parties [strengthen their national plans and report on finance provided every year].",
		"Parties [strengthen their national plans] and [report on finance provided].");
	size_t count;
	char detail[40];

	(void)state;
	snprintf(detail, sizeof detail, "piece of %s", bk_draft_brackets(compared.old, &count)[0].id);
	assert_int_equal(count_of(&compared, BK_DIFFERENCE_SPLIT, detail), 2);
	compared_free(&compared);
}

/* Pieces are mostly of the old bracket, and together most of it. */
static void what_is_mostly_new_is_no_piece(void **state)
{
	(void)state;
	expect("Parties [strengthen their national plans and report on finance provided every second year] "
	       "together.",
		"Parties [strengthen their national plans] and [report on finance provided, when oceans and "
		"rivers and forests of the north and deserts of the south are dry] together.",
		"accepted:reworded, partly | opened opened");
	expect("Parties [strengthen their national plans for oceans and rivers and forests and deserts and "
	       "hills and islands and report on finance provided every second year] together.",
		"Parties [strengthen their national] and [report on finance] together.",
		"deleted | opened opened");
	/* what lies in a piece is none of its own */
	expect("Parties [strengthen their national plans and report on finance provided every second year] "
	       "together.",
		"Parties [report [on finance provided]] together.", "deleted | opened opened");
}

static void a_bracket_inside_of_another_one_is_joined(void **state)
{
	(void)state;
	expect("The mechanism is [under the authority of the Conference] and supports action.",
		"The mechanism is [new, under the authority of the Conference of the Parties, and is guided "
		"by it in all "
		"that it does] and supports action.",
		"joined | opened");
}

static void of_several_in_one_the_largest_is_reworded(void **state)
{
	(void)state;
	expect("The Centre acts [in good time], [within its means] and [on demand from poor countries].",
		"The Centre acts [in good time, within its means and on demand from poor countries].",
		"joined joined reworded |");
}

static void several_that_fill_little_of_one_are_joined_to_it(void **state)
{
	(void)state;
	expect("The Centre acts [in good time], [within its means] and gladly.",
		"The Centre acts [in good time, by order of the Board of the Fund for oceans, rivers, "
		"forests "
		"and deserts, within its means] and gladly.",
		"joined joined | opened");
}

static void a_disputed_label_that_got_a_new_number_is_kept(void **state)
{
	(void)state;
	expect("[77][31 bis]. [The outcome applies from now on.]\n",
		"[107][46 bis]. [The outcome applies from now on.]\n", "kept kept kept |");
}

static void a_phrase_that_changed_places_is_accepted(void **state)
{
	(void)state;
	expect("1. Parties shall hear [people in vulnerable situations], women, children and persons with "
	       "disabilities.\n",
		"1. Parties shall hear women, children, persons with disabilities and people in vulnerable "
		"situations.\n",
		"accepted |");
}

static void a_paragraph_that_went_into_one_far_away_leaves_its_words_there(void **state)
{
	(void)state;
	expect("1. A compliance committee is hereby established under the authority of the meeting.\n\n"
	       "2. Emissions of methane from rice paddies should peak within the decade.\n\n"
	       "3. The nature of it is [expert-based, transparent, respectful towards sovereignty, neither "
	       "punitive nor adversarial].\n",
		"1. A compliance committee, the nature of it expert-based, transparent, respectful towards "
		"sovereignty, neither punitive nor adversarial, is hereby established under the authority of "
		"the meeting.\n\n"
		"2. Emissions of methane from rice paddies should peak within the decade.\n",
		"accepted |");
}

static void a_list_put_into_one_paragraph_leaves_its_words_there(void **state)
{
	(void)state;
	expect("1. Goal\n\n    Parties [jointly] aim to protect the forests of the north by:\n\n"
	       "    1. [planting trees of every kind wherever rain falls]\n"
	       "    2. [ending the felling of old trees [by companies] within a decade]\n",
		"1. Goal\n\n    Parties jointly aim to protect the forests of the north by planting trees of "
		"every kind wherever rain falls and ending the felling of old trees within a decade.\n",
		"accepted accepted accepted:reworded deleted |");
}

static void a_long_provision_that_was_cut_and_moved_keeps_its_brackets(void **state)
{
	(void)state;
	expect("1. Each Party shall publish the maps of its wetlands [swiftly] and correct them yearly, "
	       "after asking people who live there. Hunters and pilots may ask for copies without paying "
	       "any fee to archives, whose rooms stay open at night; and museums, schools or theatres "
	       "hang framed ones upon walls.\n\n"
	       "2. The bank lends money to farmers, tells what sums it lent them, and forgives what they "
	       "cannot pay back, be it for drought, flood, fire, locusts or war.\n",
		"1. The bank lends money to farmers, tells what sums it lent them, and forgives what they "
		"cannot pay back, be it for drought, flood, fire, locusts or war.\n\n"
		"2. Each Party shall publish the maps of its wetlands [swiftly] and correct them yearly, "
		"after asking people who live there.\n",
		"kept |");
}

static void each_of_several_options_left_its_words_in_what_they_became(void **state)
{
	(void)state;
	expect("1. **Option 1:** Donors [shall][should] [yearly][monthly] tell the bank of settlements what "
	       "sums they lend to farmers and fishers, and which of these sums were paid back.\n\n"
	       "    **Option 2:** Donors, lenders and insurers should openly tell the bank of settlements, "
	       "in writing, what sums they lend to farmers and fishers of every country, and which of "
	       "these sums were ever paid back, and when.\n\n"
	       "    **Option 3:** No text\n",
		"1. Donors, lenders and insurers should yearly and openly tell the bank of settlements, in "
		"writing, what sums they lend to farmers and fishers of every country, and which of these "
		"sums were ever paid back, and when.\n",
		"chosen:lost chosen:won chosen:won chosen:lost |");
}

static void what_keeps_a_bracket_within_it_is_accepted_in_part(void **state)
{
	(void)state;
	expect("The plan holds [a reference level [, or subnational levels meanwhile, for all forests]].",
		"The plan holds a reference level [, or subnational levels meanwhile, for all forests].",
		"accepted:partly kept |");
}

static void a_surrounding_worded_anew_joins_nothing(void **state)
{
	(void)state;
	expect("1. [[Parties] [recognize][note] [the [need][role] of][that there may be] sources, "
	       "[alternative][additional] funds, given by banks, insurers and firms of every kind, before "
	       "[2020][2030].]\n",
		"1. [Parties recognize the role of sources, alternative funds.]\n",
		"deleted accepted chosen:won chosen:lost chosen:won, reworded chosen:lost chosen:won "
		"chosen:lost "
		"chosen:won chosen:lost deleted deleted | opened");
}

static void the_fate_of_a_parent_is_not_that_of_its_child(void **state)
{
	(void)state;
	expect("Parties act [in accordance with [national circumstances]] without delay.",
		"Parties act in accordance with [national circumstances] without delay.",
		"accepted:partly kept |");
}

static void a_provision_that_moved_keeps_its_brackets(void **state)
{
	static const char old[] =
		"1. The first paragraph speaks of mitigation by all Parties.\n\n"
		"2. The second paragraph is about forests, and [sustainable management] of these.\n\n"
		"3. The third paragraph describes finance for developing countries [and others].\n";
	static const char now[] =
		"1. The second paragraph is about forests, and [sustainable management] of these.\n\n"
		"2. The third paragraph describes finance for developing countries [and others].\n\n"
		"3. The first paragraph speaks of mitigation by all Parties.\n";

	(void)state;
	expect(old, now, "kept kept |");
}

/* Stock phrases stand all over: one of a few small words, or in several places, is not known again. */
static void only_a_bracket_that_says_something_is_known_again_elsewhere(void **state)
{
	static const char *const brackets[][3] = {
		{"[to provide new and additional finance]", "", "moved |"},
		{"[to provide new and additional finance]", "[to provide new and additional finance]",
			"deleted | opened opened"},
		{"[by 2020, and not before that]", "", "deleted | opened"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof brackets / sizeof *brackets; i++) {
		char old[400], now[400];

		snprintf(old, sizeof old,
			"1. Parties take the lead.\n\n2. The Board meets %s at home.\n\n3. All parts of the "
			"treaty on oceans stand as they are.\n\n4. Rivers flow down the hills.\n",
			brackets[i][0]);
		snprintf(now, sizeof now,
			"1. Parties take the lead.\n\n2. The Board meets at home.\n\n3. All parts of the "
			"treaty on oceans %s stand as they are.\n\n4. Rivers flow %s down the hills.\n",
			brackets[i][0], brackets[i][1]);
		expect(old, now, brackets[i][2]);
	}
}

/* Everything after the unclosed bracket is inside of it by plain matching: but nobody means that. */
static void a_fault_swallows_no_fate(void **state)
{
	static const char old[] = "# Article 1\n\n1. Parties [strengthen their plans.\n\n# Article 2\n\n"
				  "2. Parties take [urgent] measures on adaptation.\n";
	static const char now[] = "# Article 1\n\n1. Parties [strengthen their plans.\n\n# Article 2\n\n"
				  "2. Parties take urgent measures on adaptation.\n";

	(void)state;
	expect(old, now, "accepted |");
}

/* It is closed where it is likeliest to end: what lies before that was in dispute already. */
static void what_stood_in_an_unclosed_bracket_was_not_clean(void **state)
{
	(void)state;
	expect("1. Parties [shall take urgent action by 2030.\n\n2. Others rest.\n",
		"1. Parties shall take [urgent action] by 2030.\n\n2. Others rest.\n", " | opened");
	expect("1. Parties shall take urgent action by 2030.\n\n2. Others rest.\n",
		"1. Parties shall take [urgent action] by 2030.\n\n2. Others rest.\n", " | reopened");
}

static void a_bracket_that_grew_over_the_next_provision_stands_where_it_did(void **state)
{
	(void)state;
	expect("1. Banks lend money.\n\n2. [Farmers pay the money back in time, and in full.]\n",
		"1. [Banks lend money.\n\n2. Farmers pay the money back in time, and in full.]\n",
		"reworded |");
}

/* A bracket over the headings of Articles is around nothing: these went into another one. */
static void a_fault_is_no_surrounding_worded_anew(void **state)
{
	static const char old[] =
		"# Article 1\n\n1. Parties [strengthen their plans.\n\n# Article 2\n\n"
		"1. [Banks lend money to farmers at once.]\n\n2. [Farmers pay it back to them in time.]\n\n"
		"3. [Insurers pay the rest to banks.]\n\n"
		"4. Hunters, pilots, herders, fishers, weavers, painters, smiths and bakers, who live far "
		"off in "
		"the hills or on islands, may ask in writing, or by word of mouth,] for a copy of it.\n";
	static const char now[] =
		"# Article 1\n\n1. Parties strengthen their plans.\n\n# Article 2\n\n"
		"1. [Banks lend money to farmers at once.\n\n2. Farmers pay it back to them in time.\n\n"
		"3. Insurers pay the rest to banks.]\n\n"
		"4. Hunters, pilots, herders, fishers, weavers, painters, smiths and bakers, who live far "
		"off in "
		"the hills or on islands, may ask in writing, or by word of mouth, for a copy of it.\n";

	(void)state;
	expect(old, now, "accepted:partly joined reworded joined |");
}

/* ---- Words ------------------------------------------------------------------------------------------------- */

static const struct bk_difference *only_text(const struct compared *compared)
{
	size_t count, found = 0;
	const struct bk_difference *all = bk_comparison_list(compared->comparison, &count), *text = NULL;

	for (size_t i = 0; i < count; i++) {
		if (all[i].kind < BK_DIFFERENCE_TEXT_ADDED)
			continue;
		text = &all[i];
		found++;
	}
	assert_int_equal(found, 1);
	return text;
}

static void expect_text(const char *old, const char *now, enum bk_difference_kind kind, const char *detail)
{
	struct compared compared = compare(old, now);
	const struct bk_difference *text = only_text(&compared);

	assert_string_equal(bk_difference_kind_name(text->kind), bk_difference_kind_name(kind));
	assert_string_equal(text->detail, detail);
	assert_true(is_rebuilt(&compared));
	compared_free(&compared);
}

/* The words of a heading that has no number are words, however long; a number is none. */
static void a_heading_without_a_number_is_compared_by_its_words(void **state)
{
	(void)state;
	expect_text("## On the means of implementation\n\n1. Parties act.",
		"## On the ways of implementation\n\n1. Parties act.", BK_DIFFERENCE_TEXT_CHANGED, "");
	expect_text("## Article 3 (aims)\n\n1. Parties act.", "## Article 4 (aims)\n\n1. Parties act.",
		BK_DIFFERENCE_RENUMBERED, "");
}

static void a_word_right_behind_a_label_is_none_of_it(void **state)
{
	static const char *const labels[] = {
		"3.", "(a)", "**Article 3.**", "Option 1:", "3 bis.", "\xe7\xac\xac\xe4\xb8\x89\xe6\x9d\xa1"};

	(void)state;
	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
		char old[200], now[200];

		snprintf(old, sizeof old, "%sParties shall report on forests each year.\n", labels[i]);
		snprintf(now, sizeof now, "%sStates shall report on forests each year.\n", labels[i]);
		expect_text(old, now, BK_DIFFERENCE_TEXT_CHANGED, "");
	}
}

static void a_label_without_words_is_told_of(void **state)
{
	const char *const bis =
		"# Article 8\n\nParties report.\n\n## Article 8 bis\n\nStates act on forests.\n";
	const char *const ter =
		"# Article 8\n\nParties report.\n\n## Article 8 ter\n\nStates act on forests.\n";
	const char *const none = "# Article 8\n\nParties report.\n\nStates act on forests.\n";

	(void)state;
	expect_text(bis, ter, BK_DIFFERENCE_RENUMBERED, "");
	expect_text(bis, none, BK_DIFFERENCE_TEXT_DELETED, "");
	expect_text(none, bis, BK_DIFFERENCE_TEXT_ADDED, "");
	expect_text("1. [Act.\n\n2.\n\n]\n", "1. [Act.\n\n]\n", BK_DIFFERENCE_TEXT_DELETED, "");
}

/* Of a span that reaches out of the bracket what is in it counts: "[5.]" and blanks up to the words. */
static void a_disputed_label_is_followed_as_far_as_its_bracket_reaches(void **state)
{
	char old[300];
	struct compared compared;
	struct bk_followed followed;

	(void)state;
	snprintf(old, sizeof old, "[5.]%*sParties act.\n", 250, "");
	compared = compare(old, "5. Parties act.\n");
	for (size_t end = 1; end <= 254; end++) {
		bk_comparison_follow_label(compared.comparison, (struct bk_span){0, end}, &followed);
		assert_int_equal(followed.standing, end >= 3);
	}
	compared_free(&compared);
}

static void a_label_that_went_from_its_words_is_told_of(void **state)
{
	(void)state;
	expect_text("1. Parties act.\n\n2. States report.\n", "1. Parties act.\n\nStates report.\n",
		BK_DIFFERENCE_TEXT_DELETED, "");
	expect_text("1. Parties act.\n\nStates report.\n", "1. Parties act.\n\n(b) States report.\n",
		BK_DIFFERENCE_TEXT_ADDED, "");
	expect_text("Article 1\n\nOption 1: Parties act.\n", "Article 1\n\nParties act.\n",
		BK_DIFFERENCE_TEXT_DELETED, "");
	expect_text("1. Parties act on forests.\n\n2. States report on seas.\n",
		"1. Parties act on forests. States report on seas.\n", BK_DIFFERENCE_TEXT_DELETED, "");
	expect_text("1. Parties act on forests. States report on seas.\n",
		"1. Parties act on forests.\n\n2. States report on seas.\n", BK_DIFFERENCE_TEXT_ADDED, "");
}

/* Where all else is unchanged, too, a bracket is not around the whole text. */
static void words_of_a_bracket_that_went_are_told_once(void **state)
{
	static const char *const pairs[][2] = {
		{"4. Parties act:\n\n5. [They rest at home for years.]\n", "4. Parties act:\n"},
		{"4. [They rest at home for years.]\n\n5. Parties act.\n", "5. Parties act.\n"},
		{"4. Parties act.\n\n5. [Others:\n\n(a)\n\nrest at sea for years.]\n", "4. Parties act.\n"},
		{"缔约方采取行动。\n\n[他们休息。]\n", "缔约方采取行动。\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct compared compared = compare(pairs[i][0], pairs[i][1]);
		size_t count;

		bk_comparison_list(compared.comparison, &count);
		assert_int_equal(count, 1);
		assert_int_equal(count_of(&compared, BK_DIFFERENCE_DELETED, ""), 1);
		compared_free(&compared);
	}
}

static void kept_brackets_that_changed_places_are_told_of(void **state)
{
	(void)state;
	expect_text("1. Parties shall act [on a voluntary basis] [increase their support] for forests.",
		"1. Parties shall act [increase their support] [on a voluntary basis] for forests.",
		BK_DIFFERENCE_TEXT_CHANGED, "order");
	expect_text("1. Parties hold it [below 1.5 degrees] or [well below 2 degrees] above that of 1990.",
		"1. Parties hold it [well below 2 degrees] or [below 1.5 degrees] above that of 1990.",
		BK_DIFFERENCE_TEXT_CHANGED, "order");
}

static void words_outside_of_brackets_are_told(void **state)
{
	(void)state;
	expect_text("Parties should act now.", "Parties shall act now.", BK_DIFFERENCE_TEXT_CHANGED, "");
	expect_text("Parties act now.", "Parties shall act now.", BK_DIFFERENCE_TEXT_ADDED, "");
	expect_text("Parties shall act now.", "Parties act now.", BK_DIFFERENCE_TEXT_DELETED, "");
	expect_text("Parties act, now.", "Parties act; now.", BK_DIFFERENCE_TEXT_CHANGED, "punctuation");
	expect_text("Parties act now.", "parties act now.", BK_DIFFERENCE_TEXT_CHANGED, "capitals");
	expect_text(
		"1. Parties act now together.", "2. Parties act now together.", BK_DIFFERENCE_RENUMBERED, "");
}

/* A bracket that is kept has the same words, and may have lost a comma; at either end of a paragraph one may have
 * come; and a bracket that is none of dispute may be left without its end. */
static void punctuation_is_told_wherever_it_stands(void **state)
{
	static const char *const pairs[][2] = {
		{"All [the Parties, acting together, report].", "All [the Parties acting together, report]."},
		{"[All [the Parties, acting together] report].",
			"[All [the Parties; acting together] report]."},
		{"1. Parties act;\n\n2. They report.", "1. Parties act.\n\n2. They report."},
		{"1. Parties act\n\n2. They report.", "1. Parties act\n\n2. (They report."},
		{"They act [by 2020], all of them.", "They act [by 2020] all of them."},
		{"The [placeholder for a title] is to come.", "The [placeholder for a title is to come."},
		{"The fund (the first) is set up.", "The fund the first) is set up."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		expect_text(pairs[i][0], pairs[i][1], BK_DIFFERENCE_TEXT_CHANGED, "punctuation");
		expect_text(pairs[i][1], pairs[i][0], BK_DIFFERENCE_TEXT_CHANGED, "punctuation");
	}
}

/* What closes a list is no part of its last item, and two paragraphs are not one. */
static void paragraphs_that_were_joined_or_split_are_told(void **state)
{
	static const char *const pairs[][2] = {
		{"1. Parties:\n\n(a) act on land;\n\n(b) act on sea;\n\nand they shall report.\n",
			"1. Parties:\n\n(a) act on land;\n\n(b) act on sea;\nand they shall report.\n"},
		{"They act.\n\nThey report.\n", "They act. They report.\n"},
		{"[They act.\n \nThey report.]\n", "[They act.\nThey report.]\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		expect_text(pairs[i][0], pairs[i][1], BK_DIFFERENCE_TEXT_CHANGED, "paragraphs");
		expect_text(pairs[i][1], pairs[i][0], BK_DIFFERENCE_TEXT_CHANGED, "paragraphs");
	}
}

/* ... but neither what marks a list, an emphasis or a footnote. */
static void marks_of_layout_are_no_punctuation(void **state)
{
	static const char *const pairs[][2] = {
		{"- Parties act.\n- They report.", "+ Parties act.\n+ They report."},
		{"**Option 1:** They act.\n\n**Option 2:** They rest.",
			"**Option 1**: They act.\n\n**Option 2** They rest."},
		{"They act[^3] well.\n\n[^3]: Soon.", "They act[^4] well.\n\n[^4]: Soon."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct compared compared = compare(pairs[i][0], pairs[i][1]);
		size_t count;

		bk_comparison_list(compared.comparison, &count);
		assert_int_equal(count, 0);
		compared_free(&compared);
	}
}

static void changes_that_show_nothing_are_told(void **state)
{
	static const char *const pairs[][2] = {
		{"Parties shall act now.", "Parties shall\xc2\xa0"
					   "act now."}, /* a blank that does not break */
		{"Parties shall act now.", "Parties sha\xe2\x80\x8bll act now."}, /* zero width */
		{"Parties shall act now.", "Parties shall \xe2\x80\xae"
					   "act now."},			      /* right to left */
		{"Parties shall act now.", "Parties sh\xd0\xb0ll act now."},  /* a Cyrillic letter */
		{"r\xc3\xa9gions du monde", "re\xcc\x81gions du monde"},      /* an accent apart */
		{"Parties cooperate now.", "Parties coope\xc2\xadrate now."}, /* a soft hyphen */
		{"Parties act now.", "Parties\xef\xb8\x8f act now."},	      /* a variation selector */
		{"Parties act now.", "Parties\xe3\x85\xa4 act now."},	      /* a letter without ink */
		{"Parties act now.", "Parties\xe2\xa0\x80"
				     "act now."}, /* Braille without a dot */
		{"Parties act now.", "Parties\xe2\x80\x89"
				     "act now."}, /* a thin blank */
		{"Parties act now.", "Parties\xe3\x80\x80"
				     "act now."},			   /* a wide one */
		{"Parties [sh\xc3\xa9] act", "Parties [she\xcc\x81] act"}, /* in brackets, too */
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		expect_text(pairs[i][0], pairs[i][1], BK_DIFFERENCE_TEXT_CHANGED, "invisible");
	expect_text(
		"Parties act.\nNow.\n", "Parties act.\r\nNow.\r\n", BK_DIFFERENCE_TEXT_CHANGED, "line ends");

	/* also in a bracket whose fate is told */
	struct compared compared = compare("1. Parties [shall act now and at once] together.",
		"1. Parties [sh\xd0\xb0ll act for years and at once] together.");

	assert_int_equal(count_of(&compared, BK_DIFFERENCE_REWORDED, ""), 1);
	assert_int_equal(count_of(&compared, BK_DIFFERENCE_TEXT_CHANGED, "invisible"), 1);
	compared_free(&compared);
}

/* A capital, or one blank more, is seen, whatever letters stand beside it. */
static void what_is_seen_is_not_told_as_unseen(void **state)
{
	(void)state;
	expect_text("\u00c9tats act now.", "\u00e9tats act now.", BK_DIFFERENCE_TEXT_CHANGED, "capitals");
	expect_text("They go to a caf\u00e9 now and rest.", "They go to a caf\u00e9  now and sleep.",
		BK_DIFFERENCE_TEXT_CHANGED, "");
}

static void names_that_changed_alone_are_told(void **state)
{
	static const char *const pairs[][2] = {
		{"Parties [EU: urgent measures] take.", "Parties [US: urgent measures] take."},
		{"Parties [act] (EU, US).", "Parties [act] (EU)."},
		{"Parties [act] (EU).", "Parties [act] (EU, US)."},
		{"Parties [EU: act] now.", "Parties [EU delete: act] now."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct compared compared = compare(pairs[i][0], pairs[i][1]);
		size_t count;

		bk_comparison_list(compared.comparison, &count);
		assert_int_equal(count, 2);
		assert_int_equal(count_of(&compared, BK_DIFFERENCE_ATTRIBUTED, ""), 1);
		compared_free(&compared);
	}
}

/* How they are written is no matter. */
static void the_same_names_written_otherwise_are_no_change(void **state)
{
	struct compared compared = compare("Parties [act] (EU, US) now.", "Parties [act] (EU; US) now.");
	size_t count;

	(void)state;
	bk_comparison_list(compared.comparison, &count);
	assert_int_equal(count, 1);
	assert_int_equal(count_of(&compared, BK_DIFFERENCE_KEPT, ""), 1);
	compared_free(&compared);
}

static void a_provision_that_moved_is_told_once(void **state)
{
	struct compared compared =
		compare("1. Each Party shall publish the maps of its wetlands and correct them yearly.\n\n"
			"2. The bank lends money to farmers and forgives what they cannot pay back.\n\n"
			"3. Hunters and pilots may ask for copies without paying any fee to archives.\n",
			"1. The bank lends money to farmers and forgives what they cannot pay back.\n\n"
			"2. Hunters and pilots may ask for copies without paying any fee to archives.\n\n"
			"3. Each Party shall publish the maps of its wetlands and correct them yearly.\n");

	(void)state;
	assert_int_equal(count_of(&compared, BK_DIFFERENCE_RENUMBERED, "moved"), 1);
	assert_int_equal(count_of(&compared, BK_DIFFERENCE_RENUMBERED, ""), 2);
	compared_free(&compared);
}

/* ---- Any two texts -------------------------------------------------------------------------------------------- */

/* Every word lies in every bracket around it: to look at each in each would take minutes. */
static void brackets_nested_without_end_cost_no_more_than_others(void **state)
{
	enum { DEPTH = 50 * 1000 };
	struct bk_buf old = BK_BUF_INIT, now = BK_BUF_INIT;
	struct compared compared;
	struct bk_balance balance;

	(void)state;
	bk_buf_puts(&old, "1. a ");
	bk_buf_puts(&now, "1. a x y z ");
	for (int i = 0; i < DEPTH; i++)
		bk_buf_puts(&old, "[x y z ");
	for (int i = 0; i < DEPTH; i++) {
		bk_buf_puts(&old, "u v w] ");
		bk_buf_puts(&now, "[u v w ");
	}
	for (int i = 0; i < DEPTH; i++)
		bk_buf_puts(&now, "x z u] ");
	compared = compare_bytes(bk_buf_str(&old), bk_buf_str(&now));
	bk_comparison_balance(compared.comparison, &balance);
	assert_int_equal(balance.old_count, DEPTH);
	assert_int_equal(balance.remainder, 0);
	compared_free(&compared);
	bk_buf_release(&old);
	bk_buf_release(&now);
}

/* One word in each, or none that stands in the other text: so little must not be looked at for each bracket around. */
static void words_nested_without_end_cost_no_more_than_others(void **state)
{
	enum { DEPTH = 40 * 1000 };
	struct bk_buf flat = BK_BUF_INIT, nested = BK_BUF_INIT;
	struct compared compared;
	struct bk_balance balance;

	(void)state;
	for (int i = 0; i < DEPTH; i++) {
		bk_buf_printf(&flat, "[w%d] ", i);
		bk_buf_printf(&nested, "[w%d ", i);
	}
	for (int i = 0; i < DEPTH; i++)
		bk_buf_puts(&nested, "]");
	compared = compare_bytes(bk_buf_str(&flat), bk_buf_str(&nested));
	bk_comparison_balance(compared.comparison, &balance);
	assert_int_equal(balance.new_count, DEPTH);
	assert_int_equal(balance.remainder, 0);
	compared_free(&compared);
	bk_buf_clear(&nested);
	for (int i = 0; i < 8 * DEPTH; i++)
		bk_buf_puts(&nested, "[v ");
	for (int i = 0; i < 8 * DEPTH; i++)
		bk_buf_puts(&nested, "]");
	compared = compare_bytes(bk_buf_str(&nested), BK_STR("Parties act."));
	bk_comparison_balance(compared.comparison, &balance);
	assert_int_equal(balance.of_old[BK_DIFFERENCE_DELETED], 8 * DEPTH);
	assert_int_equal(balance.remainder, 0);
	compared_free(&compared);
	bk_buf_release(&flat);
	bk_buf_release(&nested);
}

/* Paragraphs that are all pieces of one, or all alike: none may be looked at beside each other. */
static void paragraphs_without_end_cost_no_more_than_others(void **state)
{
	enum { PARAGRAPHS = 40 * 1000, WORDS = 25, ALIKE = 150 * 1000, SECONDS = 20 };
	struct bk_buf old = BK_BUF_INIT, now = BK_BUF_INIT;
	const clock_t began = clock();
	struct compared compared;
	struct bk_balance balance;

	(void)state;
	for (int i = 0; i < PARAGRAPHS; i++) {
		for (int w = 0; w < WORDS; w++) {
			bk_buf_printf(&old, "w%d ", (i * WORDS + w) % 50021);
			bk_buf_printf(&now, "w%d ", (i * WORDS + w) % 50021);
		}
		bk_buf_puts(&old, "[may]\n\n");
	}
	compared = compare_bytes(bk_buf_str(&old), bk_buf_str(&now));
	bk_comparison_balance(compared.comparison, &balance);
	assert_int_equal(balance.old_count, PARAGRAPHS);
	assert_int_equal(balance.remainder, 0);
	compared_free(&compared);
	bk_buf_clear(&old);
	bk_buf_clear(&now);
	for (int i = 0; i < ALIKE; i++) {
		bk_buf_puts(&old, "The Parties shall.\n\n");
		bk_buf_puts(&now, i ? "The Parties should.\n\n" : "");
	}
	compared = compare_bytes(bk_buf_str(&old), bk_buf_str(&now));
	assert_true(is_rebuilt(&compared));
	compared_free(&compared);
	bk_buf_release(&old);
	bk_buf_release(&now);
	assert_true(clock() - began < (clock_t)SECONDS * CLOCKS_PER_SEC);
}

static const char *const pieces[] = {"[", "]", "shall ", "should ", "Parties ", "the ", " and ", "1. ", "\n",
	"\n\n", "[EU: ", ", ", "Option 1: ", "(a) ", "mitigation ", "2030 ", "\xc3\xa9", "\xff", "\\[", "{",
	"}", "[]", "\r\n", "# Article 4\n", "]1", "(US)", "\xd8\xa7", "\xe6\xb0\x94"};

static void random_text(struct bk_buf *out, size_t most)
{
	const size_t count = (size_t)rand() % most;

	for (size_t i = 0; i < count; i++)
		bk_buf_puts(out, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
}

/* A copy in which some pieces came, went, or changed. */
static void change_text(struct bk_str old, struct bk_buf *out)
{
	for (size_t i = 0; i < old.len; i++) {
		if (rand() % 20 == 0)
			bk_buf_puts(out, pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
		if (rand() % 30 != 0)
			bk_buf_putc(out, old.ptr[i]);
	}
}

static void the_new_text_is_the_old_one_with_its_edits(void **state)
{
	const unsigned seed = 1128;

	(void)state;
	print_message("seed %u\n", seed);
	srand(seed);
	for (size_t turn = 0; turn < 10000; turn++) {
		struct bk_buf old = BK_BUF_INIT, now = BK_BUF_INIT;
		struct compared compared;
		struct bk_balance balance;

		random_text(&old, 80);
		if (turn % 4)
			change_text(bk_buf_str(&old), &now);
		else
			random_text(&now, 80);
		compared = compare_bytes(bk_buf_str(&old), bk_buf_str(&now));
		assert_true(is_rebuilt(&compared));
		bk_comparison_balance(compared.comparison, &balance);
		assert_int_equal(balance.remainder, 0);
		assert_int_equal(balance.of_old[BK_DIFFERENCE_KEPT], balance.of_new[BK_DIFFERENCE_KEPT]);
		assert_int_equal(
			balance.of_old[BK_DIFFERENCE_REWORDED], balance.of_new[BK_DIFFERENCE_REWORDED]);
		assert_int_equal(balance.of_old[BK_DIFFERENCE_MOVED], balance.of_new[BK_DIFFERENCE_MOVED]);
		compared_free(&compared);
		bk_buf_release(&old);
		bk_buf_release(&now);
	}
}

static struct bk_followed follow(const struct compared *compared, const char *words)
{
	struct bk_followed followed;
	size_t len;
	const char *bytes = bk_draft_bytes(compared->old, &len), *at = strstr(bytes, words);

	assert_non_null(at);
	bk_comparison_follow(compared->comparison,
		(struct bk_span){(size_t)(at - bytes), (size_t)(at - bytes) + strlen(words)}, &followed);
	return followed;
}

static void words_are_followed_and_found_back(void **state)
{
	const char *old = "1. Parties shall report.\n\n2. All [Parties in need] act soon and well.\n";
	const char *now = "0. First.\n\n1. Parties shall report.\n\n2. All Parties in dire need act well.\n";
	struct compared compared = compare(old, now);
	struct bk_followed followed = follow(&compared, "shall report");

	(void)state;
	assert_int_equal(followed.standing, 2);
	assert_int_equal(followed.span.start, strstr(now, "shall") - now);
	followed = follow(&compared, "Parties in need");
	assert_int_equal(followed.words, 3);
	assert_int_equal(followed.standing, 3);
	assert_int_equal(followed.span.start, strstr(now, "Parties in") - now);
	assert_int_equal(followed.span.end, strstr(now, " act") - now);
	followed = follow(&compared, "soon and");
	assert_int_equal(followed.words, 2);
	assert_int_equal(followed.standing, 0);
	assert_int_equal(followed.span.start, followed.span.end);
	assert_int_equal(
		bk_comparison_word_origin(compared.comparison, (size_t)(strstr(now, "report") - now)),
		strstr(old, "report") - old);
	assert_int_equal(bk_comparison_word_origin(compared.comparison, (size_t)(strstr(now, "well") - now)),
		strstr(old, "well") - old);
	assert_true(bk_comparison_word_origin(compared.comparison, (size_t)(strstr(now, "dire") - now)) ==
		    BK_NOWHERE);
	bk_comparison_follow_back(compared.comparison,
		(struct bk_span){(size_t)(strstr(now, "All") - now), strlen(now)},
		(struct bk_span){(size_t)(strchr(old, '[') - old), (size_t)(strchr(old, ']') - old)},
		&followed);
	assert_int_equal(followed.words, 7); /* All Parties in dire need act well */
	assert_int_equal(followed.standing, 3);
	assert_int_equal(followed.span.start, strstr(old, "Parties in") - old);
	assert_int_equal(followed.span.end, strchr(old, ']') - old);
	bk_comparison_follow_back(compared.comparison,
		(struct bk_span){
			(size_t)(strstr(now, "Parties shall") - now), (size_t)(strstr(now, ".\n\n2") - now)},
		(struct bk_span){0, strlen(old)}, &followed);
	assert_int_equal(followed.words, 3); /* in a block that is unchanged */
	assert_int_equal(followed.standing, 3);
	assert_int_equal(followed.span.start, strstr(old, "Parties shall") - old);
	compared_free(&compared);
}

static void words_that_went_far_away_are_followed_and_found_back(void **state)
{
	const char *old = "1. A committee is hereby established under the authority of the meeting.\n\n"
			  "2. Emissions of methane from rice paddies should peak within the decade.\n\n"
			  "3. The nature of it is expert-based, transparent, respectful towards sovereignty, "
			  "neither punitive nor adversarial.\n";
	const char *now = "1. A committee, the nature of it expert-based, transparent, respectful towards "
			  "sovereignty, neither punitive nor adversarial, is hereby established under the "
			  "authority of the meeting.\n\n"
			  "2. Emissions of methane from rice paddies should peak within the decade.\n";
	struct compared compared = compare(old, now);
	struct bk_followed followed = follow(&compared, "transparent, respectful towards sovereignty");

	(void)state;
	assert_int_equal(followed.words, 4);
	assert_int_equal(followed.standing, 4);
	assert_int_equal(followed.span.start, strstr(now, "transparent") - now);
	assert_int_equal(
		bk_comparison_word_origin(compared.comparison, (size_t)(strstr(now, "respectful") - now)),
		strstr(old, "respectful") - old);
	bk_comparison_follow_back(compared.comparison,
		(struct bk_span){
			(size_t)(strstr(now, "transparent") - now), (size_t)(strstr(now, ", neither") - now)},
		(struct bk_span){(size_t)(strstr(old, "3. The") - old), strlen(old)}, &followed);
	assert_int_equal(followed.words, 4);
	assert_int_equal(followed.standing, 4);
	/* what is unchanged did not come from there */
	bk_comparison_follow_back(compared.comparison,
		(struct bk_span){
			(size_t)(strstr(now, "Emissions") - now), (size_t)(strstr(now, " from rice") - now)},
		(struct bk_span){(size_t)(strstr(old, "3. The") - old), strlen(old)}, &followed);
	assert_int_equal(followed.words, 3);
	assert_int_equal(followed.standing, 0);
	compared_free(&compared);
}

static void a_bracket_is_found_back(void **state)
{
	struct compared compared = compare("Parties [shall] [strengthen their national plans and report on "
					   "finance provided every second year].",
		"Parties [shall] [strengthen their national plans] and [report on finance provided] [soon].");

	(void)state;
	assert_int_equal(bk_comparison_origin(compared.comparison, 0), 0);
	assert_int_equal(bk_comparison_origin(compared.comparison, 1), 1);
	assert_int_equal(bk_comparison_origin(compared.comparison, 2), 1);
	assert_int_equal(bk_comparison_origin(compared.comparison, 3), BK_NONE);
	compared_free(&compared);
}

static void a_split_bracket_is_where_its_largest_piece_is(void **state)
{
	struct compared compared = compare("Parties [shall] [strengthen their plans and report on the "
					   "provided finance every second year] [now].",
		"Parties [shall] [strengthen their plans] and [report on the provided finance].");

	(void)state;
	assert_int_equal(bk_comparison_origin(compared.comparison, 1), 1);
	assert_int_equal(bk_comparison_origin(compared.comparison, 2), 1);
	assert_int_equal(bk_comparison_carry(compared.comparison, 0), 0);
	assert_int_equal(bk_comparison_carry(compared.comparison, 1), 2);
	assert_int_equal(bk_comparison_carry(compared.comparison, 2), BK_NONE);
	compared_free(&compared);
}

/* Texts of which one is read a second time, laid out as the other one is, and texts of which none is. */
static const char *const interrupted[][2] = {
	{"1. Parties [shall][should] act [by 2020].\n\n2. All [Parties] report.\n",
		"1. Parties shall act by [2020].\n\n2. All Parties report [soon.\n"},
	{"1. Parties shall report on (a) [all] forests and Article 3 does not apply to 4. They act.\n",
		"1. Parties should report on\n(a) [all] forests and\nArticle 3 does not apply to\n4. They "
		"act.\n"},
};

static void what_cannot_be_remembered_is_refused_whole(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof interrupted / sizeof *interrupted; i++) {
		bk_draft *old = draft_of(interrupted[i][0]), *now = draft_of(interrupted[i][1]);
		bk_comparison *comparison = NULL;
		size_t failures = 0;
		int status;

		do {
			bk_alloc_fail_after(failures++);
			status = bk_comparison_new(&comparison, old, now);
			bk_alloc_fail_after(SIZE_MAX);
			assert_true(status == BK_OK || (status == BK_ENOMEM && comparison == NULL));
		} while (status != BK_OK);
		print_message("%zu allocations failed in turn\n", failures - 1);
		assert_true(failures > 10);
		bk_comparison_free(comparison);
		bk_draft_free(old);
		bk_draft_free(now);
	}
}

static bool is_patience_gone(void *patience)
{
	return (*(size_t *)patience)-- == 0;
}

static void what_is_stopped_at_any_time_has_no_answer(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof interrupted / sizeof *interrupted; i++) {
		bk_draft *old = draft_of(interrupted[i][0]), *now = draft_of(interrupted[i][1]);
		bk_comparison *comparison = NULL;
		size_t stops = 0;
		int status;

		do {
			size_t patience = stops++;

			status = bk_comparison_new_stoppable(
				&comparison, old, now, is_patience_gone, &patience);
			assert_true(status == BK_OK || (status == BK_ELIMIT && comparison == NULL));
		} while (status != BK_OK);
		assert_true(stops > 10);
		bk_comparison_free(comparison);
		bk_draft_free(old);
		bk_draft_free(now);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(brackets_of_the_same_text_are_kept),
		cmocka_unit_test(a_bracket_that_stands_is_kept_whose_words_stand_beside_it_too),
		cmocka_unit_test(wrapping_and_emphasis_change_nothing),
		cmocka_unit_test(an_apostrophe_of_print_is_that_of_a_keyboard),
		cmocka_unit_test(texts_that_break_elsewhere_are_the_same),
		cmocka_unit_test(whole_drafts_wrapped_or_numbered_anew_are_the_same),
		cmocka_unit_test(what_is_more_than_wrapping_is_compared),
		cmocka_unit_test(a_change_in_a_text_that_breaks_elsewhere_is_told_alone),
		cmocka_unit_test(a_list_that_came_at_the_end_of_a_wrapped_paragraph_keeps_its_lines),
		cmocka_unit_test(what_ends_a_text_ends_where_it_does_in_each),
		cmocka_unit_test(what_hides_in_a_text_that_breaks_elsewhere_is_told_where_it_is),
		cmocka_unit_test(edits_in_a_whole_draft_are_the_same_when_it_is_wrapped),
		cmocka_unit_test(a_heading_without_a_number_is_compared_by_its_words),
		cmocka_unit_test(a_choice_has_a_winner_and_losers),
		cmocka_unit_test(a_choice_still_in_brackets_is_none),
		cmocka_unit_test(where_several_stand_none_was_chosen),
		cmocka_unit_test(members_that_are_independent_choose_nothing),
		cmocka_unit_test(a_winner_that_was_joined_stays_joined),
		cmocka_unit_test(a_loser_is_not_replaced),
		cmocka_unit_test(an_undecided_choice_is_made_where_it_looks_like_one),
		cmocka_unit_test(words_that_stand_without_brackets_are_accepted),
		cmocka_unit_test(words_that_stand_in_an_option_are_accepted_there),
		cmocka_unit_test(a_bracket_around_an_option_tells_what_became_of_the_option),
		cmocka_unit_test(a_third_wording_replaces_one),
		cmocka_unit_test(a_mark_alone_is_accepted_where_it_stands),
		cmocka_unit_test(a_header_alone_in_brackets_is_kept_where_its_paragraph_is),
		cmocka_unit_test(a_figure_stands_only_whole),
		cmocka_unit_test(small_words_stand_only_whole),
		cmocka_unit_test(a_disputed_footnote_is_the_same_under_another_number),
		cmocka_unit_test(a_mark_at_the_end_of_a_paragraph_is_found_there),
		cmocka_unit_test(a_bracket_with_half_of_its_words_is_reworded),
		cmocka_unit_test(of_two_that_fit_alike_the_earlier_is_kept),
		cmocka_unit_test(clean_words_put_into_brackets_are_reopened),
		cmocka_unit_test(what_is_reopened_tells_where_it_stood),
		cmocka_unit_test(a_bracket_in_pieces_is_split),
		cmocka_unit_test(a_piece_tells_what_it_is_a_piece_of),
		cmocka_unit_test(what_is_mostly_new_is_no_piece),
		cmocka_unit_test(a_bracket_inside_of_another_one_is_joined),
		cmocka_unit_test(of_several_in_one_the_largest_is_reworded),
		cmocka_unit_test(several_that_fill_little_of_one_are_joined_to_it),
		cmocka_unit_test(a_disputed_label_that_got_a_new_number_is_kept),
		cmocka_unit_test(a_phrase_that_changed_places_is_accepted),
		cmocka_unit_test(a_paragraph_that_went_into_one_far_away_leaves_its_words_there),
		cmocka_unit_test(a_list_put_into_one_paragraph_leaves_its_words_there),
		cmocka_unit_test(a_long_provision_that_was_cut_and_moved_keeps_its_brackets),
		cmocka_unit_test(each_of_several_options_left_its_words_in_what_they_became),
		cmocka_unit_test(what_keeps_a_bracket_within_it_is_accepted_in_part),
		cmocka_unit_test(a_surrounding_worded_anew_joins_nothing),
		cmocka_unit_test(the_fate_of_a_parent_is_not_that_of_its_child),
		cmocka_unit_test(a_provision_that_moved_keeps_its_brackets),
		cmocka_unit_test(only_a_bracket_that_says_something_is_known_again_elsewhere),
		cmocka_unit_test(a_fault_swallows_no_fate),
		cmocka_unit_test(what_stood_in_an_unclosed_bracket_was_not_clean),
		cmocka_unit_test(a_bracket_that_grew_over_the_next_provision_stands_where_it_did),
		cmocka_unit_test(a_fault_is_no_surrounding_worded_anew),
		cmocka_unit_test(a_word_right_behind_a_label_is_none_of_it),
		cmocka_unit_test(a_label_without_words_is_told_of),
		cmocka_unit_test(a_disputed_label_is_followed_as_far_as_its_bracket_reaches),
		cmocka_unit_test(a_label_that_went_from_its_words_is_told_of),
		cmocka_unit_test(words_of_a_bracket_that_went_are_told_once),
		cmocka_unit_test(kept_brackets_that_changed_places_are_told_of),
		cmocka_unit_test(words_outside_of_brackets_are_told),
		cmocka_unit_test(punctuation_is_told_wherever_it_stands),
		cmocka_unit_test(paragraphs_that_were_joined_or_split_are_told),
		cmocka_unit_test(marks_of_layout_are_no_punctuation),
		cmocka_unit_test(changes_that_show_nothing_are_told),
		cmocka_unit_test(what_is_seen_is_not_told_as_unseen),
		cmocka_unit_test(names_that_changed_alone_are_told),
		cmocka_unit_test(the_same_names_written_otherwise_are_no_change),
		cmocka_unit_test(a_provision_that_moved_is_told_once),
		cmocka_unit_test(brackets_nested_without_end_cost_no_more_than_others),
		cmocka_unit_test(words_nested_without_end_cost_no_more_than_others),
		cmocka_unit_test(paragraphs_without_end_cost_no_more_than_others),
		cmocka_unit_test(the_new_text_is_the_old_one_with_its_edits),
		cmocka_unit_test(words_are_followed_and_found_back),
		cmocka_unit_test(words_that_went_far_away_are_followed_and_found_back),
		cmocka_unit_test(a_bracket_is_found_back),
		cmocka_unit_test(a_split_bracket_is_where_its_largest_piece_is),
		cmocka_unit_test(what_cannot_be_remembered_is_refused_whole),
		cmocka_unit_test(what_is_stopped_at_any_time_has_no_answer),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
