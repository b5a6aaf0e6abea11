/*
 * One act of saving, for faults.py to run under strace: every system call after the marker, a look for the file
 * "/begin here", is made to fail, or the program is killed at it.
 *
 *	faulty replace|inplace|append PATH BYTES
 *	faulty commit PATH BYTES                    in the repository that holds PATH
 *	faulty join PATH BYTES                      there, as what the branch "other" and HEAD's become
 *	faulty type STATE PATH BYTES                type into a journal, flush
 *	faulty recover STATE PATH                   print what the journal gives back
 *
 * Exit 0 when the act was acknowledged, with what remained undone on stderr; 1 when it was refused with a
 * message.
 */
#include "base/file.h"
#include "base/hash.h"

#include <bracked/store.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int begin_here(void)
{
	return access("/begin here", F_OK);
}

static int replace(const char *path, const char *bytes, unsigned flags)
{
	struct bk_file_stamp stamp = {0};
	struct bk_file_bytes before;
	int status = bk_file_read(&before, path);

	if (status != BK_OK)
		return status;
	begin_here();
	status = bk_file_replace_bytes(path, bk_str_of(bytes), &before.stamp, flags, &stamp);
	bk_file_release(&before);
	if (status == BK_OK || !stamp.exists)
		return status;
	fprintf(stderr, "%s\n", bk_error_message());
	return BK_OK;
}

static int append(const char *path, const char *bytes)
{
	begin_here();
	return bk_file_append(path, bk_str_of(bytes));
}

static int commit(const char *path, const char *bytes)
{
	struct bk_save_file file = {.bytes = bytes, .len = strlen(bytes)};
	const struct bk_save save = {.files = &file, .file_count = 1, .message = "by faulty"};
	bk_repository *repository = NULL;
	char *name = NULL, id[41];
	int status = bk_repository_open(&repository, path);

	if (status == BK_OK)
		status = bk_repository_name(repository, path, &name);
	file.name = name;
	begin_here();
	if (status == BK_OK)
		status = bk_revision_save(repository, &save, id);
	bk_store_free(name);
	bk_repository_free(repository);
	return status;
}

static int join(const char *path, const char *bytes)
{
	static const char *const branches[] = {"other"};
	struct bk_gathered_file file = {.file = {.mode = 0100644}};
	const struct bk_gathered gathered = {.files = &file, .file_count = 1, .message = "by faulty"};
	bk_repository *repository = NULL;
	bk_gathering *gathering = NULL;
	char *name = NULL, id[41];
	int status = bk_repository_open(&repository, path);

	if (status == BK_OK)
		status = bk_repository_name(repository, path, &name);
	file.name = name;
	begin_here();
	if (status == BK_OK)
		status = bk_blob_keep(repository, bytes, strlen(bytes), file.file.blob);
	if (status == BK_OK)
		status = bk_gathering_new(&gathering, repository, "main", branches, 1);
	if (status == BK_OK)
		status = bk_gathering_save(gathering, &gathered, id);
	bk_gathering_free(gathering);
	bk_store_free(name);
	bk_repository_free(repository);
	return status;
}

/* A text with its journal, over the bytes of path. */
static int open_journal(const char *state, const char *path, bk_text **text, bk_journal **journal)
{
	struct bk_journal_found found;
	struct bk_journal_place place;
	struct bk_file_bytes bytes;
	int status = bk_file_read(&bytes, path);

	if (status != BK_OK)
		return status;
	status = bk_text_new(text, bytes.str.ptr, bytes.str.len);
	if (status == BK_OK)
		status = bk_journal_open(journal, state, path, bytes.stamp.hash, *text, &found, &place);
	bk_file_release(&bytes);
	return status;
}

static int type(const char *state, const char *path, const char *bytes)
{
	bk_journal *journal = NULL;
	bk_text *text = NULL;
	int status = open_journal(state, path, &text, &journal);

	begin_here();
	for (const char *c = bytes; *c && status == BK_OK; c++) {
		status = bk_text_replace(text, (struct bk_span){0, 0}, c, 1, 0);
		if (status == BK_OK)
			status = bk_journal_flush(journal);
	}
	/* No closing: what was acknowledged is there without it. */
	return status;
}

static int recover(const char *state, const char *path)
{
	bk_journal *journal = NULL;
	bk_text *text = NULL;
	const char *bytes;
	size_t len;
	int status = open_journal(state, path, &text, &journal);

	if (status == BK_OK)
		status = bk_journal_recover(journal, text);
	if (status == BK_OK)
		status = bk_snapshot_flat(bk_text_now(text), &bytes, &len);
	if (status == BK_OK)
		fwrite(bytes, 1, len, stdout);
	bk_journal_free(journal);
	bk_text_free(text);
	return status;
}

static int act(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "replace") == 0)
		return replace(argv[2], argv[3], 0);
	if (argc == 4 && strcmp(argv[1], "inplace") == 0)
		return replace(argv[2], argv[3], BK_REPLACE_IN_PLACE);
	if (argc == 4 && strcmp(argv[1], "append") == 0)
		return append(argv[2], argv[3]);
	if (argc == 4 && strcmp(argv[1], "commit") == 0)
		return commit(argv[2], argv[3]);
	if (argc == 4 && strcmp(argv[1], "join") == 0)
		return join(argv[2], argv[3]);
	if (argc == 5 && strcmp(argv[1], "type") == 0)
		return type(argv[2], argv[3], argv[4]);
	if (argc == 4 && strcmp(argv[1], "recover") == 0)
		return recover(argv[2], argv[3]);
	exit(2);
}

int main(int argc, char **argv)
{
	if (act(argc, argv) == BK_OK)
		return 0;
	fprintf(stderr, "%s\n", bk_error_message());
	return 1;
}
