/* What the rooms of this floor share that go through libgit2. */
#ifndef BRACKED_STORE_GIT_H
#define BRACKED_STORE_GIT_H

#include "store/libgit2.h"

#include <bracked/store.h>

enum { BK_REF_MAX = 1024 }; /* bytes of a ref's name, with its end */

struct bk_repository {
	git_repository *git;
	char *folder; /* of the work tree, or of a bare repository itself; no last slash */
	struct bk_identity identity;
};

/*
 * Translate libgit2's refusal into a status and a message a person can act on: "what 'subject': ...".
 * BK_ENOMEM BK_ENOTFOUND BK_EEXISTS BK_EAMBIGUOUS BK_ELOCKED BK_ECHANGED, else BK_EGIT.
 */
int bk_git_fail(int code, const char *what, const char *subject);

/*
 * BK_OK when an object stands that was just written.  On a full disk libgit2 may say that it wrote one, and find only
 * with the next that names it that it is not there.  BK_EIO: "what 'subject': ...".
 */
int bk_git_require(
	const struct bk_repository *repository, const git_oid *id, const char *what, const char *subject);

/* BK_OK when name may be written into a tree: relative, no empty part, no dots, nothing that a file system
 * takes for .git. */
int bk_git_check_name(const char *name);

/* The commit that revision names, or a freeze's symbol.  BK_ENOTFOUND, BK_EAMBIGUOUS. */
int bk_git_commit(git_commit **out, const struct bk_repository *repository, const char *revision);

/* The entry of a plain file at name; BK_ENOTFOUND; BK_EGIT for a link, a module or a folder. */
int bk_git_file_entry(git_tree_entry **out, const git_tree *tree, const char *name);

/* What a tree has at name, file, link or module; mode 0 where it has nothing, or a folder.  BK_EGIT. */
int bk_git_look_up(const git_tree *tree, const char *name, struct bk_branch_file *out);

/* The bytes of a file at the top of the work tree, by bk_free.  BK_ENOTFOUND; BK_EIO for a link, which is not
 * followed; BK_ETOOBIG over 1 MiB. */
int bk_git_read_beside(const bk_repository *repository, const char *name, char **out, size_t *len);

/* A tag name made of a document symbol: "A/CONF.1/L.7 Rev.2" gives "A-CONF.1-L.7-Rev.2". */
void bk_git_tag_name(const char *symbol, char out[256]);

#endif
