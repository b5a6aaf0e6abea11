/*
 * Mending: join the cuts, give up lines left empty, then look at both sides of each seam.
 */
#include "draft/seam.h"

#include "base/error.h"
#include "base/utf8.h"
#include "draft/changes.h"
#include "draft/draft.h"
#include "draft/label.h"

/* ---- The two sides of a seam ------------------------------------------------------------------------- */

struct seam {
	struct bk_str text;
	const struct bk_cut *cut, *first, *last; /* this one, and all */
	size_t low, high;			 /* what is kept near: from the cut before to the cut after */
	size_t text_end;			 /* where the last of what is kept ends */
	size_t start, end;
	size_t left, right; /* blanks before start, after end */
	char before,
		after; /* the bytes beyond them; '\n' at a line's end or the text's; 'a' for what cannot be seen
			     */
	char put[8];
	size_t put_len;
};

static void look(struct seam *seam)
{
	size_t at = seam->start;

	while (at > seam->low && bk_is_blank(seam->text.ptr[at - 1]))
		at--;
	seam->left = seam->start - at;
	if (at == 0)
		seam->before = '\n';
	else if (at == seam->low)
		seam->before = seam->text.ptr[at - 1] == '\n' ? '\n' : 'a';
	else
		seam->before = seam->text.ptr[at - 1];
	at = seam->end;
	while (at < seam->high && bk_is_blank(seam->text.ptr[at]))
		at++;
	seam->right = at - seam->end;
	if (at >= seam->text_end)
		seam->after = '\n';
	else if (at >= seam->high)
		seam->after = 'a';
	else
		seam->after = seam->text.ptr[at] == '\r' ? '\n' : seam->text.ptr[at];
}

/* How many equal emphasis marks stand before start, or after end. */
static size_t emphasis_run(const struct seam *seam, bool before)
{
	size_t n = 0;

	if (before) {
		while (n < 3 && seam->start - n > seam->low &&
			bk_is_emphasis(seam->text.ptr[seam->start - n - 1]))
			n++;
	} else {
		while (n < 3 && seam->end + n < seam->high && bk_is_emphasis(seam->text.ptr[seam->end + n]))
			n++;
	}
	return n;
}

/* Whether a mark that begins there, of so many bytes, has a blank behind it and nothing before it: that of a list. */
static bool is_list_mark(struct bk_str text, size_t at, size_t len)
{
	const char before = at ? text.ptr[at - 1] : '\n';

	return len == 1 && at + 1 < text.len && bk_is_blank(text.ptr[at + 1]) &&
	       (before == '[' || bk_is_space(before));
}

/* Whether the cut holds an emphasis mark whose partner stands outside it. */
static bool tears_emphasis(const struct seam *seam, size_t run)
{
	size_t runs = 0;

	for (size_t i = seam->start; i < seam->end;) {
		size_t n = 0;

		while (i + n < seam->end && seam->text.ptr[i + n] == '*')
			n++;
		runs += n == run && !is_list_mark(seam->text, i, n);
		i += n ? n : 1;
	}
	return runs % 2 == 1;
}

/* Behind an offset that no cut holds, or behind the cut that does; *cut is the first that ends behind it. */
static size_t pass_cuts(const struct seam *seam, const struct bk_cut **cut, size_t at)
{
	while (*cut <= seam->last && (*cut)->span.end <= at)
		++*cut;
	return *cut <= seam->last && (*cut)->span.start <= at ? (*cut)->span.end : at;
}

/* Marks of emphasis in what is kept of a line, from an offset up to another or, behind the cut, the end of it. */
static size_t count_runs(const struct seam *seam, size_t at, size_t end, size_t run)
{
	const struct bk_cut *cut = seam->cut;
	size_t runs = 0;

	while (cut > seam->first && cut[-1].span.end > at)
		cut--;
	while (at < end && !(at >= seam->end && seam->text.ptr[at] == '\n')) {
		const size_t kept = pass_cuts(seam, &cut, at);
		size_t n = 0;

		while (kept == at && at + n < end && seam->text.ptr[at + n] == '*' &&
			pass_cuts(seam, &cut, at + n) == at + n)
			n++;
		runs += n == run;
		at = kept > at ? kept : at + (n ? n : 1);
	}
	return runs;
}

/*
 * Whether marks have their partners in what is kept of the line on one side of the cut, or on both together, as once
 * the first is chosen in
 *
 *	[**5.][JP: **4.]** End.
 */
