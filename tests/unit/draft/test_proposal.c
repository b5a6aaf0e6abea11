/* What the notation proposes and does not take: slashes, notes in footnotes, repeats of a person's word,
 * tails. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <bracked/proposal.h>
#include <cmocka.h>

#include "sample.h"

/* "before<part|part>after" of a split, "note", "repeat", parted by blanks; "" when nothing is proposed. */
static void put(const char *text, const bk_draft *draft, uint32_t index, char *out, size_t size)
{
	struct bk_proposal proposals[BK_PROPOSALS_MAX];
	const size_t count = bk_bracket_proposals(draft, index, proposals);
	size_t len = 0;

	out[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		const struct bk_proposal *p = &proposals[i];

		if (p->kind != BK_PROPOSAL_SPLIT) {
			len += (size_t)snprintf(out + len, size - len, "%s%s", i ? " " : "",
				bk_proposal_kind_name((enum bk_proposal_kind)p->kind));
			continue;
		}
		len += (size_t)snprintf(out + len, size - len, "%.*s<",
			(int)(p->before.end - p->before.start), text + p->before.start);
		for (size_t j = 0; j < p->part_count; j++)
			len += (size_t)snprintf(out + len, size - len, "%s%.*s", j ? "|" : "",
				(int)(p->parts[j].end - p->parts[j].start), text + p->parts[j].start);
		len += (size_t)snprintf(out + len, size - len, ">%.*s", (int)(p->after.end - p->after.start),
			text + p->after.start);
	}
}

static void proposes(const char *text, const char *wanted)
{
	bk_draft *draft = sample(text);
	char got[200];

	put(text, draft, 0, got, sizeof got);
	assert_string_equal(got, wanted);
	bk_draft_free(draft);
}

static void parts_that_share_a_tail_or_a_head_are_proposed(void **state)
{
	(void)state;
	proposes("[developed / developing countries] act", "<developed|developing>countries");
	proposes("[developed/developing countries] act", "<developed|developing>countries");
	proposes("[in the next/following session] act", "in the<next|following>session");
	proposes("[developing countries / Parties] act", "developing<countries|Parties>");
	proposes("[national / regional / global level] act", "<national|regional|global>level");
}

static void a_slash_that_reaches_out_of_its_bracket_is_proposed(void **state)
{
	(void)state;
	proposes("Parties [shall /] should act", "<shall|should>");
	proposes("Parties [shall/] should act", "<shall|should>");
	proposes("Parties may [/ shall] act", "<may|shall>");
}

static void what_is_taken_or_means_something_else_is_not(void **state)
{
	(void)state;
	proposes("[shall / should] act", "");
	proposes("[shall/should] act", "");
	proposes("[and/or ships] act", "");
	proposes("[60 km/h at sea] act", "");
	proposes("[EU/US: the fund] act", "");
	proposes("[the EU/US fund] act", "");
	proposes("[see https://example.org/a b] act", "");
	proposes("[a whole clause / another whole clause] act", "");
}

static void a_bracket_in_a_footnotes_text_is_proposed_as_a_note(void **state)
{
	const char text[] = "Parties act[^1].\n\n[^1]: The fund [to cover costs] of acts.\n";
	bk_draft *draft = sample(text);
	char got[200];

	(void)state;
	put(text, draft, 2, got, sizeof got);
	assert_string_equal(got, "note");
	assert_int_equal(nth(draft, 2)->class, BK_CLASS_NOTE);
	bk_draft_free(draft);
}

static void a_persons_word_is_offered_for_repeats_of_the_pair(void **state)
{
	const char text[] = "1. [new] [old] rope\n2. [new] [old] nets\n3. [new] [red] oars\n4. [new] paint\n";
	const struct bk_override word = {.start = 3, .has_choice = true, .choice = BK_CHOICE_INDEPENDENT};
	const struct bk_draft_options options = {
		.names = test_names(), .overrides = &word, .override_count = 1};
	bk_draft *draft = sample_with(text, &options);
	static const char *const wanted[] = {"", "", "repeat", "", "", "", ""};

	(void)state;
	for (uint32_t i = 0; i < 7; i++) {
		char got[200];

		put(text, draft, i, got, sizeof got);
		assert_string_equal(got, wanted[i]);
	}
	bk_draft_free(draft);
}

static void a_persons_class_is_offered_for_the_same_words(void **state)
{
	const char text[] = "1. [see above] rope\n2. [see above] nets\n3. [see below] nets\n";
	const struct bk_override word = {.start = 3, .has_class = true, .class = BK_CLASS_DISPUTED};
	const struct bk_draft_options options = {
		.names = test_names(), .overrides = &word, .override_count = 1};
	bk_draft *draft = sample_with(text, &options);
	struct bk_proposal proposals[BK_PROPOSALS_MAX];
	const bool differs = nth(draft, 1)->class != BK_CLASS_DISPUTED;

	(void)state;
	assert_int_equal(bk_bracket_proposals(draft, 0, proposals), 0);
	assert_int_equal(bk_bracket_proposals(draft, 1, proposals), differs);
	if (differs) {
		assert_true(proposals[0].has_class && proposals[0].class == BK_CLASS_DISPUTED);
		assert_int_equal(proposals[0].like, 0);
	}
	assert_int_equal(bk_bracket_proposals(draft, 2, proposals), 0);
	bk_draft_free(draft);
}

/* The tail proposed for the last option of text; "" for none, and never for one that is not the last. */
static void has_tail(const char *text, const char *wanted)
{
	bk_draft *draft = sample(text);
	struct bk_proposal proposal;
	size_t count, found = 0;
	const struct bk_node *nodes = bk_draft_nodes(draft, &count);

	for (uint32_t i = 0; i < count; i++) {
		if (!bk_node_proposal(draft, i, &proposal))
			continue;
		found++;
		assert_int_equal(nodes[i].kind, BK_NODE_OPTION);
		assert_int_equal(proposal.after.end - proposal.after.start, strlen(wanted));
		assert_memory_equal(text + proposal.after.start, wanted, strlen(wanted));
	}
	assert_int_equal(found, wanted[0] != '\0');
	bk_draft_free(draft);
}

static void outdented_text_that_goes_on_belongs_to_all_options(void **state)
{
	(void)state;
	has_tail("Parties shall send\n\n  Option 1: a report\n\n  Option 2: a plan\n\nby May.\n\nMore.\n",
		"by May.");
	has_tail("Parties shall send\n\n  Option 1: a report\n\n  Option 2: a plan\n\nMore.\n", "");
	has_tail("Option 1: a report\n\nOption 2: a plan\n\nby May.\n", "");
}

static void text_below_headers_without_text_belongs_to_all_options(void **state)
{
	(void)state;
	has_tail("Option 1:\n\nOption 2:\n\nParties act.\n", "Parties act.");
	has_tail("Option 1: rope\n\nOption 2:\n\nParties act.\n", "");
	has_tail("Option 1:\n\nParties act.\n", "");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parts_that_share_a_tail_or_a_head_are_proposed),
		cmocka_unit_test(a_slash_that_reaches_out_of_its_bracket_is_proposed),
		cmocka_unit_test(what_is_taken_or_means_something_else_is_not),
		cmocka_unit_test(a_bracket_in_a_footnotes_text_is_proposed_as_a_note),
		cmocka_unit_test(a_persons_word_is_offered_for_repeats_of_the_pair),
		cmocka_unit_test(a_persons_class_is_offered_for_the_same_words),
		cmocka_unit_test(outdented_text_that_goes_on_belongs_to_all_options),
		cmocka_unit_test(text_below_headers_without_text_belongs_to_all_options),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
