/* Lists, as the facts hold them. */
#include "model/held.h"

#include "model/facts_index.h"

static size_t count_entries(const struct facts *f, struct str list,
			    int32_t day)
{
	struct facts_run run = facts_index_subject(f, FACT_LISTS, list);
	size_t n = 0;

	for (size_t i = run.first; i < run.first + run.n; i++)
		n += f->rows.v[i].state == FACT_ACCEPTED &&
		     f->rows.v[i].confidence >= FACT_B &&
		     facts_may_hold(&f->rows.v[i], day);
	return n;
}

struct held held_read(const struct facts *f, const struct concern *c,
		      size_t i)
{
	size_t whole = facts_index_whole(f, c->lists[i], c->as_of, FACT_A);

	return (struct held){
		.list = c->lists[i],
		.entries = count_entries(f, c->lists[i], c->as_of),
		.is_whole = whole != SIZE_MAX,
		.edition = whole == SIZE_MAX ? STR("")
			   : f->rows.v[whole].value,
	};
}
