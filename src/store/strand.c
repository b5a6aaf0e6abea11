/*
 * What a file of a branch was merged from.
 *
 * The names of what was merged stand in the merge itself, since branches go on or go away: one trailer Party:
 * for each parent, or git's "Merge branches 'party/EU' and 'party/AOSIS'".  Either counts when there are as
 * many as parents.
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "store/git.h"

struct bk_strands {
	const bk_repository *repository;
	const char *path;
	BK_VEC(struct bk_strand) list; /* while it grows: the newest merge first, the trunk last */
	struct bk_strand base;
	struct bk_arena arena;
};

static int fail_reading(int code)
{
	return bk_git_fail(code, "reading", "a revision");
}

static int look_at(const bk_strands *strands, const git_commit *commit, char blob[41])
{
	struct bk_branch_file file;
	git_tree *tree = NULL;
	const int code = bk_git.commit_tree(&tree, commit);
	const int status = code < 0 ? fail_reading(code) : bk_git_look_up(tree, strands->path, &file);

	bk_git.tree_free(tree);
	if (status == BK_OK)
		memcpy(blob, file.blob, sizeof file.blob);
	return status;
}

static int add_strand(bk_strands *strands, const git_commit *commit, struct bk_strand **out)
{
	struct bk_strand *strand = BK_VEC_PUSH(&strands->list);

	if (!strand)
		return bk_fail_memory();
	*strand = (struct bk_strand){.party = "", .branch = ""};
	bk_git.oid_tostr(strand->id, sizeof strand->id, bk_git.commit_id(commit));
	*out = strand;
	return look_at(strands, commit, strand->blob);
}

/* ---- Names in merges ---------------------------------------------------------------------------------- */

/* The value of the trailer Party: with this index; *count is how many there are. */
static const char *party_of(bk_strands *strands, const git_commit *commit, size_t index, size_t *count)
{
	git_message_trailer_array trailers = {0};
	const char *found = "";

	*count = 0;
	if (bk_git.message_trailers(&trailers, bk_git.commit_message(commit)) < 0)
		return found;
	for (size_t i = 0; i < trailers.count; i++) {
		const char *value = trailers.trailers[i].value;

		if (strcmp(trailers.trailers[i].key, "Party") != 0)
			continue;
		if ((*count)++ == index)
			found = bk_arena_dup(&strands->arena, value, strlen(value));
	}
	bk_git.message_trailer_array_free(&trailers);
	return found;
}

/* The name in quotes with this index in the subject of a message, as git writes it. */
static const char *branch_of(bk_strands *strands, const git_commit *commit, size_t index, size_t *count)
{
	const char *at = bk_git.commit_message(commit), *end = at + strcspn(at, "\n");
	const char *found = "";

	*count = 0;
	if (strncmp(at, "Merge ", 6) != 0)
		return found;
	while ((at = memchr(at, '\'', (size_t)(end - at)))) {
		const char *close = memchr(at + 1, '\'', (size_t)(end - at - 1));

		/* Behind "into" stands the branch that it went into. */
		if (!close || (at - bk_git.commit_message(commit) > 6 && strncmp(at - 6, " into ", 6) == 0))
			break;
		if ((*count)++ == index)
			found = bk_arena_dup(&strands->arena, at + 1, (size_t)(close - at - 1));
		at = close + 1;
	}
	return found;
}

static int name_strand(
	bk_strands *strands, struct bk_strand *strand, const git_commit *merge, unsigned parent)
{
	const unsigned parents = bk_git.commit_parentcount(merge);
	size_t count;
	const char *party = party_of(strands, merge, parent - 1, &count);

	if (party && count == parents - 1)
		strand->party = party;
	strand->branch = branch_of(strands, merge, parent - 1, &count);
	if (strand->branch && count != parents - 1)
		strand->branch = "";
	return party && strand->branch ? BK_OK : bk_fail_memory();
}

/* ---- Walking ------------------------------------------------------------------------------------------ */

/* Whether a branch that was merged has the file otherwise than where it left the line that it went into. */
static int has_changed(
	const bk_strands *strands, const git_commit *line, const git_commit *merged, bool *changed)
{
	git_commit *base = NULL;
	git_oid id;
	char before[41] = "", after[41];
	int status = BK_OK;
	int code = bk_git.merge_base(
		&id, strands->repository->git, bk_git.commit_id(line), bk_git.commit_id(merged));

	*changed = true;
	if (code == GIT_ENOTFOUND)
		return BK_OK;
	if (code == 0)
		code = bk_git.commit_lookup(&base, strands->repository->git, &id);
	if (code < 0)
		return fail_reading(code);
	status = look_at(strands, base, before);
	if (status == BK_OK)
		status = look_at(strands, merged, after);
	bk_git.commit_free(base);
	if (status == BK_OK)
		*changed = strcmp(before, after) != 0;
	return status;
}

static int add_merged(bk_strands *strands, const git_commit *merge, const git_commit *line, unsigned parent)
{
	git_commit *merged = NULL;
	struct bk_strand *strand;
	bool changed = false;
	const int code = bk_git.commit_parent(&merged, merge, parent);
	int status = code < 0 ? fail_reading(code) : has_changed(strands, line, merged, &changed);

	if (status == BK_OK && changed) {
		status = add_strand(strands, merged, &strand);
		if (status == BK_OK)
			status = name_strand(strands, strand, merge, parent);
	}
	bk_git.commit_free(merged);
	return status;
}

