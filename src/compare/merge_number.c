/*
 * Numbers of paragraphs, and where they come from.  A number is no word of its paragraph: who strikes or edits that
 * says nothing of it.  But who takes a number takes it from the paragraph that gives it up:
 *
 *	base   2. Act.   3. Meet.   4. End.
 *	EU     2. Act.   3. End.			3 is free when what it stands before is struck,
 *	US     2. Act.   3. Dine.   4. End.		and not while that stands
 *
 * So does a paragraph that comes with a number.  And one number has one paragraph: where parties give it to two of a
 * list, each opposes the other, with all that the number is bound to.
 */
#include "compare/merge_whole.h"

#include "base/alloc.h"

#include <stdlib.h>

enum {
	SHORT = 24,	 /* bytes of a number that changed, and of what stands before it in its line */
	REACH = 1 << 14, /* bytes in which the paragraph is that gave a number up */
};

/* A number that a party changed, or that went or came with its paragraph. */
struct number {
	struct bk_str was, is; /* of one that came, and of one that went: nothing */
	size_t at;	       /* in the base */
	uint32_t region, party;
};

struct numbers {
	struct bk_merge *merge;
	BK_VEC(struct number) list;   /* of one party, by what they were, then in order */
	BK_VEC(struct number) takers; /* of all parties: those that paragraphs get */
	bk_bonds *bonds;
};

static struct bk_str part(struct bk_str bytes, size_t start, size_t end)
{
	return (struct bk_str){bytes.ptr + start, end - start};
}

/* The label that the line begins with in which an offset is, near its start; or nothing. */
static struct bk_str label_at(struct bk_str bytes, size_t at)
{
	struct bk_span line = {at, at};

	while (line.start > 0 && at - line.start < SHORT && bytes.ptr[line.start - 1] != '\n')
		line.start--;
	if (line.start > 0 && bytes.ptr[line.start - 1] != '\n')
		return BK_STR("");
	while (line.end < bytes.len && bytes.ptr[line.end] != '\n')
		line.end++;
	line = bk_token_trim(bytes, line);
	return bk_str_trim(part(bytes, line.start, bk_merge_behind_label(bytes, line)));
}

static bool is_in(struct bk_str bytes, struct bk_span words, struct bk_str label)
{
	const size_t start = (size_t)(label.ptr - bytes.ptr);

	return label.len && words.start >= start && words.end <= start + label.len;
}

/* Whether words may be those of a label, as most are not. */
static bool may_be_label(struct bk_str bytes, struct bk_span words)
{
	if (words.end - words.start > SHORT)
		return false;
	for (size_t i = words.start; i < words.end; i++) {
		const char c = bytes.ptr[i];

		if (bk_is_digit(c) || c == '.' || c == ')' || c == ':')
			return true;
	}
	return false;
}

/* Whether an amendment changes a number, and nothing else. */
static bool read_number(const struct bk_amendments *amendments, uint32_t index, struct number *number)
{
	const struct bk_amendment *it = &amendments->list.items[index];
	const struct bk_str base = amendments->base->tokens.bytes, file = amendments->bytes;
	struct bk_span was, is;

	if (it->kind != BK_AMENDMENT_WORDS || !may_be_label(base, it->base) || !may_be_label(file, it->file))
		return false;
	was = bk_token_trim(base, it->base);
	is = bk_token_trim(file, it->file);
	*number = (struct number){.was = label_at(base, was.start), .at = was.start};
	if (!is_in(base, was, number->was))
		return false;
	number->is = label_at(file, is.start);
	return is_in(file, is, number->is);
}

static bool are_numbers(const struct bk_merge *merge, const struct bk_region *region)
{
	struct number number;

	for (uint32_t i = region->first; i < region->first + region->count; i++) {
		const struct bk_claim *claim = &merge->regions.claims.items[i];

		if (claim->last != claim->first + 1 ||
			!read_number(&merge->amendments[claim->party], claim->first, &number))
			return false;
	}
	return region->count > 0;
}

static int add(struct numbers *numbers, struct number number, uint32_t region, uint32_t party)
{
	if (!BK_VEC_RESERVE(&numbers->list, 1) || !BK_VEC_RESERVE(&numbers->takers, 1))
		return bk_fail_memory();
	number.region = region;
	number.party = party;
	*BK_VEC_PUSH(&numbers->list) = number;
	if (number.is.len)
		*BK_VEC_PUSH(&numbers->takers) = number;
	return BK_OK;
}

/* Of one party. */
static int list_numbers(struct numbers *numbers, uint32_t party)
{
	const struct bk_merge *merge = numbers->merge;
	const struct bk_amendments *amendments = &merge->amendments[party];
	const struct bk_str base = amendments->base->tokens.bytes;
	int status = BK_OK;

	numbers->list.len = 0;
	for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *it = &amendments->list.items[i];
		const uint32_t region = merge->region_of[party][i];
		const struct bk_span words = bk_token_trim(base, it->base);
		struct number number;

		if (region == BK_NONE)
			continue;
		if (merge->regions.list.items[region].is_number && read_number(amendments, i, &number))
			status = add(numbers, number, region, party);
		else if (it->whole && it->file.start == it->file.end)
			status = add(numbers,
				(struct number){.was = label_at(base, words.start), .at = words.start},
				region, party);
		else if (it->whole && it->base.start == it->base.end)
			status = add(numbers,
				(struct number){.is = label_at(amendments->bytes,
							bk_token_trim(amendments->bytes, it->file).start),
					.at = it->base.start},
				region, party);
	}
	return status;
}

static int compare_numbers(const void *a, const void *b)
{
	const struct number *x = a, *y = b;
	const int order = bk_str_compare(x->was, y->was);

	return order ? order : x->at < y->at ? -1 : x->at > y->at;
}

