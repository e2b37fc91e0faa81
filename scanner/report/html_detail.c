/* The detail of a component with data. */
#include "report/counted.h"
#include "report/html_detail.h"

#include "base/count.h"
#include "report/files.h"
#include "report/markup.h"
#include "report/shown.h"

#define SHOWN 15
#define PATH 12

static void write_provenance(struct html_page *p, const struct component *c)
{
	const struct provenance *s = &c->provenance;

	strbuf_cstr(p->out, "<p class=\"soft\">Source: ");
	if (s->repository.n)
		markup_address(p->out, s->repository);
	else
		strbuf_cstr(p->out, "not known");
	if (s->commit.n) {
		strbuf_cstr(p->out, " at <code>");
		markup_text(p->out, s->commit);
		strbuf_cstr(p->out, "</code>");
	}
	if (s->how.n) {
		strbuf_cstr(p->out, " (");
		markup_text(p->out, s->how);
		strbuf_ch(p->out, ')');
	}
	strbuf_cstr(p->out, "</p>\n");
}

static size_t count_dependents(const struct html_page *p, size_t i)
{
	const struct parts *parts = &p->in->scan->parts;
	size_t n = 0;

	for (size_t k = 0; k < parts->edges.n; k++)
		n += parts->edges.v[k].to == i && parts->edges.v[k].from != i;
	return n;
}

/* How a component of concern comes in, and what else hangs on it. */
static void write_path(struct html_page *p, size_t i)
{
	struct str names[PATH];
	size_t n = html_page_path(p, i, names, PATH);
	size_t dependents = count_dependents(p, i);

	if (n > 1)
		svg_path(p->out, names, n);
	strbuf_cstr(p->out, "<p>");
	if (p->in->scan->parts.components.v[i].is_root)
		strbuf_cstr(p->out, "Named by the stack itself. ");
	else if (n < 2)
		strbuf_cstr(p->out, "No product is known to bring it in. ");
	if (dependents) {
		markup_plural(p->out, dependents, "component");
		strbuf_cstr(p->out, dependents == 1 ? " depends on it.</p>\n"
						    : " depend on it.</p>\n");
	} else {
		strbuf_cstr(p->out, "Nothing depends on it.</p>\n");
	}
}

static void write_who(struct html_page *p, const struct contribution *b)
{
	if (b->organisation != SIZE_MAX) {
		html_page_organisation(p, b->organisation);
		return;
	}
	if (b->class == HOST_NEUTRAL)
		strbuf_cstr(p->out, "(mail providers, forges, personal and "
				    "placeholder domains)");
	else if (b->host.n)
		markup_name(p->out, b->host);
	else
		strbuf_cstr(p->out, "(addresses without a domain)");
}

static const char *words_of(const struct contribution *b)
{
	if (b->standing == STANDING_UNKNOWN && b->on_b == STANDING_OTHER)
		return "unknown; ruled out if cited";
	if (b->standing == STANDING_UNKNOWN && b->on_b == STANDING_CONCERN)
		return "unknown; of concern if cited";
	if (b->standing == STANDING_CONCERN)
		return "of concern";
	return b->standing == STANDING_OTHER ? "ruled out" : "unknown";
}

static void write_contribution(struct html_page *p,
			       const struct component_score *s,
			       const struct contribution *b)
{
	strbuf_cstr(p->out, "<tr><th scope=\"row\">");
	write_who(p, b);
	strbuf_fmt(p->out, "</th><td>%s</td>", words_of(b));
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		strbuf_cstr(p->out, "<td class=\"n\">");
		if (s->axes[a].is_observed)
			markup_count(p->out, verdict_shown((enum axis)a,
							   b->units[a]));
		else
			strbuf_cstr(p->out, "\xe2\x80\x93");
		strbuf_cstr(p->out, "</td>");
	}
	strbuf_cstr(p->out, "</tr>\n");
}

/* All that names no organisation by itself, as one row: such a domain may be
 * a person's own. */
static struct contribution sum_neutral(const struct component_score *s)
{
	struct contribution sum = {.organisation = SIZE_MAX,
				   .class = HOST_NEUTRAL,
				   .standing = STANDING_UNKNOWN,
				   .on_b = STANDING_UNKNOWN};

	for (size_t i = 0; i < s->by.n; i++)
		for (size_t a = 0; a < AXIS_COUNT &&
		     s->by.v[i].class == HOST_NEUTRAL; a++)
			count_add(&sum.units[a], s->by.v[i].units[a]);
	return sum;
}

