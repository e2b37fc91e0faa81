/* SHA-256 and HMAC-SHA-256, from libcrypto; its only door. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/strbuf.h"

#define SHA256_BYTES 32

/* The digest of s. */
void sha256_of(struct str s, unsigned char ret_digest[SHA256_BYTES]);
/* The keyed digest of s. */
void sha256_hmac(struct str key, struct str s,
		 unsigned char ret_digest[SHA256_BYTES]);
/* Adds n bytes as lower-case hex. */
void sha256_hex(struct strbuf *b, const unsigned char *bytes, size_t n);

#endif
