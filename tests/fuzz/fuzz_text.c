/*
 * Any script of edits, undos and moves through the history leaves the text as a plain model says, and takes
 * it back to the bytes it was opened with.
 *
 * The input is a script: an operation a byte, with its operands behind it.  Inserted bytes may be repeated,
 * so that a short script makes a text of many chunks.
 */
#include "fuzz.h"
#include "lib/text_model.h"

enum { MAX_TEXT = 200000, MAX_OPERATIONS = 60 };

struct script {
	const uint8_t *bytes;
	size_t len;
};

static size_t next(struct script *script)
{
	if (!script->len)
		return 0;
	script->len--;
	return *script->bytes++;
}

/* An offset of the text, by two operands. */
static size_t next_offset(struct script *script, size_t size)
{
	const size_t number = next(script) << 8 | next(script);

	return (number * (size / 65536 + 1) + number) % (size + 1);
}

/* The text and its model must be alike: fault says in what they are not. */
static void hold(const char *fault)
{
	stop_if(fault != NULL, fault);
}

static void replace_some(struct script *script, bk_text *text, struct model *model)
{
	static char bytes[300 * 256];
	struct bk_span span = {next_offset(script, model->len), 0};
	size_t len = next(script) % 16, times = next(script), filled = 0;
	const unsigned flags = (unsigned)next(script) % 4;

	span.end = span.start + (next(script) & 1 ? next_offset(script, model->len - span.start) : 0);
	len = len < script->len ? len : script->len;
	for (times = times < 200 ? 1 : times; times; times--) {
		memcpy(bytes + filled, script->bytes, len);
		filled += len;
	}
	script->bytes += len;
	script->len -= len;
	if (model->len + filled > MAX_TEXT)
		return;
	if (bk_text_replace(text, span, bytes, filled, flags) < 0)
		hold("a replacement inside is refused");
	model_replace(model, span, bytes, filled);
}

static void take_over(struct model *model, const bk_text *text)
{
	const bk_snapshot *now = bk_text_now(text);
	const size_t size = bk_snapshot_size(now);
	char *bytes = malloc(size + 1);

	bk_snapshot_copy(now, (struct bk_span){0, size}, bytes);
	model_replace(model, (struct bk_span){0, model->len}, bytes, size);
	free(bytes);
}

static void check(struct script *script, const bk_text *text, struct model *model)
{
	model_read(model);
	hold(model_differs(model, bk_text_now(text)));
	for (int i = 0; i < 3; i++)
		hold(model_differs_at(model, bk_text_now(text), next_offset(script, model->len)));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct script script = {data, size};
	struct model model = {0}, opened = {0};
	bk_text *text = NULL;

	model_replace(&opened, (struct bk_span){0, 0}, (const char *)data, size);
	model_replace(&model, (struct bk_span){0, 0}, (const char *)data, size);
	if (bk_text_new(&text, (const char *)data, size) < 0)
		return 0;
	for (int i = 0; i < MAX_OPERATIONS && script.len; i++) {
		switch (next(&script) % 8) {
		case 0:
			bk_text_undo(text, NULL);
			take_over(&model, text);
			break;
		case 1:
			bk_text_go(text, next(&script) % bk_text_step_count(text), NULL);
			take_over(&model, text);
			break;
		case 2: check(&script, text, &model); break;
		default: replace_some(&script, text, &model); break;
		}
	}
	check(&script, text, &model);
	if (bk_text_go(text, 0, NULL) < 0)
		hold("the way back is refused");
	model_read(&opened);
	hold(model_differs(&opened, bk_text_now(text)));
	bk_text_free(text);
	model_release(&model);
	model_release(&opened);
	return 0;
}
