/*
 * Lifting words that are common to all alternatives of a group out of it.
 *
 *	[Parties shall act][EU: Parties should act]   ->   Parties [shall][EU: should] act
 *	 ^head-- ^own- ^tail                                ^before the first, behind the last
 *
 * Words are compared one by one and are the same to the byte; a comma or full stop behind a word counts as one of
 * its own.  Each alternative keeps a word of its own, outside of the brackets in it, and nothing is lifted across a
 * bracket, out of half of a pair of quotation marks, or without a letter or digit in it, nor to where a word stands
 * without a blank; and nothing out of a footnote, which would be cut from its mark.
 *
 * One alternative must stand without a name.  Where each is somebody's proposal, who proposed none of them has agreed
 * to none of their words, and what is lifted would stand as if it had.
 */
#include "base/error.h"
#include "draft/alternative.h"
#include "draft/footnote.h"
#include "draft/settle.h"
#include "draft/siblings.h"
#include "draft/streamline_private.h"

enum { WORDS_MAX = 16384 }; /* bytes; longer ones are no alternative of a sentence */

/* One alternative, and what can be lifted out of it. */
struct member {
	uint32_t bracket;
	struct bk_span words; /* its own, without blanks at their ends */
	size_t head, tail;    /* no bracket stands before the one, and none behind the other */
	size_t count;	      /* words that are not in a bracket */
	size_t head_end;      /* behind the words lifted from its beginning */
	size_t tail_start;    /* where those lifted from its end begin */
	size_t at;	      /* of the words that are being compared */
};

struct lift {
	struct bk_streamline *streamline;
	struct bk_str bytes;
	BK_VEC(struct member) members;
};

/* ---- Words ------------------------------------------------------------------------------------------- */

static bool is_stop(char c)
{
	return c == ',' || c == ';' || c == ':' || c == '.';
}

/* Where the word at `at` ends, in words that end at `end`; a stop before a blank or the end is a word of its own. */
static size_t word_end(struct bk_str bytes, size_t at, size_t end)
{
	size_t stop = at;

	while (stop < end && !bk_is_space(bytes.ptr[stop]))
		stop++;
	while (stop > at + 1 && is_stop(bytes.ptr[stop - 1]))
		stop--;
	return is_stop(bytes.ptr[at]) && stop > at ? at + 1 : stop;
}

/* Where the word that ends at `end` begins, in words that begin at `start`. */
static size_t word_start(struct bk_str bytes, size_t start, size_t end)
{
	size_t at = end - 1;

	if (is_stop(bytes.ptr[at]))
		return at;
	while (at > start && !bk_is_space(bytes.ptr[at - 1]))
		at--;
	return at;
}

static size_t skip_space(struct bk_str bytes, size_t at, size_t end)
{
	while (at < end && bk_is_space(bytes.ptr[at]))
		at++;
	return at;
}

static size_t skip_space_back(struct bk_str bytes, size_t start, size_t at)
{
	while (at > start && bk_is_space(bytes.ptr[at - 1]))
		at--;
	return at;
}

static size_t count_words(struct bk_str bytes, size_t from, size_t to)
{
	size_t count = 0;

	for (size_t at = skip_space(bytes, from, to); at < to; at = skip_space(bytes, at, to)) {
		const size_t end = word_end(bytes, at, to);

		for (; at < end && !bk_is_word(bytes.ptr[at]); at++)
			;
		count += at < end;
		at = end;
	}
	return count;
}

/* ---- Members ----------------------------------------------------------------------------------------- */

