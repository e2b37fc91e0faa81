/*
 * What one policy says of one scan: influence per component and axis,
 * roll-ups, and a state for each rule.  Integers only; shares in basis points.
 * Filled by assess/, read by the reporters.
 */
#ifndef MODEL_VERDICT_H
#define MODEL_VERDICT_H

#include "model/held.h"
#include "model/ladder.h"
#include "model/scan.h"
#include "model/truck.h"

#define AXES(X) \
	X(AXIS_COMMITS, "commits") X(AXIS_CHURN, "churn") \
	X(AXIS_SURVIVING, "surviving") X(AXIS_REVIEW, "review") \
	X(AXIS_STEWARDSHIP, "stewardship") X(AXIS_SUPPLY, "supply")
#define AXIS_ENUM(id, name) id,
enum axis { AXES(AXIS_ENUM) AXIS_COUNT };
#undef AXIS_ENUM

/* Where an organisation stands under a policy. */
enum standing {
	STANDING_OTHER,    /* no rung of concern can hold */
	STANDING_UNKNOWN,  /* one may hold, none is proven */
	STANDING_CONCERN   /* one is proven */
};

struct org_standing {
	enum standing standing; /* on the evidence that the policy demands */
	enum standing on_b;     /* if rows of confidence B were cited, too */
	enum rung rung;    /* the first of the policy's rungs that decided */
	enum fact_confidence confidence; /* of what decided */
};

/*
 * Units counted on one axis of one component.  A unit is `concern` or `other`
 * only where the row that names its organisation and the rungs that judge
 * that organisation have the confidence that the policy demands (A);
 * otherwise it is `unknown`, so that uncited rows never move a bound.
 */
struct tally {
	bool is_observed;  /* false: no data, or only a part of it was read;
			      the interval is 0 to 100 % */
	uint64_t concern, other, unknown, excluded;
	uint64_t on_b;         /* part of `unknown` that rows of confidence
				  B, if cited, would settle as other */
	uint64_t concern_on_b; /* ... as concern */
	int32_t low_bp, high_bp; /* floor and ceiling; 0..10000 */
	int32_t on_b_low_bp, on_b_high_bp; /* if those rows were cited */
};

/*
 * Part of a component by one organisation or unknown host.  Units of one
 * organisation that stand differently (its hosts are not equally sure) are
 * rows of their own, so that rows add up to the tallies.
 */
struct contribution {
	size_t organisation; /* SIZE_MAX for an unknown host */
	struct str host;     /* of unknown hosts, or a name as printed */
	enum host_class class;
	enum standing standing; /* as the units are counted */
	enum standing on_b;     /* if rows of confidence B were cited */
	enum fact_confidence confidence; /* of the row that names the
					    organisation; 0: none does */
	uint64_t units[AXIS_COUNT];
};

enum window { WINDOW_ALL, WINDOW_24, WINDOW_12, WINDOW_COUNT };

/* Over how many organisations the units of an axis are spread. */
struct spread {
	uint64_t known;       /* organisations that are known to have any */
	bool is_all_known;    /* there are no others */
	/* Fewest organisations that hold half: at least, and at most; 0 =
	 * none of it is known, or no bound. */
	uint64_t elephant_low, elephant_high;
	int32_t hhi_low_bp, hhi_high_bp; /* 10000 = one holds all */
};

/* Files of source at the head. */
struct owned {
	bool is_known;
	/* Those in which the organisations of concern together hold most of
	 * the lines; if rows of confidence B were cited. */
	struct ownership_majority concern, on_b;
	struct truck truck;
};

