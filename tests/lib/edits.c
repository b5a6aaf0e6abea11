/* All changes are planned first, each on bytes of the base that no other one has; then they are written in order. */
#include "lib/edits.h"

#include "base/alloc.h"

#include <stdlib.h>

enum { CLAUSE = 6 }; /* words of a long one */

/* What is to stand in the place of a span. */
struct change {
	struct bk_span base;
	size_t order; /* among those that put something in at one place */
	struct bk_str words;
	char *owned; /* what words lies in, or NULL */
};

struct editor {
	struct bk_str base;
	const struct edit_rates *rates;
	uint64_t seed;
	BK_VEC(struct bk_span) words, paragraphs, brackets;
	BK_VEC(struct change) changes;
	bool *taken;  /* bytes of the base that are changed */
	bool *pinned; /* before which something is put in */
	struct edited *out;
};

static void *or_die(void *memory)
{
	if (!memory)
		abort();
	return memory;
}

#define PUSH(vec, ...)                                                                                       \
	do {                                                                                                 \
		typeof((vec)->items) slot_ = or_die(BK_VEC_PUSH(vec));                                       \
                                                                                                             \
		*slot_ = (__VA_ARGS__);                                                                      \
	} while (0)

/* splitmix64, Steele, Lea and Flood 2014. */
static size_t below(struct editor *editor, size_t limit)
{
	uint64_t z = editor->seed += 0x9E3779B97F4A7C15u;

	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return limit ? (size_t)((z ^ z >> 31) % limit) : 0;
}

static bool happens(struct editor *editor, unsigned rate)
{
	return rate && below(editor, 1000) < rate;
}

static struct bk_str bytes_of(const struct editor *editor, struct bk_span span)
{
	return (struct bk_str){editor->base.ptr + span.start, span.end - span.start};
}

/* ---- What stands in the base --------------------------------------------------------------------------- */

static void find_words(struct editor *editor)
{
	const struct bk_str base = editor->base;

	for (size_t at = 0, end; at < base.len; at = end) {
		for (end = at; end < base.len && bk_is_word(base.ptr[end]);)
			end++;
		if (end > at)
			PUSH(&editor->words, (struct bk_span){at, end});
		else
			end++;
	}
}

/* Each with the blank lines behind it. */
static void find_paragraphs(struct editor *editor)
{
	const struct bk_str base = editor->base;

	for (size_t at = 0, end; at < base.len; at = end) {
		const char *blank = memmem(base.ptr + at, base.len - at, "\n\n", 2);

		end = blank ? (size_t)(blank - base.ptr) : base.len;
		while (end < base.len && base.ptr[end] == '\n')
			end++;
		PUSH(&editor->paragraphs, (struct bk_span){at, end});
	}
}

static void find_brackets(struct editor *editor)
{
	BK_VEC(size_t) open = BK_VEC_INIT;
	bool escaped = false;

	for (size_t i = 0; i < editor->base.len; i++) {
		const char c = editor->base.ptr[i];

		if (c == '[' && !escaped)
			PUSH(&open, i);
		if (c == ']' && !escaped && open.len)
			PUSH(&editor->brackets, (struct bk_span){open.items[--open.len], i + 1});
		escaped = c == '\\' && !escaped;
	}
	BK_VEC_RELEASE(&open);
}

/* Whether brackets close within it, and no sooner than they open. */
static bool is_balanced(const struct editor *editor, struct bk_span span)
{
	size_t depth = 0;

	for (size_t i = span.start; i < span.end; i++) {
		if (editor->base.ptr[i] == '\\')
			return false;
		if (editor->base.ptr[i] == ']' && depth-- == 0)
			return false;
		depth += editor->base.ptr[i] == '[';
	}
	return depth == 0;
}

/* ---- Planning ------------------------------------------------------------------------------------------ */

/* Nothing of the span is changed yet; what is put in between stands within nothing that goes. */
static bool is_free(const struct editor *editor, struct bk_span span)
{
	if (span.start == span.end)
		return span.start == 0 || span.start == editor->base.len ||
		       !(editor->taken[span.start - 1] && editor->taken[span.start]);
	for (size_t i = span.start; i < span.end; i++)
		if (editor->taken[i] || (editor->pinned[i] && i > span.start))
			return false;
	return true;
}

static void plan(struct editor *editor, struct bk_span span, struct bk_str words, char *owned)
{
	for (size_t i = span.start; i < span.end; i++)
		editor->taken[i] = true;
	editor->pinned[span.start] |= span.start == span.end;
	PUSH(&editor->changes, (struct change){span, editor->changes.len, words, owned});
}

