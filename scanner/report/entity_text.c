/*
 * `entity` for people: what the query is, who stands behind it on the day,
 * the lists, the rungs with the rows that decide, what is unknown and what
 * would settle it, and the sources.
 */
#include "base/date.h"
#include "base/utf8.h"
#include "model/facts_index.h"
#include "report/entity_page.h"

#define SETTLE_MAX 12 /* lines about what is unknown */
#define ABOVE_MAX 64  /* holders that are looked at for it */
#define ROWS_MAX 200  /* rows of one section */
#define WINDOWS_MAX 32

typedef bool pick(const struct entity_page *p, const struct fact *r);

static bool is_current(const struct entity_page *p, const struct fact *r)
{
	return r->state == FACT_ACCEPTED && r->confidence >= FACT_B &&
	       facts_may_hold(r, p->e->as_of);
}

static bool is_self(const struct entity_page *p, size_t organisation)
{
	return organisation == p->e->organisation;
}

static bool is_place(const struct entity_page *p, const struct fact *r)
{
	return is_current(p, r) && (r->kind == FACT_ESTABLISHES ||
				    r->kind == FACT_LOCATED);
}

static bool is_holder(const struct fact *r, size_t held)
{
	return (r->kind == FACT_OWNS || r->kind == FACT_CONTROLS) &&
	       r->object_org == held;
}

static bool is_control(const struct entity_page *p, const struct fact *r)
{
	return is_current(p, r) && (is_holder(r, p->e->organisation) ||
				    r->kind == FACT_CONTROLLED_FROM ||
				    r->kind == FACT_DISPERSED ||
				    r->kind == FACT_UNDISCLOSED);
}

static bool is_entry(const struct entity_page *p, const struct fact *r)
{
	(void)p;
	return r->kind == FACT_LISTS;
}

/* What decides who controls it, but on other days. */
static bool is_of_another_day(const struct entity_page *p,
			      const struct fact *r)
{
	return r->state == FACT_ACCEPTED && r->confidence >= FACT_B &&
	       !facts_may_hold(r, p->e->as_of) &&
	       (is_holder(r, p->e->organisation) ||
		r->kind == FACT_ESTABLISHES || r->kind == FACT_LOCATED ||
		r->kind == FACT_CONTROLLED_FROM || r->kind == FACT_DISPERSED);
}

/* Shown under its letter or state; decides nothing. */
static bool is_information(const struct entity_page *p, const struct fact *r)
{
	return r->kind != FACT_LISTS && (r->confidence == FACT_C ||
		r->state != FACT_ACCEPTED) &&
	       (is_self(p, r->object_org) || is_self(p, r->subject_org));
}

/* The rows about the organisation that are picked, under a heading; how
 * many. */
static size_t write_rows(struct entity_page *p, const char *title, pick *is)
{
	const struct facts *f = p->e->facts;
	size_t n, shown = 0;
	const size_t *rows = facts_index_about(f, p->e->organisation, &n);

	for (size_t i = 0; i < n; i++) {
		const struct fact *r = &f->rows.v[rows[i]];

		if (!is(p, r))
			continue;
		if (!shown)
			paint_heading(&p->paint, title);
		if (shown++ < ROWS_MAX)
			entity_page_row(p, r, 2);
	}
	if (shown > ROWS_MAX)
		strbuf_fmt(p->paint.out, "  and %zu more\n",
			   shown - ROWS_MAX);
	return shown;
}

/* --- head ----------------------------------------------------------------- */

size_t entity_text_windows(const struct report_entity *e,
			   const struct fact **rows, size_t most)
{
	static const enum fact_kind kinds[] = {FACT_HOST, FACT_NEUTRAL,
					       FACT_TYPO, FACT_REGISTRANT};
	struct str host = e->host_text;
	size_t n = 0, dot;

	while (host.n && !n) {
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
			struct facts_run run = facts_index_subject(
				e->facts, kinds[k], host);

			for (size_t i = 0; i < run.n && n < most; i++)
				rows[n++] = &e->facts->rows.v[run.first + i];
		}
		dot = str_find_ch(host, '.');
		host = dot == SIZE_MAX ? STR("") : str_from(host, dot + 1);
	}
	return n;
}

