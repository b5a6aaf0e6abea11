/* The status codes and the one message a thread remembers. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char message[1024];

const char *bk_error_message(void)
{
	return message;
}

const char *bk_status_name(int status)
{
	static const char *const names[] = {"ok", "out of memory", "invalid", "out of range", "not found",
		"exists", "ambiguous", "input/output", "changed", "locked", "too big", "malformed", "git",
		"limit reached", "no repository", "no identity"};
	const int code = -status;

	if (code < 0 || (size_t)code >= sizeof names / sizeof names[0])
		return "unknown";
	return names[code];
}

int bk_fail(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	return status;
}

int bk_fail_memory(void)
{
	memcpy(message, "out of memory", sizeof "out of memory");
	return BK_ENOMEM;
}

int bk_fail_errno(int error, const char *what, const char *subject)
{
	if (error == ENOMEM)
		return bk_fail_memory();
	return bk_fail(
		error == ENOENT ? BK_ENOTFOUND : BK_EIO, "%s '%s': %s", what, subject, strerror(error));
}
