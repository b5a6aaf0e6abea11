/* The grid of cells: drawing strings into it and dumping it as text. */
#include "tui/cell.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"

#include <limits.h>
#include <string.h>

bool bk_grid_row_same(const struct bk_grid *a, const struct bk_grid *b, int row)
{
	const size_t cols = (size_t)a->cols, from = (size_t)row * cols;
	return memcmp(a->cells + from, b->cells + from, cols * sizeof *a->cells) == 0;
}

static void set_blank(struct bk_cell *cell, struct bk_look style)
{
	*cell = (struct bk_cell){.bytes = {' '}, .len = 1, .width = 1, .style = style};
}

int bk_grid_resize(struct bk_grid *grid, int rows, int cols)
{
	rows = rows < 1 ? 1 : rows > 1000 ? 1000 : rows;
	cols = cols < 1 ? 1 : cols > 2000 ? 2000 : cols;
	struct bk_cell *const cells = bk_calloc((size_t)rows * (size_t)cols, sizeof *cells);
	if (cells == NULL)
		return bk_fail_memory();
	bk_free(grid->cells);
	*grid = (struct bk_grid){cells, rows, cols, -1, -1, grid->bidi};
	bk_grid_clear(grid);
	return BK_OK;
}

void bk_grid_release(struct bk_grid *grid)
{
	bk_free(grid->cells);
	*grid = (struct bk_grid){0};
}

void bk_grid_clear(struct bk_grid *grid)
{
	const size_t count = (size_t)grid->rows * (size_t)grid->cols;
	for (size_t i = 0; i < count; i++)
		set_blank(&grid->cells[i], BK_LOOK_PLAIN);
	grid->cursor_row = grid->cursor_col = -1;
}

struct bk_cell *bk_grid_at(const struct bk_grid *grid, int row, int col)
{
	if (row < 0 || col < 0 || row >= grid->rows || col >= grid->cols)
		return NULL;
	return &grid->cells[(size_t)row * (size_t)grid->cols + (size_t)col];
}

/* A wide cluster that loses one of its cells leaves a blank in the other. */
static void mend_neighbours(struct bk_grid *grid, int row, int col)
{
	struct bk_cell *const cell = bk_grid_at(grid, row, col);
	if (cell->width == 0) {
		struct bk_cell *const left = bk_grid_at(grid, row, col - 1);
		if (left != NULL)
			set_blank(left, left->style);
	} else if (cell->width == 2) {
		struct bk_cell *const right = bk_grid_at(grid, row, col + 1);
		if (right != NULL)
			set_blank(right, right->style);
	}
}

void bk_grid_fill(struct bk_grid *grid, struct bk_rect rect, struct bk_look style)
{
	for (int row = rect.row; row < rect.row + rect.rows; row++)
		for (int col = rect.col; col < rect.col + rect.cols; col++) {
			struct bk_cell *const cell = bk_grid_at(grid, row, col);
			if (cell == NULL)
				continue;
			if (cell->width != 1)
				mend_neighbours(grid, row, col);
			set_blank(cell, style);
		}
}

/* As many whole code points of cluster as a cell can hold. */
static size_t fitting(struct bk_str cluster)
{
	if (cluster.len <= BK_CELL_BYTES)
		return cluster.len;
	size_t len = BK_CELL_BYTES;
	while (len > 0 && ((unsigned char)cluster.ptr[len] & 0xc0) == 0x80)
		len--;
	return len;
}

void bk_grid_copy_rows(struct bk_grid *grid, struct bk_rect rect, const struct bk_grid *from, int top)
{
	for (int row = 0; row < rect.rows; row++)
		for (int col = 0; col < rect.cols; col++) {
			const struct bk_cell *const cell = bk_grid_at(from, top + row, col);
			struct bk_cell *const to = bk_grid_at(grid, rect.row + row, rect.col + col);
			if (cell != NULL && to != NULL)
				*to = *cell;
		}
}

