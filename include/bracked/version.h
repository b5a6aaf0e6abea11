/* Which library this is. */
#ifndef BRACKED_VERSION_H
#define BRACKED_VERSION_H

#include <bracked/error.h>

/* "0.1.0".  Static. */
BK_API const char *bk_version(void);

#endif
