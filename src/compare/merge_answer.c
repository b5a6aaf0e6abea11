/* What parties say of brackets of the base by their own names in them. */
#include "compare/merge_place.h"

static bool has_name(const struct bk_attribution *names, size_t count, const struct bk_attribution *name)
{
	for (size_t i = 0; i < count; i++)
		if (names[i].act == name->act && strcmp(names[i].party, name->party) == 0)
			return true;
	return false;
}

/* Of the party's own names, or of all others', whether those that a bracket has are in another one; *missing is one
 * that is not. */
static bool has_names(const struct bk_shell *has, const struct bk_shell *of, const char *party, bool own,
	const struct bk_attribution **missing)
{
	size_t count, of_count;
	const struct bk_attribution *names = bk_shell_names(has, &count),
				    *all = bk_shell_names(of, &of_count);

	for (size_t i = 0; i < of_count; i++) {
		if ((strcmp(all[i].party, party) == 0) != own || has_name(names, count, &all[i]))
			continue;
		*missing = &all[i];
		return false;
	}
	return true;
}

static bool is_proposed(const struct bk_shell *shell)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	for (size_t i = 0; i < count; i++)
		if (names[i].act == BK_ACT_PROPOSE)
			return true;
	return false;
}

static bool is_named(const struct bk_shell *shell, const char *party)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(shell, &count);

	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i].party, party) == 0)
			return true;
	return false;
}

/* Who signs what nobody proposes supports it: it stays the text of those who leave it alone.  So does who has said
 * something else of it, which stands there: what it says last is what it wants. */
static enum bk_act signed_as(const struct bk_shell *was, const char *party, enum bk_act act)
{
	return act == BK_ACT_PROPOSE && (!is_proposed(was) || is_named(was, party)) ? BK_ACT_SUPPORT : act;
}

/* Whether names of others are others in a bracket than in another one. */
static bool changes_others(const struct bk_shell *was, const struct bk_shell *is, const char *party)
{
	const struct bk_attribution *name;

	return !has_names(was, is, party, false, &name) || !has_names(is, was, party, false, &name);
}

/* Whether the party's own names are others in a bracket than in another one; *act is what it says of its words now. */
static bool answers(
	const struct bk_shell *was, const struct bk_shell *is, const char *party, enum bk_act *act)
{
	const struct bk_attribution *name;

	if (!has_names(was, is, party, true, &name))
		*act = signed_as(was, party, (enum bk_act)name->act);
	else if (!has_names(is, was, party, true, &name))
		*act = BK_ACT_WITHDRAW;
	else
		return false;
	return true;
}

/* Where words end that stand at an offset but for their blanks; 0 where others do. */
static size_t behind_words(struct bk_str bytes, size_t at, struct bk_str words)
{
	struct bk_span token = bk_token_next(words, 0);

	for (; token.start < token.end; token = bk_token_next(words, token.end)) {
		const struct bk_str word = {words.ptr + token.start, token.end - token.start};
		const struct bk_span there = bk_token_next(bytes, at);

		if (!bk_str_equal(bk_str_skip((struct bk_str){bytes.ptr, there.end}, there.start), word))
			return 0;
		at = there.end;
	}
	return at;
}

/* Whether a bracket of a text says what one of the base does, but for names. */
static bool says_words_of(
	const struct bk_shell *was, struct bk_str base, const struct bk_shell *is, struct bk_str text)
{
	return bk_token_equal(bk_shell_words(text, is), bk_shell_words(base, was)) &&
	       !bk_shell_says_more(is, text, was, base);
}

/* Whether a party has other words in a bracket that it proposes itself, with the names of others that are in the
 * base's one: what these say they say of the base's words. */
static bool rewords(const struct bk_shell *was, struct bk_str base, const struct bk_shell *is,
	struct bk_str text, const char *party)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(is, &count);
	bool proposes = false;

	for (size_t i = 0; i < count; i++)
		proposes |= names[i].act == BK_ACT_PROPOSE && strcmp(names[i].party, party) == 0;
	return proposes && !bk_shell_names_parts(is) && !changes_others(was, is, party) &&
	       !bk_shell_says_more(is, text, was, base);
}

