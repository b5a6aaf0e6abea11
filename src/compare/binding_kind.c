#include "compare/binding_kind_private.h"

#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"
#include "compare/binding_word.h"
#include "draft/naming.h"

enum {
	NAME_WORDS = 6, /* of a party's name, at the most */
	TERM_MAX = 80,	/* bytes between the quotation marks */
	TERMS = 200,
	ACRONYM = 7, /* letters, at the most */
};

/* Terms that a text says the meaning of, as written there. */
struct terms {
	struct bk_str items[TERMS];
	size_t count;
};

/* ---- Terms --------------------------------------------------------------------------------------------- */

static size_t quotation_mark(struct bk_str bytes)
{
	static const char *const marks[] = {"\"", "“", "”", "«", "»"};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (bk_str_starts(bytes, bk_str_of(marks[i])))
			return strlen(marks[i]);
	return 0;
}

static bool says_meaning(struct bk_str bytes)
{
	static const char *const verbs[] = {
		"means ", "mean ", "désigne ", "significa ", "se entiende ", "означает "};

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
		if (bk_str_starts(bytes, bk_str_of(verbs[i])))
			return true;
	return false;
}

/* "« niveau de base »": without the blanks that French writes within its marks. */
static struct bk_str without_blanks(struct bk_str term)
{
	static const char *const blanks[] = {" ", "\u00a0", "\u202f"};

	for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++) {
		const struct bk_str blank = bk_str_of(blanks[i]);

		if (bk_str_starts(term, blank))
			term = bk_str_skip(term, blank.len);
		if (bk_str_ends(term, blank))
			term.len -= blank.len;
	}
	return term;
}

/* The term between the mark at `at` and the next one, when its meaning follows; its length, or 0. */
static size_t defined_at(struct bk_str bytes, size_t at, size_t *start)
{
	struct bk_str term;
	const size_t open = quotation_mark(bk_str_skip(bytes, at));
	size_t end = at + open, close = 0, rest;

	*start = end;
	if (!open)
		return 0;
	while (end < bytes.len && end - *start < TERM_MAX && bytes.ptr[end] != '\n' &&
		(close = quotation_mark(bk_str_skip(bytes, end))) == 0)
		end++;
	rest = end + close;
	while (rest < bytes.len && rest < end + close + 2 &&
		(bk_is_space(bytes.ptr[rest]) || bytes.ptr[rest] == ','))
		rest++;
	if (!close || !says_meaning(bk_str_skip(bytes, rest)))
		return 0;
	term = without_blanks((struct bk_str){bytes.ptr + *start, end - *start});
	*start = (size_t)(term.ptr - bytes.ptr);
	return term.len;
}

bool bk_binding_defines(struct bk_str bytes)
{
	for (size_t at = 0, start; at < bytes.len; at++)
		if ((bytes.ptr[at] == '"' || (unsigned char)bytes.ptr[at] >= 0x80) &&
			defined_at(bytes, at, &start))
			return true;
	return false;
}

static void find_terms(struct bk_str bytes, struct terms *terms)
{
	for (size_t at = 0; at < bytes.len && terms->count < TERMS; at++) {
		const char c = bytes.ptr[at];
		size_t start, len;

		if (c != '"' && (unsigned char)c < 0x80)
			continue;
		len = defined_at(bytes, at, &start);
		if (len == 0)
			continue;
		terms->items[terms->count++] = (struct bk_str){bytes.ptr + start, len};
		at = start + len;
	}
}

/* The longest term that begins with a word: where it ends, or 0. */
static size_t term_end(const struct bk_marker *marker, const struct terms *terms, size_t at)
{
	const struct bk_str there = bk_str_skip(marker->words->draft->bytes, at);
	size_t longest = 0;

	for (size_t i = 0; i < terms->count; i++)
		if (terms->items[i].len > longest && bk_str_starts(there, terms->items[i]) &&
			(there.len == terms->items[i].len || !bk_is_word(there.ptr[terms->items[i].len])))
			longest = terms->items[i].len;
	return longest ? at + longest : 0;
}

