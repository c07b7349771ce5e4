"""What a page costs grows with its length, and what would cost more is refused before it is parsed."""

import time

import pytest

from counterclaim.errors import Unreadable
from counterclaim.gather import looks_html, to_article
from counterclaim.gather.html import read_html
from counterclaim.gather.html.tree import check
from counterclaim.gather.published import read_date
from counterclaim.types import Page

# Twice the length costs twice the time; four leaves room for a busy machine, and the square would be sixteen at eight times.
_EIGHTFOLD = 30


def growth(call, text):
    """How many times longer the call takes on eight times the text."""

    def cost(argument):
        best = float("inf")
        for _ in range(2):
            started = time.process_time()
            call(argument)
            best = min(best, time.process_time() - started)
        return best

    return cost(text(8)) / max(cost(text(1)), 0.0005)


@pytest.mark.parametrize("piece", [" ", "\n", "<!-- -->", "<?xml?> ", "<!--", "\ufeff", "<"])
def test_asking_whether_a_text_is_a_page_is_linear(piece):
    assert growth(looks_html, lambda times: piece * (8_000 * times) + "x") < _EIGHTFOLD


@pytest.mark.parametrize(
    "text",
    [
        lambda times: "May 4" + " " * (4_000 * times) + "x",
        lambda times: "May" + " " * (4_000 * times) + "x",
        lambda times: "4 May " + ", " * (2_000 * times) + "x",
        lambda times: "1 " * (2_000 * times),
        lambda times: "4 " + "of " * (2_000 * times),
    ],
)
def test_reading_a_date_is_linear(text):
    assert growth(read_date, text) < _EIGHTFOLD


@pytest.mark.parametrize(
    "piece",
    [
        "<p>x</p>",
        "<div>",
        "<a href=x>y</a>",
        "<p><i>Is your ",
        "<blockquote>— a ",
        "word ",
        "<h1>a</h1>",
        "We. ",
        "<script>a<b",
    ],
)
def test_reading_a_page_is_linear(piece):
    assert growth(read_html, lambda times: "<h1>Talks stall</h1>" + piece * (100 * times)) < _EIGHTFOLD


@pytest.mark.parametrize(
    "html",
    [
        "<p " + " ".join(f"a{i}" for i in range(100_000)) + ">Talks</p>",
        "<p " + "/".join(f"a{i}" for i in range(100_000)) + ">Talks</p>",
        "<p " + "".join(f"a{i}=''" for i in range(100_000)) + ">Talks</p>",
        "<a href=x>y</a>" * 200_001,
    ],
)
def test_too_many_tags_or_attributes_are_refused_before_they_are_parsed(html):
    started = time.process_time()
    with pytest.raises(Unreadable) as refused:
        to_article(Page("page.html", html.encode(), kind="html"))
    assert refused.value.reason == "too_complex"
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "html",
    [
        "<script>for(i=0;i<n;i++){" + "a = b; " * 5_000 + "}</script>",
        '<p data-x="' + "a b=c " * 5_000 + '">Talks</p>',
        "1 <2 and " + "words " * 5_000,
    ],
)
def test_code_values_and_plain_text_are_no_attributes(html):
    check(html)


def test_the_limit_of_tags_is_a_setting(monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_MAX_PAGE_TAGS", "10")
    with pytest.raises(Unreadable, match="COUNTERCLAIM_MAX_PAGE_TAGS"):
        check("<p>" * 11)
