/*
 * bracked streamline: what a secretariat tidies in a text.
 *
 * Without names of places it lists what an act would do; with some, or with --all, that is done as one change.  What
 * is recorded of a bracket that is joined goes to the one that it is joined with, see app/track.h.
 */
#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/vec.h"
#include "draft/changes.h"
#include "draft/streamline.h"

#include <stdio.h>

static const struct bk_option options[] = {
	{.name = "all", .help = "do all that is suggested"},
	{.name = "keep-suffixes", .help = "of renumber: 3 bis stays 3 bis"},
	BK_OPTION_JSON,
	BK_OPTION_DRY_RUN,
	{0},
};

/* What a person was told that is left to them, where it stands now. */
struct told {
	size_t offset;
	char *message;
};

/* No more rounds than anybody nests choices. */
enum { ROUNDS = 32 };

struct tidy {
	struct bk_invocation *invocation;
	struct bk_session *session;
	const struct bk_tidying *tidying;
	bk_streamline *streamline;
	const struct bk_suggestion *list;
	size_t count;
	bool *chosen;
	BK_VEC(struct told) told;
};

/* ---- Telling ----------------------------------------------------------------------------------------- */

static void print_json(const struct tidy *tidy, const struct bk_suggestion *it)
{
	const struct bk_session *session = tidy->session;
	bk_json *object = bk_output_object();
	size_t line, column, count;

	bk_draft_place(session->draft, it->span.start, &line, &column);
	bk_json_set_text(object, "file", bk_str_of(session->name));
	bk_json_set_string(object, "act", tidy->tidying->name);
	bk_json_set_string(object, "id",
		it->bracket == BK_NONE ? NULL : bk_draft_brackets(session->draft, &count)[it->bracket].id);
	bk_json_set_size(object, "line", line);
	bk_json_set_size(object, "column", column);
	bk_json_set_size(object, "start", it->span.start);
	bk_json_set_size(object, "end", it->span.end);
	bk_json_set_text(object, "message", bk_str_of(it->message));
	bk_output_json(tidy->invocation->output, object);
}

static void print_text(const struct tidy *tidy, const struct bk_suggestion *it)
{
	struct bk_output *output = tidy->invocation->output;
	size_t count;

	bk_subject_place(output, tidy->session, it->span.start);
	if (it->bracket != BK_NONE)
		bk_output_printf(
			output, ": %s", bk_draft_brackets(tidy->session->draft, &count)[it->bracket].id);
	bk_output_printf(output, ": %s\n", it->message);
}

/* A line for each that is chosen, or for all that are suggested. */
static void print_list(const struct tidy *tidy)
{
	const bool json = bk_args_has(tidy->invocation->given, "json");

	for (size_t i = 0; i < tidy->count; i++)
		if (!tidy->chosen || tidy->chosen[i])
			(json ? print_json : print_text)(tidy, &tidy->list[i]);
}

/* The same advice, though lines and numbers in it may have changed meanwhile. */
static bool is_same(const char *a, const char *b)
{
	for (;; a++, b++) {
		while (bk_is_digit(*a))
			a++;
		while (bk_is_digit(*b))
			b++;
		if (*a != *b || !*a)
			return *a == *b;
	}
}

static bool was_told(const struct tidy *tidy, const struct bk_left *left)
{
	for (size_t i = 0; i < tidy->told.len; i++)
		if (tidy->told.items[i].offset == left->offset &&
			is_same(tidy->told.items[i].message, left->message))
			return true;
	return false;
}

/* What is left to a person, but for what a round before has told. */
static int tell_left(struct tidy *tidy)
{
	size_t count, line, column;
	const struct bk_left *left = bk_streamline_left(tidy->streamline, &count);

	for (size_t i = 0; i < count; i++) {
		if (was_told(tidy, &left[i]))
			continue;
		struct told *told = BK_VEC_PUSH(&tidy->told);

		if (!told)
			return bk_fail_memory();
		*told = (struct told){left[i].offset, bk_strdup(left[i].message)};
		if (!told->message)
			return bk_fail_memory();
		bk_draft_place(tidy->session->draft, left[i].offset, &line, &column);
		bk_output_remark("%s:%zu:%zu: %s", tidy->session->name, line, column, left[i].message);
	}
	return BK_OK;
}

/* It moves with what is done. */
static int carry_told(struct tidy *tidy)
{
	bk_changes *changes;
	const int status = bk_streamline_changes(tidy->streamline, tidy->chosen, &changes);

	if (status < 0)
		return status;
	for (size_t i = 0; i < tidy->told.len; i++)
		tidy->told.items[i].offset = bk_changes_move(changes, tidy->told.items[i].offset);
	bk_changes_free(changes);
	return BK_OK;
}

/* ---- Choosing ---------------------------------------------------------------------------------------- */

static int choose(struct tidy *tidy, const char *name)
{
	size_t line, column, offset, at, count;
	char rest;
	uint32_t bracket;
	int status;

	if (sscanf(name, "@%zu:%zu%c", &line, &column, &rest) == 2) {
		status = bk_draft_offset(tidy->session->draft, line, column, &offset);
	} else {
		status = bk_subject_find(tidy->session, name, &bracket);
		if (status == BK_OK)
			offset = bk_draft_brackets(tidy->session->draft, &count)[bracket].start;
	}
	if (status < 0)
		return status;
	at = bk_streamline_at(tidy->streamline, offset);
	if (at == BK_NOWHERE)
		return bk_fail(BK_ENOTFOUND,
			"nothing to %s at '%s': bracked streamline %s %s lists what there is",
			tidy->tidying->name, name, tidy->session->name, tidy->tidying->name);
	tidy->chosen[at] = true;
	return BK_OK;
}

