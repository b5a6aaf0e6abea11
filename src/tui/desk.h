/*
 * A desk: one draft that is open on the screen, with the place in it and what is known about its brackets.
 *
 *	text (always right) --bracket queries--> pair at the cursor, depth
 *	draft (right some edits ago) --carry--> classes, status, parties on the screen
 *
 * The draft is read on a thread; between two readings, offsets are carried through the edits made since, so
 * that no key waits.
 */
#ifndef BRACKED_TUI_DESK_H
#define BRACKED_TUI_DESK_H

#include "app/session.h"
#include "tui/carry.h"
#include "tui/desk_fold.h"
#include "tui/marks.h"
#include "tui/saver.h"
#include "tui/window.h"
#include "tui/worker.h"

#include <bracked/merge.h>

struct bk_lineage;
struct bk_past;
struct bk_placed;
struct bk_versus;

/*
 * Above this only a window round the screen is read for colours until a pane asks for all of it: what is
 * known of a draft takes some bytes a byte.
 */
#define BK_DESK_WHOLE ((size_t)8 << 20)

struct bk_view {
	size_t top;    /* start of the topmost row */
	size_t cursor; /* offset */
	size_t anchor; /* other end of the selection, or BK_NOWHERE */
	bool select;   /* Ctrl-Space: moving selects */
	int goal;      /* column that moving up and down aims at, or -1 */
};

/* Where the cursor stood before the act that made a step. */
struct bk_desk_origin {
	size_t step, cursor;
};

/* A mark that was given to a place of a merge, by its index, in the text of a step. */
struct bk_desk_mark {
	size_t step, place;
	enum bk_proof_mark before, after;
	size_t undone; /* how many steps there were when it was taken back; 0: it stands */
};

struct bk_desk {
	struct bk_session *session;
	struct bk_view view;
	bool read_only;
	bool completed; /* settings, roster and ledger are there */
	bool arrived;	/* they were read, or it was found that they cannot be */
	bool others;	/* others changed the file: the top line says so until something is decided */
	bool warned;	/* and it has been asked about */
	bool over;	/* what is being saved goes over what others wrote, which is in the history */
	int64_t looked; /* when the file was last looked at, milliseconds */

	struct bk_carry carry;
	struct bk_worker analyst;
	struct bk_analysis analysis;
	struct bk_marks coming; /* of what the analyst reads */
	const char *party;	/* for whom */
	struct bk_worker sweeper;
	struct bk_desk_rubbish { /* its task: what a new reading took the place of */
		struct bk_analysis analysis;
		struct bk_marks marks;
	} rubbish;
	bool spoken; /* a position was recorded last, in the text of spoken_version */
	uint64_t spoken_version;
	int64_t edited;		 /* when the text was last changed, milliseconds */
	bool hurry;		 /* do not wait for a pause in typing */
	uint64_t failed_version; /* of the text whose reading failed: do not try again */
	int failed_status;
	char *failure;	       /* why, in words */
	struct bk_marks marks; /* of the draft */
	struct bk_folds folds;
	struct bk_folds ajar;	  /* opened to show where the cursor is: folded again when it leaves them */
	struct bk_fold_care care; /* of the folds */
	struct bk_journal_place kept;	       /* what the journal was told last; folds: none */
	BK_VEC(struct bk_desk_origin) origins; /* by step */

	struct bk_window window; /* of a large text */

	struct bk_worker scout;	    /* reads what surrounds the draft */
	struct bk_session *beside;  /* its task */
	struct bk_worker completer; /* of a lazy text */
	bk_text_rest *rest;
	bk_text *rest_text;
	int rest_status;

	struct bk_saver saver;

	struct bk_worker historian;
	struct bk_past *past;	     /* NULL until read */
	struct bk_past *past_coming; /* the task */

	struct bk_worker biographer;
	struct bk_lineage *lineage;	   /* NULL until read */
	struct bk_lineage *lineage_coming; /* the task */
	struct bk_carry lived;		   /* edits since then */
	bool lineage_due;		   /* there are revisions that it does not know */

	struct bk_worker comparer;
	struct bk_carry compared;	 /* edits since then */
	struct bk_versus *versus;	 /* what was compared last; NULL: nothing yet */
	struct bk_versus *versus_coming; /* the task */
	struct bk_versus *versus_next;	 /* asked for while another was under way */
	char marked[2][41]; /* revisions chosen to be compared, the one marked first first; "" for none */

	bool compiled; /* it is a compilation: a proof lies beside it */
	struct bk_worker placer;
	struct bk_placed *places;	 /* what was followed last; NULL: nothing yet */
	struct bk_placed *places_coming; /* the task */
	uint64_t places_count;		 /* how often they were followed */
	bool places_due;		 /* what comes is outdated before it is there */
	bk_draft *merged;		 /* that compilation as it was, as it was found first; NULL */
	bool held; /* what threads have done is not taken over, until a script says so */
	BK_VEC(struct bk_desk_mark) given;
	uint64_t placed; /* the version of the text in which the pane found nothing unplaced */

	struct bk_text_reading *reading; /* what F3 shows; NULL: the draft itself */
};

