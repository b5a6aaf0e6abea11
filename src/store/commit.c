/* Commits on a branch that moves by compare-and-swap. */
#include "store/commit.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/utf8.h"

#include <stdio.h>
#include <time.h>

#define TRIES	    6
#define FIRST_PAUSE 10 /* ms; doubled at each try */

static void pause_before(int attempt)
{
	const struct timespec wait = {.tv_nsec = (long)(FIRST_PAUSE << attempt) * 1000000};

	if (attempt > 0)
		nanosleep(&wait, NULL);
}

/* ---- What is said ------------------------------------------------------------------------------------ */

int bk_commit_may(const bk_repository *repository)
{
	switch (bk_git.repository_state(repository->git)) {
	case GIT_REPOSITORY_STATE_NONE:
	case GIT_REPOSITORY_STATE_BISECT: return BK_OK;
	default:
		return bk_fail(BK_EGIT,
			"'%s' is in the middle of a merge, rebase or the like: finish or abort that with git "
			"first",
			repository->folder);
	}
}

static bool has_trailers(const char *message)
{
	git_message_trailer_array trailers = {0};
	bool found = false;

	if (bk_git.message_trailers(&trailers, message) == 0) {
		found = trailers.count > 0;
		bk_git.message_trailer_array_free(&trailers);
	}
	return found;
}

static int put_trailer(struct bk_buf *out, const char *key, const char *value, bool *block)
{
	if (!value || !*value)
		return BK_OK;
	for (const char *c = value; *c; c++)
		if ((unsigned char)*c < ' ')
			return bk_fail(BK_EINVAL, "the %s '%s' must stand on one line", key, value);
	bk_buf_printf(out, "%s%s: ", *block ? "" : "\n", key);
	bk_utf8_put_valid(out, bk_str_of(value));
	bk_buf_putc(out, '\n');
	*block = true;
	return bk_buf_status(out);
}

static int put_trailers(struct bk_commit *commit, const struct bk_trailer *trailers, size_t count,
	const char *draft, bool forged)
{
	bool block = false;
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < count; i++)
		status = put_trailer(&commit->message, trailers[i].key, trailers[i].value, &block);
	if (status == BK_OK && forged && !block && draft)
		status = put_trailer(&commit->message, "Draft", draft, &block);
	return status;
}

int bk_commit_say(struct bk_commit *commit, const char *message, const struct bk_trailer *trailers,
	size_t count, const char *draft)
{
	struct bk_buf given = BK_BUF_INIT;
	git_buf pretty = {0};
	int code, status;

	bk_utf8_put_valid(&given, bk_str_of(message ? message : ""));
	status = bk_buf_status(&given);
	if (status == BK_OK) {
		code = bk_git.message_prettify(&pretty, bk_buf_string(&given), 0, '#');
		status = code < 0 ? bk_git_fail(code, "writing", "the message") : BK_OK;
	}
	bk_buf_release(&given);
	if (status == BK_OK && pretty.size == 0)
		status = bk_fail(BK_EINVAL, "a revision needs a message: say what changed");
	if (status == BK_OK) {
		bk_buf_put(&commit->message, pretty.ptr, pretty.size);
		status = put_trailers(commit, trailers, count, draft, has_trailers(pretty.ptr));
	}
	bk_git.buf_dispose(&pretty);
	return status == BK_OK ? bk_buf_status(&commit->message) : status;
}

/* ---- What it is put on ------------------------------------------------------------------------------- */

/* The branch that HEAD names, born or not; HEAD itself when it is detached. */
static int find_branch(struct bk_commit *commit)
{
	git_reference *head = NULL;
	int code = bk_git.reference_lookup(&head, commit->repository->git, "HEAD");

	if (code < 0)
		return bk_git_fail(code, "reading HEAD of", commit->repository->folder);
	snprintf(commit->branch, sizeof commit->branch, "%s",
		bk_git.reference_type(head) == GIT_REFERENCE_SYMBOLIC ? bk_git.reference_symbolic_target(head)
								      : "HEAD");
	bk_git.reference_free(head);
	return BK_OK;
}

static void forget_parent(struct bk_commit *commit)
{
	bk_git.tree_free(commit->base);
	bk_git.commit_free(commit->parent);
	commit->base = NULL;
	commit->parent = NULL;
}

