/* Checks of the machine: the program that git calls, characters, the terminal, the manual. */
#include "app/doctor.h"
#include "base/error.h"

#include <bracked/version.h>

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	COLUMNS = 80, /* of the least terminal that all panes fit into */
	ROWS = 24,
};

/* The first file on the PATH that can be run by this name. */
static bool find_program(const char *name, struct bk_buf *out)
{
	struct bk_str folders = bk_str_of(getenv("PATH") ? getenv("PATH") : "");
	struct stat about;

	while (folders.len) {
		const size_t len = bk_str_find(folders, ':');

		bk_buf_clear(out);
		bk_buf_put(out, folders.ptr, len);
		bk_buf_printf(out, "%s%s", len ? "/" : "./", name);
		if (stat(bk_buf_string(out), &about) == 0 && S_ISREG(about.st_mode) &&
			access(bk_buf_string(out), X_OK) == 0)
			return true;
		folders = bk_str_skip(folders, len + 1);
	}
	return false;
}

static void tell_no_program(struct bk_visit *visit)
{
	char self[4096];
	const ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
	struct bk_buf remedy = BK_BUF_INIT;

	self[len > 0 ? len : 0] = '\0';
	if (strrchr(self, '/')) {
		*strrchr(self, '/') = '\0';
		bk_buf_printf(&remedy, "export PATH=\"%s:$PATH\"", self);
	}
	bk_visit_tell(visit, BK_HEALTH_MISSING,
		"'" BK_DOCTOR_PROGRAM "' is not on the PATH: git compares drafts by lines meanwhile",
		remedy.len ? bk_buf_string(&remedy) : NULL);
	bk_buf_release(&remedy);
}

/* What git's drivers will run. */
static void check_program(struct bk_visit *visit)
{
	struct bk_buf path = BK_BUF_INIT, version = BK_BUF_INIT, wanted = BK_BUF_INIT, message = BK_BUF_INIT;

	bk_buf_printf(&wanted, BK_DOCTOR_PROGRAM " %s", bk_version());
	if (!find_program(BK_DOCTOR_PROGRAM, &path)) {
		tell_no_program(visit);
	} else if (!bk_doctor_ask((const char *const[]){bk_buf_string(&path), "--version", NULL}, NULL,
			   &version, NULL)) {
		bk_buf_printf(&message, "'%s' does not run", bk_buf_string(&path));
		bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message, NULL);
	} else if (!bk_str_equal(bk_buf_str(&version), bk_buf_str(&wanted))) {
		bk_buf_printf(&message, "'%s' is %s, this is %s: put this one first on the PATH",
			bk_buf_string(&path), bk_buf_string(&version), bk_buf_string(&wanted));
		bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message, NULL);
	} else {
		bk_visit_tell(visit, BK_HEALTH_OK, bk_buf_string(&path), NULL);
	}
	bk_buf_release(&path);
	bk_buf_release(&version);
	bk_buf_release(&wanted);
}

static void check_locale(struct bk_visit *visit)
{
	struct bk_buf message = BK_BUF_INIT;
	const char *codes;

	setlocale(LC_CTYPE, "");
	codes = nl_langinfo(CODESET);
	if (strcmp(codes, "UTF-8") == 0) {
		bk_visit_tell(visit, BK_HEALTH_OK, codes, NULL);
		return;
	}
	bk_buf_printf(&message, "characters are %s, not UTF-8: git and its pager may show bytes", codes);
	bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message, "export LC_ALL=C.UTF-8");
}

/* Descriptions of terminals lie in folders by their first letter, or its number where letters are alike. */
static bool has_description(const char *folder, size_t len, const char *term)
{
	struct bk_buf path = BK_BUF_INIT;
	bool found;

	bk_buf_printf(&path, "%.*s/%c/%s", (int)len, folder, term[0], term);
	found = access(bk_buf_string(&path), R_OK) == 0;
	bk_buf_clear(&path);
	bk_buf_printf(&path, "%.*s/%02x/%s", (int)len, folder, (unsigned char)term[0], term);
	found = found || access(bk_buf_string(&path), R_OK) == 0;
	bk_buf_release(&path);
	return found;
}

