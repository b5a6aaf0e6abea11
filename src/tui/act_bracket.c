/* Acts that change brackets in the text: accept, delete, choose, bracket, propose, and how names are written. */
#include "tui/act.h"
#include "tui/motion.h"
#include "tui/screen.h"

int bk_act_make(struct bk_screen *screen, const bk_changes *changes, const char *what)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	size_t count;
	const struct bk_change *const list = bk_changes_list(changes, &count);
	const size_t at = count > 0 ? list[0].span.start : desk->view.cursor;
	const size_t before = desk->view.cursor;
	bk_text_break(desk->session->text);
	const int status = bk_screen_report(screen, bk_session_apply(desk->session, changes));
	bk_text_break(desk->session->text);
	if (status < 0)
		return status;
	if (count > 0)
		bk_desk_note_origin(desk, before);
	desk->view.anchor = BK_NOWHERE;
	desk->view.select = false;
	bk_screen_go(screen, at, false);
	bk_screen_say(screen, "%s; Ctrl-Z takes it back", what);
	return BK_OK;
}

/* The same; frees them. */
static int apply(struct bk_screen *screen, bk_changes *changes, const char *what)
{
	const int status = bk_act_make(screen, changes, what);
	bk_changes_free(changes);
	return status;
}

static void resolve(struct bk_screen *screen, enum bk_resolve act, size_t alternative, const char *what)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	unsigned here;
	bk_changes *changes;
	if (!bk_screen_may_change(screen) || !bk_act_here(screen, &here))
		return;
	const int status = bk_draft_resolve(desk->session->draft, here, act, alternative, &changes);
	if (bk_screen_report(screen, status) == BK_OK)
		apply(screen, changes, what);
}

static void accept(struct bk_screen *screen, int argument)
{
	(void)argument;
	resolve(screen, BK_RESOLVE_ACCEPT, 0, "accepted");
}

static void delete (struct bk_screen *screen, int argument)
{
	(void)argument;
	resolve(screen, BK_RESOLVE_DELETE, 0, "deleted");
}

static void choose(struct bk_screen *screen, int argument)
{
	struct bk_buf what = BK_BUF_INIT;
	bk_buf_printf(&what, "alternative %d chosen", argument);
	resolve(screen, BK_RESOLVE_CHOOSE, (size_t)argument, bk_buf_string(&what));
	bk_buf_release(&what);
}

static bool is_word_at(const bk_snapshot *snapshot, size_t offset)
{
	const char c = bk_motion_byte(snapshot, offset);
	return c != '\0' && bk_is_word(c);
}

/* What is selected, else the word at the cursor; empty, at the cursor, when there is neither. */
static struct bk_span words_here(const struct bk_desk *desk)
{
	const struct bk_span span = bk_view_selection(&desk->view);
	if (span.start < span.end)
		return span;
	const bk_snapshot *const now = bk_text_now(desk->session->text);
	size_t at = desk->view.cursor;
	/* Behind the last letter one still stands at the word. */
	if (!is_word_at(now, at))
		at = bk_motion_previous(now, at);
	if (!is_word_at(now, at))
		return span;
	return bk_motion_word_at(now, at);
}

static void complain_of_no_words(struct bk_screen *screen)
{
	bk_screen_complain(screen, "select words first (Shift-arrows or Ctrl-Space), or stand on a word");
}

static void bracket(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_desk *const desk = bk_screen_desk(screen);
	bk_changes *changes;
	if (!bk_screen_may_change(screen) || !bk_screen_fresh(screen))
		return;
	const struct bk_span span = words_here(desk);
	if (span.start == span.end) {
		complain_of_no_words(screen);
		return;
	}
	if (bk_screen_report(screen, bk_draft_bracket(desk->session->draft, span, NULL, &changes)) == BK_OK)
		apply(screen, changes, "bracketed");
}

/* ---- Proposing an alternative ---- */

