/*
 * From the address of a download to what it is.  Repositories come by the
 * schemes of forges (model/forge.h); packages by the names that dpkg, rpm
 * and Python give to their files; anything else by its name and the version
 * in it.  Nothing is looked up.
 */
#include "extract/artifact.h"

#include <string.h>

#include "base/limits.h"
#include "base/path.h"
#include "extract/artifact_name.h"
#include "extract/declare.h"
#include "extract/url.h"
#include "model/forge.h"

#define PACKAGECLOUD "packagecloud.io"

/* An address in its parts; expressions are each one byte
 * (ARTIFACT_NAME_UNKNOWN). */
struct address {
	struct str written;  /* without user and fragment */
	struct str url;      /* the same, expressions masked */
	struct str host;     /* lower-case, without port */
	struct str path;     /* without query */
	struct str file;     /* the last segment that is a file's name */
};

/* --- parts ---------------------------------------------------------------- */

static struct str mask(struct str s, struct arena *a)
{
	char *p = arena_cstr(a, s);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		size_t end = SIZE_MAX;

		if (s.p[i] == '$' && i + 1 < s.n && s.p[i + 1] == '{')
			end = str_find_ch(str_from(s, i), '}');
		else if (s.p[i] == '$' && i + 1 < s.n && s.p[i + 1] == '(')
			end = str_find_ch(str_from(s, i), ')');
		p[n++] = s.p[i] == '$' ? ARTIFACT_NAME_UNKNOWN : s.p[i];
		i += end == SIZE_MAX ? 0 : end;
	}
	return str_n(p, n);
}

static unsigned hex_digit(char c)
{
	c = ascii_lower(c);
	return ascii_is_digit(c) ? (unsigned)(c - '0')
				 : (unsigned)(c - 'a') + 10;
}

/* %20, %2F: what an address may not hold as it is. */
static struct str decode(struct str s, struct arena *a)
{
	char *p;
	size_t n = 0;

	if (str_find_ch(s, '%') == SIZE_MAX)
		return s;
	p = arena_cstr(a, s);
	for (size_t i = 0; i < s.n; i++) {
		unsigned c = 0;

		if (s.p[i] == '%' && i + 2 < s.n &&
		    ascii_is_hex(s.p[i + 1]) && ascii_is_hex(s.p[i + 2]))
			c = hex_digit(s.p[i + 1]) << 4 |
			    hex_digit(s.p[i + 2]);
		i += c >= ' ' && c < 0x7f ? 2 : 0;
		p[n++] = c >= ' ' && c < 0x7f ? (char)c : s.p[i];
	}
	return str_n(p, n);
}

static bool has_unknown(struct str s)
{
	return str_find_ch(s, ARTIFACT_NAME_UNKNOWN) != SIZE_MAX;
}

static bool has_scheme(struct str s)
{
	static const char *const schemes[] = {"https://", "http://",
					      "ftp://"};

	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
		if (str_has_prefix_nocase(s, str_c(schemes[i])))
			return true;
	return false;
}

/* The part between scheme and path. */
static struct str authority(struct str url)
{
	size_t scheme = str_find(url, STR("://"));
	struct str rest = str_from(url, scheme == SIZE_MAX ? 0 : scheme + 3);
	struct str host = str_head(rest, str_find_ch(rest, '/'));
	size_t at = str_rfind_ch(host, '@');

	return at == SIZE_MAX ? host : str_from(host, at + 1);
}

static struct str path_of(struct str url)
{
	size_t scheme = str_find(url, STR("://"));
	struct str rest = str_from(url, scheme == SIZE_MAX ? 0 : scheme + 3);

	rest = str_head(rest, str_find_ch(rest, '?'));
	return str_from(rest, str_find_ch(rest, '/'));
}

/* Hosts of files name them in the segment before. */
static struct str file_of(struct str path)
{
	static const char *const words[] = {"download", "download.deb",
					    "download.rpm"};
	struct str base;

	while (path.n && path.p[path.n - 1] == '/')
		path.n--;
	base = path_base(path);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_is(base, words[i]))
			return path_base(path_dir(path));
	return base;
}

static struct address parse(struct str url, struct arena *a)
{
	struct address d = {.written = url_base(url)};

	if (!has_scheme(url) && (url.n == 0 || url.p[0] != '$'))
		d.written = arena_fmt(a, "http://%.*s", STR_ARG(d.written));
	d.url = mask(d.written, a);
	if (url_is(d.written)) {
		d.written = url_without_user(d.written, a);
		d.url = url_without_user(d.url, a);
	}
	d.host = authority(d.url);
	d.host = arena_lower(a, str_head(d.host, str_find_ch(d.host, ':')));
	d.path = path_of(d.url);
	d.file = decode(file_of(d.path), a);
	return d;
}

/* --- questions ------------------------------------------------------------ */

