/*
 * Streamlining: the table of acts, and the suggestions that they make.
 */
#include "draft/streamline.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "draft/streamline_private.h"

#include <stdlib.h>

const struct bk_tidying bk_tidyings[] = {
	{"join", "no alternatives differ in spelling, spacing or punctuation alone", bk_streamline_join,
		false},
	{"lift", "no alternatives have words in common at an end", bk_streamline_lift, false},
	{"fold", "no bracket is doubled, or agreed within another", bk_streamline_fold, false},
	{"options", "the options are numbered in order", bk_streamline_options, true},
	{"renumber", "the paragraphs are numbered in order", bk_streamline_renumber, true},
	{0},
};

const struct bk_tidying *bk_tidying_find(const char *name)
{
	for (const struct bk_tidying *it = bk_tidyings; it->name; it++) {
		if (strcmp(it->name, name) == 0)
			return it;
	}
	return NULL;
}

/* ---- Making suggestions ------------------------------------------------------------------------------ */

int bk_suggest_begin(struct bk_streamline *streamline)
{
	bk_changes_free(streamline->changes);
	streamline->changes = NULL;
	streamline->heirs.len = 0;
	return bk_changes_new(&streamline->changes);
}

int bk_suggest_change(struct bk_streamline *streamline, struct bk_span span, struct bk_str bytes)
{
	return bk_changes_add(streamline->changes, span, bytes.ptr, bytes.len);
}

int bk_suggest_heir(struct bk_streamline *streamline, uint32_t bracket, uint32_t heir)
{
	struct bk_heir *slot = BK_VEC_PUSH(&streamline->heirs);

	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_heir){bracket, heir};
	return BK_OK;
}

/* A formatted string in the arena, or NULL. */
static const char *format_message(struct bk_streamline *streamline, const char *format, va_list args)
{
	struct bk_buf buf = BK_BUF_INIT;
	const char *copy = NULL;

	bk_buf_vprintf(&buf, format, args);
	if (!buf.failed)
		copy = bk_arena_dup(&streamline->arena, bk_buf_string(&buf), buf.len);
	bk_buf_release(&buf);
	return copy;
}

/* The heirs of the suggestion that is being made, in the arena, or NULL. */
static const struct bk_heir *keep_heirs(struct bk_streamline *streamline)
{
	const size_t count = streamline->heirs.len;
	struct bk_heir *copy = bk_arena_array(&streamline->arena, count + 1, sizeof *copy);

	if (copy && count > 0)
		memcpy(copy, streamline->heirs.items, count * sizeof *copy);
	return copy;
}

int bk_suggest(
	struct bk_streamline *streamline, struct bk_span span, uint32_t bracket, const char *format, ...)
{
	struct bk_suggestion made = {.span = span, .bracket = bracket, .heir_count = streamline->heirs.len};
	struct bk_suggestion *slot;
	va_list args;

	va_start(args, format);
	made.message = format_message(streamline, format, args);
	va_end(args);
	made.heirs = keep_heirs(streamline);
	slot = made.message && made.heirs ? BK_VEC_PUSH(&streamline->list) : NULL;
	if (!slot)
		return bk_fail_memory();
	made.changes = streamline->changes;
	streamline->changes = NULL;
	*slot = made;
	return BK_OK;
}

int bk_suggest_left(struct bk_streamline *streamline, size_t offset, const char *format, ...)
{
	struct bk_left *slot = BK_VEC_PUSH(&streamline->left);
	va_list args;

	if (!slot)
		return bk_fail_memory();
	va_start(args, format);
	slot->message = format_message(streamline, format, args);
	va_end(args);
	slot->offset = offset;
	return slot->message ? BK_OK : bk_fail_memory();
}

enum { QUOTED = 60 }; /* bytes */

