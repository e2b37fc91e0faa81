/* Packages of a language's register, as manifests and locks name them. */
#ifndef EXTRACT_PACKAGE_H
#define EXTRACT_PACKAGE_H

#include "extract/extract.h"

struct package {
	const char *type;         /* of its purl */
	struct str namespace, name;
	struct str version;       /* "" = not fixed */
	struct str kind, classifier; /* of Maven: "" = a plain jar */
	struct str url, rev;      /* of the repository it is taken from */
	struct str download;      /* an address of its own; or "" */
	struct str hash;          /* of the only file it has, or "" */
	enum scope scope;         /* where the path of the file says none */
	unsigned line;
	bool is_indirect, is_optional;
	bool may_be_locked;       /* asks for the version that a lock fixes */
};

/* Adds its component; NULL after a diagnostic.  The pointer holds until the
 * next component. */
struct component *package_add(struct extraction *x, const struct extractor *e,
			      const struct package *p);
/* The name of a package of npm cut into its parts ("@scope/name"). */
void package_npm_name(struct package *p, struct str name);
/* "1.2.3" or "1.2.3-x+y": a version of SemVer and no range. */
bool package_is_semver(struct str s);

#endif
