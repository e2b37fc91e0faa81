/* Shell scripts: clones and their revisions, downloads, packages, what is
 * none of them, and hostile text. */
#include "extracting.h"

#include "base/limits.h"

#define PATH "build.sh"

/* --- which files ---------------------------------------------------------- */

static bool wants(const char *path, bool is_executable)
{
	return extract_script.wants(&(struct file){
		.path = str_c(path), .size = 100,
		.is_executable = is_executable});
}

static void test_which_files(void **state)
{
	(void)state;
	assert_true(wants("a/x.sh", false));
	assert_true(wants("x.BASH", false));
	assert_true(wants("tools/build_helper", false));
	assert_true(wants("install", true));
	assert_false(wants("INSTALL", false));
	assert_false(wants("LICENSE", false));
	assert_false(wants("x.py", true));
	assert_false(wants("Makefile", false));
	assert_false(extract_script.wants(&(struct file){
		.path = STR("big"), .size = LIMIT_MB}));
	assert_false(extract_script.wants(&(struct file){
		.path = STR("link"), .size = 4, .is_link = true}));
}

#define CLONE "git clone https://github.com/o/r\n"
#define R "r  pkg:github/o/r unknown"
#define R_AT "repository=https://github.com/o/r"

static void test_by_content(void **state)
{
	(void)state;
	assert_extracts("x", "#!/usr/bin/env -S bash -e\n" CLONE,
			R " 2 " R_AT " unpinned\n", "");
	assert_extracts("x", "if true\nthen\n" CLONE "fi\n",
			R " 3 " R_AT " unpinned\n", "");
	assert_extracts("x", CLONE, "", "");
	assert_extracts("x", "#!/usr/bin/python\n" CLONE "# fi\nfi\n", "", "");
	assert_extracts("x.sh", CLONE, R " 1 " R_AT " unpinned\n", "");
	assert_extracts("x.sh", "#!/usr/bin/expect\n" CLONE, "", "");
	/* a program, silently none */
	assert_extracts("x", "\x7f" "ELF\1\2\nfi\n" CLONE, "", "");
	/* a comment in Latin-1 */
	assert_extracts("x.sh", "# Jos\xe9\n" CLONE,
			R " 2 " R_AT " unpinned\n",
			"RW1105 0 bytes that are no text were replaced\n");
}

/* --- clones --------------------------------------------------------------- */

static void test_clone_forms(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"git clone -v --depth 1 \"https://github.com/O/a.git\" dir\n"
		"sudo -E git -c http.sslverify=false clone -b v1.2 "
		"--single-branch https://github.com/o/b\n"
		"GIT_SSL_NO_VERIFY=true git clone --branch=frankfurt "
		"http://user:secret@gerrit.o-ran-sc.org/r/x/y\n"
		"git clone git@github.com:o/c.git -b 0123abcd\n"
		"/usr/bin/git clone --recursive git://git.example.org/d\n"
		"test -d e || time git clone https://github.com/o/e.git/ || :\n"
		"git clone /tmp/here\n"
		"git clone http://localhost:3000/o/no.git\n"
		"git clone\n",
		"a  pkg:github/o/a unknown 1 "
		"repository=https://github.com/O/a unpinned\n"
		"b v1.2 pkg:github/o/b@v1.2 unknown 2 "
		"repository=https://github.com/o/b ref=v1.2\n"
		"y  pkg:git/gerrit.o-ran-sc.org/r/x/y unknown 3 repository="
		"https://gerrit.o-ran-sc.org/r/x/y ref=frankfurt unpinned\n"
		"c 0123abcd pkg:github/o/c@0123abcd unknown 4 "
		"repository=https://github.com/o/c ref=0123abcd\n"
		"d  pkg:git/git.example.org/d unknown 5 "
		"repository=https://git.example.org/d unpinned\n"
		"e  pkg:github/o/e unknown 6 "
		"repository=https://github.com/o/e unpinned\n",
		"RW1304 7 a repository is cloned from /tmp/here\n"
		"RW1306 5 the submodules of d are fetched, too\n");
}

