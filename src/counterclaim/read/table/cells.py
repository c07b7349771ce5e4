"""
The cells of a row: what the mentions of one happening say together.

In: the mentions of one happening, the one that tells it best first. Out: actors, recipients, place, date and counts, each value once, in its
best words, with how it is known. Example: "they" of one sentence is left out where the other names the rebels.
Limit: of two places that fit each other the finer one is the place; where two do not fit, the one more mentions name.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from counterclaim.knowledge import load_table
from counterclaim.read.dates import choose_date
from counterclaim.read.syntax.numbers import number_words
from counterclaim.read.table.happenings import Told, key_of, same_date, same_place
from counterclaim.types import Cell, Count, DateRange, Place, Timex

_FINE = ("site", "city", "district", "province", "country", "unresolved")
# Acts done in words: the places beside them are mostly of what is spoken of.
_WORDS = frozenset(("ACCUSE", "SUPPORT", "REQUEST", "REJECT", "THREATEN", "CONCEDE", "AGREE", "SANCTION"))
_SCENE = frozenset(("in", "at", "near", "outside"))
# Any day will do: it is only asked which words hang on the event.
_SOME_DAY = "2000-01-01"
_DATES = ("minute", "hour", "day", "week", "month", "year")


def place(members: Sequence[Told]) -> Cell[Place] | None:
    """Where: the place most members name, of those the finest, then the first."""
    found = [
        one.place for one in members if one.place and (one.type not in _WORDS or _is_scene(one, one.place))
    ]
    if not found:
        return None
    votes = Counter({at: sum(same_place(one, other) for other in found) for at, one in enumerate(found)})
    at = min(
        range(len(found)),
        key=lambda at: (
            _FINE.index(found[at].precision) > 3,
            -votes[at],
            _FINE.index(found[at].precision),
            at,
        ),
    )
    best = found[at]
    return Cell(best, "stated", best.start_char, best.end_char, "member")


def _is_scene(one: Told, named: Place) -> bool:
    """Whether the word for the event has the place itself: "protested in Bonn"; who "condemned the raid in Gao" did so elsewhere."""
    tree = one.tree
    tokens = range(bisect_left(tree.idx, named.start_char), bisect_left(tree.idx, named.end_char))
    heads = [token for token in tokens if tree.head[token] not in tokens]
    return any(
        tree.head[head] == one.at
        and any(tree.dep[kid] == "case" and tree.words[kid] in _SCENE for kid in tree.kids[head])
        for head in heads
    )


def date(members: Sequence[Told], times: Sequence[Timex]) -> Cell[DateRange] | None:
    """
    When: the day most members name, of those the finest, then the first.

    A day that nothing anchors ("yesterday", where nobody says when the report was printed) has its words, and empty ends.
    """
    found = [one.date for one in members if one.date]
    if not found:
        loose = tuple(replace(time, start=_SOME_DAY, end=_SOME_DAY) for time in times if _is_loose(time))
        chosen = (choose_date(one.tree, one.at, loose) for one in members) if loose else iter(())
        said = next((one for one in chosen if one is not None), None)
        if said is None:
            return None
        return Cell(replace(said, start="", end=""), "stated", said.start_char, said.end_char, "member")
    votes = [sum(same_date(one, other) for other in found) for one in found]
    at = min(range(len(found)), key=lambda at: (max(2, _DATES.index(found[at].precision)), -votes[at], at))
    best = found[at]
    return Cell(best, "stated", best.start_char, best.end_char, "member")


def _is_loose(time: Timex) -> bool:
    """Whether it names a time that nothing anchors; "now" and "currently" name none."""
    return time.start is None and time.type in {"DATE", "TIME"} and not time.value.endswith("_REF")


def counts(members: Iterable[Told]) -> tuple[Cell[Count], ...]:
    """How many: each number of a kind once, in the order of the text: rival tolls stand as they were told."""
    kept: dict[tuple[object, ...], Count] = {}
    for count in (count for one in members for count in one.counts if says_how_many(count)):
        victims = key_of(count.victims.actor) if count.victims else ""
        kept.setdefault((count.kind, count.low, count.high, victims), count)
    told = sorted(kept.values(), key=lambda count: count.start_char)
    return tuple(Cell(one, "stated", one.start_char, one.end_char, "member") for one in told)


def says_how_many(count: Count) -> bool:
    """
    Whether the words hold a number: "twelve", "dozens", "a soldier"; not who it was: "he", "the mayor", "residents".

    >>> [says_how_many(Count("dead", 1, 1, None, words, 0, 0, -1)) for words in ("a soldier", "he", "at least 20", "dozens of miners")]
    [True, False, True, True]
    """
    words = count.text.lower().split()
    named = (word.strip("’'s") for word in words)
    return words[:1] in (["a"], ["an"]) or any(
        word[:1].isdigit() or not _NUMBER_WORDS.isdisjoint(word.split("-")) for word in named
    )


_NUMBER_WORDS = frozenset(number_words()) | frozenset(
    row["form"].split()[-1] for row in load_table("casualties_vague")
)
