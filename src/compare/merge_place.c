/* What becomes of each region: it is taken, or stands in brackets under the names of those who want it. */
#include "compare/merge_place.h"

/* ---- Places -------------------------------------------------------------------------------------------- */

static int add_place(struct bk_placing_region *placing, bool bracketed)
{
	struct bk_merge_place *place = BK_VEC_PUSH(&placing->merge->places);

	if (!place)
		return bk_fail_memory();
	place->base = placing->region->words;
	place->bracketed = bracketed;
	placing->place = (uint32_t)(placing->merge->places.len - 1);
	return BK_OK;
}

static struct bk_event *add_event(
	struct bk_placing_region *placing, size_t at, enum bk_rank rank, size_t far, struct bk_str text)
{
	struct bk_event *event = bk_merge_event(placing->merge, at, rank, far, text);

	if (!event)
		return NULL;
	event->place = placing->place;
	if (rank == BK_RANK_POINT) /* what one party puts in at one offset comes in its order */
		event->far = placing->voices.items[0].file.start;
	return event;
}

/* The text that was gathered, to be borrowed. */
static int keep_text(struct bk_placing_region *placing, struct bk_str *text)
{
	text->len = placing->text.len;
	text->ptr = bk_buf_status(&placing->text) == BK_OK
			    ? bk_arena_dup(&placing->merge->arena, bk_buf_string(&placing->text), text->len)
			    : NULL;
	return text->ptr ? BK_OK : bk_fail_memory();
}

/* Where the place begins and ends when no text of its own says so. */
static int add_bounds(struct bk_placing_region *placing, struct bk_span span)
{
	struct bk_event *begin = add_event(placing, span.start, BK_RANK_BEGIN, span.end, BK_STR("")), *end;

	if (!begin)
		return bk_fail_memory();
	begin->begins = true;
	begin->turn = BK_TURN_AROUND;
	end = add_event(placing, span.end, BK_RANK_END, span.start, BK_STR(""));
	if (!end)
		return bk_fail_memory();
	end->ends = true;
	end->turn = BK_TURN_AROUND;
	return BK_OK;
}

static int add_proposal(struct bk_placing_region *placing, const struct bk_voice *voice,
	enum bk_merge_act act, enum bk_merge_fate fate, struct bk_standing standing)
{
	struct bk_merge *merge = placing->merge;
	struct bk_merge_proposal *proposal = BK_VEC_PUSH(&merge->proposals);
	struct bk_standing *kept = proposal ? BK_VEC_PUSH(&merge->standings) : NULL;

	if (!kept)
		return bk_fail_memory();
	*proposal = (struct bk_merge_proposal){.party = voice->party,
		.act = act,
		.fate = fate,
		.base = voice->base,
		.file = voice->file,
		.place = fate == BK_MERGE_LEFT ? BK_NONE : placing->place,
		.source = BK_NONE};
	*kept = standing;
	if (fate != BK_MERGE_LEFT)
		merge->places.items[placing->place].proposal_count++;
	return BK_OK;
}

static struct bk_standing in_base(struct bk_span span)
{
	return (struct bk_standing){.event = BK_NONE, .span = span};
}

/* ---- Taken --------------------------------------------------------------------------------------------- */

/* Whether somebody strikes what is round the region. */
static bool is_struck(const struct bk_merge *merge, struct bk_span words)
{
	const size_t i = BK_SEARCH(k, merge->struck.len, merge->struck.items[k].start <= words.start);

	return i > 0 && merge->struck.items[i - 1].end >= words.end &&
	       (words.start < words.end || (merge->struck.items[i - 1].start < words.start &&
						   words.end < merge->struck.items[i - 1].end));
}

static bool are_alike(const struct bk_placing_region *placing)
{
	for (size_t i = 1; i < placing->voices.len; i++)
		if (!bk_token_equal(placing->voices.items[0].text, placing->voices.items[i].text))
			return false;
	return true;
}

static bool is_taken(const struct bk_placing_region *placing)
{
	if (!are_alike(placing))
		return false;
	return placing->voices.len == placing->merge->count ||
	       (placing->merge->options.unopposed && !placing->region->touched &&
		       !is_struck(placing->merge, placing->region->words));
}

static enum bk_merge_act act_of(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_span words = placing->region->words;

	if (voice->words.len == 0)
		return BK_MERGE_DELETE;
	return words.start == words.end ? BK_MERGE_ADD : BK_MERGE_REPLACE;
}

