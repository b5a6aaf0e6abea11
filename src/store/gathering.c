/*
 * Branches that are to become one: finding them, the revision that all come from, and what differs from it.
 */
#include "store/gathering.h"
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/near.h"

#include <stdio.h>
#include <stdlib.h>

/* ---- Branches by name -------------------------------------------------------------------------------- */

/* The branch whose name is nearest to one that is not there; "" when none is near. */
static void find_nearest(const bk_repository *repository, const char *name, git_branch_t kinds, char out[256])
{
	git_branch_iterator *iterator = NULL;
	git_reference *branch;
	git_branch_t kind;
	size_t least = SIZE_MAX;

	out[0] = '\0';
	if (bk_git.branch_iterator_new(&iterator, repository->git, kinds) < 0)
		return;
	while (bk_git.branch_next(&branch, &kind, iterator) == 0) {
		const char *known = NULL;
		size_t distance;

		if (bk_git.branch_name(&known, branch) == 0 &&
			bk_near_slip(bk_str_of(name), bk_str_of(known)) &&
			(distance = bk_near_distance(bk_str_of(name), bk_str_of(known))) < least) {
			least = distance;
			snprintf(out, 256, "%s", known);
		}
		bk_git.reference_free(branch);
	}
	bk_git.branch_iterator_free(iterator);
}

/* Up to so many names, "'master', 'party/EU'", and whether there are more; "" when there is no branch. */
static void list_names(const bk_repository *repository, git_branch_t kinds, struct bk_buf *out)
{
	enum { MOST = 6 };
	git_branch_iterator *iterator = NULL;
	git_reference *branch;
	git_branch_t kind;

	if (bk_git.branch_iterator_new(&iterator, repository->git, kinds) < 0)
		return;
	for (int count = 0; count <= MOST && bk_git.branch_next(&branch, &kind, iterator) == 0; count++) {
		const char *name = NULL;

		if (count == MOST)
			bk_buf_puts(out, " and more: git branch -a lists them");
		else if (bk_git.branch_name(&name, branch) == 0)
			bk_buf_printf(out, "%s'%s'", out->len ? ", " : "", name);
		bk_git.reference_free(branch);
	}
	bk_git.branch_iterator_free(iterator);
}

static int fail_unknown(const bk_repository *repository, const char *name, git_branch_t kinds)
{
	char nearest[256];
	struct bk_buf names = BK_BUF_INIT;

	find_nearest(repository, name, kinds, nearest);
	if (nearest[0])
		return bk_fail(BK_ENOTFOUND, "no branch '%s': did you mean '%s'?", name, nearest);
	list_names(repository, kinds, &names);
	if (names.len && bk_buf_status(&names) == BK_OK)
		bk_fail(BK_ENOTFOUND, "no branch '%s': there are %s", name, bk_buf_string(&names));
	else
		bk_fail(BK_ENOTFOUND, "no branch '%s', nor any other: save a revision first", name);
	bk_buf_release(&names);
	return BK_ENOTFOUND;
}

/* The full name of a branch's ref, and the commit it stands at. */
static int find_branch(const bk_repository *repository, const char *name, git_branch_t kind,
	char ref[BK_REF_MAX], git_commit **commit)
{
	git_reference *branch = NULL;
	git_oid id;
	int code = bk_git.branch_lookup(&branch, repository->git, name, kind);

	if (code < 0)
		return code;
	snprintf(ref, BK_REF_MAX, "%s", bk_git.reference_name(branch));
	bk_git.reference_free(branch);
	code = bk_git.reference_name_to_id(&id, repository->git, ref);
	return code == 0 ? bk_git.commit_lookup(commit, repository->git, &id) : code;
}

static bool is_unknown(int code)
{
	return code == GIT_ENOTFOUND || code == GIT_EINVALIDSPEC;
}

/* A branch goes before a tag of its name, as in git merge. */
static int find_version(const bk_repository *repository, const char *name, git_commit **commit)
{
	char ref[BK_REF_MAX];
	int status, code = find_branch(repository, name, GIT_BRANCH_LOCAL, ref, commit);

	if (is_unknown(code))
		code = find_branch(repository, name, GIT_BRANCH_REMOTE, ref, commit);
	if (!is_unknown(code))
		return code < 0 ? bk_git_fail(code, "reading the branch", name) : BK_OK;
	status = bk_git_commit(commit, repository, name);
	return status == BK_ENOTFOUND ? fail_unknown(repository, name, GIT_BRANCH_ALL) : status;
}

