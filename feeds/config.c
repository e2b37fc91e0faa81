/* A table of keys for each kind of section; all that is wrong is told. */
#include "feeds/config.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/limits.h"

#define TOKEN_MAX 4096

struct reader {
	struct config *c;
	struct diags *ds;
	struct str path;
	unsigned line;
	struct config_feed *feed; /* of the section, NULL in another */
	bool no_secrets;          /* leaves tokens where they are */
};

typedef const char *take(struct reader *r, struct str value, void *to);

struct key {
	const char *name;
	take *take;
	size_t offset;
};

static const char *take_time(struct reader *r, struct str value, void *to)
{
	(void)r;
	return pace_parse_time(value, to)
		? NULL : "is not a time such as 500ms, 20s, 5m, 2h, 7d";
}

static const char *take_count(struct reader *r, struct str value, void *to)
{
	uint64_t n;

	(void)r;
	if (!str_to_u64(value, &n) || !n || n > UINT32_MAX)
		return "is not a number from 1 on";
	*(uint64_t *)to = n;
	return NULL;
}

static const char *take_tries(struct reader *r, struct str value, void *to)
{
	uint64_t n = 0;

	(void)r;
	if (!str_to_u64(value, &n) || n < 1 || n > 20)
		return "is not a number from 1 to 20";
	*(unsigned *)to = (unsigned)n;
	return NULL;
}

/* "500M": bytes. */
static const char *take_bytes(struct reader *r, struct str value, void *to)
{
	static const char units[] = "KMG";
	unsigned shift = 0;
	uint64_t n;

	(void)r;
	for (unsigned i = 0; i < 3; i++)
		if (value.p[value.n - 1] == units[i])
			shift = 10 * (i + 1);
	value.n -= shift != 0;
	if (!str_to_u64(value, &n) || !n || n > 1000000000)
		return "is not a size such as 800K, 500M or 2G";
	*(uint64_t *)to = n << shift;
	return NULL;
}

static const char *take_bool(struct reader *r, struct str value, void *to)
{
	(void)r;
	*(bool *)to = str_is(value, "yes");
	return *(bool *)to || str_is(value, "no") ? NULL : "is not yes or no";
}

static const char *take_enabled(struct reader *r, struct str value, void *to)
{
	const char *why = take_bool(r, value, to);

	r->feed->is_disabled = !why && !*(bool *)to;
	return why;
}

static const char *take_cstr(struct reader *r, struct str value, void *to)
{
	*(const char **)to = arena_cstr(&r->c->arena, value);
	return NULL;
}

static const char *take_str(struct reader *r, struct str value, void *to)
{
	*(struct str *)to = arena_dup(&r->c->arena, value);
	return NULL;
}

static const char *take_url(struct reader *r, struct str value, void *to)
{
	struct origin o;

	while (str_has_suffix(value, STR("/")))
		value.n--;
	if (origin_parse(value, &r->c->arena, &o))
		return "is not an address https://HOST/PATH";
	if (!str_is(o.scheme, "https") && !origin_is_loopback(&o))
		return "must be https";
	if (str_find_ch(value, '?') != SIZE_MAX)
		return "must not have a query";
	return take_str(r, value, to);
}

static const char *take_proxy(struct reader *r, struct str value, void *to)
{
	struct origin o;

	if (origin_parse(value, &r->c->arena, &o))
		return "is not an address http://HOST:PORT";
	return take_cstr(r, value, to);
}

/* Percent, from 1 to 99, or "no". */
static const char *take_hold(struct reader *r, struct str value, void *to)
{
	unsigned *hold = to;
	uint64_t n = 0;

	(void)r;
	if (str_has_suffix(value, STR("%")))
		value = str_trim(str_head(value, value.n - 1));
	if (!str_is(value, "no") &&
	    (!str_to_u64(value, &n) || !n || n > 99))
		return "is neither from 1 % to 99 % nor 'no'";
	*hold = (unsigned)n;
	return NULL;
}

static const char *take_rate(struct reader *r, struct str value, void *to)
{
	(void)r;
	return pace_parse(value, to)
		? NULL : "is not a rate such as 2/s, 60/m or 1/s 5000/h";
}

/* --- tokens --------------------------------------------------------------- */

static void bad_token(struct reader *r, struct str of, const char *what)
{
	diag_add(r->ds, RW2002, diag_at_line(r->path, r->line), "%.*s: %s",
		 STR_ARG(of), what);
}

