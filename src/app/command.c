/* Finding a command in the table, describing it, and running the program. */
#include "app/command.h"
#include "app/args.h"
#include "app/output.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/near.h"
#include "base/stack.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char *const colour_choices[] = {"auto", "always", "never", NULL};
static const char *const convention_sets[] = {"unfccc", "unga", "trade", "inb", "itu", NULL};

const struct bk_option bk_global_options[] = {
	{.name = "directory", .letter = 'C', .value = "DIR", .help = "work as if started in DIR"},
	{.name = "config",
		.letter = 'c',
		.value = "NAME=VALUE",
		.repeat = true,
		.help = "set one configuration value"},
	{.name = "conventions",
		.value = "SET",
		.choices = convention_sets,
		.help = "read drafts by a built-in set of conventions"},
	{.name = "color", .value = "WHEN", .choices = colour_choices, .help = "colour: auto, always, never"},
	{.name = "no-pager", .help = "print long answers without a pager"},
	{.name = "version", .help = "print the version"},
	{0},
};

const struct bk_command *bk_command_at(size_t index)
{
	size_t count = 0;

	while (bk_commands[count])
		count++;
	if (index < count)
		return bk_commands[index];
	for (size_t i = 0; bk_screen_commands[i].name; i++)
		if (i == index - count)
			return &bk_screen_commands[i];
	return NULL;
}

const struct bk_command *bk_command_find(const char *name)
{
	const struct bk_command *command;

	for (size_t i = 0; (command = bk_command_at(i)); i++)
		if (strcmp(command->name, name) == 0)
			return command;
	return NULL;
}

const struct bk_command *bk_command_nearest(const char *name)
{
	const struct bk_command *nearest = NULL;
	size_t best = SIZE_MAX;

	for (size_t i = 0; bk_commands[i]; i++) {
		const struct bk_str known = bk_str_of(bk_commands[i]->name);
		const size_t distance = bk_near_distance(bk_str_of(name), known);

		if (distance < best && bk_near_slip(bk_str_of(name), known)) {
			best = distance;
			nearest = bk_commands[i];
		}
	}
	return nearest;
}

static void put_option(const struct bk_option *option, struct bk_buf *out)
{
	const size_t start = out->len;
	size_t width;

	bk_buf_puts(out, "  ");
	if (option->letter)
		bk_buf_printf(out, "-%c, ", option->letter);
	else
		bk_buf_puts(out, "    ");
	bk_buf_printf(out, "--%s", option->name);
	if (option->value)
		bk_buf_printf(out, " %s", option->value);
	width = out->len - start;
	bk_buf_fill(out, ' ', width < 30 ? 30 - width : 2);
	bk_buf_printf(out, "%s\n", option->help);
}

void bk_command_usage(const struct bk_command *command, struct bk_buf *out)
{
	bk_buf_printf(out, "usage: bracked %s%s%s%s\n\n%s\n", command->name,
		command->options && command->options->name ? " [OPTIONS]" : "",
		*command->arguments ? " " : "", command->arguments, command->summary);
	if (command->options && command->options->name)
		bk_buf_puts(out, "\noptions:\n");
	for (const struct bk_option *option = command->options; option && option->name; option++)
		put_option(option, out);
	bk_buf_puts(out, "\nexamples:\n");
	for (size_t i = 0; i < 2 && command->examples[i]; i++)
		bk_buf_printf(out, "  %s\n", command->examples[i]);
	bk_buf_printf(out, "\nSee man bracked-%s.\n", command->name);
}

static void put_overview(struct bk_buf *out)
{
	const char *group = "";

	bk_buf_puts(out, "bracked: the bracket editor for negotiated texts\n\n"
			 "usage: bracked [GLOBAL OPTIONS] COMMAND [OPTIONS] [ARGUMENTS]\n"
			 "       bracked FILE...            edit drafts on the screen\n");
	for (size_t i = 0; bk_commands[i]; i++) {
		const struct bk_command *command = bk_commands[i];

		if (strcmp(group, command->group) != 0)
			bk_buf_printf(out, "\n%s\n", command->group);
		group = command->group;
		bk_buf_printf(out, "  %-12s %s\n", command->name, command->summary);
	}
	bk_buf_puts(out, "\nGlobal options\n");
	for (const struct bk_option *option = bk_global_options; option->name; option++)
		put_option(option, out);
	bk_buf_puts(
		out, "\nTry it:   bracked demo\nRead:     man bracked-tutorial, bracked COMMAND --help\n");
}

