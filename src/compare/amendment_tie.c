/*
 * Ties: spans of the base within which a version's amendments stand as one or not at all.  They are made here for
 * braces, for notation in which words cannot be changed, and for names in parentheses behind words; for brackets, by
 * the room of these.
 */
#include "compare/amendment_private.h"
#include "draft/conventions.h"
#include "draft/naming.h"

#include <stdlib.h>

enum {
	NEAR = 200, /* bytes of names before words, and behind a dash, that are looked at */
	FAR = 1200, /* of those in parentheses */
	NOTE = 300, /* of a footnote's text that is looked at for names */
};

int bk_amendments_tie(struct bk_amendments *amendments, size_t start, size_t end)
{
	struct bk_span *span = BK_VEC_PUSH(&amendments->ties);

	if (!span)
		return bk_fail_memory();
	*span = (struct bk_span){start < end ? start : end, start < end ? end : start};
	return BK_OK;
}

int bk_amendments_tie_from_to(struct bk_amendments *amendments, uint32_t a, uint32_t b)
{
	const struct bk_amendment *list = amendments->list.items;
	const uint32_t first = a < b ? a : b, last = a < b ? b : a;

	return bk_amendments_tie(amendments, list[first].base.start, list[last].base.end);
}

int bk_amendments_tie_places(struct bk_amendments *amendments, struct bk_span a, struct bk_span b)
{
	return bk_amendments_tie(
		amendments, a.start < b.start ? a.start : b.start, a.end > b.end ? a.end : b.end);
}

/* ---- Braces -------------------------------------------------------------------------------------------- */

/* The amendment that a byte of the base, or of the version, is in; BK_NONE. */
static uint32_t amendment_at(const struct bk_amendments *amendments, size_t offset, bool in_base)
{
	const struct bk_amendment *list = amendments->list.items;
	const size_t i =
		BK_SEARCH(k, amendments->list.len, (in_base ? list[k].base.end : list[k].file.end) <= offset);

	return i < amendments->list.len && (in_base ? list[i].base.start : list[i].file.start) <= offset
		       ? (uint32_t)i
		       : BK_NONE;
}

/* What a bracket of the version, or a brace, stands for in the base. */
static struct bk_span place_of_mark(const struct bk_amendments *amendments, const struct bk_mark *mark)
{
	const struct bk_amendment *list = amendments->list.items;
	const uint32_t in = amendment_at(amendments, mark->start, false);
	const size_t i = BK_SEARCH(k, amendments->list.len, list[k].file.end <= mark->start);
	size_t at = mark->start;

	if (in != BK_NONE)
		return list[in].base;
	if (i)
		at = list[i - 1].base.end + (at - list[i - 1].file.end);
	return (struct bk_span){at, at + mark->len};
}

/* Braces of which one was left behind, as by a paragraph that moved, may find another end far away: all between
 * would be one place, a choice between whole texts.  They are let go. */
static int tie_reach(struct bk_amendments *amendments, struct bk_span a, struct bk_span b)
{
	const size_t start = a.start < b.start ? a.start : b.start, end = a.end > b.end ? a.end : b.end;

	return end - start <= BK_AMENDMENT_REACH ? bk_amendments_tie(amendments, start, end) : BK_OK;
}

/* A pair of braces of which one end is in an amendment, and the other is not in it. */
static int tie_braces_of(struct bk_amendments *amendments, const struct bk_pairing *braces, bool in_base)
{
	int status = BK_OK;

	for (size_t i = 0; i < braces->marks.len && status == BK_OK; i++) {
		const struct bk_mark *open = &braces->marks.items[i],
				     *close = &braces->marks
						       .items[open->partner == BK_NONE ? i : open->partner];

		if (!open->open || close == open ||
			amendment_at(amendments, open->start, in_base) ==
				amendment_at(amendments, close->start, in_base))
			continue;
		status = tie_reach(amendments,
			in_base ? (struct bk_span){open->start, open->start + open->len}
				: place_of_mark(amendments, open),
			in_base ? (struct bk_span){close->start, close->start + close->len}
				: place_of_mark(amendments, close));
	}
	return status;
}

