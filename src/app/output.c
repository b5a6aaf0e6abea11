/* Collected output with filter, colour and pager. */
#include "app/output.h"
#include "base/alloc.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/process.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	PENDING_LIMIT = 1 << 20,
	STRAIGHT = 1 << 16,  /* bytes that are written from where they are */
	REMARK_LIMIT = 1200, /* bytes */
};

static const char *const sgr[] = {
	[BK_INK_PLAIN] = "",
	[BK_INK_STRONG] = "\033[1m",
	[BK_INK_FAINT] = "\033[2m",
	[BK_INK_PLACE] = "\033[36m",
	[BK_INK_DISPUTED] = "\033[33m",
	[BK_INK_GOOD] = "\033[32m",
	[BK_INK_BAD] = "\033[31m",
	[BK_INK_ADDED] = "\033[32m",
	[BK_INK_REMOVED] = "\033[31m",
};

static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static bool is_dumb(void)
{
	const char *term = environment("TERM");

	return term && strcmp(term, "dumb") == 0;
}

/* git says when a pager of its own stands between a command that it runs and the terminal. */
static bool is_git_pager(void)
{
	const char *value = environment("GIT_PAGER_IN_USE");
	struct stat about;

	return value && (strcmp(value, "true") == 0 || strcmp(value, "1") == 0) &&
	       fstat(STDOUT_FILENO, &about) == 0 && S_ISFIFO(about.st_mode);
}

void bk_output_init(struct bk_output *output, const char *colour, bool pager)
{
	*output = (struct bk_output){.pending = BK_BUF_INIT, .descriptor = STDOUT_FILENO};
	output->terminal = isatty(STDOUT_FILENO) || is_git_pager();
	output->colour = output->terminal && !environment("NO_COLOR") && !is_dumb();
	if (colour && strcmp(colour, "auto") != 0)
		output->colour = strcmp(colour, "always") == 0;
	output->use_pager = pager && isatty(STDOUT_FILENO);
}

static void start_pager(struct bk_output *output)
{
	const char *command = getenv("GIT_PAGER");
	char **argv;

	output->use_pager = false;
	if (!command)
		command = getenv("PAGER");
	if (!command)
		command = "less";
	if (!*command || strcmp(command, "cat") == 0)
		return;
	setenv("LESS", "FRX", 0);
	if (bk_process_split(&argv, command) < 0)
		return;
	if (argv[0] && bk_process_start_pager(argv, &output->descriptor, &output->pager) < 0)
		output->descriptor = STDOUT_FILENO;
	bk_free(argv);
}

static void write_all(struct bk_output *output, const char *bytes, size_t len)
{
	while (len && !output->broken) {
		const ssize_t written = write(output->descriptor, bytes, len);

		if (written >= 0) {
			bytes += written;
			len -= (size_t)written;
		} else if (errno == EPIPE) {
			output->broken = true;
		} else if (errno != EINTR) {
			output->broken = true;
			output->status = bk_fail_errno(errno, "could not write to", "standard output");
		}
	}
}

static void flush(struct bk_output *output)
{
	if (output->use_pager)
		start_pager(output);
	if (output->pending.failed && output->status == BK_OK)
		output->status = bk_fail_memory();
	write_all(output, bk_buf_string(&output->pending), output->pending.len);
	bk_buf_clear(&output->pending);
}

static void flush_when_full(struct bk_output *output)
{
	if (output->pending.len > PENDING_LIMIT || output->pending.failed)
		flush(output);
}

void bk_output_text(struct bk_output *output, struct bk_str text)
{
	if (output->terminal) {
		bk_utf8_put_visible(&output->pending, text, true);
	} else if (text.len < STRAIGHT) {
		bk_buf_put_str(&output->pending, text);
	} else {
		flush(output);
		write_all(output, text.ptr, text.len);
	}
	flush_when_full(output);
}

void bk_output_bytes(struct bk_output *output, struct bk_str bytes)
{
	bk_output_text(output, bytes);
}

void bk_output_puts(struct bk_output *output, const char *text)
{
	bk_output_text(output, bk_str_of(text));
}

void bk_output_printf(struct bk_output *output, const char *format, ...)
{
	struct bk_buf line = BK_BUF_INIT;
	va_list args;

	va_start(args, format);
	bk_buf_vprintf(&line, format, args);
	va_end(args);
	output->pending.failed |= line.failed;
	bk_output_text(output, bk_buf_str(&line));
	bk_buf_release(&line);
}

void bk_output_styled(struct bk_output *output, enum bk_ink ink, struct bk_str text)
{
	const bool coloured = output->colour && sgr[ink][0] && text.len;

	if (coloured)
		bk_buf_puts(&output->pending, sgr[ink]);
	bk_output_text(output, text);
	if (coloured)
		bk_buf_puts(&output->pending, "\033[0m");
}

void bk_output_excerpt(struct bk_output *output, enum bk_ink ink, struct bk_str text, size_t clusters)
{
	struct bk_buf line = BK_BUF_INIT;
	size_t count = 0;
	bool blank = true;

	for (size_t at = 0; at < text.len;) {
		const struct bk_str rest = bk_str_skip(text, at);
		const size_t size = bk_utf8_cluster(rest);
		const bool space = bk_is_space(rest.ptr[0]);

		at += size;
		if (space && blank)
			continue;
		if (clusters && count + 1 >= clusters && bk_str_trim(bk_str_skip(text, at)).len) {
			bk_buf_puts(&line, "…");
			break;
		}
		if (space)
			bk_buf_putc(&line, ' ');
		else
			bk_buf_put(&line, rest.ptr, size);
		blank = space;
		count++;
	}
	output->pending.failed |= line.failed;
	bk_output_styled(output, ink, bk_str_trim(bk_buf_str(&line)));
	bk_buf_release(&line);
}

