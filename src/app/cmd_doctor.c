/*
 * bracked doctor: what a machine and a repository lack for bracked and git to work together, line by line, and mending
 * what stands in the repository.
 *
 * Each check is one function and one line of a table.
 */
#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/process.h"
#include "base/utf8.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct bk_option options[] = {
	{.name = "fix", .help = "mend what can be mended in the repository"},
	{.name = "dry-run", .letter = 'n', .help = "tell what --fix would do, and do nothing"},
	BK_OPTION_JSON,
	{0},
};

enum {
	NAME_WIDTH = 16,
	STATE_WIDTH = 9,
	COLUMNS = 80, /* of the least terminal that all panes fit into */
	ROWS = 24,
	PATIENCE = 10000, /* milliseconds that another program may take */
};

#define PROGRAM "bracked" /* as the drivers call it */

enum state { OK, MENDED, WOULD, MISSING, FAILED };
static const char *const state_names[] = {
	[OK] = "ok", [MENDED] = "mended", [WOULD] = "would", [MISSING] = "missing", [FAILED] = "failed"};
static const enum bk_style state_styles[] = {[OK] = BK_STYLE_GOOD,
	[MENDED] = BK_STYLE_GOOD,
	[WOULD] = BK_STYLE_DISPUTED,
	[MISSING] = BK_STYLE_BAD,
	[FAILED] = BK_STYLE_BAD};

struct visit {
	struct bk_output *output;
	const char *folder;
	bool fix, dry_run, json;
	bool git; /* the program is there */
	bk_repository *repository;
	struct bk_fixture fixtures[BK_FIXTURE_COUNT], after[BK_FIXTURE_COUNT]; /* before and after mending */
	bool inspected;
	const char *check; /* which one is under way */
	int exit;
};

/* ---- Telling ----------------------------------------------------------------------------------------- */

static void tell_json(struct visit *visit, enum state state, const char *message, const char *remedy)
{
	bk_json *object = bk_output_object();

	bk_json_set_string(object, "check", visit->check);
	bk_json_set_string(object, "state", state_names[state]);
	bk_json_set_text(object, "message", bk_str_of(message));
	if (remedy)
		bk_json_set_text(object, "remedy", bk_str_of(remedy));
	else
		bk_json_set_null(object, "remedy");
	bk_output_json(visit->output, object);
}

static void put_column(struct bk_output *output, enum bk_style style, const char *text, size_t width)
{
	bk_output_styled(output, style, bk_str_of(text));
	for (size_t i = strlen(text); i < width; i++)
		bk_output_puts(output, " ");
}

/* One line of the answer; remedy is a command that mends it, or NULL. */
static void tell(struct visit *visit, enum state state, const char *message, const char *remedy)
{
	const int exit = state == FAILED ? BK_EXIT_FAILED : state >= WOULD ? BK_EXIT_FOUND : BK_EXIT_OK;

	if (exit > visit->exit)
		visit->exit = exit;
	if (visit->json) {
		tell_json(visit, state, message, remedy);
		return;
	}
	put_column(visit->output, state_styles[state], state_names[state], STATE_WIDTH);
	put_column(visit->output, BK_STYLE_STRONG, visit->check, NAME_WIDTH);
	bk_output_printf(visit->output, "%s\n", message);
	if (remedy)
		bk_output_printf(visit->output, "%*s%s\n", STATE_WIDTH + NAME_WIDTH + 2, "", remedy);
}

/* A command on a folder, as a shell reads it. */
static void put_command(struct bk_buf *out, const char *command, const char *folder)
{
	bk_buf_printf(out, "%s '", command);
	for (; *folder; folder++)
		if (*folder == '\'')
			bk_buf_puts(out, "'\\''");
		else
			bk_buf_putc(out, *folder);
	bk_buf_putc(out, '\'');
}

/* The same with a message that is made; released. */
static void tell_made(struct visit *visit, enum state state, struct bk_buf *message, const char *remedy)
{
	tell(visit, state, bk_buf_string(message), remedy);
	bk_buf_release(message);
}

/* ---- git --------------------------------------------------------------------------------------------- */

/* The first line of what another program answers; false when it is not there or refuses. */
static bool ask(const char *const *argv, const char *folder, struct bk_buf *out, struct bk_buf *err)
{
	const struct bk_process process = {.argv = argv, .folder = folder, .milliseconds = PATIENCE};
	int status = -1;

	size_t end;

	if (bk_process_run(&process, out, err, &status) != BK_OK || status != 0)
		return false;
	end = bk_str_find(bk_buf_str(out), '\n');
	bk_buf_remove(out, end, out->len - end);
	return !out->failed;
}

