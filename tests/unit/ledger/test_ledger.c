/* The ledger: what is a line, what is a fault, in which order events count, and how two ledgers become one. */
#include "base/alloc.h"
#include "base/buf.h"
#include "ledger/ledger.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>
#include <time.h>

static const struct bk_event sample = {
	.time = "2015-12-04T18:30:00+01:00",
	.author = "Ana <ana@example.org>",
	.party = "BO",
	.act = BK_EVENT_OBJECT,
	.bracket = "abcde",
	.alternative = 2,
	.reason = "no markets \"here\"\nnor there, \xc3\xa9",
	.conditions = (const char *const[]){"finance", "forests"},
	.condition_count = 2,
	.source = "plenary",
	.speaker = "R.",
	.capacity = "head",
	.anchor = {"Article 4 > 3", "[shall]", "Parties ", " act", "0123", 10, 17, ""},
};

static bk_ledger *parse(const char *bytes, size_t len)
{
	bk_ledger *ledger = NULL;

	assert_int_equal(bk_ledger_parse(&ledger, bytes, len, "a.ledger"), BK_OK);
	return ledger;
}

static size_t count_events(const bk_ledger *ledger)
{
	size_t count;

	bk_ledger_events(ledger, &count);
	return count;
}

static size_t count_faults(const bk_ledger *ledger)
{
	const char *const *faults = bk_ledger_faults(ledger);
	size_t count = 0;

	while (faults[count])
		count++;
	return count;
}

static void what_is_added_is_read_back_as_it_was(void **state)
{
	bk_ledger *ledger, *again;
	const struct bk_event *event;
	char *line;
	size_t count;

	(void)state;
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	assert_int_equal(bk_ledger_add(ledger, &sample, &line), BK_OK);
	assert_int_equal(strcspn(line, "\n") + 1, strlen(line));
	again = parse(line, strlen(line));
	event = bk_ledger_events(again, &count);
	assert_int_equal(count, 1);
	assert_int_equal(strlen(event->event), 26);
	assert_string_equal(event->time, sample.time);
	assert_string_equal(event->author, sample.author);
	assert_string_equal(event->party, "BO");
	assert_int_equal(event->act, BK_EVENT_OBJECT);
	assert_string_equal(event->bracket, "abcde");
	assert_int_equal(event->alternative, 2);
	assert_string_equal(event->reason, sample.reason);
	assert_int_equal(event->condition_count, 2);
	assert_string_equal(event->conditions[1], "forests");
	assert_string_equal(event->source, "plenary");
	assert_string_equal(event->speaker, "R.");
	assert_string_equal(event->capacity, "head");
	assert_string_equal(event->value, "");
	assert_string_equal(event->anchor.path, "Article 4 > 3");
	assert_string_equal(event->anchor.text, "[shall]");
	assert_string_equal(event->anchor.before, "Parties ");
	assert_string_equal(event->anchor.after, " act");
	assert_string_equal(event->anchor.blob, "0123");
	assert_int_equal(event->anchor.start, 10);
	assert_int_equal(event->anchor.end, 17);
	bk_ledger_line_free(line);
	bk_ledger_free(again);
	bk_ledger_free(ledger);
}

static void keys_that_say_nothing_are_left_out(void **state)
{
	static const struct bk_event bare = {.time = "2015-12-04",
		.party = "EU",
		.act = BK_EVENT_ACCEPT,
		.bracket = "abcde",
		.event = "e1"};
	bk_ledger *ledger;
	char *line;

	(void)state;
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	assert_int_equal(bk_ledger_add(ledger, &bare, &line), BK_OK);
	assert_string_equal(line, "{\"schema\":1,\"event\":\"e1\",\"time\":\"2015-12-04\",\"party\":\"EU\","
				  "\"act\":\"accept\",\"bracket\":\"abcde\"}\n");
	bk_ledger_line_free(line);
	bk_ledger_free(ledger);
}

