/* A way from a product down to a component. */
#include "report/markup.h"
#include "report/svg.h"

#define WIDTH 460
#define LINE 20
#define STEP 14
#define STEPS 8 /* past these the lines go on below each other */

void svg_path(struct strbuf *out, const struct str *names, size_t n)
{
	struct strbuf label;

	strbuf_init(&label, 0);
	strbuf_cstr(&label, "Dependency path: ");
	for (size_t i = 0; i < n; i++) {
		strbuf_cstr(&label, i ? ", which brings in " : "");
		strbuf_add(&label, names[i]);
	}
	svg_open(out, "chart path", WIDTH, (int32_t)n * LINE + 4,
		 strbuf_str(&label));
	strbuf_release(&label);
	for (size_t i = 0; i < n; i++) {
		int32_t step = (int32_t)(i < STEPS ? i : STEPS) * STEP;
		int32_t y = (int32_t)i * LINE;

		if (i)
			strbuf_fmt(out, "<path class=\"edge\" d=\"M%d %dV%dH%d"
					"\"/>\n", step - STEP + 6, y + 1,
				   y + 11, step + 2);
		svg_text(out, i + 1 == n ? "strong" : "", step + 6, y + 15,
			 names[i], (size_t)(WIDTH - step - 6) / 7);
	}
	svg_close(out);
}
