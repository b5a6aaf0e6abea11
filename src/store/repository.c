/* Repositories: finding the one that holds a draft, making one, and naming files in it. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "store/git.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEGOTIATION_LIMIT ((size_t)1 << 20)

static const char negotiation_template[] =
	"# The negotiation: who takes part, and how its texts are written (bracked-config(5)).\n"
	"# Lines that begin with # are examples.\n"
	"\n"
	"[negotiation]\n"
	"#\tname = Working group on ...\n"
	"#\tchair = ...\n"
	"#\tconventions = unfccc\n"
	"\n"
	"#[party \"XX\"]\n"
	"#\tname = A Party that the built-in roster does not know\n"
	"#\talias = Another spelling\n"
	"\n"
	"#[group \"Friends\"]\n"
	"#\tname = Friends of the Text\n"
	"#\tmember = XX\n"
	"#\tmember = YY from 2024-01-01 until 2025-06-30\n"
	"\n"
	"#[conventions]\n"
	"#\tnote = ^to be consolidated\n";

void bk_store_free(void *memory)
{
	bk_free(memory);
}

/* ---- Opening ----------------------------------------------------------------------------------------- */

static int wrap(bk_repository **out, git_repository *git)
{
	bk_repository *repository = bk_calloc(1, sizeof *repository);
	const char *folder = bk_git.repository_workdir(git);
	size_t len;

	if (!folder)
		folder = bk_git.repository_path(git);
	len = strlen(folder);
	while (len > 1 && folder[len - 1] == '/')
		len--;
	if (repository)
		repository->folder = bk_memdup(folder, len);
	if (!repository || !repository->folder) {
		bk_free(repository);
		bk_git.repository_free(git);
		return bk_fail_memory();
	}
	repository->git = git;
	*out = repository;
	return BK_OK;
}

/* The folder from which the search begins: path itself, or the nearest folder above it that is there. */
static int nearest_folder(const char *path, char **out)
{
	struct stat about;
	char *at;
	int status = bk_file_real_path(&at, path);

	if (status == BK_ENOTFOUND) {
		at = bk_strdup(*path ? path : ".");
		status = at ? BK_OK : bk_fail_memory();
	}
	while (status == BK_OK && (stat(at, &about) < 0 || !S_ISDIR(about.st_mode))) {
		char *slash = strrchr(at, '/');

		if (slash) {
			slash[slash == at] = '\0';
			continue;
		}
		at[0] = '.'; /* a name alone, of one byte or more */
		at[1] = '\0';
	}
	if (status == BK_OK)
		*out = at;
	return status;
}

static int fail_none(const char *path)
{
	return bk_fail(BK_ENOREPO, "'%s' lies in no git repository: make one by bracked init", path);
}

/* libgit2 1.5 says "not found" of another's repository where there is no global configuration to look into. */
static int fail_open(int code, const char *path, const char *folder)
{
	git_buf found = {0};
	struct stat about;
	bool others;

	if (code != GIT_ENOTFOUND)
		return bk_git_fail(code, "opening the repository of", folder);
	others = bk_git.repository_discover(&found, folder, 0, NULL) == 0 && stat(found.ptr, &about) == 0 &&
		 about.st_uid != geteuid();
	bk_git.buf_dispose(&found);
	if (others)
		return bk_git_fail(GIT_EOWNER, "opening the repository of", folder);
	return fail_none(path);
}

static bool has_entry(struct bk_str folder, const char *name)
{
	struct bk_buf path = BK_BUF_INIT;
	struct stat about;
	bool has;

	bk_buf_put_str(&path, folder);
	bk_buf_puts(&path, name);
	has = path.failed || lstat(bk_buf_string(&path), &about) == 0;
	bk_buf_release(&path);
	return has;
}

/*
 * False when no folder from here to the root can be a repository or hold one: each that can has an entry
 * ".git", or "HEAD" when it is bare.  To know that much, libgit2 need not be loaded: that takes longer than
 * most of what is done outside of repositories.
 */
