/*
 * RNP behind a table of its functions.  It is asked whether a signature fits,
 * and what a key is; which key it was and for whom that speaks is decided
 * here.  It knows no other day than a fixed one past all keys: what it says of
 * a signature depends on the signature's own date.
 */
#include "history/pgpsig.h"

#ifdef HAVE_RNP

#include <dlfcn.h>
#include <errno.h>
#include <pthread.h>
#include <rnp/rnp.h>
#include <rnp/rnp_err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/vec.h"
#include "history/pgpsig_text.h"

#define LIBRARY "librnp.so.0"
#define DAY_OF_ALL 4102444800u /* 2100-01-01 */
#define LEAST_RSA_BITS 2048
#define KEYID_CHARS 16
#define ROOM ((size_t)1 << 20) /* more than the library takes */
#define ARMOUR "-----BEGIN PGP "
#define TAG_SECRET 5
#define TAG_PUBLIC 6

#define FUNCTIONS(X) \
	X(version_string) X(buffer_destroy) \
	X(ffi_create) X(ffi_destroy) X(set_timestamp) X(load_keys) \
	X(input_from_memory) X(input_destroy) \
	X(identifier_iterator_create) X(identifier_iterator_next) \
	X(identifier_iterator_destroy) X(locate_key) X(key_handle_destroy) \
	X(key_get_fprint) X(key_get_primary_fprint) X(key_is_primary) \
	X(key_is_revoked) X(key_valid_till64) X(key_get_bits) X(key_get_alg) \
	X(key_allows_usage) X(key_get_uid_count) X(key_get_uid_handle_at) \
	X(uid_get_data) X(uid_is_valid) X(uid_handle_destroy) \
	X(op_verify_detached_create) X(op_verify_execute) \
	X(op_verify_destroy) X(op_verify_get_signature_count) \
	X(op_verify_get_signature_at) X(op_verify_signature_get_status) \
	X(op_verify_signature_get_handle) X(signature_handle_destroy) \
	X(signature_get_key_fprint) X(signature_get_keyid) \
	X(signature_get_creation)
#define MEMBER(name) __typeof__(rnp_##name) *name;
struct functions { FUNCTIONS(MEMBER) };
#undef MEMBER

/* A key or subkey that may sign, by its fingerprint. */
struct signer {
	struct str print;
	uint64_t till;  /* the last second of signatures by it */
	bool is_revoked, is_weak;
	size_t first, n; /* its addresses */
};

struct pgpsig_keys {
	struct functions f;
	pthread_mutex_t lock; /* guards ffi */
	rnp_ffi_t ffi;
	struct arena arena;
	VEC(struct signer) signers; /* by fingerprint */
	VEC(struct str) addresses;
};

/* --- the library ---------------------------------------------------------- */

static bool load(struct functions *f)
{
	void *library = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL |
					RTLD_NODELETE);
	bool is_whole = library != NULL;
	void *at;

#define FIND(name) \
	at = library ? dlsym(library, "rnp_" #name) : NULL; \
	memcpy(&f->name, &at, sizeof at); \
	is_whole = is_whole && at;
	FUNCTIONS(FIND)
#undef FIND
	return is_whole;
}

const char *pgpsig_library(void)
{
	struct functions f;

	return load(&f) ? f.version_string() : NULL;
}

/*
 * Debian's library says on standard error what it comes upon, in the words of
 * whoever made the signature.  The stream is ours, once there are keys, and
 * passes on what is not said while the library is asked.
 */
static _Thread_local bool is_asking;

#ifdef __GLIBC__
static ssize_t pass_on(void *with, const char *p, size_t n)
{
	size_t done = 0;

	(void)with;
	while (!is_asking && done < n) {
		ssize_t one = write(STDERR_FILENO, p + done, n - done);

		if (one <= 0 && errno != EINTR)
			return (ssize_t)done;
		done += one > 0 ? (size_t)one : 0;
	}
	return (ssize_t)n;
}

