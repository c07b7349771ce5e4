"""Offsets: what is said of being beside a place, and what it does to the place of an event. No weights needed."""

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

from counterclaim.read.places import choose_place, find_toponyms
from counterclaim.read.places.offsets import add_offset
from counterclaim.read.syntax import read_tree
from counterclaim.types import Article, Place
from counterclaim.values import print_place

CASES = Path(__file__).parent.parent / "cases" / "offsets.tsv"


def load_cases():
    lines = [line for line in CASES.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]
    return [line.split("\t") for line in lines[1:]]


def place(text, name, precision="city", lat=20.2, country="MLI"):
    start = text.index(name)
    return Place(name, start, start + len(name), name, 1, lat, 1.0, country, None, "PPL", precision)


@pytest.mark.parametrize(
    ("sentence", "asked", "others", "offset"), [pytest.param(*row[1:], id=row[0]) for row in load_cases()]
)
def test_case(sentence, asked, others, offset):
    kind, _, name = asked.rpartition(":")
    precision = kind or "city"
    own = place(sentence, name, precision)
    near = [place(sentence, other, precision, lat=21.0) for other in filter(None, others.split(";"))]
    found = add_offset(sentence, own, [own, *near])
    away = "-" if found.distance_km is None else f"{found.distance_km:g}"
    assert (
        f"{found.relation} {away} {found.direction or '-'} {found.other or '-'} {found.precision}" == offset
    )


def test_no_point_is_reckoned_from_distance_and_direction():
    text = "Shells fell 20 km north of Tessalit."
    own = place(text, "Tessalit")
    found = add_offset(text, own, [own])
    assert (found.lat, found.lon) == (own.lat, own.lon)


def test_a_place_without_coordinates_keeps_saying_that_it_has_none():
    text = "Shells fell 20 km north of Tessalit."
    found = add_offset(text, place(text, "Tessalit", "unresolved", lat=None), [])
    assert (found.precision, found.distance_km) == ("unresolved", 20.0)


def test_two_far_places_are_told_no_finer_than_the_way_between_them():
    text = "A bus hit a mine between Tessalit and Abeibara."
    own, other = place(text, "Tessalit"), place(text, "Abeibara", lat=30.0)
    assert add_offset(text, own, [own, other]).precision == "country"


def test_an_adjective_is_no_partner():
    text = "A bus hit a mine between Tessalit and Malian posts."
    start = text.index("Malian")
    malian = Place(
        "Malian", start, start + 6, "Mali", 2, 17.0, -4.0, "MLI", None, "PCLI", "country", adjectival=True
    )
    own = place(text, "Tessalit")
    assert add_offset(text, own, [own, malian]).relation == "at"


@pytest.mark.parametrize(
    "text", ["Gao", "of Gao", " km of Gao", "-1 km north of Gao", "a " * 200 + "km north of Gao"]
)
def test_strange_texts_do_no_harm(text):
    own = place(text, "Gao")
    assert print_place(add_offset(text, own, [own]))


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Shells fell 20 km north of Tessalit.", "20 km north of Tessalit"),
        ("Shells fell 30 miles outside Tessalit.", "48.3 km from Tessalit"),
        ("Shells fell just south of Tessalit.", "south of Tessalit"),
        ("Shells fell near Tessalit.", "near Tessalit"),
        ("Shells fell between Tessalit and Abeibara.", "between Tessalit and Abeibara"),
        ("Shells fell on the border of Tessalit.", "border of Tessalit"),
        ("Shells fell in Tessalit.", "Tessalit"),
    ],
)
def test_a_claim_prints_what_is_said(sentence, told):
    own = place(sentence, "Tessalit")
    near = [place(sentence, "Abeibara", lat=21.0)] if "Abeibara" in sentence else []
    assert print_place(add_offset(sentence, own, [own, *near])) == told


def test_the_place_of_an_event_carries_what_is_said_and_the_toponym_does_not():
    words = ["Troops", "shelled", "posts", "near", "Goma", "."]
    doc = Doc(
        spacy.blank("en").vocab,
        words=words,
        spaces=[True, True, True, True, False, False],
        heads=[1, 1, 1, 4, 1, 1],
        deps=["nsubj", "ROOT", "obj", "case", "obl", "punct"],
        pos=["NOUN", "VERB", "NOUN", "ADP", "PROPN", "PUNCT"],
        lemmas=["troop", "shell", "post", "near", "Goma", "."],
    )
    toponyms = find_toponyms(read_tree(doc), Article(id="", ref="", text=doc.text))
    found = choose_place(read_tree(doc), 1, toponyms)
    assert found is not None
    assert (found.relation, found.precision) == ("near", "district")
    assert [(one.relation, one.precision) for one in toponyms] == [("at", "city")]
