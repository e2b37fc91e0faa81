/* Several policies at a glance, in the report for a terminal. */
#ifndef REPORT_MATRIX_H
#define REPORT_MATRIX_H

#include "report/page.h"

/* A table with a row for each policy: its verdict, the rule that decides it
 * and the rung that the first organisation of concern trips. */
void matrix_write(struct page *p);

#endif
