/* Saving in parts: the text is edited on meanwhile, the program may be killed anywhere, and a failure changes
 * nothing. */
#include "app/saving.h"
#include "base/alloc.h"
#include "lib/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

static char state_folder[128];

static void expect_file(const char *path, const char *text)
{
	struct bk_file_bytes bytes;

	assert_int_equal(bk_file_read(&bytes, path), BK_OK);
	assert_int_equal(bytes.str.len, strlen(text));
	assert_memory_equal(bytes.str.ptr, text, bytes.str.len);
	bk_file_release(&bytes);
}

static void expect_text(const struct bk_session *session, const char *text)
{
	const char *bytes;
	size_t len;

	assert_int_equal(bk_snapshot_flat(bk_text_now(session->text), &bytes, &len), BK_OK);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(bytes, text, len);
}

static struct bk_session *open_draft(const char *path, unsigned flags)
{
	const struct bk_session_options given = {
		.state_folder = state_folder, .date = "2010-12-10T18:00:00Z"};
	struct bk_session *session;

	assert_int_equal(bk_session_open(&session, path, flags, &given), BK_OK);
	assert_int_equal(bk_session_complete(session), BK_OK);
	return session;
}

static void type(struct bk_session *session, const char *words)
{
	const size_t end = bk_snapshot_size(bk_text_now(session->text));

	for (size_t i = 0; words[i]; i++)
		assert_int_equal(bk_text_replace(session->text, (struct bk_span){end + i, end + i}, words + i,
					 1, BK_EDIT_TYPED),
			BK_OK);
}

/* Each word is a step, and the blank before it another. */
static void take_words_back(struct bk_session *session, int count)
{
	while (count-- > 0) {
		assert_int_equal(bk_text_undo(session->text, NULL), BK_OK);
		assert_int_equal(bk_text_undo(session->text, NULL), BK_OK);
	}
}

static struct bk_saving *begin(struct bk_session *session)
{
	struct bk_saving *saving;

	assert_int_equal(bk_saving_new(&saving, session, &(struct bk_saving_request){.flags = 0}), BK_OK);
	return saving;
}

static void what_is_typed_during_a_save_is_not_in_the_file_and_not_lost(void **state)
{
	const char *path = scratch_path("meanwhile.txt");
	struct bk_session *session;
	struct bk_saving *saving;

	(void)state;
	scratch_write(path, "one");
	session = open_draft(path, BK_SESSION_EDIT);
	type(session, " two");
	saving = begin(session);
	type(session, " three");
	bk_saving_run(saving);
	expect_file(path, "one");
	assert_false(bk_saving_take(saving));
	type(session, " four");
	bk_saving_run(saving);
	assert_true(bk_saving_take(saving));
	assert_int_equal(saving->status, BK_OK);
	assert_null(saving->remark);
	bk_saving_free(saving);
	expect_file(path, "one two");
	expect_text(session, "one two three four");
	assert_true(bk_session_is_changed(session));
	const size_t written = session->saved_step;

	assert_int_equal(bk_session_write(session, 0), BK_OK);
	expect_file(path, "one two three four");
	assert_false(bk_session_is_changed(session));
	/* back to what was written first: that is not the file any more */
	assert_int_equal(bk_text_go(session->text, written, NULL), BK_OK);
	expect_text(session, "one two");
	assert_true(bk_session_is_changed(session));
	bk_session_free(session);
}

/* The child came to its own end, not to a failed assertion. */
static void expect_end(pid_t child)
{
	int ended;

	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_true(WIFEXITED(ended));
	assert_int_equal(WEXITSTATUS(ended), 7);
}

/* A child that is killed when so many parts of a save are done, with typing before, within and after. */
static void save_and_die(const char *path, int parts)
{
	const pid_t child = fork();

	if (child == 0) {
		struct bk_session *session = open_draft(path, BK_SESSION_EDIT);

		type(session, " two");
		struct bk_saving *saving = begin(session);

		type(session, " three");
		bk_saving_run(saving);
		if (parts > 1) {
			bk_saving_take(saving);
			bk_saving_run(saving);
		}
		if (parts > 2)
			bk_saving_take(saving);
		bk_journal_flush(session->journal);
		_exit(7);
	}
	expect_end(child);
}

