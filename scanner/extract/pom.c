/* pom.xml by events: elements are known by their path from the root. */
#include "extract/pom.h"

#include "base/limits.h"
#include "base/strbuf.h"
#include "base/xml_in.h"

struct reader {
	struct pom *pom;
	struct arena *arena;
	struct diags *diags;
	struct strbuf path;  /* project/dependencies/dependency */
	struct strbuf text;  /* of the innermost element */
	struct pom_item *item;
	size_t item_depth;   /* length of the path of its element */
};

/* Elements that name something, below <project> or a profile. */
struct kind {
	const char *path;
	enum pom_kind kind;
};

static const struct kind kinds[] = {
	{"dependencies/dependency", POM_DEPENDENCY},
	{"dependencyManagement/dependencies/dependency", POM_MANAGED},
	{"build/plugins/plugin", POM_PLUGIN},
	{"build/extensions/extension", POM_PLUGIN},
	{"reporting/plugins/plugin", POM_PLUGIN},
	{"build/pluginManagement/plugins/plugin", POM_MANAGED_PLUGIN},
	{"build/plugins/plugin/dependencies/dependency",
	 POM_PLUGIN_DEPENDENCY},
};

/* The path of the element at hand below <project> or a profile of it. */
static struct str place_of(const struct reader *r)
{
	struct str path = strbuf_str(&r->path);

	if (str_has_prefix(path, STR("project/")))
		path = str_from(path, STR("project/").n);
	if (str_has_prefix(path, STR("profiles/profile/")))
		path = str_from(path, STR("profiles/profile/").n);
	return path;
}

static void begin_item(struct reader *r, unsigned line)
{
	struct str place = place_of(r);
	struct pom *p = r->pom;

	if (str_is(strbuf_str(&r->path), "project/parent")) {
		p->parent.line = line;
		r->item = &p->parent;
		r->item_depth = r->path.n;
		return;
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (str_is(place, kinds[i].path)) {
			vec_push(&p->items, ((struct pom_item){
				.kind = kinds[i].kind, .line = line}));
			r->item = &p->items.v[p->items.n - 1];
			r->item_depth = r->path.n;
		}
}

static void on_open(void *with, const struct xml_element *e)
{
	struct reader *r = with;

	strbuf_cstr(&r->path, r->path.n ? "/" : "");
	strbuf_add(&r->path, e->name);
	strbuf_clear(&r->text);
	begin_item(r, e->line);
}

static void on_text(void *with, struct str text)
{
	struct reader *r = with;

	strbuf_add(&r->text, text);
}

/* The field of an item that an element fills; NULL for others. */
static struct str *field_of(struct pom_item *item, struct str name)
{
	const struct {
		const char *name;
		struct str *field;
	} fields[] = {
		{"groupId", &item->group}, {"artifactId", &item->artifact},
		{"version", &item->version}, {"scope", &item->scope},
		{"type", &item->type}, {"classifier", &item->classifier},
		{"optional", &item->optional}};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (str_is(name, fields[i].name))
			return fields[i].field;
	return NULL;
}

static void add_property(struct reader *r, struct str name, struct str value)
{
	bool is_new;

	name = arena_dup(r->arena, name);
	map_put(&r->pom->property_names, name, r->pom->properties.n, &is_new);
	if (is_new)
		vec_push(&r->pom->properties,
			 ((struct pom_property){name, value}));
}

/* The end of an element whose text counts. */
static void end_text(struct reader *r, struct str name, struct str parent)
{
	struct str text = str_trim(strbuf_str(&r->text));
	struct pom_item *of = NULL;
	struct str *field;

	if (r->text.full)
		text = STR("");
	text = arena_dup(r->arena, text);
	if (str_is(parent, "project/properties")) {
		add_property(r, name, text);
	} else if (str_is(parent, "project/parent") &&
		   str_is(name, "relativePath")) {
		r->pom->relative = text;
		r->pom->has_relative = true;
	} else if (str_is(parent, "project")) {
		of = &r->pom->self;
	} else if (r->item && parent.n == r->item_depth) {
		of = r->item;
	}
	field = of ? field_of(of, name) : NULL;
	if (field && field->n)
		diag_add(r->diags, RW1103,
			 diag_at_line(r->pom->path, of->line),
			 "the element \"%.*s\" is there twice",
			 STR_ARG(str_head(name, 100)));
	else if (field)
		*field = text;
}

static void on_close(void *with)
{
	struct reader *r = with;
	struct str path = strbuf_str(&r->path), name, parent;
	size_t slash = str_rfind_ch(path, '/');

	if (r->item && path.n == r->item_depth)
		r->item = NULL;
	if (slash != SIZE_MAX && !r->path.full) {
		parent = str_head(path, slash);
		name = str_from(path, slash + 1);
		end_text(r, name, parent);
	}
	strbuf_clear(&r->text);
	r->path.n = slash == SIZE_MAX ? 0 : slash;
}

enum err pom_read(struct pom *p, struct str text, struct str path,
		  struct arena *a, struct diags *ds)
{
	static const struct xml_events events = {on_open, on_text, on_close};
	struct reader r = {.pom = p, .arena = a, .diags = ds};
	enum err err;

	*p = (struct pom){.path = path};
	strbuf_init(&r.path, 0);
	strbuf_init(&r.text, LIMIT_NAME_BYTES);
	err = xml_parse(text, path, ds, &events, &r);
	strbuf_release(&r.path);
	strbuf_release(&r.text);
	return err;
}

void pom_release(struct pom *p)
{
	vec_release(&p->items);
	vec_release(&p->properties);
	map_release(&p->property_names);
	map_release(&p->managed);
	vec_release(&p->imports);
}
