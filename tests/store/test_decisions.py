"""What people decide about events outlives readings, fusions and the order of articles; what rules overturn says why."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from counterclaim.fuse.judging import doubt, merge, split
from counterclaim.fuse.tellings import make_tellings
from counterclaim.fusing import fuse_store
from counterclaim.store import tables
from counterclaim.store.queries import list_judgements, load_judgements, load_stories
from counterclaim.store.rows import load_readings
from counterclaim.store.store import NewReading, open_store
from tests.handmade import report, tell, when, where, who

NORLAND, SUDRIA = who("Norland", "NOR", "GOV"), who("Sudria", "SUD", "GOV")
VASK, ORENO = where("Vask", "NOR", 60.1, 10.2), where("Oreno", "NOR", 61.4, 11.9)


def raid(
    place, outlet, *, sentence="Sudria shelled {} on Monday, Norland said.", before=(), signature="hand"
):
    """One outlet's own report of a raid; told in words of its own, so that it is no copy."""
    text = f"{outlet} writes {' '.join(f'{outlet}{number}' for number in range(30))}. " + sentence.format(
        place["text"] if place else "Norland"
    )
    event = tell(
        "ASSAULT",
        "shelled",
        actors=[SUDRIA],
        recipients=[NORLAND],
        place=place,
        date=when("Monday", "2024-05-06"),
        by=NORLAND,
    )
    return report(
        text, *before, event, ref=f"{outlet}.txt", outlet=outlet, published="2024-05-07", signature=signature
    )


READINGS = [raid(VASK, "Post"), raid(VASK, "Times"), raid(ORENO, "Echo"), raid(ORENO, "Star")]


def add(store, readings):
    store.write_readings([NewReading(reading, reading.article.id) for reading in readings])
    return fuse_store(store)


@pytest.fixture
def store(location):
    with open_store(location, create=True) as opened:
        add(opened, READINGS)
        yield opened


def events(store, mention="e1"):
    """The outlets that tell of each event, the events in order; of each article one event mention counts."""
    told, article = tables.tellings.c, tables.articles.c
    query = select(told.event, article.outlet).join_from(
        tables.tellings, tables.articles, article.id == told.article
    )
    groups = {}
    with store.read() as connection:
        for event, outlet in connection.execute(query.where(told.event_mention == mention)):
            groups.setdefault(event, set()).add(outlet)
    return sorted(sorted(group) for group in groups.values())


def tellings(store, *outlets):
    with store.read() as connection:
        made = make_tellings(tuple(load_readings(connection)), load_stories(connection))
    return [one for one in made if one.article.outlet in outlets]


def decide(store, make, ours, theirs, by="Ann", reason="read both"):
    """A decision on what these and those outlets tell."""
    with store.read() as connection:
        judged = load_judgements(connection)
    made = make(tellings(store, *ours), tellings(store, *theirs), judged, by=by, reason=reason)
    number = store.write_decision(make.__name__, made, about="E1", by=by, reason=reason)
    fuse_store(store)
    return number


def merge_all(store):
    return decide(store, merge, ["Post", "Times"], ["Echo", "Star"])


def split_times(store):
    return decide(store, split, ["Times"], ["Post"])


APART = [["Echo", "Star"], ["Post", "Times"]]
TOGETHER = [["Echo", "Post", "Star", "Times"]]
ALONE = [["Echo", "Star"], ["Post"], ["Times"]]


def test_rules_alone_keep_two_places_apart(store):
    assert events(store) == APART


@pytest.mark.parametrize(("decision", "after"), [(merge_all, TOGETHER), (split_times, ALONE)])
def test_a_decision_holds_for_every_later_fusion(store, decision, after):
    decision(store)
    assert events(store) == after
    fuse_store(store)
    assert events(store) == after


@pytest.mark.parametrize(("decision", "after"), [(merge_all, TOGETHER), (split_times, ALONE)])
def test_a_decision_survives_reading_the_articles_anew(store, decision, after):
    decision(store)
    # What was e1 is e2 for the new version, which found one event more before it.
    places = {"Post": VASK, "Times": VASK, "Echo": ORENO, "Star": ORENO}
    anew = [
        raid(place, outlet, before=[tell("CONSULT", "writes")], signature="newer")
        for outlet, place in places.items()
    ]
    assert [one.article.id for one in anew] == [one.article.id for one in READINGS]
    add(store, anew)
    assert events(store, mention="e2") == after


@pytest.mark.parametrize(("decision", "after"), [(merge_all, TOGETHER), (split_times, ALONE)])
def test_a_decision_survives_more_articles(store, decision, after):
    decision(store)
    add(store, [raid(where("Lund", "NOR", 62.0, 14.0), outlet) for outlet in ("Mail", "Sun")])
    assert events(store) == sorted([*after, ["Mail", "Sun"]])


def test_a_split_holds_for_a_newcomer_that_fits_both(store):
    split_times(store)
    add(store, [raid(VASK, "Mail")])
    (times,) = [group for group in events(store) if "Times" in group]
    assert "Post" not in times


