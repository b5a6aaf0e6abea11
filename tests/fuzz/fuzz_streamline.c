/* Any draft can be streamlined, and each act keeps what it promises: see lib/streamlined.h. */
#include "drafting.h"

#include "lib/streamlined.h"

enum { MAX_BYTES = 2000 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static bk_conventions *conventions;
	struct bk_draft_options options;
	struct streamlined run = {.stop_if = stop_if, .options = &options, .roster = default_roster()};

	if (size > MAX_BYTES)
		return 0;
	if (!conventions)
		stop_if(bk_conventions_new(&conventions, NULL, NULL, 0) < 0, "there are default conventions");
	options = (struct bk_draft_options){
		.conventions = conventions, .names = bk_roster_names(default_roster())};
	streamlined_round(&run, (struct bk_str){(const char *)data, size});
	return 0;
}
