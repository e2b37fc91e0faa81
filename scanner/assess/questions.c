/*
 * Questions to the bidder.  What a gap costs is its part of the width of the
 * headline: the component's weight, times the axis's, times the part of the
 * units that is unknown.
 */
#include "assess/questions.h"

#include "assess/decide.h"
#include "assess/linked.h"
#include "assess/share.h"

#define QUESTIONS_KEPT 100

/* Something unknown; those of one host or organisation are joined. */
struct gap {
	size_t component;    /* where it costs most */
	uint64_t most;       /* what it costs there */
	size_t components;   /* how many it is in */
	size_t last;         /* the one that was joined last */
	size_t organisation; /* or SIZE_MAX */
	struct str host;     /* or "" */
	bool is_component;   /* axes of the component were not observed */
	enum host_class class;
	uint64_t gain;       /* in parts of ROLLUP_PARTS */
};

struct gaps {
	VEC(struct gap) v;
};

static int cmp_u64(uint64_t a, uint64_t b)
{
	return (a > b) - (a < b);
}

/* Gaps that one answer would close stand together. */
static int cmp_subject(const struct gap *a, const struct gap *b)
{
	int d = (int)a->is_component - (int)b->is_component;

	if (d == 0 && a->is_component)
		return cmp_u64(a->component, b->component);
	d = d ? d : cmp_u64(a->organisation, b->organisation);
	return d ? d : str_cmp(a->host, b->host);
}

static int by_subject(const void *x, const void *y)
{
	const struct gap *a = x, *b = y;
	int d = cmp_subject(a, b);

	return d ? d : cmp_u64(a->component, b->component);
}

static int by_gain(const void *x, const void *y)
{
	const struct gap *a = x, *b = y;
	int d = cmp_u64(b->gain, a->gain);

	return d ? d : cmp_subject(a, b);
}

/* Is an axis observed, in what is its own for sure? */
static bool is_shown(const struct component_score *s, enum axis a)
{
	return s->axes[a].is_observed && (!s->is_claimed || a == AXIS_SUPPLY);
}

/* The weights of the axes of a component that nobody looked at, as a part
 * of its weight. */
static uint64_t unobserved_part(const struct policy *p,
				const struct component_score *s,
				uint64_t part)
{
	uint64_t missing = 0, all = 0;

	for (size_t i = 0; i < AXIS_COUNT; i++) {
		uint64_t w = (uint64_t)p->axis_weights[i];

		all += w;
		missing += is_shown(s, (enum axis)i) ? 0 : w;
	}
	return share_floor(missing, all, part);
}

static void find_gaps(const struct policy *p, const struct component_score *s,
		      uint64_t part, struct gaps *g)
{
	const struct rollup_query all_axes = {0};
	struct gap gap = {.component = s->component, .components = 1,
			  .last = s->component,
			  .organisation = SIZE_MAX, .is_component = true};

	gap.gain = gap.most = unobserved_part(p, s, part);
	if (gap.gain)
		vec_push(&g->v, gap);
	gap.is_component = false;
	for (size_t i = 0; i < s->by.n; i++) {
		const struct contribution *c = &s->by.v[i];

		if (c->standing != STANDING_UNKNOWN ||
		    (s->is_claimed && !c->units[AXIS_SUPPLY]))
			continue;
		gap.organisation = c->organisation;
		gap.host = c->host;
		gap.class = c->class;
		gap.gain = gap.most = decide_part(p, s, &all_axes, c, part);
		if (gap.gain)
			vec_push(&g->v, gap);
	}
}

/* Order of components by what they are, not by where they stand. */
static bool is_before(const struct scan *s, size_t x, size_t y)
{
	const struct component *a = &s->parts.components.v[x];
	const struct component *b = &s->parts.components.v[y];
	int d = str_cmp(a->name, b->name);

	d = d ? d : str_cmp(a->version, b->version);
	return (d ? d : str_cmp(a->purl, b->purl)) < 0;
}

/* Joins the gaps that one answer would close; the component where it costs
 * most stands for them. */
static void join(const struct scan *s, struct gaps *g)
{
	size_t n = 0;

	vec_sort(&g->v, by_subject);
	for (size_t i = 0; i < g->v.n; i++) {
		struct gap gap = g->v.v[i];
		struct gap *to = n ? &g->v.v[n - 1] : NULL;

		if (!to || cmp_subject(to, &gap) != 0) {
			g->v.v[n++] = gap;
			continue;
		}
		to->gain += gap.gain;
		to->components += to->last != gap.component;
		to->last = gap.component;
		if (gap.most > to->most ||
		    (gap.most == to->most &&
		     is_before(s, gap.component, to->component))) {
			to->most = gap.most;
			to->component = gap.component;
		}
	}
	g->v.n = n;
}

