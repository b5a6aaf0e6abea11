/* The diff pane: what happened to each bracket and to the words, one change a line, the chosen one in full above. */
#include "tui/pane_changes.h"

#include "base/alloc.h"
#include "tui/clock.h"
#include "tui/pane_life.h"
#include "tui/screen.h"

#include <string.h>

const struct bk_versus *bk_changes_versus(const struct bk_screen *screen)
{
	const struct bk_versus *const versus = bk_screen_desk(screen)->versus;
	return versus != NULL && versus->comparison != NULL && versus->flags != NULL ? versus : NULL;
}

static bool is_bracket(const struct bk_difference *difference)
{
	return difference->kind < BK_DIFFERENCE_TEXT_ADDED;
}

/* ---- Which differences there are lines of ---- */

/* Found in parts: of 10^5 changes it takes long to say which concern a party. */
struct wanted {
	const struct bk_versus *versus;
	struct bk_versus_party party;
	int turn;    /* of those that bind: see turn_of */
	size_t next; /* the difference to be looked at */
	bool kept;   /* the chosen line was found */
	size_t count;
	uint32_t items[]; /* differences, in the order of their lines */
};

static void free_wanted(void *data)
{
	struct wanted *const wanted = data;
	bk_versus_party_release(&wanted->party);
	bk_free(wanted);
}

static const struct bk_difference *difference_at(const struct bk_screen *screen, size_t line, size_t *index)
{
	const struct bk_versus *const versus = bk_changes_versus(screen);
	const struct wanted *const wanted = screen->list.data;
	size_t count;
	if (versus == NULL || wanted == NULL || line >= wanted->count)
		return NULL;
	const struct bk_difference *const all = bk_comparison_list(versus->comparison, &count);
	*index = wanted->items[line];
	return *index < count ? &all[*index] : NULL;
}

const struct bk_difference *bk_changes_chosen(struct bk_screen *screen, size_t *index)
{
	const size_t key = bk_list_chosen_key(screen);
	return key != SIZE_MAX && bk_list_shown(&screen->list) > 0 ? difference_at(screen, key, index) : NULL;
}

/* What binds is told as the gavel tells it: in agreed text first, then where nobody disputes anything. */
static int turn_of(uint8_t flags)
{
	return flags & BK_VERSUS_AGREED ? 0 : flags & BK_VERSUS_CLEAN ? 1 : 2;
}

static bool is_wanted(
	const struct bk_screen *screen, const struct wanted *wanted, const struct bk_difference *difference)
{
	const uint8_t flags = wanted->versus->flags[wanted->next];
	return difference->kind != BK_DIFFERENCE_KEPT &&
	       (!screen->changes.binds || (flags & BK_VERSUS_BINDS && turn_of(flags) == wanted->turn)) &&
	       (!screen->changes.outside || flags & BK_VERSUS_OUTSIDE) &&
	       (wanted->party.code == NULL || bk_versus_concerns(wanted->versus, difference, &wanted->party));
}

/* The difference that was chosen stays so, or else the next one that there is a line of. */
static void add_wanted(struct bk_screen *screen, struct wanted *wanted)
{
	if (!wanted->kept && screen->changes.of != SIZE_MAX && wanted->next >= screen->changes.of) {
		screen->changes.wish = screen->list.chosen = wanted->count;
		wanted->kept = true;
	}
	wanted->items[wanted->count++] = (uint32_t)wanted->next;
}

/* Go on for so many milliseconds; true while there is more to do. */
static bool work(struct bk_screen *screen, int milliseconds)
{
	enum { TURN = 64, TURNS = 3 };
	struct wanted *const wanted = screen->list.data;
	const int turns = screen->changes.binds ? TURNS : 1;
	const int64_t until = bk_now_ms() + milliseconds;
	size_t count;
	if (wanted == NULL || wanted->versus != bk_changes_versus(screen))
		return false;
	const struct bk_difference *const all = bk_comparison_list(wanted->versus->comparison, &count);
	for (size_t done = 1; wanted->turn < turns; done++) {
		if (wanted->next < count) {
			if (is_wanted(screen, wanted, &all[wanted->next]))
				add_wanted(screen, wanted);
			wanted->next++;
		} else {
			wanted->next = 0;
			wanted->turn++;
		}
		if (!screen->terminal->script && done % TURN == 0 && bk_now_ms() >= until)
			break;
	}
	screen->list.count = wanted->count;
	return wanted->turn < turns;
}

