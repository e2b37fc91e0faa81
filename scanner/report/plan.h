/* What `plan` prints. */
#ifndef REPORT_PLAN_H
#define REPORT_PLAN_H

#include "model/plan.h"
#include "report/report.h"

struct report_plans {
	const struct scan *scan;
	const struct plan *plans; /* one a policy */
	size_t n;
	const char *tool_version;
};

/* Text, or JSON (ranwhence.plan/1) where style is NULL. */
void report_plans(const struct report_plans *in,
		  const struct report_style *style, struct strbuf *out);
/* One page for people, on screen and paper, that loads nothing. */
void plan_html(const struct report_plans *in, struct strbuf *out);
/* The JSON form. */
void plan_json(const struct report_plans *in, struct strbuf *out);

#endif
