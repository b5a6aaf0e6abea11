/*
 * The draft: what the bytes of a text mean to its negotiators.
 *
 *	bytes  ->  brackets  ->  outline  ->  attributions  ->  classes  ->  runs, groups  ->  ids
 *
 * A draft is an immutable reading of one snapshot: trees of spans over its bytes.  Making one never fails on
 * content, only on memory.  Offsets are bytes from 0, lines and columns count from 1, columns in grapheme
 * clusters.  All arrays and strings returned are borrowed and live as long as the draft.  Any thread may make
 * or read a draft.
 *
 * The notation is described in bracked-notation(7).
 */
#ifndef BRACKED_DRAFT_H
#define BRACKED_DRAFT_H

#include <bracked/error.h>
#include <bracked/text.h>

#define BK_NONE UINT32_MAX /* an index that is none */

/* ---- Conventions of a text ---------------------------------------------------------------------- */

/* One line of configuration as git names it: "conventions.note", value.  Names are lower case but for
 * subsections. */
struct bk_setting {
	const char *name;
	const char *value;
};

typedef struct bk_conventions bk_conventions;

/*
 * A built-in set (unfccc, unga, trade, inb, itu; NULL is what `conventions.set` or `negotiation.conventions`
 * in settings says, else unfccc), changed by settings (bracked-config(5)):
 *
 *	conventions.pair          an opening and a closing character, as in ［］
 *	.braces                   the class of { }
 *	.note .placeholder .status .label    PCRE2, added to those before; an empty value forgets them
 *	.attribution              forms that are read, the one that is written first: "prefix parenthesis dash
 *	                          footnote", or none
 *	.unknowncodes             true: names nobody knows count when they look like a code
 *	.footnotes                auto, bracketed or bare
 *
 * Settings are copied.  BK_EINVAL with the setting's name for a bad pattern or value; BK_ENOTFOUND for an
 * unknown set.
 */
BK_API int bk_conventions_new(
	bk_conventions **out, const char *set, const struct bk_setting *settings, size_t count);
BK_API void bk_conventions_free(bk_conventions *conventions);
/* The names of the built-in sets, NULL-terminated. */
BK_API const char *const *bk_conventions_sets(void);
BK_API const char *bk_conventions_name(const bk_conventions *conventions);

/* How a draft asks who a name is, so that it need not know the roster. */
struct bk_names {
	/* The roster's code of a name as written (borrowed, lives as long as the roster), or NULL when nobody
	 * has it. */
	const char *(*code)(const void *roster, const char *name, size_t len);
	const void *roster;
};

/* ---- Brackets ----------------------------------------------------------------------------------- */

enum bk_class {
	BK_CLASS_DISPUTED,
	BK_CLASS_PLACEHOLDER,
	BK_CLASS_NOTE,
	BK_CLASS_REFERENCE,
	BK_CLASS_STATUS,
	BK_CLASS_COUNT
};

enum bk_choice {
	BK_CHOICE_NONE, /* in no run */
	BK_CHOICE_ONE,
	BK_CHOICE_INDEPENDENT,
	BK_CHOICE_UNDECIDED,
};

/* A member that says the class is called `class`; in C++, where that word is taken, `class_`. */
#ifdef __cplusplus
#define BK_MEMBER_CLASS class_
#else
#define BK_MEMBER_CLASS class
#endif

BK_API const char *bk_class_name(enum bk_class value);
BK_API bool bk_class_parse(const char *name, enum bk_class *out);
BK_API const char *bk_choice_name(enum bk_choice choice); /* NULL for BK_CHOICE_NONE */
BK_API bool bk_choice_parse(const char *name, enum bk_choice *out);

/* One matched bracket (plain matching), in order of start. */
struct bk_bracket {
	size_t start;	   /* of the opening character */
	size_t end;	   /* after the closing character */
	uint32_t open_len; /* bytes of the opening character */
	uint32_t close_len;
	uint32_t parent; /* index of the one around it, of its own kind: brackets, or braces; or BK_NONE */
	uint32_t depth;	 /* 1 is outermost */
	uint32_t node;	 /* the provision, option or heading it opens in, or BK_NONE */
	uint32_t run;	 /* from 1; 0: none */
	uint32_t group;	 /* from 1 over the text; 0: none; index into groups less one */
	uint32_t attribution; /* first in bk_draft_attributions */
	uint32_t attribution_count;
	uint8_t BK_MEMBER_CLASS; /* enum bk_class */
	uint8_t choice;		 /* enum bk_choice, of its group */
	bool brace;		 /* { } */
	bool by_person;		 /* class or choice come from a person's word */
	bool proposed;		 /* a note only because it stands in a footnote's text: see proposal.h */
	struct bk_span text;	 /* own words without attribution and label: what it says */
	const char *id;
};

