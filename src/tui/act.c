/* Finding and running acts. */
#include "tui/act.h"

#include "tui/screen.h"

#include <string.h>

static const struct bk_screen_act *const tables[] = {
	bk_acts_move,
	bk_acts_edit,
	bk_acts_bracket,
	bk_acts_position,
	bk_acts_file,
	bk_acts_save,
	bk_acts_fold,
	bk_acts_show,
	bk_acts_streamline,
};

const struct bk_screen_act *bk_act_find(const char *name)
{
	for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
		for (const struct bk_screen_act *act = tables[i]; act->name != NULL; act++)
			if (strcmp(act->name, name) == 0)
				return act;
	return NULL;
}

bool bk_act_run(struct bk_screen *screen, const char *name)
{
	const struct bk_screen_act *const act = bk_act_find(name);
	if (act == NULL)
		return false;
	act->run(screen, act->argument);
	return true;
}

bool bk_act_here(struct bk_screen *screen, unsigned *out)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (desk->reading != NULL) {
		bk_screen_complain(screen, "this is a reading: Esc goes back to the draft");
		return false;
	}
	if (!bk_screen_fresh(screen))
		return false;
	const uint32_t here = bk_desk_here(desk);
	if (here == BK_NONE) {
		bk_screen_complain(
			screen, "the cursor stands in no bracket: Ctrl-N goes to the next open one");
		return false;
	}
	*out = here;
	return true;
}
