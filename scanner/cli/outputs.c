/* Writing reports where the user wants them. */
#include "cli/outputs.h"
#include "cli/say.h"

#include <stdio.h>

#include "base/fs.h"
#include "cli/setup.h"
#include "cli/terminal.h"
#include "cli/worker.h"

/* Does an earlier output go to this file, too?  One would replace the other;
 * standard output, a device or a FIFO takes several. */
static bool is_taken(const struct opt_values *outputs, size_t n,
		     struct str file)
{
	struct str format, other;

	if (str_is(file, "-") || fs_kind(file.p) == FS_OTHER)
		return false;
	for (size_t i = 0; i < n; i++)
		if (str_cut(str_c(outputs->list.v[i]), '=', &format, &other) &&
		    str_eq(file, other))
			return true;
	return false;
}

/* What is wrong with the n-th output that is asked for, or NULL. */
static const char *output_fault(const struct opt_values *outputs, size_t n)
{
	struct str format, file;
	bool has_file = str_cut(str_c(outputs->list.v[n]), '=', &format,
				&file);

	if (!report_find(format))
		return "no such format; 'ranwhence list reporters' shows them";
	if (has_file && !file.n)
		return "names no file";
	if (has_file && is_taken(outputs, n, file))
		return "another report goes to this file";
	return NULL;
}

enum err outputs_check(const struct opts *o)
{
	const struct opt_values *outputs = &o->given[OPT_ID_output];
	struct report_style style;
	enum err e = setup_style(o, true, &style);

	for (size_t i = 0; i < outputs->list.n; i++) {
		const char *why = output_fault(outputs, i);

		if (!why)
			continue;
		say("--output=%s: %s", outputs->list.v[i], why);
		e = ERR_CONFIG;
	}
	return e;
}

static enum err write_report(const struct opts *o,
			     const struct report_input *in, struct str format,
			     const char *path, struct diags *ds)
{
	bool is_stdout = str_is(str_c(path), "-");
	struct report_style style;
	struct strbuf out;
	enum err e = setup_style(o, is_stdout, &style);

	strbuf_init(&out, 0);
	if (!e) {
		report_find(format)->write(in, &style, &out);
		e = is_stdout ? terminal_write(strbuf_str(&out), ds)
			      : worker_write(o, path, &out, ds);
	}
	strbuf_release(&out);
	return e;
}

/* "questions=FILE.csv" asks for the questions as CSV. */
static struct str format_of(struct str format, struct str file)
{
	if (str_is(format, "questions") && str_has_suffix(file, STR(".csv")))
		return STR("questions-csv");
	return format;
}

enum err outputs_write(const struct opts *o, const struct report_input *in,
		       struct diags *ds)
{
	const struct opt_values *outputs = &o->given[OPT_ID_output];
	struct str format, file;
	enum err e = OK;

	if (!outputs->list.n)
		return write_report(o, in, STR("text"), "-", ds);
	for (size_t i = 0; i < outputs->list.n; i++) {
		bool has_file = str_cut(str_c(outputs->list.v[i]), '=',
					&format, &file);

		if (write_report(o, in, format_of(format, file),
				 has_file ? file.p : "-", ds))
			e = ERR_IO;
	}
	return e;
}

struct report_input outputs_input(const struct report_in *r)
{
	return (struct report_input){
		.scan = &r->scan, .verdicts = r->verdicts.v,
		.verdicts_n = r->verdicts.n, .waivers = &r->waivers,
		.baseline = r->baseline,
		.baseline_as_of = r->baseline_as_of, .fail_on = r->fail_on,
		.facts_key = r->facts_key, .sandbox = r->sandbox,
		.tool_version = r->tool_version};
}