const char *bk_suggest_quote(struct bk_streamline *streamline, struct bk_span span)
{
	const struct bk_str words = {streamline->draft->bytes.ptr + span.start, span.end - span.start};
	size_t len = words.len;
	char *quote;

	if (len > QUOTED)
		len = bk_utf8_last_cluster((struct bk_str){words.ptr, QUOTED});
	quote = bk_arena_printf(
		&streamline->arena, "'%.*s%s'", (int)len, words.ptr, len < words.len ? "..." : "");
	/* A message is a line. */
	for (char *at = quote; at && *at; at++)
		if (*at == '\n' || *at == '\r')
			*at = ' ';
	return quote;
}

uint32_t bk_suggest_bracket(const struct bk_streamline *streamline, struct bk_span span)
{
	const struct bk_draft *draft = streamline->draft;

	for (uint32_t i = bk_draft_bracket_from(draft, span.start);
		i < draft->bracket_count && draft->brackets[i].start < span.end; i++) {
		if (draft->brackets[i].class == BK_CLASS_DISPUTED && !draft->brackets[i].brace)
			return i;
	}
	return BK_NONE;
}

uint32_t bk_streamline_next(const struct bk_draft *draft, uint32_t member)
{
	const struct bk_group *group = &draft->groups[draft->brackets[member].group - 1];
	uint32_t next = member;

	do
		next = bk_draft_bracket_from(draft, draft->brackets[next].end);
	while (next <= group->last && draft->brackets[next].group != draft->brackets[member].group);
	return next <= group->last ? next : BK_NONE;
}

/* ---- What a bracket holds ---------------------------------------------------------------------------- */

/* The end of the attribution of a bracket that holds offset; the offset when none does. */
static size_t skip_notation(const struct bk_draft *draft, const struct bk_bracket *b, size_t offset)
{
	for (uint32_t i = 0; i < b->attribution_count; i++) {
		const struct bk_span notation = draft->attributions[b->attribution + i].notation;

		if (notation.start <= offset && offset < notation.end)
			return notation.end;
	}
	return offset;
}

/* Whether nothing but attributions and blanks stands there. */
static bool is_notation(const struct bk_draft *draft, const struct bk_bracket *b, size_t from, size_t to)
{
	for (size_t at = from; at < to;) {
		const size_t next = bk_is_space(draft->bytes.ptr[at]) ? at + 1 : skip_notation(draft, b, at);

		if (next == at)
			return false;
		at = next;
	}
	return true;
}

bool bk_streamline_is_plain(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_bracket *b = &draft->brackets[bracket];

	return is_notation(draft, b, b->start + b->open_len, b->text.start) &&
	       is_notation(draft, b, b->text.end, b->end - b->close_len);
}

/* ---- All of them ------------------------------------------------------------------------------------- */

static int compare_suggestions(const void *a, const void *b)
{
	const struct bk_suggestion *x = a, *y = b;

	if (x->span.start != y->span.start)
		return x->span.start < y->span.start ? -1 : 1;
	return x->span.end > y->span.end ? -1 : x->span.end < y->span.end;
}

static int compare_left(const void *a, const void *b)
{
	const struct bk_left *x = a, *y = b;

	if (x->offset != y->offset)
		return x->offset < y->offset ? -1 : 1;
	return strcmp(x->message, y->message);
}

/* What is told twice of one place is told once. */
static void drop_repeated(struct bk_streamline *streamline)
{
	struct bk_left *list = streamline->left.items;
	size_t kept = 0;

	for (size_t i = 0; i < streamline->left.len; i++) {
		if (kept == 0 || compare_left(&list[kept - 1], &list[i]) != 0)
			list[kept++] = list[i];
	}
	streamline->left.len = kept;
}

static void sort(struct bk_streamline *streamline)
{
	if (streamline->list.len)
		qsort(streamline->list.items, streamline->list.len, sizeof *streamline->list.items,
			compare_suggestions);
	if (streamline->left.len)
		qsort(streamline->left.items, streamline->left.len, sizeof *streamline->left.items,
			compare_left);
	drop_repeated(streamline);
}

