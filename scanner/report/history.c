/* What `ranwhence history` prints: a digest. */
#include <stdio.h>

#include "base/utf8.h"
#include "model/digest_authorship.h"
#include "report/files.h"
#include "report/links.h"
#include "report/paint.h"
#include "report/report.h"
#include "report/shown.h"
#include "report/terms.h"

#define MOST_FLAGGED 10

/*
 * The organisation of a host, as the digest shows it: that of all its months
 * where they agree, none where it changed hands.
 */
static struct digest_name name_of(const struct digest_host *h,
				  const struct facts *f)
{
	struct digest_name name = {0};
	size_t organisation = SIZE_MAX;

	for (size_t i = 0; i < h->months.n; i++) {
		const struct attribution *by = &h->months.v[i].by;

		if (i && (by->class != name.class ||
			  by->organisation != organisation))
			return (struct digest_name){.class = by->class};
		name.class = by->class;
		organisation = by->organisation;
	}
	if (name.class == HOST_ORGANISATION && organisation != SIZE_MAX)
		name.organisation = f->organisations.v[organisation].name;
	return name;
}

static void write_json(const struct digest *d, const struct facts *f,
		       const struct diags *ds, struct strbuf *out)
{
	struct digest_names names = {0};

	for (size_t i = 0; i < d->hosts.n; i++)
		vec_push(&names.hosts, name_of(&d->hosts.v[i], f));
	digest_write(d, &names, ds, out);
	vec_release(&names.hosts);
}

static int greatest_first(const void *va, const void *vb)
{
	const struct digest_host *a = *(struct digest_host *const *)va;
	const struct digest_host *b = *(struct digest_host *const *)vb;

	if (a->counts.commits != b->counts.commits)
		return a->counts.commits < b->counts.commits ? 1 : -1;
	return str_cmp(a->host, b->host);
}

static void number(const struct paint *p, uint64_t n)
{
	char text[24];
	int len = snprintf(text, sizeof text, "%llu", (unsigned long long)n);

	paint_cell_right(p, str_n(text, (size_t)len), 9);
}

/* One row; the lines of its commits too when they were counted. */
static void write_host(const struct paint *p, const struct digest_host *h,
		       bool has_lines, const struct facts *f)
{
	struct digest_name name = name_of(h, f);
	struct str what = name.organisation;

	if (!what.n)
		what = name.class == HOST_NEUTRAL ? STR("(neutral)")
						  : STR("(unknown)");
	number(p, h->counts.commits);
	number(p, h->counts.excluded);
	number(p, h->rest.contributors);
	if (has_lines)
		number(p, h->counts.added + h->counts.deleted);
	paint_cell(p, PAINT_PLAIN, h->host.n ? h->host : STR("(no @)"),
		   has_lines ? 21 : 26);
	utf8_show_cut(p->out, what, has_lines ? 18 : 23);
	strbuf_ch(p->out, '\n');
}

/* Who decides at the head; the lines they govern where they were counted. */
static void write_seats(const struct paint *p, const struct digest *d)
{
	if (!(d->axes & DIGEST_STEWARDSHIP))
		return;
	strbuf_fmt(p->out, "\n    seats%s role       host                    "
			   "   company\n", d->has_lines ? "     lines" : "");
	for (size_t i = 0; i < d->seats.n; i++) {
		const struct digest_seat *s = &d->seats.v[i];

		number(p, s->seats);
		if (d->has_lines)
			number(p, s->lines);
		paint_cell(p, PAINT_PLAIN,
			   str_c(component_role_name(s->role)), 10);
		paint_cell(p, PAINT_PLAIN,
			   s->host.n ? s->host : STR("(no address)"), 26);
		utf8_show_cut(p->out, s->company, d->has_lines ? 20 : 30);
		strbuf_ch(p->out, '\n');
	}
}

/* What a reader should know of the commits; nothing where there is none. */
static void write_flags(const struct digest *d, struct strbuf *out)
{
	const struct digest_flags *f = &d->rest.flags;

	if (f->co_authored || f->squashed || f->imports)
		strbuf_fmt(out, "%llu commit%s of several authors, %llu "
				"squashed, %llu import%s\n",
			   (unsigned long long)f->co_authored,
			   f->co_authored == 1 ? "" : "s",
			   (unsigned long long)f->squashed,
			   (unsigned long long)f->imports,
			   f->imports == 1 ? "" : "s");
}

/* How far it is shown who wrote the commits. */
static void write_authorship(const struct digest *d, struct strbuf *out)
{
	uint64_t n[AUTHORSHIP_COUNT];

	if (!d->has_authorship || !d->totals.commits)
		return;
	digest_authorship_sum(d, n);
	strbuf_cstr(out, "authors: ");
	shown_sentence(n, out);
	strbuf_ch(out, '\n');
}

/* Lines by class, added and deleted together, and how many weigh. */
static void write_churn(const struct digest *d, struct strbuf *out)
{
	const char *sep = "of them";

	strbuf_fmt(out, "%llu lines added, %llu deleted; %llu weigh\n",
		   (unsigned long long)d->totals.added,
		   (unsigned long long)d->totals.deleted,
		   (unsigned long long)d->totals.weighed);
	for (size_t i = 0; i < LINE_CLASS_COUNT; i++) {
		const struct digest_lines *l = &d->rest.lines[i];

		if (!l->added && !l->deleted)
			continue;
		strbuf_fmt(out, "%s %llu %s", sep,
			   (unsigned long long)(l->added + l->deleted),
			   line_class_name((enum line_class)i));
		sep = ",";
	}
	strbuf_cstr(out, *sep == ',' ? "\n" : "");
}