#define SHA "0123456789abcdef0123456789abcdef01234567"

static void test_checkout(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"git clone https://github.com/o/a && cd a && "
		"git checkout -q " SHA " && cd ..\n"
		"git clone -b main https://github.com/o/b x/y\n"
		"git -C x/y checkout tags/v2\n"
		"git clone https://github.com/o/c.git /opt/c\n"
		"(cd /opt/c/sub; git reset --hard origin/dev)\n"
		"git clone https://github.com/o/d; pushd d; "
		"git checkout -b new v4; git checkout -- file; "
		"git checkout v9 file; git reset --hard; "
		"git checkout HEAD~1; popd\n"
		"git checkout v5\n"
		"cd a; git switch --detach v1\n",
		"a v1 pkg:github/o/a@v1 unknown 1 "
		"repository=https://github.com/o/a ref=v1\n"
		"b v2 pkg:github/o/b@v2 unknown 2 "
		"repository=https://github.com/o/b ref=v2\n"
		"c  pkg:github/o/c unknown 4 "
		"repository=https://github.com/o/c ref=dev unpinned\n"
		"d v4 pkg:github/o/d@v4 unknown 6 "
		"repository=https://github.com/o/d ref=v4\n", "");
	assert_extracts(PATH, "git clone https://github.com/o/r\n"
			"(cd r && git checkout " SHA ")\n",
			"r " SHA " pkg:github/o/r@" SHA " unknown 1 " R_AT
			" commit=" SHA "\n", "");
}

static void test_checkout_in_arms(void **state)
{
	(void)state;
	assert_extracts(PATH,
		CLONE "cd r\n"
		"if new; then git checkout v2; else git checkout v1; fi\n",
		"r v2 pkg:github/o/r@v2 unknown 1 " R_AT " ref=v2\n"
		"r v1 pkg:github/o/r@v1 unknown 1 " R_AT " ref=v1\n", "");
	assert_extracts(PATH,
		CLONE "cd r\ncase $1 in\n(a|b) git checkout v2;;\nesac\n",
		R " 1 " R_AT " unpinned\n"
		"r v2 pkg:github/o/r@v2 unknown 1 " R_AT " ref=v2\n", "");
	assert_extracts(PATH,
		"if no; then " CLONE "fi\ncd r\ngit checkout v3\n",
		"r v3 pkg:github/o/r@v3 unknown 1 " R_AT " ref=v3\n", "");
}

static void test_small_steps(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"git init x && cd x\n"
		"git remote add origin https://github.com/o/r\n"
		"git remote add other https://github.com/o/other\n"
		"git fetch --depth 1 origin " SHA "\n"
		"git checkout FETCH_HEAD\n"
		"git submodule update --init\n"
		"git submodule add https://github.com/o/s\n",
		"r " SHA " pkg:github/o/r@" SHA " unknown 2 " R_AT
		" commit=" SHA "\n"
		"s  pkg:github/o/s unknown 7 "
		"repository=https://github.com/o/s unpinned\n",
		"RW1306 2 the submodules of r are fetched, too\n");
	assert_extracts(PATH, CLONE "cd r && git fetch "
			"https://github.com/o/r refs/changes/12/3412/5 && "
			"git checkout FETCH_HEAD\n",
			R " 1 " R_AT " ref=refs/changes/12/3412/5 unpinned\n",
			"");
}

