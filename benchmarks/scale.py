"""
How many blocks and comparisons fusion has at sizes that no test runs: tellings are made up and counted, not compared.

    .venv/bin/python -m benchmarks.scale [--claims 100000000] [--days 3650]

News is made up as in benchmarks/fusing.py (120 conflicts, a few of which make most of the news, 64 countries with a dozen towns each, a
third of the tellings undated, a third without a town), five claims a telling and five tellings an article, as columns of numbers. Days
are taken three at a time, as keys are, so that memory stays the same. Counted are the rows of `blocks`, the largest block, and the pairs that
`fuse.block.find_pairs` gives: all of a small block, neighbours of a hot one. Tellings that tell the same count each, so that the
pairs are an upper bound. Topics are counted as in the made-up store of benchmarks/incremental.py, where there are that many rows a telling.
"""

import argparse
import time
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from counterclaim.fuse.block import HOT, NEIGHBOURS, STEP

CLAIMS_OF_TELLING, TELLINGS_OF_ARTICLE = 5, 5
CONFLICTS, COUNTRIES, TOWNS = 120, 64, 12
FAMILIES = np.array((45, 20, 10, 8, 7, 6, 4)) / 100
# Of reports: copies are not compared.
COPIES = 0.2
DATED, SITED, NATIONAL = 0.65, 0.65, 0.15
ACTOR, RECIPIENT = 0.9, 0.7
# Of one telling, all but a few of them alone in their block: fifteen pairs of words in two times each.
TOPIC_ROWS = 30
ORDERS = 3

Numbers = NDArray[np.int64]


@dataclass(slots=True)
class Counted:
    """Rows, blocks and pairs of each rule, and the largest block."""

    rows: dict[str, int] = field(default_factory=dict)
    pairs: dict[str, int] = field(default_factory=dict)
    largest: dict[str, int] = field(default_factory=dict)
    tellings: int = 0

    def add(self, rule: str, sizes: Numbers, pairs: Numbers) -> None:
        """The blocks of one step."""
        self.rows[rule] = self.rows.get(rule, 0) + int(sizes.sum())
        self.pairs[rule] = self.pairs.get(rule, 0) + int(pairs.sum())
        self.largest[rule] = max(self.largest.get(rule, 0), int(sizes.max(initial=0)))


def count(claims: int, days: int, seed: int = 1) -> Counted:
    """Count the blocks of so many claims in so many days."""
    pick = np.random.default_rng(seed)
    daily = claims / CLAIMS_OF_TELLING * (1 - COPIES) / days
    weights = 1 / (np.arange(CONFLICTS) + 3)
    weights /= weights.sum()
    sides = pick.integers(0, COUNTRIES, (CONFLICTS, 2))
    counted = Counted()
    # A telling is in the blocks of each step it may have happened in: one told undated in those of the week before.
    for _ in range(days // STEP):
        told = int(pick.poisson(daily * STEP))
        counted.tellings += told
        # Dated ones reach a day before and after, and so 5 days; undated ones 8 days: as many more come from other steps.
        inside = int(told * (DATED * (2 + STEP) + (1 - DATED) * (7 + STEP)) / STEP)
        conflict = pick.choice(CONFLICTS, inside, p=weights)
        family = pick.choice(len(FAMILIES), inside, p=FAMILIES)
        where = pick.random(inside)
        sited = where < SITED
        town = sides[conflict, 0] * TOWNS + pick.integers(0, TOWNS, inside)
        sites = np.unique((family * COUNTRIES * TOWNS + town)[sited], return_counts=True)[1]
        # By name and by a square of the map; the gazetteer's number gives the same again.
        counted.add("site", sites.repeat(3), _pairs_inside(sites))
        about = [
            (sides[conflict, 0], pick.random(inside) < ACTOR),
            (sides[conflict, 1], pick.random(inside) < RECIPIENT),
            (sides[conflict, 0], where < SITED + NATIONAL),
        ]
        # Each side once, though it did it and it is where it happened.
        keys = [np.where(told_of, family * COUNTRIES + side, -1) for side, told_of in about]
        keys[2] = np.where(keys[2] == keys[0], -1, keys[2])
        key = np.concatenate(keys)
        loose = np.concatenate([~sited] * 3)
        blocks = len(FAMILIES) * COUNTRIES
        of_loose = np.bincount(key[loose & (key >= 0)], minlength=blocks)
        of_sited = np.bincount(key[~loose & (key >= 0)], minlength=blocks)
        pairs = _pairs_inside(of_loose) + of_loose * np.minimum(of_sited, HOT)
        counted.add("side", of_loose + of_sited, pairs)
    counted.rows["topic"] = counted.tellings * TOPIC_ROWS
    return counted


def _pairs_inside(sizes: Numbers) -> Numbers:
    """All pairs of small blocks; of hot ones the neighbours in three orders, as if no two orders shared any."""
    return np.where(sizes <= HOT, sizes * (sizes - 1) // 2, sizes * NEIGHBOURS * ORDERS)


def main() -> None:
    """Print rows, largest blocks and pairs, for the size asked for and for a tenth and a hundredth of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--claims", type=lambda text: int(float(text)), default=100_000_000)
    parser.add_argument("--days", type=int, default=3650)
    options = parser.parse_args()
    for claims, days in (
        (options.claims // 100, options.days),
        (options.claims // 10, options.days),
        (options.claims, options.days),
        (options.claims, options.days // 10),
    ):
        started = time.process_time()
        found = count(claims, days)
        tellings = found.tellings
        total = sum(found.pairs.values())
        print(
            f"{claims:>13,} claims, {claims // CLAIMS_OF_TELLING // TELLINGS_OF_ARTICLE / days:>7,.0f} articles a day: "
            f"{tellings:,} tellings compared, {sum(found.rows.values()) / tellings:.0f} rows in blocks and "
            f"{total / tellings:.0f} pairs for each ({total:.2e} in all; all with all would be {tellings**2 / 2:.0e})"
        )
        print(
            "              "
            + "; ".join(
                f"{rule}: {found.pairs[rule] / tellings:.0f} pairs each, largest block {found.largest[rule]:,}"
                for rule in found.pairs
            )
            + f"; counted in {time.process_time() - started:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
