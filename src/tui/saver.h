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

	struct bk_buf note; /* typed for a revision that is not there yet */
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
/* The outcome is told. */
void bk_saver_clear(struct bk_saver *saver);
/* Wait for what runs: the session knows what is saved after. */
void bk_saver_release(struct bk_saver *saver);

#endif
