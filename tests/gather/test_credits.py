"""Reporters' names are read off bylines and credits; editors, agencies and desks are no authors."""

import pytest

from counterclaim.gather.credits import find_authors, find_credited_agency


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ana Ruiz", ("Ana Ruiz",)),
        ("By ANA RUIZ AND JAN DE VRIES", ("Ana Ruiz", "Jan De Vries")),
        ("By Ana Ruiz, Jan de Vries and Li Wei, Associated Press", ("Ana Ruiz", "Jan de Vries", "Li Wei")),
        ("By Ana Ruiz | May 3, 2021 8:15 AM", ("Ana Ruiz",)),
        ("by Ana Ruiz May 3 at 8:15 AM", ("Ana Ruiz",)),
        ("By LI WEI Associated Press", ("Li Wei",)),
        ("By The Associated Press", ()),
        ("By Staff Reporter", ()),
        (
            "Reporting by Ana Ruiz in Quito; Additional reporting by Li Wei; Editing by Mary Cole",
            ("Ana Ruiz", "Li Wei"),
        ),
        (
            "(Reporting by Ana Ruiz and Jan de Vries in The Hague, Li Wei in Beijing; editing by Mary Cole)",
            ("Ana Ruiz", "Jan de Vries", "Li Wei"),
        ),
        ("Editing by Mary Cole", ()),
        ("Ana Ruiz in Quito contributed to this report.", ()),
    ],
)
def test_authors_of_a_line(line, authors):
    assert find_authors([line]) == authors


def test_an_author_named_twice_is_listed_once():
    assert find_authors(["By ANA RUIZ", "Reporting by Ana Ruiz"]) == ("Ana Ruiz",)


@pytest.mark.parametrize(
    ("line", "reason", "agency"),
    [
        ("Source: AFP", "byline", "Agence France-Presse"),
        ("By LI WEI Associated Press", "byline", "Associated Press"),
        ("© 2021 Thomson Reuters. All rights reserved.", "copyright", "Reuters"),
        ("Photo: Ana Ruiz/Reuters", "caption", None),
        ("Ana Ruiz of the Associated Press contributed to this report.", "credits", None),
        ("Copyright 2021 The Valley Post", "copyright", None),
    ],
)
def test_the_agency_of_a_line(line, reason, agency):
    assert find_credited_agency(line, reason) == agency
