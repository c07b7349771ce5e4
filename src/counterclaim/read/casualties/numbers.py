"""
Numbers of people: the number or vague word at one place of the text, with the words that open its bounds.

In: the parsed text and a position. Out: an `Amount` with inclusive bounds, open where the text leaves them open, over the
number's own words; amounts.py finds the noun. Example: "up to 300", "between 10 and 15", "10-15", "dozens", "20 or more".
Years, ages, money, ordinals and the numbers of names ("No. 5") are none.
Limit: fractions ("half of the crew") are not turned into numbers.
"""

import re
from dataclasses import dataclass, replace

from counterclaim.knowledge import Row
from counterclaim.read.casualties.words import (
    RANGE,
    Bound,
    bounds,
    cell,
    grammar_words,
    is_number,
    people_words,
    vague,
)
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.numbers import number_words, read_number
from counterclaim.read.syntax.tree import Tree

# "nine hundred and ninety-nine thousand nine hundred and ninety-nine" has eleven words and hyphens.
MAX_NUMBER = 12
YEAR = re.compile(r"(?:19|20)\d\d")
POINTS = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
GROUP = re.compile(r"\d{3}")
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")


@dataclass(frozen=True, slots=True)
class Amount:
    """
    Bounds and the tokens they come from.

    Attributes:
        start, end: Word range of the quantity with its noun.
        head: The noun counted, or the number where no noun stands.
        how: ``number``, ``vague``, ``one``, ``plural`` (a plural without a number) or ``zero``.
    """

    low: int | None
    high: int | None
    start: int
    end: int
    head: int
    how: str

    @property
    def stated(self) -> bool:
        """Whether the text states a number or a word for one."""
        return self.how in {"number", "vague", "zero"}


def is_quantity(tree: Tree, position: int) -> bool:
    """Whether the word itself is a number or part of a vague one, with no noun needed."""
    return is_number(tree[position]) or vague_at(tree, position) is not None


def vague_at(tree: Tree, position: int) -> tuple[int, int, Row] | None:
    """The longest vague phrase over the position: where it starts and ends, and its line."""
    for words, row in vague().get(tree[position].lower, ()):
        for offset, word in enumerate(words):
            begin = position - offset
            if word != tree[position].lower or begin < 0:
                continue
            if tuple(token.lower for token in tree.between(begin, begin + len(words))) == words:
                return begin, begin + len(words), row
    return None


def read_amount(tree: Tree, position: int) -> Amount | None:
    """The amount around a number or vague word: ranges and the words that open its bounds."""
    phrase = vague_at(tree, position)
    if phrase is not None and (not is_number(tree[position]) or phrase[1] - phrase[0] > 1):
        start, end, row = phrase
        low, high = cell(row["low"]), cell(row["high"])
        if low is None and high is None:
            return None
        how = "zero" if high == 0 else "vague"
        return bounded(tree, Amount(low, high, start, end, position, how))
    joined = RANGE.fullmatch(tree[position].text)
    if joined is not None:
        low, high = (int(part.replace(",", "")) for part in joined.groups())
        # "the 1992-95 siege" names years.
        if low >= high or YEAR.fullmatch(joined.group(1)):
            return None
        return Amount(low, high, position, position + 1, position, "number")
    span = number_span(tree, position)
    if span is None or is_label(tree, position) or is_year(tree, position):
        return None
    start, end, value = span
    if start > 1 and tree[start - 1].lower == "of" and tree[start - 2].lower in grammar_words("fraction"):
        # "Three quarters of a million"
        return None
    if (
        start > 2
        and tree[start - 1].lower in word_class("of_a_whole")
        and tree[start - 2].lower == "of"
        and tree[start - 3].lower in grammar_words("fraction")
    ):
        # "half of the 300 villagers": how many there were, not how many were hurt
        return None
    if start > 0 and tree[start - 1].lower == "half" and tree[start].lower == "a":
        # "Half a million"
        start, value = start - 1, value // 2
    amount = Amount(value, value, start, end, position, "zero" if value == 0 else "number")
    upper = _range_after(tree, start, end)
    if upper is not None:
        return replace(amount, high=upper[1], end=upper[0])
    lower = _range_before(tree, start)
    if lower is not None:
        return replace(amount, low=min(lower[1], value), high=max(lower[1], value), start=lower[0])
    return bounded(tree, amount)


