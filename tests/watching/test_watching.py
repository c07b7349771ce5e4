"""What sources name is read once and whole, whatever the servers do and whenever it is stopped."""

import json
import threading
import time

import pytest
from sqlalchemy import select

from counterclaim import pipeline, running, watching
from counterclaim.errors import InputError
from counterclaim.gather.web.sources import Plan, Rule, Source
from counterclaim.store import tables, watched
from counterclaim.store.queries import list_articles, list_events, list_rejections
from counterclaim.store.store import open_store
from counterclaim.watching import fetch, watch_plan
from tests import misbehaving
from tests.misbehaving import page, rss, serve
from tests.store.killed_runs import make_page, read_page


@pytest.fixture(autouse=True)
def _hand(monkeypatch):
    """Readings made by hand, and no waiting."""
    monkeypatch.setattr(pipeline, "read_page", read_page)
    monkeypatch.setattr(running, "make_signature", lambda *_: "hand")
    monkeypatch.setattr(watching, "WAITS", (0.0,))
    monkeypatch.setattr(watching, "TRIES", 3)


@pytest.fixture
def store(tmp_path):
    with open_store(str(tmp_path / "news.db"), create=True) as found:
        yield found


@pytest.fixture
def site():
    with serve() as found:
        yield found


def put(site, numbers, path="/feed.xml"):
    """A feed with these reports; the address of each."""
    items = []
    for number in numbers:
        site.given[f"/{number}"] = page(f"Report {number}", make_page(number))
        items.append((site.url(f"/{number}"), f"Report {number}", "Tue, 07 May 2024 10:00:00 GMT"))
    site.given[path] = misbehaving.Changing(rss(*items))
    return [url for url, *_ in items]


def plan(site, *paths, rules=(), every=3600.0):
    sources = tuple(Source(site.url(path), every) for path in paths or ("/feed.xml",))
    return Plan(sources, tuple(rules), delay=0, seconds=60, allow=("127.0.0.1",))


def go(store, plan):
    """Rounds till nothing is due; what each did."""
    rounds = []
    watch_plan(store, plan, tell=rounds.append, once=True)
    return rounds


def refs(store):
    with store.read() as connection:
        return sorted(row["ref"] for row in list_articles(connection))


def rejected(store):
    with store.read() as connection:
        return {row["ref"]: row["reason"] for row in list_rejections(connection)}


def make_due(store):
    with store.write() as connection:
        connection.execute(tables.sources.update().values(next_at="2000-01-01T00:00:00Z"))


def test_every_page_of_a_feed_is_read_once(store, site):
    urls = put(site, range(5))
    go(store, plan(site))
    assert refs(store) == sorted(urls)
    make_due(store)
    assert [(one.found, one.read) for one in go(store, plan(site))] == []
    assert site.counts["/3"] == 1
    assert site.counts["/feed.xml"] == 2


def test_a_source_is_asked_when_it_is_due_and_with_what_it_said_last(store, site):
    put(site, range(2))
    go(store, plan(site))
    go(store, plan(site))
    assert site.counts["/feed.xml"] == 1
    make_due(store)
    put(site, range(3))
    assert [one.read for one in go(store, plan(site))] == [1]
    assert site.headers[-2].get("If-None-Match")


def test_pages_of_a_feed_are_dated_and_named_by_it_where_they_say_nothing(store, site):
    put(site, [1])
    site.given["/1"] = f"<html><body><p>{make_page(1)}</p></body></html>".encode()
    go(store, plan(site))
    with store.read() as connection:
        (row,) = list_articles(connection)
    assert (row["published"], row["outlet"]) == ("2024-05-07", "Vask Post")


