/* The status of a bracket as a word. */
#ifndef BRACKED_LEDGER_STATUS_H
#define BRACKED_LEDGER_STATUS_H

#include <bracked/ledger.h>

/* The status that a word names; "agreed pending" may be followed by a blank and what is pending. */
bool bk_span_status_parse(const char *name, enum bk_span_status *out);
/* How far soever: what is agreed is no open point until it is reopened. */
bool bk_span_status_agreed(enum bk_span_status status);

#endif
