/* The brackets of the base that a region is, or fills: answers are names in them, alternatives join their
 * run. */
#include "compare/merge_place.h"

enum {
	NEAR = 200,   /* bytes of notation between words and an end of their bracket */
	MEMBERS = 32, /* of a run that an alternative is put behind */
	TRIES = 8,    /* places where words that begin there are looked for */
};

static const struct bk_mark *marks_of(const struct bk_merge *merge)
{
	return merge->base.pairing.marks.items;
}

static int read_shell(struct bk_placing_region *placing, uint32_t mark, struct bk_shell *shell)
{
	const struct bk_mark *marks = marks_of(placing->merge), *open = &marks[mark];

	return bk_shell_read(shell, &placing->stretch->shells, open, &marks[open->partner]);
}

static bool opens_pair(const struct bk_merge *merge, uint32_t mark, size_t at)
{
	return mark < merge->base.pairing.marks.len && marks_of(merge)[mark].start == at &&
	       marks_of(merge)[mark].open && marks_of(merge)[mark].partner != BK_NONE;
}

static int add_member(struct bk_placing_region *placing, uint32_t mark)
{
	uint32_t *member = BK_VEC_PUSH(&placing->members);

	if (!member)
		return bk_fail_memory();
	*member = mark;
	return BK_OK;
}

/* The region as one disputed bracket of the base, or several side by side. */
int bk_members_of_brackets(struct bk_placing_region *placing)
{
	const struct bk_merge *merge = placing->merge;
	const struct bk_span words = placing->region->words;
	size_t at = words.start;
	bool fits = true;
	int status = BK_OK;

	placing->run = words;
	placing->apart = false;
	while (fits && at < words.end && status == BK_OK) {
		const uint32_t mark = bk_pairing_from(&merge->base.pairing, at);
		struct bk_shell shell = {0};

		fits = opens_pair(merge, mark, at);
		if (!fits)
			break;
		status = read_shell(placing, mark, &shell);
		fits = status == BK_OK && shell.end <= words.end;
		if (fits)
			status = bk_shell_is_disputed(&shell, &fits);
		if (fits)
			status = add_member(placing, mark);
		at = bk_token_blanks((struct bk_str){merge->base.tokens.bytes.ptr, words.end}, shell.end);
		placing->apart |= fits && at > shell.end && at < words.end;
	}
	if (!fits)
		placing->members.len = 0;
	return status;
}

static struct bk_str words_of(struct bk_str bytes, const struct bk_shell *shell)
{
	return (struct bk_str){bytes.ptr + shell->words.start, shell->words.end - shell->words.start};
}

/* The member whose words these are, or BK_NONE. */
static int find_chosen(struct bk_placing_region *placing, struct bk_str words, uint32_t *chosen)
{
	const struct bk_merge *merge = placing->merge;
	int status = BK_OK;

	*chosen = BK_NONE;
	for (size_t i = 0; i < placing->members.len && *chosen == BK_NONE && status == BK_OK; i++) {
		struct bk_shell shell;

		status = read_shell(placing, placing->members.items[i], &shell);
		if (status == BK_OK && bk_token_equal(words, words_of(merge->base.tokens.bytes, &shell)))
			*chosen = placing->members.items[i];
	}
	return status;
}

int bk_members_choose(struct bk_placing_region *placing)
{
	struct bk_voice *voices = placing->voices.items;
	int status = BK_OK;

	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		voices[i].member = BK_NONE;
		if (voices[i].same < i)
			voices[i].member = voices[voices[i].same].member;
		else if (voices[i].words.len)
			status = find_chosen(placing, voices[i].words, &voices[i].member);
	}
	return status;
}

/* Members with blanks between are no alternatives to each other: each voice is to want one of them, or none. */
static int check_apart(struct bk_placing_region *placing)
{
	const int status = bk_members_choose(placing);

	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		if (placing->voices.items[i].words.len && placing->voices.items[i].member == BK_NONE)
			placing->members.len = 0;
	return status;
}

