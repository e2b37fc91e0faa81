/* Formatted first, shown then: a value of the command line may be anything. */
#include "cli/say.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/utf8.h"

void say(const char *format, ...)
{
	struct strbuf b;
	va_list args;
	char *text;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	n = n < 0 ? 0 : n;
	text = mem_new((size_t)n + 1, 1);
	va_start(args, format);
	(void)vsnprintf(text, (size_t)n + 1, format, args);
	va_end(args);
	strbuf_init(&b, 0);
	strbuf_cstr(&b, "ranwhence: ");
	utf8_show(&b, str_n(text, (size_t)n));
	strbuf_ch(&b, '\n');
	fwrite(b.p, 1, b.n, stderr);
	strbuf_release(&b);
	free(text);
}
