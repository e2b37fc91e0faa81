/*
 * Supplier, author and publisher fields.  The spellings are those of the SPDX
 * 2.3 grammar (clauses 7.5 and 7.6) and of what generators write instead.
 */
#include "extract/sbom_party.h"

#define LENGTH(a) (sizeof(a) / sizeof *(a))

bool sbom_party_is_nobody(struct str text)
{
	static const char *const words[] = {
		"", "NOASSERTION", "NONE", "(none)", "unknown", "n/a", "-"};

	for (size_t i = 0; i < LENGTH(words); i++)
		if (str_eq_nocase(text, str_c(words[i])))
			return true;
	return false;
}

/* Words that stand in names of organisations and teams, not of persons. */
static bool is_organisation_word(struct str word)
{
	/* legal forms of two letters are left out: they are surnames too */
	static const char *const words[] = {
		"academy", "alliance", "association", "authors", "committee",
		"communications", "community", "company", "consortium",
		"contributors", "corp", "corporation", "developers",
		"electronics", "foundation", "gmbh", "group", "inc",
		"institute", "international", "laboratories", "labs",
		"limited", "llc", "ltd", "maintainers", "mobile", "networks",
		"plc", "project", "semiconductor", "software", "solutions",
		"systems", "team", "technologies", "technology", "telecom",
		"university"};

	for (size_t i = 0; i < LENGTH(words); i++)
		if (str_eq_nocase(word, str_c(words[i])))
			return true;
	return false;
}

static bool is_organisation(struct str name)
{
	size_t from = 0;

	for (size_t i = 0; i <= name.n; i++) {
		if (i < name.n && ascii_is_alpha(name.p[i]))
			continue;
		if (is_organisation_word(str_sub(name, from, i)))
			return true;
		from = i + 1;
	}
	return false;
}

static bool is_host_char(char c)
{
	return ascii_is_alnum(c) || c == '.' || c == '-';
}

/* The host behind the first '@' that has one, "" when there is none. */
static struct str host_of(struct str text)
{
	struct str rest = text;
	size_t at;

	while ((at = str_find_ch(rest, '@')) != SIZE_MAX) {
		struct str host;
		size_t n = 0;

		rest = str_from(rest, at + 1);
		while (n < rest.n && is_host_char(rest.p[n]))
			n++;
		host = str_head(rest, n);
		while (host.n && host.p[host.n - 1] == '.')
			host.n--;
		if (str_find_ch(host, '.') != SIZE_MAX)
			return host;
	}
	return STR("");
}

bool sbom_party_has_contact(struct str text)
{
	return host_of(text).n ||
	       str_find_nocase(text, STR("http://")) != SIZE_MAX ||
	       str_find_nocase(text, STR("https://")) != SIZE_MAX;
}

/* Is what a bracket holds an address, or nothing? */
static bool is_address(struct str inside)
{
	return inside.n == 0 || str_find_ch(inside, '@') != SIZE_MAX ||
	       str_has_prefix_nocase(inside, STR("http"));
}

/* The text before an address.  A city in brackets belongs to the name. */
static struct str name_before_address(struct str text)
{
	size_t at = str_find_ch(text, '<'), from = 0;

	if (at != SIZE_MAX)
		return str_trim(str_head(text, at));
	while ((at = str_find_ch(str_from(text, from), '(')) != SIZE_MAX) {
		struct str inside = str_from(text, from + at + 1);

		inside = str_head(inside, str_find_ch(inside, ')'));
		if (is_address(str_trim(inside)))
			return str_trim(str_head(text, from + at));
		from += at + 1;
	}
	if (str_find_ch(text, '@') == SIZE_MAX)
		return text;
	/* an address alone, or behind the name without brackets */
	at = str_find_ch(text, '@');
	while (at && !ascii_is_blank(text.p[at - 1]))
		at--;
	return str_trim(str_head(text, at));
}

/* Can the name be printed: is it surely, or by its field, no person's? */
static bool is_printable(struct str text, struct str name,
			 enum sbom_party party)
{
	if (name.n == 0 || is_organisation(name))
		return name.n != 0;
	switch (party) {
	case SBOM_PARTY_ORGANISATION:
		/* <...> is how package maintainers are written */
		return str_find_ch(text, '<') == SIZE_MAX;
	case SBOM_PARTY_ANYBODY:
		return str_find_ch(text, '@') == SIZE_MAX;
	default:
		return false;
	}
}

struct str sbom_party_name(struct str text, enum sbom_party party,
			   struct arena *a)
{
	struct str name, host;

	text = str_trim(text);
	name = name_before_address(text);
	if (is_printable(text, name, party))
		return sbom_party_is_nobody(name) ? STR("")
						  : arena_dup(a, name);
	host = host_of(text);
	if (host.n == 0)
		return STR("");
	return arena_fmt(a, "@%.*s", STR_ARG(arena_lower(a, host)));
}

struct str sbom_party_spdx(struct str text, struct arena *a)
{
	static const struct {
		const char *prefix;
		enum sbom_party party;
	} kinds[] = {
		{"Organization:", SBOM_PARTY_ORGANISATION},
		{"Organisation:", SBOM_PARTY_ORGANISATION},
		{"Person:", SBOM_PARTY_PERSON},
	};

	text = str_trim(text);
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		struct str prefix = str_c(kinds[i].prefix);

		if (str_has_prefix_nocase(text, prefix))
			return sbom_party_name(str_from(text, prefix.n),
					       kinds[i].party, a);
	}
	if (str_has_prefix_nocase(text, STR("Tool:")))
		return STR("");
	return sbom_party_name(text, SBOM_PARTY_ANYBODY, a);
}
