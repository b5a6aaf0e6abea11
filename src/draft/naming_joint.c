/* What stands between names: see naming_joint.h. */
#include "draft/naming_joint.h"

/* Bytes of the words that lead from a speaker to the group that is spoken for, or 0. */
size_t bk_joint_behalf(struct bk_str string)
{
	static const char *const words[] = {"on behalf of", "speaking for", "speaking on behalf of", "for",
		"in the name of", "au nom de", "au nom du", "au nom des", "en nombre de", "en nombre del",
		"от имени", NULL};
	size_t longest = 0;

	for (size_t i = 0; string.len && words[i]; i++) {
		size_t len;

		if (words[i][0] != bk_to_lower(string.ptr[0]))
			continue;
		len = strlen(words[i]);
		if (len > longest && string.len > len && bk_is_space(string.ptr[len]) &&
			bk_str_starts_nocase(string, (struct bk_str){words[i], len}))
			longest = len;
	}
	return longest ? longest + 1 : 0;
}

/* Bytes of the separator at string's start, or 0; a word separates only when it stands apart. */
static size_t separator_at(struct bk_str string, bool apart)
{
	static const char *const words[] = {"and", "y", "et", "и", "و", NULL};

	if (string.len == 0)
		return 0;
	if (memchr("/,;&+", string.ptr[0], 5))
		return 1;
	for (size_t i = 0; apart && words[i]; i++) {
		size_t len;

		if (words[i][0] != bk_to_lower(string.ptr[0]))
			continue;
		len = strlen(words[i]);
		if (string.len > len && bk_is_space(string.ptr[len]) &&
			bk_str_starts_nocase(string, (struct bk_str){words[i], len}))
			return len + 1;
	}
	if (bk_str_starts(string, BK_STR("、")) || bk_str_starts(string, BK_STR("，")))
		return strlen("、");
	return apart ? bk_joint_behalf(string) : 0;
}

/* The first bytes of what separates: a mark does without a blank before it, a word needs one. */
enum { MARK = 1, WORD = 2 };
static const unsigned char begins[256] = {
	['/'] = MARK,
	[','] = MARK,
	[';'] = MARK,
	['&'] = MARK,
	['+'] = MARK,
	[0xe3] = MARK, /* "、" */
	[0xef] = MARK, /* "，" */
	['a'] = WORD,
	['A'] = WORD,
	['e'] = WORD,
	['E'] = WORD,
	['f'] = WORD,
	['F'] = WORD,
	['i'] = WORD,
	['I'] = WORD,
	['o'] = WORD,
	['O'] = WORD,
	['s'] = WORD,
	['S'] = WORD,
	['y'] = WORD,
	['Y'] = WORD,
	[0xd0] = WORD, /* "и", "от имени" */
	[0xd9] = WORD, /* "و" */
};

size_t bk_joint_at(struct bk_str string, size_t at)
{
	const unsigned char first = at < string.len ? begins[(unsigned char)string.ptr[at]] : 0;
	const bool apart = first && (at == 0 || bk_is_space(string.ptr[at - 1]));

	return first == MARK || (first == WORD && apart) ? separator_at(bk_str_skip(string, at), apart) : 0;
}

/* Offset of the next separator at or after from, outside parentheses, or the end. */
size_t bk_joint_next(struct bk_str string, size_t from)
{
	size_t depth = 0;

	for (size_t i = from; i < string.len; i++) {
		const char c = string.ptr[i];

		depth += c == '(';
		depth -= c == ')' && depth > 0;
		if (depth == 0 && begins[(unsigned char)c] && bk_joint_at(string, i))
			return i;
	}
	return string.len;
}

/* Bytes of an article in small letters at string's start, or of who speaks, or 0: it belongs to no name. */
static size_t article_at(struct bk_str string)
{
	static const char *const articles[] = {"the ", "The ", "la ", "le ", "les ", "l'", "l’", "el ",
		"los ", "las ", "delegation of ", "delegations of ", "representative of ",
		"representatives of ", NULL};

	for (size_t i = 0; string.len && articles[i]; i++) {
		if (articles[i][0] == string.ptr[0] && bk_str_starts(string, bk_str_of(articles[i])))
			return strlen(articles[i]);
	}
	return 0;
}

/* The same in capitals: "La Suisse", but "El Salvador" is asked for first. */
size_t bk_joint_article(struct bk_str string)
{
	static const char *const articles[] = {"La ", "Le ", "Les ", "L'", "L’", "El ", "Los ", "Las ", NULL};

	for (size_t i = 0; string.len && articles[i]; i++) {
		if (articles[i][0] == string.ptr[0] && bk_str_starts(string, bk_str_of(articles[i])))
			return strlen(articles[i]);
	}
	return 0;
}

/* Past blanks, emphasis, separators and articles. */
size_t bk_joint_skip(struct bk_str string, size_t at)
{
	for (;;) {
		const struct bk_str rest = bk_str_skip(string, at);
		size_t len = bk_joint_at(string, at);

		if (!len)
			len = article_at(rest);
		if (!len)
			len = rest.len && (bk_is_space(rest.ptr[0]) || rest.ptr[0] == '*');
		if (!len)
			return at;
		at += len;
	}
}

/* Whether the words between two names lead from who speaks to who is spoken for. */
bool bk_joint_for_group(struct bk_str between)
{
	for (size_t i = 0; i < between.len; i++) {
		if ((i == 0 || bk_is_space(between.ptr[i - 1])) && bk_joint_behalf(bk_str_skip(between, i)))
			return true;
	}
	return false;
}
