/* The edits of a restyling: what goes, what comes in its place, and where all else stands after them. */
#include "base/error.h"
#include "draft/inscription.h"
#include "draft/restyle_private.h"

#include <stdlib.h>

/* ---- Collecting -------------------------------------------------------------------------------------- */

static int add_edit(struct bk_restyling *restyling, struct bk_span span, struct bk_str bytes)
{
	struct bk_restyle_edit *slot = BK_VEC_PUSH(&restyling->edits);

	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_restyle_edit){.span = span, .bytes = restyling->bytes.len, .len = bytes.len};
	bk_buf_put_str(&restyling->bytes, bytes);
	return bk_buf_status(&restyling->bytes);
}

/* Where names go: before all words, also a label; before the close; behind the bracket. */
static int add_inscription(struct bk_restyling *restyling, const struct bk_bracket *bracket,
	const struct bk_inscription *inscription)
{
	const char *bytes = restyling->draft->bytes.ptr;
	size_t last = bracket->end - bracket->close_len;
	size_t first = bracket->start + bracket->open_len;
	int status = BK_OK;

	while (first < last && bk_is_space(bytes[first]))
		first++;
	while (last > first && bk_is_space(bytes[last - 1]))
		last--;
	if (inscription->inside.len)
		status =
			add_edit(restyling, (struct bk_span){first, first}, bk_buf_str(&inscription->inside));
	if (status == BK_OK && inscription->end.len)
		status = add_edit(restyling, (struct bk_span){last, last}, bk_buf_str(&inscription->end));
	if (status == BK_OK && inscription->behind.len)
		status = add_edit(restyling, (struct bk_span){bracket->end, bracket->end},
			bk_buf_str(&inscription->behind));
	return status;
}

/* Which blank the nth of all in an inscription is, as breaks count them; SIZE_MAX: none of these. */
static size_t blank_of(enum bk_style style, size_t nth, size_t total)
{
	switch (style) {
	case BK_STYLE_PREFIX: return nth + 1 == total ? 0 : nth + 1;
	case BK_STYLE_DASH: return nth - 1; /* not the one before the dash, which would be a list mark */
	default: return nth;
	}
}

/* The break at a blank, or behind the last of the list where this has fewer now; NULL. */
static const struct bk_restyle_break *break_at(
	const struct bk_restyling *restyling, const struct bk_restyle_plan *plan, size_t blank, size_t last)
{
	for (size_t i = 0; i < plan->breaks.count; i++) {
		const struct bk_restyle_break *one = &restyling->breaks.items[plan->breaks.first + i];

		if ((one->blank > last ? last : one->blank) == blank)
			return one;
	}
	return NULL;
}

/* Put the line ends that stood in the attributions of a plan into what is written of it. */
static int put_breaks(
	const struct bk_restyling *restyling, const struct bk_restyle_plan *plan, struct bk_buf *written)
{
	struct bk_buf out = BK_BUF_INIT;
	const struct bk_str old = bk_buf_str(written);
	size_t total = 0, nth = 0;
	int status;

	if (!written->len || !plan->breaks.count)
		return BK_OK;
	for (size_t i = 0; i < old.len; i++)
		total += old.ptr[i] == ' ';
	for (size_t i = 0; i < old.len; i++) {
		const struct bk_restyle_break *one = NULL;

		if (old.ptr[i] == ' ')
			one = break_at(restyling, plan, blank_of(plan->style, nth++, total),
				total - 1 - (plan->style == BK_STYLE_DASH));
		if (one)
			bk_buf_put(&out, restyling->draft->bytes.ptr + one->span.start,
				one->span.end - one->span.start);
		else
			bk_buf_putc(&out, old.ptr[i]);
	}
	status = bk_buf_status(&out);
	bk_buf_release(written);
	*written = out;
	return status;
}

static int add_names(struct bk_restyling *restyling, const struct bk_restyle_plan *plan)
{
	struct bk_inscription inscription = {0};
	BK_VEC(struct bk_inscribed) list = BK_VEC_INIT;
	int status = BK_VEC_RESERVE(&list, plan->names.count) ? BK_OK : bk_fail_memory();

	for (size_t i = 0; i < plan->names.count && status == BK_OK; i++) {
		const struct bk_beside *name = &restyling->names.items[plan->names.first + i];

		list.items[list.len++] = (struct bk_inscribed){name->written, name->act};
	}
	if (status == BK_OK)
		status = bk_inscription_write(&inscription, plan->style, list.items, list.len);
	if (status == BK_OK)
		status = put_breaks(restyling, plan, &inscription.inside);
	if (status == BK_OK)
		status = put_breaks(restyling, plan, &inscription.end);
	if (status == BK_OK)
		status = put_breaks(restyling, plan, &inscription.behind);
	if (status == BK_OK)
		status = add_inscription(restyling, &restyling->draft->brackets[plan->bracket], &inscription);
	bk_inscription_release(&inscription);
	BK_VEC_RELEASE(&list);
	return status;
}

static int add_plan(struct bk_restyling *restyling, const struct bk_restyle_plan *plan)
{
	int status = BK_OK;

	for (size_t i = 0; i < plan->cuts.count && status == BK_OK; i++)
		status = add_edit(restyling, restyling->cuts.items[plan->cuts.first + i], BK_STR(""));
	for (size_t i = 0; i < plan->notes.count; i++)
		restyling->notes.items[restyling->uses.items[plan->notes.first + i]].going++;
	return status == BK_OK ? add_names(restyling, plan) : status;
}

