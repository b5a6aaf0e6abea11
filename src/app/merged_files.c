/* The files of a merge: see the header. */
#include "app/merged_files.h"

#include "app/args.h"
#include "app/merged_ledger.h"
#include "app/output.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct writing {
	const struct bk_merging *merging;
	struct bk_invocation *invocation;
	const char *out, *proof; /* paths; either may be NULL */
	struct bk_str bytes;	 /* the compilation */
	struct bk_file_bytes old_out, old_proof;
	struct bk_buf former; /* path of PROOF.before-merge; "" when none is written */
	struct bk_file_stamp old_former;
	bool kept; /* it holds the old proof */
	struct bk_session *session;
	struct bk_buf lines; /* that the ledger gains */
	bk_appending *appending;
	bk_replacing *out_file, *proof_file;
	struct bk_file_stamp out_stamp, proof_stamp;
};

/* ---- Which proof is whose ------------------------------------------------------------------------------ */

static int former_path(struct bk_buf *path, const char *proof)
{
	bk_buf_printf(path, "%s" BK_MERGED_FORMER, proof);
	return bk_buf_status(path);
}

static int read_proof(bk_proof **out, const char *path)
{
	struct bk_file_bytes file = {0};
	int status = bk_file_read(&file, path);

	if (status == BK_OK)
		status = bk_proof_parse(out, file.str.ptr, file.str.len, path);
	bk_file_release(&file);
	return status;
}

/* Whether the proof at a path speaks of these bytes: then they are a compilation that nobody has edited. */
static bool is_proved(const char *path, struct bk_str bytes)
{
	bk_proof *proof = NULL;
	const bool proved = read_proof(&proof, path) == BK_OK && bk_proof_is_of(proof, bytes.ptr, bytes.len);

	bk_proof_free(proof);
	return proved;
}

bool bk_merged_files_former(bk_proof **proof, const char *path, struct bk_str compilation)
{
	struct bk_buf beside = BK_BUF_INIT;
	bk_proof *former = NULL;
	const bool is = !bk_proof_is_of(*proof, compilation.ptr, compilation.len) &&
			former_path(&beside, path) == BK_OK &&
			read_proof(&former, bk_buf_string(&beside)) == BK_OK &&
			bk_proof_is_of(former, compilation.ptr, compilation.len);

	bk_proof_free(is ? *proof : former);
	if (is)
		*proof = former;
	bk_buf_release(&beside);
	return is;
}

/* What was edited since it was compiled, or is something else, is not written over. */
static int refuse_edited(const struct writing *writing)
{
	const struct bk_str there = writing->old_out.str;

	if (!there.len || bk_str_equal(there, writing->bytes) ||
		bk_args_has(writing->invocation->given, "force"))
		return BK_OK;
	if (writing->proof &&
		(is_proved(writing->proof, there) || is_proved(bk_buf_string(&writing->former), there)))
		return BK_OK;
	return bk_fail(BK_ECHANGED,
		"'%s' is there, and no compilation that its proof speaks of: name another file, or write "
		"over it with --force",
		writing->out);
}

/* Whether a file is another one than OUT, and the compilation that a proof speaks of. */
static int needs_proof(const struct writing *writing, const bk_proof *proof, const char *path, bool *needs)
{
	const struct bk_file_stamp *const out = &writing->old_out.stamp;
	struct bk_file_bytes file = {0};
	const int status = bk_file_read(&file, path);

	*needs = status == BK_OK &&
		 !(out->exists && file.stamp.device == out->device && file.stamp.inode == out->inode) &&
		 bk_proof_is_of(proof, file.str.ptr, file.str.len);
	bk_file_release(&file);
	return status == BK_ENOTFOUND ? BK_OK : status;
}

