/*
 * Readings: the text as written, unattributed, agreed, clean, or as decided.  A reading is the text with
 * changes made, and a list of the runs of bytes that were taken as they stand.
 */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/vec.h"
#include "draft/alternative.h"
#include "draft/changes.h"
#include "draft/settle.h"

struct bk_reading {
	struct bk_buf bytes;
	BK_VEC(struct bk_reading_piece) pieces;
};

const char *bk_reading_bytes(const bk_reading *reading, size_t *len)
{
	*len = reading->bytes.len;
	return bk_buf_string(&reading->bytes);
}

const struct bk_reading_piece *bk_reading_pieces(const bk_reading *reading, size_t *count)
{
	*count = reading->pieces.len;
	return reading->pieces.items;
}

void bk_reading_free(bk_reading *reading)
{
	if (!reading)
		return;
	bk_buf_release(&reading->bytes);
	BK_VEC_RELEASE(&reading->pieces);
	bk_free(reading);
}

/* ---- Cuts ------------------------------------------------------------------------------------------- */

static int cut_attributions(const struct bk_draft *draft, bk_cuts *cuts)
{
	int status = BK_OK;

	for (size_t i = 0; i < draft->attribution_count && status == BK_OK; i++) {
		const struct bk_span notation = draft->attributions[i].notation;

		status = bk_cuts_add(cuts, notation.start, notation.end, BK_CUT_MARK);
	}
	return status;
}

static int cut_options(const struct bk_draft *draft, bk_cuts *cuts)
{
	int status = BK_OK;

	for (size_t i = 0; i < draft->node_count && status == BK_OK; i++) {
		const struct bk_node *node = &draft->nodes[i];
		size_t end = node->end;

		if (node->kind != BK_NODE_OPTION)
			continue;
		/* what begins the next line stays with it */
		while (end > node->start && bk_is_space(draft->bytes.ptr[end - 1]))
			end--;
		status = bk_cuts_add(cuts, node->start, end, BK_CUT_WORDS);
	}
	return status;
}

/* Where the cuts so far, in order of start, cover `at`: walks with the brackets. */
static bool covers(const bk_cuts *cuts, size_t count, size_t at)
{
	const size_t low = BK_SEARCH(i, count, cuts->items[i].span.start <= at);

	return low > 0 && cuts->items[low - 1].span.end > at;
}

/* Sort by start and let each cut reach as far as any before it, so that one look tells what is covered. */
static void prepare_cover(bk_cuts *cuts)
{
	size_t kept = 0;

	bk_cuts_sort(cuts);
	for (size_t i = 0; i < cuts->len; i++) {
		struct bk_cut *last = kept > 0 ? &cuts->items[kept - 1] : NULL;

		if (last && cuts->items[i].span.start < last->span.end) {
			if (cuts->items[i].span.end > last->span.end)
				last->span.end = cuts->items[i].span.end;
			if (cuts->items[i].kind == BK_CUT_WORDS)
				last->kind = BK_CUT_WORDS;
		} else {
			cuts->items[kept++] = cuts->items[i];
		}
	}
	cuts->len = kept;
}

/* A bracket of which one end goes loses the other too: what is left must not match anew. */
static int cut_torn(const struct bk_draft *draft, bk_cuts *cuts)
{
	size_t count;
	int status = BK_OK;

	prepare_cover(cuts);
	count = cuts->len;
	for (size_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		const struct bk_bracket *b = &draft->brackets[i];
		const bool opens = covers(cuts, count, b->start), closes = covers(cuts, count, b->end - 1);

		if (opens && !closes)
			status = bk_cuts_add(cuts, b->end - b->close_len, b->end, BK_CUT_MARK);
		else if (closes && !opens)
			status = bk_cuts_add(cuts, b->start, b->start + b->open_len, BK_CUT_MARK);
	}
	return status;
}

static uint8_t clean_decision(const struct bk_draft *draft, uint32_t bracket)
{
	const struct bk_bracket *b = &draft->brackets[bracket];
	size_t parts;

	if (b->class != BK_CLASS_DISPUTED)
		return BK_DECISION_LEAVE;
	if (b->group > 0 && b->choice == BK_CHOICE_ONE && draft->groups[b->group - 1].first != bracket)
		return BK_DECISION_DELETE;
	return bk_alternative_parts(draft, bracket, &parts) ? BK_DECISION_PART : BK_DECISION_ACCEPT;
}

static uint8_t decision_of(const struct bk_draft *draft, enum bk_reading_kind kind, uint32_t bracket)
{
	if (kind == BK_READING_CLEAN)
		return clean_decision(draft, bracket);
	return draft->brackets[bracket].class == BK_CLASS_DISPUTED ? BK_DECISION_DELETE : BK_DECISION_LEAVE;
}

