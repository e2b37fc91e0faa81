/*
 * Code of others that lies in the tree: folders below third_party/ and its
 * like, by a licence of their own, a name that somebody knows, or notices
 * that speak of others than the project's own.  Whom a notice names is no
 * evidence of who controls the code: it is compared and not kept.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/declare.h"
#include "extract/native.h"
#include "extract/scope.h"
#include "extract/notice.h"

#define HEAD_BYTES 3000          /* where a file says whose it is */
#define READ_MAX (2 * LIMIT_MB)  /* of one file beside */

static const char *const folders[] = {
	"third_party", "thirdparty", "third-party", "3rdparty", "3rd_party",
	"3rd-party", "external", "externals", "vendor", "vendored", "deps",
	"bundled", "contrib"};

static bool is_any(struct str s, const char *const *all, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_glob(s, str_c(all[i]), true))
			return true;
	return false;
}
#define IS_ANY(s, all) is_any(s, all, sizeof(all) / sizeof *(all))

/* Hosts by which some projects sort what they take. */
static size_t extra_segments(struct str name)
{
	static const char *const hosts[] = {"*.io", "*.com", "*.org",
					    "*.dev", "*.net"};

	if (!IS_ANY(name, hosts))
		return 0;
	return str_is(name, "github.com") || str_is(name, "gitlab.com")
		? 2 : 1;
}

/* The folder that a project of others has, with a slash behind; "" when the
 * file is in none. */
static struct str unit_of(struct str path)
{
	struct str rest = path, name;
	size_t more = 0;
	bool is_below = false;

	while (str_split(&rest, '/', &name)) {
		if (!rest.p) /* the file */
			break;
		if (is_below) {
			more = more ? more - 1 : extra_segments(name);
			if (!more)
				return str_head(path,
						(size_t)(rest.p - path.p));
		} else {
			is_below = IS_ANY(name, folders);
		}
	}
	return STR("");
}

static bool wants(const struct file *f)
{
	return !f->is_gitlink && !f->is_link && unit_of(f->path).n;
}

/* The first file of its folder speaks for it. */
static bool picks(const struct tree *t, size_t file)
{
	struct str unit = unit_of(t->files.v[file].path);

	return !file || !str_has_prefix(t->files.v[file - 1].path, unit);
}

/* --- what stands in a folder ---------------------------------------------- */

/* Names of files that tell. */
static bool is_source(struct str base)
{
	static const char *const ends[] = {
		"*.c", "*.cc", "*.cpp", "*.cxx", "*.h", "*.hh", "*.hpp",
		"*.hxx", "*.rs", "*.java", "*.js", "*.ts", "*.py", "*.go",
		"*.s", "*.lua"};

	return IS_ANY(base, ends);
}

static bool is_licence(struct str base)
{
	static const char *const names[] = {"license*", "licence*",
					    "copying*", "unlicense*",
					    "notice*", "copyright*"};

	return IS_ANY(base, names) && !is_source(base);
}

/* Runtime that asn1c copies beside what it writes. */
static bool is_asn1c(struct str base)
{
	return str_is(base, "constr_TYPE.h") || str_is(base, "asn_system.h");
}

struct unit {
	struct extraction *x;
	struct str dir;          /* with a slash behind */
	size_t first, end;       /* its files in the tree */
	size_t sources;
	const struct file *source, *licence, *version, *headers[4];
	size_t header_count;
	bool is_generated;
	struct str name, release; /* by the folder's name */
};

static void look_at(struct unit *u, const struct file *f)
{
	struct str base = path_base(f->path);
	struct str stem = str_head(base, str_find_ch(base, '.'));
	struct str below = str_from(f->path, u->dir.n);
	bool is_top = str_find_ch(below, '/') == SIZE_MAX;

	if (f->is_link || f->is_gitlink)
		return;
	u->is_generated = u->is_generated || is_asn1c(base);
	if (is_licence(base) && (!u->licence || is_top))
		u->licence = f;
	if (is_top && (str_eq_nocase(base, STR("VERSION")) ||
		       str_eq_nocase(base, STR("VERSION.txt"))))
		u->version = f;
	if (!is_source(base))
		return;
	u->sources++;
	if (!u->source)
		u->source = f;
	if (u->header_count < sizeof u->headers / sizeof *u->headers &&
	    str_find(base, STR(".h")) != SIZE_MAX &&
	    (str_eq_nocase(stem, u->name) || str_eq_nocase(stem, STR("json"))
	     || str_eq_nocase(stem, STR("version")) ||
	     str_eq_nocase(stem, STR("abi_macros"))))
		u->headers[u->header_count++] = f;
}

/* NAME-1.2 and NAME-v1.2. */
static void split_name(struct unit *u)
{
	struct str name = path_base(str_head(u->dir, u->dir.n - 1));
	size_t at = str_rfind_ch(name, '-');
	struct str release = str_from(name, at == SIZE_MAX ? name.n : at + 1);

	u->name = name;
	u->release = STR("");
	if (str_has_prefix(release, STR("v")))
		release = str_from(release, 1);
	if (!notice_is_version(release) ||
	    str_find_ch(release, '.') == SIZE_MAX)
		return;
	u->name = str_head(name, at);
	u->release = str_from(name, at + 1);
}

