"""Who was a member of what when: counts that anyone can look up, entries and exits, and a table without slips."""

import pytest

from counterclaim.errors import InputError
from counterclaim.knowledge import load_table
from counterclaim.knowledge.memberships import members, memberships

ROWS = load_table("memberships")
COUNTRIES = {row["id"] for row in load_table("countries")}
ORGANISATIONS = {row["id"] for row in load_table("organisations")}


@pytest.mark.parametrize(
    ("organisation", "when", "count"),
    [
        ("NATO", "1950", 12),
        ("NATO", "1990", 16),
        ("NATO", "2003", 19),
        ("NATO", "2004-04-01", 26),
        ("NATO", None, 32),
        ("EUR", "1957", 0),
        ("EUR", "2003", 15),
        ("EUR", "2004-05-01", 25),
        ("EUR", "2013-07-01", 28),
        ("EUR", "2020-02-01", 27),
        ("AU", None, 55),
        ("ECOWAS", "1999", 16),
        ("ECOWAS", "2024", 15),
        ("ECOWAS", "2025-01-29", 12),
        ("CSTO", "2022-09-13", 6),
        ("BRICS", "2015", 5),
        ("BRICS", "2024", 9),
        ("SCO", None, 10),
        ("ASEAN", "2000", 10),
        ("ASEAN", None, 11),
        ("ARAB_LEAGUE", None, 22),
        ("GCC", None, 6),
        ("EAEU", None, 5),
        ("G7", None, 7),
        ("G8", "2010", 8),
        ("G20", "2010", 20),
        ("OPEC", None, 12),
        ("COE", "2021", 47),
        ("COE", None, 46),
        ("OECD", None, 38),
        ("SADC", None, 16),
        ("EAC", None, 8),
        ("SAARC", None, 8),
        ("EFTA", None, 4),
    ],
)
def test_an_organisation_has_as_many_members_as_it_had(
    organisation: str, when: str | None, count: int
) -> None:
    assert len(members(organisation, when)) == count


@pytest.mark.parametrize(
    ("organisation", "member", "inside", "outside"),
    [
        ("NATO", "SWE", "2024-03-07", "2024-03-06"),
        ("EUR", "GBR", "2020-01-31", "2020-02-01"),
        ("ECOWAS", "NER", "2025-01-28", "2025-01-29"),
        ("ECOWAS", "MRT", "1999", "2001"),
        ("CIS", "GEO", "2008-08-08", "2009-08-18"),
        ("CSTO", "UZB", "2010", "2013"),
        ("AU", "MAR", "2017-02", "2016-12"),
        ("G8", "RUS", "2014-03", "2014-04"),
        ("OPEC", "GAB", "2016-07", "2000"),
        ("COE", "RUS", "2022-03-15", "2022-03-16"),
        ("COE", "GRC", "1968", "1972"),
    ],
)
def test_members_come_and_go_on_their_day(organisation: str, member: str, inside: str, outside: str) -> None:
    assert member in members(organisation, inside)
    assert member not in members(organisation, outside)


def test_a_year_holds_whoever_was_a_member_on_any_day_of_it() -> None:
    assert {"GBR", "HRV"} <= set(members("EUR", 2020))
    assert "LVA" in members("NATO", 2004)


def test_the_organisations_of_a_country_are_found_too() -> None:
    assert memberships("MLI", "2024") == ("AES", "AU", "ECOWAS")
    assert memberships("MLI") == ("AES", "AU")


def test_an_unknown_organisation_or_date_says_what_to_do() -> None:
    with pytest.raises(InputError, match="NATO"):
        members("Hansa")
    with pytest.raises(InputError, match="YYYY"):
        members("NATO", "spring")


def test_every_line_names_an_organisation_and_a_member_that_the_tables_know() -> None:
    for row in ROWS:
        assert row["organisation"] in ORGANISATIONS, row.rule
        assert row["member"] in COUNTRIES | ORGANISATIONS, row.rule
        assert row["id"] == f"{row['organisation']}.{row['member']}.{row['since'][:4]}", row.rule
        assert not row["until"] or row["since"] <= row["until"], row.rule


def test_no_member_is_in_twice_at_once() -> None:
    for row in ROWS:
        for other in ROWS:
            same = (row["organisation"], row["member"]) == (other["organisation"], other["member"])
            if same and row["id"] < other["id"]:
                first, second = sorted((row, other), key=lambda line: line["since"])
                assert "" < first["until"] < second["since"], (row.rule, other.rule)


def test_wikidata_ids_are_ids_and_each_country_has_its_own() -> None:
    known = [row["wikidata"] for row in load_table("countries") if row["wikidata"]]
    assert len(known) > 190
    assert len(set(known)) == len(known)
    assert all(item[0] == "Q" and item[1:].isdigit() for item in known)
