"""A store keeps what was read, whole or not at all, and says what to do when it cannot."""

import os
import sqlite3
import subprocess
import sys
import textwrap
import threading
from dataclasses import fields, replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from counterclaim.cli import main
from counterclaim.errors import ExtraMissing, StoreError
from counterclaim.store import opening, tables
from counterclaim.store.rows import load_readings
from counterclaim.store.store import NewReading, fingerprint_page, open_store
from counterclaim.types import (
    Actor,
    Article,
    Attribution,
    Cell,
    Change,
    Claim,
    Copy,
    Count,
    Dateline,
    Dropped,
    Event,
    EventMention,
    EventRow,
    Flag,
    Judgement,
    Listing,
    Mention,
    Page,
    Place,
    Rejection,
    Story,
    Term,
    Timex,
)
from tests.handmade import count, report, tell, when, where, who

TEXT = "Norland said 12 of its soldiers were killed near Vask on Monday. Sudria denied shelling Vask."


@pytest.fixture
def reading():
    made = report(
        TEXT,
        tell(
            "ASSAULT",
            "killed",
            recipients=[who("its soldiers", "NOR", "MIL")],
            place=where("Vask", "NOR", 60.1, 10.2),
            date=when("Monday", "2024-05-06"),
            counts=[count("12 of its soldiers", "dead", 12, victims=who("its soldiers", "NOR", "MIL"))],
            by=who("Norland", "NOR", "GOV"),
            via=["state television"],
        ),
        tell(
            "ASSAULT",
            "shelling",
            by=who("Sudria", "SUD"),
            stance="denies",
            cue="denied",
            modes=["heavy-weapons"],
        ),
        flags=[("unverified", "Norland said", "nobody else has seen it")],
        ref="vask.txt",
        outlet="The Harbour Post",
        agency="AFP",
        published="2024-05-07",
        published_from="given",
        dateline=Dateline("VASK", None),
        authors=("Ann Lee", "Bo Ek"),
        dropped=(Dropped("Read more", "teaser"),),
    )
    return replace(
        made, times=(Timex("Monday", 57, 63, "DATE", "2024-05-06", "2024-05-06", "2024-05-06", "day"),)
    )


@pytest.fixture
def store(location):
    with open_store(location, create=True) as opened:
        yield opened


def rows(store, table):
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar()


def loaded(store):
    with store.read() as connection:
        return list(load_readings(connection))


def test_a_reading_comes_back_as_it_was_written(store, reading):
    store.write_reading(reading, "f1")
    assert loaded(store) == [reading]


def test_an_article_without_events_comes_back_too(store):
    empty = report("Nothing happened.")
    store.write_reading(empty, "f1")
    assert loaded(store) == [empty]


def test_writing_the_same_reading_again_changes_nothing(store, reading):
    store.write_reading(reading, "f1")
    with store.read() as connection:
        before = connection.execute(select(tables.articles)).all()
    store.write_reading(reading, "f1")
    with store.read() as connection:
        assert connection.execute(select(tables.articles)).all() == before
    assert rows(store, tables.claims) == len(reading.claims)


def test_a_new_signature_replaces_the_reading_of_the_article(store, reading):
    store.write_reading(reading, "f1")
    newer = replace(reading, events=reading.events[:1], claims=reading.claims[:2], signature="newer")
    store.write_reading(newer, "f1")
    assert loaded(store) == [newer]
    assert rows(store, tables.event_mentions) == 1


def test_a_page_is_known_by_fingerprint_and_signature(store, reading):
    store.write_reading(reading, "f1")
    assert store.is_read("f1", "hand")
    assert not store.is_read("f1", "newer")
    assert not store.is_read("f2", "hand")


def test_two_pages_of_the_same_article_are_both_known_even_after_a_new_signature(store, reading):
    store.write_reading(reading, "f1")
    store.write_reading(reading, "f2")
    store.write_reading(replace(reading, signature="newer"), "f1")
    assert store.is_read("f1", "newer")
    assert store.is_read("f2", "newer")


def test_the_fingerprint_depends_on_all_that_was_given():
    page = Page("a.txt", b"text")
    prints = {
        fingerprint_page(page, verbatim=False),
        fingerprint_page(page, verbatim=True),
        fingerprint_page(replace(page, published="2024-01-01"), verbatim=False),
        fingerprint_page(replace(page, body=b"texts"), verbatim=False),
    }
    assert len(prints) == 4
    assert fingerprint_page(replace(page, ref="b.txt"), verbatim=False) in prints


