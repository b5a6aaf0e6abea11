/* Effective positions: whose word holds, for whom, since when; and what a party wants done with a text. */
#include "base/alloc.h"
#include "base/buf.h"
#include "ledger/ledger.h"
#include "ledger/moves.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <time.h>

/* A negotiation of one paragraph: groups of seven, three and three, and six parties. */
static const struct bk_setting settings[] = {
	{"group.LARGE.name", "Large Group"},
	{"group.LARGE.member", "BO"},
	{"group.LARGE.member", "BR"},
	{"group.LARGE.member", "CN"},
	{"group.LARGE.member", "IN"},
	{"group.LARGE.member", "KE"},
	{"group.LARGE.member", "TV"},
	{"group.LARGE.member", "MX until 1994-05-18"},
	{"group.LEFT.member", "BO"},
	{"group.LEFT.member", "KE"},
	{"group.LEFT.member", "TV from 2012"},
	{"group.RIGHT.member", "BO"},
	{"group.RIGHT.member", "BR"},
	{"group.RIGHT.member", "CN"},
};

struct room {
	bk_roster *roster;
	bk_conventions *conventions;
	bk_text *text;
	bk_draft *draft;
	bk_ledger *ledger;
	bk_binding *binding;
	int clock;
};

static void open_room(struct room *room, const char *text)
{
	struct bk_draft_options options = {0};

	*room = (struct room){.clock = 1};
	assert_int_equal(bk_roster_new(&room->roster, settings, sizeof settings / sizeof *settings), BK_OK);
	assert_int_equal(bk_conventions_new(&room->conventions, NULL, NULL, 0), BK_OK);
	assert_int_equal(bk_text_new(&room->text, text, strlen(text)), BK_OK);
	options.conventions = room->conventions;
	options.names = bk_roster_names(room->roster);
	assert_int_equal(bk_draft_new(&room->draft, bk_text_now(room->text), &options), BK_OK);
	assert_int_equal(bk_ledger_new(&room->ledger), BK_OK);
}

/* Another text with the ledger of a room, which has none from here on. */
static void open_later(struct room *later, struct room *room, const char *text)
{
	open_room(later, text);
	bk_ledger_free(later->ledger);
	later->ledger = room->ledger;
	room->ledger = NULL;
}

static void close_room(struct room *room)
{
	bk_binding_free(room->binding);
	bk_ledger_free(room->ledger);
	bk_draft_free(room->draft);
	bk_text_free(room->text);
	bk_conventions_free(room->conventions);
	bk_roster_free(room->roster);
}

/* Say something an hour later than the last thing said. */
static void say_event(struct room *room, uint32_t bracket, struct bk_event event)
{
	bk_anchor_copy *anchor = NULL;
	char time[32], *line;
	size_t count;

	snprintf(time, sizeof time, "2015-12-%02dT%02d:00:00Z", room->clock / 20 + 1, room->clock % 20);
	room->clock++;
	assert_int_equal(bk_anchor_of(room->draft, bracket, "", &anchor), BK_OK);
	event.bracket = bk_draft_brackets(room->draft, &count)[bracket].id;
	event.time = event.time ? event.time : time;
	event.anchor = *bk_anchor_get(anchor);
	assert_int_equal(bk_ledger_add(room->ledger, &event, &line), BK_OK);
	bk_ledger_line_free(line);
	bk_anchor_free(anchor);
}

static void say(
	struct room *room, uint32_t bracket, const char *party, enum bk_event_act act, size_t alternative)
{
	say_event(room, bracket, (struct bk_event){.party = party, .act = act, .alternative = alternative});
}

static bk_positions *derive(struct room *room, const char *party, const char *at, bool history)
{
	const struct bk_positions_query query = {.party = party, .at = at, .history = history};
	bk_positions *positions = NULL;

	bk_binding_free(room->binding);
	room->binding = NULL;
	assert_int_equal(bk_binding_new(&room->binding, room->ledger, room->draft), BK_OK);
	assert_int_equal(bk_positions_derive(
				 &positions, room->draft, room->binding, room->ledger, room->roster, &query),
		BK_OK);
	return positions;
}

