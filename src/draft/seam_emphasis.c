/*
 * Emphasis and parentheses beside a seam: those round nothing go, and the half whose other half was cut.
 */
#include "draft/seam_private.h"

/* How many equal emphasis marks stand before start, or after end. */
static size_t emphasis_run(const struct bk_seam *seam, bool before)
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
static bool tears_emphasis(const struct bk_seam *seam, size_t run)
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
static size_t pass_cuts(const struct bk_seam *seam, const struct bk_cut **cut, size_t at)
{
	while (*cut <= seam->last && (*cut)->span.end <= at)
		++*cut;
	return *cut <= seam->last && (*cut)->span.start <= at ? (*cut)->span.end : at;
}

/* Marks of emphasis in what is kept of a line, from an offset up to another or, behind the cut, the end of it. */
static size_t count_runs(const struct bk_seam *seam, size_t at, size_t end, size_t run)
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
static bool keeps_pairs(const struct bk_seam *seam, size_t run, bool before)
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
void bk_seam_mend_emphasis(struct bk_seam *seam)
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
void bk_seam_mend_parentheses(struct bk_seam *seam)
{
	bk_seam_look(seam);
	if (seam->cut->kind != BK_CUT_WORDS || seam->before != '(' || seam->after != ')')
		return;
	seam->start -= seam->left + 1;
	seam->end += seam->right + 1;
}
