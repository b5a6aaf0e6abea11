/*
 * Any bytes may stand in a negotiation's settings: they are read or refused with a message, never with more
 * than they hold, and what is read can be made a roster and conventions or is refused.
 */
#include "fuzz.h"
#include <bracked/ledger.h>
#include <bracked/store.h>

#include <string.h>

static void use(const struct bk_setting *list, size_t count)
{
	bk_roster *roster;
	bk_conventions *conventions;

	if (bk_roster_new(&roster, list, count) == BK_OK)
		bk_roster_free(roster);
	else
		stop_if(!*bk_error_message(), "a refusal has a message");
	if (bk_conventions_new(&conventions, NULL, list, count) == BK_OK)
		bk_conventions_free(conventions);
	else
		stop_if(!*bk_error_message(), "a refusal has a message");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bk_settings *settings;
	const struct bk_setting *list;
	size_t count;

	if (bk_settings_parse(&settings, (const char *)data, size, "settings") < 0) {
		stop_if(!*bk_error_message(), "a refusal has a message");
		return 0;
	}
	list = bk_settings_list(settings, &count);
	for (size_t i = 0; i < count; i++) {
		stop_if(!list[i].name || !list[i].value, "a setting has a name and a value");
		stop_if(strncmp(list[i].name, "include", 7) == 0, "nothing is included");
	}
	use(list, count);
	bk_settings_free(settings);
	return 0;
}
