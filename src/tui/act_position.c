/*
 * Taking positions: what my party says about the bracket under the cursor, asked for step by step.
 *
 *	Alt-o   [party]  ->  reason  ->  condition  ->  an event in the ledger
 */
#include "base/alloc.h"
#include "base/utf8.h"
#include "tui/act.h"
#include "tui/screen.h"

#include <string.h>

enum { MOST_CONDITIONS = 8 };

/* What is being said; one at a time, as there is one prompt. */
static struct {
	enum bk_event_act act;
	char party[64];
	char id[64];
	size_t alternative;
	struct bk_buf reason;
} pending;

static const char *verb(void)
{
	return bk_event_act_name(pending.act);
}

/* The bracket that was spoken of when the asking began, in the draft as it is now. */
static bool bracket_again(struct bk_screen *screen, uint32_t *out)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	return bk_screen_fresh(screen) &&
	       bk_screen_report(screen, bk_draft_find(desk->session->draft, pending.id, out)) == BK_OK;
}

/* As many clusters as fit into so many cells. */
static struct bk_str beginning(struct bk_str words, size_t cells)
{
	size_t at = 0;
	while (at < words.len) {
		const size_t size = bk_utf8_cluster(bk_str_skip(words, at));
		if (bk_utf8_string_width((struct bk_str){words.ptr, at + size}) > cells)
			break;
		at += size;
	}
	return (struct bk_str){words.ptr, at};
}

/* The beginning of the words of the bracket that is spoken of, on one line. */
static void put_words(struct bk_screen *screen, struct bk_buf *out)
{
	enum { MOST = 24 };
	const bk_draft *const draft = bk_screen_desk(screen)->session->draft;
	uint32_t index;
	size_t count, len;
	if (draft == NULL || bk_draft_find(draft, pending.id, &index) < 0)
		return;
	const struct bk_bracket *const bracket = &bk_draft_brackets(draft, &count)[index];
	const char *const bytes = bk_draft_bytes(draft, &len) + bracket->start;
	struct bk_buf words = BK_BUF_INIT;
	for (size_t i = 0; i < bracket->end - bracket->start; i++)
		bk_buf_putc(&words, bk_is_space(bytes[i]) ? ' ' : bytes[i]);
	const struct bk_str shown = beginning(bk_buf_str(&words), MOST);
	bk_buf_put_str(out, shown);
	bk_buf_puts(out, shown.len < words.len ? "…" : "");
	bk_buf_release(&words);
}

static bool stands_against(const struct bk_position *position)
{
	return strcmp(position->act, "object") == 0 || strcmp(position->act, "reserve") == 0;
}

/* "; BO, CU are against": who stands in the way of what was agreed. */
static void put_against(struct bk_screen *screen, struct bk_buf *out)
{
	enum { MOST = 6 };
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	uint32_t bracket;
	size_t count, told = 0;
	if (session->draft == NULL || session->positions == NULL ||
		bk_draft_find(session->draft, pending.id, &bracket) < 0)
		return;
	const struct bk_position *const list = bk_positions_of(session->positions, bracket, &count);
	for (size_t i = 0; i < count; i++) {
		if (!stands_against(&list[i]) || (i > 0 && strcmp(list[i].party, list[i - 1].party) == 0))
			continue;
		if (told < MOST)
			bk_buf_printf(out, "%s%s", told ? ", " : "; against: ", list[i].party);
		told++;
	}
	if (told > MOST)
		bk_buf_printf(out, " and %zu more", told - MOST);
}

/* How what was recorded is taken back: undo is of the text alone. */
static const char *way_back(const struct bk_statement *statement)
{
	if (statement->act == BK_EVENT_STATUS)
		return strcmp(statement->value, bk_span_status_name(BK_STATUS_REOPENED)) == 0
			       ? ""
			       : "; Alt-g reopens";
	return statement->act == BK_EVENT_CLASSIFY || statement->act == BK_EVENT_WITHDRAW
		       ? ""
		       : "; Alt-w withdraws";
}

/* What was said about which words: a status and a class are named themselves, an act by its verb. */
static void say_recorded(struct bk_screen *screen, const struct bk_statement *statement)
{
	struct bk_buf words = BK_BUF_INIT, against = BK_BUF_INIT;
	const bool named = statement->act == BK_EVENT_STATUS || statement->act == BK_EVENT_CLASSIFY;
	put_words(screen, &words);
	if (statement->act == BK_EVENT_STATUS)
		put_against(screen, &against);
	if (words.len > 0)
		bk_screen_say(screen, "%s%s%s recorded on %s %s%s%s",
			statement->party != NULL ? statement->party : "",
			statement->party != NULL ? ": " : "",
			named ? statement->value : bk_event_act_name(statement->act), pending.id,
			bk_buf_string(&words), bk_buf_string(&against), way_back(statement));
	bk_buf_release(&words);
	bk_buf_release(&against);
}