bool artifact_is_address(struct str s)
{
	size_t slash = str_find_ch(s, '/');
	size_t dot = str_find_ch(s, '.');

	if (s.n > LIMIT_NAME_BYTES || s.n == 0)
		return false;
	if (has_scheme(s))
		return authority(s).n != 0;
	if (s.p[0] == '$')
		return true;
	return dot != 0 && dot < slash && slash != SIZE_MAX &&
	       str_find(s, STR("://")) == SIZE_MAX;
}

/* The four numbers of an address of version 4. */
static bool read_ipv4(struct str s, uint64_t ret[4])
{
	struct str part;

	for (size_t i = 0; i < 4; i++)
		if (!str_split(&s, '.', &part) ||
		    !str_to_u64(part, &ret[i]) || ret[i] > 255)
			return false;
	return s.p == NULL;
}

static bool is_private(const uint64_t ip[4])
{
	return ip[0] == 0 || ip[0] == 10 || ip[0] == 127 ||
	       (ip[0] == 192 && ip[1] == 168) ||
	       (ip[0] == 169 && ip[1] == 254) ||
	       (ip[0] == 172 && ip[1] >= 16 && ip[1] < 32);
}

bool artifact_is_local(struct str url)
{
	static const char *const patterns[] = {
		"*.local", "*.localdomain", "*.lan", "*.svc", "*.internal",
		"*.svc.*", "*.example", "*.test", "*.invalid", "example.com",
		"example.org", "example.net", "*.example.com"};
	struct str host = authority(url);
	uint64_t ip[4];

	host = str_head(host, str_find_ch(host, ':'));
	if (str_find_ch(host, '$') != SIZE_MAX)
		return false;
	if (str_any(host, patterns, str_is_like))
		return true;
	return str_find_ch(host, '.') == SIZE_MAX ||
	       (read_ipv4(host, ip) && is_private(ip));
}

static bool fits(struct str s, const char *const *patterns)
{
	while (*patterns && !str_glob(s, str_c(*patterns), true))
		patterns++;
	return *patterns != NULL;
}

bool artifact_is_check(struct str url)
{
	static const char *const patterns[] = {
		"*.asc", "*.gpg", "*.key", "*.sig", "*.sign", "*.pub",
		"*.pem", "*.crt", "*.cert", "*.sha1", "*.sha256",
		"*.sha256sum", "*.sha512", "*.sha512sum", "*.md5",
		"*.md5sum", "*.list", "*.repo", "*sha256sums*",
		"*sha512sums*", "*md5sums*", "*checksums.txt", "gpg",
		"gpgkey", "*gpg-key*", "*apt-key*", "keys", "key", NULL};

	return fits(file_of(path_of(url)), patterns);
}

/* A file that a forge serves, not a page of it. */
static bool is_forge_file(struct str url)
{
	static const char *const patterns[] = {
		"*/releases/*", "*/archive/*", "*/raw/*", "*/tarball/*",
		"*/zipball/*", "*/releases", NULL};
	struct arena a = {0};
	struct forge_place place;
	struct str host = authority(url);
	bool is = (str_has_prefix_nocase(host, STR("raw.")) ||
		   str_has_prefix_nocase(host, STR("codeload.")) ||
		   fits(url, patterns)) && forge_find(url, &a, &place);

	arena_release(&a);
	return is;
}

bool artifact_is_file(struct str url)
{
	static const char *const patterns[] = {
		"*.sh", "*.bash", "*.run", "*.bin", "*.py", "*.pl",
		"*.appimage", "*.iso", "*.img", "*.qcow2", NULL};
	struct str file = file_of(path_of(url));

	return forge_is_archive(file) || fits(file, patterns) ||
	       is_forge_file(url);
}

bool artifact_is_hidden(struct str url)
{
	return str_find_ch(url, '/') != SIZE_MAX &&
	       str_find_ch(authority(url), '$') != SIZE_MAX &&
	       !artifact_is_file(url);
}

/* --- components ----------------------------------------------------------- */

struct adding {
	struct extraction *x;
	const struct extractor *e;
	unsigned line;
};

static struct component *add(const struct adding *to, struct str name,
			     const char *type, struct str version)
{
	struct component *c = declare_component(to->x, to->e, name, type,
						to->line);

	if (!c)
		return NULL;
	if (has_unknown(version)) {
		diag_add(to->x->diags, RW1302,
			 diag_at_line(to->x->path, to->line),
			 "the version of %.*s is not known",
			 STR_ARG(c->name));
		version = STR("");
	}
	declare_version(to->x, c, version);
	c->is_unpinned = c->version.n == 0;
	return c;
}

static void qualify(struct purl *p, const char *key, struct str value)
{
	if (value.n && !has_unknown(value))
		vec_push(&p->qualifiers,
			 ((struct purl_qualifier){str_c(key), value}));
}