/* Nor is the proof of another compilation that stands where it was merged to, or beside its proof. */
static int refuse_needed(const struct writing *writing, const bk_proof *proof, const char *path)
{
	const char *const name = bk_proof_out_name(proof);
	const char *const slash = strrchr(name, '/'), *const folder = strrchr(path, '/');
	struct bk_buf beside = BK_BUF_INIT;
	bool needs = false;
	int status;

	if (bk_args_has(writing->invocation->given, "force"))
		return BK_OK;
	bk_buf_put(&beside, path, folder ? (size_t)(folder + 1 - path) : 0);
	bk_buf_puts(&beside, slash ? slash + 1 : name);
	status = bk_buf_status(&beside);
	if (status == BK_OK)
		status = needs_proof(writing, proof, name, &needs);
	if (status == BK_OK && !needs)
		status = needs_proof(writing, proof, bk_buf_string(&beside), &needs);
	if (status == BK_OK && needs)
		status = bk_fail(BK_ECHANGED,
			"'%s' is the proof of '%s', which stands as it was merged: name another file, or "
			"write over it with --force",
			path, name);
	bk_buf_release(&beside);
	return status;
}

/* Nor is what is no proof written over by one; nothing is lost of what is empty. */
static int refuse_other(const struct writing *writing)
{
	const struct bk_str there = writing->old_proof.str;
	bk_proof *proof = NULL;
	int status;

	if (!there.len || bk_args_has(writing->invocation->given, "force"))
		return BK_OK;
	status = bk_proof_parse(&proof, there.ptr, there.len, writing->proof);
	if (status < 0 && status != BK_ENOMEM)
		return bk_fail(BK_ECHANGED,
			"'%s' is there, and no proof: name another file, or write over it with --force",
			writing->proof);
	if (status == BK_OK)
		status = refuse_needed(writing, proof, writing->proof);
	bk_proof_free(proof);
	return status;
}

/* ---- Beside the files ---------------------------------------------------------------------------------- */

static int read_old(struct bk_file_bytes *out, const char *path)
{
	const int status = path ? bk_file_read(out, path) : BK_ENOTFOUND;

	return status == BK_ENOTFOUND ? BK_OK : status;
}

/* What is called PROOF.before-merge, and is not what a merge that was killed has kept, is somebody's. */
static int look_at_former(struct writing *writing)
{
	const char *const path = bk_buf_string(&writing->former);
	struct bk_file_bytes file = {0};
	bk_proof *proof = NULL;
	struct stat about;
	int status;

	if (lstat(path, &about) < 0)
		return errno == ENOENT ? BK_OK : bk_fail_errno(errno, "looking at", path);
	status = bk_file_read_plain(&file, path);
	writing->old_former = file.stamp;
	if (status == BK_OK)
		status = bk_proof_parse(&proof, file.str.ptr, file.str.len, path);
	bk_file_release(&file);
	if (status < 0 && status != BK_ENOMEM)
		return bk_fail(BK_ECHANGED,
			"'%s' is there, and no proof that a merge has kept: move it, for the proof of the "
			"compilation that stands is kept under this name meanwhile",
			path);
	if (status == BK_OK)
		status = refuse_needed(writing, proof, path);
	bk_proof_free(proof);
	return status;
}

static int look(struct writing *writing)
{
	int status = read_old(&writing->old_out, writing->out);

	if (status == BK_OK)
		status = read_old(&writing->old_proof, writing->proof);
	if (status == BK_OK && writing->out && writing->proof)
		status = former_path(&writing->former, writing->proof);
	if (status == BK_OK)
		status = refuse_other(writing);
	if (status == BK_OK && writing->former.len)
		status = look_at_former(writing);
	return status == BK_OK ? refuse_edited(writing) : status;
}

static int make_ledger(struct writing *writing)
{
	const struct bk_str old = writing->old_out.str;
	const uint64_t hash = old.len && !bk_str_equal(old, writing->bytes) ? bk_hash(old.ptr, old.len) : 0;
	const int status = bk_session_open_unwritten(
		&writing->session, writing->out, writing->bytes, &writing->invocation->session);

	return status == BK_OK
		       ? bk_merged_ledger_put(writing->merging, writing->session, hash, &writing->lines)
		       : status;
}

static int make_proof(struct writing *writing)
{
	const char *out = writing->out ? writing->out : "-";
	char *json;
	size_t len;
	int status = bk_merge_prove(writing->merging->merge, out, writing->merging->base->name, &json, &len);

	if (status < 0)
		return status;
	status = bk_replacing_new_bytes(&writing->proof_file, writing->proof, (struct bk_str){json, len},
		&writing->old_proof.stamp, 0);
	bk_proof_free_bytes(json);
	return status;
}

