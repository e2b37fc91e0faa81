/*
 * A line of a file of SSH is "principals [options] type key [comment]".  What
 * git signs of a commit is its text without the headers of signatures.
 */
#include "history/author_keys.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/sha256.h"
#include "history/address.h"
#include "history/pgpsig_text.h"
#include "history/sshsig.h"

static int compare_keys(const void *va, const void *vb)
{
	const struct author_key *a = va, *b = vb;
	int d = str_cmp(a->key, b->key);

	return d ? d : str_cmp(a->host, b->host);
}

/* --- the file ------------------------------------------------------------- */

/* Other patterns than the whole, and what is left out, are not read. */
static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '*' || s.p[i] == '?' || s.p[i] == '!' ||
		    s.p[i] == '"')
			return str_is(s, "*");
	return s.n != 0;
}

/* "*@host" or "name@host", whole; pieces of hosts speak for nobody. */
static bool read_host(struct str principal, struct arena *a, struct str *ret)
{
	size_t at = str_rfind_ch(principal, '@');
	struct str name = str_head(principal, at == SIZE_MAX ? 0 : at);

	if (!is_name(name))
		return false;
	*ret = arena_lower(a, str_from(principal, at + 1));
	if (!ret->n || ret->n > LIMIT_HOST_BYTES)
		return false;
	for (size_t i = 0; i < ret->n; i++)
		if (!ascii_is_alnum(ret->p[i]) && ret->p[i] != '.' &&
		    ret->p[i] != '-')
			return false;
	return true;
}

/* What is wrong with a line, or NULL. */
static const char *read_line(struct str line, struct author_keys *to)
{
	struct str principals, type, text, one;
	struct author_key k;
	struct strbuf bytes;
	bool is_key;

	if (!str_word(&line, &principals) || !str_word(&line, &type))
		return "a line is not principals, a type and a key";
	if (str_is(type, "namespaces=\"git\"") && !str_word(&line, &type))
		return "a line has no key";
	if (!str_is(type, "ssh-ed25519"))
		return "only keys of the type ssh-ed25519 are read, and no "
		       "option but namespaces=\"git\"";
	strbuf_init(&bytes, SSHSIG_MOST_BYTES);
	is_key = str_word(&line, &text) && sshsig_decode(text, &bytes) &&
		 sshsig_key(strbuf_str(&bytes), &k.key);
	if (is_key)
		k.key = arena_dup(&to->arena, k.key);
	strbuf_release(&bytes);
	if (!is_key)
		return "the key is not that of an ssh-ed25519";
	while (str_split(&principals, ',', &one)) {
		if (!read_host(one, &to->arena, &k.host))
			return "a principal is not name@host or *@host";
		vec_push(&to->list, k);
	}
	return NULL;
}

static void note_hash(struct str text, struct author_keys *ret)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf hex;

	strbuf_init(&hex, 0);
	strbuf_add(&hex, ret->sha256);
	sha256_of(text, digest);
	sha256_hex(&hex, digest, sizeof digest);
	if (ret->sha256.n) {
		sha256_of(strbuf_str(&hex), digest);
		strbuf_clear(&hex);
		sha256_hex(&hex, digest, sizeof digest);
	}
	ret->sha256 = arena_dup(&ret->arena, strbuf_str(&hex));
	strbuf_release(&hex);
}

static const char *read_pgp(struct str text, struct author_keys *to)
{
	struct pgpsig_keys *k;
	const char *why = pgpsig_read(text, &k);

	if (!why)
		vec_push(&to->pgp, k);
	return why;
}

/* In *ret_line where something is wrong. */
static const char *read_lines(struct str text, struct author_keys *to,
			      unsigned *ret_line)
{
	size_t before = to->list.n;
	const char *why = NULL;
	struct str line;

	while (!why && str_line(&text, &line)) {
		++*ret_line;
		line = str_trim(line);
		if (line.n && line.p[0] != '#')
			why = read_line(line, to);
	}
	if (!why && to->list.n == before)
		why = "there is no key in it";
	vec_sort(&to->list, compare_keys);
	return why;
}

enum err author_keys_parse(struct str text, struct str path,
			   struct diags *ds, struct author_keys *to)
{
	unsigned line = 0;
	const char *why = pgpsig_is_keyring(text)
			  ? read_pgp(text, to) : read_lines(text, to, &line);

	note_hash(text, to);
	if (!why)
		return OK;
	diag_add(ds, RW1417, line ? diag_at_line(path, line) : diag_at(path),
		 "%s", why);
	author_keys_release(to);
	return ERR_CONFIG;
}

void author_keys_release(struct author_keys *k)
{
	for (size_t i = 0; i < k->pgp.n; i++)
		pgpsig_free(k->pgp.v[i]);
	vec_release(&k->pgp);
	vec_release(&k->list);
	arena_release(&k->arena);
	*k = (struct author_keys){0};
}