static void write_contributed(struct html_page *p,
			      const struct component_score *s)
{
	struct contribution neutral = sum_neutral(s);
	size_t shown = 0, more = 0;
	bool is_summed = false;

	html_page_table_open(p, "contributions", "Who did what, greatest first",
			     "Who|Stands as|Commits|Churn|Surviving|Review|"
			     "Stewardship|Supply");
	for (size_t i = 0; i < s->by.n; i++) {
		bool is_neutral = s->by.v[i].class == HOST_NEUTRAL;

		if (is_neutral && is_summed)
			continue;
		is_summed = is_summed || is_neutral;
		if (shown++ < SHOWN)
			write_contribution(p, s, is_neutral ? &neutral
							    : &s->by.v[i]);
		else
			more++;
	}
	html_page_table_close(p);
	if (more)
		strbuf_fmt(p->out, "<p class=\"soft\">and %zu more, which the "
				   "JSON report has</p>\n", more);
}

static void write_inquiry(struct html_page *p, const struct contribution *c)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (c->organisation == SIZE_MAX && c->class == HOST_UNKNOWN)
		inquiry_words(&p->in->scan->inquiries, c->host, c->host, &b);
	if (b.n) {
		strbuf_cstr(p->out, "<p class=\"soft\">");
		markup_name(p->out, c->host);
		strbuf_cstr(p->out, ": ");
		markup_text(p->out, strbuf_str(&b));
		strbuf_cstr(p->out, "</p>\n");
	}
	strbuf_release(&b);
}

/* Which feeds were asked in vain about the greatest that are unknown. */
static void write_inquiries(struct html_page *p,
			    const struct component_score *s)
{
	size_t shown = 0;

	for (size_t i = 0; i < s->by.n && shown < SHOWN; i++) {
		write_inquiry(p, &s->by.v[i]);
		shown += s->by.v[i].class != HOST_NEUTRAL;
	}
}

/* Do two policies see the same in it? */
static bool is_alike(const struct component_score *a,
		     const struct component_score *b)
{
	bool is_so = a->by.n == b->by.n;

	for (size_t i = 0; is_so && i < a->by.n; i++) {
		const struct contribution *x = &a->by.v[i], *y = &b->by.v[i];

		is_so = x->organisation == y->organisation &&
			str_eq(x->host, y->host) &&
			x->standing == y->standing && x->on_b == y->on_b;
	}
	return is_so;
}

/* Whether an earlier policy sees the same. */
static bool is_seen(const struct html_page *p, size_t verdict, size_t i)
{
	for (size_t k = 0; k < verdict; k++)
		if (is_alike(&p->in->verdicts[k].scores.v[i],
			     &p->in->verdicts[verdict].scores.v[i]))
			return true;
	return false;
}

static void write_commits(struct html_page *p, const struct tally *t)
{
	const struct svg_part parts[] = {{"is", t->concern},
					 {"may", t->unknown},
					 {"no", t->other}};

	if (!t->is_observed)
		return;
	strbuf_cstr(p->out, "<p class=\"commits\">");
	svg_stacked(p->out, parts, 3, t->concern + t->unknown + t->other);
	strbuf_cstr(p->out, "<span>");
	markup_plural(p->out, verdict_shown(AXIS_COMMITS, t->concern),
		      "commit");
	strbuf_cstr(p->out, " of concern, ");
	markup_count(p->out, verdict_shown(AXIS_COMMITS, t->unknown));
	strbuf_cstr(p->out, " unknown, ");
	markup_count(p->out, verdict_shown(AXIS_COMMITS, t->other));
	strbuf_cstr(p->out, " ruled out; ");
	markup_count(p->out, t->excluded);
	strbuf_cstr(p->out, " by automation, which do not count</span></p>\n");
}

static void write_files(struct html_page *p, const struct owned *o)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	files_sentence(o, &b);
	if (b.n) {
		strbuf_cstr(p->out, "<p class=\"soft\">");
		markup_text(p->out, strbuf_str(&b));
		strbuf_cstr(p->out, "</p>\n");
	}
	strbuf_release(&b);
}

/* How far it is shown who wrote it. */
static void write_shown(struct html_page *p, size_t i)
{
	const struct scan *s = p->in->scan;
	struct strbuf b;

	strbuf_init(&b, 0);
	if (shown_component(&s->used, s->parts.components.v[i].digest, &b)) {
		strbuf_cstr(p->out, "<p class=\"soft\">");
		markup_text(p->out, strbuf_str(&b));
		strbuf_cstr(p->out, "</p>\n");
	}
	strbuf_release(&b);
}

/* "To default, us-889:" */
static void write_seers(struct html_page *p, size_t verdict, size_t i)
{
	strbuf_cstr(p->out, "<p>To ");
	for (size_t k = verdict; k < p->in->verdicts_n; k++) {
		if (k > verdict &&
		    !is_alike(&p->in->verdicts[verdict].scores.v[i],
			      &p->in->verdicts[k].scores.v[i]))
			continue;
		strbuf_cstr(p->out, k > verdict ? ", " : "");
		markup_text(p->out, p->in->verdicts[k].policy);
	}
	strbuf_cstr(p->out, ":</p>\n");
}

