/* What fuzz targets share: the entry that a fuzzer calls, and the end of a run in which a property did not
 * hold. */
#ifndef BRACKED_TESTS_FUZZ_H
#define BRACKED_TESTS_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* what: the property, as a sentence. */
static inline void stop_if(bool fault, const char *what)
{
	if (!fault)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

#endif