def test_deleting_an_article_takes_everything_read_from_it(store, reading):
    store.write_reading(reading, "f1")
    with store.write() as connection:
        connection.execute(tables.articles.delete())
    for table in tables.metadata.sorted_tables:
        # That it is gone is still to be seen to.
        is_kept = table in {tables.about, tables.schema_version, tables.pending}
        assert rows(store, table) == (1 if is_kept else 0), table.name


def test_the_name_of_a_file_may_be_no_text(store, reading):
    name = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    store.write_rejection(Rejection(name, "empty", f"There is no text in {name}."))
    store.write_reading(replace(reading, article=replace(reading.article, ref=name)), "f1")
    assert loaded(store)[0].article.ref == "caf?.txt"
    assert rows(store, tables.rejections) == 0


def test_a_text_may_hold_a_nul_and_offsets_stay(store):
    odd = report("Troops\0 shelled a village.", tell("ASSAULT", "shelled"))
    store.write_reading(odd, "f1")
    (back,) = loaded(store)
    assert back.article.text.replace("\ufffd", "\0") == odd.article.text
    assert back.events == odd.events


def test_a_page_keeps_the_hash_of_its_bytes_and_when_it_was_first_seen(store, reading):
    def pages():
        with store.read() as connection:
            return (
                connection.execute(select(tables.pages).order_by(tables.pages.c.fingerprint)).mappings().all()
            )

    article = replace(reading.article, sha256="0" * 64)
    store.write_readings([NewReading(replace(reading, article=article), "f1")])
    (first,) = pages()
    assert first["sha256"] == "0" * 64
    # The same article from another page, and the first one read anew.
    other = replace(article, sha256="1" * 64)
    store.write_readings([NewReading(replace(reading, article=other), "f2")])
    newer = replace(reading, article=article, signature="newer")
    store.write_readings([NewReading(newer, "f1")])
    assert [page["sha256"] for page in pages()] == ["0" * 64, "1" * 64]
    assert pages()[0]["recorded_at"] == first["recorded_at"]


def test_an_article_that_its_page_no_longer_becomes_goes(store, reading):
    store.write_reading(reading, "f1")
    cleaned = report("Norland said 12 of its soldiers were killed.", signature="newer", ref="vask.txt")
    assert cleaned.article.id != reading.article.id
    store.write_reading(cleaned, "f1")
    assert loaded(store) == [cleaned]


def test_an_article_that_another_page_still_becomes_stays(store, reading):
    store.write_reading(reading, "f1")
    store.write_reading(reading, "f2")
    store.write_reading(report("Norland said 12 of its soldiers were killed."), "f1")
    assert rows(store, tables.articles) == 2


def test_readings_written_together_are_stored_together_or_not_at_all(store, reading):
    others = [report(f"Report number {number} says nothing.") for number in range(3)]
    broken = replace(reading, claims=(*reading.claims, reading.claims[0]))
    with pytest.raises(StoreError):
        store.write_readings([NewReading(one, one.article.id) for one in (*others, broken)])
    assert rows(store, tables.articles) == 0
    # One of them twice, as two pages that became one article.
    store.write_readings(
        [NewReading(one, f"f{number}") for number, one in enumerate([*others, others[0], reading])]
    )
    assert rows(store, tables.articles) == 4
    assert rows(store, tables.pages) == 5


def test_every_field_of_every_record_has_a_column(reading):
    homes = {
        Article: (tables.articles, {"dateline", "dropped"}),
        Dropped: (tables.dropped, set()),
        Mention: (tables.mentions, {"actor", "start", "end", "head"}),
        Actor: (tables.mentions, set()),
        Place: (tables.places, set()),
        Timex: (tables.times, set()),
        Attribution: (tables.attributions, {"cue", "content"}),
        EventMention: (tables.event_mentions, {"trigger", "actors", "recipients", "date", "counts"}),
        Count: (tables.counts, {"trigger"}),
        Claim: (tables.claims, set()),
        Flag: (tables.flags, set()),
        EventRow: (tables.event_rows, {"actors", "recipients", "place", "date", "counts"}),
        Cell: (tables.event_cells, set()),
        Judgement: (tables.judgements, set()),
        Event: (tables.events, {"members", "judgements", "listing"}),
        Listing: (tables.events, {"terms", "changes"}),
        Term: (tables.event_terms, {"label"}),
        Change: (tables.changes, set()),
        Copy: (tables.copies, {"ref", "outlet", "url", "published"}),
    }
    for record, (table, elsewhere) in homes.items():
        names = {field.name for field in fields(record)} - elsewhere
        assert names <= set(table.c.keys()), f"{table.name} lacks a column of {record.__name__}"


