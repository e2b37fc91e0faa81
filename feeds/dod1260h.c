/*
 * Chinese military companies (section 1260H of the NDAA for FY2021), from the
 * Federal Register: the notices that are such lists, their texts taken apart
 * into entries.  A list replaces the one before; a short one adds to it.  The
 * texts are made for people: the newest must still look like itself, or
 * nothing is taken and the edition before stays; an older one that does not is
 * told and left out.  Each row is B and names the document: who has read that
 * may write an A.
 */
#include "feeds/feed.h"

#include "base/limits.h"
#include "model/facts_index.h"

#define SEARCH_KEY STR("documents")
#define LIST_ID "us-1260h"
#define LEAST_ENTRIES 20 /* the shortest list had 47, an addition 13 */
#define MOST_LISTS 12
#define WORDING_BYTES 600
#define REASON_BYTES 1000

static const char search[] =
	"/api/v1/documents.json?conditions%5Bterm%5D=%22Chinese%20military"
	"%20companies%22&conditions%5Bagencies%5D%5B%5D=defense-department"
	"&conditions%5Btype%5D%5B%5D=NOTICE&order=newest&per_page=40"
	"&fields%5B%5D=document_number&fields%5B%5D=title"
	"&fields%5B%5D=publication_date&fields%5B%5D=raw_text_url";

struct document {
	struct str number, date, url;
	struct str entries;  /* as text, once it was read */
	bool is_whole;       /* it replaces the lists before */
};

struct documents { VEC(struct document) list; };

struct reading {
	struct feed_run *run;
	const struct document *document;
	struct str source;
	struct str to;       /* when the next list replaced it, or "" */
	size_t entries;
	bool is_counting;    /* entries are only counted */
};

/* --- which document ------------------------------------------------------- */

static struct str text(struct feed_run *r, struct json_raw of,
		       const char *key)
{
	return json_raw_str(json_raw_get(of, key), &r->arena);
}

static bool has(struct str s, struct str words)
{
	return str_find_nocase(s, words) != SIZE_MAX;
}

/* A list, and no notice about single entries. */
static bool is_list(struct str title)
{
	return has(title, STR("Chinese Military Compan")) &&
	       (has(title, STR("Designation")) || has(title, STR("List"))) &&
	       !has(title, STR("Remov")) && !has(title, STR("Correct")) &&
	       !has(title, STR("Delist"));
}

static bool is_document(const struct document *d)
{
	int32_t ignored;

	return d->number.n && d->number.n < 40 && d->url.n &&
	       !date_parse(d->date, &ignored);
}

static int by_date(const void *va, const void *vb)
{
	const struct document *a = va, *b = vb;
	int c = str_cmp(a->date, b->date);

	return c ? c : str_cmp(a->number, b->number);
}

/* One of each day, and not more of the oldest than is sensible. */
static void put_in_order(struct documents *d)
{
	size_t n = 0, skip;

	vec_sort(&d->list, by_date);
	for (size_t i = 0; i < d->list.n; i++) {
		n += !n || !str_eq(d->list.v[n - 1].date, d->list.v[i].date);
		d->list.v[n - 1] = d->list.v[i];
	}
	skip = n > MOST_LISTS ? n - MOST_LISTS : 0;
	for (size_t i = skip; i < n; i++)
		d->list.v[i - skip] = d->list.v[i];
	d->list.n = n - skip;
}

/* The lists of an answer, oldest first; false: another shape, or none, is
 * told. */
static bool find_lists(struct feed_run *r, struct str body,
		       struct documents *ret)
{
	struct json_raw root, results, one;
	struct json_walk w;

	if (feed_json(r, SEARCH_KEY, body, &root))
		return false;
	results = json_raw_get(root, "results");
	json_walk_begin(&w, results);
	while (results.type == JSON_ARRAY && json_walk_next(&w, NULL, &one)) {
		struct document d = {text(r, one, "document_number"),
				     text(r, one, "publication_date"),
				     text(r, one, "raw_text_url"),
				     STR(""), false};

		if (is_document(&d) && is_list(text(r, one, "title")))
			vec_push(&ret->list, d);
	}
	if (!ret->list.n)
		(void)feed_fail(r, SEARCH_KEY, "no notice that is a list: "
				"another shape");
	put_in_order(ret);
	return ret->list.n != 0;
}

static struct str key_of(struct feed_run *r, const struct document *d)
{
	return arena_fmt(&r->arena, "document %.*s", STR_ARG(d->number));
}

static void take_documents(struct feed_run *r, struct str key,
			   const struct answer *a)
{
	struct documents found = {0};

	(void)key;
	if (!find_lists(r, a->body, &found))
		r->failed++;
	for (size_t i = 0; i < found.list.n; i++) {
		const struct document *d = &found.list.v[i];
		struct feed_request q = {
			.key = key_of(r, d), .url = d->url,
			.max_bytes = 2 * LIMIT_MB,
			.may_be_unknown = i + 1 < found.list.n};

		feed_ask(r, &q);
	}
	vec_release(&found.list);
}

