/* Packages by name and version. */
#include "extract/os_package.h"

#include <string.h>

#include "base/limits.h"
#include "extract/declare.h"

static bool is_name(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!ascii_is_alnum(s.p[i]) &&
		    !memchr("+-._/", s.p[i], 5))
			return false;
	return s.n && ascii_is_alnum(s.p[0]);
}

struct component *os_package_add(struct extraction *x,
				 const struct extractor *e,
				 const struct os_package *p, unsigned line)
{
	struct purl purl = {.type = str_c(p->type),
			    .namespace = p->namespace};
	struct component *c;

	if (!is_name(p->name)) {
		diag_add(x->diags, RW1302, diag_at_line(x->path, line),
			 "the package is not known: %.*s",
			 STR_ARG(str_head(p->name, 120)));
		return NULL;
	}
	c = declare_component(x, e, p->name, p->component_type, line);
	if (!c)
		return NULL;
	c->scope = p->scope;
	if (p->version.n && str_find_ch(p->version, '$') == SIZE_MAX)
		declare_version(x, c, p->version);
	c->is_unpinned = !c->version.n;
	if (!p->type)
		return c;
	purl.name = c->name;
	purl.version = c->version;
	if (p->distro.n)
		vec_push(&purl.qualifiers, ((struct purl_qualifier){
			STR("distro"), p->distro}));
	declare_purl(x, c, &purl);
	return c;
}
