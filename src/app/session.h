/*
 * A session: one open draft with all that belongs to it.  The only place where state changes.
 *
 *	file bytes -> text -> draft <-> binding <- ledger         roster, conventions <- .negotiation
 *
 * The command line opens a session, asks or changes, and frees it; the screen keeps one for each open draft.
 * Members may be read directly; they change only through the functions below.
 */
#ifndef BRACKED_APP_SESSION_H
#define BRACKED_APP_SESSION_H

#include "base/buf.h"
#include "base/file.h"

#include <bracked/bracked.h>
#include <stdatomic.h>

enum bk_session_flag {
	BK_SESSION_READ = 0, /* FILE may be "-" or REV:path; nobody in particular reads it */
	BK_SESSION_CHANGE =
		1, /* FILE must be a path; refused while another process has it open for editing */
	BK_SESSION_EDIT =
		2, /* as CHANGE, with lock and journal for the screen; a missing file is a new, empty draft */
	BK_SESSION_LATER = 4,	/* with EDIT: lock and journal may wait for bk_session_claim */
	BK_SESSION_PERSON = 8,	/* with READ: the person who looks has settings that count */
	BK_SESSION_UNREAD = 16, /* with READ: what the text says waits for bk_session_refresh */
	BK_SESSION_BARE = 32,	/* with UNREAD: all but the bytes waits for bk_session_complete */
};

struct bk_session_options {
	const char *const *config; /* "name=value" of -c options, NULL-terminated; may be NULL */
	const char *conventions;   /* --conventions; NULL: what the settings say */
	const char *at;		   /* --at: date of memberships; NULL: now */
	int64_t (*clock)(void);	   /* seconds since 1970; NULL: time(2) */
	const char *date; /* RFC 3339: date of revisions and events when the clock is fixed; NULL: now */
	struct bk_identity identity; /* who makes revisions, where git's configuration is not to say */
	bool dry_run;		     /* what is recorded stays in memory: the ledger's file is left alone */
	const char *state_folder;    /* $XDG_STATE_HOME/bracked; made when first needed */
	/* With READ: who is open already and is to outlive what is opened; its roster and conventions are shared
	 * where the settings of both negotiations say the same.  NULL: nobody. */
	const struct bk_session *kin;
};

struct bk_session {
	char *name;	   /* as given, or as it was last written to another file */
	char *path;	   /* real path; NULL for "-" and REV:path */
	char *ledger_path; /* path + ".ledger"; NULL as path */
	unsigned flags;
	struct bk_session_options options;

	bk_settings *person;		      /* the person's git configuration */
	bk_settings *negotiation;	      /* .negotiation; may be NULL */
	bk_repository *repository;	      /* NULL outside any */
	char *repository_name;		      /* the file as the repository names it */
	struct bk_roster_ahead *roster_ahead; /* what was begun before the settings are read; NULL */
	bk_roster *roster;
	bk_conventions *conventions;
	bool shares; /* both are those of options.kin */

	char *revision;	      /* of "REV:path"; NULL otherwise */
	char *author;	      /* "Name <mail>"; NULL when git knows none */
	char *settings_error; /* why settings of git or of the negotiation could not be read; NULL where all were */

	bk_text *text;
	bk_snapshot *received;	/* the text as loaded; of a file written elsewhere, as written there first */
	bk_snapshot *saved;	/* the text as loaded or last written */
	struct bk_track *track; /* where recorded brackets stand */
	struct bk_guard *guard; /* which of its bytes still stand */
	struct bk_file_stamp stamp; /* of the file as loaded or last written */
	size_t saved_step;	    /* step of text that equals the file; BK_NOWHERE when none does */

	bk_ledger *ledger;
	struct bk_buf ledger_bytes; /* of the ledger's file */
	size_t ledger_on_disk;	    /* how many of them the file holds */
	size_t ledger_received;	    /* how many it held when it was first read, with the text as loaded */
	bool ledger_seen;	    /* whether it was looked for */
	struct bk_buf ledger_next;  /* lines that go to it with the next write of the file */
	struct bk_file_stamp ledger_stamp;
	uint64_t ledger_version;  /* grows with each event */
	uint64_t carried_version; /* of the ledger whose brackets were carried here from older texts */
	bk_draft *draft;	  /* of draft_version */
	bk_binding *binding;
	bk_positions *positions;		      /* all as stated */
	uint64_t draft_version, draft_ledger_version; /* what the reading was made from */

	bk_lock *lock;
	char *remark;		    /* what the last save left undone although it stands; NULL */
	struct bk_lock_owner owner; /* who has it, when taking it failed */
	char *journal_error;	    /* why no journal is kept; NULL */
	bk_journal *journal;	    /* EDIT */
	struct bk_journal_found found;
	struct bk_journal_place place;
};

/*
 * Open.  With BK_SESSION_EDIT only the bytes, the lock and the journal are taken up at once; git, settings,
 * roster and ledger wait for bk_session_complete, so that the first screen need not. BK_ENOTFOUND, BK_EIO,
 * BK_ELOCKED, BK_ETOOBIG, BK_EFORMAT (.negotiation), BK_ENOREPO (REV:path outside any). */
