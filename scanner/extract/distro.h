/* Whose packages an operating system in a container has. */
#ifndef EXTRACT_DISTRO_H
#define EXTRACT_DISTRO_H

#include "extract/image.h"

/* The kinds of packages, by the types of their purls. */
enum distro_family { DISTRO_UNKNOWN, DISTRO_DEB, DISTRO_RPM, DISTRO_APK,
		     DISTRO_ALPM };

struct distro {
	enum distro_family family;
	struct str id;      /* "ubuntu"; "" when not known */
	struct str version; /* "22.04"; "" when not said */
};

/* What the name and tag of an image say of the system in it.  Slices of the
 * image's text. */
struct distro distro_of_image(const struct image *image);

#endif
