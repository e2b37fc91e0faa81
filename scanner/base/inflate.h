/*
 * Inflating zlib streams and gzip files in memory; the only door to
 * libdeflate.
 */
#ifndef BASE_INFLATE_H
#define BASE_INFLATE_H

#include "base/err.h"
#include "base/str.h"
#include "base/strbuf.h"

struct inflate;

/* One per thread. */
struct inflate *inflate_new(void);
void inflate_free(struct inflate *z);
/*
 * Inflates the stream at the start of `in` to exactly n bytes at `out`.
 * ERR_FORMAT when it is corrupt, cut, or of another size.
 */
NODISCARD enum err inflate_exact(struct inflate *z, struct str in, void *out,
				 size_t n);
/*
 * Inflates a stream whose size is not known, at most `max` bytes, which go to
 * *ret_out (freed by the caller, also after a failure).  ERR_LIMIT when it is
 * larger.
 */
NODISCARD enum err inflate_all(struct inflate *z, struct str in, size_t max,
			       char **ret_out, size_t *ret_n);
/*
 * Adds what is in a gzip file, which must be whole, with a sum that fits and
 * nothing behind it, and at most `max` bytes: ERR_FORMAT, ERR_LIMIT.
 */
NODISCARD enum err inflate_gunzip(struct str in, size_t max,
				  struct strbuf *to);
/* The version of libdeflate, in static storage. */
const char *inflate_library_version(void);

#endif