/* Where the run ends that goes on behind a bracket without a blank. */
static int find_run_end(struct bk_placing_region *placing, size_t at)
{
	const struct bk_merge *merge = placing->merge;
	int status = BK_OK;

	for (int members = 0; members < MEMBERS; members++) {
		const uint32_t mark = bk_pairing_from(&merge->base.pairing, at);
		struct bk_shell shell = {0};
		bool fits = opens_pair(merge, mark, at);

		if (fits) {
			status = read_shell(placing, mark, &shell);
			if (status == BK_OK)
				status = bk_shell_is_disputed(&shell, &fits);
		}
		if (fits)
			at = shell.end;
		if (!fits)
			break;
	}
	placing->run.end = at;
	return status;
}

/* Whether what stands between two offsets may be notation: blanks, or what has the sign of it. */
static bool may_be_notation(struct bk_str bytes, size_t start, size_t end, const char *signs)
{
	if (bk_token_blanks((struct bk_str){bytes.ptr, end}, start) == end)
		return true;
	for (size_t at = start; end - start < NEAR && at < end; at++)
		if (strchr(signs, bytes.ptr[at]) && bytes.ptr[at])
			return true;
	return false;
}

/* Whether every party took the brackets away: what gave way in them stands in none of the base. */
static bool is_bare_to_all(const struct bk_merge *merge, uint32_t mark)
{
	const size_t at = marks_of(merge)[mark].start;

	for (size_t i = 0; i < merge->count; i++) {
		const struct bk_amendment *list = merge->amendments[i].list.items;
		const size_t len = merge->amendments[i].list.len;
		size_t k = BK_SEARCH(n, len, list[n].base.end <= at);

		while (k < len && list[k].base.start <= at && list[k].kind != BK_AMENDMENT_BARE_OPEN)
			k++;
		if (k == len || list[k].base.start > at)
			return false;
	}
	return true;
}

/* The disputed bracket of the base whose words the region is. */
static int find_filled(struct bk_placing_region *placing)
{
	const struct bk_merge *merge = placing->merge;
	const struct bk_span words = placing->region->words;
	const uint32_t mark = bk_pairing_around(&merge->base.pairing, words.start);
	struct bk_shell shell;
	bool is_disputed;
	int status;

	if (mark == BK_NONE || is_bare_to_all(merge, mark) ||
		!may_be_notation(merge->base.tokens.bytes,
			marks_of(merge)[mark].start + marks_of(merge)[mark].len, words.start, ":") ||
		!may_be_notation(merge->base.tokens.bytes, words.end,
			marks_of(merge)[marks_of(merge)[mark].partner].start, "-\xE2"))
		return BK_OK;
	status = read_shell(placing, mark, &shell);
	if (status != BK_OK || shell.words.start != words.start || shell.words.end != words.end)
		return status;
	status = bk_shell_is_disputed(&shell, &is_disputed);
	if (status != BK_OK || !is_disputed)
		return status;
	status = add_member(placing, mark);
	placing->run.start = shell.start;
	return status == BK_OK ? find_run_end(placing, shell.end) : status;
}

int bk_members_find(struct bk_placing_region *placing)
{
	const struct bk_span words = placing->region->words;
	int status;

	if (words.start == words.end)
		return BK_OK;
	status = bk_members_of_brackets(placing);
	if (status == BK_OK && placing->apart && placing->members.len)
		status = check_apart(placing);
	if (status == BK_OK && placing->members.len)
		status = find_run_end(placing, placing->run.end);
	else if (status == BK_OK)
		status = find_filled(placing);
	return status;
}

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

/* Whether a bracket is another one but for the party's own names in it; *act is what it says of its words now. */
static bool answers(
	const struct bk_shell *was, const struct bk_shell *is, const char *party, enum bk_act *act)
{
	const struct bk_attribution *name;

	if (!has_names(was, is, party, false, &name) || !has_names(is, was, party, false, &name))
		return false;
	if (!has_names(was, is, party, true, &name))
		*act = (enum bk_act)name->act;
	else if (!has_names(is, was, party, true, &name))
		*act = BK_ACT_WITHDRAW;
	else
		return false;
	return true;
}

/* Whether bytes begin with words but for their blanks. */
static bool begins_with(struct bk_str bytes, struct bk_str words)
{
	struct bk_span token = bk_token_next(words, 0);
	size_t at = 0;

	for (; token.start < token.end; token = bk_token_next(words, token.end)) {
		const struct bk_str word = {words.ptr + token.start, token.end - token.start};

		at = bk_token_blanks(bytes, at);
		if (!bk_str_starts(bk_str_skip(bytes, at), word))
			return false;
		at += word.len;
	}
	return true;
}

