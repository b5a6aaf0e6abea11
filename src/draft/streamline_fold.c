/*
 * Folding brackets that stand within one another and no longer need to.
 *
 *	[[in time]]                one bracket doubled by another: the pair without a name goes
 *	[EU: [EU: in time]]        both with the same names: the inner pair goes
 *	[Parties [shall] act]      one of the two is agreed, the ledger says: its pair goes and its words stand
 *
 * What is recorded of a doubled bracket belongs to the one that stays.  A bracket that is agreed is folded only where
 * it has no name in the text, and stands in no run with others: else bracked resolve settles it.
 */
#include "base/error.h"
#include "draft/settle.h"
#include "draft/siblings.h"
#include "draft/streamline_private.h"

static bool is_disputed(const struct bk_bracket *b)
{
	return b->class == BK_CLASS_DISPUTED && !b->brace;
}

static bool is_blank(struct bk_str bytes, size_t from, size_t to)
{
	return from <= to && bk_str_trim((struct bk_str){bytes.ptr + from, to - from}).len == 0;
}

/* The end of a prefix of names in a bracket, or of its opening character. */
static size_t words_from(const struct bk_draft *draft, const struct bk_bracket *b)
{
	size_t at = b->start + b->open_len;

	for (uint32_t i = 0; i < b->attribution_count; i++) {
		const struct bk_span notation = draft->attributions[b->attribution + i].notation;

		if (notation.start == at)
			return notation.end;
	}
	return at;
}

/* Whether the parent holds nothing but this bracket, names aside. */
static bool is_doubled(const struct bk_draft *draft, uint32_t inner)
{
	const struct bk_bracket *b = &draft->brackets[inner];
	const struct bk_bracket *outer = b->parent == BK_NONE ? NULL : &draft->brackets[b->parent];

	return outer && is_disputed(b) && is_disputed(outer) &&
	       is_blank(draft->bytes, words_from(draft, outer), b->start) &&
	       is_blank(draft->bytes, bk_siblings_end(draft, inner), outer->end - outer->close_len);
}

static bool same_names(const struct bk_draft *draft, const struct bk_bracket *a, const struct bk_bracket *b)
{
	if (a->attribution_count != b->attribution_count)
		return false;
	for (uint32_t i = 0; i < a->attribution_count; i++) {
		const struct bk_attribution *x = &draft->attributions[a->attribution + i];
		bool found = false;

		for (uint32_t n = 0; n < b->attribution_count; n++) {
			const struct bk_attribution *y = &draft->attributions[b->attribution + n];

			found |= x->act == y->act && strcmp(x->party, y->party) == 0;
		}
		if (!found)
			return false;
	}
	return true;
}

/* The cuts as changes of the suggestion, with what is beside them mended as where a bracket is accepted. */
static int make_cuts(struct bk_streamline *streamline, int status, bk_cuts *cuts)
{
	if (status == BK_OK)
		status = bk_seam_mend(streamline->draft, cuts, streamline->changes);
	BK_VEC_RELEASE(cuts);
	return status;
}

/* Cut the characters of a bracket, and names in front of its words. */
static int cut_pair(struct bk_streamline *streamline, uint32_t bracket)
{
	const struct bk_bracket *b = &streamline->draft->brackets[bracket];
	bk_cuts cuts = BK_VEC_INIT;
	int status = bk_cuts_add(&cuts, b->start, words_from(streamline->draft, b), BK_CUT_MARK);

	if (status == BK_OK)
		status = bk_cuts_add(&cuts, b->end - b->close_len, b->end, BK_CUT_MARK);
	return make_cuts(streamline, status, &cuts);
}

/* The words of a bracket stand. */
static int accept(struct bk_streamline *streamline, uint32_t bracket)
{
	bk_cuts cuts = BK_VEC_INIT;

	return make_cuts(streamline, bk_settle_accept(streamline->draft, bracket, &cuts), &cuts);
}

