/*
 * Packages without a known repository, repositories, names and hosts that the
 * bundled facts do not know.
 */
#include "cli/wants.h"

#include "attribute/attribute.h"
#include "base/limits.h"
#include "model/address.h"
#include "model/facts_index.h"
#include "model/purl.h"

struct texts { VEC(struct str) list; };
struct found { struct texts names, hosts, repositories, histories, products; };

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static int by_purl(const void *va, const void *vb)
{
	const struct feed_want *a = va, *b = vb;
	int c = str_cmp(a->purl, b->purl);

	return c ? c : str_cmp(a->version, b->version);
}

static void add(struct feed_wants *w, struct texts *to, struct str s)
{
	if (s.n)
		vec_push(&to->list, arena_dup(&w->arena, s));
}

static void add_purl(struct feed_wants *w, struct str text)
{
	struct purl p;
	const char *why;

	if (!text.n || purl_parse(text, &w->arena, &p, &why))
		return;
	vec_push(&w->packages, ((struct feed_want){
		.purl = purl_package(&p, &w->arena),
		.version = arena_dup(&w->arena, p.version)}));
	purl_release(&p);
}

static void add_name(struct feed_wants *w, const struct facts *f,
		     struct texts *to, struct str name)
{
	if (name.n && attribute_name(f, name, NULL) == SIZE_MAX)
		add(w, to, name);
}

static void add_component(struct feed_wants *w, const struct scan *s,
			  const struct component *c, struct found *to)
{
	bool is_open = c->provenance.kind != PROVENANCE_REPOSITORY ||
		       c->provenance.is_claimed;

	if (is_open)
		add_purl(w, c->purl);
	for (size_t i = 0; is_open && i < c->more_purls.n; i++)
		add_purl(w, c->more_purls.v[i]);
	if (c->provenance.kind == PROVENANCE_REPOSITORY)
		add(w, c->is_scanned ? &to->histories : &to->repositories,
		    c->provenance.repository);
	if (str_is(c->provenance.how, "stack file"))
		add(w, &to->products, c->provenance.repository);
	add_name(w, s->facts, &to->names, c->supplier);
	add_name(w, s->facts, &to->names, c->producer);
}

static void add_hosts(struct feed_wants *w, const struct scan *s,
		      const struct digest *d, struct texts *to)
{
	struct date_span day = {s->as_of, s->as_of};

	for (size_t i = 0; i < d->hosts.n; i++) {
		struct attribution whose;

		attribute_host(s->facts, d->hosts.v[i].host, day, &whose);
		if (whose.class == HOST_UNKNOWN)
			add(w, to, d->hosts.v[i].host);
	}
}

/* Sorted, each once. */
static void fold(struct texts *t)
{
	size_t n = 0;

	vec_sort(&t->list, by_text);
	for (size_t i = 0; i < t->list.n; i++)
		if (!n || !str_eq(t->list.v[n - 1], t->list.v[i]))
			t->list.v[n++] = t->list.v[i];
	t->list.n = n;
}

static void fold_packages(struct feed_wants *w)
{
	size_t n = 0;

	vec_sort(&w->packages, by_purl);
	for (size_t i = 0; i < w->packages.n; i++)
		if (!n || by_purl(&w->packages.v[n - 1], &w->packages.v[i]))
			w->packages.v[n++] = w->packages.v[i];
	w->packages.n = n;
}

#define MOVE(to, from) \
	((to).v = (from).list.v, (to).n = (from).list.n, \
	 (to).cap = (from).list.cap)

void wants_collect(const struct scan *s, struct feed_wants *ret)
{
	struct found all = {0};

	*ret = (struct feed_wants){0};
	for (size_t i = 0; i < s->parts.components.n; i++)
		add_component(ret, s, &s->parts.components.v[i], &all);
	add_name(ret, s->facts, &all.names, s->stack.supplier);
	for (size_t i = 0; i < s->digests.n; i++)
		add_hosts(ret, s, &s->digests.v[i], &all.hosts);
	fold(&all.names);
	fold(&all.hosts);
	fold(&all.repositories);
	fold(&all.histories);
	fold(&all.products);
	fold_packages(ret);
	MOVE(ret->names, all.names);
	MOVE(ret->hosts, all.hosts);
	MOVE(ret->repositories, all.repositories);
	MOVE(ret->histories, all.histories);
	MOVE(ret->products, all.products);
}

