/* Line diffs, counts of changes and line merges. */
#include "repo.h"

static const char old[] = "one\ntwo\nthree\nfour\nfive\nsix\nseven\neight\n";
static const char now[] = "one\n2\nthree\nfour\nfive\nsix\nseven\neight\nnine";

static void a_diff_is_what_git_prints(void **state)
{
	char *text;
	size_t len;

	(void)state;
	OK(bk_store_diff(old, strlen(old), "a.txt", now, strlen(now), "a.txt", &text, &len));
	assert_int_equal(len, strlen(text));
	assert_non_null(strstr(text, "--- a/a.txt\n+++ b/a.txt\n@@ -1,8 +1,9 @@\n one\n-two\n+2\n three\n"));
	assert_non_null(strstr(text, "+nine\n\\ No newline at end of file\n"));
	bk_store_free(text);
	OK(bk_store_diff(old, strlen(old), "a", old, strlen(old), "a", &text, &len));
	assert_int_equal(len, 0);
	bk_store_free(text);
	/* Any bytes are text here. */
	OK(bk_store_diff("a\0b\n", 4, "a", "a\0c\n", 4, "a", &text, &len));
	assert_non_null(strstr(text, "@@ -1 +1 @@"));
	bk_store_free(text);
	/* Behind a name with a blank stands a tab, for patch(1). */
	OK(bk_store_diff("--- a b\n", 8, "a b", "-- a b\n", 7, "a b", &text, &len));
	assert_non_null(strstr(text, "--- a/a b\t\n+++ b/a b\t\n@@ -1 +1 @@\n---- a b\n+-- a b\n"));
	bk_store_free(text);
	OK(bk_store_diff(NULL, 0, "a", "x\n", 2, "a", &text, &len));
	assert_non_null(strstr(text, "+x\n"));
	bk_store_free(text);
}

static void a_diff_applies_with_git(void **state)
{
	char *text;
	size_t len;

	(void)state;
	assert_int_equal(mkdir("apply", 0755), 0);
	repo_write("apply/a.txt", old);
	OK(bk_store_diff(old, strlen(old), "a.txt", now, strlen(now), "a.txt", &text, &len));
	repo_write("apply/patch", text);
	GIT("apply", "apply", "patch");
	repo_write("apply/b.txt", now);
	GIT("apply", "diff", "--no-index", "--exit-code", "a.txt", "b.txt");
	bk_store_free(text);
}

static void separate_places_are_counted(void **state)
{
	size_t count = 9;

	(void)state;
	OK(bk_store_count_changes(old, strlen(old), now, strlen(now), &count));
	assert_int_equal(count, 2);
	OK(bk_store_count_changes(old, strlen(old), old, strlen(old), &count));
	assert_int_equal(count, 0);
	OK(bk_store_count_changes("", 0, "x", 1, &count));
	assert_int_equal(count, 1);
}

static void changes_apart_are_merged_and_overlapping_ones_are_not(void **state)
{
	static const char theirs[] = "one\ntwo\nthree\nfour\nfive\nsix\n7\neight\n";
	static const char rival[] = "one\nzwei\nthree\nfour\nfive\nsix\nseven\neight\n";
	char *text = NULL;
	size_t len;

	(void)state;
	OK(bk_store_merge(old, strlen(old), now, strlen(now), theirs, strlen(theirs), &text, &len));
	assert_int_equal(len, strlen("one\n2\nthree\nfour\nfive\nsix\n7\neight\nnine"));
	assert_string_equal(text, "one\n2\nthree\nfour\nfive\nsix\n7\neight\nnine");
	bk_store_free(text);
	text = NULL;
	assert_int_equal(
		bk_store_merge(old, strlen(old), now, strlen(now), rival, strlen(rival), &text, &len),
		BK_ECHANGED);
	assert_null(text);
	OK(bk_store_merge(old, strlen(old), old, strlen(old), rival, strlen(rival), &text, &len));
	assert_string_equal(text, rival);
	bk_store_free(text);
}

/* What becomes of two changes of a base; NULL for a conflict. */
static void merges(const char *base, const char *ours, const char *theirs, const char *wanted)
{
	char *text = NULL;
	size_t len;
	const int status =
		bk_store_merge(base, strlen(base), ours, strlen(ours), theirs, strlen(theirs), &text, &len);

	assert_int_equal(status, wanted ? BK_OK : BK_ECHANGED);
	if (wanted) {
		assert_int_equal(len, strlen(wanted));
		assert_memory_equal(text, wanted, len);
	} else {
		assert_null(text);
	}
	bk_store_free(text);
}

static void changes_of_neighbouring_lines_and_words_are_merged(void **state)
{
	(void)state;
	merges("one two\nthree four\n", "one 2\nthree four\n", "one two\n3 four\n", "one 2\n3 four\n");
	merges("one two\r\nthree\r\n", "one 2\r\nthree\r\n", "one two\r\n3\r\n", "one 2\r\n3\r\n");
	merges("Parties [shall] pay by 2030.\n", "Parties [should] pay by 2030.\n",
		"Parties [shall] pay by 2035.\n", "Parties [should] pay by 2035.\n");
	merges("a\\n b\\ c\n", "A\\n b\\ c\n", "a\\n b\\ C", "A\\n b\\ C");
}

static void changes_of_the_same_words_are_a_conflict(void **state)
{
	(void)state;
	merges("Parties shall pay.\n", "Parties should pay.\n", "Parties may pay.\n", NULL);
	merges("Parties pay.\n", "Parties pay now.\n", "Parties pay later.\n", NULL);
	merges("Parties pay.\n", "\n", "Parties must pay.\n", NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_diff_is_what_git_prints),
		cmocka_unit_test(a_diff_applies_with_git),
		cmocka_unit_test(separate_places_are_counted),
		cmocka_unit_test(changes_of_neighbouring_lines_and_words_are_merged),
		cmocka_unit_test(changes_of_the_same_words_are_a_conflict),
		cmocka_unit_test(changes_apart_are_merged_and_overlapping_ones_are_not),
	};

	return cmocka_run_group_tests(tests, repo_start, repo_stop);
}
