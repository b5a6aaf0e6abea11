/*
 * What parties put in at one point, part by part: what several say stands there once, and rivals side by side.
 *
 *	EU     3 bis. It has a trustee.   3 ter. It is free.
 *	US     3 bis. It has a trustee.
 *	AU     3 bis. It is a bank.
 *
 *	       3 bis. [EU, US: ...]   3 bis. [AU: ...]   3 ter. [EU: ...]
 *
 * All parties go through their parts at once, each in its order: a part stands there once all who have it have come to
 * it.  Where they have parts in other orders, none may be there: the first party goes on then, and the others say it
 * again.
 */
#include "compare/merge_place.h"

#include "base/alloc.h"
#include "draft/label.h"

#include <stdlib.h>

/*
 * A part, which is a voice.  What it says others say, too: of a party that says it several times, the first, the
 * second ... of those goes with theirs.
 */
struct part {
	uint32_t first;	  /* the first part that says it; of that: */
	uint32_t waiting; /* how many that say it have no place yet, */
	uint32_t come;	  /* and at how many of these their parties have come */
};

/* The parts of a party: the next one that has no place, and where they end. */
struct row {
	uint32_t next, end;
	bool speaks; /* some of them speak for themselves */
};

struct ordering {
	struct bk_placing_region *placing;
	struct part *parts;
	struct row *rows;
	size_t count; /* of rows */
};

