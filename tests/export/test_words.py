"""The short forms of tables."""

import pytest

from counterclaim import read_text
from counterclaim.export.words import describe_flag, find_telling
from counterclaim.types import Flag


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ("A rebel spokesman", ""),
        ("A  rebel\nspokesman", ""),
        ("AFP quotes AFP", "AFP quotes AFP"),
    ],
)
def test_a_flag_is_shown_without_repeating_its_words(detail, shown):
    assert describe_flag(Flag("anonymous_source", "A rebel\nspokesman", 0, 18, detail)) == shown


def test_a_claim_that_another_sentence_denies_names_that_sentence():
    text = "The army says Talvik's men shelled Vask. Talvik denies it. Both sides left."
    reading = read_text(text)
    (denied,) = [claim for claim in reading.claims if claim.stance == "denies" and claim.field == "type"]
    attributions = {one.id: one for one in reading.attributions}
    told = find_telling(text, denied, attributions[denied.attribution])
    assert told is not None
    assert text[slice(*told)] == "Talvik denies it."
