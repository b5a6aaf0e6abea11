/*
 * Any bytes may stand in a ledger: reading it ends, its events come in order and each once, faulty lines are
 * told, and the union of a ledger with itself, or with another in either order, says the same.
 */
#include "fuzz.h"
#include <bracked/ledger.h>

#include <string.h>

static bk_ledger *parse(const char *bytes, size_t len)
{
	bk_ledger *ledger = NULL;

	stop_if(bk_ledger_parse(&ledger, bytes, len, "ledger") < 0, "any bytes are a ledger");
	return ledger;
}

static void check_events(const bk_ledger *ledger)
{
	size_t count;
	const struct bk_event *events = bk_ledger_events(ledger, &count);

	for (size_t i = 0; i < count; i++) {
		stop_if(!events[i].event[0] || !events[i].time[0] || !events[i].bracket[0],
			"a valid event has an id, a time and a bracket");
		stop_if(events[i].act >= BK_EVENT_COUNT, "a valid event has an act");
		for (size_t k = 0; k < i && k < 50; k++)
			stop_if(strcmp(events[k].event, events[i].event) == 0, "an event counts once");
	}
}

/* Both ledgers have the same events in the same order. */
static void check_equal(const bk_ledger *a, const bk_ledger *b)
{
	size_t count, other;
	const struct bk_event *first = bk_ledger_events(a, &count), *second = bk_ledger_events(b, &other);

	stop_if(count != other, "a union has the events of both");
	for (size_t i = 0; i < count; i++)
		stop_if(strcmp(first[i].event, second[i].event) != 0, "a union has the events in order");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	const size_t half = size / 2;
	bk_ledger *whole = parse(bytes, size), *again, *left, *right;
	char *one, *two;
	size_t one_len, two_len;

	check_events(whole);
	stop_if(bk_ledger_union(bytes, size, bytes, size, &one, &one_len) < 0, "a ledger unites with itself");
	again = parse(one, one_len);
	check_equal(whole, again);
	bk_ledger_line_free(one);
	bk_ledger_free(again);

	stop_if(bk_ledger_union(bytes, half, bytes + half, size - half, &one, &one_len) < 0, "two unite");
	stop_if(bk_ledger_union(bytes + half, size - half, bytes, half, &two, &two_len) < 0, "two unite");
	left = parse(one, one_len);
	right = parse(two, two_len);
	check_equal(left, right);
	bk_ledger_line_free(one);
	bk_ledger_line_free(two);
	bk_ledger_free(left);
	bk_ledger_free(right);
	bk_ledger_free(whole);
	return 0;
}