static int suggest_doubled(struct bk_streamline *streamline, uint32_t gone, uint32_t stays, uint32_t outer)
{
	const struct bk_draft *draft = streamline->draft;
	const struct bk_bracket *o = &draft->brackets[outer];
	const char *words = bk_suggest_quote(streamline, (struct bk_span){o->start, o->end});
	int status = words ? bk_suggest_begin(streamline) : bk_fail_memory();

	if (status == BK_OK)
		status = cut_pair(streamline, gone);
	if (status == BK_OK)
		status = bk_suggest_heir(streamline, gone, stays);
	if (status == BK_OK)
		status = bk_suggest_heir(streamline, stays, stays);
	return status < 0 ? status
			  : bk_suggest(streamline, (struct bk_span){o->start, o->end}, stays,
				    "fold the doubled brackets of %s", words);
}

/* Names of a bracket that stand in another form than before its words would be left behind. */
static bool has_prefix_only(const struct bk_draft *draft, const struct bk_bracket *b)
{
	for (uint32_t i = 0; i < b->attribution_count; i++) {
		if (draft->attributions[b->attribution + i].form != BK_FORM_PREFIX)
			return false;
	}
	return true;
}

/* A pair that went with the last suggestion, and the one that stays in its place. */
struct last {
	uint32_t gone, stays;
};

static int fold_doubled(struct bk_streamline *streamline, uint32_t inner, struct last *last)
{
	const struct bk_draft *draft = streamline->draft;
	const struct bk_bracket *b = &draft->brackets[inner];
	const uint32_t parent = b->parent == last->gone ? last->stays : b->parent;
	const struct bk_bracket *outer = &draft->brackets[parent];

	if (outer->attribution_count == 0)
		*last = (struct last){parent, inner};
	else if (b->attribution_count == 0 || (same_names(draft, b, outer) && has_prefix_only(draft, b)))
		*last = (struct last){inner, parent};
	else
		return bk_suggest_left(streamline, outer->start,
			"left: the doubled brackets have names of their own, and one pair cannot carry both");
	return suggest_doubled(streamline, last->gone, last->stays, parent);
}

/* ---- What is agreed ---------------------------------------------------------------------------------- */

static bool is_agreed(const struct bk_streamline *streamline, uint32_t bracket)
{
	return streamline->terms.agreed && streamline->terms.agreed[bracket] &&
	       is_disputed(&streamline->draft->brackets[bracket]);
}

/* Whether a disputed bracket stands right round a bracket, or within it. */
static bool is_nested(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_bracket *b = &draft->brackets[bracket];

	if (b->parent != BK_NONE && is_disputed(&draft->brackets[b->parent]))
		return true;
	for (uint32_t i = bracket + 1; i < draft->bracket_count && draft->brackets[i].start < b->end; i++) {
		if (is_disputed(&draft->brackets[i]))
			return true;
	}
	return false;
}

static int fold_agreed(struct bk_streamline *streamline, uint32_t bracket)
{
	const struct bk_draft *draft = streamline->draft;
	const struct bk_bracket *b = &draft->brackets[bracket];
	const char *words;
	int status;

	if (b->attribution_count > 0 || b->run > 0)
		return bk_suggest_left(streamline, b->start,
			"left: '%s' is agreed, and has names or stands in a run: bracked resolve settles it",
			b->id);
	words = bk_suggest_quote(streamline, (struct bk_span){b->start, b->end});
	status = words ? bk_suggest_begin(streamline) : bk_fail_memory();
	if (status == BK_OK)
		status = accept(streamline, bracket);
	return status < 0 ? status
			  : bk_suggest(streamline, (struct bk_span){b->start, b->end}, bracket,
				    "fold %s, which is agreed", words);
}

/* ---- All --------------------------------------------------------------------------------------------- */

int bk_streamline_fold(bk_streamline *streamline)
{
	const struct bk_draft *draft = streamline->draft;
	struct last last = {BK_NONE, BK_NONE};
	int status = BK_OK;

	for (uint32_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		if (is_doubled(draft, i))
			status = fold_doubled(streamline, i, &last);
		else if (is_agreed(streamline, i) && is_nested(draft, i))
			status = fold_agreed(streamline, i);
	}
	return status;
}
