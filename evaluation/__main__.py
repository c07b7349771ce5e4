"""
Score the stages on the public corpora and hold them to their floors.

    python -m evaluation                 every scorer; exit 1 if a score is below its floor
    python -m evaluation parse places    only these
    python -m evaluation plv --misses    what it gets wrong, item by item, instead of the floors; --misses ASSAULT: of one question
    python -m evaluation --diff main     also what was gained and lost since a revision, item by item, with the words
    python -m evaluation --update        raise the floors to what was reached (they never fall)

What the encoder predicts is kept from one run to the next (`evaluation.parses`), so that a changed rule is scored in a
fraction of the time.

Every module beside this one that has `evaluate(corpora: Path, *, note: Note) -> dict[str, float]` is a scorer; it notes each item
it judges (`evaluation.items`). The scorer of what is kept out notes none: that is not looked at. Scores are
printed with the signature of what made them; floors.json also pins the hash of each corpus file, so that a
changed corpus cannot pass for a changed program.
"""

import argparse
import hashlib
import importlib
import inspect
import json
import os
import pkgutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import evaluation
from counterclaim.read.parse import load_language
from counterclaim.signature import sign
from evaluation.items import Items, at_revision, compare, save
from evaluation.parses import keep_parses

FLOORS = Path(__file__).parent / "floors.json"
DEFAULT_CORPORA = Path(__file__).parent.parent.parent / "shared" / "corpora"
# Scores are rounded to four digits before they are compared; the rest is float noise between machines.
DIGITS = 4

Scorer = Callable[..., dict[str, float]]


def main(arguments: list[str] | None = None) -> int:
    """Run the scorers asked for; returns 0 when every floor holds, 1 when one does not, 2 for a usage error."""
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description=__doc__.split("\n\n", maxsplit=1)[0]
    )
    parser.add_argument("names", nargs="*", help="scorers to run (default: all)")
    parser.add_argument("--update", action="store_true", help="raise the floors to what was reached")
    parser.add_argument(
        "--misses",
        nargs="?",
        const="",
        metavar="QUESTION",
        help="print every item that is wrong; of the questions that begin so, if one is given",
    )
    parser.add_argument("--diff", metavar="REV", help="print what was gained and lost since a git revision")
    parser.add_argument("--items", metavar="FILE", type=Path, help="write the items to a file, for --diff")
    options = parser.parse_args(arguments)
    corpora = Path(os.environ.get("COUNTERCLAIM_CORPORA", DEFAULT_CORPORA))
    if not corpora.is_dir():
        print(
            f"No corpora at {corpora}. Set COUNTERCLAIM_CORPORA to the folder that holds them.",
            file=sys.stderr,
        )
        return 2
    scorers = find_scorers()
    if unknown := set(options.names) - set(scorers):
        print(f"No scorer {', '.join(sorted(unknown))}. There are: {', '.join(scorers)}", file=sys.stderr)
        return 2
    names = options.names or list(scorers)
    before: dict[str, Items] = {}
    scored_before: dict[str, dict[str, float]] = {}
    if options.diff:
        try:
            before, scored_before = at_revision(options.diff, names, corpora)
        except ValueError as error:
            print(error, file=sys.stderr)
            return 2

    floors: dict[str, dict[str, float]] = {}
    hashes: dict[str, str] = {}
    if FLOORS.exists():
        pinned = json.loads(FLOORS.read_text(encoding="utf-8"))
        floors, hashes = pinned["floors"], pinned["corpora"]
    changed = [path for path, pin in hashes.items() if corpus_hash(corpora / path) != pin]
    for path in changed:
        print(f"{path} is not the file the floors were measured on", file=sys.stderr)

    language = load_language()
    keep_parses(language)
    print(f"signature  {sign(language)}")
    fallen = 0
    noted: dict[str, Items] = {}
    scored: dict[str, dict[str, float]] = {}
    for name in names:
        started = time.perf_counter()
        scored[name], noted[name] = run_scorer(name, scorers[name], corpora)
        print(f"\n{name}  ({time.perf_counter() - started:.0f} s)")
        fallen += print_scores(scored[name], floors.get(name, {}), scored_before.get(name, {}))
        if options.misses is not None:
            print(*noted[name].misses(options.misses), sep="\n")
        if name in before:
            print(*compare(before[name], noted[name]), sep="\n")
        if options.update:
            old = floors.get(name, {})
            floors[name] = {
                key: max(score, old.get(key, score)) for key, score in scored[name].items() if is_pinned(key)
            }
    if options.items:
        save(noted, scored, options.items)
    if options.update:
        hashes = {
            str(path.relative_to(corpora)): corpus_hash(path) for path in sorted(corpora.rglob("*.jsonl"))
        }
        hashes |= {
            str(path.relative_to(corpora)): corpus_hash(path) for path in sorted(corpora.rglob("*.conllu"))
        }
        FLOORS.write_text(
            json.dumps({"floors": floors, "corpora": hashes}, indent=1) + "\n", encoding="utf-8"
        )
    return 1 if fallen or changed else 0


def run_scorer(name: str, scorer: Scorer, corpora: Path) -> tuple[dict[str, float], Items]:
    """A scorer's scores, rounded, and the items that they are made of."""
    items = Items()
    noting = {"note": items} if "note" in inspect.signature(scorer).parameters else {}
    scores = scorer(corpora, **noting)
    return {key.removeprefix(f"{name}."): round(value, DIGITS) for key, value in scores.items()}, items


def print_scores(scores: dict[str, float], floors: dict[str, float], before: dict[str, float]) -> int:
    """Each score beside its floor and, where there is one, what it was before; how many are below their floor."""
    fallen = 0
    for key, score in scores.items():
        floor = floors.get(key)
        below = floor is not None and score < floor
        fallen += below
        change = round(score - before.get(key, score), DIGITS)
        marks = "  ".join(
            mark for mark in (f"{change:+.{DIGITS}f}" if change else "", "BELOW" if below else "") if mark
        )
        print(
            f"  {key:<34}{score:>9.4f}   floor {'–' if floor is None else format(floor, '.4f'):>7}  {marks}"
        )
    return fallen


def find_scorers() -> dict[str, Scorer]:
    """The scorers by name: every module of this package with an `evaluate` function."""
    names = sorted(
        module.name for module in pkgutil.iter_modules(evaluation.__path__) if module.name != "__main__"
    )
    modules = {name: importlib.import_module(f"evaluation.{name}") for name in names}
    return {name: module.evaluate for name, module in modules.items() if hasattr(module, "evaluate")}


def is_pinned(key: str) -> bool:
    """
    Whether a score has a floor.

    None have: how many were asked, what is better when lower, one event type or kind of name of many, and the halves of
    an F1, which may be traded.

    >>> is_pinned("recall"), is_pinned("n_words"), is_pinned("published.no_event"), is_pinned("found.AID")
    (True, False, False, False)
    """
    return not (
        key.startswith("n_")
        or key.endswith((".asked", "no_event", "_precision", "_recall", "_per", "_org", "_loc"))
        or any(map(str.isupper, key))
    )


def corpus_hash(path: Path) -> str:
    """First 16 hexadecimal digits of the file's SHA-256; ``missing`` where it is not there."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else "missing"


if __name__ == "__main__":
    sys.exit(main())
