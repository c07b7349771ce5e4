"""Events come out of a store as fusion made them, however many there are, in the same memory."""

import io
import random
import tracemalloc
from dataclasses import replace

import pytest

from counterclaim.export import csv, flat, ftm, jsonl, plover
from counterclaim.export import fused as fused_module
from counterclaim.export.fused import iter_fused
from counterclaim.export.losses import Losses
from counterclaim.fuse import fuse
from counterclaim.fuse import matrix as make_whole_matrix
from counterclaim.fuse.resolution import RULES
from counterclaim.fuse.tellings import make_tellings
from counterclaim.gather.duplicates import collapse
from counterclaim.store import events as events_module
from counterclaim.store.store import open_store
from counterclaim.store.writing import NewReading
from counterclaim.types import Copy, Event, Story
from tests.handmade import count, report, tell, when, where, who

VASK = where("Vask", "NOR", 60.1, 10.2, geonameid=1)


def toll(number, day, *, said="Norland", published=None):
    soldiers = who("soldiers", "NOR", "MIL")
    text = f"{said} said {number} soldiers died near Vask that day. {' '.join(random.Random(day).sample(WORDS, 30))}."
    return report(
        text,
        tell(
            "ASSAULT",
            "died",
            recipients=[soldiers],
            place=VASK,
            date=when("that day", day),
            counts=[count(f"{number} soldiers", "dead", number, victims=soldiers)],
            by=who(said, said[:3].upper(), "GOV", actor_id=said[:3].upper()),
        ),
        ref=f"{said}-{day}-{number}",
        published=published or day,
    )


WORDS = [f"word{number}" for number in range(200)]


@pytest.fixture
def told():
    return (
        toll(12, "2024-05-06"),
        toll(15, "2024-05-06", published="2024-05-07"),
        toll(30, "2024-05-06", said="Sudria"),
        toll(7, "2023-01-02", said="Elland"),
    )


def store_of(path, readings, events, stories):
    with open_store(str(path), create=True) as store:
        for reading in readings:
            store.write_reading(reading, reading.article.id)
        store.write_fusion(stories, events)
    return str(path)


def test_a_stored_event_has_the_matrix_that_fusion_gives_it(tmp_path, told):
    stories = collapse(reading.article for reading in told)
    events = fuse(told, stories)
    path = store_of(tmp_path / "a.db", told, events, stories)
    with open_store(path) as store, store.read() as connection:
        found = list(iter_fused(connection, RULES["conservative"]))
    assert [one.event for one in found] == sorted(
        (replace(event, judgements=(), listing=None) for event in events), key=lambda event: event.start
    )
    for one in found:
        assert one.matrix == make_whole_matrix(one.event.members, told, stories)
    dead = next(one for one in found[-1].resolved if one.field == "counts.dead")
    assert (dead.low, dead.best, dead.high) == (15, 15, 30)
    assert found[-1].rule.name == "conservative"


def test_tellings_are_made_once_for_each_article_of_a_batch(tmp_path, told, monkeypatch):
    stories = collapse(reading.article for reading in told)
    path = store_of(tmp_path / "a.db", told, fuse(told, stories), stories)
    asked = []

    def watch(readings, stories):
        asked.extend(reading.article.id for reading in readings)
        return make_tellings(readings, stories)

    monkeypatch.setattr(fused_module, "make_tellings", watch)
    with open_store(path) as store, store.read() as connection:
        assert len(list(iter_fused(connection, RULES["range"]))) == 2
    assert sorted(asked) == sorted(reading.article.id for reading in told)


def test_small_batches_give_the_same_events(tmp_path, told, monkeypatch):
    stories = collapse(reading.article for reading in told)
    path = store_of(tmp_path / "a.db", told, fuse(told, stories), stories)
    with open_store(path) as store, store.read() as connection:
        whole = list(iter_fused(connection, RULES["range"]))
        monkeypatch.setattr(events_module, "EVENTS", 1)
        monkeypatch.setattr(events_module, "ARTICLES", 1)
        assert list(iter_fused(connection, RULES["range"])) == whole


