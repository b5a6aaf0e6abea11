/*
 * The revisions of one file.
 *
 * The walk goes from the newest commit to the oldest, children before parents.  Each commit is told by its
 * children under which name it holds the file: the name changes where a commit took over a blob from a name that it
 * no longer has, byte for byte or, where there is none such, as git finds renames: at least half of it.  Where the
 * file is missing for a while, the name stays.
 *
 *	commit C  name "b"   file, or its ledger, differs from that of all parents   -> a revision
 *	   |      the parents lack "b", one held the same blob as "a", and C has no "a"
 *	parent P  name "a"
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/git.h"
#include "store/tag.h"
#include "store/walk.h"

struct bk_revisions {
	struct bk_arena arena;
	BK_VEC(struct bk_revision) list;
	bool cut;
};

struct walking {
	bk_repository *repository;
	bk_revisions *revisions;
	struct bk_map names;   /* commit id -> index into known */
	struct bk_map symbols; /* commit id -> index into known, from freeze tags */
	BK_VEC(const char *) known;
};

static struct bk_str id_key(const git_oid *id)
{
	return (struct bk_str){(const char *)id->id, GIT_OID_RAWSZ};
}

static const char *keep(struct walking *walking, const char *string)
{
	return bk_arena_dup(&walking->revisions->arena, string, strlen(string));
}

/* Note a string under a commit's id. */
static int note(struct walking *walking, struct bk_map *map, const git_oid *id, const char *string)
{
	const char **slot = BK_VEC_PUSH(&walking->known);

	if (!slot)
		return bk_fail_memory();
	*slot = string;
	return bk_map_set(map, id_key(id), walking->known.len - 1) == BK_OK ? BK_OK : bk_fail_memory();
}

static const char *noted(const struct walking *walking, const struct bk_map *map, const git_oid *id)
{
	size_t index;

	return bk_map_get(map, id_key(id), &index) ? walking->known.items[index] : NULL;
}

/* ---- One commit -------------------------------------------------------------------------------------- */

/* The blob of name in a commit; false when it holds no plain file there. */
static bool blob_of(const git_commit *commit, const char *name, git_oid *blob)
{
	git_tree *tree = NULL;
	git_tree_entry *entry = NULL;
	bool found;

	found = bk_git.commit_tree(&tree, commit) == 0 && bk_git_file_entry(&entry, tree, name) == BK_OK;
	if (found)
		bk_git.oid_cpy(blob, bk_git.tree_entry_id(entry));
	bk_git.tree_entry_free(entry);
	bk_git.tree_free(tree);
	return found;
}

/* The blob of name's ledger; all zeros when there is none. */
static void ledger_of(const git_commit *commit, const char *name, git_oid *blob)
{
	struct bk_buf ledger = BK_BUF_INIT;

	*blob = (git_oid){{0}};
	bk_buf_printf(&ledger, "%s.ledger", name);
	if (bk_buf_status(&ledger) == BK_OK && !blob_of(commit, bk_buf_string(&ledger), blob))
		*blob = (git_oid){{0}};
	bk_buf_release(&ledger);
}

/* What a commit holds under the file's name, and whether a parent holds the very same. */
struct state {
	const char *name;
	git_oid blob, ledger;
	bool there; /* the commit has the file */
	bool same, same_ledger;
};

/* The path that went and held the blob; NULL when there is none. */
static const char *find_same(git_diff *diff, const git_oid *blob)
{
	for (size_t i = 0; i < bk_git.diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = bk_git.diff_get_delta(diff, i);

		if (delta->status == GIT_DELTA_DELETED && bk_git.oid_equal(&delta->old_file.id, blob))
			return delta->old_file.path;
	}
	return NULL;
}

/* The path that went and held what is most like name now; NULL when none is like it. */
static int find_similar(git_diff *diff, const char *name, const char **out)
{
	git_diff_find_options options;
	int code = bk_git.diff_find_options_init(&options, GIT_DIFF_FIND_OPTIONS_VERSION);

	options.flags = GIT_DIFF_FIND_RENAMES;
	options.rename_limit = 200; /* files that went times files that came are read */
	if (code == 0)
		code = bk_git.diff_find_similar(diff, &options);
	for (size_t i = 0; code == 0 && i < bk_git.diff_num_deltas(diff); i++) {
		const git_diff_delta *delta = bk_git.diff_get_delta(diff, i);

		if (delta->status == GIT_DELTA_RENAMED && strcmp(delta->new_file.path, name) == 0)
			*out = delta->old_file.path;
	}
	return code;
}