def test_a_source_and_pages_that_hang_hold_up_no_other(store, site):
    urls = put(site, range(6))
    with serve() as slow:
        late = slow.url("/40")
        page_was_asked, feed_was_asked = threading.Event(), threading.Event()
        # One after the other, each of these would wait in vain, and be asked again later.
        slow.given["/40"] = lambda handler: handler.answer(
            200 if page_was_asked.wait(20) else 404, page("Report 40", make_page(40))
        )
        feed = rss((late, "Report 40", "Tue, 07 May 2024 10:00:00 GMT"))
        slow.given["/feed.xml"] = lambda handler: handler.answer(
            200 if feed_was_asked.wait(20) else 404, feed
        )
        last, listed = site.given["/5"], site.given["/feed.xml"]
        site.given["/5"] = lambda handler: (page_was_asked.set(), handler.answer(200, last))
        site.given["/feed.xml"] = lambda handler: (feed_was_asked.set(), listed(handler))
        sources = (Source(slow.url("/feed.xml"), 60), Source(site.url("/feed.xml"), 60))
        go(store, Plan(sources, delay=0, seconds=60, allow=("127.0.0.1",)))
    assert refs(store) == sorted([*urls, late])


def test_a_source_of_many_pages_holds_up_no_other(store, site, monkeypatch):
    monkeypatch.setattr(watching, "TOGETHER", 10)
    put(site, range(60), "/large.xml")
    small = put(site, range(60, 63), "/small.xml")
    go(store, plan(site, "/large.xml", "/small.xml"))
    asked = [path for path in site.asked if path[1:].isdecimal()]
    assert {f"/{url.rpartition('/')[2]}" for url in small} <= set(asked[:10])
    assert len(asked) == 63


def test_a_round_ends_when_it_took_long_and_the_next_goes_on(store, site, monkeypatch):
    monkeypatch.setattr(watching, "LONGEST_ROUND", 0.2)
    urls = put(site, range(8))
    slowly = Plan((Source(site.url("/feed.xml"), 3600.0),), delay=0.1, seconds=60, allow=("127.0.0.1",))
    rounds = go(store, slowly)
    assert len(rounds) >= 2
    assert sum(one.read for one in rounds) == 8
    assert refs(store) == sorted(urls)
    assert all(site.counts[f"/{number}"] == 1 for number in range(8))


@pytest.mark.parametrize("is_watched", [True, False], ids=["watch", "fetch"])
def test_events_of_pages_that_were_read_before_a_kill_are_made_though_nothing_is_due(store, site, is_watched):
    (url,) = put(site, [1])

    def is_killed(*_, **__):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        # After the readings were written and the addresses noted, before the events were made.
        patch.setattr(running, "fuse_store", is_killed)
        with pytest.raises(KeyboardInterrupt):
            go(store, plan(site))
    with store.read() as connection:
        assert not list_events(connection)
    if is_watched:
        go(store, plan(site))
    else:
        fetch(store, [url], plan(site))
    with store.read() as connection:
        assert len(list_events(connection)) == 1


def test_what_two_sources_name_is_fetched_once(store, site):
    put(site, range(3))
    put(site, range(1, 4), "/other.xml")
    go(store, plan(site, "/feed.xml", "/other.xml"))
    assert len(refs(store)) == 4
    assert site.counts["/2"] == 1


def test_a_news_sitemap_is_followed_from_its_index(store, site):
    (url,) = put(site, [7])
    site.given["/map.xml"] = f"<urlset><url><loc>{url}</loc></url></urlset>".encode()
    site.given["/index.xml"] = (
        f"<sitemapindex><sitemap><loc>{site.url('/map.xml')}</loc></sitemap></sitemapindex>".encode()
    )
    go(store, plan(site, "/index.xml"))
    assert refs(store) == [url]


def test_a_list_on_this_machine_is_read_again_when_it_changes(store, site, tmp_path):
    urls = put(site, range(2))
    path = tmp_path / "addresses.txt"
    path.write_text(urls[0])
    listed = Plan((Source(str(path), 0.0, is_file=True),), delay=0, allow=("127.0.0.1",))
    go(store, listed)
    path.write_text("\n".join(urls))
    go(store, listed)
    assert refs(store) == sorted(urls)


def test_only_addresses_that_are_wanted_are_taken(store, site):
    import re

    urls = put(site, range(12))
    chosen = Source(site.url("/feed.xml"), 60, keep=re.compile(r"/1\d?$"), drop=re.compile(r"/11$"))
    go(store, Plan((chosen,), delay=0, allow=("127.0.0.1",)))
    assert refs(store) == [urls[1], urls[10]]


