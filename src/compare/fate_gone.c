/* Brackets of the old text without a partner: joined with others in one, accepted, deleted. */
#include "base/alloc.h"
#include "base/error.h"
#include "compare/fate_private.h"

/* The innermost new enclosure that holds half of the standing words at least, or BK_NONE. */
static int find_common(struct bk_fater *fater, const struct bk_extent *extent, size_t found, uint32_t *out)
{
	const struct bk_enclosures *enclosures = &fater->fates->new_enclosures;
	int status = BK_OK;

	*out = BK_NONE;
	for (uint32_t w = extent->first; w < extent->last && status == BK_OK; w++) {
		const uint32_t word = bk_fate_place(fater, w);
		uint32_t around = word == BK_NONE ? BK_NONE : enclosures->of_word[word];

		for (size_t i = 0; i < BK_FATE_CLIMB && around != BK_NONE && status == BK_OK; i++) {
			status = bk_fater_tally(fater, around);
			around = enclosures->items.items[around].parent;
		}
	}
	for (size_t i = 0; i < fater->touched.len; i++) {
		const uint32_t at = fater->touched.items[i];

		if (2 * (size_t)fater->tally[at] > found && (*out == BK_NONE || at > *out))
			*out = at;
	}
	bk_fater_forget(fater);
	return status;
}

/* Whether the bracket is around x in the old text. */
static bool is_ancestor(const struct bk_fater *fater, uint32_t ancestor, uint32_t old)
{
	const struct bk_enclosures *enclosures = &fater->fates->old_enclosures;
	const uint32_t outer = enclosures->of_bracket[ancestor], inner = enclosures->of_bracket[old];

	return outer != BK_NONE && inner != BK_NONE && outer < inner &&
	       enclosures->items.items[inner].start < enclosures->items.items[outer].end;
}

/* Of an enclosure of the new text, the old bracket that it pairs with, or BK_NONE. */
static uint32_t partner_of(const struct bk_fater *fater, uint32_t enclosure)
{
	const uint32_t bracket = fater->fates->new_enclosures.items.items[enclosure].bracket;

	if (bracket == BK_NONE || fater->fates->now[bracket].kind == BK_DIFFERENCE_SPLIT)
		return BK_NONE;
	return fater->fates->now[bracket].partner;
}

/* The enclosure around those that are parts of x: what stood in brackets within it and does so still. */
static uint32_t leave_parts(const struct bk_fater *fater, uint32_t enclosure, uint32_t old)
{
	const struct bk_bracket *x = &fater->old.draft->brackets[old];

	while (enclosure != BK_NONE) {
		const uint32_t was = partner_of(fater, enclosure);

		if (was == BK_NONE || fater->old.draft->brackets[was].start <= x->start ||
			fater->old.draft->brackets[was].end >= x->end)
			break;
		enclosure = fater->fates->new_enclosures.items.items[enclosure].parent;
	}
	return enclosure;
}

/* Whether an enclosure of the new text is what stood around x before, or nothing is. */
static bool is_old_surrounding(const struct bk_fater *fater, uint32_t enclosure, uint32_t old)
{
	uint32_t was;

	if (enclosure == BK_NONE || fater->fates->new_enclosures.items.items[enclosure].bracket == BK_NONE)
		return true;
	was = partner_of(fater, enclosure);
	return was != BK_NONE && is_ancestor(fater, was, old);
}

/*
 * Whether a new bracket without partner is made of what stood beside x in one bracket around both: that was worded
 * anew beyond recognition, and x did not go into another one.
 */