static void test_unknown_values(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"VER=1.2\nORG=o\n"
		"git clone -b v$VER https://github.com/${ORG}/r\n"
		"git clone -b \"$TAG\" https://github.com/o/r.git\n"
		"git clone \"$URL\" x\n"
		"git clone https://$HOST/a/b.git\n"
		"git clone https://${USER}:${TOKEN}@github.com/o/s\n"
		"git clone https://github.com/$1/$2\n",
		"r v1.2 pkg:github/o/r@v1.2 unknown 3 " R_AT " ref=v1.2\n"
		R " 4 " R_AT " unpinned\n"
		"${URL}   unknown 5 unpinned\n"
		"b   unknown 6 unpinned\n"
		"s  pkg:github/o/s unknown 7 "
		"repository=https://github.com/o/s unpinned\n"
		"https://github.com/${1}/${2}   unknown 8 unpinned\n",
		"RW1302 4 the revision is not known: ${TAG}\n"
		"RW1302 5 the repository is not known: ${URL}\n"
		"RW1302 6 the repository is not known: "
		"https://${HOST}/a/b.git\n"
		"RW1302 8 the repository is not known: "
		"https://github.com/${1}/${2}\n");
}

/* The project that is scanned is no component of itself. */
static void test_own_repository(void **state)
{
	const struct made files[] = {{PATH, STR(CLONE), NULL}, {0}};
	struct tree tree = {.read = extracting_read,
			    .own = (void *)(uintptr_t)files};
	struct extracting e = {0};
	size_t root = component_add(&e.scan.parts, STR("root"), STR(""),
				    (struct evidence){STR(""), 0});

	(void)state;
	e.scan.parts.components.v[root].provenance.repository =
		STR("https://github.com/O/R.git");
	vec_push(&tree.files, ((struct file){.path = STR(PATH),
					     .size = files->text.n}));
	extract_tree(&e.scan, &tree, root, &e.target);
	assert_int_equal(e.scan.parts.components.n, 1);
	vec_release(&tree.files);
	extracting_release(&e);
}

/* --- what is no clone ----------------------------------------------------- */

static void test_text_is_no_command(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"# " CLONE
		"echo " CLONE
		"echo 'x; " CLONE "'\n"
		"echo hi # ; " CLONE
		"printf \"&& " CLONE "\"\n"
		"cat > x <<EOF\n" CLONE "EOF\n"
		"cat <<-'A B' <<C; echo\n" CLONE "\tA B\n" CLONE "C\n"
		"X=\"" CLONE "\"\n"
		"echo bash -c '" CLONE "'\n"
		"git log; git clone-helper https://github.com/o/r\n"
		"x \\\n" CLONE
		"usage: git clone https://github.com/o/r\n"
		"apt-get update; apt-get remove x; pip list; npm run x\n"
		"go build ./...; yum clean all; make install\n", "", "");
}

static void test_heredoc_without_end(void **state)
{
	(void)state;
	assert_extracts(PATH, CLONE "cat <<EOF\n"
			"git clone https://github.com/o/no\n",
			R " 1 " R_AT " unpinned\n",
			"RW1301 2 the here-document has no end: EOF\n");
}

/* --- grammar -------------------------------------------------------------- */

