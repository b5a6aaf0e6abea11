#include "app/handed.h"

#include "base/error.h"

#include <string.h>

enum { LOOKED_AT = 8000 }; /* bytes, as git does */

int bk_handing_init(struct bk_handing *handing, const struct bk_session_options *options)
{
	int status;

	*handing = (struct bk_handing){0};
	status = bk_session_open_roster(&handing->surroundings, options);
	if (status == BK_OK || status == BK_ENOMEM)
		return status;
	handing->surroundings = NULL;
	return bk_roster_new(&handing->roster, NULL, 0);
}

void bk_handing_release(struct bk_handing *handing)
{
	bk_session_free(handing->surroundings);
	bk_roster_free(handing->roster);
}

static int read_draft(struct bk_handed *handed, const struct bk_handing *handing)
{
	const struct bk_session *session = handing->surroundings;
	const struct bk_draft_options options = {
		.conventions = session ? session->conventions : NULL,
		.names = bk_roster_names(session ? session->roster : handing->roster),
	};
	bk_snapshot *snapshot;
	int status = bk_text_new(&handed->text, handed->bytes.ptr, handed->bytes.len);

	if (status < 0)
		return status;
	snapshot = bk_text_snapshot(handed->text);
	status = bk_draft_new(&handed->draft, snapshot, &options);
	bk_snapshot_free(snapshot);
	return status;
}

int bk_handed_read(struct bk_handed *out, const struct bk_handing *handing, const char *path)
{
	int status;

	*out = (struct bk_handed){.kind = BK_HANDED_TEXT, .bytes = BK_STR("")};
	if (strcmp(path, "/dev/null") == 0) {
		out->kind = BK_HANDED_NOTHING;
		return read_draft(out, handing);
	}
	status = bk_file_read(&out->file, path);
	if (status < 0)
		return status;
	out->bytes = out->file.str;
	if (memchr(out->bytes.ptr, 0, out->bytes.len < LOOKED_AT ? out->bytes.len : LOOKED_AT))
		out->kind = BK_HANDED_BINARY;
	return out->kind == BK_HANDED_BINARY ? BK_OK : read_draft(out, handing);
}

void bk_handed_release(struct bk_handed *handed)
{
	bk_draft_free(handed->draft);
	bk_text_free(handed->text);
	bk_file_release(&handed->file);
}
