"""
Resolution: which of the places that bear a name the text means.

In: the stretches that name places, with the gazetteer's readings of each. Out: one reading for each stretch, or none.
Example: "Alexandria" beside "Rapides Parish" and "Shreveport" is the town in Louisiana, not the one in Egypt.
A reading's score is a weighted sum: how large it is, the kind the text calls it, the region named behind it, the countries
and divisions named in the text, how near it lies to the other places, dateline and outlet. Weights stand in
knowledge/places/resolution.tsv. One name has one meaning in a text unless a mention carries its own qualifier.
Limit: a text that names one small town and nothing else gets the largest town of that name.
"""

import functools
import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from counterclaim.knowledge import load_table
from counterclaim.read.places.clues import fits, lies_in
from counterclaim.read.places.gazetteer import GazetteerEntry, distance, load_gazetteer, name_key
from counterclaim.read.places.pieces import PiecedText
from counterclaim.read.places.stretches import regions_behind
from counterclaim.read.places.toponyms import Candidate
from counterclaim.types import Article

# Two rounds settle nearly every text: the second corrects names read before their neighbours were.
ROUNDS = 3
# The first names of a text tell what the rest means; a gazetteer's page need not compare each name with each.
NEIGHBOURS = 200
# Beyond this many readings (San Jose has 200) only the largest and those in countries the text names are weighed.
MOST_READINGS = 60
# Kilometres between a division's middle and the town it is named after.
TOWN_WITHIN = 200
# A town of fewer inhabitants is not what a text means that names other countries only; a larger one is known far off.
KNOWN_ABROAD = 20_000
# Kilometres to another place of the text from one that only sounds like the name.
ALIKE_WITHIN = 150


