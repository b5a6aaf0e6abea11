/*
 * The ledger: who said what about which bracket, when, why and on what condition.
 *
 * A ledger is an append-only list of events, one JSON object a line, kept beside the draft
 * (outcome.txt.ledger); its format is in bracked-ledger(5).  State is a fold over the events in order of
 * (time, event id), so that two ledgers merge by union of lines.  Nothing is ever rewritten.
 *
 *	ledger  +  draft  ->  binding (which recorded bracket stands where now)
 *	binding + roster  ->  positions, statuses
 */
#ifndef BRACKED_LEDGER_H
#define BRACKED_LEDGER_H

#include <bracked/draft.h>
#include <bracked/error.h>

/* ---- Roster: parties and groups ------------------------------------------------------------------ */

typedef struct bk_roster bk_roster;

struct bk_party {
	const char *code; /* "EU", "BO", "G77" */
	const char *name; /* "Bolivia (Plurinational State of)" */
	bool group;
	const char *const *aliases; /* other spellings, NULL-terminated */
};

struct bk_membership {
	const char *group, *party; /* codes */
	const char *from, *until;  /* dates "YYYY-MM-DD" (or a beginning of one), "" when unbounded; until is
				      the first day outside */
};

/*
 * The default roster (countries from the iso-codes package where it is installed, a built-in list otherwise;
 * the UN's short names; the usual groups of the climate talks) with a negotiation's settings on top:
 * party.CODE.name, .alias, group.CODE.name, .alias, .member ("PARTY [from DATE] [until DATE]"), as git names
 * them.  BK_EINVAL names the setting at fault.
 */
BK_API int bk_roster_new(bk_roster **out, const struct bk_setting *settings, size_t count);
BK_API void bk_roster_free(bk_roster *roster);
/* All, by code. */
BK_API const struct bk_party *bk_roster_parties(const bk_roster *roster, size_t *count);
/* By code, name or alias; case and accents do not matter for names, case does for codes of two or three
 * letters ("IN" is India, "in" nobody).  NULL when unknown. */
BK_API const struct bk_party *bk_roster_find(const bk_roster *roster, const char *name, size_t len);
BK_API const struct bk_membership *bk_roster_memberships(const bk_roster *roster, size_t *count);
/* True when party is in group on date ("YYYY-MM-DD..."); a party is in itself.  Without a roster, NULL, nobody
 * is in any other. */
BK_API bool bk_roster_is_member(
	const bk_roster *roster, const char *group, const char *party, const char *date);
/* How many members group has on date; 0 for who is no group, and without a roster. */
BK_API size_t bk_roster_size(const bk_roster *roster, const char *group, const char *date);
/* The known names nearest to an unknown one: up to max codes into out, best first; returns how many. */
BK_API size_t bk_roster_nearest(const bk_roster *roster, const char *name, const char **out, size_t max);
/* For bk_draft_options.  Lives as long as the roster. */
BK_API const struct bk_names *bk_roster_names(const bk_roster *roster);

/* ---- Events --------------------------------------------------------------------------------------- */

/* Where a bracket stood when something was said about it. */
struct bk_anchor {
	const char *path;	    /* of its provision */
	const char *text;	    /* its bytes, brackets included (cut at 400 bytes on a cluster border) */
	const char *before, *after; /* up to 80 bytes of context each */
	const char *blob;	    /* git's object name of the file's bytes, or "" */
	size_t start, end;
	const char *digest; /* a number for all its words when text is cut, else "" */
};

/* What an event says.  Acts of position, and the acts of persons about a bracket. */
enum bk_event_act {
	BK_EVENT_PROPOSE,
	BK_EVENT_SUPPORT,
	BK_EVENT_OBJECT,
	BK_EVENT_RESERVE,
	BK_EVENT_ACCEPT,
	BK_EVENT_WITHDRAW,
	BK_EVENT_CLASSIFY, /* value: a class or a choice */
	BK_EVENT_STATUS,   /* value: a status */
	BK_EVENT_CARRY,	   /* what an edit did to it; value: "stands" (at the anchor) or "gone" (settled) */
	/* A name beside it that was taken out of the text; value: its verb there, as bk_act_name.  With "text", all
	 * names that were taken out before stand in the text again. */
	BK_EVENT_ATTRIBUTE,
	BK_EVENT_COUNT
};
BK_API const char *bk_event_act_name(enum bk_event_act act);
BK_API bool bk_event_act_parse(const char *name, enum bk_event_act *out);

