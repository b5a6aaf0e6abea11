/*
 * Attributions of a whole text in one style.
 *
 * Each bracket with names is planned by itself; what stands in the text after all plans is read as a draft of its
 * own, and whoever is not read as before is left as it was.  Since a plan that is left cannot spoil others, a few
 * readings settle it.
 */
#include "base/alloc.h"
#include "base/error.h"
#include "draft/restyle_private.h"

enum {
	ROUNDS_MAX = 64,
	FAR = 1000, /* bytes between brackets of which neither is left for the other */
};

#define ALL_TURNS SIZE_MAX

/* ---- Plans ------------------------------------------------------------------------------------------- */

/* The bytes of a name, blanks and line ends as single blanks and emphasis left out. */
static char *name_of(struct bk_restyling *restyling, struct bk_span span)
{
	const char *bytes = restyling->draft->bytes.ptr;
	char *name = bk_arena_alloc(&restyling->arena, span.end - span.start + 1);
	size_t len = 0;

	for (size_t i = span.start; name && i < span.end; i++) {
		const bool blank = bk_is_space(bytes[i]);

		if (bytes[i] != '*' && !(blank && len && name[len - 1] == ' '))
			name[len++] = blank ? ' ' : bytes[i];
	}
	return name;
}

/* Add a name to the last plan, once for each act. */
static int add_name(
	struct bk_restyling *restyling, struct bk_restyle_plan *plan, const struct bk_beside *name)
{
	struct bk_beside *slot;

	for (size_t i = 0; i < plan->names.count; i++) {
		const struct bk_beside *other = &restyling->names.items[plan->names.first + i];

		if (other->act == name->act && strcmp(other->party, name->party) == 0)
			return BK_OK;
	}
	slot = BK_VEC_PUSH(&restyling->names);
	if (!slot)
		return bk_fail_memory();
	*slot = *name;
	plan->names.count++;
	return BK_OK;
}

static int add_attributions(struct bk_restyling *restyling, struct bk_restyle_plan *plan)
{
	const struct bk_draft *draft = restyling->draft;
	const struct bk_bracket *bracket = &draft->brackets[plan->bracket];
	int status = BK_OK;

	for (size_t i = 0; i < bracket->attribution_count && status == BK_OK; i++) {
		const struct bk_attribution *one = &draft->attributions[bracket->attribution + i];
		struct bk_beside name = {.bracket = plan->bracket,
			.party = one->party,
			.written = name_of(restyling, one->written),
			.act = (enum bk_act)one->act};

		status = name.written ? add_name(restyling, plan, &name) : bk_fail_memory();
	}
	return status;
}

static int add_kept(
	struct bk_restyling *restyling, struct bk_restyle_plan *plan, const struct bk_beside *kept)
{
	struct bk_beside name = *kept;

	name.party = bk_arena_dup(&restyling->arena, kept->party, strlen(kept->party));
	name.written = bk_arena_dup(&restyling->arena, kept->written, strlen(kept->written));
	return name.party && name.written ? add_name(restyling, plan, &name) : bk_fail_memory();
}

static int plan_bracket(
	struct bk_restyling *restyling, uint32_t bracket, const struct bk_beside *kept, size_t count)
{
	struct bk_restyle_plan *plan = BK_VEC_PUSH(&restyling->plans);
	int status = plan ? BK_OK : bk_fail_memory();

	if (status < 0)
		return status;
	*plan = (struct bk_restyle_plan){.bracket = bracket,
		.style = restyling->style,
		.names = {restyling->names.len, 0},
		.cuts = {restyling->cuts.len, 0},
		.breaks = {restyling->breaks.len, 0},
		.notes = {restyling->uses.len, 0}};
	status = add_attributions(restyling, plan);
	for (size_t i = 0; i < count && status == BK_OK; i++)
		status = add_kept(restyling, plan, &kept[i]);
	return status == BK_OK ? bk_restyle_cut(restyling, plan) : status;
}

static int plan_all(struct bk_restyling *restyling, const struct bk_beside *kept, size_t count)
{
	const struct bk_draft *draft = restyling->draft;
	size_t next = 0;
	int status = BK_OK;

	for (uint32_t i = 0; i < draft->bracket_count && status == BK_OK; i++) {
		const size_t first = next;

		while (next < count && kept[next].bracket == i)
			next++;
		if (draft->brackets[i].attribution_count || next > first)
			status = plan_bracket(restyling, i, next > first ? &kept[first] : NULL, next - first);
	}
	return status;
}

/* ---- Rounds ------------------------------------------------------------------------------------------ */

