"""
Political violence, demonstrations and strategic developments as ACLED has them: 31 columns, CSV with a header.

Comes in: events as fused, and a stream. Goes out: a line for each event that its tellings mark with one of ACLED's sub-event types
(`read/acled.py`); of several that as many origins tell, the one that stands first in ACLED's hierarchy. fatalities are what the rule in force makes of the claims (`conservative` is ACLED's own); notes tell every competing claim, with who makes it, and
the rule. An event of several days is one line, dated in the middle, as ACLED dates what is known by the week or month.

Known limit: ACLED names forces with the years of their regime, and rates the scale of its sources; neither is known here.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TextIO

from counterclaim.export.cells import spell
from counterclaim.export.coding import (
    Coding,
    Party,
    bodies,
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
from counterclaim.fuse.resolution import add_up
from counterclaim.knowledge import Row, load_table
from counterclaim.values import print_column, print_value

if TYPE_CHECKING:
    from counterclaim.export.fused import FusedEvent
    from counterclaim.export.losses import Losses

COLUMNS = (
    *("event_id_cnty", "event_date", "year", "time_precision", "disorder_type", "event_type"),
    *("sub_event_type", "actor1", "assoc_actor_1", "inter1", "actor2", "assoc_actor_2", "inter2"),
    *("interaction", "civilian_targeting", "iso", "region", "country", "admin1", "admin2", "admin3"),
    *("location", "latitude", "longitude", "geo_precision", "source", "source_scale", "notes"),
    *("fatalities", "tags", "timestamp"),
)
DEAD, CROWD = "counts.dead", "counts.protesters"
EXTERNAL, CIVILIAN_TARGETING = "External/Other forces", "Civilian targeting"
# Of an event's claims notes tell so many a field; an account of more is no paragraph.
MOST_VALUES = 20
# ACLED's ids begin with a country; these letters stand for none in ISO 3166.
NO_COUNTRY = "XXX"


def write(
    events: Iterable["FusedEvent"],
    stream: TextIO,
    losses: "Losses",
    *,
    complete: bool = False,
    raw: bool = False,
) -> int:
    """
    Write the events that have a sub-event type as they come; the number of lines below the header comes back.

    Args:
        complete: Leave out rows that lack what ACLED's own rows always have: a day, a country, a location and an actor.
        raw: Write cells that a spreadsheet would run as they are.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    number = 0
    for coding in each(events, losses):
        line = find_type(coding)
        if line is None:
            losses.note("no sub-event type of ACLED, or part of another row's incident: left out")
            continue
        row = make_row(coding, line)
        lacking = find_lacking(row)
        if complete and lacking:
            losses.note(f"row without {lacking}, which a complete one has: left out")
            continue
        number += 1
        writer.writerow([spell(cell, raw=raw) for cell in row])
        _note_losses(coding, dict(zip(COLUMNS, row, strict=True)), losses)
    return number


def find_lacking(row: tuple[object, ...]) -> str:
    """The first of what ACLED's own rows always have that this one lacks; empty where it lacks nothing."""
    cells = dict(zip(COLUMNS, row, strict=True))
    needs = {"event_date": "a day", "country": "a country", "location": "a location", "actor1": "an actor"}
    return next((name for column, name in needs.items() if not cells[column]), "")


def find_type(coding: Coding) -> Row | None:
    """The line of `formats/acled_events` that most independent origins mark the event with; None where none does."""
    origins: dict[str, set[str]] = {}
    for telling in coding.tellings:
        if telling.mention.acled:
            origins.setdefault(telling.mention.acled, set()).add(telling.origin.casefold())
    told = [row for row in load_table("formats/acled_events") if row["sub_event"] in origins]
    # The first of those most told: max keeps the order of the table, which is that of the hierarchy.
    return max(told, key=lambda row: len(origins[row["sub_event"]]), default=None)


def _hits_civilians(coding: Coding) -> bool:
    """Civilians alone are hit; those hurt where two sides fight each other are not whom the fight is against."""
    hit = () if coding.is_mutual else coding.recipients
    return bool(hit) and all(party.kind == "civilians" for party in hit)