/* Strings are "" when absent. */
struct bk_event {
	const char *event; /* sortable unique id; filled in by bk_ledger_add when NULL */
	const char *time;  /* RFC 3339, with offset or Z */
	const char *author;
	const char *party; /* code; "" for acts that are nobody's position */
	enum bk_event_act act;
	const char *bracket; /* id */
	size_t alternative;  /* from 1; 0: the bracket as a whole */
	const char *reason;
	const char *const *conditions;
	size_t condition_count;
	const char *source, *speaker, *capacity;
	const char *value; /* of classify, status, carry and attribute */
	struct bk_anchor anchor;
	/* Of carry and of attribute: hash of the file's bytes that the edit was made on, in 16 hexadecimal digits; the
	 * event says nothing about a draft of just those bytes, which a save that was cut off may have left.  "" for
	 * names that were taken out of a text which says them itself. */
	const char *from;
	const char *written; /* of attribute: the name as it stood in the text */
};

typedef struct bk_ledger bk_ledger;

/* An empty one.  BK_ENOMEM. */
BK_API int bk_ledger_new(bk_ledger **out);
/*
 * Read a ledger's bytes.  A line that cannot be read (malformed, torn, of a later schema) is kept as it is,
 * skipped and reported by bk_ledger_faults; the same event twice counts once.  BK_ENOMEM.  name is for
 * messages.
 */
BK_API int bk_ledger_parse(bk_ledger **out, const char *bytes, size_t len, const char *name);
BK_API void bk_ledger_free(bk_ledger *ledger);
/* In order of (time as an instant, event).  Borrowed until the next add. */
BK_API const struct bk_event *bk_ledger_events(const bk_ledger *ledger, size_t *count);
/* "NAME:LINE: what is wrong", NULL-terminated. */
BK_API const char *const *bk_ledger_faults(const bk_ledger *ledger);
/*
 * Add an event (copied).  *line, freed by bk_ledger_line_free, is the JSON line with LF to append to the
 * file.  BK_EINVAL for an event that is not valid (no bracket, a time that is none, a text over 64 KiB ...);
 * BK_EEXISTS when an event of its id is there; BK_EIO when there is no random number for an id.
 */
BK_API int bk_ledger_add(bk_ledger *ledger, const struct bk_event *event, char **line);
BK_API void bk_ledger_line_free(char *line);
/* The union of two ledgers' lines, byte for byte, each event once, in order.  *out is freed by
 * bk_ledger_line_free.  Cost: O(n log n) in lines.  BK_ENOMEM. */
BK_API int bk_ledger_union(
	const char *a, size_t a_len, const char *b, size_t b_len, char **out, size_t *out_len);

/*
 * Fill in the anchor of a bracket of a draft; strings are copied into the returned object.  Cost: O(brackets of
 * the draft), and for one longer than 400 bytes O(bytes of the outermost bracket round it) more, each time.
 * BK_ERANGE when there is no such bracket; BK_ENOMEM.
 */
typedef struct bk_anchor_copy bk_anchor_copy;
BK_API int bk_anchor_of(const bk_draft *draft, uint32_t bracket, const char *blob, bk_anchor_copy **out);
BK_API const struct bk_anchor *bk_anchor_get(const bk_anchor_copy *copy);
BK_API void bk_anchor_free(bk_anchor_copy *copy);

/* ---- Binding: recorded brackets and where they stand now ------------------------------------------- */

typedef struct bk_binding bk_binding;

enum bk_trust {
	BK_TRUST_EXACT,	  /* same words, same surroundings */
	BK_TRUST_MOVED,	  /* same words elsewhere, or renumbered */
	BK_TRUST_CHANGED, /* other words in the same place: positions were given on earlier words */
	BK_TRUST_ORPHAN,  /* not found */
};

struct bk_bound {
	const char *id;	  /* the recorded bracket */
	uint32_t bracket; /* in the draft, or BK_NONE */
	enum bk_trust trust;
	const struct bk_anchor *last; /* its newest anchor: its last words */
};

/*
 * Find each bracket of the ledger in the draft, by path, words and context; no two ids on one bracket unless
 * both were recorded there.  Cost: O(n log n) in brackets and recorded ids.  BK_ENOMEM.  The result needs
 * neither ledger nor draft any more.
 */
BK_API int bk_binding_new(bk_binding **out, const bk_ledger *ledger, const bk_draft *draft);
/* What is known already of where ids stand in the draft: by edits made here, or by a diff of two revisions. */
struct bk_carried {
	const char *id;
	size_t start; /* of the bracket's opening character; BK_NOWHERE: it is gone */
	bool by_words; /* not there, but perhaps elsewhere: at most half other words, whatever stands in its place */
};
/* The same, believing what was carried over before looking for the rest.  Ids that are not recorded and
 * offsets where no bracket opens are passed over. */
BK_API int bk_binding_new_carried(bk_binding **out, const bk_ledger *ledger, const bk_draft *draft,
	const struct bk_carried *carried, size_t count);
BK_API void bk_binding_free(bk_binding *binding);
BK_API const struct bk_bound *bk_binding_list(const bk_binding *binding, size_t *count); /* by id */
/* What persons have said (ids, classes, choices), by start. */
BK_API const struct bk_override *bk_binding_overrides(const bk_binding *binding, size_t *count);

