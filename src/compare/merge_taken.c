/* What is taken: what all want alike, or nobody else speaks of. */
#include "compare/merge_place.h"

bool bk_place_is_spoken_of(const struct bk_placing_region *placing)
{
	const uint32_t round = placing->region->round;

	return round != BK_NONE && !(placing->voices.len == 1 && placing->voices.items[0].party == round);
}

static bool are_alike(const struct bk_placing_region *placing)
{
	for (size_t i = 1; i < placing->voices.len; i++)
		if (!bk_token_equal(placing->voices.items[0].text, placing->voices.items[i].text))
			return false;
	return true;
}

/* Whether brackets of the base are struck while others speak of what stands side by side with them. */
static bool leaves_others(const struct bk_placing_region *placing)
{
	const struct bk_span words = placing->region->words;
	const struct bk_pairing *pairing = &placing->merge->base.pairing;
	const uint32_t open = bk_pairing_from(pairing, words.start);

	return placing->voices.items[0].words.len == 0 && words.start < words.end &&
	       open < pairing->marks.len && pairing->marks.items[open].start == words.start &&
	       bk_place_is_run_open(placing);
}

bool bk_place_is_unopposed(const struct bk_placing_region *placing)
{
	return placing->merge->options.unopposed && !placing->region->touched &&
	       !bk_place_is_spoken_of(placing) && !leaves_others(placing) &&
	       !bk_place_is_in_open_run(placing);
}

bool bk_place_is_taken(const struct bk_placing_region *placing)
{
	return are_alike(placing) &&
	       (placing->region->struck_by_all || placing->voices.len == placing->merge->count ||
		       bk_place_is_unopposed(placing));
}

enum bk_merge_act bk_place_act(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_span words = placing->region->words;

	if (voice->words.len == 0)
		return BK_MERGE_DELETE;
	return words.start == words.end ? BK_MERGE_ADD : BK_MERGE_REPLACE;
}

enum bk_merge_act bk_place_said(enum bk_act act)
{
	switch (act) {
	case BK_ACT_DELETE: return BK_MERGE_DELETE;
	case BK_ACT_OPPOSE: return BK_MERGE_OPPOSE;
	case BK_ACT_RESERVE: return BK_MERGE_RESERVE;
	case BK_ACT_WITHDRAW: return BK_MERGE_WITHDRAW;
	default: return BK_MERGE_SUPPORT;
	}
}

/* What comes in where nothing gives way comes before what opens there. */
enum bk_rank bk_place_rank(const struct bk_region *region)
{
	return region->base.start == region->base.end ? BK_RANK_POINT : BK_RANK_GIVES_WAY;
}

/* A paragraph that comes with what others changed in it: only the blanks round it are put in by the text. */
int bk_place_take_moved(struct bk_placing_region *placing, uint32_t move)
{
	const struct bk_voice *voice = &placing->voices.items[0];
	const struct bk_span words = bk_token_trim(voice->text, (struct bk_span){0, voice->text.len});
	struct bk_merge_event *event;
	int status = bk_place_add(placing, false);

	if (status != BK_OK)
		return status;
	event = bk_place_add_event(placing, placing->region->base.start, bk_place_rank(placing->region),
		placing->region->base.end, (struct bk_str){voice->text.ptr, words.start});
	if (!event)
		return bk_fail_memory();
	event->begins = true;
	event->brings = move;
	event = bk_place_add_event(placing, placing->region->base.start, bk_place_rank(placing->region),
		placing->region->base.end, bk_str_skip(voice->text, words.end));
	if (!event)
		return bk_fail_memory();
	event->ends = true;
	return bk_place_add_proposal(placing, voice, BK_MERGE_ADD, BK_MERGE_TAKEN,
		bk_place_in_base(
			placing->merge->regions.list.items[placing->merge->moves.items[move].source].words));
}

/* What it leaves behind is nothing. */
int bk_place_take_source(struct bk_placing_region *placing)
{
	struct bk_merge_event *event;
	int status = bk_place_add(placing, false);

	if (status != BK_OK)
		return status;
	event = bk_place_add_event(placing, placing->region->base.start, bk_place_rank(placing->region),
		placing->region->base.end, BK_STR(""));
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = true;
	return bk_place_add_proposal(placing, &placing->voices.items[0], BK_MERGE_DELETE, BK_MERGE_TAKEN,
		bk_place_in_base(placing->region->words));
}

void bk_place_keep_brackets(const struct bk_placing_region *placing, struct bk_voice *voice)
{
	const struct bk_str bytes = placing->merge->amendments[voice->party].bytes;
	const size_t start = (size_t)(voice->text.ptr - bytes.ptr);

	voice->file = bk_token_trim(bytes, (struct bk_span){start, start + voice->text.len});
}