static void whoever_is_killed_in_a_save_finds_all_typing_again(void **state)
{
	static const char *const files[] = {"one", "one two", "one two"};

	(void)state;
	for (int parts = 1; parts <= 3; parts++) {
		const char *path = scratch_path("killed.txt");
		struct bk_session *session;

		scratch_write(path, "one");
		save_and_die(path, parts);
		expect_file(path, files[parts - 1]);
		session = open_draft(path, BK_SESSION_EDIT);
		assert_true(session->found.history);
		assert_true(session->found.unsaved);
		expect_text(session, files[parts - 1]);
		assert_int_equal(bk_journal_recover(session->journal, session->text), BK_OK);
		expect_text(session, "one two three");
		take_words_back(session, 2);
		expect_text(session, "one");
		assert_int_equal(bk_text_go(session->text, session->saved_step, NULL), BK_OK);
		bk_session_free(session);
	}
}

/* The save came to nothing, and then another changed the file: what was typed must not count as saved. */
static void typing_whose_save_came_to_nothing_is_still_unsaved(void **state)
{
	const char *path = scratch_path("nothing.txt");
	struct bk_session *session;
	const pid_t child = fork();

	(void)state;
	if (child == 0) {
		scratch_write(path, "one");
		session = open_draft(path, BK_SESSION_EDIT);
		type(session, " two");
		struct bk_saving *saving = begin(session);

		bk_saving_run(saving);
		bk_saving_take(saving);
		bk_journal_flush(session->journal);
		_exit(7);
	}
	expect_end(child);
	scratch_write(path, "another hand");
	session = open_draft(path, BK_SESSION_EDIT);
	assert_non_null(session->found.kept);
	assert_true(scratch_has("state/journals", ".kept-"));
	bk_session_free(session);
}

static void a_file_written_elsewhere_has_a_journal_of_its_own(void **state)
{
	const char *path = scratch_path("first.txt"), *other = scratch_path("second.txt");
	const pid_t child = fork();
	struct bk_session *session;

	(void)state;
	if (child == 0) {
		scratch_write(path, "one");
		session = open_draft(path, BK_SESSION_EDIT);
		type(session, " two");
		assert_int_equal(bk_session_write_as(session, other, 0), BK_OK);
		assert_string_equal(session->name, other);
		assert_null(session->remark);
		type(session, " three");
		bk_journal_flush(session->journal);
		_exit(7);
	}
	expect_end(child);
	expect_file(path, "one");
	expect_file(other, "one two");
	session = open_draft(other, BK_SESSION_EDIT);
	assert_true(session->found.unsaved);
	assert_int_equal(bk_journal_recover(session->journal, session->text), BK_OK);
	expect_text(session, "one two three");
	bk_session_free(session);
}

static void a_file_that_another_has_open_is_not_written_elsewhere(void **state)
{
	const char *path = scratch_path("mine.txt"), *other = scratch_path("theirs.txt");
	struct bk_session *session, *theirs;

	(void)state;
	scratch_write(path, "one");
	scratch_write(other, "theirs");
	session = open_draft(path, BK_SESSION_EDIT);
	theirs = open_draft(other, BK_SESSION_EDIT);
	assert_int_equal(bk_session_write_as(session, other, BK_REPLACE_FORCE), BK_ELOCKED);
	expect_file(other, "theirs");
	bk_session_free(theirs);
	assert_int_equal(bk_session_write_as(session, other, 0), BK_ECHANGED);
	expect_file(other, "theirs");
	bk_session_free(session);
}

/* A draft with objections to two of many equal brackets, one of which is then settled. */
static struct bk_session *settle_a_disputed_bracket(const char *path)
{
	const char *line = "1. Parties promote [growth][sustainable development].\n\n";
	const struct bk_statement statement = {.act = BK_EVENT_OBJECT, .party = "EU"};
	struct bk_buf text = BK_BUF_INIT;
	struct bk_session *session;
	const size_t at = strlen(line) + 30;
	bk_changes *changes;

	for (size_t i = 0; i < 5; i++)
		bk_buf_puts(&text, line);
	scratch_write(path, bk_buf_string(&text));
	bk_buf_release(&text);
	session = open_draft(path, BK_SESSION_EDIT);
	assert_int_equal(bk_session_refresh(session), BK_OK);
	for (size_t i = 0; i < 2; i++)
		assert_int_equal(bk_session_state(session, bk_draft_bracket_at(session->draft, at - 8 * i),
					 &statement),
			BK_OK);
	assert_int_equal(bk_draft_resolve(session->draft, bk_draft_bracket_at(session->draft, at),
				 BK_RESOLVE_DELETE, 0, &changes),
		BK_OK);
	assert_int_equal(bk_session_apply(session, changes), BK_OK);
	bk_changes_free(changes);
	return session;
}

