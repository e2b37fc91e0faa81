/* The method in plain words, and how to have a fact corrected. */
#include "report/html_frame.h"
#include "report/html_page.h"

static const char words[] =
"<p><strong>Organisations are judged, never people.</strong> Nothing is "
"concluded from a name, a language, a time zone or a place of birth, and no "
"person's name or address is kept. Evidence is the domain of an address, what "
"a project declares of its maintainers, what an SBOM states of suppliers, who "
"owns a name space, and records with a source and a date.</p>\n"
"<p><strong>From a contribution to an organisation.</strong> The domain of an "
"address is looked up in dated records: who owned it in that month. Mail "
"providers and forges name nobody: whoever uses them is unknown.</p>\n"
"<p><strong>From an organisation to a standing.</strong> Records of lists, "
"ownership and control are followed up to lists and jurisdictions that the "
"policy names. An organisation is of concern where a rung of the policy is "
"proven, ruled out where all of them are, and unknown else.</p>\n"
"<p><strong>Every share is an interval.</strong> The floor counts what is "
"proven. The ceiling also counts all that is unknown, so that nothing passes "
"because nobody looked. What is not observed at all is 0 to 100 %.</p>\n"
"<p><strong>Confidence.</strong> A: the source was read and is cited. B: a "
"public record that still wants a citation. C: an inference, shown and never "
"counted. Only A records move a floor or a ceiling; what the B records would "
"settle is drawn as thin lines.</p>\n"
"<p><strong>Axes.</strong> Commits, changed lines, surviving lines, reviews, "
"seats and roles in the supply are counted apart. The headline is their mean "
"under the weights of the policy; the range beside it is what any other "
"weights would give.</p>\n"
"<h3>How to correct a fact</h3>\n"
"<p>A record may be wrong or out of date. Each has its source and date in the "
"tables above. Write the better one, with a source that others can read, into "
"a facts file and run again with <code>--facts FILE</code>: the report then "
"shows it as an assertion of whoever signs for it. Send the same row to the "
"project to have it corrected for everybody; a row in dispute is marked and "
"decides nothing until it is settled. <code>ranwhence entity NAME</code> shows "
"all that is on record about an organisation.</p>\n";

void html_method(struct html_page *p)
{
	html_frame_section("method", "Method in plain words", p->out);
	strbuf_cstr(p->out, words);
	html_frame_section_end(p->out);
}
