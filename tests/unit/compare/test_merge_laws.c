/*
 * The laws of merging over random texts and an issued one, with versions made by an editor that knows what it
 * did.  A case that breaks one says its seed, and is kept in failed-input.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <cmocka.h>

#include "comparing.h"
#include "lib/edits.h"
#include "lib/generate.h"
#include "lib/merge_laws.h"

#ifndef SEEDS
#define SEEDS 200
#endif

enum { TWELVE = 12, MANY = 200 };

static const char *const parties[] = {"EU", "AU", "US", "CN", "IN", "BR", "ZA", "JP", "CA", "NO", "MX", "CL"};

/* No word of any text. */
static const char *const foreign[] = {"zebra", "quartz", "vessel", "harbour", "lantern", "orchard", NULL};

/* What an editor may do. */
static const struct edit_rates editors[] = {
	{.words = 10, .vocabulary = foreign},
	{.words = 40, .vocabulary = foreign},
};
enum { EDITORS = sizeof editors / sizeof *editors };

/* What nobody would do to a text who wants it read. */
static const struct edit_rates wild[] = {
	{.words = 60, .clauses = 20, .reservations = 20},
	{.words = 30, .brackets = 200, .names = 80, .reservations = 30},
	{.words = 20, .paragraphs = 120, .moves = 150},
	{.words = 20, .blanks = 60, .crlf = true},
	{.words = 80,
		.clauses = 50,
		.reservations = 40,
		.brackets = 150,
		.names = 60,
		.paragraphs = 80,
		.moves = 80,
		.blanks = 50},
	{.words = 50,
		.clauses = 20,
		.brackets = 100,
		.paragraphs = 50,
		.moves = 50,
		.blanks = 50,
		.faults = 30},
	{.words = 600, .clauses = 200, .paragraphs = 300},
};
enum { WILD = sizeof wild / sizeof *wild };

static uint64_t first_seed(void)
{
	const char *seed = getenv("BRACKED_SEED");

	return seed ? strtoull(seed, NULL, 10) : 20261129;
}

static const bk_roster *roster(void)
{
	static bk_roster *made;

	if (!made && bk_roster_new(&made, NULL, 0) != BK_OK)
		abort();
	return made;
}

static struct bk_merge_options options_of(enum bk_style style, bool unopposed)
{
	return (struct bk_merge_options){.style = style,
		.unopposed = unopposed,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
}

/* ---- What is merged ------------------------------------------------------------------------------------ */

/* A base and versions of it. */
struct scene {
	struct bk_str base;
	struct edited edited[MANY];
	struct bk_version versions[MANY];
	size_t count;
};

/* from: what the party changed, the base or another version. */
static void scene_add(struct scene *scene, const char *party, struct bk_str from,
	const struct edit_rates *rates, uint64_t seed)
{
	struct edited *edited = &scene->edited[scene->count];

	*edited = (struct edited)EDITED_INIT;
	edit_text(from, rates, seed, edited);
	scene->versions[scene->count++] =
		(struct bk_version){party, party, bk_buf_string(&edited->bytes), edited->bytes.len};
}

static void scene_release(struct scene *scene)
{
	while (scene->count)
		edited_release(&scene->edited[--scene->count]);
}

/* All texts, a line of one tab between. */
static void keep(struct bk_str base, const struct bk_version *versions, size_t count)
{
	FILE *file = fopen("failed-input", "wb");

	if (!file)
		return;
	fwrite(base.ptr, 1, base.len, file);
	for (size_t i = 0; i < count; i++) {
		fputs("\n\t\n", file);
		fwrite(versions[i].bytes, 1, versions[i].len, file);
	}
	fclose(file);
}

static void expect_laws(const struct scene *scene, struct bk_merge_options options,
	struct merge_figures *figures, const char *what, uint64_t seed)
{
	const struct merging merging = {scene->base, scene->versions, scene->count, options};
	const char *broken = merge_laws(&merging, figures);

	if (!broken)
		return;
	keep(scene->base, scene->versions, scene->count);
	fail_msg("%s, seed %llu, %zu versions, %s%s: not so: %s (the texts are in failed-input)", what,
		(unsigned long long)seed, scene->count, bk_style_name(options.style),
		options.unopposed ? ", unopposed" : "", broken);
}

static void expect_recovery(const struct scene *scene, struct bk_merge_options options,
	struct merge_figures *figures, const char *what, uint64_t seed)
{
	const struct merging merging = {scene->base, scene->versions, scene->count, options};
	const char *broken = merge_recovers(&merging, figures);

