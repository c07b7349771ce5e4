"""Every format in docs/inputs.md: sample files of our own making are read to the right articles, wrong ones rejected with a reason."""

import csv
from pathlib import Path

import pytest

from counterclaim.gather import to_article
from counterclaim.gather.pages import find_pages
from counterclaim.types import Page, Rejection

SAMPLES = Path(__file__).parent.parent / "cases" / "inputs"
# What surrounds a report in a download and is none of it.
FURNITURE = (
    "LOAD-DATE", "Load-Date", "DOCUMENTS", "End of Document", "PUBLICATION-TYPE", "Classification", "Copyright", "rights reserved",
    "Factiva", "ProQuest", "Publication title", "Certificat", "news·", "Document VALL", "A guard at the river", "Send comments",
    "LexisNexis", "Relief Wire –", "Conflict Monitor |", "Check for full text", "Database: ",
)  # fmt: skip
FEWEST = 3  # files of each format


def table(name):
    with (SAMPLES / name).open(encoding="utf-8", newline="") as file:
        lines = [line for line in file if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def by_file(rows):
    files: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        files.setdefault(row["file"], []).append(row)
    return files


RIGHT, WRONG = by_file(table("right.tsv")), by_file(table("wrong.tsv"))


@pytest.fixture
def here(monkeypatch):
    monkeypatch.chdir(SAMPLES)


@pytest.mark.parametrize("name", RIGHT)
def test_a_file_is_read_to_its_articles(here, name):
    articles = [to_article(page) if isinstance(page, Page) else page for page in find_pages([name])]
    assert [article for article in articles if isinstance(article, Rejection)] == []
    told = [(a.ref, a.title or "", a.outlet or "", a.published or "", "; ".join(a.authors)) for a in articles]
    assert told == [
        tuple(row[key] for key in ("ref", "title", "outlet", "published", "authors")) for row in RIGHT[name]
    ]
    for article, row in zip(articles, RIGHT[name], strict=True):
        assert article.text.startswith(row["opening"])
        assert article.text.endswith(row["closing"])
        assert [word for word in FURNITURE if word in article.text] == []


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_file_is_rejected_with_a_reason(here, name):
    rejected = [found for found in find_pages([name]) if isinstance(found, Rejection)]
    assert [(found.ref, found.reason) for found in rejected] == [
        (row["ref"], row["reason"]) for row in WRONG[name]
    ]
    for found, row in zip(rejected, WRONG[name], strict=True):
        assert row["says"] in found.detail


def test_each_format_has_three_files_and_wrong_ones_beside_them():
    formats = {path.name for path in SAMPLES.iterdir() if path.is_dir()}
    right = {form: sum(name.startswith(f"{form}/") for name in RIGHT) for form in formats}
    assert {form for form, count in right.items() if count < FEWEST} == {"gdeltdoc", "records"}
    # Programs' own records have no wrong form but those of all JSON and tables.
    wrong = {name.partition("/")[0] for name in WRONG}
    assert formats - wrong == {
        "fundus",
        "gdeltnews",
        "newspaper4k",
        "newsplease",
        "eventregistry",
        "trafilatura",
    }


def test_each_sample_is_in_a_table():
    files = {str(path.relative_to(SAMPLES)) for path in SAMPLES.glob("*/*")}
    assert files == RIGHT.keys() | WRONG.keys()
