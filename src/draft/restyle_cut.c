/*
 * Which bytes an attribution takes away when it goes, and whether it may go: only when it says names and acts and
 * nothing else, in words that the notation itself has for them.
 *
 *	[EU, AOSIS: text]      [**EU:** text]       |prefix with its colon, emphasis and blanks|
 *	[text] (G77) (EU: delete)                          | (G77)|| (EU: delete)|
 *	[text - US; G77 delete ]                         | - US; G77 delete|
 *	[text]3, 4    [text][^9]                         |3, 4|    |[^9]|
 */
#include "base/error.h"
#include "draft/label.h"
#include "draft/naming_joint.h"
#include "draft/naming_verb.h"
#include "draft/restyle_private.h"

enum { LABEL = 40 }; /* bytes of a label at the most */

static const char more_words[] = "it says more than names and acts";

/* ---- What stands between names ----------------------------------------------------------------------- */

/* A word that joins names and acts, or one for an act. */
static bool is_usual(struct bk_str word)
{
	static const char *const joints[] = {"by", "to", "the", "and", "y", "et", "with", NULL};
	char small[24];

	if (word.len > sizeof small)
		return false;
	for (size_t i = 0; i < word.len; i++)
		small[i] = bk_to_lower(word.ptr[i]);
	word = (struct bk_str){small, word.len};
	for (size_t i = 0; joints[i]; i++) {
		if (bk_str_equal(word, bk_str_of(joints[i])))
			return true;
	}
	return bk_verb_names_act(word);
}

/* Bytes of a mark that may stand between names, or 0. */
static size_t mark_at(struct bk_str string)
{
	static const char *const wide[] = {"–", "—", "：", "、", "，", "\xc2\xa0", NULL};

	if (string.len && (bk_is_space(string.ptr[0]) || memchr("/,;:&+().*-", string.ptr[0], 11)))
		return 1;
	for (size_t i = 0; wide[i]; i++) {
		if (bk_str_starts(string, bk_str_of(wide[i])))
			return strlen(wide[i]);
	}
	return 0;
}

/* Whether bytes between names are marks and usual words. */
static bool is_plain(struct bk_str between)
{
	while (between.len) {
		const size_t mark = mark_at(between);
		struct bk_str word;

		if (mark) {
			between = bk_str_skip(between, mark);
			continue;
		}
		word = bk_verb_word(between);
		if (word.len == 0 || word.ptr != between.ptr || !is_usual(word))
			return false;
		between = bk_str_skip(between, word.len);
	}
	return true;
}

/* Attributions of one notation, `count` from `list` on. */
struct run {
	const struct bk_attribution *list;
	size_t count;
};

/* Whether all of `span` but the names in it is plain.  Names stand in order, and none in another. */
static bool says_names_only(const struct bk_draft *draft, const struct run *run, struct bk_span span)
{
	const char *bytes = draft->bytes.ptr;
	size_t at = span.start;

	for (size_t i = 0; i < run->count; i++) {
		const struct bk_span name = run->list[i].written;

		if (name.start < at || name.end > span.end ||
			!is_plain((struct bk_str){bytes + at, name.start - at}))
			return false;
		at = name.end;
	}
	return is_plain((struct bk_str){bytes + at, span.end - at});
}

/* ---- Emphasis and blanks ----------------------------------------------------------------------------- */

static size_t stars_before(struct bk_str bytes, size_t at)
{
	size_t count = 0;

	while (count < at && bytes.ptr[at - count - 1] == '*')
		count++;
	return count;
}

static size_t stars_at(struct bk_str bytes, size_t at)
{
	size_t count = 0;

	while (at + count < bytes.len && bytes.ptr[at + count] == '*')
		count++;
	return count;
}

static bool has_star(struct bk_str bytes, size_t from, size_t end)
{
	return end > from && memchr(bytes.ptr + from, '*', end - from);
}

static size_t skip_space(struct bk_str bytes, size_t at, size_t end)
{
	while (at < end && bk_is_space(bytes.ptr[at]))
		at++;
	return at;
}

/* Back over blanks and at most one line end. */
static size_t back_over_blanks(struct bk_str bytes, size_t at, size_t least)
{
	bool line_end = false;

	while (at > least && bk_is_space(bytes.ptr[at - 1]) && !(line_end && bytes.ptr[at - 1] == '\n')) {
		line_end = line_end || bytes.ptr[at - 1] == '\n';
		at--;
	}
	return at;
}

/* ---- The forms --------------------------------------------------------------------------------------- */

static int add_cut(struct bk_restyling *restyling, struct bk_restyle_plan *plan, struct bk_span span)
{
	struct bk_span *slot = BK_VEC_PUSH(&restyling->cuts);

	if (!slot)
		return bk_fail_memory();
	*slot = span;
	plan->cuts.count++;
	return BK_OK;
}

