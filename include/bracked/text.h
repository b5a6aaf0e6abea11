/*
 * The text: an editable run of bytes with snapshots, history and bracket queries.
 *
 * A text is a persistent balanced tree of chunks:
 *
 *	            node  bytes 9k lines 120 opens 31 closes 30 net +1 low -2
 *	           /    \
 *	       leaf      node          each edit copies one path, O(log n);
 *	     4-16 KiB   /    \         old roots stay readable: they are snapshots
 *	              leaf   leaf
 *
 * Every node sums up what is below it, so that "where am I", "what encloses me", "where does
 * it close" and "how many are unmatched" cost O(log n) at any size, and are right again after
 * every edit without a rescan.
 *
 * Offsets are bytes from 0.  Lines count from 0 here (the screen adds one).  A line ends after LF;
 * CR LF is one line end, a CR alone is none.
 *
 * The bracket queries are those of plain matching over `[` and `]`; a bracket after an odd number of
 * backslashes is literal.  Other pairs (conventions) and repaired matching are the draft's affair.
 *
 * A text belongs to one thread.  A snapshot may be read by any thread and is counted: bk_snapshot_keep
 * and bk_snapshot_free may be called on any thread.
 */
#ifndef BRACKED_TEXT_H
#define BRACKED_TEXT_H

#include <bracked/error.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define BK_NOWHERE SIZE_MAX /* an offset that is none */

/* Bytes from start up to, not with, end. */
struct bk_span {
	size_t start, end;
};

typedef struct bk_text bk_text;
typedef struct bk_snapshot bk_snapshot;

/* ---- Snapshots ---------------------------------------------------------------------------------- */

BK_API bk_snapshot *bk_snapshot_keep(const bk_snapshot *snapshot); /* counts one more holder; never fails */
BK_API void bk_snapshot_free(bk_snapshot *snapshot);		   /* takes NULL */

/* In bytes, O(1). */
BK_API size_t bk_snapshot_size(const bk_snapshot *snapshot);
/*
 * The bytes from offset to the end of the piece of memory they lie in: *bytes, *len (0 at the end of the
 * text).  Walk a text by adding *len to offset.  Borrowed while the snapshot is held.  Cost: O(log n).
 */
BK_API void bk_snapshot_piece(const bk_snapshot *snapshot, size_t offset, const char **bytes, size_t *len);
/* Copy the bytes of span, which must lie inside, to out: room for all of them, no NUL is added.  O(log n +
 * length). */
BK_API void bk_snapshot_copy(const bk_snapshot *snapshot, struct bk_span span, char *out);
/*
 * All bytes in one run, NUL after the last when they were copied; borrowed while the snapshot is held.  Free
 * of cost for a text as it was loaded; else copied once, and kept with the snapshot.  BK_ENOMEM.
 */
BK_API int bk_snapshot_flat(const bk_snapshot *snapshot, const char **bytes, size_t *len);

/* Line ends, plus one for a last line without one; 0 when empty.  O(1). */
BK_API size_t bk_snapshot_lines(const bk_snapshot *snapshot);
/* Line ends before offset: behind a last LF that is the number of lines, where no line starts any more.
 * O(log n). */
BK_API size_t bk_snapshot_line_of(const bk_snapshot *snapshot, size_t offset);
/* Both BK_NOWHERE past the last line.  O(log n). */
BK_API size_t bk_snapshot_line_start(const bk_snapshot *snapshot, size_t line);
BK_API size_t bk_snapshot_line_end(const bk_snapshot *snapshot, size_t line); /* before its line end */

/* Counts of plain matching over the whole text, O(1). */
struct bk_bracket_counts {
	size_t opens, closes, pairs, unmatched_open, unmatched_close;
	size_t depth; /* most brackets open at once, unmatched opens included */
};
BK_API struct bk_bracket_counts bk_snapshot_brackets(const bk_snapshot *snapshot);
/* How many brackets open before offset, matched or not.  O(log n). */
BK_API size_t bk_snapshot_opens(const bk_snapshot *snapshot, size_t offset);
/* How many brackets are open just before offset (a close that matches nothing takes none away).
 * O(log n). */
