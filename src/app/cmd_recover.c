/* bracked recover: a party's text, or the base, given back from a compilation and its proof; and what the
 * proof says. */
#include "app/merged_files.h"
#include "app/placing.h"
#include "app/proof_print.h"
#include "app/proof_table.h"
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

/* What is asked of a proof. */
struct asked {
	struct bk_invocation *invocation;
	const char *path;	    /* of the proof */
	const char *party;	    /* as the proof has it, or "base"; NULL: of all */
	const char *out;	    /* the compilation; NULL: what the proof names */
	struct bk_buf found;	    /* the name by which it was read */
	struct bk_session *session; /* settings and roster; NULL until they are needed */
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
static int read_compilation(struct asked *asked, const char *name, struct bk_file_bytes *out)
{
	const char *slash = strrchr(asked->path, '/');
	struct bk_buf beside = BK_BUF_INIT;
	int status;

	if (asked->out) {
		bk_buf_puts(&asked->found, asked->out);
		return read_text(asked->invocation, asked->out, out);
	}
	if (strcmp(name, "-") == 0)
		return bk_fail(BK_EINVAL,
			"the compilation was printed, so the proof cannot name it: give its file, too");
	if (slash)
		bk_buf_put(&beside, asked->path, (size_t)(slash + 1 - asked->path));
	bk_buf_puts(&beside, strrchr(name, '/') ? strrchr(name, '/') + 1 : name);
	status = bk_file_read(out, name);
	bk_buf_puts(&asked->found, name);
	if (status == BK_ENOTFOUND && bk_buf_status(&beside) == BK_OK) {
		status = bk_file_read(out, bk_buf_string(&beside));
		bk_buf_release(&asked->found);
		asked->found = beside;
		return status;
	}
	bk_buf_release(&beside);
	return status;
}

/* ---- A compilation that was edited ----------------------------------------------------------------------- */

/* A word of a command, in quotes where a shell would read it otherwise. */
static void put_word(struct bk_buf *out, const char *word)
{
	if (*word &&
		word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:")] ==
			'\0') {
		bk_buf_puts(out, word);
		return;
	}
	bk_buf_putc(out, '\'');
	for (; *word; word++)
		*word == '\'' ? bk_buf_puts(out, "'\\''") : bk_buf_putc(out, *word);
	bk_buf_putc(out, '\'');
}

/* The command that was given, for a revision of the compilation. */
static int refuse_edited(const struct asked *asked, const char *revision)
{
	struct bk_buf command = BK_BUF_INIT;
	int status;

	bk_buf_puts(&command, "bracked recover --proof ");
	put_word(&command, asked->path);
	if (bk_args_has(asked->invocation->given, "table"))
		bk_buf_puts(&command,
			bk_args_has(asked->invocation->given, "csv") ? " --table --csv" : " --table");
	if (asked->party) {
		bk_buf_putc(&command, ' ');
		put_word(&command, asked->party);
	}
	bk_buf_putc(&command, ' ');
	put_word(&command, revision);
	status = bk_buf_status(&command);
	if (status == BK_OK)
		status = bk_fail(BK_ECHANGED,
			"the compilation is not the one that '%s' proves, it has changed since; a revision "
			"holds it: "
			"%s",
			asked->path, bk_buf_string(&command));
	bk_buf_release(&command);
	return status;
}

/* Whether REV:NAME reads as the compilation from the working folder; what cannot be read does not.  BK_ENOMEM. */
static int check_revision(const struct asked *asked, const bk_proof *proof, const char *name, bool *is)
{
	struct bk_file_bytes read = {0};
	const int status = read_text(asked->invocation, name, &read);

	*is = status == BK_OK && bk_proof_is_of(proof, read.str.ptr, read.str.len);
	bk_file_release(&read);
	return status == BK_ENOMEM ? status : BK_OK;
}

/* Named from the top of the repository, else, from outside of it, by its path. */
static int name_revision(
	const struct asked *asked, const bk_proof *proof, const struct bk_session *session, const char *id)
{
	const char *const names[] = {session->repository_name, session->path};
	struct bk_buf revision = BK_BUF_INIT;
	int status = BK_OK;

	for (size_t i = 0; i < 2 && status == BK_OK; i++) {
		bool is = false;

		bk_buf_clear(&revision);
		bk_buf_printf(&revision, "%.10s:%s", id, names[i]);
		status = bk_buf_status(&revision);
		if (status == BK_OK)
			status = check_revision(asked, proof, bk_buf_string(&revision), &is);
		if (status == BK_OK && is)
			status = refuse_edited(asked, bk_buf_string(&revision));
	}
	bk_buf_release(&revision);
	return status;
}

/* Where the compilation was edited, and a revision of it is what the proof is of: BK_ECHANGED, which tells how to
 * ask for that. */
static int look_in_revisions(const struct asked *asked, const bk_proof *proof, struct bk_str compilation)
{
	struct bk_session *session;
	char id[41], *bytes = NULL;
	size_t len;
	int status;

	if (bk_proof_is_of(proof, compilation.ptr, compilation.len))
		return BK_OK;
	status = bk_buf_status(&asked->found);
	if (status == BK_OK)
		status = bk_session_open(&session, bk_buf_string(&asked->found),
			BK_SESSION_READ | BK_SESSION_UNREAD, &asked->invocation->session);
	if (status != BK_OK)
		return status == BK_ENOMEM ? status : BK_OK;
	status = bk_session_need_repository(session);
	if (status == BK_OK)
		status = bk_placing_find_revision(
			proof, session->repository, session->repository_name, NULL, NULL, id, &bytes, &len);
	else if (status != BK_ENOMEM)
		status = BK_OK;
	if (status == BK_OK && bytes && session->path)
		status = name_revision(asked, proof, session, id);
	bk_store_free(bytes);
	bk_session_free(session);
	return status;
}

/* The compilation, and the proof that is of it. */
static int match(struct asked *asked, bk_proof **proof, struct bk_file_bytes *compilation)
{
	const int status = read_compilation(asked, bk_proof_out_name(*proof), compilation);

	if (status == BK_OK && bk_merged_files_former(proof, asked->path, compilation->str))
		bk_output_remark(
			"'%s' is of a merge that was cut off: the one before it is used; merge again",
			asked->path);
	return status;
}

static int recover(struct asked *asked, bk_proof **proof)
{
	struct bk_file_bytes compilation = {0};
	char *bytes;
	size_t len;
	int status = match(asked, proof, &compilation);

	if (status == BK_OK)
		status = look_in_revisions(asked, *proof, compilation.str);
	if (status == BK_OK)
		status = bk_proof_recover(
			*proof, asked->party, compilation.str.ptr, compilation.str.len, &bytes, &len);
	if (status == BK_OK) {
		bk_output_bytes(asked->invocation->output, (struct bk_str){bytes, len});
		bk_proof_free_bytes(bytes);
	}
	bk_file_release(&compilation);
	return status;
}

static int print_table(struct asked *asked, bk_proof **proof)
{
	struct bk_invocation *invocation = asked->invocation;
	struct bk_file_bytes compilation = {0};
	uint32_t party = BK_NONE;
	int status = match(asked, proof, &compilation);

	if (status == BK_OK)
		status = look_in_revisions(asked, *proof, compilation.str);
	if (status == BK_OK && asked->party)
		status = bk_proof_party(*proof, asked->party, &party);
	if (status == BK_OK)
		status = bk_proof_read(*proof);
	if (status == BK_OK && !asked->session)
		status = bk_session_open_roster(&asked->session, &invocation->session);
	if (status == BK_OK)
		status = bk_proof_table_print(invocation->output, asked->session, *proof, compilation.str,
			party, bk_args_has(invocation->given, "csv"));
	bk_file_release(&compilation);
	return status;
}

static int print_proposals(struct asked *asked, bk_proof **proof)
{
	struct bk_file_bytes compilation = {0};
	uint32_t party = BK_NONE;
	int status = asked->out ? match(asked, proof, &compilation) : BK_OK;

	if (status == BK_OK && asked->party)
		status = bk_proof_party(*proof, asked->party, &party);
	if (status == BK_OK)
		status = bk_proof_read(*proof);
	if (status == BK_OK)
		status = bk_proof_print_proposals(asked->invocation->output, *proof, party);
	bk_file_release(&compilation);
	return status;
}

/* The party that is named, as the proof has it: by its code, or as the roster knows it; else as it is written. */
static int find_party(struct asked *asked, const bk_proof *proof, bool *found)
{
	const struct bk_party *known;
	uint32_t party;
	int status;

	*found = strcmp(asked->party, "base") == 0 || bk_proof_party(proof, asked->party, &party) == BK_OK;
	if (*found)
		return BK_OK;
	status = bk_session_open_roster(&asked->session, &asked->invocation->session);
	if (status < 0)
		return status;
	known = bk_roster_find(asked->session->roster, asked->party, strlen(asked->party));
	*found = known && bk_proof_party(proof, known->code, &party) == BK_OK;
	if (*found)
		asked->party = known->code;
	return BK_OK;
}

/* Whether a file, or one in a revision, is named. */
static bool is_text(const char *name)
{
	struct bk_file_stamp stamp;

	return strchr(name, ':') || (bk_file_stat(&stamp, name) == BK_OK && stamp.exists);
}

/* [PARTY] [OUT]; of a list both can be left out, and of proposals OUT is of no use. */
static int read_arguments(struct asked *asked, const bk_proof *proof)
{
	const struct bk_invocation *invocation = asked->invocation;
	bool found = true;
	int status = BK_OK;

	asked->party = invocation->arg_count ? invocation->args[0] : NULL;
	asked->out = invocation->arg_count > 1 ? invocation->args[1] : NULL;
	if (asked->party)
		status = find_party(asked, proof, &found);
	if (!found && !asked->out && is_list(invocation) && is_text(asked->party)) {
		asked->out = asked->party;
		asked->party = NULL;
	}
	if (status == BK_OK && is_list(invocation) && asked->party && strcmp(asked->party, "base") == 0)
		status = bk_fail(BK_EINVAL, "the base proposes nothing: name a party, or none for all");
	return status;
}

static int answer(struct asked *asked, bk_proof **proof)
{
	const struct bk_invocation *invocation = asked->invocation;
	const int status = read_arguments(asked, *proof);

	if (status < 0)
		return status;
	if (bk_args_has(invocation->given, "table"))
		return print_table(asked, proof);
	return bk_args_has(invocation->given, "csv") ? print_proposals(asked, proof) : recover(asked, proof);
}

static int run(struct bk_invocation *invocation)
{
	struct asked asked = {.invocation = invocation, .path = bk_args_value(invocation->given, "proof")};
	struct bk_file_bytes file = {0};
	bk_proof *proof = NULL;
	int status;

	if (!asked.path || invocation->arg_count > 2 || (!invocation->arg_count && !is_list(invocation)))
		return bk_subject_usage(invocation);
	status = bk_file_read(&file, asked.path);
	if (status == BK_OK)
		status = bk_proof_parse(&proof, file.str.ptr, file.str.len, asked.path);
	if (status == BK_OK)
		status = answer(&asked, &proof);
	bk_proof_free(proof);
	bk_session_free(asked.session);
	bk_buf_release(&asked.found);
	bk_file_release(&file);
	return status == BK_OK ? BK_EXIT_OK : bk_subject_failed(status);
}

const struct bk_command bk_cmd_recover = {
	.name = "recover",
	.group = "Merging",
	.summary = "give a version or the base back from a compilation",
	.arguments = "--proof PROOF {PARTY|base | --csv [PARTY] | --table [PARTY]} [OUT]",
	.options = options,
	.examples = {"bracked recover --proof all.proof EU", "bracked recover --proof all.proof --table"},
	.run = run,
};
