/* The text of a draft after changes. */
#ifndef BRACKED_TESTS_CHANGED_H
#define BRACKED_TESTS_CHANGED_H

#include "base/buf.h"

#include <bracked/draft.h>

static inline void changed_put(const bk_draft *draft, const bk_changes *changes, struct bk_buf *out)
{
	size_t count, len, at = 0;
	const struct bk_change *list = bk_changes_list(changes, &count);
	const char *bytes = bk_draft_bytes(draft, &len);

	bk_buf_clear(out);
	for (size_t i = 0; i < count; i++) {
		bk_buf_put(out, bytes + at, list[i].span.start - at);
		if (list[i].len)
			bk_buf_put(out, list[i].bytes, list[i].len);
		at = list[i].span.end;
	}
	if (len > at)
		bk_buf_put(out, bytes + at, len - at);
}

#endif
