/*
 * Libraries by the names that C and C++ builds give them.  Which project a
 * name means is data (facts of kind `library`).  A name that nobody knows
 * stays a component of that name, without a repository; one that the system
 * or the tree itself has is none.
 */
#ifndef EXTRACT_NATIVE_H
#define EXTRACT_NATIVE_H

#include "base/map.h"
#include "extract/extract.h"

/* By whom a library is called so. */
enum native_kind { NATIVE_CMAKE, NATIVE_PKG_CONFIG, NATIVE_LINK };

/* The libraries of one file. */
struct native {
	struct extraction *x;
	const struct extractor *e;
	enum scope scope;
	struct map seen; /* project and version -> component */
	bool is_strict;  /* names that nobody knows are left out */
};

/* Nothing was found yet; the scope is that of the path. */
void native_init(struct native *n, struct extraction *x,
		 const struct extractor *e);
void native_release(struct native *n);
/*
 * Adds the library of a name, in this version if there is only one (else "").
 * A further mention adds its place.  NULL where it is no component.
 */
struct component *native_add(struct native *n, enum native_kind kind,
			     struct str name, struct str version,
			     unsigned line);
/* Does somebody know which project the name means? */
bool native_is_known(const struct native *n, enum native_kind kind,
		     struct str name);
/* The name in -lNAME, libNAME.so or a path to it. */
struct str native_link_name(struct str written);
/*
 * The modules of a list as pkg-config writes it, "a >= 1 b, c=2"; in a
 * version only "=" says which one.
 */
void native_add_modules(struct native *n, struct str list, unsigned line);

#endif