static void set_token(struct reader *r, struct str of, struct str token)
{
	token = str_trim(token);
	for (size_t i = 0; i < token.n; i++)
		if (token.p[i] <= ' ' || token.p[i] >= 0x7f)
			token.n = 0;
	if (!token.n || token.n > TOKEN_MAX)
		bad_token(r, of, "holds no token");
	r->feed->token = arena_dup(&r->c->arena, token);
}

static const char *take_token_env(struct reader *r, struct str value, void *to)
{
	const char *token = getenv(arena_cstr(&r->c->arena, value));

	(void)to;
	if (r->no_secrets)
		return NULL;
	if (token)
		set_token(r, value, str_c(token));
	else
		bad_token(r, value, "is not set in the environment");
	return NULL;
}

/* A file that only its owner, who is us, can read. */
static const char *take_token_file(struct reader *r, struct str value,
				   void *to)
{
	int fd = r->no_secrets ? -1
		: open(arena_cstr(&r->c->arena, value), O_RDONLY | O_CLOEXEC |
		       O_NOFOLLOW | O_NONBLOCK);
	char text[TOKEN_MAX + 2];
	struct stat st;
	ssize_t n;

	(void)to;
	if (r->no_secrets)
		return NULL;
	if (fd < 0 || fstat(fd, &st)) {
		bad_token(r, value, strerror(errno));
	} else if (!S_ISREG(st.st_mode) || st.st_uid != geteuid() ||
		   (st.st_mode & 077)) {
		bad_token(r, value, "must be a file that is yours and that "
				    "nobody else may read (chmod 600)");
	} else {
		n = read(fd, text, sizeof text);
		set_token(r, value, str_n(text, n > 0 ? (size_t)n : 0));
	}
	if (fd >= 0)
		close(fd);
	return NULL;
}

/* --- sections ------------------------------------------------------------- */

#define OF(member) offsetof(struct config, member)
static const struct key fetch_keys[] = {
	{"backoff", take_time, OF(backoff)},
	{"bytes", take_bytes, OF(fetch.bytes)},
	{"ca-file", take_cstr, OF(fetch.ca_file)},
	{"connect-time", take_time, OF(fetch.connect_time)},
	{"contact", take_cstr, OF(fetch.contact)},
	{"file-time", take_time, OF(fetch.file_time)},
	{"max-wait", take_time, OF(fetch.max_wait)},
	{"proxy", take_proxy, OF(fetch.proxy)},
	{"requests", take_count, OF(fetch.requests)},
	{"seed", take_count, OF(seed)},
	{"stall-time", take_time, OF(fetch.stall_time)},
	{"time", take_time, OF(fetch.time)},
	{"tries", take_tries, OF(fetch.tries)},
	{0},
};
static const struct key store_keys[] = {
	{"file", take_cstr, OF(store)},
	{0},
};
#undef OF
#define OF(member) offsetof(struct config_feed, member)
static const struct key feed_keys[] = {
	{"enabled", take_enabled, OF(is_enabled)},
	{"hold-withdrawals", take_hold, OF(hold)},
	{"hosts", take_str, OF(hosts)},
	{"licence", take_str, OF(licence)},
	{"may-shrink", take_bool, OF(may_shrink)},
	{"private", take_bool, OF(is_private)},
	{"rate", take_rate, OF(rate)},
	{"token-env", take_token_env, 0},
	{"token-file", take_token_file, 0},
	{"url", take_url, OF(url)},
	{0},
};
#undef OF

static void complain(struct reader *r, struct str of, const char *what)
{
	diag_add(r->ds, RW2001, diag_at_line(r->path, r->line), "%.*s %s",
		 STR_ARG(str_head(of, 100)), what);
}

/* The keys of a section, NULL when it is none. */
static const struct key *open_section(struct reader *r, struct str name)
{
	struct str kind, feed;

	r->feed = NULL;
	if (str_is(name, "fetch"))
		return fetch_keys;
	if (str_is(name, "store"))
		return store_keys;
	if (str_cut(name, ' ', &kind, &feed) && str_is(kind, "feed")) {
		feed = str_trim(feed);
		for (size_t i = 0; i < r->c->feeds.n; i++)
			if (str_is(feed, r->c->feeds.v[i].feed->name))
				r->feed = &r->c->feeds.v[i];
		if (r->feed)
			return feed_keys;
		complain(r, feed, "is no feed: 'ranwhence feeds' lists them");
		return NULL;
	}
	complain(r, name, "is no section");
	return NULL;
}

/* A setting that only this feed has. */
static bool take_own(struct reader *r, struct str key, struct str value)
{
	struct str words = str_c(r->feed ? r->feed->feed->settings : ""), word;
	struct arena *a = &r->c->arena;

	while (str_word(&words, &word))
		if (str_eq(word, key)) {
			vec_push(&r->feed->settings,
				 ((struct config_setting){
					arena_dup(a, key),
					arena_dup(a, value)}));
			return true;
		}
	return false;
}

