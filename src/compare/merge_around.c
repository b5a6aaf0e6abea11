/* Brackets and deletions round what others speak of: they nest round it. */
#include "compare/merge_place.h"

#include "base/alloc.h"

enum { LEVELS = 8 }; /* of brackets round a place whose runs are looked at */

static const struct bk_amendment *end_of(
	const struct bk_placing_region *placing, const struct bk_voice *voice, bool open)
{
	return &placing->merge->amendments[voice->party].list.items[open ? voice->first : voice->last - 1];
}

static enum bk_act own_act(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	return placing->region->kind == BK_CLAIM_DELETION ? BK_ACT_DELETE
							  : (enum bk_act)end_of(placing, voice, true)->act;
}

static struct bk_str bytes_of_end(
	const struct bk_placing_region *placing, const struct bk_voice *voice, bool open)
{
	const struct bk_span file = end_of(placing, voice, open)->file;

	return (struct bk_str){
		placing->merge->amendments[voice->party].bytes.ptr + file.start, file.end - file.start};
}

/* Whether a pair of the base opens where the one before it ends, or the names in parentheses behind that. */
static bool goes_on(const struct bk_merge *merge, uint32_t open)
{
	const struct bk_mark *marks = merge->base.pairing.marks.items,
			     *before = open ? &marks[open - 1] : NULL;
	const struct bk_str bytes = merge->base.tokens.bytes;
	const size_t start = marks[open].start, end = before ? before->start + before->len : 0;

	if (!before || before->open || before->partner == BK_NONE)
		return false;
	/* the byte before tells nearly all that do not */
	return (end == start || bytes.ptr[start - 1] == ')') && bk_shell_parentheses(bytes, end) == start;
}

int bk_merge_find_runs(struct bk_merge *merge)
{
	const struct bk_pairing *pairing = &merge->base.pairing;
	const struct bk_mark *marks = pairing->marks.items;

	merge->run_of = bk_malloc((pairing->marks.len + 1) * sizeof *merge->run_of);
	if (!merge->run_of || !BK_VEC_RESERVE(&merge->runs, pairing->marks.len / 2 + 1))
		return bk_fail_memory();
	for (uint32_t i = 0; i < pairing->marks.len; i++) {
		const bool opens = marks[i].open && marks[i].partner != BK_NONE;

		merge->run_of[i] = BK_NONE;
		if (opens && goes_on(merge, i)) {
			merge->run_of[i] = merge->run_of[marks[i - 1].partner];
		} else if (opens) {
			merge->run_of[i] = (uint32_t)merge->runs.len++;
			merge->runs.items[merge->run_of[i]].start = marks[i].start;
		}
		if (opens)
			merge->runs.items[merge->run_of[i]].end =
				marks[marks[i].partner].start + marks[marks[i].partner].len;
	}
	return BK_OK;
}

/* Brackets of the base that a span begins with, with all that stand side by side with them. */
static struct bk_span run_of(const struct bk_merge *merge, struct bk_span span)
{
	const struct bk_pairing *pairing = &merge->base.pairing;
	const uint32_t open = bk_pairing_from(pairing, span.start);
	const bool begins = open < pairing->marks.len && pairing->marks.items[open].start == span.start &&
			    merge->run_of[open] != BK_NONE;
	struct bk_span run = begins ? merge->runs.items[merge->run_of[open]] : span;

	if (run.end < span.end)
		run.end = span.end;
	return run;
}

bool bk_place_is_run_open(const struct bk_placing_region *placing)
{
	return bk_place_do_others_touch(placing, run_of(placing->merge, placing->region->words));
}

/* Whether others speak of a run of several brackets, of which this mark opens one. */
static bool is_member_open(const struct bk_placing_region *placing, uint32_t open)
{
	const struct bk_merge *merge = placing->merge;
	const struct bk_pairing *pairing = &merge->base.pairing;
	const struct bk_mark *marks = pairing->marks.items;
	const struct bk_span run = merge->runs.items[merge->run_of[open]];
	const struct bk_mark *close = &marks[marks[bk_pairing_from(pairing, run.start)].partner];

	return close->start + close->len < run.end && bk_place_do_others_touch(placing, run);
}

static bool closes_pair(const struct bk_mark *mark)
{
	return !mark->open && mark->partner != BK_NONE;
}

/* The pair that a place is in, or that what comes in there stands behind: its open, or BK_NONE. */
static uint32_t pair_at(const struct bk_pairing *pairing, struct bk_span words)
{
	const struct bk_mark *marks = pairing->marks.items;
	const uint32_t from = bk_pairing_from(pairing, words.start),
		       around = bk_pairing_around(pairing, words.start);

	if (words.start < words.end || (around != BK_NONE && marks[around].start == words.start))
		return around;
	if (from < pairing->marks.len && marks[from].start == words.start && closes_pair(&marks[from]))
		return marks[from].partner;
	if (from && closes_pair(&marks[from - 1]) &&
		marks[from - 1].start + marks[from - 1].len == words.start)
		return marks[from - 1].partner;
	return around;
}

bool bk_place_is_in_open_run(const struct bk_placing_region *placing)
{
	const struct bk_pairing *pairing = &placing->merge->base.pairing;
	uint32_t open = pair_at(pairing, placing->region->words);

	for (int level = 0; level < LEVELS && open != BK_NONE; level++) {
		if (is_member_open(placing, open))
			return true;
		open = pairing->marks.items[open].parent;
	}
	return false;
}