def test_a_rejected_page_that_is_read_later_is_no_longer_listed(store, reading):
    store.write_rejection(Rejection("vask.txt", "empty", "There is no text."))
    store.write_rejection(Rejection("vask.txt", "binary", "This is a picture."))
    assert rows(store, tables.rejections) == 1
    store.write_reading(reading, "f1")
    assert rows(store, tables.rejections) == 0


def test_fusion_is_replaced_but_a_persons_judgement_stays(store, reading):
    store.write_reading(reading, "f1")
    article = reading.article.id
    story = Story(f"s{article}", "AFP", (Copy(article, "vask.txt", None, None, None, None, 0.0, 0.0),))
    event = Event(
        "E1", "ASSAULT", "label", ((article, "e1"),), None, None, None, None, 1, 1, 1, ("place",),
        (Judgement("x", "y", "same", "rule", "place", 0.9),),
    )  # fmt: skip
    store.write_judgement(Judgement("x", "z", "different", "Ann", "two villages", made_at="2024-05-08"))
    store.write_fusion([story], [event])
    store.write_fusion([story], [replace(event, id="E2", judgements=())])
    assert rows(store, tables.events) == 1
    assert rows(store, tables.tellings) == 1
    with store.read() as connection:
        assert connection.execute(select(tables.judgements.c.by)).scalars().all() == ["Ann"]


def test_an_error_in_the_middle_leaves_no_part_of_the_article(store, reading):
    broken = replace(reading, claims=(*reading.claims, reading.claims[0]))
    with pytest.raises(StoreError):
        store.write_reading(broken, "f1")
    assert rows(store, tables.articles) == 0
    assert rows(store, tables.mentions) == 0


def test_what_was_read_before_a_failed_replacement_stays(store, reading):
    store.write_reading(reading, "f1")
    broken = replace(reading, claims=(*reading.claims, reading.claims[0]), signature="newer")
    with pytest.raises(StoreError):
        store.write_reading(broken, "f1")
    assert loaded(store) == [reading]


def test_one_may_read_while_another_writes(location, store, reading):
    store.write_reading(reading, "f1")
    with open_store(location) as other, store.write() as connection:
        connection.execute(tables.articles.delete())
        assert rows(other, tables.articles) == 1


def test_two_threads_of_writers_wait_for_each_other(location, store):
    readings = [report(f"Report number {number} says nothing.") for number in range(40)]
    errors = []

    def write(part):
        try:
            with open_store(location) as own:
                for reading in part:
                    own.write_reading(reading, reading.article.id)
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=write, args=(readings[start::2],)) for start in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert rows(store, tables.articles) == 40


@pytest.mark.slow
def test_a_killed_writer_leaves_whole_articles_only(tmp_path):
    script = textwrap.dedent(
        """
        import os, sys
        from counterclaim.store.store import open_store
        from tests.handmade import report, tell
        with open_store(sys.argv[1], create=True) as store:
            for number in range(6):
                text = f"Report {number}: troops shelled a village."
                store.write_reading(report(text, tell("ASSAULT", "shelled")), str(number))
            with store.write() as connection:
                from counterclaim.store import tables
                connection.execute(tables.claims.delete())
                os._exit(9)
        """
    )
    path = tmp_path / "killed.db"
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    finished = subprocess.run([sys.executable, "-c", script, str(path)], env=environment, check=False)
    assert finished.returncode == 9
    with open_store(str(path)) as store:
        readings = loaded(store)
    assert len(readings) == 6
    assert all(reading.claims for reading in readings)


# --- what can be wrong with a location ---


def test_a_missing_store_says_what_to_run(tmp_path):
    with pytest.raises(StoreError, match="counterclaim run PATH --db"):
        open_store(str(tmp_path / "none.db"))


def test_an_empty_file_says_what_to_run(tmp_path):
    path = tmp_path / "empty.db"
    path.touch()
    with pytest.raises(StoreError, match="Fill it first: counterclaim run"):
        open_store(str(path))


def test_a_folder_is_not_a_store(tmp_path):
    with pytest.raises(StoreError, match="is a folder"):
        open_store(str(tmp_path), create=True)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(StoreError, match="mkdir -p"):
        open_store(str(tmp_path / "a" / "b.db"), create=True)