/* --- a commit ------------------------------------------------------------- */

/* A commit without the headers of signatures, and the one that counts. */
struct parted {
	struct strbuf message, signature;
	size_t n; /* headers of the kind that counts */
};

/*
 * Takes the headers apart; a line that begins with a blank continues the one
 * before.  False when readers may not agree on them: a NUL ends the header
 * for those of C strings, and of two signatures either may be meant.
 */
static bool part(struct str raw, size_t oid_bytes, struct parted *ret)
{
	const struct str sha1 = STR("gpgsig "), sha256 = STR("gpgsig-sha256 ");
	struct str own = oid_bytes == SHA256_BYTES ? sha256 : sha1;
	struct str other = oid_bytes == SHA256_BYTES ? sha1 : sha256;
	bool in_own = false, in_other = false;
	struct str rest = raw, line;

	while (str_split(&rest, '\n', &line) && line.n && rest.p) {
		if (str_find_ch(line, '\0') != SIZE_MAX)
			return false;
		if (line.p[0] != ' ') {
			in_own = str_has_prefix(line, own);
			in_other = str_has_prefix(line, other);
			ret->n += in_own;
		}
		if (in_own) {
			strbuf_add(&ret->signature, str_from(
				line, line.p[0] == ' ' ? 1 : own.n));
			strbuf_ch(&ret->signature, '\n');
		} else if (!in_other) {
			strbuf_add(&ret->message, line);
			strbuf_ch(&ret->message, '\n');
		}
	}
	if (line.n || !rest.p)
		return false; /* no message follows */
	strbuf_ch(&ret->message, '\n');
	strbuf_add(&ret->message, rest);
	return ret->n == 1 && !ret->message.full && !ret->signature.full;
}

static bool speaks_for(const struct author_keys *k, struct str key,
		       struct str host)
{
	struct author_key want = {host, key};

	return k->list.n && bsearch(&want, k->list.v, k->list.n,
				    sizeof *k->list.v, compare_keys);
}

/* The first of a key's hosts is found as the least above none. */
static bool is_known(const struct author_keys *k, struct str key)
{
	size_t low = 0, high = k->list.n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (str_cmp(k->list.v[mid].key, key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < k->list.n && str_eq(k->list.v[low].key, key);
}

static enum signature check_ssh(const struct author_keys *k,
				const struct parted *p, struct str host)
{
	enum signature is = SIGNATURE_NONE;
	struct strbuf bytes;
	struct sshsig s;

	strbuf_init(&bytes, SSHSIG_MOST_BYTES);
	if (sshsig_parse(strbuf_str(&p->signature), &bytes, &s) &&
	    is_known(k, s.key))
		is = !sshsig_verify(&s, strbuf_str(&p->message))
		     ? SIGNATURE_FORGED
		     : speaks_for(k, s.key, host) ? SIGNATURE_SOUND
						  : SIGNATURE_OTHER;
	strbuf_release(&bytes);
	return is;
}

/* By the file whose key made it. */
static enum signature check_pgp(const struct author_keys *k,
				const struct parted *p, struct str address)
{
	enum signature is = SIGNATURE_NONE;

	for (size_t i = 0; i < k->pgp.n && is != SIGNATURE_SOUND; i++) {
		enum signature one = pgpsig_check(
			k->pgp.v[i], strbuf_str(&p->signature),
			strbuf_str(&p->message), address);

		if (one == SIGNATURE_SOUND || is == SIGNATURE_NONE)
			is = one;
	}
	return is;
}

/* Most commits have no such signature: they are looked through once. */
static bool may_be_signed(const struct author_keys *k, struct str raw)
{
	return str_find(raw, STR("\ngpgsig")) != SIZE_MAX &&
	       ((k->list.n && str_find(raw, STR(SSHSIG_BEGIN)) != SIZE_MAX) ||
		(k->pgp.n && str_find(raw, STR(PGPSIG_BEGIN)) != SIZE_MAX));
}

enum signature author_keys_check(const struct author_keys *k, struct str raw,
				 size_t oid_bytes, struct str host,
				 struct str address)
{
	enum signature is = SIGNATURE_NONE;
	struct parted p = {.n = 0};

	if (!host.n || !may_be_signed(k, raw))
		return SIGNATURE_NONE;
	strbuf_init(&p.message, LIMIT_COMMIT_BYTES);
	strbuf_init(&p.signature, PGPSIG_TEXT_MOST);
	if (part(raw, oid_bytes, &p))
		is = str_has_prefix(strbuf_str(&p.signature),
				    STR(PGPSIG_BEGIN))
		     ? check_pgp(k, &p, address) : check_ssh(k, &p, host);
	strbuf_release(&p.message);
	strbuf_release(&p.signature);
	return is;
}