/* What comes in where nothing gives way comes before what opens there. */
static enum bk_rank rank_of(const struct bk_region *region)
{
	return region->base.start == region->base.end ? BK_RANK_POINT : BK_RANK_GIVES_WAY;
}

/* A paragraph that comes with what others changed in it: only the blanks round it are put in by the text. */
static int take_moved(struct bk_placing_region *placing, uint32_t move)
{
	const struct bk_voice *voice = &placing->voices.items[0];
	const struct bk_span words = bk_token_trim(voice->text, (struct bk_span){0, voice->text.len});
	struct bk_event *event;
	int status = add_place(placing, false);

	if (status != BK_OK)
		return status;
	event = add_event(placing, placing->region->base.start, rank_of(placing->region),
		placing->region->base.end, (struct bk_str){voice->text.ptr, words.start});
	if (!event)
		return bk_fail_memory();
	event->begins = true;
	event->brings = move;
	event = add_event(placing, placing->region->base.start, rank_of(placing->region),
		placing->region->base.end, bk_str_skip(voice->text, words.end));
	if (!event)
		return bk_fail_memory();
	event->ends = true;
	return add_proposal(placing, voice, BK_MERGE_ADD, BK_MERGE_TAKEN,
		in_base(placing->merge->regions.list.items[placing->merge->moves.items[move].source].words));
}

/* What it leaves behind is nothing. */
static int leave_moved(struct bk_placing_region *placing)
{
	struct bk_event *event;
	int status = add_place(placing, false);

	if (status != BK_OK)
		return status;
	event = add_event(placing, placing->region->base.start, rank_of(placing->region),
		placing->region->base.end, BK_STR(""));
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = true;
	return add_proposal(placing, &placing->voices.items[0], BK_MERGE_DELETE, BK_MERGE_TAKEN,
		in_base(placing->region->words));
}

/* What is taken stands with the brackets that its party put round it. */
static void keep_brackets(struct bk_placing_region *placing)
{
	for (size_t i = 0; i < placing->voices.len; i++) {
		struct bk_voice *voice = &placing->voices.items[i];
		const struct bk_str bytes = placing->merge->amendments[voice->party].bytes;
		const size_t start = (size_t)(voice->text.ptr - bytes.ptr);

		voice->file = bk_token_trim(bytes, (struct bk_span){start, start + voice->text.len});
	}
}

static bool is_matched(const struct bk_pairing *pairing, size_t offset)
{
	const uint32_t i = bk_pairing_from(pairing, offset);

	return i < pairing->marks.len && pairing->marks.items[i].start == offset &&
	       pairing->marks.items[i].partner != BK_NONE;
}

/* Whether a party changed the base, and otherwise than this one. */
static bool do_others_differ(const struct bk_merge *merge, uint32_t party)
{
	for (uint32_t i = 0; i < merge->count; i++)
		if (merge->amendments[i].list.len &&
			!bk_str_equal(merge->amendments[i].bytes, merge->amendments[party].bytes))
			return true;
	return false;
}

/* What is taken of a text with faults, between what others changed, may be half of a pair: that is literal, for
 * it would match something of theirs.  What is without its other end in the party's text, too, stays so. */
static int write_taken(struct bk_placing_region *placing, struct bk_str *text)
{
	const struct bk_voice *voice = &placing->voices.items[0];
	const struct bk_amendments *amendments = &placing->merge->amendments[voice->party];
	const size_t start = (size_t)(voice->text.ptr - amendments->bytes.ptr);
	bk_offsets lone = {0};
	size_t at = 0;
	int status = bk_pairing_list_lone(&lone, voice->text, placing->merge->base.notation.conventions);

	*text = voice->text;
	bk_buf_clear(&placing->text);
	for (size_t i = 0; i < lone.len && status == BK_OK; i++) {
		if (!is_matched(&amendments->pairing, start + lone.items[i]) &&
			!is_matched(&amendments->braces, start + lone.items[i]))
			continue;
		bk_buf_put(&placing->text, voice->text.ptr + at, lone.items[i] - at);
		bk_buf_putc(&placing->text, '\\');
		at = lone.items[i];
	}
	BK_VEC_RELEASE(&lone);
	if (status != BK_OK || !placing->text.len || !do_others_differ(placing->merge, voice->party))
		return status;
	bk_buf_put_str(&placing->text, bk_str_skip(voice->text, at));
	return keep_text(placing, text);
}

