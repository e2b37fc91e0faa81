/*
 * CycloneDX XML 1.2 to 1.7: what is read of it is written as the JSON of the
 * same version, element by element and each on the line where it stands, for
 * the reader of that.  Elements of other namespaces and those without a rule
 * are passed over.
 */
#include "base/limits.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/xml_in.h"
#include "extract/cyclonedx_json.h"

#define NAMESPACE STR("http://cyclonedx.org/schema/bom/")

enum shape {
	SHAPE_TEXT,    /* a text */
	SHAPE_REF,     /* the text of its attribute "ref" */
	SHAPE_OBJECT,  /* elements and attributes as members */
	SHAPE_ARRAY    /* elements as items */
};

/* What becomes of an element.  In an array the key means nothing. */
struct rule {
	struct str name;         /* of the element */
	const char *key;         /* of the member in JSON */
	enum shape shape;
	bool is_repeated;        /* elements of one name make an array */
	const struct rule *inside;
	const char *const *attributes; /* name, key, ..., NULL */
	const char *text_key;    /* the member that its text becomes */
};

#define NAME(s) {s, sizeof s - 1}
#define TEXT(name) {NAME(name), name, SHAPE_TEXT, false, NULL, NULL, NULL}
#define TEXTS(name) {NAME(name), name, SHAPE_TEXT, true, NULL, NULL, NULL}
#define ITEM(name, rules) \
	{NAME(name), NULL, SHAPE_OBJECT, false, rules, NULL, NULL}
#define OBJECT(name, rules) \
	{NAME(name), name, SHAPE_OBJECT, false, rules, NULL, NULL}
#define ARRAY(name, rules) \
	{NAME(name), name, SHAPE_ARRAY, false, rules, NULL, NULL}
#define END {{NULL, 0}, NULL, SHAPE_TEXT, false, NULL, NULL, NULL}

static const struct rule none[] = {END};

static const struct rule contact[] = {
	TEXT("name"), TEXT("email"), TEXT("phone"), END};
static const struct rule organisation[] = {
	TEXT("name"), TEXTS("url"),
	{NAME("contact"), "contact", SHAPE_OBJECT, true,
	 contact, NULL, NULL}, END};
static const struct rule authors[] = {ITEM("author", contact), END};

static const char *const hash_attributes[] = {"alg", "alg", NULL};
static const struct rule hashes[] = {
	{NAME("hash"), NULL, SHAPE_OBJECT, false,
	 none, hash_attributes, "content"},
	END};

static const struct rule licence[] = {
	TEXT("id"), TEXT("name"), TEXT("url"), END};
static const struct rule licences[] = {
	ITEM("license", licence), TEXT("expression"), END};

static const char *const typed[] = {"type", "type", NULL};
static const struct rule reference[] = {TEXT("url"), END};
static const struct rule references[] = {
	{NAME("reference"), NULL, SHAPE_OBJECT, false, reference, typed, NULL},
	END};

static const char *const named[] = {"name", "name", NULL};
static const struct rule properties[] = {
	{NAME("property"), NULL, SHAPE_OBJECT, false,
	 none, named, "value"}, END};

static const char *const swid_attributes[] = {"tagId", "tagId", NULL};
static const char *const component_attributes[] = {
	"type", "type", "bom-ref", "bom-ref", NULL};
static const struct rule components[];
static const struct rule component[] = {
	TEXT("author"), TEXT("publisher"), TEXT("group"), TEXT("name"),
	TEXT("version"), TEXT("scope"), TEXT("copyright"), TEXT("cpe"),
	TEXT("purl"), TEXTS("omniborId"), TEXTS("swhid"),
	{NAME("swid"), "swid", SHAPE_OBJECT, false,
	 none, swid_attributes, NULL},
	OBJECT("supplier", organisation),
	OBJECT("manufacturer", organisation), ARRAY("authors", authors),
	ARRAY("hashes", hashes), ARRAY("licenses", licences),
	ARRAY("externalReferences", references),
	ARRAY("properties", properties), ARRAY("components", components),
	END};
static const struct rule components[] = {
	{NAME("component"), NULL, SHAPE_OBJECT, false, component,
	 component_attributes, NULL},
	END};

static const char *const service_attributes[] = {
	"bom-ref", "bom-ref", NULL};
static const struct rule service[] = {
	TEXT("name"), TEXT("version"), END};
static const struct rule services[] = {
	{NAME("service"), NULL, SHAPE_OBJECT, false,
	 service, service_attributes,
	 NULL},
	END};

/* To 1.4 there are tools, from 1.5 components and services in their place. */
static const struct rule tool[] = {TEXT("name"), TEXT("version"), END};
static const struct rule tools[] = {
	{NAME("tool"), "components", SHAPE_OBJECT, true, tool, NULL, NULL},
	ARRAY("components", components), ARRAY("services", services), END};
