/* Finding in the text shown. */
#include "tui/find.h"

#include "base/error.h"
#include "base/regex.h"
#include "base/vec.h"
#include "tui/screen.h"

void bk_find_release(struct bk_find *find)
{
	bk_buf_release(&find->pattern);
	bk_buf_release(&find->replacement);
	BK_VEC_RELEASE(&find->matches);
}

const char *bk_find_scope_name(enum bk_find_scope scope)
{
	static const char *const names[BK_FIND_SCOPES] = {"all", "disputed", "clean", "my party's"};
	return names[scope];
}

void bk_find_clear(struct bk_screen *screen)
{
	screen->find.active = false;
	screen->find.matches.len = 0;
}

/* True when a disputed bracket, or one of the party's, holds the offset. */
static bool in_bracket(const struct bk_draft *draft, size_t offset, const char *party)
{
	size_t count, attributions;
	const struct bk_bracket *const list = bk_draft_brackets(draft, &count);
	const struct bk_attribution *const who = bk_draft_attributions(draft, &attributions);
	for (uint32_t i = bk_draft_bracket_at(draft, offset); i != BK_NONE; i = list[i].parent) {
		if (list[i].class != BK_CLASS_DISPUTED)
			continue;
		if (party == NULL)
			return true;
		for (uint32_t j = 0; j < list[i].attribution_count; j++)
			if (bk_str_equal(bk_str_of(who[list[i].attribution + j].party), bk_str_of(party)))
				return true;
	}
	return false;
}

static bool in_scope(struct bk_screen *screen, size_t offset)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	const struct bk_draft *const draft = desk->session->draft;
	if (screen->find.scope == BK_FIND_ALL || draft == NULL || desk->reading != NULL)
		return true;
	const size_t then = bk_carry_back(&desk->carry, offset);
	if (screen->find.scope == BK_FIND_PARTY)
		return in_bracket(draft, then, bk_session_party(desk->session));
	return in_bracket(draft, then, NULL) == (screen->find.scope == BK_FIND_DISPUTED);
}

static bool has_upper(struct bk_str pattern)
{
	for (size_t i = 0; i < pattern.len; i++)
		if (bk_is_upper(pattern.ptr[i]) && (i == 0 || pattern.ptr[i - 1] != '\\'))
			return true;
	return false;
}

/* Small letters find capitals too; a capital asks for itself. */
static unsigned flags_of(struct bk_str pattern)
{
	return BK_REGEX_MULTILINE | (has_upper(pattern) ? 0 : (unsigned)BK_REGEX_NOCASE);
}

static void collect(struct bk_screen *screen, const bk_regex *regex)
{
	enum { MOST = 100000 };
	struct bk_find *const find = &screen->find;
	struct bk_regex_search search = {.regex = regex, .milliseconds = 200};
	if (bk_snapshot_flat(
		    bk_desk_shown(bk_screen_desk(screen)), &search.subject.ptr, &search.subject.len) < 0)
		return;
	struct bk_match match;
	int status = bk_regex_next(&search, &match, 1);
	for (; status == BK_OK && find->matches.len < MOST; status = bk_regex_next(&search, &match, 1)) {
		if (match.start == match.end || !in_scope(screen, match.start))
			continue;
		struct bk_span *const slot = BK_VEC_PUSH(&find->matches);
		if (slot == NULL)
			break;
		*slot = (struct bk_span){match.start, match.end};
	}
	find->incomplete = status != BK_ENOTFOUND;
}

void bk_find_run(struct bk_screen *screen)
{
	struct bk_find *const find = &screen->find;
	bk_regex *regex;
	find->matches.len = 0;
	find->incomplete = find->bad = false;
	find->active = find->pattern.len > 0;
	find->version = bk_text_version(bk_screen_desk(screen)->session->text);
	if (!find->active)
		return;
	const struct bk_str pattern = bk_buf_str(&find->pattern);
	if (bk_regex_new(&regex, pattern, flags_of(pattern)) < 0) {
		find->bad = true;
		return;
	}
	collect(screen, regex);
	bk_regex_free(regex);
}

size_t bk_find_next(const struct bk_find *find, size_t offset, bool backwards)
{
	const size_t count = find->matches.len;
	if (count == 0)
		return SIZE_MAX;
	const size_t next = BK_SEARCH(i, count, find->matches.items[i].start < offset);
	if (backwards)
		return next > 0 ? next - 1 : count - 1;
	return next < count ? next : 0;
}

