/* Revisions: saved whole beside what others stage, read back, walked, frozen. */
#include "repo.h"

#include "store/claim.h"

#include <string.h>
#include <sys/wait.h>

static void a_first_revision_is_saved_and_git_agrees(void **state)
{
	bk_repository *repository = repo_new("first");
	const struct bk_save_file files[] = {
		{.name = "texts/outcome.txt", .bytes = "[shall]\r\n", .len = 9},
		{.name = "texts/outcome.txt.ledger", .bytes = "{}\n", .len = 3},
	};
	const struct bk_save save = {.files = files,
		.file_count = 2,
		.message = "first reading\n\nAll of it.",
		.symbol = "FCCC/X/L.7",
		.party = "EU",
		.author = "Bo D\xC3\xA9l\xC3\xA9gu\xC3\xA9 <bo@example.org>",
		.date = "2010-12-11T03:30:00+02:00"};
	char id[41], line[256];

	(void)state;
	assert_int_equal(mkdir("first/texts", 0755), 0);
	repo_write("first/texts/outcome.txt", "[shall]\r\n");
	repo_write("first/texts/outcome.txt.ledger", "{}\n");
	OK(bk_revision_save(repository, &save, id));
	snprintf(line, sizeof line,
		"%s|Bo D\xC3\xA9l\xC3\xA9gu\xC3\xA9|2010-12-11T03:30:00+02:00|Ana Chair|first "
		"reading|FCCC/X/L.7|EU\n",
		id);
	assert_string_equal(
		GIT("first", "log",
			"--format=%H|%an|%aI|%cn|%s|%(trailers:key=Symbol,valueonly,separator=)|%("
			"trailers:key=Party,valueonly,separator=)"),
		line);
	assert_string_equal(GIT("first", "show", "HEAD:texts/outcome.txt"), "[shall]\r\n");
	GIT("first", "fsck", "--strict");
	/* The work tree is clean but for what was never saved. */
	assert_string_equal(GIT("first", "status", "--porcelain"), "?? .gitattributes\n?? .negotiation\n");
	bk_repository_free(repository);
}

static void a_revision_is_by_whom_the_handle_says(void **state)
{
	const struct bk_identity identity = {.author = {"Bo Delegate", "bo@example.org", "1291939200 -0500"},
		.committer = {.name = "Desk"}};
	const struct bk_identity wrong = {.committer = {.date = "yesterday"}};
	bk_repository *repository = repo_new("handle");
	char id[41];

	(void)state;
	bk_repository_identify(repository, &identity);
	OK(repo_save(repository, "outcome.txt", "one\n", "one", id));
	assert_string_equal(GIT("handle", "log", "--format=%an|%ae|%aI|%cn|%ce"),
		"Bo Delegate|bo@example.org|2010-12-09T19:00:00-05:00|Desk|ana@example.org\n");
	bk_repository_identify(repository, &wrong);
	assert_int_equal(repo_save(repository, "outcome.txt", "two\n", "two", id), BK_EINVAL);
	assert_string_equal(bk_error_message(),
		"the date 'yesterday' is written neither as 2010-12-11T03:30:00Z nor as 1292038200 +0000");
	bk_repository_free(repository);
}

static void what_others_staged_stays_staged(void **state)
{
	bk_repository *repository = repo_new("staged");
	char id[41];

	(void)state;
	OK(repo_save(repository, "outcome.txt", "one\n", "one", id));
	repo_write("staged/outcome.txt", "one\n");
	repo_write("staged/other.txt", "theirs\n");
	GIT("staged", "add", "other.txt");
	repo_write("staged/outcome.txt", "two\n");
	OK(repo_save(repository, "outcome.txt", "two\n", "two", id));
	assert_string_equal(GIT("staged", "status", "--porcelain", "-uno"), "A  other.txt\n");
	assert_string_equal(GIT("staged", "ls-tree", "--name-only", "HEAD"), "outcome.txt\n");
	bk_repository_free(repository);
}

static void nothing_new_is_no_revision(void **state)
{
	bk_repository *repository = repo_new("same");
	char id[41];

	(void)state;
	OK(repo_save(repository, "a", "one\n", "one", id));
	assert_int_equal(repo_save(repository, "a", "one\n", "again", id), BK_EEXISTS);
	assert_string_equal(GIT("same", "rev-list", "--count", "HEAD"), "1\n");
	assert_int_equal(repo_save(repository, "a", "two\n", " \n", id), BK_EINVAL);
	bk_repository_free(repository);
}

