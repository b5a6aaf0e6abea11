/* Putting libgit2's refusals into words, and what the rooms of this floor ask of it alike. */
#include "store/git.h"
#include "base/error.h"
#include "base/str.h"
#include "base/utf8.h"

#include <stdio.h>

/* What libgit2 says in its own way, and what a person should hear. */
static const struct {
	const char *part, *words;
} riddles[] = {
	{"unsupported extension", "it was made for a newer git (%s): use the git program on it"},
	{"unsupported repository version", "it was made for a newer git (%s): use the git program on it"},
	{"unsupported mandatory extension", "git's index is of a kind this program cannot write (%s): run "
					    "git update-index --no-split-index"},
	{"target OID", "it could not be written, as when there is no space left on the disk: make room, then "
		       "try again"},
	{"No space left", "%s: make room on the disk, then try again"},
	{"quota", "%s: make room, then try again"},
	{"Permission denied", "%s: you may not write there"},
};

static int fail_in_words(int status, const char *what, const char *subject, const char *said)
{
	for (size_t i = 0; i < sizeof riddles / sizeof *riddles; i++) {
		char words[512];

		if (!strstr(said, riddles[i].part))
			continue;
		snprintf(words, sizeof words, riddles[i].words, said);
		return bk_fail(status, "%s '%s': %s", what, subject, words);
	}
	return bk_fail(status, "%s '%s': %s", what, subject, said);
}

/* Of "failed to lock file '...' for writing" only the file is for a person. */
static int fail_locked(const char *what, const char *subject, const char *said)
{
	const char *first = strchr(said, '\''), *last = strrchr(said, '\'');

	if (first && last > first + 1)
		return bk_fail(BK_ELOCKED,
			"%s '%s': another git is at work there: try again; when none is running, remove "
			"'%.*s'",
			what, subject, (int)(last - first - 1), first + 1);
	return bk_fail(BK_ELOCKED,
		"%s '%s': another git is at work there: try again; when none is running, remove the .lock "
		"file",
		what, subject);
}

/* An object that a revision names and nobody has. */
static int fail_missing(const char *what, const char *subject, const char *said)
{
	return bk_fail(BK_ENOTFOUND,
		"%s '%s': %s; into a clone that was made in part 'git fetch --refetch --no-filter' brings "
		"the "
		"rest, else 'git fsck' tells what is lost",
		what, subject, said);
}

int bk_git_fail(int code, const char *what, const char *subject)
{
	const git_error *error = bk_git.error_last();
	const char *said = error && error->message ? error->message : "git refused";

	if (error && error->klass == GIT_ERROR_NOMEMORY)
		return bk_fail_memory();
	switch (code) {
	case GIT_EOWNER:
		return bk_fail(BK_EGIT,
			"%s '%s': the repository belongs to another user; when you trust it: "
			"git config --global --add safe.directory '%s'",
			what, subject, subject);
	case GIT_ENOTFOUND:
		return error && error->klass == GIT_ERROR_ODB
			       ? fail_missing(what, subject, said)
			       : fail_in_words(BK_ENOTFOUND, what, subject, said);
	case GIT_EEXISTS: return fail_in_words(BK_EEXISTS, what, subject, said);
	case GIT_EAMBIGUOUS: return fail_in_words(BK_EAMBIGUOUS, what, subject, said);
	case GIT_EMODIFIED: return fail_in_words(BK_ECHANGED, what, subject, said);
	case GIT_ELOCKED: return fail_locked(what, subject, said);
	default: return fail_in_words(BK_EGIT, what, subject, said);
	}
}

/* ---- Names in trees ----------------------------------------------------------------------------------- */

/* What a careless file system makes of a part: no case, no characters that do not show, nothing after a colon,
 * no dots and blanks at the end. */
static int plain_part(struct bk_str part, struct bk_buf *out)
{
	while (part.len) {
		size_t size;
		const uint32_t code = bk_utf8_decode(part, &size);

		if (code == ':')
			break;
		if (!bk_utf8_hidden(code, 0, 0))
			bk_utf8_put_folded(out, (struct bk_str){part.ptr, size});
		part = bk_str_skip(part, size);
	}
	while (out->len && (out->bytes[out->len - 1] == '.' || out->bytes[out->len - 1] == ' '))
		bk_buf_remove(out, out->len - 1, 1);
	return bk_buf_status(out);
}

static int check_part(struct bk_str part, const char *name)
{
	struct bk_buf plain = BK_BUF_INIT;
	int status = BK_OK;

	if (part.len == 0 || bk_str_equal(part, BK_STR(".")) || bk_str_equal(part, BK_STR("..")))
		return bk_fail(BK_EINVAL, "'%s' is no name for a file in a repository", name);
	status = plain_part(part, &plain);
	if (status == BK_OK && (bk_str_equal(bk_buf_str(&plain), BK_STR(".git")) ||
				       bk_str_starts(bk_buf_str(&plain), BK_STR("git~"))))
		status = bk_fail(BK_EINVAL, "'%s' looks like git's own folder: choose another name", name);
	bk_buf_release(&plain);
	return status;
}

int bk_git_check_name(const char *name)
{
	struct bk_str rest = bk_str_of(name);
	int status = BK_OK;

	do {
		size_t len = 0;

		while (len < rest.len && rest.ptr[len] != '/' && rest.ptr[len] != '\\')
			len++;
		status = check_part((struct bk_str){rest.ptr, len}, name);
		if (len == rest.len)
			return status;
		rest = bk_str_skip(rest, len + 1);
	} while (status == BK_OK);
	return status;
}

