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
	pid_t pid; /* of the child; 0 in the child */
	int to, from;
};

/* Forks, and comes back in both; false when it cannot be, after a message. */
NODISCARD bool peer_fork(struct peer *ret);
/* Closes the pipes and waits for the child: its status, -1 when lost. */
int peer_end(const struct peer *p);
/* All of these bytes to the other side, or from it; false when it is gone. */
bool peer_put(const struct peer *p, const void *bytes, size_t n);
bool peer_get(const struct peer *p, void *bytes, size_t n);
/* A text of n bytes, ended by a NUL; false also when there are more than
 * `most`. */
bool peer_get_text(const struct peer *p, uint64_t n, size_t most,
		   struct arena *a, struct str *ret);

#endif
