/* The questions as CSV (RFC 4180), with an empty column for the answers. */
#include "report/escape.h"
#include "report/questions_list.h"

static void field(struct strbuf *out, struct str s)
{
	strbuf_ch(out, ',');
	escape_csv(out, s);
}

static void write_item(const struct report_input *in,
		       const struct questions_item *q, size_t number,
		       struct strbuf *out)
{
	const struct question *x = q->question;
	const struct component *c =
		&in->scan->parts.components.v[x->component];

	strbuf_fmt(out, "%zu,", number);
	questions_list_points(out, x->gain_bp);
	field(out, str_c(verdict_question_name(x->kind)));
	field(out, q->subject);
	field(out, c->name);
	field(out, c->version);
	field(out, c->purl);
	strbuf_fmt(out, ",%zu", x->components);
	field(out, x->text);
	field(out, x->settled_by);
	field(out, q->answer_as);
	field(out, q->policies);
	strbuf_cstr(out, ",\"\"\r\n");
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct questions_list l;

	(void)style;
	questions_list_make(in, &l);
	strbuf_cstr(out, "number,points,kind,subject,component,version,purl,"
			 "components,question,settled_by,answer_as,policies,"
			 "answer\r\n");
	for (size_t i = 0; i < l.items.n; i++)
		write_item(in, &l.items.v[i], i + 1, out);
	questions_list_release(&l);
}

const struct reporter report_questions_csv = {
	.name = "questions-csv", .summary = "the same as CSV",
	.write = write,
};
