"""
How many: counts of dead, injured, captured … with honest bounds, and the event each belongs to.

Comes in: the parsed text, the mentions, later the frames. Goes out: `Count` records (`find_counts`), those of one event
(`choose_counts`), and whose they are when a government reports its own (`resolve_own_losses`).

    "At least 12 soldiers were killed" -> dead, low 12, high open, victims "soldiers"

Limit: sums across sentences are left to those who compare the claims.
"""

from counterclaim.read.casualties.choice import choose_counts, find_orphans
from counterclaim.read.casualties.find import find_counts
from counterclaim.read.casualties.losses import resolve_own_losses
from counterclaim.read.casualties.words import harms, is_of_people

__all__ = ["choose_counts", "find_counts", "find_orphans", "harms", "is_of_people", "resolve_own_losses"]
