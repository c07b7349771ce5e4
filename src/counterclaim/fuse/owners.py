"""
Which outlets belong together: reports of one owner's outlets are not independent of each other.

Comes in: an outlet's or agency's name and the date of a report. Goes out: the owner's name where it owns several, else
the outlet's own. In 2022 RT and TASS both come out as the Russian state, Sky News and NBC News as Comcast.

Known limit: shares, funding and influence short of ownership are not known, so two outlets may be less independent
than counted.
"""

from functools import cache

from counterclaim.knowledge import load_table


def find_owner(outlet: str, published: str | None) -> str:
    """Who owned the outlet when the report was published; its last known owner where no date is known."""
    for owner, since, until in _owners().get(outlet.casefold(), ()):
        if published is None or since <= published[:4] <= until:
            return owner
    return outlet


@cache
def _owners() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Owner, first and last year of each outlet's ownerships, the latest first."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in load_table("owners"):
        line = (row["owner"], row["since"] or "0000", row["until"] or "9999")
        found.setdefault(row["outlet"].casefold(), []).append(line)
    return {
        outlet: tuple(sorted(lines, key=lambda line: line[1], reverse=True))
        for outlet, lines in found.items()
    }
