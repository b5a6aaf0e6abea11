/*
 * Status: how far a bracket is agreed, as persons have said.  Never inferred from the text.
 */
#include "ledger/status.h"

#include "ledger/binding.h"

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

enum bk_span_status bk_status_of(
	const bk_binding *binding, const bk_ledger *ledger, uint32_t bracket, const struct bk_event **event)
{
	const struct bk_bound_status *newest = NULL;
	size_t count, events;
	const uint32_t *ids = bk_binding_at(binding, bracket, &count);

	for (size_t i = 0; i < count; i++) {
		const struct bk_bound_status *status = &binding->statuses[ids[i]];

		if (status->any && (!newest || newest->event < status->event))
			newest = status;
	}
	if (event) {
		const struct bk_event *list = bk_ledger_events(ledger, &events);

		*event = newest && newest->event < events ? &list[newest->event] : NULL;
	}
	return newest ? newest->status : BK_STATUS_OPEN;
}