/* Of its alternatives between slashes one stands; BK_ERANGE: there is no such one. */
static int cut_part(const struct bk_draft *draft, uint32_t bracket, size_t number, bk_cuts *cuts)
{
	size_t count;
	const struct bk_alternative *parts = bk_alternative_parts(draft, bracket, &count);

	if (number >= count)
		return bk_fail(BK_ERANGE, "a bracket has no part %zu: there are %zu", number + 1, count);
	return parts[number].no_text && bk_settle_can_be_empty(draft, bracket)
		       ? bk_settle_delete(draft, bracket, cuts)
		       : bk_settle_part(draft, bracket, parts[number].span, cuts);
}

/* What is decided of brackets, and of the parts of one. */
static int settle(const struct bk_draft *draft, const uint8_t *decisions, bk_cuts *cuts)
{
	uint8_t *const whole = bk_malloc(draft->bracket_count + 1);
	int status = BK_OK;

	if (!whole)
		return bk_fail_memory();
	for (uint32_t i = 0; i < draft->bracket_count; i++)
		whole[i] = decisions[i] < BK_DECISION_PART ? decisions[i] : BK_DECISION_ACCEPT;
	status = bk_settle_all(draft, whole, cuts);
	for (uint32_t i = 0; i < draft->bracket_count && status == BK_OK; i++)
		if (decisions[i] >= BK_DECISION_PART)
			status = cut_part(draft, i, decisions[i] - BK_DECISION_PART, cuts);
	bk_free(whole);
	return status;
}

static int find_cuts(
	const struct bk_draft *draft, enum bk_reading_kind kind, const uint8_t *given, bk_cuts *cuts)
{
	uint8_t *decisions = NULL;
	int status;

	if (kind == BK_READING_WRITTEN)
		return BK_OK;
	if (kind == BK_READING_UNATTRIBUTED)
		return cut_attributions(draft, cuts);
	if (kind == BK_READING_DECIDED)
		return settle(draft, given, cuts);
	decisions = bk_malloc(draft->bracket_count + 1);
	if (!decisions)
		return bk_fail_memory();
	for (uint32_t i = 0; i < draft->bracket_count; i++)
		decisions[i] = decision_of(draft, kind, i);
	status = settle(draft, decisions, cuts);
	if (status == BK_OK && kind == BK_READING_AGREED)
		status = cut_options(draft, cuts);
	if (status == BK_OK && kind == BK_READING_AGREED)
		status = cut_torn(draft, cuts);
	bk_free(decisions);
	return status;
}

/* ---- Putting together --------------------------------------------------------------------------------- */

static int take(bk_reading *reading, struct bk_str text, size_t from, size_t to)
{
	struct bk_reading_piece *piece;

	if (to <= from)
		return BK_OK;
	piece = BK_VEC_PUSH(&reading->pieces);
	if (!piece)
		return bk_fail_memory();
	*piece = (struct bk_reading_piece){.at = reading->bytes.len, .source = from, .len = to - from};
	bk_buf_put(&reading->bytes, text.ptr + from, to - from);
	return BK_OK;
}

static int put_together(bk_reading *reading, struct bk_str text, const bk_changes *changes)
{
	size_t at = 0;
	int status = BK_OK;

	bk_buf_reserve(&reading->bytes, text.len);
	for (size_t i = 0; i < changes->list.len && status == BK_OK; i++) {
		const struct bk_change *change = &changes->list.items[i];

		status = take(reading, text, at, change->span.start);
		bk_buf_put(&reading->bytes, change->bytes, change->len);
		at = change->span.end;
	}
	if (status == BK_OK)
		status = take(reading, text, at, text.len);
	return status < 0 ? status : bk_buf_status(&reading->bytes);
}

int bk_draft_read(
	const bk_draft *draft, enum bk_reading_kind kind, const uint8_t *decisions, bk_reading **out)
{
	bk_cuts cuts = {0};
	bk_changes *changes = NULL;
	bk_reading *reading;
	int status;

	if ((unsigned)kind > BK_READING_DECIDED ||
		(kind == BK_READING_DECIDED && !decisions && draft->bracket_count))
		return bk_fail(BK_EINVAL, "reading '%d' is none, or lacks its decisions", (int)kind);
	reading = bk_calloc(1, sizeof *reading);
	if (!reading)
		return bk_fail_memory();
	status = bk_changes_new(&changes);
	if (status == BK_OK)
		status = find_cuts(draft, kind, decisions, &cuts);
	if (status == BK_OK)
		status = bk_seam_mend(draft, &cuts, changes);
	if (status == BK_OK)
		status = put_together(reading, draft->bytes, changes);
	BK_VEC_RELEASE(&cuts);
	bk_changes_free(changes);
	if (status < 0) {
		bk_reading_free(reading);
		return status;
	}
	*out = reading;
	return BK_OK;
}