static void names_that_git_could_take_for_its_own_are_refused(void **state)
{
	static const char *const evil[] = {".git/config", "a/../b", "/etc/passwd", "", "a//b", ".GIT/hooks/x",
		"x/.git", ".git /x", ".git./x", ".g\xE2\x80\x8Cit/x", "git~1/x", ".git::$INDEX_ALLOCATION/x",
		"a\\.git\\x", "./a"};
	bk_repository *repository = repo_new("evil");
	char id[41];

	(void)state;
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++)
		assert_int_equal(repo_save(repository, evil[i], "x", "x", id), BK_EINVAL);
	OK(repo_save(repository, ".gitx/.negotiation", "x", "x", id));
	bk_repository_free(repository);
}

static void links_modules_and_folders_are_not_written_over(void **state)
{
	bk_repository *repository = repo_new("kinds");
	char id[41], *bytes;
	size_t len;

	(void)state;
	assert_int_equal(symlink("/etc/passwd", "kinds/link"), 0);
	assert_int_equal(mkdir("kinds/folder", 0755), 0);
	repo_write("kinds/folder/file", "x\n");
	GIT("kinds", "add", "link", "folder");
	GIT("kinds", "update-index", "--add", "--cacheinfo",
		"160000,1234567890123456789012345678901234567890,module");
	GIT("kinds", "commit", "-qm", "kinds");
	assert_int_equal(repo_save(repository, "link", "x", "x", id), BK_EGIT);
	assert_int_equal(repo_save(repository, "module", "x", "x", id), BK_EGIT);
	assert_int_equal(repo_save(repository, "folder", "x", "x", id), BK_EGIT);
	assert_int_equal(repo_save(repository, "link/x", "x", "x", id), BK_EGIT);
	assert_int_equal(repo_save(repository, "folder/file/x", "x", "x", id), BK_EGIT);
	assert_int_equal(bk_revision_read(repository, "HEAD", "link", &bytes, &len), BK_EGIT);
	assert_int_equal(bk_revision_read(repository, "HEAD", "folder", &bytes, &len), BK_EGIT);
	assert_string_equal(GIT("kinds", "rev-list", "--count", "HEAD"), "1\n");
	bk_repository_free(repository);
}

static void without_an_identity_the_remedy_is_shown(void **state)
{
	bk_repository *repository = NULL;
	char id[41];

	(void)state;
	OK(bk_repository_init(&repository, "nobody"));
	assert_int_equal(repo_save(repository, "a", "x", "x", id), BK_ENOIDENTITY);
	assert_non_null(strstr(bk_error_message(), "user.email"));
	bk_repository_free(repository);
}

static void a_malformed_author_or_date_is_refused(void **state)
{
	static const char *const authors[] = {"Bo", "<x>", "Bo <", "Bo <x> y", "Bo <>"};
	static const char *const dates[] = {"yesterday", "2010-13-11T03:30:00Z", "2010-12-11",
		"2010-12-11T03:30:00", "2010-12-11T03:30:00+2", "2010-12-11T03:30:00Zz"};
	bk_repository *repository = repo_new("malformed");
	const struct bk_save_file file = {.name = "a", .bytes = "x", .len = 1};
	struct bk_save save = {.files = &file, .file_count = 1, .message = "x"};
	char id[41];

	(void)state;
	for (size_t i = 0; i < sizeof authors / sizeof *authors; i++) {
		save.author = authors[i];
		assert_int_equal(bk_revision_save(repository, &save, id), BK_EINVAL);
	}
	save.author = NULL;
	for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
		save.date = dates[i];
		assert_int_equal(bk_revision_save(repository, &save, id), BK_EINVAL);
	}
	save.date = NULL;
	save.symbol = "L.7\nParty: US";
	assert_int_equal(bk_revision_save(repository, &save, id), BK_EINVAL);
	bk_repository_free(repository);
}

