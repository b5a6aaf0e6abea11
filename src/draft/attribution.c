/*
 * Attributions: who asks for a bracket's words, in the four forms of the notation.
 *
 *	[EU, AOSIS: text]   prefix        |notation |
 *	[text] (G77) (EU: delete)                    |nota| |notation   |   one parenthesis each
 *	[text - US; G77 delete]                 |notation          |        dash
 *	[text]12  [text][^9]                                 |nn|           footnote: its mark
 *
 * Also the words of each bracket that are its own.  What stands inside of a bracket is read by
 * attribution_inside.c, what stands behind it by attribution_behind.c, lists of names by naming.c.
 */
#include "base/error.h"
#include "draft/attribution_private.h"
#include "draft/bare.h"

static const char *const act_names[BK_ACT_COUNT] = {
	"propose", "support", "oppose", "delete", "retain", "reserve", "reflect", "withdraw"};

const char *bk_act_name(enum bk_act act)
{
	return act_names[act];
}

bool bk_act_parse(const char *name, enum bk_act *out)
{
	for (size_t i = 0; i < BK_ACT_COUNT; i++) {
		if (strcmp(name, act_names[i]) == 0) {
			*out = (enum bk_act)i;
			return true;
		}
	}
	return false;
}

static void trim_span(struct bk_str bytes, struct bk_span *span)
{
	while (span->start < span->end && bk_is_space(bytes.ptr[span->start]))
		span->start++;
	while (span->end > span->start && bk_is_space(bytes.ptr[span->end - 1]))
		span->end--;
}

/* "EE: text" and "VI: text" are what Estonia and the Virgin Islands say, where the roster knows them. */
static bool is_code(const struct bk_draft *draft, struct bk_str label)
{
	const size_t len = bk_str_find(label, ':');

	return len == 2 && len < label.len && bk_is_upper(label.ptr[0]) && bk_is_upper(label.ptr[1]) &&
	       draft->names.code && draft->names.code(draft->names.roster, label.ptr, len);
}

/* "3. - US": a label that no words follow but who speaks of it. */
static bool is_dash(struct bk_str words)
{
	const size_t len = bk_str_dash(words);

	return len && bk_str_starts(bk_str_skip(words, len), BK_STR(" "));
}

static void skip_label(const struct bk_draft *draft, struct bk_span *span)
{
	const struct bk_str text = {draft->bytes.ptr + span->start, span->end - span->start};
	const size_t len = bk_phrase_label(text);

	if (len && !is_dash(bk_str_skip(text, len)) && !is_code(draft, (struct bk_str){text.ptr, len}))
		span->start += len;
}

/* Whether a colon or dash stands in text, the words of bracket.  Asked of brackets in their order. */
static bool has_mark(
	struct bk_attribution_finder *finder, const struct bk_bracket *bracket, const struct bk_span *text)
{
	const struct bk_str rest = bk_str_skip(finder->draft->bytes, bracket->start);

	if (finder->next_mark < bracket->start)
		finder->next_mark = bracket->start + bk_kernel_find(&finder->marks, rest.ptr, rest.len);
	return finder->next_mark < text->end;
}

static int read_bracket(struct bk_attribution_finder *finder, struct bk_bracket *bracket)
{
	const struct bk_str bytes = finder->draft->bytes;
	const size_t first = finder->found.len;
	struct bk_span text = {bracket->start + bracket->open_len, bracket->end - bracket->close_len};
	int status = BK_OK;

	skip_label(finder->draft, &text);
	if (!bracket->brace && has_mark(finder, bracket, &text))
		status = bk_attribution_inside(finder, &text);
	if (!bracket->brace && status == BK_OK)
		status = bk_attribution_behind(finder, bracket);
	if (finder->found.len > first)
		skip_label(finder->draft, &text);
	trim_span(bytes, &text);
	bracket->text = text;
	bracket->attribution = (uint32_t)first;
	bracket->attribution_count = (uint32_t)(finder->found.len - first);
	return status;
}

/* Where one bracket is asked for, those that stand in the same one; where none opens there, nobody asks. */
static bool is_asked(const struct bk_draft *draft, const struct bk_bracket *bracket, uint32_t asked)
{
	return !draft->has_asked ||
	       (asked < draft->bracket_count && bracket->parent == draft->brackets[asked].parent);
}

int bk_attribution_find(struct bk_draft *draft)
{
	const uint32_t asked = draft->has_asked ? bk_draft_bracket_from(draft, draft->asked) : 0;
	struct bk_attribution_finder finder = {
		.draft = draft,
		.naming = {draft->names,
			!draft->names.code || bk_conventions_unknown_codes(draft->conventions)},
	};
	/* of the wide ones, "：", "–" and "—", the first byte */
	static const char marks[] = {':', '-', '\xEF', '\xE2'};
	int status = BK_OK;

	bk_byte_set_init(&finder.marks, marks, sizeof marks);
	bk_footnotes_init(&finder.footnotes, draft);
	for (size_t i = 0; status == BK_OK && i < draft->bracket_count; i++) {
		finder.bracket = (uint32_t)i;
		if (is_asked(draft, &draft->brackets[i], asked))
			status = read_bracket(&finder, &draft->brackets[i]);
	}
	if (status == BK_OK && finder.found.len) {
		draft->attributions =
			bk_arena_array(&draft->arena, finder.found.len, sizeof *draft->attributions);
		if (draft->attributions)
			memcpy(draft->attributions, finder.found.items,
				finder.found.len * sizeof *draft->attributions);
		status = draft->attributions ? BK_OK : bk_fail_memory();
	}
	draft->attribution_count = status == BK_OK ? finder.found.len : 0;
	bk_footnotes_release(&finder.footnotes);
	BK_VEC_RELEASE(&finder.names);
	BK_VEC_RELEASE(&finder.found);
	return status;
}
