/*
 * A compilation that nobody has touched has each of its places: over random texts, with versions made by an editor,
 * and over an issued one.  One in which all places are given to the base, or to a party, is its text: over random
 * small merges.  A case that breaks this says its seed.
 */
#include "app/placing.h"
#include "base/vec.h"
#include "lib/edits.h"
#include "lib/generate.h"
#include "lib/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SEEDS = 300, PARTIES = 3 };

static const char *const parties[PARTIES] = {"EU", "AU", "US"};

static const struct edit_rates editors[] = {
	{.words = 40},
	{.words = 60, .clauses = 20, .reservations = 20},
	{.words = 30, .brackets = 200, .names = 80, .reservations = 30},
	{.words = 20, .paragraphs = 120, .moves = 150},
	{.words = 20, .blanks = 60, .crlf = true},
	{.words = 80,
		.clauses = 50,
		.brackets = 150,
		.names = 60,
		.paragraphs = 80,
		.moves = 80,
		.blanks = 50},
};
enum { EDITORS = sizeof editors / sizeof *editors };

static char draft_name[128], proof_name[128];

static void write_file(const char *name, const char *bytes, size_t len)
{
	assert_int_equal(
		bk_file_replace_bytes(name, (struct bk_str){bytes, len}, NULL, BK_REPLACE_FORCE, NULL),
		BK_OK);
}

/* Returns how many places are in brackets. */
static size_t write_merge(struct bk_str base, const struct bk_version *versions, size_t count)
{
	bk_conventions *conventions;
	bk_roster *roster;
	bk_merge *merge;
	char *json;
	size_t len, places;
	const char *bytes;

	assert_int_equal(bk_conventions_new(&conventions, NULL, NULL, 0), BK_OK);
	assert_int_equal(bk_roster_new(&roster, NULL, 0), BK_OK);
	const struct bk_merge_options options = {
		.conventions = conventions, .names = bk_roster_names(roster)};

	assert_int_equal(bk_merge_new(&merge, base.ptr, base.len, versions, count, &options), BK_OK);
	bytes = bk_merge_bytes(merge, &len);
	write_file(draft_name, bytes, len);
	assert_int_equal(bk_merge_prove(merge, "all.txt", "base.txt", &json, &len), BK_OK);
	write_file(proof_name, json, len);
	bk_proof_free_bytes(json);
	places = bk_merge_disputes(merge) + bk_merge_inner_disputes(merge);
	bk_merge_free(merge);
	bk_roster_free(roster);
	bk_conventions_free(conventions);
	return places;
}

static void fail_at(const struct bk_placing_place *place, const bk_placing *placing, uint64_t seed)
{
	size_t count, len;
	const struct bk_span out = bk_proof_places(bk_placing_proof(placing), &count)[place->first].out.span;

	fail_msg("seed %llu: not at its place, state %d, %zu instead of %zu: '%.*s'",
		(unsigned long long)seed, place->state, place->offset, out.start, (int)(out.end - out.start),
		bk_draft_bytes(bk_placing_issued(placing), &len) + out.start);
}

/* Unplaced, and where the proof says: at its brackets, or at those round it to which a name was added. */
static void expect_place(const struct bk_placing_place *place, const bk_placing *placing, uint64_t seed)
{
	size_t count;
	const struct bk_span out = bk_proof_places(bk_placing_proof(placing), &count)[place->first].out.span;
	const bool at =
		place->bracket != BK_NONE &&
		(place->offset >= out.start
				? place->offset < out.end
				: bk_draft_brackets(bk_placing_issued(placing), &count)[place->bracket].end >=
					  out.end);

	if (place->state != BK_PLACING_OPEN || !at)
		fail_at(place, placing, seed);
}

/* Each proposal in brackets stands whole where the proof says it does. */
static void expect_proposal(
	const struct bk_proof_proposal *proposal, const bk_placing *placing, uint64_t seed)
{
	struct bk_followed followed;

	if (proposal->fate != BK_MERGE_BRACKETED)
		return;
	if (!bk_placing_follow(placing, proposal, &followed) || followed.standing < followed.words ||
		(followed.words && (followed.span.start < proposal->out.span.start ||
					   followed.span.end > proposal->out.span.end)))
		fail_msg("seed %llu: a proposal at %zu is not found there", (unsigned long long)seed,
			proposal->out.span.start);
}

