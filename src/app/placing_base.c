/*
 * What the base has of the brackets of a place, and giving it back:
 *
 *	[EU delete: will]	the base has `[will]`, and back to it the name goes
 *	[EU delete: will]	it has `will`, and the bracket goes, too
 */
#include "app/placing_private.h"

#include "draft/settle.h"

#include <string.h>

struct bk_str bk_placing_words(const bk_draft *draft, struct bk_span span)
{
	size_t len;
	const char *bytes = bk_draft_bytes(draft, &len);

	return (struct bk_str){bytes + span.start, span.end - span.start};
}

struct bk_str bk_placing_base(const bk_placing *placing, const struct bk_placing_place *place)
{
	size_t count;
	const struct bk_proof_place *all = bk_proof_places(placing->proof, &count) + place->first;
	struct bk_str longest = {all->words, all->len};

	for (size_t i = 1; i < place->count; i++)
		if (all[i].len > longest.len)
			longest = (struct bk_str){all[i].words, all[i].len};
	return bk_str_trim(longest);
}

/* ---- Shells -------------------------------------------------------------------------------------------- */

/* What stands round the words of a bracket: its characters, the names, a label; `[EU: ` and `]`. */
struct shell {
	struct bk_span before, behind;
};

static struct shell shell_of(const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *it = &bk_draft_brackets(draft, &count)[bracket];
	const struct bk_span whole = bk_placing_whole(draft, it);

	return (struct shell){{whole.start, it->text.start}, {it->text.end, whole.end}};
}

static bool is_all_of_base(const bk_proof *proof, struct bk_span span)
{
	for (size_t at = span.start; at < span.end; at++)
		if (bk_proof_origin(proof, at) == BK_NOWHERE)
			return false;
	return true;
}

bool bk_placing_is_untouched(const bk_placing *placing, const struct bk_placing_place *place, uint32_t index)
{
	size_t count;
	const struct bk_bracket *bracket = &bk_draft_brackets(placing->issued, &count)[index];
	const struct bk_span whole = bk_placing_whole(placing->issued, bracket);

	if (bk_placing_keeps_name(placing, place, &placing->issued_names, index))
		return false;
	if (placing->exact)
		return is_all_of_base(placing->proof, (struct bk_span){whole.start, bracket->text.start}) &&
		       is_all_of_base(placing->proof, (struct bk_span){bracket->text.end, whole.end});
	const struct bk_str base = bk_placing_base(placing, place);
	const struct bk_str words = bk_placing_words(placing->issued, whole);

	for (size_t at = 0; at + words.len <= base.len; at++)
		if (bk_str_starts(bk_str_skip(base, at), words))
			return true;
	return false;
}

bool bk_placing_is_in_base(const bk_placing *placing, const struct bk_placing_bracket *bracket)
{
	size_t count;
	const size_t open = bk_draft_brackets(placing->issued, &count)[bracket->issued].start;

	return bracket->of_base || (placing->exact && bk_proof_origin(placing->proof, open) != BK_NOWHERE);
}

/* What one side of a shell is to be: these bytes; with a proof, those of them that the base has, which are bytes
 * of the compilation from an offset on. */
struct side {
	struct bk_str bytes;
	const bk_proof *proof; /* or NULL */
	size_t at;
};

struct target {
	struct side before, behind;
};

/* What goes from a shell; with no cuts it is only counted. */
struct cutting {
	bk_cuts *cuts; /* or NULL */
	size_t cut;
	int status;
};

static void cut(struct cutting *cutting, size_t start, size_t end)
{
	cutting->cut += end - start;
	if (end > start && cutting->cuts && cutting->status == BK_OK)
		cutting->status = bk_cuts_add(cutting->cuts, start, end, BK_CUT_MARK);
}

/* Cut what it is not to have; false where it is to have what does not stand there. */
static bool cut_side(
	struct cutting *cutting, const bk_draft *draft, struct bk_span span, const struct side *side)
{
	const struct bk_str there = bk_placing_words(draft, span);
	size_t at = 0, kept = 0;

