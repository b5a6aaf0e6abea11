/* The status codes and the one message a thread remembers. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static _Thread_local char message[BK_ERROR_MESSAGE];

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

void bk_error_keep(char kept[BK_ERROR_MESSAGE])
{
	memcpy(kept, message, sizeof message);
}

/* Take back what was cut of a last character. */
static void cut_between_characters(void)
{
	size_t end = sizeof message - 1;

	while (end > 0 && sizeof message - 1 - end < 3 && ((unsigned char)message[end - 1] & 0xC0) == 0x80)
		end--;
	if (end > 0 && ((unsigned char)message[end - 1] & 0xC0) == 0xC0) {
		const unsigned char lead = (unsigned char)message[end - 1];
		const size_t len = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;

		if (end - 1 + len > sizeof message - 1)
			message[end - 1] = '\0';
	}
}

int bk_fail(int status, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	if (vsnprintf(message, sizeof message, format, args) >= (int)sizeof message)
		cut_between_characters();
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
