/* The components as a table, RFC 4180: one row each, three columns and the
 * organisations of concern for each policy. */
#include "report/bom.h"
#include "report/escape.h"

static void field(struct strbuf *out, struct str s)
{
	strbuf_ch(out, ',');
	escape_csv(out, s);
}

static void write_head(const struct report_input *in, struct strbuf *out)
{
	static const char *const of_policy[] = {"low_bp", "high_bp",
						"coverage_bp", "concern"};
	struct strbuf name;

	strbuf_cstr(out, "component,version,purl,type,function,scope,product,"
			 "supplier,producer,repository,commit,path,line");
	for (size_t i = 0; i < in->verdicts_n; i++)
		for (size_t k = 0; k < 4; k++) {
			strbuf_init(&name, 0);
			strbuf_fmt(&name, "%.*s %s",
				   STR_ARG(in->verdicts[i].policy),
				   of_policy[k]);
			field(out, strbuf_str(&name));
			strbuf_release(&name);
		}
	strbuf_cstr(out, "\r\n");
}

/* "id, id": those whose part is proven. */
static void write_concern(const struct report_input *in,
			  const struct component_score *s, struct strbuf *out)
{
	struct strbuf b;
	size_t last = SIZE_MAX;

	strbuf_init(&b, 0);
	for (size_t i = 0; i < s->by.n; i++) {
		const struct contribution *c = &s->by.v[i];

		if (c->standing != STANDING_CONCERN ||
		    c->organisation == SIZE_MAX || c->organisation == last)
			continue;
		last = c->organisation;
		if (b.n)
			strbuf_cstr(&b, ", ");
		strbuf_add(&b, in->scan->facts->organisations.v[last].id);
	}
	field(out, strbuf_str(&b));
	strbuf_release(&b);
}

static void write_score(const struct report_input *in,
			const struct component_score *s, struct strbuf *out)
{
	if (!s->weight_alone) {
		strbuf_cstr(out, ",,,,");
		return;
	}
	strbuf_fmt(out, ",%d,%d,%d", s->low_bp, s->high_bp, s->coverage_bp);
	write_concern(in, s, out);
}

static void write_component(const struct report_input *in, size_t i,
			    struct strbuf *out)
{
	const struct component *c = &in->scan->parts.components.v[i];

	escape_csv(out, c->name);
	field(out, c->version);
	field(out, c->purl);
	field(out, c->type);
	field(out, str_c(component_function_name(c->function)));
	field(out, str_c(component_scope_name(c->scope)));
	field(out, str_c(c->is_root ? "yes" : "no"));
	field(out, c->supplier);
	field(out, c->producer);
	field(out, c->provenance.repository);
	field(out, c->provenance.commit);
	field(out, c->evidence.v[0].path);
	strbuf_fmt(out, ",%u", c->evidence.v[0].line);
	for (size_t k = 0; k < in->verdicts_n; k++)
		write_score(in, &in->verdicts[k].scores.v[i], out);
	strbuf_cstr(out, "\r\n");
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	(void)style;
	write_head(in, out);
	for (size_t i = 0; i < in->scan->parts.components.n; i++)
		write_component(in, i, out);
}

const struct reporter report_csv = {
	.name = "csv", .summary = "the components as a table (RFC 4180)",
	.write = write,
};
