/*
 * Requests by libcurl's multi interface; its only door.  libcurl is left
 * only the transport: what may be asked, followed, connected to and kept is
 * decided here, hop by hop (its own redirects carry custom headers to other
 * hosts, and it takes what is compressed and ends early for whole).
 */
#include "feeds/fetch.h"

#include <stdlib.h>
#include <time.h>

static const char *const words[] = {
#define WORDS(id, words) words,
	FETCH_ENDS(WORDS)
#undef WORDS
};

const char *fetch_end_words(enum fetch_end end)
{
	return words[end];
}

int64_t fetch_now(void)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	uint64_t seconds;

	if (epoch && str_to_u64(str_c(epoch), &seconds) &&
	    seconds <= INT64_MAX)
		return (int64_t)seconds;
	return (int64_t)time(NULL);
}

#ifndef HAVE_LIBCURL

bool fetch_is_built_in(void)
{
	return false;
}

struct fetch *fetch_new(const struct fetch_options *o)
{
	(void)o;
	return NULL;
}

void fetch_free(struct fetch *f)
{
	free(f);
}

void fetch_add(struct fetch *f, const struct fetch_request *r)
{
	(void)f;
	(void)r;
}

void fetch_run(struct fetch *f)
{
	(void)f;
}

#else

#include <curl/curl.h>
#include <string.h>
#include <sys/socket.h>

#include "base/mem.h"
#include "base/sha256.h"
#include "feeds/decode.h"
#include "feeds/part.h"

#define HOPS_MAX 4
#define ACTIVE_MAX 32
#define LOST_MAX 3                 /* requests in a row, then no more */
#define REFUSAL_BYTES 65536        /* of an answer that is not kept */
#define LEAST_SPEED 64L            /* bytes a second, over stall_time */
#define MS(us) (long)((us) / 1000)

struct transfer {
	struct fetch_request r;
	struct transfer *next;
	struct arena arena;
	struct fetch *of;
	struct origin at;          /* of this hop */
	unsigned tries, hops;
	CURL *easy;
	struct curl_slist *headers;
	struct strbuf body;
	struct part part;
	bool has_part;
	bool is_begun;             /* the answer's first bytes were judged */
	bool has_private;          /* an address was refused */
	bool has_fault;
	enum fetch_end fault;      /* found while bytes came in */
	uint64_t got;
	uint64_t due;              /* bytes to come, as announced */
	char error[CURL_ERROR_SIZE];
};

struct fetch {
	struct fetch_options o;
	CURLM *multi;
	VEC(struct fetch_service *) services;
	unsigned active;
	uint64_t requests, bytes;  /* spent */
	struct strbuf agent;
};

static long status_of(struct transfer *t)
{
	long status = 0;

	curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
	return status;
}

/* A header of the last answer; "" when it has none. */
static struct str header(struct transfer *t, const char *name)
{
	struct curl_header *h;

	if (!t->easy || curl_easy_header(t->easy, name, 0, CURLH_HEADER, -1,
					 &h))
		return STR("");
	return arena_dup(&t->arena, str_c(h->value));
}

static void fail(struct transfer *t, enum fetch_end end)
{
	if (!t->has_fault)
		t->fault = end;
	t->has_fault = true;
}

/* --- while an answer comes in --------------------------------------------- */

/* What tells this edition of a file from another, as If-Range takes it. */
static struct str validator_of(struct transfer *t)
{
	struct str etag = header(t, "ETag");

	return etag.n && !str_has_prefix(etag, STR("W/"))
		? etag : header(t, "Last-Modified");
}

/* Does a 206 go on where the file ends? */
static bool goes_on(struct transfer *t)
{
	struct str range = header(t, "Content-Range"), from, rest;
	uint64_t first;

	return str_has_prefix(range, STR("bytes ")) &&
	       str_cut(str_from(range, 6), '-', &from, &rest) &&
	       str_to_u64(from, &first) && first == t->part.size;
}

/* How much of a file is still to come, for people who wait for it. */
static void await(struct transfer *t, uint64_t due)
{
	t->r.service->due += due;
	t->r.service->due -= t->due;
	t->due = due;
}

