/* Alternatives in brackets with the names of those who want them, while the text that holds them is gathered. */
#include "compare/merge_place.h"

bool bk_place_begins_line(struct bk_str bytes, size_t at)
{
	while (at > 0 && bk_is_blank(bytes.ptr[at - 1]))
		at--;
	return at == 0 || bytes.ptr[at - 1] == '\n';
}

bool bk_place_ends_line(struct bk_str bytes, size_t at)
{
	while (at < bytes.len && bk_is_blank(bytes.ptr[at]))
		at++;
	return at == bytes.len || bytes.ptr[at] == '\n' || bytes.ptr[at] == '\r';
}

size_t bk_place_feeds_before(struct bk_str bytes, size_t at)
{
	size_t feeds = 0;

	while (at > 0 && feeds < 2 && bk_is_space(bytes.ptr[at - 1]))
		feeds += bytes.ptr[--at] == '\n';
	return feeds;
}

int bk_place_propose_all(
	struct bk_placing_region *placing, uint32_t voice, enum bk_merge_act act, struct bk_standing standing)
{
	const bool is_bracketed = placing->stretch->placed.places.items[placing->place].bracketed;
	int status = BK_OK;

	for (uint32_t i = voice; i != BK_NONE && status == BK_OK; i = placing->voices.items[i].next_same)
		status = bk_place_add_proposal(placing, &placing->voices.items[i], act,
			is_bracketed ? BK_MERGE_BRACKETED : BK_MERGE_TAKEN, standing);
	return status;
}

int bk_place_leave_all(struct bk_placing_region *placing, uint32_t voice)
{
	int status = BK_OK;

	for (uint32_t i = voice; i != BK_NONE && status == BK_OK; i = placing->voices.items[i].next_same)
		status = bk_place_add_proposal(placing, &placing->voices.items[i], BK_MERGE_LAYOUT,
			BK_MERGE_LEFT, bk_place_in_base(placing->region->words));
	return status;
}

int bk_place_list_names(struct bk_placing_region *placing, uint32_t voice, enum bk_act act)
{
	for (uint32_t i = voice; i != BK_NONE; i = placing->voices.items[i].next_same) {
		struct bk_inscribed *name = BK_VEC_PUSH(&placing->names);

		if (!name)
			return bk_fail_memory();
		*name = (struct bk_inscribed){bk_place_party(placing, &placing->voices.items[i]), act};
	}
	return BK_OK;
}

struct bk_str bk_place_label_of(const struct bk_placing_region *placing, const struct bk_voice *voice)
{
	struct bk_str label = voice->words;

	if (!placing->begins_line)
		return BK_STR("");
	label.len = bk_merge_behind_label(label, (struct bk_span){0, label.len});
	return placing->fills_lines || bk_str_equal(label, placing->label) ? label : BK_STR("");
}

/* Where the label is another here than in the file, as behind brackets of the party's own, all behind it is said. */
static void heed_label(struct bk_placing_region *placing, uint32_t voice, size_t len)
{
	for (uint32_t i = voice; i != BK_NONE; i = placing->voices.items[i].next_same) {
		struct bk_voice *it = &placing->voices.items[i];

		if (it->label == len)
			continue;
		it->label = len < it->words.len ? len : it->words.len;
		it->said = bk_str_skip(it->words, it->label);
	}
}

/* What all with a voice's words have in common with the base is none of their proposal. */
static void leave_label(struct bk_placing_region *placing, uint32_t voice, size_t len)
{
	for (uint32_t i = voice; i != BK_NONE; i = placing->voices.items[i].next_same) {
		struct bk_voice *it = &placing->voices.items[i];

		if (it->words.len < len)
			continue;
		it->base.start += len;
		it->file.start += len;
	}
}

int bk_place_put_alternative(struct bk_placing_region *placing, uint32_t voice)
{
	const struct bk_voice *it = &placing->voices.items[voice];
	struct bk_placed_alternative *alternative = BK_VEC_PUSH(&placing->alternatives);
	const struct bk_str label = bk_place_label_of(placing, it);
	const bool is_own = label.len && !bk_str_equal(label, placing->label);
	struct bk_span words;
	int status;

	placing->names.len = 0;
	status = alternative ? bk_place_list_names(placing, voice, it->act) : bk_fail_memory();
	if (status == BK_OK) {
		alternative->voice = voice;
		heed_label(placing, voice, label.len);
		alternative->at.start = placing->text.len;
		alternative->label = is_own ? label.len : 0;
		if (is_own)
			bk_buf_put_str(&placing->text, label);
		else
			leave_label(placing, voice, label.len);
		status = bk_place_put_bracket(placing, label, it->said, &words);
		alternative->words = words.start;
		alternative->at.end = words.end;
		if (!is_own)
			alternative->at.start = words.start;
	}
	return status;
}

struct bk_merge_event *bk_place_add_text(
	struct bk_placing_region *placing, size_t at, enum bk_rank rank, size_t far)
{
	struct bk_merge_event *event = NULL;
	struct bk_str text;

	if (bk_place_keep_text(placing, &text) == BK_OK)
		event = bk_place_add_event(placing, at, rank, far, text);
	if (event)
		bk_place_tell_names(placing, event->number);
	return event;
}

int bk_place_propose_alternatives(struct bk_placing_region *placing, uint32_t event)
{
	int status = BK_OK;

	for (size_t i = 0; i < placing->alternatives.len && status == BK_OK; i++) {
		const struct bk_placed_alternative *it = &placing->alternatives.items[i];
		const uint32_t voice = it->voice;

		status = bk_place_propose_all(placing, voice,
			bk_place_act(placing, &placing->voices.items[voice]),
			(struct bk_standing){
				.event = event,
				.span = it->at,
				.label = it->label,
				.words = it->words,
			});
	}
	return status;
}
