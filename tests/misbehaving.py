"""A server on this machine that does what servers do: answers late, in pieces, too long, packed badly, in circles, or not at all."""

import gzip
import threading
import time
import zlib
from collections import Counter
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def page(title, text, day="2024-05-07"):
    """A page as papers have them."""
    return (
        f'<!doctype html><html><head><title>{title}</title><meta property="article:published_time" content="{day}T08:00:00Z">'
        f"</head><body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    ).encode()


class Site:
    """What the server gives at each path: bytes, or a function that is given the handler; and what it was asked."""

    def __init__(self, address):
        self.address = address
        self.given = {"/robots.txt": b"User-agent: *\nDisallow: /private/\n"}
        self.asked = []
        self.headers = []

    def url(self, path):
        return f"{self.address}{path}"

    @property
    def counts(self):
        return Counter(self.asked)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        site.asked.append(self.path)
        site.headers.append(dict(self.headers))
        given = site.given.get(self.path)
        try:
            if given is None:
                self.answer(404, b"no such page")
            elif callable(given):
                given(self)
            else:
                self.answer(200, given)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Type", "text/html; charset=utf-8")
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            if value is not None:
                self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def serve():
    """A site on a port of its own, till the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.site = Site(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server.site
    finally:
        server.shutdown()
        server.server_close()


# --- ways to misbehave ---


def moved(to, status=302):
    return lambda handler: handler.answer(status, b"", Location=to)


def says(status, **headers):
    return lambda handler: handler.answer(status, b"not now", **headers)


def packed(body, encoding="gzip"):
    sent = gzip.compress(body) if encoding == "gzip" else zlib.compress(body)
    return lambda handler: handler.answer(200, sent, Content_Encoding=encoding)


def claims_packed(body):
    return lambda handler: handler.answer(200, body, Content_Encoding="gzip")


def bomb(megabytes):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"\0" * 1_000_000
    sent = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
    return lambda handler: handler.answer(200, sent, Content_Encoding="gzip")


def breaks_off(handler):
    handler.answer(200, b"<html><body><p>Shells hit", Content_Length="5000")
    handler.close_connection = True


def breaks_off_in_chunks(handler):
    handler.answer(200, b"40\r\n<html><body>", Transfer_Encoding="chunked", Content_Length=None)
    handler.close_connection = True


def hangs_up(handler):
    handler.close_connection = True


def drips(handler):
    """A byte now and then: never so late that one wait is too long."""
    handler.answer(200, b"", Content_Length="100000")
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def drips_headers(handler):
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(200):
        handler.wfile.write(b"x")
        handler.wfile.flush()
        time.sleep(0.05)


def endless(handler):
    handler.answer(200, b"", Transfer_Encoding="chunked", Content_Length=None)
    block = b"x" * 65_536
    while True:
        handler.wfile.write(b"10000\r\n" + block + b"\r\n")


def speaks_nonsense(handler):
    handler.wfile.write(b"\x16\x03\x01 this is no HTTP\r\n\r\n")
    handler.close_connection = True


def many_headers(handler):
    handler.answer(200, b"<html></html>", **{f"X_{number}": "y" * 5000 for number in range(100)})


class Changing:
    """A body with validators: asked with the right ones, nothing is new."""

    def __init__(self, body, kind="application/rss+xml"):
        self.body, self.kind = body, kind

    @property
    def etag(self):
        return f'"{zlib.crc32(self.body)}"'

    def __call__(self, handler):
        if handler.headers.get("If-None-Match") == self.etag:
            handler.answer(304, ETag=self.etag)
        else:
            handler.answer(200, self.body, ETag=self.etag, Content_Type=self.kind)


def rss(*items, title="Vask Post"):
    """A feed with these items: address, title and date of each."""
    told = "".join(
        f"<item><title>{name}</title><link>{url}</link><pubDate>{date}</pubDate></item>"
        for url, name, date in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{told}</channel></rss>'.encode()
