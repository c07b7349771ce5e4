"""The command line over a store filled by hand: what is printed, what is said on error, which exit code."""

import json
import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from counterclaim.cli import VERBS, main
from counterclaim.fuse import fuse
from counterclaim.gather.duplicates import collapse
from counterclaim.store.store import open_store
from counterclaim.types import Rejection
from tests.fuse.test_story_sets import NORLAND, SUDRIA, VASK, blame, clash, denial, toll
from tests.handmade import report

REPORTS = [
    toll("2024-05-07", 49),
    toll("2024-05-08", 105, agency="Reuters"),
    toll("2024-05-07", 50, said="Sudria", by=SUDRIA, side="SUD", words="troops"),
    blame(NORLAND, SUDRIA),
    blame(SUDRIA, NORLAND),
    denial(),
    clash(VASK, agency="Xinhua"),
]


@pytest.fixture
def db(tmp_path):
    path = str(tmp_path / "test.db")
    with open_store(path, create=True) as store:
        for reading in REPORTS:
            store.write_reading(reading, reading.article.id)
        stories = collapse(reading.article for reading in REPORTS)
        store.write_fusion(stories, fuse(REPORTS, stories))
        store.write_rejection(Rejection("photo.txt", "binary", "This is a picture. Give a text."))
    return path


def call(*arguments, **known):
    return CliRunner().invoke(main, [str(one) for one in arguments], catch_exceptions=False, **known)


def objects(result):
    return [json.loads(line) for line in result.stdout.split("\n") if line]


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_help_that_ends_with_an_example(verb):
    result = call(verb, "--help")
    assert result.exit_code == 0
    assert f"counterclaim {verb} " in result.stdout or f"| counterclaim {verb}" in result.stdout


def test_the_version_is_printed():
    assert call("--version").stdout.startswith("counterclaim, version")


@pytest.mark.parametrize(("typed", "meant"), [("raed", "read"), ("shwo", "show"), ("explian", "explain")])
def test_a_mistyped_command_names_the_nearest(typed, meant):
    result = call(typed)
    assert result.exit_code == 2
    assert f"Did you mean '{meant}'?" in result.stderr


def test_a_pipe_gets_json_lines(db):
    events = objects(call("show", "events", "--db", db))
    assert [event["type"] for event in events] == ["ASSAULT"]
    assert events[0]["contested"] == ["actors"]
    assert events[0]["origins"] > 2


def test_events_as_a_table(db):
    result = call("show", "events", "--table", "--db", db)
    assert "ASSAULT · NOR – SUD · Vask" in " ".join(result.stdout.split())


def test_articles_tell_their_story_and_claims(db):
    rows = objects(call("show", "articles", "--db", db))
    assert len(rows) == len(REPORTS)
    assert {row["events"] for row in rows} == {1}
    assert all(row["story"] for row in rows)


def test_claims_can_be_chosen_by_field(db):
    rows = objects(call("show", "claims", "--field", "counts.dead", "--db", db))
    assert sorted(row["value"] for row in rows) == ["105", "49", "50"]
    assert {row["source"] for row in rows} == {"Norland", "Sudria"}


def test_a_mistyped_field_names_the_nearest(db):
    result = call("show", "claims", "--field", "count.dead", "--db", db)
    assert result.exit_code == 2
    assert "Did you mean counts.dead?" in result.stderr


def test_claims_can_be_chosen_by_event_and_article(db):
    event = objects(call("show", "events", "--db", db))[0]["id"]
    rows = objects(call("show", "claims", "--event", event[:5].lower(), "--db", db))
    assert {row["event"] for row in rows} == {event}
    article = rows[0]["article"]
    assert {
        row["article"] for row in objects(call("show", "claims", "--article", article[:6], "--db", db))
    } == {article}


def test_rejections_are_listed_with_their_reason(db):
    (row,) = objects(call("show", "rejections", "--db", db))
    assert (row["ref"], row["reason"]) == ("photo.txt", "binary")


def test_a_limit_is_kept(db):
    assert len(objects(call("show", "claims", "--limit", "3", "--db", db))) == 3


def test_the_matrix_as_json_holds_rows_columns_and_relations(db):
    (made,) = objects(call("show", "matrix", "--db", db))
    assert {"event", "columns", "rows", "relations", "resolved", "grade", "rule"} == set(made)
    statuses = {column["name"]: column["status"] for column in made["columns"]}
    assert statuses["actors"] == "contested"
    assert statuses["counts.dead NOR MIL"] == "one_sided"
    assert {"revises", "adds", "denies", "contradicts"} <= {
        relation["kind"] for relation in made["relations"]
    }


@pytest.mark.parametrize("width", ["60", "100", "120", "200"])
def test_the_matrix_says_in_words_what_is_contested_revised_and_added(db, width, monkeypatch):
    monkeypatch.setattr("counterclaim.cli.output.PIPE_WIDTH", int(width))
    result = call("show", "matrix", "--table", "--db", db)
    lines = result.stdout.split("\n")
    assert max(map(len, lines)) <= int(width)
    printed = " ".join(result.stdout.split())
    assert "contested" in printed
    assert "now says 105 (NOR MIL), earlier 49 (NOR MIL)" in printed
    assert "these add, they do not contradict" in printed
    assert "✗" in printed
    assert "49" in printed
    assert "\x1b" not in result.stdout


