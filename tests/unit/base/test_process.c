/* Child processes: what they print comes back, they are stopped at their limits, no shell has a say. */
#include "base/alloc.h"
#include "base/process.h"

#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <stdarg.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>
#include <cmocka.h>

static int run(const struct bk_process *process, struct bk_buf *out, struct bk_buf *err, int *status)
{
	bk_buf_clear(out);
	bk_buf_clear(err);
	return bk_process_run(process, out, err, status);
}

#define ARGV(...) ((const char *const[]){__VA_ARGS__, NULL})

static void output_errors_and_status_come_back(void **state)
{
	struct bk_buf out = BK_BUF_INIT, err = BK_BUF_INIT;
	struct bk_process process = {.argv = ARGV("sh", "-c", "echo out; echo err >&2; exit 3")};
	int status = 0;

	(void)state;
	assert_int_equal(run(&process, &out, &err, &status), BK_OK);
	assert_string_equal(bk_buf_string(&out), "out\n");
	assert_string_equal(bk_buf_string(&err), "err\n");
	assert_int_equal(status, 3);
	process.argv = ARGV("sh", "-c", "kill -TERM $$");
	assert_int_equal(run(&process, &out, &err, &status), BK_OK);
	assert_int_equal(status, 128 + SIGTERM);
	process.argv = ARGV("true");
	assert_int_equal(bk_process_run(&process, NULL, NULL, &status), BK_OK);
	assert_int_equal(status, 0);
	bk_buf_release(&out);
	bk_buf_release(&err);
}

static void arguments_pass_no_shell(void **state)
{
	struct bk_buf out = BK_BUF_INIT, err = BK_BUF_INIT;
	const struct bk_process process = {.argv = ARGV("printf", "%s|", "$HOME; echo *", "a b", "")};
	int status;

	(void)state;
	assert_int_equal(run(&process, &out, &err, &status), BK_OK);
	assert_string_equal(bk_buf_string(&out), "$HOME; echo *|a b||");
	bk_buf_release(&out);
	bk_buf_release(&err);
}

static void megabytes_go_in_and_out(void **state)
{
	struct bk_buf in = BK_BUF_INIT, out = BK_BUF_INIT, err = BK_BUF_INIT;
	struct bk_process process = {.argv = ARGV("cat")};
	int status;

	(void)state;
	for (int i = 0; i < 300000; i++)
		bk_buf_printf(&in, "%d,", i);
	process.input = bk_buf_str(&in);
	assert_int_equal(run(&process, &out, &err, &status), BK_OK);
	assert_true(bk_str_equal(bk_buf_str(&in), bk_buf_str(&out)));
	/* One that does not read: no signal kills us. */
	process.argv = ARGV("true");
	assert_int_equal(run(&process, &out, &err, &status), BK_OK);
	assert_int_equal(status, 0);
	bk_buf_release(&in);
	bk_buf_release(&out);
	bk_buf_release(&err);
}

static void environment_and_folder_are_set(void **state)
{
	struct bk_buf out = BK_BUF_INIT, err = BK_BUF_INIT;
	const struct bk_process process = {
		.argv = ARGV("sh", "-c", "echo $BRACKED_A $BRACKED_B; pwd; env | grep -c ^BRACKED_A="),
		.environment = ARGV("BRACKED_A=1", "BRACKED_B=two"),
		.folder = "/"};
	int status;

	(void)state;
	setenv("BRACKED_A", "old", 1);
	assert_int_equal(run(&process, &out, &err, &status), BK_OK);
	assert_string_equal(bk_buf_string(&out), "1 two\n/\n1\n");
	bk_buf_release(&out);
	bk_buf_release(&err);
}