/* A bracket character that plain matching leaves alone. */
struct bk_unmatched {
	size_t offset;
	uint32_t len;
	bool open; /* an open that nothing closes; else a close with nothing open */
	bool brace;
};

/* ---- Outline ------------------------------------------------------------------------------------ */

enum bk_node_kind {
	BK_NODE_HEADING,
	BK_NODE_PROVISION,
	BK_NODE_OPTION,
};
BK_API const char *bk_node_kind_name(enum bk_node_kind kind);

/* A heading, provision or option, in order of start; a parent comes before its children. */
struct bk_node {
	size_t start;  /* start of its line's first byte that belongs to it (list marks, brackets before
			  included) */
	size_t offset; /* of its label or word: "12.", "Article", "Option" */
	size_t behind; /* where that ends; names may stand in it */
	size_t end;    /* where the next of its level or above begins, or the bracket that holds it closes */
	uint32_t parent;   /* index, or BK_NONE */
	uint32_t level;	   /* 1 is outermost */
	uint32_t family;   /* options: the same number for the rivals of one choice, from 1; else 0 */
	uint32_t open;	   /* disputed brackets that open in it and below */
	uint8_t kind;	   /* enum bk_node_kind */
	bool no_text;	   /* an option that stands for having no text */
	const char *label; /* as it names itself: "3 bis", "(b)", "Article 4", "Option 2" */
	const char *path;  /* "Article 4 > 3 > (b)" */
	const char *title; /* of a heading, may be "" */
};

/* ---- Attributions ------------------------------------------------------------------------------- */

enum bk_act {
	BK_ACT_PROPOSE,
	BK_ACT_SUPPORT,
	BK_ACT_OPPOSE,
	BK_ACT_DELETE,
	BK_ACT_RETAIN,
	BK_ACT_RESERVE,
	BK_ACT_REFLECT,
	BK_ACT_WITHDRAW,
	BK_ACT_COUNT
};
BK_API const char *bk_act_name(enum bk_act act);
BK_API bool bk_act_parse(const char *name, enum bk_act *out);

enum bk_form {
	BK_FORM_PREFIX,
	BK_FORM_PARENTHESIS,
	BK_FORM_DASH,
	BK_FORM_FOOTNOTE,
};

/* How names are written; none: they are kept in the ledger alone. */
enum bk_style {
	BK_STYLE_PREFIX,      /* [EU, AOSIS: text] */
	BK_STYLE_PARENTHESIS, /* [text] (EU, AOSIS) */
	BK_STYLE_DASH,	      /* [text - EU, AOSIS] */
	BK_STYLE_NONE,
	BK_STYLE_COUNT
};
/* "prefix", "paren", "dash", "none". */
BK_API const char *bk_style_name(enum bk_style style);
BK_API bool bk_style_parse(const char *name, enum bk_style *out);

/* One name in one attribution of one bracket. */
struct bk_attribution {
	uint32_t bracket;	 /* index */
	uint8_t act;		 /* enum bk_act */
	uint8_t form;		 /* enum bk_form */
	const char *party;	 /* the roster's code; the name as written when unknown codes count */
	bool known;		 /* the roster knows the name */
	struct bk_span written;	 /* the name; of a footnote, in the note's text */
	struct bk_span notation; /* the whole prefix with its colon and blank, parenthesis, dash and what
				    follows, or footnote mark */
};

/* ---- Runs, groups, alternatives ------------------------------------------------------------------ */

/* A group of a run: its members are the brackets whose .group is its number, in order. */
struct bk_group {
	uint32_t run;
	uint32_t first, last; /* brackets, by index; others may lie between (nested ones) */
	uint32_t count;
	uint8_t choice; /* enum bk_choice */
};

/* One alternative of what is chosen between: members of a group of choice one, or the parts between ` / ` in
 * one bracket. */
struct bk_alternative {
	struct bk_span span; /* its words */
	uint32_t bracket;    /* the bracket that holds it */
	bool no_text;	     /* stands for no text */
	bool open;	     /* an unnamed alternative: "other" */
};

