/* UTF-8: what is well formed, where clusters end, how wide they are, and what is shown in place of what
 * hides. */
#include "base/utf8.h"
#include "base/alloc.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>
#include <cmocka.h>

static void every_code_point_survives_encoding_and_decoding(void **state)
{
	(void)state;
	for (uint32_t code = 0; code <= 0x10FFFF; code++) {
		char bytes[4];
		size_t size;
		const size_t len = bk_utf8_encode(code, bytes);
		const uint32_t back = bk_utf8_decode((struct bk_str){bytes, len}, &size);

		if (code >= 0xD800 && code < 0xE000) {
			assert_int_equal(back, BK_UTF8_BAD);
			assert_int_equal(size, 1);
		} else if (back != code || size != len) {
			fail_msg("U+%04X came back as U+%04X in %zu bytes", code, back, size);
		}
	}
}

static void a_byte_that_begins_no_sequence_is_bad_alone(void **state)
{
	static const char *const bad[] = {"\x80", "\xBF", "\xC0\xAF", "\xC1\xBF", "\xC3", "\xE0\x80\xAF",
		"\xE2\x82", "\xED\xA0\x80", "\xF0\x80\x80\xAF", "\xF0\x9F\x98", "\xF4\x90\x80\x80",
		"\xF5\x80\x80\x80", "\xFE", "\xFF", "\xE2(\xA1"};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		size_t size;

		assert_int_equal(bk_utf8_decode(bk_str_of(bad[i]), &size), BK_UTF8_BAD);
		assert_int_equal(size, 1);
		assert_int_equal(bk_utf8_valid_prefix(bk_str_of(bad[i])), 0);
		assert_int_equal(bk_utf8_cluster(bk_str_of(bad[i])), 1);
	}
}

/* Valid text of every kind of place, with a bad byte put at each offset in turn. */
static void the_valid_prefix_ends_at_the_first_bad_byte(void **state)
{
	char bytes[200];
	size_t len = 0;

	(void)state;
	while (len < 150)
		len += (size_t)snprintf(
			bytes + len, sizeof bytes - len, "plain words only here \xC3\xA9\xE2\x82\xAC");
	assert_int_equal(bk_utf8_valid_prefix((struct bk_str){bytes, len}), len);
	for (size_t at = 0; at < len; at++) {
		const char kept = bytes[at];

		if ((unsigned char)kept >= 0x80)
			continue;
		bytes[at] = '\xFF';
		assert_int_equal(bk_utf8_valid_prefix((struct bk_str){bytes, len}), at);
		bytes[at] = kept;
	}
}

static void ascii_is_checked_at_gigabytes_a_second(void **state)
{
	const size_t len = (size_t)64 << 20;
	char *bytes = bk_malloc(len);
	struct timespec from, to;
	double seconds;

	(void)state;
	assert_non_null(bytes);
	memset(bytes, 'a', len);
	clock_gettime(CLOCK_MONOTONIC, &from);
	assert_int_equal(bk_utf8_valid_prefix((struct bk_str){bytes, len}), len);
	clock_gettime(CLOCK_MONOTONIC, &to);
	seconds = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) / 1e9;
	print_message("%.1f GB/s\n", (double)len / seconds / 1e9);
	bk_free(bytes);
}

static void bad_bytes_are_put_as_replacement_characters(void **state)
{
	struct bk_buf buf = BK_BUF_INIT;

	(void)state;
	bk_utf8_put_valid(&buf, BK_STR("a\xFF\xC3\xA9\xE2\x82z\x80"));
	assert_string_equal(
		bk_buf_string(&buf), "a\xEF\xBF\xBD\xC3\xA9\xEF\xBF\xBD\xEF\xBF\xBDz\xEF\xBF\xBD");
	bk_buf_release(&buf);
}

struct cluster_case {
	const char *bytes;
	size_t first; /* bytes of the first cluster */
	size_t count;
	int width; /* of the first */
};

