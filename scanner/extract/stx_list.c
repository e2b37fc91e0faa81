/*
 * Package lists of StarlingX: the Debian packages of an O-Cloud image, one a
 * line, NAME VERSION [URL].
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/notice.h"
#include "extract/os_package.h"
#include "extract/scope.h"

/* The release that a folder of the list names. */
static struct str distro_of(struct str path)
{
	static const struct { const char *folder, *distro; } releases[] = {
		{"bullseye", "debian-11"}, {"bookworm", "debian-12"},
		{"trixie", "debian-13"}};

	for (size_t i = 0; i < sizeof releases / sizeof *releases; i++)
		if (path_has_dir(path, str_c(releases[i].folder)))
			return str_c(releases[i].distro);
	return STR("");
}

static bool is_debian_version(struct str s)
{
	size_t colon = str_find_ch(s, ':');

	return notice_is_version(str_from(s, colon == SIZE_MAX ? 0
							       : colon + 1));
}

static void read_line(struct extraction *x, struct str line, unsigned number,
		      struct str distro)
{
	struct os_package p = {.component_type = "os-package", .type = "deb",
			    .namespace = STR("debian"), .distro = distro,
			    .scope = scope_of_path(x->path, SCOPE_RUNTIME)};
	struct str rest = str_head(line, str_find_ch(line, '#'));

	if (!str_word(&rest, &p.name))
		return;
	if (!str_word(&rest, &p.version))
		return; /* a list of names says nothing of an image */
	if (is_debian_version(p.version))
		os_package_add(x, &extract_stx_list, &p, number);
	else
		lines_bad(x, number, "not a version", p.version);
}

static bool wants(const struct file *f)
{
	return str_has_suffix(f->path, STR(".lst")) &&
	       path_has_dir(f->path, STR("debian"));
}

/* The first line that says something has a version. */
static bool sniffs(struct str head)
{
	struct str line, word;

	while (str_line(&head, &line)) {
		line = str_head(line, str_find_ch(line, '#'));
		if (str_word(&line, &word))
			return str_word(&line, &word) &&
			       is_debian_version(word);
	}
	return false;
}

static enum err extract(struct extraction *x)
{
	struct lines lines = lines_of(x);
	struct str distro = distro_of(x->path), line;
	unsigned long lost = lines_lost(x);

	while (lines_next(&lines, &line))
		read_line(x, line, lines.number, distro);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_stx_list = {
	.name = "stx/list",
	.summary = "packages of a StarlingX image",
	.version = 1,
	.sees = SEES_VERSION,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
