/* Files: read as they are, replaced whole or not at all, with all that belongs to them. */
#include "base/alloc.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/replace.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

static char folder[] = "/tmp/bracked-file-XXXXXX";
static char name[4096];

static int enter_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) && chdir(folder) == 0 ? 0 : -1;
}

static int leave_folder(void **state)
{
	char command[] = "/tmp";

	(void)state;
	return chdir(command);
}

/* Remove all files; each test begins in an empty folder. */
static int clear_folder(void **state)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;

	(void)state;
	if (!dir)
		return -1;
	while ((entry = readdir(dir))) {
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue; /* the folder above is everybody's */
		chmod(entry->d_name, 0700);
		if (unlink(entry->d_name) < 0)
			rmdir(entry->d_name);
	}
	closedir(dir);
	umask(022);
	return 0;
}

static int remove_folder(void **state)
{
	clear_folder(state);
	leave_folder(state);
	return rmdir(folder);
}

static size_t entries(void)
{
	DIR *dir = opendir(folder);
	size_t count = 0;

	assert_non_null(dir);
	while (readdir(dir))
		count++;
	closedir(dir);
	return count - 2;
}

static void put(const char *path, const char *bytes)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(bytes, file);
	fclose(file);
}

static void expect(const char *path, const char *bytes)
{
	struct bk_file_bytes got;

	assert_int_equal(bk_file_read(&got, path), BK_OK);
	assert_int_equal(got.str.len, strlen(bytes));
	assert_memory_equal(got.str.ptr, bytes, got.str.len);
	bk_file_release(&got);
}

static int replace(const char *path, const char *bytes, const struct bk_file_stamp *expected, unsigned flags)
{
	return bk_file_replace_bytes(path, bk_str_of(bytes), expected, flags, NULL);
}

static void a_file_is_read_with_its_stamp(void **state)
{
	struct bk_file_bytes bytes;

	(void)state;
	put("a", "one\0two");
	assert_int_equal(bk_file_read(&bytes, "a"), BK_OK);
	assert_int_equal(bytes.str.len, 3);
	assert_int_equal(bytes.stamp.size, 3);
	assert_true(bytes.stamp.exists && bytes.stamp.hash == bk_hash("one", 3));
	bk_file_release(&bytes);
	assert_int_equal(bk_file_read_once(&bytes, "a"), BK_OK);
	assert_memory_equal(bytes.str.ptr, "one", 4);
	assert_true(bytes.stamp.exists && bytes.stamp.size == 3 && bytes.stamp.hash == 0);
	bk_file_release(&bytes);
	put("empty", "");
	assert_int_equal(bk_file_read(&bytes, "empty"), BK_OK);
	assert_int_equal(bytes.str.len, 0);
	bk_file_release(&bytes);
}

static void what_is_no_file_is_refused(void **state)
{
	struct bk_file_bytes bytes;

	(void)state;
	assert_int_equal(bk_file_read(&bytes, "missing"), BK_ENOTFOUND);
	assert_non_null(strstr(bk_error_message(), "'missing'"));
	assert_int_equal(bk_file_read(&bytes, folder), BK_EIO);
	assert_int_equal(bk_file_read(&bytes, "/dev/zero"), BK_EIO);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	assert_int_equal(bk_file_read(&bytes, "pipe"), BK_EIO);
}

static void two_gibibytes_are_refused_before_anything_is_read(void **state)
{
	struct bk_file_bytes bytes;

	(void)state;
	put("huge", "x");
	if (truncate("huge", (off_t)BK_FILE_LIMIT) < 0)
		skip();
	assert_int_equal(bk_file_read(&bytes, "huge"), BK_ETOOBIG);
	assert_int_equal(truncate("huge", (off_t)BK_FILE_MAPPED), 0);
	assert_int_equal(bk_file_read(&bytes, "huge"), BK_OK);
	assert_int_equal(bytes.str.len, BK_FILE_MAPPED);
	assert_non_null(bytes.map);
	bk_file_release(&bytes);
}