/* Another reading of the draft, read only (F3). */
struct bk_text_reading {
	char *name;
	bk_text *text;
	bk_reading *reading;
	struct bk_view view;
};

/*
 * Open a file for the screen; flags of a session: EDIT, perhaps LATER, or READ.  BK_ELOCKED when another has it:
 * open again to READ.  Other codes as bk_session_open.
 */
int bk_desk_open(
	struct bk_desk **out, const char *file, unsigned flags, const struct bk_session_options *options);
/* Waits for background work; keeps the place. */
void bk_desk_free(struct bk_desk *desk);

/* Stand where the other desk of the same file does, whose text becomes what the file holds now: its place and its
 * folds are carried there. */
void bk_desk_take_over(struct bk_desk *desk, struct bk_desk *other);
/* Lock and journal of a desk that was opened LATER; as bk_session_claim. */
int bk_desk_claim(struct bk_desk *desk);
/* Settings, roster and ledger, when that has not happened; waits for the thread that reads them. */
int bk_desk_complete(struct bk_desk *desk);
/* True when that thread is done, and bk_desk_complete will not wait. */
bool bk_desk_is_scouted(const struct bk_desk *desk);
/* Start what background work is due; wake is the loop's pipe.  Returns milliseconds until more is. */
int bk_desk_work(struct bk_desk *desk, int wake, struct bk_span seen);
/* Take in what is done; true when something on the screen may look different. */
bool bk_desk_take(struct bk_desk *desk);
/* True while something runs or is due. */
bool bk_desk_is_busy(const struct bk_desk *desk);
/*
 * One step towards the draft as the text is now, without waiting: what is done is taken in, what is missing is
 * begun on threads.  *fresh says that nothing is.  Codes of reading it, and of bk_desk_complete.
 */
int bk_desk_freshen(struct bk_desk *desk, int wake, bool *fresh);
/* The session has just made its draft fresh by itself: count and carry anew. */
void bk_desk_news(struct bk_desk *desk);
/* Ask for the revisions again (after a save). */
void bk_desk_read_past(struct bk_desk *desk, int wake);
/* Where the bracket that begins at an offset of the text stands in the lineage's newest text, or would. */
size_t bk_desk_lived(const struct bk_desk *desk, size_t offset);
/* Compare a revision (NULL: HEAD) with another (NULL: the draft), unless that is what was compared last. */
void bk_desk_compare(struct bk_desk *desk, int wake, const char *before, const char *now);
/* Follow the places of the compilation to the text as it is now, unless that was done last; with `anew`, in any case.
 * *there says that they are.  BK_ENOMEM. */
int bk_desk_place(struct bk_desk *desk, int wake, bool anew, bool *there);
/* Tell the journal where we are, when that is news; with `all`, as before the end, whatever it costs. */
void bk_desk_keep_place(struct bk_desk *desk, bool all);

/* An act has made the step where the text stands; the cursor stood there before it. */
void bk_desk_note_origin(struct bk_desk *desk, size_t cursor);
/* Where the cursor stood before the act that made a step, when the text is again what it was then. */
bool bk_desk_origin(const struct bk_desk *desk, size_t step, size_t *cursor);

/* Show a reading, taken over with its name (copied); NULL goes back to the draft, at the place read last. */
int bk_desk_read(struct bk_desk *desk, const char *name, bk_reading *reading);

/* The text shown: the draft's, or the reading's. */
const bk_snapshot *bk_desk_shown(const struct bk_desk *desk);
struct bk_view *bk_desk_view(struct bk_desk *desk);
/* The draft for colours, where its first byte stands in the text, and the edits since; NULL when none. */
const bk_draft *bk_desk_colours(const struct bk_desk *desk, size_t *start, const struct bk_carry **carry);
/* The bracket of the draft that the cursor stands in, BK_NONE when the draft has none there. */
uint32_t bk_desk_here(const struct bk_desk *desk);
/* Where a bracket of the draft stands in the text now. */
struct bk_span bk_desk_span(const struct bk_desk *desk, const struct bk_bracket *bracket);
uint8_t bk_desk_marks(const struct bk_desk *desk, uint32_t bracket);
/* How deep a bracket is nested, not counting those that run across a heading: they hold everything and say
 * nothing. */
uint8_t bk_desk_shade(const struct bk_desk *desk, uint32_t bracket);
/* The selection; empty, at the cursor, when there is none. */
struct bk_span bk_view_selection(const struct bk_view *view);

/* Of the files of the desk: the thread that reads what surrounds the draft, and the place that the journal
 * knows. */
void bk_desk_start_scout(struct bk_desk *desk, int wake);
void bk_desk_drop_scout(struct bk_desk *desk);
void bk_desk_take_place(struct bk_desk *desk);
/* What is read of the session's draft. */
struct bk_marks_source bk_desk_source(const struct bk_desk *desk);
/* Marks and shades of the draft that the session has just read, and what is counted of them. */
void bk_desk_count_marks(struct bk_desk *desk);
/* Wait for what is read in the background. */
void bk_desk_end_work(struct bk_desk *desk);

#endif
