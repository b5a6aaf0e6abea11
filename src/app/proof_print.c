/* Proposals as lines of CSV, with what they replace and why some do not stand: see proof_print.h. */
#include "app/proof_print.h"

#include "app/proof_move.h"
#include "base/error.h"

#include <stdio.h>

static void put_number(struct bk_output *output, size_t number)
{
	char cell[32];

	snprintf(cell, sizeof cell, "%zu", number);
	bk_output_csv(output, bk_str_of(cell), false);
}

/* Who else wants just this. */
static int put_with(struct bk_output *output, const bk_proof *proof, size_t index)
{
	struct bk_buf with = BK_BUF_INIT;
	const char *party;
	int status;

	for (size_t i = 0; (party = bk_proof_companion(proof, index, i)); i++)
		bk_buf_printf(&with, "%s%s", i ? ", " : "", party);
	status = bk_buf_status(&with);
	if (status == BK_OK)
		bk_output_csv(output, bk_buf_str(&with), false);
	bk_buf_release(&with);
	return status;
}

/* The words of the base that it speaks of: its part of what the base says at the place. */
static struct bk_str part_of_base(const bk_proof *proof, const struct bk_proof_proposal *proposal)
{
	const struct bk_span span = proposal->base.span;
	const struct bk_proof_place *place;
	size_t count, start;

	if (proposal->place == BK_NONE)
		return BK_STR("");
	place = &bk_proof_places(proof, &count)[proposal->place];
	start = place->base.span.start;
	if (span.start < start || span.end - start > place->len)
		return (struct bk_str){place->words, place->len};
	return (struct bk_str){place->words + (span.start - start), span.end - span.start};
}

/* What it proposes, or what it would have deleted. */
static struct bk_str words_of(const bk_proof *proof, const struct bk_proof_proposal *proposal)
{
	return proposal->act == BK_MERGE_DELETE && !proposal->len
		       ? part_of_base(proof, proposal)
		       : (struct bk_str){proposal->words, proposal->len};
}

/* The words of the base that it is to replace. */
static struct bk_str replaced_by(const bk_proof *proof, const struct bk_proof_proposal *proposal)
{
	return proposal->act == BK_MERGE_REPLACE ? part_of_base(proof, proposal) : BK_STR("");
}

/* Why it does not stand in the compilation. */
static const char *why(const struct bk_proof_proposal *proposal)
{
	if (proposal->fate != BK_MERGE_LEFT)
		return "";
	switch (proposal->act) {
	case BK_MERGE_LAYOUT: return "only blanks and line ends differ: those of the base stand";
	case BK_MERGE_REPLACE: return "only names differ, or how they are written: those of the base stand";
	default: return "it is the party's name, which stands beside its words";
	}
}

static int put_proposal(struct bk_output *output, const bk_proof *proof, size_t index)
{
	size_t count, parties;
	const struct bk_proof_proposal *it = &bk_proof_proposals(proof, &count)[index];
	int status;

	bk_output_csv(output, bk_str_of(bk_proof_parties(proof, &parties)[it->party]), false);
	bk_output_csv(output, bk_str_of(bk_merge_act_name(it->act)), false);
	bk_output_csv(output, bk_str_of(bk_merge_fate_name(it->fate)), false);
	bk_output_csv(output, words_of(proof, it), false);
	bk_output_csv(output, replaced_by(proof, it), false);
	bk_output_csv(output, bk_str_of(bk_proof_file_name(proof, it->party)), false);
	put_number(output, it->file.line);
	put_number(output, it->base.line);
	put_number(output, it->out.line);
	status = put_with(output, proof, index);
	bk_output_csv(output, bk_str_of(why(it)), true);
	return status;
}

int bk_proof_print_proposals(struct bk_output *output, const bk_proof *proof, uint32_t party)
{
	static const char *const header[] = {"party", "act", "fate", "words", "in place of", "file",
		"line in file", "line in base", "line in compilation", "with", "why not"};
	size_t count;
	const struct bk_proof_proposal *all = bk_proof_proposals(proof, &count);
	bk_proof_moves moves = {0};
	int status = bk_proof_moves_list(proof, &moves);

	for (size_t i = 0; i < sizeof header / sizeof *header; i++)
		bk_output_csv(output, bk_str_of(header[i]), i + 1 == sizeof header / sizeof *header);
	for (size_t i = 0; i < count && status == BK_OK; i++)
		if ((party == BK_NONE || all[i].party == party) &&
			!bk_proof_moves_find(proof, &moves, &all[i]))
			status = put_proposal(output, proof, i);
	BK_VEC_RELEASE(&moves);
	return status;
}
