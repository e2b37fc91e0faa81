/*
 * The questions of all verdicts as one list for the bidder: one that several
 * policies ask stands there once.
 */
#ifndef REPORT_QUESTIONS_LIST_H
#define REPORT_QUESTIONS_LIST_H

#include "report/report.h"

struct questions_item {
	const struct question *question; /* where it is worth most */
	const struct verdict *verdict;
	struct str policies;             /* that ask it: "a, b" */
	struct str subject;              /* what it is about, in a few words */
	struct str answer_as;            /* how an answer comes back */
};

struct questions_list {
	struct arena arena;
	VEC(struct questions_item) items; /* worth most first */
};

/* Makes the list. */
void questions_list_make(const struct report_input *in,
			 struct questions_list *ret);
/* Frees everything. */
void questions_list_release(struct questions_list *l);
/* Basis points as points of a percentage: "12.34". */
void questions_list_points(struct strbuf *b, int32_t bp);

#endif
