/* Places of a merge are followed through what happens to its compilation. */
#include "app/placing.h"
#include "base/alloc.h"
#include "lib/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char base[] = "1. Parties shall act promptly.\n\n2. They report.\n\n3. The Board meets.\n";
static const char eu[] = "1. Parties should act.\n\n2. They report.\n\n3. The Board meets.\n";
static const char us[] = "1. Parties may act promptly.\n\n2. They shall report.\n\n3. The Board meets.\n";

static char state_folder[128], draft_name[128], proof_name[128];

static void write_file(const char *name, const char *bytes, size_t len)
{
	assert_int_equal(
		bk_file_replace_bytes(name, (struct bk_str){bytes, len}, NULL, BK_REPLACE_FORCE, NULL),
		BK_OK);
}

static void write_merge_in(
	enum bk_style style, const char *base_text, const char *eu_text, const char *us_text)
{
	const struct bk_version versions[] = {
		{"EU", "eu.txt", eu_text, strlen(eu_text)}, {"US", "us.txt", us_text, strlen(us_text)}};
	bk_merge *merge;
	char *json;
	size_t len;
	const char *bytes;

	assert_int_equal(bk_merge_new(&merge, base_text, strlen(base_text), versions, 2,
				 &(struct bk_merge_options){.style = style}),
		BK_OK);
	bytes = bk_merge_bytes(merge, &len);
	write_file(draft_name, bytes, len);
	assert_int_equal(bk_merge_prove(merge, "all.txt", "base.txt", &json, &len), BK_OK);
	write_file(proof_name, json, len);
	bk_proof_free_bytes(json);
	bk_merge_free(merge);
}

static void write_merge_of(const char *base_text, const char *eu_text, const char *us_text)
{
	write_merge_in(BK_STYLE_PREFIX, base_text, eu_text, us_text);
}

/* `[shall][EU: should][US: may]`, `[EU delete: promptly]`, `[US: shall]`. */
static void write_merge(void)
{
	write_merge_of(base, eu, us);
}

static struct bk_session *open_session(void)
{
	struct bk_session *session;

	const struct bk_session_options options = {.state_folder = state_folder};

	assert_int_equal(bk_session_open(&session, draft_name, BK_SESSION_CHANGE, &options), BK_OK);
	return session;
}

static int open_placing(const struct bk_session *session, bk_placing **placing)
{
	const struct bk_placing_source source = bk_placing_source(session);

	return bk_placing_open(placing, &source);
}

static bk_placing *look(struct bk_session *session)
{
	bk_placing *placing;

	assert_int_equal(bk_session_refresh(session), BK_OK);
	assert_int_equal(open_placing(session, &placing), BK_OK);
	return placing;
}

static void assert_states(
	struct bk_session *session, const enum bk_placing_state expected[3], size_t unplaced)
{
	bk_placing *placing = look(session);
	size_t count;
	const struct bk_placing_place *places = bk_placing_places(placing, &count);

	assert_int_equal(count, 3);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(places[i].state, expected[i]);
	assert_int_equal(bk_placing_count(placing).unplaced, unplaced);
	bk_placing_free(placing);
}

static void resolve(struct bk_session *session, size_t place, enum bk_resolve act, size_t number)
{
	bk_placing *placing = look(session);
	size_t count;
	bk_changes *changes;

	assert_int_equal(bk_draft_resolve(session->draft, bk_placing_places(placing, &count)[place].bracket,
				 act, number, &changes),
		BK_OK);
	assert_int_equal(bk_session_apply(session, changes), BK_OK);
	bk_changes_free(changes);
	bk_placing_free(placing);
}

static void what_is_settled_is_taken_and_what_is_undone_is_not(void **state)
{
	struct bk_session *session = open_session();
	(void)state;

	assert_states(session, (enum bk_placing_state[]){0, 0, 0}, 3);
	resolve(session, 0, BK_RESOLVE_CHOOSE, 2);
	assert_states(session, (enum bk_placing_state[]){BK_PLACING_TAKEN, 0, 0}, 2);
	resolve(session, 1, BK_RESOLVE_DELETE, 0);
	resolve(session, 2, BK_RESOLVE_ACCEPT, 0);
	assert_states(
		session, (enum bk_placing_state[]){BK_PLACING_TAKEN, BK_PLACING_TAKEN, BK_PLACING_TAKEN}, 0);
	assert_int_equal(bk_text_undo(session->text, NULL), BK_OK);
	assert_states(session, (enum bk_placing_state[]){BK_PLACING_TAKEN, BK_PLACING_TAKEN, 0}, 1);
	bk_session_free(session);
}

static void a_place_says_who_won(void **state)
{
	struct bk_session *session = open_session();
	bk_placing *placing;
	size_t count;
	(void)state;

	resolve(session, 0, BK_RESOLVE_CHOOSE, 3);
	placing = look(session);
	const struct bk_placing_place *place = &bk_placing_places(placing, &count)[0];
	const struct bk_bracket *won = &bk_draft_brackets(bk_placing_issued(placing), &count)[place->won];

	assert_string_equal(
		bk_draft_attributions(bk_placing_issued(placing), &count)[won->attribution].party, "US");
	bk_placing_free(placing);
	bk_session_free(session);
}

