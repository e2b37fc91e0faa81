"""What a page must be, whatever stands in it: sound markup, a policy that lets
its own style and script run and nothing else, ids that are one, links that
lead somewhere, and words for those who listen."""
import base64
import hashlib
import html
import html.parser
import re

VOID = {"meta", "br", "input"}
FINISHED = {"tr": {"td", "th"}}  # ends that HTML lets us leave out
LOADS = {"src", "srcset", "data", "poster", "action", "formaction", "style",
         "xlink:href", "background", "ping", "manifest", "cite", "usemap"}
ELEMENTS = set(
    "a article body br button caption code dd defs details div dl dt em "
    "figcaption figure footer form g h1 h2 h3 h4 head header html input "
    "label li line main meta nav ol option output p path pattern rect script "
    "section select span strong style summary svg table tbody td text th "
    "thead title tr ul".split())


class Page(html.parser.HTMLParser):
    """What a page is made of, and what is wrong with it."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.found = [], []
        self.ids, self.links, self.elements = [], [], []
        self.raw = {"style": [], "script": []}
        self.csp, self.text, self.tables = None, [], []
        self.feed(text)
        self.close()
        if self.open:
            self.found.append(f"never closed: {self.open}")

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if len(given) != len(attrs):
            self.found.append(f"<{tag}> has an attribute twice")
        self.elements.append((tag, given))
        if tag in ("td", "th", "tr"):
            while self.open and self.open[-1] in ("td", "th"):
                self.open.pop()
        for name, value in attrs:
            if name.startswith("on") or name in LOADS:
                self.found.append(f"<{tag} {name}={value!r}>")
        if tag not in ELEMENTS:
            self.found.append(f"<{tag}>")
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.append((tag, given))
        if given.get("http-equiv") == "Content-Security-Policy":
            self.csp = given["content"]
        if tag == "table":
            self.tables.append([])
        elif self.tables:
            self.tables[-1].append((tag, given))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self.open and self.open[-1] != tag and \
                self.open[-1] in FINISHED.get(tag, ()):
            self.open.pop()
        if not self.open or self.open.pop() != tag:
            self.found.append(f"</{tag}> at {self.getpos()}")

    def handle_data(self, data):
        if self.open and self.open[-1] in self.raw:
            self.raw[self.open[-1]].append(data)
        else:
            self.text.append(data)

    def handle_comment(self, data):
        self.found.append(f"comment {data!r}")


def hash_of(parts):
    digest = hashlib.sha256("".join(parts).encode()).digest()
    return "sha256-" + base64.b64encode(digest).decode()


def policy_problems(page):
    want = ("default-src 'none'; style-src '%s'; script-src '%s'; "
            "base-uri 'none'; form-action 'none'"
            % (hash_of(page.raw["style"]), hash_of(page.raw["script"])))
    found = [] if page.csp == want else [f"CSP {page.csp}, wanted {want}"]
    for tag in ("script", "style"):
        n = [t for t, _ in page.elements].count(tag)
        if n != 1:
            found.append(f"{n} <{tag}>")
    style = "".join(page.raw["style"])
    if re.search(r"@import|url\((?!#)|expression", style):
        found.append("the style loads something")
    script = "".join(page.raw["script"])
    return found + [f"the script has {w}" for w in
                    ("innerHTML", "eval", "fetch", "http", ".style") if
                    w in script]


def link_problems(page):
    ids = set(page.ids)
    found = [f"{i} twice" for i in ids if page.ids.count(i) > 1]
    found += [f"id {i!r}" for i in ids if not re.fullmatch(r"[\w.-]+", i)]
    for tag, given in page.links:
        href = given["href"]
        if href.startswith("#"):
            if href[1:] not in ids:
                found.append(f"{href} leads nowhere")
        elif tag != "a" or not re.match(r"https?://\w", href) or \
                given.get("rel") != "noopener noreferrer":
            found.append(f"<{tag} href={href!r}>")
    for name in ("aria-labelledby", "aria-describedby", "for"):
        for _, given in page.elements:
            found += [f"{name} {i}" for i in given.get(name, "").split()
                      if i not in ids]
    return found


def reader_problems(page):
    """What somebody who listens to the page would miss."""
    tags = [t for t, _ in page.elements]
    found = [f"{tags.count(t)} <{t}>" for t in ("main", "h1", "nav", "title")
             if t != "title" and tags.count(t) != 1]
    levels = [int(t[1]) for t in tags if re.fullmatch(r"h\d", t)]
    found += [f"h{b} below h{a}" for a, b in zip(levels, levels[1:])
              if b > a + 1]
    for t in page.tables:
        if "caption" not in [x for x, _ in t]:
            found.append("a table without caption")
    found += [f"th without scope {g}" for t, g in page.elements
              if t == "th" and "scope" not in g]
    found += [f"svg without words {g}" for t, g in page.elements
              if t == "svg" and not g.get("aria-label")
              and g.get("aria-hidden") != "true"]
    return found


def problems(data):
    text = data.decode()
    page = Page(text)
    found = page.found + policy_problems(page) + link_problems(page) + \
        reader_problems(page)
    # the reader takes controls and the like as they are
    odd = re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069"
                     "\ufeff\ufffe\uffff]", text)
    if odd:
        found.append(f"raw {odd[:5]!r}")
    return found[:10]


def interval(i, before=""):
    """As it must be shown: rounded outwards, "" where nothing is."""
    if i["low_bp"] is None:
        return ""
    return before + rounded(i["low_bp"], i["high_bp"])


def rounded(low, high):
    if low <= 0 and high >= 10000:
        return "0\u2013100\u00a0%"
    a, b = low // 10, -(-high // 10)
    if low == high:
        return f"{a // 10}.{a % 10}\u00a0%"
    return f"{a // 10}.{a % 10}\u2013{b // 10}.{b % 10}\u00a0%"


def rows(page):
    """By article: the rows, each as its cells' texts."""
    found = {}
    for part in page.split('<article id="')[1:]:
        found[part.split('"')[0]] = [
            [html.unescape(re.sub("<[^>]*>", "", c)) for c in
             re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
            for row in re.findall("<tr>(.*?)</tr>", part)]
    return found


def holds(row, want):
    """Has each cell of the row all words that are wanted in it?"""
    return len(row) == len(want) and all(
        w in cell for cell, words in zip(row, want) for w in words)
