/*
 * Host names in other scripts as mail addresses carry them: A-labels after
 * RFC 3492.  Names must be in lower case and normalised already, as the lists
 * that are read here promise.
 */
#ifndef FEEDS_PUNYCODE_H
#define FEEDS_PUNYCODE_H

#include "base/arena.h"

/* A host with each label that is not ASCII as "xn--..."; "" when it is not
 * UTF-8 or a label is too long. */
struct str punycode_host(struct str host, struct arena *a);

#endif
