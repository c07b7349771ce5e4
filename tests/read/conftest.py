"""Whoever changes a rule waits for the rules, not for the parser."""

import pytest

from counterclaim.read.parse import load_language
from evaluation.parses import keep_parses


@pytest.fixture(scope="session", autouse=True)
def _kept_parses() -> None:
    keep_parses(load_language())