static void write_host(struct entity_page *p)
{
	const struct report_entity *e = p->e;
	const struct fact *rows[WINDOWS_MAX];
	struct strbuf *out = p->paint.out;
	size_t n = entity_text_windows(e, rows, WINDOWS_MAX);

	paint_text(&p->paint, PAINT_BOLD, e->query);
	strbuf_cstr(out, ", as of ");
	date_write(out, e->as_of);
	if (e->host.is_ambiguous)
		strbuf_cstr(out, ": unknown, its owner is not sure then\n");
	else if (e->host.class == HOST_ORGANISATION)
		strbuf_cstr(out, ": a host of an organisation\n");
	else if (e->host.class == HOST_NEUTRAL)
		strbuf_cstr(out, ": neutral, the organisation is unknown\n");
	else
		strbuf_cstr(out, ": unknown, no row decides\n");
	for (size_t i = 0; i < n; i++)
		entity_page_row(p, rows[i], 2);
}

static void write_names(struct entity_page *p)
{
	const struct facts *f = p->e->facts;
	size_t n;
	const size_t *rows = facts_index_about(f, p->e->organisation, &n);
	struct strbuf names, hosts;
	size_t names_n = 0, hosts_n = 0;

	strbuf_init(&names, 0);
	strbuf_init(&hosts, 0);
	strbuf_cstr(&names, "Also called: ");
	strbuf_cstr(&hosts, "Hosts: ");
	for (size_t i = 0; i < n; i++) {
		const struct fact *r = &f->rows.v[rows[i]];

		if (!is_current(p, r))
			continue;
		if (r->kind == FACT_ALIAS && names_n < ROWS_MAX)
			strbuf_fmt(&names, "%s%.*s", names_n++ ? "; " : "",
				   STR_ARG(r->value));
		if (r->kind == FACT_HOST && hosts_n < ROWS_MAX)
			strbuf_fmt(&hosts, "%s%.*s", hosts_n++ ? ", " : "",
				   STR_ARG(r->subject));
	}
	strbuf_cstr(p->paint.out, names_n ? "  " : "");
	if (names_n)
		paint_wrap(&p->paint, strbuf_str(&names), 2, 4);
	strbuf_cstr(p->paint.out, hosts_n ? "  " : "");
	if (hosts_n)
		paint_wrap(&p->paint, strbuf_str(&hosts), 2, 4);
	strbuf_release(&names);
	strbuf_release(&hosts);
}

static void write_set(struct strbuf *b, const struct str *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		strbuf_fmt(b, "%s%.*s", i ? ", " : "", STR_ARG(v[i]));
	if (!n)
		strbuf_cstr(b, "none");
}

static void write_head(struct entity_page *p)
{
	const struct report_entity *e = p->e;
	const struct organisation *o =
		&e->facts->organisations.v[e->organisation];
	struct strbuf b;

	if (e->is_host)
		strbuf_ch(p->paint.out, '\n');
	paint_text(&p->paint, PAINT_BOLD, o->name);
	strbuf_fmt(p->paint.out, " (%.*s, %.*s%s%.*s)\n", STR_ARG(o->id),
		   STR_ARG(o->kind), o->lei.n ? ", LEI " : "",
		   STR_ARG(o->lei));
	write_names(p);
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "As of ");
	date_write(&b, e->as_of);
	strbuf_cstr(&b, "; jurisdictions of concern: ");
	write_set(&b, e->concern->jurisdictions, e->concern->jurisdictions_n);
	strbuf_cstr(&b, "; lists: ");
	write_set(&b, e->concern->lists, e->concern->lists_n);
	strbuf_cstr(p->paint.out, "  ");
	paint_wrap(&p->paint, strbuf_str(&b), 2, 4);
	strbuf_release(&b);
}

/* --- ladder --------------------------------------------------------------- */

static bool is_share(enum rung r)
{
	return r == RUNG_OWNED50 || r == RUNG_OWNED25 || r == RUNG_OWNED10 ||
	       r == RUNG_OWNED5;
}

static enum paint_colour colour_of(enum rung_state s)
{
	return s == RUNG_PROVEN ? PAINT_RED
	     : s == RUNG_POSSIBLE ? PAINT_YELLOW : PAINT_PLAIN;
}

