/* Carrying offsets through edits. */
#include "tui/carry.h"

/* Join edit with the one before when it types on, or erases what that one typed. */
static bool join(struct bk_carry *carry, const struct bk_edit *edit)
{
	if (carry->edits.len == 0 || carry->edits.len == carry->mark)
		return false;
	struct bk_carry_edit *const last = &carry->edits.items[carry->edits.len - 1];
	const size_t last_end = last->start + last->inserted;
	if (edit->start < last->start || edit->start + edit->removed_len > last_end)
		return false;
	last->inserted = last->inserted - edit->removed_len + edit->inserted_len;
	return true;
}

void bk_carry_add(struct bk_carry *carry, const struct bk_edit *edit)
{
	if (join(carry, edit))
		return;
	struct bk_carry_edit *const slot = BK_VEC_PUSH(&carry->edits);
	if (slot == NULL) {
		carry->lost = true;
		return;
	}
	*slot = (struct bk_carry_edit){edit->start, edit->removed_len, edit->inserted_len};
}

void bk_carry_set_mark(struct bk_carry *carry)
{
	carry->mark = carry->edits.len;
}

void bk_carry_drop_marked(struct bk_carry *carry)
{
	const size_t rest = carry->edits.len - carry->mark;
	for (size_t i = 0; i < rest; i++)
		carry->edits.items[i] = carry->edits.items[carry->mark + i];
	carry->edits.len = rest;
	carry->mark = 0;
}

void bk_carry_clear(struct bk_carry *carry)
{
	carry->edits.len = carry->mark = 0;
	carry->lost = false;
}

void bk_carry_release(struct bk_carry *carry)
{
	BK_VEC_RELEASE(&carry->edits);
	carry->mark = 0;
}

size_t bk_carry_forward(const struct bk_carry *carry, size_t offset, bool after)
{
	for (size_t i = 0; i < carry->edits.len; i++) {
		const struct bk_carry_edit *const edit = &carry->edits.items[i];
		const struct bk_edit step = {
			.start = edit->start, .removed_len = edit->removed, .inserted_len = edit->inserted};
		offset = bk_edit_carry(&step, offset, after);
	}
	return offset;
}

size_t bk_carry_back(const struct bk_carry *carry, size_t offset)
{
	for (size_t i = carry->edits.len; i > 0; i--) {
		const struct bk_carry_edit *const edit = &carry->edits.items[i - 1];
		if (offset >= edit->start + edit->inserted)
			offset = offset - edit->inserted + edit->removed;
		else if (offset > edit->start)
			offset = edit->start;
	}
	return offset;
}
