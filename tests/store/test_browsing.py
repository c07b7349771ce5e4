"""What the workbench asks, on each database alike."""

import pytest

from counterclaim.serve.pages import actors, briefing, dyads, event, events, outlets, places, review, search
from counterclaim.serve.pages.asking import EventPageQuery
from counterclaim.store.queries import ORDERS, Filter, find_words, list_event_page
from counterclaim.store.store import open_store
from tests.serve.conftest import fill, make_reading


@pytest.fixture
def connection(location):
    readings = [make_reading(number, f"2021-03-0{number + 3}") for number in range(2)]
    with open_store(fill(location, readings)) as store, store.read() as connection:
        yield connection


def test_every_page_loads(connection):
    (row, *_) = events.load(connection, EventPageQuery())["events"]
    assert event.load(connection, row["id"])["rows"]
    for asked in (
        {"type": ["ASSAULT"], "mode": ["firearms"], "actor": ["COD.MIL"], "deaths": 1},
        {"box": "29,-2,30,-1"},
    ):
        assert events.load(connection, EventPageQuery(**asked, since="2021-01-01", until="2022-01-01"))[
            "events"
        ]
    assert briefing.load(connection)["events"]
    assert actors.load(connection, "COD.MIL")["says"]
    assert actors.load_list(connection, q="congo")["actors"]
    assert places.load_list(connection)["places"]
    assert outlets.load(connection)["outlets"][0]["articles"] == 2
    assert dyads.load(connection, a="COD", b="rebels")["days"]
    for order in ("contested", "confidence", "random"):
        review.load(connection, order=order)
    assert search.load(connection, q="attacked fort")["articles"]


@pytest.mark.parametrize("order", ORDERS)
def test_pages_of_every_order_follow_each_other(connection, order):
    seen, after = [], None
    while True:
        page = list_event_page(connection, Filter(), order=order, after=after, limit=1)
        seen += [row["id"] for row in page.rows]
        after = page.after
        if after is None:
            break
    assert len(seen) == len(set(seen)) == page.total


def test_words_are_found_and_forgotten_with_their_article(location):
    readings = [make_reading(number) for number in range(2)]
    with open_store(fill(location, readings)) as store:
        with store.read() as connection:
            assert len(find_words(connection, ["attacked the fort"])) == 2
            assert find_words(connection, ["fort", "ceasefire"]) == []
        # The page becomes another article: the first is forgotten.
        store.write_reading(make_reading(7), readings[0].article.id)
        with store.read() as connection:
            assert sorted(find_words(connection, ["fort"])) == [f"abcdef{number:010x}" for number in (1, 7)]
