"""Options that say what the input is: dates and columns; what is said of them on standard error."""

import json

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.cli.inputs import Inputs
from counterclaim.errors import InputError


def call(*arguments):
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.mark.parametrize("verb", ["read", "run", "parse"])
def test_each_verb_that_takes_input_takes_its_options(verb):
    help_text = call(verb, "--help").stdout
    assert all(
        option in help_text for option in ("--published DATE", "--published-from", "--column FIELD=COLUMN")
    )


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"published": "soon"}, "not a date"),
        ({"columns": ("published",)}, "FIELD=COLUMN"),
        ({"columns": ("=date",)}, "FIELD=COLUMN"),
    ],
)
def test_an_option_that_cannot_be_used_says_how_to_give_it(options, says):
    with pytest.raises(InputError, match=says):
        Inputs(**options)


def test_a_field_that_is_none_is_a_usage_error(tmp_path):
    (tmp_path / "a.csv").write_text("text\nTalks began.\n")
    result = call("read", tmp_path / "a.csv", "--column", "date=day")
    assert result.exit_code == 2
    assert "Fields: id, text, html" in result.stderr


@pytest.mark.weights
def test_columns_and_dates_are_read_as_the_user_says_and_told_once(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "2022-05-05.csv").write_text(
        "story;paper;sort\nGunmen killed two guards in Lima, police said.;Valley Post;7\n"
    )
    (folder / "2022-05-06.csv").write_text("story;paper;sort\nThe army denied the report.;Valley Post;8\n")
    asked = ("--column", "text=story", "--column", "outlet=paper", "--published-from", "name")
    result = call("read", folder, *asked)
    articles = [json.loads(line)["article"] for line in result.stdout.splitlines()]
    assert [(a["outlet"], a["published"], a["published_from"]) for a in articles] == [
        ("Valley Post", "2022-05-05", "given"),
        ("Valley Post", "2022-05-06", "given"),
    ]
    assert result.stderr.count("text from story, outlet from paper") == 1
    assert "passed over: sort" in result.stderr
    stored = call("run", folder, *asked, "--db", tmp_path / "a.db")
    assert stored.stderr.count("text from story") == 1
