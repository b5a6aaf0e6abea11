/* Writing who says what of a bracket: see inscription.h for the styles. */
#include "draft/inscription.h"

#include "base/error.h"
#include "draft/bare.h"
#include "draft/changes.h"
#include "draft/draft.h"
#include "draft/naming.h"

static const char *const style_names[BK_STYLE_COUNT] = {"prefix", "paren", "dash", "none"};

const char *bk_style_name(enum bk_style style)
{
	return style_names[style];
}

bool bk_style_parse(const char *name, enum bk_style *out)
{
	for (size_t i = 0; i < BK_STYLE_COUNT; i++) {
		if (strcmp(name, style_names[i]) == 0) {
			*out = (enum bk_style)i;
			return true;
		}
	}
	return false;
}

enum bk_style bk_style_of(enum bk_form form)
{
	switch (form) {
	case BK_FORM_PARENTHESIS: return BK_STYLE_PARENTHESIS;
	case BK_FORM_DASH: return BK_STYLE_DASH;
	case BK_FORM_PREFIX:
	case BK_FORM_FOOTNOTE: break;
	}
	return BK_STYLE_PREFIX;
}

/* ---- The list ---------------------------------------------------------------------------------------- */

/* Whether the act of list[at] stands before it already. */
static bool is_act_before(const struct bk_inscribed *list, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (list[i].act == list[at].act)
			return true;
	}
	return false;
}

/* All who do one act, with its verb; false when nobody does. */
static bool put_part(
	struct bk_buf *buf, const struct bk_inscribed *list, size_t count, enum bk_act act, bool verb)
{
	bool any = false;

	for (size_t i = 0; i < count; i++) {
		if (list[i].act != act)
			continue;
		if (any)
			bk_buf_puts(buf, ", ");
		bk_buf_puts(buf, list[i].party);
		any = true;
	}
	if (any && verb) {
		bk_buf_putc(buf, ' ');
		bk_buf_puts(buf, bk_act_name(act));
	}
	return any;
}

/* The parts of all acts but proposing, each behind a semicolon but the first when nothing stands before it. */
static void put_verbs(struct bk_buf *buf, const struct bk_inscribed *list, size_t count, bool before)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i].act == BK_ACT_PROPOSE || is_act_before(list, i))
			continue;
		if (before)
			bk_buf_puts(buf, "; ");
		before = put_part(buf, list, count, list[i].act, true);
	}
}

static void put_list(struct bk_buf *buf, const struct bk_inscribed *list, size_t count)
{
	put_verbs(buf, list, count, put_part(buf, list, count, BK_ACT_PROPOSE, false));
}

/* ---- The styles -------------------------------------------------------------------------------------- */

int bk_inscription_write(
	struct bk_inscription *out, enum bk_style style, const struct bk_inscribed *list, size_t count)
{
	int status;

	if (count == 0)
		return BK_OK;
	switch (style) {
	case BK_STYLE_PREFIX:
		put_list(&out->inside, list, count);
		bk_buf_puts(&out->inside, ": ");
		break;
	case BK_STYLE_PARENTHESIS:
		bk_buf_puts(&out->behind, " (");
		put_list(&out->behind, list, count);
		bk_buf_putc(&out->behind, ')');
		break;
	case BK_STYLE_DASH:
		bk_buf_puts(&out->end, " - ");
		put_list(&out->end, list, count);
		break;
	case BK_STYLE_NONE:
	case BK_STYLE_COUNT: break;
	}
	status = bk_buf_status(&out->inside);
	if (status == BK_OK)
		status = bk_buf_status(&out->end);
	return status == BK_OK ? bk_buf_status(&out->behind) : status;
}

void bk_inscription_clear(struct bk_inscription *out)
{
	bk_buf_clear(&out->inside);
	bk_buf_clear(&out->end);
	bk_buf_clear(&out->behind);
}

