/*
 * Commands and variables of CMake text.  No command is run, no other file is
 * read: a variable has the value that stands before its use in the file.
 */
#include "extract/cmake_lex.h"

#include <string.h>

#include "base/limits.h"
#include "extract/lines.h"

#define ARGS_MAX 20000
#define MADE_MAX (16 * LIMIT_SOURCE_BYTES)
#define VALUE_BYTES (64 * LIMIT_KB)
#define ARMS_MAX 64

void cmake_lex_init(struct cmake *c, struct extraction *x)
{
	*c = (struct cmake){.x = x, .rest = x->text, .line = 1};
	vars_init(&c->vars, '\\', x->scratch);
	strbuf_init(&c->text, VALUE_BYTES);
}

void cmake_lex_release(struct cmake *c)
{
	vec_release(&c->args);
	vars_release(&c->vars);
	strbuf_release(&c->text);
}

static void bad(struct cmake *c, unsigned line, const char *what,
		struct str text)
{
	if (!c->is_quiet)
		lines_bad(c->x, line, what, text);
}

/* --- tokens --------------------------------------------------------------- */

/* Goes on by n bytes. */
static void skip(struct cmake *c, size_t n)
{
	for (size_t i = 0; i < n && i < c->rest.n; i++)
		c->line += c->rest.p[i] == '\n';
	c->rest = str_from(c->rest, n);
}

/* Bytes of [==[...]==] at the start of s, 0 when it is none; to the end when
 * it is open. */
static size_t bracket(struct str s, struct str *ret_inner)
{
	size_t signs = 0, i;

	while (1 + signs < s.n && s.p[1 + signs] == '=')
		signs++;
	if (!s.n || s.p[0] != '[' || 1 + signs >= s.n ||
	    s.p[1 + signs] != '[')
		return 0;
	for (i = signs + 2; i + signs + 1 < s.n; i++) {
		size_t k = 0;

		if (s.p[i] != ']')
			continue;
		while (k < signs && s.p[i + 1 + k] == '=')
			k++;
		if (k == signs && s.p[i + 1 + k] == ']') {
			*ret_inner = str_sub(s, signs + 2, i);
			return i + signs + 2;
		}
	}
	*ret_inner = str_from(s, signs + 2);
	return s.n;
}

static void skip_comment(struct cmake *c)
{
	struct str inner;
	size_t n = bracket(str_from(c->rest, 1), &inner);

	if (n)
		skip(c, n + 1);
	else
		c->rest = str_from(c->rest, str_find_ch(c->rest, '\n'));
}

/* Blanks and comments. */
static void skip_space(struct cmake *c)
{
	for (;;) {
		if (c->rest.n && ascii_is_blank(c->rest.p[0]))
			skip(c, 1);
		else if (c->rest.n && c->rest.p[0] == '#')
			skip_comment(c);
		else
			return;
	}
}

/* Bytes of a quoted argument without its quotes; to the end when open. */
static size_t quoted(struct str s)
{
	size_t i = 1;

	while (i < s.n && s.p[i] != '"')
		i += s.p[i] == '\\' ? 2 : 1;
	return (i < s.n ? i : s.n) - 1;
}

static size_t unquoted(struct str s)
{
	size_t i = 0;

	while (i < s.n && !ascii_is_blank(s.p[i]) &&
	       !memchr("()#", s.p[i], 3)) {
		if (s.p[i] == '"') /* -DX="a b" */
			i += quoted(str_from(s, i)) + 1;
		i += i < s.n && s.p[i] == '\\' ? 2 : 1;
	}
	return i < s.n ? i : s.n;
}

static void add_arg(struct cmake *c, struct str text, bool is_raw)
{
	if (c->args.n == ARGS_MAX)
		bad(c, c->line, "too many arguments", c->command);
	if (c->args.n <= ARGS_MAX)
		vec_push(&c->args, ((struct cmake_arg){text, c->line,
						       is_raw}));
}

/* Arguments up to the bracket that closes the command. */
static void read_args(struct cmake *c)
{
	size_t depth = 1, n;
	struct str inner;

	for (skip_space(c); c->rest.n; skip_space(c)) {
		char first = c->rest.p[0];

		n = 1;
		if (first == '(') {
			depth++;
		} else if (first == ')') {
			if (--depth == 0)
				break;
		} else if (first == '"') {
			n = quoted(c->rest);
			add_arg(c, str_sub(c->rest, 1, n + 1), false);
			n += 2;
		} else if ((n = bracket(c->rest, &inner))) {
			add_arg(c, inner, true);
		} else {
			n = unquoted(c->rest);
			add_arg(c, str_head(c->rest, n), false);
		}
		skip(c, n);
	}
	if (!c->rest.n) {
		bad(c, c->command_line, "a command is not closed",
		    c->command);
		c->args.n -= c->args.n != 0; /* it may be cut */
	}
	skip(c, 1);
}

static size_t name_bytes(struct str s)
{
	size_t n = 0;

	while (n < s.n && (ascii_is_alnum(s.p[n]) || s.p[n] == '_'))
		n++;
	return n;
}

bool cmake_lex_next(struct cmake *c)
{
	for (skip_space(c); c->rest.n; skip_space(c)) {
		size_t n = name_bytes(c->rest);
		struct str after = str_from(c->rest, n);

		while (after.n && (after.p[0] == ' ' || after.p[0] == '\t'))
			after = str_from(after, 1);
		if (n && after.n && after.p[0] == '(') {
			c->command = str_head(c->rest, n);
			c->command_line = c->line;
			c->rest = str_from(after, 1);
			vec_clear(&c->args);
			read_args(c);
			return true;
		}
		bad(c, c->line, "not a command",
		    str_head(c->rest, str_find_ch(c->rest, '\n')));
		c->rest = str_from(c->rest, str_find_ch(c->rest, '\n'));
	}
	return false;
}