static int add_branch(bk_gathering *gathering, const char *name, git_commit *commit)
{
	struct bk_gathering_tip *tip = BK_VEC_PUSH(&gathering->tips);
	struct bk_branch *branch = tip ? BK_VEC_PUSH(&gathering->branches) : NULL;
	int code;

	if (!branch) {
		gathering->tips.len = gathering->branches.len;
		bk_git.commit_free(commit);
		return bk_fail_memory();
	}
	tip->commit = commit;
	bk_git.oid_tostr(branch->id, sizeof branch->id, bk_git.commit_id(commit));
	branch->name = bk_arena_dup(&gathering->arena, name, strlen(name));
	if (!branch->name)
		return bk_fail_memory();
	code = bk_git.commit_tree(&tip->tree, commit);
	return code < 0 ? bk_git_fail(code, "reading the branch", name) : BK_OK;
}

/* The target is moved: where a work tree has it checked out, that must be ours. */
static int find_place(bk_gathering *gathering, const char *into)
{
	git_repository *git = gathering->repository->git;
	git_reference *branch = NULL, *head = NULL;
	bool elsewhere;
	int code = bk_git.reference_lookup(&branch, git, gathering->ref);

	if (code == 0)
		code = bk_git.reference_lookup(&head, git, "HEAD");
	if (code < 0) {
		bk_git.reference_free(branch);
		return bk_git_fail(code, "reading the branch", into);
	}
	gathering->checked_out = !bk_git.repository_is_bare(git) &&
				 bk_git.reference_type(head) == GIT_REFERENCE_SYMBOLIC &&
				 strcmp(bk_git.reference_symbolic_target(head), gathering->ref) == 0;
	elsewhere = !gathering->checked_out && bk_git.branch_is_checked_out(branch) == 1;
	bk_git.reference_free(head);
	bk_git.reference_free(branch);
	if (elsewhere)
		return bk_fail(
			BK_ELOCKED, "'%s' is checked out in another work tree: merge into it there", into);
	return BK_OK;
}

static int find_target(bk_gathering *gathering, const char *into)
{
	git_commit *commit = NULL;
	const int code = find_branch(gathering->repository, into, GIT_BRANCH_LOCAL, gathering->ref, &commit);
	int status;

	if (is_unknown(code))
		return fail_unknown(gathering->repository, into, GIT_BRANCH_LOCAL);
	if (code < 0)
		return bk_git_fail(code, "reading the branch", into);
	status = add_branch(gathering, into, commit);
	return status == BK_OK ? find_place(gathering, into) : status;
}

static int find_others(bk_gathering *gathering, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		git_commit *commit = NULL;
		int status = BK_OK;

		for (size_t j = 0; j < gathering->branches.len && status == BK_OK; j++)
			if (strcmp(gathering->branches.items[j].name, names[i]) == 0)
				status = bk_fail(BK_EINVAL, "the branch '%s' is given twice", names[i]);
		if (status == BK_OK)
			status = find_version(gathering->repository, names[i], &commit);
		if (status == BK_OK)
			status = add_branch(gathering, names[i], commit);
		if (status != BK_OK)
			return status;
	}
	return count ? BK_OK : bk_fail(BK_EINVAL, "no branch to merge: name those of the parties");
}

/* ---- The base ---------------------------------------------------------------------------------------- */

static const git_oid *tip_id(const bk_gathering *gathering, size_t index)
{
	return bk_git.commit_id(gathering->tips.items[index].commit);
}

static int mark_joined(bk_gathering *gathering)
{
	size_t left = 0;

	for (size_t i = 1; i < gathering->branches.len; i++) {
		const git_oid *id = tip_id(gathering, i), *target = tip_id(gathering, 0);
		const int is = bk_git.oid_equal(id, target)
				       ? 1
				       : bk_git.graph_descendant_of(gathering->repository->git, target, id);

		if (is < 0)
			return bk_git_fail(is, "comparing the branch", gathering->branches.items[i].name);
		gathering->branches.items[i].joined = is;
		left += !is;
	}
	return left ? BK_OK
		    : bk_fail(BK_EEXISTS, "nothing to merge: '%s' holds all of it already",
			      gathering->branches.items[0].name);
}

static int fail_unrelated(const bk_gathering *gathering)
{
	return bk_fail(BK_ENOTFOUND, "there is no revision that '%s' and the branches all come from%s",
		gathering->branches.items[0].name,
		bk_git.repository_is_shallow(gathering->repository->git) == 1
			? ": this clone lacks earlier ones: git fetch --unshallow"
			: ": they are other repositories' texts");
}

static int find_base(bk_gathering *gathering)
{
	BK_VEC(git_oid) ids = BK_VEC_INIT;
	git_commit *commit = NULL;
	git_oid base;
	int code;

	if (!BK_VEC_RESERVE(&ids, gathering->branches.len))
		return bk_fail_memory();
	for (size_t i = 0; i < gathering->branches.len; i++)
		if (!gathering->branches.items[i].joined)
			bk_git.oid_cpy(&ids.items[ids.len++], tip_id(gathering, i));
	code = bk_git.merge_base_octopus(&base, gathering->repository->git, ids.len, ids.items);
	BK_VEC_RELEASE(&ids);
	if (code == GIT_ENOTFOUND)
		return fail_unrelated(gathering);
	if (code == 0)
		code = bk_git.commit_lookup(&commit, gathering->repository->git, &base);
	if (code == 0)
		code = bk_git.commit_tree(&gathering->base_tree, commit);
	bk_git.commit_free(commit);
	if (code < 0)
		return bk_git_fail(code, "finding what they come from:", gathering->branches.items[0].name);
	bk_git.oid_tostr(gathering->base, sizeof gathering->base, &base);
	return BK_OK;
}

