/*
 * Addresses of services: taken apart, compared, and sorted into those that
 * may be connected to.  Strict where a lenient reader would invite tricks:
 * no user in the address, no blanks, no backslash.
 */
#ifndef FEEDS_ORIGIN_H
#define FEEDS_ORIGIN_H

#include "base/arena.h"
#include "base/strbuf.h"

struct sockaddr;

/* Scheme, host and port say who is asked; the target says for what. */
struct origin {
	struct str scheme;  /* "https" or "http" */
	struct str host;    /* lower case, an IPv6 address without brackets */
	unsigned port;
	struct str target;  /* path and query, "/" at least */
};

/* Where a network address leads to. */
enum origin_reach { ORIGIN_PUBLIC, ORIGIN_PRIVATE, ORIGIN_LOOPBACK };

/*
 * Takes an absolute address apart; a fragment is left out.  ERR_UNSUPPORTED
 * for another scheme, ERR_FORMAT for what is no address.  Texts go to `a`.
 */
NODISCARD enum err origin_parse(struct str url, struct arena *a,
				struct origin *ret);
/* The address that origin_parse reads. */
struct str origin_url(const struct origin *o, struct arena *a);
/* Same scheme, host and port? */
bool origin_eq(const struct origin *a, const struct origin *b);
/* Does the host name this very machine: localhost, 127.0.0.0/8, ::1? */
bool origin_is_loopback(const struct origin *o);
/* Is the host one of these words, or below one that begins with a dot? */
bool origin_is_among(const struct origin *o, struct str hosts);
/* What a Location header means at this place; not yet checked. */
struct str origin_resolve(const struct origin *base, struct str location,
			  struct arena *a);
/* Adds a text with all but letters, digits and "-._~" percent-encoded. */
void origin_encode(struct strbuf *b, struct str s);
/* Where a socket address leads to; an unknown family counts as private. */
enum origin_reach origin_reach(const struct sockaddr *address);

#endif
