/* Files of labels, as tests read them: lines of fields parted by tabs, comments begin with #. */
#ifndef BRACKED_TESTS_LABELS_H
#define BRACKED_TESTS_LABELS_H

#include "base/str.h"

#include <stdbool.h>

/* The next line of *rest that is no comment; false at the end. */
static inline bool next_line(struct bk_str *rest, struct bk_str *line)
{
	while (rest->len) {
		*line = (struct bk_str){rest->ptr, bk_str_find(*rest, '\n')};
		*rest = bk_str_skip(*rest, line->len + 1);
		if (line->len && line->ptr[0] != '#')
			return true;
	}
	return false;
}

static inline struct bk_str next_field(struct bk_str *line)
{
	const struct bk_str field = {line->ptr, bk_str_find(*line, '\t')};

	*line = bk_str_skip(*line, field.len + 1);
	return field;
}

static inline bool is(struct bk_str field, const char *word)
{
	return bk_str_equal(field, bk_str_of(word));
}

#endif