static void a_ledger_that_takes_no_line_leaves_the_file_as_it_was(void **state)
{
	const char *path = scratch_path("whole.txt"), *ledger = scratch_path("whole.txt.ledger");
	const char *away = scratch_path("away");
	struct bk_session *session = settle_a_disputed_bracket(path);
	struct bk_file_bytes before, after;

	(void)state;
	assert_int_equal(bk_file_read(&before, path), BK_OK);
	assert_int_equal(rename(ledger, away), 0);
	assert_int_equal(symlink(away, ledger), 0);
	assert_int_equal(bk_session_write(session, 0), BK_EIO);
	assert_non_null(strstr(bk_error_message(), "symbolic link"));
	assert_true(bk_session_is_changed(session));
	assert_int_equal(bk_file_read(&after, path), BK_OK);
	assert_int_equal(before.stamp.hash, after.stamp.hash);
	assert_int_equal(before.stamp.inode, after.stamp.inode);
	bk_file_release(&before);
	bk_file_release(&after);
	assert_int_equal(unlink(ledger), 0);
	assert_int_equal(rename(away, ledger), 0);
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	assert_false(bk_session_is_changed(session));
	bk_session_free(session);
}

static void a_file_that_cannot_be_replaced_leaves_the_ledger_as_it_was(void **state)
{
	const char *path = scratch_path("kept.txt"), *ledger = scratch_path("kept.txt.ledger");
	struct bk_session *session = settle_a_disputed_bracket(path);
	struct bk_file_bytes before, after;
	struct bk_saving *saving;

	(void)state;
	assert_int_equal(bk_file_read(&before, ledger), BK_OK);
	saving = begin(session);
	bk_saving_run(saving);
	scratch_write(path, "another hand at the last moment");
	assert_false(bk_saving_take(saving));
	bk_saving_run(saving);
	assert_true(bk_saving_take(saving));
	assert_int_equal(saving->status, BK_ECHANGED);
	assert_true(saving->lines.len > 0);
	bk_saving_free(saving);
	expect_file(path, "another hand at the last moment");
	assert_int_equal(bk_file_read(&after, ledger), BK_OK);
	assert_int_equal(before.stamp.hash, after.stamp.hash);
	bk_file_release(&before);
	bk_file_release(&after);
	assert_true(bk_session_is_changed(session));
	bk_session_free(session);
}

/* Names that an edit took out of the text are in the ledger once they are out of the file. */
static void names_go_to_the_ledger_with_their_text_or_not_at_all(void **state)
{
	const char *path = scratch_path("names.txt"), *ledger = scratch_path("names.txt.ledger");
	const struct bk_session_name name = {"abcde", 0, "EU", "propose", "EU", 0};
	struct bk_session *session;
	struct bk_file_bytes lines;
	struct bk_saving *saving;

	(void)state;
	scratch_write(path, "[EU: shall]");
	session = open_draft(path, BK_SESSION_EDIT);
	assert_int_equal(bk_text_replace(session->text, (struct bk_span){1, 5}, "", 0, 0), BK_OK);
	assert_int_equal(bk_session_refresh(session), BK_OK);
	assert_int_equal(bk_session_record_names(session, &name, 1), BK_OK);
	assert_int_equal(access(ledger, F_OK), -1);
	saving = begin(session);
	bk_saving_run(saving);
	scratch_write(path, "another hand at the last moment");
	assert_false(bk_saving_take(saving));
	bk_saving_run(saving);
	assert_true(bk_saving_take(saving));
	assert_int_equal(saving->status, BK_ECHANGED);
	bk_saving_free(saving);
	assert_int_equal(bk_file_read(&lines, ledger), BK_ENOTFOUND);
	assert_int_equal(bk_session_write(session, BK_REPLACE_FORCE), BK_OK);
	expect_file(path, "[shall]");
	assert_int_equal(bk_file_read(&lines, ledger), BK_OK);
	assert_non_null(memmem(lines.str.ptr, lines.str.len, "\"act\":\"attribute\"", 17));
	bk_file_release(&lines);
	/* once */
	type(session, " more");
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	assert_int_equal(session->ledger_next.len, 0);
	bk_session_free(session);
}