/* "BRACKET.ALTERNATIVE PARTY ACT FROM; ..." with `!` before what is superseded. */
static void assert_positions_at(
	struct room *room, const char *party, const char *at, bool history, const char *expected)
{
	bk_positions *positions = derive(room, party, at, history);
	struct bk_buf buf = BK_BUF_INIT;
	size_t count;
	const struct bk_position *list = bk_positions_list(positions, &count);

	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&buf, "%s%s%u.%zu %s %s %s", i ? "; " : "", list[i].superseded ? "!" : "",
			list[i].bracket, list[i].alternative, list[i].party, list[i].act, list[i].from);
	assert_string_equal(bk_buf_string(&buf), expected);
	bk_buf_release(&buf);
	bk_positions_free(positions);
}

static void assert_positions(struct room *room, const char *party, const char *expected)
{
	assert_positions_at(room, party, NULL, false, expected);
}

#define TEXT "1. Each Party [shall] act.\n\n2. Each Party [should] report.\n"

static void later_beats_earlier_of_the_same_holder(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, TEXT);
	say(&room, 0, "BO", BK_EVENT_OBJECT, 0);
	say(&room, 0, "CN", BK_EVENT_OBJECT, 0);
	say(&room, 0, "BO", BK_EVENT_ACCEPT, 0);
	say(&room, 1, "BO", BK_EVENT_RESERVE, 0);
	assert_positions(&room, NULL, "0.0 BO accept own; 0.0 CN object own; 1.0 BO reserve own");
	assert_positions_at(&room, NULL, NULL, true,
		"!0.0 BO object own; 0.0 BO accept own; 0.0 CN object own; 1.0 BO reserve own");
	close_room(&room);
}

static void what_was_said_earlier_counts_earlier_in_any_order(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, TEXT);
	say_event(&room, 0,
		(struct bk_event){
			.party = "BO", .act = BK_EVENT_ACCEPT, .time = "2015-12-05T01:00:00+02:00"});
	say_event(&room, 0,
		(struct bk_event){.party = "BO", .act = BK_EVENT_OBJECT, .time = "2015-12-04T22:00:00Z"});
	assert_positions(&room, NULL, "0.0 BO accept own");
	close_room(&room);
}

static void who_withdraws_in_the_text_does_so_wherever_its_name_stands(void **state)
{
	static const char *const texts[] = {"Parties meet in the [US withdraw: climate] (EU, US) forum.\n",
		"Parties meet in the [EU, US; US withdraw: climate] forum.\n"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct room room;

		open_room(&room, texts[i]);
		assert_positions(&room, NULL, "0.0 EU propose own");
		close_room(&room);
	}
}

static void who_answers_in_the_text_does_so_wherever_it_proposed(void **state)
{
	static const char *const texts[] = {"Parties meet in the [US delete: climate] (EU, US) forum.\n",
		"Parties meet in the [US delete: climate - EU, US] forum.\n",
		"Parties meet in the [EU, US; US delete: climate] forum.\n"};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct room room;

		open_room(&room, texts[i]);
		assert_positions(&room, NULL, "0.0 EU propose own; 0.0 US object own");
		close_room(&room);
	}
}

static void alternatives_are_apart_and_an_act_on_the_whole_ends_them(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, TEXT);
	say(&room, 0, "BO", BK_EVENT_SUPPORT, 1);
	say(&room, 0, "BO", BK_EVENT_OBJECT, 2);
	assert_positions(&room, NULL, "0.1 BO support own; 0.2 BO object own");
	say(&room, 0, "BO", BK_EVENT_WITHDRAW, 2);
	assert_positions(&room, NULL, "0.1 BO support own");
	say(&room, 0, "BO", BK_EVENT_WITHDRAW, 0);
	assert_positions(&room, NULL, "");
	assert_positions_at(&room, NULL, NULL, true,
		"!0.0 BO withdraw own; !0.1 BO support own; !0.2 BO object own; !0.2 BO withdraw own");
	say(&room, 0, "BO", BK_EVENT_ACCEPT, 0);
	assert_positions(&room, NULL, "0.0 BO accept own");
	say(&room, 0, "BO", BK_EVENT_SUPPORT, 1);
	assert_positions(&room, NULL, "0.0 BO accept own; 0.1 BO support own");
	say(&room, 0, "BO", BK_EVENT_RESERVE, 0);
	assert_positions(&room, NULL, "0.0 BO reserve own");
	close_room(&room);
}

