/* Which part of a host somebody registered, by the public suffixes that a
 * feed brought. */
#ifndef STORE_SUFFIX_H
#define STORE_SUFFIX_H

#include "store/store.h"

/* Does an edition that readers see hold suffixes? */
bool suffix_is_known(struct store *s);
/* The registered part of a host in lower case: a suffix and one label more;
 * "" for what is a suffix itself, or has one label. */
struct str suffix_registered(struct store *s, struct str host);

#endif
