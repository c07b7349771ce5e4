"""Columns by their usual names: what is taken for what, what is said of it, what values become."""

import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counterclaim.errors import InputError
from counterclaim.gather.pages import find_pages
from counterclaim.gather.records import Columns
from counterclaim.types import Page, Rejection


def page(row, **asked):
    return Columns(asked).to_page(row, "a.json:1", "a.json")


def said(path, **options):
    lines = []
    found = list(find_pages([str(path)], say=lines.append, **options))
    return [line.replace(str(path), path.name) for line in lines], found


# --- values ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (1651708800, "2022-05-05"),
        ("1651708800", "2022-05-05"),
        (1651708800000, "2022-05-05"),
        (1651708800.5, "2022-05-05"),
        ("20220505T101500Z", "20220505T101500Z"),
        (20220505101500, "20220505"),
        (date(2022, 5, 5), "2022-05-05"),
        (datetime(2022, 5, 5, 23, 30, tzinfo=UTC), "2022-05-05T23:30:00+00:00"),
        ("2022-05-05T23:30:00-05:00", "2022-05-05T23:30:00-05:00"),
        (True, None),
        (None, None),
        ("null", None),
        ("NaN", None),
    ],
)
def test_a_date_may_be_written_in_many_ways(value, day):
    assert page({"text": "a b", "date": value}).published == day


@pytest.mark.parametrize(
    ("row", "outlet", "url"),
    [
        ({"source": "https://www.bbc.co.uk/news/1"}, "BBC", "https://www.bbc.co.uk/news/1"),
        ({"source": "https://www.bbc.co.uk"}, "BBC", None),
        ({"source": "www.valley-post.example"}, "valley-post.example", None),
        ({"source": "Valley Post"}, "Valley Post", None),
        ({"source": "bbc.com", "source_name": "BBC Monitoring"}, "BBC Monitoring", None),
        ({"source": {"id": None, "name": "Post"}}, "Post", None),
        ({"domain": "bbc.com", "url": "https://x.example/1"}, "BBC", "https://x.example/1"),
    ],
)
def test_a_source_is_an_outlet_or_its_address(row, outlet, url):
    found = page({"text": "a b", **row})
    assert (found.outlet, found.url) == (outlet, url)


@pytest.mark.parametrize(
    ("value", "authors"),
    [
        ("Ana Ruiz; Jan de Vries", ("Ana Ruiz", "Jan de Vries")),
        ("By ANA RUIZ and Jan de Vries", ("Ana Ruiz", "Jan de Vries")),
        (["Ana Ruiz", "Jan de Vries"], ("Ana Ruiz", "Jan de Vries")),
        ("['Ana Ruiz', 'Jan de Vries']", ("Ana Ruiz", "Jan de Vries")),
        ([{"name": "Ana Ruiz"}, {"uri": "x"}], ("Ana Ruiz",)),
        ("News desk", ()),
        (7, ()),
    ],
)
def test_authors_come_as_text_or_list(value, authors):
    assert page({"text": "a b", "authors": value}).authors == authors


@pytest.mark.parametrize(
    ("text", "kind", "body"),
    [
        ("Two <b>guards</b> died.", "html", "Two <b>guards</b> died."),
        ("Salaries < 100 and > 50 fell.", "text", "Salaries < 100 and > 50 fell."),
        ("It&#8217;s over, Smith &amp;amp; Sons said.", "text", "It’s over, Smith & Sons said."),
        (["One.", "Two."], "text", "One.\n\nTwo."),
    ],
)
def test_markup_in_a_text_column_is_html_and_entities_are_characters(text, kind, body):
    found = page({"text": text})
    assert (found.kind, found.body.decode()) == (kind, body)


@pytest.mark.parametrize("empty", [None, "", "  ", "null", "NA", "None", [], {}])
def test_an_empty_column_gives_way_to_a_full_one(empty):
    assert page({"text": empty, "maintext": "Talks began."}).body == b"Talks began."


def test_a_title_is_shown_without_markup_and_entities():
    assert page({"text": "a b", "title": "<i>Talks</i> &amp;amp; truce"}).title == "Talks & truce"


def test_newsapis_cut_is_taken_off_and_said(tmp_path):
    path = tmp_path / "a.json"
    path.write_text(
        json.dumps({"articles": [{"content": "Two guards died… [+1234 chars]", "publishedAt": "2022-05-05"}]})
    )
    lines, (found,) = said(path)
    assert found.body == b"Two guards died"
    assert any("NewsAPI cut" in line for line in lines)


# --- what is said ---------------------------------------------------------------------------------


