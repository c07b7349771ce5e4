"""
The mentions of an article with what tells whether two of them are one happening.

In: the parsed text and its event mentions. Out: `Told`, one for each trigger and type, whoever tells it: "Baku says the raid killed two,
Yerevan denies it" is one raid told twice. Example of what is compared: who, whom, where, when, the word, how many.
Limit: compared are the values that the mention's own clause gives; what it leaves out speaks neither way.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from counterclaim.read.syntax import Tree
from counterclaim.types import Actor, Basis, Count, DateRange, EventMention, Mention, Place, Timex


@dataclass(frozen=True)
class Told:
    """All event mentions of one trigger (a token) and type."""

    tree: Tree
    at: int
    events: tuple[EventMention, ...]

    @property
    def type(self) -> str:
        """PLOVER's type."""
        return self.events[0].type

    @cached_property
    def auxiliary(self) -> frozenset[str]:
        """Whether it happened, as any of them has it."""
        return frozenset(word for event in self.events for word in event.auxiliary)

    @cached_property
    def modes(self) -> frozenset[str]:
        """PLOVER's modes."""
        return frozenset(mode for event in self.events for mode in event.modes)

    @cached_property
    def actors(self) -> tuple[Mention, ...]:
        """Who did it."""
        return unique(mention for event in self.events for mention in event.actors)

    @cached_property
    def recipients(self) -> tuple[Mention, ...]:
        """To whom."""
        return unique(mention for event in self.events for mention in event.recipients)

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """How many."""
        return tuple(dict.fromkeys(count for event in self.events for count in event.counts))

    @property
    def place(self) -> Place | None:
        """Where."""
        return next((event.place for event in self.events if event.place), None)

    @property
    def date(self) -> DateRange | None:
        """When."""
        return next(
            (event.date for event in self.events if event.date and not in_dateline(self.tree, event.date)),
            None,
        )

    @property
    def denied(self) -> bool:
        """Whether all who tell it deny it."""
        return all(event.stance == "denies" for event in self.events)


_FILED = re.compile(r"(?:\([^()\n]{2,30}\)\s*|\s)(?:[-–—]{1,2}|:)\s|:\s")
_LONGEST_DATELINE = 60


def in_dateline(tree: Tree, one: DateRange | Timex | Place) -> bool:
    """Whether it says when or where the report was filed: "GAO, 3 March 2021 (AFP) - Rebels raided …"."""
    begin = tree.text.rfind("\n", 0, one.start_char) + 1
    line = tree.text[begin : begin + 2 * _LONGEST_DATELINE].partition("\n")[0]
    if not line.split(",")[0].split("(")[0].split("-")[0].split("–")[0].isupper():
        return False
    filed = _FILED.search(line, one.end_char - begin)
    return filed is not None and filed.start() <= _LONGEST_DATELINE


def leading(members: Sequence[Told]) -> Told:
    """The mention that says most, which stands for the row; of equal ones the first, and what happened before what may."""
    return min(members, key=_fullness)


def by_fullness(members: Sequence[Told]) -> list[Told]:
    """The mentions, the one that says most first."""
    return sorted(members, key=_fullness)


def _fullness(one: Told) -> tuple[bool, int, int]:
    said = len(one.actors) + len(one.recipients) + len(one.counts) + bool(one.place) + bool(one.date)
    return bool(one.auxiliary), -said, one.at


def basis_of(member: Told, lead: Told) -> Basis:
    """How a value is known that a member's own words say: stated where it leads the row or shares its sentence, else said of the same event."""
    sentences = member.tree.sentence_of
    return "stated" if member is lead or sentences[member.at] == sentences[lead.at] else "same_event"


def find_told(tree: Tree, events: Iterable[EventMention]) -> list[Told]:
    """The events of one trigger and type together, in text order."""
    at = {start: index for index, start in enumerate(tree.idx)}
    groups: dict[tuple[int, str], list[EventMention]] = defaultdict(list)
    for event in events:
        groups[event.trigger.start_char, event.type].append(event)
    return [Told(tree, at[start], tuple(group)) for (start, _), group in sorted(groups.items())]


def unique(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """Each mention once."""
    return tuple({(one.start_char, one.end_char): one for one in mentions}.values())


def key_of(actor: Actor) -> str:
    """The same for two mentions of one actor: the id; a name where there is none."""
    return actor.actor_id or " ".join(word for word in actor.name.casefold().split() if word not in ARTICLES)


ARTICLES = frozenset(("the", "a", "an"))


def may_be_one(one: Actor, other: Actor) -> bool:
    """Whether two names may be of one actor or of an actor and its part: the same country, or nothing against it."""
    if key_of(one) == key_of(other):
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if one.sector and other.sector and one.sector != other.sector:
        return "GOV" in {one.sector, other.sector} and one.country == other.country
    return not (one.actor_id and other.actor_id) or one.country == other.country


def same_place(one: Place, other: Place) -> bool:
    """Whether both are one place."""
    if one.geonameid is not None and other.geonameid is not None:
        return one.geonameid == other.geonameid
    return one.name.casefold() == other.name.casefold()


_WIDTH = {"country": 4, "province": 3, "district": 2, "city": 1, "site": 0, "unresolved": 0}


def other_place(one: Place, other: Place) -> bool:
    """Whether the two cannot be where one happening was: neither may lie in the other."""
    if same_place(one, other):
        return False
    if one.country and other.country and one.country != other.country:
        return True
    if one.geonameid is None or other.geonameid is None:
        return False
    wider, finer = sorted((one, other), key=lambda place: -_WIDTH[place.precision])
    if wider.precision == "country":
        return False
    if one.admin1 and other.admin1 and one.admin1 != other.admin1:
        return True
    return _WIDTH[wider.precision] == _WIDTH[finer.precision] and wider.precision != "district"


def same_date(one: DateRange, other: DateRange) -> bool:
    """Whether both name one day or one range."""
    return (one.start[:10], one.end[:10]) == (other.start[:10], other.end[:10])


def other_date(one: DateRange, other: DateRange) -> bool:
    """Whether the two share no day."""
    return one.end[:10] < other.start[:10] or other.end[:10] < one.start[:10]