/* The first bytes of a file: the rest of it, or all. */
static void begin_file(struct transfer *t)
{
	curl_off_t length = -1;

	curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T,
			  &length);
	await(t, length > 0 ? (uint64_t)length : 0);
	if (header(t, "Content-Encoding").n)
		fail(t, FETCH_CUT);
	else if (status_of(t) == 200 &&
		 part_restart(&t->part, validator_of(t)))
		fail(t, FETCH_DISK);
	else if (status_of(t) == 206 && !goes_on(t)) {
		fail(t, FETCH_CUT);
		if (part_restart(&t->part, STR("")))
			fail(t, FETCH_DISK);
	}
}

static size_t on_body(char *p, size_t size, size_t n, void *context)
{
	struct transfer *t = context;
	struct str bytes = {p, size * n};
	bool is_kept = status_of(t) == 200 || status_of(t) == 206;
	uint64_t have;

	if (is_kept && !t->is_begun && t->has_part)
		begin_file(t);
	t->is_begun = true;
	t->got += bytes.n;
	t->of->bytes += bytes.n;
	t->r.service->bytes += bytes.n;
	await(t, t->due - (bytes.n < t->due ? bytes.n : t->due));
	have = t->has_part ? t->part.size + bytes.n : t->got;
	if (t->of->bytes > t->of->o.bytes)
		fail(t, FETCH_SPENT);
	if (is_kept ? have > t->r.max_bytes : t->got > REFUSAL_BYTES)
		fail(t, FETCH_BIG);
	if (is_kept && t->has_part && !t->has_fault) {
		if (part_add(&t->part, bytes))
			fail(t, FETCH_DISK);
	} else if (is_kept && !t->has_fault) {
		strbuf_add(&t->body, bytes);
	}
	return t->has_fault ? 0 : bytes.n;
}

/* Whatever a name server says: only what this service may connect to. */
static curl_socket_t on_socket(void *context, curlsocktype purpose,
			       struct curl_sockaddr *a)
{
	struct transfer *t = context;
	const struct fetch_service *s = t->r.service;
	enum origin_reach reach = origin_reach(&a->addr);
	bool is_fine = reach == ORIGIN_PUBLIC || t->of->o.proxy ||
		(reach == ORIGIN_LOOPBACK ? origin_is_loopback(&s->origin)
					  : s->may_private);

	if (purpose != CURLSOCKTYPE_IPCXN || !is_fine) {
		t->has_private = true;
		return CURL_SOCKET_BAD;
	}
	return socket(a->family, a->socktype | SOCK_CLOEXEC, a->protocol);
}

/* --- a request ------------------------------------------------------------ */

/* May this service ask there?  The configured address, or https to a host
 * that it names. */
static bool is_allowed(const struct fetch_service *s, const struct origin *o)
{
	bool is_https = str_is(o->scheme, "https");
	bool is_here = origin_is_loopback(&s->origin);

	if (origin_eq(o, &s->origin))
		return is_https || is_here;
	return is_https && origin_is_among(o, s->hosts) &&
	       (o->port == 443 || is_here);
}

static void add_header(struct transfer *t, const char *name, struct str value)
{
	if (value.n)
		t->headers = curl_slist_append(
			t->headers, arena_fmt(&t->arena, "%s%.*s", name,
					      STR_ARG(value)).p);
}

static void set_headers(struct transfer *t)
{
	const struct fetch_request *r = &t->r;

	if (origin_eq(&t->at, &r->service->origin))
		add_header(t, "", r->service->token_header);
	add_header(t, "Accept: ", r->accept);
	add_header(t, "Accept-Encoding: ", t->has_part ? STR("identity")
						       : STR("gzip"));
	add_header(t, "If-None-Match: ", r->etag);
	if (!r->etag.n)
		add_header(t, "If-Modified-Since: ", r->last_modified);
	if (r->post.n) {
		add_header(t, "Content-Type: ", r->post_type);
		curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE,
				 (curl_off_t)r->post.n);
		curl_easy_setopt(t->easy, CURLOPT_COPYPOSTFIELDS, r->post.p);
	}
	if (t->has_part && part_may_resume(&t->part)) {
		add_header(t, "If-Range: ", t->part.validator);
		curl_easy_setopt(t->easy, CURLOPT_RANGE,
				 arena_fmt(&t->arena, "%llu-",
					   (unsigned long long)t->part.size)
				 .p);
	}
	curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

