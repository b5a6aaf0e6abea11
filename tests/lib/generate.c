/* A grammar of sentences with brackets put in as negotiators do. */
#include "generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(list) (sizeof(list) / sizeof *(list))

struct writer {
	struct generated text;
	size_t cap, open;
	size_t few; /* words of a small text */
	uint64_t seed;
};

static const char *const subjects[] = {"Each Party", "Parties", "Developed country Parties",
	"The governing body", "All Parties in a position to do so", "The secretariat",
	"Parties, acting jointly,", "The financial mechanism", "Developing country Parties",
	"The technical committee"};
static const char *const modals[] = {"shall", "should", "may", "will", "agree to", "are encouraged to"};
static const char *const verbs[] = {"communicate", "prepare and maintain", "strengthen", "provide", "review",
	"enhance cooperation on", "take into account", "report on", "facilitate", "mobilize"};
static const char *const objects[] = {"its contribution", "measures on adaptation",
	"new and additional resources", "the transfer of technology", "information on implementation",
	"national plans and policies", "support for capacity-building", "the conservation of sinks",
	"early warning systems", "the monitoring of emissions", "access to genetic resources"};
static const char *const tails[] = {"in accordance with its national circumstances", "on a regular basis",
	"consistent with the best available science",
	"with a view to achieving the objective of this Agreement",
	"taking into account the special needs of small islands", "by 2030 at the latest",
	"as determined by the governing body at its first session", "on the basis of equity",
	"including through voluntary cooperation", "without prejudice to the rights of any State"};
static const char *const qualifiers[] = {"ambitious", "voluntary", "fair", "legally binding",
	"adequate and predictable", "gender-responsive", "transparent", "progressive",
	"common but differentiated"};
static const char *const parties[] = {
	"EU", "AOSIS", "G77", "LDCs", "AU", "US", "CL", "PE", "CANZ", "African Group", "NO", "JP", "LMDC"};
static const char *const placeholders[] = {"[X]", "[...]", "[date]", "[20XX]", "[to be determined]", "[--]"};
static const char *const notes[] = {"[Note: placement to be considered]", "[agreed ad ref]",
	"[Secretariat: to be moved to the preamble]", "[Chair: see paragraph 3]"};
static const char *const foreign[] = {
	"Les Parties s'engagent \xc3\xa0 renforcer la coop\xc3\xa9ration internationale",
	"conform\xc3\xa9ment aux dispositions pr\xc3\xa9vues par le pr\xc3\xa9sent accord",
	"\xe5\x90\x84\xe7\xbc\x94\xe7\xba\xa6\xe6\x96\xb9\xe5\xba\x94\xe5\x8a\xa0\xe5\xbc\xba"
	"\xe5\x9b\xbd\xe9\x99\x85\xe5\x90\x88\xe4\xbd\x9c",
	"\xe8\x80\x83\xe8\x99\x91\xe5\x88\xb0\xe5\x90\x84\xe5\x9b\xbd\xe5\x9b\xbd\xe6\x83\x85"};

/* splitmix64, as published by Sebastiano Vigna: small, and the same everywhere. */
static size_t below(struct writer *writer, size_t limit)
{
	uint64_t z = writer->seed += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return (size_t)((z ^ z >> 31) % limit);
}

static void put_bytes(struct writer *writer, const char *bytes, size_t len)
{
	struct generated *text = &writer->text;

	if (text->len + len + 1 > writer->cap) {
		writer->cap = (text->len + len + 1) * 2;
		text->bytes = realloc(text->bytes, writer->cap);
		if (!text->bytes) {
			fputs("bench: out of memory for the generated text\n", stderr);
			exit(3);
		}
	}
	memcpy(text->bytes + text->len, bytes, len);
	text->len += len;
	for (size_t i = 0; i < len; i++) {
		text->lines += bytes[i] == '\n';
		if (bytes[i] == ']')
			writer->open--;
		if (bytes[i] != '[')
			continue;
		text->pairs++;
		text->outermost += writer->open == 0;
		if (++writer->open > text->depth)
			text->depth = writer->open;
	}
}

static void put(struct writer *writer, const char *string)
{
	put_bytes(writer, string, strlen(string));
}

static void put_number(struct writer *writer, const char *format, size_t number)
{
	char bytes[64];

	put_bytes(writer, bytes, (size_t)snprintf(bytes, sizeof bytes, format, number));
}

static void put_letter(struct writer *writer, char letter)
{
	put(writer, "   (");
	put_bytes(writer, &letter, 1);
	put(writer, ") ");
}

#define PICK(writer, list) put((writer), (list)[below((writer), COUNT(list))])

static void put_parties(struct writer *writer)
{
	static const char *const joints[] = {", ", "/", " and "};

	for (size_t i = below(writer, 3) + 1; i; i--) {
		PICK(writer, parties);
		if (i > 1)
			PICK(writer, joints);
	}
}

static void put_modal(struct writer *writer)
{
	if (below(writer, 3)) {
		PICK(writer, modals);
		return;
	}
	put(writer, "[");
	PICK(writer, modals);
	put(writer, below(writer, 2) ? "][" : "] [");
	PICK(writer, modals);
	put(writer, "]");
}

static void put_clause(struct writer *writer, int depth);

