"""What is fused bit by bit is what is fused at once, whatever came first and however it was split."""

import inspect
import random
from contextlib import suppress
from dataclasses import replace
from unittest import mock

import pytest
from benchmarks.fusing import make_stories
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from counterclaim import fusing
from counterclaim.fusing import fuse_store
from counterclaim.pipeline import fuse_readings
from counterclaim.store import tables
from counterclaim.store.kept import Kept, mark
from counterclaim.store.queries import load_judgements, load_settled, load_stories
from counterclaim.store.rows import load_readings
from counterclaim.store.store import NewReading, open_store
from tests.fuse import test_harder_story_sets, test_story_sets


def find_sets():
    """The reports of every test of the story sets, by its name."""
    found = {}
    for module in (test_story_sets, test_harder_story_sets):
        for name, test in vars(module).items():
            if not name.startswith("test_") or inspect.signature(test).parameters:
                continue

            def keep(_, *reports, name=name):
                found[name] = reports
                raise LookupError  # what it makes of them is that test's business

            with mock.patch.object(test_story_sets.Told, "__init__", keep), suppress(LookupError):
                test()
    return found


SETS = find_sets()


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


@pytest.mark.slow
def test_ten_thousand_reports_in_any_order_give_the_events_of_fusing_all_at_once(tmp_path):
    readings = made(10_000, 60, 9)
    random.Random(9).shuffle(readings)
    with open_store(str(tmp_path / "store.db"), create=True) as store:
        for part in range(3):
            add(store, readings[part::3])
            fuse_store(store)
        check(store)


@pytest.mark.parametrize("seed", range(4))
def test_articles_that_go_or_are_read_anew_leave_the_events_of_fusing_what_is_there(tmp_path, seed):
    pick = random.Random(seed)
    readings = made(80, 2, seed)
    with open_store(str(tmp_path / "store.db"), create=True) as store:
        add(store, readings)
        fuse_store(store)
        for _ in range(3):
            gone = {one.article.id for one in pick.sample(readings, 6)}
            with store.write() as connection:
                mark(connection, gone)
                connection.execute(tables.articles.delete().where(tables.articles.c.id.in_(gone)))
            readings = [one for one in readings if one.article.id not in gone]
            anew = [
                replace(one, signature=f"newer {pick.random()}", events=one.events[:0], claims=())
                for one in readings[:2]
            ]
            add(store, anew)
            readings = anew + readings[2:]
            fuse_store(store)
            check(store)


@pytest.mark.parametrize("name", sorted(SETS))
def test_a_story_set_in_any_order_and_split_gives_the_events_of_fusing_it_at_once(tmp_path, name):
    pick = random.Random(name)
    reports = pick.sample(SETS[name], len(SETS[name]))
    with open_store(str(tmp_path / "store.db"), create=True) as store:
        while reports:
            some = pick.randint(1, len(reports))
            add(store, reports[:some])
            del reports[:some]
            fuse_store(store)
            check(store)


def test_a_store_with_nothing_new_is_not_fused(tmp_path, monkeypatch):
    with open_store(str(tmp_path / "store.db"), create=True) as store:
        add(store, made(30, 2, 1))
        fused = fuse_store(store)
        monkeypatch.setattr(fusing, "_fuse_some", None)
        assert fuse_store(store) == fused


def test_what_one_article_more_looks_at_does_not_grow_with_the_store(tmp_path, monkeypatch):
    looked_at = []
    load = Kept.load_gists

    def count(self, numbers):
        numbers = list(numbers)
        looked_at[-1] |= set(numbers)
        return load(self, numbers)

    monkeypatch.setattr(Kept, "load_gists", count)
    for number in (200, 800):
        # The same news a day, for four times as long.
        readings = made(number, number // 20, 2)
        with open_store(str(tmp_path / f"{number}.db"), create=True) as store:
            looked_at.append(set())
            add(store, readings[1:])
            fuse_store(store)
            looked_at[-1].clear()
            add(store, readings[:1])
            fuse_store(store)
    small, large = map(len, looked_at)
    assert large <= 2 * small + 20
