/* The law of streamlining: see streamlined.h for what has to hold. */
#include "lib/streamlined.h"

#include "base/utf8.h"
#include "draft/spelling.h"
#include "lib/changed.h"

#include <bracked/ledger.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bk_draft *read_text(const struct streamlined *run, struct bk_str bytes)
{
	bk_draft *draft = NULL;
	bk_text *text = NULL;

	run->stop_if(bk_text_new(&text, bytes.ptr, bytes.len) < 0, "a text can be made of any bytes");
	run->stop_if(
		bk_draft_new(&draft, bk_text_now(text), run->options) < 0, "a draft can be made of any text");
	bk_text_free(text);
	return draft;
}

static bool is_act(const struct streamlined *run, const char *act)
{
	return strcmp(run->tidying->name, act) == 0;
}

/* ---- Readings ---------------------------------------------------------------------------------------- */

/* What is left open is accepted, and of a choice in which nothing is taken the first that is not deleted. */
static void settle(const bk_draft *draft, uint8_t *decisions)
{
	size_t count, groups;
	const struct bk_bracket *list = bk_draft_brackets(draft, &count);
	bool *taken = (bk_draft_groups(draft, &groups), calloc(groups + 1, sizeof *taken));

	for (size_t i = 0; taken && i < count; i++)
		taken[list[i].group] |= decisions[i] == BK_DECISION_ACCEPT;
	for (size_t i = 0; taken && i < count; i++) {
		const bool one = list[i].group > 0 && list[i].choice == BK_CHOICE_ONE;

		if (decisions[i] != BK_DECISION_LEAVE || list[i].BK_MEMBER_CLASS != BK_CLASS_DISPUTED)
			continue;
		decisions[i] = one && taken[list[i].group] ? BK_DECISION_DELETE : BK_DECISION_ACCEPT;
		taken[list[i].group] = true;
	}
	free(taken);
}

/* What a party wants done with each bracket, as far as the text says. */
static uint8_t *wish_of(const struct streamlined *run, const bk_draft *draft, const char *party)
{
	const struct bk_positions_query query = {.party = party};
	bk_positions *positions;
	bk_binding *binding;
	bk_ledger *ledger;
	uint8_t *decisions;
	size_t count;

	bk_draft_brackets(draft, &count);
	decisions = calloc(count + 1, 1);
	run->stop_if(!decisions || bk_ledger_new(&ledger) < 0 || bk_binding_new(&binding, ledger, draft) < 0,
		"an empty ledger binds to any draft");
	run->stop_if(bk_positions_derive(&positions, draft, binding, ledger, run->roster, &query) < 0 ||
			     bk_positions_decide(positions, draft, run->roster, party, decisions) < 0,
		"a party wants something of any draft");
	bk_positions_free(positions);
	bk_binding_free(binding);
	bk_ledger_free(ledger);
	settle(draft, decisions);
	return decisions;
}

/* Where an offset stands after changes; BK_NOWHERE when it was replaced. */
static size_t moved(const bk_changes *changes, size_t offset)
{
	size_t count, now = offset;
	const struct bk_change *list = bk_changes_list(changes, &count);

	for (size_t i = 0; i < count && list[i].span.start <= offset; i++) {
		if (offset < list[i].span.end)
			return BK_NOWHERE;
		now = now + list[i].len - (list[i].span.end - list[i].span.start);
	}
	return now;
}

/* Of doubled brackets the one that goes belongs to the one that stays; of those agreed the words stand. */
static uint32_t heir_of(const bk_streamline *streamline, uint32_t bracket)
{
	size_t count;
	const struct bk_suggestion *list = bk_streamline_list(streamline, &count);

	for (size_t i = 0; i < count; i++) {
		for (size_t n = 0; n < list[i].heir_count; n++) {
			if (list[i].heirs[n].bracket == bracket && list[i].heirs[n].heir != bracket)
				return heir_of(streamline, list[i].heirs[n].heir);
		}
	}
	return bracket;
}