@dataclass
class Namesakes:
    """The mentions of one name that share one meaning."""

    key: str
    members: list[int]
    entries: tuple[GazetteerEntry, ...]
    regions: tuple[GazetteerEntry, ...] = ()
    within: set[str] = field(default_factory=set)
    features: list[tuple[str, ...]] = field(default_factory=list)
    choice: GazetteerEntry | None = None
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the report comes from."""

    dateline: GazetteerEntry | None
    country: str | None


def resolve_places(
    around: PiecedText, candidates: tuple[Candidate, ...], article: Article
) -> tuple[GazetteerEntry | None, ...]:
    """The place each candidate means; None where the gazetteer offers none."""
    groups = make_groups(around, candidates)
    frame = find_frame(article)
    weights = load_weights()
    for _ in range(ROUNDS):
        before = [group.choice for group in groups]
        for group in groups:
            context = Context(groups[:NEIGHBOURS], group, frame)
            group.choice = max(
                group.entries,
                key=lambda entry: sum(
                    weights[sign] * value for sign, value in weigh(entry, group, context).items()
                ),
                default=None,
            )
        if before == [group.choice for group in groups]:
            break
    beside = _countries_beside(around, candidates, groups)
    for group in groups:
        group.choice = _town_of(group)
        context = Context(groups[:NEIGHBOURS], group, frame)
        if (group.guessed and not _borne_out(group, context)) or _lies_abroad(group, context, beside):
            group.choice = None
    chosen: list[GazetteerEntry | None] = [None] * len(candidates)
    for group in groups:
        for i in group.members:
            chosen[i] = group.choice
    return tuple(chosen)


def make_groups(around: PiecedText, candidates: tuple[Candidate, ...]) -> list[Namesakes]:
    """Mentions by name; a mention whose kind or region excludes what the others mean stands alone."""
    groups: dict[tuple[str, bool, str], Namesakes] = {}
    gazetteer = load_gazetteer()
    for i, candidate in enumerate(candidates):
        entries = candidate.entries or gazetteer.find_alike(name_key(candidate.text))
        told = candidate.feature.split("features") if candidate.feature is not None else ()
        regions = regions_behind(around, candidate.end)
        inside = {
            name_key(region.name) for region in regions if any(lies_in(entry, region) for entry in entries)
        }
        kind = ""
        if told and any(fits(entry, candidate.feature) for entry in entries if candidate.feature is not None):
            kind = told[0]
        key = (name_key(candidate.text), candidate.adjective, kind + "|" + ";".join(sorted(inside)))
        group = groups.setdefault(
            key, Namesakes(key[0], [], _shortlist(entries), guessed=not candidate.entries)
        )
        group.members.append(i)
        group.regions += tuple(region for region in regions if name_key(region.name) in inside)
        group.within.update(region.country for region in regions if region.country is not None)
        if told:
            group.features.append(told)
    return _pool(list(groups.values()))


def _pool(groups: list[Namesakes]) -> list[Namesakes]:
    """Unqualified mentions take over the qualifiers that other mentions of the name carry."""
    by_key: dict[str, list[Namesakes]] = {}
    for group in groups:
        by_key.setdefault(group.key, []).append(group)
    for same in by_key.values():
        plain = next((group for group in same if not group.regions and not group.features), None)
        if plain is not None:
            for group in same:
                plain.regions += group.regions
                # "Washington state" says nothing of a bare "Washington", "the town of Palma" does of "Palma".
                plain.features += [told for told in group.features if told[0].startswith("PPL")]
    return groups


def _shortlist(entries: tuple[GazetteerEntry, ...]) -> tuple[GazetteerEntry, ...]:
    if len(entries) <= MOST_READINGS:
        return entries
    return tuple(sorted(entries, key=lambda entry: -_size(entry))[:MOST_READINGS])


def _town_of(group: Namesakes) -> GazetteerEntry | None:
    """The town of the same name rather than the division around it, unless the text calls it a division."""
    place = group.choice
    if place is None or not place.is_division or any(told[0].startswith("ADM") for told in group.features):
        return place
    for entry in group.entries:
        near = distance(entry.lat, entry.lon, place.lat, place.lon) < TOWN_WITHIN
        # A hamlet of the name is not what gave the division its name.
        # One that is only also called so ("Hama" of Ḩamāh) has to be the division's main town.
        large = entry.population > (0.1 if entry.alternate else 0.02) * place.population
        if near and large and entry.is_town and entry.country == place.country:
            return entry
    return place


def _borne_out(group: Namesakes, context: "Context") -> bool:
    """Whether a place known by its sound alone lies near another place of the text."""
    place = group.choice
    return place is not None and any(
        distance(place.lat, place.lon, lat, lon) < ALIKE_WITHIN for lat, lon in context.points
    )


def _countries_beside(
    around: PiecedText, candidates: tuple[Candidate, ...], groups: list[Namesakes]
) -> dict[int, bool]:
    """
    Whether the sentence of each candidate tells of somebody's country: "Malian soldiers", "Burkina Faso's army".

    A country in a list of towns may be a town, too: "Crockett, Palestine and Houston".
    """
    tree = around.tree
    lines = [tree.line_of[tree.token_at(candidate.start_char)][0] for candidate in candidates]
    named = {
        lines[member]
        for group in groups
        if group.choice is not None and group.choice.is_country
        for member in group.members
        if candidates[member].adjective or "genitive" in candidates[member].signs
    }
    return {number: line in named for number, line in enumerate(lines)}


def _lies_abroad(group: Namesakes, context: "Context", beside: dict[int, bool]) -> bool:
    """
    A small town, and the only one of its name, in a country that the text does not speak of while its sentences name others.

    "Al Koma in Darfur" is no village of Ivory Coast: better no place than that.
    """
    place = group.choice
    if place is None or place.country is None or place.rule != "geonames" or not place.is_town:
        return False
    if place.feature == "PPLC" or context.frame.country == place.country:
        return False
    if context.countries[place.country] or place.population >= KNOWN_ABROAD:
        return False
    # "Al Koma in Darfur": the region right behind it is of a country that the text speaks of.
    within = any(context.countries[country] for country in group.within)
    return within or all(beside[member] for member in group.members)


class Context:
    """What the rest of the text says to one group: countries and divisions named, places chosen so far."""

    def __init__(self, groups: Iterable[Namesakes], own: Namesakes, frame: Origin) -> None:
        self.frame = frame
        self.named: Counter[str] = Counter()
        self.divisions: set[tuple[str | None, str]] = set()
        self.countries: Counter[str] = Counter()
        self.admins: Counter[tuple[str | None, str | None]] = Counter()
        self.points: list[tuple[float, float]] = []
        for group in groups:
            place = group.choice
            if group is own or group.key == own.key or place is None or place.country is None:
                continue
            self.countries[place.country] += 1
            if place.is_country:
                self.named[place.country] += 1 + (len(group.members) > 2)
            elif place.feature == "ADM1":
                self.divisions.add((place.country, name_key(place.admin1 or place.name)))
                self.points.append((place.lat, place.lon))
            else:
                self.admins[place.country, place.admin1] += 1
                self.points.append((place.lat, place.lon))
        self.total = max(1, sum(self.countries.values()))
        self.named_total = max(1, sum(self.named.values()))


def weigh(entry: GazetteerEntry, group: Namesakes, context: Context) -> dict[str, float]:
    """What speaks for one reading: sign and amount."""
    signs: dict[str, float] = {"size": _size(entry)}
    if entry.is_country:
        signs["country"] = 1.0
    elif entry.feature == "ADM1":
        signs["division"] = 1.0
    elif entry.rule != "geonames" and (not entry.is_town or entry.feature == "PPLC"):
        signs["ours"] = 1.0
    elif entry.feature == "ADM2":
        signs["district"] = 1.0
    elif entry.feature == "PPLC":
        signs["capital"] = 1.0
    if entry.alternate:
        signs["alternate"] = 1.0
    if group.features:
        fit = sum(any(entry.feature.startswith(code) for code in told) for told in group.features)
        signs["kind"] = fit / len(group.features)
    if group.regions:
        signs["region"] = sum(lies_in(entry, region) for region in group.regions) / len(group.regions)
    if entry.country is not None:
        if not entry.is_country:
            if context.named:
                signs["named_country"] = context.named[entry.country] / context.named_total
                signs["only_country"] = float(context.named[entry.country] == context.named_total)
            if (entry.country, name_key(entry.admin1 or "")) in context.divisions and entry.feature != "ADM1":
                signs["named_division"] = 1.0
        signs["same_country"] = context.countries[entry.country] / context.total
        if entry.admin1 is not None:
            signs["same_division"] = min(1.0, context.admins[entry.country, entry.admin1] / 3)
        if context.frame.country == entry.country:
            signs["outlet_country"] = 1.0
    if context.points and not entry.is_country:
        nearest = [distance(entry.lat, entry.lon, lat, lon) for lat, lon in context.points[:40]]
        signs["near"] = math.exp(-min(nearest) / 100)
        signs["near_many"] = sum(math.exp(-km / 300) for km in nearest) / len(nearest)
    if context.frame.dateline is not None and not entry.is_country:
        line = context.frame.dateline
        signs["dateline"] = math.exp(-distance(entry.lat, entry.lon, line.lat, line.lon) / 500)
    return signs


def _size(entry: GazetteerEntry) -> float:
    """Powers of ten of inhabitants; what has none is as prominent as its kind."""
    if entry.population:
        return math.log10(entry.population + 1)
    if entry.is_country:
        return 7.0
    if entry.rule == "geonames":
        return 2.5
    return 4.5 if entry.is_town else 6.0


def find_frame(article: Article) -> Origin:
    """Dateline place and the country of dateline or outlet."""
    dateline = None
    if article.dateline is not None and article.dateline.place:
        readings = load_gazetteer().find(name_key(article.dateline.place))
        dateline = max(readings, key=_size, default=None)
    outlet = _outlets().get((article.outlet or "").lower())
    return Origin(dateline, outlet or (dateline.country if dateline is not None else None))


@functools.cache
def _outlets() -> dict[str, str]:
    return {row["name"].lower(): row["country"] for row in load_table("outlets") if row["kind"] != "agency"}


@functools.cache
def load_weights() -> dict[str, float]:
    """The weight of each sign."""
    return {row["id"]: float(row["weight"]) for row in load_table("places/resolution")}
