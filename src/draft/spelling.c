/*
 * Words without what is mere spelling: each is folded to small letters and then to its American form, by the
 * beginning of the word (programme), its ending (-ise, -our, -metre), or a doubled consonant (travelled).
 */
#include "draft/spelling.h"

#include "base/utf8.h"

enum { WORD_MAX = 64, CAPITALS_MAX = 4 };

struct variant {
	const char *british, *american;
};

/* Beginnings of words; longer ones first where one begins with the other. */
static const struct variant beginnings[] = {{"acknowledgement", "acknowledgment"}, {"aeroplane", "airplane"},
	{"aesthe", "esthe"}, {"afterwards", "afterward"}, {"ageing", "aging"}, {"aluminium", "aluminum"},
	{"anaem", "anem"}, {"analogue", "analog"}, {"archaeo", "archeo"}, {"artefact", "artifact"},
	{"benefitt", "benefit"}, {"biassed", "biased"}, {"caesium", "cesium"}, {"cancell", "cancel"},
	{"catalogue", "catalog"}, {"centred", "centered"}, {"centring", "centering"}, {"centre", "center"},
	{"channell", "channel"}, {"counsell", "counsel"}, {"defence", "defense"}, {"dialogue", "dialog"},
	{"diarrhoea", "diarrhea"}, {"encyclopaed", "encycloped"}, {"enroll", "enroll"}, {"enrol", "enroll"},
	{"faec", "fec"}, {"focuss", "focus"}, {"foet", "fet"}, {"fuell", "fuel"}, {"fulfill", "fulfill"},
	{"fulfil", "fulfill"}, {"grey", "gray"}, {"gynaec", "gynec"}, {"haem", "hem"},
	{"instalment", "installment"}, {"judgement", "judgment"}, {"labell", "label"}, {"leukaem", "leukem"},
	{"levell", "level"}, {"licence", "license"}, {"manoeuvre", "maneuver"}, {"marshall", "marshal"},
	{"modell", "model"}, {"mould", "mold"}, {"oesoph", "esoph"}, {"oestr", "estr"},
	{"offence", "offense"}, {"orthopaed", "orthoped"}, {"paediatr", "pediatr"}, {"plough", "plow"},
	{"practise", "practice"}, {"pretence", "pretense"}, {"programme", "program"}, {"sceptic", "skeptic"},
	{"signall", "signal"}, {"skilful", "skillful"}, {"sulph", "sulf"}, {"towards", "toward"},
	{"travell", "travel"}, {"tunnell", "tunnel"}, {"wilful", "willful"}};

static const struct variant endings[] = {{"metre", "meter"}, {"metres", "meters"}, {"litre", "liter"},
	{"litres", "liters"}, {"fibre", "fiber"}, {"fibres", "fibers"}, {"theatre", "theater"},
	{"theatres", "theaters"}, {"calibre", "caliber"}, {"spectre", "specter"}};

/* ---- One word ---------------------------------------------------------------------------------------- */

static void replace(struct bk_buf *word, size_t at, size_t len, const char *by)
{
	bk_buf_remove(word, at, len);
	bk_buf_insert(word, at, by, strlen(by));
}

static void replace_beginning(struct bk_buf *word)
{
	for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++) {
		if (bk_str_starts(bk_buf_str(word), bk_str_of(beginnings[i].british))) {
			replace(word, 0, strlen(beginnings[i].british), beginnings[i].american);
			return;
		}
	}
}

static void replace_ending(struct bk_buf *word)
{
	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		const struct bk_str british = bk_str_of(endings[i].british);

		if (bk_str_ends(bk_buf_str(word), british)) {
			replace(word, word->len - british.len, british.len, endings[i].american);
			return;
		}
	}
}

static bool is_one_of(struct bk_str rest, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bk_str_equal(rest, bk_str_of(list[i])))
			return true;
	}
	return false;
}

/* organise, analyse, utilisation: three letters at least before it, so that to prise is not a prize */
static void replace_ise(struct bk_buf *word)
{
	static const char *const rests[] = {"e", "es", "ed", "er", "ers", "ing", "able", "ation", "ations",
		"ational", "ationally", "ingly"};

	for (size_t i = 4; i < word->len; i++) {
		if (word->bytes[i] == 's' && (word->bytes[i - 1] == 'i' || word->bytes[i - 1] == 'y') &&
			is_one_of(bk_str_skip(bk_buf_str(word), i + 1), rests, sizeof rests / sizeof *rests))
			word->bytes[i] = 'z';
	}
}

/* labour, neighbourhood, favourable; four and hour stay */
static void replace_our(struct bk_buf *word)
{
	static const char *const rests[] = {"", "s", "ed", "ing", "able", "ably", "al", "ally", "ful", "less",
		"ite", "ites", "er", "ers", "hood", "hoods", "ly", "ist", "ists"};

	for (size_t i = 2; i + 3 <= word->len; i++) {
		const struct bk_str rest = bk_str_skip(bk_buf_str(word), i);

		if (bk_str_starts(rest, BK_STR("our")) &&
			is_one_of(bk_str_skip(rest, 3), rests, sizeof rests / sizeof *rests)) {
			bk_buf_remove(word, i + 1, 1);
			return;
		}
	}
}

