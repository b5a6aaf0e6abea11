/* The places of a compilation, followed on a thread: what it looks in is its own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/scratch.h"
#include "tui/placed.h"

#include <string.h>

static const char base[] = "1. Parties shall act.\n\n2. They report.\n";
static const char eu[] = "1. Parties should act.\n\n2. They report.\n";
static const char us[] = "1. Parties may act.\n\n2. They shall report.\n";

static char compilation[256];
static const char *draft_name, *proof_name;

/* Its proof stands beside the draft, and the compilation itself nowhere. */
static void write_proof(const char *draft, const char *proof)
{
	const struct bk_version versions[] = {
		{"EU", "eu.txt", eu, strlen(eu)}, {"US", "us.txt", us, strlen(us)}};
	bk_merge *merge;
	char *json;
	size_t len;
	draft_name = scratch_path(draft);
	proof_name = scratch_path(proof);
	assert_int_equal(
		bk_merge_new(&merge, base, strlen(base), versions, 2, &(struct bk_merge_options){0}), BK_OK);
	const char *const bytes = bk_merge_bytes(merge, &len);
	assert_true(len < sizeof compilation);
	memcpy(compilation, bytes, len);
	compilation[len] = '\0';
	assert_int_equal(bk_merge_prove(merge, draft, "base.txt", &json, &len), BK_OK);
	scratch_write(proof_name, json);
	bk_proof_free_bytes(json);
	bk_merge_free(merge);
}

static struct bk_session *open_draft(void)
{
	const struct bk_session_options options = {.state_folder = scratch};
	struct bk_session *session;
	assert_int_equal(bk_session_open(&session, draft_name, BK_SESSION_CHANGE, &options), BK_OK);
	assert_int_equal(bk_session_complete(session), BK_OK);
	return session;
}

static void put(struct bk_session *session, const char *words)
{
	const struct bk_span all = {0, bk_snapshot_size(bk_text_now(session->text))};
	assert_int_equal(bk_text_replace(session->text, all, words, strlen(words), 0), BK_OK);
	bk_text_break(session->text);
}

static void follow(struct bk_session *session, struct bk_placed *placed, bool exact)
{
	size_t count;
	/* Whatever is typed and undone meanwhile. */
	put(session, "Nothing.\n");
	while (bk_text_undo(session->text, NULL) == BK_OK)
		continue;
	put(session, "Something else.\n");
	bk_placed_run(placed);
	assert_int_equal(placed->status, BK_OK);
	assert_int_equal(bk_placing_is_exact(placed->placing), exact);
	bk_placing_places(placed->placing, &count);
	assert_int_equal(count, 2);
}

static void a_compilation_is_found_among_steps_whatever_is_typed_meanwhile(void **state)
{
	struct bk_session *session;
	(void)state;
	write_proof("steps.txt", "steps.txt.proof");
	scratch_write(draft_name, "A draft.\n");
	session = open_draft();
	put(session, compilation);
	put(session, "1. Parties should act.\n\n2. They report.\n");
	struct bk_placed *const placed = bk_placed_new(session, NULL);
	assert_non_null(placed);
	follow(session, placed, true);
	assert_int_equal(bk_placing_count(placed->placing).unplaced, 0);
	bk_placed_free(placed);
	bk_session_free(session);
}

static void a_branch_that_was_left_is_not_looked_in(void **state)
{
	struct bk_session *session;
	(void)state;
	write_proof("branch.txt", "branch.txt.proof");
	scratch_write(draft_name, "A draft.\n");
	session = open_draft();
	put(session, compilation);
	assert_int_equal(bk_text_undo(session->text, NULL), BK_OK);
	put(session, "Another draft.\n");
	struct bk_placed *const placed = bk_placed_new(session, NULL);
	assert_non_null(placed);
	follow(session, placed, false);
	assert_true(bk_placing_is_foreign(placed->placing));
	bk_placed_free(placed);
	bk_session_free(session);
}

static void a_compilation_is_found_among_revisions(void **state)
{
	bk_repository *repository = NULL;
	struct bk_session *session;
	char id[41];
	(void)state;
	write_proof("saved.txt", "saved.txt.proof");
	scratch_write(draft_name, compilation);
	assert_int_equal(bk_repository_init(&repository, scratch), BK_OK);
	assert_int_equal(bk_repository_configure(repository, "user.name", "Ana"), BK_OK);
	assert_int_equal(bk_repository_configure(repository, "user.email", "ana@example.org"), BK_OK);
	bk_repository_free(repository);
	session = open_draft();
	assert_int_equal(bk_session_save(session, "merged", NULL, id), BK_OK);
	bk_session_free(session);
	scratch_write(draft_name, "1. Parties should act.\n\n2. They report.\n");
	session = open_draft();
	struct bk_placed *const placed = bk_placed_new(session, NULL);
	assert_non_null(placed);
	bk_repository_free(session->repository);
	session->repository = NULL;
	follow(session, placed, true);
	bk_placed_free(placed);
	bk_session_free(session);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_compilation_is_found_among_steps_whatever_is_typed_meanwhile),
		cmocka_unit_test(a_branch_that_was_left_is_not_looked_in),
		cmocka_unit_test(a_compilation_is_found_among_revisions),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
