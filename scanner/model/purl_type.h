/* What the registered purl types ask of namespace, name and the rest. */
#ifndef MODEL_PURL_TYPE_H
#define MODEL_PURL_TYPE_H

#include "model/purl.h"

/*
 * Brings the parts of a purl, sound by the general rules, into the form of
 * its type.  NULL, or what is wrong in a few words (static storage).
 */
const char *purl_type_apply(struct purl *p, struct arena *a);

#endif
