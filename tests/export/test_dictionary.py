"""The data dictionary beside exports: its own resource for each, and nobody else's file written over."""

import json

import pytest

from counterclaim.export import FORMATS, acled, csv, flat, gdelt, parquet, phoenix, polecat, ucdp
from counterclaim.export.dictionary import find_fields, write_dictionary
from counterclaim.knowledge import load_table

COLUMNS = {
    "csv": csv.COLUMNS,
    "parquet": parquet.COLUMNS,
    "events-csv": flat.COLUMNS,
    "events-parquet": parquet.EVENT_COLUMNS,
    "polecat": polecat.COLUMNS,
    "gdelt": gdelt.COLUMNS,
    "gdelt-mentions": gdelt.MENTION_COLUMNS,
    "ucdp": ucdp.COLUMNS,
    "acled": acled.COLUMNS,
    "phoenix": phoenix.COLUMNS,
}


@pytest.mark.parametrize("name", COLUMNS)
def test_every_column_is_described_in_its_order(name):
    assert tuple(one["name"] for one in find_fields(name)) == tuple(COLUMNS[name])
    assert all(one["description"] for one in find_fields(name))


def test_no_column_is_described_that_nothing_writes():
    assert {row["format"] for row in load_table("formats/columns")} == set(COLUMNS)


def test_exports_of_one_folder_share_a_package(tmp_path):
    for name, text in (("a.csv", "x\n"), ("b.tsv", "1\t2\n"), ("a.csv", "xyz\n")):
        (tmp_path / name).write_text(text, encoding="utf-8")
        kind = "ucdp" if name == "a.csv" else "gdelt"
        target = write_dictionary(tmp_path / name, FORMATS[kind], 3, "range")
    package = json.loads(target.read_text(encoding="utf-8"))
    first, second = package["resources"]
    assert (first["path"], first["bytes"], first["dialect"]["header"]) == ("a.csv", 4, True)
    assert (second["path"], second["dialect"]) == ("b.tsv", {"delimiter": "\t", "header": False})
    assert "3 rows. Rule: range" in first["description"]


def test_a_package_of_somebody_else_is_left_alone(tmp_path):
    theirs = tmp_path / "datapackage.json"
    theirs.write_text('{"name": "theirs"}', encoding="utf-8")
    (tmp_path / "a.csv").write_text("x\n", encoding="utf-8")
    target = write_dictionary(tmp_path / "a.csv", FORMATS["acled"], 0)
    assert target.name == "a.csv.datapackage.json"
    assert theirs.read_text(encoding="utf-8") == '{"name": "theirs"}'
