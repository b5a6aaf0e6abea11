#include "compare/rewrapping.h"

#include "base/error.h"
#include "base/vec.h"

/* A carriage return is no matter of wrapping: it is told as a line end. */
static bool is_blank(char c)
{
	return bk_is_space(c) && c != '\r';
}

/* Where the blanks from `at` on end. */
static size_t blanks_end(struct bk_str text, size_t at)
{
	while (at < text.len && is_blank(text.ptr[at]))
		at++;
	return at;
}

/* Whether a blank line is among them: it ends a paragraph. */
static bool ends_paragraph(struct bk_str text, struct bk_span blanks)
{
	size_t feeds = 0;

	for (size_t at = blanks.start; at < blanks.end; at++)
		feeds += text.ptr[at] == '\n';
	return feeds > 1;
}

/* Blanks of both texts at the same place: false when one ends a paragraph, or a word, that goes on in the other. */
static bool are_alike(struct bk_str old, struct bk_span was, struct bk_str now, struct bk_span is)
{
	if (was.start == 0 || was.end == old.len)
		return true;
	return was.start < was.end && is.start < is.end &&
	       ends_paragraph(old, was) == ends_paragraph(now, is);
}

static int replace(struct bk_comparison *comparison, struct bk_span was, struct bk_span is)
{
	const struct bk_str old = comparison->old_draft->bytes, now = comparison->new_draft->bytes;
	struct bk_replacement *added;

	if (bk_str_equal((struct bk_str){old.ptr + was.start, was.end - was.start},
		    (struct bk_str){now.ptr + is.start, is.end - is.start}))
		return BK_OK;
	added = BK_VEC_PUSH(&comparison->replacements);
	if (!added)
		return bk_fail_memory();
	*added = (struct bk_replacement){was, is};
	return BK_OK;
}

/* Both texts at once, blanks and what is none by turns. */
static int walk(struct bk_comparison *comparison)
{
	const struct bk_str old = comparison->old_draft->bytes, now = comparison->new_draft->bytes;
	struct bk_span was = {0, blanks_end(old, 0)}, is = {0, blanks_end(now, 0)};
	int status = BK_OK;

	while (status == BK_OK && are_alike(old, was, now, is)) {
		size_t a = was.end, b = is.end;

		status = replace(comparison, was, is);
		while (a < old.len && b < now.len && old.ptr[a] == now.ptr[b] && !is_blank(old.ptr[a])) {
			a++;
			b++;
		}
		if (a == old.len && b == now.len) {
			comparison->rewrapped = true;
			break;
		}
		was = (struct bk_span){a, blanks_end(old, a)};
		is = (struct bk_span){b, blanks_end(now, b)};
		if ((was.end == old.len) != (is.end == now.len) ||
			(was.start == was.end && is.start == is.end))
			break;
	}
	return status;
}

/* The same bracket of both texts by its number; how a line breaks may change what it is taken for. */
static bool is_same(
	const struct bk_comparison *comparison, const struct bk_bracket *was, const struct bk_bracket *is)
{
	return bk_rewrapping_to_new(comparison, was->start) == is->start &&
	       (was->class == BK_CLASS_DISPUTED) == (is->class == BK_CLASS_DISPUTED);
}

static bool brackets_stand(const struct bk_comparison *comparison)
{
	const bk_draft *old = comparison->old_draft, *now = comparison->new_draft;

	if (old->bracket_count != now->bracket_count)
		return false;
	for (size_t b = 0; b < old->bracket_count; b++)
		if (!is_same(comparison, &old->brackets[b], &now->brackets[b]))
			return false;
	return true;
}

int bk_rewrapping_find(struct bk_comparison *comparison)
{
	int status = BK_OK;

	if (!bk_str_equal(comparison->old_draft->bytes, comparison->new_draft->bytes))
		status = walk(comparison);
	if (comparison->rewrapped && brackets_stand(comparison))
		return status;
	comparison->rewrapped = false;
	comparison->replacements.len = 0;
	return status;
}

/* ---- Places -------------------------------------------------------------------------------------------------- */

size_t bk_rewrapping_to_new(const struct bk_comparison *comparison, size_t old_offset)
{
	const struct bk_replacement *items = comparison->replacements.items;
	const size_t count = comparison->rewrapped ? comparison->replacements.len : 0;
	const size_t passed = BK_SEARCH(i, count, items[i].old_span.end <= old_offset);

	return passed ? old_offset - items[passed - 1].old_span.end + items[passed - 1].new_span.end
		      : old_offset;
}

size_t bk_rewrapping_to_old(const struct bk_comparison *comparison, size_t new_offset)
{
	const struct bk_replacement *items = comparison->replacements.items;
	const size_t count = comparison->rewrapped ? comparison->replacements.len : 0;
	const size_t passed = BK_SEARCH(i, count, items[i].new_span.end <= new_offset);

	return passed ? new_offset - items[passed - 1].new_span.end + items[passed - 1].old_span.end
		      : new_offset;
}
