"""
An event as one row of the field: its parties, day and place as the asserting tellings have them, or as the rule in force chose.

Comes in: a `FusedEvent`. Goes out: a `Coding`, from which every format of the field fills its columns, and notes of what
such a row cannot say. Events that nobody says happened have no row.

"Norland says Sudria shelled Vask; Sudria says Norland struck first" becomes one clash between both, without direction; a format that
has one anyway gets one row of it, not two.

Known limit: a party is a state with all that speaks for it, so that an army and a ministry of one state stand in one row.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import combinations, product
from typing import TYPE_CHECKING

from counterclaim.export.cells import clean
from counterclaim.fuse.resolution import Resolved, Tally
from counterclaim.knowledge import Row, load_table
from counterclaim.types import Article, DateRange, Mention, Place, Telling, Value, What
from counterclaim.values import print_place

if TYPE_CHECKING:
    from counterclaim.export.fused import FusedEvent
    from counterclaim.export.losses import Losses

DOUBTING = frozenset(("doubts", "cannot_verify"))
WEEK = 7
# Sectors of those who share a state's code and do not speak for it: partially recognised entities, the opposition.
PARTIAL = "PRE"
APART = frozenset((PARTIAL, "OPP"))
# UCDP's own measure of "near": beyond it a distance is coded by the area that holds it.
NEAR_KM = 25
POINTS = frozenset(("site", "city"))


@dataclass(frozen=True, slots=True)
class Party:
    """
    Who takes part: a state with its organs, or a group, body or crowd of its own.

    Attributes:
        key: The same however it is called; parties are told apart by it.
        sectors: As told, the most told first.
        texts: The words of the articles, the most told first.
        is_named: It goes by a name, not by a noun ("rebels").
    """

    key: str
    name: str
    country: str | None
    sectors: tuple[str, ...]
    texts: tuple[str, ...]
    actor_id: str | None
    is_named: bool

    @property
    def sector(self) -> str | None:
        """The primary one."""
        return self.sectors[0] if self.sectors else None

    @property
    def kind(self) -> str:
        """``state``, ``group``, ``unidentified``, ``civilians``, ``body`` for those of no country, or nothing."""
        if PARTIAL in self.sectors:
            return "group"  # a partially recognised entity is no organ of the state it is counted with
        row = sectors().get(self.sector or "")
        kind = row["kind"] if row else "state" if self.country else ""
        return "body" if self.country in bodies() and kind in {"state", ""} else kind

    @property
    def is_armed(self) -> bool:
        """It fights: forces, armed groups, and a state or its government without more."""
        row = sectors().get(self.sector or "")
        return self.kind == "state" if row is None or self.sector == "GOV" else row["armed"] == "yes"


@dataclass(frozen=True, slots=True)
class Coding:
    """
    What the formats share of one event.

    Attributes:
        tellings: Those that say it happened, the earliest article first.
        is_mutual: The actors act on each other; `recipients` are civilians then, if anybody.
        place: As most tell it, in it rather than near it; None where the event has none.
        start, end: First and last day it may have been; None where no date is told.
    """

    fused: "FusedEvent"
    tellings: tuple[Telling, ...]
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    is_mutual: bool
    place: Place | None
    start: date | None
    end: date | None

    @property
    def days(self) -> int | None:
        """How many days it may have been."""
        return (self.end - self.start).days + 1 if self.start and self.end else None

    @property
    def day(self) -> date | None:
        """One day for formats that have no range: the first, where all is within a week; else none is told."""
        return self.start if self.days is not None and self.days <= WEEK else None

    @property
    def point(self) -> tuple[float | None, float | None]:
        """Latitude and longitude; none for what is no place of a country, as Central Asia."""
        place = self.place
        return (place.lat, place.lon) if place and (place.country or self.is_water) else (None, None)

    @property
    def level(self) -> str:
        """What the place named is, whatever is said of being near it: a precision, empty without a place."""
        if self.place is None:
            return ""
        if self.place.relation == "at":
            return self.place.precision
        feature = self.place.feature_code or ""
        known = _features().get(feature) or _features().get(feature[:3])
        return known or ("city" if feature.startswith("PPL") else self.place.precision)

    @property
    def divisions(self) -> tuple[str | None, str | None]:
        """First and second-order division, as far as they are known; a place of no country has none."""
        place = self.place
        if place is None or not place.country:
            return None, None
        first = place.name if self.level == "province" else place.admin1
        return first, place.name if self.level == "district" else None

    @property
    def is_water(self) -> bool:
        """It happened at sea, in no country."""
        place = self.place
        return (
            place is not None
            and not place.country
            and _place_kinds().get(place.feature_code or "") == "water"
        )

    @property
    def country(self) -> str | None:
        """Where it happened."""
        return self.place.country if self.place else None

    @property
    def articles(self) -> tuple[Article, ...]:
        """Each that says it happened, the earliest first."""
        return tuple({telling.article.id: telling.article for telling in self.tellings}.values())

    @property
    def facts(self) -> frozenset[str]:
        """What `plover/cameo_back` may ask for beside type, mode and context."""
        found = set()
        if self.actors and all(party.kind == "state" for party in self.actors):
            found.add("state")
        fight = self.is_mutual or any(party.is_armed for party in self.recipients)
        organised = [party.is_armed and party.kind in {"state", "group"} for party in self.actors]
        # A state "attacked": who of it is not told, nor whether soldiers or a crowd were hit.
        told = [party.sector not in {None, "GOV"} for party in self.actors]
        if organised and all(organised) and (fight or all(told)):
            found.add("forces")
        if any(
            isinstance(one, Tally) and one.field == "counts.dead" and one.low for one in self.fused.resolved
        ):
            found.add("dead")
        return frozenset(found)


def code_event(fused: "FusedEvent", losses: "Losses") -> Coding | None:
    """The event as a row; None, noted, where no asserted event is left to write."""
    asserting = [
        telling
        for telling in fused.tellings
        if not telling.denied and telling.realis != "expected" and telling.mention.stance not in DOUBTING
    ]
    if not asserting:
        expected = any(telling.realis == "expected" for telling in fused.tellings)
        losses.note(
            "event that is only expected, demanded or feared: left out"
            if expected
            else "event that nobody asserts, only denies or doubts: left out"
        )
        return None
    asserting.sort(key=lambda one: (one.article.published or "9999", one.rank, one.anchor))
    best = _find_best(fused, "type")
    kind = best.type if isinstance(best, What) else fused.event.type
    same = [telling for telling in asserting if telling.mention.type == kind] or asserting
    actors, recipients, mutual = _find_parties(fused, asserting, kind, losses)
    start, end = _find_days(fused)
    return Coding(
        fused=fused,
        tellings=tuple(asserting),
        type=kind,
        modes=_rank((telling, mode) for telling in same for mode in telling.mention.modes),
        contexts=_rank((telling, context) for telling in same for context in telling.mention.contexts),
        actors=actors,
        recipients=recipients,
        is_mutual=mutual,
        place=_find_place(fused, asserting),
        start=start,
        end=end,
    )


def note_losses(coding: Coding, losses: "Losses", *, keeps: frozenset[str] = frozenset()) -> None:
    """
    Note what any row of the field leaves out of this event.

    Args:
        keeps: What this format has room for after all: ``claimants``, ``tolls``, ``days``, ``precision``, ``notes`` that tell
            what was revised, denied or not verified, and the grade.
    """
    fused = coding.fused
    contested = [column.field for column in fused.matrix.columns if column.status == "contested"]
    losses.note("contested value flattened to one", len(contested))
    if "claimants" not in keeps:
        losses.note("claimant of an event dropped", len(fused.matrix.rows))
    if "tolls" not in keeps:
        losses.note(
            "toll dropped", sum(column.field.startswith("counts.") for column in fused.matrix.columns)
        )
    values = [value for row in fused.matrix.rows for cell in row.cells for value in cell]
    losses.note("sentence behind a value dropped", len(values))
    if "notes" not in keeps:
        losses.note("revised or withdrawn value dropped", sum(value.state != "stands" for value in values))
        losses.note("denial dropped", sum(value.stance == "denies" for value in values))
        losses.note("mark of an unverified account dropped", sum(not value.verified for value in values))
        losses.note("grade dropped")
    if coding.days is None:
        losses.note("date unknown: left empty")
    elif "days" not in keeps and coding.day is None:
        losses.note("day uncertain by more than a week: left empty")
    elif "days" not in keeps and coding.days > 1:
        losses.note("day uncertain by up to a week: first day written")
    if coding.place is None:
        losses.note("place unknown: left empty")
    elif coding.point[0] is None:
        losses.note("place not resolved, or beyond one country: no coordinates")
    elif "precision" not in keeps and coding.place.relation != "at":
        losses.note("near a place, written as in it")
    elif "precision" not in keeps and coding.place.precision not in POINTS:
        losses.note("area written as its middle")
    if not coding.actors:
        losses.note("actor unknown: left empty")
    if any(telling.realis == "historical" for telling in coding.tellings):
        losses.note("told as history: not marked")


def dyads(coding: Coding, losses: "Losses") -> tuple[tuple[Party | None, Party | None], ...]:
    """
    Pairs of parties, as formats without lists want them; one event may be several rows.

    Parties that no telling names together are no pair, if both are named together with others: of two calls to one minister told
    as one event, the two who called have not spoken.
    """
    if coding.is_mutual:
        losses.note(
            "direction between parties who act on each other: written once, in the order of their names"
        )
        losses.note("civilians hurt between two sides: no row of their own", len(coding.recipients))
        pairs = list(combinations(sorted(coding.actors, key=lambda one: one.key), 2))
    else:
        pairs = list(product(coding.actors, coding.recipients))
    named = [
        {make_key(one) for one in (*telling.mention.actors, *telling.mention.recipients)}
        for telling in coding.tellings
    ]
    together = [pair for pair in pairs if any({party.key for party in pair} <= keys for keys in named)]
    paired = {party.key for pair in together for party in pair}
    kept = [pair for pair in pairs if pair in together or not {party.key for party in pair} <= paired]
    losses.note("list of parties written as a row for each pair: rows added", len(kept) - 1)
    if kept:
        return tuple(kept)
    alone: list[tuple[Party | None, Party | None]]
    alone = [(party, None) for party in coding.actors] or [(None, party) for party in coding.recipients]
    losses.note("list of parties written as a row for each pair: rows added", len(alone) - 1)
    return tuple(alone) or ((None, None),)


# --- parties ---


def _find_parties(
    fused: "FusedEvent", tellings: list[Telling], kind: str, losses: "Losses"
) -> tuple[tuple[Party, ...], tuple[Party, ...], bool]:
    chosen = _prefer(fused, tellings)
    acting: dict[str, list[tuple[Telling, Mention]]] = defaultdict(list)
    suffering: dict[str, list[tuple[Telling, Mention]]] = defaultdict(list)
    for telling in tellings:
        mention = telling.mention
        if telling in chosen:
            for one in mention.actors:
                _gather(acting, telling, one)
        hurt = [count.victims for count in mention.counts if count.victims] if kind == "ASSAULT" else []
        for one in mention.recipients or tuple(hurt):
            _gather(suffering, telling, one)
    actors = _make_parties(acting)
    recipients = tuple(party for party in _make_parties(suffering) if party.key not in acting)
    everybody = (*actors, *recipients)
    if any(party.country and party.kind == "state" for party in everybody):
        # "The army" beside Norland and Sudria is one of the two, and no third.
        unowned = {party.key for party in everybody if not party.is_named and _is_organ(party)}
        losses.note("organ of a state that is not told, beside states that are: left out", len(unowned))
        actors = tuple(party for party in actors if party.key not in unowned)
        recipients = tuple(party for party in recipients if party.key not in unowned)
    family = next((row for row in load_table("event_families") if row["id"] == kind), None)
    # Two who bomb a crowd together are allies; two who clash, or who are each told as struck, are not.
    opposed = any(party.key in suffering for party in actors) or any(
        len({make_key(one) for one in telling.mention.actors}) > 1 and not telling.mention.recipients
        for telling in chosen
    )
    hurt_beside = all(party.kind == "civilians" for party in recipients) and opposed
    mutual = (
        len(actors) > 1
        and (not recipients or hurt_beside)
        and family is not None
        and family["mutual"] == "yes"
    )
    return actors, recipients, mutual


def _gather(groups: dict[str, list[tuple[Telling, Mention]]], telling: Telling, mention: Mention) -> None:
    key = make_key(mention)
    # A town that was shelled and a pronoun without a referent are no parties.
    known = mention.actor.name.casefold() in telling.did | telling.suffered
    if mention.actor.country or mention.actor.actor_id or mention.actor.sector or known:
        groups[key].append((telling, mention))


def make_key(mention: Mention) -> str:
    """What a party is told apart by: the country for a state and its organs, else the group's own id or its kind."""
    actor = mention.actor
    if actor.country and actor.country not in bodies() and not APART & set(actor.other_sectors):
        row = sectors().get(actor.sector or "")
        if actor.sector is None or (row is not None and row["kind"] == "state"):
            return actor.country
    if actor.actor_id:
        return actor.actor_id
    if mention.kind == "name" or not (actor.country or actor.sector):
        return actor.name.casefold()
    return " ".join(code for code in (actor.country, actor.sector) if code)