static void check_git(struct visit *visit)
{
	struct bk_buf answer = BK_BUF_INIT, message = BK_BUF_INIT;

	visit->git = ask((const char *const[]){"git", "--version", NULL}, NULL, &answer, NULL);
	if (visit->git) {
		bk_buf_put_str(&message, bk_buf_str(&answer));
		tell_made(visit, OK, &message, NULL);
	} else {
		tell(visit, MISSING, "there is no program git on the PATH", "apt-get install git");
	}
	bk_buf_release(&answer);
}

static void check_repository(struct visit *visit)
{
	const int status = bk_repository_open(&visit->repository, visit->folder);
	struct bk_buf remedy = BK_BUF_INIT;

	if (status == BK_OK) {
		tell(visit, OK, bk_repository_folder(visit->repository), NULL);
		return;
	}
	if (status == BK_ENOREPO)
		put_command(&remedy, PROGRAM " init", visit->folder);
	tell(visit, MISSING, bk_error_message(), status == BK_ENOREPO ? bk_buf_string(&remedy) : NULL);
	bk_buf_release(&remedy);
}

/* git itself refuses a repository of somebody else; so it may where we do not. */
static void check_safe(struct visit *visit)
{
	struct bk_buf out = BK_BUF_INIT, err = BK_BUF_INIT, remedy = BK_BUF_INIT;
	const char *folder = visit->repository ? bk_repository_folder(visit->repository) : visit->folder;
	const bool trusted =
		ask((const char *const[]){"git", "rev-parse", "--git-dir", NULL}, folder, &out, &err);

	if (visit->git && trusted)
		tell(visit, OK, "git trusts the repository", NULL);
	else if (visit->git && strstr(bk_buf_string(&err), "safe.directory")) {
		put_command(&remedy, "git config --global --add safe.directory", folder);
		tell(visit, MISSING,
			"the repository belongs to another user; when you trust it:", bk_buf_string(&remedy));
	}
	bk_buf_release(&out);
	bk_buf_release(&err);
	bk_buf_release(&remedy);
}

static void check_identity(struct visit *visit)
{
	bk_settings *person;
	struct bk_buf message = BK_BUF_INIT;
	const char *name, *mail;

	if (bk_settings_person(&person, visit->repository) < 0) {
		tell(visit, MISSING, bk_error_message(), NULL);
		return;
	}
	name = bk_settings_get(person, "user.name", "");
	mail = bk_settings_get(person, "user.email", "");
	if (!*name)
		tell(visit, MISSING, "git does not know your name",
			"git config --global user.name 'Your Name'");
	if (!*mail)
		tell(visit, MISSING, "git does not know your address",
			"git config --global user.email you@example.org");
	if (*name && *mail) {
		bk_buf_printf(&message, "%s <%s>", name, mail);
		tell_made(visit, OK, &message, NULL);
	}
	bk_settings_free(person);
}

/* ---- The repository ---------------------------------------------------------------------------------- */

static bool is_missing(const struct visit *visit)
{
	for (size_t i = 0; i < BK_FIXTURE_COUNT; i++)
		if (visit->fixtures[i].state == BK_FIXTURE_MISSING)
			return true;
	return false;
}

/* Add all that is missing.  What that has done is seen by looking again. */
static void mend(struct visit *visit)
{
	int status = bk_repository_furnish(visit->repository, visit->fixtures);

	if (status < 0)
		tell(visit, FAILED, bk_error_message(), NULL);
	status = bk_repository_inspect(visit->repository, visit->after);
	if (status < 0)
		tell(visit, FAILED, bk_error_message(), NULL);
}

/* Look once, and with --fix mend. */
static bool inspect(struct visit *visit)
{
	int status;

	if (!visit->repository)
		return false;
	if (visit->inspected)
		return true;
	status = bk_repository_inspect(visit->repository, visit->fixtures);
	if (status < 0) {
		tell(visit, visit->fix && status != BK_EINVAL ? FAILED : MISSING, bk_error_message(), NULL);
		bk_repository_free(visit->repository);
		visit->repository = NULL;
		return false;
	}
	memcpy(visit->after, visit->fixtures, sizeof visit->after);
	visit->inspected = true;
	if (visit->fix && !visit->dry_run && is_missing(visit))
		mend(visit);
	return true;
}

