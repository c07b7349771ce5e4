"""
What stands on a page beside its report: boxes taken off by their names, links set as paragraphs, what comes before the headline.

Comes in: the page's tree and its headline. Goes out: the elements to leave out, each with the reason; and the tree mended where
its makers' cuts would cost text: a report cut into several elements joined, embedded posts turned into quotations with a name.

    >>> from counterclaim.gather.html.tree import parse
    >>> root = parse('<div><div class="cookie-bar">We use cookies.</div><p>Talks stalled.</p></div>')
    >>> list(find_boxes(root, None).values())
    ['cookies']

Names are the page maker's words (knowledge/page_boxes.tsv). What holds the headline or most of the page's sentences is no box: one
site calls its articles "newsletter", another everything "modal".
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from counterclaim.gather.dateline import MONTH
from counterclaim.gather.html.tree import Element, read_blocks, text_of, words_of
from counterclaim.knowledge import load_table

_STOP = re.compile(r"(?<=[.!?…])[\"'”’)\]]*(?:\s|$)")
_MIN_SENTENCE = 28
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_WORD = re.compile(r"\w+")
_PARAGRAPHS = ("p", "div", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "aside")
_MAX_LINK_WORDS = 30
_MIN_LINK_WORDS = 3
# How far above a headline its report may begin.
_NEAR = 4
# A page with a larger part of its sentences (one in so many) in captions is a gallery.
_CAPTIONS = 4
# A report's parts, whatever else their names say.
_REPORT = re.compile(
    r"\b(?:article|story|post|entry) ?(?:body|text|content)\b|\bcontent (?:body|main)\b|\bmain content\b"
)
_COMMENT = re.compile(r"\bcomments?\b|\breply\b|\breplies\b")
_POST = re.compile(
    r"\b(?:twitter (?:tweet|video)|tweet|bluesky embed|instagram media|fb (?:post|video)|mastodon embed|telegram post|"
    r"truthsocial embed|threads post|tiktok embed)\b"
)
_POST_LINK = re.compile(
    r"^https?://(?:www\.|mobile\.)?(?:twitter\.com|x\.com|t\.me|bsky\.app|facebook\.com|instagram\.com|threads\.(?:net|com)|"
    r"truthsocial\.com|vk\.com|weibo\.com)/[^/?#]+/[^?#]",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"[—–] ?([^—–()]{2,80})(?:\(@?[\w.@-]{2,60}\).{0,80})?$")
_LINK = re.compile(r"pic\.twitter\.com/|https?://")
_POSTED_ON = re.compile(rf",?(?<!\s)\s+(?:on\s+)?(?:{MONTH}\s*\d|\d{{1,2}}\s+{MONTH}|\d{{4}})")
_MAX_POST, _MAX_SIGNATURE = 6_000, 240


def find_boxes(root: Element, headline: Element | None) -> dict[Element, str]:
    """The elements beside the report, outermost, in the page's order, each with the reason to leave it out."""
    boxes: dict[Element, str] = {}
    page = _Page(root, headline)
    inside: set[Element] = set()
    for element in root.iter():
        parent = element.getparent()
        if parent in inside or parent in boxes:
            inside.add(element)
        elif isinstance(element.tag, str) and (reason := _reason(element, page)):
            boxes[element] = reason
    captions = [element for element, reason in boxes.items() if reason == "caption"]
    if sum(prose_of(element) for element in captions) * _CAPTIONS > page.prose:
        # A gallery is told in its captions.
        for element in captions:
            del boxes[element]
    return boxes


class _Page:
    """What the page has besides the box in question."""

    def __init__(self, root: Element, headline: Element | None) -> None:
        self.prose = prose_of(root)
        self.above = {headline, *headline.iterancestors()} if headline is not None else set()
        self.article = next(headline.iterancestors("article"), None) if headline is not None else None
        near = headline.getparent() if headline is not None else None
        for _ in range(_NEAR):
            if near is not None and not prose_of(near):
                near = near.getparent()
        self.near = prose_of(near) if near is not None else 0

    def spares(self, element: Element) -> bool:
        """A report is left when the element is taken off."""
        share = prose_of(element)
        if self.article is not None and self.article not in element.iterancestors():
            return True
        if share * 3 <= self.prose:
            return True
        # More than a third of the page is a box only beside a headline that has sentences of its own.
        return bool(self.above) and self.near > share


