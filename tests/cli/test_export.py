"""`counterclaim export` writes whole files or none, prints the rule in force, and reports what it could not hold."""

import json
import os
import stat
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterclaim.cli import main
from counterclaim.export import FORMATS
from counterclaim.export import csv as csv_module
from counterclaim.fuse import fuse
from counterclaim.gather.duplicates import collapse
from counterclaim.store.store import open_store
from tests.export.clashes import clash


@pytest.fixture(scope="module")
def db(tmp_path_factory):
    path = tmp_path_factory.mktemp("store") / "a.db"
    told = clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD")
    stories = collapse(reading.article for reading in told)
    with open_store(str(path), create=True) as store:
        for reading in told:
            store.write_reading(reading, reading.article.id)
        store.write_fusion(stories, fuse(told, stories))
    return str(path)


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def export(*arguments):
    return CliRunner().invoke(main, ["export", *arguments], catch_exceptions=False)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_with_a_report(db, tmp_path, name):
    if FORMATS[name].is_binary:
        pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    path = tmp_path / "out"
    result = export(name, "--output", str(path), "--db", db)
    assert result.exit_code == 0, result.output
    assert path.stat().st_size > 0
    assert f"Wrote {'2 articles' if name == 'jsonl' else ''}" in result.stderr
    assert "Could not hold" in result.stderr
    assert ("Rule: Range" in result.stderr) == (FORMATS[name].of == "events")
    assert names_in(tmp_path) == ["datapackage.json", "out"]


def test_what_goes_to_standard_output_is_the_file_alone(db):
    result = export("events-jsonl", "--rule", "conservative", "--db", db)
    (line,) = result.stdout.splitlines()
    assert json.loads(line)["rule"]["name"] == "conservative"
    assert "Rule: Conservative" in result.stderr


def test_losses_are_written_with_format_and_rule(db, tmp_path):
    lost = tmp_path / "lost.txt"
    export("geojson", "--output", str(tmp_path / "a.json"), "--losses", str(lost), "--db", db)
    lines = lost.read_text(encoding="utf-8").splitlines()
    assert lines[:2] == ["Format: geojson", "Wrote 1 event."]
    assert lines[2].startswith("Rule: Range")
    assert "Could not hold, how often:" in lines


