/* Brackets that seem to stand in both texts, and are others by their partners. */
#include "compare/amendment_private.h"

static bool is_lone(const struct bk_gap_side *side, size_t item)
{
	return side->match.items[item] == BK_NONE;
}

static bool is_end(const struct bk_gap_side *side, size_t item)
{
	return bk_gap_is_bracket(side, item, '[') || bk_gap_is_bracket(side, item, ']');
}

static size_t count_lone_ends(const struct bk_gap_match *gap, const struct bk_gap_side *side)
{
	size_t count = 0;

	for (size_t i = gap->head; i + gap->tail < side->items.len; i++)
		count += is_lone(side, i) && is_end(side, i);
	return count;
}

/* Whether there may be others at all: one of the base went, and its other end too, or one came.  Of these some
 * may be beyond a window. */
static bool may_be_others(const struct bk_gap_match *gap)
{
	const size_t went = count_lone_ends(gap, &gap->base);

	return went > 1 || ((went || gap->window) && count_lone_ends(gap, &gap->file)) ||
	       (went && gap->window);
}

/* While they are open, each has the one round it for its partner. */
static int find_partners(struct bk_gap_side *side)
{
	uint32_t open = BK_NONE, *partners;

	if (!BK_VEC_RESERVE(&side->partners, side->items.len + 1))
		return bk_fail_memory();
	partners = side->partners.items;
	for (uint32_t i = 0; i < side->items.len; i++) {
		partners[i] = BK_NONE;
		if (bk_gap_is_bracket(side, i, '[')) {
			partners[i] = open;
			open = i;
		} else if (open != BK_NONE && bk_gap_is_bracket(side, i, ']')) {
			const uint32_t round = partners[open];

			partners[i] = open;
			partners[open] = i;
			open = round;
		}
	}
	while (open != BK_NONE) {
		const uint32_t round = partners[open];

		partners[open] = BK_NONE;
		open = round;
	}
	return BK_OK;
}

/* The words of the base that stand in both. */
static int find_words(struct bk_gap_match *gap)
{
	const struct bk_gap_side *base = &gap->base;

	gap->found.len = 0;
	if (!BK_VEC_RESERVE(&gap->found, base->items.len + 1))
		return bk_fail_memory();
	for (uint32_t i = 0; i < base->items.len; i++)
		if (!is_lone(base, i) && bk_is_word(bk_gap_bytes(base, i).ptr[0]))
			gap->found.items[gap->found.len++] = i;
	return BK_OK;
}

/* The two ends of brackets. */
struct ends {
	uint32_t open, close;
};

static struct ends ends_of(const struct bk_gap_side *side, uint32_t item)
{
	const uint32_t partner = side->partners.items[item];

	return item < partner ? (struct ends){item, partner} : (struct ends){partner, item};
}

/* Whether a word stands in brackets of both texts. */
static bool have_word(const struct bk_gap_match *gap, struct ends base, struct ends file)
{
	const uint32_t *found = gap->found.items, *match = gap->base.match.items;
	const size_t in_base = BK_SEARCH(i, gap->found.len, found[i] < base.open),
		     in_file = BK_SEARCH(j, gap->found.len, match[found[j]] < file.open),
		     first = in_base > in_file ? in_base : in_file;

	return first < gap->found.len && found[first] < base.close && match[found[first]] < file.close;
}

/* Whether one end of brackets of the base went, and the other, too. */
static bool went(struct bk_gap_match *gap, uint32_t end)
{
	const uint32_t partner = gap->base.partners.items[end];

	gap->falls_short |= is_lone(&gap->base, end) && partner == BK_NONE;
	return is_lone(&gap->base, end) && partner != BK_NONE && is_lone(&gap->base, partner);
}

/* An end, beside brackets of the base, of others that went, or BK_NONE. */
static uint32_t gone_beside(struct bk_gap_match *gap, struct ends ends)
{
	const struct bk_gap_side *base = &gap->base;

	if (ends.open > 0 && bk_gap_is_bracket(base, ends.open - 1, ']') && went(gap, ends.open - 1))
		return ends.open - 1;
	return ends.close + 1 < base->items.len && bk_gap_is_bracket(base, ends.close + 1, '[') &&
			       went(gap, ends.close + 1)
		       ? ends.close + 1
		       : BK_NONE;
}

/* Whether an end of the base that stands in both is another one there, by its partner, unless a word says
 * otherwise; or beside: by what went beside it, if words in that stand.  What has its partner here in one text
 * alone may be with it beyond the window. */
static bool may_be_another(struct bk_gap_match *gap, uint32_t item, uint32_t *beside)
{
	const uint32_t there = gap->base.match.items[item], partner = gap->base.partners.items[item],
		       partner_there = gap->file.partners.items[there];

	*beside = BK_NONE;
	if (partner == BK_NONE || partner_there == BK_NONE) {
		gap->falls_short |= partner != partner_there;
		return false;
	}
	if (gap->base.match.items[partner] != partner_there)
		return is_lone(&gap->base, partner) && is_lone(&gap->file, partner_there);
	*beside = gone_beside(gap, ends_of(&gap->base, item));
	return *beside != BK_NONE;
}

static bool is_another(const struct bk_gap_match *gap, uint32_t item, uint32_t beside)
{
	const struct ends all = {0, (uint32_t)gap->file.items.len};

	return !have_word(gap, ends_of(&gap->base, item), ends_of(&gap->file, gap->base.match.items[item])) &&
	       (beside == BK_NONE || have_word(gap, ends_of(&gap->base, beside), all));
}

int bk_gap_part_brackets(struct bk_gap_match *gap)
{
	struct bk_gap_side *base = &gap->base;
	bool has_words = false;
	uint32_t beside;
	int status;

	if (!may_be_others(gap))
		return BK_OK;
	status = find_partners(base);
	if (status == BK_OK)
		status = find_partners(&gap->file);
	for (uint32_t i = 0; i < base->items.len && status == BK_OK; i++) {
		if (is_lone(base, i) || !is_end(base, i) || !may_be_another(gap, i, &beside))
			continue;
		if (!has_words)
			status = find_words(gap);
		has_words = true;
		if (status == BK_OK && is_another(gap, i, beside))
			bk_gap_part(gap, i);
	}
	return status;
}