def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "notes.db"
    path.write_text("Notes on the talks. " * 100)
    with pytest.raises(StoreError, match="not a store"):
        open_store(str(path), create=True)
    assert path.read_text().startswith("Notes")


def test_another_programs_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()
    with pytest.raises(StoreError, match="another program"):
        open_store(str(path), create=True)


def test_a_damaged_file_says_so(tmp_path, reading):
    path = tmp_path / "damaged.db"
    with open_store(str(path), create=True) as store:
        store.write_reading(reading, "f1")
    content = bytearray(Path(path).read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError, match=r"damaged|not a store"), open_store(str(path)) as store:
        loaded(store)


@pytest.mark.parametrize("wrong", ["nosuch://host/db", "://", "sqlite//"])
def test_a_url_that_is_none_is_refused(wrong):
    with pytest.raises(StoreError):
        open_store(wrong)


WITH_PASSWORD = (
    "postgresql://ann:hunter2@127.0.0.1:1/db",
    "postgresql://ann:hunter2@127.0.0.1:1x/db",
    "postgresql://ann:hun@ter2@127.0.0.1:1/db",
    "postgresql://ann:hun/ter2@127.0.0.1:1/db",
    "postgresql://127.0.0.1:1/db?password=hunter2",
    "nosuch://ann:hunter2@127.0.0.1/db",
)


@pytest.mark.parametrize("location", WITH_PASSWORD)
@pytest.mark.parametrize(
    "verb",
    [
        "run README.md",
        "show events",
        "export csv",
        "upgrade",
        "load .",
        "corrections list",
        "serve",
        "judge E1 unsure",
    ],
)
def test_a_password_is_never_printed(location, verb):
    pytest.importorskip("psycopg")
    result = CliRunner().invoke(main, [*verb.split(), "--db", location])
    assert result.exit_code == 2, result.output
    assert "ter2" not in result.output
    assert "Traceback" not in result.output


def test_a_store_that_cannot_be_written_to_can_be_read(tmp_path, reading, monkeypatch):
    path = tmp_path / "a b%.db"
    with open_store(str(path), create=True) as store:
        store.write_reading(reading, "f1")
    monkeypatch.setattr(opening.os, "access", lambda *_: False)
    with open_store(str(path)) as store:
        assert loaded(store) == [reading]
        assert [one.name for one in tmp_path.iterdir()] == [path.name], "nothing is made beside it"
        assert store.file == path
        with pytest.raises(StoreError, match="writable"):
            store.start_run("s")


def test_a_server_that_does_not_answer_is_named_without_its_password():
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match=r"refused|failed") as caught:
        open_store("postgresql://ann:secret@localhost:1/news")
    assert "secret" not in str(caught.value)


def test_a_missing_driver_names_the_extra(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ExtraMissing, match="counterclaim\\[postgres\\]"):
        open_store("postgresql://localhost/nothing")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_an_unwritable_folder_says_so(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(StoreError, match="writable"):
        open_store(str(tmp_path / "new.db"), create=True)


def test_every_table_and_its_less_obvious_columns_have_a_comment():
    for table in tables.metadata.sorted_tables:
        assert table.comment, table.name


def test_postgresql_takes_every_table():
    from sqlalchemy.dialects import postgresql
    from sqlalchemy.schema import CreateTable

    for table in tables.metadata.sorted_tables:
        assert f"CREATE TABLE {table.name}" in str(CreateTable(table).compile(dialect=postgresql.dialect()))


def test_a_page_found_under_two_names_keeps_both_of_them(store, reading):
    def names():
        with store.read() as connection:
            return sorted(connection.execute(select(tables.pages.c.fingerprint, tables.pages.c.ref)).all())

    copy = replace(reading, article=replace(reading.article, ref="copy.txt"))
    store.write_readings([NewReading(reading, "f1"), NewReading(copy, "f1")])
    assert names() == [("f1", "copy.txt"), ("f1", reading.article.ref)]
    store.write_names([("f1", "third.txt"), ("f1", "copy.txt"), ("unknown", "none.txt")])
    assert names() == [("f1", "copy.txt"), ("f1", "third.txt"), ("f1", reading.article.ref)]
    # Read anew under one of them, the others stay.
    store.write_readings([NewReading(replace(reading, signature="newer"), "f1")])
    assert store.find_names("f1", "newer") == {"copy.txt", "third.txt", reading.article.ref}
