"""
Stories and events of a store, brought up to date: what is new costs what is new.

Comes in: a store in which articles were read, judged, corrected or taken away. Goes out: the same store with the stories and events
that these change made anew, and all others as they are; the same as if all had been fused at once (`gather.lineage`, `fuse.growth`).

Some thousand articles are fused in one transaction. A run that is killed has fused some or all of them, and the next goes on; others
that write wait for a few seconds at most, those that read see the store as it was before.

Known limit: articles read anew by another version are all fused together, or, where they are many, everything is made anew.
"""

import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import NamedTuple

from counterclaim import __version__
from counterclaim.fuse.cluster import find_apart, find_copies
from counterclaim.fuse.describe import find_first_anchor, make_event, name_events
from counterclaim.fuse.gist import Gist, from_text, make_gist, to_text
from counterclaim.fuse.growth import Regrouped, find_difference, regroup
from counterclaim.fuse.judging import Standing, find_article, find_overturned
from counterclaim.fuse.tellings import make_tellings
from counterclaim.fuse.words import find_terms
from counterclaim.gather.duplicates import make_bands, make_shingles
from counterclaim.gather.lineage import find_stories
from counterclaim.knowledge import knowledge_hash
from counterclaim.store.events import Connection
from counterclaim.store.kept import Kept, KeptGist, Sketch
from counterclaim.store.queries import count_fused, load_judgements, load_settled
from counterclaim.store.rows import load_readings
from counterclaim.store.schema import lock_generation
from counterclaim.store.store import Store, now
from counterclaim.store.writing import analyse, write_events, write_rules, write_stories
from counterclaim.types import Judgement, Telling

# New articles in one transaction: few enough that others who write wait less than the minute that they are patient for. In dense news
# each part touches the events of its week again: 3,000 articles of six days took 42 s in three parts and 28 s in one.
TOGETHER = 2500
# So many read anew that to take them out one by one is more work than to start over.
ANEW = 2000

Watch = Callable[[int, int], None]


class Fused(NamedTuple):
    """
    What a store came to when its events were brought up to date.

    Attributes:
        overturned: How many pairs of tellings that rules had joined earlier now stand in different events.
    """

    articles: int
    stories: int
    claims: int
    events: int
    contested: int
    overturned: int


def fuse_store(store: Store, *, watch: Watch | None = None) -> Fused:
    """
    Stories and events of a store, with all that was read, judged and corrected by now; nothing is done where nothing is new.

    Args:
        watch: Told how many articles are fused, and of how many.
    """
    done = overturned = 0
    while True:
        with store.read() as connection:
            kept = Kept(connection, from_text)
            waiting = kept.count_pending()
            if not waiting and kept.is_of(sign()):
                return Fused(*count_fused(connection), overturned)
        if watch:
            watch(done, done + waiting)
        with store.write() as connection, _without_collecting():
            lock_generation(connection)
            fused, found = _fuse_some(connection)
        done += fused
        overturned += found