static void set_limits(struct transfer *t)
{
	const struct fetch_options *o = &t->of->o;
	CURL *e = t->easy;
	long stall = (long)(o->stall_time / PACE_SECOND);

	curl_easy_setopt(e, CURLOPT_CONNECTTIMEOUT_MS, MS(o->connect_time));
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_LIMIT, LEAST_SPEED);
	curl_easy_setopt(e, CURLOPT_LOW_SPEED_TIME, stall ? stall : 1L);
	curl_easy_setopt(e, CURLOPT_TIMEOUT_MS,
			 MS(t->has_part ? o->file_time : o->time));
	curl_easy_setopt(e, CURLOPT_PROXY, o->proxy ? o->proxy : "");
	curl_easy_setopt(e, CURLOPT_NOPROXY, "");
	if (o->ca_file)
		curl_easy_setopt(e, CURLOPT_CAINFO, o->ca_file);
	/* a connection that another service opened was judged by its rules */
	if (!origin_eq(&t->at, &t->r.service->origin))
		curl_easy_setopt(e, CURLOPT_FRESH_CONNECT, 1L);
}

/* Makes a handle for the hop that t->at names. */
static bool prepare(struct transfer *t)
{
	CURL *e = t->easy = curl_easy_init();

	if (!e)
		return false;
	t->error[0] = 0;
	t->is_begun = t->has_private = t->has_fault = false;
	t->got = 0;
	strbuf_clear(&t->body);
	curl_easy_setopt(e, CURLOPT_URL, origin_url(&t->at, &t->arena).p);
	curl_easy_setopt(e, CURLOPT_PROTOCOLS_STR, t->at.scheme.p);
	curl_easy_setopt(e, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(e, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(e, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(e, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(e, CURLOPT_USERAGENT, t->of->agent.p);
	curl_easy_setopt(e, CURLOPT_ERRORBUFFER, t->error);
	curl_easy_setopt(e, CURLOPT_PRIVATE, t);
	curl_easy_setopt(e, CURLOPT_WRITEFUNCTION, on_body);
	curl_easy_setopt(e, CURLOPT_WRITEDATA, t);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETFUNCTION, on_socket);
	curl_easy_setopt(e, CURLOPT_OPENSOCKETDATA, t);
	set_limits(t);
	set_headers(t);
	return true;
}

static void drop_handle(struct transfer *t)
{
	await(t, 0);
	if (t->easy)
		curl_easy_cleanup(t->easy);
	curl_slist_free_all(t->headers);
	t->easy = NULL;
	t->headers = NULL;
}

/* --- the end of a request ------------------------------------------------- */

/* The address of <...>; rel="next" in a Link header. */
static struct str next_link(struct transfer *t)
{
	struct str s = header(t, "Link"), url, rest;

	while (str_cut(s, '<', &rest, &s) && str_cut(s, '>', &url, &s)) {
		rest = str_head(s, str_find_ch(s, '<'));
		if (str_find(rest, STR("rel=\"next\"")) != SIZE_MAX ||
		    str_find(rest, STR("rel=next")) != SIZE_MAX)
			return origin_resolve(&t->at, url, &t->arena);
	}
	return STR("");
}

static struct str digest_of(struct transfer *t, struct strbuf *hex)
{
	unsigned char digest[SHA256_BYTES];

	if (!t->has_part) {
		sha256_of(strbuf_str(&t->body), digest);
		sha256_hex(hex, digest, sizeof digest);
	} else if (part_digest(&t->part, hex)) {
		strbuf_clear(hex);
	}
	return strbuf_str(hex);
}

static void release(struct transfer *t)
{
	drop_handle(t);
	if (t->has_part)
		part_close(&t->part);
	strbuf_release(&t->body);
	arena_release(&t->arena);
	free(t);
}

/* Tells the caller, and forgets the request. */
static void end(struct transfer *t, enum fetch_end how, struct str why)
{
	struct fetch_service *s = t->r.service;
	struct strbuf hex = {0};
	struct fetch_answer a = {
		.end = how, .why = why, .time = fetch_now(),
		.status = t->easy ? status_of(t) : 0,
		.url = origin_url(&t->at, &t->arena),
		.etag = header(t, "ETag"),
		.last_modified = header(t, "Last-Modified"),
		.next = next_link(t)};

	if (how == FETCH_OK) {
		a.body = strbuf_str(&t->body);
		a.size = t->has_part ? t->part.size : t->body.n;
		a.sha256 = digest_of(t, &hex);
		if (!a.sha256.n)
			a.end = FETCH_DISK;
	}
	s->ended++;
	if (how == FETCH_UNREACHED || how == FETCH_CERTIFICATE ||
	    how == FETCH_SLOW || how == FETCH_CUT ||
	    (how == FETCH_STATUS && (a.status >= 500 || a.status == 429)))
		s->lost++;
	else if (how != FETCH_GIVEN_UP && how != FETCH_SPENT)
		s->lost = 0;
	drop_handle(t);
	t->r.done(t->r.context, &a);
	strbuf_release(&hex);
	release(t);
}

/* The wait that the service asks for, -1 when it does not. */
static int64_t asked_wait(struct transfer *t)
{
	struct str reset = header(t, "X-RateLimit-Reset");
	int64_t now = (int64_t)time(NULL);
	int64_t wait = pace_retry_after(header(t, "Retry-After"), now);
	uint64_t at;

	if (wait < 0 && str_is(header(t, "X-RateLimit-Remaining"), "0") &&
	    str_to_u64(reset, &at) && at < INT32_MAX)
		wait = (int64_t)at > now
			? ((int64_t)at - now) * PACE_SECOND : 0;
	return wait;
}

/* Tries again later, unless that was tried often enough. */
static void again(struct transfer *t, enum fetch_end how, struct str why)
{
	struct fetch_service *s = t->r.service;
	int64_t now = pace_clock(), asked = asked_wait(t), wait;

	if (++t->tries >= t->of->o.tries) {
		end(t, how, why);
		return;
	}
	wait = pace_fail(&s->pace, now, asked);
	if (wait > t->of->o.max_wait) {
		why = arena_fmt(&t->arena, "%.*s; it asks to wait %lld s",
				STR_ARG(why), (long long)(wait / PACE_SECOND));
		end(t, how, why);
		return;
	}
	drop_handle(t);
	t->hops = 0;
	if (origin_parse(t->r.url, &t->arena, &t->at)) {
		end(t, FETCH_ADDRESS, t->r.url);
		return;
	}
	t->next = s->again;
	s->again = t;
}

static void submit(struct transfer *t);

/* Goes where a redirect points to, if that is allowed. */
static void follow(struct transfer *t, struct str location)
{
	struct str to = origin_resolve(&t->at, location, &t->arena);
	struct origin o;

	if (t->hops++ == HOPS_MAX) {
		end(t, FETCH_LED_AWAY, STR("too many redirects"));
		return;
	}
	if (t->r.post.n || origin_parse(to, &t->arena, &o) ||
	    !is_allowed(t->r.service, &o)) {
		end(t, FETCH_LED_AWAY, str_head(to, 200));
		return;
	}
	drop_handle(t);
	t->at = o;
	submit(t);
}

static enum fetch_end end_of(const struct transfer *t, CURLcode rc)
{
	if (t->has_fault)
		return t->fault;
	if (t->has_private && rc == CURLE_COULDNT_CONNECT)
		return FETCH_PRIVATE;
	switch (rc) {
	case CURLE_OPERATION_TIMEDOUT:
		return FETCH_SLOW;
	case CURLE_PEER_FAILED_VERIFICATION:
	case CURLE_SSL_CACERT_BADFILE:
	case CURLE_SSL_ISSUER_ERROR:
		return FETCH_CERTIFICATE;
	case CURLE_PARTIAL_FILE:
	case CURLE_GOT_NOTHING:
	case CURLE_RECV_ERROR:
	case CURLE_BAD_CONTENT_ENCODING:
	case CURLE_WEIRD_SERVER_REPLY:
	case CURLE_UNSUPPORTED_PROTOCOL:
	case CURLE_HTTP2:
	case CURLE_HTTP2_STREAM:
		return FETCH_CUT;
	default:
		return FETCH_UNREACHED;
	}
}

static void end_lost(struct transfer *t, CURLcode rc)
{
	enum fetch_end how = end_of(t, rc);
	struct str why = str_c(t->error[0] ? t->error
					   : curl_easy_strerror(rc));

	if (t->has_fault)
		why = STR("");
	if (how == FETCH_PRIVATE)
		why = t->at.host;
	why = arena_dup(&t->arena, why);
	if (how == FETCH_UNREACHED || how == FETCH_SLOW || how == FETCH_CUT)
		again(t, how, why);
	else
		end(t, how, why);
}

/* Is it the answer's length that ended it, not only the connection? */
static bool has_length(struct transfer *t)
{
	long version = 0;

	curl_easy_getinfo(t->easy, CURLINFO_HTTP_VERSION, &version);
	return version >= CURL_HTTP_VERSION_2_0 ||
	       header(t, "Content-Length").n ||
	       str_find_nocase(header(t, "Transfer-Encoding"),
			       STR("chunked")) != SIZE_MAX;
}

static void end_whole(struct transfer *t)
{
	struct curl_header *h;
	enum err e = OK;

	if (t->has_part && !t->is_begun)
		begin_file(t);
	if (!t->has_fault && !t->has_part)
		e = decode_body(header(t, "Content-Encoding"), t->r.max_bytes,
				&t->body);
	if (t->has_fault)
		end(t, t->fault, STR(""));
	else if (e == ERR_LIMIT)
		end(t, FETCH_BIG, STR(""));
	else if (e)
		again(t, FETCH_CUT, STR("it cannot be decompressed"));
	else if (!has_length(t))
		again(t, FETCH_CUT, STR("it does not say how long it is"));
	else if (!curl_easy_header(t->easy, "Content-Length", 1, CURLH_HEADER,
				   -1, &h))
		again(t, FETCH_CUT, STR("it says twice how long it is"));
	else
		end(t, FETCH_OK, STR(""));
}

/* A range that cannot be had: the file is whole, or not of this edition. */
static void end_range(struct transfer *t)
{
	struct str all = header(t, "Content-Range");
	uint64_t size;

	if (str_has_prefix(all, STR("bytes */")) &&
	    str_to_u64(str_from(all, 8), &size) && size == t->part.size)
		end(t, FETCH_OK, STR(""));
	else if (part_restart(&t->part, STR("")))
		end(t, FETCH_DISK, STR(""));
	else
		again(t, FETCH_CUT, STR("the rest of the file is not there"));
}

static void end_answered(struct transfer *t)
{
	long status = status_of(t);
	struct str location = header(t, "Location");
	struct str why = arena_fmt(&t->arena, "%ld", status);
	bool has_range = t->has_part && part_may_resume(&t->part);
	bool is_refused = status == 429 || status == 408 ||
			  status / 100 == 5 ||
			  (status == 403 && asked_wait(t) >= 0);

	fetch_budget_hold(t->of->o.budget, t->r.service, asked_wait(t));
	if (!is_refused)
		pace_succeed(&t->r.service->pace);
	if (status == 200 || (status == 206 && t->has_part && t->is_begun))
		end_whole(t);
	else if (status == 416 && has_range)
		end_range(t);
	else if (status == 304 && (t->r.etag.n || t->r.last_modified.n))
		end(t, FETCH_SAME, STR(""));
	else if (status / 100 == 3 && location.n)
		follow(t, location);
	else if (is_refused)
		again(t, FETCH_STATUS, why);
	else
		end(t, FETCH_STATUS, why);
}

/* --- the loop ------------------------------------------------------------- */

/* Hands the hop to libcurl. */
static void submit(struct transfer *t)
{
	struct fetch *f = t->of;

	if (t->r.file && !t->has_part) {
		if (part_open(&t->part, t->r.file)) {
			end(t, FETCH_DISK, str_c(t->r.file));
			return;
		}
		t->has_part = true;
	}
	if (!prepare(t) || curl_multi_add_handle(f->multi, t->easy)) {
		end(t, FETCH_UNREACHED, STR("libcurl takes no more"));
		return;
	}
	f->active++;
	t->r.service->active++;
	f->requests++;
}

/* Ends what cannot even begin; else begins it. */
static void start(struct transfer *t, int64_t now)
{
	struct fetch *f = t->of;
	struct fetch_service *s = t->r.service;

	if (!t->at.host.n || !is_allowed(s, &t->at)) {
		end(t, FETCH_ADDRESS, str_head(t->r.url, 200));
	} else if (s->lost >= LOST_MAX) {
		end(t, FETCH_GIVEN_UP, STR(""));
	} else if (f->requests >= f->o.requests || f->bytes >= f->o.bytes ||
		   pace_when(&s->pace, now) - now > f->o.max_wait) {
		end(t, FETCH_SPENT, STR(""));
	} else if (fetch_budget_must_wait(f->o.budget, s, now)) {
		t->next = s->again;
		s->again = t;
	} else {
		pace_start(&s->pace, now);
		submit(t);
	}
}

static struct transfer *take(struct fetch_service *s)
{
	struct transfer *t = s->again ? s->again : s->first;

	if (s->again)
		s->again = t->next;
	else
		s->first = t->next;
	if (!s->first)
		s->last = NULL;
	t->next = NULL;
	return t;
}

/* Starts what may start; the moment of the next start, INT64_MAX: none. */
static int64_t start_ready(struct fetch *f, struct fetch_service *s)
{
	while (s->again || s->first) {
		int64_t now = pace_clock(), when = pace_when(&s->pace, now);
		bool is_lost = s->lost >= LOST_MAX;

		if (s->active >= s->parallel || f->active >= ACTIVE_MAX)
			return INT64_MAX;
		if (when > now && when - now <= f->o.max_wait && !is_lost)
			return when;
		start(take(s), now);
	}
	return INT64_MAX;
}

/* Takes what libcurl has finished. */
static bool collect(struct fetch *f)
{
	CURLMsg *m;
	bool any = false;
	int left;

	while ((m = curl_multi_info_read(f->multi, &left))) {
		CURLcode rc = m->data.result;
		CURL *easy = m->easy_handle;
		char *private;
		struct transfer *t;

		if (m->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(easy, CURLINFO_PRIVATE, &private);
		t = (struct transfer *)(void *)private;
		curl_multi_remove_handle(f->multi, easy);
		f->active--;
		t->r.service->active--;
		any = true;
		if (rc)
			end_lost(t, rc);
		else
			end_answered(t);
	}
	return any;
}

static bool is_idle(const struct fetch *f)
{
	for (size_t i = 0; i < f->services.n; i++)
		if (f->services.v[i]->first || f->services.v[i]->again)
			return false;
	return !f->active;
}

void fetch_run(struct fetch *f)
{
	for (;;) {
		int64_t next = INT64_MAX, when, wait = PACE_SECOND / 4;
		int running;

		for (size_t i = 0; i < f->services.n; i++) {
			when = start_ready(f, f->services.v[i]);
			next = when < next ? when : next;
		}
		if (is_idle(f))
			return;
		curl_multi_perform(f->multi, &running);
		if (f->o.progress)
			f->o.progress(f->o.context);
		if (collect(f))
			continue;
		if (next - pace_clock() < wait)
			wait = next - pace_clock();
		if (wait > 0)
			curl_multi_poll(f->multi, NULL, 0,
					(int)((wait + 999) / 1000), NULL);
	}
}

bool fetch_is_built_in(void)
{
	return true;
}

struct fetch *fetch_new(const struct fetch_options *o)
{
	struct fetch *f;

	if (curl_global_init(CURL_GLOBAL_DEFAULT))
		return NULL;
	f = mem_new(1, sizeof *f);
	f->o = *o;
	strbuf_cstr(&f->agent, PACKAGE_NAME "/" PACKAGE_VERSION
		    " (provenance of Open-RAN software");
	if (o->contact)
		strbuf_fmt(&f->agent, "; +%s", o->contact);
	strbuf_ch(&f->agent, ')');
	f->multi = curl_multi_init();
	if (f->multi)
		return f;
	fetch_free(f);
	return NULL;
}

void fetch_free(struct fetch *f)
{
	if (!f)
		return;
	if (f->multi)
		curl_multi_cleanup(f->multi);
	vec_release(&f->services);
	strbuf_release(&f->agent);
	free(f);
	curl_global_cleanup();
}

void fetch_add(struct fetch *f, const struct fetch_request *r)
{
	struct transfer *t = mem_new(1, sizeof *t);
	struct fetch_service *s = r->service;
	size_t i = 0;

	t->r = *r;
	t->of = f;
	t->r.url = arena_dup(&t->arena, r->url);
	t->r.post = arena_dup(&t->arena, r->post);
	if (origin_parse(t->r.url, &t->arena, &t->at))
		t->at = (struct origin){0};
	while (i < f->services.n && f->services.v[i] != s)
		i++;
	if (i == f->services.n)
		vec_push(&f->services, s);
	if (s->last)
		s->last->next = t;
	else
		s->first = t;
	s->last = t;
	s->asked++;
}

#endif
