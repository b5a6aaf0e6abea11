/* Names that the ledger keeps for a text: which they are, beside which brackets, and that they count as before. */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <inttypes.h>
#include <stdio.h>
#include <cmocka.h>

#include <bracked/ledger.h>

static const char text[] = "1. Parties [shall] act [promptly].\n";

struct room {
	bk_roster *roster;
	bk_draft *draft;
	bk_ledger *ledger;
	bk_binding *binding;
	size_t clock;
};

static bk_draft *read_draft(const struct room *room, const char *bytes)
{
	const struct bk_draft_options options = {.names = bk_roster_names(room->roster)};
	bk_text *made;
	bk_draft *draft;

	assert_int_equal(bk_text_new(&made, bytes, strlen(bytes)), BK_OK);
	assert_int_equal(bk_draft_new(&draft, bk_text_now(made), &options), BK_OK);
	bk_text_free(made);
	return draft;
}

static struct room open_room(void)
{
	struct room room = {0};

	assert_int_equal(bk_roster_new(&room.roster, NULL, 0), BK_OK);
	assert_int_equal(bk_ledger_new(&room.ledger), BK_OK);
	room.draft = read_draft(&room, text);
	return room;
}

static void close_room(struct room *room)
{
	bk_ledger_free(room->ledger);
	bk_draft_free(room->draft);
	bk_roster_free(room->roster);
}

/* A second later than what was said before; value NULL: the names are in the text again. */
static void say(struct room *room, uint32_t bracket, const char *party, const char *value, const char *from)
{
	struct bk_event event = {
		.act = BK_EVENT_ATTRIBUTE, .party = party, .value = value ? value : "text", .from = from};
	bk_anchor_copy *anchor;
	char time[32], *line;
	size_t count;

	snprintf(time, sizeof time, "2015-12-04T00:00:%02zuZ", room->clock++);
	assert_int_equal(bk_anchor_of(room->draft, bracket, "", &anchor), BK_OK);
	event.time = time;
	event.bracket = bk_draft_brackets(room->draft, &count)[bracket].id;
	event.anchor = *bk_anchor_get(anchor);
	assert_int_equal(bk_ledger_add(room->ledger, &event, &line), BK_OK);
	bk_ledger_line_free(line);
	bk_anchor_free(anchor);
}

/* What the ledger keeps for a text; all three are the caller's. */
static bk_kept *keep(struct room *room, const char *bytes, bk_draft **draft, bk_binding **binding)
{
	bk_kept *kept;

	*draft = read_draft(room, bytes);
	assert_int_equal(bk_binding_new(binding, room->ledger, *draft), BK_OK);
	assert_int_equal(bk_kept_new(&kept, *draft, *binding, room->ledger), BK_OK);
	return kept;
}

/* "BRACKET PARTY ACT; ..." of a text with the ledger. */
static void assert_kept(struct room *room, const char *bytes, const char *expected)
{
	struct bk_buf got = BK_BUF_INIT;
	bk_draft *draft;
	bk_binding *binding;
	bk_kept *kept = keep(room, bytes, &draft, &binding);
	size_t count;
	const struct bk_kept_name *list = bk_kept_list(kept, &count);

	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&got, "%s%d %s %s", i ? "; " : "", (int)list[i].name.bracket,
			list[i].name.party, bk_act_name(list[i].name.act));
	assert_string_equal(bk_buf_string(&got), expected);
	bk_buf_release(&got);
	bk_kept_free(kept);
	bk_binding_free(binding);
	bk_draft_free(draft);
}

static void names_are_kept_in_their_order_beside_their_brackets(void **state)
{
	struct room room = open_room();

	(void)state;
	say(&room, 1, "US", "propose", NULL);
	say(&room, 0, "EU", "delete", NULL);
	say(&room, 0, "AU", "propose", NULL);
	say(&room, 0, "EU", "delete", NULL);
	assert_kept(&room, text, "0 EU delete; 0 AU propose; 1 US propose");
	assert_kept(&room, "1. Parties act [promptly].\n", "0 US propose; -1 EU delete; -1 AU propose");
	close_room(&room);
}