static struct wanted *begin_wanted(const struct bk_screen *screen, const struct bk_versus *versus)
{
	size_t count;
	bk_comparison_list(versus->comparison, &count);
	struct wanted *const wanted = bk_calloc(1, sizeof *wanted + (count + 1) * sizeof *wanted->items);
	if (wanted == NULL)
		return NULL;
	wanted->versus = versus;
	if (screen->changes.party[0] != '\0' &&
		bk_versus_party_find(&wanted->party, versus, screen->changes.party) < 0) {
		free_wanted(wanted);
		return NULL;
	}
	return wanted;
}

/* ---- Lines ---- */

/* Some bytes of a change on one line. */
static void put_words(const bk_draft *draft, struct bk_span span, size_t most, struct bk_buf *out)
{
	struct bk_str all;
	all.ptr = bk_draft_bytes(draft, &all.len);
	struct bk_str words = bk_str_trim((struct bk_str){all.ptr + span.start, span.end - span.start});
	const bool cut = words.len > most;
	if (cut) {
		words.len = most;
		while (words.len > 0 && ((unsigned char)words.ptr[words.len] & 0xc0) == 0x80)
			words.len--;
	}
	for (size_t i = 0; i < words.len; i++) {
		const bool blank = bk_is_space(words.ptr[i]);
		if (!blank || i == 0 || !bk_is_space(words.ptr[i - 1]))
			bk_buf_putc(out, blank ? ' ' : words.ptr[i]);
	}
	bk_buf_puts(out, cut ? "…" : "");
}

/* The words of a line: what came of what, where both are short enough to be told so. */
static const char *words_of(
	const struct bk_versus *versus, const struct bk_difference *difference, struct bk_arena *arena)
{
	enum { MOST = 160, OLD = 60 };
	struct bk_buf words = BK_BUF_INIT;
	const bool both = difference->kind == BK_DIFFERENCE_TEXT_CHANGED ||
			  difference->kind == BK_DIFFERENCE_RENUMBERED;
	if (both && difference->in_old && difference->in_new) {
		put_words(versus->old_draft, difference->old_span, OLD, &words);
		bk_buf_puts(&words, " → ");
	}
	if (difference->in_new)
		put_words(versus->new_draft, difference->new_span, MOST, &words);
	else
		put_words(versus->old_draft, difference->old_span, MOST, &words);
	const char *const kept = bk_arena_dup(arena, bk_buf_string(&words), words.len);
	bk_buf_release(&words);
	return kept;
}

static void put_names(const bk_draft *draft, uint32_t bracket, struct bk_buf *out)
{
	size_t count, names;
	if (bracket == BK_NONE)
		return;
	const struct bk_bracket *const brackets = bk_draft_brackets(draft, &count);
	const struct bk_attribution *const list = bk_draft_attributions(draft, &names);
	const struct bk_bracket *const one = &brackets[bracket];
	for (size_t i = one->attribution; i < one->attribution + one->attribution_count; i++) {
		struct bk_str told = bk_buf_str(out);
		bool known = false;
		while (told.len > 0 && !known) {
			const size_t len = bk_str_find(told, ' ');
			known = bk_str_equal((struct bk_str){told.ptr, len}, bk_str_of(list[i].party));
			told = bk_str_skip(told, len < told.len ? len + 1 : len);
		}
		if (known)
			continue;
		bk_buf_puts(out, out->len > 0 ? " " : "");
		bk_buf_puts(out, list[i].party);
	}
}

