/*
 * Mending: join the cuts, give up lines left empty, then look at both sides of each seam.
 */
#include "draft/seam.h"

#include "base/error.h"
#include "draft/changes.h"
#include "draft/draft.h"
#include "draft/seam_private.h"

void bk_seam_look(struct bk_seam *seam)
{
	size_t at = seam->start;

	while (at > seam->low && bk_is_blank(seam->text.ptr[at - 1]))
		at--;
	seam->left = seam->start - at;
	if (at == 0)
		seam->before = '\n';
	else if (at == seam->low)
		seam->before = seam->text.ptr[at - 1] == '\n' ? '\n' : 'a';
	else
		seam->before = seam->text.ptr[at - 1];
	at = seam->end;
	while (at < seam->high && bk_is_blank(seam->text.ptr[at]))
		at++;
	seam->right = at - seam->end;
	if (at >= seam->text_end)
		seam->after = '\n';
	else if (at >= seam->high)
		seam->after = 'a';
	else
		seam->after = seam->text.ptr[at] == '\r' ? '\n' : seam->text.ptr[at];
}

static int put_capital(bk_changes *out, struct bk_capital *capital, size_t before)
{
	int status = BK_OK;

	if (capital->len > 0 && capital->at < before)
		status = bk_changes_add(out, (struct bk_span){capital->at, capital->at + capital->len},
			capital->put, capital->put_len);
	if (capital->at < before)
		capital->len = 0;
	return status;
}

static void mend_one(struct bk_seam *seam)
{
	if (seam->cut->lines)
		return;
	bk_seam_mend_emphasis(seam);
	bk_seam_mend_parentheses(seam);
	bk_seam_look(seam);
	bk_seam_mend_marks(seam);
	bk_seam_mend_blanks(seam);
}

/* Where the cuts begin that the text ends with. */
static size_t end_of_kept(struct bk_str text, const bk_cuts *cuts)
{
	size_t end = text.len;

	for (size_t i = cuts->len; i > 0 && cuts->items[i - 1].span.end == end; i--)
		end = cuts->items[i - 1].span.start;
	return end;
}

int bk_seam_mend(const struct bk_draft *draft, bk_cuts *cuts, bk_changes *out)
{
	const struct bk_str text = draft->bytes;
	struct bk_capital capital = {0};
	size_t low = 0, text_end;
	int status = BK_OK;

	bk_cuts_join(draft, cuts);
	bk_seam_lines(draft, cuts);
	text_end = end_of_kept(text, cuts);
	for (size_t i = 0; i < cuts->len && status == BK_OK; i++) {
		struct bk_seam seam = {.text = text,
			.cut = &cuts->items[i],
			.first = cuts->items,
			.last = &cuts->items[cuts->len - 1],
			.low = low,
			.text_end = text_end};

		seam.high = i + 1 < cuts->len ? cuts->items[i + 1].span.start : text.len;
		seam.start = seam.cut->span.start;
		seam.end = seam.cut->span.end;
		mend_one(&seam);
		status = put_capital(out, &capital, seam.start);
		if (status == BK_OK)
			status = bk_changes_add(
				out, (struct bk_span){seam.start, seam.end}, seam.put, seam.put_len);
		if (capital.len > 0 && capital.at < seam.end)
			capital.len = 0;
		if (capital.len == 0)
			capital = bk_seam_find_capital(draft, &seam);
		low = seam.end;
	}
	return status < 0 ? status : put_capital(out, &capital, SIZE_MAX);
}

int bk_seam_finish(const struct bk_draft *draft, int status, bk_cuts *cuts, bk_changes **out)
{
	bk_changes *changes = NULL;

	if (status == BK_OK)
		status = bk_changes_new(&changes);
	if (status == BK_OK)
		status = bk_seam_mend(draft, cuts, changes);
	BK_VEC_RELEASE(cuts);
	if (status == BK_OK)
		*out = changes;
	else
		bk_changes_free(changes);
	return status;
}
