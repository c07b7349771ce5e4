"""
The stories that new articles join or make, found without looking at all the others.

Comes in: what a store keeps of earlier articles, and which ones came and went. Goes out: stories in place of earlier ones. Whom an article
was copied from depends on it and on the earlier articles that share a band with it (`gather.duplicates`), so that a new article changes
its own source, and that of later articles which resemble it more than their own; an article that goes, that of its copies. What
comes out is what `duplicates.collapse` makes of all articles.

A third paper prints the wire's report: its bands lead to the two that did before, and only their story is made anew.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from counterclaim.gather.duplicates import (
    Order,
    Printed,
    find_source,
    make_copy,
    make_shingles,
    make_story,
    measure_copy,
)
from counterclaim.types import Copy, Story


class Ordered(Printed, Protocol):
    """An article as the store keeps it for this."""

    @property
    def order(self) -> Order: ...  # noqa: D102  as `duplicates.order_of`


class Kept(Protocol):
    """What a store keeps of the articles it holds."""

    def find_sharing(self, articles: Collection[str]) -> Mapping[str, set[str]]:
        """The others that share a band with each of these."""

    def load_printed(self, articles: Collection[str]) -> Mapping[str, Ordered]:
        """What is known of these articles."""

    def load_texts(self, articles: Collection[str]) -> Mapping[str, str]:
        """Their texts."""

    def load_copied_from(self, articles: Collection[str]) -> Mapping[str, str]:
        """Those that were copied from one of these, with which."""

    def load_stories(self, articles: Collection[str], ids: Collection[str]) -> Iterable[Story]:
        """The stories that these articles are in, and those of these ids; with the copies that are left of them."""


@dataclass(frozen=True, slots=True)
class Restoried:
    """
    Stories in place of earlier ones.

    Attributes:
        before: The ids of the earlier ones.
        stories: Some of them as they were.
        touched: The articles whose story, origin or place in the lineage is another now, and those that came.
    """

    before: frozenset[str]
    stories: tuple[Story, ...]
    touched: frozenset[str]


def find_stories(kept: Kept, come: Collection[str], gone: Collection[str]) -> Restoried:
    """
    The stories that change.

    Args:
        kept: With the bands of those that came, without those of those that went.
        come: New articles, and those read anew.
        gone: Articles that are no longer in the store.
    """
    texts = _Shingles(kept)
    source_of = _find_sources(kept, texts, set(come), set(gone))
    wanted = {*come, *source_of, *(source for source in source_of.values() if source)}
    stories: dict[str, Story] = {}
    copies: dict[str, Copy] = {}
    missing, ids = set(wanted), {f"s{article}" for article in (*come, *gone)}
    while missing or ids:
        for story in kept.load_stories(missing, ids):
            stories[story.id] = story
            copies |= {copy.article: copy for copy in story.copies}
        known = {*copies, *wanted}
        found = {source_of.get(one, copy.copied_from) for one, copy in copies.items()}
        missing, ids = {one for one in found if one and one not in known}, set()
        wanted |= missing
    everybody = {*copies, *wanted} - set(gone)
    printed = kept.load_printed(everybody)
    sources = {one: source_of[one] if one in source_of else copies[one].copied_from for one in everybody}
    lineages: dict[str, list[str]] = defaultdict(list)
    for one in sorted(everybody, key=lambda one: printed[one].order):
        lineages[_find_root(one, sources)].append(one)
    made: list[Story] = []
    for members in lineages.values():
        lineage = [
            copies[one]
            if one in copies and one not in come and one not in source_of
            else _copy(printed[one], sources[one], texts)
            for one in members
        ]
        made.append(make_story(lineage, printed))
    was, now = _find_places(stories.values()), _find_places(made)
    touched = {one for one in everybody if was.get(one) != now[one]} | set(come)
    return Restoried(frozenset(stories), tuple(made), frozenset(touched))


class _Shingles:
    """Shingles of articles at hand."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self._by_article: dict[str, frozenset[int]] = {}

    def of(self, articles: Iterable[str]) -> dict[str, frozenset[int]]:
        wanted = list(articles)
        missing = [one for one in wanted if one not in self._by_article]
        if missing:
            texts = self._kept.load_texts(missing)
            self._by_article |= {one: make_shingles(text) for one, text in texts.items()}
        return {one: self._by_article[one] for one in wanted}


def _find_sources(kept: Kept, texts: _Shingles, come: set[str], gone: set[str]) -> dict[str, str | None]:
    """Whom those that came were copied from, and those whose source may be another now; None for no copy."""
    orphans = dict(kept.load_copied_from(come | gone))
    anew = come | set(orphans)
    sharing = kept.find_sharing(anew)
    printed = kept.load_printed(anew.union(*sharing.values()))
    found: dict[str, str | None] = {}
    for one in sorted(anew):
        earlier = sorted(other for other in sharing.get(one, ()) if printed[other].order < printed[one].order)
        found[one] = find_source(texts.of([one])[one], texts.of(earlier).items()) if earlier else None
    for one in sorted(come):
        later = [
            other
            for other in sharing.get(one, ())
            if other not in anew and printed[other].order > printed[one].order
        ]
        own = texts.of([one])[one]
        alike = [other for other in later if measure_copy(texts.of([other])[other], own) > 0]
        if not alike:
            continue
        lineage = {copy.article: copy for story in kept.load_stories(alike, ()) for copy in story.copies}
        for other in alike:
            before = found.get(other, lineage[other].copied_from)
            both = texts.of([one, before] if before else [one])
            found[other] = find_source(texts.of([other])[other], both.items())
    return found


def _find_root(article: str, sources: Mapping[str, str | None]) -> str:
    while source := sources[article]:
        article = source
    return article


def _copy(article: Printed, source: str | None, texts: _Shingles) -> Copy:
    if source is None:
        return make_copy(article, None, frozenset(), None)
    shingles = texts.of([article.id, source])
    return make_copy(article, source, shingles[article.id], shingles[source])


def _find_places(stories: Iterable[Story]) -> dict[str, tuple[str, str, int]]:
    """Each article's story, its origin, and its place in the lineage."""
    return {
        copy.article: (story.id, story.origin, rank)
        for story in stories
        for rank, copy in enumerate(story.copies)
    }
