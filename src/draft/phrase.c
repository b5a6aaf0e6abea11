/* Kinds of phrase and likeness, told by first and last words; no grammar is attempted. */
#include "draft/phrase.h"

#include "draft/lexicon.h"

/* A modal with more words after it is the phrase of a verb. */
enum { MODAL_WORDS = 6 };

/* ---- What stands for something ------------------------------------------------------------------------ */

bool bk_phrase_is_no_text(struct bk_str words)
{
	return bk_lexicon_prefix(BK_LEXICON_NO_TEXT, words) > 0;
}

bool bk_phrase_is_open(struct bk_str words)
{
	while (words.len && (words.ptr[words.len - 1] == '.' || words.ptr[words.len - 1] == ':'))
		words.len--;
	return bk_lexicon_has(BK_LEXICON_OPEN, words);
}

/* Commas and semicolons. */
static const char *const marks[] = {",", ";", "，", "；", "、", "،", "؛", NULL};

static size_t mark_at(struct bk_str words)
{
	for (size_t i = 0; marks[i]; i++) {
		if (bk_str_starts(words, bk_str_of(marks[i])))
			return strlen(marks[i]);
	}
	return 0;
}

/* Words after the comma, "and", "including" they open with; all of them when they open with none. */
static struct bk_str after_adder(struct bk_str words)
{
	size_t len;

	words = bk_str_trim(words);
	while ((len = mark_at(words)) > 0)
		words = bk_str_trim(bk_str_skip(words, len));
	return bk_str_trim(bk_str_skip(words, bk_lexicon_prefix(BK_LEXICON_ADDER, words)));
}

/* A word such as "including" behind its comma, if any. */
static bool opens_with(struct bk_str words, enum bk_lexicon list)
{
	size_t len;

	words = bk_str_trim(words);
	while ((len = mark_at(words)) > 0)
		words = bk_str_trim(bk_str_skip(words, len));
	return bk_lexicon_prefix(list, words) > 0;
}

static struct bk_str last_word(struct bk_str words)
{
	size_t end = words.len, start;

	while (end && !bk_is_word(words.ptr[end - 1]))
		end--;
	start = end;
	while (start && (bk_is_word(words.ptr[start - 1]) || words.ptr[start - 1] == '-'))
		start--;
	return (struct bk_str){words.ptr + start, end - start};
}

static bool has_word(struct bk_str words)
{
	return bk_phrase_first_word(words).len > 0;
}

bool bk_phrase_rivals_addition(struct bk_str addition, struct bk_str other)
{
	const struct bk_str a = after_adder(addition), b = after_adder(other);
	struct bk_phrase left, right;

	bk_phrase_read(a, &left);
	bk_phrase_read(b, &right);
	/* "[Members][, including small Members,]": what a word adds is no rival, unless both govern what
	 * follows. */
	if (!bk_phrase_adds(other) && opens_with(addition, BK_LEXICON_ADDER))
		return !opens_with(addition, BK_LEXICON_CONJUNCTION) && left.ends_open && right.ends_open;
	/* Two that open with the same word both add: "[and new rules][and new bodies]". */
	if (bk_phrase_adds(other))
		return bk_phrase_same_word(left.first, right.first) &&
		       !bk_phrase_same_word(bk_phrase_first_word(addition), bk_phrase_first_word(other));
	return bk_phrase_same_word(left.last, right.last) || (left.ends_open && right.ends_open);
}

bool bk_phrase_is_and(struct bk_str words)
{
	static const char *const ands[] = {"and", "et", "y", "и", "和", "و", NULL};

	for (size_t i = 0; ands[i]; i++) {
		if (bk_str_equal_nocase(words, bk_str_of(ands[i])))
			return true;
	}
	return false;
}

bool bk_phrase_is_comma(struct bk_str words)
{
	const size_t len = mark_at(words);

	return len > 0 && len == words.len;
}

bool bk_phrase_is_stop(struct bk_str words)
{
	return bk_str_equal(words, BK_STR(".")) || bk_str_equal(words, BK_STR(";"));
}