static size_t distance(size_t a, size_t b)
{
	return a < b ? b - a : a - b;
}

/* Whether a line of the base between two offsets, behind that of the first one, begins with a label. */
static bool stands_between(struct bk_str base, struct bk_str label, size_t from, size_t until)
{
	const char *found;

	for (size_t at = from + 1; at < until; at = (size_t)(found - base.ptr) + 1) {
		found = memmem(base.ptr + at, until - at, label.ptr, label.len);
		if (!found)
			return false;
		if (label_at(base, (size_t)(found - base.ptr)).ptr == found &&
			bk_str_equal(label_at(base, (size_t)(found - base.ptr)), label))
			return true;
	}
	return false;
}

/* The nearest number of the party that was what another one is now; NULL: a paragraph that stands has that. */
static const struct number *find_giver(const struct numbers *numbers, const struct number *taker)
{
	const struct bk_str base = numbers->merge->base.tokens.bytes;
	const struct number *list = numbers->list.items, *giver = NULL,
			    wanted = {.was = taker->is, .at = taker->at};
	const size_t behind = BK_SEARCH(i, numbers->list.len, compare_numbers(&list[i], &wanted) < 0);

	if (behind < numbers->list.len && bk_str_equal(list[behind].was, taker->is))
		giver = &list[behind];
	if (behind > 0 && bk_str_equal(list[behind - 1].was, taker->is) &&
		(!giver || distance(list[behind - 1].at, taker->at) < distance(giver->at, taker->at)))
		giver = &list[behind - 1];
	if (!giver || distance(giver->at, taker->at) > REACH ||
		stands_between(base, taker->is, giver->at < taker->at ? giver->at : taker->at,
			giver->at < taker->at ? taker->at : giver->at))
		return NULL;
	return giver;
}

static int bind_numbers(struct numbers *numbers)
{
	int status = BK_OK;

	if (numbers->list.len)
		qsort(numbers->list.items, numbers->list.len, sizeof *numbers->list.items, compare_numbers);
	for (size_t i = 0; i < numbers->list.len && status == BK_OK; i++) {
		const struct number *taker = &numbers->list.items[i],
				    *giver = taker->is.len ? find_giver(numbers, taker) : NULL;

		if (giver)
			status = bk_bonds_add(numbers->bonds, taker->region, giver->region, false);
	}
	return status;
}

static int compare_takers(const void *a, const void *b)
{
	const struct number *x = a, *y = b;
	const int order = bk_str_compare(x->is, y->is);

	if (order)
		return order;
	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->party < y->party ? -1 : x->party > y->party;
}

/* The only letter or figure of a label: "1.", "(a)"; 0 of others. */
static char letter_of(struct bk_str label)
{
	struct bk_span number = {0, label.len};

	while (number.start < number.end && !bk_is_word(label.ptr[number.start]))
		number.start++;
	while (number.end > number.start && !bk_is_word(label.ptr[number.end - 1]))
		number.end--;
	return number.end - number.start == 1 ? label.ptr[number.start] : 0;
}

/* Whether a label is the first one of its list, behind one with that letter: "(i)" is not behind "(h)". */
static bool begins_list(char letter, char before)
{
	return letter && memchr("1aAiI", letter, 5) &&
	       !((letter == 'i' && before == 'h') || (letter == 'I' && before == 'H'));
}

/* Whether a list begins in the base behind one offset, up to another. */
static bool begins_between(struct bk_str base, size_t from, size_t to)
{
	const char *feed;
	char before = letter_of(label_at(base, from));

	for (size_t at = from; (feed = memchr(base.ptr + at, '\n', to - at));
		at = (size_t)(feed - base.ptr) + 1) {
		const size_t line = bk_token_blanks(base, (size_t)(feed - base.ptr) + 1);

		const char letter = line < base.len ? letter_of(label_at(base, line)) : 0;

		if (begins_list(letter, before))
			return true;
		if (letter)
			before = letter;
	}
	return false;
}

/* Numbers that parties give to two paragraphs of a list. */
static void oppose_twins(struct numbers *numbers)
{
	struct bk_region *regions = numbers->merge->regions.list.items;
	const struct number *list = numbers->takers.items;

	if (numbers->takers.len)
		qsort(numbers->takers.items, numbers->takers.len, sizeof *numbers->takers.items,
			compare_takers);
	for (size_t i = 1; i < numbers->takers.len; i++) {
		const struct number *one = &list[i - 1], *other = &list[i];

		if (one->region != other->region && one->party != other->party &&
			bk_str_equal(one->is, other->is) && other->at - one->at <= REACH &&
			!begins_between(numbers->merge->base.tokens.bytes, one->at, other->at))
			regions[one->region].touched = regions[other->region].touched = true;
	}
}

int bk_merge_find_numbers(struct bk_merge *merge, bk_bonds *bonds)
{
	struct numbers numbers = {.merge = merge, .bonds = bonds};
	bool any = false;
	int status = BK_OK;

	for (size_t i = 0; i < merge->regions.flat; i++) {
		struct bk_region *region = &merge->regions.list.items[i];

		region->is_number = are_numbers(merge, region);
		any = any || region->is_number;
	}
	for (uint32_t p = 0; p < merge->count && any && status == BK_OK; p++) {
		status = list_numbers(&numbers, p);
		if (status == BK_OK)
			status = bind_numbers(&numbers);
	}
	if (status == BK_OK)
		oppose_twins(&numbers);
	BK_VEC_RELEASE(&numbers.list);
	BK_VEC_RELEASE(&numbers.takers);
	return status;
}
