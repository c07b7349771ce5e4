"""What a run over damaged documents found, kept: each is told as what it is, and the documents after it are read."""

import zipfile
from pathlib import Path

import pytest

from counterclaim.errors import CounterclaimError
from counterclaim.gather import pages as gathering
from counterclaim.gather import to_article
from counterclaim.gather.pages import find_pages
from counterclaim.gather.records import find_rows
from counterclaim.types import Page, Rejection

NEWS = "Soldiers shelled a village in the north on Monday, the mayor said."


def find(tmp_path, name, body):
    path = tmp_path / name
    path.write_bytes(body)
    return list(find_pages([str(path)]))


@pytest.mark.parametrize("half", ["&#xD800;", "&#55357;"])
def test_halves_of_pairs_in_a_feed_are_no_characters(tmp_path, half):
    feed = f"<rss><channel><item><title>Talks {half}</title><description>{NEWS}</description></item></channel></rss>"
    (page,) = find(tmp_path, "a.rss", feed.encode())
    assert page.title == "Talks \ufffd"


@pytest.mark.parametrize(("byte", "read"), [(b"\xe9", "é"), (b"\x93", "“"), (b"\xed\xa0\x80", "í\xa0€")])
def test_bytes_that_are_no_utf8_in_xml_are_western(tmp_path, byte, read):
    feed = (
        b"<rss><channel><item><title>A "
        + byte
        + b"</title><description>Talks began.</description></item></channel></rss>"
    )
    (page,) = find(tmp_path, "a.xml", feed)
    assert page.title == f"A {read}".replace("\xa0", " ")


@pytest.mark.parametrize("child", ["&unknown;", "<!-- none -->", "<?none?>"])
def test_what_is_no_element_of_an_item_has_no_text(tmp_path, child):
    feed = f"<rss><channel><item>{child}<title>Talks</title><description>{NEWS}</description></item></channel></rss>"
    (page,) = find(tmp_path, "a.rss", feed.encode())
    assert page.title == "Talks"


@pytest.mark.parametrize("cut", [b"\x0a", b"\x00", b"g"])
def test_half_a_character_ends_a_wide_table(tmp_path, cut):
    table = f"id\ttext\n1\t{NEWS}\n".encode("utf-16") + cut
    found = find(tmp_path, "a.csv", table)
    assert found[0].body == NEWS.encode()


@pytest.mark.parametrize(
    "date",
    [
        "Thu, 05 May 99999999999999999999 08:00:00 +0200",
        "Thu, 5000000000000 May 2022 08:00:00",
        "Thu, 05 May 2022 08:00:00 +99999999999999",
    ],
)
def test_a_mail_of_no_day_that_there_is_is_read(tmp_path, date):
    mail = f"From: Post <a@post.example>\nSubject: Talks\nDate: {date}\n\n{NEWS}"
    (page,) = find(tmp_path, "a.eml", mail.encode())
    assert NEWS in page.body.decode()


def test_a_word_document_of_an_unknown_packing_is_told(tmp_path):
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    body = bytearray(path.read_bytes())
    body[body.rfind(b"PK\x01\x02") + 6] = 154  # the version that is needed to unpack it
    (found,) = find(tmp_path, "a.docx", bytes(body))
    assert found.reason == "bad_document"


@pytest.mark.parametrize("sign", ["\x01", "\x0b", "\x1f", "&#8;"])
def test_a_page_with_control_characters_is_read(sign):
    html = f"<html><body><div>{NEWS}<p>{sign}Read more</p>{sign} {NEWS}</div><div class=share>{sign}</div>{sign}</body></html>"
    assert NEWS in to_article(Page("a.html", html.encode(), kind="html")).text


def test_what_wraps_records_is_opened_once_a_level():
    value = {"hits": [{"text": NEWS}]}
    for _ in range(40):
        # Asked twice a level, these would be a million million times.
        value = {"response": value}
    assert [row["text"] for row in find_rows(value, "a.json")] == [NEWS]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.tsv"])
def test_a_file_without_an_article_is_told(tmp_path, name):
    (found,) = find(tmp_path, name, b"text\n" if name != "a.jsonl" else b"\n\n")
    assert (found.reason, Path(found.ref).name) == ("empty", name)


def test_what_nobody_foresaw_is_the_files_rejection_and_the_next_is_read(tmp_path, monkeypatch):
    def fail(body, ref):
        if b"Muscat" in body:
            raise IndexError("list index out of range")
        yield Page(ref, body)

    monkeypatch.setattr(gathering, "_from_text", fail)
    for name, text in (("a.txt", "Talks began in Muscat."), ("b.txt", NEWS)):
        (tmp_path / name).write_text(text)
    broken, page = find_pages([str(tmp_path)])
    assert isinstance(broken, Rejection)
    assert broken.reason == "error"
    assert "IndexError: list index out of range (" in broken.detail
    assert page.body == NEWS.encode()


def test_what_is_no_files_fault_ends_a_run(tmp_path, monkeypatch):
    def fail(*_):
        raise CounterclaimError("A setting is wrong.")

    monkeypatch.setattr(gathering, "_from_text", fail)
    (tmp_path / "a.txt").write_text(NEWS)
    with pytest.raises(CounterclaimError):
        list(find_pages([str(tmp_path)]))
