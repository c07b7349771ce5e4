"""A reading that the database does not take is a rejection: the others are stored, and it is not read again."""

from dataclasses import replace

import pytest

from counterclaim.gather import to_article
from counterclaim.store import store as stores
from counterclaim.store.queries import list_rejections
from counterclaim.store.store import NewReading, open_store
from counterclaim.types import Page, Rejection
from tests.handmade import count, report, tell


def make(name, dead):
    reading = report(
        f"{name}: {dead} people died.",
        tell("ASSAULT", "died", counts=[count(f"{dead} people", "dead", dead)]),
    )
    return NewReading(replace(reading, article=replace(reading.article, ref=name)), f"print-{name}")


@pytest.fixture
def store(location):
    with open_store(location, create=True) as opened:
        yield opened


def test_the_one_that_does_not_fit_is_refused_and_the_others_are_kept(store):
    refused = store.write_what_fits([make("a", 3), make("b", 10**30), make("c", 5)])
    assert [(one.ref, one.reason) for one in refused] == [("b", "unstorable")]
    signature = make("a", 3).reading.signature
    assert [store.is_read(f"print-{name}", signature) for name in "abc"] == [True, True, True]
    with store.read() as connection:
        assert [row["ref"] for row in list_rejections(connection)] == ["b"]


def test_another_version_reads_the_refused_page_again(store):
    store.write_what_fits([make("b", 10**30)])
    assert not store.is_read("print-b", "another version")


def test_what_is_not_the_readings_fault_is_raised(store, monkeypatch):
    def fail(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(stores, "write_articles", fail)
    with pytest.raises(OSError, match="the disk is full"):
        store.write_what_fits([make("a", 3), make("c", 5)])


def test_a_count_of_billions_fits(store):
    assert store.write_what_fits([make("a", 5 * 10**9)]) == []


@pytest.mark.parametrize("field", ["title", "outlet", "url"])
def test_no_character_that_databases_refuse_comes_into_an_article(field):
    text = "Soldiers shelled a village in the north on Monday, the mayor said. Two people were wounded."
    article = to_article(Page("a", text.encode(), "text", **{field: "http://x.example/a\0b\ud800"}))
    assert not {"\0", "\ud800"} & {*getattr(article, field)}


def test_an_outlets_name_is_cut_to_what_an_index_takes():
    article = to_article(
        Page(
            "a",
            b"Soldiers shelled a village in the north on Monday, the mayor said.",
            "text",
            outlet="x" * 9_000,
        )
    )
    assert len(article.outlet) == 300


def test_a_long_ref_is_listed(store):
    store.write_rejection(Rejection("x" * 9_000, "empty", "Nothing is in it."))
    with store.read() as connection:
        assert len(list_rejections(connection)) == 1


def test_a_refused_page_is_listed_under_its_other_name_too(store):
    store.write_what_fits([make("b", 10**30)])
    store.write_names([("print-b", "copy")])
    with store.read() as connection:
        assert {(row["ref"], row["reason"]) for row in list_rejections(connection)} == {
            ("b", "unstorable"),
            ("copy", "unstorable"),
        }