def _reason(element: Element, page: _Page) -> str | None:
    if element in page.above or element.tag in {"html", "body", "main", "article", "h1"}:
        return None
    if _is_linked_headline(element):
        return "read_more"
    if element.tag == "figcaption":
        return "caption"
    if element.tag == "p" and (reason := _in_italics(element)):
        return reason
    words = words_of(element)
    reason = find_box(words) if words and element.tag not in {"a", "span", "time"} else None
    if (
        reason is None
        or _REPORT.search(words)
        or next(element.iter("article", "main", "h1"), None) is not None
    ):
        return None
    return reason if page.spares(element) else None


def find_box(words: str) -> str | None:
    """The reason of the line in knowledge/page_boxes.tsv whose name the words hold, or None."""
    for pattern, reason in _names():
        if pattern.search(words):
            return reason
    return None


@cache
def _names() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple(
        (re.compile(rf"(?:^|(?<= ))(?:{row['regex']})(?= |$)"), row["reason"])
        for row in load_table("page_boxes")
    )


def count_prose(text: str) -> int:
    """
    Characters of whole sentences; short ones are buttons and labels.

    >>> count_prose("Sign in"), count_prose("The envoy left Bamako on Tuesday.")
    (0, 33)
    """
    count = at = 0
    for stop in _STOP.finditer(text):
        length = stop.start() - at
        count += length if length >= _MIN_SENTENCE else 0
        at = stop.end()
    return count


def prose_of(element: Element) -> int:
    """The same of what a reader sees of an element."""
    return sum(count_prose(block.text) for block in read_blocks(element))


def _is_linked_headline(element: Element) -> bool:
    """
    A paragraph that is one link, without a full stop and set apart by capitals, bold or a label: another report's headline.

    A plain one may be the very thing that the page is about.
    """
    if element.tag not in _PARAGRAPHS:
        return False
    links = list(islice(element.iter("a"), 2))
    if len(links) != 1 or not (links[0].get("href") or "").strip() or links[0].get("href").startswith("#"):
        return False
    text, link = text_of(element), text_of(links[0])
    words = len(_WORD.findall(text[:400]))
    if not _MIN_LINK_WORDS <= words <= _MAX_LINK_WORDS or _SENTENCE_END.search(text):
        return False
    label = text.replace(link, "", 1)
    if not _LABEL.fullmatch(label):
        return False
    is_bold = next(element.iter("strong", "b", "u", "em", "i"), None) is not None
    return bool(label.strip()) or link.isupper() or (is_bold and element.tag == "p")


def _in_italics(element: Element) -> str | None:
    """A paragraph set in italics from end to end that presents its author or speaks to the reader with a link."""
    inner = element
    while len(inner) == 1 and not (inner.text or "").strip() and not (inner[0].tail or "").strip():
        inner = inner[0]
        if inner.tag in {"em", "i"}:
            text = text_of(inner)
            if _BIO.match(text):
                return "about_author"
            has_link = next(inner.iter("a"), None) is not None
            return "newsletter" if has_link and _TO_READER.search(text) else None
    return None


_BIO = re.compile(
    r"(?:[A-ZÀ-ÖØ-Þ][\w'’.-]+ ){2,4}(?:is|was) (?:an?|the|our) (?:[\w'’,&-]+ ){0,6}"
    r"(?:founder|director|editor|writer|author|journalist|reporter|correspondent|columnist|professor|lecturer|fellow|analyst|"
    r"researcher|consultant|historian|contributor|freelancer?)\b",
    re.IGNORECASE,
)
_TO_READER = re.compile(
    r"\b(?:do|would|if|can) you\b|\byour (?:e-?mail|inbox|support)\b|\b(?:sign up|subscribe|join us)\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"\s*+(?:read(?: more| also| next)?|see also|also read|related|more|watch|listen|explainer|opinion|analysis)?\s*+[:|»>–—-]?\s*+",
    re.IGNORECASE,
)