static void state(struct bk_screen *screen, const struct bk_statement *statement)
{
	struct bk_desk *const desk = bk_screen_desk(screen);
	uint32_t bracket;
	if (!bracket_again(screen, &bracket))
		return;
	if (bk_screen_report(screen, bk_session_record(desk->session, bracket, statement)) < 0)
		return;
	/* It is recorded, whether or not one waits until the draft shows it. */
	(void)bk_screen_fresh(screen);
	desk->spoken = statement->party != NULL && statement->act != BK_EVENT_WITHDRAW;
	desk->spoken_version = bk_text_version(desk->session->text);
	say_recorded(screen, statement);
}

/* "if 9 > 2 deleted" is the same as "9 > 2 deleted": the question has said if already. */
static struct bk_str without_if(struct bk_str condition)
{
	const struct bk_str trimmed = bk_str_trim(condition);
	return bk_str_starts_nocase(trimmed, BK_STR("if ")) ? bk_str_trim(bk_str_skip(trimmed, 3)) : trimmed;
}

/* Conditions are parted by semicolons. */
static void conditioned(struct bk_screen *screen, struct bk_str answer)
{
	char *const copy = bk_memdup(answer.ptr, answer.len);
	const char *conditions[MOST_CONDITIONS + 1] = {NULL};
	size_t count = 0;
	if (copy == NULL)
		return;
	char *rest = copy, *part;
	while ((part = strsep(&rest, ";")) != NULL && count < MOST_CONDITIONS) {
		const struct bk_str trimmed = without_if(bk_str_of(part));
		part[trimmed.ptr - part + (long)trimmed.len] = '\0';
		if (trimmed.len > 0)
			conditions[count++] = trimmed.ptr;
	}
	state(screen, &(struct bk_statement){
			      .act = pending.act,
			      .party = pending.party,
			      .alternative = pending.alternative,
			      .reason = bk_buf_string(&pending.reason),
			      .conditions = conditions,
		      });
	bk_free(copy);
}

static void reasoned(struct bk_screen *screen, struct bk_str answer)
{
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_clear(&pending.reason);
	bk_buf_put_str(&pending.reason, answer);
	if (pending.act == BK_EVENT_WITHDRAW) { /* what is taken back has no condition */
		conditioned(screen, BK_STR(""));
		return;
	}
	bk_buf_printf(&label, "%s: %s %s ", pending.party, verb(), pending.id);
	put_words(screen, &label);
	bk_buf_puts(&label, ", if (as \"9 > 2 deleted\"; empty: always):");
	bk_prompt_ask(screen, &(struct bk_question){.label = bk_buf_string(&label), .answer = conditioned});
	bk_buf_release(&label);
}

/* Reasons given before in this draft, the newest first: they recur. */
static void offer_reasons(struct bk_screen *screen, struct bk_str typed)
{
	enum { MOST = 8 };
	const struct bk_desk *const desk = bk_screen_desk(screen);
	size_t count, offered = 0;
	if (typed.len == 0 || desk->session->ledger == NULL)
		return;
	const struct bk_event *const events = bk_ledger_events(desk->session->ledger, &count);
	for (size_t i = count; i > 0 && offered < MOST; i--) {
		const struct bk_event *const event = &events[i - 1];
		if (event->reason[0] == '\0' || !bk_str_starts_nocase(bk_str_of(event->reason), typed))
			continue;
		bk_prompt_offer(screen, event->reason, event->party, NULL, 0);
		offered++;
	}
}

static void ask_reason(struct bk_screen *screen)
{
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(&label, "%s: %s %s ", pending.party, verb(), pending.id);
	put_words(screen, &label);
	bk_buf_puts(&label, ", reason:");
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = bk_buf_string(&label),
				      .offer = offer_reasons,
				      .answer = reasoned,
			      });
	bk_buf_release(&label);
}

/* ---- Whose position ---- */

static void offer_parties(struct bk_screen *screen, struct bk_str typed)
{
	enum { MOST = 60 };
	const bk_roster *const roster = bk_screen_desk(screen)->session->roster;
	size_t count;
	if (roster == NULL || typed.len == 0)
		return;
	const struct bk_party *const parties = bk_roster_parties(roster, &count);
	for (size_t i = 0; i < count && screen->prompt.offers.len < MOST; i++) {
		const long code = bk_fuzzy_score(typed, bk_str_of(parties[i].code));
		const long name = bk_fuzzy_score(typed, bk_str_of(parties[i].name));
		if (code >= 0 || name >= 0)
			bk_prompt_offer(screen, parties[i].code, parties[i].name,
				parties[i].group ? "group" : "", code * 2 > name ? code * 2 : name);
	}
}

static bool set_party(struct bk_screen *screen, struct bk_str name)
{
	const bk_roster *const roster = bk_screen_desk(screen)->session->roster;
	const struct bk_party *const party = bk_roster_find(roster, name.ptr, name.len);
	const size_t len = party != NULL ? strlen(party->code) : 0;
	if (party == NULL || len >= sizeof pending.party) {
		bk_screen_complain(screen, "no party '%.*s' in the roster: erase it to see all",
			(int)name.len, name.ptr);
		return false;
	}
	memcpy(pending.party, party->code, len + 1);
	return true;
}

static void ask_party(struct bk_screen *screen, const char *initial);

