"""
Field cases: what people who code news reported other tools to get wrong, in our own words, and what must stay right.

`wrong`: share of `field/wrong.jsonl` read as it should be; `right`: share of `field/right.jsonl` that still holds. What each case
asks for stands in `field_wrong.tsv` and `field_right.tsv`, by id. A case is right when all its checks hold, on what a user
gets: the whole reading, with the default confidence. Where the cases are not there, nothing is scored.
"""

import json
import sys
from collections.abc import Iterable
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from counterclaim.pipeline import read_text
from counterclaim.read.parse import load_language
from counterclaim.types import Attribution, EventMention, Mention
from counterclaim.values import print_bounds, print_date
from evaluation.items import Note, ignore

HERE = Path(__file__).parent
UNREAL = frozenset(("historical", "future", "hypothetical", "negation"))


class Check(NamedTuple):
    """
    One thing that must be read, or must not.

    Attributes:
        wanted: True for ``some``, False for ``no``.
        kind: An event type, ``*`` for any.
        real: Only events told as having happened are asked for.
        values: Field and alternatives.
    """

    wanted: bool
    kind: str
    real: bool
    values: tuple[tuple[tuple[str, str], ...], ...]


def evaluate(corpora: Path, *, note: Note = ignore) -> dict[str, float]:
    """Shares of cases right; empty where the cases are not beside the corpora."""
    folder = corpora.parent / "field"
    scores: dict[str, float] = {}
    for name in ("wrong", "right"):
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            print(f"field: no {path}: skipped", file=sys.stderr)
            continue
        cases = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
        checks = load_checks(HERE / f"field_{name}.tsv")
        failed = []
        for case in cases:
            failures = find_failures(case["input"], case["published"], checks[case["id"]])
            note(name, case["id"], not failures, f"{case['input']} > {failures or 'as wanted'}")
            if failures:
                failed.append(case["id"])
        scores[name] = 1 - len(failed) / len(cases)
        scores[f"n_{name}"] = len(cases)
        if failed:
            print(f"field: {name} not read as they should be: {' '.join(failed)}", file=sys.stderr)
    return scores


def load_checks(path: Path) -> dict[str, tuple[Check, ...]]:
    """The checks of a file by the id of their case."""
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
    ]
    rows = [line.split("\t") for line in lines[1:]]
    return {row[0]: parse_checks(row[1]) for row in rows}


def parse_checks(checks: str) -> tuple[Check, ...]:
    """The checks of one cell: ``some ASSAULT dead=4; no AID``."""
    return tuple(_parse(one) for one in checks.split("; ") if one)


def find_failures(text: str, published: str, checks: Iterable[Check]) -> list[Check]:
    """The checks that the reading of a text does not meet."""
    reading = read_text(text, load_language(), published=published, verbatim=True)
    told = {attribution.id: attribution for attribution in reading.attributions}
    return [
        check
        for check in checks
        if any(_fits(event, told.get(event.attribution or ""), check) for event in reading.events)
        != check.wanted
    ]


def _parse(check: str) -> Check:
    word, kind, *values = check.split()
    wanted = word == "some"
    real = "real" in values or (not wanted and not kind.endswith("-any"))
    fields = tuple(
        tuple((part.partition("=")[0], part.partition("=")[2]) for part in _alternatives(value))
        for value in values
        if value != "real"
    )
    return Check(wanted, kind.removesuffix("-any"), real, fields)


def _alternatives(value: str) -> list[str]:
    """``dead=6|dead=7`` or, for one field, ``actor=EGY.COP|*.COP``."""
    first, *others = value.split("|")
    name = first.partition("=")[0]
    return [first, *(other if "=" in other else f"{name}={other}" for other in others)]


def _fits(event: EventMention, told: Attribution | None, check: Check) -> bool:
    if check.kind not in {"*", event.type} or (check.real and UNREAL.intersection(event.auxiliary)):
        return False
    return all(any(_has(event, told, name, value) for name, value in field) for field in check.values)


def _has(event: EventMention, told: Attribution | None, name: str, value: str) -> bool:
    match name:
        case "actor":
            return _is_somebody(event.actors, value)
        case "recipient":
            return _is_somebody(event.recipients, value)
        case "source":
            return _is_somebody((told.source,) if told is not None and told.source is not None else (), value)
        case "aux":
            return value in event.auxiliary
        case "date":
            return event.date is not None and print_date(event.date).startswith(value)
        case "place":
            return event.place is not None and fnmatchcase(f"{event.place.name}/{event.place.country}", value)
        case _:
            printed = [print_bounds(count.low, count.high) for count in event.counts if count.kind == name]
            return any(fnmatchcase(one, value) for one in printed)


def _is_somebody(mentions: tuple[Mention, ...], value: str) -> bool:
    if value == "-":
        return not mentions
    return any(
        fnmatchcase(f"{one.actor.country or ''}.{one.actor.sector or ''}", value)
        or fnmatchcase(one.actor.actor_id or "", value)
        or fnmatchcase(one.text, value)
        for one in mentions
    )
