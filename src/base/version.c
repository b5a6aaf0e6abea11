/* The version of the library. */
#include <bracked/bracked.h>

const char *bk_version(void)
{
	return BRACKED_VERSION;
}
