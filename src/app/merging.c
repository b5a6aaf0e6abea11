#include "app/merging.h"

#include "app/subject.h"
#include "base/alloc.h"
#include "base/error.h"
#include "compare/share.h"
#include "draft/conventions.h"
#include "draft/inscription.h"

#include <string.h>
#include <sys/stat.h>

const char *const bk_style_choices[] = {"prefix", "paren", "dash", "none", NULL};

/* The party and the file of "PARTY=FILE". */
static int take_argument(
	const struct bk_session *base, const char *argument, const char **party, const char **file)
{
	const char *const equals = strchr(argument, '=');
	struct bk_buf name = BK_BUF_INIT;
	int status;

	if (!equals || equals == argument || !equals[1])
		return bk_fail(BK_EINVAL, "'%s' names no version: write PARTY=FILE", argument);
	bk_buf_put(&name, argument, (size_t)(equals - argument));
	status = bk_buf_status(&name);
	if (status == BK_OK)
		status = bk_subject_party(base, bk_buf_string(&name), party);
	bk_buf_release(&name);
	*file = equals + 1;
	return status;
}

static int flatten(struct bk_session *session, const char **bytes, size_t *len)
{
	return bk_snapshot_flat(bk_text_now(session->text), bytes, len);
}

enum { LEAST = 1 << 18 }; /* bytes that are worth a thread to read them */
enum { BARE = BK_SESSION_READ | BK_SESSION_UNREAD | BK_SESSION_BARE };

struct reading {
	struct bk_merging *merging;
	const struct bk_invocation *invocation;
};

static int read_version(void *context, size_t index)
{
	const struct reading *reading = context;
	const char *const equals = strchr(reading->invocation->args[index], '=');

	if (equals && equals[1] && strcmp(equals + 1, "-") != 0)
		(void)bk_session_open(
			&reading->merging->versions[index], equals + 1, BARE, &reading->invocation->session);
	return BK_OK;
}

/*
 * The versions' bytes are read while the base's roster is built, by more threads the more there are.  What cannot be
 * opened is left for when it is its turn, and standard input, which may keep us waiting.
 */
static void read_ahead(struct bk_merging *merging, const struct bk_invocation *invocation)
{
	struct reading reading = {merging, invocation};

	(void)bk_share_out(read_version, &reading, merging->count, bk_share_threads(merging->bytes / LEAST));
}

static int open_version(struct bk_merging *merging, const struct bk_invocation *invocation, size_t index,
	struct bk_version *version)
{
	struct bk_session **const session = &merging->versions[index];
	int exit, status = take_argument(
			  merging->base, invocation->args[index], &version->party, &version->name);

	if (status != BK_OK)
		return bk_subject_failed(status);
	exit = *session ? bk_subject_complete(*session)
			: bk_subject_open(
				  invocation, version->name, BK_SESSION_READ | BK_SESSION_UNREAD, session);
	if (exit != BK_EXIT_OK)
		return exit;
	status = flatten(*session, &version->bytes, &version->len);
	return status == BK_OK ? BK_EXIT_OK : bk_subject_failed(status);
}

/* The base's surroundings first, which its versions share. */
static int open_all(struct bk_merging *merging, struct bk_invocation *invocation, struct bk_version *versions)
{
	int exit =
		bk_subject_open(invocation, bk_args_value(invocation->given, "base"), BARE, &merging->base);

	if (exit != BK_EXIT_OK)
		return exit;
	invocation->session.kin = merging->base;
	read_ahead(merging, invocation);
	exit = bk_subject_complete(merging->base);
	for (size_t i = 0; i < merging->count && exit == BK_EXIT_OK; i++)
		exit = open_version(merging, invocation, i, &versions[i]);
	invocation->session.kin = NULL;
	return exit;
}

enum bk_style bk_merging_style(const struct bk_invocation *invocation, const struct bk_session *base)
{
	const char *name = bk_args_value(invocation->given, "style");
	enum bk_style style = bk_style_of(bk_conventions_style(base->conventions));

	if (name)
		bk_style_parse(name, &style);
	return style;
}

static int merge_versions(
	struct bk_merging *merging, const struct bk_invocation *invocation, const struct bk_version *versions)
{
	const struct bk_merge_options options = {
		.style = merging->style = bk_merging_style(invocation, merging->base),
		.unopposed = bk_args_has(invocation->given, "unopposed"),
		.conventions = merging->base->conventions,
		.names = bk_roster_names(merging->base->roster),
	};
	const char *bytes;
	size_t len;
	int status = flatten(merging->base, &bytes, &len);

	if (status == BK_OK)
		status = bk_merge_new(&merging->merge, bytes, len, versions, merging->count, &options);
	return status == BK_OK ? BK_EXIT_OK : bk_subject_failed(status);
}

/* Bytes of base and versions, as far as their files tell. */
static size_t count_bytes(const struct bk_invocation *invocation)
{
	size_t size = 0;

	for (size_t i = 0; i <= invocation->arg_count; i++) {
		const char *const name = i < invocation->arg_count ? strchr(invocation->args[i], '=')
								   : bk_args_value(invocation->given, "base");
		struct stat about;

		if (name && stat(name + (*name == '='), &about) == 0)
			size += (size_t)about.st_size;
	}
	return size;
}

/* Standard input is there once: whoever asks again would get an empty text. */
static int refuse_input_twice(const struct bk_invocation *invocation)
{
	size_t count = strcmp(bk_args_value(invocation->given, "base"), "-") == 0;

	for (size_t i = 0; i < invocation->arg_count; i++) {
		const char *const equals = strchr(invocation->args[i], '=');

		count += equals && strcmp(equals, "=-") == 0;
	}
	return count < 2
		       ? BK_OK
		       : bk_fail(BK_EINVAL,
				 "standard input, '-', is named for %zu texts and can be read for one: give "
				 "the others as files",
				 count);
}

int bk_merging_open(struct bk_merging *merging, struct bk_invocation *invocation)
{
	struct bk_version *versions;
	int exit, status = refuse_input_twice(invocation);

	*merging = (struct bk_merging){.count = invocation->arg_count, .bytes = count_bytes(invocation)};
	if (status != BK_OK)
		return bk_subject_failed(status);
	/* What is merged takes about four times its bytes; twice that leaves room, and what is not written costs
	 * nothing. */
	bk_alloc_expect(((size_t)16 << 20) + 8 * merging->bytes);
	versions = bk_calloc(invocation->arg_count + 1, sizeof *versions);
	merging->versions = bk_calloc(invocation->arg_count + 1, sizeof *merging->versions);
	if (!versions || !merging->versions) {
		bk_free(versions);
		return bk_subject_failed(bk_fail_memory());
	}
	exit = open_all(merging, invocation, versions);
	if (exit == BK_EXIT_OK)
		exit = merge_versions(merging, invocation, versions);
	bk_free(versions);
	return exit;
}

void bk_merging_release(struct bk_merging *merging)
{
	bk_merge_free(merging->merge);
	for (size_t i = 0; merging->versions && i < merging->count; i++)
		bk_session_free(merging->versions[i]);
	bk_free(merging->versions);
	bk_session_free(merging->base);
}
