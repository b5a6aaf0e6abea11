/* Keys of the merge pane: what is done at the chosen place. */
#include "tui/pane_merge.h"

#include "base/error.h"
#include "draft/changes.h"
#include "tui/act.h"
#include "tui/screen.h"

#include <string.h>

/* The place of the chosen line; NULL when there is none. */
static const struct bk_placing_place *chosen(struct bk_screen *screen)
{
	const bk_placing *const placing = bk_merge_placing(screen);
	const size_t key = bk_list_chosen_key(screen);
	size_t count;
	const struct bk_placing_place *const places =
		placing != NULL ? bk_placing_places(placing, &count) : NULL;
	return places != NULL && key < count ? &places[key] : NULL;
}

/* The same in the draft of the text now, where brackets stand that can be acted on; complains when none do. */
static const struct bk_placing_place *chosen_open(struct bk_screen *screen)
{
	if (!bk_screen_placed(screen))
		return NULL;
	bk_pane_sync(screen);
	const struct bk_placing_place *const place = chosen(screen);
	if (place == NULL)
		return NULL;
	if (place->state == BK_PLACING_LOST) {
		bk_screen_complain(screen, "this place is not found: its words were changed elsewhere");
		return NULL;
	}
	if (place->bracket == BK_NONE && place->state != BK_PLACING_TAKEN) {
		bk_screen_complain(
			screen, "a bracket has lost its other end here: F7 mends it, Ctrl-Z takes back");
		return NULL;
	}
	if (place->bracket == BK_NONE) {
		bk_screen_complain(screen, "no bracket stands here any more; Ctrl-Z takes back");
		return NULL;
	}
	return place;
}

/* ---- Marks ---- */

static void put_mark(struct bk_screen *screen, enum bk_proof_mark as, const char *what)
{
	if (bk_merge_mark(screen, bk_list_chosen_key(screen), as) == BK_OK)
		bk_screen_say(screen, "%s; the proof keeps it, Ctrl-Z takes it back", what);
}

static void mark(
	struct bk_screen *screen, enum bk_placing_state state, enum bk_proof_mark as, const char *what)
{
	const struct bk_placing_place *const place = chosen_open(screen);
	if (place == NULL || !bk_screen_may_change(screen))
		return;
	const bool back = place->state == state;
	put_mark(screen, back ? BK_PROOF_UNMARKED : as, back ? "unplaced again" : what);
}

/* ---- Taking ---- */

static int change_for(struct bk_screen *screen, const struct bk_placing_place *place,
	const struct bk_merge_choice *choice, bk_changes **out)
{
	const bk_placing *const placing = bk_merge_placing(screen);
	if (choice->moves)
		return bk_placing_move(placing, place,
			choice->target > 0 ? &bk_placing_targets(placing, place)[choice->target - 1] : NULL,
			out);
	if (choice->settles)
		return bk_placing_settle(placing, place, choice->stand, choice->one, out);
	return bk_draft_resolve(
		bk_placing_now(placing), place->bracket, choice->act, choice->alternative, out);
}

/* What can be taken at the chosen place. */
struct choices {
	struct bk_merge_choice list[BK_MERGE_CHOICES];
	size_t count;
	struct bk_arena arena;
};

static void gather(struct bk_screen *screen, const struct bk_placing_place *place, struct choices *choices)
{
	choices->arena = (struct bk_arena)BK_ARENA_INIT;
	choices->count = bk_merge_place_choices(screen, place, &choices->arena, choices->list);
}

/* Which choice has this number, as it was written. */
static int find_choice(const struct choices *choices, size_t number, struct bk_str written, size_t *index)
{
	for (size_t i = 0; i < choices->count; i++)
		if (choices->list[i].number == number) {
			*index = i;
			return BK_OK;
		}
	if (number == 0)
		return bk_fail(BK_EINVAL, "0 is the base, whose words are gone here");
	return bk_fail(BK_EINVAL, "there is no %.*s here: the last is %zu", (int)written.len, written.ptr,
		choices->list[choices->count - 1].number);
}

/* Where nothing is to be changed, as where the base asks already for what a party wants, its brackets stay. */
static void take_choice(
	struct bk_screen *screen, const struct bk_placing_place *place, const struct bk_merge_choice *choice)
{
	bk_changes *changes = NULL;
	size_t count;
	if (bk_screen_report(screen, change_for(screen, place, choice, &changes)) < 0)
		return;
	bk_changes_list(changes, &count);
	if (count == 0)
		put_mark(screen, BK_PROOF_KEPT, "stays in brackets, as in the base");
	else if (bk_act_make(screen, changes, choice->done) == BK_OK)
		bk_pane_refill(screen);
	bk_changes_free(changes);
}

