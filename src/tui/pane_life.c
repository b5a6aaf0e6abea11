/* The life of a bracket: opened, reworded, chosen, by whom and when; Enter shows what was changed then. */
#include "tui/pane_life.h"

#include "base/alloc.h"
#include "tui/clock.h"
#include "tui/pane_changes.h"
#include "tui/past.h"
#include "tui/screen.h"

/* ---- Which bracket ---- */

/* Of a text that is compared, the draft or a revision. */
static struct bk_lineage_place place_in(
	const struct bk_desk *desk, const char *blob, const bk_draft *draft, uint32_t bracket)
{
	size_t count;
	const size_t text = bk_lineage_text_of(desk->lineage, blob);
	const struct bk_bracket *const all = bk_draft_brackets(draft, &count);
	return bk_lineage_find(desk->lineage, text, all[bracket].start);
}

static struct bk_lineage_place place_in_diff(struct bk_screen *screen, const struct bk_difference *difference)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_versus *const versus = bk_changes_versus(screen);
	struct bk_lineage_place place = {0, BK_NONE};
	if (difference->new_bracket != BK_NONE)
		place = place_in(desk, versus->new_blob, versus->new_draft, difference->new_bracket);
	/* The draft may have been edited since brackets were followed. */
	if (place.bracket == BK_NONE && difference->new_bracket != BK_NONE && versus->now == NULL)
		place = bk_lineage_find(desk->lineage, 0,
			bk_desk_lived(
				desk, bk_carry_forward(&desk->compared, difference->new_span.start, true)));
	if (place.bracket == BK_NONE && difference->old_bracket != BK_NONE)
		place = place_in(desk, versus->old_blob, versus->old_draft, difference->old_bracket);
	return place;
}

static struct bk_lineage_place place_at_cursor(const struct bk_desk *desk)
{
	const uint32_t here = bk_desk_here(desk);
	size_t count;
	struct bk_lineage_place place = {0, BK_NONE};
	if (here == BK_NONE)
		return place;
	const struct bk_bracket *const all = bk_draft_brackets(desk->session->draft, &count);
	/* What is no disputed bracket itself may stand in one. */
	for (uint32_t at = here; at != BK_NONE && place.bracket == BK_NONE; at = all[at].parent)
		place = bk_lineage_find(desk->lineage, 0,
			bk_desk_lived(desk, bk_carry_forward(&desk->carry, all[at].start, true)));
	return place;
}

static bool complain(struct bk_screen *screen, bool in_diff)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	if (desk->lineage == NULL && desk->past != NULL && desk->past->status < 0)
		bk_screen_complain(screen, "the draft has no revisions yet: Ctrl-S saves the first one");
	else if (desk->lineage == NULL)
		bk_screen_complain(screen, "the revisions are still being read");
	else if (desk->lineage->status < 0)
		bk_screen_complain(screen, "%s",
			desk->lineage->message != NULL ? desk->lineage->message : "out of memory");
	else if (!in_diff && bk_desk_here(desk) == BK_NONE)
		bk_screen_complain(
			screen, "the cursor stands in no bracket: Ctrl-N goes to the next open one");
	else
		bk_screen_complain(screen, in_diff ? "this change is about no bracket, or of no revision read"
						   : "no life of this bracket: it is new, or not disputed");
	return false;
}

static bool choose(struct bk_screen *screen)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const bool in_diff = screen->pane == &bk_pane_changes;
	struct bk_lineage_place place = {0, BK_NONE};
	size_t index;
	const struct bk_difference *const chosen = in_diff ? bk_changes_chosen(screen, &index) : NULL;
	if (desk->lineage != NULL && desk->lineage->status >= 0 && (!in_diff || chosen != NULL))
		place = in_diff ? place_in_diff(screen, chosen) : place_at_cursor(desk);
	if (place.bracket == BK_NONE)
		return complain(screen, in_diff);
	screen->life.of = place;
	screen->life.in = desk->lineage;
	return true;
}

/* ---- Lines ---- */

static const char *date_of(struct bk_arena *arena, const struct bk_lineage_text *text)
{
	char date[16];
	if (text->revision[0] == '\0')
		return "not saved";
	bk_clock_day(text->time, text->offset, date);
	return bk_arena_printf(arena, "%s", date);
}

static const char *revision_of(struct bk_arena *arena, const struct bk_lineage_text *text)
{
	return text->symbol[0] != '\0' ? text->symbol : bk_arena_printf(arena, "%.7s", text->revision);
}

