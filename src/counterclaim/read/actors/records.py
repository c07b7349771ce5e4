"""
The records that pass between the steps of this folder: parts of phrases, phrases, owners, resolutions.

In: nothing. Out: types only.
Example: "Armenia's Defense Ministry" is a `Phrase` with a `Part` of kind office as core and a `Phrase` as owner.
Limit: token indexes throughout; characters come with the mention.
"""

from dataclasses import dataclass, field
from typing import Literal

from counterclaim.knowledge import load_table
from counterclaim.read.actors.lexicon import Entry
from counterclaim.types import Actor

# Sectors that are arms of the state: with a country, all who serve in one are the same actor.
STATE = frozenset(row["sector"] for row in load_table("state_sectors"))
PartKind = Literal[
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
    "name",
    "body",
    "place",
    "word",
]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a phrase with one meaning: an entry of the dictionary, a proper name, or a plain word."""

    kind: PartKind
    start: int
    end: int
    entries: tuple[Entry, ...] = ()

    @property
    def entry(self) -> Entry | None:
        """The entry of the part's own kind."""
        return next((entry for entry in self.entries if entry.kind == self.kind), None)

    def entry_of(self, *kinds: str) -> Entry | None:
        """The first entry of one of these kinds."""
        return next((entry for entry in self.entries if entry.kind in kinds), None)


@dataclass(slots=True)
class Phrase:
    """
    One noun phrase.

    Attributes:
        core: The part that says who; None where the phrase is about something else ("Turkish positions").
        parts: All parts before the core, left to right.
        owner: The phrase before 's.
        pronoun: Token of a possessive pronoun before it.
        tail: The phrases after "of/for/from/in/on", joined ones together.
        shared: Adjective parts coordinated before the phrase: Kyrgyz in "Kyrgyz and Tajik border guards".
        preposition: The word before the phrase, lower case, where it is an adposition.
    """

    start: int
    end: int
    head: int
    core: Part | None
    parts: tuple[Part, ...]
    owner: "Phrase | None" = None
    pronoun: int | None = None
    tail: tuple["Phrase", ...] = ()
    tail_word: str = ""
    shared: tuple[Part, ...] = ()
    preposition: str = ""
    absorbed: bool = False
    words: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose somebody is: a country, or a body that lends country and sector."""

    country: str | None
    state: str | None = None
    sector: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """
    What a phrase stands for.

    Attributes:
        anaphoric: It can only be understood from earlier text ("the ministry", "its soldiers").
        missing: Nothing but the country is missing ("police", "the army").
    """

    actors: tuple[Actor, ...]
    kind: str
    rule: str
    anaphoric: bool = False
    anonymous: bool = False
    titles: tuple[Entry, ...] = ()
    person: str | None = None
