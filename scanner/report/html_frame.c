/* Head, navigation and foot of a page. */
#include "report/html_frame.h"

#include "base/sha256.h"
#include "report/markup.h"
#include "store/bundle.h"

static struct str asset(const char *path)
{
	const struct bundle_file *f = bundle_find(path);

	return f ? str_n((const char *)f->data, f->size) : STR("");
}

/* RFC 4648, section 4. */
static void write_base64(struct strbuf *b, const unsigned char *p, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		uint32_t w = (uint32_t)p[i] << 16;

		w |= i + 1 < n ? (uint32_t)p[i + 1] << 8 : 0;
		w |= i + 2 < n ? (uint32_t)p[i + 2] : 0;
		strbuf_ch(b, digits[w >> 18]);
		strbuf_ch(b, digits[w >> 12 & 63]);
		strbuf_ch(b, i + 1 < n ? digits[w >> 6 & 63] : '=');
		strbuf_ch(b, i + 2 < n ? digits[w & 63] : '=');
	}
}

static void write_source(struct strbuf *b, const char *directive,
			 struct str text)
{
	unsigned char hash[SHA256_BYTES];

	sha256_of(text, hash);
	strbuf_fmt(b, "; %s 'sha256-", directive);
	write_base64(b, hash, sizeof hash);
	strbuf_ch(b, '\'');
}

static void write_head(const struct html_frame *f, struct str style,
		       struct str script, struct strbuf *out)
{
	strbuf_cstr(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
			 "<meta charset=\"utf-8\">\n"
			 "<meta http-equiv=\"Content-Security-Policy\" "
			 "content=\"default-src 'none'");
	write_source(out, "style-src", style);
	write_source(out, "script-src", script);
	strbuf_cstr(out, "; base-uri 'none'; form-action 'none'\">\n"
			 "<meta name=\"viewport\" content=\"width=device-width"
			 ", initial-scale=1\">\n"
			 "<meta name=\"color-scheme\" content=\"light dark\">\n"
			 "<meta name=\"referrer\" content=\"no-referrer\">\n"
			 "<meta name=\"generator\" content=\"ranwhence ");
	markup_text(out, str_c(f->tool_version));
	strbuf_cstr(out, "\">\n<title>");
	markup_text(out, f->title);
	strbuf_cstr(out, "</title>\n<style>");
	strbuf_add(out, style);
	strbuf_cstr(out, "</style>\n</head>\n");
}

/* The hatching of what is not known; charts refer to it from the style. */
static const char hatching[] =
	"<svg class=\"defs\" aria-hidden=\"true\" width=\"0\" height=\"0\">"
	"<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" "
	"patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
	"<rect class=\"hatch-ground\" width=\"6\" height=\"6\"/>"
	"<rect class=\"hatch-line\" width=\"2\" height=\"6\"/>"
	"</pattern></defs></svg>\n";

void html_frame_open(const struct html_frame *f, struct strbuf *out)
{
	write_head(f, asset("report/style.css"), asset("report/script.js"),
		   out);
	strbuf_cstr(out, "<body>\n<a class=\"skip\" href=\"#main\">Skip to the "
			 "report</a>\n");
	strbuf_cstr(out, hatching);
	strbuf_cstr(out, "<nav aria-label=\"Contents\">\n<ol>\n");
	for (size_t i = 0; i < f->links_n; i++)
		strbuf_fmt(out, "<li><a href=\"#%s\">%s</a></li>\n",
			   f->links[i].id, f->links[i].label);
	strbuf_cstr(out, "</ol>\n</nav>\n<main id=\"main\">\n");
}

void html_frame_close(const struct html_frame *f, struct strbuf *out)
{
	strbuf_cstr(out, "</main>\n<footer>\n<p>Written by ranwhence ");
	markup_text(out, str_c(f->tool_version));
	strbuf_cstr(out, ". This file loads nothing and sends nothing. "
			 "Organisations are judged here, never people.</p>\n"
			 "</footer>\n<script>");
	strbuf_add(out, asset("report/script.js"));
	strbuf_cstr(out, "</script>\n</body>\n</html>\n");
}

void html_frame_section(const char *id, const char *title, struct strbuf *out)
{
	strbuf_fmt(out, "<section id=\"%s\" aria-labelledby=\"%s-title\">\n"
			"<h2 id=\"%s-title\">%s</h2>\n", id, id, id, title);
}

void html_frame_section_end(struct strbuf *out)
{
	strbuf_cstr(out, "</section>\n");
}
