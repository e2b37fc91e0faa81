/* A file is of the class that the user chose, of that of a folder above it,
 * or of that of its own name. */
#include "history/classify.h"

#include <stdlib.h>

#define BY_TEXT LINE_CLASS_COUNT

/* Each path as a folder. */
static uint8_t *classify_folders(const struct paths *p)
{
	uint8_t *folders = mem_new(p->nodes.n, 1);

	for (size_t i = PATHS_ROOT + 1; i < p->nodes.n; i++) {
		const struct paths_node *node = &p->nodes.v[i];

		folders[i] = folders[node->parent];
		if (folders[i] == LINE_SOURCE)
			folders[i] = (uint8_t)line_class_of_folder(
				node->name);
	}
	return folders;
}

static enum line_class by_name(const struct paths_node *node,
			       const uint8_t *folders)
{
	enum line_class class = (enum line_class)folders[node->parent];

	if (class == LINE_SOURCE)
		class = line_class_of_name(node->name);
	return class == LINE_SOURCE ? BY_TEXT : class;
}

void classify_init(struct classify *c, const struct paths *p,
		   const struct line_class_choices *choices)
{
	bool has_choices = choices && choices->list.n;
	uint8_t *folders = classify_folders(p);
	struct strbuf path;

	strbuf_init(&path, 0);
	c->files = mem_new(p->nodes.n, 1);
	for (size_t i = 0; i < p->nodes.n; i++) {
		enum line_class class;

		strbuf_clear(&path);
		if (has_choices)
			paths_write(p, (uint32_t)i, &path);
		if (!line_class_chosen(choices, strbuf_str(&path), &class))
			class = by_name(&p->nodes.v[i], folders);
		c->files[i] = (uint8_t)class;
	}
	strbuf_release(&path);
	free(folders);
}

void classify_release(struct classify *c)
{
	free(c->files);
}

enum line_class classify_file(const struct classify *c, uint32_t path,
			      struct str text)
{
	uint8_t class = c->files[path];

	return class == BY_TEXT ? line_class_of_text(text)
				: (enum line_class)class;
}

bool classify_may_be_source(const struct classify *c, uint32_t path)
{
	return c->files[path] == BY_TEXT || c->files[path] == LINE_SOURCE;
}
