/*
 * Unseen: edits that show nothing, wherever they stand.
 *
 *	old   1. Parties shall act		edit: nothing -> U+200B
 *	new   1<U+200B>. Parties shall act
 *
 * Words that stand in both texts are looked at when they are matched; labels, names, marks and what matching did not
 * reach are in the edits alone.  An edit shows nothing when both of its sides read the same without what hides, with
 * look-alike letters and blanks of any kind as the plain ones, and accents apart.
 */
#include "compare/comparison.h"

#include "base/error.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { WIDEN = 64 }; /* bytes on either side to the ends of a word */

/* What one side of an edit is to the eye, and what of it is no plain ASCII. */
struct sight {
	struct bk_buf seen, capitals, exotic;
};

static void look(struct sight *sight, struct bk_str bytes)
{
	struct bk_buf plain = BK_BUF_INIT;
	uint32_t before = 0;

	for (size_t at = 0, size; at < bytes.len; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(bytes, at), &size);
		const char like = code == BK_UTF8_BAD ? 0 : bk_utf8_latin_lookalike(code);
		const bool ascii = code < 0x80 && (code >= ' ' || bk_is_space((char)code)) && code != 0x7F;
		const bool hides =
			!ascii && code != BK_UTF8_BAD && bk_utf8_hidden(code, before, 0) != BK_HIDDEN_NOT;

		if (!ascii)
			bk_buf_put(&sight->exotic, bytes.ptr + at, size);
		if (code != BK_UTF8_BAD && bk_utf8_is_space(code)) {
			if (plain.len && bk_buf_str(&plain).ptr[plain.len - 1] != ' ')
				bk_buf_putc(&plain, ' ');
		} else if (like) {
			bk_buf_putc(&plain, like);
		} else if (!hides) {
			bk_buf_put(&plain, bytes.ptr + at, size);
		}
		before = code == BK_UTF8_BAD || hides ? 0 : code;
	}
	bk_utf8_put_folded_apart(&sight->seen, bk_buf_str(&plain));
	bk_buf_put(&sight->capitals, bk_buf_str(&plain).ptr, plain.len);
	sight->seen.failed |= plain.failed;
	bk_buf_release(&plain);
}

static void release_sight(struct sight *sight)
{
	bk_buf_release(&sight->seen);
	bk_buf_release(&sight->capitals);
	bk_buf_release(&sight->exotic);
}

/* The same letters but for some capitals. */
static bool differ_in_capitals(struct bk_str old, struct bk_str now)
{
	bool differ = false;

	while (old.len && now.len) {
		size_t old_size, size;
		const uint32_t a = bk_utf8_decode(old, &old_size), b = bk_utf8_decode(now, &size);

		if (a != b &&
			(a == BK_UTF8_BAD || b == BK_UTF8_BAD || bk_utf8_to_lower(a) != bk_utf8_to_lower(b)))
			return false;
		differ |= a != b;
		old = bk_str_skip(old, old_size);
		now = bk_str_skip(now, size);
	}
	return differ && !old.len && !now.len;
}

/* What hides, looks like another letter or is composed is not ASCII, or a control. */
static bool is_plain(struct bk_str bytes)
{
	for (size_t i = 0; i < bytes.len; i++)
		if ((unsigned char)bytes.ptr[i] >= 0x7F ||
			((unsigned char)bytes.ptr[i] < ' ' && !bk_is_space(bytes.ptr[i])))
			return false;
	return true;
}

/* Whether both sides look the same though they are not; *status when memory is short. */
static bool shows_nothing(struct bk_str old, struct bk_str now, int *status)
{
	struct sight was = {BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT},
		     is = {BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT};
	bool nothing = false;

	if (is_plain(old) && is_plain(now))
		return false;
	look(&was, old);
	look(&is, now);
	if (was.seen.failed || was.capitals.failed || was.exotic.failed || is.seen.failed ||
		is.capitals.failed || is.exotic.failed)
		*status = bk_fail_memory();
	else
		nothing = bk_str_equal(bk_buf_str(&was.seen), bk_buf_str(&is.seen)) &&
			  !bk_str_equal(bk_buf_str(&was.exotic), bk_buf_str(&is.exotic)) &&
			  !differ_in_capitals(bk_buf_str(&was.capitals), bk_buf_str(&is.capitals));
	release_sight(&was);
	release_sight(&is);
	return nothing;
}

