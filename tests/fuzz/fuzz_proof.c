/* Any bytes are a proof or are refused with a message; what is read of one keeps what merge.h promises. */
#include "fuzz.h"

#include <bracked/merge.h>

static void look(const bk_proof *proof)
{
	size_t count, proposal_count, party_count, of_places = 0;
	const struct bk_proof_place *places = bk_proof_places(proof, &count);
	const struct bk_proof_proposal *proposals = bk_proof_proposals(proof, &proposal_count);

	bk_proof_parties(proof, &party_count);
	for (size_t i = 0; i < count; i++) {
		stop_if(i > 0 && places[i].out.span.start < places[i - 1].out.span.start,
			"places are in order");
		stop_if(places[i].out.span.end < places[i].out.span.start, "a span has a start and an end");
		stop_if(places[i].first + places[i].proposal_count > proposal_count, "proposals are there");
		for (size_t j = 0; j < places[i].proposal_count; j++)
			stop_if(proposals[places[i].first + j].place != i,
				"proposals are those of the place");
		of_places += places[i].proposal_count;
	}
	for (size_t i = 0; i < proposal_count; i++) {
		stop_if(proposals[i].party >= party_count, "a proposal is that of a party");
		stop_if(proposals[i].place == BK_NONE ? i < of_places : proposals[i].place >= count,
			"a proposal stands at a place, or is left");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	bk_proof *proof = NULL;
	char *bytes = NULL;
	size_t len;

	if (bk_proof_parse(&proof, (const char *)data, size, "proof") != BK_OK) {
		stop_if(!*bk_error_message() || proof, "a refusal has a message and gives nothing");
		return 0;
	}
	if (bk_proof_read(proof) != BK_OK)
		stop_if(!*bk_error_message(), "a refusal has a message");
	look(proof);
	if (bk_proof_recover(proof, "base", (const char *)data, size, &bytes, &len) == BK_OK)
		bk_proof_free_bytes(bytes);
	bk_proof_free(proof);
	return 0;
}
