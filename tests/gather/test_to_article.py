"""A page becomes an article with all that is known of it, or is unreadable for a reason."""

import contextlib
import hashlib
import subprocess
import sys
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from counterclaim.errors import Unreadable
from counterclaim.gather import make_id, to_article
from counterclaim.types import Dateline, Dropped, Page

TEXT = """Army retakes Barsa

By Ana Ruiz

MORENA, March 3, 2021 (AFP) – The army said on Wednesday that it had retaken the town of Barsa from the rebels. Read more

A spokesman for the rebels denied that they had lost the town.

Share this article
"""
BODY = """The army said on Wednesday that it had retaken the town of Barsa from the rebels.

A spokesman for the rebels denied that they had lost the town."""


def article_of(text, **fields):
    return to_article(Page("a.txt", text if isinstance(text, bytes) else text.encode(), **fields))


def test_a_text_becomes_an_article_with_what_its_lines_tell():
    article = article_of(TEXT)
    assert article.text == BODY
    assert (article.title, article.authors, article.agency) == (
        "Army retakes Barsa",
        ("Ana Ruiz",),
        "Agence France-Presse",
    )
    assert article.dateline == Dateline("MORENA", "March 3, 2021")
    assert (article.published, article.published_from) == ("2021-03-03", "dateline")
    assert article.dropped == (
        Dropped("By Ana Ruiz", "byline"),
        Dropped("MORENA, March 3, 2021 (AFP) –", "dateline"),
        Dropped("Read more", "read_more"),
        Dropped("Share this article", "share"),
    )


def test_verbatim_is_the_input_and_metadata_all_the_same():
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    article = to_article(Page("a.txt", text.encode()), verbatim=True)
    assert article.text == text
    assert article.dropped == ()
    assert (article.agency, article.published) == ("Agence France-Presse", "2021-03-03")


def test_identity_is_of_content_not_of_place():
    article = article_of(TEXT)
    assert article.id == make_id(None, "Army retakes Barsa", BODY)
    assert article.id == to_article(Page("elsewhere", TEXT.encode())).id
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()


def test_what_the_row_tells_wins_over_what_the_page_prints():
    article = article_of(
        TEXT, title="The row's title", outlet="The Post", published="2021-03-04", url="https://x.example/1"
    )
    assert (article.title, article.outlet, article.published) == ("The row's title", "The Post", "2021-03-04")
    assert article.published_from == "given"


@pytest.mark.parametrize(
    ("url", "outlet"),
    [
        ("https://www.reuters.com/world/x", "Reuters"),
        ("https://english.valley.example/x", "english.valley.example"),
        (None, None),
    ],
)
def test_the_outlet_is_known_by_its_address(url, outlet):
    assert article_of(TEXT, url=url).outlet == outlet


def test_an_outlet_that_signs_its_own_dateline_is_no_agency():
    text = TEXT.replace("AFP", "Morena Star")
    assert article_of(text, outlet="The Morena Star").agency is None
    assert article_of(text, outlet="Valley Post").agency == "Morena Star"


def test_an_agencys_own_page_names_outlet_and_agency():
    article = article_of(TEXT.replace("AFP", "Reuters"), url="https://www.reuters.com/world/x")
    assert (article.outlet, article.agency) == ("Reuters", "Reuters")


def test_an_html_page_accounts_for_everything_a_reader_sees():
    paragraphs = "".join(f"<p>{line}</p>" for line in BODY.split("\n\n")) * 1
    page = (
        "<html><head><title>Army retakes Barsa</title></head><body><div><p>We use cookies to improve your visit.</p></div>"
        f"<article><h1>Army retakes Barsa</h1>{paragraphs}<p>Read also: Ferry strike goes on</p></article>"
        "<footer><p>© 2021 The Valley Post</p></footer></body></html>"
    )
    article = article_of(page)
    assert article.text == BODY
    assert {drop.reason for drop in article.dropped} >= {"cookies", "copyright", "related"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.4 x", "binary"),
        (bytes(range(256)) * 20, "binary"),
        (b"<html><body></body></html>", "no_text"),
        (b"Share\n\nTweet\n\nSubscribe now to continue reading", "no_text"),
        ("Президент заявил, что войска отступили от города.".encode(), "language"),
        (
            "Der Präsident hat am Mittwoch erklärt, dass die Armee nicht in den Konflikt eingreift.".encode(),
            "language",
        ),
    ],
)
def test_a_page_that_is_no_english_report_is_unreadable_for_a_reason(body, reason):
    with pytest.raises(Unreadable) as caught:
        article_of(body)
    assert caught.value.reason == reason
    assert caught.value.detail.endswith(".")


def test_fifty_megabytes_are_refused_at_once():
    body = b"x" * 50_000_000
    started = time.perf_counter()
    with pytest.raises(Unreadable) as caught:
        article_of(body)
    assert caught.value.reason == "too_long"
    assert time.perf_counter() - started < 1


def test_a_text_longer_than_any_report_is_refused_before_it_is_read(monkeypatch):
    body = b"The army said that rebels had shelled a village. " * 50_000
    with pytest.raises(Unreadable, match="split it") as caught:
        article_of(body)
    assert caught.value.reason == "too_long"
    monkeypatch.setenv("COUNTERCLAIM_MAX_ARTICLE_CHARS", "40")
    with pytest.raises(Unreadable, match="more than 40"):
        article_of(b"The army said that rebels had shelled a village.")


def test_the_same_page_gives_the_same_article():
    assert article_of(TEXT) == article_of(TEXT)


@pytest.mark.slow
def test_reading_text_does_not_load_what_only_html_needs():
    code = (
        "import sys; from counterclaim.gather import to_article; from counterclaim.gather.pages import find_pages; "
        "from counterclaim.types import Page; to_article(Page('a', b'Talks began on Monday.')); "
        "print([m for m in ('trafilatura', 'lxml', 'charset_normalizer', 'pyarrow', 'spacy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300), st.sampled_from([None, "text", "html"]), st.booleans())
@example(b"<html><p>\xff\xfe\x00", "html", False)
@example(b"LIMA (AP) -", None, False)
@example("\u2028".encode(), None, True)
def test_any_bytes_are_an_article_or_unreadable(body, kind, verbatim):
    with contextlib.suppress(Unreadable):
        assert to_article(Page("any", body, kind=kind), verbatim=verbatim).text.strip()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_verbatim_text_is_the_input_exactly(text):
    try:
        article = to_article(Page("any", text.encode(), kind="text"), verbatim=True)
    except Unreadable:
        return
    assert article.text == text


def test_a_page_without_text_is_not_told_to_be_read_verbatim():
    for verbatim in (False, True):
        with pytest.raises(Unreadable, match=r"Save what it shows as a \.txt file"):
            to_article(Page("a", b"<html><body></body></html>"), verbatim=verbatim)


def test_articles_shorter_than_is_asked_for_are_rejected(monkeypatch):
    page = Page("note.txt", b"Four soldiers died in Niamey on Tuesday, the army said.")
    monkeypatch.setenv("COUNTERCLAIM_MIN_ARTICLE_WORDS", "10")
    assert to_article(page).text
    monkeypatch.setenv("COUNTERCLAIM_MIN_ARTICLE_WORDS", "11")
    with pytest.raises(Unreadable) as error:
        to_article(page)
    assert error.value.reason == "too_short"
