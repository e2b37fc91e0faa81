/* A bar of parts; lengths are percentages. */
#include "report/svg.h"

#define ALL 10000

/* n of total in basis points, rounded down. */
static int32_t part_bp(uint64_t n, uint64_t total)
{
	return (int32_t)((unsigned __int128)n * ALL / total);
}

void svg_stacked(struct strbuf *out, const struct svg_part *parts, size_t n,
		 uint64_t total)
{
	uint64_t sum = 0;
	int32_t at = 0;

	strbuf_cstr(out, "<svg class=\"bar\" aria-hidden=\"true\">");
	for (size_t i = 0; i < n && total; i++) {
		int32_t to;

		if (parts[i].n > total - sum)
			break;
		sum += parts[i].n;
		to = part_bp(sum, total);
		svg_span(out, parts[i].class, at, to);
		at = to;
	}
	strbuf_cstr(out, "</svg>");
}