/* deb, rpm and wheel; the vendor may be unknown. */
static struct component *add_package(const struct adding *to,
				     const struct address *d,
				     const struct artifact_name *n,
				     struct str vendor, struct str distro)
{
	struct component *c = add(to, n->name, n->type, n->version);
	struct purl p = {.type = str_c(n->purl), .namespace = vendor};

	if (!c)
		return NULL;
	p.name = c->name;
	p.version = c->version;
	if (!vendor.n && !str_is(p.type, "pypi")) {
		if (has_unknown(d->url))
			return c;
		p.type = STR("generic");
	}
	qualify(&p, "arch", n->arch);
	qualify(&p, "distro", distro);
	if (!str_is(p.type, "pypi"))
		qualify(&p, "download_url", d->url);
	declare_purl(to->x, c, &p);
	return c;
}

/* https://HOST/OWNER/REPO/packages/DISTRO/VERSION/FILE/download.deb */
static struct component *add_packagecloud(const struct adding *to,
					  const struct address *d,
					  const struct artifact_name *n)
{
	struct str rest = d->path, owner, repo, word, system, version;

	str_split(&rest, '/', &owner); /* before the first slash */
	if (!str_split(&rest, '/', &owner) || !str_split(&rest, '/', &repo) ||
	    !str_split(&rest, '/', &word) || !str_is(word, "packages") ||
	    !str_split(&rest, '/', &system) ||
	    !str_split(&rest, '/', &version) || has_unknown(owner))
		return add_package(to, d, n, STR(""), STR(""));
	return add_package(to, d, n, owner,
			   arena_fmt(to->x->scratch, "%.*s-%.*s",
				     STR_ARG(system), STR_ARG(version)));
}

/* Who publishes the packages of a host, by its name. */
static struct str vendor_of(struct str host)
{
	static const struct { const char *pattern, *vendor; } vendors[] = {
		{"*.ubuntu.com", "ubuntu"}, {"launchpad.net", "ubuntu"},
		{"launchpadlibrarian.net", "ubuntu"},
		{"*.debian.org", "debian"},
		{"*.fedoraproject.org", "fedora"},
		{"*.centos.org", "centos"},
	};

	for (size_t i = 0; i < sizeof vendors / sizeof *vendors; i++)
		if (str_glob(host, str_c(vendors[i].pattern), false))
			return str_c(vendors[i].vendor);
	return STR("");
}

/* Where a page of a repository is none of its archives, it is a file that
 * only the forge's own scheme could place. */
static bool is_placed(const struct address *d)
{
	if (str_has_prefix(d->host, STR("gerrit.")) ||
	    str_has_suffix(d->host, STR(".googlesource.com")))
		return str_find(d->path, STR("/+")) != SIZE_MAX;
	return !str_has_prefix(d->host, STR("git.")) &&
	       !str_has_prefix(d->host, STR("cgit."));
}

static struct component *add_repository(const struct adding *to,
					const struct forge_place *place)
{
	struct str rev = decode(place->rev, to->x->scratch);
	struct component *c = declare_component(
		to->x, to->e, path_base(place->repository), "repository",
		to->line);

	if (!c)
		return NULL;
	if (has_unknown(rev)) {
		diag_add(to->x->diags, RW1302,
			 diag_at_line(to->x->path, to->line),
			 "the revision of %.*s is not known",
			 STR_ARG(c->name));
		rev = STR("");
	}
	if (!declare_repository(to->x, c, place->repository, rev))
		c->is_unpinned = true;
	return c;
}

static struct component *add_file(const struct adding *to,
				  const struct address *d)
{
	struct artifact_name n = artifact_name_of_archive(d->file);
	struct component *c;
	struct purl p = {.type = STR("generic")};

	if (!n.name.n && !has_unknown(d->url))
		n.name = d->host;
	if (has_unknown(n.name) || !n.name.n) {
		diag_add(to->x->diags, RW1302,
			 diag_at_line(to->x->path, to->line),
			 "what is downloaded is not known: %.*s",
			 STR_ARG(d->written));
		return NULL;
	}
	c = add(to, n.name, "file", n.version);
	if (!c || has_unknown(d->url))
		return c;
	p.name = c->name;
	p.version = c->version;
	qualify(&p, "download_url", d->url);
	declare_purl(to->x, c, &p);
	return c;
}

struct component *artifact_add(struct extraction *x,
			       const struct extractor *e, struct str url,
			       unsigned line)
{
	const struct adding to = {x, e, line};
	struct address d = parse(url, x->scratch);
	struct artifact_name n;
	struct forge_place place;
	bool is_package = artifact_name_of_package(d.file, &n) &&
			  !has_unknown(n.name);

	if (is_package && str_is(d.host, PACKAGECLOUD))
		return add_packagecloud(&to, &d, &n);
	if (is_placed(&d) && forge_find(d.url, x->scratch, &place))
		return add_repository(&to, &place);
	if (is_package)
		return add_package(&to, &d, &n, vendor_of(d.host), STR(""));
	return add_file(&to, &d);
}