/* ---- The draft ---------------------------------------------------------------------------------- */

typedef struct bk_draft bk_draft;

/* What is known of the bracket that opens at start and does not stand in the text: a person's word about it, and what
 * those say whose names are kept elsewhere. */
struct bk_override {
	size_t start;
	const char *id; /* the id it is known by, or NULL */
	uint16_t acts;	/* of the names that are kept: 1 << enum bk_act each */
	bool has_class, has_choice;
	enum bk_class BK_MEMBER_CLASS;
	enum bk_choice choice; /* of its group */
};

struct bk_draft_options {
	const bk_conventions *conventions; /* NULL: the default set; must outlive the draft */
	const struct bk_names *names; /* NULL: only names that look like codes; the roster must outlive it */
	const struct bk_override *overrides; /* any order; copied */
	size_t override_count;
	bool counts_only; /* for counts alone: ids are NULL, and no bracket has alternatives */
	/* Asked between the passes over the text: true gives the reading up.  NULL: never. */
	bool (*is_stopped)(void *context);
	void *stop_context;
};

/* Read snapshot (counted by the draft).  options may be NULL.  BK_ENOMEM; BK_ETOOBIG over 2^32-2 bytes;
 * BK_ELIMIT when it was stopped. */
BK_API int bk_draft_new(bk_draft **out, const bk_snapshot *snapshot, const struct bk_draft_options *options);
BK_API void bk_draft_free(bk_draft *draft);

BK_API const bk_snapshot *bk_draft_snapshot(const bk_draft *draft);
BK_API const char *bk_draft_bytes(const bk_draft *draft, size_t *len);
BK_API const bk_conventions *bk_draft_conventions(const bk_draft *draft);

BK_API const struct bk_bracket *bk_draft_brackets(const bk_draft *draft, size_t *count);
BK_API const struct bk_unmatched *bk_draft_unmatched(const bk_draft *draft, size_t *count);
BK_API const struct bk_node *bk_draft_nodes(const bk_draft *draft, size_t *count);
/* Never NULL: those of a bracket are bracket->attribution further on, also where there are none. */
BK_API const struct bk_attribution *bk_draft_attributions(const bk_draft *draft, size_t *count);
BK_API const struct bk_group *bk_draft_groups(const bk_draft *draft, size_t *count);

/* The alternatives that a choice on this bracket chooses between, in order, numbered from 1; *count 0 when
 * there is none. */
BK_API const struct bk_alternative *bk_draft_alternatives(
	const bk_draft *draft, uint32_t bracket, size_t *count);
/* Index of the innermost bracket with start <= offset < end, or BK_NONE.  O(log n + depth). */
BK_API uint32_t bk_draft_bracket_at(const bk_draft *draft, size_t offset);
/* Index of the first bracket with start >= offset; the count when there is none.  O(log n). */
BK_API uint32_t bk_draft_bracket_from(const bk_draft *draft, size_t offset);
/* Index of the innermost node that holds offset, or BK_NONE.  O(log n + depth). */
BK_API uint32_t bk_draft_node_at(const bk_draft *draft, size_t offset);
/* "Article 4 > 3 > (b)" for the bracket's place, "" before the first provision. */
BK_API const char *bk_draft_path(const bk_draft *draft, uint32_t bracket);

/*
 * Find a bracket by what a person writes: an id or a unique beginning of one, "@LINE:COLUMN" (the innermost
 * bracket there), or "#N" (from 1).  BK_ENOTFOUND; BK_EAMBIGUOUS; BK_EINVAL.
 */
BK_API int bk_draft_find(const bk_draft *draft, const char *name, uint32_t *out);

/* Line and column (clusters), both from 1, of a byte offset; and back (BK_ERANGE).  Cost: O(log n + length of
 * the line before it). */
BK_API void bk_draft_place(const bk_draft *draft, size_t offset, size_t *line, size_t *column);
BK_API int bk_draft_offset(const bk_draft *draft, size_t line, size_t column, size_t *offset);

/* ---- Counts ------------------------------------------------------------------------------------- */

enum bk_modal { BK_MODAL_SHALL, BK_MODAL_SHOULD, BK_MODAL_MAY, BK_MODAL_WILL, BK_MODAL_MUST, BK_MODAL_COUNT };

