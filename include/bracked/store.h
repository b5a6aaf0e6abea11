/*
 * The store: git repositories, revisions of drafts, settings, locks and journals.
 *
 * Objects, refs and configuration go through libgit2; nothing here talks to a network.  Strings from a
 * repository (names, messages, refs) are hostile: show them through the output filter.
 */
#ifndef BRACKED_STORE_H
#define BRACKED_STORE_H

#include <bracked/draft.h>
#include <bracked/error.h>
#include <bracked/text.h>

/* ---- Settings ------------------------------------------------------------------------------------- */

typedef struct bk_settings bk_settings;

typedef struct bk_repository bk_repository;

/* The person's git configuration (system, global, XDG, and the repository's when given), section `bracked`
 * and `user`. */
BK_API int bk_settings_person(bk_settings **out, const bk_repository *repository);
/*
 * A negotiation's settings from bytes in git-config syntax.  Include directives are refused; at most 1 MiB,
 * 20,000 entries, values of 4 KiB.  BK_EFORMAT with NAME:LINE.
 */
BK_API int bk_settings_parse(bk_settings **out, const char *bytes, size_t len, const char *name);
BK_API void bk_settings_free(bk_settings *settings);
BK_API const struct bk_setting *bk_settings_list(const bk_settings *settings, size_t *count);
/* The last value of a name, or fallback. */
BK_API const char *bk_settings_get(const bk_settings *settings, const char *name, const char *fallback);

/* ---- Repositories ----------------------------------------------------------------------------------- */

/* The repository that holds path (a file that need not exist yet, or a folder).  BK_ENOREPO; BK_EGIT in words
 * a person can act on. */
BK_API int bk_repository_open(bk_repository **out, const char *path);
BK_API void bk_repository_free(bk_repository *repository);

/* Somebody, and when: NULL members are left to git's configuration, and to the clock.  date is RFC 3339, or seconds
 * since 1970 and the offset, "1291939200 +0000", as git writes it. */
struct bk_person {
	const char *name, *mail, *date;
};
struct bk_identity {
	struct bk_person author, committer;
};
/* Whether revisions can be by somebody of this name and mail.  BK_EINVAL says why not. */
BK_API int bk_person_check(const struct bk_person *person);
/* Revisions and tags that are made through this handle are by these, where nothing else is said of one.  Strings are
 * borrowed until it is freed. */
BK_API void bk_repository_identify(bk_repository *repository, const struct bk_identity *identity);

/*
 * Make folder a repository for negotiations (or complete one that is there): .negotiation (when missing), and its
 * fixtures.  Files already there are kept, lines missing are added.
 */
BK_API int bk_repository_init(bk_repository **out, const char *folder);
/* Set one value in the repository's own git configuration. */
BK_API int bk_repository_configure(bk_repository *repository, const char *name, const char *value);

/*
 * Fixtures: what must stand in the git attributes and the git configuration of a repository for negotiations.
 *
 *	* -text				git changes no byte of a text
 *	*.txt diff=bracked		git asks the diff driver of this name about drafts ...
 *	diff.bracked.command = ...	... which only the own configuration explains: attributes are shared, it is
 *					not, and where it is missing git compares lines as ever
 */
enum bk_fixture_kind {
	BK_FIXTURE_ATTRIBUTE, /* a line of .gitattributes */
	BK_FIXTURE_DRIVER,    /* a setting of a driver */
	BK_FIXTURE_SETTING,   /* another setting */
};
enum bk_fixture_state {
	BK_FIXTURE_MISSING,
	BK_FIXTURE_PRESENT,
	BK_FIXTURE_OWN, /* the person has it otherwise, and it stays so */
};
struct bk_fixture {
	enum bk_fixture_kind kind;
	const char *name;  /* the line; the name of the setting */
	const char *value; /* of the setting; NULL for a line */
	enum bk_fixture_state state;
};
enum { BK_FIXTURE_COUNT = 14 };
/* How each of them stands.  Strings are static.  BK_EINVAL for a bare repository; BK_EGIT, BK_EIO, BK_ENOMEM. */
BK_API int bk_repository_inspect(
	const bk_repository *repository, struct bk_fixture fixtures[BK_FIXTURE_COUNT]);
