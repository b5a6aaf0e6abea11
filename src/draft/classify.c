/*
 * Classes of brackets, in this order: a person's word, reference, placeholder, status, note, disputed.
 *
 * What the words of each class are is data (conventions); here is what depends on where a bracket stands.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/classify_reference.h"
#include "draft/conventions.h"
#include "draft/footnote.h"
#include "draft/lexicon.h"
#include "draft/bare.h"
#include "draft/phrase.h"

struct classifier {
	struct bk_draft *draft;
	uint32_t *before; /* siblings */
	struct bk_referring referring;
	size_t note_end; /* of the footnote text we are in */
	size_t first,
		last;	 /* where one bracket is asked for: it and those beside it open from here to there, */
	uint32_t parent; /* and in this one */
};

/* ---- Placeholders ---------------------------------------------------------------------------------- */

/* The word that ends before offset, blanks and emphasis passed over. */
static struct bk_str word_before(const struct bk_draft *draft, size_t offset)
{
	const char *bytes = draft->bytes.ptr;
	size_t end = offset, start;

	while (end && offset - end < 64 && (bk_is_space(bytes[end - 1]) || bytes[end - 1] == '*'))
		end--;
	/* "no. ", "para. ": the dot of an abbreviation belongs to it. */
	start = end - (end && bytes[end - 1] == '.');
	while (start && end - start < 32 && bk_is_word(bytes[start - 1]))
		start--;
	return (struct bk_str){bytes + start, end - start};
}

/* "IV", "XII": a number in capitals. */
static bool is_roman(struct bk_str words)
{
	for (size_t i = 0; i < words.len; i++) {
		if (!strchr("IVX", words.ptr[i]))
			return false;
	}
	return words.len > 0 && words.len <= 5;
}

/* A number, or the letter of an annex. */
static bool is_numbering(struct bk_str words)
{
	size_t at = 0;

	if ((words.len == 1 && bk_is_upper(words.ptr[0])) || is_roman(words))
		return true;
	while (at < words.len && (bk_is_digit(words.ptr[at]) || words.ptr[at] == '.'))
		at++;
	return at > 0 && at == words.len && bk_is_digit(words.ptr[0]);
}

/* "on finance", "concerning the fund", "Financial mechanism": a subject in the place of a number. */
static bool is_subject(struct bk_str words)
{
	static const char *const openers[] = {"on ", "concerning ", "regarding ", "relating to ", "about ",
		"dealing with ", "number", NULL};

	for (size_t i = 0; i < words.len; i++) {
		if (bk_is_digit(words.ptr[i]) || words.ptr[i] == '[')
			return false;
	}
	for (size_t i = 0; openers[i]; i++) {
		if (bk_str_starts_nocase(words, bk_str_of(openers[i])))
			return true;
	}
	return words.len > 1 && bk_is_upper(words.ptr[0]) && bk_is_lower(words.ptr[1]);
}

/* A cross-reference that waits for its number: "article [12]", "annex [on monitoring]"; not "this Article
 * [..]". */
static bool waits_for_number(
	const struct bk_draft *draft, const struct bk_bracket *bracket, struct bk_str words)
{
	struct bk_str before;

	if (words.len == 0 || words.len > 80 || !(is_numbering(words) || is_subject(words)))
		return false;
	before = word_before(draft, bracket->start);
	/* "Article X.[12]": the part of the number that is known. */
	if (bk_byte_before(draft, bracket->start) == '.' && before.len <= 4 && before.len > 1 &&
		is_numbering((struct bk_str){before.ptr, before.len - 1}))
		before = word_before(draft, (size_t)(before.ptr - draft->bytes.ptr));
	if (!bk_lexicon_has(BK_LEXICON_REFERENCE, before))
		return false;
	before = word_before(draft, (size_t)(before.ptr - draft->bytes.ptr));
	return is_numbering(words) || !bk_lexicon_has(BK_LEXICON_DETERMINER, before);
}

/* ---- All classes ------------------------------------------------------------------------------------ */

/* `modalit[y]`: a letter that ends a word is no unknown. */
static bool ends_word(const struct bk_draft *draft, const struct bk_bracket *bracket, struct bk_str words)
{
	return words.len == 1 && bk_is_lower(words.ptr[0]) &&
	       bk_is_lower(bk_byte_before(draft, bracket->start));
}

static int is_placeholder(const struct bk_draft *draft, const struct bk_bracket *bracket, struct bk_str words,
	const struct bk_hints *hints, bool *is)
{
	int status;

	/* Nothing at all, but not a mark that the bare words leave out. */
	if (words.len == 0) {
		*is = bk_str_trim(bk_bracket_inside(draft, bracket)).len == 0;
		return BK_OK;
	}
	status = bk_conventions_is_placeholder(draft->conventions, words, hints, is);
	*is = (*is && !ends_word(draft, bracket, words)) || waits_for_number(draft, bracket, words);
	return status;
}

