/* Acts of a secretariat at the cursor: join, lift, fold, and number options and paragraphs, one step each. */
#include "base/alloc.h"
#include "draft/streamline.h"
#include "tui/act.h"
#include "tui/screen.h"

/* Do the suggestion at the cursor. */
static int apply(struct bk_screen *screen, const bk_streamline *streamline, size_t at)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	size_t count;
	const struct bk_suggestion *const list = bk_streamline_list(streamline, &count);
	bool *const chosen = bk_calloc(count + 1, sizeof *chosen);
	if (chosen == NULL)
		return BK_ENOMEM;
	chosen[at] = true;
	bk_text_break(desk->session->text);
	const int status = bk_session_streamline(desk->session, streamline, chosen);
	bk_text_break(desk->session->text);
	bk_free(chosen);
	if (status == BK_OK)
		bk_screen_say(screen, "%s; Ctrl-Z takes it back", list[at].message);
	return status;
}

static void streamline(struct bk_screen *screen, int argument)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	bk_streamline *found;
	size_t count;
	if (!bk_screen_may_change(screen) || !bk_screen_fresh(screen))
		return;
	const int status = bk_session_suggest(desk->session, &bk_tidyings[argument], false, &found);
	if (bk_screen_report(screen, status) < 0)
		return;
	const size_t at = bk_streamline_at(found, desk->view.cursor);
	bk_streamline_list(found, &count);
	if (at != BK_NOWHERE)
		bk_screen_report(screen, apply(screen, found, at));
	else if (count > 0)
		bk_screen_complain(screen,
			"streamline-%s: nothing here, %zu elsewhere; bracked streamline lists them",
			bk_tidyings[argument].name, count);
	else
		bk_screen_complain(screen, "%s", bk_tidyings[argument].nothing);
	bk_streamline_free(found);
}

const struct bk_screen_act bk_acts_streamline[] = {
	{"streamline-join", streamline, 0},
	{"streamline-lift", streamline, 1},
	{"streamline-fold", streamline, 2},
	{"streamline-options", streamline, 3},
	{"streamline-renumber", streamline, 4},
	{NULL, NULL, 0},
};
