/* The groups of a run: see grouping.h.  What phrases look like is phrase.c's affair, how they stand is ours. */
#include "draft/grouping.h"

#include "base/error.h"
#include "draft/bare.h"
#include "draft/phrase.h"
#include "draft/siblings.h"

/* A comma after more words than this ends a clause, not an item of a list. */
enum { LIST_WORDS = 8, VERB_PAIR = 2, VERB_LOOK_BACK = 64, LOOK_PAST = 4, ENDING_MOST = 3 };

/* One bracket of a run, and how it stands to the member before it. */
struct bk_member {
	uint32_t bracket;
	enum bk_gap gap;
	size_t in_place,
		in_place_count; /* what is to stand in its place: so many of the run's from here on */
	bool proposed, struck;	/* somebody proposes it; somebody deletes it, and nobody proposes it */
	struct bk_phrase phrase;
	bool adds, ends_in_comma;
	bool ending;	/* of the word before it: "tool[s]" */
	bool one;	/* a person says: one of these stands */
	bool slot_ends; /* after it, and what like it follows, the sentence goes on with a small word */
	struct bk_bare bare;
};

/* ---- Members ---------------------------------------------------------------------------------------- */

void bk_grouping_begin(struct bk_grouping *grouping, size_t run)
{
	grouping->run = (uint32_t)run;
	grouping->members.len = grouping->in_place.len = 0;
}

static struct bk_member *last_member(const struct bk_grouping *grouping)
{
	return grouping->members.len ? &grouping->members.items[grouping->members.len - 1] : NULL;
}

/* The bracket of the run that was added last, or BK_NONE. */
static uint32_t last_added(const struct bk_grouping *grouping)
{
	const struct bk_member *last = last_member(grouping);

	if (!last)
		return BK_NONE;
	return last->in_place_count ? grouping->in_place.items[grouping->in_place.len - 1] : last->bracket;
}

static int add_in_place(struct bk_grouping *grouping, struct bk_member *member, uint32_t bracket)
{
	uint32_t *slot = BK_VEC_PUSH(&grouping->in_place);

	if (!slot)
		return bk_fail_memory();
	*slot = bracket;
	member->in_place_count++;
	return BK_OK;
}

int bk_grouping_add(struct bk_grouping *grouping, uint32_t bracket)
{
	const struct bk_draft *draft = grouping->draft;
	const struct bk_bracket *self = &draft->brackets[bracket];
	const struct bk_str text = {draft->bytes.ptr + self->text.start, self->text.end - self->text.start};
	const struct bk_override *word = bk_draft_override(draft, self->start);
	const uint32_t before = last_added(grouping);
	const enum bk_gap gap = before == BK_NONE ? BK_GAP_TEXT : bk_siblings_gap(draft, before, bracket);
	const bool proposed = bk_bracket_has_act(draft, self, BK_ACT_PROPOSE);
	struct bk_member *member = last_member(grouping);

	if (gap == BK_GAP_TIGHT && proposed && !member->proposed)
		return add_in_place(grouping, member, bracket);
	member = BK_VEC_PUSH(&grouping->members);
	if (!member)
		return bk_fail_memory();
	*member = (struct bk_member){.bracket = bracket,
		.gap = gap,
		.in_place = grouping->in_place.len,
		.proposed = proposed,
		.struck = !proposed && bk_bracket_has_act(draft, self, BK_ACT_DELETE)};
	bk_phrase_bare(text, &member->bare);
	bk_bare_drop_brackets(&member->bare);
	member->adds = bk_phrase_adds(bk_bare_words(&member->bare));
	member->ends_in_comma = bk_phrase_ends_in_comma(text);
	member->ending = text.len <= ENDING_MOST && text.len && bk_is_lower(text.ptr[0]) && self->start &&
			 bk_is_word(draft->bytes.ptr[self->start - 1]);
	member->one = word && word->has_choice && word->choice == BK_CHOICE_ONE;
	return BK_OK;
}

static struct bk_str words_of(const struct bk_member *member)
{
	return bk_bare_words(&member->bare);
}

/* Once all members have their place, since a phrase borrows their words. */
static void read_phrases(struct bk_grouping *grouping)
{
	for (size_t i = 0; i < grouping->members.len; i++) {
		struct bk_member *member = &grouping->members.items[i];

		bk_phrase_read(words_of(member), &member->phrase);
		member->ends_in_comma = member->ends_in_comma && member->phrase.kind != BK_PHRASE_JOINT;
	}
}