static int add_notes(struct bk_restyling *restyling)
{
	int status = BK_OK;

	for (size_t i = 0; i < restyling->notes.len && status == BK_OK; i++) {
		const struct bk_restyle_note *note = &restyling->notes.items[i];

		if (note->going > 0 && note->going == note->marks)
			status = add_edit(restyling, note->line, BK_STR(""));
	}
	return status;
}

/* ---- In order ---------------------------------------------------------------------------------------- */

/* By place; what was added first comes first. */
static int compare(const void *a, const void *b)
{
	const struct bk_restyle_edit *x = a, *y = b;

	if (x->span.start != y->span.start)
		return x->span.start < y->span.start ? -1 : 1;
	return x->bytes < y->bytes ? -1 : x->bytes > y->bytes;
}

/* Whether an edit puts there what stands there. */
static bool is_idle(const struct bk_restyling *restyling, const struct bk_restyle_edit *edit)
{
	const struct bk_str old = {
		restyling->draft->bytes.ptr + edit->span.start, edit->span.end - edit->span.start};

	return bk_str_equal(old, bk_restyle_bytes(restyling, edit));
}

/* Join what touches, with its bytes in a buffer that is in order. */
static int join(struct bk_restyling *restyling)
{
	struct bk_buf joined = BK_BUF_INIT;
	size_t count = 0;

	for (size_t i = 0; i < restyling->edits.len; i++) {
		const struct bk_restyle_edit edit = restyling->edits.items[i];
		struct bk_restyle_edit *last = count ? &restyling->edits.items[count - 1] : NULL;

		if (!last || edit.span.start > last->span.end) {
			last = &restyling->edits.items[count++];
			*last = (struct bk_restyle_edit){.span = edit.span, .bytes = joined.len};
		}
		if (edit.span.end > last->span.end)
			last->span.end = edit.span.end;
		bk_buf_put_str(&joined, bk_restyle_bytes(restyling, &edit));
		last->len += edit.len;
	}
	restyling->edits.len = count;
	bk_buf_release(&restyling->bytes);
	restyling->bytes = joined;
	return bk_buf_status(&restyling->bytes);
}

static void drop_idle(struct bk_restyling *restyling)
{
	size_t count = 0, shift = 0;

	for (size_t i = 0; i < restyling->edits.len; i++) {
		struct bk_restyle_edit edit = restyling->edits.items[i];

		if (is_idle(restyling, &edit))
			continue;
		shift += edit.len - (edit.span.end - edit.span.start);
		edit.shift = shift;
		restyling->edits.items[count++] = edit;
	}
	restyling->edits.len = count;
}

int bk_restyle_edits(struct bk_restyling *restyling)
{
	int status = BK_OK;

	restyling->edits.len = 0;
	bk_buf_clear(&restyling->bytes);
	for (size_t i = 0; i < restyling->notes.len; i++)
		restyling->notes.items[i].going = 0;
	for (size_t i = 0; i < restyling->plans.len && status == BK_OK; i++) {
		if (!restyling->plans.items[i].left)
			status = add_plan(restyling, &restyling->plans.items[i]);
	}
	if (status == BK_OK)
		status = add_notes(restyling);
	if (status < 0 || !restyling->edits.len)
		return status;
	qsort(restyling->edits.items, restyling->edits.len, sizeof *restyling->edits.items, compare);
	status = join(restyling);
	if (status == BK_OK)
		drop_idle(restyling);
	return status;
}

/* ---- Following --------------------------------------------------------------------------------------- */

size_t bk_restyle_behind(const struct bk_restyling *restyling, size_t offset)
{
	const struct bk_restyle_edit *edits = restyling->edits.items;
	const size_t at = BK_SEARCH(i, restyling->edits.len, edits[i].span.end <= offset);

	if (at < restyling->edits.len && edits[at].span.start <= offset)
		return edits[at].span.end + edits[at].shift;
	return offset + (at ? edits[at - 1].shift : 0);
}

size_t bk_restyle_before(const struct bk_restyling *restyling, size_t offset)
{
	const struct bk_restyle_edit *edits = restyling->edits.items;
	const size_t at = BK_SEARCH(i, restyling->edits.len, edits[i].span.end < offset);
	const size_t shift = at ? edits[at - 1].shift : 0;

	if (at < restyling->edits.len && edits[at].span.start <= offset)
		return edits[at].span.start + shift;
	return offset + shift;
}

size_t bk_restyle_source(const struct bk_restyling *restyling, size_t offset)
{
	const struct bk_restyle_edit *edits = restyling->edits.items;
	const size_t at = BK_SEARCH(i, restyling->edits.len, edits[i].span.end + edits[i].shift <= offset);
	const size_t shift = at ? edits[at - 1].shift : 0;

	if (at < restyling->edits.len && edits[at].span.start + shift <= offset)
		return edits[at].span.start;
	return offset - shift;
}

bool bk_restyle_goes(const struct bk_restyling *restyling, size_t offset)
{
	const struct bk_restyle_edit *edits = restyling->edits.items;
	const size_t at = BK_SEARCH(i, restyling->edits.len, edits[i].span.end <= offset);

	return at < restyling->edits.len && edits[at].span.start <= offset;
}
