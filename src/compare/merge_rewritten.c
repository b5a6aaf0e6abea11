/*
 * Words that a party took away at one place and put in at another, changed on the way: no paragraph that moved as it
 * was, but as much one edit.
 *
 *	base   2. Parties shall act every year.   3. Meet.
 *	EU     2. Meet.   3. Parties shall act every second year.
 *
 * They are known by pairs of words side by side, of which a third at least came along.  Paragraphs that are the same
 * are known by all their words, however few, also where one stands in place of another and no more was changed than
 * the words that differ:
 *
 *	base   2. Act each year.    3. Meet each year.
 *	EU     2. Meet each year.   3. Act each year.		two paragraphs that changed places
 *	US     2. Act in May.       3. Meet each year.		who edits one of them opposes that
 */
#include "compare/merge_whole.h"

#include "base/alloc.h"
#include "base/map.h"

enum {
	LEAST = 24,    /* bytes of words that are known again though they changed */
	SHARE = 3,     /* of so many pairs one at least came along */
	FEW_MEET = 16, /* slots of a table for each ending, so that few have one in common */
};

/* A paragraph in which a party has changed something, put in or taken away as such where it has no lines before or
 * after that.  What it says is read where it ends as another one did. */
struct paragraph {
	struct bk_span base, file; /* its lines */
	struct bk_str was, is;	   /* what it says */
	uint64_t ended, ends;	   /* its last bytes; 0: none */
	uint32_t first, behind;	   /* its amendments, with layout among them */
	uint32_t source,
		target; /* the one that said what it says, and the one that says what it said; or BK_NONE */
};

/* What one party took away. */
struct gone {
	BK_VEC(struct paragraph) paragraphs;
	struct bk_map by_words; /* paragraphs by what they were: the first one, SIZE_MAX once found */
	struct bk_map pairs;	/* of words, each in the first amendment that took it away */
	uint32_t *found;	/* of each amendment: how many of its pairs another one brought */
	uint32_t *count;	/* pairs of each */
	bool *known;		/* of each: it is in a paragraph that was found */
};

static bool may_move(const struct bk_merge *merge, uint32_t party, uint32_t index)
{
	const struct bk_amendment *it = &merge->amendments[party].list.items[index];

	return it->kind == BK_AMENDMENT_WORDS && it->partner == BK_NONE &&
	       merge->region_of[party][index] != BK_NONE;
}

/* The pair of words that begins with a word, which is set to the second one; nothing behind the last one. */
static struct bk_str next_pair(struct bk_str words, struct bk_span *word)
{
	const struct bk_span first = *word;

	*word = bk_token_next(words, first.end);
	return (struct bk_str){
		words.ptr + first.start, word->start < word->end ? word->end - first.start : 0};
}

static int list_gone(struct gone *gone, struct bk_str words, uint32_t index)
{
	struct bk_span word = bk_token_next(words, 0);

	for (struct bk_str pair = next_pair(words, &word); pair.len; pair = next_pair(words, &word)) {
		if (!bk_map_slot(&gone->pairs, pair, index))
			return bk_fail_memory();
		gone->count[index]++;
	}
	return BK_OK;
}

/* The amendment that took away most of the pairs of words that came, or BK_NONE. */
static uint32_t find_source(struct gone *gone, struct bk_str words)
{
	struct bk_span word = bk_token_next(words, 0);
	uint32_t best = BK_NONE, count = 0;
	size_t index;

	for (struct bk_str pair = next_pair(words, &word); pair.len; pair = next_pair(words, &word), count++)
		if (bk_map_get(&gone->pairs, pair, &index) &&
			(gone->found[index]++, best == BK_NONE || gone->found[index] > gone->found[best]))
			best = (uint32_t)index;
	if (best != BK_NONE &&
		(gone->found[best] * SHARE < count || gone->found[best] * SHARE < gone->count[best]))
		best = BK_NONE;
	word = bk_token_next(words, 0);
	for (struct bk_str pair = next_pair(words, &word); pair.len; pair = next_pair(words, &word))
		if (bk_map_get(&gone->pairs, pair, &index))
			gone->found[index] = 0;
	return best;
}

/* ---- Paragraphs that are the same -------------------------------------------------------------------- */

/* The lines of a text in which words stand. */
static struct bk_span lines_of(struct bk_str bytes, struct bk_span words)
{
	const struct bk_span at = bk_token_trim(bytes, words);
	const char *before = memrchr(bytes.ptr, '\n', at.start);