static int take(struct bk_placing_region *placing)
{
	const struct bk_region *region = placing->region;
	struct bk_str text;
	struct bk_span words;
	struct bk_event *event;
	int status = add_place(placing, false);

	if (status == BK_OK)
		status = write_taken(placing, &text);
	if (status != BK_OK)
		return status;
	words = bk_token_trim(text, (struct bk_span){0, text.len});
	event = add_event(placing, region->base.start, rank_of(region), region->base.end, text);
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = true;
	keep_brackets(placing);
	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = add_proposal(placing, &placing->voices.items[i],
			act_of(placing, &placing->voices.items[i]), BK_MERGE_TAKEN,
			(struct bk_standing){.event = event->number, .span = words});
	return status;
}

/* ---- In brackets --------------------------------------------------------------------------------------- */

static const char *party_of(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	return placing->merge->versions[voice->party].party;
}

/* What all parties with the voice's words want of a bracket of the base. */
static int name_all(struct bk_placing_region *placing, uint32_t voice, uint32_t mark, enum bk_act act)
{
	int status = BK_OK;

	for (size_t i = voice; i < placing->voices.len && status == BK_OK; i++)
		if (placing->voices.items[i].same == voice)
			status = bk_merge_name(placing->merge, mark, placing->place,
				party_of(placing, &placing->voices.items[i]), act);
	return status;
}

static int propose_all(
	struct bk_placing_region *placing, uint32_t voice, enum bk_merge_act act, struct bk_standing standing)
{
	int status = BK_OK;

	for (size_t i = voice; i < placing->voices.len && status == BK_OK; i++)
		if (placing->voices.items[i].same == voice)
			status = add_proposal(
				placing, &placing->voices.items[i], act, BK_MERGE_BRACKETED, standing);
	return status;
}

static int leave_all(struct bk_placing_region *placing, uint32_t voice)
{
	int status = BK_OK;

	for (size_t i = voice; i < placing->voices.len && status == BK_OK; i++)
		if (placing->voices.items[i].same == voice)
			status = add_proposal(placing, &placing->voices.items[i], BK_MERGE_LAYOUT,
				BK_MERGE_LEFT, in_base(placing->region->words));
	return status;
}

/* Names of all parties with the voice's words, appended. */
typedef BK_VEC(struct bk_inscribed) inscribed_list;

static int list_names(
	const struct bk_placing_region *placing, uint32_t voice, enum bk_act act, inscribed_list *names)
{
	for (size_t i = voice; i < placing->voices.len; i++) {
		struct bk_inscribed *name;

		if (placing->voices.items[i].same != voice)
			continue;
		name = BK_VEC_PUSH(names);
		if (!name)
			return bk_fail_memory();
		*name = (struct bk_inscribed){party_of(placing, &placing->voices.items[i]), act};
	}
	return BK_OK;
}

/* An alternative while the text that holds it is not put into the compilation. */
struct alternative {
	uint32_t voice;
	struct bk_span at;   /* in that text, with a label of its own */
	size_t label, words; /* as of bk_standing */
};

typedef BK_VEC(struct alternative) alternative_list;

/* The label that a voice's words begin with, where they begin a line. */
static struct bk_str label_of(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_str words = voice->words;

	if (!placing->begins_line)
		return BK_STR("");
	return (struct bk_str){words.ptr, bk_merge_behind_label(words, (struct bk_span){0, words.len})};
}

/* What all with a voice's words have in common with the base is none of their proposal. */
static void leave_label(struct bk_placing_region *placing, uint32_t voice, size_t len)
{
	for (size_t i = voice; i < placing->voices.len; i++) {
		struct bk_voice *it = &placing->voices.items[i];

		if (it->same != voice || it->words.len < len)
			continue;
		it->base.start += len;
		it->file.start += len;
	}
}

static int put_alternative(struct bk_placing_region *placing, uint32_t voice, alternative_list *list)
{
	const struct bk_voice *it = &placing->voices.items[voice];
	struct alternative *alternative = BK_VEC_PUSH(list);
	const struct bk_str label = label_of(placing, it);
	const bool is_own = label.len && !bk_str_equal(label, placing->label);
	inscribed_list names = {0};
	struct bk_span words;
	int status = alternative ? list_names(placing, voice, it->act, &names) : bk_fail_memory();

	if (status == BK_OK) {
		alternative->voice = voice;
		alternative->at.start = placing->text.len;
		alternative->label = is_own ? label.len : 0;
		if (is_own)
			bk_buf_put_str(&placing->text, label);
		else
			leave_label(placing, voice, label.len);
		const struct bk_str said = bk_str_skip(it->words, label.len);

		status = bk_merge_put_bracket(placing->merge, bk_merge_style(placing->merge, label, said),
			&placing->text, names.items, names.len, said, &words);
		alternative->words = words.start;
		alternative->at.end = words.end;
		if (!is_own)
			alternative->at.start = words.start;
	}
	BK_VEC_RELEASE(&names);
	return status;
}

