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

struct rung_result {
	enum rung_state state;
	int32_t low_bp, high_bp; /* share; 0..10000; 0/10000 where not a sum */
	enum fact_confidence confidence; /* the weakest link of what decided */
	const size_t *chain;     /* fact indices, from the party of concern
				    (or list) down to the organisation */
	size_t chain_n;
};

struct ladder {
	struct rung_result rungs[RUNG_COUNT];
	/* Integrated (economic) ownership by parties of concern. */
	int32_t economic_low_bp, economic_high_bp;
};

/* What a policy asks the ladder for. */
struct concern {
	const struct str *jurisdictions; /* ISO codes, sorted */
	size_t jurisdictions_n;
	const struct str *lists;         /* list ids, sorted */
	size_t lists_n;
	int32_t as_of;                   /* the day that is judged */
};

/* One ladder per organisation of the facts, for one concern. */
struct ladders {
	struct ladder *v;
	size_t n;
};

/* "owned50" and so on, and back. */
const char *ladder_rung_name(enum rung r);
bool ladder_find_rung(struct str name, enum rung *ret);
/* "no", "possible", "proven". */
const char *ladder_state_name(enum rung_state s);

#endif
