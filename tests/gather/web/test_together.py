"""Hosts are asked side by side, and none of them twice at once or sooner than its delay."""

import threading
import time
from contextlib import ExitStack

import pytest

from counterclaim.gather.web.client import Client
from counterclaim.gather.web.together import work_together
from tests import misbehaving
from tests.misbehaving import page, serve

BODY = page("Shells hit Vask", "Shells hit Vask on Monday, the army said.")


@pytest.fixture
def sites():
    with ExitStack() as stack:
        yield [stack.enter_context(serve()) for _ in range(3)]


class Counting:
    """A page that takes a while and notes when it is asked, and by how many at once."""

    def __init__(self):
        self.lock, self.now, self.most, self.times = threading.Lock(), 0, 0, []

    def __call__(self, handler):
        with self.lock:
            self.now += 1
            self.most = max(self.most, self.now)
            self.times.append(time.monotonic())
        time.sleep(0.02)
        with self.lock:
            self.now -= 1
        handler.answer(200, BODY)


def names(count, hosts="abcdefghijkl"):
    return [(host, number) for number in range(count) for host in hosts]


def work(items, function=lambda item: item, **how):
    return [
        (item, outcome.result())
        for item, outcome in work_together(function, items, host=lambda one: one[0], **how)
    ]


@pytest.mark.parametrize("hands", [1, 3, 20])
def test_every_item_is_worked_on_once_and_those_of_a_host_in_their_order(hands):
    found = work(names(5), hands=hands)
    assert sorted(item for item, _ in found) == sorted(names(5))
    assert all(item == result for item, result in found)
    for host in "abc":
        assert [number for (name, number), _ in found if name == host] == list(range(5))


def test_no_more_are_under_way_than_hands_whoever_waits_for_results():
    begun = []
    results = work_together(begun.append, names(5), host=lambda one: one[0], hands=4)
    next(results)
    time.sleep(0.1)
    assert len(begun) == 4
    results.close()


def test_those_that_are_ready_first_are_begun_first():
    ready = {"a": 3.0, "b": 1.0, "c": 2.0}
    found = work([("a", 1), ("b", 1), ("c", 1)], ready_at=lambda one: ready[one[0]], hands=1)
    assert [item[0] for item, _ in found] == ["b", "c", "a"]


def test_what_one_raises_is_its_own_outcome():
    def divide(item):
        return 1 / item[1]

    outcomes = dict(work_together(divide, [("a", 0), ("b", 1), ("a", 2)], host=lambda one: one[0]))
    assert isinstance(outcomes["a", 0].exception(), ZeroDivisionError)
    assert (outcomes["b", 1].result(), outcomes["a", 2].result()) == (1.0, 0.5)


def test_nothing_is_begun_after_nobody_waits_any_longer():
    begun = []
    results = work_together(begun.append, names(9), host=lambda one: one[0], hands=2)
    next(results)
    results.close()
    time.sleep(0.1)
    assert len(begun) <= 4


def test_a_host_that_hangs_holds_up_no_other(sites):
    slow, *others = sites
    asked = threading.Event()

    def waits_for_the_others(handler):
        # One after the other, this would wait in vain.
        handler.answer(200 if asked.wait(20) else 500, BODY)

    slow.given["/0"] = waits_for_the_others
    for site in others:
        for number in range(4):
            site.given[f"/{number}"] = BODY
    last = [others[-1].url("/last")]
    others[-1].given["/last"] = lambda handler: (asked.set(), handler.answer(200, BODY))
    urls = [slow.url("/0"), *(site.url(f"/{number}") for number in range(4) for site in others), *last]
    with Client(delay=0, seconds=30, allow=["127.0.0.1"]) as client:
        found = [
            outcome.result().body
            for _, outcome in work_together(
                client.get, urls, host=lambda url: url.partition("//")[2].partition("/")[0]
            )
        ]
    assert found == [BODY] * 10


def test_a_host_is_never_asked_twice_at_once_whoever_leads_to_it(sites):
    first, second, third = sites
    counting = Counting()
    for number in range(6):
        first.given[f"/{number}"] = counting
        second.given[f"/{number}"] = misbehaving.moved(first.url(f"/{number}"))
        third.given[f"/{number}"] = misbehaving.moved(first.url(f"/{number}"), status=301)
    urls = [site.url(f"/{number}") for number in range(6) for site in sites]
    with Client(delay=0.05, seconds=30, allow=["127.0.0.1"]) as client:
        threads = [threading.Thread(target=client.get, args=(url,)) for url in urls]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert counting.most == 1
    assert len(counting.times) == 18
    waits = [later - sooner for sooner, later in zip(counting.times, counting.times[1:], strict=False)]
    # From the end of an answer, of which each takes a moment, to the beginning of the next request.
    assert min(waits) >= 0.05


def test_rules_of_a_site_are_fetched_once_whoever_wants_them(sites):
    site = sites[0]
    rules = Counting()
    site.given["/robots.txt"] = rules
    site.given["/0"] = BODY
    with Client(delay=0, seconds=30, allow=["127.0.0.1"]) as client:
        threads = [threading.Thread(target=client.get, args=(site.url("/0"),)) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(rules.times) == 1


def test_each_answer_has_a_clock_of_its_own(sites):
    drips, quick, _ = sites

    def drip(handler):
        handler.answer(200, b"<html>", Content_Length="5000")
        for _ in range(40):
            time.sleep(0.1)
            handler.wfile.write(b"x")

    drips.given["/0"] = drip
    for number in range(20):
        quick.given[f"/{number}"] = Counting()
    with Client(delay=0.02, seconds=1, allow=["127.0.0.1"]) as client:
        told = []

        def ask():
            started = time.monotonic()
            with pytest.raises(Exception, match="too long"):
                client.get(drips.url("/0"))
            told.append(time.monotonic() - started)

        thread = threading.Thread(target=ask)
        thread.start()
        for number in range(20):
            assert client.get(quick.url(f"/{number}")).body == BODY
        thread.join()
    assert told
    assert told[0] < 3