static const struct rule lifecycle[] = {TEXT("phase"), TEXT("name"), END};
static const struct rule lifecycles[] = {ITEM("lifecycle", lifecycle), END};
static const struct rule metadata[] = {
	TEXT("timestamp"), OBJECT("tools", tools),
	ARRAY("lifecycles", lifecycles), ARRAY("authors", authors),
	{NAME("component"), "component", SHAPE_OBJECT, false, component,
	 component_attributes, NULL},
	OBJECT("manufacture", organisation),
	OBJECT("manufacturer", organisation),
	OBJECT("supplier", organisation), ARRAY("licenses", licences), END};

static const char *const dependency_attributes[] = {"ref", "ref", NULL};
static const struct rule depends_on[] = {
	{NAME("dependency"), "dependsOn", SHAPE_REF, true,
	 NULL, NULL, NULL}, END};
static const struct rule dependencies[] = {
	{NAME("dependency"), NULL, SHAPE_OBJECT, false, depends_on,
	 dependency_attributes, NULL},
	END};

static const struct rule assemblies[] = {
	{NAME("assembly"), NULL, SHAPE_REF, false, NULL, NULL, NULL}, END};
static const struct rule dependents[] = {
	{NAME("dependency"), NULL, SHAPE_REF, false, NULL, NULL, NULL}, END};
static const struct rule composition[] = {
	TEXT("aggregate"), ARRAY("assemblies", assemblies),
	ARRAY("dependencies", dependents), END};
static const struct rule compositions[] = {
	ITEM("composition", composition), END};

static const struct rule bom[] = {
	OBJECT("metadata", metadata), ARRAY("components", components),
	ARRAY("services", services), ARRAY("dependencies", dependencies),
	ARRAY("compositions", compositions), END};
static const char *const bom_attributes[] = {
	"serialNumber", "serialNumber", "version", "version", NULL};
static const struct rule root = {
	NAME("bom"), NULL, SHAPE_OBJECT, false, bom, bom_attributes, NULL};

/* --- writing -------------------------------------------------------------- */

/* An element that is open. */
struct level {
	const struct rule *rule;
	const struct rule *list; /* the array of members of this rule is open */
	bool has_items;          /* a comma comes first */
	bool list_has_items;
};

struct writer {
	struct strbuf json;
	struct strbuf text;   /* of the innermost element */
	struct level levels[LIMIT_XML_DEPTH];
	unsigned depth;
	unsigned skipped;     /* elements open that are passed over */
	unsigned line;        /* of the JSON */
	struct arena *arena;
	struct str space;     /* of the root */
};

/* JSON goes on at the line at which the XML stands. */
static void to_line(struct writer *w, unsigned line)
{
	if (line > w->line) {
		strbuf_pad(&w->json, '\n', line - w->line);
		w->line = line;
	}
}

static void write_string(struct writer *w, struct str s)
{
	static const char digits[] = "0123456789abcdef";

	strbuf_ch(&w->json, '"');
	for (size_t i = 0, from = 0; i <= s.n; i++) {
		unsigned char c = i < s.n ? (unsigned char)s.p[i] : '"';

		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		strbuf_add(&w->json, str_sub(s, from, i));
		from = i + 1;
		if (i == s.n)
			break;
		strbuf_cstr(&w->json, "\\u00");
		strbuf_ch(&w->json, digits[c >> 4]);
		strbuf_ch(&w->json, digits[c & 15]);
	}
	strbuf_ch(&w->json, '"');
}

static void write_comma(struct writer *w, bool *has_items)
{
	if (*has_items)
		strbuf_ch(&w->json, ',');
	*has_items = true;
}

static void write_key(struct writer *w, const char *key)
{
	write_string(w, str_c(key));
	strbuf_ch(&w->json, ':');
}

static void write_member(struct writer *w, struct level *l, const char *key,
			 struct str value)
{
	write_comma(w, &l->has_items);
	write_key(w, key);
	write_string(w, value);
}

static void end_list(struct writer *w, struct level *l)
{
	if (l->list)
		strbuf_ch(&w->json, ']');
	l->list = NULL;
}

/* Comma and key of what follows in an element. */
static void begin_value(struct writer *w, struct level *l,
			const struct rule *rule)
{
	if (l->list == rule) {
		write_comma(w, &l->list_has_items);
		return;
	}
	end_list(w, l);
	write_comma(w, &l->has_items);
	if (l->rule->shape == SHAPE_OBJECT)
		write_key(w, rule->key);
	if (!rule->is_repeated)
		return;
	strbuf_ch(&w->json, '[');
	l->list = rule;
	l->list_has_items = true;
}

static const struct rule *find_rule(const struct level *l, struct str name)
{
	const struct rule *r = l->rule->inside;

	while (r && r->name.n && !str_eq(name, r->name))
		r++;
	return r && r->name.n ? r : NULL;
}