/* Add the text gathered as an event, and the proposals for the alternatives in it. */
static struct bk_event *add_text(struct bk_placing_region *placing, size_t at, enum bk_rank rank, size_t far)
{
	struct bk_str text;

	return keep_text(placing, &text) == BK_OK ? add_event(placing, at, rank, far, text) : NULL;
}

static int propose_alternatives(
	struct bk_placing_region *placing, const alternative_list *list, uint32_t event)
{
	int status = BK_OK;

	for (size_t i = 0; i < list->len && status == BK_OK; i++) {
		const uint32_t voice = list->items[i].voice;

		status = propose_all(placing, voice, act_of(placing, &placing->voices.items[voice]),
			(struct bk_standing){
				event, list->items[i].at, list->items[i].label, list->items[i].words});
	}
	return status;
}

/* Brackets of the base without their other end, where the base is put in brackets. */
static int list_literals(struct bk_merge *merge, struct bk_span words)
{
	const bk_offsets *lone = &merge->base.lone;

	for (size_t i = BK_SEARCH(k, lone->len, lone->items[k] < words.start);
		i < lone->len && lone->items[i] < words.end; i++) {
		uint32_t *literal = BK_VEC_PUSH(&merge->literals);

		if (!literal)
			return bk_fail_memory();
		*literal = lone->items[i];
	}
	return BK_OK;
}

/* Alternatives to brackets of the base join their run; answers to them are names in them. */
static int answer(struct bk_placing_region *placing, uint32_t voice, alternative_list *list)
{
	const struct bk_voice *it = &placing->voices.items[voice];
	uint32_t chosen;
	int status;

	if (it->words.len == 0) {
		status = BK_OK;
		for (size_t i = 0; i < placing->members.len && status == BK_OK; i++)
			status = name_all(placing, voice, placing->members.items[i], BK_ACT_DELETE);
		return status == BK_OK
			       ? propose_all(placing, voice, BK_MERGE_DELETE, in_base(placing->region->words))
			       : status;
	}
	status = bk_members_chosen(placing, it->words, &chosen);
	if (status != BK_OK)
		return status;
	if (chosen == BK_NONE)
		return put_alternative(placing, voice, list);
	status = name_all(placing, voice, chosen, it->bracketed ? it->act : BK_ACT_SUPPORT);
	return status == BK_OK
		       ? propose_all(placing, voice, BK_MERGE_SUPPORT, in_base(placing->region->words))
		       : status;
}

static int bracket_members(struct bk_placing_region *placing, alternative_list *list)
{
	struct bk_event *event;
	int status = add_bounds(placing, placing->run);

	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = bk_members_named(placing, &placing->voices.items[i]);
	bk_voices_join(placing);
	bk_buf_clear(&placing->text);
	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		if (placing->voices.items[i].same == i)
			status = answer(placing, i, list);
	if (status != BK_OK || !list->len)
		return status;
	event = add_text(placing, placing->run.end, BK_RANK_END, placing->run.start);
	if (!event)
		return bk_fail_memory();
	event->turn = BK_TURN_ALTERNATIVES;
	return propose_alternatives(placing, list, event->number);
}

static bool begins_line(struct bk_str bytes, size_t at)
{
	while (at > 0 && bk_is_blank(bytes.ptr[at - 1]))
		at--;
	return at == 0 || bytes.ptr[at - 1] == '\n';
}

/* Alternatives that begin as provisions do stand on lines of their own. */
static const char *gap_between(const struct bk_placing_region *placing)
{
	const struct bk_str bytes = placing->merge->base.tokens.bytes;
	const struct bk_span words = placing->region->words;

	if (!placing->begins_line ||
		!bk_token_opens((struct bk_str){bytes.ptr + words.start, words.end - words.start}))
		return "";
	for (size_t i = 0; i < placing->voices.len; i++) {
		const struct bk_str label = label_of(placing, &placing->voices.items[i]);

		if (label.len ? !bk_str_equal(label, placing->label)
			      : bk_token_opens(placing->voices.items[i].words))
			return "\n";
	}
	return "";
}

