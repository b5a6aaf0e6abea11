/*
 * bracked textconv: a draft as clauses, for git to compare line by line.
 *
 * It never fails: git would give up all of what it shows.  What cannot be read is said in the answer.
 */
#include "app/clause.h"
#include "app/handed.h"
#include "app/subject.h"
#include "base/error.h"

static int put_answer(struct bk_invocation *invocation, const struct bk_handed *handed)
{
	struct bk_buf clauses = BK_BUF_INIT;
	char name[41];
	int status = BK_OK;

	if (handed->kind == BK_HANDED_BINARY) {
		bk_blob_name(handed->bytes.ptr, handed->bytes.len, name);
		bk_output_printf(invocation->output, "no text: %zu bytes, %s\n", handed->bytes.len, name);
		return BK_OK;
	}
	status = bk_clauses_put(handed->draft, &clauses);
	if (status == BK_OK)
		bk_output_bytes(invocation->output, bk_buf_str(&clauses));
	bk_buf_release(&clauses);
	return status;
}

static int run(struct bk_invocation *invocation)
{
	struct bk_handing handing;
	struct bk_handed handed = {0};
	int status;

	if (invocation->arg_count != 1)
		return bk_subject_usage(invocation);
	status = bk_handing_init(&handing, &invocation->session);
	if (status == BK_OK)
		status = bk_handed_read(&handed, &handing, invocation->args[0]);
	if (status == BK_OK)
		status = put_answer(invocation, &handed);
	if (status < 0)
		bk_output_printf(invocation->output, "%s\n", bk_error_message());
	bk_handed_release(&handed);
	bk_handing_release(&handing);
	return BK_EXIT_OK;
}

const struct bk_command bk_cmd_textconv = {
	.name = "textconv",
	.group = "For git",
	.summary = "print a draft as clauses, a line each, for git to compare",
	.arguments = "FILE",
	.examples = {"bracked textconv outcome.txt", "bracked textconv drafts/annex.md"},
	.run = run,
};
