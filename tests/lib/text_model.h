/*
 * A text as simple as can be, to hold the real one against: all bytes in one run, every question answered
 * by going through them from the start with one stack.
 */
#ifndef BRACKED_TESTS_TEXT_MODEL_H
#define BRACKED_TESTS_TEXT_MODEL_H

#include <bracked/text.h>
#include <stdlib.h>
#include <string.h>

struct model {
	char *bytes;
	size_t len, cap;
	/* by model_read: for each byte, its partner (BK_NOWHERE: none) and what encloses it */
	size_t *partner, *opener, *depth;
	char *kind; /* '[' or ']' where a bracket counts, else 0 */
	struct bk_bracket_counts counts;
};

static inline void model_replace(struct model *model, struct bk_span span, const char *bytes, size_t len)
{
	const size_t removed = span.end - span.start;

	if (len > SIZE_MAX / 4)
		abort();
	if (model->len - removed + len + 1 > model->cap) {
		model->cap = (model->len + len + 1) * 2;
		model->bytes = realloc(model->bytes, model->cap);
	}
	memmove(model->bytes + span.start + len, model->bytes + span.end, model->len - span.end);
	if (len)
		memcpy(model->bytes + span.start, bytes, len);
	model->len = model->len - removed + len;
	model->bytes[model->len] = '\0';
}

/* Match all brackets. */
static inline void model_read(struct model *model)
{
	const size_t room = model->len + 1;
	size_t *stack = malloc(room * sizeof *stack);
	size_t depth = 0, backslashes = 0;

	model->partner = realloc(model->partner, room * sizeof *model->partner);
	model->opener = realloc(model->opener, room * sizeof *model->opener);
	model->depth = realloc(model->depth, room * sizeof *model->depth);
	model->kind = realloc(model->kind, room);
	memset(&model->counts, 0, sizeof model->counts);
	for (size_t i = 0; i <= model->len; i++) {
		const char c = i < model->len ? model->bytes[i] : 0;

		model->partner[i] = BK_NOWHERE;
		model->kind[i] = (c == '[' || c == ']') && backslashes % 2 == 0 ? c : 0;
		model->depth[i] = depth;
		backslashes = c == '\\' ? backslashes + 1 : 0;
		if (model->kind[i] == '[') {
			stack[depth++] = i;
			model->counts.opens++;
			if (depth > model->counts.depth)
				model->counts.depth = depth;
		}
		model->opener[i] = depth ? stack[depth - 1] : BK_NOWHERE;
		if (model->kind[i] == ']') {
			model->counts.closes++;
			if (depth) {
				depth--;
				model->partner[i] = stack[depth];
				model->partner[stack[depth]] = i;
				model->counts.pairs++;
			} else {
				model->counts.unmatched_close++;
			}
		}
	}
	model->counts.unmatched_open = depth;
	free(stack);
}

static inline void model_release(struct model *model)
{
	free(model->bytes);
	free(model->partner);
	free(model->opener);
	free(model->depth);
	free(model->kind);
	memset(model, 0, sizeof *model);
}

/* What a snapshot answers about one offset, against the model: NULL when all is the same, else the question.
 */
static inline const char *model_differs_at(const struct model *model, const bk_snapshot *snapshot, size_t at)
{
	const size_t opener = model->opener[at];
	struct bk_span span = {0, 0};
	const bool inside = bk_snapshot_enclosing(snapshot, at, &span);
	size_t line = 0, next[3] = {BK_NOWHERE, BK_NOWHERE, BK_NOWHERE};
	size_t previous[3] = {BK_NOWHERE, BK_NOWHERE, BK_NOWHERE};
	const char *kinds = "[]";

	for (size_t i = 0; i < at; i++) {
		line += model->bytes[i] == '\n';
		if (model->kind[i])
			previous[2] = previous[model->kind[i] == ']'] = i;
	}
	for (size_t i = model->len; i-- > at;)
		if (model->kind[i])
			next[2] = next[model->kind[i] == ']'] = i;
	if (inside != (opener != BK_NOWHERE))
		return "is it inside a bracket";
	if (inside && span.start != opener)
		return "start of what encloses it";
	if (inside &&
		span.end != (model->partner[opener] == BK_NOWHERE ? BK_NOWHERE : model->partner[opener] + 1))
		return "end of what encloses it";
	if (bk_snapshot_depth(snapshot, at) != model->depth[at])
		return "depth";
	if (bk_snapshot_match(snapshot, at) != (at < model->len ? model->partner[at] : BK_NOWHERE))
		return "match";
	if (bk_snapshot_line_of(snapshot, at) != line)
		return "line";
	for (int i = 0; i < 3; i++) {
		if (bk_snapshot_next_bracket(snapshot, at, kinds[i]) != next[i])
			return "next bracket";
		if (bk_snapshot_previous_bracket(snapshot, at, kinds[i]) != previous[i])
			return "previous bracket";
	}
	return NULL;
}

/* What a snapshot says about the whole text, against the model. */
static inline const char *model_differs(const struct model *model, const bk_snapshot *snapshot)
{
	const struct bk_bracket_counts counts = bk_snapshot_brackets(snapshot);
	size_t start = 0, line = 0, at = 0;

	if (bk_snapshot_size(snapshot) != model->len)
		return "size";
	while (at < model->len) {
		const char *bytes;
		size_t len;

		bk_snapshot_piece(snapshot, at, &bytes, &len);
		if (!len || len > model->len - at || memcmp(bytes, model->bytes + at, len) != 0)
			return "bytes";
		at += len;
	}
	if (memcmp(&counts, &model->counts, sizeof counts) != 0)
		return "counts of brackets";
	while (start < model->len) {
		const char *lf = memchr(model->bytes + start, '\n', model->len - start);
		size_t end = lf ? (size_t)(lf - model->bytes) : model->len;

		const bool looked_at = line < 100 || line % 37 == 0; /* all would take long */

		if (looked_at && bk_snapshot_line_start(snapshot, line) != start)
			return "start of a line";
		if (looked_at && bk_snapshot_line_end(snapshot, line) !=
					 (lf && end > start && model->bytes[end - 1] == '\r' ? end - 1 : end))
			return "end of a line";
		start = lf ? end + 1 : model->len;
		line++;
	}
	if (bk_snapshot_lines(snapshot) != line || bk_snapshot_line_start(snapshot, line) != BK_NOWHERE)
		return "number of lines";
	return NULL;
}

#endif
