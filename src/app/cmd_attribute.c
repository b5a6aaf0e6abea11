/*
 * bracked attribute: all names of a text in one notation.
 *
 * Names that `none` takes out go to the ledger, and come back from it with any other style.
 */
#include "app/subject.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"

#include <stdio.h>

/* As many that are left for one reason are told each by itself. */
enum { FEW = 3 };

static const struct bk_option options[] = {
	{.name = "style",
		.value = "STYLE",
		.help = "prefix: [EU: text], paren: [text] (EU), dash: [text - EU], none: in the ledger "
			"alone"},
	BK_OPTION_DRY_RUN,
	{0},
};

/* What the ledger is told of a name once the text is changed. */
struct record {
	struct bk_session_name name; /* .bracket is not known yet */
	size_t start;		     /* where its bracket will open */
};

struct attributing {
	struct bk_session *session;
	enum bk_style style;
	bk_kept *kept;
	bk_restyling *restyling;
	struct bk_arena arena;
	BK_VEC(struct record) records;
	size_t styled, left; /* brackets; those that are not in the style */
};

static int read_style(const struct bk_invocation *invocation, enum bk_style *style)
{
	const char *name = bk_args_value(invocation->given, "style");

	if (!name)
		return bk_fail(BK_EINVAL, "no style given: use --style prefix, paren, dash or none");
	if (!bk_style_parse(name, style))
		return bk_fail(BK_EINVAL, "no style '%s': it is prefix, paren, dash or none", name);
	return BK_OK;
}

/* ---- Rewriting --------------------------------------------------------------------------------------- */

/* The names that the ledger keeps, as far as their brackets are found; those that `none` leaves there are none. */
static int list_kept(struct attributing *job, struct bk_beside **names, size_t *count)
{
	size_t total;
	const struct bk_kept_name *list = bk_kept_list(job->kept, &total);

	*count = 0;
	*names = bk_arena_array(&job->arena, total + 1, sizeof **names);
	if (!*names)
		return bk_fail_memory();
	for (size_t i = 0; i < total && job->style != BK_STYLE_NONE && list[i].name.bracket != BK_NONE; i++)
		(*names)[(*count)++] = list[i].name;
	return BK_OK;
}

static int restyle(struct attributing *job)
{
	const struct bk_session *session = job->session;
	struct bk_beside *names;
	size_t count;
	int status = bk_kept_new(&job->kept, session->draft, session->binding, session->ledger);

	if (status == BK_OK)
		status = list_kept(job, &names, &count);
	if (status == BK_OK)
		status = bk_draft_restyle(session->draft, job->style, names, count, &job->restyling);
	return status;
}

/* ---- What the ledger is told ------------------------------------------------------------------------- */

static const char *copy(struct attributing *job, const char *string)
{
	return bk_arena_dup(&job->arena, string, strlen(string));
}

/* One record on a bracket of the draft as it is before the change. */
static int add_record(struct attributing *job, uint32_t bracket, const struct bk_beside *name)
{
	size_t count;
	const struct bk_bracket *old = &bk_draft_brackets(job->session->draft, &count)[bracket];
	struct record *record = BK_VEC_PUSH(&job->records);

	if (!record)
		return bk_fail_memory();
	*record = (struct record){.start = bk_restyling_follow(job->restyling, old->start)};
	record->name.id = copy(job, old->id);
	record->name.party = name ? copy(job, name->party) : "";
	record->name.written = name ? copy(job, name->written) : "";
	record->name.act = name ? bk_act_name(name->act) : NULL;
	return record->name.id && record->name.party && record->name.written ? BK_OK : bk_fail_memory();
}

static bool is_name(const struct bk_beside *a, const struct bk_beside *b)
{
	return a->bracket == b->bracket && a->act == b->act && strcmp(a->party, b->party) == 0;
}

/* Whether the ledger has a name, or any of a bracket when there is none. */
static bool keeps(const struct attributing *job, uint32_t bracket, const struct bk_beside *name)
{
	size_t count;
	const struct bk_kept_name *list = bk_kept_list(job->kept, &count);

	for (size_t i = BK_SEARCH(k, count, list[k].name.bracket < bracket);
		i < count && list[i].name.bracket == bracket; i++) {
		if (!name || is_name(&list[i].name, name))
			return true;
	}
	return false;
}