void bk_output_unseen(struct bk_output *output, enum bk_ink ink, struct bk_str text)
{
	struct bk_buf marked = BK_BUF_INIT;
	char mark[16];

	for (size_t at = 0, size; at < text.len; at += size) {
		const uint32_t code = bk_utf8_decode(bk_str_skip(text, at), &size);

		if (code >= ' ' && code < 0x7F)
			bk_buf_putc(&marked, (char)code);
		else
			bk_buf_put(&marked, mark, bk_utf8_mark(code, (unsigned char)text.ptr[at], mark));
	}
	output->pending.failed |= marked.failed;
	bk_output_styled(output, ink, bk_buf_str(&marked));
	bk_buf_release(&marked);
}

bk_json *bk_output_object(void)
{
	bk_json *object = bk_json_object();

	bk_json_set_int(object, "schema", 1);
	return object;
}

void bk_output_json(struct bk_output *output, bk_json *object)
{
	struct bk_buf line = BK_BUF_INIT, *const out = output->terminal ? &line : &output->pending;

	if (bk_json_write(object, out) < 0)
		output->pending.failed = true;
	bk_buf_putc(out, '\n');
	bk_output_text(output, bk_buf_str(&line));
	bk_buf_release(&line);
	bk_json_free(object);
}

static enum bk_ink diff_ink(struct bk_str line)
{
	if (bk_str_starts(line, BK_STR("+++")) || bk_str_starts(line, BK_STR("---")) ||
		bk_str_starts(line, BK_STR("diff ")))
		return BK_INK_STRONG;
	if (line.len && line.ptr[0] == '+')
		return BK_INK_ADDED;
	if (line.len && line.ptr[0] == '-')
		return BK_INK_REMOVED;
	return bk_str_starts(line, BK_STR("@@")) ? BK_INK_PLACE : BK_INK_PLAIN;
}

void bk_output_diff(struct bk_output *output, struct bk_str diff)
{
	while (diff.len) {
		const size_t end = bk_str_find(diff, '\n');
		const struct bk_str line = {diff.ptr, end};

		bk_output_styled(output, diff_ink(line), line);
		if (end < diff.len)
			bk_output_puts(output, "\n");
		diff = bk_str_skip(diff, end + 1);
	}
}

static bool csv_needs_quotes(struct bk_str cell)
{
	for (size_t i = 0; i < cell.len; i++)
		if (cell.ptr[i] == '"' || cell.ptr[i] == ',' || cell.ptr[i] == '\n' || cell.ptr[i] == '\r')
			return true;
	return false;
}

void bk_output_csv(struct bk_output *output, struct bk_str cell, bool last)
{
	const bool quote = csv_needs_quotes(cell);
	struct bk_buf text = BK_BUF_INIT;

	if (quote)
		bk_buf_putc(&text, '"');
	for (size_t i = 0; i < cell.len; i++) {
		if (cell.ptr[i] == '"')
			bk_buf_putc(&text, '"');
		bk_buf_putc(&text, cell.ptr[i]);
	}
	bk_buf_puts(&text, quote ? "\"" : "");
	bk_buf_putc(&text, last ? '\n' : ',');
	output->pending.failed |= text.failed;
	bk_output_text(output, bk_buf_str(&text));
	bk_buf_release(&text);
}

static uint64_t last_remark; /* its hash */

/* A remark that repeats a very long argument: its beginning and its end, which says what to do. */
static void put_remark(struct bk_buf *line, struct bk_str text)
{
	const size_t half = REMARK_LIMIT / 2;
	size_t head = half, tail = text.len - half;

	if (text.len <= REMARK_LIMIT) {
		bk_buf_put_str(line, text);
		return;
	}
	while (head > half - 4 && ((unsigned char)text.ptr[head] & 0xC0) == 0x80)
		head--;
	while (tail < text.len - half + 4 && ((unsigned char)text.ptr[tail] & 0xC0) == 0x80)
		tail++;
	bk_buf_put(line, text.ptr, head);
	bk_buf_puts(line, " … ");
	bk_buf_put_str(line, bk_str_skip(text, tail));
}

static void remark(struct bk_str text)
{
	struct bk_buf said = BK_BUF_INIT, line = BK_BUF_INIT;

	last_remark = bk_hash(text.ptr, text.len);
	put_remark(&said, text);
	bk_buf_puts(&line, "bracked: ");
	if (isatty(STDERR_FILENO))
		bk_utf8_put_visible(&line, bk_buf_str(&said), true);
	else
		bk_buf_put_str(&line, bk_buf_str(&said));
	bk_buf_putc(&line, '\n');
	fwrite(bk_buf_string(&line), 1, line.len, stderr);
	bk_buf_release(&said);
	bk_buf_release(&line);
}

void bk_output_remark(const char *format, ...)
{
	struct bk_buf text = BK_BUF_INIT;
	va_list args;

	va_start(args, format);
	bk_buf_vprintf(&text, format, args);
	va_end(args);
	remark(bk_buf_str(&text));
	bk_buf_release(&text);
}

/* What was remarked on opening a draft may be why nothing can be done with it: that is said once. */
void bk_output_failure(void)
{
	const struct bk_str message = bk_str_of(bk_error_message());

	if (bk_hash(message.ptr, message.len) != last_remark)
		remark(message);
}

int bk_output_finish(struct bk_output *output)
{
	int status;

	if (output->pending.len || output->pending.failed)
		flush(output);
	if (output->pager) {
		close(output->descriptor);
		bk_process_wait(output->pager, &status);
		output->pager = 0;
	}
	bk_buf_release(&output->pending);
	return output->status;
}
