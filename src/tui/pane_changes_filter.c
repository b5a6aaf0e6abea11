/* Which changes the diff pane shows: those that bind, that lie outside of brackets, that concern a party, or that have
 * some words. */
#include "tui/pane_changes.h"

#include "tui/screen.h"

#include <string.h>

bool bk_changes_filtered(const struct bk_screen *screen)
{
	return screen->changes.binds || screen->changes.outside || screen->changes.party[0] != '\0';
}

/* Fill anew by what is asked; what was chosen stays so where it can. */
static void refill(struct bk_screen *screen)
{
	screen->list.chosen = SIZE_MAX;
	bk_pane_refill(screen);
}

static void filtered(struct bk_screen *screen, struct bk_str answer)
{
	if (screen->pane != &bk_pane_changes)
		return;
	bk_buf_clear(&screen->list.filter);
	bk_buf_put_str(&screen->list.filter, bk_str_trim(answer));
	refill(screen);
}

static void offer_kinds(struct bk_screen *screen, struct bk_str typed)
{
	for (int kind = BK_DIFFERENCE_REWORDED; kind < BK_DIFFERENCE_COUNT; kind++) {
		const char *const name = bk_difference_kind_name((enum bk_difference_kind)kind);
		const long score = bk_fuzzy_score(typed, bk_str_of(name));
		if (score >= 0)
			bk_prompt_offer(screen, name, NULL, NULL, score);
	}
}

void bk_changes_ask_filter(struct bk_screen *screen)
{
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "only changes with (a kind, a party, a heading, words):",
				      .initial = bk_buf_string(&screen->list.filter),
				      .offer = offer_kinds,
				      .answer = filtered,
			      });
}

static void asked_party(struct bk_screen *screen, struct bk_str answer)
{
	const bk_roster *const roster = bk_screen_desk(screen)->session->roster;
	const struct bk_str name = bk_str_trim(answer);
	const struct bk_party *const party = bk_roster_find(roster, name.ptr, name.len);
	const struct bk_str code = party != NULL ? bk_str_of(party->code) : name;
	if (screen->pane != &bk_pane_changes)
		return;
	/* A name that the text has, and the roster has not, is a party all the same. */
	if (code.len >= sizeof screen->changes.party) {
		bk_screen_complain(screen, "no party has so long a name");
		return;
	}
	memcpy(screen->changes.party, code.ptr, code.len);
	screen->changes.party[code.len] = '\0';
	refill(screen);
}

/* Parties that hold something in either text, my own first. */
static void offer_side(struct bk_screen *screen, const bk_positions *positions, struct bk_str typed)
{
	size_t count;
	const struct bk_position *const list = bk_positions_list(positions, &count);
	for (size_t i = 0; i < count; i++) {
		const long score = bk_fuzzy_score(typed, bk_str_of(list[i].party));
		bool known = score < 0;
		for (size_t j = 0; j < screen->prompt.offers.len && !known; j++)
			known = strcmp(screen->prompt.offers.items[j].value, list[i].party) == 0;
		if (!known)
			bk_prompt_offer(screen, list[i].party, NULL, NULL, score);
	}
}

static void offer_parties(struct bk_screen *screen, struct bk_str typed)
{
	const struct bk_versus *const versus = bk_changes_versus(screen);
	const char *const mine = bk_session_party(bk_screen_desk(screen)->session);
	if (versus == NULL)
		return;
	if (mine != NULL && bk_fuzzy_score(typed, bk_str_of(mine)) >= 0)
		bk_prompt_offer(screen, mine, "my party", NULL, bk_fuzzy_score(typed, bk_str_of(mine)) + 1);
	offer_side(screen, versus->new_side.positions, typed);
	offer_side(screen, versus->old_side.positions, typed);
}

/* Once more lets go of it. */
bool bk_changes_toggle_party(struct bk_screen *screen)
{
	if (screen->changes.party[0] != '\0') {
		screen->changes.party[0] = '\0';
		refill(screen);
		return true;
	}
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "only changes that concern the party:",
				      .offer = offer_parties,
				      .answer = asked_party,
				      .pick = true,
			      });
	return true;
}

bool bk_changes_show_all(struct bk_screen *screen)
{
	screen->changes.binds = screen->changes.outside = false;
	screen->changes.party[0] = '\0';
	bk_buf_clear(&screen->list.filter);
	refill(screen);
	return true;
}

bool bk_changes_toggle(struct bk_screen *screen, bool *flag)
{
	*flag = !*flag;
	refill(screen);
	return true;
}