static const struct cluster_case cluster_cases[] = {
	{"ab", 1, 2, 1}, {"\r\n", 2, 1, 8}, {"\r\r\n", 1, 2, 4}, {"\n\r", 1, 2, 4},
	{"e\xCC\x81x", 3, 2, 1},						       /* e, acute */
	{"\xE4\xB8\xAD\xE6\x96\x87", 3, 2, 2},					       /* Chinese */
	{"\xE0\xA4\x95\xE0\xA4\xBE", 6, 1, 2},					       /* Devanagari kaa */
	{"\xF0\x9F\x87\xAB\xF0\x9F\x87\xAF\xF0\x9F\x87\xBA\xF0\x9F\x87\xB8", 8, 2, 2}, /* two flags */
	{"\xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x8C\xBEx", 11, 2, 2},		       /* farmer */
	{"\xD8\xA8\xD9\x90", 4, 1, 1},						       /* Arabic beh, kasra */
	{"\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8", 9, 1, 10},			       /* see below */
	{"\x1B[", 1, 2, 4}, {"\xFF\xCC\x81", 1, 2, 4},
	{"a\xE2\x80\x8C", 4, 1, 9}, /* a non-joiner after a Latin letter shows */
	{"\xE2\x80\xAEz", 3, 2, 8}, /* an override */
};

static void clusters_end_where_unicode_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof cluster_cases / sizeof *cluster_cases; i++) {
		const struct cluster_case *want = &cluster_cases[i];
		const struct bk_str string = bk_str_of(want->bytes);

		assert_int_equal(bk_utf8_cluster(string), want->first);
		assert_int_equal(bk_utf8_count_clusters(string), want->count);
	}
}

static void widths_are_those_of_a_terminal_in_any_locale(void **state)
{
	static const char *const locales[] = {"C", "C.UTF-8"};

	(void)state;
	for (size_t l = 0; l < 2; l++) {
		setlocale(LC_ALL, locales[l]);
		for (size_t i = 0; i < sizeof cluster_cases / sizeof *cluster_cases; i++) {
			const struct cluster_case *want = &cluster_cases[i];

			if (want->width == 10)
				continue;
			assert_int_equal(
				bk_utf8_width((struct bk_str){want->bytes, want->first}), want->width);
		}
	}
	setlocale(LC_ALL, "C");
	assert_int_equal(bk_utf8_width(BK_STR("\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8")), 2);
	assert_int_equal(bk_utf8_string_width(BK_STR("ab\xE4\xB8\xAD\x07")), 8);
}

/* Pieces that join, part and break in all ways; glued at random. */
static size_t random_text(unsigned *seed, char *out, size_t cap)
{
	static const char *const pieces[] = {"a", "[", " ", "\n", "\r", "\r\n", "e\xCC\x81", "\xCC\x81",
		"\xE2\x80\x8D", "\xF0\x9F\x91\xA9", "\xF0\x9F\x87\xAB", "\xE0\xA4\x95", "\xE0\xA4\xBE",
		"\xE1\x84\x80", "\xE1\x85\xA1", "\xD8\x80", "\xEA\xB0\x80", "\xFF", "\xE2\x82",
		"\xE4\xB8\xAD", "\xEF\xBB\xBF", "0", "\xEF\xB8\x8F"};
	size_t len = 0, piece;

	while (len + 8 < cap) {
		*seed = *seed * 1103515245 + 12345;
		piece = (*seed >> 16) % (sizeof pieces / sizeof *pieces);
		memcpy(out + len, pieces[piece], strlen(pieces[piece]));
		len += strlen(pieces[piece]);
		if ((*seed >> 8) % 40 == 0)
			break;
	}
	return len;
}

