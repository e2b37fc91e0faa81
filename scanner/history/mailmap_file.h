/* The .mailmap at the top of a commit's tree. */
#ifndef HISTORY_MAILMAP_FILE_H
#define HISTORY_MAILMAP_FILE_H

#include "history/mailmap.h"
#include "history/walk.h"

#define MAILMAP_FILE ".mailmap"

/*
 * Reads that of the commit `tip`; *ret stays empty when there is none, or when
 * it cannot be read, which is told (RW1415).
 */
void mailmap_file_read(struct walk *w, struct odb_reader *r,
		       const struct oid *tip, struct diags *ds,
		       struct mailmap *ret);

#endif