/* Of two options that read much alike one is left, behind its header. */
static void of_alternatives_much_alike_the_one_that_stands_has_won(void **state)
{
	static const char *const options[] = {
		"**Option 3:** The purpose of this Agreement is to hold warming below 1.5 °C.",
		"**Option 3:** The purpose of this Agreement is to hold warming well below 2 °C."};
	static const char *const parties[] = {"EU", "US"};
	static const char before[] =
		"Article 2\n\n**Option 1:** Parties shall act alone.\n\n**Option 2:** No text.\n\n";
	static const char behind[] =
		"Article 3\n\n1. Definitions:\n8. [A joint mechanism;]\n9. [\"Developed\" means "
		"[a][b];]\n10. [\"Party\" means a Party;]\n";
	char texts[3][600];

	(void)state;
	for (size_t i = 0; i < 3; i++)
		snprintf(texts[i], sizeof texts[i], "%s%s%s%s", before, i < 2 ? options[i] : "",
			i < 2 ? "\n\n" : "", behind);
	write_merge_of(texts[2], texts[0], texts[1]);
	for (size_t i = 0; i < 2; i++) {
		struct bk_session *session = open_session();
		size_t count, len;
		const char *bytes = bk_draft_bytes(session->draft, &len), *from = strstr(bytes, "**Option 3"),
			   *to = strstr(bytes, "\n\nArticle 3");
		bk_placing *placing;

		assert_true(from && to);
		assert_int_equal(bk_text_replace(session->text,
					 (struct bk_span){(size_t)(from - bytes), (size_t)(to - bytes)},
					 options[i], strlen(options[i]), 0),
			BK_OK);
		placing = look(session);
		const struct bk_placing_place *place = &bk_placing_places(placing, &count)[0];

		assert_int_equal(place->state, BK_PLACING_TAKEN);
		assert_true(place->won != BK_NONE);
		const struct bk_bracket *won =
			&bk_draft_brackets(bk_placing_issued(placing), &count)[place->won];

		assert_string_equal(
			bk_draft_attributions(bk_placing_issued(placing), &count)[won->attribution].party,
			parties[i]);
		bk_placing_free(placing);
		bk_session_free(session);
	}
}

static void typing_before_and_between_moves_places_along(void **state)
{
	struct bk_session *session = open_session();
	bk_placing *placing = look(session);
	size_t count;
	const size_t before = bk_placing_places(placing, &count)[2].offset;
	(void)state;

	bk_placing_free(placing);
	assert_int_equal(bk_text_replace(session->text, (struct bk_span){0, 0}, "[Chair]\n\n", 9, 0), BK_OK);
	placing = look(session);
	assert_int_equal(bk_placing_places(placing, &count)[2].offset, before + 9);
	assert_int_equal(bk_placing_count(placing).unplaced, 3);
	bk_placing_free(placing);
	bk_session_free(session);
}

static void alternatives_are_combined_each_under_its_names(void **state)
{
	struct bk_session *session = open_session();
	bk_placing *placing = look(session);
	size_t count, len;
	bk_changes *changes;
	const char *bytes;
	const uint32_t bracket = bk_placing_places(placing, &count)[0].bracket;
	const uint32_t deleted = bk_placing_places(placing, &count)[1].bracket;
	const struct bk_placing_names *names = bk_placing_names_now(placing);
	(void)state;

	assert_int_equal(bk_placing_combine(names, bracket, (size_t[]){2}, 1, &changes), BK_EINVAL);
	assert_int_equal(bk_placing_can_combine(names, bracket, (size_t[]){2}, 1), BK_OK);
	assert_int_equal(bk_placing_can_combine(names, bracket, (size_t[]){2, 3}, 2), BK_OK);
	assert_int_equal(bk_placing_can_combine(names, bracket, (size_t[]){1, 2}, 2), BK_EINVAL);
	assert_int_equal(bk_placing_combine(names, bracket, (size_t[]){2, 4}, 2, &changes), BK_EINVAL);
	assert_int_equal(bk_placing_combine(names, deleted, (size_t[]){1, 2}, 2, &changes), BK_EINVAL);
	assert_int_equal(bk_placing_combine(names, bracket, (size_t[]){2, 3}, 2, &changes), BK_OK);
	assert_int_equal(bk_session_apply(session, changes), BK_OK);
	bk_changes_free(changes);
	bk_placing_free(placing);
	assert_int_equal(bk_snapshot_flat(bk_text_now(session->text), &bytes, &len), BK_OK);
	assert_non_null(strstr(bytes, "1. Parties [shall][should - EU / may - US] act"));
	assert_states(session, (enum bk_placing_state[]){BK_PLACING_COMBINED, 0, 0}, 2);
	assert_int_equal(bk_text_undo(session->text, NULL), BK_OK);
	assert_states(session, (enum bk_placing_state[]){0, 0, 0}, 3);
	bk_session_free(session);
}

static void marks_are_kept_in_the_proof(void **state)
{
	struct bk_session *session = open_session();
	bk_placing *placing = look(session);
	(void)state;

	assert_int_equal(bk_placing_mark(placing, 0, BK_PROOF_KEPT), BK_OK);
	assert_int_equal(bk_placing_mark(placing, 1, BK_PROOF_DEFERRED), BK_OK);
	bk_placing_free(placing);
	assert_states(session, (enum bk_placing_state[]){BK_PLACING_BRACKETED, BK_PLACING_DEFERRED, 0}, 2);
	placing = look(session);
	write_merge();
	assert_int_equal(bk_placing_mark(placing, 2, BK_PROOF_KEPT), BK_ECHANGED);
	bk_placing_free(placing);
	bk_session_free(session);
}

static void an_edited_compilation_has_its_places_by_their_words_or_not(void **state)
{
	static const char edited[] =
		"1. All Parties [shall][EU: should][US: may] act.\n\n2. They shall report.\n";
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	(void)state;

	write_file(draft_name, edited, strlen(edited));
	session = open_session();
	assert_states(session, (enum bk_placing_state[]){0, BK_PLACING_LOST, BK_PLACING_LOST}, 1);
	placing = look(session);
	assert_int_equal(bk_placing_places(placing, &count)[0].offset, strlen("1. All Parties "));
	assert_int_equal(bk_placing_places(placing, &count)[1].offset, BK_NOWHERE);
	bk_placing_free(placing);
	bk_session_free(session);
}

static void a_proof_of_another_compilation_says_so_and_of_which_one(void **state)
{
	static const char other[] = "1. The Fund pays.\n";
	struct bk_session *session = open_session();
	bk_placing *placing = look(session);
	char owner_name[sizeof draft_name], other_proof[160];
	(void)state;

	assert_false(bk_placing_is_foreign(placing));
	assert_null(bk_placing_owner(placing));
	bk_placing_free(placing);
	bk_session_free(session);
	/* The proof says that it is of all.txt. */
	memcpy(owner_name, draft_name, sizeof owner_name);
	snprintf(draft_name, sizeof draft_name, "%s/other.txt", scratch);
	write_file(draft_name, other, strlen(other));
	snprintf(other_proof, sizeof other_proof, "%s.proof", draft_name);
	assert_int_equal(rename(proof_name, other_proof), 0);
	session = open_session();
	placing = look(session);
	assert_true(bk_placing_is_foreign(placing));
	assert_string_equal(bk_placing_owner(placing), "all.txt");
	bk_placing_free(placing);
	write_file(owner_name, other, strlen(other));
	placing = look(session);
	assert_true(bk_placing_is_foreign(placing));
	assert_null(bk_placing_owner(placing));
	bk_placing_free(placing);
	bk_session_free(session);
	memcpy(draft_name, owner_name, sizeof draft_name);
}