/* The name under which parent held what the commit has under another; NULL when there is none. */
static int find_old_name(struct walking *walking, const git_commit *commit, const git_commit *parent,
	const struct state *state, const char **out)
{
	git_tree *now = NULL, *before = NULL;
	git_diff *diff = NULL;
	const char *found = NULL;
	int code = bk_git.commit_tree(&now, commit);

	*out = NULL;
	if (code == 0)
		code = bk_git.commit_tree(&before, parent);
	if (code == 0)
		code = bk_git.diff_tree_to_tree(&diff, walking->repository->git, before, now, NULL);
	if (code == 0)
		found = find_same(diff, &state->blob);
	if (code == 0 && !found)
		code = find_similar(diff, state->name, &found);
	if (code == 0 && found)
		*out = keep(walking, found);
	bk_git.diff_free(diff);
	bk_git.tree_free(before);
	bk_git.tree_free(now);
	if (code < 0)
		return bk_git_fail(code, "following the name of", "the file");
	return found && !*out ? bk_fail_memory() : BK_OK;
}

/* Tell a parent its name, and note what it holds as the commit does. */
static int visit_parent(
	struct walking *walking, const git_commit *commit, unsigned index, struct state *state)
{
	git_commit *parent = NULL;
	git_oid its = {{0}}, its_ledger;
	const char *old_name = NULL;
	int status = BK_OK, code = bk_git.commit_parent(&parent, commit, index);

	/* In a shallow clone the parent may not be there: history ends. */
	if (code == GIT_ENOTFOUND)
		return BK_OK;
	if (code < 0)
		return bk_git_fail(code, "reading", "an earlier revision");
	if (blob_of(parent, state->name, &its))
		state->same |= state->there && bk_git.oid_equal(&its, &state->blob) != 0;
	else if (state->there)
		status = find_old_name(walking, commit, parent, state, &old_name);
	if (!old_name)
		old_name = state->name;
	ledger_of(parent, old_name, &its_ledger);
	state->same_ledger |= bk_git.oid_equal(&its_ledger, &state->ledger) != 0;
	if (status == BK_OK && !noted(walking, &walking->names, bk_git.commit_id(parent)))
		status = note(walking, &walking->names, bk_git.commit_id(parent), old_name);
	bk_git.commit_free(parent);
	return status;
}

/* The message without its block of trailers, and what two of these say. */
static int read_message(struct walking *walking, const git_commit *commit, struct bk_revision *revision)
{
	const char *message = bk_git.commit_message(commit);
	const char *symbol = noted(walking, &walking->symbols, bk_git.commit_id(commit));
	git_message_trailer_array trailers = {0};
	size_t len = strlen(message);

	revision->party = revision->symbol = "";
	if (bk_git.message_trailers(&trailers, message) == 0) {
		for (size_t i = 0; i < trailers.count; i++) {
			if (strcmp(trailers.trailers[i].key, "Party") == 0)
				revision->party = keep(walking, trailers.trailers[i].value);
			else if (strcmp(trailers.trailers[i].key, "Symbol") == 0)
				revision->symbol = keep(walking, trailers.trailers[i].value);
		}
		if (trailers.count > 0)
			while (len > 1 &&
				!(message[len - 1] == '\n' && message[len - 2] == '\n' && message[len]))
				len--;
		bk_git.message_trailer_array_free(&trailers);
	}
	while (len > 0 && bk_is_space(message[len - 1]))
		len--;
	revision->message = bk_arena_dup(&walking->revisions->arena, message, len);
	if (revision->symbol && !*revision->symbol && symbol)
		revision->symbol = symbol;
	return revision->message && revision->party && revision->symbol ? BK_OK : bk_fail_memory();
}

static int add_revision(struct walking *walking, const git_commit *commit, const struct state *state)
{
	static const git_oid none = {{0}};
	const git_signature *author = bk_git.commit_author(commit);
	struct bk_revision *revision = BK_VEC_PUSH(&walking->revisions->list);
	int status;

	if (!revision)
		return bk_fail_memory();
	bk_git.oid_tostr(revision->id, sizeof revision->id, bk_git.commit_id(commit));
	bk_git.oid_tostr(revision->blob, sizeof revision->blob, &state->blob);
	if (bk_git.oid_equal(&state->ledger, &none))
		revision->ledger[0] = '\0';
	else
		bk_git.oid_tostr(revision->ledger, sizeof revision->ledger, &state->ledger);
	revision->same_text = state->same;
	revision->time = author->when.time;
	revision->offset = author->when.offset;
	revision->author = keep(walking, author->name);
	revision->email = keep(walking, author->email);
	status = read_message(walking, commit, revision);
	return status == BK_OK && (!revision->author || !revision->email) ? bk_fail_memory() : status;
}

