/*
 * Runs of neighbouring disputed brackets, and the groups they fall into.
 *
 *	regularly [prepare] communicate [intended] [proposed] [NDMC*][INDC] by [2020]
 *	                                \_________________________________/
 *	                                one run: three groups, the last a choice of one
 *
 * A run is a chain of siblings with no words between them.  Its groups are found from left to right: what adds
 * stands alone, commas make a list of independent members, tight neighbours are rivals, and singles parted by
 * blanks are rivals when they are alike.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"
#include "draft/alternative.h"
#include "draft/phrase.h"
#include "draft/siblings.h"

static const char *const names[] = {NULL, "one", "independent", "undecided"};

const char *bk_choice_name(enum bk_choice choice)
{
	return names[choice];
}

bool bk_choice_parse(const char *name, enum bk_choice *out)
{
	for (size_t i = 1; i < sizeof names / sizeof *names; i++) {
		if (strcmp(name, names[i]) == 0) {
			*out = (enum bk_choice)i;
			return true;
		}
	}
	return false;
}

/* One bracket of a run, and how it stands to the member before it. */
struct member {
	uint32_t bracket;
	enum bk_gap gap;
	enum bk_phrase_kind kind;
	bool adds, ends_in_comma;
	bool one; /* a person says: one of these stands */
	struct bk_bare bare;
};

/* Blanks and marks before a bracket on its line. */
enum { INDENT_MAX = 256 };

