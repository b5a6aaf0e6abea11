/* The check pane: findings with the proposals of the likeliest balanced reading; Enter applies one. */
#include "tui/screen.h"

#include "base/alloc.h"

static void free_findings(void *data)
{
	bk_findings_free(data);
}

static bool is_fault(const struct bk_finding *finding)
{
	return finding->rule <= BK_RULE_UNMATCHED_CLOSE;
}

/* The same number as in the top line, which counts the faults alone. */
static const char *sum_up(struct bk_list *list, const struct bk_finding *all, size_t count)
{
	size_t faults = 0;
	for (size_t i = 0; i < count; i++)
		faults += is_fault(&all[i]);
	if (faults == 0)
		return NULL;
	if (faults == count)
		return bk_arena_printf(&list->arena, "%zu fault%s", faults, faults == 1 ? "" : "s");
	return bk_arena_printf(
		&list->arena, "%zu fault%s · %zu other", faults, faults == 1 ? "" : "s", count - faults);
}

static void add_line(
	struct bk_list *list, const bk_draft *draft, const struct bk_finding *finding, size_t index)
{
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	const bool fault = is_fault(finding);
	size_t row, column;
	bk_draft_place(draft, finding->span.start, &row, &column);
	bk_line_field(line,
		fault			    ? "!"
		: finding->repair_count > 0 ? "+"
					    : " ",
		2, fault ? BK_ROLE_GUTTER_FAULT : BK_ROLE_DIM);
	bk_line_field_right(line, bk_arena_printf(&list->arena, "%zu", row), 6, BK_ROLE_DIM);
	bk_line_field(line, bk_rule_name(finding->rule), 19, fault ? BK_ROLE_AGAINST : BK_ROLE_LABEL);
	bk_line_field(line, finding->message, 0, BK_ROLE_TEXT);
	line->offset = finding->span.start;
	line->key = index;
	for (size_t i = 0; i < finding->repair_count && i < 3; i++) {
		const struct bk_repair *const repair = &finding->repairs[i];
		struct bk_line *const more = bk_list_add(list);
		if (more == NULL)
			return;
		bk_draft_place(draft, repair->offset, &row, &column);
		const char *const words =
			repair->insert != NULL
				? bk_arena_printf(&list->arena, "Enter inserts %s at line %zu:%zu, %s",
					  repair->insert, row, column, repair->why)
				: bk_arena_printf(&list->arena, "Enter deletes it at line %zu:%zu, %s", row,
					  column, repair->why);
		bk_line_field(more, "", 8, BK_ROLE_TEXT);
		bk_line_field(more, words, 0, BK_ROLE_FOR);
		more->passive = true;
		more->key = SIZE_MAX;
	}
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	bk_findings *findings;
	size_t count;
	list->note = "no findings: the brackets balance and every reference has its paragraph";
	if (desk->session->draft == NULL || bk_draft_check(desk->session->draft, &findings) < 0)
		return;
	list->data = findings;
	list->free_data = free_findings;
	const struct bk_finding *const all = bk_findings_list(findings, &count);
	list->sum = sum_up(list, all, count);
	for (size_t i = 0; i < count; i++)
		add_line(list, desk->session->draft, &all[i], i);
}

static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const bk_findings *const findings = screen->list.data;
	size_t count;
	const struct bk_finding *const finding = &bk_findings_list(findings, &count)[line->key];
	const size_t offset = line->offset;
	if (finding->repair_count == 0) {
		bk_pane_close(screen);
		bk_screen_go(screen, offset, false);
		return;
	}
	if (!bk_screen_may_change(screen))
		return;
	size_t *const offsets = bk_calloc(finding->repair_count, sizeof *offsets);
	bk_changes *changes = NULL;
	if (offsets == NULL)
		return;
	for (size_t i = 0; i < finding->repair_count; i++)
		offsets[i] = finding->repairs[i].offset;
	int status = bk_findings_repair(findings, offsets, finding->repair_count, &changes);
	bk_free(offsets);
	if (status == BK_OK)
		status = bk_session_apply(desk->session, changes);
	bk_changes_free(changes);
	if (bk_screen_report(screen, status) < 0)
		return;
	if (bk_screen_fresh(screen))
		bk_pane_refill(screen);
	bk_screen_say(screen, "repaired; Ctrl-Z takes it back");
}

const struct bk_pane bk_pane_check = {
	.name = "check-pane",
	.title = "Findings",
	.fill = fill,
	.enter = enter,
	.hints = "Enter apply the proposal, or go   type to filter   Esc close",
};
