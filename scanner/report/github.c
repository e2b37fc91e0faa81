/*
 * Annotations as workflow commands of GitHub Actions.  A step shows few of
 * them: the gravest come first, and the last line says how many there are.
 */
#include "report/escape.h"
#include "report/issues.h"

#define ANNOTATIONS 50

static const char *const words[] = {
	[ISSUE_NOTE] = "notice", [ISSUE_WARNING] = "warning",
	[ISSUE_ERROR] = "error"};

static void write_issue(const struct issue *x, struct strbuf *out)
{
	strbuf_fmt(out, "::%s file=", words[x->level]);
	escape_command(out, x->at.path, true);
	strbuf_fmt(out, ",line=%u,title=", x->at.line ? x->at.line : 1);
	escape_command(out, x->finding->rule, true);
	strbuf_cstr(out, "::");
	escape_command(out, x->message, false);
	strbuf_ch(out, '\n');
}

static void write(const struct report_input *in,
		  const struct report_style *style, struct strbuf *out)
{
	struct issues l;
	size_t shown = 0;

	(void)style;
	issues_make(in, &l);
	for (int level = ISSUE_ERROR; level >= ISSUE_NOTE; level--)
		for (size_t i = 0; i < l.list.n && shown < ANNOTATIONS; i++)
			if ((int)l.list.v[i].level == level) {
				write_issue(&l.list.v[i], out);
				shown++;
			}
	if (l.list.n + l.dropped > shown)
		strbuf_fmt(out, "::notice title=ranwhence::%zu of %zu "
				"findings are shown\n", shown,
			   l.list.n + l.dropped);
	issues_release(&l);
}

const struct reporter report_github = {
	.name = "github", .summary = "annotations of GitHub Actions",
	.write = write,
};
