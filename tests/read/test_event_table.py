"""The event table: each happening of an article once, with what the article says of it."""

from datetime import date

import pytest
from spacy.language import Language

from counterclaim import read_text
from counterclaim.export.reading import leave_out_implied, to_json
from counterclaim.read.table.how_many import says_how_many
from counterclaim.types import Count, EventRow, Reading

pytestmark = pytest.mark.weights


@pytest.fixture
def read(language: Language):
    return lambda text, published=None: read_text(text, language, verbatim=True, published=published)


def row_with(reading: Reading, word: str) -> EventRow:
    """The row one of whose mentions is this word."""
    wanted = {event.id for event in reading.events if event.trigger.text == word}
    return next(row for row in reading.event_table if wanted & set(row.members))


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Rebels attacked a barracks in Gao. The attack killed two guards.", "attacked", "attack"),
        ("Rebels raided a market in Omdurman. At least 54 people were killed.", "raided", "killed"),
    ],
)
def test_two_tellings_of_one_happening_are_one_row(read, text, one, other):
    reading = read(text)
    assert row_with(reading, one) is row_with(reading, other)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked Gao. Rebels attacked Kidal.",
        "Rebels shelled Goma on 3 March 2021. Rebels shelled Goma on 5 May 2021.",
        "Ethiopian troops attacked Juba. Kenyan troops attacked Juba.",
    ],
)
def test_another_place_day_or_side_is_another_row(read, text):
    assert len([row for row in read(text).event_table if row.type == "ASSAULT"]) == 2


def test_a_toll_told_without_an_event_word_belongs_to_the_events_row_with_its_claimant(read):
    reading = read("Rebels shelled a village on Tuesday. The toll stands at 45, the health ministry said.")
    row = row_with(reading, "shelled")
    assert [(cell.value.kind, cell.value.low) for cell in row.counts] == [("dead", 45)]
    (claim,) = (one for one in reading.claims if one.field == "counts.dead")
    teller = next(one for one in reading.attributions if one.id == claim.attribution)
    assert claim.id in row.claims
    assert teller.source is not None
    assert "ministry" in teller.source.text


def test_rival_tolls_are_two_counts_of_one_row(read):
    reading = read(
        "Rebels shelled a village on Tuesday. The toll stands at 45, the health ministry said. A hospital had received nine bodies."
    )
    assert [cell.value.low for cell in row_with(reading, "shelled").counts] == [45, 9]


def test_a_toll_of_another_cause_or_year_is_not_todays(read):
    reading = read("Rebels shelled a village on Tuesday. In 2004 the tsunami's death toll was 230,000.")
    assert row_with(reading, "shelled").counts == ()


def test_every_event_stands_in_exactly_one_row(read):
    reading = read(
        "Rebels raided Gao, police said. The army denied it. France condemned the raid and urged talks."
    )
    members = [member for row in reading.event_table for member in row.members]
    assert sorted(members) == sorted(event.id for event in reading.events)


def test_every_claim_stands_in_the_row_of_its_event(read):
    reading = read("Rebels raided Gao, police said. Two guards were killed.")
    assert sorted(claim for row in reading.event_table for claim in row.claims) == sorted(
        claim.id for claim in reading.claims
    )


def test_a_dateline_is_not_when_it_happened(read):
    reading = read("GAO, Mali, 3 March 2021 (AFP) - Rebels raided a barracks.", "2021-03-03")
    assert row_with(reading, "raided").date is None


def test_a_day_that_nothing_anchors_keeps_its_words(read):
    (row,) = to_json(read("Rebels raided a barracks in Gao yesterday."))["event_table"]
    assert (row["date"]["text"], row["date"]["start"]) == ("yesterday", None)


def test_every_value_of_the_json_says_how_it_is_known(read):
    reading = read(
        "Rebels raided a barracks in Gao on Monday, killing two guards.", date(2021, 3, 3).isoformat()
    )
    for row in to_json(reading)["event_table"]:
        for value in (*row["actors"], *row["recipients"], *row["counts"], row["place"], row["date"]):
            if value is not None:
                assert value["basis"] in {"stated", "same_event", "implied"}
                assert reading.article.text[value["from"]["start_char"] : value["from"]["end_char"]]


def test_what_another_mention_adds_is_of_the_same_event(read):
    row = row_with(
        read("Rebels attacked a barracks in Gao on Monday. The attack killed two guards."), "attacked"
    )
    (dead,) = row.counts
    assert row.place is not None
    assert {row.place.basis, dead.basis} == {"stated", "same_event"}


def test_leaving_out_what_is_implied_keeps_what_is_stated(read):
    reading = read("Rebels raided a barracks in Gao, killing two guards.")
    assert leave_out_implied(reading) == reading


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("a soldier", True),
        ("twenty-two pupils", True),
        ("at least 20", True),
        ("several insurgents", True),
        ("six", True),
        ("he", False),
        ("residents", False),
    ],
)
def test_a_count_holds_a_number(words, number):
    assert says_how_many(Count("dead", 1, 1, None, words, 0, len(words), -1)) is number


@pytest.mark.parametrize(
    "denial",
    [
        "Azerbaijan's defence ministry denied it.",
        "Baku rejected the accusation as a pretext.",
        "Azerbaijan denied the charges.",
        "Azerbaijani officials denied involvement.",
    ],
)
def test_a_denial_that_points_back_is_a_claim_against_what_it_denies(read, denial):
    reading = read(f"Armenia said Azerbaijan shelled Goris on Monday. {denial}")
    row = row_with(reading, "shelled")
    stances = {event.stance for event in reading.events if event.id in row.members}
    assert stances == {"says", "denies"}
    assert [cell.value.text for cell in row.actors] == ["Azerbaijan"]
    assert len([one for one in reading.event_table if one.type == "ASSAULT"]) == 1


@pytest.mark.parametrize(
    "text",
    [
        # Somebody else than all that is said of it: nobody knows what "it" is.
        "Armenia said Azerbaijan shelled Goris. Georgia denied it.",
        # Who told it denies something else.
        "Armenia said Azerbaijan shelled Goris. Armenia denied it.",
        # The outlet's own word is nobody's claim.
        "Rebels raided Gao on Monday. The mayor denied the reports.",
        # A report of something has its own content.
        "Armenia said Azerbaijan shelled Goris. Azerbaijan denied reports of a ceasefire.",
    ],
)
def test_a_denial_of_something_else_is_no_claim_against_the_event_before(read, text):
    reading = read(text)
    assert all(event.stance != "denies" for event in reading.events if event.type == "ASSAULT")
