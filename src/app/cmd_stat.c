/* bracked stat: counts of a draft, whole or by heading or party. */
#include "app/counting.h"
#include "app/subject.h"
#include "app/timeline.h"

#include <stdio.h>
#include <string.h>

static const struct bk_option options[] = {
	BK_OPTION_JSON,
	BK_OPTION_CSV,
	BK_OPTION_BY,
	{0},
};

/* What is printed of one file. */
struct counted {
	struct bk_session *session;
	struct bk_counting counting;
};

static void print_json(struct bk_output *output, const struct counted *counted)
{
	bk_json *object = bk_output_object();

	bk_json_set_text(object, "file", bk_str_of(counted->session->name));
	bk_counting_json(object, &counted->counting);
	bk_output_json(output, object);
}

/* Date of the newest revision and symbol of its text; empty outside any repository. */
static void find_revision(struct bk_session *session, char date[40], char symbol[128])
{
	bk_revisions *revisions;
	const struct bk_revision *list;
	size_t count;

	memset(date, 0, 40);
	symbol[0] = '\0';
	if (bk_session_need_repository(session) < 0 ||
		bk_revisions_walk(
			&revisions, session->repository, session->repository_name, session->revision) < 0)
		return;
	list = bk_revisions_list(revisions, &count);
	if (count) {
		bk_timeline_time(&list[0], date);
		snprintf(symbol, 128, "%s", bk_timeline_symbol(list, count, 0));
	}
	date[strlen("YYYY-MM-DD")] = '\0';
	bk_revisions_free(revisions);
}

static void print_csv(struct bk_output *output, const struct counted *counted)
{
	char date[40], symbol[128];

	find_revision(counted->session, date, symbol);
	bk_counting_csv(output, &counted->counting, counted->session->name, date, symbol);
}

static void print_text_row(struct bk_output *output, const char *name, const struct bk_counts *counts)
{
	bk_output_printf(output, "%7zu %8zu %8zu %8zu %7zu %6zu  ", counts->words, counts->pairs,
		counts->classes[BK_CLASS_DISPUTED], counts->words_disputed, counts->runs, counts->options);
	bk_output_excerpt(output, BK_INK_STRONG, bk_str_of(name), 50);
	bk_output_puts(output, "\n");
}

static void print_text(struct bk_output *output, const struct counted *counted)
{
	if (counted->counting.by) {
		bk_output_puts(output, "  words brackets disputed  (words)    runs options\n");
		print_text_row(output, counted->session->name, &counted->counting.counts);
		for (size_t i = 0; i < counted->counting.rows.len; i++)
			print_text_row(output, counted->counting.rows.items[i].name,
				&counted->counting.rows.items[i].counts);
		return;
	}
	bk_output_styled(output, BK_INK_STRONG, bk_str_of(counted->session->name));
	bk_output_puts(output, "\n");
	bk_counting_text(output, &counted->counting.counts);
}

static int stat_one(struct bk_invocation *invocation, struct bk_session *session)
{
	struct counted counted = {.session = session, .counting.by = bk_args_value(invocation->given, "by")};
	int status = BK_OK;

	bk_draft_count(session->draft, &counted.counting.counts);
	if (counted.counting.by)
		status = bk_counting_divide(&counted.counting.rows, counted.counting.by, session->draft,
			session->positions, session->roster);
	if (status == BK_OK) {
		if (bk_args_has(invocation->given, "json"))
			print_json(invocation->output, &counted);
		else if (bk_args_has(invocation->given, "csv"))
			print_csv(invocation->output, &counted);
		else
			print_text(invocation->output, &counted);
	}
	BK_VEC_RELEASE(&counted.counting.rows);
	return status < 0 ? bk_subject_failed(status) : BK_EXIT_OK;
}

static int run(struct bk_invocation *invocation)
{
	if (bk_args_has(invocation->given, "csv") && bk_args_has(invocation->given, "json")) {
		bk_output_remark("--csv and --json exclude each other");
		return BK_EXIT_USAGE;
	}
	if (bk_args_has(invocation->given, "csv") && invocation->arg_count)
		bk_counting_csv_header(invocation->output, bk_args_value(invocation->given, "by"));
	return bk_subject_each(invocation, 0, stat_one);
}

const struct bk_command bk_cmd_stat = {
	.name = "stat",
	.group = "Reading a draft",
	.summary = "count brackets, words, options and modals",
	.arguments = "FILE...",
	.options = options,
	.examples = {"bracked stat --by heading outcome.txt",
		"bracked stat --csv HEAD~1:outcome.txt outcome.txt"},
	.run = run,
};
