/* bracked completion: completions for a shell, from the table of commands. */
#include "app/subject.h"

#include <string.h>

static void put_options(struct bk_output *output, const struct bk_option *options, const char *separator)
{
	for (; options && options->name; options++)
		bk_output_printf(output, "%s--%s", separator, options->name);
}

static void bash(struct bk_output *output)
{
	bk_output_puts(output, "# bash completion for bracked\n_bracked()\n{\n"
			       "\tlocal word=${COMP_WORDS[COMP_CWORD]} command= i\n"
			       "\tfor ((i = 1; i < COMP_CWORD; i++)); do\n"
			       "\t\tcase ${COMP_WORDS[i]} in\n"
			       "\t\t-C | -c) ((i++)) ;;\n\t\t-*) ;;\n"
			       "\t\t*) command=${COMP_WORDS[i]}; break ;;\n\t\tesac\n\tdone\n"
			       "\tcase $command in\n\t'')\n\t\tCOMPREPLY=($(compgen -W \"");
	for (size_t i = 0; bk_commands[i]; i++)
		bk_output_printf(output, "%s ", bk_commands[i]->name);
	put_options(output, bk_global_options, " ");
	bk_output_puts(output, "\" -- \"$word\") $(compgen -f -- \"$word\"))\n\t\treturn ;;\n");
	for (size_t i = 0; bk_commands[i]; i++) {
		bk_output_printf(output, "\t%s) local words=\"", bk_commands[i]->name);
		put_options(output, bk_commands[i]->options, " ");
		bk_output_puts(output, " --help\" ;;\n");
	}
	bk_output_puts(output,
		"\t*) local words= ;;\n\tesac\n"
		"\tif [[ $word == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
		"\telse\n\t\tCOMPREPLY=($(compgen -f -- \"$word\"))\n\tfi\n}\n"
		"complete -o filenames -F _bracked bracked\n");
}

/* Text within single quotes of a shell, where brackets and colons mean something to zsh's _arguments. */
static void put_quoted(struct bk_output *output, const char *text)
{
	for (; *text; text++) {
		if (strchr("[]:\\", *text))
			bk_output_puts(output, "\\");
		if (*text == '\'')
			bk_output_puts(output, "'\\''");
		else
			bk_output_printf(output, "%c", *text);
	}
}

static void zsh_option(struct bk_output *output, const struct bk_option *option)
{
	bk_output_printf(output, " \\\n\t\t\t'%s--%s[", option->repeat ? "*" : "", option->name);
	put_quoted(output, option->help);
	bk_output_puts(output, "]");
	if (option->value && option->choices) {
		bk_output_printf(output, ":%s:(", option->value);
		for (size_t i = 0; option->choices[i]; i++) {
			bk_output_puts(output, i ? " " : "");
			for (const char *c = option->choices[i]; *c; c++)
				bk_output_printf(output, *c == ' ' ? "\\ " : "%c", *c);
		}
		bk_output_puts(output, ")");
	} else if (option->value) {
		bk_output_printf(output, ":%s:", option->value);
	}
	bk_output_puts(output, "'");
}

static void zsh(struct bk_output *output)
{
	bk_output_puts(
		output, "#compdef bracked git-bracked\n\n_bracked()\n{\n\tlocal -a commands\n\tcommands=(\n");
	for (size_t i = 0; bk_commands[i]; i++) {
		bk_output_printf(output, "\t\t'%s:", bk_commands[i]->name);
		put_quoted(output, bk_commands[i]->summary);
		bk_output_puts(output, "'\n");
	}
	bk_output_puts(output,
		"\t)\n\tif ((CURRENT == 2)); then\n\t\t_describe command commands\n\t\t_files\n"
		"\t\treturn\n\tfi\n\tcase $words[2] in\n");
	for (size_t i = 0; bk_commands[i]; i++) {
		bk_output_printf(output, "\t%s)\n\t\tshift words\n\t\t((CURRENT--))\n\t\t_arguments",
			bk_commands[i]->name);
		for (const struct bk_option *option = bk_commands[i]->options; option && option->name;
			option++)
			zsh_option(output, option);
		bk_output_puts(output, " '*:file:_files'\n\t\t;;\n");
	}
	bk_output_puts(output, "\t*) _files ;;\n\tesac\n}\n\n_bracked \"$@\"\n");
}

static void fish_option(struct bk_output *output, const char *command, const struct bk_option *option)
{
	bk_output_printf(output, "complete -c bracked -n '__fish_seen_subcommand_from %s' -l %s", command,
		option->name);
	if (option->letter)
		bk_output_printf(output, " -s %c", option->letter);
	if (option->value)
		bk_output_puts(output, option->choices ? " -x -a '" : " -r");
	for (size_t i = 0; option->choices && option->choices[i]; i++)
		bk_output_printf(output, "%s\"%s\"", i ? " " : "", option->choices[i]);
	bk_output_puts(output, option->choices ? "' -d '" : " -d '");
	for (const char *c = option->help; *c; c++)
		bk_output_printf(output, *c == '\'' ? "\\%c" : "%c", *c);
	bk_output_puts(output, "'\n");
}

static void fish(struct bk_output *output)
{
	bk_output_puts(output, "# fish completion for bracked\n");
	for (size_t i = 0; bk_commands[i]; i++) {
		bk_output_printf(output, "complete -c bracked -n __fish_use_subcommand -a %s -d '%s'\n",
			bk_commands[i]->name, bk_commands[i]->summary);
		for (const struct bk_option *option = bk_commands[i]->options; option && option->name;
			option++)
			fish_option(output, bk_commands[i]->name, option);
	}
}

static const struct {
	const char *name;
	void (*print)(struct bk_output *output);
} shells[] = {
	{"bash", bash},
	{"zsh", zsh},
	{"fish", fish},
};

static int run(struct bk_invocation *invocation)
{
	if (invocation->arg_count != 1)
		return bk_subject_usage(invocation);
	for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++)
		if (strcmp(shells[i].name, invocation->args[0]) == 0) {
			shells[i].print(invocation->output);
			return BK_EXIT_OK;
		}
	bk_output_remark(
		"no completions for '%s': there are some for bash, zsh and fish", invocation->args[0]);
	return BK_EXIT_USAGE;
}

const struct bk_command bk_cmd_completion = {
	.name = "completion",
	.group = "Help",
	.summary = "print completions for bash, zsh or fish",
	.arguments = "bash|zsh|fish",
	.examples = {"bracked completion bash > ~/.local/share/bash-completion/completions/bracked",
		"bracked completion fish > ~/.config/fish/completions/bracked.fish"},
	.run = run,
};
