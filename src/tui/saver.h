/*
 * The saver of a draft: it saves on a thread, one save at a time, and keeps at most one that waits for it.
 *
 *	start -> worker: run .. run -> outcome -> the screen tells it -> next start, when one waits
 *	             |
 *	          journal's mark in between (app/saving.h)
 */
#ifndef BRACKED_TUI_SAVER_H
#define BRACKED_TUI_SAVER_H

#include "app/saving.h"
#include "tui/worker.h"

struct bk_saver {
	struct bk_worker worker;
	struct bk_saving *saving; /* the task */
	struct bk_saving *done;	  /* to be told; NULL */
	bool told;		  /* a failure has been told that waits for its draft to be shown */

	/* What waits until the save that runs is done. */
	bool wanted, wanted_revision;
	unsigned wanted_flags;
	struct bk_buf wanted_note; /* of that revision */

	struct bk_buf note; /* typed for a revision that neither runs nor waits */
	bool noted;	    /* and to be asked for again once the file is written */
	bool leave;	    /* the draft is left when all is saved */
};

/* Save the session in the background; the saver must be free.  Codes of bk_saving_new. */
int bk_saver_start(struct bk_saver *saver, struct bk_session *session,
	const struct bk_saving_request *request, int wake);
/* Take in what the worker has done; true when there is an outcome in saver->done. */
bool bk_saver_take(struct bk_saver *saver);
/* True while something is saved, or its outcome has not been told. */
bool bk_saver_is_busy(const struct bk_saver *saver);
/* Save again once what runs is done; several that wait are one, with the notes of all.  BK_ENOMEM. */
int bk_saver_wait_for(struct bk_saver *saver, const struct bk_saving_request *request);
/* Nothing waits any more. */
void bk_saver_forget_waiting(struct bk_saver *saver);
/* A revision came to nothing: its note is typed text again, after what there is of it. */
void bk_saver_put_note(struct bk_saver *saver, const char *note);
/* A save has failed, and what waited for it is not begun: the notes of both are typed text again. */
void bk_saver_take_notes_back(struct bk_saver *saver, const struct bk_saving *saving);
/*
 * Wait for what runs: the session knows what is saved after.  The code of a save that failed and was not told,
 * with its message; BK_OK otherwise.
 */
int bk_saver_finish(struct bk_saver *saver);
/* Finish, and let go of all. */
void bk_saver_release(struct bk_saver *saver);

#endif
