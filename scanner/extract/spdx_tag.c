/*
 * SPDX 2.2 and 2.3 as tag-value text (clauses 4 to 12 of ISO/IEC 5962): lines
 * of "Tag: value", a value over several lines between <text> and </text>,
 * comments after '#'.  A tag belongs to the package, file or snippet begun
 * last.  What it means is spdx.c's.
 *
 * A text has no end mark: that it was cut shows only when the last package
 * lacks what each must have, or when nothing is described.
 */
#include "base/limits.h"
#include "base/path.h"
#include "extract/lines.h"
#include "extract/spdx.h"

#define KEY(s) {s, sizeof s - 1}

enum section { IN_DOCUMENT, IN_PACKAGE, IN_ELEMENT };

struct reading {
	struct spdx spdx;
	struct lines lines;
	enum section section;
	struct spdx_package package;   /* while in IN_PACKAGE */
	bool has_id, has_download;     /* of that */
	VEC(struct spdx_relation) relations; /* may lead ahead: drawn last */
	bool is_cut;
};

/* One line, or several between <text> and </text>. */
struct field {
	struct str value;
	unsigned line;
};

/* --- tags ----------------------------------------------------------------- */

static void bad_line(struct reading *r, unsigned line, const char *what)
{
	struct extraction *x = r->spdx.b.x;

	diag_add(x->diags, RW1111, diag_at_line(x->path, line), "%s", what);
}

/* Ends a package; it is handed over with all that was said of it. */
static void end_package(struct reading *r)
{
	if (r->section == IN_PACKAGE)
		spdx_package_add(&r->spdx, &r->package);
	spdx_package_clear(&r->package);
	sbom_forget(&r->spdx.b);
	r->section = IN_ELEMENT;
}

static void on_package(struct reading *r, const struct field *f)
{
	end_package(r);
	r->section = IN_PACKAGE;
	r->has_id = r->has_download = false;
	r->package.name = f->value;
	r->package.line = f->line;
}

static void on_element(struct reading *r, const struct field *f)
{
	(void)f;
	end_package(r);
}

static void on_snippet(struct reading *r, const struct field *f)
{
	end_package(r);
	sbom_ref(&r->spdx.b, f->value, SBOM_OTHER, f->line);
}

/* Sets a text of the package; the first counts. */
static void set(struct reading *r, struct str *to, const struct field *f)
{
	struct extraction *x = r->spdx.b.x;

	if (r->section != IN_PACKAGE)
		bad_line(r, f->line, "a tag of a package outside one");
	else if (to->n)
		diag_add(x->diags, RW1103, diag_at_line(x->path, f->line),
			 "a tag of the package is there twice");
	else
		*to = f->value;
}

static void on_id(struct reading *r, const struct field *f)
{
	if (r->section == IN_PACKAGE) {
		set(r, &r->package.id, f);
		r->has_id = true;
	} else {
		sbom_ref(&r->spdx.b, f->value, SBOM_OTHER, f->line);
	}
}

static void on_version(struct reading *r, const struct field *f)
{
	set(r, &r->package.version, f);
}

static void on_supplier(struct reading *r, const struct field *f)
{
	set(r, &r->package.supplier, f);
}

static void on_originator(struct reading *r, const struct field *f)
{
	set(r, &r->package.originator, f);
}

static void on_purpose(struct reading *r, const struct field *f)
{
	set(r, &r->package.purpose, f);
}

static void on_download(struct reading *r, const struct field *f)
{
	set(r, &r->package.download, f);
	r->has_download = true;
	if (f->value.n)
		r->package.has |= COMPONENT_DOWNLOAD;
}

/* "SHA1: 2fd4..." */
static void on_checksum(struct reading *r, const struct field *f)
{
	struct spdx_pair pair = {.line = f->line};

	if (!str_cut(f->value, ':', &pair.key, &pair.value)) {
		bad_line(r, f->line, "not a checksum: no colon");
		return;
	}
	pair.key = str_trim(pair.key);
	pair.value = str_trim(pair.value);
	if (r->section == IN_PACKAGE)
		vec_push(&r->package.checksums.list, pair);
}

/* "CATEGORY type locator" */
static void on_reference(struct reading *r, const struct field *f)
{
	struct spdx_pair pair = {.line = f->line};
	struct str rest = f->value, category;

	if (!str_word(&rest, &category) || !str_word(&rest, &pair.key)) {
		bad_line(r, f->line, "not a reference: a word is missing");
		return;
	}
	pair.value = str_trim(rest);
	if (r->section == IN_PACKAGE)
		vec_push(&r->package.references.list, pair);
}