static void proposed(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	bk_changes *changes;
	if (answer.len == 0 || !bk_screen_fresh(screen))
		return;
	const char *const party = bk_session_party(desk->session);
	const struct bk_span span = bk_view_selection(&desk->view);
	const uint32_t here = bk_desk_here(desk);
	const struct bk_span words = words_here(desk);
	int status;
	if (here == BK_NONE && words.start == words.end) {
		complain_of_no_words(screen);
		return;
	}
	if (span.start < span.end || here == BK_NONE)
		status = bk_draft_propose_span(desk->session->draft, words, party, answer.ptr, &changes);
	else
		status = bk_draft_propose(desk->session->draft, here, party, answer.ptr, &changes);
	if (bk_screen_report(screen, status) == BK_OK)
		apply(screen, changes, "proposed");
}

static void propose(struct bk_screen *screen, int argument)
{
	(void)argument;
	struct bk_desk *const desk = bk_screen_desk(screen);
	if (!bk_screen_may_change(screen) || !bk_screen_fresh(screen))
		return;
	const struct bk_span selected = bk_view_selection(&desk->view), words = words_here(desk);
	const bool here = bk_desk_here(desk) != BK_NONE;
	if (!here && words.start == words.end) {
		complain_of_no_words(screen);
		return;
	}
	struct bk_buf label = BK_BUF_INIT;
	const char *const party = bk_session_party(desk->session);
	bk_buf_printf(&label, "%s%salternative to %s:", party != NULL ? party : "", party != NULL ? ": " : "",
		selected.start < selected.end ? "the words selected"
		: here			      ? "this bracket"
					      : "the word here");
	bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&label), .answer = proposed});
	bk_buf_release(&label);
}

/* ---- Names in one notation ---- */

static void restyle(struct bk_screen *screen, enum bk_style style)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	bk_restyling *restyling;
	if (bk_screen_report(screen, bk_draft_restyle(desk->session->draft, style, NULL, 0, &restyling)) < 0)
		return;
	size_t count, left;
	struct bk_buf what = BK_BUF_INIT;
	bk_changes_list(bk_restyling_changes(restyling), &count);
	bk_restyling_left(restyling, &left);
	bk_buf_printf(&what, "names in style %s, %zu %s left as %s", bk_style_name(style), left,
		left == 1 ? "bracket" : "brackets", left == 1 ? "it is" : "they are");
	if (count > 0)
		bk_act_make(screen, bk_restyling_changes(restyling), bk_buf_string(&what));
	else
		bk_screen_say(screen, "%s; nothing changes", bk_buf_string(&what));
	bk_buf_release(&what);
	bk_restyling_free(restyling);
}

static void styled(struct bk_screen *screen, struct bk_str answer)
{
	enum bk_style style;
	if (!bk_screen_fresh(screen))
		return;
	if (bk_style_parse(answer.ptr, &style) && style != BK_STYLE_NONE)
		restyle(screen, style);
}

static void offer_styles(struct bk_screen *screen, struct bk_str typed)
{
	static const char *const details[] = {
		"[EU, AOSIS: text]", "[text] (EU, AOSIS)", "[text - EU, AOSIS]"};
	for (size_t i = 0; i < sizeof details / sizeof *details; i++) {
		const char *const name = bk_style_name((enum bk_style)i);
		const long score = bk_fuzzy_score(typed, bk_str_of(name));
		if (score >= 0)
			bk_prompt_offer(screen, name, details[i], NULL, score);
	}
}

static void ask_style(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (!bk_screen_may_change(screen) || !bk_screen_fresh(screen))
		return;
	bk_prompt_ask(screen, &(struct bk_question){.label = "names beside all brackets as:",
				      .offer = offer_styles,
				      .answer = styled,
				      .pick = true,
				      .only = true});
}

const struct bk_screen_act bk_acts_bracket[] = {
	{"accept", accept, 0},
	{"delete-bracket", delete, 0},
	{"choose-1", choose, 1},
	{"choose-2", choose, 2},
	{"choose-3", choose, 3},
	{"choose-4", choose, 4},
	{"choose-5", choose, 5},
	{"choose-6", choose, 6},
	{"choose-7", choose, 7},
	{"choose-8", choose, 8},
	{"choose-9", choose, 9},
	{"bracket-selection", bracket, 0},
	{"propose-alternative", propose, 0},
	{"attribute-all", ask_style, 0},
	{NULL, NULL, 0},
};