/* "US" and "WHO" are other words than us and who. */
static bool is_in_capitals(struct bk_str word)
{
	for (size_t i = 0; i < word.len; i++) {
		if (!bk_is_upper(word.ptr[i]))
			return false;
	}
	return word.len > 1 && word.len <= CAPITALS_MAX;
}

/* "per cent" is percent. */
static bool ends_in_per(struct bk_str words)
{
	return bk_str_equal(words, BK_STR("per")) || bk_str_ends(words, BK_STR(" per"));
}

static void put_word(struct bk_str written, struct bk_buf *out)
{
	struct bk_buf word = BK_BUF_INIT;

	if (is_in_capitals(written))
		bk_buf_putc(&word, '^');
	bk_utf8_put_folded(&word, written);
	if (!word.failed && word.len <= WORD_MAX && word.len > 0 && word.bytes[0] != '^') {
		replace_beginning(&word);
		replace_ending(&word);
		replace_ise(&word);
		replace_our(&word);
	}
	if (out->len > 0 &&
		!(bk_str_equal(bk_buf_str(&word), BK_STR("cent")) && ends_in_per(bk_buf_str(out))))
		bk_buf_putc(out, ' ');
	bk_buf_put_str(out, bk_buf_str(&word));
	out->failed |= word.failed;
	bk_buf_release(&word);
}

/* ---- Words ------------------------------------------------------------------------------------------- */

static bool is_apostrophe(uint32_t code)
{
	return code == '\'' || code == 0x2018 || code == 0x2019 || code == 0x02BC || code == '`';
}

static bool is_hyphen(uint32_t code)
{
	return code == '-' || (code >= 0x2010 && code <= 0x2015);
}

static bool is_punctuation(uint32_t code)
{
	static const uint32_t others[] = {0x00AB, 0x00BB, 0x201C, 0x201D, 0x201E, 0x060C, 0x061B, 0x061F,
		0x06D4, 0x3001, 0x3002, 0xFF0C, 0xFF1B, 0xFF1A};

	if (code < 0x80)
		return strchr(",;:.!?\"", (int)code) != NULL && code != 0;
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (code == others[i])
			return true;
	}
	return false;
}

static bool is_in_word(uint32_t code)
{
	return code < 0x80 ? bk_is_word((char)code)
			   : bk_utf8_is_letter(code) || bk_utf8_is_digit(code) || bk_utf8_is_mark(code);
}

struct speller {
	struct bk_str words;
	enum bk_hyphen hyphen;
	struct bk_buf word; /* the one that is being read, without what does not count in it */
	struct bk_buf *out;
};

static void end_word(struct speller *speller)
{
	if (speller->word.len > 0)
		put_word(bk_buf_str(&speller->word), speller->out);
	speller->out->failed |= speller->word.failed;
	bk_buf_clear(&speller->word);
}

/* Between two digits all that is written counts: 3.5, 1,000, 10-20. */
static bool is_between_digits(const struct speller *speller, size_t at, size_t size)
{
	const struct bk_str words = speller->words;

	return at > 0 && at + size < words.len && bk_is_digit(words.ptr[at - 1]) &&
	       bk_is_digit(words.ptr[at + size]);
}

/* -5 is not 5. */
static bool is_minus(const struct speller *speller, size_t at, size_t size)
{
	const struct bk_str words = speller->words;

	return at + size < words.len && bk_is_digit(words.ptr[at + size]) &&
	       (at == 0 || bk_is_space(words.ptr[at - 1]) || words.ptr[at - 1] == '(');
}

static void take(struct speller *speller, size_t at, uint32_t code, size_t size)
{
	const char *bytes = speller->words.ptr + at;

	if (is_in_word(code) || is_between_digits(speller, at, size))
		bk_buf_put(&speller->word, bytes, size);
	else if (is_apostrophe(code) || bk_utf8_hidden(code, 0, 0) == BK_HIDDEN_ZERO_WIDTH)
		return;
	else if (is_hyphen(code) && !is_minus(speller, at, size) && speller->hyphen == BK_HYPHEN_JOINS)
		return;
	else if ((is_hyphen(code) && !is_minus(speller, at, size)) || is_punctuation(code) ||
		 bk_utf8_is_space(code))
		end_word(speller);
	else {
		end_word(speller);
		put_word((struct bk_str){bytes, size}, speller->out);
	}
}

void bk_spelling_put(struct bk_str words, enum bk_hyphen hyphen, struct bk_buf *out)
{
	struct speller speller = {.words = words, .hyphen = hyphen, .word = BK_BUF_INIT, .out = out};
	size_t size;

	for (size_t at = 0; at < words.len; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(words, at), &size);

		take(&speller, at, code, size);
	}
	end_word(&speller);
	bk_buf_release(&speller.word);
}

static bool same_with(struct bk_str a, struct bk_str b, enum bk_hyphen hyphen)
{
	struct bk_buf x = BK_BUF_INIT, y = BK_BUF_INIT;
	bool same;

	bk_spelling_put(a, hyphen, &x);
	bk_spelling_put(b, hyphen, &y);
	same = !x.failed && !y.failed && x.len > 0 && bk_str_equal(bk_buf_str(&x), bk_buf_str(&y));
	bk_buf_release(&x);
	bk_buf_release(&y);
	return same;
}

bool bk_spelling_same(struct bk_str a, struct bk_str b)
{
	return same_with(a, b, BK_HYPHEN_PARTS) || same_with(a, b, BK_HYPHEN_JOINS);
}
