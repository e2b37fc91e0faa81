/*
 * Findings as a pipeline wants them: one issue for each rule that is not met
 * or unproven and each component that decides it, with the place where that
 * component is declared.
 */
#ifndef REPORT_ISSUES_H
#define REPORT_ISSUES_H

#include "report/report.h"

/* How loud an issue is; one that is set aside is a note. */
enum issue_level { ISSUE_NOTE, ISSUE_WARNING, ISSUE_ERROR };

struct issue {
	const struct verdict *verdict;
	const struct finding *finding;
	size_t component;        /* SIZE_MAX: the stack as a whole */
	struct evidence at;      /* line 0 where none is known */
	enum issue_level level;
	struct str message;      /* one sentence or more */
	struct str fingerprint;  /* 32 hex digits: policy, rule and component,
				    in whatever version and line */
};

/* More than this no forge shows. */
#define ISSUES_KEPT 5000

struct issues {
	struct arena arena;
	VEC(struct issue) list; /* in the order of policies and rules, the
				   worst component first */
	size_t dropped;         /* past ISSUES_KEPT */
};

/* Makes the list. */
void issues_make(const struct report_input *in, struct issues *ret);
/* Frees everything. */
void issues_release(struct issues *l);

#endif