struct runner {
	struct bk_draft *draft;
	uint32_t *before; /* siblings; then the member before in the run, or BK_NONE */
	uint32_t *after;  /* the member after in the run, or BK_NONE */
	BK_VEC(struct member) members;
	BK_VEC(struct bk_group) groups;
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
	return bk_phrase_opens_block(bk_bracket_inside(draft, bracket), first_on_line(draft, bracket->start));
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

/* ---- Members ---------------------------------------------------------------------------------------- */

static bool ends_in_comma(struct bk_str words)
{
	static const char *const marks[] = {",", ";", "，", "；", "、", "،", "؛", NULL};

	while (words.len && (bk_is_space(words.ptr[words.len - 1]) || words.ptr[words.len - 1] == '*'))
		words.len--;
	for (size_t i = 0; marks[i]; i++) {
		if (words.len > strlen(marks[i]) && bk_str_ends(words, bk_str_of(marks[i])))
			return true;
	}
	return false;
}

static int add_member(struct runner *runner, uint32_t index, uint32_t before)
{
	const struct bk_draft *draft = runner->draft;
	const struct bk_span span = draft->brackets[index].text;
	const struct bk_str text = {draft->bytes.ptr + span.start, span.end - span.start};
	const struct bk_override *word = bk_draft_override(draft, draft->brackets[index].start);
	struct member *member = BK_VEC_PUSH(&runner->members);

	if (!member)
		return bk_fail_memory();
	member->bracket = index;
	member->gap = before == BK_NONE ? BK_GAP_TEXT : bk_siblings_gap(draft, before, index);
	bk_phrase_bare(text, &member->bare);
	member->kind = bk_phrase_kind(bk_bare_words(&member->bare));
	member->adds = bk_phrase_adds(bk_bare_words(&member->bare));
	member->ends_in_comma = ends_in_comma(text) && member->kind != BK_PHRASE_JOINT;
	member->one = word && word->has_choice && word->choice == BK_CHOICE_ONE;
	return BK_OK;
}

static int collect(struct runner *runner, uint32_t first)
{
	uint32_t before = BK_NONE;

	runner->members.len = 0;
	for (uint32_t i = first; i != BK_NONE; i = runner->after[i]) {
		if (add_member(runner, i, before) < 0)
			return BK_ENOMEM;
		before = i;
	}
	return BK_OK;
}

/* ---- Groups ----------------------------------------------------------------------------------------- */

static bool alike(const struct member *a, const struct member *b)
{
	return bk_phrase_alike(bk_bare_words(&a->bare), bk_bare_words(&b->bare));
}

/* The end of a list "[new,] [additional,] [sustained]" that begins at `from`; from + 1 when none does. */
static size_t list_end(const struct runner *runner, size_t from)
{
	size_t end = from + 1;

	while (end < runner->members.len && runner->members.items[end - 1].ends_in_comma &&
		!runner->members.items[end].adds)
		end++;
	return end;
}

/* The end of the tight neighbours from `from` on. */
static size_t tight_end(const struct runner *runner, size_t from)
{
	const struct member *members = runner->members.items;
	size_t end = from + 1;

	while (end < runner->members.len && members[end].gap == BK_GAP_TIGHT && !members[end].adds)
		end++;
	return end;
}

/* A tight row of a subject and its modals, "[Party][Parties][shall][should]", is two groups. */
static size_t before_modals(const struct runner *runner, size_t from, size_t end)
{
	const struct member *members = runner->members.items;
	size_t first = from;

	while (first < end && members[first].kind != BK_PHRASE_MODAL)
		first++;
	return first >= from + 2 && first + 2 <= end && members[first + 1].kind == BK_PHRASE_MODAL ? first
												   : end;
}

/* The end of the singles from `from` on that are parted by blanks and alike. */
static size_t alike_end(const struct runner *runner, size_t from)
{
	const struct member *members = runner->members.items;
	size_t end = from + 1;

	while (end < runner->members.len && !members[end].adds && members[end].gap != BK_GAP_AND_OR &&
		tight_end(runner, end) == end + 1 && alike(&members[end - 1], &members[end]))
		end++;
	return end;
}

/* Neighbours that persons have said to be one choice. */
static size_t said_end(const struct runner *runner, size_t from)
{
	const struct member *members = runner->members.items;
	size_t end = from + 1;

	while (end < runner->members.len && (members[end - 1].one || members[from].one) && members[end].one)
		end++;
	return end;
}

static enum bk_choice choice_said(const struct runner *runner, size_t from, size_t end, bool *said)
{
	*said = false;
	for (size_t i = from; i < end; i++) {
		const uint32_t start_of = runner->members.items[i].bracket;
		const struct bk_override *word =
			bk_draft_override(runner->draft, runner->draft->brackets[start_of].start);

		if (word && word->has_choice) {
			*said = true;
			return word->choice;
		}
	}
	return BK_CHOICE_UNDECIDED;
}

/* Make members from `from` up to `end` a group. */
static int add_group(struct runner *runner, size_t from, size_t end, enum bk_choice choice)
{
	struct bk_group *group = BK_VEC_PUSH(&runner->groups);
	bool said;
	const enum bk_choice word = choice_said(runner, from, end, &said);

	if (!group)
		return bk_fail_memory();
	*group = (struct bk_group){
		.run = (uint32_t)runner->draft->run_count,
		.first = runner->members.items[from].bracket,
		.last = runner->members.items[end - 1].bracket,
		.count = (uint32_t)(end - from),
		.choice = (uint8_t)(said ? word : choice),
	};
	for (size_t i = from; i < end; i++) {
		struct bk_bracket *bracket = &runner->draft->brackets[runner->members.items[i].bracket];

		bracket->run = group->run;
		bracket->group = (uint32_t)runner->groups.len;
		bracket->choice = group->choice;
		bracket->by_person = bracket->by_person || said;
	}
	return BK_OK;
}

/* The next group: where it ends, and its choice. */
static size_t next_group(const struct runner *runner, size_t from, enum bk_choice *choice)
{
	const struct member *first = &runner->members.items[from];
	size_t end = said_end(runner, from);

	*choice = BK_CHOICE_ONE;
	if (end > from + 1)
		return end;
	*choice = BK_CHOICE_INDEPENDENT;
	if (first->adds)
		return from + 1;
	end = list_end(runner, from);
	if (end > from + 1)
		return end;
	*choice = BK_CHOICE_ONE;
	end = before_modals(runner, from, tight_end(runner, from));
	if (end > from + 1)
		return end;
	end = alike_end(runner, from);
	if (end == from + 1)
		*choice = BK_CHOICE_UNDECIDED;
	return end;
}

static int group_run(struct runner *runner)
{
	int status = BK_OK;

	runner->draft->run_count++;
	for (size_t from = 0; status == BK_OK && from < runner->members.len;) {
		enum bk_choice choice;
		const size_t end = next_group(runner, from, &choice);

		status = add_group(runner, from, end, choice);
		from = end;
	}
	return status;
}

static int find_runs(struct runner *runner)
{
	struct bk_draft *draft = runner->draft;

	memset(runner->after, 0xff, draft->bracket_count * sizeof *runner->after);
	chain(runner);
	for (size_t i = 0; i < draft->bracket_count; i++) {
		if (runner->before[i] != BK_NONE || runner->after[i] == BK_NONE)
			continue;
		if (collect(runner, (uint32_t)i) < 0 || group_run(runner) < 0)
			return BK_ENOMEM;
	}
	return BK_OK;
}

static int keep_groups(struct runner *runner)
{
	struct bk_draft *draft = runner->draft;
	const size_t count = runner->groups.len;

	if (count == 0)
		return BK_OK;
	draft->groups = bk_arena_array(&draft->arena, count, sizeof *draft->groups);
	if (!draft->groups)
		return bk_fail_memory();
	memcpy(draft->groups, runner->groups.items, count * sizeof *draft->groups);
	draft->group_count = count;
	return BK_OK;
}

int bk_run_find(struct bk_draft *draft)
{
	struct runner runner = {.draft = draft};
	int status;

	draft->run_count = draft->group_count = 0;
	if (draft->bracket_count == 0)
		return BK_OK;
	runner.before = bk_siblings_before(draft);
	runner.after = runner.before ? bk_calloc(draft->bracket_count, sizeof *runner.after) : NULL;
	status = runner.after ? find_runs(&runner) : bk_fail_memory();
	if (status == BK_OK)
		status = keep_groups(&runner);
	if (status == BK_OK)
		status = bk_alternative_find(draft);
	bk_free(runner.before);
	bk_free(runner.after);
	BK_VEC_RELEASE(&runner.members);
	BK_VEC_RELEASE(&runner.groups);
	return status;
}
