/* The entries of a raw tree object (gitformat: mode, blank, name, NUL, id). */
#ifndef HISTORY_ENTRY_H
#define HISTORY_ENTRY_H

#include "history/oid.h"

enum entry_kind {
	ENTRY_FILE, ENTRY_FOLDER, ENTRY_LINK, ENTRY_GITLINK
};

struct entry {
	unsigned mode;        /* octal digits as a number */
	struct str name;      /* never empty */
	const unsigned char *id;
};

/*
 * Takes the next entry off *rest.  ERR_NOTFOUND at the end; ERR_FORMAT when
 * the rest is not a tree.
 */
NODISCARD enum err entry_next(struct str *rest, size_t oid_bytes,
			      struct entry *ret);
/* What the mode says it is. */
enum entry_kind entry_kind(unsigned mode);

#endif
