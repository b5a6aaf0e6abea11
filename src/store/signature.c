/* Signatures: the identity from git's configuration, authors as given, dates as RFC 3339 writes them. */
#include "store/signature.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/str.h"

#include <time.h>

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

/* "2010-12-11T03:30:00Z"; a blank for the T, and a fraction of seconds, are taken too. */
static bool parse_date(const char *date, struct moment *out)
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

static int make(git_signature **out, const char *name, const char *mail, const struct moment *moment)
{
	const int code = bk_git.signature_new(out, name, mail, moment->time, moment->offset);

	return code < 0 ? bk_fail(BK_EINVAL, "'%s <%s>' is no name and e-mail that git takes", name, mail)
			: BK_OK;
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

static int committer_now(git_signature **out, const struct bk_repository *repository)
{
	const int code = bk_git.signature_default(out, repository->git);

	if (code == GIT_ENOTFOUND)
		return bk_fail(BK_ENOIDENTITY,
			"git does not know who you are: git config --global user.name 'Your Name', and "
			"git config --global user.email you@example.org");
	return code < 0 ? bk_git_fail(code, "reading", "your name and e-mail") : BK_OK;
}

int bk_signature_make(const struct bk_repository *repository, const char *author, const char *date,
	git_signature **made_author, git_signature **made_committer)
{
	git_signature *now = NULL, *by = NULL, *committer = NULL;
	struct moment moment;
	int status = committer_now(&now, repository);

	if (status != BK_OK)
		return status;
	moment = (struct moment){.time = now->when.time, .offset = now->when.offset};
	if (date && !parse_date(date, &moment))
		status = bk_fail(BK_EINVAL, "the date '%s' is not written as 2010-12-11T03:30:00Z", date);
	if (status == BK_OK)
		status = make(&committer, now->name, now->email, &moment);
	if (status == BK_OK)
		status = author ? make_author(&by, author, &moment)
				: make(&by, now->name, now->email, &moment);
	bk_git.signature_free(now);
	if (status != BK_OK) {
		bk_git.signature_free(committer);
		return status;
	}
	*made_author = by;
	*made_committer = committer;
	return BK_OK;
}
