"""What was asked of the events is kept as long as they are the same, and no longer."""

from fastapi.testclient import TestClient

from counterclaim.fusing import fuse_store
from counterclaim.serve import remembering
from counterclaim.serve.app import make_app
from counterclaim.serve.remembering import remember
from counterclaim.store.store import open_store
from tests.serve.conftest import fill, make_reading


def test_a_question_is_asked_once_until_the_events_change(tmp_path):
    location = fill(tmp_path / "store.db", [make_reading()])
    asked = []

    def ask(store):
        with store.read() as connection:
            return remember(connection, "events", lambda: asked.append(1) or len(asked))

    with open_store(location) as store:
        assert [ask(store), ask(store)] == [1, 1]
        store.write_reading(make_reading(1, published="2021-06-01"), "another")
        fuse_store(store)
        assert [ask(store), ask(store)] == [2, 2]


def test_the_list_shows_what_was_added_since(tmp_path):
    location = fill(tmp_path / "store.db", [make_reading()])
    client = TestClient(make_app(location))
    before = client.get("/events.json?order=newest").json()["total"]
    fill(location, [make_reading(1, published="2021-06-01")])
    assert client.get("/events.json?order=newest").json()["total"] > before


def test_only_the_latest_questions_are_kept(location, monkeypatch):
    monkeypatch.setattr(remembering, "MOST", 2)
    asked = []
    with open_store(location) as store, store.read() as connection:
        for question in ("a", "b", "c", "c", "a"):
            remember(connection, question, lambda question=question: asked.append(question))
    assert asked == ["a", "b", "c", "a"]
