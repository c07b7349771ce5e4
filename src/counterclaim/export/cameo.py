"""
PLOVER and CAMEO, both ways, with their scores: what the formats of the field say an event is.

Comes in: a PLOVER type with modes and contexts, or a CAMEO code. Goes out: the other, its quad class, its Goldstein
score. All of it is data (`plover/types`, `modes`, `cameo`, `cameo_back`, `cameo_roots`); a `Codebook` says how the points
are read on which the sources contradict themselves.

    >>> to_cameo("ASSAULT", ("heavy-weapons",), ("military",))
    '194'
    >>> to_plover("194")
    Coded(type='ASSAULT', modes=('heavy-weapons',), contexts=('military',))

Known limit: CAMEO keeps appeals (02) and demands (10) apart, PLOVER does not: a REQUEST goes back as 10.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from counterclaim.knowledge import Row, load_table


@dataclass(frozen=True, slots=True)
class Codebook:
    """
    How contradictory points of the codebooks are read.

    Attributes:
        table: CAMEO to PLOVER as published in 2021, or as corrected by the later manual.
        appeals: Read CAMEO's appeals (02), which the translation drops, as requests.
        sanctions: SANCTION as material conflict, as its section has it, or verbal, as the manual's quad table has it.
    """

    table: Literal["corrected", "published"] = "corrected"
    appeals: bool = False
    sanctions: Literal["material", "verbal"] = "material"


CODEBOOK = Codebook()

# Which PLOVER an export is written by; the types, modes and scores are those of this commit.
PLOVER_VERSION = "plover-base-5e0c24f"


@dataclass(frozen=True, slots=True)
class Coded:
    """What a CAMEO code is in PLOVER."""

    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]


def to_plover(code: str, codebook: Codebook = CODEBOOK) -> Coded | None:
    """
    The PLOVER reading of a CAMEO code; None for statements (01), for appeals unless asked for, and for unknown codes.

    >>> to_plover("163")
    Coded(type='SANCTION', modes=('discontinue',), contexts=('economic', 'diplomatic'))
    >>> to_plover("163", Codebook(table="published"))
    Coded(type='COERCE', modes=('restrict',), contexts=('diplomatic',))
    >>> to_plover("0256"), to_plover("0256", Codebook(appeals=True))
    (None, Coded(type='REQUEST', modes=('yield',), contexts=('military',)))
    """
    if code.startswith("02") and codebook.appeals:
        # The tenth root asks for the same things in the same order, from 020 and 100 down to 0256 and 1056.
        code = "10" + code[2:]
    if len(code) == 2:
        code += "0"
    row = _by_code().get(code)
    if row is None:
        return None
    prefix = "published_" if codebook.table == "published" else ""
    if not row[f"{prefix}type"]:
        return None
    return Coded(row[f"{prefix}type"], row.split(f"{prefix}mode"), row.split(f"{prefix}contexts"))


def to_cameo(
    type_: str,
    modes: tuple[str, ...] = (),
    contexts: tuple[str, ...] = (),
    known: frozenset[str] = frozenset(),
    codebook: Codebook = CODEBOOK,
) -> str:
    """
    The CAMEO code: the type's root, written ``NN0``, unless a finer one is certain.

    Args:
        known: What else is known of the event, of the words that `plover/cameo_back` asks for: ``forces``, ``state``, ``dead``.

    >>> to_cameo("ASSAULT"), to_cameo("ASSAULT", known=frozenset({"forces"}))
    ('180', '190')
    """
    for code in _find_codes(type_, modes, contexts, known):
        back = to_plover(code, codebook)
        # A reading that takes the code for another type does not lend it to this one.
        if back and back.type == type_ and _by_code()[code]["goldstein"]:
            return code
    return _types()[type_]["root"] + "0"


def _find_codes(
    type_: str, modes: tuple[str, ...], contexts: tuple[str, ...], known: frozenset[str]
) -> list[str]:
    lines = [row for row in load_table("plover/cameo_back") if row["type"] == type_]
    asked = {row["when"].removeprefix("only.") for row in lines if row["when"].startswith("only.")}
    facts = known | set(contexts)
    subjects = asked & set(contexts)
    if len(subjects) == 1:
        facts |= {f"only.{subject}" for subject in subjects}
    found: list[str] = []
    # The most extreme mode is the one that scores, so it is the one that is coded.
    for mode in sorted(modes, key=lambda mode: (-abs(_score_of(type_, mode)), mode)) or [""]:
        found += [row["code"] for row in lines if row["mode"] == mode != "" and _holds(row, facts)]
        row = _modes().get(f"{type_}.{mode}")
        if row and row["cameo"]:
            found.append(row["cameo"])
    return found + [row["code"] for row in lines if not row["mode"] and _holds(row, facts)]


def _holds(row: Row, facts: frozenset[str]) -> bool:
    return set(row.split("when")) <= facts


# --- scores ---


def quad_class(type_: str, codebook: Codebook = CODEBOOK) -> int:
    """PLOVER's quad class: 1 and 2 cooperation, 3 and 4 conflict, verbal and material."""
    row = _types()[type_]
    if codebook.sanctions == "verbal" and row["quad_alternative"]:
        return int(row["quad_alternative"])
    return int(row["quad"])


def polecat_quad(quad: int) -> str:
    """The quad class as POLECAT's files write it."""
    return next(row["polecat"] for row in load_table("plover/quads") if row["id"] == str(quad))


def score(type_: str, modes: tuple[str, ...] = ()) -> float:
    """
    PLOVER's score, -10 to 10: of several modes the most extreme, without one the type's.

    >>> score("RETREAT"), score("RETREAT", ("release", "disarm"))
    (6.5, 10.0)
    """
    return max((_score_of(type_, mode) for mode in modes), key=abs, default=float(_types()[type_]["score"]))


def _score_of(type_: str, mode: str) -> float:
    row = _modes().get(f"{type_}.{mode}")
    return float(row["score"]) if row else float(_types()[type_]["score"])


def goldstein(code: str, scale: Literal["gdelt", "cameo"] = "gdelt") -> float:
    """The Goldstein score of a CAMEO code; CAMEO's own scale differs from GDELT's list in a few codes."""
    row = _by_code()[code]
    return float((row["goldstein_cameo"] if scale == "cameo" else "") or row["goldstein"])


def root_class(code: str, format_: Literal["gdelt", "phoenix"]) -> int:
    """The quad class GDELT or Phoenix gives the code's root; Phoenix has a fifth class, 0."""
    return int(next(row[format_] for row in load_table("plover/cameo_roots") if row["id"] == code[:2]))


@cache
def _types() -> dict[str, Row]:
    return {row["id"]: row for row in load_table("plover/types")}


@cache
def _modes() -> dict[str, Row]:
    return {row["id"]: row for row in load_table("plover/modes")}


@cache
def _by_code() -> dict[str, Row]:
    return {row["id"]: row for row in load_table("plover/cameo")}
