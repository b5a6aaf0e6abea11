/*
 * A draft from style to style, with what has to hold of each step: the same brackets have the same parties with the
 * same acts, all but attributions stays to the byte, a second time nothing changes, and what was taken out is
 * written back with any style, but for its line ends.
 */
#ifndef BRACKED_TESTS_RESTYLED_H
#define BRACKED_TESTS_RESTYLED_H

#include "draft/draft.h"
#include "lib/changed.h"

#include <bracked/ledger.h>
#include <stdlib.h>
#include <string.h>

/* How a fault is told: as a sentence. */
typedef void restyled_fault(bool fault, const char *what);

struct restyled {
	restyled_fault *stop_if;
	const struct bk_draft_options *options;
	size_t steps, names, left; /* sums over all steps */
};

static inline bk_draft *restyled_read_with(
	const struct restyled *run, struct bk_str bytes, const struct bk_draft_options *options)
{
	bk_draft *draft = NULL;
	bk_text *text = NULL;

	run->stop_if(bk_text_new(&text, bytes.ptr, bytes.len) < 0, "a text can be made of any bytes");
	run->stop_if(bk_draft_new(&draft, bk_text_now(text), options) < 0, "a draft can be made of any text");
	bk_text_free(text);
	return draft;
}

static inline bk_draft *restyled_read(const struct restyled *run, struct bk_str bytes)
{
	return restyled_read_with(run, bytes, run->options);
}

/* The text after a step; with none, what the names say that were taken out of it is known as a ledger tells it, now or
 * after a step before that left nothing to take out. */
static inline bk_draft *restyled_read_after(const struct restyled *run, struct bk_str bytes,
	const bk_draft *old, const bk_restyling *restyling, enum bk_style style)
{
	struct bk_draft_options options = run->options ? *run->options : (struct bk_draft_options){0};
	size_t count;
	const struct bk_beside *names = bk_restyling_names(restyling, &count);
	const struct bk_bracket *list = bk_draft_brackets(old, &(size_t){0});
	struct bk_override *overrides = calloc(count + old->override_count + 1, sizeof *overrides);
	size_t made = 0;
	bk_draft *draft;

	run->stop_if(!overrides, "there is memory");
	for (size_t i = 0; i < count && style == BK_STYLE_NONE; i++) {
		const size_t start = bk_restyling_follow(restyling, list[names[i].bracket].start);

		if (!made || overrides[made - 1].start != start)
			overrides[made++].start = start;
		overrides[made - 1].acts |= (uint16_t)(1u << names[i].act);
	}
	for (size_t i = 0; i < old->override_count && count == 0; i++) {
		overrides[made] = old->overrides[i];
		overrides[made++].start = bk_restyling_follow(restyling, old->overrides[i].start);
	}
	options.overrides = overrides;
	options.override_count = made;
	draft = restyled_read_with(run, bytes, &options);
	free(overrides);
	return draft;
}

static inline bool restyled_has(
	const bk_draft *draft, const struct bk_bracket *bracket, const struct bk_attribution *name)
{
	size_t count;
	const struct bk_attribution *list = bk_draft_attributions(draft, &count);

	for (size_t i = 0; i < bracket->attribution_count; i++) {
		const struct bk_attribution *other = &list[bracket->attribution + i];

		if (other->act == name->act && strcmp(other->party, name->party) == 0)
			return true;
	}
	return false;
}

/* All that stands beside one bracket stands beside the other. */
static inline bool restyled_holds(const bk_draft *draft, const struct bk_bracket *bracket,
	const bk_draft *other, const struct bk_bracket *twin)
{
	size_t count;
	const struct bk_attribution *list = bk_draft_attributions(draft, &count);

	for (size_t i = 0; i < bracket->attribution_count; i++)
		if (!restyled_has(other, twin, &list[bracket->attribution + i]))
			return false;
	return true;
}

/* The bracket of `now` in which one of old stands; NULL for a footnote's mark that went. */
static inline const struct bk_bracket *restyled_twin(
	const bk_restyling *restyling, const struct bk_bracket *bracket, const bk_draft *now)
{
	size_t count;
	const struct bk_bracket *list = bk_draft_brackets(now, &count);
	const size_t start = bk_restyling_follow(restyling, bracket->start);
	const uint32_t twin = start == BK_NOWHERE ? BK_NONE : bk_draft_bracket_from(now, start);

	return twin < count && list[twin].start == start ? &list[twin] : NULL;
}

static inline bool restyled_has_footnotes(const bk_draft *draft)
{
	size_t count;
	const struct bk_attribution *list = bk_draft_attributions(draft, &count);

	for (size_t i = 0; i < count; i++)
		if (list[i].form == BK_FORM_FOOTNOTE)
			return true;
	return false;
}

