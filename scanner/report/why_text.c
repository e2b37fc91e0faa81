/* The way of a claim, as text. */
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "report/counted.h"
#include "report/entity_page.h"
#include "report/page.h"
#include "report/shown.h"
#include "report/why.h"

#define HOSTS_SHOWN 12
#define ROWS_SHOWN 20
#define PATH_SHOWN 12

struct teller {
	struct page page;
	struct entity_page records; /* sentences and their sources */
	const struct report_input *in;
	bool *told;                 /* organisations whose chain was shown */
	size_t component;           /* only of this one; SIZE_MAX: of all */
};

static const struct component *component_at(const struct teller *t, size_t i)
{
	return &t->in->scan->parts.components.v[i];
}

static struct strbuf *out_of(struct teller *t)
{
	return t->page.paint.out;
}

static void say(struct teller *t, struct str s, size_t indent)
{
	strbuf_pad(out_of(t), ' ', indent);
	paint_wrap(&t->page.paint, s, indent, indent + 2);
}

/* "12.34" of basis points, exact: here sums are followed. */
static void add_exact(struct strbuf *b, int32_t low, int32_t high)
{
	strbuf_fmt(b, "%d.%02d", low / 100, low % 100);
	if (low != high)
		strbuf_fmt(b, "-%d.%02d", high / 100, high % 100);
}

static struct str exact(struct teller *t, int32_t low, int32_t high)
{
	struct strbuf b;
	struct str s;

	strbuf_init(&b, 0);
	add_exact(&b, low, high);
	s = arena_dup(&t->page.arena, strbuf_str(&b));
	strbuf_release(&b);
	return s;
}

static struct str number(struct teller *t, enum axis a, uint64_t units)
{
	return arena_fmt(&t->page.arena, "%llu",
			 (unsigned long long)verdict_shown(a, units));
}

/* --- who is of concern ---------------------------------------------------- */

static void tell_rung(struct teller *t, const struct verdict *v, size_t o)
{
	const struct org_standing *st = &v->standings.v[o];
	const struct rung_result *r;

	if (!v->ladders->v[o])
		return;
	r = &v->ladders->v[o]->rungs[st->rung];
	say(t, arena_fmt(&t->page.arena, "%.*s: %s; %s %s%s",
			 STR_ARG(v->policy),
			 verdict_standing_name(st->standing),
			 ladder_rung_name(st->rung),
			 ladder_state_name(r->state),
			 st->standing != st->on_b
			 ? "; otherwise if uncited records held" : ""), 4);
	for (size_t i = 0; i < r->chain_n; i++)
		entity_page_row(&t->records,
				&t->in->scan->facts->rows.v[r->chain[i]], 6);
	if (!r->chain_n)
		say(t, STR("no record decides it"), 6);
}

/* Is a history to be told of? */
static bool is_told(const struct teller *t, size_t digest)
{
	return t->component == SIZE_MAX ||
	       component_at(t, t->component)->digest == digest;
}

static void tell_host(struct teller *t, const struct used_digest *d,
		      const struct used_host *h)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%llu commit%s from %.*s in %.*s",
		   (unsigned long long)h->commits, h->commits == 1 ? "" : "s",
		   STR_ARG(h->host), STR_ARG(d->repository));
	if (d->has_authorship && h->commits) {
		strbuf_cstr(&b, ": ");
		shown_sentence(h->shown, &b);
	}
	say(t, strbuf_str(&b), 4);
	strbuf_release(&b);
}

/* Hosts and names by which contributions are its own. */
static void tell_hosts(struct teller *t, size_t o)
{
	const struct used *u = &t->in->scan->used;
	size_t n = 0, last = SIZE_MAX;

	for (size_t d = 0; d < u->digests.n; d++)
		for (size_t i = u->digests.v[d].first; is_told(t, d) &&
		     i < u->digests.v[d].first + u->digests.v[d].n; i++) {
			const struct used_host *h = &u->hosts.v[i];

			if (h->organisation != o || n++ >= HOSTS_SHOWN)
				continue;
			tell_host(t, &u->digests.v[d], h);
			if (h->fact != SIZE_MAX && h->fact != last)
				entity_page_row(&t->records, &t->in->scan
						->facts->rows.v[h->fact], 6);
			last = h->fact;
		}
	if (n > HOSTS_SHOWN)
		say(t, arena_fmt(&t->page.arena, "and %zu more",
				 n - HOSTS_SHOWN), 4);
}

