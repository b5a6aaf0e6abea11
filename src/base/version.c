/* The version of the library. */
#include <bracked/version.h>

const char *bk_version(void)
{
	return BRACKED_VERSION;
}
