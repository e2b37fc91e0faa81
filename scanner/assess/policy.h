/*
 * A policy as it is judged by: whom it is concerned with, what weighs how
 * much, and its rules.  The YAML form is described in ranwhence-policy(5).
 */
#ifndef ASSESS_POLICY_H
#define ASSESS_POLICY_H

#include "base/diag.h"
#include "base/regex.h"
#include "model/authorship.h"
#include "model/component.h"
#include "model/ladder.h"
#include "model/verdict.h"

struct rule_kind; /* assess/rules.h */

/* How grave a rule is; one of `info` never counts in the verdict. */
#define SEVERITIES(X) \
	X(SEVERITY_INFO, "info") X(SEVERITY_LOW, "low") \
	X(SEVERITY_MEDIUM, "medium") X(SEVERITY_HIGH, "high") \
	X(SEVERITY_CRITICAL, "critical")
#define SEVERITY_ENUM(id, name) id,
enum severity { SEVERITIES(SEVERITY_ENUM) SEVERITY_COUNT };
#undef SEVERITY_ENUM

/* What an unproven rule is to the verdict. */
enum unproven {
	UNPROVEN_WARN, /* the verdict is unproven */
	UNPROVEN_FAIL, /* the verdict is not met */
	UNPROVEN_PASS  /* as if the rule were met */
};

/* What a pattern of a rule is matched with. */
#define MATCHES(X) \
	X(MATCH_PURL, "purl") X(MATCH_PATH, "path") \
	X(MATCH_HOST, "host") X(MATCH_ORGANISATION, "organisation")
#define MATCH_ENUM(id, name) id,
enum match { MATCHES(MATCH_ENUM) MATCH_COUNT };
#undef MATCH_ENUM

struct policy_rule {
	struct str id, title, clause, note;
	const struct rule_kind *kind;
	bool has_axis;      /* false: the headline, all axes weighted */
	enum axis axis;
	enum window window;
	unsigned functions; /* mask of 1u << enum function; 0 = all */
	unsigned perimeters, user_classes; /* masks; see policy_rule_covers */
	int32_t limit_bp;
	int32_t months;
	struct regex *patterns[MATCH_COUNT]; /* NULL where not given */
	enum severity severity;
	enum unproven unproven;
	int32_t from, to;   /* holds on days [from, to) */
	bool is_about_new;  /* only products in service from that day on */
	bool is_confirmed;  /* the clause was read; policies/README.md says
			       in which text */
};

struct policy {
	struct arena arena;
	struct str path, name, title;
	struct str text_title, text_date, text_source, text_status;
	struct str sha256;      /* of the bytes, hex */
	/* as_of is left for the caller: the scan's day of judgement. */
	struct concern concern;
	enum rung rungs[RUNG_COUNT]; /* that count as concern, in order */
	size_t rungs_n;
	enum fact_confidence evidence_other; /* least one to settle `other` */
	int32_t max_age;        /* days of what feeds brought; 0: any */
	enum authorship authorship; /* what commits below it say is unknown */
	enum authorship concern_authorship; /* the same of those that name an
					       organisation of concern */
	int32_t axis_weights[AXIS_COUNT];
	int32_t function_weights[FUNCTION_COUNT]; /* defaults filled in */
	int32_t dependency_percent; /* weight of all dependencies together,
				       in percent of the products' */
	int32_t component_limit_bp; /* past it a component adds to breadth */
	unsigned scopes;        /* mask of 1u << enum scope that count */
	enum digest_scope history_scope; /* paths of histories that count */
	VEC(struct policy_rule) rules;
};

/*
 * Where the policies are that others extend.  `load` gives the bytes of the
 * policy of that name, written in the file `from`, and the path by which it
 * is known; ERR_CONFIG after a diagnostic.
 */
struct policy_source {
	enum err (*load)(void *with, struct str name, struct str from,
			 struct str *ret_bytes, struct str *ret_path);
	void *with;
};

/* How many policies may extend each other. */
#define POLICY_LAYERS 8

/*
 * Parses and checks.  All that is wrong is reported as RW1601 with line and
 * column; ERR_CONFIG then, and nothing needs a release.  `path` is for
 * messages and kept in the policy.
 */
NODISCARD enum err policy_parse(struct str bytes, struct str path,
				struct diags *ds, struct policy *ret);
/* The same, with what it extends read from `source`; the sha256 is that of
 * all the texts together. */
NODISCARD enum err policy_parse_with(struct str bytes, struct str path,
				     const struct policy_source *source,
				     struct diags *ds, struct policy *ret);
/* Frees everything. */
void policy_release(struct policy *p);
/* The axes that can move its verdict, as a mask of 1u << enum axis: weighed,
 * or measured by a rule. */
unsigned policy_axes(const struct policy *p);
/* Does a rule speak of this perimeter and class of user?  Where a stack does
 * not say, every rule does. */
bool policy_rule_covers(const struct policy_rule *r,
			const struct stack_info *stack);
/* "info" ... "critical", and back. */
const char *policy_severity_name(enum severity s);
bool policy_find_severity(struct str name, enum severity *ret);

#endif