void bk_inscription_release(struct bk_inscription *out)
{
	bk_buf_release(&out->inside);
	bk_buf_release(&out->end);
	bk_buf_release(&out->behind);
}

/* ---- Adding names ------------------------------------------------------------------------------------ */

/* The last attribution of a bracket in a form, or NULL. */
static const struct bk_attribution *last_in(
	const struct bk_draft *draft, const struct bk_bracket *bracket, enum bk_form form)
{
	const struct bk_attribution *all = bk_bracket_attributions(draft, bracket);

	for (size_t i = bracket->attribution_count; i-- > 0;) {
		if (all[i].form == form)
			return &all[i];
	}
	return NULL;
}

/* Whether a party stands at a bracket with the same act. */
static bool stands(
	const struct bk_draft *draft, const struct bk_bracket *bracket, const struct bk_inscribed *inscribed)
{
	const struct bk_attribution *all = bk_bracket_attributions(draft, bracket);

	for (size_t i = 0; i < bracket->attribution_count; i++) {
		if (all[i].act == inscribed->act && strcmp(all[i].party, inscribed->party) == 0)
			return true;
	}
	return false;
}

/* Offset where the list of an attribution ends; of a prefix that no colon ends, `[BR, IN: reserve]`, SIZE_MAX. */
static size_t list_end(const struct bk_draft *draft, const struct bk_attribution *attribution)
{
	const char *bytes = draft->bytes.ptr;
	size_t end = attribution->notation.end;

	if (attribution->form == BK_FORM_PARENTHESIS)
		end--;
	while (end > attribution->notation.start &&
		(bk_is_space(bytes[end - 1]) ||
			(attribution->form == BK_FORM_PREFIX && bytes[end - 1] == '*')))
		end--;
	if (attribution->form != BK_FORM_PREFIX)
		return end;
	if (bytes[end - 1] == ':')
		return end - 1;
	return bk_str_ends((struct bk_str){bytes, end}, BK_STR("：")) ? end - strlen("：") : SIZE_MAX;
}

/* What is to stand behind a list: ", EU" where its last name proposes without a verb, else "; EU propose". */
static void put_more(struct bk_buf *buf, const struct bk_attribution *last, size_t end,
	const struct bk_inscribed *list, size_t count)
{
	const bool bare = last->act == BK_ACT_PROPOSE && last->written.end == end;
	const size_t before = buf->len;

	bk_buf_puts(buf, bare ? ", " : "; ");
	if (!put_part(buf, list, count, BK_ACT_PROPOSE, !bare))
		bk_buf_remove(buf, before, buf->len - before);
	put_verbs(buf, list, count, true);
}

/* Whether the bracket holds a prefix and no words of its own. */
static bool is_all_prefix(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const struct bk_attribution *prefix = last_in(draft, bracket, BK_FORM_PREFIX);

	return prefix && list_end(draft, prefix) == SIZE_MAX;
}

/* The style in which an attribution of its own can be read. */
static enum bk_style readable(
	const struct bk_draft *draft, const struct bk_bracket *bracket, enum bk_style style)
{
	const struct bk_str words = {
		draft->bytes.ptr + bracket->text.start, bracket->text.end - bracket->text.start};

	if (is_all_prefix(draft, bracket) || (style == BK_STYLE_PREFIX && bk_naming_misleads(words)))
		return BK_STYLE_PARENTHESIS;
	if (style == BK_STYLE_PARENTHESIS && last_in(draft, bracket, BK_FORM_FOOTNOTE))
		return BK_STYLE_PREFIX;
	return style;
}

/* Whether a heading, provision or option names itself in a span. */
static bool has_label(const struct bk_draft *draft, struct bk_span span)
{
	const uint32_t node = bk_draft_node_at(draft, span.end - 1);

	return node != BK_NONE && draft->nodes[node].offset >= span.start &&
	       draft->nodes[node].offset < span.end;
}