	return (struct bk_span){before ? (size_t)(before - bytes.ptr) + 1 : 0,
		at.end + bk_str_find(bk_str_skip(bytes, at.end), '\n')};
}

/* Words without the marks that end them. */
static struct bk_str without_marks(struct bk_str words)
{
	while (words.len &&
		(bk_is_space(words.ptr[words.len - 1]) || memchr(".,;:", words.ptr[words.len - 1], 4)))
		words.len--;
	return words;
}

/* What lines say, whatever their number. */
static struct bk_str said_in(struct bk_str bytes, struct bk_span lines)
{
	return lines.start < lines.end ? without_marks(bk_merge_behind(bytes, lines)) : BK_STR("");
}

/* The bytes that lines end with, within their last word. */
static uint64_t ending_of(struct bk_str bytes, struct bk_span lines)
{
	const struct bk_str words =
		without_marks((struct bk_str){bytes.ptr + lines.start, lines.end - lines.start});
	uint64_t ending = 0;

	for (size_t i = 0; i < sizeof ending && i < words.len; i++) {
		const char c = words.ptr[words.len - 1 - i];

		if (bk_is_space(c))
			break;
		ending = ending << 8 | (unsigned char)c;
	}
	return ending;
}

static bool came(const struct bk_amendment *it)
{
	return it->whole && it->base.start == it->base.end;
}

static bool went(const struct bk_amendment *it)
{
	return it->whole && it->file.start == it->file.end;
}

/* Whether an amendment is in the paragraph of the one before it. */
static bool goes_on(const struct paragraph *last, const struct bk_amendment *it)
{
	return !it->whole && last->base.start < last->base.end && last->file.start < last->file.end &&
	       (it->base.start <= last->base.end || it->file.start <= last->file.end);
}

static struct paragraph begin_paragraph(const struct bk_amendments *amendments, uint32_t index)
{
	const struct bk_str base = amendments->base->tokens.bytes, file = amendments->bytes;
	const struct bk_amendment *it = &amendments->list.items[index];
	struct paragraph paragraph = {
		.first = index, .behind = index + 1, .source = BK_NONE, .target = BK_NONE};

	if (!came(it))
		paragraph.base = lines_of(base, it->base);
	if (!went(it))
		paragraph.file = lines_of(file, it->file);
	paragraph.ended = ending_of(base, paragraph.base);
	paragraph.ends = ending_of(file, paragraph.file);
	return paragraph;
}

static int list_paragraphs(const struct bk_merge *merge, uint32_t party, struct gone *gone)
{
	const struct bk_amendments *amendments = &merge->amendments[party];

	for (uint32_t i = 0; i < amendments->list.len; i++) {
		struct paragraph *last =
			gone->paragraphs.len ? &gone->paragraphs.items[gone->paragraphs.len - 1] : NULL;

		if (!may_move(merge, party, i))
			continue;
		if (last && goes_on(last, &amendments->list.items[i])) {
			last->behind = i + 1;
			continue;
		}
		last = BK_VEC_PUSH(&gone->paragraphs);
		if (!last)
			return bk_fail_memory();
		*last = begin_paragraph(amendments, i);
	}
	return BK_OK;
}

/* How many paragraphs ended as others do, or a few more, by their ending; and whether one that ends so may be one of
 * them. */
struct endings {
	uint32_t *counts; /* twice, and one more when it may */
	unsigned shift;
};

static uint32_t *count_of(const struct endings *endings, uint64_t ending)
{
	return &endings->counts[ending * UINT64_C(0x9E3779B97F4A7C15) >> endings->shift];
}

static int count_endings(struct endings *endings, const struct gone *gone)
{
	size_t size = 2;

	for (endings->shift = 63; size < FEW_MEET * gone->paragraphs.len; endings->shift--)
		size *= 2;
	endings->counts = bk_calloc(size, sizeof *endings->counts);
	if (!endings->counts)
		return bk_fail_memory();
	for (size_t i = 0; i < gone->paragraphs.len; i++)
		*count_of(endings, gone->paragraphs.items[i].ended) += 2;
	return BK_OK;
}

