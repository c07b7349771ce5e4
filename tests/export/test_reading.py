"""The JSON contract: exactly these keys, in this order."""

import json

from counterclaim.export.reading import to_json
from counterclaim.types import Dateline, Dropped
from tests.handmade import count, report, tell, when, where, who

TEXT = "Norland said 12 of its soldiers were killed near Vask on Monday."
MENTION = ["text", "start_char", "end_char", "actor_id", "name", "country", "sector"]
PARTICIPANT = [*MENTION, "other_sectors"]
PLACE = [
    *("text", "start_char", "end_char", "name", "geonameid", "lat", "lon", "country", "admin1"),
    *("feature_code", "precision", "relation", "distance_km", "direction", "other"),
]


def make():
    return report(
        TEXT,
        tell(
            "ASSAULT",
            "killed",
            actors=[who("Norland", "NOR")],
            recipients=[who("its soldiers", "NOR", "MIL")],
            place=where("Vask", "NOR", 60.1, 10.2),
            date=when("Monday", "2024-05-06"),
            counts=[count("12 of its soldiers", "dead", 12, victims=who("its soldiers", "NOR", "MIL"))],
            by=who("Norland", "NOR", "GOV"),
            via=["state television"],
        ),
        flags=[("unverified", "Norland said", "nobody else has seen it")],
        dateline=Dateline("VASK", None),
        dropped=(Dropped("Read more", "teaser"),),
        authors=("Ann Lee",),
    )


def test_the_keys_are_those_of_the_contract():
    made = to_json(make())
    assert list(made) == [
        *(
            "article",
            "attributions",
            "events",
            "toponyms",
            "times",
            "event_table",
            "claims",
            "flags",
            "mentions",
            "signature",
        )
    ]
    assert list(made["article"]) == [
        *("id", "ref", "title", "url", "outlet", "agency", "authors", "published", "published_from"),
        *("modified", "dateline", "language", "words", "text", "updates", "dropped"),
    ]
    assert made["article"]["dateline"] == {"place": "VASK", "date": None}
    assert made["article"]["dropped"] == [{"text": "Read more", "reason": "teaser"}]


def test_an_attribution_has_source_cue_and_content():
    (attribution,) = to_json(make())["attributions"]
    assert list(attribution) == ["id", "source", "cue", "content", "stance", "via", "within", "speaks"]
    assert list(attribution["source"]) == MENTION
    assert list(attribution["cue"]) == ["text", "start_char", "end_char", "lemma"]
    assert list(attribution["content"]) == ["text", "start_char", "end_char"]
    assert attribution["via"] == ["state television"]


def test_an_event_has_participants_place_date_and_counts():
    made = to_json(make())
    (event,) = made["events"]
    assert list(event) == [
        *("id", "type", "modes", "contexts", "auxiliary", "trigger", "actors", "recipients", "place"),
        *("date", "counts", "attribution", "stance", "acled", "confidence"),
    ]
    assert list(event["actors"][0]) == list(event["recipients"][0]) == PARTICIPANT
    assert list(event["place"]) == PLACE
    assert list(event["date"]) == ["text", "start_char", "end_char", "start", "end", "precision"]
    (counted,) = event["counts"]
    assert list(counted) == ["kind", "low", "high", "victims", "text", "start_char", "end_char"]
    assert list(counted["victims"]) == PARTICIPANT
    assert list(made["toponyms"][0]) == [*PLACE, "adjectival"]


def test_what_is_not_known_is_null():
    (event,) = to_json(report("Shots were fired.", tell("ASSAULT", "fired")))["events"]
    assert event["place"] is event["date"] is event["attribution"] is None
    assert event["actors"] == event["counts"] == []


def test_offsets_name_the_words_they_say():
    def walk(value):
        if isinstance(value, dict):
            if {"text", "start_char", "end_char"} <= set(value):
                assert TEXT[value["start_char"] : value["end_char"]] == value["text"]
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(to_json(make()))


def test_a_claim_names_its_event_attribution_and_whose_losses():
    claims = to_json(make())["claims"]
    assert list(claims[0])[:8] == [
        *("id", "event", "field", "value", "attribution", "stance", "start_char", "end_char")
    ]
    dead = next(claim for claim in claims if claim["field"] == "counts.dead")
    assert (dead["value"], dead["victims"], dead["attribution"]) == ("12", "its soldiers [NOR MIL]", "a1")


def test_the_same_reading_gives_the_same_bytes():
    assert json.dumps(to_json(make())) == json.dumps(to_json(make()))
