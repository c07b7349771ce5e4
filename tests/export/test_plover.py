"""PLOVER records carry the manual's keys, and in their comment what PLOVER has no field for."""

import io
import json

from counterclaim.export import plover
from counterclaim.export.losses import Losses
from tests.export.clashes import clash, fuse_reports
from tests.handmade import report, tell, when, who


def write(*reports, rule="range"):
    stream, losses = io.StringIO(), Losses()
    number = plover.write(fuse_reports(*reports, rule=rule), stream, losses)
    records = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(records) == number
    return records, losses


def test_a_clash_of_two_has_both_as_actors_and_no_recipient():
    (record,), _ = write(clash(12, "NOR", mutual=True))
    assert set(record) <= set(plover.COLUMNS)
    assert [entity["code"] for entity in record["actor"]] == ["NOR", "SUD"]
    assert "recipient" not in record
    assert (record["event"], record["mode"], record["quad_code"], record["event_scale"]) == (
        ["ASSAULT"],
        ["firearms"],
        4,
        -9.0,
    )
    assert record["date"] == "2024-05-06"
    assert record["size"] == {"dead": 12}
    (place,) = record["event_loc"]
    assert (place["resolved_place"], place["city"], place["resolution"]) == ("Vask", "Vask", 4)
    (cited,) = record["cite_info"]
    assert cited["codebook"].startswith("plover-base-")


def test_the_trigger_can_be_found_in_its_article():
    reading = clash(12, "NOR")
    (record,), _ = write(reading)
    where = record["text_info"]
    assert reading.article.text[where["start"] : where["end"]] == record["event_text"] == "clash"


def test_a_contested_toll_is_in_the_comment_and_in_size_only_by_a_rule():
    reports = clash(12, "NOR"), clash(30, "NOR", said="Sudria", code="SUD")
    (record,), losses = write(*reports)
    assert "size" not in record
    assert "dead of NOR MIL: 12..30, said by Norland, Sudria (contested)." in record["comment"]
    assert "count between which the rule does not choose: in comment only: 1" in losses.report()
    (record,), _ = write(*reports, rule="conservative")
    assert record["size"] == {"dead": 12}
    assert "Rule: Conservative" in record["comment"]


def test_an_event_without_a_day_has_that_of_its_first_report_and_says_so():
    reading = report("Rebels shelled Vask.", tell("ASSAULT", "shelled", actors=[who("Rebels", "NOR", "REB")]))
    (undated,), losses = write(
        report("Rebels shelled Elta.", tell("ASSAULT", "shelled"), published="2024-05-07")
    )
    assert undated["date"] == "2024-05-07"
    assert undated["comment"].startswith("No report says when it happened")
    assert undated["actor"] == [{"code": "UNK", "sector": "UNK"}]
    assert undated["strict_plover"] is False
    assert "actor nobody names: UNK: 1" in losses.report()
    records, losses = write(reading)
    assert records == []
    assert "event without a day, in reports without one: left out: 1" in losses.report()


def test_history_is_marked_among_the_contexts():
    reading = report(
        "Norland shelled Sudria in 1995.",
        tell(
            "ASSAULT",
            "shelled",
            date=when("1995", "1995-01-01", "1995-12-31", "year"),
            auxiliary=["historical"],
        ),
    )
    (record,), _ = write(reading)
    assert record["context"] == ["historical"]
    assert (record["date"], record["enddate"]) == ("1995-01-01", "1995-12-31")


def test_aid_to_nobody_is_not_strict_plover():
    def aid(recipients):
        giver = [who("Norland", "NOR", "GOV")]
        telling = tell("AID", "sent", actors=giver, recipients=recipients)
        (record,), _ = write(report("Norland sent food to Sudria.", telling, published="2024-05-07"))
        return record["strict_plover"]

    assert aid([who("Sudria", "SUD", "GOV")])
    assert not aid([])