	if (!broken)
		return;
	keep(scene->base, scene->versions, scene->count);
	fail_msg("%s, seed %llu, %zu versions, %s%s: not so: %s (the texts are in failed-input)", what,
		(unsigned long long)seed, scene->count, bk_style_name(options.style),
		options.unopposed ? ", unopposed" : "", broken);
}

static void expect_identities(
	const struct scene *scene, struct merge_figures *figures, const char *what, uint64_t seed)
{
	const struct bk_merge_options options = options_of((enum bk_style)(seed % BK_STYLE_COUNT), false);

	for (size_t i = 0; i < scene->count; i++) {
		const struct bk_version *version = &scene->versions[i];
		const char *broken = merge_identities(
			scene->base, (struct bk_str){version->bytes, version->len}, &options, figures);

		if (!broken)
			continue;
		keep(scene->base, version, 1);
		fail_msg("%s, seed %llu: not so: %s (the texts are in failed-input)", what,
			(unsigned long long)seed, broken);
	}
}

static void tell(const char *what, const struct merge_figures *figures)
{
	print_message(
		"%s: %zu merges, %zu proposals (%zu left), %zu places (%zu bracketed), %zu words, 0 lost\n",
		what, figures->merges, figures->proposals, figures->left, figures->places, figures->bracketed,
		figures->words);
}

/* One to four parties, each with an editor of its own, some of whom take up what another wants. */
static void look_at_text(struct bk_str base, uint64_t seed, struct merge_figures *figures, const char *what)
{
	static struct scene scene;
	const enum bk_style style = BK_STYLE_PREFIX;
	const size_t count = 1 + seed % 4;

	scene = (struct scene){.base = base};
	for (size_t i = 0; i < count; i++) {
		const struct edit_rates *rates = &editors[(seed / 4 + i * (seed % 3)) % EDITORS];
		const bool follows = i && seed / 4 % 3 == 0;

		scene_add(&scene, parties[i], follows ? bk_buf_str(&scene.edited[i - 1].bytes) : base, rates,
			seed * 16 + i);
	}
	expect_laws(&scene, options_of(style, false), figures, what, seed);
	expect_identities(&scene, figures, what, seed);
	scene_release(&scene);
}

/* ---- Random texts -------------------------------------------------------------------------------------- */

static void treaty_texts_keep_the_laws(void **state)
{
	struct merge_figures figures = {0};

	(void)state;
	for (uint64_t seed = first_seed(); seed < first_seed() + SEEDS; seed++) {
		struct generated text = generate_text(500 + seed % 7 * 1000, seed);

		look_at_text((struct bk_str){text.bytes, text.len}, seed, &figures, "a treaty text");
		generated_release(&text);
	}
	tell("treaty texts", &figures);
}

/* ---- Many parties -------------------------------------------------------------------------------------- */

static double seconds_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* How many places are bracketed, and in how many milliseconds. */
static size_t count_disputes(const struct scene *scene, double *milliseconds)
{
	const struct bk_merge_options options = options_of(BK_STYLE_PREFIX, false);
	const double start = seconds_now();
	bk_merge *merge = NULL;
	size_t disputes;

	assert_int_equal(bk_merge_new(&merge, scene->base.ptr, scene->base.len, scene->versions, scene->count,
				 &options),
		BK_OK);
	*milliseconds = (seconds_now() - start) * 1e3;
	disputes = bk_merge_disputes(merge);
	bk_merge_free(merge);
	return disputes;
}

/* Places are disputed where the parties edited, and nowhere else; and nearly each of these stands by itself. */
static void expect_no_more_than_edits(const struct scene *scene, const char *what)
{
	const size_t clusters = edits_clusters(scene->edited, scene->count);
	double milliseconds;
	const size_t disputes = count_disputes(scene, &milliseconds);

	print_message("%s: %zu versions, %zu places disputed, %zu heaps of edits, %.1f ms\n", what,
		scene->count, disputes, clusters, milliseconds);
	if (disputes > clusters || disputes * 5 < clusters * 4)
		keep(scene->base, scene->versions, scene->count);
	assert_true(disputes <= clusters);
	assert_true(disputes * 5 >= clusters * 4);
}

static void expect_of_many(struct bk_str base, size_t count, const char *const *names,
	const struct edit_rates *rates, const char *what)
{
	static struct scene scene;
	struct merge_figures figures = {0};

	scene = (struct scene){.base = base};
	for (size_t i = 0; i < count; i++)
		scene_add(&scene, names[i], base, rates, first_seed() * 1000 + i);
	expect_no_more_than_edits(&scene, what);
	expect_laws(&scene, options_of(BK_STYLE_PREFIX, false), &figures, what, first_seed());
	expect_laws(&scene, options_of(BK_STYLE_PREFIX, true), &figures, what, first_seed());
	scene_release(&scene);
	tell(what, &figures);
}

static void twelve_versions_of_an_issued_text_are_merged(void **state)
{
	static const struct edit_rates words = {.words = 10, .vocabulary = foreign};
	struct bk_buf text = BK_BUF_INIT;

	(void)state;
	if (!read_below("BRACKED_CORPUS", "paris-2015-12-04.md", &text))
		skip();
	expect_of_many(bk_buf_str(&text), TWELVE, parties, &words, "one word in a hundred");
	bk_buf_release(&text);
}

/* Words in twenty, and paragraphs that moved: what is to go where it stood, and proposed where it came,
 * are two places. */
static void twelve_versions_with_moves_are_merged(void **state)
{
	static const struct edit_rates much = {.words = 50, .moves = 30, .vocabulary = foreign};
	static struct scene scene;
	struct merge_figures figures = {0};
	struct bk_buf text = BK_BUF_INIT;

	(void)state;
	if (!read_below("BRACKED_CORPUS", "paris-2015-12-04.md", &text))
		skip();
	scene = (struct scene){.base = bk_buf_str(&text)};
	for (size_t i = 0; i < TWELVE; i++)
		scene_add(&scene, parties[i], scene.base, &much, first_seed() * 1000 + i);
	expect_no_more_than_edits(&scene, "one word in twenty, and moves");
	for (int unopposed = 0; unopposed < 2; unopposed++)
		expect_recovery(
			&scene, options_of(BK_STYLE_PREFIX, unopposed), &figures, "moves", first_seed());
	expect_identities(&scene, &figures, "moves", first_seed());
	tell("one word in twenty, and moves", &figures);
	scene_release(&scene);
	bk_buf_release(&text);
}

static void two_hundred_parties_are_merged(void **state)
{
	static const struct edit_rates words = {.words = 2, .vocabulary = foreign};
	const char *names[MANY];
	size_t count;
	const struct bk_party *all = bk_roster_parties(roster(), &count);
	struct generated text = generate_text(100000, first_seed());

	(void)state;
	if (count < MANY)
		skip();
	for (size_t i = 0; i < MANY; i++)
		names[i] = all[i].code;
	expect_of_many((struct bk_str){text.bytes, text.len}, MANY, names, &words, "two hundred parties");
	generated_release(&text);
}

/* One to four parties, each with an editor of its own, some of whom take up what another wants; both kinds of
 * merge. */
static void look_at_wild_text(
	struct bk_str base, uint64_t seed, struct merge_figures *figures, const char *what)
{
	static struct scene scene;
	const enum bk_style style = seed / 2 % BK_STYLE_COUNT;
	const size_t count = 1 + seed % 4;