static void a_replaced_file_keeps_mode_and_attributes(void **state)
{
	struct bk_file_stamp stamp;
	struct stat about;
	char value[8] = "";

	(void)state;
	put("a", "old");
	assert_int_equal(chmod("a", 0640), 0);
	const bool attributes = setxattr("a", "user.source", "chair", 5, 0) == 0;

	assert_int_equal(bk_file_replace_bytes("a", BK_STR("new"), NULL, 0, &stamp), BK_OK);
	expect("a", "new");
	assert_int_equal(stat("a", &about), 0);
	assert_int_equal(about.st_mode & 07777, 0640);
	assert_int_equal(stamp.inode, about.st_ino);
	assert_int_equal(stamp.hash, bk_hash("new", 3));
	if (attributes) {
		assert_int_equal(getxattr("a", "user.source", value, sizeof value), 5);
		assert_string_equal(value, "chair");
	}
	assert_int_equal(entries(), 1);
}

static void a_new_file_gets_the_mode_the_umask_leaves(void **state)
{
	struct stat about;

	(void)state;
	umask(027);
	assert_int_equal(replace("a", "x", NULL, 0), BK_OK);
	assert_int_equal(stat("a", &about), 0);
	assert_int_equal(about.st_mode & 07777, 0640);
	assert_int_equal(replace("b", "x", NULL, BK_REPLACE_PRIVATE), BK_OK);
	assert_int_equal(stat("b", &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
}

static void one_link_is_followed_and_stays(void **state)
{
	struct stat about;

	(void)state;
	put("a", "old");
	assert_int_equal(symlink("a", "link"), 0);
	assert_int_equal(symlink("link", "second"), 0);
	snprintf(name, sizeof name, "%s/link", folder);
	assert_int_equal(replace(name, "new", NULL, 0), BK_OK);
	assert_true(lstat("link", &about) == 0 && S_ISLNK(about.st_mode));
	expect("a", "new");
	assert_int_equal(replace("second", "evil", NULL, 0), BK_EIO);
	expect("a", "new");
}

static void a_file_changed_by_another_is_not_replaced(void **state)
{
	struct bk_file_bytes bytes;
	struct bk_file_stamp none = {.exists = false};

	(void)state;
	put("a", "old");
	assert_int_equal(bk_file_read(&bytes, "a"), BK_OK);
	put("a", "sed");
	assert_int_equal(replace("a", "mine", &bytes.stamp, 0), BK_ECHANGED);
	expect("a", "sed");
	assert_int_equal(replace("a", "mine", &none, 0), BK_ECHANGED);
	assert_int_equal(unlink("a"), 0);
	assert_int_equal(replace("a", "mine", &bytes.stamp, 0), BK_ECHANGED);
	assert_int_equal(entries(), 0);
	assert_int_equal(replace("a", "mine", &bytes.stamp, BK_REPLACE_FORCE), BK_OK);
	expect("a", "mine");
	bk_file_release(&bytes);
}

static void a_file_that_was_only_touched_has_not_changed(void **state)
{
	struct bk_file_bytes bytes;
	bool changed = true;

	(void)state;
	put("a", "old");
	assert_int_equal(bk_file_read(&bytes, "a"), BK_OK);
	put("b", "old");
	assert_int_equal(rename("b", "a"), 0);
	assert_int_equal(bk_file_changed(&bytes.stamp, "a", &changed), BK_OK);
	assert_false(changed);
	assert_int_equal(replace("a", "mine", &bytes.stamp, 0), BK_OK);
	assert_int_equal(bk_file_changed(&bytes.stamp, "a", &changed), BK_OK);
	assert_true(changed);
	bk_file_release(&bytes);
}

static void what_replacing_would_undo_is_asked_about(void **state)
{
	struct stat about;

	(void)state;
	put("a", "old bytes");
	assert_int_equal(link("a", "b"), 0);
	assert_int_equal(replace("a", "new", NULL, 0), BK_EEXISTS);
	assert_non_null(strstr(bk_error_message(), "hard links"));
	assert_int_equal(bk_file_may_replace("a", NULL), BK_EEXISTS);
	expect("a", "old bytes");
	assert_int_equal(replace("a", "new", NULL, BK_REPLACE_IN_PLACE), BK_OK);
	expect("b", "new");
	put("c", "old");
	assert_int_equal(chmod("c", 0444), 0);
	assert_int_equal(replace("c", "new", NULL, 0), BK_EEXISTS);
	assert_non_null(strstr(bk_error_message(), "read-only"));
	assert_int_equal(replace("c", "new and longer", NULL, BK_REPLACE_IN_PLACE), BK_OK);
	expect("c", "new and longer");
	assert_int_equal(stat("c", &about), 0);
	assert_int_equal(about.st_mode & 07777, 0444);
	assert_int_equal(entries(), 3);
}

static void the_copy_of_an_earlier_save_is_not_overwritten(void **state)
{
	(void)state;
	put("a", "old");
	put("a.before-save", "precious");
	assert_int_equal(replace("a", "new", NULL, BK_REPLACE_IN_PLACE), BK_EIO);
	expect("a", "old");
	expect("a.before-save", "precious");
}

static int fail_in_the_middle(void *context, struct bk_str *chunk)
{
	int *turn = context;

	*chunk = BK_STR("some");
	return ++*turn > 2 ? BK_ENOMEM : BK_OK;
}

static int once(void *context, struct bk_str *chunk)
{
	struct bk_str *rest = context;

	*chunk = *rest;
	*rest = BK_STR("");
	return BK_OK;
}

static void a_source_that_fails_changes_nothing(void **state)
{
	int turn = 0;
	const struct bk_file_source source = {.next = fail_in_the_middle, .context = &turn};

	(void)state;
	put("a", "old");
	assert_int_equal(bk_file_replace("a", &source, NULL, 0, NULL), BK_ENOMEM);
	turn = 0;
	assert_int_equal(bk_file_replace("a", &source, NULL, BK_REPLACE_IN_PLACE, NULL), BK_ENOMEM);
	expect("a", "old");
	assert_int_equal(entries(), 1);
}

static void memory_that_runs_out_changes_nothing(void **state)
{
	for (unsigned flags = 0; flags < 2; flags++) {
		int status = BK_ENOMEM;

		for (size_t n = 0; status != BK_OK; n++) {
			clear_folder(state);
			put("a", "old");
			bk_alloc_fail_after(n);
			status = replace("a", "new", NULL, flags);
			bk_alloc_fail_after(SIZE_MAX);
			assert_true(status == BK_OK || status == BK_ENOMEM);
			expect("a", status == BK_OK ? "new" : "old");
			assert_int_equal(entries(), 1);
		}
	}
}

static void appended_bytes_are_added_to_what_is_there(void **state)
{
	(void)state;
	assert_int_equal(bk_file_append("ledger", BK_STR("one\n")), BK_OK);
	assert_int_equal(bk_file_append("ledger", BK_STR("two\n")), BK_OK);
	expect("ledger", "one\ntwo\n");
	assert_int_equal(symlink("ledger", "link"), 0);
	assert_int_equal(bk_file_append("link", BK_STR("evil\n")), BK_EIO);
	expect("ledger", "one\ntwo\n");
	assert_int_equal(bk_file_append("no/where", BK_STR("x")), BK_ENOTFOUND);
}

static void a_file_taken_away_before_the_lock_is_had_is_made_anew(void **state)
{
	bk_appending *appending;
	pid_t child;
	int ended = -1;

	(void)state;
	assert_int_equal(bk_appending_new(&appending, "ledger", BK_STR("one\n")), BK_OK);
	child = fork();
	for (int held = 3; child == 0 && held < 64; held++)
		close(held); /* the lock would be held by both */
	if (child == 0)
		_exit(bk_file_append("ledger", BK_STR("two\n")) == BK_OK ? 0 : 1);
	assert_true(child > 0);
	usleep(200000); /* it has the file open by now, and waits for the lock */
	assert_int_equal(bk_appending_free(appending, true), BK_OK);
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_int_equal(ended, 0);
	expect("ledger", "two\n");
}

static void a_link_that_came_with_others_is_not_followed(void **state)
{
	struct bk_file_bytes bytes;

	(void)state;
	put("secret", "words");
	assert_int_equal(symlink("secret", "link"), 0);
	assert_int_equal(symlink("nowhere", "broken"), 0);
	assert_int_equal(bk_file_read_plain(&bytes, "link"), BK_EIO);
	assert_int_equal(bk_file_read_plain(&bytes, "broken"), BK_EIO);
	assert_int_equal(bk_file_read_plain(&bytes, "none"), BK_ENOTFOUND);
	assert_int_equal(bk_file_read_plain(&bytes, "secret"), BK_OK);
	assert_int_equal(bytes.str.len, 5);
	bk_file_release(&bytes);
}

static void between_the_halves_the_file_is_as_it_was(void **state)
{
	struct bk_str bytes = BK_STR("new");
	const struct bk_file_source source = {.next = once, .context = &bytes};
	struct bk_file_stamp stamp = {0};
	bk_replacing *replacing;

	(void)state;
	put("a", "old");
	assert_int_equal(bk_replacing_new(&replacing, "a", &source, NULL, 0), BK_OK);
	expect("a", "old");
	assert_int_equal(bk_replacing_hash(replacing), bk_hash("new", 3));
	bk_replacing_free(replacing);
	expect("a", "old");
	assert_int_equal(entries(), 1);
	bytes = BK_STR("newer");
	assert_int_equal(bk_replacing_new(&replacing, "a", &source, NULL, 0), BK_OK);
	assert_int_equal(bk_replacing_finish(replacing, &stamp), BK_OK);
	bk_replacing_free(replacing);
	expect("a", "newer");
	assert_true(stamp.exists && stamp.hash == bk_hash("newer", 5));
	assert_int_equal(entries(), 1);
}

static void what_was_appended_can_be_taken_back(void **state)
{
	bk_appending *appending;

	(void)state;
	assert_int_equal(bk_appending_new(&appending, "ledger", BK_STR("one\n")), BK_OK);
	assert_int_equal(bk_appending_free(appending, true), BK_OK);
	assert_int_equal(entries(), 0);
	assert_int_equal(bk_file_append("ledger", BK_STR("one\n")), BK_OK);
	assert_int_equal(bk_appending_new(&appending, "ledger", BK_STR("two\n")), BK_OK);
	expect("ledger", "one\ntwo\n");
	assert_int_equal(bk_appending_free(appending, true), BK_OK);
	expect("ledger", "one\n");
	assert_int_equal(bk_appending_new(&appending, "ledger", BK_STR("two\n")), BK_OK);
	assert_int_equal(bk_appending_free(appending, false), BK_OK);
	expect("ledger", "one\ntwo\n");
}

/* A file as a save leaves it that was killed so many seconds ago. */
static void leave_temporary(const char *temporary, time_t age)
{
	const struct timespec then[2] = {{.tv_sec = time(NULL) - age}, {.tv_sec = time(NULL) - age}};

	put(temporary, "half of it");
	assert_int_equal(utimensat(AT_FDCWD, temporary, then, 0), 0);
}

static void what_a_killed_save_left_is_swept_by_the_next(void **state)
{
	char stale[BK_TEMPORARY_NAME], own[BK_TEMPORARY_NAME], other[BK_TEMPORARY_NAME];
	char twin[BK_TEMPORARY_NAME];
	const pid_t child = fork();
	struct stat about;

	(void)state;
	if (child == 0)
		_exit(0);
	assert_int_equal(waitpid(child, NULL, 0), child);
	/* the same host and no process: the number of a child that has ended */
	assert_int_equal(bk_temporary_name(own), 0);
	snprintf(stale, sizeof stale, "%.18s%08x%s", own, (unsigned)child, own + 26);
	snprintf(other, sizeof other, "%.9s%s%s", own, "0badcafe", stale + 17);
	put("a", "old");
	leave_temporary(own, 3600);
	leave_temporary(stale, 3600);
	leave_temporary(other, 3600);
	leave_temporary(".bracked-notes", 3600);
	assert_int_equal(replace("a", "new", NULL, 0), BK_OK);
	assert_int_equal(stat(stale, &about), -1);
	assert_int_equal(entries(), 4);
	leave_temporary(stale, 0);
	assert_int_equal(replace("a", "newer", NULL, 0), BK_OK);
	assert_int_equal(stat(stale, &about), -1);
	/* another machine of the same name may still be writing: its processes are not ours */
	snprintf(twin, sizeof twin, "%s", stale);
	twin[27] = twin[27] == '0' ? '1' : '0';
	leave_temporary(twin, 60);
	assert_int_equal(replace("a", "newest", NULL, 0), BK_OK);
	assert_int_equal(stat(twin, &about), 0);
	leave_temporary(twin, 3600);
	assert_int_equal(replace("a", "the last", NULL, 0), BK_OK);
	assert_int_equal(stat(twin, &about), -1);
}

static void folders_are_made_and_paths_resolved(void **state)
{
	struct stat about;
	char *path = NULL;

	(void)state;
	assert_int_equal(bk_file_make_folders("one/two/"), BK_OK);
	assert_int_equal(bk_file_make_folders("one/two"), BK_OK);
	assert_true(stat("one/two", &about) == 0 && (about.st_mode & 07777) == 0700);
	put("file", "x");
	assert_int_equal(bk_file_make_folders("file/x"), BK_EIO);
	assert_int_equal(bk_file_real_path(&path, "one/../new"), BK_OK);
	snprintf(name, sizeof name, "%s/new", folder);
	assert_string_equal(path, name);
	bk_free(path);
	assert_int_equal(bk_file_real_path(&path, "/"), BK_OK);
	assert_string_equal(path, "/");
	bk_free(path);
	assert_int_equal(bk_file_real_path(&path, "none/new"), BK_ENOTFOUND);
	rmdir("one/two");
}

static void a_hash_of_pieces_is_the_hash_of_the_whole(void **state)
{
	char bytes[5000];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 31);
	for (size_t step = 1; step < sizeof bytes; step = step * 2 + 1) {
		struct bk_hash_stream *stream = bk_hash_begin();

		for (size_t at = 0; at < sizeof bytes; at += step)
			bk_hash_add(stream, bytes + at, step < sizeof bytes - at ? step : sizeof bytes - at);
		assert_int_equal(bk_hash_end(stream), bk_hash(bytes, sizeof bytes));
	}
}

#define TEST(name) cmocka_unit_test_setup(name, clear_folder)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_read_with_its_stamp),
		TEST(what_is_no_file_is_refused),
		TEST(two_gibibytes_are_refused_before_anything_is_read),
		TEST(a_replaced_file_keeps_mode_and_attributes),
		TEST(a_new_file_gets_the_mode_the_umask_leaves),
		TEST(one_link_is_followed_and_stays),
		TEST(a_file_changed_by_another_is_not_replaced),
		TEST(a_file_that_was_only_touched_has_not_changed),
		TEST(what_replacing_would_undo_is_asked_about),
		TEST(the_copy_of_an_earlier_save_is_not_overwritten),
		TEST(a_source_that_fails_changes_nothing),
		TEST(memory_that_runs_out_changes_nothing),
		TEST(appended_bytes_are_added_to_what_is_there),
		TEST(a_file_taken_away_before_the_lock_is_had_is_made_anew),
		TEST(a_link_that_came_with_others_is_not_followed),
		TEST(between_the_halves_the_file_is_as_it_was),
		TEST(what_was_appended_can_be_taken_back),
		TEST(what_a_killed_save_left_is_swept_by_the_next),
		TEST(folders_are_made_and_paths_resolved),
		TEST(a_hash_of_pieces_is_the_hash_of_the_whole),
	};

	return cmocka_run_group_tests(tests, enter_folder, remove_folder);
}
