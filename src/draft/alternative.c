/*
 * Alternatives: the members of a group of choice one, or the parts between slashes in one bracket.
 *
 *	[shall / should [not] / may]     three parts; a slash in an inner bracket splits nothing
 *	[shall/should]                   two, each being one word
 *	[a goal - EU / goals - US]       two, each with names of its own
 *	[and/or] [km/h] [EU/US] [a / b c]   none
 */
#include "draft/alternative.h"

#include "base/error.h"
#include "draft/lexicon.h"
#include "draft/naming.h"
#include "draft/bare.h"
#include "draft/phrase.h"

/* Longer words are no list of alternatives; it bounds the work on nested brackets. */
enum { SPLIT_MAX = 4096 };

static struct bk_str span_of(const struct bk_draft *draft, struct bk_span span)
{
	return (struct bk_str){draft->bytes.ptr + span.start, span.end - span.start};
}

/* ---- Slashes ---------------------------------------------------------------------------------------- */

size_t bk_alternative_slash(struct bk_str text, size_t from, bool blanks)
{
	size_t depth = 0;

	for (size_t i = from; i < text.len; i++) {
		const char c = text.ptr[i];
		const bool apart =
			i && i + 1 < text.len && bk_is_space(text.ptr[i - 1]) && bk_is_space(text.ptr[i + 1]);

		depth += c == '[';
		depth -= c == ']' && depth > 0;
		if (c == '/' && depth == 0 && (!blanks || apart))
			return i;
	}
	return text.len;
}

/* Words outside inner brackets: "should [not]" is one. */
static size_t count_words(struct bk_str part)
{
	size_t count = 0, depth = 0;
	bool in_word = false;

	for (size_t i = 0; i < part.len; i++) {
		const char c = part.ptr[i];

		depth += c == '[';
		if (depth == 0 && !bk_is_space(c))
			count += !in_word;
		in_word = depth == 0 && !bk_is_space(c);
		depth -= c == ']' && depth > 0;
	}
	return count;
}

/* One word of letters; a unit of measure is none. */
static bool is_plain_word(struct bk_str part)
{
	for (size_t i = 0; i < part.len; i++) {
		if (bk_is_digit(part.ptr[i]) ||
			(!bk_is_word(part.ptr[i]) && part.ptr[i] != '-' && part.ptr[i] != '*'))
			return false;
	}
	return part.len && !bk_lexicon_has(BK_LEXICON_UNIT, part);
}

static bool is_party(const struct bk_draft *draft, struct bk_str part)
{
	const struct bk_names *names = &draft->names;

	return names->code ? names->code(names->roster, part.ptr, part.len) != NULL : bk_naming_is_code(part);
}

/* "change - EU": a part without who asks for it. */
static struct bk_str unattributed(const struct bk_draft *draft, uint32_t bracket, struct bk_str part)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	const size_t start = (size_t)(part.ptr - draft->bytes.ptr);

	for (size_t i = 0; i < b->attribution_count; i++) {
		const struct bk_span notation = draft->attributions[b->attribution + i].notation;

		if (notation.start >= start && notation.end == start + part.len)
			return bk_str_trim((struct bk_str){part.ptr, notation.start - start});
	}
	return part;
}

/* What is known of all parts together. */
struct parts {
	size_t count, single, parties,
		named;	   /* all; of one word; names of parties; before names of their own */
	bool plain, empty; /* all are plain words; some are nothing */
};

static struct parts survey(const struct bk_draft *draft, uint32_t bracket, struct bk_str text, bool blanks)
{
	struct parts parts = {.plain = true};

	for (size_t at = 0; at <= text.len;) {
		const size_t end = bk_alternative_slash(text, at, blanks);
		const struct bk_str whole = bk_str_trim((struct bk_str){text.ptr + at, end - at});
		const struct bk_str part = unattributed(draft, bracket, whole);

		parts.count++;
		parts.named += part.len < whole.len;
		parts.single += count_words(part) == 1;
		parts.parties += is_party(draft, part);
		parts.plain = parts.plain && is_plain_word(part);
		parts.empty = parts.empty || part.len == 0;
		at = end + 1;
	}
	return parts;
}

