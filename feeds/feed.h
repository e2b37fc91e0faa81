/*
 * The contract of a feed, and the table of them.  One line in FEEDS and one
 * file NAME.c add a feed; a handler in tests/feeds/service_NAME.py and a
 * section in docs/feeds.md belong to it.
 *
 * An update has two parts.  First each feed asks (`ask`): all requests of all
 * feeds run at once, and each answer is kept in the store as it comes in, so
 * that an interrupted update goes on where it was.  Then, feed by feed, what
 * was answered becomes an edition (`publish`), whole or not at all.  A feed
 * that failed leaves the edition that readers see as it is.
 */
#ifndef FEEDS_FEED_H
#define FEEDS_FEED_H

#include "base/json_in.h"
#include "base/json_out.h"
#include "base/map.h"
#include "feeds/fetch.h"
#include "model/account_commits.h"
#include "model/facts.h"
#include "store/answer.h"
#include "store/edition.h"

struct config_feed;
struct feed_own;
struct feed_run;
struct feed_question; /* a request under way, kept by feed.c */

enum feed_flags {
	/* Asks only for what --for names; what was answered is published even
	 * when some requests failed. */
	FEED_PER_TARGET = 1 << 0,
	/* Only with `enabled = yes`, or when it is named by --feed. */
	FEED_OFF = 1 << 1,
	/* Rows come from files (feed_ask_file): without a new one there is
	 * nothing to publish. */
	FEED_FILES = 1 << 2,
	/* Asks per target about repositories, also those that other feeds
	 * found, or by what they brought: it begins when they have
	 * published. */
	FEED_AFTER = 1 << 3,
	/* Its licence does not let everybody use it: only with `licence = ` and
	 * its name, by which the user says to have the right. */
	FEED_LICENCE = 1 << 4,
	/* Feeds that ask about hosts need it: the first time, where the store
	 * has none of it, it is part of an update per target, too. */
	FEED_OF_HOSTS = 1 << 5
};

struct feed {
	const char *name;      /* of the configuration and the store */
	const char *summary;   /* one line */
	const char *licence;   /* of what is stored */
	const char *url;       /* its usual address; "" = only a configured */
	const char *hosts;     /* words: where it may redirect to, or "" */
	const char *rate;      /* what the service allows: pace_parse */
	const char *token;     /* header up to the token; "" = Bearer */
	const char *settings;  /* words: further keys of its section, or "" */
	unsigned flags;        /* of enum feed_flags */
	unsigned parallel;     /* requests at once */
	/* Asks: feed_ask, feed_ask_file.  Runs once. */
	void (*ask)(struct feed_run *r);
	/*
	 * Fills an edition from the answers: feed_begin, then rows.  An error
	 * gives it up; say why with feed_fail first.
	 */
	enum err (*publish)(struct feed_run *r);
	/* Is there something to publish though nothing new was answered?  Asked
	 * when all answers of this part of the update are kept; NULL: no. */
	bool (*is_behind)(struct feed_run *r);
	/*
	 * For answers that hold more than may be stored, as they tell of
	 * persons: what is kept in the place of one (feed_keep_begin).  ""
	 * where it has not the documented shape (RW2004).  NULL: all of it.
	 */
	struct str (*keep)(struct feed_run *r, struct str key,
			   struct str body);
	/* Frees what r->own holds, at the end; NULL: nothing. */
	void (*release)(struct feed_run *r);
};

#define FEEDS(X) \
	X(csl) \
	X(depsdev) \
	X(dod1260h) \
	X(ecosystems) \
	X(fcc) \
	X(freemail) \
	X(gerrit) \
	X(git) \
	X(github) \
	X(github_graphql) \
	X(github_sbom) \
	X(gitlab) \
	X(gleif) \
	X(gleif_api) \
	X(opensanctions) \
	X(psl) \
	X(rdap) \
	X(scorecard) \
	X(softwareheritage) \
	X(universities) \
	X(wikidata)
#define FEED_EXTERN(id) extern const struct feed feed_##id;
FEEDS(FEED_EXTERN)
#undef FEED_EXTERN

/* What a target leaves open, for feeds that ask per target.  Each list is
 * sorted and without doubles; texts are in `arena`. */
struct feed_want {
	struct str purl;      /* canonical, without version */
	struct str version;   /* or "" */
};
struct feed_wants {
	struct arena arena;
	VEC(struct feed_want) packages;
	VEC(struct str) repositories; /* canonical addresses */
	VEC(struct str) histories;    /* the same, of targets themselves: what
				       * their histories do not record */
	VEC(struct str) products;     /* of what a stack names by address */
	VEC(struct str) names;        /* suppliers, producers: not known */
	VEC(struct str) hosts;        /* of addresses; no known organisation */
};