def _make_parties(groups: dict[str, list[tuple[Telling, Mention]]]) -> tuple[Party, ...]:
    def weigh(found: list[tuple[Telling, Mention]]) -> int:
        return len({telling.origin.casefold() for telling, _ in found})

    ordered = sorted(groups, key=lambda key: (-weigh(groups[key]), key))
    return tuple(_make_party(key, groups[key]) for key in ordered)


def _is_organ(party: Party) -> bool:
    return party.kind == "state" and party.country is None and party.actor_id is None


def _make_party(key: str, found: list[tuple[Telling, Mention]]) -> Party:
    actors = [(telling, mention.actor) for telling, mention in found]
    named = [
        (telling, mention.actor.name) for telling, mention in found if mention.kind in {"name", "metonym"}
    ]
    country = next((actor.country for _, actor in actors if actor.country), None)
    name = _rank(named or [(telling, actor.name) for telling, actor in actors])[0]
    is_state = key == country and key not in bodies()
    if is_state:
        name = country_name(key)
    return Party(
        key=key,
        name=name,
        country=country,
        # What a mention is first of all goes before what it is besides.
        sectors=tuple(
            dict.fromkeys(
                (
                    *_rank((telling, actor.sector) for telling, actor in actors if actor.sector),
                    *_rank((telling, sector) for telling, actor in actors for sector in actor.other_sectors),
                )
            )
        ),
        texts=_rank((telling, mention.text) for telling, mention in found),
        actor_id=next((actor.actor_id for _, actor in actors if actor.actor_id), None),
        is_named=bool(named) or is_state,
    )


