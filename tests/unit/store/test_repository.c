/* Repositories and settings: found, made, named; what comes from others is bounded. */
#include "repo.h"

#include "base/alloc.h"

static void a_file_outside_any_repository_is_told(void **state)
{
	bk_repository *repository = NULL;

	(void)state;
	assert_int_equal(bk_repository_open(&repository, "draft.txt"), BK_ENOREPO);
	assert_non_null(strstr(bk_error_message(), "bracked init"));
	assert_int_equal(bk_repository_open(&repository, "no/such/folder/draft.txt"), BK_ENOREPO);
	assert_null(repository);
}

static void a_new_repository_keeps_bytes_and_syncs(void **state)
{
	bk_repository *repository = repo_new("fresh");
	char *bytes;
	size_t len;

	(void)state;
	assert_string_equal(GIT("fresh", "config", "core.fsync"), "all\n");
	assert_string_equal(GIT("fresh", "check-attr", "text", "merge", "--", "a.txt.ledger"),
		"a.txt.ledger: text: unset\na.txt.ledger: merge: union\n");
	OK(bk_repository_negotiation(repository, NULL, &bytes, &len));
	assert_non_null(strstr(bytes, "[negotiation]"));
	bk_store_free(bytes);
	bk_repository_free(repository);
}

static void init_completes_what_is_there_and_keeps_it(void **state)
{
	bk_repository *repository = NULL;

	(void)state;
	assert_int_equal(mkdir("old", 0755), 0);
	GIT("old", "init", "-q");
	repo_write("old/.gitattributes", "*.png binary");
	repo_write("old/.negotiation", "[party \"XX\"]\n");
	OK(bk_repository_init(&repository, "old"));
	bk_repository_free(repository);
	OK(bk_repository_init(&repository, "old"));
	assert_string_equal(
		GIT("old", "grep", "--no-index", "-c", "", "--", ".gitattributes", ".negotiation"),
		".gitattributes:7\n.negotiation:1\n");
	assert_string_equal(GIT("old", "check-attr", "diff", "x.png"), "x.png: diff: unset\n");
	bk_repository_free(repository);
}

static void what_git_must_know_is_added_once_and_a_persons_own_is_kept(void **state)
{
	bk_repository *repository = NULL;
	struct bk_fixture fixtures[BK_FIXTURE_COUNT];
	size_t missing = 0;

	(void)state;
	assert_int_equal(mkdir("own", 0755), 0);
	GIT("own", "init", "-q");
	GIT("own", "config", "diff.bracked.wordRegex", "[a-z]+");
	repo_write("own/.gitattributes", "*.md -diff\n*.txt diff=bracked eol=lf\n");
	OK(bk_repository_open(&repository, "own"));
	OK(bk_repository_inspect(repository, fixtures));
	for (size_t i = 0; i < BK_FIXTURE_COUNT; i++) {
		missing += fixtures[i].state == BK_FIXTURE_MISSING;
		if (strcmp(fixtures[i].name, "*.md diff=bracked") == 0 ||
			strcmp(fixtures[i].name, "diff.bracked.wordRegex") == 0)
			assert_int_equal(fixtures[i].state, BK_FIXTURE_OWN);
		if (strcmp(fixtures[i].name, "*.txt diff=bracked") == 0)
			assert_int_equal(fixtures[i].state, BK_FIXTURE_PRESENT);
	}
	assert_int_equal(missing, BK_FIXTURE_COUNT - 3);
	OK(bk_repository_furnish(repository, fixtures));
	OK(bk_repository_inspect(repository, fixtures));
	for (size_t i = 0; i < BK_FIXTURE_COUNT; i++)
		assert_int_not_equal(fixtures[i].state, BK_FIXTURE_MISSING);
	assert_string_equal(GIT("own", "config", "diff.bracked.wordRegex"), "[a-z]+\n");
	assert_string_equal(GIT("own", "check-attr", "diff", "text", "--", "a.md", "a.txt"),
		"a.md: diff: unset\na.md: text: unset\na.txt: diff: bracked\na.txt: text: unset\n");
	for (size_t i = 0; i < BK_FIXTURE_COUNT; i++)
		if (fixtures[i].kind == BK_FIXTURE_DRIVER && fixtures[i].state == BK_FIXTURE_PRESENT)
			assert_memory_equal(GIT("own", "config", fixtures[i].name), fixtures[i].value,
				strlen(fixtures[i].value));
	bk_repository_free(repository);
}

static void files_are_named_from_the_top(void **state)
{
	bk_repository *repository = repo_new("named");
	bk_repository *from_below = NULL;
	char *name;

	(void)state;
	assert_int_equal(mkdir("named/texts", 0755), 0);
	OK(bk_repository_open(&from_below, "named/texts/new.txt"));
	assert_string_equal(bk_repository_folder(from_below), bk_repository_folder(repository));
	OK(bk_repository_name(repository, "named/texts/new.txt", &name));
	assert_string_equal(name, "texts/new.txt");
	bk_store_free(name);
	assert_int_equal(symlink("named/texts/new.txt", "link.txt"), 0);
	repo_write("named/texts/new.txt", "x");
	OK(bk_repository_name(repository, "link.txt", &name));
	assert_string_equal(name, "texts/new.txt");
	bk_store_free(name);
	assert_int_equal(bk_repository_name(repository, "outside.txt", &name), BK_ERANGE);
	assert_int_equal(bk_repository_name(repository, "named", &name), BK_ERANGE);
	assert_int_equal(bk_repository_name(repository, "named/.git/config", &name), BK_EINVAL);
	bk_repository_free(from_below);
	bk_repository_free(repository);
}