/* Decisions of the text after a fold, taken of the brackets before it. */
static uint8_t *unfold(const bk_draft *old, const bk_streamline *streamline, const bk_changes *changes,
	const bk_draft *now, const uint8_t *decisions)
{
	size_t before, after;
	const struct bk_bracket *was = bk_draft_brackets(old, &before), *is = bk_draft_brackets(now, &after);
	uint8_t *out = calloc(before + 1, sizeof *out);

	for (uint32_t i = 0; out && i < before; i++) {
		const uint32_t heir = heir_of(streamline, i);
		const size_t start = moved(changes, was[heir].start);
		const uint32_t bracket = start == BK_NOWHERE ? BK_NONE : bk_draft_bracket_from(now, start);

		out[i] = bracket < after && is[bracket].start == start ? decisions[bracket]
								       : BK_DECISION_ACCEPT;
	}
	return out;
}

/* One way to read a draft. */
struct view {
	enum bk_reading_kind kind;
	const uint8_t *decisions; /* of BK_READING_DECIDED */
};

static bk_reading *view_as(const struct streamlined *run, const bk_draft *draft, struct view view)
{
	bk_reading *reading;

	run->stop_if(bk_draft_read(draft, view.kind, view.decisions, &reading) < 0, "any draft can be read");
	return reading;
}

/* Letters and digits of ASCII: whether a blank belongs beside others the bytes do not tell. */
static bool is_word(struct bk_str bytes, size_t at)
{
	return at < bytes.len && (bk_is_alpha(bytes.ptr[at]) || bk_is_digit(bytes.ptr[at]));
}

/*
 * The words of a reading, with one blank between two where some are; those beside punctuation count for nothing.
 * Nor do capitals where words went before them, and of the agreed reading nor does punctuation, which can go with
 * a line.
 */
static void put_words(
	const struct streamlined *run, const bk_draft *draft, struct view view, struct bk_buf *out)
{
	bk_reading *reading = view_as(run, draft, view);
	struct bk_str bytes;

	bytes.ptr = bk_reading_bytes(reading, &bytes.len);
	for (size_t i = 0; i < bytes.len; i++) {
		const bool apart = i > 0 && (view.kind == BK_READING_AGREED ? !is_word(bytes, i - 1)
									    : bk_is_space(bytes.ptr[i - 1]));

		if (bk_is_space(bytes.ptr[i]) || (view.kind == BK_READING_AGREED && !is_word(bytes, i)))
			continue;
		if (apart && is_word(bytes, i) && is_word(bk_buf_str(out), out->len - 1))
			bk_buf_putc(out, ' ');
		bk_buf_putc(out, view.kind == BK_READING_CLEAN ? bytes.ptr[i] : bk_to_lower(bytes.ptr[i]));
	}
	bk_reading_free(reading);
}

/* What a reading comes to be when the changes are made in the bytes that it takes of the text. */
static void put_changed(
	const bk_draft *draft, bk_reading *reading, const bk_changes *changes, struct bk_buf *out)
{
	size_t pieces, count, len, at = 0, next = 0;
	const struct bk_reading_piece *list = bk_reading_pieces(reading, &pieces);
	const struct bk_change *change = bk_changes_list(changes, &count);
	const char *bytes = bk_reading_bytes(reading, &len), *text = bk_draft_bytes(draft, &(size_t){0});

	bk_buf_clear(out);
	for (size_t i = 0; i < pieces; i++) {
		size_t from = list[i].source;
		const size_t end = from + list[i].len;

		bk_buf_put(out, bytes + at, list[i].at - at);
		at = list[i].at + list[i].len;
		for (; next < count && change[next].span.start < end; next++) {
			if (change[next].span.start < from)
				continue;
			bk_buf_put(out, text + from, change[next].span.start - from);
			bk_buf_put(out, change[next].bytes, change[next].len);
			from = change[next].span.end;
		}
		if (end > from)
			bk_buf_put(out, text + from, end - from);
	}
	bk_buf_put(out, bytes + at, len - at);
}

/* Whether a byte can be taken for part of a word: no blank, no bracket, and nothing that ends a sentence. */
static bool is_part(struct bk_str bytes, size_t at)
{
	return at < bytes.len && bytes.ptr[at] && !bk_is_space(bytes.ptr[at]) &&
	       !strchr("[](),;:.", bytes.ptr[at]);
}

