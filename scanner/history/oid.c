/* Object names to and from text. */
#include "history/oid.h"

/* The value of a hexadecimal digit; 16 and more for anything else. */
static unsigned digit(char c)
{
	unsigned d = (unsigned)(unsigned char)c;

	if (d - '0' < 10)
		return d - '0';
	d = (d | 0x20) - 'a';
	return d < 6 ? d + 10 : 16;
}

bool oid_parse(struct str hex, size_t bytes, struct oid *ret)
{
	*ret = (struct oid){0};
	if (hex.n != 2 * bytes)
		return false;
	for (size_t i = 0; i < bytes; i++) {
		unsigned high = digit(hex.p[2 * i]);
		unsigned low = digit(hex.p[2 * i + 1]);

		if ((high | low) > 15)
			return false;
		ret->b[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

struct str oid_hex(const struct oid *o, size_t bytes, struct arena *a)
{
	static const char digits[] = "0123456789abcdef";
	char *p = arena_alloc(a, 2 * bytes + 1);

	for (size_t i = 0; i < bytes; i++) {
		p[2 * i] = digits[o->b[i] >> 4];
		p[2 * i + 1] = digits[o->b[i] & 15];
	}
	return str_n(p, 2 * bytes);
}
