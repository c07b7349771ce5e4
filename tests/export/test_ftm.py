"""Entities are FollowTheMoney's, and who says what goes along as notes on the event."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from counterclaim.export import ftm
from counterclaim.export.losses import Losses
from tests.export.clashes import clash, fuse_reports
from tests.handmade import report, tell, who

CASES = Path(__file__).parent.parent / "cases" / "ftm_properties.tsv"
LINES = [
    line.split("\t") for line in CASES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
]
MODEL = {line[0]: dict(zip(LINES[0], [*line, "", "", "", ""], strict=False)) for line in LINES[1:]}
TYPES = {
    "date": re.compile(r"\d{4}(-\d\d(-\d\d)?)?"),
    "country": re.compile(r"[a-z]{2}"),
    "language": re.compile(r"[a-z]{3}"),
    "url": re.compile(r"https?://\S+"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
}


def write(*reports, rule="range"):
    stream, losses = io.StringIO(), Losses()
    number = ftm.write(fuse_reports(*reports, rule=rule), stream, losses)
    entities = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert len(entities) == number
    return entities, losses


def of(entities, schema):
    return [entity["properties"] for entity in entities if entity["schema"] == schema]


@pytest.fixture
def contested():
    brigade = who("Vask Brigade", None, "REB")
    return (
        clash(12, "NOR", mutual=True),
        clash(30, "NOR", said="Sudria", code="SUD", mutual=True),
        report(
            "Vask Brigade said its guards shelled a depot. Elland's Foreign Ministry denied it.",
            tell("ASSAULT", "shelled", actors=[brigade], recipients=[who("guards")], by=brigade),
            ref="brigade",
            url="https://post.example/1",
            outlet="Post",
            authors=("Ann Lee",),
            published="2024-05-09",
        ),
    )


def test_every_entity_fits_the_model(contested):
    entities, _ = write(*contested)
    schema_of = {entity["id"]: entity["schema"] for entity in entities}
    assert len(schema_of) == len(entities)
    for entity in entities:
        assert set(entity) == {"id", "schema", "properties"}
        required = {
            line["property"]
            for line in MODEL.values()
            if line["schema"] == entity["schema"] and line["required"]
        }
        assert required <= set(entity["properties"])
        for name, values in entity["properties"].items():
            line = MODEL[f"{entity['schema']}.{name}"]
            assert values
            assert len(set(values)) == len(values)
            for value in values:
                assert isinstance(value, str)
                assert len(value) <= int(line["max_length"] or 65_000)
                if line["type"] in TYPES:
                    assert TYPES[line["type"]].fullmatch(value)
                if line["type"] == "entity":
                    assert schema_of[value] in line["range"].split(";")


def test_the_library_reads_every_entity(contested):
    model = pytest.importorskip("followthemoney", reason="the followthemoney library is not installed").model
    for entity in write(*contested)[0]:
        model.get_proxy(entity, cleaned=False)


def test_an_event_holds_choice_grade_and_rule(contested):
    events = of(write(*contested, rule="conservative")[0], "Event")
    event = next(one for one in events if "clash" not in one and one.get("location") == ["Vask"])
    assert event["date"] == ["2024-05-06"]
    assert "dead of NOR MIL: 12 (contested; Norland)" in event["summary"][0]
    assert event["notes"][1].startswith("Rule: Conservative, as ACLED counts")


def test_every_value_is_a_note_with_who_says_it_and_the_sentence(contested):
    notes = of(write(*contested)[0], "Note")
    dead = [note for note in notes if note["keywords"][0] == "counts.dead"]
    assert {note["description"][0] for note in dead} == {
        "Norland [NOR GOV] says: dead of NOR MIL: 12",
        "Sudria [SUD GOV] says: dead of NOR MIL: 30",
    }
    assert all("soldiers of NOR died" in note["summary"][0] for note in dead)


def test_parties_keep_their_role():
    elland = who("Elland", "ELL", "GOV")
    reading = report(
        "Norland shelled Elland.",
        tell("ASSAULT", "shelled", actors=[who("Norland", "NOR")], recipients=[elland]),
    )
    entities, _ = write(reading)
    assert sorted(link["role"][0] for link in of(entities, "UnknownLink")) == ["actor", "recipient"]
    assert {mention["name"][0] for mention in of(entities, "Mention")} == {"Norland", "Elland"}


def test_a_party_without_a_name_is_no_entity_and_noted():
    reading = report("Rebels shelled it.", tell("ASSAULT", "shelled", actors=[who("Rebels", None, "REB")]))
    (event,) = reading.events
    nameless = replace(event, actors=(replace(event.actors[0], kind="nominal"),))
    entities, losses = write(replace(reading, events=(nameless,)))
    assert not of(entities, "UnknownLink")
    assert "party without a name of its own: in the summary only: 1" in losses.report()


def test_what_is_shared_is_written_once(contested):
    entities, _ = write(*contested, *contested[:1])
    assert len({entity["id"] for entity in entities}) == len(entities)


@pytest.mark.parametrize(
    ("actor_id", "schema"),
    [
        ("ARM", "PublicBody"),
        ("ARM.GOV.MOD", "PublicBody"),
        ("UNSC", "Organization"),
        ("hezbollah", "Organization"),
        ("serzh-sargsyan", "Person"),
        (None, "LegalEntity"),
    ],
)
def test_a_party_is_a_person_or_body_only_where_that_is_known(actor_id, schema):
    party = who("Someone", actor_id=actor_id)
    reading = report("Someone shelled it.", tell("ASSAULT", "shelled", actors=[party]))
    assert {entity["schema"] for entity in write(reading)[0]} & set(ftm.SCHEMATA[3:7]) == {schema}
