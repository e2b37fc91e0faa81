/*
 * What the program adds to a bill of materials, whatever its format: remarks
 * on a component as names and values in the name space `ranwhence:`
 * (ranwhence-report(5)), each with the facts it rests on.
 */
#ifndef REPORT_BOM_H
#define REPORT_BOM_H

#include "report/report.h"

struct bom_remark {
	struct str name, value;
	struct str citation; /* the facts behind it, with sources and dates;
				"" where it rests on the scan alone */
};

struct bom_remarks {
	VEC(struct bom_remark) list;
};

/* The remarks on a component, in the order in which they are written; texts
 * live in `a`.  Release the vector. */
void bom_remark(const struct report_input *in, size_t component,
		struct arena *a, struct bom_remarks *ret);
/* A hash algorithm, as each format spells it. */
struct bom_algorithm {
	const char *name, *cyclonedx, *spdx;
	size_t digits; /* of the hash in hex */
};

/* Takes "sha256:..." apart; NULL where it is no hash that the formats know or
 * not one of its length. */
const struct bom_algorithm *bom_hash(struct str hash, struct str *ret_hex);
/* What each policy says of the whole, in one sentence. */
struct str bom_verdict(const struct verdict *v, struct arena *a);
/* The name of what is described: the stack, else the first target. */
struct str bom_subject(const struct scan *s);
/* The day of judgement as YYYY-MM-DDT00:00:00Z. */
struct str bom_time(const struct scan *s, struct arena *a);
/* A name for a document that no other document has: the hash of what it says
 * without a name, as a URN. */
struct str bom_namespace(struct str draft, struct arena *a);
/* Edges, each once, sorted by where they begin and end; in `a`. */
struct edge *bom_edges(const struct parts *p, struct arena *a, size_t *ret_n);

#endif