/* Read what paragraphs say that end as another one did, and then what that said. */
static int read_paragraphs(const struct bk_merge *merge, uint32_t party, struct gone *gone)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	const struct bk_str base = amendments->base->tokens.bytes;
	struct endings endings;
	int status = count_endings(&endings, gone);

	for (size_t i = 0; i < gone->paragraphs.len && status == BK_OK; i++) {
		struct paragraph *it = &gone->paragraphs.items[i];
		uint32_t *count = count_of(&endings, it->ends);

		if (!it->ends || *count / 2 == (it->ended == it->ends))
			continue;
		it->is = said_in(amendments->bytes, it->file);
		it->was = said_in(base, it->base);
		if (bk_str_equal(it->is, it->was))
			it->is = BK_STR("");
		else
			*count |= 1;
	}
	for (size_t i = 0; i < gone->paragraphs.len && status == BK_OK; i++) {
		struct paragraph *it = &gone->paragraphs.items[i];

		if (!it->ended || !(*count_of(&endings, it->ended) & 1))
			continue;
		if (!it->was.len)
			it->was = said_in(base, it->base);
		if (it->was.len && !bk_map_slot(&gone->by_words, it->was, i))
			status = bk_fail_memory();
	}
	bk_free(endings.counts);
	return status;
}

/* All that a party did in a paragraph is one edit. */
static int bind_paragraph(
	struct bk_merge *merge, uint32_t party, const struct paragraph *paragraph, bk_bonds *bonds)
{
	const uint32_t *region_of = merge->region_of[party];
	int status = BK_OK;

	for (uint32_t i = paragraph->first + 1; i < paragraph->behind && status == BK_OK; i++)
		if (may_move(merge, party, i))
			status = bk_bonds_add(bonds, region_of[paragraph->first], region_of[i], false);
	return status;
}

/* Whether a party speaks of a region, or none of its words are in a paragraph: its number, or one that came in. */
static bool is_apart(const struct bk_merge *merge, uint32_t party, const struct bk_region *region)
{
	const struct bk_claim *claims = &merge->regions.claims.items[region->first];
	bool apart = true;

	if (region->is_number || region->kind == BK_CLAIM_LAYOUT)
		return true;
	for (uint32_t i = 0; i < region->count; i++) {
		if (claims[i].party == party)
			return true;
		apart = apart && came(&merge->amendments[claims[i].party].list.items[claims[i].first]);
	}
	return apart;
}

/* Whether other parties edit a paragraph, whose edits are opposed then. */
static bool oppose_edits(struct bk_merge *merge, uint32_t party, struct bk_span base)
{
	struct bk_region *list = merge->regions.list.items;
	bool any = false;

	for (size_t i = BK_SEARCH(r, merge->regions.flat, list[r].words.start < base.start);
		base.start < base.end && i < merge->regions.flat && list[i].words.end <= base.end; i++)
		if (!is_apart(merge, party, &list[i]))
			any = list[i].touched = true;
	return any;
}

/* Who edits a paragraph that moves opposes that, and is opposed by it: what was edited stands elsewhere.  Numbers
 * follow the words. */
static void oppose_by_edits(struct bk_merge *merge, uint32_t party, const struct paragraph *paragraph)
{
	struct bk_region *list = merge->regions.list.items;

	if (!oppose_edits(merge, party, paragraph->base))
		return;
	for (uint32_t i = paragraph->first; i < paragraph->behind; i++)
		if (may_move(merge, party, i) && !list[merge->region_of[party][i]].is_number)
			list[merge->region_of[party][i]].touched = true;
}

static int bind_paragraphs(struct bk_merge *merge, uint32_t party, const struct paragraph *source,
	const struct paragraph *target, bk_bonds *bonds)
{
	const uint32_t *region_of = merge->region_of[party];
	int status = bind_paragraph(merge, party, source, bonds);

	if (status == BK_OK)
		status = bind_paragraph(merge, party, target, bonds);
	if (status == BK_OK)
		status = bk_bonds_add(bonds, region_of[source->first], region_of[target->first], true);
	oppose_by_edits(merge, party, source);
	oppose_by_edits(merge, party, target);
	return status;
}

/* The paragraph that said what each one says, which says it of no other; BK_NONE: none did. */
static int find_sources(struct gone *gone)
{
	for (size_t i = 0; i < gone->paragraphs.len && gone->by_words.count; i++) {
		struct paragraph *it = &gone->paragraphs.items[i];
		size_t *source = it->is.len ? bk_map_slot(&gone->by_words, it->is, SIZE_MAX) : NULL;

		if (it->is.len && !source)
			return bk_fail_memory();
		if (!source || *source == SIZE_MAX)
			continue;
		it->source = (uint32_t)*source;
		gone->paragraphs.items[*source].target = (uint32_t)i;
		*source = SIZE_MAX;
	}
	return BK_OK;
}

