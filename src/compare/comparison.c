#include "compare/comparison.h"

#include "base/alloc.h"
#include "base/error.h"

#include <stdlib.h>

/* ---- Brackets ------------------------------------------------------------------------------------------ */

static struct bk_span span_of(const bk_draft *draft, uint32_t bracket)
{
	return (struct bk_span){draft->brackets[bracket].start, draft->brackets[bracket].end};
}

static const char *detail_of(struct bk_comparison *comparison, uint16_t details)
{
	static const struct {
		uint16_t detail;
		const char *words;
	} names[] = {
		{BK_DETAIL_WON, "won"},
		{BK_DETAIL_LOST, "lost"},
		{BK_DETAIL_REWORDED, "reworded"},
		{BK_DETAIL_IN_OPTION, "in option"},
		{BK_DETAIL_PARTLY, "partly"},
		{BK_DETAIL_REPLACED, "replaced"},
		{BK_DETAIL_OPTION_KEPT, "option kept"},
		{BK_DETAIL_OPTION_WON, "option won"},
		{BK_DETAIL_OPTION_LOST, "option lost"},
	};
	struct bk_buf words = BK_BUF_INIT;
	const char *kept = "";

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (!(details & names[i].detail))
			continue;
		if (words.len)
			bk_buf_puts(&words, ", ");
		bk_buf_puts(&words, names[i].words);
	}
	if (words.len)
		kept = words.failed ? NULL : bk_arena_dup(&comparison->arena, words.bytes, words.len);
	bk_buf_release(&words);
	return kept;
}

/* From the first to the last of the words of `there` that words first up to last stand for; false when none do. */
static bool span_there(const struct bk_words *there, const uint32_t *to_there, uint32_t first, uint32_t last,
	struct bk_span *out)
{
	uint32_t low = BK_NONE, high = 0;

	for (uint32_t w = first; w < last; w++) {
		const uint32_t word = to_there[w];

		if (word == BK_NONE)
			continue;
		low = low == BK_NONE || word < low ? word : low;
		high = word > high ? word : high;
	}
	if (low == BK_NONE)
		return false;
	*out = (struct bk_span){there->items.items[low].start, there->items.items[high].end};
	return true;
}

/* Where the words of an old bracket stand in the new text, or the label that it holds. */
static bool standing_span(const struct bk_comparison *comparison, uint32_t bracket, struct bk_span *out)
{
	const struct bk_matches *matches = &comparison->matches;
	uint32_t first, last;

	bk_fate_words(&matches->old, bracket, &first, &last);
	return span_there(&matches->now, matches->to_new, first, last, out) ||
	       (bk_matches_label(matches, comparison->old_draft->brackets[bracket].text, out) &&
		       out->start < out->end);
}

/* Where the words of a reopened bracket stood without brackets. */
static bool clean_span(const struct bk_comparison *comparison, uint32_t bracket, struct bk_span *out)
{
	const struct bk_matches *matches = &comparison->matches;
	uint32_t first, last;

	bk_fate_words(&matches->now, bracket, &first, &last);
	return span_there(&matches->old, matches->to_old, first, last, out);
}

static int tell_old(struct bk_comparison *comparison, uint32_t bracket)
{
	const struct bk_fate *fate = &comparison->fates.old[bracket];
	struct bk_difference difference = {.kind = fate->kind,
		.in_old = true,
		.old_span = span_of(comparison->old_draft, bracket),
		.old_bracket = bracket,
		.new_bracket = fate->partner,
		.detail = detail_of(comparison, fate->details)};

	if (!difference.detail)
		return bk_fail_memory();
	if (fate->partner != BK_NONE) {
		difference.in_new = true;
		difference.new_span = span_of(comparison->new_draft, fate->partner);
	} else if (fate->kind == BK_DIFFERENCE_ACCEPTED ||
		   (fate->kind == BK_DIFFERENCE_CHOSEN && (fate->details & BK_DETAIL_WON))) {
		difference.in_new = standing_span(comparison, bracket, &difference.new_span);
	}
	return bk_comparison_add(comparison, &difference);
}

