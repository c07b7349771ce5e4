"""
The knowledge lines of attribution, compiled once: cue verbs, nouns, phrases, adverbs, carriers and hedges.

Comes in: ``knowledge/cues/*.tsv``, ``knowledge/hedges.tsv`` and the names of agencies and outlets. Goes out:
dictionaries by lemma or form. ``verb_lines()["warn"]`` holds two lines: warn that P (warns), warn X to P (demands).
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import cast, get_args

from counterclaim.errors import KnowledgeError
from counterclaim.knowledge import Row, load_table
from counterclaim.read.syntax.forms import irregular_forms, stems
from counterclaim.read.syntax.tree import Word
from counterclaim.types import Stance

STANCES: frozenset[str] = frozenset(get_args(Stance))


# Rules that are no knowledge line: what only the weights' labels show, the second where it is no statement.
LABELLED = "weights/attribution"
TOPIC = "weights/topic"


@dataclass(frozen=True, slots=True)
class CueLine:
    """
    A cue and what follows from it.

    Attributes:
        words: What must follow the lemma for a cue of several words (``point out``).
        frames: The complements that may hold the content, in the order they are tried.
        negated: The stance where the cue is negated; None where the stance's usual turn applies.
        speaks: The source puts the content forward; False for comments on what is taken as given.
        given: What the source does not put forward where the cue is negated: "did not claim the attack".
        marks: ``bare``, a clause may follow without "that"; ``person``, the object is who is spoken to.
        excepted: Lemmas of objects that make it another verb ("claimed lives").
    """

    rule: str
    lemma: str
    words: tuple[str, ...]
    frames: tuple[str, ...]
    stance: Stance
    negated: Stance | None
    speaks: bool
    marks: frozenset[str] = frozenset()
    excepted: frozenset[str] = frozenset()
    given: bool = False


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that bends a stance, and into what."""

    rule: str
    words: tuple[str, ...]
    subject: str
    stance: Stance


@cache
def verb_lines() -> dict[str, tuple[CueLine, ...]]:
    """Lines of cue verbs by lemma, those of several words first."""
    return _by_lemma("cues/verbs")


@cache
def verb_lemma(form: str, lemma: str) -> str | None:
    """
    The cue verb that a word is a form of, or None.

    The lemma decides; a regular ending is tried where the weights' lemma is no cue ("rebutted" as "rebutt").
    """
    known = verb_lines()
    if lemma in known:
        return lemma
    if form in _irregular_forms():
        return _irregular_forms()[form]
    return next((stem for stem in stems(form) if stem in known), None)


def lines_of(verb: Word) -> tuple[CueLine, ...]:
    """The knowledge lines of a verb, those of several words first."""
    lemma = verb_lemma(verb.lower, verb.lemma)
    return verb_lines()[lemma] if lemma is not None else ()


def has_mark(verb: Word, mark: str) -> bool:
    """Whether one of the verb's lines carries the mark."""
    return any(mark in line.marks for line in lines_of(verb))


@cache
def _irregular_forms() -> dict[str, str]:
    """Cue verbs by the forms that no rule makes: "said" to "say"."""
    return {form: lemma for lemma in verb_lines() for form in irregular_forms().get(lemma, ())}


@cache
def noun_lines() -> dict[str, tuple[CueLine, ...]]:
    """Lines of cue nouns by lemma."""
    return _by_lemma("cues/nouns")


@cache
def adjective_lines() -> dict[str, tuple[CueLine, ...]]:
    """Lines of adjectives and participles of attitude, by form."""
    return _by_lemma("cues/adjectives")


@cache
def mark_lines() -> dict[str, tuple[CueLine, ...]]:
    """Lines of punctuation that attributes, by the place it stands in."""
    return _by_lemma("cues/marks")


@cache
def turn_roles() -> dict[str, str]:
    """Role of the labels that open a turn and name nobody: asks, answers."""
    return {row["form"]: row["role"] for row in load_table("cues/turns")}


@cache
def adverb_lines() -> dict[str, CueLine]:
    """Lines of source-less adverbs and adjectives by form; the frame is ``clause`` or ``noun``."""
    return {
        row["form"]: CueLine(
            row.rule, row["form"], (), (row["target"],), stance_of(row, "stance"), None, speaks=True
        )
        for row in load_table("cues/adverbs")
    }


@cache
def phrase_lines() -> tuple[tuple[tuple[str, ...], tuple[str, ...], CueLine], ...]:
    """Source phrases as (words before the source, words after it, line), longest first."""
    found = []
    for row in load_table("cues/phrases"):
        before, _, after = row["pattern"].partition("...")
        line = CueLine(
            row.rule, row["pattern"], (), row.split("frames"), stance_of(row, "stance"), None, speaks=True
        )
        found.append((tuple(before.split()), tuple(after.split()), line))
    return tuple(sorted(found, key=lambda entry: -len(entry[0]) - len(entry[1])))


@cache
def carriers() -> dict[str, str]:
    """Kind of carrier by lower-case lemma: document, channel, occasion, medium."""
    return {row["lemma"].lower(): row["kind"] for row in load_table("cues/carriers")}


@cache
def speakers() -> frozenset[str]:
    """Lemmas of nouns for people and bodies that speak to the press."""
    return frozenset(row["lemma"] for row in load_table("cues/speakers"))


@cache
def media_names() -> frozenset[str]:
    """Lower-case names of agencies and outlets; abbreviations such as AP keep their capitals."""
    names: set[str] = set()
    for row in load_table("agencies"):
        names.update((row["name"], *row.split("variants")))
    names.update(row["name"] for row in load_table("outlets") if row["kind"] != "organisation")
    return frozenset(name if name.isupper() else name.lower() for name in names)


@cache
def hedges(kind: str) -> dict[str, tuple[Hedge, ...]]:
    """Hedges of one kind by their first word."""
    found: dict[str, list[Hedge]] = {}
    for row in load_table("hedges"):
        if row["kind"] == kind:
            first, *rest = row["form"].split()
            found.setdefault(first, []).append(
                Hedge(row.rule, tuple(rest), row["subject"], stance_of(row, "stance"))
            )
    return {first: tuple(entries) for first, entries in found.items()}


@cache
def flag_patterns() -> tuple[tuple[Row, re.Pattern[str]], ...]:
    """Sentences about sourcing, in the table's order."""
    return tuple((row, re.compile(row["pattern"], re.IGNORECASE)) for row in load_table("verification"))


def stance_of(row: Row, column: str) -> Stance:
    """
    The cell as a stance.

    Raises:
        KnowledgeError: the cell holds none of the ten.
    """
    if row[column] not in STANCES:
        raise KnowledgeError(
            f"{row.table}.tsv line {row.line}: {row[column]!r} is no stance. Use one of: {', '.join(sorted(STANCES))}"
        )
    return cast("Stance", row[column])


def _by_lemma(table: str) -> dict[str, tuple[CueLine, ...]]:
    found: dict[str, list[CueLine]] = {}
    for row in load_table(table):
        lemma, *words = row["lemma"].split()
        negated = stance_of(row, "negated") if row["negated"] else None
        line = CueLine(
            row.rule,
            lemma,
            tuple(words),
            row.split("frames"),
            stance_of(row, "stance"),
            negated,
            row["speaks"] != "no",
            frozenset(row.split("marks")),
            frozenset(row.split("except")),
            row["speaks"] == "unless-not",
        )
        found.setdefault(lemma, []).append(line)
    return {lemma: tuple(sorted(lines, key=lambda line: -len(line.words))) for lemma, lines in found.items()}