static void a_link_for_settings_is_not_followed(void **state)
{
	bk_repository *repository = repo_new("linked");
	char *bytes;
	size_t len;

	(void)state;
	assert_int_equal(unlink("linked/.negotiation"), 0);
	assert_int_equal(bk_repository_negotiation(repository, NULL, &bytes, &len), BK_ENOTFOUND);
	assert_int_equal(symlink("/etc/passwd", "linked/.negotiation"), 0);
	assert_int_equal(bk_repository_negotiation(repository, NULL, &bytes, &len), BK_EIO);
	assert_int_equal(bk_repository_negotiation(repository, "HEAD", &bytes, &len), BK_ENOTFOUND);
	bk_repository_free(repository);
}

static void anothers_repository_is_refused_in_words(void **state)
{
	bk_repository *repository = NULL;

	(void)state;
	GIT(".", "init", "-q", "foreign");
	if (chown("foreign", 12345, (gid_t)-1) < 0 || chown("foreign/.git", 12345, (gid_t)-1) < 0)
		skip();
	assert_int_equal(bk_repository_open(&repository, "foreign"), BK_EGIT);
	assert_non_null(strstr(bk_error_message(), "safe.directory"));
}

/* libgit2 1.5 loses the memory of a search through the extensions; the sanitizers are told to look away. */
void __lsan_disable(void) __attribute__((weak));
void __lsan_enable(void) __attribute__((weak));

static void an_unknown_extension_is_refused_in_words(void **state)
{
	bk_repository *repository = NULL;

	(void)state;
	GIT(".", "init", "-q", "newer");
	GIT("newer", "config", "core.repositoryformatversion", "1");
	GIT("newer", "config", "extensions.objectformat", "sha256");
	if (__lsan_disable)
		__lsan_disable();
	assert_int_equal(bk_repository_open(&repository, "newer"), BK_EGIT);
	if (__lsan_enable)
		__lsan_enable();
	assert_non_null(strstr(bk_error_message(), "newer git"));
}

/* ---- Settings ---- */

static int parse(const char *bytes, bk_settings **settings)
{
	return bk_settings_parse(settings, bytes, strlen(bytes), ".negotiation");
}

static void settings_are_read_as_git_writes_them(void **state)
{
	bk_settings *settings = NULL;
	size_t count;

	(void)state;
	OK(parse("; words\n[Negotiation]\n\tName = \"Working # group\"\n[party \"Xx Y\"]\n\talias = one\n"
		 "\talias = \\\"two\\\"\n\tvoting\n",
		&settings));
	assert_string_equal(bk_settings_get(settings, "negotiation.name", ""), "Working # group");
	assert_string_equal(bk_settings_get(settings, "party.Xx Y.alias", ""), "\"two\"");
	assert_string_equal(bk_settings_get(settings, "party.Xx Y.voting", ""), "true");
	assert_string_equal(bk_settings_get(settings, "party.xx y.alias", "none"), "none");
	assert_string_equal(bk_settings_list(settings, &count)[1].value, "one");
	assert_int_equal(count, 4);
	bk_settings_free(settings);
	OK(parse("", &settings));
	bk_settings_list(settings, &count);
	assert_int_equal(count, 0);
	bk_settings_free(settings);
}

static void a_fault_in_settings_names_its_line(void **state)
{
	bk_settings *settings = NULL;

	(void)state;
	assert_int_equal(parse("[a]\nb = c\n[broken\n", &settings), BK_EFORMAT);
	assert_non_null(strstr(bk_error_message(), ".negotiation:3: "));
	assert_null(strstr(bk_error_message(), "/proc"));
	assert_int_equal(parse("[a]\n= c\n", &settings), BK_EFORMAT);
	assert_null(settings);
}

static void settings_from_others_open_no_files(void **state)
{
	static const char *const evil[] = {"[include]\npath = /etc/passwd\n", "\xEF\xBB\xBF[INCLUDE]path=x\n",
		"[a]\n  [ include ]\n path = x\n", "[includeIf \"gitdir:/\"]\npath = x\n",
		"[a][include]\npath = x\n", "[a \"]\"] [include] path = x\n", "[\tincludeif \"x\"]\n path=y"};
	bk_settings *settings = NULL;

	(void)state;
	for (size_t i = 0; i < sizeof evil / sizeof *evil; i++) {
		assert_int_equal(parse(evil[i], &settings), BK_EFORMAT);
		assert_non_null(strstr(bk_error_message(), "include is refused"));
	}
	OK(parse("[conventions]\nnote = ^[include]\n", &settings));
	bk_settings_free(settings);
}

