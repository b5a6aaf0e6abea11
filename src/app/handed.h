/*
 * Texts that git hands over for a moment, in files of its own: read by the conventions of the repository around.
 */
#ifndef BRACKED_APP_HANDED_H
#define BRACKED_APP_HANDED_H

#include "app/session.h"

/* What such a file is. */
enum bk_handed_kind {
	BK_HANDED_TEXT,
	BK_HANDED_NOTHING, /* /dev/null: there was no file, or is none any more */
	BK_HANDED_BINARY,  /* no text, by what git goes by: a NUL byte at its beginning */
};

struct bk_handed {
	enum bk_handed_kind kind;
	struct bk_str bytes;
	bk_draft *draft; /* of a text, and of nothing: an empty one */
	/* internal */
	struct bk_file_bytes file;
	bk_text *text;
};

/* What drafts are read by; release in any case. */
struct bk_handing {
	struct bk_session *surroundings; /* NULL: they cannot be read, the built-in ones are taken */
	bk_roster *roster;		 /* then */
};

/* Settings and roster of the repository round the working folder.  Faulty ones are no reason to show nothing.
 * BK_ENOMEM. */
int bk_handing_init(struct bk_handing *handing, const struct bk_session_options *options);
void bk_handing_release(struct bk_handing *handing);

/* Read the file at path; release in any case, before `handing`.  BK_EIO, BK_ENOTFOUND, BK_ETOOBIG, BK_ENOMEM. */
int bk_handed_read(struct bk_handed *out, const struct bk_handing *handing, const char *path);
void bk_handed_release(struct bk_handed *handed);

#endif