_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def drop(element: Element) -> None:
    """Takes an element off its tree; the text behind it stays."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        # Control characters come out of the parser, but none goes in.
        if before is not None:
            before.tail = _UNFIT.sub(" ", (before.tail or "") + element.tail)
        else:
            parent.text = _UNFIT.sub(" ", (parent.text or "") + element.tail)
    parent.remove(element)


def before_headline(root: Element, headline: Element) -> Iterator[Element]:
    """What stands before the headline: no report does, whatever its length."""
    line = [headline, *headline.iterancestors()]
    for element in line:
        for earlier in element.itersiblings(preceding=True):
            if isinstance(earlier.tag, str) and earlier.tag != "head":
                yield earlier
        if element is root:
            return


# --- mending --------------------------------------------------------------------------------------


def join_articles(root: Element, headline: Element | None) -> None:
    """
    Joins a report that was cut into several article elements.

    The later ones have no heading of their own to begin with and are no list of links; comments are set as articles, too.
    """
    first = next((a for a in headline.iterancestors("article")), None) if headline is not None else None
    if first is None:
        return
    inner = {first, *first.iterdescendants("article"), *first.iterancestors("article")}
    for other in list(root.iter("article")):
        if other in inner or any(a.tag in {"aside", "nav", "footer"} for a in other.iterancestors()):
            continue
        if _follows(other, first) and _continues(other):
            for child in list(other):
                first.append(child)
            drop(other)


def _follows(other: Element, first: Element) -> bool:
    """Near: the same parent or grandparent."""
    near = {first.getparent(), first.getparent().getparent() if first.getparent() is not None else None}
    return other.getparent() in near or (
        other.getparent() is not None and other.getparent().getparent() in near
    )


def _continues(element: Element) -> bool:
    if _COMMENT.search(words_of(element)) or any(
        _COMMENT.search(words_of(a)) for a in element.iterancestors()
    ):
        return False
    if next(element.iter("h1"), None) is not None:
        return False
    for node in element.iter("h2", "h3", "h4", "header", "time", "p"):
        if node.tag != "p":
            return False
        if text_of(node):
            break
    text = text_of(element)
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return count_prose(text) > 0 and linked * 3 < len(text)


def quote_posts(root: Element) -> None:
    """
    Turns embedded posts into quotations that say whose they are: “text” — Name.

    >>> from counterclaim.gather.html.tree import parse, text_of
    >>> page = parse('<blockquote class="twitter-tweet"><p>We hold the town.</p>— Ana Ruiz (@ana) <a href="x">May 1</a></blockquote>')
    >>> quote_posts(page); text_of(page)
    '“We hold the town.” — Ana Ruiz'
    """
    for element in list(root.iter("blockquote", "div", "article", "section", "figure")):
        if element.getparent() is None and element is not root:
            continue
        if not _is_post(element):
            continue
        if not (signed := _read_post(element)):
            continue
        said, name = signed
        tail = element.tail
        for child in list(element):
            element.remove(child)
        element.clear()
        element.tag, element.tail = "p", _UNFIT.sub(" ", tail or "")
        element.text = _UNFIT.sub(" ", f"{_quoted(said)} — {name}")


def _is_post(element: Element) -> bool:
    names = (element.get("class") or "") + " " + (element.get("data-testid") or "")
    if _POST.search(re.sub(r"[-_]+", " ", names.casefold())):
        return True
    # A quotation that ends with a link to one post.
    if element.tag != "blockquote":
        return False
    last = next(iter(reversed(list(element.iter("a")))), None)
    return last is not None and bool(_POST_LINK.match(last.get("href") or ""))


def _read_post(element: Element) -> tuple[str, str] | None:
    """What a post says and who posted it, by the name behind its dash."""
    whole = " ".join(block.text for block in read_blocks(element))
    found = _SIGNED.search(whole, max(0, len(whole) - _MAX_SIGNATURE))
    if not found or len(whole) > _MAX_POST:
        return None
    # "Defence HQ, May 14, 2024": the day is that of the post, not of the name.
    name = _POSTED_ON.split(found[1])[0].strip(" ,")
    said = whole[: found.start()].split()
    while said and _LINK.match(said[-1]):
        said.pop()
    return (" ".join(said), name) if said and name else None


def _quoted(said: str) -> str:
    inner = said.strip('“”"').replace("“", "‘").replace("”", "’")
    return f"“{inner}”"
