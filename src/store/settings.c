/*
 * Settings in git-config syntax: the person's, and a negotiation's.
 *
 * A negotiation's settings come from others, so they are bounded, and include directives are refused before
 * libgit2 sees them: it would open the files they name.  libgit2 1.5 parses files only; the bytes are put into
 * a file in memory for it.
 */
#include "base/alloc.h"
#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "base/vec.h"
#include "store/git.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#define BYTES_LIMIT ((size_t)1 << 20)
#define COUNT_LIMIT ((size_t)20000)
#define VALUE_LIMIT ((size_t)4096)

struct bk_settings {
	struct bk_arena arena;
	BK_VEC(struct bk_setting) list;
};

static int settings_new(bk_settings **out)
{
	bk_settings *settings = bk_calloc(1, sizeof *settings);

	if (!settings)
		return bk_fail_memory();
	*out = settings;
	return BK_OK;
}

void bk_settings_free(bk_settings *settings)
{
	if (!settings)
		return;
	BK_VEC_RELEASE(&settings->list);
	bk_arena_release(&settings->arena);
	bk_free(settings);
}

const struct bk_setting *bk_settings_list(const bk_settings *settings, size_t *count)
{
	*count = settings->list.len;
	return settings->list.items;
}

const char *bk_settings_get(const bk_settings *settings, const char *name, const char *fallback)
{
	for (size_t i = settings->list.len; i-- > 0;)
		if (strcmp(settings->list.items[i].name, name) == 0)
			return settings->list.items[i].value;
	return fallback;
}

/* A key without a value means yes, as in git. */
static int add(bk_settings *settings, const char *name, const char *value)
{
	const char *given = value ? value : "true";
	struct bk_setting setting;
	struct bk_setting *slot;

	setting.name = bk_arena_dup(&settings->arena, name, strlen(name));
	setting.value = bk_arena_dup(&settings->arena, given, strlen(given));
	slot = setting.name && setting.value ? BK_VEC_PUSH(&settings->list) : NULL;
	if (!slot)
		return bk_fail_memory();
	*slot = setting;
	return BK_OK;
}

/* ---- The person's -------------------------------------------------------------------------------------- */

struct gathering {
	bk_settings *settings;
	const char *source; /* named in messages */
	int status;
};

static bool is_persons(const char *name)
{
	return strncmp(name, "bracked.", 8) == 0 || strncmp(name, "user.", 5) == 0;
}

static int gather_persons(const git_config_entry *entry, void *context)
{
	struct gathering *gathering = context;

	if (is_persons(entry->name))
		gathering->status = add(gathering->settings, entry->name, entry->value);
	return gathering->status;
}

int bk_settings_person(bk_settings **out, const bk_repository *repository)
{
	struct gathering gathering = {.status = BK_OK};
	git_config *config = NULL;
	int status = bk_git_start(), code;

	if (status != BK_OK)
		return status;
	code = repository ? bk_git.repository_config(&config, repository->git)
			  : bk_git.config_open_default(&config);
	if (code < 0)
		return bk_git_fail(code, "reading", "your git configuration");
	status = settings_new(&gathering.settings);
	if (status == BK_OK) {
		code = bk_git.config_foreach(config, gather_persons, &gathering);
		status = gathering.status;
		if (status == BK_OK && code < 0)
			status = bk_git_fail(code, "reading", "your git configuration");
	}
	bk_git.config_free(config);
	if (status == BK_OK)
		*out = gathering.settings;
	else
		bk_settings_free(gathering.settings);
	return status;
}

/* ---- A negotiation's --------------------------------------------------------------------------------- */

/* Behind the section header that line begins with; 0 when it begins with none. */
static size_t header_length(struct bk_str line)
{
	bool quoted = false;

	if (line.len == 0 || line.ptr[0] != '[')
		return 0;
	for (size_t i = 1; i < line.len; i++) {
		if (quoted && line.ptr[i] == '\\')
			i++;
		else if (line.ptr[i] == '"')
			quoted = !quoted;
		else if (line.ptr[i] == ']' && !quoted)
			return i + 1;
	}
	return line.len;
}

/* Several headers can share a line, so all at its beginning are looked at. */
static bool line_includes(struct bk_str line)
{
	size_t len;

	line = bk_str_trim(line);
	while ((len = header_length(line)) > 0) {
		struct bk_str section = bk_str_trim((struct bk_str){line.ptr + 1, len - 1});

		if (bk_str_starts_nocase(section, BK_STR("include")))
			return true;
		line = bk_str_trim(bk_str_skip(line, len));
	}
	return false;
}