/* Whether a word stands right beside a bracket somewhere: with it, what is in the bracket is one word or two. */
static bool is_glued(const bk_draft *draft)
{
	struct bk_str bytes;

	bytes.ptr = bk_draft_bytes(draft, &bytes.len);
	for (size_t i = 1; i < bytes.len; i++) {
		if ((bytes.ptr[i - 1] == ']' && is_part(bytes, i)) ||
			(bytes.ptr[i] == '[' && is_part(bytes, i - 1)))
			return true;
	}
	return false;
}

/* Whether two texts have the same letters, in the same order. */
static bool same_letters(struct bk_str a, struct bk_str b)
{
	size_t x = 0, y = 0;

	for (;; x++, y++) {
		while (x < a.len && !bk_is_alpha(a.ptr[x]))
			x++;
		while (y < b.len && !bk_is_alpha(b.ptr[y]))
			y++;
		if (x == a.len || y == b.len)
			return x == a.len && y == b.len;
		if (a.ptr[x] != b.ptr[y])
			return false;
	}
}

/* Whether all letters of a stand in b, in the same order; a capital may have become a small letter. */
static bool holds(struct bk_str a, struct bk_str b)
{
	size_t at = 0;

	for (size_t i = 0; i < a.len; i++) {
		if (!bk_is_alpha(a.ptr[i]))
			continue;
		while (at < b.len && bk_to_lower(b.ptr[at]) != bk_to_lower(a.ptr[i]))
			at++;
		if (at++ >= b.len)
			return false;
	}
	return true;
}

/* The next line that says something besides a number; empty at the end. */
static struct bk_str next_line(struct bk_str *rest)
{
	while (rest->len) {
		const struct bk_str line = {rest->ptr, bk_str_find(*rest, '\n')};

		*rest = bk_str_skip(*rest, line.len + 1);
		for (size_t i = 0; i < line.len; i++)
			if (bk_is_alpha(line.ptr[i]) || (unsigned char)line.ptr[i] >= 0x80)
				return line;
	}
	return *rest;
}

static bool same_lines(struct bk_str a, struct bk_str b)
{
	struct bk_str x, y;

	do {
		x = next_line(&a);
		y = next_line(&b);
	} while (x.len && bk_str_equal(x, y));
	return !x.len && !y.len;
}

/* ---- What has to hold -------------------------------------------------------------------------------- */

/* One act on one text. */
struct act {
	struct streamlined *run;
	const bk_draft *old, *now;
	const bk_streamline *streamline;
	const bk_changes *changes;
	bool agreed; /* the ledger says something */
};

/* Of words that somebody holds without a name, and of words that are agreed, some stand that stood in brackets. */
static bool may_grow(const struct act *act, struct view view)
{
	return view.kind == BK_READING_AGREED && (act->agreed || is_act(act->run, "lift"));
}

static void compare_words(const struct act *act, struct view before, struct view after, const char *name)
{
	struct bk_buf was = BK_BUF_INIT, is = BK_BUF_INIT;
	bool same;

	put_words(act->run, act->old, before, &was);
	put_words(act->run, act->now, after, &is);
	const struct bk_str old = bk_buf_str(&was), now = bk_buf_str(&is);
	const bool joins = is_act(act->run, "join");
	const bool glued = before.decisions && is_glued(act->old);

	same = bk_str_equal(old, now) || (may_grow(act, before) && holds(old, now)) ||
	       (joins && (glued || bk_spelling_same(old, now) || same_letters(old, now))) ||
	       (glued && same_letters(old, now));
	if (!same)
		fprintf(stderr, "%s, %s\nbefore:\n%s\nafter:\n%s\n", act->run->tidying->name, name,
			bk_buf_string(&was), bk_buf_string(&is));
	act->run->stop_if(!same, "the words of a reading stay");
	bk_buf_release(&was);
	bk_buf_release(&is);
}