static bool may_lie_in_one(const char *folder)
{
	struct bk_str above = bk_str_of(folder);

	for (;;) {
		while (above.len && above.ptr[above.len - 1] == '/')
			above.len--;
		if (has_entry(above, "/.git") || has_entry(above, "/HEAD"))
			return true;
		if (above.len == 0)
			return false;
		while (above.len && above.ptr[above.len - 1] != '/')
			above.len--;
	}
}

void bk_repository_identify(bk_repository *repository, const struct bk_identity *identity)
{
	repository->identity = *identity;
}

int bk_repository_open(bk_repository **out, const char *path)
{
	git_repository *git = NULL;
	char *folder = NULL;
	int code, status = nearest_folder(path, &folder);

	if (status == BK_OK && folder[0] == '/' && !may_lie_in_one(folder))
		status = fail_none(path);
	if (status == BK_OK)
		status = bk_git_start();
	if (status != BK_OK) {
		bk_free(folder);
		return status;
	}
	code = bk_git.repository_open_ext(&git, folder, 0, NULL);
	status = code < 0 ? fail_open(code, path, folder) : wrap(out, git);
	bk_free(folder);
	return status;
}

void bk_repository_free(bk_repository *repository)
{
	if (!repository)
		return;
	bk_git.repository_free(repository->git);
	bk_free(repository->folder);
	bk_free(repository);
}

const char *bk_repository_folder(const bk_repository *repository)
{
	return repository->folder;
}

bool bk_repository_is_bare(const bk_repository *repository)
{
	return bk_git.repository_is_bare(repository->git);
}

int bk_repository_name(const bk_repository *repository, const char *path, char **out)
{
	char *real, *top;
	size_t len;
	int status = bk_file_real_path(&real, path);

	if (status != BK_OK)
		return status;
	status = bk_file_real_path(&top, repository->folder);
	if (status != BK_OK) {
		bk_free(real);
		return status;
	}
	len = strcmp(top, "/") == 0 ? 0 : strlen(top);
	if (bk_repository_is_bare(repository) || strncmp(real, top, len) != 0 || real[len] != '/' ||
		!real[len + 1])
		status = bk_fail(BK_ERANGE, "'%s' lies outside the repository '%s': name a file inside it",
			path, repository->folder);
	else
		status = bk_git_check_name(real + len + 1);
	if (status == BK_OK) {
		*out = bk_strdup(real + len + 1);
		status = *out ? BK_OK : bk_fail_memory();
	}
	bk_free(real);
	bk_free(top);
	return status;
}

/* ---- Settings of the negotiation --------------------------------------------------------------------- */

static int in_folder(const bk_repository *repository, const char *name, struct bk_buf *out)
{
	bk_buf_clear(out);
	bk_buf_printf(out, "%s/%s", repository->folder, name);
	return bk_buf_status(out);
}

/* A link could name any file of the reader's: it is not followed. */
static int read_plain(const char *path, char **out, size_t *len)
{
	struct bk_file_bytes bytes;
	struct stat about;
	int status;

	if (lstat(path, &about) < 0)
		return bk_fail_errno(errno, "reading", path);
	if (!S_ISREG(about.st_mode))
		return bk_fail(BK_EIO, "reading '%s': it is a link or no file: it is not followed", path);
	if ((size_t)about.st_size > NEGOTIATION_LIMIT)
		return bk_fail(BK_ETOOBIG, "'%s' has more than %zu bytes", path, NEGOTIATION_LIMIT);
	status = bk_file_read_plain(&bytes, path);
	if (status != BK_OK)
		return status;
	*out = bk_memdup(bytes.str.ptr, bytes.str.len);
	*len = bytes.str.len;
	bk_file_release(&bytes);
	return *out ? BK_OK : bk_fail_memory();
}

int bk_git_read_beside(const bk_repository *repository, const char *name, char **out, size_t *len)
{
	struct bk_buf path = BK_BUF_INIT;
	int status = in_folder(repository, name, &path);

	if (status == BK_OK)
		status = read_plain(bk_buf_string(&path), out, len);
	bk_buf_release(&path);
	return status;
}

