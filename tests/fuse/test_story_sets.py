"""Sets of short reports, and the events and claim matrix that a careful analyst makes of them."""

import random

import pytest

from counterclaim.export.matrix import to_json
from counterclaim.fuse import fuse, matrix
from counterclaim.gather.duplicates import collapse
from counterclaim.values import print_column, print_group, print_value
from tests.handmade import count, report, tell, when, where, who

VASK = where("Vask", "NOR", 60.10, 10.20, admin1="01", geonameid=1)
ELTA = where("Elta", "NOR", 60.14, 10.28, admin1="01", geonameid=2)
HILL = where("Hill province", "NOR", 60.2, 10.3, admin1="01", precision="province", geonameid=3)
NORLAND = who("Norland", "NOR", "GOV", actor_id="NOR")
SUDRIA = who("Sudria", "SUD", "GOV", actor_id="SUD")


class Told:
    """The events of some reports, and their matrices."""

    def __init__(self, *reports):
        self.readings = reports
        self.stories = collapse(reading.article for reading in reports)
        self.events = fuse(reports, self.stories)

    def all(self, kind="ASSAULT"):
        return [event for event in self.events if event.type == kind]

    def only(self, kind="ASSAULT"):
        (event,) = self.all(kind)
        return event

    def matrix(self, kind="ASSAULT"):
        return matrix(self.only(kind).members, self.readings, self.stories)

    def status(self, kind="ASSAULT"):
        return {
            print_column(column.field, column.victims): column.status for column in self.matrix(kind).columns
        }

    def relations(self, *kinds, kind="ASSAULT"):
        return {
            (relation["kind"], relation["field"], relation["left_value"], relation["right_value"])
            for relation in to_json(self.matrix(kind))["relations"]
            if relation["kind"] in kinds
        }

    def cells(self, field, victims="", kind="ASSAULT"):
        made = self.matrix(kind)
        numbers = [
            number
            for number, column in enumerate(made.columns)
            if (column.field, print_group(column.victims)) == (field, victims)
        ]
        return {
            row.claimant.name: row.cells[number]
            for row in made.rows
            for number in numbers
            if row.cells[number]
        }


def own_words(*seed):
    """Sentences that make a report its agency's own and no copy of another's."""
    pick = random.Random(repr(seed))
    words = ["".join(pick.choices("abdeiklmnorstu", k=pick.randrange(3, 9))) for _ in range(70)]
    return f" Background {' '.join(words)}."


def toll(day, number, *, said="Norland", agency="AFP", side="NOR", by=NORLAND, words="soldiers", **known):
    """A report that somebody gives the dead soldiers of one side in Monday's clash of Norland and Sudria."""
    text = (
        f"{agency} reports on {day}. {said} said {number} {words} had been killed in Monday's clash "
        f"between Norland and Sudria near Vask.{own_words(day, agency, said)}"
    )
    victims = who(words, side, "MIL")
    return report(
        text,
        tell(
            "ASSAULT",
            "clash",
            actors=[NORLAND, SUDRIA],
            place=VASK,
            date=when("Monday", "2024-05-06"),
            counts=[count(f"{number} {words}", "dead", number, victims=victims)],
            by=by,
        ),
        agency=agency,
        published=day,
        ref=f"{agency}{day}{said}",
        **known,
    )


def test_a_toll_that_the_same_side_raises_is_a_revision_and_no_contradiction():
    told = Told(toll("2024-05-07", 49), toll("2024-05-08", 105, agency="Reuters"))
    assert told.status()["counts.dead NOR MIL"] == "one_sided"
    assert told.relations("revises", "contradicts") == {
        ("revises", "counts.dead NOR MIL", "105 (NOR MIL)", "49 (NOR MIL)")
    }
    (cell,) = told.cells("counts.dead", "NOR MIL").values()
    assert [(print_value(value.value), value.state) for value in cell] == [
        ("105", "stands"),
        ("49", "revised"),
    ]


def test_a_toll_revised_by_another_organ_of_the_same_state_is_a_revision_too():
    minister = who("The prime minister", "NOR", "GOV", actor_id="NOR.PM")
    told = Told(
        toll("2024-05-07", 49),
        toll("2024-05-09", 105, agency="Reuters", said="The prime minister", by=minister),
    )
    assert told.status()["counts.dead NOR MIL"] == "one_sided"
    assert [kind for kind, *_ in told.relations("revises")] == ["revises"]


