/*
 * What the tests of SBOM readers share: a document read by extract_sbom, and
 * what came out as lines of text.
 */
#ifndef TESTS_SBOM_TEXT_H
#define TESTS_SBOM_TEXT_H

#include "unit.h"

#include "base/strbuf.h"
#include "extract/extract.h"

struct sbom_text {
	struct scan scan;
	struct target target;
	struct strbuf text; /* of the last dump */
};

static inline void sbom_text_release(struct sbom_text *t)
{
	strbuf_release(&t->text);
	scan_release(&t->scan);
	*t = (struct sbom_text){0};
}

/* Reads a document out of a copy of its own size. */
static inline enum err sbom_text_read(struct sbom_text *t, struct str text)
{
	struct arena own = {0};
	enum err err;

	sbom_text_release(t);
	err = extract_sbom(&t->scan, STR("f.json"), arena_dup(&own, text),
			   &t->target);
	arena_release(&own);
	extract_link(&t->scan);
	return err;
}

static inline void sbom_text_field(struct strbuf *b, const char *name,
				   struct str value)
{
	if (value.n)
		strbuf_fmt(b, " %s=%.*s", name, STR_ARG(value));
}

/* One component a line: index, name, line, then what is set. */
static inline struct str sbom_text_components(struct sbom_text *t)
{
	struct strbuf *b = &t->text;

	strbuf_clear(b);
	for (size_t i = 0; i < t->scan.parts.components.n; i++) {
		const struct component *c = &t->scan.parts.components.v[i];

		strbuf_fmt(b, "%zu %.*s %u", i, STR_ARG(c->name),
			   c->evidence.v[0].line);
		sbom_text_field(b, "version", c->version);
		sbom_text_field(b, "purl", c->purl);
		sbom_text_field(b, "type", c->type);
		sbom_text_field(b, "scope", c->scope == SCOPE_UNKNOWN
				? STR("")
				: str_c(component_scope_name(c->scope)));
		sbom_text_field(b, "supplier", c->supplier);
		sbom_text_field(b, "producer", c->producer);
		sbom_text_field(b, "packager", c->packager);
		sbom_text_field(b, "repository", c->provenance.repository);
		sbom_text_field(b, "commit", c->provenance.commit);
		sbom_text_field(b, "ref", c->provenance.ref);
		sbom_text_field(b, "hash", c->provenance.hash);
		strbuf_cstr(b, c->is_root ? " root" : "");
		strbuf_cstr(b, c->is_unpinned ? " unpinned" : "");
		strbuf_cstr(b, c->is_stamped ? " stamped" : "");
		strbuf_ch(b, '\n');
	}
	return strbuf_str(b);
}

/* "0>1 0]2": 0 depends on 1 and contains 2. */
static inline struct str sbom_text_edges(struct sbom_text *t)
{
	struct strbuf *b = &t->text;

	strbuf_clear(b);
	for (size_t i = 0; i < t->scan.parts.edges.n; i++) {
		const struct edge *e = &t->scan.parts.edges.v[i];

		strbuf_fmt(b, "%s%zu%c%zu", i ? " " : "", e->from,
			   e->kind == EDGE_CONTAINS ? ']' : '>', e->to);
	}
	return strbuf_str(b);
}

/* Diagnostics, sorted, one a line: code, line, message. */
static inline struct str sbom_text_diags(struct sbom_text *t)
{
	struct strbuf *b = &t->text;
	struct diags *ds = &t->scan.diags;

	strbuf_clear(b);
	diag_sort(ds);
	for (size_t i = 0; i < ds->kept.n; i++)
		strbuf_fmt(b, "%s %u %.*s\n", diag_name(ds->kept.v[i].code),
			   ds->kept.v[i].place.line,
			   STR_ARG(ds->kept.v[i].message));
	return strbuf_str(b);
}

/* Cuts a document at every byte: each cut is told, and finds no less than a
 * shorter one; how many components are in the whole. */
static inline size_t sbom_text_cut(struct sbom_text *t, struct str whole)
{
	size_t most = 0;

	for (size_t i = 0; i <= whole.n; i++) {
		enum err err = sbom_text_read(t, str_head(whole, i));
		size_t n = t->scan.parts.components.n;

		if (i == whole.n)
			assert_int_equal(err, OK);
		else if (err != ERR_UNSUPPORTED)
			assert_int_equal(t->scan.diags.counts[RW1101], 1);
		assert_true(n >= most);
		most = n;
	}
	return most;
}

#endif
