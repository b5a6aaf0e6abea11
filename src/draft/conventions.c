/* Conventions of a text: the names of the built-in sets; no set adds bracket pairs. */
#include "draft/conventions.h"

#include "base/alloc.h"
#include "base/error.h"

struct bk_conventions {
	const char *name;
};

static const char *const sets[] = {"unfccc", "unga", "trade", "inb", "itu", NULL};

int bk_conventions_new(bk_conventions **out, const char *set, const struct bk_setting *settings, size_t count)
{
	bk_conventions *conventions;
	size_t i = 0;

	for (size_t s = 0; s < count && !set; s++) {
		if (strcmp(settings[s].name, "conventions.set") == 0 ||
			strcmp(settings[s].name, "negotiation.conventions") == 0)
			set = settings[s].value;
	}
	while (set && sets[i] && strcmp(sets[i], set) != 0)
		i++;
	if (!sets[i])
		return bk_fail(BK_ENOTFOUND,
			"conventions '%s' are not known: take one of unfccc, unga, "
			"trade, inb, itu",
			set);
	conventions = bk_calloc(1, sizeof *conventions);
	if (!conventions)
		return bk_fail_memory();
	conventions->name = sets[i];
	*out = conventions;
	return BK_OK;
}

void bk_conventions_free(bk_conventions *conventions)
{
	bk_free(conventions);
}

const char *const *bk_conventions_sets(void)
{
	return sets;
}

const char *bk_conventions_name(const bk_conventions *conventions)
{
	return conventions->name;
}

const struct bk_pair *bk_conventions_pairs(const bk_conventions *conventions, size_t *count)
{
	(void)conventions;
	*count = 0;
	return NULL;
}
