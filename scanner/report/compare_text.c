/*
 * Reports side by side for a terminal: the verdicts first, then what differs
 * under the first policy, then the components.  Reports that do not fit into
 * the columns beside each other follow in further tables.
 */
#include "base/mem.h"
#include "base/utf8.h"
#include "report/compare.h"
#include "report/paint.h"

#define LABEL 30
#define CELL 15
#define COMPONENTS_SHOWN 30
#define ORGANISATIONS_SHOWN 15
#define VERSIONS_SHOWN 20

struct sheet {
	struct paint paint;
	const struct compare *c;
	size_t first, end; /* the reports that are being shown */
	struct arena arena;
};

static char letter(size_t report)
{
	return (char)('A' + report % 26);
}

static enum paint_colour colour(struct str state)
{
	if (str_is(state, "met"))
		return PAINT_GREEN;
	if (str_is(state, "not met"))
		return PAINT_RED;
	return str_is(state, "unproven") ? PAINT_YELLOW : PAINT_DIM;
}

static struct str interval(struct sheet *s, struct report_interval i)
{
	struct strbuf b;
	struct str text;

	if (i.low_bp < 0)
		return STR("-");
	strbuf_init(&b, 0);
	paint_interval(&b, i.low_bp, i.high_bp);
	text = arena_dup(&s->arena, strbuf_str(&b));
	strbuf_release(&b);
	return text;
}

static struct str share(struct sheet *s, int32_t bp)
{
	return interval(s, (struct report_interval){bp, bp});
}

/* "2840 (4.4 %)" of an organisation's commits. */
static struct str part(struct sheet *s, const struct compare_organisation *o,
		       size_t report)
{
	if (!o->at[report])
		return STR("-");
	return arena_fmt(&s->arena, "%llu (%.*s)",
			 (unsigned long long)
			 o->at[report]->units[AXIS_COMMITS],
			 STR_ARG(share(s, o->share_bp[report])));
}

/* --- rows ----------------------------------------------------------------- */

static void label(struct sheet *s, struct str text)
{
	strbuf_cstr(s->paint.out, "  ");
	paint_cell(&s->paint, PAINT_PLAIN, text, LABEL - 3);
}

static void cell(struct sheet *s, enum paint_colour c, struct str text)
{
	paint_cell(&s->paint, c, text, CELL);
}

static void end_row(struct sheet *s)
{
	struct strbuf *out = s->paint.out;

	while (out->n && out->p[out->n - 1] == ' ')
		out->n--;
	strbuf_ch(out, '\n');
}

static void title(struct sheet *s, const char *text)
{
	strbuf_cstr(s->paint.out, "  ");
	paint_text(&s->paint, PAINT_DIM, str_c(text));
	strbuf_ch(s->paint.out, '\n');
}

static void letters(struct sheet *s)
{
	strbuf_pad(s->paint.out, ' ', LABEL);
	for (size_t r = s->first; r < s->end; r++) {
		char name = letter(r);

		cell(s, PAINT_BOLD, str_n(&name, 1));
	}
	end_row(s);
}

/* The next reports that fit; false when all were shown. */
static bool next_reports(struct sheet *s)
{
	size_t fit = s->paint.style->columns > LABEL + 2 * (CELL + 1)
		     ? (s->paint.style->columns - LABEL) / (CELL + 1) : 2;

	s->first = s->end;
	s->end = s->c->n - s->first > fit ? s->first + fit : s->c->n;
	return s->first < s->c->n;
}

/* --- tables --------------------------------------------------------------- */

static void write_reports(struct sheet *s)
{
	for (size_t r = 0; r < s->c->n; r++) {
		const struct report_file *f = &s->c->reports[r];
		struct str name = f->stack.n ? f->stack : f->path;

		strbuf_fmt(s->paint.out, "  %c  ", letter(r));
		if (f->supplier.n)
			name = arena_fmt(&s->arena, "%.*s, from %.*s",
					 STR_ARG(name), STR_ARG(f->supplier));
		paint_wrap(&s->paint, name, 5, 5);
		strbuf_pad(s->paint.out, ' ', 5);
		paint_wrap(&s->paint, arena_fmt(
			&s->arena, "as of %.*s, %zu component%s (%.*s)",
			STR_ARG(f->as_of), f->components.n,
			f->components.n == 1 ? "" : "s", STR_ARG(f->path)),
			5, 5);
	}
}

