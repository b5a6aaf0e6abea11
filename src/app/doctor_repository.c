/* Checks of git and of the repository, and mending what the repository lacks. */
#include "app/doctor.h"
#include "base/error.h"

#include <string.h>

/* ---- git --------------------------------------------------------------------------------------------- */

static void check_git(struct bk_visit *visit)
{
	struct bk_buf answer = BK_BUF_INIT, message = BK_BUF_INIT;

	visit->git = bk_doctor_ask((const char *const[]){"git", "--version", NULL}, NULL, &answer, NULL);
	if (visit->git) {
		bk_buf_put_str(&message, bk_buf_str(&answer));
		bk_visit_tell_made(visit, BK_HEALTH_OK, &message, NULL);
	} else {
		bk_visit_tell(visit, BK_HEALTH_MISSING, "there is no program git on the PATH",
			"apt-get install git");
	}
	bk_buf_release(&answer);
}

static void check_repository(struct bk_visit *visit)
{
	const int status = bk_repository_open(&visit->repository, visit->folder);
	struct bk_buf remedy = BK_BUF_INIT;

	if (status == BK_OK) {
		bk_visit_tell(visit, BK_HEALTH_OK, bk_repository_folder(visit->repository), NULL);
		return;
	}
	if (status == BK_ENOREPO)
		bk_doctor_put_command(&remedy, BK_DOCTOR_PROGRAM " init", visit->folder);
	bk_visit_tell(visit, BK_HEALTH_MISSING, bk_error_message(),
		status == BK_ENOREPO ? bk_buf_string(&remedy) : NULL);
	bk_buf_release(&remedy);
}

/* git itself refuses a repository of somebody else; so it may where we do not. */
static void check_safe(struct bk_visit *visit)
{
	struct bk_buf out = BK_BUF_INIT, err = BK_BUF_INIT, remedy = BK_BUF_INIT;
	const char *folder = visit->repository ? bk_repository_folder(visit->repository) : visit->folder;
	const bool trusted = bk_doctor_ask(
		(const char *const[]){"git", "rev-parse", "--git-dir", NULL}, folder, &out, &err);

	if (visit->git && trusted)
		bk_visit_tell(visit, BK_HEALTH_OK, "git trusts the repository", NULL);
	else if (visit->git && strstr(bk_buf_string(&err), "safe.directory")) {
		bk_doctor_put_command(&remedy, "git config --global --add safe.directory", folder);
		bk_visit_tell(visit, BK_HEALTH_MISSING,
			"the repository belongs to another user; when you trust it:", bk_buf_string(&remedy));
	}
	bk_buf_release(&out);
	bk_buf_release(&err);
	bk_buf_release(&remedy);
}

/* Who makes a revision: as the environment has it, else as git's configuration has. */
static struct bk_person find_person(const struct bk_person *said, const bk_settings *configured)
{
	return (struct bk_person){
		.name = said->name ? said->name : bk_settings_get(configured, "user.name", ""),
		.mail = said->mail ? said->mail : bk_settings_get(configured, "user.email", "")};
}

/* Whether the environment says some of it. */
static bool is_said(const struct bk_identity *identity)
{
	return identity->author.name || identity->author.mail || identity->committer.name ||
	       identity->committer.mail;
}

static void check_identity(struct bk_visit *visit)
{
	bk_settings *person;
	struct bk_buf message = BK_BUF_INIT;

	if (bk_settings_person(&person, visit->repository) < 0) {
		bk_visit_tell(visit, BK_HEALTH_MISSING, bk_error_message(), NULL);
		return;
	}
	const struct bk_person author = find_person(&visit->identity.author, person);
	const struct bk_person committer = find_person(&visit->identity.committer, person);

	if (!*author.name || !*committer.name)
		bk_visit_tell(visit, BK_HEALTH_MISSING, "git does not know your name",
			"git config --global user.name 'Your Name'");
	if (!*author.mail || !*committer.mail)
		bk_visit_tell(visit, BK_HEALTH_MISSING, "git does not know your address",
			"git config --global user.email you@example.org");
	if (*author.name && *committer.name && *author.mail && *committer.mail &&
		(bk_person_check(&author) < 0 || bk_person_check(&committer) < 0))
		bk_visit_tell(visit, BK_HEALTH_MISSING, bk_error_message(),
			is_said(&visit->identity)
				? "correct what GIT_AUTHOR_NAME, GIT_COMMITTER_NAME and their _EMAIL say"
				: "git config --global user.name 'Your Name'");
	else if (*author.name && *committer.name && *author.mail && *committer.mail) {
		bk_buf_printf(&message, "%s <%s>", author.name, author.mail);
		bk_visit_tell_made(visit, BK_HEALTH_OK, &message, NULL);
	}
	bk_settings_free(person);
}

