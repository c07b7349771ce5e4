"""What is asked for comes, whole and unpacked, or a failure that says why and whether to try again; nothing hangs and nothing grows."""

import socket
import time

import httpcore2
import pytest

from counterclaim.errors import InputError
from counterclaim.gather.web import tidy
from counterclaim.gather.web.client import Client
from counterclaim.gather.web.failing import Failed
from counterclaim.gather.web.guard import Guard, is_public
from tests import misbehaving
from tests.misbehaving import page, serve

BODY = page("Shells hit Vask", "Shells hit Vask on Monday, the army said.")


@pytest.fixture(scope="module")
def site():
    with serve() as found:
        yield found


@pytest.fixture
def client():
    with Client(delay=0, seconds=60, allow=["127.0.0.1"]) as found:
        yield found


def fail(client, url):
    with pytest.raises(Failed) as error:
        client.get(url)
    return error.value.reason, error.value.retry


def test_a_page_comes_as_it_was_sent(site, client):
    site.given["/a"] = BODY
    answer = client.get(site.url("/a"))
    assert (answer.body, answer.url) == (BODY, site.url("/a"))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_packed_page_is_unpacked(site, client, encoding):
    site.given["/packed"] = misbehaving.packed(BODY, encoding)
    assert client.get(site.url("/packed")).body == BODY


def test_a_page_that_only_claims_to_be_packed_is_taken_as_it_is(site, client):
    site.given["/claims"] = misbehaving.claims_packed(BODY)
    assert client.get(site.url("/claims")).body == BODY


@pytest.mark.parametrize(
    ("misbehaviour", "reason", "retry"),
    [
        (misbehaving.breaks_off, "broken_off", True),
        (misbehaving.breaks_off_in_chunks, "broken_off", True),
        (misbehaving.hangs_up, "broken_off", True),
        (misbehaving.speaks_nonsense, "broken_off", True),
        (misbehaving.many_headers, "broken_off", True),
        (misbehaving.drips, "slow", True),
        (misbehaving.drips_headers, "slow", True),
        (misbehaving.endless, "too_long", False),
        (misbehaving.bomb(100), "too_long", False),
        (misbehaving.says(404), "gone", False),
        (misbehaving.says(410), "gone", False),
        (misbehaving.says(401), "forbidden", False),
        (misbehaving.says(403), "forbidden", False),
        (misbehaving.says(451), "forbidden", False),
        (misbehaving.says(204, Content_Length="0"), "forbidden", False),
        (misbehaving.says(500), "busy", True),
        (misbehaving.says(503), "busy", True),
        (misbehaving.moved("/circle"), "redirects", False),
        (misbehaving.moved("ftp://example.org/a"), "redirects", False),
        (misbehaving.moved("http://user:secret@example.org/"), "redirects", False),
        (misbehaving.moved("http://[::1"), "redirects", False),
        (misbehaving.moved("file:///etc/passwd"), "redirects", False),
    ],
)
def test_a_server_that_misbehaves_is_told_and_not_waited_for(
    site, client, misbehaviour, reason, retry, monkeypatch
):
    monkeypatch.setenv("COUNTERCLAIM_MAX_PAGE_BYTES", "5000000")
    site.given["/circle"] = misbehaviour
    if reason == "slow":
        # They drip for ten seconds.
        client._seconds = 1.0
    assert fail(client, site.url("/circle")) == (reason, retry)


def test_redirects_are_followed_to_their_end_and_no_further_than_a_few(site, client):
    site.given |= {
        f"/r{number}": misbehaving.moved(f"/r{number + 1}", 301 + number % 2) for number in range(9)
    }
    site.given["/r9"] = BODY
    assert client.get(site.url("/r5")).url == site.url("/r9")
    assert fail(client, site.url("/r1")) == ("redirects", False)


def test_what_robots_txt_forbids_is_not_asked_for_by_itself_nor_by_a_redirect(site, client):
    site.given["/private/a"] = BODY
    site.given["/to-private"] = misbehaving.moved("/private/a")
    assert fail(client, site.url("/private/a"))[0] == "robots"
    assert fail(client, site.url("/to-private"))[0] == "robots"
    assert "/private/a" not in site.asked


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (misbehaving.says(404), True),
        (misbehaving.says(403), True),
        (misbehaving.says(503), False),
        (misbehaving.hangs_up, False),
    ],
)
def test_a_site_without_rules_forbids_nothing_and_one_whose_rules_cannot_be_had_is_left_alone(
    robots, allowed, client
):
    with serve() as site:
        site.given |= {"/robots.txt": robots, "/a": BODY}
        if allowed:
            assert client.get(site.url("/a")).body == BODY
        else:
            assert fail(client, site.url("/a"))[1]
            assert "/a" not in site.asked


def test_rules_with_a_thousand_stars_are_matched_in_no_time(client):
    with serve() as site:
        site.given |= {
            "/robots.txt": b"User-agent: *\nDisallow: /" + b"a*" * 1000 + b"b$\n",
            "/" + "a" * 200: BODY,
        }
        started = time.process_time()
        assert fail(client, site.url("/" + "a" * 200))[0] == "robots"
        assert time.process_time() - started < 2


def test_a_host_is_asked_once_in_its_delay_and_a_site_may_ask_for_more():
    with serve() as site, Client(delay=0.2, allow=["127.0.0.1"]) as client:
        site.given |= {"/robots.txt": b"User-agent: *\nCrawl-delay: 0.5\n", "/a": BODY}
        client.get(site.url("/a"))
        started = time.monotonic()
        client.get(site.url("/a"))
        assert time.monotonic() - started > 0.4