/* What parties say of the base's own words: strike them, or have them in brackets. */
static int list_answers(struct bk_placing_region *placing, inscribed_list *names)
{
	const struct bk_span words = placing->region->words;
	const struct bk_str base = {
		placing->merge->base.tokens.bytes.ptr + words.start, words.end - words.start};
	int status = BK_OK;

	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		struct bk_voice *voice = &placing->voices.items[i];
		const bool strikes = voice->words.len == 0;

		if (voice->same != i || (!strikes && !bk_token_equal(voice->words, base)))
			continue;
		if (!strikes && !voice->bracketed) { /* blanks alone */
			status = leave_all(placing, i);
			continue;
		}
		status = list_names(placing, i,
			strikes			       ? BK_ACT_DELETE
			: voice->act == BK_ACT_PROPOSE ? BK_ACT_RESERVE
						       : voice->act,
			names);
		if (status == BK_OK)
			status = propose_all(
				placing, i, strikes ? BK_MERGE_DELETE : BK_MERGE_RESERVE, in_base(words));
	}
	return status;
}

static bool is_answer(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_span words = placing->region->words;

	return voice->words.len == 0 ||
	       bk_token_equal(
		       voice->words, (struct bk_str){placing->merge->base.tokens.bytes.ptr + words.start,
					     words.end - words.start});
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

/* The words without the label that they begin with, which is kept in mind. */
static struct bk_span find_label(struct bk_placing_region *placing)
{
	const struct bk_str bytes = placing->merge->base.tokens.bytes;
	struct bk_span words = placing->region->words;
	const size_t behind = bk_merge_behind_label(bytes, words);

	placing->begins_line = begins_line(bytes, words.start);
	if (behind > words.start && !is_crossed(placing, behind)) {
		placing->label = (struct bk_str){bytes.ptr + words.start, behind - words.start};
		words.start = behind;
	}
	return words;
}

/* A place begins with the label that is left outside of its brackets. */
static int begin_place(struct bk_placing_region *placing, struct bk_event *event)
{
	const size_t start = placing->region->words.start, at = event->at, far = event->far;

	event->begins = at == start;
	if (at == start)
		return BK_OK;
	event = add_event(placing, start, BK_RANK_BEGIN, far, BK_STR(""));
	if (!event)
		return bk_fail_memory();
	event->begins = true;
	event->turn = BK_TURN_AROUND;
	return BK_OK;
}

/* Open brackets with names before words of the base; what closes them is left in the text that is gathered. */
static int open_brackets(struct bk_placing_region *placing, struct bk_span words, const inscribed_list *names)
{
	struct bk_inscription inscription = {0};
	struct bk_event *event = NULL;
	const struct bk_str said =
		bk_str_skip((struct bk_str){placing->merge->base.tokens.bytes.ptr, words.end}, words.start);
	int status = bk_inscription_write(
		&inscription, bk_merge_style(placing->merge, placing->label, said), names->items, names->len);

	if (status == BK_OK)
		status = list_literals(placing->merge, words);
	if (status == BK_OK) {
		bk_buf_clear(&placing->text);
		bk_buf_putc(&placing->text, '[');
		bk_buf_put_str(&placing->text, bk_buf_str(&inscription.inside));
		event = add_text(placing, words.start, BK_RANK_BEGIN, words.end);
		status = event ? begin_place(placing, event) : bk_fail_memory();
	}
	bk_buf_clear(&placing->text);
	bk_buf_put_str(&placing->text, bk_buf_str(&inscription.end));
	bk_buf_putc(&placing->text, ']');
	bk_buf_put_str(&placing->text, bk_buf_str(&inscription.behind));
	bk_inscription_release(&inscription);
	return status;
}

/* Close them with the text that was gathered behind. */
static struct bk_event *close_brackets(struct bk_placing_region *placing, struct bk_span words)
{
	struct bk_event *event = add_text(placing, words.end, BK_RANK_END, words.start);

	if (event)
		event->ends = true;
	return event;
}

/* The base's words in brackets, with the names of those who speak of them, and alternatives behind. */
static int bracket_words(struct bk_placing_region *placing, alternative_list *list)
{
	const struct bk_span words = find_label(placing);
	const char *gap = gap_between(placing);
	inscribed_list names = {0};
	struct bk_event *event;
	int status = list_answers(placing, &names);

	if (status == BK_OK)
		status = open_brackets(placing, words, &names);
	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		if (placing->voices.items[i].same != i || is_answer(placing, &placing->voices.items[i]))
			continue;
		bk_buf_puts(&placing->text, gap);
		status = put_alternative(placing, i, list);
	}
	if (status == BK_OK) {
		event = close_brackets(placing, words);
		status = event ? propose_alternatives(placing, list, event->number) : bk_fail_memory();
	}
	BK_VEC_RELEASE(&names);
	return status;
}