static void write_verdicts(struct sheet *s)
{
	paint_heading(&s->paint, "Verdicts, and influence");
	letters(s);
	for (size_t i = 0; i < s->c->policies.n; i++) {
		const struct compare_policy *p = &s->c->policies.v[i];

		label(s, p->policy);
		for (size_t r = s->first; r < s->end; r++)
			cell(s, colour(p->at[r]->state), p->at[r]->state);
		end_row(s);
		label(s, p->lowest == SIZE_MAX ? STR("") : arena_fmt(
			&s->arena, "  %c is lower", letter(p->lowest)));
		for (size_t r = s->first; r < s->end; r++)
			cell(s, PAINT_PLAIN,
			     interval(s, p->at[r]->headline));
		end_row(s);
	}
}

static void write_axes(struct sheet *s, const struct compare_policy *p)
{
	for (size_t a = 0; a < AXIS_COUNT; a++) {
		bool is_known = false;

		for (size_t r = 0; r < s->c->n; r++)
			is_known = is_known || p->at[r]->units[a];
		if (!is_known)
			continue;
		label(s, str_c(verdict_axis_name((enum axis)a)));
		for (size_t r = s->first; r < s->end; r++)
			cell(s, PAINT_PLAIN, interval(s, p->at[r]->axes[a]));
		end_row(s);
	}
	label(s, STR("all, if all were cited"));
	for (size_t r = s->first; r < s->end; r++)
		cell(s, PAINT_PLAIN, interval(s, p->at[r]->headline_on_b));
	end_row(s);
	label(s, STR("coverage"));
	for (size_t r = s->first; r < s->end; r++)
		cell(s, PAINT_PLAIN, share(s, p->at[r]->coverage_bp));
	end_row(s);
}

static void write_functions(struct sheet *s, const struct compare_policy *p)
{
	title(s, "by network function");
	for (size_t i = 0; i < p->functions.n; i++) {
		const struct compare_function *f = &p->functions.v[i];

		label(s, f->function.n ? f->function : STR("(none named)"));
		for (size_t r = s->first; r < s->end; r++)
			cell(s, PAINT_PLAIN, f->at[r]
			     ? interval(s, f->at[r]->exposure) : STR("-"));
		end_row(s);
	}
}

static bool differs(const struct compare_policy *p)
{
	for (size_t i = 0; i < p->rules.n; i++)
		if (p->rules.v[i].is_different)
			return true;
	return false;
}

static void write_rules(struct sheet *s, const struct compare_policy *p)
{
	title(s, differs(p) ? "rules that differ" : "no rule differs");
	for (size_t i = 0; i < p->rules.n; i++) {
		const struct compare_rule *rule = &p->rules.v[i];

		if (!rule->is_different)
			continue;
		label(s, rule->rule);
		for (size_t r = s->first; r < s->end; r++)
			cell(s, colour(rule->at[r] ? rule->at[r]->state
						   : STR("")),
			     rule->at[r] ? rule->at[r]->state : STR("-"));
		end_row(s);
	}
}

/* --- organisations -------------------------------------------------------- */

static void write_organisations(struct sheet *s,
				const struct compare_policy *p)
{
	struct compare_order all;
	size_t n = 0;

	compare_rank_organisations(s->c, p, &all);
	while (n < all.rows.n &&
	       p->organisations.v[all.rows.v[n]].is_of_concern)
		n++;
	if (n)
		title(s, "organisations of concern, and their commits");
	for (size_t i = 0; i < n && i < ORGANISATIONS_SHOWN; i++) {
		const struct compare_organisation *o =
			&p->organisations.v[all.rows.v[i]];

		label(s, o->name);
		for (size_t r = s->first; r < s->end; r++)
			cell(s, PAINT_PLAIN, part(s, o, r));
		end_row(s);
	}
	if (n > ORGANISATIONS_SHOWN)
		strbuf_fmt(s->paint.out, "  and %zu more\n",
			   n - ORGANISATIONS_SHOWN);
	vec_release(&all.rows);
}

/* --- components ----------------------------------------------------------- */

static void write_component(struct sheet *s, const struct compare_policy *p,
			    size_t i)
{
	label(s, s->c->components.v[i].name);
	for (size_t r = s->first; r < s->end; r++) {
		const struct report_score *score =
			compare_score(s->c, p, i, r);

		cell(s, score && score->influence.low_bp ? PAINT_RED
							 : PAINT_PLAIN,
		     score ? interval(s, score->influence) : STR("-"));
	}
	end_row(s);
}

static void write_components(struct sheet *s, const struct compare_policy *p)
{
	struct compare_order all;

	compare_rank_components(s->c, p, &all);
	title(s, "components, worst first");
	for (size_t i = 0; i < all.rows.n && i < COMPONENTS_SHOWN; i++)
		write_component(s, p, all.rows.v[i]);
	if (all.rows.n > COMPONENTS_SHOWN)
		strbuf_fmt(s->paint.out, "  and %zu more; --json has all\n",
			   all.rows.n - COMPONENTS_SHOWN);
	vec_release(&all.rows);
}

