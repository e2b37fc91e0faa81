/*
 * INFO.yaml, the governance file of Linux Foundation projects: who leads and
 * who commits, as seats with company and host of the address.  Names,
 * addresses and ids serve to tell two people apart and are not kept.  Time
 * zones are no evidence and are not read.
 */
#include <limits.h>

#include "base/limits.h"
#include "base/yaml_in.h"
#include "extract/info_lines.h"
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

/* What the file says, whichever way it was read. */
struct said {
	const struct yaml *project, *lead, *committers;
};

static bool has_said(const struct said *said)
{
	return said->project->type != YAML_ABSENT ||
	       said->lead->type != YAML_ABSENT ||
	       said->committers->type != YAML_ABSENT;
}

/* The file vouches for the project that its tree is. */
static void add_project(struct info *in, const struct said *said)
{
	struct component *c = &in->x->parts->components.v[in->x->root];
	struct str name = str_trim(yaml_str(said->project));

	component_add_evidence(c, (struct evidence){in->x->path,
						    said->project->line});
	if (c->name.n == 0 && name.n <= LIMIT_NAME_BYTES)
		c->name = arena_dup(in->x->arena, name);
}

static void read_info(struct info *in, const struct said *said)
{
	const struct yaml *committers = said->committers;

	if (in->x->root >= in->x->parts->components.n)
		return;
	add_project(in, said);
	if (said->lead->type != YAML_ABSENT)
		add_seat(in, SEAT_LEAD, said->lead);
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

/* The member of a file that YAML could not be read to the end of: is it there
 * in full?  Then another one begins after it. */
static bool is_in_full(const struct yaml *member)
{
	return member->type != YAML_ABSENT && member->next;
}

/*
 * Takes by their lines what YAML did not give in full.  What is not sure there
 * is told; of committers the list with more of them counts then.  Is all there
 * that is looked for?
 */
static bool read_lines(struct info *in, struct said *said)
{
	bool has_lead = is_in_full(said->lead);
	bool has_committers = is_in_full(said->committers);
	struct info_lines lines;

	if (has_lead && has_committers)
		return true;
	lines = info_lines_read(in->x->text, in->x->scratch);
	if (said->project->type == YAML_ABSENT)
		said->project = lines.project;
	if (!has_lead && lines.lead->type != YAML_ABSENT)
		said->lead = lines.lead;
	if (!has_committers &&
	    (!lines.unread ||
	     lines.committers->count >= said->committers->count))
		said->committers = lines.committers;
	if (lines.unread)
		diag_add(in->x->diags, RW1301,
			 diag_at_line(in->x->path, lines.unread_line),
			 "%zu places of lead and committers are not plain "
			 "enough to be read by their lines, this is the first",
			 lines.unread);
	return !lines.unread;
}

/* Of what YAML told, only what bears on that which is looked for. */
static void tell(struct info *in, struct diags *told, const struct yaml *root,
		 bool is_read)
{
	const struct yaml *tsc = yaml_get(root, "tsc");
	unsigned first = tsc->key ? tsc->key->line : UINT_MAX;
	unsigned end = tsc->next ? tsc->next->key->line : UINT_MAX;
	size_t n = 0;

	for (size_t i = 0; i < told->kept.n; i++) {
		struct diag *d = &told->kept.v[i];
		bool is_beside = d->code == RW1103 && d->place.line >= first &&
				 d->place.line < end;

		if (!is_beside && (d->code != RW1106 || !is_read)) {
			told->kept.v[n++] = *d;
			continue;
		}
		told->counts[d->code]--;
		diag_add(in->x->diags, RW1307, d->place, "%.*s; the lead and "
			 "the committers were read", STR_ARG(d->message));
	}
	told->kept.n = n;
	diag_merge(in->x->diags, told);
}

static enum err extract(struct extraction *x)
{
	struct info in = {.x = x};
	struct diags told = {0};
	unsigned long lost = lines_lost(x);
	const struct yaml *root;
	struct said said;
	bool is_read = false;
	enum err err = yaml_parse(x->text, 0, x->path, x->scratch, &told,
				  &root);

	said.project = yaml_get(root, "project");
	said.lead = yaml_get(root, "project_lead");
	said.committers = yaml_get(root, "committers");
	if (err == ERR_FORMAT)
		is_read = read_lines(&in, &said);
	tell(&in, &told, root, is_read);
	diag_release(&told);
	if (err == ERR_NOTFOUND)
		return OK; /* an empty file */
	if (root->type == YAML_MAPPING || has_said(&said))
		read_info(&in, &said);
	else if (!err)
		lines_bad(x, root->line, "not a mapping", root->text);
	map_release(&in.committers);
	map_release(&in.persons);
	if (err && !is_read)
		return err;
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_info_yaml = {
	.name = "lf/info-yaml",
	.summary = "lead and committers of INFO.yaml, by company and host",
	.version = 2,
	.sees = SEES_SEATS,
	.wants = wants,
	.extract = extract,
};
