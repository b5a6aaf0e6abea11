/*
 * Events as lines of a ledger.  The format is described in event.c.
 */
#ifndef BRACKED_LEDGER_EVENT_H
#define BRACKED_LEDGER_EVENT_H

#include "base/arena.h"
#include "base/buf.h"
#include "ledger/instant.h"

#include <bracked/ledger.h>

#define BK_EVENT_TEXT_MAX ((size_t)64 << 10)
#define BK_EVENT_LINE_MAX ((size_t)1 << 20)
#define BK_EVENT_LIST_MAX 256
#define BK_EVENT_IN_TEXT  "text" /* of attribute: the value by which all names stand in the text again */
#define BK_EVENT_UNSAID	  "none" /* of attribute: all names kept so far were those of an earlier compilation */

/*
 * Read one line (without its line end) into event, with strings in arena.  BK_EFORMAT with what is wrong in
 * the message of the failure; BK_ENOMEM.
 */
int bk_event_read(
	struct bk_arena *arena, struct bk_str line, struct bk_event *event, struct bk_instant *instant);
/* Append event as one line with LF.  The event must be valid.  BK_ENOMEM; BK_EINVAL for a line over the
 * limit. */
int bk_event_write(const struct bk_event *event, struct bk_buf *out);
/* Copy event with NULL strings as "", all strings in arena.  BK_ENOMEM. */
int bk_event_copy(struct bk_arena *arena, const struct bk_event *event, struct bk_event *out);
/* BK_OK when the event (strings not NULL) is valid, with its time in *instant; else `status` (BK_EINVAL,
 * BK_EFORMAT) with what is wrong. */
int bk_event_check(const struct bk_event *event, int status, struct bk_instant *instant);

/* True for acts that are a party's position. */
bool bk_event_is_position(enum bk_event_act act);
/* True for a name that was taken out of the text. */
bool bk_event_is_name(const struct bk_event *event);
/* True where the names of an earlier compilation are kept no more. */
bool bk_event_is_unsaid(const struct bk_event *event);
/* True for "event" ids: 1 to 64 letters, digits, `-`, `_`, `.`. */
bool bk_event_is_id(const char *id);

#endif
