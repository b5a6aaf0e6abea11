/* Writing and reading records of a journal. */
#include "store/journal_record.h"
#include "base/hash.h"

enum { HEAD = 16, FOOT = 8 };

/* A payload being read: numbers are taken from its front. */
struct reader {
	struct bk_str rest;
	bool ok;
};

static void put_number(struct bk_buf *out, uint64_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes; i++)
		bk_buf_putc(out, (char)(number >> (8 * i)));
}

static uint64_t number_at(const char *bytes, size_t count)
{
	uint64_t number = 0;

	for (size_t i = 0; i < count; i++)
		number |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
	return number;
}

static uint64_t take_number(struct reader *reader)
{
	uint64_t number;

	if (reader->rest.len < 8) {
		reader->ok = false;
		return 0;
	}
	number = number_at(reader->rest.ptr, 8);
	reader->rest = bk_str_skip(reader->rest, 8);
	return number;
}

static size_t take_size(struct reader *reader)
{
	const uint64_t number = take_number(reader);

	if (number > SIZE_MAX / 4)
		reader->ok = false;
	return (size_t)number;
}

static struct bk_str take_bytes(struct reader *reader, size_t len)
{
	const struct bk_str bytes = {reader->rest.ptr, len};

	if (!reader->ok || reader->rest.len < len) {
		reader->ok = false;
		return BK_STR("");
	}
	reader->rest = bk_str_skip(reader->rest, len);
	return bytes;
}

static void put_payload(struct bk_buf *out, const struct bk_journal_record *record)
{
	switch (record->kind) {
	case BK_JOURNAL_BEGIN: put_number(out, record->hash, 8); break;
	case BK_JOURNAL_EDIT:
		put_number(out, record->step, 8);
		put_number(out, record->parent, 8);
		put_number(out, record->edit.start, 8);
		put_number(out, record->edit.removed_len, 8);
		put_number(out, record->edit.inserted_len, 8);
		put_number(out, (uint64_t)record->time, 8);
		bk_buf_put(out, record->edit.removed, record->edit.removed_len);
		bk_buf_put(out, record->edit.inserted, record->edit.inserted_len);
		return;
	case BK_JOURNAL_GO: put_number(out, record->step, 8); return;
	case BK_JOURNAL_SAVED:
	case BK_JOURNAL_SAVING:
		put_number(out, record->hash, 8);
		put_number(out, record->step, 8);
		return;
	case BK_JOURNAL_PLACE:
		put_number(out, record->cursor, 8);
		put_number(out, record->top, 8);
		break;
	case BK_JOURNAL_KINDS: return;
	}
	bk_buf_put_str(out, record->bytes);
}

static uint64_t seed_of(uint64_t sequence, uint64_t kind)
{
	return sequence * 8 + kind;
}

void bk_journal_put(struct bk_buf *out, const struct bk_journal_record *record, uint64_t sequence)
{
	const size_t start = out->len;
	size_t len;

	put_number(out, 0, 4);
	put_number(out, record->kind, 4);
	put_number(out, sequence, 8);
	put_payload(out, record);
	len = out->len - start - HEAD;
	if (out->failed || len > UINT32_MAX) {
		/* A record goes in whole or not at all. */
		out->failed = true;
		if (out->bytes)
			bk_buf_remove(out, start, out->len - start);
		out->len = start;
		return;
	}
	for (size_t i = 0; i < 4; i++)
		out->bytes[start + i] = (char)(len >> (8 * i));
	put_number(out, bk_hash_seed(out->bytes + start + HEAD, len, seed_of(sequence, record->kind)), FOOT);
	if (out->failed)
		out->len = start;
}

static bool take_payload(struct reader *reader, struct bk_journal_record *out)
{
	switch (out->kind) {
	case BK_JOURNAL_BEGIN: out->hash = take_number(reader); break;
	case BK_JOURNAL_EDIT:
		out->step = take_size(reader);
		out->parent = take_size(reader);
		out->edit.start = take_size(reader);
		out->edit.removed_len = take_size(reader);
		out->edit.inserted_len = take_size(reader);
		out->time = (int64_t)take_number(reader);
		out->edit.removed = take_bytes(reader, out->edit.removed_len).ptr;
		out->edit.inserted = take_bytes(reader, out->edit.inserted_len).ptr;
		return reader->ok && reader->rest.len == 0;
	case BK_JOURNAL_GO: out->step = take_size(reader); return reader->ok && reader->rest.len == 0;
	case BK_JOURNAL_SAVED:
	case BK_JOURNAL_SAVING:
		out->hash = take_number(reader);
		out->step = take_size(reader);
		return reader->ok && reader->rest.len == 0;
	case BK_JOURNAL_PLACE:
		out->cursor = take_size(reader);
		out->top = take_size(reader);
		break;
	case BK_JOURNAL_KINDS: return false;
	}
	out->bytes = reader->rest;
	return reader->ok;
}

bool bk_journal_take(struct bk_str bytes, uint64_t sequence, struct bk_journal_record *out, size_t *size)
{
	struct bk_journal_record record = {0};
	struct reader payload = {.ok = true};
	uint64_t len, kind;

	if (bytes.len < HEAD + FOOT)
		return false;
	len = number_at(bytes.ptr, 4);
	kind = number_at(bytes.ptr + 4, 4);
	if (len > bytes.len - HEAD - FOOT || kind >= BK_JOURNAL_KINDS ||
		number_at(bytes.ptr + 8, 8) != sequence)
		return false;
	if (number_at(bytes.ptr + HEAD + len, FOOT) !=
		bk_hash_seed(bytes.ptr + HEAD, (size_t)len, seed_of(sequence, kind)))
		return false;
	record.kind = (enum bk_journal_kind)kind;
	payload.rest = (struct bk_str){bytes.ptr + HEAD, (size_t)len};
	if (!take_payload(&payload, &record))
		return false;
	*out = record;
	*size = HEAD + (size_t)len + FOOT;
	return true;
}