int bk_amendments_tie_braces(struct bk_amendments *amendments)
{
	int status = tie_braces_of(amendments, &amendments->base->braces, true);

	return status == BK_OK ? tie_braces_of(amendments, &amendments->braces, false) : status;
}

/* ---- Notation that words cannot be changed in ---------------------------------------------------------- */

/* One of the two texts in which an amendment is looked at. */
struct side {
	struct bk_amendments *amendments;
	struct bk_str bytes;
	const struct bk_pairing *pairing;
	struct bk_shells *shells;
	bool is_base;
};

/* The pair that closes next before an offset, by its open; BK_NONE. */
static uint32_t pair_before(const struct side *side, size_t offset)
{
	const uint32_t behind = bk_pairing_from(side->pairing, offset);
	const struct bk_mark *last = behind ? &side->pairing->marks.items[behind - 1] : NULL;

	return last && !last->open ? last->partner : BK_NONE;
}

static size_t end_of(const struct side *side, uint32_t open)
{
	const struct bk_mark *close = &side->pairing->marks.items[side->pairing->marks.items[open].partner];

	return close->start + close->len;
}

/* The last byte c behind a blank in a part of a text that something stands before; NULL when there is none. */
static const char *last_behind_blank(const char *from, const char *until, char c)
{
	const char *at;

	while ((at = memrchr(from, c, (size_t)(until - from))) && !bk_is_space(at[-1]))
		until = at;
	return at;
}

/* Whether a span may reach into the names of a part between slashes of a bracket whose words begin somewhere: there is
 * a dash behind a blank before it. */
static bool may_name_part(const struct side *side, size_t from, struct bk_span span)
{
	const char *bytes = side->bytes.ptr;
	const size_t first = span.start > from + NEAR ? span.start - NEAR : from + 1;

	return first < span.end && (last_behind_blank(bytes + first, bytes + span.end, '-') ||
					   last_behind_blank(bytes + first, bytes + span.end, '\xE2'));
}

/* Whether a span may reach into names before the words of a bracket or behind them, as far as that can be told at
 * sight: the ones end with the first colon, the others begin with the last dash behind a blank. */
static bool may_name(const struct side *side, uint32_t open, struct bk_span span)
{
	const struct bk_mark *mark = &side->pairing->marks.items[open],
			     *close = &side->pairing->marks.items[mark->partner];
	const char *bytes = side->bytes.ptr;
	const size_t from = mark->start + mark->len,
		     until = close->start - from < NEAR ? close->start : from + NEAR;
	const char *colon = memchr(bytes + from, ':', until - from);

	if (colon && span.start <= (size_t)(colon - bytes))
		return true;
	if (close->start <= from + 1)
		return false;
	const char *const behind = bytes + close->start,
			  *const near = bytes + (close->start - from > NEAR ? close->start - NEAR : from + 1),
			  *const hyphen = last_behind_blank(near, behind, '-'),
			  *const dash = last_behind_blank(near, behind, '\xE2'),
			  *const last = !hyphen || (dash && dash > hyphen) ? dash : hyphen;

	return (last && span.end > (size_t)(last - bytes)) || may_name_part(side, from, span);
}

/* Tie an amendment to a pair with the names behind it, by their place in the base; a pair that changed itself is a
 * matter of brackets. */
static int tie_to_pair(const struct side *side, const struct bk_amendment *amendment, uint32_t open)
{
	struct bk_amendments *amendments = side->amendments;
	struct bk_base *base = amendments->base;
	const struct bk_mark *mark = &side->pairing->marks.items[open],
			     *close = &side->pairing->marks.items[mark->partner];
	struct bk_shell shell;
	int status;

	if (!side->is_base) {
		if (amendment_at(amendments, mark->start, false) != BK_NONE ||
			amendment_at(amendments, close->start, false) != BK_NONE)
			return BK_OK;
		open = bk_pairing_from(&base->pairing, place_of_mark(amendments, mark).start);
	}
	if (open >= base->pairing.marks.len || base->pairing.marks.items[open].partner == BK_NONE)
		return BK_OK;
	mark = &base->pairing.marks.items[open];
	status = bk_shell_read(&shell, &base->shells, mark, &base->pairing.marks.items[mark->partner]);
	return status == BK_OK ? bk_amendments_tie_places(amendments,
					 (struct bk_span){shell.start, shell.end}, amendment->base)
			       : status;
}

