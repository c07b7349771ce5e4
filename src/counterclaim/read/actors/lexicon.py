"""
The names, titles and role nouns of the knowledge tables as one phrase dictionary.

In: knowledge/{countries,metonyms,organisations,groups,leaders,offices,titles,roles}.tsv and the words of a text.
Out: the longest entries found at each place, as token ranges with what they may mean.
Example: "the Kenyan Defence Ministry" -> (1, 2) Kenyan: adjective of KEN; (2, 4) Defence Ministry: office MOD.
Limit: a name is found as it is written in a table, save for case, accents, hyphens, full stops and plural endings.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from counterclaim.knowledge import load_table
from counterclaim.read.syntax.classes import word_class
from counterclaim.read.syntax.forms import plurals

EntryKind = Literal[
    "country",
    "adjective",
    "demonym",
    "capital",
    "metonym",
    "organisation",
    "group",
    "person",
    "surname",
    "office",
    "title",
    "role",
    "place",
    "nobody",
]


@dataclass(
    slots=True, eq=False
)  # Not frozen: thousands are made at start, and freezing triples what that costs.
class Entry:
    """
    What a phrase of the dictionary may stand for. Never changed once made.

    Attributes:
        key: The actor's id, an office's or title's code, or a person's slug.
        detail: `needs` of roles and titles; nothing for the rest.
        body: It is an institution or group, not a person.
        own: It is the user's, and may be bound to the dates `start` to `until`, both inclusive.
    """

    kind: EntryKind
    rule: str
    key: str
    name: str
    country: str | None = None
    sector: str | None = None
    other: tuple[str, ...] = ()
    detail: str = ""
    body: bool = False
    plural: bool = False
    own: bool = False
    start: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Tenure:
    """One line of knowledge/leaders.tsv: an office held from one date to another, both inclusive."""

    person: str
    name: str
    country: str
    sector: str
    office: str
    start: str
    end: str
    rule: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """An entry, or several under the same spelling, found at tree [start, end)."""

    start: int
    end: int
    entries: tuple[Entry, ...]


class Lexicon:
    """The compiled dictionary; build it once with `load_lexicon`."""

    def __init__(self) -> None:
        # Three dictionaries by the case the text must have: as it likes, a capital at either end, all capitals.
        self._plain: dict[str, list[Entry]] = {}
        self._titled: dict[str, list[Entry]] = {}
        self._shouted: dict[str, list[Entry]] = {}
        self._longest: dict[str, int] = {}
        self._own: dict[str, list[Entry]] = {}
        self.tenures: dict[str, list[Tenure]] = {}
        self.country_adjectives: dict[str, str] = {}

    def add(self, phrase: str, entry: Entry) -> None:
        """Store the entry under the phrase's words."""
        pieces = split_key(phrase)
        if not pieces:
            return
        if len(pieces) > self._longest.get(pieces[0], 0):
            self._longest[pieces[0]] = len(pieces)
        key = " ".join(pieces)
        if phrase.islower():
            chosen = self._plain
        elif len(key) <= 6 and phrase.isupper():
            chosen = self._shouted
        elif any(word[0].isupper() for word in phrase.split()):
            chosen = self._titled
        else:
            chosen = self._plain
        if key in chosen:
            chosen[key].append(entry)
        else:
            chosen[key] = [entry]

    def with_own(self, named: Iterable[tuple[str, Entry]]) -> "Lexicon":
        """This dictionary and the user's entries under their phrases, which win where both know a phrase."""
        made = Lexicon()
        made._plain, made._titled, made._shouted = self._plain, self._titled, self._shouted
        made.tenures, made.country_adjectives = self.tenures, self.country_adjectives
        made._longest = dict(self._longest)
        for phrase, entry in named:
            pieces = split_key(phrase)
            if not pieces:
                continue
            made._longest[pieces[0]] = max(len(pieces), made._longest.get(pieces[0], 0))
            made._own.setdefault(" ".join(pieces), []).append(entry)
        return made

    def nouns(self, phrase: str) -> tuple[Entry, ...]:
        """What the tables know of a noun in small letters."""
        return tuple(self._plain.get(" ".join(split_key(phrase)), ()))

    def find(self, words: Sequence[str], published: str | None = None) -> Iterator[Spelled]:
        """
        Yield the longest phrase at each place, left to right, without overlap.

        Args:
            published: ISO date on which the user's dated entries must hold.
        """
        pieces, origin = _pieces(words)
        shouting = _is_shouting(words)
        longest = self._longest
        first, size = 0, len(pieces)
        while first < size:
            limit = longest.get(pieces[first])
            if limit is None or (first and origin[first] == origin[first - 1]):
                first += 1
                continue
            for last in range(min(first + limit, size), first, -1):
                if last < size and origin[last] == origin[last - 1]:
                    continue
                key = " ".join(pieces[first:last]) if last > first + 1 else pieces[first]
                begins, ends = words[origin[first]], words[origin[last - 1]]
                entries = self._look_up(key, begins, ends, shouting=shouting)
                if self._own and key in self._own:
                    entries = self._look_up_own(key, begins, ends, published) or entries
                if entries:
                    yield Spelled(origin[first], origin[last - 1] + 1, tuple(entries))
                    first = last
                    break
            else:
                first += 1

    def _look_up(self, key: str, first: str, last: str, *, shouting: bool) -> list[Entry]:
        found = self._plain.get(key, [])
        titled = self._titled.get(key)
        # A name needs a capital at its head or its end ("al-Shabaab", "the Kremlin"); a text in capitals has no other.
        if titled and (_has_capital(first) or _has_capital(last)):
            found = titled + found
        shouted = self._shouted.get(key)
        if shouted and first.replace(".", "").isupper() and not (shouting and key in word_class("shouted")):
            found = shouted + found
        return found

    def _look_up_own(self, key: str, first: str, last: str, published: str | None) -> list[Entry]:
        capital = _has_capital(first) or _has_capital(last)
        fitting = [entry for entry in self._own[key] if capital or entry.kind in {"title", "office", "role"}]
        if published is None:
            # Undated entries hold on any day; else the last is the best guess, as with leaders.
            chosen = [entry for entry in fitting if not (entry.start or entry.until)] or fitting[-1:]
        else:
            held = [
                entry
                for entry in fitting
                if entry.start <= published
                and (not entry.until or published[: len(entry.until)] <= entry.until)
            ]
            # A line with dates says more than one without, and an earlier line comes first.
            chosen = [entry for entry in held if entry.start or entry.until] or held
        return [
            entry
            for entry in chosen
            if (entry.key, entry.start, entry.until) == (chosen[0].key, chosen[0].start, chosen[0].until)
            or entry.kind in {"title", "office", "role"}
        ]


