"""
How the time and memory of fusion grow with the number of reports, and how long a large claim matrix takes.

    .venv/bin/python benchmarks/fusing.py [--readings 10000 100000] [--daily 500 | --days 60] [--collapse]

The reports are made up one by one from a fixed seed: events of some hundred conflicts at 800 places, each told
by one to eight agencies, some of those reprinted; a third of the reports name no place, a third no date,
and tolls differ. Ten times as many reports are ten times as many days of news; with ``--days`` they are the same
days, ten times as dense, which is the harder way to grow. Seconds are the processor's. Each size runs in a
process of its own, for its peak memory. Which articles are copies is known here; with ``--collapse`` it is found
out, which is the time of another stage.
"""

import argparse
import multiprocessing
import random
import resource
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from counterclaim.fuse import fuse, matrix
from counterclaim.gather.duplicates import collapse
from counterclaim.read.claims import make_claims
from counterclaim.types import (
    Actor,
    Article,
    Attribution,
    Copy,
    Count,
    Cue,
    DateRange,
    EventMention,
    Mention,
    Place,
    Reading,
    Span,
    Story,
)

FIRST_DAY = date(2024, 1, 1)
COUNTRIES = tuple(f"{first}{second}X" for first in "ABCDEFGH" for second in "ABCDEFGH")
# Type, words for it, and how often in a hundred: about as in the news of a war and its diplomacy.
KINDS = (
    ("ASSAULT", ("attack", "shelling", "clash", "strike", "fighting"), 45),
    ("CONSULT", ("met", "talks", "visit", "called"), 20),
    ("ACCUSE", ("accused", "blamed"), 10),
    ("REQUEST", ("urged", "appeal"), 8),
    ("PROTEST", ("protest", "rally"), 7),
    ("COERCE", ("arrested", "seized"), 6),
    ("AID", ("aid",), 4),
)
AGENCIES = tuple(f"Agency {number}" for number in range(40))
SYLLABLES = (
    "ba",
    "do",
    "ke",
    "li",
    "mu",
    "na",
    "or",
    "pe",
    "ri",
    "sa",
    "te",
    "vo",
    "zu",
    "shi",
    "gra",
    "lan",
)


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened in the made-up world, before anybody tells it."""

    type: str
    word: str
    actor: Actor
    recipient: Actor
    place: Place
    area: Place
    day: date
    dead: int
    background: tuple[str, ...]


def make_stories(number: int, days: int, seed: int = 1) -> Iterator[tuple[Story, tuple[Reading, ...]]]:
    """Stories with the readings of their copies, so many readings in all."""
    pick = random.Random(seed)
    made = 0
    for count, event in enumerate(_make_events(pick, days)):
        for agency in pick.sample(AGENCIES, min(8, 1 + int(pick.expovariate(0.6)))):
            first = _tell(pick, event, agency, ref=f"r{made:08}", title=f"Event {count}")
            reprints = int(pick.expovariate(0.5)) if pick.random() < 0.25 else 0
            readings = [
                replace(
                    first, article=replace(first.article, id=f"r{made + late:08}", outlet=f"Paper {late}")
                )
                for late in range(min(1 + reprints, number - made))
            ]
            copies = tuple(
                Copy(
                    one.article.id,
                    one.article.ref,
                    one.article.outlet,
                    None,
                    one.article.published,
                    None,
                    0,
                    0,
                )
                for one in readings
            )
            yield Story(f"s{copies[0].article}", agency, copies), tuple(readings)
            made += len(readings)
            if made >= number:
                return


def _make_events(pick: random.Random, days: int) -> Iterator[_Event]:
    areas: dict[str, Place] = {}
    towns: dict[str, list[Place]] = {}
    for country in COUNTRIES:
        south, west = pick.uniform(-50, 60), pick.uniform(-170, 170)
        name = f"{country.capitalize()}ia"
        areas[country] = Place("", 0, 0, name, None, south, west, country, None, "PCLI", "country")
        for _ in range(pick.randrange(5, 21)):
            where = south + pick.uniform(0, 5), west + pick.uniform(0, 5), country, f"{pick.randrange(6):02}"
            town = Place("", 0, 0, _make_name(pick), None, *where, "PPL", "city")
            towns.setdefault(country, []).append(town)
    states = {country: Actor(country, areas[country].name, country, "GOV") for country in COUNTRIES}
    rebels = {country: Actor(None, f"{_make_name(pick)} front", None, "REB") for country in COUNTRIES}
    # A few conflicts make most of the news.
    conflicts = [pick.sample(COUNTRIES, 2) for _ in range(120)]
    weights = [1 / (rank + 3) for rank in range(len(conflicts))]
    while True:
        ((here, there),) = pick.choices(conflicts, weights)
        ((kind, words, _),) = pick.choices(KINDS, [often for _, _, often in KINDS])
        inside = kind == "ASSAULT" and pick.random() < 0.4
        sides = [states[here], rebels[here] if inside else states[there]]
        pick.shuffle(sides)
        day = FIRST_DAY + timedelta(days=pick.randrange(days))
        dead = int(pick.paretovariate(1.1))
        background = tuple(_make_name(pick) for _ in range(30))
        yield _Event(
            kind, pick.choice(words), *sides, pick.choice(towns[here]), areas[here], day, dead, background
        )


def _tell(pick: random.Random, event: _Event, agency: str, ref: str, title: str) -> Reading:
    """One agency's report of an event, which leaves out this or that."""
    text = ""

    def say(words: str) -> tuple[str, int, int]:
        nonlocal text
        start = len(text)
        text += f"{words} "
        return words, start, start + len(words)

    def name(actor: Actor, likely: float) -> tuple[Mention, ...]:
        return (Mention(*say(actor.name), -1, -1, -1, "name", actor),) if pick.random() < likely else ()

    source = name(pick.choice((event.actor, event.recipient)), 0.4)
    cue = Cue(*say("said"), "say") if source else None
    actors = name(event.actor, 0.9)
    trigger = Span(*say(event.word))
    recipients = name(event.recipient, 0.7)
    (where,) = pick.choices((event.place, event.area, None), (65, 15, 20))
    if where:
        words, start, end = say(where.name)
        where = replace(where, text=words, start_char=start, end_char=end)
    when = None
    if pick.random() < 0.65:
        day = event.day + timedelta(days=pick.random() < 0.05)  # now and then a day late
        when = DateRange(*say(f"on {day:%A}"), day.isoformat(), day.isoformat(), "day")
    counts: tuple[Count, ...] = ()
    if event.type == "ASSAULT" and pick.random() < 0.6:
        dead = event.dead + (pick.randrange(4) if pick.random() < 0.4 else 0)
        counts = (Count("dead", dead, dead, None, *say(f"{dead} dead"), -1),)
    # Two reports of one event share some of what they say besides.
    more = [*pick.sample(event.background, 10), *(_make_name(pick) for _ in range(20))]
    say(f"{agency} has more: {' '.join(more)}.")
    attributions = (
        (Attribution("a1", source[0], cue, Span(text, 0, len(text)), "says", rule="made/up"),)
        if source
        else ()
    )
    told = EventMention(
        id="e1",
        type=event.type,
        modes=(),
        contexts=(),
        auxiliary=(),
        trigger=trigger,
        actors=actors,
        recipients=recipients,
        place=where,
        date=when,
        counts=counts,
        attribution="a1" if source else None,
        stance="says",
    )
    published = event.day + timedelta(days=min(6, int(pick.expovariate(1.0))))
    article = Article(ref, ref, text, title, agency=agency, published=published.isoformat())
    toponyms = (where,) if where else ()
    return Reading(
        article, attributions, (told,), toponyms, (), make_claims((told,), [(0, len(text))]), (), "made up"
    )


