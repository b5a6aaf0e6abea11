/* Journals keep what was typed, and locks say who types. */
#include "base/hash.h"
#include "lib/scratch.h"
#include "store/journal.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

/* The disk of these tests: it counts what it is asked, and may be slow. */
static atomic_int syncs, slow_syncs;

int fdatasync(int descriptor)
{
	const int slow = atomic_exchange(&slow_syncs, 0);

	if (slow)
		usleep(60000);
	atomic_fetch_add(&syncs, 1);
	return fsync(descriptor);
}

static const char *const path = "/talks/outcome.txt";
static const char *const loaded = "1. Parties [shall] report.\n";

struct opened {
	bk_text *text;
	bk_journal *journal;
	struct bk_journal_found found;
	struct bk_journal_place place;
};

static uint64_t hash_of(const char *bytes)
{
	return bk_hash(bytes, strlen(bytes));
}

static struct opened open_with(const char *bytes)
{
	struct opened opened;

	assert_int_equal(bk_text_new(&opened.text, bytes, strlen(bytes)), BK_OK);
	assert_int_equal(bk_journal_open(&opened.journal, scratch, path, hash_of(bytes), opened.text,
				 &opened.found, &opened.place),
		BK_OK);
	return opened;
}

static void close_all(struct opened *opened)
{
	bk_journal_free(opened->journal);
	bk_text_free(opened->text);
}

static void insert(struct opened *opened, size_t at, const char *bytes)
{
	assert_int_equal(
		bk_text_replace(opened->text, (struct bk_span){at, at}, bytes, strlen(bytes), 0), BK_OK);
}

static void assert_text(const struct opened *opened, const char *expected)
{
	const char *bytes;
	size_t len;

	assert_int_equal(bk_snapshot_flat(bk_text_now(opened->text), &bytes, &len), BK_OK);
	assert_int_equal(len, strlen(expected));
	assert_memory_equal(bytes, expected, len);
}

static void journal_file(char out[256])
{
	snprintf(out, 256, "%s/journals/%016llx-outcome.txt.journals", scratch,
		(unsigned long long)bk_hash(path, strlen(path)));
}

static void forget(void)
{
	char name[256];

	journal_file(name);
	unlink(name);
}

static void typing_that_never_reached_the_file_comes_back(void **state)
{
	struct opened opened;

	(void)state;
	forget();
	opened = open_with(loaded);
	assert_false(opened.found.history);
	insert(&opened, 26, " In time.");
	insert(&opened, 0, "> ");
	close_all(&opened);
	opened = open_with(loaded);
	assert_true(opened.found.history);
	assert_true(opened.found.unsaved);
	assert_text(&opened, loaded);
	assert_int_equal(bk_journal_recover(opened.journal, opened.text), BK_OK);
	assert_text(&opened, "> 1. Parties [shall] report. In time.\n");
	close_all(&opened);
}

static void the_undo_tree_comes_back_after_a_save(void **state)
{
	const char *saved = "1. Parties [shall] report. In time.\n";
	struct opened opened;

	(void)state;
	forget();
	opened = open_with(loaded);
	insert(&opened, 0, "lost branch ");
	assert_int_equal(bk_text_undo(opened.text, NULL), BK_OK);
	insert(&opened, 26, " In time.");
	assert_int_equal(bk_journal_saved(opened.journal, hash_of(saved), bk_text_step(opened.text)), BK_OK);
	close_all(&opened);
	opened = open_with(saved);
	assert_true(opened.found.history);
	assert_false(opened.found.unsaved);
	assert_int_equal(bk_text_step_count(opened.text), 3);
	assert_int_equal(bk_text_undo(opened.text, NULL), BK_OK);
	assert_text(&opened, loaded);
	assert_int_equal(bk_text_go(opened.text, 1, NULL), BK_OK);
	assert_text(&opened, "lost branch 1. Parties [shall] report.\n");
	close_all(&opened);
}

