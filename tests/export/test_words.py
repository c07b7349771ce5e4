"""The short forms of tables."""

import pytest

from counterclaim.export.words import describe_flag
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
