/*
 * Brackets as a list in order of their starts: names of their classes and choices, and looking one up.  What
 * a bracket means is filled in by the rooms that come after.
 */
#include "draft/draft.h"

#include "base/error.h"
#include "base/vec.h"

#include <string.h>

static const char *const class_names[BK_CLASS_COUNT] = {
	"disputed", "placeholder", "note", "reference", "status"};

const char *bk_class_name(enum bk_class class)
{
	return class_names[class];
}

bool bk_class_parse(const char *name, enum bk_class *out)
{
	for (size_t i = 0; i < BK_CLASS_COUNT; i++) {
		if (strcmp(name, class_names[i]) == 0) {
			*out = (enum bk_class)i;
			return true;
		}
	}
	return false;
}

static const char *const choice_names[] = {NULL, "one", "independent", "undecided"};

const char *bk_choice_name(enum bk_choice choice)
{
	return choice_names[choice];
}

bool bk_choice_parse(const char *name, enum bk_choice *out)
{
	for (size_t i = 1; i < sizeof choice_names / sizeof *choice_names; i++) {
		if (strcmp(name, choice_names[i]) == 0) {
			*out = (enum bk_choice)i;
			return true;
		}
	}
	return false;
}

struct bk_str bk_bracket_inside(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	size_t from = bracket->start + bracket->open_len;
	size_t to = bracket->end - bracket->close_len;

	return (struct bk_str){draft->bytes.ptr + from, to - from};
}

struct bk_str bk_bracket_said(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	size_t from = bracket->start + bracket->open_len, to = bracket->end - bracket->close_len;

	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *one = &draft->attributions[bracket->attribution + i];

		if (one->form == BK_FORM_PREFIX && one->notation.end > from)
			from = one->notation.end;
		else if (one->form == BK_FORM_DASH && one->notation.start < to)
			to = one->notation.start;
	}
	return (struct bk_str){draft->bytes.ptr + from, to - from};
}

unsigned bk_bracket_acts(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const struct bk_override *word = bk_draft_override(draft, bracket->start);
	unsigned acts = word ? word->acts : 0;

	for (uint32_t i = 0; i < bracket->attribution_count; i++)
		acts |= 1u << draft->attributions[bracket->attribution + i].act;
	return acts;
}

const struct bk_override *bk_draft_override(const struct bk_draft *draft, size_t start)
{
	const size_t low = BK_SEARCH(i, draft->override_count, draft->overrides[i].start < start);

	if (low < draft->override_count && draft->overrides[low].start == start)
		return &draft->overrides[low];
	return NULL;
}

uint32_t bk_draft_bracket_from(const bk_draft *draft, size_t offset)
{
	return (uint32_t)BK_SEARCH(i, draft->bracket_count, draft->brackets[i].start < offset);
}

/* ---- Making them of what matches ---------------------------------------------------------------------- */

static struct bk_bracket bracket_of(const struct bk_draft *draft, const struct bk_matched *matched)
{
	return (struct bk_bracket){
		.start = matched->start,
		.end = matched->end,
		.open_len = matched->open_len,
		.close_len = matched->close_len,
		.parent = matched->parent,
		.depth = matched->parent == BK_NONE ? 1 : draft->brackets[matched->parent].depth + 1,
		.node = BK_NONE,
		.brace = matched->brace,
		.text = {matched->start + matched->open_len, matched->end - matched->close_len},
		.id = "",
	};
}

/* For each bracket, the last one of the other kind before it; braces is how many are braces. */
static int link_kinds(struct bk_draft *draft, size_t braces)
{
	uint32_t last[2] = {BK_NONE, BK_NONE};

	if (braces == 0 || braces == draft->bracket_count)
		return BK_OK;
	draft->other_kind = bk_arena_array(&draft->arena, draft->bracket_count, sizeof *draft->other_kind);
	if (!draft->other_kind)
		return bk_fail_memory();
	for (size_t i = 0; i < draft->bracket_count; i++) {
		const bool brace = draft->brackets[i].brace;

		draft->other_kind[i] = last[!brace];
		last[brace] = (uint32_t)i;
	}
	return BK_OK;
}

int bk_brackets_make(struct bk_draft *draft)
{
	size_t braces = 0;

	/* By far the most there is: what else the arena is asked for can stand beside it. */
	draft->brackets = bk_arena_room(&draft->arena, draft->matched.len + 1, sizeof *draft->brackets);
	if (!draft->brackets)
		return bk_fail_memory();
	for (size_t i = 0; i < draft->matched.len; i++) {
		draft->brackets[i] = bracket_of(draft, &draft->matched.items[i]);
		braces += draft->matched.items[i].brace;
	}
	draft->bracket_count = draft->matched.len;
	BK_VEC_RELEASE(&draft->matched);
	return link_kinds(draft, braces);
}
