/* What is drawn reaches the terminal, or of a script its output and pictures. */
#include "app/output.h"
#include "base/file.h"
#include "tui/screen.h"
#include "tui/svg.h"

void bk_screen_show(struct bk_screen *screen)
{
	if (screen->desks.len == 0)
		return;
	bk_screen_draw(screen);
	screen->terminal->kind->paint(screen->terminal, &screen->grid, screen->redraw_all);
	screen->redraw_all = false;
}

void bk_screen_dump(struct bk_screen *screen)
{
	struct bk_buf out = BK_BUF_INIT;
	if (screen->desks.len == 0)
		return;
	bk_screen_draw(screen);
	bk_buf_printf(&out, "@screen %dx%d", screen->grid.cols, screen->grid.rows);
	if (screen->grid.cursor_row >= 0)
		bk_buf_printf(
			&out, " cursor %d,%d", screen->grid.cursor_row + 1, screen->grid.cursor_col + 1);
	bk_buf_putc(&out, '\n');
	bk_grid_dump(&screen->grid, &out);
	bk_output_bytes(screen->invocation->output, bk_buf_str(&out));
	bk_buf_release(&out);
}

int bk_screen_picture(struct bk_screen *screen, struct bk_str file)
{
	struct bk_buf name = BK_BUF_INIT, out = BK_BUF_INIT;
	bk_buf_put_str(&name, file);
	bk_screen_show(screen);
	bk_svg_put(bk_terminal_script_shown(screen->terminal), &screen->theme, &out);
	int status = bk_buf_status(&out);
	if (status == BK_OK)
		status = bk_file_replace_bytes(
			bk_buf_string(&name), bk_buf_str(&out), NULL, BK_REPLACE_FORCE, NULL);
	bk_buf_release(&name);
	bk_buf_release(&out);
	return status;
}