/*
 * Add those that are missing, whole lines behind all that is there.  Each file is replaced whole: on failure some
 * may stand, and all that was there still does.  Errors as bk_repository_inspect; BK_ELOCKED, BK_ECHANGED.
 */
BK_API int bk_repository_furnish(
	bk_repository *repository, const struct bk_fixture fixtures[BK_FIXTURE_COUNT]);
/* The folder of the work tree, absolute, without a last slash. */
BK_API const char *bk_repository_folder(const bk_repository *repository);
/* Whether it has no work tree. */
BK_API bool bk_repository_is_bare(const bk_repository *repository);
/* path (absolute or from the working folder) as the repository names it.  *out by bk_store_free.  BK_ERANGE
 * when it lies outside. */
BK_API int bk_repository_name(const bk_repository *repository, const char *path, char **out);
/* The bytes of the negotiation's settings (work tree's .negotiation, or that of a revision), BK_ENOTFOUND.
 * *out by bk_store_free. */
BK_API int bk_repository_negotiation(
	const bk_repository *repository, const char *revision, char **out, size_t *len);
/* Frees what the functions of this header gave "by bk_store_free"; takes NULL. */
BK_API void bk_store_free(void *memory);

/* ---- Revisions --------------------------------------------------------------------------------------- */

struct bk_revision {
	char id[41];	    /* of the commit */
	char blob[41];	    /* of the file in it */
	char ledger[41];    /* of NAME.ledger in it, or "" */
	bool same_text;	    /* only the ledger changed */
	int64_t time;	    /* seconds since 1970 */
	int offset;	    /* minutes east of UTC */
	const char *author; /* name */
	const char *email;
	const char *party;   /* trailer Party:, or "" */
	const char *symbol;  /* trailer Symbol:, or the name of a freeze tag, or "" */
	const char *message; /* subject and body without trailers */
	/* Where its text comes from: indexes in the list, larger than its own; none of the first one, several of a
	 * merge: one with the very same text first, else that of the first parent. */
	const uint32_t *parents;
	size_t parent_count;
};

typedef struct bk_revisions bk_revisions;
/* Revisions of HEAD (or of `from`) in which the file `name` or its ledger changed, newest first; renames are
 * followed when the bytes are equal, or at least half of them as git sees it; a name that was missing for a while is
 * found again.  BK_ENOTFOUND: no revision has it. */
BK_API int bk_revisions_walk(
	bk_revisions **out, bk_repository *repository, const char *name, const char *from);
BK_API const struct bk_revision *bk_revisions_list(const bk_revisions *revisions, size_t *count);
/* True in a shallow clone, which lacks earlier ones: the oldest given may not be the first that there was. */
BK_API bool bk_revisions_cut(const bk_revisions *revisions);
BK_API void bk_revisions_free(bk_revisions *revisions);

/* The file `path` (as the repository names it) at a revision as git writes it ("HEAD~2", a tag, an id).
 * BK_ENOTFOUND; BK_ETOOBIG.  *bytes by bk_store_free. */
BK_API int bk_revision_read(
	bk_repository *repository, const char *revision, const char *path, char **bytes, size_t *len);
BK_API int bk_revision_read_blob(bk_repository *repository, const char *blob, char **bytes, size_t *len);
/* git's object name of bytes. */
BK_API void bk_blob_name(const char *bytes, size_t len, char out[41]);
/* Store bytes as an object of this name that no revision holds: git keeps it for two weeks at the least.
 * BK_EGIT. */
BK_API int bk_blob_keep(bk_repository *repository, const char *bytes, size_t len, char out[41]);