def test_who_repeats_a_toll_before_it_is_raised_contests_nothing():
    rescuers = who("Rescuers", "OST", "NGO")
    told = Told(
        toll("2024-05-07", 49),
        toll("2024-05-08", 49, said="Rescuers", by=rescuers, agency="dpa"),
        toll("2024-05-09", 105, agency="Reuters"),
    )
    assert told.status()["counts.dead NOR MIL"] == "one_sided"
    assert {relation[3] for relation in told.relations("revises")} == {"49 (NOR MIL)"}


def test_who_repeats_a_toll_after_it_was_raised_contradicts():
    rescuers = who("Rescuers", "OST", "NGO")
    told = Told(
        toll("2024-05-07", 49),
        toll("2024-05-08", 105, agency="Reuters"),
        toll("2024-05-09", 49, said="Rescuers", by=rescuers, agency="dpa"),
    )
    assert told.status()["counts.dead NOR MIL"] == "contested"


def test_each_sides_own_losses_add_and_do_not_contradict():
    told = Told(
        toll("2024-05-07", 105),
        toll("2024-05-07", 50, said="Sudria", by=SUDRIA, side="SUD", words="troops"),
    )
    assert told.only().contested == ()
    assert told.relations("adds") == {("adds", "counts.dead", "105 (NOR MIL)", "50 (SUD MIL)")}


def test_two_sides_that_count_the_same_dead_differently_contradict():
    told = Told(toll("2024-05-07", 12), toll("2024-05-07", 30, said="Sudria", by=SUDRIA, agency="Reuters"))
    assert told.status()["counts.dead NOR MIL"] == "contested"
    assert "counts.dead NOR MIL" in told.only().contested


def test_at_least_twenty_does_not_contradict_twenty_five():
    at_least = report(
        "Sudria said at least 20 soldiers had been killed in Monday's clash between Norland and Sudria near Vask.",
        tell(
            "ASSAULT",
            "clash",
            actors=[NORLAND, SUDRIA],
            place=VASK,
            date=when("Monday", "2024-05-06"),
            counts=[count("at least 20 soldiers", "dead", 20, None, victims=who("soldiers", "NOR", "MIL"))],
            by=SUDRIA,
        ),
        published="2024-05-07",
    )
    told = Told(at_least, toll("2024-05-07", 25))
    assert told.status()["counts.dead NOR MIL"] == "corroborated"
    assert [kind for kind, *_ in told.relations("narrows", "contradicts") if kind == "contradicts"] == []


def blame(by, other, day="2024-05-07", **known):
    name, culprit = by["name"], other["name"]
    return report(
        f"{name} accused {culprit} of opening fire near Vask on Monday.",
        tell(
            "ASSAULT",
            "opening",
            actors=[other],
            recipients=[by],
            place=VASK,
            date=when("Monday", "2024-05-06"),
            by=by,
            stance="accuses",
            cue="accused",
        ),
        published=day,
        ref=f"{name}{day}",
        **known,
    )


def test_two_sides_that_blame_each_other_tell_of_one_event_and_contest_who_did_it():
    told = Told(blame(NORLAND, SUDRIA), blame(SUDRIA, NORLAND))
    assert told.status()["actors"] == "contested"
    assert told.relations("contradicts") == {
        ("contradicts", "actors", "Norland [NOR GOV]", "Sudria [SUD GOV]")
    } or told.relations("contradicts") == {("contradicts", "actors", "Sudria [SUD GOV]", "Norland [NOR GOV]")}
    assert told.status()["place"] == "corroborated"


def test_one_reporters_account_of_fire_from_both_sides_contests_nothing():
    told = Told(
        report(
            "Norland shelled Sudria near Vask on Monday.",
            tell(
                "ASSAULT",
                "shelled",
                actors=[NORLAND],
                recipients=[SUDRIA],
                place=VASK,
                date=when("Monday", "2024-05-06"),
            ),
            agency="AFP",
            published="2024-05-07",
        ),
        report(
            "Sudria shelled Norland near Vask on Monday.",
            tell(
                "ASSAULT",
                "shelled",
                actors=[SUDRIA],
                recipients=[NORLAND],
                place=VASK,
                date=when("Monday", "2024-05-06"),
            ),
            agency="Reuters",
            published="2024-05-07",
        ),
    )
    assert told.only().contested == ()


def denial(day="2024-05-07", by=SUDRIA):
    return report(
        f"{by['name']} denied shelling Norland near Vask on Monday.",
        tell(
            "ASSAULT",
            "shelling",
            actors=[by],
            recipients=[NORLAND],
            place=VASK,
            date=when("Monday", "2024-05-06"),
            by=by,
            stance="denies",
            cue="denied",
        ),
        published=day,
        ref=f"denial{day}",
    )


