/* Files that hold SBOMs: a document, compressed or not, or many in an
 * archive. */
#ifndef EXTRACT_SBOM_FILE_H
#define EXTRACT_SBOM_FILE_H

#include "extract/extract.h"

/* The name without the endings of compressions and of tar. */
struct str sbom_file_inside(struct str path);
/* Reads all documents of a compressed file or archive.  ERR_UNSUPPORTED when
 * there is none in it. */
enum err sbom_file_read(struct extraction *x, struct str bytes);

#endif