static void write_contributions(struct html_page *p, size_t i)
{
	for (size_t k = 0; k < p->in->verdicts_n; k++) {
		const struct component_score *s =
			&p->in->verdicts[k].scores.v[i];

		if (is_seen(p, k, i))
			continue;
		if (p->in->verdicts_n > 1)
			write_seers(p, k, i);
		write_commits(p, &s->axes[AXIS_COMMITS]);
		write_contributed(p, s);
		write_inquiries(p, s);
	}
}

/* --- arithmetic ----------------------------------------------------------- */

static void write_axis(struct html_page *p, const struct verdict *v,
		       const struct component_score *s, size_t a)
{
	strbuf_cstr(p->out, "<td class=\"n\">");
	markup_interval(p->out, s->axes[a].low_bp, s->axes[a].high_bp);
	strbuf_fmt(p->out, " <span class=\"soft\">\xc3\x97\xc2\xa0%d</span>"
			   "</td>", v->axis_weights[a]);
}

/* How each policy comes to its figure. */
static void write_arithmetic(struct html_page *p, size_t i)
{
	html_page_table_open(p, "sums", "How the influence comes about: each "
			     "axis times its weight, by the sum of the "
			     "weights; a share runs from what is of concern "
			     "to that and the unknown together",
			     "Policy|Influence|Commits|Churn|Surviving|"
			     "Review|Stewardship|Supply");
	for (size_t k = 0; k < p->in->verdicts_n; k++) {
		const struct verdict *v = &p->in->verdicts[k];
		const struct component_score *s = &v->scores.v[i];

		strbuf_cstr(p->out, "<tr><th scope=\"row\">");
		markup_text(p->out, v->policy);
		strbuf_cstr(p->out, "</th><td class=\"n\">");
		markup_interval(p->out, s->low_bp, s->high_bp);
		strbuf_cstr(p->out, s->weight || s->joint
			    ? "</td>" : "; does not count</td>");
		for (size_t a = 0; a < AXIS_COUNT; a++)
			write_axis(p, v, s, a);
		strbuf_cstr(p->out, "</tr>\n");
	}
	html_page_table_close(p);
}

/* Its figures are those of all of its history; the stack has others. */
static void write_joint(struct html_page *p, size_t i)
{
	const struct joint_score *j = verdict_joint(p->v, i);

	if (!j)
		return;
	strbuf_cstr(p->out, "<p>Counted once with ");
	markup_text(p->out, counted_with(p->in->scan, p->v, i, &p->arena));
	strbuf_cstr(p->out, ": commits that they share count once in the "
			    "stack, where the influence of all together is ");
	markup_interval(p->out, j->score.low_bp, j->score.high_bp);
	strbuf_cstr(p->out, ". What stands here is of this component's whole "
			    "history.</p>\n");
}

void html_detail_write(struct html_page *p, size_t i, bool on_paper)
{
	const struct component_score *s = &p->v->scores.v[i];
	struct str id = str_from(p->components[i], 1);

	strbuf_fmt(p->out, "<details id=\"d%.*s\"%s>\n<summary>", STR_ARG(id),
		   on_paper ? " class=\"print\"" : "");
	markup_name(p->out, html_page_name(p, i));
	strbuf_cstr(p->out, " <span class=\"soft\">");
	for (size_t k = 0; k < p->in->verdicts_n; k++) {
		const struct component_score *x =
			&p->in->verdicts[k].scores.v[i];

		strbuf_cstr(p->out, k ? ", " : "");
		markup_interval(p->out, x->low_bp, x->high_bp);
	}
	strbuf_cstr(p->out, "</span></summary>\n");
	write_provenance(p, &p->in->scan->parts.components.v[i]);
	if (s->why.n) {
		strbuf_cstr(p->out, "<p class=\"warn\">");
		markup_text(p->out, s->why);
		strbuf_cstr(p->out, "</p>\n");
	}
	write_joint(p, i);
	write_path(p, i);
	if (s->spread[AXIS_COMMITS].elephant_high)
		strbuf_fmt(p->out, "<p class=\"soft\">Known organisations: "
				   "%llu; the fewest that made half of the "
				   "commits: %llu.</p>\n",
			   (unsigned long long)s->spread[AXIS_COMMITS].known,
			   (unsigned long long)
			   s->spread[AXIS_COMMITS].elephant_high);
	write_files(p, &s->owned);
	write_shown(p, i);
	write_contributions(p, i);
	write_arithmetic(p, i);
	strbuf_cstr(p->out, "</details>\n");
}