void bk_grid_put_cluster(
	struct bk_grid *grid, int row, int col, struct bk_str cluster, int width, struct bk_look style)
{
	struct bk_cell *const cell = bk_grid_at(grid, row, col);
	if (cell == NULL || width < 1)
		return;
	mend_neighbours(grid, row, col);
	if (width == 1) {
		const size_t len = fitting(cluster);
		*cell = (struct bk_cell){.len = (uint8_t)len, .width = 1, .style = style};
		memcpy(cell->bytes, cluster.ptr, len);
		return;
	}
	struct bk_cell *const second = bk_grid_at(grid, row, col + 1);
	if (second == NULL) {
		set_blank(cell, style);
		return;
	}
	mend_neighbours(grid, row, col + 1);
	const size_t len = fitting(cluster);
	*cell = (struct bk_cell){.len = (uint8_t)len, .width = 2, .style = style};
	memcpy(cell->bytes, cluster.ptr, len);
	*second = (struct bk_cell){.len = 0, .width = 0, .style = style};
}

void bk_grid_put_ascii(struct bk_grid *grid, int row, int col, char character, struct bk_look style)
{
	struct bk_cell *const cell = bk_grid_at(grid, row, col);
	if (cell == NULL)
		return;
	if (cell->width != 1)
		mend_neighbours(grid, row, col);
	*cell = (struct bk_cell){.bytes = {character}, .len = 1, .width = 1, .style = style};
}

/* Clusters of a visible string, and the order in which they are seen. */
struct sight {
	struct sight_cluster {
		struct bk_str bytes;
		int width;
	} * clusters;
	uint32_t *codes, *order;
	int8_t *levels;
	size_t count;
	bool rtl;
};

static void release_sight(struct sight *sight)
{
	bk_free(sight->clusters);
	bk_free(sight->codes);
	bk_free(sight->order);
	bk_free(sight->levels);
}

/* What fits into so many cells.  BK_ENOMEM; to be released in any case. */
static int order_sight(struct sight *sight, struct bk_str string, int cells)
{
	*sight = (struct sight){
		.clusters = bk_calloc(string.len + 1, sizeof *sight->clusters),
		.codes = bk_calloc(string.len + 1, sizeof *sight->codes),
		.order = bk_calloc(string.len + 1, sizeof *sight->order),
		.levels = bk_calloc(string.len + 1, sizeof *sight->levels),
	};
	if (sight->clusters == NULL || sight->codes == NULL || sight->order == NULL || sight->levels == NULL)
		return bk_fail_memory();
	while (string.len > 0) {
		const struct bk_str bytes = {string.ptr, bk_utf8_cluster(string)};
		const int width = bk_utf8_width(bytes);
		size_t size;
		if (width > cells)
			break;
		cells -= width;
		sight->clusters[sight->count] = (struct sight_cluster){bytes, width};
		sight->codes[sight->count++] = bk_utf8_decode(bytes, &size);
		string = bk_str_skip(string, bytes.len);
	}
	const int status = bk_bidi_levels(sight->codes, sight->count, sight->levels, &sight->rtl);
	if (status == BK_OK)
		bk_bidi_order(sight->levels, sight->count, sight->order);
	return status;
}

/* Brackets that run to the left are the mirrored ones. */
static void put_seen(struct bk_grid *grid, int row, int col, const struct sight *sight, uint32_t index,
	struct bk_look style)
{
	const struct sight_cluster *const cluster = &sight->clusters[index];
	const uint32_t code = sight->codes[index];
	const uint32_t mirror = sight->levels[index] & 1 ? bk_bidi_mirror(code) : code;
	char mirrored[4];
	struct bk_str bytes = cluster->bytes;
	if (mirror != code)
		bytes = (struct bk_str){mirrored, bk_utf8_encode(mirror, mirrored)};
	bk_grid_put_cluster(grid, row, col, bytes, cluster->width, style);
}