static void ask(struct feed_run *r)
{
	struct feed_request q = {.key = SEARCH_KEY, .url = str_c(search),
				 .then = take_documents};

	feed_ask(r, &q);
}

/* --- the text ------------------------------------------------------------- */

struct mark { const char *written, *meant; };
static const struct mark marks[] = {
	{"&lt;bullet&gt;", "\n"}, {"<bullet>", "\n"}, {"&bull;", "\n"},
	{"&#8226;", "\n"}, {"\xe2\x80\xa2", "\n"}, {"&amp;", "&"},
	{"&quot;", "\""}, {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}};

/* Length of a mark at the beginning of a text, 0: there is none. */
static size_t take_mark(struct str s, struct strbuf *to)
{
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
		if (str_has_prefix(s, str_c(marks[i].written))) {
			strbuf_cstr(to, marks[i].meant);
			return str_c(marks[i].written).n;
		}
	return 0;
}

/* A page mark of the register, "[[Page 1105]]", or a tag; 0: none. */
static size_t skip_mark(struct str s)
{
	size_t end = SIZE_MAX;

	if (str_has_prefix(s, STR("[[Page ")))
		end = str_find(s, STR("]]")) + 1;
	else if (s.p[0] == '<')
		end = str_find_ch(str_head(s, 300), '>');
	return end < 300 ? end + 1 : 0;
}

/* The text without markup; blanks are one, a bullet is a line's end. */
static struct str plain(struct feed_run *r, struct str s)
{
	struct strbuf b = {0};
	struct str done;
	size_t n;

	while (s.n) {
		n = take_mark(s, &b);
		if (!n)
			n = skip_mark(s);
		if (!n) {
			n = 1;
			if (!ascii_is_blank(s.p[0]))
				strbuf_ch(&b, s.p[0]);
			else if (b.n && b.p[b.n - 1] != ' ')
				strbuf_ch(&b, ' ');
		}
		s = str_from(s, n);
	}
	done = arena_dup(&r->arena, strbuf_str(&b));
	strbuf_release(&b);
	return done;
}

/* What stands between the sentence before the entries and what follows. */
static bool find_entries(struct str s, struct str *ret)
{
	static const char *const ends[] = {
		"previously listed entities should be removed",
		"The list of entities designated", "[FR Doc.", "Dated:"};
	size_t at = str_find_nocase(s, STR("in accordance with section "
					   "1260H")), end;

	if (at == SIZE_MAX)
		return false;
	s = str_from(s, at);
	at = str_find_ch(str_head(s, 400), ':');
	if (at == SIZE_MAX)
		return false;
	s = str_from(s, at + 1);
	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		end = str_find(s, str_c(ends[i]));
		s = str_head(s, end);
	}
	*ret = s;
	return true;
}

/* The last text in brackets at the end, off *name; false: there is none. */
static bool take_brackets(struct str *name, struct str *ret)
{
	size_t depth = 0, i;
	struct str s = str_trim(*name);

	if (!str_has_suffix(s, STR(")")))
		return false;
	for (i = s.n; i-- > 0;) {
		depth += s.p[i] == ')';
		depth -= s.p[i] == '(';
		if (!depth)
			break;
	}
	if (depth || i < 3)
		return false;
	*ret = str_sub(s, i + 1, s.n - 1);
	*name = str_trim(str_head(s, i));
	return true;
}

/* --- rows ----------------------------------------------------------------- */

static void add_entry(struct reading *w, struct str name, struct str wording,
		      struct str reason)
{
	struct feed_run *r = w->run;
	struct feed_row row = {
		.kind = "lists", .subject = STR(LIST_ID),
		.value = str_head(wording, WORDING_BYTES), .to = w->to,
		.source = w->source, .confidence = "B", .time = r->now};

	if (w->is_counting)
		return;
	row.from = w->document->date;
	reason = str_head(str_trim(reason), REASON_BYTES);
	row.note = arena_fmt(&r->arena, "document %.*s%s%.*s",
			     STR_ARG(w->document->number),
			     reason.n ? "; " : "", STR_ARG(reason));
	row.object = feed_organisation(r, name, "company", w->source);
	if (row.object.n && name.n > 3 && name.n < 200)
		feed_add(r, &row);
}

/* "and 2 subsidiaries: A; B": entries of their own. */
static void add_subsidiaries(struct reading *w, struct str s, struct str of)
{
	struct str name, part, ignored;
	size_t at = str_find_ch(s, ':');

	if (at == SIZE_MAX || !has(str_head(s, at), STR("subsidiar")) ||
	    str_find_ch(s, ';') == SIZE_MAX)
		return;
	s = str_from(s, at + 1);
	while (str_split(&s, ';', &part)) {
		part = str_trim(part);
		if (str_has_prefix(part, STR("and ")))
			part = str_from(part, 4);
		name = part;
		while (take_brackets(&name, &ignored))
			;
		add_entry(w, name, arena_fmt(&w->run->arena,
					     "%.*s, among the subsidiaries of "
					     "%.*s", STR_ARG(part),
					     STR_ARG(of)), STR(""));
	}
}

/* A heading, and the words that give the reason. */
static void take_entry(struct reading *w, struct str heading,
		       struct str reason)
{
	struct str name = str_trim(heading), inside;

