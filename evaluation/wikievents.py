"""
Triggers on WikiEvents: of those with a PLOVER counterpart, how many are found with the right type.

Comes in: events/wikievents.dev.jsonl (KAIROS types, token offsets). Goes out: recall over the types of `COUNTERPARTS`, a
trigger counted as found where an event of an accepted type has its trigger within it or next to it; and by type.
Example: "bombing" (Conflict.Attack.DetonateExplode) needs an ASSAULT there.
Limit: precision is not measured; WikiEvents marks only what its templates ask for.

Run as a program it lists the misses: ``python -m evaluation.wikievents``.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evaluation.items import Note, ignore
from evaluation.plv import read_frames

FILE = "events/wikievents.dev.jsonl"
# KAIROS type (or its beginning) to the PLOVER types that mean the same. Left out: movement, contact by statement,
# crime as a label, disease, observation, transactions between individuals.
COUNTERPARTS: dict[str, frozenset[str]] = {
    "Conflict.Attack": frozenset(("ASSAULT",)),
    "Conflict.Demonstrate": frozenset(("PROTEST", "ASSAULT")),
    "Life.Die": frozenset(("ASSAULT",)),
    "Life.Injure": frozenset(("ASSAULT",)),
    "Contact.Contact.Meet": frozenset(("CONSULT",)),
    "Contact.RequestCommand": frozenset(("REQUEST",)),
    "Contact.ThreatenCoerce": frozenset(("THREATEN",)),
    "Justice.ArrestJailDetain": frozenset(("COERCE", "SANCTION")),
    "Justice.ChargeIndict": frozenset(("ACCUSE",)),
    "Justice.TrialHearing": frozenset(("ACCUSE",)),
    "Justice.InvestigateCrime": frozenset(("ACCUSE", "COERCE")),
    "Justice.Convict": frozenset(("SANCTION",)),
    "Justice.Sentence": frozenset(("SANCTION",)),
    "Justice.ReleaseParole": frozenset(("RETREAT", "CONCEDE")),
    "ArtifactExistence.DamageDestroyDisableDismantle": frozenset(("ASSAULT",)),
    "Personnel.EndPosition": frozenset(("RETREAT", "CONCEDE")),
}


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """``wikievents.recall`` and ``wikievents.recall.KAIROS-TYPE``."""
    asked: Counter[str] = Counter()
    hit: Counter[str] = Counter()
    for number, (kind, found, around) in enumerate(_judged(corpora)):
        note(kind, str(number), found, around)
        asked[kind] += 1
        hit[kind] += found
    scores = {f"wikievents.recall.{kind}": hit[kind] / asked[kind] for kind in sorted(asked)}
    return {"wikievents.recall": hit.total() / asked.total(), **scores}


def _judged(corpora: Path) -> Iterator[tuple[str, bool, str]]:
    lines = (corpora / FILE).read_text(encoding="utf-8").split("\n")
    rows = [json.loads(line) for line in lines if line.strip()]
    texts, places = zip(*(_text(row["tokens"]) for row in rows), strict=True)
    for row, starts, text, (doc, frames) in zip(rows, places, texts, read_frames(texts), strict=True):
        at = {}
        for frame in frames:
            at.setdefault(doc[frame.trigger].idx, set()).add(frame.type)
        for event in row["event_mentions"]:
            kind = next((name for name in COUNTERPARTS if event["event_type"].startswith(name)), None)
            if kind is None:
                continue
            first, last = event["trigger"]["start"], event["trigger"]["end"] - 1
            # one token either side: "carried out | an attack", "opened | fire"
            low, high = starts[max(0, first - 1)], starts[min(last + 2, len(starts) - 1)]
            found = any(low <= place < high and COUNTERPARTS[kind] & types for place, types in at.items())
            yield kind, found, text[max(0, starts[first] - 90) : starts[last] + 60].replace("\n", " ")


def _text(tokens: list[str]) -> tuple[str, list[int]]:
    """The tokens as running text, with the character each begins at."""
    text, starts = "", []
    for token in tokens:
        if (
            text
            and token not in {".", ",", ";", ":", "'s", "’", "?", "!", ")", "”"}
            and not text.endswith(("(", "“"))
        ):
            text += " "
        starts.append(len(text))
        text += token
    return text, [*starts, len(text)]


if __name__ == "__main__":
    default = Path(__file__).parent.parent.parent / "shared" / "corpora"
    for kind, found, around in _judged(Path(os.environ.get("COUNTERCLAIM_CORPORA", default))):
        if not found:
            print(f"{kind}\t{around}")