static void tell_supply(struct teller *t, size_t o)
{
	static const char *const roles[] = {
		[SUPPLY_SUPPLIER] = "supplies", [SUPPLY_PRODUCER] = "writes",
		[SUPPLY_PUBLISHER] = "publishes"};
	size_t n = t->in->scan->parts.components.n, shown = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < SUPPLY_COUNT; k++) {
			const struct supply *s =
				&component_at(t, i)->supply[k];

			if (!s->is_stated || s->organisation != o ||
			    (t->component != SIZE_MAX && t->component != i) ||
			    shown++ >= HOSTS_SHOWN)
				continue;
			say(t, arena_fmt(&t->page.arena, "%s %.*s", roles[k],
				STR_ARG(page_component(&t->page, i))), 4);
			if (s->fact != SIZE_MAX)
				entity_page_row(&t->records, &t->in->scan
						->facts->rows.v[s->fact], 6);
		}
	if (shown > HOSTS_SHOWN)
		say(t, arena_fmt(&t->page.arena, "and %zu more",
				 shown - HOSTS_SHOWN), 4);
}

/* From its contributions by hosts and records to the rung that decides. */
static void tell_organisation(struct teller *t, size_t o)
{
	const struct organisation *x =
		&t->in->scan->facts->organisations.v[o];

	if (t->told[o])
		return;
	t->told[o] = true;
	paint_heading(&t->page.paint, arena_fmt(&t->page.arena,
		"%.*s (%.*s)", STR_ARG(x->name), STR_ARG(x->id)).p);
	say(t, STR("Where it stands, and the records that decide it"), 2);
	for (size_t i = 0; i < t->in->verdicts_n; i++)
		tell_rung(t, &t->in->verdicts[i], o);
	say(t, STR("What makes contributions its own"), 2);
	tell_hosts(t, o);
	tell_supply(t, o);
}

/* --- components ----------------------------------------------------------- */

static void tell_path(struct teller *t, size_t i)
{
	const struct verdict *v = t->in->verdicts;
	struct str s = page_component(&t->page, i);
	size_t at = v->scores.v[i].parent, n = 0;

	for (; at != SIZE_MAX && n < PATH_SHOWN; at = v->scores.v[at].parent,
	     n++)
		s = arena_fmt(&t->page.arena, "%.*s > %.*s",
			      STR_ARG(page_component(&t->page, at)),
			      STR_ARG(s));
	if (n)
		say(t, arena_fmt(&t->page.arena, "Comes in by %s%.*s",
				 at == SIZE_MAX ? "" : "... > ", STR_ARG(s)),
		    2);
	else if (component_at(t, i)->is_root)
		say(t, STR("Part of the offer itself"), 2);
	else
		say(t, STR("No product is known to bring it in"), 2);
}

static void tell_source(struct teller *t, const struct component *c)
{
	const struct provenance *p = &c->provenance;

	say(t, p->repository.n
	       ? arena_fmt(&t->page.arena, "Source: %.*s%s%.*s (%.*s)",
			   STR_ARG(p->repository), p->commit.n ? " at " : "",
			   STR_ARG(str_head(p->commit, 12)), STR_ARG(p->how))
	       : arena_fmt(&t->page.arena, "Source: not known%s%.*s",
			   p->how.n ? "; " : "", STR_ARG(p->how)), 2);
	say(t, arena_fmt(&t->page.arena, "Declared at %.*s:%u%s",
			 STR_ARG(c->evidence.v[0].path),
			 c->evidence.v[0].line,
			 c->evidence.n > 1 ? " and elsewhere" : ""), 2);
}

/* How far it is shown who wrote it. */
static void tell_shown(struct teller *t, size_t digest)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (shown_component(&t->in->scan->used, digest, &b))
		say(t, strbuf_str(&b), 2);
	strbuf_release(&b);
}

static void tell_axis(struct teller *t, const struct verdict *v,
		      const struct component_score *s, enum axis a)
{
	const struct tally *x = &s->axes[a];
	const struct paint *p = &t->page.paint;
	struct strbuf *out = out_of(t);

	strbuf_cstr(out, "    ");
	paint_cell(p, PAINT_PLAIN, str_c(verdict_axis_name(a)), 12);
	paint_cell_right(p, arena_fmt(&t->page.arena, "%d",
				      v->axis_weights[a]), 6);
	paint_cell_right(p, exact(t, x->low_bp, x->high_bp), 14);
	if (!x->is_observed) {
		strbuf_cstr(out, "  not observed\n");
		return;
	}
	paint_cell_right(p, number(t, a, x->concern), 11);
	paint_cell_right(p, number(t, a, x->unknown), 11);
	paint_cell_right(p, number(t, a, x->other), 11);
	out->n--;
	strbuf_ch(out, '\n');
}

