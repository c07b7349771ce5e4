"""
Does the article hold the page's main text and nothing else?

180 English pages, each with strings that the main text must hold and strings that it must not (the evaluation set of
trafilatura, read at run time). Counted over strings, as its authors count: precision, recall and F of what an
article says, in its title, its text and its authors, against what the annotators chose. `not_lost_in_cleaning` is the
share that cleaning did not take out after extraction. Of dated pages, `date` is the share whose day of publication is the annotated one,
and `date_kept` the share where that day is the article's `published` or its `modified`: of living pages the annotators noted the
update that the page prints.
"""

import json
from pathlib import Path

from counterclaim.errors import Unreadable
from counterclaim.gather import to_article
from counterclaim.types import Page
from evaluation.items import Note, ignore


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """Precision, recall and F1 of the strings; what cleaning keeps; dates found."""
    folder = corpora / "extract"
    kept = missed = leaked = dropped = dated = date_right = date_kept = other_language = unreadable = 0
    for line in (folder / "trafilatura_eval.en.jsonl").read_text(encoding="utf-8").split("\n"):
        if not line.strip():
            continue
        row = json.loads(line)
        page = Page(row["id"], (folder / row["html"]).read_bytes(), kind="html", url=row["url"])
        try:
            article = to_article(page)
        except Unreadable as error:
            # Some fifth of the pages marked English are German or Spanish; those are rightly refused.
            other_language += error.reason == "language"
            unreadable += error.reason != "language"
            missed += len(row["with"]) if error.reason != "language" else 0
            continue
        # Paragraphs in another language are kept apart, with their language, and count as kept: of one page half are Japanese.
        apart = (one.text for one in article.dropped if one.reason.startswith("language_"))
        said = _squeeze(" ".join((article.title or "", *article.authors, article.text, *apart)))
        for wanted, strings in ((True, row["with"]), (False, row["without"])):
            for number, string in enumerate(strings):
                is_said = _squeeze(string) in said
                note("said" if wanted else "left out", f"{row['id']}:{number}", is_said == wanted, string)
        kept += sum(_squeeze(string) in said for string in row["with"])
        missed += sum(_squeeze(string) not in said for string in row["with"])
        leaked += sum(_squeeze(string) in said for string in row["without"])
        if lost := [string for string in row["with"] if _squeeze(string) not in said]:
            whole = _squeeze(to_article(page, verbatim=True).text)
            dropped += sum(_squeeze(string) in whole for string in lost)
        if day := row["meta"].get("date"):
            dated += 1
            date_right += article.published == day[:10]
            date_kept += day[:10] in {article.published, article.modified}
            note(
                "date",
                row["id"],
                article.published == day[:10],
                f"{day}, found {article.published}: {row['url']}",
            )
    precision, recall = kept / (kept + leaked), kept / (kept + missed)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "not_lost_in_cleaning": 1 - dropped / (kept + missed),
        "date": date_right / dated if dated else 0.0,
        "date_kept": date_kept / dated if dated else 0.0,
        "n_other_language": other_language,
        "n_unreadable": unreadable,
    }


def _squeeze(text: str) -> str:
    return " ".join(text.split())
