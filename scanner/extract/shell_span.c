/*
 * Finding the end of a quoted or bracketed part of shell text, by section 2
 * of the POSIX shell language, with one stack of what is open instead of
 * recursion.
 */
#include "extract/shell_span.h"

#include <string.h>

#include "base/arena.h"

#define OPEN_MAX 64 /* parts within each other */
#define ARITHMETIC '\1' /* closed by ')', as a part of $((...)) */

struct span {
	struct str s;
	size_t at;
	char open[OPEN_MAX]; /* what closes each part, innermost last */
	size_t depth;
	bool is_quoted;      /* all of it stands in double quotes */
	struct shell_span_heredoc heredoc; /* its body follows the line */
};

/* --- here-documents ------------------------------------------------------- */

static bool is_end_of_word(char c)
{
	return ascii_is_blank(c) || memchr(";|&<>()", c, 7);
}

bool shell_span_heredoc(struct str *rest, struct shell_span_heredoc *ret)
{
	struct str s = *rest;
	char quote = 0;
	size_t n = 0;

	if (!str_has_prefix(s, STR("<<")) || str_has_prefix(s, STR("<<<")))
		return false;
	s = str_from(s, 2);
	ret->has_tabs = str_has_prefix(s, STR("-"));
	s = str_from(s, ret->has_tabs);
	while (s.n && (s.p[0] == ' ' || s.p[0] == '\t'))
		s = str_from(s, 1);
	for (; n < s.n && s.p[n] != '\n'; n++) {
		char c = s.p[n];

		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		else if (!quote && is_end_of_word(c))
			break;
	}
	ret->end = str_head(s, n);
	*rest = str_from(s, n);
	return n != 0;
}

/* Whether a line is the end as written, quotes and backslashes apart. */
static bool is_end(struct str line, struct str end)
{
	char quote = 0;
	size_t n = 0;

	for (size_t i = 0; i < end.n; i++) {
		char c = end.p[i];

		if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		else if (c == '\\' && !quote)
			continue;
		else if (n == line.n || line.p[n++] != c)
			return false;
	}
	return n == line.n;
}

size_t shell_span_body(struct str s, const struct shell_span_heredoc *h)
{
	struct str rest = s, line;

	while (str_line(&rest, &line)) {
		while (h->has_tabs && str_has_prefix(line, STR("\t")))
			line = str_from(line, 1);
		if (is_end(line, h->end))
			return rest.p ? (size_t)(rest.p - s.p) : s.n;
	}
	return SIZE_MAX;
}

/* --- parts ---------------------------------------------------------------- */

static bool is_open(const struct span *p, char closer)
{
	return memchr(p->open, closer, p->depth) != NULL;
}

/* '...' and $'...', from the quote on. */
static bool skip_single(struct span *p, bool has_escapes)
{
	for (size_t i = p->at + 1; i < p->s.n; i++) {
		if (has_escapes && p->s.p[i] == '\\') {
			i++;
		} else if (p->s.p[i] == '\'') {
			p->at = i + 1;
			return true;
		}
	}
	return false;
}

static bool push(struct span *p, char closer, size_t n)
{
	if (p->depth == OPEN_MAX)
		return false;
	p->open[p->depth++] = closer;
	p->at += n;
	return true;
}

/* The bodies of here-documents begin with the next line. */
static bool skip_newline(struct span *p)
{
	size_t n;

	p->at++;
	if (!p->heredoc.end.n)
		return true;
	n = shell_span_body(str_from(p->s, p->at), &p->heredoc);
	p->heredoc.end = STR("");
	p->at += n == SIZE_MAX ? 0 : n;
	return n != SIZE_MAX;
}

/* What has a meaning in the commands of $( ) and ( ) alone. */
static bool step_command(struct span *p, char c)
{
	struct str rest = str_from(p->s, p->at);
	char before = p->at ? p->s.p[p->at - 1] : ' ';

	if (c == '\n')
		return skip_newline(p);
	if (c == '(')
		return push(p, ')', 1);
	if (c == '#' && (ascii_is_blank(before) || before == ';' ||
			 before == '(')) {
		size_t end = str_find_ch(rest, '\n');

		p->at += end == SIZE_MAX ? rest.n : end;
		return true;
	}
	if (c == '<' && !p->heredoc.end.n &&
	    shell_span_heredoc(&rest, &p->heredoc)) {
		p->at = p->s.n - rest.n;
		return true;
	}
	p->at += str_has_prefix(rest, STR("<<<")) ? 3 : 1;
	return true;
}

/* $( or $(( */
static bool push_substitution(struct span *p)
{
	bool is_sum = p->at + 2 < p->s.n && p->s.p[p->at + 2] == '(';

	return is_sum ? push(p, ARITHMETIC, 2) : push(p, ')', 2);
}

/* One step onwards; false when there is no way to go on. */
static bool step(struct span *p)
{
	char c = p->s.p[p->at];
	char next = p->at + 1 < p->s.n ? p->s.p[p->at + 1] : 0;
	char top = p->depth ? p->open[p->depth - 1] : 0;
	bool in_quotes = top == '"' ||
			 (top == '}' && (p->is_quoted || is_open(p, '"')));

	if (c == '\\') {
		p->at += 2;
		return true;
	}
	if (top && c == (top == ARITHMETIC ? ')' : top)) {
		p->depth--;
		p->at++;
		return true;
	}
	if (c == '$' && next == '(')
		return push_substitution(p);
	if (c == '$' && next == '{')
		return push(p, '}', 2);
	if (c == '`')
		return push(p, '`', 1);
	if (c == '\'' && !in_quotes)
		return skip_single(p, false);
	if (c == '$' && next == '\'' && !in_quotes) {
		p->at++;
		return skip_single(p, true);
	}
	if (c == '"')
		return push(p, '"', 1);
	if (top == ARITHMETIC && c == '(')
		return push(p, ARITHMETIC, 1);
	if (top == ')')
		return step_command(p, c);
	p->at++;
	return true;
}

size_t shell_span(struct str s, bool is_quoted)
{
	struct span p = {.s = s, .is_quoted = is_quoted};
	char next = s.n > 1 ? s.p[1] : 0;

	if (!s.n || !memchr("'\"`$(", s.p[0], 5) ||
	    (s.p[0] == '$' && (!next || !memchr("({'", next, 3))) ||
	    (is_quoted && (s.p[0] == '\'' || s.p[0] == '(' || next == '\'')))
		return 0;
	if (s.p[0] == '(') {
		push(&p, ')', 1);
	} else if (!step(&p)) {
		return SIZE_MAX;
	}
	while (p.depth && p.at < s.n)
		if (!step(&p))
			return SIZE_MAX;
	return p.depth || p.at > s.n ? SIZE_MAX : p.at;
}

struct str shell_span_inner(struct str s, size_t n)
{
	size_t from = s.p[0] == '$' ? 2 : 1;

	return str_sub(s, from, n - 1);
}