# --- day and place ---


def _find_days(fused: "FusedEvent") -> tuple[date | None, date | None]:
    best = _find_best(fused, "date")
    start, end = (
        (best.start, best.end) if isinstance(best, DateRange) else (fused.event.start, fused.event.end)
    )
    return make_day(start), make_day(end or start)


def make_day(text: str | None) -> date | None:
    """The day of an ISO date or date-time; None where it is no day of the calendar."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def _find_place(fused: "FusedEvent", tellings: list[Telling]) -> Place | None:
    """The place of the event as listed, from the telling that resolves it best."""
    best = _find_best(fused, "place")

    def is_it(place: Place) -> bool:
        if not isinstance(best, Place):
            return (place.name, place.country) == (fused.event.place, fused.event.country)
        # Who says "near" it means it too, where it is what the rule chose.
        return place.name == best.name and (best.relation == "at" or print_place(place) == print_place(best))

    found = [
        (telling, telling.mention.place)
        for telling in tellings
        if telling.mention.place and is_it(telling.mention.place)
    ]
    if not found:
        return None

    def order(one: tuple[Telling, Place]) -> tuple[object, ...]:
        telling, place = one
        return place.lat is None, place.relation != "at", place.geonameid is None, telling.anchor

    return min(found, key=order)[1]


def place_code(format_: str, coding: Coding) -> str:
    """The format's code for how well the place is known, from `formats/place_precision`; empty where it has none."""
    place = coding.place
    if place is None or not (place.country or coding.is_water):
        return ""
    facts: set[str] = set()
    # "Near Norway" or "on its border" is no better known than the country.
    if coding.level in POINTS and not (place.relation == "near" and (place.distance_km or 0) > NEAR_KM):
        facts.add(place.relation)
    if place.country == "USA":
        facts.add("usa")
    if coding.is_water:
        facts.add("water")
    elif _place_kinds().get(place.feature_code or "") == "line":
        facts.add("line")
    for row in load_table("formats/place_precision"):
        fits = row["precision"] in {"", place.precision} and facts.issuperset(row.split("how"))
        if row["format"] == format_ and fits:
            return row["code"]
    return ""


