/* Reading files at a revision, the names git gives to bytes, and bytes that no revision holds. */
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "store/git.h"

/* A blob's bytes; its size is asked first, so that a hostile one is refused before anything is unpacked. */
static int read_blob(const struct bk_repository *repository, const git_oid *id, const char *name,
	char **bytes, size_t *len)
{
	git_odb *objects = NULL;
	git_blob *blob = NULL;
	git_object_t type;
	size_t size;
	char *copy;
	int code = bk_git.repository_odb(&objects, repository->git);

	if (code == 0)
		code = bk_git.odb_read_header(&size, &type, objects, id);
	bk_git.odb_free(objects);
	if (code == 0 && size >= BK_FILE_LIMIT)
		return bk_fail(
			BK_ETOOBIG, "'%s' has %zu bytes: the limit is %zu", name, size, BK_FILE_LIMIT - 1);
	if (code == 0)
		code = bk_git.blob_lookup(&blob, repository->git, id);
	if (code < 0)
		return bk_git_fail(code, "reading", name);
	copy = bk_memdup(bk_git.blob_rawcontent(blob), (size_t)bk_git.blob_rawsize(blob));
	size = (size_t)bk_git.blob_rawsize(blob);
	bk_git.blob_free(blob);
	if (!copy)
		return bk_fail_memory();
	*bytes = copy;
	*len = size;
	return BK_OK;
}

int bk_revision_read(
	bk_repository *repository, const char *revision, const char *path, char **bytes, size_t *len)
{
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	int code, status = bk_git_commit(&commit, repository, revision);

	if (status != BK_OK)
		return status;
	code = bk_git.commit_tree(&tree, commit);
	status = code < 0 ? bk_git_fail(code, "reading the revision", revision) : BK_OK;
	if (status == BK_OK)
		status = bk_git_file_entry(&entry, tree, path);
	if (status == BK_OK)
		status = read_blob(repository, bk_git.tree_entry_id(entry), path, bytes, len);
	bk_git.tree_entry_free(entry);
	bk_git.tree_free(tree);
	bk_git.commit_free(commit);
	return status;
}

int bk_revision_read_blob(bk_repository *repository, const char *blob, char **bytes, size_t *len)
{
	git_oid id;

	if (bk_git.oid_fromstr(&id, blob) < 0)
		return bk_fail(BK_EINVAL, "'%s' is no object name", blob);
	return read_blob(repository, &id, blob, bytes, len);
}

void bk_blob_name(const char *bytes, size_t len, char out[41])
{
	git_oid id = {{0}};

	out[0] = '\0';
	if (bk_git_start() == BK_OK && bk_git.odb_hash(&id, bytes ? bytes : "", len, GIT_OBJECT_BLOB) == 0)
		bk_git.oid_tostr(out, 41, &id);
}

int bk_blob_keep(bk_repository *repository, const char *bytes, size_t len, char out[41])
{
	git_oid id;
	const int code = bk_git.blob_create_from_buffer(&id, repository->git, bytes ? bytes : "", len);

	const int status = code < 0
				   ? bk_git_fail(code, "keeping a text in", repository->folder)
				   : bk_git_require(repository, &id, "keeping a text in", repository->folder);

	if (status == BK_OK)
		bk_git.oid_tostr(out, 41, &id);
	return status;
}