/* `*[level of ambition]*`: words in italics with their bracket, and no recital's opening, gloss the text. */
static bool is_gloss(const struct bk_draft *draft, const struct bk_bracket *bracket, struct bk_str words)
{
	const char before = bk_byte_before(draft, bracket->start), after = bk_byte_at(draft, bracket->end);
	struct bk_phrase phrase;

	if ((before != '*' && before != '_') || after != before || !words.len || !bk_is_lower(words.ptr[0]) ||
		bk_byte_before(draft, bracket->start - 1) == before ||
		bk_byte_at(draft, bracket->end + 1) == before)
		return false;
	bk_phrase_read(words, &phrase);
	return phrase.count > 1 && bk_phrase_is_nominal(&phrase);
}

static int of_words(const struct bk_draft *draft, const struct bk_bracket *bracket,
	const struct bk_bare *bare, enum bk_class *class)
{
	const struct bk_str words = bk_bare_words(bare);
	struct bk_hints hints;
	int status = BK_OK;
	/* "[date] (EU)", as "[EU: date]": what somebody speaks to waits for nothing, and is not agreed. */
	const bool alone = !bare->cut && !(bk_bracket_acts(draft, bracket) & ~(1u << BK_ACT_WITHDRAW));
	bool is = false;

	bk_conventions_hint(words, &hints);
	*class = BK_CLASS_PLACEHOLDER;
	if (alone)
		status = is_placeholder(draft, bracket, words, &hints, &is);
	if (is || status < 0)
		return status;
	*class = BK_CLASS_STATUS;
	if (alone)
		status = bk_conventions_is_status(draft->conventions, words, &hints, &is);
	if (is || status < 0)
		return status;
	status = bk_conventions_is_note(draft->conventions, words, &hints, &is);
	*class = is || is_gloss(draft, bracket, words) ? BK_CLASS_NOTE : BK_CLASS_DISPUTED;
	return status;
}

static int by_words(const struct bk_draft *draft, const struct bk_bracket *bracket, enum bk_class *class)
{
	const struct bk_str inside = bk_bracket_inside(draft, bracket);
	struct bk_bare bare;

	/* Who reserves or opposes, and no words: a remark on what stands before. */
	*class = BK_CLASS_NOTE;
	if (bracket->attribution_count && bracket->text.start == bracket->text.end)
		return BK_OK;
	/* Brackets in brackets are what is disputed, whatever the inner ones are. */
	*class = BK_CLASS_DISPUTED;
	if (inside.len && inside.ptr[0] == '[')
		return BK_OK;
	bk_phrase_bare(inside, &bare);
	return of_words(draft, bracket, &bare, class);
}

/* Words that somebody proposes, supports or deletes, and no remark of the drafters. */
static bool is_spoken_to(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const unsigned acts = 1u << BK_ACT_PROPOSE | 1u << BK_ACT_SUPPORT | 1u << BK_ACT_DELETE;

	return (bk_bracket_acts(draft, bracket) & acts) != 0;
}

/* A bracket in a footnote's text is the drafters' affair, unless somebody speaks to its words. */
static bool in_footnote(struct classifier *classifier, const struct bk_bracket *bracket)
{
	if (bracket->start >= classifier->note_end && bk_footnote_defines(classifier->draft, bracket))
		classifier->note_end = bk_footnote_end(classifier->draft, bracket);
	return bracket->start < classifier->note_end;
}

/* Find the bracket that is asked for, and those beside it: what is parted from it by words, or stands in another
 * bracket, leaves its class as it is. */
static void find_asked(struct classifier *classifier)
{
	const struct bk_draft *draft = classifier->draft;
	const size_t count = draft->bracket_count,
		     asked = BK_SEARCH(i, count, draft->brackets[i].start < draft->asked);
	uint32_t first = (uint32_t)asked, last = first;

	if (asked == count) {
		classifier->first = SIZE_MAX;
		return;
	}
	while (classifier->before[first] != BK_NONE &&
		bk_siblings_gap(draft, classifier->before[first], first) != BK_GAP_TEXT)
		first = classifier->before[first];
	for (uint32_t i = last + 1; i < count; i++) {
		if (classifier->before[i] != last)
			continue;
		if (bk_siblings_gap(draft, last, i) == BK_GAP_TEXT)
			break;
		last = i;
	}
	classifier->first = draft->brackets[first].start;
	classifier->last = draft->brackets[last].start;
	classifier->parent = draft->brackets[asked].parent;
}

/* Whether the class of a bracket is asked for. */
static bool is_asked(const struct classifier *classifier, const struct bk_bracket *bracket)
{
	return !classifier->draft->has_asked ||
	       (bracket->start >= classifier->first && bracket->start <= classifier->last &&
		       bracket->parent == classifier->parent);
}