static void declined_changes_are_not_offered_again_but_stay_in_the_tree(void **state)
{
	struct opened opened;

	(void)state;
	forget();
	opened = open_with(loaded);
	insert(&opened, 0, "draft: ");
	close_all(&opened);
	opened = open_with(loaded);
	assert_true(opened.found.unsaved);
	assert_int_equal(bk_journal_decline(opened.journal), BK_OK);
	close_all(&opened);
	opened = open_with(loaded);
	assert_false(opened.found.unsaved);
	assert_int_equal(bk_text_redo(opened.text, NULL), BK_OK);
	assert_text(&opened, "draft: 1. Parties [shall] report.\n");
	close_all(&opened);
}

static void a_journal_of_other_bytes_is_set_aside_not_deleted(void **state)
{
	struct opened opened;

	(void)state;
	forget();
	opened = open_with(loaded);
	insert(&opened, 0, "draft: ");
	close_all(&opened);
	opened = open_with("somebody else's text\n");
	assert_non_null(opened.found.kept);
	assert_false(opened.found.history);
	close_all(&opened);
	assert_true(scratch_has("journals", ".kept-"));
}

static void a_torn_tail_is_cut_and_what_came_before_it_stands(void **state)
{
	struct opened opened;
	char name[256];
	struct stat info;

	(void)state;
	forget();
	opened = open_with(loaded);
	insert(&opened, 0, "one ");
	insert(&opened, 0, "two ");
	close_all(&opened);
	journal_file(name);
	assert_int_equal(stat(name, &info), 0);
	assert_int_equal(truncate(name, info.st_size - 3), 0);
	opened = open_with(loaded);
	assert_true(opened.found.unsaved);
	assert_int_equal(bk_journal_recover(opened.journal, opened.text), BK_OK);
	assert_text(&opened, "one 1. Parties [shall] report.\n");
	insert(&opened, 0, "three ");
	close_all(&opened);
	opened = open_with(loaded);
	assert_int_equal(bk_journal_recover(opened.journal, opened.text), BK_OK);
	assert_text(&opened, "three one 1. Parties [shall] report.\n");
	close_all(&opened);
}

static void every_byte_of_a_journal_may_be_wrong(void **state)
{
	struct opened opened;
	char name[256];
	FILE *file;
	char bytes[4096];
	size_t len;

	(void)state;
	forget();
	opened = open_with(loaded);
	insert(&opened, 3, "[EU: ");
	insert(&opened, 12, "] ");
	close_all(&opened);
	journal_file(name);
	file = fopen(name, "r");
	len = fread(bytes, 1, sizeof bytes, file);
	fclose(file);
	for (size_t i = 0; i < len; i++) {
		struct bk_journal_story story;

		bytes[i] ^= 0x40;
		assert_int_equal(bk_journal_story_read(&story, (struct bk_str){bytes, len}, path), BK_OK);
		assert_true(story.valid <= i || story.valid == 0);
		bk_journal_story_release(&story);
		bytes[i] ^= 0x40;
	}
}

static void a_link_or_a_file_open_to_others_is_refused(void **state)
{
	struct opened opened;
	char name[256];
	bk_text *text;
	bk_journal *journal;
	struct bk_journal_found found;
	struct bk_journal_place place;

	(void)state;
	forget();
	opened = open_with(loaded);
	close_all(&opened);
	journal_file(name);
	assert_int_equal(bk_text_new(&text, loaded, strlen(loaded)), BK_OK);
	assert_int_equal(chmod(name, 0644), 0);
	assert_int_equal(bk_journal_open(&journal, scratch, path, 1, text, &found, &place), BK_EIO);
	unlink(name);
	assert_int_equal(symlink("/etc/passwd", name), 0);
	assert_int_equal(bk_journal_open(&journal, scratch, path, 1, text, &found, &place), BK_EIO);
	unlink(name);
	bk_text_free(text);
}

static void typing_is_written_within_a_quarter_of_a_second(void **state)
{
	struct opened opened;
	struct stat before, after;
	char name[256];
	int due;

	(void)state;
	forget();
	opened = open_with(loaded);
	assert_int_equal(bk_journal_flush(opened.journal), BK_OK);
	journal_file(name);
	assert_int_equal(stat(name, &before), 0);
	insert(&opened, 0, "x");
	due = bk_journal_tick(opened.journal, 1000);
	assert_in_range(due, 1, 250);
	due = bk_journal_tick(opened.journal, 1000 + due);
	assert_int_equal(stat(name, &after), 0);
	assert_true(after.st_size > before.st_size);
	assert_in_range(due, 1, 1000);
	close_all(&opened);
}