/* The text without attributions, and without blanks and emphasis, which may go with one. */
static inline void restyled_bare(const struct restyled *run, const bk_draft *draft, struct bk_buf *out)
{
	bk_reading *reading;
	const char *bytes;
	size_t len;

	run->stop_if(
		bk_draft_read(draft, BK_READING_UNATTRIBUTED, NULL, &reading) < 0, "any draft can be read");
	bytes = bk_reading_bytes(reading, &len);
	for (size_t i = 0; i < len; i++)
		if (!bk_is_space(bytes[i]) && bytes[i] != '*')
			bk_buf_putc(out, bytes[i]);
	bk_reading_free(reading);
}

/* But for attributions and the notes of footnotes the words are those of before. */
static inline void restyled_compare_words(
	const struct restyled *run, const bk_draft *old, const bk_draft *now)
{
	struct bk_buf before = BK_BUF_INIT, after = BK_BUF_INIT;

	if (restyled_has_footnotes(old))
		return;
	restyled_bare(run, old, &before);
	restyled_bare(run, now, &after);
	run->stop_if(!bk_str_equal(bk_buf_str(&before), bk_buf_str(&after)), "no word of the text changes");
	bk_buf_release(&before);
	bk_buf_release(&after);
}

/* Names, acts and places are those of before; with `none` those of brackets that are left. */
static inline void restyled_compare(struct restyled *run, const bk_draft *old, const bk_restyling *restyling,
	enum bk_style style, const bk_draft *now)
{
	size_t count, left, found = 0;
	const struct bk_bracket *list = bk_draft_brackets(old, &count);
	const struct bk_restyle_left *kept = bk_restyling_left(restyling, &left);
	size_t next = 0;

	for (uint32_t i = 0; i < count; i++) {
		const struct bk_bracket *twin = restyled_twin(restyling, &list[i], now);
		bool is_left;

		while (next < left && kept[next].bracket < i)
			next++;
		is_left = next < left && kept[next].bracket == i;
		run->stop_if(!twin && list[i].BK_MEMBER_CLASS != BK_CLASS_REFERENCE, "each bracket stays");
		if (!twin)
			continue;
		found++;
		run->stop_if(
			twin->BK_MEMBER_CLASS != list[i].BK_MEMBER_CLASS, "each bracket keeps its class");
		run->stop_if(!restyled_holds(now, twin, old, &list[i]), "no name is added");
		run->stop_if((style != BK_STYLE_NONE || is_left) && !restyled_holds(old, &list[i], now, twin),
			"no name is lost");
	}
	bk_draft_brackets(now, &count);
	run->stop_if(count != found, "no bracket is added");
}

/* One step; out is the text after it, and *after its draft.  Whether all was rewritten. */
static inline bool restyled_step(
	struct restyled *run, const bk_draft *old, enum bk_style style, struct bk_buf *out, bk_draft **after)
{
	bk_draft *now;
	bk_restyling *restyling;
	size_t names, left;

	run->stop_if(bk_draft_restyle(old, style, NULL, 0, &restyling) < 0, "any draft can be restyled");
	changed_put(old, bk_restyling_changes(restyling), out);
	now = restyled_read_after(run, bk_buf_str(out), old, restyling, style);
	restyled_compare(run, old, restyling, style, now);
	restyled_compare_words(run, old, now);
	bk_restyling_names(restyling, &names);
	bk_restyling_left(restyling, &left);
	run->steps++;
	run->names += names;
	run->left += left;
	bk_restyling_free(restyling);
	*after = now;
	return left == 0;
}

/* Whether texts are one, each run of blanks and line ends being a blank. */
static inline bool restyled_equal(struct bk_str one, struct bk_str other)
{
	size_t i = 0, j = 0;

	while (i < one.len && j < other.len) {
		const bool blank = bk_is_space(one.ptr[i]);

		if (blank ? !bk_is_space(other.ptr[j]) : one.ptr[i] != other.ptr[j])
			return false;
		i++;
		j++;
		while (blank && i < one.len && bk_is_space(one.ptr[i]))
			i++;
		while (blank && j < other.len && bk_is_space(other.ptr[j]))
			j++;
	}
	return i == one.len && j == other.len;
}

/* Whether a bracket is told as one that was left. */
static inline bool restyled_is_told(
	const bk_restyling *restyling, const bk_draft *bare, const struct bk_bracket *bracket)
{
	size_t count, brackets;
	const struct bk_restyle_left *left = bk_restyling_left(restyling, &count);
	const uint32_t index = (uint32_t)(bracket - bk_draft_brackets(bare, &brackets));

	for (size_t i = 0; i < count; i++)
		if (left[i].bracket == index)
			return true;
	return false;
}

