/* The words behind a fold's row. */
#include "tui/rows_head.h"

#include "base/utf8.h"
#include "tui/motion.h"
#include "tui/screen.h"

int bk_fold_urgency(uint8_t gutter)
{
	static const uint8_t urgency[BK_ROLE_COUNT] = {
		[BK_ROLE_GUTTER_BLOCKS] = 5,
		[BK_ROLE_GUTTER_FAULT] = 4,
		[BK_ROLE_GUTTER_OPEN] = 3,
		[BK_ROLE_GUTTER_AGREED] = 2,
		[BK_ROLE_GUTTER] = 1,
	};
	return urgency[gutter];
}

void bk_fold_put_title(const struct bk_screen *screen, struct bk_span fold, struct bk_buf *out)
{
	enum { MOST = 120 };
	const bk_snapshot *const now = bk_desk_shown(bk_screen_desk(screen));
	const size_t start = bk_motion_line_next(now, fold.start), end = bk_motion_line_end(now, start);
	char bytes[MOST];
	if (start >= fold.end || end - start > sizeof bytes)
		return;
	bk_snapshot_copy(now, (struct bk_span){start, end}, bytes);
	bk_buf_put_str(out, bk_str_trim((struct bk_str){bytes, end - start}));
}

struct bk_fold_head bk_fold_head(const struct bk_screen *screen, struct bk_span fold, size_t from)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const bk_snapshot *const now = bk_desk_shown(desk);
	const struct bk_span away = {from < fold.end ? from : fold.end, fold.end};
	const size_t first = bk_snapshot_line_of(now, fold.start),
		     last = bk_snapshot_line_of(now, away.end - 1);
	const bool cut = from < bk_motion_line_end(now, fold.start);
	struct bk_fold_head head = {.lines = last - first + cut, .sums = bk_desk_sums(desk, away)};
	if (!head.sums.known)
		head.brackets = bk_snapshot_opens(now, away.end) - bk_snapshot_opens(now, away.start);
	if (head.sums.blocks > 0)
		head.gutter = BK_ROLE_GUTTER_BLOCKS;
	else if (head.sums.faults > 0)
		head.gutter = BK_ROLE_GUTTER_FAULT;
	else if (head.sums.open > 0 || head.brackets > 0)
		head.gutter = BK_ROLE_GUTTER_OPEN;
	return head;
}

void bk_fold_put_head(const struct bk_fold_head *head, int room, struct bk_buf *out)
{
	const size_t points = head->sums.known ? head->sums.open : head->brackets;
	const char *const word = head->sums.known ? "open" : points == 1 ? "bracket" : "brackets";
	struct bk_buf lines = BK_BUF_INIT, open = BK_BUF_INIT, both = BK_BUF_INIT;
	bk_buf_printf(&lines, "… %zu line%s", head->lines, head->lines == 1 ? "" : "s");
	bk_buf_printf(&open, "… %zu %s", points, word);
	bk_buf_printf(&both, "%s · %zu %s", bk_buf_string(&lines), points, word);
	const struct bk_buf *const wanted[] = {points > 0 ? &both : &lines, points > 0 ? &open : &lines};
	for (size_t i = 0; i < 2; i++)
		if ((int)bk_utf8_string_width(bk_buf_str(wanted[i])) <= room) {
			bk_buf_put_str(out, bk_buf_str(wanted[i]));
			break;
		}
	if (out->len == 0)
		bk_buf_puts(out, "…");
	bk_buf_release(&lines);
	bk_buf_release(&open);
	bk_buf_release(&both);
}
