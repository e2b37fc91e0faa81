/*
 * Reports read back (ranwhence.report/1), as far as one is compared with
 * another: verdicts, findings, scores and who contributed.  A report may
 * come from a bidder: it is read under limits and believed in nothing that
 * indices into it could break.
 */
#ifndef STORE_REPORT_FILE_H
#define STORE_REPORT_FILE_H

#include "base/diag.h"
#include "model/selector.h"
#include "model/verdict.h"
#include "store/reread.h"

/* A component, and what names it in any version. */
struct report_component {
	struct str name, version, purl, repository, identity;
	bool is_root;
};

struct report_score {
	size_t component;
	struct str function;     /* "" for none */
	int32_t weight;
	bool has_data;
	struct report_interval influence, commits;
};

struct report_finding {
	struct str rule, title, severity, state, gate;
	struct report_interval measured; /* -1 where none */
	int32_t limit_bp;
	VEC(size_t) components;
	VEC(struct str) organisations;
};

/* An organisation, and what it did in all components together. */
struct report_organisation {
	struct str id, name, standing, rung;
	uint64_t units[AXIS_COUNT];
};

struct report_function {
	struct str function;     /* "" for none */
	int64_t components;
	struct report_interval exposure;
};

struct report_verdict {
	struct str policy, title, sha256, state, gate, decided_by;
	struct report_interval headline, headline_on_b, range;
	int32_t coverage_bp;
	struct report_interval axes[AXIS_COUNT + 1]; /* exposure */
	struct report_interval peaks[AXIS_COUNT + 1];
	VEC(struct report_function) functions;
	VEC(struct report_finding) findings;
	VEC(struct report_score) scores;
	VEC(struct report_organisation) organisations; /* ascending by id */
	uint64_t units[AXIS_COUNT]; /* of all, known or not */
	bool is_incomplete;
};

struct report_file {
	struct arena arena;
	struct str path;
	struct str as_of, stack, supplier, version; /* of the tool */
	VEC(struct report_component) components;
	VEC(struct report_verdict) verdicts;
};

/*
 * Reads a report.  ERR_CONFIG after RW1606 (not such a report, or one that
 * contradicts itself, with its line) or what fs_read and json_open say.
 */
NODISCARD enum err report_file_load(const char *path, struct diags *ds,
				    struct report_file *ret);
/* The same from bytes, which need not outlive it. */
NODISCARD enum err report_file_parse(struct str bytes, struct str path,
				     struct diags *ds,
				     struct report_file *ret);
/* Frees everything. */
void report_file_release(struct report_file *r);
/* What has this name, or NULL: the verdict of a policy, the finding of a
 * rule, the roll-up of a function ("" for none), an organisation by id. */
const struct report_verdict *report_file_verdict(const struct report_file *r,
						 struct str policy);
const struct report_finding *report_file_finding(
	const struct report_verdict *v, struct str rule);
const struct report_function *report_file_function(
	const struct report_verdict *v, struct str function);
const struct report_organisation *report_file_organisation(
	const struct report_verdict *v, struct str id);

#endif
