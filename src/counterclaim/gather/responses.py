"""
The body of an HTTP answer as the page it was meant to be.

Comes in: bytes as they were sent or archived, and what the headers say of them. Goes out: bytes to read, never more than asked for.

    >>> undo_encoding(b"<p>Talks.</p>", "gzip", 100)
    (b'<p>Talks.</p>', 'gzip')

The second value names an encoding that the headers claim and the body does not have: archives often keep the header of a body that
their crawler had unpacked.
"""

import codecs
import re
import zlib

from counterclaim.errors import ExtraMissing, Unreadable
from counterclaim.gather.encoding import find_charset

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9a-fA-F]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_ZSTD = b"\x28\xb5\x2f\xfd"


def undo_encoding(body: bytes, encoding: str, limit: int) -> tuple[bytes, str | None]:
    """
    The body unpacked, and the name of a Content-Encoding that it does not have.

    Args:
        encoding: The Content-Encoding header; several apart by commas.
        limit: Most bytes that may come out.

    Raises:
        Unreadable: ``too_long``, or ``bad_encoding`` where packed data breaks off or the encoding is unknown.
        ExtraMissing: Brotli or Zstandard, without the ``warc`` extra.
    """
    stale = None
    for name in reversed([part.strip().casefold() for part in encoding.split(",")]):
        if name in {"", "identity", "none"}:
            continue
        if name in {"gzip", "x-gzip"}:
            packed = body.startswith(b"\x1f\x8b")
        elif name == "zstd":
            packed = body.startswith(_ZSTD)
        else:
            packed = body.lstrip()[:1] != b"<"
        if not packed:
            stale = name
            continue
        body = _unpack(body, name, limit)
    return body, stale


def _unpack(body: bytes, name: str, limit: int) -> bytes:
    try:
        if name in {"gzip", "x-gzip"}:
            text, whole = _inflate(body, 31, limit)
        elif name == "deflate":
            # Some servers send the bare stream where HTTP asks for zlib's wrapping.
            wrapped = len(body) > 1 and body[0] & 15 == 8 and (body[0] * 256 + body[1]) % 31 == 0
            text, whole = _inflate(body, 15 if wrapped else -15, limit)
        elif name == "br":
            text, whole = _unbrotli(body, limit)
        elif name == "zstd":
            text, whole = _unzstd(body, limit), True
        else:
            raise Unreadable("bad_encoding", f"Its Content-Encoding {name!r} is not known. Unpack it first.")
    except (zlib.error, OSError, ValueError) as error:
        raise Unreadable(
            "bad_encoding", f"It is packed as {name} and damaged ({error}). Fetch it again."
        ) from error
    if len(text) > limit:
        raise Unreadable(
            "too_long",
            f"It unpacks to more than {limit:,} bytes. Leave it out, or raise COUNTERCLAIM_MAX_PAGE_BYTES.",
        )
    if not whole:
        raise Unreadable("bad_encoding", f"It is packed as {name} and breaks off. Fetch it again.")
    return text


def _inflate(body: bytes, bits: int, limit: int) -> tuple[bytes, bool]:
    unpacker = zlib.decompressobj(bits)
    text = unpacker.decompress(body, limit + 1)
    return text, unpacker.eof


def _unbrotli(body: bytes, limit: int) -> tuple[bytes, bool]:
    try:
        import brotli  # noqa: PLC0415  of an extra
    except ImportError as error:
        raise ExtraMissing("brotli", "warc") from error
    unpacker = brotli.Decompressor()
    try:
        text: bytes = unpacker.process(body, output_buffer_limit=limit + 1)
    except brotli.error as error:
        raise ValueError(str(error) or "not Brotli") from error
    return text, bool(unpacker.is_finished())


def _unzstd(body: bytes, limit: int) -> bytes:
    import io  # noqa: PLC0415

    try:
        from fastwarc.stream_io import ZstdReader  # noqa: PLC0415  of an extra
    except ImportError as error:
        raise ExtraMissing("fastwarc", "warc") from error
    text: bytes = ZstdReader(io.BytesIO(body)).read(limit + 1)
    return text


def undo_chunks(body: bytes) -> bytes:
    r"""
    A body that was archived as it came over the wire, in chunks, put together; one that is in no chunks as it is.

    >>> undo_chunks(b"4\r\nTalk\r\n2\r\ns.\r\n0\r\n\r\n"), undo_chunks(b"<p>Talks.</p>")
    (b'Talks.', b'<p>Talks.</p>')

    Raises:
        Unreadable: ``cut``, where a chunk is missing.
    """
    at, parts = 0, list[bytes]()
    while found := _CHUNK.match(body, at):
        size = int(found[1], 16)
        if not size:
            return b"".join(parts)
        parts.append(body[found.end() : found.end() + size])
        at = found.end() + size + 2
    if not parts:
        return body
    raise Unreadable("cut", "A chunk of it is missing. Fetch it again.")


def to_utf8(body: bytes, content_type: str) -> bytes:
    """
    The body in UTF-8 where the headers alone know its charset; bytes that are UTF-8 or carry a mark prove themselves.

    >>> to_utf8("café".encode("cp1250"), "text/plain; charset=windows-1250").decode()
    'café'
    """
    named = _CHARSET.search(content_type)
    if not named or body.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return body
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        charset = find_charset(named[1])
        return body.decode(charset, errors="replace").encode("utf-8", "replace") if charset else body
    return body