static void an_event_that_is_not_valid_is_refused_and_nothing_changes(void **state)
{
	static char large[BK_EVENT_TEXT_MAX + 2];
	struct bk_event wrong[10];
	bk_ledger *ledger;
	char *line = large;

	(void)state;
	memset(large, 'x', sizeof large - 1);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		wrong[i] = sample;
	wrong[0].bracket = NULL;
	wrong[1].bracket = "a-b-c-d";
	wrong[2].time = NULL;
	wrong[3].time = "2015-02-29T00:00:00Z";
	wrong[4].party = "";
	wrong[5].reason = large;
	wrong[6].act = BK_EVENT_STATUS;
	wrong[7].act = BK_EVENT_COUNT;
	wrong[8].event = "two words";
	wrong[9].anchor.end = 3;
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		assert_int_equal(bk_ledger_add(ledger, &wrong[i], &line), BK_EINVAL);
		assert_ptr_equal(line, large);
		assert_int_equal(count_events(ledger), 0);
	}
	bk_ledger_free(ledger);
}

static void an_event_that_is_there_is_not_added_again(void **state)
{
	struct bk_event event = sample;
	bk_ledger *ledger;
	char *line;

	(void)state;
	event.event = "e1";
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	assert_int_equal(bk_ledger_add(ledger, &event, &line), BK_OK);
	bk_ledger_line_free(line);
	assert_int_equal(bk_ledger_add(ledger, &event, &line), BK_EEXISTS);
	assert_int_equal(count_events(ledger), 1);
	bk_ledger_free(ledger);
}

static void times_are_ordered_as_instants_whatever_their_offset(void **state)
{
	static const char *const times[] = {"1969-12-31T23:59:59Z", "2015-12-04", "2015-12-04T01:30:00+01:00",
		"2015-12-04T00:30:00.25Z", "2015-12-04t00:30:00.3z", "2015-12-03T23:31:00-01:00",
		"2016-02-29T00:00:00Z"};
	static const char *const none[] = {"", "now", "2015", "2015-12", "2015-12-32", "2015-13-01",
		"2015-02-29", "2015-12-04T", "2015-12-04T10:00:00", "2015-12-04T24:00:00Z",
		"2015-12-04T10:00:00+1", "2015-12-04T10:00:00Zx", "2015-12-04T10:00:00.Z",
		"2015-12-04T10.00:00Z"};
	struct bk_instant last, next;

	(void)state;
	assert_true(bk_instant_parse(bk_str_of("1970-01-01T00:00:00Z"), &last));
	assert_true(last.seconds == 0);
	assert_true(bk_instant_parse(bk_str_of("2001-09-09T01:46:40Z"), &last));
	assert_true(last.seconds == 1000000000);
	assert_true(bk_instant_parse(bk_str_of(times[0]), &last));
	for (size_t i = 1; i < sizeof times / sizeof *times; i++, last = next) {
		assert_true(bk_instant_parse(bk_str_of(times[i]), &next));
		assert_true(bk_instant_compare(last, next) < 0);
	}
	for (size_t i = 0; i < sizeof none / sizeof *none; i++)
		assert_false(bk_instant_parse(bk_str_of(none[i]), &next));
}

static void what_is_said_last_in_one_second_comes_last(void **state)
{
	struct bk_event event = sample;
	const struct bk_event *events;
	bk_ledger *ledger;
	char number[32];
	size_t count;

	(void)state;
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	for (int i = 0; i < 500; i++) {
		char *line;

		snprintf(number, sizeof number, "%d", i);
		event.reason = number;
		assert_int_equal(bk_ledger_add(ledger, &event, &line), BK_OK);
		bk_ledger_line_free(line);
	}
	events = bk_ledger_events(ledger, &count);
	for (size_t i = 0; i < count; i++) {
		snprintf(number, sizeof number, "%zu", i);
		assert_string_equal(events[i].reason, number);
	}
	bk_ledger_free(ledger);
}