# Pronouns, auxiliaries and nouns that equal an acronym once the whole text is written in capitals.
_SPECIAL = re.compile(r"[-'.,()/]")
_WORD = re.compile(r"'s\b|'(?!\w)|[(),](?!\w)|\(|[^\s'(),]+(?:'(?!s\b)\w+)*|'")
_CUTS = re.compile(r"[-/]")


def split_key(phrase: str) -> list[str]:
    """
    The pieces under which a phrase is stored.

    >>> split_key("prime minister's office"), split_key("U.S."), split_key("Guinea-Bissau")
    (['prime', 'minister', "'s", 'office'], ['us'], ['guinea', 'bissau'])
    """
    if phrase.isascii() and not _SPECIAL.search(phrase):
        return phrase.lower().split()
    words = _WORD.findall(phrase.replace("’", "'"))
    return [piece for word in words for piece in _CUTS.split(_fold(word)) if piece]


@lru_cache(20_000)
def _fold(word: str) -> str:
    lowered = word.lower()
    if not lowered.isascii():
        lowered = (
            lowered.replace("’", "'").replace("‘", "'").replace("ı", "i").replace("–", "-").replace("ø", "o")
        )
        lowered = "".join(
            char for char in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(char)
        )
    if "." in lowered and len(lowered) > 1:
        lowered = lowered.replace(".", "")
    if "," in lowered and len(lowered) > 1:
        lowered = lowered.replace(",", "")
    return lowered


def _pieces(words: Sequence[str]) -> tuple[list[str], list[int]]:
    """The words folded, cut at hyphens, and for each piece the token it came from; lone hyphens are left out."""
    pieces: list[str] = []
    origin: list[int] = []
    for index, word in enumerate(words):
        folded = _fold(word)
        if "-" in folded or "/" in folded:
            for piece in _CUTS.split(folded):
                if piece:
                    pieces.append(piece)
                    origin.append(index)
        else:
            pieces.append(folded)
            origin.append(index)
    return pieces, origin


def _has_capital(word: str) -> bool:
    return word[:1].isupper() or any(map(str.isupper, word))


def _is_shouting(words: Sequence[str]) -> bool:
    letters = sum(1 for word in words if word.isalpha())
    return letters > 0 and sum(1 for word in words if word.isalpha() and word.isupper()) > 0.6 * letters


# --- compiling the tables ---------------------------------------------------------------------------------------------


