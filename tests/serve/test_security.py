"""What a browser may do with a page, who may sign in, and which writes are refused."""

import pytest
from fastapi.testclient import TestClient

from counterclaim.serve.app import make_app
from counterclaim.serve.security import Guard
from tests.serve.conftest import TOKEN

WAYS_BACK = [
    ("/events", "/events"),
    ("https://evil.example", "/"),
    ("//evil.example", "/"),
    ("/\\evil.example", "/"),
    ("/a\r\nX: y", "/"),
]


@pytest.mark.parametrize(
    "path", ["/", "/events.json", "/none", "/static/counterclaim.css", "/events?since=x"]
)
def test_every_answer_forbids_what_it_does_not_need(client, path):
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "same-origin"


def test_no_page_holds_a_script_or_a_style_of_its_own(client):
    for path in ("/", "/events", "/about", "/sign-in"):
        page = client.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page


def sign_in(client, token=TOKEN, back="/"):
    return client.post("/sign-in", data={"token": token, "back": back}, follow_redirects=False)


def test_a_token_signs_in_and_out(client):
    answer = sign_in(client)
    assert answer.status_code == 303
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    page = client.get("/").text
    assert "Ann" in page
    word = page.split('name="word" value="')[1].split('"')[0]
    assert client.post("/sign-out", data={"word": word}).status_code == 200
    assert "sign out" not in client.get("/").text


def test_another_token_does_not(client):
    answer = sign_in(client, "guess")
    assert answer.status_code == 403
    assert "Nobody has that token" in answer.text


@pytest.mark.parametrize(("back", "leads"), WAYS_BACK)
def test_signing_in_leads_back_to_this_server_only(client, back, leads):
    assert sign_in(client, back=back).headers["location"] == leads


def test_a_form_of_another_site_is_refused(client):
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        assert client.post("/sign-in", data={"token": TOKEN}, headers=headers).status_code == 403
    sign_in(client)
    assert client.post("/sign-out", data={}).status_code == 403
    assert client.post("/sign-out", data={"word": "0" * 64}).status_code == 403


def test_a_form_longer_than_any_of_ours_is_refused(client):
    assert client.post("/sign-in", data={"token": "x" * 30_000}).status_code == 413
    assert client.post("/sign-in", content="&".join(f"a{n}=1" for n in range(200))).status_code == 413


def test_without_tokens_nobody_signs_in(location):
    client = TestClient(make_app(location))
    assert "Sign in" not in client.get("/").text
    assert sign_in(client, "").status_code == 403
    assert "only shows" in client.get("/sign-in").text


def test_a_server_answers_by_its_own_names_only(location):
    client = TestClient(make_app(location, hosts=["127.0.0.1"]), base_url="http://127.0.0.1")
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_session_ends(monkeypatch):
    guard = Guard({TOKEN: "Ann"})
    session = guard.sign_in(TOKEN)
    assert guard.find_name(session, None) == "Ann"
    monkeypatch.setattr("counterclaim.serve.security.time.monotonic", lambda: 10**9)
    assert guard.find_name(session, None) is None
