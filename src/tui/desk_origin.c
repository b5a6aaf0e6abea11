/* Where the cursor stood before each act, so that undoing the act brings it back there. */
#include "tui/desk.h"

#include "base/vec.h"

void bk_desk_note_origin(struct bk_desk *desk, size_t cursor)
{
	/* Without memory for it undo goes to where the text changed. */
	struct bk_desk_origin *const slot = BK_VEC_PUSH(&desk->origins);
	if (slot != NULL)
		*slot = (struct bk_desk_origin){.step = bk_text_step(desk->session->text), .cursor = cursor};
}

bool bk_desk_origin(const struct bk_desk *desk, size_t step, size_t *cursor)
{
	struct bk_step undone;
	const bk_text *const text = desk->session->text;
	const size_t low = BK_SEARCH(i, desk->origins.len, desk->origins.items[i].step < step);
	if (low == desk->origins.len || desk->origins.items[low].step != step ||
		bk_text_step_get(text, step, &undone) < 0 || undone.parent != bk_text_step(text))
		return false;
	*cursor = desk->origins.items[low].cursor;
	return true;
}
