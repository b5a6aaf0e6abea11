/*
 * Pieces: an old bracket whose words fill several new ones, each of which is mostly made of them, fell apart.
 */
#include "compare/fate_private.h"

#include "base/error.h"

int bk_fater_tally(struct bk_fater *fater, uint32_t at)
{
	if (fater->tally[at]++ == 0) {
		uint32_t *touched = BK_VEC_PUSH(&fater->touched);

		if (!touched)
			return bk_fail_memory();
		*touched = at;
	}
	return BK_OK;
}

void bk_fater_forget(struct bk_fater *fater)
{
	for (size_t i = 0; i < fater->touched.len; i++)
		fater->tally[fater->touched.items[i]] = 0;
	fater->touched.len = 0;
}

/* A piece of the old bracket at hand: a bracket that is most of what it was, and was nothing else. */
static bool is_piece(const struct bk_fater *fater, uint32_t now)
{
	return fater->now.extents[now].disputed && fater->fates->now[now].partner == BK_NONE &&
	       fater->fates->now[now].kind != BK_DIFFERENCE_SPLIT &&
	       2 * (size_t)fater->tally[now] >= bk_extent_len(&fater->now.extents[now]);
}

/* Take the pieces, outer ones before those in them, or only count them. */
static size_t visit_pieces(struct bk_fater *fater, uint32_t old, bool take, size_t *words)
{
	size_t count = 0;

	*words = 0;
	for (size_t i = 0; i < fater->touched.len; i++) {
		const uint32_t now = fater->touched.items[i];
		uint32_t around = fater->now.draft->brackets[now].parent;

		for (size_t climb = 0;
			around != BK_NONE && !(fater->tally[around] && is_piece(fater, around));
			climb++, fater->effort++)
			around = climb < BK_FATE_CLIMB ? fater->now.draft->brackets[around].parent : BK_NONE;
		if (around != BK_NONE || !is_piece(fater, now))
			continue;
		count++;
		*words += fater->tally[now];
		if (take)
			fater->fates->now[now] = (struct bk_fate){old, BK_DIFFERENCE_SPLIT, 0};
	}
	return count;
}

int bk_fater_split(struct bk_fater *fater, uint32_t old)
{
	const struct bk_extent *extent = &fater->old.extents[old];
	size_t words;
	int status = BK_OK;

	if (!bk_fater_affords(fater, bk_extent_len(extent)))
		return BK_OK;
	for (uint32_t w = extent->first; w < extent->last && status == BK_OK; w++) {
		const uint32_t word = bk_fate_place(fater, w);
		uint32_t bracket = word == BK_NONE ? BK_NONE : fater->now.of_word[word];

		for (size_t i = 0; i < BK_FATE_CLIMB && bracket != BK_NONE && status == BK_OK; i++) {
			status = bk_fater_tally(fater, bracket);
			bracket = fater->now.draft->brackets[bracket].parent;
		}
	}
	if (status == BK_OK && visit_pieces(fater, old, false, &words) >= 2 &&
		2 * words >= bk_extent_len(extent)) {
		fater->fates->old[old] = (struct bk_fate){BK_NONE, BK_DIFFERENCE_SPLIT, 0};
		visit_pieces(fater, old, true, &words);
	}
	bk_fater_forget(fater);
	return status;
}
