"""Claims, readings and events as CSV and JSON Lines."""

import csv
import io
import json
from dataclasses import replace

import pytest

from counterclaim.export import FORMATS, flat, jsonl
from counterclaim.export import csv as csv_export
from counterclaim.export.cells import disarm
from counterclaim.export.losses import Losses
from counterclaim.export.reading import to_json
from counterclaim.export.writing import export_store
from counterclaim.fuse import fuse
from counterclaim.gather.duplicates import collapse
from counterclaim.store.queries import iter_claims, list_claims
from counterclaim.store.store import open_store
from tests.export.clashes import clash, fuse_reports
from tests.handmade import count, report, tell, where, who

TEXT = 'Norland said 12 of its soldiers, "heroes", were killed.'


def make():
    return report(
        TEXT,
        tell(
            "ASSAULT",
            "killed",
            recipients=[who("its soldiers", "NOR", "MIL")],
            counts=[count("12 of its soldiers", "dead", 12, victims=who("its soldiers", "NOR", "MIL"))],
            by=who("Norland", "NOR", "GOV"),
            via=["state television", "Tass"],
        ),
    )


def rows_of(*reports, rule="range"):
    stream, losses = io.StringIO(), Losses()
    csv_export.write_events(fuse_reports(*reports, rule=rule), stream, losses)
    return list(csv.DictReader(io.StringIO(stream.getvalue()))), losses


def test_every_claim_is_a_row_with_who_says_it(tmp_path):
    with open_store(str(tmp_path / "a.db"), create=True) as store:
        store.write_reading(make(), "f1")
        stream, losses = io.StringIO(), Losses()
        with store.read() as connection:
            assert csv_export.write(iter_claims(connection), stream, losses) == 3
            assert list(iter_claims(connection)) == list_claims(connection)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    dead = next(row for row in rows if row["field"] == "counts.dead")
    assert (dead["value"], dead["victims"], dead["source"]) == ("12", "its soldiers [NOR MIL]", "Norland")
    assert dead["via"] == "state television;Tass"
    assert dead["event"] == dead["agency"] == ""
    assert (dead["basis"], dead["confidence"]) == ("stated", "")
    assert dead["chain"].endswith("Tass ← state television ← Norland")
    assert dead["sentence"]
    assert dead["source_text"] == "Norland"
    assert losses.report() == ()


def test_no_claims_give_a_header_alone():
    stream = io.StringIO()
    assert csv_export.write([], stream, Losses()) == 0
    assert stream.getvalue() == ",".join(csv_export.COLUMNS) + "\n"


def test_every_reading_is_a_line_of_the_contract():
    stream = io.StringIO()
    assert jsonl.write([make(), make()], stream, Losses()) == 2
    lines = stream.getvalue().split("\n")
    assert json.loads(lines[0]) == to_json(make())
    assert lines[2:] == [""]


def test_an_event_row_adds_losses_of_different_groups_and_names_the_rule():
    (row,), losses = rows_of(
        clash(12, "NOR", mutual=True), clash(5, "SUD", said="Sudria", code="SUD", mutual=True)
    )
    assert tuple(row) == flat.COLUMNS
    assert (row["dead_low"], row["dead_best"], row["dead_high"]) == ("17", "17", "17")
    assert (row["place"], row["latitude"], row["longitude"], row["precision"]) == (
        "Vask",
        "60.1",
        "10.2",
        "city",
    )
    assert (row["start"], row["end"], row["modes"], row["realis"]) == (
        "2024-05-06",
        "2024-05-06",
        "firearms",
        "happened",
    )
    assert set(row["claimants"].split(";")) == {"Norland", "Sudria"}
    assert row["rule"].startswith("Range: ")
    assert "victim group of a count: the sum of the groups is written: 2" in losses.report()


