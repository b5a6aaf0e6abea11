/*
 * bracked merge --into: the branches of parties as one, in one revision.
 *
 * A draft or ledger that somebody has open is refused, as by all commands that change one.
 */
#include "app/merge_branches.h"

#include "app/joining.h"
#include "app/merging.h"
#include "app/subject.h"
#include "base/error.h"

#include <stdio.h>
#include <string.h>

struct call {
	struct bk_invocation *invocation;
	const char *into;
	struct bk_session *surroundings;
	bk_repository *repository;
	bk_gathering *gathering;
	struct bk_joining joining;
	BK_VEC(bk_lock *) locks;
};

/* ---- What is said ------------------------------------------------------------------------------------ */

static void tell_joined(const struct call *call)
{
	size_t count;
	const struct bk_branch *branches = bk_gathering_branches(call->gathering, &count);

	for (size_t i = 1; i < count; i++)
		if (branches[i].joined)
			bk_output_remark("'%s' stands in '%s' already", branches[i].name, call->into);
}

static void put_count(struct bk_output *output, size_t count, const char *one, const char *many)
{
	bk_output_printf(output, "%zu %s", count, count == 1 ? one : many);
}

static void print_file(struct bk_output *output, const struct bk_joined *file)
{
	if (file->kind == BK_JOINED_PROOF)
		return;
	bk_output_styled(output, BK_INK_PLACE, bk_str_of(file->name));
	bk_output_puts(output, ": ");
	switch (file->kind) {
	case BK_JOINED_TAKEN:
		bk_output_printf(output, "%s ", file->file.mode ? "taken from" : "gone in");
		bk_output_text(output, bk_str_of(file->from));
		break;
	case BK_JOINED_UNITED: bk_output_puts(output, "united"); break;
	default:
		put_count(output, file->disputes, "place in dispute", "places in dispute");
		bk_output_printf(output, ", %zu taken", file->taken);
		if (file->names_left) {
			bk_output_puts(output, ", ");
			put_count(output, file->names_left, "change of names left out",
				"changes of names left out");
		}
	}
	bk_output_puts(output, "\n");
}

static int print_change(const struct call *call, const struct bk_joined *file)
{
	const struct bk_branch_file *sides[] = {&file->old, &file->file};
	char *texts[2] = {NULL, NULL}, *diff;
	size_t lens[2] = {0, 0}, len;
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < 2; i++)
		if (sides[i]->mode)
			status = bk_revision_read_blob(call->repository, sides[i]->blob, &texts[i], &lens[i]);
	if (status == BK_OK)
		status = bk_store_diff(
			texts[0], lens[0], file->name, texts[1], lens[1], file->name, &diff, &len);
	if (status == BK_OK) {
		bk_output_diff(call->invocation->output, (struct bk_str){diff, len});
		bk_store_free(diff);
	}
	bk_store_free(texts[0]);
	bk_store_free(texts[1]);
	return status;
}

static int rehearse(const struct call *call)
{
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < call->joining.files.len; i++)
		if (call->joining.files.items[i].kind != BK_JOINED_PROOF)
			status = print_change(call, &call->joining.files.items[i]);
	return status;
}

/* ---- The revision ------------------------------------------------------------------------------------ */

/* "Merge branches 'party/EU' and 'party/AOSIS' into main", as git says it. */
static int put_message(const struct call *call, struct bk_buf *out)
{
	size_t count, left = call->joining.parties.len - 1, said = 0;
	const struct bk_branch *branches = bk_gathering_branches(call->gathering, &count);

	bk_buf_puts(out, left == 1 ? "Merge branch " : "Merge branches ");
	for (size_t i = 1; i < count; i++)
		if (!branches[i].joined) {
			bk_buf_printf(out, "%s'%s'",
				said == 0	   ? ""
				: said + 1 == left ? " and "
						   : ", ",
				branches[i].name);
			said++;
		}
	bk_buf_printf(out, " into %s", call->into);
	return bk_buf_status(out);
}

static int lock_file(struct call *call, const char *name)
{
	struct bk_lock_owner owner;
	struct bk_buf path = BK_BUF_INIT;
	bk_lock **lock = BK_VEC_PUSH(&call->locks);
	int status;

	bk_buf_printf(&path, "%s/%s", bk_repository_folder(call->repository), name);
	status = lock ? bk_buf_status(&path) : bk_fail_memory();
	if (status == BK_OK)
		status = bk_lock_new(
			lock, call->invocation->session.state_folder, bk_buf_string(&path), &owner);
	if (status == BK_ELOCKED)
		status = bk_lock_refuse(&owner, name);
	bk_buf_release(&path);
	return status;
}

/* Those of the work tree that somebody may have open. */
static int lock_files(struct call *call)
{
	int status = BK_OK;

	if (!bk_gathering_is_checked_out(call->gathering))
		return status;
	for (size_t i = 0; status == BK_OK && i < call->joining.files.len; i++) {
		const struct bk_joined *file = &call->joining.files.items[i];

		if (file->kind != BK_JOINED_PROOF && file->kind != BK_JOINED_UNITED && file->old.mode)
			status = lock_file(call, file->name);
	}
	return status;
}