/* The text from offset on, past brackets that hold no words of it: "[the Bureau] [UNEP] [TBD]." */
static struct bk_str past_placeholders(const struct bk_draft *draft, size_t offset)
{
	for (size_t i = 0; i < LOOK_PAST; i++) {
		size_t at = offset;
		uint32_t next;

		while (at < draft->bytes.len && bk_is_space(draft->bytes.ptr[at]))
			at++;
		next = bk_draft_bracket_from(draft, at);
		if (next >= draft->bracket_count || draft->brackets[next].start != at ||
			draft->brackets[next].class == BK_CLASS_DISPUTED)
			break;
		offset = draft->brackets[next].end;
	}
	return bk_str_skip(draft->bytes, offset);
}

/* What follows the last member of the run in the text. */
static struct bk_str after_run(const struct bk_grouping *grouping)
{
	const struct bk_draft *draft = grouping->draft;
	const struct bk_member *last = &grouping->members.items[grouping->members.len - 1];

	return past_placeholders(draft, bk_siblings_end(draft, last->bracket));
}

/* No tight neighbour on either side. */
static bool is_single(const struct bk_grouping *grouping, size_t index)
{
	const struct bk_member *members = grouping->members.items;

	return members[index].gap != BK_GAP_TIGHT &&
	       (index + 1 == grouping->members.len || members[index + 1].gap != BK_GAP_TIGHT);
}

/* "and sectors": what stands after it decides whether a noun's place ends here. */
static bool goes_on(const struct bk_member *member)
{
	return member->adds && !member->ends_in_comma && member->phrase.kind == BK_PHRASE_OTHER &&
	       bk_phrase_opens_with_and(words_of(member));
}

static void find_slot_ends(struct bk_grouping *grouping)
{
	const struct bk_str after = after_run(grouping);
	const bool verb = bk_phrase_is_verb_next(after);
	bool ends = bk_phrase_is_small_word_next(after);

	for (size_t i = grouping->members.len; i-- > 0;) {
		struct bk_member *member = &grouping->members.items[i];
		const bool nominal =
			bk_phrase_is_nominal(&member->phrase) && !member->adds && is_single(grouping, i);

		/* "[Members] [Parties] agree": the subject's place ends before its verb. */
		member->slot_ends = ends || (verb && i + 2 >= grouping->members.len &&
						    bk_phrase_is_plural(&member->phrase));
		if (!nominal && !goes_on(member))
			ends = member->adds || bk_phrase_is_small_word_next(words_of(member));
	}
}

static bool is_single_verb(const struct bk_member *member)
{
	return member->phrase.kind == BK_PHRASE_VERB && member->phrase.count == 1;
}

/* After "shall" and "to", and beside a verb where no noun follows, words that may be verbs are. */
static void find_verbs(struct bk_grouping *grouping)
{
	const struct bk_draft *draft = grouping->draft;
	const size_t start = draft->brackets[grouping->members.items[0].bracket].start;
	const size_t from = start > VERB_LOOK_BACK ? start - VERB_LOOK_BACK : 0;
	bool led = bk_phrase_leads_to_verb((struct bk_str){draft->bytes.ptr + from, start - from});
	bool beside = false;

	for (size_t i = 0; i < grouping->members.len; i++) {
		struct bk_member *member = &grouping->members.items[i];
		struct bk_phrase *phrase = &member->phrase;

		/* "[mobilize] [provide] [climate] finance": what stands before a noun may describe it. */
		if (i >= VERB_PAIR && led && !member->slot_ends && is_single_verb(member - 1) &&
			is_single_verb(member - 2))
			led = bk_phrase_is_verb_next(words_of(member));
		if ((led || (beside && member->slot_ends)) && bk_phrase_may_be_verb(phrase))
			phrase->kind = BK_PHRASE_VERB;
		beside = phrase->kind == BK_PHRASE_VERB;
		led = phrase->kind == BK_PHRASE_MODAL || phrase->kind == BK_PHRASE_ADVERB ||
		      (led && beside) || bk_phrase_leads_to_verb(words_of(member));
	}
}

