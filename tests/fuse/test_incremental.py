"""What is fused bit by bit is what is fused at once, whatever came first and however it was split."""

import random

from benchmarks.fusing import make_stories
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from counterclaim import fusing
from counterclaim.fusing import fuse_store
from counterclaim.pipeline import fuse_readings
from counterclaim.store import tables
from counterclaim.store.queries import load_judgements, load_settled, load_stories
from counterclaim.store.rows import load_readings
from counterclaim.store.store import NewReading, open_store


def add(store, readings):
    store.write_readings([NewReading(reading, f"{reading.article.id:0>64}") for reading in readings])


def check(store):
    """Events, stories, judgements, terms and changes are those of fusing all that the store holds at once."""
    with store.read() as connection:
        readings = tuple(load_readings(connection))
        stories, events = fuse_readings(readings, load_judgements(connection))
        assert {one.id: one for one in load_stories(connection)} == {one.id: one for one in stories}
        told = connection.execute(select(tables.tellings)).all()
        found = {}
        for event, article, mention in told:
            found.setdefault(event, set()).add((article, mention))
        assert found == {event.id: set(event.members) for event in events}
        rules = {
            (one.left, one.right, one.score, one.reason)
            for event in events
            for one in event.judgements
            if one.by == "rule"
        }
        assert {(one.left, one.right, one.score, one.reason) for one in load_settled(connection)} == rules
        names = ("id", "label", "type", "place", "country", "start", "end", "articles", "stories", "origins")
        rows = {tuple(row) for row in connection.execute(select(*(tables.events.c[name] for name in names)))}
        assert rows == {tuple(getattr(event, name) for name in names) for event in events}
        changes = {tuple(row)[:1] + tuple(row)[2:] for row in connection.execute(select(tables.changes))}
        assert len(changes) == sum(len(event.listing.changes) for event in events)
        terms = {
            row.value: row.events for row in connection.execute(select(tables.terms)) if row.kind == "type"
        }
        assert terms == {
            kind: sum(event.type == kind for event in events) for kind in {event.type for event in events}
        }


def made(number, days, seed):
    """Reports whose copies are told by their texts, a few of which the others print."""
    return [reading for _, copies in make_stories(number, days, seed) for reading in copies]


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 2**16), st.integers(30, 150), st.sampled_from([1, 2, 30]), st.integers(2, 8))
def test_any_order_and_split_gives_the_events_of_fusing_all_at_once(
    tmp_path_factory, seed, number, days, parts
):
    pick = random.Random(seed)
    readings = made(number, days, seed)
    pick.shuffle(readings)
    path = tmp_path_factory.mktemp("store") / "store.db"
    with open_store(str(path), create=True) as store:
        for part in range(parts):
            add(store, readings[part::parts])
            fuse_store(store)
            check(store)


def test_many_reports_of_one_day_give_the_events_of_fusing_all_at_once(tmp_path, monkeypatch):
    # Blocks of more than are compared with one another.
    monkeypatch.setattr(fusing, "TOGETHER", 97)
    readings = made(600, 1, 5)
    random.Random(5).shuffle(readings)
    with open_store(str(tmp_path / "store.db"), create=True) as store:
        for start in range(0, 600, 300):
            add(store, readings[start : start + 300])
            fuse_store(store)
        check(store)
