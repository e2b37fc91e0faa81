/* In the order of months: what began last stands at the end. */
#include "report/terms.h"

#include <stdio.h>

#include "base/date.h"
#include "base/utf8.h"

#define MOST_SHOWN 40

static int by_month(const void *va, const void *vb)
{
	const struct digest_term *a = *(struct digest_term *const *)va;
	const struct digest_term *b = *(struct digest_term *const *)vb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	return a < b ? -1 : a > b; /* in the order of the digest */
}

static void month(const struct paint *p, const struct digest_term *t,
		  bool is_end)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (is_end && t->is_open)
		strbuf_cstr(&b, "now");
	else
		date_write_month(&b, is_end ? t->to : t->from);
	paint_cell(p, PAINT_PLAIN, strbuf_str(&b), 7);
	strbuf_release(&b);
}

static void write_row(const struct paint *p, const struct digest_term *t)
{
	char n[24];
	int len = snprintf(n, sizeof n, "%llu", (unsigned long long)t->seats);

	paint_cell_right(p, str_n(n, (size_t)len), 9);
	month(p, t, false);
	month(p, t, true);
	paint_cell(p, PAINT_PLAIN, str_c(component_role_name(t->role)), 10);
	paint_cell(p, PAINT_PLAIN, t->host.n ? t->host : STR("(no address)"),
		   21);
	utf8_show_cut(p->out, t->company, 20);
	while (p->out->n && p->out->p[p->out->n - 1] == ' ')
		p->out->n--;
	strbuf_ch(p->out, '\n');
}

void terms_text(const struct paint *p, const struct digest *d)
{
	size_t n = d->terms.n, first = n > MOST_SHOWN ? n - MOST_SHOWN : 0;
	const struct digest_term **order;

	if (!n)
		return;
	order = mem_new(n, sizeof *order);
	for (size_t i = 0; i < n; i++)
		order[i] = &d->terms.v[i];
	qsort(order, n, sizeof *order, by_month);
	strbuf_cstr(p->out, "\n    seats from    to      role       host      "
			    "            company, by INFO.yaml\n");
	if (first)
		strbuf_fmt(p->out, "%zu earlier terms\n", first);
	for (size_t i = first; i < n; i++)
		write_row(p, order[i]);
	free(order);
}
