/* Readings: the draft as written, clean, agreed, without names, or as one party wants it. */
#include "base/alloc.h"
#include "base/error.h"
#include "tui/screen.h"

#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	const char *words;
	enum bk_reading_kind kind;
} readings[] = {
	{"written", "every byte, as it is", BK_READING_WRITTEN},
	{"clean", "as if every disputed bracket were accepted; of a choice, the first", BK_READING_CLEAN},
	{"agreed", "without anything disputed", BK_READING_AGREED},
	{"unattributed", "without the names of parties; brackets stay", BK_READING_UNATTRIBUTED},
};
enum { KINDS = sizeof readings / sizeof *readings };

static void add_parties(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	size_t count;
	if (session->positions == NULL)
		return;
	const struct bk_position *const positions = bk_positions_list(session->positions, &count);
	const char *const mine = bk_session_party(session);
	for (size_t i = 0; i <= count; i++) {
		const char *const party = i == 0 ? mine : positions[i - 1].party;
		bool known = party == NULL;
		for (size_t j = KINDS; j < list->lines.len && !known; j++)
			known = strcmp(list->lines.items[j].fields[0].text + strlen("party "), party) == 0;
		if (known)
			continue;
		struct bk_line *const line = bk_list_add(list);
		if (line == NULL)
			return;
		bk_line_field(line, bk_arena_printf(&list->arena, "party %s", party), 16, BK_ROLE_PARTY);
		bk_line_field(line, "what it wants chosen, what it opposes out, the rest in brackets", 0,
			BK_ROLE_TEXT);
		line->key = list->lines.len - 1;
	}
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	for (size_t i = 0; i < KINDS; i++) {
		struct bk_line *const line = bk_list_add(list);
		if (line == NULL)
			return;
		bk_line_field(line, readings[i].name, 16, BK_ROLE_TITLE);
		bk_line_field(line, readings[i].words, 0, BK_ROLE_TEXT);
		line->key = i;
	}
	add_parties(screen, list);
}

static int read_party(struct bk_session *session, const char *party, bk_reading **out)
{
	size_t count;
	bk_draft_brackets(session->draft, &count);
	uint8_t *const decisions = bk_calloc(count + 1, 1);
	if (decisions == NULL)
		return bk_fail_memory();
	int status =
		bk_positions_decide(session->positions, session->draft, session->roster, party, decisions);
	if (status == BK_OK)
		status = bk_draft_read(session->draft, BK_READING_DECIDED, decisions, out);
	bk_free(decisions);
	return status;
}

static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	char name[80];
	snprintf(name, sizeof name, "%s", line->fields[0].text);
	const size_t key = line->key;
	bk_pane_close(screen);
	bk_find_clear(screen);
	if (!bk_screen_fresh(screen))
		return;
	bk_reading *reading = NULL;
	int status = BK_OK;
	if (key >= KINDS)
		status = read_party(desk->session, name + strlen("party "), &reading);
	else if (readings[key].kind != BK_READING_WRITTEN)
		status = bk_draft_read(desk->session->draft, readings[key].kind, NULL, &reading);
	if (bk_screen_report(screen, status) == BK_OK)
		bk_screen_report(screen, bk_desk_read(desk, name, reading));
}

const struct bk_pane bk_pane_reading = {
	.name = "reading-pane",
	.title = "Read it as",
	.fill = fill,
	.enter = enter,
	.hints = "Enter show it   type to filter   Esc close",
};
