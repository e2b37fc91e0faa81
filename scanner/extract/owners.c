/*
 * OWNERS as Kubernetes projects write it: YAML with the accounts of approvers
 * and reviewers of a folder and all below.  Accounts are seats of an unknown
 * organisation, unless an address is given.
 */
#include "base/path.h"
#include "base/yaml_in.h"
#include "extract/declare.h"
#include "extract/lines.h"
#include "extract/seat.h"

struct reader {
	struct extraction *x;
	struct seat_persons persons;
	size_t area;
};

static void add_all(struct reader *r, enum seat_role role,
		    const struct yaml *list)
{
	for (const struct yaml *who = list->first; who; who = who->next) {
		struct str account = str_trim(yaml_str(who));

		if (account.n)
			seat_add(r->x, &r->persons, role, account,
				 who->line)->area = r->area;
		else
			lines_bad(r->x, who->line, "not an account", STR(""));
	}
}

static void read_lists(struct reader *r, const struct yaml *of)
{
	add_all(r, SEAT_OWNER, yaml_get(of, "approvers"));
	add_all(r, SEAT_REVIEWER, yaml_get(of, "reviewers"));
}

static void read_owners(struct reader *r, const struct yaml *root)
{
	struct extraction *x = r->x;
	struct str folder = path_dir(x->path);
	const struct yaml *filters = yaml_get(root, "filters");

	if (folder.n) {
		r->area = component_add_area(x->parts, false);
		component_add_area_path(x->parts, (struct area_path){
			.glob = arena_dup(x->arena, folder),
			.is_folder = true});
	}
	read_lists(r, root);
	for (const struct yaml *f = filters->first; f; f = f->next)
		read_lists(r, f);
}

static bool wants(const struct file *f)
{
	return str_is(path_base(f->path), "OWNERS");
}

/* A folder of somebody else's work has its owners, not this project's. */
static bool is_foreign(struct extraction *x)
{
	static const char *const folders[] = {"vendor", "third_party",
					      "charts", "subcharts",
					      "node_modules", "external"};

	if (str_is(x->path, "OWNERS"))
		return false;
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		if (path_has_dir(x->path, str_c(folders[i])))
			return true;
	return !declare_find(x->tree, STR("OWNERS"));
}

static enum err extract(struct extraction *x)
{
	struct reader r = {.x = x, .area = SIZE_MAX};
	unsigned long lost = lines_lost(x);
	const struct yaml *root;
	enum err err;

	if (x->root >= x->parts->components.n || is_foreign(x))
		return OK;
	err = yaml_parse(x->text, 0, x->path, x->scratch, x->diags, &root);
	if (err == ERR_NOTFOUND)
		return OK; /* an empty file */
	if (root->type == YAML_MAPPING)
		read_owners(&r, root);
	else if (!err)
		lines_bad(x, root->line, "not a mapping", root->text);
	seat_release(&r.persons);
	return err ? err : lines_lost(x) > lost ? ERR_FORMAT : OK;
}

const struct extractor extract_owners = {
	.name = "seats/owners",
	.summary = "approvers and reviewers by OWNERS of folders",
	.version = 1,
	.sees = SEES_SEATS,
	.wants = wants,
	.extract = extract,
};