bool bk_phrase_is_mark(struct bk_str words)
{
	return bk_phrase_is_comma(words) || bk_phrase_is_stop(words) || bk_str_equal(words, BK_STR(":"));
}

bool bk_phrase_ends_in_comma(struct bk_str words)
{
	while (words.len && (bk_is_space(words.ptr[words.len - 1]) || words.ptr[words.len - 1] == '*'))
		words.len--;
	for (size_t i = 0; marks[i]; i++) {
		if (words.len > strlen(marks[i]) && bk_str_ends(words, bk_str_of(marks[i])))
			return true;
	}
	return false;
}

bool bk_phrase_is_small_word_next(struct bk_str text)
{
	static const uint32_t small = 1u << BK_LEXICON_PREPOSITION | 1u << BK_LEXICON_DETERMINER |
				      1u << BK_LEXICON_CLAUSE | 1u << BK_LEXICON_CONJUNCTION |
				      1u << BK_LEXICON_ADDER | 1u << BK_LEXICON_MODAL |
				      1u << BK_LEXICON_AUXILIARY;
	struct bk_lexicon_hits hits;
	size_t at = 0;

	while (at < text.len && (bk_is_space(text.ptr[at]) || text.ptr[at] == '*' || text.ptr[at] == '['))
		at++;
	text = bk_str_skip(text, at);
	if (!text.len || !bk_is_word(text.ptr[0]) || bk_str_starts(text, BK_STR("to ")))
		return true;
	bk_lexicon_read(text, &hits);
	return (hits.lists & small) != 0;
}

static bool opens_with_stop(struct bk_str words)
{
	return words.len && (words.ptr[0] == ',' || words.ptr[0] == ';');
}

bool bk_phrase_goes_on(struct bk_str words, struct bk_str before)
{
	return opens_with_stop(words) && words.len > 1 && !opens_with_stop(before) &&
	       !bk_phrase_is_mark(before) && !bk_phrase_opens_with_and(before);
}

bool bk_phrase_is_verb_next(struct bk_str text)
{
	while (text.len && bk_is_space(text.ptr[0]))
		text = bk_str_skip(text, 1);
	return bk_lexicon_prefix(BK_LEXICON_VERB, text) > 0;
}

bool bk_phrase_opens_with_and(struct bk_str words)
{
	const size_t len = bk_lexicon_prefix(BK_LEXICON_CONJUNCTION, words);

	return len > 0 && len < words.len;
}

bool bk_phrase_adds(struct bk_str words)
{
	const struct bk_str trimmed = bk_str_trim(words);
	const struct bk_str rest = after_adder(trimmed);

	if (rest.len == trimmed.len || !has_word(rest))
		return false;
	return !bk_lexicon_prefix(BK_LEXICON_MODAL, rest) &&
	       !bk_lexicon_has(BK_LEXICON_MODAL, last_word(rest));
}

/* ---- Kinds ------------------------------------------------------------------------------------------ */

static size_t count_words(struct bk_str words)
{
	size_t count = 0;

	for (size_t i = 0; i < words.len; i++)
		count += bk_is_word(words.ptr[i]) && (i == 0 || !bk_is_word(words.ptr[i - 1]));
	return count;
}

static bool ends_in(struct bk_str word, const char *const *endings)
{
	for (size_t i = 0; endings[i]; i++) {
		if (word.len > strlen(endings[i]) + 1 && bk_str_ends(word, bk_str_of(endings[i])))
			return true;
	}
	return false;
}

static bool is_gerund(struct bk_str word)
{
	/* Some describe a noun as any adjective does, and some are no verb's. */
	static const char *const others[] = {"developing", "existing", "remaining", "ongoing", "emerging",
		"leading", "outstanding", "following", "during", "contracting", "participating",
		"implementing", "reporting", "requesting", "receiving", "sending", "acceding", "governing",
		"nothing", "something", "anything", "everything", NULL};

	if (word.len < 5 || !bk_str_ends(word, BK_STR("ing")))
		return false;
	for (size_t i = 0; others[i]; i++) {
		if (bk_str_equal_nocase(word, bk_str_of(others[i])))
			return false;
	}
	return true;
}