def test_a_denial_is_linked_to_the_assault_it_denies():
    told = Told(blame(NORLAND, SUDRIA), denial())
    assert told.relations("denies") == {("denies", "actors", "Sudria [SUD GOV]", "Sudria [SUD GOV]")}
    assert told.status()["actors"] == "contested"


def test_who_denies_having_done_it_does_not_contest_that_it_happened():
    assert Told(blame(NORLAND, SUDRIA), denial()).status()["type"] != "contested"


def test_who_first_claims_and_later_denies_withdraws():
    claimed = report(
        "Sudria said it shelled Norland near Vask on Monday.",
        tell(
            "ASSAULT",
            "shelled",
            actors=[SUDRIA],
            recipients=[NORLAND],
            place=VASK,
            date=when("Monday", "2024-05-06"),
            by=SUDRIA,
        ),
        published="2024-05-07",
    )
    told = Told(claimed, denial("2024-05-09"))
    assert told.status()["actors"] == "withdrawn"
    (cell,) = told.cells("actors").values()
    assert {value.state for value in cell} == {"stands", "withdrawn"}


def clash(place, *, day="2024-05-06", published="2024-05-07", agency="AFP", word="clash", dead=None, **known):
    text = f"{agency} has more. A {word} between Norland and Sudria at {place['text']} on that day left {dead or 'some'} dead."
    text += own_words(agency, published, word, place["text"])
    counts = [count(f"{dead} dead", "dead", dead)] if dead else []
    return report(
        text,
        tell(
            "ASSAULT", word, actors=[NORLAND, SUDRIA], place=place, date=when("that day", day), counts=counts
        ),
        agency=agency,
        published=published,
        ref=f"{agency}{place['text']}{published}",
        **known,
    )


def test_two_clashes_the_same_day_in_neighbouring_villages_stay_two():
    told = Told(clash(VASK), clash(ELTA, agency="Reuters"), clash(VASK, agency="Xinhua"))
    assert sorted(event.articles for event in told.all()) == [1, 2]


def test_a_clash_told_for_the_whole_province_joins_the_one_village_it_fits():
    told = Told(clash(VASK), clash(HILL, agency="Reuters"))
    assert told.only().articles == 2
    assert told.only().place == "Vask"


def test_a_clash_told_for_the_whole_province_is_put_to_none_of_two_villages():
    told = Told(clash(VASK), clash(ELTA, agency="Reuters"), clash(HILL, agency="Xinhua"))
    assert sorted(event.place for event in told.all()) == ["Elta", "Hill province", "Vask"]


def test_clashes_of_one_place_on_days_apart_stay_apart():
    told = Told(clash(VASK), clash(VASK, day="2024-05-09", published="2024-05-10", agency="Reuters"))
    assert len(told.all()) == 2


def test_one_clash_dated_a_day_apart_with_the_same_toll_is_one_with_a_contested_date():
    told = Told(clash(VASK, dead=12), clash(VASK, day="2024-05-07", agency="Reuters", dead=12))
    assert told.only().origins == 2
    assert ("contradicts", "date") in {relation[:2] for relation in told.relations("contradicts")}


def test_clashes_of_one_place_on_two_days_with_differing_tolls_stay_apart():
    told = Told(clash(VASK, dead=12), clash(VASK, day="2024-05-07", agency="Reuters", dead=3))
    assert len(told.all()) == 2


def test_another_dyad_the_same_day_in_the_same_country_is_another_event():
    gunmen = report(
        "Gunmen killed two guards of Norland in Vask on Monday.",
        tell(
            "ASSAULT",
            "killed",
            actors=[who("Gunmen", None, "UAF", name="gunmen")],
            recipients=[who("guards of Norland", "OST", "CVL")],
            place=VASK,
            date=when("Monday", "2024-05-06"),
        ),
        published="2024-05-07",
    )
    assert len(Told(clash(VASK), gunmen).all()) == 2


WIRE = (
    "A clash between Norland and Sudria near Vask on Monday left soldiers dead, the worst since a truce was signed. "
    "Residents told of heavy fire through the night and of roads closed by the army at dawn. "
    "Mediators in the capital called both foreign ministers and asked for restraint before talks next week. "
    "The two have disputed the valley since the border commission broke up nine years ago."
)


def wire(outlet, day, text=WIRE, agency="AFP"):
    return report(
        text,
        tell("ASSAULT", "clash", actors=[NORLAND, SUDRIA], place=VASK, date=when("Monday", "2024-05-06")),
        outlet=outlet,
        agency=agency,
        published=day,
        url=f"https://{outlet}.example",
        ref=outlet,
    )


