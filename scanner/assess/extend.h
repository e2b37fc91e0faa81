/*
 * Policies that build on others: one mapping laid over another, and
 * parameters put in.  Works on the YAML, so that what comes out is read and
 * checked like any policy.
 */
#ifndef ASSESS_EXTEND_H
#define ASSESS_EXTEND_H

#include "assess/fields.h"

/*
 * The base with what `over` says laid over it, in the arena: of top-level
 * keys those of `over` win; `rules` are those of the base, each replaced by
 * one of the same id in `over`, and the further ones of `over` behind them;
 * `parameters` are those of both.
 */
const struct yaml *extend_merge(struct arena *a, const struct yaml *base,
				const struct yaml *over);
/*
 * The same with each scalar ${NAME} replaced by the parameter of that name;
 * one that is not there is reported.
 */
const struct yaml *extend_substitute(struct fields *f,
				     const struct yaml *root);

#endif