def make_row(coding: Coding, line: Row) -> tuple[object, ...]:
    """The 31 cells of one event."""
    day = find_day(coding)
    names, inters, associated = _find_actors(coding, line)
    place, precision = coding.place, place_code("acled", coding)
    dead = add_up(coding.fused.resolved, DEAD)
    violent = "Political violence" in line["disorder"] and line["event"] != "Battles"
    return (
        f"{coding.country or NO_COUNTRY}{make_number(coding.fused.event.id, 'acled')}",
        day,
        day.year if day else None,
        date_code("acled", coding.days) if day else None,
        line["disorder"],
        line["event"],
        line["sub_event"],
        names[0],
        associated[0],
        inters[0],
        names[1],
        associated[1],
        inters[1],
        find_interaction(names, inters),
        CIVILIAN_TARGETING if violent and _targets_civilians(coding, line) else None,
        country_code(coding.country, "iso_numeric"),
        country_code(coding.country, "acled_region"),
        name_country(coding.country),
        *coding.divisions,
        None,
        place.name if place and precision else None,
        *(coding.point if precision else (None, None)),
        precision,
        join(article.outlet or article.agency for article in coding.articles),
        None,
        make_notes(coding),
        dead.best if dead else 0,
        _find_tags(coding, line),
        find_timestamp(coding),
    )


def find_timestamp(coding: Coding) -> int | None:
    """When we last recorded an article that tells it, in seconds since 1970; None for what no store holds."""
    recorded = coding.fused.recorded_at
    return int(datetime.fromisoformat(recorded).timestamp()) if recorded else None


def name_country(country: str | None) -> str:
    """The country as ACLED calls it."""
    return country_code(country, "acled") or country_name(country)


def _targets_civilians(coding: Coding, line: Row) -> bool:
    """A crowd that is fired on is civilians; one that acts hits them only where they are told as hit."""
    return line["crowd"] == "Protesters" or _hits_civilians(coding)


