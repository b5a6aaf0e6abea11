/*
 * The facade of a draft: makes one by calling the rooms in their order, and answers questions of place.
 * What the bytes mean is the affair of the rooms; nothing here reads a byte of the text.
 */
#include "draft/draft.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "draft/alternative.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* ---- Making ------------------------------------------------------------------------------------- */

static int compare_overrides(const void *a, const void *b)
{
	const struct bk_override *left = a, *right = b;

	return left->start < right->start ? -1 : left->start > right->start;
}

static int copy_overrides(struct bk_draft *draft, const struct bk_override *overrides, size_t count)
{
	if (count == 0)
		return BK_OK;
	draft->overrides = bk_arena_array(&draft->arena, count, sizeof *overrides);
	if (!draft->overrides)
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++) {
		struct bk_override *copy = &draft->overrides[i];

		*copy = overrides[i];
		if (copy->id && !(copy->id = bk_arena_dup(&draft->arena, copy->id, strlen(copy->id))))
			return bk_fail_memory();
	}
	qsort(draft->overrides, count, sizeof *overrides, compare_overrides);
	draft->override_count = count;
	return BK_OK;
}

static int take_options(struct bk_draft *draft, const struct bk_draft_options *options)
{
	if (options && options->conventions) {
		draft->conventions = options->conventions;
	} else {
		int status = bk_conventions_new(&draft->own_conventions, NULL, NULL, 0);

		if (status < 0)
			return status;
		draft->conventions = draft->own_conventions;
	}
	if (options && options->names)
		draft->names = *options->names;
	return options ? copy_overrides(draft, options->overrides, options->override_count) : BK_OK;
}

/* The disputed brackets that open in each node and below it. */
static int count_open(struct bk_draft *draft)
{
	for (size_t i = 0; i < draft->node_count; i++)
		draft->nodes[i].open = 0;
	for (size_t i = 0; i < draft->bracket_count; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];

		if (bracket->class == BK_CLASS_DISPUTED && bracket->node != BK_NONE)
			draft->nodes[bracket->node].open++;
	}
	for (size_t i = draft->node_count; i-- > 0;) {
		if (draft->nodes[i].parent != BK_NONE)
			draft->nodes[draft->nodes[i].parent].open += draft->nodes[i].open;
	}
	return BK_OK;
}

static int read_all(struct bk_draft *draft, const struct bk_draft_options *options)
{
	static const struct {
		int (*read)(struct bk_draft *);
		bool counts_nothing;
	} rooms[] = {
		{bk_scan_brackets, false},
		{bk_brackets_make, false},
		{bk_attribution_find, false},
		{bk_outline_build, false},
		{bk_classify_brackets, false},
		{bk_run_find, false},
		{bk_alternative_find, true},
		{bk_identity_assign, true},
		{count_open, false},
	};

	for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++) {
		if (options && options->counts_only && rooms[i].counts_nothing)
			continue;

		int status = options && options->is_stopped && options->is_stopped(options->stop_context)
				     ? bk_fail(BK_ELIMIT, "the reading was stopped")
				     : rooms[i].read(draft);

		if (status < 0)
			return status;
	}
	return BK_OK;
}

int bk_draft_new(bk_draft **out, const bk_snapshot *snapshot, const struct bk_draft_options *options)
{
	static _Atomic uint64_t serials;
	struct bk_draft *draft = bk_calloc(1, sizeof *draft);
	int status;

	if (!draft)
		return bk_fail_memory();
	draft->serial = ++serials;
	status = bk_snapshot_flat(snapshot, &draft->bytes.ptr, &draft->bytes.len);
	if (status == BK_OK) {
		draft->snapshot = bk_snapshot_keep(snapshot);
		status = take_options(draft, options);
	}
	if (status == BK_OK)
		status = read_all(draft, options);
	if (status < 0) {
		bk_draft_free(draft);
		return status;
	}
	*out = draft;
	return BK_OK;
}

int bk_draft_read_bracket(bk_draft **out, struct bk_str bytes, size_t open, bool outlined,
	const bk_conventions *conventions, const struct bk_names *names)
{
	struct bk_draft *draft = bk_calloc(1, sizeof *draft);
	int status;

	if (!draft)
		return bk_fail_memory();
	draft->bytes = bytes;
	draft->conventions = conventions;
	if (names)
		draft->names = *names;
	draft->asked = open;
	draft->has_asked = !outlined; /* an outline is read beside the names of all brackets */
	status = bk_scan_brackets(draft);
	if (status == BK_OK)
		status = bk_brackets_make(draft);
	if (status == BK_OK)
		status = bk_attribution_find(draft);
	if (status == BK_OK && outlined)
		status = bk_outline_build(draft);
	draft->has_asked = true;
	if (status < 0) {
		bk_draft_free(draft);
		return status;
	}
	*out = draft;
	return BK_OK;
}

int bk_draft_classify_asked(bk_draft *draft)
{
	int status;

	if (!draft->has_asked || draft->is_classified)
		return BK_OK;
	status = bk_classify_brackets(draft);
	draft->is_classified = status == BK_OK;
	return status;
}

void bk_draft_free(bk_draft *draft)
{
	if (!draft)
		return;
	bk_table_release(&draft->ids);
	BK_VEC_RELEASE(&draft->matched);
	bk_conventions_free(draft->own_conventions);
	bk_snapshot_free(draft->snapshot);
	bk_arena_release(&draft->arena);
	bk_free(draft);
}

