"""
What an article says again: "Forces killed two insurgents in Kunduz. … Once they were fired on, they killed two insurgents".

In: two mentions of one type, in text order. Out: whether the later tells the earlier's number of the same people once more, in the detail after
the sum. Example: "detained several insurgents", and four sentences on "the force detained three insurgents".
Limit: only the first number of its kind in the text is said again, as a headline or lead is; the parts of a sum, told one by one, stay apart.
"""

from collections.abc import Iterator, Sequence

from counterclaim.read.casualties import is_of_people
from counterclaim.read.syntax import Tree
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.table.happenings import Told
from counterclaim.read.table.how_many import told_numbers
from counterclaim.types import Count

# Kinds between which tellings waver: who is detained by an army has been captured.
_ALIKE = {"arrested": "captured"}
_KNOWN = word_class("pointed") | {"both", "all"}
_UNREAL = frozenset(("future", "hypothetical", "historical", "negation"))


def says_again(told: Told, later: Told, first: frozenset[Count]) -> bool:
    """
    Whether the later mention says a number of the earlier one again.

    Args:
        first: The first number of each kind in the text.
    """
    tree = told.tree
    if told.auxiliary & _UNREAL or later.auxiliary & _UNREAL:
        return False
    if tree.sentence_of[told.at] == tree.sentence_of[later.at]:
        # One number that two words of a sentence have: "several men were stopped and arrested".
        return any(
            kind_of(one) == kind_of(other)
            and (one.start_char, one.end_char) == (other.start_char, other.end_char)
            for one in totals(told)
            for other in totals(later)
        )
    if tree.sentence_of[told.at] > tree.sentence_of[later.at]:
        return False
    return any(
        kind_of(one) == kind_of(other) and _is_same_number(one, other) and _are_same_people(tree, one, other)
        for one in totals(told)
        if one in first
        for other in totals(later)
        if not _is_new(tree, other)
    )


def kind_of(count: Count) -> str:
    """The kind, with the kinds that are told for each other as one."""
    return _ALIKE.get(count.kind, count.kind)


def totals(told: Told) -> Iterator[Count]:
    """The numbers that are no part of another one of the mention."""
    return whole(list(told_numbers(told)))


def whole(numbers: Sequence[Count]) -> Iterator[Count]:
    """Those of the numbers that are no part of another: of "the leader and two others" the sum."""
    for one in numbers:
        if not any(
            other is not one
            and kind_of(other) == kind_of(one)
            and other.start_char <= one.start_char
            and one.end_char <= other.end_char
            for other in numbers
        ):
            yield one


def _is_same_number(one: Count, other: Count) -> bool:
    """Whether the second is the first number, or makes a vague one exact: "several", then "four"."""
    if (one.low, one.high) == (other.low, other.high):
        return True
    return one.high is None and None not in {one.low, other.low} and (one.low or 0) <= (other.low or 0)


def _is_new(tree: Tree, count: Count) -> bool:
    """As in "two others", "another soldier"; in "the leader and two others" it is the sum that counts."""
    span = tree.covering(count.start_char, count.end_char)
    if span is None:
        return True
    words = [tree.words[at] for at in range(span.start, span.end)]
    first = words[: words.index("and")] if "and" in words else words
    return not word_class("another").isdisjoint(first)


def _are_same_people(tree: Tree, one: Count, other: Count) -> bool:
    """Whether both numbers may count the same people: one noun, or one of them a word for anybody."""
    mine, theirs = noun_of(tree, one), noun_of(tree, other)
    if mine == theirs or (_is_known(tree, other) and (one.low, one.high) == (other.low, other.high)):
        return True
    if (one.low, one.high) == (1, 1):
        return False
    return "" in {mine, theirs} or not {mine, theirs}.isdisjoint(word_class("anybody"))


def _is_known(tree: Tree, count: Count) -> bool:
    """As in "the two attackers", "both men": people told of before."""
    first = tree.token_at(count.start_char)
    return tree.words[first] in _KNOWN or (first > 0 and tree.words[first - 1] in _KNOWN)


def noun_of(tree: Tree, count: Count) -> str:
    """What is counted, in the singular; nothing where the words are no noun of people: "several", "the leader and three others"."""
    span = tree.covering(count.start_char, count.end_char)
    if span is None:
        return ""
    head = span.root.i
    if "and" in tree.words[span.start : span.end] or "along" in tree.words[span.start : span.end]:
        return ""
    return tree.lemmas[head] if is_of_people(tree.words[head]) or is_of_people(tree.lemmas[head]) else ""