static void a_lock_names_its_owner_and_goes_with_its_process(void **state)
{
	struct bk_lock_owner owner;
	bk_lock *lock, *second;
	int pipes[2], status;
	char byte;
	pid_t child;

	(void)state;
	assert_int_equal(bk_lock_new(&lock, scratch, path, NULL), BK_OK);
	assert_int_equal(bk_lock_new(&second, scratch, path, &owner), BK_ELOCKED);
	assert_int_equal(owner.process, getpid());
	bk_lock_free(lock);
	assert_int_equal(pipe(pipes), 0);
	child = fork();
	if (child == 0) {
		status = bk_lock_new(&lock, scratch, path, NULL);
		if (write(pipes[1], "x", 1) != 1 || status < 0)
			_exit(1);
		pause();
		_exit(0);
	}
	assert_int_equal(read(pipes[0], &byte, 1), 1);
	assert_int_equal(bk_lock_new(&second, scratch, path, &owner), BK_ELOCKED);
	assert_int_equal(owner.process, child);
	kill(child, SIGKILL);
	waitpid(child, &status, 0);
	assert_int_equal(bk_lock_new(&second, scratch, path, &owner), BK_OK);
	bk_lock_free(second);
}

/* What is in the file, to be put back later. */
static size_t take_file(char *out, size_t cap)
{
	char name[256];
	FILE *file;
	size_t len;

	journal_file(name);
	file = fopen(name, "r");
	assert_non_null(file);
	len = fread(out, 1, cap, file);
	fclose(file);
	return len;
}

static void put_file(const char *bytes, size_t len)
{
	char name[256];
	FILE *file;

	journal_file(name);
	unlink(name);
	file = fopen(name, "w");
	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	fclose(file);
	assert_int_equal(chmod(name, 0600), 0);
}

/* Copies that are kept beside the journal. */
static size_t kept(void)
{
	char folder[256];
	struct dirent *entry;
	size_t count = 0;
	DIR *dir;

	snprintf(folder, sizeof folder, "%s/journals", scratch);
	dir = opendir(folder);
	assert_non_null(dir);
	while ((entry = readdir(dir)))
		count += strstr(entry->d_name, ".kept-") != NULL;
	closedir(dir);
	return count;
}

static void two_journals_set_aside_in_one_second_are_both_kept(void **state)
{
	const size_t before = kept();
	struct opened opened;

	(void)state;
	for (int i = 0; i < 3; i++) {
		forget();
		opened = open_with(loaded);
		insert(&opened, 0, "unsaved ");
		close_all(&opened);
		opened = open_with("other bytes\n");
		assert_non_null(opened.found.kept);
		close_all(&opened);
	}
	assert_int_equal(kept(), before + 3);
}

static void a_journal_that_cannot_be_read_is_kept(void **state)
{
	const size_t before = kept();
	struct opened opened;

	(void)state;
	put_file("bracked journal 2\nof a later version", 35);
	opened = open_with(loaded);
	assert_non_null(opened.found.kept);
	close_all(&opened);
	assert_int_equal(kept(), before + 1);
	put_file("bracked jour", 12);
	opened = open_with(loaded);
	assert_null(opened.found.kept);
	close_all(&opened);
	assert_int_equal(kept(), before + 1);
}

static void a_hash_not_taken_is_that_of_the_text(void **state)
{
	struct opened opened;

	(void)state;
	forget();
	assert_int_equal(bk_text_new(&opened.text, loaded, strlen(loaded)), BK_OK);
	assert_int_equal(
		bk_journal_open(&opened.journal, scratch, path, 0, opened.text, &opened.found, &opened.place),
		BK_OK);
	insert(&opened, 0, "unsaved ");
	close_all(&opened);
	assert_int_equal(bk_text_new(&opened.text, "other", 5), BK_OK);
	assert_int_equal(
		bk_journal_open(&opened.journal, scratch, path, 0, opened.text, &opened.found, &opened.place),
		BK_OK);
	assert_false(opened.found.history);
	assert_non_null(opened.found.kept);
	close_all(&opened);
}

