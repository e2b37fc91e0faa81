/* Lines with their length in front: pkt-lines. */
#include "feeds/git_wire.h"

#include "base/map.h"

#define HEX 40
#define MOST_HAVES 20000
#define CAPABILITIES "ofs-delta agent=" PACKAGE_NAME "/" PACKAGE_VERSION

/* --- pkt-lines ------------------------------------------------------------ */

/* The next line without its end; a flush is "" with *ret_flush.  False at the
 * end, and where there is none. */
static bool next_line(struct str *s, struct str *ret, bool *ret_flush)
{
	unsigned n = 0;

	for (size_t i = 0; i < 4; i++) {
		char c = i < s->n ? ascii_lower(s->p[i]) : 0;

		if (!ascii_is_hex(c))
			return false;
		n = n * 16 + (unsigned)(c <= '9' ? c - '0' : c - 'a' + 10);
	}
	*ret_flush = n == 0;
	if ((n && n < 4) || n > s->n)
		return false;
	*ret = n ? str_sub(*s, 4, n) : STR("");
	*s = str_from(*s, n ? n : 4);
	if (str_has_suffix(*ret, STR("\n")))
		ret->n--;
	return true;
}

static void put_line(struct strbuf *to, const char *word, struct str id,
		     const char *more)
{
	strbuf_fmt(to, "%04zx%s %.*s%s\n",
		   str_c(word).n + id.n + str_c(more).n + 6, word,
		   STR_ARG(id), more);
}

/* --- references ----------------------------------------------------------- */

static bool is_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_hex(s.p[i]))
			return false;
	return s.n == HEX;
}

/* Of what git allows in a name, the part that nobody stumbles over. */
static bool is_plain(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		if (c <= ' ' || c == 127 ||
		    str_find_ch(STR("~^:?*[\\"), (char)c) != SIZE_MAX)
			return false;
	}
	return name.n < 1000 && str_find(name, STR("..")) == SIZE_MAX &&
	       str_find(name, STR("//")) == SIZE_MAX &&
	       str_find(name, STR("/.")) == SIZE_MAX &&
	       !str_has_suffix(name, STR(".lock")) &&
	       !str_has_suffix(name, STR("/"));
}

static bool is_wanted(struct str name)
{
	return is_plain(name) && (str_has_prefix(name, STR("refs/heads/")) ||
				  str_has_prefix(name, STR("refs/tags/")) ||
				  str_is(name, "refs/notes/review"));
}

static int by_name(const void *a, const void *b)
{
	return str_cmp(((const struct git_ref *)a)->name,
		       ((const struct git_ref *)b)->name);
}

/* Sorted, each name once. */
static void fold(struct git_refs *r)
{
	size_t n = 0;

	vec_sort(&r->list, by_name);
	for (size_t i = 0; i < r->list.n; i++)
		if (!n || !str_eq(r->list.v[n - 1].name, r->list.v[i].name))
			r->list.v[n++] = r->list.v[i];
	r->list.n = n;
}

static bool has(const struct git_refs *r, struct str name)
{
	struct git_ref key = {.name = name};

	return r->list.n && bsearch(&key, r->list.v, r->list.n, sizeof key,
				    by_name);
}

/* The branch that HEAD names, or else the first that stands where it does. */
static void find_head(struct git_refs *r, struct str capabilities,
		      struct str head_id)
{
	struct str word;

	while (str_word(&capabilities, &word))
		if (str_has_prefix(word, STR("symref=HEAD:")))
			r->head = str_from(word, 12);
	if (has(r, r->head) &&
	    str_has_prefix(r->head, STR("refs/heads/")))
		return;
	r->head = STR("");
	for (size_t i = 0; !r->head.n && i < r->list.n; i++)
		if (str_has_prefix(r->list.v[i].name, STR("refs/heads/")) &&
		    str_eq(r->list.v[i].id, head_id))
			r->head = r->list.v[i].name;
}

static bool is_sha256(struct str capabilities)
{
	return str_find(capabilities, STR("object-format=sha256")) != SIZE_MAX;
}

static enum err fail(struct str *ret_why, const char *why)
{
	*ret_why = str_c(why);
	return ERR_FORMAT;
}