	if (!name.n)
		return;
	w->entries++;
	while (take_brackets(&name, &inside)) {
		if (has(inside, STR("limited")) && inside.n < 10) {
			name = str_trim(heading);
			break;
		}
		add_subsidiaries(w, inside, name);
	}
	add_entry(w, name, str_trim(heading), reason);
}

/* "Heading <bullet> reason (Section ...). <bullet> reason (Section ...).
 * Heading ...": the last "). " ends the reasons of an entry. */
static void take_entries(struct reading *w, struct str s)
{
	struct str heading, part, reason = STR(""), next;
	size_t end;

	if (!str_split(&s, '\n', &heading))
		return;
	while (str_split(&s, '\n', &part)) {
		end = SIZE_MAX;
		for (size_t i = 0; i + 1 < part.n; i++)
			if (part.p[i] == ')' && part.p[i + 1] == '.')
				end = i + 2;
		next = str_trim(str_from(part, end));
		if (!reason.n)
			reason = str_head(part, end);
		if (!next.n)
			continue;
		take_entry(w, heading, reason);
		heading = next;
		reason = STR("");
	}
	if (reason.n)
		take_entry(w, heading, reason);
}

static void add_list(struct reading *w)
{
	if (facts_index_subject(w->run->facts, FACT_LIST, STR(LIST_ID)).n)
		return;
	feed_add(w->run, &(struct feed_row){
		.kind = "list", .subject = STR(LIST_ID),
		.object = STR("US Department of Defense"),
		.value = STR("Chinese military companies, section 1260H of "
			     "the NDAA for FY2021"),
		.source = w->source, .confidence = "B",
		.time = w->run->now});
}

static size_t count_entries(struct feed_run *r, struct str entries)
{
	struct reading w = {.run = r, .is_counting = true};

	take_entries(&w, entries);
	return w.entries;
}

/* The text of a document, NULL when it is a list, else what is wrong. */
static const char *read_document(struct feed_run *r, struct document *d,
				 struct answer *ret)
{
	size_t n;

	if (feed_answer(r, key_of(r, d), &r->arena, ret) ||
	    ret->status != 200)
		return "its text is not to be had";
	if (!find_entries(plain(r, ret->body), &d->entries))
		return "no list in accordance with section 1260H: another "
		       "shape";
	n = count_entries(r, d->entries);
	d->is_whole = n >= LEAST_ENTRIES;
	return n ? NULL : "no entries: another shape";
}

/* When a list was replaced by the next whole one. */
static struct str end_of(const struct documents *all, size_t i)
{
	for (i++; i < all->list.n; i++)
		if (all->list.v[i].is_whole)
			return all->list.v[i].date;
	return STR("");
}

static void add_lists(struct feed_run *r, const struct documents *all,
		      const struct answer *answers)
{
	for (size_t i = 0; i < all->list.n; i++) {
		struct reading w = {.run = r, .document = &all->list.v[i],
				    .to = end_of(all, i)};

		if (!w.document->entries.n)
			continue;
		w.source = feed_source(r, key_of(r, w.document), &answers[i],
				       "Federal Register, section 1260H list, "
				       "the text of this digest");
		add_list(&w);
		take_entries(&w, w.document->entries);
	}
}

/* The newest must be sound; of those before what is. */
static enum err read_lists(struct feed_run *r, struct documents *all)
{
	struct answer *answers = arena_alloc(
		&r->arena, all->list.n * sizeof *answers);
	struct document *last = &all->list.v[all->list.n - 1];
	enum err e;

	for (size_t i = 0; i < all->list.n; i++) {
		struct document *d = &all->list.v[i];
		const char *why = read_document(r, d, &answers[i]);

		if (why && d == last)
			return feed_fail(r, key_of(r, d), "%s", why);
		if (why) {
			diag_add(r->diags, RW2005, diag_at(STR("feed 1260h")),
				 "document %.*s of %.*s: %s",
				 STR_ARG(d->number), STR_ARG(d->date), why);
			d->entries = STR("");
		}
	}
	if (!last->is_whole)
		return feed_fail(r, key_of(r, last), "fewer than %d entries: "
				 "another shape", LEAST_ENTRIES);
	e = feed_begin(r, last->number, last->date, false);
	if (!e)
		add_lists(r, all, answers);
	return e;
}

static enum err publish(struct feed_run *r)
{
	struct documents all = {0};
	struct arena bytes = {0};
	struct answer a;
	enum err e = feed_answer(r, SEARCH_KEY, &bytes, &a);

	if (!e && !find_lists(r, a.body, &all))
		e = ERR_FEED;
	if (!e)
		e = read_lists(r, &all);
	vec_release(&all.list);
	arena_release(&bytes);
	return e;
}

const struct feed feed_dod1260h = {
	.name = "1260h",
	.summary = "US section 1260H lists, from the Federal Register",
	.licence = "public-domain", .url = "https://www.federalregister.gov",
	.hosts = "", .rate = "1/s", .token = "", .settings = "", .flags = 0,
	.parallel = 1, .ask = ask, .publish = publish,
};