static void words_that_stand_twice_are_no_place(void **state)
{
	static const char edited[] = "1. Parties [shall][EU: should][US: may] act.\n\n"
				     "2. Parties [shall][EU: should][US: may] report.\n";
	struct bk_session *session;
	(void)state;

	write_file(draft_name, edited, strlen(edited));
	session = open_session();
	assert_states(
		session, (enum bk_placing_state[]){BK_PLACING_LOST, BK_PLACING_LOST, BK_PLACING_LOST}, 0);
	bk_session_free(session);
}

/* EU puts the first paragraph behind the second; US wants another word in it. */
static const char moved[] = "2. They report.\n\n1. Parties shall act promptly.\n\n3. The Board meets.\n";
static const char reworded[] = "1. Parties should act promptly.\n\n2. They report.\n\n3. The Board meets.\n";

static void move_to(struct bk_session *session, bool there, const char *expected)
{
	bk_placing *placing = look(session);
	size_t count, len;
	const struct bk_placing_place *place = &bk_placing_places(placing, &count)[0];
	bk_changes *changes;
	const char *bytes;

	assert_int_equal(count, 2);
	assert_int_equal(place->target_count, 1);
	assert_int_equal(bk_placing_count(placing).inside, 1);
	assert_int_equal(
		bk_placing_move(placing, place, there ? bk_placing_targets(placing, place) : NULL, &changes),
		BK_OK);
	assert_int_equal(bk_session_apply(session, changes), BK_OK);
	bk_changes_free(changes);
	bk_placing_free(placing);
	assert_int_equal(bk_snapshot_flat(bk_text_now(session->text), &bytes, &len), BK_OK);
	assert_true(bk_str_equal((struct bk_str){bytes, len}, bk_str_of(expected)));
}

static void a_move_is_one_place_and_takes_along_what_others_want(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	(void)state;

	write_merge_of(base, moved, reworded);
	session = open_session();
	move_to(session, true,
		"2. They report.\n\n1. Parties [shall][US: should] act promptly.\n\n3. The Board meets.\n");
	placing = look(session);
	const struct bk_placing_place *places = bk_placing_places(placing, &count);

	assert_int_equal(places[0].state, BK_PLACING_TAKEN);
	assert_int_equal(places[1].state, BK_PLACING_OPEN);
	assert_int_equal(places[1].offset, strlen("2. They report.\n\n1. Parties "));
	bk_placing_free(placing);
	resolve(session, 1, BK_RESOLVE_CHOOSE, 2);
	placing = look(session);
	places = bk_placing_places(placing, &count);
	assert_int_equal(places[1].state, BK_PLACING_TAKEN);
	assert_true(places[1].along);
	bk_placing_free(placing);
	bk_session_free(session);
}

static void what_does_not_move_stays_as_it_is(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	(void)state;

	write_merge_of(base, moved, reworded);
	session = open_session();
	move_to(session, false,
		"1. Parties [shall][US: should] act promptly.\n\n2. They report.\n\n3. The Board meets.\n");
	placing = look(session);
	assert_int_equal(bk_placing_places(placing, &count)[0].state, BK_PLACING_TAKEN);
	assert_int_equal(bk_placing_places(placing, &count)[1].state, BK_PLACING_OPEN);
	bk_placing_free(placing);
	bk_session_free(session);
}

/* The words that US wants stand in the paragraph that moved and in the one behind it. */
static void what_moves_along_is_found_in_its_paragraph_whatever_ends_lines(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	bk_changes *changes;
	(void)state;

	write_merge_of(
		"1. Parties shall act promptly.\r\n\r\n2. They report.\r\n\r\n3. Parties shall meet.\r\n",
		"2. They report.\r\n\r\n1. Parties shall act promptly.\r\n\r\n3. Parties shall meet.\r\n",
		"1. Parties should act promptly.\r\n\r\n2. They report.\r\n\r\n3. Parties should meet.\r\n");
	session = open_session();
	placing = look(session);
	const struct bk_placing_place *place = &bk_placing_places(placing, &count)[0];

	assert_int_equal(count, 3);
	assert_int_equal(
		bk_placing_move(placing, place, bk_placing_targets(placing, place), &changes), BK_OK);
	assert_int_equal(bk_session_apply(session, changes), BK_OK);
	bk_changes_free(changes);
	bk_placing_free(placing);
	assert_states(session, (enum bk_placing_state[]){BK_PLACING_TAKEN, 0, 0}, 2);
	bk_session_free(session);
}

/* ---- What the base has ---------------------------------------------------------------------------------- */

static void settle_first_open(struct bk_session *session, enum bk_placing_stand stand, size_t one)
{
	bk_placing *placing = look(session);
	bk_changes *changes;
	size_t count, open = 0;
	const struct bk_placing_place *places = bk_placing_places(placing, &count);

	while (open < count && places[open].state != BK_PLACING_OPEN)
		open++;
	assert_true(open < count);
	assert_int_equal(bk_placing_settle(placing, &places[open], stand, one, &changes), BK_OK);
	assert_int_equal(bk_session_apply(session, changes), BK_OK);
	bk_changes_free(changes);
	bk_placing_free(placing);
	placing = look(session);
	assert_int_equal(bk_placing_places(placing, &count)[open].state, BK_PLACING_TAKEN);
	bk_placing_free(placing);
}

static void assert_text(struct bk_session *session, const char *expected)
{
	size_t len;
	const char *bytes;

	assert_int_equal(bk_session_refresh(session), BK_OK);
	bytes = bk_draft_bytes(session->draft, &len);
	if (!bk_str_equal((struct bk_str){bytes, len}, bk_str_of(expected)))
		fail_msg("'%.*s' instead of '%s'", (int)len, bytes, expected);
}

