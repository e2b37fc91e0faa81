/*
 * Python requirements (PEP 508) as components, wherever they are written:
 * requirements files, project metadata, tox.
 */
#ifndef EXTRACT_PYPI_H
#define EXTRACT_PYPI_H

#include "extract/extract.h"

/* Where a requirement stands, and what it is for. */
struct pypi {
	struct extraction *x;
	const struct extractor *e;
	enum scope scope;     /* where the path of the file says none */
	unsigned line;
	bool is_optional;
	bool may_be_locked;   /* a lock may fix the version */
	struct str own_name;  /* of the project: extras of it are no package */
};

/*
 * Adds what a requirement asks for: a package, a repository, a download, a
 * folder.  `options` may hold --hash; RW1301 when it is not a requirement.
 */
void pypi_add(const struct pypi *p, struct str text, struct str options);
/* The same for a package by name and address, folder or repository. */
void pypi_add_url(const struct pypi *p, struct str name, struct str url);
/* A name as the register compares them: lower case, runs of -_. as one '-'. */
struct str pypi_name(struct str name, struct arena *a);
/* What a group or extra of this name is for: tests, documentation, else
 * `other`. */
enum scope pypi_group_scope(struct str group, enum scope other);

#endif
