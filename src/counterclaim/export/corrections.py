"""
What people said of claims, as JSON: the machine's value beside the person's, who, why and when.

Comes in: `Correction` records. Goes out: dictionaries and lines, for pages, for exports of readings and events, for `explain`.
"""

from counterclaim.types import Correction
from counterclaim.values import print_bounds

Json = dict[str, object]


def to_json(one: Correction) -> Json:
    """A correction; ``claim`` is None for what a person added."""
    return {
        "id": one.id,
        "verb": one.verb,
        "article": one.article,
        "claim": f"{one.article}:{one.claim}" if one.claim else None,
        "field": one.field,
        "machine": one.machine,
        "person": describe_values(one),
        "by": one.by,
        "reason": one.reason,
        "made_at": one.made_at,
        "undone_at": one.undone_at,
        "undone_by": one.undone_by,
    }


def describe_values(one: Correction) -> str:
    """What the person says instead, in a line: ``actors: Armenia [ARM GOV]; count: 105``."""
    return "; ".join(f"{name}: {_describe(value)}" for name, value in one.values.items())


def describe_correction(one: Correction) -> str:
    """
    The person's word in a sentence.

    ``Ann (2022-09-14) recoded it to count: 105; the machine read 10: the text says 105``
    """
    verbs = {
        "accept": "says that it is right",
        "reject": "rejected it",
        "add": "added it",
        "recode": f"recoded it to {describe_values(one)}",
    }
    machine = f"; the machine read {one.machine}" if one.machine and one.verb != "accept" else ""
    reason = f": {one.reason}" if one.reason else ""
    return f"{one.by} ({one.made_at[:10]}) {verbs[one.verb]}{machine}{reason}"


def _describe(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_describe(one) for one in value)
    if isinstance(value, dict):
        if "low" in value:
            return f"{print_bounds(value['low'], value['high'])} {value.get('kind') or ''}".strip()
        codes = " ".join(str(value[name]) for name in ("country", "sector") if value.get(name))
        return f"{value.get('name')} [{codes}]" if codes else str(value.get("name"))
    return str(value)