static void plan_buf(struct editor *editor, struct bk_span span, struct bk_buf *words)
{
	size_t len;
	char *bytes = or_die(bk_buf_detach(words, &len));

	plan(editor, span, (struct bk_str){bytes, len}, bytes);
}

/* It is an edit, of which the editor knows. */
static void note(struct editor *editor, struct bk_span span)
{
	PUSH(&editor->out->edits, span);
}

static struct bk_str draw_word(struct editor *editor)
{
	const char *const *vocabulary = editor->rates->vocabulary;
	size_t count = 0;

	while (vocabulary && vocabulary[count])
		count++;
	if (count)
		return bk_str_of(vocabulary[below(editor, count)]);
	if (editor->words.len)
		return bytes_of(editor, editor->words.items[below(editor, editor->words.len)]);
	return BK_STR("word");
}

static void draw_words(struct editor *editor, size_t count, struct bk_buf *out)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			bk_buf_putc(out, ' ');
		bk_buf_put_str(out, draw_word(editor));
	}
}

/* The span with the blank behind it. */
static struct bk_span with_blank(const struct editor *editor, struct bk_span span)
{
	span.end += span.end < editor->base.len && editor->base.ptr[span.end] == ' ';
	return span;
}

/* So many words in the place of a span, or before it when it stays; none: it goes. */
static void put_words(struct editor *editor, struct bk_span span, size_t count, bool stays)
{
	const struct bk_span place = stays	  ? (struct bk_span){span.start, span.start}
				     : count == 0 ? with_blank(editor, span)
						  : span;
	struct bk_buf words = BK_BUF_INIT;

	if (!is_free(editor, place))
		return;
	draw_words(editor, count, &words);
	if (stays)
		bk_buf_putc(&words, ' ');
	if (!stays && count && bk_str_equal(bk_buf_str(&words), bytes_of(editor, span)))
		bk_buf_puts(&words, "s");
	plan_buf(editor, place, &words);
	note(editor, stays ? place : span);
}

/* From a word to the end of another one soon after; as few words as may be when brackets lie between. */
static struct bk_span clause_from(struct editor *editor, size_t word)
{
	const struct bk_span first = editor->words.items[word];
	size_t last = word + below(editor, CLAUSE);

	if (last >= editor->words.len)
		last = editor->words.len - 1;
	for (; last > word; last--) {
		const struct bk_span span = {first.start, editor->words.items[last].end};

		if (is_balanced(editor, span) &&
			!memmem(bytes_of(editor, span).ptr, span.end - span.start, "\n\n", 2))
			return span;
	}
	return first;
}

static void plan_words(struct editor *editor)
{
	for (size_t i = 0; i < editor->words.len; i++) {
		const size_t kind = below(editor, 3);

		if (happens(editor, editor->rates->words))
			put_words(editor, editor->words.items[i], kind > 0, kind > 1);
	}
}

static void plan_clauses(struct editor *editor)
{
	for (size_t i = 0; i < editor->words.len; i++) {
		const size_t kind = below(editor, 3);

		if (happens(editor, editor->rates->clauses))
			put_words(editor, clause_from(editor, i), kind ? 1 + below(editor, CLAUSE) : 0,
				kind > 1);
	}
}

/* The two characters of a bracket, each in a span of its own. */
static void plan_pair(struct editor *editor, struct bk_span open, struct bk_span close, const char *before,
	const char *behind)
{
	if (!is_free(editor, open) || !is_free(editor, close))
		return;
	plan(editor, open, bk_str_of(before), NULL);
	plan(editor, close, bk_str_of(behind), NULL);
	note(editor, (struct bk_span){open.start, close.end});
}

static void plan_reservations(struct editor *editor)
{
	for (size_t i = 0; i < editor->words.len; i++) {
		struct bk_span span;

		if (!happens(editor, editor->rates->reservations))
			continue;
		span = clause_from(editor, i);
		plan_pair(editor, (struct bk_span){span.start, span.start},
			(struct bk_span){span.end, span.end}, "[", "]");
	}
}

