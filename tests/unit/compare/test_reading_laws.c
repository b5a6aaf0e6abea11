/*
 * What a compilation says is what its reader reads: as each party wants it, in each style of names, a compilation of
 * a text without brackets has that party's words.  Over random texts of words that open additions, end items or stand
 * for what is still to come, of which some paragraphs go, come or move.  A case that breaks this says its seed.
 */
#include "lib/edits.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "merging.h"

enum { SEEDS = 1000, PARTIES = 3, PARAGRAPHS = 4, WORDS = 14 };

static const char *const parties[PARTIES] = {"EU", "AU", "US"};
static const enum bk_style styles[] = {BK_STYLE_PREFIX, BK_STYLE_PARENTHESIS, BK_STYLE_DASH};
enum { STYLES = sizeof styles / sizeof *styles };

static const char *const vocabulary[] = {"and", "the", "fund", "country", "Party", "date", "number", "title",
	"finance,", "equity,", "science;", "adaptation", "including,", "technology", "transfer", "provide",
	"support", "each", "5", "12", "2030", "in", "with", "respect", "developed", "as well as", "resources",
	"agreed", NULL};
enum { VOCABULARY = sizeof vocabulary / sizeof *vocabulary - 1 };

/* Numerical Recipes' generator, Press and others 1992. */
static size_t below(uint64_t *seed, size_t limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (size_t)(*seed >> 33) % limit;
}

static void make_base(uint64_t seed, struct bk_buf *out)
{
	const size_t paragraphs = 1 + below(&seed, PARAGRAPHS);

	for (size_t i = 0; i < paragraphs; i++) {
		const size_t words = 4 + below(&seed, WORDS - 4);

		bk_buf_put_str(out, i ? BK_STR("\nThey") : BK_STR("They"));
		for (size_t k = 0; k < words; k++)
			bk_buf_printf(out, " %s", vocabulary[below(&seed, VOCABULARY)]);
		bk_buf_put_str(out, BK_STR(" so.\n"));
	}
}

/* ---- Words ------------------------------------------------------------------------------------------- */

/* The words of a text, in small letters and a blank before each: no brackets, names beside them and marks. */
static void put_words(struct bk_str text, struct bk_buf *out)
{
	bk_draft *draft = draft_of_bytes(text.ptr, text.len,
		&(struct bk_draft_options){
			.conventions = reading_options()->conventions, .names = bk_roster_names(roster())});
	bk_reading *reading;
	size_t len;
	const char *bytes;

	assert_int_equal(bk_draft_read(draft, BK_READING_UNATTRIBUTED, NULL, &reading), BK_OK);
	bytes = bk_reading_bytes(reading, &len);
	for (size_t i = 0; i < len; i++) {
		if (bk_is_word(bytes[i]) && (i == 0 || !bk_is_word(bytes[i - 1])))
			bk_buf_putc(out, ' ');
		if (bk_is_word(bytes[i]))
			bk_buf_putc(out, bk_to_lower(bytes[i]));
	}
	bk_reading_free(reading);
	bk_draft_free(draft);
}

/* The words of a compilation as a party wants it. */
static void put_wanted(struct bk_str compilation, const char *party, struct bk_buf *out)
{
	bk_draft *draft = draft_of_bytes(compilation.ptr, compilation.len,
		&(struct bk_draft_options){
			.conventions = reading_options()->conventions, .names = bk_roster_names(roster())});
	const struct bk_positions_query query = {.party = party};
	bk_positions *positions;
	bk_binding *binding;
	bk_reading *reading;
	bk_ledger *ledger;
	struct bk_str text;
	uint8_t *decisions;
	size_t count;

	bk_draft_brackets(draft, &count);
	decisions = calloc(count + 1, 1);
	assert_non_null(decisions);
	assert_int_equal(bk_ledger_new(&ledger), BK_OK);
	assert_int_equal(bk_binding_new(&binding, ledger, draft), BK_OK);
	assert_int_equal(bk_positions_derive(&positions, draft, binding, ledger, roster(), &query), BK_OK);
	assert_int_equal(bk_positions_decide(positions, draft, roster(), party, decisions), BK_OK);
	assert_int_equal(bk_draft_read(draft, BK_READING_DECIDED, decisions, &reading), BK_OK);
	text.ptr = bk_reading_bytes(reading, &text.len);
	put_words(text, out);
	bk_reading_free(reading);
	bk_positions_free(positions);
	bk_binding_free(binding);
	bk_ledger_free(ledger);
	bk_draft_free(draft);
	free(decisions);
}

/* ---- The law ------------------------------------------------------------------------------------------- */

static bool wants_its_words(
	struct bk_str compilation, const char *party, struct bk_str version, uint64_t seed)
{
	struct bk_buf is = BK_BUF_INIT, wanted = BK_BUF_INIT;
	bool equal;

	put_words(version, &wanted);
	put_wanted(compilation, party, &is);
	equal = bk_str_equal(bk_buf_str(&is), bk_buf_str(&wanted));
	if (!equal)
		print_error("seed %llu: of\n%.*s%s is said to want\n%sand wants\n%s\n",
			(unsigned long long)seed, (int)compilation.len, compilation.ptr, party,
			bk_buf_string(&is), bk_buf_string(&wanted));
	bk_buf_release(&is);
	bk_buf_release(&wanted);
	return equal;
}

/* How many parties want something else than is read. */
static size_t misread(uint64_t seed, enum bk_style style)
{
	static const struct edit_rates rates = {
		.words = 80, .clauses = 20, .paragraphs = 100, .moves = 60, .vocabulary = vocabulary};
	const struct bk_merge_options options = {.style = style,
		.conventions = reading_options()->conventions,
		.names = bk_roster_names(roster())};
	struct bk_buf base = BK_BUF_INIT;
	struct edited edited[PARTIES] = {EDITED_INIT, EDITED_INIT, EDITED_INIT};
	struct bk_version versions[PARTIES];
	struct bk_str compilation;
	bk_merge *merge;
	size_t wrong = 0;

	make_base(seed, &base);
	for (size_t i = 0; i < PARTIES; i++) {
		edit_text(bk_buf_str(&base), &rates, seed * PARTIES + i, &edited[i]);
		versions[i] = (struct bk_version){
			parties[i], parties[i], bk_buf_string(&edited[i].bytes), edited[i].bytes.len};
	}
	assert_int_equal(bk_merge_new(&merge, base.bytes, base.len, versions, PARTIES, &options), BK_OK);
	compilation.ptr = bk_merge_bytes(merge, &compilation.len);
	for (size_t i = 0; i < PARTIES; i++)
		wrong += !wants_its_words(compilation, parties[i], bk_buf_str(&edited[i].bytes), seed);
	bk_merge_free(merge);
	for (size_t i = 0; i < PARTIES; i++)
		edited_release(&edited[i]);
	bk_buf_release(&base);
	return wrong;
}

static void each_party_wants_its_words_of_a_compilation(void **state)
{
	const char *given = getenv("BRACKED_SEED");
	const uint64_t from = given ? strtoull(given, NULL, 10) : 1;
	size_t wrong = 0;

	(void)state;
	for (size_t style = 0; style < STYLES; style++)
		for (uint64_t seed = from; seed < from + SEEDS; seed++)
			wrong += misread(seed, styles[style]);
	print_message("%d compilations: %zu of %d readings are other words\n", SEEDS * STYLES, wrong,
		SEEDS * STYLES * PARTIES);
	assert_int_equal(wrong, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_party_wants_its_words_of_a_compilation)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