static void leave_all(struct bk_restyling *restyling)
{
	for (size_t i = 0; i < restyling->plans.len; i++) {
		struct bk_restyle_plan *plan = &restyling->plans.items[i];

		if (!plan->left && !plan->settled)
			plan->left = "with others it would change how the text is read: use another style, "
				     "or reword it";
	}
}

static int settle(struct bk_restyling *restyling)
{
	bool changed = true;
	int status = BK_OK;

	for (size_t round = 0; changed && status == BK_OK; round++) {
		if (round == ROUNDS_MAX)
			leave_all(restyling);
		status = bk_restyle_edits(restyling);
		changed = false;
		if (status == BK_OK && restyling->edits.len && round <= ROUNDS_MAX)
			status = bk_restyle_prove(restyling, round, &changed);
	}
	return status;
}

/* ---- Other styles ------------------------------------------------------------------------------------ */

/* Its names would be missing in the text when it is left. */
static bool is_missing(const struct bk_restyling *restyling, const struct bk_restyle_plan *plan)
{
	return plan->left && restyling->draft->brackets[plan->bracket].attribution_count == 0;
}

/* So they would, or it was left for how the text would be read, maybe for what others near it did. */
static bool is_given_up(const struct bk_restyling *restyling, const struct bk_restyle_plan *plan)
{
	return is_missing(restyling, plan) || (plan->left && plan->round > 0);
}

/* Which plans are tried. */
typedef bool tried(const struct bk_restyling *restyling, const struct bk_restyle_plan *plan);

/* Plans of a kind that stand near each other are tried in turns, those far from each other in the same one; how many
 * turns there are. */
static size_t give_turns(struct bk_restyling *restyling, tried *is_tried)
{
	size_t turns = 0, turn = 0, last = SIZE_MAX;

	for (size_t i = 0; i < restyling->plans.len; i++) {
		struct bk_restyle_plan *plan = &restyling->plans.items[i];
		const size_t start = restyling->draft->brackets[plan->bracket].start;

		if (!is_tried(restyling, plan))
			continue;
		turn = last != SIZE_MAX && start - last < FAR ? turn + 1 : 0;
		turns = turn < turns ? turns : turn + 1;
		plan->turn = turn;
		last = start;
	}
	return turns;
}

/* Try plans of a kind in a style, beside all that is settled: those of a turn, or of ALL_TURNS. */
static int try_style(struct bk_restyling *restyling, tried *is_tried, size_t turn, enum bk_style style)
{
	bool any = false;

	for (size_t i = 0; i < restyling->plans.len; i++) {
		struct bk_restyle_plan *plan = &restyling->plans.items[i];

		plan->settled = !is_tried(restyling, plan) || (turn != ALL_TURNS && plan->turn != turn);
		if (plan->settled)
			continue;
		any = true;
		if (!plan->instead)
			plan->instead = plan->left;
		plan->left = NULL;
		plan->round = 0;
		plan->style = style;
	}
	return any ? settle(restyling) : BK_OK;
}

/* Try those of a kind apart from each other, each in some styles, in as many turns as are worth it. */
static int try_apart(
	struct bk_restyling *restyling, tried *is_tried, const enum bk_style *order, size_t styles)
{
	const size_t turns = give_turns(restyling, is_tried);
	int status = BK_OK;

	for (size_t turn = 0; turn < turns && turn < ROUNDS_MAX; turn++)
		for (size_t i = 0; i < styles && status == BK_OK; i++)
			status = try_style(restyling, is_tried, turn, order[i]);
	return status;
}

static size_t count_given_up(const struct bk_restyling *restyling)
{
	size_t count = 0;

	for (size_t i = 0; i < restyling->plans.len; i++)
		count += is_given_up(restyling, &restyling->plans.items[i]);
	return count;
}

/* Try those that were given up apart from each other until that helps none, so that the next time helps none either.
 * Where they stand too close for that, only those that would be missing. */
static int settle_given_up(struct bk_restyling *restyling)
{
	size_t now = count_given_up(restyling), before = now + 1;
	int status = BK_OK;

	if (give_turns(restyling, is_given_up) > ROUNDS_MAX)
		return try_apart(restyling, is_missing, &restyling->style, 1);
	for (; now > 0 && now < before && status == BK_OK; now = count_given_up(restyling)) {
		before = now;
		status = try_apart(restyling, is_given_up, &restyling->style, 1);
	}
	return status;
}

/* Of other styles parentheses come first, since what opens a line stays in front of them. */
static int settle_missing(struct bk_restyling *restyling)
{
	static const enum bk_style order[] = {BK_STYLE_PARENTHESIS, BK_STYLE_DASH, BK_STYLE_PREFIX};
	int status = BK_OK;

	for (size_t i = 0; i < 3 && status == BK_OK; i++)
		status = try_style(restyling, is_missing, ALL_TURNS, order[i]);
	return status == BK_OK ? try_apart(restyling, is_missing, order, 3) : status;
}