/* What Chinese writes in several characters, each of which is a word: of the whole only the sense counts. */
static const struct {
	const char *bytes;
	enum bk_gavel_kind kind;
} phrases[] = {
	{"最不发达国家", BK_GAVEL_PARTY},
	{"小岛屿发展中国家", BK_GAVEL_PARTY},
	{"发展中国家", BK_GAVEL_PARTY},
	{"发达国家", BK_GAVEL_PARTY},
	{"缔约方会议", BK_GAVEL_TERM},
	{"缔约方", BK_GAVEL_PARTY},
	{"缔约国", BK_GAVEL_PARTY},
	{"附件", BK_GAVEL_PARTY},
	{"公约", BK_GAVEL_TERM},
	{"议定书", BK_GAVEL_TERM},
	{"协定", BK_GAVEL_TERM},
	{"秘书处", BK_GAVEL_TERM},
	{"百分之", BK_GAVEL_NUMBER},
	{"至少", BK_GAVEL_NUMBER},
	{"至多", BK_GAVEL_NUMBER},
	{"不少于", BK_GAVEL_NUMBER},
	{"不超过", BK_GAVEL_NUMBER},
	{"之前", BK_GAVEL_DATE},
	{"之后", BK_GAVEL_DATE},
	{"以前", BK_GAVEL_DATE},
	{"以后", BK_GAVEL_DATE},
	{"所有", BK_GAVEL_PARTY},
	{"部分", BK_GAVEL_PARTY},
	{"某些", BK_GAVEL_PARTY},
	{"美元", BK_GAVEL_NUMBER},
	{"欧元", BK_GAVEL_NUMBER},
	{"决定", BK_GAVEL_MODAL},
	{"请", BK_GAVEL_MODAL},
	{"鼓励", BK_GAVEL_MODAL},
	{"敦促", BK_GAVEL_MODAL},
	{"通过", BK_GAVEL_MODAL},
	{"核准", BK_GAVEL_MODAL},
	{"建议", BK_GAVEL_MODAL},
	{"欢迎", BK_GAVEL_MODAL},
	{"注意到", BK_GAVEL_MODAL},
	{"承诺", BK_GAVEL_MODAL},
};

/* The phrase that begins with a word: where it ends, or 0. */
static size_t phrase_end(const struct bk_marker *marker, size_t at, enum bk_gavel_kind *kind)
{
	const struct bk_str there = bk_str_skip(marker->words->draft->bytes, at);

	for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++)
		if (bk_str_starts(there, bk_str_of(phrases[i].bytes))) {
			*kind = phrases[i].kind;
			return at + strlen(phrases[i].bytes);
		}
	return 0;
}

/* ---- Names --------------------------------------------------------------------------------------------- */

static bool opens_with_capital(struct bk_str bytes)
{
	const uint32_t code = bk_utf8_decode(bytes, &(size_t){0});

	return code != BK_UTF8_BAD && bk_utf8_to_lower(code) != code;
}

static bool has_small(const struct bk_words *words, uint32_t word)
{
	const struct bk_word *it = &words->items.items[word];

	for (size_t at = it->start; at < it->end; at++)
		if (words->draft->bytes.ptr[at] >= 'a' && words->draft->bytes.ptr[at] <= 'z')
			return true;
	return false;
}

/* The longest name that begins with a word: where it ends, or 0. */
static size_t name_end(const struct bk_marker *marker, uint32_t word)
{
	const struct bk_draft *draft = marker->words->draft;
	const struct bk_word *items = marker->words->items.items;
	const size_t start = items[word].start;
	uint32_t last = word + NAME_WORDS;

	if (!draft->names.code)
		return 0;
	if (last > marker->words->items.len)
		last = (uint32_t)marker->words->items.len;
	for (; last > word; last--)
		if (items[last - 1].end - start < TERM_MAX &&
			draft->names.code(
				draft->names.roster, draft->bytes.ptr + start, items[last - 1].end - start))
			return items[last - 1].end;
	return 0;
}

