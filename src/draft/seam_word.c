/*
 * What meets at a seam: marks of which one stays, words that were apart, and the blanks between them.
 */
#include "base/utf8.h"
#include "draft/seam_private.h"

static bool is_stop(char c)
{
	return c == ',' || c == ';' || c == '.' || c == ':';
}

static bool closes(char c)
{
	return c != '\0' && strchr(".,;:!?)]}", c) != NULL;
}

static bool is_quote(char c)
{
	return c == '"' || c == '\'';
}

/* A mark right behind the cut that stands with the word before it: "*In [pursuit]* of", "the [main] 'goal [now]'s",
 * "the Board [of 12]/CMA". */
static bool ends_word(const struct bk_seam *seam)
{
	const struct bk_str rest = {seam->text.ptr + seam->end, seam->high - seam->end};
	size_t at = 0;

	if (seam->right > 0 || rest.len == 0)
		return false;
	if (closes(seam->after) || seam->after == '/' || bk_str_starts(rest, BK_STR("”")) ||
		bk_str_starts(rest, BK_STR("’")))
		return true;
	if (!bk_is_emphasis(seam->after) && !is_quote(seam->after))
		return false;
	while (at < rest.len && (bk_is_emphasis(rest.ptr[at]) || is_quote(rest.ptr[at])))
		at++;
	return seam->end + at == seam->text.len || bk_is_space(rest.ptr[at]) || closes(rest.ptr[at]);
}

/* A mark right before the cut that stands with the word behind it: "a (", "the '". */
static bool begins_word(const struct bk_seam *seam)
{
	const struct bk_str kept = {seam->text.ptr + seam->low, seam->start - seam->low};
	size_t mark;

	if (seam->before && strchr("([{", seam->before))
		return true;
	if (seam->left > 0 || kept.len == 0)
		return false;
	mark = bk_str_ends(kept, BK_STR("“")) || bk_str_ends(kept, BK_STR("‘")) ? strlen("“")
										: is_quote(seam->before);
	return mark && (seam->start == mark || bk_is_space(seam->text.ptr[seam->start - mark - 1]));
}

static bool is_letter(char c)
{
	return bk_is_alpha(c) || (unsigned char)c >= 0xC3;
}

static bool is_of_word(char c)
{
	return is_letter(c) || bk_is_digit(c);
}

/* Scripts written without blanks: the byte begins or ends a character from U+2E80 on. */
static bool is_ideograph(const struct bk_seam *seam)
{
	const struct bk_str text = seam->text;
	size_t size, at = seam->start;

	while (at > seam->low && ((unsigned char)text.ptr[at - 1] & 0xC0) == 0x80)
		at--;
	if (at > seam->low && at < seam->start &&
		bk_utf8_decode((struct bk_str){text.ptr + at - 1, seam->start - at + 1}, &size) >= 0x2E80)
		return true;
	return seam->end < seam->high &&
	       bk_utf8_decode((struct bk_str){text.ptr + seam->end, seam->high - seam->end}, &size) >= 0x2E80;
}

/* Letters in a row up to `at`, or from it on, within what is kept. */
static size_t letters_before(const struct bk_seam *seam, size_t at)
{
	size_t n = 0;

	while (at - n > seam->low && is_letter(seam->text.ptr[at - n - 1]))
		n++;
	return n;
}

static size_t letters_after(const struct bk_seam *seam, size_t at)
{
	size_t n = 0;

	while (at + n < seam->high && is_letter(seam->text.ptr[at + n]))
		n++;
	return n;
}

static bool is_bracket(char c)
{
	return c == '[' || c == ']';
}

/* A word of a bracket of several words that lacks its blank: "countries]and", not "chemical[s]". */
static bool lacks_blank(const struct bk_seam *seam, bool closes)
{
	const size_t before = letters_before(seam, seam->start), after = letters_after(seam, seam->end);
	size_t from = seam->start - before, to = seam->end + after;

	if (before < 2 || after < 2)
		return false;
	/* brackets there may be cut as well: with one pair or with two the words are the same */
	while (from > 0 && is_bracket(seam->text.ptr[from - 1]))
		from--;
	while (to < seam->text.len && is_bracket(seam->text.ptr[to]))
		to++;
	if (closes)
		return from > 0 && bk_is_blank(seam->text.ptr[from - 1]);
	return to < seam->text.len && bk_is_blank(seam->text.ptr[to]);
}

/* Whether words met at the notation that was cut, and were two. */
static bool were_apart_in_marks(const struct bk_seam *seam, struct bk_str cut)
{
	const bool closed = seam->before == ']', opens = seam->after == '[';
	const bool has_close = memchr(cut.ptr, ']', cut.len), has_open = memchr(cut.ptr, '[', cut.len);

	/* one side of "][", or both */
	if ((closed || has_close) && (opens || has_open))
		return !(closed && opens);
	return (has_close || has_open || cut.len == 1) && lacks_blank(seam, has_close);
}

