/* Recording brackets of drafts, as all tests of bindings do. */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <cmocka.h>

static bk_conventions *conventions;

int make_conventions(void **state)
{
	(void)state;
	return bk_conventions_new(&conventions, NULL, NULL, 0);
}

int free_conventions(void **state)
{
	(void)state;
	bk_conventions_free(conventions);
	return 0;
}

bk_draft *read_draft(struct bk_str text)
{
	const struct bk_draft_options options = {.conventions = conventions};
	bk_text *bytes = NULL;
	bk_draft *draft = NULL;

	assert_int_equal(bk_text_new(&bytes, text.ptr, text.len), BK_OK);
	assert_int_equal(bk_draft_new(&draft, bk_text_now(bytes), &options), BK_OK);
	bk_text_free(bytes);
	return draft;
}

uint32_t bracket_at(const bk_draft *draft, size_t start)
{
	size_t count;
	const uint32_t index = bk_draft_bracket_from(draft, start);
	const struct bk_bracket *brackets = bk_draft_brackets(draft, &count);

	return index < count && brackets[index].start == start ? index : BK_NONE;
}

void record(bk_ledger *ledger, const bk_draft *draft, uint32_t bracket, const char *id, const char *blob)
{
	struct bk_event event = {.time = "2015-12-04T10:00:00Z", .party = "BO", .act = BK_EVENT_OBJECT};
	bk_anchor_copy *anchor = NULL;
	char *line;
	size_t count;

	assert_int_equal(bk_anchor_of(draft, bracket, blob, &anchor), BK_OK);
	event.bracket = id ? id : bk_draft_brackets(draft, &count)[bracket].id;
	event.anchor = *bk_anchor_get(anchor);
	assert_int_equal(bk_ledger_add(ledger, &event, &line), BK_OK);
	bk_ledger_line_free(line);
	bk_anchor_free(anchor);
}