static int write_beside(struct writing *writing)
{
	int status = writing->out ? make_ledger(writing) : BK_OK;

	if (status == BK_OK && writing->out)
		status = bk_replacing_new_bytes(
			&writing->out_file, writing->out, writing->bytes, &writing->old_out.stamp, 0);
	if (status == BK_OK && writing->proof)
		status = make_proof(writing);
	return status;
}

/* ---- In their places ----------------------------------------------------------------------------------- */

/* The proof of a compilation that stands is kept until the new one stands, which may be the same. */
static int keep_proof(struct writing *writing)
{
	const struct bk_str there = writing->old_out.str;
	int status;

	if (!writing->proof || !there.len || bk_str_equal(there, writing->bytes) ||
		!is_proved(writing->proof, there))
		return BK_OK;
	status = bk_file_replace_bytes(bk_buf_string(&writing->former), writing->old_proof.str,
		&writing->old_former, BK_REPLACE_PRIVATE, NULL);
	writing->kept = status == BK_OK;
	return status;
}

static int put_in_place(struct writing *writing)
{
	int status = keep_proof(writing);

	if (status == BK_OK && writing->lines.len)
		status = bk_appending_new(
			&writing->appending, writing->session->ledger_path, bk_buf_str(&writing->lines));
	if (status == BK_OK && writing->proof)
		status = bk_replacing_finish(writing->proof_file, &writing->proof_stamp);
	if (status == BK_OK && writing->out)
		status = bk_replacing_finish(writing->out_file, &writing->out_stamp);
	else if (status == BK_OK)
		bk_output_bytes(writing->invocation->output, writing->bytes);
	return status;
}

static int put_back_proof(const struct writing *writing)
{
	if (!writing->proof_stamp.exists)
		return BK_OK;
	if (writing->old_proof.stamp.exists)
		return bk_file_replace_bytes(
			writing->proof, writing->old_proof.str, NULL, BK_REPLACE_FORCE, NULL);
	return unlink(writing->proof) < 0 ? bk_fail_errno(errno, "removing", writing->proof) : BK_OK;
}

/* OUT did not take the new bytes: neither do the others. */
static int take_back(struct writing *writing, int status)
{
	char why[BK_ERROR_MESSAGE], also[BK_ERROR_MESSAGE] = "";

	bk_error_keep(why);
	if (put_back_proof(writing) < 0)
		bk_error_keep(also);
	else if (writing->kept)
		unlink(bk_buf_string(&writing->former));
	if (bk_appending_free(writing->appending, true) < 0 && !also[0])
		bk_error_keep(also);
	writing->appending = NULL;
	return bk_fail(status, "%s%s%s", why, also[0] ? "; and " : "", also);
}

static int write_all(struct writing *writing)
{
	int status = look(writing);

	if (status == BK_OK)
		status = write_beside(writing);
	if (status < 0)
		return status;
	status = put_in_place(writing);
	if (status < 0 && !writing->out_stamp.exists)
		return take_back(writing, status);
	/* Keeping what is synced cannot fail; nor does what is left of an earlier merge hurt anybody. */
	(void)bk_appending_free(writing->appending, false);
	writing->appending = NULL;
	if (status == BK_OK && (writing->kept || writing->old_former.exists))
		unlink(bk_buf_string(&writing->former));
	return status;
}

int bk_merged_files_write(const struct bk_merging *merging, struct bk_invocation *invocation, const char *out,
	const char *proof)
{
	struct writing writing = {.merging = merging, .invocation = invocation, .out = out, .proof = proof};
	int status;

	writing.bytes.ptr = bk_merge_bytes(merging->merge, &writing.bytes.len);
	status = write_all(&writing);
	bk_replacing_free(writing.out_file);
	bk_replacing_free(writing.proof_file);
	bk_session_free(writing.session);
	bk_file_release(&writing.old_out);
	bk_file_release(&writing.old_proof);
	bk_buf_release(&writing.former);
	bk_buf_release(&writing.lines);
	return status;
}