static bool is_worn_surrounding(struct bk_fater *fater, uint32_t enclosure, uint32_t old)
{
	const struct bk_enclosures *enclosures = &fater->fates->old_enclosures;
	const uint32_t bracket = fater->fates->new_enclosures.items.items[enclosure].bracket;
	const struct bk_extent *now = &fater->now.extents[bracket], *x = &fater->old.extents[old];
	uint32_t around = enclosures->of_bracket[old];

	if (partner_of(fater, enclosure) != BK_NONE || around == BK_NONE)
		return false;
	for (size_t i = 0; i < BK_FATE_CLIMB && (around = enclosures->items.items[around].parent) != BK_NONE;
		i++) {
		const struct bk_enclosure *was = &enclosures->items.items[around];
		size_t shared = 0;

		if (was->bracket == BK_NONE || fater->fates->old[was->bracket].partner != BK_NONE)
			continue;
		if (!bk_fater_affords(fater, bk_extent_len(now)))
			return false;
		for (uint32_t w = now->first; w < now->last; w++) {
			const uint32_t source = bk_fate_source(fater, w);
			const size_t at =
				source == BK_NONE ? BK_NOWHERE : fater->old.words->items.items[source].start;

			shared +=
				at >= was->start && at < was->end && (source < x->first || source >= x->last);
		}
		if (2 * shared >= bk_extent_len(now))
			return true;
	}
	return false;
}

static uint16_t accepted_details(
	const struct bk_fater *fater, uint32_t old, const struct bk_standing *standing)
{
	const struct bk_extent *extent = &fater->old.extents[old];
	uint16_t details = standing->found < standing->words ? BK_DETAIL_REWORDED : 0;
	uint32_t first = BK_NONE;

	for (uint32_t w = extent->first; w < extent->last; w++) {
		const uint32_t word = bk_fate_place(fater, w);

		if (word == BK_NONE)
			continue;
		first = first == BK_NONE ? word : first;
		if (!is_old_surrounding(fater, fater->fates->new_enclosures.of_word[word], old))
			details |= BK_DETAIL_PARTLY;
	}
	if (first != BK_NONE &&
		bk_fate_in_option(fater->now.draft, fater->now.words->items.items[first].start))
		details |= BK_DETAIL_IN_OPTION;
	return details;
}

/* Whether other words stand where the bracket stood: new ones, without brackets, between its old neighbours. */
static bool is_replaced(const struct bk_fater *fater, const struct bk_extent *extent)
{
	const uint32_t *to_new = fater->matches->to_new;
	const size_t count = fater->old.words->items.len;
	uint32_t before = extent->first, after = extent->last;

	while (before > 0 && extent->first - before < 6 && to_new[before - 1] == BK_NONE)
		before--;
	while (after < count && after - extent->last < 6 && to_new[after] == BK_NONE)
		after++;
	if (before == 0 || after >= count || to_new[before - 1] == BK_NONE || to_new[after] == BK_NONE)
		return false;
	for (uint32_t n = to_new[before - 1] + 1; n < to_new[after]; n++)
		if (fater->matches->to_old[n] == BK_NONE &&
			fater->fates->new_enclosures.of_word[n] == BK_NONE)
			return true;
	return false;
}

/* Punctuation stands when it does between the same neighbours without brackets around it. */
static bool punctuation_stands(const struct bk_fater *fater, uint32_t old)
{
	const struct bk_str mark =
		bk_str_trim(bk_bracket_inside(fater->old.draft, &fater->old.draft->brackets[old]));
	const struct bk_words *now = fater->now.words;
	const uint32_t word = fater->old.extents[old].first, *to_new = fater->matches->to_new;
	uint32_t next;

	if (word >= fater->old.words->items.len || word == 0 || to_new[word] == BK_NONE ||
		to_new[word - 1] == BK_NONE || to_new[word] != to_new[word - 1] + 1 || mark.len == 0)
		return false;
	next = to_new[word];
	for (uint32_t at = now->items.items[next - 1].end; at + mark.len <= now->items.items[next].start;
		at++)
		if (memcmp(now->draft->bytes.ptr + at, mark.ptr, mark.len) == 0)
			return true;
	return false;
}

/* A label stands when its provision has it without brackets. */
static bool label_stands(const struct bk_fater *fater, uint32_t old)
{
	struct bk_span there;

	return bk_matches_label(fater->matches, fater->old.draft->brackets[old].text, &there) &&
	       there.start < there.end;
}

/* Whether a new bracket has all its words from one old one, and so none of another's. */
static bool is_full_of_its_own(const struct bk_fater *fater, uint32_t now)
{
	return now != BK_NONE && fater->fates->now[now].kind == BK_DIFFERENCE_KEPT;
}