/* ---- What it holds -------------------------------------------------------------------------------- */

const bk_snapshot *bk_draft_snapshot(const bk_draft *draft)
{
	return draft->snapshot;
}

const char *bk_draft_bytes(const bk_draft *draft, size_t *len)
{
	*len = draft->bytes.len;
	return draft->bytes.ptr;
}

const bk_conventions *bk_draft_conventions(const bk_draft *draft)
{
	return draft->conventions;
}

const struct bk_bracket *bk_draft_brackets(const bk_draft *draft, size_t *count)
{
	*count = draft->bracket_count;
	return draft->brackets;
}

const struct bk_unmatched *bk_draft_unmatched(const bk_draft *draft, size_t *count)
{
	*count = draft->unmatched_count;
	return draft->unmatched;
}

const struct bk_node *bk_draft_nodes(const bk_draft *draft, size_t *count)
{
	*count = draft->node_count;
	return draft->nodes;
}

const struct bk_attribution *bk_draft_attributions(const bk_draft *draft, size_t *count)
{
	static const struct bk_attribution none;

	*count = draft->attribution_count;
	return draft->attributions ? draft->attributions : &none;
}

const struct bk_group *bk_draft_groups(const bk_draft *draft, size_t *count)
{
	*count = draft->group_count;
	return draft->groups;
}

/* ---- Places --------------------------------------------------------------------------------------- */

/* The innermost bracket of index's kind, from index outward, that still holds offset. */
static uint32_t climb(const struct bk_draft *draft, uint32_t index, size_t offset)
{
	while (index != BK_NONE && draft->brackets[index].end <= offset)
		index = draft->brackets[index].parent;
	return index;
}

uint32_t bk_draft_bracket_at(const bk_draft *draft, size_t offset)
{
	const uint32_t after = offset == SIZE_MAX ? BK_NONE : bk_draft_bracket_from(draft, offset + 1);
	uint32_t found, other = BK_NONE;

	if (after == 0 || after == BK_NONE)
		return BK_NONE;
	found = climb(draft, after - 1, offset);
	if (draft->other_kind)
		other = climb(draft, draft->other_kind[after - 1], offset);
	if (found == BK_NONE || other == BK_NONE)
		return found == BK_NONE ? other : found;
	return found > other ? found : other;
}

uint32_t bk_draft_node_at(const bk_draft *draft, size_t offset)
{
	const size_t after = BK_SEARCH(i, draft->node_count, draft->nodes[i].start <= offset);
	uint32_t index = after == 0 ? BK_NONE : (uint32_t)(after - 1);

	while (index != BK_NONE && draft->nodes[index].end <= offset)
		index = draft->nodes[index].parent;
	return index;
}

const char *bk_draft_path(const bk_draft *draft, uint32_t bracket)
{
	const uint32_t node = draft->brackets[bracket].node;

	return node == BK_NONE ? "" : draft->nodes[node].path;
}

/* Whether a bracket stands at offset, on the line from start on, and is the first of its cluster: nearly all
 * are. */
static bool begins_with_bracket(const bk_draft *draft, size_t start, size_t offset)
{
	const struct bk_str line = bk_str_skip(draft->bytes, start);

	return offset < draft->bytes.len && memchr("[]", draft->bytes.ptr[offset], 2) != NULL &&
	       bk_utf8_last_cluster((struct bk_str){line.ptr, offset + 1 - start}) == offset - start;
}

/*
 * Clusters from start to offset, which lie on one line.  Whoever asks for one place after the other on a long
 * line goes on from the place asked for last: each thread remembers its own.
 */
static size_t count_clusters(const bk_draft *draft, size_t start, size_t offset)
{
	static _Thread_local struct {
		uint64_t draft;
		size_t start, offset, count;
	} last;
	size_t from = start, count = 0;

	if (last.draft == draft->serial && last.start == start && last.offset <= offset) {
		from = last.offset;
		count = last.count;
	}
	count += bk_utf8_count_clusters((struct bk_str){draft->bytes.ptr + from, offset - from});
	/* Counting can go on from where a cluster begins. */
	if (begins_with_bracket(draft, start, offset)) {
		last.draft = draft->serial;
		last.start = start;
		last.offset = offset;
		last.count = count;
	}
	return count;
}

void bk_draft_place(const bk_draft *draft, size_t offset, size_t *line, size_t *column)
{
	const size_t row = bk_snapshot_line_of(draft->snapshot, offset);
	const size_t start = bk_snapshot_line_start(draft->snapshot, row);

	*line = row + 1;
	*column = 1;
	if (start < offset)
		*column += count_clusters(draft, start, offset);
}

int bk_draft_offset(const bk_draft *draft, size_t line, size_t column, size_t *offset)
{
	size_t at, end;

	if (line == 0 || column == 0 ||
		(at = bk_snapshot_line_start(draft->snapshot, line - 1)) == BK_NOWHERE)
		return bk_fail(BK_ERANGE, "line '%zu' is not in the text", line);
	end = bk_snapshot_line_end(draft->snapshot, line - 1);
	for (size_t i = 1; i < column; i++) {
		if (at >= end)
			return bk_fail(BK_ERANGE, "column '%zu' is past the end of line %zu", column, line);
		at += bk_utf8_cluster((struct bk_str){draft->bytes.ptr + at, end - at});
	}
	*offset = at;
	return BK_OK;
}
