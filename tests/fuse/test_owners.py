"""Whose outlets belong together, and that they count as one origin."""

import itertools

import pytest

from counterclaim.fuse.owners import find_owner
from counterclaim.knowledge import load_table
from tests.fuse.test_story_sets import VASK, Told, clash


def test_every_owned_outlet_is_one_that_articles_can_name():
    known = {row["name"] for table in ("outlets", "agencies") for row in load_table(table)}
    assert {row["outlet"] for row in load_table("owners")} <= known


def test_every_owner_has_two_outlets_at_least():
    owners = [row["owner"] for row in load_table("owners")]
    assert {owner for owner in owners if owners.count(owner) < 2} == set()


def test_no_outlet_has_two_owners_in_one_year():
    periods: dict[str, list[tuple[str, str]]] = {}
    for row in load_table("owners"):
        periods.setdefault(row["outlet"], []).append((row["since"] or "0000", row["until"] or "9999"))
    for outlet, known in periods.items():
        ordered = sorted(known)
        assert all(one[1] < other[0] for one, other in itertools.pairwise(ordered)), outlet


@pytest.mark.parametrize(
    ("outlet", "published", "owner"),
    [
        ("TASS", "2022-09-14", "the Russian state"),
        ("tass", None, "the Russian state"),
        ("Sky News", "2017-05-01", "Sky News"),
        ("Sky News", "2019-05-01", "Comcast"),
        ("The Harbour Post", "2022-09-14", "The Harbour Post"),
    ],
)
def test_an_owner_holds_for_its_years(outlet, published, owner):
    assert find_owner(outlet, published) == owner


@pytest.mark.parametrize(("first", "second", "origins"), [("TASS", "RIA Novosti", 1), ("TASS", "Reuters", 2)])
def test_agencies_of_one_owner_are_one_origin(first, second, origins):
    told = Told(clash(VASK, agency=first), clash(VASK, agency=second))
    assert told.only().origins == origins
