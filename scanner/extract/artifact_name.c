/*
 * Names of files: of packages by deb(5), rpm(8) and PEP 427, of archives by
 * custom.
 */
#include "extract/artifact_name.h"

#include "model/forge.h"

/* --- packages ------------------------------------------------------------- */

/* Cuts s at its last `sep`. */
static bool cut_last(struct str *s, char sep, struct str *ret)
{
	size_t at = str_rfind_ch(*s, sep);

	if (at == SIZE_MAX)
		return false;
	*ret = str_from(*s, at + 1);
	*s = str_head(*s, at);
	return true;
}

static bool of_deb(struct str stem, struct artifact_name *ret)
{
	*ret = (struct artifact_name){.type = "os-package", .purl = "deb"};
	return cut_last(&stem, '_', &ret->arch) &&
	       str_cut(stem, '_', &ret->name, &ret->version) &&
	       ret->name.n && ret->version.n;
}

static bool of_rpm(struct str stem, struct artifact_name *ret)
{
	struct str release, version;

	*ret = (struct artifact_name){.type = "os-package", .purl = "rpm"};
	if (!cut_last(&stem, '.', &ret->arch) ||
	    !cut_last(&stem, '-', &release) ||
	    !cut_last(&stem, '-', &version) || !version.n)
		return false;
	ret->name = stem;
	if (!ascii_is_alpha(version.p[0])) /* "latest" is none */
		ret->version = str_n(version.p, version.n + 1 + release.n);
	return stem.n && release.n;
}

/* NAME-VERSION[-BUILD]-PYTHON-ABI-PLATFORM */
static bool of_wheel(struct str stem, struct artifact_name *ret)
{
	struct str rest;

	*ret = (struct artifact_name){.type = "library", .purl = "pypi"};
	return str_cut(stem, '-', &ret->name, &rest) &&
	       str_cut(rest, '-', &ret->version, &rest) && ret->name.n &&
	       ret->version.n;
}

bool artifact_name_of_package(struct str file, struct artifact_name *ret)
{
	if (str_has_suffix(file, STR(".deb")))
		return of_deb(str_head(file, file.n - 4), ret);
	if (str_has_suffix(file, STR(".rpm")))
		return of_rpm(str_head(file, file.n - 4), ret);
	if (str_has_suffix(file, STR(".whl")))
		return of_wheel(str_head(file, file.n - 4), ret);
	return false;
}

/* --- archives ------------------------------------------------------------- */

static bool begins_with_one(struct str s, const char *const *words)
{
	while (*words && !str_has_prefix_nocase(s, str_c(*words)))
		words++;
	return *words != NULL;
}

/* What stands behind a version and belongs to it. */
static bool is_prerelease(struct str s)
{
	static const char *const words[] = {"rc", "alpha", "beta", "pre",
					    "snapshot", "dev", NULL};

	return begins_with_one(s, words);
}

/* A word that says where the file runs, or that it is source text. */
static bool is_platform(struct str s)
{
	static const char *const words[] = {
		"linux", "darwin", "macos", "osx", "win", "x86", "x64",
		"amd64", "arm", "aarch64", "i386", "i686", "ppc", "s390",
		"riscv", "src", "source", "bin", "ubuntu", "debian", "any",
		"all", "noarch", "manylinux", "musl", "static", NULL};

	return begins_with_one(s, words);
}

/* Where a version that begins the text ends; more digits behind a '-' make
 * it unclear: 0. */
static size_t version_end(struct str s)
{
	size_t n = 0;

	for (; n < s.n; n++) {
		struct str rest = str_from(s, n + 1);

		if (ascii_is_alnum(s.p[n]) || s.p[n] == '+' ||
		    s.p[n] == '~' || s.p[n] == ARTIFACT_NAME_UNKNOWN)
			continue;
		if (s.p[n] == '.' && !is_platform(rest))
			continue;
		if (s.p[n] == '_' && rest.n && ascii_is_digit(rest.p[0]))
			continue;
		if (s.p[n] == '-' && is_prerelease(rest))
			continue;
		break;
	}
	if (n + 1 < s.n && s.p[n] == '-' && !ascii_is_alpha(s.p[n + 1]))
		return 0;
	return n;
}

/* Whether a version begins here: digit, v and digit, or a variable. */
static bool begins_version(struct str s)
{
	if (s.n > 1 && ascii_lower(s.p[0]) == 'v')
		s = str_from(s, 1);
	return s.n && (ascii_is_digit(s.p[0]) ||
		       s.p[0] == ARTIFACT_NAME_UNKNOWN);
}

static struct str without_ending(struct str file)
{
	static const char *const endings[] = {".sh", ".run", ".bin", ".py",
					      ".appimage", ".AppImage"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (str_has_suffix(file, str_c(endings[i])))
			return str_head(file,
					file.n - str_c(endings[i]).n);
	return forge_without_archive(file);
}

struct artifact_name artifact_name_of_archive(struct str file)
{
	struct artifact_name none = {.name = file, .type = "file",
				     .purl = "generic"};
	struct artifact_name n = none;
	struct str stem = without_ending(file);
	size_t at = 0;

	/* go1.18.linux-amd64: no sign between name and version */
	if (str_has_prefix(stem, STR("go")) &&
	    begins_version(str_from(stem, 2))) {
		n.name = str_head(stem, 2);
		n.version = str_from(stem, 2);
	} else {
		while (at < stem.n &&
		       !((stem.p[at] == '-' || stem.p[at] == '_') && at &&
			 begins_version(str_from(stem, at + 1))))
			at++;
		n.name = str_head(stem, at);
		n.version = str_from(stem, at + 1);
	}
	n.version = str_head(n.version, version_end(n.version));
	return n.version.n ? n : none;
}