static bool is_matched(const struct bk_pairing *pairing, size_t offset)
{
	const uint32_t i = bk_pairing_from(pairing, offset);

	return i < pairing->marks.len && pairing->marks.items[i].start == offset &&
	       pairing->marks.items[i].partner != BK_NONE;
}

static bool touches(const struct bk_amendments *amendments, struct bk_span span)
{
	const struct bk_amendment *list = amendments->list.items;
	const size_t len = amendments->list.len;

	for (size_t k = BK_SEARCH(n, len, list[n].base.end < span.start);
		k < len && list[k].base.start <= span.end; k++)
		if (list[k].kind != BK_AMENDMENT_LAYOUT)
			return true;
	return false;
}

bool bk_place_do_others_touch(const struct bk_placing_region *placing, struct bk_span span)
{
	size_t voice = 0;

	for (uint32_t i = 0; i < placing->merge->count; i++) {
		if (voice < placing->voices.len && placing->voices.items[voice].party == i)
			voice++;
		else if (touches(&placing->merge->amendments[i], span))
			return true;
	}
	return false;
}

/* Append what is taken.  Of a text with faults, between what others changed, it may be half of a pair: that is
 * literal, for it would match something of theirs.  What is without its other end in the party's text, too, stays
 * so. */
static int put_taken(struct bk_placing_region *placing, const struct bk_voice *voice, struct bk_str text)
{
	const struct bk_amendments *amendments = &placing->merge->amendments[voice->party];
	const size_t start = (size_t)(text.ptr - amendments->bytes.ptr);
	bk_offsets lone = {0};
	size_t at = 0;
	const int status = bk_pairing_list_lone(&lone, text, placing->merge->base.notation.conventions);

	for (size_t i = 0; i < lone.len && status == BK_OK && placing->merge->differ; i++) {
		if (!is_matched(&amendments->pairing, start + lone.items[i]) &&
			!is_matched(&amendments->braces, start + lone.items[i]))
			continue;
		bk_buf_put(&placing->text, text.ptr + at, lone.items[i] - at);
		bk_buf_putc(&placing->text, '\\');
		at = lone.items[i];
	}
	BK_VEC_RELEASE(&lone);
	bk_buf_put_str(&placing->text, bk_str_skip(text, at));
	return status;
}

int bk_place_put_taken(struct bk_placing_region *placing, uint32_t voice)
{
	struct bk_placed_alternative *taken = BK_VEC_PUSH(&placing->alternatives);
	const struct bk_voice *it = &placing->voices.items[voice];
	int status;

	if (!taken)
		return bk_fail_memory();
	for (uint32_t i = voice; i != BK_NONE; i = placing->voices.items[i].next_same)
		bk_place_keep_brackets(placing, &placing->voices.items[i]);
	*taken = (struct bk_placed_alternative){
		.voice = voice, .at.start = placing->text.len, .words = placing->text.len};
	status = put_taken(placing, it, bk_str_trim(it->text));
	taken->at.end = placing->text.len;
	return status;
}

/* The text that is taken, with its blanks. */
static int write_taken(struct bk_placing_region *placing, struct bk_str *text)
{
	const struct bk_voice *voice = &placing->voices.items[0];
	int status;

	bk_buf_clear(&placing->text);
	status = put_taken(placing, voice, voice->text);
	if (status != BK_OK || placing->text.len == voice->text.len) {
		*text = voice->text;
		return status;
	}
	return bk_place_keep_text(placing, text);
}

/* What gives way.  Who strikes all up to there strikes nothing behind: that is a blank that stays. */
static struct bk_span gone_of(const struct bk_placing_region *placing)
{
	const struct bk_region *region = placing->region;
	struct bk_span gone = region->words;

	if (!region->at_end)
		return region->base;
	while (gone.start > 0 && bk_is_space(placing->merge->base.tokens.bytes.ptr[gone.start - 1]))
		gone.start--;
	return gone;
}

int bk_place_take(struct bk_placing_region *placing)
{
	const struct bk_region *region = placing->region;
	const struct bk_span gone = gone_of(placing);
	struct bk_str text = BK_STR("");
	struct bk_span words;
	struct bk_merge_event *event;
	int status = bk_place_add(placing, false);

	if (status == BK_OK && !region->at_end)
		status = write_taken(placing, &text);
	if (status != BK_OK)
		return status;
	words = bk_token_trim(text, (struct bk_span){0, text.len});
	event = bk_place_add_event(placing, gone.start, bk_place_rank(region), gone.end, text);
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = true;
	for (size_t i = 0; i < placing->voices.len; i++)
		bk_place_keep_brackets(placing, &placing->voices.items[i]);
	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = bk_place_add_proposal(placing, &placing->voices.items[i],
			bk_place_act(placing, &placing->voices.items[i]), BK_MERGE_TAKEN,
			(struct bk_standing){.event = event->number, .span = words});
	return status;
}
