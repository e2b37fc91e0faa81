/* A text in armour; in it, strings with their length in front; signed is a
 * hash of the message with what the signature says of itself. */
#include "history/sshsig.h"

#include "base/sha256.h"

#define END "-----END SSH SIGNATURE-----"
#define MAGIC STR("SSHSIG")
#define NAMESPACE STR("git")
#define TYPE STR("ssh-ed25519")
#define SIGNATURE_BYTES 64

/* --- base64 --------------------------------------------------------------- */

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

bool sshsig_decode(struct str base64, struct strbuf *to)
{
	size_t n = 0, pads = 0;
	uint32_t bits = 0;

	for (size_t i = 0; i < base64.n; i++) {
		char c = base64.p[i];
		int v = value_of(c);

		if (ascii_is_blank(c))
			continue;
		pads += c == '=';
		if (c == '=' ? pads > 2 : v < 0 || pads)
			return false;
		bits = bits << 6 | (uint32_t)(v < 0 ? 0 : v);
		if (++n % 4)
			continue;
		strbuf_ch(to, (char)(bits >> 16 & 255));
		if (pads < 2)
			strbuf_ch(to, (char)(bits >> 8 & 255));
		if (!pads)
			strbuf_ch(to, (char)(bits & 255));
	}
	return n && n % 4 == 0 && !to->full;
}

/* --- the bytes ------------------------------------------------------------ */

static bool take_number(struct str *in, uint32_t *ret)
{
	*ret = 0;
	if (in->n < 4)
		return false;
	for (size_t i = 0; i < 4; i++)
		*ret = *ret << 8 | (unsigned char)in->p[i];
	*in = str_from(*in, 4);
	return true;
}

static bool take_string(struct str *in, struct str *ret)
{
	uint32_t n;

	if (!take_number(in, &n) || n > in->n)
		return false;
	*ret = str_head(*in, n);
	*in = str_from(*in, n);
	return true;
}

/* Two strings and no more: the type, and bytes of a known number. */
static bool take_typed(struct str blob, size_t n, struct str *ret)
{
	struct str type;

	return take_string(&blob, &type) && str_eq(type, TYPE) &&
	       take_string(&blob, ret) && ret->n == n && !blob.n;
}

bool sshsig_key(struct str blob, struct str *ret_key)
{
	return take_typed(blob, SSHSIG_KEY_BYTES, ret_key);
}

static bool parse(struct str in, struct sshsig *ret)
{
	struct str key, space, reserved, signature;
	uint32_t version;

	if (!str_has_prefix(in, MAGIC))
		return false;
	in = str_from(in, MAGIC.n);
	return take_number(&in, &version) && version == 1 &&
	       take_string(&in, &key) && sshsig_key(key, &ret->key) &&
	       take_string(&in, &space) && str_eq(space, NAMESPACE) &&
	       take_string(&in, &reserved) && !reserved.n &&
	       take_string(&in, &ret->algorithm) &&
	       take_string(&in, &signature) && !in.n &&
	       take_typed(signature, SIGNATURE_BYTES, &ret->signature);
}

bool sshsig_parse(struct str text, struct strbuf *to, struct sshsig *ret)
{
	struct str begin = STR(SSHSIG_BEGIN), end = STR(END);

	text = str_trim(text);
	if (text.n > SSHSIG_MOST_BYTES || text.n < begin.n + end.n ||
	    !str_has_prefix(text, begin) || !str_has_suffix(text, end))
		return false;
	return sshsig_decode(str_sub(text, begin.n, text.n - end.n), to) &&
	       parse(strbuf_str(to), ret);
}

/* --- what was signed ------------------------------------------------------ */

static void add_string(struct strbuf *to, struct str s)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		strbuf_ch(to, (char)((uint32_t)s.n >> shift & 255));
	strbuf_add(to, s);
}

static bool hash(struct str algorithm, struct str message,
		 unsigned char *ret, size_t *ret_n)
{
	if (str_is(algorithm, "sha512")) {
		sha256_of_512(message, ret);
		*ret_n = SHA512_BYTES;
	} else if (str_is(algorithm, "sha256")) {
		sha256_of(message, ret);
		*ret_n = SHA256_BYTES;
	} else {
		return false;
	}
	return true;
}

bool sshsig_verify(const struct sshsig *s, struct str message)
{
	unsigned char digest[SHA512_BYTES];
	struct strbuf is_signed;
	bool is_right;
	size_t n;

	if (!hash(s->algorithm, message, digest, &n))
		return false;
	strbuf_init(&is_signed, 0);
	strbuf_add(&is_signed, MAGIC);
	add_string(&is_signed, NAMESPACE);
	add_string(&is_signed, STR(""));
	add_string(&is_signed, s->algorithm);
	add_string(&is_signed, str_n((const char *)digest, n));
	is_right = !sha256_verify_raw(s->key, strbuf_str(&is_signed),
				      s->signature);
	strbuf_release(&is_signed);
	return is_right;
}