static int visit(struct walking *walking, const git_oid *id)
{
	struct state state = {.name = noted(walking, &walking->names, id)};
	git_commit *commit = NULL;
	int status = BK_OK, code;

	if (!state.name)
		return BK_OK;
	code = bk_git.commit_lookup(&commit, walking->repository->git, id);
	if (code < 0)
		return bk_git_fail(code, "reading", "a revision");
	state.there = blob_of(commit, state.name, &state.blob);
	ledger_of(commit, state.name, &state.ledger);
	for (unsigned i = 0; i < bk_git.commit_parentcount(commit) && status == BK_OK; i++)
		status = visit_parent(walking, commit, i, &state);
	if (status == BK_OK && state.there && (!state.same || !state.same_ledger))
		status = add_revision(walking, commit, &state);
	bk_git.commit_free(commit);
	return status;
}

/* ---- The walk ---------------------------------------------------------------------------------------- */

static int note_symbol(void *context, const git_oid *commit, const char *symbol)
{
	struct walking *walking = context;
	const char *kept = keep(walking, symbol);

	return kept ? note(walking, &walking->symbols, commit, kept) : bk_fail_memory();
}

static int visit_next(void *context, const git_oid *id)
{
	return visit(context, id);
}

static int walk(struct walking *walking, const git_oid *start)
{
	git_revwalk *revwalk = NULL;
	git_oid id;
	int status = BK_OK, code;

	/* libgit2's own walk fails where a parent is not there. */
	if (bk_git.repository_is_shallow(walking->repository->git))
		return bk_walk_shallow(
			walking->repository, start, visit_next, walking, &walking->revisions->cut);
	code = bk_git.revwalk_new(&revwalk, walking->repository->git);
	if (code == 0)
		code = bk_git.revwalk_sorting(revwalk, GIT_SORT_TOPOLOGICAL | GIT_SORT_TIME);
	if (code == 0)
		code = bk_git.revwalk_push(revwalk, start);
	while (code == 0 && status == BK_OK && (code = bk_git.revwalk_next(&id, revwalk)) == 0)
		status = visit(walking, &id);
	bk_git.revwalk_free(revwalk);
	if (status == BK_OK && code != GIT_ITEROVER)
		status = bk_git_fail(code, "walking the revisions of", walking->repository->folder);
	return status;
}

static int walk_from(struct walking *walking, const char *name, const char *from)
{
	git_commit *commit = NULL;
	const char *kept = keep(walking, name);
	int status =
		kept ? bk_git_commit(&commit, walking->repository, from ? from : "HEAD") : bk_fail_memory();

	if (status != BK_OK)
		return status;
	status = note(walking, &walking->names, bk_git.commit_id(commit), kept);
	if (status == BK_OK)
		status = bk_tags_each(walking->repository, note_symbol, walking);
	if (status == BK_OK)
		status = walk(walking, bk_git.commit_id(commit));
	if (status == BK_OK && walking->revisions->list.len == 0)
		status = bk_fail(BK_ENOTFOUND, "no revision holds '%s': save one first", name);
	bk_git.commit_free(commit);
	return status;
}

int bk_revisions_walk(bk_revisions **out, bk_repository *repository, const char *name, const char *from)
{
	struct walking walking = {.repository = repository};
	int status;

	walking.revisions = bk_calloc(1, sizeof *walking.revisions);
	status = walking.revisions ? walk_from(&walking, name, from) : bk_fail_memory();
	bk_map_release(&walking.names);
	bk_map_release(&walking.symbols);
	BK_VEC_RELEASE(&walking.known);
	if (status == BK_OK)
		*out = walking.revisions;
	else
		bk_revisions_free(walking.revisions);
	return status;
}

const struct bk_revision *bk_revisions_list(const bk_revisions *revisions, size_t *count)
{
	*count = revisions->list.len;
	return revisions->list.items;
}

bool bk_revisions_cut(const bk_revisions *revisions)
{
	return revisions->cut;
}

void bk_revisions_free(bk_revisions *revisions)
{
	if (!revisions)
		return;
	BK_VEC_RELEASE(&revisions->list);
	bk_arena_release(&revisions->arena);
	bk_free(revisions);
}
