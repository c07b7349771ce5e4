"""
Are pages of known kinds read rightly: titles, dates, authors, agencies, bodies, live blogs?

30 made pages of shared/field, each after a public complaint about an extractor: `faults` are those read wrongly when they were
made, `ok` those read rightly then, which must stay so. What each must become stands in field_pages.tsv, a reader's judgement;
a page is right where all of its checks hold.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from counterclaim.errors import Unreadable
from counterclaim.gather import to_article
from counterclaim.pipeline import read_article
from counterclaim.read.parse import load_language
from counterclaim.types import Article, Page
from evaluation.items import Note, ignore

CHECKS = Path(__file__).with_suffix(".tsv")


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """Shares of pages read rightly; empty, with the reason on stderr, where the pages are not there."""
    folder = corpora.parent / "field"
    index = folder / "pages.jsonl"
    if not index.is_file():
        print(f"field_pages: skipped, there is no {index}", file=sys.stderr)
        return {}
    checks = load_checks()
    asked = {True: 0, False: 0}
    right = {True: 0, False: 0}
    for line in index.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        page = folder / row["page"]
        failed = list(find_failures(Page(page.name, page.read_bytes()), checks[row["id"]]))
        note(
            "ok" if row["ok"] else "faults", row["id"], not failed, f"{row['kind']} > {failed or 'as wanted'}"
        )
        asked[row["ok"]] += 1
        right[row["ok"]] += not failed
    return {
        "faults": right[False] / asked[False],
        "ok": right[True] / asked[True],
        "n_faults": asked[False],
        "n_ok": asked[True],
    }


def load_checks() -> dict[str, list[tuple[str, str]]]:
    """The checks of each page: kind and value."""
    lines = [line for line in CHECKS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    checks: dict[str, list[tuple[str, str]]] = {}
    for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
        checks.setdefault(row["id"], []).append((row["check"], row["value"]))
    return checks


def find_failures(page: Page, checks: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """The checks that do not hold of the page's article."""
    try:
        article = to_article(page)
    except Unreadable:
        yield from checks
        return
    yield from ((check, value) for check, value in checks if not _holds(article, check, value))


def _holds(article: Article, check: str, value: str) -> bool:
    match check:
        case "holds" | "lacks":
            return (value in article.text) is (check == "holds")
        case "authors":
            return "; ".join(article.authors) == value
        case "updates":
            return "; ".join(update.at for update in article.updates) == value
        case "said_by":
            words, _, source = value.partition(" > ")
            return source in _sources(article, words)
        case _:
            return (getattr(article, check) or "none") == value


def _sources(article: Article, words: str) -> set[str]:
    """Who says what is read in the words, as the text names them."""
    start = article.text.find(words)
    reading = read_article(article, load_language())
    by = {attribution.id: attribution.source for attribution in reading.attributions}
    inside = [e for e in reading.events if start <= e.trigger.start_char < start + len(words)]
    found = {by[event.attribution] if event.attribution else None for event in inside}
    return {source.text if source else "" for source in found}
