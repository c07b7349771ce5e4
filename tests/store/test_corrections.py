"""A person's word on a claim: laid over the reading, kept beside it, undone in one step, and told when it has lost its place."""

from dataclasses import is_dataclass, replace

import pytest

from counterclaim.deciding import add_telling, correct_claim, find_lost, load_labels, undo_correction
from counterclaim.errors import InputError
from counterclaim.fusing import fuse_store
from counterclaim.store.corrections import list_corrections
from counterclaim.store.queries import (
    Filter,
    find_claim,
    find_places,
    find_tellings,
    find_tellings_at,
    list_claims,
    list_event_page,
    list_fields,
)
from counterclaim.store.rows import load_readings
from counterclaim.store.store import open_store
from tests.serve.conftest import TEXT, fill, make_reading

ARTICLE = "abcdef0000000000"


@pytest.fixture
def store(location):
    with open_store(fill(location, [make_reading()])) as store:
        yield store


def say(store, claim, verb="recode", by="Ann", **asked):
    return correct_claim(store, f"{ARTICLE}:{claim}", verb, asked, by=by, reason="I read it")


def read(store, **how):
    with store.read() as connection:
        (reading,) = load_readings(connection, [ARTICLE], **how)
    return reading


def values(store, event="e1"):
    return {(one.field, one.value) for one in read(store).claims if one.event == event}


@pytest.mark.parametrize(
    ("claim", "asked", "expected"),
    [
        ("c1", {"type": "PROTEST/riot"}, ("type", "PROTEST/riot")),
        ("c1", {"type": "protest riot"}, ("type", "PROTEST/riot")),
        ("c2", {"actor": "Congolese army"}, ("actors", "Congolese army [COD MIL]")),
        ("c2", {"actor": "COD.MIL"}, ("actors", "Congolese army [COD MIL]")),
        ("c2", {"actor": "Rwanda"}, ("actors", "Rwanda [RWA GOV]")),
        ("c2", {"actor": "Border guards [RWA MIL]; gunmen"}, ("actors", "Border guards [RWA MIL]")),
        ("c3", {"recipient": "villagers"}, ("recipients", "villagers")),
        ("c4", {"place": "Goma"}, ("place", "Goma")),
        ("c4", {"place": "Camp 3 @ -1.5,29.1"}, ("place", "Camp 3")),
        ("c4", {"place": "Nairobi"}, ("place", "Nairobi")),
        ("c5", {"date": "2021-02-28/2021-03-01"}, ("date", "2021-02-28/2021-03-01")),
        ("c6", {"count": "21"}, ("counts.dead", "21")),
        ("c6", {"count": "20..30"}, ("counts.dead", "20..30")),
        ("c1", {"count": "4 injured"}, ("counts.injured", "4")),
    ],
)
def test_a_claim_is_recoded(store, claim, asked, expected):
    say(store, claim, **asked)
    assert expected in values(store)


@pytest.mark.parametrize(
    ("claim", "asked", "says"),
    [
        ("c1", {}, "What should it be"),
        ("c1", {"type": "FIGHT"}, "no type 'FIGHT'"),
        ("c1", {"type": "ASSAULT/riot"}, "no mode 'riot'"),
        ("c2", {"actor": "guards [XXX]"}, "no country or sector"),
        ("c4", {"place": "Nowhere at all"}, "No place"),
        ("c4", {"place": "Pole @ 91,0"}, "not on Earth"),
        ("c5", {"date": "Monday"}, "no day"),
        ("c5", {"date": "2021-03-02/2021-03-01"}, "before"),
        ("c6", {"count": "many"}, "no count"),
        ("c6", {"count": "9..3"}, "less than"),
        ("c99", {"count": "9"}, "no claim"),
    ],
)
def test_what_cannot_be_a_value_is_said(store, claim, asked, says):
    with pytest.raises(InputError, match=says):
        say(store, claim, **asked)


def test_the_machines_rows_stay_as_they_were_read(store):
    before = read(store, as_read=True)
    say(store, "c6", count="21")
    say(store, "c1", "reject")
    assert read(store, as_read=True) == before


def test_undone_it_is_as_if_never_said(store):
    before = read(store)
    one = say(store, "c6", count="21")
    say(store, "c4", "reject")
    undo_correction(store, one.id, by="Ben")
    assert ("counts.dead", "12..") in values(store)
    assert not any(field == "place" for field, _ in values(store))
    undo_correction(store, 2, by="Ben")
    assert read(store) == before
    with pytest.raises(InputError, match="taken back by Ben"):
        undo_correction(store, 1, by="Ben")
    with store.read() as connection:
        assert [(row.verb, row.undone_by) for row in list_corrections(connection)] == [
            ("recode", "Ben"),
            ("reject", "Ben"),
        ]


def test_the_later_word_holds_and_undone_the_earlier_again(store):
    say(store, "c6", count="21")
    later = say(store, "c6", count="30", by="Ben")
    assert ("counts.dead", "30") in values(store)
    undo_correction(store, later.id, by="Ann")
    assert ("counts.dead", "21") in values(store)


