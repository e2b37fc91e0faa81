/* What the kinds of rules share: bounds, ranking and sentences. */
#ifndef ASSESS_MEASURE_H
#define ASSESS_MEASURE_H

#include "assess/decide.h"
#include "assess/rollup.h"
#include "assess/rules.h"

/* The components and bounds that a rule is about. */
struct rollup_query measure_query(const struct policy_rule *r);
/* Sets bounds, limit and the state that follows. */
void measure_set(const struct rule_input *in, struct finding *f,
		 int32_t low_bp, int32_t high_bp);
/* Ranks components by their keys, then the organisations in them; those of a
 * window are not kept apart and not named. */
void measure_decide(const struct rule_input *in, const uint64_t *keys,
		    struct finding *f);
/* The same for components that are past a limit, or may be. */
void measure_decide_past(const struct rule_input *in, int32_t limit_bp,
			 struct finding *f);

/* A sentence is built of these: "At most 9 % of "; "commits of the last 12
 * months"; ": within the limit of 10 %."; and, where they would settle the
 * rule, what the records without citation say. */
void measure_write_bounds(struct strbuf *b, const struct finding *f);
void measure_write_noun(struct strbuf *b, const struct policy_rule *r);
void measure_write_limit(struct strbuf *b, const struct finding *f);
void measure_write_on_b(struct strbuf *b, const struct finding *f,
			int32_t low_bp, int32_t high_bp);
/* "12 components". */
void measure_write_count(struct strbuf *b, size_t components);
/* Moves a sentence into the arena as the reason. */
void measure_reason(struct strbuf *b, struct arena *a, struct finding *f);

#endif