void bk_changes_put_parties(
	const struct bk_versus *versus, const struct bk_difference *difference, struct bk_buf *out)
{
	put_names(versus->old_draft, difference->old_bracket, out);
	put_names(versus->new_draft, difference->new_bracket, out);
}

static enum bk_role role_of(const struct bk_difference *difference)
{
	switch (difference->kind) {
	case BK_DIFFERENCE_ACCEPTED:
	case BK_DIFFERENCE_CHOSEN: return BK_ROLE_FOR;
	case BK_DIFFERENCE_DELETED:
	case BK_DIFFERENCE_TEXT_DELETED: return BK_ROLE_REMOVED;
	case BK_DIFFERENCE_OPENED:
	case BK_DIFFERENCE_TEXT_ADDED: return BK_ROLE_ADDED;
	case BK_DIFFERENCE_REOPENED: return BK_ROLE_AGAINST;
	default: return BK_ROLE_TEXT;
	}
}

/* Where it stands in the draft, when that is what is compared and has not been edited since. */
static size_t place_in_draft(const struct bk_screen *screen, const struct bk_versus *versus,
	const struct bk_difference *difference)
{
	if (versus->now != NULL || versus->version != bk_text_version(bk_screen_desk(screen)->session->text))
		return BK_NOWHERE;
	return difference->in_new ? difference->new_span.start
				  : bk_versus_across(versus, difference->old_span.start, false);
}

/* What is gone has the line where it stood, with a minus. */
static const char *line_number(
	const struct bk_versus *versus, const struct bk_difference *difference, struct bk_arena *arena)
{
	const bool in_new = difference->in_new;
	size_t row, column;
	bk_draft_place(in_new ? versus->new_draft : versus->old_draft,
		in_new ? difference->new_span.start : difference->old_span.start, &row, &column);
	return bk_arena_printf(arena, "%s%zu", in_new ? "" : "-", row);
}

static void make(struct bk_screen *screen, struct bk_arena *arena, uint32_t key, struct bk_line *line)
{
	const struct bk_versus *const versus = bk_changes_versus(screen);
	size_t index;
	const struct bk_difference *const difference = difference_at(screen, key, &index);
	if (difference == NULL)
		return;
	const bool roomy = screen->grid.cols >= BK_CHANGES_BESIDE_FROM;
	const uint8_t flags = versus->flags[index];
	struct bk_buf parties = BK_BUF_INIT;
	bk_changes_put_parties(versus, difference, &parties);
	const char *const who = bk_arena_dup(arena, bk_buf_string(&parties), parties.len);
	bk_buf_release(&parties);
	bk_line_field(line,
		flags & BK_VERSUS_AGREED  ? "!✓"
		: flags & BK_VERSUS_BINDS ? "!"
					  : "",
		3, BK_ROLE_AGAINST);
	bk_line_field_right(line, line_number(versus, difference, arena), 5, BK_ROLE_DIM);
	bk_line_field(line, "", 1, BK_ROLE_TEXT);
	bk_line_field(line, bk_difference_kind_name(difference->kind), 14, role_of(difference));
	bk_line_field(line, words_of(versus, difference, arena), 0, BK_ROLE_TEXT);
	if (roomy) {
		bk_line_field_right(line, who, 12, BK_ROLE_PARTY);
		bk_line_rank(line, 1);
	}
	bk_line_field_right(line, difference->path, roomy ? 26 : 20, BK_ROLE_DIM);
	bk_line_rank(line, 2);
	line->offset = place_in_draft(screen, versus, difference);
	line->find = roomy ? difference->detail
			   : bk_arena_printf(arena, "%s %s", difference->detail, who != NULL ? who : "");
}

