#include "compare/merge_reader.h"

#include "base/alloc.h"
#include "base/error.h"
#include "compare/token.h"
#include "draft/naming.h"

#include <stdlib.h>
#include <string.h>

enum { NAMES = 200 }; /* bytes of names in parentheses that are looked at */

int bk_reader_begin(struct bk_reader *reader, const struct bk_notation *notation)
{
	*reader = (struct bk_reader){.notation = *notation};
	return bk_ledger_new(&reader->ledger);
}

void bk_reader_release(struct bk_reader *reader)
{
	bk_ledger_free(reader->ledger);
}

/* Pieces of a reading, walked in order. */
struct walk {
	const struct bk_reading_piece *pieces;
	size_t count, next;
};

static struct walk walk_of(const bk_reading *reading)
{
	struct walk walk = {0};

	walk.pieces = bk_reading_pieces(reading, &walk.count);
	return walk;
}

/* Where a byte stands in the text that was read; what the reading put in stands where the next piece begins. */
static size_t source_of(struct walk *walk, size_t at)
{
	const struct bk_reading_piece *piece;

	while (walk->next + 1 < walk->count &&
		walk->pieces[walk->next].at + walk->pieces[walk->next].len <= at)
		walk->next++;
	if (!walk->count)
		return 0;
	piece = &walk->pieces[walk->next];
	return at < piece->at ? piece->source : piece->source + (at - piece->at);
}

/* Whether a byte stands in a label, or in the header of an option. */
static bool is_in_label(const bk_draft *draft, size_t at)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);
	const size_t i = BK_SEARCH(k, count, nodes[k].start <= at);

	return i && at < nodes[i - 1].behind;
}

/* Where a parenthesis ends that says who wants what stands before it, in brackets or not; 0 where none opens there. */
static int end_of_names(const struct bk_reader *reader, struct bk_str text, size_t at, size_t *end)
{
	const struct bk_naming naming = {
		.names = reader->notation.names ? *reader->notation.names : (struct bk_names){0}};
	const struct bk_str behind = bk_str_skip(text, at + 1);
	const size_t len = bk_str_find(behind, ')');
	bk_named_list named = {0};
	bool is = false;
	int status = BK_OK;

	if (len < behind.len && len <= NAMES)
		status = bk_naming_parse(
			&naming, (struct bk_str){behind.ptr, len}, BK_NAMING_LOOSE, &named, &is);
	BK_VEC_RELEASE(&named);
	*end = is ? at + 1 + len : 0;
	return status;
}

typedef BK_VEC(struct bk_span) span_list;

static int compare_starts(const void *a, const void *b)
{
	const struct bk_span *x = a, *y = b;

	return x->start < y->start ? -1 : x->start > y->start;
}

/* Where names are written, in order: those of an outer bracket may stand behind those of brackets in it. */
static int list_notation(const bk_draft *draft, span_list *notation)
{
	size_t count;
	const struct bk_attribution *names = bk_draft_attributions(draft, &count);

	if (!BK_VEC_RESERVE(notation, count))
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++)
		*BK_VEC_PUSH(notation) = names[i].notation;
	if (count)
		qsort(notation->items, count, sizeof *notation->items, compare_starts);
	return BK_OK;
}

static bool is_in_notation(const span_list *notation, size_t *next, size_t at)
{
	while (*next < notation->len && notation->items[*next].end <= at)
		(*next)++;
	return *next < notation->len && notation->items[*next].start <= at;
}

/* List the words of a reading of a draft. */
static int list_words(
	struct bk_reader *reader, const bk_draft *draft, const bk_reading *reading, bk_read_words *words)
{
	struct walk walk = walk_of(reading);
	span_list notation = {0};
	size_t next = 0, names_end = 0;
	struct bk_str text;
	int status = list_notation(draft, &notation);

