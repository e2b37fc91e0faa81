/* Inheritance of Maven 3 as far as a tree shows it; no register is asked. */
#include "extract/poms.h"

#include "base/limits.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/extract_run.h"

#define EXPANSIONS_MAX 64

/* --- reading -------------------------------------------------------------- */

static void add(struct poms *p, struct tree *t, const struct file *f,
		struct arena *scratch)
{
	struct diags unheard = {0};
	struct str bytes;
	struct pom pom;
	bool is_repaired;

	if (!t->read(t, f, LIMIT_SOURCE_BYTES, scratch, &unheard, &bytes)) {
		/* what is wrong is said when it is read by itself */
		enum err err = pom_read(&pom, extract_text(
			scratch, bytes, &is_repaired),
			arena_dup(&p->arena, f->path), &p->arena, &unheard);

		(void)err;
		map_put(&p->paths, pom.path, p->v.n, NULL);
		vec_push(&p->v, pom);
	}
	diag_release(&unheard);
	arena_release(scratch);
}

static struct str name_of(struct arena *a, struct str group,
			  struct str artifact)
{
	return arena_fmt(a, "%.*s:%.*s", STR_ARG(group), STR_ARG(artifact));
}

/* Names and managed items of a pom, with their properties filled in. */
static void put_names(struct poms *p, size_t i)
{
	struct pom *pom = &p->v.v[i];
	struct poms_chain c;
	struct str group = pom->self.group, artifact;

	poms_chain(p, pom->path, &c);
	if (!group.n)
		group = pom->parent.group;
	poms_expand(&c, group, &p->arena, &group);
	poms_expand(&c, pom->self.artifact, &p->arena, &artifact);
	if (artifact.n)
		map_put(&p->names, name_of(&p->arena, group, artifact), i,
			NULL);
	for (size_t k = 0; k < pom->items.n; k++) {
		const struct pom_item *m = &pom->items.v[k];

		if (m->kind != POM_MANAGED && m->kind != POM_MANAGED_PLUGIN)
			continue;
		if (str_is(m->scope, "import")) {
			vec_push(&pom->imports, k);
			continue;
		}
		group = m->group;
		if (!group.n && m->kind == POM_MANAGED_PLUGIN)
			group = STR(POMS_PLUGINS);
		poms_expand(&c, group, &p->arena, &group);
		poms_expand(&c, m->artifact, &p->arena, &artifact);
		map_put(&pom->managed, name_of(&p->arena, group, artifact),
			k, NULL);
	}
}

void poms_build(struct poms *p, struct tree *t)
{
	struct arena scratch = {0};

	if (p->is_built)
		return;
	p->is_built = true;
	for (size_t i = 0; i < t->files.n; i++) {
		const struct file *f = &t->files.v[i];

		if (str_is(path_base(f->path), "pom.xml") && !f->is_link &&
		    !f->is_gitlink)
			add(p, t, f, &scratch);
	}
	for (size_t i = 0; i < p->v.n; i++)
		put_names(p, i);
}

void poms_release(struct poms *p)
{
	for (size_t i = 0; i < p->v.n; i++)
		pom_release(&p->v.v[i]);
	vec_release(&p->v);
	map_release(&p->paths);
	map_release(&p->names);
	arena_release(&p->arena);
}

/* --- parents -------------------------------------------------------------- */

static const struct pom *at_path(const struct poms *p, struct str path)
{
	const size_t *i = map_get(&p->paths, path);

	return i ? &p->v.v[*i] : NULL;
}

/* The parent where relativePath says it is, if it is that one. */
static const struct pom *find_parent(const struct poms *p,
				     const struct pom *pom)
{
	struct arena temp = {0};
	struct str relative = pom->has_relative ? pom->relative
						: STR("../pom.xml");
	struct str path;
	const struct pom *parent = NULL;

	if (!pom->parent.line || !pom->parent.artifact.n)
		return NULL;
	if (relative.n && !str_has_suffix(relative, STR(".xml")))
		relative = path_join(&temp, relative, STR("pom.xml"));
	if (relative.n &&
	    !path_normalise(&temp, path_join(&temp, path_dir(pom->path),
					     relative), &path))
		parent = at_path(p, path);
	if (parent && !str_eq(parent->self.artifact, pom->parent.artifact))
		parent = NULL;
	arena_release(&temp);
	return parent ? parent : poms_find(p, pom->parent.group,
					   pom->parent.artifact);
}

void poms_chain(const struct poms *p, struct str path,
		struct poms_chain *ret)
{
	const struct pom *pom = at_path(p, path);