static int refuse(const char *name, size_t line, const char *why)
{
	return bk_fail(BK_EFORMAT, "%s:%zu: %s", name, line, why);
}

static int check_bytes(struct bk_str bytes, const char *name)
{
	if (bytes.len > BYTES_LIMIT)
		return bk_fail(
			BK_EFORMAT, "%s:1: settings of more than %zu bytes are refused", name, BYTES_LIMIT);
	if (bk_str_starts(bytes, BK_STR("\xEF\xBB\xBF")))
		bytes = bk_str_skip(bytes, 3);
	for (size_t line = 1; bytes.len; line++) {
		const size_t len = bk_str_find(bytes, '\n');
		const struct bk_str text = {bytes.ptr, len};

		if (bk_str_find(text, '\0') < len)
			return refuse(name, line, "a NUL byte is no part of a setting");
		if (line_includes(text))
			return refuse(name, line,
				"include is refused: settings that come from others may not open files");
		bytes = bk_str_skip(bytes, len + 1);
	}
	return BK_OK;
}

static int gather_bounded(const git_config_entry *entry, void *context)
{
	struct gathering *gathering = context;

	if (gathering->settings->list.len >= COUNT_LIMIT)
		gathering->status = bk_fail(BK_EFORMAT, "%s:1: more than %zu settings are refused",
			gathering->source, COUNT_LIMIT);
	else if (entry->value && strlen(entry->value) > VALUE_LIMIT)
		gathering->status = bk_fail(BK_EFORMAT, "%s:1: the value of %s has more than %zu bytes",
			gathering->source, entry->name, VALUE_LIMIT);
	else
		gathering->status = add(gathering->settings, entry->name, entry->value);
	return gathering->status;
}

/* libgit2 names our file in memory and the line: "... (in /proc/self/fd/5:3, column 1)". */
static int fail_parse(const char *name, int code)
{
	const git_error *error = bk_git.error_last();
	const char *said = error && error->message ? error->message : "";
	const char *place = strstr(said, "/fd/");
	const char *colon = place ? strchr(place, ':') : NULL;
	const char *end = strstr(said, " (in ");
	const char *from = strstr(said, "file: ");

	if (error && error->klass == GIT_ERROR_NOMEMORY)
		return bk_fail_memory();
	if (!colon)
		return bk_git_fail(code, "reading", name);
	from = from && end && from + 6 < end ? from + 6 : said;
	return bk_fail(BK_EFORMAT, "%s:%ld: %.*s", name, strtol(colon + 1, NULL, 10),
		(int)(end && end > from ? end - from : 60), from);
}

static int parse_file(struct gathering *gathering, const char *path)
{
	git_config *config = NULL;
	int code = bk_git.config_new(&config);

	if (code == 0)
		code = bk_git.config_add_file_ondisk(config, path, GIT_CONFIG_LEVEL_APP, NULL, 0);
	if (code == 0)
		code = bk_git.config_foreach(config, gather_bounded, gathering);
	bk_git.config_free(config);
	if (gathering->status != BK_OK)
		return gathering->status;
	return code < 0 ? fail_parse(gathering->source, code) : BK_OK;
}

static int parse_bytes(struct gathering *gathering, const char *bytes, size_t len)
{
	const int file = memfd_create("bracked-settings", MFD_CLOEXEC);
	char path[64];
	int status;

	if (file < 0)
		return bk_fail_errno(errno, "reading", gathering->source);
	snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	if (write(file, bytes, len) != (ssize_t)len)
		status = bk_fail_errno(errno, "reading", gathering->source);
	else
		status = parse_file(gathering, path);
	close(file);
	return status;
}

int bk_settings_parse(bk_settings **out, const char *bytes, size_t len, const char *name)
{
	struct gathering gathering = {.source = name, .status = BK_OK};
	int status = check_bytes((struct bk_str){bytes, len}, name);

	if (status == BK_OK)
		status = bk_git_start();
	if (status == BK_OK)
		status = settings_new(&gathering.settings);
	if (status == BK_OK && len > 0)
		status = parse_bytes(&gathering, bytes, len);
	if (status == BK_OK)
		*out = gathering.settings;
	else
		bk_settings_free(gathering.settings);
	return status;
}