/* ---- What a repository for negotiations needs --------------------------------------------------------- */

static bool is_missing(const struct bk_visit *visit)
{
	for (size_t i = 0; i < BK_FIXTURE_COUNT; i++)
		if (visit->fixtures[i].state == BK_FIXTURE_MISSING)
			return true;
	return false;
}

/* Add all that is missing.  What that has done is seen by looking again. */
static void mend(struct bk_visit *visit)
{
	int status = bk_repository_furnish(visit->repository, visit->fixtures);

	if (status < 0)
		bk_visit_tell(visit, BK_HEALTH_FAILED, bk_error_message(), NULL);
	status = bk_repository_inspect(visit->repository, visit->after);
	if (status < 0)
		bk_visit_tell(visit, BK_HEALTH_FAILED, bk_error_message(), NULL);
}

/* Look once, and with --fix mend. */
static bool inspect(struct bk_visit *visit)
{
	int status;

	if (!visit->repository)
		return false;
	if (visit->inspected)
		return true;
	status = bk_repository_inspect(visit->repository, visit->fixtures);
	if (status < 0) {
		bk_visit_tell(visit, visit->fix && status != BK_EINVAL ? BK_HEALTH_FAILED : BK_HEALTH_MISSING,
			bk_error_message(), NULL);
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

static void tell_missing(struct bk_visit *visit, size_t index)
{
	const struct bk_fixture *fixture = &visit->fixtures[index];
	const bool mended = visit->after[index].state != BK_FIXTURE_MISSING;
	const char *where =
		fixture->kind == BK_FIXTURE_ATTRIBUTE ? ".gitattributes" : "the git configuration";
	const enum bk_health state = mended			    ? BK_HEALTH_MENDED
				     : visit->fix && visit->dry_run ? BK_HEALTH_WOULD
								    : BK_HEALTH_MISSING;
	struct bk_buf message = BK_BUF_INIT, remedy = BK_BUF_INIT;

	bk_doctor_put_command(&remedy, BK_DOCTOR_PROGRAM " doctor --fix", visit->folder);
	if (state == BK_HEALTH_MENDED)
		bk_buf_printf(&message, "added to %s: ", where);
	else if (state == BK_HEALTH_WOULD)
		bk_buf_printf(&message, "add to %s: ", where);
	else
		bk_buf_printf(&message, "not in %s: ", where);
	bk_buf_puts(&message, fixture->name);
	/* The values of drivers are long, and for machines. */
	if (fixture->kind == BK_FIXTURE_SETTING)
		bk_buf_printf(&message, " = %s", fixture->value);
	bk_visit_tell_made(
		visit, state, &message, state == BK_HEALTH_MISSING ? bk_buf_string(&remedy) : NULL);
	bk_buf_release(&remedy);
}

/* One line a thing that is missing or was; one for all when none is. */
static void check_fixtures(struct bk_visit *visit, enum bk_fixture_kind kind, const char *well)
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
	bk_visit_tell_made(visit, BK_HEALTH_OK, &message, NULL);
}

static void check_attributes(struct bk_visit *visit)
{
	check_fixtures(visit, BK_FIXTURE_ATTRIBUTE,
		"bytes are kept, ledgers united, drafts compared and merged by driver");
}

static void check_drivers(struct bk_visit *visit)
{
	check_fixtures(visit, BK_FIXTURE_DRIVER, "git diff, git log -p, git show and git merge know drafts");
}

static void check_durability(struct bk_visit *visit)
{
	check_fixtures(visit, BK_FIXTURE_SETTING, "what is saved survives a power cut");
}

/* ---- What was cut off --------------------------------------------------------------------------------- */

static void put_entries(struct bk_buf *message, const char *words, const struct bk_behind *behind)
{
	bk_buf_printf(message, "%s '%s'", words, behind->entry);
	if (behind->entries > 1)
		bk_buf_printf(message, " and %zu more", behind->entries - 1);
}

/* Entries that the next plain git commit would undo what they are behind of with. */
static void tell_entries(struct bk_visit *visit, const struct bk_behind *behind)
{
	struct bk_buf message = BK_BUF_INIT, remedy = BK_BUF_INIT;
	const bool would = visit->fix && visit->dry_run;

	bk_doctor_put_command(&remedy, BK_DOCTOR_PROGRAM " doctor --fix", visit->folder);
	put_entries(&message,
		would	     ? "bring up to date:"
		: visit->fix ? "brought up to date:"
			     : "behind the newest revision, as a save that was cut off leaves them:",
		behind);
	bk_visit_tell_made(visit,
		would	     ? BK_HEALTH_WOULD
		: visit->fix ? BK_HEALTH_MENDED
			     : BK_HEALTH_MISSING,
		&message, visit->fix ? NULL : bk_buf_string(&remedy));
	bk_buf_release(&remedy);
}

/* What somebody may have staged is theirs: a person decides. */
static void tell_staged(struct bk_visit *visit, const char *file)
{
	struct bk_buf message = BK_BUF_INIT, remedy = BK_BUF_INIT;

	bk_buf_printf(&message,
		"'%s' is staged as it was before the newest revision, by somebody or by a save that was cut "
		"off: "
		"where nobody wants that",
		file);
	bk_doctor_put_command(&remedy, "git -C", bk_repository_folder(visit->repository));
	bk_doctor_put_command(&remedy, " reset -q HEAD --", file);
	bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message, bk_buf_string(&remedy));
	bk_buf_release(&remedy);
}