static void a_detached_head_moves_alone(void **state)
{
	bk_repository *repository = repo_new("detached");
	char first[41], second[41];

	(void)state;
	OK(repo_save(repository, "a", "one\n", "one", first));
	GIT("detached", "checkout", "-q", "--detach");
	OK(repo_save(repository, "a", "two\n", "two", second));
	assert_memory_equal(GIT("detached", "rev-parse", "HEAD"), second, 40);
	assert_memory_equal(GIT("detached", "rev-parse", "--branches"), first, 40);
	bk_repository_free(repository);
}

static void work_trees_and_bare_repositories_are_saved_to(void **state)
{
	bk_repository *repository = repo_new("main");
	bk_repository *other = NULL;
	char id[41];

	(void)state;
	OK(repo_save(repository, "a", "one\n", "one", id));
	GIT("main", "worktree", "add", "-q", "-b", "group", "../group");
	OK(bk_repository_open(&other, "group/a"));
	OK(repo_save(other, "a", "two\n", "two", id));
	assert_memory_equal(GIT("main", "rev-parse", "group"), id, 40);
	assert_string_equal(GIT("main", "show", "HEAD:a"), "one\n");
	bk_repository_free(other);
	GIT(".", "clone", "-q", "--bare", "main", "bare.git");
	OK(bk_repository_open(&other, "bare.git"));
	OK(bk_repository_configure(other, "user.name", "Ana"));
	OK(bk_repository_configure(other, "user.email", "ana@example.org"));
	OK(repo_save(other, "a", "three\n", "three", id));
	assert_string_equal(GIT("bare.git", "show", "HEAD:a"), "three\n");
	bk_repository_free(other);
	bk_repository_free(repository);
}

static void a_locked_index_stops_a_save_before_it_begins(void **state)
{
	bk_repository *repository = repo_new("locked");
	char id[41];

	(void)state;
	OK(repo_save(repository, "a", "one\n", "one", id));
	repo_write("locked/.git/index.lock", "");
	assert_int_equal(repo_save(repository, "a", "two\n", "two", id), BK_ELOCKED);
	assert_non_null(strstr(bk_error_message(), "index.lock"));
	assert_string_equal(GIT("locked", "rev-list", "--count", "HEAD"), "1\n");
	bk_repository_free(repository);
}

/* What a save that is killed with both locks in hand leaves. */
static void leave_locks(const bk_repository *repository, const char *ref, const char *lock)
{
	const pid_t child = fork();
	struct bk_claim claim = {.file = -1};
	int ended = -1;

	if (child == 0) {
		if (bk_claim_take(&claim, repository, ref) != BK_OK)
			_exit(1);
		repo_write(lock, "");
		repo_write("killed/.git/index.lock", "");
		_exit(0);
	}
	assert_true(child > 0);
	assert_int_equal(waitpid(child, &ended, 0), child);
	assert_int_equal(ended, 0);
}

static void locks_of_a_killed_save_are_cleared_and_those_of_others_stay(void **state)
{
	bk_repository *repository = repo_new("killed");
	char id[41], ref[256], lock[300];

	(void)state;
	OK(repo_save(repository, "a.txt", "one\n", "one", id));
	snprintf(ref, sizeof ref, "%s", GIT("killed", "symbolic-ref", "HEAD"));
	ref[strcspn(ref, "\n")] = '\0';
	snprintf(lock, sizeof lock, "killed/.git/%s.lock", ref);
	leave_locks(repository, ref, lock);
	OK(repo_save(repository, "a.txt", "two\n", "two", id));
	assert_int_not_equal(access(lock, F_OK), 0);
	assert_int_not_equal(access("killed/.git/index.lock", F_OK), 0);
	assert_string_equal(GIT("killed", "rev-list", "--count", "HEAD"), "2\n");
	assert_null(strstr(GIT("killed", "-c", "alias.files=!ls -A .git", "files"), "bracked-saving"));
	repo_write(lock, "");
	assert_int_equal(repo_save(repository, "a.txt", "three\n", "three", id), BK_ELOCKED);
	assert_non_null(strstr(bk_error_message(), ".lock'"));
	assert_null(strstr(bk_error_message(), "failed to lock"));
	assert_int_equal(access(lock, F_OK), 0);
	assert_int_equal(unlink(lock), 0);
	OK(repo_save(repository, "a.txt", "three\n", "three", id));
	bk_repository_free(repository);
}