/* Who brought the text: by name, and for which party. */
static const char *author_of(struct bk_arena *arena, const struct bk_lineage_text *text)
{
	return text->party[0] != '\0' ? bk_arena_printf(arena, "%s (%s)", text->author, text->party)
				      : text->author;
}

/* What happened to it with one text: what it was in the older one, is in the newer one. */
struct event {
	uint32_t text, older; /* BK_NONE: nothing stands before it */
	struct bk_lineage_place old, now;
	const char *words; /* of the bracket then */
};

struct events {
	size_t count;
	struct event items[];
};

static const struct event *event_of(const struct bk_screen *screen, const struct bk_line *line)
{
	const struct events *const events = screen->list.data;
	return events != NULL && line != NULL && line->key < events->count ? &events->items[line->key] : NULL;
}

static void add_line(const struct bk_screen *screen, struct bk_list *list, const struct event *event,
	const char *what, enum bk_role role)
{
	enum { ROOMY = 120 };
	struct events *const events = list->data;
	const struct bk_lineage_text *const in = &screen->life.in->texts.items[event->text];
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	line->key = events->count;
	events->items[events->count++] = *event;
	bk_line_field(line, date_of(&list->arena, in), 11, BK_ROLE_TEXT);
	bk_line_field(line, revision_of(&list->arena, in), 14, BK_ROLE_LABEL);
	bk_line_field(line, what, 19, role);
	/* Without the room for them the words of the chosen line stand above. */
	if (screen->grid.cols >= ROOMY)
		bk_line_field(line, event->now.bracket != BK_NONE ? event->words : "", 0, BK_ROLE_TEXT);
	bk_line_field(line, author_of(&list->arena, in), screen->grid.cols >= ROOMY ? 36 : 0, BK_ROLE_PARTY);
}

static const char *came_words(const struct bk_lineage *lineage, struct bk_lineage_place place)
{
	const struct bk_lineage_bracket *const bracket = bk_lineage_at(lineage, place);
	if (bracket->before.bracket == BK_NONE && lineage->texts.items[place.text].parent == BK_NONE)
		return lineage->cut ? "stood already" : "in the first text";
	return bk_difference_kind_name((enum bk_difference_kind)bracket->came);
}

static enum bk_role end_role(enum bk_difference_kind kind)
{
	return kind == BK_DIFFERENCE_DELETED ? BK_ROLE_REMOVED : BK_ROLE_FOR;
}

/* How it ended: the text is the one that has it no more. */
static void add_end(const struct bk_screen *screen, struct bk_list *list, const struct event *event)
{
	const struct bk_lineage_bracket *const bracket = bk_lineage_at(screen->life.in, event->old);
	const enum bk_difference_kind kind = (enum bk_difference_kind)bracket->went;
	const char *const name = kind < BK_DIFFERENCE_COUNT ? bk_difference_kind_name(kind) : "gone";
	add_line(screen, list, event,
		bracket->detail[0] != '\0' ? bk_arena_printf(&list->arena, "%s (%s)", name, bracket->detail)
					   : name,
		end_role(kind));
}

/* A bracket goes through no text twice, and ends once. */
static struct events *room_for_events(const struct bk_lineage *lineage)
{
	const size_t most = lineage->texts.len + 1;
	struct events *const events = bk_malloc(sizeof *events + most * sizeof *events->items);
	if (events != NULL)
		events->count = 0;
	return events;
}

static size_t steps_to_first(const struct bk_lineage *lineage, struct bk_lineage_place place)
{
	size_t steps = 0;
	while ((place = bk_lineage_at(lineage, place)->before).bracket != BK_NONE)
		steps++;
	return steps;
}

static struct bk_lineage_place steps_back(
	const struct bk_lineage *lineage, struct bk_lineage_place place, size_t steps)
{
	while (steps-- > 0)
		place = bk_lineage_at(lineage, place)->before;
	return place;
}

