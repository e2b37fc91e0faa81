/* SHA-256 (FIPS 180-4), HMAC (RFC 2104) and Ed25519 (RFC 8032), from
 * libcrypto. */
#include "base/sha256.h"

#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include "base/mem.h"

struct sha256 {
	EVP_MD_CTX *context;
};

/* libcrypto has no SHA-256 or SHA-1: out of memory, or a configuration of it
 * that takes it away.  Nothing that is keyed by a digest could be right. */
static _Noreturn void die(void)
{
	fputs("ranwhence: libcrypto gives no SHA-256 or SHA-1\n", stderr);
	exit(4);
}

static _Noreturn void die_for_memory(void)
{
	fputs("ranwhence: out of memory\n", stderr);
	/* what runs at exit may wait for a lock of libcrypto that we hold */
	_exit(4);
}

static void *allocate(size_t n, const char *file, int line)
{
	void *p = malloc(n);

	(void)file;
	(void)line;
	if (!p && n)
		die_for_memory();
	return p;
}

static void *allocate_again(void *old, size_t n, const char *file, int line)
{
	void *p = realloc(old, n);

	(void)file;
	(void)line;
	if (!p && n)
		die_for_memory();
	return p;
}

static void release(void *p, const char *file, int line)
{
	(void)file;
	(void)line;
	free(p);
}

void sha256_init(void)
{
	(void)CRYPTO_set_mem_functions(allocate, allocate_again, release);
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

/* Looking an algorithm up takes as long as hashing a commit: it is kept, for
 * all threads. */
static const EVP_MD *algorithm(size_t n)
{
	static _Atomic(EVP_MD *) known[2];
	size_t i = n == SHA256_BYTES;
	EVP_MD *md = atomic_load(&known[i]), *other = NULL;

	if (md)
		return md;
	md = EVP_MD_fetch(NULL, i ? "SHA256" : "SHA1", NULL);
	if (!md)
		die();
	if (atomic_compare_exchange_strong(&known[i], &other, md))
		return md;
	EVP_MD_free(md);
	return other;
}

void sha256_git_name(struct str head, struct str body, size_t n,
		     unsigned char *ret_name)
{
	EVP_MD_CTX *c = EVP_MD_CTX_new();

	if (!c || !EVP_DigestInit_ex(c, algorithm(n), NULL) ||
	    !EVP_DigestUpdate(c, head.p, head.n) ||
	    !EVP_DigestUpdate(c, body.n ? body.p : "", body.n) ||
	    !EVP_DigestFinal_ex(c, ret_name, NULL))
		die();
	EVP_MD_CTX_free(c);
}

struct sha256 *sha256_begin(void)
{
	struct sha256 *h = mem_new(1, sizeof *h);

	h->context = EVP_MD_CTX_new();
	if (!h->context ||
	    !EVP_DigestInit_ex(h->context, EVP_sha256(), NULL))
		die();
	return h;
}

void sha256_add(struct sha256 *h, struct str s)
{
	if (s.n && !EVP_DigestUpdate(h->context, s.p, s.n))
		die();
}

void sha256_end(struct sha256 *h, unsigned char ret_digest[SHA256_BYTES])
{
	if (!EVP_DigestFinal_ex(h->context, ret_digest, NULL))
		die();
	EVP_MD_CTX_free(h->context);
	free(h);
}

/* The key in a PEM text, NULL when there is none of this kind. */
static EVP_PKEY *key_of(struct str pem)
{
	BIO *bio = pem.n > INT_MAX ? NULL
		: BIO_new_mem_buf(pem.n ? pem.p : "", (int)pem.n);
	EVP_PKEY *key = bio ? PEM_read_bio_PUBKEY(bio, NULL, NULL, NULL)
			    : NULL;

	BIO_free(bio);
	if (key && EVP_PKEY_get_base_id(key) != EVP_PKEY_ED25519) {
		EVP_PKEY_free(key);
		key = NULL;
	}
	return key;
}

/* Frees the key. */
static enum err verify(EVP_PKEY *key, struct str message,
		       struct str signature)
{
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	bool is_right = key && context && message.n &&
		EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
		EVP_DigestVerify(context, (const unsigned char *)signature.p,
				 signature.n,
				 (const unsigned char *)message.p,
				 message.n) == 1;
	enum err e = !key ? ERR_CONFIG : is_right ? OK : ERR_FORMAT;

	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return e;
}

enum err sha256_verify_ed25519(struct str pem, struct str message,
			       struct str signature)
{
	return verify(key_of(pem), message, signature);
}

enum err sha256_verify_raw(struct str key, struct str message,
			   struct str signature)
{
	return verify(EVP_PKEY_new_raw_public_key(
			      EVP_PKEY_ED25519, NULL,
			      (const unsigned char *)(key.n ? key.p : ""),
			      key.n), message, signature);
}

void sha256_of_512(struct str s, unsigned char ret_digest[SHA512_BYTES])
{
	if (!EVP_Digest(s.n ? s.p : "", s.n, ret_digest, NULL, EVP_sha512(),
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

bool sha256_is_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_digit(s.p[i]) &&
		    !(s.p[i] >= 'a' && s.p[i] <= 'f'))
			return false;
	return s.n == 2 * SHA256_BYTES;
}

const char *sha256_library_version(void)
{
	return OpenSSL_version(OPENSSL_VERSION);
}
