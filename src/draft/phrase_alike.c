/* Which phrases are alike, so that one rivals the other: by their kinds and their words. */
#include "draft/phrase.h"

#include "draft/lexicon.h"

enum { MANNER_WORDS = 4, SAME_WORDS_MAX = 12, SUBJECT_MAX = 6 };

struct bk_str bk_phrase_first_word(struct bk_str words)
{
	size_t start = 0, end;

	while (start < words.len && !bk_is_word(words.ptr[start]))
		start++;
	end = start;
	while (end < words.len && (bk_is_word(words.ptr[end]) || words.ptr[end] == '-'))
		end++;
	return (struct bk_str){words.ptr + start, end - start};
}

bool bk_phrase_same_word(struct bk_str a, struct bk_str b)
{
	return a.len && bk_str_equal_nocase(a, b);
}

/* "system" and "systems", "adopt" and "adoption": the same beginning, and little more on either side. */
static bool same_stem(struct bk_str a, struct bk_str b)
{
	const size_t shorter = a.len < b.len ? a.len : b.len, longer = a.len < b.len ? b.len : a.len;
	size_t same = 0;

	while (same < shorter && bk_to_lower(a.ptr[same]) == bk_to_lower(b.ptr[same]))
		same++;
	return same >= 4 && longer - same <= 4 && same * 2 > longer;
}

/* Letters of a short form: "S&DT" has S, D and T. */
static size_t letters_of(struct bk_str word, char *letters, size_t max)
{
	size_t count = 0;

	for (size_t i = 0; i < word.len; i++) {
		if (!bk_is_alpha(word.ptr[i]))
			continue;
		if (!bk_is_upper(word.ptr[i]) && !(i + 1 == word.len && word.ptr[i] == 's' && count))
			return 0;
		if (count == max)
			return 0;
		if (bk_is_upper(word.ptr[i]))
			letters[count++] = word.ptr[i];
	}
	return count;
}

bool bk_phrase_abbreviates(struct bk_str abbreviation, struct bk_str words)
{
	char letters[8];
	const size_t count = letters_of(abbreviation, letters, sizeof letters);
	size_t at = 0;

	for (size_t i = 0; count >= 2 && i < words.len; i++) {
		const bool starts = bk_is_alpha(words.ptr[i]) && (i == 0 || !bk_is_word(words.ptr[i - 1]));
		const struct bk_str word = starts ? bk_phrase_first_word(bk_str_skip(words, i)) : words;

		if (!starts)
			continue;
		if (at < count && bk_to_lower(words.ptr[i]) == bk_to_lower(letters[at]))
			at++;
		else if (word.len > 3)
			return false;
	}
	return count >= 2 && at == count;
}

/* "globally", "immediately". */
static bool is_adverb(const struct bk_phrase *phrase)
{
	return phrase->kind == BK_PHRASE_ADVERB || (phrase->kind == BK_PHRASE_FIGURE && phrase->count == 1 &&
							   bk_str_ends(phrase->first, BK_STR("ly")));
}

static bool is_count(const struct bk_phrase *phrase)
{
	return phrase->kind == BK_PHRASE_NOUN || (phrase->kind == BK_PHRASE_FIGURE && !is_adverb(phrase));
}

static bool has_figure(struct bk_str words)
{
	for (size_t i = 0; i < words.len; i++) {
		if (bk_is_digit(words.ptr[i]))
			return true;
	}
	return false;
}

/* "[globally] [at the national level]": an adverb, and a few words that say the same sort of thing. */
static bool is_manner(const struct bk_phrase *adverb, const struct bk_phrase *words)
{
	return is_adverb(adverb) && words->kind == BK_PHRASE_PREPOSITION && !words->of &&
	       (words->count <= MANNER_WORDS || bk_str_equal(words->last, BK_STR("manner")) ||
		       bk_str_equal(words->last, BK_STR("way")));
}

/* Words of which one alone can be meant. */
static bool are_opposite(struct bk_str a, struct bk_str b)
{
	static const char *const pairs[][2] = {{"more", "less"}, {"primary", "secondary"},
		{"public", "private"}, {"minimum", "maximum"}, {"like", "similar"}, {"high", "low"},
		{"higher", "lower"}, {"voluntary", "mandatory"}, {"binding", "voluntary"},
		{"legally binding", "voluntary"}, {"voluntary", "compulsory"}, {"obligatory", "voluntary"},
		{"national", "international"}, {"domestic", "international"}, {"internal", "external"},
		{"direct", "indirect"}, {"short-term", "long-term"}, {"permanent", "temporary"},
		{"new", "existing"}, {"old", "new"}, {"partial", "full"}, {"present", "future"},
		{"current", "future"}, {"former", "latter"}, {"above", "below"}, {"import", "export"},
		{"positive", "negative"}, {"simple", "qualified"}, {"equal", "equitable"}, {"great", "deep"},
		{"deep", "grave"}, {"legal", "political"}, {"early", "late"}, {"formal", "informal"},
		{"with", "without"}, {"ordinary", "extraordinary"}, {"many", "most"}, {"some", "all"},
		{"some", "most"}, {"many", "some"}};

	for (size_t i = 0; a.len && b.len && i < sizeof pairs / sizeof *pairs; i++) {
		for (size_t j = 0; j < 2; j++) {
			if (bk_to_lower(a.ptr[0]) == pairs[i][j][0] &&
				bk_to_lower(b.ptr[0]) == pairs[i][1 - j][0] &&
				bk_str_equal_nocase(a, bk_str_of(pairs[i][j])) &&
				bk_str_equal_nocase(b, bk_str_of(pairs[i][1 - j])))
				return true;
		}
	}
	return false;
}

