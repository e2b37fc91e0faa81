/*
 * The part of reading an SBOM that does not depend on its format.  What real
 * documents get wrong is kept as far as it is sound and said once.
 */
#include "extract/sbom.h"

#include "base/limits.h"
#include "base/map.h"
#include "extract/declare.h"
#include "extract/sbom_graph.h"
#include "extract/sbom_party.h"
#include "extract/url.h"
#include "model/purl.h"

#define TEMP_BYTES LIMIT_MB
/* Under this many components one supplier on all of them says nothing. */
#define STAMP_MIN 5

void sbom_init(struct sbom *b, struct extraction *x,
	       const struct extractor *reader)
{
	*b = (struct sbom){.x = x, .reader = reader,
			   .first_edge = x->parts->edges.n,
			   .first_link = x->documents->links.n,
			   .root = SIZE_MAX};
	b->document = (struct document){
		.path = x->path, .first = x->parts->components.n,
		.root = SIZE_MAX};
}

void sbom_release(struct sbom *b)
{
	document_release(&b->document);
	map_release(&b->refs);
	map_release(&b->other_names);
	vec_release(&b->others);
	arena_release(&b->temp);
}

static struct place place(const struct sbom *b, unsigned line)
{
	return diag_at_line(b->x->path, line);
}

void sbom_format(struct sbom *b, const char *name, struct str version,
		 const char *encoding, const char *const *known,
		 unsigned line)
{
	while (*known && !str_is(version, *known))
		known++;
	if (!*known)
		diag_add(b->x->diags, RW1201, place(b, line),
			 "%s version \"%.*s\"", name,
			 STR_ARG(str_head(version, 100)));
	b->x->ret_format = b->document.format =
		arena_fmt(b->x->arena, "%s %.*s %s", name,
			  STR_ARG(str_head(version, 20)), encoding);
}

/* --- texts -------------------------------------------------------------- */

struct str sbom_plain(struct sbom *b, struct str text, unsigned line,
		      struct arena *a)
{
	text = str_trim(text);
	if (text.n <= LIMIT_NAME_BYTES)
		return arena_dup(a, text);
	diag_add(b->x->diags, RW1301, place(b, line),
		 "a text of %zu bytes was left out", text.n);
	return STR("");
}

struct str sbom_value(struct sbom *b, struct str text, unsigned line,
		      struct arena *a)
{
	return sbom_party_is_nobody(str_trim(text))
		? STR("") : sbom_plain(b, text, line, a);
}

/* --- components --------------------------------------------------------- */

void sbom_forget(struct sbom *b)
{
	if (b->temp.total > TEMP_BYTES)
		arena_release(&b->temp);
}

size_t sbom_add(struct sbom *b, struct str name, unsigned line, bool cut)
{
	if (name.n == 0) {
		if (!cut)
			diag_add(b->x->diags, RW1207, place(b, line),
				 "no name");
		return SIZE_MAX;
	}
	if (b->x->parts->components.n >= LIMIT_COMPONENTS) {
		if (!b->is_full)
			diag_add(b->x->diags, RW1901, place(b, line),
				 "more than %d components", LIMIT_COMPONENTS);
		b->is_full = true;
		return SIZE_MAX;
	}
	vec_push(&b->document.parts_have, 0);
	return component_add(b->x->parts, name, str_c(b->reader->name),
			     (struct evidence){b->x->path, line});
}

struct component *sbom_at(struct sbom *b, size_t component)
{
	return &b->x->parts->components.v[component];
}

void sbom_has(struct sbom *b, size_t component, uint32_t elements)
{
	b->document.parts_have.v[component - b->document.first] |= elements;
}

void sbom_version(struct component *c, struct str version)
{
	if (str_is(version, "latest") || str_is(version, "0.0.0"))
		version = STR("");
	c->version = version;
	c->is_unpinned = version.n == 0 ||
			 str_find_ch(STR("^~<>="), version.p[0]) != SIZE_MAX ||
			 str_find_ch(version, '*') != SIZE_MAX;
}