@contextmanager
def _without_collecting() -> Iterator[None]:
    """No search for cycles of objects meanwhile: there are none, and looking for them takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@cache
def sign() -> str:
    """What decides how articles are fused: the version, its knowledge, and the code."""
    digest = hashlib.sha256(knowledge_hash().encode())
    for part in ("fuse", "gather"):
        for file in _walk(files("counterclaim") / part):
            digest.update(file.read_bytes())
    return f"{__version__} {digest.hexdigest()[:12]}"


def _walk(folder: Traversable) -> Iterable[Traversable]:
    return sorted((one for one in folder.iterdir() if one.name.endswith(".py")), key=lambda one: one.name)


def _fuse_some(connection: Connection) -> tuple[int, int]:
    """Fuse what is known from before and changed, and some new articles; how many, and how many pairs it overturned."""
    kept: Kept[Gist] = Kept(connection, from_text)
    if not kept.is_of(sign()):
        kept.forget(sign())
    again, gone, new = kept.list_pending(TOGETHER)
    if len(again) + len(gone) > ANEW:
        kept.forget(sign())
        again, gone, new = kept.list_pending(TOGETHER)
    come = [*again, *new]
    for row in kept.load_rows(gone):
        kept.read(row)  # while the terms of its article are still there
    _sketch(kept, new, gone)
    stories = find_stories(kept, come, gone)
    write_stories(connection, stories.before, stories.stories)
    people = load_judgements(connection)
    tellings = _load_tellings(connection, kept, stories.touched)
    change = _find_change(
        kept, [one for told in tellings.values() for one in told], [*stories.touched, *gone]
    )
    members = {copy.article for story in stories.stories for copy in story.copies}
    copied, compared = _find_copied(kept, change, members, people)
    difference = find_difference(kept, compared.gone, compared.come)
    kept.change_blocks(
        [(key.number, number) for key, number in difference.left],
        [(key.number, number) for key, number in difference.entered],
    )
    kept.change_links(difference.unlinked, difference.linked)
    kept.set_copies(copied)
    kept.drop_gists(change.gone)
    paired = {number for link in (*difference.unlinked, *difference.linked) for number in link[:2]}
    touched = {*change.told, *copied, *paired} - set(change.gone)
    left = {row.event for row in change.gone.values() if row.event}
    regrouped = regroup(kept, touched, people, left)
    overturned = _judge(connection, kept, regrouped, people, change.anchors, {*come, *gone})
    _write(connection, kept, regrouped, tellings, left)
    kept.settle([*come, *gone])
    return len(come) + len(gone), overturned


def _sketch(kept: Kept[Gist], new: Sequence[str], gone: Collection[str]) -> None:
    kept.drop_sketches(gone)
    texts = kept.load_texts(new)
    kept.add_sketches(
        Sketch(one, len(texts[one]), make_bands(make_shingles(texts[one])), find_terms(texts[one]))
        for one in new
    )


def _load_tellings(
    connection: Connection, kept: Kept[Gist], articles: Collection[str]
) -> dict[str, list[Telling]]:
    """What is told now, by article; of those that tell nothing an empty list."""
    found: dict[str, list[Telling]] = {article: [] for article in articles}
    readings = load_readings(connection, sorted(articles), as_told=True)
    for telling in make_tellings(readings, kept.load_stories(articles)):
        found[telling.article.id].append(telling)
    return found


class _Change(NamedTuple):
    """
    What is told of some articles now, beside what is kept of them.

    Attributes:
        gone: Tellings kept that are told no longer, or otherwise.
        fresh: Those that are told now, and were not or otherwise.
        told: All tellings of the articles, as they are told now.
        anchors: Of all tellings that went.
    """

    gone: Mapping[int, KeptGist]
    fresh: Mapping[int, Gist]
    told: Mapping[int, Gist]
    anchors: set[str]


def _find_change(kept: Kept[Gist], tellings: Sequence[Telling], articles: Collection[str]) -> _Change:
    """Which tellings of these articles are not those that are kept."""
    texts: dict[str, list[Gist]] = defaultdict(list)
    for telling in tellings:
        gist = make_gist(telling)
        texts[to_text(gist)].append(gist)
    gone: dict[int, KeptGist] = {}
    told: dict[int, Gist] = {}
    for row in kept.load_rows(articles):
        if texts[row.text]:
            told[row.number] = texts[row.text].pop()
        else:
            gone[row.number] = row
    new = [(text, gist) for text, gists in texts.items() for gist in gists]
    numbers = kept.add_gists([(gist.article, gist.anchor, text) for text, gist in new])
    fresh = dict(zip(numbers, (gist for _, gist in new), strict=True))
    return _Change(gone, fresh, told | fresh, {kept.read(row).anchor for row in gone.values()})


class _Compared(NamedTuple):
    gone: Mapping[int, Gist]
    come: Mapping[int, Gist]


def _find_copied(
    kept: Kept[Gist], change: _Change, articles: Collection[str], people: Iterable[Judgement]
) -> tuple[dict[int, int | None], _Compared]:
    """Which tellings of these stories become copies of another or are no longer; who is compared no longer, and who is now."""
    rows = {row.number: row for row in kept.load_rows(articles)}
    was = {number: row.copy_of for number, row in rows.items()}
    present = {number: kept.read(row) for number, row in rows.items() if number not in change.gone}
    copies = find_copies(present, find_apart(people))
    now_copies = {number: copies.get(number) for number in present}
    copied = {number: first for number, first in now_copies.items() if first != was[number]}
    before = {number for number, first in was.items() if first is None and number not in change.fresh}
    before |= {number for number, row in change.gone.items() if row.copy_of is None}
    after = {number for number, first in now_copies.items() if first is None}
    gone = {number: kept.read(rows.get(number) or change.gone[number]) for number in before - after}
    return copied, _Compared(gone, {number: present[number] for number in after - before})


def _name(regrouped: Regrouped) -> list[str]:
    """The id of each group's event."""
    gists = regrouped.gists
    return name_events(
        find_first_anchor([gists[number] for number in group.members]) for group in regrouped.groups
    )