static void the_last_cluster_is_the_one_a_walk_from_the_start_ends_with(void **state)
{
	unsigned seed = 7;
	char bytes[400];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		const size_t len = random_text(&seed, bytes, sizeof bytes);
		const struct bk_str string = {bytes, len};
		size_t count = 0, last = 0, width = 0;

		for (size_t at = 0; at < len; count++) {
			last = at;
			at += bk_utf8_cluster(bk_str_skip(string, at));
			width += (size_t)bk_utf8_width((struct bk_str){bytes + last, at - last});
		}
		if (len && bk_utf8_last_cluster(string) != last)
			fail_msg("round %d: %zu instead of %zu", round, bk_utf8_last_cluster(string), last);
		assert_int_equal(bk_utf8_count_clusters(string), count);
		assert_int_equal(bk_utf8_string_width(string), width);
	}
}

static void a_cluster_has_at_most_256_bytes(void **state)
{
	struct bk_buf buf = BK_BUF_INIT;
	size_t walked = 0;

	(void)state;
	bk_buf_putc(&buf, 'a');
	for (int i = 0; i < 1000; i++)
		bk_buf_puts(&buf, "\xCC\x81");
	while (walked < buf.len) {
		const size_t size = bk_utf8_cluster(bk_str_skip(bk_buf_str(&buf), walked));

		assert_in_range(size, 1, 256);
		walked += size;
	}
	assert_int_equal(bk_utf8_count_clusters(bk_buf_str(&buf)), 8);
	bk_buf_release(&buf);
}

static void folding_ignores_case_in_any_script(void **state)
{
	struct bk_buf buf = BK_BUF_INIT;

	(void)state;
	bk_utf8_put_folded(&buf, BK_STR("PARTIE\xC3\x89 Stra\xC3\x9F"
					"e \xD0\x96\xFF"));
	assert_string_equal(bk_buf_string(&buf), "partie\xC3\xA9 strasse \xD0\xB6\xFF");
	bk_buf_release(&buf);
}

static void categories_are_those_of_unicode(void **state)
{
	(void)state;
	assert_true(bk_utf8_is_letter(0x416) && bk_utf8_is_upper(0x416) && !bk_utf8_is_upper(0x436));
	assert_true(bk_utf8_is_letter('a') && !bk_utf8_is_letter('1') && !bk_utf8_is_letter(BK_UTF8_BAD));
	assert_true(bk_utf8_is_digit(0x663) && bk_utf8_is_digit('7') && !bk_utf8_is_digit(0xB2));
	assert_true(bk_utf8_is_space(0xA0) && bk_utf8_is_space('\n') && !bk_utf8_is_space('x'));
	assert_true(bk_utf8_is_mark(0x301) && !bk_utf8_is_mark('a'));
	assert_int_equal(bk_utf8_to_upper(0xE9), 0xC9);
	assert_int_equal(bk_utf8_to_lower(0x416), 0x436);
}

static void what_hides_becomes_a_visible_mark(void **state)
{
	struct bk_buf buf = BK_BUF_INIT;

	(void)state;
	bk_utf8_put_visible(
		&buf, BK_STR("a\x1B[31m\xE2\x80\xAE\xC2\x9B\xFF\r\n\t\xE2\x80\xA8\xF3\xA0\x80\xA1."), true);
	assert_string_equal(bk_buf_string(&buf), "a<1B>[31m<U+202E><U+009B><FF><0D>\n\t<U+2028><U+E0021>.");
	bk_buf_clear(&buf);
	bk_utf8_put_visible(&buf, BK_STR("\t\n\0x"), false);
	assert_string_equal(bk_buf_string(&buf), "<09><0A><00>x");
	bk_buf_clear(&buf);
	/* A non-joiner is spelling in Persian, and hides in English. */
	bk_utf8_put_visible(&buf, BK_STR("\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE a\xE2\x80\x8C"), false);
	assert_string_equal(bk_buf_string(&buf), "\xD9\x85\xDB\x8C\xE2\x80\x8C\xD8\xAE a<U+200C>");
	bk_buf_clear(&buf);
	/* A variation selector makes a sign a picture, and hides behind a letter, a mark or another selector. */
	bk_utf8_put_visible(&buf,
		BK_STR("\xE2\x9A\xA0\xEF\xB8\x8F a\xEF\xB8\x8F\xE2\x80\x8D\xE2\xA0\x80\xEF\xB8\x8F"), false);
	assert_string_equal(
		bk_buf_string(&buf), "\xE2\x9A\xA0\xEF\xB8\x8F a<U+FE0F><U+200D><U+2800><U+FE0F>");
	bk_buf_release(&buf);
}

