/*
 * Facts about organisations: dated, sourced rows (the format is described in
 * docs/facts.md), and the organisations they name.  Loaded by store/, read by
 * attribute/; nothing here decides anything.
 */
#ifndef MODEL_FACTS_H
#define MODEL_FACTS_H

#include "base/arena.h"
#include "base/date.h"
#include "base/vec.h"

#define FACT_KINDS(X) \
	X(FACT_SOURCE, "source") X(FACT_ORGANISATION, "organisation") \
	X(FACT_ALIAS, "alias") X(FACT_LEI, "lei") X(FACT_HOST, "host") \
	X(FACT_NEUTRAL, "neutral") X(FACT_BOT, "bot") X(FACT_TYPO, "typo") \
	X(FACT_ESTABLISHES, "establishes") X(FACT_LOCATED, "located") \
	X(FACT_OWNS, "owns") X(FACT_CONTROLS, "controls") \
	X(FACT_CONTROLLED_FROM, "controlled-from") \
	X(FACT_DISPERSED, "dispersed") X(FACT_LIST, "list") \
	X(FACT_LISTS, "lists") X(FACT_EXTENT, "extent") \
	X(FACT_EXEMPTS, "exempts") X(FACT_PUBLISHES, "publishes") \
	X(FACT_MIRROR, "mirror") X(FACT_PACKAGE, "package") \
	X(FACT_LIBRARY, "library") X(FACT_SUFFIX, "suffix") \
	X(FACT_REGISTRANT, "registrant") X(FACT_UNDISCLOSED, "undisclosed") \
	X(FACT_FORK, "fork")
#define FACT_ENUM(id, name) id,
enum fact_kind { FACT_KINDS(FACT_ENUM) FACT_KIND_COUNT };
#undef FACT_ENUM

/* Shares are counted in parts of a basis point: a share "a little over" a
 * basis point is one part more, and sums of such shares stay in order. */
#define FACT_BP ((int64_t)1 << 24)
#define FACT_WHOLE (10000 * FACT_BP)

/* Letters of the rows; higher is better. */
enum fact_confidence { FACT_C = 1, FACT_B = 2, FACT_A = 3 };
enum fact_state { FACT_ACCEPTED, FACT_DISPUTED, FACT_WITHDRAWN };

/* Where rows come from; rows of one source share it. */
struct fact_evidence {
	struct str source, speaks_for, read, note;
	struct str file;
};

/* Kept small: the register of all legal entities has millions of rows. */
struct fact {
	struct str subject, object, value;
	/* Holds from some day in `from` to the day before some day in `to`;
	 * open ends are DATE_MIN and DATE_MAX. */
	struct date_span from, to;
	const struct fact_evidence *evidence;
	size_t subject_org, object_org; /* organisation index or SIZE_MAX */
	/* owns: bounds of the share in basis points, and whether it is a
	 * little more (+1) or less (-1) than that: `>50%` is 5000 and +1.
	 * dispersed: `high` is what no holder reaches. */
	int32_t low_bp, high_bp;
	unsigned line;          /* where the row stands in evidence->file */
	int8_t low_side, high_side;
	enum fact_kind kind : 8;
	enum fact_confidence confidence : 8;
	enum fact_state state : 8;
	bool is_assumed;        /* from the user's --facts file */
};

struct organisation {
	struct str id, name, kind, lei;
	size_t fact;            /* the row that declares it */
};

struct facts {
	struct arena arena;
	/* In order of files and lines until they are indexed, then sorted by
	 * facts_compare: a row's index depends on what the rows say, not on
	 * where they stand. */
	VEC(struct fact) rows;
	VEC(struct organisation) organisations; /* sorted by id */
	struct facts_pool *pool;          /* while rows are loaded */
	struct facts_index *index;        /* look-ups, see facts_index.h */
	/* The rows are those of the bundle and no others: see facts_image.h. */
	const struct facts_image *image;
};

/* The name of a kind in the first column of a facts file, and back. */
const char *facts_kind_name(enum fact_kind k);
bool facts_find_kind(struct str name, enum fact_kind *ret);
/* 'A', 'B' or 'C'. */
char facts_confidence_letter(enum fact_confidence c);
/* "accepted", "disputed", "withdrawn". */
const char *facts_state_name(enum fact_state s);
/* The organisation of an id, SIZE_MAX when there is none.  Rows must be
 * indexed. */
size_t facts_organisation(const struct facts *f, struct str id);
/* Words of the format: the kinds of an organisation, the classes of a neutral
 * host, the countries of ISO 3166-1 (alpha-2). */
bool facts_is_organisation_kind(struct str s);
bool facts_is_neutral_class(struct str s);
bool facts_is_country(struct str s);
/* False for kinds that nobody can hold shares of: universities, state
 * bodies, foundations and the like. */
bool facts_has_holders(struct str organisation_kind);
/* Order of rows by all that they say, then by place. */
int facts_compare(const struct fact *a, const struct fact *b);
/* The bounds of an `owns` row's share. */
int64_t facts_low(const struct fact *f);
int64_t facts_high(const struct fact *f);
/* On that day the fact holds for sure; may hold (a partial date leaves it
 * open, or it holds for sure). */
bool facts_holds(const struct fact *f, int32_t day);
bool facts_may_hold(const struct fact *f, int32_t day);

#endif