int bk_members_signed(struct bk_placing_region *placing, const struct bk_voice *voice, enum bk_act *act)
{
	struct bk_shell was = {0};
	int status = BK_OK;

	*act = voice->bracketed ? voice->act : BK_ACT_SUPPORT;
	if (*act == BK_ACT_PROPOSE)
		status = bk_member_read(placing, voice->member, &was);
	if (*act == BK_ACT_PROPOSE && status == BK_OK)
		*act = signed_as(&was, bk_place_party(placing, voice), *act);
	return status;
}

static int add_answer(struct bk_placing_region *placing, struct bk_answer said)
{
	struct bk_answer *answer = BK_VEC_PUSH(&placing->answers);

	if (!answer)
		return bk_fail_memory();
	*answer = said;
	return BK_OK;
}

/* A part of the text that a voice's shells are read of, in its file. */
static struct bk_span in_file(const struct bk_placing_region *placing, const struct bk_voice *voice,
	struct bk_str text, size_t start, size_t end)
{
	const size_t from = (size_t)(text.ptr - placing->merge->amendments[voice->party].bytes.ptr);

	return (struct bk_span){from + start, from + end};
}

/* The answer of the bracket that stands at an offset of a voice's text to a member; *at is behind it then, or 0 where
 * it is none to that. */
static int read_answer(struct bk_placing_region *placing, struct bk_voice *voice, struct bk_shells *shells,
	const struct bk_pairing *pairing, uint32_t member, size_t *at)
{
	const char *party = bk_place_party(placing, voice);
	const size_t start = *at;
	const uint32_t mark = bk_pairing_from(pairing, start);
	const struct bk_mark *open = mark < pairing->marks.len ? &pairing->marks.items[mark] : NULL;
	struct bk_shell was = {0}, is = {0};
	enum bk_act act;
	int status;

	*at = 0;
	if (!open || open->start != start || open->partner == BK_NONE)
		return BK_OK;
	status = bk_member_read(placing, member, &was);
	if (status == BK_OK)
		status = bk_shell_read(&is, shells, open, &pairing->marks.items[open->partner]);
	if (status != BK_OK || !says_words_of(&was, placing->merge->base.tokens.bytes, &is, shells->bytes))
		return status;
	/* Who signs a part wants no other one. */
	if (bk_shell_names_parts(&was) || bk_shell_names_parts(&is))
		return BK_OK;
	*at = is.end;
	voice->names_others |= changes_others(&was, &is, party);
	if (!answers(&was, &is, party, &act))
		return BK_OK;
	/* Who takes its name away wants the bracket as it stands in its text. */
	return add_answer(placing,
		(struct bk_answer){.mark = member,
			.act = (uint8_t)act,
			.base = {was.start, was.end},
			.file = act == BK_ACT_WITHDRAW ? in_file(placing, voice, shells->bytes, start, is.end)
						       : in_file(placing, voice, shells->bytes,
								 is.words.start, is.words.end)});
}

/* Its answer to a member that it left out: it is behind what it says before. */
static int strike_member(struct bk_placing_region *placing, struct bk_voice *voice, struct bk_str text,
	uint32_t member, size_t at)
{
	struct bk_shell was = {0};
	const int status = bk_member_read(placing, member, &was);

	return status == BK_OK ? add_answer(placing, (struct bk_answer){.mark = member,
							     .act = BK_ACT_DELETE,
							     .base = {was.start, was.end},
							     .file = in_file(placing, voice, text, at, at)})
			       : status;
}

/* Its support of a member whose words stand at an offset of what it says without their brackets; *at is behind them
 * then, or 0. */
static int read_words(struct bk_placing_region *placing, struct bk_voice *voice, struct bk_str text,
	uint32_t member, size_t *at)
{
	const size_t start = *at;
	struct bk_shell was = {0};
	int status = bk_member_read(placing, member, &was);

	*at = 0;
	if (status != BK_OK)
		return status;
	*at = behind_words(text, start, bk_shell_words(placing->merge->base.tokens.bytes, &was));
	return *at ? add_answer(placing, (struct bk_answer){.mark = member,
						 .act = BK_ACT_SUPPORT,
						 .base = {was.start, was.end},
						 .file = in_file(placing, voice, text, start, *at)})
		   : BK_OK;
}

