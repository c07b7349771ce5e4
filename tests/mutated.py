"""
Documents of every input format, damaged on purpose: a seed always makes the same ones.

Each begins as a whole document, one of tests/cases/inputs or one made here, and is then cut, spliced, filled with what formats do not
expect (NUL, halves of pairs, numbers without end, names in the wrong place) or nested too deep. What is packed (Word, archives of the web, Parquet) is damaged
within as well as without. None is larger than a few hundred kilobytes: what is asked is whether it is survived, not how large it may be.
"""

import gzip
import io
import json
import random
import re
import zipfile
from functools import cache
from pathlib import Path

SAMPLES = Path(__file__).parent / "cases" / "inputs"
TEXT = "GOMA, 3 March 2021 (AFP) - Army spokesman Jean Kabila said on Wednesday that rebels had killed 12 soldiers near Rutshuru.\n"
# Larger seeds are left out: so many of them would be read for minutes.
LARGEST = 60_000
# What no report holds and some program minds.
ODD = (
    "\x00", "\ufeff", "\u2028", "\u202e", "\x1b[31m", "\x85", "\r", "\t", "e\u0301" * 40, "👩‍👩‍👧", "𝔗", "\U0010ffff",
    "9" * 400, "9" * 5000, "-1", "1e309", "NaN", "٣٤", "²", "½", "12,000,000,000,000,000,000,000", "0000-00-00", "2021-13-45T99:99:99Z", "99999-01-01",
    "31 February 2021", "24:61", "x" * 5000, "a " * 2000, "(" * 800, "“" * 300, '"' * 301, "'", "\\", "\\u0000", "\\ud800", "&#0;", "&#xD800;",
    "&#99999999999;", "&lol;", "%00", "{names}", "$1", "../../etc/passwd", "'; DROP TABLE articles; --", "=1+1", "<!--", "]]>", "<![CDATA[", "<script>",
    "<p>" * 300, "<div><table><tr><td>" * 60, "</p>" * 50, "[" * 2000, '{"a":' * 500, "null", "true", "[]", "{}", "\n" * 500, " " * 3000, "\u00a0" * 500,
    "killed " * 100, " and " * 200, "the " * 200, "said, " * 100, "Mr. " * 100, "- " * 300, "....", "--- " * 50, "Monday " * 60,
)  # fmt: skip
ODD_BYTES = (
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    b"\x80" * 20,
    b"\xc3",
    b"\x1f\x8b\x08\x00",
    b"PK\x03\x04",
    b"%PDF-1.7",
    b"{\\rtf1",
    b"\r\n\r\n",
)
_NUMBER = re.compile(rb"\d+")


def make(number, seed=1):
    """So many documents: each a file's name and its bytes."""
    pick = random.Random(seed)
    seeds = find_seeds()
    kinds = sorted(seeds)
    for one in range(number):
        # In turn, so that a few thousand hold many of each.
        kind = kinds[one % len(kinds)]
        body = pick.choice(seeds[kind])
        for _ in range(pick.choice((1, 1, 2, 3))):
            body = pick.choice(_INSIDE.get(kind, (damage,)))(body, pick, seeds[kind])
        yield f"{one:06}{pick.choice(('', '', '', ' ä', '_2021-05-04', '%20', '(1)'))}{kind}", body