/* Before there are threads; of a stream like this there is no descriptor. */
static void take_stderr(void)
{
	FILE *ours;

	if (fileno(stderr) < 0)
		return;
	ours = fopencookie(NULL, "w", (cookie_io_functions_t){
				   .write = pass_on});
	if (!ours || setvbuf(ours, NULL, _IONBF, 0))
		mem_fail();
	stderr = ours;
}
#else
static void take_stderr(void)
{
}
#endif

/* What the library said; where memory has ended it is asked no more. */
static rnp_result_t said(rnp_result_t r)
{
	is_asking = false;
	if (r == RNP_ERROR_OUT_OF_MEMORY)
		mem_fail();
	return r;
}

#define ASK(call) said((is_asking = true, (call)))
#define WENT(call) (ASK(call) == RNP_SUCCESS)

/* A text that it made, as one of ours. */
static struct str taken(struct pgpsig_keys *k, char *text)
{
	struct str s = arena_dup(&k->arena, str_c(text));

	k->f.buffer_destroy(text);
	return s;
}

/* --- keys ----------------------------------------------------------------- */

/* The kind of the first packet, 0 where it is none. */
static int first_tag(struct str text)
{
	unsigned char b = text.n ? (unsigned char)text.p[0] : 0;

	return !(b & 0x80) ? 0 : b & 0x40 ? b & 0x3f : b >> 2 & 15;
}

bool pgpsig_is_keyring(struct str text)
{
	int tag = first_tag(text);

	return tag == TAG_SECRET || tag == TAG_PUBLIC ||
	       str_has_prefix(str_trim(text), STR(ARMOUR));
}

/* The address of a user id: "Name <address>", or nothing but it. */
static struct str address_of(struct str id)
{
	size_t open = str_rfind_ch(id, '<');

	id = str_trim(id);
	if (open != SIZE_MAX)
		id = str_has_suffix(id, STR(">"))
		     ? str_sub(id, open + 1, id.n - 1) : STR("");
	for (size_t i = 0; i < id.n; i++)
		if (id.p[i] <= ' ' || id.p[i] > '~' || id.p[i] == '>')
			return STR("");
	return str_find_ch(id, '@') == SIZE_MAX ? STR("") : id;
}

static void note_address(struct pgpsig_keys *k, rnp_uid_handle_t uid)
{
	bool is_valid = false;
	void *data = NULL;
	size_t n = 0;
	struct str address;

	if (!WENT(k->f.uid_is_valid(uid, &is_valid)) || !is_valid ||
	    !WENT(k->f.uid_get_data(uid, &data, &n)))
		return;
	address = address_of(str_n(data, n));
	if (address.n && address.n <= LIMIT_HOST_BYTES)
		vec_push(&k->addresses, arena_dup(&k->arena, address));
	k->f.buffer_destroy(data);
}

static void note_addresses(struct pgpsig_keys *k, rnp_key_handle_t primary)
{
	size_t n = 0;

	(void)WENT(k->f.key_get_uid_count(primary, &n));
	for (size_t i = 0; i < n; i++) {
		rnp_uid_handle_t uid;

		if (!WENT(k->f.key_get_uid_handle_at(primary, i, &uid)))
			continue;
		note_address(k, uid);
		k->f.uid_handle_destroy(uid);
	}
}

/* RSA and DSA by their length; all curves are long enough. */
static bool is_weak(struct pgpsig_keys *k, rnp_key_handle_t key)
{
	uint32_t bits = 0;
	char *alg = NULL;
	bool is_old;

	if (!WENT(k->f.key_get_alg(key, &alg)))
		return true;
	is_old = str_is(str_c(alg), "RSA") || str_is(str_c(alg), "DSA");
	k->f.buffer_destroy(alg);
	return is_old && (!WENT(k->f.key_get_bits(key, &bits)) ||
			  bits < LEAST_RSA_BITS);
}

