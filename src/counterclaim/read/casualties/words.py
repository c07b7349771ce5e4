"""
Words of counting: what the tables of casualties say of a word or a short phrase.

In: a word, or a kind of words. Out: the lines of knowledge/casualties_* that hold it. Example: "dozens" -> 12.. (ACLED's
convention), "at least" opens a bound upwards, "villagers" are persons, "troops" are many without an "s".
Limit: forms are listed, not derived: a noun that is not there is a person only where grammar says so.
"""

import re
from dataclasses import dataclass
from functools import cache

from counterclaim.knowledge import Row, load_table
from counterclaim.read.syntax.numbers import number_words
from counterclaim.read.syntax.tree import Word

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3})+|\d+(?:\.\d+)?")
RANGE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)[-–](\d{1,3}(?:,\d{3})+|\d+)")


@dataclass(frozen=True, slots=True)
class Bound:
    """A line of casualties_bounds: what a word before or after a number does to its bounds."""

    words: tuple[str, ...]
    low: str
    high: str


@cache
def bounds(side: str) -> tuple[Bound, ...]:
    """Longest first."""
    rows = [row for row in load_table("casualties_bounds") if row["side"] == side]
    found = [Bound(tuple(row["form"].split()), row["low"], row["high"]) for row in rows]
    return tuple(sorted(found, key=lambda bound: -len(bound.words)))


@cache
def vague() -> dict[str, tuple[tuple[tuple[str, ...], Row], ...]]:
    """Vague phrases by each of their words that carries the meaning, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], Row]]] = {}
    for row in load_table("casualties_vague"):
        words = tuple(row["form"].split())
        for word in dict.fromkeys(words):
            if word not in {"a", "of"}:
                found.setdefault(word, []).append((words, row))
    return {word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in found.items()}


@cache
def convention(name: str) -> tuple[int | None, int | None]:
    """Low and high of a line of casualties_vague."""
    row = next(row for row in load_table("casualties_vague") if row["form"] == name)
    return cell(row["low"]), cell(row["high"])


def cell(text: str) -> int | None:
    """A bound of a table: a number, or None where it is open."""
    return int(text) if text else None


@cache
def people_words() -> dict[str, tuple[str, str]]:
    """Nouns with what they are (person, fighter, thing) and their mark; the roles of roles.tsv are people too."""
    words = {row["form"]: (row["is"], row["mark"]) for row in load_table("casualties_people")}
    for row in load_table("roles"):
        for noun in row.split("nouns"):
            if row["kind"] == "person" and " " not in noun:
                words.setdefault(noun.lower(), ("person", ""))
                words.setdefault(f"{noun.lower()}s", ("person", ""))
    return words


def is_of_people(word: str) -> bool:
    """Whether the noun, in lower case, is one of people (or of things that verbs of harm take)."""
    return word in people_words()


def harms() -> frozenset[str]:
    """The kinds of counts that only count when told as done: nobody is dead of an attack that is planned."""
    return grammar_words("done_kind")


@cache
def grammar_words(kind: str) -> frozenset[str]:
    """Small closed classes of words the count grammar needs."""
    return frozenset(row["form"] for row in load_table("casualties_words") if row["kind"] == kind)


@cache
def joiners() -> tuple[tuple[str, ...], ...]:
    """Words that add a further member to a list ("and", "along with"), longest first."""
    forms = (
        tuple(row["form"].split("_")) for row in load_table("casualties_words") if row["kind"] == "joiner"
    )
    return tuple(sorted(forms, key=lambda words: -len(words)))


def is_plural(token: Word) -> bool:
    """Whether the noun is plural, by tag, by form, or as a collective of people ("police", "troops")."""
    lower = token.lower
    if lower in grammar_words("plural"):
        return True
    if token.tag in {"NNS", "NNPS"}:
        # Taggers take rare singulars for plurals: "the planner".
        return lower.endswith("s") or token.lemma.lower() != lower
    return (
        token.text.isupper()
        and lower.endswith("s")
        and people_words().get(lower, ("",))[0] in {"person", "fighter"}
    )


def is_number(token: Word) -> bool:
    """A cardinal in digits or words; ordinals, years of a date and parts of "19-year-old" are not asked here."""
    lower = token.lower
    if lower in number_words():
        return True
    return bool(NUMBER.fullmatch(lower) or RANGE.fullmatch(lower))
