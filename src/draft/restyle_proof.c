/*
 * The proof of a restyling: the new text is read, and beside the names that were to change all has to be what it was.
 *
 *	brackets   the same ones, and the unmatched
 *	nodes      the same headings, provisions and options
 *	names      of each bracket the same parties with the same acts
 *	details    of each bracket class, choice, run and words
 *
 * One wrong bracket or node makes all that follow it look wrong, so what comes first in this list is looked at
 * alone, and plans near the first fault are left before anything else is compared.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/restyle_private.h"

struct proof {
	struct bk_restyling *restyling;
	const struct bk_draft *old;
	const struct bk_draft *now;
	uint32_t *twin;	     /* of each old bracket in the new text, or BK_NONE */
	uint32_t *plan;	     /* of each old bracket, or BK_NONE */
	uint32_t *group_now; /* of each old group, which it is in the new text, or 0 */
	uint32_t *group_old; /* the other way round */
	size_t round;
	bool faulty;
};

enum { NEAR = 100 };

static const char unread[] = "written so it would not be read back: use another style, or reword it";
static const char around[] =
	"written so it would change how the text around it is read: use another style, or reword it";

/* ---- Leaving plans ----------------------------------------------------------------------------------- */

/* False when it was left in an earlier round, which has not helped; one left in this round may be all that helps. */
static bool leave(struct proof *proof, size_t index, const char *why)
{
	struct bk_restyle_plan *plan = &proof->restyling->plans.items[index];

	if (plan->settled)
		return false;
	if (!plan->left) {
		plan->left = why;
		plan->round = proof->round + 1;
	}
	return plan->round == proof->round + 1;
}

/* Leave the plan of an old bracket; false when it has none, or was left before. */
static bool leave_bracket(struct proof *proof, uint32_t bracket, const char *why)
{
	return bracket != BK_NONE && proof->plan[bracket] != BK_NONE &&
	       leave(proof, proof->plan[bracket], why);
}

/* Leave the plans of brackets that open in a span of the old text. */
static bool leave_span(struct proof *proof, struct bk_span span)
{
	const struct bk_bracket *brackets = proof->old->brackets;
	const struct bk_restyle_plan *plans = proof->restyling->plans.items;
	const size_t count = proof->restyling->plans.len;
	const size_t first = BK_SEARCH(at, count, brackets[plans[at].bracket].start < span.start);
	bool any = false;

	for (size_t i = first; i < count && brackets[plans[i].bracket].start < span.end; i++)
		any |= leave(proof, i, around);
	return any;
}

static struct bk_span line_of(struct bk_str bytes, size_t offset)
{
	size_t start = offset;

	while (start > 0 && bytes.ptr[start - 1] != '\n')
		start--;
	return (struct bk_span){start, offset + bk_str_find(bk_str_skip(bytes, offset), '\n')};
}

/* Leave the plans in the line of an offset of the old text; else those round it, further off after many rounds. */
static void leave_near(struct proof *proof, size_t offset)
{
	const size_t len = proof->old->bytes.len;
	bool any = leave_span(proof, line_of(proof->old->bytes, offset));

	proof->faulty = true;
	for (size_t wide = (size_t)NEAR << proof->round / 8; !any; wide *= 2) {
		any = leave_span(proof, (struct bk_span){offset > wide ? offset - wide : 0, offset + wide});
		if (wide > len)
			break;
	}
}

/* ---- Brackets ---------------------------------------------------------------------------------------- */

static int pair_brackets(struct proof *proof)
{
	const struct bk_draft *old = proof->old, *now = proof->now;
	size_t next = 0;

	for (uint32_t i = 0; i < old->bracket_count; i++) {
		const size_t start = bk_restyle_behind(proof->restyling, old->brackets[i].start);

		proof->twin[i] = BK_NONE;
		if (bk_restyle_goes(proof->restyling, old->brackets[i].start))
			continue;
		if (next < now->bracket_count && now->brackets[next].start == start)
			proof->twin[i] = (uint32_t)next++;
		else {
			leave_near(proof, old->brackets[i].start);
			return BK_OK;
		}
	}
	if (next < now->bracket_count || old->unmatched_count != now->unmatched_count)
		leave_near(proof, old->bytes.len);
	return BK_OK;
}

