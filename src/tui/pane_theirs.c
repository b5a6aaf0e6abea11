/* What others changed in the file while it was open: looked at before it is merged or taken. */
#include "tui/pane_diff.h"
#include "tui/screen.h"

#include "base/alloc.h"
#include "base/error.h"

static int fill_from(struct bk_list *list, const struct bk_session *session)
{
	struct bk_file_bytes theirs;
	struct bk_str before;
	struct bk_file_stamp *const seen = bk_calloc(1, sizeof *seen);
	if (seen == NULL)
		return bk_fail_memory();
	list->data = seen;
	list->free_data = bk_free;
	int status = bk_file_read(&theirs, session->path);
	if (status < 0)
		return status;
	*seen = theirs.stamp;
	status = bk_snapshot_flat(session->saved, &before.ptr, &before.len);
	if (status == BK_OK)
		status = bk_diff_fill(list,
			bk_arena_printf(&list->arena, "%s, changed by others:  - as you had it   + theirs",
				session->name),
			before, theirs.str);
	bk_file_release(&theirs);
	return status;
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	list->note = "the file has the same words as before";
	bk_screen_report(screen, fill_from(list, bk_screen_desk(screen)->session));
}

/* What is taken must be what was shown. */
static bool is_as_shown(struct bk_screen *screen)
{
	bool changed = true;
	if (screen->list.data == NULL ||
		bk_screen_report(screen, bk_file_changed(screen->list.data,
						 bk_screen_desk(screen)->session->path, &changed)) < 0)
		return false;
	if (changed) {
		bk_pane_refill(screen);
		bk_screen_complain(screen, "the file was changed once more: look again");
	}
	return !changed;
}

/* A merge that fails leaves theirs to be looked at: it is to be put in by hand. */
static void merge(struct bk_screen *screen)
{
	struct bk_session *const session = bk_screen_desk(screen)->session;
	if (!is_as_shown(screen) || bk_screen_report(screen, bk_session_merge_disk(session)) < 0)
		return;
	bk_pane_close(screen);
	bk_screen_say(screen, "merged; Ctrl-O writes it, Ctrl-Z goes back to yours alone");
}

static void reload(struct bk_screen *screen)
{
	struct bk_session *const session = bk_screen_desk(screen)->session;
	if (!is_as_shown(screen) || bk_screen_report(screen, bk_session_reload(session)) < 0)
		return;
	bk_pane_close(screen);
	bk_screen_say(screen, "reloaded; Ctrl-Z goes back to what was here%s%s",
		session->remark != NULL ? "; but " : "", session->remark != NULL ? session->remark : "");
}

static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	(void)line;
	merge(screen);
}

static void keep(struct bk_screen *screen)
{
	bk_screen_say(screen, "kept; the file stays as others left it");
}

static bool key(struct bk_screen *screen, struct bk_key pressed)
{
	if (pressed.mods != 0)
		return false;
	switch (pressed.code) {
	case BK_KEY_ENTER:
	case 'm': merge(screen); return true;
	case 'r': reload(screen); return true;
	case 'k':
		bk_pane_close(screen);
		keep(screen);
		return true;
	default: return false;
	}
}

const struct bk_pane bk_pane_theirs = {
	.name = "theirs",
	.title = "Changed by others while you had it open",
	.wide = true,
	.fill = fill,
	.enter = enter,
	.key = key,
	.closed = keep,
	.no_filter = true,
	.hints = "m or Enter merge both   r reload theirs   k or Esc keep mine",
};
