/*
 * `ranwhence completion`: what bash, zsh or fish completes, made from the
 * table of commands and the one of options.  It goes to standard output; where
 * a shell looks for it is the user's or the packager's to know.
 */
#include <stdio.h>

#include "base/arena.h"
#include "cli/command.h"
#include "cli/setup.h"
#include "report/report.h"
#include "store/bundle.h"

#define ENTRY(id) &command_##id,
static const struct command *const table[] = {COMMANDS(ENTRY)};
#undef ENTRY
#define TABLE_N (sizeof table / sizeof *table)

/* A script while it is written. */
struct script {
	struct strbuf *out;
	struct arena arena;
};

/* --- words --------------------------------------------------------------- */

static struct str keep(struct script *s, struct strbuf *b)
{
	struct str words;

	while (b->n && b->p[b->n - 1] == ' ')
		b->n--;
	words = arena_dup(&s->arena, strbuf_str(b));
	strbuf_release(b);
	return words;
}

static bool is_word(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < 'a' || s.p[i] > 'z')
			return false;
	return s.n > 0;
}

/* The words in lower case of a usage line: "list | check|show NAME". */
static struct str words_of(struct script *s, const struct command *c)
{
	struct str usage = str_c(c->arguments);
	struct strbuf b;

	strbuf_init(&b, 0);
	for (size_t i = 0, n; i < usage.n; i += n + 1) {
		for (n = 0; i + n < usage.n && usage.p[i + n] != ' ' &&
		     usage.p[i + n] != '|';)
			n++;
		if (is_word(str_n(usage.p + i, n)))
			strbuf_fmt(&b, "%.*s ", (int)n, usage.p + i);
	}
	return keep(s, &b);
}

static void write_policies(struct strbuf *b)
{
	const struct bundle_file *f;
	size_t n = bundle_list("policies/", &f);

	for (size_t i = 0; i < n; i++) {
		struct str name = str_from(str_c(f[i].path), 9);
		size_t end = str_find(name, STR(".yaml"));

		if (end != SIZE_MAX)
			strbuf_fmt(b, "%.*s ", (int)end, name.p);
	}
}

/* The values of an option that is one of few, or nothing. */
static struct str values_of(struct script *s, enum opt_id id)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (id == OPT_ID_policy)
		write_policies(&b);
	if (id == OPT_ID_color)
		strbuf_cstr(&b, "auto always never");
	for (size_t i = 0; id == OPT_ID_output && i < report_count; i++)
		strbuf_fmt(&b, "%s ", report_table[i]->name);
	return keep(s, &b);
}

/* Text within single quotes, in which fish knows the backslash. */
static void write_quoted(struct strbuf *out, struct str text, bool is_fish)
{
	strbuf_ch(out, '\'');
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\'')
			strbuf_ch(out, text.p[i]);
		else
			strbuf_cstr(out, is_fish ? "\\'" : "'\\''");
	strbuf_ch(out, '\'');
}

static void write_names(struct strbuf *out)
{
	for (size_t i = 0; i < TABLE_N; i++)
		strbuf_fmt(out, "%s%s", i ? " " : "", table[i]->name);
}

/* --- bash ---------------------------------------------------------------- */

static void write_bash_values(struct script *s)
{
	for (size_t i = 0; i < OPT_ID_COUNT; i++) {
		struct opt_row r = opt_row((enum opt_id)i);

		if (!r.argument[0])
			continue;
		strbuf_cstr(s->out, "\t");
		if (r.letter)
			strbuf_fmt(s->out, "-%c|", r.letter);
		strbuf_fmt(s->out, "--%s) words='%.*s' ;;\n", r.name,
			   STR_ARG(values_of(s, (enum opt_id)i)));
	}
}

static void write_bash_command(struct script *s, const struct command *c)
{
	strbuf_fmt(s->out, "\t\t%s) words='%.*s'; options='", c->name,
		   STR_ARG(words_of(s, c)));
	for (size_t i = 0, n = 0; i < OPT_ID_COUNT; i++) {
		struct opt_row r = opt_row((enum opt_id)i);

		if (r.commands & c->bit)
			strbuf_fmt(s->out, "%s--%s", n++ ? " " : "", r.name);
	}
	strbuf_cstr(s->out, "' ;;\n");
}