def test_what_was_taken_for_what_is_said_once_with_what_was_passed_over(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("headline,maintext,image\nTalks,They began.,x\nMore,They ended.,y\n")
    lines, _ = said(path)
    assert lines == [
        "a.csv: text from maintext, title from headline; no date (name its column: --column published=NAME); passed over: image."
    ]


def test_nothing_is_said_of_columns_by_their_own_names(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,title,published\nThey began.,Talks,2022-05-05\n")
    assert said(path)[0] == []


def test_files_of_one_shape_are_spoken_of_once(tmp_path):
    for name in "abc":
        (tmp_path / f"{name}.json").write_text('{"maintext": "They began.", "date_publish": "2022-05-05"}')
    lines = []
    list(find_pages([str(tmp_path)], say=lines.append))
    assert len(lines) == 1


def test_dates_that_cannot_be_read_are_counted(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,published\nOne.,03/04/2021\nTwo.,soon\nThree.,2021-04-03\n")
    lines, found = said(path, published="2020-01-01")
    assert lines == [
        "a.csv: 2 rows have a date that cannot be read, such as '03/04/2021'. Write dates as YYYY-MM-DD."
    ]
    assert [page.published for page in found] == ["2020-01-01", "2020-01-01", "2021-04-03"]


def test_text_rebuilt_with_fragments_left_over_is_warned_of(tmp_path):
    path = tmp_path / "a.jsonl"
    rows = [{"text": "One.", "fragments_used": used, "fragments_total": 91} for used in (91, 90)]
    path.write_text("\n".join(json.dumps(row) for row in rows))
    lines, _ = said(path)
    assert "1 row has text put together from fragments" in lines[-1]


def test_parquet_says_what_it_passes_over(tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet")
    import pyarrow as pa

    path = tmp_path / "a.parquet"
    parquet.write_table(pa.table({"body": ["One."], "day": [date(2022, 5, 5)], "tone": [1.5]}), path)
    lines, (found,) = said(path)
    assert lines == ["a.parquet: text from body, published from day; passed over: tone."]
    assert found.published == "2022-05-05"


# --- what the user says ---------------------------------------------------------------------------


def test_a_column_that_the_user_names_goes_before_usual_ones(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,story,published,seen\nTeaser.,The report.,2001-01-01,2022-05-05\n")
    _, (found,) = said(path, columns={"text": "Story", "published": "seen"})
    assert (found.body, found.published) == (b"The report.", "2022-05-05")


def test_a_column_given_to_one_field_is_guessed_to_be_no_other():
    assert page({"text": "a b", "source": "2022-05-05"}, published="source").outlet is None


def test_a_column_that_a_table_lacks_is_an_error_with_those_it_has(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("text,day\nOne.,2022-05-05\n")
    _, (found,) = said(path, columns={"published": "date"})
    assert found.reason == "bad_table"
    assert "no column 'date'" in found.detail
    assert "text, day" in found.detail


def test_a_column_that_no_record_has_is_said(tmp_path):
    path = tmp_path / "a.json"
    path.write_text('[{"text": "One."}]')
    assert said(path, columns={"published": "day"})[0][-1] == "a.json: no record has day."


def test_a_field_that_is_none_is_an_error_before_anything_is_read():
    with pytest.raises(InputError, match="no field 'date'"):
        find_pages([], columns={"date": "day"})


# --- anything at all ------------------------------------------------------------------------------

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    [
        "text",
        "html",
        "title",
        "url",
        "source",
        "date",
        "authors",
        "id",
        "body",
        "messages",
        "items",
        "@type",
        "uri",
        "articles",
        "x",
    ]
)


@settings(deadline=None, max_examples=60)
@given(
    st.recursive(
        st.dictionaries(names, values, max_size=5), lambda inner: st.lists(inner, max_size=3), max_leaves=4
    )
)
def test_any_json_becomes_pages_and_rejections(tmp_path_factory, value):
    path = tmp_path_factory.mktemp("json") / "a.json"
    path.write_text(json.dumps(value))
    lines = []
    found = list(find_pages([str(path)], say=lines.append))
    assert found
    assert all(isinstance(one, Page | Rejection) for one in found)


cells = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30
).filter(
    lambda text: (
        text.strip() == text
        and text not in {"null", "NULL", "NA", "nan", "NaN", "None", "N/A"}
        and "&" not in text
        and "<" not in text
    )
)


@settings(deadline=None, max_examples=40)
@given(st.sampled_from(",;\t|"), st.lists(st.tuples(cells, cells), min_size=1, max_size=4))
def test_a_table_is_read_whatever_its_separator(tmp_path_factory, separator, rows):
    import csv

    path = tmp_path_factory.mktemp("csv") / "a.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, delimiter=separator)
        writer.writerows([("headline", "maintext"), *rows])
    found = list(find_pages([str(path)]))
    assert [(page.title, page.body.decode()) for page in found] == [
        (" ".join(title.split()), text) for title, text in rows
    ]