/* The first place of a merge, which is settled: that makes this text of it, where one is said. */
static struct bk_placing_place settle_merge(const char *base_text, const char *eu_text, const char *us_text,
	enum bk_placing_stand stand, size_t one, const char *text)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;

	write_merge_of(base_text, eu_text, us_text);
	session = open_session();
	settle_first_open(session, stand, one);
	if (text)
		assert_text(session, text);
	placing = look(session);
	const struct bk_placing_place place = bk_placing_places(placing, &count)[0];

	bk_placing_free(placing);
	bk_session_free(session);
	return place;
}

/* Brackets that the base has stay, with the names that it has there; labels that it has not go. */
static void the_base_of_all_places_is_the_base(void **state)
{
	static const struct {
		const char *base, *eu, *us;
	} cases[] = {
		{base, eu, us},
		{"1. They [will] act [now].\n\n2. They [must] meet.\n",
			"1. They act [today].\n\n2. They must meet.\n",
			"1. They [will] act [now].\n\n2. They [must][can] meet.\n"},
		{"1. They [EU, US: shall] act.\n\n2. Bonn is [the] (EU) seat.\n",
			"1. They [US: shall] act.\n\n2. Bonn is the seat.\n",
			"1. They [EU, US: shall] not act.\n\n2. Bonn is [the] (EU, US) seat.\n"},
		{"**1.** They act.\n\n**2.** They meet.\n",
			"**1.** They act.\n\n**2.** They meet.\n\n**3.** They sing in Bonn.\n",
			"**1.** All act.\n\n**2.** They meet in Suva.\n"},
		{"1. They act.\n\n2. They meet.\n",
			"1. They act.\n\nOption 1:\n\n1 bis. They pay.\n\nOption 2:\n\nNo text\n\n2. They "
			"meet.\n",
			"1. They act.\n\n1 ter. They review.\n\n2. They meet.\n"},
		{"1. They act.\n\n2. They meet.\n",
			"1. They act.\n\nOption 1: They pay.\n\nOption 2:\n\nNo text\n\n2. They meet.\n",
			"1. They act.\n\n1 ter. They review.\n\n2. They meet.\n"},
		{"**5.** They end.\n\n", "**4.** They end.\n", "**5.** They end.\n\n"},
		{"3. and meets in Bonn.\n", "3. Board and meets in.\n", "3. countries in Bonn.\n"},
		{"1. They meet the each year.\n", "1. They meet each each year.\n",
			"1. They meet the each year.\n"},
		{"## Article 9 *(scope)*\n\n1. They act.\n", "## Article 9 *(scope)*\n\n1. They act.\n",
			"## Article 10 *(scope)*\n\n1. They act.\n"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bk_session *session;
		bk_placing *placing;

		write_merge_of(cases[i].base, cases[i].eu, cases[i].us);
		session = open_session();
		for (;;) {
			placing = look(session);
			const bool done = bk_placing_count(placing).unplaced == 0;

			bk_placing_free(placing);
			if (done)
				break;
			settle_first_open(session, BK_PLACING_BASE, 0);
		}
		assert_text(session, cases[i].base);
		bk_session_free(session);
	}
}

/* Brackets that the base has beside it, and everybody keeps, stay; that is no base which is retained. */
static void who_deletes_one_bracket_takes_no_other_with_it(void **state)
{
	static const struct {
		const char *base, *us, *text;
	} cases[] = {
		{"Parties [shall][should] act.\n", "Parties [should] act.\n", "Parties [should] act.\n"},
		{"They [shall][should][may] act.\n", "They [should][may] act.\n",
			"They [should][may] act.\n"},
		{"An [NDMC*][INDC] it is.\n", "An [INDC] it is.\n", "An [INDC] it is.\n"},
		{"Parties [shall][should] act.\n", "Parties [shall] act.\n", "Parties [shall] act.\n"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_false(settle_merge(
			cases[i].base, cases[i].base, cases[i].us, BK_PLACING_NOTHING, 0, cases[i].text)
				     .retained);
}

/* Words that are taken may stand in a bracket that was there before, or be brackets that the base has, too: what is
 * taken is decided. */
static void a_place_whose_words_were_taken_is_decided_whatever_brackets_stand(void **state)
{
	static const struct {
		const char *base, *eu, *us, *text;
		size_t bracket;
	} cases[] = {
		{"2. [US: Old text is here.]\n", "2. [US: New words come.]\n", "2. [US: Old text is here.]\n",
			"2. [US: New words come.]\n", 2},
		{"LDCs [and SIDS] go.\n", "LDCs go.\n", "[Parties][LDCs [and SIDS]] go.\n",
			"[Parties][LDCs [and SIDS]] go.\n", 3},
	};
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		assert_int_equal(settle_merge(cases[i].base, cases[i].eu, cases[i].us, BK_PLACING_ONE,
					 cases[i].bracket, cases[i].text)
					 .won,
			cases[i].bracket);
}

/* Of `[US delete: shall][should]` somebody lets `[shall]` stand as the base has it, and strikes `[should]`. */
static void what_goes_of_the_base_alone_is_settled_otherwise(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	(void)state;

	write_merge_of("Parties [shall][should] act.\n", "Parties [shall][should] act.\n",
		"Parties [should] act.\n");
	session = open_session();
	assert_text(session, "Parties [US delete: shall][should] act.\n");
	assert_int_equal(
		bk_text_replace(session->text,
			(struct bk_span){strlen("Parties "), strlen("Parties [US delete: shall][should]")},
			"[shall]", strlen("[shall]"), 0),
		BK_OK);
	placing = look(session);
	const struct bk_placing_place *place = bk_placing_places(placing, &count);

	assert_int_equal(place->state, BK_PLACING_TAKEN);
	assert_int_equal(place->gone, BK_NONE);
	assert_false(place->retained);
	assert_true(place->otherwise);
	bk_placing_free(placing);
	bk_session_free(session);
}

/* The words are those of who asks for none, whether they stand or take all with them. */
static void no_text_that_is_taken_has_won(void **state)
{
	static const struct {
		const char *base, *us, *text;
	} cases[] = {
		{"1. They act.\n\n2. Stay here.\n", "1. They act.\n\n2. No text\n", "1. They act.\n"},
		{"1. They act.\n\nOption 2: Stay here.\n", "1. They act.\n\nOption 2: No text\n",
			"1. They act.\n\nOption 2: No text\n"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bk_session *session;
		bk_placing *placing;
		size_t count;

		write_merge_of(cases[i].base, cases[i].base, cases[i].us);
		session = open_session();
		resolve(session, 0, BK_RESOLVE_CHOOSE, 2);
		assert_text(session, cases[i].text);
		placing = look(session);
		assert_int_equal(bk_placing_places(placing, &count)[0].state, BK_PLACING_TAKEN);
		assert_int_equal(bk_placing_places(placing, &count)[0].won, 1);
		bk_placing_free(placing);
		bk_session_free(session);
	}
}

/* `They [EU: No text] act.` */
static void no_text_that_is_taken_alone_is_no_words(void **state)
{
	(void)state;
	assert_int_equal(settle_merge("They act.\n", "They No text act.\n", "They act.\n", BK_PLACING_ONE, 0,
				 "They act.\n")
				 .won,
		0);
}

static void what_has_no_word_is_told_by_its_bytes(void **state)
{
	static const char *const added[] = {"They - act.\n", "They * act.\n", "They ... act.\n"};
	(void)state;

	for (size_t i = 0; i < 2 * sizeof added / sizeof *added; i++) {
		const bool takes = i % 2 != 0;
		const struct bk_placing_place place = settle_merge("They act.\n", "They act.\n", added[i / 2],
			takes ? BK_PLACING_ONE : BK_PLACING_BASE, 0, NULL);

		assert_int_equal(place.won, takes ? 0 : BK_NONE);
		assert_int_equal(place.gone, 0);
		assert_false(place.otherwise);
	}
}

/* What goes is another bracket than the one that reads like it and stands, beside it, round it or elsewhere. */
static void a_bracket_that_stands_is_itself(void **state)
{
	static const struct {
		const char *base, *eu, *us, *text;
	} cases[] = {
		{"1. They seek [an old][the old goal] and act.\n",
			"1. They seek [an old][a new goal][the old goal] and act.\n",
			"1. They seek [an old][the old goal] and may act.\n",
			"1. They seek [an old][the old goal] and [US: may] act.\n"},
		{"5. [Other;]\n\n6. [The sum of all reductions;]\n\n7. [More;]\n",
			"5. [Other;]\n\n7. [More;]\n",
			"5. [Other;]\n\n6. The sum of all reductions;\n\n7. [More;]\n",
			"5. [Other;]\n\n6. [US support: The sum of all reductions;]\n\n7. [More;]\n"},
		{"1. Well below [well] [below 2 degrees] it is.\n\n2. They meet.\n",
			"1. Well below [well] [below 2 degrees] it is.\n\n"
			"1 bis. The aim is to stay well below 2 degrees.\n\n2. They meet.\n",
			"1. Well below [well] [below 2 degrees] it is.\n\n2. They shall meet.\n",
			"1. Well below [well] [below 2 degrees] it is.\n\n2. They [US: shall] meet.\n"},
		{"## Article 1\n\nThey act.\n", "## Draft Article Group 1\n\nThey act.\n",
			"## Article 1\n\nThey act.\n", "## Article [EU: Group] 1\n\nThey act.\n"},
	};
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bk_session *session;
		bk_placing *placing;
		size_t count;

		write_merge_of(cases[i].base, cases[i].eu, cases[i].us);
		session = open_session();
		settle_first_open(session, BK_PLACING_BASE, 0);
		assert_text(session, cases[i].text);
		placing = look(session);
		assert_int_equal(bk_placing_places(placing, &count)[1].state, BK_PLACING_OPEN);
		assert_int_equal(count, 2);
		bk_placing_free(placing);
		bk_session_free(session);
	}
}

/* `plan [EU delete: and act].[EU delete: [^1]]`, of which the words before the mark go. */
static void a_mark_of_a_footnote_stands_whatever_goes_before_it(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	(void)state;

	write_merge_of("6. Parties plan and act.[^1]\n\n7. End.\n\n[^1]: A note.\n",
		"6. Parties plan.\n\n7. End.\n\n[^1]: A note.\n",
		"6. Parties plan and act.[^1]\n\n7. End.\n\n[^1]: A note.\n");
	session = open_session();
	settle_first_open(session, BK_PLACING_NOTHING, 0);
	assert_text(session, "6. Parties plan.[EU delete: [^1]]\n\n7. End.\n\n[^1]: A note.\n");
	placing = look(session);
	assert_int_equal(bk_placing_places(placing, &count)[1].state, BK_PLACING_OPEN);
	assert_int_equal(count, 2);
	bk_placing_free(placing);
	settle_first_open(session, BK_PLACING_NOTHING, 0);
	assert_text(session, "6. Parties plan.\n\n7. End.\n\n[^1]: A note.\n");
	bk_session_free(session);
}

static void a_paragraph_that_is_deleted_stood_where_the_next_one_does(void **state)
{
	static const char whole[] = "1. Parties act.\n\n2. The Board meets.\n\n3. Reports are made.\n",
			  without[] = "1. Parties act.\n\n3. Reports are made.\n";
	const struct bk_placing_place place =
		settle_merge(whole, without, whole, BK_PLACING_NOTHING, 0, without);
	(void)state;

	assert_int_equal(place.offset, strlen("1. Parties act.\n\n"));
}

/* Of `Option 1:` before `[EU: ...]`, and of `1 ter.` before `[US: ...]`, which stands. */
static void a_label_goes_with_what_it_is_that_of(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	(void)state;

	write_merge_of("1. They act.\n\n2. They meet.\n",
		"1. They act.\n\nOption 1: They pay.\n\n2. They meet.\n",
		"1. They act.\n\n1 ter. They review.\n\n2. They meet.\n");
	session = open_session();
	placing = look(session);
	const struct bk_placing_place *place = bk_placing_places(placing, &count);
	const size_t one = bk_placing_brackets(placing, place)[1].now;

	assert_int_equal(place->own_count, 2);
	bk_placing_free(placing);
	settle_first_open(session, BK_PLACING_ONE, one);
	assert_text(session, "1. They act.\n\n1 ter. They review.\n\n2. They meet.\n");
	bk_session_free(session);
}

/* `(a) [EU: States;]` and below it `[(a)][EU: (b)] Parties`, which is decided. */
static void a_label_that_is_decided_stands_in_its_line(void **state)
{
	static const char made[] = "1. For:\n    (a) [EU: States;]\n    (b) Parties.\n";
	const enum bk_placing_stand stands[] = {BK_PLACING_ONE, BK_PLACING_BASE};
	(void)state;

	for (size_t i = 0; i < 2; i++) {
		struct bk_session *session;
		bk_placing *placing;
		bk_changes *changes;
		size_t count;

		write_merge_of("1. For:\n    (a) Parties.\n", "1. For:\n    (a) States;\n    (b) Parties.\n",
			"1. For:\n    (a) Parties.\n");
		session = open_session();
		placing = look(session);
		const struct bk_placing_place *places = bk_placing_places(placing, &count);

		assert_int_equal(count, 2);
		assert_int_equal(bk_placing_settle(placing, &places[1], stands[i],
					 bk_placing_brackets(placing, &places[1])[1].now, &changes),
			BK_OK);
		assert_int_equal(bk_session_apply(session, changes), BK_OK);
		bk_changes_free(changes);
		bk_placing_free(placing);
		placing = look(session);
		if (i == 0)
			assert_text(session, made);
		assert_int_equal(bk_placing_places(placing, &count)[1].offset, strstr(made, "(b)") - made);
		bk_placing_free(placing);
		bk_session_free(session);
	}
}

/* `[will][shall] (EU) [promptly] (US)` are two places, of which the second goes. */
static void names_behind_the_bracket_before_are_no_label(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	bk_changes *changes;
	size_t count;
	(void)state;

	write_merge_in(BK_STYLE_PARENTHESIS, "1. They [will].\n", "1. They [shall].\n",
		"1. They [will] promptly.\n");
	session = open_session();
	placing = look(session);
	const struct bk_placing_place *places = bk_placing_places(placing, &count);

	assert_int_equal(count, 2);
	assert_int_equal(bk_placing_settle(placing, &places[1], BK_PLACING_BASE, 0, &changes), BK_OK);
	assert_int_equal(bk_session_apply(session, changes), BK_OK);
	assert_text(session, "1. They [will][shall] (EU).\n");
	bk_changes_free(changes);
	bk_placing_free(placing);
	bk_session_free(session);
}

/* Of the first place that is open, the last bracket. */
static uint32_t last_of_first_open(struct bk_session *session)
{
	bk_placing *placing = look(session);
	size_t count, open = 0;
	const struct bk_placing_place *places = bk_placing_places(placing, &count);

	while (open < count && places[open].state != BK_PLACING_OPEN)
		open++;
	assert_true(open < count && places[open].own_count > 0);
	const uint32_t last = bk_placing_brackets(placing, &places[open])[places[open].own_count - 1].now;

	bk_placing_free(placing);
	return last;
}

/* `1. [US delete: They meet in the [spring][EU: autumn].]` and below it `9 bis. [US: ...]`. */
static void words_with_another_label_are_placed_apart_from_those_above(void **state)
{
	static const char base_text[] = "1. They meet in the spring.\n\n2. They pay.\n",
			  eu_text[] = "1. They meet in the autumn.\n\n2. They pay.\n",
			  us_text[] = "9 bis. Money flows from banks.\n\n2. They pay.\n";
	static const struct {
		const char *text;
		enum bk_placing_stand stands[3];
		size_t count;
	} cases[] = {
		{base_text, {BK_PLACING_BASE, BK_PLACING_BASE, BK_PLACING_BASE}, 3},
		{eu_text, {BK_PLACING_BASE, BK_PLACING_ONE, BK_PLACING_BASE}, 3},
		{us_text, {BK_PLACING_NOTHING, BK_PLACING_ONE}, 2},
	};
	(void)state;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bk_session *session;

		write_merge_of(base_text, eu_text, us_text);
		session = open_session();
		for (size_t k = 0; k < cases[i].count; k++)
			settle_first_open(session, cases[i].stands[k],
				cases[i].stands[k] == BK_PLACING_ONE ? last_of_first_open(session) : 0);
		assert_text(session, cases[i].text);
		bk_session_free(session);
	}
}

/* The base has `(US: delete)` already: its bracket alone tells what was done. */
static void what_the_base_asks_for_is_taken_too(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	(void)state;

	write_merge_of("1. Funds flow [and grow] (AOSIS) (US: delete).\n",
		"1. Funds flow [and grow] (AOSIS) (US: delete).\n", "1. Funds flow.\n");
	session = open_session();
	placing = look(session);
	const struct bk_placing_place *place = bk_placing_places(placing, &count);
	const size_t one = place->bracket;

	assert_true(bk_placing_brackets(placing, place)->of_base);
	bk_placing_free(placing);
	settle_first_open(session, BK_PLACING_ONE, one);
	assert_text(session, "1. Funds flow and grow.\n");
	bk_session_free(session);
}

/* `[EU delete: [text][US: ...]]`: what others want instead is a place of its own, and not the bracket round it. */
static void what_others_want_of_what_goes_has_brackets_of_its_own(void **state)
{
	struct bk_session *session;
	bk_placing *placing;
	const struct bk_placing_place *places;
	const struct bk_bracket *brackets;
	size_t count;
	(void)state;

	write_merge_of("1. They act.\n\n2. [Parties shall meet in Bonn now.]\n\n3. They pay.\n",
		"1. They act.\n\n3. They pay.\n",
		"1. They act.\n\n2. [Parties meet in Bonn now.] (US, CL: delete)\n\n3. They pay.\n");
	session = open_session();
	assert_text(session,
		"1. They act.\n\n2. [EU delete: [Parties shall meet in Bonn now.][US: [Parties meet in Bonn "
		"now.] (US, CL: delete)]]\n\n3. They pay.\n");
	placing = look(session);
	places = bk_placing_places(placing, &count);
	assert_int_equal(count, 2);
	brackets = bk_draft_brackets(bk_placing_issued(placing), &count);
	assert_int_equal(brackets[bk_placing_brackets(placing, &places[0])[0].issued].depth, 1);
	assert_int_equal(brackets[bk_placing_brackets(placing, &places[1])[0].issued].depth, 2);
	/* Not the one among the words of the US, which says who deletes them. */
	assert_int_equal(brackets[bk_placing_brackets(placing, &places[1])[0].issued].attribution_count, 1);
	bk_placing_free(placing);
	bk_session_free(session);
}

/* A name that is taken off, by the proposal with this index of two, goes alone. */
static void assert_withdrawn(
	const char *base_text, const char *eu_text, const char *us_text, size_t proposal, const char *text)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count;

	write_merge_of(base_text, eu_text, us_text);
	session = open_session();
	placing = look(session);
	const struct bk_placing_bracket *bracket =
		bk_placing_brackets(placing, bk_placing_places(placing, &count));

	assert_true(bk_placing_can_withdraw(placing, proposal, bracket));
	assert_false(bk_placing_can_withdraw(placing, 1 - proposal, bracket));
	bk_placing_free(placing);
	bk_session_free(session);
	const struct bk_placing_place place =
		settle_merge(base_text, eu_text, us_text, BK_PLACING_WITHDRAWN, proposal, text);

	assert_int_equal(place.withdrawn, proposal);
	assert_false(place.retained);
}

/* `[EU, US; EU withdraw: shall]`, and where the words stand in a name: `[G77, US; US withdraw: 77]` */
static void a_name_that_is_withdrawn_goes_alone(void **state)
{
	(void)state;
	assert_withdrawn("1. They [EU, US: shall] act.\n", "1. They [US: shall] act.\n",
		"1. They [EU, US: shall] not act.\n", 0, "1. They [US: shall] [US: not] act.\n");
	assert_withdrawn("1. They [G77, US: 77] act.\n", "1. They [G77, US: 77] act not.\n",
		"1. They [G77: 77] act.\n", 0, "1. They [G77: 77] act [EU: not].\n");
}

#define SITE(start, end) "{\"start\":" #start ",\"end\":" #end ",\"line\":1,\"text\":\"\"}"
#define PLACE(start, end, rest)                                                                              \
	"{\"base\":" SITE(0, 0) ",\"out\":" SITE(start, end) ",\"bracketed\":" rest "}"
#define PROPOSAL(place)                                                                                      \
	"{\"party\":\"EU\",\"act\":\"move\",\"fate\":\"bracketed\",\"words\":\"\",\"base\":" SITE(           \
		0, 0) ",\"file\":" SITE(0, 0) ",\"out\":" SITE(0, 0) ",\"place\":" #place "}"

/* A proof from anybody, in which two paragraphs came from that other one. */
static void a_place_that_was_taken_hides_no_other_at_its_span(void **state)
{
	static const char proof[] =
		"{\"kind\":\"proof\",\"out\":{\"name\":\"all.txt\",\"hash\":\"0\",\"bytes\":9},"
		"\"base\":{\"name\":\"base.txt\",\"hash\":\"0\",\"bytes\":9,\"pieces\":[]},\"versions\":["
		"{\"party\":\"EU\",\"name\":\"eu.txt\",\"hash\":\"0\",\"bytes\":9,\"edits\":[]}],\"places\":"
		"[" PLACE(0, 2, "false") "," PLACE(0, 2, "true") "," PLACE(3, 4, "true,\"from\":1") "," PLACE(
			5, 6, "true,\"from\":1") "],\"proposals\":[" PROPOSAL(2) "," PROPOSAL(3) "]}";
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	(void)state;

	write_file(proof_name, proof, strlen(proof));
	session = open_session();
	placing = look(session);
	assert_int_equal(bk_placing_places(placing, &count)[0].target_count, 2);
	assert_int_equal(count, 1);
	bk_placing_free(placing);
	bk_session_free(session);
}

static void no_proof_and_a_wrong_one_are_told(void **state)
{
	struct bk_session *session = open_session();
	bk_placing *placing;
	(void)state;

	assert_int_equal(bk_session_refresh(session), BK_OK);
	write_file(proof_name, "{\"kind\":\"proof\"}", 16);
	assert_int_equal(open_placing(session, &placing), BK_EFORMAT);
	assert_int_equal(unlink(proof_name), 0);
	assert_int_equal(open_placing(session, &placing), BK_ENOTFOUND);
	bk_session_free(session);
}

static bk_placing *open_without_memory(struct bk_session *session)
{
	bk_placing *placing;
	int status = BK_ENOMEM;

	assert_int_equal(bk_session_refresh(session), BK_OK);
	for (size_t after = 0; status != BK_OK; after++) {
		bk_alloc_fail_after(after);
		status = open_placing(session, &placing);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
	}
	return placing;
}

static void without_memory_there_is_no_placing(void **state)
{
	struct bk_session *session = open_session();
	(void)state;

	bk_placing_free(open_without_memory(session));
	bk_session_free(session);
}

/* `[day][date]`, in which the second is no placeholder once the ledger says who proposes it. */
static void names_that_come_to_the_ledger_later_are_read_with_what_was_known(void **state)
{
	static const char line[] =
		"{\"schema\":1,\"event\":\"01M8QY5Q7034V65F6SGDW4N0G1\",\"time\":\"2010-11-17T13:20:00Z\","
		"\"author\":\"Ana\",\"party\":\"EU\",\"act\":\"attribute\",\"bracket\":\"abcd2\","
		"\"value\":\"propose\",\"written\":\"EU\",\"anchor\":{\"path\":\"\",\"text\":\"[date]\","
		"\"before\":\"They set a [day]\",\"after\":\" "
		"now.\\n\",\"blob\":\"\",\"start\":16,\"end\":22}}\n";
	struct bk_session *session;
	bk_placing *placing;
	bk_draft *known;
	char name[160];
	size_t count;
	(void)state;

	write_merge_in(
		BK_STYLE_NONE, "They set a day now.\n", "They set a date now.\n", "They set a day now.\n");
	session = open_session();
	placing = look(session);
	known = bk_placing_take_issued(placing);
	bk_placing_free(placing);
	bk_session_free(session);
	assert_int_equal(bk_draft_brackets(known, &count)[1].class, BK_CLASS_PLACEHOLDER);
	snprintf(name, sizeof name, "%s.ledger", draft_name);
	write_file(name, line, strlen(line));
	for (size_t i = 0; i < 2; i++) {
		session = open_session();
		assert_int_equal(bk_session_refresh(session), BK_OK);
		struct bk_placing_source source = bk_placing_source(session);

		source.known = known;
		assert_int_equal(bk_placing_open(&placing, &source), BK_OK);
		assert_int_equal(
			bk_draft_brackets(bk_placing_issued(placing), &count)[1].class, BK_CLASS_DISPUTED);
		/* The second time it is known so. */
		bk_draft *anew = bk_placing_take_issued(placing);

		assert_true((anew != NULL) == (i == 0));
		bk_placing_free(placing);
		bk_draft_free(anew ? known : NULL);
		known = anew ? anew : known;
		bk_session_free(session);
	}
	bk_draft_free(known);
	assert_int_equal(unlink(name), 0);
}

/* `[shall][should][may]`, whose names are in the ledger: the base is what nobody proposed. */
static void names_that_the_ledger_keeps_count_as_if_they_stood_there(void **state)
{
	static const char text[] = "They shall act.\n";
	static const char line[] =
		"{\"schema\":1,\"event\":\"01M8QY5Q7034V65F6SGDW4N0G%d\",\"time\":\"2010-11-17T13:20:00Z\","
		"\"author\":\"Ana\",\"party\":\"%s\",\"act\":\"attribute\",\"bracket\":\"abcd%d\","
		"\"value\":\"propose\",\"written\":\"%s\",\"anchor\":{\"path\":\"\",\"text\":\"%s\","
		"\"before\":\"%s\",\"after\":\"%s\",\"blob\":\"\",\"start\":%d,\"end\":%d}}\n";
	struct bk_buf ledger = BK_BUF_INIT;
	struct bk_session *session;
	bk_placing *placing;
	size_t count;
	char name[160];
	(void)state;

	write_merge_in(BK_STYLE_NONE, text, "They should act.\n", "They may act.\n");
	bk_buf_printf(&ledger, line, 1, "EU", 2, "EU", "[should]", "They [shall]", "[may] act.\\n", 12, 20);
	bk_buf_printf(&ledger, line, 2, "US", 3, "US", "[may]", "They [shall][should]", " act.\\n", 20, 25);
	snprintf(name, sizeof name, "%s.ledger", draft_name);
	write_file(name, ledger.bytes, ledger.len);
	bk_buf_release(&ledger);
	session = open_session();
	placing = open_without_memory(session);
	bk_placing_names_beside(bk_placing_names_now(placing), 0, &count);
	assert_int_equal(count, 0);
	assert_string_equal(bk_placing_names_beside(bk_placing_names_now(placing), 2, &count)[0].party, "US");
	assert_int_equal(count, 1);
	bk_placing_free(placing);
	settle_first_open(session, BK_PLACING_BASE, 0);
	assert_text(session, text);
	bk_session_free(session);
	assert_int_equal(unlink(name), 0);
}

static int make_folder(void **state)
{
	if (scratch_make(state) < 0)
		return -1;
	snprintf(state_folder, sizeof state_folder, "%s/state", scratch);
	snprintf(draft_name, sizeof draft_name, "%s/all.txt", scratch);
	snprintf(proof_name, sizeof proof_name, "%s/all.txt.proof", scratch);
	return 0;
}

static int prepare(void **state)
{
	(void)state;
	write_merge();
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_is_settled_is_taken_and_what_is_undone_is_not, prepare),
		cmocka_unit_test_setup(a_place_says_who_won, prepare),
		cmocka_unit_test_setup(of_alternatives_much_alike_the_one_that_stands_has_won, prepare),
		cmocka_unit_test_setup(typing_before_and_between_moves_places_along, prepare),
		cmocka_unit_test_setup(alternatives_are_combined_each_under_its_names, prepare),
		cmocka_unit_test_setup(marks_are_kept_in_the_proof, prepare),
		cmocka_unit_test_setup(an_edited_compilation_has_its_places_by_their_words_or_not, prepare),
		cmocka_unit_test_setup(a_proof_of_another_compilation_says_so_and_of_which_one, prepare),
		cmocka_unit_test_setup(words_that_stand_twice_are_no_place, prepare),
		cmocka_unit_test_setup(a_move_is_one_place_and_takes_along_what_others_want, prepare),
		cmocka_unit_test_setup(what_does_not_move_stays_as_it_is, prepare),
		cmocka_unit_test_setup(
			what_moves_along_is_found_in_its_paragraph_whatever_ends_lines, prepare),
		cmocka_unit_test_setup(the_base_of_all_places_is_the_base, prepare),
		cmocka_unit_test_setup(who_deletes_one_bracket_takes_no_other_with_it, prepare),
		cmocka_unit_test_setup(
			a_place_whose_words_were_taken_is_decided_whatever_brackets_stand, prepare),
		cmocka_unit_test_setup(what_goes_of_the_base_alone_is_settled_otherwise, prepare),
		cmocka_unit_test_setup(no_text_that_is_taken_has_won, prepare),
		cmocka_unit_test_setup(no_text_that_is_taken_alone_is_no_words, prepare),
		cmocka_unit_test_setup(what_has_no_word_is_told_by_its_bytes, prepare),
		cmocka_unit_test_setup(a_bracket_that_stands_is_itself, prepare),
		cmocka_unit_test_setup(a_mark_of_a_footnote_stands_whatever_goes_before_it, prepare),
		cmocka_unit_test_setup(a_paragraph_that_is_deleted_stood_where_the_next_one_does, prepare),
		cmocka_unit_test_setup(a_label_goes_with_what_it_is_that_of, prepare),
		cmocka_unit_test_setup(a_label_that_is_decided_stands_in_its_line, prepare),
		cmocka_unit_test_setup(names_behind_the_bracket_before_are_no_label, prepare),
		cmocka_unit_test_setup(words_with_another_label_are_placed_apart_from_those_above, prepare),
		cmocka_unit_test_setup(what_the_base_asks_for_is_taken_too, prepare),
		cmocka_unit_test_setup(what_others_want_of_what_goes_has_brackets_of_its_own, prepare),
		cmocka_unit_test_setup(a_name_that_is_withdrawn_goes_alone, prepare),
		cmocka_unit_test_setup(a_place_that_was_taken_hides_no_other_at_its_span, prepare),
		cmocka_unit_test_setup(no_proof_and_a_wrong_one_are_told, prepare),
		cmocka_unit_test_setup(without_memory_there_is_no_placing, prepare),
		cmocka_unit_test_setup(names_that_the_ledger_keeps_count_as_if_they_stood_there, prepare),
		cmocka_unit_test_setup(
			names_that_come_to_the_ledger_later_are_read_with_what_was_known, prepare),
	};

	return cmocka_run_group_tests(tests, make_folder, scratch_remove);
}
