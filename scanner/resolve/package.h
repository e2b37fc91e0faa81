/*
 * What facts, bundled ones and those of feeds, say of where a package and a
 * repository come from; and in words, whom they were asked and what they
 * answered.
 */
#ifndef RESOLVE_PACKAGE_H
#define RESOLVE_PACKAGE_H

#include "model/address.h"
#include "model/purl.h"
#include "model/scan.h"

/* The repository of a package; *ret_how are words for it. */
bool package_source(const struct scan *s, const struct purl *p,
		    struct arena *a, struct address_package *ret,
		    struct str *ret_how);
/* "A (source) or B (source)" of two rows that name different ones. */
struct str package_contradiction(const struct facts *f,
				 const struct address_package *of,
				 struct arena *a);
/*
 * Which sources know no repository of a package: "; depsdev (2026-11-26) does
 * not know it".  "" where none was asked.
 */
struct str package_answers(const struct scan *s, const struct purl *p,
			   struct arena *a);

#endif
