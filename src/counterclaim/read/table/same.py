"""
Which mentions of an article tell of one happening: headline, lead and detail, noun and verb, the strike and its toll.

In: `Told` mentions. Out: groups of them. Every sign of a pair has a weight in knowledge/table/same_signs.tsv, fitted on labelled documents;
groups are joined while their pairs are on average more likely one than two, and never over a veto: another place, another day, another
side, another number of the same kind by the same source.
Limit: pairs of different PLOVER types are never one, though an offer and the aid given may be.
"""

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.table.happenings import (
    Told,
    key_of,
    may_be_one,
    other_date,
    other_place,
    same_date,
    same_place,
)
from counterclaim.read.table.how_many import told_numbers
from counterclaim.read.table.restated import kind_of, noun_of, says_again, whole
from counterclaim.read.table.tolls import TOLL, find_passage
from counterclaim.types import Count, Mention

# Average likelihood at which two groups are joined.
ENOUGH = 0.5
_SPOKEN = frozenset(("ACCUSE", "REQUEST", "REJECT", "SUPPORT", "THREATEN", "CONCEDE", "AGREE", "CONSULT"))
_UNREAL = frozenset(("future", "hypothetical"))
# Words cut to this length are one word in two forms: "negotiated" and "negotiations".
_STEM = 5
# Sentences between an attack and its toll.
_NEAR = 2
_HARMED = word_class("harmed")


def group(told: Sequence[Told]) -> list[list[Told]]:
    """The mentions in groups of one happening each, in text order."""
    groups = _with_tolls(told)
    likely = {
        (left.at, right.at, left.type): likelihood(left, right)
        for at, left in enumerate(told)
        for right in told[at + 1 :]
        if left.type == right.type
    }

    vetoed: dict[tuple[int, int, str], bool] = {}

    def closeness(left: list[Told], right: list[Told]) -> float:
        pairs = [(a, b) if (a.at, b.at, a.type) in likely else (b, a) for a in left for b in right]
        if any(apart(a, b) for a, b in pairs):
            return 0.0
        return sum(likely[a.at, b.at, a.type] for a, b in pairs) / len(pairs)

    def apart(left: Told, right: Told) -> bool:
        """`is_other`, which each round asks of the same pairs."""
        key = (left.at, right.at, left.type)
        if key not in vetoed:
            vetoed[key] = is_other(left, right)
        return vetoed[key]

    # What is said again is surer than what is likely: the links hold before others are weighed.
    groups = _with_restated(groups, apart)
    while True:
        best, which = ENOUGH, None
        for at, left in enumerate(groups):
            for right in groups[at + 1 :]:
                if left[0].type == right[0].type and (close := closeness(left, right)) > best:
                    best, which = close, (left, right)
        if which is None:
            return groups
        left, right = which
        groups.remove(right)
        left.extend(right)
        left.sort(key=lambda one: one.at)


def _with_restated(groups: list[list[Told]], apart: Callable[[Told, Told], bool]) -> list[list[Told]]:
    """The groups, with what says the first number of its kind again in the group that has it."""
    numbers = (one for group in groups for told in group for one in told_numbers(told))
    counts = sorted(numbers, key=lambda one: one.start_char)
    firsts: dict[str, Count] = {}
    for one in counts:
        firsts.setdefault(kind_of(one), one)
    first = frozenset(firsts.values())
    kept: list[list[Told]] = []
    for mine in groups:
        home = next(
            (
                group
                for group in kept
                if group[0].type == mine[0].type
                and any(says_again(a, b, first) or says_again(b, a, first) for a in group for b in mine)
                and not any(apart(*sorted((a, b), key=lambda one: one.at)) for a in group for b in mine)
            ),
            None,
        )
        if home is None:
            kept.append(mine)
        else:
            home.extend(mine)
            home.sort(key=lambda one: one.at)
    return kept