/* The rows that decide, unless a rung above was decided by the same. */
static void write_chain(struct entity_page *p, enum rung rung)
{
	const struct rung_result *v = p->e->ladder->rungs, *r = &v[rung];
	size_t same = 0;

	while (same < rung && (v[same].chain_n != r->chain_n ||
			       v[same].chain != r->chain))
		same++;
	if (same < rung && r->chain_n) {
		strbuf_fmt(p->paint.out, "    by the rows of %s\n",
			   ladder_rung_name((enum rung)same));
		return;
	}
	for (size_t i = 0; i < r->chain_n; i++)
		entity_page_row(p, &p->e->facts->rows.v[r->chain[i]], 4);
}

static void write_rung(struct entity_page *p, enum rung rung)
{
	const struct rung_result *r = &p->e->ladder->rungs[rung];
	struct strbuf *out = p->paint.out;

	strbuf_fmt(out, "  %-12s", ladder_rung_name(rung));
	paint_text(&p->paint, colour_of(r->state),
		   str_c(ladder_state_name(r->state)));
	if (is_share(rung))
		strbuf_fmt(out, ", %d.%02d to %d.%02d %%", r->low_bp / 100,
			   r->low_bp % 100, r->high_bp / 100,
			   r->high_bp % 100);
	if (r->state_on_b != r->state)
		strbuf_fmt(out, "; %s if uncited rows hold",
			   ladder_state_name(r->state_on_b));
	else if (r->state == RUNG_NO && r->confidence == FACT_B)
		strbuf_cstr(out, rung == RUNG_LISTED
			    ? ", on extracts of lists" : ", on uncited rows or "
			      "extracts of lists");
	strbuf_ch(out, '\n');
	write_chain(p, rung);
}

static void write_ladder(struct entity_page *p)
{
	const struct ladder *l = p->e->ladder;

	paint_heading(&p->paint, "Ladder");
	for (size_t i = 0; i < RUNG_COUNT; i++)
		write_rung(p, (enum rung)i);
	strbuf_fmt(p->paint.out, "  %-12s%d.%02d to %d.%02d %%, shares "
		   "multiplied along chains\n", "economic",
		   l->economic_low_bp / 100, l->economic_low_bp % 100,
		   l->economic_high_bp / 100, l->economic_high_bp % 100);
}

/* --- what is unknown ------------------------------------------------------ */

/* Organisations that decide over the one that is asked for. */
struct above {
	size_t v[ABOVE_MAX], n;
};

static void add_above(struct above *a, size_t organisation)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->v[i] == organisation)
			return;
	if (a->n < ABOVE_MAX)
		a->v[a->n++] = organisation;
}

/* What rows that hold say of one organisation. */
struct known {
	bool place, controller;
	int64_t sum; /* of shares */
};

static struct known look_at(struct entity_page *p, size_t organisation,
			    struct above *above)
{
	const struct facts *f = p->e->facts;
	struct known k = {0};
	size_t n;
	const size_t *rows = facts_index_about(f, organisation, &n);

	for (size_t i = 0; i < n; i++) {
		const struct fact *r = &f->rows.v[rows[i]];

		if (!is_current(p, r))
			continue;
		k.place |= r->kind == FACT_ESTABLISHES;
		k.controller |= r->kind == FACT_CONTROLLED_FROM ||
				r->kind == FACT_DISPERSED;
		if (!is_holder(r, organisation))
			continue;
		k.controller |= r->kind == FACT_CONTROLS ||
				facts_low(r) > FACT_WHOLE / 2;
		if (r->kind == FACT_OWNS && k.sum < FACT_WHOLE)
			k.sum += facts_low(r);
		if (r->kind == FACT_CONTROLS ||
		    facts_high(r) > FACT_WHOLE / 2)
			add_above(above, r->subject_org);
	}
	return k;
}

static void write_gap(struct entity_page *p, size_t organisation,
		      struct known k, size_t *lines)
{
	const struct organisation *o =
		&p->e->facts->organisations.v[organisation];
	struct strbuf b;

	strbuf_init(&b, 0);
	if (!k.place)
		strbuf_fmt(&b, "Where %.*s is established: a register or its "
			   "statutes would tell. ", STR_ARG(o->name));
	if (!k.controller && k.sum < FACT_WHOLE && facts_has_holders(o->kind))
		strbuf_fmt(&b, "Who holds %.*s (%d.%02d %% known) and who "
			   "controls it: a register of shareholders, a filing "
			   "or an annual report would tell.",
			   STR_ARG(o->name), (int)(k.sum / FACT_BP / 100),
			   (int)(k.sum / FACT_BP % 100));
	if (b.n) {
		strbuf_cstr(p->paint.out, "  ");
		paint_wrap(&p->paint, strbuf_str(&b), 2, 4);
		++*lines;
	}
	strbuf_release(&b);
}

