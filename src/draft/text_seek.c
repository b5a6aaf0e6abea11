/* Walks over a tree that skip every chunk whose tally says that the answer is not in it. */
#include "draft/text_seek.h"
#include "draft/kernel.h"

#include <string.h>

/* What a walk looks for, and how many brackets it has met that still want their partner. */
struct search {
	enum bk_seek what;
	size_t pending;
};

/* A subtree on the way. */
struct place {
	const struct bk_chunk *chunk;
	size_t start;
	bool escaped;
};

/* Path of a walk: what is still to be visited, next one last. */
struct path {
	struct place places[2 * BK_TREE_HEIGHT];
	size_t len;
};

static void push(struct path *path, const struct bk_chunk *chunk, size_t start, bool escaped)
{
	path->places[path->len++] = (struct place){chunk, start, escaped};
}

void bk_seek_tally(const struct bk_chunk *root, size_t offset, struct bk_tally *out)
{
	const struct bk_chunk *chunk = root;
	struct bk_tally part;

	*out = (struct bk_tally){0};
	while (chunk && chunk->height) {
		if (offset < chunk->left->size) {
			chunk = chunk->left;
			continue;
		}
		offset -= chunk->left->size;
		bk_tally_add(out, &chunk->left->tally[out->escapes]);
		chunk = chunk->right;
	}
	if (!chunk || !offset)
		return;
	bk_tally_bytes(&part, chunk->bytes, offset, out->escapes);
	bk_tally_add(out, &part);
}

size_t bk_seek_line_of(const struct bk_chunk *root, size_t offset)
{
	const struct bk_chunk *chunk = root;
	const char *at, *end;
	size_t lines = 0;

	while (chunk && chunk->height) {
		if (offset < chunk->left->size) {
			chunk = chunk->left;
			continue;
		}
		offset -= chunk->left->size;
		lines += chunk->left->tally[0].lines;
		chunk = chunk->right;
	}
	if (!chunk || !offset)
		return lines;
	end = chunk->bytes + offset;
	for (at = chunk->bytes; at < end && (at = memchr(at, '\n', (size_t)(end - at))); at++)
		lines++;
	return lines;
}

/* The offset behind the nth LF (from 1), which is there. */
static size_t behind_line_end(const char *bytes, size_t len, size_t nth)
{
	struct bk_kernel_mask mask;
	bool escaped = false;
	size_t at = 0, word = 0;
	uint64_t bits;

	for (;; at += BK_KERNEL_WINDOW) {
		const size_t part = len - at < BK_KERNEL_WINDOW ? len - at : BK_KERNEL_WINDOW;

		bk_kernel_mask(&mask, bytes + at, part, &escaped);
		if (nth <= mask.lines)
			break;
		nth -= mask.lines;
	}
	for (; nth > (size_t)__builtin_popcountll(mask.line[word]); word++)
		nth -= (size_t)__builtin_popcountll(mask.line[word]);
	for (bits = mask.line[word]; nth > 1; nth--)
		bits &= bits - 1;
	return at + word * 64 + (size_t)__builtin_ctzll(bits) + 1;
}

size_t bk_seek_line(const struct bk_chunk *root, size_t line)
{
	const struct bk_chunk *chunk = root;
	size_t start = 0;

	if (!line)
		return 0;
	if (!chunk || chunk->tally[0].lines < line)
		return BK_NOWHERE;
	while (chunk->height) {
		const struct bk_chunk *left = chunk->left;

		if (line <= left->tally[0].lines) {
			chunk = left;
			continue;
		}
		line -= left->tally[0].lines;
		start += left->size;
		chunk = chunk->right;
	}
	return start + behind_line_end(chunk->bytes, chunk->size, line);
}

/* Whether the byte at `at` of a leaf stands after an odd number of backslashes. */
static bool escaped_at(const char *bytes, size_t at, bool escaped)
{
	size_t run = at;

	while (run && bytes[run - 1] == '\\')
		run--;
	return ((at - run) & 1) ^ (run == 0 && escaped);
}

char bk_seek_bracket(const struct bk_chunk *root, size_t offset)
{
	struct bk_leaf leaf;
	char c;

	if (offset >= bk_chunk_size(root))
		return 0;
	leaf = bk_chunk_leaf(root, offset);
	offset -= leaf.start;
	c = leaf.chunk->bytes[offset];
	if ((c != '[' && c != ']') || escaped_at(leaf.chunk->bytes, offset, leaf.escaped))
		return 0;
	return c;
}

/* Count one bracket; true when it is the one looked for.  `same` looks the way the walk goes. */
static inline bool found(struct search *search, bool open, bool same)
{
	switch (search->what) {
	case BK_SEEK_ANY: return true;
	case BK_SEEK_OPEN: return open;
	case BK_SEEK_CLOSE: return !open;
	case BK_SEEK_PARTNER: break;
	}
	if (same)
		search->pending++;
	else if (search->pending)
		search->pending--;
	else
		return true;
	return false;
}

