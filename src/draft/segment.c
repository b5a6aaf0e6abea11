/*
 * Cutting a text into segments.  Judged line by line from the first word of each: rougher than the outline,
 * but right enough where a lost bracket has misled the outline too; the outline's own nodes are added.
 */
#include "draft/segment.h"

#include "base/error.h"
#include "base/vec.h"

struct cutter {
	struct bk_str bytes;
	const struct bk_draft *draft;
	size_t node; /* the first outline node not behind us */
	BK_VEC(struct bk_segment) segments;
};

/* ---- Beginnings ------------------------------------------------------------------------------------- */

static char at(struct bk_str bytes, size_t offset)
{
	return offset < bytes.len ? bytes.ptr[offset] : '\0';
}

static bool is_emphasis(char c)
{
	return c == '*' || c == '_' || c == '"' || c == '\'';
}

static size_t skip_blanks(struct bk_str line, size_t from)
{
	while (from < line.len && bk_is_space(line.ptr[from]))
		from++;
	return from;
}

/* Blanks, list marks and quotation marks of Markdown before a line's words; sets *hashes for a heading. */
static size_t skip_marks(struct bk_str line, bool *hashes)
{
	size_t from = skip_blanks(line, 0);

	for (; at(line, from) == '#'; from++)
		*hashes = true;
	if ((at(line, from) == '-' || at(line, from) == '*' || at(line, from) == '>' ||
		    at(line, from) == '+') &&
		bk_is_blank(at(line, from + 1)))
		from++;
	return skip_blanks(line, from);
}

static size_t skip_opening(struct bk_str line, size_t from)
{
	while (from < line.len &&
		(is_emphasis(line.ptr[from]) || line.ptr[from] == '[' || bk_is_blank(line.ptr[from])))
		from++;
	return from;
}

/* The length of a word of letters and digits that starts with one of the given words; 0 when none does. */
static size_t match_word(struct bk_str rest, const char *const *words)
{
	for (; *words; words++) {
		const size_t len = strlen(*words);

		if (bk_str_starts_nocase(rest, (struct bk_str){*words, len}) && !bk_is_alpha(at(rest, len)))
			return len;
	}
	return 0;
}

/* "Option 2:", "Sub-option (a)", "Alt. 3": up to its colon, else its name; 0 when none. */
static size_t option_len(struct bk_str rest)
{
	static const char *const words[] = {"option", "sub-option", "suboption", "alternative", "alt", NULL};
	size_t len = match_word(rest, words);
	size_t end;

	if (len == 0)
		return 0;
	for (end = len; end < rest.len && end < len + 16; end++) {
		if (rest.ptr[end] == ':')
			return end + 1;
	}
	for (end = skip_blanks(rest, len); bk_is_word(at(rest, end)) || at(rest, end) == '.'; end++)
		;
	return end;
}

/* "12.", "3.1", "(a)", "b)", "iv.", "OP3", "2 bis." and the like; 0 when none. */
static size_t label_len(struct bk_str rest)
{
	static const char *const suffixes[] = {"bis", "ter", "quater", "quat", "quinquies", "sexies",
		"septies", "octies", "alt", "supra", NULL};
	const bool round = at(rest, 0) == '(';
	const bool code = (at(rest, 0) == 'O' || at(rest, 0) == 'P') && at(rest, 1) == 'P';
	size_t len = round ? 1 : code ? 2 : 0;
	const size_t first = len;

	while (bk_is_alpha(at(rest, len)) || bk_is_digit(at(rest, len)) ||
		(at(rest, len) == '.' && bk_is_digit(at(rest, len + 1))))
		len++;
	if (len == first || len > first + 6 || (!code && !bk_is_digit(at(rest, first)) && len > first + 4))
		return 0;
	for (;;) {
		const size_t word = skip_blanks(rest, len);
		const size_t suffix = match_word(bk_str_skip(rest, word), suffixes);

		if (suffix == 0)
			break;
		len = word + suffix;
	}
	if (at(rest, len) == ')' || at(rest, len) == '.' || at(rest, len) == ':')
		return bk_is_alpha(at(rest, len + 1)) ? 0 : len + 1;
	return code ? len : 0;
}

/* Where the words of a line's label or option header end, as offset in line; 0 when it has none. */
static size_t header_end(struct bk_str line, size_t from, uint8_t *weight)
{
	const size_t word = skip_opening(line, from);
	const struct bk_str rest = bk_str_skip(line, word);
	size_t len = label_len(rest);
	size_t end = word + len;

	if (len > 0) {
		const size_t second = skip_opening(line, end);
		const size_t more = option_len(bk_str_skip(line, second));

		*weight = more ? BK_WEIGHT_OPTION : BK_WEIGHT_LABEL;
		end = more ? second + more : end;
	} else {
		len = option_len(rest);
		if (len == 0)
			return 0;
		*weight = BK_WEIGHT_OPTION;
		end = word + len;
	}
	while (is_emphasis(at(line, end)) || at(line, end) == '.' || at(line, end) == ':')
		end++;
	return end;
}

