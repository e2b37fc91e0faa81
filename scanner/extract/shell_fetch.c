/*
 * Downloads in shell text: wget, curl, kubectl apply.  What only asks a
 * service, sends it something or looks whether it lives is no download, and
 * neither are keys, signatures and checksums.
 */
#include <string.h>

#include "base/path.h"
#include "extract/artifact.h"
#include "extract/shell_verbs.h"

static const char *const wget_names[] = {
	"output-document", "directory-prefix", "output-file", "append-output",
	"tries", "timeout", "user-agent", "header", "execute", "input-file",
	"wait", "waitretry", "quota", "user", "password", "http-user",
	"http-password", "post-data", "post-file", "method", "body-data",
	"body-file", "ca-certificate", "certificate", "private-key",
	"load-cookies", "save-cookies", "referer", "base", "domains",
	"accept", "reject", "level", "limit-rate", "progress", "cut-dirs",
	"secure-protocol", "retry-on-http-error", "dns-timeout",
	"connect-timeout", "read-timeout", NULL};
static const struct shell_options wget_options = {
	.letters = "OPoatTUeiwQBDARXIl", .names = wget_names};

static const char *const curl_names[] = {
	"output", "output-dir", "header", "data", "data-raw", "data-binary",
	"data-ascii", "data-urlencode", "request", "user", "form",
	"form-string", "user-agent", "referer", "cookie", "cookie-jar",
	"config", "max-time", "proxy", "upload-file", "write-out",
	"continue-at", "dump-header", "cert", "cert-type", "key", "range",
	"connect-timeout", "retry", "retry-delay", "retry-max-time", "url",
	"cacert", "capath", "resolve", "proto", "proto-redir", "interface",
	"limit-rate", "noproxy", "tls-max", "json", "oauth2-bearer",
	"netrc-file", "unix-socket", "max-redirs", "ciphers", "connect-to",
	"proxy-user", "speed-limit", "speed-time", "max-filesize", NULL};
static const struct shell_options curl_options = {
	.letters = "oHdXuFAebcKmxTwCDErYyzUQPt", .names = curl_names};

static const char *const kubectl_names[] = {
	"filename", "namespace", "kubeconfig", "context", "selector",
	"kustomize", "output", "field-manager", "timeout", NULL};
static const struct shell_options kubectl_options = {
	.letters = "fnlko", .names = kubectl_names};

/* What the options of a command say of its addresses. */
struct use {
	bool is_traffic;  /* nothing is kept */
	bool is_kept;     /* the bytes go to a file, or are run */
};

static bool is_file(struct str name)
{
	return name.n && !str_is(name, "-") &&
	       !str_has_prefix(name, STR("/dev/"));
}

/* Whether standard output is a file or a program. */
static bool goes_on(struct shell *s)
{
	const struct shell_frame *frame = shell_verbs_frame(s);

	return frame->has_output || frame->is_run;
}

static struct shell_find *add(struct shell *s, struct str url, unsigned line,
			      const struct use *u)
{
	struct shell_find *f;

	if (u->is_traffic || !artifact_is_address(url) ||
	    artifact_is_local(url) || artifact_is_check(url) ||
	    artifact_is_hidden(url))
		return NULL;
	f = shell_verbs_find(s, SHELL_DOWNLOAD, url, line);
	if (f)
		f->is_dropped = !u->is_kept && !artifact_is_file(url);
	return f;
}

void shell_fetch_add(struct shell *s, struct str url, struct str hash,
		     unsigned line)
{
	const struct use use = {.is_kept = true};
	struct shell_find *f = add(s, url, line, &use);

	if (f)
		f->hash = shell_verbs_keep(s, hash);
}

/* --- wget ----------------------------------------------------------------- */

static void run_wget(struct shell *s, size_t at)
{
	struct shell_args a = shell_args_of(s->words.v, s->words.n, at + 1,
					    &wget_options);
	struct shell_args again = a;
	struct shell_argument arg;
	struct use use = {.is_kept = true};

	while (shell_args_next(&a, &arg)) {
		if (shell_args_is(&arg, "O|output-document"))
			use.is_kept = is_file(arg.value) || goes_on(s);
		else if (shell_args_is(&arg, "spider|post-data|post-file|"
				       "method|body-data|body-file"))
			use.is_traffic = true;
	}
	while (shell_args_next(&again, &arg))
		if (arg.kind == SHELL_ARG_WORD)
			add(s, arg.value, arg.line, &use);
}

