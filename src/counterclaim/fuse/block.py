"""
Which tellings are worth comparing: those that share enough to be one event.

Comes in: gists of tellings. Goes out: for each the keys of its blocks, and of a block the pairs to be compared. Two tellings meet in a
block for their story, for their place and days, for a party or country and their days, or for the most telling words of their
articles.

"Shells hit Kitwe on Monday" and "an attack on Kitwe on 6 May" meet under Kitwe; a third report that names no
town meets both under the country; two of a strike at Kitwe's hospital meet under its name, whoever struck.

A key depends on one telling alone, and which pairs of a block are compared on who is in the block alone. So a store can keep the
blocks, and what a new telling changes is found in its own.

Tellings that differ only in their article are compared in a chain, and one stands for all in the blocks of places and
sides. In a block of more than `HOT`, each is compared with its neighbours in three orders (by parties, by numbers, by words)
and no longer with all: finer keys, so that ten times the news takes ten times the time. Known limit: two tellings of one event that
are neighbours in none of these orders are then not compared, unless another block holds both.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import combinations, pairwise
from math import cos, floor, radians
from typing import Literal, NamedTuple

from counterclaim.fuse.gist import Gist
from counterclaim.fuse.match import (
    NEAR_KM,
    PRECISE,
    SAME,
    SAME_SITE_KM,
    UNTYPED,
    days_of,
    family_of,
    fit_alone,
)
from counterclaim.fuse.words import find_groups, stems
from counterclaim.types import Place
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
# The time stands in front of the hash: what is new lies side by side in a store's index.
_HASH_BITS = 44
_TIMES = 2**19

Pair = tuple[int, int]
Rule = Literal["story", "topic", "alike", "site", "side", "around"]


class Key(NamedTuple):
    """
    A block.

    Attributes:
        rule: Which of its pairs are compared.
        number: The same block for the same number; 63 bits, the time of what it holds in front.
    """

    rule: Rule
    number: int


def is_sited(gist: Gist) -> bool:
    """Whether it names the town or site where it happened."""
    return gist.place is not None and gist.place.precision in PRECISE


def find_keys(gist: Gist) -> tuple[Key, ...]:
    """The blocks that hold the telling whoever else is there: of its story, its topics, and of those that tell the same."""
    kinds = list(_kinds(gist))
    found = [_key("story", 0, *kind, gist.story) for kind in kinds]
    found += [_key("topic", time, *kind, *pair) for kind in kinds for time, pair in _find_topics(gist)]
    alike = find_alike(gist)
    return (*dict.fromkeys(found), *((alike,) if alike else ()))


def find_alike(gist: Gist) -> Key | None:
    """The block of those that tell the same, of which one stands for all; None where two that do would not fit."""
    if fit_alone(gist) < SAME:
        return None
    date = gist.date
    when = (date.start, date.end) if date else gist.published or gist.anchor
    place = gist.place
    where = (
        (place.name, place.geonameid, place.country, place.admin1, place.precision, place.lat, place.lon)
        if place
        else None
    )
    sides = sorted(gist.did), sorted(gist.suffered)
    told = gist.type, gist.modes, gist.realis, when, where, *sides, _numbers(gist), stems(gist.trigger)
    return _key("alike", days_of(date.start) // STEP if date else 0, repr(told))


def find_standing_keys(gist: Gist) -> tuple[Key, ...]:
    """The blocks that hold it where it stands for all that tell the same: of its site, or of its sides."""
    found: list[Key] = []
    sited = is_sited(gist)
    sides = set(gist.did | gist.suffered)
    if gist.place and gist.place.country:
        sides.add(gist.place.country)
    for kind in _kinds(gist):
        for step in _steps(gist):
            found += [_key("side", step, *kind, side) for side in sorted(sides)]
            if sited:
                assert gist.place is not None
                found += [_key("site", step, *kind, *where) for where in _find_spots(gist.place)]
                found += [_key("around", step, *kind, *cell) for cell in _cells(gist.place, NEAR_KM / 2, 0.5)]
    return tuple(dict.fromkeys(found))


def _key(rule: Rule, time: int, *parts: str) -> Key:
    digest = hashlib.blake2b("\x1f".join((rule, str(time), *parts)).encode("utf-8", "replace"), digest_size=6)
    shortened = int.from_bytes(digest.digest()) >> (48 - _HASH_BITS)
    return Key(rule, (time % _TIMES) << _HASH_BITS | shortened)


# --- which pairs of a block are compared ---


def find_pairs(rule: Rule, inside: Collection[int], gists: Mapping[int, Gist]) -> set[Pair]:
    """
    The pairs of a block to be compared, the smaller number first.

    Args:
        inside: Who is in the block.
        gists: Of these; of a block for stories, topics or sites of no more than `HOT` none is looked at.
    """
    if rule == "topic" and len(inside) > HOT:
        # Two words that so many share within days tell nothing; articles on one thing share rarer ones too.
        return set()
    if rule == "alike":
        return _to_pairs(pairwise(sorted(inside, key=lambda number: gists[number].order)))
    if rule == "around":
        return _to_pairs(_find_around(inside, gists))
    if rule == "side":
        sited = [number for number in inside if is_sited(gists[number])]
        loose = [number for number in inside if not is_sited(gists[number])]
        return _find_inside(loose, gists) | _to_pairs(_find_near(loose, sited, gists))
    return _find_inside(inside, gists)


def find_all_pairs(gists: Mapping[int, Gist]) -> set[Pair]:
    """Every pair to be compared of these tellings, if there are no others."""
    blocks: dict[Key, list[int]] = {}
    for number, gist in gists.items():
        for key in find_keys(gist):
            blocks.setdefault(key, []).append(number)
    standing = {number for number in gists if find_alike(gists[number]) is None}
    standing |= {find_first(inside, gists) for key, inside in blocks.items() if key.rule == "alike"}
    for number in standing:
        for key in find_standing_keys(gists[number]):
            blocks.setdefault(key, []).append(number)
    found: set[Pair] = set()
    for key, inside in blocks.items():
        if len(inside) > 1:
            found |= find_pairs(key.rule, inside, gists)
    return found


def find_first(inside: Iterable[int], gists: Mapping[int, Gist]) -> int:
    """Who stands for all of those that tell the same."""
    return min(inside, key=lambda number: gists[number].order)


def _to_pairs(pairs: Iterable[Pair]) -> set[Pair]:
    return {(one, other) if one < other else (other, one) for one, other in pairs}


def _find_inside(inside: Collection[int], gists: Mapping[int, Gist]) -> set[Pair]:
    if len(inside) <= HOT:
        return set(combinations(sorted(inside), 2))
    found: set[Pair] = set()
    for order in (_by_parties, _by_numbers, _by_words):
        ordered = sorted(inside, key=lambda number: (order(gists[number]), gists[number].mention))
        for place, one in enumerate(ordered):
            found |= _to_pairs((one, other) for other in ordered[place + 1 : place + 1 + NEIGHBOURS])
    return found


def _find_near(loose: list[int], sited: list[int], gists: Mapping[int, Gist]) -> Iterator[Pair]:
    """Each without a site and all with one; of many, those around it in the order of parties and days."""
    if not loose or not sited:
        return
    sited.sort(key=lambda number: (_by_parties(gists[number]), gists[number].mention))
    for one in loose:
        yield from ((one, other) for other in _nearest(one, sited, gists))


def _find_around(inside: Collection[int], gists: Mapping[int, Gist]) -> Iterator[Pair]:
    """Each site and the towns it may lie in."""
    sites = [number for number in inside if _precision(gists[number]) == "site"]
    if not sites:
        return
    towns = sorted(
        set(inside).difference(sites), key=lambda number: (_by_parties(gists[number]), gists[number].mention)
    )
    for site in sites:
        yield from ((site, town) for town in _nearest(site, towns, gists))


def _nearest(number: int, others: list[int], gists: Mapping[int, Gist]) -> list[int]:
    """All of few; of many, which are in the order of their parties and days, those around it."""
    if len(others) <= HOT:
        return others
    at = bisect_left(others, _by_parties(gists[number]), key=lambda other: _by_parties(gists[other]))
    first = max(0, min(at - HOT // 2, len(others) - HOT))
    return others[first : first + HOT]


# --- the orders in which likely pairs are neighbours ---


def _by_parties(gist: Gist) -> tuple[object, ...]:
    sides = sorted(gist.did | gist.suffered)
    return sides, _day(gist), _numbers(gist), gist.type, gist.anchor


def _by_numbers(gist: Gist) -> tuple[object, ...]:
    return _numbers(gist), _day(gist), sorted(gist.did | gist.suffered), gist.anchor


def _by_words(gist: Gist) -> tuple[object, ...]:
    return stems(gist.trigger), _day(gist), _numbers(gist), gist.anchor


def _day(gist: Gist) -> str:
    """When it happened, else when it was told."""
    return gist.date.start[:10] if gist.date else gist.published or ""


def _numbers(gist: Gist) -> tuple[tuple[str, int, int, str], ...]:
    return tuple(
        sorted((one.kind, one.low or 0, one.high or 0, print_group(one.victims)) for one in gist.figures)
    )


# --- keys ---


def _kinds(gist: Gist) -> Iterator[tuple[str, str]]:
    """What tellings of one event share at least one of: the family; without a type, a group of words."""
    # What is told as history may be the news of its day.
    real = "expected" if gist.realis == "expected" else "happened"
    if gist.type != UNTYPED:
        yield family_of(gist.type)["family"], real
        return
    for group in sorted({" ".join(stems(gist.trigger)), *find_groups(gist.trigger)}):
        yield f"word {group}", real


def _find_topics(gist: Gist) -> Iterator[tuple[int, tuple[str, str]]]:
    """Two of the most telling words of an article, and the ten or twenty days it was published in."""
    if family_of(gist.type)["topic"] == "no":
        return
    chosen = sorted(sorted(gist.terms, key=lambda term: (-gist.terms[term], term))[:TELLING_TERMS])
    published = gist.published
    times = (days_of(published) // TOPIC_DAYS, days_of(published) // TOPIC_DAYS + 1) if published else (0,)
    for pair in combinations(chosen, 2):
        for time in times:
            # In steps, as the other keys.
            yield time * TOPIC_DAYS // STEP, pair


def _find_spots(place: Place) -> list[tuple[str, ...]]:
    where: list[tuple[str, ...]] = [("name", place.name.casefold(), place.country or "")]
    where += [("id", str(place.geonameid), "")] if place.geonameid is not None else []
    return where + _cells(place, SAME_SITE_KM / 2, 0.04)


def _cells(place: Place, kilometres: float, size: float) -> list[tuple[str, ...]]:
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


def _steps(gist: Gist) -> list[int]:
    """The three-day steps of the calendar it may have happened in: around its date, or the week before print."""
    if gist.date:
        first, last = days_of(gist.date.start) - 1, days_of(gist.date.end) + 1
        if last - first > LONGEST_DAYS:
            return [first // STEP, last // STEP]
    elif gist.published:
        last = days_of(gist.published)
        first = last - 7
    else:
        return []
    return list(range(first // STEP, last // STEP + 1))


def _precision(gist: Gist) -> str:
    return gist.place.precision if gist.place else ""
