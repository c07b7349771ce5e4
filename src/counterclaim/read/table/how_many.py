"""
How many: the counts of a row, each number once.

In: the mentions of one happening. Out: its counts, in the order of the text, rival tolls as they were told. Example: "killed 12" and, two
sentences on, "the 12 dead" are one count.
Limit: a number told of other people than the first one's is a count of its own, even where they are the same people in other words.
"""

from collections.abc import Iterator, Sequence

from counterclaim.knowledge import load_table
from counterclaim.read.casualties import harms
from counterclaim.read.syntax.numbers import number_words
from counterclaim.read.table.happenings import Told, basis_of, key_of, leading
from counterclaim.types import Cell, Count


def counts(members: Sequence[Told]) -> tuple[Cell[Count], ...]:
    """How many: each number of a kind once, in the order of the text: rival tolls stand as they were told."""
    lead = leading(members)
    kept: dict[tuple[object, ...], Cell[Count]] = {}
    for one in (lead, *members):
        for count in told_numbers(one):
            victims = key_of(count.victims.actor) if count.victims else ""
            cell = Cell(count, basis_of(one, lead), count.start_char, count.end_char, "member")
            kept.setdefault((count.kind, count.low, count.high, victims), cell)
    return tuple(sorted(kept.values(), key=lambda cell: cell.start_char))


def told_numbers(one: Told) -> Iterator[Count]:
    """The numbers of a mention that say how many it was: none of who would be harmed by what is only planned or feared."""
    unreal = not one.auxiliary.isdisjoint(_UNREAL)
    return (count for count in one.counts if says_how_many(count) and not (unreal and count.kind in harms()))


def says_how_many(count: Count) -> bool:
    """
    Whether the words hold a number: "twelve", "dozens", "a soldier"; not who it was: "he", "the mayor", "residents".

    >>> [says_how_many(Count("dead", 1, 1, None, words, 0, 0, -1)) for words in ("a soldier", "he", "at least 20", "several miners")]
    [True, False, True, True]
    """
    words = count.text.lower().split()
    named = (word.removesuffix("’s").removesuffix("'s") for word in words)
    return words[:1] in (["a"], ["an"]) or any(
        word[:1].isdigit() or not _NUMBER_WORDS.isdisjoint(word.split("-")) for word in named
    )


_UNREAL = frozenset(("future", "hypothetical"))
_NUMBER_WORDS = frozenset(number_words()) | frozenset(
    row["form"].split()[-1] for row in load_table("casualties_vague")
)
