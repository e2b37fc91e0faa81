/* Lines of a file that an extractor reads. */
#include "extract/lines.h"

#include "base/limits.h"

/* Of a text that a message quotes. */
#define QUOTED_BYTES 120

struct lines lines_of(struct extraction *x)
{
	return (struct lines){.x = x, .rest = x->text};
}

bool lines_next(struct lines *l, struct str *ret_line)
{
	while (str_line(&l->rest, ret_line)) {
		l->number++;
		if (ret_line->n <= LIMIT_LINE_BYTES)
			return true;
		diag_add(l->x->diags, RW1108,
			 diag_at_line(l->x->path, l->number),
			 "a line of %zu bytes was left out", ret_line->n);
	}
	return false;
}

void lines_bad(struct extraction *x, unsigned line, const char *what,
	       struct str text)
{
	diag_add(x->diags, RW1301, diag_at_line(x->path, line), "%s%s%.*s",
		 what, text.n ? ": " : "",
		 STR_ARG(str_head(text, QUOTED_BYTES)));
}

unsigned long lines_lost(const struct extraction *x)
{
	const unsigned long *counts = x->diags->counts;

	return counts[RW1108] + counts[RW1301] + counts[RW1901];
}
