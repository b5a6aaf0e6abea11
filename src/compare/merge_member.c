/* The brackets of the base that a region is, or fills: alternatives join their run. */
#include "compare/merge_place.h"

enum {
	NEAR = 200,   /* bytes of notation between words and an end of their bracket */
	MEMBERS = 32, /* of a run that an alternative is put behind */
};

static const struct bk_mark *marks_of(const struct bk_merge *merge)
{
	return merge->base.pairing.marks.items;
}

int bk_member_read(struct bk_placing_region *placing, uint32_t mark, struct bk_shell *shell)
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
		status = bk_member_read(placing, mark, &shell);
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

/* The member whose words these are, or BK_NONE. */
static int find_chosen(struct bk_placing_region *placing, struct bk_str words, uint32_t *chosen)
{
	const struct bk_merge *merge = placing->merge;
	int status = BK_OK;

	*chosen = BK_NONE;
	for (size_t i = 0; i < placing->members.len && *chosen == BK_NONE && status == BK_OK; i++) {
		struct bk_shell shell;

		status = bk_member_read(placing, placing->members.items[i], &shell);
		if (status == BK_OK &&
			bk_token_equal(words, bk_shell_words(merge->base.tokens.bytes, &shell)))
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

/* Members with blanks between are no alternatives to each other: each voice is to want some of them, or none. */
static int check_apart(struct bk_placing_region *placing)
{
	int status = bk_members_choose(placing);

	for (size_t i = 0; i < placing->voices.len && placing->members.len && status == BK_OK; i++) {
		struct bk_voice *voice = &placing->voices.items[i];

		if (!voice->words.len || voice->member != BK_NONE)
			continue;
		status = bk_members_answered(placing, voice);
		if (!voice->answered)
			placing->members.len = 0;
	}
	/* They are read again once names have been taken off. */
	placing->answers.len = 0;
	for (size_t i = 0; i < placing->voices.len; i++)
		placing->voices.items[i].answered = false;
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
			status = bk_member_read(placing, mark, &shell);
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
	status = bk_member_read(placing, mark, &shell);
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
	int status = bk_members_of_brackets(placing);

	if (status == BK_OK && placing->apart && placing->members.len)
		status = check_apart(placing);
	if (status == BK_OK && placing->members.len)
		status = find_run_end(placing, placing->run.end);
	else if (status == BK_OK)
		status = find_filled(placing);
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
	struct bk_merge_event *event;
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

		status = bk_member_read(placing, members[i], &shell);
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
