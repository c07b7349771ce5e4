"""
Who a happening's row names: of everybody near its mentions, those who are likely enough to have taken part.

In: the mentions of one happening and what `Partaking` says of their candidates. Out: actors and recipients, each once, in its best words, with how
it is known. Example: "The council met on Monday. It approved the curfew …": of the curfew, the council.
Limit: who acted is only ever taken from the sentence of a mention, never from what surrounds it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from counterclaim.read.parse import Partaking
from counterclaim.read.syntax import Tree
from counterclaim.read.table.candidates import PHRASE, Surroundings
from counterclaim.read.table.happenings import Told, key_of
from counterclaim.types import Attribution, Basis, Cell, Mention

# How likely a candidate has to be that the patterns name, and one that they do not; measured by `training.partaking --report`.
KEEP = {"actors": 0.3, "recipients": 0.3}
ADD = {"actors": 0.6, "recipients": 0.6}
_PART = {"actors": 1, "recipients": 2}
_KINDS = ("name", "nominal", "metonym", "adjective", "pronoun")


@dataclass(frozen=True, slots=True)
class Likely:
    """A candidate beside a mention: how likely it acted, was acted on, and whether it stands in the mention's sentence."""

    one: Mention
    actors: float
    recipients: float
    beside: bool


Weighed = Mapping[tuple[int, str], Sequence[Likely]]


def weigh(
    tree: Tree, told: Sequence[Told], attributions: Sequence[Attribution], partaking: Partaking | None
) -> Weighed:
    """For each mention of an event (token and type) its candidates; empty where nothing weighs them."""
    if partaking is None or not told:
        return {}
    around = Surroundings(tree, attributions)
    asked = [(one, candidate) for one in told for candidate in around.near(one.at)]
    shares = partaking(
        tree.doc,
        [(one.at, candidate.head) for one, candidate in asked],
        [tuple(around.signs(one.at, one.type, one, candidate)) for one, candidate in asked],
    )
    if shares is None:
        return {}
    found: dict[tuple[int, str], list[Likely]] = {(one.at, one.type): [] for one in told}
    for (one, candidate), share in zip(asked, shares.tolist(), strict=True):
        beside = around.sentence_of[one.at] == around.sentence_of[candidate.head]
        found[one.at, one.type].append(Likely(candidate, share[1], share[2], beside))
    return found


def parties(members: Sequence[Told], role: str, weighed: Weighed) -> tuple[Cell[Mention], ...]:
    """Who, each once, as the members' own sentences say; recipients also as their neighbours do, which is implied."""
    if not weighed:
        given = _unlike(mention for one in members for mention in getattr(one, role))
        return tuple(Cell(one, "stated", one.start_char, one.end_char, "member") for one in given)
    cells: dict[Mention, Cell[Mention]] = {}
    for one in members:
        named = getattr(one, role)
        for other in weighed[one.at, one.type]:
            share = getattr(other, role)
            mention = other.one
            if mention in named and share >= KEEP[role]:
                basis: Basis = "stated"
                rule = "member"
            elif share >= ADD[role] and share >= max(other.actors, other.recipients):
                if not other.beside and (role == "actors" or mention.kind == "pronoun"):
                    continue
                basis, rule = "stated" if other.beside else "implied", "table/partaking"
            else:
                continue
            known = cells.get(mention)
            # What one member's own words say is not made less by another's.
            if known is None or (known.basis == "implied", known.rule) > (basis == "implied", rule):
                cells[mention] = Cell(mention, basis, mention.start_char, mention.end_char, rule)
    kept = _unlike(sorted(cells, key=lambda one: one.start_char))
    return tuple(cells[one] for one in kept)


def _unlike(mentions: Iterable[Mention]) -> list[Mention]:
    """Each actor once, in its best words, in the order given: no pronoun where a name stands, no piece of a longer phrase."""
    found = list(dict.fromkeys(mentions))
    kept: dict[str, Mention] = {}
    for mention in sorted(found, key=lambda one: (_KINDS.index(one.kind), one.rule == PHRASE)):
        key = key_of(mention.actor)
        if key not in kept and not any(_is_less(mention, other) for other in kept.values()):
            kept[key] = mention
    return sorted(kept.values(), key=found.index)


def _is_less(mention: Mention, other: Mention) -> bool:
    """Whether the mention says nothing that the other does not: "the army" beside "the Malian army", "they" beside anybody."""
    mine, theirs = mention.actor, other.actor
    if mine.actor_id is not None or mention.kind == "name":
        return False
    if mention.kind == "pronoun":
        return True
    if mention.start < other.end and other.start < mention.end:
        return True
    if mine.country is None and mine.sector is None and mention.rule == PHRASE:
        return mention.text.split()[-1].casefold() == other.text.split()[-1].casefold()
    return (mine.country in {None, theirs.country}) and mine.sector in {None, theirs.sector}