def date_code(format_: str, days: int | None) -> str:
    """The format's code for how well the date is known, from `formats/date_precision`; empty where it has none."""
    for row in load_table("formats/date_precision"):
        if row["format"] == format_ and days is not None and days <= int(row["days"]):
            return row["code"]
    return ""


# --- the rule's choice, and what most tell ---


def _find_best(fused: "FusedEvent", field: str) -> Value | None:
    return next(
        (one.best for one in fused.resolved if isinstance(one, Resolved) and one.field == field), None
    )


def _prefer(fused: "FusedEvent", tellings: list[Telling]) -> list[Telling]:
    """The tellings with the actors that the rule chose; all, where it chose none."""
    best = _find_best(fused, "actors")
    giving = [
        telling
        for telling in tellings
        if tuple(dict.fromkeys(mention.actor for mention in telling.mention.actors)) == best
    ]
    return giving or tellings


def _rank(values: Iterable[tuple[Telling, str]]) -> tuple[str, ...]:
    """Each value once, the one most independent origins give first; on a tie the shorter one."""
    origins: dict[str, set[str]] = defaultdict(set)
    for telling, value in values:
        origins[value].add(telling.origin.casefold())
    return tuple(sorted(origins, key=lambda value: (-len(origins[value]), len(value), value)))


