/*
 * Attributions of any draft go from style to style with the same names, acts and places, and what is taken out of the
 * text can be written back; all else stays to the byte.
 */
#include "drafting.h"

#include "lib/restyled.h"

enum { MAX_BYTES = 4000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bk_conventions *conventions;
	struct bk_draft_options options;
	struct restyled run = {.stop_if = stop_if, .options = &options};

	if (size > MAX_BYTES)
		return 0;
	if (!conventions)
		stop_if(bk_conventions_new(&conventions, NULL, NULL, 0) < 0, "there are default conventions");
	options = (struct bk_draft_options){
		.conventions = conventions, .names = bk_roster_names(default_roster())};
	restyled_round(&run, (struct bk_str){(const char *)data, size});
	options.names = NULL;
	restyled_round(&run, (struct bk_str){(const char *)data, size});
	return 0;
}