static void settings_from_others_are_bounded(void **state)
{
	struct bk_buf bytes = BK_BUF_INIT;
	bk_settings *settings = NULL;

	(void)state;
	bk_buf_puts(&bytes, "[a]\nb = ");
	bk_buf_fill(&bytes, 'x', 5000);
	assert_int_equal(bk_settings_parse(&settings, bytes.bytes, bytes.len, "n"), BK_EFORMAT);
	bk_buf_clear(&bytes);
	bk_buf_puts(&bytes, "[a]\n");
	for (int i = 0; i < 20001; i++)
		bk_buf_puts(&bytes, "b=c\n");
	assert_int_equal(bk_settings_parse(&settings, bytes.bytes, bytes.len, "n"), BK_EFORMAT);
	bk_buf_clear(&bytes);
	bk_buf_fill(&bytes, '#', (1 << 20) + 1);
	assert_int_equal(bk_settings_parse(&settings, bytes.bytes, bytes.len, "n"), BK_EFORMAT);
	assert_int_equal(bk_settings_parse(&settings, "[a]\nb=\0\n", 8, "n"), BK_EFORMAT);
	assert_non_null(strstr(bk_error_message(), "n:2: "));
	assert_null(settings);
	bk_buf_release(&bytes);
}

static void memory_that_runs_out_leaks_no_settings(void **state)
{
	int status = BK_ENOMEM;

	(void)state;
	for (size_t n = 0; status != BK_OK; n++) {
		bk_settings *settings = NULL;

		bk_alloc_fail_after(n);
		status = parse("[a]\nb = c\nd = e\n", &settings);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || (status == BK_ENOMEM && !settings));
		bk_settings_free(settings);
	}
}

static void memory_that_runs_out_leaves_attributes_whole(void **state)
{
	bk_repository *repository = NULL;
	struct bk_fixture fixtures[BK_FIXTURE_COUNT];
	int status = BK_ENOMEM;

	(void)state;
	assert_int_equal(mkdir("tight", 0755), 0);
	GIT("tight", "init", "-q");
	repo_write("tight/.gitattributes", "*.png binary\n");
	OK(bk_repository_open(&repository, "tight"));
	for (size_t n = 0; status != BK_OK; n++) {
		bk_alloc_fail_after(n);
		status = bk_repository_inspect(repository, fixtures);
		if (status == BK_OK)
			status = bk_repository_furnish(repository, fixtures);
		bk_alloc_fail_after(SIZE_MAX);
		assert_true(status == BK_OK || status == BK_ENOMEM);
		assert_string_equal(GIT("tight", "grep", "--no-index", "-c", "", "--", ".gitattributes"),
			status == BK_OK ? ".gitattributes:7\n" : ".gitattributes:1\n");
	}
	bk_repository_free(repository);
}

static void the_persons_settings_are_git_configuration(void **state)
{
	bk_repository *repository = repo_new("person");
	bk_settings *settings;

	(void)state;
	repo_write(".gitconfig", "[bracked]\n\tparty = EU\n\tkeys = vi\n[core]\n\tpager = less\n");
	OK(bk_settings_person(&settings, NULL));
	assert_string_equal(bk_settings_get(settings, "bracked.party", ""), "EU");
	assert_string_equal(bk_settings_get(settings, "core.pager", "hidden"), "hidden");
	bk_settings_free(settings);
	OK(bk_repository_configure(repository, "bracked.party", "AU"));
	OK(bk_settings_person(&settings, repository));
	assert_string_equal(bk_settings_get(settings, "bracked.party", ""), "AU");
	assert_string_equal(bk_settings_get(settings, "user.name", ""), "Ana Chair");
	bk_settings_free(settings);
	bk_repository_free(repository);
	assert_int_equal(unlink(".gitconfig"), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_outside_any_repository_is_told),
		cmocka_unit_test(a_new_repository_keeps_bytes_and_syncs),
		cmocka_unit_test(init_completes_what_is_there_and_keeps_it),
		cmocka_unit_test(what_git_must_know_is_added_once_and_a_persons_own_is_kept),
		cmocka_unit_test(files_are_named_from_the_top),
		cmocka_unit_test(a_link_for_settings_is_not_followed),
		cmocka_unit_test(anothers_repository_is_refused_in_words),
		cmocka_unit_test(an_unknown_extension_is_refused_in_words),
		cmocka_unit_test(settings_are_read_as_git_writes_them),
		cmocka_unit_test(a_fault_in_settings_names_its_line),
		cmocka_unit_test(settings_from_others_open_no_files),
		cmocka_unit_test(settings_from_others_are_bounded),
		cmocka_unit_test(memory_that_runs_out_leaks_no_settings),
		cmocka_unit_test(memory_that_runs_out_leaves_attributes_whole),
		cmocka_unit_test(the_persons_settings_are_git_configuration),
	};

	return cmocka_run_group_tests(tests, repo_start, repo_stop);
}
