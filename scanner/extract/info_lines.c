/*
 * The files that people wrote by hand have keys deeper than their list, tabs,
 * a quote that nobody closed.  Sections begin at the left margin; in that of
 * the committers each dash begins a person.  A person is taken only when all
 * of its lines are `key: value` at one depth, no key that counts is there
 * twice, and each value that counts ends on its line.
 */
#include "extract/info_lines.h"

#include "base/limits.h"

enum section { NONE, LEAD, COMMITTERS, OTHER };

/* Keys that are read, and of persons those that are known but not read. */
static const char *const person_keys[] = {"name", "email", "id", "company"};
#define KEYS (sizeof person_keys / sizeof *person_keys)

struct person {
	struct yaml *node;
	struct yaml *last;    /* of its members */
	struct str margin;    /* before its dash; "" of a lead */
	struct str indent;    /* before its keys; p is NULL while not known */
	unsigned seen;        /* bits of person_keys */
	bool is_open;         /* lines may follow */
	bool is_unsure;
	bool has_base;        /* it is the lead, but for what it says itself */
};

struct reader {
	struct arena *arena;
	struct info_lines *ret;
	enum section section;
	struct person person; /* that of the last lines */
	struct str anchor;    /* of the lead, "" when there is none */
	struct yaml *committers, *last;
	struct str margin;    /* before the first dash */
	bool has_lead, has_committers;
	size_t nodes;
	unsigned line;
};

static const struct yaml absent;

static void give_up(struct reader *r, unsigned line)
{
	if (!r->ret->unread++)
		r->ret->unread_line = line;
}

static struct yaml *new_node(struct reader *r, enum yaml_type type)
{
	struct yaml *node = arena_alloc(r->arena, sizeof *node);

	*node = (struct yaml){.type = type, .line = r->line, .column = 1};
	r->nodes++;
	return node;
}

/* --- a line --------------------------------------------------------------- */

static size_t blanks_of(struct str s)
{
	size_t n = 0;

	while (n < s.n && ascii_is_blank(s.p[n]))
		n++;
	return n;
}

static bool is_comment_or_empty(struct str s)
{
	size_t n = blanks_of(s);

	return n == s.n || s.p[n] == '#';
}

/* Cuts `key: value`, without blanks around them. */
static bool cut_key(struct str s, struct str *ret_key, struct str *ret_value)
{
	size_t n = 0;

	while (n < s.n && (ascii_is_alnum(s.p[n]) || s.p[n] == '_' ||
			   s.p[n] == '-'))
		n++;
	if (n == 0 && str_has_prefix(s, STR("<<")))
		n = 2;
	if (n == 0 || n == s.n || s.p[n] != ':' ||
	    (n + 1 < s.n && !ascii_is_blank(s.p[n + 1])))
		return false;
	*ret_key = str_head(s, n);
	*ret_value = str_trim(str_from(s, n + 1));
	return true;
}

/* A value in quotes, with nothing in it that is written in another way. */
static bool read_quoted(struct str s, struct str *ret)
{
	size_t end = str_find_ch(str_from(s, 1), s.p[0]);

	if (end == SIZE_MAX)
		return false;
	*ret = str_sub(s, 1, end + 1);
	s = str_from(s, end + 2);
	return str_find_ch(*ret, '\\') == SIZE_MAX &&
	       (s.n == 0 ||
		(ascii_is_blank(s.p[0]) && is_comment_or_empty(s)));
}

/* A value that means what it says.  False when it may go on or is written in
 * a way that only a reader of YAML knows. */
static bool read_value(struct str s, struct yaml *ret)
{
	size_t note = str_find(s, STR(" #"));

	ret->is_plain = false;
	if (s.n && (s.p[0] == '\'' || s.p[0] == '"'))
		return read_quoted(s, &ret->text);
	ret->is_plain = true;
	ret->text = str_trim(str_head(s, note == SIZE_MAX ? s.n : note));
	if (ret->text.n == 0 || ret->text.p[0] == '#') {
		ret->text = STR("");
		return true;
	}
	return (ascii_is_alnum(ret->text.p[0]) ||
		(unsigned char)ret->text.p[0] >= 0x80) &&
	       str_find(ret->text, STR(": ")) == SIZE_MAX;
}

