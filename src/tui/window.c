/* Reading a piece of a large text for its colours. */
#include "tui/window.h"

#include "base/alloc.h"

enum { AROUND = 128 << 10 };

static void run(void *task)
{
	struct bk_window *const window = task;
	const struct bk_span span = window->coming_span;
	char *const bytes = bk_malloc(span.end - span.start + 1);
	bk_text *text = NULL;
	if (bytes == NULL)
		return;
	bk_snapshot_copy(window->snapshot, span, bytes);
	if (bk_text_new(&text, bytes, span.end - span.start) == BK_OK) {
		const struct bk_draft_options options = {.conventions = window->conventions};
		if (bk_draft_new(&window->coming, bk_text_now(text), &options) < 0)
			window->coming = NULL;
	}
	bk_text_free(text);
	bk_free(bytes);
}

static bool holds(const struct bk_window *window, struct bk_span seen)
{
	return window->draft != NULL && window->carry.edits.len == 0 && seen.start >= window->start &&
	       seen.end <= window->end;
}

void bk_window_read(struct bk_window *window, int wake, const bk_snapshot *now, size_t ready,
	struct bk_span seen, const bk_conventions *conventions)
{
	if (window->worker.busy || holds(window, seen))
		return;
	const size_t size = ready < bk_snapshot_size(now) ? ready : bk_snapshot_size(now);
	const size_t wanted = seen.start > AROUND ? seen.start - AROUND : 0;
	const size_t line =
		bk_snapshot_line_start(now, bk_snapshot_line_of(now, wanted < size ? wanted : size));
	const size_t from = line == BK_NOWHERE || line > size || wanted - line > AROUND ? wanted : line;
	const size_t to = seen.end + AROUND < size ? seen.end + AROUND : size;
	if (from >= to)
		return;
	window->snapshot = bk_snapshot_keep(now);
	window->coming_span = (struct bk_span){from, to};
	window->conventions = conventions;
	bk_carry_set_mark(&window->carry);
	bk_worker_start(&window->worker, wake, run, window);
}

static void drop_snapshot(struct bk_window *window)
{
	bk_snapshot_free(window->snapshot);
	window->snapshot = NULL;
}

bool bk_window_take(struct bk_window *window)
{
	if (!bk_worker_finish(&window->worker))
		return false;
	drop_snapshot(window);
	if (window->coming == NULL)
		return false;
	bk_draft_free(window->draft);
	window->draft = window->coming;
	window->coming = NULL;
	window->start = window->coming_span.start;
	window->end = window->coming_span.end;
	bk_carry_drop_marked(&window->carry);
	return true;
}

void bk_window_release(struct bk_window *window)
{
	bk_worker_wait(&window->worker);
	drop_snapshot(window);
	bk_draft_free(window->coming);
	bk_draft_free(window->draft);
	bk_carry_release(&window->carry);
}
