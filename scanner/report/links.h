/*
 * What links say of a history: how much each tier settles, from which hosts,
 * for whom.
 */
#ifndef REPORT_LINKS_H
#define REPORT_LINKS_H

#include "model/digest.h"
#include "report/paint.h"

/* The part of a page; nothing where nothing is linked. */
void links_text(const struct paint *p, const struct digest *d,
		const struct facts *f);
#endif