struct component_score {
	size_t component;
	enum function function;  /* its own, else of the product it serves */
	int32_t weight;          /* of the function; 0: does not count, or
				    only with another (joint) */
	int32_t weight_alone;    /* the same where each is looked at by
				    itself */
	size_t joint;            /* 0: it counts by itself; else 1 + the place
				    of its group in verdict.joints */
	/* AXIS_COUNT tallies each; [WINDOW_ALL] is `axes`.  Only commits,
	 * churn and review are dated: the other axes are not observed in a
	 * window of 24 or 12 months. */
	const struct tally *axes;
	const struct tally *windows[WINDOW_COUNT];
	int32_t low_bp, high_bp; /* weighted over the axes */
	int32_t on_b_low_bp, on_b_high_bp;
	int32_t coverage_bp;     /* weight of the axes that are observed */
	bool has_data;           /* an axis is observed */
	bool is_claimed;         /* its history may be another's: it counts as
				    rows of confidence B do, and not in the
				    coverage */
	bool is_incomplete;      /* its history was read in part */
	struct str why;          /* what keeps its history from being known
				    (half a sentence), else "" */
	struct spread spread[AXIS_COUNT];
	struct owned owned;
	/* Known organisations with a commit in each window. */
	uint64_t organisations[WINDOW_COUNT];
	VEC(struct contribution) by; /* greatest first */
	size_t parent; /* the component before it on a shortest way from a
			  root; SIZE_MAX for a root or where there is none */
	size_t product; /* the root that this way begins at; SIZE_MAX where
			   there is none */
	int32_t in_service; /* of the product; 0: not said */
};

/*
 * Components that have commits of each other, and count as one in all means:
 * as one history that has all their commits, of trees that are all there.
 * The first of them has the weight of all.
 */
struct joint_score {
	struct component_score score; /* component: the first */
	VEC(size_t) components;       /* the longest history first */
};

/* Over the components, for one axis or the headline. */
struct rollup {
	int32_t exposure_low_bp, exposure_high_bp;
	int32_t exposure_on_b_low_bp, exposure_on_b_high_bp;
	int32_t peak_low_bp, peak_high_bp;
	int32_t breadth_low_bp, breadth_high_bp;
	size_t peak_component;
};

/* The same over the components that serve one network function. */
struct function_rollup {
	enum function function; /* FUNCTION_NONE: none is named */
	uint64_t components;
	struct rollup all;      /* over all axes, weighted */
};

/* What was done in one year, in all components that count together: each
 * history once, unweighted.  Only commits, churn and review are dated. */
struct year_tally {
	int32_t year;
	struct tally axes[AXIS_COUNT];
};

enum rule_state { RULE_MET, RULE_NOT_MET, RULE_UNPROVEN,
		  RULE_NOT_APPLICABLE };

/* Why a rule that is broken or unproven does not fail the run. */
enum set_aside {
	ASIDE_NONE,
	ASIDE_WAIVED, /* somebody answers for it */
	ASIDE_KNOWN,  /* it was so in the baseline */
	ASIDE_MINOR   /* less than what the run was asked to fail on */
};

struct finding {
	struct str rule;       /* id, e.g. "EU5G-SM03-COMMITS" */
	struct str title, clause, severity, kind;
	struct str axis;       /* "" where the kind has none */
	enum rule_state state;
	enum rule_state counts_as; /* in the verdict; not applicable: it is
				      information only */
	bool is_confirmed;     /* the clause was read */
	int32_t low_bp, high_bp, limit_bp; /* of what it measured; -1 = none */
	struct str reason;     /* one sentence: why this state */
	VEC(size_t) components; /* that decide, worst first */
	VEC(size_t) organisations; /* that decide, greatest first */
	/* What waivers, baseline and the user's wish make of it; without
	 * them the same as above. */
	enum rule_state waived_state; /* never worse than `state` */
	VEC(size_t) waivers;   /* of the run's, that were applied */
	enum set_aside aside;
	enum rule_state gate;  /* what it is to the exit code */
};

/* What an answer would be about. */
#define QUESTION_KINDS(X) \
	X(QUESTION_SOURCE, "source") /* what a component is made of */ \
	X(QUESTION_CITATION, "citation") /* what is only on record */ \
	X(QUESTION_CONTROL, "control") /* who controls an organisation */ \
	X(QUESTION_AFFILIATION, "affiliation") /* for whom people acted */ \
	X(QUESTION_PUBLISHER, "publisher") /* who owns a namespace */ \
	X(QUESTION_DOMAIN, "domain") /* who a host belongs to */ \
	X(QUESTION_NAME, "name") /* whom a printed name means */
