"""`counterclaim gazetteer`: builds a file from a dump, says what is in use, and fails with words that help."""

import json

from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.read.places.gazetteer import load_gazetteer
from tests.read.test_gazetteer import DUMP


def call(*arguments):
    return CliRunner().invoke(main, ["gazetteer", *map(str, arguments)], catch_exceptions=False)


def test_build_writes_the_file_and_says_how_to_read_with_it(tmp_path):
    dump, output = tmp_path / "AM.txt", tmp_path / "am.sqlite"
    dump.write_text("\n".join(DUMP), encoding="utf-8")
    result = call("build", dump, "--output", output)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.startswith("8 places, ")
    assert f"export COUNTERCLAIM_GAZETTEER={output}" in result.stderr


def test_info_names_the_file_in_use(tmp_path, monkeypatch):
    dump, output = tmp_path / "AM.txt", tmp_path / "am.sqlite"
    dump.write_text("\n".join(DUMP), encoding="utf-8")
    call("build", dump, "--output", output)
    monkeypatch.setenv("COUNTERCLAIM_GAZETTEER", str(output))
    load_gazetteer.cache_clear()
    try:
        about = json.loads(call("info", "--json").stdout)
    finally:
        load_gazetteer.cache_clear()
    assert (about["places"], about["file"], about["chosen_by"]) == (8, str(output), "COUNTERCLAIM_GAZETTEER")


def test_info_credits_geonames():
    result = call("info", "--table")
    assert "GeoNames" in result.stdout
    assert "bundled" in result.stdout


def test_a_dump_that_is_not_there_ends_with_where_to_get_it(tmp_path):
    result = call("build", tmp_path / "allCountries.zip")
    assert result.exit_code == 2
    assert "download.geonames.org" in result.stderr


def test_a_bad_line_ends_with_its_number(tmp_path):
    dump = tmp_path / "AM.txt"
    dump.write_text(f"{DUMP[0]}\nbroken\n", encoding="utf-8")
    result = call("build", dump, "--output", tmp_path / "am.sqlite")
    assert result.exit_code == 2
    assert "line 2" in result.stderr
    assert not (tmp_path / "am.sqlite").exists()
