"""
How long each stage of reading takes, as a share of the bare parse, on one core in one run.

    .venv/bin/python benchmarks/reading.py [FOLDER] [--repeat 5]

FOLDER holds articles (default: the bundled samples). Each stage is timed on the output of the stages before
it, best of the repeats; seconds differ between machines, the shares hardly do.
"""

import argparse
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# One core, so that the shares compare like with like; set before any library starts its threads.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

from counterclaim.errors import Unreadable  # noqa: E402  after the thread limits above
from counterclaim.gather import to_article  # noqa: E402
from counterclaim.gather.pages import find_pages  # noqa: E402
from counterclaim.read.actors import find_mentions, find_role_mismatches, read_phrases  # noqa: E402
from counterclaim.read.attribution import find_attributions, find_source_flags  # noqa: E402
from counterclaim.read.casualties import find_counts  # noqa: E402
from counterclaim.read.claims import find_sentences, make_claims, make_events  # noqa: E402
from counterclaim.read.coreference import find_anaphors  # noqa: E402
from counterclaim.read.dates import find_times  # noqa: E402
from counterclaim.read.events import find_frames, judge_frames  # noqa: E402
from counterclaim.read.parse import load_language, parse  # noqa: E402
from counterclaim.read.places import find_toponyms  # noqa: E402
from counterclaim.read.syntax import read_tree, settle  # noqa: E402
from counterclaim.types import Article, Page  # noqa: E402

SAMPLES = Path(__file__).parent.parent / "samples"
# What an event coder does from raw text on, as users of dictionary coders count it: sentences coded a second.
CODING = ("parse", "tree", "actors", "coreference", "attribution", "events", "factuality")


def main() -> None:
    """Print the time of each stage and its share of the bare parse."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("folder", nargs="?", default=str(SAMPLES))
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()

    started = time.perf_counter()
    language = load_language()
    loading = time.perf_counter() - started
    articles = tuple(read_all(options.folder))
    words = sum(len(article.text.split()) for article in articles)

    runs = [timed(articles, language) for _ in range(options.repeat + 1)][1:]  # the first fills the caches
    best = {stage: min(run[stage] for run in runs) for stage in runs[0]}
    parsing, total = best["parse"], sum(best.values())
    print(f"{len(articles)} articles, {words} words; weights loaded in {loading:.2f} s")
    for stage, seconds in best.items():
        print(f"  {stage:<14}{seconds * 1000:>9.1f} ms {seconds / parsing:>8.1%} of the parse")
    print(f"  {'bare parse':<14}{words / parsing:>9.0f} words/s")
    print(f"  {'whole reading':<14}{words / total:>9.0f} words/s, {total / parsing:.2f} x the parse")
    sentences = sum(1 for article in articles for _ in parse(article.text, language).sents)
    coding = sum(best[stage] for stage in CODING)
    print(f"  {'coding':<14}{sentences / coding:>9.0f} sentences/s, the parse included")
    both = (best["actors"] + best["events"]) / parsing
    print(f"  {'actors, events':<14}{both:>9.0%} of the parse together")


def read_all(folder: str) -> list[Article]:
    """The articles of a folder; pages that cannot be read are left out."""
    articles: list[Article] = []
    for page in find_pages([folder]):
        if isinstance(page, Page):
            try:
                articles.append(to_article(page))
            except Unreadable:
                continue
    return articles


def timed(articles: tuple[Article, ...], language: object) -> dict[str, float]:
    """Seconds for each stage over all articles."""
    spent: dict[str, float] = {}

    def run(stage: str, function: Callable[..., Any], *arguments: object) -> Any:
        started = time.perf_counter()
        result = function(*arguments)
        spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - started
        return result

    for article in articles:
        tree = run("tree", read_tree, run("parse", parse, article.text, language))
        phrases = run("actors", read_phrases, tree)
        named = run("actors", find_mentions, tree, phrases, article)
        anaphors = run("coreference", find_anaphors, tree, phrases, named)
        tree = run("tree", settle, tree, named + anaphors)
        run("actors", find_role_mismatches, phrases, article, tree.mentions)
        toponyms = run("places", find_toponyms, tree, article)
        times = run("dates", find_times, tree, article)
        attributions = run("attribution", find_attributions, tree)
        run("attribution", find_source_flags, tree, attributions)
        frames = run("events", find_frames, tree, attributions)
        frames = run("factuality", judge_frames, tree, frames, attributions, times)
        counts = run("casualties", find_counts, tree)
        events = run("claims", make_events, tree, frames, attributions, toponyms, times, counts)
        run("claims", make_claims, events, find_sentences(tree))
    return spent


if __name__ == "__main__":
    main()