def _with_tolls(told: Sequence[Told]) -> list[list[Told]]:
    """Each mention alone, but tolls told without a word for what happened, which go to the event of their passage (`tolls`)."""
    groups: list[list[Told]] = []
    for one in told:
        if all(TOLL in event.rules for event in one.events):
            passage = find_passage(
                one.tree, one.at, [event for other in told for event in other.events], (one.type,)
            )
            home = next(
                (group for group in groups if passage and any(passage in other.events for other in group)),
                None,
            )
            if home is not None:
                home.append(one)
                continue
        groups.append([one])
    return groups


def likelihood(left: Told, right: Told) -> float:
    """How likely two mentions tell of one happening."""
    weights = _weights()
    score = sum(weights.get(name, 0.0) * value for name, value in signs(left, right))
    return 1 / (1 + math.exp(-score))


@cache
def _weights() -> dict[str, float]:
    return {row["id"]: float(row["weight"]) for row in load_table("table/same_signs")}


def is_other(left: Told, right: Told) -> bool:
    """Whether something holds against the two being one, however alike they are."""
    if _is_record(left) != _is_record(right):
        return True
    if left.place and right.place and other_place(left.place, right.place):
        return True
    if left.date and right.date and other_date(left.date, right.date):
        return True
    if _other_names(left.recipients, right.recipients):
        return True
    if _sides(left.actors, right.actors) == "clash" and _sides(left.recipients, right.recipients) != "same":
        return left.actors != right.recipients and not _swapped(left, right)
    if any(TOLL in event.rules for one in (left, right) for event in one.events):
        return False
    if _side_by_side(left, right):
        return True
    return any(
        _rivals(one, other)
        for mine in left.events
        for theirs in right.events
        if mine.attribution == theirs.attribution
        for one in whole(mine.counts)
        for other in whole(theirs.counts)
    )


def _is_record(told: Told) -> bool:
    """Whether it is what the news is measured by: "the deadliest raid since March, when gunmen killed nine"."""
    return any("factuality/record" in event.rules for event in told.events)


def _side_by_side(left: Told, right: Told) -> bool:
    """As in "arrested a leader and detained three others": one sentence tells two acts, each with a number of its own people."""
    tree = left.tree
    if tree.sentence_of[left.at] != tree.sentence_of[right.at]:
        return False
    mine, theirs = (list(told_numbers(told)) for told in (left, right))
    return (
        any(
            kind_of(one) == kind_of(other)
            and one.end_char <= other.start_char
            and (noun_of(tree, one), one.low, one.high) != (noun_of(tree, other), other.low, other.high)
            for one in mine
            for other in theirs
        )
        and "conj" in {tree.dep[left.at], tree.dep[right.at]}
        and tree.pos[right.at] == "VERB"
    )


def _rivals(one: Count, other: Count) -> bool:
    """Whether one source gives two numbers of one kind that cannot be one: no part of it, no open end."""
    if one.kind != other.kind or one.victims is None or other.victims is None:
        return False
    if key_of(one.victims.actor) != key_of(other.victims.actor) or None in {
        one.low,
        one.high,
        other.low,
        other.high,
    }:
        return False
    return (one.low, one.high) != (other.low, other.high)