def test_a_source_that_fails_is_told_asked_less_often_and_taken_up_again(store, site):
    put(site, [1], "/good.xml")
    site.given["/feed.xml"] = misbehaving.says(503)
    (told,) = go(store, plan(site, "/feed.xml", "/good.xml"))
    assert told.silent[0][0] == site.url("/feed.xml")
    assert told.read == 1
    with store.read() as connection:
        row = connection.execute(select(tables.sources).where(tables.sources.c.failures > 0)).one()
    assert row.detail.startswith("busy")
    assert row.next_at > watched.in_seconds(3000)
    urls = put(site, [2])
    make_due(store)
    go(store, plan(site))
    assert urls[0] in refs(store)


def test_a_page_that_fails_for_now_is_tried_again_and_read_when_it_comes(store, site):
    (url,) = put(site, [1])
    whole, asked = site.given["/1"], []

    def fails_first(handler):
        asked.append(1)
        if len(asked) < 3:
            misbehaving.hangs_up(handler)
        else:
            handler.answer(200, whole)

    site.given["/1"] = fails_first
    go(store, plan(site))
    assert refs(store) == [url]
    assert rejected(store) == {}


def test_a_page_that_never_comes_is_rejected_after_some_tries_and_left_alone(store, site):
    (url,) = put(site, [1])
    site.given["/1"] = misbehaving.says(500)
    go(store, plan(site))
    make_due(store)
    go(store, plan(site))
    assert rejected(store) == {url: "busy"}
    assert site.counts["/1"] == 3


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (misbehaving.says(404), "gone"),
        (misbehaving.moved("/private/x"), "robots"),
        (lambda handler: handler.answer(200, b"\x89PNG", Content_Type="image/png"), "unsupported"),
        (b"<html><body></body></html>", "no_text"),
        (misbehaving.claims_packed(b""), "empty"),
    ],
)
def test_a_page_that_is_none_is_rejected_with_the_reason_and_asked_once(store, site, given, reason):
    (url,) = put(site, [1])
    site.given["/1"] = given
    go(store, plan(site))
    make_due(store)
    go(store, plan(site))
    assert rejected(store) == {url: reason}
    assert site.counts["/1"] == 1


def test_bytes_tell_the_charset_where_headers_and_page_tell_another(store, site):
    (url,) = put(site, [1])
    text = make_page(1).replace("Norland", "Nörland — “Norland”")
    site.given["/1"] = lambda handler: handler.answer(
        200, page("Report", text), Content_Type="text/html; charset=iso-8859-1"
    )
    go(store, plan(site))
    assert refs(store) == [url]
    with store.read() as connection:
        assert "Nörland — “Norland”" in connection.execute(select(tables.articles.c.text)).scalar_one()


def test_fetch_reads_pages_and_what_feeds_name_and_knows_them_the_next_time(store, site):
    urls = put(site, range(3))
    site.given["/extra"] = page("Report 9", make_page(9))
    asked = [site.url("/feed.xml"), site.url("/extra")]
    first = fetch(store, asked, plan(site))
    assert (first.read, sorted(refs(store))) == (4, sorted([*urls, site.url("/extra")]))
    assert fetch(store, asked, plan(site)).read == 0
    assert site.counts["/extra"] == 1


def test_fetch_asks_again_for_what_was_refused_the_last_time(store, site):
    site.given["/late"] = misbehaving.says(404)
    assert fetch(store, [site.url("/late")], plan(site)).rejected == 1
    site.given["/late"] = page("Report 9", make_page(9))
    assert fetch(store, [site.url("/late")], plan(site)).read == 1
    assert rejected(store) == {}


def test_fetch_refuses_what_is_no_address(store, site):
    with pytest.raises(InputError, match="no address"):
        fetch(store, ["ftp://example.org/a"], plan(site))


def test_private_addresses_are_refused_by_watch_and_fetch(store, site):
    put(site, range(2))
    closed = Plan((Source(site.url("/feed.xml"), 60),), delay=0)
    (told,) = go(store, closed)
    assert "own network" in told.silent[0][1]
    assert fetch(store, [site.url("/1")], closed).rejected == 1
    assert "/1" not in site.asked


# --- alerts ---