	ret->n = 0;
	while (pom && ret->n < POMS_CHAIN_MAX) {
		ret->v[ret->n++] = pom;
		pom = find_parent(p, pom);
	}
}

const struct pom *poms_find(const struct poms *p, struct str group,
			    struct str artifact)
{
	struct arena temp = {0};
	const size_t *i = map_get(&p->names, name_of(&temp, group, artifact));

	arena_release(&temp);
	return i ? &p->v.v[*i] : NULL;
}

/* --- properties ----------------------------------------------------------- */

static struct str own_or(struct str own, struct str inherited)
{
	return own.n ? own : inherited;
}

/* What a pom says of itself. */
static bool built_in(const struct pom *pom, struct str name, struct str *ret)
{
	const struct pom_item *self = &pom->self, *parent = &pom->parent;

	if (str_has_prefix(name, STR("pom.")))
		name = str_from(name, 4);
	else if (str_has_prefix(name, STR("project.")))
		name = str_from(name, 8);
	if (str_is(name, "version"))
		*ret = own_or(self->version, parent->version);
	else if (str_is(name, "groupId"))
		*ret = own_or(self->group, parent->group);
	else if (str_is(name, "artifactId"))
		*ret = self->artifact;
	else if (str_is(name, "parent.version"))
		*ret = parent->version;
	else if (str_is(name, "parent.groupId"))
		*ret = parent->group;
	else
		return false;
	return ret->n != 0;
}

static bool value_of(const struct poms_chain *c, struct str name,
		     struct str *ret)
{
	for (size_t i = 0; i < c->n; i++) {
		const size_t *at = map_get(&c->v[i]->property_names, name);

		if (at) {
			*ret = c->v[i]->properties.v[*at].value;
			return true;
		}
	}
	return c->n && built_in(c->v[0], name, ret);
}

bool poms_expand(const struct poms_chain *c, struct str text,
		 struct arena *a, struct str *ret)
{
	struct str name, value, rest;
	size_t at, end, from = 0;
	bool is_known = true;

	for (int i = 0; i < EXPANSIONS_MAX; i++) {
		at = str_find(str_from(text, from), STR("${"));
		if (at == SIZE_MAX)
			break;
		at += from;
		end = str_find_ch(str_from(text, at), '}');
		if (end == SIZE_MAX)
			break;
		name = str_sub(text, at + 2, at + end);
		rest = str_from(text, at + end + 1);
		if (!value_of(c, name, &value) ||
		    text.n + value.n > LIMIT_NAME_BYTES) {
			is_known = false;
			from = at + 2;
			continue;
		}
		text = arena_fmt(a, "%.*s%.*s%.*s",
				 STR_ARG(str_head(text, at)), STR_ARG(value),
				 STR_ARG(rest));
	}
	*ret = text;
	return is_known && str_find(text, STR("${")) == SIZE_MAX;
}

/* --- managed versions ----------------------------------------------------- */

static const struct pom_item *managed_in(const struct poms_chain *c,
					 enum pom_kind kind, struct str name,
					 const struct pom **ret_in)
{
	for (size_t i = 0; i < c->n; i++) {
		const size_t *at = map_get(&c->v[i]->managed, name);

		if (at && c->v[i]->items.v[*at].kind == kind) {
			*ret_in = c->v[i];
			return &c->v[i]->items.v[*at];
		}
	}
	return NULL;
}

/* The same in a list of the tree that a pom of the chain imports. */
static const struct pom_item *imported(const struct poms *p,
				       const struct poms_chain *c,
				       const struct pom_item *import,
				       struct str name,
				       const struct pom **ret_in)
{
	struct arena temp = {0};
	struct str group, artifact;
	struct poms_chain other = {.n = 0};
	const struct pom *list;

	poms_expand(c, import->group, &temp, &group);
	poms_expand(c, import->artifact, &temp, &artifact);
	list = poms_find(p, group, artifact);
	if (list)
		poms_chain(p, list->path, &other);
	arena_release(&temp);
	return managed_in(&other, POM_MANAGED, name, ret_in);
}

const struct pom_item *poms_managed(const struct poms *p,
				    const struct poms_chain *c,
				    enum pom_kind kind, struct str name,
				    const struct pom **ret_in)
{
	const struct pom_item *found = managed_in(c, kind, name, ret_in);

	for (size_t i = 0; kind == POM_MANAGED && i < c->n; i++) {
		const struct pom *pom = c->v[i];

		for (size_t k = 0; !found && k < pom->imports.n; k++)
			found = imported(p, c, &pom->items.v[
				pom->imports.v[k]], name, ret_in);
	}
	return found;
}