/* Paragraphs of which each says what the next one said have moved when the last one says what the first one said, or
 * where at an end a whole one came or went.  Else words are the same by chance, of edits that have nothing to do with
 * each other: "(a) 30 days; (b) 60 days" is now "(a) 60 days; (b) 90 days". */
static void forget_chances(struct gone *gone)
{
	struct paragraph *list = gone->paragraphs.items;

	for (size_t i = 0; i < gone->paragraphs.len; i++) {
		struct paragraph *last = &list[i];

		if (last->source != BK_NONE || last->file.start == last->file.end)
			continue;
		while (last->target != BK_NONE)
			last = &list[last->target];
		while (last->base.start < last->base.end && last->source != BK_NONE) {
			struct paragraph *const before = &list[last->source];

			before->target = last->source = BK_NONE;
			last = before;
		}
	}
}

/* Each paragraph that says what another one said. */
static int find_paragraphs(struct bk_merge *merge, uint32_t party, struct gone *gone, bk_bonds *bonds)
{
	const struct paragraph *list;
	int status = list_paragraphs(merge, party, gone);

	if (status == BK_OK)
		status = read_paragraphs(merge, party, gone);
	if (status == BK_OK)
		status = find_sources(gone);
	if (status == BK_OK)
		forget_chances(gone);
	list = gone->paragraphs.items;
	for (size_t i = 0; i < gone->paragraphs.len && status == BK_OK; i++) {
		if (list[i].source == BK_NONE)
			continue;
		status = bind_paragraphs(merge, party, &list[list[i].source], &list[i], bonds);
		for (uint32_t k = list[i].first; k < list[i].behind; k++)
			gone->known[k] = true;
	}
	return status;
}

/* ---- Words that changed on the way ------------------------------------------------------------------- */

static int list_all_gone(struct bk_merge *merge, uint32_t party, struct gone *gone)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	int status = BK_OK;

	for (uint32_t i = 0; i < amendments->list.len && status == BK_OK; i++) {
		const struct bk_amendment *it = &amendments->list.items[i];

		if (it->base.end - it->base.start >= LEAST && may_move(merge, party, i))
			status =
				list_gone(gone, bk_merge_behind(amendments->base->tokens.bytes, it->base), i);
	}
	return status;
}

static int find_changed(struct bk_merge *merge, uint32_t party, struct gone *gone, bk_bonds *bonds)
{
	const struct bk_amendments *amendments = &merge->amendments[party];
	const uint32_t *region_of = merge->region_of[party];
	int status = list_all_gone(merge, party, gone);

	for (uint32_t i = 0; i < amendments->list.len && gone->pairs.count && status == BK_OK; i++) {
		const struct bk_amendment *it = &amendments->list.items[i];
		uint32_t source;

		if (it->file.end - it->file.start < LEAST || gone->known[i] || !may_move(merge, party, i))
			continue;
		source = find_source(gone, bk_merge_behind(amendments->bytes, it->file));
		if (source != BK_NONE && source != i)
			status = bk_bonds_add(bonds, region_of[source], region_of[i], true);
	}
	return status;
}

int bk_merge_find_rewritten(struct bk_merge *merge, bk_bonds *bonds)
{
	int status = BK_OK;

	for (uint32_t p = 0; p < merge->count && status == BK_OK; p++) {
		const size_t count = merge->amendments[p].list.len;
		struct gone gone = {.by_words = BK_MAP_INIT,
			.pairs = BK_MAP_INIT,
			.found = bk_calloc(count + 1, sizeof *gone.found),
			.count = bk_calloc(count + 1, sizeof *gone.count),
			.known = bk_calloc(count + 1, sizeof *gone.known)};

		status = gone.found && gone.count && gone.known ? find_paragraphs(merge, p, &gone, bonds)
								: bk_fail_memory();
		if (status == BK_OK)
			status = find_changed(merge, p, &gone, bonds);
		BK_VEC_RELEASE(&gone.paragraphs);
		bk_map_release(&gone.by_words);
		bk_map_release(&gone.pairs);
		bk_free(gone.found);
		bk_free(gone.count);
		bk_free(gone.known);
	}
	return status;
}