/* A title of its own after a label, "**Title**" or "**(Title)**": where it ends, else from. */
static size_t title_end(struct bk_str line, size_t from)
{
	size_t end = skip_blanks(line, from);

	if (at(line, end) != '*' || at(line, end + 1) != '*')
		return from;
	for (end += 2; end + 1 < line.len; end++) {
		if (line.ptr[end] == '*' && line.ptr[end + 1] == '*')
			return end + 2;
	}
	return from;
}

/* ---- Ends ------------------------------------------------------------------------------------------- */

static bool is_stop(char c)
{
	return c == '.' || c == ',' || c == ';' || c == ':';
}

/* The end of bytes without "and" or "or" after a stop. */
static size_t drop_conjunction(struct bk_str bytes)
{
	static const char *const words[] = {"and", "or", "and/or"};

	for (size_t i = 0; i < 3; i++) {
		struct bk_str rest = bytes;

		if (!bk_str_ends(rest, bk_str_of(words[i])))
			continue;
		rest.len -= strlen(words[i]);
		rest = (struct bk_str){rest.ptr, bk_str_trim(rest).ptr + bk_str_trim(rest).len - rest.ptr};
		if (rest.len > 0 && (rest.ptr[rest.len - 1] == ';' || rest.ptr[rest.len - 1] == ','))
			return rest.len;
	}
	return bytes.len;
}

/* Find where the words of text end, and where a lost close would stand: before a last stop, but after a
 * bracket that closes there. */
static void find_tail(struct bk_str text, size_t *tail, size_t *close)
{
	size_t end = drop_conjunction(text);
	size_t place;

	while (end > 0 && (is_emphasis(text.ptr[end - 1]) || bk_is_space(text.ptr[end - 1])))
		end--;
	place = end;
	if (end > 0 && is_stop(text.ptr[end - 1]))
		place = end - 1;
	while (end > 0 &&
		(is_stop(text.ptr[end - 1]) || text.ptr[end - 1] == ']' || text.ptr[end - 1] == ')' ||
			is_emphasis(text.ptr[end - 1]) || bk_is_space(text.ptr[end - 1])))
		end--;
	*tail = end;
	*close = place > end ? place : end;
}

/* ---- Segments ----------------------------------------------------------------------------------------- */

/* The weight of the outline's node that begins in the line start..end; 0 when none does. */
static uint8_t node_weight(struct cutter *cutter, size_t start, size_t end)
{
	static const uint8_t weights[] = {BK_WEIGHT_HEADING, BK_WEIGHT_LABEL, BK_WEIGHT_OPTION};
	uint8_t weight = 0;

	for (; cutter->node < cutter->draft->node_count; cutter->node++) {
		const struct bk_node *node = &cutter->draft->nodes[cutter->node];

		if (node->offset >= end)
			break;
		if (node->offset >= start && weights[node->kind] > weight)
			weight = weights[node->kind];
	}
	return weight;
}

/* Whether the words before a blank line go on behind it. */
static bool flows_on(const struct cutter *cutter, struct bk_str line)
{
	const struct bk_segment *last;
	const size_t from = skip_opening(line, skip_blanks(line, 0));

	if (cutter->segments.len == 0)
		return false;
	last = &cutter->segments.items[cutter->segments.len - 1];
	return bk_is_lower(at(line, from)) ||
	       (last->end > last->start && (bk_is_lower(cutter->bytes.ptr[last->end - 1]) ||
						   cutter->bytes.ptr[last->end - 1] == ','));
}

static int begin_segment(struct cutter *cutter, size_t start, struct bk_str line, uint8_t weight)
{
	struct bk_segment *segment = BK_VEC_PUSH(&cutter->segments);
	bool hashes = false;
	uint8_t ignored;
	size_t lead, body;

	if (!segment)
		return bk_fail_memory();
	lead = skip_marks(line, &hashes);
	body = header_end(line, lead, &ignored);
	if (body > 0)
		lead = skip_blanks(line, title_end(line, body));
	body = skip_opening(line, lead);
	*segment = (struct bk_segment){
		.start = start, .lead = start + lead, .body = start + body, .weight = weight};
	return BK_OK;
}

static void end_segment(struct cutter *cutter, size_t end)
{
	struct bk_segment *segment;
	struct bk_str text;
	size_t tail, close;

	if (cutter->segments.len == 0)
		return;
	segment = &cutter->segments.items[cutter->segments.len - 1];
	text = (struct bk_str){cutter->bytes.ptr + segment->start, end - segment->start};
	while (text.len > 0 && bk_is_space(text.ptr[text.len - 1]))
		text.len--;
	segment->end = segment->start + text.len;
	find_tail(text, &tail, &close);
	segment->tail = segment->start + tail;
	segment->close = segment->start + close;
	if (segment->close < segment->lead)
		segment->close = segment->end;
	segment->colon = text.len > 0 && memchr(text.ptr + tail, ':', text.len - tail) != NULL;
}

