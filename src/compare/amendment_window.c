/*
 * Windows: the parts of two paragraphs that have to be matched, when most of them is the same bytes.
 *
 *	base     ... of this Agreement, each Party shall       communicate to the Conference of ...
 *	version  ... of this Agreement, each Party should also communicate to the Conference of ...
 *	             +----------------------------------------------------------+
 *
 * Where the bytes differ, tokens are looked at in both until some in a row agree; from there the bytes are compared
 * again.  A window begins and ends at blanks, so that its tokens are those that the paragraphs have there.
 */
#include "compare/amendment_private.h"

enum {
	AROUND = 16, /* bytes that stand in both at either end of a window, at least */
	AGREE = 3,   /* tokens in a row that end a difference */
	LOOK = 24,   /* tokens of a difference, of both texts together */
};

/* Two paragraphs while they are compared; offsets are of their texts. */
struct pair {
	struct bk_str base, file; /* the texts, up to the paragraphs' ends */
	size_t i, j;		  /* as far as they are compared */
	size_t same;		  /* bytes */
	bk_windows *windows;
	struct bk_window window; /* what is to be matched and has no end yet */
	bool is_open;
};

/* ---- Where tokens agree again -------------------------------------------------------------------------- */

/* Tokens of one text from where it differs, cut as they are asked for. */
struct ahead {
	struct bk_str bytes;
	size_t at, count;
	struct bk_span tokens[LOOK + AGREE];
};

static struct bk_span token_ahead(struct ahead *ahead, size_t index)
{
	for (; ahead->count <= index; ahead->count++) {
		ahead->tokens[ahead->count] = bk_token_next(ahead->bytes, ahead->at);
		ahead->at = ahead->tokens[ahead->count].end;
	}
	return ahead->tokens[index];
}

static bool do_agree(struct ahead *base, size_t in_base, struct ahead *file, size_t in_file)
{
	for (size_t i = 0; i < AGREE; i++) {
		const struct bk_span a = token_ahead(base, in_base + i), b = token_ahead(file, in_file + i);

		if (!bk_str_equal(bk_part(base->bytes, a.start, a.end), bk_part(file->bytes, b.start, b.end)))
			return false;
		if (a.start == a.end) /* the end of both */
			break;
	}
	return true;
}

/* Whether tokens agree again behind as few of both texts as there can be; then that is how far these are compared. */
static bool pass_difference(struct pair *pair, size_t run)
{
	struct ahead base = {.bytes = pair->base, .at = pair->i + run},
		     file = {.bytes = pair->file, .at = pair->j + run};

	for (; base.at > pair->i && !bk_is_space(pair->base.ptr[base.at - 1]); file.at--)
		base.at--;
	for (;;) { /* what ends before the difference is the same */
		const struct bk_span a = bk_token_next(base.bytes, base.at),
				     b = bk_token_next(file.bytes, file.at);

		if (a.start == a.end || a.end > pair->i + run || a.end - pair->i != b.end - pair->j)
			break;
		base.at = a.end;
		file.at = b.end;
	}
	for (size_t sum = 0; sum < LOOK; sum++) {
		for (size_t x = 0; x <= sum; x++) {
			if (!do_agree(&base, x, &file, sum - x))
				continue;
			pair->i = token_ahead(&base, x).start;
			pair->j = token_ahead(&file, sum - x).start;
			return true;
		}
	}
	return false;
}

/* ---- Windows ------------------------------------------------------------------------------------------- */

/* In bytes that are the same, the last offset behind a blank that leaves enough of them before their end; SIZE_MAX
 * when there is none. */
static size_t find_start(struct bk_str bytes, size_t from, size_t to)
{
	if (to - from <= AROUND)
		return SIZE_MAX;
	for (size_t at = to - AROUND; at > from; at--)
		if (bk_is_space(bytes.ptr[at - 1]))
			return at;
	return SIZE_MAX;
}

/* The first one before a blank that leaves enough of them behind their start. */
static size_t find_end(struct bk_str bytes, size_t from, size_t to)
{
	for (size_t at = from + AROUND; at < to; at++)
		if (bk_is_space(bytes.ptr[at]))
			return at;
	return SIZE_MAX;
}

static int close_window(struct pair *pair, size_t base_end, size_t file_end)
{
	struct bk_window *window = BK_VEC_PUSH(pair->windows);

	if (!window)
		return bk_fail_memory();
	*window = pair->window;
	window->base.end = base_end;
	window->file.end = file_end;
	pair->is_open = false;
	return BK_OK;
}

/* Before a difference, behind so many bytes that are the same. */
static int enter(struct pair *pair, size_t run)
{
	const size_t start = find_start(pair->base, pair->i, pair->i + run),
		     end = find_end(pair->base, pair->i, pair->i + run);
	int status = BK_OK;

	if (pair->is_open && start != SIZE_MAX && end <= start)
		status = close_window(pair, end, end - pair->i + pair->j);
	if (pair->is_open)
		return status;
	if (start != SIZE_MAX) {
		pair->window.base.start = start;
		pair->window.file.start = start - pair->i + pair->j;
	}
	pair->window.begins = start == SIZE_MAX;
	pair->is_open = true;
	return status;
}

/* Behind the last difference. */
static int leave(struct pair *pair, size_t run)
{
	const size_t end = find_end(pair->base, pair->i, pair->i + run);

	if (!pair->is_open)
		return BK_OK;
	pair->window.ends = end == SIZE_MAX;
	return end == SIZE_MAX ? close_window(pair, pair->base.len, pair->file.len)
			       : close_window(pair, end, end - pair->i + pair->j);
}

static int find_in_pair(struct pair *pair, bool *are_found)
{
	int status = BK_OK;

	*are_found = true;
	while (status == BK_OK && *are_found) {
		const struct bk_str base = bk_str_skip(pair->base, pair->i),
				    file = bk_str_skip(pair->file, pair->j);
		const size_t run = bk_str_common_start(base, file);

		pair->same += run;
		if (run == base.len && run == file.len)
			return leave(pair, run);
		status = enter(pair, run);
		if (status == BK_OK)
			*are_found = pass_difference(pair, run);
	}
	return status;
}

int bk_windows_find(bk_windows *windows, const struct bk_amendments *amendments, uint32_t base, uint32_t file,
	bool *are_found)
{
	const struct bk_paragraph *old = &amendments->base->tokens.paragraphs.items[base],
				  *now = &amendments->tokens.paragraphs.items[file];
	const size_t before = windows->len, len = old->end - old->start, file_len = now->end - now->start;
	struct pair pair = {.base = {amendments->base->tokens.bytes.ptr, old->end},
		.file = {amendments->bytes.ptr, now->end},
		.i = old->start,
		.j = now->start,
		.windows = windows,
		.window = {.base.start = old->start,
			.file.start = now->start,
			.base_paragraph = base,
			.file_paragraph = file}};
	int status = find_in_pair(&pair, are_found);

	*are_found = *are_found && 2 * pair.same >= (len > file_len ? len : file_len);
	if (!*are_found)
		windows->len = before;
	return status;
}