/* Labels are left outside of brackets: the end of the words tells. */
static bool holds(const bk_placing *placing, const struct bk_placing_place *place, struct bk_span words)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);
	size_t count;
	const struct bk_bracket *all = bk_draft_brackets(bk_placing_issued(placing), &count);

	for (size_t i = 0; i < place->own_count; i++)
		if (all[own[i].issued].start < words.end && all[own[i].issued].end >= words.end)
			return true;
	return false;
}

/* All words that are proposed at a place stand in brackets of its own. */
static void expect_offered(const struct bk_placing_place *place, const bk_placing *placing, uint64_t seed)
{
	size_t count, len;
	const struct bk_proof_place *places = bk_proof_places(bk_placing_proof(placing), &count);
	const struct bk_proof_proposal *all = bk_proof_proposals(bk_placing_proof(placing), &count);

	for (size_t i = place->first; i < place->first + place->count; i++)
		for (size_t k = places[i].first; k < places[i].first + places[i].proposal_count; k++) {
			const bool words = all[k].act == BK_MERGE_ADD || all[k].act == BK_MERGE_REPLACE;

			if (words && !holds(placing, place, all[k].out.span))
				fail_msg("seed %llu: '%.*s' is offered nowhere at '%.*s'",
					(unsigned long long)seed, (int)all[k].len, all[k].words,
					(int)(places[i].out.span.end - places[i].out.span.start),
					bk_draft_bytes(bk_placing_issued(placing), &len) +
						places[i].out.span.start);
		}
}

/* No words that are proposed are offered at two places; of the base's, several may want something else. */
static void expect_no_others(const bk_placing *placing, uint64_t seed)
{
	size_t count, brackets;
	const struct bk_placing_place *places = bk_placing_places(placing, &count);
	const struct bk_bracket *all = bk_draft_brackets(bk_placing_issued(placing), &brackets);
	bool *offered = calloc(brackets + 1, sizeof *offered);

	assert_non_null(offered);
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < places[i].own_count; k++) {
			const struct bk_placing_bracket *own = &bk_placing_brackets(placing, &places[i])[k];

			if (bk_placing_says_base(placing, own))
				continue;
			if (offered[own->issued])
				fail_msg("seed %llu: the bracket at %zu is that of two places",
					(unsigned long long)seed, all[own->issued].start);
			offered[own->issued] = true;
		}
	free(offered);
}

/* Returns how many places there are. */
static size_t expect_all_found(uint64_t seed)
{
	struct bk_session *session;
	bk_placing *placing;
	size_t count, proposal_count;

	assert_int_equal(
		bk_session_open(&session, draft_name, BK_SESSION_READ, &(struct bk_session_options){0}),
		BK_OK);
	assert_int_equal(bk_session_refresh(session), BK_OK);
	const struct bk_placing_source source = bk_placing_source(session);

	assert_int_equal(bk_placing_open(&placing, &source), BK_OK);
	const struct bk_placing_place *places = bk_placing_places(placing, &count);
	const struct bk_proof_proposal *proposals =
		bk_proof_proposals(bk_placing_proof(placing), &proposal_count);

	for (size_t i = 0; i < count; i++) {
		expect_place(&places[i], placing, seed);
		expect_offered(&places[i], placing, seed);
	}
	for (size_t i = 0; i < proposal_count; i++)
		expect_proposal(&proposals[i], placing, seed);
	expect_no_others(placing, seed);
	assert_int_equal(bk_placing_count(placing).unplaced, count);
	bk_placing_free(placing);
	bk_session_free(session);
	return count;
}

