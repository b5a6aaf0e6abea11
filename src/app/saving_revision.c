/* The files that go into a revision: the draft, its ledger, the proof of the merge that it came from, and once the
 * files that tell git and others how to read them. */
#include "app/saving.h"
#include "base/error.h"

#include <bracked/merge.h>

struct commit_files {
	struct bk_save_file files[5];
	size_t count;
	struct bk_buf ledger_name, proof_name;
	struct bk_file_bytes read[4]; /* ledger, proof and settings, where they are there */
	size_t read_count;
};

static int add_draft(const struct bk_saving *saving, const bk_snapshot *snapshot, struct commit_files *out)
{
	struct bk_str bytes;
	const int status = bk_snapshot_flat(snapshot, &bytes.ptr, &bytes.len);

	if (status == BK_OK)
		out->files[out->count++] = (struct bk_save_file){saving->name, bytes.ptr, bytes.len};
	return status;
}

/* A file of the disk, when it is there and holds something; a link could name any file of the reader's. */
static int add_file(struct commit_files *out, const char *path, const char *name)
{
	struct bk_file_bytes *bytes = &out->read[out->read_count];
	const int status = bk_file_read_plain(bytes, path);

	if (status == BK_ENOTFOUND)
		return BK_OK;
	if (status < 0)
		return status;
	out->read_count++;
	if (bytes->str.len)
		out->files[out->count++] = (struct bk_save_file){name, bytes->str.ptr, bytes->str.len};
	return BK_OK;
}

/* The lines of a ledger that stood in its first len bytes; all when another has written it anew, with a line there
 * that goes on. */
static size_t lines_within(const struct bk_save_file *ledger, size_t len)
{
	return len < ledger->len && (len == 0 || ledger->bytes[len - 1] == '\n' || ledger->bytes[len] == '\n')
		       ? len
		       : ledger->len;
}

/* The ledger as it was while it had so many bytes. */
static int add_ledger(const struct bk_saving *saving, size_t len, struct commit_files *out)
{
	const size_t before = out->count;
	int status;

	bk_buf_printf(&out->ledger_name, "%s.ledger", saving->name);
	status = bk_buf_status(&out->ledger_name);
	if (status == BK_OK)
		status = add_file(out, saving->ledger_path, bk_buf_string(&out->ledger_name));
	if (status < 0 || out->count == before)
		return status;
	out->files[before].len = lines_within(&out->files[before], len);
	if (!out->files[before].len)
		out->count = before;
	return BK_OK;
}

/* Without the proof of a compilation nobody could be given back what it was made of. */
static int add_proof(const struct bk_saving *saving, struct commit_files *out)
{
	struct bk_buf path = BK_BUF_INIT;
	bk_proof *proof = NULL;
	const struct bk_save_file *added;
	const size_t before = out->count;
	int status;

	bk_buf_printf(&out->proof_name, "%s.proof", saving->name);
	bk_buf_printf(&path, "%s.proof", saving->path);
	status = bk_buf_status(&path);
	if (status == BK_OK)
		status = bk_buf_status(&out->proof_name);
	if (status == BK_OK)
		status = add_file(out, bk_buf_string(&path), bk_buf_string(&out->proof_name));
	added = out->count > before ? &out->files[before] : NULL;
	/* A file of that name that is something else is not ours to save. */
	if (status == BK_OK && added &&
		bk_proof_parse(&proof, added->bytes, added->len, added->name) != BK_OK)
		out->count = before;
	bk_proof_free(proof);
	bk_buf_release(&path);
	return status;
}

/* One of them, when no revision has it; and when HEAD has these bytes and the index lacks it, as after a save that
 * was killed: else the next commit by git alone would remove it. */
static int add_setting(bk_repository *repository, const char *name, struct commit_files *out)
{
	struct bk_buf path = BK_BUF_INIT;
	char *committed = NULL;
	const size_t before = out->count;
	size_t len = 0;
	int status = bk_revision_read(repository, "HEAD", name, &committed, &len);
	const bool known = status == BK_OK;

	if (status == BK_ENOMEM)
		return status;
	/* What stands there in another form, a link say, stays too. */
	if ((!known && status != BK_ENOTFOUND) || (known && bk_repository_has_staged(repository, name))) {
		bk_store_free(committed);
		return BK_OK;
	}
	bk_buf_printf(&path, "%s/%s", bk_repository_folder(repository), name);
	status = bk_buf_status(&path);
	if (status == BK_OK)
		status = add_file(out, bk_buf_string(&path), name);
	if (known && out->count > before &&
		!bk_str_equal((struct bk_str){committed, len},
			(struct bk_str){out->files[before].bytes, out->files[before].len}))
		out->count = before;
	bk_buf_release(&path);
	bk_store_free(committed);
	return known && status != BK_ENOMEM ? BK_OK : status;
}

