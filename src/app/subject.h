/*
 * What most commands begin and end with: open the draft named, find the bracket named, write what was
 * changed.
 */
#ifndef BRACKED_APP_SUBJECT_H
#define BRACKED_APP_SUBJECT_H

#include "app/args.h"
#include "app/command.h"
#include "app/output.h"
#include "base/json.h"

/* Every command that changes a file takes this one. */
#define BK_OPTION_DRY_RUN                                                                                    \
	{                                                                                                    \
		.name = "dry-run", .letter = 'n',                                                            \
		.help = "print the change as a diff and leave the file alone"                                \
	}
#define BK_OPTION_JSON                                                                                       \
	{                                                                                                    \
		.name = "json", .help = "print JSON for programs"                                            \
	}

/* Remark the failure and return the exit status that fits it: what was asked wrongly is usage,
 * all else could not be done. */
int bk_subject_failed(int status);
/* Refuse a wrong number of arguments: prints the usage line, returns BK_EXIT_USAGE. */
int bk_subject_usage(const struct bk_invocation *invocation);

/* Open a draft for the command; on failure *out is NULL and the exit status is returned, else BK_EXIT_OK. */
int bk_subject_open(
	const struct bk_invocation *invocation, const char *file, unsigned flags, struct bk_session **out);
/* Complete what was opened with BK_SESSION_BARE, and say what is wrong around it, as bk_subject_open.  Exit status. */
int bk_subject_complete(struct bk_session *session);

/* Run `each` over every FILE argument from `first` on, opened to be read; the worst exit status of all. */
int bk_subject_each(struct bk_invocation *invocation, size_t first,
	int (*each)(struct bk_invocation *invocation, struct bk_session *session));

/* The same for a command that asks nothing of the draft itself, which is not read. */
int bk_subject_each_unread(struct bk_invocation *invocation, size_t first,
	int (*each)(struct bk_invocation *invocation, struct bk_session *session));

/* Open the first of exactly `count` arguments to be changed and run `change` on it. */
int bk_subject_change(struct bk_invocation *invocation, size_t count,
	int (*change)(struct bk_invocation *invocation, struct bk_session *session));

/* Write the changed text, or print it as a diff with --dry-run. Exit status. */
int bk_subject_finish(struct bk_invocation *invocation, struct bk_session *session);
/* After something was recorded: with --dry-run print what the ledger would gain as a diff. Exit status. */
int bk_subject_finish_ledger(struct bk_invocation *invocation, const struct bk_session *session);
/* Apply changes (freed) and finish. */
int bk_subject_apply(struct bk_invocation *invocation, struct bk_session *session, bk_changes *changes);

/* True when the party's code or a name of it in the roster is `name`; sets *code.
 * BK_ENOTFOUND names the nearest. */
int bk_subject_party(const struct bk_session *session, const char *name, const char **code);
/* The --party option or the person's own party; BK_EINVAL when neither is there. */
int bk_subject_own_party(
	const struct bk_invocation *invocation, const struct bk_session *session, const char **code);

/* A year, a month or a day: "2010", "2010-12", "2010-12-10". */
bool bk_subject_is_date(const char *text);

/* The bytes of a span. */
struct bk_str bk_subject_bytes(const struct bk_session *session, struct bk_span span);
/* Set "text" to the bytes of a span that a bracket of this depth has (0: none), but not so much that brackets within
 * brackets within brackets repeat each other without end; "truncated" says so. */
void bk_subject_set_text(
	bk_json *object, const struct bk_session *session, struct bk_span span, uint32_t depth);
/* The bracket that a person means, as bk_draft_find; of several ids that were recorded for one, as after a join, each
 * is its name. */
int bk_subject_find(const struct bk_session *session, const char *name, uint32_t *out);
/* "file:line:column" of an offset, styled. */
void bk_subject_place(struct bk_output *output, const struct bk_session *session, size_t offset);
/* True for an open point: a bracket that is disputed and not agreed. */
bool bk_subject_is_open(const struct bk_session *session, uint32_t bracket);
/* The status in words of a bracket. */
const char *bk_subject_status(const struct bk_session *session, uint32_t bracket);

/* "  (ad referendum)", for people; nothing when nobody has agreed or reopened it. */
void bk_subject_put_status(struct bk_output *output, const struct bk_session *session, uint32_t bracket);

/* Record a status on the brackets named after the FILE argument; all are looked up before anything is
 * written. Exit status. */
int bk_subject_set_status(struct bk_invocation *invocation, const char *value);

#endif
