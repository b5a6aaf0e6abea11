/* Binding: how sure a bracket is found again, orphans with their last words, and what persons have said. */
#include "base/alloc.h"
#include "ledger/anchor.h"
#include "ledger/ledger.h"
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>
#include <string.h>

static bk_binding *bind(const bk_ledger *ledger, const char *text)
{
	bk_draft *draft = read_draft(bk_str_of(text));
	bk_binding *binding = NULL;

	assert_int_equal(bk_binding_new(&binding, ledger, draft), BK_OK);
	bk_draft_free(draft);
	return binding;
}

static bk_ledger *record_in(const char *text, const char *bracket, const char *id, const char *blob)
{
	bk_draft *draft = read_draft(bk_str_of(text));
	bk_ledger *ledger = NULL;

	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	record(ledger, draft, bracket_at(draft, (size_t)(strstr(text, bracket) - text)), id, blob);
	bk_draft_free(draft);
	return ledger;
}

static enum bk_trust trust_in(const bk_ledger *ledger, const char *text)
{
	bk_binding *binding = bind(ledger, text);
	size_t count;
	const enum bk_trust trust = bk_binding_list(binding, &count)->trust;

	bk_binding_free(binding);
	return trust;
}

#define LINE_1 "1. All Parties should report on losses every year to the secretariat of the treaty.\n\n"
#define LINE_2                                                                                               \
	"2. Each Party [shall] communicate its national plan to the Conference before the first review.\n\n"

static void trust_says_what_has_changed(void **state)
{
	bk_ledger *ledger = record_in(LINE_1 LINE_2, "[shall]", "mark1", "");

	(void)state;
	assert_int_equal(trust_in(ledger, LINE_1 LINE_2), BK_TRUST_EXACT);
	assert_int_equal(trust_in(ledger, "0. New.\n\n" LINE_1 LINE_2), BK_TRUST_EXACT);
	assert_int_equal(
		trust_in(ledger, LINE_1 "2. Each Party\n[ shall ]\ncommunicate its national plan to the "
					"Conference before the first review.\n\n"),
		BK_TRUST_EXACT);
	assert_int_equal(trust_in(ledger, LINE_1 "7. Each Party [shall] communicate its national plan to the "
						 "Conference before the first review.\n\n"),
		BK_TRUST_MOVED);
	assert_int_equal(trust_in(ledger, LINE_1 "2. Each Party [must] communicate its national plan to the "
						 "Conference before the first review.\n\n"),
		BK_TRUST_CHANGED);
	assert_int_equal(trust_in(ledger, LINE_1 "2. Each Party shall communicate its national plan to the "
						 "Conference before the first review.\n\n"),
		BK_TRUST_ORPHAN);
	assert_int_equal(trust_in(ledger, LINE_1 "2. Each Party shall [communicate] its national plan to the "
						 "Conference before the first review.\n\n"),
		BK_TRUST_ORPHAN);
	assert_int_equal(trust_in(ledger, ""), BK_TRUST_ORPHAN);
	bk_ledger_free(ledger);
}

static void a_name_put_in_front_is_no_change_of_words(void **state)
{
	bk_ledger *ledger = record_in("1. Parties [EU: shall take measures] soon.\n", "[EU", "mark1", "");

	(void)state;
	assert_int_equal(trust_in(ledger, "1. Parties [EU: shall take measures] soon.\n"), BK_TRUST_EXACT);
	assert_int_equal(
		trust_in(ledger, "1. Parties [EU: shall not take measures] soon.\n"), BK_TRUST_CHANGED);
	bk_ledger_free(ledger);
}