static void an_id_steps_on_when_the_clock_stands_still(void **state)
{
	char last[BK_EVENT_ID_LEN + 1], next[BK_EVENT_ID_LEN + 1];

	(void)state;
	assert_int_equal(bk_event_id_make(1449250200000, NULL, last), BK_OK);
	for (int i = 0; i < 5000; i++) {
		assert_int_equal(bk_event_id_make(1449250200000, last, next), BK_OK);
		assert_true(strcmp(last, next) < 0);
		memcpy(last, next, sizeof last);
	}
	assert_int_equal(bk_event_id_make(5, "no id of ours", next), BK_OK);
	assert_true(strncmp(next, "0000000005", 10) == 0);
}

#define LINE(id, more)                                                                                       \
	"{\"schema\":1,\"event\":\"" id "\",\"time\":\"2015-12-04T10:00:00Z\",\"party\":\"EU\",\"act\":"     \
	"\"object\",\"bracket\":\"abcde\"" more "}"

static void hostile_lines_are_skipped_and_named(void **state)
{
	static const char *const lines[] = {"{", "not json", "[]", "7", "\"x\"", LINE("e1", ",\"schema\":1"),
		"{\"schema\":2,\"event\":\"x\"}", "{\"event\":\"x\"}", LINE("", ""), LINE("e 1", ""),
		LINE("e1", ",\"alternative\":0"), LINE("e1", ",\"alternative\":-1"),
		LINE("e1", ",\"alternative\":\"2\""), LINE("e1", ",\"reason\":7"),
		LINE("e1", ",\"reason\":\"a\\u0000b\""), LINE("e1", ",\"if\":\"x\""),
		LINE("e1", ",\"if\":[7]"), LINE("e1", ",\"anchor\":7"),
		LINE("e1", ",\"anchor\":{\"start\":\"x\"}"),
		LINE("e1", ",\"anchor\":{\"start\":9,\"end\":3}"), LINE("e1", ",\"reason\":\"\xff\""),
		LINE("e1", "") "x", "\x01", "{\"schema\":1,\"event\":\"x\",\"time\":"};
	struct bk_buf bytes = BK_BUF_INIT;
	char expected[64];
	const size_t count = sizeof lines / sizeof *lines;
	bk_ledger *ledger;

	(void)state;
	bk_buf_puts(&bytes, LINE("good1", ",\"unknown\":{\"deep\":[1,2]}") "\n\n");
	for (size_t i = 0; i < count; i++) {
		bk_buf_puts(&bytes, lines[i]);
		bk_buf_putc(&bytes, '\n');
	}
	bk_buf_puts(&bytes, LINE("good2", ",\"reason\":null") "\r\n");
	bk_buf_put(&bytes, "{\"a\0b\":1}\n", 10);
	bk_buf_fill(&bytes, '[', 200000);
	bk_buf_putc(&bytes, '\n');
	bk_buf_fill(&bytes, ' ', 2 * BK_EVENT_LINE_MAX);
	bk_buf_puts(&bytes, "{}\n{\"schema\":1,\"event\":\"torn");
	ledger = parse(bytes.bytes, bytes.len);
	assert_int_equal(count_events(ledger), 2);
	assert_int_equal(count_faults(ledger), count + 4);
	for (size_t i = 0; i < count; i++) {
		snprintf(expected, sizeof expected, "a.ledger:%zu: ", i + 3);
		assert_ptr_equal(strstr(bk_ledger_faults(ledger)[i], expected), bk_ledger_faults(ledger)[i]);
	}
	bk_ledger_free(ledger);
	bk_buf_release(&bytes);
}

static void a_ledger_with_a_byte_order_mark_or_no_last_line_end_is_read(void **state)
{
	static const char bytes[] = "\xef\xbb\xbf" LINE("e1", "") "\r\n" LINE("e2", "");
	bk_ledger *ledger = parse(bytes, sizeof bytes - 1);

	(void)state;
	assert_int_equal(count_events(ledger), 2);
	assert_int_equal(count_faults(ledger), 0);
	bk_ledger_free(ledger);
}

