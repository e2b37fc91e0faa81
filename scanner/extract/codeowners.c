/*
 * CODEOWNERS of GitHub and GitLab: a pattern of files and who owns them; of
 * all patterns that match a file the last one counts.  Teams and accounts
 * are seats of an unknown organisation, unless an address is given.
 */
#include "base/path.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/seat.h"

/* Where the file may stand, in the order in which a forge looks. */
static const char *const places[] = {
	".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS",
	".gitlab/CODEOWNERS"};
#define PLACES (sizeof places / sizeof *places)

/* The account that GitHub shows for those that are gone: nobody. */
static bool is_owner(struct str word)
{
	return str_find_ch(word, '@') != SIZE_MAX &&
	       !str_eq_nocase(word, STR("@ghost"));
}

/* Patterns go by the rules of gitignore(5). */
static void add_path(struct extraction *x, struct str glob)
{
	struct area_path p = {.is_file = true, .is_folder = true};
	size_t slash;

	if (str_has_suffix(glob, STR("/"))) {
		glob = str_head(glob, glob.n - 1);
		p.is_file = false;
	} else if (str_has_suffix(glob, STR("/**")) && glob.n > 3) {
		glob = str_head(glob, glob.n - 3);
		p.is_file = false;
	} else if (str_has_suffix(glob, STR("/*"))) {
		p.is_folder = false;
	}
	slash = str_find_ch(glob, '/');
	if (slash == 0)
		glob = str_from(glob, 1);
	if (!glob.n)
		return;
	p.glob = slash == SIZE_MAX
		? arena_fmt(x->arena, "**/%.*s", STR_ARG(glob))
		: arena_dup(x->arena, glob);
	component_add_area_path(x->parts, p);
}

static void read_line(struct extraction *x, struct seat_persons *persons,
		      struct str line, unsigned number)
{
	struct str glob, word;
	size_t area;

	if (!str_word(&line, &glob) || glob.p[0] == '#' ||
	    glob.p[0] == '[' || str_has_prefix(glob, STR("^[")))
		return;
	area = component_add_area(x->parts, true);
	add_path(x, glob);
	while (str_word(&line, &word) && word.p[0] != '#')
		if (is_owner(word))
			seat_add(x, persons, SEAT_OWNER, word, number)->area =
				area;
}

static size_t place_of(struct str path)
{
	size_t i = 0;

	while (i < PLACES && !str_is(path, places[i]))
		i++;
	return i;
}

static bool wants(const struct file *f)
{
	return place_of(f->path) < PLACES;
}

static enum err extract(struct extraction *x)
{
	struct seat_persons persons = {0};
	unsigned long lost = lines_lost(x);
	struct lines l = lines_of(x);
	struct str line;

	if (x->root >= x->parts->components.n)
		return OK;
	for (size_t i = 0; i < place_of(x->path); i++)
		if (declare_find(x->tree, str_c(places[i])))
			return OK; /* the forge does not look at this one */
	while (lines_next(&l, &line))
		read_line(x, &persons, line, l.number);
	seat_release(&persons);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_codeowners = {
	.name = "seats/codeowners",
	.summary = "owners of files by CODEOWNERS",
	.version = 1,
	.sees = SEES_SEATS,
	.wants = wants,
	.extract = extract,
};
