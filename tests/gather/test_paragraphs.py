"""Lines become paragraphs as a reader sees them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counterclaim.gather.paragraphs import split_paragraphs

WRAPPED = """\
   The governor of the northern province said on Monday that more than
forty families had left their homes since the shelling began, and that
the road to the border was closed to everyone but the army.

   A spokesman for the army denied that the road was closed. He said
convoys with food had passed the checkpoint every day and would go on
doing so as long as it was safe.
"""


def test_blank_lines_and_line_ends_of_any_system_part_paragraphs():
    assert split_paragraphs("One.\r\n\r\nTwo.\rThree.\u2029Four.\x85Five.") == (
        "One.",
        "Two.",
        "Three.",
        "Four.",
        "Five.",
    )


def test_each_line_is_a_paragraph_where_lines_are_long():
    long = "The governor said that " + "more and " * 20 + "more families had left."
    assert split_paragraphs(f"A headline\n{long}\n{long}") == ("A headline", long, long)


def test_lines_broken_at_a_column_are_joined():
    first, second = split_paragraphs(WRAPPED)
    assert first.startswith(
        "The governor of the northern province said on Monday that more than forty families"
    )
    assert second.endswith("every day and would go on doing so as long as it was safe.")


def test_paragraphs_set_in_at_the_first_line_are_parted_without_blank_lines():
    assert len(split_paragraphs(WRAPPED.replace("\n\n", "\n"))) == 2


def test_a_short_line_ends_a_paragraph_in_a_broken_text():
    text = WRAPPED.replace("   ", "").replace("\n\n", "\n")
    assert len(split_paragraphs(text)) == 2


def test_a_heading_above_a_broken_paragraph_stays_apart():
    assert split_paragraphs("NORTHERN PROVINCE\n" + WRAPPED.replace("   ", ""))[0] == "NORTHERN PROVINCE"


def test_upper_case_wire_copy_is_joined_too():
    assert len(split_paragraphs(WRAPPED.upper())) == 2


def test_headlines_one_below_the_other_are_not_joined():
    lines = ("Ferry strike enters its second day", "Museum reopens after the flood of May", "Mayor resigns")
    assert split_paragraphs("\n".join(lines)) == lines


def test_a_word_broken_at_its_hyphen_keeps_it():
    text = WRAPPED.replace(
        "the road to the border was closed to everyone but the army.",
        "the cease-\nfire agreed last week was not holding along the river.",
    )
    assert "cease-fire agreed" in split_paragraphs(text)[0]


def test_spaces_are_single_and_invisible_characters_gone():
    assert split_paragraphs("A\u00a0 ten\u00adta\u200btive\ttruce\ufeff \x00held.") == (
        "A tentative truce held.",
    )


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("Itâ€™s over", "It’s over"),
        ("â€œNoâ€\x9d", "“No”"),
        ("CÃ´te", "Côte"),
        ("São Paulo", "São Paulo"),
        ("Âge", "Âge"),
    ],
)
def test_text_decoded_twice_is_repaired_where_that_is_certain(broken, whole):
    assert split_paragraphs(broken) == (whole,)


@given(st.text(max_size=300))
def test_no_paragraph_is_empty_or_holds_a_line_break(text):
    for paragraph in split_paragraphs(text):
        assert paragraph.strip() == paragraph != ""
        assert "\n" not in paragraph


@given(st.text(alphabet="ab cé\n.-", max_size=300))
def test_no_letter_is_lost(text):
    assert "".join("".join(split_paragraphs(text)).split()) == "".join(text.split())
