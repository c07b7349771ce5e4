"""Dates for files that tell none: from names, from when they were changed, from a table."""

import os
from datetime import UTC, datetime

import pytest

from counterclaim.errors import InputError
from counterclaim.gather import to_article
from counterclaim.gather.pages import find_pages


def read(path, source, **options):
    lines = []
    pages = list(find_pages([str(path)], published_from=str(source), say=lines.append, **options))
    return pages, [line.replace(str(path), "…") for line in lines]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2022-09-14_valley_post.txt", "2022-09-14"),
        ("post-20220914.txt", "2022-09-14"),
        ("14_Sep_2022.txt", "2022-09-14"),
        ("Talks, September 14, 2022.txt", "2022-09-14"),
        ("14.9.2022.txt", "2022-09-14"),
        ("03-04-2021.txt", None),
        ("untitled.txt", None),
    ],
)
def test_a_name_may_tell_the_date(tmp_path, name, day):
    (tmp_path / name).write_text("Talks began.")
    pages, lines = read(tmp_path, "name")
    assert pages[0].published == day
    assert lines == ([] if day else [f"1 file has no date in its name, such as …/{name}."])


def test_a_row_with_a_date_of_its_own_keeps_it(tmp_path):
    (tmp_path / "2022-09-14.csv").write_text("text,date\nOne.,2020-01-01\nTwo.,\n")
    assert [page.published for page in read(tmp_path, "name")[0]] == ["2020-01-01", "2022-09-14"]


def test_the_time_of_change_dates_only_what_nothing_else_dates(tmp_path):
    for name, text in (
        ("a.txt", "Talks began."),
        ("b.html", "<meta property='article:published_time' content='2020-01-01'><p>Talks began."),
    ):
        (tmp_path / name).write_text(text)
        when = datetime(2022, 9, 14, 23, 30, tzinfo=UTC).timestamp()
        os.utime(tmp_path / name, (when, when))
    articles = [to_article(page) for page in read(tmp_path, "mtime")[0]]
    assert [(a.published, a.published_from) for a in articles] == [
        ("2022-09-14", "inferred"),
        ("2020-01-01", "metadata"),
    ]


def test_a_table_dates_files_by_their_names_folders_told_apart(tmp_path):
    texts = tmp_path / "texts"
    for name in ("a.txt", "one/b.txt", "two/b.txt", "c.txt", "d.txt"):
        (texts / name).parent.mkdir(parents=True, exist_ok=True)
        (texts / name).write_text("Talks began.")
    table = tmp_path / "dates.csv"
    table.write_text(
        "File;Date\na.txt;2022-09-14\none/b.txt;15 September 2022\ntwo\\b.txt;16.9.2022\nc;20220917\ne.txt;2022-01-01\n"
    )
    pages, lines = read(texts, table)
    assert [page.published for page in pages] == [
        "2022-09-14",
        "2022-09-17",
        None,
        "2022-09-15",
        "2022-09-16",
    ]
    assert lines == [
        f"1 file is not in {table}, such as …/d.txt.",
        f"{table} dates 1 that were not read, such as e.txt.",
    ]


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("file,published\na.txt,soon\n", "line 2: the date 'soon'"),
        ("file,published\na.txt,2022-01-01\na.txt,2022-01-02\n", "another date above"),
        ("name_of_file,when\na.txt,2022-01-01\n", "needs a header line with file and published"),
        ("", "needs a header line"),
    ],
)
def test_a_table_that_cannot_be_used_is_an_error_before_anything_is_read(tmp_path, table, says):
    (tmp_path / "dates.csv").write_text(table)
    with pytest.raises(InputError, match=says):
        find_pages([str(tmp_path)], published_from=str(tmp_path / "dates.csv"))


def test_a_source_that_is_neither_a_word_nor_a_file_is_an_error():
    with pytest.raises(InputError, match="takes name, mtime or a table"):
        find_pages([], published_from="title")


def test_the_date_for_all_fills_what_is_left(tmp_path):
    (tmp_path / "untitled.txt").write_text("Talks began.")
    assert read(tmp_path, "name", published="2020-01-01")[0][0].published == "2020-01-01"
