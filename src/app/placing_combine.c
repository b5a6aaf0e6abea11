/*
 * Several alternatives put into one bracket, where each is still that of who wants it:
 *
 *	[shall][EU: should][US: may]		[shall][should - EU / may - US]
 */
#include "app/placing_private.h"

#include "base/error.h"
#include "draft/alternative.h"
#include "draft/changes.h"
#include "draft/conventions.h"
#include "draft/draft.h"
#include "draft/inscription.h"
#include "draft/settle.h"

#include <string.h>

enum { MOST_NAMES = 64 };

static int refuse_number(size_t number, size_t count)
{
	return bk_fail(BK_EINVAL, "there is no alternative %zu here: there are %zu", number, count);
}

/* Who wants the words of an alternative. */
struct names {
	struct bk_inscribed list[MOST_NAMES];
	size_t count;
};

static bool has_name(const struct names *names, const char *party)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->list[i].party, party) == 0)
			return true;
	return false;
}

/* The names beside an alternative, which want its words and nothing else, each once. */
static int find_names(const struct bk_placing_names *known, const struct bk_alternative *all, size_t number,
	struct names *names)
{
	size_t count;
	const struct bk_attribution *list = bk_placing_names_beside(known, all[number - 1].bracket, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bk_attribution *one = &list[i];
		const size_t about = bk_alternative_of_name(known->draft, one);

		if (one->act != BK_ACT_PROPOSE)
			return bk_fail(BK_EINVAL,
				"'%s' does not propose these words (%s): take or leave such an alternative",
				one->party, bk_act_name((enum bk_act)one->act));
		if ((about != 0 && about != number) || has_name(names, one->party))
			continue;
		if (names->count == MOST_NAMES)
			return bk_fail(BK_EINVAL, "more than %d names cannot stand behind one alternative",
				MOST_NAMES);
		names->list[names->count++] = (struct bk_inscribed){one->party, BK_ACT_PROPOSE};
	}
	return BK_OK;
}

static bool has_number(const size_t *numbers, size_t count, size_t number)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] == number)
			return true;
	return false;
}

/* Refuse numbers of none; and some without the others of their bracket, which would go with it. */
static int check_numbers(
	const struct bk_alternative *all, size_t all_count, const size_t *numbers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (numbers[i] < 1 || numbers[i] > all_count || (i > 0 && numbers[i] <= numbers[i - 1]))
			return refuse_number(numbers[i], all_count);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < all_count; k++)
			if (all[k].bracket == all[numbers[i] - 1].bracket &&
				!has_number(numbers, count, k + 1))
				return bk_fail(BK_EINVAL, "those that stand in one bracket go together");
	return BK_OK;
}

static int check_words(struct bk_str words)
{
	if (bk_str_find(words, '\n') < words.len)
		return bk_fail(BK_EINVAL, "an alternative of several lines cannot stand behind a slash");
	if (bk_alternative_slash(words, 0, true) < words.len)
		return bk_fail(
			BK_EINVAL, "an alternative with a slash in it cannot stand behind another one");
	return BK_OK;
}

static int put_names(const struct names *names, struct bk_buf *out)
{
	struct bk_inscription inscription = {0};
	const int status = bk_inscription_write(&inscription, BK_STYLE_DASH, names->list, names->count);

	bk_buf_put_str(out, bk_buf_str(&inscription.end));
	bk_inscription_release(&inscription);
	return status;
}

/* The words of the alternatives parted by slashes, each before the names of those who want it. */
static int gather(const struct bk_placing_names *known, const struct bk_alternative *all, size_t all_count,
	const size_t *numbers, size_t count, struct bk_buf *out)
{
	size_t nameless = 0;
	int status = check_numbers(all, all_count, numbers, count);

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const struct bk_str words = bk_placing_words(known->draft, all[numbers[i] - 1].span);
		struct names names = {.count = 0};

		status = check_words(words);
		if (status == BK_OK)
			status = find_names(known, all, numbers[i], &names);
		bk_buf_puts(out, i > 0 ? " / " : "");
		bk_buf_put_str(out, words);
		if (status == BK_OK)
			status = put_names(&names, out);
		nameless += names.count == 0;
	}
	if (status == BK_OK && nameless && nameless < count)
		return bk_fail(BK_EINVAL, "words of the base would stand under the names of others: combine "
					  "what parties propose");
	if (status == BK_OK && !nameless && !bk_conventions_reads(known->draft->conventions, BK_FORM_DASH))
		return bk_fail(BK_EINVAL, "by the conventions of this text no name stands behind a dash");
	return status;
}

