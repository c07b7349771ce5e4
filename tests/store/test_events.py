"""All events and claims of a store, a few at a time, on either database."""

import pytest

from counterclaim.fuse import fuse
from counterclaim.gather.duplicates import collapse
from counterclaim.store import events as events_module
from counterclaim.store.events import iter_events
from counterclaim.store.queries import iter_claims, list_claims, load_stories
from counterclaim.store.store import open_store
from tests.export.clashes import clash
from tests.handmade import report, tell, when, who


def attack(name, day):
    date = when("that day", day) if day else None
    text = f"{name} was shelled by {name} rebels that day, far from all other towns. {name} {name} burned."
    return report(
        text, tell("ASSAULT", "shelled", recipients=[who(name)], date=date), ref=name, published=day
    )


@pytest.fixture
def filled(location):
    told = [
        clash(12, "NOR"),
        clash(30, "NOR", said="Sudria", code="SUD"),
        attack("Elta", "2022-01-02"),
        attack("Kolm", None),
    ]
    stories = collapse(reading.article for reading in told)
    events = fuse(told, stories)
    with open_store(location, create=True) as store:
        for reading in told:
            store.write_reading(reading, reading.article.id)
        store.write_fusion(stories, events)
        yield store, told, events, stories


def test_events_come_by_day_with_their_members_and_undated_ones_last(filled):
    store, _, events, _ = filled
    with store.read() as connection:
        found = [event for batch in iter_events(connection) for event in batch.events]
    assert [event.start for event in found] == ["2022-01-02", "2024-05-06", None]
    assert {event.id: event.members for event in found} == {event.id: event.members for event in events}


def test_a_batch_has_the_readings_and_stories_of_its_articles_alone(filled, monkeypatch):
    store, told, _, stories = filled
    monkeypatch.setattr(events_module, "ARTICLES", 1)
    with store.read() as connection:
        batches = list(iter_events(connection))
    assert [len(batch.events) for batch in batches] == [1, 1, 1]
    assert [len(batch.readings) for batch in batches] == [1, 2, 1]
    (elta,) = batches[0].readings
    assert elta.article == told[2].article
    assert batches[0].stories == tuple(
        story for story in stories if any(copy.article == elta.article.id for copy in story.copies)
    )


def test_stories_of_some_articles_come_with_all_their_copies(filled):
    store, told, _, stories = filled
    with store.read() as connection:
        assert set(load_stories(connection)) == set(stories)
        assert load_stories(connection, []) == ()
        (story,) = load_stories(connection, [told[0].article.id])
    assert story in stories


def test_claims_one_after_the_other_are_those_of_the_list(filled):
    store, told, _, _ = filled
    with store.read() as connection:
        claims = list(iter_claims(connection))
        assert claims == list_claims(connection)
    assert len(claims) == sum(len(reading.claims) for reading in told)
