/* Packages of an operating system or a register, by name and version. */
#ifndef EXTRACT_OS_PACKAGE_H
#define EXTRACT_OS_PACKAGE_H

#include "extract/extract.h"

struct os_package {
	struct str name, version;   /* version: "" where several will do */
	const char *component_type; /* "os-package", "library" */
	const char *type;           /* of its purl; NULL: none */
	struct str namespace;       /* may be "" */
	struct str distro;          /* qualifier of its purl; may be "" */
	enum scope scope;
};

/* Adds it; NULL when its name is none (RW1302). */
struct component *os_package_add(struct extraction *x,
				 const struct extractor *e,
				 const struct os_package *p, unsigned line);

#endif
