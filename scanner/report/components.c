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

/* Shown text in a column of fixed width, one blank behind it. */
static void cell(struct strbuf *out, struct str s, size_t width)
{
	size_t used = utf8_width(s);

	utf8_show_cut(out, s, width);
	strbuf_pad(out, ' ', 1 + (used < width ? width - used : 0));
}

static void write_line(const struct component *c, size_t wide,
		       struct strbuf *out)
{
	const struct evidence *e = &c->evidence.v[0];

	cell(out, c->name, wide);
	cell(out, c->version, 16);
	cell(out, str_c(component_scope_name(c->scope)), 8);
	utf8_show(out, e->path);
	if (e->line)
		strbuf_fmt(out, ":%u", e->line);
	strbuf_ch(out, '\n');
}

void report_components(const struct scan *s, bool json,
		       const struct report_style *style, struct strbuf *out)
{
	size_t wide = style->columns > 80 ? 40 : 30;

	if (json) {
		write_json(s, out);
		return;
	}
	cell(out, STR("component"), wide);
	cell(out, STR("version"), 16);
	cell(out, STR("scope"), 8);
	strbuf_cstr(out, "declared in\n");
	for (size_t i = 0; i < s->parts.components.n; i++)
		write_line(&s->parts.components.v[i], wide, out);
	strbuf_fmt(out, "%zu components\n", s->parts.components.n);
}