/* A bracket of the new text that pairs with none of the old one. */
static int tell_new(struct bk_comparison *comparison, uint32_t bracket)
{
	const struct bk_fate *fate = &comparison->fates.now[bracket];
	struct bk_difference difference = {.kind = fate->kind,
		.in_new = true,
		.new_span = span_of(comparison->new_draft, bracket),
		.old_bracket = BK_NONE,
		.new_bracket = bracket,
		.detail = ""};

	if (fate->kind == BK_DIFFERENCE_REOPENED)
		difference.in_old = clean_span(comparison, bracket, &difference.old_span);
	if (fate->kind == BK_DIFFERENCE_SPLIT) {
		difference.detail = bk_arena_printf(
			&comparison->arena, "piece of %s", comparison->old_draft->brackets[fate->partner].id);
		if (!difference.detail)
			return bk_fail_memory();
	}
	return bk_comparison_add(comparison, &difference);
}

/* ---- Names --------------------------------------------------------------------------------------------- */

static bool has_name(
	const bk_draft *draft, const struct bk_bracket *bracket, const struct bk_attribution *name)
{
	for (uint32_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *other = &draft->attributions[bracket->attribution + i];

		if (other->act == name->act && strcmp(other->party, name->party) == 0)
			return true;
	}
	return false;
}

static bool has_names_of(const bk_draft *draft, const struct bk_bracket *bracket, const bk_draft *other_draft,
	const struct bk_bracket *other)
{
	for (uint32_t i = 0; i < other->attribution_count; i++)
		if (!has_name(draft, bracket, &other_draft->attributions[other->attribution + i]))
			return false;
	return true;
}

static int tell_names(struct bk_comparison *comparison, uint32_t old, uint32_t now)
{
	const bk_draft *old_draft = comparison->old_draft, *new_draft = comparison->new_draft;
	const struct bk_bracket *was = &old_draft->brackets[old], *is = &new_draft->brackets[now];

	if (has_names_of(new_draft, is, old_draft, was) && has_names_of(old_draft, was, new_draft, is))
		return BK_OK;
	return bk_comparison_add(comparison, &(struct bk_difference){.kind = BK_DIFFERENCE_ATTRIBUTED,
						     .in_old = true,
						     .in_new = true,
						     .old_span = span_of(old_draft, old),
						     .new_span = span_of(new_draft, now),
						     .old_bracket = old,
						     .new_bracket = now,
						     .detail = ""});
}

static bool is_pair(const struct bk_fate *fate)
{
	return fate->kind <= BK_DIFFERENCE_MOVED && fate->partner != BK_NONE;
}

static int tell_brackets(struct bk_comparison *comparison)
{
	int status = BK_OK;

	for (uint32_t b = 0; b < comparison->old_draft->bracket_count && status == BK_OK; b++) {
		const struct bk_fate *fate = &comparison->fates.old[b];

		if (fate->kind == BK_DIFFERENCE_COUNT)
			continue;
		status = tell_old(comparison, b);
		if (status == BK_OK && is_pair(fate))
			status = tell_names(comparison, b, fate->partner);
	}
	for (uint32_t b = 0; b < comparison->new_draft->bracket_count && status == BK_OK; b++) {
		const struct bk_fate *fate = &comparison->fates.now[b];

		if (fate->kind != BK_DIFFERENCE_COUNT && !is_pair(fate))
			status = tell_new(comparison, b);
	}
	return status;
}

/* ---- Order --------------------------------------------------------------------------------------------- */

/* A difference and where it goes. */
struct place {
	struct bk_difference difference;
	size_t at, turn;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return x->turn < y->turn ? -1 : x->turn > y->turn;
}

