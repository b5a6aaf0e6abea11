/* Proposals about brackets and families of options, for programs and in words. */
#ifndef BRACKED_APP_PROPOSED_H
#define BRACKED_APP_PROPOSED_H

#include "app/output.h"
#include "app/session.h"
#include "base/buf.h"
#include "base/json.h"

#include <bracked/proposal.h>

/* Set "proposed" of a line about it, an array of objects, where something is. */
void bk_proposed_set_bracket(const struct bk_session *session, uint32_t bracket, bk_json *object);
void bk_proposed_set_node(const struct bk_session *session, uint32_t node, bk_json *object);
/* A line for people for each proposal about a bracket. */
void bk_proposed_print(struct bk_output *output, const struct bk_session *session, uint32_t bracket);

/* "a split: developed countries | developing countries" */
void bk_proposed_say(
	const struct bk_session *session, const struct bk_proposal *proposal, struct bk_buf *out);

#endif
