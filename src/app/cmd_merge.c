/* bracked merge: many parties' versions of one text as one compilation. */
#include "app/merge_branches.h"
#include "app/merged_files.h"
#include "app/subject.h"
#include "base/error.h"
#include "base/file.h"

#include <stdio.h>
#include <string.h>

static const struct bk_option options[] = {
	{.name = "base", .value = "BASE", .help = "the text that all versions began as"},
	BK_OPTION_STYLE,
	{.name = "unopposed", .help = "take what no other party touches"},
	{.name = "output",
		.letter = 'o',
		.value = "OUT",
		.help = "write the compilation here; default: print it"},
	{.name = "proof",
		.value = "PROOF",
		.help = "write what gives each version back, and where each proposal is"},
	{.name = "into", .value = "TARGET", .help = "merge branches into this one, as one revision of it"},
	{.name = "message", .letter = 'm', .value = "MESSAGE", .help = "with --into: what this revision is"},
	{.name = "force",
		.letter = 'f',
		.help = "write over an OUT that was edited, and over something else"},
	BK_OPTION_DRY_RUN,
	{0},
};

static void remark_counts(const struct bk_merging *merging)
{
	const size_t inner = bk_merge_inner_disputes(merging->merge),
		     places = bk_merge_disputes(merging->merge) + inner;
	const size_t names = bk_merge_names_left(merging->merge);
	size_t proposals, versions;
	char inside[64] = "";

	bk_merge_proposals(merging->merge, &proposals);
	bk_merge_versions(merging->merge, &versions);
	if (inner)
		snprintf(inside, sizeof inside, ", %zu of them inside others", inner);
	bk_output_remark("%zu version%s, %zu proposal%s: %zu place%s in brackets%s", versions,
		versions == 1 ? "" : "s", proposals, proposals == 1 ? "" : "s", places,
		places == 1 ? "" : "s", inside);
	if (names)
		bk_output_remark("%zu change%s of names in brackets left out: each party gives its own name",
			names, names == 1 ? "" : "s");
}

/* No version, nor the base, is written over or taken away. */
static int refuse_input(const struct bk_merging *merging, const char *path)
{
	if (bk_str_ends(bk_str_of(path), BK_STR(".ledger")))
		return bk_fail(
			BK_EINVAL, "'%s' is a ledger, which is only ever added to: name another file", path);
	for (size_t i = 0; i <= merging->count; i++) {
		const struct bk_session *session = i < merging->count ? merging->versions[i] : merging->base;

		if (session->path && bk_file_is_same(path, session->path))
			return bk_fail(BK_EINVAL,
				"'%s' is one of the texts that are merged: name another file", path);
	}
	return BK_OK;
}

/* Nor is what stands meanwhile as PROOF.before-merge, or this over OUT. */
static int refuse_former(const struct bk_merging *merging, const char *out, const char *proof)
{
	struct bk_buf path = BK_BUF_INIT;
	int status;

	bk_buf_printf(&path, "%s" BK_MERGED_FORMER, proof);
	status = bk_buf_status(&path);
	if (status == BK_OK)
		status = refuse_input(merging, bk_buf_string(&path));
	if (status == BK_OK &&
		(bk_file_is_same(bk_buf_string(&path), out) || bk_file_is_same(bk_buf_string(&path), proof)))
		status = bk_fail(BK_EINVAL,
			"'%s' is where the proof that stands is kept while it is written anew: name another "
			"file",
			bk_buf_string(&path));
	bk_buf_release(&path);
	return status;
}

/* The names of what is written are those of several files, and of none that is read. */
static int refuse_names(const struct bk_merging *merging, const char *out, const char *proof)
{
	int status = out ? refuse_input(merging, out) : BK_OK;

	if (status == BK_OK && proof)
		status = refuse_input(merging, proof);
	if (status == BK_OK && proof && strcmp(proof, "-") == 0)
		status = bk_fail(BK_EINVAL, "a proof is not printed: name a file for it, such as OUT.proof");
	if (status < 0 || !out || !proof)
		return status;
	if (bk_file_is_same(out, proof))
		return bk_fail(BK_EINVAL,
			"'%s' cannot be both the compilation and its proof: name the proof '%s.proof'", out,
			out);
	return refuse_former(merging, out, proof);
}