/* ---- Who belongs together ----------------------------------------------------------------------------- */

/* "support", "use": a verb of one word may be a noun. */
static bool may_be_noun(const struct bk_member *member)
{
	return bk_phrase_is_nominal(&member->phrase) || is_single_verb(member);
}

/* Somebody deletes it or would replace it: what stands for it stands tight behind it, and what a blank parts from it
 * is another matter, "[new][EU: fresh] [funds][US: means]". */
static bool is_answered(const struct bk_member *member)
{
	return member->struck || member->in_place_count;
}

static bool are_apart(const struct bk_member *a, const struct bk_member *b)
{
	return is_answered(a) || is_answered(b);
}

static bool alike(const struct bk_member *a, const struct bk_member *b)
{
	if (a->ending || are_apart(a, b))
		return false;
	if (a->phrase.ends_in_conjunction || b->phrase.ends_in_conjunction)
		return false;
	if (bk_phrase_is_open(words_of(b)))
		return a->phrase.kind != BK_PHRASE_JOINT;
	if (bk_phrase_abbreviates(words_of(a), words_of(b)) ||
		bk_phrase_abbreviates(words_of(b), words_of(a)))
		return true;
	if (b->slot_ends && bk_phrase_is_nominal(&a->phrase) && may_be_noun(b) &&
		a->phrase.says == b->phrase.says)
		return true;
	return bk_phrase_alike(&a->phrase, &b->phrase);
}

/* An item of a list that ends in a comma: "new,", "the rights of the child,"; not "in accordance with it,". */
static bool is_item(const struct bk_member *member)
{
	return member->ends_in_comma && !member->adds && member->phrase.kind != BK_PHRASE_MODAL &&
	       member->phrase.count <= LIST_WORDS && !member->phrase.is_adverbial;
}

/* The end of a list "[new,] [additional,] [sustained]" that begins at `from`; from + 1 when none does. */
static size_t list_end(const struct bk_grouping *grouping, size_t from)
{
	const struct bk_member *members = grouping->members.items;
	size_t end = from + 1;

	while (end < grouping->members.len && is_item(&members[end - 1]) && !members[end].adds &&
		!members[end].phrase.is_adverbial && members[end].phrase.count <= LIST_WORDS)
		end++;
	return end;
}

/* The end of the tight neighbours from `from` on. */
static size_t tight_end(const struct bk_grouping *grouping, size_t from)
{
	size_t end = from + 1;

	while (end < grouping->members.len && grouping->members.items[end].gap == BK_GAP_TIGHT)
		end++;
	return end;
}

/* A tight row of a subject and its modals, "[Party][Parties][shall][should]", is two rows. */
static size_t before_modals(const struct bk_grouping *grouping, size_t from, size_t end)
{
	const struct bk_member *members = grouping->members.items;
	size_t first = from;

	while (first < end && members[first].phrase.kind != BK_PHRASE_MODAL)
		first++;
	return first >= from + 2 && first + 2 <= end && members[first + 1].phrase.kind == BK_PHRASE_MODAL
		       ? first
		       : end;
}

/* "[the text][,] [and]", "[the text][.][;]": marks behind words rival each other and what joins, and not the words;
 * but a stop behind what adds is the end without it: "[, and lakes][.]". */
static size_t before_marks(const struct bk_grouping *grouping, size_t from, size_t end)
{
	const struct bk_member *members = grouping->members.items;
	size_t first = end, marks = 0;

	while (first > from + 1) {
		const bool is_mark = bk_phrase_is_mark(words_of(&members[first - 1]));

		if (!is_mark && members[first - 1].phrase.kind != BK_PHRASE_JOINT)
			break;
		marks += is_mark;
		first--;
	}
	if (!marks || members[first - 1].phrase.kind == BK_PHRASE_JOINT ||
		(members[first - 1].adds && end - first == 1))
		return end;
	return first;
}

/* Kinds so plain that a blank between them does not part single from row. */
static bool is_plain_kind(enum bk_phrase_kind kind)
{
	return kind == BK_PHRASE_MODAL || kind == BK_PHRASE_FIGURE;
}