def alerts(path):
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_a_new_event_is_told_once_and_none_of_those_that_were_there_before(store, site, tmp_path):
    path = tmp_path / "alerts.jsonl"
    rule = Rule("r1", "new_event", (f"file:{path}",), country=("NOR",))
    put(site, [0])
    go(store, plan(site))
    with store.write() as connection:
        # As if it had been read long ago.
        connection.execute(tables.pages.update().values(recorded_at="2000-01-01T00:00:00Z"))
        watched.write_mark(connection, "alerted until", "2024-01-01T00:00:00Z")
    put(site, [0, 1, 4])
    for _ in range(2):
        make_due(store)
        go(store, plan(site, rules=[rule]))
    with store.read() as connection:
        places = {row["id"]: row["place"] for row in list_events(connection)}
    assert [places[one["event"]] for one in alerts(path)] == ["Oreno"]


def test_a_second_origin_is_told_when_it_comes(store, site, tmp_path):
    path = tmp_path / "alerts.jsonl"
    rule = Rule("r1", "second_origin", (f"file:{path}",))
    put(site, [0])
    go(store, plan(site, rules=[rule]))
    assert alerts(path) == []
    with serve() as other:
        other.given["/8"] = page("More on Vask", make_page(8) + " A witness of another paper saw it, too.")
        other.given["/feed.xml"] = rss(
            (other.url("/8"), "More", "Tue, 07 May 2024 10:00:00 GMT"), title="Oreno Times"
        )
        go(store, plan(other, rules=[rule]))
    (one,) = alerts(path)
    assert (one["when"], one["origins"]) == ("second_origin", 2)


def test_an_event_that_nobody_confirms_is_told_after_so_many_days(store, site, tmp_path):
    path = tmp_path / "alerts.jsonl"
    rule = Rule("r1", "unverified", (f"file:{path}",), days=3)
    put(site, [0])
    go(store, plan(site, rules=[rule]))
    from counterclaim.alerting import make_alerts, send_alerts

    assert [make_alerts(store, [rule], today=f"2024-05-{day:02}") for day in (9, 10, 11, 12)] == [0, 1, 0, 0]
    assert send_alerts(store, [rule]) == (1, 0)
    assert [one["when"] for one in alerts(path)] == ["unverified"]


def test_an_alert_that_cannot_be_sent_waits_and_is_sent_later(store, site, tmp_path):
    path = tmp_path / "missing" / "alerts.jsonl"
    rule = Rule("r1", "new_event", (f"file:{path}",))
    put(site, [0])
    told = go(store, plan(site, rules=[rule]))[0]
    assert (told.alerts, told.sent, told.unsent) == (1, 0, 1)
    path.parent.mkdir()
    (told,) = go(store, plan(site, rules=[rule]))
    assert (told.alerts, told.sent) == (0, 1)
    assert len(alerts(path)) == 1


def test_an_alert_that_was_written_and_not_noted_is_not_written_again(store, site, tmp_path):
    path = tmp_path / "alerts.jsonl"
    rule = Rule("r1", "new_event", (f"file:{path}",))
    put(site, range(4))
    go(store, plan(site, rules=[rule]))
    told = path.read_bytes()
    # A kill cut the last line off, and nothing was noted.
    path.write_bytes(told[:-30])
    with store.write() as connection:
        connection.execute(tables.alerts.update().values(sent_at=None))
    go(store, plan(site, rules=[rule]))
    whole = [json.loads(line)["id"] for line in path.read_text().splitlines() if line.endswith("}")]
    assert sorted(whole) == sorted(json.loads(line)["id"] for line in told.splitlines())


def test_a_webhook_is_sent_what_people_read(store, site):
    heard = []

    def hear(handler):
        heard.append(json.loads(handler.rfile.read(int(handler.headers["Content-Length"]))))
        handler.answer(200, b"ok")

    misbehaving._Handler.do_POST = hear
    try:
        put(site, [0])
        rule = Rule("r1", "new_event", (site.address.replace("http", "json") + "/hook",))
        told = go(store, plan(site, rules=[rule]))[0]
    finally:
        del misbehaving._Handler.do_POST
    assert told.sent == 1
    assert "new event" in heard[0]["message"]


def test_a_round_with_nothing_to_do_does_nothing(store, site):
    put(site, range(2))
    go(store, plan(site))
    started = time.process_time()
    assert go(store, plan(site)) == []
    assert time.process_time() - started < 2