static void survey(struct unit *u)
{
	const struct tree *t = u->x->tree;

	split_name(u);
	u->end = u->first;
	while (u->end < t->files.n &&
	       str_has_prefix(t->files.v[u->end].path, u->dir))
		look_at(u, &t->files.v[u->end++]);
}

/* --- whose it is, which version ------------------------------------------- */

static struct str read_beside(struct unit *u, const struct file *f)
{
	struct extraction *x = u->x;
	struct str bytes = STR("");

	if (!f || f->size > READ_MAX || f->is_link ||
	    x->tree->read(x->tree, f, READ_MAX, x->scratch, x->diags, &bytes))
		return STR("");
	return bytes;
}

/* Who holds the project's own code, by its first source. */
static struct str own_holder(struct unit *u)
{
	const struct tree *t = u->x->tree;

	for (size_t i = 0; i < t->files.n; i++) {
		const struct file *f = &t->files.v[i];

		if (is_source(path_base(f->path)) && !unit_of(f->path).n &&
		    scope_of_path(f->path, SCOPE_RUNTIME) == SCOPE_RUNTIME)
			return notice_holder(str_head(read_beside(u, f),
						      HEAD_BYTES));
	}
	return STR("");
}

/* The first source speaks of a licence and not of the project's holder. */
static bool has_other_notice(struct unit *u)
{
	static const char *const words[] = {"copyright", "license",
					    "licence", "public domain"};
	struct str head = str_head(read_beside(u, u->source), HEAD_BYTES);
	struct str own = own_holder(u);

	if (!own.n || str_find_nocase(head, own) != SIZE_MAX)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (str_find_nocase(head, str_c(words[i])) != SIZE_MAX)
			return true;
	return false;
}

static struct str find_version(struct unit *u)
{
	struct str version = u->release;

	if (str_has_prefix(version, STR("v")))
		version = str_from(version, 1);
	if (!version.n && u->version) {
		struct str rest = read_beside(u, u->version);

		if (str_line(&rest, &version) &&
		    !notice_is_version(str_trim(version)))
			version = STR("");
		version = str_trim(version);
	}
	for (size_t i = 0; i < u->header_count && !version.n; i++)
		version = notice_macro_version(
			read_beside(u, u->headers[i]), u->name,
			u->x->scratch);
	return version;
}

/* --- components ----------------------------------------------------------- */

static void set_place(struct unit *u, struct component *c)
{
	if (!c)
		return;
	c->evidence.v[0] = (struct evidence){arena_dup(u->x->arena,
		str_head(u->dir, u->dir.n - 1)), 0};
	/* the folder itself counts as one of its folders */
	c->scope = scope_of_path(u->dir, SCOPE_RUNTIME);
}

static void add(struct unit *u, struct native *n)
{
	struct str version = find_version(u);
	struct component *c;
	struct purl p = {.type = STR("generic")};

	if (native_is_known(n, NATIVE_CMAKE, u->name)) {
		set_place(u, native_add(n, NATIVE_CMAKE, u->name, version,
					0));
		return;
	}
	if (native_is_known(n, NATIVE_LINK, u->name)) {
		set_place(u, native_add(n, NATIVE_LINK, u->name, version, 0));
		return;
	}
	c = declare_component(u->x, &extract_vendored, u->name, "library", 0);
	if (!c)
		return;
	set_place(u, c);
	declare_version(u->x, c, version);
	c->is_unpinned = !c->version.n;
	p.name = arena_lower(u->x->scratch, c->name);
	p.version = c->version;
	declare_purl(u->x, c, &p);
}

/* Go writes modules.txt: the modules are those of go.mod. */
static bool is_go_vendor(struct unit *u)
{
	struct str above = path_dir(str_head(u->dir, u->dir.n - 1));

	while (above.n && !str_is(path_base(above), "vendor"))
		above = path_dir(above);
	return above.n && declare_find(u->x->tree, path_join(
		u->x->scratch, above, STR("modules.txt")));
}

static enum err extract(struct extraction *x)
{
	struct unit u = {.x = x, .dir = unit_of(x->file->path),
			 .first = (size_t)(x->file - x->tree->files.v)};
	struct native n;

	survey(&u);
	if (!u.sources || u.is_generated || is_go_vendor(&u))
		return OK;
	native_init(&n, x, &extract_vendored);
	if (u.licence || native_is_known(&n, NATIVE_CMAKE, u.name) ||
	    native_is_known(&n, NATIVE_LINK, u.name) || has_other_notice(&u))
		add(&u, &n);
	native_release(&n);
	return OK;
}

const struct extractor extract_vendored = {
	.name = "source/vendored",
	.summary = "code of others that lies in the tree",
	.version = 1,
	.sees = SEES_VERSION | SEES_REPOSITORY,
	.wants = wants,
	.picks = picks,
	.extract = extract,
};
