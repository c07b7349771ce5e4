"""`correct`, `add` and `corrections`, as typed."""

import json

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from tests.serve.conftest import fill, make_reading

CLAIM = "abcdef00:c6"


@pytest.fixture
def run(tmp_path):
    db = fill(tmp_path / "store.db", [make_reading()])

    def run(*words, fails=False):
        result = CliRunner().invoke(main, [*words, "--db", db])
        assert result.exit_code == (2 if fails else 0), result.output
        return result.output

    return run


def rows(text):
    return [json.loads(line) for line in text.splitlines() if line.startswith("{")]


def test_a_claim_is_corrected_listed_and_taken_back(run):
    (made,) = rows(run("correct", CLAIM, "--count", "21", "--by", "Ann", "--reason", "misread", "--json"))
    assert (made["verb"], made["machine"]) == ("recode", "12.. (Congolese army [COD MIL])")
    (listed,) = rows(run("corrections", "list", "--json"))
    assert (listed["by"], listed["reason"], listed["lost"]) == ("Ann", "misread", None)
    assert "21 dead" in run("corrections", "list", "--table")
    assert "taken back" in run("corrections", "undo", "1", "--by", "Ben")
    (listed,) = rows(run("corrections", "list", "--json"))
    assert listed["undone_by"] == "Ben"


def test_a_missed_event_is_added(run):
    run("add", "abcdef", "--words", "near Goma", "--type", "AID", "--actor", "Rwanda", "--by", "Ann")
    assert any(row["type"] == "AID" for row in rows(run("show", "events", "--json")))


def test_corrections_are_written_as_labels(run, tmp_path):
    run("correct", "abcdef00:c1", "--reject", "--by", "Ann")
    run("corrections", "export", "--output", str(tmp_path / "labels.jsonl"))
    (label,) = rows((tmp_path / "labels.jsonl").read_text())
    assert label["annotator"] == "Ann"
    assert label["triggers"][0]["event"] is False


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("correct", CLAIM, "--by", "Ann"), "What should it be"),
        (("correct", CLAIM, "--reject", "--count", "3", "--by", "Ann"), "one or the other"),
        (("correct", CLAIM, "--reject", "--by", "rule"), "cannot be who judges"),
        (("corrections", "undo", "9", "--by", "Ann"), "no correction 9"),
    ],
)
def test_what_cannot_be_done_is_said(run, words, says):
    assert says in run(*words, fails=True)


def test_every_way_out_shows_the_persons_word_beside_the_machines(run, tmp_path):
    run("correct", CLAIM, "--count", "21", "--by", "Ann", "--reason", "misread")
    (row,) = rows(run("show", "claims", "--field", "counts.dead", "--json"))
    assert (row["value"], row["machine"][:4], row["corrected_by"]) == ("21", "12..", "Ann")
    assert "21" in run("show", "claims", "--table")
    assert "21" in run("show", "matrix", "--json")
    (explained,) = rows(run("explain", CLAIM, "--json"))
    assert (explained["value"], explained["corrections"][0]["reason"]) == ("21", "misread")
    assert "Ann" in run("explain", CLAIM, "--table")
    for format_, holds in (
        ("csv", "Congolese army [COD MIL]),recode,Ann"),
        ("jsonl", '"reason": "misread"'),
        ("events-jsonl", '"reason": "misread"'),
        ("events-csv", "21"),
    ):
        run("export", format_, "--output", str(tmp_path / format_))
        assert holds in (tmp_path / format_).read_text(), format_


def test_a_rejected_claim_can_be_explained_and_is_listed_nowhere_else(run):
    run("correct", CLAIM, "--reject", "--by", "Ann")
    assert rows(run("show", "claims", "--json"))
    assert all(not row["claim"].endswith(":c6") for row in rows(run("show", "claims", "--json")))
    (explained,) = rows(run("explain", CLAIM, "--json"))
    assert explained["corrections"][0]["verb"] == "reject"
