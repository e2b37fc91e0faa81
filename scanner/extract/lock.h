/*
 * Lock files of package managers: packages at fixed versions, and what needs
 * what.  A grammar collects them here; this gives each its purpose, by what
 * leads to it from the project's own parts, and makes components and edges.
 */
#ifndef EXTRACT_LOCK_H
#define EXTRACT_LOCK_H

#include "extract/package.h"

struct lock_package {
	struct package package; /* scope unknown: by what needs it */
	bool is_own;        /* a part of the project: no component */
	struct str folder;  /* of an own part: where its manifest stands */
	bool is_direct, is_reached;
	size_t component;   /* SIZE_MAX: none */
};

struct lock_edge {
	size_t from, to;    /* packages */
	enum scope scope;   /* what an own part needs it for */
	bool is_optional;
};

struct lock {
	struct extraction *x;
	const struct extractor *extractor;
	VEC(struct lock_package) packages;
	VEC(struct lock_edge) edges;
	bool fixes_all;     /* each package has one version for the folder */
	bool is_below;      /* what it fixes counts for folders below too */
};

/* Adds a package; its index. */
size_t lock_add(struct lock *l, const struct package *p);
/* Adds a part of the project; its index. */
size_t lock_add_own(struct lock *l, struct str folder);
/* `from` needs `to`; a scope other than unknown where `from` is own. */
void lock_need(struct lock *l, size_t from, size_t to, enum scope scope,
	       bool is_optional);
/* Makes components and edges of all, and frees it. */
void lock_emit(struct lock *l);

#endif
