/* The screen as a whole: its messages, and the drafts that stand open in it. */
#include "tui/screen.h"

#include "base/error.h"
#include "tui/clock.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- Messages ---- */

static void set_message(struct bk_screen *screen, bool error, const char *format, va_list arguments)
{
	char words[1024];
	vsnprintf(words, sizeof words, format, arguments);
	bk_buf_clear(&screen->message);
	bk_buf_puts(&screen->message, words);
	screen->message_is_error = error;
}

void bk_screen_say(struct bk_screen *screen, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	set_message(screen, false, format, arguments);
	va_end(arguments);
}

void bk_screen_complain(struct bk_screen *screen, const char *format, ...)
{
	va_list arguments;
	va_start(arguments, format);
	set_message(screen, true, format, arguments);
	va_end(arguments);
}

int bk_screen_report(struct bk_screen *screen, int status)
{
	if (status < 0)
		bk_screen_complain(screen, "%s", bk_error_message());
	return status;
}

bool bk_screen_is_typed_on(const struct bk_screen *screen)
{
	enum { PAUSE = 1000 };
	return !screen->terminal->script && bk_now_ms() - screen->typed < PAUSE;
}

/* ---- Drafts ---- */

/* Another editor has it, as the last message says. */
static int open_to_read(struct bk_screen *screen, struct bk_desk **out, const char *file)
{
	struct bk_buf who = BK_BUF_INIT;
	bk_buf_puts(&who, bk_error_message());
	const int status = bk_desk_open(out, file, BK_SESSION_PERSON, &screen->invocation->session);
	if (status == BK_OK)
		bk_screen_complain(
			screen, "%s.  It is opened to be read; Ctrl-T opens it anew", bk_buf_string(&who));
	bk_buf_release(&who);
	return status;
}

int bk_screen_open(struct bk_screen *screen, const char *file, bool later)
{
	struct bk_desk *desk = NULL;
	const struct bk_session_options *const options = &screen->invocation->session;
	const bool revision = strchr(file, ':') != NULL;
	int status = bk_desk_open(&desk, file, BK_SESSION_EDIT | (later ? BK_SESSION_LATER : 0), options);
	if (status == BK_EINVAL && revision)
		status = bk_desk_open(&desk, file, BK_SESSION_PERSON, options);
	if (status == BK_ELOCKED)
		status = open_to_read(screen, &desk, file);
	if (status < 0)
		return status;
	struct bk_desk **const slot = BK_VEC_PUSH(&screen->desks);
	if (slot == NULL) {
		bk_desk_free(desk);
		return bk_fail_memory();
	}
	*slot = desk;
	screen->current = screen->desks.len - 1;
	return BK_OK;
}

int bk_screen_reopen(struct bk_screen *screen)
{
	struct bk_desk *const old = bk_screen_desk(screen);
	struct bk_desk *desk;
	const int status =
		bk_desk_open(&desk, old->session->name, BK_SESSION_EDIT, &screen->invocation->session);
	if (status < 0)
		return status;
	bk_desk_take_over(desk, old);
	bk_find_clear(screen);
	screen->before.desk = NULL;
	screen->desks.items[screen->current] = desk;
	bk_desk_free(old);
	return BK_OK;
}

int bk_screen_claim(struct bk_screen *screen)
{
	int status = BK_OK;
	for (size_t i = 0; i < screen->desks.len && status == BK_OK; i++) {
		struct bk_desk *const desk = screen->desks.items[i];
		if (desk->read_only)
			continue;
		status = bk_desk_claim(desk);
		if (status != BK_ELOCKED)
			continue;
		status = open_to_read(screen, &screen->desks.items[i], desk->session->name);
		if (status == BK_OK)
			bk_desk_free(desk);
	}
	return status;
}

void bk_screen_complain_read_only(struct bk_screen *screen)
{
	const struct bk_session *const session = bk_screen_desk(screen)->session;
	if (session->revision != NULL)
		bk_screen_complain(screen, "a revision is only read: bracked restore makes a file of it");
	else
		bk_screen_complain(screen, "opened to be read, since another had it open: close it there, "
					   "then Ctrl-T opens it anew");
}

bool bk_screen_may_change(struct bk_screen *screen)
{
	const struct bk_desk *const desk = bk_screen_desk(screen);
	if (desk->reading != NULL)
		bk_screen_complain(screen, "this is a reading: Esc goes back to the draft");
	else if (desk->read_only)
		bk_screen_complain_read_only(screen);
	else
		return true;
	return false;
}

int bk_screen_tick(struct bk_screen *screen)
{
	enum { LONGEST = 60000 };
	int due = LONGEST;
	for (size_t i = 0; i < screen->desks.len; i++) {
		bk_journal *const journal = screen->desks.items[i]->session->journal;
		if (journal == NULL)
			continue;
		const int next = bk_journal_tick(journal, bk_now_ms());
		if (next < 0)
			bk_screen_complain(screen, "%s", bk_error_message());
		else
			due = next < due ? next : due;
	}
	return due;
}
