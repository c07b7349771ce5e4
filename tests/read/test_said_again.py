"""Numbers told twice in one article: the sum in the lead, the same again in the detail, and what only looks like it."""

import pytest
from spacy.language import Language

from counterclaim import read_text
from counterclaim.types import Reading

pytestmark = pytest.mark.weights


@pytest.fixture
def read(language: Language):
    return lambda text: read_text(text, language, verbatim=True)


def lows(reading: Reading, *kinds: str) -> list[int]:
    """The largest number of each row that has one of these kinds."""
    numbers = [
        [cell.value.low or 0 for cell in row.counts if cell.value.kind in kinds]
        for row in reading.event_table
    ]
    return sorted(max(row) for row in numbers if row)


@pytest.mark.parametrize(
    "text",
    [
        (
            "Chadian troops killed two insurgents in Bol on Monday. The troops were searching a farm for a leader. "
            "When they came under fire they shot back, killing two insurgents."
        ),
        (
            "Soldiers killed several militants during a patrol in Menaka today. The patrol was fired on from a ridge. "
            "The soldiers called for air support, killing several militants."
        ),
        (
            "Marines killed two gunmen in Basilan on Sunday. The marines had been fired on from a hut. "
            "They responded by killing the two attackers."
        ),
    ],
)
def test_the_dead_of_the_lead_told_again_in_the_detail_are_one_row(read, text):
    assert len(lows(read(text), "dead")) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        (
            (
                "Kenyan police arrested several suspects in Garissa on Monday. Police searched a house. "
                "After questioning, officers arrested four suspects."
            ),
            4,
        ),
        (
            (
                "Soldiers arrested two suspected rebels in Kaya on Friday. The soldiers searched a market. "
                "Two individuals were arrested for further questioning."
            ),
            2,
        ),
    ],
)
def test_a_vague_number_made_exact_later_is_one_row_with_the_exact_number(read, text, number):
    assert lows(read(text), "arrested") == [number]


@pytest.mark.parametrize(
    "text",
    [
        "Soldiers killed two militants in Bol on Monday. Soldiers killed two other militants later in the week.",
        "Rebels killed two farmers in Bol. The rebels killed two soldiers as they left.",
        "Soldiers killed two militants in Gao. Soldiers killed two militants in Kidal.",
    ],
)
def test_others_other_people_and_another_place_are_not_said_again(read, text):
    assert lows(read(text), "dead") == [2, 2]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Soldiers detained several insurgents including a commander in Kaya on Friday. The soldiers searched a farm. "
            "The soldiers detained the commander and two of his associates."
        ),
        (
            "Police arrested four suspected smugglers in Garissa on Monday, including a ringleader. Police searched a shop. "
            "The ringleader and three additional suspects were arrested."
        ),
    ],
)
def test_a_sum_whose_parts_are_told_later_is_one_row(read, text):
    assert len(lows(read(text), "arrested")) == 1


def test_the_parts_of_a_sum_stay_apart(read):
    text = (
        "Police arrested five suspects in raids on Monday. In Garissa police arrested three suspects. "
        "In Wajir police arrested two suspects."
    )
    assert lows(read(text), "arrested")[:2] == [2, 3]


@pytest.mark.parametrize(
    "text",
    [
        "Police arrested a ringleader and detained three suspected smugglers during a raid in Garissa.",
        "Troops captured a commander and detained four suspected rebels near Kaya.",
    ],
)
def test_two_acts_of_one_sentence_each_with_its_own_people_are_two_rows(read, text):
    assert len(lows(read(text), "arrested", "captured")) == 2


@pytest.mark.parametrize(
    "text",
    [
        "He was suspected in the attempted assassination of several officials in Gao.",
        "The foiled murder of three judges shook Lima.",
        "The commander planned the assassination of an army general, the ministry said.",
    ],
)
def test_who_was_to_be_killed_and_was_not_is_no_number_of_dead(read, text):
    assert lows(read(text), "dead") == []
