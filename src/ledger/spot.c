/* Finding where an anchor's surroundings meet, by their letters and figures alone. */
#include "ledger/spot.h"
#include "base/alloc.h"

enum {
	REACH = 32768, /* bytes looked at on either side */
	NEEDLE = 28,   /* letters and figures of the surroundings that are looked for */
	SHORTEST = 10, /* fewer say nothing */
	TOGETHER = 24, /* that a paragraph's own words on both sides must come to */
	SLACK = 8,
};

/* The letters and figures of a piece of text, in lower case, and where each stands. */
struct letters {
	char *bytes;
	size_t *at;
	size_t len;
};

static bool read_letters(struct bk_str text, size_t from, size_t to, struct letters *out)
{
	out->bytes = bk_malloc(to - from + 1);
	out->at = bk_calloc(to - from + 1, sizeof *out->at);
	out->len = 0;
	if (!out->bytes || !out->at)
		return false;
	for (size_t i = from; i < to; i++)
		if (bk_is_word(text.ptr[i])) {
			out->at[out->len] = i;
			out->bytes[out->len++] = bk_to_lower(text.ptr[i]);
		}
	return true;
}

/* A short piece of the surroundings as letters and figures. */
struct needle {
	char bytes[NEEDLE];
	size_t len;
};

static struct needle last_letters(struct bk_str text)
{
	struct needle needle = {.len = 0};
	size_t at = NEEDLE;

	for (size_t i = text.len; i-- > 0 && at > 0;)
		if (bk_is_word(text.ptr[i]))
			needle.bytes[--at] = bk_to_lower(text.ptr[i]);
	needle.len = NEEDLE - at;
	memmove(needle.bytes, needle.bytes + at, needle.len);
	return needle;
}

static struct needle first_letters(struct bk_str text)
{
	struct needle needle = {.len = 0};

	for (size_t i = 0; i < text.len && needle.len < NEEDLE; i++)
		if (bk_is_word(text.ptr[i]))
			needle.bytes[needle.len++] = bk_to_lower(text.ptr[i]);
	return needle;
}

static size_t count_letters(struct bk_str text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += bk_is_word(text.ptr[i]);
	return count;
}

/* What follows the brackets that the text begins with: neighbours of a run go with it. */
static struct bk_str without_leading_brackets(struct bk_str text)
{
	size_t depth = 0, end = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (text.ptr[i] == '[')
			depth++;
		else if (text.ptr[i] == ']' && depth && --depth == 0)
			end = i + 1;
		else if (!depth && !bk_is_space(text.ptr[i]))
			break;
	}
	return bk_str_skip(text, end);
}

static struct bk_str without_trailing_brackets(struct bk_str text)
{
	size_t depth = 0, end = text.len;

	for (size_t i = text.len; i-- > 0;) {
		if (text.ptr[i] == ']')
			depth++;
		else if (text.ptr[i] == '[' && depth && --depth == 0)
			end = i;
		else if (!depth && !bk_is_space(text.ptr[i]))
			break;
	}
	return (struct bk_str){text.ptr, end};
}

static size_t distance(size_t a, size_t b)
{
	return a > b ? a - b : b - a;
}

/* What is looked for: two needles that stood `most` letters apart or less. */
struct query {
	struct needle before, after;
	size_t most;
	size_t expected; /* byte offset */
	bool only;	 /* it must be found once only */
};

/* Where the first needle begins in letters, from `from` on, with the second in reach behind
 * it; SIZE_MAX when nowhere. */
static size_t next_meeting(
	const struct letters *letters, const struct query *query, size_t from, size_t *after)
{
	while (from + query->before.len <= letters->len) {
		const char *hit = memmem(
			letters->bytes + from, letters->len - from, query->before.bytes, query->before.len);
		const char *next;
		size_t end, room;

		if (!hit)
			return SIZE_MAX;
		end = (size_t)(hit - letters->bytes) + query->before.len;
		room = letters->len - end < query->most + query->after.len ? letters->len - end
									   : query->most + query->after.len;
		next = memmem(letters->bytes + end, room, query->after.bytes, query->after.len);
		if (next) {
			*after = (size_t)(next - letters->bytes);
			return (size_t)(hit - letters->bytes);
		}
		from = (size_t)(hit - letters->bytes) + 1;
	}
	return SIZE_MAX;
}

