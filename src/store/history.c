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

/* What a commit holds under the file's name. */
struct state {
	const char *name;
	git_oid blob, ledger; /* the ledger's is all zeros when there is none */
	bool there;	      /* the commit has the file */
};

/* A commit that was walked over, or will be. */
struct seen {
	struct state state; /* of a commit that will be: its name, and the rest when a child has looked */
	bool looked;
	uint32_t revision;	    /* in the list; BK_NONE: it is none */
	size_t first, parent_count; /* in parents; of one that is no revision, the one that it goes on with */
};

struct walking {
	bk_repository *repository;
	bk_revisions *revisions;
	struct bk_map commits; /* commit id -> index into seen */
	BK_VEC(struct seen) seen;
	BK_VEC(uint32_t) order;	  /* indexes into seen, as they were walked over */
	BK_VEC(uint32_t) parents; /* of all that were walked over: indexes into seen */
	struct bk_map symbols;	  /* commit id -> index into known, from freeze tags */
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

/* Note the symbol of a commit. */
static int note(struct walking *walking, const git_oid *id, const char *string)
{
	const char **slot = BK_VEC_PUSH(&walking->known);

	if (!slot)
		return bk_fail_memory();
	*slot = string;
	return bk_map_set(&walking->symbols, id_key(id), walking->known.len - 1) == BK_OK ? BK_OK
											  : bk_fail_memory();
}

static const char *symbol_of(const struct walking *walking, const git_oid *id)
{
	size_t index;

	return bk_map_get(&walking->symbols, id_key(id), &index) ? walking->known.items[index] : NULL;
}

/* Add a commit that holds the file under name, when no other child has; *out is its place. */
static int expect(
	struct walking *walking, const git_oid *id, const struct state *state, bool looked, size_t *out)
{
	struct seen *seen;

	if (bk_map_get(&walking->commits, id_key(id), out))
		return BK_OK;
	seen = BK_VEC_PUSH(&walking->seen);
	if (!seen)
		return bk_fail_memory();
	*seen = (struct seen){.state = *state, .looked = looked, .revision = BK_NONE};
	*out = walking->seen.len - 1;
	return bk_map_set(&walking->commits, id_key(id), *out) == BK_OK ? BK_OK : bk_fail_memory();
}

/* ---- One commit -------------------------------------------------------------------------------------- */

/* The blob of name in a tree; false when it holds no plain file there. */
static bool blob_of(const git_tree *tree, const char *name, git_oid *blob)
{
	git_tree_entry *entry = NULL;
	const bool found = bk_git_file_entry(&entry, tree, name) == BK_OK;

	if (found)
		bk_git.oid_cpy(blob, bk_git.tree_entry_id(entry));
	bk_git.tree_entry_free(entry);
	return found;
}

/* What a commit holds under the name; *there is false when it has no such file. */
static int look(const git_commit *commit, struct state *state)
{
	struct bk_buf ledger = BK_BUF_INIT;
	git_tree *tree = NULL;
	const int code = bk_git.commit_tree(&tree, commit);
	int status = code < 0 ? bk_git_fail(code, "reading", "a revision") : BK_OK;

	state->blob = state->ledger = (git_oid){{0}};
	bk_buf_printf(&ledger, "%s.ledger", state->name);
	if (status == BK_OK)
		status = bk_buf_status(&ledger);
	if (status == BK_OK) {
		state->there = blob_of(tree, state->name, &state->blob);
		(void)blob_of(tree, bk_buf_string(&ledger), &state->ledger);
	}
	bk_git.tree_free(tree);
	bk_buf_release(&ledger);
	return status;
}

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

/* What is the same in a commit and one of its parents. */
struct same {
	bool text, ledger;
};

/* Tell a parent its name, and note what it holds as the commit does. */
static int visit_parent(struct walking *walking, const git_commit *commit, unsigned index,
	const struct state *state, struct same *same)
{
	git_commit *parent = NULL;
	struct state its = {.name = state->name};
	uint32_t *slot;
	size_t place;
	int status = BK_OK, code = bk_git.commit_parent(&parent, commit, index);

	/* In a shallow clone the parent may not be there: history ends. */
	if (code == GIT_ENOTFOUND)
		return BK_OK;
	if (code < 0)
		return bk_git_fail(code, "reading", "an earlier revision");
	status = look(parent, &its);
	if (status == BK_OK && state->there && !its.there) {
		status = find_old_name(walking, commit, parent, state, &its.name);
		if (status == BK_OK && its.name)
			status = look(parent, &its);
		if (!its.name)
			its.name = state->name;
	} else if (state->there) {
		same->text = bk_git.oid_equal(&its.blob, &state->blob) != 0;
	}
	same->ledger = bk_git.oid_equal(&its.ledger, &state->ledger) != 0;
	if (status == BK_OK)
		status = expect(walking, bk_git.commit_id(parent), &its, true, &place);
	slot = status == BK_OK ? BK_VEC_PUSH(&walking->parents) : NULL;
	if (slot)
		*slot = (uint32_t)place;
	bk_git.commit_free(parent);
	return status == BK_OK && !slot ? bk_fail_memory() : status;
}

/* The message without its block of trailers, and what two of these say. */
static int read_message(struct walking *walking, const git_commit *commit, struct bk_revision *revision)
{
	const char *message = bk_git.commit_message(commit);
	const char *symbol = symbol_of(walking, bk_git.commit_id(commit));
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

static int add_revision(
	struct walking *walking, const git_commit *commit, const struct state *state, bool same_text)
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
	revision->same_text = same_text;
	revision->time = author->when.time;
	revision->offset = author->when.offset;
	revision->author = keep(walking, author->name);
	revision->email = keep(walking, author->email);
	status = read_message(walking, commit, revision);
	return status == BK_OK && (!revision->author || !revision->email) ? bk_fail_memory() : status;
}

/* All parents; a commit that is as one of them goes on with that one. */
static int visit_parents(
	struct walking *walking, const git_commit *commit, struct seen *seen, struct same *any)
{
	int status = BK_OK;