/* ---- What comes in ------------------------------------------------------------------------------------- */

static bool has_feed(struct bk_str bytes)
{
	return bytes.len && memchr(bytes.ptr, '\n', bytes.len);
}

/* Line ends among the blanks before an offset, no more than two. */
static size_t feeds_before(struct bk_str bytes, size_t at)
{
	size_t feeds = 0;

	while (at > 0 && feeds < 2 && bk_is_space(bytes.ptr[at - 1]))
		feeds += bytes.ptr[--at] == '\n';
	return feeds;
}

/* The blanks that come with words that come in: before them, and behind. */
struct blanks {
	struct bk_str before, behind;
	bool whole; /* paragraphs */
};

static struct blanks blanks_of(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_region *region = placing->region;
	const struct bk_str bytes = placing->merge->base.tokens.bytes, text = voice->text;
	const struct bk_span words = bk_token_trim(text, (struct bk_span){0, text.len});
	const struct bk_version *version = &placing->merge->versions[voice->party];
	struct blanks blanks = {{text.ptr, words.start}, {text.ptr + words.end, text.len - words.end},
		placing->merge->amendments[voice->party].list.items[voice->first].whole};

	if (region->base.start < region->base.end)
		blanks.before.len = 0; /* those of the base stand before it */
	if (!blanks.whole)
		return blanks;
	if (region->base.end > 0 && !has_feed(blanks.before)) {
		const size_t had = feeds_before(bytes, region->base.end),
			     has = feeds_before(
				     (struct bk_str){version->bytes, version->len}, voice->file.start);

		if (had < has || had == 0)
			blanks.before = had == 0 ? BK_STR("\n\n") : BK_STR("\n");
	}
	if (!has_feed(blanks.behind) && region->base.end < bytes.len)
		blanks.behind = BK_STR("\n\n");
	return blanks;
}

/* Words beside each other, paragraphs one below the other. */
static int bracket_point(struct bk_placing_region *placing, alternative_list *list)
{
	struct blanks last = {BK_STR(""), BK_STR(""), false};
	struct bk_event *event;
	bool any = false;
	int status = BK_OK;

	bk_buf_clear(&placing->text);
	for (uint32_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		const struct bk_voice *voice = &placing->voices.items[i];
		const struct blanks blanks = blanks_of(placing, voice);
		struct bk_str gap = BK_STR("");

		if (voice->same != i)
			continue;
		placing->begins_line =
			blanks.whole || has_feed(blanks.before) ||
			begins_line(placing->merge->base.tokens.bytes, placing->region->base.end);
		if (any && has_feed(last.behind))
			gap = last.behind;
		else if (any && (last.whole || blanks.whole))
			gap = BK_STR("\n\n");
		bk_buf_put_str(&placing->text, gap);
		if ((!any || gap.len) && !(gap.len && has_feed(blanks.before)))
			bk_buf_put_str(&placing->text, blanks.before);
		status = put_alternative(placing, i, list);
		last = blanks;
		any = true;
	}
	bk_buf_put_str(&placing->text, last.behind);
	if (status != BK_OK)
		return status;
	event = add_text(placing, placing->region->words.end, BK_RANK_POINT, 0);
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = true;
	return propose_alternatives(placing, list, event->number);
}

static int bracket(struct bk_placing_region *placing)
{
	const struct bk_span words = placing->region->words;
	alternative_list list = {0};
	int status = add_place(placing, true);

	if (status == BK_OK)
		status = bk_members_find(placing);
	if (status == BK_OK && placing->members.len)
		status = bracket_members(placing, &list);
	else if (status == BK_OK && words.start == words.end)
		status = bracket_point(placing, &list);
	else if (status == BK_OK)
		status = bracket_words(placing, &list);
	BK_VEC_RELEASE(&list);
	return status;
}

/* ---- Around others ------------------------------------------------------------------------------------- */

static const struct bk_amendment *end_of(
	const struct bk_placing_region *placing, const struct bk_voice *voice, bool open)
{
	return &placing->merge->amendments[voice->party].list.items[open ? voice->first : voice->last - 1];
}