/* One revision back on the line, with what it merged; *trunk when it changed the file itself. */
static int step_back(bk_strands *strands, git_commit **commit, bool *trunk)
{
	const unsigned parents = bk_git.commit_parentcount(*commit);
	git_commit *line = NULL;
	char before[41], after[41];
	int code, status = BK_OK;

	*trunk = parents == 0;
	if (*trunk)
		return BK_OK;
	code = bk_git.commit_parent(&line, *commit, 0);
	if (code == GIT_ENOTFOUND) { /* the border of a shallow clone */
		*trunk = true;
		return BK_OK;
	}
	if (code < 0)
		return fail_reading(code);
	for (unsigned i = parents; status == BK_OK && i-- > 1;)
		status = add_merged(strands, *commit, line, i);
	if (status == BK_OK && parents == 1)
		status = look_at(strands, *commit, after);
	if (status == BK_OK && parents == 1)
		status = look_at(strands, line, before);
	*trunk = status == BK_OK && parents == 1 && strcmp(before, after) != 0;
	if (status != BK_OK || *trunk) {
		bk_git.commit_free(line);
		return status;
	}
	bk_git.commit_free(*commit);
	*commit = line;
	return BK_OK;
}

static int walk(bk_strands *strands, const char *from)
{
	git_commit *commit = NULL;
	struct bk_strand *strand;
	bool trunk = false;
	size_t count;
	int status = bk_git_commit(&commit, strands->repository, from);

	while (status == BK_OK && !trunk)
		status = step_back(strands, &commit, &trunk);
	if (status == BK_OK)
		status = add_strand(strands, commit, &strand);
	if (status == BK_OK) {
		strand->party = party_of(strands, commit, 0, &count);
		status = strand->party ? BK_OK : bk_fail_memory();
	}
	bk_git.commit_free(commit);
	return status;
}

/* ---- The base ---------------------------------------------------------------------------------------- */

static int base_of(bk_strands *strands, const git_oid *ids, size_t count)
{
	git_commit *commit = NULL;
	git_oid id;
	int status, code = count == 1 ? (bk_git.oid_cpy(&id, &ids[0]), 0)
				      : bk_git.merge_base_octopus(&id, strands->repository->git, count, ids);

	if (code == GIT_ENOTFOUND)
		return bk_fail(
			BK_ENOTFOUND, "there is no revision of '%s' that all come from", strands->path);
	if (code == 0)
		code = bk_git.commit_lookup(&commit, strands->repository->git, &id);
	if (code < 0)
		return fail_reading(code);
	strands->base = (struct bk_strand){.party = "", .branch = ""};
	bk_git.oid_tostr(strands->base.id, sizeof strands->base.id, &id);
	status = look_at(strands, commit, strands->base.blob);
	bk_git.commit_free(commit);
	return status;
}

static int find_base(bk_strands *strands, const char *const *with, size_t count)
{
	BK_VEC(git_oid) ids = BK_VEC_INIT;
	int status = BK_VEC_RESERVE(&ids, strands->list.len + count) ? BK_OK : bk_fail_memory();

	for (size_t i = 0; status == BK_OK && i < strands->list.len; i++)
		if (bk_git.oid_fromstr(&ids.items[ids.len++], strands->list.items[i].id) < 0)
			status = bk_fail(BK_EINVAL, "'%s' is no revision", strands->list.items[i].id);
	for (size_t i = 0; status == BK_OK && i < count; i++) {
		git_commit *commit = NULL;

		status = bk_git_commit(&commit, strands->repository, with[i]);
		if (status == BK_OK)
			bk_git.oid_cpy(&ids.items[ids.len++], bk_git.commit_id(commit));
		bk_git.commit_free(commit);
	}
	if (status == BK_OK)
		status = base_of(strands, ids.items, ids.len);
	BK_VEC_RELEASE(&ids);
	return status;
}

/* ---- All of it --------------------------------------------------------------------------------------- */

static void turn_round(bk_strands *strands)
{
	for (size_t i = 0, j = strands->list.len; i + 1 < j--; i++) {
		const struct bk_strand other = strands->list.items[i];

		strands->list.items[i] = strands->list.items[j];
		strands->list.items[j] = other;
	}
}

int bk_strands_new(bk_strands **out, const bk_repository *repository, const char *path, const char *from,
	const char *const *with, size_t count)
{
	bk_strands *strands = bk_calloc(1, sizeof *strands);
	int status;

	if (!strands)
		return bk_fail_memory();
	strands->repository = repository;
	strands->path = path;
	status = walk(strands, from);
	if (status == BK_OK)
		status = find_base(strands, with, count);
	if (status == BK_OK) {
		turn_round(strands);
		*out = strands;
	} else {
		bk_strands_free(strands);
	}
	return status;
}

const struct bk_strand *bk_strands_list(const bk_strands *strands, size_t *count)
{
	*count = strands->list.len;
	return strands->list.items;
}

const struct bk_strand *bk_strands_base(const bk_strands *strands)
{
	return &strands->base;
}

void bk_strands_free(bk_strands *strands)
{
	if (!strands)
		return;
	BK_VEC_RELEASE(&strands->list);
	bk_arena_release(&strands->arena);
	bk_free(strands);
}
