/*
 * From what shell text fetches to components.  What a word does not say is
 * not filled in: a package has no version unless one is written, and no purl
 * where nobody says whose distribution the system is.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/artifact.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/shell_emit.h"
#include "extract/url.h"

struct component *shell_emit_add(const struct shell_emit *to, struct str name,
				 const char *type, enum scope scope)
{
	struct component *c = declare_component(to->shell->x, to->extractor,
						name, type, to->find->line);

	if (c) {
		c->scope = scope;
		c->is_unpinned = true;
	}
	return c;
}

void shell_emit_unknown(const struct shell_emit *to, const char *what,
			struct str text)
{
	diag_add(to->shell->x->diags, RW1302,
		 diag_at_line(to->shell->x->path, to->find->line),
		 "%s: %.*s", what, STR_ARG(text));
}

static const struct shell_group *group_of(const struct shell_emit *to)
{
	return &to->shell->groups.v[to->find->group];
}

/* --- repositories --------------------------------------------------------- */

/* The project itself, fetched once more. */
static bool is_own(const struct extraction *x, struct str url)
{
	struct str own;

	if (x->root == SIZE_MAX)
		return false;
	own = component_repository_url(
		x->parts->components.v[x->root].provenance.repository,
		x->scratch);
	return own.n && str_eq_nocase(own, component_repository_url(
						   url, x->scratch));
}

static void say_submodules(const struct shell_emit *to,
			   const struct component *c)
{
	if (to->find->has_submodules)
		diag_add(to->shell->x->diags, RW1306,
			 diag_at_line(to->shell->x->path, to->find->line),
			 "the submodules of %.*s are fetched, too",
			 STR_ARG(c->name));
}

void shell_emit_clone(const struct shell_emit *to, struct str url,
		      struct str rev)
{
	struct extraction *x = to->shell->x;
	struct str name;
	struct component *c;

	if (url_is(url)) {
		if (artifact_is_local(url))
			return;
		url = url_without_user(url, x->scratch);
	}
	if (is_own(x, url))
		return;
	name = url_name(url);
	c = shell_emit_add(to, vars_is_known(name) ? name : url, "repository",
			   group_of(to)->fetched);
	if (!c)
		return;
	if (!vars_is_known(rev)) {
		shell_emit_unknown(to, "the revision is not known", rev);
		rev = STR("");
	}
	if (str_has_prefix(rev, STR("tags/")))
		rev = str_from(rev, STR("tags/").n);
	if (str_has_prefix(rev, STR("refs/tags/")))
		rev = str_from(rev, STR("refs/tags/").n);
	if (!declare_repository(x, c, url, rev))
		shell_emit_unknown(to, "the repository is not known", url);
	say_submodules(to, c);
}

/* --- downloads ------------------------------------------------------------ */

void shell_emit_download(const struct shell_emit *to, struct str url)
{
	struct extraction *x = to->shell->x;
	struct component *c = artifact_add(x, to->extractor, url,
					   to->find->line);

	if (!c)
		return;
	c->scope = group_of(to)->fetched;
	if (to->find->hash.n) {
		c->provenance.hash = arena_dup(x->arena, to->find->hash);
		c->is_unpinned = false;
	}
}

/* --- packages of a system ------------------------------------------------- */

/* A package as its manager writes it. */
struct wanted {
	struct str name, version, arch;
};

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) &&
		    str_find_ch(STR("+-._"), s.p[i]) == SIZE_MAX)
			return false;
	return s.n && ascii_is_alnum(s.p[0]);
}

/* A version that stands for one only. */
static bool is_exact(struct str version)
{
	return vars_is_known(version) &&
	       str_find_ch(version, '*') == SIZE_MAX;
}

/* name=1.2, name:amd64, name/bookworm-backports */
static struct wanted read_deb(struct str what)
{
	struct wanted w = {.name = what};
	struct str release;

	str_cut(w.name, '=', &w.name, &w.version);
	str_cut(w.name, '/', &w.name, &release);
	str_cut(w.name, ':', &w.name, &w.arch);
	return w;
}

