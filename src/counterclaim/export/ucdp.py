"""
Deadly violence as UCDP's GED and its monthly candidates have it: 49 columns, CSV with a header.

Comes in: events as fused, and a stream. Goes out: a line for each ASSAULT in which somebody says that somebody died. low, best and high
are what the rule in force makes of the claims; deaths are told apart by whose they are; source_original names who gave the numbers.

Known limit: UCDP's numbers for conflicts, dyads and actors are its own, and whether a dyad was active that year takes its whole
record: these columns stay empty. Events below UCDP's own thresholds are not sorted out.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, TextIO

from counterclaim.export.cells import clean, spell
from counterclaim.export.coding import (
    Coding,
    Party,
    country_code,
    country_name,
    date_code,
    each,
    join,
    make_number,
    note_losses,
    place_code,
    sectors,
)
from counterclaim.fuse.resolution import Resolved, Tally, add_up
from counterclaim.knowledge import load_table
from counterclaim.types import Article, Place, Victims
from counterclaim.values import print_group

if TYPE_CHECKING:
    from counterclaim.export.fused import FusedEvent
    from counterclaim.export.losses import Losses

COLUMNS = (
    *("id", "relid", "year", "active_year", "code_status", "type_of_violence"),
    *("conflict_dset_id", "conflict_new_id", "conflict_name", "dyad_dset_id", "dyad_new_id", "dyad_name"),
    *("side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id", "side_b"),
    *("number_of_sources", "source_article", "source_office", "source_date", "source_headline"),
    *("source_original", "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2"),
    *("latitude", "longitude", "geom_wkt", "priogrid_gid", "country", "country_id", "region"),
    *("event_clarity", "date_prec", "date_start", "date_end"),
    *("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob"),
)
DEAD = "counts.dead"
CIVILIANS = "Civilians"
STATE_BASED = "1"
_SETTLED = frozenset(("uncontested", "corroborated"))
# PRIO-GRID counts cells of half a degree from the south-west corner of the map, row by row.
_CELLS_A_DEGREE, _CELLS_A_ROW = 2, 720


def write(
    events: Iterable["FusedEvent"],
    stream: TextIO,
    losses: "Losses",
    *,
    complete: bool = False,
    raw: bool = False,
) -> int:
    """
    Write the deadly events as they come; the number of lines below the header comes back.

    Args:
        complete: Leave out rows that lack what UCDP's own rows always have: days, a place, two sides and a best figure.
        raw: Write cells that a spreadsheet would run as they are.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    number = 0
    for coding in each(events, losses):
        if coding.type != "ASSAULT":
            losses.note(f"{coding.type}: no type of violence: left out")
        elif not is_deadly(coding):
            losses.note("violence in which nobody is said to have died: left out")
        else:
            row = make_row(coding)
            lacking = find_lacking(row)
            if complete and lacking:
                losses.note(f"row without {lacking}, which a complete one has: left out")
                continue
            number += 1
            writer.writerow([spell(cell, raw=raw) for cell in row])
            _note_losses(coding, losses)
    return number


def find_lacking(row: tuple[object, ...]) -> str:
    """The first of what UCDP's own rows always have that this one lacks; empty where it lacks nothing."""
    cells = dict(zip(COLUMNS, row, strict=True))
    for name, columns in (
        ("days", ("date_start", "date_end", "date_prec")),
        ("a place", ("latitude", "longitude", "where_prec", "country")),
        ("two sides", ("side_a", "side_b", "type_of_violence")),
        ("figures", ("best", "low", "high")),
    ):
        if any(cells[column] in {None, ""} for column in columns):
            return name
    return ""


def is_deadly(coding: Coding) -> bool:
    """Whether a figure that stands allows for a death."""
    return any(
        isinstance(one, Tally) and one.field == DEAD and any((one.low, one.best, one.high))
        for one in coding.fused.resolved
    )


