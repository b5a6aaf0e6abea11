#include "compare/fate.h"

#include "base/alloc.h"
#include "base/error.h"
#include "compare/fate_private.h"

/* ---- Opened, reopened ---------------------------------------------------------------------------------- */

static void tell_new(struct bk_fater *fater, uint32_t now)
{
	const struct bk_extent *extent = &fater->now.extents[now];
	struct bk_standing standing = {0};

	fater->fates->now[now] = (struct bk_fate){BK_NONE, BK_DIFFERENCE_OPENED, 0};
	if (!bk_fater_affords(fater, bk_extent_len(extent)))
		return;
	for (uint32_t w = extent->first; w < extent->last; w++) {
		const uint32_t was = bk_fate_source(fater, w);

		bk_standing_count(fater, &standing, fater->now.words->items.items[w].number,
			was != BK_NONE && fater->fates->old_enclosures.of_word[was] == BK_NONE);
	}
	if (bk_standing_holds(&standing) && standing.words)
		fater->fates->now[now].kind = BK_DIFFERENCE_REOPENED;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static int prepare(struct bk_fater *fater)
{
	struct bk_fates *fates = fater->fates;
	const size_t old = fater->matches->old.draft->bracket_count,
		     now = fater->matches->now.draft->bracket_count;
	int status = bk_enclosures_find(&fates->old_enclosures, &fater->matches->old);

	if (status == BK_OK)
		status = bk_enclosures_find(&fates->new_enclosures, &fater->matches->now);
	if (status == BK_OK)
		status = bk_side_prepare(&fater->old, &fater->matches->old);
	if (status == BK_OK)
		status = bk_side_prepare(&fater->now, &fater->matches->now);
	if (status == BK_OK)
		status = bk_fater_weigh(fater);
	if (status != BK_OK)
		return status;
	fates->old = bk_malloc((old + 1) * sizeof *fates->old);
	fates->now = bk_malloc((now + 1) * sizeof *fates->now);
	fater->tally = bk_calloc(now + fates->new_enclosures.items.len + 1, sizeof *fater->tally);
	if (!fates->old || !fates->now || !fater->tally)
		return bk_fail_memory();
	for (size_t i = 0; i < old; i++)
		fates->old[i] = (struct bk_fate){BK_NONE, BK_DIFFERENCE_COUNT, 0};
	for (size_t i = 0; i < now; i++)
		fates->now[i] = (struct bk_fate){BK_NONE, BK_DIFFERENCE_COUNT, 0};
	return BK_OK;
}

static bool is_left(const struct bk_side *side, const struct bk_fate *fates, uint32_t bracket)
{
	return side->extents[bracket].disputed && fates[bracket].kind == BK_DIFFERENCE_COUNT;
}

static int tell_all(struct bk_fater *fater)
{
	struct bk_fates *fates = fater->fates;
	int status = bk_fater_pair(fater);

	for (uint32_t b = 0; b < fater->old.draft->bracket_count && status == BK_OK; b++)
		if (is_left(&fater->old, fates->old, b))
			status = bk_fater_split(fater, b);
	for (uint32_t b = 0; b < fater->old.draft->bracket_count && status == BK_OK; b++)
		if (is_left(&fater->old, fates->old, b)) {
			status = bk_stop_check(&fater->matches->stop);
			if (status == BK_OK)
				status = bk_fater_tell_gone(fater, b);
		}
	if (status == BK_OK)
		status = bk_fater_pair_largest(fater);
	for (uint32_t b = 0; b < fater->now.draft->bracket_count && status == BK_OK; b++)
		if (is_left(&fater->now, fates->now, b))
			tell_new(fater, b);
	if (status != BK_OK)
		return status;
	bk_fater_choose(fater);
	for (uint32_t b = 0; b < fater->old.draft->bracket_count; b++)
		if (fater->old.extents[b].disputed)
			fates->old[b].details |= bk_fater_option(fater, b);
	return BK_OK;
}

int bk_fates_find(struct bk_fates *fates, const struct bk_matches *matches)
{
	struct bk_fater fater = {.fates = fates, .matches = matches};
	int status;

	*fates = (struct bk_fates){.matches = matches};
	status = prepare(&fater);
	if (status == BK_OK)
		status = tell_all(&fater);
	bk_side_release(&fater.old);
	bk_side_release(&fater.now);
	bk_free(fater.full);
	bk_free(fater.tally);
	BK_VEC_RELEASE(&fater.touched);
	return status;
}

void bk_fates_release(struct bk_fates *fates)
{
	bk_enclosures_release(&fates->old_enclosures);
	bk_enclosures_release(&fates->new_enclosures);
	bk_free(fates->old);
	bk_free(fates->now);
}
