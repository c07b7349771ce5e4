r"""
What a score is made of: each thing asked, whether it was right, and its words.

A scorer calls `note(question, key, right, text)` for each item it judges: the question ("value", "false alarm"), a key that names the
item whatever the program answers, whether the answer was right, and a text for people: the words, what was wanted and what came.
Something found that nobody asked for is an item too, and never right: its question ends in `UNASKED`. Two runs are compared item by item (`compare`).

    >>> items = Items()
    >>> items("speaker", "d1:10", True, "Vinter: he left")
    >>> before = Items({("speaker", "d1:10"): (False, "Vinter: he left > Ruiz")})
    >>> print(*compare(before, items), sep="\n")
    + speaker  d1:10  Vinter: he left
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from evaluation.parses import find_folder

ROOT = Path(__file__).parent.parent

UNASKED = "none marked"

Note = Callable[[str, str, bool, str], None]
Key = tuple[str, str]
# Of an item's words in a list.
SHOWN = 400


def ignore(question: str, key: str, right: bool, text: str) -> None:  # noqa: FBT001  the shape of a note
    """Take note of nothing."""


class Items(dict[Key, tuple[bool, str]]):
    """The items of one scorer by question and key, in the order in which they were judged."""

    def __call__(self, question: str, key: str, right: bool, text: str) -> None:  # noqa: FBT001  the shape of a note
        """Take note of an item; of several under one key each has its own."""
        name, number = key, 1
        while (question, name) in self:
            number += 1
            name = f"{key}#{number}"
        self[question, name] = right, " ".join(text.split())

    def misses(self, question: str = "") -> Iterator[str]:
        """A line for each item that is not right, of the questions that begin so."""
        for (asked, key), (right, text) in self.items():
            if not right and asked.startswith(question):
                yield f"{asked}  {key}  {text[:SHOWN]}"


def compare(before: Items, after: Items) -> Iterator[str]:
    """
    What was gained (``+``) and lost (``-``), each with its words.

    A thing found that nobody asked for is lost when it comes and gained when it goes.
    """
    for name in dict.fromkeys((*before, *after)):
        question, key = name
        (was, old), (now, new) = before.get(name, (None, "")), after.get(name, (None, ""))
        if was == now or (None in {was, now} and not question.endswith(UNASKED)):
            continue  # the same, or asked in one of the two runs only
        gained = bool(now) or now is None
        yield f"{'+' if gained else '-'} {question}  {key}  {(new or old)[:SHOWN]}"


def save(items: dict[str, Items], scores: dict[str, dict[str, float]], path: Path) -> None:
    """Items and scores of several scorers, to be read by `load`."""
    rows = {
        name: [[question, key, right, text] for (question, key), (right, text) in held.items()]
        for name, held in items.items()
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_text(json.dumps({"items": rows, "scores": scores}), encoding="utf-8")
    part.replace(path)


def load(path: Path) -> tuple[dict[str, Items], dict[str, dict[str, float]]]:
    """What `save` wrote."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    items = {
        name: Items({(question, key): (right, text) for question, key, right, text in rows})
        for name, rows in kept["items"].items()
    }
    return items, kept["scores"]


def at_revision(
    revision: str, names: list[str], corpora: Path
) -> tuple[dict[str, Items], dict[str, dict[str, float]]]:
    """
    Items and scores of a revision, from a checkout of it beside this one; kept, so that it is run once.

    Raises:
        ValueError: git knows no such revision, or it is from before items were noted.
    """
    commit = _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    digest = hashlib.sha256(str(corpora.resolve()).encode()).hexdigest()[:8]
    folder = find_folder() / "items"
    paths = {name: folder / f"{commit[:12]}-{digest}-{name}.json" for name in names}
    lacking = [name for name, path in paths.items() if not path.exists()]
    if lacking:
        with tempfile.TemporaryDirectory() as where:
            _git("worktree", "add", "--detach", "--quiet", where, commit)
            try:
                if not (Path(where) / "evaluation" / "items.py").exists():
                    raise ValueError(f"{revision} is from before items were noted: compare with a later one.")
                for name in lacking:
                    subprocess.run(
                        [sys.executable, "-m", "evaluation", name, "--items", paths[name]],
                        cwd=where,
                        env=os.environ
                        | {
                            "PYTHONPATH": os.pathsep.join((str(Path(where) / "src"), where)),
                            "COUNTERCLAIM_CORPORA": str(corpora.resolve()),
                        },
                        stdout=subprocess.DEVNULL,
                        check=False,  # a floor that does not hold is no error here
                    )
            finally:
                _git("worktree", "remove", "--force", where)
    items: dict[str, Items] = {}
    scores: dict[str, dict[str, float]] = {}
    for name, path in paths.items():
        if path.exists():  # a scorer may be newer than the revision
            held, scored = load(path)
            items |= held
            scores |= scored
        else:
            print(f"{name} could not be run at {revision}", file=sys.stderr)
    return items, scores


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ValueError(f"git {' '.join(arguments)}: {done.stderr.strip() or 'no such revision'}")
    return done.stdout.strip()
