/*
 * The O-RAN architecture: its network functions and the interfaces between
 * them (O-RAN.WG1 architecture description; NG, E1 and F1 as 3GPP TS 38.401
 * names them).  Functions that a stack has are drawn in full, the others in
 * outline.  A table of places, and nothing that is computed.
 */
#include "report/markup.h"
#include "report/svg.h"

#define WIDTH 480
#define HEIGHT 640
#define STRIP 10

/* Where a function stands. */
struct site {
	enum function function;
	struct svg_box box;
};

static const struct site sites[] = {
	{FUNCTION_SMO, {10, 10, 460, 136}},
	{FUNCTION_NON_RT_RIC, {170, 24, 180, 108}},
	{FUNCTION_RAPP, {250, 62, 92, 54}},
	{FUNCTION_NEAR_RT_RIC, {100, 186, 250, 108}},
	{FUNCTION_XAPP, {250, 222, 92, 54}},
	{FUNCTION_O_CU_CP, {60, 342, 122, 58}},
	{FUNCTION_O_CU_UP, {218, 342, 122, 58}},
	{FUNCTION_CORE_NF, {388, 342, 82, 58}},
	{FUNCTION_O_DU, {60, 450, 280, 58}},
	{FUNCTION_O_RU, {60, 558, 280, 58}},
	{FUNCTION_O_CLOUD, {388, 450, 82, 166}},
};

/* Functions of a stack that are no part of that picture. */
static const enum function beside[] = {
	FUNCTION_MANAGEMENT, FUNCTION_TRANSPORT, FUNCTION_TOOLING,
	FUNCTION_NONE};
#define BESIDE_N ((int32_t)(sizeof beside / sizeof *beside))
#define BESIDE_TOP (HEIGHT + 14)
#define BESIDE_H 58

struct interface {
	const char *path;
	const char *name;
	int32_t x, y;
};

static const struct interface interfaces[] = {
	{"M230 132V186", "A1", 236, 166},
	{"M36 146V587M36 240H100M36 371H60M36 479H60M36 587H60", "O1", 12,
	 172},
	{"M440 146V330H476V430H440V450", "O2", 446, 172},
	{"M120 294V342", "E2", 126, 322},
	{"M280 294V342", "E2", 286, 322},
	{"M200 294V450", "E2", 178, 322},
	{"M182 360H218", "E1", 185, 356},
	{"M340 371H388", "NG", 355, 366},
	{"M120 400V450", "F1-c", 126, 430},
	{"M280 400V450", "F1-u", 286, 430},
	{"M200 508V558", "open fronthaul", 206, 538},
};

static void write_interface(struct strbuf *out, const struct interface *i)
{
	strbuf_fmt(out, "<path class=\"link\" d=\"%s\"/>\n", i->path);
	svg_text(out, "name", i->x, i->y, str_c(i->name), 20);
}

static void write_figures(struct strbuf *out, struct svg_box b,
			  const struct svg_function *f)
{
	strbuf_fmt(out, "<text class=\"figure\" x=\"%d\" y=\"%d\">", b.x + 6,
		   b.y + 35);
	markup_interval(out, f->share.low_bp, f->share.high_bp);
	strbuf_cstr(out, "</text>\n");
}

/* A function within a greater box keeps clear of what stands in it. */
static void write_site(struct strbuf *out, enum function function,
		       struct svg_box b, const struct svg_function *f)
{
	const char *name = function == FUNCTION_NONE
			   ? "no function" : component_function_name(function);
	char class[] = "site t0";

	if (!f->is_there) {
		svg_rect(out, "site absent", b);
		svg_text(out, "soft", b.x + 6, b.y + 18, str_c(name), 20);
		return;
	}
	class[sizeof class - 2] = svg_tint(f->share.low_bp)[1];
	strbuf_fmt(out, "<a href=\"#f-");
	markup_slug(out, str_c(name));
	strbuf_cstr(out, "\"><g><title>");
	markup_text(out, str_c(name));
	strbuf_cstr(out, ": ");
	markup_interval(out, f->share.low_bp, f->share.high_bp);
	strbuf_cstr(out, ", ");
	markup_plural(out, f->components, "component");
	strbuf_cstr(out, "</title>\n");
	svg_rect(out, class, b);
	svg_text(out, "strong", b.x + 6, b.y + 18, str_c(name), 20);
	write_figures(out, b, f);
	svg_strip(out, (struct svg_box){b.x, b.y + b.h - STRIP, b.w, STRIP},
		  f->share);
	strbuf_cstr(out, "</g></a>\n");
}

static bool has_beside(const struct svg_function f[FUNCTION_COUNT])
{
	for (int32_t i = 0; i < BESIDE_N; i++)
		if (f[beside[i]].is_there)
			return true;
	return false;
}

static void write_beside(struct strbuf *out,
			 const struct svg_function f[FUNCTION_COUNT])
{
	int32_t x = 10, w = (WIDTH - 20 - (BESIDE_N - 1) * 8) / BESIDE_N;

	for (int32_t i = 0; i < BESIDE_N; i++) {
		if (!f[beside[i]].is_there)
			continue;
		write_site(out, beside[i],
			   (struct svg_box){x, BESIDE_TOP, w, BESIDE_H},
			   &f[beside[i]]);
		x += w + 8;
	}
}

void svg_network(struct strbuf *out,
		 const struct svg_function functions[FUNCTION_COUNT])
{
	int32_t h = has_beside(functions) ? BESIDE_TOP + BESIDE_H + 4
					  : HEIGHT - 16;

	svg_open(out, "chart network", WIDTH, h,
		 STR("The O-RAN architecture with the functions of this stack; "
		     "the table of functions has the figures"));
	for (size_t i = 0; i < sizeof interfaces / sizeof *interfaces; i++)
		write_interface(out, &interfaces[i]);
	for (size_t i = 0; i < sizeof sites / sizeof *sites; i++)
		write_site(out, sites[i].function, sites[i].box,
			   &functions[sites[i].function]);
	write_beside(out, functions);
	svg_close(out);
}
