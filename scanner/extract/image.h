/* References to container images, and the components they make. */
#ifndef EXTRACT_IMAGE_H
#define EXTRACT_IMAGE_H

#include "extract/extract.h"

/* host[:port]/path[:tag][@digest]; parts are slices of the text. */
struct image {
	struct str name;   /* host and path as written */
	struct str host;   /* "" for the default registry */
	struct str path;
	struct str tag, digest;
};

/* Takes a reference apart by the grammar of the Distribution project; false
 * when the text is not one. */
bool image_parse(struct str text, struct image *ret);
/*
 * Adds the component of an image found by `e` at a line.  NULL when a limit
 * was met.  Without a tag there is no version: "latest" is not added.
 */
struct component *image_add(struct extraction *x, const struct extractor *e,
			    const struct image *image, unsigned line);
/*
 * Adds an image whose reference holds something that the file does not give:
 * the expression is its name (RW1302).
 */
struct component *image_add_unknown(struct extraction *x,
				    const struct extractor *e,
				    struct str expression, unsigned line);

#endif
