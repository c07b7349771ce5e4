"""
Which tellings are worth comparing: those that share enough to be one event.

Comes in: tellings. Goes out: pairs to be compared, and for each telling without a site those with one that it may
belong to. Two tellings meet in a block for their story, for their place and days, for a party or country and
their days, or for the most telling words of their articles.

"Shells hit Kitwe on Monday" and "an attack on Kitwe on 6 May" meet under Kitwe; a third report that names no
town meets both under the country; two of a strike at Kitwe's hospital meet under its name, whoever struck.

Tellings that differ only in their article are compared once and linked in a chain. In a block of more than
`HOT`, each is compared with its neighbours in three orders (by parties, by numbers, by words) and no longer with
all: finer keys, so that ten times the news takes ten times the time. Known limit: two tellings of one event that
are neighbours in none of these orders are then not compared, unless another block holds both.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from math import cos, floor, radians

from counterclaim.fuse.match import (
    NEAR_KM,
    PRECISE,
    SAME,
    SAME_SITE_KM,
    UNTYPED,
    days_of,
    family_of,
    fit,
    victims_of,
)
from counterclaim.fuse.words import find_groups, find_terms, stems
from counterclaim.types import Place, Telling
from counterclaim.values import print_group

# On 10,000 made-up reports of ten days (benchmarks/fusing.py), 18 of 2,732 events differ from those of comparing all
# with all, and B-cubed against the truth is the same.
HOT = 30
NEIGHBOURS = 4

# A range longer than this is compared by its ends only: "in recent years" is no date to find candidates by.
LONGEST_DAYS = 70
STEP = 3

# Two articles about the same thing share two of their most telling words.
TELLING_TERMS = 6
# Days within which two articles that only their topic joins were surely published.
TOPIC_DAYS = 10

_KM_A_DEGREE = 111.2

Key = tuple[object, ...]


def is_sited(telling: Telling) -> bool:
    """Whether it names the town or site where it happened."""
    place = telling.mention.place
    return place is not None and place.precision in PRECISE


def find_pairs(tellings: Sequence[Telling], numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Pairs of numbers to compare; of one with a site and one without, only where story or topic joins them."""
    stories: dict[Key, list[int]] = defaultdict(list)
    topics: dict[Key, list[int]] = defaultdict(list)
    profiles: dict[Key, list[int]] = defaultdict(list)
    for number in numbers:
        profiles[_make_profile(tellings[number])].append(number)
        for key in _story_keys(tellings[number]):
            stories[key].append(number)
        for key in _topic_keys(tellings[number]):
            topics[key].append(number)
    yield from _find_inside(tellings, stories)
    # Two words that so many share within days tell nothing; articles on one thing share rarer ones too.
    yield from _find_inside(tellings, {key: inside for key, inside in topics.items() if len(inside) <= HOT})
    del stories, topics
    sited: list[int] = []
    general: list[int] = []
    for alike in profiles.values():
        yield from pairwise(alike)
        # Where those that tell the same do not even fit each other, none stands for the rest.
        chained = len(alike) > 1 and fit(tellings[alike[0]], tellings[alike[1]]).score >= SAME
        (sited if is_sited(tellings[alike[0]]) else general).extend(alike[:1] if chained else alike)
    yield from _find_inside(tellings, _block(tellings, sited, _site_keys))
    yield from _find_inside(tellings, _block(tellings, general, _side_keys))
    for inside in _block(tellings, sited, _around_keys).values():
        sites = [number for number in inside if _precision(tellings[number]) == "site"]
        towns = sorted(set(inside).difference(sites), key=lambda number: _by_parties(tellings[number]))
        for site in sites:
            yield from ((min(site, town), max(site, town)) for town in _nearest(tellings, site, towns))


def find_different(tellings: Sequence[Telling], numbers: Iterable[int]) -> list[int]:
    """The first of each that tell the same."""
    return sorted(
        {_make_profile(tellings[number]): number for number in sorted(numbers, reverse=True)}.values()
    )