def _make_name(pick: random.Random) -> str:
    return "".join(pick.choices(SYLLABLES, k=pick.randrange(3, 5))).capitalize()


def measure_fusion(number: int, days: int, *, collapsing: bool) -> float:
    """Seconds to fuse so many readings, with the peak of memory printed beside."""
    readings: list[Reading] = []
    stories: list[Story] = []
    for story, copies in make_stories(number, days):
        stories.append(story)
        readings += copies
    found = ""
    if collapsing:
        started = time.process_time()
        collapse(reading.article for reading in readings)
        found = f", {time.process_time() - started:.1f} s to find the copies"
    started = time.process_time()
    events = fuse(readings, stories)
    seconds = time.process_time() - started
    # Linux counts in kilobytes.
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"{number:>8} readings in {len(stories)} stories: {seconds:7.1f} s, {len(events)} events, "
        f"{sum(len(event.judgements) for event in events)} judgements, {peak:.2f} GB at most{found}",
        flush=True,
    )
    return seconds


def measure_matrix(claims: int) -> float:
    """Seconds for the matrix of one event with so many claims, the best of five."""
    pick = random.Random(2)
    event = next(_make_events(pick, 1))
    readings: list[Reading] = []
    while sum(len(reading.claims) for reading in readings) < claims:
        readings.append(_tell(pick, event, pick.choice(AGENCIES), ref=f"r{len(readings):08}", title="Event"))
    members = [(reading.article.id, "e1") for reading in readings]
    spent = []
    for _ in range(5):
        started = time.process_time()
        matrix(members, readings, ())
        spent.append(time.process_time() - started)
    return min(spent)


def main() -> None:
    """Print time and memory for each size, their ratio, and the time of a large matrix."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--readings", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--daily", type=int, default=500, help="reports a day")
    parser.add_argument("--days", type=int, help="all reports within so many days, however many they are")
    parser.add_argument("--collapse", action="store_true", help="time the search for copies too")
    options = parser.parse_args()
    print(f"matrix of an event with 1,000 claims: {measure_matrix(1000) * 1000:.0f} ms")
    spent: list[float] = []
    for number in options.readings:
        # A process of its own, so that one size's memory is not another's.
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            days = options.days or max(1, number // options.daily)
            spent.append(pool.apply(measure_fusion, (number, days), {"collapsing": options.collapse}))
    if len(spent) > 1:
        print(
            f"{options.readings[-1] / options.readings[0]:.0f} x the readings: {spent[-1] / spent[0]:.1f} x the time"
        )


if __name__ == "__main__":
    main()