@cache
def load_lexicon() -> Lexicon:
    """The dictionary of every actor table; compiled once a process."""
    lexicon = Lexicon()
    _add_countries(lexicon)
    for row in load_table("metonyms"):
        entry = Entry(
            "metonym", row.rule, row["actor_id"], row["name"], row["country"], row["sector"] or None
        )
        for name in row.split("names"):
            lexicon.add(name, entry)
    _add_bodies(lexicon, "organisations", "organisation")
    _add_bodies(lexicon, "groups", "group")
    _add_leaders(lexicon)
    for row in load_table("offices"):
        office = Entry("office", row.rule, row["id"], row["id"], sector=row["sector"], body=True)
        offices = replace(office, plural=True)
        for name in row.split("names"):
            _add_noun(lexicon, name, office, offices)
    for row in load_table("titles"):
        for name in row.split("titles"):
            entry = Entry(
                "title",
                row.rule,
                row["office"],
                name,
                sector=row["sector"] or None,
                other=row.split("other"),
                detail=row["needs"],
            )
            _add_noun(lexicon, name, entry, replace(entry, plural=True))
    _add_roles(lexicon)
    return lexicon


def _add_countries(lexicon: Lexicon) -> None:
    for row in load_table("countries"):
        code = row["parent"] or row["id"]
        partial = row["kind"] == "partial"
        country = Entry(
            "country", row.rule, row["id"], row["name"], code, "PRE" if partial else "GOV", body=True
        )
        lexicon.country_adjectives[row["id"]] = next(iter(row.split("adjectives")), row["name"])
        for name in (row["name"], *row.split("variants"), *row.split("former")):
            lexicon.add(name, country)
        adjective = Entry("adjective", row.rule, row["id"], row["name"], code, "PRE" if partial else None)
        for name in row.split("adjectives"):
            lexicon.add(name, adjective)
        demonym = Entry("demonym", row.rule, row["id"], row["name"], code, "CVL")
        demonyms = replace(demonym, plural=True)
        for name in row.split("demonyms"):
            _add_noun(lexicon, name, demonym, demonyms)
        capital = Entry(
            "capital", row.rule, row["id"], row["name"], code, "PRE" if partial else "GOV", body=True
        )
        for name in row.split("capitals"):
            lexicon.add(name, capital)


def _add_bodies(lexicon: Lexicon, table: str, kind: Literal["organisation", "group"]) -> None:
    for row in load_table(table):
        entry = Entry(
            kind,
            row.rule,
            row["id"],
            row["name"],
            row["country"] or None,
            row["sector"] or None,
            row.split("other"),
            body=True,
        )
        for name in (row["name"], *row.split("variants")):
            lexicon.add(name, entry)


def _add_leaders(lexicon: Lexicon) -> None:
    for row in load_table("leaders"):
        person = row["person"]
        tenure = Tenure(
            person,
            row["name"],
            row["country"],
            row["sector"],
            row["office"],
            row["from"],
            row["until"],
            row.rule,
        )
        known = lexicon.tenures.setdefault(person, [])
        known.append(tenure)
        if len(known) > 1:
            continue
        for name in (row["name"], *row.split("variants")):
            lexicon.add(name, Entry("person", row.rule, person, row["name"], row["country"], row["sector"]))
        short = set(row.split("short"))
        surnames = {surname(name) for name in (row["name"], *row.split("variants"))}
        for name in sorted(surnames | short):
            detail = "alone" if name in short else ""
            lexicon.add(
                name,
                Entry("surname", row.rule, person, row["name"], row["country"], row["sector"], detail=detail),
            )


def _add_roles(lexicon: Lexicon) -> None:
    for row in load_table("roles"):
        one = Entry(
            "role",
            row.rule,
            row["id"],
            row["id"].replace("_", " "),
            sector=row["sector"] or None,
            other=row.split("other"),
            detail=row["needs"],
            body=row["kind"] == "body",
        )
        many = replace(one, plural=True)
        for noun in row.split("nouns"):
            _add_noun(lexicon, noun, one, many)


def _add_noun(lexicon: Lexicon, noun: str, one: Entry, many: Entry) -> None:
    lexicon.add(noun, one)
    for plural in plurals(noun):
        lexicon.add(plural, many)


@lru_cache(maxsize=8192)
def surname(name: str) -> str:
    """
    The part of a person's name that later mentions use.

    >>> surname("Ursula von der Leyen"), surname("Vladimir Putin"), surname("Bashar al-Assad")
    ('von der Leyen', 'Putin', 'al-Assad')
    """
    words = name.split()
    start = len(words) - 1
    while start > 1 and words[start - 1][0].islower():
        start -= 1
    return " ".join(words[start:])


def tenures_at(tenures: Iterable[Tenure], date: str) -> list[Tenure]:
    """The offices held on an ISO date; a bound given as a year or month counts whole."""
    return [
        tenure
        for tenure in tenures
        if tenure.start <= date and (not tenure.end or date[: len(tenure.end)] <= tenure.end)
    ]


@cache
def row_words(table: str, row_id: str, column: str) -> frozenset[str]:
    """The words of one line of a table of closed sets."""
    return next(
        (frozenset(row.split(column)) for row in load_table(table) if row["id"] == row_id), frozenset()
    )
