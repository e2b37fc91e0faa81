/* Other files of the tree that an extractor needs to understand its own. */
#ifndef EXTRACT_COMPANION_H
#define EXTRACT_COMPANION_H

#include "extract/extract.h"

/*
 * The text of a file of the tree, at most LIMIT_SOURCE_BYTES, in x->scratch;
 * "" when there is none or it cannot be read.  What is wrong with it is said
 * when it is read itself.
 */
struct str companion_text(struct extraction *x, struct str path);
/* The same of a file that lies beside. */
struct str companion_beside(struct extraction *x, const char *name);

#endif