static bool has_verb_ending(struct bk_str word)
{
	static const char *const endings[] = {"ize", "ise", "ify", NULL};

	return word.len > 5 && ends_in(word, endings);
}

static const struct bk_str amount_openers[] = {
	{"up to ", sizeof "up to " - 1},
	{"at least ", sizeof "at least " - 1},
	{"at most ", sizeof "at most " - 1},
	{"not to exceed ", sizeof "not to exceed " - 1},
	{"not exceeding ", sizeof "not exceeding " - 1},
	{"no more than ", sizeof "no more than " - 1},
	{"not more than ", sizeof "not more than " - 1},
	{"no less than ", sizeof "no less than " - 1},
	{"not less than ", sizeof "not less than " - 1},
	{"less than ", sizeof "less than " - 1},
	{"more than ", sizeof "more than " - 1},
	{"approximately ", sizeof "approximately " - 1},
	{"well below ", sizeof "well below " - 1},
	{"well above ", sizeof "well above " - 1},
	{"below ", sizeof "below " - 1},
	{"above ", sizeof "above " - 1},
	{"under ", sizeof "under " - 1},
	{"over ", sizeof "over " - 1},
	{"about ", sizeof "about " - 1},
	{"around ", sizeof "around " - 1},
	{"almost ", sizeof "almost " - 1},
	{"nearly ", sizeof "nearly " - 1},
	{"close to ", sizeof "close to " - 1},
	{"a maximum of ", sizeof "a maximum of " - 1},
	{"a minimum of ", sizeof "a minimum of " - 1},
	{"a total of ", sizeof "a total of " - 1},
	{"US$", sizeof "US$" - 1},
	{"USD ", sizeof "USD " - 1},
	{"EUR ", sizeof "EUR " - 1},
	{"CHF ", sizeof "CHF " - 1},
	{"€", sizeof "€" - 1},
	{"£", sizeof "£" - 1},
	{"±", sizeof "±" - 1},
	{"−", sizeof "−" - 1},
	{"-", sizeof "-" - 1},
	{"+", sizeof "+" - 1},
};
enum { AMOUNT_OPENERS = sizeof amount_openers / sizeof *amount_openers };

/* "at least", "not more than" and no amount yet. */
static bool is_amount_opener(struct bk_str words)
{
	for (size_t i = 0; words.len && i < AMOUNT_OPENERS; i++) {
		const struct bk_str *opener = &amount_openers[i];

		if (opener->len == words.len + 1 && bk_is_lower(opener->ptr[0]) &&
			bk_str_starts_nocase(*opener, words))
			return true;
	}
	return false;
}

/* "at least 20%", "USD 100", "…" where a number is to come. */
static bool is_amount(struct bk_str words)
{
	size_t at = 0;

	for (size_t i = 0; words.len && i < AMOUNT_OPENERS && !at; i++) {
		if (bk_to_lower(words.ptr[0]) == bk_to_lower(amount_openers[i].ptr[0]) &&
			bk_str_starts_nocase(words, amount_openers[i]))
			at = amount_openers[i].len;
	}
	while (at && at < words.len && (words.ptr[at] == ' ' || words.ptr[at] == '$'))
		at++;
	return (at && at < words.len && bk_is_digit(words.ptr[at])) || bk_str_equal(words, BK_STR("…")) ||
	       bk_str_starts(words, BK_STR("..."));
}

/* Past an adverb that opens a phrase: "substantially increasing", "jointly under the Bureau". */
static struct bk_str after_adverb(struct bk_str words)
{
	const struct bk_str first = bk_phrase_first_word(words);
	struct bk_str rest;

	if (first.len < 5 || !bk_str_ends(first, BK_STR("ly")))
		return words;
	rest = bk_str_trim(bk_str_skip(words, (size_t)(first.ptr - words.ptr) + first.len));
	return is_gerund(bk_phrase_first_word(rest)) || bk_lexicon_prefix(BK_LEXICON_PREPOSITION, rest)
		       ? rest
		       : words;
}

