/* Any bytes as what feeds read or are told: CSV in pieces, addresses, waits,
 * configurations, and, after a line "feed NAME", an answer of that feed.
 * However the pieces are cut, the rows are the same. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/fs.h"
#include "feeds/config.h"
#include "feeds/git_wire.h"
#include "feeds/punycode.h"
#include "feeds/rows.h"
#include "store/facts_store.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void take(void *context, const struct str *f)
{
	struct strbuf *to = context;

	for (size_t i = 0; i < 3; i++) {
		strbuf_add(to, f[i]);
		strbuf_ch(to, '\1');
	}
}

static enum err read_rows(struct str text, size_t piece, struct strbuf *to)
{
	static const char *const columns[] = {"a", "?b", "?c"};
	struct rows w;

	rows_init(&w, columns, 3, take, to);
	while (text.n && rows_feed(&w, str_head(text, piece)))
		text = str_from(text, piece);
	return rows_end(&w);
}

static void try_rows(struct str text)
{
	struct strbuf whole = {0}, parts = {0};
	enum err a = read_rows(text, text.n, &whole);
	enum err b = read_rows(text, 1, &parts);

	assert(a == b);
	assert(str_eq(strbuf_str(&whole), strbuf_str(&parts)));
	strbuf_release(&whole);
	strbuf_release(&parts);
}

/* What a server of repositories sends: what is read of it is written as it is
 * read again. */
static void try_git(struct str text)
{
	struct arena a = {0};
	struct git_refs refs, again;
	struct strbuf b = {0}, c = {0};
	struct str why;
	size_t at;

	if (!git_wire_refs(text, &a, &refs, &why)) {
		assert(refs.head.n);
		git_wire_write(&refs, &b);
		git_wire_read(strbuf_str(&b), &a, &again);
		git_wire_write(&again, &c);
		assert(str_eq(strbuf_str(&b), strbuf_str(&c)));
		assert(!git_wire_ask(&refs, &again, &c));
		vec_release(&again.list);
	}
	vec_release(&refs.list);
	if (!git_wire_pack(text, &at, &why))
		assert(str_has_prefix(str_from(text, at), STR("PACK")));
	strbuf_release(&b);
	strbuf_release(&c);
	arena_release(&a);
}

static void try_address(struct str text)
{
	struct arena a = {0};
	struct origin o, again;
	struct pace_rate rate;
	int64_t wait;

	if (!origin_parse(text, &a, &o)) {
		assert(!origin_parse(origin_url(&o, &a), &a, &again));
		assert(origin_eq(&o, &again));
		assert(str_eq(o.target, again.target));
		origin_resolve(&o, text, &a);
	}
	if (pace_parse(text, &rate))
		assert(rate.spacing > 0 || rate.n > 0);
	wait = pace_retry_after(text, 0);
	assert(wait >= -1 && wait <= PACE_RETRY_AFTER_MAX);
	arena_release(&a);
}

/* --- answers -------------------------------------------------------------- */

#define LEI "5493001KJTIIGC8Y1R12"
#define FILE_KEY STR("us_dod_chinese_milcorps") /* a dataset */

/* Under which keys an answer is kept; NULL: it is a file. */
struct kept { const char *feed, *key; };
static const struct kept kept[] = {
	{"psl", "public_suffix_list.dat"}, {"freemail", "domains.json"},
	{"universities", "universities.json"}, {"fcc", "coveredlist"},
	{"rdap", "host a.fict"}, {"wikidata", "host a.fict"},
	{"gleif-api", "name A"}, {"gleif-api", "lei " LEI},
	{"gleif-api", "relation direct " LEI},
	{"gleif-api", "exception ultimate " LEI},
	{"gerrit", "gerrit.o-ran-sc.org/r list 000000"},
	{"gerrit", "gerrit.o-ran-sc.org/r/a head"},
	{"gerrit", "gerrit.o-ran-sc.org/r/a changes 000000"},
	{"github-graphql", "github.com/a/b 000000"},
	{"github-sbom", "github.com/a/b"},
	{"1260h", "document 1"}, {"opensanctions", NULL}};