/*
 * A slash that reaches out of the bracket leaves an empty part; parts of one word beside longer ones share a
 * tail or a head ("developed / developing countries").  Neither is split without being asked.  Where all have names
 * behind them, those of the last standing behind the words, each is somebody's own.
 */
static bool splits(const struct bk_draft *draft, uint32_t bracket, struct bk_str text, bool blanks)
{
	const struct parts parts = survey(draft, bracket, text, blanks);

	if (parts.count < 2 || parts.empty || parts.parties == parts.count)
		return false;
	if (parts.named == parts.count - 1)
		return true;
	if (!blanks)
		return parts.plain && !bk_lexicon_has(BK_LEXICON_CONJUNCTION, text);
	return parts.single == 0 || parts.single == parts.count;
}

static int add(const struct bk_draft *draft, uint32_t bracket, struct bk_span span, bk_alternative_list *out)
{
	struct bk_alternative *slot = BK_VEC_PUSH(out);
	struct bk_bare bare;

	if (!slot)
		return bk_fail_memory();
	bk_phrase_bare(span_of(draft, span), &bare);
	*slot = (struct bk_alternative){
		.span = span,
		.bracket = bracket,
		.no_text = bk_phrase_is_no_text(bk_bare_words(&bare)),
		.open = bk_phrase_is_open(bk_bare_words(&bare)),
	};
	return BK_OK;
}

int bk_alternative_split(const struct bk_draft *draft, uint32_t bracket, bk_alternative_list *out)
{
	const struct bk_span span = draft->brackets[bracket].text;
	const struct bk_str text = span_of(draft, span);
	bool blanks;

	if (text.len > SPLIT_MAX || !text.len || !memchr(text.ptr, '/', text.len))
		return BK_OK;
	blanks = bk_alternative_slash(text, 0, true) < text.len;
	if (!splits(draft, bracket, text, blanks))
		return BK_OK;
	for (size_t at = 0; at <= text.len;) {
		const size_t end = bk_alternative_slash(text, at, blanks);
		const struct bk_str whole = bk_str_trim((struct bk_str){text.ptr + at, end - at});
		const struct bk_str part = unattributed(draft, bracket, whole);
		const size_t start = span.start + (size_t)(part.ptr - text.ptr);

		if (add(draft, bracket, (struct bk_span){start, start + part.len}, out) < 0)
			return BK_ENOMEM;
		at = end + 1;
	}
	return BK_OK;
}

/* ---- All of a draft ----------------------------------------------------------------------------------- */

/* The member of a group after bracket `index`, past what is nested in it.  Cost: O(log n). */
static uint32_t next_member(const struct bk_draft *draft, const struct bk_group *group, uint32_t index)
{
	const uint32_t number = draft->brackets[group->first].group;

	do
		index = bk_draft_bracket_from(draft, draft->brackets[index].end);
	while (index <= group->last && draft->brackets[index].group != number);
	return index;
}

/* The alternatives a group of choice one has: its members, or their parts. */
static int add_group(struct bk_draft *draft, const struct bk_group *group, bk_alternative_list *list)
{
	const uint32_t first = (uint32_t)list->len;

	for (uint32_t i = group->first; i <= group->last; i = next_member(draft, group, i)) {
		const size_t before = list->len;

		if (bk_alternative_split(draft, i, list) < 0 ||
			(list->len == before && add(draft, i, draft->brackets[i].text, list) < 0))
			return BK_ENOMEM;
	}
	for (uint32_t i = group->first; i <= group->last; i = next_member(draft, group, i))
		draft->choices[i] = (struct bk_choices){first, (uint32_t)list->len - first};
	return BK_OK;
}

static bool chosen_in_group(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	return bracket->group && draft->groups[bracket->group - 1].choice == BK_CHOICE_ONE &&
	       draft->groups[bracket->group - 1].count > 1;
}