void bk_git_tag_name(const char *symbol, char out[256])
{
	size_t len = 0;
	bool gap = true; /* no dash at the start, and only one in a row */

	for (; *symbol && len < 240; symbol++) {
		const bool fits = bk_is_word(*symbol) || *symbol == '_' || *symbol == '+' || *symbol == '=' ||
				  *symbol == ',' || *symbol == '(' || *symbol == ')' ||
				  (*symbol == '.' && !gap && symbol[1] != '.' && symbol[1]);

		if (fits || !gap)
			out[len++] = fits ? *symbol : '-';
		gap = !fits;
	}
	while (len && out[len - 1] == '-')
		len--;
	out[len] = '\0';
	if (len >= 5 && strcmp(out + len - 5, ".lock") == 0)
		out[len - 5] = '-';
}

/* ---- Revisions and files in them --------------------------------------------------------------------- */

static int parse_revision(git_object **out, const struct bk_repository *repository, const char *revision)
{
	char name[256 + sizeof "refs/tags/"];
	char tag[256];
	int code = bk_git.revparse_single(out, repository->git, revision);

	if (code != GIT_ENOTFOUND && code != GIT_EINVALIDSPEC)
		return code;
	bk_git_tag_name(revision, tag);
	snprintf(name, sizeof name, "refs/tags/%s", tag);
	return tag[0] && bk_git.revparse_single(out, repository->git, name) == 0 ? 0 : code;
}

int bk_git_commit(git_commit **out, const struct bk_repository *repository, const char *revision)
{
	git_object *object = NULL, *peeled = NULL;
	int code = parse_revision(&object, repository, revision);

	if (code == GIT_ENOTFOUND && strcmp(revision, "HEAD") == 0)
		return bk_fail(BK_ENOTFOUND, "no revision has been saved in '%s' yet", repository->folder);
	if (code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC)
		return bk_fail(BK_ENOTFOUND, "no revision '%s': bracked log lists them", revision);
	if (code == GIT_EAMBIGUOUS)
		return bk_fail(
			BK_EAMBIGUOUS, "several revisions begin with '%s': write more of it", revision);
	if (code < 0)
		return bk_git_fail(code, "finding the revision", revision);
	code = bk_git.object_peel(&peeled, object, GIT_OBJECT_COMMIT);
	bk_git.object_free(object);
	if (code < 0)
		return bk_fail(BK_ENOTFOUND, "'%s' is no revision: it names something else in git", revision);
	*out = (git_commit *)peeled;
	return BK_OK;
}

int bk_git_file_entry(git_tree_entry **out, const git_tree *tree, const char *name)
{
	git_tree_entry *entry = NULL;
	const int code = bk_git.tree_entry_bypath(&entry, tree, name);
	git_filemode_t mode;

	if (code == GIT_ENOTFOUND)
		return bk_fail(BK_ENOTFOUND,
			"no file '%s' in that revision: name it as it was called then, from the top of the "
			"repository",
			name);
	if (code < 0)
		return bk_git_fail(code, "finding the file", name);
	mode = bk_git.tree_entry_filemode(entry);
	if (mode == GIT_FILEMODE_BLOB || mode == GIT_FILEMODE_BLOB_EXECUTABLE) {
		*out = entry;
		return BK_OK;
	}
	bk_git.tree_entry_free(entry);
	return bk_fail(BK_EGIT, "'%s' is %s in that revision, no file: it is not followed", name,
		mode == GIT_FILEMODE_LINK     ? "a symbolic link"
		: mode == GIT_FILEMODE_COMMIT ? "another repository"
					      : "a folder");
}

int bk_git_require(
	const struct bk_repository *repository, const git_oid *id, const char *what, const char *subject)
{
	git_odb *objects = NULL;
	git_object_t type;
	size_t size;
	int code = bk_git.repository_odb(&objects, repository->git);

	if (code == 0)
		code = bk_git.odb_read_header(&size, &type, objects, id);
	bk_git.odb_free(objects);
	if (code == GIT_ENOTFOUND)
		return bk_fail(BK_EIO,
			"%s '%s': it could not be written, as when there is no space left on the disk: make "
			"room, then try again",
			what, subject);
	return code < 0 ? bk_git_fail(code, what, subject) : BK_OK;
}

int bk_git_look_up(const git_tree *tree, const char *name, struct bk_branch_file *out)
{
	git_tree_entry *entry = NULL;
	const int code = bk_git.tree_entry_bypath(&entry, tree, name);

	*out = (struct bk_branch_file){.mode = 0};
	if (code == GIT_ENOTFOUND)
		return BK_OK;
	if (code < 0)
		return bk_git_fail(code, "finding the file", name);
	/* A folder in the place of a file: there is none of this name, but those in it. */
	if (bk_git.tree_entry_filemode(entry) != GIT_FILEMODE_TREE) {
		out->mode = (uint32_t)bk_git.tree_entry_filemode(entry);
		bk_git.oid_tostr(out->blob, sizeof out->blob, bk_git.tree_entry_id(entry));
	}
	bk_git.tree_entry_free(entry);
	return BK_OK;
}
