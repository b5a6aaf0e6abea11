/* What a desk opens without, so that the first screen need not wait: its settings, roster and ledger are read
 * on a thread, and its journal may come late. */
#include "tui/desk.h"

static void run_scout(void *task)
{
	bk_session_look_around(task);
}

void bk_desk_start_scout(struct bk_desk *desk, int wake)
{
	if (desk->arrived || desk->scout.busy || bk_session_beside(&desk->beside, desk->session) < 0)
		return;
	bk_worker_start(&desk->scout, wake, run_scout, desk->beside);
}

bool bk_desk_is_scouted(const struct bk_desk *desk)
{
	return desk->scout.busy && atomic_load(&desk->scout.done);
}

void bk_desk_drop_scout(struct bk_desk *desk)
{
	bk_worker_wait(&desk->scout);
	bk_session_free(desk->beside);
	desk->beside = NULL;
}

/* The journal has come, and with it the place. */
static void welcome_journal(struct bk_desk *desk, bool late)
{
	if (late && desk->session->journal != NULL && desk->view.cursor == 0)
		bk_desk_take_place(desk);
}

int bk_desk_claim(struct bk_desk *desk)
{
	const bool late = desk->session->journal == NULL;
	const int status = bk_session_claim(desk->session);
	welcome_journal(desk, late);
	return status;
}

int bk_desk_complete(struct bk_desk *desk)
{
	if (desk->completed)
		return BK_OK;
	const bool late = desk->session->journal == NULL;
	bk_worker_wait(&desk->scout);
	if (desk->beside != NULL)
		bk_session_adopt(desk->session, desk->beside);
	desk->beside = NULL;
	const int status = bk_session_complete(desk->session);
	desk->arrived = true;
	desk->completed = status == BK_OK;
	if (desk->completed && desk->session->draft != NULL)
		bk_desk_news(desk);
	welcome_journal(desk, late);
	return status;
}
