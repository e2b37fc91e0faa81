/* Names that look alike.  No evidence: only to be shown to somebody whose
 * name no fact knows. */
#ifndef MODEL_FACTS_SIMILAR_H
#define MODEL_FACTS_SIMILAR_H

#include "model/facts.h"

#define SIMILAR_MAX 5

/*
 * The rows of up to `most` (SIMILAR_MAX) organisations whose name or alias,
 * without legal forms, is most like this one; best first, among equals by
 * row.  How many.
 */
size_t facts_similar(const struct facts *f, struct str name, size_t *rows,
		     size_t most);

#endif