/* A clone that was begun, to be completed and counted. */
struct feed_clone {
	struct str address;
	const char *folder;      /* a bare repository without the newest pack */
	const char *pack;        /* the file that has it, NULL: none is new */
	uint64_t pack_offset;    /* where it begins in there */
	const struct account_commits *accounts; /* may be NULL */
	unsigned char key[SHA256_BYTES]; /* that its digest is kept under */
};

/* Who counts clones: a worker without network, tokens and the store.  OK when
 * the digest is kept; else what is wrong, in `a`. */
struct feed_cloner {
	bool is_for_later; /* they are made whole only, there is no digest */
	enum err (*count)(void *with, const struct feed_clone *c,
			  struct arena *a, struct str *ret_why);
	void *with;
};

/* One feed in one update. */
struct feed_run {
	const struct feed *feed;
	const struct config_feed *config;
	struct fetch_service service;
	struct fetch *fetch;           /* NULL: offline */
	struct store *store;
	struct diags *diags;
	const struct feed_wants *wants; /* never NULL, but maybe empty */
	const struct facts *facts;     /* the bundled ones, indexed */
	const char *folder;            /* for files; ends in no slash */
	const struct feed_cloner *cloner; /* NULL: nobody counts clones */
	struct feed_own *own;          /* what a feed keeps of its run */
	struct arena arena;            /* until the update ends */
	int64_t now;                   /* seconds since 1970 */
	int64_t max_age;               /* seconds; younger is not asked for */
	bool is_accepted;              /* however old or short it is */
	size_t fresh;                  /* answers that are new or changed */
	size_t at_hand;                /* and those that were there */
	size_t failed;                 /* requests without an answer */
	size_t bad;                    /* answers that were of no use */
	/* Who wants to know of each request, and how it ended; or NULL. */
	void (*tell)(void *context, const struct feed *of, struct str url,
		     struct str how);
	void *context;
	struct str error;              /* the first one, for `feeds` */
	/* kept by feed.c */
	VEC(struct feed_question *) ready; /* their answer is at hand */
	size_t ready_at;
	VEC(struct feed_question *) files; /* to be noted when published */
	struct map declared;           /* ids of feed_organisation */
	struct map once;               /* keys of feed_once */
};

/* What comes of a request, after it was kept. */
typedef void feed_then(struct feed_run *r, struct str key,
		       const struct answer *a);

/* How to ask. */
struct feed_request {
	struct str key;       /* the answer is found under it */
	struct str url;       /* full, or from "/": below the address */
	struct str accept;    /* or "" */
	struct str post, post_type;
	uint64_t max_bytes;   /* 0: LIMIT_ANSWER_BYTES */
	bool may_be_unknown;  /* 404 is an answer, kept with its status */
	bool is_always;       /* whatever is at hand */
	struct fetch_service *service; /* NULL: the feed's */
	feed_then *then;      /* with the answer at hand; may be NULL */
};

/* A row that an answer gives; confidence "A" or "B". */
struct feed_said {
	const char *kind;
	struct str subject, object, value, note;
	const char *confidence;
};

/* The table; NULL when there is no such feed. */
const struct feed *feed_at(size_t i);
const struct feed *feed_find(struct str name);
/*
 * Asks, unless an answer is at hand that is young enough.  `then` runs in
 * both cases, with the answer of the store; it may ask further (pages).
 * Texts are copied.
 */
void feed_ask(struct feed_run *r, const struct feed_request *q);
/*
 * The same for a file of max_bytes at most, that goes to disk; `size` when it
 * is known, else 0.  The body of its answer is "sha256 HEX size N".
 */
void feed_ask_file(struct feed_run *r, const struct feed_request *q,
		   uint64_t size);
/* Is this key new in this update?  For feeds that come upon the same thing by
 * several ways; r->once.n is how many there were. */
bool feed_once(struct feed_run *r, struct str key);
/* How many of n things may be asked for: at most `most`, and it is told
 * (RW1901) when that is fewer. */
size_t feed_bound(struct feed_run *r, size_t n, size_t most,
		  const char *what);
/* Where such a file is (in r->arena); it is removed after the publishing. */
const char *feed_file(struct feed_run *r, struct str key);
/* Is such a file there, to be published? */
bool feed_has_file(const struct feed_run *r, struct str key);
/* The answer kept under a key; texts go to `a`. */
NODISCARD enum err feed_answer(struct feed_run *r, struct str key,
			       struct arena *a, struct answer *ret);
/* Calls `take` for each answer that is kept of the feed, of this update or
 * an earlier one, by key: for feeds that ask per target. */
void feed_each(struct feed_run *r, feed_then *take);
/* Publishes an edition of this day made of what `take` makes of each. */
NODISCARD enum err feed_publish_each(struct feed_run *r, feed_then *take);
/* An address below the configured one, in r->arena. */
struct str feed_url(struct feed_run *r, struct str path);
/* The value of one of the feed's own settings; `usual` when it has none. */
struct str feed_setting(const struct feed_run *r, const char *key,
			const char *usual);