def test_ten_copies_of_one_wire_are_ten_articles_one_story_and_one_origin():
    told = Told(*(wire(f"paper{number}", f"2024-05-{number + 7:02}") for number in range(10)))
    event = told.only()
    assert (event.articles, event.stories, event.origins) == (10, 1, 1)
    assert told.status()["type"] == "uncontested"
    (cell,) = told.cells("type").values()
    assert len(cell[0].printed) == 10


def test_an_uncredited_shortened_copy_adds_no_origin():
    copied = wire("thief", "2024-05-08", text=WIRE[: len(WIRE) // 2], agency=None)
    told = Told(wire("paper", "2024-05-07"), copied)
    assert told.only().origins == 1


def test_copies_without_any_date_are_still_one_event():
    told = Told(*(wire(f"paper{number}", None, text=f"{WIRE} Page {number}.") for number in range(5)))
    event = told.only()
    assert (event.articles, event.stories) == (5, 1)
    assert "the same sentence in copies of one story" in event.judgements[0].reason


def test_undated_reports_of_different_agencies_are_not_taken_for_one_event():
    told = Told(*(clash_without_dates(agency) for agency in ("AFP", "Reuters")))
    assert len(told.all()) == 2


def clash_without_dates(agency):
    return report(
        f"Norland and Sudria clashed again.{own_words(agency)}",
        tell("ASSAULT", "clashed", actors=[NORLAND, SUDRIA]),
        agency=agency,
        ref=agency,
    )


def test_two_agencies_own_reports_corroborate():
    told = Told(clash(VASK), clash(VASK, agency="Reuters", word="clash"))
    assert told.only().origins == 2
    assert told.status()["type"] == "corroborated"


def test_a_claim_the_reporter_could_not_verify_is_unverified():
    text = "Norland said Monday's clash with Sudria near Vask was over. This could not be verified."
    told = Told(
        report(
            text,
            tell(
                "ASSAULT",
                "clash",
                actors=[NORLAND, SUDRIA],
                place=VASK,
                date=when("Monday", "2024-05-06"),
                by=NORLAND,
            ),
            flags=[("unverified", "could not be verified", "")],
            published="2024-05-07",
        )
    )
    assert told.status()["type"] == "unverified"


def test_what_only_one_party_says_is_one_sided():
    assert Told(toll("2024-05-07", 12)).status()["counts.dead NOR MIL"] == "one_sided"


def test_what_both_parties_say_is_corroborated():
    told = Told(toll("2024-05-07", 12), toll("2024-05-07", 12, said="Sudria", by=SUDRIA, agency="Reuters"))
    assert told.status()["counts.dead NOR MIL"] == "corroborated"


def test_one_claimant_carried_by_two_agencies_is_one_independent_side():
    told = Told(toll("2024-05-07", 12), toll("2024-05-07", 12, agency="Reuters"))
    column = next(one for one in told.matrix().columns if one.field == "counts.dead")
    assert (column.independent, column.status) == (1, "one_sided")
    (cell,) = told.cells("counts.dead", "NOR MIL").values()
    assert set(cell[0].origins) == {"AFP", "Reuters"}


def test_a_war_long_ago_is_not_the_clash_of_today():
    past = report(
        "Norland and Sudria fought a war near Vask.",
        tell("ASSAULT", "war", actors=[NORLAND, SUDRIA], place=VASK, auxiliary=["historical"]),
        published="2024-05-07",
    )
    assert len(Told(clash(VASK), past).all()) == 2


def test_a_feared_attack_is_no_attack():
    feared = report(
        "Norland warned that Sudria could attack Vask.",
        tell(
            "ASSAULT",
            "attack",
            actors=[SUDRIA],
            recipients=[NORLAND],
            place=VASK,
            by=NORLAND,
            stance="warns",
            cue="warned",
        ),
        published="2024-05-07",
    )
    told = Told(clash(VASK), feared)
    assert len(told.all()) == 2
    assert sum("(expected)" in event.label for event in told.events) == 1


def test_an_undated_report_the_day_after_joins():
    undated = report(
        "Sudria and Norland traded fire near Vask, residents said.",
        tell(
            "ASSAULT",
            "fire",
            actors=[SUDRIA, NORLAND],
            place=VASK,
            by=who("residents", "NOR", "CVL"),
            cue="said",
        ),
        published="2024-05-07",
        agency="Reuters",
    )
    assert Told(clash(VASK), undated).only().articles == 2


def test_an_undated_report_two_months_later_does_not():
    undated = report(
        "Sudria and Norland traded fire near Vask.",
        tell("ASSAULT", "fire", actors=[SUDRIA, NORLAND], place=VASK),
        published="2024-07-20",
    )
    assert len(Told(clash(VASK), undated).all()) == 2


def test_two_calls_of_one_minister_with_two_counterparts_are_two():
    envoy = who("The envoy", "OST", "GOV")
    calls = report(
        "The envoy called Norland on Monday. The envoy spoke to Sudria too.",
        tell("CONSULT", "called", actors=[envoy, NORLAND], date=when("Monday", "2024-05-06")),
        tell("CONSULT", "spoke", actors=[envoy, SUDRIA]),
        published="2024-05-07",
    )
    assert len(Told(calls).all("CONSULT")) == 2


def test_a_meeting_told_by_both_hosts_is_one():
    both = [
        report(
            f"{name} met its neighbour in Vask on Monday.",
            tell(
                "CONSULT",
                "met",
                actors=[who(name, code, "GOV")],
                recipients=[who("its neighbour", other, "GOV")],
                place=VASK,
                date=when("Monday", "2024-05-06"),
            ),
            published="2024-05-07",
            agency=name,
        )
        for name, code, other in (("Norland", "NOR", "SUD"), ("Sudria", "SUD", "NOR"))
    ]
    assert Told(*both).only("CONSULT").articles == 2


def test_the_same_appeal_by_different_states_is_two_appeals():
    appeals = [
        report(
            f"{name} urged Sudria on Monday to hold its fire.",
            tell(
                "REQUEST",
                "urged",
                actors=[who(name, code, "GOV")],
                recipients=[SUDRIA],
                date=when("Monday", "2024-05-06"),
            ),
            published="2024-05-07",
            agency=name,
        )
        for name, code in (("Westmark", "WST"), ("Ostland", "OST"))
    ]
    assert len(Told(*appeals).all("REQUEST")) == 2


def test_a_doubt_is_kept_beside_the_claim_it_doubts():
    doubt = report(
        "Reuters could not verify that a clash near Vask on Monday killed 12 soldiers.",
        tell(
            "ASSAULT",
            "clash",
            actors=[],
            place=VASK,
            date=when("Monday", "2024-05-06"),
            counts=[count("12 soldiers", "dead", 12, victims=who("soldiers", "NOR", "MIL"))],
            stance="cannot_verify",
            cue="verify",
        ),
        published="2024-05-07",
        agency="Reuters",
    )
    told = Told(toll("2024-05-07", 12), doubt)
    assert told.status()["counts.dead NOR MIL"] == "unverified"
    assert ("doubts", "counts.dead NOR MIL") in {relation[:2] for relation in told.relations("doubts")}


REPORTS = [
    toll("2024-05-07", 49),
    toll("2024-05-08", 105, agency="Reuters"),
    toll("2024-05-07", 50, said="Sudria", by=SUDRIA, side="SUD", words="troops"),
    blame(NORLAND, SUDRIA),
    blame(SUDRIA, NORLAND),
    denial(),
    clash(VASK),
    clash(ELTA, agency="Reuters"),
    clash(HILL, agency="Xinhua"),
    wire("paper", "2024-05-07"),
    wire("thief", "2024-05-08", text=WIRE[: len(WIRE) // 2], agency=None),
]


@pytest.mark.parametrize("seed", range(8))
def test_the_order_of_the_reports_changes_nothing(seed):
    expected = Told(*REPORTS)
    shuffled = list(REPORTS)
    random.Random(seed).shuffle(shuffled)
    told = Told(*shuffled)
    assert told.events == expected.events
    for event, other in zip(told.events, expected.events, strict=True):
        assert matrix(event.members, told.readings, told.stories) == matrix(
            other.members, expected.readings, expected.stories
        )


def test_every_member_is_in_one_event_only():
    members = [member for event in Told(*REPORTS).events for member in event.members]
    assert len(members) == len(set(members)) == sum(len(reading.events) for reading in REPORTS)


def test_later_reports_leave_the_ids_of_events_as_they_were():
    before = {event.id for event in Told(*REPORTS).events}
    after = {event.id for event in Told(*REPORTS, toll("2024-05-20", 107, agency="dpa")).events}
    assert before <= after


def test_fighting_told_of_two_days_without_a_toll_in_common_has_no_contested_date():
    told = Told(
        clash(VASK, dead=12),
        clash(VASK, day="2024-05-07", agency="Reuters", dead=12),
        clash(VASK, day="2024-05-07", agency="Xinhua"),
    )
    assert told.only().origins == 3
    (dates,) = [relation for relation in told.relations("contradicts") if relation[1] == "date"]
    assert "Xinhua" not in str(dates)