struct bk_save_file {
	const char *name; /* as the repository names it */
	const char *bytes;
	size_t len;
};
struct bk_save {
	const struct bk_save_file *files;
	size_t file_count;
	const char *message;
	const char *symbol; /* trailers; NULL: none */
	const char *party;
	const char *author; /* "Name <mail>" when it is another's work; NULL: the committer */
	const char *date;   /* RFC 3339, of author and committer; NULL: now */
};
/*
 * Commit the files on the branch of HEAD, with the rest of HEAD's tree as it is; the index keeps what others
 * have staged, only these files' entries are brought up to date.  The ref moves by compare-and-swap:
 * BK_ECHANGED after some tries, or when another saved one of the files meanwhile.  Objects are fsynced.
 * BK_ENOIDENTITY says how to set one; BK_EEXISTS when nothing differs from HEAD, and then entries of these files
 * that do, as after a save that was killed, are brought up to date where the work tree has HEAD's bytes; BK_EINVAL for
 * a name git
 * could take for its own, an empty message, a malformed author or date; BK_EGIT when a name is a link or
 * module there, or a merge is under way; BK_ELOCKED when another git holds the index.  id is the new
 * commit's; it is set, too, when only a last sync failed or the index could not be brought up to date: the
 * message begins with "the revision is saved" then.
 */
BK_API int bk_revision_save(bk_repository *repository, const struct bk_save *save, char id[41]);
/* Whether git's index has an entry for a file; true, too, where that cannot be told, or there is no index. */
BK_API bool bk_repository_has_staged(const bk_repository *repository, const char *name);
/* What would stop any revision now, so that nobody writes a message in vain: BK_ENOIDENTITY; BK_EGIT while a
 * merge is under way; BK_ENOMEM. */
BK_API int bk_revision_check(bk_repository *repository);
/*
 * A circulated version: an annotated tag on the newest revision of the file, of HEAD or of `from`, named after
 * the symbol with a dash for what git does not take ("A/CONF.1/L.7" is A-CONF.1-L.7); the symbol is its
 * trailer.  id is the commit's.  A revision may then be named by its symbol wherever one is asked for.
 * BK_EEXISTS.
 */
BK_API int bk_revision_freeze(bk_repository *repository, const char *name, const char *from,
	const char *symbol, char tag[256], char id[41]);

/* ---- Branches ---------------------------------------------------------------------------------------- */

/*
 * Branches that are to become one:
 *
 *	            o---o  party/EU
 *	           /
 *	---o---base---o  main, into which they go
 *	           \
 *	            o  party/AOSIS
 *
 * The base is the newest revision that all of them come from.
 */
typedef struct bk_gathering bk_gathering;

struct bk_branch {
	const char *name; /* as it was given */
	char id[41];	  /* of its newest revision */
	bool joined;	  /* stands in the target whole: nothing of it is merged */
};

/* A file as one branch has it. */
struct bk_branch_file {
	char blob[41]; /* "" where there is none */
	uint32_t mode; /* as git writes it: 0100644 is a file, 0120000 a link; 0 where there is none */
};

struct bk_branch_path {
	const char *name;
	struct bk_branch_file base;
	const struct bk_branch_file *files; /* one a branch, in the order of bk_gathering_branches */
};

/*
 * Look at branches that are to be merged into the branch `into`, which need not be checked out.  Branches are
 * those of the repository, those fetched into it ("origin/party/EU"), and revisions by any other name.
 * Nothing is written. Cost: the trees are compared with that of the base, by their folders that differ.
 * BK_ENOTFOUND: no such branch (the message names the nearest), or none that all come from; BK_EEXISTS: all
 * stand in `into` already; BK_EINVAL: none is given, or one twice; BK_ELOCKED: `into` is checked out in
 * another work tree.
 */
BK_API int bk_gathering_new(bk_gathering **out, bk_repository *repository, const char *into,
	const char *const *branches, size_t count);