/* "NDMC", "REDD", "NDCs": letters that stand for a name, in a line that is not all in capitals. */
static bool is_acronym(const struct bk_marker *marker, uint32_t word)
{
	const struct bk_words *words = marker->words;
	const struct bk_word *it = &words->items.items[word];
	const struct bk_str bytes = {words->draft->bytes.ptr + it->start, it->end - it->start};
	size_t capitals = 0;

	while (capitals < bytes.len && bk_is_upper(bytes.ptr[capitals]))
		capitals++;
	if (capitals < 2 || capitals > ACRONYM || bk_marker_is_roman((struct bk_str){bytes.ptr, capitals}) ||
		!(bytes.len == capitals || (bytes.len == capitals + 1 && bytes.ptr[capitals] == 's')))
		return false;
	return (word > 0 && has_small(words, word - 1)) ||
	       (word + 1 < words->items.len && has_small(words, word + 1));
}

/*
 * "1/CP.21", "A/CONF.232/2023/4": a symbol of letters and figures with no blank in it names a document.  The word
 * behind its last one, or `word` when none begins there.
 */
static uint32_t symbol_end(const struct bk_marker *marker, uint32_t word)
{
	const struct bk_word *items = marker->words->items.items;
	const char *bytes = marker->words->draft->bytes.ptr;
	bool slash = false, letters = false, figures = false;
	uint32_t end = word;

	for (;; end++) {
		const char first = bytes[items[end].start];

		if (!bk_is_upper(first) && !bk_is_digit(first))
			return word;
		letters |= bk_is_upper(first);
		figures |= bk_is_digit(first);
		if (end + 1 == marker->words->items.len || items[end + 1].start != items[end].end + 1 ||
			!strchr("/.", bytes[items[end].end]))
			break;
		slash |= bytes[items[end].end] == '/';
	}
	return slash && letters && figures ? end + 1 : word;
}

/*
 * "Conference of the Parties serving as the meeting of the Parties to the Kyoto Protocol", one body.  The word behind
 * its name, or `word` when none begins there.
 */
static uint32_t body_end(const struct bk_marker *marker, uint32_t word)
{
	static const char *const body[][4] = {{"conference", NULL}, {"of", NULL}, {"the", NULL},
		{"parties", NULL}, {"serving", NULL}, {"as", NULL}, {"the", "a", NULL}, {"meeting", NULL},
		{"of", NULL}, {"the", NULL}, {"parties", NULL}, {"to", NULL}, {"the", "this", NULL}};
	static const char *const treaties[] = {"agreement", "protocol", "convention", "treaty", NULL};
	uint32_t at = word;

	for (size_t i = 0; i < sizeof body / sizeof *body; i++, at++)
		if (at >= marker->words->items.len || !bk_marker_reads(marker, at, body[i]))
			return word;
	for (const uint32_t last = at + NAME_WORDS; at < last && at < marker->words->items.len; at++)
		if (bk_marker_reads(marker, at, treaties))
			return at + 1;
	return word;
}

/* The label of an annex behind the word for it: "I" of "Annex I", "B" of "Annex B", "2". */
static bool is_annex_label(const struct bk_marker *marker, uint32_t word)
{
	const struct bk_word *it = &marker->words->items.items[word];
	const struct bk_str bytes = {marker->words->draft->bytes.ptr + it->start, it->end - it->start};

	return bk_marker_is_roman(bytes) ||
	       (bytes.len == 1 && (bk_is_upper(bytes.ptr[0]) || bk_is_digit(bytes.ptr[0])));
}

/* "Annexes I and II": the labels behind the word. */
static void mark_annexes(const struct bk_marker *marker)
{
	static const char *const annexes[] = {"annex", "annexes", "annexe", "anexo", "anexos", "appendix",
		"приложение", "приложения", "приложении", NULL};

	for (uint32_t w = 0; w + 1 < marker->words->items.len; w++) {
		if (!bk_marker_reads(marker, w, annexes))
			continue;
		while (w + 1 < marker->words->items.len && is_annex_label(marker, w + 1)) {
			marker->kinds[++w] = BK_GAVEL_PARTY;
			if (w + 2 < marker->words->items.len && is_annex_label(marker, w + 2) &&
				marker->kinds[w + 1] == BK_GAVEL_AND_OR)
				w++;
		}
	}
}

