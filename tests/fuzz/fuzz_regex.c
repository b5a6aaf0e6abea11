/*
 * Any pattern, subject and replacement: refused, or searched within limits, with matches that lie inside the
 * subject and go forward.  The input is "pattern NUL subject NUL replacement", its first byte the flags.
 */
#include "fuzz.h"
#include "base/buf.h"
#include "base/regex.h"

enum { GROUPS = 4, MOST = 2000 };

static struct bk_str take_part(struct bk_str *rest)
{
	const size_t len = bk_str_find(*rest, '\0');
	const struct bk_str part = {rest->ptr, len};

	*rest = bk_str_skip(*rest, len + 1);
	return part;
}

static void check_match(const struct bk_match *groups, struct bk_str subject)
{
	for (int i = 0; i < GROUPS; i++) {
		if (groups[i].start == SIZE_MAX)
			continue;
		stop_if(groups[i].end > subject.len, "a group lies inside the subject");
		stop_if(i == 0 && groups[i].start > groups[i].end, "a match begins before it ends");
	}
}

static void walk(const bk_regex *regex, struct bk_str subject, struct bk_str replacement)
{
	struct bk_regex_search search = {.regex = regex, .subject = subject, .milliseconds = 100};
	struct bk_match groups[GROUPS];
	struct bk_buf out = BK_BUF_INIT;
	size_t at = 0;

	for (int i = 0; i < MOST && bk_regex_next(&search, groups, GROUPS) == BK_OK; i++) {
		check_match(groups, subject);
		stop_if(i > 0 && search.at <= at, "a walk goes forward");
		at = search.at;
		bk_buf_clear(&out);
		bk_buf_puts(&out, "kept");
		if (bk_regex_expand(regex, subject, groups, GROUPS, replacement, &out) != BK_OK)
			stop_if(out.len != 4, "a refused replacement leaves nothing");
	}
	bk_buf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bk_str rest = {(const char *)data + 1, size ? size - 1 : 0};
	struct bk_str pattern, subject;
	bk_regex *regex = NULL;

	if (size < 2 || size > 4096)
		return 0;
	pattern = take_part(&rest);
	subject = take_part(&rest);
	if (bk_regex_new(&regex, pattern, data[0] & 15) != BK_OK) {
		stop_if(regex || !*bk_error_message(), "a refusal has a message and gives nothing");
		return 0;
	}
	walk(regex, subject, take_part(&rest));
	bk_regex_free(regex);
	return 0;
}
