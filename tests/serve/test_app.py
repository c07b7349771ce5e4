"""Pages and their JSON twins over a small store; hostile markup is shown, never run."""

import re
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from counterclaim.errors import StoreError
from counterclaim.serve.app import make_app
from counterclaim.store.store import open_store
from tests.serve.conftest import fill, make_reading

ARTICLE = "abcdef0000000000"
LISTS = (
    *("/", "/events", "/articles", "/actors", "/places", "/outlets", "/dyads", "/dyads?a=COD&b=rebels"),
    *("/search?q=attacked", "/rejections", "/about", "/api"),
)


def event_of(client):
    return max(
        client.get("/events.json").json()["events"],
        key=lambda one: one["contests"] * 10 + (one["dead_low"] or 0),
    )


def all_pages(client):
    return (
        *LISTS,
        f"/events/{event_of(client)['id']}",
        f"/articles/{ARTICLE}",
        f"/claims/{ARTICLE}:c6",
        "/actors/COD.MIL",
        "/actors/rebels",
        "/actors/COD",
        "/places/216281",
    )


def test_every_page_answers_and_has_a_twin(client):
    for path in all_pages(client):
        page = client.get(path)
        assert page.status_code == 200, path
        assert page.headers["content-type"].startswith("text/html")
        if path == "/api":
            continue
        twin = re.search(r'<a href="([^"]+)">This page as JSON</a>', page.text)[1].replace("&amp;", "&")
        answer = client.get(twin)
        assert answer.status_code == 200, twin
        assert isinstance(answer.json(), dict)


def test_the_first_page_lists_what_is_new(client):
    event = event_of(client)
    assert f'href="/events/{event["id"]}"' in client.get("/").text
    assert client.get("/?since=2021-03-04").text.count('href="/events/E') == 0


def test_an_event_shows_who_says_what_with_the_sentence_and_its_chain(client):
    event = event_of(client)
    page = client.get(f"/events/{event['id']}").text
    assert "at least 12" in page
    assert "12.." not in re.sub(r"data-\w+=\"[^\"]*\"", "", page)
    assert "<mark>at least 12 soldiers</mark>" in page
    (row, *_) = client.get(f"/events/{event['id']}.json").json()["rows"]
    (value,) = row["cells"]["counts.dead COD MIL"]
    assert value["chain"] == ["The <i>Herald</i>", "a Facebook post", "Congolese army"]


def test_an_article_marks_who_says_what_in_place(client):
    page = client.get(f"/articles/{ARTICLE}").text
    assert re.search(
        r'<mark class="[^"]*\btype\b[^"]*"[^>]* id="c1"><a href="/claims/abcdef0000000000:c1">attacked</a></mark>',
        page,
    )
    assert re.search(r'<mark class="[^"]*\bcue\b[^"]*"[^>]*>said</mark>', page)
    assert "left out" in page.lower()
    twin = client.get(f"/articles/{ARTICLE}.json").json()
    assert "".join(piece["text"] for paragraph in twin["paragraphs"] for piece in paragraph) == twin[
        "article"
    ]["text"].replace("\n\n", "")


def test_a_claim_shows_what_explain_prints(client):
    page = client.get(f"/claims/{ARTICLE}:c6").text
    assert "at least 12 dead (Congolese army" in page
    why = client.get(f"/claims/{ARTICLE}:c6.json").json()["why"]
    assert ["cue", "“said” (lemma say)"] in [[step["part"], step["because"]] for step in why]


def test_a_place_shows_who_says_what_happened_there_and_how_exactly_it_is_placed(client):
    twin = client.get("/places/216281.json").json()
    assert {one["label"] for one in twin["claimants"]} == {
        "Congolese army [COD MIL]",
        "رئيس الوزراء [COD GOV]",
    }
    assert [(one["relation"], one["precision"], one["radius_km"]) for one in twin["areas"]] == [
        ("near", "city", 8)
    ]
    assert [one["stance"] for one in twin["says"]] == ["says"]
    assert twin["says"][0]["passage"]["marked"] == "attacked"
    assert [one["day"] for one in twin["days"]] == ["2021-03-01"]
    assert 'href="/places/216281"' in client.get("/places").text
    assert 'href="/places/216281"' in client.get(f"/events/{event_of(client)['id']}").text


def test_a_place_where_nothing_is_told_to_have_happened_says_so(client):
    answer = client.get("/places/1")
    assert answer.status_code == 404
    assert "list of places" in answer.text


def test_codes_come_with_their_words(client):
    page = client.get("/events").text
    assert ">Assault</abbr>" in page
    assert not re.search(r">\s*ASSAULT\b", page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True),
        ("type=ASSAULT", True),
        ("type=PROTEST", False),
        ("mode=firearms", True),
        ("actor=COD.MIL", True),
        ("actor=nobody", False),
        ("claimant=COD.MIL", True),
        ("deaths=12", True),
        ("deaths=13", False),
        ("since=2021-03-01&until=2021-03-01", True),
        ("since=2021-03-02", False),
        ("box=29,-2,30,-1", True),
        ("box=0,0,1,1", False),
        ("country=COD", True),
        ("since=&until=&deaths=&box=&order=deaths", True),
        ("confidence=0.5", True),  # what nothing judged stays
    ],
)
def test_events_are_filtered(client, query, found):
    events = client.get(f"/events.json?{query}").json()["events"]
    assert any(one["dead_low"] == 12 for one in events) == found


