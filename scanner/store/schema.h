/*
 * The tables of the store, and how an older store becomes one of today.
 * docs/store.md describes them.
 */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/db.h"

/* The version of this program. */
#define SCHEMA_VERSION 3

/*
 * Brings a store that is open for writing to today's version, all or nothing.
 * ERR_UNSUPPORTED: it is of a newer version (*ret_version); ERR_FORMAT: it is
 * a database of another program.
 */
NODISCARD enum err schema_upgrade(struct db *db, int64_t *ret_version);
/* The same for one that is only read: an older version is read as it is, it
 * only lacks tables; ERR_NOTFOUND: it is empty. */
NODISCARD enum err schema_check(struct db *db, int64_t *ret_version);
/* Is there a table?  An older store that is only read may lack one. */
bool schema_has(struct db *db, const char *table);

#endif
