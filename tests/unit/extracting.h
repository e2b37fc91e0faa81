/*
 * What the tests of extractors share: a tree out of string literals, put
 * through extract_tree, and what came out as lines of text.
 */
#ifndef TESTS_EXTRACTING_H
#define TESTS_EXTRACTING_H

#include "unit.h"

#include "base/strbuf.h"
#include "extract/extract.h"

/* A file of a made-up tree; with a commit it is a gitlink. */
struct made {
	const char *path;
	struct str text;
	const char *commit;
};

struct extracting {
	struct scan scan;
	struct target target;
	struct strbuf text; /* of the last dump */
};

static inline enum err extracting_read(struct tree *t, const struct file *f,
				       size_t max, struct arena *a,
				       struct diags *ds, struct str *ret_bytes)
{
	const struct made *made = t->own;

	(void)ds;
	for (; made->path; made++)
		if (str_is(f->path, made->path)) {
			if (made->text.n > max)
				return ERR_LIMIT;
			/* a copy of its own size: sanitizers see overruns */
			*ret_bytes = arena_dup(a, made->text);
			return OK;
		}
	return ERR_NOTFOUND;
}

/* Extracts from files, sorted by path and ended by {0}; component 0 is the
 * root "root". */
static inline void extracting_run(struct extracting *e,
				  const struct made *files)
{
	struct tree tree = {.name = STR("tree"), .read = extracting_read};

	*e = (struct extracting){0};
	tree.own = (void *)(uintptr_t)files;
	for (; files->path; files++)
		vec_push(&tree.files, ((struct file){
			.path = str_c(files->path), .size = files->text.n,
			.is_gitlink = files->commit != NULL,
			.commit = str_c(files->commit)}));
	component_add(&e->scan.parts, STR("root"), STR(""),
		      (struct evidence){STR(""), 0});
	extract_tree(&e->scan, &tree, 0, &e->target);
	vec_release(&tree.files);
}

/* The same for a single file. */
static inline void extracting_text(struct extracting *e, const char *path,
				   struct str text)
{
	const struct made files[] = {{path, text, NULL}, {0}};

	extracting_run(e, files);
}

static inline void extracting_release(struct extracting *e)
{
	strbuf_release(&e->text);
	scan_release(&e->scan);
}

static inline void extracting_field(struct strbuf *b, const char *name,
				    struct str value)
{
	if (value.n)
		strbuf_fmt(b, " %s=%.*s", name, STR_ARG(value));
}

/* Components but the root, one a line: name, version, purl, scope, lines of
 * evidence, then what else is set. */
static inline struct str extracting_components(struct extracting *e)
{
	struct strbuf *b = &e->text;

	strbuf_clear(b);
	for (size_t i = 1; i < e->scan.parts.components.n; i++) {
		const struct component *c = &e->scan.parts.components.v[i];

		strbuf_fmt(b, "%.*s %.*s %.*s %s", STR_ARG(c->name),
			   STR_ARG(c->version), STR_ARG(c->purl),
			   component_scope_name(c->scope));
		for (size_t j = 0; j < c->evidence.n; j++)
			strbuf_fmt(b, "%c%u", j ? ',' : ' ',
				   c->evidence.v[j].line);
		extracting_field(b, "repository", c->provenance.repository);
		extracting_field(b, "commit", c->provenance.commit);
		extracting_field(b, "ref", c->provenance.ref);
		extracting_field(b, "hash", c->provenance.hash);
		strbuf_cstr(b, c->is_unpinned ? " unpinned" : "");
		strbuf_cstr(b, c->is_indirect ? " indirect" : "");
		strbuf_ch(b, '\n');
	}
	return strbuf_str(b);
}

/* Diagnostics, one a line: code, line, message. */
static inline struct str extracting_diags(struct extracting *e)
{
	struct strbuf *b = &e->text;
	const struct diags *ds = &e->scan.diags;

	strbuf_clear(b);
	for (size_t i = 0; i < ds->kept.n; i++)
		strbuf_fmt(b, "%s %u %.*s\n", diag_name(ds->kept.v[i].code),
			   ds->kept.v[i].place.line,
			   STR_ARG(ds->kept.v[i].message));
	return strbuf_str(b);
}

/* Cuts a file at every byte: what is lost is told. */
static inline void extracting_cut(const struct made *file)
{
	for (size_t n = 0; n <= file->text.n; n++) {
		struct extracting e;

		extracting_text(&e, file->path, str_head(file->text, n));
		assert_true(!e.target.files_failed ||
			    diag_has_effect(&e.scan.diags, DIAG_INCOMPLETE));
		extracting_release(&e);
	}
}

/* Extracts from files and compares components and diagnostics. */
static inline void extracting_expect(const struct made *files,
				     const char *components,
				     const char *diags, const char *file,
				     int line)
{
	struct extracting e;

	extracting_run(&e, files);
	unit_assert_str(extracting_components(&e), str_c(components), file,
			line);
	unit_assert_str(extracting_diags(&e), str_c(diags), file, line);
	extracting_release(&e);
}

#define assert_tree(files, components, diags) \
	extracting_expect(files, components, diags, __FILE__, __LINE__)
/* The same for a single file. */
#define assert_extracts(path, text, components, diags) \
	assert_tree(((const struct made[]){{path, STR(text), NULL}, {0}}), \
		    components, diags)

#endif
