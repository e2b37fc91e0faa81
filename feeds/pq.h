/*
 * PostgreSQL, as far as a queue needs it: one statement at a time, each a
 * transaction of its own, over a connection that is made again after it was
 * lost.  pq.c is the only door to libpq, which is optional.
 *
 * What is connected to comes from the user's command line or environment
 * alone, and no message repeats it: there may be a password in it.
 */
#ifndef FEEDS_PQ_H
#define FEEDS_PQ_H

#include "base/err.h"
#include "base/str.h"

struct pq;

/* What a build without libpq cannot do. */
bool pq_is_built_in(void);
/* The version of libpq, times 10000; 0 where it is not built in. */
int pq_library_version(void);
/*
 * A connection to be, by this connection string, or by the environment where
 * it is NULL; it must outlive it.  ERR_CONFIG where it is no connection
 * string, ERR_UNSUPPORTED where libpq is not built in.
 */
NODISCARD enum err pq_new(const char *conninfo, struct pq **ret);
void pq_free(struct pq *p);
/*
 * Runs one statement with these texts as its values $1 and on, connecting
 * first where there is no connection.  ERR_IO: the server is not there, or
 * went away, and whether the statement took effect is not known; ERR_FORMAT:
 * it refused the statement, which had no effect.
 */
NODISCARD enum err pq_run(struct pq *p, const char *sql,
			  const struct str *values, size_t n);
/* The same for several statements without values: all or none take effect. */
NODISCARD enum err pq_script(struct pq *p, const char *sql);
/* How many rows the last statement gave. */
size_t pq_rows(const struct pq *p);
/* A text of them, "" for null; it lives until the next statement. */
struct str pq_text(const struct pq *p, size_t row, unsigned column);
/* What went wrong with the last statement, a line of the server's. */
struct str pq_message(const struct pq *p);

#endif