static struct bk_str bytes_of_end(
	const struct bk_placing_region *placing, const struct bk_voice *voice, bool open)
{
	const struct bk_span file = end_of(placing, voice, open)->file;

	return (struct bk_str){
		placing->merge->amendments[voice->party].bytes.ptr + file.start, file.end - file.start};
}

/* Brackets that all want alike, or nobody else speaks of. */
static bool is_around_taken(const struct bk_placing_region *placing)
{
	const struct bk_merge *merge = placing->merge;

	for (size_t i = 1; i < placing->voices.len; i++)
		for (int open = 0; open < 2; open++)
			if (!bk_str_equal(bytes_of_end(placing, &placing->voices.items[0], open),
				    bytes_of_end(placing, &placing->voices.items[i], open)))
				return false;
	return placing->region->kind != BK_CLAIM_DELETION &&
	       (placing->voices.len == merge->count ||
		       (merge->options.unopposed && !is_struck(merge, placing->region->words)));
}

static enum bk_merge_act around_act(const struct bk_placing_region *placing)
{
	return placing->region->kind == BK_CLAIM_ROUND	? BK_MERGE_RESERVE
	       : placing->region->kind == BK_CLAIM_BARE ? BK_MERGE_SUPPORT
							: BK_MERGE_DELETE;
}

static int propose_around(struct bk_placing_region *placing, enum bk_merge_fate fate)
{
	int status = BK_OK;

	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = add_proposal(placing, &placing->voices.items[i], around_act(placing), fate,
			in_base(placing->region->words));
	return status;
}

static int take_around(struct bk_placing_region *placing)
{
	const struct bk_voice *voice = &placing->voices.items[0];
	const struct bk_span from = end_of(placing, voice, true)->base,
			     to = end_of(placing, voice, false)->base;
	const bool bare = placing->region->kind == BK_CLAIM_BARE;
	struct bk_event *event;
	int status = add_place(placing, false);

	if (status != BK_OK)
		return status;
	event = add_event(placing, from.start, bare ? BK_RANK_GIVES_WAY : BK_RANK_BEGIN,
		bare ? from.end : to.end, bytes_of_end(placing, voice, true));
	if (!event)
		return bk_fail_memory();
	event->begins = true;
	event = add_event(placing, to.start, bare ? BK_RANK_GIVES_WAY : BK_RANK_END,
		bare ? to.end : from.start, bytes_of_end(placing, voice, false));
	if (!event)
		return bk_fail_memory();
	event->ends = true;
	return propose_around(placing, BK_MERGE_TAKEN);
}

/* The disputed bracket of the base that is just the region, or BK_NONE. */
static int find_own_bracket(struct bk_placing_region *placing, uint32_t *mark)
{
	int status = bk_members_of_brackets(placing);

	*mark = status == BK_OK && placing->members.len == 1 ? placing->members.items[0] : BK_NONE;
	return status;
}

static uint8_t own_act(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	return placing->region->kind == BK_CLAIM_DELETION ? BK_ACT_DELETE : end_of(placing, voice, true)->act;
}

static int name_around(struct bk_placing_region *placing, uint32_t mark)
{
	int status = add_bounds(placing, placing->region->words);

	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = bk_merge_name(placing->merge, mark, placing->place,
			party_of(placing, &placing->voices.items[i]),
			(enum bk_act)own_act(placing, &placing->voices.items[i]));
	return status;
}

/* New brackets round what is there, with names. */
static int wrap(struct bk_placing_region *placing)
{
	const struct bk_span words = find_label(placing);
	inscribed_list names = {0};
	struct bk_event *end;
	int status = BK_OK;

	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++) {
		struct bk_inscribed *name = BK_VEC_PUSH(&names);

		if (name)
			*name = (struct bk_inscribed){party_of(placing, &placing->voices.items[i]),
				(enum bk_act)own_act(placing, &placing->voices.items[i])};
		else
			status = bk_fail_memory();
	}
	if (status == BK_OK)
		status = open_brackets(placing, words, &names);
	if (status == BK_OK) {
		end = close_brackets(placing, words);
		if (end)
			end->turn = BK_TURN_AROUND;
		else
			status = bk_fail_memory();
	}
	BK_VEC_RELEASE(&names);
	return status;
}

