/* Fields that fit into a row. */
#include "tui/fit.h"

#include "base/utf8.h"

static int width_of(const struct bk_fit *fields, size_t count, int gap)
{
	int width = 0;
	for (size_t i = 0; i < count; i++)
		if (fields[i].kept)
			width += (width > 0 ? gap : 0) + (int)bk_utf8_string_width(fields[i].words);
	return width;
}

void bk_fit_consider(struct bk_fit_next *next, size_t index, int rank)
{
	if (rank > 0 && rank >= next->rank)
		*next = (struct bk_fit_next){index, rank};
}

static struct bk_fit_next least(const struct bk_fit *fields, size_t count)
{
	struct bk_fit_next next = {0};
	for (size_t i = 0; i < count; i++)
		if (fields[i].kept)
			bk_fit_consider(&next, i, fields[i].rank);
	return next;
}

void bk_fit_put(struct bk_fit *fields, size_t count, const char *gap, int room, struct bk_buf *out)
{
	const int gap_width = (int)bk_utf8_string_width(bk_str_of(gap));
	bool first = true;
	for (size_t i = 0; i < count; i++)
		fields[i].kept = fields[i].words.len > 0;
	while (width_of(fields, count, gap_width) > room) {
		const struct bk_fit_next next = least(fields, count);
		if (next.rank == 0)
			break;
		fields[next.index].kept = false;
	}
	for (size_t i = 0; i < count; i++) {
		if (!fields[i].kept)
			continue;
		bk_buf_puts(out, first ? "" : gap);
		bk_buf_put_str(out, fields[i].words);
		first = false;
	}
}