def make_row(coding: Coding) -> tuple[object, ...]:
    """The 49 cells of one event."""
    side_a, side_b = find_sides(coding)
    violence = find_violence(side_a, side_b)
    dead = add_up(coding.fused.resolved, DEAD)
    assert dead is not None
    names = [name_side(side) for side in (side_a, side_b)]
    dyad = " - ".join(names) if all(names) else ""
    sources, place = find_sources(coding), coding.place
    precision = place_code("ucdp", coding)
    lat, lon = coding.point
    gw = country_code(coding.country, "gw")
    year = coding.start.year if coding.start and coding.end and coding.start.year == coding.end.year else None
    return (
        make_number(coding.fused.event.id, "ucdp"),
        "-".join(str(part) for part in (coding.country, year, violence, coding.fused.event.id) if part),
        year,
        None,
        "Clear" if dead.status in _SETTLED else "being checked",
        violence,
        None,
        None,
        dyad if violence != STATE_BASED else None,
        None,
        None,
        dyad,
        *(None, None, names[0]),
        *(None, None, names[1]),
        len(sources),
        ";".join(f'"{_cite(article)}"' for article in sources),
        ";".join(_tell(article.outlet or article.agency) for article in sources),
        ";".join(_tell(article.published) for article in sources),
        ";".join(_tell(article.title) for article in sources),
        join(dead.claimants, ";"),
        precision,
        place.name if place else None,
        describe_place(place) if place else None,
        *coding.divisions,
        *((lat, lon) if precision else (None, None)),
        f"POINT ({lon} {lat})" if precision and lat is not None else None,
        find_cell(lat, lon) if precision and lat is not None and lon is not None else None,
        name_country(coding.country),
        gw,
        find_region(gw),
        _find_clarity(coding, precision),
        date_code("ucdp", coding.days),
        *(f"{day.isoformat()} 00:00:00.000" if day else None for day in (coding.start, coding.end)),
        *count_deaths(coding.fused.resolved, side_a, side_b, dead),
        dead.best,
        dead.high,
        dead.low,
        *(_find_state(side) for side in (side_a, side_b)),
    )


def find_sides(coding: Coding) -> tuple[Party | None, Party | None]:
    """
    Sides A and B as UCDP puts them: the state first, civilians second, two of a kind in the order of their names.

    Of several parties on one side the most told stands for it; civilians only where nobody on it fights.
    """
    if coding.is_mutual:
        first, second, *_ = coding.actors
    else:
        recipients = sorted(coding.recipients, key=lambda party: party.kind == "civilians")
        if not coding.actors or not recipients:
            return next(iter(coding.actors), None), next(iter(recipients), None)
        first, second = coding.actors[0], recipients[0]
    kinds = ("state", "group", "unidentified", "body", "", "civilians")
    ordered = sorted((first, second), key=lambda party: (kinds.index(party.kind), party.key))
    return ordered[0], ordered[1]


def find_violence(side_a: Party | None, side_b: Party | None) -> str:
    """UCDP's type of violence; empty where a side is unknown or of no kind that UCDP counts."""
    for row in load_table("formats/ucdp_violence"):
        if side_a and side_b and (row["side_a"], row["side_b"]) == (side_a.kind, side_b.kind):
            return row["type"]
    return ""


def name_side(side: Party | None) -> str:
    """A side's name: the government of a state, civilians whoever they are, groups by their own if they have one."""
    if side is None:
        return ""
    if side.kind == "state" and side.country:
        return f"Government of {name_country(side.country)}"
    if side.kind == "civilians":
        return CIVILIANS
    return side.name if side.is_named else ""


def name_country(country: str | None) -> str:
    """The country as UCDP calls it."""
    return country_code(country, "ucdp") or country_name(country)


def count_deaths(
    resolved: Iterable[Resolved | Tally], side_a: Party | None, side_b: Party | None, dead: Tally
) -> tuple[int | None, ...]:
    """
    Deaths of side A, side B, civilians, and unknown: what is left of the best figure. None where the rule chose none.

    A figure that stands for a whole state ("105 Armenians") may hold civilians: it is of unknown victims.
    """
    if dead.best is None:
        return (None,) * 4
    groups: dict[str, list[Tally]] = defaultdict(list)
    for one in resolved:
        if isinstance(one, Tally) and one.field == DEAD:
            groups[_find_victims(one.victims, side_a, side_b)].append(one)
    known = []
    for side in ("a", "b", "civilians"):
        total = add_up(groups[side], DEAD)
        known.append((total.best or 0) if total else 0)
    return (*known, max(0, dead.best - sum(known)))