	for (size_t i = 0; i < side->bytes.len; i++) {
		if (side->proof && bk_proof_origin(side->proof, side->at + i) == BK_NOWHERE)
			continue;
		while (at < there.len && there.ptr[at] != side->bytes.ptr[i])
			at++;
		if (at == there.len)
			return false;
		cut(cutting, span.start + kept, span.start + at);
		kept = ++at;
	}
	cut(cutting, span.start + kept, span.end);
	return true;
}

static bool cut_shell(
	struct cutting *cutting, const bk_draft *draft, uint32_t bracket, const struct target *target)
{
	const struct shell shell = shell_of(draft, bracket);

	return cut_side(cutting, draft, shell.before, &target->before) &&
	       cut_side(cutting, draft, shell.behind, &target->behind);
}

/* What the base has of it. */
static struct target base_of(const bk_placing *placing, const struct bk_placing_bracket *bracket)
{
	const struct shell shell = shell_of(placing->issued, bracket->issued);
	const bk_proof *proof = bracket->of_base ? NULL : placing->proof;

	return (struct target){
		{bk_placing_words(placing->issued, shell.before), proof, shell.before.start},
		{bk_placing_words(placing->issued, shell.behind), proof, shell.behind.start},
	};
}

/* The same; false where the base has no such bracket. */
static bool find_base(const bk_placing *placing, const struct bk_placing_bracket *bracket, struct target *out)
{
	*out = base_of(placing, bracket);
	return bracket->now != BK_NONE && bk_placing_is_in_base(placing, bracket);
}

/* How much of a bracket's shell goes for a target; BK_NOWHERE where that cannot be had. */
static size_t count_cut(const bk_placing *placing, uint32_t bracket, const struct target *target)
{
	struct cutting cutting = {.cuts = NULL};

	return cut_shell(&cutting, placing->now, bracket, target) ? cutting.cut : BK_NOWHERE;
}

/*
 * That of who takes a name off round the words that stand; false where that is not proposed.  The same words may
 * stand in a name, too: in `[G77: 77]` they are those with what the bracket has before them, and behind.
 */
static bool find_without(const bk_placing *placing, size_t proposal, const struct bk_placing_bracket *bracket,
	struct target *out)
{
	size_t count;
	const struct bk_proof_proposal *it = &bk_proof_proposals(placing->proof, &count)[proposal];
	const struct bk_str all = bk_str_trim((struct bk_str){it->words, it->len});

	if (it->act != BK_MERGE_WITHDRAW || bracket->now == BK_NONE)
		return false;
	const struct bk_str words =
		bk_placing_words(placing->now, bk_draft_brackets(placing->now, &count)[bracket->now].text);

	for (size_t at = 1; words.len > 0 && at + words.len < all.len; at++) {
		if (!bk_str_starts(bk_str_skip(all, at), words))
			continue;
		*out = (struct target){{{all.ptr, at}, NULL, 0}, {bk_str_skip(all, at + words.len), NULL, 0}};
		if (count_cut(placing, bracket->now, out) != BK_NOWHERE)
			return true;
	}
	return false;
}

static int cut_down(const bk_placing *placing, uint32_t bracket, const struct target *target, bk_cuts *cuts)
{
	struct cutting cutting = {.cuts = cuts};

	cut_shell(&cutting, placing->now, bracket, target);
	return cutting.status;
}

/* ---- The base's ---------------------------------------------------------------------------------------- */

bool bk_placing_is_back(const bk_placing *placing, const struct bk_placing_place *place,
	const struct bk_placing_bracket *bracket)
{
	struct target target;

	return find_base(placing, bracket, &target) && count_cut(placing, bracket->now, &target) == 0 &&
	       !bk_placing_keeps_name(placing, place, &placing->now_names, bracket->now);
}

bool bk_placing_keeps_bracket(const bk_placing *placing, const struct bk_placing_bracket *bracket)
{
	struct target target;

	return find_base(placing, bracket, &target) &&
	       count_cut(placing, bracket->now, &target) != BK_NOWHERE;
}

int bk_placing_give_back(const bk_placing *placing, const struct bk_placing_bracket *bracket, bk_cuts *cuts)
{
	const struct target target = base_of(placing, bracket);
	const bool told = placing->exact || bk_placing_is_in_base(placing, bracket);

	return told && count_cut(placing, bracket->now, &target) != BK_NOWHERE
		       ? cut_down(placing, bracket->now, &target, cuts)
		       : bk_settle_accept(placing->now, bracket->now, cuts);
}