/* Whether words may stand among bytes but for their blanks, as far as that can be told at sight. */
static bool may_hold(struct bk_str bytes, struct bk_str words)
{
	const struct bk_span first = bk_token_next(words, 0);
	const struct bk_str word = {words.ptr + first.start, first.end - first.start};

	for (int tries = 0; tries < TRIES && word.len; tries++) {
		const char *found = bytes.len ? memmem(bytes.ptr, bytes.len, word.ptr, word.len) : NULL;

		if (!found)
			return false;
		bytes = bk_str_skip(bytes, (size_t)(found - bytes.ptr));
		if (begins_with(bytes, words))
			return true;
		bytes = bk_str_skip(bytes, 1);
	}
	return true;
}

/* Whether a bracket of a text says what one of the base does, but for names. */
static bool says_words_of(
	const struct bk_shell *was, struct bk_str base, const struct bk_shell *is, struct bk_str text)
{
	return bk_token_equal(words_of(text, is), words_of(base, was)) &&
	       !bk_shell_says_more(is, text, was, base);
}

static bool has_same_names(const struct bk_shell *was, const struct bk_shell *is, const char *party)
{
	const struct bk_attribution *name;

	for (int own = 0; own < 2; own++)
		if (!has_names(was, is, party, own, &name) || !has_names(is, was, party, own, &name))
			return false;
	return true;
}

/* What is a bracket of the base, for all that a voice says, but for its own names. */
int bk_members_named(struct bk_placing_region *placing, struct bk_voice *voice)
{
	const struct bk_merge *merge = placing->merge;
	const struct bk_str text = bk_str_trim(voice->text), base = merge->base.tokens.bytes;
	struct bk_shells shells = {.bytes = text, .notation = merge->base.notation};
	const struct bk_mark *open, *close;
	struct bk_shell was = {0}, is = {0};
	struct bk_pairing pairing = {0};
	int status;

	/* Brackets without its name are its own: those of a bracket of the base, from which it took its name away. */
	if (placing->members.len != 1 || !text.len ||
		(voice->bracketed &&
			(voice->act != BK_ACT_PROPOSE || placing->run.start != placing->region->words.start)))
		return BK_OK;
	status = bk_pairing_find(&pairing, NULL, text, merge->base.notation.conventions);
	if (status != BK_OK || !pairing.marks.len || pairing.marks.items[0].start != 0 ||
		pairing.marks.items[0].partner == BK_NONE)
		goto done;
	open = &pairing.marks.items[0];
	close = &pairing.marks.items[open->partner];
	status = read_shell(placing, placing->members.items[0], &was);
	if (status != BK_OK || !may_hold((struct bk_str){text.ptr + open->len, close->start - open->len},
				       words_of(base, &was)))
		goto done;
	status = bk_shell_read(&is, &shells, open, close);
	if (status == BK_OK && is.end == text.len && says_words_of(&was, base, &is, text) &&
		answers(&was, &is, merge->versions[voice->party].party, &voice->act)) {
		voice->bracketed = true;
		voice->words = words_of(text, &is);
		voice->label = 0;
		voice->said = voice->words;
	}
done:
	bk_shells_release(&shells);
	bk_pairing_release(&pairing);
	return status;
}

static int add_answer(
	struct bk_placing_region *placing, struct bk_voice *voice, uint32_t mark, enum bk_act act)
{
	struct bk_answer *answer = BK_VEC_PUSH(&placing->answers);

	if (!answer)
		return bk_fail_memory();
	*answer = (struct bk_answer){mark, (uint8_t)act};
	voice->answer_count++;
	return BK_OK;
}

/* The answer of the bracket that stands at an offset of a voice's text to a member; *at is behind it then, or 0 where
 * it is none to that. */
static int read_answer(struct bk_placing_region *placing, struct bk_voice *voice, struct bk_shells *shells,
	const struct bk_pairing *pairing, uint32_t member, size_t *at)
{
	const char *party = bk_place_party(placing, voice);
	const uint32_t mark = bk_pairing_from(pairing, *at);
	const struct bk_mark *open = mark < pairing->marks.len ? &pairing->marks.items[mark] : NULL;
	struct bk_shell was = {0}, is = {0};
	enum bk_act act;
	int status;

	if (!open || open->start != *at || open->partner == BK_NONE) {
		*at = 0;
		return BK_OK;
	}
	status = read_shell(placing, member, &was);
	if (status == BK_OK)
		status = bk_shell_read(&is, shells, open, &pairing->marks.items[open->partner]);
	if (status != BK_OK)
		return status;
	*at = is.end;
	if (!says_words_of(&was, placing->merge->base.tokens.bytes, &is, shells->bytes))
		*at = 0;
	else if (has_same_names(&was, &is, party))
		return BK_OK;
	else if (answers(&was, &is, party, &act))
		return add_answer(placing, voice, member, act);
	*at = 0;
	return BK_OK;
}

