/* Replacing: what would change, line by line; Space leaves one out, Enter does them all as one step. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/regex.h"
#include "base/utf8.h"
#include "tui/screen.h"

struct swap {
	struct bk_span span;
	char *with; /* in the list's arena */
	size_t len;
	bool out; /* left out */
};

struct plan {
	struct swap *swaps;
	size_t count;
	uint64_t version; /* of the text */
};

enum { MOST_SHOWN = 5000, AROUND = 30 };

/* Which of them were left out is kept while the list is filled anew. */
static struct bk_buf left_out;

static bool is_left_out(size_t index)
{
	return index < left_out.len && left_out.bytes[index] == 1;
}

static const char *excerpt(struct bk_arena *arena, const char *bytes, size_t from, size_t to)
{
	struct bk_buf out = BK_BUF_INIT;
	for (size_t i = from; i < to; i++)
		bk_buf_putc(&out, bk_is_space(bytes[i]) ? ' ' : bytes[i]);
	const char *const copy = bk_arena_dup(arena, bk_buf_string(&out), out.len);
	bk_buf_release(&out);
	return copy != NULL ? copy : "";
}

/* The beginning of a character at or after an offset. */
static size_t at_character(const char *bytes, size_t len, size_t at)
{
	while (at < len && ((unsigned char)bytes[at] & 0xc0) == 0x80)
		at++;
	return at;
}

static void add_line(
	struct bk_screen *screen, struct bk_list *list, const char *bytes, size_t len, size_t index)
{
	const struct plan *const plan = list->data;
	const struct swap *const swap = &plan->swaps[index];
	struct bk_line *const line = bk_list_add(list);
	if (line == NULL)
		return;
	const size_t from =
		at_character(bytes, len, swap->span.start > AROUND ? swap->span.start - AROUND : 0);
	const size_t to =
		at_character(bytes, len, swap->span.end + AROUND < len ? swap->span.end + AROUND : len);
	const bk_snapshot *const now = bk_desk_shown(bk_screen_desk(screen));
	const char *const old = excerpt(&list->arena, bytes, swap->span.start, swap->span.end);
	const char *const fresh =
		bk_arena_printf(&list->arena, "→ %s", excerpt(&list->arena, swap->with, 0, swap->len));
	int width = (int)bk_utf8_string_width(bk_str_of(old)) + 1;
	int fresh_width = (int)bk_utf8_string_width(bk_str_of(fresh != NULL ? fresh : "")) + 1;
	width = width > 24 ? 24 : width;
	fresh_width = fresh_width > 24 ? 24 : fresh_width;
	bk_line_field(line, swap->out ? " " : "x", 2, BK_ROLE_FOR);
	bk_line_field_right(line,
		bk_arena_printf(&list->arena, "%zu", bk_snapshot_line_of(now, swap->span.start) + 1), 6,
		BK_ROLE_DIM);
	bk_line_field_right(
		line, excerpt(&list->arena, bytes, from, swap->span.start), AROUND + 1, BK_ROLE_DIM);
	bk_line_field(line, old, width, BK_ROLE_REMOVED);
	bk_line_field(line, fresh, fresh_width, BK_ROLE_ADDED);
	bk_line_field(line, excerpt(&list->arena, bytes, swap->span.end, to), 0, BK_ROLE_DIM);
	line->offset = swap->span.start;
	line->key = index;
}

static int add_swap(struct plan *plan, struct bk_list *list, const bk_regex *regex, struct bk_str subject,
	const struct bk_match *groups, size_t count, struct bk_str replacement)
{
	struct bk_buf out = BK_BUF_INIT;
	const int status = bk_regex_expand(regex, subject, groups, count, replacement, &out);
	if (status == BK_OK) {
		struct swap *const swap = &plan->swaps[plan->count];
		*swap = (struct swap){
			.span = {groups[0].start, groups[0].end},
			.with = bk_arena_dup(&list->arena, bk_buf_string(&out), out.len),
			.len = out.len,
			.out = is_left_out(plan->count),
		};
		plan->count += swap->with != NULL;
	}
	bk_buf_release(&out);
	return status;
}