def test_rejecting_the_type_rejects_the_whole_telling(store):
    say(store, "c1", "reject")
    assert values(store) == set()
    assert values(store, "e2")
    fuse_store(store)
    with store.read() as connection:
        assert all(row["dead_low"] is None for row in list_event_page(connection, Filter()).rows)


def test_a_rejected_claim_can_be_judged_again(store):
    say(store, "c1", "reject")
    say(store, "c1", "accept", by="Ben")


def test_accepting_changes_nothing(store):
    before = read(store)
    say(store, "c6", "accept")
    assert read(store) == before


def test_a_correction_reaches_the_events(store):
    say(store, "c6", count="21")
    fuse_store(store)
    with store.read() as connection:
        assert 21 in {row["dead_low"] for row in list_event_page(connection, Filter()).rows}


def test_an_event_that_was_missed_is_added_with_who_says_it(store):
    asked = {
        "type": "SANCTION",
        "actor": "Rwanda",
        "says": "Congolese army",
        "stance": "accuses",
        "count": "3 injured",
    }
    made = add_telling(store, "abcdef", "near Goma", asked, by="Ann", reason="")
    fuse_store(store)
    with store.read() as connection:
        page = list_event_page(connection, Filter(type=("SANCTION",))).rows
        reading, number = find_claim(connection, f"{ARTICLE}:p{made.id}.t0")
    assert [row["type"] for row in page] == ["SANCTION"]
    claim = next(one for one in reading.claims if one.id == number)
    assert claim.stance == "accuses"
    assert reading.article.text[claim.start_char : claim.end_char] == "near Goma"
    fuse_store(store)  # again, from what is stored
    undo_correction(store, made.id, by="Ann")
    fuse_store(store)
    with store.read() as connection:
        assert list_event_page(connection, Filter(type=("SANCTION",))).rows == []


@pytest.mark.parametrize("words", ["not there", "", "e"])
def test_words_that_are_not_once_in_the_text_are_refused(store, words):
    with pytest.raises(InputError, match="words"):
        add_telling(store, "abcdef", words, {"type": "AID"}, by="Ann", reason="")


def again(store, **changed):
    """Read the article anew, with other ids for everything."""
    old = make_reading()
    events = tuple(replace(one, id=f"e{9 - number}") for number, one in enumerate(old.events))
    new = dict(zip((one.id for one in old.events), (one.id for one in events), strict=True))
    claims = tuple(
        replace(one, id=f"c{90 - number}", event=new[one.event]) for number, one in enumerate(old.claims)
    )
    store.write_reading(replace(old, events=events, claims=claims, signature="another", **changed), "0")


def test_it_survives_another_reading_that_numbers_everything_anew(store):
    say(store, "c6", count="21")
    say(store, "c7", "reject")
    again(store)
    reading = read(store)
    assert {one.value for one in reading.claims if one.field == "counts.dead"} == {"21"}
    assert [one.stance for one in reading.events] == ["says"]
    with store.read() as connection:
        assert find_lost(connection) == {}


def test_what_the_reading_no_longer_finds_is_lost_and_said_to_be(store):
    one = say(store, "c7", "reject")
    old = make_reading()
    store.write_reading(
        replace(
            old,
            events=old.events[:1],
            claims=tuple(c for c in old.claims if c.event == "e1"),
            signature="another",
        ),
        "0",
    )
    with store.read() as connection:
        assert find_lost(connection) == {one.id: "the reading no longer finds what it was about"}


def put_before(words):
    """The report with words put before it, as another article of the same page."""
    old, by = make_reading(), len(words)

    def move(record):
        spans = {
            name: getattr(record, name) + by
            for name in ("start_char", "end_char", "sentence_start_char", "sentence_end_char")
            if hasattr(record, name)
        }
        inner = {
            name: move(value) if not isinstance(value, tuple) else tuple(map(move, value))
            for name in (
                "trigger",
                "actors",
                "recipients",
                "place",
                "date",
                "counts",
                "victims",
                "source",
                "cue",
                "content",
            )
            if is_dataclass(value := getattr(record, name, None)) or isinstance(value, tuple)
        }
        return replace(record, **spans, **inner)

    return replace(
        old,
        article=replace(old.article, id="1234560000000000", text=words + TEXT, url=None),
        attributions=tuple(map(move, old.attributions)),
        events=tuple(map(move, old.events)),
        toponyms=tuple(map(move, old.toponyms)),
        claims=tuple(map(move, old.claims)),
        flags=tuple(map(move, old.flags)),
    )


def test_it_goes_with_its_sentence_when_the_text_around_it_changes(store):
    say(store, "c6", count="21")
    # The page is now another article: the store forgets the old one.
    store.write_reading(put_before("Updated on Thursday.\n\n"), ARTICLE)
    with store.read() as connection:
        (reading,) = load_readings(connection)
        assert find_lost(connection) == {}
    assert reading.article.id == "1234560000000000"
    assert {one.value for one in reading.claims if one.field == "counts.dead"} == {"21"}


