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
/* Text for a terminal. */
void trend_text(const struct trend *t, const char *tool_version,
		const struct report_style *style, struct strbuf *out);
/* ranwhence.trend/1, docs/trend.schema.json. */
void trend_json(const struct trend *t, const char *tool_version,
		struct strbuf *out);

#endif