static bool joins_row(const struct bk_member *a, const struct bk_member *b)
{
	if (b->gap != BK_GAP_BLANK || b->adds || !is_plain_kind(a->phrase.kind))
		return false;
	/* Two amounts may stand side by side, two modals do not. */
	if (a->phrase.kind == BK_PHRASE_FIGURE && are_apart(a, b))
		return false;
	return a->phrase.kind == b->phrase.kind || bk_phrase_is_open(words_of(b));
}

/* The end of the singles from `from` on that are parted by blanks and alike. */
static size_t alike_end(const struct bk_grouping *grouping, size_t from)
{
	const struct bk_member *members = grouping->members.items;
	size_t end = from + 1;

	while (end < grouping->members.len && !members[end].adds && members[end].gap != BK_GAP_AND_OR &&
		members[end].gap != BK_GAP_TIGHT &&
		(end + 1 == grouping->members.len || members[end + 1].gap != BK_GAP_TIGHT ||
			members[end + 1].adds) &&
		alike(&members[end - 1], &members[end]))
		end++;
	return end;
}

/* Two verbs are rivals; a longer row of them is a list that nobody has decided. */
static bool is_list_of_verbs(const struct bk_grouping *grouping, size_t from, size_t end)
{
	const struct bk_member *members = grouping->members.items;
	const struct bk_str first = members[from].phrase.first;

	/* "[Urges] [Invites] [Encourages]" opens a sentence, of which there is one. */
	if (end - from <= VERB_PAIR || !bk_is_lower(first.ptr[0]) || bk_str_ends(first, BK_STR("s")))
		return false;
	for (size_t i = from; i < end; i++) {
		if (!is_single_verb(&members[i]))
			return false;
	}
	return true;
}

/* Neighbours that persons have said to be one choice. */
static size_t said_end(const struct bk_grouping *grouping, size_t from)
{
	const struct bk_member *members = grouping->members.items;
	size_t end = from + 1;

	while (end < grouping->members.len && members[from].one && members[end].one)
		end++;
	return end;
}

/* ---- Making groups ------------------------------------------------------------------------------------ */

static int pick(struct bk_grouping *grouping, size_t member)
{
	size_t *slot = BK_VEC_PUSH(&grouping->picked);

	if (!slot)
		return bk_fail_memory();
	*slot = member;
	return BK_OK;
}

/* Whether others are to stand in the place of a member. */
static bool is_replaced(const struct bk_grouping *grouping, size_t member)
{
	return grouping->members.items[member].in_place_count;
}

/* The bracket of a member, and behind it those in its place: by turn; NULL at their end. */
static struct bk_bracket *bracket_of(const struct bk_grouping *grouping, size_t index, size_t turn)
{
	const struct bk_member *member = &grouping->members.items[index];

	if (turn > member->in_place_count)
		return NULL;
	return &grouping->draft->brackets[turn ? grouping->in_place.items[member->in_place + turn - 1]
					       : member->bracket];
}

/* A person's word on any bracket of the members, or NULL. */
static const struct bk_override *word_on(
	const struct bk_grouping *grouping, const size_t *members, size_t count)
{
	const struct bk_bracket *bracket;

	for (size_t i = 0; i < count; i++) {
		for (size_t turn = 0; (bracket = bracket_of(grouping, members[i], turn)); turn++) {
			const struct bk_override *word = bk_draft_override(grouping->draft, bracket->start);

			if (word && word->has_choice)
				return word;
		}
	}
	return NULL;
}

static int make_group(
	struct bk_grouping *grouping, const size_t *members, size_t count, enum bk_choice choice)
{
	const struct bk_override *word = word_on(grouping, members, count);
	struct bk_group *group = BK_VEC_PUSH(&grouping->groups);
	struct bk_bracket *bracket;

	if (!group)
		return bk_fail_memory();
	*group = (struct bk_group){
		.run = grouping->run,
		.first = grouping->members.items[members[0]].bracket,
		.choice = (uint8_t)(word ? word->choice : choice),
	};
	for (size_t i = 0; i < count; i++) {
		for (size_t turn = 0; (bracket = bracket_of(grouping, members[i], turn)); turn++) {
			bracket->run = group->run;
			bracket->group = (uint32_t)grouping->groups.len;
			bracket->choice = group->choice;
			bracket->by_person = bracket->by_person || word;
			group->last = (uint32_t)(bracket - grouping->draft->brackets);
			group->count++;
		}
	}
	return BK_OK;
}

