/*
 * What a verdict is to the exit code: findings that the baseline already had,
 * or that are less than what the user asked to fail on, are set aside.  They
 * stay in the verdict and in every report.
 */
#ifndef ASSESS_GATE_H
#define ASSESS_GATE_H

#include "assess/policy.h"
#include "store/report_file.h"

struct gate_options {
	bool never;              /* fail on no verdict at all */
	enum severity least;     /* fail on rules of at least this severity */
	enum rule_state unproven; /* what an unproven rule is: itself, not
				    met, or met */
	const struct report_file *baseline; /* or NULL */
};

/* What holds where the user asks for nothing. */
struct gate_options gate_usual(void);
/*
 * Reads "high", "unproven", "not-met", "never", or several joined by commas.
 * ERR_CONFIG when a word is not known or words exclude each other.
 */
NODISCARD enum err gate_parse(struct str text, struct gate_options *ret);
/*
 * Is a verdict on the same policy in the baseline?  ERR_CONFIG after RW1606
 * when there is none, or the policy was another.
 */
NODISCARD enum err gate_check(const struct gate_options *o,
			      const struct policy *p, struct diags *ds);
/* Sets aside and gate of all findings, then the verdict's gate. */
void gate_close(const struct scan *s, const struct gate_options *o,
		struct verdict *v);

#endif
