/* Where the work tree is: on a branch, or in the middle of a rebase of one. */
#include "base/buf.h"
#include "base/file.h"
#include "store/git.h"

#include <stdio.h>

#define BRANCHES "refs/heads/"

/* The first line of a file in git's own folder; "" when it is not there. */
static void read_line(const bk_repository *repository, const char *name, char *out, size_t size)
{
	struct bk_buf path = BK_BUF_INIT;
	struct bk_file_bytes bytes;

	out[0] = '\0';
	bk_buf_printf(&path, "%s%s", bk_git.repository_path(repository->git), name);
	if (bk_buf_status(&path) == BK_OK && bk_file_read_plain(&bytes, bk_buf_string(&path)) == BK_OK) {
		snprintf(out, size, "%.*s", (int)bk_str_find(bytes.str, '\n'), bytes.str.ptr);
		bk_file_release(&bytes);
	}
	bk_buf_release(&path);
}

static void set_branch(struct bk_head *head, const char *ref)
{
	if (strncmp(ref, BRANCHES, sizeof BRANCHES - 1) == 0)
		snprintf(head->branch, sizeof head->branch, "%.*s", (int)sizeof head->branch - 1,
			ref + sizeof BRANCHES - 1);
}

/* git rebase has one of two folders, by the way in which it works. */
static void find_rebase(const bk_repository *repository, struct bk_head *head)
{
	static const char *const folders[] = {"rebase-merge", "rebase-apply"};

	for (size_t i = 0; i < sizeof folders / sizeof *folders && !head->rebasing; i++) {
		char name[64], ref[sizeof head->branch + sizeof BRANCHES];

		snprintf(name, sizeof name, "%s/head-name", folders[i]);
		read_line(repository, name, ref, sizeof ref);
		if (!ref[0])
			continue;
		head->rebasing = true;
		set_branch(head, ref);
		snprintf(name, sizeof name, "%s/onto", folders[i]);
		read_line(repository, name, head->onto, sizeof head->onto);
	}
}

int bk_head_read(const bk_repository *repository, struct bk_head *out)
{
	git_reference *head = NULL;
	git_oid id;
	int code = bk_git.reference_lookup(&head, repository->git, "HEAD");

	*out = (struct bk_head){.rebasing = false};
	if (code < 0)
		return bk_git_fail(code, "reading HEAD of", repository->folder);
	if (bk_git.reference_type(head) == GIT_REFERENCE_SYMBOLIC)
		set_branch(out, bk_git.reference_symbolic_target(head));
	else
		find_rebase(repository, out);
	bk_git.reference_free(head);
	code = bk_git.reference_name_to_id(&id, repository->git, "HEAD");
	if (code == 0)
		bk_git.oid_tostr(out->id, sizeof out->id, &id);
	return code == 0 || code == GIT_ENOTFOUND ? BK_OK
						  : bk_git_fail(code, "reading HEAD of", repository->folder);
}
