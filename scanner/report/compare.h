/*
 * Reports side by side: bids, or releases of one product.  Rows are matched
 * by what a thing is (policy, rule, function, organisation, component in
 * whatever version); where a report lacks a row, its cell is NULL.
 */
#ifndef REPORT_COMPARE_H
#define REPORT_COMPARE_H

#include "report/report.h"
#include "store/report_file.h"

struct compare_rule {
	struct str rule, title, severity;
	const struct report_finding **at; /* one per report */
	bool is_different;                /* its states are not all one */
};

struct compare_function {
	struct str function; /* "" for none */
	const struct report_function **at;
};

struct compare_organisation {
	struct str id, name;
	const struct report_organisation **at;
	bool is_of_concern; /* in one of the reports */
	/* Of all commits of its report, in basis points, rounded down. */
	int32_t *share_bp;
};

struct compare_policy {
	struct str policy, title;
	const struct report_verdict **at; /* never NULL */
	VEC(struct compare_rule) rules;   /* in the order of the policy */
	VEC(struct compare_function) functions;
	VEC(struct compare_organisation) organisations; /* by id */
	/* The report that has the lower influence whatever the unknown turns
	 * out to be: no other's lower bound is below its upper one.
	 * SIZE_MAX when the intervals leave it open. */
	size_t lowest;
	/* Per component (compare.components) and report: its score, where
	 * the policy counts it; else NULL. */
	const struct report_score **scores;
};

struct compare_component {
	struct str identity, name;
	const struct report_component **at;
	size_t *index; /* in that report; SIZE_MAX when it is not there */
	size_t present; /* in how many reports */
};

struct compare {
	struct arena arena;
	const struct report_file *reports; /* not owned */
	size_t n;
	VEC(struct compare_policy) policies; /* as in the first report */
	VEC(struct compare_component) components; /* by identity */
};

/* Were reports judged by the same editions of the same policies?  ERR_CONFIG
 * after RW1606 when not. */
NODISCARD enum err compare_check(const struct report_file *r, size_t n,
				 struct diags *ds);
/*
 * Compares n reports, two at least, which must outlive it.  ERR_CONFIG after
 * RW1606 when they were not judged by the same editions of the same policies.
 */
NODISCARD enum err compare_make(const struct report_file *reports, size_t n,
				struct diags *ds, struct compare *ret);
/* Frees everything. */
void compare_release(struct compare *c);
/* The score of a component in a report, or NULL. */
const struct report_score *compare_score(const struct compare *c,
					 const struct compare_policy *p,
					 size_t component, size_t report);
/* Rows in the order in which they are read. */
struct compare_order { VEC(size_t) rows; };

/* All organisations, those of concern first, then by the greatest share. */
void compare_rank_organisations(const struct compare *c,
				const struct compare_policy *p,
				struct compare_order *ret);
/* The components that the policy counts in a report, worst first. */
void compare_rank_components(const struct compare *c,
			     const struct compare_policy *p,
			     struct compare_order *ret);
/* Text for a terminal. */
void compare_text(const struct compare *c, const char *tool_version,
		  const struct report_style *style, struct strbuf *out);
/* ranwhence.comparison/1, docs/comparison.schema.json. */
void compare_json(const struct compare *c, const char *tool_version,
		  struct strbuf *out);
/* One page for people, on screen and paper, that loads nothing. */
void compare_html(const struct compare *c, const char *tool_version,
		  struct strbuf *out);

#endif
