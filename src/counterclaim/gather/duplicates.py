"""
Near-copies put together: one wire report printed by ten outlets is one story with ten copies.

Comes in: articles, in any order. Goes out: stories, each with its copies, where it comes from and who copied
whom. Candidates share MinHash bands of three-word shingles; each is then checked by exact containment, so
that a copy cut to a third, under another headline, with a word changed here and there, still joins, and two
reporters' accounts of one summit do not.

A later article joins the earlier one it resembles most and never ties two stories together: a round-up
that reprints two wires belongs to the one it took more from. Adding articles of later dates leaves the
stories as they were. Known limit: a reporter's own text that holds a wire's short brief as a small part
stays a story of its own, though that part is not independent.
"""

import re
import zlib
from collections import Counter
from collections.abc import Iterable

from datasketch import MinHash, MinHashLSH

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


def collapse(articles: Iterable[Article]) -> tuple[Story, ...]:
    """The stories, in the order of their first articles' dates; the same for any order of the articles."""
    ordered = sorted({article.id: article for article in articles}.values(), key=_order)
    shingles: dict[str, frozenset[int]] = {}
    index = MinHashLSH(params=(BANDS, ROWS), num_perm=BANDS * ROWS)
    story_of: dict[str, str] = {}
    copies: dict[str, list[Copy]] = {}
    by_id = {article.id: article for article in ordered}
    for article in ordered:
        own = shingles[article.id] = make_shingles(article.text)
        sketch = MinHash(num_perm=BANDS * ROWS, hashfunc=_same)
        sketch.update_batch(sorted(own))
        matches = (
            (measure_copy(own, shingles[other]), other) for other in sorted(index.query(sketch)) if own
        )
        copied = max((match for match in matches if match[0] > 0), default=None)
        if own:
            index.insert(article.id, sketch)
        story = story_of[copied[1]] if copied else article.id
        story_of[article.id] = story
        copies.setdefault(story, []).append(_make_copy(article, copied[1] if copied else None, shingles))
    return tuple(
        Story(f"s{first}", _find_origin(by_id, members), tuple(members)) for first, members in copies.items()
    )


def is_copy(one: Article, other: Article) -> bool:
    """Whether the later of two articles was made from the earlier, or both from one text."""
    earlier, later = sorted((one, other), key=_order)
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


def _same(number: int) -> int:
    return number


def _order(article: Article) -> tuple[str, int, str, str]:
    """Earliest first, undated last; on one day the longest first, as copies are cut more often than grown."""
    return article.published or "9999", -len(article.text), article.ref, article.id


def _make_copy(article: Article, copied_from: str | None, shingles: dict[str, frozenset[int]]) -> Copy:
    cut = added = 0.0
    if copied_from:
        own, earlier = shingles[article.id], shingles[copied_from]
        cut = round(1 - len(own & earlier) / len(earlier), 3)
        added = round(1 - len(own & earlier) / len(own), 3)
    return Copy(
        article.id, article.ref, article.outlet, article.url, article.published, copied_from, cut, added
    )


def _find_origin(by_id: dict[str, Article], members: list[Copy]) -> str:
    """The agency credited most (the earliest credited on a tie), else the first one's outlet, else its ref."""
    credited = Counter(agency for copy in members if (agency := by_id[copy.article].agency))
    if credited:
        return credited.most_common(1)[0][0]
    return members[0].outlet or members[0].ref
