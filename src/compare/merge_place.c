/* What becomes of each region: it is taken, or stands in brackets under the names of those who want it. */
#include "compare/merge_place.h"

int bk_place_add(struct bk_placing_region *placing, bool bracketed)
{
	struct bk_merge_place *place = BK_VEC_PUSH(&placing->stretch->placed.places);

	if (!place)
		return bk_fail_memory();
	place->base = placing->region->words;
	place->bracketed = bracketed;
	placing->place = (uint32_t)(placing->stretch->placed.places.len - 1);
	return BK_OK;
}

struct bk_merge_event *bk_place_add_event(
	struct bk_placing_region *placing, size_t at, enum bk_rank rank, size_t far, struct bk_str text)
{
	struct bk_merge_event *event = bk_placed_event(&placing->stretch->placed, at, rank, far, text);

	if (!event)
		return NULL;
	event->place = placing->place;
	if (rank == BK_RANK_POINT ||
		rank == BK_RANK_LAST_POINT) { /* what one party puts in at one offset comes in its order */
		event->far = placing->voices.items[0].file.start;
		event->second = placing->region->second;
	}
	return event;
}

/* The text that was gathered, to be borrowed. */
int bk_place_keep_text(struct bk_placing_region *placing, struct bk_str *text)
{
	text->len = placing->text.len;
	text->ptr = bk_buf_status(&placing->text) == BK_OK ? bk_arena_dup(&placing->stretch->placed.arena,
								     bk_buf_string(&placing->text), text->len)
							   : NULL;
	return text->ptr ? BK_OK : bk_fail_memory();
}

/* Where the place begins and ends when no text of its own says so. */
int bk_place_add_bounds(struct bk_placing_region *placing, struct bk_span span)
{
	struct bk_merge_event *begin = bk_place_add_event(
				      placing, span.start, BK_RANK_BEGIN, span.end, BK_STR("")),
			      *end;

	if (!begin)
		return bk_fail_memory();
	begin->begins = true;
	begin->turn = BK_TURN_AROUND;
	end = bk_place_add_event(placing, span.end, BK_RANK_END, span.start, BK_STR(""));
	if (!end)
		return bk_fail_memory();
	end->ends = true;
	end->turn = BK_TURN_AROUND;
	return BK_OK;
}

int bk_place_add_proposal(struct bk_placing_region *placing, const struct bk_voice *voice,
	enum bk_merge_act act, enum bk_merge_fate fate, struct bk_standing standing)
{
	struct bk_placed *placed = &placing->stretch->placed;
	struct bk_merge_proposal *proposal = BK_VEC_PUSH(&placed->proposals);
	struct bk_standing *kept = proposal ? BK_VEC_PUSH(&placed->standings) : NULL;

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
	if (standing.event != BK_NONE && fate == BK_MERGE_BRACKETED)
		kept->shell = (size_t)(voice->said.ptr - voice->words.ptr) - voice->label;
	if (fate != BK_MERGE_LEFT)
		placed->places.items[placing->place].proposal_count++;
	return BK_OK;
}

struct bk_standing bk_place_in_base(struct bk_span span)
{
	return (struct bk_standing){.event = BK_NONE, .span = span};
}

