/* What is taken out of a text, put together. */
#include "draft/cut.h"

#include "base/error.h"
#include "base/utf8.h"
#include "draft/draft.h"

#include <stdlib.h>

int bk_cuts_add(bk_cuts *cuts, size_t start, size_t end, enum bk_cut_kind kind)
{
	struct bk_cut *cut;

	if (end <= start)
		return BK_OK;
	cut = BK_VEC_PUSH(cuts);
	if (!cut)
		return bk_fail_memory();
	*cut = (struct bk_cut){.span = {start, end}, .kind = (uint8_t)kind};
	return BK_OK;
}

static int compare_cuts(const void *a, const void *b)
{
	const struct bk_cut *left = a, *right = b;

	if (left->span.start != right->span.start)
		return left->span.start < right->span.start ? -1 : 1;
	return left->span.end > right->span.end ? -1 : left->span.end < right->span.end;
}

void bk_cuts_sort(bk_cuts *cuts)
{
	if (cuts->len > 1)
		qsort(cuts->items, cuts->len, sizeof *cuts->items, compare_cuts);
}

size_t bk_cut_words_at(const struct bk_draft *draft, struct bk_span span)
{
	const char *text = draft->bytes.ptr;
	size_t at = span.start;

	while (at < span.end && (bk_is_space(text[at]) || strchr("[*_\"'(", text[at]))) {
		const uint32_t bracket = bk_draft_bracket_from(draft, at);

		if (bracket < draft->bracket_count && draft->brackets[bracket].start == at)
			at = draft->brackets[bracket].text.start;
		else
			at++;
	}
	return at;
}

/* Whether words that go begin with a capital. */
static bool is_capital(const struct bk_draft *draft, const struct bk_cut *cut)
{
	const size_t at = cut->kind == BK_CUT_WORDS ? bk_cut_words_at(draft, cut->span) : cut->span.end;

	return at < cut->span.end &&
	       bk_utf8_is_upper(bk_utf8_decode(
		       (struct bk_str){draft->bytes.ptr + at, cut->span.end - at}, &(size_t){0}));
}

static bool is_blank_gap(struct bk_str text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (!bk_is_blank(text.ptr[i]))
			return false;
	}
	return true;
}

void bk_cuts_join(const struct bk_draft *draft, bk_cuts *cuts)
{
	size_t kept = 0;

	bk_cuts_sort(cuts);
	for (size_t i = 0; i < cuts->len; i++) {
		struct bk_cut cut = cuts->items[i];
		struct bk_cut *last = kept > 0 ? &cuts->items[kept - 1] : NULL;

		if (last && (cut.span.start <= last->span.end ||
				    is_blank_gap(draft->bytes, last->span.end, cut.span.start))) {
			last->blank |= cut.span.start > last->span.end;
			/* of brackets that go in one that does it is not asked: they nest deep */
			if (last->kind == BK_CUT_MARK)
				last->capital = is_capital(draft, &cut);
			if (cut.kind == BK_CUT_WORDS)
				last->kind = BK_CUT_WORDS;
			if (cut.span.end > last->span.end)
				last->span.end = cut.span.end;
		} else {
			cut.capital = is_capital(draft, &cut);
			cuts->items[kept++] = cut;
		}
	}
	cuts->len = kept;
}
