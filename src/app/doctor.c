#include "app/doctor.h"

#include "app/command.h"
#include "base/error.h"
#include "base/process.h"

#include <string.h>

enum {
	NAME_WIDTH = 16,
	STATE_WIDTH = 9,
	PATIENCE = 10000, /* milliseconds that another program may take */
};

static const char *const names[] = {[BK_HEALTH_OK] = "ok",
	[BK_HEALTH_MENDED] = "mended",
	[BK_HEALTH_WOULD] = "would",
	[BK_HEALTH_MISSING] = "missing",
	[BK_HEALTH_FAILED] = "failed"};
static const enum bk_ink inks[] = {[BK_HEALTH_OK] = BK_INK_GOOD,
	[BK_HEALTH_MENDED] = BK_INK_GOOD,
	[BK_HEALTH_WOULD] = BK_INK_DISPUTED,
	[BK_HEALTH_MISSING] = BK_INK_BAD,
	[BK_HEALTH_FAILED] = BK_INK_BAD};

static void tell_json(struct bk_visit *visit, enum bk_health health, const char *message, const char *remedy)
{
	bk_json *object = bk_output_object();

	bk_json_set_string(object, "check", visit->check);
	bk_json_set_string(object, "state", names[health]);
	bk_json_set_text(object, "message", bk_str_of(message));
	if (remedy)
		bk_json_set_text(object, "remedy", bk_str_of(remedy));
	else
		bk_json_set_null(object, "remedy");
	bk_output_json(visit->output, object);
}

static void put_column(struct bk_output *output, enum bk_ink ink, const char *text, size_t width)
{
	bk_output_styled(output, ink, bk_str_of(text));
	for (size_t i = strlen(text); i < width; i++)
		bk_output_puts(output, " ");
}

void bk_visit_tell(struct bk_visit *visit, enum bk_health health, const char *message, const char *remedy)
{
	const int exit = health == BK_HEALTH_FAILED  ? BK_EXIT_FAILED
			 : health >= BK_HEALTH_WOULD ? BK_EXIT_FOUND
						     : BK_EXIT_OK;

	if (exit > visit->exit)
		visit->exit = exit;
	if (visit->json) {
		tell_json(visit, health, message, remedy);
		return;
	}
	put_column(visit->output, inks[health], names[health], STATE_WIDTH);
	put_column(visit->output, BK_INK_STRONG, visit->check, NAME_WIDTH);
	bk_output_printf(visit->output, "%s\n", message);
	if (remedy)
		bk_output_printf(visit->output, "%*s%s\n", STATE_WIDTH + NAME_WIDTH + 2, "", remedy);
}

void bk_doctor_put_command(struct bk_buf *out, const char *command, const char *folder)
{
	bk_buf_printf(out, "%s '", command);
	for (; *folder; folder++)
		if (*folder == '\'')
			bk_buf_puts(out, "'\\''");
		else
			bk_buf_putc(out, *folder);
	bk_buf_putc(out, '\'');
}

void bk_visit_tell_made(
	struct bk_visit *visit, enum bk_health health, struct bk_buf *message, const char *remedy)
{
	bk_visit_tell(visit, health, bk_buf_string(message), remedy);
	bk_buf_release(message);
}

bool bk_doctor_ask(const char *const *argv, const char *folder, struct bk_buf *out, struct bk_buf *err)
{
	const struct bk_process process = {.argv = argv, .folder = folder, .milliseconds = PATIENCE};
	int status = -1;
	size_t end;

	if (bk_process_run(&process, out, err, &status) != BK_OK || status != 0)
		return false;
	end = bk_str_find(bk_buf_str(out), '\n');
	bk_buf_remove(out, end, out->len - end);
	return !out->failed;
}