BK_API size_t bk_snapshot_depth(const bk_snapshot *snapshot, size_t offset);
/*
 * The innermost bracket that holds offset: start <= offset < end.  end is BK_NOWHERE for an unmatched
 * open; false when nothing is open there.  O(log n).
 */
BK_API bool bk_snapshot_enclosing(const bk_snapshot *snapshot, size_t offset, struct bk_span *out);
/* The other end of the bracket character at offset; BK_NOWHERE when unmatched or when no bracket stands
 * there.  O(log n). */
BK_API size_t bk_snapshot_match(const bk_snapshot *snapshot, size_t offset);
/* Offset of the next bracket character ('[' , ']' or 0 for either) at or after offset; BK_NOWHERE.  O(log
 * n). */
BK_API size_t bk_snapshot_next_bracket(const bk_snapshot *snapshot, size_t offset, char kind);
/* Offset of the last bracket character before offset; BK_NOWHERE.  O(log n). */
BK_API size_t bk_snapshot_previous_bracket(const bk_snapshot *snapshot, size_t offset, char kind);

/* ---- Texts -------------------------------------------------------------------------------------- */

/* A text with a copy of the bytes.  BK_ENOMEM. */
BK_API int bk_text_new(bk_text **out, const char *bytes, size_t len);
/*
 * A text over bytes that stay valid until release(context) is called, when the last snapshot that needs them
 * is gone.  release may be NULL; on failure it has not been called.  BK_ENOMEM.  With `lazy`, only the first
 * megabyte is summed up now: until bk_text_complete, the rest is there to read but lines and brackets beyond
 * bk_text_ready are unknown (queries on them block and complete first).
 */
BK_API int bk_text_borrow(bk_text **out, const char *bytes, size_t len, void (*release)(void *context),
	void *context, bool lazy);
/* The same, with nothing summed up before it is asked for: for one who takes the bytes as they are. */
BK_API int bk_text_borrow_unread(
	bk_text **out, const char *bytes, size_t len, void (*release)(void *context), void *context);
BK_API void bk_text_free(bk_text *text); /* takes NULL; snapshots stay */

/* How far a lazy text is summed up. */
BK_API size_t bk_text_ready(const bk_text *text);
/*
 * Sum up the rest of a lazy text.  bk_text_prepare does the work and may run on another thread while this
 * text is read and edited within its ready part; bk_text_complete then joins the result on the text's own
 * thread, O(log n).  bk_text_complete without prepare does both.  Both: BK_ENOMEM, and the text is as lazy
 * as before.
 */
typedef struct bk_text_rest bk_text_rest;
BK_API int bk_text_prepare(const bk_text *text, bk_text_rest **out);
BK_API int bk_text_complete(bk_text *text, bk_text_rest *rest); /* takes rest over; NULL: prepare now */

/* The text now; counted, the caller frees.  O(1). */
BK_API bk_snapshot *bk_text_snapshot(const bk_text *text);
/* The same, borrowed until the next change or bk_text_complete. */
BK_API const bk_snapshot *bk_text_now(const bk_text *text);
/* Grows by one with each change of the bytes, undo and redo included. */
BK_API uint64_t bk_text_version(const bk_text *text);

/* One replaced span: `removed` bytes at start give way to `inserted`. */
struct bk_edit {
	size_t start;
	const char *removed;
	size_t removed_len;
	const char *inserted;
	size_t inserted_len;
};

enum bk_edit_flag {
	BK_EDIT_TYPED = 1, /* typing: joins the step before when it goes on the same word at the same place */
	BK_EDIT_JOIN = 2,  /* joins the step before, whatever it was */
};

/*
 * Replace span by len bytes: insert (empty span), delete (len 0) or both; bytes are copied.  One undo step
 * unless a flag says otherwise.  Cost: O(log n + len).  BK_ERANGE; BK_ENOMEM.
 */
