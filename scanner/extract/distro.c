/*
 * Distributions by the names of images: official ones with their version,
 * others where name or tag speak of one ("bldr-ubuntu22-c-go",
 * "golang:1.17-bullseye").
 */
#include "extract/distro.h"

#include "base/path.h"

struct name {
	const char *pattern; /* in name or tag */
	enum distro_family family;
	const char *id;      /* the vendor of its packages in purls */
};

/* Last segments of the paths of images of a system alone. */
static const struct name systems[] = {
	{"ubuntu", DISTRO_DEB, "ubuntu"}, {"debian", DISTRO_DEB, "debian"},
	{"alpine", DISTRO_APK, "alpine"}, {"wolfi-base", DISTRO_APK, "wolfi"},
	{"centos", DISTRO_RPM, "centos"}, {"fedora", DISTRO_RPM, "fedora"},
	{"rockylinux", DISTRO_RPM, "rocky"},
	{"almalinux", DISTRO_RPM, "almalinux"},
	{"oraclelinux", DISTRO_RPM, "ol"},
	{"amazonlinux", DISTRO_RPM, "amzn"},
	{"leap", DISTRO_RPM, "opensuse"},
	{"tumbleweed", DISTRO_RPM, "opensuse"},
	{"archlinux", DISTRO_ALPM, "arch"},
};

/* Words anywhere in name or tag. */
static const struct name words[] = {
	{"ubuntu", DISTRO_DEB, "ubuntu"}, {"xenial", DISTRO_DEB, "ubuntu"},
	{"bionic", DISTRO_DEB, "ubuntu"}, {"focal", DISTRO_DEB, "ubuntu"},
	{"jammy", DISTRO_DEB, "ubuntu"}, {"noble", DISTRO_DEB, "ubuntu"},
	{"debian", DISTRO_DEB, "debian"}, {"stretch", DISTRO_DEB, "debian"},
	{"buster", DISTRO_DEB, "debian"}, {"bullseye", DISTRO_DEB, "debian"},
	{"bookworm", DISTRO_DEB, "debian"}, {"trixie", DISTRO_DEB, "debian"},
	{"alpine", DISTRO_APK, "alpine"}, {"centos", DISTRO_RPM, "centos"},
	{"fedora", DISTRO_RPM, "fedora"}, {"rockylinux", DISTRO_RPM, "rocky"},
	{"ubi7", DISTRO_RPM, "redhat"}, {"ubi8", DISTRO_RPM, "redhat"},
	{"ubi9", DISTRO_RPM, "redhat"},
};

/* Whether a word stands in a text, no letter beside it. */
static bool has_word(struct str s, struct str word)
{
	for (;;) {
		size_t at = str_find(s, word);
		char before, after;

		if (at == SIZE_MAX)
			return false;
		before = at ? s.p[at - 1] : 0;
		after = at + word.n < s.n ? s.p[at + word.n] : 0;
		if (!ascii_is_alpha(before) && !ascii_is_alpha(after))
			return true;
		s = str_from(s, at + 1);
	}
}

/* 22.04, 12: what precedes a variant of the image. */
static struct str version_of(struct str tag)
{
	size_t n = 0;

	while (n < tag.n && (ascii_is_digit(tag.p[n]) || tag.p[n] == '.'))
		n++;
	return n == tag.n || tag.p[n] == '-' ? str_head(tag, n) : STR("");
}

struct distro distro_of_image(const struct image *image)
{
	struct str base = path_base(image->path);

	for (size_t i = 0; i < sizeof systems / sizeof *systems; i++)
		if (str_is(base, systems[i].pattern))
			return (struct distro){
				systems[i].family, str_c(systems[i].id),
				version_of(image->tag)};
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (has_word(image->path, str_c(words[i].pattern)) ||
		    has_word(image->tag, str_c(words[i].pattern)))
			return (struct distro){
				words[i].family, str_c(words[i].id),
				STR("")};
	return (struct distro){0};
}