static void compare_numbers(const struct act *act, struct view view, struct view after, const char *name)
{
	bk_reading *before = view_as(act->run, act->old, view);
	bk_reading *now = view_as(act->run, act->now, after);
	struct bk_buf expected = BK_BUF_INIT;
	struct bk_str is;

	bool same;

	put_changed(act->old, before, act->changes, &expected);
	is.ptr = bk_reading_bytes(now, &is.len);
	/* Where words went, a paragraph that comes to stand beside the one above leaves that nothing but its
	 * number, which goes. */
	same = bk_str_equal(bk_buf_str(&expected), is) ||
	       (view.kind == BK_READING_CLEAN ? same_lines(bk_buf_str(&expected), is)
					      : same_letters(bk_buf_str(&expected), is));
	if (!same)
		fprintf(stderr, "%s, %s\nexpected:\n%s\nis:\n%.*s\n", act->run->tidying->name, name,
			bk_buf_string(&expected), (int)is.len, is.ptr);
	act->run->stop_if(!same, "a reading stays but for its numbers");
	bk_reading_free(before);
	bk_reading_free(now);
	bk_buf_release(&expected);
}

static void compare(const struct act *act, struct view before, struct view after, const char *name)
{
	act->run->readings++;
	if (is_act(act->run, "options") || is_act(act->run, "renumber"))
		compare_numbers(act, before, after, name);
	else
		compare_words(act, before, after, name);
}

static void compare_kind(const struct act *act, enum bk_reading_kind kind, const char *name)
{
	const struct view view = {kind, NULL};

	compare(act, view, view, name);
}

static void compare_party(const struct act *act, const char *party)
{
	uint8_t *before = wish_of(act->run, act->old, party);
	uint8_t *after = wish_of(act->run, act->now, party);

	if (is_act(act->run, "fold")) {
		free(before);
		before = unfold(act->old, act->streamline, act->changes, act->now, after);
	}
	compare(act, (struct view){BK_READING_DECIDED, before}, (struct view){BK_READING_DECIDED, after},
		party);
	free(before);
	free(after);
}

/* Whether a party stands beside several alternatives of one choice: then their order says which it is given, and those
 * that are joined stand where the first of them stood. */
static bool wants_several(const bk_draft *draft, const char *party)
{
	size_t count, groups;
	const struct bk_bracket *list = bk_draft_brackets(draft, &count);
	const struct bk_attribution *names = bk_draft_attributions(draft, &(size_t){0});
	uint32_t *bracket = (bk_draft_groups(draft, &groups), calloc(groups + 1, sizeof *bracket));
	bool several = false;

	for (uint32_t i = 0; bracket && i < count; i++) {
		for (uint32_t n = 0; n < list[i].attribution_count && list[i].group; n++) {
			if (strcmp(names[list[i].attribution + n].party, party) != 0)
				continue;
			several |= bracket[list[i].group] && bracket[list[i].group] != i + 1;
			bracket[list[i].group] = i + 1;
		}
	}
	free(bracket);
	return several;
}

/* The readings of each party that is named, once. */
static void compare_parties(const struct act *act)
{
	size_t count;
	const struct bk_attribution *list = bk_draft_attributions(act->old, &count);

	for (size_t i = 0; i < count; i++) {
		bool again = false;

		for (size_t n = 0; n < i && !again; n++)
			again = strcmp(list[n].party, list[i].party) == 0;
		if (!again && !(is_act(act->run, "join") && wants_several(act->old, list[i].party)))
			compare_party(act, list[i].party);
	}
}

static void compare_balance(const struct streamlined *run, const bk_draft *old, const bk_draft *now)
{
	size_t before, after;
	const struct bk_unmatched *was = bk_draft_unmatched(old, &before),
				  *is = bk_draft_unmatched(now, &after);

	run->stop_if(before != after, "brackets balance as before");
	for (size_t i = 0; i < before && i < after; i++)
		run->stop_if(was[i].open != is[i].open || was[i].brace != is[i].brace,
			"the same brackets have no partner");
}

/* Made and taken back. */
static void take_back(
	const struct streamlined *run, struct bk_str bytes, const bk_changes *changes, struct bk_buf *out)
{
	bk_text *text = NULL;
	size_t count, len;
	const struct bk_change *list = bk_changes_list(changes, &count);
	const char *is;

	run->stop_if(bk_text_new(&text, bytes.ptr, bytes.len) < 0, "a text can be made of any bytes");
	run->stop_if(bk_text_apply(text, list, count) < 0, "changes can be made");
	bk_buf_clear(out);
	run->stop_if(bk_snapshot_flat(bk_text_now(text), &is, &len) < 0, "a text can be read");
	bk_buf_put(out, is, len);
	if (count > 0)
		run->stop_if(bk_text_undo(text, &(size_t){0}) < 0, "a step can be undone");
	run->stop_if(bk_snapshot_flat(bk_text_now(text), &is, &len) < 0, "a text can be read");
	run->stop_if(!bk_str_equal((struct bk_str){is, len}, bytes), "undo gives the text back to the byte");
	bk_text_free(text);
}

