#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

const char *bk_library_load(const char *file, void *table, const struct bk_library_name *names, size_t count)
{
	void *const library = dlopen(file, RTLD_LAZY | RTLD_LOCAL);

	if (!library)
		return dlerror();
	for (size_t i = 0; i < count; i++) {
		void *const found = dlsym(library, names[i].name);

		if (!found) {
			const char *const why =
				dlerror(); /* none of a symbol that is there, and is nothing */

			return why ? why : "a symbol has no value";
		}
		memcpy((char *)table + names[i].place, &found, sizeof found);
	}
	return NULL;
}