/* What offers no words leaves it to the shell, which offers files. */
static void write_bash(struct script *s)
{
	strbuf_cstr(s->out,
		"# bash completion of ranwhence\n"
		"_ranwhence()\n{\n"
		"\tlocal current=${COMP_WORDS[COMP_CWORD]} words='' options=''"
		"\n\tlocal before=${COMP_WORDS[COMP_CWORD-1]}\n\n"
		"\tCOMPREPLY=()\n"
		"\tif [ \"$current\" = = ]; then\n"
		"\t\tcurrent=''\n"
		"\telif [ \"$before\" = = ]; then\n"
		"\t\tbefore=${COMP_WORDS[COMP_CWORD-2]}\n"
		"\tfi\n"
		"\tcase $before in\n");
	write_bash_values(s);
	strbuf_cstr(s->out, "\tranwhence|*/ranwhence)\n"
			 "\t\t[ \"$COMP_CWORD\" -eq 1 ] && words='");
	write_names(s->out);
	strbuf_cstr(s->out, " --help --version' ;;\n"
			 "\t*)\n\t\tcase ${COMP_WORDS[1]} in\n");
	for (size_t i = 0; i < TABLE_N; i++)
		write_bash_command(s, table[i]);
	strbuf_cstr(s->out,
		"\t\tesac\n"
		"\t\tcase $current in -*) words=$options ;; esac ;;\n"
		"\tesac\n"
		"\t[ -n \"$words\" ] &&\n"
		"\t\tCOMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n"
		"\treturn 0\n}\n"
		"complete -o bashdefault -o default -F _ranwhence ranwhence\n");
}

/* --- zsh ----------------------------------------------------------------- */

/* ":WHEN:(auto always never)", ":FILE:_files". */
static void write_zsh_value(struct script *s, const char *argument,
			    enum opt_id id, struct strbuf *spec)
{
	struct str values = values_of(s, id);

	strbuf_fmt(spec, ":%s:", argument);
	if (!values.n)
		strbuf_cstr(spec, "_files");
	else if (id == OPT_ID_policy)
		strbuf_fmt(spec, "{compadd -- %.*s; _files}",
			   STR_ARG(values));
	else
		strbuf_fmt(spec, "(%.*s)", STR_ARG(values));
}

/* '*--as-of=[judge as on this day]:DATE:_files'. */
static void write_zsh_option(struct script *s, struct str name,
			     enum opt_id id)
{
	bool is_letter = name.n == 2;
	struct opt_row r = opt_row(id);
	struct strbuf spec;

	strbuf_init(&spec, 0);
	strbuf_fmt(&spec, "*%.*s%s[%s]", STR_ARG(name),
		   !r.argument[0] ? "" : is_letter ? "+" : "=", r.help);
	if (r.argument[0])
		write_zsh_value(s, r.argument, id, &spec);
	strbuf_cstr(s->out, " \\\n\t\t\t");
	write_quoted(s->out, strbuf_str(&spec), false);
	strbuf_release(&spec);
}

static void write_zsh_command(struct script *s, const struct command *c)
{
	struct str words = words_of(s, c);

	strbuf_fmt(s->out, "\t%s)\n\t\t_arguments", c->name);
	for (size_t i = 0; i < OPT_ID_COUNT; i++) {
		struct opt_row r = opt_row((enum opt_id)i);

		if (!(r.commands & c->bit))
			continue;
		write_zsh_option(s, arena_fmt(&s->arena, "--%s", r.name),
				 (enum opt_id)i);
		if (r.letter)
			write_zsh_option(s, arena_fmt(&s->arena, "-%c",
						      r.letter),
					 (enum opt_id)i);
	}
	if (words.n)
		strbuf_fmt(s->out, " \\\n\t\t\t'1:argument:(%.*s)'",
			   STR_ARG(words));
	strbuf_cstr(s->out, " \\\n\t\t\t'*:file:_files' ;;\n");
}

