/* One pass over the text, one logical line at a time. */
#include "history/gitconfig.h"

#include "base/strbuf.h"

struct parser {
	struct str rest;
	unsigned line;
	struct arena *a;
	struct str section; /* with subsection, and a dot at the end */
};

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && s.p[i] != '-' && s.p[i] != '.')
			return false;
	return s.n != 0;
}

/* [section] or [section "sub"]; what follows on the line is left. */
static bool parse_section(struct parser *p, struct str *line)
{
	struct str name = str_from(*line, 1), sub = {0};
	struct strbuf b;
	size_t i, end = str_find_ch(name, ']');
	size_t quote = str_find_ch(str_head(name, end), '"');

	strbuf_init(&b, 0);
	if (quote != SIZE_MAX) {
		sub = str_from(name, quote + 1);
		for (i = 0; i < sub.n && sub.p[i] != '"'; i++) {
			if (sub.p[i] == '\\' && i + 1 < sub.n)
				i++;
			strbuf_ch(&b, sub.p[i]);
		}
		*line = str_from(sub, i + 1);
		end = str_find_ch(*line, ']');
		name = str_head(name, quote);
	} else {
		*line = name;
		name = str_head(name, end);
	}
	name = str_trim(name);
	if (end == SIZE_MAX || !is_name(name)) {
		strbuf_release(&b);
		return false;
	}
	*line = str_trim(str_from(*line, end + 1));
	name = arena_lower(p->a, name);
	p->section = quote == SIZE_MAX
		? arena_fmt(p->a, "%.*s.", STR_ARG(name))
		: arena_fmt(p->a, "%.*s.%.*s.", STR_ARG(name),
			    STR_ARG(strbuf_str(&b)));
	strbuf_release(&b);
	return true;
}

static char unescaped(char c)
{
	switch (c) {
	case 'n':
		return '\n';
	case 't':
		return '\t';
	case 'b':
		return '\b';
	default:
		return c;
	}
}

/* The value behind '=', which may go on over several lines. */
static bool parse_value(struct parser *p, struct str line, struct strbuf *b)
{
	bool quoted = false;
	size_t kept = 0; /* blanks at the end do not count */

	for (size_t i = 0; ; i++) {
		if (i >= line.n)
			break;
		char c = line.p[i];

		if (c == '\\' && i + 1 == line.n) {
			if (!str_line(&p->rest, &line))
				break;
			p->line++;
			i = SIZE_MAX; /* begins again at 0 */
			continue;
		}
		if (c == '\\') {
			strbuf_ch(b, unescaped(line.p[++i]));
			kept = b->n;
			continue;
		}
		if (c == '"') {
			quoted = !quoted;
			kept = b->n;
			continue;
		}
		if (!quoted && (c == '#' || c == ';'))
			break;
		strbuf_ch(b, c);
		if (quoted || !ascii_is_blank(c))
			kept = b->n;
	}
	b->n = kept;
	return !quoted;
}

static bool parse_entry(struct parser *p, struct gitconfig *c,
			struct str line)
{
	size_t equals = str_find_ch(line, '=');
	size_t comment = str_find_ch(line, '#');
	struct str name, value = STR("true");
	struct strbuf b;
	bool sound = true;
	unsigned at = p->line;

	if (comment < equals)
		equals = SIZE_MAX;
	name = str_trim(str_head(line, equals == SIZE_MAX ? comment
							  : equals));
	strbuf_init(&b, 0);
	if (equals != SIZE_MAX) {
		sound = parse_value(p, str_trim(str_from(line, equals + 1)),
				    &b);
		value = arena_dup(p->a, strbuf_str(&b));
	}
	strbuf_release(&b);
	if (!sound || !is_name(name) || !p->section.n)
		return false;
	name = arena_lower(p->a, name);
	vec_push(&c->entries, ((struct gitconfig_entry){
		arena_fmt(p->a, "%.*s%.*s", STR_ARG(p->section),
			  STR_ARG(name)), value, at}));
	return true;
}

unsigned gitconfig_parse(struct gitconfig *c, struct str text,
			 struct arena *a)
{
	struct parser p = {.rest = text, .a = a};
	unsigned wrong = 0;
	struct str line;

	while (str_line(&p.rest, &line)) {
		unsigned at = ++p.line;
		bool sound = true;

		line = str_trim(line);
		if (line.n && line.p[0] == '[')
			sound = parse_section(&p, &line);
		if (sound && line.n && line.p[0] != '#' && line.p[0] != ';')
			sound = parse_entry(&p, c, line);
		if (!sound && !wrong)
			wrong = at;
	}
	return wrong;
}

void gitconfig_release(struct gitconfig *c)
{
	vec_release(&c->entries);
}

bool gitconfig_is_include(struct str key)
{
	return str_is(key, "include.path") ||
	       (str_has_prefix(key, STR("includeif.")) &&
		str_has_suffix(key, STR(".path")));
}

struct str gitconfig_get(const struct gitconfig *c, const char *key)
{
	for (size_t i = c->entries.n; i-- > 0;)
		if (str_is(c->entries.v[i].key, key))
			return c->entries.v[i].value;
	return STR("");
}