/* The difference of the bracket that opens at these offsets of the old and the new text; SIZE_MAX for none. */
static size_t aimed_at(const struct bk_screen *screen, const struct bk_versus *versus)
{
	size_t count;
	const struct bk_difference *const all = bk_comparison_list(versus->comparison, &count);
	const struct bk_span aim = screen->changes.aim;
	for (size_t i = 0; i < count; i++)
		if ((all[i].old_bracket != BK_NONE && all[i].old_span.start == aim.start) ||
			(all[i].new_bracket != BK_NONE && all[i].new_span.start == aim.end))
			return i;
	return SIZE_MAX;
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_versus *const versus = bk_changes_versus(screen);
	screen->changes.wish = SIZE_MAX;
	if (desk->versus_coming != NULL || desk->versus == NULL) {
		list->note = "comparing ...";
		return;
	}
	list->note = bk_changes_filtered(screen) ? "no such change"
		     : desk->versus->now != NULL ? "nothing has changed"
						 : "nothing has changed; r compares with another revision";
	if (versus == NULL) {
		list->note = desk->versus->message != NULL
				     ? bk_arena_printf(&list->arena, "%s", desk->versus->message)
				     : "no memory to compare";
		return;
	}
	if (screen->changes.aimed)
		screen->changes.of = aimed_at(screen, versus);
	screen->changes.aimed = false;
	list->data = begin_wanted(screen, versus);
	if (list->data == NULL) {
		list->note = "no memory to list what changed";
		return;
	}
	list->free_data = free_wanted;
	work(screen, 1);
}

/* The line chosen before, or the last one that begins before the cursor. */
static size_t nearest(struct bk_screen *screen, size_t offset)
{
	const struct bk_versus *const versus = bk_changes_versus(screen);
	const struct wanted *const wanted = screen->list.data;
	size_t count, low = 0, high = wanted != NULL ? wanted->count : 0;
	if (screen->changes.wish != SIZE_MAX || versus == NULL || screen->changes.binds)
		return screen->changes.wish;
	const struct bk_difference *const all = bk_comparison_list(versus->comparison, &count);
	while (low < high) {
		const size_t middle = low + (high - low) / 2;
		const size_t place = place_in_draft(screen, versus, &all[wanted->items[middle]]);
		if (place != BK_NOWHERE && place <= offset)
			low = middle + 1;
		else
			high = middle;
	}
	return low > 0 ? low - 1 : SIZE_MAX;
}

/* ---- Keys ---- */

/* The next line, or the one before, of brackets alone, or of the chosen one's kind. */
static void walk(struct bk_screen *screen, long step, bool brackets)
{
	const struct bk_list *const list = &screen->list;
	size_t index, other;
	const struct bk_difference *const from = bk_changes_chosen(screen, &index);
	const long last = (long)bk_list_shown(list) - 1;
	if (from == NULL)
		return;
	for (long at = (long)list->chosen + step; at >= 0 && at <= last; at += step) {
		const size_t line = list->filter.len > 0 ? list->shown.items[at] : (size_t)at;
		const struct bk_difference *const one = difference_at(screen, line, &other);
		if (one != NULL && (brackets ? is_bracket(one) : one->kind == from->kind)) {
			bk_list_move(screen, at - (long)list->chosen);
			return;
		}
	}
	bk_screen_say(screen, "no further %s",
		brackets ? "bracket that changed" : bk_difference_kind_name(from->kind));
}

static void compared(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_buf revision = BK_BUF_INIT;
	bk_buf_put_str(&revision, bk_str_trim(answer));
	screen->changes.of = SIZE_MAX;
	bk_desk_compare(bk_screen_desk(screen), screen->terminal->wake_write,
		revision.len > 0 ? bk_buf_string(&revision) : NULL, NULL);
	bk_buf_release(&revision);
	bk_pane_refill(screen);
}

static void ask_revision(struct bk_screen *screen)
{
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "compare the draft with revision:",
				      .initial = "HEAD",
				      .answer = compared,
			      });
}