/* A key without a sound signature of its own is valid at no time. */
static bool note_signer(struct pgpsig_keys *k, rnp_key_handle_t key,
			rnp_key_handle_t primary)
{
	struct signer s = {.first = k->addresses.n};
	bool may_sign = false, is_revoked = false;
	char *print = NULL;

	if (!WENT(k->f.key_allows_usage(key, "sign", &may_sign)) ||
	    !WENT(k->f.key_get_fprint(key, &print)))
		return false;
	s.print = taken(k, print);
	if (!may_sign)
		return true;
	if (!WENT(k->f.key_is_revoked(key, &s.is_revoked)) ||
	    !WENT(k->f.key_is_revoked(primary, &is_revoked)) ||
	    !WENT(k->f.key_valid_till64(key, &s.till)))
		return false;
	s.is_revoked = s.is_revoked || is_revoked;
	s.is_weak = is_weak(k, key);
	note_addresses(k, primary);
	s.n = k->addresses.n - s.first;
	vec_push(&k->signers, s);
	return true;
}

/* A subkey speaks for the addresses of its primary key. */
static bool note_key(struct pgpsig_keys *k, const char *print)
{
	rnp_key_handle_t key = NULL, primary = NULL;
	char *of = NULL;
	bool is_primary = false, is_noted = false;

	if (!WENT(k->f.locate_key(k->ffi, "fingerprint", print, &key)) || !key)
		return false;
	if (!WENT(k->f.key_is_primary(key, &is_primary)))
		goto out;
	if (is_primary) {
		is_noted = note_signer(k, key, key);
		goto out;
	}
	if (!WENT(k->f.key_get_primary_fprint(key, &of)) || !of)
		goto out;
	if (WENT(k->f.locate_key(k->ffi, "fingerprint", of, &primary)) &&
	    primary)
		is_noted = note_signer(k, key, primary);
	k->f.buffer_destroy(of);
out:
	k->f.key_handle_destroy(primary);
	k->f.key_handle_destroy(key);
	return is_noted;
}

static int by_print(const void *va, const void *vb)
{
	const struct signer *a = va, *b = vb;

	return str_cmp(a->print, b->print);
}

static bool note_keys(struct pgpsig_keys *k)
{
	rnp_identifier_iterator_t it;
	const char *print = NULL;
	bool is_noted = WENT(k->f.identifier_iterator_create(k->ffi, &it,
							     "fingerprint"));

	if (!is_noted)
		return false;
	while (is_noted && WENT(k->f.identifier_iterator_next(it, &print)) &&
	       print)
		is_noted = note_key(k, print);
	k->f.identifier_iterator_destroy(it);
	vec_sort(&k->signers, by_print);
	return is_noted;
}

static const char *read_keys(struct pgpsig_keys *k, struct str text)
{
	rnp_input_t in = NULL;
	bool is_read;

	take_stderr();
	if (!load(&k->f))
		return "keys of OpenPGP need the library RNP, which is not "
		       "there";
	if (!WENT(k->f.ffi_create(&k->ffi, RNP_KEYSTORE_GPG,
				  RNP_KEYSTORE_GPG)) ||
	    !WENT(k->f.set_timestamp(k->ffi, DAY_OF_ALL)) ||
	    !WENT(k->f.input_from_memory(&in, (const uint8_t *)text.p,
					 text.n, false)))
		return "the library RNP cannot be used";
	is_read = WENT(k->f.load_keys(k->ffi, RNP_KEYSTORE_GPG, in,
				      RNP_LOAD_SAVE_PUBLIC_KEYS));
	k->f.input_destroy(in);
	if (!is_read || !note_keys(k))
		return "the keys of OpenPGP cannot be read";
	return k->addresses.n ? NULL : "no key of OpenPGP may sign and has an "
				       "address in a valid user id";
}

static const char *new_keys(struct str text, struct pgpsig_keys **ret)
{
	struct pgpsig_keys *k = mem_new(1, sizeof *k);
	const char *why;

	pthread_mutex_init(&k->lock, NULL);
	why = read_keys(k, text);
	if (why)
		pgpsig_free(k);
	else
		*ret = k;
	return why;
}

static bool same_signer(const struct signer *a, const struct signer *b)
{
	return str_eq(a->print, b->print) && a->till == b->till &&
	       a->is_revoked == b->is_revoked && a->is_weak == b->is_weak &&
	       a->first == b->first && a->n == b->n;
}