static void take(struct bk_screen *screen, char digit)
{
	const struct bk_placing_place *const place = chosen_open(screen);
	struct choices choices;
	size_t index;
	if (place == NULL || !bk_screen_may_change(screen))
		return;
	gather(screen, place, &choices);
	if (bk_screen_report(screen, find_choice(&choices, (size_t)(digit - '0'), (struct bk_str){&digit, 1},
					     &index)) == BK_OK)
		take_choice(screen, place, &choices.list[index]);
	bk_arena_release(&choices.arena);
}

/* ---- Numbers that are asked for ---- */

/* One number, from `*rest` on, and whose it is; what stands there else is told. */
static int parse_number(struct bk_str *rest, const struct choices *choices, size_t *index)
{
	enum { MOST = 1000 };
	size_t len = 0, value = 0;
	while (len < rest->len && rest->ptr[len] != ' ' && rest->ptr[len] != ',')
		len++;
	const struct bk_str word = {rest->ptr, len};
	if (len == 0)
		return bk_fail(BK_EINVAL, "no number is written");
	for (size_t i = 0; i < len; i++) {
		if (!bk_is_digit(word.ptr[i]))
			return bk_fail(BK_EINVAL, "'%.*s' is no number", (int)len, word.ptr);
		value = value > MOST ? value : value * 10 + (size_t)(word.ptr[i] - '0');
	}
	*rest = bk_str_skip(*rest, len);
	return find_choice(choices, value, word, index);
}

/* Numbers with blanks or commas between, each once: chosen[i] of the i-th choice.  Returns how many, or what is
 * wrong. */
static int parse_numbers(struct bk_str answer, const struct choices *choices, bool chosen[BK_MERGE_CHOICES])
{
	int count = 0;
	for (;;) {
		size_t index;
		while (answer.len > 0 && (answer.ptr[0] == ' ' || answer.ptr[0] == ','))
			answer = bk_str_skip(answer, 1);
		if (answer.len == 0)
			return count;
		const int status = parse_number(&answer, choices, &index);
		if (status < 0)
			return status;
		if (chosen[index])
			return bk_fail(BK_EINVAL, "%zu is written twice", choices->list[index].number);
		chosen[index] = true;
		count++;
	}
}

/* Why it was refused, then the same question with what was typed, to be mended. */
static void ask_again(struct bk_screen *screen, const char *question, struct bk_str typed,
	void (*answer)(struct bk_screen *screen, struct bk_str answer))
{
	struct bk_buf label = BK_BUF_INIT, initial = BK_BUF_INIT;
	bk_buf_printf(&label, "%s; %s", bk_error_message(), question);
	bk_buf_put_str(&initial, typed);
	bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&label),
				      .initial = bk_buf_string(&initial),
				      .answer = answer});
	bk_buf_release(&label);
	bk_buf_release(&initial);
}

static const char ask_for_one[] = "take number:", ask_for_several[] = "combine in one bracket:";

static void numbered(struct bk_screen *screen, struct bk_str answer)
{
	const struct bk_placing_place *const place = chosen_open(screen);
	struct bk_str rest = bk_str_trim(answer);
	struct choices choices;
	size_t index;
	if (place == NULL)
		return;
	gather(screen, place, &choices);
	int status = parse_number(&rest, &choices, &index);
	if (status == BK_OK && rest.len > 0)
		status = bk_fail(BK_EINVAL, "only one can be taken");
	if (status == BK_OK)
		take_choice(screen, place, &choices.list[index]);
	else
		ask_again(screen, ask_for_one, answer, numbered);
	bk_arena_release(&choices.arena);
}

static void ask_number(struct bk_screen *screen)
{
	if (chosen_open(screen) != NULL && bk_screen_may_change(screen))
		bk_prompt_ask(screen, &(struct bk_question){.label = ask_for_one, .answer = numbered});
}

/* ---- Combining ---- */

/* Of alternatives, in the order of the text. */
struct numbers {
	size_t list[BK_MERGE_CHOICES], count;
};

static void insert(struct numbers *numbers, size_t number)
{
	size_t at = numbers->count++;
	for (; at > 0 && numbers->list[at - 1] > number; at--)
		numbers->list[at] = numbers->list[at - 1];
	numbers->list[at] = number;
}