/* ---- Edits --------------------------------------------------------------------------------------------- */

static bool is_of_word(char c)
{
	return (unsigned char)c >= 0x80 || bk_is_word(c);
}

/* An edit up to the ends of the words it lies in, which are the same bytes in both texts. */
static struct bk_replacement widen(const struct bk_comparison *comparison, struct bk_replacement edit)
{
	const struct bk_str old = comparison->old_draft->bytes, now = comparison->rewrapping.asked->bytes;

	for (size_t i = 0; i < WIDEN && edit.old_span.start > 0 && edit.new_span.start > 0; i++) {
		const char c = old.ptr[edit.old_span.start - 1];

		if (!is_of_word(c) || now.ptr[edit.new_span.start - 1] != c)
			break;
		edit.old_span.start--;
		edit.new_span.start--;
	}
	for (size_t i = 0; i < WIDEN && edit.old_span.end < old.len && edit.new_span.end < now.len; i++) {
		const char c = old.ptr[edit.old_span.end];

		if (!is_of_word(c) || now.ptr[edit.new_span.end] != c)
			break;
		edit.old_span.end++;
		edit.new_span.end++;
	}
	return edit;
}

static int compare_spans(const void *a, const void *b)
{
	const struct bk_span *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

typedef BK_VEC(struct bk_span) span_list;

/* Where the new text is told to show nothing already, in order. */
static int list_told(const struct bk_comparison *comparison, span_list *told)
{
	for (size_t i = 0; i < comparison->differences.len; i++) {
		struct bk_span *span;

		if (strcmp(comparison->differences.items[i].detail, "invisible") != 0)
			continue;
		span = BK_VEC_PUSH(told);
		if (!span)
			return bk_fail_memory();
		*span = comparison->differences.items[i].new_span;
	}
	if (told->len)
		qsort(told->items, told->len, sizeof *told->items, compare_spans);
	return BK_OK;
}

static bool is_told(const span_list *told, struct bk_span span)
{
	const size_t at = BK_SEARCH(i, told->len, told->items[i].end < span.start);

	return at < told->len && told->items[at].start <= span.end;
}

static int tell(struct bk_comparison *comparison, struct bk_replacement edit)
{
	return bk_comparison_add(comparison,
		&(struct bk_difference){.kind = BK_DIFFERENCE_TEXT_CHANGED,
			.in_old = true,
			.in_new = true,
			.old_span = edit.old_span,
			.new_span = bk_rewrapping_span_to_laid(&comparison->rewrapping, edit.new_span),
			.old_bracket = BK_NONE,
			.new_bracket = BK_NONE,
			.detail = "invisible"});
}

int bk_unseen_find(struct bk_comparison *comparison)
{
	const struct bk_str old = comparison->old_draft->bytes, now = comparison->rewrapping.asked->bytes;
	span_list told = BK_VEC_INIT;
	int status = list_told(comparison, &told);

	for (size_t i = 0; i < comparison->replacements.len && status == BK_OK; i++) {
		const struct bk_replacement edit = widen(comparison, comparison->replacements.items[i]);
		const struct bk_str was = {
			old.ptr + edit.old_span.start, edit.old_span.end - edit.old_span.start};
		const struct bk_str is = {
			now.ptr + edit.new_span.start, edit.new_span.end - edit.new_span.start};

		if (!is_told(&told, edit.new_span) && shows_nothing(was, is, &status) && status == BK_OK)
			status = tell(comparison, edit);
	}
	BK_VEC_RELEASE(&told);
	return status;
}
