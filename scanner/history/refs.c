/* Loose and packed refs, tags peeled, parents counted. */
#include "history/refs.h"

#include <fcntl.h>
#include <unistd.h>

#include "history/beneath.h"
#include "history/commit.h"

#define REF_BYTES 4096
#define LINKS 5  /* symbolic refs behind each other, as git allows */
#define TAGS 16  /* tags of tags */

/* HEAD of an old repository may be a symbolic link into refs/. */
static bool read_link(int folder, struct str name, struct arena *a,
		      struct str *ret)
{
	char target[REF_BYTES];
	ssize_t n;

	if (!str_is(name, "HEAD"))
		return false;
	n = readlinkat(folder, "HEAD", target, sizeof target);
	if (n <= 0 || (size_t)n == sizeof target)
		return false;
	*ret = arena_fmt(a, "ref: %.*s", (int)n, target);
	return true;
}

static bool read_loose(struct gitdir *g, struct str name, struct str *ret)
{
	bool is_own = !str_has_prefix(name, STR("refs/"));
	int folder = is_own ? g->own : g->common;
	enum err e = beneath_read(folder, name, REF_BYTES, &g->arena, ret);

	if (!e || read_link(folder, name, &g->arena, ret)) {
		*ret = str_trim(*ret);
		return true;
	}
	g->has_unread |= e == ERR_IO;
	return false;
}

/* A line of packed-refs: the name of the object, a blank, the ref. */
static bool read_packed(struct gitdir *g, struct str name, struct str *ret)
{
	struct arena scratch = {0};
	struct str needle = arena_fmt(&scratch, " %.*s\n", STR_ARG(name));
	struct str text = g->packed_refs;
	size_t hex = 2 * g->oid_bytes, at;
	bool found = false;

	while (!found && (at = str_find(text, needle)) != SIZE_MAX) {
		found = at == hex ||
			(at > hex && text.p[at - hex - 1] == '\n');
		if (found)
			*ret = str_sub(text, at - hex, at);
		text = str_from(text, at + 1);
	}
	arena_release(&scratch);
	return found;
}

static bool is_symbolic(struct str value, struct str *ret_target)
{
	struct str prefix = STR("ref:");

	if (!str_has_prefix(value, prefix))
		return false;
	*ret_target = str_trim(str_from(value, prefix.n));
	return true;
}

struct str refs_head_target(struct gitdir *g)
{
	struct str value, target;

	if (!read_loose(g, STR("HEAD"), &value))
		return STR("");
	return is_symbolic(value, &target) ? target : value;
}

bool refs_read(struct gitdir *g, struct str name, struct oid *ret)
{
	struct str value;

	for (int i = 0; i <= LINKS; i++) {
		if (!name.n || str_has_prefix(name, STR("/")) ||
		    (!read_loose(g, name, &value) &&
		     !read_packed(g, name, &value)))
			return false;
		if (!is_symbolic(value, &name))
			return oid_parse(str_head(value, 2 * g->oid_bytes),
					 g->oid_bytes, ret);
	}
	return false;
}

/* The places where git looks for a short name, in its order. */
static bool read_short(struct gitdir *g, struct str name, struct oid *ret)
{
	static const char *const prefixes[] = {
		"", "refs/", "refs/tags/", "refs/heads/", "refs/remotes/",
		"refs/remotes/"};

	for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++) {
		struct str full = arena_fmt(
			&g->arena, "%s%.*s%s", prefixes[i], STR_ARG(name),
			i == 5 ? "/HEAD" : "");

		if (refs_read(g, full, ret))
			return true;
	}
	return false;
}

/* Digits name an object when there are at least four of them. */
static bool read_digits(struct gitdir *g, struct odb_reader *r,
			struct str name, struct oid *ret)
{
	char full[2 * OID_MAX_BYTES];
	struct oid prefix;
	size_t n = 2 * g->oid_bytes;

	if (name.n < 4 || name.n >= n)
		return false;
	memset(full, '0', sizeof full);
	memcpy(full, name.p, name.n);
	return oid_parse(str_n(full, n), g->oid_bytes, &prefix) &&
	       odb_find_prefix(r, &prefix, name.n, ret) == 1;
}

