/* What stands in brackets: the words of the base with the names of those who speak of them, and alternatives. */
#include "compare/merge_place.h"
#include "draft/bare.h"
#include "draft/phrase.h"

/* What all parties with the voice's words want of a bracket of the base. */
static int name_all(struct bk_placing_region *placing, uint32_t voice, uint32_t mark, enum bk_act act)
{
	int status = BK_OK;

	for (uint32_t i = voice; i != BK_NONE && status == BK_OK; i = placing->voices.items[i].next_same)
		status = bk_placed_name(&placing->stretch->placed, mark,
			bk_place_party(placing, &placing->voices.items[i]), act);
	return status;
}

static int list_literals_of(struct bk_placed *placed, const struct bk_pairing *pairing, struct bk_span words)
{
	for (uint32_t i = bk_pairing_from(pairing, words.start);
		i < pairing->marks.len && pairing->marks.items[i].start < words.end; i++) {
		uint32_t *literal;

		if (pairing->marks.items[i].partner != BK_NONE)
			continue;
		literal = BK_VEC_PUSH(&placed->literals);
		if (!literal)
			return bk_fail_memory();
		*literal = pairing->marks.items[i].start;
	}
	return BK_OK;
}

/* Brackets and braces of the base without their other end, where the base is put in brackets. */
static int list_literals(struct bk_placing_region *placing, struct bk_span words)
{
	struct bk_placed *placed = &placing->stretch->placed;
	const struct bk_base *base = &placing->merge->base;
	const int status = list_literals_of(placed, &base->pairing, words);

	return status == BK_OK ? list_literals_of(placed, &base->braces, words) : status;
}

/* Who wants one member, or none, would have the others deleted. */
static int delete_others(struct bk_placing_region *placing, uint32_t voice, uint32_t wanted)
{
	int status = BK_OK;

	for (size_t i = 0; i < placing->members.len && status == BK_OK; i++)
		if (placing->members.items[i] != wanted)
			status = name_all(placing, voice, placing->members.items[i], BK_ACT_DELETE);
	return status;
}

static bool is_member(const struct bk_placing_region *placing, uint32_t mark)
{
	for (size_t i = 0; i < placing->members.len; i++)
		if (placing->members.items[i] == mark)
			return true;
	return false;
}

/* Who says what the members do names those that it says more of: each of these is a proposal.  What all have struck
 * is none of them any more. */
static int answer_members(struct bk_placing_region *placing, uint32_t voice)
{
	struct bk_voice it = placing->voices.items[voice];
	int status = BK_OK;

	for (size_t i = it.answer; i < it.answer_end && status == BK_OK; i++) {
		const struct bk_answer *answer = &placing->answers.items[i];
		const enum bk_act act = (enum bk_act)answer->act;

		if (!is_member(placing, answer->mark))
			continue;
		it.base = answer->base;
		it.file = answer->file;
		status = bk_placed_name(
			&placing->stretch->placed, answer->mark, bk_place_party(placing, &it), act);
		if (status == BK_OK)
			status = bk_place_add_proposal(placing, &it, bk_place_said(act), BK_MERGE_BRACKETED,
				bk_place_in_base(it.base));
	}
	return status;
}

/* Whether an alternative would be in no run with a member: one of them opens a provision. */
static int find_beside(struct bk_placing_region *placing, struct bk_str words, bool *beside)
{
	const struct bk_str base = placing->merge->base.tokens.bytes;
	int status = BK_OK;

	*beside = bk_phrase_opens_block(words, false);
	for (size_t i = 0; i < placing->members.len && !*beside && status == BK_OK; i++) {
		struct bk_shell member;

		status = bk_member_read(placing, placing->members.items[i], &member);
		*beside = status == BK_OK && bk_phrase_opens_block(bk_shell_words(base, &member),
						     bk_place_begins_line(base, member.start));
	}
	return status;
}

/* Who wants other words than the members have leaves its own ones, and all that would be read beside them. */
static int leave_members(struct bk_placing_region *placing, uint32_t voice)
{
	bool beside;
	const int status = find_beside(placing, placing->voices.items[voice].words, &beside);

	if (status != BK_OK)
		return status;
	return beside ? delete_others(placing, voice, BK_NONE) : bk_members_withdrawn(placing, voice);
}

