/*
 * Any versions of any text are merged, each text comes back from the compilation, whatever the order, and what all
 * changed alike is taken: the laws of recovery, order and identity in tests/lib/merge_laws.h.
 *
 *	input = base, then up to four versions, a line of one tab before each
 */
#include "drafting.h"
#include "lib/merge_laws.h"

#include <string.h>

enum { MAX_BYTES = 8000, MAX_VERSIONS = 4 };

static const char *const parties[MAX_VERSIONS] = {"US", "EU", "AU", "BR"};

static const bk_conventions *default_conventions(void)
{
	static bk_conventions *conventions;

	if (!conventions)
		stop_if(bk_conventions_new(&conventions, NULL, NULL, 0) < 0, "there are default conventions");
	return conventions;
}

static void look_at(const struct merging *merging)
{
	const char *broken = merge_recovers(merging, NULL);

	stop_if(broken, broken);
	for (size_t i = 0; i < merging->count; i++) {
		const struct bk_str version = {merging->versions[i].bytes, merging->versions[i].len};

		broken = merge_identities(merging->base, version, &merging->options, NULL);
		stop_if(broken, broken);
	}
}

/* The next text of the input. */
static struct bk_str next_text(struct bk_str *rest)
{
	const char *parting = rest->len ? memmem(rest->ptr, rest->len, "\n\t\n", 3) : NULL;
	const struct bk_str text = {rest->ptr, parting ? (size_t)(parting - rest->ptr) : rest->len};

	*rest = bk_str_skip(*rest, text.len + 3);
	return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bk_str rest = {(const char *)data, size};
	struct bk_version versions[MAX_VERSIONS];
	struct merging merging = {.versions = versions};

	if (size > MAX_BYTES)
		return 0;
	merging.options = (struct bk_merge_options){
		.conventions = default_conventions(), .names = bk_roster_names(default_roster())};
	merging.base = next_text(&rest);
	while (rest.len && merging.count < MAX_VERSIONS) {
		const struct bk_str text = next_text(&rest);

		versions[merging.count] = (struct bk_version){
			parties[merging.count], parties[merging.count], text.ptr, text.len};
		merging.count++;
	}
	for (int style = 0; style < BK_STYLE_COUNT; style++) {
		merging.options.style = (enum bk_style)style;
		merging.options.unopposed = false;
		look_at(&merging);
		merging.options.unopposed = true;
		look_at(&merging);
	}
	return 0;
}