static const char documents[] =
	"{\"results\":[{\"document_number\":\"1\",\"publication_date\":"
	"\"2026-01-01\",\"raw_text_url\":\"https://a.fict/1\",\"title\":"
	"\"Designation of Chinese Military Companies\"}]}";

/* What all runs share; each leaves it as it was. */
struct world {
	struct facts facts;
	struct store *store;
	struct diags diags;
	struct arena arena;
	char folder[32];
};
static struct world w = {.folder = "/tmp/fuzz-feeds-XXXXXX"};

static void end_world(void)
{
	const char *path = arena_fmt(&w.arena, "%s/s.db", w.folder).p;

	store_close(w.store);
	unlink(path);
	rmdir(w.folder);
	facts_store_release(&w.facts);
	diag_release(&w.diags);
	arena_release(&w.arena);
}

static void begin_world(void)
{
	enum err e;

	if (w.store)
		return;
	facts_store_index(&w.facts, &w.diags);
	if (!mkdtemp(w.folder))
		abort();
	e = store_open(arena_fmt(&w.arena, "%s/s.db", w.folder).p, DB_WRITE,
		       &w.diags, &w.store);
	if (e)
		abort();
	db_run(w.store->db, "PRAGMA temp_store = MEMORY; "
	       "PRAGMA synchronous = OFF");
	atexit(end_world);
}

static void keep(struct feed_run *r, struct str body)
{
	struct answer a = {.url = STR("https://a.fict/"), .status = 200,
			   .time = 1, .body = body};
	struct str name = str_c(r->feed->name);
	enum err e = OK;

	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
		if (!str_is(name, kept[i].feed))
			continue;
		if (kept[i].key && r->feed->keep)
			a.body = r->feed->keep(r, str_c(kept[i].key), body);
		if (kept[i].key && a.body.n)
			e = answer_put(r->store, name, str_c(kept[i].key), &a);
		else if (!kept[i].key)
			e = fs_write(feed_file(r, FILE_KEY), body, r->diags);
		assert(!e);
	}
	a.body = str_c(documents);
	if (str_is(name, "1260h"))
		e = answer_put(r->store, name, STR("documents"), &a);
	assert(!e);
}

static void try_feed(const struct feed *f, struct str body)
{
	struct config_feed config = {.feed = f};
	struct feed_wants wants = {0};
	struct feed_run r = {.feed = f, .config = &config, .store = w.store,
			     .diags = &w.diags, .wants = &wants,
			     .facts = &w.facts, .folder = w.folder,
			     .now = 1700000000};

	if (origin_parse(STR("https://a.fict/"), &r.arena, &r.service.origin))
		abort();
	keep(&r, body);
	if (!f->publish(&r))
		assert(w.store->stage);
	edition_drop(w.store);
	feed_settle(&r, false);
	if (r.own)
		f->release(&r);
	if (f->flags & FEED_FILES)
		unlink(feed_file(&r, FILE_KEY));
	arena_release(&r.arena);
	diag_release(&w.diags);
}

static bool is_tried(const struct feed *f)
{
	for (size_t i = 0; f && i < sizeof kept / sizeof *kept; i++)
		if (str_is(str_c(f->name), kept[i].feed))
			return true;
	return false;
}

static void try_host(struct str text)
{
	struct arena a = {0};
	struct str host = punycode_host(text, &a);

	for (size_t i = 0; i < host.n; i++)
		assert((unsigned char)host.p[i] < 0x80);
	arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n}, rest = text, line;
	const struct feed *feed;
	struct diags ds = {0};
	struct config c;

	if (str_has_prefix(text, STR("feed ")) && str_line(&rest, &line)) {
		feed = feed_find(str_from(line, 5));
		begin_world();
		if (is_tried(feed))
			try_feed(feed, rest);
		return 0;
	}
	try_host(str_head(text, 300));
	try_rows(text);
	try_git(text);
	for (rest = text; str_line(&rest, &line);)
		try_address(line);
	assert(!config_parse(text, STR("f"), &ds, &c) == !ds.kept.n);
	config_release(&c);
	diag_release(&ds);
	return 0;
}
