/* Where clauses begin, marked byte by byte; then the text, with its blanks made anew. */
#include "app/clause.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"
#include "draft/lexicon.h"

/* Of each byte of the text, and of its end. */
enum mark {
	BREAK = 1,  /* a line may begin here */
	GLUE = 2,   /* no line begins here of itself: within the names of an attribution */
	TITLE = 4,  /* the blank before this ends a heading */
	BORDER = 8, /* a long bracket begins or ends here: a line begins even where no blank is */
};

/* Brackets of so many bytes are short where they stand against a word or each other: `chemical[s]`. */
enum { SHORT = 40 };

struct clauses {
	const bk_draft *draft;
	struct bk_str all;
	unsigned char *marks;
	struct bk_buf *out;
	size_t line; /* where the line begins in out */
};

/* ---- Marks ------------------------------------------------------------------------------------------- */

static void mark_bracket(struct clauses *clauses, const struct bk_bracket *bracket)
{
	const unsigned char mark = bracket->end - bracket->start > SHORT ? BREAK | BORDER : BREAK;

	if (bracket->brace || bracket->class == BK_CLASS_REFERENCE)
		return;
	clauses->marks[bracket->start] |= mark;
	clauses->marks[bracket->end] |= mark;
}

/* Names stay together, and apart from the words: `[EU, AOSIS:`, `(EU)`. */
static void mark_attribution(struct clauses *clauses, const struct bk_attribution *attribution)
{
	const struct bk_span notation = attribution->notation;

	if (attribution->form == BK_FORM_FOOTNOTE || notation.end <= notation.start)
		return;
	for (size_t at = notation.start; at < notation.end; at++)
		clauses->marks[at] |= GLUE;
	clauses->marks[notation.end] |= BREAK;
	if (attribution->form != BK_FORM_PREFIX)
		clauses->marks[notation.start] |= BREAK;
}

static void mark_node(struct clauses *clauses, const struct bk_node *node)
{
	const struct bk_str rest = bk_str_skip(clauses->all, node->offset);

	clauses->marks[node->start] |= BREAK;
	/* The full stop of a label ends nothing, and the blank behind it parts nothing: "12. Parties". */
	for (size_t at = node->offset; at < clauses->all.len; at++) {
		clauses->marks[at] |= GLUE;
		if (at >= node->behind && bk_is_space(clauses->all.ptr[at]))
			break;
	}
	if (node->kind == BK_NODE_HEADING)
		clauses->marks[node->offset + bk_str_find(rest, '\n')] |= TITLE;
}

static void mark_all(struct clauses *clauses)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(clauses->draft, &count);

	for (size_t i = 0; i < count; i++)
		mark_bracket(clauses, &brackets[i]);
	const struct bk_unmatched *unmatched = bk_draft_unmatched(clauses->draft, &count);
	for (size_t i = 0; i < count; i++)
		clauses->marks[unmatched[i].offset + (unmatched[i].open ? 0 : unmatched[i].len)] |= BREAK;
	const struct bk_node *nodes = bk_draft_nodes(clauses->draft, &count);
	for (size_t i = 0; i < count; i++)
		mark_node(clauses, &nodes[i]);
	const struct bk_attribution *attributions = bk_draft_attributions(clauses->draft, &count);
	for (size_t i = 0; i < count; i++)
		mark_attribution(clauses, &attributions[i]);
}

/* ---- Characters -------------------------------------------------------------------------------------- */

static uint32_t code_before(struct bk_str all, size_t at)
{
	size_t size, from = at;

	while (from > 0 && at - from < 4 && ((unsigned char)all.ptr[from - 1] & 0xC0) == 0x80)
		from--;
	return from == 0 ? 0 : bk_utf8_decode((struct bk_str){all.ptr + from - 1, at - from + 1}, &size);
}

static uint32_t code_at(struct bk_str all, size_t at)
{
	size_t size;

	return at < all.len ? bk_utf8_decode(bk_str_skip(all, at), &size) : 0;
}

/* Chinese and Japanese put no blanks between words: nor is a line end one. */
static bool is_unspaced(uint32_t code)
{
	return (code >= 0x2E80 && code <= 0x9FFF) || (code >= 0xF900 && code <= 0xFAFF) ||
	       (code >= 0xFE30 && code <= 0xFE4F) || (code >= 0xFF00 && code <= 0xFF60) ||
	       (code >= 0x20000 && code <= 0x3FFFF);
}

/* 、 。 ， ： ； ！ ？ */
static bool is_wide_stop(uint32_t code)
{
	return code == 0x3001 || code == 0x3002 || code == 0xFF0C || code == 0xFF1A || code == 0xFF1B ||
	       code == 0xFF01 || code == 0xFF1F;
}

static bool is_closing(uint32_t code)
{
	return code == '"' || code == '\'' || code == ')' || code == ']' || code == '*' || code == '_' ||
	       code == 0x2019 || code == 0x201D || code == 0xBB || (code >= 0x3009 && code <= 0x3011) ||
	       code == 0xFF09 || code == 0xFF3D;
}

/* What may follow a bracket on its line without a blank. */
static bool is_trailing(uint32_t code)
{
	return is_closing(code) || is_wide_stop(code) || code == ',' || code == ';' || code == ':' ||
	       code == '.' || code == '!' || code == '?' || code == 0x60C || code == 0x61B || code == 0x61F;
}