int bk_fater_tell_gone(struct bk_fater *fater, uint32_t old)
{
	const struct bk_extent *extent = &fater->old.extents[old];
	struct bk_standing standing = {0};
	struct bk_fate *fate = &fater->fates->old[old];
	uint32_t common;
	int status;

	*fate = (struct bk_fate){BK_NONE, BK_DIFFERENCE_DELETED, 0};
	if (!bk_fater_affords(fater, 3 * bk_extent_len(extent)))
		return BK_OK;
	for (uint32_t w = extent->first; w < extent->last; w++)
		bk_standing_count(fater, &standing, fater->old.words->items.items[w].number,
			bk_fate_place(fater, w) != BK_NONE);
	if (standing.words == 0) {
		fate->kind = punctuation_stands(fater, old) || label_stands(fater, old)
				     ? BK_DIFFERENCE_ACCEPTED
				     : BK_DIFFERENCE_DELETED;
		return BK_OK;
	}
	if (!bk_standing_holds(&standing)) {
		fate->details = is_replaced(fater, extent) ? BK_DETAIL_REPLACED : 0;
		return BK_OK;
	}
	status = find_common(fater, extent, standing.found, &common);
	if (status != BK_OK)
		return status;
	common = leave_parts(fater, common, old);
	if (!is_old_surrounding(fater, common, old) && !is_worn_surrounding(fater, common, old)) {
		const uint32_t now = fater->fates->new_enclosures.items.items[common].bracket;

		if (is_full_of_its_own(fater, now))
			fate->details = is_replaced(fater, extent) ? BK_DETAIL_REPLACED : 0;
		else
			*fate = (struct bk_fate){now, BK_DIFFERENCE_JOINED, 0};
		return BK_OK;
	}
	fate->kind = BK_DIFFERENCE_ACCEPTED;
	fate->details = accepted_details(fater, old, &standing);
	return BK_OK;
}

/* ---- Several in one ------------------------------------------------------------------------------------ */

/* How many words of an old bracket stand in a new one. */
static size_t count_shared(const struct bk_fater *fater, uint32_t old, uint32_t now)
{
	const struct bk_extent *was = &fater->old.extents[old], *is = &fater->now.extents[now];
	size_t shared = 0;

	for (uint32_t w = was->first; w < was->last; w++) {
		const uint32_t word = bk_fate_place(fater, w);

		shared += word != BK_NONE && word >= is->first && word < is->last;
	}
	return shared;
}

/* What went into a new bracket. */
struct joined {
	uint32_t count, words;	 /* old brackets, and their words in it */
	uint32_t largest, share; /* the one with most words there */
};

int bk_fater_pair_largest(struct bk_fater *fater)
{
	struct bk_fates *fates = fater->fates;
	const size_t old_count = fater->old.draft->bracket_count, count = fater->now.draft->bracket_count;
	struct joined *joined = bk_calloc(count + 1, sizeof *joined);

	if (!joined)
		return bk_fail_memory();
	for (uint32_t b = 0; b < old_count; b++) {
		const uint32_t now = fates->old[b].partner;
		uint32_t shared;

		if (fates->old[b].kind != BK_DIFFERENCE_JOINED || now == BK_NONE ||
			!bk_fater_affords(fater, bk_extent_len(&fater->old.extents[b])))
			continue;
		shared = (uint32_t)count_shared(fater, b, now);
		joined[now].count++;
		joined[now].words += shared;
		if (shared > joined[now].share) {
			joined[now].largest = b;
			joined[now].share = shared;
		}
	}
	for (uint32_t b = 0; b < count; b++) {
		if (joined[b].count < 2 || fates->now[b].kind != BK_DIFFERENCE_COUNT ||
			2 * (size_t)joined[b].words < bk_extent_len(&fater->now.extents[b]))
			continue;
		fates->old[joined[b].largest] = (struct bk_fate){b, BK_DIFFERENCE_REWORDED, 0};
		fates->now[b] = (struct bk_fate){joined[b].largest, BK_DIFFERENCE_REWORDED, 0};
	}
	bk_free(joined);
	return BK_OK;
}