def _find_victims(victims: Victims | None, side_a: Party | None, side_b: Party | None) -> str:
    country, sector = (victims.country, victims.sector) if victims else (None, None)
    row = sectors().get(sector or "")
    if row is not None and row["kind"] == "civilians":
        return "civilians"
    for name, side, other in (("a", side_a, side_b), ("b", side_b, side_a)):
        if side is None:
            continue
        if (
            print_group(victims).casefold() in {side.name.casefold(), side.key.casefold()}
            and side.kind != "state"
        ):
            return name
        if row is None or row["kind"] != side.kind:
            continue
        # "Soldiers" of nobody are of the one side that has some.
        alone = other is None or other.kind != side.kind
        if country == side.country or (not country and alone):
            return name
    return "unknown"


def describe_place(place: Place) -> str:
    """Where it was in words: the place as the text names it, and what it says of being beside it."""
    name = place.text
    if place.relation == "at":
        return name
    if place.relation == "near":
        away = f"{place.distance_km:g} km" if place.distance_km is not None else ""
        side = f"{place.direction} of" if place.direction else "from" if away else "near"
        return " ".join(part for part in (away, side, name) if part)
    words = "between {} and {}" if place.relation == "between" else "border of {} and {}"
    return words.format(name, place.other) if place.other else f"border of {name}"


def find_cell(lat: float, lon: float) -> int:
    """
    The PRIO-GRID cell a point lies in.

    >>> find_cell(-89.9, -179.9), find_cell(40.18, 44.51)
    (1, 187650)
    """
    row = min(int((lat + 90) * _CELLS_A_DEGREE), 180 * _CELLS_A_DEGREE - 1)
    column = min(int((lon + 180) * _CELLS_A_DEGREE), _CELLS_A_ROW - 1)
    return row * _CELLS_A_ROW + column + 1


def find_region(gw: str) -> str:
    """UCDP's region of a state, by its Gleditsch-Ward number."""
    for row in load_table("formats/ucdp_regions"):
        if gw and int(row["first"]) <= int(gw) <= int(row["last"]):
            return row["region"]
    return ""


def _find_state(side: Party | None) -> str:
    return country_code(side.country, "gw") if side and side.kind == "state" else ""


def _find_clarity(coding: Coding, precision: str) -> int:
    """1 for an event told apart by day and place; 2 for one that sums up more, or is told too vaguely to say."""
    return 1 if coding.days == 1 and precision in {"1", "2", "3"} else 2


def find_sources(coding: Coding) -> tuple[Article, ...]:
    """
    The earliest article of each independent origin: every list of sources has one entry for each, in the same order.

    Copies of one story, and outlets of one owner, are one source.
    """
    found = {telling.origin.casefold(): telling.article for telling in reversed(coding.tellings)}
    return tuple(sorted(found.values(), key=lambda one: (one.published or "9999", one.id)))


def _cite(article: Article) -> str:
    """As UCDP cites: outlet, date, title; what is not known leaves its place empty."""
    return ",".join(
        _tell(part) for part in (article.outlet or article.agency, article.published, article.title)
    )


def _tell(part: str | None) -> str:
    """What stands between semicolons and within double quotes holds neither."""
    return clean(part).replace(";", ",").replace('"', "'")


def _note_losses(coding: Coding, losses: "Losses") -> None:
    note_losses(coding, losses, keeps=frozenset(("claimants", "tolls", "days", "precision")))
    losses.note("UCDP's own ids of conflict, dyad and sides, and active year: not known")
    side_a, side_b = find_sides(coding)
    if not find_violence(side_a, side_b):
        losses.note("type of violence cannot be told: left empty")
    nameless = [side for side in (side_a, side_b) if side and not name_side(side)]
    losses.note("group without a name: side left empty", len(nameless))
    told = len(coding.actors) + len(coding.recipients)
    losses.note("party beyond side A and side B dropped", told - sum(map(bool, (side_a, side_b))))
    losses.note("mode or context dropped", len(coding.modes) + len(coding.contexts))
    others = {column.field for column in coding.fused.matrix.columns if column.field.startswith("counts.")}
    losses.note("count of other than the dead dropped", len(others - {DEAD}))
    dead = add_up(coding.fused.resolved, DEAD)
    if dead and dead.best is None:
        losses.note("the rule chooses no figure: best and deaths left empty")
    if dead and dead.high is None:
        losses.note("open end of a toll (“at least”): high left empty")
