/* Any bytes as what feeds read or are told: CSV in pieces, addresses, waits,
 * configurations.  However the pieces are cut, the rows are the same. */
#include <assert.h>
#include <stdint.h>

#include "feeds/config.h"
#include "feeds/git_wire.h"
#include "feeds/rows.h"

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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct str text = {(const char *)bytes, n}, rest = text, line;
	struct diags ds = {0};
	struct config c;

	try_rows(text);
	try_git(text);
	while (str_line(&rest, &line))
		try_address(line);
	assert(!config_parse(text, STR("f"), &ds, &c) == !ds.kept.n);
	config_release(&c);
	diag_release(&ds);
	return 0;
}
