/* One list of questions from several verdicts. */
#include "report/questions_list.h"

/* A question of one verdict. */
struct asked {
	const struct question *question;
	const struct verdict *verdict;
	size_t order; /* of the verdict */
};

static int cmp_size(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

/* What one answer would settle. */
static int cmp_subject(const struct question *a, const struct question *b)
{
	int d = (int)a->kind - (int)b->kind;

	if (d == 0 && a->kind == QUESTION_SOURCE)
		return cmp_size(a->component, b->component);
	d = d ? d : cmp_size(a->organisation, b->organisation);
	return d ? d : str_cmp(a->host, b->host);
}

static int by_subject(const void *x, const void *y)
{
	const struct asked *a = x, *b = y;
	int d = cmp_subject(a->question, b->question);

	return d ? d : cmp_size(a->order, b->order);
}

static int by_worth(const void *x, const void *y)
{
	const struct questions_item *a = x, *b = y;

	if (a->question->gain_bp != b->question->gain_bp)
		return a->question->gain_bp < b->question->gain_bp ? 1 : -1;
	return cmp_subject(a->question, b->question);
}

static struct str subject(const struct report_input *in,
			  const struct question *q, struct arena *a)
{
	const struct component *c;

	if (q->organisation != SIZE_MAX)
		return in->scan->facts->organisations
			.v[q->organisation].name;
	if (q->host.n)
		return q->host;
	if (q->kind == QUESTION_AFFILIATION)
		return STR("addresses without a domain");
	c = &in->scan->parts.components.v[q->component];
	return c->version.n ? arena_fmt(a, "%.*s %.*s", STR_ARG(c->name),
					STR_ARG(c->version)) : c->name;
}

/* The form in which an answer can be read: most are rows of a facts file,
 * written out as far as they are known. */
static struct str answer_as(const struct report_input *in,
			    const struct question *q, struct arena *a)
{
	struct str id = q->organisation == SIZE_MAX ? STR("")
			: in->scan->facts->organisations
			  .v[q->organisation].id;

	switch (q->kind) {
	case QUESTION_SOURCE:
		return STR("a digest (ranwhence history --publish), a stack "
			   "file or a mended SBOM");
	case QUESTION_CITATION:
		return arena_fmt(a, "the rows on %.*s with a source that "
				 "can be read", STR_ARG(id));
	case QUESTION_CONTROL:
		return arena_fmt(a, "rows: owns,HOLDER,%.*s,SHARE; "
				 "controls,HOLDER,%.*s,BASIS; establishes,"
				 "%.*s,,COUNTRY", STR_ARG(id), STR_ARG(id),
				 STR_ARG(id));
	case QUESTION_AFFILIATION:
		return STR("the project's list of members by date");
	case QUESTION_PUBLISHER:
		return arena_fmt(a, "a row: publishes,%.*s,ORGANISATION,",
				 STR_ARG(q->host));
	case QUESTION_DOMAIN:
		return arena_fmt(a, "a row: host,%.*s,ORGANISATION,",
				 STR_ARG(q->host));
	case QUESTION_NAME:
		return arena_fmt(a, "a row: alias,ORGANISATION,,%.*s",
				 STR_ARG(q->host));
	case QUESTION_KIND_COUNT:
		break;
	}
	return STR("");
}

static void add(const struct report_input *in, const struct asked *asked,
		struct questions_list *ret)
{
	const struct question *q = asked->question;
	struct questions_item *last = ret->items.n
		? &ret->items.v[ret->items.n - 1] : NULL;

	if (!last || cmp_subject(last->question, q) != 0) {
		vec_push(&ret->items, ((struct questions_item){
			.question = q, .verdict = asked->verdict,
			.policies = asked->verdict->policy,
			.subject = subject(in, q, &ret->arena),
			.answer_as = answer_as(in, q, &ret->arena)}));
		return;
	}
	last->policies = arena_fmt(&ret->arena, "%.*s, %.*s",
				   STR_ARG(last->policies),
				   STR_ARG(asked->verdict->policy));
	if (q->gain_bp > last->question->gain_bp) {
		last->question = q;
		last->verdict = asked->verdict;
	}
}

void questions_list_make(const struct report_input *in,
			 struct questions_list *ret)
{
	VEC(struct asked) all = {0};

	*ret = (struct questions_list){0};
	for (size_t i = 0; i < in->verdicts_n; i++)
		for (size_t k = 0; k < in->verdicts[i].questions.n; k++)
			vec_push(&all, ((struct asked){
				&in->verdicts[i].questions.v[k],
				&in->verdicts[i], i}));
	vec_sort(&all, by_subject);
	for (size_t i = 0; i < all.n; i++)
		add(in, &all.v[i], ret);
	vec_sort(&ret->items, by_worth);
	vec_release(&all);
}

void questions_list_release(struct questions_list *l)
{
	vec_release(&l->items);
	arena_release(&l->arena);
}

void questions_list_points(struct strbuf *b, int32_t bp)
{
	strbuf_fmt(b, "%d.%02d", bp / 100, bp % 100);
}