/* What is said of each position, as "ID ACT START" lines; free it. */
static char *positions_of(const char *path)
{
	struct bk_session *session = open_draft(path, BK_SESSION_READ);
	struct bk_buf out = BK_BUF_INIT;
	size_t count, brackets;
	const struct bk_position *list = bk_positions_list(session->positions, &count);

	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&out, "%s %s %zd\n", list[i].id, list[i].act,
			list[i].bracket == BK_NONE
				? (ptrdiff_t)-1
				: (ptrdiff_t)bk_draft_brackets(session->draft, &brackets)[list[i].bracket]
					  .start);
	bk_session_free(session);
	return bk_buf_detach(&out, NULL);
}

/* Killed between ledger and file: the lines that speak of the new text say nothing of the old one. */
static void a_ledger_ahead_of_its_file_leaves_positions_where_they_were(void **state)
{
	const char *path = scratch_path("ahead.txt");
	struct bk_session *session = settle_a_disputed_bracket(path);
	struct bk_file_bytes before;
	char *was, *is;

	(void)state;
	assert_int_equal(bk_file_read(&before, path), BK_OK);
	was = positions_of(path);
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	bk_session_free(session);
	is = positions_of(path);
	assert_non_null(strstr(is, " -1\n"));
	bk_free(is);
	scratch_write(path, before.str.ptr);
	is = positions_of(path);
	assert_string_equal(is, was);
	assert_null(strstr(is, " -1\n"));
	bk_free(is);
	bk_free(was);
	bk_file_release(&before);
}

static bk_repository *make_repository(const char *folder)
{
	bk_repository *repository;

	assert_int_equal(mkdir(folder, 0700), 0);
	assert_int_equal(bk_repository_init(&repository, folder), BK_OK);
	return repository;
}

static void expect_revision(bk_repository *repository, const char *revision, const char *text)
{
	char *bytes;
	size_t len;

	assert_int_equal(bk_revision_read(repository, revision, "a.txt", &bytes, &len), BK_OK);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(bytes, text, len);
	bk_store_free(bytes);
}

static void what_was_received_is_a_revision_before_the_first(void **state)
{
	char folder[160], path[200];
	char id[41];
	bk_repository *repository;
	struct bk_session *session;

	(void)state;
	snprintf(folder, sizeof folder, "%s/received", scratch);
	repository = make_repository(folder);
	assert_int_equal(bk_repository_configure(repository, "user.name", "Ana Delegate"), BK_OK);
	assert_int_equal(bk_repository_configure(repository, "user.email", "ana@example.org"), BK_OK);
	snprintf(path, sizeof path, "%s/a.txt", folder);
	scratch_write(path, "[one]");
	session = open_draft(path, BK_SESSION_EDIT);
	type(session, " two");
	/* also when the file was written alone before */
	assert_int_equal(bk_session_write(session, 0), BK_OK);
	type(session, " three");
	assert_int_equal(bk_session_save(session, "edited", NULL, id), BK_OK);
	expect_revision(repository, "HEAD", "[one] two three");
	expect_revision(repository, "HEAD~1", "[one]");
	type(session, " four");
	assert_int_equal(bk_session_save(session, "more", NULL, id), BK_OK);
	expect_revision(repository, "HEAD~1", "[one] two three");
	bk_session_free(session);
	bk_repository_free(repository);
}

static void expect_beside(bk_repository *repository, const char *revision, const char *name, const char *text)
{
	char *bytes;
	size_t len;

	assert_int_equal(bk_revision_read(repository, revision, name, &bytes, &len), BK_OK);
	assert_int_equal(len, strlen(text));
	assert_memory_equal(bytes, text, len);
	bk_store_free(bytes);
}

/* Say something of the first bracket, in this session or one of its own; what the ledger holds then, to be freed. */
static char *say(const char *path, struct bk_session *session, const char *party)
{
	const struct bk_statement statement = {.party = party, .act = BK_EVENT_SUPPORT};
	struct bk_session *own = session ? NULL : open_draft(path, BK_SESSION_EDIT);
	struct bk_buf out = BK_BUF_INIT;
	struct bk_file_bytes lines;
	char name[240];

	assert_int_equal(bk_session_refresh(session ? session : own), BK_OK);
	if (bk_session_record(session ? session : own, 0, &statement))
		fail_msg("%s", bk_error_message());
	bk_session_free(own);
	snprintf(name, sizeof name, "%s.ledger", path);
	assert_int_equal(bk_file_read(&lines, name), BK_OK);
	bk_buf_put_str(&out, lines.str);
	bk_file_release(&lines);
	return bk_buf_detach(&out, NULL);
}