/* An answer that is no party stays in the question, or what is typed next would go into the draft. */
static void named(struct bk_screen *screen, struct bk_str answer)
{
	if (set_party(screen, answer)) {
		ask_reason(screen);
		return;
	}
	ask_party(screen, answer.ptr);
	bk_screen_complain(
		screen, "no party '%.*s' in the roster: erase it to see all", (int)answer.len, answer.ptr);
}

static void ask_party(struct bk_screen *screen, const char *initial)
{
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = "for which party? (the setting bracked.party spares this):",
				      .initial = initial,
				      .offer = offer_parties,
				      .answer = named,
				      .pick = true,
			      });
}

/* The alternative inside one bracket that the cursor stands in; 0: the bracket as a whole. */
static size_t alternative_here(const struct bk_desk *desk, uint32_t here)
{
	size_t count;
	const struct bk_alternative *const list = bk_draft_alternatives(desk->session->draft, here, &count);
	for (size_t i = 0; i < count; i++)
		if (list[i].bracket == here && desk->view.cursor >= list[i].span.start &&
			desk->view.cursor <= list[i].span.end && count > 1 &&
			(i + 1 < count ? list[i + 1].bracket == here : list[i - 1].bracket == here))
			return i + 1;
	return 0;
}

static bool begin(struct bk_screen *screen, enum bk_event_act act)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	unsigned here;
	size_t count;
	if (!bk_screen_may_change(screen) || !bk_act_here(screen, &here))
		return false;
	const char *const id = bk_draft_brackets(desk->session->draft, &count)[here].id;
	const size_t len = strlen(id);
	if (len >= sizeof pending.id)
		return false;
	memcpy(pending.id, id, len + 1);
	pending.act = act;
	pending.alternative = alternative_here(desk, here);
	return true;
}

static void position(struct bk_screen *screen, int argument)
{
	if (!begin(screen, (enum bk_event_act)argument))
		return;
	const char *const party = bk_session_party(bk_screen_desk(screen)->session);
	if (party == NULL)
		ask_party(screen, pending.party);
	else if (set_party(screen, bk_str_of(party)))
		ask_reason(screen);
}

/* ---- Status and class ---- */

static void toggle_agreed(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (!begin(screen, BK_EVENT_STATUS))
		return;
	uint32_t here;
	if (!bracket_again(screen, &here))
		return;
	const bool agreed = bk_desk_marks(bk_screen_desk(screen), here) & BK_MARK_AGREED;
	state(screen,
		&(struct bk_statement){
			.act = BK_EVENT_STATUS,
			.value = bk_span_status_name(agreed ? BK_STATUS_REOPENED : BK_STATUS_AD_REFERENDUM),
		});
}

static void ask_class(struct bk_screen *screen, const char *initial);

static void classified(struct bk_screen *screen, struct bk_str answer)
{
	enum bk_class class;
	enum bk_choice choice;
	if (!bk_class_parse(answer.ptr, &class) && !bk_choice_parse(answer.ptr, &choice)) {
		ask_class(screen, answer.ptr);
		bk_screen_complain(screen, "no class and no choice '%.*s': erase it to see all",
			(int)answer.len, answer.ptr);
		return;
	}
	state(screen, &(struct bk_statement){.act = BK_EVENT_CLASSIFY, .value = answer.ptr});
}

static void offer_classes(struct bk_screen *screen, struct bk_str typed)
{
	static const char *const words[][2] = {
		{"disputed", "an open point"},
		{"placeholder", "waits for a number, a date, a name"},
		{"note", "a message to the drafters"},
		{"reference", "a footnote mark or link"},
		{"status", "says what is agreed"},
		{"one", "of its group exactly one stands"},
		{"independent", "each of its group stands or falls alone"},
		{"undecided", "nobody has said"},
	};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		const long score = bk_fuzzy_score(typed, bk_str_of(words[i][0]));
		if (score >= 0)
			bk_prompt_offer(screen, words[i][0], words[i][1], NULL, score);
	}
}

static void ask_class(struct bk_screen *screen, const char *initial)
{
	struct bk_buf label = BK_BUF_INIT;
	bk_buf_printf(&label, "what is %s ", pending.id);
	put_words(screen, &label);
	bk_buf_putc(&label, '?');
	bk_prompt_ask(screen, &(struct bk_question){
				      .label = bk_buf_string(&label),
				      .initial = initial,
				      .offer = offer_classes,
				      .answer = classified,
				      .pick = true,
			      });
	bk_buf_release(&label);
}

static void classify(struct bk_screen *screen, int argument)
{
	(void)argument;
	if (begin(screen, BK_EVENT_CLASSIFY))
		ask_class(screen, "");
}

const struct bk_screen_act bk_acts_position[] = {
	{"object", position, BK_EVENT_OBJECT},
	{"support", position, BK_EVENT_SUPPORT},
	{"reserve", position, BK_EVENT_RESERVE},
	{"withdraw", position, BK_EVENT_WITHDRAW},
	{"accept-position", position, BK_EVENT_ACCEPT},
	{"agree-toggle", toggle_agreed, 0},
	{"classify-bracket", classify, 0},
	{NULL, NULL, 0},
};