/* Alternatives to brackets of the base join their run; answers to them are names in them. */
static int answer(struct bk_placing_region *placing, uint32_t voice)
{
	const struct bk_voice *it = &placing->voices.items[voice];
	enum bk_act act;
	int status;

	if (it->answered)
		return answer_members(placing, voice);
	if (it->words.len == 0) {
		status = delete_others(placing, voice, BK_NONE);
		return status == BK_OK ? bk_place_propose_all(placing, voice, BK_MERGE_DELETE,
						 bk_place_in_base(placing->region->words))
				       : status;
	}
	if (it->member == BK_NONE) {
		status = it->adds ? BK_OK : leave_members(placing, voice);
		return status == BK_OK ? bk_place_put_alternative(placing, voice) : status;
	}
	status = bk_members_signed(placing, it, &act);
	if (status == BK_OK)
		status = name_all(placing, voice, it->member, act);
	if (status == BK_OK && placing->apart)
		status = delete_others(placing, voice, it->member);
	return status == BK_OK ? bk_place_propose_all(placing, voice, bk_place_said(act),
					 bk_place_in_base(placing->region->words))
			       : status;
}

/* Names of others that a party has otherwise in brackets of the base stay as they are. */
static int leave_others(struct bk_placing_region *placing)
{
	int status = BK_OK;

	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		struct bk_voice it = placing->voices.items[i];

		if (!it.names_others)
			continue;
		bk_place_keep_brackets(placing, &it);
		status = bk_place_add_proposal(placing, &it, BK_MERGE_REPLACE, BK_MERGE_LEFT,
			bk_place_in_base(placing->region->words));
	}
	return status;
}

static int bracket_members(struct bk_placing_region *placing)
{
	struct bk_merge_event *event;
	int status = bk_place_add_bounds(placing, placing->run);

	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = bk_members_answered(placing, &placing->voices.items[i]);
	bk_voices_join(placing);
	if (status == BK_OK)
		status = bk_members_choose(placing);
	if (status == BK_OK)
		status = bk_members_strike_unchosen(placing);
	bk_buf_clear(&placing->text);
	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		if (placing->voices.items[i].adds)
			status = answer_members(placing, i);
		if (status == BK_OK && placing->voices.items[i].same == i)
			status = answer(placing, i);
	}
	if (status == BK_OK)
		status = leave_others(placing);
	if (status != BK_OK || !placing->alternatives.len)
		return status;
	event = bk_place_add_text(placing, placing->run.end, BK_RANK_END, placing->run.start);
	if (!event)
		return bk_fail_memory();
	event->turn = BK_TURN_ALTERNATIVES;
	return bk_place_propose_alternatives(placing, event->number);
}

static struct bk_str base_words(const struct bk_placing_region *placing)
{
	const struct bk_span words = placing->region->words;

	return (struct bk_str){placing->merge->base.tokens.bytes.ptr + words.start, words.end - words.start};
}

static bool is_answer(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	return voice->words.len == 0 || bk_token_equal(voice->words, base_words(placing));
}

static bool is_below(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	return placing->fills_lines && !bk_str_equal(bk_place_label_of(placing, voice), placing->label);
}

/* Alternatives that begin as provisions do and fill their lines stand on lines of their own. */
static const char *gap_between(const struct bk_placing_region *placing)
{
	if (!placing->fills_lines || !bk_token_opens(base_words(placing)))
		return "";
	for (size_t i = 0; i < placing->voices.len; i++) {
		const struct bk_voice *voice = &placing->voices.items[i];

		if (!is_below(placing, voice) && !bk_place_label_of(placing, voice).len &&
			bk_token_opens(voice->words))
			return "\n";
	}
	return "";
}

/* Whether the base's words and those behind them would be read as two, in no choice between them: a provision that
 * one of them opens is in no run, and words in lines of their own may not be alike, as notes under footnotes are. */
static bool is_beside(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_str base = base_words(placing);
	const size_t label = bk_place_label_of(placing, voice).len;

	if (placing->gap[0] && !bk_token_footnote(base, 0))
		return true;
	return bk_phrase_opens_block(bk_str_skip(base, placing->label.len), placing->begins_line && !label) ||
	       bk_phrase_opens_block(bk_str_skip(voice->words, label), false);
}

static enum bk_reads find_reads(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	if (is_below(placing, voice))
		return BK_READS_BELOW;
	return placing->holds_label || is_beside(placing, voice) ||
			       bk_phrase_goes_on(voice->said, base_words(placing))
		       ? BK_READS_ON
		       : BK_READS_INSTEAD;
}

/* The gap before a paragraph below the base's, as those of the base have it; a line without a label would go on from
 * the one before it. */
static const char *gap_below(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_str bytes = placing->merge->base.tokens.bytes;
	const struct bk_span words = placing->region->words;
	const bool is_apart = bk_place_feeds_before(bytes,
				      words.start ? words.start : bk_token_blanks(bytes, words.end)) > 1;

	return bk_place_label_of(placing, voice).len && !is_apart ? "\n" : "\n\n";
}

