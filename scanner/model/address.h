/*
 * Which addresses mean one repository, and which repository a package is
 * built from, by facts of the kinds `mirror` and `package`.  Only accepted
 * rows of confidence A that hold on the day count: a wrong address would
 * credit one project's history to another.
 */
#ifndef MODEL_ADDRESS_H
#define MODEL_ADDRESS_H

#include "model/facts.h"

/*
 * What two addresses of one repository have in common: host/path of the
 * leading one, without scheme, in lower case on forges that ignore it.
 * `repository` is canonical (component_repository_url); "" gives "".
 * `f` may be NULL.
 */
struct str address_key(const struct facts *f, int32_t day,
		       struct str repository, struct arena *a);
/*
 * The repository that a package (purl_package) is built from, canonical, or
 * "".  The row with the longest prefix decides; *ret_fact is its index.  `*`
 * stands for one segment of the package and of the repository, or for any
 * namespace.  `f` may be NULL.
 */
struct str address_of_package(const struct facts *f, int32_t day,
			      struct str package, struct arena *a,
			      size_t *ret_fact);

/*
 * The row of kind `library` for a name that build files use: "link/sctp",
 * "cmake/mbedtls", "pkg-config/libdpdk"; in lower case.  A row NAME_* is for
 * all names that begin so.  SIZE_MAX when no accepted row holds.  Of its
 * repository, address_of_row; its value is what the project is called.
 */
size_t address_of_library(const struct facts *f, int32_t day,
			  struct str name, struct arena *a);
/* The repository that a row of confidence A names, canonical; else "". */
struct str address_of_row(const struct facts *f, size_t row, struct arena *a);

#endif
