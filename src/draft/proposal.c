/* What the notation proposes and does not take: see bracked/proposal.h. */
#include <bracked/proposal.h>

#include "draft/alternative.h"
#include "draft/draft.h"
#include "draft/lexicon.h"
#include "draft/naming.h"
#include "draft/option.h"

#include <string.h>

/* Longer words are no list of alternatives; words outside of a bracket are looked for no further; how deep
 * before a sibling is looked for. */
enum { SPLIT_MAX = 160, REACH_MAX = 64, CLIMB_MAX = 64 };

const char *bk_proposal_kind_name(enum bk_proposal_kind kind)
{
	static const char *const names[] = {"split", "note", "repeat", "tail"};

	return names[kind];
}

/* ---- Slashes ---------------------------------------------------------------------------------------- */

static bool is_token(char c)
{
	return bk_is_word(c) || c == '-' || c == '/';
}

/* A word of letters that is no unit and no small word of joining. */
static bool is_plain(struct bk_str part)
{
	for (size_t i = 0; i < part.len; i++) {
		if (bk_is_digit(part.ptr[i]))
			return false;
	}
	return part.len > 1 && !bk_lexicon_has(BK_LEXICON_UNIT, part) &&
	       !bk_lexicon_has(BK_LEXICON_CONJUNCTION, part);
}

static bool is_party(const struct bk_draft *draft, struct bk_str part)
{
	const struct bk_names *names = &draft->names;

	return names->code ? names->code(names->roster, part.ptr, part.len) != NULL : bk_naming_is_code(part);
}

static bool add_part(const struct bk_draft *draft, struct bk_str part, struct bk_proposal *out)
{
	const size_t start = (size_t)(part.ptr - draft->bytes.ptr);

	if (out->part_count == BK_PROPOSAL_PARTS)
		return false;
	out->parts[out->part_count++] = (struct bk_span){start, start + part.len};
	return true;
}

static struct bk_span span_of(const struct bk_draft *draft, struct bk_str words)
{
	const struct bk_str trimmed = bk_str_trim(words);
	const size_t start = (size_t)(trimmed.ptr - draft->bytes.ptr);

	return (struct bk_span){start, start + trimmed.len};
}

/* The parts of "developed/developing", each a plain word and not all of them parties. */
static bool add_token(const struct bk_draft *draft, struct bk_str token, struct bk_proposal *out)
{
	size_t parties = 0;

	for (size_t at = 0; at <= token.len;) {
		const size_t len = bk_str_find(bk_str_skip(token, at), '/');
		const struct bk_str part = {token.ptr + at, len};

		if (!is_plain(part) || !add_part(draft, part, out))
			return false;
		parties += is_party(draft, part);
		at += len + 1;
	}
	return out->part_count > 1 && parties < out->part_count;
}

/* `[developed/developing countries]`: one token with slashes among other words. */
static bool split_glued(const struct bk_draft *draft, struct bk_str text, struct bk_proposal *out)
{
	size_t start = bk_str_find(text, '/'), end = start;

	while (start && is_token(text.ptr[start - 1]))
		start--;
	while (end < text.len && is_token(text.ptr[end]))
		end++;
	/* "docs/plan.txt" */
	if (end + 1 < text.len && text.ptr[end] == '.' && bk_is_word(text.ptr[end + 1]))
		return false;
	if (memchr(text.ptr + end, '/', text.len - end) ||
		!add_token(draft, (struct bk_str){text.ptr + start, end - start}, out))
		return false;
	out->before = span_of(draft, (struct bk_str){text.ptr, start});
	out->after = span_of(draft, bk_str_skip(text, end));
	return out->before.end > out->before.start || out->after.end > out->after.start;
}

static size_t words_in(struct bk_str part)
{
	size_t count = 0;

	for (size_t i = 0; i < part.len; i++)
		count += !bk_is_space(part.ptr[i]) && (i == 0 || bk_is_space(part.ptr[i - 1]));
	return count;
}