static int place_around(struct bk_placing_region *placing)
{
	uint32_t mark;
	int status;

	if (is_around_taken(placing))
		return take_around(placing);
	status = add_place(placing, true);
	if (status == BK_OK)
		status = find_own_bracket(placing, &mark);
	if (status == BK_OK && placing->region->kind == BK_CLAIM_ROUND)
		mark = BK_NONE;
	if (status == BK_OK)
		status = mark == BK_NONE ? wrap(placing) : name_around(placing, mark);
	return status == BK_OK ? propose_around(placing, BK_MERGE_BRACKETED) : status;
}

/* ---- Layout -------------------------------------------------------------------------------------------- */

/* What is said there has its own layout; and beside what others touch, brackets need the blanks of the base. */
static bool is_in_flat(const struct bk_merge *merge, struct bk_span base)
{
	const struct bk_regions *regions = &merge->regions;
	size_t i = BK_SEARCH(r, regions->flat, regions->list.items[r].words.end < base.start);

	for (; i < regions->flat && regions->list.items[i].words.start <= base.end; i++) {
		const struct bk_region *region = &regions->list.items[i];

		if (region->touched || (region->words.start < base.end && region->words.end > base.start) ||
			(region->words.start < base.start && base.end < region->words.end))
			return true;
	}
	return false;
}

static int place_layout(struct bk_placing_region *placing)
{
	const struct bk_region *region = placing->region;
	struct bk_event *event;
	bool alike = true;
	int status = BK_OK;

	for (size_t i = 1; i < placing->voices.len; i++)
		alike = alike && bk_str_equal(placing->voices.items[0].text, placing->voices.items[i].text);
	if (!alike ||
		(placing->voices.len < placing->merge->count &&
			(!placing->merge->options.unopposed || is_in_flat(placing->merge, region->base)))) {
		for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
			status = add_proposal(placing, &placing->voices.items[i], BK_MERGE_LAYOUT,
				BK_MERGE_LEFT, in_base(region->base));
		return status;
	}
	status = add_place(placing, false);
	if (status != BK_OK)
		return status;
	event = add_event(placing, region->base.start, rank_of(region), region->base.end,
		placing->voices.items[0].text);
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = event->layout = true;
	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = add_proposal(placing, &placing->voices.items[i], BK_MERGE_LAYOUT, BK_MERGE_TAKEN,
			(struct bk_standing){.event = event->number, .span = {0, event->text.len}});
	return status;
}

/* ---- All of them --------------------------------------------------------------------------------------- */

/* Deletions round others' claims; of those that nest, the outer one tells. */
static int list_struck(struct bk_merge *merge)
{
	for (size_t i = 0; i < merge->regions.list.len; i++) {
		const struct bk_region *region = &merge->regions.list.items[i];
		struct bk_span *last = merge->struck.len ? &merge->struck.items[merge->struck.len - 1] : NULL;

		if (!region->around || region->kind != BK_CLAIM_DELETION ||
			bk_merge_move_from(merge, region) != BK_NONE)
			continue;
		if (last && region->words.end <= last->end)
			continue;
		last = BK_VEC_PUSH(&merge->struck);
		if (!last)
			return bk_fail_memory();
		*last = region->words;
	}
	return BK_OK;
}

static int place_region(struct bk_merge *merge, struct bk_region *region)
{
	struct bk_placing_region placing = {.merge = merge, .region = region, .place = BK_NONE};
	int status = region->count ? bk_voices_hear(&placing) : BK_OK;

	region->proposal = (uint32_t)merge->proposals.len;
	if (status == BK_OK && region->count) {
		const uint32_t comes = bk_merge_move_to(merge, region);

		if (bk_merge_move_from(merge, region) != BK_NONE)
			status = leave_moved(&placing);
		else if (comes != BK_NONE)
			status = take_moved(&placing, comes);
		else if (region->kind == BK_CLAIM_LAYOUT)
			status = place_layout(&placing);
		else if (region->around)
			status = place_around(&placing);
		else
			status = is_taken(&placing) ? take(&placing) : bracket(&placing);
	}
	region->proposal_end = (uint32_t)merge->proposals.len;
	BK_VEC_RELEASE(&placing.voices);
	BK_VEC_RELEASE(&placing.members);
	bk_buf_release(&placing.text);
	return status;
}

int bk_merge_place_regions(struct bk_merge *merge)
{
	int status = bk_merge_find_moves(merge);

	if (status == BK_OK)
		status = list_struck(merge);
	for (size_t i = 0; i < merge->regions.list.len && status == BK_OK; i++)
		status = place_region(merge, &merge->regions.list.items[i]);
	return status == BK_OK ? bk_merge_write_names(merge) : status;
}
