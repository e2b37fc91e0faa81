/* Lines of armour, base64, and the head of a packet. */
#include "history/pgpsig_text.h"

#include "history/pgpsig.h"
#include "history/sshsig.h"

#define END "-----END PGP SIGNATURE-----"
#define TAG_SIGNATURE 2
#define V4 4
#define OVER_BYTES 0 /* the type: not over text, keys or anything else */

/* What stands in armour, without headers and the sum at its end: that sum is
 * against accidents, and the signature is one itself. */
static bool inside(struct str text, struct str *ret)
{
	struct str begin = STR(PGPSIG_BEGIN), end = STR(END), line, rest;
	size_t sum;

	text = str_trim(text);
	if (text.n > PGPSIG_TEXT_MOST || text.n < begin.n + end.n ||
	    !str_has_prefix(text, begin) || !str_has_suffix(text, end))
		return false;
	rest = str_sub(text, begin.n, text.n - end.n);
	if (!str_line(&rest, &line) || str_trim(line).n)
		return false;
	while (str_line(&rest, &line) && str_trim(line).n)
		if (str_find(line, STR(": ")) == SIZE_MAX)
			return false;
	sum = str_find(rest, STR("\n="));
	*ret = sum == SIZE_MAX ? rest : str_head(rest, sum);
	return true;
}

/* The length of a packet, and how many bytes say it; false where it is in
 * pieces, or up to the end. */
static bool length(struct str in, uint64_t *ret, size_t *ret_head)
{
	const unsigned char *b = (const unsigned char *)in.p;
	bool is_new = b[0] & 0x40;
	unsigned kind = b[0] & 3;
	size_t n = is_new ? (b[1] < 192 ? 1 : b[1] < 224 ? 2
			     : b[1] == 255 ? 5 : 0)
		   : kind < 3 ? (size_t)1 << kind : 0;

	if (!n || n + 1 > in.n)
		return false;
	*ret_head = n + 1;
	*ret = 0;
	if (is_new && n == 2) {
		*ret = (((uint64_t)b[1] - 192) << 8) + b[2] + 192;
		return true;
	}
	for (size_t i = is_new && n == 5 ? 2 : 1; i <= n; i++)
		*ret = *ret << 8 | b[i];
	return true;
}

/* One packet, and nothing behind it. */
static bool is_one(struct str in, int *ret_hash)
{
	const unsigned char *b = (const unsigned char *)in.p;
	uint64_t n;
	size_t head;
	int tag;

	if (in.n < 2 || !(b[0] & 0x80))
		return false;
	tag = b[0] & 0x40 ? b[0] & 0x3f : b[0] >> 2 & 15;
	if (tag != TAG_SIGNATURE || !length(in, &n, &head) ||
	    n != in.n - head || n < 6)
		return false;
	b += head;
	*ret_hash = b[3];
	return b[0] == V4 && b[1] == OVER_BYTES;
}

bool pgpsig_text_parse(struct str text, struct strbuf *to, int *ret_hash)
{
	struct str base64;

	return inside(text, &base64) && sshsig_decode(base64, to) &&
	       is_one(strbuf_str(to), ret_hash);
}
