/* All branches, and one file as each of them has it. */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "store/git.h"

#include <stdlib.h>

struct bk_tips {
	BK_VEC(struct bk_tip) list;
	struct bk_arena arena;
};

static int read_tip(
	bk_tips *tips, const bk_repository *repository, const git_reference *branch, const char *path)
{
	struct bk_tip *tip = BK_VEC_PUSH(&tips->list);
	struct bk_branch_file file = {.mode = 0};
	git_commit *commit = NULL;
	git_tree *tree = NULL;
	const char *name;
	git_oid id;
	int code, status = BK_OK;

	if (!tip)
		return bk_fail_memory();
	code = bk_git.branch_name(&name, branch);
	if (code == 0)
		code = bk_git.reference_name_to_id(&id, repository->git, bk_git.reference_name(branch));
	if (code == 0)
		code = bk_git.commit_lookup(&commit, repository->git, &id);
	if (code == 0)
		code = bk_git.commit_tree(&tree, commit);
	if (code == 0) {
		bk_git.oid_tostr(tip->id, sizeof tip->id, &id);
		tip->name = bk_arena_dup(&tips->arena, name, strlen(name));
		status = tip->name ? bk_git_look_up(tree, path, &file) : bk_fail_memory();
		memcpy(tip->blob, file.blob, sizeof tip->blob);
	} else {
		tips->list.len--; /* it leads nowhere, as "origin/HEAD" may */
	}
	bk_git.tree_free(tree);
	bk_git.commit_free(commit);
	return status;
}

static int compare_tips(const void *a, const void *b)
{
	const struct bk_tip *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int read_kind(bk_tips *tips, const bk_repository *repository, git_branch_t kind, const char *path)
{
	const size_t before = tips->list.len;
	git_branch_iterator *iterator = NULL;
	git_reference *branch;
	git_branch_t found;
	int status = BK_OK;
	const int code = bk_git.branch_iterator_new(&iterator, repository->git, kind);

	if (code < 0)
		return bk_git_fail(code, "listing the branches of", repository->folder);
	while (status == BK_OK && bk_git.branch_next(&branch, &found, iterator) == 0) {
		status = read_tip(tips, repository, branch, path);
		bk_git.reference_free(branch);
	}
	bk_git.branch_iterator_free(iterator);
	if (tips->list.len > before)
		qsort(tips->list.items + before, tips->list.len - before, sizeof *tips->list.items,
			compare_tips);
	return status;
}

int bk_tips_new(bk_tips **out, const bk_repository *repository, const char *path)
{
	bk_tips *tips = bk_calloc(1, sizeof *tips);
	int status = tips ? BK_OK : bk_fail_memory();

	if (status == BK_OK)
		status = read_kind(tips, repository, GIT_BRANCH_LOCAL, path);
	if (status == BK_OK)
		status = read_kind(tips, repository, GIT_BRANCH_REMOTE, path);
	if (status == BK_OK)
		*out = tips;
	else
		bk_tips_free(tips);
	return status;
}

const struct bk_tip *bk_tips_list(const bk_tips *tips, size_t *count)
{
	*count = tips->list.len;
	return tips->list.items;
}

void bk_tips_free(bk_tips *tips)
{
	if (!tips)
		return;
	BK_VEC_RELEASE(&tips->list);
	bk_arena_release(&tips->arena);
	bk_free(tips);
}