static int save_files(
	struct call *call, const struct bk_gathered_file *files, const char *message, char id[41])
{
	const struct bk_gathered gathered = {.files = files,
		.file_count = call->joining.files.len,
		.message = message,
		.parties = call->joining.parties.items,
		.date = call->invocation->session.date};

	return bk_gathering_save(call->gathering, &gathered, id);
}

typedef BK_VEC(struct bk_gathered_file) file_list;

/* Proofs, or all else. */
static int list_files(const struct call *call, bool proofs, file_list *files)
{
	for (size_t i = 0; i < call->joining.files.len; i++) {
		const struct bk_joined *joined = &call->joining.files.items[i];
		struct bk_gathered_file *file;

		if ((joined->kind == BK_JOINED_PROOF) != proofs)
			continue;
		file = BK_VEC_PUSH(files);
		if (!file)
			return bk_fail_memory();
		*file = (struct bk_gathered_file){joined->name, joined->file};
	}
	return BK_OK;
}

/* Files are written in their order: at no moment does a compilation stand without its proof. */
static int save(struct call *call, const char *message, char id[41])
{
	file_list files = {0};
	int status = lock_files(call);

	if (status == BK_OK)
		status = list_files(call, true, &files);
	if (status == BK_OK)
		status = list_files(call, false, &files);
	if (status == BK_OK)
		status = save_files(call, files.items, message, id);
	BK_VEC_RELEASE(&files);
	return status;
}

static int commit(struct call *call)
{
	const char *message = bk_args_value(call->invocation->given, "message");
	struct bk_output *output = call->invocation->output;
	struct bk_buf made = BK_BUF_INIT;
	char id[41] = "";
	int status = message ? BK_OK : put_message(call, &made);

	if (!message)
		message = bk_buf_string(&made);
	if (status == BK_OK)
		status = save(call, message, id);
	if (id[0]) {
		call->invocation->changed = true;
		for (size_t i = 0; i < call->joining.files.len; i++)
			print_file(output, &call->joining.files.items[i]);
		bk_output_printf(output, "%.10s ", id);
		bk_output_text(output, (struct bk_str){message, strcspn(message, "\n")});
		bk_output_puts(output, "\n");
	}
	bk_buf_release(&made);
	return status;
}

/* ---- The call ---------------------------------------------------------------------------------------- */

static int plan(struct call *call)
{
	struct bk_invocation *invocation = call->invocation;
	int status = bk_session_open_roster(&call->surroundings, &invocation->session);

	if (status == BK_OK)
		status = bk_session_open_repository(&call->repository, ".", &invocation->session);
	if (status == BK_OK)
		status = bk_gathering_new(&call->gathering, call->repository, call->into, invocation->args,
			invocation->arg_count);
	if (status < 0)
		return status;
	tell_joined(call);
	call->joining.repository = call->repository;
	call->joining.gathering = call->gathering;
	call->joining.roster = call->surroundings->roster;
	call->joining.options =
		(struct bk_merge_options){.style = bk_merging_style(invocation, call->surroundings),
			.unopposed = bk_args_has(invocation->given, "unopposed"),
			.conventions = call->surroundings->conventions,
			.names = bk_roster_names(call->surroundings->roster)};
	return bk_joining_plan(&call->joining);
}

static bool is_disputed(const struct call *call)
{
	for (size_t i = 0; i < call->joining.files.len; i++)
		if (call->joining.files.items[i].disputes)
			return true;
	return false;
}

/* What an earlier merge left undone that was killed: unless it is finished first, git takes it for changes. */
static int settle(const struct call *call, int planned)
{
	char said[BK_ERROR_MESSAGE], *left;
	int status;

	if ((planned != BK_OK && planned != BK_EEXISTS) || bk_args_has(call->invocation->given, "dry-run"))
		return planned;
	bk_error_keep(said);
	status = bk_gathering_settle(call->repository, call->into, &left);
	if (status < 0)
		return status;
	if (left)
		bk_output_remark(
			"'%s' is in the work tree as before the last merge, and so it is staged: git "
			"checkout HEAD -- '%s' brings it up to date",
			left, left);
	bk_store_free(left);
	return planned == BK_OK ? planned : bk_fail(planned, "%s", said);
}

static int answer(struct call *call)
{
	int status = settle(call, plan(call));

	if (status == BK_EEXISTS) {
		bk_output_remark("%s", bk_error_message());
		return BK_EXIT_OK;
	}
	if (status == BK_OK)
		status = bk_args_has(call->invocation->given, "dry-run") ? rehearse(call) : commit(call);
	if (status < 0)
		return bk_subject_failed(status);
	return is_disputed(call) ? BK_EXIT_FOUND : BK_EXIT_OK;
}

int bk_merge_branches(struct bk_invocation *invocation)
{
	struct call call = {.invocation = invocation, .into = bk_args_value(invocation->given, "into")};
	const int exit = answer(&call);

	for (size_t i = 0; i < call.locks.len; i++)
		bk_lock_free(call.locks.items[i]);
	BK_VEC_RELEASE(&call.locks);
	bk_joining_release(&call.joining);
	bk_gathering_free(call.gathering);
	bk_repository_free(call.repository);
	bk_session_free(call.surroundings);
	return exit;
}
