"""`counterclaim evaluate` from a checkout and without one."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.cli import evaluate as verb
from counterclaim.cli import main


def invoke(*arguments: str, corpora: Path | str = "") -> tuple[int, str]:
    result = CliRunner().invoke(
        main, ["evaluate", *arguments], env={**os.environ, "COUNTERCLAIM_CORPORA": str(corpora)}
    )
    return result.exit_code, result.output


def test_an_unknown_scorer_is_answered_with_those_there_are(tmp_path: Path) -> None:
    code, output = invoke("polenar", corpora=tmp_path)
    assert code == 2
    assert "polnear" in output


def test_missing_corpora_are_named_with_the_variable_that_points_to_them(tmp_path: Path) -> None:
    code, output = invoke("plv", corpora=tmp_path / "none")
    assert code == 2
    assert "COUNTERCLAIM_CORPORA" in output


def test_a_revision_that_git_does_not_know_is_said(tmp_path: Path) -> None:
    code, output = invoke("plv", "--diff", "no-such-revision", corpora=tmp_path)
    assert code == 2
    assert "no-such-revision" in output


def test_outside_a_checkout_it_says_where_the_scorers_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verb.counterclaim, "__file__", str(tmp_path / "lib" / "counterclaim" / "__init__.py"))
    monkeypatch.chdir(tmp_path)
    code, output = invoke("plv")
    assert code == 2
    assert "Clone the repository" in output