/* An answer as JSON, whole or an error that feed_fail was told. */
NODISCARD enum err feed_json(struct feed_run *r, struct str key,
			     struct str body, struct json_raw *ret);
/* Notes what is wrong with an answer (RW2004), so that it is asked for anew
 * the next time; always ERR_FEED. */
enum err feed_fail(struct feed_run *r, struct str key, const char *fmt, ...)
	PRINTF_LIKE(3, 4);
/*
 * Before much is asked for: would this edition be refused, as the one at hand
 * speaks for a later day?  Then the feed has failed (RW1826).
 */
bool feed_is_older(struct feed_run *r, struct str name, struct str speaks_for);
/*
 * Begins an edition of this name that speaks for this day ("": not said).
 * With `keeps` it begins with the rows of the one before.
 */
NODISCARD enum err feed_begin(struct feed_run *r, struct str name,
			      struct str speaks_for, bool keeps);
/*
 * Adds a fact: COLUMN_COUNT texts, as in a facts file.  A row that is not
 * sound is counted and told (RW2005), and not added.
 */
void feed_fact(struct feed_run *r, const struct str *fields);
/* A fact in the words of its columns; read on the day of `time`. */
struct feed_row {
	const char *kind;
	struct str subject, object, value, from, to, source, note;
	const char *confidence;
	int64_t time;
};
void feed_add(struct feed_run *r, const struct feed_row *row);
/*
 * Adds the source row of an answer, or where `a` is NULL of the file of this
 * key, named after the digest of its bytes; its id, for rows that cite it.
 */
struct str feed_source(struct feed_run *r, struct str key,
		       const struct answer *a, const char *note);
/* Adds the row, read on the day of the answer; `source` is what feed_source
 * gave for it. */
void feed_say(struct feed_run *r, const struct feed_said *s,
	      struct str source, const struct answer *a);
/* "host/path" of a repository, as rows write it; "" for what is none. */
struct str feed_repository(struct feed_run *r, struct str written);
/* The organisation that the facts at hand know by exactly this name, or by a
 * row of exactly this host; its id or "". */
struct str feed_known_name(const struct feed_run *r, struct str name);
struct str feed_known_host(const struct feed_run *r, struct str host);
/*
 * What is kept of an answer: an object that begins with the SHA-256 of the
 * whole answer.  Members of `of` that are texts or truth values are copied by
 * their names (words); others become null.
 */
void feed_keep_begin(struct json_out *j, struct strbuf *b, struct str body);
void feed_keep(struct json_out *j, struct json_raw of, const char *names,
	       struct arena *a);
/* Ends it; the text, in r->arena. */
struct str feed_keep_end(struct feed_run *r, struct json_out *j,
			 struct strbuf *b);
/*
 * The organisation that a list or register means: the id of the bundled facts
 * when they know the name, else one made of the name's form (in r->arena),
 * with an organisation row of this kind the first time in an edition.  ""
 * for what is no name.
 */
struct str feed_organisation(struct feed_run *r, struct str name,
			     const char *kind, struct str source);
/*
 * The same where the country may be known ("" and what is no code: it is
 * not): an organisation that the bundled facts do not establish there is
 * another one, and its country becomes part of its name.  A new one is said
 * to be established there.
 */
struct feed_party { struct str name, country, source; const char *kind; };
struct str feed_organisation_in(struct feed_run *r,
				const struct feed_party *p);
/* Do the bundled facts speak of a host, or of one above it? */
bool feed_knows_host(const struct feed_run *r, struct str host);
/* A host as facts write it, in r->arena: lower case, no dot at its end; ""
 * for what is none or has no dot inside. */
struct str feed_host(struct feed_run *r, struct str written);
/* Is this an address (in lower case) that facts know to be a bot's? */
bool feed_is_bot(const struct feed_run *r, struct str address);
/* The host of an address in lower case, as digests write it; "" for none. */
struct str feed_mail_host(struct str address);
/* Has the name a word that names of organisations have: a legal form, a kind
 * of institution?  One without may be a person's. */
bool feed_names_organisation(struct str name);
/* A moment as RFC 3339 writes it, "2026-11-25T22:15:00Z", and its day, in
 * r->arena. */
struct str feed_time(struct feed_run *r, int64_t seconds);
struct str feed_day(struct feed_run *r, int64_t seconds);

/* For update.c: calls `then` where answers are at hand. */
void feed_pump(struct feed_run *r);
/* And after the edition was published or not: the files are noted and
 * removed; they stay when the fault is not theirs. */
void feed_settle(struct feed_run *r, bool is_published);

#endif
