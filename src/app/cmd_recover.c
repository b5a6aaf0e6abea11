/* bracked recover: a party's text, or the base, given back from a compilation and its proof; and what the
 * proof says. */
#include "app/merged_files.h"
#include "app/proof_print.h"
#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/file.h"

#include <bracked/merge.h>
#include <string.h>

static const struct bk_option options[] = {
	{.name = "proof", .value = "PROOF", .help = "the proof that came with the compilation"},
	{.name = "csv", .help = "print every proposal and where it is, or the table, as CSV"},
	{.name = "table", .help = "print new and old numbers, contributors, and how they were consolidated"},
	{0},
};

/* Whether proposals are asked for, and no text. */
static bool is_list(const struct bk_invocation *invocation)
{
	return bk_args_has(invocation->given, "csv") || bk_args_has(invocation->given, "table");
}

/* A file, or one in a revision, "REV:path". */
static int read_text(const struct bk_invocation *invocation, const char *name, struct bk_file_bytes *out)
{
	struct bk_session *session;
	struct bk_str bytes = {0};
	char *copy = NULL;
	int status = bk_file_read(out, name);

	if (status != BK_ENOTFOUND || !strchr(name, ':'))
		return status;
	status = bk_session_open(&session, name, BK_SESSION_READ | BK_SESSION_UNREAD, &invocation->session);
	if (status != BK_OK)
		return status;
	status = bk_snapshot_flat(bk_text_now(session->text), &bytes.ptr, &bytes.len);
	if (status == BK_OK && !(copy = bk_memdup(bytes.ptr, bytes.len)))
		status = bk_fail_memory();
	bk_session_free(session);
	if (status == BK_OK)
		*out = (struct bk_file_bytes){.str = {copy, bytes.len}, .stamp = {.exists = true}};
	return status;
}

/* The compilation: named, else the one that the proof names, beside the proof when it is not here. */
static int read_compilation(const struct bk_invocation *invocation, const char *proof_path, const char *name,
	struct bk_file_bytes *out)
{
	const char *slash = strrchr(proof_path, '/');
	struct bk_buf beside = BK_BUF_INIT;
	int status;

	const size_t before = is_list(invocation) ? 0 : 1; /* the arguments before it */

	if (invocation->arg_count > before)
		return read_text(invocation, invocation->args[before], out);
	if (strcmp(name, "-") == 0)
		return bk_fail(BK_EINVAL,
			"the compilation was printed, so the proof cannot name it: give its file, too");
	if (slash && name[0] != '/')
		bk_buf_put(&beside, proof_path, (size_t)(slash + 1 - proof_path));
	bk_buf_puts(&beside, strrchr(name, '/') && slash ? strrchr(name, '/') + 1 : name);
	status = bk_file_read(out, name);
	if (status == BK_ENOTFOUND && bk_buf_status(&beside) == BK_OK)
		status = bk_file_read(out, bk_buf_string(&beside));
	bk_buf_release(&beside);
	return status;
}

/* The compilation, and the proof that is of it. */
static int match(const struct bk_invocation *invocation, bk_proof **proof, const char *path,
	struct bk_file_bytes *compilation)
{
	const int status = read_compilation(invocation, path, bk_proof_out_name(*proof), compilation);

	if (status == BK_OK && bk_merged_files_former(proof, path, compilation->str))
		bk_output_remark(
			"'%s' is of a merge that was cut off: the one before it is used; merge again", path);
	return status;
}

static int recover(struct bk_invocation *invocation, bk_proof **proof, const char *path)
{
	struct bk_file_bytes compilation = {0};
	char *bytes;
	size_t len;
	int status = match(invocation, proof, path, &compilation);

	if (status == BK_OK)
		status = bk_proof_recover(
			*proof, invocation->args[0], compilation.str.ptr, compilation.str.len, &bytes, &len);
	if (status == BK_OK) {
		bk_output_bytes(invocation->output, (struct bk_str){bytes, len});
		bk_proof_free_json(bytes);
	}
	bk_file_release(&compilation);
	return status == BK_OK ? BK_EXIT_OK : bk_subject_failed(status);
}

static int print_table(struct bk_invocation *invocation, bk_proof **proof, const char *path)
{
	struct bk_file_bytes compilation = {0};
	struct bk_session *session = NULL;
	int status = match(invocation, proof, path, &compilation);

	if (status == BK_OK)
		status = bk_proof_read(*proof);
	if (status == BK_OK)
		status = bk_session_open_roster(&session, &invocation->session);
	if (status == BK_OK)
		status = bk_proof_print_table(invocation->output, session, *proof, compilation.str,
			bk_args_has(invocation->given, "csv"));
	bk_session_free(session);
	bk_file_release(&compilation);
	return status;
}

static int print_proposals(struct bk_invocation *invocation, bk_proof *proof)
{
	const int status = bk_proof_read(proof);

	return status == BK_OK ? bk_proof_print_proposals(invocation->output, proof) : status;
}

static int list(struct bk_invocation *invocation, bk_proof **proof, const char *path)
{
	const int status = bk_args_has(invocation->given, "table") ? print_table(invocation, proof, path)
								   : print_proposals(invocation, *proof);

	return status == BK_OK ? BK_EXIT_OK : bk_subject_failed(status);
}

static int run(struct bk_invocation *invocation)
{
	const char *path = bk_args_value(invocation->given, "proof");
	struct bk_file_bytes file = {0};
	bk_proof *proof = NULL;
	int status, exit;

	if (!path || invocation->arg_count + is_list(invocation) < 1 ||
		invocation->arg_count + is_list(invocation) > 2)
		return bk_subject_usage(invocation);
	status = bk_file_read(&file, path);
	if (status == BK_OK)
		status = bk_proof_parse(&proof, file.str.ptr, file.str.len, path);
	if (status != BK_OK)
		exit = bk_subject_failed(status);
	else
		exit = is_list(invocation) ? list(invocation, &proof, path)
					   : recover(invocation, &proof, path);
	bk_proof_free(proof);
	bk_file_release(&file);
	return exit;
}

const struct bk_command bk_cmd_recover = {
	.name = "recover",
	.group = "Merging",
	.summary = "give a version or the base back from a compilation",
	.arguments = "--proof PROOF [PARTY|base] [OUT]",
	.options = options,
	.examples = {"bracked recover --proof all.proof EU", "bracked recover --proof all.proof --table"},
	.run = run,
};
