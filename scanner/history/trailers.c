/*
 * The last paragraph of a message holds trailers when all of its lines are
 * trailers, or when one was written by git itself and a quarter are.  The
 * first paragraph never does.  Comments, and the list of conflicts that old
 * versions of git left at the end, do not count.
 */
#include "history/trailers.h"

#define COMMENT '#'
#define CUT STR("# ------------------------ >8 ------------------------")

static bool is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_blank(struct str line)
{
	for (size_t i = 0; i < line.n; i++)
		if (!is_space(line.p[i]))
			return false;
	return true;
}

static bool is_comment(struct str line)
{
	return line.n && line.p[0] == COMMENT;
}

static bool continues(struct str line)
{
	return line.n && is_space(line.p[0]);
}

/* The key in front of the colon, blanks between them left out. */
static bool find_key(struct str line, struct str *ret_key,
		     struct str *ret_value)
{
	size_t n = 0, colon;

	while (n < line.n && (ascii_is_alnum(line.p[n]) || line.p[n] == '-'))
		n++;
	colon = n;
	while (colon < line.n && (line.p[colon] == ' ' ||
				  line.p[colon] == '\t'))
		colon++;
	if (!n || colon == line.n || line.p[colon] != ':')
		return false;
	*ret_key = str_head(line, n);
	*ret_value = str_from(line, colon + 1);
	return true;
}

static bool is_by_git(struct str line)
{
	return str_has_prefix(line, STR("Signed-off-by: ")) ||
	       str_has_prefix(line, STR("(cherry picked from commit "));
}

/* The message up to its last line that says something. */
static struct str without_end(struct str message)
{
	struct str rest = message, line;
	bool in_conflicts = false;
	size_t end = 0;

	while (str_split(&rest, '\n', &line)) {
		if (str_is(line, CUT.p))
			break;
		if (!line.n || is_comment(line) ||
		    (in_conflicts && line.p[0] == '\t'))
			continue;
		in_conflicts = rest.p && str_is(line, "Conflicts:");
		if (!in_conflicts)
			end = (size_t)(line.p + line.n - message.p);
	}
	return str_head(message, end);
}

/* The last paragraph that is not the first. */
static struct str last_paragraph(struct str message)
{
	struct str rest = message, line;
	bool has_title = false, was_blank = true, is_behind = false;
	size_t begin = 0, end = 0;

	while (str_split(&rest, '\n', &line)) {
		bool blank = is_blank(line);

		is_behind |= has_title && blank;
		has_title |= !blank;
		if (is_comment(line))
			continue;
		if (was_blank && !blank)
			begin = (size_t)(line.p - message.p);
		if (!blank && is_behind)
			end = (size_t)(line.p + line.n - message.p);
		was_blank = blank;
	}
	return str_sub(message, begin, end);
}

static bool holds_trailers(struct str paragraph)
{
	struct str rest = paragraph, line, key, value;
	size_t trailers = 0, others = 0;
	bool by_git = false, in_trailer = false;

	while (str_split(&rest, '\n', &line)) {
		if (is_comment(line)) {
			in_trailer = false;
		} else if (continues(line)) {
			others += !in_trailer;
		} else if (is_by_git(line)) {
			by_git = in_trailer = true;
			trailers++;
		} else {
			in_trailer = find_key(line, &key, &value);
			trailers += in_trailer;
			others += !in_trailer;
		}
	}
	return trailers && (!others || (by_git && trailers * 3 >= others));
}

struct trailers trailers_of(struct str message)
{
	struct str paragraph = last_paragraph(without_end(message));

	if (!holds_trailers(paragraph))
		paragraph = STR("");
	return (struct trailers){paragraph};
}

bool trailers_next(struct trailers *t, struct str *ret_key,
		   struct str *ret_value)
{
	struct str line, next;

	while (str_split(&t->rest, '\n', &line)) {
		if (!find_key(line, ret_key, ret_value))
			continue;
		for (struct str ahead = t->rest;
		     str_split(&ahead, '\n', &next) && continues(next);
		     t->rest = ahead)
			ret_value->n = (size_t)(next.p + next.n -
						ret_value->p);
		return true;
	}
	return false;
}

struct str trailers_address(struct str text)
{
	size_t shut = str_rfind_ch(text, '>');
	struct str before = str_head(text, shut);
	size_t open = str_rfind_ch(before, '<');

	if (shut != SIZE_MAX && open != SIZE_MAX)
		return str_trim(str_from(before, open + 1));
	text = str_trim(text);
	for (size_t i = 0; i < text.n; i++)
		if (ascii_is_blank(text.p[i]))
			return STR("");
	return str_find_ch(text, '@') == SIZE_MAX ? STR("") : text;
}