/* One text on: a line where something happened to it there. */
static void tell(
	struct bk_screen *screen, struct bk_list *list, struct bk_lineage_place place, struct event *event)
{
	const struct bk_lineage *const lineage = screen->life.in;
	const struct bk_lineage_bracket *const bracket = bk_lineage_at(lineage, place);
	const bool first = event->old.bracket == BK_NONE;
	event->text = place.text;
	event->older = first ? lineage->texts.items[place.text].parent : event->old.text;
	event->now = place;
	event->words = bracket->words != NULL ? bracket->words : event->words;
	if (first || bracket->came != BK_DIFFERENCE_KEPT)
		add_line(screen, list, event, came_words(lineage, place),
			first ? BK_ROLE_ADDED : BK_ROLE_TEXT);
	event->old = place;
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_lineage *const lineage = bk_screen_desk(screen)->lineage;
	if (lineage == NULL || lineage != screen->life.in) {
		list->note = "there are new revisions: Esc, and ask again";
		return;
	}
	list->data = room_for_events(lineage);
	list->free_data = bk_free;
	if (list->data == NULL)
		return;
	struct event event = {.old = {BK_NONE, BK_NONE}, .words = ""};
	/* From where it stood first to the bracket asked for: of one that was split, that is the piece. */
	for (size_t back = steps_to_first(lineage, screen->life.of); back > 0; back--)
		tell(screen, list, steps_back(lineage, screen->life.of, back), &event);
	struct bk_lineage_place place = screen->life.of;
	for (; place.bracket != BK_NONE; place = bk_lineage_next(lineage, place))
		tell(screen, list, place, &event);
	if (place.text == BK_NONE)
		return;
	event.text = place.text;
	event.older = event.old.text;
	event.now = place;
	add_end(screen, list, &event);
}

/* What happened last is chosen first. */
static size_t nearest(struct bk_screen *screen, size_t offset)
{
	const struct bk_list *const list = &screen->list;
	(void)offset;
	return list->lines.len > 0 ? list->lines.items[list->lines.len - 1].key : SIZE_MAX;
}

/* Its words as they stood then, and since when it stands. */
static int head(struct bk_screen *screen, struct bk_rect rect)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_lineage *const lineage = desk->lineage;
	const struct event *const chosen = event_of(screen, bk_list_chosen(screen));
	if (lineage == NULL || lineage != screen->life.in || chosen == NULL || rect.rows < 8)
		return 0;
	struct bk_lineage_place last = screen->life.of;
	struct bk_buf since = BK_BUF_INIT;
	for (struct bk_lineage_place at = last; at.bracket != BK_NONE; at = bk_lineage_next(lineage, at))
		last = at;
	if (bk_lineage_next(lineage, last).text == BK_NONE)
		bk_lineage_put_since(lineage, last, bk_session_now(desk->session), &since);
	else
		bk_buf_puts(&since, "stands no more");
	bk_grid_put_cut(&screen->grid, rect.row, rect.col + 1, rect.col + rect.cols,
		bk_screen_style(screen, BK_ROLE_DIM), bk_buf_str(&since));
	bk_buf_release(&since);
	const struct bk_rect box = {rect.row + 1, rect.col + 1, rect.rows - 5, rect.cols - 2};
	return bk_grid_put_words(&screen->grid, box, box.row, 0, bk_screen_style(screen, BK_ROLE_TEXT),
		       bk_str_of(chosen->words)) +
	       1 - rect.row;
}

/* ---- Keys ---- */

/* Show what that revision changed, at this bracket. */
static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_lineage *const lineage = desk->lineage;
	const struct event *const event = event_of(screen, line);
	if (lineage == NULL || lineage != screen->life.in || event == NULL)
		return;
	if (event->older == BK_NONE) {
		bk_screen_say(screen, "nothing stands before the first text to compare it with");
		return;
	}
	const struct bk_lineage_bracket *const now = bk_lineage_at(lineage, event->now);
	const struct bk_lineage_bracket *const old = bk_lineage_at(lineage, event->old);
	const char *const newer = lineage->texts.items[event->text].revision;
	screen->changes.binds = screen->changes.outside = false;
	screen->changes.party[0] = '\0';
	screen->changes.of = SIZE_MAX;
	screen->changes.aimed = true;
	screen->changes.aim = (struct bk_span){
		old != NULL ? old->span.start : BK_NOWHERE, now != NULL ? now->span.start : BK_NOWHERE};
	bk_desk_compare(desk, screen->terminal->wake_write, lineage->texts.items[event->older].revision,
		newer[0] != '\0' ? newer : NULL);
	bk_pane_open(screen, &bk_pane_changes);
}

static const struct bk_pane_key keys[] = {
	{"Enter", "what changed then", "what that revision changed, at this bracket"},
	{"Esc", "close", "back to the text"},
	{0},
};

const struct bk_pane bk_pane_life = {
	.name = "life-pane",
	.title = "Life of a bracket",
	.wide = true,
	.fill = fill,
	.nearest = nearest,
	.enter = enter,
	.head = head,
	.keys = keys,
};

void bk_life_open(struct bk_screen *screen)
{
	if (choose(screen))
		bk_pane_open(screen, &bk_pane_life);
}
