/* Lists in words. */
#include "report/held.h"

static void write_list(struct strbuf *b, const struct held *h)
{
	const char *unit = h->entries == 1 ? "entry" : "entries";

	if (h->is_whole)
		strbuf_fmt(b, "%.*s (whole, %zu %s: %.*s)", STR_ARG(h->list),
			   h->entries, unit, STR_ARG(h->edition));
	else
		strbuf_fmt(b, "%.*s (an extract, %zu %s)", STR_ARG(h->list),
			   h->entries, unit);
}

void held_phrase(const struct verdict *v, struct strbuf *b)
{
	for (size_t i = 0; i < v->held.n; i++) {
		strbuf_cstr(b, i ? ", " : "Lists, as the facts hold them: ");
		write_list(b, &v->held.v[i]);
	}
}
