/*
 * Where the work tree is, what branches have, and what a file was merged from, told from the history alone.
 */
#include "repo.h"

#include "base/alloc.h"

#include <string.h>

/* A branch from main with a draft of its own. */
static void branch(bk_repository *repository, const char *folder, const char *name, const char *bytes)
{
	char id[41];

	GIT(folder, "checkout", "-q", "-B", name, "main");
	OK(repo_save(repository, "a.txt", bytes, name, id));
	GIT(folder, "reset", "-q", "--hard");
	GIT(folder, "checkout", "-q", "main");
}

/* main with a draft of three paragraphs, and branches of EU, AOSIS and US that change one each. */
static bk_repository *begin(const char *folder)
{
	bk_repository *repository = repo_new(folder);
	char id[41];

	GIT(folder, "symbolic-ref", "HEAD", "refs/heads/main");
	OK(repo_save(repository, "a.txt", "1\n\n\n2\n\n\n3\n", "base", id));
	GIT(folder, "reset", "-q", "--hard");
	branch(repository, folder, "party/EU", "1 EU\n\n\n2\n\n\n3\n");
	branch(repository, folder, "party/AOSIS", "1\n\n\n2 AOSIS\n\n\n3\n");
	branch(repository, folder, "party/US", "1\n\n\n2\n\n\n3 US\n");
	return repository;
}

/* The strands of main as "party|branch|text;", the text without its line ends; then the base's. */
static const char *tell(bk_repository *repository, const char *with)
{
	static char told[512];
	bk_strands *strands = NULL;
	const struct bk_strand *list;
	size_t count, at = 0;

	OK(bk_strands_new(&strands, repository, "a.txt", "HEAD", &with, with ? 1 : 0));
	list = bk_strands_list(strands, &count);
	for (size_t i = 0; i <= count; i++) {
		const struct bk_strand *strand = i < count ? &list[i] : bk_strands_base(strands);
		char *bytes;
		size_t len, to = 0;

		OK(bk_revision_read_blob(repository, strand->blob, &bytes, &len));
		for (size_t j = 0; j < len; j++)
			if (bytes[j] != '\n')
				bytes[to++] = bytes[j];
		at += (size_t)snprintf(told + at, sizeof told - at, "%s|%s|%.*s;", strand->party,
			strand->branch, (int)to, bytes);
		bk_store_free(bytes);
	}
	bk_strands_free(strands);
	return told;
}

static void a_branch_that_merged_nothing_is_its_trunk(void **state)
{
	bk_repository *repository = begin("trunk");
	char id[41];

	(void)state;
	OK(repo_save(repository, "other", "x", "of another", id));
	assert_string_equal(tell(repository, NULL), "||123;||123;");
	assert_string_equal(tell(repository, "party/EU"), "||123;||123;");
	bk_repository_free(repository);
}

static void what_was_merged_one_by_one_is_named_as_git_named_it(void **state)
{
	bk_repository *repository = begin("lines");

	(void)state;
	GIT("lines", "merge", "-q", "--no-ff", "--no-edit", "party/EU");
	GIT("lines", "merge", "-q", "--no-edit", "party/AOSIS");
	assert_string_equal(
		tell(repository, "party/US"), "||123;|party/EU|1 EU23;|party/AOSIS|12 AOSIS3;||123;");
	GIT("lines", "checkout", "-q", "-b", "desk");
	GIT("lines", "merge", "-q", "--no-edit", "party/US");
	assert_string_equal(tell(repository, NULL),
		"||123;|party/EU|1 EU23;|party/AOSIS|12 AOSIS3;|party/US|123 US;||123;");
	bk_repository_free(repository);
}

static void what_was_merged_at_once_is_named_by_its_trailers(void **state)
{
	static const char *const names[] = {"party/EU", "party/AOSIS"};
	static const char *const parties[] = {"EU", "AOSIS", NULL};
	bk_repository *repository = begin("once");
	bk_gathering *gathering;
	struct bk_gathered_file file = {.name = "a.txt", .file = {.mode = 0100644}};
	const struct bk_gathered gathered = {
		.files = &file, .file_count = 1, .message = "second round", .parties = parties};
	char id[41];

	(void)state;
	OK(bk_blob_keep(repository, "12", 2, file.file.blob));
	OK(bk_gathering_new(&gathering, repository, "main", names, 2));
	OK(bk_gathering_save(gathering, &gathered, id));
	bk_gathering_free(gathering);
	assert_string_equal(tell(repository, NULL), "||123;EU||1 EU23;AOSIS||12 AOSIS3;||123;");
	bk_repository_free(repository);
}

static void an_edit_of_the_draft_is_a_new_trunk(void **state)
{
	bk_repository *repository = begin("edited");
	char id[41];

	(void)state;
	GIT("edited", "merge", "-q", "--no-ff", "--no-edit", "party/EU");
	OK(repo_save(repository, "a.txt", "1 EU\n\n\n2 chair\n\n\n3\n", "edited", id));
	OK(repo_save(repository, "other", "x", "of another", id));
	assert_string_equal(tell(repository, NULL), "||1 EU2 chair3;||1 EU2 chair3;");
	assert_string_equal(tell(repository, "party/US"), "||1 EU2 chair3;||123;");
	bk_repository_free(repository);
}

