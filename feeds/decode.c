/* Bounded, as all that is decompressed. */
#include "feeds/decode.h"

#include "base/archive_in.h"

#define LEAST_BYTES 18 /* head, an empty stream, sum and size */

/* The size that stands at the end; what ends early has another there. */
static bool has_size(struct str gzip, size_t size)
{
	const unsigned char *p = (const unsigned char *)gzip.p;
	uint32_t stated = 0;

	if (gzip.n < LEAST_BYTES || p[0] != 0x1f || p[1] != 0x8b)
		return false;
	for (size_t i = 4; i > 0; i--)
		stated = stated << 8 | p[gzip.n - 5 + i];
	return stated == (uint32_t)size;
}

enum err decode_body(struct str encoding, size_t max, struct strbuf *body)
{
	struct diags unsaid = {0};
	struct strbuf plain;
	enum err e;

	encoding = str_trim(encoding);
	if (!encoding.n || str_eq_nocase(encoding, STR("identity")))
		return OK;
	if (!str_eq_nocase(encoding, STR("gzip")) &&
	    !str_eq_nocase(encoding, STR("x-gzip")))
		return ERR_UNSUPPORTED;
	strbuf_init(&plain, 0);
	e = archive_gunzip(strbuf_str(body), max, STR("an answer"), &unsaid,
			   &plain);
	if (!e && !has_size(strbuf_str(body), plain.n))
		e = ERR_FORMAT;
	strbuf_release(body);
	*body = plain;
	diag_release(&unsaid);
	return e;
}
