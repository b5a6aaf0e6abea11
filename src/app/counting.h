/*
 * Counts with their names: the columns of `stat` and `history`, for people, trackers and programs; and what they are
 * divided by.
 *
 *	           words  brackets  disputed ...
 *	whole       7355       937       897       "": no division
 *	Article 1    812       120       110       a heading, up to the next one
 *	EU           140        22        22       a party: what it proposes or holds a position on
 */
#ifndef BRACKED_APP_COUNTING_H
#define BRACKED_APP_COUNTING_H

#include "app/output.h"
#include "base/vec.h"

#include <bracked/ledger.h>

/* What `--by` takes. */
extern const char *const bk_counting_divisions[];

/* The options of commands that count. */
#define BK_OPTION_CSV                                                                                        \
	{                                                                                                    \
		.name = "csv", .help = "print a table with a header line"                                    \
	}
#define BK_OPTION_BY                                                                                         \
	{                                                                                                    \
		.name = "by", .value = "WHAT", .choices = bk_counting_divisions,                             \
		.help = "count for each party, or for each top-level heading"                                \
	}

struct bk_counting_row {
	const char *name; /* of the heading or party; borrowed from draft or roster */
	struct bk_counts counts;
};

typedef BK_VEC(struct bk_counting_row) bk_counting_rows;

/* The counts of one text, whole and divided. */
struct bk_counting {
	struct bk_counts counts;
	const char *by; /* NULL: it is not divided */
	bk_counting_rows rows;
};

/*
 * The rows of a division, "heading" or "party".  Each heading's go up to the next, so that no word of the text is in
 * none; positions may be NULL by heading.  BK_ENOMEM.
 */
int bk_counting_divide(bk_counting_rows *out, const char *by, const bk_draft *draft,
	const bk_positions *positions, const bk_roster *roster);

/* Set every count in an object; classes and modals are objects in it, the rows an array "by". */
void bk_counting_json(bk_json *object, const struct bk_counting *counting);
/* A table for spreadsheets: its columns' names, and the lines of a text, one when it is not divided, else one a row.
 * The date is a day. */
void bk_counting_csv_header(struct bk_output *output, const char *by);
void bk_counting_csv(struct bk_output *output, const struct bk_counting *counting, const char *file,
	const char *date, const char *symbol);
/* Each count on a line with its name. */
void bk_counting_text(struct bk_output *output, const struct bk_counts *counts);

#endif
