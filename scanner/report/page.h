/*
 * A page of text about a scan: what the writers of the report for a terminal
 * share.
 */
#ifndef REPORT_PAGE_H
#define REPORT_PAGE_H

#include "report/paint.h"

struct page {
	struct paint paint;
	const struct report_input *in;
	const struct verdict *v; /* the one being written */
	struct arena arena;      /* texts of the page */
};

/* The colour of a state. */
enum paint_colour page_colour(enum rule_state s);
/* The name of a state, short enough for a column. */
struct str page_state(enum rule_state s);
/* "12.3-45.6 %" of two bounds. */
struct str page_interval(struct page *p, int32_t low_bp, int32_t high_bp);
/* A day as YYYY-MM-DD. */
struct str page_day(struct page *p, int32_t day);
/* "NAME VERSION" of a component. */
struct str page_component(struct page *p, size_t i);
/* A fact in one line, behind `indent` blanks. */
void page_fact(struct page *p, size_t fact, size_t indent);
/* What the user's facts files assert, as far as there is room. */
void page_assertions(struct page *p);
/* The gate of a verdict, where it says other than the verdict itself. */
void page_gate(struct page *p);
/* What waivers or the baseline make of a finding: lines below it. */
void page_aside(struct page *p, const struct finding *f, size_t indent);
/* All waivers of the run, with what became of them. */
void page_waivers(struct page *p);

#endif