/* Does a value that is not read go on in the lines below? */
static bool goes_on(struct str value)
{
	return value.n && str_find_ch(STR("|>[{"), value.p[0]) != SIZE_MAX;
}

/* --- a person ------------------------------------------------------------- */

static void add_member(struct reader *r, size_t key, struct yaml *value)
{
	struct person *p = &r->person;

	value->key = new_node(r, YAML_SCALAR);
	value->key->text = str_c(person_keys[key]);
	if (p->last)
		p->last->next = value;
	else
		p->node->first = value;
	p->last = value;
	p->node->count++;
	p->seen |= 1u << key;
}

/* `*name` where the lead is called that. */
static void refer(struct reader *r, struct str value)
{
	struct person *p = &r->person;

	if (r->section != COMMITTERS || p->has_base || value.n < 2 ||
	    value.p[0] != '*' || !str_eq(str_from(value, 1), r->anchor))
		p->is_unsure = true;
	p->has_base = true;
}

static void read_key(struct reader *r, struct str line)
{
	struct person *p = &r->person;
	struct str key, value;
	struct yaml *node;
	size_t i = 0;

	if (!cut_key(line, &key, &value)) {
		p->is_unsure = true;
		return;
	}
	/* beside a dash, an empty one may be the head of deeper lines */
	p->is_unsure |= !p->indent.p && is_comment_or_empty(value);
	while (i < KEYS && !str_is(key, person_keys[i]))
		i++;
	if (str_is(key, "<<")) {
		refer(r, value);
	} else if (i == KEYS) {
		p->is_unsure |= goes_on(value);
	} else {
		node = new_node(r, YAML_SCALAR);
		p->is_unsure |= (p->seen >> i & 1) ||
				!read_value(value, node);
		if (!p->is_unsure)
			add_member(r, i, node);
	}
}

/* What the lead says and the person does not. */
static void add_base(struct reader *r)
{
	const struct yaml *m = r->ret->lead->first;

	if (r->ret->lead->type != YAML_MAPPING)
		r->person.is_unsure = true;
	for (; m; m = m->next) {
		struct yaml *value = new_node(r, YAML_SCALAR);
		size_t key = 0;

		while (!str_is(m->key->text, person_keys[key]))
			key++;
		if (r->person.seen >> key & 1)
			continue;
		*value = *m;
		value->next = NULL;
		add_member(r, key, value);
	}
}

static void append(struct reader *r, struct yaml *person)
{
	if (r->last)
		r->last->next = person;
	else
		r->committers->first = person;
	r->last = person;
	r->committers->count++;
}

static void begin_person(struct reader *r, struct str margin)
{
	r->person = (struct person){.node = new_node(r, YAML_MAPPING),
				    .margin = margin, .is_open = true};
}

static void end_person(struct reader *r)
{
	struct person *p = &r->person;

	if (!p->is_open)
		return;
	p->is_open = false;
	if (p->has_base && !p->is_unsure)
		add_base(r);
	if (p->is_unsure)
		give_up(r, p->node->line);
	else if (r->section == LEAD)
		r->ret->lead = p->node;
	else
		append(r, p->node);
}

/* --- sections ------------------------------------------------------------- */

/* The line of a dash, without the blanks before it. */
static void read_dash(struct reader *r, struct str margin, struct str s)
{
	size_t n;

	end_person(r);
	begin_person(r, margin);
	if (!r->margin.p)
		r->margin = margin;
	r->person.is_unsure = !str_eq(margin, r->margin);
	s = str_from(s, 1);
	n = blanks_of(s);
	s = str_trim(str_from(s, n));
	if (s.n && s.p[0] == '*')
		refer(r, s);
	else
		read_key(r, s);
}