/* ---- Nodes ------------------------------------------------------------------------------------------- */

static bool is_same_node(const struct bk_node *old, const struct bk_node *now)
{
	return old->kind == now->kind && old->level == now->level && old->family == now->family &&
	       old->no_text == now->no_text && strcmp(old->label, now->label) == 0 &&
	       strcmp(old->path, now->path) == 0;
}

/* Those that came or went: each by itself, since it shifts all that follow. */
static void pair_nodes(struct proof *proof)
{
	const struct bk_draft *old = proof->old, *now = proof->now;
	size_t i = 0, j = 0;

	while (i < old->node_count || j < now->node_count) {
		const size_t there = i < old->node_count
					     ? bk_restyle_behind(proof->restyling, old->nodes[i].offset)
					     : SIZE_MAX;
		const size_t here = j < now->node_count ? now->nodes[j].offset : SIZE_MAX;

		if (there < here)
			leave_near(proof, old->nodes[i].offset);
		else if (here < there)
			leave_near(proof, bk_restyle_source(proof->restyling, here));
		i += there <= here;
		j += here <= there;
	}
}

/* The first that is another, which those below it follow. */
static void compare_nodes(struct proof *proof)
{
	const struct bk_draft *old = proof->old, *now = proof->now;

	for (size_t i = 0; i < old->node_count; i++) {
		if (is_same_node(&old->nodes[i], &now->nodes[i]))
			continue;
		leave_near(proof, old->nodes[i].offset);
		return;
	}
}

/* ---- Details ----------------------------------------------------------------------------------------- */

static bool has_name(
	const struct bk_draft *draft, const struct bk_bracket *bracket, const char *party, unsigned act)
{
	const struct bk_attribution *list = bk_bracket_attributions(draft, bracket);

	for (size_t i = 0; i < bracket->attribution_count; i++) {
		if (list[i].act == act && strcmp(list[i].party, party) == 0)
			return true;
	}
	return false;
}

/* Each name of a plan stands in the new text, once, and no other. */
static bool has_plan(
	const struct proof *proof, const struct bk_restyle_plan *plan, const struct bk_bracket *now)
{
	if (proof->restyling->style == BK_STYLE_NONE)
		return now->attribution_count == 0;
	for (size_t i = 0; i < plan->names.count; i++) {
		const struct bk_beside *name = &proof->restyling->names.items[plan->names.first + i];

		if (!has_name(proof->now, now, name->party, name->act))
			return false;
	}
	return now->attribution_count == plan->names.count;
}

static bool has_same_names(
	const struct proof *proof, const struct bk_bracket *old, const struct bk_bracket *now)
{
	const struct bk_attribution *list = bk_bracket_attributions(proof->old, old);

	for (size_t i = 0; i < old->attribution_count; i++) {
		if (!has_name(proof->now, now, list[i].party, list[i].act))
			return false;
	}
	return now->attribution_count == old->attribution_count;
}

static bool has_names(const struct proof *proof, uint32_t bracket, const struct bk_bracket *now)
{
	const uint32_t plan = proof->plan[bracket];

	if (plan != BK_NONE && !proof->restyling->plans.items[plan].left)
		return has_plan(proof, &proof->restyling->plans.items[plan], now);
	return has_same_names(proof, &proof->old->brackets[bracket], now);
}

/* Past blanks and emphasis. */
static size_t words_from(struct bk_str bytes, size_t at)
{
	while (at < bytes.len && (bk_is_space(bytes.ptr[at]) || bytes.ptr[at] == '*'))
		at++;
	return at;
}

static size_t words_to(struct bk_str bytes, size_t at)
{
	while (at > 0 && (bk_is_space(bytes.ptr[at - 1]) || bytes.ptr[at - 1] == '*'))
		at--;
	return at;
}