/* Typing on while allocations fail at any place: what was typed after the failure still comes back right. */
static void a_record_lost_for_memory_does_not_shift_those_after_it(void **state)
{
	struct opened opened;

	(void)state;
	forget();
	opened = open_with(loaded);
	insert(&opened, 0, "a");
	bk_text_break(opened.text);
	opened.journal->lost = true; /* as after a failed append */
	insert(&opened, 1, "bc");
	assert_true(bk_journal_tick(opened.journal, 1000) >= 0);
	assert_false(opened.journal->lost);
	insert(&opened, 3, "d");
	close_all(&opened);
	opened = open_with(loaded);
	assert_true(opened.found.unsaved);
	assert_int_equal(bk_journal_recover(opened.journal, opened.text), BK_OK);
	assert_text(&opened, "abcd1. Parties [shall] report.\n");
	close_all(&opened);
}

static void after_a_failed_sync_the_history_goes_into_a_new_file(void **state)
{
	struct opened opened;
	struct stat before, after;
	char name[256];

	(void)state;
	forget();
	opened = open_with(loaded);
	insert(&opened, 0, "one ");
	assert_int_equal(bk_journal_saved(opened.journal, hash_of("one"), bk_text_step(opened.text)), BK_OK);
	journal_file(name);
	assert_int_equal(stat(name, &before), 0);
	insert(&opened, 0, "two ");
	opened.journal->distrusted = true; /* as after a failed fsync */
	assert_int_equal(bk_journal_flush(opened.journal), BK_OK);
	assert_false(opened.journal->distrusted);
	assert_int_equal(stat(name, &after), 0);
	assert_int_not_equal(before.st_ino, after.st_ino);
	insert(&opened, 0, "three ");
	close_all(&opened);
	opened = open_with("one");
	assert_true(opened.found.history && opened.found.unsaved);
	assert_int_equal(opened.found.steps, 3);
	close_all(&opened);
}

/* Written, and the thread asked for a sync that takes its time. */
static void ask_slow_sync(struct opened *opened)
{
	insert(opened, 0, "x");
	bk_journal_tick(opened->journal, 1000);
	bk_journal_tick(opened->journal, 2000);
	atomic_store(&slow_syncs, 1);
	assert_true(bk_journal_tick(opened->journal, 9000) >= 0);
	assert_false(opened->journal->unsynced);
}

static void a_flush_waits_for_the_sync_under_way(void **state)
{
	struct opened opened;
	int before;

	(void)state;
	forget();
	opened = open_with(loaded);
	assert_int_equal(bk_journal_flush(opened.journal), BK_OK);
	before = atomic_load(&syncs);
	ask_slow_sync(&opened);
	assert_int_equal(bk_journal_flush(opened.journal), BK_OK);
	assert_int_equal(atomic_load(&syncs), before + 1);
	close_all(&opened);
}

static void a_sync_asked_for_before_the_end_is_made(void **state)
{
	struct opened opened;
	int before;

	(void)state;
	forget();
	opened = open_with(loaded);
	assert_int_equal(bk_journal_flush(opened.journal), BK_OK);
	before = atomic_load(&syncs);
	ask_slow_sync(&opened);
	while (atomic_load(&slow_syncs)) /* until the first is under way */
		usleep(1000);
	insert(&opened, 0, "y");
	bk_journal_tick(opened.journal, 10000);
	bk_journal_tick(opened.journal, 11000);
	assert_true(bk_journal_tick(opened.journal, 19000) >= 0);
	assert_false(opened.journal->unsynced);
	close_all(&opened);
	assert_int_equal(atomic_load(&syncs), before + 2);
}

