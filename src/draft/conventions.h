/* What the rooms of this floor ask of a text's conventions. */
#ifndef BRACKED_DRAFT_CONVENTIONS_H
#define BRACKED_DRAFT_CONVENTIONS_H

#include "base/str.h"

#include <bracked/draft.h>

/* A pair of brackets beyond `[` and `]`; each side is one UTF-8 character or more, none empty. */
struct bk_pair {
	struct bk_str open, close;
};
/* Borrowed, as long as the conventions. */
const struct bk_pair *bk_conventions_pairs(const bk_conventions *conventions, size_t *count);

#endif
