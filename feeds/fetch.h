/*
 * Fetching over https: many requests at once, none faster than its service
 * allows, each within limits that are counted here.  fetch.c is the only door
 * to libcurl.
 *
 * Redirects are followed step by step: only to https, and to another host
 * only where the service says so; the token goes to the configured address
 * and nowhere else; the address that is really connected to must be public,
 * whatever a name server says.  A configured address that is a loopback one
 * (tests, a mirror on this machine) may be http and may be connected to.
 *
 * What a feed does not get is said by fetch_end, never by an empty answer.
 */
#ifndef FEEDS_FETCH_H
#define FEEDS_FETCH_H

#include "base/vec.h"
#include "feeds/origin.h"
#include "feeds/pace.h"

/* How a request ended, and the words for it. */
#define FETCH_ENDS(X) \
	X(FETCH_OK, "answered") \
	X(FETCH_SAME, "not changed since") \
	X(FETCH_STATUS, "refused with a status") \
	X(FETCH_UNREACHED, "cannot be reached") \
	X(FETCH_CERTIFICATE, "has no valid certificate") \
	X(FETCH_SLOW, "answers too slowly") \
	X(FETCH_CUT, "ended its answer early") \
	X(FETCH_BIG, "sent more than the limit") \
	X(FETCH_LED_AWAY, "redirects to where it must not") \
	X(FETCH_PRIVATE, "leads to an address that is not public") \
	X(FETCH_ADDRESS, "has no usable address") \
	X(FETCH_SPENT, "would take more than the budget of this run") \
	X(FETCH_GIVEN_UP, "failed too often in this run") \
	X(FETCH_DISK, "was answered, but the disk did not take it")
#define FETCH_ENUM(id, words) id,
enum fetch_end { FETCH_ENDS(FETCH_ENUM) FETCH_END_COUNT };
#undef FETCH_ENUM

/* The way of one feed to its service; lives as long as its requests. */
struct fetch_service {
	struct str name;
	struct origin origin;     /* as configured */
	struct str hosts;         /* words: where it may redirect to, too */
	struct str token_header;  /* "Authorization: Bearer ..."; may be "" */
	bool may_private;         /* the user says it is in a private network */
	unsigned parallel;        /* requests at once */
	struct pace pace;
	/* kept by fetch.c */
	struct transfer *first, *last, *again;
	unsigned active, lost;    /* running; given up in a row */
	size_t asked, ended;
	uint64_t bytes;
	uint64_t due;             /* still to come of files under way */
};

struct fetch_answer {
	enum fetch_end end;
	long status;              /* of the last hop, 0 = none */
	struct str why;           /* of a failure, for people */
	struct str url;           /* of the last hop */
	struct str body;          /* unless it went to a file */
	struct str etag, last_modified;
	struct str next;          /* the Link with rel="next"; may be "" */
	struct str sha256;        /* of the whole answer, hex */
	uint64_t size;
	int64_t time;             /* seconds since 1970, of the last byte */
};

struct fetch_request {
	struct fetch_service *service;
	struct str url;
	struct str accept;            /* "": anything */
	struct str post, post_type;   /* a body to send; "": GET */
	struct str etag, last_modified; /* of what is at hand */
	const char *file;             /* write it there; NULL: keep it */
	uint64_t max_bytes;           /* after decompression */
	/* Called once, from fetch_run; may add requests.  The answer lives
	 * until it returns. */
	void (*done)(void *context, const struct fetch_answer *a);
	void *context;
};

/* What several processes may ask of services together. */
struct fetch_budget {
	/* Takes leave for one request: 0, or the microseconds to wait before
	 * asking again; whoever waits has taken nothing. */
	int64_t (*draw)(void *with, const struct fetch_service *s);
	/* The service wants nobody to ask for this time. */
	void (*hold)(void *with, const struct fetch_service *s,
		     int64_t wait);
	void *with;
};

struct fetch_options {
	const char *ca_file, *proxy;  /* NULL: the system's, none */
	const char *contact;          /* for the User-Agent; may be NULL */
	int64_t connect_time, stall_time, time, file_time; /* microseconds */
	unsigned tries;               /* of one request */
	int64_t max_wait;             /* longer waits end a request */
	uint64_t requests, bytes;     /* budget of the run */
	/* Called now and then while waiting; may be NULL. */
	void (*progress)(void *context);
	void *context;
	const struct fetch_budget *budget; /* NULL: this process's alone */
};

struct fetch;

/* The words for an end. */
const char *fetch_end_words(enum fetch_end end);
/* What a build without libcurl cannot do. */
bool fetch_is_built_in(void);
/* Seconds since 1970: SOURCE_DATE_EPOCH when it is a number, else the clock. */
int64_t fetch_now(void);
/* Defaults. */
struct fetch_options fetch_options_default(void);
/* NULL when libcurl cannot be used.  `o` is copied, its texts are not. */
struct fetch *fetch_new(const struct fetch_options *o);
void fetch_free(struct fetch *f);
/* Queues a request; its texts but `url` and `post` must live until it ends. */
void fetch_add(struct fetch *f, const struct fetch_request *r);
/* Have others used up what may be asked?  Then nothing starts for a while.
 * `b` may be NULL, here and below. */
bool fetch_budget_must_wait(const struct fetch_budget *b,
			    struct fetch_service *s, int64_t now);
/* Tells the others how long a service wants to be left alone (-1: it does not
 * say). */
void fetch_budget_hold(const struct fetch_budget *b,
		       const struct fetch_service *s, int64_t wait);
/* Runs until all requests, also those added meanwhile, have ended. */
void fetch_run(struct fetch *f);

#endif
