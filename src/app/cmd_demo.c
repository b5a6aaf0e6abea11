/*
 * bracked demo: a repository made of the sample negotiation, with its revisions, authors, dates and
 * positions.
 *
 *	texts/cancun/revisions      [revision "1"] file author date symbol message ledger, in order;
 *	                            [demo] name party
 *	texts/cancun/negotiation    becomes .negotiation
 *	texts/cancun/ledger         each revision takes its first `ledger` lines
 */
#include "app/subject.h"
#include "base/error.h"
#include "base/file.h"

#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct demo {
	struct bk_buf source; /* the folder of the sample */
	struct bk_file_bytes revisions, negotiation, ledger;
	struct bk_file_bytes attributes; /* as init wrote them */
	bk_settings *settings;		 /* of `revisions` */
	const char *name;		 /* of the draft */
	bk_repository *repository;
};

static bool is_folder(const char *path)
{
	struct stat info;

	return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

/* Where the sample lies: named by BRACKED_TEXTS, beside the program's source when it has not
 * been installed, or installed. */
static int find_source(struct bk_buf *out)
{
	const char *named = getenv("BRACKED_TEXTS");
	char self[4096];
	const ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);

	if (named) {
		bk_buf_printf(out, "%s/cancun", named);
		if (is_folder(bk_buf_string(out)))
			return bk_buf_status(out);
	}
	if (len > 0) {
		self[len] = '\0';
		bk_buf_clear(out);
		bk_buf_printf(out, "%s/../texts/cancun", dirname(self));
		if (is_folder(bk_buf_string(out)))
			return bk_buf_status(out);
	}
	bk_buf_clear(out);
	bk_buf_puts(out, BRACKED_TEXTS "/cancun");
	if (!is_folder(bk_buf_string(out)))
		return bk_fail(BK_ENOTFOUND,
			"no sample negotiation in '%s': install bracked, or set BRACKED_TEXTS",
			bk_buf_string(out));
	return bk_buf_status(out);
}

static int read_part(const struct demo *demo, const char *name, struct bk_file_bytes *out)
{
	struct bk_buf path = BK_BUF_INIT;
	int status;

	bk_buf_printf(&path, "%s/%s", bk_buf_string(&demo->source), name);
	status = bk_buf_status(&path);
	if (status == BK_OK)
		status = bk_file_read(out, bk_buf_string(&path));
	bk_buf_release(&path);
	return status;
}

/* The setting of one revision: "revision.1.file". */
static const char *setting(const struct demo *demo, size_t revision, const char *key)
{
	char name[64];

	snprintf(name, sizeof name, "revision.%zu.%s", revision, key);
	return bk_settings_get(demo->settings, name, NULL);
}

static int write_file(const struct demo *demo, const char *name, struct bk_str bytes)
{
	struct bk_buf path = BK_BUF_INIT;
	int status;

	bk_buf_printf(&path, "%s/%s", bk_repository_folder(demo->repository), name);
	status = bk_buf_status(&path);
	if (status == BK_OK)
		status = bk_file_replace_bytes(bk_buf_string(&path), bytes, NULL, BK_REPLACE_FORCE, NULL);
	bk_buf_release(&path);
	return status;
}

/* The first `lines` lines. */
static struct bk_str first_lines(struct bk_str bytes, size_t lines)
{
	size_t end = 0;

	while (lines-- && end < bytes.len)
		end += bk_str_find(bk_str_skip(bytes, end), '\n') + 1;
	return (struct bk_str){bytes.ptr, end < bytes.len ? end : bytes.len};
}

/* Write and commit the files of one revision, as its author and on its date. */
static int add_revision(const struct demo *demo, size_t number)
{
	const char *count = setting(demo, number, "ledger");
	size_t lines = 0;
	struct bk_file_bytes text;
	struct bk_buf ledger_name = BK_BUF_INIT;
	struct bk_str ledger;
	struct bk_save_file files[4];
	char id[41];
	struct bk_save save = {
		.files = files,
		.file_count = 3,
		.message = setting(demo, number, "message"),
		.symbol = setting(demo, number, "symbol"),
		.author = setting(demo, number, "author"),
		.date = setting(demo, number, "date"),
	};
	int status = read_part(demo, setting(demo, number, "file"), &text);

	if (status < 0)
		return status;
	if (count && !bk_args_parse_size(count, &lines))
		lines = 0;
	ledger = first_lines(demo->ledger.str, lines);
	bk_buf_printf(&ledger_name, "%s.ledger", demo->name);
	files[0] = (struct bk_save_file){demo->name, text.str.ptr, text.str.len};
	files[1] =
		(struct bk_save_file){".negotiation", demo->negotiation.str.ptr, demo->negotiation.str.len};
	files[2] =
		(struct bk_save_file){".gitattributes", demo->attributes.str.ptr, demo->attributes.str.len};
	if (ledger.len)
		files[save.file_count++] =
			(struct bk_save_file){bk_buf_string(&ledger_name), ledger.ptr, ledger.len};
	for (size_t i = 0; i < save.file_count && status == BK_OK; i++)
		status = write_file(demo, files[i].name, (struct bk_str){files[i].bytes, files[i].len});
	if (status == BK_OK)
		status = bk_revision_save(demo->repository, &save, id);
	bk_buf_release(&ledger_name);
	bk_file_release(&text);
	return status;
}

