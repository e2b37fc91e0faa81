/*
 * What waivers make of a verdict.  Each rule that is not met or unproven is
 * judged once more, as if what is waived for it were not there; nothing else
 * of the verdict changes.
 */
#ifndef ASSESS_WAIVE_H
#define ASSESS_WAIVE_H

#include "assess/policy.h"
#include "model/waiver.h"

/*
 * Sets waived_state, waivers and gate of the findings, and marks the waivers
 * that fit something as used.  A waiver never makes a state worse.
 */
void waive_findings(const struct scan *s, const struct policy *p,
		    struct waivers *w, struct verdict *v);
/* Reports waivers that hold and fit nothing of the run: RW1605. */
void waive_report_unused(const struct waivers *w, struct diags *ds);

#endif