int bk_members_answered(struct bk_placing_region *placing, struct bk_voice *voice)
{
	const struct bk_notation notation = placing->merge->base.notation;
	const struct bk_str text = bk_str_trim(voice->text);
	struct bk_shells shells = {.bytes = text, .notation = notation};
	struct bk_pairing pairing = {0};
	bool fits = true;
	size_t at = 0;
	int status;

	voice->answer = placing->answers.len;
	if (placing->members.len < 2 || voice->bracketed || !bk_str_starts(text, BK_STR("[")))
		return BK_OK;
	status = bk_pairing_find(&pairing, NULL, text, notation.conventions);
	for (size_t i = 0; i < placing->members.len && status == BK_OK && fits; i++) {
		at = bk_token_blanks(text, at);
		status = read_answer(placing, voice, &shells, &pairing, placing->members.items[i], &at);
		fits = at > 0;
	}
	if (!fits || at < text.len) {
		placing->answers.len = voice->answer;
		voice->answer_count = 0;
	}
	bk_shells_release(&shells);
	bk_pairing_release(&pairing);
	return status;
}

/* Whether all parties chose a member, or none of them. */
static bool are_all_chosen(const struct bk_placing_region *placing)
{
	for (size_t i = 0; i < placing->voices.len; i++)
		if (placing->voices.items[i].words.len && placing->voices.items[i].member == BK_NONE)
			return false;
	return placing->voices.len == placing->merge->count;
}

static bool is_chosen(const struct bk_placing_region *placing, uint32_t member)
{
	for (size_t i = 0; i < placing->voices.len; i++)
		if (placing->voices.items[i].member == member)
			return true;
	return false;
}

/* Take away a member with a part of the base round it, which all have struck. */
static int take_away(struct bk_placing_region *placing, struct bk_span base, struct bk_span words)
{
	const uint32_t place = placing->place;
	struct bk_event *event;
	int status = bk_place_add(placing, false);

	if (status != BK_OK)
		return status;
	placing->stretch->placed.places.items[placing->place].base = words;
	event = bk_place_add_event(placing, base.start, BK_RANK_GIVES_WAY, base.end, BK_STR(""));
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = true;
	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		struct bk_voice voice = placing->voices.items[i];

		voice.base = words;
		voice.file.end = voice.file.start;
		status = bk_place_add_proposal(
			placing, &voice, BK_MERGE_DELETE, BK_MERGE_TAKEN, bk_place_in_base(words));
	}
	placing->place = place;
	return status;
}

/*
 * Members go with the blanks between them and the next one that stays, or the last one:
 *
 *	[a] [shall] [b] [should] [c]
 *	----        ----        ----
 */
int bk_members_strike_unchosen(struct bk_placing_region *placing)
{
	size_t end = placing->region->words.start, kept = 0, chosen = 0;
	uint32_t *members = placing->members.items;
	int status = BK_OK;

	if (placing->members.len < 2 || !are_all_chosen(placing))
		return BK_OK;
	for (size_t i = 0; i < placing->members.len; i++)
		chosen += is_chosen(placing, members[i]);
	for (size_t i = 0; i < placing->members.len && chosen && status == BK_OK; i++) {
		struct bk_shell shell;
		struct bk_span base;

		status = read_shell(placing, members[i], &shell);
		if (status != BK_OK)
			break;
		base = kept < chosen ? (struct bk_span){shell.start,
					       bk_token_blanks(placing->merge->base.tokens.bytes, shell.end)}
				     : (struct bk_span){end, shell.end};
		end = shell.end;
		if (is_chosen(placing, members[i]))
			members[kept++] = members[i];
		else
			status = take_away(placing, base, (struct bk_span){shell.start, shell.end});
	}
	if (chosen)
		placing->members.len = kept;
	return status;
}