/* ---- Paths that differ ------------------------------------------------------------------------------- */

static int add_path(bk_gathering *gathering, const char *name)
{
	struct bk_branch_file *files;
	struct bk_branch_path *path;
	size_t known;
	int status;

	if (bk_map_get(&gathering->names, bk_str_of(name), &known))
		return BK_OK;
	files = bk_arena_array(&gathering->arena, gathering->tips.len, sizeof *files);
	name = bk_arena_dup(&gathering->arena, name, strlen(name));
	path = files && name ? BK_VEC_PUSH(&gathering->paths) : NULL;
	if (!path || bk_map_set(&gathering->names, bk_str_of(name), gathering->paths.len - 1) != BK_OK)
		return bk_fail_memory();
	path->name = name;
	path->files = files;
	status = bk_git_look_up(gathering->base_tree, name, &path->base);
	for (size_t i = 0; status == BK_OK && i < gathering->tips.len; i++)
		status = bk_git_look_up(gathering->tips.items[i].tree, name, &files[i]);
	return status;
}

static int add_paths(bk_gathering *gathering, const git_tree *tree)
{
	git_diff *diff = NULL;
	int status = BK_OK;
	const int code = bk_git.diff_tree_to_tree(
		&diff, gathering->repository->git, gathering->base_tree, (git_tree *)tree, NULL);

	if (code < 0)
		return bk_git_fail(code, "comparing with", gathering->base);
	for (size_t i = 0; status == BK_OK && i < bk_git.diff_num_deltas(diff); i++)
		status = add_path(gathering, bk_git.diff_get_delta(diff, i)->new_file.path);
	bk_git.diff_free(diff);
	return status;
}

static int compare_paths(const void *a, const void *b)
{
	const struct bk_branch_path *x = a, *y = b;

	return strcmp(x->name, y->name);
}

static int find_paths(bk_gathering *gathering)
{
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < gathering->tips.len; i++)
		if (!gathering->branches.items[i].joined)
			status = add_paths(gathering, gathering->tips.items[i].tree);
	if (gathering->paths.len)
		qsort(gathering->paths.items, gathering->paths.len, sizeof *gathering->paths.items,
			compare_paths);
	return status;
}

/* ---- All of it --------------------------------------------------------------------------------------- */

int bk_gathering_new(bk_gathering **out, bk_repository *repository, const char *into,
	const char *const *branches, size_t count)
{
	bk_gathering *gathering = bk_calloc(1, sizeof *gathering);
	int status;

	if (!gathering)
		return bk_fail_memory();
	gathering->repository = repository;
	status = find_target(gathering, into);
	if (status == BK_OK)
		status = find_others(gathering, branches, count);
	if (status == BK_OK)
		status = mark_joined(gathering);
	if (status == BK_OK)
		status = find_base(gathering);
	if (status == BK_OK)
		status = find_paths(gathering);
	if (status == BK_OK)
		*out = gathering;
	else
		bk_gathering_free(gathering);
	return status;
}

void bk_gathering_free(bk_gathering *gathering)
{
	if (!gathering)
		return;
	for (size_t i = 0; i < gathering->tips.len; i++) {
		bk_git.tree_free(gathering->tips.items[i].tree);
		bk_git.commit_free(gathering->tips.items[i].commit);
	}
	bk_git.tree_free(gathering->base_tree);
	bk_map_release(&gathering->names);
	BK_VEC_RELEASE(&gathering->paths);
	BK_VEC_RELEASE(&gathering->tips);
	BK_VEC_RELEASE(&gathering->branches);
	bk_arena_release(&gathering->arena);
	bk_free(gathering);
}

const struct bk_branch *bk_gathering_branches(const bk_gathering *gathering, size_t *count)
{
	*count = gathering->branches.len;
	return gathering->branches.items;
}

const char *bk_gathering_base(const bk_gathering *gathering)
{
	return gathering->base;
}

const struct bk_branch_path *bk_gathering_paths(const bk_gathering *gathering, size_t *count)
{
	*count = gathering->paths.len;
	return gathering->paths.items;
}

int bk_gathering_find(const bk_gathering *gathering, const char *name, struct bk_branch_file *out)
{
	return bk_git_look_up(gathering->tips.items[0].tree, name, out);
}

bool bk_gathering_is_checked_out(const bk_gathering *gathering)
{
	return gathering->checked_out;
}