/* ---- What came of it --------------------------------------------------------------------------------- */

static int list_left(struct bk_restyling *restyling, const struct bk_restyle_plan *plan)
{
	const struct bk_bracket *bracket = &restyling->draft->brackets[plan->bracket];
	struct bk_restyle_left *slot = BK_VEC_PUSH(&restyling->left);

	if (!slot)
		return bk_fail_memory();
	*slot = (struct bk_restyle_left){.bracket = plan->bracket,
		.style = plan->left ? BK_STYLE_NONE : plan->style,
		.span = {bracket->start, bracket->start + bracket->open_len},
		.why = plan->instead ? plan->instead : plan->left};
	if (bracket->attribution_count)
		slot->span = restyling->draft->attributions[bracket->attribution].notation;
	return BK_OK;
}

static int list_written(struct bk_restyling *restyling, const struct bk_restyle_plan *plan)
{
	for (size_t i = 0; i < plan->names.count; i++) {
		struct bk_beside *slot = BK_VEC_PUSH(&restyling->written);

		if (!slot)
			return bk_fail_memory();
		*slot = restyling->names.items[plan->names.first + i];
	}
	return BK_OK;
}

static int tell(struct bk_restyling *restyling)
{
	int status = bk_changes_new(&restyling->changes);

	for (size_t i = 0; i < restyling->edits.len && status == BK_OK; i++) {
		const struct bk_restyle_edit *edit = &restyling->edits.items[i];
		const struct bk_str bytes = bk_restyle_bytes(restyling, edit);

		status = bk_changes_add(restyling->changes, edit->span, bytes.ptr, bytes.len);
	}
	for (size_t i = 0; i < restyling->plans.len && status == BK_OK; i++) {
		const struct bk_restyle_plan *plan = &restyling->plans.items[i];

		if (plan->left || plan->style != restyling->style)
			status = list_left(restyling, plan);
		if (status == BK_OK && !plan->left)
			status = list_written(restyling, plan);
	}
	return status;
}

int bk_draft_restyle(const bk_draft *draft, enum bk_style style, const struct bk_beside *kept, size_t count,
	bk_restyling **out)
{
	struct bk_restyling *restyling = bk_calloc(1, sizeof *restyling);
	int status;

	if (!restyling)
		return bk_fail_memory();
	restyling->draft = draft;
	restyling->style = style;
	bk_footnotes_init(&restyling->footnotes, draft);
	status = plan_all(restyling, kept, count);
	if (status == BK_OK)
		status = settle(restyling);
	if (status == BK_OK)
		status = settle_given_up(restyling);
	if (status == BK_OK)
		status = settle_missing(restyling);
	if (status == BK_OK)
		status = tell(restyling);
	if (status == BK_OK)
		*out = restyling;
	else
		bk_restyling_free(restyling);
	return status;
}

void bk_restyling_free(bk_restyling *restyling)
{
	if (!restyling)
		return;
	BK_VEC_RELEASE(&restyling->plans);
	BK_VEC_RELEASE(&restyling->names);
	BK_VEC_RELEASE(&restyling->cuts);
	BK_VEC_RELEASE(&restyling->breaks);
	BK_VEC_RELEASE(&restyling->uses);
	BK_VEC_RELEASE(&restyling->notes);
	bk_restyle_marks_release(&restyling->marks);
	BK_VEC_RELEASE(&restyling->edits);
	BK_VEC_RELEASE(&restyling->written);
	BK_VEC_RELEASE(&restyling->left);
	bk_footnotes_release(&restyling->footnotes);
	bk_buf_release(&restyling->bytes);
	bk_changes_free(restyling->changes);
	bk_arena_release(&restyling->arena);
	bk_free(restyling);
}

const bk_changes *bk_restyling_changes(const bk_restyling *restyling)
{
	return restyling->changes;
}

const struct bk_beside *bk_restyling_names(const bk_restyling *restyling, size_t *count)
{
	*count = restyling->written.len;
	return restyling->written.items;
}

const struct bk_restyle_left *bk_restyling_left(const bk_restyling *restyling, size_t *count)
{
	*count = restyling->left.len;
	return restyling->left.items;
}

size_t bk_restyling_follow(const bk_restyling *restyling, size_t start)
{
	return bk_restyle_goes(restyling, start) ? BK_NOWHERE : bk_restyle_behind(restyling, start);
}