/* Whatever goes in, what comes out holds no control, and is as wide as the widths say. */
static void nothing_but_marks_and_text_reaches_the_terminal(void **state)
{
	unsigned seed = 99;

	(void)state;
	for (int round = 0; round < 5000; round++) {
		struct bk_buf buf = BK_BUF_INIT;
		char bytes[64];
		struct bk_str out;

		for (size_t i = 0; i < sizeof bytes; i++) {
			seed = seed * 1103515245 + 12345;
			bytes[i] = (char)(seed >> 16);
		}
		bk_utf8_put_visible(&buf, (struct bk_str){bytes, sizeof bytes}, false);
		out = bk_buf_str(&buf);
		assert_int_equal(bk_utf8_valid_prefix(out), out.len);
		for (size_t at = 0, size; at < out.len; at += size)
			assert_int_equal(
				bk_utf8_hidden(bk_utf8_decode(bk_str_skip(out, at), &size), 0x628, 0), 0);
		bk_buf_release(&buf);
	}
}

static void look_alikes_of_latin_letters_are_known(void **state)
{
	(void)state;
	assert_int_equal(bk_utf8_latin_lookalike(0x430), 'a');
	assert_int_equal(bk_utf8_latin_lookalike(0x391), 'A');
	assert_int_equal(bk_utf8_latin_lookalike('a'), 0);
	assert_int_equal(bk_utf8_latin_lookalike(0x416), 0);
}

static void letters_and_accents_are_put_together_in_words_of_some_length(void **state)
{
	static const char bad[] = "e\xCC\x81\xFF";
	char room[256], longer[65];
	const struct bk_str long_word = {memset(longer, 'a', sizeof longer), sizeof longer};

	(void)state;
	assert_true(bk_str_equal(bk_utf8_composed(BK_STR("debera\xCC\x81"), room), BK_STR("deber\xC3\xA1")));
	assert_true(bk_str_equal(bk_utf8_composed(BK_STR("deber\xC3\xA1"), room), BK_STR("deber\xC3\xA1")));
	assert_true(bk_str_equal(bk_utf8_composed(BK_STR("shall"), room), BK_STR("shall")));
	assert_int_equal(bk_utf8_composed(BK_STR(""), room).len, 0);
	assert_true(bk_str_equal(bk_utf8_composed(long_word, room), long_word));
	assert_ptr_equal(bk_utf8_composed(bk_str_of(bad), room).ptr, bad);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_code_point_survives_encoding_and_decoding),
		cmocka_unit_test(a_byte_that_begins_no_sequence_is_bad_alone),
		cmocka_unit_test(the_valid_prefix_ends_at_the_first_bad_byte),
		cmocka_unit_test(ascii_is_checked_at_gigabytes_a_second),
		cmocka_unit_test(bad_bytes_are_put_as_replacement_characters),
		cmocka_unit_test(clusters_end_where_unicode_says),
		cmocka_unit_test(widths_are_those_of_a_terminal_in_any_locale),
		cmocka_unit_test(the_last_cluster_is_the_one_a_walk_from_the_start_ends_with),
		cmocka_unit_test(a_cluster_has_at_most_256_bytes),
		cmocka_unit_test(folding_ignores_case_in_any_script),
		cmocka_unit_test(letters_and_accents_are_put_together_in_words_of_some_length),
		cmocka_unit_test(categories_are_those_of_unicode),
		cmocka_unit_test(what_hides_becomes_a_visible_mark),
		cmocka_unit_test(nothing_but_marks_and_text_reaches_the_terminal),
		cmocka_unit_test(look_alikes_of_latin_letters_are_known),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