BK_API void bk_gathering_free(bk_gathering *gathering);
/* The target, then those given, in their order; borrowed, as all of it. */
BK_API const struct bk_branch *bk_gathering_branches(const bk_gathering *gathering, size_t *count);
/* The name of the base's commit. */
BK_API const char *bk_gathering_base(const bk_gathering *gathering);
/* The paths that differ from the base in the target or a branch that is not joined, by their bytes. */
BK_API const struct bk_branch_path *bk_gathering_paths(const bk_gathering *gathering, size_t *count);
/* A file of the target, whether or not it differs from the base. */
BK_API int bk_gathering_find(const bk_gathering *gathering, const char *name, struct bk_branch_file *out);
/* Whether the work tree has the target checked out, and is to follow it. */
BK_API bool bk_gathering_is_checked_out(const bk_gathering *gathering);

struct bk_gathered_file {
	const char *name;
	struct bk_branch_file file; /* of bk_blob_keep, or of a branch; mode 0: the file goes */
};
struct bk_gathered {
	const struct bk_gathered_file *files; /* what changes in the target */
	size_t file_count;
	const char *message;
	const char *const *parties; /* trailers, ended by NULL; NULL: none */
	const char *author;	    /* as in struct bk_save */
	const char *date;
};
/*
 * One commit on the target, with it and all branches that are not joined as its parents; the rest of the
 * target's tree stays.  Where that is checked out, the files named are brought up to date, and their entries
 * in the index: all must be as the target has them, else nothing is written.  Objects are fsynced; the new
 * files are on the disk before the branch moves, and take their places after it. BK_ECHANGED: the target was
 * moved meanwhile, or a file of the work tree differs from it; BK_ENOIDENTITY; BK_EINVAL as bk_revision_save;
 * BK_EGIT for a link or module that the work tree is to have, or when a merge is under way; BK_ELOCKED.  id
 * is the new commit's; it is set, too, when only what comes last failed: the message begins with "the
 * revision is saved" then.
 */
BK_API int bk_gathering_save(bk_gathering *gathering, const struct bk_gathered *gathered, char id[41]);

/*
 * Where the work tree has the branch `into` checked out: finish what a merge into it left undone that was killed
 * once the branch had moved.  Temporary files go; where the merge's own note says that it was killed while it made the
 * newest revision, entries of the index that are as before become those of it, for files that the work tree has as
 * it has them; without a note such entries are what somebody staged since, and stay.  *left, by
 * bk_store_free, is a file that the work tree, too, has as before, NULL where there is none: somebody may want that,
 * so it stays.  Cost: the files that the merge changed are read.  BK_EGIT, BK_ELOCKED, BK_ENOMEM.
 */
BK_API int bk_gathering_settle(bk_repository *repository, const char *into, char **left);

/*
 * What a save, or a merge of branches, that was killed once the branch had moved has left as before.  A person can
 * make the same of git's index: an entry is the save's where it is older than the revision; `git restore --staged
 * --source` notes no time with one, and none is there for a file that is new, so that these may be somebody's.
 */
struct bk_behind {
	size_t entries; /* of the index, for files that the work tree has as the newest revision has them */
	char *entry;	/* the first of these; or NULL */
	char *staged;	/* the first of such files whose entry, or lack of one, may be somebody's; or NULL */
	char *file;	/* one that the work tree, too, has as before; or NULL */
	char *lock; /* path of the index's lock, where another git holds it, or was killed when it did; or NULL */
};
BK_API void bk_behind_release(struct bk_behind *behind);
/*
 * Find that.  Nothing is looked for without a work tree, while git has a merge or the like under way, and before the
 * first revision.  Cost: the files that the newest revision changed are read.  BK_EGIT, BK_ENOMEM.
 */
BK_API int bk_repository_find_behind(bk_repository *repository, struct bk_behind *out);
/*
 * The same, and bring the `entries` up to date, which are told as they were; what may be staged stays, and so do
 * files.  BK_ELOCKED, too.
 */
BK_API int bk_repository_mend_behind(bk_repository *repository, struct bk_behind *out);

