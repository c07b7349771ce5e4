"""Clients that never finish asking are let go while others are served; a store that is gone is said to be."""

import shutil
import socket
import time
import urllib.request
from contextlib import suppress
from http.client import HTTPConnection

import pytest
from fastapi.testclient import TestClient

from counterclaim.serve import patience
from counterclaim.serve.app import make_app
from tests.browser.conftest import serve

WAIT = 0.3


@pytest.fixture
def address(location, monkeypatch):
    monkeypatch.setattr(patience, "ASKING_SECONDS", WAIT)
    address, stop = serve(location)
    yield address
    stop()


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET / HTTP/1.1\r\nHost: x",
        b"POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\ntok",
    ],
    ids=["silence", "half a head", "half a body"],
)
def test_a_client_that_never_finishes_asking_is_let_go(address, sent):
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as half:
        half.sendall(sent)
        with urllib.request.urlopen(f"{address}/about.json", timeout=30) as answer:
            assert answer.status == 200
        with suppress(ConnectionResetError):
            assert half.recv(100) == b""


def test_a_connection_that_asks_again_is_kept(address):
    kept = HTTPConnection(address.removeprefix("http://"), timeout=30)
    ports = set()
    for _ in range(2):
        kept.request("GET", "/static/icon.svg")
        assert kept.getresponse().read()
        ports.add(kept.sock.getsockname())
        # Longer than it may take to ask, which it is not doing.
        time.sleep(WAIT * 1.5)
    assert len(ports) == 1
    kept.close()


@pytest.fixture
def copied(location, tmp_path):
    return shutil.copy(location, tmp_path / "copy.db")


def test_a_store_that_is_gone_is_said_to_be_and_no_file_is_made(copied):
    client = TestClient(make_app(str(copied)))
    assert client.get("/").status_code == 200
    copied.unlink()
    for path in ("/", "/events.json", "/about"):
        answer = client.get(path)
        assert (answer.status_code, "is gone" in answer.text) == (503, True), path
    assert not copied.exists()


def test_a_store_that_another_takes_the_place_of_is_read_anew(copied, tmp_path):
    client = TestClient(make_app(str(copied)))
    total = client.get("/events.json").json()["total"]
    shutil.copy(copied, tmp_path / "other.db").replace(copied)
    assert client.get("/events.json").json()["total"] == total