static int32_t sum_of_weights(const struct verdict *v)
{
	int32_t all = 0;

	for (size_t a = 0; a < AXIS_COUNT; a++)
		all += v->axis_weights[a];
	return all;
}

/* It counts with others, by a figure that is theirs together. */
static void tell_joint(struct teller *t, const struct verdict *v, size_t i)
{
	const struct joint_score *j = verdict_joint(v, i);
	struct str with = counted_with(t->in->scan, v, i, &t->page.arena);

	say(t, arena_fmt(&t->page.arena, "Counted once with %.*s: commits that "
			 "they share count once. Together they weigh %d, with "
			 "an influence of %.*s %%. The figures above are of "
			 "its whole history.", STR_ARG(with), j->score.weight,
			 STR_ARG(exact(t, j->score.low_bp,
				       j->score.high_bp))), 4);
}

static void tell_arithmetic(struct teller *t, const struct verdict *v,
			    size_t i)
{
	const struct component_score *s = &v->scores.v[i];

	strbuf_cstr(out_of(t), "    axis         weight      share (%)  of "
			       "concern     unknown   ruled out\n");
	for (size_t a = 0; a < AXIS_COUNT; a++)
		if (s->axes[a].is_observed || v->axis_weights[a])
			tell_axis(t, v, s, (enum axis)a);
	say(t, STR("A share runs from what is of concern to that and the "
		   "unknown together, of all that was counted."), 4);
	say(t, arena_fmt(&t->page.arena, "Influence: the sum of weight x "
			 "share over the axes, by %d = %.*s %%; observed: "
			 "%.*s %%.", sum_of_weights(v),
			 STR_ARG(exact(t, s->low_bp, s->high_bp)),
			 STR_ARG(exact(t, s->coverage_bp, s->coverage_bp))),
	    4);
	if (s->joint)
		tell_joint(t, v, i);
	else
		say(t, component_at(t, i)->is_root
	       ? arena_fmt(&t->page.arena, "Among the products it weighs %d.",
			   s->weight)
	       : arena_fmt(&t->page.arena, "Among the dependencies it weighs "
			   "%d; all of them together weigh %d %% of the "
			   "products.", s->weight, v->dependency_percent), 4);
	if (s->why.n)
		say(t, arena_fmt(&t->page.arena, "Not all is known: %.*s.",
				 STR_ARG(s->why)), 4);
}

static struct str doer(struct teller *t, const struct contribution *c)
{
	if (c->organisation != SIZE_MAX)
		return t->in->scan->facts->organisations
			.v[c->organisation].name;
	if (c->host.n)
		return c->host;
	return STR("addresses without a domain");
}

/* Which feeds know nothing of somebody unknown. */
static void tell_inquiries(struct teller *t, const struct contribution *c)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (c->organisation == SIZE_MAX && c->class == HOST_UNKNOWN)
		inquiry_words(&t->in->scan->inquiries, c->host, c->host, &b);
	if (b.n)
		say(t, strbuf_str(&b), 6);
	strbuf_release(&b);
}

static void tell_contribution(struct teller *t, const struct contribution *c)
{
	struct strbuf b;
	const char *sep = ": ";

	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%.*s, %s", STR_ARG(doer(t, c)),
		   c->standing == STANDING_OTHER ? "ruled out"
		   : c->standing == STANDING_CONCERN ? "of concern"
		   : c->on_b == STANDING_CONCERN
		     ? "unknown, of concern if cited"
		   : c->on_b == STANDING_OTHER
		     ? "unknown, ruled out if cited" : "unknown");
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		if (!c->units[a])
			continue;
		strbuf_fmt(&b, "%s%llu %s", sep, (unsigned long long)
			   verdict_shown((enum axis)a, c->units[a]),
			   verdict_axis_name((enum axis)a));
		sep = ", ";
	}
	say(t, strbuf_str(&b), 4);
	strbuf_release(&b);
	tell_inquiries(t, c);
}

static void tell_contributions(struct teller *t,
			       const struct component_score *s)
{
	for (size_t i = 0; i < s->by.n && i < ROWS_SHOWN; i++)
		tell_contribution(t, &s->by.v[i]);
	if (s->by.n > ROWS_SHOWN)
		say(t, arena_fmt(&t->page.arena, "and %zu more, which the "
				 "JSON has", s->by.n - ROWS_SHOWN), 4);
}