static bool same_keys(const struct pgpsig_keys *a,
		      const struct pgpsig_keys *b)
{
	bool are_same = a->signers.n == b->signers.n &&
			a->addresses.n == b->addresses.n;

	for (size_t i = 0; are_same && i < a->signers.n; i++)
		are_same = same_signer(&a->signers.v[i], &b->signers.v[i]);
	for (size_t i = 0; are_same && i < a->addresses.n; i++)
		are_same = str_eq(a->addresses.v[i], b->addresses.v[i]);
	return are_same;
}

/*
 * Where memory ends the library may take a key for invalid whose signatures
 * it could not compute, and all that it signed would look expired: what it
 * does not say twice is not believed.
 */
const char *pgpsig_read(struct str text, struct pgpsig_keys **ret)
{
	struct pgpsig_keys *again = NULL;
	const char *why;

	*ret = NULL;
	if (first_tag(text) == TAG_SECRET ||
	    str_find(text, STR(ARMOUR "PRIVATE")) != SIZE_MAX)
		return "it has a secret key: give the public one";
	why = new_keys(text, ret);
	if (!why)
		why = new_keys(text, &again);
	if (!why && !same_keys(*ret, again))
		why = "the library RNP failed";
	pgpsig_free(again);
	if (why) {
		pgpsig_free(*ret);
		*ret = NULL;
	}
	return why;
}

void pgpsig_free(struct pgpsig_keys *k)
{
	if (!k)
		return;
	if (k->ffi)
		k->f.ffi_destroy(k->ffi);
	pthread_mutex_destroy(&k->lock);
	vec_release(&k->signers);
	vec_release(&k->addresses);
	arena_release(&k->arena);
	free(k);
}

/* --- a signature ---------------------------------------------------------- */

/* What the library says of one. */
struct answer {
	rnp_result_t status;
	uint32_t created;
	const struct signer *by; /* NULL: none of the keys, or not clear */
};

static const struct signer *find_print(const struct pgpsig_keys *k,
				       struct str print)
{
	struct signer want = {.print = print};

	return k->signers.n ? bsearch(&want, k->signers.v, k->signers.n,
				      sizeof *k->signers.v, by_print) : NULL;
}

/* By the last bytes of the fingerprint: of one key alone. */
static const struct signer *find_id(const struct pgpsig_keys *k,
				    struct str id)
{
	const struct signer *found = NULL;

	for (size_t i = 0; i < k->signers.n; i++) {
		if (id.n != KEYID_CHARS ||
		    !str_has_suffix(k->signers.v[i].print, id))
			continue;
		if (found)
			return NULL;
		found = &k->signers.v[i];
	}
	return found;
}

/* As the library finds the key: by the fingerprint that the signature names,
 * else by the id.  What it says of the key itself goes by the id alone, which
 * whoever has one key may set to another's. */
static const struct signer *signer_of(struct pgpsig_keys *k,
				      rnp_signature_handle_t sig)
{
	const struct signer *by = NULL;
	char *text = NULL;
	bool has_print = WENT(k->f.signature_get_key_fprint(sig, &text)) &&
			 text;

	if (has_print)
		by = find_print(k, str_c(text));
	else if (WENT(k->f.signature_get_keyid(sig, &text)) && text)
		by = find_id(k, str_c(text));
	k->f.buffer_destroy(text);
	return by;
}

static bool listen(struct pgpsig_keys *k, rnp_op_verify_t op,
		   struct answer *ret)
{
	rnp_op_verify_signature_t one;
	rnp_signature_handle_t handle;
	size_t n = 0;
	bool is_said;

	/* that it is not valid is no failure to say so */
	(void)ASK(k->f.op_verify_execute(op));
	if (!WENT(k->f.op_verify_get_signature_count(op, &n)) || n != 1 ||
	    !WENT(k->f.op_verify_get_signature_at(op, 0, &one)))
		return false;
	ret->status = k->f.op_verify_signature_get_status(one);
	if (!WENT(k->f.op_verify_signature_get_handle(one, &handle)))
		return false;
	is_said = WENT(k->f.signature_get_creation(handle, &ret->created));
	ret->by = signer_of(k, handle);
	k->f.signature_handle_destroy(handle);
	return is_said;
}

