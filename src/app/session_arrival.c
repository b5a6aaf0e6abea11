/*
 * What need not be there for the first screen: a draft's lock and journal where it has none yet, and what
 * surrounds it.
 *
 *	open (LATER)    the bytes
 *	claim           lock and journal
 *	look_around     settings, roster, ledger: on any thread, in a session beside it
 *	adopt           they are the session's; complete sees to what is missing
 */
#include "app/session.h"
#include "app/session_private.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"

#include <time.h>

enum {
	LOCK_TRIES = 30,
	LOCK_PAUSE = 50 * 1000 * 1000, /* nanoseconds */
};

/* ---- Lock and journal ---- */

/* A draft must open even where no journal can be kept; the screen says so. */
static int go_without_journal(struct bk_session *session, int status)
{
	if (status == BK_OK || status == BK_ENOMEM)
		return status;
	session->journal_error = bk_strdup(bk_error_message());
	return session->journal_error ? BK_OK : bk_fail_memory();
}

int bk_session_take_lock(struct bk_session *session)
{
	struct bk_lock_owner owner;
	int status;

	if (!(session->flags & (BK_SESSION_CHANGE | BK_SESSION_EDIT)) || !session->options.state_folder ||
		session->options.dry_run || session->journal_error)
		return BK_OK;
	status = bk_lock_new(&session->lock, session->options.state_folder, session->path, &owner);
	/* Another command has it for a moment only: several that come at once take turns. */
	for (int tries = 0; tries < LOCK_TRIES && status == BK_ELOCKED && session->flags & BK_SESSION_CHANGE;
		tries++) {
		nanosleep(&(struct timespec){.tv_nsec = LOCK_PAUSE}, NULL);
		status = bk_lock_new(&session->lock, session->options.state_folder, session->path, &owner);
	}
	if (status == BK_ELOCKED) {
		session->owner = owner;
		return bk_lock_refuse(&owner, session->name);
	}
	/* Where the state folder cannot be written to, the screen must open all the same, and says so. */
	return session->flags & BK_SESSION_EDIT ? go_without_journal(session, status) : status;
}

/* The hash of a mapped file is left until here, so that the first screen need not wait for it. */
static int hash_file(struct bk_session *session)
{
	struct bk_str bytes;
	int status;

	if (session->stamp.hash || !session->stamp.exists)
		return BK_OK;
	status = bk_snapshot_flat(session->saved, &bytes.ptr, &bytes.len);
	if (status == BK_OK)
		session->stamp.hash = bk_hash(bytes.ptr, bytes.len);
	return status;
}

int bk_session_begin_journal(struct bk_session *session)
{
	if (!(session->flags & BK_SESSION_EDIT) || !session->options.state_folder)
		return BK_OK;
	return go_without_journal(
		session, bk_journal_open_for(&session->journal, session->options.state_folder, session->path,
				 session->stamp.hash, session->text, session->saved_step));
}

int bk_session_open_journal(struct bk_session *session)
{
	int status;

	if (session->journal || !(session->flags & BK_SESSION_EDIT) || !session->options.state_folder)
		return BK_OK;
	status = hash_file(session);
	if (status < 0)
		return status;
	const bool saved = bk_text_step(session->text) == session->saved_step;
	status = bk_journal_open(&session->journal, session->options.state_folder, session->path,
		session->stamp.hash, session->text, &session->found, &session->place);
	if (status < 0)
		return go_without_journal(session, status);
	/* A journal puts the history before it: the text as loaded has another number then. */
	if (saved)
		session->saved_step = bk_text_step(session->text);
	return status;
}

bool bk_session_may_wait(const struct bk_session *session)
{
	/* Where there is a journal, it says where the person was, and perhaps what was never saved. */
	return session->flags & BK_SESSION_LATER && session->options.state_folder && session->path &&
	       !bk_journal_exists(session->options.state_folder, session->path);
}

int bk_session_claim(struct bk_session *session)
{
	int status = session->lock ? BK_OK : bk_session_take_lock(session);

	/* The journal of a mapped file waits for the hash of its bytes. */
	if (status == BK_OK && !session->journal_error && (session->stamp.hash || !session->stamp.exists))
		status = bk_session_open_journal(session);
	return status;
}

/* ---- What surrounds a draft, read on another thread ---- */

int bk_session_beside(struct bk_session **out, const struct bk_session *session)
{
	struct bk_session *beside = bk_calloc(1, sizeof *beside);

	if (!beside)
		return bk_fail_memory();
	beside->flags = session->flags;
	beside->options = session->options;
	beside->stamp = session->stamp;
	beside->name = bk_strdup(session->name);
	beside->path = session->path ? bk_strdup(session->path) : NULL;
	beside->ledger_path = session->ledger_path ? bk_strdup(session->ledger_path) : NULL;
	beside->saved = bk_snapshot_keep(session->saved);
	if (!beside->name || (session->path && !beside->path) ||
		(session->ledger_path && !beside->ledger_path)) {
		bk_session_free(beside);
		return bk_fail_memory();
	}
	*out = beside;
	return BK_OK;
}

void bk_session_look_around(struct bk_session *beside)
{
	if (bk_session_read_surroundings(beside) == BK_OK)
		(void)hash_file(beside); /* the session does that again, and says what is wrong */
}

#define MOVE(member)                                                                                         \
	do {                                                                                                 \
		session->member = beside->member;                                                            \
		beside->member = NULL;                                                                       \
	} while (0)

void bk_session_adopt(struct bk_session *session, struct bk_session *beside)
{
	if (beside->ledger && !session->roster && !session->ledger) {
		MOVE(person);
		MOVE(negotiation);
		MOVE(repository);
		MOVE(repository_name);
		MOVE(roster);
		MOVE(conventions);
		MOVE(author);
		MOVE(settings_error);
		MOVE(ledger);
		session->ledger_bytes = beside->ledger_bytes;
		beside->ledger_bytes = (struct bk_buf)BK_BUF_INIT;
		session->ledger_on_disk = beside->ledger_on_disk;
		session->ledger_received = beside->ledger_received;
		session->ledger_seen = beside->ledger_seen;
		session->ledger_stamp = beside->ledger_stamp;
		session->ledger_version += beside->ledger_version;
	}
	if (!session->stamp.hash)
		session->stamp.hash = beside->stamp.hash;
	bk_session_free(beside);
}

#undef MOVE
