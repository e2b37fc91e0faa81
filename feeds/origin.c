/*
 * Addresses as RFC 3986 writes them, as far as https needs it, and the
 * registries of special addresses (RFC 6890 and its successors).
 */
#include "feeds/origin.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "base/limits.h"

static bool is_host_char(char c)
{
	return ascii_is_alnum(c) || c == '-' || c == '.' || c == '_';
}

/* Takes the host and the port off an authority. */
static enum err parse_authority(struct str s, struct arena *a,
				struct origin *ret)
{
	struct str port = {0};
	uint64_t n = str_is(ret->scheme, "https") ? 443 : 80;
	size_t end;

	if (s.n && s.p[0] == '[') {
		end = str_find_ch(s, ']');
		if (end == SIZE_MAX)
			return ERR_FORMAT;
		ret->host = str_sub(s, 1, end);
		port = str_from(s, end + 1);
		for (size_t i = 0; i < ret->host.n; i++)
			if (!ascii_is_hex(ret->host.p[i]) &&
			    ret->host.p[i] != ':' && ret->host.p[i] != '.')
				return ERR_FORMAT;
	} else {
		end = str_find_ch(s, ':');
		ret->host = str_head(s, end);
		port = end == SIZE_MAX ? port : str_from(s, end);
		for (size_t i = 0; i < ret->host.n; i++)
			if (!is_host_char(ret->host.p[i]))
				return ERR_FORMAT;
	}
	if (port.n && (port.p[0] != ':' ||
		       !str_to_u64(str_from(port, 1), &n) || !n || n > 65535))
		return ERR_FORMAT;
	if (!ret->host.n || ret->host.n > LIMIT_HOST_BYTES)
		return ERR_FORMAT;
	ret->host = arena_lower(a, ret->host);
	ret->port = (unsigned)n;
	return OK;
}

enum err origin_parse(struct str url, struct arena *a, struct origin *ret)
{
	struct str rest;
	size_t end = 0;

	*ret = (struct origin){0};
	if (url.n > LIMIT_PATH_BYTES)
		return ERR_FORMAT;
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || url.p[i] >= 0x7f || url.p[i] == '\\')
			return ERR_FORMAT;
	if (str_has_prefix_nocase(url, STR("https://")))
		ret->scheme = STR("https");
	else if (str_has_prefix_nocase(url, STR("http://")))
		ret->scheme = STR("http");
	else
		return ERR_UNSUPPORTED;
	rest = str_from(url, ret->scheme.n + 3);
	rest = str_head(rest, str_find_ch(rest, '#'));
	while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?')
		end++;
	ret->target = str_from(rest, end);
	if (!ret->target.n || ret->target.p[0] == '?')
		ret->target = arena_fmt(a, "/%.*s", STR_ARG(ret->target));
	else
		ret->target = arena_dup(a, ret->target);
	return parse_authority(str_head(rest, end), a, ret);
}

/* "scheme://host[:port]", the port only where it is not the usual one. */
static struct str prefix(const struct origin *o, struct arena *a)
{
	bool is_six = str_find_ch(o->host, ':') != SIZE_MAX;
	unsigned usual = str_is(o->scheme, "https") ? 443 : 80;
	struct str port = o->port == usual ? STR("")
					   : arena_fmt(a, ":%u", o->port);

	return arena_fmt(a, is_six ? "%.*s://[%.*s]%.*s" : "%.*s://%.*s%.*s",
			 STR_ARG(o->scheme), STR_ARG(o->host), STR_ARG(port));
}

struct str origin_url(const struct origin *o, struct arena *a)
{
	struct str p = prefix(o, a);

	return arena_fmt(a, "%.*s%.*s", STR_ARG(p), STR_ARG(o->target));
}

bool origin_eq(const struct origin *a, const struct origin *b)
{
	return str_eq(a->scheme, b->scheme) && str_eq(a->host, b->host) &&
	       a->port == b->port;
}

bool origin_is_loopback(const struct origin *o)
{
	char text[INET6_ADDRSTRLEN] = "";
	struct in_addr four;
	struct in6_addr six;

	if (str_is(o->host, "localhost"))
		return true;
	if (o->host.n >= sizeof text)
		return false;
	memcpy(text, o->host.p, o->host.n);
	if (inet_pton(AF_INET, text, &four) == 1)
		return ntohl(four.s_addr) >> 24 == 127;
	return inet_pton(AF_INET6, text, &six) == 1 &&
	       IN6_IS_ADDR_LOOPBACK(&six);
}