/* Tie what changes the notation of a pair, before its words or behind them, to the whole of it. */
static int tie_notation(
	const struct side *side, const struct bk_amendment *amendment, uint32_t open, struct bk_span span)
{
	const struct bk_mark *mark = &side->pairing->marks.items[open];
	struct bk_shell shell;
	const int status =
		bk_shell_read(&shell, side->shells, mark, &side->pairing->marks.items[mark->partner]);

	if (status != BK_OK || shell.bracket == BK_NONE ||
		(span.start >= shell.words.start && span.end <= shell.words.end) || span.start >= shell.end ||
		span.end <= shell.start)
		return status;
	return tie_to_pair(side, amendment, open);
}

/* A footnote's mark at the span, glued to a pair's close, belongs to it: by itself it would be read as another
 * alternative beside the pair once it stands in brackets. */
static int tie_glued(const struct side *side, const struct bk_amendment *amendment, struct bk_span span)
{
	size_t at = span.start;
	uint32_t open;

	if (span.start == span.end ||
		(!bk_token_footnote(side->bytes, at) && !bk_is_digit(side->bytes.ptr[at])))
		return BK_OK;
	for (; span.start - at < NEAR && (open = pair_before(side, at)) != BK_NONE &&
		end_of(side, open) == at;
		at = side->pairing->marks.items[open].start)
		if (!bk_token_footnote(side->bytes, side->pairing->marks.items[open].start))
			return tie_to_pair(side, amendment, open);
	return BK_OK;
}

static int tie_beside(const struct side *side, const struct bk_amendment *amendment, struct bk_span span)
{
	const struct bk_mark *marks = side->pairing->marks.items;
	const uint32_t around = bk_pairing_around(side->pairing, span.start),
		       before = pair_before(side, span.start);
	int status = tie_glued(side, amendment, span);

	if (status == BK_OK && around != BK_NONE && marks[around].start < span.start &&
		marks[marks[around].partner].start >= span.end && may_name(side, around, span))
		status = tie_notation(side, amendment, around, span);
	if (status == BK_OK && before != BK_NONE && span.start - end_of(side, before) <= FAR &&
		span.start < bk_shell_parentheses(side->bytes, end_of(side, before)))
		status = tie_notation(side, amendment, before, span);
	return status;
}

/* A note's text that says who wants what its mark stands behind, and nothing else. */
static int says_who(const struct bk_notation *notation, struct bk_str text, bool *says)
{
	const struct bk_naming naming = {.names = notation->names ? *notation->names : (struct bk_names){0},
		.unknown_codes = !notation->names || bk_conventions_unknown_codes(notation->conventions)};
	bk_named_list names = {0};
	int status = BK_OK;

	*says = false;
	text = bk_str_trim(text);
	while (text.len && text.ptr[text.len - 1] == '.')
		text.len--;
	if (text.len <= NOTE)
		status = bk_naming_parse(&naming, text, BK_NAMING_LOOSE, &names, says);
	BK_VEC_RELEASE(&names);
	return status;
}

/* How a paragraph of the base begins as a note does. */
struct note_mark {
	size_t end;	/* of the mark, and of the colon behind it; 0 when it is no note */
	bool is_number; /* "12 EU and AOSIS": a note if it says who */
};

static struct note_mark note_mark(struct bk_str bytes, size_t at)
{
	const size_t end = at + bk_token_footnote(bytes, at);
	size_t figures = 0;

	if (end > at)
		return (struct note_mark){.end = end < bytes.len && bytes.ptr[end] == ':' ? end + 1 : 0};
	while (at + figures < bytes.len && bk_is_digit(bytes.ptr[at + figures]))
		figures++;
	at += figures;
	return (struct note_mark){
		.end = figures && at < bytes.len && bk_is_blank(bytes.ptr[at]) ? at : 0, .is_number = true};
}