static int find_parent(struct bk_commit *commit)
{
	git_repository *git = commit->repository->git;
	git_oid now;
	int code;

	forget_parent(commit);
	code = bk_git.reference_name_to_id(&now, git, commit->branch);
	if (commit->stands &&
		(code == GIT_ENOTFOUND || (code == 0 && !bk_git.oid_equal(&now, &commit->parent_id))))
		return bk_fail(BK_ECHANGED, "the branch '%s' was moved by others meanwhile: try again",
			commit->branch);
	if (code == GIT_ENOTFOUND)
		return BK_OK;
	if (code == 0)
		bk_git.oid_cpy(&commit->parent_id, &now);
	if (code == 0)
		code = bk_git.commit_lookup(&commit->parent, git, &commit->parent_id);
	if (code == 0)
		code = bk_git.commit_tree(&commit->base, commit->parent);
	return code < 0 ? bk_git_fail(code, "reading the branch", commit->branch) : BK_OK;
}

/* No folder on the way to name may be a file, a link or a module in the tree. */
static int check_way(const git_tree *tree, const char *name)
{
	struct bk_buf part = BK_BUF_INIT;
	int status = BK_OK;

	for (const char *slash = strchr(name, '/'); slash && status == BK_OK;
		slash = strchr(slash + 1, '/')) {
		git_tree_entry *entry = NULL;

		bk_buf_clear(&part);
		bk_buf_put(&part, name, (size_t)(slash - name));
		status = bk_buf_status(&part);
		if (status != BK_OK || bk_git.tree_entry_bypath(&entry, tree, bk_buf_string(&part)) < 0)
			break;
		if (bk_git.tree_entry_filemode(entry) != GIT_FILEMODE_TREE)
			status = bk_fail(BK_EGIT, "saving '%s': '%s' is no folder in the repository", name,
				bk_buf_string(&part));
		bk_git.tree_entry_free(entry);
	}
	bk_buf_release(&part);
	return status;
}

/* What the parent holds of our files: it must be a plain file, keeps its mode, and must not have changed since
 * we first looked. */
static int look_at_base(struct bk_commit *commit)
{
	if (!commit->seen)
		commit->seen = bk_calloc(commit->updates.len, sizeof *commit->seen);
	if (!commit->seen)
		return bk_fail_memory();
	for (size_t i = 0; i < commit->updates.len; i++) {
		git_tree_update *update = &commit->updates.items[i];
		git_tree_entry *entry = NULL;
		git_oid now = {{0}};
		int status = commit->base ? check_way(commit->base, update->path) : BK_OK;

		if (status == BK_OK && commit->base)
			status = bk_git_file_entry(&entry, commit->base, update->path);
		if (entry) {
			bk_git.oid_cpy(&now, bk_git.tree_entry_id(entry));
			update->filemode = bk_git.tree_entry_filemode(entry);
			bk_git.tree_entry_free(entry);
		}
		if (status != BK_OK && status != BK_ENOTFOUND)
			return status;
		if (commit->looked && !bk_git.oid_equal(&now, &commit->seen[i]))
			return bk_fail(BK_ECHANGED,
				"'%s' was saved by somebody else meanwhile: merge, then save again",
				update->path);
		bk_git.oid_cpy(&commit->seen[i], &now);
	}
	commit->looked = true;
	return BK_OK;
}

/* ---- The commit -------------------------------------------------------------------------------------- */

static int write_tree(struct bk_commit *commit, git_tree **tree)
{
	git_repository *git = commit->repository->git;
	const char *const of = commit->updates.len ? commit->updates.items[0].path : "a merge";
	git_oid id;
	int code = bk_git.tree_create_updated(
		&id, git, commit->base, commit->updates.len, commit->updates.items);

	if (code == 0 && commit->base && commit->joined.len == 0 &&
		bk_git.oid_equal(&id, bk_git.tree_id(commit->base)))
		return bk_fail(BK_EEXISTS, "nothing has changed since the last revision");
	if (code == 0) {
		const int status = bk_git_require(commit->repository, &id, "storing the folder of", of);

		if (status != BK_OK)
			return status;
		code = bk_git.tree_lookup(tree, git, &id);
	}
	return code < 0 ? bk_git_fail(code, "storing the folder of", of) : BK_OK;
}