static bool is_written_now(const struct attributing *job, const struct bk_beside *name)
{
	size_t count;
	const struct bk_beside *names = bk_restyling_names(job->restyling, &count);

	for (size_t i = BK_SEARCH(k, count, names[k].bracket < name->bracket);
		i < count && names[i].bracket == name->bracket; i++) {
		if (is_name(&names[i], name))
			return job->style != BK_STYLE_NONE;
	}
	return false;
}

/* Names that the ledger has only since the text was put back, and that are not written now: what is recorded next
 * would make it believe that they stand in the text. */
static int list_undone(struct attributing *job)
{
	size_t count;
	const struct bk_kept_name *list = bk_kept_list(job->kept, &count);
	int status = BK_OK;

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const struct bk_beside *name = &list[i].name;

		if (list[i].undone && name->bracket != BK_NONE && !is_written_now(job, name))
			status = add_record(job, name->bracket, name);
	}
	return status;
}

/* With `none` each name of the brackets that are rewritten; else once for each of these that the ledger kept names
 * for. */
static int list_records(struct attributing *job)
{
	size_t count;
	const struct bk_beside *names = bk_restyling_names(job->restyling, &count);
	uint32_t last = BK_NONE;
	int status = count ? list_undone(job) : BK_OK;
	size_t left;
	const struct bk_restyle_left *others = bk_restyling_left(job->restyling, &left);

	for (size_t i = 0; i < count && status == BK_OK; i++) {
		const bool first = names[i].bracket != last;

		last = names[i].bracket;
		job->styled += first;
		if (job->style == BK_STYLE_NONE) {
			if (!keeps(job, last, &names[i]))
				status = add_record(job, last, &names[i]);
		} else if (first && keeps(job, last, NULL)) {
			status = add_record(job, last, NULL);
		}
	}
	for (size_t i = 0; i < left; i++)
		job->styled -= others[i].style != BK_STYLE_NONE;
	return status;
}

static int record(struct attributing *job)
{
	BK_VEC(struct bk_session_name) names = BK_VEC_INIT;
	int status = BK_VEC_RESERVE(&names, job->records.len + 1) ? bk_session_refresh(job->session)
								  : bk_fail_memory();

	for (size_t i = 0; i < job->records.len && status == BK_OK; i++) {
		names.items[i] = job->records.items[i].name;
		names.items[i].bracket =
			bk_draft_bracket_from(job->session->draft, job->records.items[i].start);
		names.len++;
	}
	if (status == BK_OK)
		status = bk_session_record_names(job->session, names.items, names.len);
	BK_VEC_RELEASE(&names);
	return status;
}

/* ---- What is told ------------------------------------------------------------------------------------ */

/* What is left for one reason. */
struct cause {
	const char *why, *place;
	const struct bk_restyle_left *first;
	size_t count;
};

typedef BK_VEC(struct cause) cause_list;

/* Where the names are now. */
static const char *place_of(const struct attributing *job, const struct bk_restyle_left *left)
{
	size_t count;

	if (bk_draft_brackets(job->session->draft, &count)[left->bracket].attribution_count > 0)
		return "left as it is";
	switch (left->style) {
	case BK_STYLE_PREFIX: return "its names stand before its words";
	case BK_STYLE_PARENTHESIS: return "its names stand in parentheses behind it";
	case BK_STYLE_DASH: return "its names stand behind a dash";
	default: return "its names stay in the ledger";
	}
}

static struct cause *find_cause(
	const struct attributing *job, const cause_list *causes, const struct bk_restyle_left *left)
{
	for (size_t i = 0; i < causes->len; i++) {
		if (strcmp(causes->items[i].why, left->why) == 0 &&
			causes->items[i].place == place_of(job, left))
			return &causes->items[i];
	}
	return NULL;
}

static int list_causes(const struct attributing *job, cause_list *causes)
{
	size_t count;
	const struct bk_restyle_left *list = bk_restyling_left(job->restyling, &count);

	for (size_t i = 0; i < count; i++) {
		struct cause *cause = find_cause(job, causes, &list[i]);

		if (!cause) {
			cause = BK_VEC_PUSH(causes);
			if (!cause)
				return bk_fail_memory();
			*cause = (struct cause){list[i].why, place_of(job, &list[i]), &list[i], 0};
		}
		cause->count++;
	}
	return BK_OK;
}