static void write_zsh(struct script *s)
{
	strbuf_cstr(s->out, "#compdef ranwhence\n"
			 "_ranwhence()\n{\n\tlocal -a commands\n\n"
			 "\tcommands=(\n");
	for (size_t i = 0; i < TABLE_N; i++) {
		strbuf_fmt(s->out, "\t\t%s:", table[i]->name);
		write_quoted(s->out, str_c(table[i]->summary), false);
		strbuf_ch(s->out, '\n');
	}
	strbuf_cstr(s->out, "\t)\n\tif (( CURRENT == 2 )); then\n"
			 "\t\t_describe command commands\n\t\treturn\n\tfi\n"
			 "\tshift words\n\t(( CURRENT-- ))\n"
			 "\tcase $words[1] in\n");
	for (size_t i = 0; i < TABLE_N; i++)
		write_zsh_command(s, table[i]);
	strbuf_cstr(s->out, "\tesac\n}\n\n"
			 "if [[ $funcstack[1] == _ranwhence ]]; then\n"
			 "\t_ranwhence \"$@\"\nelse\n"
			 "\tcompdef _ranwhence ranwhence\nfi\n");
}

/* --- fish ---------------------------------------------------------------- */

static void write_fish_option(struct script *s, enum opt_id id)
{
	struct opt_row r = opt_row(id);
	struct str values = values_of(s, id);

	strbuf_cstr(s->out, "complete -c ranwhence -n "
			    "'__fish_seen_subcommand_from");
	for (size_t i = 0; i < TABLE_N; i++)
		if (table[i]->bit & r.commands)
			strbuf_fmt(s->out, " %s", table[i]->name);
	strbuf_fmt(s->out, "' -l %s", r.name);
	if (r.letter)
		strbuf_fmt(s->out, " -s %c", r.letter);
	if (r.argument[0]) /* -x: no files */
		strbuf_cstr(s->out, values.n && id != OPT_ID_policy ? " -x"
								    : " -r");
	if (values.n)
		strbuf_fmt(s->out, " -a '%.*s'", STR_ARG(values));
	strbuf_cstr(s->out, " -d ");
	write_quoted(s->out, str_c(r.help), true);
	strbuf_ch(s->out, '\n');
}

static void write_fish_command(struct script *s, const struct command *c)
{
	struct str words = words_of(s, c);

	strbuf_fmt(s->out, "complete -c ranwhence -n __fish_use_subcommand "
			   "-f -a %s -d ", c->name);
	write_quoted(s->out, str_c(c->summary), true);
	strbuf_ch(s->out, '\n');
	if (words.n)
		strbuf_fmt(s->out, "complete -c ranwhence -n "
				   "'__fish_seen_subcommand_from %s' "
				   "-a '%.*s'\n", c->name, STR_ARG(words));
}

static void write_fish(struct script *s)
{
	strbuf_cstr(s->out, "# fish completion of ranwhence\n");
	for (size_t i = 0; i < TABLE_N; i++)
		write_fish_command(s, table[i]);
	for (size_t i = 0; i < OPT_ID_COUNT; i++)
		write_fish_option(s, (enum opt_id)i);
}

/* --- the command --------------------------------------------------------- */

static int run_completion(const struct opts *o)
{
	static const struct {
		const char *shell;
		void (*write)(struct script *s);
	} shells[] = {{"bash", write_bash}, {"zsh", write_zsh},
		      {"fish", write_fish}};
	struct str shell = str_c(o->targets.list.v[0]);
	struct strbuf out;
	struct script s = {.out = &out};
	int code = EXIT_USAGE;

	strbuf_init(&out, 0);
	for (size_t i = 0; i < sizeof shells / sizeof *shells; i++)
		if (o->targets.list.n == 1 && str_is(shell, shells[i].shell))
			shells[i].write(&s);
	if (out.n)
		code = setup_print(&out, EXIT_MET);
	else
		fputs("usage: ranwhence completion bash|zsh|fish\n", stderr);
	arena_release(&s.arena);
	strbuf_release(&out);
	return code;
}

const struct command command_completion = {
	.name = "completion", .arguments = "bash|zsh|fish",
	.summary = "print what a shell needs to complete these",
	.bit = OPT_COMPLETION, .min_targets = 1, .run = run_completion,
};
