"""
Whether memory stays flat over a large web archive, and what reading from it costs beside the same pages as files.

    python -m benchmarks.archives --size 200    # megabytes of pages before packing

Pages are made up. What is measured is gathering and cleaning (`to_article`), not the parser, which costs the same either way and would
hide a difference; both ways run in turns, in processes of their own.
"""

import argparse
import gzip
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

_WORDS = [
    "the",
    "envoy",
    "ministers",
    "army",
    "village",
    "talks",
    "said",
    "on",
    "that",
    "of",
    "in",
    "border",
    "officials",
    "police",
    "ceasefire",
    "reported",
    "according",
    "to",
    "residents",
    "river",
    "convoy",
    "district",
    "spokesman",
    "agreed",
    "after",
    "dawn",
    "near",
    "road",
]


def main() -> None:
    """Print one line a way and the two ratios."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=int, default=1000, help="megabytes of pages")
    parser.add_argument("--turns", type=int, default=2)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        _measure(given.child)
        return
    with tempfile.TemporaryDirectory() as folder:
        small = _make(Path(folder, "small"), given.size / 10)
        large = _make(Path(folder, "large"), given.size)
        best: dict[str, float] = {}
        for _ in range(given.turns):
            for path in (*small, *large):
                done = subprocess.run(
                    [sys.executable, "-m", "benchmarks.archives", "--child", str(path)],
                    check=True,
                    capture_output=True,
                    text=True,
                )
                pages, seconds, peak = done.stdout.split()
                name = f"{path.parent.name}/{path.name}"
                best[name] = max(best.get(name, 0), int(pages) / float(seconds))
                print(
                    f"{name:20} {pages:>7} pages {float(seconds):7.1f} s of processor {int(peak):5} MB peak",
                    flush=True,
                )
        print(f"pages a second, archive beside files: {best['large/a.warc.gz'] / best['large/pages']:.2f}")


def _make(folder: Path, megabytes: float) -> tuple[Path, Path]:
    chance = random.Random(7)
    pages, archive = folder / "pages", folder / "a.warc.gz"
    pages.mkdir(parents=True)
    made = number = 0
    with archive.open("wb") as out:
        while made < megabytes * 1e6:
            told = [" ".join(chance.choices(_WORDS, k=60)).capitalize() + "." for _ in range(12)]
            menu = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(400))
            body = (
                f"<html><head><title>Report {number}</title></head><body><nav><ul>{menu}</ul></nav><article>"
                + "".join(f"<p>{line}</p>" for line in told)
                + "</article></body></html>"
            ).encode()
            (pages / f"{number:07}.html").write_bytes(body)
            block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
            head = (
                "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-05-04T00:00:00Z\r\n"
                f"WARC-Target-URI: https://post.example/{number}\r\nContent-Length: {len(block)}\r\n\r\n"
            )
            out.write(gzip.compress(head.encode() + block + b"\r\n\r\n", 6))
            made += len(body)
            number += 1
    return pages, archive


def _measure(path: str) -> None:
    from counterclaim.gather import to_article  # noqa: PLC0415  in the child alone
    from counterclaim.gather.pages import find_pages  # noqa: PLC0415
    from counterclaim.types import Page  # noqa: PLC0415

    started, count = time.process_time(), 0
    for page in find_pages([path]):
        assert isinstance(page, Page), page
        to_article(page)
        count += 1
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(count, time.process_time() - started, peak)


if __name__ == "__main__":
    main()