/* A line below the head of a section, or below a dash. */
static void read_deeper(struct reader *r, struct str indent, struct str s)
{
	struct person *p = &r->person;

	if (!p->is_open) {
		give_up(r, r->line);
		return;
	}
	if (!p->indent.p)
		p->indent = indent;
	p->is_unsure |= !str_eq(indent, p->indent) ||
			indent.n <= p->margin.n ||
			!str_has_prefix(indent, p->margin);
	read_key(r, s);
}

/* What stands after the name of a section: nothing, or an anchor of the lead.
 */
static void read_head(struct reader *r, struct str value)
{
	bool is_anchor = r->section == LEAD && value.n > 1 &&
			 value.p[0] == '&';
	struct str rest = str_from(value, 1), anchor;

	if (is_anchor && str_word(&rest, &anchor))
		r->anchor = anchor;
	if (!is_comment_or_empty(is_anchor ? rest : value))
		give_up(r, r->line);
}

static void begin_section(struct reader *r, enum section section,
			  struct str value)
{
	bool *has = section == LEAD ? &r->has_lead : &r->has_committers;

	if (*has) { /* which of the two holds is not for us to say */
		give_up(r, r->line);
		return;
	}
	*has = true;
	r->section = section;
	if (section == LEAD) {
		begin_person(r, STR(""));
	} else {
		r->committers = new_node(r, YAML_SEQUENCE);
		r->ret->committers = r->committers;
	}
	read_head(r, value);
}

static void read_project(struct reader *r, struct str value)
{
	struct yaml *node = new_node(r, YAML_SCALAR);

	if (r->ret->project->type == YAML_ABSENT && read_value(value, node))
		r->ret->project = node;
}

/* A key that only a person has, at the left margin. */
static bool is_of_person(struct str key)
{
	bool is = str_is(key, "<<") || str_is(key, "timezone");

	for (size_t i = 0; i < KEYS; i++)
		is |= str_is(key, person_keys[i]);
	return is;
}

/* A line that should stand below another one. */
static void read_stray(struct reader *r)
{
	if (!r->person.is_open)
		give_up(r, r->line);
	r->person.is_unsure = true;
	end_person(r);
}

static void read_top(struct reader *r, struct str line)
{
	struct str key, value;
	bool is_key = cut_key(line, &key, &value);

	if (is_key ? is_of_person(key)
		   : r->section == LEAD || r->section == COMMITTERS) {
		read_stray(r);
		return;
	}
	end_person(r);
	if (!is_key)
		return;
	r->section = OTHER;
	if (str_is(key, "project_lead"))
		begin_section(r, LEAD, value);
	else if (str_is(key, "committers"))
		begin_section(r, COMMITTERS, value);
	else if (str_is(key, "project"))
		read_project(r, value);
}

static bool is_end_of_document(const struct reader *r, struct str line)
{
	return str_has_prefix(line, STR("...")) ||
	       (r->section != NONE && str_has_prefix(line, STR("---")));
}

static void read_line(struct reader *r, struct str line)
{
	size_t n = blanks_of(line);
	struct str margin = str_head(line, n), s = str_from(line, n);
	bool is_dash = s.p[0] == '-' &&
		       (s.n == 1 || ascii_is_blank(s.p[1]));

	if (r->section == COMMITTERS && is_dash)
		read_dash(r, margin, s);
	else if (n == 0 && !is_dash)
		read_top(r, line);
	else if (r->section == LEAD || r->section == COMMITTERS)
		read_deeper(r, margin, s);
}

struct info_lines info_lines_read(struct str text, struct arena *a)
{
	struct info_lines ret = {&absent, &absent, &absent, 0, 0};
	struct reader r = {.arena = a, .ret = &ret};
	struct str line;

	while (str_line(&text, &line)) {
		r.line++;
		if (is_comment_or_empty(line))
			continue;
		if (is_end_of_document(&r, line))
			break;
		if (r.nodes > LIMIT_YAML_NODES) {
			give_up(&r, r.line);
			break;
		}
		read_line(&r, line);
	}
	end_person(&r);
	if (!r.has_lead)
		give_up(&r, 1);
	if (!r.has_committers)
		give_up(&r, 1);
	return ret;
}
