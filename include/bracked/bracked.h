/* All of libbracked: the bracket editor for negotiated texts, as a library. */
#ifndef BRACKED_BRACKED_H
#define BRACKED_BRACKED_H

#include <bracked/compare.h>
#include <bracked/draft.h>
#include <bracked/error.h>
#include <bracked/ledger.h>
#include <bracked/merge.h>
#include <bracked/proposal.h>
#include <bracked/store.h>
#include <bracked/text.h>
#include <bracked/version.h>

#endif
