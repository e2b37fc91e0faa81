/*
 * The references of a bill of materials: those of the document that is the
 * target, where they are its, else made ones; each stands for one thing.
 */
#ifndef REPORT_BOM_REF_H
#define REPORT_BOM_REF_H

#include "model/scan.h"

struct bom_ref_names {
	struct str *components; /* of each component */
	struct str subject;     /* what is described, where no component is */
	struct str tool;
};

/* Names all; texts live in `a` or the scan. */
void bom_ref_name(const struct scan *s, struct arena *a,
		  struct bom_ref_names *ret);

#endif