static void plan_bracket(struct editor *editor, struct bk_span bracket)
{
	const struct bk_span inside = {bracket.start + 1, bracket.end - 1};
	struct bk_buf words = BK_BUF_INIT;

	switch (below(editor, 3)) {
	case 0:
		plan_pair(editor, (struct bk_span){bracket.start, inside.start},
			(struct bk_span){inside.end, bracket.end}, "", "");
		return;
	case 1:
		if (inside.start < inside.end && is_balanced(editor, inside))
			put_words(editor, inside, 1 + below(editor, 3), false);
		return;
	default:
		if (!is_free(editor, (struct bk_span){bracket.end, bracket.end}))
			return;
		bk_buf_putc(&words, '[');
		draw_words(editor, 1 + below(editor, 3), &words);
		bk_buf_putc(&words, ']');
		plan_buf(editor, (struct bk_span){bracket.end, bracket.end}, &words);
		note(editor, (struct bk_span){bracket.end, bracket.end});
	}
}

static void plan_name(struct editor *editor, struct bk_span bracket)
{
	static const char *const before[] = {"EU: ", "AOSIS, NO: ", "US delete: ", "G77 support: "};
	static const char *const behind[] = {" (EU)", " (AU, CL: delete)"};
	const bool leads = below(editor, 2);
	const size_t at = leads ? bracket.start + 1 : bracket.end;

	if (!is_free(editor, (struct bk_span){at, at}))
		return;
	plan(editor, (struct bk_span){at, at},
		bk_str_of(leads ? before[below(editor, 4)] : behind[below(editor, 2)]), NULL);
	note(editor, (struct bk_span){at, at});
}

static void plan_brackets(struct editor *editor)
{
	for (size_t i = 0; i < editor->brackets.len; i++) {
		if (happens(editor, editor->rates->brackets))
			plan_bracket(editor, editor->brackets.items[i]);
		if (happens(editor, editor->rates->names))
			plan_name(editor, editor->brackets.items[i]);
	}
}

/* The paragraph with some of its words changed. */
static void put_edited(struct editor *editor, struct bk_str paragraph, struct bk_buf *out)
{
	const struct edit_rates rates = {
		.words = editor->rates->words, .vocabulary = editor->rates->vocabulary};
	struct edited edited = EDITED_INIT;

	edit_text(paragraph, &rates, below(editor, SIZE_MAX), &edited);
	bk_buf_put_str(out, bk_buf_str(&edited.bytes));
	edited_release(&edited);
}

static void plan_move(struct editor *editor, struct bk_span paragraph)
{
	const size_t to = editor->paragraphs.items[below(editor, editor->paragraphs.len)].start;
	struct bk_buf words = BK_BUF_INIT;

	if (!is_free(editor, (struct bk_span){to, to}) || (to >= paragraph.start && to <= paragraph.end))
		return;
	put_edited(editor, bytes_of(editor, paragraph), &words);
	plan_buf(editor, (struct bk_span){to, to}, &words);
	plan(editor, paragraph, BK_STR(""), NULL);
	note(editor, paragraph);
	note(editor, (struct bk_span){to, to});
}

static void plan_new_paragraph(struct editor *editor, size_t at)
{
	struct bk_buf words = BK_BUF_INIT;

	if (below(editor, 2))
		bk_buf_printf(&words, "%zu bis. ", below(editor, 20));
	draw_words(editor, 3 + below(editor, 3 * CLAUSE), &words);
	bk_buf_puts(&words, ".\n\n");
	plan_buf(editor, (struct bk_span){at, at}, &words);
	note(editor, (struct bk_span){at, at});
}

static void plan_paragraphs(struct editor *editor)
{
	for (size_t i = 0; i < editor->paragraphs.len; i++) {
		const struct bk_span paragraph = editor->paragraphs.items[i],
				     before = {paragraph.start, paragraph.start};
		const bool goes = is_free(editor, paragraph) && is_balanced(editor, paragraph);

		if (happens(editor, editor->rates->moves) && goes) {
			plan_move(editor, paragraph);
		} else if (happens(editor, editor->rates->paragraphs) && below(editor, 2) && goes) {
			plan(editor, paragraph, BK_STR(""), NULL);
			note(editor, paragraph);
		} else if (happens(editor, editor->rates->paragraphs) && is_free(editor, before)) {
			plan_new_paragraph(editor, paragraph.start);
		}
	}
}

static void plan_blanks(struct editor *editor)
{
	for (size_t i = 0; i < editor->base.len; i++) {
		const struct bk_span blank = {i, i + 1};

		if (editor->base.ptr[i] == ' ' && happens(editor, editor->rates->blanks) &&
			is_free(editor, blank))
			plan(editor, blank, below(editor, 2) ? BK_STR("\n") : BK_STR("  "), NULL);
	}
}