/* A machine where git knows nobody yet gets a name for this repository alone. */
static int give_identity(const struct demo *demo)
{
	const char *party = bk_settings_get(demo->settings, "demo.party", NULL);
	bk_settings *person;
	int status = bk_settings_person(&person, demo->repository);

	if (status < 0)
		return status;
	if (!bk_settings_get(person, "user.name", NULL))
		status = bk_repository_configure(demo->repository, "user.name", "A Delegate");
	if (status == BK_OK && !bk_settings_get(person, "user.email", NULL))
		status = bk_repository_configure(demo->repository, "user.email", "delegate@example.org");
	if (status == BK_OK && party && !bk_settings_get(person, "bracked.party", NULL))
		status = bk_repository_configure(demo->repository, "bracked.party", party);
	bk_settings_free(person);
	return status;
}

static int read_attributes(struct demo *demo)
{
	struct bk_buf path = BK_BUF_INIT;
	int status;

	bk_buf_printf(&path, "%s/.gitattributes", bk_repository_folder(demo->repository));
	status = bk_buf_status(&path);
	if (status == BK_OK)
		status = bk_file_read(&demo->attributes, bk_buf_string(&path));
	bk_buf_release(&path);
	return status;
}

static int make_repository(struct demo *demo, const char *folder)
{
	int status = bk_repository_init(&demo->repository, folder);

	if (status == BK_OK)
		status = give_identity(demo);
	if (status == BK_OK)
		status = read_attributes(demo);
	for (size_t number = 1; status == BK_OK && setting(demo, number, "file"); number++)
		status = add_revision(demo, number);
	return status;
}

static int load(struct demo *demo)
{
	int status = find_source(&demo->source);

	if (status == BK_OK)
		status = read_part(demo, "revisions", &demo->revisions);
	if (status == BK_OK)
		status = bk_settings_parse(
			&demo->settings, demo->revisions.str.ptr, demo->revisions.str.len, "revisions");
	if (status == BK_OK)
		status = read_part(demo, "negotiation", &demo->negotiation);
	if (status == BK_OK)
		status = read_part(demo, "ledger", &demo->ledger);
	if (status == BK_OK)
		demo->name = bk_settings_get(demo->settings, "demo.name", "outcome.txt");
	return status;
}

static void release(struct demo *demo)
{
	bk_repository_free(demo->repository);
	bk_settings_free(demo->settings);
	bk_file_release(&demo->revisions);
	bk_file_release(&demo->negotiation);
	bk_file_release(&demo->ledger);
	bk_file_release(&demo->attributes);
	bk_buf_release(&demo->source);
}

/* Open the draft on the screen, or say where it is. */
static int show(struct bk_invocation *invocation, const char *folder, const char *name)
{
	struct bk_buf path = BK_BUF_INIT;
	const char *file;
	int exit = BK_EXIT_OK;

	bk_buf_printf(&path, "%s/%s", folder, name);
	file = bk_buf_string(&path);
	if (invocation->output->terminal && isatty(STDIN_FILENO))
		exit = invocation->editor->edit(invocation, &file, 1);
	else
		bk_output_printf(invocation->output, "%s\n", file);
	bk_buf_release(&path);
	return exit;
}

static int run(struct bk_invocation *invocation)
{
	const char *folder = invocation->arg_count ? invocation->args[0] : "bracked-demo";
	struct demo demo = {.source = BK_BUF_INIT};
	int exit, status;

	if (invocation->arg_count > 1)
		return bk_subject_usage(invocation);
	status = load(&demo);
	if (status == BK_OK && access(folder, F_OK) < 0)
		status = make_repository(&demo, folder);
	else if (status == BK_OK)
		bk_output_remark("'%s' is there already: opening it as it is", folder);
	exit = status < 0 ? bk_subject_failed(status) : show(invocation, folder, demo.name);
	release(&demo);
	return exit;
}

const struct bk_command bk_cmd_demo = {
	.name = "demo",
	.group = "Editing",
	.summary = "make a repository of the sample negotiation and open it",
	.arguments = "[DIR]",
	.examples = {"bracked demo", "bracked demo /tmp/talks"},
	.run = run,
};
