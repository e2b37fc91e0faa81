/*
 * Which version a lock file fixes for the packages that a manifest asks for:
 * collected while a tree is read, applied at its end, so that manifest and
 * lock make one component whatever order they are read in.
 */
#ifndef EXTRACT_LOCKED_H
#define EXTRACT_LOCKED_H

#include "base/map.h"
#include "model/scan.h"

struct locked {
	struct arena arena;
	struct map by_place; /* folder and package -> rows */
	VEC(struct locked_row) rows;
	VEC(size_t) asked;   /* components of manifests */
};

struct locked_row {
	struct str version, purl;
	bool is_below;     /* counts for the folders below as well */
	bool is_ambiguous; /* another version is fixed there too */
};

/* In this folder the package of `c` has the version and purl of `c`. */
void locked_add(struct locked *l, struct str folder,
		const struct component *c, bool is_below);
/* A component without a version whose manifest may have a lock. */
void locked_ask(struct locked *l, size_t component);
/* Gives those the version that is fixed in the folder of their file. */
void locked_apply(const struct locked *l, struct scan *s);
/* Frees all. */
void locked_release(struct locked *l);

#endif
