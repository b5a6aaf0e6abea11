/*
 * The inside of classifying: which brackets refer to something, as Markdown links and the marks of footnotes do.
 */
#ifndef BRACKED_DRAFT_CLASSIFY_REFERENCE_H
#define BRACKED_DRAFT_CLASSIFY_REFERENCE_H

#include "base/map.h"
#include "draft/draft.h"
#include "draft/siblings.h"

struct bk_referring {
	const struct bk_draft *draft;
	const uint32_t *before; /* siblings */
	struct bk_map targets;	/* names defined as Markdown link targets */
	uint64_t marks[16];	/* a bit for each number that stands as a glued mark */
	bool marks_known;
	bool brackets_are_marks; /* `[55]` glued to a word is a footnote's mark */
	bool style_known;
};

/* The draft and the siblings must outlive it.  BK_ENOMEM; release in any case. */
int bk_referring_init(struct bk_referring *referring, const struct bk_draft *draft, const uint32_t *before);
void bk_referring_release(struct bk_referring *referring);
bool bk_referring_has(struct bk_referring *referring, uint32_t bracket);

static inline char bk_byte_at(const struct bk_draft *draft, size_t at)
{
	return at < draft->bytes.len ? draft->bytes.ptr[at] : '\0';
}

static inline char bk_byte_before(const struct bk_draft *draft, size_t at)
{
	return at ? draft->bytes.ptr[at - 1] : '\n';
}

static inline bool bk_is_tight(const struct bk_draft *draft, uint32_t before, uint32_t after)
{
	return before != BK_NONE && bk_siblings_gap(draft, before, after) == BK_GAP_TIGHT;
}

#endif
