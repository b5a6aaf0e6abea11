/* What writing and reading a proof share. */
#ifndef BRACKED_COMPARE_PROOF_H
#define BRACKED_COMPARE_PROOF_H

#include "base/arena.h"
#include "base/json.h"
#include "base/vec.h"

#include <bracked/merge.h>

enum { BK_PROOF_HASH = 17 };

/* Of the bytes, as 16 hexadecimal digits. */
void bk_proof_hash(struct bk_str bytes, char out[BK_PROOF_HASH]);

/* A proof as a file has it: one line.  BK_ENOMEM. */
int bk_proof_put(const bk_json *root, char **json, size_t *len);

/* A piece of the base that stands in the compilation. */
struct bk_proof_run {
	size_t out, base, len;
};

struct bk_proof {
	bk_json *root;
	char *name;
	const bk_json *out, *base, *versions; /* borrowed */
	BK_VEC(const char *) parties;

	bool read; /* places and proposals are */
	struct bk_arena arena;
	BK_VEC(struct bk_proof_place) places;
	BK_VEC(struct bk_proof_proposal) proposals;
	BK_VEC(struct bk_proof_run) runs; /* by out */
};

/* proof_recover.c: refuse a proof that does not give back what it says.  BK_EFORMAT. */
int bk_proof_damaged(const struct bk_proof *proof);

#endif
