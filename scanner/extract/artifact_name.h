/* What the name of a file to download says: of what, which version. */
#ifndef EXTRACT_ARTIFACT_NAME_H
#define EXTRACT_ARTIFACT_NAME_H

#include "base/str.h"

/* Stands in a name for a part that is not known. */
#define ARTIFACT_NAME_UNKNOWN '\1'

struct artifact_name {
	struct str name, version, arch; /* slices of the file's name */
	const char *type;  /* of a component */
	const char *purl;  /* type of its purl */
};

/* NAME_VERSION_ARCH.deb, NAME-VERSION-RELEASE.ARCH.rpm and wheels; false for
 * any other. */
bool artifact_name_of_package(struct str file, struct artifact_name *ret);
/*
 * NAME-VERSION-platform.tar.gz and its like.  Where it is not plain which
 * part is the version, the name is that of the file and there is none.
 */
struct artifact_name artifact_name_of_archive(struct str file);

#endif