/* "NAME VERSION" of a component. */
static void write_component(struct strbuf *b, const struct scan *s, size_t i)
{
	const struct component *c = &s->parts.components.v[i];

	strbuf_add(b, c->name);
	if (c->version.n) {
		strbuf_ch(b, ' ');
		strbuf_add(b, c->version);
	}
}

/* " in NAME and 3 more components". */
static void write_where(struct strbuf *b, const struct scan *s,
			const struct gap *g)
{
	strbuf_cstr(b, " in ");
	write_component(b, s, g->component);
	if (g->components > 1)
		strbuf_fmt(b, " and %zu more component%s", g->components - 1,
			   g->components == 2 ? "" : "s");
}

/* What a component may lack: what to ask for, and what settles it. */
struct lack {
	const char *question, *answer;
};

static const struct lack lacks[] = {
	{"which repository and commit is it built from",
	 "the address and commit, or a digest of its history"},
	{"what does its history say of lines and reviews",
	 "a digest that counts them"},
	{"which organisations hold its seats", "its list of maintainers"},
	{"who produces and who supplies it", "both fields in the SBOM"},
};
#define LACKS (sizeof lacks / sizeof *lacks)

static void write_lacks(struct strbuf *b, const bool lacking[LACKS],
			bool answers)
{
	const char *before = "";

	for (size_t i = 0; i < LACKS; i++) {
		if (!lacking[i])
			continue;
		strbuf_cstr(b, before);
		strbuf_cstr(b, answers ? lacks[i].answer
				       : lacks[i].question);
		before = "; ";
	}
}

/* A question being written, and what would settle it. */
struct wording {
	struct strbuf text, settled_by;
};

/* Is an axis asked about: weighed, and not observed? */
static bool is_lacking(const struct policy *p,
		       const struct component_score *s, enum axis a)
{
	return p->axis_weights[a] && !is_shown(s, a);
}

static void ask_component(struct wording *w, const struct scan *s,
			  const struct policy *p,
			  const struct component_score *score)
{
	bool history = is_lacking(p, score, AXIS_COMMITS) ||
		       is_lacking(p, score, AXIS_CHURN) ||
		       is_lacking(p, score, AXIS_SURVIVING) ||
		       is_lacking(p, score, AXIS_REVIEW);
	const bool lacking[LACKS] = {
		history && score->why.n, history && !score->why.n,
		is_lacking(p, score, AXIS_STEWARDSHIP),
		is_lacking(p, score, AXIS_SUPPLY)};

	write_component(&w->text, s, score->component);
	strbuf_cstr(&w->text, ": ");
	write_lacks(&w->text, lacking, false);
	write_lacks(&w->settled_by, lacking, true);
	strbuf_ch(&w->text, '?');
	if (lacking[0])
		strbuf_fmt(&w->text, " Now %.*s.", STR_ARG(score->why));
}

static enum question_kind ask_organisation(struct wording *w,
					   const struct scan *s,
					   const struct verdict *v,
					   const struct gap *g)
{
	const struct org_standing *o = &v->standings.v[g->organisation];
	struct str name = s->facts->organisations.v[g->organisation].name;

	if (o->on_b != STANDING_UNKNOWN) {
		strbuf_fmt(&w->text, "%.*s takes part", STR_ARG(name));
		write_where(&w->text, s, g);
		strbuf_cstr(&w->text, ": which documents show who controls "
			    "it, and that its names and address domains are "
			    "its own?");
		strbuf_cstr(&w->settled_by, "a citation for each");
		return QUESTION_CITATION;
	}
	strbuf_fmt(&w->text, "Who owns and who controls %.*s, which takes "
		   "part", STR_ARG(name));
	write_where(&w->text, s, g);
	strbuf_ch(&w->text, '?');
	strbuf_cstr(&w->settled_by, "a register extract or annual report "
		    "that names every holder above the thresholds, up to "
		    "the last one");
	return QUESTION_CONTROL;
}

static bool is_address(struct str s)
{
	return str_has_prefix(s, STR("pkg:")) ||
	       str_has_prefix(s, STR("https://"));
}

static bool is_domain(struct str s)
{
	return str_find_ch(s, '.') != SIZE_MAX &&
	       str_find_ch(s, ' ') == SIZE_MAX &&
	       str_find_ch(s, ':') == SIZE_MAX;
}

/* Hosts that a digest or a score put into one row. */
static bool is_folded(struct str host)
{
	return str_has_prefix(host, STR("("));
}