/* The value of a header line at the start of an object. */
static bool first_line(const struct object *o, struct str prefix,
		       size_t oid_bytes, struct oid *ret)
{
	struct str bytes = str_n(o->p, o->n);

	return str_has_prefix(bytes, prefix) &&
	       oid_parse(str_sub(bytes, prefix.n, prefix.n + 2 * oid_bytes),
			 oid_bytes, ret);
}

/* Reads the commit of *id, going through tags; *id becomes its name. */
static enum err peel(struct gitdir *g, struct odb_reader *r, struct oid *id,
		     struct object **ret)
{
	for (int i = 0; i < TAGS; i++) {
		struct object *o;
		enum err e = odb_read(r, id, LIMIT_COMMIT_BYTES, &o);

		if (e)
			return e;
		if (o->type == PACK_COMMIT) {
			*ret = o;
			return OK;
		}
		if (o->type != PACK_TAG ||
		    !first_line(o, STR("object "), g->oid_bytes, id))
			e = ERR_FORMAT;
		odb_drop(r, o);
		if (e)
			return e;
	}
	return ERR_FORMAT;
}

/* Moves *id to its n-th parent; n = 0 is the commit itself. */
static enum err to_parent(struct gitdir *g, struct odb_reader *r,
			  uint64_t n, struct oid *id)
{
	struct commit_text c;
	struct object *o;
	enum err e = peel(g, r, id, &o);

	if (e || !n) {
		odb_drop(r, e ? NULL : o);
		return e;
	}
	commit_parse(str_n(o->p, o->n), g->oid_bytes, &c);
	e = n > c.n_parents ? ERR_NOTFOUND : OK;
	for (uint64_t i = 0; i < n && !e; i++)
		commit_next_parent(&c, g->oid_bytes, id);
	odb_drop(r, o);
	return e;
}

/* Takes the digits at the front off; `absent` when there are none. */
static bool number(struct str *s, uint64_t absent, uint64_t *ret)
{
	size_t n = 0;

	while (n < s->n && ascii_is_digit(s->p[n]))
		n++;
	*ret = absent;
	if (n && !str_to_u64(str_head(*s, n), ret))
		return false;
	*s = str_from(*s, n);
	return true;
}

/* Applies what stands behind the name: ~2, ^, ^2, ^{commit}, ^{}, ^0. */
static enum err apply(struct gitdir *g, struct odb_reader *r,
		      struct str suffix, struct oid *id)
{
	enum err e = OK;

	while (suffix.n && !e) {
		char op = suffix.p[0];
		uint64_t n;

		suffix = str_from(suffix, 1);
		if (op == '^' && str_has_prefix(suffix, STR("{"))) {
			size_t end = str_find_ch(suffix, '}');
			struct str what = str_sub(suffix, 1, end);

			if (end == SIZE_MAX ||
			    (what.n && !str_is(what, "commit")))
				return ERR_FORMAT;
			suffix = str_from(suffix, end + 1);
			continue; /* only commits come out anyway */
		}
		if ((op != '~' && op != '^') || !number(&suffix, 1, &n))
			return ERR_FORMAT;
		if (op == '^')
			e = to_parent(g, r, n, id);
		while (op == '~' && n-- && !e)
			e = to_parent(g, r, 1, id);
	}
	return e;
}

enum err refs_resolve(struct gitdir *g, struct odb_reader *r,
		      struct str revision, struct oid *ret)
{
	size_t end = 0;
	struct str name;
	struct object *o;
	enum err e;

	while (end < revision.n && revision.p[end] != '~' &&
	       revision.p[end] != '^')
		end++;
	name = str_head(revision, end);
	if (str_is(name, "@"))
		name = STR("HEAD");
	if (!oid_parse(name, g->oid_bytes, ret) && !read_short(g, name, ret) &&
	    !read_digits(g, r, name, ret))
		return ERR_NOTFOUND;
	e = apply(g, r, str_from(revision, end), ret);
	if (!e)
		e = peel(g, r, ret, &o);
	if (!e)
		odb_drop(r, o);
	return e;
}
