/* Shared beginnings and endings of the commands. */
#include "cli/setup.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/fs.h"
#include "base/limits.h"
#include "base/path.h"
#include "base/sha256.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/terminal.h"
#include "model/digest_asked.h"
#include "feeds/config.h"
#include "store/bundle.h"
#include "store/facts_store.h"

const char *setup_store_path(const struct opts *o, struct arena *a)
{
	const char *given = opt_value(o, OPT_ID_store);
	const char *named = getenv("RANWHENCE_STORE");

	if (!given && !(named && *named))
		given = config_store(opt_value(o, OPT_ID_config), a);
	return store_path(given, a);
}

struct store *setup_store(const struct opts *o, struct diags *ds)
{
	struct arena a = {0};
	const char *path = setup_store_path(o, &a);
	struct store *s = NULL;

	if (path && store_open(path, DB_READ, ds, &s))
		s = NULL;
	arena_release(&a);
	return s;
}

enum err setup_signature(const char *key, const char *file, struct str bytes,
			 enum diag_code code, struct diags *ds)
{
	struct arena a = {0};
	struct str path = arena_fmt(&a, "%s.sig", file), pem, signature;
	enum err e = ERR_CONFIG;

	if (!fs_read(key, LIMIT_CONFIG_BYTES, &a, ds, &pem) &&
	    !fs_read(path.p, LIMIT_KB, &a, ds, &signature)) {
		e = sha256_verify_ed25519(pem, bytes, signature);
		if (e)
			diag_add(ds, code,
				 diag_at(e == ERR_CONFIG ? str_c(key) : path),
				 e == ERR_CONFIG
				 ? "not the public key of Ed25519 (PEM)"
				 : "not a signature of the file by this key");
	} else {
		diag_add(ds, code, diag_at(path), "no signature to check");
	}
	arena_release(&a);
	return e;
}

/* A file of the user's, signed where a key for it was given. */
static enum err add_facts(const struct opts *o, const char *path,
			  struct facts *f, struct diags *ds)
{
	const char *key = opt_value(o, OPT_ID_facts_key);
	struct arena a = {0};
	struct str bytes;
	enum err e = ERR_CONFIG;

	if (!key)
		return facts_store_add(f, path, ds);
	if (!fs_read(path, LIMIT_FACTS_BYTES, &a, ds, &bytes) &&
	    !setup_signature(key, path, bytes, RW1706, ds))
		e = facts_store_add_bytes(f, path, bytes, ds);
	arena_release(&a);
	return e;
}

struct str setup_facts_key(const struct opts *o, struct arena *a)
{
	const char *key = opt_value(o, OPT_ID_facts_key);
	unsigned char digest[SHA256_BYTES];
	struct arena scratch = {0};
	struct diags ds = {0};
	struct str pem, hex = STR("");
	struct strbuf b;

	strbuf_init(&b, 0);
	if (key && !fs_read(key, LIMIT_CONFIG_BYTES, &scratch, &ds, &pem)) {
		sha256_of(pem, digest);
		sha256_hex(&b, digest, sizeof digest);
		hex = arena_dup(a, strbuf_str(&b));
	}
	strbuf_release(&b);
	diag_release(&ds);
	arena_release(&scratch);
	return hex;
}

enum err setup_author_keys(const struct opts *o, struct author_keys *ret,
			   const struct author_keys **ret_given,
			   struct diags *ds)
{
	const struct opt_values *files = &o->given[OPT_ID_author_keys];
	struct arena a = {0};
	struct str text;
	enum err e = OK;

	*ret = (struct author_keys){0};
	*ret_given = NULL;
	for (size_t i = 0; !e && i < files->list.n; i++) {
		const char *path = files->list.v[i];

		if (fs_read(path, LIMIT_CONFIG_BYTES, &a, ds, &text) ||
		    author_keys_parse(text, str_c(path), ds, ret))
			e = ERR_CONFIG;
	}
	if (!e && files->list.n)
		*ret_given = ret;
	arena_release(&a);
	return e;
}

enum err setup_facts(const struct opts *o, struct store *store,
		     const struct facts_feed_names *names, struct facts *f,
		     struct diags *ds)
{
	const struct opt_values *files = &o->given[OPT_ID_facts];
	enum err e = facts_store_load(f, ds);

	if (store)
		facts_feed_load(f, store, names, ds);
	for (size_t i = 0; i < files->list.n; i++)
		if (add_facts(o, files->list.v[i], f, ds))
			e = ERR_CONFIG;
	facts_store_index(f, ds);
	return !e && diag_has_effect(ds, DIAG_FATAL) ? ERR_CONFIG : e;
}

static enum err complain(const char *option, const char *value,
			 const char *what)
{
	say("--%s=%s: %s", option, value, what);
	return ERR_CONFIG;
}

enum err setup_as_of(const struct opts *o, int32_t *ret_day)
{
	const char *value = opt_value(o, OPT_ID_as_of);
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	uint64_t seconds;

	if (!value && epoch && *epoch &&
	    !str_to_u64(str_c(epoch), &seconds)) {
		say("SOURCE_DATE_EPOCH=%s: not a number of seconds", epoch);
		return ERR_CONFIG;
	}
	*ret_day = date_now();
	if (value && date_parse(str_c(value), ret_day))
		return complain("as-of", value, "not a date YYYY-MM-DD");
	return OK;
}

enum err setup_axes(const struct opts *o, unsigned *ret_axes)
{
	const struct opt_values *given = &o->given[OPT_ID_axis];

	*ret_axes = DIGEST_COMMITS;
	for (size_t i = 0; i < given->list.n; i++) {
		struct str rest = str_c(given->list.v[i]), name;

		while (str_split(&rest, ',', &name)) {
			if (!digest_asked_axis(name))
				return complain("axis", given->list.v[i],
						"not a list of commits, "
						"churn, surviving, review, "
						"stewardship");
			*ret_axes |= digest_asked_axis(name);
		}
	}
	return OK;
}