static void a_party_s_own_beats_all_and_a_smaller_group_a_larger_one(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, TEXT);
	say(&room, 0, "LARGE", BK_EVENT_OBJECT, 0);
	assert_positions(&room, NULL, "0.0 LARGE object own");
	assert_positions(&room, "KE", "0.0 KE object LARGE");
	assert_positions(&room, "FR", "");
	say(&room, 0, "LEFT", BK_EVENT_ACCEPT, 0);
	say(&room, 0, "LARGE", BK_EVENT_RESERVE, 0);
	assert_positions(&room, "KE", "0.0 KE accept LEFT");
	assert_positions(&room, "CN", "0.0 CN reserve LARGE");
	say(&room, 0, "KE", BK_EVENT_SUPPORT, 0);
	assert_positions(&room, "KE", "0.0 KE support own");
	say(&room, 0, "KE", BK_EVENT_WITHDRAW, 0);
	assert_positions(&room, "KE", "0.0 KE accept LEFT");
	say(&room, 0, "LEFT", BK_EVENT_WITHDRAW, 0);
	assert_positions(&room, "KE", "0.0 KE reserve LARGE");
	close_room(&room);
}

static void an_own_word_on_one_alternative_beats_a_group_s_on_the_whole(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, TEXT);
	say(&room, 0, "LARGE", BK_EVENT_OBJECT, 0);
	say(&room, 0, "LEFT", BK_EVENT_SUPPORT, 1);
	say(&room, 0, "KE", BK_EVENT_SUPPORT, 2);
	assert_positions(&room, "KE", "0.1 KE support LEFT; 0.2 KE support own");
	close_room(&room);
}

static void two_groups_of_equal_standing_that_differ_are_a_conflict(void **state)
{
	struct room room;
	bk_positions *positions;
	const struct bk_position *list;
	size_t count;

	(void)state;
	open_room(&room, TEXT);
	say(&room, 0, "LEFT", BK_EVENT_OBJECT, 0);
	say(&room, 0, "RIGHT", BK_EVENT_OBJECT, 0);
	assert_positions(&room, "BO", "0.0 BO object LEFT; 0.0 BO object RIGHT");
	say(&room, 0, "RIGHT", BK_EVENT_ACCEPT, 0);
	assert_positions(&room, "BO", "0.0 BO object conflict; 0.0 BO accept conflict");
	assert_positions(&room, "KE", "0.0 KE object LEFT");
	positions = derive(&room, "BO", NULL, false);
	list = bk_positions_list(positions, &count);
	assert_string_equal(list[0].group, "LEFT");
	assert_string_equal(list[1].group, "RIGHT");
	assert_true(bk_positions_blocks(positions, 0, "BO", room.roster));
	bk_positions_free(positions);
	say(&room, 0, "BO", BK_EVENT_ACCEPT, 0);
	assert_positions(&room, "BO", "0.0 BO accept own");
	close_room(&room);
}

static void membership_is_that_of_the_day_of_the_statement(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, TEXT);
	say_event(&room, 0,
		(struct bk_event){.party = "LARGE", .act = BK_EVENT_OBJECT, .time = "1994-05-17T12:00:00Z"});
	assert_positions(&room, "MX", "0.0 MX object LARGE");
	assert_positions_at(&room, "MX", "1994-05-18", false, "");
	say_event(&room, 1,
		(struct bk_event){.party = "LEFT", .act = BK_EVENT_OBJECT, .time = "2011-12-31T12:00:00Z"});
	assert_positions(&room, "TV", "0.0 TV object LARGE");
	assert_positions_at(&room, "TV", "2012-01-01", false, "0.0 TV object LARGE; 1.0 TV object LEFT");
	close_room(&room);
}