static void a_long_bracket_that_changed_beyond_the_cut_is_changed(void **state)
{
	struct bk_buf text = BK_BUF_INIT;
	uint64_t seed = 5;
	bk_ledger *ledger;

	(void)state;
	bk_buf_puts(&text, "1. Before it [");
	for (int i = 0; i < 200; i++)
		bk_buf_printf(&text, "%s ", scene_word(&seed));
	bk_buf_puts(&text, "ten] after it.\n");
	ledger = record_in(text.bytes, "[", "mark1", "");
	assert_int_equal(trust_in(ledger, text.bytes), BK_TRUST_EXACT);
	memcpy(strstr(text.bytes, "ten]"), "two", 3);
	assert_int_equal(trust_in(ledger, text.bytes), BK_TRUST_CHANGED);
	bk_ledger_free(ledger);
	bk_buf_release(&text);
}

/* Earlier ledgers hold another number, without a mark. */
static void an_earlier_digest_is_that_of_the_same_words(void **state)
{
	struct bk_buf text = BK_BUF_INIT;
	bk_anchor_copy *copy = NULL;
	struct bk_event event = {
		.party = "AU", .time = "2010-12-04", .act = BK_EVENT_OBJECT, .bracket = "mark1"};
	bk_ledger *ledger = NULL;
	bk_draft *draft;
	char *line = NULL;

	(void)state;
	bk_buf_puts(&text, "1. Before it [AU: ");
	for (int i = 1; i <= 100; i++)
		bk_buf_printf(&text, "Paragraph %d  [or]\n**none** é ", i);
	bk_buf_puts(&text, "ten] after it.\n");
	draft = read_draft(bk_buf_str(&text));
	assert_int_equal(bk_anchor_of(draft, 0, "", &copy), BK_OK);
	event.anchor = *bk_anchor_get(copy);
	assert_int_equal(event.anchor.digest[0], '+');
	event.anchor.digest = "652cb5c1f219ed11";
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	assert_int_equal(bk_ledger_add(ledger, &event, &line), BK_OK);
	assert_int_equal(trust_in(ledger, text.bytes), BK_TRUST_EXACT);
	memcpy(strstr(text.bytes, "ten]"), "two", 3);
	assert_int_equal(trust_in(ledger, text.bytes), BK_TRUST_CHANGED);
	bk_ledger_line_free(line);
	bk_ledger_free(ledger);
	bk_anchor_free(copy);
	bk_draft_free(draft);
	bk_buf_release(&text);
}

static void an_orphan_keeps_its_last_words(void **state)
{
	bk_ledger *ledger = record_in(LINE_1 LINE_2, "[shall]", "mark1", "");
	bk_binding *binding = bind(ledger, "Nothing of it is left here.\n");
	size_t count;
	const struct bk_bound *bound = bk_binding_list(binding, &count);

	(void)state;
	bk_ledger_free(ledger);
	assert_int_equal(count, 1);
	assert_int_equal(bound->bracket, BK_NONE);
	assert_string_equal(bound->last->text, "[shall]");
	assert_string_equal(bound->last->after,
		" communicate its national plan to the Conference before the first review.\n\n");
	bk_binding_overrides(binding, &count);
	assert_int_equal(count, 0);
	bk_binding_free(binding);
}

static void a_member_of_a_run_is_not_taken_for_its_neighbour(void **state)
{
	bk_ledger *ledger =
		record_in("1. Parties [shall][should] act on this without delay.\n", "[should]", "mark1", "");

	(void)state;
	assert_int_equal(
		trust_in(ledger, "1. Parties [shall] act on this without delay.\n"), BK_TRUST_ORPHAN);
	assert_true(trust_in(ledger, "1. Parties [should] act on this without delay.\n") <= BK_TRUST_MOVED);
	bk_ledger_free(ledger);
}

