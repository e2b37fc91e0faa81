/* The parts of reading a report whole, which follow each other. */
#ifndef STORE_REPORT_IN_PARTS_H
#define STORE_REPORT_IN_PARTS_H

#include "base/map.h"
#include "store/report_in.h"
#include "store/reread.h"

struct report_in_parts {
	struct reread read;
	struct report_in *to;
	struct map facts; /* rows by what is written of them */
};

/* The parts and what is being filled. */
struct report_in_filling {
	struct report_in_parts *parts;
	struct verdict *verdict;
	const struct ladder **ladders; /* by organisation */
	struct component_score *score;
	struct finding *finding;
	struct rung_result *rung;
	size_t *chain;                 /* of the rung */
	size_t n;                      /* rungs, or organisations in windows */
};

/* The parts that hold it: `read` is its first member. */
struct report_in_parts *report_in_parts_of(struct reread *r);

/* "facts". */
void report_in_facts_read(struct report_in_parts *p, struct json_raw v);
/* The row that is written so, SIZE_MAX and bad where it is not among the
 * facts. */
size_t report_in_facts_find(struct report_in_parts *p, struct json_raw v);
/* The organisation of an id, SIZE_MAX for null. */
size_t report_in_facts_organisation(struct report_in_parts *p,
				    struct json_raw v);
/* "components", "edges", "supply", "digests" and "asked", given in this
 * order. */
void report_in_scan_read(struct report_in_parts *p, const struct json_raw *v);
/* Words and values that verdicts and scores share. */
enum standing report_in_score_standing(struct reread *r, struct json_raw v);
enum function report_in_score_function(struct reread *r, struct json_raw v);
/* A letter; 0 for null. */
enum fact_confidence report_in_score_letter(struct reread *r,
					    struct json_raw v);
/* A share, an interval that must be there. */
int32_t report_in_score_bound(struct reread *r, struct json_raw v);
void report_in_score_bounds(struct reread *r, struct json_raw v,
			    int32_t *ret_low, int32_t *ret_high);
/* Counts on an axis; what stands for those that were not observed. */
struct tally report_in_score_tally(struct reread *r, enum axis a,
				   struct json_raw v);
extern const struct tally report_in_score_unobserved[AXIS_COUNT];
/* How many components there are. */
size_t report_in_score_components(const struct report_in_filling *f);
/* One of "scores", for a filling. */
void report_in_score_read(struct reread *r, struct json_raw v, void *to);
/* One of "joint_scores", after all of those. */
void report_in_score_read_joint(struct reread *r, struct json_raw v,
				void *to);
/* "verdicts". */
void report_in_verdict_read(struct report_in_parts *p, struct json_raw v);
/* Says what does not add up. */
void report_in_check(struct report_in_parts *p);

#endif
