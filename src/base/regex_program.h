/*
 * The door to PCRE2: a pattern as a program, with memory of its own.  Which programs a regex has, and what is done
 * with them, is regex.c.
 */
#ifndef BRACKED_BASE_REGEX_PROGRAM_H
#define BRACKED_BASE_REGEX_PROGRAM_H

#include "base/str.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

/*
 * PCRE2 10.42 crashes when memory runs out inside its JIT compiler.  So that it never sees a failure there,
 * what cannot be had is taken from a reserve set aside before; the program is then given up.
 */
struct bk_regex_reserve {
	char *bytes;
	size_t used;
};

struct bk_regex_program {
	pcre2_general_context *memory;
	pcre2_code *code;
	struct bk_regex_reserve reserve; /* while the JIT compiler runs */
};

/* Compile with PCRE2's options.  BK_EINVAL with the offset in the message; BK_ENOMEM. */
int bk_regex_program_new(struct bk_regex_program **out, struct bk_str pattern, uint32_t options);
void bk_regex_program_free(struct bk_regex_program *program);
/* Make machine code of it, which nobody may be matching with meanwhile.  BK_ENOTFOUND where there is none of it, and
 * it matches as before; BK_ENOMEM, and it can only be freed.  Neither leaves a message. */
int bk_regex_program_quicken(struct bk_regex_program *program);

#endif
