/* The records of a report that is read back, as facts. */
#include "base/limits.h"
#include "store/facts_store.h"
#include "store/report_in_parts.h"

#define KEY REREAD_KEY
/* What makes a record this one. */
#define KEYS KEY("kind"), KEY("subject"), KEY("object"), KEY("value"), \
	KEY("from"), KEY("to"), KEY("source"), KEY("speaks_for"), \
	KEY("read"), KEY("confidence"), KEY("state"), KEY("note"), \
	KEY("file"), KEY("line"), KEY("assumed")
enum key { FILE_KEY = COLUMN_COUNT, LINE_KEY, ASSUMED_KEY, KEY_COUNT };

/* The record as it is written, whatever its layout. */
static struct str written(const struct json_raw *m, struct strbuf *b)
{
	strbuf_clear(b);
	for (size_t i = 0; i < KEY_COUNT; i++) {
		strbuf_add(b, m[i].text);
		strbuf_ch(b, '\n');
	}
	return strbuf_str(b);
}

static void put(struct report_in_parts *p, const struct json_raw *m,
		unsigned line)
{
	struct reread *r = &p->read;
	struct facts *f = &p->to->facts;
	struct facts_origin at;
	struct str fields[COLUMN_COUNT];
	enum facts_column column;
	uint64_t at_line = reread_count(r, m[LINE_KEY]);

	for (size_t i = 0; i < COLUMN_COUNT; i++)
		fields[i] = reread_text(r, m[i]);
	if (str_is(fields[COLUMN_STATE], "accepted"))
		fields[COLUMN_STATE] = STR("");
	at = (struct facts_origin){
		.file = reread_text(r, m[FILE_KEY]),
		.line = (unsigned)(at_line & INT32_MAX),
		.is_assumed = reread_bool(r, m[ASSUMED_KEY])};
	if (facts_store_put(f, fields, &at, &column))
		reread_bad(r, line, "a record that is none");
	else if (f->rows.n > 1 && facts_compare(
			&f->rows.v[f->rows.n - 2],
			&f->rows.v[f->rows.n - 1]) > 0)
		reread_bad(r, line, "the records are not in order");
}

static void read_fact(struct reread *r, struct json_raw v, void *to)
{
	struct report_in_parts *p = report_in_parts_of(r);
	struct strbuf *b = to;
	size_t row = p->to->facts.rows.n;
	REREAD_KEYS(r, v, KEYS);

	put(p, m, v.line);
	map_put(&p->facts, arena_dup(r->arena, written(m, b)), row, NULL);
}

void report_in_facts_read(struct report_in_parts *p, struct json_raw v)
{
	struct facts *f = &p->to->facts;
	struct diags ignored = {0};
	struct strbuf b;
	size_t n;

	strbuf_init(&b, 0);
	reread_list(&p->read, v, read_fact, &b);
	strbuf_release(&b);
	n = f->rows.n;
	facts_store_index(f, &ignored);
	diag_release(&ignored);
	if (f->rows.n != n)
		reread_bad(&p->read, v.line,
				"the records do not hold together");
}

size_t report_in_facts_find(struct report_in_parts *p, struct json_raw v)
{
	struct reread *r = &p->read;
	struct strbuf b;
	size_t *row;
	REREAD_KEYS(r, v, KEYS);

	strbuf_init(&b, 0);
	row = map_get(&p->facts, written(m, &b));
	strbuf_release(&b);
	if (row && *row < p->to->facts.rows.n)
		return *row;
	reread_bad(r, v.line, "a record that is not among the facts");
	return SIZE_MAX;
}

size_t report_in_facts_organisation(struct report_in_parts *p,
				    struct json_raw v)
{
	size_t o;

	if (v.type == JSON_NULL)
		return SIZE_MAX;
	o = facts_organisation(&p->to->facts, reread_text(&p->read, v));
	if (o == SIZE_MAX)
		reread_bad(&p->read, v.line,
				"an organisation that no fact declares");
	return o;
}
