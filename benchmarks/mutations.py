"""
A run over documents of every input format that were damaged on purpose: nothing may end it, and each document is an article or a rejection.

    .venv/bin/python -m benchmarks.mutations [--documents 20000] [--seed 1] [--db LOCATION] [--jobs 1]

They are made by tests/mutated.py, the same ones from the same seed, and read by `counterclaim run` with the budgets that it has without settings. Ends with 1
where the command failed or wrote a traceback, a document is nowhere to be found, a reading raised what nobody foresaw (`error`), or one was beyond its
budget. LOCATION is an empty store, such as the PostgreSQL server that .ci/postgres starts; without it a SQLite file that is deleted.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select
from tests import mutated

from counterclaim.store import tables
from counterclaim.store.rows import make_storable
from counterclaim.store.store import open_store

# Reasons that no document may have.
FOUND = frozenset(("error", "unstorable", "too_slow", "too_large", "killed"))


@dataclass(slots=True)
class Survived:
    """What one run came to: its faults, told for people, and how many documents ended how."""

    faults: list[str] = field(default_factory=list)
    reasons: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


def write_documents(folder: Path, number: int, seed: int) -> list[Path]:
    """Make the documents' files, a thousand a folder."""
    paths = []
    for one, (name, body) in enumerate(mutated.make(number, seed)):
        path = folder / f"{one // 1000:03}" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes(body)
        paths.append(path)
    return paths


def read_documents(folder: Path, paths: Sequence[Path], db: str, jobs: int) -> Survived:
    """Run over them, and look for each in the store."""
    started, survived = time.monotonic(), Survived()
    limits = {"COUNTERCLAIM_MAX_PAGE_SECONDS": "", "COUNTERCLAIM_MAX_PAGE_MEMORY": ""}
    ran = subprocess.run(
        [sys.executable, "-m", "counterclaim", "run", str(folder), "--db", db, "--jobs", str(jobs), "--json"],
        capture_output=True,
        text=True,
        errors="backslashreplace",
        check=False,
        env={**os.environ, **limits, "OMP_NUM_THREADS": "1"},
    )
    survived.seconds = time.monotonic() - started
    if ran.returncode or "Traceback" in ran.stderr:
        survived.faults.append(f"it ended with {ran.returncode}: {ran.stderr[-2000:]}")
        return survived
    summary = json.loads(ran.stdout)
    with open_store(db) as store, store.read() as connection:
        refs = set(connection.execute(select(tables.pages.c.ref)).scalars())
        column = tables.rejections.c
        for ref, reason, detail in connection.execute(select(column.ref, column.reason, column.detail)):
            refs.add(ref)
            survived.reasons[reason] += 1
            if reason in FOUND:
                survived.faults.append(f"{ref}: {reason}: {detail}")
    survived.reasons["article"] = summary["read"]
    survived.reasons["known"] = summary["known"]
    # Rows and records are known by their file's name and a place in it, or by an id of their own.
    told = {ref.rpartition("/")[2][:6] for ref in refs}
    nowhere = [path for path in paths if path.name[:6] not in told]
    survived.reasons["nowhere by name"] = len(nowhere)
    survived.faults += [f"{path}: nowhere to be found" for path in nowhere if not _has_own_name(path, refs)]
    return survived


def _has_own_name(path: Path, refs: set[str]) -> bool:
    """The document's articles go by ids that stand in it, or are those of another, byte by byte."""
    from counterclaim.gather.pages import find_pages  # noqa: PLC0415  few ask

    found = {make_storable(page.ref) for page in find_pages([str(path)])}
    return not found or bool(found & refs)


def main() -> None:
    """Print what became of them."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--documents", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db", default="")
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "documents"
        paths = write_documents(folder, options.documents, options.seed)
        survived = read_documents(folder, paths, options.db or str(Path(place) / "news.db"), options.jobs)
    for fault in survived.faults:
        print(fault)
    told = ", ".join(f"{number:,} {reason}" for reason, number in survived.reasons.most_common())
    print(
        f"{options.documents:,} documents in {survived.seconds:.0f} s: {told}; {len(survived.faults)} faults"
    )
    sys.exit(1 if survived.faults else 0)


if __name__ == "__main__":
    main()
