/*
 * Giving up what a program that reads hostile input does not need: files
 * outside the named roots (Landlock), the network, other programs and
 * processes (seccomp), memory and time without end.  What the kernel does not
 * offer is left out, and the level says so.  Linux only; elsewhere the level
 * is none.
 */
#ifndef BASE_SANDBOX_H
#define BASE_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

enum sandbox_level {
	SANDBOX_NONE,
	SANDBOX_PARTIAL, /* only the files or only the rest */
	SANDBOX_FULL
};

struct sandbox_root {
	const char *path;   /* a file, or a folder with all below it */
	bool is_writable;   /* a folder in which files may be made, too */
};

/*
 * What the calling process may use from now on, kept by the kernel: memory
 * that it writes, processor time, open files, the size of a file
 * (LIMIT_WORKER_*, LIMIT_OUTPUT_BYTES) and no core dump.  What is limited to
 * less stays so.
 */
void sandbox_limit(void);

/*
 * Confines the calling process, which must have one thread, for good.  What
 * is open stays open.  A root that does not exist, or whose path is NULL, is
 * left out.
 */
enum sandbox_level sandbox_enter(const struct sandbox_root *roots, size_t n);
/* "none", "partial", "full". */
const char *sandbox_level_name(enum sandbox_level l);

/* What a confined process tried, to prove that it is one. */
struct sandbox_trial {
	const char *what;
	bool was_refused;
};
#define SANDBOX_TRIALS 6
/*
 * Confines a child without roots and lets it try to read a file, make one,
 * open a socket, connect, run a program and start a process.  Fills
 * SANDBOX_TRIALS rows; SANDBOX_NONE when no child could be made.
 */
enum sandbox_level sandbox_try(struct sandbox_trial ret[SANDBOX_TRIALS]);

#endif