/* An address without what may be a password; any other text as it is. */
static struct str without_user(struct sbom *b, struct str text)
{
	return url_is(text) ? url_without_user(text, &b->temp) : text;
}

void sbom_purl(struct sbom *b, size_t component, struct str text,
	       unsigned line)
{
	struct component *c = sbom_at(b, component);
	struct purl p;
	struct str written;
	const char *why;

	text = sbom_value(b, text, line, &b->temp);
	if (text.n == 0)
		return;
	if (purl_parse(text, &b->temp, &p, &why)) {
		diag_add(b->x->diags, RW1206, place(b, line), "%s: %s",
			 arena_cstr(&b->temp, str_head(without_user(b, text),
						       200)), why);
		return;
	}
	for (size_t i = 0; i < p.qualifiers.n; i++)
		p.qualifiers.v[i].value =
			without_user(b, p.qualifiers.v[i].value);
	written = purl_write(&p, b->x->arena);
	if (c->purl.n == 0)
		c->purl = written;
	else if (!str_eq(c->purl, written))
		vec_push(&c->more_purls, written);
	if (c->version.n == 0)
		sbom_version(c, arena_dup(b->x->arena, p.version));
	purl_release(&p);
	sbom_has(b, component, COMPONENT_PURL | COMPONENT_IDENTIFIER);
}

void sbom_repository(struct sbom *b, struct component *c, struct str url,
		     const char *how)
{
	struct provenance *from = &c->provenance;
	struct str repository, rev = STR("");

	if (from->kind == PROVENANCE_REPOSITORY)
		return;
	repository = component_repository_url(url, b->x->arena);
	if (repository.n == 0)
		return;
	if (url_is(url))
		rev = url_revision(url_base(url));
	from->repository = repository;
	from->kind = PROVENANCE_REPOSITORY;
	from->how = str_c(how);
	if (declare_is_commit(rev))
		from->commit = arena_lower(b->x->arena, rev);
	else
		from->ref = arena_dup(b->x->arena, rev);
}

void sbom_download(struct sbom *b, struct component *c, struct str url)
{
	if (c->provenance.repository.n == 0 && url_is(url))
		c->provenance.repository =
			arena_dup(b->x->arena, without_user(b, url));
}

void sbom_complete(struct sbom *b, size_t component, enum completeness how)
{
	struct component *c;

	if (component >= SBOM_OTHER || how == COMPLETENESS_UNKNOWN)
		return;
	c = sbom_at(b, component);
	if (how == COMPLETENESS_INCOMPLETE &&
	    c->completeness != COMPLETENESS_INCOMPLETE)
		b->incomplete++;
	if (c->completeness != COMPLETENESS_INCOMPLETE)
		c->completeness = how;
	sbom_has(b, component, COMPONENT_COMPLETE);
}

/* One use at run time makes it part of the product. */
static void set_scope(struct sbom *b, size_t component, enum scope scope)
{
	struct component *c;

	if (component >= SBOM_OTHER || scope == SCOPE_UNKNOWN)
		return;
	c = sbom_at(b, component);
	if (c->scope == SCOPE_UNKNOWN || scope == SCOPE_RUNTIME)
		c->scope = scope;
}

/* Names in order of preference, as they are kept. */
static const char *const algorithms[] = {
	"sha256", "sha512", "sha384", "sha3-512", "sha3-384", "sha3-256",
	"blake2b-512", "blake2b-384", "blake2b-256", "blake3", "sha224",
	"sha1", "md5"};
#define ALGORITHMS (sizeof algorithms / sizeof *algorithms)

/* The same but for case and hyphens. */
static bool is_algorithm(struct str written, struct str name)
{
	size_t i = 0;

	for (size_t k = 0; k < written.n; k++) {
		if (written.p[k] == '-')
			continue;
		while (i < name.n && name.p[i] == '-')
			i++;
		if (i == name.n || ascii_lower(written.p[k]) != name.p[i])
			return false;
		i++;
	}
	return i == name.n;
}

static size_t algorithm_of(struct str written)
{
	size_t i = 0;

	while (i < ALGORITHMS && !is_algorithm(written, str_c(algorithms[i])))
		i++;
	return i;
}