/* What parties say of the base's own words: strike them, or have them in brackets.  Who would have others in their
 * place strikes them as well where those would be read as going on from them, or as another paragraph. */
static int list_answers(struct bk_placing_region *placing)
{
	int status = BK_OK;

	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		const struct bk_voice *voice = &placing->voices.items[i];
		const bool strikes = voice->words.len == 0;
		const enum bk_act act = strikes ? BK_ACT_DELETE : bk_place_round_act(voice->act);

		if (voice->same != i)
			continue;
		if (!is_answer(placing, voice)) {
			if (voice->reads != BK_READS_INSTEAD)
				status = bk_place_list_names(placing, i, BK_ACT_DELETE);
			continue;
		}
		if (!strikes && !voice->bracketed) { /* blanks alone */
			status = bk_place_leave_all(placing, i);
			continue;
		}
		status = bk_place_list_names(placing, i, act);
		if (status == BK_OK)
			status = bk_place_propose_all(
				placing, i, bk_place_said(act), bk_place_in_base(placing->region->words));
	}
	return status;
}

/* Whether a flat region reaches over an offset behind its start. */
static bool is_crossed(const struct bk_placing_region *placing, size_t at)
{
	const struct bk_regions *regions = &placing->merge->regions;
	size_t i = BK_SEARCH(r, regions->flat, regions->list.items[r].words.end <= at);

	for (; i < regions->flat && regions->list.items[i].words.start < at; i++)
		if (&regions->list.items[i] != placing->region &&
			regions->list.items[i].words.start > placing->region->words.start)
			return true;
	return false;
}

/* Whether words go on in the line behind a region, not marks and names alone. */
static bool goes_on_behind(const struct bk_placing_region *placing)
{
	const struct bk_str bytes = placing->merge->base.tokens.bytes;
	size_t at = placing->region->words.end;

	while (at < bytes.len &&
		(bk_is_blank(bytes.ptr[at]) || (bytes.ptr[at] && strchr("].,;:", bytes.ptr[at]))))
		at++;
	return at < bytes.len && (bk_is_word(bytes.ptr[at]) || bytes.ptr[at] == '[');
}

/* Whether others speak of more words that begin where these do: their brackets open behind the label. */
static bool is_begun_around(const struct bk_placing_region *placing)
{
	const struct bk_regions *regions = &placing->merge->regions;
	const size_t start = placing->region->words.start;
	size_t i = regions->flat + BK_SEARCH(k, regions->list.len - regions->flat,
					   regions->list.items[regions->flat + k].base.start < start);

	for (; i < regions->list.len && regions->list.items[i].base.start == start; i++)
		if (regions->list.items[i].around)
			return true;
	return false;
}

/* Whether a voice would have another label than the base's, or none, before what stays of its line. */
static bool is_label_disputed(const struct bk_placing_region *placing)
{
	if (!placing->label.len || placing->label.ptr[0] == '#' || !goes_on_behind(placing) ||
		is_begun_around(placing))
		return false;
	for (size_t i = 0; i < placing->voices.len; i++)
		if (!bk_str_equal(bk_place_label_of(placing, &placing->voices.items[i]), placing->label))
			return true;
	return false;
}

/* The words without the label that they begin with, which is kept in mind; it stays with words that stand in the
 * midst of a line when somebody gives it up: "[US delete: 2. Parties act.] They pay." */
struct bk_span bk_place_find_label(struct bk_placing_region *placing)
{
	const struct bk_str bytes = placing->merge->base.tokens.bytes;
	struct bk_span words = placing->region->words;
	const size_t behind = bk_merge_behind_label(bytes, words);

	placing->begins_line = bk_place_begins_line(bytes, words.start) &&
			       !(behind > words.start && is_crossed(placing, behind));
	placing->fills_lines = placing->begins_line && bk_place_ends_line(bytes, words.end);
	if (!placing->begins_line)
		return words;
	placing->label = (struct bk_str){bytes.ptr + words.start, behind - words.start};
	if (is_label_disputed(placing)) {
		placing->label.len = 0;
		placing->begins_line = false;
		placing->holds_label = true;
	}
	words.start += placing->label.len;
	return words;
}

/* A place begins with the label that is left outside of its brackets. */
static int begin_place(struct bk_placing_region *placing, struct bk_merge_event *event)
{
	const size_t start = placing->region->words.start, at = event->at, far = event->far;

	event->begins = at == start;
	if (at == start)
		return BK_OK;
	event = bk_place_add_event(placing, start, BK_RANK_BEGIN, far, BK_STR(""));
	if (!event)
		return bk_fail_memory();
	event->begins = true;
	event->turn = BK_TURN_AROUND;
	return BK_OK;
}

