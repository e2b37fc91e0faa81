/*
 * The grammar of the POSIX shell language as far as it tells commands from
 * each other: lists, pipes, compound commands.  Nothing is run and no
 * condition is evaluated: both arms of an `if` count.  Text within text
 * ($(...), bash -c '...') is read where it stands, on a stack of frames.
 */
#include "extract/shell.h"

#include <string.h>

#include "base/limits.h"
#include "extract/lines.h"
#include "extract/shell_span.h"
#include "extract/shell_verbs.h"

#define BLOCKS_MAX 256
#define NOTHING SIZE_MAX

void shell_init(struct shell *s, struct extraction *x, char escape)
{
	*s = (struct shell){.x = x};
	vars_init(&s->vars, escape, x->scratch);
	vec_push(&s->groups, (struct shell_group){0});
}

void shell_release(struct shell *s)
{
	for (size_t i = 0; i < SHELL_FRAMES; i++) {
		vec_release(&s->frames[i].raw);
		vec_release(&s->frames[i].blocks);
		vec_release(&s->frames[i].parts);
	}
	vars_release(&s->vars);
	arena_release(&s->command);
	vec_release(&s->words);
	vec_release(&s->dirs);
	vec_release(&s->finds);
	vec_release(&s->clones);
	vec_release(&s->groups);
}

/* --- frames --------------------------------------------------------------- */

static struct shell_frame *top(struct shell *s)
{
	return &s->frames[s->depth - 1];
}

static void push_frame(struct shell *s, const struct shell_part *part)
{
	struct shell_frame *f = &s->frames[s->depth++];

	shell_lex_init(&f->lex, s->x, &part->source);
	vec_clear(&f->raw);
	vec_clear(&f->blocks);
	vec_clear(&f->parts);
	f->next_part = 0;
	f->dir = s->dir;
	f->before = SHELL_NEXT;
	f->is_waiting = f->opens_case = f->in_pattern = f->has_output = false;
	f->is_run = part->is_run;
	f->piped = NOTHING;
	f->deep = 0;
}

static void close_arm(struct shell *s, struct shell_block *b)
{
	if (b->has_arm)
		vars_close_arm(&s->vars);
	b->has_arm = false;
}

static void pop_frame(struct shell *s)
{
	struct shell_frame *f = top(s);

	while (f->blocks.n)
		close_arm(s, &f->blocks.v[--f->blocks.n]);
	if (s->depth > 1)
		s->dir = f->dir;
	s->depth--;
}

/* --- compound commands ---------------------------------------------------- */

static struct shell_block *block(struct shell_frame *f)
{
	return f->blocks.n ? &f->blocks.v[f->blocks.n - 1] : NULL;
}

static void open_block(struct shell *s, enum shell_block_kind kind)
{
	struct shell_frame *f = top(s);

	if (f->blocks.n < BLOCKS_MAX)
		vec_push(&f->blocks,
			 ((struct shell_block){.kind = kind, .dir = s->dir}));
	else if (f->deep++ == 0)
		lines_bad(s->x, f->lex.token_line,
			  "commands nest too deeply", STR(""));
}

static void open_arm(struct shell *s, enum shell_block_kind kind)
{
	struct shell_block *b = block(top(s));

	if (!b || b->kind != kind || top(s)->deep)
		return;
	close_arm(s, b);
	vars_open_arm(&s->vars);
	b->has_arm = true;
}

static void close_block(struct shell *s, enum shell_block_kind kind)
{
	struct shell_frame *f = top(s);
	struct shell_block *b = block(f);

	if (f->deep) {
		f->deep--;
	} else if (b && b->kind == kind) {
		close_arm(s, b);
		if (kind == SHELL_SUBSHELL)
			s->dir = b->dir;
		f->blocks.n--;
	}
}

/* Words that mean something where a command may begin. */
static bool keyword(struct shell *s, struct str w)
{
	struct shell_frame *f = top(s);

	if (str_is(w, "if"))
		open_block(s, SHELL_IF);
	else if (str_is(w, "then") || str_is(w, "else"))
		open_arm(s, SHELL_IF);
	else if (str_is(w, "elif") && block(f))
		close_arm(s, block(f));
	else if (str_is(w, "fi"))
		close_block(s, SHELL_IF);
	else if (str_is(w, "while") || str_is(w, "until"))
		open_block(s, SHELL_LOOP);
	else if (str_is(w, "done"))
		close_block(s, SHELL_LOOP);
	else if (str_is(w, "esac"))
		close_block(s, SHELL_CASE);
	else if (str_is(w, "{"))
		open_block(s, SHELL_BRACE);
	else if (str_is(w, "}"))
		close_block(s, SHELL_BRACE);
	else
		return str_is(w, "do") || str_is(w, "!") ||
		       str_is(w, "time") || str_is(w, "coproc") ||
		       str_is(w, "elif");
	return true;
}

/* --- words ---------------------------------------------------------------- */