static int print_diff(struct bk_output *output, const char *path, struct bk_str now)
{
	struct bk_file_bytes old = {0};
	char *diff;
	size_t len;
	int status = path ? bk_file_read(&old, path) : BK_OK;

	if (status == BK_ENOTFOUND)
		status = BK_OK;
	if (status == BK_OK)
		status = bk_store_diff(old.str.ptr ? old.str.ptr : "", old.str.len, path ? path : "-",
			now.ptr, now.len, path ? path : "-", &diff, &len);
	if (status == BK_OK) {
		bk_output_diff(output, (struct bk_str){diff, len});
		bk_store_free(diff);
	}
	bk_file_release(&old);
	return status;
}

static int write_all(struct bk_invocation *invocation, const struct bk_merging *merging)
{
	const char *out = bk_args_value(invocation->given, "output"),
		   *proof = bk_args_value(invocation->given, "proof");
	struct bk_str bytes;
	int status;

	if (out && strcmp(out, "-") == 0)
		out = NULL; /* printed, as without */
	status = refuse_names(merging, out, proof);
	if (status != BK_OK)
		return bk_subject_failed(status);
	if (bk_args_has(invocation->given, "dry-run")) {
		bytes.ptr = bk_merge_bytes(merging->merge, &bytes.len);
		status = print_diff(invocation->output, out, bytes);
	} else {
		status = bk_merged_files_write(merging, invocation, out, proof);
	}
	if (status != BK_OK)
		return bk_subject_failed(status);
	remark_counts(merging);
	return bk_merge_disputes(merging->merge) ? BK_EXIT_FOUND : BK_EXIT_OK;
}

/* Options that would say nothing are refused: somebody means something by them. */
static int refuse_options(const struct bk_invocation *invocation)
{
	static const char *const of_files[] = {"base", "output", "proof", "force"};
	const bool branches = bk_args_has(invocation->given, "into");
	const char *const style = bk_args_value(invocation->given, "style");

	if (branches && style && strcmp(style, "none") == 0)
		return bk_fail(BK_EINVAL,
			"with --into names are written, for the branches' ledgers hold what was recorded and "
			"no more: "
			"give prefix, paren or dash, and bracked attribute --style none afterwards");
	for (size_t i = 0; branches && i < sizeof of_files / sizeof *of_files; i++)
		if (bk_args_has(invocation->given, of_files[i]))
			return bk_fail(BK_EINVAL,
				"--%s is for versions in files: with --into leave it out, the branches have "
				"base and "
				"texts, and each proof is written beside its draft",
				of_files[i]);
	if (!branches && bk_args_has(invocation->given, "message"))
		return bk_fail(BK_EINVAL,
			"--message is for a revision, which --into makes: leave it out, or use bracked save "
			"afterwards");
	return BK_OK;
}

static int run(struct bk_invocation *invocation)
{
	struct bk_merging merging;
	int exit, status = refuse_options(invocation);

	if (status < 0)
		return bk_subject_failed(status);
	if (bk_args_has(invocation->given, "into"))
		return invocation->arg_count ? bk_merge_branches(invocation) : bk_subject_usage(invocation);
	if (!bk_args_value(invocation->given, "base") || invocation->arg_count == 0)
		return bk_subject_usage(invocation);
	exit = bk_merging_open(&merging, invocation);
	if (exit == BK_EXIT_OK)
		exit = write_all(invocation, &merging);
	bk_merging_release(&merging);
	return exit;
}

const struct bk_command bk_cmd_merge = {
	.name = "merge",
	.group = "Merging",
	.summary = "compile many parties' versions of one text",
	.arguments = "{--base BASE PARTY=FILE... | --into TARGET BRANCH...}",
	.options = options,
	.examples =
		{"bracked merge --base outcome.txt -o all.txt --proof all.proof EU=eu.txt AOSIS=aosis.txt",
			"bracked merge --into main party/EU party/AOSIS party/US"},
	.run = run,
};
