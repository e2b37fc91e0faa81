/* A share on several days as columns, from what is proven below to what is
 * ruled out above.  Days stand side by side, however far apart they are. */
#include "report/markup.h"
#include "report/svg.h"

#define ALL 10000
#define DAYS 24
#define WIDTH 340
#define LEFT 42      /* of the plot */
#define RIGHT 336
#define TOP 10
#define BASE 120
#define HEIGHT 142
#define WIDEST 56    /* of a column */
#define NAME_W 74    /* room for a day below */

struct plot {
	struct strbuf *out;
	const struct svg_day *days;
	int32_t n, step;
};

static int32_t left_of(const struct plot *p, int32_t i)
{
	return LEFT + i * p->step;
}

static void write_part(const struct plot *p, const char *class,
		       struct svg_box column, struct svg_share part)
{
	int32_t low = part.low_bp * (BASE - TOP) / ALL;
	int32_t high = (part.high_bp * (BASE - TOP) + ALL - 1) / ALL;

	column.y = BASE - high;
	column.h = high - low;
	svg_rect(p->out, class, column);
}

static void write_column(const struct plot *p, int32_t i)
{
	const struct svg_day *d = &p->days[i];
	int32_t w = p->step - 2 < WIDEST ? p->step - 2 : WIDEST;
	struct svg_box box = {.x = left_of(p, i) + (p->step - w) / 2, .w = w};

	strbuf_cstr(p->out, "<g><title>");
	markup_text_cut(p->out, d->label, 40);
	strbuf_cstr(p->out, ": ");
	markup_interval(p->out, d->share.low_bp, d->share.high_bp);
	strbuf_cstr(p->out, "</title>\n");
	write_part(p, "no", box, (struct svg_share){0, ALL});
	write_part(p, "may", box, (struct svg_share){0, d->share.high_bp});
	write_part(p, "is", box, (struct svg_share){0, d->share.low_bp});
	strbuf_cstr(p->out, "</g>\n");
}

static void write_scale(const struct plot *p)
{
	static const char *const marks[] = {"0 %", "50 %", "100 %"};

	for (int32_t i = 0; i < 3; i++) {
		int32_t y = BASE - i * (BASE - TOP) / 2;

		svg_rect(p->out, "grid", (struct svg_box){LEFT, y,
							  RIGHT - LEFT, 1});
		svg_text(p->out, "end", LEFT - 4, y + 4, str_c(marks[i]), 8);
	}
}

/* As many as have room, the last one always. */
static void write_names(const struct plot *p)
{
	int32_t every = 1 + (NAME_W - 1) / p->step;

	for (int32_t i = p->n - 1; i >= 0; i -= every) {
		int32_t x = left_of(p, i) + p->step / 2;
		int32_t last = WIDTH - NAME_W / 2;

		svg_text(p->out, "mid", x < last ? x : last, HEIGHT - 6,
			 p->days[i].label, 10);
	}
}

void svg_days(struct strbuf *out, const struct svg_day *days, size_t n,
	      struct str label)
{
	struct plot p = {.out = out, .days = days};

	if (!n)
		return;
	if (n > DAYS) {
		p.days += n - DAYS;
		n = DAYS;
	}
	p.n = (int32_t)n;
	p.step = (RIGHT - LEFT) / p.n;
	svg_open(out, "chart days", WIDTH, HEIGHT, label);
	write_scale(&p);
	for (int32_t i = 0; i < p.n; i++)
		write_column(&p, i);
	write_names(&p);
	svg_close(out);
}