static bool is_described(const char *term)
{
	static const char *const folders[] = {"/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo",
		"/usr/lib/terminfo", "/usr/local/share/terminfo"};
	const char *own = getenv("TERMINFO"), *home = getenv("HOME");
	struct bk_str list = bk_str_of(getenv("TERMINFO_DIRS") ? getenv("TERMINFO_DIRS") : "");
	struct bk_buf path = BK_BUF_INIT;
	bool found = own && has_description(own, strlen(own), term);

	if (home && !found) {
		bk_buf_printf(&path, "%s/.terminfo", home);
		found = has_description(bk_buf_string(&path), path.len, term);
	}
	for (size_t i = 0; !found && i < sizeof folders / sizeof *folders; i++)
		found = has_description(folders[i], strlen(folders[i]), term);
	while (!found && list.len) {
		const size_t len = bk_str_find(list, ':');

		found = len && has_description(list.ptr, len, term);
		list = bk_str_skip(list, len + 1);
	}
	bk_buf_release(&path);
	return found;
}

static bool terminal_size(struct winsize *size)
{
	for (int i = STDIN_FILENO; i <= STDERR_FILENO; i++)
		if (ioctl(i, TIOCGWINSZ, size) == 0 && size->ws_col && size->ws_row)
			return true;
	return false;
}

static void check_terminal(struct bk_visit *visit)
{
	const char *term = getenv("TERM");
	struct winsize size;
	const bool sized = terminal_size(&size);
	struct bk_buf message = BK_BUF_INIT;

	if (!term || !*term) {
		if (sized || isatty(STDIN_FILENO))
			bk_visit_tell(visit, BK_HEALTH_MISSING, "TERM says nothing of the terminal",
				"export TERM=xterm-256color");
		else
			bk_visit_tell(visit, BK_HEALTH_OK, "none here", NULL);
		return;
	}
	if (strchr(term, '/') || !is_described(term)) {
		bk_buf_printf(&message, "TERM=%s is known to no description of terminals", term);
		bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message,
			"apt-get install ncurses-term, or export TERM=xterm-256color");
		return;
	}
	if (visit->editor->start() < 0) {
		bk_visit_tell(visit, BK_HEALTH_MISSING, bk_error_message(), "apt-get install libncursesw6");
		return;
	}
	bk_buf_puts(&message, term);
	if (sized)
		bk_buf_printf(&message, ", %dx%d", size.ws_col, size.ws_row);
	if (sized && (size.ws_col < COLUMNS || size.ws_row < ROWS)) {
		bk_buf_printf(&message, ": make the window %dx%d at least", COLUMNS, ROWS);
		bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message, NULL);
	} else {
		bk_visit_tell_made(visit, BK_HEALTH_OK, &message, NULL);
	}
}

static void check_manual(struct bk_visit *visit)
{
	static const char *const pages[] = {BK_DOCTOR_PROGRAM, "git-" BK_DOCTOR_PROGRAM};
	struct bk_buf path = BK_BUF_INIT, message = BK_BUF_INIT;

	if (!find_program("man", &path)) {
		bk_visit_tell(visit, BK_HEALTH_MISSING, "there is no program man on the PATH",
			"apt-get install man-db");
		bk_buf_release(&path);
		return;
	}
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		bk_buf_clear(&path);
		if (bk_doctor_ask((const char *const[]){"man", "-w", pages[i], NULL}, NULL, &path, NULL))
			continue;
		bk_buf_printf(&message, "man finds no page of %s", pages[i]);
		bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message,
			"meson install -C build, or add its share/man to MANPATH");
		bk_buf_release(&path);
		return;
	}
	bk_visit_tell(visit, BK_HEALTH_OK, bk_buf_string(&path), NULL);
	bk_buf_release(&path);
}

/* ---- All --------------------------------------------------------------------------------------------- */

const struct bk_doctor_check bk_doctor_machine[] = {
	{"program", check_program},
	{"locale", check_locale},
	{"terminal", check_terminal},
	{"manual", check_manual},
	{0},
};
