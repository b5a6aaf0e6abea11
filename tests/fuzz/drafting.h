/* A draft of any bytes, for fuzz targets that read one or two. */
#ifndef BRACKED_TESTS_FUZZ_DRAFTING_H
#define BRACKED_TESTS_FUZZ_DRAFTING_H

#include "fuzz.h"

#include <bracked/ledger.h>

/* Made once. */
static inline const bk_roster *default_roster(void)
{
	static bk_roster *roster;

	if (!roster)
		stop_if(bk_roster_new(&roster, NULL, 0) < 0, "there is a default roster");
	return roster;
}

/* With the default conventions and roster.  Freed by the caller. */
static inline bk_draft *read_draft(const char *bytes, size_t len)
{
	static bk_conventions *conventions;
	struct bk_draft_options options;
	bk_draft *draft = NULL;
	bk_text *text = NULL;

	if (!conventions)
		stop_if(bk_conventions_new(&conventions, NULL, NULL, 0) < 0, "there are default conventions");
	options = (struct bk_draft_options){
		.conventions = conventions, .names = bk_roster_names(default_roster())};
	stop_if(bk_text_new(&text, bytes, len) < 0, "a text can be made of any bytes");
	stop_if(bk_draft_new(&draft, bk_text_now(text), &options) < 0, "a draft can be made of any text");
	bk_text_free(text);
	return draft;
}

#endif