/* What is written behind a value, after a blank. */
static struct str without_comment(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] == '#' && (!i || value.p[i - 1] == ' ' ||
					  value.p[i - 1] == '\t'))
			value.n = i;
	return str_trim(value);
}

static void take_line(struct reader *r, const struct key *keys,
		      struct str line)
{
	void *of = r->feed ? (void *)r->feed : (void *)r->c;
	struct str name, value;
	const char *why;

	if (!str_cut(line, '=', &name, &value)) {
		complain(r, line, "is not of the form KEY = VALUE");
		return;
	}
	name = str_trim(name);
	value = without_comment(value);
	while (keys->name && !str_is(name, keys->name))
		keys++;
	if (!value.n) {
		complain(r, name, "has no value");
	} else if (keys->name) {
		why = keys->take(r, value, (char *)of + keys->offset);
		if (why)
			complain(r, name, why);
	} else if (!take_own(r, name, value)) {
		complain(r, name, "is no key of this section");
	}
}

static void begin(struct config *c)
{
	const struct feed *f;

	*c = (struct config){.fetch = fetch_options_default(),
			     .backoff = 2 * PACE_SECOND};
	for (size_t i = 0; (f = feed_at(i)); i++)
		vec_push(&c->feeds, ((struct config_feed){
			.feed = f, .hold = EDITION_HOLD}));
}

static unsigned long faults(const struct diags *ds)
{
	return ds->counts[RW2001] + ds->counts[RW2002];
}

static enum err parse(struct str text, struct str path, bool no_secrets,
		      struct diags *ds, struct config *ret)
{
	struct reader r = {.c = ret, .ds = ds, .path = path,
			   .no_secrets = no_secrets};
	const struct key *keys = NULL;
	unsigned long before = faults(ds);
	bool is_in_section = false;
	struct str line;

	begin(ret);
	while (str_line(&text, &line)) {
		r.line++;
		line = str_trim(line);
		if (!line.n || line.p[0] == '#' || line.p[0] == ';')
			continue;
		if (line.p[0] == '[' && line.p[line.n - 1] == ']') {
			keys = open_section(&r, str_trim(
				str_sub(line, 1, line.n - 1)));
			is_in_section = true;
		} else if (!is_in_section) {
			complain(&r, line, "stands in no section");
		} else if (keys) {
			take_line(&r, keys, line);
		}
	}
	return faults(ds) == before ? OK : ERR_CONFIG;
}

enum err config_parse(struct str text, struct str path, struct diags *ds,
		      struct config *ret)
{
	return parse(text, path, false, ds, ret);
}

const char *config_path(const char *path, struct arena *a)
{
	const char *home = getenv("XDG_CONFIG_HOME");

	if (path)
		return path;
	if (home && *home)
		path = arena_fmt(a, "%s/ranwhence/config", home).p;
	else if ((home = getenv("HOME")) && *home)
		path = arena_fmt(a, "%s/.config/ranwhence/config", home).p;
	else
		return NULL;
	return fs_kind(path) == FS_NONE ? NULL : path;
}

static enum err load(const char *path, bool no_secrets, struct diags *ds,
		     struct config *ret)
{
	struct arena a = {0};
	struct str text = STR("");
	enum err e = OK;

	path = config_path(path, &a);
	if (path)
		e = fs_read(path, LIMIT_CONFIG_BYTES, &a, ds, &text);
	if (e) {
		begin(ret);
		diag_add(ds, RW2001, diag_at(str_c(path)), "cannot be read");
		e = ERR_CONFIG;
	} else {
		e = parse(text, str_c(path ? path : ""), no_secrets, ds, ret);
	}
	arena_release(&a);
	return e;
}

enum err config_load(const char *path, struct diags *ds, struct config *ret)
{
	return load(path, false, ds, ret);
}

const char *config_store(const char *path, struct arena *a)
{
	struct diags ignored = {0};
	const char *store = NULL;
	struct config c;

	if (load(path, true, &ignored, &c) != ERR_NOTFOUND && c.store)
		store = arena_cstr(a, str_c(c.store));
	config_release(&c);
	diag_release(&ignored);
	return store;
}

void config_release(struct config *c)
{
	for (size_t i = 0; i < c->feeds.n; i++)
		vec_release(&c->feeds.v[i].settings);
	vec_release(&c->feeds);
	arena_release(&c->arena);
	*c = (struct config){0};
}