/* One to three parties, each with an editor of its own. */
static size_t look_at_text(struct bk_str base, uint64_t seed)
{
	struct edited edited[PARTIES] = {EDITED_INIT, EDITED_INIT, EDITED_INIT};
	struct bk_version versions[PARTIES];
	const size_t count = 1 + seed % PARTIES;
	size_t places;

	for (size_t i = 0; i < count; i++) {
		edit_text(base, &editors[(seed / PARTIES + i) % EDITORS], seed * 16 + i, &edited[i]);
		versions[i] = (struct bk_version){
			parties[i], parties[i], bk_buf_string(&edited[i].bytes), edited[i].bytes.len};
	}
	places = write_merge(base, versions, count);
	if (expect_all_found(seed) != places)
		fail_msg("seed %llu: there are not %zu places, as the merge says", (unsigned long long)seed,
			places);
	for (size_t i = 0; i < PARTIES; i++)
		edited_release(&edited[i]);
	return places;
}

static uint64_t first_seed(void)
{
	const char *seed = getenv("BRACKED_SEED");

	return seed ? strtoull(seed, NULL, 10) : 20261129;
}

static void every_place_of_random_texts_is_found(void **state)
{
	size_t places = 0;
	(void)state;

	for (uint64_t seed = first_seed(); seed < first_seed() + SEEDS; seed++) {
		struct generated text =
			seed % 2 ? generate_small_text(seed) : generate_text(500 + seed % 7 * 1000, seed);

		places += look_at_text((struct bk_str){text.bytes, text.len}, seed);
		generated_release(&text);
	}
	print_message("%zu places found\n", places);
	assert_true(places > SEEDS);
}

static void every_place_of_an_issued_text_is_found(void **state)
{
	const char *folder = getenv("BRACKED_CORPUS");
	struct bk_file_bytes file = {0};
	char path[512];
	(void)state;

	snprintf(path, sizeof path, "%s/paris-2015-12-04.md", folder ? folder : "");
	if (!folder || bk_file_read_plain(&file, path) != BK_OK)
		skip();
	for (uint64_t seed = first_seed(); seed < first_seed() + EDITORS; seed++)
		print_message("%zu places found\n", look_at_text(file.str, seed * PARTIES + 2));
	bk_file_release(&file);
}

/* ---- Deciding ------------------------------------------------------------------------------------------- */

/* What a party says of a place: its name beside one of the brackets; false where it says nothing. */
static bool find_named(const bk_placing *placing, const struct bk_placing_place *place, const char *party,
	enum bk_act *act, uint32_t *bracket)
{
	const struct bk_placing_bracket *own = bk_placing_brackets(placing, place);
	const struct bk_placing_names *names = bk_placing_names_now(placing);

	for (size_t i = 0; i < place->own_count; i++) {
		size_t count = 0;
		const struct bk_attribution *all =
			own[i].now == BK_NONE ? NULL : bk_placing_names_beside(names, own[i].now, &count);

		for (size_t k = 0; k < count; k++) {
			if (strcmp(all[k].party, party) != 0)
				continue;
			*act = (enum bk_act)all[k].act;
			*bracket = own[i].now;
			return true;
		}
	}
	return false;
}

/* What the party wants there, or where it wants nothing, the base. */
static int decide(const bk_placing *placing, const struct bk_placing_place *place, const char *party,
	bk_changes **changes)
{
	enum bk_act act;
	uint32_t bracket;

	if (!find_named(placing, place, party, &act, &bracket))
		return bk_placing_settle(placing, place, BK_PLACING_BASE, 0, changes);
	return act == BK_ACT_DELETE ? bk_placing_settle(placing, place, BK_PLACING_NOTHING, 0, changes)
				    : bk_placing_settle(placing, place, BK_PLACING_ONE, bracket, changes);
}

/* What was decided last: the index of the place, and where nothing was, all that are. */
struct decided {
	size_t place;
	bool any;
	BK_VEC(bool) open; /* by the place, before */
};