	scene = (struct scene){.base = base};
	for (size_t i = 0; i < count; i++)
		scene_add(&scene, parties[i],
			i && seed / 4 % 3 == 0 ? bk_buf_str(&scene.edited[i - 1].bytes) : base,
			&wild[(seed / 4 + i * (seed % 3)) % WILD], seed * 16 + i);
	expect_recovery(&scene, options_of(style, false), figures, what, seed);
	expect_recovery(&scene, options_of(style, true), figures, what, seed);
	expect_identities(&scene, figures, what, seed);
	scene_release(&scene);
}

static void wild_versions_come_back_and_all_alike_are_taken(void **state)
{
	struct merge_figures figures = {0};

	(void)state;
	for (uint64_t seed = first_seed(); seed < first_seed() + 600; seed++) {
		struct generated text =
			seed % 10 ? generate_small_text(seed) : generate_text(500 + seed % 7 * 1000, seed);

		look_at_wild_text((struct bk_str){text.bytes, text.len}, seed, &figures, "a wild text");
		generated_release(&text);
	}
	tell("wild versions", &figures);
}

/* ---- Many brackets ------------------------------------------------------------------------------------- */

enum { BRACKETS = 1500, EACH = 5, MARKED = 25 };

/* Brackets of one party side by side; another puts its name in one of EACH.  A note that stands far behind says who
 * else wants the first ones of MARKED. */
static void put_brackets(struct bk_buf *out, const char *party, size_t which)
{
	bk_buf_puts(out, "1. Parties shall");
	for (size_t i = 0; i < BRACKETS; i++) {
		const bool has_name = party && i % EACH == which;

		bk_buf_printf(out, " [JP%s%s: do %zu]%s", has_name ? "; " : "", has_name ? party : "", i,
			i % MARKED < EACH ? "1" : "");
	}
	bk_buf_puts(out, ".\n\n1 EU and CN.\n");
}

/* What is read round small brackets adds up to more than the text many times over: who goes through them in order
 * reads the text as a whole from some bracket on, and then sees the note. */
static void many_brackets_are_placed_alike_in_any_stretches(void **state)
{
	static const struct edit_rates nothing;
	static struct scene scene;
	struct merge_figures figures = {0};
	struct merging merging;
	struct bk_buf base = BK_BUF_INIT;

	(void)state;
	put_brackets(&base, NULL, 0);
	scene = (struct scene){.base = bk_buf_str(&base)};
	for (size_t i = 0; i < EACH - 1; i++) {
		struct bk_buf text = BK_BUF_INIT;

		put_brackets(&text, parties[i], i);
		scene_add(&scene, parties[i], bk_buf_str(&text), &nothing, 0);
		bk_buf_release(&text);
	}
	expect_recovery(&scene, options_of(BK_STYLE_PREFIX, false), &figures, "many brackets", 0);
	merging =
		(struct merging){scene.base, scene.versions, scene.count, options_of(BK_STYLE_PREFIX, false)};
	assert_null(merge_in_stretches(&merging, 0));
	assert_null(merge_in_stretches(&merging, 100));
	tell("many brackets", &figures);
	scene_release(&scene);
	bk_buf_release(&base);
}

/* The next of a row of numbers below `below` that a seed tells. */
static size_t next_of(uint64_t *seed, size_t below)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*seed >> 33) % below;
}

