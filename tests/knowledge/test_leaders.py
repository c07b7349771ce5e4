"""Terms of office that could not be: unknown countries, years that run backwards, two ministers at one time."""

from collections import defaultdict

from counterclaim.knowledge import load_table

LEADERS = load_table("leaders")
COUNTRIES = {row["id"] for row in load_table("countries")} | {"UNO", "EUR", "IGO", "NGO"}
# One person at a time holds these; the year in which one follows another is both's.
SINGLE = ("foreign_minister", "defence_minister")


def test_every_leader_is_of_a_known_country():
    assert {row["country"] for row in LEADERS} <= COUNTRIES


def test_terms_run_forwards_through_plausible_years():
    for row in LEADERS:
        assert "1945" <= row["from"] <= (row["until"] or "2025-12-31"), row.rule
        assert row["until"] <= "2025-12-31", row.rule


def test_two_people_hold_one_ministry_only_in_the_year_it_changes_hands():
    terms = defaultdict(list)
    for row in LEADERS:
        if row["office"] in SINGLE:
            term = (int(row["from"][:4]), int(row["until"][:4] or 2025), row["person"])
            terms[row["country"], row["office"]].append(term)
    for office, held in terms.items():
        for start, end, person in held:
            for other_start, other_end, other in held:
                both = range(max(start, other_start), min(end, other_end) + 1)
                assert person == other or len(both) <= 1, (office, person, other)


def test_the_ministers_of_eighty_countries_are_known():
    for office, countries in (("foreign_minister", 110), ("defence_minister", 65)):
        assert len({row["country"] for row in LEADERS if row["office"] == office}) >= countries