static void tell_missing(struct visit *visit, size_t index)
{
	const struct bk_fixture *fixture = &visit->fixtures[index];
	const bool mended = visit->after[index].state != BK_FIXTURE_MISSING;
	const char *where =
		fixture->kind == BK_FIXTURE_ATTRIBUTE ? ".gitattributes" : "the git configuration";
	const enum state state = mended ? MENDED : visit->fix && visit->dry_run ? WOULD : MISSING;
	struct bk_buf message = BK_BUF_INIT, remedy = BK_BUF_INIT;

	put_command(&remedy, PROGRAM " doctor --fix", visit->folder);
	if (state == MENDED)
		bk_buf_printf(&message, "added to %s: ", where);
	else if (state == WOULD)
		bk_buf_printf(&message, "add to %s: ", where);
	else
		bk_buf_printf(&message, "not in %s: ", where);
	bk_buf_puts(&message, fixture->name);
	/* The values of drivers are long, and for machines. */
	if (fixture->kind == BK_FIXTURE_SETTING)
		bk_buf_printf(&message, " = %s", fixture->value);
	tell_made(visit, state, &message, state == MISSING ? bk_buf_string(&remedy) : NULL);
	bk_buf_release(&remedy);
}

/* One line a thing that is missing or was; one for all when none is. */
static void check_fixtures(struct visit *visit, enum bk_fixture_kind kind, const char *well)
{
	struct bk_buf message = BK_BUF_INIT;
	size_t own = 0, missing = 0;

	if (!inspect(visit))
		return;
	for (size_t i = 0; i < BK_FIXTURE_COUNT; i++) {
		const struct bk_fixture *fixture = &visit->fixtures[i];

		if (fixture->kind != kind)
			continue;
		own += fixture->state == BK_FIXTURE_OWN;
		missing += fixture->state == BK_FIXTURE_MISSING;
		if (fixture->state == BK_FIXTURE_MISSING)
			tell_missing(visit, i);
	}
	if (missing)
		return;
	bk_buf_puts(&message, well);
	for (size_t i = 0; own && i < BK_FIXTURE_COUNT; i++)
		if (visit->fixtures[i].kind == kind && visit->fixtures[i].state == BK_FIXTURE_OWN)
			bk_buf_printf(&message, "; your own in the place of %s", visit->fixtures[i].name);
	tell_made(visit, OK, &message, NULL);
}

static void check_attributes(struct visit *visit)
{
	check_fixtures(
		visit, BK_FIXTURE_ATTRIBUTE, "bytes are kept, ledgers united, drafts compared by driver");
}

static void check_drivers(struct visit *visit)
{
	check_fixtures(visit, BK_FIXTURE_DRIVER, "git diff, git log -p and git show know drafts");
}

static void check_durability(struct visit *visit)
{
	check_fixtures(visit, BK_FIXTURE_SETTING, "what is saved survives a power cut");
}

/* ---- The program and its surroundings ---------------------------------------------------------------- */

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

static void tell_no_program(struct visit *visit)
{
	char self[4096];
	const ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
	struct bk_buf remedy = BK_BUF_INIT;

	self[len > 0 ? len : 0] = '\0';
	if (strrchr(self, '/')) {
		*strrchr(self, '/') = '\0';
		bk_buf_printf(&remedy, "export PATH=\"%s:$PATH\"", self);
	}
	tell(visit, MISSING, "'" PROGRAM "' is not on the PATH: git compares drafts by lines meanwhile",
		remedy.len ? bk_buf_string(&remedy) : NULL);
	bk_buf_release(&remedy);
}

/* What git's drivers will run. */
static void check_program(struct visit *visit)
{
	struct bk_buf path = BK_BUF_INIT, version = BK_BUF_INIT, wanted = BK_BUF_INIT, message = BK_BUF_INIT;

	bk_buf_printf(&wanted, PROGRAM " %s", bk_version());
	if (!find_program(PROGRAM, &path)) {
		tell_no_program(visit);
	} else if (!ask((const char *const[]){bk_buf_string(&path), "--version", NULL}, NULL, &version,
			   NULL)) {
		bk_buf_printf(&message, "'%s' does not run", bk_buf_string(&path));
		tell_made(visit, MISSING, &message, NULL);
	} else if (!bk_str_equal(bk_buf_str(&version), bk_buf_str(&wanted))) {
		bk_buf_printf(&message, "'%s' is %s, this is %s: put this one first on the PATH",
			bk_buf_string(&path), bk_buf_string(&version), bk_buf_string(&wanted));
		tell_made(visit, MISSING, &message, NULL);
	} else {
		tell(visit, OK, bk_buf_string(&path), NULL);
	}
	bk_buf_release(&path);
	bk_buf_release(&version);
	bk_buf_release(&wanted);
}

