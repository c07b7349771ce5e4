"""Downloads of news databases, of articles made up by a machine: as many come out as went in, each with its own date."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.gather import to_article
from counterclaim.gather.databases import split_download, split_html
from counterclaim.gather.pages import find_pages
from counterclaim.types import Page, Rejection

words = st.sampled_from(
    "talks border guards died Wednesday ministry river convoy said army rebels town of the in a market two bridge language length "
    "document body section copyright words English abstract title graphic load".split()
)
sentences = st.lists(words, min_size=6, max_size=40).map(lambda found: " ".join(found).capitalize() + ".")
articles = st.lists(
    st.tuples(
        st.lists(words, min_size=4, max_size=10).map(lambda found: "Headline " + " ".join(found)),
        st.sampled_from(["Valley Post", "Harbour Times (Port Ansel)", "Northern Gazette"]),
        st.dates(min_value=date(1990, 1, 1), max_value=date(2029, 12, 31)),
        st.lists(sentences, min_size=1, max_size=4, unique=True),
    ),
    min_size=1,
    max_size=5,
)


def nexis_old(found):
    return "".join(
        f"{n:>30} of {len(found)} DOCUMENTS\n\n\n{outlet:^80}\n\n{day:%B %d, %Y %A}\n\n{title}\n\nBYLINE: Ana Ruiz\n\nLENGTH: 9 words\n\n"
        + "\n\n".join(text)
        + f"\n\nLOAD-DATE: {day:%B %d, %Y}\n\nLANGUAGE: ENGLISH\n\n\n          Copyright {day:%Y} {outlet}\n              All Rights Reserved\n\n"
        for n, (title, outlet, day, text) in enumerate(found, start=1)
    )


def nexis_new(found):
    return "\n\n".join(
        f"{title}\n\n{outlet}\n\n{day:%B %d, %Y %A}\n\nCopyright {day:%Y} {outlet} All Rights Reserved\n\nSection: NEWS; Pg. 3\n\n"
        "Length: 9 words\n\nByline: Ana Ruiz\n\nBody\n\n"
        + "\n\n".join(text)
        + f"\n\nLoad-Date: {day:%B %d, %Y}\n\nEnd of Document"
        for title, outlet, day, text in found
    )


def factiva(found):
    return "\n\n\n".join(
        f"{title}\nBy Ana Ruiz\n9 words\n{day:%d %B %Y}\n10:32\n{outlet}\nPOST\nEnglish\n(c) {day:%Y} {outlet}\n\n"
        + "\n\n".join(text)
        + f"\n\nDocument POST0000{day:%Y%m%d}ei55000{n:02}"
        for n, (title, outlet, day, text) in enumerate(found)
    )


def factiva_codes(found):
    return "\n\n".join(
        f"HD\n{title}\nBY\nBy Ana Ruiz\nWC\n9 words\nPD\n{day:%d %B %Y}\nSN\n{outlet}\nSC\nPOST\nLA\nEnglish\nCY\n(c) {outlet}\nLP\n"
        f"{text[0]}\nTD\n"
        + "\n\n".join(text[1:])
        + f"\nNS\ngcat\nAN\nDocument POST0000{day:%Y%m%d}ei55000{n:02}"
        for n, (title, outlet, day, text) in enumerate(found)
    )


def proquest(found):
    return "".join(
        f"{'_' * 60}\n\nDocument {n} of {len(found)}\n\n{title}\n\nAuthor: Ruiz, Ana\n\nFull text: "
        + "\n\n".join(text)
        + f"\n\nTitle: {title}\n\nPublication title: {outlet}; Port Ansel\n\nPublication date: {day:%b %d, %Y}\n\nProQuest document ID: {n}\n\n"
        for n, (title, outlet, day, text) in enumerate(found, start=1)
    )


@settings(deadline=None, max_examples=30)
@pytest.mark.parametrize("write", [nexis_old, nexis_new, factiva, factiva_codes, proquest])
@given(found=articles)
def test_as_many_come_out_as_went_in_each_with_its_own(write, found):
    pages = split_download(write(found), "a.txt")
    assert pages is not None
    told = [
        (page.title, page.outlet, page.published, page.authors, page.body.decode())
        if isinstance(page, Page)
        else page
        for page in pages
    ]
    assert told == [
        (title, outlet, day.isoformat(), ("Ana Ruiz",), "\n\n".join(text))
        for title, outlet, day, text in found
    ]


@settings(deadline=None, max_examples=50)
@given(st.text(), st.sampled_from([nexis_old, nexis_new, factiva, proquest]), st.data())
def test_a_download_cut_anywhere_gives_pages_or_rejections_and_no_joined_articles(noise, write, data):
    article = ("Headline of talks", "Valley Post", date(2022, 5, 5), ["Two guards died on Wednesday."])
    text = write([article, article])
    cut = data.draw(st.integers(0, len(text)))
    pages = split_download(text[:cut] + noise, "a.txt")
    for page in pages or ():
        assert isinstance(page, Page | Rejection)
        if isinstance(page, Page):
            assert page.body.decode().count("Two guards died") <= 1


def test_extracts_are_told_by_the_databases_own_count(tmp_path):
    article = ("Headline of talks", "Valley Post", date(2022, 5, 5), ["Two guards died on Wednesday."])
    (tmp_path / "a.txt").write_text(nexis_old([article]).replace("9 words", "1,234 words"))
    (tmp_path / "b.txt").write_text(factiva([article]).replace("9 words", "5 words"))
    said = []
    pages = list(find_pages([str(tmp_path)], say=said.append))
    assert [page.words for page in pages] == [1234, 5]
    assert [to_article(page).words for page in pages] == [1234, 5]
    assert len(said) == 1
    assert said[0].startswith("1 with less than half of the words that their database counts")


@pytest.mark.parametrize(
    "text",
    [
        "The end of document control was announced. End of Document is a film.",
        "He read 2 of 10 documents in the court.",
        "Document signed in Muscat\n\nTalks began.",
        "Full text: see below.\n\nTalks began in Muscat on Tuesday.",
        "It lasted 120 words\n5 May 2022\n",
        "",
    ],
)
def test_an_article_that_speaks_of_documents_is_no_download(text):
    assert split_download(text, "a.txt") is None


def test_a_page_of_news_is_no_download():
    assert (
        split_html(
            "<html><body><article class='article'><p>Talks began.</p></article></body></html>", "a.html"
        )
        is None
    )


@settings(deadline=None, max_examples=60)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        [".txt", ".html", ".xml", ".json", ".pdf", ".docx", ".rtf", ".eml", ".mbox", ".doc", ".csv"]
    ),
)
def test_any_bytes_in_any_file_are_survived(tmp_path_factory, body, suffix):
    path = tmp_path_factory.mktemp("any") / f"a{suffix}"
    path.write_bytes(body)
    assert all(isinstance(found, Page | Rejection) for found in find_pages([str(path)]))


@pytest.mark.parametrize(
    "head",
    [
        b"%PDF-1.7\n",
        b"{\\rtf1 ",
        b"PK\x03\x04",
        b"<nitf>",
        b"<newsItem>",
        b"<PPSResponse>",
        b"<rss>",
        b'{"messages": [',
        b"From a\n",
    ],
)
@settings(deadline=None, max_examples=20)
@given(body=st.binary(max_size=200))
def test_files_that_only_begin_as_they_should_are_survived(tmp_path_factory, head, body):
    path = tmp_path_factory.mktemp("head") / "a"
    path.write_bytes(head + body)
    found = list(find_pages([str(path)]))
    assert found
    assert all(isinstance(one, Page | Rejection) for one in found)
