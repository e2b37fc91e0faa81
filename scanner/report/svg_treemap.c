/*
 * A tree map: the fields are cut in two halves of about the same size along
 * the longer side, and so on.  Bounded by the number of fields drawn.
 */
#include "report/markup.h"
#include "base/count.h"
#include "report/svg.h"

#define FIELDS 60
#define WIDTH 460
#define HEIGHT 240
#define LETTER 7  /* width of one, about */
#define STRIP 7
#define LEAST 7   /* columns of a label that is cut */

struct part {
	struct svg_box box;
	size_t first, n;
};

static uint64_t sum_of(const struct svg_field *f, size_t n)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++)
		count_add(&sum, f[i].size);
	return sum;
}

/* How many of the first fields make about half, at least one and not all. */
static size_t half_of(const struct svg_field *f, size_t n, uint64_t all,
		      uint64_t *ret_sum)
{
	uint64_t sum = f[0].size;
	size_t k = 1;

	while (k + 1 < n && sum + f[k].size / 2 <= all / 2)
		sum += f[k++].size;
	*ret_sum = sum;
	return k;
}

static void write_label(struct strbuf *out, const struct svg_field *f,
			struct svg_box b)
{
	size_t columns = b.w > 10 ? (size_t)(b.w - 8) / LETTER : 0;

	if ((columns < f->label.n && columns < LEAST) || b.h < 18 + STRIP)
		return;
	svg_text(out, "", b.x + 4, b.y + 14, f->label, columns);
}

static void write_field(struct strbuf *out, const struct svg_field *f,
			struct svg_box b)
{
	char class[] = "field t0";
	int32_t strip = b.h < 2 * STRIP ? b.h / 2 : STRIP;

	class[sizeof class - 2] = svg_tint(f->share.low_bp)[1];
	if (f->id.n)
		strbuf_fmt(out, "<a href=\"#%.*s\">", STR_ARG(f->id));
	strbuf_cstr(out, "<g><title>");
	markup_text(out, f->label);
	strbuf_cstr(out, ": ");
	markup_interval(out, f->share.low_bp, f->share.high_bp);
	strbuf_cstr(out, " of ");
	markup_count(out, f->size);
	strbuf_cstr(out, "</title>\n");
	svg_rect(out, class, b);
	svg_strip(out, (struct svg_box){b.x, b.y + b.h - strip, b.w, strip},
		  f->share);
	write_label(out, f, b);
	strbuf_cstr(out, f->id.n ? "</g></a>\n" : "</g>\n");
}

/* Cuts a part in two, along its longer side. */
static void cut(const struct svg_field *f, struct part p, struct part to[2])
{
	uint64_t sum, all = sum_of(f + p.first, p.n);
	size_t k = half_of(f + p.first, p.n, all, &sum);
	bool is_wide = p.box.w >= p.box.h;
	int32_t side = is_wide ? p.box.w : p.box.h;
	int32_t at = all ? (int32_t)((unsigned __int128)sum *
				     (unsigned)side / all) : side / 2;

	to[0] = (struct part){p.box, p.first, k};
	to[1] = (struct part){p.box, p.first + k, p.n - k};
	if (is_wide) {
		to[0].box.w = at;
		to[1].box.x += at;
		to[1].box.w -= at;
	} else {
		to[0].box.h = at;
		to[1].box.y += at;
		to[1].box.h -= at;
	}
}

void svg_treemap(struct strbuf *out, const struct svg_field *fields,
		 size_t n, struct str label)
{
	struct part todo[FIELDS + 1];
	size_t depth = 0;

	n = n < FIELDS ? n : FIELDS;
	if (!n)
		return;
	svg_open(out, "chart treemap", WIDTH, HEIGHT, label);
	todo[depth++] = (struct part){{0, 0, WIDTH, HEIGHT}, 0, n};
	while (depth) {
		struct part p = todo[--depth], halves[2];

		if (p.n == 1) {
			if (p.box.w > 1 && p.box.h > 1)
				write_field(out, &fields[p.first], p.box);
			continue;
		}
		cut(fields, p, halves);
		todo[depth++] = halves[1];
		todo[depth++] = halves[0];
	}
	svg_close(out);
}
