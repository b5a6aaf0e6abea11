/* Proofs read back: what was proposed where, and what a proof from anybody may not say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/buf.h"

#include <bracked/merge.h>

static const char base[] = "1. Parties shall act promptly.\n\n2. They report.\n";

/* The proof of EU's and US's versions of the base; *out by bk_free. */
static bk_proof *prove(struct bk_buf *json)
{
	static const struct bk_version versions[] = {
		{"EU", "eu.txt", "1. Parties should act promptly.\n\n2. They report.\n", 49},
		{"US", "us.txt", "1. Parties should act.\n\n2. They shall report.\n", 46},
	};
	bk_merge *merge;
	bk_proof *proof;
	char *bytes;
	size_t len;

	assert_int_equal(
		bk_merge_new(&merge, base, strlen(base), versions, 2, &(struct bk_merge_options){0}), BK_OK);
	assert_int_equal(bk_merge_prove(merge, "all.txt", "base.txt", &bytes, &len), BK_OK);
	bk_buf_put(json, bytes, len);
	assert_int_equal(bk_proof_parse(&proof, bytes, len, "all.txt.proof"), BK_OK);
	assert_int_equal(bk_proof_read(proof), BK_OK);
	bk_merge_free(merge);
	bk_proof_free_bytes(bytes);
	return proof;
}

static void assert_words(const char *words, size_t len, const char *expected)
{
	assert_int_equal(len, strlen(expected));
	assert_memory_equal(words, expected, len);
}

static void test_places_are_in_order_with_their_proposals(void **state)
{
	struct bk_buf json = BK_BUF_INIT;
	bk_proof *proof = prove(&json);
	size_t count, proposal_count;
	const struct bk_proof_place *places = bk_proof_places(proof, &count);
	const struct bk_proof_proposal *proposals = bk_proof_proposals(proof, &proposal_count);
	(void)state;

	assert_int_equal(count, 3);
	assert_int_equal(proposal_count, 4);
	assert_string_equal(bk_proof_companion(proof, 0, 0), "US");
	assert_string_equal(bk_proof_companion(proof, 1, 0), "EU");
	assert_null(bk_proof_companion(proof, 0, 1));
	assert_null(bk_proof_companion(proof, 2, 0));
	assert_words(places[0].words, places[0].len, "shall");
	assert_false(places[0].bracketed);
	assert_int_equal(places[0].proposal_count, 2);
	assert_words(proposals[0].words, proposals[0].len, "should");
	assert_int_equal(proposals[0].act, BK_MERGE_REPLACE);
	assert_int_equal(proposals[1].party, 1);
	assert_true(places[1].bracketed);
	assert_int_equal(proposals[places[1].first].act, BK_MERGE_DELETE);
	assert_int_equal(proposals[places[2].first].act, BK_MERGE_ADD);
	assert_words(proposals[places[2].first].words, proposals[places[2].first].len, "shall");
	assert_int_equal(places[2].out.line, 3);
	bk_proof_free(proof);
	bk_buf_release(&json);
}

/* How many ends of a move a version is told to have, each in the words of its paragraph there. */
static size_t count_moves(const char *text, const char *moved, const char *words)
{
	const struct bk_version version = {"EU", "eu.txt", moved, strlen(moved)};
	bk_merge *merge;
	size_t count, ends = 0;

	assert_int_equal(
		bk_merge_new(&merge, text, strlen(text), &version, 1, &(struct bk_merge_options){0}), BK_OK);
	const struct bk_merge_proposal *all = bk_merge_proposals(merge, &count);

	for (size_t i = 0; i < count; i++) {
		if (all[i].act != BK_MERGE_MOVE)
			continue;
		assert_words(moved + all[i].file.start, all[i].file.end - all[i].file.start, words);
		ends++;
	}
	bk_merge_free(merge);
	return ends;
}

static void test_a_paragraph_that_moved_is_told_in_its_own_words_at_both_ends(void **state)
{
	static const char text[] = "1. Parties shall act.\n\n2. They report to the Board.\n\n3. The Board "
				   "meets.\n\n4. It ends.\n";

	(void)state;
	assert_int_equal(count_moves(text,
				 "1. Parties may act.\n\n3. The Board meets.\n\n4. It ends.\n\n"
				 "2. They report to the Board.\n",
				 "2. They report to the Board."),
		2);
	/* under another label, too */
	assert_int_equal(count_moves(text,
				 "1. Parties may act.\n\n2. The Board meets.\n\n3. It ends.\n\n"
				 "4. They report to the Board.\n",
				 "4. They report to the Board."),
		2);
}

