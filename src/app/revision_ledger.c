/* Positions recorded in the ledger of a revision. */
#include "app/revision_ledger.h"
#include "ledger/event.h"

int bk_revision_count_positions(bk_repository *repository, const struct bk_revision *revision, size_t *out)
{
	bk_ledger *ledger = NULL;
	char *bytes = NULL;
	size_t len = 0, count = 0, positions = 0;
	int status;

	*out = 0;
	if (!*revision->ledger)
		return BK_OK;
	status = bk_revision_read_blob(repository, revision->ledger, &bytes, &len);
	if (status == BK_OK)
		status = bk_ledger_parse(&ledger, bytes, len, "ledger");
	if (status == BK_OK) {
		const struct bk_event *events = bk_ledger_events(ledger, &count);

		for (size_t i = 0; i < count; i++)
			positions += bk_event_is_position(events[i].act);
		*out = positions;
	}
	bk_ledger_free(ledger);
	bk_store_free(bytes);
	return status;
}