static void a_flush_sees_that_the_sync_before_it_has_failed(void **state)
{
	struct opened opened;
	struct stat before, after;
	char name[256];

	(void)state;
	forget();
	opened = open_with(loaded);
	assert_int_equal(bk_journal_flush(opened.journal), BK_OK);
	journal_file(name);
	assert_int_equal(stat(name, &before), 0);
	opened.journal->distrusted = true; /* as after a failed fsync: the thread's will fail */
	ask_slow_sync(&opened);
	atomic_store(&slow_syncs, 0);
	assert_int_equal(bk_journal_flush(opened.journal), BK_OK);
	assert_false(opened.journal->distrusted);
	assert_int_equal(stat(name, &after), 0);
	assert_int_not_equal(before.st_ino, after.st_ino);
	close_all(&opened);
}

/* Whatever byte of a journal is wrong, it opens, and gives back a state the text was in. */
static void any_torn_or_wrong_byte_gives_an_earlier_state(void **state)
{
	static const char *const states[] = {"1. Parties [shall] report.\n", "x1. Parties [shall] report.\n",
		"xy1. Parties [shall] report.\n", "xyz1. Parties [shall] report.\n"};
	struct opened opened;
	char whole[4096], broken[4096];
	size_t len;

	(void)state;
	forget();
	opened = open_with(loaded);
	for (size_t i = 0; i < 3; i++) {
		insert(&opened, i, (const char *[]){"x", "y", "z"}[i]);
		bk_text_break(opened.text);
	}
	close_all(&opened);
	len = take_file(whole, sizeof whole);
	for (size_t at = 0; at < 2 * len; at++) {
		const char *bytes;
		size_t size;
		bool known = false;

		memcpy(broken, whole, len);
		broken[at % len] ^= 0x21;
		put_file(broken, at < len ? len : at - len);
		if (at >= len)
			put_file(whole, at - len);
		opened = open_with(loaded);
		assert_int_equal(bk_journal_recover(opened.journal, opened.text), BK_OK);
		assert_int_equal(bk_snapshot_flat(bk_text_now(opened.text), &bytes, &size), BK_OK);
		for (size_t i = 0; i < 4; i++)
			known |= size == strlen(states[i]) && memcmp(bytes, states[i], size) == 0;
		assert_true(known);
		close_all(&opened);
	}
}

static void say_place(struct opened *opened, size_t cursor, const char *folds)
{
	const struct bk_journal_place place = {.cursor = cursor, .top = 1, .folds = folds};

	assert_int_equal(bk_journal_set_place(opened->journal, &place), BK_OK);
}

static void the_place_comes_back_also_for_a_changed_text(void **state)
{
	struct opened opened;

	(void)state;
	forget();
	opened = open_with("some words\n");
	say_place(&opened, 4, "0+11/ff;");
	say_place(&opened, 6, "=");
	close_all(&opened);
	opened = open_with("some words\n");
	assert_int_equal(opened.place.cursor, 6);
	assert_string_equal(opened.place.folds, "0+11/ff;");
	close_all(&opened);
	opened = open_with("some other words\n");
	assert_false(opened.found.history);
	assert_int_equal(opened.place.cursor, 6);
	assert_string_equal(opened.place.folds, "0+11/ff;");
	close_all(&opened);
}

/* "=" means the folds that were said before, also in a file that has not seen them said. */
static void assert_folds_last(struct opened *opened, const char *bytes)
{
	say_place(opened, 2, "=");
	close_all(opened);
	*opened = open_with(bytes);
	assert_int_equal(opened->place.cursor, 2);
	assert_string_equal(opened->place.folds, "0+11/ff;");
}

static void a_new_file_knows_the_folds_that_were_said(void **state)
{
	struct opened opened;

	(void)state;
	forget();
	opened = open_with("some words\n");
	say_place(&opened, 4, "0+11/ff;");
	opened.journal->distrusted = true; /* as after a failed fsync */
	assert_int_equal(bk_journal_flush(opened.journal), BK_OK);
	assert_folds_last(&opened, "some words\n");
	close_all(&opened);
	/* Others have changed the text: the journal begins anew. */
	opened = open_with("some other words\n");
	assert_false(opened.found.history);
	assert_folds_last(&opened, "some other words\n");
	close_all(&opened);
}

