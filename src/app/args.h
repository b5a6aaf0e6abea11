/*
 * The words of a command line: options declared by a table, and what is left.
 *
 *	--name  --name=VALUE  --name VALUE  -x  -xVALUE  -x VALUE  -xyz (flags together)  --
 *
 * Options may follow arguments; "--" ends them; "-" alone is an argument.
 */
#ifndef BRACKED_APP_ARGS_H
#define BRACKED_APP_ARGS_H

#include "base/buf.h"

#include <bracked/error.h>

struct bk_option;

struct bk_given {
	const struct bk_option *option;
	const char *value; /* NULL for a flag */
};

struct bk_args {
	const struct bk_option *const *tables; /* NULL-terminated list of option tables */
	struct bk_given *given;
	size_t given_count;
	const char **rest; /* NULL-terminated */
	size_t rest_count;
	bool help;	  /* -h or --help stood among them */
	bool before_rest; /* parsing ended before the first argument */
};

/*
 * Parse argv[0..argc), which is borrowed.  With stop_at_rest, parsing ends before the first argument (global
 * options), and an option that only commands have is told to go behind.  BK_EINVAL with a message that names
 * the nearest option; BK_ENOMEM.
 */
int bk_args_parse(
	struct bk_args *out, const struct bk_option *const *tables, int argc, char **argv, bool stop_at_rest);
void bk_args_release(struct bk_args *args);

bool bk_args_has(const struct bk_args *args, const char *name);
/* The last value given, or NULL. */
const char *bk_args_value(const struct bk_args *args, const char *name);
/* The values of a repeated option, one after the other: *from starts at 0; NULL at the end. */
const char *bk_args_next(const struct bk_args *args, const char *name, size_t *from);
/* A number that fills the whole value; BK_EINVAL naming the option. Leaves *out
 * when the option is not given. */
int bk_args_size(const struct bk_args *args, const char *name, size_t *out);
/* A whole number in decimal that fills text. */
bool bk_args_parse_size(const char *text, size_t *out);
/* "START:END" as byte offsets. */
bool bk_args_parse_span(const char *text, size_t *start, size_t *end);

#endif