@cache
def find_seeds():
    """Whole documents by the ending of their names."""
    seeds = {}
    for path in sorted(SAMPLES.rglob("*")):
        if path.is_file() and path.parent != SAMPLES and path.stat().st_size <= LARGEST:
            seeds.setdefault(path.suffix.casefold(), []).append(path.read_bytes())
    html = f"<!doctype html><html><head><title>Talks stall</title><meta charset=utf-8></head><body><nav><a href=/>Home</a></nav><article><h1>Talks stall</h1><p>{TEXT}</p><p>“We want peace,” she said on May 4.</p></article></body></html>"
    live = f'<html><body><script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "headline": "Talks", "articleBody": TEXT, "datePublished": "2021-05-04T10:00:00Z"})}</script><div class=live>{"".join(f"<article><time datetime=2021-05-04T1{i}:00Z>1{i}:00</time><p>{TEXT}</p></article>" for i in range(3))}</div></body></html>'
    seeds.setdefault("", []).extend([TEXT.encode(), html.encode(), TEXT.encode("utf-16")])
    seeds.setdefault(".html", []).extend([html.encode(), live.encode(), html.encode("utf-16-le")])
    seeds.setdefault(".md", []).append(f"# Talks stall\n\n{TEXT}\n* one\n* two\n".encode())
    seeds.setdefault(".txt", []).extend([(TEXT * 3).encode(), TEXT.encode("cp1252")])
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html.encode()
    seeds[".warc"] = [b"".join(_record(number, answer) for number in range(3))]
    seeds[".warc.gz"] = [b"".join(_pack(_record(number, answer)) for number in range(3))]
    seeds[".wet"] = [_record(0, TEXT.encode(), "conversion", "text/plain")]
    seeds[".parquet"] = [
        _parquet([{"id": str(one), "text": TEXT, "published": "2021-05-04"} for one in range(3)])
    ]
    return {kind: bodies for kind, bodies in seeds.items() if all(body is not None for body in bodies)}