static int put_logical(
	struct bk_grid *grid, int row, int col, int limit, struct bk_look style, struct bk_str string)
{
	while (string.len > 0 && col < limit) {
		const size_t size = bk_utf8_cluster(string);
		const struct bk_str cluster = {string.ptr, size};
		const int width = bk_utf8_width(cluster);
		if (col + width > limit)
			break;
		bk_grid_put_cluster(grid, row, col, cluster, width, style);
		col += width;
		string = bk_str_skip(string, size);
	}
	return col;
}

static bool is_ordered_here(const struct bk_grid *grid, struct bk_str string)
{
	return grid->bidi == BK_BIDI_OWN && bk_bidi_needed(string);
}

static int put_visible(
	struct bk_grid *grid, int row, int col, int limit, struct bk_look style, struct bk_str string)
{
	struct sight sight;
	if (!is_ordered_here(grid, string))
		return put_logical(grid, row, col, limit, style, string);
	/* Without the memory for it, in the order in which it is written. */
	if (order_sight(&sight, string, limit - col) < 0)
		col = put_logical(grid, row, col, limit, style, string);
	else
		for (size_t i = 0; i < sight.count; i++) {
			put_seen(grid, row, col, &sight, sight.order[i], style);
			col += sight.clusters[sight.order[i]].width;
		}
	release_sight(&sight);
	return col;
}

int bk_grid_col_of(const struct bk_grid *grid, struct bk_str string, size_t at)
{
	struct sight sight;
	int col = (int)bk_utf8_string_width((struct bk_str){string.ptr, at});
	if (!is_ordered_here(grid, string))
		return col;
	if (order_sight(&sight, string, INT_MAX) == BK_OK) {
		col = at >= string.len && sight.rtl ? -1 : 0;
		for (size_t i = 0; i < sight.count && col >= 0; i++) {
			const struct sight_cluster *const cluster = &sight.clusters[sight.order[i]];
			const size_t offset = (size_t)(cluster->bytes.ptr - string.ptr);
			if (offset <= at && at < offset + cluster->bytes.len)
				break;
			col += cluster->width;
		}
	}
	release_sight(&sight);
	return col;
}

static bool is_plain(struct bk_str string)
{
	for (size_t i = 0; i < string.len; i++)
		if (string.ptr[i] < 0x20 || string.ptr[i] > 0x7e)
			return false;
	return true;
}

int bk_grid_put(struct bk_grid *grid, int row, int col, int limit, struct bk_look style, struct bk_str string)
{
	if (is_plain(string)) {
		for (size_t i = 0; i < string.len && col < limit; i++)
			bk_grid_put_ascii(grid, row, col++, string.ptr[i], style);
		return col;
	}
	struct bk_buf visible = BK_BUF_INIT;
	bk_utf8_put_visible(&visible, string, false);
	col = put_visible(grid, row, col, limit, style, bk_buf_str(&visible));
	bk_buf_release(&visible);
	return col;
}

int bk_grid_puts(struct bk_grid *grid, int row, int col, int limit, struct bk_look style, const char *string)
{
	return bk_grid_put(grid, row, col, limit, style, bk_str_of(string));
}

/* The length of the clusters that fit into so many cells. */
static size_t fitting_cells(struct bk_str string, int cells)
{
	size_t at = 0;
	while (at < string.len) {
		const struct bk_str rest = bk_str_skip(string, at);
		const size_t size = bk_utf8_cluster(rest);
		cells -= bk_utf8_width((struct bk_str){rest.ptr, size});
		if (cells < 0)
			break;
		at += size;
	}
	return at;
}