static void names_in_the_text_are_positions_with_source_text(void **state)
{
	struct room room;
	bk_positions *positions;
	size_t count;
	const struct bk_position *list;

	(void)state;
	open_room(&room, "1. Parties [EU, AOSIS: shall act] [US oppose: at once] now.\n");
	assert_positions(&room, NULL, "0.0 AOSIS propose own; 0.0 EU propose own; 1.0 US object own");
	assert_positions(&room, "TV", "0.0 TV propose AOSIS");
	positions = derive(&room, NULL, NULL, false);
	list = bk_positions_list(positions, &count);
	assert_string_equal(list[0].source, "text");
	assert_string_equal(list[0].event, "");
	assert_string_equal(list[0].id, bk_draft_brackets(room.draft, &count)[0].id);
	bk_positions_free(positions);
	say(&room, 0, "EU", BK_EVENT_WITHDRAW, 0);
	say(&room, 1, "US", BK_EVENT_ACCEPT, 0);
	assert_positions(&room, NULL, "0.0 AOSIS propose own; 1.0 US accept own");
	close_room(&room);
}

static void reasons_conditions_speakers_and_earlier_words_are_kept(void **state)
{
	struct room room, later;
	bk_positions *positions;
	const struct bk_position *list;
	size_t count;

	(void)state;
	open_room(&room, TEXT);
	say_event(&room, 0,
		(struct bk_event){.party = "BO",
			.act = BK_EVENT_ACCEPT,
			.reason = "today",
			.source = "plenary",
			.speaker = "R.",
			.capacity = "acting head",
			.author = "Ana",
			.conditions = (const char *const[]){"finance", "forests"},
			.condition_count = 2});
	open_later(&later, &room, "1. Each Party [must] act.\n\n2. Each Party [should] report.\n");
	positions = derive(&later, NULL, NULL, false);
	list = bk_positions_list(positions, &count);
	assert_int_equal(count, 1);
	assert_int_equal(list->bracket, 0);
	assert_true(list->earlier_words);
	assert_string_equal(list->reason, "today");
	assert_string_equal(list->conditions[1], "forests");
	assert_int_equal(list->condition_count, 2);
	assert_string_equal(list->source, "plenary");
	assert_string_equal(list->speaker, "R.");
	assert_string_equal(list->capacity, "acting head");
	assert_string_equal(list->author, "Ana");
	assert_int_equal(strlen(list->event), 26);
	assert_true(bk_positions_blocks(positions, 0, "BO", later.roster));
	bk_positions_free(positions);
	say(&later, 0, "BO", BK_EVENT_ACCEPT, 0);
	positions = derive(&later, NULL, NULL, false);
	assert_false(bk_positions_list(positions, &count)->earlier_words);
	assert_false(bk_positions_blocks(positions, 0, "BO", later.roster));
	bk_positions_free(positions);
	close_room(&room);
	close_room(&later);
}

static void positions_on_what_is_gone_come_last_with_their_ids(void **state)
{
	struct room room, later;
	bk_positions *positions;
	const struct bk_position *list;
	size_t count;

	(void)state;
	open_room(&room, TEXT);
	say(&room, 0, "BO", BK_EVENT_OBJECT, 0);
	say(&room, 1, "BO", BK_EVENT_ACCEPT, 0);
	open_later(&later, &room,
		"7. Something quite different stands here.\n\n2. Each Party [should] report.\n");
	positions = derive(&later, NULL, NULL, false);
	list = bk_positions_list(positions, &count);
	assert_int_equal(count, 2);
	assert_int_equal(list[0].bracket, 0);
	assert_string_equal(list[0].act, "accept");
	assert_int_equal(list[1].bracket, BK_NONE);
	assert_string_equal(list[1].id, bk_draft_brackets(room.draft, &count)[0].id);
	bk_positions_of(positions, 0, &count);
	assert_int_equal(count, 1);
	bk_positions_of(positions, 5, &count);
	assert_int_equal(count, 0);
	assert_false(bk_positions_blocks(positions, BK_NONE, "BO", later.roster));
	bk_positions_free(positions);
	close_room(&room);
	close_room(&later);
}

