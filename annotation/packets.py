"""
What an annotator is given: documents with their candidate triggers numbered in the text, and nothing of what the program thinks of them.

    python -m annotation.packets OUT        write packets of some 2,500 words below OUT

Candidates are the words that the pattern coder takes for a trigger, and a sample of verbs and action nouns that it does not; which is
which is not shown. Documents are drawn with a fixed seed. `annotation/notation.py` reads what the annotator writes back.
"""

import argparse
import json
import os
import random
import re
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language

from annotation.documents import Corpora, Document, page_text
from counterclaim import read_text
from counterclaim.gather import to_article
from counterclaim.read.events.judging import MIN_CONFIDENCE
from counterclaim.read.events.patterns import pattern_index
from counterclaim.read.parse import load_language, parse
from counterclaim.types import Article, Page

DEFAULT_CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
SEED = 20261130
# Documents drawn of each corpus (all pages are taken), their longest in words, and how many of them get event tables.
DRAWN = {
    "worldwide": (120, 480, 60),
    "re3d": (60, 400, 26),
    "polnear": (46, 560, 16),
    "gum": (24, 700, 8),
    "ecb": (70, 400, 0),
    "rams": (150, 260, 0),
    "ewt": (40, 400, 0),
}
# Of words in the patterns' tables that no pattern took, and of other verbs, how many are asked about.
UNFIRED, OTHERS = 0.35, 0.07
PACKET_WORDS = 2500


def draw(
    corpora: Corpora, rng: random.Random, done: set[str]
) -> Iterator[tuple[Document, bool, tuple[tuple[int, int], ...]]]:
    """Yield documents to label, whether to make an event table, and for pages the stretches that hold the main text."""
    for name, (count, longest, tables) in DRAWN.items():
        fit = [
            one
            for one in corpora.corpus(name).values()
            if 25 <= len(one.text.split()) <= longest and one.id not in done
        ]
        for at, document in enumerate(rng.sample(fit, min(count, len(fit)))):
            yield document, at < tables, ()
    for line in (
        () if done else (corpora.folder / "pages" / "index.jsonl").read_text(encoding="utf-8").splitlines()
    ):
        row = json.loads(line)
        segments = tuple(_main_text(corpora.folder / "pages" / row["file"], 1100 if row["politics"] else 450))
        if segments:
            yield corpora.get(f"pages/{row['file']}", segments), True, segments


def _main_text(path: Path, longest: int) -> Iterator[tuple[int, int]]:
    """Yield where the paragraphs of the article stand in the page's whole text, up to so many words."""
    whole = page_text(path.read_bytes())
    made = to_article(Page(path.name, path.read_bytes(), "html"))
    if not isinstance(made, Article):
        return
    at = words = 0
    for paragraph in made.text.split("\n\n"):
        parts = paragraph.split()
        if not parts:
            continue
        found = re.compile(r"\s+".join(map(re.escape, parts))).search(whole, at)
        if found:
            yield found.span()
            at = found.end()
            words += len(parts)
        if words > longest:
            return


def candidates(text: str, language: Language, rng: random.Random) -> list[tuple[int, int]]:
    """Return offsets of the words to ask about, in text order."""
    fired = {
        (event.trigger.start_char, event.trigger.end_char)
        for least in (0.0, MIN_CONFIDENCE)
        for event in read_text(text, language, verbatim=True, min_confidence=least).events
    }
    listed = {*pattern_index("events/verbs"), *pattern_index("events/nouns")}
    asked = set(fired)
    for token in parse(text, language):
        where = (token.idx, token.idx + len(token))
        if where in fired or token.pos_ not in {"VERB", "NOUN"}:
            continue
        share = (
            UNFIRED
            if token.lower_ in listed or token.lemma_ in listed
            else OTHERS
            if token.pos_ == "VERB"
            else 0.0
        )
        if rng.random() < share:
            asked.add(where)
    return sorted(asked)


def main() -> None:
    """Write the packets."""
    asked = argparse.ArgumentParser(
        prog="python -m annotation.packets", description=(__doc__ or "").split("\n\n")[0]
    )
    asked.add_argument("out", type=Path)
    asked.add_argument(
        "--more",
        type=Path,
        nargs="+",
        default=[],
        help="packets drawn before: draw as many other documents again, no pages",
    )
    options = asked.parse_args()
    corpora = Corpora(Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA)))
    language = load_language()
    done = {
        one
        for folder in options.more
        for one in json.loads((folder / "index.json").read_text(encoding="utf-8"))
    }
    rng = random.Random(SEED + len(options.more))
    documents = list(draw(corpora, rng, done))
    rng.shuffle(documents)
    options.out.mkdir(parents=True, exist_ok=True)
    packet: list[str] = []
    index: dict[str, object] = {}
    words = number = total = 0
    for document, table, segments in documents:
        found = candidates(document.text, language, rng)
        total += len(found)
        index[document.id] = {
            "packet": number,
            "table": table,
            "segments": segments,
            "candidates": found,
            "sha256": document.sha256,
        }
        marked, at = "", 0
        for i, (start, end) in enumerate(found, 1):
            marked += f"{document.text[at:start]}[{i}:{document.text[start:end]}]"
            at = end
        dated = f" published {document.published}" if document.published else ""
        packet.append(f"=== {document.id}{dated}{' TABLE' if table else ''}\n{marked}{document.text[at:]}\n")
        words += len(document.text.split())
        if words > PACKET_WORDS:
            (options.out / f"{number:03}.txt").write_text("\n".join(packet), encoding="utf-8")
            packet, words, number = [], 0, number + 1
    if packet:
        (options.out / f"{number:03}.txt").write_text("\n".join(packet), encoding="utf-8")
    (options.out / "index.json").write_text(json.dumps(index), encoding="utf-8")
    print(len(documents), "documents", number + 1, "packets", total, "candidates")


if __name__ == "__main__":
    main()