int bk_grid_put_cut(
	struct bk_grid *grid, int row, int col, int limit, struct bk_look style, struct bk_str string)
{
	if ((int)bk_utf8_string_width(string) <= limit - col)
		return bk_grid_put(grid, row, col, limit, style, string);
	if (!is_ordered_here(grid, string)) {
		col = bk_grid_put(grid, row, col, limit - 1, style, string);
		return bk_grid_puts(grid, row, col, limit, style, "…");
	}
	/* The ellipsis stands where the words end, which may be at the left. */
	struct bk_buf cut = BK_BUF_INIT;
	bk_utf8_put_visible(&cut, string, false);
	cut.len = fitting_cells(bk_buf_str(&cut), limit - 1 - col);
	bk_buf_puts(&cut, "…");
	col = put_visible(grid, row, col, limit, style, bk_buf_str(&cut));
	bk_buf_release(&cut);
	return col;
}

int bk_grid_put_right(
	struct bk_grid *grid, int row, int col, int limit, struct bk_look style, struct bk_str string)
{
	const int width = (int)bk_utf8_string_width(string);
	const int start = limit - width < col ? col : limit - width;
	bk_grid_put(grid, row, start, limit, style, string);
	return start;
}

/* The length of the words of string that fit into `cells`; a word too long for a row is cut. */
static size_t fitting_words(struct bk_str string, int cells)
{
	size_t at = 0, fit = 0;
	int width = 0;
	while (at < string.len) {
		const struct bk_str rest = bk_str_skip(string, at);
		const size_t size = bk_utf8_cluster(rest);
		const bool blank = bk_is_space(rest.ptr[0]);
		const int cell = blank ? 1 : bk_utf8_width((struct bk_str){rest.ptr, size});
		if (blank)
			fit = at;
		if (width + cell > cells)
			return fit > 0 ? fit : at > 0 ? at : size;
		width += cell;
		at += size;
	}
	return string.len;
}

int bk_grid_put_words(struct bk_grid *grid, struct bk_rect rect, int row, int hang, struct bk_look style,
	struct bk_str string)
{
	struct bk_buf visible = BK_BUF_INIT;
	bk_utf8_put_visible(&visible, string, true);
	struct bk_str rest = bk_str_trim(bk_buf_str(&visible));
	int indent = 0;
	while (rest.len > 0 && row < rect.row + rect.rows) {
		const size_t size = fitting_words(rest, rect.cols - indent);
		struct bk_buf line = BK_BUF_INIT;
		for (size_t i = 0; i < size; i++)
			bk_buf_putc(&line, bk_is_space(rest.ptr[i]) ? ' ' : rest.ptr[i]);
		put_visible(grid, row++, rect.col + indent, rect.col + rect.cols, style, bk_buf_str(&line));
		bk_buf_release(&line);
		rest = bk_str_trim(bk_str_skip(rest, size));
		indent = hang < rect.cols - 8 ? hang : 0;
	}
	bk_buf_release(&visible);
	return row;
}

int bk_grid_count_words(int cols, struct bk_str string)
{
	struct bk_buf visible = BK_BUF_INIT;
	bk_utf8_put_visible(&visible, string, true);
	struct bk_str rest = bk_str_trim(bk_buf_str(&visible));
	int rows = 0;
	for (; rest.len > 0; rows++)
		rest = bk_str_trim(bk_str_skip(rest, fitting_words(rest, cols > 1 ? cols : 1)));
	bk_buf_release(&visible);
	return rows;
}

void bk_grid_dump(const struct bk_grid *grid, struct bk_buf *out)
{
	for (int row = 0; row < grid->rows; row++) {
		int end = grid->cols;
		while (end > 0) {
			const struct bk_cell *const cell = bk_grid_at(grid, row, end - 1);
			if (cell->width != 1 || cell->len != 1 || cell->bytes[0] != ' ')
				break;
			end--;
		}
		for (int col = 0; col < end; col++) {
			const struct bk_cell *const cell = bk_grid_at(grid, row, col);
			bk_buf_put(out, cell->bytes, cell->len);
		}
		bk_buf_putc(out, '\n');
	}
}
