/*
 * What parties put in at one point, part by part: what several say stands there once, and rivals side by side.
 *
 *	EU     3 bis. It has a trustee.   3 ter. It is free.
 *	US     3 bis. It has a trustee.
 *	AU     3 bis. It is a bank.
 *
 *	       3 bis. [EU, US: ...]   3 bis. [AU: ...]   3 ter. [EU: ...]
 */
#include "compare/merge_place.h"

enum { NEAR = 1000 }; /* parts among which that is looked for which says the same, or has the same label */

static const struct bk_voice *at_place(const struct bk_placing_region *placing, size_t place)
{
	return &placing->voices.items[placing->order.items[place]];
}

/* The first of the next places, from one on, where a voice says what another does; their end when none does. */
static size_t find_same(const struct bk_placing_region *placing, size_t from, const struct bk_voice *voice)
{
	for (size_t i = from; i < placing->order.len && i - from < NEAR; i++)
		if (bk_voices_say_same(placing, at_place(placing, i), voice))
			return i;
	return placing->order.len;
}

static bool has_label_of(const struct bk_voice *one, const struct bk_voice *other)
{
	return one->label && bk_token_equal((struct bk_str){one->words.ptr, one->label},
				     (struct bk_str){other->words.ptr, other->label});
}

/* Where among places, from one up to another, a voice that says something else stands: behind those that have its
 * label; else behind all. */
static size_t find_place(
	const struct bk_placing_region *placing, size_t from, size_t to, const struct bk_voice *voice)
{
	size_t i = from;

	while (i < to && i - from < NEAR && !has_label_of(voice, at_place(placing, i)))
		i++;
	if (i == to || i - from == NEAR)
		return to;
	while (i < to && has_label_of(voice, at_place(placing, i)))
		i++;
	return i;
}

/* Let voices of a party, from first on, join those that stand already and say the same, in their order. */
static void join_party(struct bk_placing_region *placing, uint32_t first, uint32_t end)
{
	size_t from = 0;

	for (uint32_t i = first; i < end; i++) {
		size_t same;

		bk_voice_begin(placing, i);
		same = find_same(placing, from, &placing->voices.items[i]);
		if (same == placing->order.len)
			continue;
		bk_voice_join(placing, placing->order.items[same], i);
		from = same + 1;
	}
}

/* The place of the next voice of a party, from one on, that joined another; their end when none did. */
static size_t find_joined(const struct bk_placing_region *placing, uint32_t first, uint32_t end, size_t from)
{
	while (first < end && placing->voices.items[first].same == first)
		first++;
	while (first < end && placing->order.items[from] != placing->voices.items[first].same)
		from++;
	return first < end ? from : placing->order.len;
}

/* Take over the order as it is, from one place up to, not with, another; returns that. */
static size_t keep_order(struct bk_placing_region *placing, size_t from, size_t to)
{
	for (; from < to; from++)
		*BK_VEC_PUSH(&placing->next_order) = placing->order.items[from];
	return to;
}

/* Put the others between these, in the order of the party. */
static int put_party(struct bk_placing_region *placing, uint32_t first, uint32_t end)
{
	const struct bk_voice *voices = placing->voices.items;
	size_t from = 0, to = find_joined(placing, first, end, 0);
	bk_voice_order was;

	placing->next_order.len = 0;
	if (!BK_VEC_RESERVE(&placing->next_order, placing->order.len + end - first))
		return bk_fail_memory();
	for (uint32_t i = first; i < end; i++) {
		if (voices[i].same != i) {
			from = keep_order(placing, from, to + 1);
			to = find_joined(placing, i + 1, end, from);
		} else {
			from = keep_order(placing, from, find_place(placing, from, to, &voices[i]));
			*BK_VEC_PUSH(&placing->next_order) = i;
		}
	}
	keep_order(placing, from, placing->order.len);
	was = placing->order;
	placing->order = placing->next_order;
	placing->next_order = was;
	return BK_OK;
}

/* Where the voices of the party of one of them end. */
static uint32_t end_of_party(const struct bk_placing_region *placing, uint32_t first)
{
	const struct bk_voice *voices = placing->voices.items;
	uint32_t end = first + 1;

	while (end < placing->voices.len && voices[end].party == voices[first].party)
		end++;
	return end;
}

/* Join and order all of them; *speakers is of how many parties some speak for themselves. */
static int put_in_order(struct bk_placing_region *placing, size_t *speakers)
{
	int status = BK_OK;

	placing->order.len = 0;
	*speakers = 0;
	for (uint32_t first = 0, end; first < placing->voices.len && status == BK_OK; first = end) {
		const size_t before = placing->order.len;

		end = end_of_party(placing, first);
		join_party(placing, first, end);
		status = put_party(placing, first, end);
		*speakers += placing->order.len > before;
	}
	return status;
}

bool bk_voices_are_of_one(const struct bk_placing_region *placing)
{
	bool is_of_one = false;

	for (uint32_t first = 0, end; first < placing->voices.len && !is_of_one; first = end) {
		end = end_of_party(placing, first);
		is_of_one = end - first == placing->order.len;
	}
	return is_of_one;
}

bool bk_voice_is_of_all(const struct bk_placing_region *placing, uint32_t voice)
{
	const struct bk_voice *voices = placing->voices.items;
	size_t count = 0;

	for (uint32_t i = voice; i != BK_NONE && bk_token_equal(voices[i].text, voices[voice].text);
		i = voices[i].next_same)
		count++;
	return count == placing->merge->count;
}

/* Cut words of which one party has all.  Whether that is so, and they are read as they are meant. */
static int cut_voices(struct bk_placing_region *placing, bool *cut)
{
	const size_t whole = placing->voices.len;
	size_t speakers;
	int status = bk_voices_cut(placing);

	*cut = placing->voices.len > whole;
	if (status == BK_OK && *cut)
		status = put_in_order(placing, &speakers);
	if (status == BK_OK && *cut && (*cut = bk_voices_are_of_one(placing)))
		status = bk_voices_read_apart(placing, cut);
	return status;
}

/* Each paragraph by itself, unless some who say the same cut them otherwise. */
static int part_paragraphs(struct bk_placing_region *placing, size_t speakers, bool *parted)
{
	size_t apart = 0;
	int status = bk_voices_hear(placing, true);

	if (status == BK_OK)
		status = put_in_order(placing, &apart);
	*parted = apart <= speakers;
	return status;
}

int bk_voices_part(struct bk_placing_region *placing, bool *parted)
{
	const size_t whole = placing->voices.len;
	size_t speakers;
	int status = put_in_order(placing, &speakers);

	*parted = false;
	if (status == BK_OK && whole < placing->region->count)
		status = part_paragraphs(placing, speakers, parted);
	else if (status == BK_OK && speakers > 1)
		status = cut_voices(placing, parted);
	if (status != BK_OK || *parted || placing->voices.len == whole)
		return status;
	status = bk_voices_hear(placing, false);
	return status == BK_OK ? put_in_order(placing, &speakers) : status;
}