/* ---- Words --------------------------------------------------------------------------------------------- */

static uint32_t mark_up_to(const struct bk_marker *marker, uint32_t word, size_t end, enum bk_gavel_kind kind)
{
	while (word < marker->words->items.len && marker->words->items.items[word].start < end) {
		if (marker->kinds[word] == BK_GAVEL_KIND_COUNT || kind == BK_GAVEL_PARTY)
			marker->kinds[word] = (uint8_t)kind;
		word++;
	}
	return word;
}

/* Whether a word stands in parentheses, when the one before it did or did not. */
static bool in_parentheses(const struct bk_marker *marker, uint32_t word, bool before)
{
	const struct bk_word *items = marker->words->items.items;
	const char *bytes = marker->words->draft->bytes.ptr;

	for (size_t at = word ? items[word - 1].end : 0; at < items[word].start; at++) {
		if (bytes[at] == '(')
			before = true;
		else if (bytes[at] == ')')
			before = false;
	}
	return before;
}

/* Codes in parentheses say who asked for what stands before them. */
static void mark_names(const struct bk_marker *marker, const struct terms *terms)
{
	bool aside = false;

	for (uint32_t w = 0; w < marker->words->items.len;) {
		const struct bk_word *word = &marker->words->items.items[w];
		const size_t start = word->start;
		enum bk_gavel_kind kind = BK_GAVEL_TERM;
		uint32_t last;
		size_t end = 0;

		aside = in_parentheses(marker, w, aside);
		last = symbol_end(marker, w);
		if (last == w)
			last = body_end(marker, w);
		if (last > w) {
			for (; w < last; w++)
				marker->kinds[w] = BK_GAVEL_TERM;
			continue;
		}
		if (opens_with_capital(bk_str_skip(marker->words->draft->bytes, start)))
			end = name_end(marker, w);
		if (end && aside &&
			bk_naming_is_code(
				(struct bk_str){marker->words->draft->bytes.ptr + start, end - start})) {
			marker->kinds[w++] = BK_GAVEL_KIND_COUNT;
			continue;
		}
		if (end) {
			w = mark_up_to(marker, w, end, BK_GAVEL_PARTY);
			continue;
		}
		end = term_end(marker, terms, start);
		if (!end && (unsigned char)marker->words->draft->bytes.ptr[start] >= 0xE4)
			end = phrase_end(marker, start, &kind);
		if (!end && is_acronym(marker, w))
			end = word->end;
		w = end ? mark_up_to(marker, w, end, kind) : w + 1;
	}
}

/* "at least 50", "a small share", "per person": what says nothing without a noun or a figure beside it. */
static bool is_half(const struct bk_marker *marker, uint32_t word)
{
	static const char *const halves[] = {
		"least", "small", "island", "developed", "developing", "per", "cent", NULL};

	return bk_marker_reads(marker, word, halves);
}

/*
 * "1 May 2016" allows nobody anything; nor is it the United States that "US$ 5" are due from, nor does "(e)" join
 * what stands around it.
 */
