/* The encoder of RFC 3492, with the parameters that IDNA uses. */
#include "feeds/punycode.h"

#include "base/limits.h"
#include "base/strbuf.h"
#include "base/utf8.h"

#define LABEL_MAX 63

enum { BASE = 36, T_MIN = 1, T_MAX = 26, SKEW = 38, DAMP = 700,
       FIRST_BIAS = 72, FIRST_CODE = 128 };

struct label {
	uint32_t codes[LABEL_MAX];
	uint32_t n, basic; /* characters; those that are ASCII */
};

/* Takes one character off a text that is UTF-8. */
static uint32_t next_code(struct str *s)
{
	unsigned char first = (unsigned char)s->p[0];
	size_t n = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
	uint32_t code = n == 1 ? first : first & (0x7fu >> n);

	for (size_t i = 1; i < n; i++)
		code = code << 6 | ((unsigned char)s->p[i] & 0x3f);
	*s = str_from(*s, n);
	return code;
}

static bool read_label(struct str s, struct label *l)
{
	*l = (struct label){.n = 0};
	while (s.n) {
		if (l->n == LABEL_MAX)
			return false;
		l->codes[l->n] = next_code(&s);
		l->basic += l->codes[l->n++] < FIRST_CODE;
	}
	return l->n != 0;
}

static uint32_t adapt(uint32_t delta, uint32_t done, bool is_first)
{
	uint32_t k = 0;

	delta = is_first ? delta / DAMP : delta / 2;
	delta += delta / done;
	for (; delta > ((BASE - T_MIN) * T_MAX) / 2; k += BASE)
		delta /= BASE - T_MIN;
	return k + (BASE - T_MIN + 1) * delta / (delta + SKEW);
}

static void put_digit(struct strbuf *b, uint32_t digit)
{
	strbuf_ch(b, (char)(digit < 26 ? 'a' + digit : '0' + digit - 26));
}

/* A number of digits whose thresholds follow the bias. */
static void put_number(struct strbuf *b, uint32_t number, uint32_t bias)
{
	for (uint32_t k = BASE;; k += BASE) {
		uint32_t t = k <= bias ? T_MIN
			: k >= bias + T_MAX ? T_MAX : k - bias;

		if (number < t)
			break;
		put_digit(b, t + (number - t) % (BASE - t));
		number = (number - t) / (BASE - t);
	}
	put_digit(b, number);
}

/* The least character of the label that is not smaller. */
static uint32_t least_from(const struct label *l, uint32_t code)
{
	uint32_t least = UINT32_MAX;

	for (uint32_t i = 0; i < l->n; i++)
		if (l->codes[i] >= code && l->codes[i] < least)
			least = l->codes[i];
	return least;
}

/* Numbers stay small: at most 63 characters below 0x110000. */
static void encode(const struct label *l, struct strbuf *b)
{
	uint32_t delta = 0, bias = FIRST_BIAS, done = l->basic, least;
	uint32_t code = FIRST_CODE;

	for (uint32_t i = 0; i < l->n; i++)
		if (l->codes[i] < FIRST_CODE)
			strbuf_ch(b, (char)l->codes[i]);
	if (l->basic)
		strbuf_ch(b, '-');
	for (; done < l->n; code++, delta++) {
		least = least_from(l, code);
		delta += (least - code) * (done + 1);
		code = least;
		for (uint32_t i = 0; i < l->n; i++) {
			delta += l->codes[i] < code;
			if (l->codes[i] != code)
				continue;
			put_number(b, delta, bias);
			bias = adapt(delta, done + 1, done == l->basic);
			delta = 0;
			done++;
		}
	}
}

struct str punycode_host(struct str host, struct arena *a)
{
	struct strbuf b = {0};
	struct str rest = host, part, all = STR("");
	struct label label;
	bool is_sound = utf8_is_valid(host);

	while (is_sound && str_split(&rest, '.', &part)) {
		is_sound = read_label(part, &label);
		if (b.n)
			strbuf_ch(&b, '.');
		if (is_sound && label.basic < label.n) {
			strbuf_cstr(&b, "xn--");
			encode(&label, &b);
		} else if (is_sound) {
			strbuf_add(&b, part);
		}
	}
	if (is_sound && b.n <= LIMIT_HOST_BYTES)
		all = arena_dup(a, strbuf_str(&b));
	strbuf_release(&b);
	return all;
}