static bool is_opening(uint32_t code)
{
	return code == '[' || code == '(' || code == '{' || code == '"' || code == '*' || code == '_' ||
	       code == 0x201C || code == 0xAB || code == 0xFF3B || code == 0x3010;
}

/* Whether the full stop at `at` is one of a sentence, and none of "J." or "e.g.". */
static bool ends_sentence(struct bk_str all, size_t at)
{
	const char before = at > 0 ? all.ptr[at - 1] : ' ';

	if (at > 1 && all.ptr[at - 2] == '.')
		return false;
	return bk_is_lower(before) || bk_is_digit(before) || (unsigned char)before >= 0x80 ||
	       is_closing((unsigned char)before);
}

/* Whether a clause ends before at: with , ; : ! ? ، ؛ ؟ ۔ or a full stop, and what closes behind them. */
static bool ends_clause(struct bk_str all, size_t at)
{
	uint32_t code = code_before(all, at);

	while (at > 0 && is_closing(code)) {
		at--;
		while (at > 0 && ((unsigned char)all.ptr[at] & 0xC0) == 0x80)
			at--;
		code = code_before(all, at);
	}
	if (code == '.')
		return ends_sentence(all, at - 1);
	return code == ',' || code == ';' || code == ':' || code == '!' || code == '?' || code == 0x60C ||
	       code == 0x61B || code == 0x61F || code == 0x6D4;
}

/* ---- Lines ------------------------------------------------------------------------------------------- */

static bool is_line_empty(const struct clauses *clauses)
{
	return clauses->out->len == clauses->line;
}

/* `[,` alone says nothing. */
static bool has_words(const struct clauses *clauses)
{
	for (size_t i = clauses->line; i < clauses->out->len; i++)
		if (bk_is_word(clauses->out->bytes[i]))
			return true;
	return false;
}

static void end_line(struct clauses *clauses)
{
	if (is_line_empty(clauses))
		return;
	bk_buf_putc(clauses->out, '\n');
	clauses->line = clauses->out->len;
}

static void end_paragraph(struct clauses *clauses)
{
	end_line(clauses);
	if (clauses->out->len > 1 && clauses->out->bytes[clauses->out->len - 2] != '\n')
		bk_buf_putc(clauses->out, '\n');
	clauses->line = clauses->out->len;
}

static void put(struct clauses *clauses, size_t from, size_t to)
{
	bk_utf8_put_visible(clauses->out, (struct bk_str){clauses->all.ptr + from, to - from}, false);
}

/* With a small letter: 9 May is a day. */
static bool is_modal(const struct clauses *clauses, size_t at)
{
	return !bk_is_upper(clauses->all.ptr[at]) &&
	       bk_lexicon_prefix(BK_LEXICON_MODAL, bk_str_skip(clauses->all, at)) > 0;
}

/* Blanks from `from` to `at`, where the next word begins. */
static void put_gap(struct clauses *clauses, size_t from, size_t at)
{
	const struct bk_str all = clauses->all, gap = {all.ptr + from, at - from};
	const size_t first = bk_str_find(gap, '\n');
	unsigned char marks = 0;

	if (bk_str_find(bk_str_skip(gap, first + 1), '\n') <
		gap.len - (first < gap.len ? first + 1 : gap.len)) {
		end_paragraph(clauses);
		return;
	}
	for (size_t i = from; i <= at; i++)
		marks |= clauses->marks[i] & (BREAK | TITLE);
	if (marks || (!(clauses->marks[from] & GLUE) && has_words(clauses) &&
			     (ends_clause(all, from) || is_modal(clauses, at))))
		end_line(clauses);
	else if (!is_line_empty(clauses) &&
		 !(is_unspaced(code_before(all, from)) && is_unspaced(code_at(all, at))))
		bk_buf_putc(clauses->out, ' ');
}

/* A place without a blank. */
static void put_seam(struct clauses *clauses, size_t at)
{
	const uint32_t before = code_before(clauses->all, at), after = code_at(clauses->all, at);

	if (is_line_empty(clauses) || is_trailing(after) || is_opening(before) || clauses->marks[at] & GLUE)
		return;
	if (is_wide_stop(before)) {
		end_line(clauses);
	} else if (clauses->marks[at] & BORDER) {
		bk_buf_putc(clauses->out, '\\');
		end_line(clauses);
	}
}

static void put_all(struct clauses *clauses)
{
	const struct bk_str all = clauses->all;
	size_t at = 0, told = 0;

	while (at < all.len) {
		if (bk_is_space(all.ptr[at])) {
			const size_t from = at;

			put(clauses, told, at);
			while (at < all.len && bk_is_space(all.ptr[at]))
				at++;
			if (at < all.len)
				put_gap(clauses, from, at);
			told = at;
			continue;
		}
		if (at > told && (clauses->marks[at] & BORDER || is_wide_stop(code_before(all, at)))) {
			put(clauses, told, at);
			told = at;
			put_seam(clauses, at);
		}
		at += bk_utf8_cluster(bk_str_skip(all, at));
	}
	put(clauses, told, all.len);
	end_line(clauses);
}

int bk_clauses_put(const bk_draft *draft, struct bk_buf *out)
{
	struct clauses clauses = {.draft = draft, .out = out, .line = out->len};

	clauses.all.ptr = bk_draft_bytes(draft, &clauses.all.len);
	clauses.marks = bk_calloc(clauses.all.len + 1, 1);
	if (!clauses.marks)
		return bk_fail_memory();
	mark_all(&clauses);
	put_all(&clauses);
	bk_free(clauses.marks);
	return bk_buf_status(out);
}
