/*
 * What became of each bracket of the compilation, as the comparison tells: but a bracket that stands to the byte, as
 * it was or as the base has it, is itself, and not another one that reads much like it.
 *
 *	[EU: a new goal][the old goal] -> [the old goal]		the EU's was deleted
 *	[EU delete: [US support: text]] -> [US support: text]		the EU's was accepted
 *	[US: [old][EU: new] words] -> [US: new words]			that of the US stands
 *	[a [b]][US: [c][a [b]]] -> [c][a [b]]				so does the one behind [c]
 */
#include "app/placing_private.h"

#include "base/alloc.h"
#include "base/error.h"

#include <string.h>

static void tell(const struct bk_placing *placing, const struct bk_difference *difference)
{
	struct bk_placing_fate *fate = &placing->fates[difference->old_bracket];

	fate->kind = (uint8_t)difference->kind;
	fate->won = difference->kind == BK_DIFFERENCE_ACCEPTED ||
		    (difference->kind == BK_DIFFERENCE_CHOSEN &&
			    strncmp(difference->detail, "won", strlen("won")) == 0);
	if (difference->kind == BK_DIFFERENCE_JOINED)
		fate->now = difference->new_bracket;
}

/* Whether what the base has of a bracket, which has that bracket, is what stands now. */
static bool is_as_in_base(const struct bk_placing *placing, const struct bk_bracket *was, struct bk_str now)
{
	const struct bk_str issued =
		bk_placing_words(placing->issued, (struct bk_span){was->start, was->end});
	size_t at = 0;

	if (!placing->exact || bk_proof_origin(placing->proof, was->start) == BK_NOWHERE)
		return false;
	for (size_t i = 0; i < issued.len; i++) {
		if (bk_proof_origin(placing->proof, was->start + i) == BK_NOWHERE)
			continue;
		if (at == now.len || issued.ptr[i] != now.ptr[at])
			return false;
		at++;
	}
	return at == now.len;
}

bool bk_placing_says_same(const struct bk_placing *placing, uint32_t issued, uint32_t now)
{
	size_t count;
	const struct bk_bracket *was = &bk_draft_brackets(placing->issued, &count)[issued],
				*is = &bk_draft_brackets(placing->now, &count)[now];

	return bk_str_equal(bk_placing_words(placing->issued, (struct bk_span){was->start, was->end}),
		bk_placing_words(placing->now, (struct bk_span){is->start, is->end}));
}

/* Whether what stands is a bracket to the byte, as it was or as the base has it. */
static bool stands(const struct bk_placing *placing, uint32_t issued, uint32_t now)
{
	size_t count;
	const struct bk_bracket *was = &bk_draft_brackets(placing->issued, &count)[issued],
				*is = &bk_draft_brackets(placing->now, &count)[now];
	const struct bk_str there = bk_placing_words(placing->now, (struct bk_span){is->start, is->end});

	return bk_placing_says_same(placing, issued, now) || is_as_in_base(placing, was, there);
}

/* Of brackets beside one, or in it, that are told to be gone, the one that stands where that is told to; BK_NONE. */
static uint32_t find_beside(const struct bk_placing *placing, uint32_t bracket, size_t count)
{
	enum { NEAR = 4 };

	for (uint32_t i = bracket > NEAR ? bracket - NEAR : 0; i < count && i <= bracket + NEAR; i++)
		if (placing->fates[i].now == BK_NONE && placing->fates[i].kind != BK_DIFFERENCE_COUNT &&
			stands(placing, i, placing->fates[bracket].now))
			return i;
	return BK_NONE;
}

/* So many bytes before a bracket and behind it are the same. */
static size_t count_context(const struct bk_placing *placing, uint32_t issued, uint32_t now)
{
	enum { MOST = 64 };
	struct bk_str before[2], behind[2];
	const bk_draft *const drafts[] = {placing->issued, placing->now};
	const uint32_t brackets[] = {issued, now};

	for (size_t i = 0; i < 2; i++) {
		size_t len, count;
		const char *bytes = bk_draft_bytes(drafts[i], &len);
		const struct bk_bracket *it = &bk_draft_brackets(drafts[i], &count)[brackets[i]];
		const size_t start = it->start > MOST ? it->start - MOST : 0;

		before[i] = (struct bk_str){bytes + start, it->start - start};
		behind[i] = (struct bk_str){bytes + it->end, len - it->end < MOST ? len - it->end : MOST};
	}
	return bk_str_common_end(before[0], before[1]) + bk_str_common_start(behind[0], behind[1]);
}

/* Of brackets near one that stands, told to be gone and the same to the byte, the one that more of what is beside it
 * tells to stand there; BK_NONE. */
static uint32_t find_twin(const struct bk_placing *placing, uint32_t bracket, size_t count)
{
	enum { NEAR = 16 };
	const uint32_t now = placing->fates[bracket].now;
	size_t most = count_context(placing, bracket, now);
	uint32_t twin = BK_NONE;

	for (uint32_t i = bracket > NEAR ? bracket - NEAR : 0; i < count && i <= bracket + NEAR; i++) {
		if (placing->fates[i].now != BK_NONE || placing->fates[i].kind == BK_DIFFERENCE_COUNT ||
			!bk_placing_says_same(placing, i, now) || count_context(placing, i, now) <= most)
			continue;
		most = count_context(placing, i, now);
		twin = i;
	}
	return twin;
}

