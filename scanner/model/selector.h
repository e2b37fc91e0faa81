/*
 * Picking components by what names them: a package URL, a repository, or
 * where they are declared.
 */
#ifndef MODEL_SELECTOR_H
#define MODEL_SELECTOR_H

#include "model/component.h"

/* What is empty picks by nothing; all that is not must fit. */
struct selector {
	struct str purl;       /* canonical, without qualifiers and subpath;
				  without a version it means every one */
	struct str repository; /* canonical address */
	struct str path;       /* shell-like pattern of a place of evidence */
};

/*
 * A package URL as written becomes one to pick by; "" when it is not one.
 * Qualifiers and subpath are dropped.
 */
struct str selector_purl(struct str written, struct arena *a);
/* Does it pick by anything at all? */
bool selector_is_empty(const struct selector *s);
/* Does it pick this component? */
bool selector_picks(const struct selector *s, const struct component *c);
/*
 * What a component is whatever its version, to find it again in another
 * scan: the package of its purl, else its repository, else its name.
 */
struct str selector_identity(struct str purl, struct str repository,
			     struct str name);

#endif
