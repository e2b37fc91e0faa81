/*
 * Which addresses mean one repository, and which repository a package is
 * built from, by facts of the kinds `mirror`, `package` and `fork`.  Only
 * accepted rows that hold on the day count, and those of confidence B are
 * told apart: a wrong address would credit one project's history to another.
 */
#ifndef MODEL_ADDRESS_H
#define MODEL_ADDRESS_H

#include "base/strbuf.h"
#include "model/facts.h"

/*
 * Adds the rows that hold on that day and by which names of libraries, and
 * addresses, are told: what address_key and address_of_library depend on.
 */
void address_rows(const struct facts *f, int32_t day, struct strbuf *to);
/*
 * What two addresses of one repository have in common: host/path of the
 * leading one, without scheme, in lower case on forges that ignore it.
 * `repository` is canonical (component_repository_url); "" gives "".
 * `f` may be NULL.
 */
struct str address_key(const struct facts *f, int32_t day,
		       struct str repository, struct arena *a);
/* The repository that a package is built from, as rows say. */
struct address_package {
	struct str repository; /* canonical; "" where none is known, or rows
				  of equal confidence name different ones */
	size_t fact;           /* the row that decides, or one of those that
				  differ; SIZE_MAX: no row names any */
	size_t other;          /* a row that names another; SIZE_MAX: none */
	bool is_claimed;       /* the row is one of confidence B */
};
/*
 * Of a package (purl_package) and its version, which may be "".  Of the rows
 * about that version and about the package itself the one of the best
 * confidence decides; where none of them is an A, the A row with the longest
 * prefix; where there is none, a B row about the package.  `*` stands for one
 * segment of the package and of the repository, or for any namespace.
 */
void address_of_package(const struct facts *f, int32_t day,
			struct str package, struct str version,
			struct arena *a, struct address_package *ret);
/* The accepted row of confidence A or B that says what an address (canonical)
 * is a fork of; SIZE_MAX when there is none. */
size_t address_fork(const struct facts *f, int32_t day,
		    struct str repository, struct arena *a);

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
