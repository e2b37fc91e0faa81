/* Who held seats since when, from the editions of a project's INFO.yaml. */
#ifndef CLI_TERMS_H
#define CLI_TERMS_H

#include "history/history.h"

/*
 * Fills the terms of the digest of a repository, up to its head.  Of an
 * edition that cannot be read in full, which is told (RW1416), the seats that
 * were read count, and those of the one before it hold on.  What was met is
 * added to `reads`, unless that is NULL.
 */
void terms_read(const char *path, struct digest *d, struct arena *a,
		struct diags *ds, struct history_reads *reads);

#endif
