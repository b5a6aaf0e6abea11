/* One word in a file of the state folder. */
#include "tui/last_theme.h"

#include "base/file.h"

#include <bracked/error.h>
#include <string.h>

static int put_path(const char *state_folder, struct bk_buf *out)
{
	bk_buf_printf(out, "%s/theme", state_folder);
	return bk_buf_status(out);
}

bool bk_last_theme(const char *state_folder, char name[BK_LAST_THEME])
{
	struct bk_buf path = BK_BUF_INIT;
	struct bk_file_bytes bytes;
	bool kept = false;
	if (state_folder != NULL && put_path(state_folder, &path) == BK_OK &&
		bk_file_read(&bytes, bk_buf_string(&path)) == BK_OK) {
		const struct bk_str word = bk_str_trim(bytes.str);
		kept = word.len > 0 && word.len < BK_LAST_THEME;
		if (kept)
			memcpy(name, word.ptr, word.len);
		name[kept ? word.len : 0] = '\0';
		bk_file_release(&bytes);
	}
	bk_buf_release(&path);
	return kept;
}

void bk_last_theme_keep(const char *state_folder, const char *name)
{
	char before[BK_LAST_THEME];
	struct bk_buf path = BK_BUF_INIT;
	if (state_folder == NULL || strlen(name) >= BK_LAST_THEME)
		return;
	if (bk_last_theme(state_folder, before) && strcmp(before, name) == 0)
		return;
	if (put_path(state_folder, &path) == BK_OK)
		(void)bk_file_replace_bytes(
			bk_buf_string(&path), bk_str_of(name), NULL, BK_REPLACE_FORCE, NULL);
	bk_buf_release(&path);
}