static bool keeps_pairs(const struct seam *seam, size_t run, bool before)
{
	enum { MOST = 2000 }; /* bytes on each side: a text may be one line */
	const size_t end = seam->text.len - seam->end < MOST ? seam->text.len : seam->end + MOST;
	size_t start = seam->start, front, back;

	while (start > 0 && seam->start - start < MOST && seam->text.ptr[start - 1] != '\n')
		start--;
	front = count_runs(seam, start, seam->start, run);
	back = count_runs(seam, seam->end, end, run);
	return (before ? front : back) % 2 == 0 || (front + back) % 2 == 0;
}

/* Emphasis round nothing goes, and the half that stands beside a cut that took the other half. */
static void mend_emphasis(struct seam *seam)
{
	const size_t before = emphasis_run(seam, true), after = emphasis_run(seam, false);

	if (seam->cut->kind == BK_CUT_WORDS && before > 0 && before == after &&
		!tears_emphasis(seam, before)) {
		seam->start -= before;
		seam->end += after;
	} else if (before > 0 && tears_emphasis(seam, before) && !keeps_pairs(seam, before, true)) {
		seam->start -= before;
	} else if (after > 0 && tears_emphasis(seam, after) && !keeps_pairs(seam, after, false)) {
		seam->end += after;
	}
}

/* Parentheses round nothing go. */
static void mend_parentheses(struct seam *seam)
{
	look(seam);
	if (seam->cut->kind != BK_CUT_WORDS || seam->before != '(' || seam->after != ')')
		return;
	seam->start -= seam->left + 1;
	seam->end += seam->right + 1;
}

/* ---- Sentences --------------------------------------------------------------------------------------- */

static bool at_label(const struct seam *seam, size_t at)
{
	size_t line = at;

	while (line > seam->low && seam->text.ptr[line - 1] != '\n' && at - line < 240)
		line--;
	if (line > 0 && seam->text.ptr[line - 1] != '\n')
		return false;
	if (line == at)
		return false;
	line += bk_seam_prefix(seam->text, line);
	while (line < at && bk_is_blank(seam->text.ptr[line]))
		line++;
	return line >= at;
}

/* Whether a sentence begins at the seam. */
static bool begins_sentence(const struct seam *seam)
{
	size_t at = seam->start, lines = 0;

	if (at_label(seam, at))
		return true;
	while (at > seam->low) {
		const char c = seam->text.ptr[at - 1];

		if (c == '\n')
			lines++;
		else if (!bk_is_space(c) && !strchr("*_\"'([", c))
			break;
		at--;
	}
	if (at == 0 || lines > 1)
		return true;
	if (at == seam->low)
		return false;
	return strchr(".!?", seam->text.ptr[at - 1]) != NULL && (lines > 0 || at < seam->start);
}

/* ---- Punctuation and blanks -------------------------------------------------------------------------- */

static bool is_stop(char c)
{
	return c == ',' || c == ';' || c == '.' || c == ':';
}