/* "SPDXRef-A CONTAINS SPDXRef-B" */
static void on_relationship(struct reading *r, const struct field *f)
{
	struct spdx_relation rel = {.line = f->line};
	struct str rest = f->value, type;

	if (!str_word(&rest, &rel.from) || !str_word(&rest, &type) ||
	    !str_word(&rest, &rel.to)) {
		bad_line(r, f->line,
			 "not a relationship: a word is missing");
		return;
	}
	rel.type = spdx_find_relationship(type);
	if (rel.type && r->relations.n < LIMIT_EDGES)
		vec_push(&r->relations, rel);
}

/* "DocumentRef-x https://... SHA1: ..." */
static void on_other(struct reading *r, const struct field *f)
{
	struct str rest = f->value, name, uri;

	if (str_word(&rest, &name) && str_word(&rest, &uri))
		sbom_other(&r->spdx.b, name, uri);
	else
		bad_line(r, f->line,
			 "not a document reference: a word is missing");
}

static void on_spdx_version(struct reading *r, const struct field *f)
{
	if (!r->spdx.b.document.format.n)
		spdx_version(&r->spdx, f->value, "tag-value", f->line);
}

static void on_namespace(struct reading *r, const struct field *f)
{
	spdx_namespace(&r->spdx, f->value, f->line);
}

static void on_creator(struct reading *r, const struct field *f)
{
	spdx_creator(&r->spdx, f->value);
}

static void on_creator_comment(struct reading *r, const struct field *f)
{
	spdx_creator_comment(&r->spdx, f->value);
}

static void on_licence(struct reading *r, const struct field *f)
{
	if (r->section == IN_PACKAGE && spdx_means(f->value))
		r->package.has |= COMPONENT_LICENCE;
}

struct tag {
	struct str name;
	void (*read)(struct reading *r, const struct field *f);
	uint32_t document, package; /* what its presence says */
};

/* In about the order of how often they occur.  The others are not read. */
static const struct tag tags[] = {
	{KEY("Relationship"), on_relationship, 0, 0},
	{KEY("SPDXID"), on_id, 0, 0},
	{KEY("FileName"), on_element, 0, 0},
	{KEY("ExternalRef"), on_reference, 0, 0},
	{KEY("PackageName"), on_package, 0, 0},
	{KEY("PackageVersion"), on_version, 0, 0},
	{KEY("PackageDownloadLocation"), on_download, 0, 0},
	{KEY("PackageLicenseConcluded"), on_licence, 0, COMPONENT_CONCLUDED},
	{KEY("PackageLicenseDeclared"), on_licence, 0, COMPONENT_DECLARED},
	{KEY("PackageCopyrightText"), NULL, 0, COMPONENT_COPYRIGHT},
	{KEY("FilesAnalyzed"), NULL, 0, COMPONENT_ANALYSED},
	{KEY("PackageSupplier"), on_supplier, 0, 0},
	{KEY("PackageOriginator"), on_originator, 0, 0},
	{KEY("PackageChecksum"), on_checksum, 0, 0},
	{KEY("PackageVerificationCode"), NULL, 0, COMPONENT_HASH},
	{KEY("PackageFileName"), NULL, 0, COMPONENT_FILE_NAME},
	{KEY("PrimaryPackagePurpose"), on_purpose, 0, 0},
	{KEY("SnippetSPDXID"), on_snippet, 0, 0},
	{KEY("SPDXVersion"), on_spdx_version, 0, 0},
	{KEY("DataLicense"), NULL, DOCUMENT_LICENCE, 0},
	{KEY("DocumentName"), NULL, DOCUMENT_NAME, 0},
	{KEY("DocumentNamespace"), on_namespace, 0, 0},
	{KEY("ExternalDocumentRef"), on_other, 0, 0},
	{KEY("Creator"), on_creator, 0, 0},
	{KEY("Created"), NULL, DOCUMENT_TIME, 0},
	{KEY("CreatorComment"), on_creator_comment, 0, 0},
};

static const struct tag *find_tag(struct str name)
{
	for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
		if (str_eq(name, tags[i].name))
			return &tags[i];
	return NULL;
}

/* --- lines ---------------------------------------------------------------- */

static unsigned newlines(struct str s)
{
	unsigned n = 0;
	size_t at;

	while ((at = str_find_ch(s, '\n')) != SIZE_MAX) {
		s = str_from(s, at + 1);
		n++;
	}
	return n;
}

