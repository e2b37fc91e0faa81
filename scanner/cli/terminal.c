/* Texts for people on a terminal; see terminal.h. */
#include "cli/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/utf8.h"
#include "report/paint.h"

/* The first of the variables that says anything is the one that counts. */
static bool is_utf8_locale(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return str_find_nocase(str_c(value), STR("utf-8")) !=
			       SIZE_MAX ||
			       str_find_nocase(str_c(value), STR("utf8")) !=
			       SIZE_MAX;
	}
	return false;
}

/* Must texts be ASCII there?  Not where it is no terminal. */
static bool is_ascii(int fd)
{
	return isatty(fd) && (!is_utf8_locale() ||
			      str_has_prefix(str_c(getenv("TERM")),
					     STR("vt")));
}

unsigned terminal_columns(int fd)
{
	struct winsize w;

	if (!isatty(fd) || ioctl(fd, TIOCGWINSZ, &w) || w.ws_col < 40)
		return 80;
	return w.ws_col < 120 ? w.ws_col : 120;
}

enum err terminal_write(struct str text, struct diags *ds)
{
	struct strbuf b;
	enum err e;

	if (!is_ascii(STDOUT_FILENO))
		return fs_write("-", text, ds);
	strbuf_init(&b, 0);
	utf8_ascii(&b, text);
	e = fs_write("-", strbuf_str(&b), ds);
	strbuf_release(&b);
	return e;
}

void terminal_tell(struct str text)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	if (is_ascii(STDERR_FILENO)) {
		utf8_ascii(&b, text);
		text = strbuf_str(&b);
	}
	fwrite(text.p, 1, text.n, stderr);
	strbuf_release(&b);
}

void terminal_tell_line(struct str line)
{
	struct report_style style = {
		.columns = terminal_columns(STDERR_FILENO)};
	struct strbuf b;

	strbuf_init(&b, 0);
	if (isatty(STDERR_FILENO)) {
		paint_wrap(&(struct paint){&style, &b}, line, 0, 2);
	} else {
		strbuf_add(&b, line);
		strbuf_ch(&b, '\n');
	}
	terminal_tell(strbuf_str(&b));
	strbuf_release(&b);
}
