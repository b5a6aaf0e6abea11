/*
 * The one table of commands.  The command line, the prompt, the menu, the keys, the completions and help are
 * all read from it.
 *
 * A command has a `run` when it can be called from the command line, and a `key` or a `menu` when it can be
 * done on the screen; what the screen does is in a table of the screen's own (tui/act.c), found by `name`.
 */
#ifndef BRACKED_APP_COMMAND_H
#define BRACKED_APP_COMMAND_H

#include "app/session.h"

/* Exit status of the program. */
enum bk_exit {
	BK_EXIT_OK = 0,	   /* done, same, nothing found */
	BK_EXIT_FOUND = 1, /* differences, findings, unresolved */
	BK_EXIT_USAGE = 2,
	BK_EXIT_FAILED = 3,
};

struct bk_option {
	const char *name;	    /* "json", without dashes */
	char letter;		    /* 'm', or 0 */
	const char *value;	    /* "MESSAGE" when it takes one, else NULL */
	bool repeat;		    /* may be given several times */
	const char *const *choices; /* what value may be, for checking and completion; NULL: anything */
	const char *help;
};

struct bk_invocation;

/* The screen, which stands above all commands: given by main. */
struct bk_editor {
	/* Edit files; enum bk_exit, or what the screen ends the program with. */
	int (*edit)(struct bk_invocation *invocation, const char *const *files, size_t count);
	/* Load what a terminal is shown by.  BK_EIO where it is not there. */
	int (*start)(void);
};

/* What a command was called with. */
struct bk_invocation {
	const struct bk_command *command;
	const char *const *args; /* NULL-terminated, after the options */
	size_t arg_count;
	struct bk_output *output; /* stdout, stderr, colour, pager (app/output.h) */
	struct bk_session_options session;
	const struct bk_editor *editor;
	bool changed;	       /* by the command: what was asked for is done, whether or not it can be told */
	struct bk_args *given; /* options; ask with the functions of app/args.h */
};

/* Headings of the commands of the screen. */
#define BK_GROUP_MOVING	   "Moving"
#define BK_GROUP_SELECTING "Selecting"
#define BK_GROUP_EDITING   "Editing the words"
#define BK_GROUP_BRACKETS  "Brackets"
#define BK_GROUP_POSITIONS "Positions of my party"
#define BK_GROUP_FOLDING   "Folding"
#define BK_GROUP_FILES	   "Drafts and revisions"
#define BK_GROUP_SHOWING   "Panes"

struct bk_command {
	const char *name;		 /* "check"; screen acts too: "next-open" */
	const char *group;		 /* "Reading a draft": heading in help and menu */
	const char *summary;		 /* "report faults and propose repairs" */
	const char *arguments;		 /* "FILE..." ; NULL: not for the command line */
	const struct bk_option *options; /* ends with name NULL; may be NULL */
	const char *examples[2];
	int (*run)(struct bk_invocation *invocation); /* returns enum bk_exit; NULL: only on the screen */
	const char *key;     /* default key on the screen: "Ctrl-S"; several parted by blanks; NULL: none */
	const char *vi_key;  /* in vi mode, when it differs */
	const char *vi_keys; /* letters of vi's normal mode that do it too: "za", "u"; NULL: none */
	bool menu;	     /* stands in the menu */
};

/*
 * The table in two parts, each ended by NULL or a command without a name: what the command line runs
 * (command_table.c), in the order of help, and what only the screen does (command_screen.c).
 */
extern const struct bk_command *const bk_commands[];
extern const struct bk_command bk_screen_commands[];

/* All of both parts, one after the other; NULL past the end. */
const struct bk_command *bk_command_at(size_t index);
const struct bk_command *bk_command_find(const char *name);
/* The command whose name is nearest to a mistyped one, or NULL. */
const struct bk_command *bk_command_nearest(const char *name);
/* Usage text with options and examples, appended. */
void bk_command_usage(const struct bk_command *command, struct bk_buf *out);

/* Options that stand before or after any command; ends with name NULL. */
extern const struct bk_option bk_global_options[];

/* The program: parse, find, run.  Returns the exit status. */
int bk_command_main(int argc, char **argv, const struct bk_editor *editor);

#endif
