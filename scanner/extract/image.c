/*
 * Container images: grammar of references, and purls of type docker, whose
 * default registry is Docker Hub.
 */
#include "extract/image.h"

#include <string.h>

#include "base/path.h"
#include "extract/declare.h"

#define NAME_BYTES 255
#define TAG_BYTES 128
#define DIGEST_HEX 32 /* at least */

static const char *const hub_hosts[] = {
	"docker.io", "index.docker.io", "registry-1.docker.io",
	"registry.hub.docker.com"};

/* Registries that hand Docker Hub's images through under their own host;
 * their own images stand below one folder. */
struct proxy {
	const char *host, *own;
};

static const struct proxy proxies[] = {
	{"nexus3.o-ran-sc.org:10001", "o-ran-sc/"},
	{"nexus3.onap.org:10001", "onap/"},
};

static bool is_lower_alnum(char c)
{
	return ascii_is_alnum(c) && ascii_lower(c) == c;
}

/* Lower-case words joined by separators. */
static bool is_path(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (is_lower_alnum(s.p[i]))
			continue;
		if (!memchr("._-/", s.p[i], 4) || i == 0 || i + 1 == s.n ||
		    (s.p[i] == '/' && !is_lower_alnum(s.p[i - 1])) ||
		    (s.p[i] == '/' && !is_lower_alnum(s.p[i + 1])))
			return false;
	}
	return s.n != 0;
}

static bool is_host(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && !memchr(".-:", s.p[i], 3))
			return false;
	return s.n && ascii_is_alnum(s.p[0]);
}

static bool is_tag(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && s.p[i] != '_' &&
		    (i == 0 || (s.p[i] != '.' && s.p[i] != '-')))
			return false;
	return s.n && s.n <= TAG_BYTES;
}

static bool is_digest(struct str s)
{
	struct str algorithm, hex;

	if (!str_cut(s, ':', &algorithm, &hex) || algorithm.n == 0)
		return false;
	for (size_t i = 0; i < hex.n; i++)
		if (!ascii_is_hex(hex.p[i]))
			return false;
	return hex.n >= DIGEST_HEX && hex.n <= TAG_BYTES;
}

bool image_parse(struct str text, struct image *ret)
{
	struct str first, rest;
	size_t at = str_find_ch(text, '@'), colon, slash;

	*ret = (struct image){.name = str_head(text, at)};
	if (at != SIZE_MAX) {
		ret->digest = str_from(text, at + 1);
		if (!is_digest(ret->digest))
			return false;
	}
	colon = str_rfind_ch(ret->name, ':');
	slash = str_rfind_ch(ret->name, '/');
	if (colon != SIZE_MAX && (slash == SIZE_MAX || colon > slash)) {
		ret->tag = str_from(ret->name, colon + 1);
		ret->name = str_head(ret->name, colon);
		if (!is_tag(ret->tag))
			return false;
	}
	ret->path = ret->name;
	if (str_cut(ret->name, '/', &first, &rest) &&
	    (str_find_ch(first, '.') != SIZE_MAX ||
	     str_find_ch(first, ':') != SIZE_MAX ||
	     str_is(first, "localhost"))) {
		ret->host = first;
		ret->path = rest;
	}
	return ret->name.n <= NAME_BYTES && is_path(ret->path) &&
	       (ret->host.n == 0 || is_host(ret->host));
}

/* Whether the image is Docker Hub's. */
static bool is_on_hub(const struct image *image)
{
	if (str_any(image->host, hub_hosts, str_eq_nocase))
		return true;
	for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
		if (str_eq_nocase(image->host, str_c(proxies[i].host)))
			return !str_has_prefix(image->path,
					       str_c(proxies[i].own));
	return image->host.n == 0;
}

static void set_purl(struct extraction *x, struct component *c,
		     const struct image *image)
{
	struct purl p = {
		.type = STR("docker"), .namespace = path_dir(image->path),
		.name = path_base(image->path),
		.version = image->digest.n ? image->digest : image->tag};

	if (!is_on_hub(image))
		vec_push(&p.qualifiers, ((struct purl_qualifier){
			STR("repository_url"),
			arena_lower(x->scratch, image->host)}));
	else if (str_is(p.namespace, "library"))
		p.namespace = STR("");
	declare_purl(x, c, &p);
}

struct component *image_add(struct extraction *x, const struct extractor *e,
			    const struct image *image, unsigned line)
{
	struct component *c = declare_component(x, e, image->name,
						"container", line);

	if (!c)
		return NULL;
	declare_version(x, c, image->tag.n ? image->tag : image->digest);
	c->provenance.hash = arena_dup(x->arena, image->digest);
	c->is_unpinned = image->digest.n == 0 &&
			 (image->tag.n == 0 || str_is(image->tag, "latest"));
	set_purl(x, c, image);
	return c;
}

struct component *image_add_unknown(struct extraction *x,
				    const struct extractor *e,
				    struct str expression, unsigned line)
{
	struct component *c = declare_component(x, e, expression, "container",
						line);

	if (!c)
		return NULL;
	c->is_unpinned = true;
	diag_add(x->diags, RW1302, diag_at_line(x->path, line),
		 "the image %.*s is not known", STR_ARG(c->name));
	return c;
}