/* "Recalls", "Reaffirms": the verb that opens a sentence, in the third person. */
static bool opens_sentence(struct bk_str first)
{
	struct bk_str stem = first;

	if (first.len < 4 || !bk_is_upper(first.ptr[0]) || !bk_is_lower(first.ptr[1]) ||
		first.ptr[first.len - 1] != 's')
		return false;
	stem.len--;
	if (bk_lexicon_has(BK_LEXICON_VERB, stem))
		return true;
	stem.len -= stem.ptr[stem.len - 1] == 'e';
	return bk_lexicon_has(BK_LEXICON_VERB, stem);
}

/* "the next", "its second session": the number behind the small word counts. */
static bool is_ordinal(struct bk_str words, size_t determiner)
{
	return bk_lexicon_prefix(BK_LEXICON_FIGURE, bk_str_trim(bk_str_skip(words, determiner))) > 0;
}

static enum bk_phrase_kind kind_of(struct bk_str words, struct bk_str first, size_t count)
{
	static const char *const adverb[] = {"ly", NULL};
	static const struct {
		enum bk_lexicon list;
		enum bk_phrase_kind kind;
	} openers[] = {
		{BK_LEXICON_FIGURE, BK_PHRASE_FIGURE},
		{BK_LEXICON_PREPOSITION, BK_PHRASE_PREPOSITION},
		{BK_LEXICON_CLAUSE, BK_PHRASE_CLAUSE},
		{BK_LEXICON_DETERMINER, BK_PHRASE_NOUN},
	};
	struct bk_lexicon_hits hits;

	bk_lexicon_read(words, &hits);
	if (is_amount(words))
		return BK_PHRASE_FIGURE;
	if (count == 0 || hits.len[BK_LEXICON_CONJUNCTION] == words.len)
		return BK_PHRASE_JOINT;
	if (hits.len[BK_LEXICON_MODAL])
		return count <= MODAL_WORDS ? BK_PHRASE_MODAL : BK_PHRASE_VERB;
	if (bk_is_digit(words.ptr[0]) || words.ptr[0] == '$')
		return BK_PHRASE_FIGURE;
	/* "WHO" is a name, "who" opens a clause. */
	if (first.len > 1 && bk_is_upper(first.ptr[0]) && bk_is_upper(first.ptr[1]))
		hits.len[BK_LEXICON_CLAUSE] = 0;
	if (hits.len[BK_LEXICON_ADVERB] == words.len)
		return BK_PHRASE_ADVERB;
	if (hits.len[BK_LEXICON_DETERMINER] == words.len)
		return BK_PHRASE_NOUN;
	if (is_amount_opener(words))
		return BK_PHRASE_PREPOSITION;
	if (hits.len[BK_LEXICON_DETERMINER] && is_ordinal(words, hits.len[BK_LEXICON_DETERMINER]))
		return BK_PHRASE_FIGURE;
	for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
		if (hits.len[openers[i].list])
			return openers[i].kind;
	}
	if (bk_str_starts_nocase(words, BK_STR("to ")))
		return BK_PHRASE_INFINITIVE;
	if (hits.len[BK_LEXICON_VERB] >= first.len || has_verb_ending(first) || opens_sentence(first) ||
		(count > 1 && bk_str_equal(first, BK_STR("be"))))
		return BK_PHRASE_VERB;
	/* "swiftly", "fairly and equitably" */
	if (hits.len[BK_LEXICON_ADVERB] == words.len ||
		(first.len > 4 && ends_in(first, adverb) &&
			(count == 1 || (count == 3 && ends_in(last_word(words), adverb)))))
		return BK_PHRASE_ADVERB;
	return is_gerund(first) ? BK_PHRASE_GERUND : BK_PHRASE_OTHER;
}

/* What it ends in governs what follows: a preposition, "to", an auxiliary, a gerund, a verb. */
static bool ends_open(struct bk_str last)
{
	struct bk_lexicon_hits hits;

	bk_lexicon_read(last, &hits);
	return last.len &&
	       (hits.len[BK_LEXICON_PREPOSITION] == last.len || bk_str_equal(last, BK_STR("to")) ||
		       bk_str_equal(last, BK_STR("than")) || hits.len[BK_LEXICON_AUXILIARY] == last.len ||
		       hits.len[BK_LEXICON_VERB] == last.len || has_verb_ending(last) || is_gerund(last));
}

