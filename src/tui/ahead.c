/* What was typed ahead. */
#include "tui/ahead.h"

#include "base/alloc.h"
#include "base/error.h"

static void free_text(struct bk_input *input)
{
	bk_free((char *)(uintptr_t)input->text.ptr);
	input->text = (struct bk_str){NULL, 0};
}

int bk_ahead_keep(struct bk_ahead *ahead, const struct bk_input *input)
{
	char *const copy = bk_memdup(input->text.ptr, input->text.len);
	struct bk_input *const slot = copy != NULL ? BK_VEC_PUSH(&ahead->inputs) : NULL;
	if (slot == NULL) {
		bk_free(copy);
		return bk_fail_memory();
	}
	*slot = *input;
	slot->text.ptr = copy;
	return BK_OK;
}

bool bk_ahead_take(struct bk_ahead *ahead, struct bk_input *out)
{
	if (ahead->next > 0)
		free_text(&ahead->inputs.items[ahead->next - 1]);
	if (ahead->next == ahead->inputs.len) {
		ahead->inputs.len = ahead->next = 0;
		return false;
	}
	*out = ahead->inputs.items[ahead->next++];
	return true;
}

size_t bk_ahead_forget(struct bk_ahead *ahead)
{
	const size_t count = ahead->inputs.len - ahead->next;
	/* The text of the one that was taken last is still borrowed. */
	for (size_t i = ahead->next; i < ahead->inputs.len; i++)
		free_text(&ahead->inputs.items[i]);
	ahead->inputs.len = ahead->next;
	return count;
}

void bk_ahead_release(struct bk_ahead *ahead)
{
	bk_ahead_forget(ahead);
	if (ahead->next > 0)
		free_text(&ahead->inputs.items[ahead->next - 1]);
	BK_VEC_RELEASE(&ahead->inputs);
	ahead->next = 0;
}