/* The answer to a member of what stands at an offset, be it a bracket or not; *at as above. */
static int read_any(struct bk_placing_region *placing, struct bk_voice *voice, struct bk_shells *shells,
	const struct bk_pairing *pairing, uint32_t member, size_t *at)
{
	const size_t start = *at;
	int status = read_answer(placing, voice, shells, pairing, member, at);

	if (status == BK_OK && !*at && placing->apart) {
		*at = start;
		status = read_words(placing, voice, shells->bytes, member, at);
	}
	return status;
}

/* Its answers to the members, in their order; *all: that is all it says; *behind is where else that goes on behind
 * members, or 0. */
static int read_answers(struct bk_placing_region *placing, struct bk_voice *voice, struct bk_shells *shells,
	const struct bk_pairing *pairing, bool *all, size_t *behind)
{
	size_t end = 0, count = 0, struck = 0; /* how many of the members stand there, or do not */
	int status = BK_OK;

	for (size_t i = 0; i < placing->members.len && status == BK_OK; i++) {
		const uint32_t member = placing->members.items[i];
		size_t at = bk_token_blanks(shells->bytes, end);

		status = read_any(placing, voice, shells, pairing, member, &at);
		if (at) {
			end = at;
			count++;
		} else if (status == BK_OK) {
			status = strike_member(placing, voice, shells->bytes, member, end);
			struck++;
		}
	}
	/* Of several a blank apart who leaves all but one out has chosen that. */
	*all = count && end == shells->bytes.len && !(placing->apart && struck && count == 1);
	*behind = count && !placing->apart && end < shells->bytes.len ? end : 0;
	return status;
}

/* Take what it says from now on for its proposal, in brackets or not. */
static void take_words(struct bk_placing_region *placing, struct bk_voice *voice, struct bk_str text,
	struct bk_span words, enum bk_act act)
{
	voice->bracketed = true;
	voice->act = act;
	voice->words = voice->said = (struct bk_str){text.ptr + words.start, words.end - words.start};
	voice->file = in_file(placing, voice, text, words.start, words.end);
	voice->label = 0;
}

/* Whether one of the answers from one on is more than that a member goes. */
static bool signs_any(const struct bk_placing_region *placing, size_t from)
{
	for (size_t i = from; i < placing->answers.len; i++)
		if (placing->answers.items[i].act != BK_ACT_DELETE)
			return true;
	return false;
}

/* Drop the answers that members go: what else it says stands for them.  All of these, or the end of the region. */
static struct bk_span drop_deletions(struct bk_placing_region *placing, size_t from)
{
	const size_t end = placing->region->words.end;
	struct bk_span dropped = {end, end};
	size_t kept = from;

	for (size_t i = from; i < placing->answers.len; i++) {
		const struct bk_answer *it = &placing->answers.items[i];

		if (it->act != BK_ACT_DELETE)
			placing->answers.items[kept++] = *it;
		else if (dropped.start == dropped.end)
			dropped = it->base;
		else
			dropped.end = it->base.end;
	}
	placing->answers.len = kept;
	return dropped;
}

/*
 * Who leaves members as they are, or signs them, and has a bracket of its own behind them proposes that alone: it has
 * chosen that instead of those that it left out, too.
 *
 *	base [shall][should]   US [EU: shall][US: may]	proposes "may"
 */
static int read_behind(
	struct bk_placing_region *placing, struct bk_voice *voice, const struct bk_shells *shells, size_t at)
{
	struct bk_shells rest = {
		.bytes = bk_str_trim(bk_str_skip(shells->bytes, at)), .notation = shells->notation};
	const struct bk_attribution *names;
	struct bk_shell is = {0};
	bool is_disputed = false;
	size_t count = 0;
	int status = bk_shell_read_all(&is, &rest);