static void test_commands_within(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"x=$(cd /tmp; git clone https://github.com/o/a)\n"
		"y=`git clone https://github.com/o/b`; z=$((1<<2))\n"
		"bash -lc \"cd q\n"
		"git clone https://github.com/o/c\"\n"
		"su user -c 'git clone https://github.com/o/d'\n"
		"ssh -p 22 host 'sudo git clone https://github.com/o/e'\n"
		"docker exec -it c sh -c 'git clone https://github.com/o/f'\n"
		"eval \"git clone https://github.com/o/g\"\n"
		"f() { git clone https://github.com/o/h; }\n"
		"function g {\n git clone https://github.com/o/i\n}\n"
		"while read x; do { git clone https://github.com/o/j & }; done"
		" < <(git clone https://github.com/o/k)\n"
		"[[ a < b ]] && ! git clone https://github.com/o/l > log\n"
		"xargs -n 1 git clone https://github.com/o/m <<< x\n",
		"a  pkg:github/o/a unknown 1 "
		"repository=https://github.com/o/a unpinned\n"
		"b  pkg:github/o/b unknown 2 "
		"repository=https://github.com/o/b unpinned\n"
		"c  pkg:github/o/c unknown 4 "
		"repository=https://github.com/o/c unpinned\n"
		"d  pkg:github/o/d unknown 5 "
		"repository=https://github.com/o/d unpinned\n"
		"e  pkg:github/o/e unknown 6 "
		"repository=https://github.com/o/e unpinned\n"
		"f  pkg:github/o/f unknown 7 "
		"repository=https://github.com/o/f unpinned\n"
		"g  pkg:github/o/g unknown 8 "
		"repository=https://github.com/o/g unpinned\n"
		"h  pkg:github/o/h unknown 9 "
		"repository=https://github.com/o/h unpinned\n"
		"i  pkg:github/o/i unknown 11 "
		"repository=https://github.com/o/i unpinned\n"
		"j  pkg:github/o/j unknown 13 "
		"repository=https://github.com/o/j unpinned\n"
		"l  pkg:github/o/l unknown 14 "
		"repository=https://github.com/o/l unpinned\n"
		"m  pkg:github/o/m unknown 15 "
		"repository=https://github.com/o/m unpinned\n", "");
}

static void test_lines_with_cr_and_continuations(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"apt-get install -y \\\r\n  a \\\r\n  b\r\n"
		"apt-get install \"c\" \\\n# no more\nd\n"
		"fo\\\no=1; apt-get inst\\\nall e\n",
		"a   unknown 2 unpinned\n"
		"b   unknown 3 unpinned\n"
		"c   unknown 4 unpinned\n"
		"e   unknown 9 unpinned\n", "");
}

static void test_variables(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"export A=x B='y z'\n"
		"LIST=\"\\\n  p1 \\\n  p2\"\n"
		"ARR=(q1 'q2')\nARR+=(q3)\n"
		"apt install $A ${B} $LIST \"${ARR[@]}\" \"$LIST\"\n"
		"for i in r1 r2; do apt install $i; done\n"
		"for i in s1 $NO; do apt install -y $i; done\n"
		"[ x ] && C=t1; C2=t2 true; apt install $C $C2\n"
		"if x; then D=1; else D=2; fi; apt install u=$D\n"
		"read A; apt install $A-dev x-$A\n"
		"local E=v1; unset LIST; apt install $E $LIST\n",
		"x   unknown 7 unpinned\n"
		"y   unknown 7 unpinned\n"
		"z   unknown 7 unpinned\n"
		"p1   unknown 7 unpinned\n"
		"p2   unknown 7 unpinned\n"
		"q1   unknown 7 unpinned\n"
		"q2   unknown 7 unpinned\n"
		"q3   unknown 7 unpinned\n"
		"p1   unknown 7 unpinned\n"
		"p2   unknown 7 unpinned\n"
		"r1   unknown 8 unpinned\n"
		"r2   unknown 8 unpinned\n"
		"s1   unknown 9 unpinned\n"
		"t1   unknown 10 unpinned\n"
		"u   unknown 11 unpinned\n"
		"x-${A}   unknown 12 unpinned\n"
		"v1   unknown 13 unpinned\n",
		"RW1302 9 the package is not known: ${NO}\n"
		"RW1302 10 the package is not known: ${C2}\n"
		"RW1302 12 the package is not known: ${A}-dev\n"
		"RW1302 12 the package is not known: x-${A}\n"
		"RW1302 13 the package is not known: ${LIST}\n");
}

/* --- packages ------------------------------------------------------------- */

