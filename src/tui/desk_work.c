/* Background work of a desk: reading its draft, summing up its text, its revisions. */
#include "base/alloc.h"
#include "base/error.h"
#include "tui/clock.h"
#include "tui/desk.h"
#include "tui/lineage.h"
#include "tui/past.h"
#include "tui/placed.h"
#include "tui/versus.h"

/* A pause in typing so long, and the draft is read anew. */
enum { PAUSE = 120, IDLE = 60000 };
/* As much of a large text is read for the colours of a screen, at most. */
static const size_t SEEN = (size_t)1 << 20;

static void cancel_past(struct bk_desk *desk)
{
	if (desk->past_coming != NULL)
		atomic_store(&desk->past_coming->cancel, true);
	bk_worker_wait(&desk->historian);
	bk_past_free(desk->past_coming);
	desk->past_coming = NULL;
}

/* What was compared is told from nothing any more, as after a save: HEAD is another. */
static void drop_versus(struct bk_desk *desk)
{
	if (desk->versus_coming != NULL)
		bk_versus_stop(desk->versus_coming);
	bk_worker_wait(&desk->comparer);
	bk_versus_free(desk->versus);
	bk_versus_free(desk->versus_coming);
	bk_versus_free(desk->versus_next);
	desk->versus = desk->versus_coming = desk->versus_next = NULL;
}

static void start_versus(struct bk_desk *desk, int wake)
{
	desk->versus_coming = desk->versus_next;
	desk->versus_next = NULL;
	if (desk->versus_coming != NULL)
		bk_worker_start(&desk->comparer, wake, bk_versus_run, desk->versus_coming);
}

static void run_versus_sweep(void *versus)
{
	bk_versus_free(versus);
	bk_alloc_trim();
}

/* Let go of a comparison on a thread: of large texts that takes long. */
static void sweep_versus(struct bk_desk *desk, struct bk_versus *versus)
{
	if (versus != NULL && !desk->sweeper.busy)
		bk_worker_start(&desk->sweeper, desk->comparer.wake, run_versus_sweep, versus);
	else
		bk_versus_free(versus);
}

static bool take_versus(struct bk_desk *desk)
{
	if (!bk_worker_finish(&desk->comparer))
		return false;
	if (desk->versus_next != NULL) {
		sweep_versus(desk, desk->versus_coming);
		start_versus(desk, desk->comparer.wake);
		return false;
	}
	sweep_versus(desk, desk->versus);
	desk->versus = desk->versus_coming;
	desk->versus_coming = NULL;
	bk_carry_drop_marked(&desk->compared);
	return true;
}

void bk_desk_compare(struct bk_desk *desk, int wake, const char *before, const char *now)
{
	const struct bk_session *const session = desk->session;
	const struct bk_versus *const coming =
		desk->versus_next != NULL ? desk->versus_next : desk->versus_coming;
	if (bk_versus_answers(coming != NULL ? coming : desk->versus, session, before, now))
		return;
	bk_versus_free(desk->versus_next);
	desk->versus_next = bk_versus_new(session, before, now);
	bk_carry_set_mark(&desk->compared);
	if (!desk->comparer.busy)
		start_versus(desk, wake);
	else
		bk_versus_stop(desk->versus_coming);
}

static bool is_current(const struct bk_session *session)
{
	return session->draft != NULL && session->draft_version == bk_text_version(session->text) &&
	       session->draft_ledger_version == session->ledger_version;
}

static void drop_lineage(struct bk_desk *desk)
{
	if (desk->lineage_coming != NULL)
		bk_lineage_stop(desk->lineage_coming);
	bk_worker_wait(&desk->biographer);
	bk_lineage_free(desk->lineage);
	bk_lineage_free(desk->lineage_coming);
	desk->lineage = desk->lineage_coming = NULL;
}

static bool is_lineage_due(const struct bk_desk *desk)
{
	return desk->lineage_due && !desk->biographer.busy && !desk->historian.busy && desk->past != NULL &&
	       desk->past->status >= 0 && is_current(desk->session);
}

/* Follow the brackets once the revisions are known, anew when there are more; what is asked meanwhile is answered
 * from what was known before. */
static void start_lineage(struct bk_desk *desk, int wake)
{
	desk->lineage_due = false;
	desk->lineage_coming = bk_lineage_new(desk->session);
	bk_carry_set_mark(&desk->lived);
	if (desk->lineage_coming != NULL)
		bk_worker_start(&desk->biographer, wake, bk_lineage_run, desk->lineage_coming);
}