static void test_who_answers_several_alternatives_is_told_to_have_answered_each(void **state)
{
	static const char text[] = "Parties [shall][should] act.\n",
			  answered[] = "Parties [EU delete: shall][EU: should] act.\n";
	const struct bk_version versions[] = {
		{"EU", "eu.txt", answered, strlen(answered)}, {"US", "us.txt", text, strlen(text)}};
	bk_merge *merge;
	size_t count;
	(void)state;

	assert_int_equal(
		bk_merge_new(&merge, text, strlen(text), versions, 2, &(struct bk_merge_options){0}), BK_OK);
	const struct bk_merge_proposal *all = bk_merge_proposals(merge, &count);

	assert_int_equal(count, 2);
	assert_int_equal(all[0].act, BK_MERGE_DELETE);
	assert_words(answered + all[0].file.start, all[0].file.end - all[0].file.start, "shall");
	assert_words(text + all[0].base.start, all[0].base.end - all[0].base.start, "[shall]");
	assert_int_equal(all[1].act, BK_MERGE_SUPPORT);
	assert_words(answered + all[1].file.start, all[1].file.end - all[1].file.start, "should");
	assert_words(text + all[1].base.start, all[1].base.end - all[1].base.start, "[should]");
	bk_merge_free(merge);
}

static void test_names_of_the_texts_are_told(void **state)
{
	struct bk_buf json = BK_BUF_INIT;
	bk_proof *proof = prove(&json);
	(void)state;

	assert_string_equal(bk_proof_base_name(proof), "base.txt");
	assert_string_equal(bk_proof_file_name(proof, 0), "eu.txt");
	assert_string_equal(bk_proof_file_name(proof, 1), "us.txt");
	assert_false(bk_proof_is_of(proof, base, strlen(base)));
	bk_proof_free(proof);
	bk_buf_release(&json);
}

/* The JSON with one word in place of another, where it stands last. */
static void spoil(const struct bk_buf *json, const char *word, const char *with, struct bk_buf *out)
{
	const struct bk_str bytes = bk_buf_str(json);
	size_t at = bytes.len - strlen(word);

	while (memcmp(bytes.ptr + at, word, strlen(word)) != 0)
		at--;
	bk_buf_clear(out);
	bk_buf_put(out, bytes.ptr, at);
	bk_buf_puts(out, with);
	bk_buf_put_str(out, bk_str_skip(bytes, at + strlen(word)));
}

static void test_parties_are_found_by_their_code(void **state)
{
	struct bk_buf json = BK_BUF_INIT;
	bk_proof *proof = prove(&json);
	uint32_t party;
	(void)state;

	assert_int_equal(bk_proof_party(proof, "US", &party), BK_OK);
	assert_int_equal(party, 1);
	assert_int_equal(bk_proof_party(proof, "AOSIS", &party), BK_ENOTFOUND);
	assert_string_equal(bk_error_message(),
		"'AOSIS' has no version in 'all.txt.proof': it has those of EU, US and 'base'");
	bk_proof_free(proof);
	bk_buf_release(&json);
}

static void test_no_party_goes_by_the_name_of_the_base(void **state)
{
	static const struct bk_version version = {"base", "eu.txt", "Parties should act.\n", 20};
	bk_merge *merge;
	char *json;
	size_t len;
	(void)state;

	assert_int_equal(
		bk_merge_new(&merge, base, strlen(base), &version, 1, &(struct bk_merge_options){0}), BK_OK);
	assert_int_equal(bk_merge_prove(merge, "all.txt", "base.txt", &json, &len), BK_EINVAL);
	bk_merge_free(merge);
}

static void test_a_proof_that_contradicts_itself_is_refused(void **state)
{
	static const struct {
		const char *word, *with, *message;
	} cases[] = {
		{"\"places\":[", "\"locations\":[", "the places are missing"},
		{"\"proposals\":[", "\"places\":[", "twice"},
		{"\"proposals\":[", "\"proposed\":[", "the proposals are missing"},
		{"\"bracketed\":true", "\"bracketed\":1", "a place does not say where in the texts it is"},
		{"\"bracketed\":true", "\"from\":9,\"bracketed\":true",
			"a place moved from one that is not there"},
		{"\"act\":\"add\"", "\"act\":\"sing\"", "a proposal does not say whose and what it is"},
		{"\"party\":\"US\"", "\"party\":\"USA\"", "a proposal does not say whose and what it is"},
		{"\"place\":2", "\"place\":3", "a proposal does not say where in the texts it is"},
		{"\"place\":2", "\"place\":0", "its proposals are not in the order of the places"},
		{"\"line\":3", "\"line\":0", "a proposal does not say where in the texts it is"},
		{"\"start\":40", "\"start\":-1", "a proposal does not say where in the texts it is"},
		{"\"words\":\"shall\"", "\"words\":7", "the words of a place or of a proposal are missing"},
	};
	struct bk_buf json = BK_BUF_INIT, spoiled = BK_BUF_INIT;
	(void)state;

	bk_proof_free(prove(&json));
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		bk_proof *proof = NULL;
		size_t count;

		spoil(&json, cases[i].word, cases[i].with, &spoiled);
		if (bk_proof_parse(&proof, spoiled.bytes, spoiled.len, "p") == BK_OK) {
			assert_int_equal(bk_proof_read(proof), BK_EFORMAT);
			assert_non_null(strstr(bk_error_message(), cases[i].message));
			bk_proof_places(proof, &count);
			assert_int_equal(count, 0);
		}
		bk_proof_free(proof);
	}
	bk_buf_release(&json);
	bk_buf_release(&spoiled);
}

