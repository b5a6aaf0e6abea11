/*
 * Versions of a text as a command names them, opened and merged.
 */
#ifndef BRACKED_APP_MERGING_H
#define BRACKED_APP_MERGING_H

#include "app/command.h"

#include <bracked/merge.h>

/* How names are written, for commands that write them. */
extern const char *const bk_style_choices[];
#define BK_OPTION_STYLE                                                                                      \
	{                                                                                                    \
		.name = "style", .value = "STYLE", .choices = bk_style_choices,                              \
		.help = "how names are written"                                                              \
	}

/* The style asked for, else that of the conventions. */
enum bk_style bk_merging_style(const struct bk_invocation *invocation, const struct bk_session *base);

struct bk_merging {
	struct bk_session *base;
	struct bk_session **versions; /* of each argument */
	size_t count;
	size_t bytes; /* of base and versions in files, about */
	enum bk_style style;
	bk_merge *merge;
};

/* Open --base and the arguments PARTY=FILE, and merge them as the options say.  Exit status; release in
 * any case. */
int bk_merging_open(struct bk_merging *merging, struct bk_invocation *invocation);
void bk_merging_release(struct bk_merging *merging);

#endif