static bool take_lineage(struct bk_desk *desk)
{
	if (!bk_worker_finish(&desk->biographer))
		return false;
	struct bk_lineage *const coming = desk->lineage_coming;
	desk->lineage_coming = NULL;
	/* One that was stopped knows a part only. */
	if (desk->lineage_due) {
		bk_lineage_free(coming);
		return false;
	}
	bk_lineage_free(desk->lineage);
	desk->lineage = coming;
	bk_carry_drop_marked(&desk->lived);
	return true;
}

static void drop_places(struct bk_desk *desk)
{
	if (desk->places_coming != NULL)
		bk_placed_stop(desk->places_coming);
	bk_worker_wait(&desk->placer);
	bk_placed_free(desk->places);
	bk_placed_free(desk->places_coming);
	bk_draft_free(desk->merged);
	desk->places = desk->places_coming = NULL;
	desk->merged = NULL;
}

static int start_placing(struct bk_desk *desk, int wake)
{
	desk->places_due = false;
	desk->places_coming = bk_placed_new(desk->session, desk->merged);
	if (desk->places_coming == NULL)
		return bk_fail_memory();
	bk_worker_start(&desk->placer, wake, bk_placed_run, desk->places_coming);
	return BK_OK;
}

/* The compilation as it was merged is the desk's from the first time on; another one is when it was merged anew, to
 * whose places no marks were given. */
static void keep_merged(struct bk_desk *desk, bk_draft **before)
{
	bk_draft *const issued =
		desk->places->placing != NULL ? bk_placing_take_issued(desk->places->placing) : NULL;
	*before = NULL;
	if (issued == NULL)
		return;
	if (desk->merged != NULL && bk_draft_snapshot(desk->merged) != bk_draft_snapshot(issued))
		desk->given.len = 0;
	*before = desk->merged;
	desk->merged = issued;
}

static void run_places_sweep(void *placed)
{
	bk_placed_free(placed);
	bk_alloc_trim();
}

/* As of a comparison. */
static void sweep_places(struct bk_desk *desk, struct bk_placed *placed)
{
	if (placed != NULL && !desk->sweeper.busy)
		bk_worker_start(&desk->sweeper, desk->placer.wake, run_places_sweep, placed);
	else
		bk_placed_free(placed);
}

static bool take_places(struct bk_desk *desk)
{
	bk_draft *before;
	if (!bk_worker_finish(&desk->placer))
		return false;
	struct bk_placed *const coming = desk->places_coming, *const old = desk->places;
	desk->places_coming = NULL;
	if (desk->places_due) {
		bk_placed_free(coming);
		/* Without memory they are asked for again. */
		return start_placing(desk, desk->placer.wake) < 0;
	}
	desk->places = coming;
	desk->places_count++;
	keep_merged(desk, &before);
	sweep_places(desk, old);
	if (before != NULL)
		bk_worker_wait(&desk->sweeper);
	bk_draft_free(before);
	return true;
}

int bk_desk_place(struct bk_desk *desk, int wake, bool anew, bool *there)
{
	*there = !anew && !desk->placer.busy && bk_placed_answers(desk->places, desk->session);
	if (*there)
		return BK_OK;
	if (!desk->placer.busy)
		return start_placing(desk, wake);
	if (anew || !bk_placed_answers(desk->places_coming, desk->session)) {
		desk->places_due = true;
		bk_placed_stop(desk->places_coming);
	}
	return BK_OK;
}

static bool is_large(const struct bk_desk *desk)
{
	return bk_snapshot_size(bk_text_now(desk->session->text)) > BK_DESK_WHOLE;
}

/* The draft was compared, and is another since, or HEAD is: the gutter tells what moved. */
static bool is_outdated(const struct bk_desk *desk)
{
	const struct bk_versus *const versus = desk->versus;
	return versus != NULL && versus->comparison != NULL && versus->now == NULL && !desk->comparer.busy &&
	       is_current(desk->session) && versus->version != bk_text_version(desk->session->text);
}

static void run_analysis(void *task)
{
	struct bk_desk *const desk = task;
	struct bk_analysis *const analysis = &desk->analysis;
	bk_session_analysis_run(analysis);
	if (analysis->status == BK_OK) {
		const struct bk_marks_source source = {.draft = analysis->draft,
			.binding = analysis->binding,
			.positions = analysis->positions,
			.ledger = analysis->ledger,
			.roster = desk->session->roster,
			.party = desk->party};
		bk_marks_make(&desk->coming, &source);
	}
	bk_alloc_trim();
}

static void run_sweep(void *task)
{
	struct bk_desk_rubbish *const rubbish = task;
	bk_session_analysis_release(&rubbish->analysis);
	bk_marks_release(&rubbish->marks);
	bk_alloc_trim();
}