static void a_branch_that_left_the_file_alone_is_no_strand(void **state)
{
	bk_repository *repository = begin("alone");
	char id[41];

	(void)state;
	GIT("alone", "checkout", "-q", "-b", "side");
	OK(repo_save(repository, "other", "x", "of another", id));
	GIT("alone", "reset", "-q", "--hard");
	GIT("alone", "checkout", "-q", "main");
	GIT("alone", "merge", "-q", "--no-ff", "--no-edit", "side");
	GIT("alone", "merge", "-q", "--no-edit", "party/EU");
	assert_string_equal(tell(repository, NULL), "||123;|party/EU|1 EU23;||123;");
	bk_repository_free(repository);
}

static void all_branches_are_told_with_the_file_as_they_have_it(void **state)
{
	bk_repository *repository = begin("source"), *clone = NULL;
	bk_tips *tips;
	const struct bk_tip *list;
	size_t count;
	char names[256] = "";

	(void)state;
	GIT(".", "clone", "-q", "source", "clone");
	OK(bk_repository_open(&clone, "clone"));
	OK(bk_tips_new(&tips, clone, "a.txt"));
	list = bk_tips_list(tips, &count);
	for (size_t i = 0; i < count; i++)
		snprintf(names + strlen(names), sizeof names - strlen(names), "%s;", list[i].name);
	assert_string_equal(
		names, "main;origin/HEAD;origin/main;origin/party/AOSIS;origin/party/EU;origin/party/US;");
	assert_memory_equal(GIT("clone", "rev-parse", "origin/party/EU"), list[4].id, 40);
	assert_memory_equal(GIT("clone", "rev-parse", "origin/party/EU:a.txt"), list[4].blob, 40);
	bk_tips_free(tips);
	OK(bk_tips_new(&tips, clone, "none"));
	assert_string_equal(bk_tips_list(tips, &count)[0].blob, "");
	bk_tips_free(tips);
	bk_repository_free(clone);
	bk_repository_free(repository);
}

static void head_is_on_a_branch_also_while_that_is_rebased(void **state)
{
	static const char *const rebase[] = {"git", "rebase", "-q", "party/EU", NULL};
	const struct bk_process process = {.argv = rebase, .folder = "rebased"};
	bk_repository *repository = begin("rebased");
	struct bk_head head;
	int code;

	(void)state;
	OK(bk_head_read(repository, &head));
	assert_string_equal(head.branch, "main");
	assert_memory_equal(GIT("rebased", "rev-parse", "HEAD"), head.id, 40);
	assert_false(head.rebasing);
	GIT("rebased", "checkout", "-q", "--detach");
	OK(bk_head_read(repository, &head));
	assert_string_equal(head.branch, "");
	branch(repository, "rebased", "desk", "1 desk\n\n\n2\n\n\n3\n");
	GIT("rebased", "checkout", "-q", "desk");
	assert_int_equal(bk_process_run(&process, NULL, NULL, &code), BK_OK);
	assert_int_not_equal(code, 0);
	OK(bk_head_read(repository, &head));
	assert_true(head.rebasing);
	assert_string_equal(head.branch, "desk");
	assert_memory_equal(GIT("rebased", "rev-parse", "party/EU"), head.onto, 40);
	bk_repository_free(repository);
	OK(bk_repository_init(&repository, "unborn"));
	OK(bk_head_read(repository, &head));
	assert_string_equal(head.id, "");
	bk_repository_free(repository);
}

static void memory_that_runs_out_leaks_nothing(void **state)
{
	bk_repository *repository = begin("tight");
	int status = BK_ENOMEM;

	(void)state;
	GIT("tight", "merge", "-q", "--no-ff", "--no-edit", "party/EU");
	for (size_t n = 0; status != BK_OK; n++) {
		bk_strands *strands = NULL;
		bk_tips *tips = NULL;

		bk_alloc_fail_after(n);
		status = bk_strands_new(&strands, repository, "a.txt", "HEAD", NULL, 0);
		if (status == BK_OK)
			status = bk_tips_new(&tips, repository, "a.txt");
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
		bk_tips_free(tips);
		bk_strands_free(strands);
	}
	bk_repository_free(repository);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_branch_that_merged_nothing_is_its_trunk),
		cmocka_unit_test(what_was_merged_one_by_one_is_named_as_git_named_it),
		cmocka_unit_test(what_was_merged_at_once_is_named_by_its_trailers),
		cmocka_unit_test(an_edit_of_the_draft_is_a_new_trunk),
		cmocka_unit_test(a_branch_that_left_the_file_alone_is_no_strand),
		cmocka_unit_test(all_branches_are_told_with_the_file_as_they_have_it),
		cmocka_unit_test(head_is_on_a_branch_also_while_that_is_rebased),
		cmocka_unit_test(memory_that_runs_out_leaks_nothing),
	};

	return cmocka_run_group_tests(tests, repo_start, repo_stop);
}