def test_the_filtered_events_are_a_file(client):
    lines = client.get("/events.csv?deaths=1").text.splitlines()
    assert lines[0].startswith("id,type,label")
    assert len(lines) == 2
    assert client.get("/events.jsonl?deaths=99").text == ""


def test_pages_follow_each_other_and_miss_nothing(client):
    seen, after = [], ""
    while after is not None:
        page = client.get(f"/events.json?order=deaths&limit=1&after={after}").json()
        seen += [one["id"] for one in page["events"]]
        after = page["after"]
    assert sorted(seen) == sorted(one["id"] for one in client.get("/events.json").json()["events"])


@pytest.mark.parametrize(
    "words", ["attacked", "soldiers killing", '"attacked the fort"', "ATTACKING", "رئيس"]
)
def test_search_finds_sentences(client, words):
    (found,) = client.get("/search.json", params={"q": words}).json()["articles"]
    assert found["id"] == ARTICLE
    assert any(piece["marked"] for sentence in found["sentences"] for piece in sentence["pieces"])


@pytest.mark.parametrize(
    "words",
    [
        "",
        "ceasefire",
        '"fort the attacked"',
        "!!!",
        '"',
        "AND",
        "attacked NOT fort",
        "a*b",
        "\0",
        "text:attacked",
    ],
)
def test_search_takes_any_text(client, words):
    answer = client.get("/search.json", params={"q": words})
    assert answer.status_code == 200
    assert answer.json()["articles"] == []


def test_search_finds_names(client):
    assert client.get("/search.json?q=congolese").json()["names"][0]["value"] == "COD.MIL"


def test_markup_of_a_page_is_shown_not_run(client):
    for path in all_pages(client):
        page = client.get(path).text
        assert not re.search(r"<script(?! src=\"/static/)", page), path
        assert not re.search(r"<(b>Fort|i>Herald|img src=x|u>nobody)", page), path
        assert 'href="javascript:' not in page, path
        assert "\u202e" not in page, path
        assert not re.search(r"\son\w+=\"", page), path


@pytest.mark.parametrize(
    "path",
    [
        *("/events/Enone", "/articles/none", "/claims/none:c1", "/claims/none", "/actors/none", "/none"),
        *("/events/Enone.json", "/articles/none.json", "/claims/none:c1.json", "/none.json"),
    ],
)
def test_what_is_not_there_is_a_404_in_the_form_asked_for(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert ("error" in answer.json()) if path.endswith(".json") else ("<h1>" in answer.text)


@pytest.mark.parametrize(
    "query",
    ["since=yesterday", "deaths=-1", "deaths=1e99", "order=none", "box=1,2", "confidence=nan", "limit=0"],
)
def test_what_cannot_be_asked_is_said(client, query):
    assert client.get(f"/events?{query}").status_code == 422
    assert "error" in client.get(f"/events.json?{query}").json()


def test_an_after_of_another_order_is_said(client):
    assert client.get("/events?after=x").status_code == 404


def test_a_missing_store_is_said_at_the_start(tmp_path):
    with pytest.raises(StoreError):
        make_app(str(tmp_path / "none.db"))


def test_an_empty_store_has_pages_that_say_what_to_do(tmp_path):
    open_store(str(tmp_path / "empty.db"), create=True).engine.dispose()
    client = TestClient(make_app(str(tmp_path / "empty.db")))
    assert "counterclaim run PATH" in client.get("/").text
    for path in LISTS:
        assert client.get(path).status_code == 200, path


def test_an_article_is_found_by_the_short_id_that_tables_print(client):
    assert "attacked" in client.get("/articles/abcdef00").text


def test_openapi_describes_every_twin_with_an_example(client):
    described = client.get("/openapi.json").json()["paths"]
    twins = [path for path in described if path.endswith(".json")]
    assert len(twins) == 16
    for path in twins:
        assert "example" in described[path]["get"]["responses"]["200"]["content"]["application/json"], path


@pytest.mark.slow
def test_a_paragraph_of_ten_megabytes_is_shown(tmp_path):
    made = make_reading()
    long = replace(
        made, article=replace(made.article, text=made.article.text + "\n\n" + "word \u202e" * 1_700_000)
    )
    client = TestClient(make_app(fill(tmp_path / "long.db", [long])))
    page = client.get(f"/articles/{ARTICLE}")
    assert page.status_code == 200
    assert "\u202e" not in page.text
    assert client.get("/search.json?q=word").json()["total"] == 1


def test_an_actors_roles_and_whom_it_meets_and_fights_stand_on_its_page(client):
    made = client.get("/actors/COD.MIL.json").json()
    assert made["fights"][0]["value"] == "rebels"
    assert made["meets"] == []
    assert (made["names"][0]["first"], made["names"][0]["last"]) == ("2021-03-03", "2021-03-03")
    assert "Whom it is in conflict with" in client.get("/actors/COD.MIL").text


def test_everybody_in_the_list_of_actors_has_a_page(client):
    for one in client.get("/actors.json").json()["actors"]:
        assert client.get(f"/actors/{one['id']}").status_code == 200, one