class Sites:
    """The tellings with a site that one without may belong to."""

    def __init__(self, tellings: Sequence[Telling], numbers: Iterable[int]) -> None:
        self._tellings = tellings
        sited = find_different(tellings, (number for number in numbers if is_sited(tellings[number])))
        self._blocks = _block(tellings, sited, _side_keys)
        for inside in self._blocks.values():
            inside.sort(key=lambda number: _by_parties(tellings[number]))

    def near(self, number: int) -> Iterator[int]:
        """Candidates, from small blocks first; of a hot block, those nearest by parties and day."""
        keys = [key for key in _side_keys(self._tellings[number]) if key in self._blocks]
        seen: set[int] = set()
        for key in sorted(keys, key=lambda key: (len(self._blocks[key]), key)):
            for other in _nearest(self._tellings, number, self._blocks[key]):
                if other not in seen:
                    seen.add(other)
                    yield other


def _block(
    tellings: Sequence[Telling], numbers: Iterable[int], keys_of: Callable[[Telling], Iterable[Key]]
) -> dict[Key, list[int]]:
    blocks: dict[Key, list[int]] = defaultdict(list)
    for number in numbers:
        for key in keys_of(tellings[number]):
            blocks[key].append(number)
    return blocks


def _find_inside(tellings: Sequence[Telling], blocks: dict[Key, list[int]]) -> Iterator[tuple[int, int]]:
    """Pairs of each block: each pair in the smallest block that holds both."""
    shared = [inside for inside in blocks.values() if len(inside) > 1]
    shared.sort(key=lambda inside: (len(inside), inside))
    in_blocks: dict[int, set[int]] = defaultdict(set)
    for rank, inside in enumerate(shared):
        for number in inside:
            in_blocks[number].add(rank)
    for rank, inside in enumerate(shared):
        pairs = combinations(inside, 2) if len(inside) <= HOT else _find_neighbours(tellings, inside)
        for one, other in pairs:
            if min(in_blocks[one] & in_blocks[other]) == rank:
                yield (one, other) if one < other else (other, one)


