/* Branches that become one: the revision that all come from, what each changed, and one commit of them. */
#include "repo.h"

#include "base/alloc.h"

#include <string.h>

static const char *const parties[] = {"EU", "AOSIS", NULL};
static const char *const both[] = {"party/EU", "party/AOSIS"};

/* A file on a branch that begins at another; HEAD is on the branch afterwards, and the work tree is its. */
static void change(bk_repository *repository, const char *folder, const char *branch, const char *from,
	const char *name, const char *bytes)
{
	char id[41];

	if (from)
		GIT(folder, "checkout", "-q", "-b", branch, from);
	else
		GIT(folder, "checkout", "-q", branch);
	OK(repo_save(repository, name, bytes, branch, id));
	GIT(folder, "reset", "-q", "--hard");
}

/* main with "a" and "b", of which EU changes both and AOSIS the first and makes one of its own; main is HEAD. */
static bk_repository *three_branches(const char *folder)
{
	bk_repository *repository = repo_new(folder);
	char id[41];

	GIT(folder, "symbolic-ref", "HEAD", "refs/heads/main");
	OK(repo_save(repository, "a", "one\n", "base", id));
	OK(repo_save(repository, "b", "one\n", "base", id));
	GIT(folder, "reset", "-q", "--hard");
	change(repository, folder, "party/EU", "main", "a", "two\n");
	change(repository, folder, "party/EU", NULL, "b", "two\n");
	change(repository, folder, "party/AOSIS", "main", "a", "three\n");
	change(repository, folder, "party/AOSIS", NULL, "drafts/new", "four\n");
	GIT(folder, "checkout", "-q", "main");
	return repository;
}

static bk_gathering *gather(bk_repository *repository)
{
	bk_gathering *gathering = NULL;

	OK(bk_gathering_new(&gathering, repository, "main", both, 2));
	return gathering;
}

/* A file for the merged revision. */
static struct bk_gathered_file file_of(bk_repository *repository, const char *name, const char *bytes)
{
	struct bk_gathered_file file = {.name = name, .file = {.mode = 0100644}};

	OK(bk_blob_keep(repository, bytes, strlen(bytes), file.file.blob));
	return file;
}

static int join(bk_repository *repository, bk_gathering *gathering, char id[41])
{
	const struct bk_gathered_file files[] = {file_of(repository, "a", "merged\n"),
		file_of(repository, "b", "two\n"), file_of(repository, "drafts/new", "four\n")};
	const struct bk_gathered gathered = {
		.files = files, .file_count = 3, .message = "merged", .parties = parties};

	return bk_gathering_save(gathering, &gathered, id);
}

static void paths_that_any_branch_changed_are_told_with_their_base(void **state)
{
	bk_repository *repository = three_branches("paths");
	bk_gathering *gathering = gather(repository);
	const struct bk_branch *branches;
	const struct bk_branch_path *paths;
	size_t count;
	char one[41], two[41];

	(void)state;
	bk_blob_name("one\n", 4, one);
	bk_blob_name("two\n", 4, two);
	branches = bk_gathering_branches(gathering, &count);
	assert_int_equal(count, 3);
	assert_string_equal(branches[0].name, "main");
	assert_string_equal(branches[2].name, "party/AOSIS");
	assert_memory_equal(GIT("paths", "rev-parse", "party/AOSIS"), branches[2].id, 40);
	assert_memory_equal(GIT("paths", "rev-parse", "main"), bk_gathering_base(gathering), 40);
	paths = bk_gathering_paths(gathering, &count);
	assert_int_equal(count, 3);
	assert_string_equal(paths[0].name, "a");
	assert_string_equal(paths[0].base.blob, one);
	assert_string_equal(paths[0].files[0].blob, one);
	assert_string_equal(paths[0].files[1].blob, two);
	assert_string_equal(paths[1].name, "b");
	assert_string_equal(paths[1].files[2].blob, one);
	assert_string_equal(paths[2].name, "drafts/new");
	assert_int_equal(paths[2].base.mode, 0);
	assert_int_equal(paths[2].files[2].mode, 0100644);
	assert_true(bk_gathering_is_checked_out(gathering));
	bk_gathering_free(gathering);
	bk_repository_free(repository);
}