static void add_word(struct shell *s, struct str text, unsigned line)
{
	vec_push(&s->words, ((struct shell_word){text, line}));
}

/* Puts values into a word; one that was a list becomes several. */
static void expand_word(struct shell *s, const struct shell_word *raw)
{
	struct str text, part;
	bool falls_apart;

	if (str_has_prefix(raw->text, STR("<(")) ||
	    str_has_prefix(raw->text, STR(">("))) {
		add_word(s, STR("$(...)"), raw->line);
		return;
	}
	vars_expand(&s->vars, raw->text, VARS_KEEP);
	text = arena_dup(&s->command, strbuf_str(&s->vars.text));
	falls_apart = s->vars.has_blanks;
	if (s->vars.text.full)
		s->cut_line = raw->line;
	else if (!falls_apart)
		add_word(s, text, raw->line);
	while (falls_apart && str_word(&text, &part))
		add_word(s, part, raw->line);
}

/* The commands inside a word, to be read behind this one. */
static void add_parts(struct shell *s, const struct shell_word *raw)
{
	struct shell_part part = {.is_run = false};
	struct str w = raw->text;
	char quote = 0;
	size_t at = 0, n;

	for (; at < w.n; at += n) {
		struct str rest = str_from(w, at);
		char c = w.p[at];

		n = shell_span(rest, quote != 0);
		if (n == SIZE_MAX)
			return;
		if (c == '"' || n == 0) {
			if (c == '"')
				quote = quote ? 0 : c;
			n = c == '\\' ? 2 : 1;
		} else if (c == '`' || c == '(' ||
			   (str_has_prefix(rest, STR("$(")) &&
			    !str_has_prefix(rest, STR("$((")))) {
			part.source = shell_lex_part(
				&top(s)->lex, w, raw->line,
				shell_span_inner(rest, n));
			vec_push(&top(s)->parts, part);
		}
	}
}

/* --- commands ------------------------------------------------------------- */

/* Leading NAME=value; they are kept when nothing follows. */
static size_t assign(struct shell *s)
{
	struct shell_frame *f = top(s);
	size_t n = 0;
	struct str name, value;
	bool adds, is_alone;

	while (n < f->raw.n &&
	       vars_assigned(f->raw.v[n].text, &value, &adds).n)
		n++;
	is_alone = n && n == f->raw.n;
	/* test && NAME=value: perhaps not */
	if (is_alone && (f->before == SHELL_AND || f->before == SHELL_OR))
		vars_open_arm(&s->vars);
	for (size_t i = 0; is_alone && i < n; i++) {
		name = vars_assigned(f->raw.v[i].text, &value, &adds);
		if (adds)
			vars_append(&s->vars, name, value);
		else
			vars_assign(&s->vars, name, value);
	}
	if (is_alone && (f->before == SHELL_AND || f->before == SHELL_OR))
		vars_close_arm(&s->vars);
	return n;
}

/* export NAME=value ... */
static bool declares(const struct shell_frame *f)
{
	static const char *const verbs[] = {"export", "declare", "typeset",
					    "local", "readonly"};

	for (size_t i = 0; f->raw.n && i < sizeof verbs / sizeof *verbs; i++)
		if (str_is(f->raw.v[0].text, verbs[i]))
			return true;
	return false;
}

static void declare_all(struct shell *s)
{
	struct shell_frame *f = top(s);
	struct str name, value;
	bool adds;

	for (size_t i = 1; i < f->raw.n; i++) {
		name = vars_assigned(f->raw.v[i].text, &value, &adds);
		if (name.n)
			vars_assign(&s->vars, name, value);
	}
}

/* for NAME in words */
static void run_for(struct shell *s)
{
	struct strbuf *b = &s->vars.text;

	open_block(s, SHELL_LOOP);
	if (s->words.n < 3 || !str_is(s->words.v[2].text, "in"))
		return;
	strbuf_clear(b);
	for (size_t i = 3; i < s->words.n; i++) {
		strbuf_cstr(b, i > 3 ? " " : "");
		strbuf_add(b, s->words.v[i].text);
	}
	if (!b->full)
		vars_set_list(&s->vars, s->words.v[1].text, strbuf_str(b));
}

/* A find whose bytes this command gives to the next one. */
static void begin_pipe(struct shell *s, size_t finds, enum shell_token after)
{
	struct shell_frame *f = top(s);

	if (after != SHELL_PIPE)
		f->piped = NOTHING;
	else if (s->finds.n > finds)
		f->piped = s->finds.n - 1;
}

static void run_verb(struct shell *s, enum shell_token after)
{
	struct shell_frame *f = top(s);
	size_t finds = s->finds.n;

	if (f->piped != NOTHING &&
	    shell_fetch_pipe(s, &s->finds.v[f->piped]))
		f->piped = NOTHING;
	if (str_is(s->words.v[0].text, "for") ||
	    str_is(s->words.v[0].text, "select"))
		run_for(s);
	else
		shell_verbs_run(s);
	begin_pipe(s, finds, after);
}

