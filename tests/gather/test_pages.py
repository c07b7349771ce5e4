"""Pages come from files, folders, tables, feeds and standard input; what is bad among them is rejected and passed by."""

import csv
import io
import json
import os
from pathlib import Path

import pytest

from counterclaim.errors import InputError
from counterclaim.gather.pages import find_pages
from counterclaim.types import Page, Rejection

FEED = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "lol">]>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Valley Radio</title>
<item><title>Talks</title><link>https://radio.example/1</link><pubDate>Mon, 03 May 2021 10:00:00 +0000</pubDate>
<description>Short.</description><content:encoded><![CDATA[<p>They met on Monday.</p>]]></content:encoded></item>
<item><title>Empty</title><link>https://radio.example/2</link></item>
<item><guid>radio-3</guid><description>Two guards died &a; on Monday.</description></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><entry><id>tag:1</id><title>Talks</title>
<link rel="alternate" href="https://post.example/1"/><updated>2021-05-03T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They met.</p><p>It was Monday.</p></div></content></entry></feed>"""


@pytest.fixture
def small_limit(monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_MAX_PAGE_BYTES", "200")


def pages(*paths, **options):
    return list(find_pages([str(path) for path in paths], **options))


def test_a_missing_path_is_told_before_anything_is_read(tmp_path):
    (tmp_path / "a.txt").write_text("Talks began.")
    with pytest.raises(InputError, match="no file or folder"):
        find_pages([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])


def test_a_text_file_is_a_page_with_its_path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"Talks began.")
    assert pages(path) == [Page(str(path), b"Talks began.")]


def test_an_html_file_is_a_page_of_its_kind(tmp_path):
    path = tmp_path / "a.HTM"
    path.write_bytes(b"<p>Talks began.")
    assert pages(path)[0].kind == "html"


def test_a_folder_is_read_in_the_order_of_names_hidden_files_passed_over(tmp_path):
    for name in ("b.txt", "a.txt", ".hidden.txt", "sub/c.txt", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Talks began.")
    assert [page.ref for page in pages(tmp_path)] == [
        str(tmp_path / name) for name in ("a.txt", "b.txt", "sub/c.txt")
    ]


def test_a_file_of_another_kind_in_a_folder_is_rejected_and_the_rest_read(tmp_path):
    (tmp_path / "a.xyz").write_bytes(b"%PDF")
    (tmp_path / "b.txt").write_text("Talks began.")
    rejected, page = pages(tmp_path)
    assert isinstance(rejected, Rejection)
    assert (rejected.reason, page.ref) == ("unsupported", str(tmp_path / "b.txt"))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_rejected(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Talks began.")
    path.chmod(0)
    assert pages(path)[0].reason == "unreadable"


def test_a_page_over_the_limit_is_rejected_unread(tmp_path, small_limit):
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 201)
    assert pages(path)[0].reason == "too_long"


def test_the_given_date_is_for_pages_that_tell_none(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "a b", "published": "2020-01-01"}\n{"text": "a b"}\n')
    assert [page.published for page in pages(path, published="3 May 2021")] == ["2020-01-01", "2021-05-03"]


def test_a_date_that_is_none_is_a_usage_error(tmp_path):
    with pytest.raises(InputError, match="YYYY-MM-DD"):
        find_pages([str(tmp_path)], published="soon")


# --- tables ---------------------------------------------------------------------------------------


def test_a_row_of_json_lines_is_a_page_with_what_it_tells(tmp_path):
    path = tmp_path / "a.jsonl"
    row = {
        "id": 7,
        "text": "Talks began.",
        "title": "Talks",
        "url": "https://x.example/1",
        "outlet": "Post",
        "published": "2021-05-03",
        "more": [1],
    }
    path.write_text(json.dumps(row))
    assert pages(path) == [
        Page("7", b"Talks began.", "text", "Talks", "https://x.example/1", "Post", "2021-05-03")
    ]


def test_bad_rows_are_rejected_by_line_and_good_ones_read(tmp_path):
    path = tmp_path / "a.jsonl"
    lines = [
        b'{"text": "one"}',
        b"{broken",
        b"[1]",
        b"",
        b'{"id": "x"}',
        b'{"text": "\xff"}',
        b'{"html": "<p>two"}',
        b"[" * 5000,
    ]
    path.write_bytes(b"\n".join(lines))
    found = pages(path)
    assert [(page.ref.removeprefix(str(path)), getattr(page, "reason", "page")) for page in found] == [
        (":1", "page"), (":2", "bad_row"), (":3", "bad_row"), ("x", "empty"), (":6", "bad_row"), (":7", "page"), (":8", "bad_row"),
    ]  # fmt: skip


def test_a_row_over_the_limit_is_rejected_and_the_next_is_read(tmp_path, small_limit):
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "x" * 1000}) + "\n" + '{"text": "next"}\n')
    first, second = pages(path)
    assert (first.reason, first.ref) == ("too_long", f"{path}:1")
    assert second.body == b"next"


def test_half_characters_in_json_are_replaced_one_for_one(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "ab\\ud800cd"}')
    assert pages(path)[0].body.decode() == "ab\ufffdcd"


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".tsv", "\t")])
def test_a_row_of_a_table_with_quotes_and_line_breaks_is_a_page(tmp_path, suffix, delimiter):
    path = tmp_path / f"a{suffix}"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=delimiter)
        rows.writerows(
            [
                ["ID", "Text", "Published"],
                ["n1", 'He said: "No".\n\nThey left, all of them.', "2021-05-03"],
                ["n2", "", ""],
                ["n3", "y" * 200_000, ""],
            ]
        )
    one, two, three = pages(path)
    assert one.body.decode() == 'He said: "No".\n\nThey left, all of them.'
    assert (one.ref, one.published) == ("n1", "2021-05-03")
    assert (two.reason, two.ref) == ("empty", "n2")
    assert len(three.body) == 200_000


def test_a_table_in_a_spreadsheets_old_encoding_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("id,text\nn1,Côte d’Ivoire agreed.\n".encode("cp1252"))
    assert pages(path)[0].body.decode() == "Côte d’Ivoire agreed."


def test_a_table_without_a_column_of_text_is_rejected_with_its_columns(tmp_path):
    (tmp_path / "a.csv").write_text("id,comment\n1,x\n")
    (tmp_path / "b.txt").write_text("Talks began.")
    rejected, page = pages(tmp_path)
    assert rejected.reason == "bad_table"
    assert "id, comment" in rejected.detail
    assert page.body == b"Talks began."


@pytest.mark.parametrize("body", [b"", b"\x00\xff\x00", b'"unclosed', b"text\n\x00\xff,,,\n"])
def test_any_bytes_as_a_table_are_survived(tmp_path, body):
    path = tmp_path / "a.csv"
    path.write_bytes(body)
    assert all(isinstance(page, Page | Rejection) for page in pages(path))


def test_a_row_of_parquet_is_a_page(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    path = tmp_path / "a.parquet"
    parquet.write_table(
        pa.table(
            {"id": ["n1", None], "text": ["Talks began.", None], "html": [None, "<p>x"], "extra": [1, 2]}
        ),
        path,
    )
    assert [(page.ref, page.kind) for page in pages(path)] == [("n1", "text"), (f"{path}:2", "html")]


@pytest.mark.parametrize("body", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1"])
def test_a_broken_parquet_file_is_rejected(tmp_path, body):
    pytest.importorskip("pyarrow")
    path = tmp_path / "a.parquet"
    path.write_bytes(body)
    assert pages(path)[0].reason == "bad_table"


# --- feeds ----------------------------------------------------------------------------------------


def test_an_item_of_a_feed_is_a_page_with_what_the_feed_tells(tmp_path):
    path = tmp_path / "feed.xml"
    path.write_text(FEED)
    first, empty, third = pages(path)
    assert (first.ref, first.title, first.outlet, first.kind) == (
        "https://radio.example/1",
        "Talks",
        "Valley Radio",
        "html",
    )
    assert first.body == b"<p>They met on Monday.</p>"
    assert first.published == "Mon, 03 May 2021 10:00:00 +0000"
    assert empty.reason == "empty"
    assert (third.ref, b"lol" in third.body) == ("radio-3", False)


def test_an_atom_entry_keeps_its_paragraphs(tmp_path):
    path = tmp_path / "feed.atom"
    path.write_text(ATOM)
    (page,) = pages(path)
    assert page.url == "https://post.example/1"
    assert b"<p>They met.</p><p>It was Monday.</p>" in page.body.replace(
        b' xmlns="http://www.w3.org/1999/xhtml"', b""
    )


@pytest.mark.parametrize("body", ["<xml><a/></xml>", "", "<rss", "<rss><channel>"])
def test_xml_that_is_no_feed_gives_no_page(tmp_path, body):
    path = tmp_path / "a.xml"
    path.write_text(body)
    assert not any(isinstance(page, Page) for page in pages(path))


# --- standard input -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        (b"Talks began.\n\nThey went on.", [None]),
        (b'{"id": "n1", "text": "one"}\n{"id": "n2", "html": "<p>two"}\n', ["text", "html"]),
        (FEED.encode(), ["html", "html"]),
        (b"{curly} news", [None]),
    ],
)
def test_standard_input_is_told_by_how_it_begins(body, kinds):
    found = list(find_pages(["-"], stdin=io.BytesIO(body)))
    assert [page.kind for page in found if isinstance(page, Page)] == kinds


def test_endless_standard_input_is_cut_off(small_limit):
    (found,) = find_pages(["-"], stdin=io.BytesIO(b"x" * 100_000))
    assert found.reason == "too_long"


def test_a_table_is_read_row_by_row(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "one"}\n' * 3)
    found = find_pages([str(path)])
    next(found)
    path.write_text("")
    assert isinstance(next(found), Page)  # read ahead by the buffer, not by the reader


def test_an_empty_folder_is_said_to_be_empty(tmp_path):
    (tmp_path / ".hidden").touch()
    (found,) = find_pages([str(tmp_path)])
    assert isinstance(found, Rejection)
    assert (found.reason, found.ref) == ("empty", str(tmp_path))


def test_a_title_in_a_table_loses_its_control_characters(tmp_path):
    path = tmp_path / "news.jsonl"
    path.write_text('{"text": "Talks began.", "title": "Talks \\u001b[31mbegan\\u0007 \\u009b2J"}')
    (page,) = find_pages([str(path)])
    assert page.title == "Talks [31mbegan 2J"


SAMPLES = Path(__file__).parent.parent / "cases" / "inputs"


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("nexis/uni.DOCX", 4),
        ("nexis/old.TXT", 3),
        ("factiva/articles.xml", 3),
        ("pdf/situation.pdf", 1),
        ("rtf/report.rtf", 1),
        ("newsapi/everything.json", 3),
        ("newsapi/lines.jsonl", 2),
        ("newsml/message.xml", 2),
        ("nitf/1.xml", 1),
        ("feeds/rss.xml", 2),
        ("europresse/english.HTML", 3),
    ],
)
def test_standard_input_may_be_any_document(name, count):
    found = list(find_pages(["-"], stdin=io.BytesIO((SAMPLES / name).read_bytes())))
    assert [type(page) for page in found] == [Page] * count


def test_a_text_that_opens_with_a_bracket_is_no_json():
    (page,) = find_pages(["-"], stdin=io.BytesIO(b"[Updated] Talks began in Muscat."))
    assert page.body == b"[Updated] Talks began in Muscat."
