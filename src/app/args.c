/* Options declared by tables, taken from argv. */
#include "app/args.h"
#include "app/command.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/near.h"

#include <errno.h>
#include <stdlib.h>

static const struct bk_option *find_long(const struct bk_option *const *tables, struct bk_str name)
{
	for (size_t t = 0; tables[t]; t++)
		for (const struct bk_option *option = tables[t]; option->name; option++)
			if (bk_str_equal(bk_str_of(option->name), name))
				return option;
	return NULL;
}

static const struct bk_option *find_short(const struct bk_option *const *tables, char letter)
{
	for (size_t t = 0; tables[t]; t++)
		for (const struct bk_option *option = tables[t]; option->name; option++)
			if (option->letter == letter)
				return option;
	return NULL;
}

/* Whether a command has an option of this name or letter; the other is "" or 0. */
static bool has_command_with(struct bk_str name, char letter)
{
	const struct bk_command *command;

	for (size_t i = 0; (command = bk_command_at(i)); i++) {
		const struct bk_option *const tables[] = {command->options, NULL};

		if (letter ? find_short(tables, letter) : find_long(tables, name))
			return true;
	}
	return false;
}

static int misplaced_option(const char *word)
{
	return bk_fail(BK_EINVAL, "option '%s' goes behind the name of its command", word);
}

static int unknown_option(const struct bk_option *const *tables, struct bk_str name)
{
	const char *nearest = "help"; /* which stands in no table */
	size_t best = bk_near_distance(name, bk_str_of(nearest));

	for (size_t t = 0; tables[t]; t++)
		for (const struct bk_option *option = tables[t]; option->name; option++) {
			const size_t distance = bk_near_distance(name, bk_str_of(option->name));

			if (distance < best) {
				best = distance;
				nearest = option->name;
			}
		}
	return bk_fail(
		BK_EINVAL, "no option '--%.*s': did you mean '--%s'?", (int)name.len, name.ptr, nearest);
}

static int check_choice(const struct bk_option *option, const char *value)
{
	struct bk_buf list = BK_BUF_INIT;

	if (!option->choices)
		return BK_OK;
	for (size_t i = 0; option->choices[i]; i++) {
		if (strcmp(option->choices[i], value) == 0) {
			bk_buf_release(&list);
			return BK_OK;
		}
		bk_buf_printf(&list, "%s%s", i ? ", " : "", option->choices[i]);
	}
	bk_fail(BK_EINVAL, "option '--%s' does not take '%s': it is one of %s", option->name, value,
		bk_buf_string(&list));
	bk_buf_release(&list);
	return BK_EINVAL;
}

static int give(struct bk_args *args, const struct bk_option *option, const char *value)
{
	if (value) {
		const int status = check_choice(option, value);

		if (status < 0)
			return status;
	}
	args->given[args->given_count++] = (struct bk_given){option, value};
	return BK_OK;
}

/* Takes --name, --name=VALUE or --name VALUE; *i moves over a value that stands apart. */
static int take_long(struct bk_args *args, int argc, char **argv, int *i)
{
	const struct bk_str word = bk_str_of(argv[*i] + 2);
	const struct bk_str name = {word.ptr, bk_str_find(word, '=')};
	const char *value = name.len < word.len ? word.ptr + name.len + 1 : NULL;
	const struct bk_option *option = find_long(args->tables, name);

	if (bk_str_equal(word, BK_STR("help"))) {
		args->help = true;
		return BK_OK;
	}
	if (!option && args->before_rest && has_command_with(name, 0))
		return misplaced_option(argv[*i]);
	if (!option)
		return unknown_option(args->tables, name);
	if (!option->value && value)
		return bk_fail(BK_EINVAL, "option '--%s' takes no value", option->name);
	if (option->value && !value) {
		if (*i + 1 >= argc)
			return bk_fail(
				BK_EINVAL, "option '--%s' wants a value: %s", option->name, option->value);
		value = argv[++*i];
	}
	return give(args, option, value);
}

