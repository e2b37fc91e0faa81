/*
 * The waivers file (ranwhence-waivers(5)).  Strict: a waiver that is not
 * understood waives nothing and stops the run.
 */
#ifndef ASSESS_WAIVERS_H
#define ASSESS_WAIVERS_H

#include "base/diag.h"
#include "model/facts.h"
#include "model/waiver.h"

/* The longest that a waiver may hold: a year, leap or not. */
#define WAIVERS_DAYS 366

/*
 * Adds the waivers of a file for a day of judgement.  All that is wrong is
 * RW1603 with line and column, and ERR_CONFIG then; an expired one is RW1604
 * and one that does not hold yet RW1605, and both are kept.
 */
NODISCARD enum err waivers_parse(struct str bytes, struct str path,
				 int32_t as_of, struct diags *ds,
				 struct waivers *ret);
/* Frees everything; empty and usable again. */
void waivers_release(struct waivers *w);

#endif
