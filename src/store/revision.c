/*
 * Saving a revision: some files, and the rest of HEAD's tree as it is, as one commit.
 *
 *	blobs -> tree (HEAD's, with our entries put in) -> commit -> the branch moves if it still stands where we
 *	read it, else all over again, some times -> our entries in the index, and those alone
 *
 * No work tree is touched and nothing is staged for anybody.  Everything is on the
 * disk before the branch moves.
 */
#include "base/alloc.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "store/claim.h"
#include "store/git.h"
#include "store/index.h"
#include "store/signature.h"

#include <stdio.h>
#include <time.h>

#define TRIES	    6
#define FIRST_PAUSE 10 /* ms; doubled at each try */

struct saving {
	bk_repository *repository;
	const struct bk_save *save;
	git_signature *author, *committer;
	struct bk_buf message;
	BK_VEC(git_tree_update) updates;
	git_oid *seen;	   /* our files in the parent that we saw first: zero where it has none */
	bool looked;	   /* seen is filled */
	char branch[1024]; /* the ref that moves */
	git_oid parent_id;
	git_commit *parent; /* NULL: the first commit */
	git_tree *base;	    /* its tree */
	git_oid commit;
	struct bk_claim claim;
	bool moved; /* the branch stands at commit */
};

static void pause_before(int attempt)
{
	const struct timespec wait = {.tv_nsec = (long)(FIRST_PAUSE << attempt) * 1000000};

	if (attempt > 0)
		nanosleep(&wait, NULL);
}

/* ---- What is saved ----------------------------------------------------------------------------------- */

