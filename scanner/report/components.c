/* What `ranwhence components` prints. */
#include "base/diag_json.h"
#include "base/json_out.h"
#include "base/utf8.h"
#include "report/json_parts.h"
#include "report/report.h"

static void write_json(const struct scan *s, struct strbuf *out)
{
	struct json_out j;

	json_out_init(&j, out, false);
	json_out_object(&j);
	json_out_kstr(&j, "schema", STR("ranwhence.components/1"));
	json_parts_inventory(s, &j);
	json_out_key(&j, "diagnostics");
	diag_json_write(&s->diags, &j);
	json_out_object_end(&j);
	json_out_end(&j);
}

#define VERSION_COLUMNS 14
#define SCOPE_COLUMNS 8

/* A third of the line, at least so much that names can be told apart. */
static size_t name_columns(const struct report_style *style)
{
	return style->columns > 80 ? 40 : style->columns > 60 ? 26 : 10;
}

/* Shown text in a column of fixed width, one blank behind it. */
static void cell(struct strbuf *out, struct str s, size_t width)
{
	size_t used = utf8_width(s);

	utf8_show_cut(out, s, width);
	strbuf_pad(out, ' ', 1 + (used < width ? width - used : 0));
}

/* The end of a place: its beginning is most often known. */
static void write_end(struct strbuf *out, struct str s, size_t width)
{
	size_t from = s.n > 4 * width ? s.n - 4 * width : 0;

	if (!from && utf8_width(s) <= width) {
		utf8_show(out, s);
		return;
	}
	while (from < s.n && (((unsigned char)s.p[from] & 0xc0) == 0x80 ||
			      utf8_width(str_from(s, from)) + 3 > width))
		from++;
	strbuf_cstr(out, "...");
	utf8_show(out, str_from(s, from));
}

static void write_line(const struct component *c,
		       const struct report_style *style, struct strbuf *out)
{
	const struct evidence *e = &c->evidence.v[0];
	size_t wide = name_columns(style);
	struct strbuf at;

	cell(out, c->name, wide);
	cell(out, c->version, VERSION_COLUMNS);
	cell(out, str_c(component_scope_name(c->scope)), SCOPE_COLUMNS);
	strbuf_init(&at, 0);
	strbuf_add(&at, e->path);
	if (e->line)
		strbuf_fmt(&at, ":%u", e->line);
	write_end(out, strbuf_str(&at), style->columns - wide -
		  VERSION_COLUMNS - SCOPE_COLUMNS - 3);
	strbuf_release(&at);
	strbuf_ch(out, '\n');
}

void report_components(const struct scan *s, bool json,
		       const struct report_style *style, struct strbuf *out)
{
	size_t n = s->parts.components.n;

	if (json) {
		write_json(s, out);
		return;
	}
	cell(out, STR("component"), name_columns(style));
	cell(out, STR("version"), VERSION_COLUMNS);
	cell(out, STR("scope"), SCOPE_COLUMNS);
	strbuf_cstr(out, "declared in\n");
	for (size_t i = 0; i < n; i++)
		write_line(&s->parts.components.v[i], style, out);
	strbuf_fmt(out, "%zu component%s\n", n, n == 1 ? "" : "s");
}
