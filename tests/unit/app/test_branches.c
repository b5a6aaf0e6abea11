/* Whose a branch is, told by its name. */
#include "app/branches.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

static bk_roster *roster;

static void assert_party(const char *name, const char *code)
{
	const char *party = bk_branch_party(roster, name);

	if (!party != !code)
		fail_msg("'%s' is of %s", name, party ? party : "nobody");
	if (code)
		assert_string_equal(party, code);
}

static void behind_party_stands_a_party_in_any_spelling(void **state)
{
	(void)state;
	assert_party("party/EU", "EU");
	assert_party("party/eu", "EU");
	assert_party("origin/party/AOSIS", "AOSIS");
	assert_party("parties/new-zealand", "NZ");
	assert_party("Party/European_Union/second-reading", "EU");
	assert_party("party/nobody-at-all", NULL);
	assert_party("party", NULL);
	assert_party("party/", NULL);
}

static void else_the_last_part_is_the_code_of_one(void **state)
{
	(void)state;
	assert_party("EU", "EU");
	assert_party("origin/drafts/AOSIS", "AOSIS");
	assert_party("eu", NULL);
	assert_party("fix/it", NULL);
	assert_party("main", NULL);
	assert_party("", NULL);
	assert_party("EU/main", NULL);
}

static void what_git_lets_stand_behind_a_name_does_not_count(void **state)
{
	(void)state;
	assert_party("party/EU~2", "EU");
	assert_party("party/EU^", "EU");
	assert_party("EU@{1}", "EU");
}

static void a_branch_of_nobody_has_a_title(void **state)
{
	static const char *const titles[][2] = {{"main", "MAIN"}, {"origin/feature/second reading", "SECOND"},
		{"chair's_text", "CHAIR-S-TEXT"}, {"--", "BRANCH"}, {"", "BRANCH"},
		{"0123456789abcdef0123456789abcdef01234567", "0123456789"},
		{"a-name-that-is-longer-than-any-bracket-should-hold",
			"A-NAME-THAT-IS-LONGER-THAN-ANY-BRACKET"}};
	char title[BK_BRANCH_TITLE];

	(void)state;
	for (size_t i = 0; i < sizeof titles / sizeof *titles; i++) {
		bk_branch_title(titles[i][0], title);
		assert_string_equal(title, titles[i][1]);
	}
}

static int start(void **state)
{
	(void)state;
	return bk_roster_new(&roster, NULL, 0);
}

static int stop(void **state)
{
	(void)state;
	bk_roster_free(roster);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(behind_party_stands_a_party_in_any_spelling),
		cmocka_unit_test(else_the_last_part_is_the_code_of_one),
		cmocka_unit_test(what_git_lets_stand_behind_a_name_does_not_count),
		cmocka_unit_test(a_branch_of_nobody_has_a_title),
	};

	return cmocka_run_group_tests(tests, start, stop);
}