bool cmake_lex_is(const struct cmake *c, const char *command)
{
	return str_eq_nocase(c->command, str_c(command));
}

/* --- values --------------------------------------------------------------- */

/* ${NAME} at the start of s; its bytes. */
static size_t add_variable(struct cmake *c, struct str s)
{
	size_t end = str_find_ch(s, '}');
	struct str name = str_sub(s, 2, end);
	struct vars_value value;

	if (end == SIZE_MAX || str_find_ch(name, '$') != SIZE_MAX) {
		strbuf_cstr(&c->text, "${");
		return 2;
	}
	value = vars_get(&c->vars, name);
	if (value.is_set && value.is_known)
		strbuf_add(&c->text, value.text);
	else
		strbuf_add(&c->text, str_head(s, end + 1));
	return end + 1;
}

static struct str expand(struct cmake *c, struct str s)
{
	strbuf_clear(&c->text);
	c->text.full = false;
	while (s.n && !c->text.full) {
		size_t n = 0;

		while (n < s.n && s.p[n] != '$' && s.p[n] != '\\')
			n++;
		strbuf_add(&c->text, str_head(s, n));
		s = str_from(s, n);
		if (str_has_prefix(s, STR("${"))) {
			n = add_variable(c, s);
		} else {
			if (s.n > 1 && s.p[0] == '\\' &&
			    !ascii_is_alnum(s.p[1]))
				s = str_from(s, 1);
			n = s.n ? 1 : 0;
			strbuf_add(&c->text, str_head(s, n));
		}
		s = str_from(s, n);
	}
	c->made += c->text.n;
	if (c->text.full)
		return STR("${}"); /* too long to be anything */
	return arena_dup(c->x->scratch, strbuf_str(&c->text));
}

struct str cmake_lex_value(struct cmake *c, size_t i)
{
	const struct cmake_arg *arg;

	if (i >= c->args.n)
		return STR("");
	arg = &c->args.v[i];
	if (arg->is_raw || (str_find_ch(arg->text, '$') == SIZE_MAX &&
			    str_find_ch(arg->text, '\\') == SIZE_MAX))
		return arg->text;
	if (c->made > MADE_MAX)
		return STR("${}");
	return expand(c, arg->text);
}

struct str cmake_lex_keyed(struct cmake *c, const char *key,
			   unsigned *ret_line)
{
	for (size_t i = 0; i + 1 < c->args.n; i++) {
		if (!str_is(c->args.v[i].text, key))
			continue;
		if (ret_line)
			*ret_line = c->args.v[i].line;
		return cmake_lex_value(c, i + 1);
	}
	return STR("");
}

/* --- variables ------------------------------------------------------------ */

static bool is_end_of_list(struct str s)
{
	return str_is(s, "CACHE") || str_is(s, "PARENT_SCOPE");
}

/* The arguments from `first` on as a list, behind what `before` says. */
static void set_list(struct cmake *c, struct str before, size_t first)
{
	struct strbuf b;

	strbuf_init(&b, VALUE_BYTES);
	strbuf_add(&b, before);
	for (size_t i = first; i < c->args.n && !b.full; i++) {
		if (is_end_of_list(c->args.v[i].text))
			break;
		if (b.n)
			strbuf_ch(&b, ';');
		strbuf_add(&b, cmake_lex_value(c, i));
	}
	if (b.full)
		vars_set(&c->vars, cmake_lex_value(c, first - 1), STR("${}"));
	else
		vars_set(&c->vars, cmake_lex_value(c, first - 1),
			 strbuf_str(&b));
	strbuf_release(&b);
}

static void learn_condition(struct cmake *c)
{
	struct vars *v = &c->vars;

	if (cmake_lex_is(c, "endif") || cmake_lex_is(c, "else") ||
	    cmake_lex_is(c, "elseif"))
		if (v->arms.n)
			vars_close_arm(v);
	if (cmake_lex_is(c, "if") || cmake_lex_is(c, "else") ||
	    cmake_lex_is(c, "elseif"))
		if (v->arms.n < ARMS_MAX)
			vars_open_arm(v);
}

void cmake_lex_learn(struct cmake *c)
{
	struct vars_value before;

	if (cmake_lex_is(c, "set")) {
		if (c->args.n > 1)
			set_list(c, STR(""), 1);
		else
			vars_unset(&c->vars, cmake_lex_value(c, 0));
	} else if (cmake_lex_is(c, "unset") || cmake_lex_is(c, "foreach") ||
		   cmake_lex_is(c, "option")) {
		vars_unset(&c->vars, cmake_lex_value(c, 0));
	} else if (cmake_lex_is(c, "list") && c->args.n > 2 &&
		   str_is(c->args.v[0].text, "APPEND")) {
		before = vars_get(&c->vars, cmake_lex_value(c, 1));
		set_list(c, before.is_known ? before.text : STR(""), 2);
	} else if (cmake_lex_is(c, "project")) {
		vars_set(&c->vars, STR("PROJECT_NAME"),
			 cmake_lex_value(c, 0));
		vars_set(&c->vars, STR("PROJECT_VERSION"),
			 cmake_lex_keyed(c, "VERSION", NULL));
	} else {
		learn_condition(c);
	}
}
