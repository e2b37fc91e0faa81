/* Reports in the order of their days: how influence moved. */
#ifndef REPORT_TREND_H
#define REPORT_TREND_H

#include "report/report.h"
#include "store/report_file.h"

struct trend {
	struct arena arena;
	const struct report_file **reports; /* by day, then by path */
	size_t n;
};

/*
 * Puts n reports, one at least, in order; they must outlive it.  ERR_CONFIG
 * after RW1606 when they were not judged by the same editions of the same
 * policies.
 */
NODISCARD enum err trend_make(const struct report_file *reports, size_t n,
			      struct diags *ds, struct trend *ret);
/* Frees everything. */
void trend_release(struct trend *t);
/* What may be said of the change under a policy from the first report to the
 * last for sure: a sentence. */
const char *trend_movement(const struct trend *t, struct str policy);
/* Text for a terminal. */
void trend_text(const struct trend *t, const char *tool_version,
		const struct report_style *style, struct strbuf *out);
/* ranwhence.trend/1, docs/trend.schema.json. */
void trend_json(const struct trend *t, const char *tool_version,
		struct strbuf *out);
/* One page for people, on screen and paper, that loads nothing. */
void trend_html(const struct trend *t, const char *tool_version,
		struct strbuf *out);

#endif
