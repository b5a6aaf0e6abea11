/*
 * Any bytes are a draft: reading it ends, its brackets nest, each bracket character is matched or not as one
 * stack over the text says, ids are unique, what is read as written is the text itself, and a text whose
 * repairs are all applied has no unmatched bracket.
 */
#include "fuzz.h"
#include <bracked/ledger.h>
#include <bracked/proposal.h>

#include <string.h>

enum { MAX_BYTES = 20000 };

/* The default conventions and roster, made once: to compile their patterns takes
 * longer than to read a draft. */
static const struct bk_draft_options *options(void)
{
	static struct bk_draft_options made;
	static bk_conventions *conventions;
	static bk_roster *roster;

	if (!conventions) {
		stop_if(bk_conventions_new(&conventions, NULL, NULL, 0) < 0, "there are default conventions");
		stop_if(bk_roster_new(&roster, NULL, 0) < 0, "there is a default roster");
		made.conventions = conventions;
		made.names = bk_roster_names(roster);
	}
	return &made;
}

static bk_draft *read_draft(const char *bytes, size_t len, bk_text **text)
{
	bk_draft *draft = NULL;

	stop_if(bk_text_new(text, bytes, len) < 0, "a text can be made of any bytes");
	stop_if(bk_draft_new(&draft, bk_text_now(*text), options()) < 0, "a draft can be made of any text");
	return draft;
}

/* The counts of one stack over the text, backslashes heeded. */
static void match_plainly(const char *bytes, size_t len, size_t *pairs, size_t *opens, size_t *closes)
{
	size_t open = 0, slashes = 0;

	*pairs = *closes = 0;
	for (size_t i = 0; i < len; i++) {
		if (bytes[i] == '[' && slashes % 2 == 0)
			open++;
		if (bytes[i] == ']' && slashes % 2 == 0) {
			if (open) {
				open--;
				++*pairs;
			} else {
				++*closes;
			}
		}
		slashes = bytes[i] == '\\' ? slashes + 1 : 0;
	}
	*opens = open;
}

static void check_span(struct bk_span span, size_t len, const char *what)
{
	stop_if(span.start > span.end || span.end > len, what);
}

/* Who is named, and what is proposed, lies in the text. */
static void check_offers(const bk_draft *draft, size_t len)
{
	size_t count;
	const struct bk_attribution *all = bk_draft_attributions(draft, &count);
	struct bk_proposal offers[BK_PROPOSALS_MAX];

	for (size_t i = 0; i < count; i++) {
		check_span(all[i].written, len, "a name lies in the text");
		check_span(all[i].notation, len, "an attribution lies in the text");
	}
	bk_draft_brackets(draft, &count);
	for (uint32_t i = 0; i < count; i++) {
		const size_t offered = bk_bracket_proposals(draft, i, offers);

		for (size_t j = 0; j < offered; j++) {
			check_span(offers[j].before, len, "a shared head lies in the text");
			check_span(offers[j].after, len, "a shared tail lies in the text");
			for (size_t k = 0; k < offers[j].part_count; k++)
				check_span(offers[j].parts[k], len, "a part lies in the text");
		}
	}
	bk_draft_nodes(draft, &count);
	for (uint32_t i = 0; i < count; i++)
		if (bk_node_proposal(draft, i, offers))
			check_span(offers[0].after, len, "a tail of options lies in the text");
}

static void check_brackets(const bk_draft *draft, size_t len)
{
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(draft, &count);

	for (uint32_t i = 0; i < count; i++) {
		const struct bk_bracket *bracket = &all[i];
		uint32_t found;
		char name[32];

		stop_if(bracket->start >= bracket->end || bracket->end > len, "a bracket lies in the text");
		stop_if(i && all[i - 1].start >= bracket->start, "brackets come in order");
		stop_if(bracket->text.start < bracket->start || bracket->text.end > bracket->end ||
				bracket->text.start > bracket->text.end,
			"a bracket's words lie in it");
		if (bracket->parent != BK_NONE)
			stop_if(bracket->parent >= i || all[bracket->parent].end < bracket->end ||
					all[bracket->parent].depth + 1 != bracket->depth,
				"a bracket lies in its parent");
		stop_if(bk_draft_find(draft, bracket->id, &found) < 0 || found != i,
			"an id names its bracket");
		snprintf(name, sizeof name, "#%u", i + 1);
		stop_if(bk_draft_find(draft, name, &found) < 0 || found != i, "a number names its bracket");
		stop_if((bracket->group != 0) != (bracket->run != 0), "a bracket of a run is in a group");
	}
}

