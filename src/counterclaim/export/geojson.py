"""
Fused events as GeoJSON (RFC 7946), each drawn as finely as its place is known and no finer.

Comes in: events with what a rule chose, and a stream. Goes out: one FeatureCollection with a Feature an event. A site or a town is a
Point, `radius_km` says how far off it may be. A district or a province is a circle around its middle, `approximate`, because its
borders are not known here. Where only the country is known, or nothing, the geometry is null: the middle of a country is
not where anything happened; `centre` has it for those who want it all the same. Nothing is jittered: events of one town share its point.

Properties are the columns of `flat.COLUMNS`, an empty list being null; `values` holds what the rule makes of each field, with who gives it. The rule in
force is a member of the collection.

Known limit: a circle that would cross a pole or the 180th meridian is left out, its place kept as `centre`.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict
from math import asin, atan2, cos, degrees, pi, radians, sin
from typing import TextIO

from counterclaim.export import flat
from counterclaim.export.fused import FusedEvent
from counterclaim.export.losses import Losses
from counterclaim.export.matrix import resolved_to_json
from counterclaim.knowledge import load_table
from counterclaim.types import Place

COLUMNS = (*flat.COLUMNS, "radius_km", "approximate", "centre", "values")
CORNERS = 32
EARTH_KM = 6371.0

Json = dict[str, object]


def write(events: Iterable[FusedEvent], stream: TextIO, losses: Losses) -> int:
    """Write the events as they come; the number written comes back."""
    number = 0
    for fused in events:
        if number == 0:
            opening = {"type": "FeatureCollection", "rule": asdict(fused.rule)}
            stream.write(json.dumps(opening, ensure_ascii=False)[:-1] + ', "features": [\n')
        else:
            stream.write(",\n")
        number += 1
        stream.write(json.dumps(make_feature(fused, losses), ensure_ascii=False))
    stream.write("\n]}\n" if number else '{"type": "FeatureCollection", "features": []}\n')
    return number


def make_feature(fused: FusedEvent, losses: Losses) -> Json:
    """The event as a Feature; `geometry` is null where no area is known."""
    place = flat.find_place(fused)
    shape, radius = _find_shape(place)
    centre: list[float] | None = None
    geometry: Json | None = None
    if place is not None and place.lat is not None and place.lon is not None:
        centre = [place.lon, place.lat]
        if shape == "point":
            geometry = {"type": "Point", "coordinates": centre}
        elif shape == "circle":
            ring = draw_circle(place.lat, place.lon, radius)
            geometry = {"type": "Polygon", "coordinates": [ring]} if ring else None
    if geometry is None:
        _note_missing(place, losses)
    # An empty list is null: GDAL reads it as a list of numbers, and the column is no list of texts any more in GeoParquet.
    properties = {
        name: None if value == [] else value for name, value in flat.make_row(fused, Losses()).items()
    }
    values = [value for row in fused.matrix.rows for cell in row.cells for value in cell]
    losses.note("value with who gives it: only the rule's choice and its claimants", len(values))
    losses.note("sentence behind a value", len(values))
    losses.note("relation between claims", len(fused.matrix.relations))
    return {
        "type": "Feature",
        "id": fused.event.id,
        "geometry": geometry,
        "properties": {
            **properties,
            "radius_km": radius if geometry else None,
            "approximate": geometry is not None and shape == "circle",
            "centre": centre,
            "values": [resolved_to_json(one) for one in fused.resolved],
        },
    }


def draw_circle(latitude: float, longitude: float, radius_km: float) -> list[list[float]]:
    """A closed ring around a point, counterclockwise; empty where it would cross a pole or the 180th meridian."""
    angle = radius_km / EARTH_KM
    middle, east = radians(latitude), radians(longitude)
    if abs(middle) + angle >= pi / 2:
        return []
    ring: list[list[float]] = []
    for corner in range(CORNERS):
        bearing = -2 * pi * corner / CORNERS
        north = asin(sin(middle) * cos(angle) + cos(middle) * sin(angle) * cos(bearing))
        offset = atan2(sin(bearing) * sin(angle) * cos(middle), cos(angle) - sin(middle) * sin(north))
        ring.append([round(degrees(east + offset), 5), round(degrees(north), 5)])
    if any(abs(one) > 180 for one, _ in ring):
        return []
    return [*ring, ring[0]]


def _find_shape(place: Place | None) -> tuple[str, float]:
    """How a place of this precision is drawn, and how many kilometres around its point it may be."""
    for row in load_table("formats/shapes"):
        if place is not None and row["id"] == place.precision:
            return row["shape"], float(row["radius_km"] or 0)
    return "", 0.0


def _note_missing(place: Place | None, losses: Losses) -> None:
    if place is None:
        losses.note("geometry: no place is told, or tellings name different ones")
    elif place.lat is None:
        losses.note("geometry: the place could not be resolved")
    elif place.precision == "country":
        losses.note("geometry: only the country is known")
    else:
        losses.note("geometry: the area crosses a pole or the 180th meridian")
