"""Pages and their JSON twins over a small store; hostile markup is shown, never run."""

import pytest
from fastapi.testclient import TestClient

from counterclaim.errors import StoreError
from counterclaim.fuse import fuse
from counterclaim.gather.duplicates import collapse
from counterclaim.serve.app import make_app
from counterclaim.store.store import open_store
from counterclaim.types import Actor, Article, Attribution, Claim, EventMention, Mention, Reading, Span

TEXT = "The army said <script>alert(1)</script> rebels attacked the fort."


def reading() -> Reading:
    start = TEXT.index("rebels")
    rebels = Mention("rebels", start, start + 6, 0, 1, 0, "nominal", Actor(None, "rebels", None, "REB"))
    army = Mention("The army", 0, 8, 0, 2, 1, "nominal", Actor(None, "The army", None, "MIL"))
    content = Span(TEXT[14:], 14, len(TEXT))
    trigger = Span("attacked", TEXT.index("attacked"), TEXT.index("attacked") + 8)
    event = EventMention("e1", "ASSAULT", (), (), (), trigger, (rebels,), (), None, None, (), "a1", "says")
    whole = {"sentence_start_char": 0, "sentence_end_char": len(TEXT)}
    claims = (
        Claim("c1", "e1", "type", "ASSAULT", "a1", "says", trigger.start_char, trigger.end_char, **whole),
        Claim(
            "c2", "e1", "actors", "rebels [REB]", "a1", "says", rebels.start_char, rebels.end_char, **whole
        ),
    )
    article = Article(id="abcdef0123456789", ref="a.txt", text=TEXT, title="<b>Fort</b> attacked")
    return Reading(
        article, (Attribution("a1", army, None, content, "says"),), (event,), (), (), claims, (), "test"
    )


@pytest.fixture
def client(tmp_path):
    location = str(tmp_path / "store.db")
    made = reading()
    with open_store(location, create=True) as store:
        store.write_reading(made, "fingerprint")
        stories = collapse([made.article])
        store.write_fusion(stories, fuse([made], stories))
    return TestClient(make_app(location))


def test_the_first_page_lists_the_events(client):
    (event,) = client.get("/events.json").json()
    page = client.get("/")
    assert page.status_code == 200
    assert f'href="/events/{event["id"]}"' in page.text


def test_an_event_shows_who_says_what(client):
    name = client.get("/events.json").json()[0]["id"]
    page = client.get(f"/events/{name}").text
    assert "The army" in page
    assert "rebels [REB]" in page or "rebels" in page
    assert client.get(f"/events/{name}.json").json()["event"]["id"] == name


def test_an_article_shows_its_text_and_claims(client):
    page = client.get("/articles/abcdef0123456789").text
    assert "attacked the fort" in page
    assert "The army" in page
    assert client.get("/articles/abcdef0123456789.json").json()["article"]["ref"] == "a.txt"


def test_markup_of_an_article_is_shown_not_run(client):
    for path in ("/articles", "/articles/abcdef0123456789"):
        page = client.get(path).text
        assert "<script>alert" not in page
        assert "<b>Fort" not in page


@pytest.mark.parametrize(
    "path", ["/events/Enone", "/articles/none", "/events/Enone.json", "/articles/none.json"]
)
def test_what_is_not_there_is_a_404(client, path):
    assert client.get(path).status_code == 404


def test_a_missing_store_is_said_at_the_start(tmp_path):
    with pytest.raises(StoreError):
        make_app(str(tmp_path / "none.db"))


def test_an_article_is_found_by_the_short_id_that_tables_print(client):
    assert "attacked the fort" in client.get("/articles/abcdef01").text
    assert client.get("/articles/abcdef01.json").json()["article"]["ref"] == "a.txt"
