"""Claims as CSV and readings as JSON Lines."""

import csv
import io
import json

from counterclaim.export import csv as csv_export
from counterclaim.export import jsonl
from counterclaim.export.reading import to_json
from counterclaim.store.queries import list_claims
from counterclaim.store.store import open_store
from tests.handmade import count, report, tell, who

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


def test_every_claim_is_a_row_with_who_says_it(tmp_path):
    with open_store(str(tmp_path / "a.db"), create=True) as store:
        store.write_reading(make(), "f1")
        stream = io.StringIO()
        with store.read() as connection:
            assert csv_export.write(list_claims(connection), stream) == 3
    rows = list(csv.DictReader(io.StringIO(stream.getvalue())))
    dead = next(row for row in rows if row["field"] == "counts.dead")
    assert (dead["value"], dead["victims"], dead["source"]) == ("12", "its soldiers [NOR MIL]", "Norland")
    assert dead["via"] == "state television;Tass"
    assert dead["event"] == dead["agency"] == ""


def test_no_claims_give_a_header_alone():
    stream = io.StringIO()
    assert csv_export.write([], stream) == 0
    assert stream.getvalue() == ",".join(csv_export.COLUMNS) + "\n"


def test_every_reading_is_a_line_of_the_contract():
    stream = io.StringIO()
    assert jsonl.write([make(), make()], stream) == 2
    lines = stream.getvalue().split("\n")
    assert json.loads(lines[0]) == to_json(make())
    assert lines[2:] == [""]