def test_a_hierarchy_file_chooses_its_rule(db, tmp_path):
    trust = tmp_path / "trust.txt"
    trust.write_text("SUD\nNOR\n", encoding="utf-8")
    result = export("events-jsonl", "--hierarchy", str(trust), "--db", db)
    resolved = json.loads(result.stdout)["resolved"]
    assert next(one["best"] for one in resolved if one["field"] == "counts.dead") == "30"
    assert "The list: SUD; NOR." in result.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("geojson", "--rule", "conservativ"), "Did you mean conservative"),
        (("geojson", "--rule", "hierarchy"), "--hierarchy FILE"),
        (("csv", "--rule", "majority"), "no rule chooses"),
        (("geojson", "--output", "no/such/folder/a.json"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said(db, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["export", *arguments, "--db", db])
    assert result.exit_code == 2
    assert message in result.output
    assert names_in(tmp_path) == []


def test_a_failure_midway_leaves_the_old_file_and_nothing_beside_it(db, tmp_path, monkeypatch):
    path = tmp_path / "claims.csv"
    path.write_text("the old one", encoding="utf-8")

    def fail(rows, stream, losses):
        stream.write("half of the new")
        stream.flush()
        assert path.read_text(encoding="utf-8") == "the old one"
        raise ZeroDivisionError

    monkeypatch.setattr(csv_module, "write", fail)
    with pytest.raises(ZeroDivisionError):
        export("csv", "--output", str(path), "--force", "--db", db)
    assert path.read_text(encoding="utf-8") == "the old one"
    assert names_in(tmp_path) == ["claims.csv"]


def test_a_link_is_written_through_and_a_folder_is_refused(db, tmp_path):
    target = tmp_path / "target.csv"
    target.write_text("", encoding="utf-8")
    link = tmp_path / "link.csv"
    link.symlink_to(target)
    export("csv", "--output", str(link), "--db", db)
    assert link.is_symlink()
    assert target.stat().st_size > 0
    result = CliRunner().invoke(main, ["export", "csv", "--output", str(tmp_path), "--db", db])
    assert result.exit_code == 2
    assert "cannot be written" in result.output


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes here")
def test_a_named_pipe_is_written_to_and_stays_one(db, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    taken = []
    reader = threading.Thread(target=lambda: taken.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    export("csv", "--output", str(pipe), "--db", db)
    reader.join(timeout=10)
    assert taken[0].startswith("claim,event")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("force", [(), ("--force",)])
@pytest.mark.parametrize("end", ["", "-wal", "-shm", "-journal"])
def test_the_store_is_never_written_over(tmp_path, force, end):
    path = tmp_path / "a.db"
    with open_store(str(path), create=True):
        pass
    kept = path.read_bytes()
    link = tmp_path / "linked"
    link.hardlink_to(path)
    for output in (f"{path}{end}", str(tmp_path / "." / f"a.db{end}"), *([str(link)] if not end else [])):
        for arguments in (
            ("export", "csv", "--output", output),
            ("export", "csv", "--output", str(tmp_path / "b.csv"), "--losses", output),
            ("corrections", "export", "--output", output),
        ):
            result = CliRunner().invoke(main, [*arguments, *force, "--db", str(path)], catch_exceptions=False)
            assert result.exit_code == 2, arguments
            assert "is the store itself" in result.output
    assert path.read_bytes() == kept
    assert names_in(tmp_path) == ["a.db", "linked"]


def test_a_file_that_is_there_is_overwritten_only_with_force(db, tmp_path):
    theirs = tmp_path / "theirs.csv"
    theirs.write_text("mine", encoding="utf-8")
    for arguments in (("--output", str(theirs)), ("--losses", str(theirs))):
        refused = export("csv", *arguments, "--db", db)
        assert refused.exit_code == 2
        assert "--force" in refused.output
        assert refused.stdout == "", "nothing was done before it was refused"
        assert theirs.read_text(encoding="utf-8") == "mine"
    assert export("csv", "--output", str(theirs), "--force", "--db", db).exit_code == 0
    assert theirs.read_text(encoding="utf-8").startswith("claim,event")


def test_an_export_is_made_again_unless_somebody_changed_it(db, tmp_path):
    path = tmp_path / "a.csv"
    for _ in range(2):
        assert export("csv", "--output", str(path), "--db", db).exit_code == 0
    with path.open("a", encoding="utf-8") as file:
        file.write("a line of my own\n")
    assert export("csv", "--output", str(path), "--db", db).exit_code == 2
    assert path.read_text(encoding="utf-8").endswith("a line of my own\n")


def test_a_file_keeps_its_mode(db, tmp_path):
    path = tmp_path / "a.csv"
    path.touch(mode=0o600)
    export("csv", "--output", str(path), "--db", db)
    assert path.stat().st_size > 0
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_outputs_cannot_have_one_name(db, tmp_path):
    path = str(tmp_path / "a.csv")
    assert export("csv", "--output", path, "--losses", path, "--db", db).exit_code == 2
    assert names_in(tmp_path) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("name", ["csv", "events-jsonl", "gdelt"])
def test_a_full_disk_is_said(db, name):
    result = export(name, "--output", "/dev/full", "--db", db)
    assert result.exit_code == 2
    assert "No space left on device" in result.output


def test_actors_are_not_imported_over_their_own_dictionary(tmp_path):
    path = tmp_path / "my.actors.txt"
    path.write_text("SUDRIA_ [SUD]\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["actors", "import", str(path), "--output", str(path), "--force"])
    assert result.exit_code == 2
    assert path.read_text(encoding="utf-8") == "SUDRIA_ [SUD]\n"


def test_only_a_gazetteer_gives_way_to_a_gazetteer(db, tmp_path):
    dump = tmp_path / "AM.txt"
    dump.touch()
    result = CliRunner().invoke(main, ["gazetteer", "build", str(dump), "--output", db])
    assert result.exit_code == 2
    assert "is a database" in result.output
