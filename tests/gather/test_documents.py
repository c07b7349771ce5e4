"""PDF, Word and rich text: paragraphs, columns and tables as a reader sees them."""

import builtins
from pathlib import Path

import pytest

from counterclaim.gather.newsroom.docx import docx_lines
from counterclaim.gather.newsroom.pdf import pdf_lines
from counterclaim.gather.newsroom.rtf import rtf_lines
from counterclaim.gather.pages import find_pages

SAMPLES = Path(__file__).parent.parent / "cases" / "inputs"
# Each on a line of its own.
PARAGRAPHS = """\
A truce between the army and the rebels of the Madra Front held for a third day on Friday, according to monitors of the regional union who have set up two observation posts in the valley.
"No one has signed anything," she cautioned after the second meeting, which lasted three hours.
Ostrovia's parliament voted by 81 to 40 on Thursday to expel the ambassador of Karsia after accusations that his embassy had spied on opposition leaders. The embassy rejected the accusations as invented.
A military court in Port Ansel on Friday acquitted General Marek Sol, who had been accused of plotting to overthrow the government in 2018, and ordered his release.
""".splitlines()


def lines(read, name):
    return read((SAMPLES / name).read_bytes()).split("\n\n")


@pytest.mark.parametrize("name", ["columns", "pages", "browser"])
def test_paragraphs_of_a_pdf_are_whole_over_lines_columns_and_pages(name):
    found = lines(pdf_lines, f"pdf/{name}.pdf")
    assert [paragraph for paragraph in PARAGRAPHS if paragraph not in found] == []


@pytest.mark.parametrize(("name", "head"), [("columns", "Monthly brief"), ("pages", "restricted")])
def test_running_heads_and_page_numbers_are_left_out(name, head):
    text = "\n".join(lines(pdf_lines, f"pdf/{name}.pdf"))
    assert head not in text
    assert "Page " not in text


@pytest.mark.parametrize(
    ("read", "name"), [(pdf_lines, "pdf/situation.pdf"), (docx_lines, "docx/situation.docx")]
)
def test_cells_of_a_table_are_paragraphs_row_by_row(read, name):
    # "7 May Tolna Gunmen abducted ..." was read as seven gunmen.
    found = lines(read, name)
    start = found.index("Date")
    assert found[start : start + 6] == [
        "Date", "Place", "Incident", "7 May", "Tolna", "Gunmen abducted two teachers from a school, residents said.",
    ]  # fmt: skip
    assert "Shells hit a market; four traders were killed, the district hospital said." in found


def test_headers_and_footers_of_word_are_left_out():
    assert "Page 1" not in "\n".join(lines(docx_lines, "docx/situation.docx"))


def test_letters_of_all_kinds_come_through_rich_text():
    text = rtf_lines((SAMPLES / "rtf/accents.rtf").read_bytes())
    assert "São Tomé met Côte d’Ivoire’s" in text
    assert text.rstrip().endswith("😀")


def test_a_pdf_without_the_extra_is_rejected_with_its_name_and_the_rest_is_read(tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes((SAMPLES / "pdf/situation.pdf").read_bytes())
    (tmp_path / "b.txt").write_text("Talks began.")
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name == "pypdfium2":
            raise ImportError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    rejected, page = find_pages([str(tmp_path)])
    assert rejected.reason == "extra_missing"
    assert "counterclaim[docs]" in rejected.detail
    assert page.body == b"Talks began."


def test_a_word_document_that_unpacks_to_too_much_is_rejected(tmp_path, monkeypatch):
    monkeypatch.setenv("COUNTERCLAIM_MAX_PAGE_BYTES", "40000")
    path = tmp_path / "a.docx"
    import zipfile

    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", " " * 500_000)
    (rejected,) = find_pages([str(path)])
    assert rejected.reason == "too_long"