static bool ask(struct pgpsig_keys *k, struct str bytes, struct str message,
		struct answer *ret)
{
	rnp_input_t text = NULL, signature = NULL;
	rnp_op_verify_t op = NULL;
	bool is_said = WENT(k->f.input_from_memory(
			       &text, (const uint8_t *)message.p, message.n,
			       false)) &&
		       WENT(k->f.input_from_memory(
			       &signature, (const uint8_t *)bytes.p, bytes.n,
			       false)) &&
		       WENT(k->f.op_verify_detached_create(&op, k->ffi, text,
							   signature)) &&
		       listen(k, op, ret);

	k->f.op_verify_destroy(op);
	k->f.input_destroy(signature);
	k->f.input_destroy(text);
	return is_said;
}

/*
 * A signature that the library had no memory for must not look forged, nor as
 * if there was none: what it does not hold for sound is asked again, with room
 * to spare.
 */
static bool ask_twice(struct pgpsig_keys *k, struct str bytes,
		      struct str message, struct answer *ret)
{
	struct answer again = {0};
	bool is_said = ask(k, bytes, message, ret);

	if (is_said && ret->status == RNP_SUCCESS && ret->by)
		return true;
	free(mem_resize(NULL, 1, ROOM)); /* or the program ends */
	if (ask(k, bytes, message, &again) != is_said ||
	    (is_said && (again.status != ret->status ||
			 again.created != ret->created ||
			 again.by != ret->by)))
		mem_fail();
	return is_said;
}

static bool speaks_for(const struct pgpsig_keys *k, const struct signer *by,
		       struct str address)
{
	for (size_t i = by->first; i < by->first + by->n; i++)
		if (str_eq_nocase(k->addresses.v[i], address))
			return true;
	return false;
}

static enum signature judge(const struct pgpsig_keys *k, const struct answer *s,
			    int hash, struct str address)
{
	bool is_strong = hash == PGPSIG_TEXT_SHA256 ||
			 hash == PGPSIG_TEXT_SHA384 ||
			 hash == PGPSIG_TEXT_SHA512;

	if (!s->by)
		return SIGNATURE_NONE;
	if (s->by->is_revoked)
		return SIGNATURE_REVOKED;
	if (!is_strong || s->by->is_weak)
		return SIGNATURE_WEAK;
	if (s->status == RNP_ERROR_SIGNATURE_EXPIRED ||
	    s->created > s->by->till)
		return SIGNATURE_EXPIRED;
	if (s->status != RNP_SUCCESS)
		return SIGNATURE_FORGED;
	return speaks_for(k, s->by, address) ? SIGNATURE_SOUND
					     : SIGNATURE_OTHER;
}

enum signature pgpsig_check(struct pgpsig_keys *k, struct str signature,
			    struct str message, struct str address)
{
	struct answer answer = {0};
	struct strbuf bytes;
	enum signature is = SIGNATURE_NONE;
	int hash;

	strbuf_init(&bytes, PGPSIG_TEXT_MOST);
	if (pgpsig_text_parse(signature, &bytes, &hash)) {
		pthread_mutex_lock(&k->lock);
		if (ask_twice(k, strbuf_str(&bytes), message, &answer))
			is = judge(k, &answer, hash, address);
		pthread_mutex_unlock(&k->lock);
	}
	strbuf_release(&bytes);
	return is;
}

#else

const char *pgpsig_library(void)
{
	return NULL;
}

bool pgpsig_is_keyring(struct str text)
{
	return str_has_prefix(str_trim(text), STR("-----BEGIN PGP "));
}

const char *pgpsig_read(struct str text, struct pgpsig_keys **ret)
{
	(void)text;
	*ret = NULL;
	return "this program was built without the library RNP, and verifies "
	       "no signature of OpenPGP";
}

enum signature pgpsig_check(struct pgpsig_keys *k, struct str signature,
			    struct str message, struct str address)
{
	(void)k;
	(void)signature;
	(void)message;
	(void)address;
	return SIGNATURE_NONE;
}

void pgpsig_free(struct pgpsig_keys *k)
{
	(void)k;
}

#endif