static void check_locale(struct visit *visit)
{
	const char *codes = nl_langinfo(CODESET);
	struct bk_buf message = BK_BUF_INIT;

	if (strcmp(codes, "UTF-8") == 0) {
		tell(visit, OK, codes, NULL);
		return;
	}
	bk_buf_printf(&message, "characters are %s, not UTF-8: git and its pager may show bytes", codes);
	tell_made(visit, MISSING, &message, "export LC_ALL=C.UTF-8");
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

static void check_terminal(struct visit *visit)
{
	const char *term = getenv("TERM");
	struct winsize size;
	const bool sized = terminal_size(&size);
	struct bk_buf message = BK_BUF_INIT;

	if (!term || !*term) {
		if (sized || isatty(STDIN_FILENO))
			tell(visit, MISSING, "TERM says nothing of the terminal",
				"export TERM=xterm-256color");
		else
			tell(visit, OK, "none here", NULL);
		return;
	}
	if (strchr(term, '/') || !is_described(term)) {
		bk_buf_printf(&message, "TERM=%s is known to no description of terminals", term);
		tell_made(visit, MISSING, &message,
			"apt-get install ncurses-term, or export TERM=xterm-256color");
		return;
	}
	bk_buf_puts(&message, term);
	if (sized)
		bk_buf_printf(&message, ", %dx%d", size.ws_col, size.ws_row);
	if (sized && (size.ws_col < COLUMNS || size.ws_row < ROWS)) {
		bk_buf_printf(&message, ": make the window %dx%d at least", COLUMNS, ROWS);
		tell_made(visit, MISSING, &message, NULL);
	} else {
		tell_made(visit, OK, &message, NULL);
	}
}

static void check_manual(struct visit *visit)
{
	static const char *const pages[] = {PROGRAM, "git-" PROGRAM};
	struct bk_buf path = BK_BUF_INIT, message = BK_BUF_INIT;

	if (!find_program("man", &path)) {
		tell(visit, MISSING, "there is no program man on the PATH", "apt-get install man-db");
		bk_buf_release(&path);
		return;
	}
	for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
		bk_buf_clear(&path);
		if (ask((const char *const[]){"man", "-w", pages[i], NULL}, NULL, &path, NULL))
			continue;
		bk_buf_printf(&message, "man finds no page of %s", pages[i]);
		tell_made(
			visit, MISSING, &message, "meson install -C build, or add its share/man to MANPATH");
		bk_buf_release(&path);
		return;
	}
	tell(visit, OK, bk_buf_string(&path), NULL);
	bk_buf_release(&path);
}

/* ---- All --------------------------------------------------------------------------------------------- */

static const struct {
	const char *name;
	void (*run)(struct visit *visit);
} checks[] = {
	{"git", check_git},
	{"repository", check_repository},
	{"safe.directory", check_safe},
	{"identity", check_identity},
	{"git attributes", check_attributes},
	{"git drivers", check_drivers},
	{"durability", check_durability},
	{"program", check_program},
	{"locale", check_locale},
	{"terminal", check_terminal},
	{"manual", check_manual},
};

static int run(struct bk_invocation *invocation)
{
	struct visit visit = {
		.output = invocation->output,
		.folder = invocation->arg_count ? invocation->args[0] : ".",
		.fix = bk_args_has(invocation->given, "fix"),
		.dry_run = bk_args_has(invocation->given, "dry-run"),
		.json = bk_args_has(invocation->given, "json"),
	};

	if (invocation->arg_count > 1)
		return bk_subject_usage(invocation);
	if (visit.dry_run && !visit.fix) {
		bk_output_remark("option '--dry-run' shows what '--fix' would do: give both");
		return BK_EXIT_USAGE;
	}
	if (access(visit.folder, F_OK) < 0) {
		bk_output_remark("'%s' is not there", visit.folder);
		return BK_EXIT_FAILED;
	}
	for (size_t i = 0; i < sizeof checks / sizeof *checks; i++) {
		visit.check = checks[i].name;
		checks[i].run(&visit);
	}
	invocation->changed = visit.inspected && memcmp(visit.fixtures, visit.after, sizeof visit.after) != 0;
	bk_repository_free(visit.repository);
	return visit.exit;
}

const struct bk_command bk_cmd_doctor = {
	.name = "doctor",
	.group = "Help",
	.summary = "tell what is missing around bracked and git, and mend it",
	.arguments = "[DIR]",
	.options = options,
	.examples = {"bracked doctor", "bracked doctor --fix talks"},
	.run = run,
};