static void test_system_packages(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"DEBIAN_FRONTEND=noninteractive apt-get -y -o A::B=c "
		"-t buster-backports install --no-install-recommends a b=1.2 "
		"c=1.* d:arm64 e/stable f- ./x.deb -qq\n"
		"$SUDO $INSTALLER -y install g h\n"
		"sudo yum install -y epel-release i.x86_64 @group "
		"https://dl.vendor.dev/p/j-1.2-3.el7.noarch.rpm\n"
		"dnf --enablerepo=x -y localinstall k\n"
		"zypper -n in l=2.0\n"
		"pacman -Syu --noconfirm m; pacman -Q no\n"
		"apk add --no-cache --virtual .deps n=1.0-r0 o~1 'p>2' q@edge\n"
		"rpm -Uvh https://dl.vendor.dev/r.rpm; rpm -q no\n"
		"aptitude install 's*' 't u'\n",
		"a   unknown 1 unpinned\n"
		"b 1.2  unknown 1\n"
		"c   unknown 1 unpinned\n"
		"d   unknown 1 unpinned\n"
		"e   unknown 1 unpinned\n"
		"g   unknown 2 unpinned\n"
		"h   unknown 2 unpinned\n"
		"epel-release   unknown 3 unpinned\n"
		"i.x86_64   unknown 3 unpinned\n"
		"j 1.2-3.el7 pkg:generic/j@1.2-3.el7?arch=noarch&download_url="
		"https:%2F%2Fdl.vendor.dev%2Fp%2Fj-1.2-3.el7.noarch.rpm "
		"unknown 3\n"
		"k   unknown 4 unpinned\n"
		"l 2.0  unknown 5\n"
		"m   unknown 6 unpinned\n"
		"n 1.0-r0  unknown 7\n"
		"o   unknown 7 unpinned\n"
		"p   unknown 7 unpinned\n"
		"q   unknown 7 unpinned\n"
		"r.rpm  pkg:generic/r.rpm?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fr.rpm unknown 8 unpinned\n"
		"s*   unknown 9 unpinned\n"
		"t   unknown 9 unpinned\n"
		"u   unknown 9 unpinned\n",
		"RW1302 9 the package is not known: s*\n");
}

static void test_hidden_managers(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"$PKG_MANAGER install -y a\n"
		"${SUDO} apt-get install b\n"
		"$MAKE install x; $HELM install y; $1 install z; \"$@\" install\n"
		"${PIP3} install c\n"
		"$(which apt) install no\n"
		"INSTALL=apt-get; $INSTALL -y install d\n"
		"$INSTALL -m 644 x y\n",
		"a   unknown 1 unpinned\n"
		"b   unknown 2 unpinned\n"
		"c  pkg:pypi/c unknown 4 unpinned\n"
		"d   unknown 6 unpinned\n", "");
}

static void test_python_packages(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"pip3 install --upgrade -r req.txt -c c.txt a==1.0 "
		"'b[x]>=2,<3' \"c == 3\" . ./d.whl -t dir\n"
		"python3.8 -m pip install e; uv pip install f; pipx install g\n"
		"pip install git+https://github.com/o/h@v1#egg=h "
		"-e git+https://github.com/o/i.git\n"
		"pip install \"j @ https://dl.vendor.dev/j-1.0.tar.gz\" k==$V\n"
		"pip install -i https://u:p@dl.vendor.dev/simple $PKGS l_m\n"
		"pip freeze; python -m venv x\n",
		"a 1.0 pkg:pypi/a@1.0 unknown 1\n"
		"b  pkg:pypi/b unknown 1 unpinned\n"
		"c 3 pkg:pypi/c@3 unknown 1\n"
		"e  pkg:pypi/e unknown 2 unpinned\n"
		"f  pkg:pypi/f unknown 2 unpinned\n"
		"g  pkg:pypi/g unknown 2 unpinned\n"
		"h v1 pkg:github/o/h@v1 unknown 3 "
		"repository=https://github.com/o/h ref=v1\n"
		"i  pkg:github/o/i unknown 3 "
		"repository=https://github.com/o/i unpinned\n"
		"j 1.0 pkg:generic/j@1.0?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fj-1.0.tar.gz unknown 4\n"
		"k  pkg:pypi/k unknown 4 unpinned\n"
		"l_m  pkg:pypi/l-m unknown 5 unpinned\n",
		"RW1305 5 packages may come from https://dl.vendor.dev/simple\n"
		"RW1302 4 the version is not known: k==${V}\n"
		"RW1302 5 the package is not known: ${PKGS}\n");
}

