/* Shares of counts, rounded outward. */
#include "assess/share.h"

__extension__ typedef unsigned __int128 wide;

uint64_t share_floor(uint64_t part, uint64_t all, uint64_t scale)
{
	return (uint64_t)((wide)part * scale / all);
}

uint64_t share_ceil(uint64_t part, uint64_t all, uint64_t scale)
{
	wide product = (wide)part * scale;
	uint64_t q = (uint64_t)(product / all) + (product % all != 0);

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
