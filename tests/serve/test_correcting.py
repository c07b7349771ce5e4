"""Corrections from pages: who may, what is shown beside the machine's word, and undoing it in one step."""

import pytest
from fastapi.testclient import TestClient

from counterclaim.serve.app import make_app
from counterclaim.serve.pages.review import measure_agreement
from counterclaim.store.corrections import list_corrections
from counterclaim.store.store import open_store
from tests.serve.conftest import TOKEN, fill, make_reading

ARTICLE = "abcdef0000000000"
BEARER = {"authorization": f"Bearer {TOKEN}"}
OTHER = "another-token"


@pytest.fixture
def place(tmp_path):
    return fill(tmp_path / "store.db", [make_reading()])


@pytest.fixture
def reader(place):
    return TestClient(make_app(place, tokens={TOKEN: "Ann", OTHER: "Ben"}))


@pytest.fixture
def ann(reader):
    reader.post("/sign-in", data={"token": TOKEN})
    return reader


def word_of(client, path="/"):
    return client.get(path).text.split('name="word" value="')[1].split('"')[0]


def send(client, path="/corrections", **form):
    return client.post(
        path, data={"word": word_of(client), "back": "/events", **form}, follow_redirects=False
    )


def dead(client):
    return {row["dead_low"] for row in client.get("/events.json").json()["events"]} - {None}


def test_a_correction_stands_beside_the_machines_word_and_is_undone_in_one_step(ann):
    claim = f"{ARTICLE}:c6"
    assert send(ann, claim=claim, verb="recode", count="21", reason="misread").status_code == 303
    assert dead(ann) == {21}
    page = ann.get(f"/claims/{claim}").text
    assert "the machine read <s>at least 12" in page
    assert "21" in page
    for path in (
        f"/articles/{ARTICLE}",
        f"/events/{ann.get('/events.json?deaths=21').json()['events'][0]['id']}",
        "/review",
    ):
        assert "misread" in ann.get(path).text, path
    assert send(ann, verb="undo", number="1").status_code == 303
    assert dead(ann) == {12}
    assert "taken back by" in ann.get("/review").text


def test_what_was_rejected_can_still_be_read_and_taken_back(ann):
    send(ann, claim=f"{ARTICLE}:c1", verb="reject")
    assert dead(ann) == set()
    assert "Undo" in ann.get(f"/claims/{ARTICLE}:c1").text


def test_a_missed_event_is_added_from_the_article(ann):
    send(ann, claim=ARTICLE, verb="add", words="near Goma", type="AID", says="Rwanda", stance="promises")
    (event,) = ann.get("/events.json?type=AID").json()["events"]
    assert "Rwanda" in ann.get(f"/events/{event['id']}").text
    assert ann.get(f"/articles/{ARTICLE}").text.count("added this")


def test_events_are_merged_split_and_taken_apart_again(ann):
    one, other = (
        (row["id"] for row in ann.get("/events.json").json()["events"][:2])
        if len(ann.get("/events.json").json()["events"]) > 1
        else (None, None)
    )
    if one is None:
        (row,) = ann.get("/events.json").json()["events"]
        send(
            ann,
            "/decisions",
            verb="split",
            event=row["id"],
            others=f"{ARTICLE}:e2",
            reason="the denial is of another",
        )
        assert len(ann.get("/events.json").json()["events"]) == 2
        send(ann, "/decisions", verb="undo", event=row["id"])
        assert len(ann.get("/events.json").json()["events"]) == 1
    else:
        send(ann, "/decisions", verb="merge", event=one, others=other, reason="one raid")
        assert len(ann.get("/events.json").json()["events"]) == 1
        (row,) = ann.get("/events.json").json()["events"]
        assert "one raid" in ann.get(f"/events/{row['id']}").text
        send(ann, "/decisions", verb="undo", event=row["id"])
        assert len(ann.get("/events.json").json()["events"]) == 2


@pytest.mark.parametrize(
    "form",
    [
        {"claim": f"{ARTICLE}:c99", "verb": "accept"},
        {"claim": "x", "verb": "accept"},
        {"claim": f"{ARTICLE}:c6", "verb": "recode"},
        {"claim": f"{ARTICLE}:c6", "verb": "recode", "count": "many"},
        {"claim": f"{ARTICLE}:c6", "verb": "sing"},
        {"claim": ARTICLE, "verb": "add", "words": "nowhere", "type": "AID"},
        {"verb": "undo", "number": "7"},
        {"verb": "undo", "number": "٣"},
        {},
    ],
)
def test_what_cannot_be_done_is_said_on_a_page(ann, form):
    answer = send(ann, **form)
    assert answer.status_code == 400
    assert "<h1>" in answer.text