/* What combines the choices with these numbers, which are alternatives of the draft. */
static int combine(struct bk_screen *screen, const struct bk_placing_place *place, struct bk_str answer,
	bk_changes **changes)
{
	struct choices choices;
	struct numbers numbers = {.count = 0};
	bool chosen[BK_MERGE_CHOICES] = {false};
	gather(screen, place, &choices);
	int status = parse_numbers(answer, &choices, chosen);
	for (size_t i = 0; i < choices.count && status >= 0; i++) {
		const struct bk_merge_choice *const one = &choices.list[i];
		if (chosen[i] && one->act != BK_RESOLVE_CHOOSE)
			status = bk_fail(BK_EINVAL, "%zu is %s, and no alternative that could be combined",
				one->number, one->names);
		else if (chosen[i])
			insert(&numbers, one->alternative);
	}
	bk_arena_release(&choices.arena);
	return status < 0 ? status
			  : bk_placing_combine(bk_placing_names_now(bk_merge_placing(screen)), place->bracket,
				    numbers.list, numbers.count, changes);
}

static void combined(struct bk_screen *screen, struct bk_str answer)
{
	const struct bk_placing_place *const place = chosen_open(screen);
	bk_changes *changes;
	if (place == NULL)
		return;
	const int status = combine(screen, place, answer, &changes);
	if (status == BK_EINVAL) {
		ask_again(screen, ask_for_several, answer, combined);
		return;
	}
	if (bk_screen_report(screen, status) < 0)
		return;
	if (bk_act_make(screen, changes, "combined") == BK_OK)
		bk_pane_refill(screen);
	bk_changes_free(changes);
}

/* What is offered to be combined, and what stays out. */
struct offered {
	struct numbers numbers;
	size_t brackets;       /* that they stand in */
	struct bk_buf initial; /* the numbers, as they are shown */
	struct bk_buf label;   /* what stays out and why, then the question */
	char reason[BK_ERROR_MESSAGE];
};

/* The bracket that a choice which can be chosen stands in; BK_NONE for others. */
static uint32_t bracket_of(const bk_draft *draft, uint32_t bracket, const struct bk_merge_choice *choice)
{
	size_t count;
	return choice->act == BK_RESOLVE_CHOOSE
		       ? bk_draft_alternatives(draft, bracket, &count)[choice->alternative - 1].bracket
		       : BK_NONE;
}

/* Whether those beside a bracket do more than propose its words, which its lines say already. */
static bool is_said(const struct bk_placing_names *known, uint32_t bracket)
{
	size_t count;
	const struct bk_attribution *const all = bk_placing_names_beside(known, bracket, &count);
	for (size_t i = 0; i < count; i++)
		if (all[i].act != BK_ACT_PROPOSE)
			return true;
	return false;
}

/* Why it stays out, once for those in a row of which the same is true. */
static void leave_out(struct offered *offered, const struct bk_merge_choice *choice, bool said)
{
	const bool same = strcmp(offered->reason, bk_error_message()) == 0;
	bk_error_keep(offered->reason);
	if (said)
		offered->reason[0] = '\0';
	else if (same)
		bk_buf_printf(&offered->label, "%zu too; ", choice->number);
	else
		bk_buf_printf(&offered->label, "%zu stays out, %s; ", choice->number, offered->reason);
}

/* All of one bracket, count of them, where they go into one with those before. */
static int offer_bracket(struct offered *offered, const struct bk_placing_names *known, uint32_t bracket,
	const struct bk_merge_choice *all, size_t count)
{
	struct numbers more = offered->numbers;
	for (size_t i = 0; i < count; i++)
		insert(&more, all[i].alternative);
	const int status = bk_placing_can_combine(known, bracket, more.list, more.count);
	const bool said = status < 0 && is_said(known, bracket_of(known->draft, bracket, all));
	for (size_t i = 0; i < count; i++)
		if (status < 0)
			leave_out(offered, &all[i], said);
		else
			bk_buf_printf(&offered->initial, "%s%zu", offered->initial.len > 0 ? " " : "",
				all[i].number);
	if (status == BK_OK) {
		offered->numbers = more;
		offered->brackets++;
	}
	return status;
}