static void the_same_event_twice_counts_once(void **state)
{
	static const char bytes[] =
		LINE("e1", "") "\n" LINE("e1", "") "\n" LINE("e1", ",\"reason\":\"x\"") "\n";
	static const char turned[] = LINE("e1", ",\"reason\":\"x\"") "\n" LINE("e1", "") "\n";
	bk_ledger *ledger = parse(bytes, sizeof bytes - 1), *other = parse(turned, sizeof turned - 1);
	size_t count;

	(void)state;
	assert_int_equal(count_events(ledger), 1);
	assert_int_equal(count_faults(ledger), 1);
	assert_int_equal(count_faults(other), 1);
	assert_string_equal(
		bk_ledger_events(ledger, &count)->reason, bk_ledger_events(other, &count)->reason);
	bk_ledger_free(ledger);
	bk_ledger_free(other);
}

/* ---- Union ----------------------------------------------------------------------------------------- */

static uint64_t draw(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void put_random_ledger(struct bk_buf *out, uint64_t *seed)
{
	const size_t lines = draw(seed) % 12;

	for (size_t i = 0; i < lines; i++) {
		const unsigned id = (unsigned)(draw(seed) % 10), shape = (unsigned)(draw(seed) % 8);

		if (shape == 0)
			bk_buf_printf(out, "torn %u", id);
		else if (shape > 1)
			bk_buf_printf(out,
				"{\"schema\":1,\"event\":\"e%u\",\"time\":\"2015-12-04T1%u:00:00%s\","
				"\"party\":\"EU\","
				"\"act\":\"object\",\"bracket\":\"abcde\",\"alternative\":%u}",
				id, id % 4, id % 3 ? "Z" : "+02:00", shape == 7 ? 2u : 1u);
		bk_buf_puts(out, draw(seed) % 5 ? "\n" : "\r\n");
	}
	if (out->len && draw(seed) % 3 == 0)
		bk_buf_remove(out, out->len - 1, 1);
}

static struct bk_buf join(struct bk_buf a, struct bk_buf b)
{
	struct bk_buf out = BK_BUF_INIT;
	char *bytes;
	size_t len;

	assert_int_equal(bk_ledger_union(a.bytes, a.len, b.bytes, b.len, &bytes, &len), BK_OK);
	bk_buf_put(&out, bytes, len);
	bk_ledger_line_free(bytes);
	return out;
}

static void assert_same(struct bk_buf a, struct bk_buf b)
{
	assert_true(bk_str_equal(bk_buf_str(&a), bk_buf_str(&b)));
}

static void union_is_commutative_associative_and_idempotent(void **state)
{
	uint64_t seed = 20151204;

	(void)state;
	for (int round = 0; round < 600; round++) {
		struct bk_buf a = BK_BUF_INIT, b = BK_BUF_INIT, c = BK_BUF_INIT;
		struct bk_buf ab, ba, bc, left, right, again;

		put_random_ledger(&a, &seed);
		put_random_ledger(&b, &seed);
		put_random_ledger(&c, &seed);
		ab = join(a, b);
		ba = join(b, a);
		assert_same(ab, ba);
		bc = join(b, c);
		left = join(ab, c);
		right = join(a, bc);
		assert_same(left, right);
		again = join(ab, a);
		assert_same(ab, again);
		bk_buf_release(&again);
		again = join(ab, ab);
		assert_same(ab, again);
		struct bk_buf *all[] = {&a, &b, &c, &ab, &ba, &bc, &left, &right, &again};

		for (size_t i = 0; i < sizeof all / sizeof *all; i++)
			bk_buf_release(all[i]);
	}
}

static void union_keeps_every_line_of_both_byte_for_byte(void **state)
{
	static const char a[] = LINE("e2", ", \"extra\" : 1") "\ntorn", b[] = LINE("e1", "") "\n";
	char *out;
	size_t len;

	(void)state;
	assert_int_equal(bk_ledger_union(a, sizeof a - 1, b, sizeof b - 1, &out, &len), BK_OK);
	assert_string_equal(out, LINE("e1", "") "\n" LINE("e2", ", \"extra\" : 1") "\ntorn\n");
	bk_ledger_line_free(out);
	assert_int_equal(bk_ledger_union("", 0, NULL, 0, &out, &len), BK_OK);
	assert_int_equal(len, 0);
	bk_ledger_line_free(out);
}

/* ---- Memory and time ------------------------------------------------------------------------------- */

static void when_memory_runs_out_nothing_has_changed(void **state)
{
	static const char bytes[] = LINE("e1", ",\"if\":[\"x\"]") "\nfault\n" LINE("e2", "") "\n";
	bool done = false;

	(void)state;
	for (size_t after = 0; !done; after++) {
		bk_ledger *ledger = NULL, *parsed = NULL;
		char *line = NULL, *out = NULL;
		size_t len;
		int status;

		assert_int_equal(bk_ledger_new(&ledger), BK_OK);
		bk_alloc_fail_after(after);
		status = bk_ledger_add(ledger, &sample, &line);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || (status == BK_ENOMEM && !line && count_events(ledger) == 0));
		bk_ledger_line_free(line);
		bk_alloc_fail_after(after);
		done = bk_ledger_parse(&parsed, bytes, sizeof bytes - 1, "x") == BK_OK;
		bk_alloc_fail_after(after);
		done &= bk_ledger_union(bytes, sizeof bytes - 1, bytes, sizeof bytes - 1, &out, &len) ==
			BK_OK;
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(!parsed || count_events(parsed) == 2);
		bk_ledger_free(parsed);
		bk_ledger_free(ledger);
		bk_ledger_line_free(out);
	}
}