static void names_of_a_text_to_come_are_not_those_of_the_text_before(void **state)
{
	static const char before[] = "1. Parties [shall] [not] act [promptly].\n";
	struct room room = open_room();
	char from[17];

	(void)state;
	snprintf(from, sizeof from, "%016" PRIx64, bk_hash(before, strlen(before)));
	say(&room, 0, "US", "propose", NULL);
	say(&room, 0, "EU", "propose", from);
	assert_kept(&room, before, "0 US propose");
	assert_kept(&room, text, "0 US propose; 0 EU propose");
	close_room(&room);
}

static void names_that_were_written_back_are_kept_no_more(void **state)
{
	struct room room = open_room();

	(void)state;
	say(&room, 0, "EU", "propose", NULL);
	say(&room, 1, "US", "propose", NULL);
	say(&room, 0, "", NULL, NULL);
	assert_kept(&room, text, "1 US propose");
	say(&room, 0, "NO", "support", NULL);
	assert_kept(&room, text, "0 NO support; 1 US propose");
	close_room(&room);
}

/* Where the write of the text was cut off, its ledger is ahead of it. */
static void names_whose_writing_back_was_cut_off_are_kept(void **state)
{
	struct room room = open_room();
	char from[17];

	(void)state;
	snprintf(from, sizeof from, "%016" PRIx64, bk_hash(text, strlen(text)));
	say(&room, 0, "EU", "propose", NULL);
	say(&room, 0, "", NULL, from);
	assert_kept(&room, text, "0 EU propose");
	assert_kept(&room, "1. Parties [EU: shall] act [promptly].\n", "");
	say(&room, 1, "US", "propose", NULL);
	assert_kept(&room, text, "1 US propose");
	close_room(&room);
}

/* Another text than the one they were written back from was put in the place of that they were written into. */
static void names_are_kept_where_most_brackets_written_beside_are_bare(void **state)
{
	static const char from[] = "0123456789abcdef";
	struct room room = open_room();

	(void)state;
	say(&room, 0, "EU", "propose", NULL);
	say(&room, 1, "US", "propose", NULL);
	say(&room, 0, "", NULL, from);
	say(&room, 1, "", NULL, from);
	assert_kept(&room, text, "0 EU propose; 1 US propose");
	assert_kept(&room, "1. Parties [shall] act [US: promptly].\n", "");
	close_room(&room);
}

/* "START ID ACT ACT; ..." of a text with the ledger, when all else is gone that they were made of. */
static void assert_overrides(struct room *room, const char *bytes, const char *expected)
{
	struct bk_buf got = BK_BUF_INIT;
	bk_draft *draft;
	bk_binding *binding;
	bk_kept *kept = keep(room, bytes, &draft, &binding);
	size_t count;
	const struct bk_override *list = bk_kept_overrides(kept, &count),
				 *told = bk_binding_overrides(binding, &count);

	for (size_t i = 0; i < count; i++)
		assert_ptr_not_equal(list[i].id, told[i].id);
	bk_binding_free(binding);
	bk_draft_free(draft);
	list = bk_kept_overrides(kept, &count);
	for (size_t i = 0; i < count; i++) {
		bk_buf_printf(&got, "%s%zu %s", i ? "; " : "", list[i].start, list[i].id);
		for (enum bk_act act = 0; act < BK_ACT_COUNT; act++)
			if (list[i].acts >> act & 1)
				bk_buf_printf(&got, " %s", bk_act_name(act));
	}
	assert_string_equal(bk_buf_string(&got), expected);
	bk_buf_release(&got);
	bk_kept_free(kept);
}

static void a_second_reading_is_told_the_acts_of_all_names_of_a_bracket(void **state)
{
	struct room room = open_room();
	size_t count;
	const struct bk_bracket *list = bk_draft_brackets(room.draft, &count);
	char expected[64];

	(void)state;
	say(&room, 1, "US", "support", NULL);
	say(&room, 0, "EU", "delete", NULL);
	say(&room, 0, "AU", "propose", NULL);
	say(&room, 0, "NO", "delete", NULL);
	snprintf(expected, sizeof expected, "11 %s propose delete; 23 %s support", list[0].id, list[1].id);
	assert_overrides(&room, text, expected);
	close_room(&room);
}

static void a_second_reading_is_not_told_names_that_were_written_back(void **state)
{
	struct room room = open_room();
	size_t count;
	const struct bk_bracket *list = bk_draft_brackets(room.draft, &count);
	char expected[64];

	(void)state;
	say(&room, 0, "EU", "delete", NULL);
	say(&room, 1, "US", "support", NULL);
	say(&room, 0, "", NULL, NULL);
	say(&room, 0, "NO", "reserve", NULL);
	say(&room, 1, "", NULL, NULL);
	snprintf(expected, sizeof expected, "11 %s reserve; 23 %s", list[0].id, list[1].id);
	assert_overrides(&room, text, expected);
	close_room(&room);
}

