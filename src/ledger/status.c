/*
 * Names of statuses: how far a bracket is agreed, as persons have said.
 */
#include "ledger/status.h"

#include <string.h>

static const char *const names[] = {
	[BK_STATUS_OPEN] = "open",
	[BK_STATUS_AGREED_IN_GROUP] = "agreed in group",
	[BK_STATUS_AD_REFERENDUM] = "ad referendum",
	[BK_STATUS_AGREED] = "agreed",
	[BK_STATUS_AGREED_PENDING] = "agreed pending",
	[BK_STATUS_REOPENED] = "reopened",
};

const char *bk_span_status_name(enum bk_span_status status)
{
	return (unsigned)status <= BK_STATUS_REOPENED ? names[status] : NULL;
}

bool bk_span_status_agreed(enum bk_span_status status)
{
	return status != BK_STATUS_OPEN && status != BK_STATUS_REOPENED;
}

bool bk_span_status_parse(const char *name, enum bk_span_status *out)
{
	const size_t pending = strlen(names[BK_STATUS_AGREED_PENDING]);

	for (int status = 0; status <= BK_STATUS_REOPENED; status++)
		if (strcmp(name, names[status]) == 0) {
			*out = (enum bk_span_status)status;
			return true;
		}
	if (strncmp(name, names[BK_STATUS_AGREED_PENDING], pending) != 0 || name[pending] != ' ')
		return false;
	*out = BK_STATUS_AGREED_PENDING;
	return true;
}
