/*
 * Joining alternatives of one choice that differ in spelling, spacing or punctuation alone (see spelling.h).
 *
 *	[EU: organise][US: organize][AU: arrange]   ->   [EU, US: organise][AU: arrange]
 *
 * The first one's words stand, and the names of all, each with its act.  What is recorded of the others is the first
 * one's from then on.  A bracket that holds others is joined with none: what is recorded of those has no heir.
 *
 * Nobody's position may change by it.  Words of the text itself are not joined with somebody's proposal, which they
 * would become, and names that are against one spelling are not put beside names that are for the other.
 */
#include "base/error.h"
#include "draft/inscription.h"
#include "draft/siblings.h"
#include "draft/spelling.h"
#include "draft/streamline_private.h"

enum { MEMBERS_MAX = 100 }; /* each is compared with each: no choice between more is a person's */

struct join {
	struct bk_streamline *streamline;
	const struct bk_draft *draft;
	uint32_t first;
	BK_VEC(uint32_t) others;	   /* that are the same as the first */
	BK_VEC(struct bk_inscribed) names; /* that the first does not have */
};

static struct bk_str words_of(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_span text = draft->brackets[bracket].text;

	return (struct bk_str){draft->bytes.ptr + text.start, text.end - text.start};
}

/* Whether a bracket is words and names, and nothing else. */
static bool is_simple(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	const uint32_t inner = bk_draft_bracket_from(draft, b->start + b->open_len);

	return b->class == BK_CLASS_DISPUTED && !b->brace && bk_streamline_is_plain(draft, bracket) &&
	       (inner >= draft->bracket_count || draft->brackets[inner].start >= b->end);
}

/* ---- Names ------------------------------------------------------------------------------------------- */

/* What names say of a bracket to who is not named. */
enum stance {
	STANCE_NONE,	/* there are none */
	STANCE_FOR,	/* it stands already, and some want it to */
	STANCE_PROPOSE, /* it is their proposal */
	STANCE_OTHER,	/* some are against it, or wait */
};

static enum stance stance_of(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	enum stance stance = STANCE_NONE;

	for (uint32_t i = 0; i < b->attribution_count; i++) {
		const uint8_t act = draft->attributions[b->attribution + i].act;

		if (act == BK_ACT_PROPOSE)
			stance = STANCE_PROPOSE;
		else if (act != BK_ACT_SUPPORT && act != BK_ACT_RETAIN)
			return STANCE_OTHER;
		else if (stance == STANCE_NONE)
			stance = STANCE_FOR;
	}
	return stance;
}

static bool is_named(const struct join *join, const struct bk_attribution *name)
{
	const struct bk_bracket *first = &join->draft->brackets[join->first];

	for (uint32_t i = 0; i < first->attribution_count; i++) {
		const struct bk_attribution *it = &join->draft->attributions[first->attribution + i];

		if (it->act == name->act && strcmp(it->party, name->party) == 0)
			return true;
	}
	return false;
}

/* The name as it is written, but for one in a footnote, or NULL. */
static const char *written(struct join *join, const struct bk_attribution *name)
{
	const char *bytes = join->draft->bytes.ptr;

	if (name->form == BK_FORM_FOOTNOTE)
		return name->party;
	return bk_arena_dup(&join->streamline->arena, bytes + name->written.start,
		name->written.end - name->written.start);
}

/* Add what a bracket has in names that the first has not, and no other before it. */
static int add_names(struct join *join, uint32_t bracket, size_t before)
{
	const struct bk_bracket *b = &join->draft->brackets[bracket];

	for (uint32_t i = 0; i < b->attribution_count; i++) {
		const struct bk_attribution *name = &join->draft->attributions[b->attribution + i];
		struct bk_inscribed *slot;
		bool twice = is_named(join, name);

		for (size_t n = 0; n < before && !twice; n++) {
			const struct bk_bracket *other = &join->draft->brackets[join->others.items[n]];

			for (uint32_t k = 0; k < other->attribution_count; k++) {
				const struct bk_attribution *it =
					&join->draft->attributions[other->attribution + k];

				twice |= it->act == name->act && strcmp(it->party, name->party) == 0;
			}
		}
		slot = twice ? NULL : BK_VEC_PUSH(&join->names);
		if (!twice && !slot)
			return bk_fail_memory();
		if (slot)
			*slot = (struct bk_inscribed){written(join, name), (enum bk_act)name->act};
		if (slot && !slot->party)
			return bk_fail_memory();
	}
	return BK_OK;
}

static int put_names(struct join *join)
{
	const struct bk_bracket *first = &join->draft->brackets[join->first];
	int status = BK_OK;

	join->names.len = 0;
	for (size_t i = 0; i < join->others.len && status == BK_OK; i++)
		status = add_names(join, join->others.items[i], i);
	if (status < 0 || join->names.len == 0)
		return status;
	return bk_inscription_add(join->draft, join->first,
		bk_style_of((enum bk_form)join->draft->attributions[first->attribution].form),
		join->names.items, join->names.len, join->streamline->changes);
}