/* Of a place that was decided, what lies in its brackets, or has it in its own, goes with it; no other does. */
static void expect_others_open(const bk_placing *placing, const struct decided *decided, uint64_t seed)
{
	size_t count, all_count, len;
	const struct bk_placing_place *places = bk_placing_places(placing, &count);
	const struct bk_proof_place *all = bk_proof_places(bk_placing_proof(placing), &all_count);
	const struct bk_span span = all[places[decided->place].first].out.span;

	for (size_t i = 0; i < count; i++) {
		const struct bk_span other = all[places[i].first].out.span;

		if (decided->open.items[i] && places[i].state != BK_PLACING_OPEN &&
			(other.end <= span.start || other.start >= span.end))
			fail_msg("seed %llu: '%.*s' is decided with '%.*s'", (unsigned long long)seed,
				(int)(other.end - other.start),
				bk_draft_bytes(bk_placing_issued(placing), &len) + other.start,
				(int)(span.end - span.start),
				bk_draft_bytes(bk_placing_issued(placing), &len) + span.start);
	}
}

static void keep_open(const bk_placing *placing, size_t place, struct decided *decided)
{
	size_t count;
	const struct bk_placing_place *places = bk_placing_places(placing, &count);

	decided->place = place;
	decided->any = true;
	decided->open.len = 0;
	for (size_t i = 0; i < count; i++) {
		bool *open = BK_VEC_PUSH(&decided->open);

		assert_non_null(open);
		*open = places[i].state == BK_PLACING_OPEN;
	}
}

/* Decide the first place that is open; false where none is. */
static bool decide_next(struct bk_session *session, const char *party, struct decided *decided, uint64_t seed)
{
	bk_placing *placing;
	bk_changes *changes;
	size_t count, open = 0;

	assert_int_equal(bk_session_refresh(session), BK_OK);
	const struct bk_placing_source source = bk_placing_source(session);

	assert_int_equal(bk_placing_open(&placing, &source), BK_OK);
	const struct bk_placing_place *places = bk_placing_places(placing, &count);

	if (decided->any)
		expect_others_open(placing, decided, seed);
	while (open < count && places[open].state != BK_PLACING_OPEN)
		open++;
	if (open < count) {
		keep_open(placing, open, decided);
		assert_int_equal(decide(placing, &places[open], party, &changes), BK_OK);
		assert_int_equal(bk_session_apply(session, changes), BK_OK);
		bk_changes_free(changes);
	} else if (bk_placing_count(placing).lost) {
		fail_msg("seed %llu: a place is lost", (unsigned long long)seed);
	}
	bk_placing_free(placing);
	return open < count;
}

/* The same at all places, as many as there are. */
static void decide_all(size_t places, const char *party, uint64_t seed, struct bk_buf *out)
{
	const struct bk_session_options options = {.state_folder = scratch};
	struct bk_session *session;
	struct decided decided = {.any = false};
	size_t len;
	const char *bytes;

	assert_int_equal(bk_session_open(&session, draft_name, BK_SESSION_CHANGE, &options), BK_OK);
	while (decide_next(session, party, &decided, seed))
		if (places-- == 0)
			fail_msg("seed %llu: a place stays open for %s", (unsigned long long)seed, party);
	bytes = bk_draft_bytes(session->draft, &len);
	bk_buf_put(out, bytes, len);
	BK_VEC_RELEASE(&decided.open);
	bk_session_free(session);
}

/* ---- Small merges --------------------------------------------------------------------------------------- */

/* Words that each stand once, as in a text; and what parties put in. */
static const char *const said[] = {"Board", "meets", "in", "Bonn", "each", "year", "and", "reports", "to",
	"all", "Parties", "on", "funds", "[that]", "[shall]", "flow", "[from", "banks]", "now,", "as",
	"\\[sic"};
static const char *const put_in[] = {
	"Body", "countries", "today", "twice", "will", "Suva", "may", "money", "[can]", "No text"};
enum { SAID = sizeof said / sizeof *said, PUT_IN = sizeof put_in / sizeof *put_in, PLAIN = PUT_IN - 2 };

static unsigned next_random(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*state >> 33);
}

/* Three paragraphs, in which so many words of a hundred have one before them, are another one, are gone; and with
 * brackets stand in these. */
