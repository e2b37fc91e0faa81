/* SHA-256, SHA-512, HMAC-SHA-256 and Ed25519, and the names of git's objects,
 * from libcrypto; its only door. */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include "base/strbuf.h"

#define SHA256_BYTES 32

/* To be called before anything else uses libcrypto, once: from then on its
 * allocations end the program as ours do (mem.h), because the library goes on
 * with half of itself where memory fails as it begins. */
void sha256_init(void);
/* The digest of s. */
void sha256_of(struct str s, unsigned char ret_digest[SHA256_BYTES]);
/* The keyed digest of s. */
void sha256_hmac(struct str key, struct str s,
		 unsigned char ret_digest[SHA256_BYTES]);
/* The name of a git object, of 20 (SHA-1) or 32 bytes: that of head and body
 * behind each other. */
void sha256_git_name(struct str head, struct str body, size_t n,
		     unsigned char *ret_name);
/* The digest of what comes in pieces; sha256_end frees it. */
struct sha256;
struct sha256 *sha256_begin(void);
void sha256_add(struct sha256 *h, struct str s);
void sha256_end(struct sha256 *h, unsigned char ret_digest[SHA256_BYTES]);
/*
 * Is this an Ed25519 signature (RFC 8032) of the message by the owner of the
 * public key (PEM, as `openssl pkey -pubout` writes it)?  ERR_CONFIG: that is
 * no such key; ERR_FORMAT: it is not.
 */
NODISCARD enum err sha256_verify_ed25519(struct str pem, struct str message,
					 struct str signature);
/* Adds n bytes as lower-case hex. */
void sha256_hex(struct strbuf *b, const unsigned char *bytes, size_t n);
/* The same of a key as its 32 bytes. */
NODISCARD enum err sha256_verify_raw(struct str key, struct str message,
				     struct str signature);
/* Is a text the lower-case hex of a digest? */
bool sha256_is_hex(struct str s);
#define SHA512_BYTES 64
/* The SHA-512 digest of s. */
void sha256_of_512(struct str s, unsigned char ret_digest[SHA512_BYTES]);
/* The version of libcrypto, in static storage. */
const char *sha256_library_version(void);

#endif