/* --- curl ----------------------------------------------------------------- */

/* Letters and names of options with which curl talks to a service. */
#define CURL_TRAFFIC \
	"d|data|data-raw|data-binary|data-ascii|data-urlencode|json|F|form|" \
	"form-string|T|upload-file|I|head"

static void read_curl(struct shell_args a, struct use *u)
{
	struct shell_argument arg;

	while (shell_args_next(&a, &arg)) {
		if (shell_args_is(&arg, "o|output"))
			u->is_kept |= is_file(arg.value);
		else if (shell_args_is(&arg, "O|remote-name|"
				       "remote-name-all"))
			u->is_kept = true;
		else if (shell_args_is(&arg, "X|request"))
			u->is_traffic |= !str_is(arg.value, "GET");
		else if (shell_args_is(&arg, CURL_TRAFFIC))
			u->is_traffic = true;
	}
}

static void run_curl(struct shell *s, size_t at)
{
	struct shell_args a = shell_args_of(s->words.v, s->words.n, at + 1,
					    &curl_options);
	struct shell_argument arg;
	struct use use = {.is_kept = goes_on(s)};

	read_curl(a, &use);
	while (shell_args_next(&a, &arg))
		if (arg.kind == SHELL_ARG_WORD || shell_args_is(&arg, "url"))
			add(s, arg.value, arg.line, &use);
}

/* --- kubectl -------------------------------------------------------------- */

static void run_kubectl(struct shell *s, size_t at)
{
	struct shell_args a = shell_args_of(s->words.v, s->words.n, at + 1,
					    &kubectl_options);
	struct shell_argument arg;
	bool applies = false;

	while (shell_args_next(&a, &arg)) {
		if (arg.kind == SHELL_ARG_WORD)
			applies = applies || str_is(arg.value, "apply") ||
				  str_is(arg.value, "create") ||
				  str_is(arg.value, "replace");
		else if (applies && shell_args_is(&arg, "f|filename"))
			shell_fetch_add(s, arg.value, STR(""), arg.line);
	}
}

void shell_fetch_run(struct shell *s, size_t at)
{
	struct str verb = path_base(s->words.v[at].text);

	if (str_is(verb, "wget"))
		run_wget(s, at);
	else if (str_is(verb, "curl"))
		run_curl(s, at);
	else
		run_kubectl(s, at);
}

/* --- pipes ---------------------------------------------------------------- */

static bool is_one_of(struct str verb, const char *const *verbs)
{
	while (*verbs && !str_is(verb, *verbs))
		verbs++;
	return *verbs != NULL;
}

/* tee of a key or of a list of package sources. */
static bool takes_key(const struct shell *s, struct str verb)
{
	static const char *const verbs[] = {"apt-key", "gpg", "gpg2", NULL};
	bool is_tee = str_is(verb, "tee"), is_rpm = str_is(verb, "rpm");

	for (size_t i = 0; i < s->words.n; i++) {
		struct str w = s->words.v[i].text;

		if ((is_tee && (artifact_is_check(w) ||
				str_has_suffix(w, STR(".list")))) ||
		    (is_rpm && str_is(w, "--import")))
			return true;
	}
	return is_one_of(verb, verbs);
}

bool shell_fetch_pipe(struct shell *s, struct shell_find *f)
{
	static const char *const takers[] = {
		"sh", "bash", "dash", "ash", "zsh", "ksh", "perl", "node",
		"tar", "bsdtar", "gunzip", "gzip", "zcat", "xz", "xzcat",
		"unxz", "bunzip2", "bzip2", "zstd", "unzip", "cpio", "dpkg",
		"rpm", "tee", "dd", "kubectl", "docker", "podman", "patch",
		"git", NULL};
	size_t at = shell_verbs_at(s);
	struct str verb = at < s->words.n ? path_base(s->words.v[at].text)
					  : STR("");
	bool is_key = takes_key(s, verb);

	if (f->kind != SHELL_DOWNLOAD)
		return true;
	if (!is_key && !is_one_of(verb, takers) &&
	    !str_has_prefix(verb, STR("python")))
		return false;
	f->is_dropped = is_key;
	return true;
}