static size_t place_of(const struct bk_comparison *comparison, const struct bk_difference *difference)
{
	if (difference->in_new && difference->kind != BK_DIFFERENCE_JOINED)
		return difference->new_span.start;
	return bk_rewrapping_to_asked(
		&comparison->rewrapping, bk_matches_anchor(&comparison->matches, difference->old_span.start));
}

static int put_in_order(struct bk_comparison *comparison)
{
	const size_t count = comparison->differences.len;
	struct place *places = bk_malloc((count + 1) * sizeof *places);

	if (!places)
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++)
		places[i] = (struct place){comparison->differences.items[i],
			place_of(comparison, &comparison->differences.items[i]), i};
	qsort(places, count, sizeof *places, compare_places);
	for (size_t i = 0; i < count; i++)
		comparison->differences.items[i] = places[i].difference;
	bk_free(places);
	return BK_OK;
}

static int find_fates(struct bk_comparison *comparison)
{
	return bk_fates_find(&comparison->fates, &comparison->matches);
}

static int find_wording(struct bk_comparison *comparison)
{
	int status = bk_wording_find(comparison);

	if (status == BK_OK)
		status = bk_replacements_find(comparison);
	return status == BK_OK ? bk_unseen_find(comparison) : status;
}

/* ---- The comparison ------------------------------------------------------------------------------------ */

static size_t count_lost(const uint32_t *to, size_t words)
{
	size_t lost = 0;

	for (size_t i = 0; i < words; i++)
		lost += to[i] == BK_NONE;
	return lost;
}

static size_t count_all_lost(const struct bk_matches *matches)
{
	return count_lost(matches->to_new, matches->old.items.len) +
	       count_lost(matches->to_old, matches->now.items.len);
}

static int match_again(struct bk_comparison *comparison)
{
	const struct bk_stop stop = comparison->matches.stop;

	bk_matches_release(&comparison->matches);
	return bk_matches_make(
		&comparison->matches, comparison->old_draft, comparison->rewrapping.laid, &stop);
}

/* The new text is laid out anew unless fewer of its words are then those of the old one. */
static int find_matches(struct bk_comparison *comparison, const struct bk_stop *stop)
{
	struct bk_matches *matches = &comparison->matches;
	struct bk_rewrapping *rewrapping = &comparison->rewrapping;
	size_t lost;
	int status = bk_matches_make(matches, comparison->old_draft, rewrapping->laid, stop);

	if (status != BK_OK || rewrapping->laid != rewrapping->asked)
		return status;
	status = bk_rewrapping_lay(rewrapping, matches);
	if (status != BK_OK || rewrapping->laid == rewrapping->asked)
		return status;
	lost = count_all_lost(matches);
	status = match_again(comparison);
	if (status != BK_OK || count_all_lost(matches) <= lost)
		return status;
	bk_rewrapping_undo(rewrapping);
	return match_again(comparison);
}

int bk_comparison_new_stoppable(bk_comparison **out, const bk_draft *old_draft, const bk_draft *new_draft,
	bool (*is_stopped)(void *context), void *context)
{
	static int (*const rooms[])(struct bk_comparison *) = {
		find_fates,
		tell_brackets,
		find_wording,
		put_in_order,
	};
	struct bk_comparison *comparison = bk_calloc(1, sizeof *comparison);
	const struct bk_stop stop = {is_stopped, context};
	int status;

	if (!comparison)
		return bk_fail_memory();
	comparison->old_draft = old_draft;
	status = bk_rewrapping_find(&comparison->rewrapping, old_draft, new_draft);
	if (status == BK_OK)
		status = find_matches(comparison, &stop);
	comparison->new_draft = comparison->rewrapping.laid;
	for (size_t i = 0; i < sizeof rooms / sizeof *rooms && status == BK_OK; i++) {
		status = bk_stop_check(&stop);
		if (status == BK_OK)
			status = rooms[i](comparison);
	}
	if (status != BK_OK) {
		bk_comparison_free(comparison);
		return status;
	}
	*out = comparison;
	return BK_OK;
}

