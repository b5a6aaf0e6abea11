/*
 * Runs of neighbouring disputed brackets, and the groups they fall into.
 *
 *	regularly [prepare] communicate [intended] [proposed] [NDMC*][INDC] by [2020]
 *	                                \_________________________________/
 *	                                one run: three groups, the last a choice of one
 *
 * A run is a chain of siblings with no words between them; how it falls into groups is grouping.c's affair.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/grouping.h"
#include "draft/bare.h"
#include "draft/siblings.h"

/* Blanks and marks before a bracket on its line. */
enum { INDENT_MAX = 256 };

struct runner {
	struct bk_draft *draft;
	uint32_t *before; /* siblings; then the member before in the run, or BK_NONE */
	uint32_t *after;  /* the member after in the run, or BK_NONE */
	struct bk_grouping grouping;
};

/* ---- Chains ----------------------------------------------------------------------------------------- */

static bool first_on_line(const struct bk_draft *draft, size_t offset)
{
	const size_t least = offset > INDENT_MAX ? offset - INDENT_MAX : 0;

	while (offset > least && memchr(" \t*-[", draft->bytes.ptr[offset - 1], 5))
		offset--;
	return offset == 0 || draft->bytes.ptr[offset - 1] == '\n';
}

/* Opens with a label, an option's header or a heading: a separate provision. */
static bool opens_block(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	return bk_phrase_opens_block(bk_bracket_said(draft, bracket), first_on_line(draft, bracket->start));
}

static bool is_label(const struct bk_draft *draft, uint32_t index)
{
	return bk_phrase_is_label(bk_bracket_said(draft, &draft->brackets[index]));
}

/* The mark of the note that a bracket holds: "[^1]:"; of any other one nothing. */
static struct bk_str note_mark(const struct bk_draft *draft, uint32_t index)
{
	const struct bk_str said = bk_str_trim(bk_bracket_said(draft, &draft->brackets[index]));
	const size_t end = bk_str_starts(said, BK_STR("[^")) ? bk_str_find(said, ']') + 1 : 0;

	return end && end < said.len && said.ptr[end] == ':' ? (struct bk_str){said.ptr, end} : BK_STR("");
}

static bool is_disputed(const struct bk_draft *draft, uint32_t index)
{
	return draft->brackets[index].class == BK_CLASS_DISPUTED && !draft->brackets[index].brace;
}

/* The disputed sibling before `index` with nothing but references between, or BK_NONE. */
static uint32_t neighbour_before(const struct runner *runner, uint32_t index)
{
	const struct bk_draft *draft = runner->draft;
	uint32_t before = runner->before[index];

	while (before != BK_NONE && draft->brackets[before].class == BK_CLASS_REFERENCE)
		before = runner->before[before];
	if (before == BK_NONE || !is_disputed(draft, before) ||
		bk_siblings_gap(draft, before, index) == BK_GAP_TEXT)
		return BK_NONE;
	if (opens_block(draft, &draft->brackets[before]) || opens_block(draft, &draft->brackets[index]))
		return BK_NONE;
	/* "[(i)] [20%]": a label and words are no rivals, as two labels are. */
	if (is_label(draft, before) != is_label(draft, index))
		return BK_NONE;
	/* nor are two notes, as two texts of one note are */
	if (!bk_str_equal(note_mark(draft, before), note_mark(draft, index)))
		return BK_NONE;
	return before;
}

/* Turn siblings into chains of neighbours; from the end, since a chain needs the siblings before it. */
static void chain(struct runner *runner)
{
	for (size_t i = runner->draft->bracket_count; i-- > 0;) {
		const uint32_t before = is_disputed(runner->draft, (uint32_t)i)
						? neighbour_before(runner, (uint32_t)i)
						: BK_NONE;

		if (before != BK_NONE)
			runner->after[before] = (uint32_t)i;
		runner->before[i] = before;
	}
}

/* Number the members of the run that begins at first, and group them. */
static int group_run(struct runner *runner, uint32_t first)
{
	bk_grouping_begin(&runner->grouping, ++runner->draft->run_count);
	for (uint32_t i = first; i != BK_NONE; i = runner->after[i]) {
		if (bk_grouping_add(&runner->grouping, i) < 0)
			return BK_ENOMEM;
	}
	return bk_grouping_end(&runner->grouping);
}

static int find_runs(struct runner *runner)
{
	struct bk_draft *draft = runner->draft;

	memset(runner->after, 0xff, draft->bracket_count * sizeof *runner->after);
	chain(runner);
	for (size_t i = 0; i < draft->bracket_count; i++) {
		if (runner->before[i] != BK_NONE || runner->after[i] == BK_NONE)
			continue;
		if (group_run(runner, (uint32_t)i) < 0)
			return BK_ENOMEM;
	}
	return BK_OK;
}

static int keep_groups(struct runner *runner)
{
	struct bk_draft *draft = runner->draft;
	const size_t count = runner->grouping.groups.len;

	if (count == 0)
		return BK_OK;
	draft->groups = bk_arena_array(&draft->arena, count, sizeof *draft->groups);
	if (!draft->groups)
		return bk_fail_memory();
	memcpy(draft->groups, runner->grouping.groups.items, count * sizeof *draft->groups);
	draft->group_count = count;
	return BK_OK;
}

int bk_run_find(struct bk_draft *draft)
{
	struct runner runner = {.draft = draft, .grouping = {.draft = draft}};
	int status;

	draft->run_count = draft->group_count = 0;
	if (draft->bracket_count == 0)
		return BK_OK;
	runner.before = bk_siblings_before(draft);
	runner.after = runner.before ? bk_calloc(draft->bracket_count, sizeof *runner.after) : NULL;
	status = runner.after ? find_runs(&runner) : bk_fail_memory();
	if (status == BK_OK)
		status = keep_groups(&runner);
	bk_free(runner.before);
	bk_free(runner.after);
	bk_grouping_release(&runner.grouping);
	return status;
}