static void limits_stop_it(void **state)
{
	struct bk_buf out = BK_BUF_INIT, err = BK_BUF_INIT;
	struct bk_process process = {.argv = ARGV("sh", "-c", "sleep 20; echo late"), .milliseconds = 100};
	struct timespec from, to;
	int status;

	(void)state;
	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_int_equal(run(&process, &out, &err, &status), BK_ELIMIT);
	process = (struct bk_process){.argv = ARGV("yes"), .output_limit = 100000};
	assert_int_equal(run(&process, &out, &err, &status), BK_ETOOBIG);
	assert_int_equal(out.len, 0);
	/* A grandchild that keeps the pipe open is not waited for. */
	process = (struct bk_process){.argv = ARGV("sh", "-c", "sleep 20 & echo done")};
	assert_int_equal(run(&process, &out, &err, &status), BK_OK);
	assert_string_equal(bk_buf_string(&out), "done\n");
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_true(to.tv_sec - from.tv_sec < 10);
	bk_buf_release(&out);
	bk_buf_release(&err);
}

static void a_missing_program_is_told(void **state)
{
	const struct bk_process process = {.argv = ARGV("bracked-no-such-program")};
	int status;

	(void)state;
	assert_int_equal(bk_process_run(&process, NULL, NULL, &status), BK_ENOTFOUND);
	assert_non_null(strstr(bk_error_message(), "'bracked-no-such-program'"));
}

static void memory_that_runs_out_leaves_no_child(void **state)
{
	struct bk_buf out = BK_BUF_INIT;
	const struct bk_process process = {.argv = ARGV("echo", "x"), .environment = ARGV("A=b")};
	int result = BK_ENOMEM, status;

	(void)state;
	for (size_t n = 0; result != BK_OK; n++) {
		bk_buf_clear(&out);
		bk_alloc_fail_after(n);
		result = bk_process_run(&process, &out, NULL, &status);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(result == BK_OK || result == BK_ENOMEM);
	}
	assert_string_equal(bk_buf_string(&out), "x\n");
	assert_int_equal(bk_process_wait(-1, &status), BK_EIO);
	bk_buf_release(&out);
}

static void a_pager_reads_from_us(void **state)
{
	char program[] = "sh", option[] = "-c", script[] = "read line; test \"$line\" = hello";
	char *const argv[] = {program, option, script, NULL};
	int descriptor, pid, status;

	(void)state;
	assert_int_equal(bk_process_start_pager(argv, &descriptor, &pid), BK_OK);
	assert_int_equal(write(descriptor, "hello\n", 6), 6);
	close(descriptor);
	assert_int_equal(bk_process_wait(pid, &status), BK_OK);
	assert_int_equal(status, 0);
}

static void a_command_is_split_as_sh_quotes(void **state)
{
	static const struct {
		const char *command, *words[5];
	} cases[] = {
		{"less -R", {"less", "-R"}},
		{"  emacs\t-nw  ", {"emacs", "-nw"}},
		{"'/opt/my editor/ed' \"a \\\"b\\\" \\c\" d\\ e ''",
			{"/opt/my editor/ed", "a \"b\" \\c", "d e", ""}},
		{"a'b'\"c\"$HOME", {"abc$HOME"}},
		{"", {NULL}},
		{"x\\", {"x\\"}},
	};
	char **words;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		assert_int_equal(bk_process_split(&words, cases[i].command), BK_OK);
		for (size_t w = 0; cases[i].words[w]; w++)
			assert_string_equal(words[w], cases[i].words[w]);
		bk_free(words);
	}
	assert_int_equal(bk_process_split(&words, "a 'b"), BK_EINVAL);
	assert_int_equal(bk_process_split(&words, "a \"b'"), BK_EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_errors_and_status_come_back),
		cmocka_unit_test(arguments_pass_no_shell),
		cmocka_unit_test(megabytes_go_in_and_out),
		cmocka_unit_test(environment_and_folder_are_set),
		cmocka_unit_test(limits_stop_it),
		cmocka_unit_test(a_missing_program_is_told),
		cmocka_unit_test(memory_that_runs_out_leaves_no_child),
		cmocka_unit_test(a_pager_reads_from_us),
		cmocka_unit_test(a_command_is_split_as_sh_quotes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