/* All that go into one bracket: what parties propose.  Returns why the last did not. */
static int offer(struct offered *offered, const struct bk_placing_names *known, uint32_t bracket,
	const struct choices *choices)
{
	const bk_draft *const draft = known->draft;
	int refused = BK_OK;
	for (size_t i = 0, end; i < choices->count; i = end) {
		const uint32_t own = bracket_of(draft, bracket, &choices->list[i]);
		end = i + 1;
		while (end < choices->count && own != BK_NONE &&
			bracket_of(draft, bracket, &choices->list[end]) == own)
			end++;
		const int status =
			own == BK_NONE ? BK_OK
				       : offer_bracket(offered, known, bracket, &choices->list[i], end - i);
		refused = status < 0 ? status : refused;
	}
	bk_buf_puts(&offered->label, ask_for_several);
	return refused;
}

static void ask_which(struct bk_screen *screen)
{
	const struct bk_placing_place *const place = chosen_open(screen);
	struct choices choices;
	struct offered offered = {.initial = BK_BUF_INIT, .label = BK_BUF_INIT};
	if (place == NULL || !bk_screen_may_change(screen))
		return;
	gather(screen, place, &choices);
	const int refused =
		offer(&offered, bk_placing_names_now(bk_merge_placing(screen)), place->bracket, &choices);
	bk_arena_release(&choices.arena);
	if (offered.brackets > 1)
		bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&offered.label),
					      .initial = bk_buf_string(&offered.initial),
					      .whole = true,
					      .answer = combined});
	else
		bk_screen_complain(screen, "nothing to combine: %s",
			offered.numbers.count > 1 ? "these stand in one bracket already"
			: refused < 0		  ? bk_error_message()
						  : "two alternatives are needed");
	bk_buf_release(&offered.initial);
	bk_buf_release(&offered.label);
}

/* ---- Walking ---- */

/* True for the line of a place that is unplaced, deferred or not. */
static bool is_unplaced(struct bk_screen *screen, const struct bk_placing_place *places, size_t at)
{
	const struct bk_line *const line = bk_list_line(screen, at);
	return line != NULL && !line->passive && places[line->key].state <= BK_PLACING_DEFERRED;
}

/* To the next unplaced one, behind the last to the first: the sum above counts them wherever they stand. */
static void walk(struct bk_screen *screen, bool back)
{
	if (!bk_screen_placed(screen))
		return;
	bk_pane_sync(screen);
	const bk_placing *const placing = bk_merge_placing(screen);
	const size_t shown = bk_list_shown(&screen->list), chosen = screen->list.chosen;
	size_t count;
	const struct bk_placing_place *const places =
		placing != NULL ? bk_placing_places(placing, &count) : NULL;
	for (size_t i = 1; places != NULL && i < shown; i++) {
		const size_t at = (chosen + (back ? shown - i : i)) % shown;
		if (!is_unplaced(screen, places, at))
			continue;
		bk_list_move(screen, (long)at - (long)chosen);
		if (back ? at > chosen : at < chosen)
			bk_screen_say(screen, "from the %s again", back ? "end" : "beginning");
		return;
	}
	bk_screen_say(screen, places != NULL && chosen < shown && is_unplaced(screen, places, chosen)
				      ? "no other place is unplaced"
				      : "no place is unplaced");
}

static void show_proof(struct bk_screen *screen)
{
	const size_t key = bk_list_chosen_key(screen);
	screen->merge_of = screen->merge_of == key ? SIZE_MAX : key;
	bk_pane_refill(screen);
}

/* Esc puts an unfolded proof away before it closes the pane. */
static bool put_proof_away(struct bk_screen *screen)
{
	if (screen->merge_of == SIZE_MAX)
		return false;
	screen->merge_of = SIZE_MAX;
	bk_pane_refill(screen);
	return true;
}

bool bk_merge_key(struct bk_screen *screen, struct bk_key pressed)
{
	if (pressed.mods != 0)
		return false;
	if (pressed.code >= '0' && pressed.code <= '9') {
		take(screen, (char)pressed.code);
		return true;
	}
	switch (pressed.code) {
	case 't': ask_number(screen); return true;
	case 'c': ask_which(screen); return true;
	case 'b': mark(screen, BK_PLACING_BRACKETED, BK_PROOF_KEPT, "stays in brackets"); return true;
	case 'd': mark(screen, BK_PLACING_DEFERRED, BK_PROOF_DEFERRED, "deferred"); return true;
	case 'p': show_proof(screen); return true;
	case 'n': walk(screen, false); return true;
	case 'N': walk(screen, true); return true;
	case BK_KEY_RIGHT: screen->merge_top++; return true;
	case BK_KEY_LEFT: screen->merge_top -= screen->merge_top > 0; return true;
	case BK_KEY_ESCAPE: return put_proof_away(screen);
	default: return false;
	}
}