def is_year(tree: Tree, position: int) -> bool:
    """As in "In 2021 rebels abducted 40": a year behind a preposition of time counts nobody."""
    if not YEAR.fullmatch(tree[position].text) or position == 0:
        return False
    before, after = tree[position - 1], tree[position + 1] if position + 1 < len(tree) else None
    timely = before.lower in grammar_words("before_year")
    # "captured in 2021 raids" is rare, "of 2021 rebels" is a number
    return timely and (after is None or after.lower not in grammar_words("after_count"))


def _joined_groups(tree: Tree, position: int) -> tuple[int, int, int] | None:
    """A number whose groups of thousands stand apart or behind points: "1 200", "25.000", "1.200.000"."""
    if POINTS.fullmatch(tree[position].text) and (
        position + 1 >= len(tree) or number_words().get(tree[position + 1].lower, ("",))[0] != "scale"
    ):
        return position, position + 1, int(tree[position].text.replace(".", ""))
    start = position
    while start > 0 and GROUP.fullmatch(tree[start].text) and _is_lead(tree, start - 1):
        start -= 1
    end = start + 1
    while end < len(tree) and GROUP.fullmatch(tree[end].text) and _is_lead(tree, end - 1):
        end += 1
    if end - start < 2 or not start <= position < end:
        return None
    return start, end, int("".join(token.text for token in tree.between(start, end)))


def _is_lead(tree: Tree, position: int) -> bool:
    """Whether a group of three digits may follow: "1 |200", not "2021 |200", not behind a comma."""
    text = tree[position].text
    return text.isdigit() and len(text) <= len("200") and tree[position].spaced and not text.startswith("0")


def _range_after(tree: Tree, start: int, end: int) -> tuple[int, int] | None:
    """As in "1,500 | to 2,000 were displaced": the second number, where the first one was asked for."""
    if end + 1 >= len(tree) or tree[end].lower not in {"to", "-", "–", "or"} or not is_number(tree[end + 1]):
        return None
    opener = tree[start - 1].lower if start else ""
    if opener in grammar_words("change") and not (opener == "from" and _is_span(tree, start - 1, end + 1)):
        return None
    second = number_span(tree, end + 1)
    first = number_span(tree, end - 1)
    if second is None or first is None or second[2] <= first[2] or YEAR.fullmatch(tree[end + 1].text):
        return None
    return second[1], second[2]


def _is_span(tree: Tree, opener: int, second: int) -> bool:
    """As in "killed from 60 to 70 militants": how many, not how a number changed."""
    after = number_span(tree, second)
    if after is None or after[1] >= len(tree) or tree[after[1]].pos not in {"NOUN", "PROPN", "ADJ"}:
        return False
    return not any(
        token.lemma in grammar_words("changing") for token in tree.between(max(0, opener - 4), opener)
    )


def number_span(tree: Tree, position: int) -> tuple[int, int, int] | None:
    """Start, end and value of the number the token at `position` is part of."""
    joined = _joined_groups(tree, position)
    if joined is not None:
        return joined
    start = position
    words = number_words()
    while start > max(0, position - MAX_NUMBER) and (
        is_number(tree[start - 1])
        or (
            tree[start - 1].lower in {"-", "and"}
            and start > 1
            and tree[start - 2].lower in words
            and tree[start].lower in words
        )
    ):
        start -= 1
    if (
        start > 0
        and tree[start - 1].lower in {"a", "an"}
        and words.get(tree[start].lower, ("",))[0] == "scale"
    ):
        start -= 1
    lowers = [token.lower for token in tree.between(start, position + 12)]
    for offset in range(position - start + 1):
        read = read_number(lowers, offset)
        if read is not None and offset <= position - start < read[1]:
            return start + offset, start + read[1], read[0]
    return None


