/*
 * `ranwhence scan`: the main job.  Targets are read, resolved and attributed
 * once; then each policy judges, and the reports are written.
 */
#include <stdio.h>

#include "assess/assess.h"
#include "base/fs.h"
#include "cli/command.h"
#include "cli/progress.h"
#include "cli/run.h"
#include "cli/setup.h"
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

static enum err check_outputs(const struct opts *o)
{
	const struct opt_values *outputs = &o->given[OPT_ID_output];
	struct report_style style;
	enum err e = setup_style(o, true, &style);

	for (size_t i = 0; i < outputs->list.n; i++) {
		const char *why = output_fault(outputs, i);

		if (!why)
			continue;
		fprintf(stderr, "ranwhence: --output=%s: %s\n",
			outputs->list.v[i], why);
		e = ERR_CONFIG;
	}
	return e;
}

static enum err write_report(struct run *r, struct str format,
			     const char *path)
{
	struct report_input in = {
		.scan = &r->scan, .verdicts = r->verdicts.v,
		.verdicts_n = r->verdicts.n, .waivers = &r->waivers,
		.baseline = str_c(opt_value(r->o, OPT_ID_baseline)),
		.baseline_as_of = r->baseline.as_of,
		.fail_on = str_c(opt_value(r->o, OPT_ID_fail_on)),
		.facts_key = setup_facts_key(r->o, &r->scan.arena),
		.sandbox = sandbox_level_name(worker_level(r->o)),
		.tool_version = PACKAGE_VERSION};
	struct report_style style;
	struct strbuf out;
	enum err e = setup_style(r->o, str_is(str_c(path), "-"), &style);

	strbuf_init(&out, 0);
	if (!e) {
		report_find(format)->write(&in, &style, &out);
		e = worker_write(r->o, path, &out, &r->scan.diags);
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

static enum err write_reports(struct run *r)
{
	const struct opt_values *outputs = &r->o->given[OPT_ID_output];
	struct str format, file;
	enum err e = OK;

	if (!outputs->list.n)
		return write_report(r, STR("text"), "-");
	for (size_t i = 0; i < outputs->list.n; i++) {
		bool has_file = str_cut(str_c(outputs->list.v[i]), '=',
					&format, &file);

		if (write_report(r, format_of(format, file),
				 has_file ? file.p : "-"))
			e = ERR_IO;
	}
	return e;
}

static int run_scan(const struct opts *o)
{
	struct run r = {.o = o};
	int code = EXIT_USAGE;

	if (check_outputs(o) || run_prepare(&r) || run_read(&r)) {
		setup_complain(&r.scan.diags, DIAG_WARNING);
		goto out;
	}
	progress_show(opt_given(o, OPT_ID_quiet), "judging", STR(""));
	run_judge(&r);
	progress_end(opt_given(o, OPT_ID_quiet));
	code = assess_exit_code(&r.scan, r.verdicts.v, r.verdicts.n);
	if (write_reports(&r)) {
		setup_complain(&r.scan.diags, DIAG_ERROR);
		code = EXIT_INCOMPLETE;
	}
out:
	run_release(&r);
	return code;
}

const struct command command_scan = {
	.name = "scan", .arguments = "TARGET...",
	.summary = "scan repositories, folders, SBOMs or a stack and judge",
	.bit = OPT_SCAN, .min_targets = 1, .is_confined = true,
	.run = run_scan,
};
