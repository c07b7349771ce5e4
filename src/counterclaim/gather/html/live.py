"""
Live blogs: their updates, each with the time it was posted.

Comes in: the page's tree and head. Goes out: paragraphs in the page's order and, for each update, its time and its paragraphs.

    >>> from counterclaim.gather.html.tree import parse
    >>> page = parse(
    ...     '<h1>Live</h1><time datetime="2024-05-14T12:31:00Z">1h ago</time><p>The toll rose to 14.</p>'
    ...     '<time datetime="2024-05-14T08:05:00Z">5h ago</time><p>Twelve died.</p>'
    ... )
    >>> read_updates(page)[1][0]
    Posted(at='2024-05-14T12:31Z', paragraphs=('The toll rose to 14.',))

An update begins with its time and ends where the next begins. Updates that are shown twice (pinned, key events) are read once.
"""

import re
from collections import Counter
from typing import NamedTuple

from counterclaim.gather.html.head import Told, read_moment
from counterclaim.gather.html.tree import Element, walk_blocks, words_of

_LIVE = re.compile(
    r"\blive\b(?! (?:in|with|on|by|near|under|for|without)\b)|\bas it happened\b", re.IGNORECASE
)
_BLOG = re.compile(r"\blive ?blog\b|\blive updates?\b|\bas it happened\b")
# One time alone is the page's own.
_FEWEST = 2


class Posted(NamedTuple):
    """An update: when it was posted, ISO to the minute, and its paragraphs; the first may be its headline."""

    at: str | None
    paragraphs: tuple[str, ...]


def read_updates(root: Element) -> tuple[list[str], tuple[Posted, ...]]:
    """The paragraphs of a live blog and its updates."""
    times = {time: moment for time in root.iter("time") if (moment := read_moment(time.get("datetime")))}
    if len(times) < _FEWEST:
        return [], ()
    homes = _homes(list(times))
    paragraphs: list[str] = []
    updates: list[Posted] = []
    at: str | None = None
    home: Element = None
    current: list[str] = []

    def close() -> None:
        posted = Posted(at, tuple(current))
        if at is None or (current and posted not in updates):
            paragraphs.extend(current)
            if at is not None and current:
                updates.append(posted)
        current.clear()

    for owner, block in walk_blocks(root, dict.fromkeys(times, "timestamp")):
        own = next((node for node in (owner, *owner.iterancestors()) if node in homes), None)
        if own is not None and own is not home:
            close()
            at, home = times[homes[own]], own
        elif own is None and home is not None and homes[home] is not home:
            close()  # behind an element that held one update
            at, home = None, None
        if block.reason is None:
            current.append(block.text)
    close()
    return paragraphs, tuple(updates)


def _homes(times: list[Element]) -> dict[Element, Element]:
    """The widest element around each time that holds no other of them, with its time: an update, or the time alone."""
    holds = Counter(ancestor for time in times for ancestor in time.iterancestors())
    homes: dict[Element, Element] = {}
    for time in times:
        widest = time
        for ancestor in time.iterancestors():
            if holds[ancestor] > 1:
                break
            widest = ancestor
        homes[widest] = time
    return homes


def tell_updates(told: tuple[Told, ...]) -> tuple[list[str], tuple[Posted, ...]]:
    """The same of a page built by scripts, whose data hold the updates."""
    updates = [
        Posted(update.at, tuple(filter(None, (update.title, *update.text.split("\n"))))) for update in told
    ]
    return [text for update in updates for text in update.paragraphs], tuple(updates)


def is_live(root: Element, title: str | None) -> bool:
    """A page of updates by its markup, or by its headline and the times on it."""
    if any("LiveBlogPosting" in (element.get("itemtype") or "") for element in root.iter()):
        return True
    moments = sum(read_moment(time.get("datetime")) is not None for time in root.iter("time"))
    named = moments == _FEWEST and any(
        _BLOG.search(words_of(element))
        for element in root.iter("main", "article", "section", "div", "ol", "ul")
    )
    # Two times may be those of its posting and its last change.
    return (moments > _FEWEST or named) and _LIVE.search(title or "") is not None


def find_blog(root: Element, headline: Element | None) -> Element:
    """The smallest element that holds the headline and nearly all of the times."""
    times = [time for time in root.iter("time") if read_moment(time.get("datetime"))]
    holds = Counter(ancestor for time in times for ancestor in time.iterancestors())
    for ancestor in headline.iterancestors() if headline is not None else ():
        if holds[ancestor] * 10 >= len(times) * 8:
            return ancestor
    return root
