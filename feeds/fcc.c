/*
 * The FCC Covered List, from its page: the organisations that its entries
 * name.  There is no other form; the page must still look like itself, or
 * nothing is taken.  Entries about where something was produced are about no
 * organisation and are left out.  What an entry says of subsidiaries and
 * affiliates is its wording, which is kept, and no row of its own.
 */
#include "feeds/feed.h"

#include "base/limits.h"

#define PAGE_KEY STR("coveredlist")
#define LIST_ID "us-fcc-covered"
#define LEAST_ENTRIES 5
#define WORDING_BYTES 600

struct page {
	struct feed_run *run;
	struct str source;
	size_t entries, taken;
};

static void ask(struct feed_run *r)
{
	struct feed_request q = {.key = PAGE_KEY, .accept = STR("text/html"),
				 .url = STR("/supplychain/coveredlist"),
				 .max_bytes = 8 * LIMIT_MB};

	feed_ask(r, &q);
}

/* --- HTML, as far as a table needs it ------------------------------------- */

static void add_entity(struct strbuf *b, struct str name)
{
	static const struct { const char *name, *text; } known[] = {
		{"amp", "&"}, {"nbsp", " "}, {"quot", "\""}, {"lt", "<"},
		{"gt", ">"}, {"rsquo", "'"}, {"lsquo", "'"}, {"#39", "'"},
		{"#160", " "}, {"ldquo", "\""}, {"rdquo", "\""},
		{"ndash", "-"}, {"sect", "section "}};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (str_is(name, known[i].name))
			strbuf_cstr(b, known[i].text);
}

/* Does a tag stand inside a word or a sentence? */
static bool is_inline(struct str tag)
{
	static const char *const names[] = {"a", "b", "em", "i", "span",
					    "strong", "sup", "u"};
	size_t n = 0;

	tag = str_from(tag, tag.n > 1 && tag.p[1] == '/' ? 2 : 1);
	while (n < tag.n && ascii_is_alnum(tag.p[n]))
		n++;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_eq_nocase(str_head(tag, n), str_c(names[i])))
			return true;
	return false;
}

/* The text of a piece of HTML: tags and entities gone, blanks made one. */
static struct str plain(struct page *p, struct str html)
{
	struct strbuf b = {0}, text;
	struct str s, end;

	for (size_t i = 0; i < html.n; i++) {
		s = str_from(html, i);
		if (s.p[0] == '<') {
			size_t n = str_find_ch(s, '>');

			i += n == SIZE_MAX ? s.n : n;
			if (!is_inline(s))
				strbuf_ch(&b, ' ');
		} else if (s.p[0] == '&' && str_find_ch(s, ';') < 10) {
			str_cut(str_from(s, 1), ';', &end, &s);
			add_entity(&b, end);
			i += end.n + 1;
		} else if (!ascii_is_blank(s.p[0])) {
			strbuf_ch(&b, s.p[0]);
		} else {
			strbuf_ch(&b, ' ');
		}
	}
	s = strbuf_str(&b);
	strbuf_init(&text, 0);
	while (str_word(&s, &end)) {
		if (text.n)
			strbuf_ch(&text, ' ');
		strbuf_add(&text, end);
	}
	end = arena_dup(&p->run->arena, strbuf_str(&text));
	strbuf_release(&text);
	strbuf_release(&b);
	return end;
}

/* Takes the inside of the next <tag ...>...</tag> off *rest. */
static bool next_element(struct str *rest, const char *tag, struct str *ret)
{
	struct strbuf name = {0};
	size_t at, end = SIZE_MAX;

	strbuf_fmt(&name, "<%s", tag);
	at = str_find_nocase(*rest, strbuf_str(&name));
	*rest = at == SIZE_MAX ? STR("") : str_from(*rest, at);
	at = str_find_ch(*rest, '>');
	if (at != SIZE_MAX) {
		*rest = str_from(*rest, at + 1);
		strbuf_clear(&name);
		strbuf_fmt(&name, "</%s", tag);
		end = str_find_nocase(*rest, strbuf_str(&name));
		*ret = str_head(*rest, end);
		*rest = str_from(*rest, end);
	}
	strbuf_release(&name);
	return end != SIZE_MAX;
}

/* --- entries -------------------------------------------------------------- */

/* "Huawei Technologies Company" of "... produced by Huawei Technologies
 * Company, including ..."; takes it off *rest. */
static bool next_name(struct str *rest, struct str *ret)
{
	static const char *const before[] = {
		"produced by ", "provided by ", "indirectly, by ",
		"wholly-owned subsidiary "};
	static const char *const after[] = {
		", including", " including", ", to the extent", " to the ",
		" subject to", " or any of", " and its ", ", and ", " and/or ",
		" pursuant", ";"};
	size_t from = SIZE_MAX, length = 0, to = SIZE_MAX, at;

	for (size_t i = 0; i < sizeof before / sizeof *before; i++) {
		at = str_find_nocase(*rest, str_c(before[i]));
		if (at < from) {
			from = at;
			length = str_c(before[i]).n;
		}
	}
	if (from == SIZE_MAX)
		return false;
	*rest = str_from(*rest, from + length);
	for (size_t i = 0; i < sizeof after / sizeof *after; i++) {
		at = str_find_nocase(*rest, str_c(after[i]));
		to = at < to ? at : to;
	}
	*ret = str_trim(str_head(*rest, to));
	*rest = str_from(*rest, ret->n);
	return true;
}