static int write_commit(struct bk_commit *commit)
{
	BK_VEC(const git_commit *) parents = BK_VEC_INIT;
	git_tree *tree = NULL;
	int code, status = write_tree(commit, &tree);

	if (status != BK_OK)
		return status;
	if (!BK_VEC_RESERVE(&parents, commit->joined.len + 1)) {
		bk_git.tree_free(tree);
		return bk_fail_memory();
	}
	if (commit->parent)
		parents.items[parents.len++] = commit->parent;
	for (size_t i = 0; i < commit->joined.len; i++)
		parents.items[parents.len++] = commit->joined.items[i];
	code = bk_git.commit_create(&commit->id, commit->repository->git, NULL, commit->author,
		commit->committer, NULL, bk_buf_string(&commit->message), tree, parents.len, parents.items);
	BK_VEC_RELEASE(&parents);
	bk_git.tree_free(tree);
	return code < 0 ? bk_git_fail(code, "storing", "the revision")
			: bk_git_require(commit->repository, &commit->id, "storing", "the revision");
}

/* git's codes: 0, GIT_EMODIFIED and GIT_EEXISTS when the branch moved, GIT_ELOCKED when it is being moved. */
static int move_branch(struct bk_commit *commit)
{
	git_reference *moved = NULL;
	char log[80];
	int code;

	snprintf(log, sizeof log, "commit%s: %.60s",
		commit->joined.len ? " (merge)"
		: commit->parent   ? ""
				   : " (initial)",
		bk_buf_string(&commit->message));
	log[strcspn(log, "\n")] = '\0';
	if (commit->parent)
		code = bk_git.reference_create_matching(&moved, commit->repository->git, commit->branch,
			&commit->id, 1, &commit->parent_id, log);
	else
		code = bk_git.reference_create(
			&moved, commit->repository->git, commit->branch, &commit->id, 0, log);
	bk_git.reference_free(moved);
	return code;
}

static bool is_race(int code)
{
	return code == GIT_EMODIFIED || code == GIT_EEXISTS || code == GIT_ELOCKED || code == GIT_ENOTFOUND;
}

/* The branch may have moved all the same, when only the sync of its folder failed: then the id is told, too. */
static int fail_move(struct bk_commit *commit, int failed)
{
	char said[512];
	git_oid now;
	const int status = bk_git_fail(failed, "moving the branch", commit->branch);
	int code;

	snprintf(said, sizeof said, "%s", bk_error_message());
	code = bk_git.reference_name_to_id(&now, commit->repository->git, commit->branch);
	if (code < 0 && code != GIT_ENOTFOUND)
		return bk_fail(
			status, "%s; whether the revision is saved cannot be read now: git log tells", said);
	if (code < 0 || !bk_git.oid_equal(&now, &commit->id))
		return bk_fail(status, "%s", said);
	commit->moved = true;
	return bk_fail(BK_EIO, "the revision is saved, but not surely on the disk: %s", said);
}

static int attempt_it(struct bk_commit *commit)
{
	int status = commit->stands ? BK_OK : find_branch(commit);

	if (status == BK_OK && commit->claim.file < 0)
		status = bk_claim_take(&commit->claim, commit->repository, commit->branch);
	if (status == BK_OK)
		status = find_parent(commit);
	if (status == BK_OK && !commit->stands)
		status = look_at_base(commit);
	if (status == BK_OK)
		status = write_commit(commit);
	return status == BK_OK ? bk_claim_name(&commit->claim, &commit->id) : status;
}

int bk_commit_make(struct bk_commit *commit)
{
	int code = 0;

	for (int attempt = 0; attempt < TRIES; attempt++) {
		int status;

		pause_before(attempt);
		status = attempt_it(commit);
		if (status != BK_OK)
			return status;
		bk_claim_touch(&commit->claim);
		code = move_branch(commit);
		if (code == 0) {
			commit->moved = true;
			return BK_OK;
		}
		if (!is_race(code))
			break;
	}
	if (code == GIT_ELOCKED || !is_race(code))
		return fail_move(commit, code);
	return bk_fail(
		BK_ECHANGED, "the branch '%s' is moved by others all the time: save again", commit->branch);
}

void bk_commit_init(struct bk_commit *commit, bk_repository *repository)
{
	*commit = (struct bk_commit){.repository = repository, .claim = {.file = -1}};
}

void bk_commit_release(struct bk_commit *commit)
{
	bk_claim_give(&commit->claim);
	forget_parent(commit);
	for (size_t i = 0; i < commit->joined.len; i++)
		bk_git.commit_free(commit->joined.items[i]);
	BK_VEC_RELEASE(&commit->joined);
	BK_VEC_RELEASE(&commit->updates);
	bk_git.signature_free(commit->author);
	bk_git.signature_free(commit->committer);
	bk_buf_release(&commit->message);
	bk_free(commit->seen);
}
