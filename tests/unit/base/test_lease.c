/* Leases: what was mapped stays what it was. */
#include "base/file.h"
#include "base/lease.h"
#include "lib/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

enum { SIZE = (int)BK_FILE_MAPPED + 12345 };

static char path[4096];

static int make_file(void **state)
{
	char *bytes = malloc(SIZE);
	FILE *file;

	(void)state;
	snprintf(path, sizeof path, "%s/large.txt", scratch);
	unlink(path);
	file = fopen(path, "w");
	assert_true(bytes && file);
	memset(bytes, 'a', SIZE);
	assert_int_equal(fwrite(bytes, 1, SIZE, file), SIZE);
	assert_int_equal(fclose(file), 0);
	free(bytes);
	return 0;
}

static bool all_are_a(struct bk_str str)
{
	return str.len == SIZE && str.ptr[0] == 'a' && memcmp(str.ptr, str.ptr + 1, SIZE - 1) == 0;
}

/* As another program would: opens the file with flags and writes into it. */
static void write_from_elsewhere(int flags)
{
	const pid_t child = fork();
	int ended;

	assert_true(child >= 0);
	if (child == 0) {
		const int file = open(path, O_WRONLY | flags);

		_exit(file >= 0 && pwrite(file, "words of others", 15, 5000) == 15 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_true(WIFEXITED(ended) && WEXITSTATUS(ended) == 0);
}

static void mapped_bytes_stay_when_others_write_into_the_file(void **state)
{
	struct bk_file_bytes bytes;
	bool changed;

	(void)state;
	assert_int_equal(bk_file_read(&bytes, path), BK_OK);
	write_from_elsewhere(0);
	assert_true(all_are_a(bytes.str));
	assert_int_equal(bk_file_changed(&bytes.stamp, path, &changed), BK_OK);
	assert_true(changed);
	bk_file_release(&bytes);
}

static void mapped_bytes_stay_when_the_file_is_cut(void **state)
{
	struct bk_file_bytes bytes;

	(void)state;
	assert_int_equal(bk_file_read(&bytes, path), BK_OK);
	write_from_elsewhere(O_TRUNC);
	assert_true(all_are_a(bytes.str));
	bk_file_release(&bytes);
}

static void what_somebody_has_open_to_write_is_read_and_not_mapped(void **state)
{
	const int writer = open(path, O_WRONLY | O_CLOEXEC);
	struct bk_file_bytes bytes;

	(void)state;
	assert_true(writer >= 0);
	assert_int_equal(bk_file_read(&bytes, path), BK_OK);
	assert_null(bytes.map);
	assert_int_equal(ftruncate(writer, 0), 0);
	assert_true(all_are_a(bytes.str));
	bk_file_release(&bytes);
	close(writer);
}

static void who_is_stopped_lets_nobody_wait(void **state)
{
	struct bk_file_bytes bytes;
	int writer;

	(void)state;
	assert_int_equal(bk_file_read(&bytes, path), BK_OK);
	bk_lease_settle();
	writer = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK); /* EWOULDBLOCK where a lease is held */
	assert_true(writer >= 0);
	assert_int_equal(ftruncate(writer, 0), 0);
	assert_true(all_are_a(bytes.str));
	bk_file_release(&bytes);
	close(writer);
}

static void a_lease_ends_with_the_bytes(void **state)
{
	struct bk_file_bytes bytes;
	int writer;

	(void)state;
	for (int i = 0; i < 50; i++) {
		assert_int_equal(bk_file_read(&bytes, path), BK_OK);
		bk_file_release(&bytes);
	}
	writer = open(path, O_WRONLY | O_CLOEXEC | O_NONBLOCK);
	assert_true(writer >= 0);
	close(writer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(mapped_bytes_stay_when_others_write_into_the_file, make_file),
		cmocka_unit_test_setup(mapped_bytes_stay_when_the_file_is_cut, make_file),
		cmocka_unit_test_setup(what_somebody_has_open_to_write_is_read_and_not_mapped, make_file),
		cmocka_unit_test_setup(who_is_stopped_lets_nobody_wait, make_file),
		cmocka_unit_test_setup(a_lease_ends_with_the_bytes, make_file),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