def test_a_contested_toll_leaves_best_empty_and_says_so():
    (row,), losses = rows_of(clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD"))
    assert (row["dead_low"], row["dead_best"], row["dead_high"]) == ("12", "", "30")
    assert row["contested"] == "counts.dead NOR MIL"
    assert "value chosen by no rule: claimants contradict each other: 1" in losses.report()


def test_the_rule_fills_best():
    reports = clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD")
    assert rows_of(*reports, rule="conservative")[0][0]["dead_best"] == "12"
    assert rows_of(*reports, rule="majority")[0][0]["dead_best"] == ""


def test_the_middle_of_a_province_is_no_coordinate():
    hill = where("Vask", "NOR", 60.2, 10.3, precision="province", geonameid=3)
    (row,), losses = rows_of(clash(12, "NOR", place=hill))
    assert (row["place"], row["latitude"], row["precision"]) == ("Vask", "", "province")
    assert "centre of a district, province or country: no coordinates written: 1" in losses.report()


def test_an_event_object_holds_matrix_choice_grade_and_rule():
    stream, losses = io.StringIO(), Losses()
    reports = clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD")
    assert jsonl.write_events(fuse_reports(*reports, rule="conservative"), stream, losses) == 1
    made = json.loads(stream.getvalue())
    assert set(made) == {"event", "columns", "rows", "relations", "resolved", "grade", "rule"}
    dead = next(one for one in made["resolved"] if one["field"] == "counts.dead")
    assert (dead["best"], dead["claimants"], dead["status"]) == ("12", ["Norland"], "contested")
    assert made["rule"]["name"] == "conservative"
    assert made["grade"]["name"] == "fair"
    assert {row["claimant"]["name"] for row in made["rows"]} == {"Norland", "Sudria"}


def test_a_list_whose_part_holds_the_separator_is_noted():
    losses = Losses()
    row = dict.fromkeys(csv_export.COLUMNS, "") | {"via": ["a;b", "c"]}
    csv_export.write([row], io.StringIO(), losses)
    assert "list whose parts hold the separator “;”: 1" in losses.report()


def test_losses_are_reported_by_how_often_they_came_up():
    losses = Losses()
    losses.note("rare")
    losses.note("often", 5)
    losses.note("never", 0)
    assert losses.report() == ("often: 5", "rare: 1")


@pytest.mark.parametrize(
    "text", ["=HYPERLINK(1)", "+1 (555) 0", "-2+3", "@SUM(1)", "\t=1", "＝1", "- Reuters"]
)
def test_a_cell_that_a_spreadsheet_would_run_is_disarmed_unless_it_is_to_be_raw(text):
    row = dict.fromkeys(csv_export.COLUMNS, "") | {"title": text}

    def written(**options):
        stream = io.StringIO(newline="")
        csv_export.write([row], stream, Losses(), **options)
        return next(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))["title"]

    assert written() == f"'{text}"
    assert written(raw=True) == text


@pytest.mark.parametrize("text", ["-7.5", "+3", "-1e-05", "Talks = trust", "", "12-14"])
def test_numbers_and_other_cells_stay_as_they_are(text):
    assert disarm(text) == text


@pytest.mark.parametrize("name", sorted(name for name, one in FORMATS.items() if one.is_table))
def test_every_table_disarms_what_pages_say(name, tmp_path):
    told = clash(12, "NOR")
    told = replace(
        told, article=replace(told.article, outlet="=cmd()", title="=cmd()", url=None, ref="=cmd()")
    )
    stories = collapse([told.article])
    with open_store(str(tmp_path / "a.db"), create=True) as store:
        store.write_reading(told, "f")
        store.write_fusion(stories, fuse([told], stories))
        texts = []
        for raw in (False, True):
            stream = io.StringIO()
            export_store(store, name, stream, raw=raw)
            texts.append(stream.getvalue())
    safe, raw = texts
    separator = "," if FORMATS[name].text.endswith(("commas, header", "says it", "chose")) else "\t"
    cells = [cell for line in csv.reader(io.StringIO(safe), delimiter=separator) for cell in line]
    assert not [cell for cell in cells if cell.startswith("=")]
    assert safe == raw or "'=cmd()" in safe
