#include "ledger/moves.h"

#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"

#include <string.h>

enum { LEAST = 24 }; /* bytes of words that are known again */

struct moves {
	const bk_draft *draft;
	const struct bk_position *list;
	size_t count;
	size_t *other;
	struct bk_map gone; /* who wants what gone, by the position */
};

static bool is_act(const struct bk_position *position, const char *act)
{
	return position->bracket != BK_NONE && !position->alternative && !position->superseded &&
	       strcmp(position->act, act) == 0;
}

/* Who speaks of which words, or nothing for few of them. */
static struct bk_str key_of(const struct moves *moves, const struct bk_position *position, struct bk_buf *key)
{
	size_t count, len;
	const char *bytes = bk_draft_bytes(moves->draft, &len);
	const struct bk_span span = bk_draft_brackets(moves->draft, &count)[position->bracket].text;
	const struct bk_str words = bk_str_trim((struct bk_str){bytes + span.start, span.end - span.start});

	bk_buf_clear(key);
	if (words.len < LEAST)
		return BK_STR("");
	bk_buf_puts(key, position->party);
	bk_buf_putc(key, ' ');
	bk_buf_put_str(key, words);
	return bk_buf_str(key);
}

static int list_gone(struct moves *moves, struct bk_buf *key)
{
	for (size_t i = 0; i < moves->count; i++) {
		moves->other[i] = moves->count;
		if (is_act(&moves->list[i], "object") && key_of(moves, &moves->list[i], key).len &&
			!bk_map_slot(&moves->gone, bk_buf_str(key), i))
			return bk_fail_memory();
	}
	return BK_OK;
}

/* One end has one other: of words that are proposed twice, the first. */
static void join(struct moves *moves, struct bk_buf *key)
{
	for (size_t i = 0; i < moves->count; i++) {
		size_t from;

		if (!is_act(&moves->list[i], "propose") || !key_of(moves, &moves->list[i], key).len ||
			!bk_map_get(&moves->gone, bk_buf_str(key), &from) ||
			moves->other[from] < moves->count)
			continue;
		moves->other[i] = from;
		moves->other[from] = i;
	}
}

int bk_moves_find(size_t **out, const bk_draft *draft, const bk_positions *positions)
{
	struct moves moves = {.draft = draft, .gone = BK_MAP_INIT};
	struct bk_buf key = BK_BUF_INIT;
	int status;

	moves.list = bk_positions_list(positions, &moves.count);
	moves.other = bk_malloc((moves.count + 1) * sizeof *moves.other);
	status = moves.other ? list_gone(&moves, &key) : bk_fail_memory();
	if (status == BK_OK)
		join(&moves, &key);
	if (status == BK_OK)
		status = bk_buf_status(&key);
	bk_buf_release(&key);
	bk_map_release(&moves.gone);
	if (status < 0) {
		bk_free(moves.other);
		return status;
	}
	*out = moves.other;
	return BK_OK;
}
