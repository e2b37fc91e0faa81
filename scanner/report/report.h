/*
 * The contract of a reporter and the table of all of them.  A reporter only
 * writes: everything it says is in the scan and the verdicts.
 */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "base/strbuf.h"
#include "model/ladder.h"
#include "model/rulebook.h"
#include "model/verdict.h"
#include "model/waiver.h"
#include "report/parts.h"

struct report_input {
	const struct scan *scan;
	const struct verdict *verdicts;
	size_t verdicts_n;
	const struct waivers *waivers;
	/* What the exit code was asked for: as given, "" where it was not. */
	struct str baseline, baseline_as_of, fail_on;
	/* Who signed the facts files: the hash of the key, "" where none was
	 * asked for. */
	struct str facts_key;
	const char *sandbox; /* how far the reading was confined: "full" */
	const char *tool_version;
};

struct report_style {
	unsigned columns;  /* of the terminal; 80 where none */
	bool colour;
};

struct reporter {
	const char *name;     /* "text", "json" */
	const char *summary;  /* one line, for `list reporters` */
	void (*write)(const struct report_input *in,
		      const struct report_style *style, struct strbuf *out);
};

#define REPORTERS(X) \
	X(csv) \
	X(cyclonedx) \
	X(github) \
	X(gitlab) \
	X(html) \
	X(json) \
	X(junit) \
	X(line) \
	X(markdown) \
	X(questions) \
	X(questions_csv) \
	X(sarif) \
	X(spdx) \
	X(spdx3) \
	X(text)
#define REPORT_EXTERN(id) extern const struct reporter report_##id;
REPORTERS(REPORT_EXTERN)
#undef REPORT_EXTERN

/* All reporters, sorted by name. */
extern const struct reporter *const report_table[];
extern const size_t report_count;
/* By name, NULL when there is none. */
const struct reporter *report_find(struct str name);

/* What `components` prints: JSON (ranwhence.components/1) or a table. */
void report_components(const struct scan *s, bool json,
		       const struct report_style *style, struct strbuf *out);
/* What `history` prints: the digest as JSON where style is NULL, else a
 * table; organisations as attribution left them in the digest. */
void report_history(const struct digest *d, const struct facts *f,
		    const struct diags *ds, const struct report_style *style,
		    struct strbuf *out);

/* Of which digest the parts are, and what they are. */
struct report_parts {
	const struct digest *digest;
	const struct facts *facts;
	enum parts_by by;
};

/* What `history --by` prints: JSON (ranwhence.history/1) where style is NULL,
 * else a table. */
void report_history_parts(const struct parts_table *t,
			  const struct report_parts *p,
			  const struct diags *ds,
			  const struct report_style *style,
			  struct strbuf *out);

/* What `check` looked at, and by which rulebooks. */
struct report_checked {
	const struct scan *scan;
	const struct rulebook *const *rulebooks;
	size_t rulebooks_n;
};

/* What each SBOM lacks: JSON (ranwhence.check/1) where style is NULL, else
 * text. */
void report_check(const struct report_checked *c,
		  const struct report_style *style, struct strbuf *out);

/* What `entity` found. */
struct report_entity {
	struct str query;
	struct str host_text;      /* the query in lower case */
	int32_t as_of;
	const struct facts *facts;
	const struct concern *concern;
	bool is_host;              /* a fact speaks of the query as a host */
	struct attribution host;   /* where is_host */
	size_t organisation;       /* SIZE_MAX when none */
	const struct ladder *ladder; /* NULL when no organisation */
	const size_t *similar;     /* rows of similar names, best first */
	size_t similar_n;
	bool tree;                 /* text: draw the graph around it */
	const struct diags *diags;
};

/* JSON (ranwhence.entity/1) where style is NULL, else text. */
void report_entity(const struct report_entity *e,
		   const struct report_style *style, struct strbuf *out);

#endif
