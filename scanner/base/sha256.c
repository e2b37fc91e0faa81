/* SHA-256 (FIPS 180-4) and HMAC (RFC 2104) from libcrypto. */
#include "base/sha256.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

#include <openssl/evp.h>
#include <openssl/hmac.h>

/* libcrypto has no SHA-256: out of memory, or a configuration of it that
 * takes it away.  Nothing that is keyed by a digest could be right. */
static _Noreturn void die(void)
{
	fputs("ranwhence: libcrypto gives no SHA-256\n", stderr);
	exit(4);
}

void sha256_of(struct str s, unsigned char ret_digest[SHA256_BYTES])
{
	if (!EVP_Digest(s.n ? s.p : "", s.n, ret_digest, NULL, EVP_sha256(),
			NULL))
		die();
}

void sha256_hmac(struct str key, struct str s,
		 unsigned char ret_digest[SHA256_BYTES])
{
	unsigned char short_key[SHA256_BYTES];

	/* what HMAC does with a long key, before its length is an int */
	if (key.n > INT_MAX) {
		sha256_of(key, short_key);
		key = str_n((const char *)short_key, sizeof short_key);
	}
	if (!HMAC(EVP_sha256(), key.n ? key.p : "", (int)key.n,
		  (const unsigned char *)(s.n ? s.p : ""), s.n, ret_digest,
		  NULL))
		die();
}

void sha256_hex(struct strbuf *b, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		strbuf_ch(b, digits[bytes[i] >> 4]);
		strbuf_ch(b, digits[bytes[i] & 15]);
	}
}