static int finish(struct bk_output *output)
{
	if (bk_output_finish(output) == BK_OK)
		return BK_EXIT_OK;
	bk_output_failure();
	return BK_EXIT_FAILED;
}

static int print(struct bk_output *output, void (*put)(const struct bk_command *, struct bk_buf *),
	const struct bk_command *command)
{
	struct bk_buf text = BK_BUF_INIT;

	if (put)
		put(command, &text);
	else
		put_overview(&text);
	bk_output_text(output, bk_buf_str(&text));
	bk_buf_release(&text);
	return finish(output);
}

/* The folder for locks and journals; NULL when there is no home. */
static char *state_folder(void)
{
	const char *state = getenv("XDG_STATE_HOME");
	const char *home = getenv("HOME");
	struct bk_buf path = BK_BUF_INIT;

	if (state && state[0] == '/')
		bk_buf_printf(&path, "%s/bracked", state);
	else if (home && home[0] == '/')
		bk_buf_printf(&path, "%s/.local/state/bracked", home);
	else
		return NULL;
	return bk_buf_detach(&path, NULL);
}

static int64_t fixed_seconds;

static int64_t fixed_clock(void)
{
	return fixed_seconds;
}

/* SOURCE_DATE_EPOCH fixes the clock, so that a recorded session can be made again to the byte. */
static void fix_clock(struct bk_session_options *options, char date[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	size_t seconds;
	struct tm utc;
	time_t when;

	if (!epoch || !bk_args_parse_size(epoch, &seconds))
		return;
	fixed_seconds = (int64_t)seconds;
	when = (time_t)seconds;
	gmtime_r(&when, &utc);
	strftime(date, 32, "%Y-%m-%dT%H:%M:%SZ", &utc);
	options->clock = fixed_clock;
	options->date = date;
}

/* As git has it, what is empty says nothing. */
static const char *said(const char *variable)
{
	const char *value = getenv(variable);

	return value && *value ? value : NULL;
}

static struct bk_identity identity_of_environment(void)
{
	return (struct bk_identity){
		.author = {said("GIT_AUTHOR_NAME"), said("GIT_AUTHOR_EMAIL"), said("GIT_AUTHOR_DATE")},
		.committer = {
			said("GIT_COMMITTER_NAME"), said("GIT_COMMITTER_EMAIL"), said("GIT_COMMITTER_DATE")}};
}

/* The values of -c, NULL-terminated. */
static const char **config_values(const struct bk_args *given)
{
	const char **values = bk_calloc(given->given_count + 1, sizeof *values);
	size_t from = 0, count = 0;
	const char *value;

	while (values && (value = bk_args_next(given, "config", &from)))
		values[count++] = value;
	return values;
}

static int run(struct bk_invocation *invocation, struct bk_output *output)
{
	const struct bk_command *command = invocation->command;
	const char **config = config_values(invocation->given);
	char *state = state_folder();
	char date[32];
	int status;

	if (!config) {
		bk_free(state);
		bk_fail_memory();
		bk_output_failure();
		return BK_EXIT_FAILED;
	}
	invocation->output = output;
	invocation->session.config = config;
	invocation->session.state_folder = state;
	invocation->session.conventions = bk_args_value(invocation->given, "conventions");
	invocation->session.dry_run = bk_args_has(invocation->given, "dry-run");
	invocation->session.identity = identity_of_environment();
	fix_clock(&invocation->session, date);
	status = command->run(invocation);
	if (bk_output_finish(output) < 0) {
		bk_output_failure();
		if (status == BK_EXIT_OK && invocation->changed)
			bk_output_remark("what was asked for is done, but could not be told");
		else
			status = BK_EXIT_FAILED;
	}
	bk_free(config);
	bk_free(state);
	return status;
}

static bool are_settings(const struct bk_args *given)
{
	size_t from = 0;
	const char *value;

	while ((value = bk_args_next(given, "config", &from)))
		if (!strchr(value, '=') || value[0] == '=') {
			bk_output_remark("option '--config' wants NAME=VALUE, not '%s'", value);
			return false;
		}
	return true;
}

static int enter(const struct bk_args *given)
{
	const char *folder = bk_args_value(given, "directory");

	if (folder && chdir(folder) < 0) {
		bk_output_remark("cannot enter '%s': no such folder, or no right to it", folder);
		return -1;
	}
	return 0;
}

/* A command's words: its own options and the global ones may stand on both sides of its name. */
static int run_words(
	const struct bk_command *command, char **words, int count, const struct bk_editor *editor)
{
	static const struct bk_option none[] = {{0}};
	const struct bk_option *tables[] = {
		command->options ? command->options : none, bk_global_options, NULL};
	struct bk_invocation invocation = {.command = command, .editor = editor};
	struct bk_output output;
	struct bk_args given;
	int status;

	if (bk_args_parse(&given, tables, count, words, false) < 0) {
		bk_output_failure();
		return BK_EXIT_USAGE;
	}
	if (!are_settings(&given)) {
		bk_args_release(&given);
		return BK_EXIT_USAGE;
	}
	bk_output_init(&output, bk_args_value(&given, "color"), !bk_args_has(&given, "no-pager"));
	invocation.given = &given;
	invocation.args = given.rest;
	invocation.arg_count = given.rest_count;
	status = given.help ? print(&output, bk_command_usage, command) : run(&invocation, &output);
	bk_args_release(&given);
	return status;
}

static bool looks_like_file(const char *word)
{
	return access(word, F_OK) == 0 || strpbrk(word, "/.:") != NULL;
}

static int unknown(const char *word)
{
	const struct bk_command *nearest = bk_command_nearest(word);
	/* It stands in no table. */
	const bool help = !nearest && bk_near_slip(bk_str_of(word), BK_STR("help"));

	if (nearest || help)
		bk_output_remark("no command '%s': did you mean '%s'?", word, help ? "help" : nearest->name);
	else
		bk_output_remark("no command and no file '%s': see bracked --help", word);
	return BK_EXIT_USAGE;
}

static int answer_global(const struct bk_args *global)
{
	struct bk_output output;

	bk_output_init(&output, bk_args_value(global, "color"), !bk_args_has(global, "no-pager"));
	if (!bk_args_has(global, "version"))
		return print(&output, NULL, NULL);
	bk_output_printf(&output, "bracked %s\n", bk_version());
	return finish(&output);
}

static int help_with(const char *word)
{
	const struct bk_command *command = bk_command_find(word);
	struct bk_output output;

	if (!command || !command->run)
		return unknown(word);
	bk_output_init(&output, NULL, true);
	return print(&output, bk_command_usage, command);
}

static int dispatch(const struct bk_args *global, int count, char **words, const struct bk_editor *editor)
{
	const size_t before = (size_t)count - global->rest_count; /* words in front of the first argument */
	const char *first = global->rest_count ? global->rest[0] : NULL;
	const struct bk_command *command = first ? bk_command_find(first) : NULL;

	if (global->help || bk_args_has(global, "version") ||
		(first && strcmp(first, "help") == 0 && global->rest_count == 1))
		return answer_global(global);
	if (!first) {
		bk_output_remark(
			"name a file to edit, or a command: see bracked --help, or try bracked demo");
		return BK_EXIT_USAGE;
	}
	if (strcmp(first, "help") == 0)
		return help_with(global->rest[1]);
	if (command && command->run) {
		memmove(words + before, words + before + 1, (global->rest_count - 1) * sizeof *words);
		return run_words(command, words, count - 1, editor);
	}
	return looks_like_file(first) ? run_words(bk_command_find("edit"), words, count, editor)
				      : unknown(first);
}

/* Nothing that is opened later may take the place of a standard descriptor that is closed: answers would be
 * written into it.  What stands there instead can do neither what is asked of it. */
static int open_standard(void)
{
	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		if (fcntl(i, F_GETFD) < 0 && open("/dev/null", i == STDIN_FILENO ? O_WRONLY : O_RDONLY) != i)
			return -1;
	return 0;
}

struct words {
	int count;
	char **words;
	const struct bk_editor *editor;
};

static int run_program(void *context)
{
	const struct words *words = context;
	/* Those of edit too: `bracked --script KEYS FILE` names no command. */
	const struct bk_option *tables[] = {bk_global_options, bk_command_find("edit")->options, NULL};
	struct bk_args global;
	int status;

	if (bk_args_parse(&global, tables, words->count, words->words, true) < 0) {
		bk_output_failure();
		return BK_EXIT_USAGE;
	}
	status = enter(&global) < 0 ? BK_EXIT_FAILED
				    : dispatch(&global, words->count, words->words, words->editor);
	bk_args_release(&global);
	return status;
}

int bk_command_main(int argc, char **argv, const struct bk_editor *editor)
{
	struct words words = {argc - 1, argv + 1, editor};
	int status;

	if (open_standard() < 0)
		return BK_EXIT_FAILED;
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* so that a write over the limit of a file's size fails, and is told */
	if (bk_stack_run(run_program, &words, &status) < 0) {
		bk_output_failure();
		return BK_EXIT_FAILED;
	}
	return status;
}
