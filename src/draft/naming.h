/*
 * Who is named in a list: "US/AU propose; CL/PE oppose", "EU, CANZ: delete", "proposed by AILAC".
 *
 *	list   = part *( ";" part )
 *	part   = names [ ":" ] [ verb [ more words ] ]  |  [ few words ] verb-ed "by" names
 *	names  = name *( separator name )            separator: / , ; & + and
 *	name   = [ speaker "on behalf of" ] name     the group alone counts
 *
 * A verb holds for its own part; a part without one proposes.  Behind a verb another part may follow a comma
 * or a small word, when it has a verb too: "India supports, Japan opposes", "EU, with reservation by
 * Hungary".  A part fits only if every name in it is known or, where that is allowed, looks like a code.  The
 * parser reads a span and nothing round it: where such lists may stand is the affair of attribution.c.
 */
#ifndef BRACKED_DRAFT_NAMING_H
#define BRACKED_DRAFT_NAMING_H

#include "base/str.h"
#include "base/vec.h"

#include <bracked/draft.h>

/* Who may be named. */
struct bk_naming {
	struct bk_names names; /* .code NULL: nobody is known */
	bool unknown_codes;    /* names nobody knows count when they look like a code */
};

struct bk_named {
	struct bk_span written; /* in the list's own bytes; without a footnote figure or verb glued to it */
	const char *code;	/* the roster's, or NULL when unknown */
	enum bk_act act;
};

typedef BK_VEC(struct bk_named) bk_named_list;

/* How freely words may follow a verb. */
enum bk_naming_words {
	BK_NAMING_STRICT, /* a few, as before the colon of a prefix */
	BK_NAMING_LOOSE,  /* any */
};

/*
 * Append the names of list to out and set *is; when the list names nobody, or holds anything else, out stays
 * as it was and *is is false.  BK_ENOMEM.
 */
int bk_naming_parse(const struct bk_naming *naming, struct bk_str list, enum bk_naming_words words,
	bk_named_list *out, bool *is);

/* True for "reserve", "opposes.", "to revert", "delete paragraph" and nothing more: who says this alone
 * proposes no words. */
bool bk_naming_refuses(struct bk_str words);
/* "delete", "support this text": lower case words that say what is done to all that a bracket holds, and no more. */
bool bk_naming_is_act(struct bk_str words);
/* Whether words behind a name and its colon would be read as what that does: who refuses, and "support: the text". */
bool bk_naming_misleads(struct bk_str words);

/* True for "AU", "CANZ", "G77": capitals that may be a code, and no usual abbreviation of something else. */
bool bk_naming_is_code(struct bk_str name);

#endif