static void test_other_languages(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"npm install -g --prefix /x a@1.2.3 @s/b c@^2 d@latest ./e\n"
		"npm install; npm ci; yarn global add f; yarn build g\n"
		"go get -u github.com/o/h\n"
		"GO111MODULE=on go install -ldflags \"-s -w\" "
		"dl.vendor.dev/x/i/v2/cmd@v2.0.1 dl.vendor.dev/j@latest ./... fmt\n"
		"go get dl.vendor.dev/k/... dl.vendor.dev/l@$V\n",
		"a 1.2.3 pkg:npm/a@1.2.3 unknown 1\n"
		"@s/b  pkg:npm/%40s/b unknown 1 unpinned\n"
		"c  pkg:npm/c unknown 1 unpinned\n"
		"d  pkg:npm/d unknown 1 unpinned\n"
		"f  pkg:npm/f unknown 2 unpinned\n"
		"github.com/o/h  pkg:golang/github.com/o/h unknown 3 "
		"unpinned\n"
		"dl.vendor.dev/x/i/v2/cmd v2.0.1 "
		"pkg:golang/dl.vendor.dev/x/i/v2/cmd@v2.0.1 unknown 4\n"
		"dl.vendor.dev/j  pkg:golang/dl.vendor.dev/j unknown 4 unpinned\n"
		"dl.vendor.dev/k  pkg:golang/dl.vendor.dev/k unknown 5 unpinned\n"
		"dl.vendor.dev/l  pkg:golang/dl.vendor.dev/l unknown 5 unpinned\n",
		"RW1302 5 the version is not known: dl.vendor.dev/l@${V}\n");
}

/* --- downloads ------------------------------------------------------------ */


static void test_downloads(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"wget -nv -P /tmp https://dl.vendor.dev/a-1.2.tar.gz\n"
		"wget -qO- https://dl.vendor.dev/b.txt | tar x\n"
		"wget -O - https://dl.vendor.dev/no.txt | grep x\n"
		"curl -sSfLo c https://dl.vendor.dev/c\n"
		"curl https://dl.vendor.dev/d > d\n"
		"curl -fsSL https://dl.vendor.dev/e | sudo -E bash -\n"
		"bash <(curl -s https://dl.vendor.dev/f)\n"
		"sh -c \"$(curl -fsSL https://dl.vendor.dev/g)\"\n"
		"curl --url https://dl.vendor.dev/h -O\n"
		"curl -L dl.vendor.dev/i.zip -o i\n"
		"kubectl apply -n x -f https://dl.vendor.dev/j.yaml\n"
		"curl https://dl.vendor.dev/k | jq . | tee k\n",
		"a 1.2 pkg:generic/a@1.2?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fa-1.2.tar.gz unknown 1\n"
		"b.txt  pkg:generic/b.txt?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fb.txt unknown 2 unpinned\n"
		"c  pkg:generic/c?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fc unknown 4 unpinned\n"
		"d  pkg:generic/d?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fd unknown 5 unpinned\n"
		"e  pkg:generic/e?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fe unknown 6 unpinned\n"
		"f  pkg:generic/f?download_url="
		"https:%2F%2Fdl.vendor.dev%2Ff unknown 7 unpinned\n"
		"g  pkg:generic/g?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fg unknown 8 unpinned\n"
		"h  pkg:generic/h?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fh unknown 9 unpinned\n"
		"i.zip  pkg:generic/i.zip?download_url="
		"http:%2F%2Fdl.vendor.dev%2Fi.zip unknown 10 unpinned\n"
		"j.yaml  pkg:generic/j.yaml?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fj.yaml unknown 11 unpinned\n"
		"k  pkg:generic/k?download_url="
		"https:%2F%2Fdl.vendor.dev%2Fk unknown 12 unpinned\n", "");
}