/*
 * The text that begins in a value with <text>, up to </text>, which may stand
 * on a later line: the lines up to there are passed over.
 */
static struct str take_text(struct reading *r, struct str value)
{
	struct lines *l = &r->lines;
	const char *end = l->rest.p ? l->rest.p + l->rest.n
				    : value.p + value.n;
	struct str all, rest = str_n(value.p, (size_t)(end - value.p));
	size_t at;

	rest = str_from(rest, STR("<text>").n);
	at = str_find(rest, STR("</text>"));
	if (at == SIZE_MAX) {
		bad_line(r, l->number, "a <text> is not closed");
		r->is_cut = true;
		l->rest = (struct str){0};
		return rest;
	}
	all = str_head(rest, at);
	rest = str_from(rest, at + STR("</text>").n);
	l->number += newlines(all);
	/* what stands behind it on the line is nothing */
	at = str_find_ch(rest, '\n');
	l->rest = at == SIZE_MAX ? (struct str){0} : str_from(rest, at + 1);
	return all;
}

static void read_line(struct reading *r, struct str line)
{
	struct field f = {.line = r->lines.number};
	const struct tag *tag;
	struct str name;

	line = str_trim(line);
	if (line.n == 0 || line.p[0] == '#')
		return;
	if (!str_cut(line, ':', &name, &f.value)) {
		bad_line(r, f.line, "not of the form Tag: value");
		return;
	}
	f.value = str_trim(f.value);
	if (str_has_prefix(f.value, STR("<text>")))
		f.value = str_trim(take_text(r, f.value));
	tag = find_tag(str_trim(name));
	if (!tag)
		return;
	if (tag->read)
		tag->read(r, &f);
	if (f.value.n && r->section == IN_DOCUMENT)
		r->spdx.b.document.has |= tag->document;
	if (f.value.n && r->section == IN_PACKAGE)
		r->package.has |= tag->package;
}

/* --- the document --------------------------------------------------------- */

static bool wants(const struct file *f)
{
	struct str name = path_base(f->path);

	return str_has_suffix(name, STR(".spdx")) ||
	       str_has_suffix(name, STR(".spdx.tv")) ||
	       str_has_suffix(name, STR(".spdx.txt"));
}

static bool sniffs(struct str head)
{
	struct str tag = STR("SPDXVersion:"), line;

	while (str_line(&head, &line))
		if (str_has_prefix(str_trim(line), tag) &&
		    str_has_prefix(str_trim(str_from(str_trim(line), tag.n)),
				   STR("SPDX-")))
			return true;
	return false;
}

/* What shows that the text goes on elsewhere. */
static void look_for_cut(struct reading *r)
{
	struct extraction *x = r->spdx.b.x;

	if (r->is_cut)
		return;
	if (r->section == IN_PACKAGE && !(r->has_id && r->has_download))
		bad_line(r, r->package.line,
			 "the last package is not complete: the text seems "
			 "to be cut");
	else if (!r->spdx.b.roots && x->parts->components.n >
				     r->spdx.b.document.first + 1)
		bad_line(r, r->lines.number,
			 "nothing is described: the text may be cut");
}

static enum err extract(struct extraction *x)
{
	struct reading r = {.lines = lines_of(x)};
	unsigned long bad = x->diags->counts[RW1111] + lines_lost(x);
	struct str line;

	spdx_begin(&r.spdx, x, &extract_spdx_tag);
	while (lines_next(&r.lines, &line))
		read_line(&r, line);
	if (r.section == IN_PACKAGE)
		spdx_package_add(&r.spdx, &r.package);
	for (size_t i = 0; i < r.relations.n; i++)
		spdx_relate(&r.spdx, &r.relations.v[i]);
	look_for_cut(&r);
	spdx_package_release(&r.package);
	vec_release(&r.relations);
	spdx_end(&r.spdx);
	return x->diags->counts[RW1111] + lines_lost(x) > bad ? ERR_FORMAT
							      : OK;
}

const struct extractor extract_spdx_tag = {
	.name = "spdx/tag-value",
	.summary = "SPDX 2.2 and 2.3 as tag-value text",
	.version = 1,
	.sees = SEES_VERSION | SEES_HASH | SEES_EDGES | SEES_SUPPLIER |
		SEES_REPOSITORY | SEES_COMMIT,
	.is_sbom = true,
	.max_bytes = LIMIT_SBOM_BYTES,
	.wants = wants,
	.sniffs = sniffs,
	.extract = extract,
};
