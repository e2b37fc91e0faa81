/* Waivers from YAML. */
#include "assess/waivers.h"

#include "assess/fields.h"
#include "base/date.h"

#define TABLE(table) table, sizeof(table) / sizeof *(table)

static void read_purl(struct fields *f, const struct yaml *node, void *to)
{
	struct str s = selector_purl(yaml_str(node), f->arena);

	if (!s.n)
		fields_bad(f, node, "'%.*s' is not a package URL",
			   STR_ARG(yaml_str(node)));
	*(struct str *)to = s;
}

static void read_repository(struct fields *f, const struct yaml *node,
			    void *to)
{
	struct str s = component_repository_url(yaml_str(node), f->arena);

	if (!s.n)
		fields_bad(f, node, "'%.*s' is not the address of a "
			   "repository", STR_ARG(yaml_str(node)));
	*(struct str *)to = s;
}

static const struct field waiver_fields[] = {
	{"rule", false, offsetof(struct waiver, rule), fields_word},
	{"purl", false, offsetof(struct waiver, component.purl), read_purl},
	{"repository", false, offsetof(struct waiver, component.repository),
	 read_repository},
	{"path", false, offsetof(struct waiver, component.path),
	 fields_text},
	{"organisation", false, offsetof(struct waiver, organisation),
	 fields_text},
	{"reason", true, offsetof(struct waiver, reason), fields_text},
	{"owner", true, offsetof(struct waiver, owner), fields_text},
	{"since", false, offsetof(struct waiver, since), fields_day},
	{"expires", true, offsetof(struct waiver, expires), fields_day},
};

struct file {
	struct waivers *to;
	int32_t as_of;
};

/* The days of a waiver: it must end, and within a year. */
static void check_days(struct fields *f, const struct yaml *node,
		       const struct waiver *w, int32_t as_of)
{
	const struct yaml *expires = yaml_get(node, "expires");
	bool is_dated = w->since != DATE_MIN;
	int32_t first = is_dated ? w->since : as_of;

	if (w->expires == DATE_MAX)
		return;
	if (is_dated && w->expires <= w->since)
		fields_bad(f, expires, "'expires' is not after 'since'");
	else if (w->expires > first && w->expires - first > WAIVERS_DAYS)
		fields_bad(f, expires, "a waiver holds for a year at most, "
			   "from %s", is_dated ? "'since' on"
			   : "the day of judgement on where 'since' is not "
			     "given");
}

static void check(struct fields *f, const struct yaml *node,
		  const struct waiver *w, int32_t as_of)
{
	if (!w->rule.n && !w->organisation.n &&
	    selector_is_empty(&w->component))
		fields_bad(f, node, "a waiver needs at least one of rule, "
			   "purl, repository, path and organisation");
	check_days(f, node, w, as_of);
}

/* Says what does not hold, and why. */
static void set_state(struct fields *f, struct waiver *w, int32_t as_of)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (as_of >= w->expires) {
		w->state = WAIVER_EXPIRED;
		date_write(&b, w->expires);
		diag_add(f->diags, RW1604,
			 diag_at_column(w->file, w->line, w->column),
			 "expired on %.*s; answered for by %.*s",
			 STR_ARG(strbuf_str(&b)), STR_ARG(w->owner));
	} else if (as_of < w->since) {
		w->state = WAIVER_AHEAD;
		date_write(&b, w->since);
		diag_add(f->diags, RW1605,
			 diag_at_column(w->file, w->line, w->column),
			 "holds from %.*s on", STR_ARG(strbuf_str(&b)));
	}
	strbuf_release(&b);
}

static void read_list(struct fields *f, const struct yaml *node, void *to)
{
	struct file *file = to;

	if (!fields_is_list(f, node))
		return;
	for (const struct yaml *m = node->first; m; m = m->next) {
		struct waiver w = {.since = DATE_MIN, .expires = DATE_MAX,
				   .file = f->path, .line = m->line,
				   .column = m->column};
		bool was_bad = f->is_bad;

		f->is_bad = false;
		fields_mapping(f, m, "the waiver", TABLE(waiver_fields), &w);
		check(f, m, &w, file->as_of);
		if (!f->is_bad)
			set_state(f, &w, file->as_of);
		f->is_bad = f->is_bad || was_bad;
		vec_push(&file->to->list, w);
	}
}

static void read_version(struct fields *f, const struct yaml *node, void *to)
{
	(void)to;
	if (!str_is(yaml_str(node), "1"))
		fields_bad(f, node, "waivers must be 1, the version of this "
			   "form");
}

static const struct field file_fields[] = {
	{"waivers", true, 0, read_version},
	{"list", true, 0, read_list},
};

enum err waivers_parse(struct str bytes, struct str path, int32_t as_of,
		       struct diags *ds, struct waivers *ret)
{
	struct fields f = {.diags = ds, .code = RW1603, .arena = &ret->arena};
	struct file file = {ret, as_of};
	const struct yaml *root;

	f.path = arena_dup(&ret->arena, path);
	if (yaml_parse(bytes, 0, path, &ret->arena, ds, &root))
		fields_bad(&f, root, "the file is not YAML");
	else
		fields_mapping(&f, root, "the file", TABLE(file_fields),
			       &file);
	return f.is_bad ? ERR_CONFIG : OK;
}

void waivers_release(struct waivers *w)
{
	vec_release(&w->list);
	arena_release(&w->arena);
}