static void plan_faults(struct editor *editor)
{
	static const struct bk_str faults[] = {{"[", 1}, {"]", 1}, {"\0", 1}, {"\\", 1}, {"\xff\xfe", 2},
		{"\xc3", 1}, {"{", 1}, {"\r", 1}, {"\xef\xbb\xbf", 3}, {"\xe2\x80\x8b", 3}};

	for (size_t i = 0; i < editor->words.len; i++) {
		const size_t at = editor->words.items[i].start;

		if (!happens(editor, editor->rates->faults) || !is_free(editor, (struct bk_span){at, at}))
			continue;
		plan(editor, (struct bk_span){at, at}, faults[below(editor, sizeof faults / sizeof *faults)],
			NULL);
		note(editor, (struct bk_span){at, at});
	}
}

/* ---- Writing ------------------------------------------------------------------------------------------- */

static int by_place(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	if (x->base.start != y->base.start)
		return x->base.start < y->base.start ? -1 : 1;
	if (x->base.end != y->base.end)
		return x->base.end < y->base.end ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static void put(struct editor *editor, struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		if (bytes.ptr[i] == '\n' && editor->rates->crlf)
			bk_buf_putc(&editor->out->bytes, '\r');
		bk_buf_putc(&editor->out->bytes, bytes.ptr[i]);
	}
}

static void write_changes(struct editor *editor)
{
	size_t at = 0;

	if (editor->changes.len)
		qsort(editor->changes.items, editor->changes.len, sizeof *editor->changes.items, by_place);
	for (size_t i = 0; i < editor->changes.len; i++) {
		const struct change *change = &editor->changes.items[i];

		put(editor, bytes_of(editor, (struct bk_span){at, change->base.start}));
		put(editor, change->words);
		at = change->base.end;
	}
	put(editor, bk_str_skip(editor->base, at));
	if (editor->out->bytes.failed)
		abort();
}

static int by_start(const void *a, const void *b)
{
	const struct bk_span *x = a, *y = b;

	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	return x->end < y->end ? -1 : x->end > y->end;
}

static void sort_spans(struct bk_span *spans, size_t count)
{
	if (count)
		qsort(spans, count, sizeof *spans, by_start);
}

static void editor_release(struct editor *editor)
{
	for (size_t i = 0; i < editor->changes.len; i++)
		bk_free(editor->changes.items[i].owned);
	BK_VEC_RELEASE(&editor->changes);
	BK_VEC_RELEASE(&editor->words);
	BK_VEC_RELEASE(&editor->paragraphs);
	BK_VEC_RELEASE(&editor->brackets);
	free(editor->taken);
	free(editor->pinned);
}

void edit_text(struct bk_str base, const struct edit_rates *rates, uint64_t seed, struct edited *out)
{
	struct editor editor = {.base = base, .rates = rates, .seed = seed, .out = out};

	editor.taken = or_die(calloc(base.len + 1, sizeof *editor.taken));
	editor.pinned = or_die(calloc(base.len + 1, sizeof *editor.pinned));
	find_words(&editor);
	find_paragraphs(&editor);
	find_brackets(&editor);
	plan_paragraphs(&editor);
	plan_brackets(&editor);
	plan_clauses(&editor);
	plan_words(&editor);
	plan_reservations(&editor);
	plan_blanks(&editor);
	plan_faults(&editor);
	write_changes(&editor);
	sort_spans(out->edits.items, out->edits.len);
	editor_release(&editor);
}

void edited_release(struct edited *edited)
{
	bk_buf_release(&edited->bytes);
	BK_VEC_RELEASE(&edited->edits);
}

/* ---- Heaps --------------------------------------------------------------------------------------------- */

size_t edits_clusters(const struct edited *versions, size_t count)
{
	BK_VEC(struct bk_span) all = BK_VEC_INIT;
	struct bk_span last = {0, 0};
	size_t clusters = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < versions[i].edits.len; k++)
			PUSH(&all, versions[i].edits.items[k]);
	sort_spans(all.items, all.len);
	for (size_t i = 0; i < all.len; i++) {
		const struct bk_span next = all.items[i];
		const bool same = next.start == last.start && next.end == last.end;

		if (i == 0 || !(same || next.start < last.end)) {
			clusters++;
			last = next;
		} else if (next.end > last.end) {
			last.end = next.end;
		}
	}
	BK_VEC_RELEASE(&all);
	return clusters;
}