bool origin_is_among(const struct origin *o, struct str hosts)
{
	struct str word;

	while (str_word(&hosts, &word))
		if (word.p[0] == '.' ? str_has_suffix(o->host, word)
				     : str_eq(o->host, word))
			return true;
	return false;
}

struct str origin_resolve(const struct origin *base, struct str location,
			  struct arena *a)
{
	struct str p = prefix(base, a);
	struct str path = str_head(base->target,
				   str_find_ch(base->target, '?'));

	if (str_find(location, STR("://")) != SIZE_MAX &&
	    ascii_is_alpha(location.p[0]))
		return arena_dup(a, location);
	if (str_has_prefix(location, STR("//")))
		return arena_fmt(a, "%.*s:%.*s", STR_ARG(base->scheme),
				 STR_ARG(location));
	if (!str_has_prefix(location, STR("/")) &&
	    !str_has_prefix(location, STR("?")))
		path = str_head(path, str_rfind_ch(path, '/') + 1);
	else if (location.p[0] == '/')
		path = STR("");
	return arena_fmt(a, "%.*s%.*s%.*s", STR_ARG(p), STR_ARG(path),
			 STR_ARG(location));
}

void origin_encode(struct strbuf *b, struct str s)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (ascii_is_alnum(s.p[i]) || strchr("-._~", c + !c)) {
			strbuf_ch(b, s.p[i]);
			continue;
		}
		strbuf_ch(b, '%');
		strbuf_ch(b, digits[c >> 4]);
		strbuf_ch(b, digits[c & 15]);
	}
}

/* --- network addresses ---------------------------------------------------- */

static enum origin_reach reach_four(uint32_t ip)
{
	static const struct { uint32_t net; unsigned bits; } private[] = {
		{0x00000000, 8}, {0x0a000000, 8}, {0x64400000, 10},
		{0xa9fe0000, 16}, {0xac100000, 12}, {0xc0000000, 24},
		{0xc0000200, 24}, {0xc0586300, 24}, {0xc0a80000, 16},
		{0xc6120000, 15}, {0xc6336400, 24}, {0xcb007100, 24},
		{0xe0000000, 3}};

	if (ip >> 24 == 127)
		return ORIGIN_LOOPBACK;
	for (size_t i = 0; i < sizeof private / sizeof *private; i++)
		if (!((ip ^ private[i].net) >> (32 - private[i].bits)))
			return ORIGIN_PRIVATE;
	return ORIGIN_PUBLIC;
}

static uint32_t four_in(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static enum origin_reach reach_six(const unsigned char *p)
{
	static const unsigned char zero[16] = {0};
	static const unsigned char nat64[12] = {0, 0x64, 0xff, 0x9b};

	if (!memcmp(p, zero, 15) && p[15] == 1)
		return ORIGIN_LOOPBACK;
	if (!memcmp(p, zero, 10) && p[10] == 0xff && p[11] == 0xff)
		return reach_four(four_in(p + 12));
	if (!memcmp(p, nat64, sizeof nat64))
		return reach_four(four_in(p + 12));
	if (p[0] == 0x20 && p[1] == 0x02) /* 6to4 */
		return reach_four(four_in(p + 2));
	if (p[0] == 0x20 && p[1] == 0x01 &&
	    ((!p[2] && !p[3]) || (p[2] == 0x0d && p[3] == 0xb8)))
		return ORIGIN_PRIVATE; /* Teredo, documentation */
	return p[0] >> 5 == 1 ? ORIGIN_PUBLIC : ORIGIN_PRIVATE;
}

enum origin_reach origin_reach(const struct sockaddr *address)
{
	struct sockaddr_in four;
	struct sockaddr_in6 six;

	if (address->sa_family == AF_INET) {
		memcpy(&four, address, sizeof four);
		return reach_four(ntohl(four.sin_addr.s_addr));
	}
	if (address->sa_family != AF_INET6)
		return ORIGIN_PRIVATE;
	memcpy(&six, address, sizeof six);
	return reach_six(six.sin6_addr.s6_addr);
}