/* ---- The suggestion ---------------------------------------------------------------------------------- */

/* The member of its group before a bracket. */
static uint32_t member_before(const struct bk_draft *draft, uint32_t bracket)
{
	uint32_t before = draft->groups[draft->brackets[bracket].group - 1].first;

	for (uint32_t next = before; next != bracket; next = bk_streamline_next(draft, next))
		before = next;
	return before;
}

/* From behind the member before it to behind its names. */
static struct bk_span cut_of(const struct bk_draft *draft, uint32_t bracket)
{
	return (struct bk_span){
		bk_siblings_end(draft, member_before(draft, bracket)), bk_siblings_end(draft, bracket)};
}

/* Whether nothing but blanks, "or" or "/" goes with a bracket that is joined. */
static bool is_free(const struct bk_draft *draft, uint32_t bracket)
{
	const size_t start = cut_of(draft, bracket).start, end = draft->brackets[bracket].start;

	for (size_t i = start; i < end; i++) {
		if (memchr("[]*^", draft->bytes.ptr[i], 4))
			return false;
	}
	return start <= end;
}

static int suggest(struct join *join)
{
	const struct bk_draft *draft = join->draft;
	const uint32_t last = join->others.items[join->others.len - 1];
	const struct bk_span span = {draft->brackets[join->first].start, bk_siblings_end(draft, last)};
	const char *words = bk_suggest_quote(join->streamline, draft->brackets[join->first].text);
	const char *other = bk_suggest_quote(join->streamline, draft->brackets[last].text);
	int status = words && other ? bk_suggest_begin(join->streamline) : bk_fail_memory();

	if (status == BK_OK)
		status = put_names(join);
	if (status == BK_OK)
		status = bk_suggest_heir(join->streamline, join->first, join->first);
	for (size_t i = 0; i < join->others.len && status == BK_OK; i++) {
		status =
			bk_suggest_change(join->streamline, cut_of(draft, join->others.items[i]), BK_STR(""));
		if (status == BK_OK)
			status = bk_suggest_heir(join->streamline, join->others.items[i], join->first);
	}
	if (status < 0)
		return status;
	if (join->others.len == 1)
		return bk_suggest(join->streamline, span, join->first, "join %s and %s", words, other);
	return bk_suggest(join->streamline, span, join->first,
		"join %s with %zu that differ from it in spelling", words, join->others.len);
}

/* ---- Groups ------------------------------------------------------------------------------------------ */

static int leave(struct join *join, uint32_t other)
{
	const enum stance a = stance_of(join->draft, join->first), b = stance_of(join->draft, other);

	return bk_suggest_left(join->streamline, join->draft->brackets[other].start,
		(a == STANCE_NONE) != (b == STANCE_NONE)
			? "left: differs in spelling from words that are nobody's proposal, and would become "
			  "one with them"
			: "left: differs in spelling alone, and its names do not say the same as those of "
			  "the "
			  "other");
}

/* Find the members behind the first that are the same, and have not been joined with one before. */
static int find_others(struct join *join, bool *taken)
{
	const struct bk_draft *draft = join->draft;
	const enum stance stance = stance_of(draft, join->first);
	int status = BK_OK;

	join->others.len = 0;
	for (uint32_t i = bk_streamline_next(draft, join->first); i != BK_NONE && status == BK_OK;
		i = bk_streamline_next(draft, i)) {
		uint32_t *slot;

		if (taken[i] || !is_simple(draft, i) ||
			!bk_spelling_same(words_of(draft, join->first), words_of(draft, i)) ||
			!is_free(draft, i))
			continue;
		taken[i] = true;
		if (stance == STANCE_OTHER || stance_of(draft, i) != stance) {
			status = leave(join, i);
			continue;
		}
		slot = BK_VEC_PUSH(&join->others);
		if (!slot)
			return bk_fail_memory();
		*slot = i;
	}
	return status;
}

static int join_group(struct join *join, const struct bk_group *group, bool *taken)
{
	int status = BK_OK;

	for (uint32_t i = group->first; i != BK_NONE && status == BK_OK;
		i = bk_streamline_next(join->draft, i)) {
		if (taken[i] || !is_simple(join->draft, i))
			continue;
		join->first = i;
		status = find_others(join, taken);
		if (status == BK_OK && join->others.len > 0)
			status = suggest(join);
	}
	return status;
}

int bk_streamline_join(bk_streamline *streamline)
{
	const struct bk_draft *draft = streamline->draft;
	struct join join = {.streamline = streamline, .draft = draft};
	bool *taken = bk_arena_array(&streamline->arena, draft->bracket_count + 1, sizeof *taken);
	int status = taken ? BK_OK : bk_fail_memory();

	for (size_t i = 0; i < draft->group_count && status == BK_OK; i++) {
		if (draft->groups[i].choice == BK_CHOICE_ONE && draft->groups[i].count <= MEMBERS_MAX)
			status = join_group(&join, &draft->groups[i], taken);
	}
	BK_VEC_RELEASE(&join.others);
	BK_VEC_RELEASE(&join.names);
	return status;
}
