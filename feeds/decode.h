/*
 * The body of an answer as it was before it was compressed on its way.
 * libcurl does not tell a stream that ends early, so it is done here.
 */
#ifndef FEEDS_DECODE_H
#define FEEDS_DECODE_H

#include "base/err.h"
#include "base/strbuf.h"

/*
 * Undoes a Content-Encoding: gzip, or none at all.  ERR_UNSUPPORTED for
 * another, ERR_FORMAT for a stream that is cut or damaged, ERR_LIMIT for more
 * than `max` bytes; the body is of no use then.
 */
NODISCARD enum err decode_body(struct str encoding, size_t max,
			       struct strbuf *body);

#endif