#define QUESTION_ENUM(id, name) id,
enum question_kind { QUESTION_KINDS(QUESTION_ENUM) QUESTION_KIND_COUNT };
#undef QUESTION_ENUM

/* What to resolve, by how much it would narrow the headline. */
struct question {
	enum question_kind kind;
	size_t component;      /* where it costs most */
	size_t components;     /* how many it is about */
	struct str host;       /* or "" */
	size_t organisation;   /* whose control is not known, or SIZE_MAX */
	int32_t gain_bp;       /* how much narrower the headline would be */
	struct str text;       /* the question to put to the bidder */
	struct str settled_by; /* what would settle it: the end of a
				  sentence, without its point */
};

/* Organisations that a waiver accepts: their units count as of others. */
struct acceptance {
	size_t component; /* SIZE_MAX: in all */
	size_t organisation;
};
struct accepted {
	VEC(struct acceptance) list;
};

struct verdict {
	struct arena arena;
	struct str policy, title, text_version; /* of the policy */
	struct str policy_sha256;
	struct concern concern;
	VEC(struct held) held;              /* one a list of the concern */
	int32_t axis_weights[AXIS_COUNT];
	int32_t dependency_percent; /* weight of all dependencies together, in
				       percent of the products' */
	int32_t component_limit_bp; /* past it a component adds to breadth */
	const struct ladders *ladders;      /* not owned */
	const struct accepted *accepted;    /* not owned; NULL: nobody is */
	VEC(struct org_standing) standings; /* per organisation */
	VEC(struct component_score) scores; /* per component, same order */
	VEC(struct joint_score) joints;     /* by their first component */
	struct rollup axes[AXIS_COUNT + 1]; /* the last: all axes, weighted */
	VEC(struct function_rollup) functions; /* that components serve */
	VEC(struct year_tally) years;       /* with any unit, ascending */
	int32_t headline_low_bp, headline_high_bp;
	int32_t range_low_bp, range_high_bp; /* any other axis weights */
	int32_t coverage_bp;   /* weight of what was observed */
	uint64_t components_counted, components_with_data;
	enum rule_state state; /* worst of the rules that count */
	enum rule_state gate;  /* the same after waivers and baseline */
	size_t decided_by;     /* the gravest finding in that state;
				  SIZE_MAX when no rule counts */
	bool is_incomplete;    /* something was not read */
	VEC(struct str) missing_lists; /* named by the policy, not in the
					  facts: nobody stands as other */
	VEC(struct finding) findings;   /* in the order of the policy */
	VEC(struct question) questions; /* greatest gain first */
};

/* Frees everything. */
void verdict_release(struct verdict *v);
/* What counts with the weight of a component: itself, or its group for the
 * first of one. */
const struct component_score *verdict_counted(const struct verdict *v,
					      size_t component);
/* The same, and NULL for one that counts with a component before it in its
 * group: over all components, each commit once. */
const struct component_score *verdict_once(const struct verdict *v,
					   size_t component);
/* The group of a component, or NULL. */
const struct joint_score *verdict_joint(const struct verdict *v,
					size_t component);
const char *verdict_axis_name(enum axis a);
bool verdict_find_axis(struct str name, enum axis *ret);
/*
 * Units as people count them: commits are tallied in credits (DIGEST_CREDITS
 * each, for co-authors share them) and shown whole, rounded, but never as 0
 * where there is something.  `excluded` is in commits anyway.
 */
uint64_t verdict_shown(enum axis a, uint64_t units);
/* "met", "not met", "unproven", "not applicable". */
const char *verdict_state_name(enum rule_state s);
/* Is a state worse than another for a verdict?  Not applicable counts as
 * met. */
bool verdict_is_worse(enum rule_state a, enum rule_state b);
/* "", "waived", "known", "minor". */
const char *verdict_aside_name(enum set_aside a);
/* "source" ... "name". */
const char *verdict_question_name(enum question_kind k);
/* "other", "unknown", "concern". */
const char *verdict_standing_name(enum standing s);

#endif