/* The weight of a segment that begins with this line; 0 when the line goes on with what is before it. */
static uint8_t line_weight(struct cutter *cutter, size_t start, struct bk_str line, bool after_blank)
{
	const uint8_t node = node_weight(cutter, start, start + line.len);
	bool hashes = false;
	const size_t from = skip_marks(line, &hashes);
	uint8_t weight = 0;

	if (hashes)
		return BK_WEIGHT_HEADING;
	header_end(line, from, &weight);
	if (node > weight)
		weight = node;
	if (weight == 0 && from > 0 && !bk_is_space(line.ptr[from - 1]))
		weight = BK_WEIGHT_PARAGRAPH;
	if (weight == 0 && after_blank)
		weight = flows_on(cutter, line) ? BK_WEIGHT_FLOW : BK_WEIGHT_PARAGRAPH;
	return weight;
}

static int cut(struct cutter *cutter)
{
	const struct bk_str bytes = cutter->bytes;
	bool after_blank = true;
	int status = BK_OK;

	for (size_t start = 0; start < bytes.len && status == BK_OK;) {
		const size_t len = bk_str_find(bk_str_skip(bytes, start), '\n');
		const struct bk_str line = {bytes.ptr + start, len};

		if (skip_blanks(line, 0) == len) {
			if (!after_blank)
				end_segment(cutter, start);
			after_blank = true;
		} else {
			uint8_t weight = line_weight(cutter, start, line, after_blank);

			if (cutter->segments.len == 0 && weight == 0)
				weight = BK_WEIGHT_PARAGRAPH;
			if (weight > 0) {
				if (!after_blank)
					end_segment(cutter, start);
				status = begin_segment(cutter, start, line, weight);
			}
			after_blank = false;
		}
		start += len + 1;
	}
	if (!after_blank)
		end_segment(cutter, bytes.len);
	return status;
}

/* Sum up the weights, and keep the greatest of every 2^row neighbours. */
static int sum_up(struct bk_segments *segments, struct bk_arena *arena)
{
	size_t rows = 1;

	while (((size_t)2 << (rows - 1)) <= segments->count)
		rows++;
	segments->highest = bk_arena_array(arena, segments->count + 1, rows);
	if (!segments->highest)
		return bk_fail_memory();
	for (size_t i = 0; i < segments->count; i++) {
		segments->items[i].sum = (i > 0 ? segments->items[i - 1].sum : 0) + segments->items[i].weight;
		segments->highest[i] = segments->items[i].weight;
	}
	for (size_t row = 1; row < rows; row++) {
		const uint8_t *below = segments->highest + (row - 1) * segments->count;
		const size_t half = (size_t)1 << (row - 1);

		for (size_t i = 0; i + 2 * half <= segments->count; i++) {
			const uint8_t left = below[i], right = below[i + half];

			segments->highest[row * segments->count + i] = left > right ? left : right;
		}
	}
	return BK_OK;
}

int bk_segments_build(const struct bk_draft *draft, struct bk_arena *arena, struct bk_segments *out)
{
	struct cutter cutter = {.bytes = draft->bytes, .draft = draft};
	struct bk_segments segments = {0};
	int status = cut(&cutter);

	if (status == BK_OK) {
		segments.count = cutter.segments.len;
		segments.items = bk_arena_array(arena, segments.count + 1, sizeof *segments.items);
		status = segments.items ? BK_OK : bk_fail_memory();
	}
	if (status == BK_OK) {
		if (segments.count > 0)
			memcpy(segments.items, cutter.segments.items,
				segments.count * sizeof *segments.items);
		status = sum_up(&segments, arena);
	}
	BK_VEC_RELEASE(&cutter.segments);
	if (status == BK_OK)
		*out = segments;
	return status;
}

size_t bk_segments_at(const struct bk_segments *segments, size_t offset)
{
	const size_t low = BK_SEARCH(i, segments->count, segments->items[i].start <= offset);

	return low > 0 ? low - 1 : 0;
}

uint8_t bk_segments_highest(const struct bk_segments *segments, size_t from, size_t to)
{
	const size_t count = to - from;
	size_t row = 0;
	uint8_t left, right;

	if (to <= from)
		return 0;
	while (((size_t)2 << row) <= count)
		row++;
	left = segments->highest[row * segments->count + from + 1];
	right = segments->highest[row * segments->count + to + 1 - ((size_t)1 << row)];
	return left > right ? left : right;
}
