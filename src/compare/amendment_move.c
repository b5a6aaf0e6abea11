/* Paragraphs that went here and came there. */
#include "compare/amendment_private.h"

#include "base/map.h"

enum { LEAST = 24 }; /* bytes of a paragraph that is known again */

static bool went(const struct bk_amendment *amendment)
{
	return amendment->whole && amendment->file.start == amendment->file.end;
}

static bool came(const struct bk_amendment *amendment)
{
	return amendment->whole && amendment->base.start == amendment->base.end;
}

static struct bk_str words_of(struct bk_str bytes, struct bk_span span)
{
	span = bk_token_trim(bytes, span);
	return bk_part(bytes, span.start, span.end);
}

/* Those that went, by their words: the first of each. */
static int list_gone(const struct bk_amendments *amendments, struct bk_map *gone)
{
	for (size_t i = 0; i < amendments->list.len; i++) {
		const struct bk_amendment *amendment = &amendments->list.items[i];
		const struct bk_str words = words_of(amendments->base->tokens.bytes, amendment->base);

		if (went(amendment) && words.len >= LEAST && !bk_map_slot(gone, words, i))
			return bk_fail_memory();
	}
	return BK_OK;
}

int bk_amendments_find_moves(struct bk_amendments *amendments)
{
	struct bk_map gone = BK_MAP_INIT;
	int status = list_gone(amendments, &gone);

	for (size_t i = 0; i < amendments->list.len && status == BK_OK && gone.count; i++) {
		struct bk_amendment *amendment = &amendments->list.items[i];
		size_t from;

		if (!came(amendment) ||
			!bk_map_get(&gone, words_of(amendments->bytes, amendment->file), &from) ||
			amendments->list.items[from].partner != BK_NONE)
			continue;
		amendment->partner = (uint32_t)from;
		amendments->list.items[from].partner = (uint32_t)i;
	}
	bk_map_release(&gone);
	return status;
}
