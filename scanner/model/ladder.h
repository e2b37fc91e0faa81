/*
 * The control ladder of method.md section 3: for one organisation, at a date,
 * for a set of jurisdictions and lists, which rungs hold and by which chain.
 */
#ifndef MODEL_LADDER_H
#define MODEL_LADDER_H

#include "model/facts.h"

#define RUNGS(X) \
	X(RUNG_LISTED, "listed") X(RUNG_AFFILIATE, "affiliate") \
	X(RUNG_OWNED50, "owned50") X(RUNG_CONTROLLED, "controlled") \
	X(RUNG_OWNED25, "owned25") X(RUNG_OWNED10, "owned10") \
	X(RUNG_OWNED5, "owned5") X(RUNG_STATE, "state") \
	X(RUNG_ESTABLISHED, "established") X(RUNG_LOCATED, "located") \
	X(RUNG_UNKNOWN, "unknown")
#define RUNG_ENUM(id, name) id,
enum rung { RUNGS(RUNG_ENUM) RUNG_COUNT };
#undef RUNG_ENUM

enum rung_state { RUNG_NO, RUNG_POSSIBLE, RUNG_PROVEN };

/*
 * Whether a rung holds.  `state` is what accepted rows prove: `proven` rests
 * on rows of confidence A alone, `no` on rows of at least `confidence`.
 * `state_on_b` is what would hold if the rows of confidence B were cited, too;
 * where it differs from what the A rows prove alone, `confidence` is B:
 *
 *   A rows alone   with B rows    state     state_on_b  confidence
 *   proven         proven         proven    proven      A
 *   no             no             no        no          A
 *   possible       possible       possible  possible    A
 *   possible       no             no        no          B
 *   possible       proven         possible  proven      B
 *   proven or no   anything else  possible  as B says   B
 *
 * So B rows never prove a rung, and never settle one against the A rows.
 * Rows of confidence C, disputed and withdrawn ones decide nothing.
 */
struct rung_result {
	enum rung_state state, state_on_b;
	enum fact_confidence confidence;
	/* The share that `state` follows from; 0..10000; 0/10000 where it is
	 * not a sum.  A bound that is not reached is shown as the next basis
	 * point: more than 50 % as 5001, less than 50 % as 4999. */
	int32_t low_bp, high_bp;
	/* The shortest proof, as fact indices, from the party of concern (or
	 * list) down to the organisation; of a `no`, the rows that rule it
	 * out.  At most LIMIT_CHAIN rows: of a longer one the last. */
	const size_t *chain;
	size_t chain_n;
};

struct ladder {
	struct rung_result rungs[RUNG_COUNT];
	/* Integrated (economic) ownership by parties of concern, from rows of
	 * confidence A, and with those of confidence B. */
	int32_t economic_low_bp, economic_high_bp;
	int32_t economic_on_b_low_bp, economic_on_b_high_bp;
};

/* What a policy asks the ladder for. */
struct concern {
	const struct str *jurisdictions; /* ISO codes, sorted */
	size_t jurisdictions_n;
	const struct str *lists;         /* list ids, sorted */
	size_t lists_n;
	int32_t as_of;                   /* the day that is judged */
};

/* Per organisation of the facts its ladder for one concern, or NULL where
 * nobody asked for it: of millions few are needed. */
struct ladders {
	const struct ladder **v;
	size_t n;
};

/* "owned50" and so on. */
const char *ladder_rung_name(enum rung r);
/* "no", "possible", "proven". */
const char *ladder_state_name(enum rung_state s);

#endif
