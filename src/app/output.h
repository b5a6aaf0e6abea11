/*
 * What a command prints: answers on stdout, remarks on stderr.
 *
 * When stdout is a terminal, or git's pager before one, text goes through the filter of visible marks and colours
 * come in; on a terminal long answers go to a pager.  Otherwise bytes go out as they are.  Everything is collected
 * and written at the end of the command or when a megabyte is full.
 */
#ifndef BRACKED_APP_OUTPUT_H
#define BRACKED_APP_OUTPUT_H

#include "base/buf.h"
#include "base/json.h"

enum bk_ink {
	BK_INK_PLAIN,
	BK_INK_STRONG,
	BK_INK_FAINT,
	BK_INK_PLACE, /* file, line, column, id */
	BK_INK_DISPUTED,
	BK_INK_GOOD,
	BK_INK_BAD,
	BK_INK_ADDED,
	BK_INK_REMOVED,
};

struct bk_output {
	struct bk_buf pending;
	int descriptor; /* stdout, or the pager's input */
	int pager;	/* process id, 0: none */
	bool terminal;	/* stdout is one */
	bool colour;
	bool use_pager;
	bool broken; /* the reader has gone: nothing more is written */
	int status;  /* first failure to write */
};

/* colour: "auto", "always", "never" (NULL: auto, NO_COLOR heeded). */
void bk_output_init(struct bk_output *output, const char *colour, bool pager);
/* A piece of text: filtered for a terminal. */
void bk_output_text(struct bk_output *output, struct bk_str text);
void bk_output_puts(struct bk_output *output, const char *text);
void bk_output_printf(struct bk_output *output, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* Text in an ink, plain again after it. */
void bk_output_styled(struct bk_output *output, enum bk_ink ink, struct bk_str text);
/* Text on one line: line ends and tabs become blanks, cut to at most `clusters` with an ellipsis (0: uncut). */
void bk_output_excerpt(struct bk_output *output, enum bk_ink ink, struct bk_str text, size_t clusters);
/* Text that differs in what nobody sees: all that is not plain ASCII as marks, "sh<U+0430>ll". */
void bk_output_unseen(struct bk_output *output, enum bk_ink ink, struct bk_str text);
/* One line of JSON with "schema":1 first; frees object. */
void bk_output_json(struct bk_output *output, bk_json *object);
/* Bytes as they are, for answers that are a text: filtered only for a terminal. */
void bk_output_bytes(struct bk_output *output, struct bk_str bytes);
/* A unified diff, in colour on a terminal. */
void bk_output_diff(struct bk_output *output, struct bk_str diff);
/* One cell of CSV with quotes where needed; `last` ends the line. */
void bk_output_csv(struct bk_output *output, struct bk_str cell, bool last);

/* A remark on stderr: "bracked: ..." and a line end; filtered for a terminal. */
void bk_output_remark(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Remark the message of the last failure. */
void bk_output_failure(void);

/* Write what is pending, wait for the pager. BK_OK or the first failure. */
int bk_output_finish(struct bk_output *output);

/* A new object with "schema": 1. */
bk_json *bk_output_object(void);

#endif