struct bk_counts {
	size_t bytes, words, lines;
	size_t pairs, opens, closes, unmatched_open, unmatched_close, depth; /* brackets, not braces */
	size_t classes[BK_CLASS_COUNT]; /* of brackets; braces are counted apart */
	size_t braces;			/* matched pairs of braces */
	size_t runs, options;
	size_t words_disputed;		     /* words inside disputed brackets, each once */
	size_t provisions, provisions_clean; /* clean: without a disputed bracket in them */
	size_t modals[BK_MODAL_COUNT];
};
/* Of the whole text.  Cost: O(bytes). */
BK_API void bk_draft_count(const bk_draft *draft, struct bk_counts *out);
/* The same for a span: brackets that open in it, words in it.  Cost: O(log n + length). */
BK_API void bk_draft_count_span(const bk_draft *draft, struct bk_span span, struct bk_counts *out);

/* ---- Check and repair ---------------------------------------------------------------------------- */

enum bk_rule {
	BK_RULE_UNMATCHED_OPEN,
	BK_RULE_UNMATCHED_CLOSE,
	BK_RULE_STRAY_OPTION,
	BK_RULE_DUPLICATE_LABEL,
	BK_RULE_LABEL_GAP,
	BK_RULE_BROKEN_REFERENCE,
	BK_RULE_UNKNOWN_PARTY,
	BK_RULE_EMPTY_ALTERNATIVE,
	BK_RULE_HIDDEN_CHARACTER,
	BK_RULE_NOT_UTF8,
	BK_RULE_CONTROL_CHARACTER,
	BK_RULE_COUNT
};
BK_API const char *bk_rule_name(enum bk_rule rule); /* "unmatched-open" */

/* One proposed change of one bracket character. */
struct bk_repair {
	size_t offset;
	size_t remove;	    /* bytes to delete there, 0 for an insertion */
	const char *insert; /* what to insert, NULL for a deletion */
	const char *why;    /* in words: "the paragraph ends here with the bracket of line 12 still open" */
};

struct bk_finding {
	enum bk_rule rule;
	struct bk_span span;
	const char *message;		 /* lower case, no full stop */
	const struct bk_repair *repairs; /* the likeliest balanced reading needs all of them */
	size_t repair_count;
};

typedef struct bk_findings bk_findings;
/* Everything check knows about a draft, in order of offset.  BK_ENOMEM. */
BK_API int bk_draft_check(const bk_draft *draft, bk_findings **out);
BK_API const struct bk_finding *bk_findings_list(const bk_findings *findings, size_t *count);
BK_API void bk_findings_free(bk_findings *findings);

/* ---- Readings ------------------------------------------------------------------------------------ */

/* What a reading does with one bracket. */
enum bk_decision {
	BK_DECISION_LEAVE,  /* stays, in brackets */
	BK_DECISION_ACCEPT, /* its words stand, the brackets go */
	BK_DECISION_DELETE, /* it goes whole */
	/* Of its alternatives between slashes the first stands; from there on up to 255 one decision for each. */
	BK_DECISION_PART,
};

enum bk_reading_kind {
	BK_READING_WRITTEN,
	BK_READING_UNATTRIBUTED,
	BK_READING_AGREED,
	BK_READING_CLEAN,
	BK_READING_DECIDED, /* by decisions, one a bracket; attributions of what does not stay go too */
};

/* A run of bytes of a reading that was taken from the text as it stands. */
struct bk_reading_piece {
	size_t at;     /* in the reading */
	size_t source; /* in the text */
	size_t len;
};

typedef struct bk_reading bk_reading;
/* decisions: one enum bk_decision a bracket for BK_READING_DECIDED, else NULL.  BK_ENOMEM; BK_EINVAL; BK_ERANGE: a
 * bracket has no such part. */
BK_API int bk_draft_read(
	const bk_draft *draft, enum bk_reading_kind kind, const uint8_t *decisions, bk_reading **out);
BK_API const char *bk_reading_bytes(const bk_reading *reading, size_t *len);
BK_API const struct bk_reading_piece *bk_reading_pieces(const bk_reading *reading, size_t *count);
BK_API void bk_reading_free(bk_reading *reading);

/* ---- Acts that change the text -------------------------------------------------------------------- */

/* Replacements that one act makes: ready for bk_text_apply. */
typedef struct bk_changes bk_changes;
BK_API const struct bk_change *bk_changes_list(const bk_changes *changes, size_t *count);
BK_API void bk_changes_free(bk_changes *changes);