/* One alternative is chosen while nobody else speaks of any in its run, or of what would come into that. */
static bool is_open(const struct bk_placing_region *placing)
{
	return placing->region->kind == BK_CLAIM_BARE && bk_place_is_run_open(placing);
}

/* Whether brackets that are signed, whose words are the signer's where they are taken, hold what others speak of. */
static bool hides_others(const struct bk_placing_region *placing)
{
	return placing->region->kind == BK_CLAIM_ROUND &&
	       own_act(placing, &placing->voices.items[0]) == BK_ACT_PROPOSE &&
	       bk_place_do_others_touch(placing, placing->region->words);
}

/* Brackets that all want alike, or nobody else speaks of. */
static bool is_around_taken(const struct bk_placing_region *placing)
{
	const struct bk_merge *merge = placing->merge;

	for (size_t i = 1; i < placing->voices.len; i++)
		for (int open = 0; open < 2; open++)
			if (!bk_str_equal(bytes_of_end(placing, &placing->voices.items[0], open),
				    bytes_of_end(placing, &placing->voices.items[i], open)))
				return false;
	return placing->region->kind != BK_CLAIM_DELETION &&
	       (placing->voices.len == merge->count ||
		       (merge->options.unopposed && !is_open(placing) && !hides_others(placing) &&
			       !bk_place_is_spoken_of(placing)));
}

/* Brackets that are taken stand as they are, with what their party says in them. */
static enum bk_merge_act around_act(
	const struct bk_placing_region *placing, const struct bk_voice *voice, enum bk_merge_fate fate)
{
	return placing->region->kind == BK_CLAIM_ROUND && fate == BK_MERGE_TAKEN
		       ? BK_MERGE_RESERVE
		       : bk_place_said(bk_place_round_act(own_act(placing, voice)));
}

static int propose_around(struct bk_placing_region *placing, enum bk_merge_fate fate)
{
	int status = BK_OK;

	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = bk_place_add_proposal(placing, &placing->voices.items[i],
			around_act(placing, &placing->voices.items[i], fate), fate,
			bk_place_in_base(placing->region->words));
	return status;
}

static int take_around(struct bk_placing_region *placing)
{
	const struct bk_voice *voice = &placing->voices.items[0];
	const struct bk_span from = end_of(placing, voice, true)->base,
			     to = end_of(placing, voice, false)->base;
	const bool bare = placing->region->kind == BK_CLAIM_BARE;
	struct bk_merge_event *event;
	int status = bk_place_add(placing, false);

	if (status != BK_OK)
		return status;
	event = bk_place_add_event(placing, from.start, bare ? BK_RANK_GIVES_WAY : BK_RANK_BEGIN,
		bare ? from.end : to.end, bytes_of_end(placing, voice, true));
	if (!event)
		return bk_fail_memory();
	event->begins = true;
	event = bk_place_add_event(placing, to.start, bare ? BK_RANK_GIVES_WAY : BK_RANK_END,
		bare ? to.end : from.start, bytes_of_end(placing, voice, false));
	if (!event)
		return bk_fail_memory();
	event->ends = true;
	return propose_around(placing, BK_MERGE_TAKEN);
}

/* Whether what stands at an offset goes, since all parties strike it. */
static bool goes(const struct bk_regions *regions, size_t offset)
{
	const size_t i = BK_SEARCH(r, regions->flat, regions->list.items[r].words.end <= offset);

	return i < regions->flat && regions->list.items[i].struck_by_all &&
	       regions->list.items[i].words.start <= offset;
}

/* Names in the disputed brackets of the base that are just the region. */
static int name_around(struct bk_placing_region *placing)
{
	const struct bk_mark *marks = placing->merge->base.pairing.marks.items;
	int status = bk_place_add_bounds(placing, placing->region->words);

	for (size_t m = 0; m < placing->members.len; m++) {
		if (goes(&placing->merge->regions, marks[placing->members.items[m]].start))
			continue;
		for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
			status = bk_placed_name(&placing->stretch->placed, placing->members.items[m],
				bk_place_party(placing, &placing->voices.items[i]),
				own_act(placing, &placing->voices.items[i]));
	}
	return status;
}

/* New brackets round what is there, with names. */
static int wrap(struct bk_placing_region *placing)
{
	const struct bk_span words = bk_place_find_label(placing);
	int status = BK_OK;

	placing->names.len = 0;
	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		const struct bk_voice *voice = &placing->voices.items[i];
		struct bk_inscribed *name = BK_VEC_PUSH(&placing->names);

		if (name)
			*name = (struct bk_inscribed){
				bk_place_party(placing, voice), bk_place_round_act(own_act(placing, voice))};
		else
			status = bk_fail_memory();
	}
	if (status == BK_OK)
		status = bk_place_open(placing, words, BK_TURN_AROUND);
	if (status == BK_OK && !bk_place_close(placing, words, BK_TURN_AROUND))
		status = bk_fail_memory();
	return status;
}

int bk_place_around(struct bk_placing_region *placing)
{
	int status;

	if (is_around_taken(placing))
		return take_around(placing);
	status = bk_place_add(placing, true);
	if (status == BK_OK && placing->region->kind != BK_CLAIM_ROUND)
		status = bk_members_of_brackets(placing);
	if (status == BK_OK)
		status = placing->members.len ? name_around(placing) : wrap(placing);
	return status == BK_OK ? propose_around(placing, BK_MERGE_BRACKETED) : status;
}