/* "March 12, 2021", the first date of a text, as a fact writes it. */
static struct str first_date(struct page *p, struct str s)
{
	static const char *const months[] = {
		"January", "February", "March", "April", "May", "June",
		"July", "August", "September", "October", "November",
		"December"};
	struct str word, day, year, rest;
	uint64_t d, y;

	while (str_word(&s, &word))
		for (unsigned m = 0; m < 12; m++) {
			rest = s;
			if (!str_is(word, months[m]) ||
			    !str_word(&rest, &day) || !str_word(&rest, &year))
				continue;
			day = str_head(day, str_find_ch(day, ','));
			if (str_to_u64(day, &d) && d && d <= 31 &&
			    str_to_u64(str_head(year, 4), &y) && y > 2000)
				return arena_fmt(&p->run->arena,
						 "%04u-%02u-%02u",
						 (unsigned)y, m + 1,
						 (unsigned)d);
		}
	return STR("");
}

/* "such entity" is none. */
static bool is_name(struct str s)
{
	return s.n && s.n < 100 && s.p[0] >= 'A' && s.p[0] <= 'Z';
}

static void add_listing(struct page *p, struct str wording, struct str name,
			struct str from)
{
	struct feed_run *r = p->run;
	struct str row[COLUMN_COUNT] = {{0}};

	row[COLUMN_KIND] = STR("lists");
	row[COLUMN_SUBJECT] = STR(LIST_ID);
	row[COLUMN_OBJECT] = feed_organisation(r, name, "company", p->source);
	row[COLUMN_VALUE] = str_head(wording, WORDING_BYTES);
	row[COLUMN_FROM] = from;
	row[COLUMN_SOURCE] = p->source;
	row[COLUMN_SPEAKS_FOR] = row[COLUMN_READ] = feed_day(r, r->now);
	row[COLUMN_CONFIDENCE] = STR("B");
	feed_fact(r, row);
	p->taken++;
}

static void take_entry(struct page *p, struct str html)
{
	struct str cell, wording, from, name, rest;

	if (!next_element(&html, "td", &cell))
		return;
	wording = plain(p, cell);
	if (!next_element(&html, "td", &cell))
		return;
	from = first_date(p, plain(p, cell));
	p->entries++;
	if (!from.n) {
		(void)feed_fail(p->run, PAGE_KEY, "an entry without a date: "
				"%.*s", STR_ARG(str_head(wording, 100)));
		return;
	}
	if (str_find_nocase(wording, STR("foreign countr")) != SIZE_MAX ||
	    str_find_nocase(wording, STR("foreign-produced")) != SIZE_MAX)
		return;
	for (rest = wording; next_name(&rest, &name);)
		if (is_name(name))
			add_listing(p, wording, name, from);
}

/* The table whose head names what it covers and when that began. */
static bool find_table(struct page *p, struct str html, struct str *ret)
{
	struct str head;

	while (next_element(&html, "table", ret)) {
		head = plain(p, str_head(*ret, 4096));
		if (str_find_nocase(head, STR("Covered Equipment or Services"))
		    != SIZE_MAX &&
		    str_find_nocase(head, STR("Date of Inclusion")) !=
		    SIZE_MAX)
			return true;
	}
	return false;
}

static enum err read_page(struct page *p, struct str html)
{
	struct str table, row;

	if (str_find_nocase(html, STR("</html>")) == SIZE_MAX ||
	    !find_table(p, html, &table))
		return feed_fail(p->run, PAGE_KEY, "no table of covered "
				 "equipment with its head: another page");
	while (next_element(&table, "tr", &row))
		take_entry(p, row);
	if (p->run->bad)
		return ERR_FEED;
	if (p->entries < LEAST_ENTRIES || !p->taken)
		return feed_fail(p->run, PAGE_KEY, "%zu entries, %zu of them "
				 "about an organisation: another page",
				 p->entries, p->taken);
	return OK;
}

static enum err publish(struct feed_run *r)
{
	struct page p = {.run = r};
	struct arena bytes = {0};
	struct answer a;
	enum err e = feed_answer(r, PAGE_KEY, &bytes, &a);

	if (!e)
		e = feed_begin(r, feed_time(r, r->now), feed_day(r, r->now),
			       false);
	if (!e) {
		p.source = feed_source(r, PAGE_KEY, &a,
				       "FCC Covered List, the page of this "
				       "digest");
		e = read_page(&p, a.body);
	}
	arena_release(&bytes);
	return e;
}

const struct feed feed_fcc = {
	.name = "fcc",
	.summary = "US FCC Covered List: the organisations it names",
	.licence = "public-domain", .url = "https://www.fcc.gov",
	.hosts = "fcc.gov", .rate = "1/s", .token = "", .settings = "",
	.flags = 0, .parallel = 1, .ask = ask, .publish = publish,
};
