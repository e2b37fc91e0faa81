/* What facts say against each other. */
#ifndef STORE_FACTS_CHECK_H
#define STORE_FACTS_CHECK_H

#include "base/diag.h"
#include "model/facts.h"

/*
 * Reports accepted rows that cannot hold together (RW1703): shares of one
 * organisation that are over 100 % on a day, two shares of one pair, a
 * controller of what has none, a host of two organisations, a name of two
 * organisations.  Changes nothing.  Rows must be indexed.
 */
void facts_check(const struct facts *f, struct diags *ds);

#endif
