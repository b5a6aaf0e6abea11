/*
 * Drafts made at random, and what editors do to them: sixty provisions with the same `[shall]`, in words that
 * treaties use.  One bracket, the target, is followed through every change.
 */
#include "scene.h"

#include "base/alloc.h"

#include <stdio.h>
#include <string.h>

static const char *const vocabulary[] = {"developed", "developing", "country", "Parties", "measures", "in",
	"accordance", "with", "the", "provisions", "of", "this", "Agreement", "and", "to", "support",
	"finance", "technology", "capacity", "building", "adaptation", "mitigation", "contributions",
	"national", "report", "every", "five", "years", "review", "Conference", "its", "progress",
	"emissions", "forests", "losses", "damage", "climate", "change", "sustainable", "development",
	"transparent", "manner", "take", "into", "account", "science", "best", "available", "equity",
	"principles", "common", "needs", "adequate", "predictable", "resources", "public", "sources", "level",
	"ambition", "cooperate", "share", "information", "experience", "institutions", "framework",
	"Convention", "relevant", "decisions", "guide", "implementation", "long-term", "goal", "temperature",
	"increase", "below", "pre-industrial", "limit", "efforts", "strengthen", "global", "response",
	"poverty", "eradication", "context", "vulnerable", "small", "island", "States", "least", "facilitate",
	"access", "mechanism", "voluntary", "approaches", "market", "integrity", "environment", "avoid",
	"double", "counting", "communicate", "update", "record"};

uint64_t scene_draw(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed >> 8;
}

const char *scene_word(uint64_t *seed)
{
	return vocabulary[scene_draw(seed) % (sizeof vocabulary / sizeof *vocabulary)];
}
void scene_put_words(struct scene *scene, size_t count)
{
	for (size_t i = 0; i < count; i++)
		bk_buf_printf(&scene->text, "%s%s", i ? " " : "", scene_word(&scene->seed));
}

void scene_make(struct scene *scene, uint64_t seed, size_t words)
{
	const size_t chosen = (seed * 7919) % PROVISIONS;

	*scene = (struct scene){.text = BK_BUF_INIT, .seed = seed * 0x9E3779B97F4A7C15u + 1};
	for (size_t i = 0; i < PROVISIONS; i++) {
		if (i % 12 == 0)
			bk_buf_printf(&scene->text, "Article %zu\n\n", i / 12 + 1);
		bk_buf_printf(
			&scene->text, "%zu. %s Parties ", i % 12 + 1, i % 3 ? "All" : "Developed country");
		scene->target = i == chosen ? scene->text.len : scene->target;
		bk_buf_puts(&scene->text, "[shall] ");
		if (words)
			scene_put_words(scene, words / 2 + scene_draw(&scene->seed) % words);
		else
			bk_buf_printf(&scene->text,
				"report on their %s and %s to the Conference of the Parties",
				scene_word(&scene->seed), scene_word(&scene->seed));
		bk_buf_puts(&scene->text, scene_draw(&scene->seed) % 3 ? ".\n\n" : " [as appropriate].\n\n");
	}
	scene->len = 7;
}

/* Replace span outside of the target. */
static void change(struct scene *scene, size_t at, size_t removed, const char *bytes)
{
	bk_buf_remove(&scene->text, at, removed);
	bk_buf_insert(&scene->text, at, bytes, strlen(bytes));
	if (scene->target != SIZE_MAX && at <= scene->target)
		scene->target += strlen(bytes) - removed;
}

/* True when at..at+count touches the target. */
static bool touches(const struct scene *scene, size_t at, size_t count)
{
	return scene->target != SIZE_MAX && at + count > scene->target && at < scene->target + scene->len;
}

static void edit_once(struct scene *scene)
{
	const size_t at = scene_draw(&scene->seed) % scene->text.len;
	const size_t left = scene->text.len - at;
	const char *bytes = scene->text.bytes;
	size_t count = 0;
	char insert[64];

	switch (scene_draw(&scene->seed) % 24) {
	case 0: snprintf(insert, sizeof insert, " [shall] "); break;
	case 1: snprintf(insert, sizeof insert, "%s", scene_draw(&scene->seed) % 2 ? "[" : "]"); break;
	case 2: snprintf(insert, sizeof insert, "\n"); break;
	case 3:
	case 4:
	case 5:
	case 6:
	case 7: snprintf(insert, sizeof insert, " %s ", scene_word(&scene->seed)); break;
	case 8:
	case 9:
	case 10:
	case 11:
	case 12:
	case 13:
		insert[0] = '\0';
		count = 1 + scene_draw(&scene->seed) % 12;
		break;
	default: /* a word for a word */
		while (count < left && bk_is_word(bytes[at + count]))
			count++;
		snprintf(insert, sizeof insert, "%s", scene_word(&scene->seed));
	}
	count = count > left ? left : count;
	if (!touches(scene, at, count))
		change(scene, at, count, insert);
}

