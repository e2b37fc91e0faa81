/*
 * Dependencies in the form of package.json (npm 11), and the texts that stand
 * for a version there.  A range is no version.
 */
#include "extract/npm.h"

#include <string.h>

#include "base/limits.h"
#include "extract/companion.h"
#include "extract/lines.h"
#include "extract/url.h"

/* --- lists ---------------------------------------------------------------- */

struct kind {
	struct str key;
	enum scope scope;
	bool is_optional;
};

static const struct kind lists[] = {
	{{"dependencies", 12}, SCOPE_RUNTIME, false},
	{{"devDependencies", 15}, SCOPE_TEST, false},
	{{"peerDependencies", 16}, SCOPE_RUNTIME, false},
	{{"optionalDependencies", 20}, SCOPE_RUNTIME, true},
};
enum { LISTS = sizeof lists / sizeof *lists };

struct json_walk npm_members(struct json_raw of)
{
	struct json_walk w;

	if (of.type != JSON_OBJECT)
		of = (struct json_raw){.type = JSON_ABSENT};
	json_walk_begin(&w, of);
	return w;
}

static void read_list(struct npm_needs *n, struct extraction *x,
		      struct json_raw list, size_t kind)
{
	struct json_walk w = npm_members(list);
	struct json_raw value;
	struct str key;

	if (list.type != JSON_ABSENT && list.type != JSON_OBJECT)
		lines_bad(x, list.line, "not an object", lists[kind].key);
	while (json_walk_next(&w, &key, &value)) {
		if (value.type != JSON_STRING)
			lines_bad(x, value.line, "not a version", key);
		else
			vec_push(&n->list, ((struct npm_need){
				arena_dup(x->scratch, key),
				str_trim(json_raw_str(value, x->scratch)),
				lists[kind].scope, lists[kind].is_optional,
				value.line}));
	}
}

void npm_read_needs(struct npm_needs *n, struct extraction *x,
		    struct json_raw object)
{
	struct str keys[LISTS];
	struct json_raw values[LISTS];

	for (size_t i = 0; i < LISTS; i++)
		keys[i] = lists[i].key;
	json_raw_members(object, keys, LISTS, values, x->path, x->diags);
	for (size_t i = 0; i < LISTS; i++)
		read_list(n, x, values[i], i);
}

void npm_needs_release(struct npm_needs *n)
{
	vec_release(&n->list);
}

void npm_read_manifest(struct npm_needs *n, struct extraction *x)
{
	struct diags unheard = {0};
	struct extraction beside = *x;
	struct json_raw root;

	beside.text = companion_beside(x, "package.json");
	beside.diags = &unheard;
	if (beside.text.n && !json_scan(beside.text, &root, NULL) &&
	    root.type == JSON_OBJECT)
		npm_read_needs(n, &beside, root);
	diag_release(&unheard);
}

/* --- versions ------------------------------------------------------------- */

static bool is_folder(struct str s)
{
	static const char *const starts[] = {
		"file:", "link:", "portal:", "workspace:", "./", "../", "/",
		"~/"};

	return str_any(s, starts, str_has_prefix);
}

/* owner/name, as GitHub's addresses may be cut short */
static bool is_short_address(struct str s)
{
	struct str owner, name;

	if (!str_cut(s, '/', &owner, &name) || !owner.n || !name.n ||
	    owner.p[0] == '@')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr("-_./", s.p[i], 4))
			return false;
	return str_find_ch(name, '/') == SIZE_MAX;
}

/* The repository that an address names; false for a plain file. */
static bool read_repository(struct package *p, struct str address,
			    struct str rev, struct arena *a)
{
	struct str host, path;

	if (str_cut(address, ':', &host, &path) &&
	    (str_is(host, "github") || str_is(host, "gitlab") ||
	     str_is(host, "bitbucket")))
		address = arena_fmt(a, "https://%.*s.%s/%.*s", STR_ARG(host),
				    str_is(host, "bitbucket") ? "org" : "com",
				    STR_ARG(str_head(path, 4096)));
	else if (is_short_address(address))
		address = arena_fmt(a, "https://github.com/%.*s",
				    STR_ARG(str_head(address, 4096)));
	else if (!str_has_prefix(address, STR("git")) &&
		 !str_has_prefix(address, STR("ssh:")) &&
		 !str_has_suffix(address, STR(".git")))
		return false;
	p->url = address;
	p->rev = str_has_prefix(rev, STR("semver:")) ? STR("") : rev;
	return true;
}

bool npm_read_spec(struct package *p, struct str spec, struct arena *a)
{
	struct str address, rev, exact = spec;
	size_t at;

	if (is_folder(spec))
		return false;
	if (str_has_prefix(spec, STR("npm:"))) {
		spec = exact = str_from(spec, 4);
		at = str_rfind_ch(spec, '@');
		if (at != SIZE_MAX && at != 0) { /* another name */
			package_npm_name(p, str_head(spec, at));
			exact = str_from(spec, at + 1);
		} else if (at == 0) {
			package_npm_name(p, spec);
			return true;
		}
	}
	while (exact.n && (exact.p[0] == '=' || exact.p[0] == 'v' ||
			   exact.p[0] == ' '))
		exact = str_from(exact, 1);
	if (package_is_semver(exact)) {
		p->version = exact;
		return true;
	}
	str_cut(spec, '#', &address, &rev);
	if (!read_repository(p, address, rev, a) && url_is(spec))
		p->download = spec;
	return true;
}

/* --- hashes --------------------------------------------------------------- */

static int base64_value(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		"0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

struct str npm_hash(struct str integrity, struct arena *a)
{
	static const char *const algorithms[] = {"sha1", "sha256", "sha384",
						 "sha512"};
	struct strbuf b = {0};
	struct str first = STR(""), algorithm, rest, made;
	unsigned bits = 0, n = 0;

	str_word(&integrity, &first);
	if (!str_cut(first, '-', &algorithm, &rest) || rest.n > 1024 ||
	    !str_any(algorithm, algorithms, str_eq))
		return STR("");
	strbuf_fmt(&b, "%.*s:", STR_ARG(algorithm));
	for (size_t i = 0; i < rest.n && rest.p[i] != '='; i++) {
		int value = base64_value(rest.p[i]);

		if (value < 0) {
			strbuf_release(&b);
			return STR("");
		}
		bits = bits << 6 | (unsigned)value;
		n += 6;
		if (n >= 8) {
			n -= 8;
			strbuf_fmt(&b, "%02x", bits >> n & 0xff);
		}
	}
	made = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return made;
}
