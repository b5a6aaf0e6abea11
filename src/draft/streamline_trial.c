/*
 * Trying suggestions: all of them are made on a copy of the text, which is read as the draft was.  What is read in
 * another way than before takes back the suggestion nearest to it, and the rest is tried again.
 * What is compared stands in streamline_compare.c.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/streamline_trial.h"

/* After so many rounds what is left is not worth more; a text with a hundred suggestions needs two or three. */
enum { ROUNDS = 12 };

/* `to ACT would EFFECT at LINE:COLUMN: REMEDY`. */
static const struct {
	const char *effect, *remedy;
} told[] = {
	[BK_TRIAL_BRACKET] = {"have another bracket read", "edit its words by hand"},
	[BK_TRIAL_NEW_BRACKET] = {"have a bracket read that is none now", "write it as a literal one, '\\['"},
	[BK_TRIAL_NAMES] = {"have other names read",
		"write these in another style, or edit the words by hand"},
	[BK_TRIAL_CHOICE] = {"make another choice of the alternatives", "settle these, or edit them by hand"},
	[BK_TRIAL_OUTLINE] = {"change the outline", "mend the label there, or edit it by hand"},
	[BK_TRIAL_WORDS] = {"change the words of the clean reading", "edit them by hand"},
	[BK_TRIAL_NUMBER] = {"leave a number out of order", "number that by hand"},
};

size_t bk_trial_moved(const struct bk_trial *trial, size_t offset)
{
	const size_t after = BK_SEARCH(i, trial->count, trial->list[i].span.start <= offset);
	const struct bk_change *change = after > 0 ? &trial->list[after - 1] : NULL;

	if (!change)
		return offset;
	if (offset < change->span.end)
		return BK_NOWHERE;
	return (size_t)((ptrdiff_t)offset + trial->shifts[after - 1]);
}

static size_t distance(struct bk_span span, size_t offset)
{
	if (offset < span.start)
		return span.start - offset;
	return offset >= span.end ? offset - span.end + 1 : 0;
}

void bk_trial_blame(struct bk_trial *trial, enum bk_trial_fault fault, size_t offset)
{
	size_t nearest = SIZE_MAX, found = SIZE_MAX;

	for (size_t i = 0; i < trial->streamline->list.len; i++) {
		const size_t far = distance(trial->streamline->list.items[i].span, offset);

		if (far > nearest)
			continue;
		nearest = far;
		found = i;
	}
	if (found != SIZE_MAX && trial->blamed[found].fault == BK_TRIAL_NONE)
		trial->blamed[found] = (struct bk_blame){fault, offset};
	trial->any = true;
}

/* ---- Making the text --------------------------------------------------------------------------------- */

/* What persons said of brackets, at where these stand in the new text. */
static struct bk_override *carry_overrides(const struct bk_trial *trial, size_t *count)
{
	const struct bk_draft *old = trial->old;
	struct bk_override *list = bk_calloc(old->override_count + 1, sizeof *list);

	*count = 0;
	for (size_t i = 0; list && i < old->override_count; i++) {
		const size_t start = bk_trial_moved(trial, old->overrides[i].start);

		if (start == BK_NOWHERE)
			continue;
		list[*count] = old->overrides[i];
		list[(*count)++].start = start;
	}
	if (!list)
		bk_fail_memory();
	return list;
}

static int read_now(struct bk_trial *trial, const bk_text *text)
{
	struct bk_draft_options options = {
		.conventions = trial->old->conventions, .names = &trial->old->names};
	struct bk_override *overrides = carry_overrides(trial, &options.override_count);
	int status;

	if (!overrides)
		return BK_ENOMEM;
	options.overrides = overrides;
	status = bk_draft_new(&trial->now, bk_text_now(text), &options);
	bk_free(overrides);
	return status;
}

static int make_text(struct bk_trial *trial)
{
	bk_text *text = NULL;
	int status = bk_text_new(&text, trial->old->bytes.ptr, trial->old->bytes.len);

	if (status == BK_OK)
		status = bk_text_apply(text, trial->list, trial->count);
	if (status == BK_OK)
		status = read_now(trial, text);
	bk_text_free(text);
	return status;
}

