/* What the files of the session share. */
#ifndef BRACKED_APP_SESSION_PRIVATE_H
#define BRACKED_APP_SESSION_PRIVATE_H

#include "app/session.h"

/* Read the ledger's file again when it is not what it was; grows ledger_version when it changed. */
int bk_session_load_ledger(struct bk_session *session);

/* Settings, roster and ledger, when they are not there. */
int bk_session_read_surroundings(struct bk_session *session);

/* Set name, path and ledger_path from a file's name; nothing changes on failure. */
int bk_session_set_paths(struct bk_session *session, const char *file);
/* Take the lock of the path; on BK_ELOCKED owner says who has it. */
int bk_session_take_lock(struct bk_session *session);
/* Whether lock and journal may wait until after the first screen: BK_SESSION_LATER. */
bool bk_session_may_wait(const struct bk_session *session);
/* Begin or take up the journal of the path (BK_SESSION_EDIT); a journal that cannot be
 * kept leaves journal_error. */
int bk_session_open_journal(struct bk_session *session);

/* Begin the journal of the path for the text and its history, as open_journal. */
int bk_session_begin_journal(struct bk_session *session);
/* Keep a copy as session->remark; NULL: there is none. */
void bk_session_put_remark(struct bk_session *session, const char *remark);

/* Bind the ledger of the analysis to its first reading: by edits made here, by the texts that brackets were recorded
 * on where `look_back` asks for them, and by words.  Any thread. */
int bk_session_bind(struct bk_analysis *analysis, const bk_draft *draft);

/*
 * Append to out a ledger line for each recorded bracket whose place in the analysed text words alone would get
 * wrong: edits made here know better.  old is the hash of the file's bytes now, of which the lines say nothing;
 * 0: there is no file.  Any thread.
 */
int bk_session_carried_lines(const struct bk_analysis *analysis, uint64_t old, struct bk_buf *out);

#endif
