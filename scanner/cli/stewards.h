/* Who may decide in a repository: seats of the head, and since when. */
#ifndef CLI_STEWARDS_H
#define CLI_STEWARDS_H

#include "history/history.h"
#include "model/scan.h"

/*
 * Fills the seats and terms of the digest of a repository, by what the tree at
 * its head declares.  `tree` is an empty scan that must outlive the digest;
 * it gets the diagnostics of the tree and its files, `ds` those of the terms.
 * Half of a list of maintainers is none: then the seats are not observed.
 * What was met is added to `reads`, unless that is NULL.
 */
void stewards_read(const char *path, struct digest *d, struct scan *tree,
		   struct diags *ds, struct history_reads *reads);

#endif