/* What is written at an end of the words belongs to them, as behind an inner bracket, or does not. */
static bool has_words(const struct proof *proof, const struct bk_bracket *old, const struct bk_bracket *now)
{
	const struct bk_restyling *restyling = proof->restyling;
	const struct bk_str bytes = proof->now->bytes;
	const size_t start = words_from(bytes, now->text.start), end = words_to(bytes, now->text.end);

	return start >= bk_restyle_before(restyling, old->text.start) &&
	       start <= words_from(bytes, bk_restyle_behind(restyling, old->text.start)) &&
	       end >= words_to(bytes, bk_restyle_before(restyling, old->text.end)) &&
	       end <= bk_restyle_behind(restyling, old->text.end);
}

static bool is_same_bracket(
	const struct proof *proof, const struct bk_bracket *old, const struct bk_bracket *now)
{
	const uint32_t parent = old->parent == BK_NONE ? BK_NONE : proof->twin[old->parent];

	return old->class == now->class && old->choice == now->choice && old->by_person == now->by_person &&
	       old->brace == now->brace && old->proposed == now->proposed && old->depth == now->depth &&
	       parent == now->parent && old->node == now->node && has_words(proof, old, now);
}

/* Whether a bracket is in the group that those of its group are in now, and nobody else is.  Groups within
 * brackets are numbered before or behind those round them, so numbers alone say nothing. */
static bool is_same_group(struct proof *proof, const struct bk_bracket *old, const struct bk_bracket *now)
{
	if ((old->group == 0) != (now->group == 0) || (old->run == 0) != (now->run == 0))
		return false;
	if (proof->group_now[old->group] == 0 && proof->group_old[now->group] == 0) {
		proof->group_now[old->group] = now->group;
		proof->group_old[now->group] = old->group;
	}
	return proof->group_now[old->group] == now->group && proof->group_old[now->group] == old->group;
}

static bool leave_run(struct proof *proof, uint32_t run)
{
	bool any = false;

	for (uint32_t i = 0; run && i < proof->old->bracket_count; i++) {
		if (proof->old->brackets[i].run == run)
			any |= leave_bracket(proof, i, around);
	}
	return any;
}

/* Leave what may have made a bracket other than it was: its own plan, else those in it, of its run, of the bracket
 * round it, or near it. */
static void blame(struct proof *proof, uint32_t bracket)
{
	const struct bk_bracket *old = &proof->old->brackets[bracket];

	proof->faulty = true;
	if (leave_bracket(proof, bracket, unread) ||
		leave_span(proof, (struct bk_span){old->start, old->end}) || leave_run(proof, old->run) ||
		leave_bracket(proof, old->parent, around))
		return;
	leave_near(proof, old->start);
}

static void compare_names(struct proof *proof)
{
	for (uint32_t i = 0; i < proof->old->bracket_count; i++) {
		if (proof->twin[i] != BK_NONE && !has_names(proof, i, &proof->now->brackets[proof->twin[i]]))
			blame(proof, i);
	}
}

static void compare_details(struct proof *proof)
{
	for (uint32_t i = 0; i < proof->old->bracket_count; i++) {
		const struct bk_bracket *now;

		if (proof->twin[i] == BK_NONE)
			continue;
		now = &proof->now->brackets[proof->twin[i]];
		if (!is_same_group(proof, &proof->old->brackets[i], now) ||
			!is_same_bracket(proof, &proof->old->brackets[i], now))
			blame(proof, i);
	}
}

/* ---- Reading the new text ---------------------------------------------------------------------------- */

static void put_text(const struct bk_restyling *restyling, struct bk_buf *out)
{
	const struct bk_str bytes = restyling->draft->bytes;
	size_t at = 0;

	for (size_t i = 0; i < restyling->edits.len; i++) {
		const struct bk_restyle_edit *edit = &restyling->edits.items[i];

		bk_buf_put(out, bytes.ptr + at, edit->span.start - at);
		bk_buf_put_str(out, bk_restyle_bytes(restyling, edit));
		at = edit->span.end;
	}
	bk_buf_put_str(out, bk_str_skip(bytes, at));
}