	seen->first = walking->parents.len;
	for (unsigned i = 0; i < bk_git.commit_parentcount(commit) && status == BK_OK; i++) {
		struct same same = {false, false};

		status = visit_parent(walking, commit, i, &seen->state, &same);
		if (same.text && !any->text && status == BK_OK) {
			uint32_t *const parents = walking->parents.items;
			const uint32_t its = parents[walking->parents.len - 1];

			parents[walking->parents.len - 1] = parents[seen->first];
			parents[seen->first] = its;
		}
		any->text |= same.text;
		any->ledger |= same.ledger;
	}
	seen->parent_count = walking->parents.len - seen->first;
	return status;
}

static int visit(struct walking *walking, const git_oid *id)
{
	struct same any = {false, false};
	git_commit *commit = NULL;
	struct seen seen;
	uint32_t *slot;
	size_t place;
	int status = BK_OK, code;

	if (!bk_map_get(&walking->commits, id_key(id), &place))
		return BK_OK;
	slot = BK_VEC_PUSH(&walking->order);
	if (!slot)
		return bk_fail_memory();
	*slot = (uint32_t)place;
	code = bk_git.commit_lookup(&commit, walking->repository->git, id);
	if (code < 0)
		return bk_git_fail(code, "reading", "a revision");
	seen = walking->seen.items[place];
	if (!seen.looked)
		status = look(commit, &seen.state);
	if (status == BK_OK)
		status = visit_parents(walking, commit, &seen, &any);
	if (status == BK_OK && seen.state.there && (!any.text || !any.ledger)) {
		seen.revision = (uint32_t)walking->revisions->list.len;
		status = add_revision(walking, commit, &seen.state, any.text);
	}
	walking->seen.items[place] = seen;
	bk_git.commit_free(commit);
	return status;
}

/* ---- Parents ----------------------------------------------------------------------------------------- */

/* The revisions that each revision comes from, over commits that are none; `nearest` is of each commit that was
 * seen. */
static int link_revision(struct walking *walking, const struct seen *seen, const uint32_t *nearest)
{
	struct bk_revision *revision = &walking->revisions->list.items[seen->revision];
	uint32_t *parents =
		bk_arena_array(&walking->revisions->arena, seen->parent_count + 1, sizeof *parents);
	size_t count = 0;

	if (!parents)
		return bk_fail_memory();
	for (size_t i = 0; i < seen->parent_count; i++) {
		const uint32_t parent = nearest[walking->parents.items[seen->first + i]];
		size_t told = 0;

		while (told < count && parents[told] != parent)
			told++;
		if (parent != BK_NONE && told == count)
			parents[count++] = parent;
	}
	revision->parents = parents;
	revision->parent_count = count;
	return BK_OK;
}

/* Children were seen before their parents, so the nearest are found from the oldest on. */
static int link_revisions(struct walking *walking)
{
	uint32_t *nearest = bk_malloc((walking->seen.len + 1) * sizeof *nearest);
	int status = nearest ? BK_OK : bk_fail_memory();

	for (size_t i = 0; i < walking->seen.len && status == BK_OK; i++)
		nearest[i] = BK_NONE;
	for (size_t i = walking->order.len; i-- > 0 && status == BK_OK;) {
		const uint32_t place = walking->order.items[i];
		const struct seen *seen = &walking->seen.items[place];

		nearest[place] = seen->revision;
		if (seen->revision != BK_NONE)
			status = link_revision(walking, seen, nearest);
		else if (seen->parent_count)
			nearest[place] = nearest[walking->parents.items[seen->first]];
	}
	bk_free(nearest);
	return status;
}

/* ---- The walk ---------------------------------------------------------------------------------------- */

static int note_symbol(void *context, const git_oid *commit, const char *symbol)
{
	struct walking *walking = context;
	const char *kept = keep(walking, symbol);

	return kept ? note(walking, commit, kept) : bk_fail_memory();
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
	size_t place;
	int status =
		kept ? bk_git_commit(&commit, walking->repository, from ? from : "HEAD") : bk_fail_memory();

	if (status != BK_OK)
		return status;
	status =
		expect(walking, bk_git.commit_id(commit), &(const struct state){.name = kept}, false, &place);
	if (status == BK_OK)
		status = bk_tags_each(walking->repository, note_symbol, walking);
	if (status == BK_OK)
		status = walk(walking, bk_git.commit_id(commit));
	if (status == BK_OK)
		status = link_revisions(walking);
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
	bk_map_release(&walking.commits);
	bk_map_release(&walking.symbols);
	BK_VEC_RELEASE(&walking.seen);
	BK_VEC_RELEASE(&walking.order);
	BK_VEC_RELEASE(&walking.parents);
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