static void find_rows(struct feed_wants *w, const struct facts *f,
		      struct str subject, struct texts *to)
{
	struct facts_run run = facts_index_subject(f, FACT_PACKAGE, subject);

	for (size_t i = run.first; i < run.first + run.n; i++)
		if (f->rows.v[i].object.n &&
		    f->rows.v[i].confidence >= FACT_B)
			vec_push(&to->list, arena_fmt(
				&w->arena, "https://%.*s",
				STR_ARG(f->rows.v[i].object)));
}

void wants_find(struct feed_wants *w, const struct facts *f, int32_t day)
{
	struct texts all = {0};
	struct arena *a = &w->arena;

	for (size_t i = 0; i < w->repositories.n; i++)
		vec_push(&all.list, w->repositories.v[i]);
	for (size_t i = 0; i < w->packages.n; i++) {
		const struct feed_want *p = &w->packages.v[i];
		struct str lower = arena_lower(a, p->purl);
		struct address_package of;

		address_of_package(f, day, p->purl, p->version, a, &of);
		add(w, &all, of.repository);
		if (of.repository.n)
			continue;
		find_rows(w, f, lower, &all);
		find_rows(w, f, arena_fmt(a, "%.*s@%.*s", STR_ARG(lower),
			STR_ARG(arena_lower(a, p->version))), &all);
	}
	fold(&all);
	vec_release(&w->repositories);
	MOVE(w->repositories, all);
}

/* --- as text -------------------------------------------------------------- */

static bool is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] < ' ')
			return false;
	return s.n <= LIMIT_NAME_BYTES;
}

static void write_line(struct strbuf *to, const char *word, struct str a,
		       struct str b)
{
	if (is_plain(a) && is_plain(b))
		strbuf_fmt(to, "%s\t%.*s\t%.*s\n", word, STR_ARG(a),
			   STR_ARG(b));
}

void wants_write(const struct feed_wants *w, struct strbuf *to)
{
	for (size_t i = 0; i < w->packages.n; i++)
		write_line(to, "package", w->packages.v[i].purl,
			   w->packages.v[i].version);
	for (size_t i = 0; i < w->repositories.n; i++)
		write_line(to, "repository", w->repositories.v[i], STR(""));
	for (size_t i = 0; i < w->histories.n; i++)
		write_line(to, "history", w->histories.v[i], STR(""));
	for (size_t i = 0; i < w->products.n; i++)
		write_line(to, "product", w->products.v[i], STR(""));
	for (size_t i = 0; i < w->names.n; i++)
		write_line(to, "name", w->names.v[i], STR(""));
	for (size_t i = 0; i < w->hosts.n; i++)
		write_line(to, "host", w->hosts.v[i], STR(""));
}

enum err wants_read(struct str text, struct feed_wants *ret)
{
	struct str line, word, a, b;

	*ret = (struct feed_wants){0};
	while (str_line(&text, &line)) {
		if (!str_cut(line, '\t', &word, &a) ||
		    !str_cut(a, '\t', &a, &b) || !is_plain(a) || !is_plain(b))
			return ERR_FORMAT;
		a = arena_dup(&ret->arena, a);
		b = arena_dup(&ret->arena, b);
		if (str_is(word, "package"))
			vec_push(&ret->packages, ((struct feed_want){a, b}));
		else if (str_is(word, "repository"))
			vec_push(&ret->repositories, a);
		else if (str_is(word, "history"))
			vec_push(&ret->histories, a);
		else if (str_is(word, "product"))
			vec_push(&ret->products, a);
		else if (str_is(word, "name"))
			vec_push(&ret->names, a);
		else if (str_is(word, "host"))
			vec_push(&ret->hosts, a);
		else
			return ERR_FORMAT;
	}
	return OK;
}

void wants_release(struct feed_wants *w)
{
	vec_release(&w->packages);
	vec_release(&w->repositories);
	vec_release(&w->histories);
	vec_release(&w->products);
	vec_release(&w->names);
	vec_release(&w->hosts);
	arena_release(&w->arena);
}
