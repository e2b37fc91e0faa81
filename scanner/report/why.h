/*
 * What `why` prints: the whole way of one claim of a report, from what was
 * counted by way of hosts and records to who is of concern, with the
 * arithmetic.
 */
#ifndef REPORT_WHY_H
#define REPORT_WHY_H

#include "report/report.h"

enum why_kind { WHY_COMPONENT, WHY_ORGANISATION, WHY_RULE };

/* What is asked about. */
struct why_subject {
	enum why_kind kind;
	size_t index;    /* of a component or organisation */
	struct str rule; /* its id */
};

struct why_subjects {
	VEC(struct why_subject) list; /* components, organisations, rules */
	bool is_exact; /* it is what they are called, not a part of it */
};

/*
 * What a query may mean: component:N, organisation:ID or rule:ID; else a
 * package URL, a name with version, an id; else a name or address; else what
 * has it as a part.
 */
void why_find(const struct report_input *in, struct str query,
	      struct why_subjects *ret);
/* These, a line each, as queries that mean one. */
void why_candidates(const struct report_input *in,
		    const struct why_subjects *s, struct strbuf *out);
/* Text, or JSON (ranwhence.why/1) where style is NULL. */
void why_write(const struct report_input *in, const struct why_subject *s,
	       const struct report_style *style, struct strbuf *out);

/* The two forms, in files of their own. */
void why_text(const struct report_input *in, const struct why_subject *s,
	      const struct report_style *style, struct strbuf *out);
void why_json(const struct report_input *in, const struct why_subject *s,
	      struct strbuf *out);

#endif
