"""
How values are printed: an actor, an event type, a number, a place, a day, as claims and every export have them.

Comes in: a record. Goes out: text. Values stay records until somebody has to read them: nobody reads them back from this.
"""

from collections.abc import Iterable

from counterclaim.types import Actor, Bounds, DateRange, Place, Value, Victims, What


def print_value(value: Value) -> str:
    """
    A value of any field.

    >>> print_value(Bounds(20, None)), print_value(What("ASSAULT", ("firearms",)))
    ('20..', 'ASSAULT/firearms')
    >>> print_value((Actor("ARM", "Armenia", "ARM", "GOV"), Actor(None, "gunmen", None, "UAF")))
    'Armenia [ARM GOV], gunmen [UAF]'
    """
    match value:
        case Bounds(low, high):
            return print_bounds(low, high)
        case Place():
            return print_place(value)
        case DateRange():
            return print_date(value)
        case What(kind, modes):
            return "/".join((kind, *modes))
        case _:
            return print_actors(value)


def print_actor(actor: Actor) -> str:
    """
    Name, country and sectors.

    >>> print_actor(Actor("ARM", "Armenia", "ARM", "GOV", ("ELI",)))
    'Armenia [ARM GOV ELI]'
    """
    codes = " ".join(code for code in (actor.country, actor.sector, *actor.other_sectors) if code)
    return f"{actor.name} [{codes}]" if codes else actor.name


def print_actors(actors: Iterable[Actor]) -> str:
    """All of them, each once."""
    return ", ".join(dict.fromkeys(map(print_actor, actors)))


def print_bounds(low: int | None, high: int | None) -> str:
    """
    A count: exact, or a range that is open where the text leaves it open.

    >>> print_bounds(105, 105), print_bounds(20, None), print_bounds(None, 300), print_bounds(12, 15)
    ('105', '20..', '..300', '12..15')
    """
    if low == high and low is not None:
        return str(low)
    return f"{'' if low is None else low}..{'' if high is None else high}"


def print_place(place: Place) -> str:
    """
    A place: its name, and what the text says of being beside it.

    >>> from dataclasses import replace
    >>> gao = Place("Gao", 0, 3, "Gao", 2457161, 16.27, -0.04, "MLI", "Gao", "PPLA", "district", relation="near")
    >>> print_place(gao), print_place(replace(gao, distance_km=20.0, direction="north"))
    ('near Gao', '20 km north of Gao')
    >>> print_place(replace(gao, relation="between", other="Kidal")), print_place(replace(gao, relation="at"))
    ('between Gao and Kidal', 'Gao')
    """
    match place.relation:
        case "at":
            return place.name
        case "near":
            far = "" if place.distance_km is None else f"{place.distance_km:g} km"
            if not far and place.direction is None:
                return f"near {place.name}"
            return " ".join(
                filter(None, (far, place.direction, "of" if place.direction else "from", place.name))
            )
        case relation:
            both = f"{place.name} and {place.other}" if place.other else place.name
            return f"between {both}" if relation == "between" else f"border of {both}"


def print_date(date: DateRange) -> str:
    """A day, or a range as ISO 8601 has it: ``2022-09-13/2022-09-14``."""
    return date.start if date.start == date.end else f"{date.start}/{date.end}"


def print_group(group: Victims | None) -> str:
    """
    Whose losses: country and sector, else the name; empty where nobody says.

    >>> print_group(Victims("ARM", "MIL", "Armenian soldiers")), print_group(Victims(None, None, "miners")), print_group(None)
    ('ARM MIL', 'miners', '')
    """
    if group is None:
        return ""
    return " ".join(code for code in (group.country, group.sector) if code) or group.name


def print_column(field: str, victims: Victims | None) -> str:
    """A column's name: ``counts.dead ARM MIL``."""
    return " ".join(part for part in (field, print_group(victims)) if part)


def print_side(value: Value, victims: Victims | None) -> str:
    """
    A value with whose it is, as relations have it.

    >>> print_side(Bounds(105, 105), Victims("ARM", "MIL"))
    '105 (ARM MIL)'
    """
    whose = print_group(victims)
    return f"{print_value(value)} ({whose})" if whose else print_value(value)