static void the_walk_of_a_shallow_clone_ends_at_its_border(void **state)
{
	bk_repository *repository = repo_new("deep");
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;
	char id[41], tag[256], source[sizeof repo_home + 16];

	(void)state;
	snprintf(source, sizeof source, "file://%s/deep", repo_home);
	OK(repo_save(repository, "a.txt", "one\n", "one", id));
	OK(repo_save(repository, "a.txt", "two\n", "two", id));
	OK(repo_save(repository, "a.txt", "three\n", "three", id));
	OK(bk_revisions_walk(&revisions, repository, "a.txt", NULL));
	assert_false(bk_revisions_cut(revisions));
	bk_revisions_free(revisions);
	bk_repository_free(repository);
	GIT(".", "clone", "-q", "--depth", "2", source, "shallow");
	OK(bk_repository_open(&repository, "shallow"));
	OK(bk_repository_configure(repository, "user.name", "Ana Chair"));
	OK(bk_repository_configure(repository, "user.email", "ana@example.org"));
	OK(bk_revisions_walk(&revisions, repository, "a.txt", NULL));
	list = bk_revisions_list(revisions, &count);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].message, "three");
	assert_string_equal(list[1].message, "two");
	assert_true(bk_revisions_cut(revisions));
	bk_revisions_free(revisions);
	OK(bk_revision_freeze(repository, "a.txt", NULL, "L.1", tag, id));
	bk_repository_free(repository);
}

static void a_merge_under_way_is_not_committed_over(void **state)
{
	bk_repository *repository = repo_new("merging");
	char id[41];

	(void)state;
	OK(repo_save(repository, "a", "one\n", "one", id));
	repo_write("merging/.git/MERGE_HEAD", id);
	assert_int_equal(repo_save(repository, "a", "two\n", "two", id), BK_EGIT);
	assert_non_null(strstr(bk_error_message(), "merge"));
	bk_repository_free(repository);
}

/* Two programs save different files on one branch as fast as they can: nothing that
 * was acknowledged is lost. */
static void racing_saves_lose_nothing(void **state)
{
	bk_repository *repository = repo_new("race");
	char id[41], name[16], bytes[32];
	size_t acknowledged = 0, lines = 0;
	int code;
	pid_t child;

	(void)state;
	OK(repo_save(repository, "start", "x", "start", id));
	child = fork();
	if (child == 0) {
		bk_repository *own = NULL;
		int saved = 0;

		if (bk_repository_open(&own, "race") != BK_OK)
			_exit(255);
		for (int i = 0; i < 20; i++) {
			snprintf(bytes, sizeof bytes, "%d", i);
			saved += repo_save(own, "theirs", bytes, "theirs", id) == BK_OK;
		}
		_exit(saved);
	}
	for (int i = 0; i < 20; i++) {
		snprintf(name, sizeof name, "ours%d", i % 3);
		snprintf(bytes, sizeof bytes, "%d", i);
		acknowledged += repo_save(repository, name, bytes, "ours", id) == BK_OK;
	}
	assert_int_equal(waitpid(child, &code, 0), child);
	assert_true(WIFEXITED(code) && WEXITSTATUS(code) < 255);
	for (const char *c = GIT("race", "rev-list", "HEAD"); *c; c++)
		lines += *c == '\n';
	/* An index that stayed locked after the commit is told as a failure, so there may be more. */
	assert_true(lines >= acknowledged + (size_t)WEXITSTATUS(code) + 1);
	assert_true(acknowledged > 0);
	GIT("race", "fsck", "--strict");
	bk_repository_free(repository);
}

/* ---- Reading and walking ---- */

static void expect(bk_repository *repository, const char *revision, const char *path, const char *want)
{
	char *bytes;
	size_t len;

	OK(bk_revision_read(repository, revision, path, &bytes, &len));
	assert_int_equal(len, strlen(want));
	assert_memory_equal(bytes, want, len);
	bk_store_free(bytes);
}