enum bk_resolve {
	BK_RESOLVE_ACCEPT,
	BK_RESOLVE_DELETE,
	BK_RESOLVE_CHOOSE, /* alternative N of bk_draft_alternatives */
};
/*
 * Settle one bracket, with blanks, commas and capitals mended at the seam.  Accepting a member of a group of
 * choice one chooses it, and the group goes whole.  BK_EINVAL for an alternative that is not there or a
 * bracket that is not disputed.
 */
BK_API int bk_draft_resolve(
	const bk_draft *draft, uint32_t bracket, enum bk_resolve act, size_t alternative, bk_changes **out);
/*
 * Put span (on cluster borders) in brackets, attributed to party when given.  Line ends at its ends, with the
 * blanks beside them, stay outside.  BK_ERANGE; BK_EINVAL when it would cross a bracket; BK_ENOMEM.
 */
BK_API int bk_draft_bracket(const bk_draft *draft, struct bk_span span, const char *party, bk_changes **out);
/* An alternative beside a bracket: `[old][P: text]`, in the notation of the conventions.  BK_EINVAL for a
 * bracket that is not in the text, or words that are none or whose brackets do not balance; BK_ENOMEM. */
BK_API int bk_draft_propose(
	const bk_draft *draft, uint32_t bracket, const char *party, const char *text, bk_changes **out);
/* An alternative to clean words: `[words][P: text]`.  Errors as bk_draft_bracket and bk_draft_propose. */
BK_API int bk_draft_propose_span(
	const bk_draft *draft, struct bk_span span, const char *party, const char *text, bk_changes **out);
/* A name beside a bracket. */
struct bk_beside {
	uint32_t bracket;    /* index */
	const char *party;   /* the roster's code, or the name of who is in none */
	const char *written; /* the name as it stands in the text, blanks and line ends as single blanks */
	enum bk_act act;
};

/* An attribution that was left as it is, or names that were kept and are written in another style. */
struct bk_restyle_left {
	uint32_t bracket;
	enum bk_style style; /* that they are written in; BK_STYLE_NONE: in none */
	struct bk_span span; /* of the first of the bracket's attributions; of its opening when it has none */
	const char *why;     /* lower case, no full stop */
};

typedef struct bk_restyling bk_restyling;
/*
 * Write all attributions in one style, whatever form they have; BK_STYLE_NONE takes them out.  The names in `kept`, in
 * order of bracket, are written along, each behind those that stand beside its bracket.  A bracket without any beside
 * it gets them in another style, parentheses first, where they would not be read in this one.
 *
 * Names stay as they are written, and each bracket has the same parties with the same acts after as before: the new
 * text is read to make sure, with BK_STYLE_NONE along with the names that were taken out, as bk_kept_overrides tells
 * them; also that its other brackets, runs and provisions are what they were.  A bracket is left whole, with a
 * reason, where an attribution says more than names and acts, where it speaks of one alternative, or where the new one
 * would not be read so.  A footnote goes with the last of its marks, unless it may be a paragraph of the text.  All
 * else stays to the byte.  Cost: that of reading the draft, a few times.  BK_ENOMEM; BK_ETOOBIG.
 */
BK_API int bk_draft_restyle(const bk_draft *draft, enum bk_style style, const struct bk_beside *kept,
	size_t count, bk_restyling **out);
BK_API void bk_restyling_free(bk_restyling *restyling);
/* Borrowed, as all that follows; the draft must live as long. */
BK_API const bk_changes *bk_restyling_changes(const bk_restyling *restyling);
/* The names of the brackets that were rewritten, in whichever style, in order of bracket, as they are written now or
 * were before. */
BK_API const struct bk_beside *bk_restyling_names(const bk_restyling *restyling, size_t *count);
BK_API const struct bk_restyle_left *bk_restyling_left(const bk_restyling *restyling, size_t *count);
/* Where the bracket that opens at start opens after the changes; BK_NOWHERE for a footnote's mark that went. */
BK_API size_t bk_restyling_follow(const bk_restyling *restyling, size_t start);

/* The repairs whose offset is in offsets (all of them when offsets is NULL).  BK_ENOTFOUND when an offset has
 * no repair. */
BK_API int bk_findings_repair(
	const bk_findings *findings, const size_t *offsets, size_t count, bk_changes **out);

#endif
