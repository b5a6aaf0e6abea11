/*
 * Carrying: recorded brackets brought from the texts they were recorded on into the draft of now.
 *
 *	newest anchor of an id  ->  draft of its blob  ->  compared with the draft of now  ->  where it opens
 *	                                |  not found                                             ^
 *	                                +--> revision after revision, each compared with the next
 *
 * A blob is read once, and compared once, for all that was recorded on it.  The texts between are asked for what is
 * lost on the straight way: words that changed a little each time have nothing in common after a few revisions.
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

enum { STEPS = 48 }; /* as many revisions as are asked for what is lost */

struct bk_carry {
	struct bk_arena arena; /* the ids */
	struct bk_carried *list;
	size_t count;
};

/* A recorded bracket that is looked for. */
struct seeker {
	const char *id;
	const struct bk_anchor *anchor;
	enum { UNREAD, LOST, FOUND } state;
	uint32_t bracket; /* in the text that the chain has come to, or BK_NONE */
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
static uint32_t recorded_bracket(const struct bk_digests *digests, const struct bk_anchor *anchor)
{
	const bk_draft *draft = digests->draft;
	const uint32_t bracket = bk_draft_bracket_from(draft, anchor->start);

	return bracket < draft->bracket_count && draft->brackets[bracket].start == anchor->start &&
			       draft->brackets[bracket].end == anchor->end &&
			       bk_anchor_same_words(anchor, digests, bracket)
		       ? bracket
		       : BK_NONE;
}

/* ---- Straight from the text of the anchor ------------------------------------------------------------------- */

static int find(bk_carry *carry, struct seeker *seeker, const bk_draft *draft, uint32_t bracket)
{
	seeker->state = FOUND;
	return add(carry, (struct bk_carried){seeker->id, draft->brackets[bracket].start, false});
}

static int carry_from(
	bk_carry *carry, const bk_draft *old, const bk_draft *draft, struct seeker *seekers, size_t count)
{
	bk_comparison *comparison = NULL;
	struct bk_digests digests;
	int status = bk_digests_init(&digests, old);

	if (status == BK_OK)
		status = bk_comparison_new(&comparison, old, draft);
	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const uint32_t was = recorded_bracket(&digests, seekers[i].anchor);
		const uint32_t is = was == BK_NONE ? BK_NONE : bk_comparison_carry(comparison, was);

		if (was != BK_NONE)
			seekers[i].state = LOST;
		if (is != BK_NONE)
			status = find(carry, &seekers[i], draft, is);
	}
	bk_comparison_free(comparison);
	bk_digests_release(&digests);
	return status;
}

static int carry_blobs(bk_carry *carry, const bk_draft *draft, const struct bk_carry_source *source,
	struct seeker *seekers, size_t count)
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

/* ---- Through the revisions between ---------------------------------------------------------------------------- */

/* The seekers on their way, and the draft they have come to. */
struct chain {
	const struct bk_carry_source *source;
	struct seeker *seekers;
	size_t count;
	bk_draft *draft;
};

static bool is_travelling(const struct chain *chain)
{
	for (size_t i = 0; i < chain->count; i++)
		if (chain->seekers[i].bracket != BK_NONE)
			return true;
	return false;
}

static bool starts_here(const struct seeker *seeker, const char *blob)
{
	return seeker->state == LOST && strcmp(seeker->anchor->blob, blob) == 0;
}

static bool anyone_starts(const struct chain *chain, const char *blob)
{
	for (size_t i = 0; i < chain->count; i++)
		if (starts_here(&chain->seekers[i], blob))
			return true;
	return false;
}

/* All that are on their way, one draft further. */
static int advance(struct chain *chain, const bk_draft *next)
{
	bk_comparison *comparison = NULL;
	int status;

	if (!is_travelling(chain))
		return BK_OK;
	status = bk_comparison_new(&comparison, chain->draft, next);
	for (size_t i = 0; i < chain->count && status == BK_OK; i++)
		if (chain->seekers[i].bracket != BK_NONE)
			chain->seekers[i].bracket =
				bk_comparison_carry(comparison, chain->seekers[i].bracket);
	bk_comparison_free(comparison);
	return status;
}

/* Those that were recorded on the text that the chain has come to. */
static int start(struct chain *chain, const char *blob)
{
	struct bk_digests digests;
	const int status = bk_digests_init(&digests, chain->draft);

	for (size_t i = 0; i < chain->count && status == BK_OK; i++)
		if (starts_here(&chain->seekers[i], blob))
			chain->seekers[i].bracket = recorded_bracket(&digests, chain->seekers[i].anchor);
	bk_digests_release(&digests);
	return status;
}

static int pass_revision(struct chain *chain, const char *blob)
{
	bk_draft *next = NULL;
	int status;

	if (!is_travelling(chain) && !anyone_starts(chain, blob))
		return BK_OK;
	status = chain->source->read(chain->source->context, blob, &next);
	if (status < 0)
		return status == BK_ENOTFOUND ? BK_OK : status;
	status = advance(chain, next);
	bk_draft_free(chain->draft);
	chain->draft = next;
	return status == BK_OK ? start(chain, blob) : status;
}

/* Those that are lost, through the last STEPS revisions. */
static int carry_through(bk_carry *carry, const bk_draft *draft, const struct bk_carry_source *source,
	struct seeker *seekers, size_t count)
{
	struct chain chain = {.source = source, .seekers = seekers, .count = count};
	const char *const *blobs;
	size_t blob_count = 0;
	int status = source->revisions(source->context, &blobs, &blob_count);

	for (size_t i = blob_count > STEPS ? blob_count - STEPS : 0; i < blob_count && status == BK_OK; i++)
		status = pass_revision(&chain, blobs[i]);
	if (status == BK_OK)
		status = advance(&chain, draft);
	for (size_t i = 0; i < count && status == BK_OK; i++)
		if (seekers[i].bracket != BK_NONE)
			status = find(carry, &seekers[i], draft, seekers[i].bracket);
	bk_draft_free(chain.draft);
	return status;
}

/* What is not found may still be found by its words: nobody has said that it is gone. */
static int leave_to_words(bk_carry *carry, const struct seeker *seekers, size_t count)
{
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++)
		if (seekers[i].state == LOST)
			status = add(carry, (struct bk_carried){seekers[i].id, BK_NOWHERE, .by_words = true});
	return status;
}

static bool any_lost(const struct seeker *seekers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (seekers[i].state == LOST)
			return true;
	return false;
}

static int carry_all(bk_carry *carry, const bk_draft *draft, const struct bk_carry_source *source,
	struct seeker *seekers, size_t count)
{
	int status = carry_blobs(carry, draft, source, seekers, count);

	if (status == BK_OK && source->revisions && any_lost(seekers, count))
		status = carry_through(carry, draft, source, seekers, count);
	return status == BK_OK ? leave_to_words(carry, seekers, count) : status;
}

/* ---- All of it -------------------------------------------------------------------------------------------- */

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
		seekers[count++] = (struct seeker){record->id, record->anchors[0], UNREAD, BK_NONE};
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
		status = carry_all(
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