static void what_was_received_is_saved_with_what_lies_beside_it(void **state)
{
	static const char base[] = "[one] day\n", eu[] = "[two] day\n";
	const struct bk_version version = {"EU", "eu.txt", eu, strlen(eu)};
	char folder[160], path[200], name[240];
	char id[41], *proof, *was, *is;
	size_t len;
	bk_merge *merge;
	bk_repository *repository;
	struct bk_session *session;

	(void)state;
	snprintf(folder, sizeof folder, "%s/beside", scratch);
	repository = make_repository(folder);
	assert_int_equal(bk_repository_configure(repository, "user.name", "Ana Delegate"), BK_OK);
	assert_int_equal(bk_repository_configure(repository, "user.email", "ana@example.org"), BK_OK);
	snprintf(path, sizeof path, "%s/a.txt", folder);
	assert_int_equal(bk_merge_new(&merge, base, strlen(base), &version, 1,
				 &(struct bk_merge_options){.style = BK_STYLE_PREFIX}),
		BK_OK);
	scratch_write(path, eu); /* which is taken, as it is all that was handed in */
	assert_int_equal(bk_merge_prove(merge, "a.txt", "base.txt", &proof, &len), BK_OK);
	snprintf(name, sizeof name, "%s.proof", path);
	proof[len - 1] = '\0'; /* without its line end it is a string */
	scratch_write(name, proof);
	was = say(path, NULL, "US");
	session = open_draft(path, BK_SESSION_EDIT);
	is = say(path, session, "EU");
	type(session, " now");
	assert_int_equal(bk_session_save(session, "edited", NULL, id), BK_OK);
	expect_revision(repository, "HEAD~1", eu);
	expect_beside(repository, "HEAD~1", "a.txt.proof", proof);
	expect_beside(repository, "HEAD~1", "a.txt.ledger", was);
	expect_beside(repository, "HEAD", "a.txt.proof", proof);
	expect_beside(repository, "HEAD", "a.txt.ledger", is);
	bk_session_free(session);
	bk_repository_free(repository);
	bk_merge_free(merge);
	bk_proof_free_bytes(proof);
	bk_free(was);
	bk_free(is);
}

static void memory_that_runs_out_in_a_save_changes_nothing(void **state)
{
	const char *path = scratch_path("memory.txt");
	struct bk_session *session;
	int status = BK_ENOMEM;

	(void)state;
	scratch_write(path, "one");
	session = open_draft(path, BK_SESSION_EDIT);
	for (size_t n = 0; status != BK_OK; n++) {
		type(session, " x");
		bk_alloc_fail_after(n);
		status = bk_session_write(session, 0);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
		assert_int_equal(bk_session_is_changed(session), status != BK_OK);
		if (status < 0)
			expect_file(path, "one");
	}
	bk_session_free(session);
}

static int make_folder(void **state)
{
	const int failed = scratch_make(state);

	snprintf(state_folder, sizeof state_folder, "%s/state", scratch);
	return failed;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_typed_during_a_save_is_not_in_the_file_and_not_lost),
		cmocka_unit_test(whoever_is_killed_in_a_save_finds_all_typing_again),
		cmocka_unit_test(typing_whose_save_came_to_nothing_is_still_unsaved),
		cmocka_unit_test(a_file_written_elsewhere_has_a_journal_of_its_own),
		cmocka_unit_test(a_file_that_another_has_open_is_not_written_elsewhere),
		cmocka_unit_test(a_ledger_that_takes_no_line_leaves_the_file_as_it_was),
		cmocka_unit_test(a_file_that_cannot_be_replaced_leaves_the_ledger_as_it_was),
		cmocka_unit_test(names_go_to_the_ledger_with_their_text_or_not_at_all),
		cmocka_unit_test(a_ledger_ahead_of_its_file_leaves_positions_where_they_were),
		cmocka_unit_test(what_was_received_is_a_revision_before_the_first),
		cmocka_unit_test(what_was_received_is_saved_with_what_lies_beside_it),
		cmocka_unit_test(memory_that_runs_out_in_a_save_changes_nothing),
	};

	return cmocka_run_group_tests(tests, make_folder, scratch_remove);
}
