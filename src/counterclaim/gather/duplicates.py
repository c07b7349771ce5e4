"""
Near-copies put together: one wire report printed by ten outlets is one story with ten copies.

Comes in: articles, in any order. Goes out: stories, each with its copies, where it comes from and who copied
whom. Candidates share MinHash bands of three-word shingles; each is then checked by exact containment, so
that a copy cut to a third, under another headline, with a word changed here and there, still joins, and two
reporters' accounts of one summit do not.

Whom an article was copied from depends on it and on the earlier ones that share a band with it, on nothing else: a store that keeps
the bands finds the stories of new articles from those alone (`counterclaim.fusing`), and they are those of all articles at once.

The hashing is a dozen lines of NumPy and not a library: bands are kept for years, and must not depend on how a library's next
version signs (datasketch 2 finds nothing in an index that 1 made, and brings SciPy's 100 MB for it).

A later article joins the earlier one it resembles most and never ties two stories together: a round-up
that reprints two wires belongs to the one it took more from. Adding articles of later dates leaves the
stories as they were. Known limit: a reporter's own text that holds a wire's short brief as a small part
stays a story of its own, though that part is not independent.
"""

import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from counterclaim.types import Article, Copy, Story

# Three words: with 15 % of all words replaced, six shingles in ten survive; two accounts of the same
# event share fewer than one in ten (Helsinki summit, 387 articles).
SHINGLE = 3
# 64 bands of two: a pair with a fifth of its shingles in common is a candidate 93 times in 100.
BANDS, ROWS = 64, 2
# Share of the shorter text's shingles found in the longer. Read by eye on 33 Helsinki pairs: from 0.5 on, the
# two are one agency's report or rewrites of it; below, they mostly share quotations and background.
CONTAINED = 0.5
# A later text that is longer must take at least this share of its own wording from the earlier.
TAKEN = 0.25
# Below this many shingles a shared quotation alone would make a copy: ask for nearly all of it.
SHORT, SHORT_CONTAINED = 40, 0.75

_WORD = re.compile(r"\w+")
# Any odd numbers do; these are kept for ever.
_SEED = 20240301

Order = tuple[str, int, str, str]


class Printed(Protocol):
    """What a story needs to know of an article: an `Article`, or the little of it that a store keeps at hand."""

    @property
    def id(self) -> str: ...  # noqa: D102  as of Article
    @property
    def ref(self) -> str: ...  # noqa: D102
    @property
    def outlet(self) -> str | None: ...  # noqa: D102
    @property
    def agency(self) -> str | None: ...  # noqa: D102
    @property
    def url(self) -> str | None: ...  # noqa: D102
    @property
    def published(self) -> str | None: ...  # noqa: D102


def collapse(articles: Iterable[Article]) -> tuple[Story, ...]:
    """The stories, in the order of their first articles' dates; the same for any order of the articles."""
    ordered = sorted({article.id: article for article in articles}.values(), key=order_of)
    shingles: dict[str, frozenset[int]] = {}
    index: dict[int, list[str]] = defaultdict(list)
    story_of: dict[str, str] = {}
    copies: dict[str, list[Copy]] = {}
    by_id = {article.id: article for article in ordered}
    for article in ordered:
        own = shingles[article.id] = make_shingles(article.text)
        bands = make_bands(own)
        candidates = sorted({other for band in bands for other in index.get(band, ())})
        source = find_source(own, ((other, shingles[other]) for other in candidates))
        for band in bands:
            index[band].append(article.id)
        story = story_of[source] if source else article.id
        story_of[article.id] = story
        made = make_copy(article, source, own, shingles[source] if source else None)
        copies.setdefault(story, []).append(made)
    return tuple(make_story(members, by_id) for members in copies.values())


def find_source(own: frozenset[int], earlier: Iterable[tuple[str, frozenset[int]]]) -> str | None:
    """The id of the earlier article that this one resembles most; None where it is no copy of any."""
    matches = ((measure_copy(own, theirs), other) for other, theirs in earlier)
    found = max((match for match in matches if match[0] > 0), default=None)
    return found[1] if found else None


