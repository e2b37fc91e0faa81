/* How components of concern come into the stack, and what holds them there. */
#ifndef REPORT_REMOVAL_H
#define REPORT_REMOVAL_H

#include "report/page.h"

/* The path of each of these components from a product, and what else depends
 * on it. */
void removal_write(struct page *p, const size_t *components, size_t n);

#endif