/* How many components are in all reports, and in one alone. */
static void write_counts(struct sheet *s)
{
	struct strbuf b;
	size_t all = 0;
	size_t *alone = mem_new(s->c->n, sizeof *alone);

	for (size_t i = 0; i < s->c->components.n; i++) {
		const struct compare_component *k = &s->c->components.v[i];

		all += k->present == s->c->n;
		for (size_t r = 0; k->present == 1 && r < s->c->n; r++)
			alone[r] += k->at[r] != NULL;
	}
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%zu component%s in all", all,
		   all == 1 ? " is" : "s are");
	for (size_t r = 0; r < s->c->n; r++)
		strbuf_fmt(&b, ", %zu in %c alone", alone[r], letter(r));
	strbuf_pad(s->paint.out, ' ', 2);
	paint_wrap(&s->paint, strbuf_str(&b), 2, 4);
	strbuf_release(&b);
	free(alone);
}

static bool is_version_different(const struct compare *c,
				 const struct compare_component *k)
{
	const struct report_component *first = NULL;

	for (size_t r = 0; r < c->n; r++) {
		if (!k->at[r])
			continue;
		if (first && !str_eq(first->version, k->at[r]->version))
			return true;
		first = k->at[r];
	}
	return false;
}

static void write_versions(struct sheet *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->c->components.n; i++) {
		const struct compare_component *k = &s->c->components.v[i];

		if (!is_version_different(s->c, k) || ++n > VERSIONS_SHOWN)
			continue;
		if (n == 1)
			title(s, "versions that differ");
		label(s, k->name);
		for (size_t r = s->first; r < s->end; r++)
			cell(s, PAINT_PLAIN, !k->at[r] ? STR("-")
			     : k->at[r]->version.n ? k->at[r]->version
						   : STR("(none)"));
		end_row(s);
	}
	if (n > VERSIONS_SHOWN)
		strbuf_fmt(s->paint.out, "  and %zu more\n",
			   n - VERSIONS_SHOWN);
}

/* --- the whole ------------------------------------------------------------ */

/* The policies under which no rule differs, in one line. */
static void write_same(struct sheet *s)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	for (size_t i = 1; i < s->c->policies.n; i++)
		if (!differs(&s->c->policies.v[i]))
			strbuf_fmt(&b, "%s%.*s", b.n ? ", " : "No rule "
				   "differs under ",
				   STR_ARG(s->c->policies.v[i].policy));
	if (b.n) {
		strbuf_cstr(s->paint.out, "\n");
		paint_wrap(&s->paint, strbuf_str(&b), 0, 2);
	}
	strbuf_release(&b);
}

static void write_who_is_lower(struct sheet *s,
			       const struct compare_policy *p)
{
	strbuf_cstr(s->paint.out, "  ");
	if (p->lowest == SIZE_MAX)
		paint_wrap(&s->paint, STR(
			"The intervals overlap: which is lower depends on "
			"what is unknown. The questions of each report say "
			"what to ask for."), 2, 2);
	else
		paint_wrap(&s->paint, arena_fmt(
			&s->arena, "%c has the lowest influence, whatever "
			"the unknown turns out to be.", letter(p->lowest)),
			2, 2);
}

static void write_name(struct sheet *s, const struct compare_policy *p)
{
	strbuf_ch(s->paint.out, '\n');
	paint_text(&s->paint, PAINT_BOLD, p->policy);
	strbuf_cstr(s->paint.out, ": ");
	paint_wrap(&s->paint, p->title, p->policy.n + 2, 2);
}

/* All that there is under the first policy. */
static void write_policy(struct sheet *s, const struct compare_policy *p)
{
	write_name(s, p);
	write_who_is_lower(s, p);
	letters(s);
	write_rules(s, p);
	title(s, "exposure by axis");
	write_axes(s, p);
	write_functions(s, p);
	write_organisations(s, p);
	write_components(s, p);
	write_versions(s);
	write_counts(s);
}

/* What differs under the others. */
static void write_others(struct sheet *s)
{
	for (size_t i = 1; i < s->c->policies.n; i++) {
		const struct compare_policy *p = &s->c->policies.v[i];

		if (!differs(p))
			continue;
		write_name(s, p);
		write_rules(s, p);
	}
	write_same(s);
}

void compare_text(const struct compare *c, const char *tool_version,
		  const struct report_style *style, struct strbuf *out)
{
	struct sheet s = {.paint = {style, out}, .c = c};

	strbuf_fmt(out, "ranwhence %s, %zu report%s side by side\n",
		   tool_version, c->n, c->n == 1 ? "" : "s");
	write_reports(&s);
	while (next_reports(&s)) {
		write_verdicts(&s);
		if (c->policies.n)
			write_policy(&s, &c->policies.v[0]);
		write_others(&s);
	}
	arena_release(&s.arena);
}
