/* Items by themselves: their keys, and what of them is sound. */
#include "feeds/queue.h"

#include "base/json_out.h"
#include "base/limits.h"
#include "base/sha256.h"

static const char *const names[] = {
#define NAME(id, name) name,
	QUEUE_KINDS(NAME)
#undef NAME
};

const char *queue_item_kind_name(enum queue_kind kind)
{
	return names[kind];
}

bool queue_item_kind_of(struct str name, enum queue_kind *ret)
{
	for (size_t i = 0; i < QUEUE_KIND_COUNT; i++)
		if (str_is(name, names[i])) {
			*ret = (enum queue_kind)i;
			return true;
		}
	return false;
}

/* One line, or with `tab` two texts with a tab in between. */
static bool is_plain(struct str s, bool tab)
{
	size_t tabs = 0;

	for (size_t i = 0; i < s.n; i++) {
		tabs += s.p[i] == '\t';
		if ((unsigned char)s.p[i] < ' ' && s.p[i] != '\t')
			return false;
	}
	return s.n && s.n <= 2 * LIMIT_NAME_BYTES && tabs == (tab ? 1 : 0);
}

bool queue_item_of(enum queue_kind kind, struct str body, struct arena *a,
		   struct queue_item *ret)
{
	unsigned char digest[SHA256_BYTES];
	struct strbuf b;
	bool is_sound = kind == QUEUE_FETCH
		? is_plain(body, false) &&
		  str_has_prefix(body, STR("https://"))
		: kind == QUEUE_PACKAGE && is_plain(body, true) &&
		  str_has_prefix(body, STR("pkg:"));

	if (!is_sound)
		return false;
	strbuf_init(&b, 0);
	strbuf_fmt(&b, "%s\n%.*s", names[kind], STR_ARG(body));
	sha256_of(strbuf_str(&b), digest);
	strbuf_clear(&b);
	sha256_hex(&b, digest, sizeof digest);
	*ret = (struct queue_item){.kind = kind, .body = arena_dup(a, body),
				   .key = arena_dup(a, strbuf_str(&b))};
	strbuf_release(&b);
	return true;
}

void queue_item_write(const struct queue_items *items, struct strbuf *to)
{
	struct json_out j;

	json_out_init(&j, to, true);
	json_out_array(&j);
	for (size_t i = 0; i < items->list.n; i++) {
		const struct queue_item *item = &items->list.v[i];

		json_out_object(&j);
		json_out_kstr(&j, "key", item->key);
		json_out_kstr(&j, "kind", str_c(names[item->kind]));
		json_out_kstr(&j, "body", item->body);
		json_out_ki64(&j, "depth", (int64_t)item->depth);
		json_out_ki64(&j, "cost", (int64_t)item->cost);
		json_out_object_end(&j);
	}
	json_out_array_end(&j);
	json_out_end(&j);
}

void queue_item_service(const struct fetch_service *s, struct strbuf *name,
		   struct strbuf *token)
{
	unsigned char digest[SHA256_BYTES];
	bool is_v6 = str_find_ch(s->origin.host, ':') != SIZE_MAX;

	strbuf_fmt(name, "%.*s %.*s://%s%.*s%s:%u", STR_ARG(s->name),
		   STR_ARG(s->origin.scheme), is_v6 ? "[" : "",
		   STR_ARG(s->origin.host), is_v6 ? "]" : "",
		   s->origin.port);
	if (!s->token_header.n)
		return;
	/* keyed with the service: equal tokens do not show as such */
	sha256_hmac(strbuf_str(name), s->token_header, digest);
	sha256_hex(token, digest, sizeof digest);
}
