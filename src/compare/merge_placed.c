/* What becomes of regions: added while they are placed, and put together in their order. */
#include "compare/merge_place.h"

struct bk_merge_event *bk_placed_event(
	struct bk_placed *placed, size_t at, enum bk_rank rank, size_t far, struct bk_str text)
{
	struct bk_merge_event *event = BK_VEC_PUSH(&placed->events);

	if (event)
		*event = (struct bk_merge_event){.at = at,
			.far = far,
			.text = text,
			.place = BK_NONE,
			.brings = BK_NONE,
			.inside = BK_NONE,
			.number = (uint32_t)(placed->events.len - 1),
			.rank = (uint8_t)rank};
	return event;
}

int bk_placed_name(struct bk_placed *placed, uint32_t mark, const char *party, enum bk_act act)
{
	struct bk_naming_of *naming = BK_VEC_PUSH(&placed->namings);

	if (!naming)
		return bk_fail_memory();
	*naming = (struct bk_naming_of){mark, {party, act}};
	return BK_OK;
}

int bk_placed_add_name(struct bk_placed *placed, struct bk_named_at named, const struct bk_inscribed *name)
{
	struct bk_merge_naming *added = BK_VEC_PUSH(&placed->names);
	struct bk_named_at *kept = added ? BK_VEC_PUSH(&placed->named) : NULL;

	if (!kept)
		return bk_fail_memory();
	*added = (struct bk_merge_naming){.party = name->party, .act = name->act};
	*kept = named;
	return BK_OK;
}

static void count_on(uint32_t *number, size_t first)
{
	if (*number != BK_NONE)
		*number += (uint32_t)first;
}

/* Let numbers count from where events and places will stand. */
static void number_on(struct bk_placed *placed, size_t events, size_t places)
{
	for (size_t i = 0; i < placed->events.len; i++) {
		count_on(&placed->events.items[i].number, events);
		count_on(&placed->events.items[i].place, places);
	}
	for (size_t i = 0; i < placed->proposals.len; i++)
		count_on(&placed->proposals.items[i].place, places);
	for (size_t i = 0; i < placed->standings.len; i++)
		count_on(&placed->standings.items[i].event, events);
	for (size_t i = 0; i < placed->named.len; i++)
		count_on(&placed->named.items[i].event, events);
}

static bool reserve(struct bk_placed *placed, const struct bk_placed *behind)
{
	return BK_VEC_RESERVE(&placed->events, behind->events.len) &&
	       BK_VEC_RESERVE(&placed->namings, behind->namings.len) &&
	       BK_VEC_RESERVE(&placed->literals, behind->literals.len) &&
	       BK_VEC_RESERVE(&placed->proposals, behind->proposals.len) &&
	       BK_VEC_RESERVE(&placed->standings, behind->standings.len) &&
	       BK_VEC_RESERVE(&placed->names, behind->names.len) &&
	       BK_VEC_RESERVE(&placed->named, behind->named.len) &&
	       BK_VEC_RESERVE(&placed->places, behind->places.len);
}

int bk_placed_reserve(struct bk_placed *placed, const struct bk_stretch *stretches, size_t count)
{
	struct bk_placed all = {0};

	for (size_t i = 0; i < count; i++) {
		const struct bk_placed *it = &stretches[i].placed;

		all.events.len += it->events.len;
		all.namings.len += it->namings.len;
		all.literals.len += it->literals.len;
		all.proposals.len += it->proposals.len;
		all.standings.len += it->standings.len;
		all.names.len += it->names.len;
		all.named.len += it->named.len;
		all.places.len += it->places.len;
	}
	return reserve(placed, &all) ? BK_OK : bk_fail_memory();
}

/* Of items for which there is room. */
#define APPEND(vec, other)                                                                                   \
	do {                                                                                                 \
		if ((other)->len)                                                                            \
			memcpy((vec)->items + (vec)->len, (other)->items,                                    \
				(other)->len * sizeof *(vec)->items);                                        \
		(vec)->len += (other)->len;                                                                  \
	} while (0)

int bk_placed_append(struct bk_placed *placed, struct bk_placed *behind)
{
	if (!reserve(placed, behind))
		return bk_fail_memory();
	number_on(behind, placed->events.len, placed->places.len);
	APPEND(&placed->events, &behind->events);
	APPEND(&placed->namings, &behind->namings);
	APPEND(&placed->literals, &behind->literals);
	APPEND(&placed->proposals, &behind->proposals);
	APPEND(&placed->standings, &behind->standings);
	APPEND(&placed->names, &behind->names);
	APPEND(&placed->named, &behind->named);
	APPEND(&placed->places, &behind->places);
	bk_arena_join(&placed->arena, &behind->arena);
	bk_placed_release(behind);
	return BK_OK;
}

void bk_placed_release(struct bk_placed *placed)
{
	BK_VEC_RELEASE(&placed->events);
	BK_VEC_RELEASE(&placed->namings);
	BK_VEC_RELEASE(&placed->literals);
	BK_VEC_RELEASE(&placed->proposals);
	BK_VEC_RELEASE(&placed->standings);
	BK_VEC_RELEASE(&placed->names);
	BK_VEC_RELEASE(&placed->named);
	BK_VEC_RELEASE(&placed->places);
	bk_arena_release(&placed->arena);
}
