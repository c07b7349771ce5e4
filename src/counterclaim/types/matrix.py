"""The claim matrix: who gives what value for which field of an event, and how those words bear on each other."""

from dataclasses import dataclass
from typing import Literal

from counterclaim.types.fused import Claimant
from counterclaim.types.read import Actor, DateRange, Place, Stance

Status = Literal["uncontested", "one_sided", "corroborated", "contested", "unverified", "withdrawn"]


@dataclass(frozen=True, slots=True)
class What:
    """What happened: PLOVER's type with its modes."""

    type: str
    modes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many; None where an end is left open."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Victims:
    """Whose losses: losses of different groups are different columns, and add. The name matters where no code is known."""

    country: str | None
    sector: str | None
    name: str = ""


# What a claimant gives for a field: the actors or recipients of one telling together. `counterclaim.values` prints it.
Value = What | tuple[Actor, ...] | Place | DateRange | Bounds


@dataclass(frozen=True, slots=True)
class CellValue:
    """
    One value a claimant gives, with the words it stands in.

    Attributes:
        state: ``stands``; ``revised`` where the same side later says otherwise; ``withdrawn`` where it
            later denies.
        claim: ``ARTICLE:cN`` of the claim first printed; `printed` names the articles of all prints.
        origins: The independent origins that carry it.
    """

    value: Value
    stance: Stance
    state: Literal["stands", "revised", "withdrawn"]
    said: str | None
    verified: bool
    claim: str
    sentence: str
    start_char: int
    end_char: int
    printed: tuple[str, ...]
    origins: tuple[str, ...]
    via: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One claimant's values, one tuple for each column of the matrix, the newest first."""

    claimant: Claimant
    cells: tuple[tuple[CellValue, ...], ...]


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """
    One field of an event.

    Attributes:
        field: ``type``, ``actors``, ``recipients``, ``place``, ``date``, ``counts.dead`` …
        victims: For counts, whose; None where nobody says, and for other fields.
        independent: How many independent sides give a value that stands.
    """

    field: str
    victims: Victims | None
    status: Status
    independent: int


@dataclass(frozen=True, slots=True)
class Relation:
    """
    How what one claimant says bears on what another says, or on what the same one said before.

    Attributes:
        left, right: Keys of the claimants.
        left_victims, right_victims: For counts, whose: the same, but for losses that add.
    """

    kind: Literal["agrees", "contradicts", "revises", "adds", "narrows", "denies", "doubts"]
    field: str
    left: str
    left_value: Value
    right: str
    right_value: Value
    left_victims: Victims | None = None
    right_victims: Victims | None = None


@dataclass(frozen=True, slots=True)
class Matrix:
    """The claim matrix of one event: rows are who says so, columns are what they say of it."""

    columns: tuple[MatrixColumn, ...]
    rows: tuple[MatrixRow, ...]
    relations: tuple[Relation, ...]
