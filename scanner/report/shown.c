/* Rungs of authorship, the strongest first. */
#include "report/shown.h"

#include "base/count.h"
#include "model/digest_authorship.h"

void shown_sentence(const uint64_t n[AUTHORSHIP_COUNT], struct strbuf *b)
{
	static const char *const words[AUTHORSHIP_COUNT] = {
		[AUTHORSHIP_CLAIMED] = "only claimed",
		[AUTHORSHIP_CONSISTENT] = "consistent",
		[AUTHORSHIP_SIGN_OFF] = "signed off",
		[AUTHORSHIP_ACCOUNT] = "by their account",
		[AUTHORSHIP_SIGNATURE] = "proven by key"};

	for (size_t r = AUTHORSHIP_COUNT; r-- > 0;)
		if (n[r] || r != AUTHORSHIP_ACCOUNT) /* if it was asked */
			strbuf_fmt(b, "%llu %s%s", (unsigned long long)n[r],
				   words[r], r ? ", " : "");
}

bool shown_component(const struct used *u, size_t digest, struct strbuf *b)
{
	const struct used_digest *d;

	if (digest >= u->digests.n)
		return false;
	d = &u->digests.v[digest];
	if (!d->has_authorship || !d->commits)
		return false;
	strbuf_fmt(b, "Authors of its %llu commit%s: ",
		   (unsigned long long)d->commits,
		   d->commits == 1 ? "" : "s");
	shown_sentence(d->shown, b);
	strbuf_ch(b, '.');
	return true;
}

static bool is_concern(const struct verdict *v, size_t organisation)
{
	return organisation < v->standings.n &&
	       v->standings.v[organisation].standing == STANDING_CONCERN;
}

bool shown_concern(const struct used *u, const struct verdict *v,
		   struct strbuf *b)
{
	uint64_t n[AUTHORSHIP_COUNT] = {0};
	bool is_any = false;

	for (size_t i = 0; i < u->hosts.n; i++)
		for (size_t r = 0; is_concern(v, u->hosts.v[i].organisation) &&
				   r < AUTHORSHIP_COUNT; r++) {
			count_add(&n[r], u->hosts.v[i].shown[r]);
			is_any |= u->hosts.v[i].shown[r] != 0;
		}
	if (!is_any)
		return false;
	strbuf_cstr(b, "authors of commits of concern: ");
	shown_sentence(n, b);
	return true;
}

static void write_counts(const uint64_t n[AUTHORSHIP_COUNT],
			 struct json_out *j)
{
	json_out_object(j);
	j->compact = true;
	for (size_t r = 0; r < AUTHORSHIP_COUNT; r++)
		if (n[r] || r != AUTHORSHIP_ACCOUNT)
			json_out_ki64(j, digest_authorship_name(
				(enum authorship)r), (int64_t)n[r]);
	json_out_object_end(j);
	j->compact = false;
}

void shown_json(const struct used_digest *d, struct json_out *j)
{
	json_out_key(j, "authorship");
	if (!d->has_authorship) {
		json_out_null(j);
		return;
	}
	json_out_object(j);
	json_out_kstr_or_null(j, "keys", d->keys);
	json_out_key(j, "commits");
	write_counts(d->shown, j);
	json_out_object_end(j);
}

void shown_json_host(const struct used_digest *d, const struct used_host *h,
		     struct json_out *j)
{
	json_out_key(j, "authorship");
	if (d->has_authorship)
		write_counts(h->shown, j);
	else
		json_out_null(j);
}