static void who_objects_or_reserves_stands_in_the_way_also_by_its_group(void **state)
{
	struct room room;
	bk_positions *positions;

	(void)state;
	open_room(&room, TEXT);
	say(&room, 0, "LARGE", BK_EVENT_OBJECT, 0);
	say(&room, 0, "CN", BK_EVENT_SUPPORT, 0);
	say(&room, 1, "KE", BK_EVENT_RESERVE, 0);
	positions = derive(&room, NULL, NULL, false);
	assert_true(bk_positions_blocks(positions, 0, "KE", room.roster));
	assert_false(bk_positions_blocks(positions, 0, "CN", room.roster));
	assert_false(bk_positions_blocks(positions, 0, "FR", room.roster));
	assert_true(bk_positions_blocks(positions, 1, "KE", room.roster));
	assert_false(bk_positions_blocks(positions, 1, "BO", room.roster));
	bk_positions_free(positions);
	close_room(&room);
}

/* ---- What a party wants ---------------------------------------------------------------------------- */

static void assert_decisions(struct room *room, const char *party, const char *expected)
{
	bk_positions *positions = derive(room, NULL, NULL, false);
	uint8_t decisions[32] = {0};
	char out[33] = "";
	size_t count;

	bk_draft_brackets(room->draft, &count);
	assert_true(count < sizeof decisions);
	assert_int_equal(bk_positions_decide(positions, room->draft, room->roster, party, decisions), BK_OK);
	for (size_t i = 0; i < count; i++)
		out[i] = "-+x12345"[decisions[i]];
	assert_string_equal(out, expected);
	bk_positions_free(positions);
}

static void a_party_s_reading_lacks_what_it_opposes_or_others_propose(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, "1. Parties [EU: act] and [meet] and [report] at [US, EU: home].\n");
	say(&room, 1, "BO", BK_EVENT_OBJECT, 0);
	say(&room, 1, "US", BK_EVENT_SUPPORT, 0);
	say(&room, 2, "LARGE", BK_EVENT_RESERVE, 0);
	assert_decisions(&room, "BO", "xx-x");
	assert_decisions(&room, "US", "x+-+");
	assert_decisions(&room, "EU", "+--+");
	assert_decisions(&room, "FR", "+--+");
	assert_decisions(&room, "NO", "x--x");
	close_room(&room);
}

static void of_parts_between_slashes_a_party_wants_the_one_before_its_name(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, "1. Parties [shall][meet now - EU / act - US, BO] and [go - US / stay - US] as [may "
			 "/ can - EU].\n");
	assert_decisions(&room, "EU", "x1x+");
	assert_decisions(&room, "US", "x2-x");
	assert_decisions(&room, "BO", "x2xx");
	assert_decisions(&room, "NO", "-xxx");
	close_room(&room);
}

static void who_has_an_alternative_of_its_own_wants_that_and_not_what_it_reserves_on(void **state)
{
	struct room room;

	(void)state;
	open_room(&room, "1. Parties [EU reserve: shall][EU: should] and [EU reserve: must][may] act.\n");
	assert_decisions(&room, "EU", "x+--");
	assert_decisions(&room, "US", "-x--");
	close_room(&room);
}

static void of_a_choice_of_one_the_party_s_alternative_is_chosen(void **state)
{
	struct room room;
	size_t count;

	(void)state;
	open_room(&room, "1. Parties [shall][should][may] act.\n\n2. Parties [shall][should] meet.\n");
	bk_draft_alternatives(room.draft, 0, &count);
	assert_int_equal(count, 3);
	say(&room, 0, "BO", BK_EVENT_SUPPORT, 2);
	say(&room, 1, "CN", BK_EVENT_SUPPORT, 0);
	say(&room, 2, "CN", BK_EVENT_SUPPORT, 0);
	say(&room, 3, "CN", BK_EVENT_OBJECT, 2);
	say(&room, 0, "KE", BK_EVENT_SUPPORT, 9);
	assert_decisions(&room, "BO", "x+x--");
	assert_decisions(&room, "CN", "x---x");
	assert_decisions(&room, "KE", "-----");
	close_room(&room);
}