static void one_commit_has_all_branches_as_parents_and_their_parties_as_trailers(void **state)
{
	bk_repository *repository = three_branches("joined");
	bk_gathering *gathering = gather(repository);
	char id[41], parents[165];

	(void)state;
	OK(join(repository, gathering, id));
	snprintf(parents, sizeof parents, "%s",
		GIT("joined", "rev-parse", "main~1", "party/EU", "party/AOSIS", "main"));
	assert_memory_equal(GIT("joined", "rev-parse", "HEAD^1", "HEAD^2", "HEAD^3", "HEAD"), parents, 164);
	assert_string_equal(
		GIT("joined", "log", "-1", "--format=%s|%(trailers:key=Party,valueonly,separator=%x2C)"),
		"merged|EU,AOSIS\n");
	assert_string_equal(
		GIT("joined", "reflog", "-1", "--format=%gs", "main"), "commit (merge): merged\n");
	/* The work tree and the index have followed. */
	assert_string_equal(GIT("joined", "status", "--porcelain"), "?? .gitattributes\n?? .negotiation\n");
	assert_string_equal(
		GIT("joined", "grep", "--no-index", "-h", "", "a", "b", "drafts/new"), "merged\ntwo\nfour\n");
	GIT("joined", "fsck", "--strict");
	bk_gathering_free(gathering);
	assert_int_equal(bk_gathering_new(&gathering, repository, "main", both, 2), BK_EEXISTS);
	assert_string_equal(bk_error_message(), "nothing to merge: 'main' holds all of it already");
	bk_repository_free(repository);
}

static void a_branch_that_is_not_checked_out_is_merged_into_and_no_file_changes(void **state)
{
	bk_repository *repository = three_branches("away");
	bk_gathering *gathering;
	char id[41];

	(void)state;
	GIT("away", "checkout", "-q", "-b", "desk");
	repo_write("away/a", "of the desk\n");
	gathering = gather(repository);
	assert_false(bk_gathering_is_checked_out(gathering));
	OK(join(repository, gathering, id));
	assert_memory_equal(GIT("away", "rev-parse", "main"), id, 40);
	assert_string_equal(GIT("away", "status", "--porcelain", "-uno"), " M a\n");
	assert_string_equal(GIT("away", "show", "main:drafts/new"), "four\n");
	bk_gathering_free(gathering);
	bk_repository_free(repository);
}

static void a_bare_repository_is_merged_in(void **state)
{
	bk_repository *repository = three_branches("full"), *bare = NULL;
	bk_gathering *gathering;
	char id[41];

	(void)state;
	GIT(".", "clone", "-q", "--bare", "full", "bare.git");
	OK(bk_repository_open(&bare, "bare.git"));
	OK(bk_repository_configure(bare, "user.name", "Ana"));
	OK(bk_repository_configure(bare, "user.email", "ana@example.org"));
	gathering = gather(bare);
	assert_false(bk_gathering_is_checked_out(gathering));
	OK(join(bare, gathering, id));
	assert_string_equal(GIT("bare.git", "show", "main:a"), "merged\n");
	bk_gathering_free(gathering);
	bk_repository_free(bare);
	bk_repository_free(repository);
}

static void fetched_branches_and_revisions_are_merged_by_their_names(void **state)
{
	const char *fetched[] = {"origin/party/EU", NULL};
	bk_repository *repository = three_branches("source"), *clone = NULL;
	bk_gathering *gathering;
	const struct bk_branch *branches;
	size_t count;
	char id[41];

	(void)state;
	snprintf(id, sizeof id, "%s", GIT("source", "rev-parse", "party/AOSIS"));
	fetched[1] = id;
	GIT(".", "clone", "-q", "source", "clone");
	OK(bk_repository_open(&clone, "clone"));
	OK(bk_gathering_new(&gathering, clone, "main", fetched, 2));
	branches = bk_gathering_branches(gathering, &count);
	assert_string_equal(branches[2].id, id);
	bk_gathering_free(gathering);
	bk_repository_free(clone);
	bk_repository_free(repository);
}

static void what_stands_in_the_target_already_is_not_merged_again(void **state)
{
	bk_repository *repository = three_branches("again");
	bk_gathering *gathering;
	const struct bk_branch *branches;
	const struct bk_branch_path *paths;
	size_t count;

	(void)state;
	GIT("again", "merge", "-q", "--no-ff", "-m", "EU", "party/EU");
	gathering = gather(repository);
	branches = bk_gathering_branches(gathering, &count);
	assert_true(branches[1].joined);
	assert_false(branches[2].joined);
	assert_memory_equal(GIT("again", "rev-parse", "main~1"), bk_gathering_base(gathering), 40);
	paths = bk_gathering_paths(gathering, &count);
	assert_string_equal(paths[0].files[0].blob, paths[0].files[1].blob);
	bk_gathering_free(gathering);
	bk_repository_free(repository);
}