def is_copy(one: Article, other: Article) -> bool:
    """Whether the later of two articles was made from the earlier, or both from one text."""
    earlier, later = sorted((one, other), key=order_of)
    return measure_copy(make_shingles(later.text), make_shingles(earlier.text)) > 0


def measure_copy(later: frozenset[int], earlier: frozenset[int]) -> float:
    """How much of the shorter text stands in the longer, 0 to 1; 0 where the two are not copies."""
    shorter = min(len(later), len(earlier))
    if shorter == 0:
        return 0.0
    shared = len(later & earlier)
    contained = shared / shorter
    needed = SHORT_CONTAINED if shorter < SHORT else CONTAINED
    return contained if contained >= needed and shared / len(later) >= TAKEN else 0.0


def make_shingles(text: str) -> frozenset[int]:
    """The text's runs of three words, case and punctuation apart, each as a number."""
    words = _WORD.findall(text.casefold())
    return frozenset(
        zlib.crc32(" ".join(words[start : start + SHINGLE]).encode())
        for start in range(max(1, len(words) - SHINGLE + 1))
        if words
    )


def make_bands(shingles: frozenset[int]) -> list[int]:
    """The bands of a text's MinHash, by which copies of it are candidates: signed numbers of 64 bits; none of an empty text."""
    if not shingles:
        return []
    factors, terms, marks = _hashes()
    numbers = np.fromiter(shingles, dtype=np.uint64, count=len(shingles))
    # Multiplied and shifted: the upper half of a number of 64 bits that may overflow.
    least = ((factors[:, None] * numbers[None, :] + terms[:, None]) >> np.uint64(32)).min(axis=1)
    rows = least.reshape(BANDS, ROWS)
    mixed = ((rows[:, 0] << np.uint64(32)) | rows[:, 1]) ^ marks
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    return [int(band) for band in (mixed ^ (mixed >> np.uint64(31))).astype(np.int64)]


@cache
def _hashes() -> tuple[NDArray[np.uint64], NDArray[np.uint64], NDArray[np.uint64]]:
    """Factors and terms of the hash functions, and a mark for each band."""

    def draw(number: int, state: int) -> Iterator[int]:
        # SplitMix64: the same numbers whatever NumPy's generators will be.
        for _ in range(number):
            state = (state + 0x9E3779B97F4A7C15) % 2**64
            mixed = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9 % 2**64
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB % 2**64
            yield mixed ^ (mixed >> 31)

    drawn = list(draw(2 * BANDS * ROWS + BANDS, _SEED))
    factors = np.array([number | 1 for number in drawn[: BANDS * ROWS]], dtype=np.uint64)
    terms = np.array(drawn[BANDS * ROWS : 2 * BANDS * ROWS], dtype=np.uint64)
    return factors, terms, np.array(drawn[2 * BANDS * ROWS :], dtype=np.uint64)


def order_of(article: Article) -> Order:
    """Earliest first, undated last; on one day the longest first, as copies are cut more often than grown."""
    return article.published or "9999", -len(article.text), article.ref, article.id


def make_copy(
    article: Printed, source: str | None, own: frozenset[int], theirs: frozenset[int] | None
) -> Copy:
    """
    The article as a copy within its story.

    Args:
        source: Whom it was copied from, with the shingles of both; None for the first.
    """
    cut = added = 0.0
    if source and theirs:
        cut = round(1 - len(own & theirs) / len(theirs), 3)
        added = round(1 - len(own & theirs) / len(own), 3)
    return Copy(article.id, article.ref, article.outlet, article.url, article.published, source, cut, added)


def make_story(copies: Sequence[Copy], articles: Mapping[str, Printed]) -> Story:
    """The story of these copies, which are in order; it comes from whom most of them credit."""
    return Story(f"s{copies[0].article}", find_origin(copies, articles), tuple(copies))


def find_origin(copies: Sequence[Copy], articles: Mapping[str, Printed]) -> str:
    """The agency credited most (the earliest credited on a tie), else the first one's outlet, else its ref."""
    credited = Counter(agency for copy in copies if (agency := articles[copy.article].agency))
    if credited:
        return credited.most_common(1)[0][0]
    return copies[0].outlet or copies[0].ref
