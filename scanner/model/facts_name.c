/*
 * The comparable form of an organisation's name.  Case and marks are folded
 * for Latin letters (Unicode Latin-1 Supplement and Latin Extended-A);
 * letters of other scripts stay as they are.
 */
#include "model/facts_name.h"

#include "base/strbuf.h"

/* What U+00C0 to U+017F are without marks; digits stand for two letters. */
static const char latin[] =
	"aaaaaa1ceeeeiiiidnooooo ouuuuy23"
	"aaaaaa1ceeeeiiiidnooooo ouuuuy2y"
	"aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii55jjkkk"
	"llllllllllnnnnnnnnnoooooo44rrrrrrssssssssttttttuuuuuuuuuuuu"
	"wwyyyzzzzzzs";
static const char *const two_letters[] = {"", "ae", "th", "ss", "oe", "ij"};

/* Legal forms, as they look once points are gone. */
static const char *const forms[] = {
	"a s", "ab", "ad", "ag", "and", "aps", "as", "asa", "bhd", "bv",
	"bvba", "co", "company", "corp", "corporation", "cv", "doo", "ead",
	"eg", "ev", "gk", "gmbh", "inc", "incorporated", "kft", "kg", "kgaa",
	"kk", "limited", "llc", "llp", "lp", "ltd", "ltda", "mbh", "nv",
	"nyrt", "ohg", "oy", "oyj", "plc", "private", "pte", "pty", "pvt",
	"sa", "sarl", "sas", "sasu", "scl", "sdn", "se", "sl", "slu", "snc",
	"sp z oo", "spa", "srl", "sro", "tbk", "ug", "zrt",
};
static const char *const joined_forms[] = {
	"股份有限公司", "有限责任公司", "有限公司", "株式会社", "주식회사",
};

/* The code point at the front of s and its length; 0xFFFD, 1 where it is no
 * UTF-8. */
static uint32_t front(struct str s, size_t *ret_n)
{
	unsigned char c = (unsigned char)s.p[0];
	size_t n = c < 0x80 ? 1 : c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
	uint32_t v = n == 1 ? c : c & (0xffu >> (n + 1));

	*ret_n = 1;
	if (n > s.n)
		return 0xfffd;
	for (size_t i = 1; i < n; i++)
		v = v << 6 | ((unsigned char)s.p[i] & 0x3f);
	*ret_n = n;
	return v;
}

static void add_blank(struct strbuf *b)
{
	if (b->n && b->p[b->n - 1] != ' ')
		strbuf_ch(b, ' ');
}

static void add_ascii(struct strbuf *b, char c)
{
	if (ascii_is_alnum(c)) {
		strbuf_ch(b, ascii_lower(c));
	} else if (c == '&') {
		add_blank(b);
		strbuf_cstr(b, "and ");
	} else if (c != '.' && c != '\'') {
		add_blank(b);
	}
}

/* Signs without meaning for a name: quotes, (R), (C), TM. */
static bool is_dropped(uint32_t v)
{
	return v == 0x2018 || v == 0x2019 || v == 0xa9 || v == 0xae ||
	       v == 0x2122;
}

static bool is_blank(uint32_t v)
{
	return (v >= 0x80 && v < 0xc0) || (v >= 0x2000 && v <= 0x206f) ||
	       (v >= 0x3000 && v <= 0x303f) || v == 0x30fb;
}

static void add_latin(struct strbuf *b, char c)
{
	if (c == ' ')
		add_blank(b);
	else if (ascii_is_digit(c))
		strbuf_cstr(b, two_letters[c - '0']);
	else
		strbuf_ch(b, c);
}

static void fold(struct str name, struct strbuf *b)
{
	size_t n;

	for (struct str s = name; s.n; s = str_from(s, n)) {
		uint32_t v = front(s, &n);

		if (v >= 0xff01 && v <= 0xff5e)
			v -= 0xfee0;
		if (v < 0x80)
			add_ascii(b, (char)v);
		else if (v >= 0xc0 && v < 0x180)
			add_latin(b, latin[v - 0xc0]);
		else if (is_dropped(v))
			continue;
		else if (is_blank(v))
			add_blank(b);
		else
			strbuf_add(b, str_head(s, n));
	}
}

/* Takes one legal form off the end; false when there is none. */
static bool take_form(struct str *s)
{
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct str form = str_c(forms[i]);

		if (s->n > form.n + 1 && str_has_suffix(*s, form) &&
		    s->p[s->n - form.n - 1] == ' ') {
			s->n -= form.n + 1;
			return true;
		}
	}
	for (size_t i = 0; i < sizeof joined_forms / sizeof *joined_forms;
	     i++) {
		struct str form = str_c(joined_forms[i]);

		if (s->n > form.n && str_has_suffix(*s, form)) {
			*s = str_trim(str_head(*s, s->n - form.n));
			return true;
		}
	}
	return false;
}

struct str facts_name_form(struct arena *a, struct str name)
{
	struct strbuf b;
	struct str s;

	strbuf_init(&b, 0);
	fold(name, &b);
	s = str_trim(strbuf_str(&b));
	if (s.n > 4 && str_has_prefix(s, STR("the ")))
		s = str_from(s, 4);
	s = arena_dup(a, s);
	strbuf_release(&b);
	return s;
}

struct str facts_name_short(struct str form)
{
	struct str first = STR("株式会社");

	if (form.n > first.n && str_has_prefix(form, first))
		form = str_trim(str_from(form, first.n));
	while (take_form(&form))
		;
	return form;
}