static int find_swaps(
	struct bk_screen *screen, struct bk_list *list, struct plan *plan, struct bk_str subject)
{
	enum { GROUPS = 10 };
	struct bk_find *const find = &screen->find;
	bk_regex *regex;
	struct bk_match groups[GROUPS];
	int status = bk_regex_new(&regex, bk_buf_str(&find->pattern), BK_REGEX_MULTILINE);
	if (status < 0)
		return status;
	struct bk_regex_search search = {.regex = regex, .subject = subject, .milliseconds = 2000};
	while (plan->count < MOST_SHOWN && (status = bk_regex_next(&search, groups, GROUPS)) == BK_OK) {
		const int added =
			add_swap(plan, list, regex, subject, groups, GROUPS, bk_buf_str(&find->replacement));
		if (added < 0) {
			status = added;
			break;
		}
	}
	bk_regex_free(regex);
	return status == BK_ENOTFOUND ? BK_OK : status;
}

static void fill(struct bk_screen *screen, struct bk_list *list)
{
	struct bk_str subject;
	list->note = "no match: nothing would change";
	struct plan *const plan = bk_arena_alloc(&list->arena, sizeof *plan);
	if (plan == NULL ||
		bk_snapshot_flat(bk_desk_shown(bk_screen_desk(screen)), &subject.ptr, &subject.len) < 0)
		return;
	plan->swaps = bk_arena_array(&list->arena, MOST_SHOWN, sizeof *plan->swaps);
	plan->version = bk_text_version(bk_screen_desk(screen)->session->text);
	if (plan->swaps == NULL)
		return;
	list->data = plan;
	if (find_swaps(screen, list, plan, subject) < 0) {
		bk_screen_complain(screen, "%s", bk_error_message());
		return;
	}
	for (size_t i = 0; i < plan->count; i++)
		add_line(screen, list, subject.ptr, subject.len, i);
}

static void enter(struct bk_screen *screen, const struct bk_line *line)
{
	(void)line;
	const struct plan *const plan = screen->list.data;
	bk_text *const text = bk_screen_desk(screen)->session->text;
	if (plan == NULL || plan->version != bk_text_version(text))
		return;
	struct bk_change *const changes = bk_calloc(plan->count + 1, sizeof *changes);
	size_t count = 0;
	for (size_t i = 0; i < plan->count && changes != NULL; i++)
		if (!plan->swaps[i].out)
			changes[count++] = (struct bk_change){
				plan->swaps[i].span, plan->swaps[i].with, plan->swaps[i].len};
	const int status = changes != NULL ? bk_text_apply(text, changes, count) : bk_fail_memory();
	bk_free(changes);
	bk_pane_close(screen);
	bk_find_clear(screen);
	if (bk_screen_report(screen, status) == BK_OK)
		bk_screen_say(screen, "%zu replaced; Ctrl-Z takes all of them back", count);
}

static bool key(struct bk_screen *screen, struct bk_key pressed)
{
	const struct bk_line *const line = bk_list_chosen(screen);
	const struct plan *const plan = screen->list.data;
	if (pressed.code != ' ' || pressed.mods != 0 || line == NULL || plan == NULL)
		return false;
	if (left_out.len < plan->count)
		bk_buf_fill(&left_out, '\0', plan->count - left_out.len);
	if (line->key < left_out.len)
		left_out.bytes[line->key] = !left_out.bytes[line->key];
	bk_pane_refill(screen);
	bk_list_move(screen, 1);
	return true;
}

const struct bk_pane bk_pane_replace = {
	.name = "replace-text",
	.title = "Would be replaced",
	.wide = true,
	.fill = fill,
	.enter = enter,
	.key = key,
	.no_filter = true,
	.hints = "Enter replace those marked x   Space leave one out   Esc cancel",
};

/* ---- Asking ---- */

static void replacement_named(struct bk_screen *screen, struct bk_str answer)
{
	bk_buf_clear(&screen->find.replacement);
	bk_buf_put_str(&screen->find.replacement, answer);
	bk_buf_clear(&left_out);
	bk_pane_close(screen);
	bk_pane_open(screen, &bk_pane_replace);
}

static void pattern_named(struct bk_screen *screen, struct bk_str answer)
{
	if (answer.len == 0)
		return;
	bk_buf_clear(&screen->find.pattern);
	bk_buf_put_str(&screen->find.pattern, answer);
	bk_prompt_ask(screen,
		&(struct bk_question){.label = "with ($1 is the first group):", .answer = replacement_named});
}

void bk_replace_ask(struct bk_screen *screen)
{
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "replace (a pattern, in the whole text):",
				      .initial = bk_buf_string(&screen->find.pattern),
				      .answer = pattern_named,
			      });
}