def test_an_unknown_event_says_how_to_list_them(db):
    result = call("show", "matrix", "Nothing", "--db", db)
    assert result.exit_code == 2
    assert "counterclaim show events" in result.stderr


def test_explain_prints_sentence_speaker_cue_and_rules(db):
    claim = objects(call("show", "claims", "--field", "counts.dead", "--db", db))[0]["claim"]
    result = call("explain", claim, "--table", "--db", db)
    assert result.exit_code == 0
    assert "«49 soldiers»" in result.stdout
    assert "[Norland] {said}" in result.stdout
    assert "60.1000, 10.2000, GeoNames 1" in result.stdout
    assert "hand/event" in result.stdout


def test_explain_takes_a_unique_beginning_of_the_article(db):
    claim = objects(call("show", "claims", "--db", db))[0]["claim"]
    (made,) = objects(call("explain", claim[:8] + claim[16:], "--db", db))
    assert made["claim"] == claim
    assert made["why"][0]["part"] == "who says"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nonsense", "is not the name of a claim"),
        ("ffff:c1", "There is no claim"),
        ("%:c1", "There is no claim"),
        (":c1", "is not the name of a claim"),
    ],
)
def test_a_claim_nobody_has_is_named(db, name, message):
    result = call("explain", name, "--db", db)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_claim_of_several_articles_lists_them(db):
    with open_store(db) as store:
        alike = [report(f"Report {number}. Troops moved.", ref=str(number)) for number in range(40)]
        for reading in alike:
            store.write_reading(reading, reading.article.id)
    rows = objects(call("show", "claims", "--db", db))
    first = rows[0]["article"][0]
    same = {row["article"] for row in rows if row["article"].startswith(first)}
    result = call("explain", f"{first}:c1", "--db", db)
    assert (result.exit_code == 2 and "Give more" in result.stderr) or len(same) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("show", "events"),
        ("show", "claims"),
        ("show", "matrix"),
        ("show", "rejections"),
        ("explain", "aa:c1"),
    ],
)
def test_a_missing_store_says_what_to_run(tmp_path, arguments):
    result = call(*arguments, "--db", tmp_path / "none.db")
    assert result.exit_code == 2
    assert "counterclaim run PATH --db" in result.stderr
    assert not (tmp_path / "none.db").exists()


def test_a_store_without_events_says_what_to_run(tmp_path):
    path = tmp_path / "empty.db"
    open_store(str(path), create=True).engine.dispose()
    assert "counterclaim run PATH" in call("show", "matrix", "--db", path).stderr
    result = call("show", "events", "--table", "--db", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "Nothing to list." in result.stderr


def test_the_store_may_come_from_the_environment(db):
    assert objects(call("show", "events", env={"COUNTERCLAIM_DB": db}))


@pytest.mark.slow
def test_colour_is_left_out_where_it_is_not_wanted(db):
    environment = os.environ | {"NO_COLOR": "1", "TERM": "xterm-256color", "COLUMNS": "100"}
    result = subprocess.run(
        [sys.executable, "-m", "counterclaim", "show", "matrix", "--table", "--db", db],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "\x1b[3" not in result.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("to", "said"),
    [
        ("| head -n 1", "has closed it"),
        ("| true", "has closed it"),
        ("> /dev/full", "No space left"),
        (">&-", "cannot be written"),
        ("> /dev/full 2> /dev/full", ""),
        (">&- 2>&-", ""),
    ],
)
@pytest.mark.parametrize("verb", ["show claims", "export csv"])
def test_output_that_cannot_be_written_is_said_in_a_sentence(db, verb, to, said):
    shell = f"{sys.executable} -m counterclaim {verb} --db {db} {to}"
    result = subprocess.run(
        ["bash", "-o", "pipefail", "-c", shell], capture_output=True, text=True, check=False
    )
    # A reader may be gone before or after all is written.
    assert result.returncode == 2 or to == "| head -n 1"
    assert said in result.stderr or result.returncode == 0
    assert "Traceback" not in result.stderr


@pytest.mark.slow
def test_help_loads_nothing_heavy():
    script = (
        "import sys\nfrom counterclaim.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "heavy = {'spacy', 'sqlalchemy', 'rich', 'numpy', 'trafilatura'} & set(sys.modules)\n"
        "sys.exit(' '.join(sorted(heavy)) or 0)"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_claims_are_exported_as_csv(db, tmp_path):
    result = call("export", "csv", "--output", tmp_path / "claims.csv", "--db", db)
    assert result.exit_code == 0
    assert "Wrote 38 claims." in result.stderr
    assert (tmp_path / "claims.csv").read_text().count("\n") == 39


def test_readings_are_exported_as_json_lines(db):
    assert len(objects(call("export", "jsonl", "--db", db))) == len(REPORTS)


def test_an_output_that_cannot_be_written_is_named(db, tmp_path):
    result = call("export", "csv", "--output", tmp_path / "none" / "a.csv", "--db", db)
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_claims_of_an_article_that_is_not_there_are_an_error(db):
    result = call("show", "claims", "--article", "zzzz", "--db", db)
    assert result.exit_code == 2
    assert "There is no article 'zzzz'. List them with: counterclaim show articles" in result.stderr


def test_an_article_is_known_by_the_beginning_of_its_id(db):
    name = REPORTS[0].article.id
    shown = objects(call("show", "claims", "--article", name, "--db", db))
    assert {row["article"] for row in shown} == {name}