/* Parts between slashes with blanks round them, inner brackets left whole; false where there are too many. */
static bool add_parts(const struct bk_draft *draft, struct bk_str text, struct bk_proposal *out)
{
	size_t from = 0, depth = 0;

	for (size_t i = 0; i <= text.len; i++) {
		const char c = i < text.len ? text.ptr[i] : '/';

		depth += c == '[';
		depth -= c == ']' && depth > 0;
		if (c != '/' || (depth > 0 && i < text.len))
			continue;
		if (!add_part(draft, bk_str_trim((struct bk_str){text.ptr + from, i - from}), out))
			return false;
		from = i + 1;
	}
	return out->part_count > 1;
}

static struct bk_str part_at(const struct bk_draft *draft, const struct bk_proposal *out, size_t i)
{
	return (struct bk_str){
		draft->bytes.ptr + out->parts[i].start, out->parts[i].end - out->parts[i].start};
}

/* "developed / developing countries": the last part's further words belong to all; or the first part's
 * earlier ones. */
static bool share(const struct bk_draft *draft, struct bk_proposal *out)
{
	const size_t last = out->part_count - 1;
	const struct bk_str tail = part_at(draft, out, last), head = part_at(draft, out, 0);
	size_t singles = 0;

	for (size_t i = 0; i <= last; i++)
		singles += words_in(part_at(draft, out, i)) == 1;
	if (singles != last)
		return false;
	if (words_in(tail) > 1) {
		const size_t len = bk_str_find(tail, ' ');

		out->after = span_of(draft, bk_str_skip(tail, len));
		out->parts[last].end = out->parts[last].start + len;
		return len < tail.len;
	}
	if (words_in(head) > 1) {
		size_t len = head.len;

		while (len && !bk_is_space(head.ptr[len - 1]))
			len--;
		out->before = span_of(draft, (struct bk_str){head.ptr, len});
		out->parts[0].start += len;
		return len > 0;
	}
	return false;
}

/* The word that follows or ends at `at`, blanks passed over on the same line. */
static struct bk_str word_beside(const struct bk_draft *draft, size_t at, bool after)
{
	const struct bk_str bytes = draft->bytes;
	size_t start = at, end = at;

	if (after) {
		while (start < bytes.len && start - at < REACH_MAX && bk_is_blank(bytes.ptr[start]))
			start++;
		for (end = start; end < bytes.len && end - at < REACH_MAX && bk_is_word(bytes.ptr[end]);)
			end++;
	} else {
		while (end && at - end < REACH_MAX && bk_is_blank(bytes.ptr[end - 1]))
			end--;
		for (start = end; start && at - start < REACH_MAX && bk_is_word(bytes.ptr[start - 1]);)
			start--;
	}
	return (struct bk_str){bytes.ptr + start, end - start};
}

/* `[shall /] should`, `may [/ shall]`: the slash parts the bracket's words from one outside. */
static bool reach_out(const struct bk_draft *draft, const struct bk_bracket *bracket, struct bk_str text,
	struct bk_proposal *out)
{
	const bool first = text.ptr[0] == '/', last = text.ptr[text.len - 1] == '/';
	struct bk_str outside;

	if (first == last || text.len < 2)
		return false;
	text = bk_str_trim(first ? bk_str_skip(text, 1) : (struct bk_str){text.ptr, text.len - 1});
	outside = word_beside(draft, first ? bracket->start : bracket->end, last);
	if (memchr(text.ptr, '/', text.len) || !text.len || !outside.len ||
		bk_lexicon_has(BK_LEXICON_CONJUNCTION, text) ||
		bk_lexicon_has(BK_LEXICON_CONJUNCTION, outside))
		return false;
	return first ? add_part(draft, outside, out) && add_part(draft, text, out)
		     : add_part(draft, text, out) && add_part(draft, outside, out);
}

static bool holds(struct bk_str text, struct bk_str what)
{
	return text.ptr && memmem(text.ptr, text.len, what.ptr, what.len) != NULL;
}

