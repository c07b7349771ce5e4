"""
How well an event is attested, in five grades on the model of Airwars, each with the rule that gave it.

Comes in: a claim matrix. Goes out: a `Grade`.

    confirmed    who did it says so itself
    fair         two independent sides or more say that it happened
    weak         one side says so, or nobody says more than that it is expected
    contested    claimants name different doers, or one denies what another says
    discounted   nothing stands: who said it took it back, or there are only denials

Sudria says Norland shelled Vask, Norland denies it: contested. Norland says it shelled the depot: confirmed.

Known limit: Airwars weighs how credible each source is; here each independent side weighs the same, except that what an
article could not verify does not count towards `fair`.
"""

from dataclasses import dataclass
from typing import Literal

from counterclaim.knowledge import load_table
from counterclaim.types import ASSERTING, CellValue, Claimant, Matrix, Value

Name = Literal["confirmed", "fair", "weak", "contested", "discounted"]


@dataclass(frozen=True, slots=True)
class Grade:
    """
    A grade and why.

    Attributes:
        rule: What made it this grade, as a sentence about this event.
    """

    name: Name
    rule: str


def grade(matrix: Matrix) -> Grade:
    """The event's grade: the first of discounted, contested, confirmed, fair that holds, else weak."""
    values = [(row.claimant, value) for row in matrix.rows for cell in row.cells for value in cell]
    standing = [(claimant, value) for claimant, value in values if value.state == "stands"]
    asserted = [(claimant, value) for claimant, value in standing if value.stance in ASSERTING]
    if not asserted:
        return _grade_unasserted(values, standing)
    contested = {column.field for column in matrix.columns if column.status == "contested"}
    if "actors" in contested:
        return Grade("contested", "Claimants name different doers, or one who is named denies it.")
    if "type" in contested:
        return Grade("contested", "A claimant denies that it happened.")
    owning = _find_owning(matrix)
    if owning:
        return Grade("confirmed", f"Who did it says so itself: {owning}.")
    sides = {claimant.side for claimant, value in asserted if value.verified}
    if len(sides) > 1:
        return Grade("fair", f"{len(sides)} independent sides say that it happened.")
    if len({claimant.side for claimant, _ in asserted}) > 1:
        return Grade(
            "weak", "Several sides say that it happened, but at most one account is not marked unverified."
        )
    return Grade("weak", "One side alone says that it happened.")


def _grade_unasserted(
    values: list[tuple[Claimant, CellValue]], standing: list[tuple[Claimant, CellValue]]
) -> Grade:
    if any(value.state == "withdrawn" for _, value in values):
        return Grade("discounted", "Who said that it happened took it back, and nobody else says so.")
    if standing and all(value.stance == "denies" for _, value in standing):
        return Grade(
            "discounted", "Only denials are on record; nobody is on record as saying that it happened."
        )
    return Grade("weak", "Nobody says that it happened: it is expected, demanded, feared or doubted.")


def _find_owning(matrix: Matrix) -> str:
    """The name of a claimant who says that it did it itself; empty if there is none."""
    for number, column in enumerate(matrix.columns):
        if column.field != "actors":
            continue
        for row in matrix.rows:
            for value in row.cells[number]:
                asserts = value.state == "stands" and value.stance in ASSERTING
                if asserts and row.claimant.kind == "actor" and _names_itself(row.claimant, value.value):
                    return row.claimant.name
    return ""


def _names_itself(claimant: Claimant, actors: Value) -> bool:
    """Whether the claimant's side is among the actors: a state by any of its organs, others by name."""
    assert isinstance(actors, tuple)
    for actor in actors:
        if claimant.side == actor.country and (not actor.sector or actor.sector in _state_sectors()):
            return True
        if actor.name.casefold() in {claimant.name.casefold(), claimant.key.casefold()}:
            return True
    return False


def _state_sectors() -> frozenset[str]:
    return frozenset(row["sector"] for row in load_table("state_sectors"))
