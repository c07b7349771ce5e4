"""
How many claims a second go into a store.

    .venv/bin/python benchmarks/storing.py [--claims 1000000] [--db FILE-or-URL]

The readings are synthetic: no weights, no parser. Each has as many mentions, places, attributions and event mentions for
its claims as the bundled samples have (3.3 rows for each claim, the claims included). Making them is not timed; turning
them into rows, writing and committing them is. On a machine that does other work too, the processor's seconds tell more than
the clock's (of a server, only this process's are seen). With --db a store is kept; else it is made in a folder that is deleted.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from counterclaim.store.store import NewReading, open_store
from counterclaim.types import (
    Actor,
    Article,
    Attribution,
    Claim,
    Count,
    Cue,
    DateRange,
    Dropped,
    EventMention,
    Flag,
    Mention,
    Place,
    Reading,
    Span,
    Timex,
)

# Of one reading, as in samples/september-2022: 374 claims in 14 articles, and so on.
EVENTS, MENTIONS, PLACES, ATTRIBUTIONS, DROPPED, TIMES = 10, 14, 11, 7, 4, 3
CLAIMS_OF_EVENT = ("type", "actors", "place")
# Articles in one transaction.
TOGETHER = 1000


def main() -> None:
    """Print claims a second, of the clock and of the processor, and what the store came to."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--claims", type=int, default=1_000_000)
    parser.add_argument("--db", help="a new store; without it, one that is deleted at the end")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        location = options.db or str(Path(folder) / "bench.db")
        articles, claims, seconds, busy = fill(location, options.claims)
        print(f"{claims:,} claims of {articles:,} articles")
        print(f"  by the clock     {seconds:>6.1f} s {claims / seconds:>9,.0f} claims/s")
        print(f"  by the processor {busy:>6.1f} s {claims / busy:>9,.0f} claims/s")
        if Path(location).exists():
            print(f"{Path(location).stat().st_size / 1e6:,.0f} MB on disk")
    print(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB of memory at most")


def fill(location: str, wanted: int) -> tuple[int, int, float, float]:
    """How many articles and claims were written, and in how many seconds of the clock and of this process."""
    articles = claims = 0
    seconds = busy = 0.0
    with open_store(location, create=True) as store:
        readings = make_readings()
        while claims < wanted:
            batch = [
                NewReading(reading, f"{reading.article.id:0>64}") for reading in islice(readings, TOGETHER)
            ]
            started, used = time.perf_counter(), time.process_time()
            store.write_readings(batch)
            seconds += time.perf_counter() - started
            busy += time.process_time() - used
            articles += len(batch)
            claims += sum(len(new.reading.claims) for new in batch)
    return articles, claims, seconds, busy


def make_readings() -> Iterator[Reading]:
    """Readings without end, each another article."""
    number = 0
    while True:
        yield make_reading(number)
        number += 1


def make_reading(number: int) -> Reading:
    """An article whose events are told by seven sources, with 27 claims or so."""
    # Ids of real articles are hashes: they come in no order, which is what costs an index most.
    name = f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}"
    text = f"Report {number}. " + "The ministry said on Monday that troops had shelled a village. " * 30
    mentions = [
        Mention(
            *("the ministry", 60 * order, 60 * order + 12, -1, -1, -1, "nominal"),
            Actor(f"C{(number + order) % 190}.GOV.MOD", "Ministry of Defence", "ARM", "GOV"),
            rule="roles/ministry",
        )
        for order in range(MENTIONS)
    ]
    places = [
        Place(
            *(
                "Goris",
                60 * order,
                60 * order + 5,
                f"Goris {order}",
                number % 5000 + order,
                39.5,
                46.3,
                "ARM",
            ),
            *("Syunik", "PPLA", "city"),
            rule="only one of the name",
        )
        for order in range(PLACES)
    ]
    attributions = tuple(
        Attribution(
            f"a{order + 1}",
            mentions[order],
            Cue("said", 60 * order + 13, 60 * order + 17, "say"),
            Span(text[60 * order : 60 * order + 55], 60 * order, 60 * order + 55),
            "says",
            rule="cues/say",
        )
        for order in range(ATTRIBUTIONS)
    )
    events = tuple(
        EventMention(
            f"e{order + 1}",
            *("ASSAULT", ("heavy-weapons",), (), (), Span("shelled", 60 * order, 60 * order + 7)),
            (mentions[order],),
            (mentions[MENTIONS - 1 - order],) if order % 4 == 0 else (),
            places[order] if order % 2 else None,
            DateRange("Monday", 60 * order, 60 * order + 6, "2022-09-12", "2022-09-12", "day"),
            (Count("dead", 12, 12, mentions[order], "12", 60 * order, 60 * order + 2, -1, "casualties/dead"),)
            if order == number % EVENTS
            else (),
            f"a{order % ATTRIBUTIONS + 1}",
            "says",
            ("events/shell", "compositions/told"),
        )
        for order in range(EVENTS)
    )
    made = [
        (event, field) for event in events for field in CLAIMS_OF_EVENT if field != "place" or event.place
    ]
    made += [(event, "counts.dead") for event in events if event.counts]
    claims = tuple(
        Claim(
            f"c{order + 1}",
            event.id,
            field,
            "Ministry of Defence [ARM GOV]",
            event.attribution,
            "says",
            event.trigger.start_char,
            event.trigger.end_char,
            sentence_start_char=event.trigger.start_char,
            sentence_end_char=event.trigger.start_char + 55,
        )
        for order, (event, field) in enumerate(made)
    )
    return Reading(
        Article(
            name,
            f"news/{number}.html",
            text,
            title=f"Report {number}",
            url=f"https://news.example/{number}",
            outlet=f"Outlet {number % 300}",
            agency="Reuters",
            published=f"2022-09-{number % 28 + 1:02}",
            published_from="metadata",
            dropped=tuple(Dropped("Read more", "read_more") for _ in range(DROPPED)),
            sha256=f"{name:0>64}",
        ),
        attributions,
        events,
        tuple(places),
        tuple(
            Timex(
                "Monday", 60 * order, 60 * order + 6, "DATE", "2022-09-12", "2022-09-12", "2022-09-12", "day"
            )
            for order in range(TIMES)
        ),
        claims,
        (Flag("unverified", "could not verify", 30, 46, "all accounts", ("a1",)),),
        "counterclaim 0 · synthetic",
    )


if __name__ == "__main__":
    main()