/* The lines up to the flush that ends them. */
static enum err read_refs(struct str s, struct git_refs *ret,
			  struct str *ret_why)
{
	struct str line, id, name, capabilities = STR(""), head = STR("");
	bool is_first = true, is_end;

	while (next_line(&s, &line, &is_end)) {
		if (is_end) {
			fold(ret);
			find_head(ret, capabilities, head);
			return OK;
		}
		if (is_first)
			str_cut(line, '\0', &line, &capabilities);
		if (is_sha256(capabilities))
			return fail(ret_why, "has objects named by SHA-256");
		if (str_has_prefix(line, STR("ERR ")))
			return fail(ret_why, "refuses");
		if (!str_cut(line, ' ', &id, &name) || !is_id(id))
			break;
		if (str_is(name, "HEAD"))
			head = id;
		if (is_wanted(name))
			vec_push(&ret->list, ((struct git_ref){id, name}));
		is_first = false;
	}
	return fail(ret_why, "sent a list of references that is cut or no "
			     "such list");
}

enum err git_wire_refs(struct str answer, struct arena *a,
		       struct git_refs *ret, struct str *ret_why)
{
	struct str s = arena_dup(a, answer), line;
	bool is_flush;
	enum err e;

	*ret = (struct git_refs){0};
	if (!next_line(&s, &line, &is_flush) ||
	    !str_is(line, "# service=git-upload-pack") ||
	    !next_line(&s, &line, &is_flush) || !is_flush)
		return fail(ret_why, "does not speak git's smart protocol");
	e = read_refs(s, ret, ret_why);
	if (!e && !ret->head.n)
		return fail(ret_why, "has no branch that HEAD names");
	return e;
}

void git_wire_write(const struct git_refs *refs, struct strbuf *to)
{
	for (size_t i = 0; i < refs->list.n; i++)
		strbuf_fmt(to, "%.*s %.*s\n", STR_ARG(refs->list.v[i].id),
			   STR_ARG(refs->list.v[i].name));
}

void git_wire_read(struct str text, struct arena *a, struct git_refs *ret)
{
	struct str line, id, name;

	*ret = (struct git_refs){0};
	text = arena_dup(a, text);
	while (str_line(&text, &line))
		if (str_cut(line, ' ', &id, &name) && is_id(id))
			vec_push(&ret->list, ((struct git_ref){id, name}));
	fold(ret);
}

/* --- a pack --------------------------------------------------------------- */

size_t git_wire_ask(const struct git_refs *wanted, const struct git_refs *have,
		    struct strbuf *to)
{
	struct map seen = {0};
	size_t n = 0, haves = 0;
	bool is_new;

	for (size_t i = 0; i < have->list.n; i++)
		map_put(&seen, have->list.v[i].id, 0, NULL);
	for (size_t i = 0; i < wanted->list.n; i++) {
		map_put(&seen, wanted->list.v[i].id, 1, &is_new);
		if (is_new)
			put_line(to, "want", wanted->list.v[i].id,
				 n++ ? "" : " " CAPABILITIES);
	}
	strbuf_cstr(to, "0000");
	for (size_t i = 0; i < have->list.n && haves < MOST_HAVES; i++) {
		struct str id = have->list.v[i].id;
		size_t *mark = map_put(&seen, id, 0, NULL);

		if (!*mark && ++haves)
			put_line(to, "have", id, "");
		*mark = 1;
	}
	strbuf_cstr(to, "0009done\n");
	map_release(&seen);
	return n;
}

enum err git_wire_pack(struct str begin, size_t *ret_offset,
		       struct str *ret_why)
{
	struct str s = begin, line;
	bool is_flush;

	while (next_line(&s, &line, &is_flush)) {
		if (str_has_prefix(line, STR("ERR ")))
			return fail(ret_why, "refuses to send a pack");
		if (!str_is(line, "NAK") &&
		    !str_has_prefix(line, STR("ACK ")))
			return fail(ret_why, "sent what is no pack");
	}
	*ret_offset = begin.n - s.n;
	if (str_has_prefix(s, STR("PACK")))
		return OK;
	return fail(ret_why, "sent what is no pack");
}
