"""Places are drawn as finely as they are known: points, circles, or nothing; nothing jittered."""

import io
import json
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt

import pytest

from counterclaim.export import geojson
from counterclaim.export.losses import Losses
from tests.export.clashes import clash, fuse_reports
from tests.handmade import where


def write(*reports, rule="range"):
    stream, losses = io.StringIO(), Losses()
    number = geojson.write(fuse_reports(*reports, rule=rule), stream, losses)
    made = json.loads(stream.getvalue())
    assert len(made["features"]) == number
    return made, losses


def kilometres(one, other):
    (east, north), (far_east, far_north) = ([radians(part) for part in point] for point in (one, other))
    chord = sin((far_north - north) / 2) ** 2 + cos(north) * cos(far_north) * sin((far_east - east) / 2) ** 2
    return 2 * 6371 * asin(sqrt(chord))


def test_a_town_is_a_point_where_the_gazetteer_has_it():
    made, _ = write(clash(12, "NOR"))
    (feature,) = made["features"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [10.2, 60.1]}
    assert feature["properties"]["radius_km"] == 5
    assert feature["properties"]["approximate"] is False
    assert tuple(feature["properties"]) == geojson.COLUMNS


@pytest.mark.parametrize(("precision", "radius"), [("district", 25), ("province", 100)])
def test_a_division_is_a_closed_circle_and_says_that_it_is_approximate(precision, radius):
    place = where("Vask", "NOR", 60.1, 10.2, precision=precision)
    (feature,) = write(clash(12, "NOR", place=place))[0]["features"]
    (ring,) = feature["geometry"]["coordinates"]
    assert feature["geometry"]["type"] == "Polygon"
    assert feature["properties"]["approximate"] is True
    assert feature["properties"]["centre"] == [10.2, 60.1]
    assert ring[0] == ring[-1]
    assert all(kilometres(point, (10.2, 60.1)) == pytest.approx(radius, rel=0.01) for point in ring)
    # Counterclockwise, as RFC 7946 asks.
    assert sum(x * v - u * y for (x, y), (u, v) in pairwise(ring)) > 0


@pytest.mark.parametrize(
    ("place", "loss"),
    [
        (where("Vask", "NOR", 60.1, 10.2, precision="country"), "geometry: only the country is known: 1"),
        (where("Vask", "NOR", precision="unresolved"), "geometry: the place could not be resolved: 1"),
        (
            where("Vask", "FJI", -17.0, 179.9, precision="province"),
            "geometry: the area crosses a pole or the 180th meridian: 1",
        ),
    ],
)
def test_what_has_no_area_has_no_geometry(place, loss):
    made, losses = write(clash(12, "NOR", place=place))
    (feature,) = made["features"]
    assert feature["geometry"] is None
    assert feature["properties"]["radius_km"] is None
    assert loss in losses.report()


def test_the_middle_of_a_country_is_kept_as_such():
    place = where("Vask", "NOR", 60.1, 10.2, precision="country")
    properties = write(clash(12, "NOR", place=place))[0]["features"][0]["properties"]
    assert properties["centre"] == [10.2, 60.1]
    assert properties["latitude"] is None


def test_two_events_of_one_town_share_its_point():
    made, _ = write(clash(12, "NOR"), clash(5, "ELL", said="Elland", code="ELL"))
    points = {json.dumps(feature["geometry"]) for feature in made["features"]}
    assert len(points) == 1


def test_the_collection_names_the_rule_and_values_name_their_claimants():
    made, _ = write(clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD"), rule="conservative")
    assert made["rule"]["text"].startswith("Conservative, as ACLED counts")
    (feature,) = made["features"]
    dead = next(one for one in feature["properties"]["values"] if one["field"] == "counts.dead")
    assert (dead["low"], dead["best"], dead["high"], dead["claimants"]) == ("12", "12", "30", ["Norland"])


def test_no_events_are_a_collection_of_none():
    assert write()[0] == {"type": "FeatureCollection", "features": []}