static void test_traffic_is_no_download(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"curl -s https://dl.vendor.dev/health\n"
		"x=$(curl -s https://dl.vendor.dev/version)\n"
		"curl -X POST -o a https://dl.vendor.dev/a.zip\n"
		"curl -d @x https://dl.vendor.dev/b.zip -o b\n"
		"curl -o /dev/null https://dl.vendor.dev/c\n"
		"wget --spider https://dl.vendor.dev/d\n"
		"wget http://localhost:8080/e http://10.1.2.3/f http://db/g "
		"http://a.svc.cluster.local/h https://example.com/i\n"
		"curl -o j http://${HOST}:8080/j\n"
		"wget -qO - https://dl.vendor.dev/k.txt | apt-key add -\n"
		"curl https://dl.vendor.dev/gpg | gpg --dearmor > x\n"
		"curl https://dl.vendor.dev/l.zip | sudo tee /etc/k.gpg\n"
		"wget https://dl.vendor.dev/m.asc https://dl.vendor.dev/n.sha256\n"
		"curl -O file.txt; wget; curl -I https://dl.vendor.dev/o.zip\n"
		"git ls-remote https://dl.vendor.dev/p.git\n"
		"echo https://dl.vendor.dev/q.zip\n", "", "");
}

static void test_download_of_unknown(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"wget $URL\n"
		"wget https://dl.vendor.dev/a-${V}.tar.gz\n"
		"wget ${BASE}/b_1.2_amd64.deb\n"
		"curl -O https://dl.vendor.dev/${F}\n"
		"curl -o x $URL2/y\n",
		"a   unknown 2 unpinned\n"
		"b 1.2  unknown 3\n",
		"RW1302 1 what is downloaded is not known: ${URL}\n"
		"RW1302 2 the version of a is not known\n"
		"RW1302 4 what is downloaded is not known: "
		"https://dl.vendor.dev/${F}\n");
}

static void test_other_indexes(void **state)
{
	(void)state;
	assert_extracts(PATH, "sudo add-apt-repository -y ppa:x/y\n", "",
			"RW1305 1 packages may come from ppa:x/y\n");
}

/* --- scope and rubbish ---------------------------------------------------- */

static void test_scope(void **state)
{
	(void)state;
	assert_extracts("tests/x.sh", "apt install a\n" CLONE,
			"a   test 1 unpinned\nr  pkg:github/o/r test 2 " R_AT
			" unpinned\n", "");
	assert_extracts("ci/x.sh", "apt install a\n", "a   ci 1 unpinned\n",
			"");
}

static void test_broken_grammar(void **state)
{
	(void)state;
	assert_extracts(PATH,
		"fi; done; esac; }; ) ;; then else elif do in\n"
		"case x in a) b\nif; while; case\n| && || ;;& ( { < > <<\n"
		CLONE, R " 5 " R_AT " unpinned\n", "");
	assert_extracts(PATH, CLONE "x 'open\n" CLONE,
			R " 1 " R_AT " unpinned\n",
			"RW1301 2 a quote or bracket has no end: 'open\n");
	assert_extracts(PATH, CLONE "x $(open\n" CLONE,
			R " 1 " R_AT " unpinned\n",
			"RW1301 2 a quote or bracket has no end: $(open\n");
	assert_extracts(PATH, "\v;\f\n" CLONE, R " 2 " R_AT " unpinned\n", "");
	assert_extracts(PATH, CLONE "cat <(open\n",
			R " 1 " R_AT " unpinned\n",
			"RW1301 2 a bracket has no end: <(open\n");
}