/* Let go of a reading on a thread: of a large draft that takes long. */
static void sweep(struct bk_desk *desk, struct bk_marks marks)
{
	bk_worker_wait(&desk->sweeper);
	desk->rubbish = (struct bk_desk_rubbish){desk->analysis, marks};
	desk->analysis = (struct bk_analysis){0};
	bk_worker_start(&desk->sweeper, desk->analyst.wake, run_sweep, &desk->rubbish);
}

/* A version of the text could not be read: it is not tried again unless a person asks. */
static void keep_failure(struct bk_desk *desk, uint64_t version, int status, const char *words)
{
	desk->failed_version = version;
	desk->failed_status = status;
	bk_free(desk->failure);
	desk->failure = words != NULL ? bk_strdup(words) : NULL;
}

static int begin_analysis(struct bk_desk *desk, int wake)
{
	const int status = bk_session_analysis_begin(desk->session, &desk->analysis);
	if (status < 0) {
		keep_failure(desk, bk_text_version(desk->session->text), status, bk_error_message());
		return status;
	}
	bk_carry_set_mark(&desk->carry);
	desk->party = bk_session_party(desk->session);
	bk_worker_start(&desk->analyst, wake, run_analysis, desk);
	return BK_OK;
}

static int start_analysis(struct bk_desk *desk, int wake)
{
	const uint64_t version = bk_text_version(desk->session->text);
	if (desk->analyst.busy || is_current(desk->session) || desk->failed_version == version)
		return IDLE;
	const int64_t pause = bk_now_ms() - desk->edited;
	if (!desk->hurry && pause < PAUSE)
		return PAUSE - (int)pause;
	(void)begin_analysis(desk, wake); /* what failed waits for a person to ask */
	return IDLE;
}

static bool take_analysis(struct bk_desk *desk)
{
	if (!bk_worker_finish(&desk->analyst))
		return false;
	struct bk_analysis *const analysis = &desk->analysis;
	struct bk_marks marks = desk->coming;
	const uint64_t version = analysis->version;
	/* The session may have read its text by itself meanwhile. */
	const bool wanted = !is_current(desk->session);
	desk->coming = (struct bk_marks){0};
	if (wanted && analysis->status < 0)
		keep_failure(desk, version, analysis->status, analysis->error);
	const bool taken = wanted && bk_session_analysis_take(desk->session, analysis);
	if (taken) {
		const struct bk_marks old = desk->marks;
		desk->marks = marks;
		marks = old;
	}
	sweep(desk, marks);
	if (!taken)
		return false;
	if (version == bk_text_version(desk->session->text))
		bk_carry_clear(&desk->carry);
	else
		bk_carry_drop_marked(&desk->carry);
	desk->failed_version = UINT64_MAX;
	bk_desk_find_folds(desk);
	return true;
}

static void run_completion(void *task)
{
	struct bk_desk *const desk = task;
	desk->rest_status = bk_text_prepare(desk->rest_text, &desk->rest);
}

static bool is_lazy(const struct bk_desk *desk)
{
	const bk_text *const text = desk->session->text;
	return bk_text_ready(text) < bk_snapshot_size(bk_text_now(text));
}

static void start_completion(struct bk_desk *desk, int wake)
{
	if (desk->completer.busy)
		return;
	desk->rest_text = desk->session->text;
	bk_worker_start(&desk->completer, wake, run_completion, desk);
}

static bool take_completion(struct bk_desk *desk)
{
	if (!bk_worker_finish(&desk->completer))
		return false;
	/* Where memory ran out the text stays lazy: it is summed up where it is asked about, or at the next
	 * turn. */
	if (desk->rest_status == BK_OK)
		(void)bk_text_complete(desk->session->text, desk->rest);
	return true;
}

static int read_window(struct bk_desk *desk, int wake, struct bk_span seen)
{
	const bk_text *const text = desk->session->text;
	const int64_t pause = bk_now_ms() - desk->edited;
	if (!desk->hurry && pause < PAUSE)
		return PAUSE - (int)pause;
	/* Folds may leave a screen whose rows lie far apart. */
	if (seen.end - seen.start > SEEN)
		seen.end = seen.start + SEEN;
	bk_window_read(&desk->window, wake, bk_text_now(text), bk_text_ready(text), seen,
		desk->session->conventions);
	return IDLE;
}

