/*
 * A whole report read back: all that the reporters write from, so that every
 * format can be written later from the JSON alone (ranwhence.report/1), with
 * the same bytes.  A report may come from a bidder: one that contradicts
 * itself is refused.
 */
#ifndef STORE_REPORT_IN_H
#define STORE_REPORT_IN_H

#include "model/verdict.h"
#include "model/waiver.h"

struct report_in {
	struct arena arena;
	struct facts facts;
	struct scan scan; /* its facts are those above: it must not move */
	struct waivers waivers;
	VEC(struct verdict) verdicts;
	struct str baseline, baseline_as_of, fail_on, facts_key;
	const char *sandbox, *tool_version;
};

/*
 * Reads a report.  ERR_CONFIG after RW1606 (not such a report, one that lacks
 * something or contradicts itself, with its line) or what fs_read and
 * json_open say.  Release in any case.
 */
NODISCARD enum err report_in_load(const char *path, struct diags *ds,
				  struct report_in *ret);
/* The same from bytes, which need not outlive it. */
NODISCARD enum err report_in_parse(struct str bytes, struct str path,
				   struct diags *ds, struct report_in *ret);
/* Frees everything. */
void report_in_release(struct report_in *r);

#endif
