/*
 * debian/control: what a source package needs to be built and what its
 * packages need to run, by deb-src-control(5) and deb-control(5).
 */
#include <string.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/os_package.h"
#include "extract/scope.h"

struct control {
	struct extraction *x;
	struct map own;        /* packages that the file makes */
	struct str vendor;     /* whose distribution, by debian/changelog */
	bool is_field;         /* the field at hand lists packages */
	enum scope scope;      /* of it */
};

/* The distribution for which the last release in the changelog is. */
static struct str vendor_of(struct extraction *x)
{
	static const struct { const char *suite, *vendor; } suites[] = {
		{"unstable", "debian"}, {"experimental", "debian"},
		{"stable", "debian"}, {"testing", "debian"},
		{"sid", "debian"}, {"buster", "debian"},
		{"bullseye", "debian"}, {"bookworm", "debian"},
		{"trixie", "debian"}, {"xenial", "ubuntu"},
		{"bionic", "ubuntu"}, {"focal", "ubuntu"},
		{"jammy", "ubuntu"}, {"noble", "ubuntu"}};
	const struct file *f = declare_find(x->tree,
		declare_path(x, STR("changelog")));
	struct str rest, line, suite;
	size_t at;

	if (!f || f->is_link || x->tree->read(x->tree, f, LIMIT_SOURCE_BYTES,
					      x->scratch, x->diags, &rest) ||
	    !str_line(&rest, &line))
		return STR("");
	at = str_find_ch(line, ')'); /* name (version) suite; ... */
	line = str_from(line, at == SIZE_MAX ? line.n : at + 1);
	suite = str_trim(str_head(line, str_find_ch(line, ';')));
	for (size_t i = 0; i < sizeof suites / sizeof *suites; i++)
		if (str_is(suite, suites[i].suite))
			return str_c(suites[i].vendor);
	return STR("");
}

static void collect_own(struct control *c)
{
	struct str rest = c->x->text, line, key, value;

	while (str_line(&rest, &line))
		if (str_cut(line, ':', &key, &value) &&
		    str_is(key, "Package"))
			map_put(&c->own, str_trim(value), 0, NULL);
}

/* "name:any (= 1.2) [amd64] <!nocheck>" */
static void read_item(struct control *c, struct str item, unsigned line)
{
	struct os_package p = {.component_type = "os-package",
			       .scope = c->scope};
	size_t version, end = 0;

	item = str_trim(item);
	version = str_find(item, STR("(="));
	if (!item.n || item.p[0] == '$' || item.p[0] == '#')
		return;
	while (end < item.n && !ascii_is_blank(item.p[end]) &&
	       !memchr("([<:", item.p[end], 4))
		end++;
	p.name = str_head(item, end);
	if (map_get(&c->own, p.name))
		return;
	if (version != SIZE_MAX) {
		p.version = str_from(item, version);
		p.version = str_sub(p.version, 2,
				    str_find_ch(p.version, ')'));
		p.version = str_trim(p.version);
	}
	if (str_find(item, STR("<!nocheck>")) != SIZE_MAX)
		p.scope = SCOPE_TEST;
	if (str_is(p.name, "debhelper-compat")) { /* is no package */
		p.name = STR("debhelper");
		p.version = STR("");
	}
	if (c->vendor.n) {
		p.type = "deb";
		p.namespace = c->vendor;
	}
	os_package_add(c->x, &extract_debian_control, &p, line);
}

/* Of alternatives the first is what a build takes. */
static void read_list(struct control *c, struct str list, unsigned line)
{
	struct str item;

	while (str_split(&list, ',', &item))
		read_item(c, str_head(item, str_find_ch(item, '|')), line);
}

static void begin_field(struct control *c, struct str key)
{
	static const char *const runs[] = {"Depends", "Pre-Depends"};

	c->is_field = false;
	c->scope = scope_of_path(c->x->path, SCOPE_RUNTIME);
	for (size_t i = 0; i < sizeof runs / sizeof *runs; i++)
		c->is_field = c->is_field || str_is(key, runs[i]);
	if (str_is(key, "Build-Depends") || str_is(key, "Build-Depends-Arch") ||
	    str_is(key, "Build-Depends-Indep")) {
		c->is_field = true;
		c->scope = scope_of_path(c->x->path, SCOPE_BUILD);
	}
}

static void read_line(struct control *c, struct str line, unsigned number)
{
	struct str key, value = line;

	if (!str_trim(line).n || line.p[0] == '#')
		return;
	if (!ascii_is_blank(line.p[0])) {
		if (!str_cut(line, ':', &key, &value)) {
			lines_bad(c->x, number, "not a field", line);
			c->is_field = false;
			return;
		}
		begin_field(c, key);
	}
	if (c->is_field)
		read_list(c, value, number);
}

static bool wants(const struct file *f)
{
	struct str base = path_base(f->path);

	return (str_is(base, "control") || str_is(base, "control.in")) &&
	       (str_is(path_base(path_dir(f->path)), "debian") ||
		str_is(path_base(path_dir(f->path)), "deb_folder"));
}

static enum err extract(struct extraction *x)
{
	struct control c = {.x = x, .vendor = vendor_of(x)};
	struct lines lines = lines_of(x);
	unsigned long lost = lines_lost(x);
	struct str line;

	collect_own(&c);
	while (lines_next(&lines, &line))
		read_line(&c, line, lines.number);
	map_release(&c.own);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_debian_control = {
	.name = "distro/debian-control",
	.summary = "what a Debian package needs to be built and to run",
	.version = 1,
	.sees = SEES_VERSION,
	.wants = wants,
	.extract = extract,
};
