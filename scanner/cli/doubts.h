/* What of the histories at hand is not shown, and therefore open: told, where
 * a reader of the figures must know of it. */
#ifndef CLI_DOUBTS_H
#define CLI_DOUBTS_H

#include "model/scan.h"

/* Tells of the digests of a scan, once they are attributed. */
void doubts_tell(struct scan *s);

#endif