BK_API int bk_text_replace(bk_text *text, struct bk_span span, const char *bytes, size_t len, unsigned flags);
/*
 * Several replacements as one step; spans are of the text before, ascending, and do not overlap: BK_EINVAL
 * otherwise, BK_ERANGE past the end, BK_ENOMEM.  Observers hear of them one by one when all are made.  Cost:
 * O(log n + bytes) a change.
 */
struct bk_change {
	struct bk_span span;
	const char *bytes;
	size_t len;
};
BK_API int bk_text_apply(bk_text *text, const struct bk_change *changes, size_t count);

/* ---- History: a tree of steps ------------------------------------------------------------------- */
/*
 *	0 (as loaded) -- 1 -- 2 -- 5      undo goes to the parent, redo to the newest child;
 *	                  \-- 3 -- 4      nothing typed is ever lost by typing after an undo
 *
 * Steps are numbered in the order they were made.
 */
struct bk_step {
	size_t parent;	     /* of step 0: 0 */
	size_t newest_child; /* BK_NOWHERE: none */
	/* In the order they were applied, each in the text after the one before. */
	const struct bk_edit *edits;
	size_t edit_count;
	int64_t time; /* seconds since 1970, given by bk_text_set_clock; 0 when none */
};
BK_API size_t bk_text_step(const bk_text *text); /* where we are */
BK_API size_t bk_text_step_count(const bk_text *text);
/* Borrowed until the next change of the text or its history.  BK_ERANGE. */
BK_API int bk_text_step_get(const bk_text *text, size_t step, struct bk_step *out);
/* Undo or redo one step; *at (may be NULL) is where the text changed.  BK_ENOTFOUND when there is none;
 * BK_ENOMEM; BK_EFORMAT for a step kept on disk that does not fit.  Cost: that of its edits. */
BK_API int bk_text_undo(bk_text *text, size_t *at);
BK_API int bk_text_redo(bk_text *text, size_t *at);
/* Go to any step, by the tree.  BK_ERANGE; BK_ENOMEM; BK_EFORMAT as above, and the text is where it was. */
BK_API int bk_text_go(bk_text *text, size_t step, size_t *at);
/* The step before or after this one in time, on any branch.  Errors as bk_text_undo. */
BK_API int bk_text_earlier(bk_text *text, size_t *at);
BK_API int bk_text_later(bk_text *text, size_t *at);
/* Close the current step: what is typed next begins a new one. */
BK_API void bk_text_break(bk_text *text);
/* Add a step below parent without going there: how a history kept on disk comes back.  The edits are copied
 * and checked when the step is first gone to: BK_EFORMAT then if they do not fit the text.  BK_ERANGE when
 * there is no such parent; BK_ENOMEM. */
BK_API int bk_text_add_step(
	bk_text *text, size_t parent, const struct bk_edit *edits, size_t count, int64_t time);
/*
 * Say that the text as it was loaded is that of `step`, not of step 0: for a history that began
 * before.  Allowed before the first change only: BK_EINVAL later; BK_ERANGE.  The bytes do not
 * change, and no observer is called.
 */
BK_API int bk_text_stand(bk_text *text, size_t step);
/* Where the times of steps come from: seconds since 1970.  Without a clock they are 0. */
BK_API void bk_text_set_clock(bk_text *text, int64_t (*now)(void));

/*
 * Called after every change of the bytes, in order, with the edit made and the step it is part of; undo and
 * redo are reported with `moved` set and step the one gone to.  Where one call makes several edits, the text
 * is past the last of them when the first is told of.  One observer list; the observer must not change the
 * text or the list.
 */
struct bk_text_news {
	const struct bk_edit *edit;
	size_t step;
	bool moved;
};
typedef void (*bk_text_observer)(void *context, const struct bk_text_news *news);
BK_API int bk_text_observe(bk_text *text, bk_text_observer observer, void *context);
BK_API void bk_text_unobserve(bk_text *text, bk_text_observer observer, void *context);

/*
 * Where an offset of before stands after an edit.  What lay in the removed bytes, or where bytes were only
 * inserted, comes to stand at the start of the inserted ones, or with `after` at their end.
 */
BK_API size_t bk_edit_carry(const struct bk_edit *edit, size_t offset, bool after);

#endif
