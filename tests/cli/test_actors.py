"""`counterclaim actors` and `--actors`: from another coder's dictionary to a reading, and what is refused."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.cli import main

DICTIONARY = "NORLAND_ [NLX]\nTERN_LEAGUE_ [NLXREB]\n+TERNISTS\n"
TEXT = "OSLO, 3 March 2021 (AFP) - The Tern League killed two soldiers of Norland in the port on Monday."


@pytest.fixture
def table(tmp_path: Path) -> Path:
    (tmp_path / "my.actors.txt").write_text(DICTIONARY, encoding="utf-8")
    path = tmp_path / "own.tsv"
    result = CliRunner().invoke(
        main, ["actors", "import", str(tmp_path / "my.actors.txt"), "--output", str(path)]
    )
    assert result.exit_code == 0, result.output
    assert "2 lines" in result.stderr
    return path


def test_a_malformed_dictionary_is_refused_with_file_and_line_and_read_leniently(tmp_path: Path) -> None:
    file = tmp_path / "my.actors.txt"
    file.write_text(DICTIONARY + "GULL [NLX\n", encoding="utf-8")
    arguments = ["actors", "import", str(file), "--output", str(tmp_path / "own.tsv")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert "my.actors.txt line 4: a bracket is not closed" in result.output
    assert not (tmp_path / "own.tsv").exists()
    result = CliRunner().invoke(main, [*arguments, "--lenient"])
    assert result.exit_code == 0
    assert "Left out" in result.stderr
    assert (tmp_path / "own.tsv").read_text(encoding="utf-8").count("\n") == 3


def test_a_name_of_two_files_is_taken_from_the_first(tmp_path: Path) -> None:
    for name, code in (("a.txt", "AAA"), ("b.txt", "BBB")):
        (tmp_path / name).write_text(f"NORLAND [{code}]\n", encoding="utf-8")
    result = CliRunner().invoke(
        main, ["actors", "import", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--output", "-"]
    )
    assert "AAA" in result.stdout
    assert "BBB" not in result.stdout
    assert "1 repeat" in result.stderr


@pytest.mark.weights
def test_read_takes_a_table_of_own_actors(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    result = CliRunner().invoke(main, ["read", str(page), "--actors", str(table), "--json"])
    reading = json.loads(result.stdout)
    assert "tern-league" in {actor["actor_id"] for event in reading["events"] for actor in event["actors"]}
    assert " · actors " in reading["signature"]


@pytest.mark.weights
def test_a_store_reads_again_when_the_table_changes(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    arguments = ["run", str(page), "--db", str(tmp_path / "a.db"), "--json"]
    runs = [
        json.loads(CliRunner().invoke(main, [*arguments, *option]).stdout)
        for option in ([], ["--actors", str(table)], ["--actors", str(table)])
    ]
    assert [run["read"] for run in runs] == [1, 1, 0]


def test_a_table_with_a_malformed_line_stops_the_reading(table: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(TEXT, encoding="utf-8")
    table.write_text("name\tcountry\nNorland\tNor\n", encoding="utf-8")
    for verb in ("read", "run"):
        result = CliRunner().invoke(
            main,
            [
                verb,
                str(page),
                "--actors",
                str(table),
                *(["--db", str(tmp_path / "b.db")] if verb == "run" else []),
            ],
        )
        assert result.exit_code == 2
        assert "own.tsv line 2: the country 'Nor'" in result.output