/* ---- Asking ---- */

/* The label counts as one types: "find 3/17 in all:". */
static void relabel(struct bk_screen *screen, size_t at)
{
	struct bk_find *const find = &screen->find;
	struct bk_buf *const label = &screen->prompt.label;
	bk_buf_clear(label);
	bk_buf_printf(label, "find in %s", bk_find_scope_name(find->scope));
	if (find->bad)
		bk_buf_puts(label, " (no pattern yet)");
	else if (find->active && find->matches.len == 0)
		bk_buf_puts(label, find->incomplete ? " (search incomplete)" : " (no match)");
	else if (find->active)
		bk_buf_printf(label, " (%zu of %zu%s)", at + 1, find->matches.len,
			find->incomplete ? "+, search incomplete" : "");
	bk_buf_puts(label, ":");
}

static void follow(struct bk_screen *screen, struct bk_str typed)
{
	struct bk_find *const find = &screen->find;
	bk_buf_clear(&find->pattern);
	bk_buf_put_str(&find->pattern, typed);
	bk_find_run(screen);
	const size_t at = bk_find_next(find, find->origin, false);
	if (at != SIZE_MAX)
		bk_screen_go(screen, find->matches.items[at].start, false);
	else
		bk_screen_go(screen, find->origin, false);
	relabel(screen, at);
}

static void step_from(struct bk_screen *screen, bool backwards)
{
	struct bk_find *const find = &screen->find;
	const size_t cursor = bk_desk_view(bk_screen_desk(screen))->cursor;
	const size_t at = bk_find_next(find, backwards ? cursor : cursor + 1, backwards);
	if (at == SIZE_MAX)
		return;
	find->origin = find->matches.items[at].start;
	bk_screen_go(screen, find->origin, false);
	if (screen->prompt.active)
		relabel(screen, at);
}

static bool find_key(struct bk_screen *screen, struct bk_key key)
{
	struct bk_find *const find = &screen->find;
	if (key.code == BK_KEY_DOWN || key.code == BK_KEY_UP) {
		step_from(screen, key.code == BK_KEY_UP);
		return true;
	}
	if (key.code == 'f' && key.mods == BK_MOD_CTRL) {
		step_from(screen, false);
		return true;
	}
	if (key.code != BK_KEY_TAB)
		return false;
	find->scope = (enum bk_find_scope)((find->scope + 1) % BK_FIND_SCOPES);
	const struct bk_desk *const desk = bk_screen_desk(screen);
	if (find->scope == BK_FIND_PARTY && (!desk->completed || bk_session_party(desk->session) == NULL))
		find->scope = BK_FIND_ALL;
	follow(screen, bk_buf_str(&screen->prompt.input));
	return true;
}

static void found(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_find *const find = &screen->find;
	if (answer.len == 0)
		return;
	if (find->bad) {
		bk_regex *regex;
		bk_screen_report(screen, bk_regex_new(&regex, answer, flags_of(answer)));
	} else if (find->matches.len == 0) {
		bk_screen_say(screen,
			find->incomplete ? "search incomplete: the pattern takes too long" : "no match");
	}
}

static void give_up(struct bk_screen *screen)
{
	bk_find_clear(screen);
	bk_screen_return(screen);
}

void bk_find_ask(struct bk_screen *screen)
{
	bk_screen_remember(screen);
	screen->find.origin = bk_desk_view(bk_screen_desk(screen))->cursor;
	screen->find.scope = BK_FIND_ALL;
	bk_prompt_ask(
		screen, &(struct bk_question){
				.label = "find in all:",
				.typed = follow,
				.key = find_key,
				.answer = found,
				.cancel = give_up,
				.hints = "Enter stay here   Up/Down previous, next   Tab scope   Esc cancel",
			});
}

void bk_find_step(struct bk_screen *screen, bool backwards)
{
	struct bk_find *const find = &screen->find;
	if (find->pattern.len == 0) {
		bk_find_ask(screen);
		return;
	}
	bk_find_run(screen);
	if (find->matches.len == 0)
		bk_screen_say(screen, "no match for %s", bk_buf_string(&find->pattern));
	else
		step_from(screen, backwards);
}