const char *bk_place_party(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	return placing->merge->versions[voice->party].party;
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

/* Whether what a party does at a place stands in brackets for what others do in it, or round it. */
static bool is_disputed(const struct bk_region *region, uint32_t party)
{
	return (region->around && region->kind == BK_CLAIM_DELETION && region->goes == BK_NONE) ||
	       (region->round != BK_NONE && region->round != party);
}

/* Whether a party did something disputed just beside its layout: what stays there needs the blanks of the base. */
static bool is_beside_disputed(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	const struct bk_merge *merge = placing->merge;
	const struct bk_amendments *amendments = &merge->amendments[voice->party];
	const struct bk_span base = placing->region->base;

	for (uint32_t i = voice->first ? voice->first - 1 : 0; i <= voice->last && i < amendments->list.len;
		i++) {
		const struct bk_span beside = amendments->list.items[i].base;
		const uint32_t region = merge->region_of[voice->party][i];

		if (region != BK_NONE && beside.start <= base.end && beside.end >= base.start &&
			is_disputed(&merge->regions.list.items[region], voice->party))
			return true;
	}
	return false;
}

/* A bracket whose other end stands has gone: without it that end would match something else, or nothing. */
static bool is_half(const struct bk_placing_region *placing)
{
	const struct bk_voice *voice = &placing->voices.items[0];

	return placing->merge->amendments[voice->party].list.items[voice->first].kind == BK_AMENDMENT_HALF;
}

/* Whether all lay it out alike, or nobody else touches it. */
static bool is_layout_taken(const struct bk_placing_region *placing)
{
	const struct bk_merge *merge = placing->merge;
	const struct bk_voice *voices = placing->voices.items;
	const struct bk_span base = placing->region->base;

	for (size_t i = 1; i < placing->voices.len; i++)
		if (!bk_str_equal(voices[0].text, voices[i].text))
			return false;
	if (is_half(placing) && merge->differ)
		return false;
	if (placing->voices.len == merge->count)
		return true;
	for (size_t i = 0; i < placing->voices.len; i++)
		if (is_beside_disputed(placing, &voices[i]))
			return false;
	return merge->options.unopposed && !is_in_flat(merge, base) &&
	       !bk_place_do_others_touch(placing, base);
}

static int place_layout(struct bk_placing_region *placing)
{
	const struct bk_region *region = placing->region;
	struct bk_merge_event *event;
	int status = BK_OK;

	if (!is_layout_taken(placing)) {
		for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
			status = bk_place_add_proposal(placing, &placing->voices.items[i], BK_MERGE_LAYOUT,
				BK_MERGE_LEFT, bk_place_in_base(region->base));
		return status;
	}
	status = bk_place_add(placing, false);
	if (status != BK_OK)
		return status;
	event = bk_place_add_event(placing, region->base.start, bk_place_rank(region), region->base.end,
		placing->voices.items[0].text);
	if (!event)
		return bk_fail_memory();
	event->begins = event->ends = event->layout = true;
	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = bk_place_add_proposal(placing, &placing->voices.items[i], BK_MERGE_LAYOUT,
			BK_MERGE_TAKEN,
			(struct bk_standing){.event = event->number, .span = {0, event->text.len}});
	return status;
}

/* ---- Words --------------------------------------------------------------------------------------------- */

/* Names that stand already beside what their parties say are left out. */
static int place_words(struct bk_placing_region *placing)
{
	bool sign;
	int status;

	if (bk_place_is_taken(placing))
		return bk_place_take(placing);
	status = bk_voices_sign(placing, &sign);
	if (status == BK_OK && !sign)
		return bk_place_bracket(placing);
	for (size_t i = 0; i < placing->voices.len && status == BK_OK; i++)
		status = bk_place_add_proposal(placing, &placing->voices.items[i], BK_MERGE_ADD,
			BK_MERGE_LEFT, bk_place_in_base(placing->region->base));
	return status;
}

/* ---- Any region --------------------------------------------------------------------------------------- */

/* As if nothing had been placed before. */
static void begin_region(struct bk_placing_region *placing, const struct bk_region *region)
{
	placing->region = region;
	placing->place = BK_NONE;
	placing->voices.len = placing->members.len = placing->alternatives.len = placing->names.len =
		placing->answers.len = 0;
	placing->run = (struct bk_span){0, 0};
	placing->apart = placing->begins_line = placing->fills_lines = placing->holds_label = false;
	placing->label = BK_STR("");
	bk_buf_clear(&placing->text);
}

int bk_place_look(struct bk_placing_region *placing, const struct bk_region *region, bool *taken)
{
	int status;

	begin_region(placing, region);
	status = bk_voices_hear(placing, false);
	if (status != BK_OK)
		return status;
	if (region->goes != BK_NONE)
		*taken = !region->touched && !bk_place_is_spoken_of(placing);
	else
		*taken = !region->around && bk_place_is_taken(placing);
	return *taken || region->around || region->words.start < region->words.end
		       ? BK_OK
		       : bk_place_look_at_point(placing, taken);
}

int bk_place_region(struct bk_placing_region *placing, struct bk_region *region)
{
	struct bk_placed *placed = &placing->stretch->placed;
	int status;

	begin_region(placing, region);
	status = region->count ? bk_voices_hear(placing, false) : BK_OK;
	region->proposal = (uint32_t)placed->proposals.len;
	if (status == BK_OK && region->count) {
		if (region->goes != BK_NONE)
			status = bk_place_take_source(placing);
		else if (region->comes != BK_NONE)
			status = bk_place_take_moved(placing, region->comes);
		else if (region->kind == BK_CLAIM_LAYOUT)
			status = place_layout(placing);
		else if (region->around)
			status = bk_place_around(placing);
		else
			status = place_words(placing);
	}
	region->proposal_end = (uint32_t)placed->proposals.len;
	return status;
}

void bk_placing_release(struct bk_placing_region *placing)
{
	BK_VEC_RELEASE(&placing->voices);
	BK_VEC_RELEASE(&placing->order);
	BK_VEC_RELEASE(&placing->members);
	BK_VEC_RELEASE(&placing->answers);
	BK_VEC_RELEASE(&placing->alternatives);
	BK_VEC_RELEASE(&placing->names);
	bk_inscription_release(&placing->inscription);
	bk_buf_release(&placing->text);
}