/* "binding", "non-binding": the one denies the other. */
static bool denies(struct bk_str longer, struct bk_str word)
{
	static const char *const prefixes[] = {"non-", "non", "un", "in", "im", "ir", "il", "dis"};

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		const struct bk_str prefix = bk_str_of(prefixes[i]);

		if (word.len > 4 && longer.len == prefix.len + word.len &&
			bk_str_starts_nocase(longer, prefix) &&
			bk_str_equal_nocase(bk_str_skip(longer, prefix.len), word))
			return true;
	}
	return false;
}

static bool has_as_word(struct bk_str words, struct bk_str word)
{
	for (struct bk_str next = bk_phrase_first_word(words); next.len; next = bk_phrase_first_word(words)) {
		if (bk_str_equal_nocase(next, word))
			return true;
		words = bk_str_skip(words, (size_t)(next.ptr - words.ptr) + next.len);
	}
	return false;
}

/* "timely and equitable", "fair, equitable and timely": the words of the one in the other, in any order. */
static bool same_words(const struct bk_phrase *a, const struct bk_phrase *b)
{
	struct bk_str rest;

	if (a->count > b->count)
		return same_words(b, a);
	rest = a->words;
	if (a->count < 2 || b->count > SAME_WORDS_MAX)
		return false;
	for (struct bk_str word = bk_phrase_first_word(rest); word.len; word = bk_phrase_first_word(rest)) {
		if (!has_as_word(b->words, word))
			return false;
		rest = bk_str_skip(rest, (size_t)(word.ptr - rest.ptr) + word.len);
	}
	return true;
}

/* "per cent", "percent", "per-cent": one thing spelled in two ways. */
static bool same_letters(struct bk_str a, struct bk_str b)
{
	size_t i = 0, j = 0;

	for (;;) {
		while (i < a.len && (a.ptr[i] == ' ' || a.ptr[i] == '-'))
			i++;
		while (j < b.len && (b.ptr[j] == ' ' || b.ptr[j] == '-'))
			j++;
		if (i == a.len || j == b.len)
			return i == a.len && j == b.len && i && j;
		if (bk_to_lower(a.ptr[i++]) != bk_to_lower(b.ptr[j++]))
			return false;
	}
}

/* The first word behind an article: "the highest possible". */
static struct bk_str first_content(const struct bk_phrase *phrase)
{
	const struct bk_str words = phrase->words;

	if (phrase->kind != BK_PHRASE_NOUN)
		return phrase->first;
	return bk_phrase_first_word(
		bk_str_skip(words, (size_t)(phrase->first.ptr - words.ptr) + phrase->first.len));
}

static bool opens_with_ing(const struct bk_phrase *phrase)
{
	return phrase->first.len > 5 && bk_str_ends(phrase->first, BK_STR("ing")) && phrase->is_adverbial;
}

/* "Parties are encouraged to", "each Party shall": a verb is to follow. */
static bool governs(const struct bk_phrase *phrase)
{
	return phrase->ends_open || (phrase->count > 1 && bk_lexicon_has(BK_LEXICON_MODAL, phrase->last));
}

/* "Members shall not": a subject and its modal. */
static bool ends_in_modal(const struct bk_phrase *phrase)
{
	struct bk_str words = phrase->words;

	if (phrase->count < 2)
		return false;
	if (bk_str_ends(words, BK_STR(" not")))
		words.len -= strlen(" not");
	while (words.len && bk_is_word(words.ptr[words.len - 1]))
		words.len--;
	return bk_lexicon_prefix(BK_LEXICON_MODAL, bk_str_skip(phrase->words, words.len)) > 0;
}

bool bk_phrase_alike(const struct bk_phrase *a, const struct bk_phrase *b)
{
	if (a->kind == BK_PHRASE_JOINT || b->kind == BK_PHRASE_JOINT)
		return a->kind == b->kind;
	if (governs(a) && governs(b))
		return true;
	/* An "of" joins to the noun before it, as no other phrase does. */
	if (a->kind == BK_PHRASE_PREPOSITION && b->kind == a->kind)
		return a->of == b->of;
	if (a->kind == b->kind && a->kind != BK_PHRASE_OTHER)
		return true;
	if (bk_phrase_is_no_text(a->words) || bk_phrase_is_no_text(b->words))
		return true;
	if (is_manner(a, b) || is_manner(b, a) || same_words(a, b) ||
		(opens_with_ing(a) && b->kind == BK_PHRASE_GERUND) ||
		(opens_with_ing(b) && a->kind == BK_PHRASE_GERUND))
		return true;
	if (same_letters(a->words, b->words) || are_opposite(a->words, b->words) ||
		denies(a->words, b->words) || denies(b->words, a->words))
		return true;
	/* "from 2031", "starting in 2032": both say when, or how much. */
	if (a->is_adverbial && b->is_adverbial && has_figure(a->words) && has_figure(b->words))
		return true;
	/* "no Member shall", "Members shall not" */
	if (a->count <= SUBJECT_MAX && b->count <= SUBJECT_MAX && ends_in_modal(a) && ends_in_modal(b))
		return true;
	/* "a", "one" */
	if (a->count == 1 && b->count == 1 && is_count(a) && is_count(b))
		return true;
	if (is_adverb(a) && is_adverb(b))
		return true;
	if ((a->kind == BK_PHRASE_NOUN) != (b->kind == BK_PHRASE_NOUN) &&
		bk_phrase_same_word(first_content(a), first_content(b)))
		return true;
	return bk_phrase_same_word(a->first, b->first) || bk_phrase_same_word(a->last, b->last) ||
	       same_stem(a->first, b->first) || same_stem(a->last, b->last);
}