enum { LIFTS = 8 };

/* At once, but for lift: words that are lifted out of a choice within an alternative stand at the end of that, where
 * they may be common to all alternatives round it.  That comes to an end. */
static void do_again(const struct streamlined *run, struct bk_str bytes)
{
	const size_t rounds = is_act(run, "lift") ? LIFTS : 1;
	struct bk_buf texts[2] = {BK_BUF_INIT, BK_BUF_INIT};
	size_t count = 1;

	for (size_t round = 0; count > 0 && round < rounds; round++) {
		bk_draft *draft = read_text(run, round > 0 ? bk_buf_str(&texts[round % 2]) : bytes);
		bk_streamline *again;
		bk_changes *changes;

		run->stop_if(bk_streamline_new(&again, draft, run->tidying, NULL) < 0,
			"any draft can be streamlined");
		run->stop_if(bk_streamline_changes(again, NULL, &changes) < 0, "suggestions can be done");
		bk_streamline_list(again, &count);
		changed_put(draft, changes, &texts[(round + 1) % 2]);
		bk_changes_free(changes);
		bk_streamline_free(again);
		bk_draft_free(draft);
	}
	if (count > 0)
		fprintf(stderr, "%s, again\n", run->tidying->name);
	run->stop_if(count > 0, "the act done again finds nothing");
	bk_buf_release(&texts[0]);
	bk_buf_release(&texts[1]);
}

/* One act on one text; agreed may be NULL.  `out` is the text after it. */
static void do_act(struct streamlined *run, struct bk_str bytes, const bool *agreed, struct bk_buf *out)
{
	const struct bk_streamline_terms terms = {.agreed = agreed};
	bk_draft *old = read_text(run, bytes), *now;
	bk_streamline *streamline;
	bk_changes *changes;
	size_t count, left;

	run->stop_if(bk_streamline_new(&streamline, old, run->tidying, &terms) < 0,
		"any draft can be streamlined");
	run->stop_if(bk_streamline_changes(streamline, NULL, &changes) < 0, "suggestions can be done");
	bk_streamline_list(streamline, &count);
	bk_streamline_left(streamline, &left);
	run->texts++;
	run->done += count;
	run->left += left;
	take_back(run, bytes, changes, out);
	now = read_text(run, bk_buf_str(out));
	if (count > 0) {
		const struct act act = {run, old, now, streamline, changes, agreed != NULL};

		compare_balance(run, old, now);
		compare_kind(&act, BK_READING_CLEAN, "clean");
		compare_kind(&act, BK_READING_AGREED, "agreed");
		compare_parties(&act);
		if (!agreed)
			do_again(run, bk_buf_str(out));
	}
	bk_draft_free(now);
	bk_changes_free(changes);
	bk_streamline_free(streamline);
	bk_draft_free(old);
}

/* Every third bracket or so, the same ones for the same words. */
static bool *agree_some(const struct streamlined *run, struct bk_str bytes)
{
	bk_draft *draft = read_text(run, bytes);
	size_t count;
	const struct bk_bracket *list = bk_draft_brackets(draft, &count);
	bool *agreed = calloc(count + 1, sizeof *agreed);

	for (size_t i = 0; agreed && i < count; i++)
		agreed[i] = (list[i].end - list[i].start) % 3 == 0;
	bk_draft_free(draft);
	return agreed;
}

/* Each act on the text as it is. */
void streamlined_round(struct streamlined *run, struct bk_str bytes)
{
	struct bk_buf out = BK_BUF_INIT;
	bool *agreed = agree_some(run, bytes);

	for (run->tidying = bk_tidyings; run->tidying->name; run->tidying++)
		do_act(run, bytes, NULL, &out);
	run->tidying = bk_tidying_find("fold");
	do_act(run, bytes, agreed, &out);
	free(agreed);
	bk_buf_release(&out);
}