static void write_version(struct bk_buf *out, unsigned rate, bool brackets, uint64_t seed)
{
	uint64_t random = seed;

	next_random(&random);
	for (size_t i = 0; i < SAID; i++) {
		const unsigned dice = next_random(&random) % 100;
		const bool plain = !strpbrk(said[i], "[]");
		const char *put = put_in[next_random(&random) % (brackets ? PUT_IN : PLAIN)];

		if (i % 7 == 0)
			bk_buf_printf(out, "%s%zu.", i ? ".\n\n" : "", i / 7 + 1);
		if (dice < rate)
			bk_buf_printf(out, " %s %s", put, said[i]);
		else if (plain && dice < 2 * rate)
			bk_buf_printf(out, " %s", put);
		else if (plain && brackets && dice < 3 * rate)
			bk_buf_printf(out, " [%s]", said[i]);
		else if (!plain || dice >= 4 * rate)
			bk_buf_printf(out, " %s", said[i]);
	}
	bk_buf_puts(out, ".\n");
}

/* A merge of two versions with one that is the base, so that nothing is wanted by all. */
struct small {
	struct bk_buf base, texts[2];
	size_t places;
};

static struct small make_small(bool brackets, uint64_t seed)
{
	struct small small = {BK_BUF_INIT, {BK_BUF_INIT, BK_BUF_INIT}, 0};
	struct bk_version versions[PARTIES];

	write_version(&small.base, 0, false, seed);
	versions[2] = (struct bk_version){parties[2], parties[2], bk_buf_string(&small.base), small.base.len};
	for (size_t i = 0; i < 2; i++) {
		write_version(&small.texts[i], 2 + seed % 6, brackets, seed * 2 + i);
		versions[i] = (struct bk_version){
			parties[i], parties[i], bk_buf_string(&small.texts[i]), small.texts[i].len};
	}
	small.places = write_merge(bk_buf_str(&small.base), versions, PARTIES);
	return small;
}

static void small_release(struct small *small)
{
	bk_buf_release(&small->base);
	for (size_t i = 0; i < 2; i++)
		bk_buf_release(&small->texts[i]);
}

static void fail_with(struct bk_str got, struct bk_str want, const char *party, uint64_t seed)
{
	fail_msg("seed %llu: all places given to %s make\n%.*sinstead of\n%.*s", (unsigned long long)seed,
		party, (int)got.len, got.ptr, (int)want.len, want.ptr);
}

static void the_base_everywhere_is_the_base_to_the_byte(void **state)
{
	(void)state;

	for (uint64_t seed = first_seed(); seed < first_seed() + SEEDS; seed++) {
		struct small small = make_small(seed % 2 == 0, seed);
		struct bk_buf out = BK_BUF_INIT;

		decide_all(small.places, "base", seed, &out);
		if (!bk_str_equal(bk_buf_str(&out), bk_buf_str(&small.base)))
			fail_with(bk_buf_str(&out), bk_buf_str(&small.base), "the base", seed);
		bk_buf_release(&out);
		small_release(&small);
	}
}

/* But for the capital that a sentence begins with. */
static void what_a_party_wants_everywhere_is_its_text(void **state)
{
	(void)state;

	for (uint64_t seed = first_seed(); seed < first_seed() + SEEDS; seed++) {
		struct small small = make_small(false, seed);

		for (size_t i = 0; i < 2; i++) {
			struct bk_buf out = BK_BUF_INIT;

			decide_all(small.places, parties[i], seed, &out);
			if (!bk_str_equal_nocase(bk_buf_str(&out), bk_buf_str(&small.texts[i])))
				fail_with(bk_buf_str(&out), bk_buf_str(&small.texts[i]), parties[i], seed);
			bk_buf_release(&out);
		}
		small_release(&small);
	}
}

static int make_folder(void **state)
{
	if (scratch_make(state) < 0)
		return -1;
	snprintf(draft_name, sizeof draft_name, "%s/all.txt", scratch);
	snprintf(proof_name, sizeof proof_name, "%s/all.txt.proof", scratch);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_place_of_random_texts_is_found),
		cmocka_unit_test(every_place_of_an_issued_text_is_found),
		cmocka_unit_test(the_base_everywhere_is_the_base_to_the_byte),
		cmocka_unit_test(what_a_party_wants_everywhere_is_its_text),
	};

	return cmocka_run_group_tests(tests, make_folder, scratch_remove);
}