def _find_neighbours(tellings: Sequence[Telling], inside: list[int]) -> Iterator[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for order in (_by_parties, _by_numbers, _by_words):
        ordered = sorted(inside, key=lambda number: (order(tellings[number]), number))
        for place, one in enumerate(ordered):
            found.update(
                (min(one, other), max(one, other)) for other in ordered[place + 1 : place + 1 + NEIGHBOURS]
            )
    yield from sorted(found)


def _nearest(tellings: Sequence[Telling], number: int, others: list[int]) -> list[int]:
    """All of few; of many, which are in the order of their parties and days, those around it."""
    if len(others) <= HOT:
        return others
    at = bisect_left(others, _by_parties(tellings[number]), key=lambda n: _by_parties(tellings[n]))
    first = max(0, min(at - HOT // 2, len(others) - HOT))
    return others[first : first + HOT]


# --- the orders in which likely pairs are neighbours ---


def _by_parties(telling: Telling) -> tuple[object, ...]:
    sides = sorted(telling.did | telling.suffered)
    return sides, _day(telling), _numbers(telling), telling.mention.type, telling.anchor


def _by_numbers(telling: Telling) -> tuple[object, ...]:
    return _numbers(telling), _day(telling), sorted(telling.did | telling.suffered), telling.anchor


def _by_words(telling: Telling) -> tuple[object, ...]:
    return stems(telling.mention.trigger.text), _day(telling), _numbers(telling), telling.anchor


def _day(telling: Telling) -> str:
    """When it happened, else when it was told."""
    date = telling.mention.date
    return date.start[:10] if date else telling.article.published or ""


def _numbers(telling: Telling) -> tuple[tuple[str, int, int, str], ...]:
    return tuple(
        sorted(
            (count.kind, count.low or 0, count.high or 0, print_group(victims_of(count)))
            for count in telling.mention.counts
        )
    )


# --- keys ---


def _make_profile(telling: Telling) -> Key:
    """All that `match.fit` looks at, the article apart."""
    mention, date, place = telling.mention, telling.mention.date, telling.mention.place
    return (
        mention.type,
        mention.modes,
        telling.realis,
        (date.start, date.end) if date else telling.article.published or telling.anchor,
        (place.name, place.geonameid, place.country, place.admin1, place.precision, place.lat, place.lon)
        if place
        else None,
        telling.did,
        telling.suffered,
        _numbers(telling),
        stems(mention.trigger.text),
    )


def _kinds(telling: Telling) -> Iterator[tuple[str, str]]:
    """What tellings of one event share at least one of: the family; without a type, a group of words."""
    # What is told as history may be the news of its day.
    real = "expected" if telling.realis == "expected" else "happened"
    if telling.mention.type != UNTYPED:
        yield family_of(telling.mention.type)["family"], real
        return
    words = telling.mention.trigger.text
    for group in {" ".join(stems(words)), *find_groups(words)}:
        yield f"word {group}", real


def _story_keys(telling: Telling) -> Iterator[Key]:
    for kind in _kinds(telling):
        yield *kind, "story", telling.story


def _topic_keys(telling: Telling) -> Iterator[Key]:
    """Two of the most telling words of an article, and the ten or twenty days it was published in."""
    if family_of(telling.mention.type)["topic"] == "no":
        return
    terms = find_terms(telling.article.text)
    chosen = sorted(sorted(terms, key=lambda term: (-terms[term], term))[:TELLING_TERMS])
    published = telling.article.published
    times = (days_of(published) // TOPIC_DAYS, days_of(published) // TOPIC_DAYS + 1) if published else (0,)
    for kind in _kinds(telling):
        for pair in combinations(chosen, 2):
            for time in times:
                yield *kind, str(time), *pair


def _side_keys(telling: Telling) -> Iterator[Key]:
    place = telling.mention.place
    about = telling.did | telling.suffered
    if place and place.country:
        about |= {place.country}
    for kind in _kinds(telling):
        for step in _steps(telling):
            for side in about:
                yield *kind, str(step), side


def _site_keys(telling: Telling) -> Iterator[Key]:
    place = telling.mention.place
    assert place is not None
    where: list[Key] = [("name", place.name.casefold(), place.country or "")]
    where += [("id", str(place.geonameid), "")] if place.geonameid is not None else []
    where += _cells(place, SAME_SITE_KM / 2, 0.04)
    for kind in _kinds(telling):
        for step in _steps(telling):
            for key in where:
                yield *kind, str(step), *key


def _around_keys(telling: Telling) -> Iterator[Key]:
    """For a site and the town it lies in."""
    place = telling.mention.place
    assert place is not None
    for kind in _kinds(telling):
        for step in _steps(telling):
            for key in _cells(place, NEAR_KM / 2, 0.5):
                yield *kind, str(step), *key


def _cells(place: Place, kilometres: float, size: float) -> list[Key]:
    """The squares, so many degrees wide, that reach nearer than that to the place: two places near share one."""
    if place.lat is None or place.lon is None:
        return []
    north = kilometres / _KM_A_DEGREE
    east = north / max(0.05, cos(radians(place.lat)))
    return [
        ("cell", str(row), str(column))
        for row in range(floor((place.lat - north) / size), floor((place.lat + north) / size) + 1)
        for column in range(floor((place.lon - east) / size), floor((place.lon + east) / size) + 1)
    ]


def _steps(telling: Telling) -> list[int]:
    """The three-day steps of the calendar it may have happened in: around its date, or the week before print."""
    when = telling.mention.date
    if when:
        first, last = days_of(when.start) - 1, days_of(when.end) + 1
        if last - first > LONGEST_DAYS:
            return [first // STEP, last // STEP]
    elif telling.article.published:
        last = days_of(telling.article.published)
        first = last - 7
    else:
        return []
    return list(range(first // STEP, last // STEP + 1))


def _precision(telling: Telling) -> str:
    return telling.mention.place.precision if telling.mention.place else ""
