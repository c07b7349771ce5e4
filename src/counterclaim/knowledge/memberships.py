"""
Who was a member of which alliance or organisation when.

In: an organisation's id (organisations.tsv), or a country's, and a date. Out: ids.
Example: `members("NATO", "2004-03-01")` holds POL, which joined in 1999, and not yet LVA, which joined on 29 March 2004.
Limit: a suspended member is a member; organisations that memberships.tsv leaves out are an error, not an empty answer.
"""

from functools import cache

from counterclaim.errors import InputError
from counterclaim.knowledge import Row, load_table


def members(organisation: str, when: str | int | None = None) -> tuple[str, ...]:
    """
    The members of an organisation, in the order of their codes.

    Args:
        when: A day, month or year (``2004-03-29``, ``2004-03``, ``2004`` or the number 2004). Of a month or a year, whoever
            was a member on any day of it; without it, those who are when the table was last checked (2025).

    Raises:
        InputError: the table has no such organisation, or the date is none.

    >>> "FIN" in members("NATO", 2022), "FIN" in members("NATO", 2023)
    (False, True)
    """
    rows = _rows().get(organisation)
    if rows is None:
        known = ", ".join(sorted(_rows()))
        raise InputError(f"No members of {organisation!r} are known. Organisations with members: {known}.")
    date = _read_date(when)
    return tuple(sorted({row["member"] for row in rows if _holds(row, date)}))


def memberships(member: str, when: str | int | None = None) -> tuple[str, ...]:
    """
    The organisations that a country was a member of; `when` as for `members`.

    >>> memberships("UZB", 2010), memberships("UZB", 2020)
    (('CIS', 'CSTO', 'SCO'), ('CIS', 'SCO'))
    """
    date = _read_date(when)
    return tuple(
        sorted(
            {
                row["organisation"]
                for rows in _rows().values()
                for row in rows
                if row["member"] == member and _holds(row, date)
            }
        )
    )


@cache
def _rows() -> dict[str, tuple[Row, ...]]:
    rows: dict[str, tuple[Row, ...]] = {}
    for row in load_table("memberships"):
        rows[row["organisation"]] = (*rows.get(row["organisation"], ()), row)
    return rows


def _read_date(when: str | int | None) -> str | None:
    if when is None:
        return None
    date = str(when)
    parts = date.split("-")
    if (
        len(parts) > 3
        or not all(map(str.isdigit, parts))
        or [len(part) for part in parts] != [4, 2, 2][: len(parts)]
    ):
        raise InputError(f"{date!r} is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD.")
    return date


def _holds(row: Row, date: str | None) -> bool:
    """Whether a line holds on some day of a date; a bound given as a year or month counts whole."""
    since, until = row["since"], row["until"]
    if date is None:
        return not until
    begun = since[: len(date)] <= date[: len(since)]
    return begun and (not until or date[: len(until)] <= until[: len(date)])