/* ---- Laws ------------------------------------------------------------------------------------------ */

static uint64_t draw(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed >> 8;
}

/* One statement at a time by hand: each ends those before it of its holder on its alternative, or on all. */
static void what_is_in_force_is_what_a_plain_fold_says(void **state)
{
	static const char *const holders[] = {"BO", "CN", "LEFT", "RIGHT", "LARGE", "FR"};
	uint64_t seed = 77;

	(void)state;
	for (int round = 0; round < 60; round++) {
		int last[2][6][3];
		struct room room;
		bk_positions *positions;
		const struct bk_position *list;
		size_t count, expected = 0;

		memset(last, -1, sizeof last);
		open_room(&room, TEXT);
		for (int i = 0; i < 40; i++) {
			const uint32_t bracket = (uint32_t)(draw(&seed) % 2);
			const size_t holder = draw(&seed) % 6, alternative = draw(&seed) % 3;
			const enum bk_event_act act = (enum bk_event_act)(draw(&seed) % 6);

			say(&room, bracket, holders[holder], act, alternative);
			for (size_t a = 0; a < 3; a++)
				if (alternative == 0 || a == alternative)
					last[bracket][holder][a] = -1;
			if (act != BK_EVENT_WITHDRAW)
				last[bracket][holder][alternative] = (int)act;
		}
		positions = derive(&room, NULL, NULL, false);
		list = bk_positions_list(positions, &count);
		for (size_t b = 0; b < 2; b++)
			for (size_t h = 0; h < 6; h++)
				for (size_t a = 0; a < 3; a++)
					expected += last[b][h][a] >= 0;
		assert_int_equal(count, expected);
		for (size_t i = 0; i < count; i++) {
			size_t h = 0;

			while (strcmp(holders[h], list[i].party) != 0)
				h++;
			assert_string_equal(list[i].act,
				bk_event_act_name(
					(enum bk_event_act)last[list[i].bracket][h][list[i].alternative]));
		}
		bk_positions_free(positions);
		close_room(&room);
	}
}

/* "PARTY ACT BRACKET > BRACKET" of each end of a move. */
static void assert_moves(const char *text, const char *expected)
{
	struct bk_buf buf = BK_BUF_INIT;
	struct room room;
	bk_positions *positions;
	size_t count, *other;
	const struct bk_position *list;

	open_room(&room, text);
	positions = derive(&room, NULL, NULL, false);
	list = bk_positions_list(positions, &count);
	assert_int_equal(bk_moves_find(&other, room.draft, positions), BK_OK);
	for (size_t i = 0; i < count; i++)
		if (other[i] < count)
			bk_buf_printf(&buf, "%s%s %s %u > %u", buf.len ? "; " : "", list[i].party,
				list[i].act, list[i].bracket, list[other[i]].bracket);
	assert_string_equal(bk_buf_string(&buf), expected);
	bk_free(other);
	bk_buf_release(&buf);
	bk_positions_free(positions);
	close_room(&room);
}

static void who_deletes_words_here_and_proposes_them_there_moves_them(void **state)
{
	(void)state;
	assert_moves("1. [BO delete: Reports are made public.]\n\n2. [BO: Reports are made public.]\n",
		"BO object 0 > 1; BO propose 1 > 0");
	/* Once, and not for others. */
	assert_moves("1. [BO: Reports are made public.]\n\n2. [BO delete: Reports are made public.]\n\n"
		     "3. [BO: Reports are made public.]\n\n4. [BR: Reports are made public.]\n",
		"BO propose 0 > 1; BO object 1 > 0");
	/* Few words are said again without being moved. */
	assert_moves("1. They [BO delete: report].\n\n2. They [BO: report].\n", "");
}

