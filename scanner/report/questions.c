/*
 * The questions as a document for the bidder, in Markdown: what is not known,
 * what would settle it, and how an answer comes back.
 */
#include "base/date.h"
#include "report/escape.h"
#include "report/questions_list.h"

static void write_head(const struct report_input *in, struct strbuf *out)
{
	const struct stack_info *stack = &in->scan->stack;

	strbuf_cstr(out, "# Questions");
	if (stack->supplier.n) {
		strbuf_cstr(out, " to ");
		escape_markdown(out, stack->supplier);
	}
	if (stack->name.n) {
		strbuf_cstr(out, " on ");
		escape_markdown(out, stack->name);
	}
	strbuf_cstr(out, "\n\nAs of ");
	date_write(out, in->scan->as_of);
	strbuf_fmt(out, ", by ranwhence %s, offline.\n", in->tool_version);
}

static void write_share(struct strbuf *out, int32_t low, int32_t high)
{
	questions_list_points(out, low);
	strbuf_cstr(out, " to ");
	questions_list_points(out, high);
	strbuf_cstr(out, " %");
}

static void write_verdicts(const struct report_input *in, struct strbuf *out)
{
	strbuf_cstr(out, "\n| policy | verdict | influence of entities of "
			 "concern | coverage |\n|---|---|---|---|\n");
	for (size_t i = 0; i < in->verdicts_n; i++) {
		const struct verdict *v = &in->verdicts[i];

		strbuf_cstr(out, "| ");
		escape_markdown(out, v->title);
		strbuf_fmt(out, " | %s | ", verdict_state_name(v->state));
		write_share(out, v->headline_low_bp, v->headline_high_bp);
		strbuf_cstr(out, " | ");
		questions_list_points(out, v->coverage_bp);
		strbuf_cstr(out, " % |\n");
	}
}

static void write_answers(struct strbuf *out)
{
	strbuf_cstr(out,
		"\nThe influence lies between two bounds because something is "
		"not known. Each question says by\nhow many points its answer "
		"would bring the bounds together. What stays without an "
		"answer stays\nunknown: it counts as anything from none to "
		"all.\n\n"
		"Answers come back as a facts file, signed for by whoever "
		"gives them: one row an answer, each\nwith its source and the "
		"date that it speaks for (docs/facts.md has the form). They "
		"are read with\n`ranwhence scan --facts FILE` and every "
		"report shows them as the bidder's assertion.\n");
}

static void write_line(struct strbuf *out, const char *label, struct str text)
{
	strbuf_fmt(out, "- %s: ", label);
	escape_markdown(out, text);
	strbuf_ch(out, '\n');
}

static void write_item(const struct questions_item *q, size_t number,
		       struct strbuf *out)
{
	strbuf_fmt(out, "\n## %zu. ", number);
	escape_markdown(out, q->subject);
	strbuf_cstr(out, "\n\n");
	escape_markdown(out, q->question->text);
	strbuf_cstr(out, "\n\n");
	write_line(out, "Settled by", q->question->settled_by);
	write_line(out, "Answer as", q->answer_as);
	strbuf_cstr(out, "- Worth: ");
	questions_list_points(out, q->question->gain_bp);
	strbuf_fmt(out, " points; concerns %zu component%s; asked by ",
		   q->question->components,
		   q->question->components == 1 ? "" : "s");
	escape_markdown(out, q->policies);
	strbuf_ch(out, '\n');
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct questions_list l;

	(void)style;
	questions_list_make(in, &l);
	write_head(in, out);
	write_verdicts(in, out);
	write_answers(out);
	for (size_t i = 0; i < l.items.n; i++)
		write_item(&l.items.v[i], i + 1, out);
	if (!l.items.n)
		strbuf_cstr(out, "\nNothing is left to ask.\n");
	questions_list_release(&l);
}

const struct reporter report_questions = {
	.name = "questions",
	.summary = "what to ask the bidder, in Markdown",
	.write = write,
};