/* A modal behind the first word: a clause with a verb of its own. */
static bool has_modal(struct bk_str words, size_t from)
{
	static const char *const modals[] = {"shall", "should", "must", "will", NULL};

	for (size_t i = from; i < words.len; i++) {
		for (size_t j = 0; words.ptr[i] == ' ' && modals[j]; j++) {
			const struct bk_str rest = bk_str_skip(words, i + 1), modal = bk_str_of(modals[j]);

			if (bk_str_starts(rest, modal) && rest.len > modal.len && rest.ptr[modal.len] == ' ')
				return true;
		}
	}
	return false;
}

/* "Parties\xe2\x80\x99", "Party's": the word itself. */
static struct bk_str without_genitive(struct bk_str word)
{
	const size_t len = bk_str_find(word, '\xe2');

	if (len > 0 && len < word.len && bk_str_starts(bk_str_skip(word, len), BK_STR("’")))
		word.len = len;
	return word;
}

void bk_phrase_read(struct bk_str words, struct bk_phrase *out)
{
	struct bk_str last;

	words = bk_str_trim(words);
	/* "/and/" */
	while (words.len > 1 && words.ptr[0] == '/')
		words = bk_str_skip(words, 1);
	while (words.len > 1 && words.ptr[words.len - 1] == '/')
		words.len--;
	words = after_adverb(words);
	*out = (struct bk_phrase){.words = words,
		.first = bk_phrase_first_word(words),
		.last = last_word(words),
		.count = count_words(words)};
	out->kind = kind_of(words, out->first, out->count);
	out->first = without_genitive(out->first);
	last = out->last = without_genitive(out->last);
	out->of = bk_str_equal_nocase(out->first, BK_STR("of")) ||
		  bk_str_equal_nocase(out->first, BK_STR("thereof"));
	out->ends_in_conjunction = out->count > 1 && bk_str_equal_nocase(last, BK_STR("and"));
	/* "taking into account" governs what follows as a whole. */
	out->ends_open = ends_open(last) || bk_lexicon_has(BK_LEXICON_PREPOSITION, words);
	out->says = has_modal(words, out->first.len);
	out->is_adverbial = out->kind == BK_PHRASE_PREPOSITION || out->kind == BK_PHRASE_CLAUSE ||
			    (out->kind == BK_PHRASE_GERUND && out->count > 1);
}

bool bk_phrase_may_be_verb(const struct bk_phrase *phrase)
{
	static const char *const endings[] = {"ic", "al", "ive", "ous", "ble", "ary", "ed", "ent", "ant",
		"ful", "less", "ly", "tion", "acy", "ency", "ancy", "ship", "ism", "ure", "age", "logy",
		"ment", "ness", "ity", "ance", "ence", "s", NULL};

	if (phrase->kind == BK_PHRASE_VERB)
		return true;
	return phrase->kind == BK_PHRASE_OTHER && phrase->count == 1 && bk_is_lower(phrase->first.ptr[0]) &&
	       !ends_in(phrase->first, endings);
}

bool bk_phrase_leads_to_verb(struct bk_str text)
{
	struct bk_str word;

	text = bk_str_trim(text);
	while (text.len && (text.ptr[text.len - 1] == ']' || text.ptr[text.len - 1] == '*'))
		text.len--;
	if (!text.len || !bk_is_alpha(text.ptr[text.len - 1]))
		return false;
	word = last_word(text);
	return bk_lexicon_has(BK_LEXICON_MODAL, word) || bk_str_equal(word, BK_STR("to")) ||
	       bk_str_equal(word, BK_STR("not"));
}

bool bk_phrase_is_nominal(const struct bk_phrase *phrase)
{
	const bool more = phrase->count > 1;

	return phrase->kind == BK_PHRASE_OTHER || (phrase->kind == BK_PHRASE_NOUN && more) ||
	       (phrase->kind == BK_PHRASE_FIGURE && more);
}

bool bk_phrase_is_plural(const struct bk_phrase *phrase)
{
	const struct bk_str last = phrase->last;

	return last.len > 3 && last.ptr[last.len - 1] == 's' && last.ptr[last.len - 2] != 's';
}