def find_day(coding: Coding) -> date | None:
    """The day, or the middle of the days it may have been; None beyond a month, which ACLED does not record."""
    if coding.start is None or coding.days is None or not date_code("acled", coding.days):
        return None
    return coding.start + timedelta(days=(coding.days - 1) // 2)


def _find_actors(coding: Coding, line: Row) -> tuple[list[str], list[str], list[str]]:
    """Names, types and associates of the two actors, empty where there is none."""
    if line["crowd"]:
        return _find_crowd(coding, line)
    if coding.is_mutual:
        first, second, *others = coding.actors
        groups: tuple[list[Party], list[Party]] = ([first], [second, *others])
    else:
        recipients = coding.recipients
        if line["event"] == "Battles":
            # Whoever is hurt beside them, those who fight are the actors of a battle.
            recipients = tuple(party for party in recipients if party.is_armed)
        groups = (list(coding.actors), list(recipients))
        if line["event"] == "Strategic developments" and not coding.actors:
            # One-sided developments have their one side first.
            groups = (list(recipients), [])
    names, inters, associated = [], [], []
    for place, group in enumerate(groups):
        acts = place == 0 or coding.is_mutual
        named = [_name_actor(party, coding, fights=acts and line["fights"] == "yes") for party in group]
        names.append(named[0][0] if named else "")
        inters.append(named[0][1] if named else "")
        associated.append(join(name for name, _ in named[1:]))
    return names, inters, associated


def _find_crowd(coding: Coding, line: Row) -> tuple[list[str], list[str], list[str]]:
    """The crowd first, with the groups that are in it; then who meets it, or whom a mob hits."""
    parties = (*coding.actors, *coding.recipients)
    country = coding.country or next((party.country for party in parties if party.country), None)
    name = f"{line['crowd']} ({name_country(country)})" if country else line["crowd"]
    meets = [party for party in parties if party.kind in {"state", "unidentified"} or party.is_armed]
    if line["sub_event"] == "Peaceful protest":
        meets = []
    elif line["sub_event"] == "Mob violence":
        meets = meets or [party for party in coding.recipients if party.kind == "civilians"]
    leaders = join(party.name for party in parties if party.is_named and party not in meets)
    named = [_name_actor(party, coding, fights=False) for party in meets]
    others = join(name for name, _ in named[1:])
    second, inter = named[0] if named else ("", "")
    return [name, second], [line["crowd"], inter], [leaders, others]


def _name_actor(party: Party, coding: Coding, *, fights: bool) -> tuple[str, str]:
    """
    An actor's name and type in ACLED's words; the type is empty where it cannot be told.

    Args:
        fights: It acts in a battle or bombardment: a state does so by its military forces.
    """
    if party.kind == "body":
        return party.name, EXTERNAL
    commands = fights and party.kind == "state" and party.country and party.sector in {None, "GOV"}
    row = sectors().get("MIL" if commands else party.sector or "")
    if row is None or row["kind"] != party.kind:
        return party.name, ""  # among others, the army of an entity that is not a state to all
    # Civilians and gunmen go by where it happened, if nothing else is told; an army may be anybody's.
    country = party.country if party.country not in bodies() else None
    if country is None and party.kind != "state":
        country = coding.country
    template, inter = row["acled"], row["inter"]
    if "{name}" in template and not party.is_named:
        # An unidentified armed group is a political militia, whoever it may be.
        template, inter = row["acled_unnamed"], sectors()["UAF"]["inter"]
    if party.kind == "state" and row["armed"] == "yes":
        # Forces abroad are external; where nobody says where it was, or whose they are, neither can be told.
        known = party.country and coding.country
        inter = "" if not known else inter if coding.country == party.country else EXTERNAL
    if country is not None or "{country}" not in template:
        of = country_code(country, "acled_the") and " of {country}" in template
        called = f"the {name_country(country)}" if of else name_country(country)
        return template.format(name=party.name, country=called), inter
    return template.partition(" (")[0] if "(" in template else party.name, inter


def find_interaction(names: list[str], inters: list[str]) -> str:
    """
    The pair of actor types as ACLED writes it, in its own order; empty where one cannot be told, or who did it is unknown.

    >>> find_interaction(["a", "b"], ["Civilians", "State forces"]), find_interaction(["a", ""], ["Rioters", ""])
    ('State forces-Civilians', 'Rioters only')
    """
    if not names[0] or any(name and not inter for name, inter in zip(names, inters, strict=True)):
        return ""
    pair = {tuple(inters), tuple(reversed(inters))}
    for row in load_table("formats/acled_interactions"):
        if (row["one"], row["other"]) in pair:
            return row["interaction"]
    return ""


def make_notes(coding: Coding) -> str:
    """One paragraph: what it is, who claims what of tolls and of all that is contested, the rule and the grade."""
    fused = coding.fused
    parts = [f"{fused.event.label}."]
    for number, column in enumerate(fused.matrix.columns):
        if not column.field.startswith("counts.") and column.status != "contested":
            continue
        values = list(_tell_values(fused, number))
        more = f"; and {len(values) - MOST_VALUES} more" if len(values) > MOST_VALUES else ""
        field = print_column(column.field.removeprefix("counts."), column.victims)
        parts.append(f"{field} ({column.status}): {'; '.join(values[:MOST_VALUES])}{more}.")
    parts.append(f"Fatalities by the rule: {fused.rule.text}")
    parts.append(f"Grade: {fused.grade.name}. {fused.grade.rule}")
    return " ".join(parts)


def _tell_values(fused: "FusedEvent", number: int) -> Iterator[str]:
    for row in fused.matrix.rows:
        for value in row.cells[number]:
            marks = [
                value.stance.replace("_", " ") if value.stance != "says" else "",
                value.said or "",
                value.state if value.state != "stands" else "",
                "" if value.verified else "unverified",
            ]
            told = ", ".join(mark for mark in marks if mark)
            yield f"{row.claimant.name}: {print_value(value.value)}{f' ({told})' if told else ''}"


def _find_tags(coding: Coding, line: Row) -> str:
    """Every protest and riot has a crowd size, if only to say that none is reported."""
    if not line["crowd"]:
        return ""
    size = add_up(coding.fused.resolved, CROWD)
    if size is None or (size.best is None and size.low is None):
        return "crowd size=no report"
    if size.best is not None:
        return f"crowd size={size.best}"
    return (
        f"crowd size=between {size.low} and {size.high}" if size.high else f"crowd size=at least {size.low}"
    )


def _note_losses(coding: Coding, row: dict[str, object], losses: "Losses") -> None:
    note_losses(coding, losses, keeps=frozenset(("claimants", "tolls", "days", "precision", "notes")))
    if coding.days is not None and row["event_date"] is None:
        losses.note("date known less well than by the month: left empty")
    elif coding.days is not None and coding.days > 1:
        losses.note("event of several days written as one, on the middle day")
    if coding.place is not None and not row["geo_precision"]:
        losses.note("place known only as a country, or beyond one: no location")
    elif row["geo_precision"] == "3":
        losses.note("region written as its middle, where ACLED names its capital")
    for side in ("1", "2"):
        if row[f"actor{side}"] and not row[f"inter{side}"]:
            losses.note("type of an actor cannot be told: left empty")
    if coding.country and not row["region"]:
        losses.note("ACLED's region of a country is not known: left empty")
    if row["fatalities"] is None:
        losses.note("the rule chooses no figure: fatalities left empty")
    if row["sub_event_type"] == "Peaceful protest" and coding.recipients:
        losses.note("whom a demonstration is against dropped")
    kinds = {telling.mention.acled for telling in coding.tellings} - {""}
    losses.note("sub-event type of fewer tellings dropped", len(kinds) - 1)
    losses.note("scale of the sources: not known")
    losses.note("mode beyond the first dropped", max(0, len(coding.modes) - 1))
    losses.note("context dropped", len(coding.contexts))
    most = max(
        (sum(len(line.cells[number]) for line in coding.fused.matrix.rows))
        for number in range(len(coding.fused.matrix.columns))
    )
    losses.note("claim beyond the most that notes hold", max(0, most - MOST_VALUES))