/* "PARTY ACT SOURCE; ..." of the first bracket. */
static void assert_positions(struct room *room, const char *bytes, const char *expected)
{
	const struct bk_positions_query query = {0};
	bk_draft *draft = read_draft(room, bytes);
	struct bk_buf got = BK_BUF_INIT;
	bk_binding *binding;
	bk_positions *positions;
	size_t count;

	assert_int_equal(bk_binding_new(&binding, room->ledger, draft), BK_OK);
	assert_int_equal(
		bk_positions_derive(&positions, draft, binding, room->ledger, room->roster, &query), BK_OK);
	const struct bk_position *list = bk_positions_of(positions, 0, &count);

	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&got, "%s%s %s %s", i ? "; " : "", list[i].party, list[i].act, list[i].source);
	assert_string_equal(bk_buf_string(&got), expected);
	bk_buf_release(&got);
	bk_positions_free(positions);
	bk_binding_free(binding);
	bk_draft_free(draft);
}

static void names_that_are_kept_count_as_names_in_the_text(void **state)
{
	struct room room = open_room();
	struct bk_event event = {.act = BK_EVENT_ACCEPT, .party = "US", .time = "2015-12-03T00:00:00Z"};
	char *line;
	size_t count;

	(void)state;
	say(&room, 0, "EU", "delete", NULL);
	say(&room, 0, "US", "oppose", NULL);
	assert_positions(&room, text, "EU object text; US object text");
	assert_positions(
		&room, "1. Parties [EU delete: shall] act [promptly].\n", "EU object text; US object text");
	/* also of earlier, a position beats a name */
	event.bracket = bk_draft_brackets(room.draft, &count)[0].id;
	assert_int_equal(bk_ledger_add(room.ledger, &event, &line), BK_OK);
	bk_ledger_line_free(line);
	assert_positions(&room, text, "EU object text; US accept ");
	close_room(&room);
}

static void an_event_without_party_or_verb_is_refused(void **state)
{
	static const struct bk_event wrong[] = {
		{.act = BK_EVENT_ATTRIBUTE, .value = "propose", .bracket = "abcde", .time = "2015-12-04"},
		{.act = BK_EVENT_ATTRIBUTE,
			.value = "agree",
			.party = "EU",
			.bracket = "abcde",
			.time = "2015-12-04"},
	};
	struct room room = open_room();
	char *line;

	(void)state;
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(bk_ledger_add(room.ledger, &wrong[i], &line), BK_EINVAL);
	close_room(&room);
}

static void on_failure_nothing_is_left(void **state)
{
	struct room room = open_room();
	bk_binding *binding;
	int status = BK_ENOMEM;

	(void)state;
	say(&room, 0, "EU", "delete", NULL);
	say(&room, 0, "", NULL, NULL);
	say(&room, 1, "US", "oppose", NULL);
	assert_int_equal(bk_binding_new(&binding, room.ledger, room.draft), BK_OK);
	for (size_t n = 0; status != BK_OK; n++) {
		bk_kept *kept = NULL;

		bk_alloc_fail_after(n);
		status = bk_kept_new(&kept, room.draft, binding, room.ledger);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK ? kept != NULL : (status == BK_ENOMEM && !kept));
		bk_kept_free(kept);
	}
	bk_binding_free(binding);
	close_room(&room);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_kept_in_their_order_beside_their_brackets),
		cmocka_unit_test(names_of_a_text_to_come_are_not_those_of_the_text_before),
		cmocka_unit_test(names_that_were_written_back_are_kept_no_more),
		cmocka_unit_test(names_whose_writing_back_was_cut_off_are_kept),
		cmocka_unit_test(names_are_kept_where_most_brackets_written_beside_are_bare),
		cmocka_unit_test(a_second_reading_is_told_the_acts_of_all_names_of_a_bracket),
		cmocka_unit_test(a_second_reading_is_not_told_names_that_were_written_back),
		cmocka_unit_test(names_that_are_kept_count_as_names_in_the_text),
		cmocka_unit_test(an_event_without_party_or_verb_is_refused),
		cmocka_unit_test(on_failure_nothing_is_left),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