	text.ptr = bk_reading_bytes(reading, &text.len);
	for (struct bk_span it = bk_token_next(text, 0); it.start < it.end && status == BK_OK;
		it = bk_token_next(text, it.end)) {
		const size_t source = source_of(&walk, it.start);
		struct bk_read_word *word;

		if (text.ptr[it.start] == '(')
			status = end_of_names(reader, text, it.start, &names_end);
		if (!bk_is_word(text.ptr[it.start]) || is_in_notation(&notation, &next, source))
			continue;
		word = BK_VEC_PUSH(words);
		if (!word) {
			status = bk_fail_memory();
			break;
		}
		*word = (struct bk_read_word){
			.hash = bk_token_hash_word((struct bk_str){text.ptr + it.start, it.end - it.start}),
			.source = source,
			.open = it.start < names_end || is_in_label(draft, source)};
	}
	BK_VEC_RELEASE(&notation);
	return status;
}

static bool says(const struct bk_attribution *names, uint32_t count, const char *party, enum bk_act act)
{
	for (uint32_t i = 0; i < count; i++)
		if (names[i].act == act && strcmp(names[i].party, party) == 0)
			return true;
	return false;
}

/* Whether who proposes it does so no more: then it is nobody's proposal. */
static bool is_given_up(const bk_draft *draft, const struct bk_bracket *bracket)
{
	size_t all;
	const struct bk_attribution *names = bk_draft_attributions(draft, &all) + bracket->attribution;
	const uint32_t count = bracket->attribution_count;

	for (uint32_t i = 0; i < count; i++)
		if (names[i].act == BK_ACT_PROPOSE &&
			(says(names, count, names[i].party, BK_ACT_WITHDRAW) ||
				says(names, count, names[i].party, BK_ACT_DELETE)))
			return true;
	return false;
}

/* Words of brackets that the party has left: of those of which one is to be chosen, and where others gave up what they
 * proposed. */
static void mark_open(const bk_draft *draft, const uint8_t *decisions, bk_read_words *words)
{
	size_t count, group_count;
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);
	const struct bk_group *groups = bk_draft_groups(draft, &group_count);
	size_t marked = 0;

	for (size_t i = 0; i < count; i++) {
		const struct bk_bracket *it = &brackets[i];
		size_t k = BK_SEARCH(w, words->len, words->items[w].source < it->start);

		if (it->start < marked || decisions[i] != BK_DECISION_LEAVE ||
			((!it->group || groups[it->group - 1].choice != BK_CHOICE_ONE) &&
				!is_given_up(draft, it)))
			continue;
		for (; k < words->len && words->items[k].source < it->end; k++)
			words->items[k].open = true;
		marked = it->end; /* with all that nests in it */
	}
}

static int decide(struct bk_reader *reader, const bk_draft *draft, const char *party, uint8_t *decisions)
{
	const struct bk_positions_query query = {.party = party};
	bk_positions *positions = NULL;
	bk_binding *binding;
	int status = bk_binding_new(&binding, reader->ledger, draft);

	if (status != BK_OK)
		return status;
	status = bk_positions_derive(&positions, draft, binding, reader->ledger, NULL, &query);
	if (status == BK_OK)
		status = bk_positions_decide(positions, draft, NULL, party, decisions);
	bk_positions_free(positions);
	bk_binding_free(binding);
	return status;
}

int bk_reader_read(struct bk_reader *reader, const bk_draft *draft, const char *party, bk_read_words *words)
{
	bk_reading *reading = NULL;
	size_t count;
	uint8_t *decisions;
	int status;

	words->len = 0;
	bk_draft_brackets(draft, &count);
	decisions = bk_calloc(count + 1, 1);
	status = decisions ? decide(reader, draft, party, decisions) : bk_fail_memory();
	if (status == BK_OK)
		status = bk_draft_read(draft, BK_READING_DECIDED, decisions, &reading);
	if (status == BK_OK)
		status = list_words(reader, draft, reading, words);
	if (status == BK_OK)
		mark_open(draft, decisions, words);
	bk_reading_free(reading);
	bk_free(decisions);
	return status;
}
