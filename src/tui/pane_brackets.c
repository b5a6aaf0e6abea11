/* The brackets pane: every bracket of the draft, one a line; typing filters, Tab sorts. */
#include "base/utf8.h"
#include "tui/screen.h"

#include <stdlib.h>
#include <string.h>

static const char *const sorts[] = {"place", "who", "class", "length", NULL};
enum { BY_PLACE, BY_WHO, BY_CLASS, BY_LENGTH };

struct entry {
	uint32_t index;
	const char *who;
	const struct bk_bracket *bracket;
};

static int compare(const struct entry *a, const struct entry *b, int sort)
{
	int order = 0;
	if (sort == BY_WHO && (*a->who == '\0') != (*b->who == '\0'))
		return *a->who == '\0' ? 1 : -1;
	if (sort == BY_WHO)
		order = strcmp(a->who, b->who);
	else if (sort == BY_CLASS)
		order = (int)a->bracket->class - (int)b->bracket->class;
	else if (sort == BY_LENGTH) {
		const size_t x = a->bracket->end - a->bracket->start, y = b->bracket->end - b->bracket->start;
		order = x > y ? -1 : x < y;
	}
	return order != 0 ? order : a->index < b->index ? -1 : a->index > b->index;
}

static int by_who(const void *a, const void *b)
{
	return compare(a, b, BY_WHO);
}
static int by_class(const void *a, const void *b)
{
	return compare(a, b, BY_CLASS);
}
static int by_length(const void *a, const void *b)
{
	return compare(a, b, BY_LENGTH);
}

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

static void add_line(struct bk_screen *screen, struct bk_list *list, const struct entry *entry, int who)
{
	static const char *const letters[BK_CLASS_COUNT] = {"d", "p", "n", "r", "s"};
	static const uint8_t roles[BK_CLASS_COUNT] = {
		BK_ROLE_DISPUTED, BK_ROLE_PLACEHOLDER, BK_ROLE_NOTE, BK_ROLE_REFERENCE, BK_ROLE_CLASS_STATUS};
	struct bk_desk *const desk = bk_screen_desk(screen);
	const bk_draft *const draft = desk->session->draft;
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	const uint8_t marks = bk_desk_marks(desk, entry->index);
	const enum bk_class class = (enum bk_class)entry->bracket->class;
	const bool disputed = class == BK_CLASS_DISPUTED;
	const char *const sign = marks & BK_MARK_BLOCKS	  ? "◆"
				 : marks & BK_MARK_AGREED ? "✓"
				 : disputed		  ? "●"
							  : letters[class];
	size_t row, column;
	bk_draft_place(draft, entry->bracket->start, &row, &column);
	bk_line_field(line, sign, 2,
		marks & BK_MARK_BLOCKS	 ? BK_ROLE_GUTTER_BLOCKS
		: marks & BK_MARK_AGREED ? BK_ROLE_GUTTER_AGREED
					 : (enum bk_role)roles[class]);
	bk_line_field_right(line, bk_arena_printf(&list->arena, "%zu", row), 6, BK_ROLE_DIM);
	bk_line_field(line, words_of(draft, entry->bracket, &list->arena), 0, BK_ROLE_TEXT);
	bk_line_field_right(line, entry->who, who, BK_ROLE_PARTY);
	bk_line_rank(line, 1);
	line->offset = entry->bracket->start;
	line->key = entry->index;
	line->find =
		bk_arena_printf(&list->arena, "%s %s %s %s%s%s", bk_class_name(class), entry->bracket->id,
			bk_draft_path(draft, entry->index), marks & BK_MARK_BLOCKS ? "blocks " : "",
			marks & BK_MARK_AGREED ? "agreed "
			: disputed	       ? "open "
					       : "",
			marks & BK_MARK_RIPE ? "ripe" : "");
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	size_t count;
	list->note = "the draft has no brackets";
	if (desk->session->draft == NULL)
		return;
	const struct bk_bracket *const brackets = bk_draft_brackets(desk->session->draft, &count);
	struct entry *const entries = bk_arena_array(&list->arena, count + 1, sizeof *entries);
	if (entries == NULL)
		return;
	int who = 1;
	for (size_t i = 0; i < count; i++) {
		entries[i] = (struct entry){
			(uint32_t)i, who_of(desk->session, (uint32_t)i, &list->arena), &brackets[i]};
		const int width = (int)strlen(entries[i].who) + 1;
		who = width > who ? width > 16 ? 16 : width : who;
	}
	static int (*const orders[])(const void *, const void *) = {NULL, by_who, by_class, by_length};
	if (orders[list->sort] != NULL)
		qsort(entries, count, sizeof *entries, orders[list->sort]);
	for (size_t i = 0; i < count; i++)
		add_line(screen, list, &entries[i], who);
}

const struct bk_pane bk_pane_brackets = {
	.name = "brackets-pane",
	.title = "Brackets",
	.fill = fill,
	.sorts = sorts,
	.hints = "Enter go   type to filter (open, note, EU, a heading)   Tab sort   Esc close",
};