int bk_session_open(
	struct bk_session **out, const char *file, unsigned flags, const struct bk_session_options *options);
/*
 * The same for bytes that are yet to be written to a file, there or not: its lock is taken, its ledger is read, and
 * what is recorded stays in memory.  The text waits for bk_session_refresh.  The bytes are copied.
 */
int bk_session_open_unwritten(struct bk_session **out, const char *file, struct bk_str bytes,
	const struct bk_session_options *options);
/*
 * With BK_SESSION_LATER a draft that has no journal yet is opened without touching the state folder.  Take its
 * lock and begin its journal now, before anything is changed.  BK_ELOCKED, BK_EIO.
 */
int bk_session_claim(struct bk_session *session);
/* A session without a draft: settings and roster of the repository round the working folder. */
int bk_session_open_roster(struct bk_session **out, const struct bk_session_options *options);
void bk_session_free(struct bk_session *session);
/* The repository that holds path, in which revisions are by whom the options say.  Codes of bk_repository_open. */
int bk_session_open_repository(
	bk_repository **out, const char *path, const struct bk_session_options *options);
/*
 * Read settings, roster, conventions, ledger, and the journal of a file that was mapped, when that has not
 * happened; of options.kin it must have.  Faulty settings fail a command (BK_EFORMAT); on the screen they are left in
 * settings_error, so that a draft opens all the same.
 */
int bk_session_complete(struct bk_session *session);
/*
 * The same in parts, so that the screen can do the long one on a worker thread: a session beside it, that has
 * its names and the bytes as they were loaded, looks around by itself; the session then adopts what was found,
 * and frees the other.  bk_session_complete does what is left, and says what is wrong with what was not found.
 * bk_session_beside: BK_ENOMEM.
 */
int bk_session_beside(struct bk_session **out, const struct bk_session *session);
void bk_session_look_around(struct bk_session *beside);
void bk_session_adopt(struct bk_session *session, struct bk_session *beside);

/* Make draft, binding and positions those of the text now.  Does nothing when they are.  Cost: a full scan.
 */
int bk_session_refresh(struct bk_session *session);
/*
 * The same in two halves, so that the screen can do the first on a worker thread: bk_session_analysis_run
 * touches only its own snapshot and what the session never changes (roster, conventions) or passes in by
 * value (the ledger's bytes).
 */
struct bk_analysis {
	bk_snapshot *snapshot;
	uint64_t version, ledger_version;
	bk_draft *draft;
	bk_binding *binding;
	bk_positions *positions;
	bk_ledger *ledger;
	atomic_bool stop; /* set by another thread: the reading is given up soon, with BK_ELIMIT */
	int status;
	char *error; /* what went wrong, for the thread that asks: errors are remembered by thread */
	/* internal */
	const struct bk_session *session;
	char *ledger_bytes, *ledger_name;
	size_t ledger_len;
	struct bk_carried *carried; /* what the track knew; one block with its ids */
	size_t carried_count;
	bool look_back; /* read the older texts that brackets were recorded on, too */
};
int bk_session_analysis_begin(const struct bk_session *session, struct bk_analysis *out);
void bk_session_analysis_run(struct bk_analysis *analysis);
/*
 * Adopt the results, in exchange for what the session had of before.  False, and nothing is adopted, when the
 * ledger has grown meanwhile: begin again.  Either way the analysis is to be released, which of a large draft
 * takes long: any thread may do that.
 */
bool bk_session_analysis_take(struct bk_session *session, struct bk_analysis *analysis);
void bk_session_analysis_release(struct bk_analysis *analysis);

/* Another text, read as the session's is, without what its ledger says; *out by bk_draft_free.  BK_ENOMEM. */
int bk_session_read_other(const struct bk_session *session, struct bk_str bytes, bk_draft **out);

/* Apply changes made from the session's draft, which must be fresh, as one step. */
int bk_session_apply(struct bk_session *session, const bk_changes *changes);

struct bk_streamline;
struct bk_tidying;
/* What a tidying (draft/streamline.h) suggests for the text as it is now; the ledger says what is agreed.  The draft
 * must be fresh, and stay until the streamline is freed.  BK_ENOMEM. */
int bk_session_suggest(struct bk_session *session, const struct bk_tidying *tidying, bool keep_suffixes,
	struct bk_streamline **out);
/*
 * Do those that are chosen as one step.  What is recorded of each bracket goes to its heir, and is written to the
 * ledger with the file, also of brackets about which nothing was said before: the act itself is recorded so.
 */
int bk_session_streamline(
	struct bk_session *session, const struct bk_streamline *streamline, const bool *chosen);

/* True when the text differs from the file as loaded or last written. */
bool bk_session_is_changed(const struct bk_session *session);
/*
 * Write the file (not a revision), and with it to the ledger what edits did to recorded brackets.  BK_ECHANGED
 * when others changed it meanwhile; flags as bk_file_replace.  On failure file and ledger are as they were;
 * what is left undone although the file is written is in session->remark.  The screen saves on a worker
 * thread instead: app/saving.h.
 */