/* Whether a run with this tally holds nothing looked for; if so, count it. */
static bool passed(struct search *search, const struct bk_tally *tally, bool forward)
{
	const size_t wanting = forward ? tally->lacking : bk_tally_left(tally);
	const size_t giving = forward ? bk_tally_left(tally) : tally->lacking;

	switch (search->what) {
	case BK_SEEK_ANY: return !tally->opens && !tally->closes;
	case BK_SEEK_OPEN: return !tally->opens;
	case BK_SEEK_CLOSE: return !tally->closes;
	case BK_SEEK_PARTNER: break;
	}
	if (wanting > search->pending)
		return false;
	search->pending += giving - wanting;
	return true;
}

/* Look through len bytes; BK_NOWHERE, or an offset in them. */
static size_t scan_forward(struct search *search, const char *bytes, size_t len, bool escaped)
{
	struct bk_kernel_mask mask;
	size_t at = 0;

	for (; at < len; at += BK_KERNEL_WINDOW) {
		const size_t part = len - at < BK_KERNEL_WINDOW ? len - at : BK_KERNEL_WINDOW;
		const size_t words = bk_kernel_mask(&mask, bytes + at, part, &escaped);

		for (size_t i = 0; i < words; i++) {
			for (uint64_t both = mask.open[i] | mask.close[i]; both; both &= both - 1) {
				const bool open = mask.open[i] & both & -both;

				if (found(search, open, open))
					return at + i * 64 + (size_t)__builtin_ctzll(both);
			}
		}
	}
	return BK_NOWHERE;
}

static size_t scan_backward(struct search *search, const char *bytes, size_t len, bool escaped)
{
	struct bk_kernel_mask mask;

	while (len) {
		const size_t from = (len - 1) / BK_KERNEL_WINDOW * BK_KERNEL_WINDOW;
		bool literal = escaped_at(bytes, from, escaped);
		size_t words = bk_kernel_mask(&mask, bytes + from, len - from, &literal);

		while (words--) {
			uint64_t both = mask.open[words] | mask.close[words];

			while (both) {
				const uint64_t bit = (uint64_t)1 << (63 - __builtin_clzll(both));
				const bool open = mask.open[words] & bit;

				if (found(search, open, !open))
					return from + words * 64 + (size_t)__builtin_ctzll(bit);
				both &= ~bit;
			}
		}
		len = from;
	}
	return BK_NOWHERE;
}

/* Visit what the path still holds. */
static size_t go_on(struct path *path, struct search *search, bool forward)
{
	while (path->len) {
		const struct place place = path->places[--path->len];
		const struct bk_chunk *chunk = place.chunk;
		size_t right_start, hit;
		bool right_escaped;

		if (passed(search, &chunk->tally[place.escaped], forward))
			continue;
		if (!chunk->height) {
			hit = forward ? scan_forward(search, chunk->bytes, chunk->size, place.escaped)
				      : scan_backward(search, chunk->bytes, chunk->size, place.escaped);
			return hit == BK_NOWHERE ? hit : place.start + hit;
		}
		right_start = place.start + chunk->left->size;
		right_escaped = chunk->left->tally[place.escaped].escapes;
		if (!forward)
			push(path, chunk->left, place.start, place.escaped);
		push(path, chunk->right, right_start, right_escaped);
		if (forward)
			push(path, chunk->left, place.start, place.escaped);
	}
	return BK_NOWHERE;
}

size_t bk_seek_forward(const struct bk_chunk *root, size_t offset, enum bk_seek what)
{
	struct search search = {.what = what};
	struct path path = {.len = 0};
	struct place at = {.chunk = root};
	bool escaped;
	size_t hit;

	if (offset >= bk_chunk_size(root))
		return BK_NOWHERE;
	while (at.chunk->height) {
		const struct bk_chunk *left = at.chunk->left, *right = at.chunk->right;
		const size_t middle = at.start + left->size;

		escaped = left->tally[at.escaped].escapes;
		if (offset < middle) {
			push(&path, right, middle, escaped);
			at.chunk = left;
		} else {
			at = (struct place){right, middle, escaped};
		}
	}
	offset -= at.start;
	escaped = escaped_at(at.chunk->bytes, offset, at.escaped);
	hit = scan_forward(&search, at.chunk->bytes + offset, at.chunk->size - offset, escaped);
	return hit == BK_NOWHERE ? go_on(&path, &search, true) : at.start + offset + hit;
}

size_t bk_seek_backward(const struct bk_chunk *root, size_t offset, enum bk_seek what)
{
	struct search search = {.what = what};
	struct path path = {.len = 0};
	struct place at = {.chunk = root};
	size_t hit;

	if (!offset || !root)
		return BK_NOWHERE;
	while (at.chunk->height) {
		const struct bk_chunk *left = at.chunk->left;
		const size_t middle = at.start + left->size;

		if (offset > middle) {
			push(&path, left, at.start, at.escaped);
			at = (struct place){at.chunk->right, middle, left->tally[at.escaped].escapes};
		} else {
			at.chunk = left;
		}
	}
	hit = scan_backward(&search, at.chunk->bytes, offset - at.start, at.escaped);
	return hit == BK_NOWHERE ? go_on(&path, &search, false) : at.start + hit;
}