/* The nearest place where both needles stand in order. */
static bool meet(const struct letters *letters, const struct query *query, struct bk_span *spot)
{
	size_t found = 0, after;

	for (size_t at = 0; (at = next_meeting(letters, query, at, &after)) != SIZE_MAX; at++) {
		const size_t end = letters->at[at + query->before.len - 1] + 1;

		if (found++ && distance(end, query->expected) >= distance(spot->start, query->expected))
			continue;
		*spot = (struct bk_span){end, letters->at[after]};
	}
	return query->only ? found == 1 : found > 0;
}

/* What stands in the bracket's own paragraph: when a paragraph moves, this moves with it. */
static struct bk_str in_paragraph_before(struct bk_str text)
{
	const size_t len = text.len;
	size_t start = len;

	while (start > 0 && !(start >= 2 && text.ptr[start - 1] == '\n' && text.ptr[start - 2] == '\n'))
		start--;
	text = bk_str_skip(text, start);
	/* Its label may have changed on the way. */
	for (size_t i = 0; start > 0 && i < text.len && i < 10 && !bk_is_blank(text.ptr[i]); i++)
		if (text.ptr[i] == '.' || text.ptr[i] == ')')
			return bk_str_skip(text, i + 1);
	return text;
}

static struct bk_str in_paragraph_after(struct bk_str text)
{
	const char *end = memmem(text.ptr, text.len, "\n\n", 2);

	return end ? (struct bk_str){text.ptr, (size_t)(end - text.ptr)} : text;
}

/* Try the surroundings as they were, then without the neighbours of its run on either side. */
static bool try_pair(const struct letters *letters, struct bk_str before, struct bk_str after,
	struct query query, struct bk_span *spot)
{
	const struct needle befores[] = {
		last_letters(before), last_letters(without_trailing_brackets(before))};
	const struct needle afters[] = {first_letters(after), first_letters(without_leading_brackets(after))};

	for (size_t i = 0; i < 4; i++) {
		query.before = befores[i / 2];
		query.after = afters[i % 2];
		if (query.only ? !query.before.len || !query.after.len ||
					 query.before.len + query.after.len < TOGETHER
			       : query.before.len < SHORTEST || query.after.len < SHORTEST)
			continue;
		if (meet(letters, &query, spot))
			return true;
	}
	return false;
}

static enum bk_spot_kind try_all(
	const struct letters *letters, const struct bk_anchor *anchor, size_t expected, struct bk_span *spot)
{
	const struct bk_str before = bk_str_of(anchor->before), after = bk_str_of(anchor->after);
	struct query query = {.expected = expected};

	query.most =
		count_letters(bk_str_of(anchor->text)) + count_letters(before) + count_letters(after) + SLACK;
	if (try_pair(letters, before, after, query, spot))
		return BK_SPOT_SURROUNDINGS;
	query.only = true;
	query.most = count_letters(bk_str_of(anchor->text)) + SLACK;
	if (try_pair(letters, in_paragraph_before(before), in_paragraph_after(after), query, spot))
		return BK_SPOT_PARAGRAPH;
	return BK_SPOT_NONE;
}

enum bk_spot_kind bk_spot_find(
	struct bk_str text, const struct bk_anchor *anchor, size_t expected, struct bk_span *spot)
{
	const size_t middle = expected < text.len ? expected : text.len;
	const size_t from = middle > REACH ? middle - REACH : 0;
	const size_t to = text.len - middle > REACH ? middle + REACH : text.len;
	struct letters letters = {NULL, NULL, 0};
	enum bk_spot_kind kind = BK_SPOT_NONE;

	if (read_letters(text, from, to, &letters))
		kind = try_all(&letters, anchor, expected, spot);
	bk_free(letters.bytes);
	bk_free(letters.at);
	return kind;
}

bool bk_spot_is_wordless(struct bk_str text, struct bk_span span)
{
	for (size_t i = span.start; i < span.end; i++)
		if (bk_is_word(text.ptr[i]))
			return false;
	return true;
}