def test_a_store_without_events_gives_none(tmp_path):
    path = store_of(tmp_path / "a.db", (), (), ())
    with open_store(path) as store, store.read() as connection:
        assert list(iter_fused(connection, RULES["range"])) == []


# --- memory ---


@pytest.fixture(scope="module")
def synthetic(tmp_path_factory):
    """Stores of 200 and 2,000 events, five to a report, on a thousand days."""
    folder = tmp_path_factory.mktemp("stores")
    return {number: make_store(folder / f"{number}.db", number) for number in (200, 2_000)}


def make_store(path, number):
    readings, events, stories = [], [], []
    for first in range(0, number, 5):
        words = [f"shelled{first + step}" for step in range(5)]
        day = f"20{first % 80 + 10}-03-04"
        text = " ".join(f"Norland {word} Sudria, killing {first + 1} guards at Vask." for word in words)
        guards = who("guards", "SUD", "MIL")
        reading = report(
            text,
            *(
                tell(
                    "ASSAULT",
                    word,
                    actors=[who("Norland", "NOR", "GOV")],
                    recipients=[who("Sudria", "SUD", "GOV")],
                    place=VASK,
                    date=when(word, day),
                    counts=[count(f"{first + 1} guards", "dead", first + 1, victims=guards)],
                )
                for word in words
            ),
            ref=f"r{first}",
            outlet="Post",
            published=day,
        )
        readings.append(reading)
        article = reading.article.id
        copy = Copy(article, f"r{first}", "Post", None, day, None, 0.0, 0.0)
        stories.append(Story(f"s{article}", "Post", (copy,)))
        events += [
            Event(
                id=f"E{first + step:08x}",
                type="ASSAULT",
                label=f"ASSAULT {first + step}",
                members=((article, f"e{step + 1}"),),
                place="Vask",
                country="NOR",
                start=day,
                end=day,
                articles=1,
                stories=1,
                origins=1,
                contested=(),
            )
            for step in range(5)
        ]
    with open_store(str(path), create=True) as store:
        for start in range(0, len(readings), 100):
            part = readings[start : start + 100]
            store.write_readings([NewReading(reading, reading.article.id) for reading in part])
        store.write_fusion(stories, events)
    return str(path)


class Nowhere(io.TextIOBase):
    """Takes what is written and keeps only how much it was."""

    written = 0

    def write(self, text):
        self.written += len(text)
        return len(text)


@pytest.mark.slow
def test_memory_stays_the_same_for_ten_times_the_events(synthetic):
    peaks = []

    def watch(events):
        for number, event in enumerate(events, start=1):
            yield event
            if number in {200, 1_000, 2_000}:
                peaks.append(tracemalloc.get_traced_memory()[1])
                tracemalloc.reset_peak()

    with open_store(synthetic[2_000]) as store, store.read() as connection:
        tracemalloc.start()
        try:
            number = csv.write_events(watch(iter_fused(connection, RULES["range"])), Nowhere(), Losses())
        finally:
            tracemalloc.stop()
    assert number == 2_000
    _, early, late = peaks
    # 3.8 and 4.6 MB, and 4.7 after 5,000: the sentences of the last 256 articles are kept. All 2,000 events would be 20 MB.
    assert late < 1.4 * early


@pytest.mark.parametrize(
    "write",
    [csv.write_events, jsonl.write_events, plover.write, ftm.write],
    ids=["csv", "jsonl", "plover", "ftm"],
)
def test_no_format_waits_for_the_last_event(synthetic, write):
    stream = Nowhere()

    def watch(events):
        for number, event in enumerate(events):
            if number > 10:
                assert stream.written > 0
            yield event
            if number > 20:
                return

    with open_store(synthetic[200]) as store, store.read() as connection:
        write(watch(iter_fused(connection, RULES["range"])), stream, Losses())


def test_the_columns_of_a_row_are_those_it_has(synthetic):
    with open_store(synthetic[200]) as store, store.read() as connection:
        row = flat.make_row(next(iter_fused(connection, RULES["range"])), Losses())
    assert tuple(row) == flat.COLUMNS