static void when_memory_runs_out_no_moves_are_found(void **state)
{
	struct room room;
	bk_positions *positions;
	size_t *other = NULL;
	int status = BK_ENOMEM;

	(void)state;
	open_room(&room, "1. [BO delete: Reports are made public.]\n\n2. [BO: Reports are made public.]\n");
	positions = derive(&room, NULL, NULL, false);
	for (size_t after = 0; status != BK_OK; after++) {
		bk_alloc_fail_after(after);
		status = bk_moves_find(&other, room.draft, positions);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || (status == BK_ENOMEM && !other));
	}
	assert_int_equal(other[0], 1);
	bk_free(other);
	bk_positions_free(positions);
	close_room(&room);
}

static void when_memory_runs_out_there_are_no_positions(void **state)
{
	const struct bk_positions_query query = {.party = "BO", .history = true};
	struct room room;
	int status = BK_ENOMEM;

	(void)state;
	open_room(&room, "1. Parties [EU: act] and [meet] there.\n");
	say(&room, 1, "LEFT", BK_EVENT_OBJECT, 0);
	say(&room, 1, "BO", BK_EVENT_WITHDRAW, 0);
	bk_positions_free(derive(&room, NULL, NULL, false));
	for (size_t after = 0; status != BK_OK; after++) {
		bk_positions *positions = NULL;
		uint8_t decisions[2] = {7, 7};

		bk_alloc_fail_after(after);
		status = bk_positions_derive(
			&positions, room.draft, room.binding, room.ledger, room.roster, &query);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || (status == BK_ENOMEM && !positions));
		if (status == BK_OK) {
			bk_alloc_fail_after(0);
			assert_int_equal(
				bk_positions_decide(positions, room.draft, room.roster, "BO", decisions),
				BK_ENOMEM);
			bk_alloc_fail_after(SIZE_MAX);
			assert_int_equal(decisions[0], 7);
		}
		bk_positions_free(positions);
	}
	close_room(&room);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(later_beats_earlier_of_the_same_holder),
		cmocka_unit_test(what_was_said_earlier_counts_earlier_in_any_order),
		cmocka_unit_test(who_withdraws_in_the_text_does_so_wherever_its_name_stands),
		cmocka_unit_test(who_answers_in_the_text_does_so_wherever_it_proposed),
		cmocka_unit_test(alternatives_are_apart_and_an_act_on_the_whole_ends_them),
		cmocka_unit_test(a_party_s_own_beats_all_and_a_smaller_group_a_larger_one),
		cmocka_unit_test(an_own_word_on_one_alternative_beats_a_group_s_on_the_whole),
		cmocka_unit_test(two_groups_of_equal_standing_that_differ_are_a_conflict),
		cmocka_unit_test(membership_is_that_of_the_day_of_the_statement),
		cmocka_unit_test(names_in_the_text_are_positions_with_source_text),
		cmocka_unit_test(reasons_conditions_speakers_and_earlier_words_are_kept),
		cmocka_unit_test(positions_on_what_is_gone_come_last_with_their_ids),
		cmocka_unit_test(who_objects_or_reserves_stands_in_the_way_also_by_its_group),
		cmocka_unit_test(a_party_s_reading_lacks_what_it_opposes_or_others_propose),
		cmocka_unit_test(of_parts_between_slashes_a_party_wants_the_one_before_its_name),
		cmocka_unit_test(who_has_an_alternative_of_its_own_wants_that_and_not_what_it_reserves_on),
		cmocka_unit_test(of_a_choice_of_one_the_party_s_alternative_is_chosen),
		cmocka_unit_test(what_is_in_force_is_what_a_plain_fold_says),
		cmocka_unit_test(who_deletes_words_here_and_proposes_them_there_moves_them),
		cmocka_unit_test(when_memory_runs_out_no_moves_are_found),
		cmocka_unit_test(when_memory_runs_out_there_are_no_positions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