/* Keep the line end of a run of blanks, if it has one. */
static int add_break(
	struct bk_restyling *restyling, struct bk_restyle_plan *plan, size_t blank, struct bk_span span)
{
	struct bk_restyle_break *slot;

	if (!memchr(restyling->draft->bytes.ptr + span.start, '\n', span.end - span.start))
		return BK_OK;
	slot = BK_VEC_PUSH(&restyling->breaks);
	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_restyle_break){blank, span};
	plan->breaks.count++;
	return BK_OK;
}

/* The line ends of a cut, of which the names and acts stand in `list`.  The lists of one bracket become one, so that
 * what stands before the second is a blank of that. */
static int add_breaks(
	struct bk_restyling *restyling, struct bk_restyle_plan *plan, struct bk_span cut, struct bk_span list)
{
	const struct bk_str bytes = restyling->draft->bytes;
	const bool more = plan->cuts.count > 0;
	int status = BK_OK;

	plan->blanks += more;
	for (size_t at = cut.start, end; at < cut.end && status == BK_OK; at = end) {
		end = skip_space(bytes, at, cut.end);
		if (end == at) {
			end++;
			continue;
		}
		plan->blanks += at >= list.start && at < list.end;
		status = add_break(restyling, plan,
			at >= list.end || (at < list.start && !more) ? 0 : plan->blanks,
			(struct bk_span){at, end});
	}
	return status;
}

/* Cut an attribution, of which the names and acts end at list_end. */
static int add_list_cut(struct bk_restyling *restyling, struct bk_restyle_plan *plan, const struct run *run,
	struct bk_span cut, size_t list_end)
{
	const int status =
		add_breaks(restyling, plan, cut, (struct bk_span){run->list->written.start, list_end});

	return status == BK_OK ? add_cut(restyling, plan, cut) : status;
}

/* The colon behind the last name and its act; notation.end when there is none. */
static size_t colon_of(struct bk_str bytes, const struct bk_attribution *last)
{
	size_t colon = last->notation.end;

	for (size_t i = last->written.end; i < last->notation.end; i++) {
		if (bytes.ptr[i] == ':' || bk_str_starts(bk_str_skip(bytes, i), BK_STR("：")))
			colon = i;
	}
	return colon;
}

/* `[**EU:** text]`, `[**EU**: text]`: emphasis that opens before the names ends with them; what follows the colon
 * otherwise is the text's. */
static int cut_prefix(struct bk_restyling *restyling, struct bk_restyle_plan *plan, const struct run *run)
{
	const struct bk_str bytes = restyling->draft->bytes;
	const struct bk_span notation = run->list->notation;
	const size_t colon = colon_of(bytes, &run->list[run->count - 1]);
	const size_t lead = stars_before(bytes, notation.start);
	size_t end = colon;

	if (colon == notation.end || has_star(bytes, notation.start, colon - stars_before(bytes, colon))) {
		plan->left = colon == notation.end ? "its bracket holds no words of its own" : more_words;
		return BK_OK;
	}
	end += bytes.ptr[colon] == ':' ? 1 : strlen("：");
	if (lead && !stars_before(bytes, colon) && stars_at(bytes, end) == lead)
		end += lead;
	else if (lead != stars_before(bytes, colon))
		plan->left = more_words;
	if (!says_names_only(restyling->draft, run, (struct bk_span){notation.start, colon}))
		plan->left = more_words;
	end = skip_space(bytes, end, notation.end);
	return add_list_cut(restyling, plan, run, (struct bk_span){notation.start - lead, end}, colon);
}

static int cut_dash(struct bk_restyling *restyling, struct bk_restyle_plan *plan, const struct run *run)
{
	const struct bk_bracket *bracket = &restyling->draft->brackets[plan->bracket];
	const struct bk_str bytes = restyling->draft->bytes;
	struct bk_span cut = run->list->notation;

	if (cut.end != bracket->end - bracket->close_len)
		plan->left = "it speaks of one alternative";
	else if (has_star(bytes, cut.start, cut.end) || !says_names_only(restyling->draft, run, cut))
		plan->left = more_words;
	while (cut.end > cut.start && bk_is_space(bytes.ptr[cut.end - 1]))
		cut.end--;
	cut.start = back_over_blanks(bytes, cut.start, bracket->start + bracket->open_len);
	return add_list_cut(restyling, plan, run, cut, cut.end);
}

static int cut_parenthesis(
	struct bk_restyling *restyling, struct bk_restyle_plan *plan, const struct run *run)
{
	const struct bk_bracket *bracket = &restyling->draft->brackets[plan->bracket];
	const struct bk_str bytes = restyling->draft->bytes;
	struct bk_span cut = run->list->notation;
	const size_t lead = stars_before(bytes, cut.start);