/* Commits that whoever committed them has not always written. */
static uint64_t flagged(const struct digest_host *h)
{
	return h->rest.flags.squashed + h->rest.flags.imports;
}

static int most_flagged_first(const void *va, const void *vb)
{
	const struct digest_host *a = *(struct digest_host *const *)va;
	const struct digest_host *b = *(struct digest_host *const *)vb;

	if (flagged(a) != flagged(b))
		return flagged(a) < flagged(b) ? 1 : -1;
	return str_cmp(a->host, b->host);
}

/* Whose they are; sorts `order`, which has all hosts. */
static void write_flagged(const struct paint *p, const struct digest *d,
			  const struct digest_host **order)
{
	bool has_lines = d->axes & DIGEST_CHURN;
	size_t n = 0;

	if (d->hosts.n > 1)
		qsort(order, d->hosts.n, sizeof *order, most_flagged_first);
	while (n < d->hosts.n && flagged(order[n]))
		n++;
	if (!n)
		return;
	strbuf_fmt(p->out, "\n squashed%s host: committed, but not always "
			   "written there\n", has_lines ? "   imports" : "");
	for (size_t i = 0; i < n && i < MOST_FLAGGED; i++) {
		struct str host = order[i]->host;

		number(p, order[i]->rest.flags.squashed);
		if (has_lines)
			number(p, order[i]->rest.flags.imports);
		utf8_show_cut(p->out, host.n ? host : STR("(no @)"), 50);
		strbuf_ch(p->out, '\n');
	}
	if (n > MOST_FLAGGED)
		strbuf_fmt(p->out, "and %zu hosts more\n", n - MOST_FLAGGED);
}

/* What a .mailmap would do. */
static void write_moves(const struct diags *ds, struct strbuf *out)
{
	bool is_any = false;

	for (size_t i = 0; i < ds->kept.n; i++) {
		if (ds->kept.v[i].code != RW1415)
			continue;
		strbuf_cstr(out, is_any ? "" : "\n");
		is_any = true;
		strbuf_cstr(out, "RW1415 ");
		utf8_show(out, ds->kept.v[i].message);
		strbuf_ch(out, '\n');
	}
}

/* Without it a table in which editions are missing would look whole. */
static void write_editions(const struct diags *ds, struct strbuf *out)
{
	unsigned long long n = ds->counts[RW1416];

	if (n)
		strbuf_fmt(out, "RW1416 %llu edition%s of INFO.yaml %s not "
				"read in full: seats may be missing\n",
			   n, n == 1 ? "" : "s", n == 1 ? "was" : "were");
}

static void write_text(const struct digest *d, const struct facts *f,
		       const struct diags *ds,
		       const struct report_style *style, struct strbuf *out)
{
	const struct digest_host **order = mem_new(d->hosts.n, sizeof *order);
	struct paint p = {style, out};
	bool has_lines = d->axes & DIGEST_CHURN;

	utf8_show(out, d->repository);
	strbuf_fmt(out, " at %.*s\n", STR_ARG(d->head));
	strbuf_fmt(out, "%llu commit%s, %llu automatic, %llu merge%s, %llu "
			"contributor%s, %zu host%s%s\n",
		   (unsigned long long)d->totals.commits,
		   d->totals.commits == 1 ? "" : "s",
		   (unsigned long long)d->totals.excluded,
		   (unsigned long long)d->merges, d->merges == 1 ? "" : "s",
		   (unsigned long long)d->rest.contributors,
		   d->rest.contributors == 1 ? "" : "s", d->hosts.n,
		   d->hosts.n == 1 ? "" : "s",
		   d->incomplete ? "; incomplete" : "");
	write_flags(d, out);
	write_authorship(d, out);
	if (has_lines)
		write_churn(d, out);
	if (d->axes & DIGEST_SURVIVING)
		strbuf_fmt(out, "%llu lines survive, %llu of them source\n",
			   (unsigned long long)d->totals.surviving,
			   (unsigned long long)d->totals.surviving_source);
	if (d->axes & DIGEST_REVIEW)
		strbuf_fmt(out, "%llu review votes, %llu submits\n",
			   (unsigned long long)d->totals.reviews,
			   (unsigned long long)d->totals.submits);
	strbuf_fmt(out, "\n  commits automatic    people%s host%*s"
		   "organisation\n", has_lines ? "     lines" : "",
		   has_lines ? 18 : 23, "");
	for (size_t i = 0; i < d->hosts.n; i++)
		order[i] = &d->hosts.v[i];
	if (d->hosts.n > 1)
		qsort(order, d->hosts.n, sizeof *order, greatest_first);
	for (size_t i = 0; i < d->hosts.n; i++)
		write_host(&p, order[i], has_lines, f);
	files_table(&p, d, f);
	links_text(&p, d, f);
	write_seats(&p, d);
	terms_text(&p, d);
	write_editions(ds, out);
	write_flagged(&p, d, order);
	write_moves(ds, out);
	free(order);
}

void report_history(const struct digest *d, const struct facts *f,
		    const struct diags *ds, const struct report_style *style,
		    struct strbuf *out)
{
	if (style)
		write_text(d, f, ds, style, out);
	else
		write_json(d, f, ds, out);
}
