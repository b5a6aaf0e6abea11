/*
 * Check: what is wrong with a text, in order of place.  The rules stand in check_*.c; here is their table,
 * and what is done with what they find.
 */
#include "draft/check.h"

#include "base/alloc.h"
#include "base/error.h"
#include "draft/changes.h"
#include "draft/repair.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

static const char *const names[BK_RULE_COUNT] = {
	[BK_RULE_UNMATCHED_OPEN] = "unmatched-open",
	[BK_RULE_UNMATCHED_CLOSE] = "unmatched-close",
	[BK_RULE_STRAY_OPTION] = "stray-option",
	[BK_RULE_DUPLICATE_LABEL] = "duplicate-label",
	[BK_RULE_LABEL_GAP] = "label-gap",
	[BK_RULE_BROKEN_REFERENCE] = "broken-reference",
	[BK_RULE_UNKNOWN_PARTY] = "unknown-party",
	[BK_RULE_EMPTY_ALTERNATIVE] = "empty-alternative",
	[BK_RULE_HIDDEN_CHARACTER] = "hidden-character",
	[BK_RULE_NOT_UTF8] = "not-utf8",
	[BK_RULE_CONTROL_CHARACTER] = "control-character",
};

static int (*const rules[])(struct bk_checker *) = {
	bk_check_matching,
	bk_check_characters,
	bk_check_options,
	bk_check_labels,
	bk_check_footnotes,
	bk_check_references,
	bk_check_parties,
	bk_check_alternatives,
};

const char *bk_rule_name(enum bk_rule rule)
{
	return names[rule];
}

int bk_check_report(
	struct bk_checker *checker, enum bk_rule rule, struct bk_span span, const char *format, ...)
{
	struct bk_finding *finding;
	const char *message;
	char line[512];
	va_list args;

	va_start(args, format);
	vsnprintf(line, sizeof line, format, args);
	va_end(args);
	message = bk_arena_dup(&checker->findings->arena, line, strlen(line));
	finding = message ? BK_VEC_PUSH(&checker->findings->list) : NULL;
	if (!finding)
		return bk_fail_memory();
	*finding = (struct bk_finding){.rule = rule, .span = span, .message = message};
	return BK_OK;
}

/* ---- Matching ---------------------------------------------------------------------------------------- */

static int report_unmatched(
	struct bk_checker *checker, const struct bk_unmatched *unmatched, const struct bk_repair *fix)
{
	const struct bk_span span = {unmatched->offset, unmatched->offset + unmatched->len};
	const char *what = unmatched->brace ? "brace" : "bracket";
	int status;

	if (unmatched->open)
		status = bk_check_report(checker, BK_RULE_UNMATCHED_OPEN, span, "%s is never closed", what);
	else
		status = bk_check_report(checker, BK_RULE_UNMATCHED_CLOSE, span, "%s closes nothing", what);
	if (status == BK_OK) {
		struct bk_finding *finding = &checker->findings->list.items[checker->findings->list.len - 1];

		finding->repairs = fix;
		finding->repair_count = 1;
	}
	return status;
}

int bk_check_matching(struct bk_checker *checker)
{
	struct bk_repair *fixes;
	int status = bk_repair_find(checker->draft, &checker->findings->arena, &fixes);

	for (size_t i = 0; i < checker->draft->unmatched_count && status == BK_OK; i++)
		status = report_unmatched(checker, &checker->draft->unmatched[i], &fixes[i]);
	return status;
}

/* ---- All rules --------------------------------------------------------------------------------------- */

static int compare_findings(const void *a, const void *b)
{
	const struct bk_finding *left = a, *right = b;

	if (left->span.start != right->span.start)
		return left->span.start < right->span.start ? -1 : 1;
	return (int)left->rule - (int)right->rule;
}

int bk_draft_check(const bk_draft *draft, bk_findings **out)
{
	struct bk_findings *findings = bk_calloc(1, sizeof *findings);
	struct bk_checker checker = {.draft = draft, .findings = findings};
	int status = findings ? BK_OK : bk_fail_memory();

	for (size_t i = 0; i < sizeof rules / sizeof *rules && status == BK_OK; i++)
		status = rules[i](&checker);
	if (status < 0) {
		bk_findings_free(findings);
		return status;
	}
	if (findings->list.len > 0)
		qsort(findings->list.items, findings->list.len, sizeof *findings->list.items,
			compare_findings);
	*out = findings;
	return BK_OK;
}

const struct bk_finding *bk_findings_list(const bk_findings *findings, size_t *count)
{
	*count = findings->list.len;
	return findings->list.items;
}

void bk_findings_free(bk_findings *findings)
{
	if (!findings)
		return;
	BK_VEC_RELEASE(&findings->list);
	bk_arena_release(&findings->arena);
	bk_free(findings);
}

/* ---- Repairing --------------------------------------------------------------------------------------- */

static bool is_named(size_t offset, const size_t *offsets, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (offsets[i] == offset)
			return true;
	}
	return false;
}

/* All repairs, in order of place. */
static size_t collect(const bk_findings *findings, struct bk_repair *out)
{
	size_t count = 0;

	for (size_t i = 0; i < findings->list.len; i++) {
		const struct bk_finding *finding = &findings->list.items[i];

		for (size_t r = 0; r < finding->repair_count; r++) {
			if (out)
				out[count] = finding->repairs[r];
			count++;
		}
	}
	return count;
}

static int compare_repairs(const void *a, const void *b)
{
	const struct bk_repair *left = a, *right = b;

	if (left->offset != right->offset)
		return left->offset < right->offset ? -1 : 1;
	return (left->remove > 0) - (right->remove > 0);
}

static int check_named(
	const struct bk_repair *repairs, size_t repair_count, const size_t *offsets, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		bool found = false;

		for (size_t r = 0; r < repair_count && !found; r++)
			found = repairs[r].offset == offsets[i];
		if (!found)
			return bk_fail(BK_ENOTFOUND, "offset '%zu' has no repair: take one that check lists",
				offsets[i]);
	}
	return BK_OK;
}

static int add_repairs(const struct bk_repair *repairs, size_t repair_count, const size_t *offsets,
	size_t count, bk_changes *changes)
{
	int status = check_named(repairs, repair_count, offsets, offsets ? count : 0);

	for (size_t i = 0; i < repair_count && status == BK_OK; i++) {
		const struct bk_repair *repair = &repairs[i];
		const struct bk_span span = {repair->offset, repair->offset + repair->remove};

		if (!offsets || is_named(repair->offset, offsets, count))
			status = bk_changes_add(
				changes, span, repair->insert, repair->insert ? strlen(repair->insert) : 0);
	}
	return status;
}

int bk_findings_repair(const bk_findings *findings, const size_t *offsets, size_t count, bk_changes **out)
{
	const size_t repair_count = collect(findings, NULL);
	struct bk_repair *repairs = bk_calloc(repair_count + 1, sizeof *repairs);
	bk_changes *changes = NULL;
	int status = repairs ? bk_changes_new(&changes) : bk_fail_memory();

	if (status == BK_OK) {
		collect(findings, repairs);
		qsort(repairs, repair_count, sizeof *repairs, compare_repairs);
		status = add_repairs(repairs, repair_count, offsets, count, changes);
	}
	bk_free(repairs);
	if (status < 0) {
		bk_changes_free(changes);
		return status;
	}
	*out = changes;
	return BK_OK;
}