/* Make the picked members a group, and forget them.  One that is replaced is a choice: with all of the group where
 * that is one, else for itself, between those before it and those behind it. */
static int group_picked(struct bk_grouping *grouping, enum bk_choice choice)
{
	const size_t *picked = grouping->picked.items, count = grouping->picked.len;
	int status = BK_OK;

	for (size_t from = 0, end; status == BK_OK && from < count; from = end) {
		const bool alone = choice != BK_CHOICE_ONE && is_replaced(grouping, picked[from]);

		for (end = from + 1; end < count && !alone; end++) {
			if (choice != BK_CHOICE_ONE && is_replaced(grouping, picked[end]))
				break;
		}
		status = make_group(grouping, picked + from, end - from, alone ? BK_CHOICE_ONE : choice);
	}
	grouping->picked.len = 0;
	return status;
}

static int group_all(struct bk_grouping *grouping, size_t from, size_t end, enum bk_choice choice)
{
	for (size_t i = from; i < end; i++) {
		if (pick(grouping, i) < 0)
			return BK_ENOMEM;
	}
	return group_picked(grouping, choice);
}

/* A group of its own for each. */
static int group_each(struct bk_grouping *grouping, size_t from, size_t end)
{
	int status = BK_OK;

	for (size_t i = from; status == BK_OK && i < end; i++)
		status = group_all(grouping, i, i + 1, BK_CHOICE_UNDECIDED);
	return status;
}

/* ---- Tight rows --------------------------------------------------------------------------------------- */

/*
 * What adds in a tight row stands alone, unless it is a rival after all: its neighbour goes on with the same
 * word ("[ and 5][, 5 and 9]") or ends as it does ("[, first contributions][later contributions]"), or the
 * sentence ends there ("[.][, territories and resources.]").
 */
static bool is_set_aside(const struct bk_grouping *grouping, size_t from, size_t end, size_t index)
{
	const struct bk_member *members = grouping->members.items;

	if (!members[index].adds)
		return false;
	for (size_t i = index ? index - 1 : index; i <= index + 1; i++) {
		if (i >= from && i < end && i != index &&
			(bk_phrase_is_stop(words_of(&members[i])) ||
				bk_phrase_rivals_addition(words_of(&members[index]), words_of(&members[i]))))
			return false;
	}
	return true;
}

/* "[the best science][and][equity]": what stands round a bare "and" or comma stands or falls alone. */
static bool is_joined_by_and(const struct bk_grouping *grouping, size_t from, size_t end)
{
	const struct bk_member *members = grouping->members.items;

	for (size_t i = from + 1; i + 1 < end; i++) {
		if ((bk_phrase_is_and(words_of(&members[i])) || bk_phrase_is_comma(words_of(&members[i]))) &&
			members[i - 1].phrase.kind != BK_PHRASE_JOINT &&
			members[i + 1].phrase.kind != BK_PHRASE_JOINT)
			return true;
	}
	return false;
}

/* An opening phrase before its sentence: "[Subject to its plan,][E][e]ach Party". */
static bool is_opening_phrase(const struct bk_grouping *grouping, size_t index, size_t end)
{
	const struct bk_member *members = grouping->members.items;

	return members[index].ends_in_comma && members[index].phrase.is_adverbial && index + 1 < end &&
	       !members[index + 1].ends_in_comma;
}

static enum bk_choice row_choice(const struct bk_grouping *grouping, size_t from, size_t end)
{
	size_t conjunctions = 0;

	for (size_t i = from; i < end; i++)
		conjunctions += grouping->members.items[i].phrase.ends_in_conjunction;
	/* What stands behind additions only is added to them. */
	if (grouping->picked.len == 1)
		return grouping->picked.items[0] > from ? BK_CHOICE_INDEPENDENT : BK_CHOICE_UNDECIDED;
	return conjunctions || is_joined_by_and(grouping, from, end) ? BK_CHOICE_INDEPENDENT : BK_CHOICE_ONE;
}

/* Group those of a tight row that do not stand alone; the first of them is at `first`. */
static int group_rivals(struct bk_grouping *grouping, size_t from, size_t end, size_t first)
{
	int status = BK_OK;

	for (size_t i = first; status == BK_OK && i < end; i++) {
		if (!is_set_aside(grouping, from, end, i))
			status = pick(grouping, i);
	}
	return status == BK_OK ? group_picked(grouping, row_choice(grouping, from, end)) : status;
}