def _judge(
    connection: Connection,
    kept: Kept[Gist],
    regrouped: Regrouped,
    people: Sequence[Judgement],
    gone: Collection[str],
    fused: set[str],
) -> int:
    """
    Write what rules judge now in place of what they judged before; how many pairs of tellings that overturns.

    Args:
        fused: The articles that are being fused.
        gone: Anchors of tellings that are told no longer.
    """
    told: dict[str, Standing] = {}
    for name, group in zip(_name(regrouped), regrouped.groups, strict=True):
        standing = Standing(name, len(group.members), group.judgements)
        for number in group.members:
            told.setdefault(regrouped.gists[number].anchor, standing)
    settled = load_settled(connection, {*told, *gone})
    pairs = {one: [side for side in (one.left, one.right) if side not in told] for one in settled}
    # What is still to be fused, as after a new version, is no reason to overturn anything.
    waiting = kept.find_waiting({find_article(side) for sides in pairs.values() for side in sides}) - fused
    settled = tuple(one for one in settled if not any(find_article(side) in waiting for side in pairs[one]))
    judged = [one for group in regrouped.groups for one in group.judgements if one.by == "rule"]
    overturned = find_overturned(settled, judged, told, people)
    write_rules(connection, settled, judged, overturned, now())
    return len(overturned)


def _write(
    connection: Connection,
    kept: Kept[Gist],
    regrouped: Regrouped,
    touched: Mapping[str, Sequence[Telling]],
    left: set[str],
) -> None:
    """
    Write the events that are others now.

    Args:
        touched: What is told by articles that were read anew, or whose stories changed.
        left: Events of which a telling is gone.
    """
    gists = regrouped.gists
    before = kept.load_told(regrouped.events - left)
    named = list(zip(_name(regrouped), regrouped.groups, strict=True))
    changed = {
        name: group
        for name, group in named
        if before.get(name) != set(group.members)
        or any(gists[number].article in touched for number in group.members)
    }
    articles = {gists[number].article for group in changed.values() for number in group.members}
    told = {**touched, **_load_tellings(connection, kept, articles.difference(touched))}
    tellings = {(name, one.mention.id): one for name in articles for one in told[name]}
    events = [
        replace(
            make_event(
                tuple(tellings[gists[number].article, gists[number].mention] for number in group.members),
                group.judgements,
            ),
            id=name,
        )
        for name, group in changed.items()
    ]
    as_they_are = {name for name, _ in named if name not in changed}
    write_events(connection, regrouped.events - as_they_are, events)
    analyse(connection, len(events))
    kept.set_events({number: name for name, group in changed.items() for number in group.members})
