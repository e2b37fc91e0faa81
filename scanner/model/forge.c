/* The address schemes of forges, as their documentation gives them. */
#include "model/forge.h"

/* Host and path of an address, without scheme, user, query and fragment. */
static bool split(struct str url, struct arena *a, struct str *ret_host,
		  struct str *ret_path)
{
	size_t scheme = str_find(url, STR("://"));
	struct str rest = scheme == SIZE_MAX ? url : str_from(url, scheme + 3);
	struct str host;
	size_t at;

	rest = str_head(rest, str_find_ch(rest, '#'));
	rest = str_head(rest, str_find_ch(rest, '?'));
	str_cut(rest, '/', &host, ret_path);
	at = str_rfind_ch(host, '@');
	if (at != SIZE_MAX)
		host = str_from(host, at + 1);
	host = str_head(host, str_find_ch(host, ':'));
	if (str_has_prefix_nocase(host, STR("www.")))
		host = str_from(host, 4);
	*ret_host = arena_lower(a, host);
	return host.n && ret_path->n;
}

/* The next non-empty segment. */
static bool next_segment(struct str *rest, struct str *ret)
{
	while (str_split(rest, '/', ret))
		if (ret->n)
			return true;
	*ret = STR("");
	return false;
}

static const char *const archives[] = {
	".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst", ".tgz", ".txz", ".tar",
	".zip", ".gz", ".bz2", ".xz", ".zst", ".7z", ".deb", ".rpm", ".apk",
	".jar", ".war", ".whl", ".gem", ".crate", ".nupkg", ".exe", ".msi",
	".patch", ".diff", ".bundle"};
#define ARCHIVES (sizeof archives / sizeof *archives)

struct str forge_without_archive(struct str s)
{
	for (size_t i = 0; i < ARCHIVES; i++)
		if (str_has_suffix(s, str_c(archives[i])))
			return str_head(s, s.n - str_c(archives[i]).n);
	return s;
}

bool forge_is_archive(struct str url)
{
	struct str path = str_head(url, str_find_ch(url, '#'));

	path = str_head(path, str_find_ch(path, '?'));
	return forge_without_archive(path).n != path.n;
}

/* What a path of archives names: refs/tags/v1.tar.gz, v1.zip, v1. */
static struct str archive_rev(struct str rest)
{
	if (str_has_prefix(rest, STR("refs/tags/")))
		rest = str_from(rest, STR("refs/tags/").n);
	else if (str_has_prefix(rest, STR("refs/heads/")))
		rest = str_from(rest, STR("refs/heads/").n);
	return forge_without_archive(rest);
}

static struct str first_segment(struct str rest)
{
	struct str segment;

	next_segment(&rest, &segment);
	return segment;
}

static bool is_one_of(struct str s, const char *const *words)
{
	while (*words && !str_is(s, *words))
		words++;
	return *words != NULL;
}

/* Behind one of these words and a slash, the rest; else all. */
static struct str behind(struct str rest, const char *const *words)
{
	struct str first, after;

	return str_cut(rest, '/', &first, &after) && is_one_of(first, words)
		? after : rest;
}

/* The revision that stands behind owner/name/WORD/ on github and its like. */
static struct str page_rev(struct str word, struct str rest)
{
	static const char *const packed[] = {"archive", "tarball", "zipball",
					     "get", "tar.gz", "zip", NULL};
	static const char *const shown[] = {"tree", "blob", "raw", "commit",
					    "src", NULL};
	static const char *const refs[] = {"branch", "tag", "commit", NULL};
	static const char *const files[] = {"download", "tag", NULL};
	struct str file = behind(rest, files);

	if (is_one_of(word, packed))
		return archive_rev(rest);
	if (is_one_of(word, shown))
		return first_segment(behind(rest, refs));
	if (str_is(word, "releases") && file.n < rest.n)
		return first_segment(file);
	return STR("");
}

static bool make(struct str host, struct str path, struct str rev,
		 struct arena *a, struct forge_place *ret)
{
	ret->repository = component_repository_url(
		arena_fmt(a, "https://%.*s/%.*s", STR_ARG(host),
			  STR_ARG(path)), a);
	ret->rev = rev;
	return ret->repository.n != 0;
}

/* Names that stand where an owner would on github. */
static const char *const reserved[] = {
	"about", "apps", "collections", "enterprise", "events", "explore",
	"features", "issues", "join", "login", "marketplace",
	"notifications", "orgs", "pricing", "pulls", "search", "security",
	"settings", "sponsors", "topics", "trending", "users", NULL};

/* host/owner/name[/word/...]; a revision may follow without a word. */
static bool owner_and_name(struct str host, struct str path, bool has_word,
			   struct arena *a, struct forge_place *ret)
{
	struct str owner, name, word = STR("archive");

	if (!next_segment(&path, &owner) || !next_segment(&path, &name) ||
	    is_one_of(owner, reserved))
		return false;
	if (has_word)
		next_segment(&path, &word);
	path = path.p ? path : STR("");
	return make(host, arena_fmt(a, "%.*s/%.*s", STR_ARG(owner),
				    STR_ARG(name)),
		    page_rev(word, path), a, ret);
}

/* Groups nest on GitLab: the project ends at "/-/" or ".git". */
static bool gitlab(struct str host, struct str path, struct arena *a,
		   struct forge_place *ret)
{
	size_t end = str_find(path, STR("/-/"));
	struct str rest = STR(""), word, rev;

	if (end == SIZE_MAX && str_find_ch(path, '/') == SIZE_MAX)
		return false;
	if (end == SIZE_MAX && forge_is_archive(path))
		return false;
	if (end != SIZE_MAX) {
		rest = str_from(path, end + 3);
		path = str_head(path, end);
	}
	next_segment(&rest, &word);
	rest = rest.p ? rest : STR("");
	rev = str_is(word, "archive") ? first_segment(rest)
				      : page_rev(word, rest);
	return make(host, path, rev, a, ret);
}

