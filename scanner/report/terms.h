/* Who held seats since when, and until when. */
#ifndef REPORT_TERMS_H
#define REPORT_TERMS_H

#include "model/digest.h"
#include "report/paint.h"

/* The part of a page; nothing where no edition tells. */
void terms_text(const struct paint *p, const struct digest *d);

#endif
