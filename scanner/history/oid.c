/* Object names to and from text. */
#include "history/oid.h"

#define D(c, v) [c] = (v) + 1

/* One more than the value of a hexadecimal digit; 0 for anything else. */
static const unsigned char digits[256] = {
	D('0', 0), D('1', 1), D('2', 2), D('3', 3), D('4', 4), D('5', 5),
	D('6', 6), D('7', 7), D('8', 8), D('9', 9), D('a', 10), D('b', 11),
	D('c', 12), D('d', 13), D('e', 14), D('f', 15), D('A', 10),
	D('B', 11), D('C', 12), D('D', 13), D('E', 14), D('F', 15)};

bool oid_parse(struct str hex, size_t bytes, struct oid *ret)
{
	const unsigned char *p = (const unsigned char *)hex.p;
	bool is_hex = hex.n == 2 * bytes;

	*ret = (struct oid){0};
	for (size_t i = 0; is_hex && i < bytes; i++, p += 2) {
		is_hex = digits[p[0]] && digits[p[1]];
		ret->b[i] = (unsigned char)((digits[p[0]] - 1u) << 4 |
					    (digits[p[1]] - 1u));
	}
	return is_hex;
}

struct str oid_hex(const struct oid *o, size_t bytes, struct arena *a)
{
	static const char letters[] = "0123456789abcdef";
	char *p = arena_alloc(a, 2 * bytes + 1);

	for (size_t i = 0; i < bytes; i++) {
		p[2 * i] = letters[o->b[i] >> 4];
		p[2 * i + 1] = letters[o->b[i] & 15];
	}
	return str_n(p, 2 * bytes);
}