def test_where_its_sentence_is_gone_it_is_lost_and_said_to_be(store):
    one = say(store, "c6", count="21")
    new = put_before("")
    changed = replace(new, article=replace(new.article, text=TEXT.replace("at least 12", "at least 19")))
    store.write_reading(changed, ARTICLE)
    with store.read() as connection:
        (reading,) = load_readings(connection)
        assert find_lost(connection) == {one.id: "the text changed"}
    assert {one.value for one in reading.claims if one.field == "counts.dead"} == {"12.."}


def test_corrections_are_training_labels_with_both_words(store):
    say(store, "c1", type="PROTEST")
    say(store, "c6", count="21")
    say(store, "c7", "reject", by="Ben")
    with store.read() as connection:
        labels, lost = load_labels(connection)
    assert lost == 0
    ann, ben = labels
    assert (ann["annotator"], ben["annotator"]) == ("Ann", "Ben")
    (trigger,) = ann["triggers"]
    assert TEXT[trigger["start_char"] : trigger["end_char"]] == "attacked"
    assert (trigger["event"], trigger["type"], trigger["modes"]) == (True, "PROTEST", [])
    assert [TEXT[start:end] for start, end in trigger["actors"]] == ["rebels"]
    assert [(one["machine"], one["verb"]) for one in trigger["corrections"]] == [
        ("ASSAULT/firearms", "recode"),
        ("12.. (Congolese army [COD MIL])", "recode"),
    ]
    assert ben["triggers"][0]["event"] is False
    assert "soldiers" not in str(labels)


def ask(store, question, *given, **how):
    with store.read() as connection:
        return question(connection, *given, **how)


def test_lists_of_claims_hold_the_persons_value_beside_the_machines(store):
    say(store, "c6", count="21")
    rows = {row["claim"].partition(":")[2]: row for row in ask(store, list_claims)}
    assert [rows["c6"][name] for name in ("value", "machine", "correction", "corrected_by")] == [
        "21",
        "12.. (Congolese army [COD MIL])",
        "recode",
        "Ann",
    ]
    assert rows["c1"]["correction"] is None


def test_what_nobody_changed_is_listed_as_before(store):
    before = ask(store, list_claims)
    say(store, "c6", verb="accept")
    persons = {"machine", "correction", "corrected_by"}
    after = ask(store, list_claims)
    assert [{name: row[name] for name in row.keys() - persons} for row in after] == [
        {name: row[name] for name in row.keys() - persons} for row in before
    ]


def test_articles_with_corrections_keep_their_place_among_the_others(location):
    readings = [make_reading(number, published=f"2021-03-{number + 1:02d}") for number in range(3)]
    with open_store(fill(location, readings)) as store:
        before = [row["claim"] for row in ask(store, list_claims)]
        correct_claim(store, f"{readings[1].article.id}:c6", "accept", {}, by="Ann", reason="")
        assert [row["claim"] for row in ask(store, list_claims)] == before


def test_lists_leave_out_what_was_rejected_and_hold_what_was_added(store):
    say(store, "c6", verb="reject")
    add_telling(store, ARTICLE, "near Goma", {"type": "AID"}, by="Ben", reason="")
    rows = ask(store, list_claims)
    assert "counts.dead" not in {row["field"] for row in rows}
    assert {row["corrected_by"] for row in rows if row["value"] == "AID"} == {"Ben"}
    assert ask(store, list_claims, field="counts.dead") == []


def test_a_field_that_only_a_person_gave_can_be_listed(store):
    say(store, "c1", count="4 injured")
    assert "counts.injured" in ask(store, list_fields)
    assert [row["value"] for row in ask(store, list_claims, field="counts.injured")] == ["4"]


def test_a_recoded_actor_takes_the_telling_along(store):
    assert ask(store, find_tellings, doer="rebels") == [(ARTICLE, "e1"), (ARTICLE, "e2")]
    say(store, "c2", actor="Rwanda")
    assert ask(store, find_tellings, doer="rebels") == [(ARTICLE, "e2")]
    assert ask(store, find_tellings, doer="RWA") == [(ARTICLE, "e1")]
    assert ask(store, find_tellings, doer="RWA", denied=True) == []
    undo_correction(store, 1, by="Ben")
    assert ask(store, find_tellings, doer="RWA") == []


def test_a_recoded_place_takes_the_telling_along(store):
    say(store, "c4", place="Camp 3 @ -1.5,29.1")
    fuse_store(store)
    assert ask(store, find_tellings_at, "216281") == []
    assert ask(store, find_places, "216281") == []
    assert ask(store, find_tellings_at, "Camp 3") == [(ARTICLE, "e1")]
    ((name, tellings),) = [(row["name"], row["tellings"]) for row in ask(store, find_places, "Camp 3")]
    assert (name, tellings) == ("Camp 3", 1)
