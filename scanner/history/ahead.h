/*
 * Reading commits before anybody asks for them: git writes a pack's commits
 * at its front, newest first, so that walking a history goes through the pack
 * from one block of bytes to the next.  Threads inflate the blocks ahead of
 * the walk; it stops when what they read is not what the walk needs.
 */
#ifndef HISTORY_AHEAD_H
#define HISTORY_AHEAD_H

#include "history/odb.h"
#include "history/record.h"

struct ahead;

/*
 * Starts helpers (`threads` with the caller) on the largest pack; NULL when
 * there is nothing to gain.  `facts` as for address_init,
 * `keys` as for records.
 */
struct ahead *ahead_start(struct odb *o, unsigned threads,
			  const struct facts *facts,
			  const struct author_keys *keys);
/*
 * The record of the commit at a spot and the lists that it points into, valid
 * until ahead_stop; the caller may have to help.  NULL: read it in the
 * ordinary way.
 */
const struct record *ahead_find(struct ahead *a, struct odb_spot spot,
				const struct record_lists **ret_lists);
/* Ends the helpers and adds the addresses they met; `a` may be NULL. */
void ahead_stop(struct ahead *a, struct addresses *ret);

#endif