def signs(left: Told, right: Told) -> Iterator[tuple[str, float]]:
    """What speaks for two mentions being one and against it."""
    tree, first, second = left.tree, left.at, right.at
    yield "bias", 1.0
    yield f"type.{left.type}", 1.0
    apart = second - first
    yield "distance", math.log1p(apart)
    before = sum(tree.starts[first + 1 : second + 1])
    yield ("sentence.same" if before == 0 else "sentence.next" if before == 1 else "sentence.far"), 1.0
    if tree.head[first] == second or tree.head[second] == first:
        yield "tied", 1.0
    elif before == 0 and "conj" in {tree.dep[first], tree.dep[second]}:
        yield "coordinated", 1.0
    words = tree.lemmas[first], tree.lemmas[second]
    if words[0] == words[1]:
        yield "word.same", 1.0
    elif words[0][:_STEM] == words[1][:_STEM]:
        yield "word.stem", 1.0
    elif _groups_of(words[0]) & _groups_of(words[1]):
        yield "word.kind", 1.0
    else:
        yield "word.other", 1.0
    if left.modes and right.modes:
        yield ("mode.same" if left.modes & right.modes else "mode.other"), 1.0
    elif left.modes or right.modes:
        yield "mode.one", 1.0
    nouns = [tree.pos[at] in {"NOUN", "PROPN"} for at in (first, second)]
    yield "pos." + "".join("N" if noun else "V" for noun in nouns), 1.0
    if nouns[1]:
        small = {tree.words[kid] for kid in tree.kids[second] if kid < second}
        if small & word_class("another"):
            yield "second.new", 1.0
        elif small & word_class("pointing"):
            yield "second.definite", 1.0
        if tree.tag[second] == "NNS":
            yield "second.plural", 1.0
    for name, mine, theirs in (
        ("actor", left.actors, right.actors),
        ("recipient", left.recipients, right.recipients),
    ):
        yield f"{name}.{_sides(mine, theirs)}", 1.0
    if _swapped(left, right):
        yield "swapped", 1.0
    if left.place and right.place:
        yield (
            (
                "place.same"
                if same_place(left.place, right.place)
                else "place.other"
                if other_place(left.place, right.place)
                else "place.fits"
            ),
            1.0,
        )
    if left.date and right.date:
        yield (
            (
                "date.same"
                if same_date(left.date, right.date)
                else "date.other"
                if other_date(left.date, right.date)
                else "date.fits"
            ),
            1.0,
        )
    ours, others = ({(count.kind, count.low) for count in one.counts} for one in (left, right))
    if ours and others:
        yield ("count.same" if ours & others else "count.other"), 1.0
    if _is_toll(right) and not _is_toll(left) and before <= _NEAR:
        yield "toll", 1.0
    unreal = bool(left.auxiliary & _UNREAL), bool(right.auxiliary & _UNREAL)
    yield ("realis.same" if unreal[0] == unreal[1] else "realis.other"), 1.0
    if ("historical" in left.auxiliary) != ("historical" in right.auxiliary):
        yield "historical.one", 1.0
    if "\n\n" not in tree.text[: tree.idx[first]]:
        yield "first.lead", 1.0
    tellers = [{event.attribution for event in one.events} for one in (left, right)]
    if left.type in _SPOKEN and tellers[0] & tellers[1] - {None}:
        yield "teller.same", 1.0


def _is_toll(one: Told) -> bool:
    """Whether it only says who was harmed: "two guards were killed"."""
    return not one.actors and bool(one.recipients or one.counts) and one.tree.lemmas[one.at] in _HARMED


def _sides(left: tuple[Mention, ...], right: tuple[Mention, ...]) -> str:
    if not left or not right:
        return "none" if not left and not right else "one"
    mine, theirs = ({key_of(one.actor) for one in side} for side in (left, right))
    if mine & theirs:
        return "same"
    return "fits" if any(may_be_one(a.actor, b.actor) for a in left for b in right) else "clash"


def _other_names(left: tuple[Mention, ...], right: tuple[Mention, ...]) -> bool:
    """Whether each side only has names that share no word: an attack on Gao is none on Kidal."""
    if not left or not right or any(one.kind != "name" for one in (*left, *right)):
        return False
    mine, theirs = (
        {word for one in side for word in one.actor.name.casefold().split()} for side in (left, right)
    )
    return _sides(left, right) != "same" and not mine & theirs


def _swapped(left: Told, right: Told) -> bool:
    """Whether who acts in one is acted on in the other, as with talks told from both ends."""
    mine, theirs = ({key_of(one.actor) for one in side} for side in (left.actors, right.recipients))
    return bool(mine & theirs)


@cache
def _groups_of(word: str) -> frozenset[str]:
    return frozenset(row["id"] for row in load_table("event_words") if word in row.split("words"))
