/*
 * What is shown of those who wrote the units of a host.  Where a policy
 * demands a rung of authorship, of all or of those of concern, what is below it
 * may be anybody's.  Links
 * never move a bound: what they settle stays unknown, and counts if the links
 * are taken as shown.
 */
#ifndef ASSESS_LINKED_H
#define ASSESS_LINKED_H

#include "assess/policy.h"
#include "model/verdict.h"

/* One month of one host of a history. */
struct linked_month {
	size_t component;         /* SIZE_MAX: the stack */
	const struct digest *digest;
	struct str host;
	const struct digest_month *month;
};

/* Its counts in parts, which add up to them. */
struct linked_parts {
	struct digest_counts rest, other, concern;
	struct digest_counts below; /* the rung that is demanded */
	struct digest_counts told;  /* reviews that are only told of */
	struct digest_counts shared; /* others may have written it alone */
	bool has_other, has_concern, has_below, has_told, has_shared;
};

/* What stands in reports for who is behind `below`. */
#define LINKED_BELOW "(authorship not shown)"
/* And behind `shared`. */
#define LINKED_SHARED "(co-authors)"

/* Is a part of a history, by its address, of an organisation of concern, or
 * would it be if uncited records held? */
bool linked_is_concern(const struct verdict *v, const struct policy *p,
		       size_t component, const struct attribution *by);
/*
 * What a host has of commits of others is what their authors say, and may be
 * wholly theirs: that is `shared`, of credits and of lines at most so many.
 *
 * Splits a month by how the organisations stand that links lead to; reviews
 * that a server tells of are apart: whoever has them counts as B.  Or, where
 * a rung of authorship is demanded, by who reaches it: then no link counts,
 * because it is not known on which rung those commits stand.
 */
void linked_split(const struct verdict *v, const struct policy *p,
		  const struct linked_month *m, struct linked_parts *ret);

#endif