int bk_desk_work(struct bk_desk *desk, int wake, struct bk_span seen)
{
	int due = IDLE;
	/* The scout loads libgit2, and while it does no other thread can begin. */
	if (is_lazy(desk))
		start_completion(desk, wake);
	bk_desk_start_scout(desk, wake);
	if (!desk->completed)
		return due;
	if (is_large(desk))
		return read_window(desk, wake, seen);
	if (!is_lazy(desk))
		due = start_analysis(desk, wake);
	if (desk->past == NULL && !desk->historian.busy && is_current(desk->session))
		bk_desk_read_past(desk, wake);
	if (is_lineage_due(desk))
		start_lineage(desk, wake);
	if (is_outdated(desk))
		bk_desk_compare(desk, wake, desk->versus->before, NULL);
	return due;
}

bool bk_desk_take(struct bk_desk *desk)
{
	if (desk->held)
		return false;
	bool news = take_completion(desk);
	bk_worker_finish(&desk->sweeper);
	news = take_analysis(desk) || news;
	news = bk_window_take(&desk->window) || news;
	news = take_versus(desk) || news;
	news = take_lineage(desk) || news;
	news = take_places(desk) || news;
	if (bk_worker_finish(&desk->historian)) {
		bk_past_free(desk->past);
		desk->past = desk->past_coming;
		desk->past_coming = NULL;
		news = true;
	}
	return news;
}

bool bk_desk_is_busy(const struct bk_desk *desk)
{
	if (desk->scout.busy || desk->completer.busy || desk->historian.busy || desk->analyst.busy ||
		desk->comparer.busy || desk->biographer.busy || desk->placer.busy || desk->window.worker.busy)
		return true;
	if (!desk->completed || is_large(desk))
		return false;
	return is_lazy(desk) || is_outdated(desk) || is_lineage_due(desk) ||
	       (!is_current(desk->session) && desk->failed_version != bk_text_version(desk->session->text)) ||
	       (desk->past == NULL && desk->session->draft != NULL);
}

/* What surrounds the draft must be there before it is read; *there says that it is. */
static int freshen_surroundings(struct bk_desk *desk, int wake, bool *there)
{
	bk_desk_start_scout(desk, wake);
	*there = !desk->scout.busy || bk_desk_is_scouted(desk);
	return *there ? bk_desk_complete(desk) : BK_OK;
}

static int freshen_draft(struct bk_desk *desk, int wake)
{
	if (desk->analyst.busy) {
		/* What it reads may be a text of before: nobody waits for that. */
		if (desk->analysis.version != bk_text_version(desk->session->text))
			atomic_store(&desk->analysis.stop, true);
		return BK_OK;
	}
	if (desk->failed_version == bk_text_version(desk->session->text))
		return bk_fail(
			desk->failed_status, "%s", desk->failure != NULL ? desk->failure : "out of memory");
	if (!is_lazy(desk))
		return begin_analysis(desk, wake);
	if (!desk->completer.busy && desk->rest_status < 0) {
		desk->rest_status = BK_OK;
		return bk_fail_memory();
	}
	start_completion(desk, wake);
	return BK_OK;
}

int bk_desk_freshen(struct bk_desk *desk, int wake, bool *fresh)
{
	bool there = true;
	*fresh = false;
	bk_desk_take(desk);
	const int status = desk->completed ? BK_OK : freshen_surroundings(desk, wake, &there);
	if (status < 0 || !there)
		return status;
	*fresh = is_current(desk->session);
	if (*fresh && desk->marks.marks == NULL)
		bk_desk_count_marks(desk);
	return *fresh ? BK_OK : freshen_draft(desk, wake);
}

void bk_desk_news(struct bk_desk *desk)
{
	bk_carry_clear(&desk->carry);
	if (desk->session->draft != NULL)
		bk_desk_count_marks(desk);
}

void bk_desk_end_work(struct bk_desk *desk)
{
	atomic_store(&desk->analysis.stop, true);
	bk_worker_wait(&desk->analyst);
	bk_session_analysis_release(&desk->analysis);
	bk_marks_release(&desk->coming);
	bk_worker_wait(&desk->sweeper);
	if (desk->completer.busy) {
		bk_worker_wait(&desk->completer);
		if (desk->rest_status == BK_OK)
			bk_text_complete(desk->session->text, desk->rest);
	}
	cancel_past(desk);
	drop_versus(desk);
	drop_lineage(desk);
	drop_places(desk);
	bk_free(desk->failure);
	desk->failure = NULL;
}

void bk_desk_read_past(struct bk_desk *desk, int wake)
{
	/* HEAD may be another now. */
	if (desk->versus != NULL)
		desk->versus->version = UINT64_MAX;
	if (desk->lineage_coming != NULL)
		bk_lineage_stop(desk->lineage_coming);
	desk->lineage_due = true;
	cancel_past(desk);
	desk->past_coming = bk_past_new(desk->session);
	if (desk->past_coming != NULL)
		bk_worker_start(&desk->historian, wake, bk_past_run, desk->past_coming);
}