static enum question_kind kind_of_host(const struct gap *g)
{
	if (g->class == HOST_NEUTRAL || str_is_empty(g->host) ||
	    is_folded(g->host))
		return QUESTION_AFFILIATION;
	if (is_address(g->host))
		return QUESTION_PUBLISHER;
	return is_domain(g->host) ? QUESTION_DOMAIN : QUESTION_NAME;
}

static void write_users(struct strbuf *b, struct str host)
{
	strbuf_cstr(b, "For which organisations did the contributors act ");
	if (str_is_empty(host))
		strbuf_cstr(b, "who use addresses without a domain");
	else if (str_is(host, LINKED_BELOW))
		strbuf_cstr(b, "of whom the history does not show that they "
			       "are who they say");
	else if (str_is(host, LINKED_SHARED))
		strbuf_cstr(b, "who are named as co-authors of others' "
			       "commits");
	else if (is_folded(host))
		strbuf_cstr(b, "whose address domains are not listed one by "
			       "one");
	else
		strbuf_fmt(b, "who use %.*s", STR_ARG(host));
}

/* Which feeds were asked in vain, behind the question. */
static void write_asked(struct strbuf *b, const struct scan *s,
			const struct gap *g)
{
	struct strbuf words;

	strbuf_init(&words, 0);
	inquiry_words(&s->inquiries, g->host, g->host, &words);
	if (words.n)
		strbuf_fmt(b, " So far %.*s.", STR_ARG(strbuf_str(&words)));
	strbuf_release(&words);
}

static enum question_kind ask_host(struct wording *w, const struct scan *s,
				   const struct gap *g)
{
	static const char *const before[QUESTION_KIND_COUNT] = {
		[QUESTION_PUBLISHER] = "publishes ",
		[QUESTION_DOMAIN] = "does the address domain ",
		[QUESTION_NAME] = "is meant by \""};
	static const char *const after[QUESTION_KIND_COUNT] = {
		[QUESTION_PUBLISHER] = "", [QUESTION_DOMAIN] = " belong to",
		[QUESTION_NAME] = "\""};
	enum question_kind kind = kind_of_host(g);

	if (kind == QUESTION_AFFILIATION) {
		write_users(&w->text, g->host);
		strbuf_cstr(&w->settled_by, "dated affiliations that the "
			    "project or the bidder declares");
	} else {
		strbuf_fmt(&w->text, "Which organisation %s%.*s%s",
			   before[kind], STR_ARG(g->host), after[kind]);
		strbuf_cstr(&w->settled_by, "the organisation's own "
			    "statement or a register entry");
	}
	write_where(&w->text, s, g);
	strbuf_ch(&w->text, '?');
	write_asked(&w->text, s, g);
	return kind;
}

static void ask(const struct scan *s, const struct policy *p,
		const struct gap *g, struct verdict *v)
{
	struct question q = {
		.component = g->component, .components = g->components,
		.organisation = g->organisation,
		.gain_bp = (int32_t)share_floor(g->gain, ROLLUP_PARTS,
						SHARE_ALL)};
	struct wording w;

	strbuf_init(&w.text, 0);
	strbuf_init(&w.settled_by, 0);
	if (g->is_component) {
		q.kind = QUESTION_SOURCE;
		ask_component(&w, s, p, &v->scores.v[g->component]);
	} else if (g->organisation != SIZE_MAX) {
		q.kind = ask_organisation(&w, s, v, g);
	} else {
		q.host = arena_dup(&v->arena, g->host);
		q.kind = ask_host(&w, s, g);
	}
	q.text = arena_dup(&v->arena, strbuf_str(&w.text));
	q.settled_by = arena_dup(&v->arena, strbuf_str(&w.settled_by));
	strbuf_release(&w.text);
	strbuf_release(&w.settled_by);
	vec_push(&v->questions, q);
}

void questions_fill(const struct scan *s, const struct policy *p,
		    struct verdict *v)
{
	struct arena scratch = {0};
	struct gaps g = {0};
	uint64_t *parts = rollup_parts(s, p, v, &(struct rollup_query){0},
				       &scratch);

	for (size_t i = 0; i < v->scores.n; i++)
		if (parts[i])
			find_gaps(p, verdict_counted(v, i), parts[i], &g);
	join(s, &g);
	vec_sort(&g.v, by_gain);
	for (size_t i = 0; i < g.v.n && i < QUESTIONS_KEPT; i++)
		ask(s, p, &g.v.v[i], v);
	vec_release(&g.v);
	arena_release(&scratch);
}
