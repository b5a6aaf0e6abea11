/* Signatures: the identity from git's configuration, authors as given, dates as RFC 3339 writes them. */
#include "store/signature.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/str.h"

#include <time.h>

#define SECONDS_END ((git_time_t)253402300800) /* the year 10000 */

struct moment {
	git_time_t time;
	int offset; /* minutes east of UTC */
};

/* A number of exactly `digits` digits between least and most; -1 otherwise. */
static int number(const char *at, int digits, int least, int most)
{
	int value = 0;

	for (int i = 0; i < digits; i++) {
		if (!bk_is_digit(at[i]))
			return -1;
		value = value * 10 + (at[i] - '0');
	}
	return value >= least && value <= most ? value : -1;
}

/* "Z", "+02:00", "-0530" */
static bool parse_offset(const char *at, int *minutes)
{
	int hours, rest;

	if ((*at == 'Z' || *at == 'z') && !at[1]) {
		*minutes = 0;
		return true;
	}
	if (*at != '+' && *at != '-')
		return false;
	hours = number(at + 1, 2, 0, 23);
	rest = hours < 0 ? -1 : number(at + 3 + (at[3] == ':'), 2, 0, 59);
	if (rest < 0 || at[5 + (at[3] == ':')])
		return false;
	*minutes = (*at == '-' ? -1 : 1) * (hours * 60 + rest);
	return true;
}

/* "1291939200 +0100", as git writes it, with or without an @ in front. */
static bool parse_seconds(const char *date, struct moment *out)
{
	const char *at = date + (date[0] == '@');

	if (!bk_is_digit(*at))
		return false;
	for (out->time = 0; bk_is_digit(*at) && out->time < SECONDS_END; at++)
		out->time = out->time * 10 + (*at - '0');
	return out->time < SECONDS_END && *at == ' ' && parse_offset(at + 1, &out->offset);
}

/* "2010-12-11T03:30:00Z"; a blank for the T, and a fraction of seconds, are taken too. */
static bool parse_time(const char *date, struct moment *out)
{
	struct tm parts = {0};
	const char *at = date;

	if (strlen(date) < 20 || date[4] != '-' || date[7] != '-' || date[13] != ':' || date[16] != ':' ||
		!strchr("Tt ", date[10]))
		return false;
	parts.tm_year = number(date, 4, 1970, 9999) - 1900;
	parts.tm_mon = number(date + 5, 2, 1, 12) - 1;
	parts.tm_mday = number(date + 8, 2, 1, 31);
	parts.tm_hour = number(date + 11, 2, 0, 23);
	parts.tm_min = number(date + 14, 2, 0, 59);
	parts.tm_sec = number(date + 17, 2, 0, 60);
	if (parts.tm_year < 0 || parts.tm_mon < 0 || parts.tm_mday < 0 || parts.tm_hour < 0 ||
		parts.tm_min < 0 || parts.tm_sec < 0)
		return false;
	at += 19;
	if (*at == '.')
		for (at++; bk_is_digit(*at); at++)
			;
	if (!parse_offset(at, &out->offset))
		return false;
	out->time = timegm(&parts) - (git_time_t)out->offset * 60;
	return true;
}

/* libgit2 lets a line end through, which would end the line of the revision that says who. */
static int make(git_signature **out, const char *name, const char *mail, const struct moment *moment)
{
	if (strchr(name, '\n') || strchr(mail, '\n'))
		return bk_fail(BK_EINVAL, "the name or e-mail for git has a line end: write it in one line");

	const int code = bk_git.signature_new(out, name, mail, moment->time, moment->offset);

	return code < 0 ? bk_fail(BK_EINVAL, "'%s <%s>' is no name and e-mail that git takes", name, mail)
			: BK_OK;
}

int bk_person_check(const struct bk_person *person)
{
	const struct moment moment = {0};
	git_signature *signature = NULL;
	int status = bk_git_start();

	if (status == BK_OK) {
		status = make(&signature, person->name, person->mail, &moment);
		bk_git.signature_free(signature);
	}
	return status;
}

/* "Name <mail>" */
static int make_author(git_signature **out, const char *author, const struct moment *moment)
{
	const char *open = strrchr(author, '<');
	const char *close = open ? strchr(open, '>') : NULL;
	char *name, *mail;
	int status;

	if (!close || open == author || close == open + 1 || close[1])
		return bk_fail(BK_EINVAL, "the author '%s' is not written as Name <mail>", author);
	name = bk_memdup(author, (size_t)(open - author));
	mail = bk_memdup(open + 1, (size_t)(close - open - 1));
	status = name && mail ? make(out, name, mail, moment) : bk_fail_memory();
	bk_free(name);
	bk_free(mail);
	return status;
}

static int find_default(git_signature **out, const struct bk_repository *repository)
{
	const int code = bk_git.signature_default(out, repository->git);

	if (code == GIT_ENOTFOUND)
		return bk_fail(BK_ENOIDENTITY,
			"git does not know who you are: git config --global user.name 'Your Name', and "
			"git config --global user.email you@example.org");
	return code < 0 ? bk_git_fail(code, "reading", "your name and e-mail") : BK_OK;
}

static struct moment moment_now(void)
{
	const time_t now = time(NULL);
	struct tm local = {0};

	localtime_r(&now, &local);
	return (struct moment){.time = now, .offset = (int)(local.tm_gmtoff / 60)};
}

/* A date that is given, else that of the person, else now. */
static int find_moment(const char *date, const struct bk_person *person, struct moment *out)
{
	const char *const said = date ? date : person->date;

	*out = moment_now();
	if (said && !parse_time(said, out) && !parse_seconds(said, out))
		return bk_fail(BK_EINVAL,
			"the date '%s' is written neither as 2010-12-11T03:30:00Z nor as 1292038200 +0000",
			said);
	return BK_OK;
}

static int sign(git_signature **out, const struct bk_repository *repository, const struct bk_person *person,
	const char *date)
{
	git_signature *configured = NULL;
	struct moment moment;
	int status = person->name && person->mail ? BK_OK : find_default(&configured, repository);

	if (status == BK_OK)
		status = find_moment(date, person, &moment);
	if (status == BK_OK)
		status = make(out, person->name ? person->name : configured->name,
			person->mail ? person->mail : configured->email, &moment);
	bk_git.signature_free(configured);
	return status;
}

static int sign_author(
	git_signature **out, const struct bk_repository *repository, const char *author, const char *date)
{
	const struct bk_person *person = &repository->identity.author;
	struct moment moment;
	int status;

	if (!author)
		return sign(out, repository, person, date);
	status = find_moment(date, person, &moment);
	return status == BK_OK ? make_author(out, author, &moment) : status;
}

int bk_signature_make(const struct bk_repository *repository, const char *author, const char *date,
	git_signature **made_author, git_signature **made_committer)
{
	git_signature *by = NULL, *committer = NULL;
	int status = sign(&committer, repository, &repository->identity.committer, date);

	if (status == BK_OK)
		status = sign_author(&by, repository, author, date);
	if (status != BK_OK) {
		bk_git.signature_free(committer);
		return status;
	}
	*made_author = by;
	*made_committer = committer;
	return BK_OK;
}
