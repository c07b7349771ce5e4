"""
Does the article hold the page's main text and nothing else?

180 English pages, each with strings that the main text must hold and strings that it must not (the evaluation set of
trafilatura, read at run time). Counted over strings, as its authors count: precision, recall and F of what an
article says, in its title, its text and its authors, against what the annotators chose. `not_lost_in_cleaning` is the
share that cleaning did not take out after extraction. Of dated pages, `date` is the share whose day of publication is the annotated one,
and `date_kept` the share where that day is the article's `published` or its `modified`: of living pages the annotators noted the
update that the page prints. `whole` is the share of pages that keep nine tenths of what their strings hold, by length; a string counts there
that stands in the article's text or in what cleaning moved from it into the article's own fields (dateline, byline, credits).
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from counterclaim.errors import Unreadable
from counterclaim.gather import to_article
from counterclaim.types import Article, Page
from evaluation.items import Note, ignore

# What cleaning moves out of the text into fields of the article.
_MOVED = frozenset(("byline", "credits", "sign_off", "dateline"))


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """Precision, recall and F1 of the strings; what cleaning keeps; whole bodies; dates found."""
    folder = corpora / "extract"
    counts = Counter[str]()
    for line in (folder / "trafilatura_eval.en.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        page = Page(row["id"], (folder / row["html"]).read_bytes(), kind="html", url=row["url"])
        try:
            article = to_article(page)
        except Unreadable as error:
            # Some fifth of the pages marked English are German or Spanish; those are rightly refused.
            counts["other_language"] += error.reason == "language"
            counts["unreadable"] += error.reason != "language"
            counts["missed"] += len(row["with"]) if error.reason != "language" else 0
            continue
        counts += _score_body(row, page, article, note)
        counts += _score_date(row, article, note)
    precision = counts["kept"] / (counts["kept"] + counts["leaked"])
    asked = counts["kept"] + counts["missed"]
    recall = counts["kept"] / asked
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "not_lost_in_cleaning": 1 - counts["dropped"] / asked,
        "whole": counts["whole"] / counts["pages"] if counts["pages"] else 0.0,
        "date": counts["date_right"] / counts["dated"] if counts["dated"] else 0.0,
        "date_kept": counts["date_kept"] / counts["dated"] if counts["dated"] else 0.0,
        "n_other_language": counts["other_language"],
        "n_unreadable": counts["unreadable"],
    }


def _score_body(row: dict[str, Any], page: Page, article: Article, note: Note) -> Counter[str]:
    # Paragraphs in another language are kept apart, with their language, and count as kept: of one page half are Japanese.
    apart = (one.text for one in article.dropped if one.reason.startswith("language_"))
    said = _squeeze(" ".join((article.title or "", *article.authors, article.text, *apart)))
    for question, strings in (("said", row["with"]), ("left out", row["without"])):
        for number, string in enumerate(strings):
            right = (_squeeze(string) in said) is (question == "said")
            note(question, f"{row['id']}:{number}", right, string)
    lost = [string for string in row["with"] if _squeeze(string) not in said]
    counts = Counter(
        pages=1,
        kept=len(row["with"]) - len(lost),
        missed=len(lost),
        leaked=sum(_squeeze(string) in said for string in row["without"]),
    )
    if lost:
        everything = _squeeze(to_article(page, verbatim=True).text)
        counts["dropped"] = sum(_squeeze(string) in everything for string in lost)
    # A dateline stood before the text, wherever else it is kept now.
    moved = (one.text for one in article.dropped if one.reason in _MOVED)
    with_moved = _squeeze(" ".join((*moved, article.text)))
    gone = sum(len(string) for string in lost if _squeeze(string) not in with_moved)
    counts["whole"] = gone * 10 <= sum(map(len, row["with"]))
    note("whole", row["id"], bool(counts["whole"]), f"{gone} characters of its strings are gone")
    return counts


def _score_date(row: dict[str, Any], article: Article, note: Note) -> Counter[str]:
    day = (row["meta"].get("date") or "")[:10]
    if not day:
        return Counter()
    right = article.published == day
    note("date", row["id"], right, f"{day}, found {article.published}: {row['url']}")
    return Counter(dated=1, date_right=right, date_kept=day in {article.published, article.modified})


def _squeeze(text: str) -> str:
    return " ".join(text.split())
