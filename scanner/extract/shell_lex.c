/*
 * Tokens by section 2.3 of the POSIX shell language, with the arrays, process
 * substitutions and $'...' of bash.  Every byte is looked at once, or twice
 * inside quotes and brackets.
 */
#include "extract/shell_lex.h"

#include <string.h>

#include "extract/lines.h"
#include "extract/shell_span.h"
#include "extract/vars.h"

/* How many marks lie at or before a place in the text. */
static size_t marks_before(const struct shell_source *s, const char *place)
{
	size_t lo = 0, hi = s->marks_n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (s->marks[mid].at <= (size_t)(place - s->origin))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

void shell_lex_init(struct shell_lex *l, struct extraction *x,
		    const struct shell_source *source)
{
	*l = (struct shell_lex){.x = x, .source = *source,
				.line = source->line,
				.mark = marks_before(source,
						     source->text.p)};
	if (l->mark)
		l->line = source->marks[l->mark - 1].line;
}

struct shell_source shell_lex_part(const struct shell_lex *l, struct str word,
				   unsigned line, struct str part)
{
	struct shell_source s = l->source;
	size_t mark = marks_before(&s, part.p);

	s.text = part;
	s.line = line;
	for (const char *p = word.p; p < part.p && !s.is_folded; p++)
		s.line += *p == '\n';
	if (mark)
		s.line = s.marks[mark - 1].line;
	return s;
}

static char peek(const struct shell_lex *l, size_t ahead)
{
	size_t at = l->at + ahead;

	return at < l->source.text.n ? l->source.text.p[at] : 0;
}

static struct str rest_of(const struct shell_lex *l)
{
	return str_from(l->source.text, l->at);
}

/* Goes on by n bytes and counts their lines. */
static void advance(struct shell_lex *l, size_t n)
{
	const struct shell_source *s = &l->source;
	size_t base = s->marks_n ? (size_t)(s->text.p - s->origin) : 0;

	for (; n && l->at < s->text.n; n--, l->at++) {
		if (s->text.p[l->at] == '\n' && !s->is_folded)
			l->line++;
		if (l->mark < s->marks_n &&
		    base + l->at + 1 >= s->marks[l->mark].at)
			l->line = s->marks[l->mark++].line;
	}
}

static void give_up(struct shell_lex *l, const char *what)
{
	struct str line = STR(""), rest = rest_of(l);

	str_line(&rest, &line);
	lines_bad(l->x, l->line, what, str_trim(line));
	l->at = l->source.text.n;
}

/* The length of a backslash and the end of its line, or 0. */
static size_t continuation(const struct shell_lex *l)
{
	if (peek(l, 0) != '\\')
		return 0;
	if (peek(l, 1) == '\n')
		return 2;
	return peek(l, 1) == '\r' && peek(l, 2) == '\n' ? 3 : 0;
}

/* What stands between words; other control characters are part of them. */
static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static void skip_blanks(struct shell_lex *l)
{
	for (;;) {
		size_t n = continuation(l);

		if (n)
			advance(l, n);
		else if (is_blank(peek(l, 0)))
			advance(l, 1);
		else
			return;
	}
}

static void skip_comment(struct shell_lex *l)
{
	size_t n = str_find_ch(rest_of(l), '\n');

	advance(l, n == SIZE_MAX ? rest_of(l).n : n);
}

/* The bodies of the here-documents that the line before began. */
static void skip_bodies(struct shell_lex *l)
{
	for (size_t i = 0; i < l->heredocs_n; i++) {
		struct str rest = str_from(l->source.text, l->heredocs[i]);
		struct shell_span_heredoc h;
		size_t n;

		if (!shell_span_heredoc(&rest, &h))
			continue;
		n = shell_span_body(rest_of(l), &h);
		if (n == SIZE_MAX) {
			lines_bad(l->x, l->token_line,
				  "the here-document has no end", h.end);
			l->at = l->source.text.n;
			break;
		}
		advance(l, n);
	}
	l->heredocs_n = 0;
}

/* A word of the shell at the place; false when it has no end. */
static bool read_word(struct shell_lex *l)
{
	size_t begin = l->at;
	struct str value;
	bool adds;

	while (l->at < l->source.text.n) {
		char c = peek(l, 0);
		size_t n = shell_span(rest_of(l), false);

		l->word = str_sub(l->source.text, begin, l->at);
		if (c == '(' && !(vars_assigned(l->word, &value, &adds).n &&
				  value.n == 0))
			break;
		if (n == SIZE_MAX)
			return false;
		if (n == 0 && (is_blank(c) || memchr("\n;|&<>)", c, 7)))
			break;
		if (c == '\\')
			n = continuation(l) ? continuation(l) : 2;
		advance(l, n ? n : 1);
	}
	l->word = str_sub(l->source.text, begin, l->at);
	return true;
}

static enum shell_token word(struct shell_lex *l)
{
	if (read_word(l))
		return SHELL_WORD;
	give_up(l, "a quote or bracket has no end");
	return SHELL_END;
}

/* <(...) and >(...): a word that holds commands. */
static enum shell_token process(struct shell_lex *l)
{
	struct str rest = rest_of(l);
	size_t n = shell_span(str_from(rest, 1), false);

	if (n == SIZE_MAX) {
		give_up(l, "a bracket has no end");
		return SHELL_END;
	}
	l->word = str_head(rest, n + 1);
	advance(l, n + 1);
	return SHELL_WORD;
}

/* Skips the word that a redirection takes. */
static void skip_target(struct shell_lex *l)
{
	skip_blanks(l);
	l->word = STR("");
	if (peek(l, 1) == '(' && (peek(l, 0) == '<' || peek(l, 0) == '>'))
		(void)process(l);
	else if (!read_word(l))
		give_up(l, "a quote or bracket has no end");
}

/* < and > and what they become with others.  True when a token was made. */
static bool redirection(struct shell_lex *l, enum shell_token *ret)
{
	char c = peek(l, 0), next = peek(l, 1);

	if (next == '(') {
		*ret = process(l);
		return true;
	}
	if (c == '<' && next == '<' && peek(l, 2) != '<') {
		if (l->heredocs_n < SHELL_HEREDOCS)
			l->heredocs[l->heredocs_n++] = l->at;
		advance(l, peek(l, 2) == '-' ? 3 : 2);
		skip_target(l);
		return false;
	}
	while (peek(l, 0) && memchr("<>&|", peek(l, 0), 4))
		advance(l, 1);
	skip_target(l);
	*ret = SHELL_OUTPUT;
	return c == '>';
}

/* Digits before a redirection, which are no word of their own. */
static size_t descriptor(const struct shell_lex *l)
{
	size_t n = 0;

	while (ascii_is_digit(peek(l, n)))
		n++;
	return n && peek(l, n) && memchr("<>", peek(l, n), 2) ? n : 0;
}

static enum shell_token take(struct shell_lex *l, enum shell_token token,
			     size_t n)
{
	advance(l, n);
	return token;
}

static enum shell_token semicolon(struct shell_lex *l)
{
	if (peek(l, 1) == ';' && peek(l, 2) == '&')
		return take(l, SHELL_ARM, 3);
	if (peek(l, 1) == ';' || peek(l, 1) == '&')
		return take(l, SHELL_ARM, 2);
	return take(l, SHELL_NEXT, 1);
}

/* ((...)) as a command. */
static bool skip_sum(struct shell_lex *l)
{
	size_t n = peek(l, 1) == '(' ? shell_span(rest_of(l), false) : 0;

	if (n < 4 || n == SIZE_MAX || peek(l, n - 2) != ')')
		return false;
	advance(l, n);
	return true;
}

/* The token that begins with a byte which is part of no word; false when it
 * was skipped. */
static bool operator(struct shell_lex *l, enum shell_token *ret)
{
	char c = peek(l, 0), next = peek(l, 1);
	bool is_double = c == next;

	*ret = SHELL_END;
	if (c == '\n') {
		*ret = take(l, SHELL_NEXT, 1);
		skip_bodies(l);
	} else if (c == ';') {
		*ret = semicolon(l);
	} else if (c == '&' && next == '>') {
		advance(l, 1);
		return redirection(l, ret);
	} else if (c == '&') {
		*ret = is_double ? take(l, SHELL_AND, 2)
				 : take(l, SHELL_NEXT, 1);
	} else if (c == '|') {
		*ret = is_double ? take(l, SHELL_OR, 2)
				 : take(l, SHELL_PIPE, next == '&' ? 2 : 1);
	} else if (c == '(') {
		if (skip_sum(l))
			return false;
		*ret = take(l, SHELL_OPEN, 1);
	} else if (c == ')') {
		*ret = take(l, SHELL_CLOSE, 1);
	} else if (c == '<' || c == '>') {
		return redirection(l, ret);
	} else {
		return false;
	}
	return true;
}

enum shell_token shell_lex_next(struct shell_lex *l)
{
	enum shell_token token;

	for (;;) {
		char c;

		skip_blanks(l);
		if (l->at >= l->source.text.n)
			return SHELL_END;
		c = peek(l, 0);
		l->token_line = l->line;
		advance(l, descriptor(l));
		if (c == '#')
			skip_comment(l);
		else if (!memchr("\n;|&<>()", peek(l, 0), 8))
			return word(l);
		else if (operator(l, &token))
			return token;
	}
}
