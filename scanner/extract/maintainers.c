/*
 * MAINTAINERS in the form of Linux and DPDK: entries of lines "X: value" with
 * blank lines between, M: and R: for who maintains and reviews, F: and X: for
 * the files that this is about.  Names are not looked at.
 */
#include "extract/lines.h"
#include "extract/seat.h"

struct reader {
	struct extraction *x;
	struct seat_persons persons;
	size_t first;   /* seat of the entry */
	size_t area;    /* of the entry; SIZE_MAX: none yet */
	bool has_other; /* files are named in a way that is not followed */
};

/* What stands in <>, or the word that is an address. */
static struct str address_in(struct str value)
{
	size_t open = str_rfind_ch(value, '<');
	size_t shut = str_rfind_ch(value, '>');
	struct str word;

	if (open != SIZE_MAX && shut != SIZE_MAX && open < shut)
		return str_trim(str_sub(value, open + 1, shut));
	while (str_word(&value, &word))
		if (str_find_ch(word, '@') != SIZE_MAX)
			return word;
	return STR("");
}

static void add_path(struct reader *r, struct str glob, bool is_excluded)
{
	struct extraction *x = r->x;
	struct area_path p = {.is_excluded = is_excluded};

	while (str_has_prefix(glob, STR("./")))
		glob = str_from(glob, 2);
	while (str_has_prefix(glob, STR("/")))
		glob = str_from(glob, 1);
	if (!glob.n)
		return;
	if (r->area == SIZE_MAX)
		r->area = component_add_area(x->parts, false);
	p.is_file = !str_has_suffix(glob, STR("/"));
	if (!p.is_file)
		glob = str_head(glob, glob.n - 1);
	p.is_folder = !p.is_file || (str_find_ch(glob, '*') == SIZE_MAX &&
				     str_find_ch(glob, '?') == SIZE_MAX);
	p.glob = arena_dup(x->arena, glob);
	component_add_area_path(x->parts, p);
}

/* An entry is over: its seats are for its files. */
static void end_entry(struct reader *r)
{
	struct parts *p = r->x->parts;

	if (r->has_other && r->area == SIZE_MAX && p->seats.n > r->first)
		r->area = component_add_area(p, false);
	for (size_t i = r->first; i < p->seats.n; i++)
		p->seats.v[i].area = r->area;
	r->first = p->seats.n;
	r->area = SIZE_MAX;
	r->has_other = false;
}

static void read_line(struct reader *r, char letter, struct str value,
		      unsigned line)
{
	switch (letter) {
	case 'M':
	case 'R':
		seat_add(r->x, &r->persons,
			 letter == 'M' ? SEAT_MAINTAINER : SEAT_REVIEWER,
			 address_in(value), line);
		break;
	case 'F':
	case 'X':
		add_path(r, value, letter == 'X');
		break;
	case 'K':
	case 'N':
		r->has_other = true;
		break;
	default:
		break;
	}
}

/* Only at the top: deeper down it speaks of somebody else's project. */
static bool wants(const struct file *f)
{
	return str_is(f->path, "MAINTAINERS");
}

static enum err extract(struct extraction *x)
{
	struct reader r = {.x = x, .area = SIZE_MAX,
			   .first = x->parts->seats.n};
	unsigned long lost = lines_lost(x);
	struct lines l = lines_of(x);
	struct str line;

	while (x->root < x->parts->components.n && lines_next(&l, &line)) {
		if (!str_trim(line).n)
			end_entry(&r);
		else if (line.n > 2 && line.p[1] == ':' &&
			 line.p[0] >= 'A' && line.p[0] <= 'Z')
			read_line(&r, line.p[0], str_trim(str_from(line, 2)),
				  l.number);
	}
	end_entry(&r);
	seat_release(&r.persons);
	return lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_maintainers = {
	.name = "seats/maintainers",
	.summary = "maintainers and reviewers by MAINTAINERS, with their files",
	.version = 1,
	.sees = SEES_SEATS,
	.wants = wants,
	.extract = extract,
};