	if (has_star(bytes, cut.start, cut.end) || !says_names_only(restyling->draft, run, cut) ||
		(lead && stars_at(bytes, cut.end) != lead)) {
		plan->left = more_words;
		return BK_OK;
	}
	cut.start -= lead;
	cut.end += lead;
	cut.start = back_over_blanks(bytes, cut.start, bracket->end);
	return add_list_cut(restyling, plan, run, cut, cut.end);
}

/* Whether another mark follows, which would be left behind by itself: "3, 4". */
static bool is_in_row(struct bk_str bytes, size_t end)
{
	size_t len;

	if (end >= bytes.len || bytes.ptr[end] != ',')
		return false;
	end++;
	end += end < bytes.len && bk_is_blank(bytes.ptr[end]);
	return bk_footnote_digit(bk_str_skip(bytes, end), &len) >= 0;
}

static int cut_footnote(struct bk_restyling *restyling, struct bk_restyle_plan *plan, const struct run *run)
{
	const struct bk_str bytes = restyling->draft->bytes;
	const struct bk_bracket *bracket = &restyling->draft->brackets[plan->bracket];
	struct bk_span cut = run->list->notation;
	struct bk_str text;
	size_t note, *use;
	int status = bk_restyle_note(restyling, run->list, &note, &text, &plan->left);

	if (status < 0 || plan->left)
		return status;
	const size_t base = (size_t)(text.ptr - bytes.ptr);

	if (!says_names_only(restyling->draft, run, (struct bk_span){base, base + text.len}))
		plan->left = more_words;
	use = BK_VEC_PUSH(&restyling->uses);
	if (!use)
		return bk_fail_memory();
	*use = note;
	plan->notes.count++;
	/* With the comma that parts it from the mark before. */
	while (cut.start > bracket->end &&
		(bytes.ptr[cut.start - 1] == ',' || bk_is_blank(bytes.ptr[cut.start - 1])))
		cut.start--;
	return add_cut(restyling, plan, cut);
}

static int cut(struct bk_restyling *restyling, struct bk_restyle_plan *plan, const struct run *run)
{
	switch ((enum bk_form)run->list->form) {
	case BK_FORM_PREFIX: return cut_prefix(restyling, plan, run);
	case BK_FORM_PARENTHESIS: return cut_parenthesis(restyling, plan, run);
	case BK_FORM_DASH: return cut_dash(restyling, plan, run);
	case BK_FORM_FOOTNOTE: return cut_footnote(restyling, plan, run);
	}
	return BK_OK;
}

/* Whether nothing but brackets and parentheses stands before an offset in its line.  Offsets come in order. */
static bool begins_line(struct bk_restyle_line *line, struct bk_str bytes, size_t offset)
{
	for (; line->at < offset; line->at++) {
		const char c = bytes.ptr[line->at];

		if (c == '\n')
			*line = (struct bk_restyle_line){.at = line->at};
		else if (c == '[')
			line->brackets++;
		else if (c == ']')
			line->brackets -= line->brackets > 0;
		else if (line->brackets)
			continue;
		else if (c == '(')
			line->parentheses++;
		else if (c == ')')
			line->parentheses -= line->parentheses > 0;
		else if (!line->parentheses && !bk_is_blank(c))
			line->has_words = true;
	}
	return !line->has_words && !line->brackets && !line->parentheses;
}

/* A label in dispute, "[3.][EU: 4.] Parties": with other notation it would be another one, or none. */
static bool is_label(struct bk_restyling *restyling, const struct bk_bracket *bracket)
{
	const struct bk_draft *draft = restyling->draft;
	const struct bk_str words = bk_str_trim((struct bk_str){
		draft->bytes.ptr + bracket->text.start, bracket->text.end - bracket->text.start});
	struct bk_label label;

	return words.len <= LABEL && bk_label_parse(words, &label) && label.len == words.len &&
	       label.close != BK_LABEL_BARE && begins_line(&restyling->line, draft->bytes, bracket->start);
}

int bk_restyle_cut(struct bk_restyling *restyling, struct bk_restyle_plan *plan)
{
	const struct bk_draft *draft = restyling->draft;
	const struct bk_bracket *bracket = &draft->brackets[plan->bracket];
	const struct bk_attribution *list = bk_bracket_attributions(draft, bracket), *last;
	const size_t count = bracket->attribution_count;
	int status = BK_OK;

	if (bracket->text.start == bracket->text.end)
		plan->left = "its bracket holds no words of its own";
	else if (is_label(restyling, bracket))
		plan->left = "its words are a label";
	for (size_t first = 0, end; first < count && status == BK_OK && !plan->left; first = end) {
		for (end = first + 1; end < count && list[end].notation.start == list[first].notation.start;)
			end++;
		status = cut(restyling, plan, &(struct run){&list[first], end - first});
	}
	last = count ? &list[count - 1] : NULL;
	if (last && last->form == BK_FORM_FOOTNOTE && is_in_row(draft->bytes, last->notation.end))
		plan->left = "another footnote's mark stands behind its own";
	return status;
}
