/*
 * From a statement of a file to a component, as all extractors over a tree
 * do it: under the limits, with texts that stay, with a purl where the
 * statement says enough.
 */
#ifndef EXTRACT_DECLARE_H
#define EXTRACT_DECLARE_H

#include "extract/extract.h"
#include "model/purl.h"

/*
 * Adds a component found by `e` at a line of the file; NULL after a
 * diagnostic when its name is empty or over a limit.  The pointer holds
 * until the next component.
 */
struct component *declare_component(struct extraction *x,
				    const struct extractor *e,
				    struct str name, const char *type,
				    unsigned line);
/* Sets the version; one over the limit is left out (RW1301). */
void declare_version(struct extraction *x, struct component *c,
		     struct str version);
/* Sets the purl of c from its parts, and releases them.  Parts that make no
 * valid purl leave it empty (RW1206). */
void declare_purl(struct extraction *x, struct component *c, struct purl *p);
/*
 * Sets repository, commit or ref, version and purl of c from an address and a
 * revision (may be ""); a branch is no version.  False, and nothing is set,
 * when the address is not one of a repository.
 */
bool declare_repository(struct extraction *x, struct component *c,
			struct str url, struct str rev);
/* A full object id: 40 or 64 hex digits. */
bool declare_is_commit(struct str s);

/* A file of the tree by its path; NULL when there is none or no tree. */
const struct file *declare_find(const struct tree *t, struct str path);
/* The path of what `name`, written in the file, points to; "" when that is
 * outside the tree. */
struct str declare_path(struct extraction *x, struct str name);
/* Is a path of the file's folder in the tree, or the tree itself? */
bool declare_is_inside(struct extraction *x, struct str name);

#endif