static void a_branch_that_is_only_ahead_is_merged_by_a_commit(void **state)
{
	bk_repository *repository = three_branches("ahead");
	bk_gathering *gathering;
	const struct bk_gathered_file files[] = {
		file_of(repository, "a", "two\n"), file_of(repository, "b", "two\n")};
	const struct bk_gathered gathered = {.files = files, .file_count = 2, .message = "EU"};
	char id[41];

	(void)state;
	OK(bk_gathering_new(&gathering, repository, "main", both, 1));
	OK(bk_gathering_save(gathering, &gathered, id));
	assert_string_equal(GIT("ahead", "log", "--format=%s", "--first-parent"), "EU\nbase\nbase\n");
	assert_string_equal(GIT("ahead", "diff", "--stat", "HEAD^2"), "");
	bk_gathering_free(gathering);
	bk_repository_free(repository);
}

static void files_go_and_modes_change_as_the_revision_says(void **state)
{
	bk_repository *repository = three_branches("gone");
	bk_gathering *gathering;
	struct bk_gathered_file files[2] = {{.name = "b"}, {.name = "a"}};
	const struct bk_gathered gathered = {.files = files, .file_count = 2, .message = "gone"};
	struct stat about;
	char id[41];

	(void)state;
	files[1] = file_of(repository, "a", "merged\n");
	files[1].file.mode = 0100755;
	gathering = gather(repository);
	OK(bk_gathering_save(gathering, &gathered, id));
	assert_int_equal(access("gone/b", F_OK), -1);
	assert_int_equal(stat("gone/a", &about), 0);
	assert_int_equal(about.st_mode & 0111, 0111);
	assert_string_equal(GIT("gone", "ls-tree", "--name-only", "main"), "a\n");
	assert_string_equal(GIT("gone", "status", "--porcelain", "-uno"), "");
	bk_gathering_free(gathering);
	bk_repository_free(repository);
}

/* ---- Refusals: nothing has changed ---- */

/* Joining is refused with this status, and main, the files and the index are as they were. */
static void refuse(bk_repository *repository, const char *folder, int status, const char *part)
{
	struct bk_buf before = BK_BUF_INIT;
	bk_gathering *gathering = gather(repository);
	char id[41] = "";

	bk_buf_puts(&before, GIT(folder, "rev-parse", "main"));
	bk_buf_puts(&before, GIT(folder, "status", "--porcelain"));
	assert_int_equal(join(repository, gathering, id), status);
	if (!strstr(bk_error_message(), part))
		fail_msg("'%s' is not in: %s", part, bk_error_message());
	assert_string_equal(id, "");
	assert_memory_equal(bk_buf_string(&before), GIT(folder, "rev-parse", "main"), 40);
	assert_string_equal(bk_buf_string(&before) + 41, GIT(folder, "status", "--porcelain"));
	assert_null(strstr(GIT(folder, "-c", "alias.files=!find . -name '*bracked*'", "files"), "bracked"));
	bk_gathering_free(gathering);
	bk_buf_release(&before);
}

static void a_file_with_changes_stops_it_before_anything_is_written(void **state)
{
	bk_repository *repository = three_branches("dirty");

	(void)state;
	repo_write("dirty/b", "of my own\n");
	refuse(repository, "dirty", BK_ECHANGED, "'b' holds changes");
	GIT("dirty", "add", "b");
	refuse(repository, "dirty", BK_ECHANGED, "'b' is staged");
	GIT("dirty", "reset", "-q", "--hard");
	assert_int_equal(unlink("dirty/b"), 0);
	refuse(repository, "dirty", BK_ECHANGED, "'b' holds changes");
	assert_int_equal(symlink("a", "dirty/b"), 0);
	refuse(repository, "dirty", BK_ECHANGED, "'b' holds changes");
	GIT("dirty", "reset", "-q", "--hard");
	repo_write("dirty/other", "of my own\n");
	GIT("dirty", "add", "other");
	assert_int_equal(mkdir("dirty/drafts", 0755), 0);
	repo_write("dirty/drafts/new", "of my own\n");
	refuse(repository, "dirty", BK_ECHANGED, "'drafts/new' is in the way");
	assert_int_equal(unlink("dirty/drafts/new"), 0);
	assert_int_equal(rmdir("dirty/drafts"), 0);
	assert_int_equal(symlink("/tmp", "dirty/drafts"), 0);
	refuse(repository, "dirty", BK_ECHANGED, "'drafts/new' is in no folder");
	assert_int_equal(unlink("dirty/drafts"), 0);
	bk_repository_free(repository);
}