static void test_spans_past_the_end_of_their_text_are_refused(void **state)
{
	struct bk_buf json = BK_BUF_INIT, spoiled = BK_BUF_INIT;
	bk_proof *proof;
	(void)state;

	bk_proof_free(prove(&json));
	spoil(&json, "\"end\":", "\"end\":9", &spoiled);
	assert_int_equal(bk_proof_parse(&proof, spoiled.bytes, spoiled.len, "p"), BK_OK);
	assert_int_equal(bk_proof_read(proof), BK_EFORMAT);
	bk_proof_free(proof);
	bk_buf_release(&json);
	bk_buf_release(&spoiled);
}

static void test_marks_are_written_and_read_again(void **state)
{
	struct bk_buf json = BK_BUF_INIT;
	bk_proof *proof = prove(&json), *again;
	size_t len, count;
	char *bytes;
	(void)state;

	bk_proof_mark(proof, 1, BK_PROOF_KEPT);
	bk_proof_mark(proof, 2, BK_PROOF_DEFERRED);
	bk_proof_mark(proof, 2, BK_PROOF_UNMARKED);
	assert_int_equal(bk_proof_write(proof, &bytes, &len), BK_OK);
	assert_int_equal(bk_proof_parse(&again, bytes, len, "p"), BK_OK);
	assert_int_equal(bk_proof_read(again), BK_OK);
	assert_int_equal(bk_proof_places(again, &count)[0].mark, BK_PROOF_UNMARKED);
	assert_int_equal(bk_proof_places(again, &count)[1].mark, BK_PROOF_KEPT);
	assert_int_equal(bk_proof_places(again, &count)[2].mark, BK_PROOF_UNMARKED);
	bk_proof_free_bytes(bytes);
	bk_proof_mark(proof, 1, BK_PROOF_UNMARKED);
	assert_int_equal(bk_proof_write(proof, &bytes, &len), BK_OK);
	assert_int_equal(len, json.len);
	assert_memory_equal(bytes, json.bytes, len);
	bk_proof_free_bytes(bytes);
	bk_proof_free(again);
	bk_proof_free(proof);
	bk_buf_release(&json);
}

static void test_reading_without_memory_leaves_a_proof_unread(void **state)
{
	struct bk_buf json = BK_BUF_INIT;
	int status = BK_ENOMEM;
	size_t count;
	(void)state;

	bk_proof_free(prove(&json));
	for (size_t after = 0; status != BK_OK; after++) {
		bk_proof *proof;

		assert_int_equal(bk_proof_parse(&proof, json.bytes, json.len, "p"), BK_OK);
		bk_alloc_fail_after(after);
		status = bk_proof_read(proof);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
		bk_proof_proposals(proof, &count);
		assert_int_equal(count, status == BK_OK ? 4 : 0);
		bk_proof_free(proof);
	}
	bk_buf_release(&json);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_places_are_in_order_with_their_proposals),
		cmocka_unit_test(test_a_paragraph_that_moved_is_told_in_its_own_words_at_both_ends),
		cmocka_unit_test(test_who_answers_several_alternatives_is_told_to_have_answered_each),
		cmocka_unit_test(test_names_of_the_texts_are_told),
		cmocka_unit_test(test_parties_are_found_by_their_code),
		cmocka_unit_test(test_no_party_goes_by_the_name_of_the_base),
		cmocka_unit_test(test_a_proof_that_contradicts_itself_is_refused),
		cmocka_unit_test(test_spans_past_the_end_of_their_text_are_refused),
		cmocka_unit_test(test_marks_are_written_and_read_again),
		cmocka_unit_test(test_reading_without_memory_leaves_a_proof_unread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