static void mark_homonyms(const struct bk_marker *marker)
{
	static const char *const may[] = {"may", NULL}, *const us[] = {"us", "usd", NULL},
				 *const letters[] = {"e", "u", NULL};
	const struct bk_word *items = marker->words->items.items;
	const struct bk_str bytes = marker->words->draft->bytes;

	for (uint32_t w = 0; w < marker->words->items.len; w++) {
		const char behind = items[w].end < bytes.len ? bytes.ptr[items[w].end] : ' ';

		if (bk_marker_reads(marker, w, may) && bytes.ptr[items[w].start] == 'M' &&
			((w > 0 && bk_marker_is_quantity(marker, w - 1)) ||
				bk_marker_is_quantity(marker, w + 1)))
			marker->kinds[w] = BK_GAVEL_DATE;
		if (behind == '$' && bk_marker_reads(marker, w, us))
			marker->kinds[w] = BK_GAVEL_NUMBER;
		if (marker->kinds[w] == BK_GAVEL_AND_OR && !bk_is_blank(behind) && behind != ']' &&
			bk_marker_reads(marker, w, letters))
			marker->kinds[w] = BK_GAVEL_KIND_COUNT;
	}
}

static void forget_halves(const struct bk_marker *marker)
{
	const size_t count = marker->words->items.len;

	for (uint32_t first = 0, last; first < count; first = last) {
		const uint8_t kind = marker->kinds[first];
		bool whole = kind != BK_GAVEL_PARTY && kind != BK_GAVEL_NUMBER;

		for (last = first; last < count && marker->kinds[last] == kind; last++)
			whole |= !is_half(marker, last);
		for (uint32_t w = first; w < last && !whole; w++)
			marker->kinds[w] = BK_GAVEL_KIND_COUNT;
	}
}

/* Lines between two of "---" at the start say of a file what it is: no part of the text. */
static size_t front_matter_end(struct bk_str bytes)
{
	static const char fence[] = "\n---";
	const char *end;

	if (!bk_str_starts(bytes, bk_str_of(fence + 1)))
		return 0;
	end = memmem(bytes.ptr + 3, bytes.len - 3, fence, sizeof fence - 1);
	return end ? (size_t)(end - bytes.ptr) : 0;
}

static void mark_words(const struct bk_marker *marker, const uint8_t *of_number, const struct terms *terms)
{
	const size_t front = front_matter_end(marker->words->draft->bytes);

	for (uint32_t w = 0; w < marker->words->items.len; w++)
		marker->kinds[w] = of_number[marker->words->items.items[w].number];
	mark_names(marker, terms);
	mark_annexes(marker);
	mark_homonyms(marker);
	forget_halves(marker);
	bk_marker_measure(marker);
	for (uint32_t w = 0; w < marker->words->items.len && marker->words->items.items[w].start < front; w++)
		marker->kinds[w] = BK_GAVEL_KIND_COUNT;
}

/* ---- All of it ----------------------------------------------------------------------------------------- */

static uint8_t *kinds_of_numbers(const struct bk_vocabulary *vocabulary)
{
	uint8_t *kinds = bk_malloc(vocabulary->entries.len + 1);

	for (uint32_t i = 0; kinds && i < vocabulary->entries.len; i++)
		kinds[i] = (uint8_t)bk_binding_word_kind(bk_vocabulary_word(vocabulary, i));
	return kinds;
}

int bk_binding_kinds_find(struct bk_binding_kinds *kinds, const struct bk_matches *matches)
{
	uint8_t *of_number = kinds_of_numbers(&matches->vocabulary);
	struct terms *terms = bk_calloc(1, sizeof *terms);
	int status = BK_OK;

	*kinds = (struct bk_binding_kinds){
		bk_malloc(matches->old.items.len + 1), bk_malloc(matches->now.items.len + 1)};
	if (of_number && terms && kinds->old && kinds->now) {
		find_terms(matches->old.draft->bytes, terms);
		find_terms(matches->now.draft->bytes, terms);
		mark_words(&(struct bk_marker){&matches->old, &matches->now, &matches->vocabulary,
				   matches->to_new, kinds->old},
			of_number, terms);
		mark_words(&(struct bk_marker){&matches->now, &matches->old, &matches->vocabulary,
				   matches->to_old, kinds->now},
			of_number, terms);
	} else {
		status = bk_fail_memory();
	}
	bk_free(of_number);
	bk_free(terms);
	return status;
}

void bk_binding_kinds_release(struct bk_binding_kinds *kinds)
{
	bk_free(kinds->old);
	bk_free(kinds->now);
}