static void revisions_are_named_as_git_names_them(void **state)
{
	bk_repository *repository = repo_new("read");
	char id[41], tag[256], *bytes, *long_text;
	size_t len;

	(void)state;
	assert_int_equal(bk_revision_read(repository, "HEAD", "a", &bytes, &len), BK_ENOTFOUND);
	assert_non_null(strstr(bk_error_message(), "yet"));
	OK(repo_save(repository, "a", "one\n", "one", id));
	OK(bk_revision_freeze(repository, "a", NULL, "FCCC/CP/2010/L.7", tag, id));
	assert_string_equal(tag, "FCCC-CP-2010-L.7");
	assert_int_equal(bk_revision_freeze(repository, "a", NULL, "FCCC/CP/2010/L.7", tag, id), BK_EEXISTS);
	OK(repo_save(repository, "a", "two\n", "two", id));
	OK(repo_save(repository, "a", "three\n", "three", id));
	expect(repository, "HEAD", "a", "three\n");
	expect(repository, "HEAD~2", "a", "one\n");
	expect(repository, "FCCC-CP-2010-L.7", "a", "one\n");
	expect(repository, "FCCC/CP/2010/L.7", "a", "one\n");
	id[8] = '\0';
	expect(repository, id, "a", "three\n");
	assert_int_equal(bk_revision_read(repository, "nope", "a", &bytes, &len), BK_ENOTFOUND);
	assert_int_equal(bk_revision_read(repository, "HEAD~9", "a", &bytes, &len), BK_ENOTFOUND);
	assert_int_equal(bk_revision_read(repository, "HEAD", "b", &bytes, &len), BK_ENOTFOUND);
	assert_int_equal(bk_revision_read(repository, "HEAD:a", "a", &bytes, &len), BK_ENOTFOUND);
	assert_string_equal(GIT("read", "cat-file", "-t", tag), "tag\n");
	long_text = calloc(1, 300000);
	memset(long_text, 'x', 299999);
	OK(repo_save(repository, "long", long_text, "long", id));
	expect(repository, "HEAD", "long", long_text);
	free(long_text);
	bk_repository_free(repository);
}

static void a_blob_is_named_and_read_by_its_hash(void **state)
{
	bk_repository *repository = repo_new("blob");
	char id[41], name[41], *bytes;
	size_t len;

	(void)state;
	OK(repo_save(repository, "a", "one\n", "one", id));
	bk_blob_name("one\n", 4, name);
	assert_memory_equal(GIT("blob", "rev-parse", "HEAD:a"), name, 40);
	OK(bk_revision_read_blob(repository, name, &bytes, &len));
	assert_string_equal(bytes, "one\n");
	bk_store_free(bytes);
	assert_int_equal(bk_revision_read_blob(repository, "zz", &bytes, &len), BK_EINVAL);
	bk_repository_free(repository);
}

static void a_text_of_no_revision_can_be_kept(void **state)
{
	bk_repository *repository = repo_new("kept");
	char name[41], kept[41], *bytes;
	size_t len;

	(void)state;
	bk_blob_name("not\0saved\r\n", 11, name);
	OK(bk_blob_keep(repository, "not\0saved\r\n", 11, kept));
	assert_string_equal(kept, name);
	OK(bk_revision_read_blob(repository, kept, &bytes, &len));
	assert_int_equal(len, 11);
	assert_memory_equal(bytes, "not\0saved\r\n", 11);
	bk_store_free(bytes);
	OK(bk_blob_keep(repository, NULL, 0, kept));
	bk_repository_free(repository);
}

/* The revisions of a file at tip (NULL: HEAD), newest first, by their messages: "two|one|". */
static void assert_walk(bk_repository *repository, const char *file, const char *tip, const char *messages)
{
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count, at = 0;
	char found[256] = "";

	OK(bk_revisions_walk(&revisions, repository, file, tip));
	list = bk_revisions_list(revisions, &count);
	for (size_t i = 0; i < count && at < sizeof found; i++)
		at += (size_t)snprintf(found + at, sizeof found - at, "%s|", list[i].message);
	assert_string_equal(found, messages);
	bk_revisions_free(revisions);
}