int bk_comparison_new(bk_comparison **out, const bk_draft *old_draft, const bk_draft *new_draft)
{
	return bk_comparison_new_stoppable(out, old_draft, new_draft, NULL, NULL);
}

void bk_comparison_free(bk_comparison *comparison)
{
	if (!comparison)
		return;
	BK_VEC_RELEASE(&comparison->differences);
	BK_VEC_RELEASE(&comparison->replacements);
	bk_fates_release(&comparison->fates);
	bk_matches_release(&comparison->matches);
	bk_rewrapping_release(&comparison->rewrapping);
	bk_arena_release(&comparison->arena);
	bk_free(comparison);
}

const struct bk_difference *bk_comparison_list(const bk_comparison *comparison, size_t *count)
{
	*count = comparison->differences.len;
	return comparison->differences.items;
}

const struct bk_replacement *bk_comparison_replacements(const bk_comparison *comparison, size_t *count)
{
	*count = comparison->replacements.len;
	return comparison->replacements.items;
}

static uint32_t largest_piece(const struct bk_comparison *comparison, uint32_t old_bracket)
{
	const bk_draft *draft = comparison->new_draft;
	uint32_t found = BK_NONE;
	size_t most = 0;

	for (uint32_t b = 0; b < draft->bracket_count; b++) {
		const size_t size = draft->brackets[b].end - draft->brackets[b].start;

		if (bk_comparison_origin(comparison, b) == old_bracket && size > most) {
			found = b;
			most = size;
		}
	}
	return found;
}

uint32_t bk_comparison_carry(const bk_comparison *comparison, uint32_t old_bracket)
{
	const struct bk_fate *fate = &comparison->fates.old[old_bracket];

	if (fate->kind == BK_DIFFERENCE_SPLIT)
		return largest_piece(comparison, old_bracket);
	return is_pair(fate) ? fate->partner : BK_NONE;
}

uint32_t bk_comparison_origin(const bk_comparison *comparison, uint32_t new_bracket)
{
	const struct bk_fate *fate = &comparison->fates.now[new_bracket];

	return is_pair(fate) || fate->kind == BK_DIFFERENCE_SPLIT ? fate->partner : BK_NONE;
}

void bk_comparison_balance(const bk_comparison *comparison, struct bk_balance *out)
{
	const struct bk_matches *matches = &comparison->matches;
	size_t told_old = 0, told_new = 0;

	*out = (struct bk_balance){0};
	for (size_t b = 0; b < comparison->old_draft->bracket_count; b++) {
		const struct bk_bracket *bracket = &comparison->old_draft->brackets[b];
		const struct bk_fate *fate = &comparison->fates.old[b];

		out->old_count += !bracket->brace && bracket->class == BK_CLASS_DISPUTED;
		if (fate->kind == BK_DIFFERENCE_COUNT)
			continue;
		told_old++;
		out->of_old[fate->kind]++;
		out->in_option +=
			fate->kind == BK_DIFFERENCE_ACCEPTED && (fate->details & BK_DETAIL_IN_OPTION);
	}
	for (size_t b = 0; b < comparison->new_draft->bracket_count; b++) {
		const struct bk_bracket *bracket = &matches->now.draft->brackets[b];
		const struct bk_fate *fate = &comparison->fates.now[b];

		out->new_count += !bracket->brace && bracket->class == BK_CLASS_DISPUTED;
		if (fate->kind == BK_DIFFERENCE_COUNT)
			continue;
		told_new++;
		out->of_new[fate->kind]++;
	}
	out->remainder =
		labs((long)out->old_count - (long)told_old) + labs((long)out->new_count - (long)told_new);
	out->words_deleted = count_lost(matches->to_new, matches->old.items.len);
	out->words_added = count_lost(matches->to_old, matches->now.items.len);
}