struct bk_span bk_placing_whole(const bk_draft *draft, const struct bk_bracket *bracket)
{
	size_t count, end = bracket->end;
	const struct bk_attribution *all = bk_draft_attributions(draft, &count);

	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *one = &all[bracket->attribution + i];

		if (one->form == BK_FORM_PARENTHESIS && one->notation.end > end)
			end = one->notation.end;
	}
	return (struct bk_span){bracket->start, end};
}

/* A bracket says these words instead, which have names of their own. */
static int write_bracket(
	const bk_draft *draft, const struct bk_bracket *bracket, struct bk_str words, bk_changes *changes)
{
	const struct bk_span whole = bk_placing_whole(draft, bracket);
	const size_t end = bracket->end - bracket->close_len;
	int status = bk_changes_add(
		changes, (struct bk_span){bracket->start + bracket->open_len, end}, words.ptr, words.len);

	if (status == BK_OK && whole.end > bracket->end)
		status = bk_changes_add(changes, (struct bk_span){bracket->end, whole.end}, "", 0);
	return status;
}

/* Take out the others, each with the blanks before it where it is parted from the one before. */
static int take_out(const bk_draft *draft, const struct bk_bracket *gone, bk_changes *changes)
{
	size_t len, start = gone->start;
	const char *bytes = bk_draft_bytes(draft, &len);

	while (start > 0 && (bytes[start - 1] == ' ' || bytes[start - 1] == '\t'))
		start--;
	if (start == 0 || bytes[start - 1] == '\n')
		start = gone->start;
	return bk_changes_add(changes, (struct bk_span){start, bk_placing_whole(draft, gone).end}, "", 0);
}

int bk_placing_can_combine(
	const struct bk_placing_names *known, uint32_t bracket, const size_t *alternatives, size_t count)
{
	size_t all_count;
	const struct bk_alternative *all = bk_draft_alternatives(known->draft, bracket, &all_count);
	struct bk_buf words = BK_BUF_INIT;
	int status = gather(known, all, all_count, alternatives, count, &words);

	bk_buf_release(&words);
	return status;
}

int bk_placing_combine(const struct bk_placing_names *known, uint32_t bracket, const size_t *alternatives,
	size_t count, bk_changes **out)
{
	const bk_draft *draft = known->draft;
	size_t all_count, bracket_count;
	const struct bk_alternative *all = bk_draft_alternatives(draft, bracket, &all_count);
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &bracket_count);
	struct bk_buf words = BK_BUF_INIT;
	bk_changes *changes = NULL;
	int status;

	if (count < 2)
		return bk_fail(BK_EINVAL, "only several alternatives can be combined");
	status = gather(known, all, all_count, alternatives, count, &words);
	if (status == BK_OK && all[alternatives[0] - 1].bracket == all[alternatives[count - 1] - 1].bracket)
		status = bk_fail(BK_EINVAL, "these stand in one bracket already");
	if (status == BK_OK)
		status = bk_buf_status(&words);
	if (status == BK_OK)
		status = bk_changes_new(&changes);
	if (status == BK_OK)
		status = write_bracket(
			draft, &brackets[all[alternatives[0] - 1].bracket], bk_buf_str(&words), changes);
	for (size_t i = 1; i < count && status == BK_OK; i++)
		if (all[alternatives[i] - 1].bracket != all[alternatives[i - 1] - 1].bracket)
			status = take_out(draft, &brackets[all[alternatives[i] - 1].bracket], changes);
	bk_buf_release(&words);
	if (status < 0) {
		bk_changes_free(changes);
		return status;
	}
	*out = changes;
	return BK_OK;
}