size_t bk_placing_end_before(const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);
	const uint32_t parent = all[bracket].parent;

	for (uint32_t before = bracket; before-- > 0 && before != parent;)
		if (all[before].parent == parent && all[before].brace == all[bracket].brace)
			return bk_placing_whole(draft, &all[before]).end;
	return parent == BK_NONE ? 0 : all[parent].start + all[parent].open_len;
}

/* The label of an added provision or option, which stands before its bracket and is not of the base either. */
static struct bk_str lead_of(const bk_placing *placing, const struct bk_placing_bracket *bracket)
{
	size_t len, count;
	const char *bytes = bk_draft_bytes(placing->issued, &len);
	const size_t end = bk_draft_brackets(placing->issued, &count)[bracket->issued].start;
	const size_t floor = bk_placing_end_before(placing->issued, bracket->issued);
	size_t start = end;

	while (placing->exact && start > floor && bk_proof_origin(placing->proof, start - 1) == BK_NOWHERE)
		start--;
	while (start < end && bk_is_space(bytes[start]))
		start++;
	return (struct bk_str){bytes + start, end - start};
}

/* Whether more stands behind a bracket in its line, which its label is that of, too: `5. [EU: one][US: other]`. */
static bool is_last(const bk_placing *placing, const struct bk_placing_bracket *bracket)
{
	size_t len, count;
	const char *bytes = bk_draft_bytes(placing->now, &len);
	const struct bk_bracket *it = &bk_draft_brackets(placing->now, &count)[bracket->now];
	const struct bk_str behind = {bytes + it->end, len - it->end};

	return bk_str_trim((struct bk_str){behind.ptr, bk_str_find(behind, '\n')}).len == 0;
}

int bk_placing_take_back(
	const bk_placing *placing, const struct bk_placing_bracket *bracket, bool others, bk_cuts *cuts)
{
	size_t count;
	const size_t start = bk_draft_brackets(placing->now, &count)[bracket->now].start;
	const struct bk_str lead = lead_of(placing, bracket);
	const int status = bk_settle_delete(placing->now, bracket->now, cuts);

	if (status != BK_OK || start < lead.len || (others && !is_last(placing, bracket)) ||
		!bk_str_equal(
			bk_placing_words(placing->now, (struct bk_span){start - lead.len, start}), lead))
		return status;
	return bk_cuts_add(cuts, start - lead.len, start, BK_CUT_WORDS);
}

/* ---- Without who withdraws ------------------------------------------------------------------------------ */

bool bk_placing_is_withdrawn(
	const bk_placing *placing, size_t proposal, const struct bk_placing_bracket *bracket)
{
	struct target target;

	return find_without(placing, proposal, bracket, &target) &&
	       count_cut(placing, bracket->now, &target) == 0;
}

bool bk_placing_can_withdraw(
	const bk_placing *placing, size_t proposal, const struct bk_placing_bracket *bracket)
{
	struct target target;

	return find_without(placing, proposal, bracket, &target);
}

int bk_placing_withdraw(
	const bk_placing *placing, size_t proposal, const struct bk_placing_bracket *bracket, bk_cuts *cuts)
{
	struct target target;

	return find_without(placing, proposal, bracket, &target)
		       ? cut_down(placing, bracket->now, &target, cuts)
		       : BK_OK;
}

/* ---- Whose words --------------------------------------------------------------------------------------- */

static bool is_proposed(const struct bk_placing_names *names, uint32_t bracket)
{
	size_t count;
	const struct bk_attribution *all = bk_placing_names_beside(names, bracket, &count);

	for (size_t i = 0; i < count; i++)
		if (all[i].act == BK_ACT_PROPOSE)
			return true;
	return false;
}

bool bk_placing_says_base(const bk_placing *placing, const struct bk_placing_bracket *bracket)
{
	return bk_placing_is_in_base(placing, bracket) ||
	       !is_proposed(&placing->issued_names, bracket->issued);
}