/* The organisations in it that are of concern, or would be if cited. */
static void tell_concern(struct teller *t, size_t component)
{
	for (size_t i = 0; i < t->in->verdicts_n; i++) {
		const struct component_score *s =
			&t->in->verdicts[i].scores.v[component];

		for (size_t k = 0; k < s->by.n; k++)
			if (s->by.v[k].organisation != SIZE_MAX &&
			    s->by.v[k].on_b == STANDING_CONCERN)
				tell_organisation(t,
						  s->by.v[k].organisation);
	}
}

static void tell_component(struct teller *t, size_t i)
{
	const struct component *c = component_at(t, i);

	paint_text(&t->page.paint, PAINT_BOLD, page_component(&t->page, i));
	strbuf_ch(out_of(t), '\n');
	if (c->purl.n)
		say(t, c->purl, 2);
	tell_source(t, c);
	tell_shown(t, c->digest);
	tell_path(t, i);
	for (size_t k = 0; k < t->in->verdicts_n; k++) {
		const struct verdict *v = &t->in->verdicts[k];

		paint_heading(&t->page.paint, arena_fmt(&t->page.arena,
			"By the policy %.*s", STR_ARG(v->policy)).p);
		if (!v->scores.v[i].weight && !v->scores.v[i].joint) {
			say(t, STR("It does not count."), 2);
			continue;
		}
		tell_arithmetic(t, v, i);
		say(t, STR("Who did what"), 2);
		tell_contributions(t, &v->scores.v[i]);
	}
	tell_concern(t, i);
}

/* --- organisations -------------------------------------------------------- */

static void tell_share(struct teller *t, const struct component_score *s,
		       const struct contribution *c)
{
	struct strbuf b;
	const char *sep = ": ";

	strbuf_init(&b, 0);
	strbuf_add(&b, page_component(&t->page, s->component));
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		const struct tally *x = &s->axes[a];
		unsigned __int128 all = (unsigned __int128)x->concern +
					x->unknown + x->other;

		if (!c->units[a] || !x->is_observed || !all)
			continue;
		strbuf_fmt(&b, "%s%llu of %llu %s (", sep, (unsigned long long)
			   verdict_shown((enum axis)a, c->units[a]),
			   (unsigned long long)verdict_shown(
				   (enum axis)a, (uint64_t)all),
			   verdict_axis_name((enum axis)a));
		paint_share(&b, (int32_t)((unsigned __int128)c->units[a] *
					  10000 / all), false);
		strbuf_ch(&b, ')');
		sep = ", ";
	}
	say(t, strbuf_str(&b), 4);
	strbuf_release(&b);
}

static void tell_shares(struct teller *t, size_t o)
{
	const struct verdict *v = t->in->verdicts;
	size_t n = 0;

	paint_heading(&t->page.paint, "Its part of each component");
	for (size_t i = 0; i < v->scores.n; i++)
		for (size_t k = 0; k < v->scores.v[i].by.n; k++) {
			if (v->scores.v[i].by.v[k].organisation != o ||
			    n++ >= ROWS_SHOWN)
				continue;
			tell_share(t, &v->scores.v[i],
				   &v->scores.v[i].by.v[k]);
		}
	if (n > ROWS_SHOWN)
		say(t, arena_fmt(&t->page.arena, "and %zu more, which the "
				 "JSON has", n - ROWS_SHOWN), 4);
}

/* --- rules ---------------------------------------------------------------- */

static const char rule_of_ceilings[] =
	": met where the upper end is within it, not met where the lower end "
	"is past it, else unproven";

/* Is what is measured a share that must stay within its limit? */
static bool is_ceiling(const struct finding *f)
{
	return str_is(f->kind, "exposure") || str_is(f->kind, "peak") ||
	       str_is(f->kind, "breadth");
}

static void tell_measured(struct teller *t, const struct finding *f)
{
	struct str m = exact(t, f->low_bp, f->high_bp);

	if (f->low_bp < 0)
		return;
	say(t, f->limit_bp < 0
	       ? arena_fmt(&t->page.arena, "Measured: %.*s %%", STR_ARG(m))
	       : arena_fmt(&t->page.arena, "Measured: %.*s %%, limit: %.*s "
			   "%%%s", STR_ARG(m),
			   STR_ARG(exact(t, f->limit_bp, f->limit_bp)),
			   is_ceiling(f) ? rule_of_ceilings : ""), 2);
}