static int check_state(const struct saving *saving)
{
	switch (bk_git.repository_state(saving->repository->git)) {
	case GIT_REPOSITORY_STATE_NONE:
	case GIT_REPOSITORY_STATE_BISECT: return BK_OK;
	default:
		return bk_fail(BK_EGIT,
			"'%s' is in the middle of a merge, rebase or the like: finish or abort that with git "
			"first",
			saving->repository->folder);
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

/*
 * The trailers as a paragraph of their own, so that what a person wrote is none of them; where the last lines
 * of that look like trailers and there are none of ours, the draft's name stands behind them.
 */
static int write_trailers(struct saving *saving, bool forged)
{
	const struct bk_save *save = saving->save;
	bool block = false;
	int status = put_trailer(&saving->message, "Symbol", save->symbol, &block);

	if (status == BK_OK)
		status = put_trailer(&saving->message, "Party", save->party, &block);
	if (status == BK_OK && forged && !block && save->file_count)
		status = put_trailer(&saving->message, "Draft", save->files[0].name, &block);
	return status;
}

/* The message without blanks at line ends and at both ends, then the trailers. */
static int write_message(struct saving *saving)
{
	struct bk_buf given = BK_BUF_INIT;
	git_buf pretty = {0};
	int code, status;

	bk_utf8_put_valid(&given, bk_str_of(saving->save->message ? saving->save->message : ""));
	status = bk_buf_status(&given);
	if (status == BK_OK) {
		code = bk_git.message_prettify(&pretty, bk_buf_string(&given), 0, '#');
		status = code < 0 ? bk_git_fail(code, "writing", "the message") : BK_OK;
	}
	bk_buf_release(&given);
	if (status == BK_OK && pretty.size == 0)
		status = bk_fail(BK_EINVAL, "a revision needs a message: say what changed");
	if (status == BK_OK) {
		bk_buf_put(&saving->message, pretty.ptr, pretty.size);
		status = write_trailers(saving, has_trailers(pretty.ptr));
	}
	bk_git.buf_dispose(&pretty);
	return status == BK_OK ? bk_buf_status(&saving->message) : status;
}

static int write_blobs(struct saving *saving)
{
	for (size_t i = 0; i < saving->save->file_count; i++) {
		const struct bk_save_file *file = &saving->save->files[i];
		git_tree_update *update;
		int code, status = bk_git_check_name(file->name);

		if (status != BK_OK)
			return status;
		update = BK_VEC_PUSH(&saving->updates);
		if (!update)
			return bk_fail_memory();
		*update = (git_tree_update){
			.action = GIT_TREE_UPDATE_UPSERT, .filemode = GIT_FILEMODE_BLOB, .path = file->name};
		code = bk_git.blob_create_from_buffer(
			&update->id, saving->repository->git, file->bytes ? file->bytes : "", file->len);
		if (code < 0)
			return bk_git_fail(code, "storing", file->name);
	}
	return BK_OK;
}

/* ---- What it is put on ------------------------------------------------------------------------------- */

/* The branch that HEAD names, born or not; HEAD itself when it is detached. */
static int find_branch(struct saving *saving)
{
	git_reference *head = NULL;
	int code = bk_git.reference_lookup(&head, saving->repository->git, "HEAD");

	if (code < 0)
		return bk_git_fail(code, "reading HEAD of", saving->repository->folder);
	snprintf(saving->branch, sizeof saving->branch, "%s",
		bk_git.reference_type(head) == GIT_REFERENCE_SYMBOLIC ? bk_git.reference_symbolic_target(head)
								      : "HEAD");
	bk_git.reference_free(head);
	return BK_OK;
}

static void forget_parent(struct saving *saving)
{
	bk_git.tree_free(saving->base);
	bk_git.commit_free(saving->parent);
	saving->base = NULL;
	saving->parent = NULL;
}

static int find_parent(struct saving *saving)
{
	git_repository *git = saving->repository->git;
	int code;

	forget_parent(saving);
	code = bk_git.reference_name_to_id(&saving->parent_id, git, saving->branch);
	if (code == GIT_ENOTFOUND)
		return BK_OK;
	if (code == 0)
		code = bk_git.commit_lookup(&saving->parent, git, &saving->parent_id);
	if (code == 0)
		code = bk_git.commit_tree(&saving->base, saving->parent);
	return code < 0 ? bk_git_fail(code, "reading the branch", saving->branch) : BK_OK;
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
static int look_at_base(struct saving *saving)
{
	for (size_t i = 0; i < saving->updates.len; i++) {
		git_tree_update *update = &saving->updates.items[i];
		git_tree_entry *entry = NULL;
		git_oid now = {{0}};
		int status = saving->base ? check_way(saving->base, update->path) : BK_OK;

		if (status == BK_OK && saving->base)
			status = bk_git_file_entry(&entry, saving->base, update->path);
		if (entry) {
			bk_git.oid_cpy(&now, bk_git.tree_entry_id(entry));
			update->filemode = bk_git.tree_entry_filemode(entry);
			bk_git.tree_entry_free(entry);
		}
		if (status != BK_OK && status != BK_ENOTFOUND)
			return status;
		if (saving->looked && !bk_git.oid_equal(&now, &saving->seen[i]))
			return bk_fail(BK_ECHANGED,
				"'%s' was saved by somebody else meanwhile: merge, then save again",
				update->path);
		bk_git.oid_cpy(&saving->seen[i], &now);
	}
	saving->looked = true;
	return BK_OK;
}

/* ---- The commit -------------------------------------------------------------------------------------- */

static int write_tree(struct saving *saving, git_tree **tree)
{
	git_repository *git = saving->repository->git;
	git_oid id;
	int code = bk_git.tree_create_updated(
		&id, git, saving->base, saving->updates.len, saving->updates.items);

	if (code == 0 && saving->base && bk_git.oid_equal(&id, bk_git.tree_id(saving->base)))
		return bk_fail(BK_EEXISTS, "nothing has changed since the last revision");
	if (code == 0)
		code = bk_git.tree_lookup(tree, git, &id);
	return code < 0 ? bk_git_fail(code, "storing the folder of", saving->updates.items[0].path) : BK_OK;
}

static int write_commit(struct saving *saving)
{
	const git_commit *parents[1] = {saving->parent};
	git_tree *tree = NULL;
	int code, status = write_tree(saving, &tree);

	if (status != BK_OK)
		return status;
	code = bk_git.commit_create(&saving->commit, saving->repository->git, NULL, saving->author,
		saving->committer, NULL, bk_buf_string(&saving->message), tree, saving->parent ? 1 : 0,
		parents);
	bk_git.tree_free(tree);
	return code < 0 ? bk_git_fail(code, "storing", "the revision") : BK_OK;
}

/* git's codes: 0, GIT_EMODIFIED and GIT_EEXISTS when the branch moved, GIT_ELOCKED when it is being moved. */
static int move_branch(struct saving *saving)
{
	git_reference *moved = NULL;
	char log[80];
	int code;

	snprintf(log, sizeof log, "commit%s: %.60s", saving->parent ? "" : " (initial)",
		bk_buf_string(&saving->message));
	log[strcspn(log, "\n")] = '\0';
	if (saving->parent)
		code = bk_git.reference_create_matching(&moved, saving->repository->git, saving->branch,
			&saving->commit, 1, &saving->parent_id, log);
	else
		code = bk_git.reference_create(
			&moved, saving->repository->git, saving->branch, &saving->commit, 0, log);
	bk_git.reference_free(moved);
	return code;
}

static bool is_race(int code)
{
	return code == GIT_EMODIFIED || code == GIT_EEXISTS || code == GIT_ELOCKED || code == GIT_ENOTFOUND;
}

/* The branch may have moved all the same, when only the sync of its folder failed: then the id is told, too. */
static int fail_move(struct saving *saving, int code)
{
	char said[512];
	git_oid now;
	int status;

	status = bk_git_fail(code, "moving the branch", saving->branch);
	snprintf(said, sizeof said, "%s", bk_error_message());
	if (bk_git.reference_name_to_id(&now, saving->repository->git, saving->branch) < 0 ||
		!bk_git.oid_equal(&now, &saving->commit))
		return bk_fail(status, "%s", said);
	saving->moved = true;
	return bk_fail(BK_EIO, "the revision is saved, but not surely on the disk: %s", said);
}

static int commit(struct saving *saving)
{
	int code = 0;

	for (int attempt = 0; attempt < TRIES; attempt++) {
		int status;

		pause_before(attempt);
		status = find_branch(saving);
		if (status == BK_OK && saving->claim.file < 0)
			status = bk_claim_take(&saving->claim, saving->repository, saving->branch);
		if (status == BK_OK)
			status = find_parent(saving);
		if (status == BK_OK)
			status = look_at_base(saving);
		if (status == BK_OK)
			status = write_commit(saving);
		if (status != BK_OK)
			return status;
		bk_claim_touch(&saving->claim);
		code = move_branch(saving);
		if (code == 0) {
			saving->moved = true;
			return BK_OK;
		}
		if (!is_race(code))
			break;
	}
	if (code == GIT_ELOCKED || !is_race(code))
		return fail_move(saving, code);
	return bk_fail(
		BK_ECHANGED, "the branch '%s' is moved by others all the time: save again", saving->branch);
}

/* ---- All of it --------------------------------------------------------------------------------------- */

static int prepare(struct saving *saving)
{
	const struct bk_save *save = saving->save;
	int status = check_state(saving);

	if (status == BK_OK)
		bk_claims_clear(saving->repository);
	if (status == BK_OK && save->file_count == 0)
		status = bk_fail(BK_EINVAL, "no file to save");
	if (status == BK_OK)
		status = bk_signature_make(
			saving->repository, save->author, save->date, &saving->author, &saving->committer);
	if (status == BK_OK)
		status = write_message(saving);
	if (status == BK_OK) {
		saving->seen = bk_calloc(save->file_count, sizeof *saving->seen);
		status = saving->seen ? BK_OK : bk_fail_memory();
	}
	if (status == BK_OK)
		status = bk_index_check(saving->repository);
	return status == BK_OK ? write_blobs(saving) : status;
}

int bk_revision_check(bk_repository *repository)
{
	const struct saving saving = {.repository = repository};
	git_signature *author, *committer;
	int status = check_state(&saving);

	if (status == BK_OK)
		status = bk_signature_make(repository, NULL, NULL, &author, &committer);
	if (status < 0)
		return status;
	bk_git.signature_free(author);
	bk_git.signature_free(committer);
	return BK_OK;
}

int bk_revision_save(bk_repository *repository, const struct bk_save *save, char id[41])
{
	struct saving saving = {.repository = repository, .save = save, .claim = {.file = -1}};
	int status = prepare(&saving);

	if (status == BK_OK)
		status = commit(&saving);
	if (saving.moved)
		bk_git.oid_tostr(id, 41, &saving.commit);
	bk_claim_touch(&saving.claim);
	if (status == BK_OK)
		status = bk_index_update(repository, saving.updates.items, saving.updates.len, save->files);
	bk_claim_give(&saving.claim);
	forget_parent(&saving);
	bk_git.signature_free(saving.author);
	bk_git.signature_free(saving.committer);
	bk_buf_release(&saving.message);
	BK_VEC_RELEASE(&saving.updates);
	bk_free(saving.seen);
	return status;
}
