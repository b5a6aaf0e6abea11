/* The brackets pane: every bracket of the draft, one a line; typing filters, Tab sorts. */
#include "base/vec.h"
#include "tui/screen.h"

#include <string.h>

static const char *const sorts[] = {"place", "who", "class", "length", NULL};
enum { BY_PLACE, BY_WHO, BY_CLASS, BY_LENGTH };

static bool has_word(const char *list, const char *word)
{
	const size_t len = strlen(word);
	for (const char *at = strstr(list, word); at != NULL; at = strstr(at + 1, word))
		if ((at == list || at[-1] == ' ') && (at[len] == '\0' || at[len] == ' '))
			return true;
	return false;
}

/* Parties that hold something on the bracket, each once, parted by blanks. */
static const char *who_of(const struct bk_session *session, uint32_t index, struct bk_arena *arena)
{
	size_t count;
	const struct bk_position *const list = bk_positions_of(session->positions, index, &count);
	struct bk_buf who = BK_BUF_INIT;
	for (size_t i = 0; i < count; i++) {
		if (has_word(bk_buf_string(&who), list[i].party))
			continue;
		bk_buf_puts(&who, who.len > 0 ? " " : "");
		bk_buf_puts(&who, list[i].party);
	}
	const char *const copy = who.len > 0 ? bk_arena_dup(arena, who.bytes, who.len) : "";
	bk_buf_release(&who);
	return copy != NULL ? copy : "";
}

/* The bracket's words on one line, cut. */
static const char *words_of(const bk_draft *draft, const struct bk_bracket *bracket, struct bk_arena *arena)
{
	enum { MOST = 160 };
	size_t len;
	const char *const bytes = bk_draft_bytes(draft, &len);
	struct bk_buf words = BK_BUF_INIT;
	bool blank = true;
	size_t at = bracket->start;
	for (; at < bracket->end && words.len < MOST; at++) {
		const bool space = bk_is_space(bytes[at]);
		if (!space || !blank)
			bk_buf_putc(&words, space ? ' ' : bytes[at]);
		blank = space;
	}
	while (at < bracket->end && ((unsigned char)bytes[at] & 0xc0) == 0x80)
		bk_buf_putc(&words, bytes[at++]);
	if (at < bracket->end)
		bk_buf_puts(&words, "…");
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&words), words.len);
	bk_buf_release(&words);
	return copy != NULL ? copy : "";
}

static void make(struct bk_screen *screen, struct bk_arena *arena, uint32_t index, struct bk_line *line)
{
	static const char *const letters[BK_CLASS_COUNT] = {"d", "p", "n", "r", "s"};
	static const uint8_t roles[BK_CLASS_COUNT] = {
		BK_ROLE_DISPUTED, BK_ROLE_PLACEHOLDER, BK_ROLE_NOTE, BK_ROLE_REFERENCE, BK_ROLE_CLASS_STATUS};
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	const bk_draft *const draft = session->draft;
	size_t count, row, column;
	const struct bk_bracket *const bracket = &bk_draft_brackets(draft, &count)[index];
	const uint8_t marks = bk_desk_marks(bk_screen_desk(screen), index);
	const enum bk_class class = (enum bk_class)bracket->class;
	const bool disputed = class == BK_CLASS_DISPUTED;
	const char *const sign = marks & BK_MARK_BLOCKS	  ? "◆"
				 : marks & BK_MARK_AGREED ? "✓"
				 : disputed		  ? "●"
							  : letters[class];
	bk_draft_place(draft, bracket->start, &row, &column);
	bk_line_field(line, sign, 2,
		marks & BK_MARK_BLOCKS	 ? BK_ROLE_GUTTER_BLOCKS
		: marks & BK_MARK_AGREED ? BK_ROLE_GUTTER_AGREED
					 : (enum bk_role)roles[class]);
	bk_line_field_right(line, bk_arena_printf(arena, "%zu", row), 6, BK_ROLE_DIM);
	bk_line_field(line, words_of(draft, bracket, arena), 0, BK_ROLE_TEXT);
	bk_line_field_right(line, who_of(session, index, arena), screen->list.who, BK_ROLE_PARTY);
	bk_line_rank(line, 1);
	line->offset = bracket->start;
	line->find = bk_arena_printf(arena, "%s %s %s %s%s%s", bk_class_name(class), bracket->id,
		bk_draft_path(draft, index), marks & BK_MARK_BLOCKS ? "blocks " : "",
		marks & BK_MARK_AGREED ? "agreed "
		: disputed	       ? "open "
				       : "",
		marks & BK_MARK_RIPE ? "ripe" : "");
}

static struct bk_sort_key sort_key(struct bk_screen *screen, struct bk_list *list, uint32_t index)
{
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	size_t count;
	const struct bk_bracket *const bracket = &bk_draft_brackets(session->draft, &count)[index];
	switch (list->sort) {
	case BY_WHO: return (struct bk_sort_key){who_of(session, index, &list->arena), 0};
	case BY_CLASS: return (struct bk_sort_key){"", bracket->class};
	default: return (struct bk_sort_key){"", UINT64_MAX - (bracket->end - bracket->start)};
	}
}

static size_t nearest(struct bk_screen *screen, size_t offset)
{
	size_t count = 0;
	const bk_draft *const draft = bk_screen_desk(screen)->session->draft;
	const struct bk_bracket *const brackets = draft != NULL ? bk_draft_brackets(draft, &count) : NULL;
	const size_t before = BK_SEARCH(i, count, brackets[i].start <= offset);
	return before > 0 ? before - 1 : SIZE_MAX;
}

/* The column that the parties need, to MOST; where many have spoken that is soon known. */
static int width_of_who(const struct bk_session *session, struct bk_arena *arena)
{
	enum { MOST = 16 };
	size_t count;
	const struct bk_position *const list = bk_positions_list(session->positions, &count);
	uint32_t last = BK_NONE;
	int most = 1;
	for (size_t i = 0; i < count && most < MOST; i++) {
		if (list[i].bracket == BK_NONE || list[i].bracket == last)
			continue;
		last = list[i].bracket;
		const int width = (int)strlen(who_of(session, last, arena)) + 1;
		most = width > MOST ? MOST : width > most ? width : most;
	}
	return most;
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	list->note = "the draft has no brackets";
	if (session->draft == NULL)
		return;
	bk_draft_brackets(session->draft, &list->count);
	list->who = session->positions != NULL ? width_of_who(session, &list->arena) : 1;
}

const struct bk_pane bk_pane_brackets = {
	.name = "brackets-pane",
	.title = "Brackets",
	.fill = fill,
	.make = make,
	.sort_key = sort_key,
	.nearest = nearest,
	.sorts = sorts,
	.hints = "Enter go   type to filter (open, note, EU, a heading)   Tab sort   Esc close",
};