static bool is_hex(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return s.n >= 32 && s.n <= 128;
}

void sbom_hash(struct sbom *b, size_t component, struct str algorithm,
	       struct str value)
{
	struct provenance *from = &sbom_at(b, component)->provenance;
	size_t rank = algorithm_of(algorithm);
	struct str old = str_head(from->hash, str_find_ch(from->hash, ':'));

	if (rank == ALGORITHMS || !is_hex(value))
		return;
	sbom_has(b, component, COMPONENT_HASH |
		 (str_is(str_c(algorithms[rank]), "sha512")
			? COMPONENT_SHA512 : 0));
	if (old.n && algorithm_of(old) <= rank)
		return;
	from->hash = arena_fmt(b->x->arena, "%s:%.*s", algorithms[rank],
			       STR_ARG(arena_lower(&b->temp, value)));
	if (from->kind == PROVENANCE_UNKNOWN)
		from->kind = PROVENANCE_ARTIFACT;
}

/* --- references and edges ----------------------------------------------- */

void sbom_ref(struct sbom *b, struct str ref, size_t component, unsigned line)
{
	bool is_new;

	if (ref.n == 0)
		return;
	map_put(&b->refs, ref, component, &is_new);
	if (!is_new)
		diag_add(b->x->diags, RW1202, place(b, line),
			 "\"%.*s\" is the reference of another, too",
			 STR_ARG(str_head(ref, 200)));
	if (component >= SBOM_OTHER)
		return;
	sbom_has(b, component, COMPONENT_REF);
	if (is_new)
		vec_push(&b->document.refs,
			 ((struct document_ref){ref, component}));
}

size_t sbom_find(const struct sbom *b, struct str ref)
{
	const size_t *at = map_get(&b->refs, ref);

	return at ? *at : SIZE_MAX;
}

size_t sbom_resolve(struct sbom *b, struct str ref, unsigned line)
{
	size_t found = sbom_find(b, ref);

	if (found == SIZE_MAX)
		diag_add(b->x->diags, RW1203, place(b, line),
			 "nothing has the reference \"%.*s\"",
			 STR_ARG(str_head(ref, 200)));
	return found;
}

void sbom_other(struct sbom *b, struct str name, struct str id)
{
	map_put(&b->other_names, name, b->others.n, NULL);
	vec_push(&b->others, arena_dup(b->x->arena, id));
}

/* Is the reference one to another document that is named here? */
static bool leads_outside(struct sbom *b, struct str ref,
			  struct document_end *ret)
{
	size_t *at;

	ret->component = SIZE_MAX;
	at = map_get(&b->other_names, ref);
	if (at) { /* an element of SPDX 3 has one name everywhere */
		ret->document = b->others.v[*at];
		ret->ref = ref;
		return true;
	}
	if (str_has_prefix(ref, STR("urn:cdx:"))) {
		str_cut(ref, '#', &ret->document, &ret->ref);
		if (!str_eq(ret->document, b->document.id)) {
			ret->document = arena_dup(b->x->arena, ret->document);
			return true;
		}
		ret->component = sbom_find(b, ret->ref);
		return false;
	}
	str_cut(ref, ':', &ret->document, &ret->ref);
	if (!str_has_prefix(ref, STR("DocumentRef-")))
		return false;
	at = map_get(&b->other_names, ret->document);
	ret->document = at ? b->others.v[*at]
			   : arena_dup(b->x->arena, ret->document);
	return true;
}

struct document_end sbom_end(struct sbom *b, struct str ref, unsigned line)
{
	struct document_end end = {.component = sbom_find(b, ref)};

	if (end.component != SIZE_MAX)
		return end;
	if (leads_outside(b, ref, &end)) {
		end.ref = arena_dup(b->x->arena, end.ref);
		return end;
	}
	end.document = STR("");
	if (end.component == SIZE_MAX)
		end.component = sbom_resolve(b, ref, line);
	return end;
}