int bk_streamline_make(bk_streamline **out, const bk_draft *draft, const struct bk_tidying *tidying,
	const struct bk_streamline_terms *terms, bool once)
{
	struct bk_streamline *streamline = bk_calloc(1, sizeof *streamline);
	int status;

	if (!streamline)
		return bk_fail_memory();
	streamline->draft = draft;
	streamline->tidying = tidying;
	streamline->once = once;
	if (terms)
		streamline->terms = *terms;
	status = tidying->find(streamline);
	sort(streamline);
	if (status == BK_OK)
		status = bk_streamline_try(streamline);
	sort(streamline);
	if (status < 0)
		bk_streamline_free(streamline);
	else
		*out = streamline;
	return status;
}

int bk_streamline_new(bk_streamline **out, const bk_draft *draft, const struct bk_tidying *tidying,
	const struct bk_streamline_terms *terms)
{
	return bk_streamline_make(out, draft, tidying, terms, false);
}

void bk_streamline_free(bk_streamline *streamline)
{
	if (!streamline)
		return;
	for (size_t i = 0; i < streamline->list.len; i++)
		bk_changes_free(streamline->list.items[i].changes);
	bk_changes_free(streamline->changes);
	BK_VEC_RELEASE(&streamline->list);
	BK_VEC_RELEASE(&streamline->left);
	BK_VEC_RELEASE(&streamline->heirs);
	bk_arena_release(&streamline->arena);
	bk_free(streamline);
}

const struct bk_suggestion *bk_streamline_list(const bk_streamline *streamline, size_t *count)
{
	*count = streamline->list.len;
	return streamline->list.items;
}

const struct bk_left *bk_streamline_left(const bk_streamline *streamline, size_t *count)
{
	*count = streamline->left.len;
	return streamline->left.items;
}

size_t bk_streamline_at(const bk_streamline *streamline, size_t offset)
{
	size_t found = BK_NOWHERE;

	/* In order of start, so that of those that hold it the last begins last. */
	for (size_t i = 0; i < streamline->list.len; i++) {
		const struct bk_span span = streamline->list.items[i].span;

		if (span.start <= offset && offset < span.end)
			found = i;
	}
	return found;
}

/* One change, with its turn among those that begin at the same place. */
struct turn {
	const struct bk_change *change;
	size_t turn;
};

static int compare_turns(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	if (x->change->span.start != y->change->span.start)
		return x->change->span.start < y->change->span.start ? -1 : 1;
	return x->turn < y->turn ? -1 : x->turn > y->turn;
}

static size_t count_changes(const bk_streamline *streamline, const bool *chosen)
{
	size_t all = 0, count;

	for (size_t i = 0; i < streamline->list.len; i++) {
		bk_changes_list(streamline->list.items[i].changes, &count);
		all += !chosen || chosen[i] ? count : 0;
	}
	return all;
}

static void list_turns(const bk_streamline *streamline, const bool *chosen, struct turn *turns)
{
	size_t all = 0, count;

	for (size_t i = 0; i < streamline->list.len; i++) {
		const struct bk_change *list = bk_changes_list(streamline->list.items[i].changes, &count);

		for (size_t n = 0; n < count && (!chosen || chosen[i]); n++, all++)
			turns[all] = (struct turn){&list[n], all};
	}
}

static int add_turns(bk_changes *changes, const struct turn *turns, size_t count)
{
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const struct bk_change *change = turns[i].change;

		status = bk_changes_add(changes, change->span, change->bytes, change->len);
	}
	return status;
}

int bk_streamline_changes(const bk_streamline *streamline, const bool *chosen, bk_changes **out)
{
	const size_t count = count_changes(streamline, chosen);
	struct turn *turns = bk_calloc(count + 1, sizeof *turns);
	bk_changes *changes = NULL;
	int status = turns ? bk_changes_new(&changes) : bk_fail_memory();

	if (status == BK_OK) {
		list_turns(streamline, chosen, turns);
		qsort(turns, count, sizeof *turns, compare_turns);
		status = add_turns(changes, turns, count);
	}
	bk_free(turns);
	if (status < 0)
		bk_changes_free(changes);
	else
		*out = changes;
	return status;
}