static int find_all(struct bk_draft *draft, bk_alternative_list *list)
{
	for (size_t i = 0; i < draft->bracket_count; i++) {
		const struct bk_bracket *bracket = &draft->brackets[i];
		const uint32_t first = (uint32_t)list->len;
		int status = BK_OK;

		if (bracket->class != BK_CLASS_DISPUTED)
			continue;
		if (!chosen_in_group(draft, bracket)) {
			status = bk_alternative_split(draft, (uint32_t)i, list);
			draft->choices[i] = (struct bk_choices){first, (uint32_t)list->len - first};
		} else if (draft->groups[bracket->group - 1].first == i) {
			status = add_group(draft, &draft->groups[bracket->group - 1], list);
		}
		if (status < 0)
			return status;
	}
	return BK_OK;
}

int bk_alternative_find(struct bk_draft *draft)
{
	bk_alternative_list list = BK_VEC_INIT;
	int status = BK_OK;

	if (draft->bracket_count == 0)
		return BK_OK;
	draft->choices = bk_arena_array(&draft->arena, draft->bracket_count, sizeof *draft->choices);
	status = draft->choices ? find_all(draft, &list) : bk_fail_memory();
	if (status == BK_OK && list.len) {
		draft->alternatives = bk_arena_array(&draft->arena, list.len, sizeof *draft->alternatives);
		if (draft->alternatives)
			memcpy(draft->alternatives, list.items, list.len * sizeof *list.items);
		status = draft->alternatives ? BK_OK : bk_fail_memory();
	}
	BK_VEC_RELEASE(&list);
	return status;
}

const struct bk_alternative *bk_draft_alternatives(const bk_draft *draft, uint32_t bracket, size_t *count)
{
	const struct bk_choices *choices = draft->choices ? &draft->choices[bracket] : NULL;

	*count = choices ? choices->count : 0;
	return *count ? draft->alternatives + choices->first : NULL;
}

const struct bk_alternative *bk_alternative_parts(
	const struct bk_draft *draft, uint32_t bracket, size_t *count)
{
	size_t all_count;
	const struct bk_alternative *all = bk_draft_alternatives(draft, bracket, &all_count);
	const size_t first = BK_SEARCH(i, all_count, all[i].bracket < bracket);
	const size_t end = BK_SEARCH(i, all_count, all[i].bracket <= bracket);

	*count = end - first > 1 ? end - first : 0;
	return *count ? all + first : NULL;
}

uint32_t bk_alternative_member(const struct bk_draft *draft, uint32_t bracket, size_t alternative)
{
	size_t count;
	const struct bk_alternative *list = bk_draft_alternatives(draft, bracket, &count);

	if (alternative == 0 || alternative > count)
		return BK_NONE;
	for (size_t i = 0; i < count; i++)
		if (i != alternative - 1 && list[i].bracket == list[alternative - 1].bracket)
			return BK_NONE;
	return list[alternative - 1].bracket;
}

/* Whether another alternative of the same bracket names who asks for it: "[change - EU / promote - US]". */
static bool has_lists(const struct bk_draft *draft, const struct bk_attribution *one)
{
	const struct bk_bracket *bracket = &draft->brackets[one->bracket];

	for (size_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *other = &draft->attributions[bracket->attribution + i];

		if (other->form == BK_FORM_DASH && other->notation.start != one->notation.start)
			return true;
	}
	return false;
}

size_t bk_alternative_of_name(const struct bk_draft *draft, const struct bk_attribution *one)
{
	size_t count, part = 0;
	const struct bk_alternative *list;

	if (one->form != BK_FORM_DASH || !has_lists(draft, one))
		return 0;
	list = bk_draft_alternatives(draft, one->bracket, &count);
	for (size_t i = 0; i < count; i++) {
		if (list[i].bracket == one->bracket && list[i].span.end <= one->notation.start)
			part = i + 1;
	}
	return part;
}
