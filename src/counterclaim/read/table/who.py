"""
Who a happening's row names: of everybody near its mentions, those who are likely enough to have taken part.

In: the mentions of one happening and what `Partaking` says of their candidates. Out: actors and recipients, each once, in its best words, with how
it is known. Example: "The council met on Monday. It approved the curfew …": of the curfew, the council.
Limit: who acted is only ever taken from the sentence of a mention, never from what surrounds it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from counterclaim.read.parse import Partaking
from counterclaim.read.syntax import Tree
from counterclaim.read.table.candidates import PHRASE, Surroundings
from counterclaim.read.table.denials import DENIAL
from counterclaim.read.table.happenings import Told, basis_of, by_fullness, key_of, leading
from counterclaim.types import Attribution, Basis, Cell, Mention

# How likely a candidate has to be that the patterns name, and one that they do not; measured by `training.partaking --report`.
KEEP = {"actors": 0.4, "recipients": 0.4}
ADD = {"actors": 0.65, "recipients": 0.6}
# And where only another mention than the one that leads the row names somebody: of these about half are right.
ELSEWHERE = {"actors": 0.7, "recipients": 0.7}
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
    lead = leading(members)
    cells: dict[Mention, Cell[Mention]] = {}
    for one in members if not weighed else ():
        for mention in getattr(one, role):
            _keep(cells, Cell(mention, basis_of(one, lead), mention.start_char, mention.end_char, "member"))
    for one in by_fullness(members) if weighed else ():
        named, told = getattr(one, role), basis_of(one, lead)
        least = 0.0 if told == "stated" else ELSEWHERE[role]
        if told != "stated" and any(cell.basis == "stated" for cell in cells.values()):
            # Somebody besides those whom the leading mention names took part in something else, six times in ten.
            continue
        for other in weighed[one.at, one.type]:
            share = getattr(other, role)
            mention = other.one
            if mention in named and share >= max(KEEP[role], least):
                basis, rule = told, "member"
            elif share >= max(ADD[role], least) and share >= max(other.actors, other.recipients):
                if not other.beside and (role == "actors" or mention.kind == "pronoun"):
                    continue
                basis, rule = told if other.beside else "implied", "table/partaking"
            else:
                continue
            _keep(cells, Cell(mention, basis, mention.start_char, mention.end_char, rule))
    # Whoever claims responsibility names themselves, wherever they say so.
    for event in (event for one in members for event in one.events if role == "actors"):
        if DENIAL in event.rules and event.stance == "confirms":
            for mention in event.actors:
                _keep(cells, Cell(mention, "same_event", mention.start_char, mention.end_char, DENIAL))
    kept = _unlike(sorted(cells, key=lambda one: one.start_char))
    # Whom the leading mention names is stated, though another mention may have the better words.
    stated = {key_of(one.actor) for one, cell in cells.items() if cell.basis == "stated"}
    return tuple(
        replace(cells[one], basis="stated") if key_of(one.actor) in stated else cells[one] for one in kept
    )


_SURER: dict[Basis, int] = {"stated": 0, "same_event": 1, "implied": 2}


def _keep(cells: dict[Mention, Cell[Mention]], cell: Cell[Mention]) -> None:
    """Keep the cell, unless it is known better: what one member's own words say is not made less by another's."""
    known = cells.get(cell.value)
    if known is None or (_SURER[known.basis], known.rule) > (_SURER[cell.basis], cell.rule):
        cells[cell.value] = cell


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