/* A bracket with a clause in it and, for one in three, who wants it. */
static void put_dispute(struct writer *writer, int depth)
{
	const size_t form = below(writer, 9);

	put(writer, "[");
	if (form == 0) {
		put_parties(writer);
		put(writer, below(writer, 2) ? ": " : " propose: ");
	}
	put_clause(writer, depth + 1);
	if (form == 1) {
		put(writer, " - ");
		put_parties(writer);
	}
	put(writer, "]");
	if (form == 2) {
		put(writer, " (");
		put_parties(writer);
		put(writer, below(writer, 3) ? ")" : ": delete)");
	}
}

static void put_clause(struct writer *writer, int depth)
{
	if (below(writer, 14) == 0) {
		PICK(writer, foreign);
		return;
	}
	PICK(writer, verbs);
	put(writer, " ");
	if (below(writer, 4) == 0) {
		put(writer, "[");
		PICK(writer, qualifiers);
		put(writer, "] ");
	}
	PICK(writer, objects);
	if (depth < 6 && below(writer, 3) == 0) {
		put(writer, " ");
		put_dispute(writer, depth);
	} else if (below(writer, 2)) {
		put(writer, ", ");
		PICK(writer, tails);
	}
	if (below(writer, 25) == 0) {
		put(writer, " ");
		PICK(writer, placeholders);
	}
}

static void put_sentence(struct writer *writer)
{
	const size_t wrapped = below(writer, 8) == 0;

	put(writer, wrapped ? "[" : "");
	PICK(writer, subjects);
	put(writer, " ");
	put_modal(writer);
	put(writer, " ");
	put_clause(writer, (int)wrapped);
	while (below(writer, 3) == 0) {
		put(writer, " and ");
		put_clause(writer, (int)wrapped);
	}
	put(writer, wrapped ? ".]" : ".");
}

static void put_options(struct writer *writer)
{
	const size_t count = below(writer, 3) + 2;

	for (size_t i = 1; i <= count; i++) {
		put_number(writer, "Option %zu: ", i);
		if (i == count && below(writer, 2))
			put(writer, "No text");
		else
			put_sentence(writer);
		put(writer, "\n\n");
		writer->text.options++;
	}
}

static void put_paragraph(struct writer *writer, size_t number)
{
	put_number(writer, below(writer, 10) ? "%zu. " : "%zu bis. ", number);
	for (size_t i = below(writer, 4) + 1; i; i--) {
		put_sentence(writer);
		put(writer, " ");
	}
	if (below(writer, 20) == 0)
		PICK(writer, notes);
	put(writer, "\n\n");
	if (below(writer, 4) == 0) {
		for (size_t i = 0, points = below(writer, 4) + 2; i < points; i++) {
			put_letter(writer, (char)('a' + i));
			put_clause(writer, 1);
			put(writer, ";\n");
		}
		put(writer, "\n");
	}
	if (below(writer, 9) == 0)
		put_options(writer);
	writer->text.paragraphs++;
}

struct generated generate_text(size_t size, uint64_t seed)
{
	struct writer writer = {.seed = seed};

	while (writer.text.len < size) {
		put_number(&writer, "## Article %zu\n\n", ++writer.text.articles);
		for (size_t i = 1; i <= 12 && writer.text.len < size; i++)
			put_paragraph(&writer, i);
	}
	writer.text.bytes[writer.text.len] = '\0';
	return writer.text;
}

/* ---- Small texts --------------------------------------------------------------------------------------- */

static const char *const few[] = {"the", "Parties", "shall", "act", "and", "may", "not", "fund"};

/* How a paragraph begins. */
static void put_lead(struct writer *writer, size_t number)
{
	switch (below(writer, 8)) {
	case 0: put_number(writer, "Option %zu: ", number); return;
	case 1: put_number(writer, "## Article %zu\n\n", number); return;
	case 2: put_letter(writer, (char)('a' + number)); return;
	case 3:
	case 4: put_number(writer, "%zu. ", number); return;
	default: return;
	}
}

static void put_small_bracket(struct writer *writer, int depth, size_t words);

/* So many words of the first few, parted by blanks; some stand in brackets. */
static void put_few_words(struct writer *writer, int depth, size_t words)
{
	for (size_t i = 0; i < words; i++) {
		if (i)
			put(writer, below(writer, 12) ? " " : below(writer, 2) ? "\n" : ", ");
		if (depth < 3 && below(writer, 6) == 0)
			put_small_bracket(writer, depth + 1, below(writer, 3) + 1);
		else
			put(writer, few[below(writer, writer->few)]);
	}
}

static void put_small_bracket(struct writer *writer, int depth, size_t words)
{
	const size_t form = below(writer, 10);

	put(writer, "[");
	if (form == 0) {
		put_parties(writer);
		put(writer, ": ");
	}
	put_few_words(writer, depth, words);
	put(writer, "]");
	if (form == 1) {
		put(writer, " (");
		put_parties(writer);
		put(writer, ")");
	}
	if (form > 7)
		put_small_bracket(writer, depth, 1);
}

struct generated generate_small_text(uint64_t seed)
{
	struct writer writer = {.seed = seed};
	const size_t paragraphs = below(&writer, 6) + 1;

	writer.few = below(&writer, COUNT(few) - 1) + 2;
	for (size_t i = 1; i <= paragraphs; i++) {
		put_lead(&writer, i);
		put_few_words(&writer, 0, below(&writer, 12) + 1);
		put(&writer, i == paragraphs && below(&writer, 4) == 0 ? ""
			     : below(&writer, 5)		       ? ".\n\n"
								       : "\n");
	}
	writer.text.bytes[writer.text.len] = '\0';
	return writer.text;
}

void generated_release(struct generated *text)
{
	free(text->bytes);
	*text = (struct generated){0};
}
