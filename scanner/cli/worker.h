/*
 * The confined process in which a command reads hostile input.  It sees the
 * files that the command line names and no other, has no network, writes
 * nowhere (but one that completes a clone into its folder of packs), and what
 * it wants written it hands to its parent, which writes nothing but the
 * outputs that the user asked for, and entries of caches to the store.
 */
#ifndef CLI_WORKER_H
#define CLI_WORKER_H

#include "base/diag.h"
#include "base/sandbox.h"
#include "base/strbuf.h"
#include "cli/command.h"
#include "store/kept.h"

/*
 * Runs a command in a worker and gives its exit code; EXIT_INTERNAL when it
 * died or answered nonsense, EXIT_USAGE when it cannot be confined and the
 * user requires that.
 */
int worker_run(const struct command *c, const struct opts *o);
/* How far this process is confined. */
enum sandbox_level worker_level(const struct opts *o);
/* Writes an output that the options name, by way of the parent where there
 * is one.  An error after RW1005. */
NODISCARD enum err worker_write(const struct opts *o, const char *path,
				const struct strbuf *b, struct diags *ds);
/*
 * Keeps an entry in the store at this path (kept_put), by way of the parent
 * where there is one: that bounds number and size, and knows the path itself.
 */
void worker_keep(const struct opts *o, const char *store,
		 enum kept_kind kind, const unsigned char key[SHA256_BYTES],
		 struct str bytes);
/* Takes away a file that a worker was to write, and gives its text: "" and an
 * error where it cannot be read, or has more than `most` bytes. */
NODISCARD enum err worker_take(const char *path, size_t most,
			       struct arena *a, struct str *ret);
/* This process ends with the one that started it, where the system can. */
void worker_die_with_parent(void);

#endif
