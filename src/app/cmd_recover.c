/* bracked recover: a party's text, or the base, given back from a compilation and its proof. */
#include "app/subject.h"
#include "base/error.h"
#include "base/file.h"

#include <bracked/merge.h>
#include <string.h>

static const struct bk_option options[] = {
	{.name = "proof", .value = "PROOF", .help = "the proof that came with the compilation"},
	{0},
};

/* The compilation: named, else the one that the proof names, beside the proof when it is not here. */
static int read_compilation(const struct bk_invocation *invocation, const char *proof_path, const char *name,
	struct bk_file_bytes *out)
{
	const char *slash = strrchr(proof_path, '/');
	struct bk_buf beside = BK_BUF_INIT;
	int status;

	if (invocation->arg_count > 1)
		return bk_file_read(out, invocation->args[1]);
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

static int recover(struct bk_invocation *invocation, const bk_proof *proof, const char *path)
{
	struct bk_file_bytes compilation = {0};
	char *bytes;
	size_t len;
	int status = read_compilation(invocation, path, bk_proof_out_name(proof), &compilation);

	if (status == BK_OK)
		status = bk_proof_recover(
			proof, invocation->args[0], compilation.str.ptr, compilation.str.len, &bytes, &len);
	if (status == BK_OK) {
		bk_output_bytes(invocation->output, (struct bk_str){bytes, len});
		bk_proof_free_json(bytes);
	}
	bk_file_release(&compilation);
	return status == BK_OK ? BK_EXIT_OK : bk_subject_failed(status);
}

static int run(struct bk_invocation *invocation)
{
	const char *path = bk_args_value(invocation->given, "proof");
	struct bk_file_bytes file = {0};
	bk_proof *proof = NULL;
	int status, exit;

	if (!path || invocation->arg_count < 1 || invocation->arg_count > 2)
		return bk_subject_usage(invocation);
	status = bk_file_read(&file, path);
	if (status == BK_OK)
		status = bk_proof_parse(&proof, file.str.ptr, file.str.len, path);
	exit = status == BK_OK ? recover(invocation, proof, path) : bk_subject_failed(status);
	bk_proof_free(proof);
	bk_file_release(&file);
	return exit;
}

const struct bk_command bk_cmd_recover = {
	.name = "recover",
	.group = "Merging",
	.summary = "give a version or the base back from a compilation",
	.arguments = "--proof PROOF PARTY|base [OUT]",
	.options = options,
	.examples = {"bracked recover --proof all.proof EU",
		"bracked recover --proof all.proof base all.txt"},
	.run = run,
};