/* Takes -x, -xVALUE, -x VALUE and flags together. */
static int take_short(struct bk_args *args, int argc, char **argv, int *i)
{
	const char *word = argv[*i];

	for (size_t k = 1; word[k]; k++) {
		const struct bk_option *option = find_short(args->tables, word[k]);
		int status;

		if (word[k] == 'h' && !option) {
			args->help = true;
			continue;
		}
		if (!option && args->before_rest && has_command_with(BK_STR(""), word[k]))
			return misplaced_option(word);
		if (!option)
			return bk_fail(BK_EINVAL, "no option '-%c' in '%s': see --help", word[k], word);
		if (!option->value) {
			status = give(args, option, NULL);
			if (status < 0)
				return status;
			continue;
		}
		if (word[k + 1])
			return give(args, option, word + k + 1);
		if (*i + 1 >= argc)
			return bk_fail(BK_EINVAL, "option '-%c' wants a value: %s", word[k], option->value);
		return give(args, option, argv[++*i]);
	}
	return BK_OK;
}

static bool is_negative_number(const char *word)
{
	return bk_is_digit(word[1]);
}

int bk_args_parse(
	struct bk_args *out, const struct bk_option *const *tables, int argc, char **argv, bool stop_at_rest)
{
	struct bk_args args = {.tables = tables, .before_rest = stop_at_rest};
	size_t letters = 0;
	bool ended = false;
	int status = BK_OK;

	for (int i = 0; i < argc; i++)
		letters += strlen(argv[i]) + 1;
	args.given = bk_calloc(letters + 1, sizeof *args.given);
	args.rest = bk_calloc((size_t)argc + 1, sizeof *args.rest);
	if (!args.given || !args.rest)
		status = bk_fail_memory();
	for (int i = 0; i < argc && status == BK_OK; i++) {
		const char *word = argv[i];

		if (ended || word[0] != '-' || !word[1] || is_negative_number(word)) {
			if (stop_at_rest)
				ended = true;
			args.rest[args.rest_count++] = word;
		} else if (strcmp(word, "--") == 0) {
			ended = true;
		} else if (word[1] == '-') {
			status = take_long(&args, argc, argv, &i);
		} else {
			status = take_short(&args, argc, argv, &i);
		}
	}
	if (status < 0) {
		bk_args_release(&args);
		return status;
	}
	*out = args;
	return BK_OK;
}

void bk_args_release(struct bk_args *args)
{
	bk_free(args->given);
	bk_free(args->rest);
	*args = (struct bk_args){0};
}

bool bk_args_has(const struct bk_args *args, const char *name)
{
	for (size_t i = 0; i < args->given_count; i++)
		if (strcmp(args->given[i].option->name, name) == 0)
			return true;
	return false;
}

const char *bk_args_value(const struct bk_args *args, const char *name)
{
	for (size_t i = args->given_count; i-- > 0;)
		if (strcmp(args->given[i].option->name, name) == 0)
			return args->given[i].value;
	return NULL;
}

const char *bk_args_next(const struct bk_args *args, const char *name, size_t *from)
{
	while (*from < args->given_count) {
		const struct bk_given *given = &args->given[(*from)++];

		if (strcmp(given->option->name, name) == 0)
			return given->value;
	}
	return NULL;
}

bool bk_args_parse_size(const char *text, size_t *out)
{
	unsigned long long value;
	char *end;

	if (!bk_is_digit(text[0]))
		return false;
	errno = 0;
	value = strtoull(text, &end, 10);
	if (errno || *end)
		return false;
	*out = (size_t)value;
	return true;
}

bool bk_args_parse_span(const char *text, size_t *start, size_t *end)
{
	const char *colon = strchr(text, ':');
	char first[32];

	if (!colon || (size_t)(colon - text) >= sizeof first)
		return false;
	memcpy(first, text, (size_t)(colon - text));
	first[colon - text] = '\0';
	return bk_args_parse_size(first, start) && bk_args_parse_size(colon + 1, end) && *start <= *end;
}

int bk_args_size(const struct bk_args *args, const char *name, size_t *out)
{
	const char *value = bk_args_value(args, name);

	if (value && !bk_args_parse_size(value, out))
		return bk_fail(BK_EINVAL, "option '--%s' wants a whole number, not '%s'", name, value);
	return BK_OK;
}