/* How far words can be lifted from either end, and how many there are outside of the brackets within. */
static void find_reach(const struct bk_draft *draft, struct member *member)
{
	const struct bk_span words = member->words;
	uint32_t inner = bk_draft_bracket_from(draft, words.start);
	size_t at = words.start;

	member->head = words.end;
	member->tail = words.start;
	for (; inner < draft->bracket_count && draft->brackets[inner].start < words.end;
		inner = bk_draft_bracket_from(draft, at)) {
		const size_t start = draft->brackets[inner].start;

		member->head = start < member->head ? start : member->head;
		member->count += count_words(draft->bytes, at, start > at ? start : at);
		at = bk_siblings_end(draft, inner);
		if (at < draft->brackets[inner].end)
			at = draft->brackets[inner].end;
		member->tail = at;
	}
	if (at < words.end)
		member->count += count_words(draft->bytes, at, words.end);
	for (size_t i = words.start; i < words.end; i++) {
		if (!memchr("[]{}\\", draft->bytes.ptr[i], 5))
			continue;
		member->head = i < member->head ? i : member->head;
		member->tail = i + 1 > member->tail ? i + 1 : member->tail;
	}
	member->head_end = words.start;
	member->tail_start = words.end;
}

/* Whether the alternative is a footnote: it begins with the mark before a note's text. */
static bool is_note(const struct bk_draft *draft, struct bk_span words)
{
	const uint32_t first = bk_draft_bracket_from(draft, words.start);

	return first < draft->bracket_count && draft->brackets[first].start == words.start &&
	       bk_footnote_defines(draft, &draft->brackets[first]);
}

static int add_member(struct lift *lift, uint32_t bracket, bool *fits)
{
	const struct bk_draft *draft = lift->streamline->draft;
	const struct bk_bracket *b = &draft->brackets[bracket];
	struct member *member = BK_VEC_PUSH(&lift->members);
	bk_alternative_list parts = BK_VEC_INIT;
	int status;

	if (!member)
		return bk_fail_memory();
	member->bracket = bracket;
	member->words.start = skip_space(lift->bytes, b->text.start, b->text.end);
	member->words.end = skip_space_back(lift->bytes, member->words.start, b->text.end);
	if (member->words.end - member->words.start > WORDS_MAX) {
		*fits = false;
		return BK_OK;
	}
	find_reach(draft, member);
	status = bk_alternative_split(draft, bracket, &parts);
	*fits = status == BK_OK && parts.len == 0 && member->count > 1 && !b->brace &&
		b->class == BK_CLASS_DISPUTED && bk_streamline_is_plain(draft, bracket) &&
		!bk_settle_no_text(draft, bracket) && !is_note(draft, member->words);
	BK_VEC_RELEASE(&parts);
	return status;
}

/* ---- What is common ---------------------------------------------------------------------------------- */

/* Whether the words from start to end can stand alone: pairs of marks are whole, and a letter or digit is there. */
static bool stands_alone(struct bk_str bytes, size_t start, size_t end)
{
	size_t stars = 0, quotes = 0, lines = 0;
	long round = 0, curly = 0;
	bool any = false;

	for (size_t i = start; i < end; i++) {
		const char c = bytes.ptr[i];

		stars += c == '*';
		quotes += c == '"';
		lines += c == '_';
		round += (c == '(') - (c == ')');
		if (bk_str_starts(bk_str_skip(bytes, i), BK_STR("\xE2\x80\x9C")))
			curly++;
		if (bk_str_starts(bk_str_skip(bytes, i), BK_STR("\xE2\x80\x9D")))
			curly--;
		any |= bk_is_word(c);
	}
	return any && stars % 2 == 0 && quotes % 2 == 0 && lines % 2 == 0 && round == 0 && curly == 0;
}

/* Pass the word that all members have next at their heads, or their tails; false when they differ. */
static bool pass_head(struct lift *lift)
{
	struct bk_str word = {0};

	for (size_t i = 0; i < lift->members.len; i++) {
		struct member *it = &lift->members.items[i];
		const size_t start = skip_space(lift->bytes, it->at, it->words.end);
		const size_t end =
			start < it->words.end ? word_end(lift->bytes, start, it->words.end) : start;
		const struct bk_str here = {lift->bytes.ptr + start, end - start};

		if (here.len == 0 || end > it->head || (i > 0 && !bk_str_equal(here, word)))
			return false;
		word = here;
		it->at = end;
	}
	return true;
}

