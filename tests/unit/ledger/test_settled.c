/* A position on a bracket that has been settled is an orphan: it never goes to equal words elsewhere. */
#include <bracked/ledger.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

static bk_draft *draft_of(bk_text *text)
{
	bk_snapshot *snapshot = bk_text_snapshot(text);
	bk_draft *draft;

	assert_int_equal(bk_draft_new(&draft, snapshot, NULL), BK_OK);
	bk_snapshot_free(snapshot);
	return draft;
}

static bk_text *text_of(const char *path)
{
	FILE *file = fopen(path, "rb");
	bk_text *text;
	char *bytes;
	long len;

	if (!file)
		return NULL;
	assert_int_equal(fseek(file, 0, SEEK_END), 0);
	len = ftell(file);
	rewind(file);
	bytes = malloc((size_t)len);
	assert_non_null(bytes);
	assert_int_equal(fread(bytes, 1, (size_t)len, file), (size_t)len);
	fclose(file);
	assert_int_equal(bk_text_new(&text, bytes, (size_t)len), BK_OK);
	free(bytes);
	return text;
}

/* Object to a bracket of draft in a ledger of its own. */
static bk_ledger *object_to(const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	struct bk_event event = {.time = "2010-12-10T10:00:00Z",
		.author = "",
		.party = "EU",
		.act = BK_EVENT_OBJECT,
		.bracket = bk_draft_brackets(draft, &count)[bracket].id,
		.reason = "",
		.source = "",
		.speaker = "",
		.capacity = "",
		.value = ""};
	bk_anchor_copy *anchor;
	bk_ledger *ledger;
	char *line;

	assert_int_equal(bk_anchor_of(draft, bracket, "", &anchor), BK_OK);
	event.anchor = *bk_anchor_get(anchor);
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	assert_int_equal(bk_ledger_add(ledger, &event, &line), BK_OK);
	bk_ledger_line_free(line);
	bk_anchor_free(anchor);
	return ledger;
}

/* Settle the bracket (the other member chosen, accepted, or deleted); true when its
 * objection is an orphan afterwards. */
static bool is_orphan_when_settled(
	bk_text *text, const bk_draft *draft, uint32_t bracket, enum bk_resolve act)
{
	bk_ledger *ledger = object_to(draft, bracket);
	bk_changes *changes;
	bk_binding *binding;
	bk_draft *after;
	size_t count, bound;
	const struct bk_change *list;
	bool orphan;

	assert_int_equal(
		bk_draft_resolve(draft, bracket, act, act == BK_RESOLVE_CHOOSE ? 2 : 0, &changes), BK_OK);
	list = bk_changes_list(changes, &count);
	assert_int_equal(bk_text_apply(text, list, count), BK_OK);
	bk_changes_free(changes);
	after = draft_of(text);
	assert_int_equal(bk_binding_new(&binding, ledger, after), BK_OK);
	orphan = bk_binding_list(binding, &bound)[0].bracket == BK_NONE;
	bk_binding_free(binding);
	bk_draft_free(after);
	bk_ledger_free(ledger);
	assert_int_equal(bk_text_undo(text, NULL), BK_OK);
	return orphan;
}

static void measure(const char *path, size_t percent)
{
	static const enum bk_resolve acts[] = {BK_RESOLVE_CHOOSE, BK_RESOLVE_ACCEPT, BK_RESOLVE_DELETE};
	bk_text *text = text_of(path);
	size_t count, tried = 0, orphans = 0;
	const struct bk_bracket *brackets;
	bk_draft *draft;

	if (!text) {
		printf("skipped: no '%s'\n", path);
		return;
	}
	draft = draft_of(text);
	brackets = bk_draft_brackets(draft, &count);
	for (uint32_t i = 0; i < count; i += 9) {
		enum bk_resolve act = acts[i / 9 % 3];
		size_t alternatives;

		bk_draft_alternatives(draft, i, &alternatives);
		if (brackets[i].class != BK_CLASS_DISPUTED || brackets[i].brace)
			continue;
		if (act == BK_RESOLVE_CHOOSE && (alternatives < 2 || brackets[i].choice != BK_CHOICE_ONE))
			act = BK_RESOLVE_DELETE;
		tried++;
		orphans += is_orphan_when_settled(text, draft, i, act);
	}
	printf("%s: %zu settled, %zu of their positions orphans\n", path, tried, orphans);
	assert_true(tried > 30);
	assert_true(orphans * 100 >= tried * percent);
	bk_draft_free(draft);
	bk_text_free(text);
}

static void positions_on_settled_brackets_of_the_sample_are_orphans(void **state)
{
	const char *source = getenv("BRACKED_SOURCE");
	char path[4096];

	(void)state;
	snprintf(path, sizeof path, "%s/texts/cancun/1.txt", source ? source : ".");
	measure(path, 97);
}

static void positions_on_settled_brackets_of_issued_drafts_are_orphans(void **state)
{
	const char *corpus = getenv("BRACKED_CORPUS");
	char path[4096];

	(void)state;
	snprintf(path, sizeof path, "%s/paris-2015-12-04.md", corpus ? corpus : ".");
	/* Its articles say the same thing many times over: words alone cannot always tell. */
	measure(path, 87);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(positions_on_settled_brackets_of_the_sample_are_orphans),
		cmocka_unit_test(positions_on_settled_brackets_of_issued_drafts_are_orphans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