static void write_gaps(struct entity_page *p, size_t *lines)
{
	struct above above = {.v = {p->e->organisation}, .n = 1};

	for (size_t i = 0; i < above.n && *lines < SETTLE_MAX; i++)
		write_gap(p, above.v[i], look_at(p, above.v[i], &above),
			  lines);
}

static bool was_cited_before(const struct ladder *l, enum rung rung,
			     size_t row)
{
	for (size_t i = 0; i < rung; i++)
		for (size_t k = 0; k < l->rungs[i].chain_n; k++)
			if (l->rungs[i].confidence == FACT_B &&
			    l->rungs[i].chain[k] == row)
				return true;
	return false;
}

/* Rows that would settle rungs, if somebody cited them. */
static void write_uncited(struct entity_page *p, size_t *lines)
{
	const struct facts *f = p->e->facts;
	const struct ladder *l = p->e->ladder;
	bool is_first = true;

	for (size_t i = 0; i < RUNG_COUNT; i++)
		for (size_t k = 0; l->rungs[i].confidence == FACT_B &&
		     k < l->rungs[i].chain_n; k++) {
			size_t row = l->rungs[i].chain[k];

			if (f->rows.v[row].confidence != FACT_B ||
			    *lines >= SETTLE_MAX ||
			    was_cited_before(l, (enum rung)i, row))
				continue;
			if (is_first)
				strbuf_cstr(p->paint.out,
					    "  Citations for:\n");
			is_first = false;
			entity_page_row(p, &f->rows.v[row], 4);
			++*lines;
		}
}

static bool is_open(const struct ladder *l)
{
	for (size_t i = 0; i < RUNG_COUNT; i++)
		if (l->rungs[i].state == RUNG_POSSIBLE)
			return true;
	return false;
}

static void write_unknown(struct entity_page *p)
{
	size_t lines = 0;

	paint_heading(&p->paint, "What is unknown, and what would settle it");
	if (is_open(p->e->ladder))
		write_gaps(p, &lines);
	write_uncited(p, &lines);
	if (!lines)
		strbuf_cstr(p->paint.out, is_open(p->e->ladder)
			? "  rungs above are possible; no single row would "
			  "settle them\n" : "  nothing that a rung needs\n");
}

/* --- whole ---------------------------------------------------------------- */

static void write_similar(struct entity_page *p)
{
	const struct report_entity *e = p->e;

	utf8_show(p->paint.out, e->query);
	strbuf_cstr(p->paint.out, ": no fact speaks of this host or name\n");
	if (!e->similar_n)
		return;
	paint_heading(&p->paint, "Possibly the same as");
	for (size_t i = 0; i < e->similar_n; i++) {
		const struct fact *r = &e->facts->rows.v[e->similar[i]];
		const struct organisation *o =
			&e->facts->organisations.v[r->subject_org];

		strbuf_cstr(p->paint.out, "  ");
		utf8_show(p->paint.out, r->value);
		strbuf_fmt(p->paint.out, " (%.*s)\n", STR_ARG(o->id));
	}
	strbuf_cstr(p->paint.out, "  A similar name is no evidence: nothing "
		    "counts by it.\n");
}

void entity_text(struct entity_page *p)
{
	const struct report_entity *e = p->e;

	if (e->is_host)
		write_host(p);
	else if (e->organisation == SIZE_MAX)
		write_similar(p);
	if (e->organisation == SIZE_MAX)
		return;
	write_head(p);
	if (!write_rows(p, "Where it is", is_place)) {
		paint_heading(&p->paint, "Where it is");
		strbuf_cstr(p->paint.out, "  no row tells\n");
	}
	if (!write_rows(p, "Who holds and controls it", is_control)) {
		paint_heading(&p->paint, "Who holds and controls it");
		strbuf_cstr(p->paint.out, "  no row tells\n");
	}
	write_rows(p, "On other days", is_of_another_day);
	write_rows(p, "Lists, all days", is_entry);
	write_ladder(p);
	write_unknown(p);
	write_rows(p, "Information only, decides nothing", is_information);
}
