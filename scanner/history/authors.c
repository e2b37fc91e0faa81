/*
 * Most messages have neither: they are looked through once, line by line,
 * before the trailers are.
 */
#include "history/authors.h"

#include "base/strbuf.h"
#include "history/signers.h"
#include "history/trailers.h"

#define SIGNED STR("Signed-off-by")
#define SQUASHED STR("Squashed commit of the following:")

static int compare_hashes(const void *va, const void *vb)
{
	const uint64_t *a = va, *b = vb;

	return (*a > *b) - (*a < *b);
}

/* What the lines of a message hold. */
struct marks {
	bool may_matter;    /* one of them may be one of the trailers */
	bool is_signed_off; /* by the author's very address */
};

static void look_at_signature(struct str line, const struct commit_text *text,
			      struct marks *m)
{
	struct str key, value;

	if (!str_has_prefix_nocase(line, SIGNED) ||
	    !str_cut(line, ':', &key, &value) ||
	    !str_eq_nocase(str_trim(key), SIGNED))
		return;
	if (text->address.n &&
	    str_eq_nocase(trailers_address(value), text->address))
		m->is_signed_off = true;
	else if (!m->may_matter)
		m->may_matter = signers_is_own(value, text);
}

static struct marks look(const struct commit_text *text)
{
	struct str rest = text->message, line;
	struct marks m = {false, false};

	while (str_split(&rest, '\n', &line)) {
		if (!line.n)
			continue;
		if ((line.p[0] | 0x20) == 'c' &&
		    str_has_prefix_nocase(line, STR("co-")))
			m.may_matter = true;
		else if ((line.p[0] | 0x20) == 's')
			look_at_signature(line, text, &m);
	}
	return m;
}

static bool is_coauthor(struct str key)
{
	return str_eq_nocase(key, STR("Co-authored-by")) ||
	       str_eq_nocase(key, STR("Co-developed-by"));
}

static void add(struct str value, const struct commit_text *text,
		struct addresses *as, struct record_lists *lists)
{
	struct str address = trailers_address(value);
	const struct address *known;
	struct arena scratch = {0};
	uint64_t hash;

	if (!address.n)
		address = str_trim(value);
	if (!address.n || str_eq_nocase(address, text->address))
		return;
	hash = address_note(as, arena_lower(&scratch, address));
	known = &as->list.v[address_find(as, hash)];
	if (!known->is_bot && !known->is_tool)
		vec_push(&lists->coauthors, hash);
	arena_release(&scratch);
}

bool authors_of(const struct commit_text *text, struct addresses *addresses,
		struct record_lists *lists)
{
	size_t first = lists->coauthors.n, n = first;
	struct marks marks = look(text);
	struct str key, value;
	struct trailers t;

	if (!marks.may_matter)
		return marks.is_signed_off;
	t = trailers_of(text->message);
	while (trailers_next(&t, &key, &value)) {
		if (is_coauthor(key))
			add(value, text, addresses, lists);
		else if (str_eq_nocase(key, SIGNED) &&
			 signers_is_own(value, text))
			signers_add(value, addresses, lists);
	}
	if (lists->coauthors.n - first > 1)
		qsort(lists->coauthors.v + first, lists->coauthors.n - first,
		      sizeof *lists->coauthors.v, compare_hashes);
	for (size_t i = first; i < lists->coauthors.n; i++)
		if (i == first ||
		    lists->coauthors.v[i] != lists->coauthors.v[i - 1])
			lists->coauthors.v[n++] = lists->coauthors.v[i];
	lists->coauthors.n = n;
	return marks.is_signed_off;
}

/* "Title (#123)": GitHub's way to name what was merged. */
static bool names_request(struct str title)
{
	size_t open = str_rfind_ch(title, '(');
	struct str in = str_from(title, open == SIZE_MAX ? title.n : open);

	if (in.n < 4 || !str_has_prefix(in, STR("(#")) ||
	    in.p[in.n - 1] != ')')
		return false;
	for (size_t i = 2; i + 1 < in.n; i++)
		if (!ascii_is_digit(in.p[i]))
			return false;
	return true;
}

bool authors_is_squashed(struct str message)
{
	struct str rest = message, line, title = {0};
	size_t items = 0;

	if (str_line(&rest, &line))
		title = line;
	if (str_eq(title, SQUASHED))
		return true;
	while (str_line(&rest, &line)) {
		if (str_eq(line, SQUASHED))
			return true;
		items += str_has_prefix(line, STR("* "));
	}
	return items > 1 && names_request(title);
}