/* Before the words, behind the label of the heading, provision or option that opens there. */
static size_t prefix_place(const struct bk_draft *draft, const struct bk_bracket *bracket)
{
	const struct bk_str inside = bk_bracket_inside(draft, bracket);
	const size_t base = bracket->start + bracket->open_len;
	size_t at = bk_phrase_label(inside);

	if (at && !has_label(draft, (struct bk_span){base, base + at}))
		at = 0;
	while (at < inside.len && bk_is_space(inside.ptr[at]))
		at++;
	return base + at;
}

/* Where an attribution of its own goes: behind the label, before the close, or behind all that follows it. */
static size_t place(const struct bk_draft *draft, uint32_t index, enum bk_style style)
{
	const struct bk_bracket *bracket = &draft->brackets[index];
	const struct bk_attribution *last = last_in(draft, bracket, BK_FORM_PARENTHESIS);
	const struct bk_str inside = bk_bracket_inside(draft, bracket);
	size_t at = inside.len;

	if (style == BK_STYLE_PARENTHESIS)
		return last ? last->notation.end : bracket->end;
	if (style == BK_STYLE_PREFIX)
		return prefix_place(draft, bracket);
	while (at > 0 && bk_is_space(inside.ptr[at - 1]))
		at--;
	return bracket->start + bracket->open_len + at;
}

/* Insert what style writes of list as an attribution of its own. */
static int add_own(const struct bk_draft *draft, uint32_t bracket, enum bk_style style,
	const struct bk_inscribed *list, size_t count, struct bk_changes *changes)
{
	struct bk_inscription written = {0};
	const size_t at = place(draft, bracket, style);
	int status = bk_inscription_write(&written, style, list, count);
	const struct bk_buf *buf = written.inside.len ? &written.inside
				   : written.end.len  ? &written.end
						      : &written.behind;

	if (status == BK_OK)
		status = bk_changes_add(changes, (struct bk_span){at, at}, buf->bytes, buf->len);
	bk_inscription_release(&written);
	return status;
}

/* Insert list behind the names of an attribution. */
static int add_to(const struct bk_attribution *last, size_t end, const struct bk_inscribed *list,
	size_t count, struct bk_changes *changes)
{
	struct bk_buf more = BK_BUF_INIT;
	int status;

	put_more(&more, last, end, list, count);
	status = bk_buf_status(&more);
	if (status == BK_OK)
		status = bk_changes_add(changes, (struct bk_span){end, end}, more.bytes, more.len);
	bk_buf_release(&more);
	return status;
}

static int add_new(const struct bk_draft *draft, uint32_t index, enum bk_style style,
	const struct bk_inscribed *list, size_t count, struct bk_changes *changes)
{
	static const enum bk_form forms[] = {BK_FORM_PREFIX, BK_FORM_PARENTHESIS, BK_FORM_DASH};
	const struct bk_attribution *last = last_in(draft, &draft->brackets[index], forms[style]);
	const size_t end = last ? list_end(draft, last) : SIZE_MAX;

	if (end != SIZE_MAX)
		return add_to(last, end, list, count, changes);
	return add_own(draft, index, readable(draft, &draft->brackets[index], style), list, count, changes);
}

int bk_inscription_add(const struct bk_draft *draft, uint32_t bracket, enum bk_style style,
	const struct bk_inscribed *list, size_t count, struct bk_changes *changes)
{
	BK_VEC(struct bk_inscribed) more = BK_VEC_INIT;
	int status = BK_OK;

	if (style == BK_STYLE_NONE)
		return BK_OK;
	if (!BK_VEC_RESERVE(&more, count))
		return bk_fail_memory();
	for (size_t i = 0; i < count; i++) {
		if (!stands(draft, &draft->brackets[bracket], &list[i]))
			more.items[more.len++] = list[i];
	}
	if (more.len)
		status = add_new(draft, bracket, style, more.items, more.len, changes);
	BK_VEC_RELEASE(&more);
	return status;
}