static void the_walk_gives_revisions_of_one_file_newest_first(void **state)
{
	bk_repository *repository = repo_new("walk");
	const struct bk_save_file file = {.name = "a.txt", .bytes = "two\n", .len = 4};
	const struct bk_save save = {.files = &file,
		.file_count = 1,
		.message = "two\n\nlonger\n\nReviewed-by: Bo",
		.symbol = "L.2",
		.party = "US"};
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;
	char id[41], tag[256];

	(void)state;
	OK(repo_save(repository, "old.txt", "one\n", "one", id));
	OK(bk_revision_freeze(repository, "old.txt", NULL, "L.1", tag, id));
	OK(repo_save(repository, "other", "x", "other", id));
	repo_write("walk/old.txt", "one\n");
	GIT("walk", "reset", "-q", "--hard");
	GIT("walk", "mv", "old.txt", "a.txt");
	GIT("walk", "commit", "-qm", "renamed");
	OK(bk_revision_save(repository, &save, id));
	OK(bk_revisions_walk(&revisions, repository, "a.txt", NULL));
	list = bk_revisions_list(revisions, &count);
	assert_int_equal(count, 3);
	assert_string_equal(list[0].message, "two\n\nlonger\n\nReviewed-by: Bo");
	assert_string_equal(list[0].symbol, "L.2");
	assert_string_equal(list[0].party, "US");
	assert_string_equal(list[0].id, id);
	assert_string_equal(list[1].message, "renamed");
	assert_string_equal(list[2].message, "one");
	assert_string_equal(list[2].symbol, "L.1");
	assert_string_equal(list[2].author, "Ana Chair");
	assert_string_equal(list[2].email, "ana@example.org");
	bk_revisions_free(revisions);
	assert_walk(repository, "old.txt", "HEAD~2", "one|");
	assert_int_equal(bk_revisions_walk(&revisions, repository, "none", NULL), BK_ENOTFOUND);
	bk_repository_free(repository);
}

static void the_walk_follows_a_file_that_was_renamed_and_changed_at_once(void **state)
{
	bk_repository *repository = repo_new("renamed");
	char id[41];

	(void)state;
	OK(repo_save(repository, "a", "one\ntwo\nthree\nfour\n", "one", id));
	OK(repo_save(repository, "c", "nothing\nof\nthe\nkind\n", "other", id));
	GIT("renamed", "reset", "-q", "--hard");
	GIT("renamed", "mv", "a", "b");
	repo_write("renamed/b", "one\ntwo\nthree\nfive\n");
	GIT("renamed", "commit", "-qam", "renamed and changed");
	GIT("renamed", "rm", "-q", "c");
	repo_write("renamed/d", "as new as can be\n");
	GIT("renamed", "add", "d");
	GIT("renamed", "commit", "-qm", "another one, new");
	assert_walk(repository, "b", NULL, "renamed and changed|one|");
	assert_walk(repository, "d", NULL, "another one, new|");
	bk_repository_free(repository);
}

static void the_walk_goes_on_before_a_file_was_missing(void **state)
{
	bk_repository *repository = repo_new("missing");
	char id[41];

	(void)state;
	OK(repo_save(repository, "other", "x\n", "before it", id));
	OK(repo_save(repository, "a", "one\n", "one", id));
	GIT("missing", "reset", "-q", "--hard");
	GIT("missing", "rm", "-q", "a");
	GIT("missing", "commit", "-qm", "taken away");
	OK(repo_save(repository, "other", "y\n", "while it was away", id));
	OK(repo_save(repository, "a", "two\n", "back", id));
	assert_walk(repository, "a", NULL, "back|one|");
	bk_repository_free(repository);
}

static void what_was_only_said_about_a_file_is_a_revision_of_it(void **state)
{
	bk_repository *repository = repo_new("said");
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;
	char id[41];

	(void)state;
	OK(repo_save(repository, "a", "one\n", "one", id));
	OK(repo_save(repository, "a.ledger", "{}\n", "said", id));
	OK(repo_save(repository, "b.ledger", "{}\n", "said of another", id));
	OK(bk_revisions_walk(&revisions, repository, "a", NULL));
	list = bk_revisions_list(revisions, &count);
	assert_int_equal(count, 2);
	assert_string_equal(list[0].message, "said");
	assert_string_equal(list[0].blob, list[1].blob);
	assert_int_equal(strlen(list[0].ledger), 40);
	assert_true(list[0].same_text);
	assert_string_equal(list[1].ledger, "");
	assert_false(list[1].same_text);
	bk_revisions_free(revisions);
	bk_repository_free(repository);
}