static bool pass_tail(struct lift *lift)
{
	struct bk_str word = {0};

	for (size_t i = 0; i < lift->members.len; i++) {
		struct member *it = &lift->members.items[i];
		const size_t end = skip_space_back(lift->bytes, it->head_end, it->at);
		const size_t start = end > it->head_end ? word_start(lift->bytes, it->head_end, end) : end;
		const struct bk_str here = {lift->bytes.ptr + start, end - start};

		if (here.len == 0 || start < it->tail || (i > 0 && !bk_str_equal(here, word)))
			return false;
		word = here;
		it->at = start;
	}
	return true;
}

/* How many words each alternative can give away. */
static size_t spare_words(const struct lift *lift)
{
	size_t spare = SIZE_MAX;

	for (size_t i = 0; i < lift->members.len; i++) {
		if (lift->members.items[i].count - 1 < spare)
			spare = lift->members.items[i].count - 1;
	}
	return spare;
}

/* Take as many common words from the heads as may go; how many of the spare ones that were. */
static size_t take_heads(struct lift *lift, size_t spare)
{
	struct member *first = &lift->members.items[0];
	size_t taken = 0;

	for (size_t i = 0; i < lift->members.len; i++)
		lift->members.items[i].at = lift->members.items[i].words.start;
	while (pass_head(lift)) {
		const size_t count = count_words(lift->bytes, first->words.start, first->at);

		if (count > spare)
			break;
		if (!stands_alone(lift->bytes, first->words.start, first->at))
			continue;
		taken = count;
		for (size_t i = 0; i < lift->members.len; i++)
			lift->members.items[i].head_end = lift->members.items[i].at;
	}
	return taken;
}

static void take_tails(struct lift *lift, size_t spare)
{
	struct member *first = &lift->members.items[0];

	for (size_t i = 0; i < lift->members.len; i++)
		lift->members.items[i].at = lift->members.items[i].words.end;
	while (pass_tail(lift)) {
		if (count_words(lift->bytes, first->at, first->words.end) > spare)
			break;
		if (!stands_alone(lift->bytes, first->at, first->words.end))
			continue;
		for (size_t i = 0; i < lift->members.len; i++)
			lift->members.items[i].tail_start = lift->members.items[i].at;
	}
}

/* ---- The suggestion ---------------------------------------------------------------------------------- */

/* Take the lifted words out of a member, with the blanks between them and its own. */
static int cut_member(struct lift *lift, const struct member *it)
{
	const struct bk_span words = it->words;
	struct bk_span cut = {words.start, words.start};
	int status = BK_OK;

	if (it->head_end > words.start)
		cut.end = skip_space(lift->bytes, it->head_end, words.end);
	if (cut.end > cut.start)
		status = bk_suggest_change(lift->streamline, cut, BK_STR(""));
	cut = (struct bk_span){words.end, words.end};
	if (it->tail_start < words.end)
		cut.start = skip_space_back(lift->bytes, words.start, it->tail_start);
	if (status == BK_OK && cut.end > cut.start)
		status = bk_suggest_change(lift->streamline, cut, BK_STR(""));
	return status < 0 ? status : bk_suggest_heir(lift->streamline, it->bracket, it->bracket);
}

/* Put the words before the first, as they stood there with the blanks behind them. */
static int put_head(struct lift *lift, const struct member *first)
{
	const size_t start = first->words.start;
	const size_t end = skip_space(lift->bytes, first->head_end, first->words.end);
	const size_t at = lift->streamline->draft->brackets[first->bracket].start;

	if (first->head_end == start)
		return BK_OK;
	return bk_suggest_change(lift->streamline, (struct bk_span){at, at},
		(struct bk_str){lift->bytes.ptr + start, end - start});
}

static int put_tail(struct lift *lift, const struct member *last)
{
	const size_t start = skip_space_back(lift->bytes, last->words.start, last->tail_start);
	const size_t at = bk_siblings_end(lift->streamline->draft, last->bracket);

	if (last->tail_start == last->words.end)
		return BK_OK;
	return bk_suggest_change(lift->streamline, (struct bk_span){at, at},
		(struct bk_str){lift->bytes.ptr + start, last->words.end - start});
}