static int make_changes(struct bk_trial *trial)
{
	ptrdiff_t shift = 0;
	int status = bk_streamline_changes(trial->streamline, NULL, &trial->changes);

	if (status < 0)
		return status;
	trial->list = bk_changes_list(trial->changes, &trial->count);
	trial->shifts = bk_calloc(trial->count + 1, sizeof *trial->shifts);
	trial->heirs = bk_calloc(trial->old->bracket_count + 1, sizeof *trial->heirs);
	trial->stands = bk_calloc(trial->old->bracket_count + 1, sizeof *trial->stands);
	trial->blamed = bk_calloc(trial->streamline->list.len + 1, sizeof *trial->blamed);
	if (!trial->shifts || !trial->heirs || !trial->stands || !trial->blamed)
		return bk_fail_memory();
	for (size_t i = 0; i < trial->count; i++) {
		shift += (ptrdiff_t)trial->list[i].len -
			 (ptrdiff_t)(trial->list[i].span.end - trial->list[i].span.start);
		trial->shifts[i] = shift;
	}
	return BK_OK;
}

static void name_heirs(struct bk_trial *trial)
{
	for (uint32_t i = 0; i < trial->old->bracket_count; i++)
		trial->heirs[i] = i;
	for (size_t i = 0; i < trial->streamline->list.len; i++) {
		const struct bk_suggestion *it = &trial->streamline->list.items[i];

		for (size_t n = 0; n < it->heir_count; n++)
			trial->heirs[it->heirs[n].bracket] = it->heirs[n].heir;
	}
	/* Of three brackets round one another, the first is the last one's. */
	for (uint32_t i = 0; i < trial->old->bracket_count; i++) {
		while (trial->heirs[trial->heirs[i]] != trial->heirs[i])
			trial->heirs[i] = trial->heirs[trial->heirs[i]];
	}
}

/* ---- Rounds ------------------------------------------------------------------------------------------ */

static int tell(struct bk_trial *trial, const struct bk_suggestion *it, const struct bk_blame *why)
{
	size_t line, column;

	if (why->fault == BK_TRIAL_NONE)
		return bk_suggest_left(trial->streamline, it->span.start,
			"left: to %s would, with others, change how the text is read: name it by itself",
			it->message);
	bk_draft_place(trial->old, why->offset, &line, &column);
	return bk_suggest_left(trial->streamline, it->span.start, "left: to %s would %s at %zu:%zu: %s",
		it->message, told[why->fault].effect, line, column, told[why->fault].remedy);
}

/* Take back what is blamed, or all when nobody in particular is. */
static int take_back(struct bk_trial *trial, bool all)
{
	struct bk_streamline *streamline = trial->streamline;
	size_t kept = 0;
	int status = BK_OK;

	for (size_t i = 0; i < streamline->list.len; i++) {
		struct bk_suggestion *it = &streamline->list.items[i];

		if (!all && trial->blamed[i].fault == BK_TRIAL_NONE) {
			streamline->list.items[kept++] = *it;
			continue;
		}
		if (status == BK_OK)
			status = tell(trial, it, &trial->blamed[i]);
		bk_changes_free(it->changes);
	}
	streamline->list.len = kept;
	return status;
}

static int run_round(struct bk_trial *trial)
{
	int status = make_changes(trial);

	if (status == BK_OK)
		status = make_text(trial);
	if (status < 0)
		return status;
	name_heirs(trial);
	return bk_trial_compare(trial);
}

static void release(struct bk_trial *trial)
{
	bk_draft_free(trial->now);
	bk_changes_free(trial->changes);
	bk_free(trial->shifts);
	bk_free(trial->heirs);
	bk_free(trial->stands);
	bk_free(trial->blamed);
}

int bk_streamline_try(struct bk_streamline *streamline)
{
	int status = BK_OK;
	bool any = true;

	for (int round = 0; any && streamline->list.len > 0 && status == BK_OK; round++) {
		struct bk_trial trial = {.streamline = streamline, .old = streamline->draft};

		status = run_round(&trial);
		any = trial.any;
		if (status == BK_OK && any)
			status = take_back(&trial, round == ROUNDS);
		release(&trial);
	}
	return status;
}