void sbom_edge(struct sbom *b, size_t from, size_t to, enum edge_kind kind)
{
	if (from >= SBOM_OTHER || to >= SBOM_OTHER)
		return;
	if (b->x->parts->edges.n < LIMIT_EDGES) {
		component_add_edge(b->x->parts, from, to, kind);
		return;
	}
	if (!b->edges_full)
		diag_add(b->x->diags, RW1901, diag_at(b->x->path),
			 "more than %d edges", LIMIT_EDGES);
	b->edges_full = true;
}

static bool is_outside(const struct document_end *e)
{
	return e->component == SIZE_MAX && e->document.n;
}

void sbom_relate(struct sbom *b, const struct document_link *l)
{
	bool from_outside = is_outside(&l->from);
	bool to_outside = is_outside(&l->to);

	if (!from_outside && l->from.component >= SBOM_OTHER)
		return;
	if (!to_outside && l->to.component >= SBOM_OTHER)
		return;
	if (!from_outside && !to_outside) {
		sbom_edge(b, l->from.component, l->to.component, l->kind);
		set_scope(b, l->to.component, l->scope);
		if (l->is_optional)
			sbom_at(b, l->to.component)->is_optional = true;
	} else if (b->x->documents->links.n < LIMIT_EDGES) {
		vec_push(&b->x->documents->links, *l);
	}
}

void sbom_root(struct sbom *b, size_t component)
{
	if (component >= SBOM_OTHER || component == b->root)
		return;
	if (!b->roots++)
		b->root = component;
}

/* --- the end ------------------------------------------------------------ */

static int compare_edges(const void *va, const void *vb)
{
	const struct edge *a = va, *b = vb;

	if (a->from != b->from)
		return a->from < b->from ? -1 : 1;
	if (a->to != b->to)
		return a->to < b->to ? -1 : 1;
	return (a->kind > b->kind) - (a->kind < b->kind);
}

static void fold_edges(struct sbom *b)
{
	struct parts *p = b->x->parts;
	size_t n = b->first_edge;

	if (p->edges.n == n)
		return;
	qsort(p->edges.v + n, p->edges.n - n, sizeof *p->edges.v,
	      compare_edges);
	for (size_t i = n; i < p->edges.n; i++)
		if (n == b->first_edge ||
		    compare_edges(&p->edges.v[n - 1], &p->edges.v[i]))
			p->edges.v[n++] = p->edges.v[i];
	p->edges.n = n;
}

static void say_cycle(size_t least, size_t n, void *with)
{
	struct sbom *b = with;
	const struct component *c = sbom_at(b, least);

	diag_add(b->x->diags, RW1204, place(b, c->evidence.v[0].line),
		 "%zu component%s, one is \"%.*s\"", n, n == 1 ? "" : "s",
		 STR_ARG(str_head(c->name, 200)));
}

/* The one component that the document describes, if it is one. */
static void settle_root(struct sbom *b)
{
	size_t n = b->x->parts->components.n - b->document.first;

	if (b->roots == 1) {
		b->x->ret_root = b->root;
		sbom_at(b, b->root)->is_root = b->x->root == SIZE_MAX;
	} else if (b->roots) {
		diag_add(b->x->diags, RW1208, diag_at(b->x->path),
			 "%zu components are described, none as the whole",
			 b->roots);
	} else if (n) {
		diag_add(b->x->diags, RW1208, diag_at(b->x->path),
			 "no component of %zu is described as the whole", n);
	}
	if (n == (b->roots == 1) && b->x->documents->links.n == b->first_link)
		diag_add(b->x->diags, RW1209, diag_at(b->x->path),
			 "no component%s", n ? " but the one described" : "");
}

/* What the root does not reach hangs on it: components without an edge to
 * them, then one of each circle that is left. */
static void hang_on_root(struct sbom *b, struct sbom_graph *g)
{
	struct parts *p = b->x->parts;
	size_t first = b->document.first, n = p->components.n - first;
	bool *has_edge = mem_new(n, sizeof *has_edge);

	sbom_graph_reach(g, b->x->ret_root);
	for (size_t i = b->first_edge; i < p->edges.n; i++)
		has_edge[p->edges.v[i].to - first] = true;
	for (int circles = 0; circles < 2; circles++)
		for (size_t i = 0; i < n; i++) {
			if (sbom_graph_is_reached(g, first + i) ||
			    (has_edge[i] && !circles))
				continue;
			sbom_edge(b, b->x->ret_root, first + i,
				  EDGE_CONTAINS);
			sbom_graph_reach(g, first + i);
		}
	free(has_edge);
}