static void a_merge_that_takes_one_side_is_no_revision(void **state)
{
	bk_repository *repository = repo_new("sides");
	char id[41];

	(void)state;
	OK(repo_save(repository, "a", "one\n", "one", id));
	OK(repo_save(repository, "b", "x\n", "x", id));
	GIT("sides", "checkout", "-qf", "-b", "group", "HEAD~1");
	OK(repo_save(repository, "a", "two\n", "two", id));
	GIT("sides", "reset", "-q", "--hard");
	GIT("sides", "checkout", "-qf", "-");
	GIT("sides", "merge", "-q", "--no-edit", "group");
	assert_walk(repository, "a", NULL, "two|one|");
	bk_repository_free(repository);
}

static void a_merge_comes_from_both_of_its_sides(void **state)
{
	bk_repository *repository = repo_new("lines");
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;
	char id[41];

	(void)state;
	OK(repo_save(repository, "a", "one\n\n\n\ntwo\n", "first", id));
	OK(repo_save(repository, "other", "x\n", "of another", id));
	OK(repo_save(repository, "a", "one more\n\n\n\ntwo\n", "here", id));
	GIT("lines", "checkout", "-qf", "-b", "group", "HEAD~1");
	OK(repo_save(repository, "a", "one\n\n\n\ntwo more\n", "there", id));
	GIT("lines", "reset", "-q", "--hard");
	GIT("lines", "checkout", "-qf", "-");
	GIT("lines", "merge", "-qm", "both", "group");
	OK(bk_revisions_walk(&revisions, repository, "a", NULL));
	list = bk_revisions_list(revisions, &count);
	assert_int_equal(count, 4);
	assert_string_equal(list[0].message, "both");
	assert_int_equal(list[0].parent_count, 2);
	assert_string_equal(list[list[0].parents[0]].message, "here");
	assert_string_equal(list[list[0].parents[1]].message, "there");
	assert_int_equal(list[1].parent_count, 1);
	assert_int_equal(list[1].parents[0], 3);
	assert_int_equal(list[2].parent_count, 1);
	assert_int_equal(list[2].parents[0], 3);
	assert_int_equal(list[3].parent_count, 0);
	bk_revisions_free(revisions);
	bk_repository_free(repository);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_first_revision_is_saved_and_git_agrees),
		cmocka_unit_test(a_revision_is_by_whom_the_handle_says),
		cmocka_unit_test(what_others_staged_stays_staged),
		cmocka_unit_test(nothing_new_is_no_revision),
		cmocka_unit_test(names_that_git_could_take_for_its_own_are_refused),
		cmocka_unit_test(links_modules_and_folders_are_not_written_over),
		cmocka_unit_test(without_an_identity_the_remedy_is_shown),
		cmocka_unit_test(a_malformed_author_or_date_is_refused),
		cmocka_unit_test(a_detached_head_moves_alone),
		cmocka_unit_test(work_trees_and_bare_repositories_are_saved_to),
		cmocka_unit_test(a_locked_index_stops_a_save_before_it_begins),
		cmocka_unit_test(locks_of_a_killed_save_are_cleared_and_those_of_others_stay),
		cmocka_unit_test(the_walk_of_a_shallow_clone_ends_at_its_border),
		cmocka_unit_test(a_merge_under_way_is_not_committed_over),
		cmocka_unit_test(racing_saves_lose_nothing),
		cmocka_unit_test(revisions_are_named_as_git_names_them),
		cmocka_unit_test(a_blob_is_named_and_read_by_its_hash),
		cmocka_unit_test(a_text_of_no_revision_can_be_kept),
		cmocka_unit_test(the_walk_gives_revisions_of_one_file_newest_first),
		cmocka_unit_test(the_walk_follows_a_file_that_was_renamed_and_changed_at_once),
		cmocka_unit_test(the_walk_goes_on_before_a_file_was_missing),
		cmocka_unit_test(what_was_only_said_about_a_file_is_a_revision_of_it),
		cmocka_unit_test(a_merge_that_takes_one_side_is_no_revision),
		cmocka_unit_test(a_merge_comes_from_both_of_its_sides),
	};

	return cmocka_run_group_tests(tests, repo_start, repo_stop);
}
