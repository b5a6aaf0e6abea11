/* The facade of a merge: what each version changed, where that meets, what stands there, and how all of it
 * is written. */
#include "compare/merge_private.h"

#include "base/alloc.h"
#include "base/sort.h"

#include <stdlib.h>

static const char *const act_names[BK_MERGE_ACT_COUNT] = {
	[BK_MERGE_ADD] = "add",
	[BK_MERGE_DELETE] = "delete",
	[BK_MERGE_REPLACE] = "replace",
	[BK_MERGE_MOVE] = "move",
	[BK_MERGE_RESERVE] = "reserve",
	[BK_MERGE_SUPPORT] = "support",
	[BK_MERGE_OPPOSE] = "oppose",
	[BK_MERGE_WITHDRAW] = "withdraw",
	[BK_MERGE_LAYOUT] = "layout",
};

static const char *const fate_names[BK_MERGE_FATE_COUNT] = {
	[BK_MERGE_BRACKETED] = "bracketed",
	[BK_MERGE_TAKEN] = "taken",
	[BK_MERGE_LEFT] = "left",
};

const char *bk_merge_act_name(enum bk_merge_act act)
{
	return act_names[act];
}

const char *bk_merge_fate_name(enum bk_merge_fate fate)
{
	return fate_names[fate];
}

/* ---- Versions ------------------------------------------------------------------------------------------ */

static int compare_versions(const void *a, const void *b)
{
	const struct bk_version *x = a, *y = b;

	return strcmp(x->party, y->party);
}

/* A copy of them in the order of the roster, which is that of its codes. */
static int take_versions(struct bk_merge *merge, const struct bk_version *versions, size_t count)
{
	merge->count = count;
	merge->versions = bk_arena_array(&merge->arena, count + 1, sizeof *merge->versions);
	if (!merge->versions)
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++) {
		struct bk_version *version = &merge->versions[i];

		*version = versions[i];
		version->party = bk_arena_dup(&merge->arena, versions[i].party, strlen(versions[i].party));
		version->name = bk_arena_dup(&merge->arena, versions[i].name, strlen(versions[i].name));
		if (!version->party || !version->name)
			return bk_fail_memory();
	}
	if (count)
		qsort(merge->versions, count, sizeof *merge->versions, compare_versions);
	for (size_t i = 1; i < count; i++)
		if (strcmp(merge->versions[i - 1].party, merge->versions[i].party) == 0)
			return bk_fail(BK_EINVAL, "party '%s' is given twice: it has one version",
				merge->versions[i].party);
	return BK_OK;
}

static int take_options(struct bk_merge *merge, const struct bk_merge_options *options)
{
	merge->options = *options;
	if (merge->options.conventions)
		return BK_OK;
	const int status = bk_conventions_new(&merge->own_conventions, NULL, NULL, 0);

	merge->options.conventions = merge->own_conventions;
	return status;
}

/* ---- Making -------------------------------------------------------------------------------------------- */

static uint64_t place_of_proposal(const void *proposal)
{
	return ((const struct bk_merge_proposal *)proposal)->place;
}

static int compare_proposals(const void *a, const void *b)
{
	const struct bk_merge_proposal *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	if (x->party != y->party)
		return x->party < y->party ? -1 : 1;
	if (x->file.start != y->file.start)
		return x->file.start < y->file.start ? -1 : 1;
	return x->base.start < y->base.start ? -1 : x->base.start > y->base.start;
}

/* A place while places are put in order. */
struct ordered {
	struct bk_merge_place place;
	uint32_t was;
};

static uint64_t start_of_place(const void *ordered)
{
	return ((const struct ordered *)ordered)->place.out.start;
}

static int compare_places(const void *a, const void *b)
{
	const struct ordered *x = a, *y = b;

	if (x->place.out.start != y->place.out.start)
		return x->place.out.start < y->place.out.start ? -1 : 1;
	if (x->place.out.end != y->place.out.end)
		return x->place.out.end > y->place.out.end ? -1 : 1;
	return x->was < y->was ? -1 : x->was > y->was;
}

