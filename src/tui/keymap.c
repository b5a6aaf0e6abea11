/* Keys to commands. */
#include "tui/keymap.h"

#include "app/command.h"
#include "base/error.h"

#include <string.h>

static int add(struct bk_keymap *keymap, struct bk_key key, const struct bk_command *command)
{
	for (size_t i = 0; i < keymap->bindings.len; i++)
		if (bk_key_equal(keymap->bindings.items[i].key, key)) {
			keymap->bindings.items[i].command = command;
			return BK_OK;
		}
	struct bk_binding_of_key *const slot = BK_VEC_PUSH(&keymap->bindings);
	if (slot == NULL)
		return bk_fail_memory();
	*slot = (struct bk_binding_of_key){key, command};
	return BK_OK;
}

static int add_names(struct bk_keymap *keymap, const char *names, const struct bk_command *command)
{
	int status = BK_OK;
	while (status == BK_OK && *names != '\0') {
		const size_t len = strcspn(names, " ");
		struct bk_key key;
		if (len > 0 && !bk_key_parse(names, len, &key))
			return bk_fail(BK_EINVAL,
				"no such key '%.*s' for '%s': write it as in Ctrl-S, Alt-Up or F5", (int)len,
				names, command->name);
		if (len > 0)
			status = add(keymap, key, command);
		names += len + strspn(names + len, " ");
	}
	return status;
}

int bk_keymap_init(struct bk_keymap *keymap, bool vi)
{
	const struct bk_command *command;
	int status = BK_OK;
	*keymap = (struct bk_keymap){.vi = vi};
	for (size_t i = 0; (command = bk_command_at(i)) != NULL && status == BK_OK; i++) {
		const char *const names = vi && command->vi_key != NULL ? command->vi_key : command->key;
		if (names != NULL)
			status = add_names(keymap, names, command);
	}
	return status;
}

void bk_keymap_release(struct bk_keymap *keymap)
{
	BK_VEC_RELEASE(&keymap->bindings);
}

int bk_keymap_set(struct bk_keymap *keymap, const char *name, const char *names)
{
	const struct bk_command *const command = bk_command_find(name);
	if (command == NULL)
		return bk_fail(BK_ENOTFOUND, "no command '%s' for bracked.key.%s: F1 lists them", name, name);
	size_t kept = 0;
	for (size_t i = 0; i < keymap->bindings.len; i++)
		if (keymap->bindings.items[i].command != command)
			keymap->bindings.items[kept++] = keymap->bindings.items[i];
	keymap->bindings.len = kept;
	return add_names(keymap, names, command);
}

const struct bk_command *bk_keymap_find(const struct bk_keymap *keymap, struct bk_key key)
{
	for (size_t i = 0; i < keymap->bindings.len; i++)
		if (bk_key_equal(keymap->bindings.items[i].key, key))
			return keymap->bindings.items[i].command;
	return NULL;
}

bool bk_keymap_key_of(const struct bk_keymap *keymap, const char *command, struct bk_key *out)
{
	for (size_t i = 0; i < keymap->bindings.len; i++)
		if (strcmp(keymap->bindings.items[i].command->name, command) == 0) {
			*out = keymap->bindings.items[i].key;
			return true;
		}
	return false;
}

bool bk_keymap_vi_takes(struct bk_key key)
{
	return key.mods == BK_MOD_CTRL && key.code != 0 && key.code < 0x80 &&
	       strchr("bdefruy", (int)key.code) != NULL;
}

void bk_keymap_put_keys(const struct bk_keymap *keymap, const struct bk_command *command, struct bk_buf *out)
{
	bool first = true;
	for (size_t i = 0; i < keymap->bindings.len; i++) {
		if (keymap->bindings.items[i].command != command)
			continue;
		if (keymap->vi && bk_keymap_vi_takes(keymap->bindings.items[i].key))
			continue;
		char name[BK_KEY_NAME];
		bk_key_name(keymap->bindings.items[i].key, name);
		bk_buf_puts(out, first ? "" : ", ");
		bk_buf_puts(out, name);
		first = false;
	}
	if (keymap->vi && command->vi_keys != NULL)
		bk_buf_printf(out, "%s%s", first ? "" : ", ", command->vi_keys);
}

const struct bk_command *bk_keymap_vi_find(uint32_t first, uint32_t second)
{
	const struct bk_command *command;
	for (size_t i = 0; (command = bk_command_at(i)) != NULL; i++)
		if (command->vi_keys != NULL && (uint32_t)command->vi_keys[0] == first &&
			(uint32_t)command->vi_keys[1] == second)
			return command;
	return NULL;
}