static void two_ids_share_a_bracket_only_when_both_were_recorded_there(void **state)
{
	static const char old[] = LINE_1 LINE_2, new[] = "0. New.\n\n" LINE_1 LINE_2;
	bk_ledger *ledger = record_in(old, "[shall]", "mark1", "aaaa");
	bk_draft *draft = read_draft(bk_str_of(old));
	bk_binding *binding;
	const struct bk_bound *list;
	size_t count;

	(void)state;
	record(ledger, draft, 0, "mark2", "aaaa");
	bk_draft_free(draft);
	draft = read_draft(bk_str_of(new));
	record(ledger, draft, 0, "mark3", "bbbb");
	bk_draft_free(draft);
	binding = bind(ledger, new);
	list = bk_binding_list(binding, &count);
	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(list[i].bracket, 0);
	assert_string_equal(bk_binding_overrides(binding, &count)->id, "mark1");
	assert_int_equal(count, 1);
	bk_binding_free(binding);
	binding = bind(ledger, "1. Other [words] here.\n\n");
	list = bk_binding_list(binding, &count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(list[i].bracket, BK_NONE);
	bk_binding_free(binding);
	bk_ledger_free(ledger);
}

static void what_is_carried_over_is_believed(void **state)
{
	static const char text[] = "1. Parties [shall] act.\n\n2. Parties [shall] act.\n\n";
	static const struct bk_carried carried[] = {
		{"mark1", 36, false}, {"nobody", 11, false}, {"mark1", 3, false}};
	bk_ledger *ledger = record_in(text, "[shall]", "mark1", "");
	bk_draft *draft = read_draft(bk_str_of(text));
	bk_binding *binding = NULL;
	size_t count;

	(void)state;
	assert_int_equal(bk_binding_new_carried(&binding, ledger, draft, carried, 3), BK_OK);
	assert_int_equal(bk_binding_list(binding, &count)->bracket, 1);
	bk_binding_free(binding);
	bk_draft_free(draft);
	bk_ledger_free(ledger);
}

static void classes_choices_and_ids_come_back_as_overrides(void **state)
{
	static const char lines[] = "{\"schema\":1,\"event\":\"e1\",\"time\":\"2015-12-04\",\"act\":"
				    "\"classify\",\"bracket\":\"mark1\",\"value\":\"note\"}\n"
				    "{\"schema\":1,\"event\":\"e2\",\"time\":\"2015-12-05\",\"act\":"
				    "\"classify\",\"bracket\":\"mark1\",\"value\":\"disputed\"}\n"
				    "{\"schema\":1,\"event\":\"e3\",\"time\":\"2015-12-03\",\"act\":"
				    "\"classify\",\"bracket\":\"mark1\",\"value\":\"independent\"}\n"
				    "{\"schema\":1,\"event\":\"e4\",\"time\":\"2015-12-06\",\"act\":"
				    "\"status\",\"bracket\":\"mark1\",\"value\":\"ad referendum\"}\n"
				    "{\"schema\":1,\"event\":\"e5\",\"time\":\"2015-12-05\",\"act\":"
				    "\"status\",\"bracket\":\"mark1\",\"value\":\"agreed\"}\n";
	static const char text[] = LINE_1 LINE_2;
	bk_ledger *first = record_in(text, "[shall]", "mark1", ""), *ledger = NULL;
	const struct bk_event *event;
	const struct bk_override *override;
	bk_binding *binding;
	char *line, *all;
	size_t count, len;
	struct bk_event again;

	(void)state;
	again = *bk_ledger_events(first, &count);
	again.event = "e0";
	assert_int_equal(bk_ledger_add(first, &again, &line), BK_OK);
	assert_int_equal(bk_ledger_union(lines, sizeof lines - 1, line, strlen(line), &all, &len), BK_OK);
	assert_int_equal(bk_ledger_parse(&ledger, all, len, "x"), BK_OK);
	binding = bind(ledger, text);
	override = bk_binding_overrides(binding, &count);
	assert_int_equal(count, 1);
	assert_int_equal(override->start, strstr(text, "[shall]") - text);
	assert_string_equal(override->id, "mark1");
	assert_true(override->has_class && override->has_choice);
	assert_int_equal(override->class, BK_CLASS_DISPUTED);
	assert_int_equal(override->choice, BK_CHOICE_INDEPENDENT);
	assert_int_equal(bk_status_of(binding, ledger, 0, &event), BK_STATUS_AD_REFERENDUM);
	assert_string_equal(event->event, "e4");
	assert_int_equal(bk_status_of(binding, ledger, 7, &event), BK_STATUS_OPEN);
	assert_null(event);
	bk_binding_free(binding);
	bk_ledger_line_free(line);
	bk_ledger_line_free(all);
	bk_ledger_free(first);
	bk_ledger_free(ledger);
}

static void an_anchor_is_cut_between_characters_and_holds_no_bad_bytes(void **state)
{
	struct bk_buf text = BK_BUF_INIT;
	bk_anchor_copy *copy = NULL;
	const struct bk_anchor *anchor;
	bk_draft *draft;

	(void)state;
	for (int i = 0; i < 100; i++)
		bk_buf_puts(&text, "e\xcc\x81");
	bk_buf_put(&text, "\xff\0[", 3);
	for (int i = 0; i < 300; i++)
		bk_buf_puts(&text, "e\xcc\x81");
	bk_buf_puts(&text, "]\xc3");
	draft = read_draft(bk_buf_str(&text));
	assert_int_equal(bk_anchor_of(draft, 0, NULL, &copy), BK_OK);
	anchor = bk_anchor_get(copy);
	assert_int_equal(strlen(anchor->text), 400);
	assert_int_equal(strlen(anchor->digest), 17);
	assert_string_equal(anchor->after, "\xef\xbf\xbd");
	assert_string_equal(anchor->before + strlen(anchor->before) - 9, "e\xcc\x81\xef\xbf\xbd\xef\xbf\xbd");
	assert_true(strlen(anchor->before) >= 80);
	assert_int_equal(bk_anchor_of(draft, 1, NULL, &copy), BK_ERANGE);
	bk_anchor_free(copy);
	bk_draft_free(draft);
	bk_buf_release(&text);
}

static void when_memory_runs_out_there_is_no_binding(void **state)
{
	bk_ledger *ledger = record_in(LINE_1 LINE_2, "[shall]", "mark1", "");
	bk_draft *draft = read_draft(BK_STR(LINE_1 "5. Every Party [shall] communicate a plan.\n\n"));
	int status = BK_ENOMEM;

	(void)state;
	for (size_t after = 0; status != BK_OK; after++) {
		bk_binding *binding = NULL;
		bk_anchor_copy *copy = NULL;

		bk_alloc_fail_after(after);
		status = bk_binding_new(&binding, ledger, draft);
		bk_alloc_fail_after(after);
		if (bk_anchor_of(draft, 0, "", &copy) != BK_OK)
			assert_null(copy);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || (status == BK_ENOMEM && !binding));
		bk_anchor_free(copy);
		bk_binding_free(binding);
	}
	bk_draft_free(draft);
	bk_ledger_free(ledger);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trust_says_what_has_changed),
		cmocka_unit_test(a_name_put_in_front_is_no_change_of_words),
		cmocka_unit_test(a_long_bracket_that_changed_beyond_the_cut_is_changed),
		cmocka_unit_test(an_earlier_digest_is_that_of_the_same_words),
		cmocka_unit_test(an_orphan_keeps_its_last_words),
		cmocka_unit_test(a_member_of_a_run_is_not_taken_for_its_neighbour),
		cmocka_unit_test(two_ids_share_a_bracket_only_when_both_were_recorded_there),
		cmocka_unit_test(what_is_carried_over_is_believed),
		cmocka_unit_test(classes_choices_and_ids_come_back_as_overrides),
		cmocka_unit_test(an_anchor_is_cut_between_characters_and_holds_no_bad_bytes),
		cmocka_unit_test(when_memory_runs_out_there_is_no_binding),
	};

	return cmocka_run_group_tests(tests, make_conventions, free_conventions);
}