static void open_level(struct writer *w, const struct rule *rule,
		       const struct xml_element *e)
{
	struct level *l = &w->levels[w->depth++];
	const char *const *a = rule->attributes;

	*l = (struct level){.rule = rule};
	strbuf_clear(&w->text);
	if (rule->shape == SHAPE_ARRAY)
		strbuf_ch(&w->json, '[');
	if (rule->shape == SHAPE_OBJECT)
		strbuf_ch(&w->json, '{');
	for (; a && a[0]; a += 2)
		if (xml_attribute(e, a[0]))
			write_member(w, l, a[1],
				     str_c(xml_attribute(e, a[0])));
}

/* --- events --------------------------------------------------------------- */

static void open_root(struct writer *w, const struct xml_element *e)
{
	struct level *l = w->levels;

	if (!str_eq(e->name, root.name) ||
	    !str_has_prefix(e->space, NAMESPACE)) {
		w->skipped++;
		return;
	}
	to_line(w, e->line);
	w->space = arena_dup(w->arena, e->space);
	open_level(w, &root, e);
	write_member(w, l, "bomFormat", STR("CycloneDX"));
	write_member(w, l, "specVersion",
		     str_from(e->space, NAMESPACE.n));
}

static void on_open(void *with, const struct xml_element *e)
{
	struct writer *w = with;
	const struct rule *rule;

	if (w->skipped || (w->depth && !str_eq(e->space, w->space))) {
		w->skipped++;
		return;
	}
	if (!w->depth) {
		open_root(w, e);
		return;
	}
	rule = find_rule(&w->levels[w->depth - 1], e->name);
	if (!rule) {
		w->skipped++;
		return;
	}
	to_line(w, e->line);
	begin_value(w, &w->levels[w->depth - 1], rule);
	open_level(w, rule, e);
	if (rule->shape == SHAPE_REF && xml_attribute(e, "ref"))
		strbuf_cstr(&w->text, xml_attribute(e, "ref"));
}

static void on_text(void *with, struct str text)
{
	struct writer *w = with;
	const struct rule *rule;

	if (w->skipped || !w->depth)
		return;
	rule = w->levels[w->depth - 1].rule;
	if (rule->shape == SHAPE_TEXT || rule->text_key)
		strbuf_add(&w->text, text);
}

static void on_close(void *with)
{
	struct writer *w = with;
	struct level *l;

	if (w->skipped) {
		w->skipped--;
		return;
	}
	l = &w->levels[w->depth - 1];
	end_list(w, l);
	switch (l->rule->shape) {
	case SHAPE_TEXT:
	case SHAPE_REF:
		write_string(w, strbuf_str(&w->text));
		break;
	case SHAPE_OBJECT:
		if (l->rule->text_key)
			write_member(w, l, l->rule->text_key,
				     strbuf_str(&w->text));
		strbuf_ch(&w->json, '}');
		break;
	case SHAPE_ARRAY:
		strbuf_ch(&w->json, ']');
	}
	w->depth--;
	strbuf_clear(&w->text);
}

/* --- the document --------------------------------------------------------- */

static bool wants(const struct file *f)
{
	struct str name = path_base(f->path);

	return str_has_suffix(name, STR(".cdx.xml")) ||
	       str_eq_nocase(name, STR("bom.xml")) ||
	       str_eq_nocase(name, STR("sbom.xml")) ||
	       (str_find_nocase(name, STR("cyclonedx")) != SIZE_MAX &&
		str_has_suffix(name, STR(".xml")));
}

static bool sniffs(struct str head)
{
	return str_has_prefix(str_trim(head), STR("<")) &&
	       str_find(head, NAMESPACE) != SIZE_MAX;
}

static enum err extract(struct extraction *x)
{
	static const struct xml_events events = {on_open, on_text, on_close};
	struct writer w = {.line = 1, .arena = x->scratch};
	struct json_raw read;
	struct str json;
	enum err err = xml_parse(x->text, x->path, x->diags, &events, &w);

	/* an XML text that was cut is a JSON text that was */
	json = strbuf_str(&w.json);
	if (json_scan(json, &read, NULL) == OK && read.type == JSON_OBJECT) {
		cyclonedx_json_read(x, &extract_cyclonedx_xml, "XML", read);
	} else if (!err) {
		diag_add(x->diags, RW1201, diag_at(x->path),
			 "the root element is not a CycloneDX bom");
		err = ERR_FORMAT;
	}
	strbuf_release(&w.text);
	strbuf_release(&w.json);
	return err;
}

const struct extractor extract_cyclonedx_xml = {
	.name = "cyclonedx/xml",
	.summary = "CycloneDX 1.2 to 1.7 in XML",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_SUPPLIER |
		SEES_REPOSITORY | SEES_COMMIT,
	.is_sbom = true,
	.max_bytes = LIMIT_SBOM_BYTES,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
