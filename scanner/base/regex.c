/* PCRE2 under limits. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "base/regex.h"

#include <pcre2.h>
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"

#define PROBE_BYTES 48

struct regex {
	pcre2_code *code;
	pcre2_match_context *context;
	pcre2_match_data *data;
};

static enum err refuse(struct arena *a, int error, size_t at,
		       struct str *ret_why)
{
	PCRE2_UCHAR text[128];

	if (pcre2_get_error_message(error, text, sizeof text) < 0)
		text[0] = 0;
	*ret_why = arena_fmt(a, "%s, at offset %zu", (const char *)text, at);
	return ERR_FORMAT;
}

/* A nested repetition shows on a text of one letter that fails at its end. */
static bool runs_without_end(const struct regex *r, struct str pattern)
{
	char probe[PROBE_BYTES];

	for (size_t i = 0; i < pattern.n; i++) {
		if (!ascii_is_alnum(pattern.p[i]))
			continue;
		for (size_t k = 0; k + 1 < PROBE_BYTES; k++)
			probe[k] = pattern.p[i];
		probe[PROBE_BYTES - 1] = 1;
		if (regex_match(r, str_n(probe, PROBE_BYTES)) == REGEX_LIMIT)
			return true;
	}
	return false;
}

enum err regex_new(struct str pattern, struct arena *a, struct regex **ret,
		   struct str *ret_why)
{
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF |
			   PCRE2_NEVER_BACKSLASH_C |
			   PCRE2_NO_START_OPTIMIZE;
	struct regex *r;
	PCRE2_SIZE at;
	int error;

	*ret = NULL;
	if (pattern.n > LIMIT_PATTERN_BYTES) {
		*ret_why = STR("the pattern is too long");
		return ERR_LIMIT;
	}
	r = mem_new(1, sizeof *r);
	r->code = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n, options,
				&error, &at, NULL);
	if (!r->code) {
		free(r);
		return refuse(a, error, at, ret_why);
	}
	r->context = pcre2_match_context_create(NULL);
	r->data = pcre2_match_data_create(1, NULL);
	if (!r->data || !r->context)
		mem_fail();
	pcre2_set_match_limit(r->context, LIMIT_MATCH_STEPS);
	pcre2_set_depth_limit(r->context, LIMIT_MATCH_DEPTH);
	pcre2_set_heap_limit(r->context, LIMIT_MATCH_KB);
	if (runs_without_end(r, pattern)) {
		regex_free(r);
		*ret_why = STR("the pattern backtracks without end");
		return ERR_LIMIT;
	}
	*ret = r;
	return OK;
}

void regex_free(struct regex *r)
{
	if (!r)
		return;
	pcre2_match_data_free(r->data);
	pcre2_match_context_free(r->context);
	pcre2_code_free(r->code);
	free(r);
}

enum regex_result regex_match(const struct regex *r, struct str s)
{
	int n;

	if (s.n > LIMIT_NAME_BYTES)
		return REGEX_LIMIT;
	n = pcre2_match(r->code, (PCRE2_SPTR)(s.n ? s.p : ""), s.n, 0, 0,
			r->data, r->context);
	if (n >= 0)
		return REGEX_YES;
	return n == PCRE2_ERROR_NOMATCH ? REGEX_NO : REGEX_LIMIT;
}

#define QUOTE(x) #x
#define TEXT_OF(x) QUOTE(x)
const char *regex_library_version(void)
{
	return TEXT_OF(PCRE2_MAJOR) "." TEXT_OF(PCRE2_MINOR);
}
