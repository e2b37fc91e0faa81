/*
 * Addresses of the known forges: which repository and which revision the
 * address of a page, a branch, an archive or a raw file names.
 */
#ifndef MODEL_FORGE_H
#define MODEL_FORGE_H

#include "model/component.h"

/* The repository and revision that an address names. */
struct forge_place {
	struct str repository; /* canonical */
	struct str rev;        /* commit, tag or branch; may be "" */
};

/* False when the address is not one of a repository on a known forge. */
bool forge_find(struct str url, struct arena *a, struct forge_place *ret);
/* Whether the last segment of an address names a file to download. */
bool forge_is_archive(struct str url);
/* The name of a file without the ending of an archive or package. */
struct str forge_without_archive(struct str name);
/* The repository that a Go module path is served from by its first segments
 * alone; "" when only the module's site could say. */
struct str forge_go_module(struct str path, struct arena *a);

#endif