# --- code lists ---


@cache
def sectors() -> dict[str, Row]:
    """What other codebooks call PLOVER's sectors."""
    return {row["id"]: row for row in load_table("formats/sectors")}


@cache
def bodies() -> dict[str, Row]:
    """PLOVER's countries that are none: international bodies."""
    return {row["id"]: row for row in load_table("formats/bodies")}


@cache
def _countries() -> dict[str, Row]:
    return {row["id"]: row for row in load_table("formats/countries")}


@cache
def _names() -> dict[str, str]:
    return {row["id"]: row["name"] for row in load_table("countries")}


def country_code(country: str | None, column: str) -> str:
    """What the code list of this column of `formats/countries` calls the country; empty where it does not."""
    row = _countries().get(country or "")
    return row[column] if row else ""


def country_name(country: str | None) -> str:
    """The country's English name."""
    return _names().get(country or "", country or "")


@cache
def _features() -> dict[str, str]:
    return {row["feature"]: row["precision"] for row in load_table("places/features")}


@cache
def _place_kinds() -> dict[str, str]:
    return {row["feature"]: row["kind"] for row in load_table("formats/place_kinds")}


# --- cells and rows ---


def make_number(*parts: str) -> int:
    """
    A stable number for what the parts name: below 2**52, so that every program reads it exactly.

    >>> make_number("E1", "ARM", "AZE") == make_number("E1", "ARM", "AZE") < 2**52
    True
    """
    return int(hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:13], 16)


def align(values: Iterable[str | None], empty: str) -> str:
    """A list beside other lists of the same things: every value keeps its place; nothing where all are unknown."""
    cleaned = [clean(value).replace(";", ",") for value in values]
    return "; ".join(value or empty for value in cleaned) if any(cleaned) else ""


def join(values: Iterable[str | None], separator: str = "; ") -> str:
    """
    A list in one cell, each value once; the separator's mark within a value becomes a comma.

    >>> join(["a", None, "b; c", "a"])
    'a; b, c'
    """
    mark = separator.strip()
    cleaned = (clean(value).replace(mark, ",") for value in values)
    return separator.join(dict.fromkeys(value for value in cleaned if value))


def escape(url: str | None) -> str | None:
    """An address for a list joined by ``;``: the mark as addresses write it."""
    return url and url.replace(";", "%3B")


def each(events: Iterable["FusedEvent"], losses: "Losses") -> Iterator[Coding]:
    """The events that have a row, one at a time."""
    for fused in events:
        coding = code_event(fused, losses)
        if coding is not None:
            yield coding