static void ten_thousand_events_are_read_in_order(void **state)
{
	struct bk_buf bytes = BK_BUF_INIT;
	struct timespec from, to;
	bk_ledger *ledger;

	(void)state;
	for (unsigned i = 0; i < 10000; i++)
		bk_buf_printf(&bytes,
			"{\"schema\":1,\"event\":\"e%u\",\"time\":\"2015-12-%02uT10:%02u:00Z\",\"author\":"
			"\"Ana "
			"<a@example.org>\",\"party\":\"EU\",\"act\":\"object\",\"bracket\":\"abc%02u\","
			"\"anchor\":{"
			"\"path\":\"Article 4 > "
			"3\",\"text\":\"[shall]\",\"before\":\"%064u\",\"after\":\"%064u\","
			"\"blob\":\"0123456789012345678901234567890123456789\",\"start\":1,\"end\":8},"
			"\"reason\":"
			"\"because\"}\n",
			i, i % 28 + 1, i % 60, i % 100, i, i);
	clock_gettime(CLOCK_MONOTONIC, &from);
	ledger = parse(bytes.bytes, bytes.len);
	clock_gettime(CLOCK_MONOTONIC, &to);
	print_message("10,000 events (%zu kB) in %.1f ms\n", bytes.len / 1000,
		(double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6);
	assert_int_equal(count_events(ledger), 10000);
	for (size_t i = 1; i < ledger->events.len; i++)
		assert_true(
			bk_instant_compare(ledger->instants.items[i - 1], ledger->instants.items[i]) <= 0);
	bk_ledger_free(ledger);
	bk_buf_release(&bytes);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_added_is_read_back_as_it_was),
		cmocka_unit_test(keys_that_say_nothing_are_left_out),
		cmocka_unit_test(an_event_that_is_not_valid_is_refused_and_nothing_changes),
		cmocka_unit_test(an_event_that_is_there_is_not_added_again),
		cmocka_unit_test(times_are_ordered_as_instants_whatever_their_offset),
		cmocka_unit_test(what_is_said_last_in_one_second_comes_last),
		cmocka_unit_test(an_id_steps_on_when_the_clock_stands_still),
		cmocka_unit_test(hostile_lines_are_skipped_and_named),
		cmocka_unit_test(a_ledger_with_a_byte_order_mark_or_no_last_line_end_is_read),
		cmocka_unit_test(the_same_event_twice_counts_once),
		cmocka_unit_test(union_is_commutative_associative_and_idempotent),
		cmocka_unit_test(union_keeps_every_line_of_both_byte_for_byte),
		cmocka_unit_test(when_memory_runs_out_nothing_has_changed),
		cmocka_unit_test(ten_thousand_events_are_read_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
