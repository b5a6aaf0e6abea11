/*
 * The inside of check: each rule is a function that looks through a draft and reports what it finds.
 */
#ifndef BRACKED_DRAFT_CHECK_H
#define BRACKED_DRAFT_CHECK_H

#include "base/vec.h"
#include "draft/draft.h"

struct bk_findings {
	struct bk_arena arena;
	BK_VEC(struct bk_finding) list;
};

struct bk_checker {
	const struct bk_draft *draft;
	struct bk_findings *findings;
};

/* Add a finding; the message is formatted into the findings' arena.  BK_ENOMEM. */
int bk_check_report(struct bk_checker *checker, enum bk_rule rule, struct bk_span span, const char *format,
	...) __attribute__((format(printf, 4, 5)));

/* Each reports what breaks its rules; BK_ENOMEM. */
int bk_check_matching(struct bk_checker *checker);     /* unmatched-open, unmatched-close */
int bk_check_characters(struct bk_checker *checker);   /* hidden-character, not-utf8, control-character */
int bk_check_options(struct bk_checker *checker);      /* stray-option */
int bk_check_labels(struct bk_checker *checker);       /* duplicate-label, label-gap */
int bk_check_footnotes(struct bk_checker *checker);    /* duplicate-label */
int bk_check_references(struct bk_checker *checker);   /* broken-reference */
int bk_check_parties(struct bk_checker *checker);      /* unknown-party */
int bk_check_alternatives(struct bk_checker *checker); /* empty-alternative */

#endif
