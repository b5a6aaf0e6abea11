/* Drafts for tests: from a string, from a file, after changes; and a naive matcher to hold them against. */
#ifndef BRACKED_TESTS_DRAFTING_H
#define BRACKED_TESTS_DRAFTING_H

#include "base/alloc.h"
#include "base/buf.h"
#include "draft/draft.h"

#include <stdio.h>
#include <stdlib.h>

/* A draft of the bytes, or NULL when memory ran out. */
static inline bk_draft *draft_try(const char *bytes, size_t len, const struct bk_draft_options *options)
{
	bk_text *text = NULL;
	bk_draft *draft = NULL;
	bk_snapshot *snapshot;

	if (bk_text_new(&text, bytes, len) < 0)
		return NULL;
	snapshot = bk_text_snapshot(text);
	if (bk_draft_new(&draft, snapshot, options) < 0)
		draft = NULL;
	bk_snapshot_free(snapshot);
	bk_text_free(text);
	return draft;
}

static inline bk_draft *draft_of_bytes(const char *bytes, size_t len, const struct bk_draft_options *options)
{
	bk_draft *draft = draft_try(bytes, len, options);

	if (!draft)
		abort();
	return draft;
}

static inline bk_draft *draft_of(const char *string)
{
	return draft_of_bytes(string, strlen(string), NULL);
}

/* The bytes of a file below the folder that an environment variable names; false when it is not there. */
static inline bool read_below(const char *variable, const char *name, struct bk_buf *out)
{
	const char *folder = getenv(variable);
	char path[4096], chunk[65536];
	size_t len;
	FILE *file;

	if (!folder)
		return false;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "rb");
	if (!file)
		return false;
	while ((len = fread(chunk, 1, sizeof chunk, file)) > 0)
		bk_buf_put(out, chunk, len);
	fclose(file);
	return !out->failed;
}

/* The bytes after changes. */
static inline void apply_changes(const char *bytes, size_t len, const bk_changes *changes, struct bk_buf *out)
{
	size_t count, at = 0;
	const struct bk_change *list = bk_changes_list(changes, &count);

	for (size_t i = 0; i < count; i++) {
		if (list[i].span.start < at || list[i].span.end < list[i].span.start ||
			list[i].span.end > len)
			abort();
		bk_buf_put(out, bytes + at, list[i].span.start - at);
		bk_buf_put(out, list[i].bytes, list[i].len);
		at = list[i].span.end;
	}
	bk_buf_put(out, bytes + at, len - at);
}

/* The bytes after all repairs that check proposes. */
static inline void apply_repairs(const char *bytes, size_t len, struct bk_buf *out)
{
	bk_draft *draft = draft_of_bytes(bytes, len, NULL);
	bk_findings *findings;
	bk_changes *changes;

	if (bk_draft_check(draft, &findings) < 0 || bk_findings_repair(findings, NULL, 0, &changes) < 0)
		abort();
	apply_changes(bytes, len, changes, out);
	bk_changes_free(changes);
	bk_findings_free(findings);
	bk_draft_free(draft);
}

/* The place of the close that matches the open at `at`, by counting alone; SIZE_MAX when there is none.  For
 * texts without escapes. */
static inline size_t naive_mate(const char *bytes, size_t len, size_t at)
{
	const char open = bytes[at], close = open == '[' ? ']' : '}';
	size_t depth = 0;

	for (size_t i = at; i < len; i++) {
		depth += bytes[i] == open;
		depth -= bytes[i] == close;
		if (depth == 0)
			return i;
	}
	return SIZE_MAX;
}

#endif