	if (status == BK_OK && is.bracket != BK_NONE && is.words.start < is.words.end &&
		bk_shell_is_of(&is, bk_place_party(placing, voice)) &&
		!bk_shell_says_more(&is, rest.bytes, NULL, BK_STR("")))
		status = bk_shell_is_disputed(&is, &is_disputed);
	names = is_disputed ? bk_shell_names(&is, &count) : NULL;
	/* who signs a member wants that, and in no name what it has in place of others */
	if (is_disputed && (count || !signs_any(placing, voice->answer))) {
		take_words(placing, voice, rest.bytes, is.words,
			count ? (enum bk_act)names[0].act : BK_ACT_PROPOSE);
		voice->base = drop_deletions(placing, voice->answer);
		voice->answer_end = placing->answers.len;
		voice->adds = true;
	}
	bk_shells_release(&rest);
	return status;
}

/* What it says where its bracket is the only member with other words. */
static int read_reworded(struct bk_placing_region *placing, struct bk_voice *voice, struct bk_shells *shells)
{
	const char *party = bk_place_party(placing, voice);
	struct bk_shell was = {0}, is = {0};
	int status = bk_member_read(placing, placing->members.items[0], &was);

	if (status == BK_OK)
		status = bk_shell_read_all(&is, shells);
	if (status != BK_OK || is.bracket == BK_NONE ||
		!rewords(&was, placing->merge->base.tokens.bytes, &is, shells->bytes, party))
		return status;
	take_words(placing, voice, shells->bytes, is.words, BK_ACT_PROPOSE);
	return BK_OK;
}

int bk_members_answered(struct bk_placing_region *placing, struct bk_voice *voice)
{
	const struct bk_notation notation = placing->merge->base.notation;
	const struct bk_str text = bk_str_trim(voice->text);
	struct bk_shells shells = {.bytes = text, .notation = notation};
	struct bk_pairing pairing = {0};
	size_t behind = 0;
	int status;

	voice->answer = placing->answers.len;
	voice->answered = voice->names_others = voice->adds = false;
	if (placing->run.start != placing->region->words.start ||
		(voice->bracketed && voice->act != BK_ACT_PROPOSE) ||
		(!placing->apart && !bk_str_starts(text, BK_STR("["))))
		return BK_OK;
	status = bk_pairing_find(&pairing, NULL, text, notation.conventions);
	if (status == BK_OK)
		status = read_answers(placing, voice, &shells, &pairing, &voice->answered, &behind);
	voice->answer_end = placing->answers.len;
	if (status == BK_OK && behind && !voice->names_others)
		status = read_behind(placing, voice, &shells, behind);
	/* what is taken where nobody else touches it is not to be lost where somebody does */
	if (voice->names_others && placing->merge->options.unopposed)
		voice->answered = false;
	if (voice->adds) {
		/* its answers stand, and what it says besides */
	} else if (voice->answered) {
		/* as where it writes them in another way */
		voice->names_others |= voice->answer == voice->answer_end;
	} else {
		voice->names_others = false;
		placing->answers.len = voice->answer;
		if (status == BK_OK && placing->members.len == 1 && !voice->bracketed)
			status = read_reworded(placing, voice, &shells);
	}
	bk_shells_release(&shells);
	bk_pairing_release(&pairing);
	return status;
}

/* Whether a party is named as one that wants the words of a member. */
static bool wants_words(const struct bk_shell *member, const char *party)
{
	size_t count;
	const struct bk_attribution *names = bk_shell_names(member, &count);

	for (size_t i = 0; i < count; i++)
		if ((names[i].act == BK_ACT_PROPOSE || names[i].act == BK_ACT_SUPPORT ||
			    names[i].act == BK_ACT_RETAIN) &&
			strcmp(names[i].party, party) == 0)
			return true;
	return false;
}

int bk_members_withdrawn(struct bk_placing_region *placing, uint32_t voice)
{
	int status = BK_OK;

	for (size_t i = 0; i < placing->members.len; i++) {
		const uint32_t mark = placing->members.items[i];
		struct bk_shell member;

		status = bk_member_read(placing, mark, &member);
		for (uint32_t j = voice; j != BK_NONE && status == BK_OK;
			j = placing->voices.items[j].next_same) {
			const char *party = bk_place_party(placing, &placing->voices.items[j]);

			if (wants_words(&member, party))
				status = bk_placed_name(
					&placing->stretch->placed, mark, party, BK_ACT_WITHDRAW);
		}
		if (status != BK_OK)
			break;
	}
	return status;
}