/* Put places in the order of the compilation; those of which all was left hold nothing, and go. */
static int order_places(struct bk_merge *merge)
{
	const size_t count = merge->placed.places.len;
	struct ordered *ordered = bk_malloc((count + 1) * sizeof *ordered);
	uint32_t *now = bk_malloc((count + 1) * sizeof *now);
	size_t kept = 0;
	int status = ordered && now ? BK_OK : bk_fail_memory();

	if (status == BK_OK)
		memset(now, 0xFF, (count + 1) * sizeof *now); /* BK_NONE */
	for (size_t i = 0; i < count && status == BK_OK; i++)
		if (merge->placed.places.items[i].proposal_count)
			ordered[kept++] = (struct ordered){merge->placed.places.items[i], (uint32_t)i};
	if (status == BK_OK)
		status = bk_sort(ordered, kept, sizeof *ordered, start_of_place, compare_places);
	for (uint32_t i = 0; i < kept && status == BK_OK; i++) {
		merge->placed.places.items[i] = ordered[i].place;
		now[ordered[i].was] = i;
	}
	if (status == BK_OK)
		merge->placed.places.len = kept;
	for (size_t i = 0; i < merge->placed.proposals.len && status == BK_OK; i++) {
		struct bk_merge_proposal *proposal = &merge->placed.proposals.items[i];

		if (proposal->place != BK_NONE)
			proposal->place = now[proposal->place];
		if (proposal->source != BK_NONE)
			proposal->source = now[proposal->source];
	}
	if (status == BK_OK)
		status = bk_sort(merge->placed.proposals.items, merge->placed.proposals.len,
			sizeof *merge->placed.proposals.items, place_of_proposal, compare_proposals);
	bk_free(ordered);
	bk_free(now);
	return status;
}

bool bk_merge_shares_brackets(const struct bk_merge *merge, size_t place)
{
	const struct bk_merge_place *all = merge->placed.places.items;

	return place > 0 && all[place].bracketed && all[place - 1].bracketed &&
	       all[place].out.start == all[place - 1].out.start &&
	       all[place].out.end == all[place - 1].out.end;
}

/* Brackets within brackets are one dispute: overlapping edits brought them together. */
static void count_disputes(struct bk_merge *merge)
{
	size_t end = 0;

	for (size_t i = 0; i < merge->placed.places.len; i++) {
		const struct bk_merge_place *place = &merge->placed.places.items[i];

		if (!place->bracketed || place->from != BK_NONE || bk_merge_shares_brackets(merge, i))
			continue;
		if (merge->disputes && place->out.start < end) {
			merge->inner_disputes++;
			continue;
		}
		merge->disputes++;
		end = place->out.end;
	}
}

static int place(struct bk_merge *merge)
{
	int status = bk_regions_find(&merge->regions, merge->amendments, merge->count);

	if (status == BK_OK)
		status = bk_regions_agree(&merge->regions, merge->amendments, merge->count);
	if (status == BK_OK)
		status = bk_merge_place_regions(merge);
	return status == BK_OK ? bk_merge_write(merge) : status;
}

/* As before anything was placed. */
static void unplace(struct bk_merge *merge)
{
	bk_regions_release(&merge->regions);
	BK_VEC_RELEASE(&merge->moves);
	bk_placed_release(&merge->placed);
	memset(&merge->placed, 0, sizeof merge->placed);
	BK_VEC_RELEASE(&merge->of_base);
	bk_buf_release(&merge->out);
	bk_shells_release(&merge->base.shells);
}

/* Place what changed so that each party reads its own words: what it does not read so stands with what is beside it,
 * by and by with more.  Names that are kept out of the text stand in brackets until all is read. */
