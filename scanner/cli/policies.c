/* The policies as a table. */
#include "cli/policies.h"

#include <stdio.h>

#include "assess/policy.h"
#include "base/utf8.h"
#include "cli/setup.h"
#include "store/bundle.h"

/* One line, as wide as a terminal is; `policy show` tells all. */
static void write_line(struct str name, struct str title)
{
	struct strbuf b;

	strbuf_init(&b, 0);
	utf8_show_cut(&b, name, 30);
	strbuf_pad(&b, ' ', name.n < 17 ? 18 - name.n : 1);
	utf8_show_cut(&b, title, 80 - b.n);
	strbuf_ch(&b, '\n');
	fwrite(b.p, 1, b.n, stdout);
	strbuf_release(&b);
}

int policies_list(void)
{
	const struct bundle_file *f;
	size_t n = bundle_list("policies/", &f);
	struct diags ds = {0};

	for (size_t i = 0; i < n; i++) {
		struct policy p;

		if (policy_parse(str_n((const char *)f[i].data, f[i].size),
				 str_c(f[i].path), &ds, &p))
			continue;
		write_line(p.name, p.title);
		policy_release(&p);
	}
	setup_complain(&ds, DIAG_ERROR);
	diag_release(&ds);
	return setup_exit(&ds);
}