static void what_others_have_staged_or_changed_elsewhere_stays(void **state)
{
	bk_repository *repository = three_branches("beside");
	bk_gathering *gathering = gather(repository);
	char id[41];

	(void)state;
	repo_write("beside/other", "mine\n");
	GIT("beside", "add", "other");
	OK(join(repository, gathering, id));
	assert_string_equal(GIT("beside", "status", "--porcelain", "-uno"), "A  other\n");
	bk_gathering_free(gathering);
	bk_repository_free(repository);
}

static void a_branch_that_was_moved_meanwhile_is_not_overwritten(void **state)
{
	bk_repository *repository = three_branches("moved");
	bk_gathering *gathering = gather(repository);
	char id[41], other[41];

	(void)state;
	OK(repo_save(repository, "c", "five\n", "meanwhile", other));
	assert_int_equal(join(repository, gathering, id), BK_ECHANGED);
	assert_non_null(strstr(bk_error_message(), "moved by others"));
	assert_memory_equal(GIT("moved", "rev-parse", "main"), other, 40);
	assert_int_equal(access("moved/drafts", F_OK), -1);
	bk_gathering_free(gathering);
	bk_repository_free(repository);
}

static void a_merge_under_way_or_a_locked_index_stops_it(void **state)
{
	bk_repository *repository = three_branches("under");

	(void)state;
	repo_write("under/.git/MERGE_HEAD", GIT("under", "rev-parse", "party/EU"));
	refuse(repository, "under", BK_EGIT, "in the middle of a merge");
	assert_int_equal(unlink("under/.git/MERGE_HEAD"), 0);
	repo_write("under/.git/index.lock", "");
	refuse(repository, "under", BK_ELOCKED, "index.lock");
	bk_repository_free(repository);
}

static void unknown_branches_name_the_nearest(void **state)
{
	static const char *const mistyped[] = {"party/EV", "party/AOSIS"};
	static const char *const unlike[] = {"elsewhere"};
	static const char *const twice[] = {"party/EU", "party/EU"};
	bk_repository *repository = three_branches("names");
	bk_gathering *gathering = NULL;

	(void)state;
	assert_int_equal(bk_gathering_new(&gathering, repository, "main", mistyped, 2), BK_ENOTFOUND);
	assert_string_equal(bk_error_message(), "no branch 'party/EV': did you mean 'party/EU'?");
	assert_int_equal(bk_gathering_new(&gathering, repository, "main", unlike, 1), BK_ENOTFOUND);
	assert_string_equal(
		bk_error_message(), "no branch 'elsewhere': there are 'main', 'party/AOSIS', 'party/EU'");
	assert_int_equal(bk_gathering_new(&gathering, repository, "mian", both, 2), BK_ENOTFOUND);
	assert_non_null(strstr(bk_error_message(), "did you mean 'main'?"));
	assert_int_equal(bk_gathering_new(&gathering, repository, "HEAD", both, 2), BK_ENOTFOUND);
	assert_int_equal(bk_gathering_new(&gathering, repository, "main", twice, 2), BK_EINVAL);
	assert_int_equal(bk_gathering_new(&gathering, repository, "main", NULL, 0), BK_EINVAL);
	assert_null(gathering);
	bk_repository_free(repository);
}

static void branches_without_a_common_revision_are_refused(void **state)
{
	static const char *const stranger[] = {"stranger"};
	bk_repository *repository = three_branches("strange");
	bk_gathering *gathering = NULL;

	(void)state;
	GIT("strange", "checkout", "-q", "--orphan", "stranger");
	GIT("strange", "commit", "-qm", "from nowhere");
	GIT("strange", "checkout", "-q", "main");
	assert_int_equal(bk_gathering_new(&gathering, repository, "main", stranger, 1), BK_ENOTFOUND);
	assert_non_null(strstr(bk_error_message(), "no revision that 'main' and the branches all come from"));
	bk_repository_free(repository);
}