/* name=1.2; any other sign is no single version */
static struct wanted read_other(struct str what)
{
	struct wanted w = {.name = what};
	struct str rest;

	for (size_t i = 0; i < what.n; i++)
		if (str_find_ch(STR("<>=~@"), what.p[i]) != SIZE_MAX) {
			w.name = str_head(what, i);
			rest = str_from(what, i);
			if (str_has_prefix(rest, STR("=")) &&
			    !str_has_prefix(rest, STR("==")))
				w.version = str_from(rest, 1);
			break;
		}
	return w;
}

static enum distro_family family_of(enum shell_manager m,
				    const struct distro *d)
{
	switch (m) {
	case SHELL_APT:
		return DISTRO_DEB;
	case SHELL_YUM:
	case SHELL_ZYPPER:
		return DISTRO_RPM;
	case SHELL_APK:
		return DISTRO_APK;
	case SHELL_PACMAN:
		return DISTRO_ALPM;
	default:
		return d->family;
	}
}

static const char *purl_type(enum distro_family f)
{
	static const char *const types[] = {
		[DISTRO_UNKNOWN] = "", [DISTRO_DEB] = "deb",
		[DISTRO_RPM] = "rpm", [DISTRO_APK] = "apk",
		[DISTRO_ALPM] = "alpm"};

	return types[f];
}

static void set_purl(const struct shell_emit *to, struct component *c,
		     const struct wanted *w)
{
	struct extraction *x = to->shell->x;
	const struct distro *d = &group_of(to)->distro;
	enum distro_family family = family_of(to->find->manager, d);
	struct purl p = {.type = str_c(purl_type(family)),
			 .namespace = d->id, .name = c->name,
			 .version = c->version};

	if (family == DISTRO_UNKNOWN || family != d->family)
		return;
	if (w->arch.n && vars_is_known(w->arch))
		vec_push(&p.qualifiers, ((struct purl_qualifier){
			STR("arch"), w->arch}));
	if (d->version.n)
		vec_push(&p.qualifiers, ((struct purl_qualifier){
			STR("distro"),
			arena_fmt(x->scratch, "%.*s-%.*s", STR_ARG(d->id),
				  STR_ARG(d->version))}));
	declare_purl(x, c, &p);
}

static void emit_system_package(const struct shell_emit *to)
{
	struct str what = to->find->what;
	struct wanted w = to->find->manager == SHELL_APT ||
			  to->find->manager == SHELL_ANY
		? read_deb(what) : read_other(what);
	struct component *c;

	if (str_has_prefix(what, STR("@")) || str_has_prefix(what, STR("!")) ||
	    (w.name.n && w.name.p[w.name.n - 1] == '-'))
		return; /* a group, or one to be removed */
	if (!vars_is_known(w.name) || str_find_ch(w.name, '*') != SIZE_MAX) {
		shell_emit_unknown(to, "the package is not known", what);
		if (w.name.p[0] == '$')
			return;
	} else if (!is_name(w.name)) {
		shell_emit_unknown(to, "the package is not known", what);
		return;
	}
	c = shell_emit_add(to, w.name, "os-package", group_of(to)->packages);
	if (!c)
		return;
	if (is_exact(w.version)) {
		declare_version(to->shell->x, c, w.version);
		c->is_unpinned = c->version.n == 0;
	}
	if (is_name(w.name))
		set_purl(to, c, &w);
}

/* -------------------------------------------------------------------------- */

void shell_emit(struct shell *s, const struct extractor *e)
{
	for (size_t i = 0; i < s->finds.n; i++) {
		const struct shell_find *f = &s->finds.v[i];
		const struct shell_emit to = {s, e, f,
					      s->groups.v[f->group].fetched};

		if (f->is_dropped)
			continue;
		if (f->kind == SHELL_CLONE)
			shell_emit_clone(&to, f->what, f->rev);
		else if (f->kind == SHELL_DOWNLOAD)
			shell_emit_download(&to, f->what);
		else if (f->manager >= SHELL_PIP)
			shell_lang_emit(&to);
		else
			emit_system_package(&to);
	}
}
