"""
Political violence, demonstrations and strategic developments as ACLED has them: 31 columns, CSV with a header.

Comes in: events as fused, and a stream. Goes out: a line for each event that one of ACLED's sub-event types can hold. fatalities are what
the rule in force makes of the claims (`conservative` is ACLED's own); notes tell every competing claim, with who makes it, and
the rule. An event of several days is one line, dated in the middle, as ACLED dates what is known by the week or month.

Known limit: ACLED names forces with the years of their regime, and rates the scale of its sources; neither is known here.
"""

import csv
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, TextIO

from counterclaim.export.coding import (
    Coding,
    Party,
    bodies,
    clean,
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
# Where a state acts in these, ACLED names its military forces.
FOUGHT = frozenset(("Battles", "Explosions/Remote violence"))
# Of an event's claims notes tell so many a field; an account of more is no paragraph.
MOST_VALUES = 20
# ACLED's ids begin with a country; these letters stand for none in ISO 3166.
NO_COUNTRY = "XXX"


def write(events: Iterable["FusedEvent"], stream: TextIO, losses: "Losses") -> int:
    """Write the events that have a counterpart as they come; the number of lines below the header comes back."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    number = 0
    for coding in each(events, losses):
        line = find_type(coding)
        if line is None or not line["event"]:
            modes = "".join(f" {mode}" for mode in coding.modes[:1])
            losses.note(f"{coding.type}{modes}: no type of event: left out")
            continue
        number += 1
        row = make_row(coding, line)
        writer.writerow([clean(cell) for cell in row])
        _note_losses(coding, dict(zip(COLUMNS, row, strict=True)), losses)
    return number


def find_type(coding: Coding) -> Row | None:
    """The line of `formats/acled_events` that the event is; None where none holds."""
    for row in load_table("formats/acled_events"):
        wanted = row.split("modes")
        fits = not wanted or bool(set(wanted) & (set(coding.modes) or {"-"}))
        if row["type"] == coding.type and fits and _is_hit(row["recipient"], coding):
            if row["mutual"] == "yes" and not coding.is_mutual:
                continue
            return row
    return None


def _is_hit(recipient: str, coding: Coding) -> bool:
    # Civilians hurt where two sides fight each other are not whom the fight is against.
    hit = () if coding.is_mutual else coding.recipients
    if recipient == "-":
        return not hit
    if recipient == "civilians":
        return bool(hit) and all(party.kind == "civilians" for party in hit)
    return recipient == "" or any(party.is_armed for party in hit)


def make_row(coding: Coding, line: Row) -> tuple[object, ...]:
    """The 31 cells of one event."""
    day = find_day(coding)
    names, inters, associated = _find_actors(coding, line)
    place, precision = coding.place, place_code("acled", coding)
    dead = add_up(coding.fused.resolved, DEAD)
    violent = line["disorder"] == "Political violence"
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
        CIVILIAN_TARGETING if violent and _is_hit("civilians", coding) else None,
        country_code(coding.country, "iso_numeric"),
        country_code(coding.country, "acled_region"),
        country_name(coding.country),
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
        None,
    )


def find_day(coding: Coding) -> date | None:
    """The day, or the middle of the days it may have been; None beyond a month, which ACLED does not record."""
    if coding.start is None or coding.days is None or not date_code("acled", coding.days):
        return None
    return coding.start + timedelta(days=(coding.days - 1) // 2)


def _find_actors(coding: Coding, line: Row) -> tuple[list[str], list[str], list[str]]:
    """Names, types and associates of the two actors, empty where there is none."""
    if line["crowd"]:
        country = coding.country or next((party.country for party in coding.actors if party.country), None)
        name = f"{line['crowd']} ({country_name(country)})" if country else line["crowd"]
        leaders = (party.name for party in coding.actors if party.is_named and party.kind != "state")
        return [name, ""], [line["crowd"], ""], [join(leaders), ""]
    if coding.is_mutual:
        first, second, *others = coding.actors
        groups: tuple[list[Party], list[Party]] = ([first], [second, *others])
    else:
        recipients = coding.recipients
        if line["event"] == "Battles":
            # Whoever is hurt beside them, those who fight are the actors of a battle.
            recipients = tuple(party for party in recipients if party.is_armed)
        groups = (list(coding.actors), list(recipients))
    names, inters, associated = [], [], []
    for place, group in enumerate(groups):
        acts = place == 0 or coding.is_mutual
        named = [_name_actor(party, coding, fights=acts and line["event"] in FOUGHT) for party in group]
        names.append(named[0][0] if named else "")
        inters.append(named[0][1] if named else "")
        associated.append(join(name for name, _ in named[1:]))
    return names, inters, associated


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
        return template.format(name=party.name, country=country_name(country)), inter
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
    if row["sub_event_type"] in {"Peaceful protest", "Violent demonstration"} and coding.recipients:
        losses.note("whom a demonstration is against dropped")
    losses.note("scale of the sources and time of the last edit: not known")
    losses.note("mode beyond the first dropped", max(0, len(coding.modes) - 1))
    losses.note("context dropped", len(coding.contexts))
    most = max(
        (sum(len(line.cells[number]) for line in coding.fused.matrix.rows))
        for number in range(len(coding.fused.matrix.columns))
    )
    losses.note("claim beyond the most that notes hold", max(0, most - MOST_VALUES))