static void a_branch_of_another_work_tree_is_left_to_it(void **state)
{
	bk_repository *repository = three_branches("first-tree");
	bk_gathering *gathering = NULL;

	(void)state;
	GIT("first-tree", "checkout", "-q", "-b", "desk");
	GIT("first-tree", "worktree", "add", "-q", "../second-tree", "main");
	assert_int_equal(bk_gathering_new(&gathering, repository, "main", both, 2), BK_ELOCKED);
	assert_non_null(strstr(bk_error_message(), "another work tree"));
	bk_repository_free(repository);
}

static void links_are_merged_where_no_work_tree_is_to_have_them(void **state)
{
	bk_repository *repository = three_branches("links");
	struct bk_gathered_file file = file_of(repository, "link", "a");
	const struct bk_gathered gathered = {.files = &file, .file_count = 1, .message = "link"};
	bk_gathering *gathering;
	char id[41];

	(void)state;
	file.file.mode = 0120000;
	gathering = gather(repository);
	assert_int_equal(bk_gathering_save(gathering, &gathered, id), BK_EGIT);
	assert_non_null(strstr(bk_error_message(), "'link' is a link"));
	bk_gathering_free(gathering);
	GIT("links", "checkout", "-q", "--detach");
	gathering = gather(repository);
	OK(bk_gathering_save(gathering, &gathered, id));
	assert_string_equal(GIT("links", "ls-tree", "--format=%(objectmode)", "main", "link"), "120000\n");
	bk_gathering_free(gathering);
	bk_repository_free(repository);
}

static void memory_that_runs_out_changes_nothing(void **state)
{
	bk_repository *repository = three_branches("tight");
	char before[42], id[41];
	int status = BK_ENOMEM;

	(void)state;
	snprintf(before, sizeof before, "%s", GIT("tight", "rev-parse", "main"));
	for (size_t n = 0; status != BK_OK; n++) {
		bk_gathering *gathering = NULL;
		const struct bk_gathered_file file = file_of(repository, "drafts/new", "four\n");
		const struct bk_gathered gathered = {
			.files = &file, .file_count = 1, .message = "m", .parties = parties};

		bk_alloc_fail_after(n);
		status = bk_gathering_new(&gathering, repository, "main", both, 2);
		if (status == BK_OK)
			status = bk_gathering_save(gathering, &gathered, id);
		bk_gathering_free(gathering);
		bk_alloc_fail_after(SIZE_MAX);
		if (status == BK_OK || strncmp(bk_error_message(), "the revision is saved", 21) == 0)
			break;
		assert_int_equal(status, BK_ENOMEM);
		assert_int_equal(access("tight/drafts", F_OK), -1);
		if (n % 8 == 0)
			assert_string_equal(GIT("tight", "rev-parse", "main"), before);
	}
	assert_memory_equal(GIT("tight", "rev-parse", "main"), id, 40);
	bk_repository_free(repository);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(paths_that_any_branch_changed_are_told_with_their_base),
		cmocka_unit_test(one_commit_has_all_branches_as_parents_and_their_parties_as_trailers),
		cmocka_unit_test(a_branch_that_is_not_checked_out_is_merged_into_and_no_file_changes),
		cmocka_unit_test(a_bare_repository_is_merged_in),
		cmocka_unit_test(fetched_branches_and_revisions_are_merged_by_their_names),
		cmocka_unit_test(what_stands_in_the_target_already_is_not_merged_again),
		cmocka_unit_test(a_branch_that_is_only_ahead_is_merged_by_a_commit),
		cmocka_unit_test(files_go_and_modes_change_as_the_revision_says),
		cmocka_unit_test(a_file_with_changes_stops_it_before_anything_is_written),
		cmocka_unit_test(what_others_have_staged_or_changed_elsewhere_stays),
		cmocka_unit_test(a_branch_that_was_moved_meanwhile_is_not_overwritten),
		cmocka_unit_test(a_merge_under_way_or_a_locked_index_stops_it),
		cmocka_unit_test(unknown_branches_name_the_nearest),
		cmocka_unit_test(branches_without_a_common_revision_are_refused),
		cmocka_unit_test(a_branch_of_another_work_tree_is_left_to_it),
		cmocka_unit_test(links_are_merged_where_no_work_tree_is_to_have_them),
		cmocka_unit_test(memory_that_runs_out_changes_nothing),
	};

	return cmocka_run_group_tests(tests, repo_start, repo_stop);
}