static int place_legibly(struct bk_merge *merge)
{
	const enum bk_style style = merge->options.style;
	const int rounds = merge->options.unopposed ? 0 : BK_MISREAD_ROUNDS;
	bk_spans misread = {0};
	int status;

	if (rounds && style == BK_STYLE_NONE)
		merge->options.style = BK_STYLE_PREFIX;
	status = place(merge);
	for (int round = 0; round < rounds && status == BK_OK; round++) {
		status = bk_merge_tie_misread(merge, round, &misread);
		if (status != BK_OK || !misread.len)
			break;
		unplace(merge);
		status = place(merge);
	}
	BK_VEC_RELEASE(&misread);
	if (status != BK_OK || merge->options.style == style)
		return status;
	merge->options.style = style;
	unplace(merge);
	return place(merge);
}

static int make(struct bk_merge *merge, struct bk_str base)
{
	int status = bk_merge_find_amendments(merge, base);

	if (status == BK_OK)
		status = place_legibly(merge);
	if (status == BK_OK)
		status = bk_merge_find_copies(merge);
	if (status == BK_OK)
		bk_merge_tell_moves(merge);
	if (status == BK_OK)
		status = order_places(merge);
	if (status == BK_OK)
		status = bk_merge_pair_moves(merge);
	if (status == BK_OK)
		count_disputes(merge);
	return status;
}

int bk_merge_new_in_stretches(bk_merge **out, struct bk_str base, const struct bk_version *versions,
	size_t count, const struct bk_merge_options *options, size_t stretches)
{
	struct bk_merge *merge = bk_calloc(1, sizeof *merge);
	int status;

	if (!merge)
		return bk_fail_memory();
	merge->stretches = stretches;
	status = take_options(merge, options);
	if (status == BK_OK)
		status = take_versions(merge, versions, count);
	if (status == BK_OK)
		status = make(merge, base);
	if (status != BK_OK) {
		bk_merge_free(merge);
		return status;
	}
	*out = merge;
	return BK_OK;
}

int bk_merge_new(bk_merge **out, const char *base, size_t base_len, const struct bk_version *versions,
	size_t count, const struct bk_merge_options *options)
{
	return bk_merge_new_in_stretches(out, (struct bk_str){base, base_len}, versions, count, options, 0);
}

void bk_merge_free(bk_merge *merge)
{
	if (!merge)
		return;
	unplace(merge);
	for (size_t i = 0; merge->of_versions && i < merge->count; i++)
		BK_VEC_RELEASE(&merge->of_versions[i]);
	bk_free(merge->of_versions);
	bk_merge_release_amendments(merge);
	BK_VEC_RELEASE(&merge->runs);
	bk_free(merge->run_of);
	bk_conventions_free(merge->own_conventions);
	bk_arena_release(&merge->arena);
	bk_free(merge);
}

/* ---- What it holds ------------------------------------------------------------------------------------- */

const char *bk_merge_bytes(const bk_merge *merge, size_t *len)
{
	*len = merge->out.len;
	return bk_buf_string(&merge->out);
}

const struct bk_version *bk_merge_versions(const bk_merge *merge, size_t *count)
{
	*count = merge->count;
	return merge->versions;
}

const struct bk_merge_proposal *bk_merge_proposals(const bk_merge *merge, size_t *count)
{
	*count = merge->placed.proposals.len;
	return merge->placed.proposals.items;
}

const struct bk_merge_place *bk_merge_places(const bk_merge *merge, size_t *count)
{
	*count = merge->placed.places.len;
	return merge->placed.places.items;
}

const struct bk_merge_naming *bk_merge_namings(const bk_merge *merge, size_t *count)
{
	*count = merge->placed.names.len;
	return merge->placed.names.items;
}

size_t bk_merge_disputes(const bk_merge *merge)
{
	return merge->disputes;
}

size_t bk_merge_inner_disputes(const bk_merge *merge)
{
	return merge->inner_disputes;
}

size_t bk_merge_names_left(const bk_merge *merge)
{
	size_t count = 0;

	for (size_t i = 0; i < merge->placed.proposals.len; i++) {
		const struct bk_merge_proposal *it = &merge->placed.proposals.items[i];

		count += it->fate == BK_MERGE_LEFT && it->act == BK_MERGE_REPLACE;
	}
	return count;
}