static bool toggle_beside(struct bk_screen *screen)
{
	screen->changes.beside = !screen->changes.beside;
	if (screen->changes.beside && screen->grid.cols < BK_CHANGES_BESIDE_FROM)
		bk_screen_say(screen, "side by side needs %d columns", BK_CHANGES_BESIDE_FROM);
	return true;
}

static const struct bk_pane_key keys[] = {
	{"Enter", "go", "to the place in the text, or in that revision"},
	{"n/p", "change", "next change, previous change"},
	{"b/B", "bracket", "next bracket that changed, previous one"},
	{"k/K", "kind", "next change of the same kind, previous one"},
	{"g", "binds", "only what binds, as the gavel tells it: agreed text first; all again"},
	{"o", "outside", "only words outside of brackets; all again"},
	{"y", "party", "only what concerns one party: what it holds, or where it is named; all again"},
	{"f", "filter", "only lines with some words: a kind, a heading, a name"},
	{"a", "all", "all changes again"},
	{"s", "beside", "old and new side by side, or in line"},
	{"Left/Right", NULL, "scroll what is shown in full"},
	{"r", "revision", "compare the draft with another revision"},
	{"l", "life", "the life of this bracket over all revisions"},
	{"Esc", "close", "back to the text"},
	{0},
};

static bool key(struct bk_screen *screen, struct bk_key pressed)
{
	if (pressed.mods != 0)
		return false;
	switch (pressed.code) {
	case 'n': bk_list_move(screen, 1); return true;
	case 'p': bk_list_move(screen, -1); return true;
	case 'b': walk(screen, 1, true); return true;
	case 'B': walk(screen, -1, true); return true;
	case 'k': walk(screen, 1, false); return true;
	case 'K': walk(screen, -1, false); return true;
	case 'l': bk_life_open(screen); return true;
	case 's': return toggle_beside(screen);
	case 'g': return bk_changes_toggle(screen, &screen->changes.binds);
	case 'o': return bk_changes_toggle(screen, &screen->changes.outside);
	case 'y': return bk_changes_toggle_party(screen);
	case 'a': return bk_changes_show_all(screen);
	case 'f':
	case '/': bk_changes_ask_filter(screen); return true;
	case 'r': ask_revision(screen); return true;
	case BK_KEY_RIGHT: screen->changes.top++; return true;
	case BK_KEY_LEFT: screen->changes.top -= screen->changes.top > 0; return true;
	default: return false;
	}
}

/* To the place in the text: of the draft, or of the revision, opened to be read. */
static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_versus *const versus = bk_changes_versus(screen);
	size_t index;
	const struct bk_difference *const difference = difference_at(screen, line->key, &index);
	if (difference == NULL)
		return;
	if (versus->now == NULL) {
		const size_t offset = place_in_draft(screen, versus, difference);
		bk_pane_close(screen);
		if (offset != BK_NOWHERE)
			bk_screen_go(screen, offset, false);
		return;
	}
	const size_t offset = difference->in_new ? difference->new_span.start : difference->old_span.start;
	struct bk_buf name = BK_BUF_INIT;
	const char *const revision = difference->in_new ? versus->now : versus->before;
	bk_buf_put(&name, revision, strlen(revision) == 40 ? 10 : strlen(revision));
	bk_buf_printf(&name, ":%s", desk->session->path);
	bk_pane_close(screen);
	if (bk_screen_report(screen, bk_screen_open(screen, bk_buf_string(&name), false)) == BK_OK) {
		bk_screen_report(screen, bk_desk_complete(bk_screen_desk(screen)));
		bk_screen_go(screen, offset, false);
		bk_screen_say(screen, "Alt-Left goes back to the draft, Ctrl-W closes this");
	}
	bk_buf_release(&name);
}

const struct bk_pane bk_pane_changes = {
	.name = "diff-pane",
	.title = "Diff",
	.wide = true,
	.fill = fill,
	.make = make,
	.work = work,
	.nearest = nearest,
	.enter = enter,
	.key = key,
	.head = bk_changes_head,
	.no_filter = true,
	.keys = keys,
};