/* What the file holds may be wanted: a person decides. */
static void tell_file(struct bk_visit *visit, const char *file)
{
	const char *folder = bk_repository_folder(visit->repository);
	struct bk_buf message = BK_BUF_INIT, remedy = BK_BUF_INIT;

	bk_buf_printf(&message, "'%s' is as it was before the newest revision, also in the work tree", file);
	bk_doctor_put_command(&remedy, "git -C", folder);
	bk_doctor_put_command(&remedy, " checkout HEAD --", file);
	bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message, bk_buf_string(&remedy));
	bk_buf_release(&remedy);
}

/* What keeps every git from the index: one that is at work, or one that was killed then. */
static void tell_lock(struct bk_visit *visit, const char *lock)
{
	struct bk_buf message = BK_BUF_INIT;

	bk_buf_printf(&message,
		"another git is at work on it, or was cut off: when no git is running, remove '%s'", lock);
	bk_visit_tell_made(visit, BK_HEALTH_MISSING, &message, NULL);
}

static void check_index(struct bk_visit *visit)
{
	struct bk_behind behind;
	int status;

	if (!visit->repository)
		return;
	status = visit->fix && !visit->dry_run ? bk_repository_mend_behind(visit->repository, &behind)
					       : bk_repository_find_behind(visit->repository, &behind);
	if (status < 0) {
		bk_visit_tell(
			visit, visit->fix ? BK_HEALTH_FAILED : BK_HEALTH_MISSING, bk_error_message(), NULL);
		return;
	}
	if (behind.lock)
		tell_lock(visit, behind.lock);
	if (behind.entries)
		tell_entries(visit, &behind);
	if (behind.staged)
		tell_staged(visit, behind.staged);
	if (behind.file)
		tell_file(visit, behind.file);
	if (!behind.lock && !behind.entries && !behind.staged && !behind.file)
		bk_visit_tell(visit, BK_HEALTH_OK, "nothing is behind the newest revision", NULL);
	bk_behind_release(&behind);
}

/* ---- All --------------------------------------------------------------------------------------------- */

const struct bk_doctor_check bk_doctor_repository[] = {
	{"git", check_git},
	{"repository", check_repository},
	{"safe.directory", check_safe},
	{"identity", check_identity},
	{"git attributes", check_attributes},
	{"git drivers", check_drivers},
	{"durability", check_durability},
	{"index", check_index},
	{0},
};