static bool has_label_of(const struct bk_voice *one, const struct bk_voice *other)
{
	return one->label && bk_token_equal((struct bk_str){one->words.ptr, one->label},
				     (struct bk_str){other->words.ptr, other->label});
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

/* ---- Sayings ------------------------------------------------------------------------------------------ */

/* A voice by what it says. */
struct said {
	uint64_t hash;
	uint32_t voice;
};

static int compare_said(const void *a, const void *b)
{
	const struct said *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->voice < y->voice ? -1 : x->voice > y->voice;
}

/* Let each part know the first one that says the same; they are listed by that. */
static void tell_first(
	struct ordering *ordering, const struct said *list, size_t count, bk_voice_order *firsts)
{
	const struct bk_voice *voices = ordering->placing->voices.items;
	size_t turn = 0;

	for (size_t i = 0; i < count; i++) {
		const uint32_t voice = list[i].voice;
		const bool goes_on = i > 0 && list[i - 1].hash == list[i].hash;
		uint32_t first;

		if (!goes_on)
			firsts->len = 0;
		turn = goes_on && voices[list[i - 1].voice].party == voices[voice].party ? turn + 1 : 0;
		if (turn == firsts->len)
			*BK_VEC_PUSH(firsts) = voice;
		first = firsts->items[turn];
		if (!bk_voices_say_same(ordering->placing, &voices[first], &voices[voice]))
			first = voice;
		ordering->parts[voice].first = first;
		ordering->parts[first].waiting++;
	}
}

static int find_sayings(struct ordering *ordering)
{
	struct bk_placing_region *placing = ordering->placing;
	const size_t count = placing->voices.len;
	struct said *list = bk_malloc((count + 1) * sizeof *list);
	bk_voice_order firsts = {0};
	const bool has_room = list && BK_VEC_RESERVE(&firsts, count);

	for (uint32_t i = 0; i < count && has_room; i++) {
		bk_voice_begin(placing, i);
		list[i] = (struct said){placing->voices.items[i].hash, i};
	}
	if (has_room && count) {
		qsort(list, count, sizeof *list, compare_said);
		tell_first(ordering, list, count, &firsts);
	}
	BK_VEC_RELEASE(&firsts);
	bk_free(list);
	return has_room ? BK_OK : bk_fail_memory();
}

/* ---- Order -------------------------------------------------------------------------------------------- */

/* The first part that says what a row says next. */
static struct part *next_of(const struct ordering *ordering, const struct row *row)
{
	return &ordering->parts[ordering->parts[row->next].first];
}

static void list_rows(struct ordering *ordering)
{
	const size_t count = ordering->placing->voices.len;

	for (uint32_t first = 0; first < count; first = ordering->rows[ordering->count++].end) {
		struct row *row = &ordering->rows[ordering->count];

		*row = (struct row){.next = first, .end = end_of_party(ordering->placing, first)};
		next_of(ordering, row)->come++;
	}
}

/* Whether a part has a label that stands before another one's in their list. */
static bool stands_before(const struct bk_voice *one, const struct bk_voice *other)
{
	struct bk_label first, second;

	return one->label && other->label && bk_label_parse(one->words, &first) &&
	       bk_label_parse(other->words, &second) && first.style == second.style &&
	       first.close == second.close && bk_label_compare(&first, &second) < 0;
}

/* The row whose next part stands next: of those where all who say it have come to it, one with the label of the last
 * part, or the first one in order of labels; where there are none, the first row that goes on, or NULL. */
static struct row *next_row(const struct ordering *ordering)
{
	const struct bk_voice *voices = ordering->placing->voices.items;
	const bk_voice_order *order = &ordering->placing->order;
	struct row *first = NULL, *come = NULL;

	for (struct row *row = ordering->rows; row < ordering->rows + ordering->count; row++) {
		if (row->next == row->end)
			continue;
		if (!first)
			first = row;
		if (next_of(ordering, row)->come < next_of(ordering, row)->waiting)
			continue;
		if (!come || stands_before(&voices[row->next], &voices[come->next]))
			come = row;
		if (order->len && has_label_of(&voices[order->items[order->len - 1]], &voices[row->next]))
			return row;
	}
	return come ? come : first;
}

/* Give what a row says next its place, with all who have come to that. */
static void put_part(struct ordering *ordering, struct row *speaker)
{
	const uint32_t voice = speaker->next;
	struct part *first = next_of(ordering, speaker);

	*BK_VEC_PUSH(&ordering->placing->order) = voice;
	speaker->speaks = true;
	for (struct row *row = speaker; row < ordering->rows + ordering->count; row++) {
		if (row->next == row->end || next_of(ordering, row) != first)
			continue;
		if (row != speaker)
			bk_voice_join(ordering->placing, voice, row->next);
		first->waiting--;
		first->come--;
		if (++row->next < row->end)
			next_of(ordering, row)->come++;
	}
}

/* Join and order all of them; *speakers is of how many parties some speak for themselves. */
static int put_in_order(struct bk_placing_region *placing, size_t *speakers)
{
	const size_t count = placing->voices.len;
	struct ordering ordering = {.placing = placing,
		.parts = bk_calloc(count + 1, sizeof *ordering.parts),
		.rows = bk_malloc((count + 1) * sizeof *ordering.rows)};
	int status = ordering.parts && ordering.rows ? find_sayings(&ordering) : bk_fail_memory();

	placing->order.len = *speakers = 0;
	if (status == BK_OK && !BK_VEC_RESERVE(&placing->order, count))
		status = bk_fail_memory();
	if (status == BK_OK) {
		list_rows(&ordering);
		for (struct row *row; (row = next_row(&ordering));)
			put_part(&ordering, row);
		for (size_t i = 0; i < ordering.count; i++)
			*speakers += ordering.rows[i].speaks;
	}
	bk_free(ordering.parts);
	bk_free(ordering.rows);
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

/* Hear the parties as before, each with all that it says. */
static int hear_whole(struct bk_placing_region *placing)
{
	size_t speakers;
	const int status = bk_voices_hear(placing, false);

	return status == BK_OK ? put_in_order(placing, &speakers) : status;
}

/* Whether voices were cut, and are read as they are meant; where not, they are whole again.  Of words one party is to
 * have all; sentences stand side by side, whoever has them. */
static int keep_cut(struct bk_placing_region *placing, size_t whole, bool are_words, bool *cut)
{
	size_t speakers;
	int status = BK_OK;

	*cut = false;
	if (placing->voices.len == whole)
		return BK_OK;
	status = put_in_order(placing, &speakers);
	if (status == BK_OK && (!are_words || bk_voices_are_of_one(placing)))
		status = bk_voices_read_apart(placing, cut);
	return status == BK_OK && !*cut ? hear_whole(placing) : status;
}

static int cut_voices(struct bk_placing_region *placing, bool *cut)
{
	const size_t whole = placing->voices.len;
	int status = bk_voices_cut_sentences(placing);

	if (status == BK_OK)
		status = keep_cut(placing, whole, false, cut);
	if (status == BK_OK && !*cut)
		status = bk_voices_cut(placing);
	return status == BK_OK && !*cut ? keep_cut(placing, whole, true, cut) : status;
}

/* Each paragraph by itself, unless some who say the same cut them otherwise. */
static int part_paragraphs(struct bk_placing_region *placing, size_t speakers, bool *parted)
{
	size_t apart = 0;
	int status = bk_voices_hear(placing, true);

	if (status == BK_OK)
		status = put_in_order(placing, &apart);
	*parted = apart <= speakers;
	return status == BK_OK && !*parted ? hear_whole(placing) : status;
}

int bk_voices_part(struct bk_placing_region *placing, bool *parted)
{
	size_t speakers;
	const int status = put_in_order(placing, &speakers);

	*parted = false;
	if (status != BK_OK)
		return status;
	if (placing->voices.len < placing->region->count)
		return part_paragraphs(placing, speakers, parted);
	return speakers > 1 ? cut_voices(placing, parted) : BK_OK;
}
