/*
 * The lexical part of the Dockerfile reference (syntax 1.7): the escape
 * directive, continued lines with comments in their midst, quoted words,
 * here-documents.
 */
#include "extract/dockerfile_lines.h"

#include "base/limits.h"

/* --- lines ---------------------------------------------------------------- */

static bool is_comment(struct str line)
{
	line = str_trim(line);
	return line.n == 0 || line.p[0] == '#';
}

/* Takes the escape character and what follows it off the end. */
static bool take_escape(const struct dockerfile_lines *d, struct str *line)
{
	struct str s = *line;

	while (s.n && ascii_is_blank(s.p[s.n - 1]))
		s.n--;
	if (s.n == 0 || s.p[s.n - 1] != d->escape)
		return false;
	s.n--;
	*line = s;
	return true;
}

/* The rest of an instruction that goes on after its first line. */
static void join_lines(struct dockerfile_lines *d, struct str first)
{
	struct str line = first;
	bool goes_on = true;

	strbuf_clear(&d->joined);
	strbuf_add(&d->joined, first);
	while (goes_on && lines_next(&d->lines, &line)) {
		if (is_comment(line))
			continue;
		goes_on = take_escape(d, &line);
		vec_push(&d->marks, ((struct shell_mark){d->joined.n,
							 d->lines.number}));
		strbuf_add(&d->joined, line);
	}
}

bool dockerfile_lines_next(struct dockerfile_lines *d, struct str *ret)
{
	do {
		if (!lines_next(&d->lines, ret))
			return false;
	} while (is_comment(*ret));
	d->line = d->lines.number;
	vec_clear(&d->marks);
	vec_push(&d->marks, ((struct shell_mark){0, d->line}));
	if (take_escape(d, ret)) {
		join_lines(d, *ret);
		*ret = strbuf_str(&d->joined);
		if (d->joined.full) {
			diag_add(d->lines.x->diags, RW1108,
				 diag_at_line(d->lines.x->path, d->line),
				 "a continued line over the limit was cut");
			/* The sound part may end in the midst of a word. */
			*ret = str_head(*ret, str_rfind_ch(*ret, ' '));
		}
	}
	d->origin = ret->p;
	*ret = str_trim(*ret);
	return true;
}

struct shell_source dockerfile_lines_source(const struct dockerfile_lines *d,
					    struct str text)
{
	return (struct shell_source){
		.text = text, .line = d->line, .origin = d->origin,
		.marks = d->marks.v, .marks_n = d->marks.n};
}

/* "# escape=`" among the comments at the top. */
static char escape_of(struct str text)
{
	struct str line, key, value;

	while (str_line(&text, &line)) {
		line = str_trim(line);
		if (!str_has_prefix(line, STR("#")) ||
		    !str_cut(str_from(line, 1), '=', &key, &value))
			break;
		if (str_eq_nocase(str_trim(key), STR("escape")) &&
		    str_is(str_trim(value), "`"))
			return '`';
	}
	return '\\';
}

void dockerfile_lines_init(struct dockerfile_lines *d, struct extraction *x)
{
	*d = (struct dockerfile_lines){.lines = lines_of(x),
				       .escape = escape_of(x->text)};
	strbuf_init(&d->joined, LIMIT_LINE_BYTES);
}

void dockerfile_lines_release(struct dockerfile_lines *d)
{
	strbuf_release(&d->joined);
	vec_release(&d->marks);
}

/* --- words ---------------------------------------------------------------- */

bool dockerfile_lines_word(const struct dockerfile_lines *d,
			   struct str *rest, struct str *ret)
{
	char quote = 0;
	size_t n = 0;

	*rest = str_trim(*rest);
	for (; n < rest->n; n++) {
		char c = rest->p[n];

		if (c == d->escape && quote != '\'' && n + 1 < rest->n)
			n++;
		else if (quote ? c == quote : c == '"' || c == '\'')
			quote = quote ? 0 : c;
		else if (!quote && ascii_is_blank(c))
			break;
	}
	*ret = str_head(*rest, n);
	*rest = str_from(*rest, n);
	return n != 0;
}

/* --- here-documents ------------------------------------------------------- */

struct heredoc {
	struct str end;
	bool has_tabs; /* <<-: tabs before the end are allowed */
};

/* A word such as <<EOF, 3<<-"EOF". */
static bool read_heredoc(struct str word, struct heredoc *ret)
{
	while (word.n && ascii_is_digit(word.p[0]))
		word = str_from(word, 1);
	if (!str_has_prefix(word, STR("<<")))
		return false;
	word = str_from(word, 2);
	ret->has_tabs = str_has_prefix(word, STR("-"));
	ret->end = str_unquote(str_from(word, ret->has_tabs));
	return ret->end.n && str_find_ch(ret->end, '<') == SIZE_MAX;
}

/* Reads up to the end of one; false when the file ends before. */
static bool read_body(struct dockerfile_lines *d, const struct heredoc *h,
		      struct dockerfile_heredoc *ret)
{
	struct str line;

	ret->body = d->lines.rest;
	ret->line = d->lines.number + 1;
	while (lines_next(&d->lines, &line)) {
		const char *begin = line.p;

		while (h->has_tabs && str_has_prefix(line, STR("\t")))
			line = str_from(line, 1);
		if (str_eq(line, h->end)) {
			ret->body.n = (size_t)(begin - ret->body.p);
			return true;
		}
	}
	return false;
}

size_t dockerfile_lines_heredocs(
	struct dockerfile_lines *d, struct str arguments,
	struct dockerfile_heredoc ret[DOCKERFILE_HEREDOCS])
{
	struct heredoc found[DOCKERFILE_HEREDOCS];
	struct str word;
	size_t n = 0;

	if (str_find(arguments, STR("<<")) == SIZE_MAX)
		return 0;
	while (n < DOCKERFILE_HEREDOCS &&
	       dockerfile_lines_word(d, &arguments, &word))
		n += read_heredoc(word, &found[n]);
	for (size_t i = 0; i < n; i++)
		if (!read_body(d, &found[i], &ret[i])) {
			lines_bad(d->lines.x, d->line,
				  "the here-document has no end",
				  found[i].end);
			return i;
		}
	return n;
}