static void tell_one(const struct attributing *job, const struct bk_restyle_left *left, size_t more)
{
	size_t line, column;
	char others[48] = "";

	if (more)
		snprintf(others, sizeof others, ", like %zu more", more);
	bk_draft_place(job->session->draft, left->span.start, &line, &column);
	bk_output_remark("%s:%zu:%zu: %s%s: %s", job->session->name, line, column, place_of(job, left),
		others, left->why);
}

/* Each by itself, but the first for all where many are left for one reason, unless only a look is asked for. */
static int tell_left(struct attributing *job)
{
	const struct bk_restyle_left *list = bk_restyling_left(job->restyling, &job->left);
	const size_t most = job->session->options.dry_run ? SIZE_MAX : FEW;
	cause_list causes = BK_VEC_INIT;
	bool summed = false;
	const int status = list_causes(job, &causes);

	for (size_t i = 0; status == BK_OK && i < job->left; i++) {
		const struct cause *cause = find_cause(job, &causes, &list[i]);
		const bool sums = cause->count > most;

		if (!sums || cause->first == &list[i])
			tell_one(job, &list[i], sums ? cause->count - 1 : 0);
		summed |= sums;
	}
	if (summed)
		bk_output_remark("%s: with --dry-run each bracket that is left is told with its place",
			job->session->name);
	BK_VEC_RELEASE(&causes);
	return status;
}

/* Names whose brackets are gone, as those that were settled, stay where they are. */
static void tell_orphans(const struct attributing *job)
{
	size_t count, orphans = 0;
	const struct bk_kept_name *list = bk_kept_list(job->kept, &count);

	for (size_t i = 0; i < count; i++)
		orphans += list[i].name.bracket == BK_NONE;
	if (orphans && job->style != BK_STYLE_NONE)
		bk_output_remark(
			"%s: %zu %s in the ledger, beside brackets that are not in the text: bracked "
			"positions lists them",
			job->session->name, orphans, orphans == 1 ? "name stays" : "names stay");
}

static int finish(struct bk_invocation *invocation, struct attributing *job)
{
	const bool dry_run = job->session->options.dry_run;
	int exit = bk_subject_finish(invocation, job->session);

	if (exit == BK_EXIT_OK && dry_run)
		exit = bk_subject_finish_ledger(invocation, job->session);
	if (exit != BK_EXIT_OK)
		return exit;
	if (!dry_run)
		bk_output_printf(invocation->output, "%zu %s in style %s, %zu left as %s\n", job->styled,
			job->styled == 1 ? "bracket" : "brackets", bk_style_name(job->style), job->left,
			job->left == 1 ? "it is" : "they are");
	return job->left ? BK_EXIT_FOUND : BK_EXIT_OK;
}

static int rewrite(struct bk_invocation *invocation, struct attributing *job)
{
	int status = read_style(invocation, &job->style);

	if (status == BK_OK)
		status = restyle(job);
	if (status == BK_OK)
		status = list_records(job);
	if (status < 0)
		return bk_subject_failed(status);
	status = tell_left(job);
	tell_orphans(job);
	if (status == BK_OK)
		status = bk_session_apply(job->session, bk_restyling_changes(job->restyling));
	if (status == BK_OK && job->records.len)
		status = record(job);
	return status < 0 ? bk_subject_failed(status) : finish(invocation, job);
}

static int attribute(struct bk_invocation *invocation, struct bk_session *session)
{
	struct attributing job = {.session = session};
	const int exit = rewrite(invocation, &job);

	bk_restyling_free(job.restyling);
	bk_kept_free(job.kept);
	BK_VEC_RELEASE(&job.records);
	bk_arena_release(&job.arena);
	return exit;
}

static int run(struct bk_invocation *invocation)
{
	return bk_subject_change(invocation, 1, attribute);
}

const struct bk_command bk_cmd_attribute = {
	.name = "attribute",
	.group = "Changing a draft",
	.summary = "write the names beside all brackets in one notation",
	.arguments = "FILE --style prefix|paren|dash|none",
	.options = options,
	.examples = {"bracked attribute outcome.txt --style dash",
		"bracked attribute --dry-run --style none outcome.txt"},
	.run = run,
};
