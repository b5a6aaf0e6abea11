/* Words that stand for having no text: see option.h. */
#include "draft/option.h"

static bool is_wrapping(char c)
{
	return bk_is_space(c) || strchr("[](){}*_\"'.:;,#", c) != NULL;
}

static struct bk_str unwrap(struct bk_str s)
{
	while (s.len > 0 && s.ptr[0] != '\0' && is_wrapping(s.ptr[0]))
		s = bk_str_skip(s, 1);
	while (s.len > 0 && s.ptr[s.len - 1] != '\0' && is_wrapping(s.ptr[s.len - 1]))
		s.len--;
	return s;
}

/* Whether word stands in s as a word. */
static bool has_word(struct bk_str s, const char *word)
{
	const size_t len = strlen(word);

	for (size_t i = 0; i + len <= s.len; i++) {
		if ((i == 0 || !bk_is_word(s.ptr[i - 1])) &&
			(i + len == s.len || !bk_is_word(s.ptr[i + len])) &&
			bk_str_equal_nocase((struct bk_str){s.ptr + i, len}, bk_str_of(word)))
			return true;
	}
	return false;
}

static bool is_treaty_language(struct bk_str s)
{
	static const char *const verbs[] = {"shall", "should", "may", "will", "must", "recognize", "decides"};

	for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
		if (has_word(s, verbs[i]))
			return true;
	}
	return false;
}

/* "no" and up to two adjectives and a word for a piece of text. */
static bool names_no_piece(struct bk_str s)
{
	static const char *const nouns[] = {"text", "article", "articles", "reference", "references",
		"provision", "provisions", "paragraph", "paragraphs", "section", "annex", "language",
		"option", "wording", "title"};
	static const char *const adjectives[] = {"standalone", "stand-alone", "separate", "such", "specific",
		"additional", "explicit", "further", "new"};
	size_t at = 3;

	if (!bk_str_starts_nocase(s, BK_STR("no ")))
		return false;
	for (int skipped = 0; skipped < 3; skipped++) {
		struct bk_str word = bk_str_skip(s, at);
		bool adjective = false;

		word.len = 0;
		while (at + word.len < s.len &&
			(bk_is_word(s.ptr[at + word.len]) || s.ptr[at + word.len] == '-'))
			word.len++;
		for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
			if (bk_str_equal_nocase(word, bk_str_of(nouns[i])))
				return true;
		}
		for (size_t i = 0; i < sizeof adjectives / sizeof *adjectives; i++)
			adjective |= bk_str_equal_nocase(word, bk_str_of(adjectives[i]));
		if (!adjective)
			return false;
		at += word.len + 1;
	}
	return false;
}

static bool starts_with_any(struct bk_str s, const char *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (bk_str_starts_nocase(s, bk_str_of(list[i])))
			return true;
	}
	return false;
}

bool bk_option_no_text(struct bk_str text)
{
	static const char *const phrases[] = {"in lieu of", "pas de texte", "aucun texte", "sin texto",
		"ningún texto", "Текст отсутствует", "Нет текста", "无案文", "没有案文", "لا نص", "بدون نص"};
	struct bk_str s = unwrap(text), sentence;

	bool phrase;

	if (s.len == 0 || s.len > 400)
		return false;
	if (bk_str_starts_nocase(s, BK_STR("option 0")) || bk_str_equal_nocase(s, BK_STR("none")))
		return true;
	phrase = starts_with_any(s, phrases, sizeof phrases / sizeof *phrases);
	if (!phrase && !bk_str_starts_nocase(s, BK_STR("no ")))
		return false;
	sentence = s;
	for (size_t i = 0; i + 1 < s.len; i++) {
		if ((s.ptr[i] == '.' && bk_is_space(s.ptr[i + 1])) ||
			(s.ptr[i] == '\n' && s.ptr[i + 1] == '\n')) {
			sentence.len = i;
			break;
		}
	}
	return (phrase || names_no_piece(sentence)) && !is_treaty_language(sentence);
}