def _range_before(tree: Tree, start: int) -> tuple[int, int] | None:
    """As in "10 to 15", "10-15", "between 10 and 15", "two or three": the first number and where the range starts."""
    if start < 2 or tree[start - 1].lower not in {"-", "–", *word_class("range_joiners")}:
        return None
    joint = tree[start - 1].lower
    if not is_number(tree[start - 2]):
        return None
    first = number_span(tree, start - 2)
    if first is None:
        return None
    opener = tree[first[0] - 1].lower if first[0] else ""
    if joint == "and" and opener != "between":
        return None
    if joint == "to" and opener in grammar_words("change"):
        if opener != "from" or not _is_span(tree, first[0] - 1, start):
            return None
        return first[0] - 1, first[2]
    begin, low = (first[0] - 1 if opener == "between" else first[0]), first[2]
    while joint == "or" and begin > 1 and tree[begin - 1].text == "," and is_number(tree[begin - 2]):
        # "2, 3 or 4"
        earlier = number_span(tree, begin - 2)
        if earlier is None or earlier[2] >= low:
            break
        begin, low = earlier[0], earlier[2]
    return begin, low


def bounded(tree: Tree, amount: Amount) -> Amount:
    """The amount with the words before and after that open its bounds ("at least", "up to", "or more")."""
    start = amount.start
    opening = [bound for bound in bounds("before") if bound_before(tree, start, bound)]
    if not opening and start > 0 and tree[start - 1].lower in grammar_words("between"):
        # "more than another 12", "at least the 12": one word may stand between.
        start -= 1
        opening = [bound for bound in bounds("before") if bound_before(tree, start, bound)]
    for bound in opening[:1]:
        begin = start - len(bound.words)
        if amount.how == "vague" and amount.low != amount.high:
            # "at least several": still the word's own minimum; "up to several hundred" is open below.
            low = amount.low if bound.low else None
            high = amount.high if bound.high else None
            if low is None and high is None:
                low = amount.low
            return replace(amount, low=low, high=high, start=begin)
        return replace(
            amount, low=_apply(bound.low, amount.low), high=_apply(bound.high, amount.high), start=begin
        )
    for bound in bounds("after"):
        size = len(bound.words)
        if tuple(token.lower for token in tree.between(amount.end, amount.end + size)) == bound.words:
            return replace(
                amount,
                low=_apply(bound.low, amount.low),
                high=_apply(bound.high, amount.high),
                end=amount.end + size,
            )
    return amount


def bound_before(tree: Tree, start: int, bound: Bound) -> bool:
    """Whether the words of the bound end right before the position."""
    size = len(bound.words)
    return start >= size and tuple(token.lower for token in tree.between(start - size, start)) == bound.words


def _apply(formula: str, value: int | None) -> int | None:
    if not formula or value is None:
        return None
    return value + {"n": 0, "n+1": 1, "n-1": -1}[formula]


def is_label(tree: Tree, position: int) -> bool:
    """A number that names instead of counting: money, percentages, "No. 5", a year, an ordinal."""
    token = tree[position]
    before = tree[position - 1].lower if position else ""
    after = tree[position + 1].lower if position + 1 < len(tree) else ""
    if before in grammar_words("label") or after in grammar_words("label_after"):
        return True
    if ORDINAL.fullmatch(token.lower):
        return True
    if (
        before in grammar_words("label_name")
        and tree[position - 1].text[0].isupper()
        and after not in people_words()
    ):
        # "Local 12 rallied"
        return True
    if before == "," and after == "," and position > 1 and tree[position - 2].pos == "PROPN":
        # "Ramos, 26, died": an age.
        return True
    return (
        bool(YEAR.fullmatch(token.text))
        and after not in grammar_words("after_year_count")
        and (
            not any(bound_before(tree, position, bound) for bound in bounds("before"))
            or before in {"about", "some"}
        )
        and _looks_like_year(tree, position)
    )


def _looks_like_year(tree: Tree, position: int) -> bool:
    """As in "the 2020 deaths" names a year, "2,020 deaths" and "2020 people" count."""
    before = tree[position - 1].lower if position else ""
    following = tree[position + 1] if position + 1 < len(tree) else None
    counted = following is not None and people_words().get(following.lower, ("",))[0] in {
        "person",
        "fighter",
    }
    return not counted or before in grammar_words("determiner")


def is_hyphenated(tree: Tree, position: int) -> bool:
    """As in "12-year-old", "five-member": the number belongs to an adjective."""
    return position + 1 < len(tree) and tree[position + 1].text in {"-", "–"} and not tree[position].spaced