/* What changes the mark of a note, or the names in one that says who, is tied to the whole note. */
static int tie_note(struct bk_amendments *amendments, const struct bk_amendment *amendment)
{
	const struct bk_tokens *tokens = &amendments->base->tokens;
	const size_t behind = BK_SEARCH(
		i, tokens->paragraphs.len, tokens->paragraphs.items[i].start <= amendment->base.start);
	struct bk_span note;
	struct note_mark mark;
	bool says;
	int status;

	if (!behind || amendment->whole)
		return BK_OK;
	note = bk_token_trim(tokens->bytes, (struct bk_span){tokens->paragraphs.items[behind - 1].start,
						    tokens->paragraphs.items[behind - 1].end});
	mark = note_mark(tokens->bytes, note.start);
	if (!mark.end || amendment->base.start >= note.end)
		return BK_OK;
	status = says_who(&amendments->base->notation, bk_part(tokens->bytes, mark.end, note.end), &says);
	if (status == BK_OK && (says || (!mark.is_number && amendment->base.start < mark.end)))
		status = bk_amendments_tie_places(amendments, note, amendment->base);
	return status;
}

/* Names in parentheses behind words would say who wants what stands in brackets there: "the States [US: of Asia]
 * (LDCs)". */
static int tie_to_names(struct bk_amendments *amendments, const struct bk_amendment *amendment)
{
	const struct bk_str bytes = amendments->base->tokens.bytes;
	const size_t at = bk_token_trim(bytes, amendment->base).end;
	size_t open, end;
	struct bk_str list;
	bool says;
	int status;

	if (amendment->kind != BK_AMENDMENT_WORDS)
		return BK_OK;
	end = bk_shell_parentheses(bytes, at);
	if (end == at)
		return BK_OK;
	/* Who takes a bracket out and leaves the names behind it has said nothing of these. */
	if (at && bytes.ptr[at - 1] == ']' &&
		bk_part_is_blank(amendments->bytes, amendment->file.start, amendment->file.end))
		return BK_OK;
	open = at + bk_str_find(bk_str_skip(bytes, at), '(');
	list = bk_part(bytes, open + 1, end);
	list.len = bk_str_find(list, ')');
	status = says_who(&amendments->base->notation, list, &says);
	if (status == BK_OK && says)
		status = bk_amendments_tie_places(amendments, (struct bk_span){open, end}, amendment->base);
	return status;
}

int bk_amendments_tie_notations(struct bk_amendments *amendments)
{
	struct bk_base *base = amendments->base;
	const struct side old = {amendments, base->tokens.bytes, &base->pairing, &base->shells, true},
			  now = {amendments, amendments->bytes, &amendments->pairing, &amendments->shells,
				  false};
	int status = BK_OK;

	for (size_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *amendment = &amendments->list.items[i];

		if (amendment->kind == BK_AMENDMENT_LAYOUT)
			continue;
		const size_t tied = amendments->ties.len;

		status = tie_beside(&old, amendment, amendment->base);
		if (status == BK_OK && amendments->ties.len == tied &&
			amendment->file.start < amendment->file.end)
			status = tie_beside(&now, amendment, amendment->file);
		if (status == BK_OK)
			status = tie_note(amendments, amendment);
		if (status == BK_OK)
			status = tie_to_names(amendments, amendment);
	}
	return status;
}

/* ---- Settling them ------------------------------------------------------------------------------------- */

