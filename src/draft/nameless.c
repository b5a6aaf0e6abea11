/*
 * Finding names in a line and leaving them out.
 */
#include "draft/nameless.h"

#include "base/error.h"

#include <stdlib.h>

/* ---- Where names stand ------------------------------------------------------------------------------ */

static int compare_spans(const void *a, const void *b)
{
	const struct bk_span *left = a, *right = b;

	return left->start < right->start ? -1 : left->start > right->start;
}

/* A parenthesis stands behind its bracket, with the blanks between them. */
static struct bk_span with_blanks(struct bk_str bytes, struct bk_span span)
{
	while (span.start > 0 && bk_is_blank(bytes.ptr[span.start - 1]))
		span.start--;
	return span;
}

int bk_name_spans_init(struct bk_name_spans *name_spans, const struct bk_draft *draft)
{
	*name_spans = (struct bk_name_spans){.draft = draft};
	for (size_t i = 0; i < draft->attribution_count; i++) {
		const struct bk_attribution *const one = &draft->attributions[i];
		struct bk_span *slot;

		/* names of one list share it */
		if (one->form == BK_FORM_FOOTNOTE ||
			(i > 0 && draft->attributions[i - 1].notation.start == one->notation.start))
			continue;
		if (memchr(draft->bytes.ptr + one->notation.start, '\n',
			    one->notation.end - one->notation.start))
			continue;
		slot = BK_VEC_PUSH(&name_spans->spans);
		if (!slot)
			return bk_fail_memory();
		*slot = one->form == BK_FORM_PARENTHESIS ? with_blanks(draft->bytes, one->notation)
							 : one->notation;
	}
	if (name_spans->spans.len > 1)
		qsort(name_spans->spans.items, name_spans->spans.len, sizeof *name_spans->spans.items,
			compare_spans);
	return BK_OK;
}

void bk_name_spans_release(struct bk_name_spans *name_spans)
{
	BK_VEC_RELEASE(&name_spans->spans);
}

/* ---- Lines ------------------------------------------------------------------------------------------- */

static int leave_out(struct bk_nameless *line, struct bk_str bytes, struct bk_span span, size_t from)
{
	struct bk_omission *const slot = BK_VEC_PUSH(&line->omissions);

	if (!slot)
		return bk_fail_memory();
	bk_buf_put(&line->copy, bytes.ptr + from, span.start - from);
	*slot = (struct bk_omission){line->copy.len, span.end - span.start};
	return BK_OK;
}

int bk_nameless_read(
	const struct bk_name_spans *name_spans, size_t start, size_t end, struct bk_nameless *out)
{
	const struct bk_str bytes = name_spans->draft->bytes;
	const struct bk_span *const spans = name_spans->spans.items;
	size_t at = BK_SEARCH(i, name_spans->spans.len, spans[i].start < start), from = start;
	int status = BK_OK;

	if (end > start && bytes.ptr[end - 1] == '\r')
		end--;
	out->start = start;
	out->end = end;
	out->text = (struct bk_str){bytes.ptr + start, end - start};
	out->omissions.len = 0;
	bk_buf_clear(&out->copy);
	for (; at < name_spans->spans.len && spans[at].end <= end && status == BK_OK; at++) {
		if (spans[at].start < from)
			continue;
		status = leave_out(out, bytes, spans[at], from);
		from = spans[at].end;
	}
	if (status < 0 || out->omissions.len == 0)
		return status;
	bk_buf_put(&out->copy, bytes.ptr + from, end - from);
	out->text = bk_buf_str(&out->copy);
	return bk_buf_status(&out->copy);
}

size_t bk_nameless_offset(const struct bk_nameless *line, size_t at)
{
	size_t offset = line->start + at;

	for (size_t i = 0; i < line->omissions.len && line->omissions.items[i].at <= at; i++)
		offset += line->omissions.items[i].len;
	return offset;
}

void bk_nameless_release(struct bk_nameless *line)
{
	bk_buf_release(&line->copy);
	BK_VEC_RELEASE(&line->omissions);
}