int bk_repository_negotiation(const bk_repository *repository, const char *revision, char **out, size_t *len)
{
	if (!revision && bk_repository_is_bare(repository))
		revision = "HEAD";
	if (revision)
		return bk_revision_read((bk_repository *)repository, revision, ".negotiation", out, len);
	return bk_git_read_beside(repository, ".negotiation", out, len);
}

/* ---- Making ------------------------------------------------------------------------------------------ */

static int write_negotiation(const bk_repository *repository)
{
	const struct bk_file_stamp none = {.exists = false};
	struct bk_buf path = BK_BUF_INIT;
	struct stat about;
	int status = in_folder(repository, ".negotiation", &path);

	if (status == BK_OK && lstat(bk_buf_string(&path), &about) < 0)
		status = bk_file_replace_bytes(
			bk_buf_string(&path), bk_str_of(negotiation_template), &none, 0, NULL);
	bk_buf_release(&path);
	return status;
}

int bk_repository_configure(bk_repository *repository, const char *name, const char *value)
{
	git_config *config = NULL, *local = NULL;
	int code = bk_git.repository_config(&config, repository->git);

	if (code == 0)
		code = bk_git.config_open_level(&local, config, GIT_CONFIG_LEVEL_LOCAL);
	if (code == 0)
		code = bk_git.config_set_string(local, name, value);
	bk_git.config_free(local);
	bk_git.config_free(config);
	return code < 0 ? bk_git_fail(code, "setting", name) : BK_OK;
}

/* The first branch: as the person has set git's init.defaultBranch, or main, whatever the library would take. */
static void find_first_branch(git_buf *name)
{
	git_config *config = NULL;

	if (bk_git.config_open_default(&config) == 0)
		bk_git.config_get_string_buf(name, config, "init.defaultBranch");
	bk_git.config_free(config);
}

static int make(const char *folder)
{
	git_repository_init_options options;
	git_repository *git = NULL;
	git_buf branch = {0};
	int code;

	find_first_branch(&branch);
	bk_git.repository_init_options_init(&options, GIT_REPOSITORY_INIT_OPTIONS_VERSION);
	options.flags = GIT_REPOSITORY_INIT_MKPATH | GIT_REPOSITORY_INIT_NO_REINIT;
	options.initial_head = branch.size ? branch.ptr : "main";
	code = bk_git.repository_init_ext(&git, folder, &options);
	bk_git.buf_dispose(&branch);
	bk_git.repository_free(git);
	return code < 0 ? bk_git_fail(code, "making the repository", folder) : BK_OK;
}

static int complete(bk_repository *repository)
{
	struct bk_fixture fixtures[BK_FIXTURE_COUNT];
	int status;

	if (bk_repository_is_bare(repository))
		return bk_fail(BK_EINVAL, "'%s' is a bare repository: clone it, then run init in the clone",
			repository->folder);
	status = bk_repository_inspect(repository, fixtures);
	if (status == BK_OK)
		status = bk_repository_furnish(repository, fixtures);
	if (status == BK_OK)
		status = write_negotiation(repository);
	return status;
}

/* Whether the folder itself is a repository: one further up is another's, and stays as it is. */
static int is_repository(const char *folder, bool *is)
{
	const int status = bk_git_start();

	if (status == BK_OK)
		*is = bk_git.repository_open_ext(NULL, folder, GIT_REPOSITORY_OPEN_NO_SEARCH, NULL) == 0;
	return status;
}

int bk_repository_init(bk_repository **out, const char *folder)
{
	bk_repository *repository = NULL;
	bool is = false;
	int status = is_repository(folder, &is);

	if (status == BK_OK && !is)
		status = make(folder);
	if (status == BK_OK)
		status = bk_repository_open(&repository, folder);
	if (status == BK_OK)
		status = complete(repository);
	if (status == BK_OK)
		*out = repository;
	else
		bk_repository_free(repository);
	return status;
}
