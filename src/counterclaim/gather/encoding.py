"""
Bytes to text, whatever encoding they came in.

Comes in: the bytes of a page. Goes out: its text, or `Unreadable` with the reason ``empty`` or ``binary``.
A byte order mark decides, then UTF-8, then the charset an HTML page declares, then Windows-1252 where few letters
are not ASCII, then a guess by charset-normalizer.

    >>> decode("Côte d’Ivoire".encode("cp1252"))
    'Côte d’Ivoire'

A short text in an old single-byte encoding may be guessed wrong: a few accented letters differ, no word is lost.
"""

import codecs
import re

from counterclaim.errors import Unreadable

# UTF-32 first: its little-endian mark begins with UTF-16's.
_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
# Where declarations stand: HTML asks for the first 1,024 bytes; real pages put scripts before it.
_HEAD = 4096
# What a declared charset may be: the encodings of the web and those of older files, by Python's names for them. Python knows others by
# name that are no charset: ``unicode_escape`` runs a page's backslashes, ``punycode`` takes the time of its square, ``undefined`` raises.
_CHARSETS = frozenset(
    (
        *(
            "ascii",
            "utf-8",
            "utf-16",
            "utf-16-le",
            "utf-16-be",
            "utf-32",
            "iso8859-1",
            "koi8-r",
            "koi8-u",
            "koi8-t",
            "kz1048",
            "ptcp154",
            "hp-roman8",
        ),
        *(f"iso8859-{part}" for part in (*range(2, 12), *range(13, 17))),
        *(f"cp{page}" for page in (*range(1250, 1259), 1125, 1006)),
        *(
            f"cp{page}"
            for page in (437, 720, 737, 775, *range(850, 853), *range(855, 859), *range(860, 867), 869)
        ),
        *(
            "cp874",
            "tis-620",
            "mac-roman",
            "mac-cyrillic",
            "mac-greek",
            "mac-turkish",
            "mac-latin2",
            "mac-iceland",
        ),
        *("big5", "big5hkscs", "cp950", "gb2312", "gbk", "gb18030", "hz"),
        *("shift_jis", "shift_jis_2004", "shift_jisx0213", "cp932", "euc_jp", "euc_jis_2004", "euc_jisx0213"),
        *("iso2022_jp", "euc_kr", "cp949", "johab"),
    )
)
# A guess needs no more than this, and charset-normalizer's time grows with the length.
_SAMPLE = 65_536
_SHORTEST_UTF16 = 16
# Control characters that no text holds; a stray few survive (old wires use them as separators), more is binary.
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAX_CONTROL_SHARE = 0.02
_HALF = re.compile("[\ud800-\udfff]")
_MAGIC: tuple[bytes, ...] = (
    b"%PDF-",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\x1f\x8b",
    b"\x7fELF",
    b"PAR1",
    b"\xd0\xcf\x11\xe0",
    b"SQLite format 3",
)


def decode(body: bytes) -> str:
    """
    The text of a page, exactly: line ends and odd characters stay, a UTF-8 byte order mark too.

    Raises:
        Unreadable: ``empty`` or ``binary``.
    """
    if not body.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unreadable("empty", "There is no text in it. Check that the file was saved completely.")
    if body.startswith(_MAGIC):
        raise _binary()
    # No encoding of the list gives halves of a pair, but a text that held one could be stored nowhere.
    text = _HALF.sub("\ufffd", _decode(body))
    if _is_binary(text):
        raise _binary()
    return text


def find_charset(name: str) -> str | None:
    """
    Python's name of a charset that a page or a header may declare; None for anything else that Python can decode.

    >>> find_charset("Windows-1251"), find_charset("latin1"), find_charset("unicode_escape"), find_charset("utf-7")
    ('cp1251', 'cp1252', None, None)
    """
    try:
        found = codecs.lookup(name.lower()).name
    except (LookupError, ValueError):
        return None
    if found not in _CHARSETS:
        return None
    # Browsers read what calls itself Latin-1 as Windows-1252, and so do the pages' authors.
    return "cp1252" if found in {"iso8859-1", "ascii"} else found


def _decode(body: bytes) -> str:
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body.decode(encoding, errors="replace")
    # UTF-16 of English without a mark: a NUL in every second place of more than a word.
    head = body[:_HEAD] if len(body) >= _SHORTEST_UTF16 else b""
    for encoding, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[::2])):
        if zeros and zeros.count(0) * 10 > len(zeros) * 9:
            return body.decode(encoding, errors="replace")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        return _decode_other(body, error)


def _decode_other(body: bytes, error: UnicodeDecodeError) -> str:
    if error.reason == "unexpected end of data" and error.end == len(body):
        return body.decode("utf-8", errors="replace")  # cut in the middle of a character
    if declared := _DECLARED.search(body, 0, _HEAD):
        # A page that says UTF-8 and is not was mostly UTF-8: a few broken bytes should not change the rest.
        # One that declares UTF-16 in ASCII says it of something else.
        encoding = find_charset(declared[1].decode("ascii"))
        if encoding and not encoding.startswith(("utf-16", "utf-32")):
            return body.decode(encoding, errors="replace")
    # Latin letters with accents or curly quotes: the Western encoding. Guessers take cp1250 for it as readily.
    # Other alphabets have two thirds of their bytes and more up there.
    # With NULs it is judged, or repaired, by its control characters.
    sample = body[:_SAMPLE]
    high = sum(byte > 0x7F for byte in sample)
    if high * 3 < len(sample) or b"\x00" in sample:
        return body.decode("cp1252", errors="replace")
    from charset_normalizer import from_bytes  # noqa: PLC0415  slow to import, needed for the fewest pages

    best = from_bytes(sample).best()
    return body.decode(best.encoding if best else "cp1252", errors="replace")


def _is_binary(text: str) -> bool:
    sample = text[:_SAMPLE]
    odd = len(_CONTROL.findall(sample)) + sample.count("\ufffd")
    return odd > len(sample) * _MAX_CONTROL_SHARE and odd > 2


def _binary() -> Unreadable:
    return Unreadable("binary", "This is not text or HTML. Convert it to text first, or leave it out.")
