/* Shares of counts, rounded outward. */
#include "assess/share.h"

uint64_t share_floor(uint64_t part, uint64_t all, uint64_t scale)
{
	while (part > UINT64_MAX / scale) {
		part >>= 1;
		all = (all >> 1) + 1;
	}
	return part * scale / all;
}

uint64_t share_ceil(uint64_t part, uint64_t all, uint64_t scale)
{
	uint64_t product, q;

	while (part > UINT64_MAX / scale) {
		part = (part >> 1) + 1;
		all >>= 1;
	}
	product = part * scale;
	q = product / all + (product % all != 0);
	return q < scale ? q : scale;
}

void share_write(struct strbuf *b, int32_t bp)
{
	int whole = bp / 100, part = bp % 100;

	if (part == 0)
		strbuf_fmt(b, "%d %%", whole);
	else if (part % 10 == 0)
		strbuf_fmt(b, "%d.%d %%", whole, part / 10);
	else
		strbuf_fmt(b, "%d.%02d %%", whole, part);
}