static bool propose_split(const struct bk_draft *draft, uint32_t index, struct bk_proposal *out)
{
	const struct bk_bracket *bracket = &draft->brackets[index];
	const struct bk_str text = {
		draft->bytes.ptr + bracket->text.start, bracket->text.end - bracket->text.start};
	const char *slash = text.len && text.len <= SPLIT_MAX ? memchr(text.ptr, '/', text.len) : NULL;
	size_t count;

	*out = (struct bk_proposal){.kind = BK_PROPOSAL_SPLIT};
	if (bracket->class != BK_CLASS_DISPUTED || bracket->brace || !slash)
		return false;
	/* What is split already needs no proposal. */
	if (bk_alternative_parts(draft, index, &count))
		return false;
	if (reach_out(draft, bracket, text, out))
		return true;
	*out = (struct bk_proposal){.kind = BK_PROPOSAL_SPLIT};
	if (!holds(text, BK_STR(" / ")))
		return !holds(text, BK_STR("://")) && split_glued(draft, text, out);
	return add_parts(draft, text, out) && share(draft, out);
}

/* ---- Repeats ---------------------------------------------------------------------------------------- */

static bool same_words(const struct bk_draft *draft, uint32_t a, uint32_t b)
{
	return bk_str_equal(
		bk_bracket_inside(draft, &draft->brackets[a]), bk_bracket_inside(draft, &draft->brackets[b]));
}

/* The sibling after or before a bracket in its run, or BK_NONE. */
static uint32_t neighbour(const struct bk_draft *draft, uint32_t index, bool after)
{
	const struct bk_bracket *bracket = &draft->brackets[index];
	uint32_t next = after ? bk_draft_bracket_from(draft, bracket->end) : index ? index - 1 : BK_NONE;

	for (size_t i = 0; !after && next != BK_NONE && draft->brackets[next].parent != bracket->parent; i++)
		next = i < CLIMB_MAX ? draft->brackets[next].parent : BK_NONE;
	if (next >= draft->bracket_count || !bracket->run || draft->brackets[next].run != bracket->run ||
		draft->brackets[next].parent != bracket->parent)
		return BK_NONE;
	return next;
}

/* Whether the neighbours of two brackets say the same on either side. */
static bool same_neighbours(const struct bk_draft *draft, uint32_t a, uint32_t b)
{
	for (int after = 0; after < 2; after++) {
		const uint32_t left = neighbour(draft, a, after), right = neighbour(draft, b, after);

		if ((left == BK_NONE) != (right == BK_NONE) ||
			(left != BK_NONE && !same_words(draft, left, right)))
			return false;
	}
	return true;
}

/* What a person said of brackets with the same words, and as to choice with the same neighbours. */
static bool propose_repeat(const struct bk_draft *draft, uint32_t index, struct bk_proposal *out)
{
	const struct bk_bracket *bracket = &draft->brackets[index];

	*out = (struct bk_proposal){.kind = BK_PROPOSAL_REPEAT};
	for (size_t i = 0; i < draft->override_count; i++) {
		const struct bk_override *word = &draft->overrides[i];
		uint32_t like;

		if (!word->has_class && !word->has_choice)
			continue;
		like = bk_draft_bracket_from(draft, word->start);
		if (like == index || like >= draft->bracket_count ||
			draft->brackets[like].start != word->start || !same_words(draft, like, index))
			continue;
		if (word->has_class && word->class != bracket->class) {
			out->has_class = true;
			out->class = (uint8_t)word->class;
			out->like = like;
		}
		if (word->has_choice && bracket->run && word->choice != bracket->choice &&
			same_neighbours(draft, like, index)) {
			out->choice = (uint8_t)word->choice;
			out->like = like;
		}
	}
	return !bracket->by_person && !bracket->brace && (out->has_class || out->choice != BK_CHOICE_NONE);
}

size_t bk_bracket_proposals(const bk_draft *draft, uint32_t bracket, struct bk_proposal out[BK_PROPOSALS_MAX])
{
	size_t count = 0;

	if (draft->brackets[bracket].proposed)
		out[count++] = (struct bk_proposal){.kind = BK_PROPOSAL_NOTE, .class = BK_CLASS_NOTE};
	count += propose_split(draft, bracket, &out[count]);
	return count + propose_repeat(draft, bracket, &out[count]);
}

