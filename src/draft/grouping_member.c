/* The members of a run: what their words are, what is to stand in their place, and how they stand in the sentence. */
#include "draft/grouping_private.h"

#include "base/error.h"

enum { VERB_PAIR = 2, VERB_LOOK_BACK = 64, LOOK_PAST = 4, ENDING_MOST = 3 };

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

/* Note who proposes a member, and the last one before it that one of them proposes, too. */
static int note_proposers(struct bk_grouping *grouping, struct bk_member *member)
{
	const struct bk_bracket *bracket = &grouping->draft->brackets[member->bracket];

	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *name = &grouping->draft->attributions[bracket->attribution + i];
		size_t *last, before;

		if (name->act != BK_ACT_PROPOSE)
			continue;
		last = bk_map_slot(&grouping->proposed, bk_str_of(name->party), 0);
		if (!last)
			return bk_fail_memory();
		before = *last;
		if (before < member->turn && before > member->same_proposer)
			member->same_proposer = before;
		*last = member->turn;
	}
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
	const bool proposed = bk_bracket_is_proposed(draft, self);
	struct bk_member *member = last_member(grouping);

	if (gap == BK_GAP_TIGHT && proposed && !member->proposed &&
		!bk_phrase_goes_on(text, bk_member_words(member)))
		return add_in_place(grouping, member, bracket);
	member = BK_VEC_PUSH(&grouping->members);
	if (!member)
		return bk_fail_memory();
	*member = (struct bk_member){.bracket = bracket,
		.gap = gap,
		.in_place = grouping->in_place.len,
		.turn = ++grouping->turn,
		.proposed = proposed,
		.struck = !proposed && bk_bracket_acts(draft, self) >> BK_ACT_DELETE & 1};
	bk_phrase_bare(text, &member->bare);
	bk_bare_drop_brackets(&member->bare);
	member->adds = bk_phrase_adds(bk_bare_words(&member->bare));
	member->ends_in_comma = bk_phrase_ends_in_comma(text);
	/* a note beside another one is another text of it: see run.c */
	member->ends_sentence = bk_str_ends(bk_str_trim(text), BK_STR(".")) &&
				!bk_str_starts(bk_str_trim(text), BK_STR("[^"));
	member->ending = text.len <= ENDING_MOST && text.len && bk_is_lower(text.ptr[0]) && self->start &&
			 bk_is_word(draft->bytes.ptr[self->start - 1]);
	member->one = word && word->has_choice && word->choice == BK_CHOICE_ONE;
	return note_proposers(grouping, member);
}

/* Once all members have their place, since a phrase borrows their words. */
static void read_phrases(struct bk_grouping *grouping)
{
	for (size_t i = 0; i < grouping->members.len; i++) {
		struct bk_member *member = &grouping->members.items[i];

		bk_phrase_read(bk_member_words(member), &member->phrase);
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

	return past_placeholders(draft, bk_siblings_end(draft, last_added(grouping)));
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
	       bk_phrase_opens_with_and(bk_member_words(member));
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
			ends = member->adds || bk_phrase_is_small_word_next(bk_member_words(member));
	}
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
		if (i >= VERB_PAIR && led && !member->slot_ends && bk_member_is_verb(member - 1) &&
			bk_member_is_verb(member - 2))
			led = bk_phrase_is_verb_next(bk_member_words(member));
		if ((led || (beside && member->slot_ends)) && bk_phrase_may_be_verb(phrase))
			phrase->kind = BK_PHRASE_VERB;
		beside = phrase->kind == BK_PHRASE_VERB;
		led = phrase->kind == BK_PHRASE_MODAL || phrase->kind == BK_PHRASE_ADVERB ||
		      (led && beside) || bk_phrase_leads_to_verb(bk_member_words(member));
	}
}

void bk_members_read(struct bk_grouping *grouping)
{
	read_phrases(grouping);
	find_slot_ends(grouping);
	find_verbs(grouping);
}