/* A command is complete. */
static void end_command(struct shell *s, enum shell_token after)
{
	struct shell_frame *f = top(s);
	size_t first;

	vec_clear(&s->words);
	s->cut_line = 0;
	for (size_t i = 0; i < f->raw.n; i++)
		add_parts(s, &f->raw.v[i]);
	first = declares(f) ? f->raw.n : assign(s);
	if (declares(f))
		declare_all(s);
	for (size_t i = first; i < f->raw.n; i++)
		expand_word(s, &f->raw.v[i]);
	if (s->words.n)
		run_verb(s, after);
	if (f->raw.n)
		f->before = after;
	vec_clear(&f->raw);
	f->has_output = false;
	arena_release(&s->command);
}

/* --- tokens --------------------------------------------------------------- */

static void read_word(struct shell *s)
{
	struct shell_frame *f = top(s);
	struct str w = f->lex.word;

	if (f->in_pattern && str_is(w, "esac")) {
		f->in_pattern = false;
		close_block(s, SHELL_CASE);
	} else if (f->raw.n == 2 && str_is(f->raw.v[0].text, "case") &&
		   str_is(w, "in")) {
		end_command(s, SHELL_NEXT);
		f->opens_case = true;
	} else if (!f->in_pattern && (f->raw.n || !keyword(s, w))) {
		vec_push(&f->raw,
			 ((struct shell_word){w, f->lex.token_line}));
	}
}

static void read_open(struct shell *s)
{
	if (top(s)->in_pattern)
		return;
	vec_clear(&top(s)->raw); /* name() of a function */
	open_block(s, SHELL_SUBSHELL);
}

static void read_close(struct shell *s)
{
	if (!top(s)->in_pattern) {
		close_block(s, SHELL_SUBSHELL);
		return;
	}
	top(s)->in_pattern = false;
	open_arm(s, SHELL_CASE);
}

static void read_arm(struct shell *s)
{
	struct shell_frame *f = top(s);

	if (!block(f) || block(f)->kind != SHELL_CASE || f->deep)
		return;
	close_arm(s, block(f));
	f->in_pattern = true;
}

/* Where the output of a command goes, if it is a file. */
static void read_output(struct shell *s)
{
	struct shell_frame *f = top(s);
	struct str to = f->lex.word;

	if (f->raw.n && !str_has_prefix(to, STR("/dev/")) &&
	    !str_is(to, "1") && !str_is(to, "2"))
		f->has_output = true;
}

/* What a token does behind the command that it ends. */
static void read_token(struct shell *s, enum shell_token token)
{
	switch (token) {
	case SHELL_WORD:
		read_word(s);
		break;
	case SHELL_OUTPUT:
		read_output(s);
		break;
	case SHELL_OPEN:
		read_open(s);
		break;
	case SHELL_CLOSE:
		read_close(s);
		break;
	case SHELL_ARM:
		read_arm(s);
		break;
	case SHELL_END:
		pop_frame(s);
		break;
	case SHELL_NEXT:
	case SHELL_AND:
	case SHELL_OR:
	case SHELL_PIPE:
		break;
	}
}

/* The commands within the last command come before what follows it. */
static bool enter_part(struct shell *s)
{
	struct shell_frame *f = top(s);
	const struct shell_part *part;

	if (f->next_part == f->parts.n) {
		vec_clear(&f->parts);
		f->next_part = 0;
		return false;
	}
	part = &f->parts.v[f->next_part++];
	if (s->depth < SHELL_FRAMES)
		push_frame(s, part);
	else
		lines_bad(s->x, part->source.line,
			  "commands nest too deeply", part->source.text);
	return true;
}

/* One token of the innermost text. */
static void step(struct shell *s)
{
	struct shell_frame *f = top(s);

	if (enter_part(s))
		return;
	if (f->opens_case) {
		f->opens_case = false;
		f->in_pattern = true;
		open_block(s, SHELL_CASE);
	}
	if (!f->is_waiting) {
		f->token = shell_lex_next(&f->lex);
		if (f->token != SHELL_WORD && f->token != SHELL_OUTPUT &&
		    f->token != SHELL_OPEN)
			end_command(s, f->token);
		f->is_waiting = f->parts.n != 0;
		if (f->is_waiting)
			return;
	}
	f->is_waiting = false;
	read_token(s, f->token);
}

void shell_read(struct shell *s, const struct shell_source *source)
{
	const struct shell_part part = {*source, false};

	s->dir_before = s->dir;
	push_frame(s, &part);
	while (s->depth)
		step(s);
	if (s->vars.is_full && !s->is_full)
		diag_add(s->x->diags, RW1901,
			 diag_at_line(s->x->path, source->line),
			 "values of variables over a limit");
	s->is_full = s->is_full || s->vars.is_full;
}