/* What counts for a component that decides; the worst one is by itself. */
static const struct component_score *part_of(const struct verdict *v,
					     const struct finding *f,
					     size_t i)
{
	size_t component = f->components.v[i];

	return str_is(f->kind, "peak") ? &v->scores.v[component]
				       : verdict_counted(v, component);
}

/* What a component adds to what the rule measures. */
static void tell_part(struct teller *t, const struct component_score *s,
		      struct str axis)
{
	int32_t low = s->low_bp, high = s->high_bp;
	enum axis a;

	if (axis.n && verdict_find_axis(axis, &a)) {
		low = s->axes[a].low_bp;
		high = s->axes[a].high_bp;
	}
	say(t, arena_fmt(&t->page.arena, "%.*s: %.*s %%, weight %d, %s",
			 STR_ARG(page_component(&t->page, s->component)),
			 STR_ARG(exact(t, low, high)), s->weight_alone,
			 component_at(t, s->component)->is_root
			 ? "a product" : "a dependency"), 4);
}

static void tell_deciding(struct teller *t, const struct verdict *v,
			  const struct finding *f)
{
	for (size_t i = 0; i < f->components.n && i < ROWS_SHOWN; i++)
		tell_part(t, part_of(v, f, i), f->axis);
	if (f->components.n > ROWS_SHOWN)
		say(t, arena_fmt(&t->page.arena, "and %zu more",
				 f->components.n - ROWS_SHOWN), 4);
}

static void tell_finding(struct teller *t, const struct verdict *v,
			 const struct finding *f)
{
	t->page.v = v;
	paint_heading(&t->page.paint, arena_fmt(&t->page.arena,
		"%.*s of the policy %.*s: %s", STR_ARG(f->rule),
		STR_ARG(v->policy), verdict_state_name(f->state)).p);
	say(t, f->title, 2);
	say(t, f->reason, 2);
	if (f->clause.n)
		say(t, arena_fmt(&t->page.arena, "From: %.*s%s",
				 STR_ARG(f->clause), f->is_confirmed ? ""
				 : " (wording not checked)"), 2);
	tell_measured(t, f);
	page_aside(&t->page, f, 2);
	if (f->components.n)
		say(t, f->axis.n
		       ? arena_fmt(&t->page.arena, "Components that decide it, "
				   "with their share on the axis %.*s",
				   STR_ARG(f->axis))
		       : STR("Components that decide it, with their "
			     "influence"), 2);
	tell_deciding(t, v, f);
	for (size_t i = 0; i < f->organisations.n && i < ROWS_SHOWN; i++)
		if (v->standings.v[f->organisations.v[i]].on_b ==
		    STANDING_CONCERN)
			tell_organisation(t, f->organisations.v[i]);
}

static void tell_rule(struct teller *t, struct str rule)
{
	for (size_t i = 0; i < t->in->verdicts_n; i++)
		for (size_t k = 0; k < t->in->verdicts[i].findings.n; k++)
			if (str_eq(t->in->verdicts[i].findings.v[k].rule,
				   rule))
				tell_finding(t, &t->in->verdicts[i],
					     &t->in->verdicts[i]
					     .findings.v[k]);
}

void why_text(const struct report_input *in, const struct why_subject *s,
	      const struct report_style *style, struct strbuf *out)
{
	const struct report_entity e = {.facts = in->scan->facts};
	struct teller t = {.page = {.paint = {style, out}, .in = in},
			   .records = {.paint = {style, out}, .e = &e},
			   .component = s->kind == WHY_COMPONENT ? s->index
								 : SIZE_MAX,
			   .in = in};

	t.told = mem_new(in->scan->facts->organisations.n + 1,
			 sizeof *t.told);
	strbuf_cstr(out, "As of ");
	date_write(out, in->scan->as_of);
	strbuf_cstr(out, s->kind == WHY_ORGANISATION ? "\n" : ": ");
	if (s->kind == WHY_COMPONENT) {
		tell_component(&t, s->index);
	} else if (s->kind == WHY_ORGANISATION) {
		tell_organisation(&t, s->index);
		tell_shares(&t, s->index);
	} else {
		strbuf_cstr(out, "why a rule stands as it does\n");
		tell_rule(&t, s->rule);
	}
	entity_page_sources(&t.records);
	entity_page_release(&t.records);
	arena_release(&t.page.arena);
	free(t.told);
}