static int compare_spans(const void *a, const void *b)
{
	const struct bk_span *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

/* What has been looked at in order: from low up to, not with, high. */
struct looked_at {
	size_t low, high;
};

/* A span while it grows. */
struct growing {
	const struct bk_amendments *amendments;
	struct bk_span span;
	struct looked_at brackets, braces, list;
};

static void reach(struct growing *growing, size_t start, size_t end)
{
	if (start < growing->span.start)
		growing->span.start = start;
	if (end > growing->span.end)
		growing->span.end = end;
}

/* Parentheses behind a bracket that closes in it may say who wants it, and would say so of what stands there
 * instead. */
static void reach_with_names(struct growing *growing, const struct bk_mark *mark)
{
	const size_t end = mark->start + mark->len;
	const struct bk_str bytes = growing->amendments->base->tokens.bytes;
	const bool is_closed = !mark->open && mark->partner != BK_NONE && bytes.ptr[mark->start] == ']';

	reach(growing, mark->start, is_closed ? bk_shell_parentheses(bytes, end) : end);
}

/* No pair of the base has one end in it: look at one more; false when there is none. */
static bool take_mark(struct growing *growing, const struct bk_pairing *pairing, struct looked_at *looked)
{
	const struct bk_mark *marks = pairing->marks.items, *mark;

	if (looked->high < pairing->marks.len && marks[looked->high].start < growing->span.end)
		mark = &marks[looked->high++];
	else if (looked->low > 0 && marks[looked->low - 1].start >= growing->span.start)
		mark = &marks[--looked->low];
	else
		return false;
	reach_with_names(growing, mark);
	if (mark->partner != BK_NONE)
		reach_with_names(growing, &marks[mark->partner]);
	return true;
}

/* Amendments that stand in it, or reach into it, stand for it as a whole. */
static bool take_amendment(struct growing *growing)
{
	const struct bk_amendments *amendments = growing->amendments;
	const struct bk_amendment *list = amendments->list.items, *it;
	struct looked_at *looked = &growing->list;

	if (looked->high < amendments->list.len && list[looked->high].base.start < growing->span.end)
		it = &list[looked->high++];
	else if (looked->low > 0 && list[looked->low - 1].base.end > growing->span.start)
		it = &list[--looked->low];
	else
		return false;
	if (it->kind != BK_AMENDMENT_LAYOUT)
		reach(growing, it->base.start, it->base.end);
	return true;
}

/* Cost: O(log n + what is in the span that comes of it). */
static struct bk_span grow(const struct bk_amendments *amendments, struct bk_span span)
{
	const struct bk_base *base = amendments->base;
	struct growing it = {.amendments = amendments, .span = span};

	it.brackets.low = it.brackets.high = bk_pairing_from(&base->pairing, span.start);
	it.braces.low = it.braces.high = bk_pairing_from(&base->braces, span.start);
	it.list.low = it.list.high =
		BK_SEARCH(k, amendments->list.len, amendments->list.items[k].base.end <= span.start);
	while (take_mark(&it, &base->pairing, &it.brackets) || take_mark(&it, &base->braces, &it.braces) ||
		take_amendment(&it))
		;
	return it.span;
}

/* What comes in between ties that meet has to do with either. */
void bk_amendments_settle_ties(struct bk_amendments *amendments)
{
	struct bk_span *ties = amendments->ties.items;
	size_t kept = 0;

	if (amendments->ties.len)
		qsort(ties, amendments->ties.len, sizeof *ties, compare_spans);
	for (size_t i = 0; i < amendments->ties.len; i++) {
		struct bk_span span;

		if (kept && ties[i].end <= ties[kept - 1].end)
			continue;
		span = grow(amendments, ties[i]);
		for (; kept && ties[kept - 1].end >= span.start; kept--) {
			if (ties[kept - 1].start < span.start)
				span.start = ties[kept - 1].start;
			if (ties[kept - 1].end > span.end)
				span.end = ties[kept - 1].end;
		}
		ties[kept++] = span;
	}
	amendments->ties.len = kept;
}

bool bk_amendments_is_tied(const struct bk_amendments *amendments, uint32_t index)
{
	const struct bk_span span = amendments->list.items[index].base;
	const size_t t = BK_SEARCH(i, amendments->ties.len, amendments->ties.items[i].end < span.end);

	return t < amendments->ties.len && amendments->ties.items[t].start <= span.start;
}

void bk_amendments_number_ties(struct bk_amendments *amendments)
{
	size_t t = 0;

	for (size_t i = 0; i < amendments->list.len; i++) {
		struct bk_amendment *amendment = &amendments->list.items[i];

		while (t < amendments->ties.len && amendments->ties.items[t].end < amendment->base.end)
			t++;
		if (t < amendments->ties.len && amendments->ties.items[t].start <= amendment->base.start)
			amendment->tie = (uint32_t)t;
	}
}