void scene_edit(struct scene *scene, size_t times)
{
	for (size_t i = 0; i < times; i++)
		edit_once(scene);
}

/* Paragraphs end with a blank line. */
static size_t paragraph_start(const struct scene *scene, size_t at)
{
	while (at > 0 && !(at >= 2 && memcmp(scene->text.bytes + at - 2, "\n\n", 2) == 0))
		at--;
	return at;
}

static size_t paragraph_end(const struct scene *scene, size_t at)
{
	const char *end = strstr(scene->text.bytes + at, "\n\n");

	return end ? (size_t)(end - scene->text.bytes) + 2 : scene->text.len;
}

void scene_move_paragraph(struct scene *scene)
{
	const size_t start = paragraph_start(scene, scene->target), end = paragraph_end(scene, scene->target);
	const size_t inside = scene->target - start, len = end - start;
	char *copy = bk_memdup(scene->text.bytes + start, len);
	size_t to;

	bk_buf_remove(&scene->text, start, len);
	to = paragraph_start(scene, scene_draw(&scene->seed) % scene->text.len);
	bk_buf_insert(&scene->text, to, copy, len);
	scene->target = to + inside;
	bk_free(copy);
}

/* Ten provisions and an article are new at the top, and all that follows counts on from there. */
void scene_renumber(struct scene *scene)
{
	struct scene next = {.text = BK_BUF_INIT, .seed = scene->seed, .len = scene->len};
	size_t article = 2, number = 10;

	bk_buf_puts(&next.text, "Article 1\n\n");
	for (int i = 1; i <= 10; i++) {
		bk_buf_printf(&next.text, "%d. Parties [shall] ", i);
		scene_put_words(&next, 20);
		bk_buf_puts(&next.text, ".\n\n");
	}
	for (size_t at = 0, end; at < scene->text.len; at = end) {
		const char *line = scene->text.bytes + at;
		size_t label = 0;

		end = paragraph_end(scene, at);
		if (strncmp(line, "Article ", 8) == 0) {
			bk_buf_printf(&next.text, "Article %zu\n\n", article++);
			continue;
		}
		while (bk_is_digit(line[label]))
			label++;
		if (label)
			bk_buf_printf(&next.text, "%zu", ++number);
		if (scene->target >= at && scene->target < end)
			next.target = next.text.len + scene->target - at - label;
		bk_buf_put(&next.text, line + label, end - at - label);
	}
	bk_buf_release(&scene->text);
	*scene = next;
}

/* Accept or delete every other bracket but the target, one in two. */
void scene_resolve_others(struct scene *scene)
{
	for (size_t at = 0; at < scene->text.len; at++) {
		const char *close;

		if (scene->text.bytes[at] != '[' || at == scene->target || scene_draw(&scene->seed) % 2)
			continue;
		close = strchr(scene->text.bytes + at, ']');
		if (!close || touches(scene, at, (size_t)(close - scene->text.bytes) + 1 - at))
			continue;
		if (scene_draw(&scene->seed) % 2) {
			change(scene, (size_t)(close - scene->text.bytes), 1, "");
			change(scene, at, 1, "");
		} else {
			change(scene, at, (size_t)(close - scene->text.bytes) + 1 - at, "");
		}
	}
}

/* As sed 's/from/to/g' would, everywhere. */
void scene_replace_all(struct scene *scene, const char *from, const char *to)
{
	char *found;
	size_t at = 0;

	while ((found = strstr(scene->text.bytes + at, from))) {
		at = (size_t)(found - scene->text.bytes);
		change(scene, at, strlen(from), to);
		at += strlen(to);
	}
}

/* The target is accepted: its words stand, its brackets go. */
void scene_accept_target(struct scene *scene)
{
	bk_buf_remove(&scene->text, scene->target + scene->len - 1, 1);
	bk_buf_remove(&scene->text, scene->target, 1);
	scene->target = SIZE_MAX;
}

void scene_delete_target(struct scene *scene)
{
	bk_buf_remove(&scene->text, scene->target, scene->len + 1);
	scene->target = SIZE_MAX;
}