/* What names say that are taken out of the text is known of it as before. */
static void tell_names(const struct bk_restyling *restyling, struct bk_override *overrides, size_t *count)
{
	const struct bk_draft *draft = restyling->draft;
	const size_t known = *count;

	for (size_t i = 0; i < restyling->plans.len; i++) {
		const struct bk_restyle_plan *plan = &restyling->plans.items[i];
		const size_t start = draft->brackets[plan->bracket].start;
		const size_t at = BK_SEARCH(k, known, overrides[k].start < start);
		struct bk_override *override = &overrides[at];

		if (plan->left)
			continue;
		if (at == known || override->start != start) {
			override = &overrides[(*count)++];
			override->start = start;
		}
		for (size_t n = 0; n < plan->names.count; n++)
			override->acts |= (uint16_t)(1u << restyling->names.items[plan->names.first + n].act);
	}
}

/* What is known of brackets beside the text, where they stand now; bk_free by the caller. */
static struct bk_override *make_overrides(const struct bk_restyling *restyling, size_t *count)
{
	const struct bk_draft *draft = restyling->draft;
	struct bk_override *overrides =
		bk_calloc(draft->override_count + restyling->plans.len + 1, sizeof *overrides);

	*count = draft->override_count;
	if (!overrides)
		return NULL;
	if (*count)
		memcpy(overrides, draft->overrides, *count * sizeof *overrides);
	if (restyling->style == BK_STYLE_NONE)
		tell_names(restyling, overrides, count);
	for (size_t i = 0; i < *count; i++)
		overrides[i].start = bk_restyle_behind(restyling, overrides[i].start);
	return overrides;
}

static int read_bytes(const struct bk_restyling *restyling, struct bk_str bytes, struct bk_draft **out)
{
	size_t count;
	struct bk_override *overrides = make_overrides(restyling, &count);
	const struct bk_draft_options options = {
		.conventions = restyling->draft->conventions,
		.names = restyling->draft->names.code ? &restyling->draft->names : NULL,
		.overrides = overrides,
		.override_count = count,
	};
	bk_text *text = NULL;
	int status = overrides ? bk_text_new(&text, bytes.ptr, bytes.len) : bk_fail_memory();

	if (status == BK_OK)
		status = bk_draft_new(out, bk_text_now(text), &options);
	bk_text_free(text);
	bk_free(overrides);
	return status;
}

static int read_new(const struct bk_restyling *restyling, struct bk_draft **out)
{
	struct bk_buf bytes = BK_BUF_INIT;
	int status;

	put_text(restyling, &bytes);
	status = bk_buf_status(&bytes);
	if (status == BK_OK)
		status = read_bytes(restyling, bk_buf_str(&bytes), out);
	bk_buf_release(&bytes);
	return status;
}

static int compare(struct proof *proof)
{
	const size_t count = proof->old->bracket_count;
	int status = BK_OK;

	proof->twin = bk_calloc(count + 1, sizeof *proof->twin);
	proof->plan = bk_calloc(count + 1, sizeof *proof->plan);
	proof->group_now = bk_calloc(count + 1, sizeof *proof->group_now);
	proof->group_old = bk_calloc(proof->now->bracket_count + 1, sizeof *proof->group_old);
	if (!proof->twin || !proof->plan || !proof->group_now || !proof->group_old)
		status = bk_fail_memory();
	for (size_t i = 0; status == BK_OK && i < count; i++)
		proof->plan[i] = BK_NONE;
	for (size_t i = 0; status == BK_OK && i < proof->restyling->plans.len; i++)
		proof->plan[proof->restyling->plans.items[i].bracket] = (uint32_t)i;
	if (status == BK_OK)
		status = pair_brackets(proof);
	if (status == BK_OK && !proof->faulty)
		pair_nodes(proof);
	if (status == BK_OK && !proof->faulty)
		compare_nodes(proof);
	if (status == BK_OK && !proof->faulty)
		compare_names(proof);
	if (status == BK_OK && !proof->faulty)
		compare_details(proof);
	bk_free(proof->twin);
	bk_free(proof->plan);
	bk_free(proof->group_now);
	bk_free(proof->group_old);
	return status;
}

int bk_restyle_prove(struct bk_restyling *restyling, size_t round, bool *changed)
{
	struct proof proof = {.restyling = restyling, .old = restyling->draft, .round = round};
	struct bk_draft *now = NULL;
	int status = read_new(restyling, &now);

	proof.now = now;
	if (status == BK_OK)
		status = compare(&proof);
	*changed = proof.faulty;
	bk_draft_free(now);
	return status;
}