int bk_session_write(struct bk_session *session, unsigned flags);
/* What would refuse bk_session_write without flags, known before: bk_file_may_replace; BK_EINVAL when the session
 * was opened to be read.  Nothing is written. */
int bk_session_may_write(const struct bk_session *session);
/* Look up the repository of the file, again when there was none.  BK_ENOREPO. */
int bk_session_need_repository(struct bk_session *session);
/* What would stop any revision, known before one is asked for: BK_ENOREPO, BK_ENOIDENTITY, BK_EGIT. */
int bk_session_may_save(struct bk_session *session);
/*
 * Write, then commit draft and ledger as one revision.  BK_ENOREPO: offer init.  id may be NULL; it is "" when
 * nothing has changed since the last revision.  What is left undone although the revision stands is in
 * session->remark.  Before the first revision of a file that was edited since it was loaded, the text as loaded
 * is one of its own, with what lies beside it, so that the edits can be told from what was received.
 */
int bk_session_save(struct bk_session *session, const char *message, const char *symbol, char id[41]);
/* True when the file on disk is no longer what was loaded. */
int bk_session_changed_by_others(const struct bk_session *session, bool *changed);
/* The file is gone: the text is in none from now on, and writing it makes the file anew. */
void bk_session_forget_file(struct bk_session *session);
/* Take the file's bytes as a step of the text (what was there stays in the history).  Cost: both are read.
 * BK_EIO, BK_ENOTFOUND, BK_ETOOBIG, BK_ENOMEM. */
int bk_session_reload(struct bk_session *session);
/*
 * Keep the file's bytes as a step of the text, and go back to what was there as another: undo shows them. The
 * next write replaces them, and refuses again when the file changes once more.  Codes of reading the file.
 */
int bk_session_keep_theirs(struct bk_session *session);
/* Make the text these bytes, as one step that spares what both begin and end with.  Cost: both are read.
 * BK_ENOMEM. */
int bk_session_replace_all(struct bk_session *session, struct bk_str bytes);
/* Merge the file's new bytes with the text; BK_ECHANGED when they overlap, else as bk_session_reload. */
int bk_session_merge_disk(struct bk_session *session);
/* Write elsewhere and go on there, with that file's lock, journal and ledger.  BK_ECHANGED when it
 * exists and FORCE is not given; BK_ELOCKED when another has it open. */
int bk_session_write_as(struct bk_session *session, const char *path, unsigned flags);

/* What somebody says about a bracket; strings NULL or "" when absent. */
struct bk_statement {
	enum bk_event_act act;
	const char *party;
	/* From 1, of bk_draft_alternatives; 0: the whole.  One that is a bracket of its own is recorded as that. */
	size_t alternative;
	const char *reason;
	const char *const *conditions; /* NULL-terminated */
	const char *source, *speaker, *capacity, *value;
	const char *time; /* RFC 3339; NULL: now */
};
/* Append an event to the ledger file (locked, one write, fsync) and to the session; draft, binding and
 * positions are fresh after. */
int bk_session_state(struct bk_session *session, uint32_t bracket, const struct bk_statement *statement);
/* The same, but the draft is that of before: it is left to the caller to read it anew. */
int bk_session_record(struct bk_session *session, uint32_t bracket, const struct bk_statement *statement);

/* A name beside a bracket that was taken out of the text; with `act` NULL, all that were are in the text again,
 * and with "none" (and party and written "") they were those of an earlier compilation. */
struct bk_session_name {
	const char *id;	  /* of the bracket */
	uint32_t bracket; /* in the draft as it is now, with the change made; BK_NONE: it is not there */
	const char *party, *act, *written;
	uint64_t
		old; /* of one that the text before did not have: hash of that, of which it says nothing; else 0 */
};
/*
 * Record names with the change of the text that moved them: what is written here goes to the ledger with the next
 * bk_session_write, or not at all.  The draft is fresh.  BK_EINVAL, BK_ENOMEM.
 */
int bk_session_record_names(struct bk_session *session, const struct bk_session_name *names, size_t count);

/* Lines of other ledgers that belong to the text as well: from now on the ledger is the union of both, in memory.
 * BK_ENOMEM. */
int bk_session_unite_ledger(struct bk_session *session, struct bk_str lines);
/* Record where brackets of the ledger stand in the text, those that would not be found by their words; old is the
 * hash of the bytes that the text takes the place of, of which that says nothing, 0: none.  The draft is fresh, and
 * to be read anew after.  BK_EIO, BK_ENOMEM. */
int bk_session_record_carried(
	struct bk_session *session, const struct bk_carried *carried, size_t count, uint64_t old);

/* The person's party (bracked.party), as a code of the roster, or NULL. */
const char *bk_session_party(const struct bk_session *session);
/* One setting of the person: -c first, then git configuration, then fallback. */
const char *bk_session_config(const struct bk_session *session, const char *name, const char *fallback);
/* Seconds since 1970, by the session's clock. */
int64_t bk_session_now(const struct bk_session *session);
/* "Name <mail>" from git configuration, or "". Borrowed. */
const char *bk_session_author(const struct bk_session *session);

#endif