/* Two marks meet: one of them stays.  A mark right behind a bracket that stays is that of its words. */
static void mend_clash(struct seam *seam)
{
	const char l = seam->before, r = seam->after;

	look(seam);
	if (seam->cut->kind == BK_CUT_WORDS && (r == ',' || r == ';' || r == ':') &&
		(l != ']' || seam->left > 0) && (l == '\n' || l == '(' || begins_sentence(seam)) &&
		seam->end + seam->right < seam->high) {
		seam->end += seam->right + 1;
		look(seam);
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
	look(seam);
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
static bool ends_word(const struct seam *seam)
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
static bool begins_word(const struct seam *seam)
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
static bool is_ideograph(const struct seam *seam)
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
static size_t letters_before(const struct seam *seam, size_t at)
{
	size_t n = 0;

	while (at - n > seam->low && is_letter(seam->text.ptr[at - n - 1]))
		n++;
	return n;
}

static size_t letters_after(const struct seam *seam, size_t at)
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
static bool lacks_blank(const struct seam *seam, bool closes)
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
static bool were_apart_in_marks(const struct seam *seam, struct bk_str cut)
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
static bool were_apart(const struct seam *seam)
{
	const struct bk_str cut = {seam->text.ptr + seam->start, seam->end - seam->start};

	if (cut.len == 0 || is_ideograph(seam))
		return false;
	if (seam->cut->kind == BK_CUT_MARK)
		return were_apart_in_marks(seam, cut);
	return is_mark(cut) || has_blank(cut, seam->before == ']' && seam->after == '[');
}

/* Whether words meet at the seam, in brackets that stay or not; a mark or parenthesis behind words is of them. */
static bool words_meet(const struct seam *seam)
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
static bool comma_wraps(const struct seam *seam)
{
	return strchr(",;.", seam->after) && seam->start >= 2 && seam->start > seam->low &&
	       seam->text.ptr[seam->start - 1] == '\n' && !bk_is_space(seam->text.ptr[seam->start - 2]);
}

static void mend_blanks(struct seam *seam)
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

/* ---- The capital ------------------------------------------------------------------------------------- */

struct capital {
	size_t at;
	size_t len; /* 0: none is due */
	char put[4];
	size_t put_len;
};

/* Whether the letter at an offset is that of a label: "(b) States". */
static bool is_labelled(struct bk_str text, size_t at)
{
	struct bk_label label;

	return at > 0 && text.ptr[at - 1] == '(' && bk_label_parse(bk_str_skip(text, at - 1), &label);
}

/* The letter that begins the sentence now, when the cut took its first word and its capital. */
static struct capital find_capital(const struct bk_draft *draft, const struct seam *seam)
{
	struct capital capital = {0};
	const size_t line = bk_str_find(bk_str_skip(seam->text, seam->end), '\n');
	const size_t at = bk_cut_words_at(draft, (struct bk_span){seam->end, seam->end + line});
	uint32_t code;

	if (seam->cut->kind != BK_CUT_WORDS || !seam->cut->capital || seam->cut->lines ||
		!begins_sentence(seam))
		return capital;
	if (at >= seam->text.len || is_labelled(seam->text, at))
		return capital;
	code = bk_utf8_decode(bk_str_skip(seam->text, at), &capital.len);
	capital.at = at;
	if (code == BK_UTF8_BAD || bk_utf8_to_upper(code) == code)
		capital.len = 0;
	else
		capital.put_len = bk_utf8_encode(bk_utf8_to_upper(code), capital.put);
	return capital;
}

/* ---- One after the other ----------------------------------------------------------------------------- */

static int put_capital(bk_changes *out, struct capital *capital, size_t before)
{
	int status = BK_OK;

	if (capital->len > 0 && capital->at < before)
		status = bk_changes_add(out, (struct bk_span){capital->at, capital->at + capital->len},
			capital->put, capital->put_len);
	if (capital->at < before)
		capital->len = 0;
	return status;
}

static void mend_one(struct seam *seam)
{
	if (seam->cut->lines)
		return;
	mend_emphasis(seam);
	mend_parentheses(seam);
	look(seam);
	mend_clash(seam);
	mend_blanks(seam);
}

/* Where the cuts begin that the text ends with. */
static size_t end_of_kept(struct bk_str text, const bk_cuts *cuts)
{
	size_t end = text.len;

	for (size_t i = cuts->len; i > 0 && cuts->items[i - 1].span.end == end; i--)
		end = cuts->items[i - 1].span.start;
	return end;
}

int bk_seam_mend(const struct bk_draft *draft, bk_cuts *cuts, bk_changes *out)
{
	const struct bk_str text = draft->bytes;
	struct capital capital = {0};
	size_t low = 0, text_end;
	int status = BK_OK;

	bk_cuts_join(draft, cuts);
	bk_seam_lines(draft, cuts);
	text_end = end_of_kept(text, cuts);
	for (size_t i = 0; i < cuts->len && status == BK_OK; i++) {
		struct seam seam = {.text = text,
			.cut = &cuts->items[i],
			.first = cuts->items,
			.last = &cuts->items[cuts->len - 1],
			.low = low,
			.text_end = text_end};

		seam.high = i + 1 < cuts->len ? cuts->items[i + 1].span.start : text.len;
		seam.start = seam.cut->span.start;
		seam.end = seam.cut->span.end;
		mend_one(&seam);
		status = put_capital(out, &capital, seam.start);
		if (status == BK_OK)
			status = bk_changes_add(
				out, (struct bk_span){seam.start, seam.end}, seam.put, seam.put_len);
		if (capital.len > 0 && capital.at < seam.end)
			capital.len = 0;
		if (capital.len == 0)
			capital = find_capital(draft, &seam);
		low = seam.end;
	}
	return status < 0 ? status : put_capital(out, &capital, SIZE_MAX);
}

int bk_seam_finish(const struct bk_draft *draft, int status, bk_cuts *cuts, bk_changes **out)
{
	bk_changes *changes = NULL;

	if (status == BK_OK)
		status = bk_changes_new(&changes);
	if (status == BK_OK)
		status = bk_seam_mend(draft, cuts, changes);
	BK_VEC_RELEASE(cuts);
	if (status == BK_OK)
		*out = changes;
	else
		bk_changes_free(changes);
	return status;
}