/* Whatever line the script is cut at, what was sound is kept. */
static void test_cut_anywhere(void **state)
{
	static const char text[] =
		"git clone https://github.com/o/a && cd a &&\n"
		"  git checkout v1\n"
		"x=$(\n echo 'y\n'\n)\n"
		"if true; then\n apt install b\nfi\n"
		"cat <<EOF\ntext\nEOF\n"
		"wget https://dl.vendor.dev/c-1.0.tar.gz\n";
	struct str all = str_c(text);
	size_t found = 0;

	(void)state;
	for (size_t n = 0; n <= all.n; n++) {
		struct extracting e;

		if (n && all.p[n - 1] != '\n')
			continue;
		extracting_text(&e, PATH, str_head(all, n));
		assert_true(e.scan.parts.components.n > found);
		found = e.scan.parts.components.n - 1;
		extracting_release(&e);
	}
	assert_int_equal(found, 3);
}

static void repeat(struct strbuf *b, const char *text, int n)
{
	for (int i = 0; i < n; i++)
		strbuf_cstr(b, text);
}

static void test_hostile(void **state)
{
	enum { N = 50000 };
	struct strbuf b;
	struct extracting e;

	(void)state;
	strbuf_init(&b, 0);
	repeat(&b, "$(x ", N); /* deep substitution */
	strbuf_cstr(&b, "\n");
	repeat(&b, "if { ( case x in y) ", N);
	repeat(&b, "\"`", N);
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, 1);
	assert_int_equal(e.target.files_failed, 1);
	extracting_release(&e);

	strbuf_clear(&b);
	repeat(&b, "if { ( ", N); /* deep blocks, then something sound */
	strbuf_cstr(&b, "\n" CLONE);
	repeat(&b, "cd sub; git checkout v1; A=$A$A;", N);
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_true(e.scan.parts.components.n > 1);
	assert_true(e.scan.diags.counts[RW1301] == 1);
	extracting_release(&e);

	strbuf_clear(&b);
	strbuf_cstr(&b, "L='");
	repeat(&b, "pack ", 10000);
	strbuf_cstr(&b, "'\n");
	repeat(&b, "apt install $L\n", N); /* 5 * 10^8 packages */
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_true(e.scan.parts.components.n < 200000);
	assert_int_equal(e.scan.diags.counts[RW1901], 1);
	extracting_release(&e);

	strbuf_clear(&b);
	strbuf_cstr(&b, CLONE);
	repeat(&b, "git clone https://github.com/o/x; git checkout v2;\n", N);
	repeat(&b, "x <<E\nE\n", N);
	repeat(&b, "x $(y $(z)) <(w) `v`;", N);
	extracting_text(&e, PATH, strbuf_str(&b));
	assert_int_equal(e.scan.parts.components.n, N + 2);
	assert_int_equal(e.target.files_failed, 0);
	extracting_release(&e);
	strbuf_release(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_which_files),
		cmocka_unit_test(test_by_content),
		cmocka_unit_test(test_clone_forms),
		cmocka_unit_test(test_checkout),
		cmocka_unit_test(test_checkout_in_arms),
		cmocka_unit_test(test_small_steps),
		cmocka_unit_test(test_unknown_values),
		cmocka_unit_test(test_own_repository),
		cmocka_unit_test(test_text_is_no_command),
		cmocka_unit_test(test_heredoc_without_end),
		cmocka_unit_test(test_commands_within),
		cmocka_unit_test(test_lines_with_cr_and_continuations),
		cmocka_unit_test(test_variables),
		cmocka_unit_test(test_system_packages),
		cmocka_unit_test(test_hidden_managers),
		cmocka_unit_test(test_python_packages),
		cmocka_unit_test(test_other_languages),
		cmocka_unit_test(test_downloads),
		cmocka_unit_test(test_traffic_is_no_download),
		cmocka_unit_test(test_download_of_unknown),
		cmocka_unit_test(test_other_indexes),
		cmocka_unit_test(test_scope),
		cmocka_unit_test(test_broken_grammar),
		cmocka_unit_test(test_cut_anywhere),
		cmocka_unit_test(test_hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
