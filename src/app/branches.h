/*
 * Whose a branch is.
 *
 *	party/EU  origin/party/eu  parties/new-zealand	the party behind "party/", in any spelling of the roster
 *	EU  drafts/AOSIS				a last part that is written as the roster's code
 *	main						nobody's: stands by its title, MAIN
 */
#ifndef BRACKED_APP_BRANCHES_H
#define BRACKED_APP_BRANCHES_H

#include <bracked/ledger.h>
#include <bracked/store.h>

enum { BK_BRANCH_TITLE = 40 };

/* The roster's code of the party whose branch it is, or NULL.  What git writes behind a name ("EU~2",
 * "EU^{tree}") does not count. */
const char *bk_branch_party(const bk_roster *roster, const char *name);
/* Its last part in capitals, with dashes for all but letters and digits; of an id, its beginning. */
void bk_branch_title(const char *name, char out[BK_BRANCH_TITLE]);

/* The party that has a branch at this revision, or else a file with these bytes; NULL when there is none.  id and blob
 * may be "". */
const char *bk_branch_holder(const bk_tips *tips, const bk_roster *roster, const char *id, const char *blob);

#endif
