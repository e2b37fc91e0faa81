/*
 * INFO.yaml, the governance file of Linux Foundation projects: who leads and
 * who commits, as seats with company and host of the address.  Names,
 * addresses and ids serve to tell two people apart and are not kept.  Time
 * zones are no evidence and are not read.
 */
#include "base/limits.h"
#include "base/yaml_in.h"
#include "extract/lines.h"
#include "extract/seat.h"

struct info {
	struct extraction *x;
	struct map persons;    /* "email ..." and "id ...": their numbers */
	struct map committers; /* the same, of committers seen so far */
};

static const char *const keys[] = {"email", "id"};
#define KEYS (sizeof keys / sizeof *keys)

/* What tells a person from others, "" when it is not given. */
static struct str mark(struct info *in, const struct yaml *person, size_t i)
{
	struct str value = str_trim(yaml_get_str(person, keys[i]));

	if (value.n == 0)
		return value;
	value = arena_fmt(in->x->scratch, "%s %.*s", keys[i],
			  STR_ARG(value));
	return arena_lower(in->x->scratch, value);
}

/* Whether the same person stood there before, by address or id. */
static bool is_repeated(struct info *in, const struct yaml *person)
{
	bool is_seen = false;

	for (size_t i = 0; i < KEYS; i++) {
		struct str value = mark(in, person, i);
		bool is_new = true;

		if (value.n)
			map_put(&in->committers, value, 0, &is_new);
		is_seen |= !is_new;
	}
	return is_seen;
}

/* The lead may be a committer too: one person with two seats. */
static void number(struct info *in, const struct yaml *person,
		   struct seat *s)
{
	for (size_t i = 0; i < KEYS; i++) {
		struct str value = mark(in, person, i);
		const size_t *known = map_get(&in->persons, value);

		if (value.n && known)
			s->person = *known;
	}
	for (size_t i = 0; i < KEYS; i++) {
		struct str value = mark(in, person, i);

		if (value.n)
			map_put(&in->persons, value, s->person, NULL);
	}
}

/* A template that nobody filled in. */
static bool is_blank(const struct yaml *person)
{
	static const char *const all[] = {"name", "email", "id", "company"};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (str_trim(yaml_get_str(person, all[i])).n)
			return false;
	return true;
}

static void add_seat(struct info *in, enum seat_role role,
		     const struct yaml *person)
{
	struct extraction *x = in->x;
	struct str company = str_trim(yaml_get_str(person, "company"));
	struct seat *s;

	if (person->type != YAML_MAPPING) {
		lines_bad(x, person->line, "not a person", STR(""));
		return;
	}
	if (is_blank(person) ||
	    (role == SEAT_COMMITTER && is_repeated(in, person)))
		return;
	s = component_add_seat(x->parts, x->root, role,
			       (struct evidence){x->path, person->line});
	if (company.n <= LIMIT_NAME_BYTES)
		s->company = arena_dup(x->arena, company);
	else
		lines_bad(x, person->line, "company too long", STR(""));
	s->host = seat_host(x, str_trim(yaml_get_str(person, "email")));
	number(in, person, s);
}

/* The file vouches for the project that its tree is. */
static void add_project(struct info *in, const struct yaml *root)
{
	struct component *c = &in->x->parts->components.v[in->x->root];
	const struct yaml *project = yaml_get(root, "project");
	struct str name = str_trim(yaml_str(project));

	component_add_evidence(c, (struct evidence){in->x->path,
						    project->line});
	if (c->name.n == 0 && name.n <= LIMIT_NAME_BYTES)
		c->name = arena_dup(in->x->arena, name);
}

static void read_info(struct info *in, const struct yaml *root)
{
	const struct yaml *lead = yaml_get(root, "project_lead");
	const struct yaml *committers = yaml_get(root, "committers");

	add_project(in, root);
	if (lead->type != YAML_ABSENT)
		add_seat(in, SEAT_LEAD, lead);
	if (committers->type == YAML_SCALAR && yaml_str(committers).n)
		lines_bad(in->x, committers->line, "committers are no list",
			  STR(""));
	for (const struct yaml *c = committers->first; c; c = c->next)
		add_seat(in, SEAT_COMMITTER, c);
}

/* Only at the top: deeper down it speaks of somebody else's project. */
static bool wants(const struct file *f)
{
	return str_is(f->path, "INFO.yaml");
}

static enum err extract(struct extraction *x)
{
	struct info in = {.x = x};
	unsigned long lost = lines_lost(x);
	const struct yaml *root;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags,
				  &root);

	if (err == ERR_NOTFOUND)
		return OK; /* an empty file */
	if (root->type == YAML_MAPPING && x->root < x->parts->components.n)
		read_info(&in, root);
	else if (!err)
		lines_bad(x, root->line, "not a mapping", root->text);
	map_release(&in.committers);
	map_release(&in.persons);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_info_yaml = {
	.name = "lf/info-yaml",
	.summary = "lead and committers of INFO.yaml, by company and host",
	.version = 1,
	.sees = SEES_SEATS,
	.wants = wants,
	.extract = extract,
};
