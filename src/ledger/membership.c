/* Asking a roster: who is this, is this one in that group, who was meant. */
#include "ledger/roster.h"

#include "base/near.h"
#include "base/vec.h"
#include "ledger/party.h"

enum { NESTING = 4, NEAR_MAX = 16 };

const struct bk_party *bk_roster_parties(const bk_roster *roster, size_t *count)
{
	*count = roster->entries.len;
	return roster->sorted;
}

const struct bk_membership *bk_roster_memberships(const bk_roster *roster, size_t *count)
{
	*count = roster->memberships.len;
	return roster->memberships.items;
}

const struct bk_names *bk_roster_names(const bk_roster *roster)
{
	return &roster->asked;
}

const struct bk_party *bk_roster_find(const bk_roster *roster, const char *name, size_t len)
{
	const size_t index = bk_roster_index(roster, (struct bk_str){name, len});

	return index == SIZE_MAX ? NULL : &roster->sorted[roster->entries.items[index].place];
}

/* ---- Members --------------------------------------------------------------------------------------- */

/* The first ten bytes of date, or a date after all others. */
static struct bk_str day_of(const char *date)
{
	struct bk_str day = bk_str_of(date && date[0] ? date : "9999-12-31");

	day.len = day.len > 10 ? 10 : day.len;
	return day;
}

static bool holds_on(const struct bk_membership *membership, struct bk_str day)
{
	return (!membership->from[0] || bk_str_compare(bk_str_of(membership->from), day) <= 0) &&
	       (!membership->until[0] || bk_str_compare(day, bk_str_of(membership->until)) < 0);
}

/* Index of the group's first membership; memberships are sorted by group. */
static size_t first_of(const bk_roster *roster, const char *group)
{
	return BK_SEARCH(i, roster->memberships.len, strcmp(roster->memberships.items[i].group, group) < 0);
}

static bool is_of(const bk_roster *roster, size_t index, const char *group)
{
	return index < roster->memberships.len && strcmp(roster->memberships.items[index].group, group) == 0;
}

static bool is_direct(const bk_roster *roster, const char *group, const char *party, struct bk_str day)
{
	for (size_t i = first_of(roster, group); is_of(roster, i, group); i++)
		if (strcmp(roster->memberships.items[i].party, party) == 0 &&
			holds_on(&roster->memberships.items[i], day))
			return true;
	return false;
}

/* Members that are groups bring in their own members, NESTING deep. */
static bool is_within(
	const bk_roster *roster, const char *group, const char *party, struct bk_str day, int depth)
{
	if (is_direct(roster, group, party, day))
		return true;
	if (depth == 0)
		return false;
	for (size_t i = first_of(roster, group); is_of(roster, i, group); i++) {
		const struct bk_membership *membership = &roster->memberships.items[i];
		const size_t member = bk_roster_index(roster, bk_str_of(membership->party));

		if (roster->entries.items[member].party.group && holds_on(membership, day) &&
			is_within(roster, membership->party, party, day, depth - 1))
			return true;
	}
	return false;
}

bool bk_roster_is_member(const bk_roster *roster, const char *group, const char *party, const char *date)
{
	return strcmp(group, party) == 0 ||
	       (roster && is_within(roster, group, party, day_of(date), NESTING));
}

/* Members that are groups themselves count for their members. */
static size_t size_within(const bk_roster *roster, const char *group, struct bk_str day, int depth)
{
	size_t size = 0;

	for (size_t i = first_of(roster, group); is_of(roster, i, group); i++) {
		const struct bk_membership *membership = &roster->memberships.items[i];
		const size_t member = bk_roster_index(roster, bk_str_of(membership->party));

		if (!holds_on(membership, day))
			continue;
		if (roster->entries.items[member].party.group && depth > 0)
			size += size_within(roster, membership->party, day, depth - 1);
		else
			size++;
	}
	return size;
}

size_t bk_roster_size(const bk_roster *roster, const char *group, const char *date)
{
	return roster ? size_within(roster, group, day_of(date), NESTING) : 0;
}

/* ---- Who was meant --------------------------------------------------------------------------------- */

struct near {
	const char *code;
	size_t distance;
};

static void consider(struct near *list, size_t *count, size_t max, struct near found)
{
	size_t at;

	for (at = 0; at < *count && strcmp(list[at].code, found.code) != 0; at++)
		;
	if (at < *count && list[at].distance <= found.distance)
		return;
	if (at == *count) {
		if (*count == max && list[*count - 1].distance <= found.distance)
			return;
		at = *count < max ? (*count)++ : *count - 1;
	}
	for (; at > 0 && list[at - 1].distance > found.distance; at--)
		list[at] = list[at - 1];
	list[at] = found;
}

/* Distance of keys, or SIZE_MAX when more than a third of the letters differ. */
static size_t distance(struct bk_str key, const char *spelling)
{
	char other[BK_PARTY_KEY_MAX];
	const size_t len = bk_party_key(bk_str_of(spelling), other);
	const size_t longer = len > key.len ? len : key.len;
	const size_t found = bk_near_distance(key, (struct bk_str){other, len});

	return found != SIZE_MAX && found * 3 <= longer ? found : SIZE_MAX;
}

size_t bk_roster_nearest(const bk_roster *roster, const char *name, const char **out, size_t max)
{
	struct near list[NEAR_MAX];
	char bytes[BK_PARTY_KEY_MAX];
	const struct bk_str key = {bytes, bk_party_key(bk_str_of(name), bytes)};
	size_t count = 0;

	max = max > NEAR_MAX ? NEAR_MAX : max;
	for (size_t i = 0; i < roster->entries.len && key.len && max; i++) {
		const struct bk_party *party = &roster->sorted[i];
		struct near best = {party->code, distance(key, party->code)};
		const size_t named = distance(key, party->name);

		best.distance = named < best.distance ? named : best.distance;
		for (size_t a = 0; party->aliases[a]; a++) {
			const size_t found = distance(key, party->aliases[a]);

			best.distance = found < best.distance ? found : best.distance;
		}
		if (best.distance != SIZE_MAX)
			consider(list, &count, max, best);
	}
	for (size_t i = 0; i < count; i++)
		out[i] = list[i].code;
	return count;
}