/* Gerrit and the gitiles it serves: project/+/REV, project/+archive/REV. */
static bool gerrit(struct str host, struct str path, struct arena *a,
		   struct forge_place *ret)
{
	static const char *const places[] = {"plugins/gitiles/",
					     "admin/repos/", "gitiles/"};
	struct str prefix = STR(""), rev = STR(""), how;
	size_t plus;

	if (str_has_prefix(path, STR("r/"))) {
		prefix = STR("r/");
		path = str_from(path, 2);
	}
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (str_has_prefix(path, str_c(places[i])))
			path = str_from(path, str_c(places[i]).n);
	plus = str_find(path, STR("/+"));
	if (plus != SIZE_MAX) {
		str_cut(str_from(path, plus + 2), '/', &how, &rev);
		rev = first_segment(archive_rev(rev));
		path = str_head(path, plus);
	}
	return make(host, arena_fmt(a, "%.*s%.*s", STR_ARG(prefix),
				    STR_ARG(path)), rev, a, ret);
}

static bool is_owner_forge(struct str host)
{
	static const char *const hosts[] = {
		"github.com", "bitbucket.org", "codeberg.org", "opendev.org",
		"gitee.com", "gitea.com", NULL};

	return is_one_of(host, hosts) || str_has_prefix(host, STR("gitea.")) ||
	       str_has_prefix(host, STR("github."));
}

/* Hosts that serve nothing but repositories. */
static bool is_git_host(struct str host)
{
	return str_has_prefix(host, STR("git.")) ||
	       str_has_prefix(host, STR("cgit."));
}

/* The hosts on which github serves archives, files and its interface. */
static bool github_extra(struct str host, struct str path, struct arena *a,
			 struct forge_place *ret)
{
	bool is_raw = str_is(host, "raw.githubusercontent.com");

	if (str_is(host, "api.github.com")) {
		if (!str_has_prefix(path, STR("repos/")))
			return false;
		path = str_from(path, STR("repos/").n);
	}
	if (!owner_and_name(STR("github.com"), path, !is_raw, a, ret))
		return false;
	if (is_raw)
		ret->rev = first_segment(ret->rev);
	return true;
}

bool forge_find(struct str url, struct arena *a, struct forge_place *ret)
{
	static const char *const extras[] = {
		"api.github.com", "codeload.github.com",
		"raw.githubusercontent.com", NULL};
	struct str host, path;

	*ret = (struct forge_place){0};
	if (!split(str_trim(url), a, &host, &path))
		return false;
	if (is_one_of(host, extras))
		return github_extra(host, path, a, ret);
	if (is_owner_forge(host))
		return owner_and_name(host, path, true, a, ret);
	if (str_has_prefix(host, STR("gitlab.")))
		return gitlab(host, path, a, ret);
	if (str_has_prefix(host, STR("gerrit.")) ||
	    str_has_suffix(host, STR(".googlesource.com")))
		return gerrit(host, path, a, ret);
	if (is_git_host(host) && !forge_is_archive(path))
		return make(host, path, STR(""), a, ret);
	if (str_find(path, STR("/-/")) != SIZE_MAX)
		return gitlab(host, path, a, ret);
	return false;
}

/* gopkg.in/name.v1 is github.com/go-name/name, gopkg.in/user/name.v1 is
 * github.com/user/name. */
static struct str gopkg(struct str path, struct arena *a)
{
	struct str first, second = STR("");
	struct str *versioned = &first;
	struct forge_place place;
	size_t dot;

	next_segment(&path, &first);
	if (str_find(first, STR(".v")) == SIZE_MAX) {
		next_segment(&path, &second);
		versioned = &second;
	}
	dot = str_rfind_ch(*versioned, '.');
	if (dot == SIZE_MAX || !str_has_prefix(str_from(*versioned, dot),
					       STR(".v")))
		return STR("");
	*versioned = str_head(*versioned, dot);
	path = second.n ? arena_fmt(a, "%.*s/%.*s", STR_ARG(first),
				    STR_ARG(second))
			: arena_fmt(a, "go-%.*s/%.*s", STR_ARG(first),
				    STR_ARG(first));
	return make(STR("github.com"), path, STR(""), a, &place)
		? place.repository : STR("");
}

/* Without the last segment where it is the major version of a module. */
static struct str without_major(struct str path)
{
	size_t slash = str_rfind_ch(path, '/');
	struct str last = slash == SIZE_MAX ? STR("")
					    : str_from(path, slash + 1);
	uint64_t n;

	return str_has_prefix(last, STR("v")) &&
	       str_to_u64(str_from(last, 1), &n) ? str_head(path, slash)
						 : path;
}

struct str forge_go_module(struct str path, struct arena *a)
{
	size_t git = str_find(path, STR(".git/"));
	struct str host, rest, owner, name;
	struct forge_place place;

	if (git != SIZE_MAX) /* the go command's own mark of the end */
		path = str_head(path, git);
	path = without_major(path);
	if (!str_cut(path, '/', &host, &rest))
		return STR("");
	if (str_is(host, "gopkg.in"))
		return gopkg(rest, a);
	/* Where groups nest, a folder could pass for a project. */
	if (str_has_prefix(host, STR("gitlab.")) && git == SIZE_MAX &&
	    (!str_cut(rest, '/', &owner, &name) ||
	     str_find_ch(name, '/') != SIZE_MAX))
		return STR("");
	return forge_find(path, a, &place) ? place.repository : STR("");
}
