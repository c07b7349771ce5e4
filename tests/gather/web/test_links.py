"""The pages that feeds, sitemaps and lists name, whatever form they have and however broken they are."""

import gzip
import json
import time
from contextlib import suppress

import pytest

from counterclaim.gather.web.failing import Failed
from counterclaim.gather.web.links import find_links
from tests.misbehaving import rss

BASE = "https://vask.example/feeds/all.xml"
ATOM = b"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://vask.example/news/"><title>Vask Post</title>
<entry><title type="html">Shells &amp;amp; talks</title><link rel="self" href="https://vask.example/api/1"/><link rel="alternate" href="shells"/>
<published>2024-05-07T23:30:00+03:00</published></entry></feed>"""
RDF = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Vask Post</title></channel><item rdf:about="x"><title>Talks</title>
<link>https://vask.example/talks</link><dc:date>2024-05-07</dc:date></item></rdf:RDF>"""
NEWS = b"""<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url><loc>https://vask.example/a</loc><image:image><image:loc>https://vask.example/a.jpg</image:loc></image:image>
<news:news><news:publication><news:name>Vask Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-05-07T10:00:00Z</news:publication_date><news:title>Shells</news:title></news:news></url>
<url><loc>https://vask.example/b</loc><lastmod>2024-05-06</lastmod></url></urlset>"""
INDEX = b"""<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://vask.example/2016.xml</loc><lastmod>2016-01-01</lastmod></sitemap>
<sitemap><loc>https://vask.example/now.xml.gz</loc><lastmod>2024-05-07</lastmod></sitemap></sitemapindex>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Vask Post",
        "items": [
            {"id": 1, "url": "/a", "title": "Shells", "date_published": "2024-05-07T10:00:00Z"},
            {"id": 2, "external_url": "https://oreno.example/b"},
            {"id": 3},
            "no item",
        ],
    }
).encode()
DATED = ("https://vask.example/a", "2024-05-07", "Vask Post")


@pytest.mark.parametrize(
    ("body", "first"),
    [
        (rss(("https://vask.example/a", "Shells", "Tue, 07 May 2024 10:00:00 GMT")), DATED),
        (rss(("https://vask.example/a", "Shells", "Tue, 07 May 2024 23:30:00 MSK")), DATED),
        (ATOM, ("https://vask.example/news/shells", "2024-05-07", "Vask Post")),
        (RDF, ("https://vask.example/talks", "2024-05-07", "Vask Post")),
        (NEWS, DATED),
        (gzip.compress(NEWS), DATED),
        (JSON, DATED),
        (
            b"\xef\xbb\xbf# ours\n\n  https://vask.example/a  the shells\n",
            ("https://vask.example/a", None, None),
        ),
    ],
    ids="rss moscow atom rdf news packed json list".split(),
)
def test_each_form_names_its_pages_with_their_day_and_paper(body, first):
    assert find_links(body, BASE).pages[0] == first


def test_relative_addresses_are_counted_from_the_feed_and_what_has_none_is_left_out():
    found = find_links(JSON, BASE)
    assert [link.url for link in found.pages] == ["https://vask.example/a", "https://oreno.example/b"]
    assert found.left_out == 1


def test_an_index_names_the_sitemaps_changed_last_first():
    assert find_links(INDEX, BASE).sitemaps == (
        "https://vask.example/now.xml.gz",
        "https://vask.example/2016.xml",
    )


def test_addresses_that_differ_in_the_campaign_only_are_one():
    items = [(f"https://vask.example/a?utm_source={number}", "Shells", "") for number in range(3)]
    assert [link.url for link in find_links(rss(*items), BASE).pages] == ["https://vask.example/a"]


def test_a_feed_that_breaks_off_gives_what_is_whole():
    body = rss(("https://vask.example/a", "A", ""), ("https://vask.example/b", "B", ""))
    assert "https://vask.example/a" in [link.url for link in find_links(body[:-60], BASE).pages]


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.example", "http://", ""]
)
def test_addresses_that_are_none_of_the_web_are_left_out(url):
    assert (
        find_links(rss((url, "A", ""), ("https://vask.example/b", "B", "")), BASE).pages[-1].url
        == "https://vask.example/b"
    )
    assert all(
        link.url.startswith("https://vask.example/") for link in find_links(rss((url, "A", "")), BASE).pages
    )


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><html><head></head><body>Home</body></html>",
        b"<nitf><body>text</body></nitf>",
        b'{"items": 5}',
        b'{"items": [',
        b"\x1f\x8b\x08broken",
        b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title></channel></rss>',
    ],
)
def test_what_is_no_feed_is_told(body):
    with pytest.raises(Failed, match=r"feed|sitemap|JSON"):
        find_links(body, BASE)


def test_a_page_that_names_its_feed_says_so():
    body = b'<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head></html>'
    with pytest.raises(Failed, match=r"https://vask.example/feed.xml"):
        find_links(body, BASE)


def test_a_sitemap_that_unpacks_to_more_than_is_read_is_told():
    with pytest.raises(Failed, match="unpack"):
        find_links(gzip.compress(b"\0" * 10_000_000), BASE, limit=1_000_000)


@pytest.mark.parametrize(
    "body",
    [b"<rss>" + b"<a" * 20_000, b"<rss><channel>" + b"<item>" * 5_000, b"<rss " + b"a=b " * 20_000],
    ids=["open", "deep", "wide"],
)
def test_a_feed_made_to_be_slow_is_read_or_refused_in_seconds(body):
    started = time.process_time()
    with suppress(Failed):
        find_links(body, BASE)
    assert time.process_time() - started < 10