int bk_place_open(struct bk_placing_region *placing, struct bk_span words, enum bk_turn turn)
{
	const struct bk_inscription *inscription = &placing->inscription;
	struct bk_merge_event *event = NULL;
	const struct bk_str said =
		bk_str_skip((struct bk_str){placing->merge->base.tokens.bytes.ptr, words.end}, words.start);
	int status = bk_place_inscribe(placing, placing->label, said);

	if (status == BK_OK)
		status = list_literals(placing, words);
	if (status == BK_OK)
		status = bk_place_add_names(placing, 0);
	if (status == BK_OK) {
		bk_buf_clear(&placing->text);
		bk_buf_putc(&placing->text, '[');
		bk_buf_put_str(&placing->text, bk_buf_str(&inscription->inside));
		event = bk_place_add_text(placing, words.start, BK_RANK_BEGIN, words.end);
		if (event)
			event->turn = (uint8_t)turn;
		status = event ? begin_place(placing, event) : bk_fail_memory();
	}
	bk_buf_clear(&placing->text);
	bk_buf_put_str(&placing->text, bk_buf_str(&inscription->end));
	bk_buf_putc(&placing->text, ']');
	bk_buf_put_str(&placing->text, bk_buf_str(&inscription->behind));
	return status;
}

/* Close them with the text that was gathered behind. */
struct bk_merge_event *bk_place_close(
	struct bk_placing_region *placing, struct bk_span words, enum bk_turn turn)
{
	struct bk_merge_event *event = bk_place_add_text(placing, words.end, BK_RANK_END, words.start);

	if (event) {
		event->ends = true;
		event->turn = (uint8_t)turn;
	}
	return event;
}

/* Alternatives that are read in one way, each behind gap, or with NULL behind what stands above a paragraph. */
static int put_alternatives(struct bk_placing_region *placing, enum bk_reads how, const char *gap)
{
	int status = BK_OK;

	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		const struct bk_voice *voice = &placing->voices.items[i];

		if (voice->same != i || is_answer(placing, voice) || voice->reads != how)
			continue;
		bk_buf_puts(&placing->text, gap ? gap : gap_below(placing, voice));
		status = bk_place_put_alternative(placing, i);
	}
	return status;
}

/* Paragraphs with other labels stand below, behind what others put in where the base's words end. */
static int put_below(struct bk_placing_region *placing, struct bk_span words, struct bk_merge_event *before)
{
	struct bk_merge_event *event;
	int status;

	bk_buf_clear(&placing->text);
	placing->alternatives.len = 0;
	status = put_alternatives(placing, BK_READS_BELOW, NULL);
	if (status != BK_OK || !placing->text.len)
		return status;
	before->ends = false;
	event = bk_place_add_text(placing, words.end, BK_RANK_BELOW, words.start);
	if (!event)
		return bk_fail_memory();
	event->ends = true;
	return bk_place_propose_alternatives(placing, event->number);
}

/* The base's words in brackets, with the names of those who speak of them, and alternatives behind. */
static int bracket_words(struct bk_placing_region *placing)
{
	const struct bk_span words = bk_place_find_label(placing);
	struct bk_merge_event *event;
	int status;

	placing->gap = gap_between(placing);
	for (uint32_t i = 0; i < placing->voices.len; i++)
		if (placing->voices.items[i].same == i)
			placing->voices.items[i].reads = find_reads(placing, &placing->voices.items[i]);
	placing->names.len = 0;
	status = list_answers(placing);
	if (status == BK_OK)
		status = bk_place_open(placing, words, BK_TURN_BRACKET);
	if (status == BK_OK)
		status = put_alternatives(placing, BK_READS_INSTEAD, placing->gap);
	if (status == BK_OK)
		status = put_alternatives(placing, BK_READS_ON, placing->gap);
	if (status != BK_OK)
		return status;
	event = bk_place_close(placing, words, BK_TURN_BRACKET);
	status = event ? bk_place_propose_alternatives(placing, event->number) : bk_fail_memory();
	return status == BK_OK ? put_below(placing, words, event) : status;
}

int bk_place_bracket(struct bk_placing_region *placing)
{
	const struct bk_span words = placing->region->words;
	int status;

	if (words.start == words.end)
		return bk_place_bracket_point(placing);
	status = bk_place_add(placing, true);
	if (status == BK_OK)
		status = bk_members_find(placing);
	if (status != BK_OK)
		return status;
	return placing->members.len ? bracket_members(placing) : bracket_words(placing);
}
