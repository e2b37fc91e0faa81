/* Shares by year as stacked columns, and the amount below. */
#include "report/markup.h"
#include "report/svg.h"

#define YEARS 24
#define WIDTH 460
#define LEFT 42      /* of the plot */
#define RIGHT 456
#define TOP 10
#define BASE 130     /* of the shares */
#define AMOUNT_TOP 140
#define AMOUNT_BASE 172
#define HEIGHT 194

struct plot {
	struct strbuf *out;
	const struct svg_year *years;
	size_t n;
	int32_t first, columns; /* year; how many */
	uint64_t most;
	const char *noun;
};

static uint64_t sum_of(const struct svg_year *y)
{
	uint64_t sum;

	if (__builtin_add_overflow(y->concern, y->unknown, &sum) ||
	    __builtin_add_overflow(sum, y->other, &sum))
		return 0;
	return sum;
}

static int32_t scale(uint64_t n, uint64_t of, int32_t length)
{
	return (int32_t)((unsigned __int128)n * (unsigned)length / of);
}

static int32_t left_of(const struct plot *p, int32_t column)
{
	return LEFT + column * (RIGHT - LEFT) / p->columns;
}

static void write_part(const struct plot *p, const char *class,
		       struct svg_box column, uint64_t from, uint64_t to,
		       uint64_t sum)
{
	int32_t low = scale(from, sum, BASE - TOP);
	int32_t high = scale(to, sum, BASE - TOP);

	column.y = BASE - high;
	column.h = high - low;
	svg_rect(p->out, class, column);
}

static void write_column(const struct plot *p, const struct svg_year *y)
{
	int32_t i = y->year - p->first, x = left_of(p, i);
	struct svg_box box = {.x = x + 1,
			      .w = left_of(p, i + 1) - x - 2};
	uint64_t sum = sum_of(y);
	int32_t h;

	if (!sum)
		return;
	strbuf_fmt(p->out, "<g><title>%d: ", y->year);
	markup_count(p->out, sum);
	strbuf_fmt(p->out, " %s, of which ", p->noun);
	markup_count(p->out, y->concern);
	strbuf_cstr(p->out, " of concern, ");
	markup_count(p->out, y->unknown);
	strbuf_cstr(p->out, " unknown</title>\n");
	write_part(p, "is", box, 0, y->concern, sum);
	write_part(p, "may", box, y->concern, y->concern + y->unknown, sum);
	write_part(p, "no", box, y->concern + y->unknown, sum, sum);
	h = scale(sum, p->most, AMOUNT_BASE - AMOUNT_TOP);
	h = h ? h : 1;
	svg_rect(p->out, "amount", (struct svg_box){box.x, AMOUNT_BASE - h,
						    box.w, h});
	strbuf_cstr(p->out, "</g>\n");
}

static void write_scale(const struct plot *p)
{
	static const char *const marks[] = {"0 %", "50 %", "100 %"};
	struct strbuf most;

	for (int32_t i = 0; i < 3; i++) {
		int32_t y = BASE - i * (BASE - TOP) / 2;

		svg_rect(p->out, "grid", (struct svg_box){LEFT, y,
							  RIGHT - LEFT, 1});
		svg_text(p->out, "end", LEFT - 4, y + 4, str_c(marks[i]), 8);
	}
	strbuf_init(&most, 0);
	markup_count(&most, p->most);
	strbuf_fmt(p->out, "<text class=\"end\" x=\"%d\" y=\"%d\">", LEFT - 4,
		   AMOUNT_TOP + 8);
	strbuf_add(p->out, strbuf_str(&most));
	strbuf_cstr(p->out, "</text>\n");
	strbuf_release(&most);
	svg_rect(p->out, "grid", (struct svg_box){LEFT, AMOUNT_BASE,
						  RIGHT - LEFT, 1});
}

/* As many years as have room, the last one always. */
static void write_years(const struct plot *p)
{
	int32_t step = 1 + (p->columns - 1) / 10;

	for (int32_t i = p->columns - 1; i >= 0; i -= step)
		strbuf_fmt(p->out, "<text class=\"mid\" x=\"%d\" y=\"%d\">%d"
				   "</text>\n",
			   (left_of(p, i) + left_of(p, i + 1)) / 2,
			   HEIGHT - 6, p->first + i);
}

void svg_columns(struct strbuf *out, const struct svg_year *years, size_t n,
		 const char *noun)
{
	struct plot p = {out, years, n, 0, 0, 1, noun};
	struct strbuf label;
	int32_t last;

	if (!n)
		return;
	last = years[n - 1].year;
	while (p.n > 1 && last - p.years->year >= YEARS) {
		p.years++;
		p.n--;
	}
	p.first = p.years->year;
	p.columns = last - p.first + 1;
	for (size_t i = 0; i < p.n; i++)
		if (sum_of(&p.years[i]) > p.most)
			p.most = sum_of(&p.years[i]);
	strbuf_init(&label, 0);
	strbuf_fmt(&label, "Shares of the %s of each year from %d to %d; the "
			   "table has the figures", noun, p.first, last);
	svg_open(out, "chart columns", WIDTH, HEIGHT, strbuf_str(&label));
	strbuf_release(&label);
	write_scale(&p);
	for (size_t i = 0; i < p.n; i++)
		write_column(&p, &p.years[i]);
	write_years(&p);
	svg_close(out);
}