@pytest.mark.parametrize("decision", [merge_all, split_times])
def test_the_order_in_which_articles_were_read_does_not_matter(store, decision, tmp_path):
    decision(store)
    with store.read() as connection:
        judged = load_judgements(connection)
    with open_store(str(tmp_path / "other.db"), create=True) as other:
        for reading in reversed(READINGS):
            add(other, [reading])
        other.write_decision("merge", judged, about="E1", by="Ann", reason="")
        fuse_store(other)
        assert events(other) == events(store)


@pytest.mark.parametrize("decision", [merge_all, split_times])
def test_undoing_a_decision_brings_back_what_was_before_and_keeps_the_record(store, decision):
    number = decision(store)
    store.undo_decision(number, by="Bo")
    fuse_store(store)
    assert events(store) == APART
    with store.read() as connection:
        (row,) = connection.execute(select(tables.decisions)).all()
        assert (row.by, row.reason, row.undone_by) == ("Ann", "read both", "Bo")
        assert row.undone_at
        assert load_judgements(connection) == ()


def test_of_two_people_the_later_has_the_word_until_it_is_taken_back(store):
    merge_all(store)
    later = decide(store, split, ["Echo", "Star"], ["Post", "Times"], by="Bo")
    assert events(store) == APART
    store.undo_decision(later, by="Bo")
    fuse_store(store)
    assert events(store) == TOGETHER


def test_a_merge_brings_back_all_that_was_split_off(store):
    split_times(store)
    decide(store, merge, ["Post"], ["Times"], by="Bo")
    assert events(store) == APART


def test_what_a_person_tied_together_stays_so_when_the_first_of_it_leaves(store):
    merge_all(store)
    first = tellings(store, "Post", "Times", "Echo", "Star")[0].article.outlet
    rest = sorted({"Post", "Times", "Echo", "Star"} - {first})
    decide(store, split, [first], rest)
    assert events(store) == sorted([[first], rest])


def test_what_is_split_off_together_stays_together(store):
    merge_all(store)
    decide(store, split, ["Post", "Echo"], ["Times", "Star"])
    assert events(store) == [["Echo", "Post"], ["Star", "Times"]]


def test_unsure_leaves_it_to_the_rules(store):
    merge_all(store)
    decide(store, doubt, ["Post", "Times"], ["Echo", "Star"], by="Bo")
    assert events(store) == APART
    with store.read() as connection:
        assert {one.verdict for one in load_judgements(connection)} >= {"unsure"}


def test_a_judgement_of_a_rule_keeps_its_time_while_it_holds(store):
    with store.write() as connection:
        connection.execute(tables.judgements.update().values(made_at="2024-01-01T00:00:00Z"))
    with store.read() as connection:
        before = connection.execute(select(tables.judgements)).all()
    assert before
    fuse_store(store)
    with store.read() as connection:
        assert connection.execute(select(tables.judgements)).all() == before


# "Fighting in Norland on Monday": while one raid is known it is that one, with two it could be either.
LOOSE = raid(None, "Wire", sentence="On Monday Sudria shelled {}, it says.")


def test_an_added_article_that_reshuffles_leaves_a_record_of_what_and_why(location):
    with open_store(location, create=True) as store:
        add(store, [READINGS[0], LOOSE])
        assert events(store) == [["Post", "Wire"]]
        fused = add(store, READINGS[2:])
        assert fused.overturned == 1
        assert ["Wire"] in events(store)
        anchors = {one.anchor for one in tellings(store, "Wire")}
        with store.read() as connection:
            (row,) = [row for row in list_judgements(connection, anchors) if row["overturned_at"]]
        assert row["by"] == "rule"
        assert "alone in E" in row["overturned_because"]
        assert add(store, []).overturned == 0


def test_a_persons_split_is_the_reason_why_a_rules_judgement_holds_no_longer(store):
    split_times(store)
    anchors = {one.anchor for one in tellings(store, "Times")}
    with store.read() as connection:
        (row,) = [row for row in list_judgements(connection, anchors) if row["overturned_at"]]
    assert row["overturned_because"] == "Ann judged them different: read both"


def test_a_reading_with_another_date_is_told_as_the_reason(store):
    moved = raid(VASK, "Times", signature="newer")
    (event,) = moved.events
    moved = replace(
        moved, events=(replace(event, date=replace(event.date, start="2024-05-02", end="2024-05-02")),)
    )
    with store.write() as connection:
        connection.execute(tables.judgements.update().values(made_at="2024-01-01T00:00:00Z"))
    add(store, [moved])
    assert events(store) == ALONE
    anchors = {one.anchor for one in tellings(store, "Times")}
    with store.read() as connection:
        (row,) = [row for row in list_judgements(connection, anchors) if row["overturned_at"]]
    assert f"read anew since: {moved.article.id}" in row["overturned_because"]


def test_a_fusion_made_from_what_is_no_longer_in_the_store_is_not_written(store):
    with store.read() as connection:
        before = connection.execute(select(tables.events)).all()
    assert not store.write_fusion((), (), generation=0)
    with store.read() as connection:
        assert connection.execute(select(tables.events)).all() == before