/* What init wrote is committed with the first revision after it, so that a clone keeps bytes and knows the
 * parties too. */
static int add_settings(bk_repository *repository, struct commit_files *out)
{
	static const char *const names[] = {".gitattributes", ".negotiation"};
	int status = BK_OK;

	for (size_t i = 0; status == BK_OK && i < sizeof names / sizeof names[0]; i++)
		status = add_setting(repository, names[i], out);
	return status;
}

/* Nothing new is no failure; what fails once the revision stands is told, and is none either. */
static int judge(struct bk_saving *saving, int status)
{
	saving->unchanged = status == BK_EEXISTS;
	if (status < 0 && saving->id[0])
		bk_saving_put_remark(saving);
	return saving->unchanged || saving->id[0] ? BK_OK : status;
}

/* Whether HEAD has the draft, in whatever form. */
static int find_earlier(const struct bk_saving *saving, bk_repository *repository, bool *found)
{
	char *bytes;
	size_t len;
	const int status = bk_revision_read(repository, "HEAD", saving->name, &bytes, &len);

	*found = status != BK_ENOTFOUND;
	if (status == BK_OK)
		bk_store_free(bytes);
	return status == BK_ENOMEM ? status : BK_OK;
}

static int is_edited(const struct bk_saving *saving, bool *edited)
{
	struct bk_str before, now;
	int status = bk_snapshot_flat(saving->received, &before.ptr, &before.len);

	if (status == BK_OK)
		status = bk_snapshot_flat(saving->snapshot, &now.ptr, &now.len);
	*edited = status == BK_OK && before.len > 0 && !bk_str_equal(before, now);
	return status;
}

/* The text, and what belongs to it, as one revision. */
static int commit(struct bk_saving *saving, bk_repository *repository, const bk_snapshot *text,
	size_t ledger_len, struct bk_save save, char id[41])
{
	struct commit_files files = {.ledger_name = BK_BUF_INIT, .proof_name = BK_BUF_INIT};
	int status = add_draft(saving, text, &files);

	if (status == BK_OK)
		status = add_ledger(saving, ledger_len, &files);
	if (status == BK_OK)
		status = add_proof(saving, &files);
	if (status == BK_OK)
		status = add_settings(repository, &files);
	save.files = files.files;
	save.file_count = files.count;
	if (status == BK_OK)
		status = bk_revision_save(repository, &save, id);
	for (size_t i = 0; i < files.read_count; i++)
		bk_file_release(&files.read[i]);
	bk_buf_release(&files.ledger_name);
	bk_buf_release(&files.proof_name);
	return status;
}

/* What was received, as a revision before the first: the edits would be lost in it otherwise.  Of the ledger it has
 * what was said of that text. */
static int commit_received(struct bk_saving *saving, bk_repository *repository)
{
	const struct bk_save save = {.message = "as received", .date = saving->session->options.date};
	bool earlier = false, edited = false;
	char id[41];
	int status = find_earlier(saving, repository, &earlier);

	if (status == BK_OK && !earlier)
		status = is_edited(saving, &edited);
	if (status < 0 || !edited)
		return status;
	return commit(saving, repository, saving->received, saving->ledger_received, save, id);
}

int bk_saving_commit(struct bk_saving *saving)
{
	const struct bk_save save = {
		.message = saving->message,
		.symbol = saving->symbol,
		.party = saving->party,
		.date = saving->session->options.date,
	};
	bk_repository *repository;
	/* A handle of its own: the session's belongs to the session's thread. */
	int status = bk_session_open_repository(&repository, saving->path, &saving->session->options);

	if (status < 0)
		return status;
	status = commit_received(saving, repository);
	if (status == BK_OK)
		status = judge(
			saving, commit(saving, repository, saving->snapshot, SIZE_MAX, save, saving->id));
	bk_repository_free(repository);
	return status;
}
