/*
 * A process and the child that it forked, with a pipe each way between them:
 * what the worker has in common with the helpers that start workers.
 */
#ifndef CLI_PEER_H
#define CLI_PEER_H

#include <sys/types.h>

#include "base/arena.h"

/* The other side, as one of the two sees it. */
struct peer {
	pid_t pid;    /* of the child; 0 in the child */
	int to, from; /* -1 when closed */
};

/* Forks, and comes back in both; false when it cannot be, after a message. */
NODISCARD bool peer_fork(struct peer *ret);
/* Closes the pipes and waits for the child: its status, -1 when lost. */
int peer_end(struct peer *p);
/*
 * All of these bytes to the other side, or from it; false when it is gone.
 * What failed half-way leaves nothing that could go on: both pipes are closed
 * then, so that the other side does not wait for the rest, and all that is
 * put or got later fails at once.
 */
bool peer_put(struct peer *p, const void *bytes, size_t n);
bool peer_get(struct peer *p, void *bytes, size_t n);
/* A text of n bytes, ended by a NUL; false also when there are more than
 * `most`. */
bool peer_get_text(struct peer *p, uint64_t n, size_t most,
		   struct arena *a, struct str *ret);

#endif
