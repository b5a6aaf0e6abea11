/*
 * Walking a shallow clone: all commits that are there are gathered first, then given out by a heap of those
 * whose children have all been given.
 */
#include "store/walk.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"

struct node {
	git_oid id;
	int64_t time;
	size_t children; /* not yet given */
};

struct walk {
	const struct bk_repository *repository;
	struct bk_map index; /* id -> place in nodes */
	BK_VEC(struct node) nodes;
	BK_VEC(size_t) ready; /* a heap, the youngest first */
	bool cut;
};

static struct bk_str key_of(const git_oid *id)
{
	return (struct bk_str){(const char *)id->id, GIT_OID_RAWSZ};
}

/* Whether the commit is there; *place is that of its node. */
static int find_node(struct walk *walk, const git_oid *id, size_t *place, bool *there)
{
	git_commit *commit = NULL;
	struct node *node;
	int code;

	*there = true;
	if (bk_map_get(&walk->index, key_of(id), place))
		return BK_OK;
	code = bk_git.commit_lookup(&commit, walk->repository->git, id);
	*there = code == 0;
	if (code == GIT_ENOTFOUND)
		return BK_OK;
	if (code < 0)
		return bk_git_fail(code, "reading", "a revision");
	*place = walk->nodes.len;
	node = BK_VEC_PUSH(&walk->nodes);
	if (node)
		*node = (struct node){.id = *id, .time = bk_git.commit_time(commit)};
	bk_git.commit_free(commit);
	return node && bk_map_set(&walk->index, key_of(&node->id), *place) == BK_OK ? BK_OK
										    : bk_fail_memory();
}

/* ---- The heap ---------------------------------------------------------------------------------------- */

static bool is_younger(const struct walk *walk, size_t a, size_t b)
{
	return walk->nodes.items[a].time > walk->nodes.items[b].time;
}

static int push(struct walk *walk, size_t place)
{
	size_t *slot = BK_VEC_PUSH(&walk->ready);
	size_t at = walk->ready.len - 1;

	if (!slot)
		return bk_fail_memory();
	for (; at > 0 && is_younger(walk, place, walk->ready.items[(at - 1) / 2]); at = (at - 1) / 2)
		walk->ready.items[at] = walk->ready.items[(at - 1) / 2];
	walk->ready.items[at] = place;
	return BK_OK;
}

static size_t pop(struct walk *walk)
{
	const size_t top = walk->ready.items[0], last = walk->ready.items[--walk->ready.len];
	size_t at = 0;

	for (size_t child; (child = 2 * at + 1) < walk->ready.len; at = child) {
		if (child + 1 < walk->ready.len &&
			is_younger(walk, walk->ready.items[child + 1], walk->ready.items[child]))
			child++;
		if (!is_younger(walk, walk->ready.items[child], last))
			break;
		walk->ready.items[at] = walk->ready.items[child];
	}
	walk->ready.items[at] = last;
	return top;
}

/* ---- The walk ---------------------------------------------------------------------------------------- */

/* Count a node as a child of its parents, or as one less of them: those without any are ready. */
static int tell_parents(struct walk *walk, size_t place, bool given)
{
	const git_oid id = walk->nodes.items[place].id;
	git_commit *commit = NULL;
	const int code = bk_git.commit_lookup(&commit, walk->repository->git, &id);
	int status = code < 0 ? bk_git_fail(code, "reading", "a revision") : BK_OK;

	for (unsigned i = 0; status == BK_OK && i < bk_git.commit_parentcount(commit); i++) {
		size_t parent;
		bool there;

		status = find_node(walk, bk_git.commit_parent_id(commit, i), &parent, &there);
		if (status != BK_OK || !there) {
			walk->cut = true;
			continue;
		}
		if (!given)
			walk->nodes.items[parent].children++;
		else if (--walk->nodes.items[parent].children == 0)
			status = push(walk, parent);
	}
	bk_git.commit_free(commit);
	return status;
}

int bk_walk_shallow(const struct bk_repository *repository, const git_oid *start,
	int (*each)(void *context, const git_oid *id), void *context, bool *cut)
{
	struct walk walk = {.repository = repository};
	size_t place;
	bool there;
	int status = find_node(&walk, start, &place, &there);

	for (size_t i = 0; i < walk.nodes.len && status == BK_OK; i++)
		status = tell_parents(&walk, i, false);
	if (status == BK_OK && there)
		status = push(&walk, place);
	while (status == BK_OK && walk.ready.len) {
		const size_t next = pop(&walk);
		const git_oid id = walk.nodes.items[next].id;

		status = each(context, &id);
		if (status == BK_OK)
			status = tell_parents(&walk, next, true);
	}
	*cut = walk.cut;
	bk_map_release(&walk.index);
	BK_VEC_RELEASE(&walk.nodes);
	BK_VEC_RELEASE(&walk.ready);
	return status;
}