static int classify(struct classifier *classifier, uint32_t index, enum bk_class *class, bool *proposed)
{
	const struct bk_draft *draft = classifier->draft;
	const struct bk_bracket *bracket = &draft->brackets[index];
	bool note;
	int status;

	*class = bk_conventions_braces(draft->conventions);
	if (bracket->brace)
		return BK_OK;
	note = in_footnote(classifier, bracket);
	*class = BK_CLASS_DISPUTED;
	if (!is_asked(classifier, bracket))
		return BK_OK;
	*class = BK_CLASS_REFERENCE;
	if (bk_referring_has(&classifier->referring, index))
		return BK_OK;
	status = by_words(draft, bracket, class);
	*proposed = *class == BK_CLASS_DISPUTED && note && !is_spoken_to(draft, bracket);
	if (*proposed)
		*class = BK_CLASS_NOTE;
	return status;
}

/* A note is never in a run: one that stands tight beside disputed words is disputed as well. */
static void take_back_notes(struct classifier *classifier)
{
	struct bk_draft *draft = classifier->draft;

	for (size_t i = 0; i < draft->bracket_count; i++) {
		const uint32_t before = classifier->before[i];
		struct bk_bracket *left, *right = &draft->brackets[i];

		if (before == BK_NONE || right->brace)
			continue;
		left = &draft->brackets[before];
		if ((left->class == BK_CLASS_NOTE) == (right->class == BK_CLASS_NOTE) ||
			(left->class != BK_CLASS_DISPUTED && right->class != BK_CLASS_DISPUTED) ||
			left->by_person || right->by_person || !bk_is_tight(draft, before, (uint32_t)i))
			continue;
		left->class = right->class = BK_CLASS_DISPUTED;
		left->proposed = right->proposed = false;
	}
}

/* Words that wait for nothing beside a disputed neighbour: a part's name, or a number beside another number. */
static bool rivals(
	const struct bk_draft *draft, const struct bk_bracket *bracket, const struct bk_bracket *other)
{
	const struct bk_str words = bk_str_trim(bk_bracket_inside(draft, bracket));

	return bk_lexicon_has(BK_LEXICON_HEADING, words) ||
	       (is_numbering(words) && words.ptr[0] != 'X' &&
		       is_numbering(bk_str_trim(bk_bracket_inside(draft, other))));
}

/* `[Agreement][Annex]`, `annex [I] [II]`: what stands beside a disputed one of its kind is its rival. */
static void take_back_parts(struct classifier *classifier)
{
	struct bk_draft *draft = classifier->draft;

	for (size_t i = 0; i < draft->bracket_count; i++) {
		const uint32_t before = classifier->before[i];
		struct bk_bracket *pair[2] = {NULL, &draft->brackets[i]};

		if (before == BK_NONE || pair[1]->brace ||
			bk_siblings_gap(draft, before, (uint32_t)i) == BK_GAP_TEXT)
			continue;
		pair[0] = &draft->brackets[before];
		for (size_t j = 0; j < 2; j++) {
			if (pair[j]->class == BK_CLASS_PLACEHOLDER && !pair[j]->by_person &&
				pair[1 - j]->class == BK_CLASS_DISPUTED &&
				rivals(draft, pair[j], pair[1 - j]))
				pair[j]->class = BK_CLASS_DISPUTED;
		}
	}
}

/* `each [country][EU: Party]`: what somebody proposes to replace is disputed, and waits for nothing. */
static void take_back_replaced(struct classifier *classifier)
{
	struct bk_draft *draft = classifier->draft;

	for (size_t i = 0; i < draft->bracket_count; i++) {
		const uint32_t before = classifier->before[i];
		const struct bk_bracket *right = &draft->brackets[i];
		struct bk_bracket *left;

		if (before == BK_NONE || right->brace || right->class != BK_CLASS_DISPUTED)
			continue;
		left = &draft->brackets[before];
		if ((left->class == BK_CLASS_PLACEHOLDER || left->class == BK_CLASS_STATUS) &&
			!left->by_person && bk_bracket_is_proposed(draft, right) &&
			bk_is_tight(draft, before, (uint32_t)i))
			left->class = BK_CLASS_DISPUTED;
	}
}

int bk_classify_brackets(struct bk_draft *draft)
{
	struct classifier classifier = {.draft = draft};
	int status = BK_OK;

	if (draft->bracket_count == 0)
		return BK_OK;
	classifier.before = bk_siblings_before(draft);
	status = classifier.before ? bk_referring_init(&classifier.referring, draft, classifier.before)
				   : BK_ENOMEM;
	if (status == BK_OK && draft->has_asked)
		find_asked(&classifier);
	for (size_t i = 0; status == BK_OK && i < draft->bracket_count; i++) {
		struct bk_bracket *bracket = &draft->brackets[i];
		const struct bk_override *word = bk_draft_override(draft, bracket->start);

		enum bk_class class = BK_CLASS_DISPUTED;

		bracket->by_person = word && word->has_class;
		if (bracket->by_person)
			class = word->class;
		else
			status = classify(&classifier, (uint32_t)i, &class, &bracket->proposed);
		bracket->class = (uint8_t) class;
	}
	if (status == BK_OK) {
		take_back_notes(&classifier);
		take_back_parts(&classifier);
		take_back_replaced(&classifier);
	}
	bk_referring_release(&classifier.referring);
	bk_free(classifier.before);
	return status;
}
