/* Header lines up to the blank line; git-commit-tree and git-fsck say which
 * there are. */
#include "history/commit.h"

#include "base/date.h"

/* Header lines end at a NUL too: git's readers work on C strings. */
static struct str header_of(struct str raw)
{
	size_t end = 0, n;

	while (end < raw.n && raw.p[end] != '\n') {
		n = str_find_ch(str_from(raw, end), '\n');
		end = n == SIZE_MAX ? raw.n : end + n + 1;
	}
	raw = str_head(raw, end);
	return str_head(raw, str_find_ch(raw, '\0'));
}

/* What follows the blank line, for readers of C strings too. */
static struct str message_of(struct str raw, struct str header)
{
	struct str rest = str_from(raw, header.n + 1);

	if (header.n < raw.n && raw.p[header.n] == '\0')
		return STR("");
	return str_head(rest, str_find_ch(rest, '\0'));
}

/* Takes "tree <hex>" and the lines of parents off the front. */
static void parse_links(struct str *rest, size_t oid_bytes,
			struct commit_text *c)
{
	const struct str tree = STR("tree "), parent = STR("parent ");
	size_t hex = 2 * oid_bytes;
	struct oid id;

	if (str_has_prefix(*rest, tree) && rest->n > tree.n + hex &&
	    rest->p[tree.n + hex] == '\n' &&
	    oid_parse(str_sub(*rest, tree.n, tree.n + hex), oid_bytes, &id)) {
		c->tree = str_sub(*rest, tree.n, tree.n + hex);
		*rest = str_from(*rest, tree.n + hex + 1);
	}
	if (!c->tree.n)
		c->flaws |= COMMIT_NO_TREE;
	c->parents = str_head(*rest, 0);
	while (str_has_prefix(*rest, parent)) {
		if (rest->n <= parent.n + hex ||
		    rest->p[parent.n + hex] != '\n' ||
		    !oid_parse(str_sub(*rest, parent.n, parent.n + hex),
			       oid_bytes, &id)) {
			c->flaws |= COMMIT_BAD_PARENT;
			return;
		}
		c->n_parents++;
		c->parents.n += parent.n + hex + 1;
		*rest = str_from(*rest, parent.n + hex + 1);
	}
}

/* The date stands behind the last '>' of the line. */
static void parse_date(struct str line, struct commit_text *c)
{
	struct str rest = str_from(line, str_rfind_ch(line, '>') + 1);
	struct str word = {0};
	int64_t latest = (int64_t)date_of(10000, 1, 1) * 86400;
	uint64_t v = 0;
	size_t i = 0;

	if (!str_word(&rest, &word))
		word = STR("");
	for (; i < word.n && ascii_is_digit(word.p[i]); i++)
		if (v < (uint64_t)latest)
			v = v * 10 + (unsigned)(word.p[i] - '0');
	if (!i || v >= (uint64_t)latest)
		c->flaws |= COMMIT_NO_DATE;
	c->seconds = v < (uint64_t)latest ? (int64_t)v : latest - 1;
}

/* The address of an author or committer line; false without one in <>. */
static bool parse_address(struct str line, struct str *ret)
{
	size_t open = str_find_ch(line, '<');
	struct str inner = str_from(line, open == SIZE_MAX ? line.n
							   : open + 1);
	size_t shut = str_find_ch(inner, '>');

	if (open == SIZE_MAX || shut == SIZE_MAX)
		return false;
	*ret = str_head(inner, shut);
	return true;
}

static void parse_author(struct str line, struct commit_text *c)
{
	if (!parse_address(line, &c->address)) {
		c->flaws |= COMMIT_NO_ADDRESS;
		return;
	}
	c->name = str_head(line, str_find_ch(line, '<'));
	parse_date(line, c);
}

void commit_parse(struct str raw, size_t oid_bytes, struct commit_text *ret)
{
	const struct str author = STR("author "), by = STR("committer ");
	const struct str parent = STR("parent ");
	struct str header = header_of(raw), rest = header, line, last = {0};

	*ret = (struct commit_text){.name = STR(""), .address = STR(""),
				     .committer = STR("")};
	parse_links(&rest, oid_bytes, ret);
	/* Of several author or committer lines git shows the last. */
	while (str_split(&rest, '\n', &line))
		if (str_has_prefix(line, author))
			last = str_from(line, author.n);
		else if (str_has_prefix(line, by) &&
			 !parse_address(str_from(line, by.n),
					&ret->committer))
			ret->committer = STR("");
		else if (str_has_prefix(line, parent))
			ret->flaws |= COMMIT_LATE_PARENT;
	if (last.p)
		parse_author(last, ret);
	else
		ret->flaws |= COMMIT_NO_AUTHOR;
	ret->message = message_of(raw, header);
}

bool commit_next_parent(struct commit_text *c, size_t oid_bytes,
			struct oid *ret)
{
	size_t prefix = STR("parent ").n, hex = 2 * oid_bytes;

	if (!c->parents.n)
		return false;
	/* checked when the commit was parsed */
	(void)oid_parse(str_sub(c->parents, prefix, prefix + hex), oid_bytes,
			ret);
	c->parents = str_from(c->parents, prefix + hex + 1);
	return true;
}

const char *commit_flaw_text(unsigned flaws)
{
	if (flaws & COMMIT_NO_TREE)
		return "it has no tree";
	if (flaws & COMMIT_BAD_PARENT)
		return "one of its parents has no valid name";
	if (flaws & COMMIT_LATE_PARENT)
		return "a parent stands behind other lines, where git does "
		       "not see it";
	if (flaws & COMMIT_NO_AUTHOR)
		return "it has no author";
	if (flaws & COMMIT_NO_ADDRESS)
		return "its author has no address in <>";
	return "its author date is not readable";
}