/* A branch of the repository, or one that was fetched into it, and a file as it has it. */
struct bk_tip {
	const char *name; /* "party/EU", "origin/party/EU" */
	char id[41];	  /* of its newest revision */
	char blob[41];	  /* "" where it lacks the file */
};
typedef struct bk_tips bk_tips;
/* All of them, those of the repository first, each kind by name.  BK_EGIT, BK_ENOMEM. */
BK_API int bk_tips_new(bk_tips **out, const bk_repository *repository, const char *path);
BK_API const struct bk_tip *bk_tips_list(const bk_tips *tips, size_t *count);
BK_API void bk_tips_free(bk_tips *tips);

/* Where the work tree is. */
struct bk_head {
	char branch[256]; /* the branch that is checked out, or being rebased; "" when there is none */
	char id[41];	  /* of its revision; "" before the first */
	bool rebasing;	  /* the branch's revisions are being put on top of another */
	char onto[41];	  /* then: the revision that they go onto */
};
/* BK_EGIT. */
BK_API int bk_head_read(const bk_repository *repository, struct bk_head *out);

/*
 * What a file of a branch was merged from, as far back as nothing else was done to it there:
 *
 *	                 o---o  party/EU
 *	                /     \
 *	---base---trunk--------M---M  main
 *	       \                  /
 *	        o-----------------o  party/AOSIS
 *
 * The first strand is the trunk, the newest revision on the branch's own line that changed the file and is no merge;
 * the others were merged since, the oldest first.  Revisions that leave the file alone are passed over, and merged
 * branches that did.  The base is the newest revision that all strands come from, and all of `with`.
 */
struct bk_strand {
	char id[41];
	char blob[41];	    /* of the file; "" where it lacks that */
	const char *party;  /* trailer of the merge, or of the trunk; "" when there is none */
	const char *branch; /* as the message of the merge names it; "" when it does not */
};
typedef struct bk_strands bk_strands;
/* from and with: revisions as git writes them.  Cost: the line of first parents is walked.  BK_ENOTFOUND: no such
 * revision, or nothing that all come from; BK_EGIT, BK_ENOMEM. */
BK_API int bk_strands_new(bk_strands **out, const bk_repository *repository, const char *path,
	const char *from, const char *const *with, size_t count);
BK_API const struct bk_strand *bk_strands_list(const bk_strands *strands, size_t *count);
BK_API const struct bk_strand *bk_strands_base(const bk_strands *strands);
BK_API void bk_strands_free(bk_strands *strands);

/* A unified diff of two byte runs as git prints it.  *out by bk_store_free; empty when equal. */
BK_API int bk_store_diff(const char *old_bytes, size_t old_len, const char *old_name, const char *new_bytes,
	size_t new_len, const char *new_name, char **out, size_t *len);
/* How many separate places (hunks without context) differ. */
BK_API int bk_store_count_changes(
	const char *old_bytes, size_t old_len, const char *new_bytes, size_t new_len, size_t *out);
/* Merge two changed versions of a base by lines, and where that does not do by words; BK_ECHANGED when they
 * overlap (nothing is returned).  *out by bk_store_free. */
BK_API int bk_store_merge(const char *base, size_t base_len, const char *ours, size_t ours_len,
	const char *theirs, size_t theirs_len, char **out, size_t *len);

/* ---- Locks: who has a draft open ------------------------------------------------------------------ */

typedef struct bk_lock bk_lock;
struct bk_lock_owner {
	char host[256], user[64];
	long process;
	int64_t since;
};
/*
 * Take the lock of a draft ("path" is real), kept beside the journals and as an OS lock.  BK_ELOCKED fills
 * *owner (may be NULL).  A lock of a process of this host that is gone is broken.
 */
BK_API int bk_lock_new(
	bk_lock **out, const char *state_folder, const char *path, struct bk_lock_owner *owner);
BK_API void bk_lock_free(bk_lock *lock);
/* BK_ELOCKED, with a message that says who has the draft of that name, and what can be done. */
BK_API int bk_lock_refuse(const struct bk_lock_owner *owner, const char *name);

/* ---- Journals: what was typed, and the history that outlives the program --------------------------- */