static void judge_graph(struct sbom *b)
{
	struct sbom_graph g;

	sbom_graph_init(&g, b->x->parts, b->document.first, b->first_edge,
			true);
	sbom_graph_cycles(&g, say_cycle, b);
	sbom_graph_release(&g);
	if (b->x->ret_root == SIZE_MAX)
		return;
	sbom_graph_init(&g, b->x->parts, b->document.first, b->first_edge,
			false);
	hang_on_root(b, &g);
	sbom_graph_release(&g);
}

/* A supplier on more than 80 % of the components, the root left out. */
static void judge_suppliers(struct sbom *b)
{
	struct parts *p = b->x->parts;
	size_t root = b->x->ret_root;
	size_t total = p->components.n - b->document.first -
		       (root != SIZE_MAX);
	struct str stamp = STR("");
	struct map counts = {0};
	size_t most = 0;

	for (size_t i = b->document.first; i < p->components.n; i++) {
		struct component *c = sbom_at(b, i);
		size_t *n;

		if (c->supplier.n == 0 || i == root)
			continue;
		n = map_put(&counts, c->supplier, 0, NULL);
		if (++*n > most) {
			most = *n;
			stamp = c->supplier;
		}
	}
	map_release(&counts);
	if (total < STAMP_MIN || most * 5 <= total * 4)
		return;
	for (size_t i = b->document.first; i < p->components.n; i++)
		if (str_eq(sbom_at(b, i)->supplier, stamp))
			sbom_at(b, i)->is_stamped = i != root;
	diag_add(b->x->diags, RW1205, diag_at(b->x->path),
		 "\"%.*s\" on %zu of %zu components",
		 STR_ARG(str_head(stamp, 200)), most, total);
}

/* What components carry, where it shows only now. */
static void note_elements(struct sbom *b)
{
	struct parts *p = b->x->parts;

	for (size_t i = b->document.first; i < p->components.n; i++) {
		component_fold_purls(sbom_at(b, i));
		if (sbom_at(b, i)->version.n)
			sbom_has(b, i, COMPONENT_VERSION);
	}
	for (size_t i = b->first_edge; i < p->edges.n; i++) {
		sbom_has(b, p->edges.v[i].from, COMPONENT_RELATED);
		sbom_has(b, p->edges.v[i].to, COMPONENT_RELATED);
	}
}

/* References have to outlive the text: those that other documents name, and
 * those of the target itself. */
static void keep_refs(struct sbom *b)
{
	struct document *d = &b->document;
	bool is_target = b->x->root == SIZE_MAX;

	for (size_t i = 0; (is_target || d->id.n) && i < d->refs.n; i++) {
		struct document_ref *r = &d->refs.v[i];

		r->ref = arena_dup(b->x->arena, r->ref);
		if (is_target)
			vec_push(&sbom_at(b, r->component)->refs, r->ref);
	}
	if (d->id.n == 0)
		vec_release(&d->refs);
}

/* Gives the document away. */
static void hand_over(struct sbom *b)
{
	struct document *d = &b->document;

	d->n = b->x->parts->components.n - d->first;
	d->root = b->x->ret_root;
	if (b->roots)
		d->has |= DOCUMENT_DESCRIBES;
	keep_refs(b);
	vec_push(&b->x->documents->list, *d);
	*d = (struct document){0};
}

void sbom_finish(struct sbom *b)
{
	settle_root(b);
	if (b->incomplete)
		diag_add(b->x->diags, RW1210, diag_at(b->x->path),
			 "%zu component%s", b->incomplete,
			 b->incomplete == 1 ? "" : "s");
	fold_edges(b);
	note_elements(b);
	judge_graph(b);
	judge_suppliers(b);
	hand_over(b);
}