static void check_counts(const bk_draft *draft, const char *bytes, size_t len)
{
	size_t pairs, opens, closes;
	struct bk_counts counts;

	bk_draft_count(draft, &counts);
	match_plainly(bytes, len, &pairs, &opens, &closes);
	stop_if(counts.pairs != pairs, "pairs are those of plain matching");
	stop_if(counts.unmatched_open != opens, "unmatched opens are those of plain matching");
	stop_if(counts.unmatched_close != closes, "unmatched closes are those of plain matching");
	stop_if(counts.bytes != len, "all bytes are counted");
}

static void check_counts_only(const bk_draft *draft)
{
	struct bk_draft_options counting = *options();
	struct bk_counts whole, only;
	bk_draft *alone;

	counting.counts_only = true;
	bk_draft_count(draft, &whole);
	stop_if(bk_draft_new(&alone, bk_draft_snapshot(draft), &counting) < 0, "every text can be counted");
	bk_draft_count(alone, &only);
	stop_if(memcmp(&whole, &only, sizeof whole) != 0, "counts alone are those of the whole reading");
	bk_draft_free(alone);
}

static void check_outline(const bk_draft *draft, size_t len)
{
	size_t count;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);

	for (uint32_t i = 0; i < count; i++) {
		stop_if(nodes[i].start > nodes[i].offset || nodes[i].offset > nodes[i].end ||
				nodes[i].end > len,
			"a provision lies in the text");
		stop_if(i && nodes[i - 1].start > nodes[i].start, "provisions come in order");
		stop_if(nodes[i].parent != BK_NONE && nodes[i].parent >= i,
			"a parent comes before its children");
	}
}

static void check_readings(const bk_draft *draft, const char *bytes, size_t len)
{
	for (int kind = BK_READING_WRITTEN; kind < BK_READING_DECIDED; kind++) {
		bk_reading *reading;
		size_t read, count;
		const char *got;
		const struct bk_reading_piece *pieces;

		stop_if(bk_draft_read(draft, (enum bk_reading_kind)kind, NULL, &reading) < 0,
			"every draft has every reading");
		got = bk_reading_bytes(reading, &read);
		if (kind == BK_READING_WRITTEN)
			stop_if(read != len || memcmp(got, bytes, len) != 0, "what is written is the text");
		pieces = bk_reading_pieces(reading, &count);
		for (size_t i = 0; i < count; i++)
			stop_if(pieces[i].at + pieces[i].len > read ||
					pieces[i].source + pieces[i].len > len ||
					memcmp(got + pieces[i].at, bytes + pieces[i].source, pieces[i].len) !=
						0,
				"a piece of a reading stands in the text");
		bk_reading_free(reading);
	}
}

/* True when a bracket or brace of a draft is unmatched, braces apart. */
static bool has_unmatched(const bk_draft *draft)
{
	struct bk_counts counts;

	bk_draft_count(draft, &counts);
	return counts.unmatched_open || counts.unmatched_close;
}

static void check_repairs(const bk_draft *draft, bk_text *text)
{
	bk_findings *findings;
	bk_changes *changes;
	bk_draft *mended;
	size_t count;
	const struct bk_change *list;

	stop_if(bk_draft_check(draft, &findings) < 0, "every draft can be checked");
	if (has_unmatched(draft)) {
		stop_if(bk_findings_repair(findings, NULL, 0, &changes) < 0, "every fault has a repair");
		list = bk_changes_list(changes, &count);
		stop_if(bk_text_apply(text, list, count) < 0, "repairs can be applied");
		stop_if(bk_draft_new(&mended, bk_text_now(text), options()) < 0,
			"a repaired text is a draft");
		stop_if(has_unmatched(mended), "a repaired text is balanced");
		bk_draft_free(mended);
		bk_changes_free(changes);
	}
	bk_findings_free(findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *bytes = (const char *)data;
	bk_text *text;
	bk_draft *draft;

	if (size > MAX_BYTES)
		return 0;
	draft = read_draft(bytes, size, &text);
	check_brackets(draft, size);
	check_offers(draft, size);
	check_counts(draft, bytes, size);
	check_counts_only(draft);
	check_outline(draft, size);
	check_readings(draft, bytes, size);
	check_repairs(draft, text);
	bk_draft_free(draft);
	bk_text_free(text);
	return 0;
}