/* Whether the same names stand beside a bracket of issued and one of the draft. */
static bool has_names_of(const struct bk_placing *placing, uint32_t issued, uint32_t now)
{
	size_t count, now_count;
	const struct bk_attribution *was = bk_placing_names_beside(&placing->issued_names, issued, &count),
				    *is = bk_placing_names_beside(&placing->now_names, now, &now_count);

	if (count != now_count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (was[i].act != is[i].act || strcmp(was[i].party, is[i].party) != 0)
			return false;
	return true;
}

/* The bracket round one, told to be gone, whose names stand beside what stands, where its own do not; BK_NONE. */
static uint32_t find_around(const struct bk_placing *placing, uint32_t bracket)
{
	const struct bk_placing_fate *fates = placing->fates;
	size_t count;
	const uint32_t around = bk_draft_brackets(placing->issued, &count)[bracket].parent;

	return around != BK_NONE && fates[around].now == BK_NONE &&
			       fates[around].kind != BK_DIFFERENCE_COUNT &&
			       has_names_of(placing, around, fates[bracket].now) &&
			       !has_names_of(placing, bracket, fates[bracket].now)
		       ? around
		       : BK_NONE;
}

/* One that is not what stands there: its own fate is that of the one which is, or that it was deleted. */
static void put_right(const struct bk_placing *placing, uint32_t bracket, uint32_t other)
{
	struct bk_placing_fate *it = &placing->fates[bracket], *of_other = &placing->fates[other];
	const uint32_t now = it->now;

	if (of_other->now == BK_NONE)
		*it = *of_other;
	else
		*it = (struct bk_placing_fate){BK_DIFFERENCE_DELETED, false, BK_NONE};
	*of_other = (struct bk_placing_fate){BK_DIFFERENCE_KEPT, false, now};
}

/* What stands where one is told to, which is not that to the byte; BK_NONE. */
static uint32_t find_other(const struct bk_placing *placing, uint32_t bracket, size_t count)
{
	const uint32_t beside = find_beside(placing, bracket, count);

	if (beside != BK_NONE)
		return beside;
	const uint32_t around = find_around(placing, bracket);

	return around != BK_NONE ? around : find_twin(placing, bracket, count);
}

/* Those that stand, by the bracket of the draft that they are: from[now]. */
static int put_all_right(struct bk_placing *placing, size_t count)
{
	size_t now_count;
	uint32_t *from;

	bk_draft_brackets(placing->now, &now_count);
	from = bk_malloc((now_count + 1) * sizeof *from);
	if (!from)
		return bk_fail_memory();
	memset(from, 0xff, (now_count + 1) * sizeof *from);
	for (uint32_t i = 0; i < count; i++)
		if (placing->fates[i].now != BK_NONE && stands(placing, i, placing->fates[i].now))
			from[placing->fates[i].now] = i;
	for (uint32_t i = 0; i < count; i++) {
		const uint32_t now = placing->fates[i].now;

		if (now == BK_NONE)
			continue;
		const uint32_t other = from[now] == i	      ? find_twin(placing, i, count)
				       : from[now] != BK_NONE ? from[now]
							      : find_other(placing, i, count);

		if (other == BK_NONE)
			continue;
		from[now] = other;
		put_right(placing, i, other);
	}
	bk_free(from);
	return BK_OK;
}

/* Whether what stands beside a bracket of issued stands beside one of the draft, too. */
static bool stands_alike(const struct bk_placing *placing, uint32_t issued, uint32_t now)
{
	enum { ENOUGH_NAMED = 4, ENOUGH = 24 }; /* few say the same words under the same names */
	size_t count;

	bk_placing_names_beside(&placing->issued_names, issued, &count);
	return bk_placing_says_same(placing, issued, now) &&
	       count_context(placing, issued, now) >= (count ? ENOUGH_NAMED : ENOUGH);
}

/* One that is not told to stand, as where its label is another one, `Option [EU delete: 5]:`, and stands to the byte
 * between those that do: of the draft's from `next` on, up to one that another is. */
static void find_standing(
	struct bk_placing *placing, uint32_t bracket, const bool *taken, size_t count, uint32_t next)
{
	enum { NEAR = 16 };

	for (uint32_t now = next; now < count && now < next + NEAR && !taken[now]; now++) {
		if (!stands_alike(placing, bracket, now))
			continue;
		placing->fates[bracket] = (struct bk_placing_fate){BK_DIFFERENCE_KEPT, false, now};
		return;
	}
}

static int find_all_standing(struct bk_placing *placing, size_t count)
{
	size_t now_count;
	bool *taken;

	bk_draft_brackets(placing->now, &now_count);
	taken = bk_calloc(now_count + 1, sizeof *taken);
	if (!taken)
		return bk_fail_memory();
	for (uint32_t i = 0; i < count; i++)
		if (placing->fates[i].now != BK_NONE)
			taken[placing->fates[i].now] = true;
	for (uint32_t i = 0, next = 0; i < count; i++) {
		if (placing->fates[i].now == BK_NONE)
			find_standing(placing, i, taken, now_count, next);
		if (placing->fates[i].now != BK_NONE && placing->fates[i].now >= next)
			next = placing->fates[i].now + 1;
	}
	bk_free(taken);
	return BK_OK;
}

int bk_placing_read_fates(struct bk_placing *placing)
{
	size_t count, difference_count;
	const struct bk_difference *all = bk_comparison_list(placing->comparison, &difference_count);

	bk_draft_brackets(placing->issued, &count);
	placing->fates = bk_calloc(count + 1, sizeof *placing->fates);
	if (!placing->fates)
		return bk_fail_memory();
	for (uint32_t i = 0; i < count; i++)
		placing->fates[i] = (struct bk_placing_fate){
			BK_DIFFERENCE_COUNT, false, bk_comparison_carry(placing->comparison, i)};
	for (size_t i = 0; i < difference_count; i++)
		if (all[i].old_bracket != BK_NONE && all[i].kind <= BK_DIFFERENCE_JOINED)
			tell(placing, &all[i]);
	const int status = put_all_right(placing, count);

	return status == BK_OK ? find_all_standing(placing, count) : status;
}