def _record(number, block, type_="response", kind="application/http"):
    head = (
        f"WARC/1.0\r\nWARC-Type: {type_}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2021-05-04T00:00:00Z\r\n"
        f"WARC-Target-URI: https://post.example/{number}\r\nContent-Type: {kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _pack(record):
    return gzip.compress(record, mtime=0)


def _parquet(rows):
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        return None
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


# --- ways to damage ---


def damage(body, pick, others):
    return pick.choice(
        (_flip, _cut, _drop, _repeat, _splice, _fill, _fill, _fill, _fill_bytes, _renumber, _swap_words)
    )(body, pick, others)


def damage_word(body, pick, others):
    """The text inside the packed document, or the parts of the archive themselves."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            parts = {name: packed.read(name) for name in packed.namelist()}
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        OSError,
        ValueError,
        EOFError,
        RuntimeError,
    ):
        return damage(body, pick, others)
    except Exception:  # noqa: BLE001  zlib's, of what was damaged before
        return damage(body, pick, others)
    if not parts:
        return damage(body, pick, others)
    name = (
        "word/document.xml"
        if "word/document.xml" in parts and pick.random() < 0.7
        else pick.choice(sorted(parts))
    )
    if pick.random() < 0.1:
        del parts[name]
    else:
        parts[name] = damage(parts[name], pick, [parts[name]])
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for part, told in parts.items():
            packed.writestr(zipfile.ZipInfo(part), told, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def damage_packed(body, pick, others):
    """One record of an archive packed record by record, inside its packing."""
    starts = [found.start() for found in re.finditer(rb"\x1f\x8b\x08", body)]
    try:
        records = [
            gzip.decompress(body[start:end])
            for start, end in zip(starts, [*starts[1:], len(body)], strict=True)
        ]
    except (OSError, EOFError, ValueError):
        return damage(body, pick, others)
    except Exception:  # noqa: BLE001  zlib's
        return damage(body, pick, others)
    if not records:
        return damage(body, pick, others)
    at = pick.randrange(len(records))
    records[at] = damage(records[at], pick, records)
    return b"".join(map(_pack, records))


def damage_table(body, pick, others):
    """A table of other cells: of another type, empty, odd; or other names of columns."""
    fields = ("id", "text", "published", "title", "url", "outlet", "html", "authors", "date", "x")
    names = [*pick.sample(fields, 4), "text"]
    kinds = (
        lambda: TEXT + pick.choice(ODD).replace("\ud800", ""),
        lambda: pick.choice(ODD),
        lambda: None,
    )
    other = (
        lambda: pick.randrange(-(10**12), 10**12),
        lambda: pick.random() * 1e308,
        lambda: [TEXT, None],
        lambda: {"a": 1},
        lambda: b"\xff\x00",
        lambda: True,
    )
    rows = pick.randint(0, 4)
    columns = {}
    for name in dict.fromkeys(names):
        kind = pick.choice(kinds if pick.random() < 0.8 else other)
        columns[name] = [kind() for _ in range(rows)]
    try:
        return (
            _parquet(
                [{name: columns[name][row] for name in columns} for row in range(rows)] or [{"text": None}]
            )
            or body
        )
    except Exception:  # noqa: BLE001  what pyarrow does not write
        return damage(body, pick, others)


def damage_json(body, pick, others):
    """A value of another kind somewhere in the structure."""
    try:
        value = json.loads(body)
    except (ValueError, RecursionError):
        return damage(body, pick, others)
    places = list(_places(value))
    if not places:
        return damage(body, pick, others)
    holder, key = pick.choice(places)
    holder[key] = pick.choice(
        (
            None,
            True,
            -1,
            10**30,
            1e308,
            float("nan"),
            "",
            pick.choice(ODD),
            [],
            {},
            [[[]]],
            {"text": 1},
            "\ud800",
            [TEXT] * 50,
            {"": ""},
            TEXT,
        )
    )
    return json.dumps(value).encode("utf-8", "surrogatepass")


def _places(value):
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inside in items:
        yield value, key
        yield from _places(inside)


def _flip(body, pick, _):
    changed = bytearray(body)
    for _ in range(pick.choice((1, 3, 10, 100))):
        if changed:
            changed[pick.randrange(len(changed))] = pick.randrange(256)
    return bytes(changed)


def _cut(body, pick, _):
    return body[: pick.randint(0, len(body))]


def _drop(body, pick, _):
    start = pick.randint(0, len(body))
    return body[:start] + body[start + pick.choice((1, 2, 10, 100, 1000)) :]


def _repeat(body, pick, _):
    start = pick.randint(0, len(body))
    part = body[start : start + pick.choice((1, 10, 100))]
    return body[:start] + part * pick.choice((2, 10, 200)) + body[start:]


def _splice(body, pick, others):
    other = pick.choice(others)
    return body[: pick.randint(0, len(body))] + other[pick.randint(0, len(other)) :]


def _fill(body, pick, _):
    odd = pick.choice(ODD).encode("utf-8", "surrogatepass")
    start = _word_border(body, pick)
    return body[:start] + odd + body[start:]


def _fill_bytes(body, pick, _):
    start = pick.randint(0, len(body))
    return body[:start] + pick.choice(ODD_BYTES) + body[start:]


def _renumber(body, pick, _):
    found = list(_NUMBER.finditer(body))
    if not found:
        return _fill(body, pick, _)
    one = pick.choice(found)
    number = pick.choice(
        (
            b"0",
            b"-1",
            b"9" * 25,
            b"9" * 600,
            b"1.5.7",
            b"1e400",
            b"2147483648",
            b"9223372036854775808",
            b"0" * 300,
            "٣".encode(),
        )
    )
    return body[: one.start()] + number + body[one.end() :]


def _swap_words(body, pick, _):
    words = body.split(b" ")
    for _ in range(pick.choice((1, 5, 50))):
        one, other = pick.randrange(len(words)), pick.randrange(len(words))
        words[one], words[other] = words[other], words[one]
    return b" ".join(words)


def _word_border(body, pick):
    start = pick.randint(0, len(body))
    found = body.find(b" ", start, start + 200)
    return start if found < 0 else found


_INSIDE = {
    ".docx": (damage_word, damage_word, damage_word, damage),
    ".warc.gz": (damage_packed, damage_packed, damage),
    ".parquet": (damage_table, damage_table, damage),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), (damage_json, damage)),
}