/* Whether a blank or a line end stands in what was cut, with brackets outside of them. */
static bool has_blank(struct bk_str cut, bool outside)
{
	size_t depth = 0;

	for (size_t i = 0; i < cut.len; i++) {
		depth += cut.ptr[i] == '[';
		depth -= cut.ptr[i] == ']' && depth > 0;
		if ((cut.ptr[i] == ' ' || cut.ptr[i] == '\n') && (depth == 0 || !outside))
			return true;
	}
	return false;
}

/* A mark that a word took the place of: "[,][may]". */
static bool is_mark(struct bk_str cut)
{
	bool is = false;

	for (size_t i = 0; i < cut.len; i++) {
		if (!is_bracket(cut.ptr[i]) && !is_stop(cut.ptr[i]))
			return false;
		is |= is_stop(cut.ptr[i]);
	}
	return is;
}

/* Whether the two words that meet without a blank were two before; of a run that was tight the rest is, too. */
static bool were_apart(const struct bk_seam *seam)
{
	const struct bk_str cut = {seam->text.ptr + seam->start, seam->end - seam->start};

	if (cut.len == 0 || is_ideograph(seam))
		return false;
	if (seam->cut->kind == BK_CUT_MARK)
		return were_apart_in_marks(seam, cut);
	return is_mark(cut) || has_blank(cut, seam->before == ']' && seam->after == '[');
}

/* Whether words meet at the seam, in brackets that stay or not; a mark or parenthesis behind words is of them. */
static bool words_meet(const struct bk_seam *seam)
{
	size_t before = seam->start, after = seam->end;

	while (before > seam->low && seam->text.ptr[before - 1] == ']')
		before--;
	while (after < seam->high && seam->text.ptr[after] == '[')
		after++;
	/* "3.5": a figure's mark */
	if (before > seam->low + 1 && is_stop(seam->text.ptr[before - 1]) &&
		bk_is_digit(seam->text.ptr[before - 2]) && after < seam->high &&
		bk_is_digit(seam->text.ptr[after]))
		return false;
	return before > seam->low && after < seam->high &&
	       (is_of_word(seam->text.ptr[before - 1]) || is_stop(seam->text.ptr[before - 1]) ||
		       seam->text.ptr[before - 1] == ')') &&
	       is_of_word(seam->text.ptr[after]);
}

/* A comma or full stop that would stand first on its line belongs to the end of the line before. */
static bool comma_wraps(const struct bk_seam *seam)
{
	return strchr(",;.", seam->after) && seam->start >= 2 && seam->start > seam->low &&
	       seam->text.ptr[seam->start - 1] == '\n' && !bk_is_space(seam->text.ptr[seam->start - 2]);
}

/* Two marks meet: one of them stays.  A mark right behind a bracket that stays is that of its words. */
void bk_seam_mend_marks(struct bk_seam *seam)
{
	const char l = seam->before, r = seam->after;

	bk_seam_look(seam);
	if (seam->cut->kind == BK_CUT_WORDS && (r == ',' || r == ';' || r == ':') &&
		(l != ']' || seam->left > 0) && (l == '\n' || l == '(' || bk_seam_begins_sentence(seam)) &&
		seam->end + seam->right < seam->high) {
		seam->end += seam->right + 1;
		bk_seam_look(seam);
		return;
	}
	if (!is_stop(r) || seam->end + seam->right >= seam->high)
		return;
	if ((l == ',' && is_stop(r)) || (l == ';' && (r == ';' || r == '.'))) {
		seam->start -= seam->left + 1;
	} else if ((l == ';' && r == ',') ||
		   (l == '.' && r == '.' && seam->text.ptr[seam->start - 1] == '.')) {
		seam->end += seam->right + 1;
	}
	bk_seam_look(seam);
}

void bk_seam_mend_blanks(struct bk_seam *seam)
{
	const bool starts = seam->before == '\n', ends = seam->after == '\n';

	if (ends && !starts) {
		seam->start -= seam->left;
	} else if (starts && comma_wraps(seam)) {
		seam->start--;
		seam->end += seam->right;
	} else if (starts) {
		seam->end += ends ? 0 : seam->right;
	} else if (seam->left > 0 && seam->right > 0) {
		seam->end += seam->right;
	} else if (seam->left > 0 && ends_word(seam)) {
		seam->start -= seam->left;
	} else if (seam->right > 0 && begins_word(seam)) {
		seam->end += seam->right;
	} else if (seam->right > 0 && (seam->after == '.' || seam->after == ',')) {
		seam->end += seam->right;
	} else if (seam->left == 0 && seam->right == 0 && seam->put_len == 0) {
		const bool words = words_meet(seam) && were_apart(seam);
		const bool comma =
			strchr(",;", seam->before) && is_letter(seam->after) && !is_ideograph(seam);

		const bool marks = seam->cut->blank && seam->cut->kind == BK_CUT_MARK &&
				   !closes(seam->after) && !strchr("([{-/", seam->before);

		if (words || comma || marks)
			seam->put[seam->put_len++] = ' ';
	}
}