def test_what_did_not_change_is_not_sent_again(site, client):
    site.given["/feed"] = misbehaving.Changing(b"<rss/>")
    answer = client.get(site.url("/feed"))
    assert answer.etag
    again = client.get(site.url("/feed"), etag=answer.etag, modified=answer.modified)
    assert (again.is_new, again.body) == (False, b"")


@pytest.mark.parametrize(
    ("header", "seconds"), [("120", 120), ("99999999999", 86_400), ("soon", None), ("-5", None)]
)
def test_how_long_a_server_wants_to_be_left_alone_is_kept(site, client, header, seconds):
    site.given["/busy"] = misbehaving.says(429, Retry_After=header)
    with pytest.raises(Failed) as error:
        client.get(site.url("/busy"))
    assert error.value.after == seconds


def test_no_cookie_is_sent_back(site, client):
    site.given["/cookie"] = lambda handler: handler.answer(200, BODY, Set_Cookie="id=1; Path=/")
    client.get(site.url("/cookie"))
    client.get(site.url("/cookie"))
    assert "Cookie" not in site.headers[-1]


# --- who may be connected to ---


@pytest.mark.parametrize(
    "address",
    "127.0.0.1 10.1.2.3 192.168.0.1 172.16.0.9 169.254.169.254 0.0.0.0 100.64.0.1 224.0.0.1 255.255.255.255 ::1 :: fe80::1 fc00::1 "
    "ff02::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001:db8::1".split(),
)
def test_addresses_that_are_not_of_the_internet_are_refused(address):
    with pytest.raises(Failed) as error:
        Guard().connect_tcp(address, 80)
    assert (error.value.reason, error.value.retry) == ("private", False)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_addresses_of_the_internet_are_not(address):
    import ipaddress

    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.1:{}/",
        "http://2130706433:{}/",
        "http://0x7f.1:{}/",
        "http://localhost:{}/",
        "http://[::1]:{}/",
    ],
)
def test_no_way_of_writing_this_machine_leads_to_it(site, url):
    with Client(delay=0, seconds=2) as client:
        assert fail(client, url.format(site.address.rpartition(":")[2]))[0] in {"private", "unreachable"}


def test_a_redirect_to_this_machine_is_refused_where_only_another_host_is_allowed(site):
    site.given["/a"] = BODY
    site.given["/inside"] = misbehaving.moved(site.url("/a").replace("127.0.0.1", "localhost"))
    with Client(delay=0, seconds=60, allow=["127.0.0.1/32"]) as client:
        # By its address it is allowed, whatever its name: what is checked is where it connects to.
        assert client.get(site.url("/inside")).body == BODY
    with serve() as other, Client(delay=0, seconds=60, allow=["public.example"]) as client:
        other.given["/"] = BODY
        assert fail(client, other.url("/"))[0] == "private"


def test_a_name_that_changes_its_mind_between_check_and_connection_gains_nothing(monkeypatch):
    answers = iter([["93.184.216.34"], ["127.0.0.1"]])
    connected = []

    def resolve(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in next(answers)]

    class Backend:
        def connect_tcp(self, host, *_):
            connected.append(host)
            raise httpcore2.ConnectError("nobody there")

    guard = Guard()
    guard._backend = Backend()
    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    with pytest.raises(httpcore2.ConnectError):
        guard.connect_tcp("rebind.example", 80)
    with pytest.raises(Failed, match="own network"):
        guard.connect_tcp("rebind.example", 80)
    assert connected == ["93.184.216.34"]


def test_of_a_name_with_public_and_private_addresses_only_the_public_ones_are_tried(monkeypatch):
    connected = []

    class Backend:
        def connect_tcp(self, host, *_):
            connected.append(host)
            raise httpcore2.ConnectError("nobody there")

    guard = Guard()
    guard._backend = Backend()
    found = [(2, 1, 6, "", (address, 80)) for address in ("10.0.0.1", "93.184.216.34", "127.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(httpcore2.ConnectError):
        guard.connect_tcp("mixed.example", 80)
    assert connected == ["93.184.216.34"]


def test_no_proxy_of_the_environment_is_used(site, monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    site.given["/a"] = BODY
    with Client(delay=0, allow=["127.0.0.1"]) as client:
        assert client.get(site.url("/a")).body == BODY


@pytest.mark.parametrize(
    ("written", "tidied"),
    [
        ("HTTPS://Example.ORG:443/A?b=1#c", "https://example.org/A?b=1"),
        ("http://example.org", "http://example.org/"),
        ("https://example.org/a?utm_source=x&id=2&fbclid=y", "https://example.org/a?id=2"),
        ("https://example.org/a?b=%20c", "https://example.org/a?b=%20c"),
        (" https://example.org/\n a ", "https://example.org/a"),
    ],
)
def test_addresses_are_tidied(written, tidied):
    assert tidy(written) == tidied


@pytest.mark.parametrize(
    "written",
    [
        "ftp://a/b",
        "a b",
        "https://",
        "http://u:p@a.b/",
        "http://[::1",
        "http://a:99999/",
        "javascript:1",
        "https://a/" + "b" * 3000,
    ],
)
def test_what_is_no_address_is_told(written):
    with pytest.raises(InputError):
        tidy(written)