/* Numbered paragraphs of which most are the same; each version joins some, leaves some out, and adds to some. */
static void put_alike(struct bk_buf *out, uint64_t seed, bool is_version)
{
	static const char *const texts[] = {"The same words stand here.", "The same words stand here.",
		"No text.", "Other words [stand] there."};
	uint64_t choice = 7, change = seed;

	for (size_t i = 0, number = 1; i < 12; i++) {
		const char *const text = texts[next_of(&choice, 4)];
		const size_t kind = is_version ? next_of(&change, 8) : 7;

		if (kind == 0)
			continue;
		if (kind == 1)
			bk_buf_puts(out, " ");
		else
			bk_buf_printf(out, "%s%zu. ", i ? "\n\n" : "", number++);
		bk_buf_printf(out, kind == 2 ? "%s here." : "%s", text);
		if (kind == 3)
			bk_buf_printf(out, "\n\n%zu. %s", number++, text);
	}
	bk_buf_puts(out, "\n");
}

static void paragraphs_that_are_alike_keep_the_laws(void **state)
{
	static const struct edit_rates nothing;
	static struct scene scene;
	struct merge_figures figures = {0};
	struct bk_buf base = BK_BUF_INIT;

	(void)state;
	put_alike(&base, 0, false);
	for (uint64_t seed = first_seed(); seed < first_seed() + 200; seed++) {
		scene = (struct scene){.base = bk_buf_str(&base)};
		for (size_t i = 0; i < 3; i++) {
			struct bk_buf text = BK_BUF_INIT;

			put_alike(&text, seed * 3 + i, true);
			scene_add(&scene, parties[i], bk_buf_str(&text), &nothing, 0);
			bk_buf_release(&text);
		}
		for (int unopposed = 0; unopposed < 2; unopposed++)
			expect_recovery(
				&scene, options_of(BK_STYLE_PREFIX, unopposed), &figures, "alike", seed);
		scene_release(&scene);
	}
	tell("paragraphs that are alike", &figures);
	bk_buf_release(&base);
}

/* Paragraphs of one word, in any other order, while another party says more in one of them. */
static void short_paragraphs_that_moved_keep_the_laws(void **state)
{
	static const char *const orders[] = {"Meet.\n\nAct.\n\nPay.\n", "Pay.\n\nAct.\n\nMeet.\n",
		"Meet.\n\nPay.\n\nAct.\n", "Pay.\n\nMeet.\n\nAct.\n"};
	static const char *const changes[] = {"Act soon.\n\nMeet.\n\nPay.\n", "Act.\n\nMeet soon.\n\nPay.\n",
		"Act.\n\nMeet.\n\nPay soon.\n"};
	static const struct edit_rates nothing;
	static struct scene scene;
	struct merge_figures figures = {0};

	(void)state;
	for (size_t i = 0; i < 12; i++) {
		scene = (struct scene){.base = BK_STR("Act.\n\nMeet.\n\nPay.\n")};
		scene_add(&scene, parties[0], bk_str_of(orders[i % 4]), &nothing, 0);
		scene_add(&scene, parties[1], bk_str_of(changes[i / 4]), &nothing, 0);
		expect_laws(&scene, options_of(BK_STYLE_PREFIX, true), &figures, "short paragraphs", i);
		scene_release(&scene);
	}
	tell("short paragraphs", &figures);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(treaty_texts_keep_the_laws),
		cmocka_unit_test(twelve_versions_of_an_issued_text_are_merged),
		cmocka_unit_test(twelve_versions_with_moves_are_merged),
		cmocka_unit_test(paragraphs_that_are_alike_keep_the_laws),
		cmocka_unit_test(short_paragraphs_that_moved_keep_the_laws),
		cmocka_unit_test(two_hundred_parties_are_merged),
		cmocka_unit_test(wild_versions_come_back_and_all_alike_are_taken),
		cmocka_unit_test(many_brackets_are_placed_alike_in_any_stretches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
