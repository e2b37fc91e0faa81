/*
 * What feeds were asked in vain about a name or a host that no fact speaks
 * of: which, when, and what they answered.
 */
#ifndef MODEL_INQUIRY_H
#define MODEL_INQUIRY_H

#include "base/strbuf.h"
#include "base/vec.h"

enum inquiry_kind { INQUIRY_HOST, INQUIRY_NAME };

struct inquiry {
	enum inquiry_kind kind;
	struct str of;    /* a host in lower case, or a name as printed */
	struct str feed;
	int32_t day;      /* of the answer */
	bool is_known;    /* the feed knows it, and that settles nothing */
};

/* By kind, what was asked about, and feed: each once. */
struct inquiries { VEC(struct inquiry) list; };

/* Brings them into their order. */
void inquiry_sort(struct inquiries *all);
/* Are they in it? */
bool inquiry_is_sorted(const struct inquiries *all);
/* "host", "name". */
const char *inquiry_kind_name(enum inquiry_kind kind);
/*
 * Those about a host and those above it, then about a name: the texts stay
 * with `all`, the list is the caller's to free.
 */
void inquiry_select(const struct inquiries *all, struct str host,
		    struct str name, struct inquiries *ret);
/*
 * "wikidata was asked (2026-11-26) and does not know it", joined by "; ",
 * of these.  Nothing where nobody was asked.
 */
void inquiry_words(const struct inquiries *all, struct str host,
		   struct str name, struct strbuf *to);

#endif