def test_readers_change_nothing(reader, place):
    form = {"claim": f"{ARTICLE}:c1", "verb": "reject", "word": "0" * 64}
    assert reader.post("/corrections", data=form).status_code == 403
    assert reader.post("/decisions", data=form).status_code == 403
    assert (
        reader.post("/api/corrections", json={"claim": f"{ARTICLE}:c1", "verb": "reject"}).status_code == 401
    )
    assert reader.post("/api/corrections/1/undo").status_code == 401
    assert "Correct this" not in reader.get(f"/claims/{ARTICLE}:c1").text
    with open_store(place) as store, store.read() as connection:
        assert list_corrections(connection) == []


@pytest.mark.parametrize("word", [None, "", "0" * 64])
def test_a_form_that_no_page_of_the_session_made_changes_nothing(ann, word):
    form = {"claim": f"{ARTICLE}:c1", "verb": "reject"} | ({} if word is None else {"word": word})
    assert ann.post("/corrections", data=form).status_code == 403
    other = TestClient(ann.app)
    other.post("/sign-in", data={"token": OTHER})
    assert ann.post("/corrections", data=form | {"word": word_of(other)}).status_code == 403
    assert dead(ann) == {12}


def test_programs_correct_with_the_token_alone(reader):
    asked = {"claim": f"{ARTICLE}:c6", "verb": "recode", "count": "9"}
    answer = reader.post("/api/corrections", json=asked, headers=BEARER)
    assert answer.status_code == 201
    assert (answer.json()["by"], answer.json()["machine"]) == ("Ann", "12.. (Congolese army [COD MIL])")
    assert dead(reader) == {9}
    assert reader.post("/api/corrections/1/undo", headers=BEARER).json() == {"undone": 1}
    assert reader.post("/api/corrections/1/undo", headers=BEARER).status_code == 404
    assert reader.post("/api/corrections", json={**asked, "count": "x"}, headers=BEARER).status_code == 400
    assert reader.post("/api/corrections", json={"verb": "sing"}, headers=BEARER).status_code == 422


def test_the_queue_leaves_out_what_was_judged(ann):
    before = ann.get("/review.json?order=random").json()["items"]
    send(ann, claim=before[0]["claim"], verb="accept")
    after = ann.get("/review.json?order=random").json()
    assert [one["claim"] for one in after["items"]] == [one["claim"] for one in before[1:]]
    assert after["agreement"]["share"] == 1.0


def test_a_random_sample_is_the_same_for_the_same_number(client):
    def sample(seed):
        return [one["key"] for one in client.get(f"/review.json?order=random&seed={seed}").json()["items"]]

    assert sample(3) == sample(3)


def test_agreement_is_counted_with_its_interval_and_beyond_chance(ann):
    for number, (first, second) in enumerate(
        [("accept", "accept"), ("reject", "reject"), ("accept", "reject"), ("accept", "accept")], start=1
    ):
        for token, verb in ((TOKEN, first), (OTHER, second)):
            asked = {"claim": f"{ARTICLE}:c{number}", "verb": verb}
            answer = ann.post("/api/corrections", json=asked, headers={"authorization": f"Bearer {token}"})
            assert answer.status_code == 201, answer.text
    made = ann.get("/review.json").json()["agreement"]
    assert (made["judged"], made["accepted"], made["pairs"], made["same"]) == (8, 5, 4, 3)
    assert made["low"] < 5 / 8 < made["high"]
    # Seen .75; by chance (5/8)² + (3/8)².
    assert made["kappa"] == pytest.approx((0.75 - 34 / 64) / (1 - 34 / 64))


def test_no_judgement_gives_no_figures():
    made = measure_agreement([])
    assert (made["share"], made["low"], made["kappa"]) == (None, None, None)


def test_a_value_is_judged_in_its_cell_on_the_events_page(ann):
    (event, *_) = ann.get("/events.json?deaths=12").json()["events"]
    page = ann.get(f"/events/{event['id']}").text
    cell = page[page.index("12</bdi>" if "12</bdi>" in page else "at least 12") :]
    form = cell[cell.index('class="quick"') :]
    claim = form.split('name="claim" value="')[1].split('"')[0]
    assert claim == f"{ARTICLE}:c6"
    send(ann, claim=claim, verb="reject")
    assert dead(ann) == set()
