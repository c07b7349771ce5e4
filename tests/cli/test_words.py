"""The short forms of tables."""

import pytest

from counterclaim.cli.words import describe_flag
from counterclaim.types import Flag


@pytest.mark.parametrize(
    ("detail", "shown"),
    [
        ("a2: A rebel spokesman", ""),
        ("a1: an official; a12: a rebel", "an official; a rebel"),
        ("AFP could not verify: the report; touches: a1, a2", "AFP could not verify: the report"),
        (
            "AFP could not verify: the report; touches: none found",
            "AFP could not verify: the report; touches: none found",
        ),
        ("AFP quotes AFP: a3", "AFP quotes AFP"),
    ],
)
def test_a_flag_is_shown_without_ids_and_without_repeating_its_words(detail, shown):
    assert describe_flag(Flag("anonymous_source", "A rebel\nspokesman", 0, 18, detail)) == shown
