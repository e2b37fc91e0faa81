/*
 * Lines of go.mod and go.work as statements: words, quotes, comments, blocks,
 * by the Go Modules Reference (grammar of go 1.24).
 */
#include "extract/gomod_lines.h"

/* --- words ---------------------------------------------------------------- */

static bool is_word_byte(struct str s)
{
	return s.n && !ascii_is_blank(s.p[0]) && s.p[0] != '(' &&
	       s.p[0] != ')' && !str_has_prefix(s, STR("//"));
}

/* Takes a quoted string off *rest; false when the quote stays open. */
static bool take_quoted(struct str *rest, struct str *ret)
{
	size_t end = str_find_ch(str_from(*rest, 1), rest->p[0]);

	if (end == SIZE_MAX)
		return false;
	*ret = str_sub(*rest, 1, end + 1);
	*rest = str_from(*rest, end + 2);
	return true;
}

static struct str take_word(struct str *rest)
{
	size_t n = 1; /* a parenthesis stands alone */
	struct str word;

	if (is_word_byte(*rest))
		while (is_word_byte(str_from(*rest, n)))
			n++;
	word = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return word;
}

static void split_words(struct str line, struct gomod_statement *s)
{
	*s = (struct gomod_statement){.text = line};
	for (line = str_trim(line); line.n && !s->is_bad;
	     line = str_trim(line)) {
		struct str word;

		if (str_has_prefix(line, STR("//"))) {
			s->comment = str_trim(str_from(line, 2));
			return;
		}
		if (line.p[0] == '"' || line.p[0] == '`')
			s->is_bad = !take_quoted(&line, &word);
		else
			word = take_word(&line);
		if (s->is_bad || s->n == GOMOD_WORDS_MAX)
			s->is_bad = true;
		else
			s->words[s->n++] = word;
	}
}

/* --- statements ----------------------------------------------------------- */

static bool is_verb(struct str verb)
{
	static const char *const verbs[] = {
		"module", "go", "toolchain", "require", "replace", "exclude",
		"retract", "tool", "godebug", "ignore", "use"};

	return str_any(verb, verbs, str_eq);
}

struct gomod_lines gomod_lines_of(struct extraction *x)
{
	return (struct gomod_lines){.lines = lines_of(x)};
}

/* Takes the first word as the verb. */
static void shift(struct gomod_statement *s)
{
	if (is_verb(s->words[0]))
		s->verb = s->words[0];
	for (size_t i = 1; i < s->n; i++)
		s->words[i - 1] = s->words[i];
	s->n -= s->n != 0;
}

/* Opens or closes a block; true when the line is a statement, or is none. */
static bool is_statement(struct gomod_lines *g, struct gomod_statement *s)
{
	if (g->block.n && str_is(s->words[0], ")")) {
		g->block = STR("");
		return s->n != 1;
	}
	if (g->block.n) {
		s->verb = g->block;
		return true;
	}
	if (str_is(s->words[1], "(")) {
		if (s->n == 2) { /* "verb ()" is empty */
			g->block = s->words[0];
			g->block_line = g->lines.number;
		}
		return !is_verb(s->words[0]);
	}
	shift(s);
	return true;
}

bool gomod_lines_next(struct gomod_lines *g, struct gomod_statement *ret)
{
	struct str line;

	while (lines_next(&g->lines, &line)) {
		split_words(line, ret);
		ret->line = g->lines.number;
		if ((ret->n || ret->is_bad) && is_statement(g, ret))
			return true;
	}
	if (g->block.n)
		lines_bad(g->lines.x, g->block_line,
			  "the block is not closed", g->block);
	return false;
}

bool gomod_lines_replace(const struct gomod_statement *s, struct arena *a,
			 struct gomod_replace *ret)
{
	bool has_old = s->n >= 4 && str_is(s->words[2], "=>");
	size_t to = has_old ? 3 : 2;

	if (s->is_bad || s->n < 3 || !str_is(s->words[to - 1], "=>") ||
	    s->n < to + 1 || s->n > to + 2)
		return false;
	*ret = (struct gomod_replace){
		.key = s->words[0], .path = s->words[to],
		.version = s->n == to + 2 ? s->words[to + 1] : STR(""),
		.line = s->line};
	if (has_old)
		ret->key = arena_fmt(a, "%.*s %.*s", STR_ARG(s->words[0]),
				     STR_ARG(s->words[1]));
	return true;
}