static void a_large_journal_is_written_anew_with_its_folds(void **state)
{
	enum { LARGE = 9 << 20 };
	char *const words = malloc(LARGE + 1);
	struct opened opened;
	struct stat before, after;
	char name[256];

	(void)state;
	forget();
	memset(words, 'w', LARGE);
	words[LARGE] = '\0';
	opened = open_with("some words\n");
	say_place(&opened, 4, "0+11/ff;");
	insert(&opened, 0, words);
	assert_int_equal(bk_text_undo(opened.text, NULL), BK_OK);
	for (int i = 0; i < 100; i++)
		say_place(&opened, 3, "=");
	close_all(&opened);
	journal_file(name);
	assert_int_equal(stat(name, &before), 0);
	opened = open_with("some words\n");
	assert_int_equal(opened.found.steps, 1);
	assert_int_equal(stat(name, &after), 0);
	assert_true(after.st_size < before.st_size);
	assert_folds_last(&opened, "some words\n");
	close_all(&opened);
	free(words);
}

/* A history of ten megabytes, all of it saved; the saved text goes to *saved. */
static void make_long_history(char **saved)
{
	enum { LONG = 2000000 };
	struct opened opened = open_with(loaded);
	char *words = malloc(LONG + 1);
	const char *bytes;
	size_t len;

	assert_non_null(words);
	memset(words, 'w', LONG);
	words[LONG] = 0;
	for (size_t i = 0; i < 5; i++)
		insert(&opened, 0, words);
	assert_int_equal(bk_snapshot_flat(bk_text_now(opened.text), &bytes, &len), BK_OK);
	*saved = strndup(bytes, len);
	assert_non_null(*saved);
	assert_int_equal(bk_journal_saved(opened.journal, hash_of(*saved), bk_text_step(opened.text)), BK_OK);
	close_all(&opened);
	free(words);
}

static void a_long_journal_stays_where_no_new_one_fits(void **state)
{
	struct rlimit before, little = {0};
	struct opened opened;
	char *saved;

	(void)state;
	forget();
	make_long_history(&saved);
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	little = (struct rlimit){1000000, before.rlim_max};
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
	opened = open_with(saved);
	assert_true(opened.found.history);
	close_all(&opened);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	opened = open_with(saved);
	assert_true(opened.found.history);
	assert_int_equal(bk_text_go(opened.text, 0, NULL), BK_OK);
	assert_text(&opened, loaded);
	close_all(&opened);
	free(saved);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(typing_that_never_reached_the_file_comes_back),
		cmocka_unit_test(the_undo_tree_comes_back_after_a_save),
		cmocka_unit_test(declined_changes_are_not_offered_again_but_stay_in_the_tree),
		cmocka_unit_test(a_journal_of_other_bytes_is_set_aside_not_deleted),
		cmocka_unit_test(a_torn_tail_is_cut_and_what_came_before_it_stands),
		cmocka_unit_test(every_byte_of_a_journal_may_be_wrong),
		cmocka_unit_test(a_link_or_a_file_open_to_others_is_refused),
		cmocka_unit_test(typing_is_written_within_a_quarter_of_a_second),
		cmocka_unit_test(a_lock_names_its_owner_and_goes_with_its_process),
		cmocka_unit_test(two_journals_set_aside_in_one_second_are_both_kept),
		cmocka_unit_test(a_journal_that_cannot_be_read_is_kept),
		cmocka_unit_test(a_hash_not_taken_is_that_of_the_text),
		cmocka_unit_test(a_record_lost_for_memory_does_not_shift_those_after_it),
		cmocka_unit_test(after_a_failed_sync_the_history_goes_into_a_new_file),
		cmocka_unit_test(a_sync_asked_for_before_the_end_is_made),
		cmocka_unit_test(a_flush_waits_for_the_sync_under_way),
		cmocka_unit_test(a_flush_sees_that_the_sync_before_it_has_failed),
		cmocka_unit_test(the_place_comes_back_also_for_a_changed_text),
		cmocka_unit_test(a_new_file_knows_the_folds_that_were_said),
		cmocka_unit_test(a_large_journal_is_written_anew_with_its_folds),
		cmocka_unit_test(a_long_journal_stays_where_no_new_one_fits),
		cmocka_unit_test(any_torn_or_wrong_byte_gives_an_earlier_state),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
