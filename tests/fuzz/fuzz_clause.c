/*
 * What git is shown of any draft: as clauses no word of it is lost and nothing hides; and of two passages in one, both
 * can be read.
 *
 *	input = old text, a line of one tab, new text
 */
#include "drafting.h"

#include "app/clause.h"
#include "app/redline.h"
#include "base/utf8.h"

enum { MAX_BYTES = 20000, MAX_REDLINE = 400 };

/* The bytes that are no blanks; with `seams`, a backslash at the end of a line is none either. */
static void squeeze(struct bk_str text, bool seams, struct bk_buf *out)
{
	bk_buf_clear(out);
	for (size_t i = 0; i < text.len; i++) {
		const bool seam = seams && text.ptr[i] == '\\' && i + 1 < text.len && text.ptr[i + 1] == '\n';

		if (!bk_is_space(text.ptr[i]) && !seam)
			bk_buf_putc(out, text.ptr[i]);
	}
}

static void check_clauses(struct bk_str bytes)
{
	bk_draft *draft = read_draft(bytes.ptr, bytes.len);
	struct bk_buf clauses = BK_BUF_INIT, visible = BK_BUF_INIT, want = BK_BUF_INIT, have = BK_BUF_INIT;

	stop_if(bk_clauses_put(draft, &clauses) < 0, "any draft has clauses");
	bk_utf8_put_visible(&visible, bk_buf_str(&clauses), true);
	stop_if(!bk_str_equal(bk_buf_str(&visible), bk_buf_str(&clauses)), "nothing hides in clauses");
	bk_buf_clear(&visible);
	bk_utf8_put_visible(&visible, bytes, true);
	/* Where the text itself has one, or what hides stands at a border, the two cannot be told apart. */
	if (!memchr(bytes.ptr, '\\', bytes.len) && bk_str_equal(bk_buf_str(&visible), bytes)) {
		squeeze(bytes, false, &want);
		squeeze(bk_buf_str(&clauses), true, &have);
		stop_if(!bk_str_equal(bk_buf_str(&want), bk_buf_str(&have)), "no word is lost in clauses");
	}
	stop_if(clauses.len && clauses.bytes[clauses.len - 1] != '\n', "the last clause is a line");
	stop_if(clauses.len && clauses.bytes[0] == '\n', "the first clause is one");
	bk_buf_release(&have);
	bk_buf_release(&want);
	bk_buf_release(&visible);
	bk_buf_release(&clauses);
	bk_draft_free(draft);
}

/* One of the two passages: without what stands between the marks of the other, and without the marks. */
static void take_side(struct bk_str text, char other, struct bk_buf *out)
{
	bool out_of = false;

	bk_buf_clear(out);
	for (size_t i = 0; i < text.len; i++) {
		const bool pair = i + 1 < text.len;

		if (pair && text.ptr[i] == '{' && (text.ptr[i + 1] == '-' || text.ptr[i + 1] == '+')) {
			out_of = text.ptr[++i] == other;
		} else if (pair && text.ptr[i + 1] == '}' && (text.ptr[i] == '-' || text.ptr[i] == '+')) {
			out_of = false;
			i++;
		} else if (!out_of && !bk_is_space(text.ptr[i])) {
			bk_buf_putc(out, text.ptr[i]);
		}
	}
}

static bool has_marks(struct bk_str text)
{
	for (size_t i = 0; i < text.len; i++)
		if (strchr("{}+-", text.ptr[i]))
			return true;
	return false;
}

static void check_redline(struct bk_str old, struct bk_str now)
{
	struct bk_output output = {.pending = BK_BUF_INIT, .descriptor = -1};
	const struct bk_redline redline = {.old = old, .now = now};
	struct bk_buf want = BK_BUF_INIT, have = BK_BUF_INIT;

	stop_if(bk_redline_put(&output, &redline) < 0, "any two passages are put in one");
	/* What is left out is marked by three dots in one. */
	if (!has_marks(old) && !has_marks(now) &&
		!memmem(output.pending.bytes, output.pending.len, "…", sizeof "…" - 1)) {
		squeeze(old, false, &want);
		take_side(bk_buf_str(&output.pending), '+', &have);
		stop_if(!bk_str_equal(bk_buf_str(&want), bk_buf_str(&have)), "the old passage can be read");
		squeeze(now, false, &want);
		take_side(bk_buf_str(&output.pending), '-', &have);
		stop_if(!bk_str_equal(bk_buf_str(&want), bk_buf_str(&have)), "the new passage can be read");
	}
	bk_buf_release(&have);
	bk_buf_release(&want);
	bk_buf_release(&output.pending);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	const char *parting = size ? memmem(bytes, size, "\n\t\n", 3) : NULL;
	const size_t len = parting ? (size_t)(parting - bytes) + 1 : size;
	const size_t skip = parting ? len + 2 : size;
	const struct bk_str old = {bytes, len}, now = {bytes + skip, size - skip};

	if (size > MAX_BYTES)
		return 0;
	check_clauses(old);
	check_clauses(now);
	if (len < MAX_REDLINE && size - skip < MAX_REDLINE)
		check_redline(old, now);
	return 0;
}
