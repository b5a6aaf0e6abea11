/*
 * All regions, placed in stretches that are shared out among threads:
 *
 *	regions   0 1 2 3 4 5 | 6 7 8 9 10 11 | 12 13 14 ...
 *	placed    numbers from 0 on in each, and counted on when they are put together in order
 *
 * A region is placed as it stands, whatever became of others.  One thing goes on from one to the next: how much was
 * read round brackets of the base, which may be reason to read it as a whole from some region on.  Then all are placed
 * once more, in one stretch.
 */
#include "compare/merge_place.h"
#include "compare/merge_whole.h"

#include "base/alloc.h"

#include <stdatomic.h>

enum {
	STRETCHES = 16, /* at most, */
	LEAST = 512,	/* and of so many regions at least */
};

/* All regions while they are placed, in stretches that are shared out among threads. */
struct placing {
	struct bk_merge *merge;
	struct bk_stretch *stretches;
	size_t count;
	atomic_size_t read; /* bytes round brackets of the base, by all of them */
};

/* Whether one stretch of all might have read the base as a whole from some region on.  It reads no more than these do
 * together, since each of them begins with nothing kept. */
static bool is_read_whole(struct placing *placing)
{
	return placing->count > 1 &&
	       bk_shells_are_many(placing->merge->base.tokens.bytes, atomic_load(&placing->read));
}

static struct bk_region *regions_of(const struct placing *placing, size_t index, size_t *count)
{
	const size_t all = placing->merge->regions.list.len, first = all * index / placing->count;

	*count = all * (index + 1) / placing->count - first;
	return *count ? placing->merge->regions.list.items + first : NULL;
}

/* Of most regions one party speaks, to replace some words or to put some in. */
static int make_room(struct bk_placed *placed, size_t regions)
{
	return BK_VEC_RESERVE(&placed->events, 2 * regions) && BK_VEC_RESERVE(&placed->places, regions) &&
			       BK_VEC_RESERVE(&placed->proposals, regions) &&
			       BK_VEC_RESERVE(&placed->standings, regions)
		       ? BK_OK
		       : bk_fail_memory();
}

static int place_stretch(void *context, size_t index)
{
	struct placing *placing = context;
	struct bk_stretch *stretch = &placing->stretches[index];
	const struct bk_base *base = &placing->merge->base;
	struct bk_placing_region region = {.merge = placing->merge, .stretch = stretch};
	size_t count;
	struct bk_region *regions = regions_of(placing, index, &count);
	int status;

	*stretch = (struct bk_stretch){
		.merge = placing->merge, .shells = {.bytes = base->tokens.bytes, .notation = base->notation}};
	status = make_room(&stretch->placed, count);
	for (size_t i = 0; i < count && status == BK_OK && !is_read_whole(placing); i++) {
		const size_t read = stretch->shells.read;

		status = bk_place_region(&region, &regions[i]);
		if (stretch->shells.read > read)
			atomic_fetch_add(&placing->read, stretch->shells.read - read);
	}
	bk_placing_release(&region);
	if (placing->count == 1) { /* where it was read as a whole, names are read from that, too */
		placing->merge->base.shells.whole = stretch->shells.whole;
		stretch->shells.whole = NULL;
	}
	bk_shells_release(&stretch->shells);
	return status;
}

/* Put what becomes of a stretch's regions behind that of those before. */
static int append_stretch(struct placing *placing, size_t index)
{
	struct bk_placed *placed = &placing->merge->placed;
	const uint32_t first = (uint32_t)placed->proposals.len;
	size_t count;
	struct bk_region *regions = regions_of(placing, index, &count);
	const int status = bk_placed_append(placed, &placing->stretches[index].placed);

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		regions[i].proposal += first;
		regions[i].proposal_end += first;
	}
	return status;
}

/* Place all regions in so many stretches; or none, when it is to be done in one. */
static int place_in(struct bk_merge *merge, size_t count, bool *done)
{
	struct placing placing = {
		.merge = merge, .count = count, .stretches = bk_calloc(count, sizeof *placing.stretches)};
	int status = placing.stretches ? bk_share_out(place_stretch, &placing, count, bk_share_threads(count))
				       : bk_fail_memory();

	*done = !is_read_whole(&placing);
	if (status == BK_OK && *done)
		status = bk_placed_reserve(&merge->placed, placing.stretches, count);
	for (size_t i = 0; i < count && status == BK_OK && *done; i++)
		status = append_stretch(&placing, i);
	for (size_t i = 0; placing.stretches && i < count; i++)
		bk_placed_release(&placing.stretches[i].placed);
	bk_free(placing.stretches);
	return status;
}

static size_t count_stretches(const struct bk_merge *merge)
{
	const size_t count = merge->regions.list.len / LEAST;

	if (merge->stretches)
		return merge->stretches;
	return count < 1 ? 1 : count < STRETCHES ? count : STRETCHES;
}

int bk_merge_place_regions(struct bk_merge *merge)
{
	bool done = false;
	int status = bk_merge_find_moves(merge);

	if (status == BK_OK && merge->options.unopposed)
		status = bk_merge_find_wholes(merge);
	if (status == BK_OK)
		status = place_in(merge, count_stretches(merge), &done);
	if (status == BK_OK && !done)
		status = place_in(merge, 1, &done);
	return status == BK_OK ? bk_merge_write_names(merge) : status;
}