/* All names stand in a text that they were written back into, beside the brackets beside which they were; or it is
 * told that they stay in the ledger. */
static inline void restyled_compare_back(const struct restyled *run, const bk_draft *old,
	const bk_restyling *out, const bk_draft *bare, const bk_restyling *back, struct bk_str bytes)
{
	bk_draft *now = restyled_read(run, bytes);
	size_t count;
	const struct bk_bracket *list = bk_draft_brackets(old, &count);

	for (uint32_t i = 0; i < count; i++) {
		const struct bk_bracket *in_bare = restyled_twin(out, &list[i], bare),
					*twin = in_bare ? restyled_twin(back, in_bare, now) : NULL;

		run->stop_if(!twin && list[i].BK_MEMBER_CLASS != BK_CLASS_REFERENCE, "each bracket is back");
		run->stop_if(twin && !restyled_holds(old, &list[i], now, twin) &&
				     !restyled_is_told(back, bare, in_bare),
			"each name is back, or told");
		run->stop_if(twin && !restyled_holds(now, twin, old, &list[i]), "no other name is back");
	}
	bk_draft_free(now);
}

/* What is taken out of a text comes back with any style; where all can be written in it, as the style makes it of the
 * text. */
static inline void restyled_back(
	struct restyled *run, struct bk_str bytes, struct bk_str styled, enum bk_style style, bool all)
{
	bk_draft *old = restyled_read(run, bytes), *bare;
	bk_restyling *out, *back;
	struct bk_buf text = BK_BUF_INIT;
	size_t count, left;
	const struct bk_beside *names;
	struct bk_beside *kept;

	run->stop_if(bk_draft_restyle(old, BK_STYLE_NONE, NULL, 0, &out) < 0, "any draft can be restyled");
	changed_put(old, bk_restyling_changes(out), &text);
	bare = restyled_read_after(run, bk_buf_str(&text), old, out, BK_STYLE_NONE);
	names = bk_restyling_names(out, &count);
	bk_restyling_left(out, &left);
	kept = calloc(count + 1, sizeof *kept);
	for (size_t i = 0; i < count; i++) {
		const struct bk_bracket *list = bk_draft_brackets(old, &(size_t){0});

		kept[i] = names[i];
		kept[i].bracket =
			bk_draft_bracket_from(bare, bk_restyling_follow(out, list[names[i].bracket].start));
	}
	run->stop_if(bk_draft_restyle(bare, style, kept, count, &back) < 0, "names can be written back");
	changed_put(bare, bk_restyling_changes(back), &text);
	restyled_compare_back(run, old, out, bare, back, bk_buf_str(&text));
	if (left == 0)
		bk_restyling_left(back, &left);
	run->stop_if(all && left == 0 && !restyled_equal(bk_buf_str(&text), styled),
		"what was taken out is written back");
	free(kept);
	bk_restyling_free(back);
	bk_restyling_free(out);
	bk_draft_free(bare);
	bk_draft_free(old);
	bk_buf_release(&text);
}

/* From style to style and back. */
static inline void restyled_round(struct restyled *run, struct bk_str bytes)
{
	static const enum bk_style styles[] = {
		BK_STYLE_PREFIX, BK_STYLE_PARENTHESIS, BK_STYLE_DASH, BK_STYLE_PREFIX, BK_STYLE_NONE};
	struct bk_buf texts[5] = {BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT, BK_BUF_INIT};
	struct bk_buf again = BK_BUF_INIT;
	bk_draft *draft = restyled_read(run, bytes), *after, *after_again;
	bool all = true;

	for (size_t i = 0; i < 5; i++) {
		all &= restyled_step(run, draft, styles[i], &texts[i], &after);
		restyled_step(run, after, styles[i], &again, &after_again);
		bk_draft_free(after_again);
		bk_draft_free(draft);
		draft = after;
		run->stop_if(!bk_str_equal(bk_buf_str(&again), bk_buf_str(&texts[i])),
			"a second time changes nothing");
		if (i == 3)
			run->stop_if(all && !bk_str_equal(bk_buf_str(&texts[0]), bk_buf_str(&texts[3])),
				"what is written in each style in turn comes back to the byte");
	}
	bk_draft_free(draft);
	for (size_t i = 0; i < 3; i++)
		restyled_back(run, bytes, bk_buf_str(&texts[i]), styles[i], all);
	for (size_t i = 0; i < 5; i++)
		bk_buf_release(&texts[i]);
	bk_buf_release(&again);
}

#endif