static int choose_all(struct tidy *tidy)
{
	const struct bk_invocation *invocation = tidy->invocation;
	int status = BK_OK;

	tidy->chosen = bk_calloc(tidy->count + 1, sizeof *tidy->chosen);
	if (!tidy->chosen)
		return bk_fail_memory();
	for (size_t i = 0; i < tidy->count; i++)
		tidy->chosen[i] = bk_args_has(invocation->given, "all");
	for (size_t i = 2; i < invocation->arg_count && status == BK_OK; i++)
		status = choose(tidy, invocation->args[i]);
	return status;
}

/* ---- Doing ------------------------------------------------------------------------------------------- */

/* What the text suggests as it is now. */
static int suggest(struct tidy *tidy)
{
	bk_free(tidy->chosen);
	bk_streamline_free(tidy->streamline);
	tidy->chosen = NULL;
	tidy->streamline = NULL;
	const int status = bk_session_suggest(tidy->session, tidy->tidying,
		bk_args_has(tidy->invocation->given, "keep-suffixes"), &tidy->streamline);

	tidy->list = NULL;
	tidy->count = 0;
	if (status == BK_OK)
		tidy->list = bk_streamline_list(tidy->streamline, &tidy->count);
	return status;
}

/* Do what is chosen, and tell it while its places are those of the text. */
static int do_chosen(struct tidy *tidy)
{
	int status = choose_all(tidy);

	if (status == BK_OK)
		status = carry_told(tidy);
	if (status < 0)
		return status;
	if (!bk_args_has(tidy->invocation->given, "dry-run"))
		print_list(tidy);
	return bk_session_streamline(tidy->session, tidy->streamline, tidy->chosen);
}

/* With --all, until nothing is suggested any more: words that are lifted out of a choice within an alternative may be
 * common to the alternatives round it. */
static int do_all(struct tidy *tidy)
{
	const bool all = bk_args_has(tidy->invocation->given, "all");
	int status = do_chosen(tidy);

	for (int round = 1; all && tidy->count > 0 && round < ROUNDS && status == BK_OK; round++) {
		status = bk_session_refresh(tidy->session);
		if (status == BK_OK)
			status = suggest(tidy);
		if (status == BK_OK)
			status = tell_left(tidy);
		if (status == BK_OK && tidy->count > 0)
			status = do_chosen(tidy);
	}
	return status;
}

static int apply(struct tidy *tidy)
{
	struct bk_buf *pending = &tidy->invocation->output->pending;
	const size_t before = pending->len;
	const int status = do_all(tidy);
	const int exit =
		status < 0 ? bk_subject_failed(status) : bk_subject_finish(tidy->invocation, tidy->session);

	/* What was not written is not done. */
	if (exit != BK_EXIT_OK && pending->len > before)
		bk_buf_remove(pending, before, pending->len - before);
	return exit;
}

static int tidy_up(struct tidy *tidy)
{
	const struct bk_invocation *invocation = tidy->invocation;
	const bool all = bk_args_has(invocation->given, "all"), none = tidy->count == 0;
	const int status = tell_left(tidy);
	int exit = status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;

	if (exit != BK_EXIT_OK)
		return exit;
	if (invocation->arg_count > 2 || all)
		exit = apply(tidy);
	else
		print_list(tidy);
	if (all && exit == BK_EXIT_OK && tidy->count > 0)
		bk_output_remark("done %d times over, and there is more: do it again", ROUNDS);
	if (none && tidy->told.len == 0 && exit == BK_EXIT_OK)
		bk_output_remark("%s", tidy->tidying->nothing);
	if (invocation->arg_count > 2 || all)
		return exit;
	return tidy->count > 0 ? BK_EXIT_FOUND : BK_EXIT_OK;
}

static int streamline(struct bk_invocation *invocation, struct bk_session *session)
{
	struct tidy tidy = {.invocation = invocation,
		.session = session,
		.tidying = bk_tidying_find(invocation->args[1])};
	int exit, status;

	status = tidy.tidying ? suggest(&tidy)
			      : bk_fail(BK_EINVAL, "no act '%s': it is join, lift, fold, options or renumber",
					invocation->args[1]);
	exit = status < 0 ? bk_subject_failed(status) : tidy_up(&tidy);
	for (size_t i = 0; i < tidy.told.len; i++)
		bk_free(tidy.told.items[i].message);
	BK_VEC_RELEASE(&tidy.told);
	bk_free(tidy.chosen);
	bk_streamline_free(tidy.streamline);
	return exit;
}

static int run(struct bk_invocation *invocation)
{
	const bool reads = invocation->arg_count == 2 && !bk_args_has(invocation->given, "all");
	struct bk_session *session;
	int exit;

	if (invocation->arg_count < 2)
		return bk_subject_usage(invocation);
	if (invocation->arg_count > 2 && bk_args_has(invocation->given, "all")) {
		bk_output_remark("option '--all' does all that is listed: give it, or what is to be done");
		return BK_EXIT_USAGE;
	}
	exit = bk_subject_open(
		invocation, invocation->args[0], reads ? BK_SESSION_READ : BK_SESSION_CHANGE, &session);
	if (exit == BK_EXIT_OK)
		exit = streamline(invocation, session);
	bk_session_free(session);
	return exit;
}

const struct bk_command bk_cmd_streamline = {
	.name = "streamline",
	.group = "Changing a draft",
	.summary = "join, lift, fold and number what a secretariat tidies",
	.arguments = "FILE join|lift|fold|options|renumber [ID...]",
	.options = options,
	.examples = {"bracked streamline outcome.txt join",
		"bracked streamline outcome.txt lift k3f9q @212:34"},
	.run = run,
};
