/*
 * Which key does what: from the table of commands, changed by settings `bracked.key.<name>`.
 */
#ifndef BRACKED_TUI_KEYMAP_H
#define BRACKED_TUI_KEYMAP_H

#include "base/buf.h"
#include "base/vec.h"
#include "tui/key.h"

struct bk_command;

struct bk_binding_of_key {
	struct bk_key key;
	const struct bk_command *command;
};

struct bk_keymap {
	BK_VEC(struct bk_binding_of_key) bindings;
	bool vi;
};

/* Fill in from the table of commands; vi takes their vi keys.  BK_ENOMEM. */
int bk_keymap_init(struct bk_keymap *keymap, bool vi);
void bk_keymap_release(struct bk_keymap *keymap);
/*
 * Bind the keys named in `names` (parted by blanks; "" for none) to a command instead of its own.
 * BK_ENOTFOUND for a command that is none, BK_EINVAL for a key.
 */
int bk_keymap_set(struct bk_keymap *keymap, const char *command, const char *names);
/* The command of a key, or NULL. */
const struct bk_command *bk_keymap_find(const struct bk_keymap *keymap, struct bk_key key);
/* Keys that mean something of vi's own in normal mode: they are not shown for what they do elsewhere. */
bool bk_keymap_vi_takes(struct bk_key key);
/* The command of two letters in vi's normal mode, or NULL. */
const struct bk_command *bk_keymap_vi_find(uint32_t first, uint32_t second);
/* The first key of a command; false when it has none. */
bool bk_keymap_key_of(const struct bk_keymap *keymap, const char *command, struct bk_key *out);
/* All its keys by name, parted by ", ", appended. */
void bk_keymap_put_keys(const struct bk_keymap *keymap, const struct bk_command *command, struct bk_buf *out);

#endif
