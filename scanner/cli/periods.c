/*
 * Influence by quarter, of the targets' own histories together (not of what
 * they bring in), or by release of one repository.
 */
#include "cli/periods.h"

#include <stdio.h>

#include "assess/timeline.h"
#include "attribute/attribute.h"
#include "base/date.h"
#include "cli/accounts.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "cli/say.h"
#include "cli/setup.h"
#include "cli/tenure.h"
#include "history/history.h"
#include "report/periods.h"

#define MONTHS_OF_QUARTER 3

struct making {
	struct run run;
	enum parts_by by;
	struct history_releases releases;
	struct periods *periods; /* one a policy */
};

static enum err ask_by(struct making *m)
{
	const struct opts *o = m->run.o;
	const char *value = opt_value(o, OPT_ID_by);

	if (!parts_find_by(str_c(value), &m->by) ||
	    (m->by != PARTS_BY_QUARTER && m->by != PARTS_BY_RELEASE)) {
		say("--by=%s: not quarter or release", value);
		return ERR_CONFIG;
	}
	if (m->by == PARTS_BY_RELEASE &&
	    (o->targets.list.n != 1 ||
	     history_form(o->targets.list.v[0]) == HISTORY_NONE)) {
		fputs("ranwhence: --by=release takes one git repository\n",
		      stderr);
		return ERR_CONFIG;
	}
	return OK;
}

/* The history once more, in the parts that came with each release. */
static enum err read_releases(struct making *m)
{
	struct run *r = &m->run;
	struct history_options h = {
		.facts = r->scan.facts, .releases = &m->releases,
		.scope = run_scope(r),
		.axes = DIGEST_COMMITS | DIGEST_CHURN | DIGEST_REVIEW};
	struct digest all = {0};
	struct author_keys keys = {0};
	struct account_commits accounts;
	enum err e = setup_threads(r->o, &h.threads);

	e = e ? e : setup_author_keys(r->o, &keys, &h.keys, &r->scan.diags);
	if (e)
		return e;
	accounts_find(r->o->targets.list.v[0], r->store,
		      (struct account_store_of){.facts = r->scan.facts,
						.day = r->scan.as_of},
		      &accounts);
	h.accounts = &accounts;
	e = history_digest(r->o->targets.list.v[0], &h, &r->scan.arena,
			   &r->scan.diags, &all);
	for (size_t i = 0; !e && i < m->releases.list.n; i++)
		attribute_digest(r->scan.facts,
				 &m->releases.list.v[i].digest);
	digest_release(&all);
	account_commits_release(&accounts);
	author_keys_release(&keys);
	return e;
}

static struct periods_row *add_row(struct periods *to, struct str name,
				   const struct timeline_period *p)
{
	struct periods_row *row = vec_add(&to->rows);

	*row = (struct periods_row){.name = name};
	for (size_t a = 0; a < AXIS_COUNT; a++)
		row->axes[a] = p->axes[a];
	return row;
}

static struct str quarter_name(int32_t month, struct arena *a)
{
	int year, m, day;

	date_civil(date_month_first(month), &year, &m, &day);
	return arena_fmt(a, "%04d-Q%d", year, (m - 1) / MONTHS_OF_QUARTER + 1);
}

static void add_quarters(struct making *m, size_t policy, struct periods *to)
{
	struct run *r = &m->run;
	struct timeline t;
	bool is_too_much;

	timeline_products(&r->scan, &r->judgements.v[policy].policy,
			  to->verdict, MONTHS_OF_QUARTER, &t);
	is_too_much = tenure_is_too_much(&r->scan, t.list.n);
	for (size_t i = 0; i < t.list.n; i++) {
		struct timeline_period *p = &t.list.v[i];
		struct periods_row seats = {0}, *row;

		if (!is_too_much)
			tenure_at(&r->scan, &r->judgements.v[policy].policy,
				  to->verdict, p, &seats);
		row = add_row(to, quarter_name(p->first_month,
					       &r->scan.arena), p);
		row->seats = seats.seats;
	}
	if (is_too_much)
		diag_add(&r->scan.diags, RW1901, diag_at(STR("")),
			 "seats over time: too many terms and quarters");
	timeline_release(&t);
}

static void add_releases(struct making *m, size_t policy, struct periods *to)
{
	struct run *r = &m->run;

	for (size_t i = 0; i < m->releases.list.n; i++) {
		const struct history_release *part = &m->releases.list.v[i];
		struct timeline t;

		timeline_digest(&r->scan, &r->judgements.v[policy].policy,
				to->verdict, &part->digest, &t);
		if (t.list.n)
			add_row(to, part->name, &t.list.v[0]);
		timeline_release(&t);
	}
}

static void fill(struct making *m)
{
	struct run *r = &m->run;

	m->periods = arena_alloc(&r->scan.arena, r->verdicts.n *
				 sizeof *m->periods);
	for (size_t i = 0; i < r->verdicts.n; i++) {
		m->periods[i] = (struct periods){.verdict =
						 &r->verdicts.v[i]};
		if (m->by == PARTS_BY_QUARTER)
			add_quarters(m, i, &m->periods[i]);
		else
			add_releases(m, i, &m->periods[i]);
	}
}

static size_t count_left_out(const struct scan *s)
{
	size_t n = 0;

	for (size_t i = 0; i < s->parts.components.n; i++) {
		const struct component *c = &s->parts.components.v[i];
		const struct digest *d = c->digest < s->digests.n
					 ? &s->digests.v[c->digest] : NULL;

		n += c->is_root && (!d || !(d->axes & ~d->incomplete &
					    DIGEST_COMMITS));
	}
	return n;
}

static int write_out(struct making *m)
{
	struct run *r = &m->run;
	const struct report_periods in = {
		.scan = &r->scan, .periods = m->periods, .n = r->verdicts.n,
		.by = m->by, .left_out = count_left_out(&r->scan),
		.tool_version = PACKAGE_VERSION};
	int code = setup_exit(&r->scan.diags);
	struct report_style style;
	struct strbuf out;

	if (in.left_out && code == EXIT_MET)
		code = EXIT_INCOMPLETE;
	strbuf_init(&out, 0);
	if (setup_style(r->o, true, &style)) {
		code = EXIT_USAGE;
	} else {
		bool is_json = opt_given(r->o, OPT_ID_json);

		if (!is_json)
			setup_complain(&r->scan.diags, DIAG_ERROR);
		if (opt_given(r->o, OPT_ID_html))
			periods_html(&in, &out);
		else
			report_periods(&in, is_json ? NULL : &style, &out);
		code = setup_print(&out, code);
	}
	strbuf_release(&out);
	return code;
}

static void release(struct periods *p)
{
	for (size_t i = 0; i < p->rows.n; i++)
		vec_release(&p->rows.v[i].seats);
	vec_release(&p->rows);
}

int periods_run(const struct opts *o)
{
	struct making m = {.run = {.o = o}};
	bool quiet = opt_given(o, OPT_ID_quiet);
	int code = EXIT_USAGE;

	if (ask_by(&m))
		return EXIT_USAGE;
	if (run_prepare(&m.run) || run_read(&m.run) ||
	    (m.by == PARTS_BY_RELEASE && read_releases(&m))) {
		setup_complain(&m.run.scan.diags, DIAG_WARNING);
	} else {
		progress_show(quiet, "judging", STR(""));
		run_judge(&m.run);
		progress_end(quiet);
		fill(&m);
		code = write_out(&m);
	}
	for (size_t i = 0; m.periods && i < m.run.verdicts.n; i++)
		release(&m.periods[i]);
	history_releases_free(&m.releases);
	run_release(&m.run);
	return code;
}
