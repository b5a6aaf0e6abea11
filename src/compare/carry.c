/*
 * Carrying: recorded brackets brought from the texts they were recorded on into the draft of now.
 *
 *	newest anchor of an id  ->  draft of its blob  ->  compared with the draft of now  ->  where it opens
 *
 * A blob is read once, and compared once, for all that was recorded on it.  The texts between are not asked: from
 * the first to the last text of the sample the way through them finds no more, and costs three comparisons.
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "draft/draft.h"
#include "ledger/anchor.h"
#include "ledger/recorded.h"

#include <bracked/compare.h>
#include <stdlib.h>
#include <string.h>

struct bk_carry {
	struct bk_arena arena; /* the ids */
	struct bk_carried *list;
	size_t count;
};

struct seeker {
	const char *id;
	const struct bk_anchor *anchor;
};

static int compare_blobs(const void *a, const void *b)
{
	return strcmp(((const struct seeker *)a)->anchor->blob, ((const struct seeker *)b)->anchor->blob);
}

static int add(bk_carry *carry, struct bk_carried carried)
{
	carried.id = bk_arena_dup(&carry->arena, carried.id, strlen(carried.id));
	if (!carried.id)
		return bk_fail_memory();
	carry->list[carry->count++] = carried;
	return BK_OK;
}

/* The bracket that the anchor was made of, when the draft is the one it was made on. */
static uint32_t recorded_bracket(const bk_draft *draft, const struct bk_anchor *anchor)
{
	const uint32_t bracket = bk_draft_bracket_from(draft, anchor->start);

	return bracket < draft->bracket_count && draft->brackets[bracket].start == anchor->start &&
			       draft->brackets[bracket].end == anchor->end &&
			       bk_anchor_same_words(anchor, draft, bracket)
		       ? bracket
		       : BK_NONE;
}

/* Of each bracket that was split, the piece with the most bytes. */
static void find_pieces(const bk_comparison *comparison, const bk_draft *draft, uint32_t *pieces)
{
	for (uint32_t b = 0; b < draft->bracket_count; b++) {
		const uint32_t was = bk_comparison_origin(comparison, b);
		const struct bk_bracket *bracket = &draft->brackets[b], *best;

		if (was == BK_NONE)
			continue;
		best = pieces[was] == BK_NONE ? NULL : &draft->brackets[pieces[was]];
		if (!best || bracket->end - bracket->start > best->end - best->start)
			pieces[was] = b;
	}
}

static int carry_from(bk_carry *carry, const bk_draft *old, const bk_draft *draft,
	const struct seeker *seekers, size_t count)
{
	uint32_t *pieces = bk_malloc((old->bracket_count + 1) * sizeof *pieces);
	bk_comparison *comparison = NULL;
	int status = pieces ? bk_comparison_new(&comparison, old, draft) : bk_fail_memory();

	if (status == BK_OK) {
		memset(pieces, 0xff, (old->bracket_count + 1) * sizeof *pieces);
		find_pieces(comparison, draft, pieces);
	}
	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const uint32_t was = recorded_bracket(old, seekers[i].anchor);
		uint32_t is = was == BK_NONE ? BK_NONE : bk_comparison_carry(comparison, was);

		if (was != BK_NONE && is == BK_NONE)
			is = pieces[was];
		if (was == BK_NONE)
			continue;
		/* What is not found may still be found by its words: nobody has said that it is gone. */
		status = add(carry,
			is == BK_NONE ? (struct bk_carried){seekers[i].id, BK_NOWHERE, .by_words = true}
				      : (struct bk_carried){seekers[i].id, draft->brackets[is].start, false});
	}
	bk_comparison_free(comparison);
	bk_free(pieces);
	return status;
}

static int carry_blobs(bk_carry *carry, const bk_draft *draft, const struct bk_carry_source *source,
	const struct seeker *seekers, size_t count)
{
	int status = BK_OK;

	for (size_t first = 0, end; first < count && status == BK_OK; first = end) {
		bk_draft *old = NULL;

		for (end = first + 1; end < count && compare_blobs(&seekers[first], &seekers[end]) == 0;
			end++)
			;
		status = source->read(source->context, seekers[first].anchor->blob, &old);
		if (status == BK_ENOTFOUND) {
			status = BK_OK;
			continue;
		}
		if (status == BK_OK)
			status = carry_from(carry, old, draft, &seekers[first], end - first);
		bk_draft_free(old);
	}
	return status;
}

/* Ids recorded on another text, that are neither known nor said to be gone, by blob. */
static size_t collect(const struct bk_records *records, const struct bk_map *known, const char *blob,
	struct seeker *seekers)
{
	size_t count = 0, index;

	for (size_t i = 0; i < records->items.len; i++) {
		const struct bk_recorded *record = &records->items.items[i];

		if (record->gone || record->anchor_count == 0 || !*record->anchors[0]->blob ||
			strcmp(record->anchors[0]->blob, blob) == 0 ||
			bk_map_get(known, bk_str_of(record->id), &index))
			continue;
		seekers[count++] = (struct seeker){record->id, record->anchors[0]};
	}
	if (count)
		qsort(seekers, count, sizeof *seekers, compare_blobs);
	return count;
}

static int fill(bk_carry *carry, const struct bk_records *records, const bk_draft *draft,
	const struct bk_carry_source *source, const struct bk_carried *known, size_t known_count)
{
	struct seeker *seekers = bk_calloc(records->items.len + 1, sizeof *seekers);
	struct bk_map ids = {0};
	int status = BK_OK;

	carry->list = bk_calloc(records->items.len + known_count + 1, sizeof *carry->list);
	if (!seekers || !carry->list)
		status = bk_fail_memory();
	for (size_t i = 0; i < known_count && status == BK_OK; i++) {
		status = bk_map_set(&ids, bk_str_of(known[i].id), i);
		if (status == BK_OK)
			status = add(carry, known[i]);
	}
	if (status == BK_OK)
		status = carry_blobs(
			carry, draft, source, seekers, collect(records, &ids, source->blob, seekers));
	bk_map_release(&ids);
	bk_free(seekers);
	return status;
}

int bk_carry_new(bk_carry **out, const bk_ledger *ledger, const bk_draft *draft,
	const struct bk_carry_source *source, const struct bk_carried *known, size_t known_count)
{
	bk_carry *carry = bk_calloc(1, sizeof *carry);
	struct bk_records records;
	int status;

	if (!carry)
		return bk_fail_memory();
	status = bk_records_collect(&records, ledger, draft);
	if (status == BK_OK)
		status = fill(carry, &records, draft, source, known, known_count);
	bk_records_release(&records);
	if (status < 0) {
		bk_carry_free(carry);
		return status;
	}
	*out = carry;
	return BK_OK;
}

const struct bk_carried *bk_carry_list(const bk_carry *carry, size_t *count)
{
	*count = carry->count;
	return carry->list;
}

void bk_carry_free(bk_carry *carry)
{
	if (!carry)
		return;
	bk_arena_release(&carry->arena);
	bk_free(carry->list);
	bk_free(carry);
}