enum err setup_threads(const struct opts *o, unsigned *ret_n)
{
	const char *value = opt_value(o, OPT_ID_threads);
	uint64_t n = 0;

	if (value && (!str_to_u64(str_c(value), &n) || !n || n > 256))
		return complain("threads", value, "not a number 1 to 256");
	*ret_n = (unsigned)n;
	return OK;
}

static bool is_colourful(void)
{
	const char *term = getenv("TERM"), *no = getenv("NO_COLOR");

	return isatty(STDOUT_FILENO) && !(no && *no) && term &&
	       strcmp(term, "dumb") != 0;
}

enum err setup_style(const struct opts *o, bool is_stdout,
		     struct report_style *ret)
{
	const char *when = opt_value(o, OPT_ID_color);

	*ret = (struct report_style){.columns = 80};
	if (!when || !strcmp(when, "auto"))
		ret->colour = is_stdout && is_colourful();
	else if (!strcmp(when, "always"))
		ret->colour = true;
	else if (strcmp(when, "never") != 0)
		return complain("color", when, "not auto, always or never");
	if (is_stdout)
		ret->columns = terminal_columns(STDOUT_FILENO);
	return OK;
}

static bool is_plain_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) && s.p[i] != '-')
			return false;
	return s.n > 0;
}

/* A name without a dot or slash is a bundled policy first; *ret_path is
 * where the text comes from. */
static enum err policy_text(struct str name, struct arena *a,
			    struct diags *ds, struct str *ret,
			    struct str *ret_path)
{
	const char *file = arena_cstr(a, name);

	*ret_path = arena_dup(a, name);
	if (is_plain_name(name)) {
		struct str path = arena_fmt(a, "policies/%s.yaml", file);
		const struct bundle_file *f = bundle_find(path.p);

		if (f) {
			*ret = str_n((const char *)f->data, f->size);
			*ret_path = path;
			return OK;
		}
	}
	if (fs_kind(file) != FS_FILE) {
		diag_add(ds, RW1602, diag_at(name),
			 "no bundled policy and no file has this name; "
			 "'ranwhence list policies' shows the bundled ones");
		return ERR_CONFIG;
	}
	return fs_read(file, LIMIT_CONFIG_BYTES, a, ds, ret) ? ERR_CONFIG
							     : OK;
}

struct loading {
	struct arena *arena;
	struct diags *diags;
	struct setup_paths *paths; /* that were read; may be NULL */
};

/* What a policy extends is bundled, or a file beside it. */
static enum err load_base(void *with, struct str name, struct str from,
			  struct str *ret_bytes, struct str *ret_path)
{
	struct loading *l = with;
	enum err e;

	if (!is_plain_name(name))
		name = str_has_prefix(name, STR("/")) ? name
		       : path_join(l->arena, path_dir(from), name);
	e = policy_text(name, l->arena, l->diags, ret_bytes, ret_path);
	/* what is bundled is no file; one that could not be read is read
	 * again, to say why */
	if (l->paths && str_eq(*ret_path, name) &&
	    fs_kind(arena_cstr(l->arena, name)) == FS_FILE)
		vec_push(&l->paths->list, *ret_path);
	return e;
}

static enum err load_policy(const char *name, struct loading *l,
			    struct policy *ret)
{
	struct policy_source source = {load_base, l};
	struct str text, path;
	enum err e = load_base(l, str_c(name), STR(""), &text, &path);

	return e ? e : policy_parse_with(text, path, &source, l->diags, ret);
}

enum err setup_policy(const char *name, struct arena *a, struct diags *ds,
		      struct policy *ret)
{
	struct loading l = {a, ds, NULL};

	return load_policy(name, &l, ret);
}

void setup_policy_paths(const char *name, struct arena *a,
			struct setup_paths *ret)
{
	struct diags ds = {0};
	struct loading l = {a, &ds, ret};
	struct policy p;

	if (!load_policy(name, &l, &p))
		policy_release(&p);
	diag_release(&ds);
}

static void write_diag(const struct diag *d)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	strbuf_cstr(&b, "ranwhence: ");
	if (d->place.path.n) {
		utf8_show(&b, d->place.path);
		if (d->place.line)
			strbuf_fmt(&b, ":%u", d->place.line);
		if (d->place.line && d->place.column)
			strbuf_fmt(&b, ":%u", d->place.column);
		strbuf_cstr(&b, ": ");
	}
	utf8_show(&b, d->message);
	strbuf_fmt(&b, " [%s]", diag_name(d->code));
	terminal_tell_line(strbuf_str(&b));
	strbuf_release(&b);
}

void setup_complain(struct diags *ds, enum diag_severity least)
{
	unsigned long dropped;

	diag_sort(ds);
	for (size_t i = 0; i < ds->kept.n; i++)
		if (diag_severity(ds->kept.v[i].code) >= least)
			write_diag(&ds->kept.v[i]);
	dropped = diag_dropped(ds);
	if (dropped)
		say("%lu more of the same kinds",
			dropped);
}

int setup_print(const struct strbuf *b, int code)
{
	struct diags ds = {0};
	enum err e = terminal_write(strbuf_str(b), &ds);

	setup_complain(&ds, DIAG_WARNING);
	diag_release(&ds);
	return e ? EXIT_INCOMPLETE : code;
}

int setup_exit(const struct diags *ds)
{
	if (diag_has_effect(ds, DIAG_FATAL))
		return EXIT_USAGE;
	return diag_has_effect(ds, DIAG_INCOMPLETE) ? EXIT_INCOMPLETE : 0;
}
