/* Proposals as JSON and as a line of words: see proposed.h. */
#include "app/proposed.h"

#include "app/subject.h"

/* An alternative of a split as it would read: its own words with those that all share. */
static void put_alternative(
	const struct bk_session *session, const struct bk_proposal *proposal, size_t part, struct bk_buf *out)
{
	const struct bk_span spans[] = {proposal->before, proposal->parts[part], proposal->after};
	const size_t from = out->len, last = proposal->part_count - 1;
	/* Blanks stand where they stand in the text. */
	const bool apart[] = {false, (proposal->before.end < proposal->parts[0].start),
		(proposal->after.start > proposal->parts[last].end)};

	for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
		const struct bk_str words = bk_subject_bytes(session, spans[i]);

		if (words.len && out->len > from && apart[i])
			bk_buf_putc(out, ' ');
		bk_buf_put(out, words.ptr, words.len);
	}
}

static void set_span(bk_json *object, struct bk_span span)
{
	bk_json_set_size(object, "start", span.start);
	bk_json_set_size(object, "end", span.end);
}

static void set_split(const struct bk_session *session, const struct bk_proposal *proposal, bk_json *object)
{
	bk_json *alternatives = bk_json_array();

	for (size_t i = 0; i < proposal->part_count; i++) {
		struct bk_buf words = BK_BUF_INIT;
		bk_json *part = bk_json_object();

		set_span(part, proposal->parts[i]);
		put_alternative(session, proposal, i, &words);
		bk_json_set_text(part, "text", bk_buf_str(&words));
		bk_json_add(alternatives, part);
		bk_buf_release(&words);
	}
	bk_json_set(object, "alternatives", alternatives);
}

static void set_repeat(const struct bk_session *session, const struct bk_proposal *proposal, bk_json *object)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);

	bk_json_set_string(object, "like", brackets[proposal->like].id);
	if (proposal->has_class)
		bk_json_set_string(object, "class", bk_class_name((enum bk_class)proposal->class));
	if (proposal->choice != BK_CHOICE_NONE)
		bk_json_set_string(object, "choice", bk_choice_name((enum bk_choice)proposal->choice));
}

static bk_json *object_of(const struct bk_session *session, const struct bk_proposal *proposal)
{
	bk_json *object = bk_json_object();

	bk_json_set_string(object, "kind", bk_proposal_kind_name((enum bk_proposal_kind)proposal->kind));
	if (proposal->kind == BK_PROPOSAL_TAIL)
		set_span(object, proposal->after);
	if (proposal->kind == BK_PROPOSAL_SPLIT)
		set_split(session, proposal, object);
	if (proposal->kind == BK_PROPOSAL_REPEAT)
		set_repeat(session, proposal, object);
	return object;
}

void bk_proposed_set_bracket(const struct bk_session *session, uint32_t bracket, bk_json *object)
{
	struct bk_proposal proposals[BK_PROPOSALS_MAX];
	const size_t count = bk_bracket_proposals(session->draft, bracket, proposals);
	bk_json *array = count ? bk_json_array() : NULL;

	for (size_t i = 0; i < count; i++)
		bk_json_add(array, object_of(session, &proposals[i]));
	if (count)
		bk_json_set(object, "proposed", array);
}

void bk_proposed_set_node(const struct bk_session *session, uint32_t node, bk_json *object)
{
	struct bk_proposal proposal;
	bk_json *array;

	if (!bk_node_proposal(session->draft, node, &proposal))
		return;
	array = bk_json_array();
	bk_json_add(array, object_of(session, &proposal));
	bk_json_set(object, "proposed", array);
}

void bk_proposed_say(const struct bk_session *session, const struct bk_proposal *proposal, struct bk_buf *out)
{
	size_t count;
	const struct bk_bracket *brackets = bk_draft_brackets(session->draft, &count);

	switch ((enum bk_proposal_kind)proposal->kind) {
	case BK_PROPOSAL_SPLIT:
		for (size_t i = 0; i < proposal->part_count; i++) {
			bk_buf_puts(out, i ? " | " : "a split: ");
			put_alternative(session, proposal, i, out);
		}
		break;
	case BK_PROPOSAL_NOTE: bk_buf_puts(out, "a note, since it stands in a footnote"); break;
	case BK_PROPOSAL_REPEAT:
		if (proposal->has_class)
			bk_buf_puts(out, bk_class_name((enum bk_class)proposal->class));
		if (proposal->choice != BK_CHOICE_NONE)
			bk_buf_printf(out, "%s%s", proposal->has_class ? ", " : "",
				bk_choice_name((enum bk_choice)proposal->choice));
		bk_buf_printf(out, ", as was said of %s", brackets[proposal->like].id);
		break;
	case BK_PROPOSAL_TAIL: bk_buf_puts(out, "text of all options"); break;
	}
}

void bk_proposed_print(struct bk_output *output, const struct bk_session *session, uint32_t bracket)
{
	struct bk_proposal proposals[BK_PROPOSALS_MAX];
	const size_t count = bk_bracket_proposals(session->draft, bracket, proposals);

	for (size_t i = 0; i < count; i++) {
		struct bk_buf words = BK_BUF_INIT;

		bk_buf_puts(&words, "proposed: ");
		bk_proposed_say(session, &proposals[i], &words);
		bk_output_printf(output, "%17s", "");
		bk_output_excerpt(output, BK_INK_FAINT, bk_buf_str(&words), 90);
		bk_output_puts(output, "\n");
		bk_buf_release(&words);
	}
}
