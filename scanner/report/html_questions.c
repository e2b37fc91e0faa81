/* What is not known, and what to ask. */
#include "report/html_frame.h"
#include "report/html_page.h"
#include "report/markup.h"
#include "report/questions_list.h"

#define SHOWN 40

static size_t count_without(const struct verdict *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->scores.n; i++)
		n += v->scores.v[i].weight && 
		     !verdict_counted(v, i)->has_data;
	return n;
}

static void write_question(struct html_page *p, const struct questions_item *q)
{
	strbuf_cstr(p->out, "<li>\n<p><strong>");
	markup_name(p->out, q->subject);
	strbuf_cstr(p->out, "</strong></p>\n<p>");
	markup_text(p->out, q->question->text);
	strbuf_cstr(p->out, "</p>\n<p class=\"soft\">Worth ");
	questions_list_points(p->out, q->question->gain_bp);
	strbuf_cstr(p->out, " points of the interval; concerns ");
	markup_plural(p->out, q->question->components, "component");
	strbuf_cstr(p->out, ". Settled by ");
	markup_text(p->out, q->question->settled_by);
	strbuf_cstr(p->out, ". Answer as ");
	markup_text(p->out, q->answer_as);
	strbuf_cstr(p->out, ".</p>\n</li>\n");
}

void html_questions(struct html_page *p)
{
	struct questions_list l;
	size_t without = p->v ? count_without(p->v) : 0;

	html_frame_section("questions", "What is unknown, and what to ask",
			   p->out);
	if (without) {
		strbuf_cstr(p->out, "<p>");
		markup_plural(p->out, without, "component");
		strbuf_cstr(p->out, without == 1 ? " has" : " have");
		strbuf_cstr(p->out, " no data: each counts as anything from 0 "
				    "to 100 %.</p>\n");
	}
	questions_list_make(p->in, &l);
	strbuf_cstr(p->out, l.items.n
		    ? "<p>To whoever offers the stack, the most useful first; "
		      "a point is a hundredth of the whole by which an answer "
		      "would narrow the interval above.</p>\n"
		      "<ol class=\"questions\">\n"
		    : "<p>Nothing is left to ask.</p>\n");
	for (size_t i = 0; i < l.items.n && i < SHOWN; i++)
		write_question(p, &l.items.v[i]);
	strbuf_cstr(p->out, l.items.n ? "</ol>\n" : "");
	if (l.items.n > SHOWN)
		strbuf_fmt(p->out, "<p class=\"soft\">and %zu more, which "
				   "<code>-o questions=FILE</code> has.</p>\n",
			   l.items.n - SHOWN);
	questions_list_release(&l);
	html_frame_section_end(p->out);
}