/* ---- Names kept out of the text -------------------------------------------------------------------- */

/* A name that the ledger keeps for a bracket and the text does not have. */
struct bk_kept_name {
	const char *id; /* the recorded bracket */
	struct bk_beside name;
	bool undone; /* it was written back, into a text that is not this one: record it anew along with others */
};

typedef struct bk_kept bk_kept;

/*
 * The names that were taken out of the text and not written back into it, in order of bracket and then as they
 * stood; those of brackets that are not found last, with BK_NONE.  BK_ENOMEM.  The result needs none of the three any
 * more.
 */
BK_API int bk_kept_new(
	bk_kept **out, const bk_draft *draft, const bk_binding *binding, const bk_ledger *ledger);
BK_API const struct bk_kept_name *bk_kept_list(const bk_kept *kept, size_t *count);
/* What persons have said, as the binding tells it, and what these names say, by start: for bk_draft_options of a
 * second bk_draft_new over the same snapshot.  Borrowed until bk_kept_free. */
BK_API const struct bk_override *bk_kept_overrides(const bk_kept *kept, size_t *count);
BK_API void bk_kept_free(bk_kept *kept);

/* ---- Status --------------------------------------------------------------------------------------- */

enum bk_span_status {
	BK_STATUS_OPEN,
	BK_STATUS_AGREED_IN_GROUP,
	BK_STATUS_AD_REFERENDUM,
	BK_STATUS_AGREED,
	BK_STATUS_AGREED_PENDING,
	BK_STATUS_REOPENED,
};
BK_API const char *bk_span_status_name(enum bk_span_status status); /* "ad referendum" */

/* ---- Effective positions --------------------------------------------------------------------------- */

struct bk_position {
	uint32_t bracket; /* in the draft, or BK_NONE for an orphan */
	const char *id;
	size_t alternative; /* 0: the whole */
	const char *party;  /* code of who holds it */
	const char *act;    /* "object", ... ; for in-text attributions the verbs of the notation mapped to
			       position acts */
	const char *reason;
	const char *const *conditions;
	size_t condition_count;
	const char *from; /* "own", or the code of the group whose statement it is; "conflict" when two groups
			     of equal standing differ: then each has an entry */
	const char *group; /* the group whose statement it is, also in a conflict; "" for one's own */
	/* Of the statement; "" when absent.  The source is "text" for names in the text. */
	const char *time, *source, *speaker, *capacity, *event, *author;
	bool earlier_words; /* given on earlier words */
	bool superseded;    /* in a history: no longer in force */
};

typedef struct bk_positions bk_positions;

struct bk_positions_query {
	const char *party; /* NULL: all as stated; a code: what holds for this party, groups' statements
			      included */
	const char *at;	   /* membership on this date; NULL: each event's own date */
	bool history;	   /* all events, also those no longer in force */
};

/*
 * Positions in order of (bracket, alternative, party, time); orphans last.  A party's own beats a group's, a
 * smaller group's a larger one's, where they are about the same alternative or either is about the whole;
 * later beats earlier on the same alternative, and on the whole all earlier ones; withdraw only ends them.
 * Names in the text, and those that the ledger keeps for it, count as said before any position in the ledger.
 * The roster may be NULL: nobody is in a group.  BK_ENOMEM.  The result needs draft, binding and ledger no more.
 */
BK_API int bk_positions_derive(bk_positions **out, const bk_draft *draft, const bk_binding *binding,
	const bk_ledger *ledger, const bk_roster *roster, const struct bk_positions_query *query);
BK_API const struct bk_position *bk_positions_list(const bk_positions *positions, size_t *count);
/* Those of one bracket: a run of the list. */
BK_API const struct bk_position *bk_positions_of(
	const bk_positions *positions, uint32_t bracket, size_t *count);
BK_API void bk_positions_free(bk_positions *positions);

/* True when party objects to, opposes, reserves on or conditionally accepts this bracket, itself or by a group:
 * it stands in the way. */
BK_API bool bk_positions_blocks(
	const bk_positions *positions, uint32_t bracket, const char *party, const bk_roster *roster);

/* The status of a bracket: the newest status event bound to it, else open. *event may be NULL. */
BK_API enum bk_span_status bk_status_of(
	const bk_binding *binding, const bk_ledger *ledger, uint32_t bracket, const struct bk_event **event);

/*
 * What a party wants done with each bracket of the draft, for BK_READING_DECIDED: its alternatives chosen,
 * what it opposes out, what others alone propose out, the rest left.  What it reserves its position on is left,
 * too, but goes where it chooses exactly one other alternative of the same choice.  decisions has room for one a
 * bracket.  Of parts between slashes the one that it wants stands; where it wants several, or opposes one, the bracket
 * is left.  The roster may be NULL, as above.
 */
BK_API int bk_positions_decide(const bk_positions *positions, const bk_draft *draft, const bk_roster *roster,
	const char *party, uint8_t *decisions);

#endif
