/* Code Quality of GitLab (the subset of the Code Climate format it reads). */
#include "base/json_out.h"
#include "report/issues.h"

static const char *severity(const struct issue *x)
{
	static const char *const words[] = {
		[ISSUE_NOTE] = "info", [ISSUE_WARNING] = "major",
		[ISSUE_ERROR] = "critical"};

	if (x->level == ISSUE_ERROR && str_is(x->finding->severity,
					      "critical"))
		return "blocker";
	return words[x->level];
}

static void write_issue(const struct issue *x, struct json_out *j)
{
	json_out_object(j);
	json_out_kstr(j, "description", x->message);
	json_out_kstr(j, "check_name", x->finding->rule);
	json_out_kstr(j, "fingerprint", x->fingerprint);
	json_out_kstr(j, "severity", str_c(severity(x)));
	json_out_key(j, "location");
	json_out_object(j);
	json_out_kstr(j, "path", x->at.path);
	json_out_key(j, "lines");
	json_out_object(j);
	json_out_ki64(j, "begin", x->at.line ? x->at.line : 1);
	json_out_object_end(j);
	json_out_object_end(j);
	json_out_object_end(j);
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct issues l;
	struct json_out j;

	(void)style;
	issues_make(in, &l);
	json_out_init(&j, out, false);
	json_out_array(&j);
	for (size_t i = 0; i < l.list.n; i++)
		write_issue(&l.list.v[i], &j);
	json_out_array_end(&j);
	json_out_end(&j);
	issues_release(&l);
}

const struct reporter report_gitlab = {
	.name = "gitlab", .summary = "Code Quality of GitLab",
	.write = write,
};