/*
 * A journal holds the steps of a text since it was loaded, and marks: saved (hash of the bytes), place (cursor
 * and view).  Its file lies in state_folder, mode 0600, one for each real path.
 */
typedef struct bk_journal bk_journal;

struct bk_journal_place {
	size_t cursor, top; /* byte offsets; of another text when there is no history */
	const char *
		folds; /* free form, by the screen; set as "=": those set before.  Borrowed until set again */
};

struct bk_journal_found {
	bool history; /* the journal fits the file as it is on disk: its steps can come back */
	bool unsaved; /* and it ends in changes that never reached the file */
	/* A journal of other bytes was there, and may hold what never reached the file: where it is kept now.
	 * NULL: none was.  Borrowed while the journal is open. */
	const char *kept;
	size_t steps;
	int64_t time; /* of its last record */
};
/*
 * Open (or begin) the journal of the draft at path, whose bytes on disk hash to `hash`.  Steps of a journal
 * that fits are added to text with bk_text_add_step (text stands at the saved step); bk_journal_recover then
 * goes to the last one.  From now on every change of text is written by an observer; bk_journal_tick is
 * called by the loop: it flushes within 250 ms of the first unwritten record and fsyncs within a second.
 * Unsafe files (not ours, a symlink, wrong mode) are refused: BK_EIO.  A torn tail is ignored.
 */
BK_API int bk_journal_open(bk_journal **out, const char *state_folder, const char *path, uint64_t hash,
	bk_text *text, struct bk_journal_found *found, struct bk_journal_place *place);
/* True when there is a journal of the draft at path; nothing is made. */
BK_API bool bk_journal_exists(const char *state_folder, const char *path);
/*
 * Begin the journal of a text that has a history already, of which the file at path holds `step`: where the
 * text was written to another file and goes on there.  An older journal of that path is set aside when it may
 * hold typing that was never saved.  Cost: the history is written.  BK_EIO, also for an unsafe file; BK_ENOMEM.
 */
BK_API int bk_journal_open_for(bk_journal **out, const char *state_folder, const char *path, uint64_t hash,
	bk_text *text, size_t step);
/* Go to the last step the journal knows: the typing of the time before.  Errors and cost as bk_text_go. */
BK_API int bk_journal_recover(bk_journal *journal, bk_text *text);
/* That step, to look at it without going there. */
BK_API size_t bk_journal_last_step(const bk_journal *journal);
/* Forget the unsaved steps' claim on the next open (the person declined); they stay in the tree.  Errors and
 * cost as bk_journal_flush. */
BK_API int bk_journal_decline(bk_journal *journal);
/* now_ms: a monotonic clock.  Returns milliseconds until the next call is due, or a negative status (the
 * first failure is told once, then retried). */
BK_API int bk_journal_tick(bk_journal *journal, int64_t now_ms);
/*
 * Write and fsync now, after a sync that is under way.  When that one failed the history goes into a new file.
 * Cost: a sync, and nothing when all is there.  BK_EIO; BK_ENOMEM.  On failure it is tried again by the next tick.
 */
BK_API int bk_journal_flush(bk_journal *journal);
/*
 * The file is about to hold the text of step, whose bytes hash to `hash`; then, it does.  With both, a program
 * that is killed anywhere in a save finds its journal fitting the file, whichever of the two that is.  Both are
 * written at once and synced soon after; what could not be written stays for the next tick, which BK_EIO says.
 */
BK_API int bk_journal_saving(bk_journal *journal, uint64_t hash, size_t step);
BK_API int bk_journal_saved(bk_journal *journal, uint64_t hash, size_t step);
/* Where the reader is, written by the next tick; strings are copied.  BK_ENOMEM, and nothing has changed. */
BK_API int bk_journal_set_place(bk_journal *journal, const struct bk_journal_place *place);
/* Flushes; a file without unsaved changes stays as history. */
BK_API void bk_journal_free(bk_journal *journal);
/* Write what is pending with write(2) alone: async-signal-safe. */
BK_API void bk_journal_flush_from_signal(bk_journal *journal);

#endif
