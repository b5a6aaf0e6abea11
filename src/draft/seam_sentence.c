/*
 * Sentences at a seam: whether one begins there, and the capital that it begins with.
 */
#include "base/utf8.h"
#include "draft/draft.h"
#include "draft/label.h"
#include "draft/seam_private.h"

static bool at_label(const struct bk_seam *seam, size_t at)
{
	size_t line = at;

	while (line > seam->low && seam->text.ptr[line - 1] != '\n' && at - line < 240)
		line--;
	if (line > 0 && seam->text.ptr[line - 1] != '\n')
		return false;
	if (line == at)
		return false;
	line += bk_seam_prefix(seam->text, line);
	while (line < at && bk_is_blank(seam->text.ptr[line]))
		line++;
	return line >= at;
}

bool bk_seam_begins_sentence(const struct bk_seam *seam)
{
	size_t at = seam->start, lines = 0;

	if (at_label(seam, at))
		return true;
	while (at > seam->low) {
		const char c = seam->text.ptr[at - 1];

		if (c == '\n')
			lines++;
		else if (!bk_is_space(c) && !strchr("*_\"'([", c))
			break;
		at--;
	}
	if (at == 0 || lines > 1)
		return true;
	if (at == seam->low)
		return false;
	return strchr(".!?", seam->text.ptr[at - 1]) != NULL && (lines > 0 || at < seam->start);
}

/* Whether the letter at an offset is that of a label: "(b) States". */
static bool is_labelled(struct bk_str text, size_t at)
{
	struct bk_label label;

	return at > 0 && text.ptr[at - 1] == '(' && bk_label_parse(bk_str_skip(text, at - 1), &label);
}

struct bk_capital bk_seam_find_capital(const struct bk_draft *draft, const struct bk_seam *seam)
{
	struct bk_capital capital = {0};
	size_t at;
	uint32_t code;

	if (seam->cut->kind != BK_CUT_WORDS || !seam->cut->capital || seam->cut->lines ||
		!bk_seam_begins_sentence(seam))
		return capital;
	at = bk_cut_words_at(
		draft, (struct bk_span){
			       seam->end, seam->end + bk_str_find(bk_str_skip(seam->text, seam->end), '\n')});
	if (at >= seam->text.len || is_labelled(seam->text, at))
		return capital;
	code = bk_utf8_decode(bk_str_skip(seam->text, at), &capital.len);
	capital.at = at;
	if (code == BK_UTF8_BAD || bk_utf8_to_upper(code) == code)
		capital.len = 0;
	else
		capital.put_len = bk_utf8_encode(bk_utf8_to_upper(code), capital.put);
	return capital;
}