/* Group a tight row, in the order of the text: each addition alone, the others together. */
static int group_row(struct bk_grouping *grouping, size_t from, size_t end)
{
	bool rivals = false;
	int status = BK_OK;

	while (status == BK_OK && is_opening_phrase(grouping, from, end))
		status = group_all(grouping, from, from + 1, BK_CHOICE_UNDECIDED), from++;
	for (size_t i = from; status == BK_OK && i < end; i++) {
		if (is_set_aside(grouping, from, end, i)) {
			status = group_all(grouping, i, i + 1, BK_CHOICE_INDEPENDENT);
		} else if (!rivals) {
			status = group_rivals(grouping, from, end, i);
			rivals = true;
		}
	}
	return status;
}

/* ---- All of a run -------------------------------------------------------------------------------------- */

/* "[shall] [, as appropriate,] [should]": modals rival each other also past what is added between them. */
static bool rivals_past(const struct bk_grouping *grouping, size_t addition)
{
	const struct bk_member *members = grouping->members.items;

	return addition + 1 < grouping->members.len && members[addition].adds &&
	       members[addition].gap == BK_GAP_BLANK && members[addition + 1].gap == BK_GAP_BLANK &&
	       members[addition - 1].phrase.kind == BK_PHRASE_MODAL &&
	       members[addition + 1].phrase.kind == BK_PHRASE_MODAL;
}

/* The end of the tight row from `from` on, with the figures or modals before and after it that blanks part
 * off. */
static size_t row_end(const struct bk_grouping *grouping, size_t from)
{
	const struct bk_member *members = grouping->members.items;
	size_t end = before_marks(grouping, from, before_modals(grouping, from, tight_end(grouping, from)));

	while (end < grouping->members.len) {
		const bool past = rivals_past(grouping, end);

		if (!past && !joins_row(&members[end - 1], &members[end]))
			break;
		end = before_modals(grouping, end + past, tight_end(grouping, end + past));
	}
	return end;
}

/* What adds, a comma tight to words that has no rival, and "[the transfer of,] [or access to,]". */
static bool stands_alone(const struct bk_grouping *grouping, size_t index)
{
	const struct bk_member *member = &grouping->members.items[index];

	return member->adds || (member->gap == BK_GAP_TIGHT && bk_phrase_is_comma(words_of(member))) ||
	       (is_item(member) && index + 1 < grouping->members.len && member[1].adds);
}

/* Group what begins at *from and move it past. */
static int group_next(struct bk_grouping *grouping, size_t *from)
{
	const size_t start = *from;
	size_t end;

	if ((end = said_end(grouping, start)) > start + 1) {
		*from = end;
		return group_all(grouping, start, end, BK_CHOICE_ONE);
	}
	if ((end = list_end(grouping, start)) > start + 1) {
		*from = end;
		return group_all(grouping, start, end, BK_CHOICE_INDEPENDENT);
	}
	if ((end = row_end(grouping, start)) > start + 1) {
		*from = end;
		return group_row(grouping, start, end);
	}
	*from = end = grouping->members.items[start].adds ? start + 1 : alike_end(grouping, start);
	if (end == start + 1)
		return group_all(grouping, start, end,
			stands_alone(grouping, start) ? BK_CHOICE_INDEPENDENT : BK_CHOICE_UNDECIDED);
	if (!is_list_of_verbs(grouping, start, end))
		return group_all(grouping, start, end, BK_CHOICE_ONE);
	return group_each(grouping, start, end);
}

int bk_grouping_end(struct bk_grouping *grouping)
{
	int status = BK_OK;

	read_phrases(grouping);
	find_slot_ends(grouping);
	find_verbs(grouping);
	for (size_t from = 0; status == BK_OK && from < grouping->members.len;)
		status = group_next(grouping, &from);
	grouping->picked.len = 0;
	return status;
}

void bk_grouping_release(struct bk_grouping *grouping)
{
	BK_VEC_RELEASE(&grouping->members);
	BK_VEC_RELEASE(&grouping->in_place);
	BK_VEC_RELEASE(&grouping->picked);
	BK_VEC_RELEASE(&grouping->groups);
}