static int suggest(struct lift *lift)
{
	const struct member *members = lift->members.items, *last = &members[lift->members.len - 1];
	const struct bk_draft *draft = lift->streamline->draft;
	const struct bk_span span = {
		draft->brackets[members->bracket].start, bk_siblings_end(draft, last->bracket)};
	const struct bk_span head = {members->words.start, members->head_end};
	const struct bk_span tail = {members->tail_start, members->words.end};
	const bool heads = head.end > head.start, tails = tail.end > tail.start;
	const char *before = bk_suggest_quote(lift->streamline, head);
	const char *after = bk_suggest_quote(lift->streamline, tail);
	int status = before && after ? bk_suggest_begin(lift->streamline) : bk_fail_memory();

	if (status == BK_OK)
		status = put_head(lift, members);
	for (size_t i = 0; i < lift->members.len && status == BK_OK; i++)
		status = cut_member(lift, &members[i]);
	if (status == BK_OK)
		status = put_tail(lift, last);
	if (status < 0)
		return status;
	return bk_suggest(lift->streamline, span, members->bracket, "lift %s%s%s out of %zu alternatives",
		heads ? before : "", heads && tails ? " and " : "", tails ? after : "", lift->members.len);
}

/* ---- Groups ------------------------------------------------------------------------------------------ */

static bool is_somebody_silent(const struct lift *lift)
{
	for (size_t i = 0; i < lift->members.len; i++) {
		if (lift->streamline->draft->brackets[lift->members.items[i].bracket].attribution_count == 0)
			return true;
	}
	return false;
}

/* Whether a word stands right beside the alternatives: what is lifted may be one with it. */
static bool touches_word(const struct lift *lift)
{
	const struct bk_draft *draft = lift->streamline->draft;
	const struct member *last = &lift->members.items[lift->members.len - 1];
	const size_t start = draft->brackets[lift->members.items[0].bracket].start;
	const size_t end = bk_siblings_end(draft, last->bracket);

	return (start > 0 && bk_is_word(lift->bytes.ptr[start - 1])) ||
	       (end < lift->bytes.len && bk_is_word(lift->bytes.ptr[end]));
}

static int lift_group(struct lift *lift, const struct bk_group *group)
{
	const struct bk_draft *draft = lift->streamline->draft;
	bool fits = true;
	int status = BK_OK;

	lift->members.len = 0;
	for (uint32_t i = group->first; i != BK_NONE && fits && status == BK_OK;
		i = bk_streamline_next(draft, i))
		status = add_member(lift, i, &fits);
	if (status < 0 || !fits || lift->members.len < 2)
		return status;
	const size_t spare = spare_words(lift);

	take_tails(lift, spare - take_heads(lift, spare));
	const struct member *first = &lift->members.items[0];

	if (first->head_end == first->words.start && first->tail_start == first->words.end)
		return BK_OK;
	if (!is_somebody_silent(lift))
		return bk_suggest_left(lift->streamline, draft->brackets[first->bracket].start,
			"left: each alternative is somebody's proposal, and words common to them would stand "
			"as if all had agreed to them");
	if (touches_word(lift))
		return bk_suggest_left(lift->streamline, draft->brackets[first->bracket].start,
			"left: the alternatives have words in common, and a word right beside them: put a "
			"blank there, then lift");
	return suggest(lift);
}

int bk_streamline_lift(bk_streamline *streamline)
{
	struct lift lift = {.streamline = streamline, .bytes = streamline->draft->bytes};
	int status = BK_OK;

	for (size_t i = 0; i < streamline->draft->group_count && status == BK_OK; i++) {
		if (streamline->draft->groups[i].choice == BK_CHOICE_ONE)
			status = lift_group(&lift, &streamline->draft->groups[i]);
	}
	BK_VEC_RELEASE(&lift.members);
	return status;
}