/* ---- Families of options ---------------------------------------------------------------------------- */

/* The next or last option of the family beside a node, its own parts passed over; BK_NONE when there is none. */
static uint32_t beside(const struct bk_draft *draft, uint32_t node, bool after)
{
	const struct bk_node *self = &draft->nodes[node];

	for (uint32_t i = node; after ? ++i < draft->node_count : i-- > 0;) {
		if (draft->nodes[i].level > self->level)
			continue;
		return draft->nodes[i].family == self->family && draft->nodes[i].parent == self->parent
			       ? i
			       : BK_NONE;
	}
	return BK_NONE;
}

/* Where the text of an option begins, and in which column its line does. */
static size_t text_start(const struct bk_draft *draft, const struct bk_node *node, size_t *column)
{
	const char *bytes = draft->bytes.ptr;
	size_t start = node->offset;
	struct bk_option_header header;
	struct bk_lead lead;
	struct bk_str line;

	while (start && bytes[start - 1] != '\n')
		start--;
	line = bk_str_skip(draft->bytes, start);
	line.len = bk_str_find(line, '\n');
	bk_lead_parse(line, &lead);
	*column = lead.column;
	return bk_option_parse(line, &lead, &header) ? start + header.text : node->end;
}

static bool has_words(struct bk_str text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (bk_is_word(text.ptr[i]))
			return true;
	}
	return false;
}

static struct bk_str own_text(const struct bk_draft *draft, uint32_t node, size_t *column)
{
	const size_t start = text_start(draft, &draft->nodes[node], column);

	return (struct bk_str){draft->bytes.ptr + start,
		draft->nodes[node].end > start ? draft->nodes[node].end - start : 0};
}

/* Headers without text before the last, whose text is then everyone's. */
static bool all_bare(const struct bk_draft *draft, uint32_t last)
{
	size_t column, count = 0;

	for (uint32_t i = beside(draft, last, false); i != BK_NONE; i = beside(draft, i, false), count++) {
		if (draft->nodes[i].no_text || has_words(own_text(draft, i, &column)))
			return false;
	}
	return count > 0;
}

/*
 * The text from the first line that stands further out than `column` on, to the next blank line, when it goes
 * on a sentence; empty when it does not, since then nothing after it does.
 */
static struct bk_str outdented(struct bk_str text, size_t column)
{
	for (size_t at = bk_str_find(text, '\n') + 1; at < text.len;) {
		struct bk_str line = bk_str_skip(text, at);
		struct bk_label label;
		struct bk_lead lead;
		const char *end;

		line.len = bk_str_find(line, '\n');
		bk_lead_parse(line, &lead);
		at += line.len + 1;
		if (lead.len == line.len || lead.column >= column)
			continue;
		line = bk_str_skip(line, lead.len);
		if (!bk_is_lower(line.ptr[0]) && line.ptr[0] != ',' && line.ptr[0] != ';')
			break;
		if (bk_label_parse(line, &label))
			break;
		line.len = (size_t)(text.ptr + text.len - line.ptr);
		end = memmem(line.ptr, line.len, "\n\n", 2);
		return (struct bk_str){line.ptr, end ? (size_t)(end - line.ptr) : line.len};
	}
	return (struct bk_str){text.ptr, 0};
}

bool bk_node_proposal(const bk_draft *draft, uint32_t node, struct bk_proposal *out)
{
	const struct bk_node *self = &draft->nodes[node];
	struct bk_str text;
	size_t column;

	*out = (struct bk_proposal){.kind = BK_PROPOSAL_TAIL};
	if (self->kind != BK_NODE_OPTION || beside(draft, node, true) != BK_NONE ||
		beside(draft, node, false) == BK_NONE)
		return false;
	text = own_text(draft, node, &column);
	if (!all_bare(draft, node))
		text = outdented(text, column);
	if (!has_words(text) || self->no_text)
		return false;
	out->after = span_of(draft, text);
	return true;
}
